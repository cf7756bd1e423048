//! 授权码单: the page with the spoken codes, printed once when they are issued. It is a secret: the file is the reader's
//! alone, nothing of a code stands in its name or title, and it is to be deleted once printed.

use super::html;
use crate::base::day::Day;
use crate::office::code_sheet::Fresh;
use crate::store::export::PRACTICE;
use crate::store::export::paper::{Align, Block, Paper, PaperColumn, Signature};
use crate::store::fault::{Fault, FaultKind};
use crate::store::files;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

/// How many pages of one holder a folder holds before it has to be tidied.
const MOST: u32 = 99;

const RULES: &str = "只在接到乡镇经办人电话、问清救助谁、什么事、多少钱并同意之后，读没有划掉的第一个；读完当场划掉，填上用于哪件事。\
                     每个码只用一次，必须按顺序。不拍照、不抄写、不提前告诉任何人。";
const KEEP: &str = "锁好。遗失、被人看到、调离、停用时立刻作废：工作台「授权码单」，或打电话给管理员。";

/// The page of a sheet.
pub fn paper(fresh: &Fresh, on: Day, practice: bool) -> Paper {
    let rows = (1..).zip(fresh.codes()).map(|(at, code)| {
        let spaced = format!("{} {}", code.get(..3).unwrap_or(code), code.get(3..).unwrap_or_default());
        vec![at.to_string(), spaced, String::new(), String::new()]
    });
    Paper {
        title: "授权码单".to_owned(),
        header: vec![
            ("持有人".to_owned(), format!("{}（{}）", fresh.name, fresh.officer)),
            ("印发日期".to_owned(), on.long_zh()),
        ],
        blocks: vec![
            Block::Text(RULES.to_owned()),
            Block::Table {
                columns: vec![
                    PaperColumn::new("序号", 1).aligned(Align::Center),
                    PaperColumn::new("授权码", 2).aligned(Align::Center),
                    PaperColumn::new("何时读给谁", 4),
                    PaperColumn::new("救助谁、多少元", 4),
                ],
                rows: rows.collect(),
                total: Vec::new(),
            },
            Block::Text(KEEP.to_owned()),
            Block::Signatures(vec![Signature { role: "持有人".to_owned(), ..Signature::default() }]),
        ],
        footer: vec!["打印后请删除这个文件，并清空回收站。".to_owned()],
        practice: practice.then(|| PRACTICE.to_owned()),
        landscape: false,
    }
}

/// Writes the page into a new file that its owner alone can read, and answers the file. An older one is never touched.
///
/// # Errors
/// A folder full of such pages; the disk.
pub fn write(fresh: &Fresh, on: Day, practice: bool, folder: &Path) -> Result<PathBuf, Fault> {
    std::fs::create_dir_all(folder).map_err(|error| Fault::of_io("建立打印文件夹", error))?;
    let begin = if practice { format!("{PRACTICE}-") } else { String::new() };
    for copy in 1..=MOST {
        let again = if copy > 1 { format!("-{copy}") } else { String::new() };
        let file = folder.join(format!("{begin}{}-授权码单{again}.html", fresh.officer));
        match files::create_private(&file) {
            Ok(_) => return fill(&file, &html::page(&paper(fresh, on, practice))).map(|()| file),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(Fault::of_io("写授权码单", error)),
        }
    }
    Err(Fault::new(
        FaultKind::User,
        format!("打印文件夹里已有{MOST}张授权码单没有删除"),
        "请删除旧的并清空回收站，再印发一张新的",
    ))
}

fn fill(file: &Path, page: &str) -> Result<(), Fault> {
    let written = std::fs::OpenOptions::new()
        .write(true)
        .open(file)
        .and_then(|mut opened| opened.write_all(page.as_bytes()).and_then(|()| opened.sync_all()));
    written.map_err(|error| {
        // half a page of secrets is worse than none; that it cannot be removed changes nothing of the fault
        let _ = std::fs::remove_file(file);
        Fault::of_io("写授权码单", error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_stands_on_the_page_once_and_not_in_its_title_or_name() {
        let folder = tempfile::tempdir().unwrap();
        let on = Day::new(2026, 3, 2).unwrap();
        let fresh = Fresh::make("9001".into(), "程一".to_owned(), 20, true).unwrap();
        let first = write(&fresh, on, true, folder.path()).unwrap();
        let second = write(&fresh, on, true, folder.path()).unwrap();
        assert_ne!(first, second, "nothing is written over");
        let page = std::fs::read_to_string(&first).unwrap();
        let title = page.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        for code in fresh.codes() {
            let spaced = format!("{} {}", &code[..3], &code[3..]);
            let drawn_twice = fresh.codes().iter().filter(|known| *known == code).count();
            assert_eq!(page.matches(&spaced).count(), drawn_twice);
            let name = first.file_name().unwrap().to_string_lossy();
            assert!(!title.contains(&code[..3]) && !name.contains(code.as_str()), "{title} {name}");
        }
        assert!(page.contains("练习") && page.contains("程一（9001）") && page.contains("删除这个文件"));
    }

    #[cfg(unix)]
    #[test]
    fn the_file_is_its_owner_s_alone() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let fresh = Fresh::make("9001".into(), String::new(), 1, true).unwrap();
        let file = write(&fresh, Day::new(2026, 3, 2).unwrap(), false, folder.path()).unwrap();
        assert_eq!(std::fs::metadata(file).unwrap().permissions().mode() & 0o077, 0);
    }
}
