//! Drafts (草稿): a form as far as it was filled in, kept at every field, so that a crash or a power cut loses at most
//! the word being typed. A draft belongs to its officer.

use rusqlite::{Connection, OptionalExtension, Row as SqlRow, params};
use serde_json::Value;

use super::sealed::{Locker, draft_place};
use super::{Desk, fault, gone, number};
use crate::store::fault::{Fault, FaultKind};

/// A form half filled in. The answers name people, so they are not shown by `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct Draft {
    /// Given by the desk; 0 of a draft not yet kept.
    pub id: u64,
    /// Whose.
    pub officer: String,
    /// The form's name.
    pub form: String,
    /// What the list of drafts shows.
    pub title: String,
    /// The answers so far.
    pub answers: Value,
    /// The field in which the caret stood.
    pub field: String,
    /// When it was last kept, by the desk's clock, milliseconds since 1970 UTC.
    pub saved_ms: i64,
}

impl std::fmt::Debug for Draft {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Draft")
            .field("id", &self.id)
            .field("form", &self.form)
            .field("field", &self.field)
            .finish()
    }
}

/// Keeps a draft as a new one; gives its id.
pub(super) fn insert(db: &Connection, locker: &Locker, draft: &Draft) -> Result<u64, Fault> {
    let answers = answers_of(locker, draft)?;
    let sql =
        "INSERT INTO draft(officer, form, title, answers, field, saved_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let values = params![draft.officer, draft.form, draft.title, answers, draft.field, draft.saved_ms];
    db.execute(sql, values).map_err(fault)?;
    Ok(u64::try_from(db.last_insert_rowid()).unwrap_or(0))
}

const SELECT: &str = "SELECT id, officer, form, title, answers, field, saved_ms FROM draft ";

impl Desk {
    /// Keeps a draft, durably; gives its id. `id` 0 makes a new one.
    ///
    /// # Errors
    /// If it cannot be kept, or is no longer there.
    pub fn save_draft(&mut self, draft: &Draft) -> Result<u64, Fault> {
        self.writable()?;
        if draft.id == 0 {
            return insert(&self.db, &self.locker, draft);
        }
        let answers = answers_of(&self.locker, draft)?;
        let sql = "UPDATE draft SET title = ?2, answers = ?3, field = ?4, saved_ms = ?5 WHERE id = ?1 AND officer = ?6";
        let values =
            params![number(draft.id), draft.title, answers, draft.field, draft.saved_ms, draft.officer];
        let changed = self.db.execute(sql, values).map_err(fault)?;
        if changed == 1 { Ok(draft.id) } else { Err(gone("这份草稿")) }
    }

    /// An officer's drafts, the last kept first.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn drafts(&self, officer: &str) -> Result<Vec<Draft>, Fault> {
        let sql = [SELECT, "WHERE officer = ?1 ORDER BY saved_ms DESC, id DESC"].concat();
        let mut statement = self.db.prepare_cached(&sql).map_err(fault)?;
        let rows = statement.query_map(params![officer], row).map_err(fault)?;
        let stored: Vec<Stored> = rows.collect::<rusqlite::Result<_>>().map_err(fault)?;
        stored.into_iter().map(|stored| stored.open(&self.locker)).collect()
    }

    /// One draft of an officer.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn draft(&self, officer: &str, id: u64) -> Result<Option<Draft>, Fault> {
        let sql = [SELECT, "WHERE officer = ?1 AND id = ?2"].concat();
        let found = self.db.query_row(&sql, params![officer, number(id)], row).optional().map_err(fault)?;
        found.map(|stored| stored.open(&self.locker)).transpose()
    }

    /// Drops a draft: it was sent, or its officer discarded it. Done again, it does nothing.
    ///
    /// # Errors
    /// If this cannot be kept.
    pub fn drop_draft(&mut self, officer: &str, id: u64) -> Result<(), Fault> {
        self.writable()?;
        let sql = "DELETE FROM draft WHERE officer = ?1 AND id = ?2";
        self.db.execute(sql, params![officer, number(id)]).map_err(fault)?;
        Ok(())
    }
}

/// The answers as the column holds them.
fn answers_of(locker: &Locker, draft: &Draft) -> Result<String, Fault> {
    let answers = serde_json::to_string(&draft.answers).map_err(|e| Fault::bug(e.to_string()))?;
    locker.seal_text(&draft_place(&draft.officer), &answers)
}

/// A draft whose answers are as the column holds them.
struct Stored {
    draft: Draft,
    answers: String,
}

impl Stored {
    fn open(self, locker: &Locker) -> Result<Draft, Fault> {
        let Stored { mut draft, answers } = self;
        let text = locker.open_text(&draft_place(&draft.officer), answers).map_err(|error| {
            let what = "这份草稿在本机是加密的，现在打不开";
            Fault::new(FaultKind::User, what, "请由填写的人登录后再打开").because(error)
        })?;
        draft.answers = serde_json::from_str(&text)
            .map_err(|error| Fault::damaged("本机的文件 desk.db 损坏").because(error))?;
        Ok(draft)
    }
}

fn row(row: &SqlRow<'_>) -> rusqlite::Result<Stored> {
    let draft = Draft {
        id: u64::try_from(row.get::<_, i64>(0)?).unwrap_or(0),
        officer: row.get(1)?,
        form: row.get(2)?,
        title: row.get(3)?,
        answers: Value::Null,
        field: row.get(5)?,
        saved_ms: row.get(6)?,
    };
    Ok(Stored { draft, answers: row.get(4)? })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ledger::DeskId;

    #[test]
    fn a_draft_comes_back_at_its_field_to_its_officer() {
        let dir = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(dir.path(), DeskId([1; 8])).unwrap();
        let mut draft = Draft {
            id: 0,
            officer: "2001".into(),
            form: "emergency".into(),
            title: "东山村 林".into(),
            answers: json!({"name": "林知夏"}),
            field: "id_no".into(),
            saved_ms: 5,
        };
        draft.id = desk.save_draft(&draft).unwrap();
        draft.field = "village".into();
        desk.save_draft(&draft).unwrap();
        drop(desk);
        let mut desk = Desk::open(dir.path(), DeskId([1; 8])).unwrap();
        assert_eq!(desk.drafts("2001").unwrap(), [draft.clone()]);
        assert_eq!(desk.drafts("2002").unwrap(), []);
        assert_eq!(desk.draft("2002", draft.id).unwrap(), None);
        let stolen = Draft { officer: "2002".into(), ..draft.clone() };
        assert!(desk.save_draft(&stolen).is_err());
        desk.drop_draft("2002", draft.id).unwrap();
        assert_eq!(desk.draft("2001", draft.id).unwrap(), Some(draft.clone()));
        desk.drop_draft("2001", draft.id).unwrap();
        assert!(desk.save_draft(&draft).is_err(), "a dropped draft does not come back by itself");
        assert!(!format!("{draft:?}").contains("林"));
    }
}
