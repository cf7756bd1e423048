//! 分期发放: a grant paid in three instalments: one paid, one due, one to come.

use super::spending::DAMIAO;
use crate::domain::nouns::path::MeansResult;
use crate::domain::office::Tier;
use crate::office::practice::people::Home;
use crate::office::practice::script::{Plan, Script, Told};
use crate::store::fault::Fault;

/// Begun so many working days ago, and decided so many: more than a month ago and less than two, whatever holidays lie
/// between.
const BEGUN: u32 = 31;
const DECIDED: u32 = 27;

pub(super) fn tell(s: &mut Script<'_>) -> Result<(), Fault> {
    let fits = |home: &Home| home.size > 1 && home.resident && !home.details.account.is_empty();
    let home = s.home_where(DAMIAO.town, fits)?;
    let plan = Plan::spending(3, 2, 45_000, "脑出血后遗症，按月康复治疗").in_parts(3);
    let told = s.open((BEGUN, 0), DAMIAO.handler, home, plan, None)?;
    // Few moments, because each is a turn of its own while the office is built.
    s.apply((BEGUN, 1), &told);
    s.accept((BEGUN, 1), &told);
    s.survey((BEGUN, 1), &told);
    s.let_look((BEGUN, 1), &told);
    s.ask_means((BEGUN, 1), &told);
    s.means_back((BEGUN, 5), &told, MeansResult::Fits);
    s.review((BEGUN, 5), &told, true);
    s.post((BEGUN, 5), &told);
    s.end_notice((DECIDED, 1), &told);
    s.submit((DECIDED, 1), &told, Tier::Township);
    s.approve((DECIDED, 5), DAMIAO.approver, &told);
    let first = Told { lines: told.lines.iter().take(1).cloned().collect(), ..told.clone() };
    s.pay((DECIDED, 5), DAMIAO.handler, &first)?;
    Ok(())
}
