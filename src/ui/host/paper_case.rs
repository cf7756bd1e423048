//! Papers of a case at the host: which of them it can give.

use super::Host;
use crate::store::fault::Fault;
use crate::ui::product::paper::{PaperAsk, PaperReply, PaperRow};

impl Host {
    /// Answers what a screen asks about papers.
    pub(super) fn papers(&self, ask: &PaperAsk) -> Result<PaperReply, Fault> {
        match ask {
            PaperAsk::Offered(case) => {
                let (number, papers) = self.front.papers_of(*case)?;
                let no_archive = self.front.why_not_archive(*case)?;
                let row = |(kind, why_not)| PaperRow { kind, why_not };
                let papers = papers.into_iter().map(row).collect();
                Ok(PaperReply::Offered { number, papers, no_archive })
            }
            PaperAsk::Samples => Ok(PaperReply::Samples(self.front.samples()?)),
        }
    }
}
