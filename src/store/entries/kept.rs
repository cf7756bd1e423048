//! What was read out of the entries up to one of them, kept beside them so that nobody reads a whole log at each start.
//! Only a shortcut: it counts while it is whole and the entry that it was read up to stands where it stood, and is
//! otherwise as if it were not there.

use rusqlite::{OptionalExtension, params};
use sha2::{Digest, Sha256};

use super::{Entries, fault, number};
use crate::ledger::{Hash, Head};
use crate::store::fault::{Fault, FaultKind};

/// Its table, in the file of the entries.
pub(super) const TABLE: &str = "
    CREATE TABLE IF NOT EXISTS kept(
        id INTEGER PRIMARY KEY, n INTEGER NOT NULL, hash BLOB NOT NULL, body TEXT NOT NULL, sum BLOB NOT NULL) STRICT;
";

impl Entries {
    /// Keeps what was read out of the entries up to this one, in place of what was kept before.
    ///
    /// # Errors
    /// If it cannot be written.
    pub fn keep(&mut self, at: Head, body: &str) -> Result<(), Fault> {
        let sql = "INSERT OR REPLACE INTO kept(id, n, hash, body, sum) VALUES (1, ?1, ?2, ?3, ?4)";
        self.db.execute(sql, params![number(at.n), at.hash.0, body, sum(&at, body)]).map(drop).map_err(fault)
    }

    /// What was kept, and up to which entry it was read. `None` where it is torn, or that entry stands there no more.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn kept(&self) -> Result<Option<(Head, String)>, Fault> {
        let sql = "SELECT n, hash, body, sum FROM kept WHERE id = 1";
        let found = self.db.query_row(sql, [], |row| {
            let (n, hash): (i64, [u8; 32]) = (row.get(0)?, row.get(1)?);
            let at = Head { n: u64::try_from(n).unwrap_or(0), hash: Hash(hash) };
            Ok((at, row.get::<_, String>(2)?, row.get::<_, Vec<u8>>(3)?))
        });
        let (at, body, written) = match found.optional().map_err(fault) {
            Ok(Some(found)) => found,
            Ok(None) => return Ok(None),
            // Whether the entries are damaged too is found where they are read.
            Err(torn) if torn.kind == FaultKind::Damaged => return Ok(None),
            Err(fault) => return Err(fault),
        };
        let stands = written == sum(&at, &body) && self.head_at(at.n)? == Some(at);
        Ok(stands.then_some((at, body)))
    }
}

fn sum(at: &Head, body: &str) -> [u8; 32] {
    let mut sum = Sha256::new();
    sum.update(format!("jiuji/kept/1/{}/{}\n", at.n, at.hash));
    sum.update(body);
    sum.finalize().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::share::tests::{COUNTY, chain_of};

    #[test]
    fn it_counts_only_while_it_is_whole_and_its_entry_stands() {
        let dir = tempfile::tempdir().unwrap();
        let mut entries = Entries::open(&dir.path().join("entries.db"), COUNTY).unwrap();
        let rows = chain_of(5);
        entries.append(&rows).unwrap();
        assert_eq!(entries.kept().unwrap(), None);
        let at = Head::of(&rows[3]);
        entries.keep(at, "{}").unwrap();
        assert_eq!(entries.kept().unwrap(), Some((at, "{}".to_owned())));
        for spoil in ["body = '{ }'", "n = 3", "hash = zeroblob(32)", "sum = zeroblob(32)", "hash = x'00'"] {
            entries.keep(at, "{}").unwrap();
            entries.db.execute(&["UPDATE kept SET ", spoil].concat(), []).unwrap();
            assert_eq!(entries.kept().unwrap(), None, "{spoil}");
        }
        entries.keep(at, "{}").unwrap();
        entries.leave(3).unwrap();
        assert_eq!(entries.kept().unwrap(), None, "the entry was set aside");
    }
}
