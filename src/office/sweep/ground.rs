//! The ground of a sweep (场地): the folders of its desks, what is handed over to them in files, and the county that is
//! founded for it.

use super::acts;
use crate::domain::command::kernel::NewKey;
use crate::domain::ids::OfficerNo;
use crate::domain::pack::CY_2021_15;
use crate::ledger::CountyId;
use crate::ledger::wrap::Keys;
use crate::office::setup::{self, MadeKey, NewOfficer};
use crate::office::{place, random};
use crate::store::fault::Fault;
use crate::store::share;
use crate::store::share::host::RealHost;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The shared folder, as a desk reaches it: by one of the paths that are listed, in turns; if none is, it lies in the
/// sweep's own folder, which may then be copied.
pub(super) fn share_of(root: &Path, no: u8) -> Result<PathBuf, Fault> {
    let text = match std::fs::read_to_string(shares_path(root)) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(root.join("share")),
        read => read.map_err(|error| Fault::of_io("读取总检的共享文件夹", error))?,
    };
    let lines: Vec<&str> = text.lines().collect();
    let place = usize::from(no).saturating_sub(1).checked_rem(lines.len()).unwrap_or(0);
    lines.get(place).map(PathBuf::from).ok_or_else(|| Fault::bug("总检没有记下共享文件夹"))
}

/// A desk's own folder.
pub(super) fn folder_of(root: &Path, no: u8) -> PathBuf {
    root.join(format!("desk{no}"))
}

/// The paths to the shared folder, one a line.
fn shares_path(root: &Path) -> PathBuf {
    root.join("shares")
}

/// The keys that the officers of a sweep sign with, handed over in a file: `number signing opening` on each line.
fn keys_path(root: &Path) -> PathBuf {
    root.join("keys")
}

/// The keys of an officer out of the file.
pub(super) fn keys_of(root: &Path, officer: &OfficerNo) -> Result<Keys, Fault> {
    let text = std::fs::read_to_string(keys_path(root)).map_err(|e| Fault::of_io("读取总检密钥", e))?;
    let bad = || Fault::bug("总检密钥文件不成形");
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{officer} "))).ok_or_else(bad)?;
    let (signing, opening) = line.split_once(' ').ok_or_else(bad)?;
    let (mut sign, mut open) = ([0u8; 32], [0u8; 32]);
    hex::decode_to_slice(signing, &mut sign).map_err(|_| bad())?;
    hex::decode_to_slice(opening, &mut open).map_err(|_| bad())?;
    Ok(Keys::from_seeds(&sign, &open))
}

/// The county of a sweep, out of the same file: a desk has it from its settings, not from the share.
pub(super) fn county_of(root: &Path) -> Result<CountyId, Fault> {
    let text = std::fs::read_to_string(keys_path(root)).map_err(|e| Fault::of_io("读取总检密钥", e))?;
    let line = text.lines().find_map(|line| line.strip_prefix("county "));
    line.and_then(CountyId::from_hex).ok_or_else(|| Fault::bug("总检密钥文件不成形"))
}

/// Founds the county through the first of the paths to one shared folder, none for one in the sweep's folder, and hands
/// keys and paths over in files.
///
/// # Errors
/// The machine's.
pub(super) fn found(root: &Path, shares: &[PathBuf]) -> Result<(), Fault> {
    let io = |error| Fault::of_io("写总检密钥", error);
    if !shares.is_empty() {
        let mut lines = String::new();
        for share in shares {
            lines.push_str(share.to_str().ok_or_else(|| Fault::bug("总检的路径不成字"))?);
            lines.push('\n');
        }
        std::fs::write(shares_path(root), lines).map_err(io)?;
    }
    let (share, own) = (share_of(root, 1)?, folder_of(root, 0));
    let county = CountyId(random::bytes()?);
    share::found(&share, county, &place::workshop(&own), &mut RealHost::default())?;
    let mut opened = place::open_desk(&own, &share, county)?;
    let year = crate::base::day::Stamp(chrono::Utc::now().timestamp_millis()).day().year();
    let mut lines = format!("county {county}\n");
    let mut made = Vec::new();
    for officer in acts::officers() {
        let (sign, open): ([u8; 32], [u8; 32]) = (random::bytes()?, random::bytes()?);
        lines.push_str(&format!("{} {} {}\n", officer.no, hex::encode(sign), hex::encode(open)));
        let keys = Keys::from_seeds(&sign, &open);
        let public = NewKey {
            sign: keys.signing.public().to_string(),
            seal: hex::encode(keys.opening.public()),
            wrap: String::new(),
        };
        made.push((officer, MadeKey { keys, public }));
    }
    std::fs::write(keys_path(root), lines).map_err(io)?;
    let (founder, key) = made.remove(0);
    let admin = setup::found(&mut opened.desk, "211321", true, &founder, key, CY_2021_15, year)?;
    let enrolled: Vec<(NewOfficer, NewKey)> =
        made.into_iter().map(|(officer, key)| (officer, key.public)).collect();
    setup::enrol(&mut opened.desk, &admin, &enrolled)
}
