//! The outbox (待发): signed commands on their way to the share, in the order in which they were given. A row leaves
//! only when its command stands in the log; what was refused stays with its text until its author lets it go.

use std::fmt;

use rusqlite::{OptionalExtension, Row as SqlRow, params};
use zeroize::Zeroize;

use super::drafts::Draft;
use super::sealed::{Locker, private_place, refusal_place};
use super::{Desk, fault, gone, number};
use crate::ledger::{Cid, Order, Sig};
use crate::store::fault::Fault;

/// Private plaintext: wiped when dropped, never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(pub Vec<u8>);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl OutRow {
    /// Whether it has a private part that no key opens now.
    pub fn is_locked(&self) -> bool {
        self.salt.is_some() && self.private.is_none()
    }
}

/// How far a command is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OutState {
    /// Waits to be decided.
    Waiting,
    /// Was offered, and nobody knows yet whether it stands in the log. Resolved before anything else on its case.
    Unknown,
    /// Was refused, with the text for its author.
    Refused(String),
}

impl OutState {
    fn word(&self) -> &'static str {
        match self {
            OutState::Waiting => "waiting",
            OutState::Unknown => "unknown",
            OutState::Refused(_) => "refused",
        }
    }

    fn refusal(&self) -> Option<&str> {
        match self {
            OutState::Refused(text) => Some(text),
            OutState::Waiting | OutState::Unknown => None,
        }
    }
}

/// A command in the outbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutRow {
    /// Place in the outbox; smaller is decided first. Given by the desk.
    pub id: u64,
    /// Commands of one group stand or fall together: what follows a refused one of its group is not offered.
    pub group: u64,
    /// The command.
    pub order: Order,
    /// Its author's signature.
    pub order_sig: Sig,
    /// The private arguments, canonical JSON; `None` if there are none, or with a salt: if nobody signed in who can read them.
    pub private: Option<Secret>,
    /// The salt of their commitment.
    pub salt: Option<[u8; 32]>,
    /// How far it is.
    pub state: OutState,
    /// When it was given, by the desk's clock, milliseconds since 1970 UTC.
    pub made_ms: i64,
}

const SELECT: &str =
    "SELECT id, grp, order_json, order_sig, private, salt, state, refusal, made_ms FROM outbox ";

impl Desk {
    /// Puts commands into the outbox, all or none, durably; gives their ids. `id` of the rows is not read. The draft that
    /// they were filled in from goes in the same step: words stand in one place only, after a crash too.
    ///
    /// # Errors
    /// If they cannot be kept, or one of them is there already.
    pub fn put_out(&mut self, rows: &[OutRow], draft: Option<DraftOf<'_>>) -> Result<Vec<u64>, Fault> {
        self.writable()?;
        let tx = self.db.transaction().map_err(fault)?;
        let mut ids = Vec::with_capacity(rows.len());
        for row in rows {
            let private = row.private.as_ref();
            let private = private
                .map(|secret| self.locker.seal(&private_place(&row.order.cid.0), &secret.0))
                .transpose()?;
            let refusal = row.state.refusal();
            let refusal = refusal
                .map(|text| self.locker.seal_text(&refusal_place(&row.order.cid.0), text))
                .transpose()?;
            let order = serde_json::to_string(&row.order).map_err(|e| Fault::bug(e.to_string()))?;
            tx.execute(
                "INSERT INTO outbox(grp, cid, order_json, order_sig, private, salt, state, refusal, author, made_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
                params![
                    number(row.group),
                    row.order.cid.0.as_slice(),
                    order,
                    row.order_sig.0.as_slice(),
                    private,
                    row.salt.as_ref().map(<[u8; 32]>::as_slice),
                    row.state.word(),
                    refusal,
                    row.order.author,
                    row.made_ms
                ],
            )
            .map_err(fault)?;
            ids.push(u64::try_from(tx.last_insert_rowid()).unwrap_or(0));
        }
        if let Some(draft) = draft {
            tx.execute(
                "DELETE FROM draft WHERE officer = ?1 AND id = ?2",
                params![draft.officer, number(draft.id)],
            )
            .map_err(fault)?;
        }
        tx.commit().map_err(fault)?;
        Ok(ids)
    }

    /// Everything in the outbox, in the order in which it is decided.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn outbox(&self) -> Result<Vec<OutRow>, Fault> {
        let mut statement = self.db.prepare_cached(&[SELECT, "ORDER BY id"].concat()).map_err(fault)?;
        let rows = statement.query_map([], |found| row(found, &self.locker)).map_err(fault)?;
        rows.collect::<rusqlite::Result<_>>().map_err(fault)
    }

    /// The outbox row of a command.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn out_row(&self, cid: Cid) -> Result<Option<OutRow>, Fault> {
        let sql = [SELECT, "WHERE cid = ?1"].concat();
        let read = |found: &SqlRow<'_>| row(found, &self.locker);
        self.db.query_row(&sql, params![cid.0.as_slice()], read).optional().map_err(fault)
    }

    /// How far a command is from now on.
    ///
    /// # Errors
    /// If it is not in the outbox, or this cannot be kept.
    pub fn set_out_state(&mut self, cid: Cid, state: &OutState) -> Result<(), Fault> {
        self.writable()?;
        let sql = "UPDATE outbox SET state = ?2, refusal = ?3 WHERE cid = ?1";
        let refusal = state.refusal();
        let refusal = refusal.map(|text| self.locker.seal_text(&refusal_place(&cid.0), text)).transpose()?;
        let changed =
            self.db.execute(sql, params![cid.0.as_slice(), state.word(), refusal]).map_err(fault)?;
        if changed == 1 { Ok(()) } else { Err(gone("这条待发命令")) }
    }

    /// Lets commands go: they stand in the log, or their author gave up what was refused. Those not there are passed
    /// over, so that this can be done again after a crash.
    ///
    /// # Errors
    /// If this cannot be kept.
    pub fn let_go(&mut self, cids: &[Cid]) -> Result<(), Fault> {
        self.writable()?;
        let tx = self.db.transaction().map_err(fault)?;
        for cid in cids {
            tx.execute("DELETE FROM outbox WHERE cid = ?1", params![cid.0.as_slice()]).map_err(fault)?;
        }
        tx.commit().map_err(fault)
    }

    /// Gives the words of refused commands back to their form: they leave the outbox and stand as a new draft, in one
    /// step. Gives the draft's id.
    ///
    /// # Errors
    /// If this cannot be kept.
    pub fn give_back(&mut self, cids: &[Cid], draft: &Draft) -> Result<u64, Fault> {
        self.writable()?;
        let tx = self.db.transaction().map_err(fault)?;
        for cid in cids {
            tx.execute("DELETE FROM outbox WHERE cid = ?1", params![cid.0.as_slice()]).map_err(fault)?;
        }
        let id = super::drafts::insert(&tx, &self.locker, draft)?;
        tx.commit().map_err(fault)?;
        Ok(id)
    }
}

