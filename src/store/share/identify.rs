//! Whose log stands in a folder, read without knowing beforehand: what joining, `verify` and the first start ask. It
//! reads the publication and the birth record of the current file and judges nothing else.

use std::path::Path;

use super::file::{self, Born};
use super::no_log;
use super::slip::{self, Publication};
use crate::ledger::CountyId;
use crate::store::fault::{Fault, FaultKind};

const READ: &str = "读取共享日志";

/// The county whose log stands in a shared folder.
///
/// # Errors
/// If the folder cannot be read, holds no log, or its birth record is not the one that was published.
pub fn county_of(folder: &Path) -> Result<CountyId, Fault> {
    let mut files: Vec<u32> = slip::list(folder, READ)?.iter().filter_map(|name| slip::parse_log(name)).collect();
    files.sort_unstable();
    if files.is_empty() {
        return Err(no_log(folder));
    }
    for number in files.iter().rev() {
        let bytes = slip::read(&folder.join(slip::log_name(*number)), READ)?;
        let Some(publication) = Publication::read(*number, &bytes) else { continue };
        let record = file::read_as_is(&folder.join(&publication.name), &mut file::born)?;
        let born: Born = serde_json::from_str(&record)
            .map_err(|_| Fault::damaged(format!("日志文件 {number:04} 的建立记录读不懂")))?;
        file::judge_born(&record, &publication.hash, *number, born.county)?;
        return Ok(born.county);
    }
    Err(Fault::new(
        FaultKind::NotOurs,
        format!("文件夹 {} 里没有救急的日志文件", folder.display()),
        "请检查路径；若路径没有错，报告县局管理员",
    ))
}

#[cfg(test)]
mod tests {
    use super::super::found::found;
    use super::super::host::RealHost;
    use super::*;

    #[test]
    fn a_folder_says_whose_it_is() {
        let dir = tempfile::tempdir().unwrap();
        let share = dir.path().join("share");
        let county = CountyId([7; 16]);
        assert_eq!(county_of(dir.path()).unwrap_err().kind, FaultKind::NotOurs);
        found(&share, county, &dir.path().join("workshop"), &mut RealHost::default()).unwrap();
        assert_eq!(county_of(&share).unwrap(), county);
        std::fs::write(share.join("log.0001"), "jiuji-log 1\n").unwrap();
        assert_eq!(county_of(&share).unwrap_err().kind, FaultKind::NotOurs);
    }
}
