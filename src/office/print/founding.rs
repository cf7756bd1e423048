//! The page for the safe (入柜单): root fingerprint and recovery seed of a county, printed once when it is founded or when the
//! seed was replaced. It is a secret while the seed stands: the file is the reader's alone and is to be deleted once
//! printed.

use super::html;
use crate::base::day::Day;
use crate::office::seed::Seed;
use crate::store::export::paper::{Block, Paper, PaperColumn, Signature};
use crate::store::fault::{Fault, FaultKind};
use crate::store::files;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

/// What stands on the page.
pub struct Founding<'a> {
    /// The county's name.
    pub county: &'a str,
    /// The root fingerprint, in groups.
    pub fingerprint: &'a str,
    /// The recovery seed.
    pub seed: &'a Seed,
    /// The day.
    pub on: Day,
}

fn groups(text: &str, across: usize) -> Block {
    let words: Vec<String> = text.split(' ').map(str::to_owned).collect();
    let columns = (0..across).map(|at| PaperColumn::new(&format!("{}", at + 1), 1)).collect();
    let rows = words
        .chunks(across)
        .map(|row| {
            let mut row = row.to_vec();
            row.resize(across, String::new());
            row
        })
        .collect();
    Block::Table { columns, rows, total: Vec::new() }
}

impl Founding<'_> {
    fn paper(&self) -> Paper {
        Paper {
            title: format!("{}临时救助业务台入柜单", self.county),
            header: vec![("日期".to_owned(), self.on.to_string())],
            blocks: vec![
                Block::Heading("一、根指纹".to_owned()),
                Block::Text("其他电脑加入本县时，照此核对。可以给加入的人看。".to_owned()),
                groups(self.fingerprint, 4),
                Block::Heading("二、恢复种子（秘密，锁进保险柜，不给任何人看）".to_owned()),
                Block::Text(
                    "所有管理员的密码都丢失时，持此可以重新立一名管理员（jiuji recover）。谁拿到它，谁就能当管理员。用过一次即作废，另换新的。"
                        .to_owned(),
                ),
                groups(&self.seed.text(), 5),
                Block::Signatures(vec![
                    Signature { role: "管理员".to_owned(), ..Signature::default() },
                    Signature { role: "保管人".to_owned(), ..Signature::default() },
                ]),
            ],
            footer: vec!["打印后请删除这个文件，并清空回收站。".to_owned()],
            practice: None,
            landscape: false,
        }
    }

    /// Writes the page into a new file that its owner alone can read.
    ///
    /// # Errors
    /// A file that is there already; the disk.
    pub fn write(&self, file: &Path) -> Result<(), Fault> {
        files::create_private(file).map_err(|error| match error.kind() {
            ErrorKind::AlreadyExists => {
                let what = format!("文件 {} 已经有了", file.display());
                Fault::new(FaultKind::User, what, "请换一个文件名")
            }
            _ => Fault::of_io("写入柜单", error),
        })?;
        let mut opened = std::fs::OpenOptions::new()
            .write(true)
            .open(file)
            .map_err(|error| Fault::of_io("写入柜单", error))?;
        let page = html::page(&self.paper());
        opened
            .write_all(page.as_bytes())
            .and_then(|()| opened.sync_all())
            .map_err(|error| Fault::of_io("写入柜单", error))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_holds_every_group_and_is_written_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("page.html");
        let seed = Seed::new().unwrap();
        let on = Day::new(2026, 3, 2).unwrap();
        let page = Founding { county: "朝阳县", fingerprint: "aa bb cc", seed: &seed, on };
        page.write(&file).unwrap();
        let text = std::fs::read_to_string(&file).unwrap();
        for group in seed.text().split(' ').chain(["aa", "bb", "cc"]) {
            assert!(text.contains(group), "{group}");
        }
        assert_eq!(page.write(&file).unwrap_err().kind, FaultKind::User);
    }
}
