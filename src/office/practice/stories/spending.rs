//! 支出型: cases at every step of the expenditure path in 木头城子镇 and 大庙镇, up to the township's approval, and what ended
//! on the way.

use crate::domain::nouns::path::MeansResult;
use crate::domain::office::Tier;
use crate::office::practice::people::Home;
use crate::office::practice::script::{ANY, OLDER, Plan, Script, Told, Until, When};
use crate::store::fault::Fault;

/// A township with its handler and its approver.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) town: u16,
    pub(super) handler: &'static str,
    pub(super) approver: &'static str,
}

pub(super) const MUTOU: Desk = Desk { town: 103, handler: "9201", approver: "9202" };
pub(super) const DAMIAO: Desk = Desk { town: 108, handler: "9301", approver: "9302" };

pub(super) fn tell(s: &mut Script<'_>) -> Result<(), Fault> {
    begun(s)?;
    looked_into(s)?;
    notices(s)?;
    decided(s)?;
    ended(s)
}

/// Opens a case of long illness (3), of schooling (4), or of another circumstance on this path, for a household that fits.
pub(super) fn open(
    s: &mut Script<'_>,
    desk: Desk,
    when: When,
    (circumstance, fen, reason): (u8, i64, &'static str),
) -> Result<Told, Fault> {
    let on = s.days.today();
    let home = match circumstance {
        4 => {
            let older = |home: &Home| home.is_poor() && home.pupil(on, OLDER).is_some();
            let any = |home: &Home| home.is_poor() && home.pupil(on, ANY).is_some();
            s.home_where(desk.town, older).or_else(|_| s.home_where(desk.town, any))?
        }
        _ => s.home_where(desk.town, |home| home.size > 1 && home.resident)?,
    };
    s.open(when, desk.handler, home, Plan::spending(circumstance, 2, fen, reason), None)
}

/// Just applied for; told what is missing; accepted, with the survey due or late.
fn begun(s: &mut Script<'_>) -> Result<(), Fault> {
    let told = open(s, MUTOU, (0, 0), (3, 45_000, "尿毒症长期透析，自付费用过重"))?;
    s.walk(&told, 0, Until::Applied, None);

    let told = open(s, MUTOU, (3, 0), (4, 40_000, "孩子读职高，学费和住宿费无着"))?;
    s.walk(&told, 3, Until::Applied, None);
    s.once_notice((3, 3), &told, "学籍证明、本学期学费票据");

    // accepted first, and told later what else is missing: the clock stands still
    let told = open(s, DAMIAO, (5, 0), (3, 48_000, "肺病常年吸氧，药费过重"))?;
    s.walk(&told, 5, Until::Accepted, None);
    s.once_notice((4, 1), &told, "近一年医疗费结算单");

    // he cannot come himself: a nephew brought the application with a letter
    let told = open(s, MUTOU, (1, 0), (3, 35_000, "脑梗后遗症，长期康复"))?;
    s.apply_by_agent((1, 1), &told);
    s.accept((1, 2), &told);

    let told = open(s, DAMIAO, (13, 0), (3, 42_000, "一级残疾，常年护理"))?;
    s.walk(&told, 13, Until::Accepted, None);
    Ok(())
}

/// Surveyed with means asked about; back, with the appraisal due; appraised.
fn looked_into(s: &mut Script<'_>) -> Result<(), Fault> {
    let told = open(s, MUTOU, (4, 0), (3, 160_000, "肝硬化反复住院"))?;
    s.walk(&told, 4, Until::Asked, None);

    // told what was missing, which came a day later
    let told = open(s, DAMIAO, (3, 0), (4, 38_000, "孩子读中专，家中无力负担"))?;
    s.walk(&told, 3, Until::Applied, None);
    s.once_notice((3, 2), &told, "学籍证明");
    s.corrected((2, 1), &told);
    s.accept((2, 2), &told);
    s.survey((1, 1), &told);
    s.let_look((1, 2), &told);
    s.ask_means((1, 3), &told);

    let told = open(s, MUTOU, (4, 1), (5, 50_000, "小卖部停业，欠下货款"))?;
    s.walk(&told, 4, Until::Asked, None);
    s.means_back((2, 1), &told, MeansResult::Differs);

    let told = open(s, MUTOU, (5, 1), (3, 50_000, "强直性脊柱炎，不能劳动"))?;
    s.walk(&told, 5, Until::Reviewed, None);

    // the county will decide: the township's opinion is due
    let told = open(s, DAMIAO, (5, 2), (3, 210_000, "血液病常年输血"))?;
    s.walk(&told, 5, Until::Reviewed, None);
    Ok(())
}

/// A notice that hangs, one with an objection open, one with an objection settled.
fn notices(s: &mut Script<'_>) -> Result<(), Fault> {
    let told = open(s, MUTOU, (5, 3), (3, 46_000, "精神残疾，常年服药"))?;
    s.walk(&told, 5, Until::Posted, None);

    let told = open(s, DAMIAO, (6, 0), (3, 49_000, "类风湿致残，生活不能自理"))?;
    s.walk(&told, 6, Until::Posted, None);
    s.object((1, 4), &told, "本村刘某来电：该户有一辆轿车");

    let told = open(s, MUTOU, (7, 0), (3, 47_000, "糖尿病并发症，双目失明"))?;
    s.walk(&told, 7, Until::Posted, None);
    s.object((2, 1), &told, "本村赵某来访：该户儿子在外地有工资");
    s.settle((1, 5), &told, "经核实，其子已单独立户两年，本人也患病，异议不成立");

    let told = open(s, DAMIAO, (8, 0), (4, 50_000, "孩子读职高，家中再无来源"))?;
    s.walk(&told, 8, Until::Ended, None);
    Ok(())
}

/// Ready for the township's approval, approved and unpaid, paid, closed.
fn decided(s: &mut Script<'_>) -> Result<(), Fault> {
    for (fen, reason) in [
        (44_000, "慢阻肺反复住院"),
        (50_000, "股骨头坏死，等待手术"),
        (39_000, "帕金森病，常年护理"),
        (30_000, "癫痫，长期服药"),
    ] {
        let told = open(s, MUTOU, (8, 1), (3, fen, reason))?;
        s.walk(&told, 8, Until::Submitted, None);
    }
    let told = open(s, DAMIAO, (9, 0), (4, 45_000, "孩子读中专，学费借了又借"))?;
    s.walk(&told, 9, Until::Submitted, None);

    for (desk, fen, reason) in
        [(MUTOU, 50_000, "肾病综合征，长期用药"), (DAMIAO, 48_000, "脑瘫儿童，常年康复")]
    {
        let told = open(s, desk, (11, 0), (3, fen, reason))?;
        s.walk(&told, 11, Until::Submitted, None);
        s.approve((3, 4), desk.approver, &told);
    }

    let told = open(s, MUTOU, (13, 1), (3, 43_000, "冠心病搭桥术后长期服药"))?;
    s.walk(&told, 13, Until::Submitted, None);
    s.approve((5, 5), MUTOU.approver, &told);
    s.pay((4, 3), MUTOU.handler, &told)?;

    let told = open(s, MUTOU, (16, 0), (4, 36_000, "孩子读职高，举债供学"))?;
    s.walk(&told, 16, Until::Submitted, None);
    s.approve((8, 5), MUTOU.approver, &told);
    s.pay((7, 3), MUTOU.handler, &told)?;
    s.deliver((6, 4), &told);
    s.close((5, 6), &told);
    s.archive((3, 6), &told, "2026-LSJZ-0001", "二楼档案室2号柜3层");
    Ok(())
}

/// Declined, refused, given back, withdrawn, and one that began as an emergency.
fn ended(s: &mut Script<'_>) -> Result<(), Fault> {
    let told = open(s, MUTOU, (4, 2), (3, 40_000, "慢性胃炎门诊费用"))?;
    s.walk(&told, 4, Until::Applied, None);
    s.decline((3, 2), &told, "所述费用已由医保和医疗救助报销完毕，家庭没有自付支出，不属救助范围");
    s.deliver((2, 3), &told);

    let told = open(s, DAMIAO, (10, 0), (5, 50_000, "网店停业"))?;
    s.walk(&told, 10, Until::Asked, None);
    s.means_back((7, 1), &told, MeansResult::Exceeds);
    s.submit((7, 5), &told, Tier::Township);
    s.refuse((6, 3), DAMIAO.approver, &told, "核对发现名下存款和经营性车辆超过规定，家庭能够自行负担");

    let told = open(s, MUTOU, (12, 0), (3, 41_000, "腰椎术后长期康复"))?;
    s.walk(&told, 12, Until::Submitted, None);
    s.give_back((4, 5), MUTOU.approver, &told, "评议记录缺记录人签字，请补齐后再报");

    let told = open(s, DAMIAO, (6, 1), (4, 42_000, "孩子读中专，学费无着"))?;
    s.walk(&told, 6, Until::Asked, None);
    s.withdraw((4, 4), &told, "本人声明：学校已减免学费，撤回申请");

    // registered as an emergency, and found to be spending that went on for months
    let home = s.home_where(MUTOU.town, |home| home.size > 1 && home.resident)?;
    let told = s.open((4, 3), MUTOU.handler, home, Plan::of(2, 2, 44_000, "尿毒症透析费用"), None)?;
    s.change_path((3, 1), &told, "透析已有数月，属长期支出，并不紧迫");
    s.walk(&told, 3, Until::Accepted, None);
    Ok(())
}
