//! What names people in `desk.db` (drafts, private arguments, refusals, the answers remembered for the next form) is sealed
//! under keys drawn from the county's data keys, so it opens only after somebody signed in. A program without a key, as tests
//! and tools have it, writes plainly; what an older version wrote plainly is sealed at the next signing in.

use rusqlite::params;
use zeroize::Zeroizing;

use super::{Desk, fault};
use crate::ledger::seal::{self, SealFault};
use crate::store::fault::Fault;

/// First byte of a sealed blob; private arguments in plain text begin with a brace.
const SEALED: u8 = 1;
/// Before a sealed text; drafts in plain text begin with a brace or a quote.
const PREFIX: &str = "s1:";
const NONCE: usize = 24;

/// A key of the desk's own file.
pub type FileKey = Zeroizing<[u8; 32]>;

/// The keys that are open now, oldest first.
#[derive(Default)]
pub(super) struct Locker {
    keys: Vec<FileKey>,
}

impl Locker {
    /// Seals bytes under the newest key, bound to where they stand; as they are while no key is open.
    pub(super) fn seal(&self, place: &[u8], plain: &[u8]) -> Result<Vec<u8>, Fault> {
        let Some(key) = self.keys.last() else { return Ok(plain.to_vec()) };
        let mut nonce = [0u8; NONCE];
        getrandom::fill(&mut nonce).map_err(|_| Fault::bug("系统不提供随机数"))?;
        let sealed = seal::encrypt(key, &nonce, place, plain).map_err(|e| Fault::bug(e.to_string()))?;
        Ok([[SEALED].as_slice(), &nonce, &sealed].concat())
    }

    /// Opens bytes; plain ones come as they are.
    pub(super) fn open(&self, place: &[u8], stored: Vec<u8>) -> Result<Vec<u8>, SealFault> {
        match stored.split_first() {
            Some((&SEALED, rest)) => {
                let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(SealFault::Form)?;
                let open = |key: &FileKey| seal::decrypt(key, nonce, place, sealed).ok();
                self.keys.iter().rev().find_map(open).ok_or(SealFault::Closed)
            }
            _ => Ok(stored),
        }
    }

    /// The same for a column of text.
    pub(super) fn seal_text(&self, place: &[u8], plain: &str) -> Result<String, Fault> {
        if self.keys.is_empty() {
            return Ok(plain.to_owned());
        }
        Ok(format!("{PREFIX}{}", hex::encode(self.seal(place, plain.as_bytes())?)))
    }

    /// Opens a column of text.
    pub(super) fn open_text(&self, place: &[u8], stored: String) -> Result<String, SealFault> {
        let Some(text) = stored.strip_prefix(PREFIX) else { return Ok(stored) };
        let bytes = hex::decode(text).map_err(|_| SealFault::Form)?;
        String::from_utf8(self.open(place, bytes)?).map_err(|_| SealFault::Form)
    }
}

/// Where a draft stands: bound to its officer, so that no other one's list shows it.
pub(super) fn draft_place(officer: &str) -> Vec<u8> {
    format!("draft/{officer}").into_bytes()
}

/// Where a command's private arguments stand.
pub(super) fn private_place(cid: &[u8]) -> Vec<u8> {
    [b"private/".as_slice(), cid].concat()
}

/// Where a command's refusal stands.
pub(super) fn refusal_place(cid: &[u8]) -> Vec<u8> {
    [b"refusal/".as_slice(), cid].concat()
}

fn remembered_place(key: &str) -> Vec<u8> {
    format!("place/{key}").into_bytes()
}

