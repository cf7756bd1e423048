//! 物资: what stores have and how it came about; 空白单: what became of every number of the pads.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{CaseId, OfficerNo, TransferId};
use crate::domain::office::Office;
use crate::domain::pad::Fate;
use crate::domain::stock::{Origin, Shelf, StockKey, StockWhy};
use crate::store::replica::answers::many;
use crate::store::replica::bind::unword;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};

/// An item of a store.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShelfRow {
    /// Which.
    pub key: StockKey,
    /// What there is.
    pub shelf: Shelf,
}

/// One row of an item's ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StockMoveRow {
    /// The entry.
    pub n: u64,
    /// The day.
    pub on: Day,
    /// 摘要.
    pub why: StockWhy,
    /// What came (more than zero) or went, in thousandths.
    pub quantity_milli: i64,
    /// What there was after it.
    pub balance_milli: i64,
    /// The unit's value.
    pub price: Money,
    /// The case it went with, and its 编号.
    pub case: Option<(CaseId, String)>,
    /// The other store of a sending.
    pub other: Option<Office>,
    /// Who wrote it.
    pub by: OfficerNo,
    /// Who counted along.
    pub second: Option<OfficerNo>,
    /// 凭证 or 原因.
    pub text: String,
}

/// Goods under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SentRow {
    /// Which sending.
    pub id: TransferId,
    /// Out of what.
    pub key: StockKey,
    /// Whereto.
    pub to: Office,
    /// How much, in thousandths.
    pub quantity_milli: i64,
    /// Since when.
    pub on: Day,
    /// Who sent it.
    pub by: OfficerNo,
    /// 调拨单.
    pub document: String,
}

/// A numbered blank sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BlankRow {
    /// Its number.
    pub blank: String,
    /// The township of its pad.
    pub township: u16,
    /// The entry that issued the pad.
    pub pad: u64,
    /// When the pad was issued.
    pub on: Day,
    /// By whom.
    pub by: OfficerNo,
    /// What became of it.
    pub fate: Fate,
    /// The case it was used for.
    pub case: Option<CaseId>,
}

impl BlankRow {
    /// Whether it has been missing for more than a week.
    pub fn is_long_missing(&self, today: Day) -> bool {
        matches!(self.fate, Fate::Missing(since) if since.until(today) > 7)
    }
}

impl Reader {
    /// The items of a store, by name.
    ///
    /// # Errors
    /// SQLite's.
    pub fn shelves(&self, store: Office) -> Result<Vec<ShelfRow>> {
        let sql =
            "SELECT item, unit, spec, price, origin, on_hand, received, issued FROM stock WHERE store = ?1
           ORDER BY item, unit";
        Ok(many(self.db(), sql, [store], |row| {
            Ok(ShelfRow {
                key: StockKey { store, item: row.get(0)?, unit: row.get(1)? },
                shelf: Shelf {
                    spec: row.get(2)?,
                    price: row.get(3)?,
                    origin: unword::<Origin>(row.get(4)?)?,
                    on_hand: row.get(5)?,
                    received: row.get(6)?,
                    issued: row.get(7)?,
                },
            })
        })?)
    }

    /// The ledger of an item, the oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn stock_moves(&self, key: &StockKey) -> Result<Vec<StockMoveRow>> {
        let sql = "SELECT m.n, m.on_day, m.why, m.quantity, m.price, m.case_id, coalesce(c.number, ''), m.other, m.by,
             m.second, coalesce(m.document, m.reason, '')
           FROM stock_move m LEFT JOIN cases c ON c.id = m.case_id
           WHERE m.store = ?1 AND m.item = ?2 AND m.unit = ?3 ORDER BY m.seq";
        let mut rows = many(self.db(), sql, (key.store, &key.item, &key.unit), |row| {
            let case: Option<CaseId> = row.get(5)?;
            let number: String = row.get(6)?;
            Ok(StockMoveRow {
                n: row.get::<_, i64>(0)?.unsigned_abs(),
                on: row.get(1)?,
                why: unword(row.get(2)?)?,
                quantity_milli: row.get(3)?,
                balance_milli: 0,
                price: row.get(4)?,
                case: case.map(|case| (case, number)),
                other: row.get(7)?,
                by: row.get(8)?,
                second: row.get(9)?,
                text: row.get(10)?,
            })
        })?;
        let mut held: i64 = 0;
        for row in &mut rows {
            held = held.saturating_add(row.quantity_milli);
            row.balance_milli = held;
        }
        Ok(rows)
    }

    /// Goods under way to or from an office; for the county all.
    ///
    /// # Errors
    /// SQLite's.
    pub fn stock_under_way(&self, office: Office) -> Result<Vec<SentRow>> {
        let sql =
            "SELECT id, store, item, unit, to_, quantity, on_day, by, coalesce(document, '') FROM stock_sent
           INDEXED BY stock_sent_open WHERE arrived = 0 ORDER BY on_day, id";
        let mut rows = many(self.db(), sql, [], |row| {
            Ok(SentRow {
                id: row.get(0)?,
                key: StockKey { store: row.get(1)?, item: row.get(2)?, unit: row.get(3)? },
                to: row.get(4)?,
                quantity_milli: row.get(5)?,
                on: row.get(6)?,
                by: row.get(7)?,
                document: row.get(8)?,
            })
        })?;
        rows.retain(|row| office == Office::County || row.to == office);
        Ok(rows)
    }

    /// Every number of a township's pads with what became of it, in order. A sheet is missing where a later one of its pad
    /// was used or is void: sheets are torn off one after the other.
    ///
    /// # Errors
    /// SQLite's.
    pub fn blanks(&self, township: u16) -> Result<Vec<BlankRow>> {
        let sql =
            "SELECT s.blank, s.pad, s.on_day, s.by, s.void_on, s.void_by, coalesce(s.reason, ''), b.case_id,
             coalesce(c.number, ''), c.accepted
           FROM pad_sheet s LEFT JOIN blank b ON b.blank = s.blank LEFT JOIN cases c ON c.id = b.case_id
           WHERE s.township = ?1 ORDER BY s.pad, s.serial";
        let found = many(self.db(), sql, [township], |row| {
            let case: Option<CaseId> = row.get(7)?;
            let void: Option<Day> = row.get(4)?;
            let by: Option<OfficerNo> = row.get(5)?;
            let accepted: Option<Day> = row.get(9)?;
            let fate = match (case, void, by) {
                (Some(_), ..) => Fate::Used(row.get(8)?),
                (None, Some(on), Some(by)) => Fate::Void(on, by, row.get(6)?),
                _ => Fate::Unused,
            };
            let row = BlankRow {
                blank: row.get(0)?,
                township,
                pad: row.get::<_, i64>(1)?.unsigned_abs(),
                on: row.get(2)?,
                by: row.get(3)?,
                fate,
                case,
            };
            Ok((row, accepted.or(void)))
        })?;
        Ok(missed(found))
    }
}

/// Sheets before one that is gone are missing, since the first later one went.
fn missed(found: Vec<(BlankRow, Option<Day>)>) -> Vec<BlankRow> {
    let mut rows = Vec::with_capacity(found.len());
    let mut later: Option<(u64, Day)> = None;
    for (mut row, gone) in found.into_iter().rev() {
        let since = later.filter(|(pad, _)| *pad == row.pad).map(|(_, day)| day);
        if let (Fate::Unused, Some(since)) = (&row.fate, since) {
            row.fate = Fate::Missing(since);
        }
        let day = [gone, since].into_iter().flatten().min();
        later = day.map(|day| (row.pad, day));
        rows.push(row);
    }
    rows.reverse();
    rows
}
