//! Paying out by bank (打卡发放): a checked batch as the bank's file, and the bank's return file as a command. Layouts are
//! templates that the office can edit. Files hold whole accounts, because the bank needs them; nothing of them is logged.

pub mod account;
pub mod back;
pub mod export;
pub mod template;

use crate::domain::nouns::BatchState;
use crate::domain::payout::Batch;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;
use sha2::{Digest, Sha256};

/// The SHA-256 of a file, hex.
pub fn hash(bytes: &[u8]) -> String {
    hex::encode(Sha256::digest(bytes))
}

/// A batch by its number.
///
/// # Errors
/// There is none; the replica's.
pub fn batch(reader: &Reader, number: &str) -> Result<Batch, Fault> {
    let found = reader.batch_of_number(number.trim())?;
    found.ok_or_else(|| {
        Fault::new(FaultKind::User, format!("没有批次 {number}"), "用 batch list 看批次号，如 P26-001")
    })
}

/// Refuses a batch that nobody has counted.
fn counted(batch: &Batch) -> Result<(), Fault> {
    if matches!(batch.state, BatchState::Checked | BatchState::Sent | BatchState::Returned) {
        return Ok(());
    }
    let what = format!("批次{}{}", batch.number, batch.state.zh());
    Err(Fault::new(FaultKind::User, what, "请先由另一名财务复核，再导出"))
}

/// The account as it stands in files: in practice one that no bank can use.
pub(super) fn in_files(account: &str, practice: bool) -> String {
    if !practice {
        return account.to_owned();
    }
    let digits: Vec<char> = account.chars().collect();
    let tail: String = digits.iter().skip(digits.len().saturating_sub(4)).collect();
    format!("练习{tail}")
}

#[cfg(test)]
mod tests;
