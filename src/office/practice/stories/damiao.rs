//! 大庙镇: late papers and the brake, an accident that strikes many households, a family registered elsewhere.

use super::partners;
use crate::domain::office::Tier;
use crate::domain::tiers::ReferTo;
use crate::office::practice::script::{Plan, Script};
use crate::store::fault::Fault;

const TOWN: u16 = 108;

pub(super) fn tell(s: &mut Script<'_>) -> Result<(), Fault> {
    late(s)?;
    accident(s)?;
    elsewhere(s)?;
    let home = s.home(TOWN)?;
    let told = s.open((4, 3), "9301", home, Plan::of(2, 2, 150_000, "重症肝炎，自付部分过重"), None)?;
    s.submit((4, 4), &told, Tier::County);
    s.approve((2, 1), "9002", &told);
    let (charity, workers) = partners::tell(s)?;
    let asked = "自付部分过重，请给予大病救助";
    let referred = s.refer((2, 3), &told, (ReferTo::Charity, Some(charity)), (partners::CHARITY, asked))?;
    s.referred((1, 2), &told, referred, "大病救助项目已给付", 200_000);
    let asked = "病人情绪低落，请上门心理督导";
    s.refer((1, 3), &told, (ReferTo::SocialWork, Some(workers)), (partners::WORKERS, asked))?;

    let home = s.home(TOWN)?;
    let told = s.open((2, 2), "9301", home, Plan::of(5, 1, 36_000, "小吃店遭撞毁停业"), None)?;
    s.submit((2, 3), &told, Tier::Township);
    Ok(())
}

/// Papers that are late, and somebody in need who is helped in spite of them.
fn late(s: &mut Script<'_>) -> Result<(), Fault> {
    let home = s.home(TOWN)?;
    let told = s.open((14, 1), "9301", home, Plan::of(1, 2, 42_000, "房屋被雷击起火").cash(), None)?;
    let word = s.authorise((14, 2), "9302", &told)?;
    s.direct((14, 3), &told, word)?;

    let home = s.home(TOWN)?;
    let told =
        s.open((0, 1), "9301", home, Plan::of(2, 3, 30_000, "高热惊厥送医，家中无人可借").cash(), None)?;
    let word = s.authorise((0, 2), "9302", &told)?;
    s.lift((0, 3), "9302", "9301", "孩子正在急诊，不能等手续");
    s.direct((0, 4), &told, word)?;
    Ok(())
}

/// One road accident, four households: nobody's sums are added across them.
fn accident(s: &mut Script<'_>) -> Result<(), Fault> {
    let first = s.home(TOWN)?;
    let matter = s.shared((5, 0), "9301", &first, 6)?;
    let mut told = Vec::new();
    for (at, fen) in [(1, 48_000), (2, 50_000), (3, 30_000), (4, 45_000)] {
        let home = if at == 1 { first.clone() } else { s.home(TOWN)? };
        told.push(s.open_for(
            (5, at),
            "9301",
            home,
            Plan::of(6, 2, fen, "通村客车翻车，家人受伤"),
            matter,
        )?);
    }
    for (at, case) in told.iter().enumerate() {
        s.submit((4, at), case, Tier::Township);
    }
    if let [first, second, third, ..] = told.as_slice() {
        s.approve((3, 2), "9302", first);
        s.pay((2, 4), "9301", first)?;
        s.approve((3, 3), "9302", second);
        let mut lower = third.lines.clone();
        for line in &mut lower {
            line.amount = crate::base::money::Money::from_fen(20_000);
        }
        s.approve_with((3, 4), "9302", third, lower, "伤势较轻，按200元", "");
    }
    Ok(())
}

/// A family registered elsewhere: helped all the same, and its home township is asked.
fn elsewhere(s: &mut Script<'_>) -> Result<(), Fault> {
    let home = s.home_where(TOWN, |home| !home.resident)?;
    let told = s.open((3, 0), "9301", home, Plan::of(1, 2, 40_000, "租住房屋失火"), None)?;
    s.submit((3, 1), &told, Tier::Township);
    s.approve((2, 5), "9302", &told);
    s.pay((1, 2), "9301", &told)?;
    Ok(())
}