impl Desk {
    /// Opens what is sealed for whoever signed in: `keys` drawn from his data keys, oldest first. What stands there plainly
    /// is sealed now.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn unlock(&mut self, keys: Vec<FileKey>) -> Result<(), Fault> {
        self.locker = Locker { keys };
        if self.locker.keys.is_empty() || self.writable().is_err() {
            return Ok(());
        }
        self.seal_plain()
    }

    /// Forgets the keys: whoever was signed in left.
    pub fn lock_up(&mut self) {
        self.locker = Locker::default();
    }

    fn seal_plain(&mut self) -> Result<(), Fault> {
        let locker = &self.locker;
        // What was there in plain text is overwritten, not only let go.
        self.db.pragma_update(None, "secure_delete", true).map_err(fault)?;
        let tx = self.db.transaction().map_err(fault)?;
        let plain: Vec<(i64, String, String)> = tx
            .prepare("SELECT id, officer, answers FROM draft WHERE answers NOT LIKE 's1:%'")
            .and_then(|mut all| all.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?.collect())
            .map_err(fault)?;
        for (id, officer, answers) in plain {
            let sealed = locker.seal_text(&draft_place(&officer), &answers)?;
            tx.execute("UPDATE draft SET answers = ?2 WHERE id = ?1", params![id, sealed]).map_err(fault)?;
        }
        let plain: Vec<(Vec<u8>, Vec<u8>)> = tx
            .prepare("SELECT cid, private FROM outbox WHERE private IS NOT NULL AND substr(private, 1, 1) <> x'01'")
            .and_then(|mut all| all.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
            .map_err(fault)?;
        for (cid, private) in plain {
            let sealed = locker.seal(&private_place(&cid), &private)?;
            tx.execute("UPDATE outbox SET private = ?2 WHERE cid = ?1", params![cid, sealed])
                .map_err(fault)?;
        }
        let plain: Vec<(String, String)> = tx
            .prepare("SELECT key, value FROM place WHERE key LIKE '%/%' AND value NOT LIKE 's1:%'")
            .and_then(|mut all| all.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?.collect())
            .map_err(fault)?;
        for (key, value) in plain {
            let sealed = locker.seal_text(&remembered_place(&key), &value)?;
            tx.execute("UPDATE place SET value = ?2 WHERE key = ?1", params![key, sealed]).map_err(fault)?;
        }
        tx.commit().map_err(fault)
    }

    /// Keeps what an officer typed last, sealed; `key` begins with his number and a slash.
    ///
    /// # Errors
    /// If it cannot be kept.
    pub fn set_remembered(&mut self, key: &str, value: &str) -> Result<(), Fault> {
        let sealed = self.locker.seal_text(&remembered_place(key), value)?;
        self.set_place(key, &sealed)
    }

    /// What an officer typed last; none where it cannot be opened, since it only saves typing.
    ///
    /// # Errors
    /// If the file cannot be read.
    pub fn remembered(&self, key: &str) -> Result<Option<String>, Fault> {
        let stored = self.place(key)?;
        Ok(stored.and_then(|stored| self.locker.open_text(&remembered_place(key), stored).ok()))
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::Draft;
    use super::*;
    use crate::ledger::DeskId;

    fn key(no: u8) -> FileKey {
        Zeroizing::new([no; 32])
    }

    fn draft() -> Draft {
        Draft {
            id: 0,
            officer: "2001".into(),
            form: "emergency".into(),
            title: "急难登记".into(),
            answers: json!({"name": "林知夏", "id_no": "211321196804120012"}),
            field: "id_no".into(),
            saved_ms: 5,
        }
    }

    /// Everything that the file and what lies beside it hold.
    fn on_disk(folder: &std::path::Path) -> Vec<u8> {
        let files = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        files.flat_map(|file| std::fs::read(file).unwrap()).collect()
    }

    fn holds(bytes: &[u8], text: &str) -> bool {
        memchr::memmem::find(bytes, text.as_bytes()).is_some()
    }

    #[test]
    fn a_stolen_file_holds_no_name_and_opens_with_any_key_of_the_county() {
        let dir = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(dir.path(), DeskId([1; 8])).unwrap();
        desk.unlock(vec![key(1), key(2)]).unwrap();
        let id = desk.save_draft(&draft()).unwrap();
        desk.set_remembered("2001/emergency", "林知夏").unwrap();
        drop(desk);
        let bytes = on_disk(dir.path());
        assert!(!holds(&bytes, "林知夏") && !holds(&bytes, "211321196804120012"));
        let mut desk = Desk::open(dir.path(), DeskId([1; 8])).unwrap();
        assert!(desk.draft("2001", id).is_err(), "nobody signed in");
        assert_eq!(desk.remembered("2001/emergency").unwrap(), None);
        desk.unlock(vec![key(9)]).unwrap();
        assert!(desk.draft("2001", id).is_err(), "another county's key");
        desk.unlock(vec![key(2), key(3)]).unwrap();
        assert_eq!(desk.draft("2001", id).unwrap().unwrap().answers, draft().answers);
        assert_eq!(desk.remembered("2001/emergency").unwrap().as_deref(), Some("林知夏"));
        desk.lock_up();
        assert!(desk.drafts("2001").is_err());
    }

    #[test]
    fn what_an_older_version_wrote_plainly_is_sealed_at_the_next_signing_in() {
        let dir = tempfile::tempdir().unwrap();
        let mut desk = Desk::open(dir.path(), DeskId([1; 8])).unwrap();
        let id = desk.save_draft(&draft()).unwrap();
        desk.set_place("2001/emergency", "林知夏").unwrap();
        desk.set_place("office", "102").unwrap();
        assert!(holds(&on_disk(dir.path()), "林知夏"));
        desk.unlock(vec![key(1)]).unwrap();
        assert_eq!(desk.draft("2001", id).unwrap().unwrap().answers, draft().answers);
        assert_eq!(desk.place("office").unwrap().as_deref(), Some("102"), "known before anybody signs in");
        drop(desk);
        assert!(!holds(&on_disk(dir.path()), "林知夏"));
    }

    #[test]
    fn what_is_sealed_cannot_be_moved_to_another_place() {
        let locker = Locker { keys: vec![key(1)] };
        let sealed = locker.seal_text(&draft_place("2001"), "{}").unwrap();
        assert_eq!(locker.open_text(&draft_place("2001"), sealed.clone()).unwrap(), "{}");
        assert!(locker.open_text(&draft_place("2002"), sealed).is_err());
    }
}
