//! What a plan says to people: a text for the terminal, and a CSV of the bad rows to be corrected and read again.
//!
//! The text is masked throughout. The CSV is not: it is the user's own rows, to be edited by the user.

use super::headings::Field;
use super::plan::Plan;
use super::values;
use crate::base::width;
use crate::store::export::guard;
use crate::store::sheet::{Cell, Sheet, column_letter};

/// The report of a dry run. At most `most` problems are listed; the rest is counted.
pub fn text(sheet: &Sheet, plan: &Plan, most: usize) -> String {
    let mut out = String::new();
    let mut line = |words: String| {
        out.push_str(words.trim_end());
        out.push('\n');
    };
    let name =
        if sheet.name.is_empty() { String::new() } else { format!("，工作表“{}”", sheet.name) };
    line(format!(
        "文件：{}（{}{name}），表头在第{}行",
        plan.file,
        sheet.origin.encoding.name(),
        plan.mapping.heading_row
    ));
    for (field, at) in &plan.mapping.columns {
        let heading = plan.mapping.headings.get(*at).map_or("", String::as_str);
        line(format!(
            "  {}{} ← {heading}",
            width::fit(&format!("{}列", column_letter(*at)), 6),
            width::fit(field.name(), 12)
        ));
    }
    let unused: Vec<String> = plan
        .mapping
        .unused
        .iter()
        .map(|at| {
            format!("{}（{}）", column_letter(*at), plan.mapping.headings.get(*at).map_or("", String::as_str))
        })
        .collect();
    if !unused.is_empty() {
        line(format!("  未使用的列：{}", unused.join("、")));
    }
    let bad = plan.bad_rows().len();
    line(format!(
        "可导入 {} 行，合计 {} 元；已导入过 {} 行；有问题 {bad} 行",
        plan.good.len(),
        plan.total().grouped(),
        plan.known
    ));
    for (year, (count, sum)) in plan.years() {
        line(format!(
            "  {year}年 {} 行 {} 元",
            width::fit_right(&count.to_string(), 6),
            width::fit_right(&sum.grouped(), 14)
        ));
    }
    for skip in [
        super::rows::Skip::Total,
        super::rows::Skip::Foot,
        super::rows::Skip::Heading,
        super::rows::Skip::Blank,
    ] {
        let count = plan.skipped.iter().filter(|(_, why)| *why == skip).count();
        if count > 0 {
            line(format!("  跳过{} {count} 行", skip.name()));
        }
    }
    let filled = plan.good.iter().filter(|row| row.grant.filled).count();
    if filled > 0 {
        line(format!("  {filled} 行的姓名和证件号按“同上”取自上一行"));
    }
    for (words, count) in warnings(plan) {
        line(format!("  提醒：{words}，{count} 行"));
    }
    for problem in plan.problems.iter().take(most) {
        line(format!("✗ {problem}"));
    }
    if plan.problems.len() > most {
        line(format!("……另有 {} 处问题，见问题行文件", plan.problems.len() - most));
    }
    out
}

fn warnings(plan: &Plan) -> Vec<(&str, usize)> {
    let mut counted: Vec<(&str, usize)> = Vec::new();
    for words in plan.good.iter().flat_map(|row| &row.grant.warnings) {
        match counted.iter_mut().find(|(known, _)| known == words) {
            Some((_, count)) => *count += 1,
            None => counted.push((words, 1)),
        }
    }
    counted
}

