//! 波罗赤镇: the ordinary way, direct aid with papers at every age, case by case, a second grant.

use super::goods::PAD;
use crate::domain::nouns::{Channel, ItemKind};
use crate::domain::office::Tier;
use crate::domain::tiers::ReferTo;
use crate::office::practice::script::{Plan, Script, Word};
use crate::store::fault::Fault;

const TOWN: u16 = 102;
const NOTED: [ItemKind; 3] = [ItemKind::Subject, ItemKind::Cause, ItemKind::Amount];
const ALL: [ItemKind; 5] =
    [ItemKind::Subject, ItemKind::Cause, ItemKind::Amount, ItemKind::HandlerSignature, ItemKind::Seal];

pub(super) fn tell(s: &mut Script<'_>) -> Result<(), Fault> {
    ordinary(s)?;
    ended(s)?;
    direct(s)?;
    by_meeting(s)?;
    twice(s)
}

/// Submitted, approved, paid, closed.
fn ordinary(s: &mut Script<'_>) -> Result<(), Fault> {
    let home = s.home(TOWN)?;
    let lead =
        s.lead((0, 0), "9101", &home, Channel::Window, (2, 2, "来窗口求助：突发脑梗，住院押金交不上"))?;
    s.answer((0, 1), "9101", lead);
    let told = s.open((0, 2), "9101", home, Plan::of(2, 2, 30_000, "突发脑梗住院，押金无着"), Some(lead))?;
    s.submit((0, 3), &told, Tier::Township);

    let home = s.home(TOWN)?;
    let told = s.open((1, 1), "9102", home, Plan::of(1, 1, 48_000, "厨房失火，生活用品烧毁"), None)?;
    s.submit((1, 2), &told, Tier::Township);

    let home = s.home(TOWN)?;
    let told = s.open((2, 1), "9101", home, Plan::of(2, 3, 120_000, "急性胰腺炎，已欠费"), None)?;
    s.submit((2, 3), &told, Tier::County);

    let home = s.home(TOWN)?;
    let told = s.open((3, 1), "9102", home, Plan::of(5, 2, 40_000, "大棚被压垮，全家断了收入"), None)?;
    s.submit((3, 2), &told, Tier::Township);
    s.approve((2, 4), "9103", &told);
    s.hardship((2, 6), &told);

    let home = s.home(TOWN)?;
    let told = s.open((6, 1), "9101", home, Plan::of(1, 1, 26_000, "骑车摔伤骨折"), None)?;
    s.submit((6, 2), &told, Tier::Township);
    s.approve((6, 5), "9103", &told);
    s.pay((5, 3), "9101", &told)?;

    let home = s.home(TOWN)?;
    let told = s.open((12, 1), "9101", home, Plan::of(2, 1, 35_000, "胆囊炎急诊手术"), None)?;
    s.submit((12, 2), &told, Tier::Township);
    s.approve((11, 4), "9103", &told);
    s.pay((10, 3), "9101", &told)?;
    s.close((9, 6), &told);

    // light, and yet above the township's powers: the county is asked with a reason by the township's approver
    let home = s.home(TOWN)?;
    let told = s.open((4, 2), "9102", home, Plan::of(7, 2, 50_000, "丧子后精神失常，一时无人照料"), None)?;
    s.submit((4, 3), &told, Tier::Township);
    s.pass_up((3, 4), "9103", &told, "情况特殊，请县局会同心理服务机构研究");
    let said = ("县社会工作服务站（练习） 安社工", "心理疏导，上门陪伴，每周一次");
    s.refer((2, 6), &told, (ReferTo::SocialWork, None), said)?;
    Ok(())
}

/// Returned, refused, withdrawn, ended by death.
fn ended(s: &mut Script<'_>) -> Result<(), Fault> {
    let home = s.home(TOWN)?;
    let told = s.open((4, 1), "9101", home, Plan::of(1, 1, 45_000, "房屋漏雨，屋顶塌落"), None)?;
    s.submit((4, 2), &told, Tier::Township);
    s.give_back((3, 2), "9103", &told, "缺受灾现场照片，请补齐后再报");

    let home = s.home(TOWN)?;
    let told = s.open((7, 1), "9102", home, Plan::of(5, 1, 50_000, "外出务工被欠薪"), None)?;
    s.submit((7, 2), &told, Tier::Township);
    s.refuse((6, 3), "9103", &told, "欠薪已由人社部门追回，基本生活有保障");

    let home = s.home(TOWN)?;
    let told = s.open((5, 1), "9101", home, Plan::of(2, 1, 30_000, "阑尾炎手术"), None)?;
    s.submit((5, 2), &told, Tier::Township);
    s.withdraw((4, 5), &told, "本人声明：医保报销后已无困难，撤回申请");

    let home = s.home_where(TOWN, |home| home.size == 1)?;
    let mut plan = Plan::of(2, 3, 50_000, "独居老人突发心衰");
    plan.alone = true;
    let told = s.open((8, 1), "9101", home, plan, None)?;
    s.submit((8, 2), &told, Tier::Township);
    s.die((7, 3), &told, s.days.back(7));
    Ok(())
}

