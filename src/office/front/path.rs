//! The expenditure path (支出型) at the front: what its screens do, and what the form of a step begins with.

use super::Front;
use crate::base::day::Day;
use crate::domain::answers::{Answers as _, Case};
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::path::Application;
use crate::domain::course::Course;
use crate::domain::grant::total;
use crate::domain::ids::{CaseId, LeadId, OfficerNo, Text};
use crate::domain::nouns::path::PathStep;
use crate::domain::nouns::{Path, Stage};
use crate::domain::office::{Office, Role};
use crate::domain::pack::PathFigures;
use crate::domain::privacy::{Audience, Field, Medium, Show, show};
use crate::domain::private::Private;
use crate::forms::tables::path::PathForm;
use crate::forms::tables::path::agent::{self, Agent};
use crate::forms::{Answers, Offer};
use crate::office::compose::{self, Desk, Draft, Halt};
use crate::store::fault::Fault;
use crate::store::replica::views::card::CaseCard;
use crate::store::replica::views::path::EnteredStep;
use std::collections::BTreeSet;

/// What is done on the path.
#[derive(Clone, Debug, PartialEq)]
pub enum PathDeed {
    /// 支出型申请登记.
    Apply {
        /// The form.
        answers: Answers,
        /// The lead it comes from; it ends with it.
        lead: Option<LeadId>,
        /// Warnings that the officer goes on in spite of.
        overrides: BTreeSet<Code>,
    },
    /// The application again: signed now, or corrected.
    Reapply {
        /// The case.
        case: CaseId,
        /// The day on the paper.
        on: Day,
        /// Whether promise and authorisation are signed.
        promise: bool,
        /// Why a paper of an earlier day comes late; empty where it does not.
        late: String,
        /// The agent; empty for none.
        agent: String,
    },
    /// A step, as its form was filled.
    Step {
        /// The case.
        case: CaseId,
        /// Which form.
        form: PathForm,
        /// The form.
        answers: Answers,
        /// Warnings that the officer goes on in spite of.
        overrides: BTreeSet<Code>,
    },
}

impl PathDeed {
    /// The commands.
    ///
    /// # Errors
    /// Fields to be mended; the machine.
    pub fn compose(&self, desk: &Desk<'_>) -> Result<Vec<Draft>, Halt> {
        match self {
            PathDeed::Apply { answers, lead, overrides } => {
                compose::path::apply::compose(desk, answers, *lead, overrides)
            }
            PathDeed::Reapply { case, on, promise, late, agent } => {
                let mut private = Private::default();
                let agent = Agent::read(agent);
                let application = Application {
                    case: *case,
                    on: *on,
                    promise: *promise,
                    late: private.put("late", late),
                    agent: private.put("agent", agent.name),
                };
                for (slot, text) in agent::SLOTS.into_iter().zip(agent.beside()) {
                    private.put(slot, text);
                }
                Ok(vec![(Command::Apply(application), private)])
            }
            PathDeed::Step { case, form, answers, overrides } => {
                compose::path::step(desk, *case, *form, answers, overrides)
            }
        }
    }

    /// The case that it is about; none where it opens one.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            PathDeed::Apply { .. } => None,
            PathDeed::Reapply { case, .. } | PathDeed::Step { case, .. } => Some(*case),
        }
    }

    /// What is said when it is done.
    pub fn said(&self) -> &'static str {
        match self {
            PathDeed::Apply { answers, .. } if answers.is("handling", "accept") => "已登记并受理",
            PathDeed::Apply { .. } | PathDeed::Reapply { .. } => "申请已登记",
            PathDeed::Step { form, .. } => match form {
                PathForm::OnceNotice => "已登记一次性告知，期限中止",
                PathForm::Corrected => "已登记补正收齐，期限接着算",
                PathForm::Accept => "已准予受理",
                PathForm::Decline => "已不予受理",
                PathForm::Survey => "入户调查已登记",
                PathForm::Authorise => "核对授权已登记",
                PathForm::MeansAsk => "已委托核对",
                PathForm::MeansCheck => "核对报告已登记",
                PathForm::School => "就学情况已登记",
                PathForm::Review => "民主评议已登记",
                PathForm::Examine => "乡镇审核已登记",
                PathForm::PostNotice => "公示已登记",
                PathForm::EndNotice => "公示结果已登记",
                PathForm::Exempt => "已定不宜公示",
                PathForm::Object => "异议已登记",
                PathForm::Settle => "异议已处理",
                PathForm::ChangePath => "救助类型已改变",
                PathForm::Deliver => "送达已登记",
                PathForm::FollowUp => "回访已登记",
                PathForm::Hardship => "困难详情已登记，打印 F1、F3 时带上",
            },
        }
    }
}

/// What the form of a step begins with.
#[derive(Clone, PartialEq)]
pub struct StepView {
    /// The case.
    pub card: CaseCard,
    /// What was done of the path.
    pub course: Course,
    /// The steps as they were entered, with their words.
    pub entered: Vec<EnteredStep>,
    /// Officers at work in the township and at the county, those of the handler's office first.
    pub officers: Vec<Offer>,
    /// How many have to be there.
    pub figures: PathFigures,
}