/// The bad rows under the same headings, with what is wrong and what to do behind them, as a CSV that is corrected and
/// read again. None when no row is bad.
pub fn bad_rows_csv(sheet: &Sheet, plan: &Plan) -> Option<String> {
    let bad = plan.bad_rows();
    if bad.is_empty() {
        return None;
    }
    let columns = sheet.rows.iter().map(Vec::len).max().unwrap_or(0).max(plan.mapping.headings.len());
    let mut heads: Vec<String> = (0..columns)
        .map(|at| {
            let heading = plan.mapping.headings.get(at).cloned().unwrap_or_default();
            // a sheet without headings gets those the user gave by --map
            let given = || {
                plan.mapping.columns.iter().find(|(_, column)| **column == at).map(|(field, _)| field.name())
            };
            if heading.is_empty() { given().unwrap_or_default().to_owned() } else { heading }
        })
        .collect();
    heads.extend(["原行号", "问题", "怎么办"].map(str::to_owned));
    let mut out = String::from("\u{feff}");
    push(&mut out, &heads);
    for row_no in bad {
        let mut cells: Vec<String> = (0..columns).map(|at| held(spoken(sheet, plan, row_no, at))).collect();
        let problems = || plan.problems.iter().filter(|problem| problem.row == row_no);
        cells.push(row_no.to_string());
        cells.push(problems().map(|problem| format!("{}：{}", problem.column.1, problem.what)).collect());
        cells.push(problems().map(|problem| problem.next.as_str()).collect());
        push(&mut out, &cells);
    }
    Some(out)
}

/// What a cell stands for. The row above will not be in the CSV, or another row will be: what a cell took from it is
/// written out, or it would be read as somebody else's.
fn spoken<'a>(sheet: &'a Sheet, plan: &Plan, row_no: usize, column: usize) -> &'a Cell {
    static EMPTY: Cell = Cell::Empty;
    let cell = |row: usize, at: usize| sheet.rows.get(row).and_then(|row| row.get(at)).unwrap_or(&EMPTY);
    let is_same = |cell: &Cell| matches!(cell, Cell::Text(text) if values::is_same(text));
    let Some(start) = row_no.checked_sub(1) else { return &EMPTY };
    let at_of = |field: Field| plan.mapping.columns.get(&field).copied();
    if at_of(Field::Amount) == Some(column) {
        // the amount of another row, written out, would be paid twice on paper
        return if matches!(cell(start, column), Cell::Covered(_)) { &EMPTY } else { cell(start, column) };
    }
    let blank = |row: usize, at: usize| cell(row, at).is_empty() || is_same(cell(row, at));
    let nameless = at_of(Field::Name).is_some_and(|at| blank(start, at));
    let person = [
        Field::Name,
        Field::IdNo,
        Field::Township,
        Field::Village,
        Field::Phone,
        Field::Account,
        Field::Status,
    ];
    let taken = nameless && person.iter().any(|field| at_of(*field) == Some(column)) && blank(start, column);
    if !taken && !is_same(cell(start, column)) {
        return cell(start, column);
    }
    let passed = |row: usize| plan.skipped.iter().any(|(skipped, _)| *skipped == row + 1);
    (plan.mapping.heading_row..start)
        .rev()
        .filter(|row| !passed(*row))
        .map(|row| cell(row, column))
        .find(|cell| !cell.is_empty() && !is_same(cell))
        .unwrap_or(&EMPTY)
}

/// A cell for the CSV: a long number keeps all its digits in a spreadsheet only as text, which the apostrophe makes it.
fn held(cell: &Cell) -> String {
    let text = match cell {
        Cell::Number(number) if *number >= 1e15 => format!("{number:E}"),
        Cell::Covered(top) => return held(top),
        other => other.text(),
    };
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let number =
        digits >= 12 && text.chars().all(|letter| letter.is_ascii_digit() || letter == 'X' || letter == 'x');
    if number { format!("'{text}") } else { text }
}

fn push(out: &mut String, cells: &[String]) {
    for (at, cell) in cells.iter().enumerate() {
        if at > 0 {
            out.push(',');
        }
        let safe = guard::add(cell);
        if safe.contains(['"', ',', '\n', '\r', '\t', ';']) {
            out.push_str(&format!("\"{}\"", safe.replace('"', "\"\"")));
        } else {
            out.push_str(&safe);
        }
    }
    out.push_str("\r\n");
}
