//! Answers to what screens of the expenditure path ask.

use super::Host;
use crate::domain::ids::CaseId;
use crate::domain::office::Role;
use crate::office::front::deed::Deed;
use crate::office::seen;
use crate::store::fault::Fault;
use crate::store::replica::views::after::{AfterList, AfterRow};
use crate::store::replica::views::path::PathRow;
use crate::ui::product::path::{PathAsk, PathHome, PathList, PathReply, Waiting};
use crate::ui::screens::path::lists;

impl Host {
    /// Answers one question of the path.
    pub(super) fn path(&self, ask: PathAsk) -> Result<PathReply, Fault> {
        Ok(match ask {
            PathAsk::Todo => PathReply::Todo(self.path_rows()?, self.front.now()),
            PathAsk::After(list) => PathReply::After(self.after_rows(list)?, self.front.now()),
            PathAsk::Step(case) => PathReply::Step(self.front.step_view(case)?.map(Box::new)),
        })
    }

    /// The open cases that the officer sees: a handler his own, everybody else those of his office.
    fn path_rows(&self) -> Result<Vec<PathRow>, Fault> {
        let officer = self.front.officer()?;
        seen::may_work(&officer)?;
        let township = officer.office.township();
        let above = officer.roles.iter().any(|role| *role != Role::Handler);
        let own = Some(&officer.no).filter(|_| township.is_some() && !above);
        Ok(self.front.reader()?.path_work(township, own, self.front.now().day())?)
    }

    /// Those that wait to be delivered or asked about; whose they are as in [`Host::path_rows`].
    fn after_rows(&self, list: AfterList) -> Result<Vec<AfterRow>, Fault> {
        let officer = self.front.officer()?;
        seen::may_work(&officer)?;
        let township = officer.office.township();
        let above = officer.roles.iter().any(|role| *role != Role::Handler);
        let own = Some(&officer.no).filter(|_| township.is_some() && !above);
        Ok(self.front.reader()?.after_decision(list, township, own)?)
    }

    /// What home counts. For the county the clocks alone: it sees all townships, and a step there is not its work.
    pub(super) fn path_home(&self) -> Result<PathHome, Fault> {
        let officer = self.front.officer()?;
        let today = self.front.now().day();
        if seen::may_work(&officer).is_err() {
            return Ok(PathHome::default());
        }
        if officer.office.township().is_none() {
            let (pile, late) = self.front.reader()?.path_pile(None, today)?;
            return Ok(PathHome { all: Waiting { pile, late }, ..PathHome::default() });
        }
        let rows = self.path_rows()?;
        let of = |list| lists::waiting(&rows, list, today);
        Ok(PathHome {
            all: of(PathList::All),
            survey: of(PathList::Survey),
            meeting: of(PathList::Meeting),
            examination: of(PathList::Examination),
            deliver: lists::after(&self.after_rows(AfterList::Deliver)?, today),
            follow_up: lists::after(&self.after_rows(AfterList::FollowUp)?, today),
        })
    }
}

/// The case whose next step is said when a deed of the path is done.
pub(super) fn next_of(deed: &Deed) -> Option<CaseId> {
    match deed {
        Deed::Path(deed) => deed.case(),
        _ => None,
    }
}
