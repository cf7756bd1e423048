//! Files of the bank at the front: a checked batch goes out by a template of the office, the bank's answer comes in and is
//! looked at row by row before it is read. Both lie in folders of their own beside the desk's files.

use super::super::Front;
use super::MoneyDeed;
use super::desk::is_finance;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::command::payout::ReadReturn;
use crate::domain::ids::BatchId;
use crate::domain::nouns::ReturnReason;
use crate::domain::payout::Batch;
use crate::domain::privacy::{Audience, Field, Medium, Show, show};
use crate::domain::refusal::Refusal;
use crate::office::front::deed::Deed;
use crate::office::payout::template::{SHIPPED, Template};
use crate::office::payout::{back, export};
use crate::store::fault::{Fault, FaultKind};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

/// The folder of files to the bank.
const OUT: &str = "bank";
/// The folder where the bank's answers are put.
const BACK: &str = "returns";
/// The folder of the office's own templates.
const TEMPLATES: &str = "templates";
/// A return file is a list of some hundred rows: what is larger is another file.
const LARGEST: u64 = 16 * 1024 * 1024;

/// A file that was written for the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exported {
    /// The batch.
    pub batch: BatchId,
    /// 批次号.
    pub number: String,
    /// Where it lies.
    pub path: String,
    /// Its SHA-256, hex.
    pub hash: String,
    /// How many rows.
    pub count: u32,
    /// Their sum.
    pub total: Money,
}

/// Files that may be a bank's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilesView {
    /// The folder that was looked into.
    pub folder: String,
    /// 批次号 that is to be answered.
    pub number: String,
    /// The files by name: name, path, bytes.
    pub files: Vec<ReturnFile>,
    /// Templates of the office: their paths.
    pub templates: Vec<String>,
}

/// A file in the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReturnFile {
    /// Its name.
    pub name: String,
    /// Where it lies.
    pub path: String,
    /// How large it is, bytes.
    pub size: u64,
}

/// A return file, read but not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Preview {
    /// 批次号.
    pub number: String,
    /// The file's name.
    pub file: String,
    /// What would be read.
    pub read: ReadReturn,
    /// Its rows beside those of the batch.
    pub rows: Vec<PreviewRow>,
    /// Why the rules would refuse it, with its row.
    pub refused: Vec<Refusal>,
}

/// A row of a return file beside the row that was sent.
#[derive(Clone, PartialEq, Eq)]
pub struct PreviewRow {
    /// The row in the file.
    pub row: u32,
    /// 序号.
    pub seq: u32,
    /// 编号 of the case; empty where the batch has no such row.
    pub number: String,
    /// 户名.
    pub holder: String,
    /// What was sent; none where the batch has no such row.
    pub sent: Option<Money>,
    /// What the file says.
    pub amount: Money,
    /// Why it came back; none where it was paid.
    pub returned: Option<ReturnReason>,
}

/// Names stay out of logs.
impl std::fmt::Debug for PreviewRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PreviewRow({} {})", self.row, self.number)
    }
}

impl Front {
    /// Whole accounts leave and enter here: finance of the county alone.
    fn bank_files(&self) -> Result<(), Fault> {
        let officer = self.officer()?;
        let audience = Audience::of(&officer, None);
        let may = [Field::Name, Field::IdNo, Field::Account];
        let full = may.into_iter().all(|field| show(field, audience, Medium::FullExport) == Show::Full);
        if is_finance(&officer) && full {
            return Ok(());
        }
        let what = "银行文件含完整账号，您的岗位不能导出或读入";
        Err(Fault::new(FaultKind::User, what, "请县局财务登录办理"))
    }

    fn batch_to_file(&self, id: BatchId) -> Result<Batch, Fault> {
        let found = self.reader()?.batch(id);
        found.ok_or_else(|| Fault::new(FaultKind::User, "找不到这一批次", "请按F5刷新后重选"))
    }

    /// Writes the file of a checked batch. The same batch and template give the same file, so that a second time changes
    /// nothing.
    ///
    /// # Errors
    /// Nobody counted it; letters that the encoding lacks, all of them named; the disk of this PC.
    pub fn export_batch(&self, id: BatchId, template: &str) -> Result<Exported, Fault> {
        self.bank_files()?;
        let batch = self.batch_to_file(id)?;
        let template = self.template(template)?;
        let rows = self.reader()?.roster(id)?;
        let made = export::file(&batch, &rows, &template, self.is_practice())?;
        let folder = self.folder().join(OUT);
        std::fs::create_dir_all(&folder).map_err(|error| Fault::of_io("建立导出文件夹", error))?;
        let path = folder.join(&made.name);
        keep(&path, &made.bytes)?;
        Ok(Exported {
            batch: id,
            number: batch.number,
            path: path.display().to_string(),
            hash: made.hash,
            count: made.count,
            total: made.total,
        })
    }