/// A draft by its officer and number.
#[derive(Clone, Copy, Debug)]
pub struct DraftOf<'a> {
    /// The officer's number.
    pub officer: &'a str,
    /// The draft's.
    pub id: u64,
}

fn row(row: &SqlRow<'_>, locker: &Locker) -> rusqlite::Result<OutRow> {
    let bad = |at: usize, what: &str| {
        rusqlite::Error::FromSqlConversionFailure(at, rusqlite::types::Type::Text, what.to_owned().into())
    };
    let order: String = row.get(2)?;
    let sig: Vec<u8> = row.get(3)?;
    let salt: Option<Vec<u8>> = row.get(5)?;
    let word: String = row.get(6)?;
    let refusal: Option<String> = row.get(7)?;
    let order: Order = serde_json::from_str(&order).map_err(|_| bad(2, "order"))?;
    // What nobody's key opens now stays where it is; the row says so by a salt without a private part.
    let private = row.get::<_, Option<Vec<u8>>>(4)?;
    let private =
        private.and_then(|stored| locker.open(&private_place(&order.cid.0), stored).ok()).map(Secret);
    let refusal = refusal.map(|text| {
        let closed = |_| "登录后可以看到不予办理的原因".to_owned();
        locker.open_text(&refusal_place(&order.cid.0), text).unwrap_or_else(closed)
    });
    Ok(OutRow {
        id: u64::try_from(row.get::<_, i64>(0)?).unwrap_or(0),
        group: u64::try_from(row.get::<_, i64>(1)?).unwrap_or(0),
        order,
        order_sig: Sig::from_slice(&sig).ok_or_else(|| bad(3, "signature"))?,
        private,
        salt: match salt {
            Some(salt) => Some(salt.try_into().map_err(|_| bad(5, "salt"))?),
            None => None,
        },
        state: match (word.as_str(), refusal) {
            ("waiting", _) => OutState::Waiting,
            ("unknown", _) => OutState::Unknown,
            ("refused", text) => OutState::Refused(text.unwrap_or_default()),
            _ => return Err(bad(6, "state")),
        },
        made_ms: row.get(8)?,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ledger::{DeskId, SigningKey};

    fn command(no: u8) -> OutRow {
        let order = Order {
            cid: Cid([no; 16]),
            verb: "direct".into(),
            author: "2001".into(),
            key: SigningKey::from_seed(&[1; 32]).id(),
            seen: 7,
            args: json!({"sum_fen": 50_000}),
            private: None,
        };
        OutRow {
            id: 0,
            group: 1,
            order,
            order_sig: Sig([2; 64]),
            private: Some(Secret("{\"name\":\"林知夏\"}".into())),
            salt: Some([3; 32]),
            state: OutState::Waiting,
            made_ms: 5,
        }
    }

    #[test]
    fn commands_wait_in_order_and_leave_only_when_let_go() {
        let dir = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(dir.path(), DeskId([1; 8])).unwrap();
        assert_eq!(desk.put_out(&[command(9), command(4)], None).unwrap(), [1, 2]);
        assert!(desk.put_out(&[command(5), command(4)], None).is_err(), "one command, one row");
        drop(desk);
        let mut desk = Desk::open(dir.path(), DeskId([1; 8])).unwrap();
        let rows = desk.outbox().unwrap();
        assert_eq!(rows, [OutRow { id: 1, ..command(9) }, OutRow { id: 2, ..command(4) }]);
        let refused = OutState::Refused("本年已救助过一次".into());
        desk.set_out_state(Cid([9; 16]), &refused).unwrap();
        assert_eq!(desk.out_row(Cid([9; 16])).unwrap().unwrap().state, refused);
        desk.let_go(&[Cid([4; 16]), Cid([77; 16])]).unwrap();
        assert_eq!(desk.outbox().unwrap().len(), 1);
        assert!(desk.set_out_state(Cid([4; 16]), &OutState::Unknown).is_err());
        desk.let_go(&[Cid([9; 16])]).unwrap();
        assert_eq!(desk.put_out(&[command(6)], None).unwrap(), [3], "a place is never given twice");
    }

    #[test]
    fn private_plaintext_is_never_shown() {
        let shown = format!("{:?}", command(1));
        assert!(!shown.contains("name") && !shown.contains("123, 34"), "{shown}");
    }
}
