//! Goods in store and numbered pads.

use super::Page;
use crate::domain::fact::Fact;
use crate::domain::fact::stock::{PadIssued, StockMoved};
use crate::domain::pad::number;
use crate::domain::stock::StockWhy;
use crate::store::replica::bind::word;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn stock(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::StockMoved(moved) => self.stock_moved(moved),
            Fact::PadIssued(pad) => self.pad(pad),
            Fact::BlankVoided(voided) => {
                let sql = "UPDATE pad_sheet SET void_on = ?2, void_by = ?3, reason = ?4 WHERE blank = ?1";
                let row = (&voided.blank, voided.on, &voided.by, self.words(&voided.reason));
                self.run(sql, row).map(drop)
            }
            _ => Ok(()),
        }
    }

    fn pad(&self, pad: &PadIssued) -> Result<()> {
        for serial in pad.serials() {
            let blank = number(pad.year, pad.township, serial);
            let sql = "INSERT OR REPLACE INTO pad_sheet(blank, township, pad, serial, on_day, by)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
            self.run(sql, (blank, pad.township, self.n, serial, pad.on, &pad.by))?;
        }
        self.numbered_blank(pad.township, pad.year, *pad.serials().end())
    }

    fn stock_moved(&self, moved: &StockMoved) -> Result<()> {
        let key = (moved.store, &moved.item, &moved.unit);
        let sql =
            "INSERT OR IGNORE INTO stock(store, item, unit, spec, price, origin, on_hand, received, issued)
           VALUES (?1, ?2, ?3, '', 0, ?4, 0, 0, 0)";
        self.run(sql, (key.0, key.1, key.2, word(&moved.origin)?))?;
        let sql = "SELECT on_hand, received, issued FROM stock WHERE store = ?1 AND item = ?2 AND unit = ?3";
        let (had, received, issued): (i64, i64, i64) =
            self.db.prepare_cached(sql)?.query_row(key, |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let quantity = moved.quantity_milli;
        let on_hand = had.saturating_add(quantity);
        let (came, gone) = match moved.why {
            StockWhy::Received | StockWhy::Arrived => (received.saturating_add(quantity), issued),
            StockWhy::Issued | StockWhy::Returned => (received, issued.saturating_sub(quantity)),
            StockWhy::Counted | StockWhy::Sent => (received, issued),
        };
        let sql = "UPDATE stock SET on_hand = ?4, received = ?5, issued = ?6
           WHERE store = ?1 AND item = ?2 AND unit = ?3";
        self.run(sql, (key.0, key.1, key.2, on_hand, came, gone))?;
        if matches!(moved.why, StockWhy::Received | StockWhy::Arrived) {
            let sql = "UPDATE stock SET spec = ?4, price = ?5 WHERE store = ?1 AND item = ?2 AND unit = ?3";
            self.run(sql, (key.0, key.1, key.2, &moved.spec, moved.price))?;
        }
        self.stock_row(moved)?;
        self.stock_aside(moved)
    }

    fn stock_row(&self, moved: &StockMoved) -> Result<()> {
        let sql = "INSERT INTO stock_move(n, store, item, unit, quantity, price, why, on_day, by, case_id, line, other,
             second, document, reason)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)";
        let row = (
            self.n,
            moved.store,
            &moved.item,
            &moved.unit,
            moved.quantity_milli,
            moved.price,
            word(&moved.why)?,
            moved.on,
            &moved.by,
            moved.case,
            moved.line,
            moved.other,
            &moved.second,
            self.words(&moved.document),
            self.words(&moved.reason),
        );
        self.add(sql, row).map(drop)
    }

    /// What a line took, and what is under way.
    fn stock_aside(&self, moved: &StockMoved) -> Result<()> {
        match (moved.why, moved.case, moved.line, moved.transfer) {
            (StockWhy::Issued, Some(case), Some(line), _) => {
                let sql =
                    "INSERT OR REPLACE INTO stock_taken(case_id, line, store, item, unit, quantity, price)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
                let taken = moved.quantity_milli.saturating_neg();
                let row = (case, line, moved.store, &moved.item, &moved.unit, taken, moved.price);
                self.run(sql, row)?;
            }
            (StockWhy::Returned, Some(case), Some(line), _) => {
                self.run("DELETE FROM stock_taken WHERE case_id = ?1 AND line = ?2", (case, line))?;
            }
            (StockWhy::Sent, _, _, Some(id)) => {
                let sql = "INSERT OR REPLACE INTO stock_sent(id, store, to_, item, unit, spec, price, origin, quantity, by,
                     on_day, arrived, document)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, ?12)";
                let row = (
                    id,
                    moved.store,
                    moved.other.unwrap_or(moved.store),
                    &moved.item,
                    &moved.unit,
                    &moved.spec,
                    moved.price,
                    word(&moved.origin)?,
                    moved.quantity_milli.saturating_neg(),
                    &moved.by,
                    moved.on,
                    self.words(&moved.document),
                );
                self.run(sql, row)?;
            }
            (StockWhy::Arrived, _, _, Some(id)) => {
                self.run("UPDATE stock_sent SET arrived = 1 WHERE id = ?1", [id])?;
            }
            _ => {}
        }
        Ok(())
    }
}
