//! Goods in store and numbered pads in memory.

use super::Memory;
use crate::domain::answers::Series;
use crate::domain::fact::Fact;
use crate::domain::ids::{CaseId, LineId, TransferId};
use crate::domain::pad::Blank;
use crate::domain::stock::{GoodsAnswers, Sending, Shelf, StockBook, StockKey, Taken};

impl Memory {
    pub(super) fn stock(&mut self, fact: &Fact) {
        if let Fact::PadIssued(pad) = fact {
            self.raise(Series::Blank(pad.township, pad.year), *pad.serials().end());
        }
        self.goods.apply(fact);
    }

    /// The stores and pads.
    pub fn goods(&self) -> &StockBook {
        &self.goods
    }
}

impl GoodsAnswers for Memory {
    fn shelf(&self, key: &StockKey) -> Option<Shelf> {
        self.goods.shelf(key)
    }

    fn taken(&self, case: CaseId, line: LineId) -> Option<Taken> {
        self.goods.taken(case, line)
    }

    fn sending(&self, id: TransferId) -> Option<Sending> {
        self.goods.sending(id)
    }

    fn blank(&self, number: &str) -> Option<Blank> {
        self.goods.pads.blank(number)
    }
}