impl std::fmt::Debug for StepView {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StepView({})", self.card.case.number)
    }
}

impl StepView {
    /// What stands under a slot in the step entered last that has it; empty where nothing does.
    pub fn word(&self, slot: &str) -> &str {
        let slot = Text::from(slot);
        self.entered.iter().rev().find_map(|step| step.words.get(&slot)).map_or("", String::as_str)
    }
}

impl Front {
    /// What the form of a step begins with; none where the case is not there.
    ///
    /// # Errors
    /// Somebody else's case; the disk of this PC.
    pub fn step_view(&self, case: CaseId) -> Result<Option<StepView>, Fault> {
        let days = self.pack()?.tier.split_days;
        let Some(card) = self.case_card(case, self.now().day(), days)? else { return Ok(None) };
        let reader = self.reader()?;
        let (course, mut entered) = (reader.course(case), reader.path_steps(case)?);
        let audience = Audience::of(&self.officer()?, Some(card.case.township));
        if show(Field::Text, audience, Medium::Unmasked) == Show::Nothing {
            entered.iter_mut().for_each(|step| step.words.clear());
        }
        let officers = self.at_work_for(card.case.township)?;
        let figures = self.pack()?.path;
        Ok(Some(StepView { card, course, entered, officers, figures }))
    }

    /// The officers of a township and of the county who are at work, to be chosen from.
    fn at_work_for(&self, township: u16) -> Result<Vec<Offer>, Fault> {
        let reader = self.reader()?;
        let works = |no: &OfficerNo| reader.officer(no).is_some_and(|known| !known.ended);
        let mut all: Vec<(bool, Offer)> = self
            .listed()
            .into_iter()
            .filter(|one| one.office.covers(township) && works(&one.no))
            .filter(|one| one.roles.iter().any(|role| *role != Role::Administrator))
            .map(|one| {
                let offer =
                    Offer { hint: one.office.tier().zh().to_owned(), ..Offer::new(one.no.0, one.name) };
                (one.office == Office::County, offer)
            })
            .collect();
        all.sort_by(|a, b| (a.0, &a.1.value).cmp(&(b.0, &b.1.value)));
        Ok(all.into_iter().map(|(_, offer)| offer).collect())
    }

    /// What comes next with a case, in a few words; nothing where nothing does.
    pub fn next_of(&self, case: CaseId) -> Option<String> {
        let reader = self.reader().ok()?;
        let known = reader.case(case)?;
        let limit = self.pack().ok()?.tier.township_limit;
        next(&known, &reader.course(case), total(&known.asked) > limit, self.now().day())
    }
}

/// What comes next, by the course of a case; `to_county` where its sum is the county's to decide.
pub fn next(case: &Case, course: &Course, to_county: bool, today: Day) -> Option<String> {
    match case.stage {
        Stage::Open | Stage::Returned if case.path == Path::Emergency => {
            return Some("接着按急难型办".to_owned());
        }
        Stage::Open | Stage::Returned => {}
        Stage::Submitted => return Some(course_end(course, today).unwrap_or_else(|| "等审批".to_owned())),
        Stage::Refused | Stage::Declined => {
            return course.delivered.is_none().then(|| "下一步：通知书送达申请人".to_owned());
        }
        Stage::Approved => return Some("下一步：发放".to_owned()),
        Stage::Paid | Stage::Closed => {
            return course.followed.is_empty().then(|| "下一步：回访".to_owned());
        }
        _ => return None,
    }
    if course.correcting() {
        let until = course.told.last().map(|told| told.until.short_zh()).unwrap_or_default();
        return Some(format!("等申请人{until}前补正，收齐后登记"));
    }
    if let Some((step, what)) = course.against() {
        return Some(format!("{}{what}：报批由审批人不予救助，或重新办这一步", step.zh()));
    }
    if course.asked.is_some() {
        return Some("期限中止，等核对报告".to_owned());
    }
    if let count @ 1.. = course.open_objections() {
        return Some(format!("下一步：处理{count}条异议"));
    }
    let missing = course.missing(PathStep::Notice, case.circumstance, to_county);
    Some(match missing.first() {
        Some(PathStep::Acceptance) => "下一步：受理，或一次性告知".to_owned(),
        Some(step) => format!("下一步：{}", step.zh()),
        None => match course_end(course, today) {
            Some(end) => format!("下一步：报批；{end}"),
            None => "下一步：报批".to_owned(),
        },
    })
}

/// What the notice still waits for.
fn course_end(course: &Course, today: Day) -> Option<String> {
    let notice = course.notice.as_ref().filter(|_| course.notice_ended.is_none())?;
    let until = notice.until.short_zh();
    Some(match course.open_objections() {
        0 if today <= notice.until => format!("公示至{until}，期满后登记公示结果"),
        0 => "下一步：登记公示结果".to_owned(),
        count => format!("下一步：处理{count}条异议"),
    })
}
