//! The head of a sealed database (密钥头): the file's own random key, sealed under a key of whoever may open it. Rewritten
//! in place when a newer key is there; a head that does not open makes the file no database of ours.

use rusqlite::ffi;
use zeroize::Zeroizing;

use super::FileKey;
use super::file::{Code, Raw};
use crate::ledger::paged::{EXTRA, NONCE, PartKey};

/// How much of the file the head takes: a page, so that what follows lies as SQLite would lay it.
pub(super) const LEN: u64 = 4096;
const MARK: &[u8; 16] = b"jiuji-sealed/1\n\0";
const KEY: usize = 32;
const SEALED: usize = KEY + EXTRA;
const USED: usize = MARK.len() + SEALED;

/// Opens the key with one of `keys`, oldest first; makes one where the file is empty. Under an older key it is sealed again
/// under the newest.
pub(super) fn open(raw: &mut impl Raw, keys: &[FileKey], writable: bool) -> Result<PartKey, Code> {
    let newest = keys.last().ok_or(ffi::SQLITE_CANTOPEN)?;
    let mut head = [0; USED];
    let there = raw.read(&mut head, 0)?;
    if there == 0 {
        if !writable {
            return Err(ffi::SQLITE_NOTADB);
        }
        let mut key = Zeroizing::new([0; KEY]);
        getrandom::fill(key.as_mut_slice()).map_err(|_| ffi::SQLITE_IOERR)?;
        write(raw, newest, &key)?;
        return Ok(PartKey::new(&key));
    }
    let sealed = head.strip_prefix(MARK.as_slice()).filter(|_| there == USED).ok_or(ffi::SQLITE_NOTADB)?;
    let mut key = Zeroizing::new([0; KEY]);
    let opens = |with: &FileKey, key: &mut [u8]| PartKey::new(with).open(MARK, sealed, key).is_ok();
    let by = keys.iter().rposition(|with| opens(with, key.as_mut_slice())).ok_or(ffi::SQLITE_NOTADB)?;
    if by + 1 < keys.len() && writable {
        write(raw, newest, &key)?;
    }
    Ok(PartKey::new(&key))
}

fn write(raw: &mut impl Raw, with: &FileKey, key: &[u8; KEY]) -> Result<(), Code> {
    let mut nonce = [0; NONCE];
    getrandom::fill(&mut nonce).map_err(|_| ffi::SQLITE_IOERR)?;
    let mut head = vec![0; LEN as usize];
    let (mark, rest) = head.split_at_mut(MARK.len());
    mark.copy_from_slice(MARK);
    let sealed = rest.get_mut(..SEALED).ok_or(ffi::SQLITE_IOERR)?;
    PartKey::new(with).seal(MARK, &nonce, key, sealed).map_err(|_| ffi::SQLITE_IOERR)?;
    raw.write(&head, 0)
}
