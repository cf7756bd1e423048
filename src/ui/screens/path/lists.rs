//! 支出型待办 by what waits: which case stands in which list, and how a clock is said.
//!
//! Must never leave an open case out of every list: 全部 has them all.

use crate::base::day::Day;
use crate::domain::nouns::Stage;
use crate::domain::nouns::path::Pause;
use crate::domain::office::Tier;
use crate::domain::wait::Wait;
use crate::store::replica::views::after::AfterRow;
use crate::store::replica::views::home::Pile;
use crate::store::replica::views::path::PathRow;
use crate::ui::product::path::{PathList, Waiting};
use crate::ui::screens::words;

/// The name of a list.
pub fn name(list: PathList) -> &'static str {
    match list {
        PathList::All => "全部",
        PathList::Acceptance => "待受理",
        PathList::Correction => "待补正",
        PathList::Survey => "待调查核实",
        PathList::Means => "核对未回",
        PathList::Review => "待评议",
        PathList::Examination => "待乡镇审核",
        PathList::Notice => "公示中",
        PathList::NoticeEnd => "公示期满",
        PathList::Submission => "待报批",
        PathList::Approval => "待审批",
        PathList::Objection => "异议",
        PathList::Meeting => "待评议、公示",
    }
}

/// Whether a case stands in a list.
pub fn holds(list: PathList, row: &PathRow) -> bool {
    match list {
        PathList::All => true,
        PathList::Acceptance => row.wait == Wait::Acceptance,
        PathList::Correction => row.wait == Wait::Correction,
        PathList::Survey => matches!(row.wait, Wait::Survey | Wait::Means),
        PathList::Means => row.report_out,
        PathList::Review => row.wait == Wait::Review,
        PathList::Examination => row.wait == Wait::Examination,
        PathList::Notice => matches!(row.wait, Wait::Posting | Wait::Notice),
        PathList::NoticeEnd => row.wait == Wait::NoticeEnd,
        PathList::Submission => matches!(row.wait, Wait::Submission | Wait::Against),
        PathList::Approval => row.stage == Stage::Submitted,
        PathList::Objection => row.objections > 0,
        PathList::Meeting => matches!(
            row.wait,
            Wait::Review | Wait::Examination | Wait::Posting | Wait::Notice | Wait::NoticeEnd
        ),
    }
}

/// Whether a case wants somebody at once: its clock has run out, what was to be brought did not come, an objection waits, or
/// a notice is over.
pub fn urgent(row: &PathRow, today: Day) -> bool {
    row.late(today)
        || row.objections > 0
        || row.wait == Wait::NoticeEnd
        || row.correct_until.is_some_and(|until| until < today)
}

/// What a list holds, counted.
pub fn waiting(rows: &[PathRow], list: PathList, today: Day) -> Waiting {
    let mut out = Waiting::default();
    for row in rows.iter().filter(|row| holds(list, row)) {
        out.pile.count += 1;
        out.pile = Pile { earliest: earlier(out.pile.earliest, row.first_due()), ..out.pile };
        out.late += u32::from(urgent(row, today));
    }
    out
}

/// The same of what waits to be delivered or asked about.
pub fn after(rows: &[AfterRow], today: Day) -> Waiting {
    let count = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    let late = rows.iter().filter(|row| row.due < today).count();
    Waiting {
        pile: Pile { count, earliest: rows.iter().map(|row| row.due).min() },
        late: u32::try_from(late).unwrap_or(u32::MAX),
    }
}

fn earlier(a: Option<Day>, b: Option<Day>) -> Option<Day> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The clock in a word: `镇还剩3天`, `县过期1天`, `停 核对 余5`, `未受理`.
pub fn clock(row: &PathRow, today: Day) -> String {
    if let Some(due) = row.due {
        return format!("{}{}", of(row.tier), words::left(due, today));
    }
    let still: Vec<&str> = row.still.iter().map(|pause| pause.zh()).collect();
    match (row.accepted, row.correct_until, still.is_empty()) {
        (_, Some(until), _) => format!("停 补正{}", words::left(until, today).trim_start_matches("还")),
        (false, ..) => "未受理".to_owned(),
        (true, None, true) => String::new(),
        (true, None, false) => format!("停 {} 余{}", still.join("、"), row.left),
    }
}

/// Whose clock, in a word.
pub fn of(tier: Option<Tier>) -> &'static str {
    match tier {
        Some(Tier::Township) => "镇",
        Some(Tier::County) => "县",
        Some(Tier::City) => "市",
        None => "",
    }
}

/// Why a clock stands still, as a sentence.
pub fn stands_still<'a>(why: impl IntoIterator<Item = &'a Pause>) -> String {
    why.into_iter().map(|pause| pause.zh()).collect::<Vec<_>>().join("、")
}
