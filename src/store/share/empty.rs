//! Emptying (销毁): private columns that the county destroyed after their time are taken out of the log's files, in a turn
//! of their own. Rows are never removed or moved, so the chain stands; what is freed is overwritten, so that no byte of it
//! stays in the file. A turn that is cut off half way is taken again by whoever looks next: emptying twice does no harm.

use std::time::Duration;

use rusqlite::{Connection, params};

use super::slip::Publication;
use super::{Share, file};
use crate::ledger::Head;
use crate::store::fault::{Fault, FaultKind};
use crate::store::log::Written;
use crate::store::sql;

const EMPTY: &str = "清空共享日志中到期的个人信息";

impl Share {
    /// Empties the private columns of entries, both ends of each span counted. Answers whether there were any.
    ///
    /// # Errors
    /// The files cannot be read or written now.
    pub(super) fn empty_columns(&mut self, spans: &[(u64, u64)], deadline: Duration) -> Result<bool, Fault> {
        if !self.set.may_write || !self.has_columns(spans)? {
            return Ok(false);
        }
        self.emptying = spans.to_vec();
        let written = self.settle(deadline);
        self.emptying.clear();
        match written {
            Written::Done(_) => Ok(true),
            Written::NotDone(fault) | Written::Unknown(fault) => Err(fault),
        }
    }

    /// Whether any column of these entries is still filled in the files of the log.
    fn has_columns(&mut self, spans: &[(u64, u64)]) -> Result<bool, Fault> {
        for publication in self.segments(1)? {
            if self.read_patiently(&publication, &mut |db| filled(db, spans))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The work of the turn: earlier files first, each in a transaction of its own, then the current one, whose
    /// transaction the turn has open. Only behind the head of the log nothing is touched.
    pub(super) fn empty_in_turn(
        &mut self,
        current: &Publication,
        db: &Connection,
        head: &Head,
    ) -> Result<(), Fault> {
        let spans = self.emptying.clone();
        if spans.iter().any(|(_, last)| *last > head.n) {
            return Err(Fault::new(
                FaultKind::Bug,
                "要清空的记录不在日志里",
                "没有写入任何内容；请报告维护人员",
            ));
        }
        let fault = |error| Fault::of_sql(EMPTY, error);
        let earlier = self.segments(1)?;
        for publication in earlier.iter().filter(|publication| *publication != current) {
            let path = self.path(publication);
            let old = file::open_writing(self.drive(), &path)?;
            sql::set(&old, "secure_delete", "1")?;
            old.execute_batch("BEGIN IMMEDIATE").map_err(fault)?;
            empty(&old, &spans).map_err(fault)?;
            old.execute_batch("COMMIT").map_err(fault)?;
        }
        empty(db, &spans).map_err(fault)?;
        db.execute_batch("COMMIT").map_err(fault)
    }
}

fn filled(db: &Connection, spans: &[(u64, u64)]) -> rusqlite::Result<bool> {
    let sql = "SELECT 1 FROM entry WHERE n BETWEEN ?1 AND ?2 AND private IS NOT NULL LIMIT 1";
    let mut statement = db.prepare(sql)?;
    for (first, last) in spans {
        if statement.exists(params![place(*first), place(*last)])? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn empty(db: &Connection, spans: &[(u64, u64)]) -> rusqlite::Result<()> {
    let sql = "UPDATE entry SET private = NULL WHERE n BETWEEN ?1 AND ?2 AND private IS NOT NULL";
    let mut statement = db.prepare(sql)?;
    for (first, last) in spans {
        statement.execute(params![place(*first), place(*last)])?;
    }
    Ok(())
}

fn place(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
