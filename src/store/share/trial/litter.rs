//! Marks of programs that synchronise, sort or clean up folders, and files that are not ours: each may one day move,
//! double or lock a file of the log.

use std::path::Path;

/// Names that a sync client or the desktop puts into a folder it looks after, in small letters.
const MARKS: [(&str, &str); 12] = [
    (".stfolder", "Syncthing"),
    (".stversions", "Syncthing"),
    (".stignore", "Syncthing"),
    (".dropbox", "Dropbox"),
    (".dropbox.cache", "Dropbox"),
    (".849c9593-d756-4e56-8d6e-42412f2a707b", "OneDrive"),
    (".nutstore", "坚果云"),
    (".owncloudsync.log", "ownCloud"),
    (".sync", "同步软件"),
    (".syncthing", "Syncthing"),
    ("desktop.ini", "桌面文件"),
    (".ds_store", "桌面文件"),
];

/// Folders of sync clients, in small letters.
const HOMES: [(&str, &str); 10] = [
    ("onedrive", "OneDrive"),
    ("dropbox", "Dropbox"),
    ("nutstore", "坚果云"),
    ("坚果云", "坚果云"),
    ("nextcloud", "Nextcloud"),
    ("google drive", "Google Drive"),
    ("icloud", "iCloud"),
    ("百度网盘", "百度网盘"),
    ("wps云盘", "WPS云盘"),
    ("微云", "微云"),
];

/// What a share holds, apart from the log files.
const OURS: [&str; 4] = ["turns", "desks", "doctor", "说明.txt"];

/// What is wrong with the names in the shared folder, or with where it lies; none if nothing is.
pub fn look(share: &Path, names: &[String]) -> Option<String> {
    for part in share.iter() {
        let part = part.to_string_lossy().to_lowercase();
        if let Some((_, program)) = HOMES.iter().find(|(home, _)| part.starts_with(home)) {
            return Some(format!("文件夹在{program}的同步目录里"));
        }
    }
    for name in names {
        let small = name.to_lowercase();
        if let Some((_, program)) = MARKS.iter().find(|(mark, _)| *mark == small) {
            return Some(format!("有{program}留下的 {}", short(name)));
        }
        if is_double(&small) {
            return Some(format!("有冲突副本 {}", short(name)));
        }
    }
    let foreign = |name: &&String| !name.starts_with("log.") && !OURS.contains(&name.as_str());
    let others: Vec<&String> = names.iter().filter(foreign).collect();
    let first = others.first()?;
    Some(format!("有 {} 个别的文件，如 {}", others.len(), short(first)))
}

/// The name of a copy that a sync client or a person made beside the real one.
fn is_double(small: &str) -> bool {
    let numbered = (1..10).any(|n| small.contains(&format!(" ({n})")) || small.contains(&format!("（{n}）")));
    numbered || ["冲突", "conflict", "副本", "- copy"].iter().any(|word| small.contains(word))
}

fn short(name: &str) -> String {
    crate::base::width::cut(name, 22)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_doubles_and_strangers_are_named_and_our_own_files_are_not() {
        let share = Path::new("/srv/救助");
        let own = ["log.0001", "log.0001.7f3a.db", "log.0001.7f3a.db-journal", "turns", "desks", "说明.txt"];
        let with = |more: &str| -> Vec<String> { own.iter().chain(&[more]).map(|&s| s.to_owned()).collect() };
        assert_eq!(look(share, &with("doctor")), None);
        let table = [
            ("desktop.ini", "桌面文件"),
            (".stfolder", "Syncthing"),
            ("log.0001 (1)", "冲突副本"),
            ("log.0001.7f3a (张三的冲突副本).db", "冲突副本"),
            ("log.0001.sync-conflict-20260302.db", "冲突副本"),
            ("明细表.xlsx", "1 个别的文件"),
        ];
        for (name, said) in table {
            let found = look(share, &with(name)).unwrap_or_default();
            assert!(found.contains(said), "{name}: {found}");
        }
        let home = Path::new("/home/a/OneDrive - 县局/救助");
        assert!(look(home, &with("doctor")).is_some_and(|said| said.contains("OneDrive")));
    }
}
