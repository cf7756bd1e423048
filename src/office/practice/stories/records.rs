//! Records of people (人员): two of one person that were joined, two that one officer takes for one and nobody confirmed yet,
//! and an officer's relative of whom the name is known and no number, which the applicant of a waiting case bears.

use super::spending::{DAMIAO, Desk};
use crate::domain::office::Tier;
use crate::office::practice::people::Home;
use crate::office::practice::script::{Pair, Plan, Script, When};
use crate::store::fault::Fault;

pub(super) fn tell(s: &mut Script<'_>) -> Result<(), Fault> {
    let joined = twice(s, DAMIAO, (9, 1), "户口本记有曾用名，村书记证明是同一人")?;
    s.join((8, 5), DAMIAO.approver, &joined);
    twice(s, DAMIAO, (2, 5), "申请人说早年用过小名，村里没有别的同名人")?;
    by_name(s)
}

/// A household's head stands in the books once more, from a time without papers.
fn twice(s: &mut Script<'_>, desk: Desk, when: When, why: &str) -> Result<Pair, Fault> {
    let home = s.home_where(desk.town, |home| home.resident)?;
    s.same(when, desk.handler, &home, why)
}

/// The approver put a relative on file after the case was submitted to him.
fn by_name(s: &mut Script<'_>) -> Result<(), Fault> {
    let home: Home = s.home_where(DAMIAO.town, |home| home.resident)?;
    let name = home.name.clone();
    let told = s.open((2, 1), DAMIAO.handler, home, Plan::of(1, 1, 28_000, "羊圈失火，冬草烧光"), None)?;
    s.submit((2, 2), &told, Tier::Township);
    s.relative_by_name((1, 5), DAMIAO.approver, DAMIAO.town, &name)
}
