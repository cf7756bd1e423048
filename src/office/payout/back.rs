//! The bank's return file, row by row. What cannot be read, or is not what was sent, is refused whole with the row named;
//! sums to the fen are the rules' own to judge.
//!
//! Must never take the answer to another batch for this one's: two batches may well have the same sums in the same order, so
//! that every row is tied to its line by the account, or by the name where the bank's layout has no account.

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
    batch: Option<usize>,
    account: Option<usize>,
    holder: Option<usize>,
    reason: Option<usize>,
}

/// So many letters of an account have to be legible to tell it from others; banks leave the last four.
const LEGIBLE: usize = 4;

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
    let mut rows: Vec<ReturnRow> = Vec::new();
    for (at, row) in sheet.rows.iter().enumerate().skip(columns.heading + 1) {
        if row.iter().all(Cell::is_empty) {
            continue;
        }
        let no = u32::try_from(at + 1).unwrap_or(u32::MAX);
        let text = |column: usize| row.get(column).map(Cell::text).unwrap_or_default();
        let first = row.iter().map(Cell::text).find(|text| !text.is_empty()).unwrap_or_default();
        if first.starts_with("合计") || first.starts_with("总计") {
            totals(no, row, &text(columns.amount), &rows)?;
            continue;
        }
        let read = one(no, &columns, &text, &template.back)?;
        if let Some(column) = columns.batch
            && !["", batch.number.as_str()].contains(&text(column).as_str())
        {
            let what = format!("的批次号是「{}」，不是{}", text(column), batch.number);
            return Err(wrong(no, &what));
        }
        same(&read, &columns, &text, roster, practice)?;
        rows.push(read);
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

/// The bank's own total fits its rows: where it does not, rows were lost or changed on the way.
fn totals(no: u32, cells: &[Cell], amount: &str, rows: &[ReturnRow]) -> Result<(), Fault> {
    let sum: Money = rows.iter().map(|row| row.amount).sum();
    if !amount.is_empty() {
        let told = Money::parse(amount).map_err(|_| wrong(no, "合计金额读不懂"))?;
        if told != sum {
            return Err(wrong(no, &format!("合计{told}元，各行相加是{sum}元")));
        }
    }
    let told = cells.iter().filter_map(|cell| counted(&cell.text())).find(|told| *told != rows.len());
    match told {
        Some(told) => Err(wrong(no, &format!("合计{told}笔，文件里是{}笔", rows.len()))),
        None => Ok(()),
    }
}

/// How many rows a cell of a total says, as in 合计4笔.
fn counted(text: &str) -> Option<usize> {
    let (before, _) = text.split_once('笔')?;
    let before = before.trim_end();
    let digits = before.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.parse().ok()
}

fn columns(rows: &[Vec<Cell>], back: &Back) -> Result<Columns, Fault> {
    let place = |row: &[Cell], title: &str| row.iter().position(|cell| cell.text() == title);
    for (heading, row) in rows.iter().enumerate().take(20) {
        let (seq, amount, result) =
            (place(row, &back.seq), place(row, &back.amount), place(row, &back.result));
        if let (Some(seq), Some(amount), Some(result)) = (seq, amount, result) {
            let maybe = |title: &Option<String>| title.as_ref().and_then(|title| place(row, title));
            // what the template names ties the rows to the batch: a file without it may be another batch's
            let ties = [&back.account, &back.holder].into_iter().flatten().next();
            if let Some(tie) = ties.filter(|tie| place(row, tie).is_none()) {
                let what = format!(
                    "{} 回盘文件里没有列「{tie}」，认不出是不是这一批次的，整个文件没有读入",
                    Code::ReturnMismatch
                );
                let next = "请向银行要带账号或户名的回盘，或在模板的 [back] 里写对列名后再读";
                return Err(Fault::new(FaultKind::User, what, next));
            }
            return Ok(Columns {
                heading,
                seq,
                amount,
                result,
                batch: maybe(&back.batch),
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
        let what = format!("的处理结果「{result}」不在模板的 paid、failed 里");
        return Err(unknown(no, &what, &format!("在 [back] 的 paid 或 failed 里补上 \"{result}\"")));
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
    let words = words.trim();
    if words.is_empty() {
        return Err(wrong(no, "是失败的，没有写失败原因"));
    }
    back.reason_of(words).ok_or_else(|| {
        let known: Vec<&str> = ReturnReason::ALL.iter().map(|reason| reason.zh()).collect();
        let line = format!("在 [back.reasons] 里补一行 \"{words}\" = \"其他\"（可以写 {}）", known.join(" "));
        unknown(no, &format!("的失败原因「{words}」不在模板里"), &line)
    })
}

/// A word of the bank's that the template does not know: it is quoted, with the line that makes it known.
fn unknown(row: u32, what: &str, line: &str) -> Fault {
    let next = format!(
        "请把所用模板（随程序的用 batch template 显示）存进本机的 templates 文件夹，{line}，再选自备模板读入"
    );
    Fault::new(
        FaultKind::User,
        format!("{} 回盘第{row}行{what}，整个文件没有读入", Code::ReturnMismatch),
        next,
    )
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
    if let Some(column) = columns.account {
        let back = text(column);
        if !alike(&in_files(&sent.account, practice), &back) {
            return Err(wrong(row.row, "账号与提交的不同"));
        }
        let legible = back.chars().filter(char::is_ascii_digit).count();
        if legible < LEGIBLE && columns.holder.is_none() {
            return Err(wrong(row.row, "账号被遮住，又没有户名，认不出是哪一笔"));
        }
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