/// Direct aid, its papers fresh, due soon, half done, complete, closed, put off.
fn direct(s: &mut Script<'_>) -> Result<(), Fault> {
    let home = s.home(TOWN)?;
    let lead = s.lead((1, 3), "9101", &home, Channel::Hotline, (2, 3, "热线：突发心梗，家中无现金"))?;
    s.answer((1, 4), "9101", lead);
    let told =
        s.open((1, 5), "9101", home, Plan::of(2, 3, 45_000, "突发心梗，家中无现金").cash(), Some(lead))?;
    let word = s.authorise((1, 6), "9103", &told)?;
    s.direct((1, 7), &told, word)?;

    let home = s.home(TOWN)?;
    let told = s.open((8, 3), "9101", home, Plan::of(1, 3, 30_000, "交通事故，肇事方逃逸").cash(), None)?;
    let word = s.authorise((8, 4), "9103", &told)?;
    s.direct((8, 5), &told, word)?;
    s.complete((5, 4), "9101", &told, &NOTED);
    s.hardship((5, 5), &told);

    let home = s.home(TOWN)?;
    let plan = Plan::of(2, 2, 35_000, "婴儿重症肺炎转院").cash().on_sheet(s.sheet(PAD, TOWN, 1));
    let told = s.open((9, 1), "9101", home, plan, None)?;
    s.direct((9, 2), &told, Word::Telephone("9103"))?;
    s.complete((6, 4), "9101", &told, &ALL);

    let home = s.home(TOWN)?;
    let told = s.open((11, 1), "9102", home, Plan::of(1, 2, 50_000, "房屋全部烧毁").cash(), None)?;
    let word = s.authorise((11, 2), "9103", &told)?;
    s.direct((11, 3), &told, word)?;
    s.complete((7, 4), "9102", &told, &ALL);
    s.close((7, 6), &told);

    let home = s.home(TOWN)?;
    let plan = Plan::of(2, 3, 48_000, "车祸重伤，仍在重症监护").cash().on_sheet(s.sheet(PAD, TOWN, 4));
    let told = s.open((9, 3), "9102", home, plan, None)?;
    let word = s.authorise((9, 4), "9103", &told)?;
    s.direct((9, 5), &told, word)?;
    s.still((2, 5), &told, 25, "病人仍在重症监护室，家属在院陪护");

    let home = s.home(TOWN)?;
    let mut plan = Plan::of(1, 2, 20_000, "洪水进屋，粮食被淹").cash();
    plan.goods = Some(("大米", "袋", 5, 4_000));
    let told = s.open((3, 4), "9102", home, plan, None)?;
    let word = s.authorise((3, 5), "9103", &told)?;
    s.direct((3, 6), &told, word)?;
    s.complete((1, 6), "9102", &told, &ALL);
    Ok(())
}

/// 一事一议: decided with minutes, waiting for them, and paid first with the minutes due.
fn by_meeting(s: &mut Script<'_>) -> Result<(), Fault> {
    let home = s.home(TOWN)?;
    let told = s.open((5, 3), "9101", home, Plan::of(8, 2, 40_000, "被骗光积蓄，一时断炊"), None)?;
    s.meet((5, 5), "9101", &told, Tier::Township, 40_000);
    s.submit((5, 6), &told, Tier::Township);
    s.approve((4, 4), "9103", &told);
    s.pay((3, 3), "9101", &told)?;

    let home = s.home(TOWN)?;
    let told = s.open((1, 4), "9102", home, Plan::of(8, 1, 30_000, "离家流浪人员返乡，无处可住"), None)?;
    s.submit((1, 6), &told, Tier::Township);

    let home = s.home(TOWN)?;
    let told = s.open((2, 5), "9102", home, Plan::of(8, 3, 30_000, "孤儿监护人突然入狱").cash(), None)?;
    let word = s.authorise((2, 6), "9103", &told)?;
    s.direct((2, 7), &told, word)?;
    Ok(())
}

/// A second grant for one matter in the year, by the county with its reason.
fn twice(s: &mut Script<'_>) -> Result<(), Fault> {
    let home = s.home(TOWN)?;
    let first = s.open((7, 3), "9101", home.clone(), Plan::of(2, 2, 40_000, "烧伤住院，首期植皮"), None)?;
    let matter = first.matter;
    let second =
        s.open_for((7, 4), "9101", home, Plan::of(2, 3, 90_000, "烧伤住院，二期植皮费用"), matter)?;
    s.submit((7, 5), &first, Tier::Township);
    s.approve((6, 6), "9103", &first);
    s.pay((6, 7), "9101", &first)?;
    s.submit((5, 7), &second, Tier::County);
    let lines = second.lines.clone();
    s.approve_with((4, 6), "9001", &second, lines, "", "二期手术不能停，首期救助后仍有严重困难");
    Ok(())
}
