//! Goods in store and numbered pads.

use super::{Ask, kept, one};
use crate::domain::ids::{CaseId, LineId, TransferId};
use crate::domain::pad::Blank;
use crate::domain::stock::{GoodsAnswers, Sending, Shelf, StockKey, Taken};
use crate::store::replica::bind::unword;
use rusqlite::{Connection, Result};

fn shelf(db: &Connection, key: &StockKey) -> Result<Option<Shelf>> {
    let sql = "SELECT spec, price, origin, on_hand, received, issued FROM stock
       WHERE store = ?1 AND item = ?2 AND unit = ?3";
    one(db, sql, (key.store, &key.item, &key.unit), |row| {
        Ok(Shelf {
            spec: row.get(0)?,
            price: row.get(1)?,
            origin: unword(row.get(2)?)?,
            on_hand: row.get(3)?,
            received: row.get(4)?,
            issued: row.get(5)?,
        })
    })
}

fn taken(db: &Connection, case: CaseId, line: LineId) -> Result<Option<Taken>> {
    let sql = "SELECT store, item, unit, quantity, price FROM stock_taken WHERE case_id = ?1 AND line = ?2";
    one(db, sql, (case, line), |row| {
        Ok(Taken {
            key: StockKey { store: row.get(0)?, item: row.get(1)?, unit: row.get(2)? },
            quantity_milli: row.get(3)?,
            price: row.get(4)?,
        })
    })
}

fn sending(db: &Connection, id: TransferId) -> Result<Option<Sending>> {
    let sql = "SELECT store, item, unit, to_, spec, price, origin, quantity, by, arrived FROM stock_sent WHERE id = ?1";
    one(db, sql, [id], |row| {
        Ok(Sending {
            key: StockKey { store: row.get(0)?, item: row.get(1)?, unit: row.get(2)? },
            to: row.get(3)?,
            spec: row.get(4)?,
            price: row.get(5)?,
            origin: unword(row.get(6)?)?,
            quantity_milli: row.get(7)?,
            by: row.get(8)?,
            arrived: row.get(9)?,
        })
    })
}

fn blank(db: &Connection, number: &str) -> Result<Option<Blank>> {
    let sql = "SELECT township, void_on IS NOT NULL FROM pad_sheet WHERE blank = ?1";
    one(db, sql, [number], |row| Ok(Blank { township: row.get(0)?, void: row.get(1)? }))
}

impl<A: Ask> GoodsAnswers for A {
    fn shelf(&self, key: &StockKey) -> Option<Shelf> {
        kept(self, shelf(self.db(), key))
    }

    fn taken(&self, case: CaseId, line: LineId) -> Option<Taken> {
        kept(self, taken(self.db(), case, line))
    }

    fn sending(&self, id: TransferId) -> Option<Sending> {
        kept(self, sending(self.db(), id))
    }

    fn blank(&self, number: &str) -> Option<Blank> {
        kept(self, blank(self.db(), number))
    }
}
