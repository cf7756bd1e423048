//! People at the host: links between records, and children's accounts.

use super::Host;
use crate::store::fault::Fault;
use crate::ui::product::people::{PeopleAsk, PeopleReply};

impl Host {
    /// Answers what a screen asks about people.
    pub(super) fn people(&self, ask: PeopleAsk) -> Result<PeopleReply, Fault> {
        Ok(match ask {
            PeopleAsk::Links => PeopleReply::Links(self.front.links()?),
            PeopleAsk::Compare(stays, joined) => {
                PeopleReply::Compared(self.front.compare(stays, joined)?.map(Box::new))
            }
            PeopleAsk::CompareLink(link) => {
                PeopleReply::Compared(self.front.compare_link(link)?.map(Box::new))
            }
            PeopleAsk::Children(year) => PeopleReply::Children(self.front.child_accounts(year)?),
        })
    }
}
