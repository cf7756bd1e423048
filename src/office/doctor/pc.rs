//! This PC's own folder: local, writable, with space.

use crate::store::fault::Fault;
use crate::store::share::trial::{Check, FLOOR, Finding, space};
use std::io;
use std::path::{Path, PathBuf};

/// The finding of the data folder. What is made for it is removed again.
pub(super) fn data(share: &Path, data: Result<PathBuf, Fault>) -> Finding {
    let folder = match data {
        Ok(folder) => folder,
        Err(fault) => return Finding::fail(Check::Data, fault.what),
    };
    if folder.starts_with(share) {
        return Finding::fail(Check::Data, "本机的数据放在了共享文件夹里");
    }
    match write(&folder) {
        Err(error) => Finding {
            next: "请检查本机硬盘，或用 JIUJI_DATA 换一个文件夹".into(),
            ..Finding::broken(Check::Data, "写入", &error)
        },
        Ok(()) => {
            let there = folder.ancestors().find(|folder| folder.is_dir());
            match there.and_then(space::free) {
                Some(bytes) if bytes < FLOOR => Finding {
                    next: "请清理本机硬盘，至少空出 100 兆".into(),
                    ..Finding::fail(Check::Data, format!("本机硬盘只剩 {}", space::spoken(bytes)))
                },
                Some(bytes) => Finding::pass(Check::Data, format!("能写，还有 {}", space::spoken(bytes))),
                None => Finding::pass(Check::Data, "能写；空间本机查不出"),
            }
        }
    }
}

/// Writes a file there and removes it, with the folders that had to be made for it.
fn write(folder: &Path) -> io::Result<()> {
    let made: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
    let file = folder.join("doctor.tmp");
    let wrote = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(&file, b"doctor"));
    // What cannot be removed could not be made either.
    let _ = std::fs::remove_file(&file);
    for folder in made {
        let _ = std::fs::remove_dir(folder);
    }
    wrote
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::share::trial::Verdict;

    #[test]
    fn a_folder_that_can_be_written_passes_and_nothing_stays() {
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("a/b");
        let found = data(Path::new("/srv/share"), Ok(folder));
        assert_eq!(found.verdict, Verdict::Pass, "{found:?}");
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
    }

    #[test]
    fn a_folder_on_the_share_or_under_a_file_fails() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(data(dir.path(), Ok(dir.path().join("data"))).verdict, Verdict::Fail);
        let file = dir.path().join("file");
        std::fs::write(&file, "x").unwrap();
        let found = data(Path::new("/srv/share"), Ok(file.join("data")));
        assert_eq!(found.verdict, Verdict::Fail, "{found:?}");
    }
}
