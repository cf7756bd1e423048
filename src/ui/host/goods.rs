//! Answers to what the screens of goods and of numbered pads ask.

use super::Host;
use crate::store::fault::Fault;
use crate::ui::product::Reply;
use crate::ui::product::goods::{GoodsAsk, GoodsReply};

impl Host {
    /// Answers one question.
    pub(super) fn goods(&self, ask: GoodsAsk) -> Result<Reply, Fault> {
        Ok(Reply::Goods(match ask {
            GoodsAsk::Store(store) => GoodsReply::Store(Box::new(self.front.store_view(store)?)),
            GoodsAsk::Ledger(key) => GoodsReply::Ledger(self.front.stock_ledger(&key)?),
            GoodsAsk::Blanks => {
                let (rows, today) = self.front.blanks_view()?;
                GoodsReply::Blanks(rows, today)
            }
            GoodsAsk::PrintPad(township, pad) => {
                return Ok(Reply::Printed(self.front.print_pad(township, pad)?.display().to_string()));
            }
        }))
    }
}