    /// The template of that name, or that lies at that path.
    fn template(&self, name: &str) -> Result<Template, Fault> {
        if SHIPPED.iter().any(|(known, _)| *known == name) {
            return Template::find(name);
        }
        let typed = unquoted(name);
        let own = self.folder().join(TEMPLATES).join(&typed);
        let path = if own.is_file() { own } else { PathBuf::from(&typed) };
        let text = std::fs::read_to_string(&path).map_err(|error| {
            let doing = format!(
                "读取模板 {}（自备模板放在 {}）",
                path.display(),
                self.folder().join(TEMPLATES).display()
            );
            Fault::of_io(&doing, error)
        })?;
        Template::read(&text)
    }

    /// Files in the desk's folder for the bank's answers.
    ///
    /// # Errors
    /// Another role; the disk of this PC.
    pub fn return_files(&self, id: BatchId) -> Result<FilesView, Fault> {
        self.bank_files()?;
        let folder = self.folder().join(BACK);
        std::fs::create_dir_all(&folder).map_err(|error| Fault::of_io("建立回盘文件夹", error))?;
        let mut files = Vec::new();
        for path in listed(&folder, &["csv", "xlsx", "xls", "txt"])? {
            let size = std::fs::metadata(&path).map(|known| known.len()).unwrap_or_default();
            files.push(ReturnFile { name: name_of(&path), path: path.display().to_string(), size });
        }
        let templates = self.folder().join(TEMPLATES);
        let own = if templates.is_dir() { listed(&templates, &["toml"])? } else { Vec::new() };
        Ok(FilesView {
            folder: folder.display().to_string(),
            number: self.batch_to_file(id)?.number,
            files,
            templates: own.iter().map(|path| name_of(path)).collect(),
        })
    }

    /// Reads a return file without taking it: every row beside the one that was sent, and what the rules would say.
    ///
    /// # Errors
    /// A file or a row that cannot be read, or that is not what was sent: refused whole, with the row named.
    pub fn preview_return(&self, id: BatchId, file: &str, template: &str) -> Result<Preview, Fault> {
        self.bank_files()?;
        let batch = self.batch_to_file(id)?;
        let template = self.template(template)?;
        let path = PathBuf::from(unquoted(file));
        let doing = format!("读取回盘文件 {}", path.display());
        let size = std::fs::metadata(&path).map_err(|error| Fault::of_io(&doing, error))?.len();
        if size > LARGEST {
            let what = format!("{doing}：文件有 {} 兆，不像回盘文件", size / 1024 / 1024);
            return Err(Fault::new(FaultKind::User, what, "请重新选择银行给的回盘文件"));
        }
        let bytes = std::fs::read(&path).map_err(|error| Fault::of_io(&doing, error))?;
        let name = name_of(&path);
        let roster = self.reader()?.roster(id)?;
        let given = back::Given { name: &name, bytes: &bytes };
        let read = back::read(given, &batch, &roster, &template, self.is_practice())?;
        let rows = read
            .rows
            .iter()
            .map(|row| {
                let sent = roster.iter().find(|sent| sent.seq == row.seq);
                PreviewRow {
                    row: row.row,
                    seq: row.seq,
                    number: sent.map(|sent| sent.number.clone()).unwrap_or_default(),
                    holder: sent.map(|sent| sent.holder.clone()).unwrap_or_default(),
                    sent: sent.map(|sent| sent.amount),
                    amount: row.amount,
                    returned: row.returned,
                }
            })
            .collect();
        let refused = self.weigh(&Deed::Money(MoneyDeed::Read(Box::new(read.clone()))))?.verdicts;
        Ok(Preview { number: batch.number, file: name, read, rows, refused })
    }
}

/// A path as people paste it: without the quotes that file managers put around it.
fn unquoted(typed: &str) -> String {
    typed.trim().trim_matches(['"', '\'']).to_owned()
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// The files of a folder with one of these endings, by name.
fn listed(folder: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, Fault> {
    let io = |error| Fault::of_io(&format!("读取文件夹 {}", folder.display()), error);
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        let ending = path.extension().map(|known| known.to_string_lossy().to_lowercase()).unwrap_or_default();
        if path.is_file() && endings.contains(&ending.as_str()) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Writes bytes, or finds them there already; a different file of that name is left alone.
fn keep(path: &Path, bytes: &[u8]) -> Result<(), Fault> {
    let doing = format!("写批次文件 {}", path.display());
    let mut file = match std::fs::File::create_new(path) {
        Ok(file) => file,
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let there = std::fs::read(path).map_err(|error| Fault::of_io(&doing, error))?;
            if there == bytes {
                return Ok(());
            }
            let what = format!("{doing}：已有同名而内容不同的文件，没有覆盖");
            return Err(Fault::new(FaultKind::User, what, "请把旧文件移走后重做"));
        }
        Err(error) => return Err(Fault::of_io(&doing, error)),
    };
    let written = std::io::Write::write_all(&mut file, bytes).and_then(|()| file.sync_all());
    written.map_err(|error| {
        // Half a file would be taken for a whole one; it is ours alone, made a moment ago.
        let _ = std::fs::remove_file(path);
        Fault::of_io(&doing, error)
    })
}
