//! A batch as the bank's file: the same batch and template give the same bytes. A letter that the encoding does not have is
//! listed and nothing is written; it is never replaced, because the bank would pay to another name.

use super::template::{Column, Encoding, Format, Template, What};
use super::{counted, hash, in_files};
use crate::base::division;
use crate::base::money::Money;
use crate::domain::payout::Batch;
use crate::store::export::{Column as Heading, Kind, Table, Value, xlsx};
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::views::payout::RosterRow;

/// A file that is ready to be written.
pub struct File {
    /// Its name.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// SHA-256 of them, hex.
    pub hash: String,
    /// The control sum.
    pub total: Money,
    /// The control count.
    pub count: u32,
}

/// Accounts stand in the bytes.
impl std::fmt::Debug for File {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "File({} bytes)", self.bytes.len())
    }
}

/// Makes the file of a checked batch.
///
/// # Errors
/// A batch that nobody has counted; a roster that is not whole; letters that the file cannot hold, all of them named.
pub fn file(batch: &Batch, roster: &[RosterRow], template: &Template, practice: bool) -> Result<File, Fault> {
    counted(batch)?;
    let total: Money = roster.iter().map(|row| row.amount).sum();
    let count = u32::try_from(roster.len()).unwrap_or(u32::MAX);
    if total != batch.total() || count != batch.count() || roster.iter().any(|row| row.account.is_empty()) {
        let what = format!("批次{}有账户在本机读不到", batch.number);
        return Err(Fault::new(FaultKind::User, what, "请先登录并刷新；仍不行请管理员补发数据密钥"));
    }
    let columns = &template.out.column;
    let mut rows: Vec<Vec<String>> = Vec::new();
    if template.out.heading {
        rows.push(columns.iter().map(|column| column.title.clone()).collect());
    }
    let cells = |row: &RosterRow| -> Vec<String> {
        columns.iter().map(|column| cell(column, row, batch, practice)).collect()
    };
    rows.extend(roster.iter().map(cells));
    if template.out.total {
        rows.push(columns.iter().enumerate().map(|(at, column)| sum(at, column, total, count)).collect());
    }
    refuse_risky(&rows)?;
    let bytes = match template.out.format {
        Format::Csv => csv(&rows, template.out.encoding)?,
        Format::Xlsx => workbook(batch, columns, &rows, template, practice)?,
    };
    let mark = if practice { "练习-" } else { "" };
    let ending = if template.out.format == Format::Csv { "csv" } else { "xlsx" };
    let name = format!("{mark}{}-{}.{ending}", batch.number, template.name);
    Ok(File { name, hash: hash(&bytes), bytes, total, count })
}

fn cell(column: &Column, row: &RosterRow, batch: &Batch, practice: bool) -> String {
    match column.what {
        What::Seq => row.seq.to_string(),
        What::Batch => batch.number.clone(),
        What::Holder => row.holder.clone(),
        What::Account => in_files(&row.account, practice),
        What::Bank => row.bank.clone(),
        What::Amount => row.amount.plain(),
        What::AmountFen => row.amount.fen().to_string(),
        What::Name => row.name.clone(),
        What::IdNo => row.id_no.clone(),
        What::Township => {
            division::township(row.township).map_or_else(String::new, |known| known.name.to_owned())
        }
        What::Case => row.number.clone(),
        What::Purpose => if practice { "练习" } else { "临时救助金" }.to_owned(),
        What::Text => column.text.clone(),
    }
}

fn sum(at: usize, column: &Column, total: Money, count: u32) -> String {
    match column.what {
        What::Amount => total.plain(),
        What::AmountFen => total.fen().to_string(),
        _ if at == 0 => format!("合计{count}笔"),
        _ => String::new(),
    }
}

/// What a spreadsheet would run is not written into a bank's file, and not changed either.
fn refuse_risky(rows: &[Vec<String>]) -> Result<(), Fault> {
    let risky = |text: &String| text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let found: Vec<String> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| row.iter().any(risky))
        .map(|(at, _)| format!("第{}行", at + 1))
        .collect();
    if found.is_empty() {
        return Ok(());
    }
    let what = format!("有单元格以符号开头，表格程序会当作公式：{}", found.join("、"));
    Err(Fault::new(FaultKind::User, what, "请更正账户的户名、开户行后重建批次"))
}

fn csv(rows: &[Vec<String>], encoding: Encoding) -> Result<Vec<u8>, Fault> {
    let mut lines = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(Vec::new());
    for row in rows {
        lines.write_record(row).map_err(|_| Fault::bug("批次文件没有写成"))?;
    }
    let bytes = lines.into_inner().map_err(|_| Fault::bug("批次文件没有写成"))?;
    match encoding {
        Encoding::Utf8 => Ok([&[0xef, 0xbb, 0xbf], bytes.as_slice()].concat()),
        Encoding::Gbk => gbk(rows, &bytes),
    }
}

/// The bytes in GBK, or every letter that GBK does not have, with its row and column.
fn gbk(rows: &[Vec<String>], utf8: &[u8]) -> Result<Vec<u8>, Fault> {
    let text = std::str::from_utf8(utf8).map_err(|_| Fault::bug("批次文件没有写成"))?;
    let (bytes, _, unmapped) = encoding_rs::GBK.encode(text);
    if !unmapped {
        return Ok(bytes.into_owned());
    }
    let mut missing = Vec::new();
    for (at, row) in rows.iter().enumerate() {
        for (column, cell) in row.iter().enumerate() {
            for letter in cell.chars().filter(|letter| !in_gbk(*letter)) {
                missing.push(format!("第{}行第{}列「{letter}」", at + 1, column + 1));
            }
        }
    }
    let what = format!("GBK里没有这些字，文件没有写出：{}", missing.join("、"));
    let next = "请与银行商定这些户名的写法，或用 format = \"xlsx\"、encoding = \"utf-8\" 的模板导出";
    Err(Fault::new(FaultKind::User, what, next))
}

fn in_gbk(letter: char) -> bool {
    let mut text = [0; 4];
    !encoding_rs::GBK.encode(letter.encode_utf8(&mut text)).2
}

fn workbook(
    batch: &Batch,
    columns: &[Column],
    rows: &[Vec<String>],
    template: &Template,
    practice: bool,
) -> Result<Vec<u8>, Fault> {
    let kind = |column: &Column| if column.what == What::Amount { Kind::Money } else { Kind::Text };
    let headings = columns.iter().map(|column| Heading::new(&column.title, kind(column))).collect();
    let skip = usize::from(template.out.heading);
    let value = |(column, text): (&Column, &String)| match Money::parse(text) {
        Ok(money) if column.what == What::Amount => Value::Money(money),
        _ => Value::text(text),
    };
    let body = rows.iter().skip(skip).map(|row| columns.iter().zip(row).map(value).collect::<Vec<Value>>());
    let table = Table { title: template.name.clone(), columns: headings, rows: body, practice };
    let mut out = std::io::Cursor::new(Vec::new());
    // the only stamp in the workbook is the batch's own day, so that it comes out the same again
    xlsx::write(table, batch.opened, &mut out)
        .map_err(|error| Fault::new(FaultKind::User, format!("批次文件没有写成：{error:?}"), "请重试"))?;
    Ok(out.into_inner())
}
