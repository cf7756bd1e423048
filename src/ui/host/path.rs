//! Answers to what screens of the expenditure path ask.

use super::Host;
use crate::domain::ids::CaseId;
use crate::office::front::deed::Deed;
use crate::store::fault::Fault;
use crate::ui::product::path::{PathAsk, PathReply};

impl Host {
    /// Answers one question of the path.
    pub(super) fn path(&self, ask: PathAsk) -> Result<PathReply, Fault> {
        Ok(match ask {
            PathAsk::Step(case) => PathReply::Step(self.front.step_view(case)?.map(Box::new)),
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
