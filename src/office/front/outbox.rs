//! The outbox at the front (待发): what waits for the drive, what nobody knows of yet, and what was refused on return.

use super::Front;
use crate::base::day::Stamp;
use crate::domain::command::Command;
use crate::ledger::Cid;
use crate::store::desk::{Draft, OutState};
use crate::store::fault::Fault;

/// A group of orders as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Waiting {
    /// The group's number.
    pub group: u64,
    /// What was asked: the verbs in Chinese.
    pub verbs: Vec<&'static str>,
    /// When it was given.
    pub made: Stamp,
    /// How far it is.
    pub state: OutState,
    /// Its orders.
    pub cids: Vec<Cid>,
}

impl Front {
    /// What stands in the outbox, oldest first.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn outbox(&self) -> Result<Vec<Waiting>, Fault> {
        let mut list: Vec<Waiting> = Vec::new();
        for row in self.keeper.own().outbox()? {
            let zh = zh_of(&row.order.verb);
            match list.last_mut() {
                Some(last) if last.group == row.group => {
                    last.verbs.push(zh);
                    last.cids.push(row.order.cid);
                }
                _ => list.push(Waiting {
                    group: row.group,
                    verbs: vec![zh],
                    made: Stamp(row.made_ms),
                    state: row.state,
                    cids: vec![row.order.cid],
                }),
            }
        }
        Ok(list)
    }

    /// Gives the words of a refused group back to the form that is still open: as a new draft, or, where there was none,
    /// let go. Answers the draft's number.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn take_back(&self, group: u64, draft: Option<&Draft>) -> Result<Option<u64>, Fault> {
        let Some(refused) = self.outbox()?.into_iter().find(|waiting| waiting.group == group) else {
            return Ok(None);
        };
        match draft {
            Some(draft) => self.keeper.own().give_back(&refused.cids, draft).map(Some),
            None => self.keeper.own().let_go(&refused.cids).map(|()| None),
        }
    }

    /// Lets a refused group go: its author has read why. What still waits stays.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn let_go(&self, group: u64) -> Result<(), Fault> {
        let refused = self
            .outbox()?
            .into_iter()
            .find(|waiting| waiting.group == group && matches!(waiting.state, OutState::Refused(_)));
        match refused {
            Some(waiting) => self.keeper.own().let_go(&waiting.cids),
            None => Ok(()),
        }
    }
}

fn zh_of(verb: &str) -> &'static str {
    Command::VERBS.iter().find(|(name, _)| *name == verb).map_or("指令", |(_, zh)| zh)
}
