//! Answers about money.

use super::Host;
use crate::store::fault::Fault;
use crate::ui::product::Reply;
use crate::ui::product::money::{MoneyAsk, MoneyReply};

impl Host {
    /// What is asked about money, out of this PC's replica and files.
    pub(super) fn money(&self, ask: MoneyAsk) -> Result<Reply, Fault> {
        let front = &self.front;
        Ok(Reply::Money(Box::new(match ask {
            MoneyAsk::Batches(state) => MoneyReply::Batches(front.batches_view(state)?),
            MoneyAsk::Batch(batch) => MoneyReply::Batch(front.batch_view(batch)?),
            MoneyAsk::Waiting => MoneyReply::Waiting(front.waiting_view()?),
            MoneyAsk::Export { batch, template } => {
                MoneyReply::Exported(front.export_batch(batch, &template)?)
            }
            MoneyAsk::Files(batch) => MoneyReply::Files(front.return_files(batch)?),
            MoneyAsk::Preview { batch, file, template } => {
                MoneyReply::Preview(front.preview_return(batch, &file, &template)?)
            }
            MoneyAsk::Sources(month) => MoneyReply::Sources(front.sources_view(month)?),
            MoneyAsk::Recoveries => MoneyReply::Recoveries(front.recoveries_view()?),
            MoneyAsk::YearEnd(year) => MoneyReply::YearEnd(front.year_end_view(year)?),
        })))
    }
}
