//! Why a spreadsheet is not read, as sentences for the person who chose the file.
//!
//! It must never carry what stands in the file: only its name, names of sheets, and figures.

use std::fmt;
use std::io;

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetError {
    /// No such file.
    NotFound {
        /// Its name.
        file: String,
    },
    /// The system does not let us read it.
    Unreadable {
        /// Its name.
        file: String,
        /// What the system says, in Chinese where we know it.
        why: String,
    },
    /// Above 20 MB.
    TooBig,
    /// Above 200,000 rows, 256 columns, or four million cells.
    TooManyCells {
        /// What there is too much of: 行, 列 or 格.
        what: &'static str,
        /// How many are allowed.
        limit: usize,
    },
    /// Unpacks to more than is sane: made to exhaust the computer, or damaged.
    Bomb,
    /// Neither a workbook nor text.
    NotASheet,
    /// A workbook of a kind that is not read: XLSB, ODS, a document.
    OtherFormat,
    /// Text in none of the known encodings.
    Encoding {
        /// The first line that cannot be read, from 1.
        line: usize,
    },
    /// The workbook asks for a password.
    Locked,
    /// The workbook is broken.
    Damaged,
    /// Nothing in it.
    Empty,
    /// More than one sheet holds something.
    ManySheets {
        /// Their names.
        names: Vec<String>,
    },
    /// No sheet of this name.
    NoSuchSheet {
        /// What was asked for.
        wanted: String,
        /// The names there are.
        names: Vec<String>,
    },
}

impl SheetError {
    /// What is wrong, one Chinese sentence.
    pub fn what(&self) -> String {
        match self {
            SheetError::NotFound { file } => format!("找不到文件“{file}”。"),
            SheetError::Unreadable { file, why } => format!("文件“{file}”读不了：{why}。"),
            SheetError::TooBig => "文件超过20MB，未读取。".to_owned(),
            SheetError::TooManyCells { what, limit } => format!("表格超过{limit}{what}，未读取。"),
            SheetError::Bomb => "文件解压后大得不正常，可能已损坏或被人做过手脚，未读取。".to_owned(),
            SheetError::NotASheet => "这个文件不是表格。".to_owned(),
            SheetError::OtherFormat => "这种表格格式不能读取。".to_owned(),
            SheetError::Encoding { line } => format!("第{line}行的文字编码无法识别。"),
            SheetError::Locked => "这个表格加了密码。".to_owned(),
            SheetError::Damaged => "这个表格文件已损坏。".to_owned(),
            SheetError::Empty => "表格里没有内容。".to_owned(),
            SheetError::ManySheets { names } => {
                format!("文件里有{}张有内容的工作表：{}。", names.len(), names.join("、"))
            }
            SheetError::NoSuchSheet { wanted, names } => {
                format!("没有名为“{wanted}”的工作表，只有：{}。", names.join("、"))
            }
        }
    }

    /// What to do now, one Chinese sentence.
    pub fn next(&self) -> &'static str {
        match self {
            SheetError::NotFound { .. } => "请检查路径和文件名，再试一次。",
            SheetError::Unreadable { .. } => "请关闭正在打开它的程序，确认有读取权限，再试一次。",
            SheetError::TooBig | SheetError::TooManyCells { .. } => "请按年度拆成几个文件，分别导入。",
            SheetError::Bomb | SheetError::Damaged => {
                "请用Excel或WPS打开，另存为新的XLSX文件后再导入；打不开的，请向原单位重新索取。"
            }
            SheetError::NotASheet | SheetError::OtherFormat => {
                "请用Excel或WPS打开，另存为XLSX或CSV后再导入。"
            }
            SheetError::Encoding { .. } => "请用Excel或WPS打开，另存为XLSX或“CSV UTF-8”后再导入。",
            SheetError::Locked => "请用Excel或WPS打开，去掉密码另存后再导入。",
            SheetError::Empty => "请确认选对了文件，并且内容已保存。",
            SheetError::ManySheets { .. } | SheetError::NoSuchSheet { .. } => {
                "请用 --sheet 指定其中一张工作表。"
            }
        }
    }

    pub(super) fn from_io(file: &str, error: &io::Error) -> SheetError {
        let file = file.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound => SheetError::NotFound { file },
            io::ErrorKind::PermissionDenied => SheetError::Unreadable {
                file,
                why: "没有读取权限，或正被别的程序占用".to_owned(),
            },
            io::ErrorKind::IsADirectory => {
                SheetError::Unreadable { file, why: "这是一个文件夹".to_owned() }
            }
            _ => SheetError::Unreadable { file, why: error.to_string() },
        }
    }
}

impl fmt::Display for SheetError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.what(), self.next())
    }
}

impl std::error::Error for SheetError {}
