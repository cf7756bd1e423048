//! The steps of the expenditure path (支出型, 四（三）一): each stands on those before it, none can be skipped, each has its
//! day. What was entered stays; what is entered again corrects it. The emergency path takes none of them.

mod accept;
mod after;
mod change;
pub(super) mod gate;
mod means;
mod notice;
mod review;
mod survey;

pub(super) use accept::{accept, apply, corrected, decline, once_notice};
pub(super) use after::{deliver, follow_up, hardship};
pub(super) use change::change;
pub(super) use means::{ask as means_ask, authorise as means_authorise, check as means_check};
pub(super) use notice::{end, exempt, object, post, settle};
pub(super) use review::{examine, review};
pub(super) use survey::{school, survey};

use super::{dates, duties, tier};
use crate::base::day::Day;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::course::Course;
use crate::domain::decide::{Collect, Ctx};
use crate::domain::fact::Fact;
use crate::domain::fact::path::ClockSet;
use crate::domain::grant::total;
use crate::domain::ids::CaseId;
use crate::domain::nouns::path::PathStep;
use crate::domain::nouns::{Path, Stage};
use crate::domain::office::{Role, Tier};
use crate::domain::pack::Pack;

/// Where the steps are entered.
const WHERE: &str = "请在办件里按19登记";

/// A case on the path, with what was done of it.
struct On {
    case: Case,
    course: Course,
    pack: Pack,
}

/// A handler's step: his case, on the path, in one of `stages`.
fn begin(cx: &Ctx<'_>, out: &mut Collect, id: CaseId, stages: &[Stage]) -> Option<On> {
    duties::author(cx, out, &[Role::Handler]);
    let case = duties::case(cx, out, id)?;
    duties::handles(cx, out, &case);
    Some(standing(cx, out, case, stages))
}

/// The same for an approver's.
fn begin_above(cx: &Ctx<'_>, out: &mut Collect, id: CaseId, stages: &[Stage]) -> Option<On> {
    duties::author(cx, out, &[Role::Approver]);
    let case = duties::case(cx, out, id)?;
    duties::not_handler(cx, out, &case);
    Some(standing(cx, out, case, stages))
}

fn standing(cx: &Ctx<'_>, out: &mut Collect, case: Case, stages: &[Stage]) -> On {
    if case.path != Path::Expenditure {
        out.say(
            Code::State,
            "path",
            format!("办件{}是急难型，没有这一步；确应走支出型的，请先改变救助类型。", case.number),
        );
    }
    duties::stage(out, &case, stages.contains(&case.stage), "不能再登记这一步，请按F5看新的情况。");
    On { course: cx.answers.course(case.id), pack: tier::pack_of(cx, &case), case }
}

/// While the handler works on it.
const AT_WORK: &[Stage] = &[Stage::Open, Stage::Returned];
/// Until it is decided.
const UNDECIDED: &[Stage] = &[Stage::Open, Stage::Returned, Stage::Submitted];

impl On {
    /// Whether the sum asked for is the county's to decide.
    fn to_county(&self, cx: &Ctx<'_>) -> bool {
        let sum = tier::sum(cx, &self.case, cx.today(), total(&self.case.asked));
        tier::needed(&self.pack, sum) > Tier::Township
    }

    /// Steps before this one that were not taken.
    fn stands_on(&self, cx: &Ctx<'_>, out: &mut Collect, steps: &[PathStep]) {
        let to_county = self.to_county(cx);
        let open: Vec<PathStep> = steps
            .iter()
            .copied()
            .filter(|step| !self.course.done(*step, self.case.circumstance, to_county))
            .collect();
        skipped(out, &self.case, &open);
    }

    /// Adds a fact and takes it into the course.
    fn done(&mut self, out: &mut Collect, fact: Fact) {
        self.course.apply(&fact);
        out.fact(fact);
    }

    /// Says where the clock stands, where the step moved it.
    fn tick(&self, cx: &Ctx<'_>, out: &mut Collect, on: Day) {
        let tier = if self.course.with_county.is_some() { Tier::County } else { Tier::Township };
        set_clock(cx, out, &self.case, &self.course, &self.pack, tier, on);
    }
}

/// Steps that are missing, each named, with the key.
fn skipped(out: &mut Collect, case: &Case, steps: &[PathStep]) {
    if steps.is_empty() {
        return;
    }
    let named: Vec<&str> = steps.iter().map(|step| step.zh()).collect();
    out.say(
        Code::StepOrder,
        "path",
        format!("办件{}走支出型，还没有办：{}，{WHERE}。", case.number, named.join("、")),
    );
}

/// The clock of a tier as a fact: reckoned once. Answers its last day.
pub(super) fn set_clock(
    cx: &Ctx<'_>,
    out: &mut Collect,
    case: &Case,
    course: &Course,
    pack: &Pack,
    tier: Tier,
    on: Day,
) -> Option<Day> {
    let told = course.reckon(&cx.answers.calendar(), pack, tier, on)?;
    if let Some(due) = told.due {
        no_table(out, told.unknown_years, due);
    }
    out.fact(Fact::ClockSet(ClockSet {
        case: case.id,
        on,
        tier,
        due: told.due,
        left: told.left,
        still: told.still,
    }));
    told.due
}

fn no_table(out: &mut Collect, years: impl IntoIterator<Item = i32>, until: Day) {
    for year in years {
        out.say(
            Code::HolidayTable,
            "",
            format!("没有{year}年节假日表，期限按周一至周五算到{}，请管理员补充。", until.short_zh()),
        );
    }
}

/// A step's day: not in the future, not before the day of the step that it stands on.
fn dated(
    cx: &Ctx<'_>,
    out: &mut Collect,
    field: &'static str,
    on: Day,
    what: &str,
    floor: Option<(Day, &str)>,
) {
    dates::not_later(out, field, on, cx.today(), what);
    if let Some((day, than)) = floor {
        dates::not_before(out, field, on, day, what, than);
    }
}

#[cfg(test)]
mod tests;
