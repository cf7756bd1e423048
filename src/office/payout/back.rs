//! The bank's return file, row by row. What cannot be read, or is not what was sent, is refused whole with the row named;
//! sums to the fen are the rules' own to judge.

use super::template::{Back, Template};
use super::{hash, in_files};
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::command::payout::{ReadReturn, ReturnRow};
use crate::domain::nouns::ReturnReason;
use crate::domain::payout::Batch;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::views::payout::RosterRow;
use crate::store::sheet::{self, Cell};

/// A file of a bank.
#[derive(Clone, Copy)]
pub struct Given<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// The columns of a file.
struct Columns {
    heading: usize,
    seq: usize,
    amount: usize,
    result: usize,
    account: Option<usize>,
    holder: Option<usize>,
    reason: Option<usize>,
}

/// Makes the command out of a return file.
///
/// # Errors
/// A file that cannot be read, or one row of it that is not what was sent.
pub fn read(
    given: Given<'_>,
    batch: &Batch,
    roster: &[RosterRow],
    template: &Template,
    practice: bool,
) -> Result<ReadReturn, Fault> {
    let sheet = sheet::from_bytes(given.name, given.bytes)
        .map_err(|error| Fault::new(FaultKind::User, format!("回盘文件：{}", error.what()), error.next()))?;
    let columns = columns(&sheet.rows, &template.back)?;
    let mut rows = Vec::new();
    for (at, row) in sheet.rows.iter().enumerate().skip(columns.heading + 1) {
        if row.iter().all(Cell::is_empty) {
            continue;
        }
        let no = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let text = |column: usize| row.get(column).map(Cell::text).unwrap_or_default();
        let first = row.iter().map(Cell::text).find(|text| !text.is_empty()).unwrap_or_default();
        if first.starts_with("合计") || first.starts_with("总计") {
            continue;
        }
        rows.push(one(no, &columns, &text, &template.back)?);
        if let Some(row) = rows.last() {
            same(row, &columns, &text, roster, practice)?;
        }
    }
    Ok(ReadReturn { batch: batch.id, file: hash(given.bytes), rows })
}

fn wrong(row: u32, what: &str) -> Fault {
    Fault::new(
        FaultKind::User,
        format!("{} 回盘第{row}行{what}，整个文件没有读入", Code::ReturnMismatch),
        "请与银行核对后换正确的文件，格式变了的请改模板",
    )
}

fn columns(rows: &[Vec<Cell>], back: &Back) -> Result<Columns, Fault> {
    let place = |row: &[Cell], title: &str| row.iter().position(|cell| cell.text() == title);
    for (heading, row) in rows.iter().enumerate().take(20) {
        let (seq, amount, result) =
            (place(row, &back.seq), place(row, &back.amount), place(row, &back.result));
        if let (Some(seq), Some(amount), Some(result)) = (seq, amount, result) {
            let maybe = |title: &Option<String>| title.as_ref().and_then(|title| place(row, title));
            return Ok(Columns {
                heading,
                seq,
                amount,
                result,
                account: maybe(&back.account),
                holder: maybe(&back.holder),
                reason: maybe(&back.reason),
            });
        }
    }
    let what = format!("回盘文件里找不到列「{}」「{}」「{}」", back.seq, back.amount, back.result);
    Err(Fault::new(FaultKind::User, what, "请核对是不是回盘文件，或在模板的 [back] 里写对列名"))
}

fn one(no: u32, columns: &Columns, text: &dyn Fn(usize) -> String, back: &Back) -> Result<ReturnRow, Fault> {
    let seq = text(columns.seq).parse().map_err(|_| wrong(no, "序号不是数字"))?;
    let amount = Money::parse(&text(columns.amount)).map_err(|_| wrong(no, "金额读不懂"))?;
    let result = text(columns.result);
    let returned = if back.paid.contains(&result) {
        None
    } else if back.failed.contains(&result) {
        Some(reason(no, columns, text, back)?)
    } else {
        let what = "处理结果不在模板的 paid、failed 里，请在模板 [back] 里补上";
        return Err(wrong(no, what));
    };
    Ok(ReturnRow { row: no, seq, amount, returned })
}

fn reason(
    no: u32,
    columns: &Columns,
    text: &dyn Fn(usize) -> String,
    back: &Back,
) -> Result<ReturnReason, Fault> {
    let words = columns.reason.map(text).unwrap_or_default();
    back.reason_of(&words).ok_or_else(|| wrong(no, "失败原因不在模板里，请在模板 [back.reasons] 里补上"))
}

/// Account and name are those of the roster, as far as the file has them; banks put stars into accounts.
fn same(
    row: &ReturnRow,
    columns: &Columns,
    text: &dyn Fn(usize) -> String,
    roster: &[RosterRow],
    practice: bool,
) -> Result<(), Fault> {
    // a number that the batch does not have is for the rules to refuse
    let Some(sent) = roster.iter().find(|sent| sent.seq == row.seq) else { return Ok(()) };
    if let Some(column) = columns.account
        && !alike(&in_files(&sent.account, practice), &text(column))
    {
        return Err(wrong(row.row, "账号与提交的不同"));
    }
    if let Some(column) = columns.holder
        && text(column) != sent.holder
    {
        return Err(wrong(row.row, "户名与提交的不同"));
    }
    Ok(())
}

/// Whether an account is the one that was sent: letter for letter, stars stand for one letter each.
fn alike(sent: &str, back: &str) -> bool {
    let back: Vec<char> = back.chars().filter(|c| !c.is_whitespace() && *c != '\'').collect();
    let sent: Vec<char> = sent.chars().collect();
    sent.len() == back.len() && sent.iter().zip(&back).all(|(a, b)| a == b || *b == '*')
}
