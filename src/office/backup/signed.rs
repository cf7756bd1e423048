//! What an officer signs after a drill (演练记录): a small text in the backup folder that anybody can check, with the key
//! that the log gives.

use crate::base::day::Stamp;
use crate::ledger::sign::verify_text;
use crate::ledger::{CountyId, KeyId, Keyring, Sig, SigState};
use crate::office::session::Session;
use crate::store::backup::{Folder, keep_text, read_texts};
use crate::store::fault::Fault;
use std::path::Path;

const BEGINS: &str = "jiuji-drill-";
const PURPOSE: &str = "drill";
const SIGNATURE: &str = "签名 ";

/// A signed record as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// Its file.
    pub file: String,
    /// What it says: result, time, officer; empty where it cannot be read.
    pub says: String,
    /// Whether the signature holds.
    pub good: bool,
}

/// Signs the lines and keeps them in the folder; gives the file's name.
///
/// # Errors
/// The folder's.
pub fn keep(
    folder: &Path,
    county: CountyId,
    session: &Session,
    now: Stamp,
    result: &str,
    lines: &[String],
) -> Result<String, Fault> {
    let mut text = format!(
        "救急备份演练\n县 {county}\n时间 {}\n操作员 {}\n密钥 {}\n结果 {result}\n",
        now.text(),
        session.officer,
        session.signing.id()
    );
    for line in lines {
        text.push_str(line);
        text.push('\n');
    }
    let sig = session.signing.sign_text(PURPOSE, county, &text);
    let digits = |text: String| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let name = format!(
        "{BEGINS}{}-{}-{}{:05}.txt",
        session.officer,
        digits(now.day().to_string()),
        digits(now.clock()),
        now.0.rem_euclid(60_000)
    );
    keep_text(&mut Folder::at(folder), &name, &format!("{text}{SIGNATURE}{sig}\n"))?;
    Ok(name)
}

/// The signed records of a folder, by name, each with whether its signature holds by these keys.
///
/// # Errors
/// The folder's.
pub fn records(folder: &Path, county: CountyId, keys: &dyn Keyring) -> Result<Vec<Record>, Fault> {
    let texts = read_texts(&mut Folder::at(folder), BEGINS)?;
    Ok(texts.into_iter().map(|(file, text)| judge(file, &text, county, keys)).collect())
}

fn judge(file: String, text: &str, county: CountyId, keys: &dyn Keyring) -> Record {
    let line = |key: &str| text.lines().find_map(|line| line.strip_prefix(key)).unwrap_or_default();
    let says = format!("{} 操作员 {} {}", line("时间 "), line("操作员 "), line("结果 "));
    let good = || {
        let (signed, sig) = text.rsplit_once(SIGNATURE)?;
        let sig = Sig::from_hex(sig.strip_suffix('\n')?)?;
        let state = keys.key_at(&KeyId::from_hex(line("密钥 "))?)?;
        let theirs = state.officer == line("操作员 ");
        Some(theirs && verify_text(Some(&state.public), PURPOSE, county, signed, &sig) == SigState::Good)
    };
    Record { good: good().unwrap_or(false), file, says }
}
