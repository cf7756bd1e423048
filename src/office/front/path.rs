//! The expenditure path (支出型) at the front: what its screens do, and what the form of a step begins with.

use super::Front;
use crate::base::day::Day;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::path::Application;
use crate::domain::course::Course;
use crate::domain::ids::CaseId;
use crate::domain::private::Private;
use crate::forms::Answers;
use crate::forms::tables::path::PathForm;
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
            PathDeed::Apply { answers, overrides } => compose::path::apply::compose(desk, answers, overrides),
            PathDeed::Reapply { case, on, promise, late, agent } => {
                let mut private = Private::default();
                let application = Application {
                    case: *case,
                    on: *on,
                    promise: *promise,
                    late: private.put("late", late),
                    agent: private.put("agent", agent),
                };
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
            PathDeed::Step { form, .. } => form.zh(),
        }
    }
}

/// What the form of a step begins with.
#[derive(Clone, Debug, PartialEq)]
pub struct StepView {
    /// The case.
    pub card: CaseCard,
    /// What was done of the path.
    pub course: Course,
    /// The steps as they were entered, with their words.
    pub entered: Vec<EnteredStep>,
}

impl Front {
    /// What the form of a step begins with; none where the case is not there.
    ///
    /// # Errors
    /// Somebody else's case; the disk of this PC.
    pub fn step_view(&self, case: CaseId) -> Result<Option<StepView>, Fault> {
        use crate::domain::answers::Answers as _;
        let days = self.pack()?.tier.split_days;
        let Some(card) = self.case_card(case, self.now().day(), days)? else { return Ok(None) };
        let reader = self.reader()?;
        let (course, entered) = (reader.course(case), reader.path_steps(case)?);
        Ok(Some(StepView { card, course, entered }))
    }
}
