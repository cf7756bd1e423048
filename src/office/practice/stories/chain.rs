//! 支出型 at the county: cases for its section to examine, a run for its approver, before the city, approved and paid.

use super::spending::{DAMIAO, Desk, MUTOU, open};
use crate::domain::nouns::path::Delivery;
use crate::domain::office::Tier;
use crate::office::practice::script::{Plan, Script, Told, Until};
use crate::store::fault::Fault;

/// The county's two: one examines what the other decides.
const FIRST: &str = "9001";
const SECOND: &str = "9002";

pub(super) fn tell(s: &mut Script<'_>) -> Result<(), Fault> {
    waiting(s)?;
    run(s)?;
    beyond(s)?;
    done(s)
}

fn submitted(
    s: &mut Script<'_>,
    desk: Desk,
    from: u32,
    about: (u8, i64, &'static str),
) -> Result<Told, Fault> {
    let told = open(s, desk, (from, 0), about)?;
    s.walk(&told, from, Until::Submitted, Some(desk.approver));
    Ok(told)
}

/// 待股室审核.
fn waiting(s: &mut Script<'_>) -> Result<(), Fault> {
    let told = submitted(s, MUTOU, 8, (3, 120_000, "胃癌术后化疗"))?;
    s.hardship((1, 6), &told);
    submitted(s, DAMIAO, 8, (3, 98_000, "骨髓炎多次手术"))?;
    submitted(s, MUTOU, 9, (4, 60_000, "两个孩子同时就学"))?;
    Ok(())
}

/// A run of eight for one approver, two for the other.
fn run(s: &mut Script<'_>) -> Result<(), Fault> {
    for (desk, fen, reason) in [
        (MUTOU, 150_000, "肺癌靶向药自付"),
        (DAMIAO, 80_000, "尿毒症透析，配合并发症治疗"),
        (MUTOU, 66_000, "血友病常年用药"),
        (DAMIAO, 120_000, "重症肌无力反复住院"),
        (MUTOU, 90_000, "红斑狼疮长期治疗"),
        (DAMIAO, 55_000, "中风后长期护理"),
        (MUTOU, 240_000, "白血病移植后排异"),
        (DAMIAO, 75_000, "脊髓损伤，常年护理"),
    ] {
        let told = submitted(s, desk, 10, (3, fen, reason))?;
        s.county_examine((2, 2), FIRST, &told);
    }
    for (desk, fen, reason) in [(MUTOU, 70_000, "肝豆状核变性"), (DAMIAO, 88_000, "再生障碍性贫血")]
    {
        let told = submitted(s, desk, 10, (3, fen, reason))?;
        s.county_examine((2, 3), SECOND, &told);
    }
    Ok(())
}

/// Before the city, without and with its answer.
fn beyond(s: &mut Script<'_>) -> Result<(), Fault> {
    let told = submitted(s, MUTOU, 12, (3, 480_000, "一家两人同患重病，多方求助"))?;
    s.county_examine((4, 1), FIRST, &told);
    s.ask_city((3, 5), SECOND, &told, "支出巨大，网上多有求助，社会影响较大");

    let told = submitted(s, DAMIAO, 14, (3, 420_000, "重度烧伤多期手术"))?;
    s.county_examine((6, 1), SECOND, &told);
    s.ask_city((5, 5), FIRST, &told, "支出巨大，社会影响较大");
    s.city_reply((1, 3), SECOND, &told);
    Ok(())
}

/// Approved and to be paid by bank; paid; refused; one decided by a meeting.
fn done(s: &mut Script<'_>) -> Result<(), Fault> {
    for (desk, fen, reason) in [
        (MUTOU, 130_000, "恶性淋巴瘤化疗"),
        (DAMIAO, 95_000, "尘肺病常年吸氧"),
        (MUTOU, 68_000, "矮小症儿童治疗"),
    ] {
        let told = submitted(s, desk, 13, (3, fen, reason))?;
        s.county_examine((4, 2), FIRST, &told);
        s.approve((3, 3), SECOND, &told);
    }
    let told = submitted(s, DAMIAO, 15, (3, 110_000, "先天性心脏病术后"))?;
    s.county_examine((7, 2), FIRST, &told);
    s.approve((6, 5), SECOND, &told);
    s.pay((5, 5), DAMIAO.handler, &told)?;
    s.deliver_by((4, 6), &told, Delivery::Post, "挂号信 XA00112233421，其妻签收");

    let told = submitted(s, MUTOU, 14, (3, 77_000, "多年前工伤，旧伤复发"))?;
    s.county_examine((6, 3), FIRST, &told);
    s.refuse((5, 2), SECOND, &told, "工伤保险已按月支付伤残津贴和护理费，基本生活有保障");
    s.deliver((4, 5), &told);

    let home = s.home_where(MUTOU.town, |home| home.size > 1 && home.resident)?;
    let plan =
        Plan { by_meeting: true, ..Plan::spending(8, 2, 60_000, "多人患病又逢变故，情况特殊") };
    let told = s.open((14, 0), MUTOU.handler, home, plan, None)?;
    s.walk(&told, 14, Until::Submitted, Some(MUTOU.approver));
    s.county_examine((6, 2), FIRST, &told);
    s.meet((5, 1), SECOND, &told, Tier::County, 60_000);
    s.sample((2, 6), "9004", 15);
    Ok(())
}
