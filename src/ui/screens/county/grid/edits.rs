//! What changes the rows of a roster: a paste, a deleted row, the value above, and taking it back.
//!
//! Must never overwrite a filled cell or take a row out without saying so, never touch a row that is a case, and never give
//! the number of a row to another one when it is taken back.

use super::rows::{Row, Rows};
use super::{Fate, GridScreen};
use crate::ui::screen::Intent;
use crate::ui::screens::prompt::{Happened, Prompt};
use std::collections::{BTreeMap, VecDeque};

/// So many steps can be taken back.
const STEPS: usize = 50;
/// So many rows are named in a sentence.
const NAMED: usize = 5;

/// How the rows were before each of the last steps, and where the cursor stood.
#[derive(Debug, Default)]
pub(super) struct Steps {
    before: VecDeque<(Vec<Row>, (usize, usize))>,
    /// The cell with the cursor was edited already: what is typed on in it is the same step.
    edited: bool,
}

impl Steps {
    /// The cursor came to a cell.
    pub(super) fn begin_cell(&mut self) {
        self.edited = false;
    }

    /// Notes how the rows are, before something changes them.
    pub(super) fn note(&mut self, rows: &Rows, at: (usize, usize)) {
        if self.before.back().is_some_and(|(last, _)| *last == rows.rows) {
            return;
        }
        if self.before.len() == STEPS {
            self.before.pop_front();
        }
        self.before.push_back((rows.rows.clone(), at));
    }

    /// The same before a key in a cell: once for all that is typed into it.
    pub(super) fn edit(&mut self, rows: &Rows, at: (usize, usize)) {
        if !std::mem::replace(&mut self.edited, true) {
            self.note(rows, at);
        }
    }

    /// Nothing can be taken back any more.
    pub(super) fn clear(&mut self) {
        self.before.clear();
    }
}

impl GridScreen {
    fn is_settled(&self, row: &Row) -> bool {
        matches!(self.fates.get(&row.serial), Some(Fate::Done(_) | Fate::Held))
    }

    /// Takes a table in from the cursor on.
    pub(super) fn take(&mut self, table: &[Vec<String>], appended: bool) -> Vec<Intent> {
        if self.is_fixed() {
            return vec![Intent::Warn("这一户已经报批，不能改；请把光标移到空行再粘贴".to_owned())];
        }
        let first = self.begun.take().filter(|_| appended);
        if let Some((_, before)) = &first {
            self.line.set(before);
        }
        self.store();
        let mut rows = self.rows.clone();
        if let Some((first, _)) = first
            && let Some(cell) = rows.rows.get_mut(self.at.0).and_then(|row| row.cells.get_mut(self.at.1))
        {
            *cell = first.to_string();
        }
        let came = rows.take(self.at, table, appended);
        let old: BTreeMap<u16, &Row> = self.rows.rows.iter().map(|row| (row.serial, row)).collect();
        let changed = |row: &Row| old.get(&row.serial).filter(|old| old.cells != row.cells).copied();
        let settled = rows.rows.iter().position(|row| changed(row).is_some() && self.is_settled(row));
        if let Some(settled) = settled {
            self.load();
            let said = format!("第 {} 行已经报批，粘贴会盖掉它，没有收；请把光标移到空行再粘贴", settled + 1);
            return vec![Intent::Warn(said)];
        }
        let (mut cells, mut lost) = (0, Vec::new());
        for (at, row) in rows.rows.iter().enumerate() {
            let Some(old) = changed(row) else { continue };
            let over = old.cells.iter().zip(&row.cells).filter(|(old, new)| !old.is_empty() && old != new);
            let over = over.count();
            cells += over;
            if over > 0 {
                lost.push((at + 1).to_string());
            }
        }
        let touched: Vec<u16> =
            rows.rows.iter().filter(|row| changed(row).is_some()).map(|row| row.serial).collect();
        self.steps.note(&self.rows, self.at);
        self.rows = rows;
        self.judge_anew(&touched);
        self.load();
        let wrong = self.judged().iter().filter(|one| matches!(one, Some(Err(_)))).count();
        let mut intents = self.keep();
        let mut said = match wrong {
            0 => format!("收下 {came} 行，都可以报批；F9 报批"),
            _ => format!("收下 {came} 行，有 {wrong} 行要改（行首有 x 的），光标移过去看原因"),
        };
        if cells > 0 {
            let more = if lost.len() > NAMED { "等" } else { "" };
            lost.truncate(NAMED);
            said = format!("盖掉了第 {} 行{more}原来填的 {cells} 格，Ctrl-Z 退回；{said}", lost.join("、"));
        }
        intents.push(Intent::Say(said));
        intents
    }

    /// What the rules said of rows is not said of what stands in them now.
    fn judge_anew(&mut self, serials: &[u16]) {
        for serial in serials {
            if matches!(self.fates.get(serial), Some(Fate::Refused(_) | Fate::Warned(..))) {
                self.fates.remove(serial);
            }
            self.grounds.remove(serial);
        }
    }

    /// The cell as in the row above.
    pub(super) fn same(&mut self) -> Vec<Intent> {
        if self.is_fixed() {
            return vec![Intent::Say("这一户已经报批，不能改".to_owned())];
        }
        let (row, col) = self.at;
        self.store();
        self.steps.note(&self.rows, self.at);
        if !self.rows.same_as_above(row, col) {
            return vec![Intent::Say("上面没有一行可以照抄".to_owned())];
        }
        self.load();
        self.next()
    }

    /// Text that came at once: a table, or one value.
    pub(super) fn burst(&mut self, text: &str) -> Vec<Intent> {
        if let Some(prompt) = &mut self.prompt {
            return match prompt.burst(text) {
                Happened::Say(text) => vec![Intent::Say(text)],
                Happened::Nothing | Happened::Moved => Vec::new(),
            };
        }
        let text = text.replace('\r', "\n").replace("\n\n", "\n");
        if !text.trim_end_matches('\n').contains(['\t', '\n']) {
            // one value: a card reader, or a single cell
            if self.is_fixed() {
                return vec![Intent::Say("这一户已经报批，不能改".to_owned())];
            }
            self.steps.edit(&self.rows, self.at);
            self.line.paste(text.trim_end_matches('\n'));
            self.store();
            return if text.ends_with('\n') { self.next() } else { Vec::new() };
        }
        let table: Vec<Vec<String>> =
            text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
        self.take(&table, true)
    }

    /// Takes the row of the cursor out, and says so.
    pub(super) fn delete(&mut self) -> Vec<Intent> {
        if self.is_fixed() {
            return vec![Intent::Say("这一户已经报批，不能删；不办的在办件里撤回".to_owned())];
        }
        self.store();
        let (row, col) = self.at;
        let gone = self.row().filter(|row| !row.is_blank()).map(|row| row.cells.concat());
        self.steps.note(&self.rows, self.at);
        self.rows.remove(row);
        self.at = (row.min(self.rows.rows.len().saturating_sub(1)), col);
        self.load();
        let mut intents = self.keep();
        if gone.is_some() {
            intents.push(Intent::Say(format!("第 {} 行已删去，Ctrl-Z 退回", row + 1)));
        }
        intents
    }

    /// F4 in a prompt: its phrases, or closes them.
    pub(super) fn phrases(&mut self) -> Vec<Intent> {
        match self.prompt.as_mut().map(Prompt::phrases) {
            Some(Happened::Say(text)) => vec![Intent::Say(text)],
            _ => Vec::new(),
        }
    }

    /// Takes the last step back.
    pub(super) fn undo(&mut self) -> Vec<Intent> {
        self.begun = None;
        self.store();
        let now = std::mem::take(&mut self.rows.rows);
        let found = loop {
            match self.steps.before.pop_back() {
                Some((rows, _)) if rows == now => {}
                other => break other,
            }
        };
        let Some((rows, at)) = found else {
            self.rows.rows = now;
            self.load();
            return vec![Intent::Say("没有可以退回的一步；报批之前的不能退回".to_owned())];
        };
        let old: BTreeMap<u16, &Row> = now.iter().map(|row| (row.serial, row)).collect();
        let differs = |row: &&Row| old.get(&row.serial).is_none_or(|old| old.cells != row.cells);
        let touched: Vec<u16> = rows.iter().filter(differs).map(|row| row.serial).collect();
        // Numbers that were given meanwhile stay given: what a row's case is called is never another's.
        self.rows.rows = rows;
        self.judge_anew(&touched);
        self.at = at;
        self.load();
        let mut intents = self.keep();
        intents.push(Intent::Say("退回了一步；再按 Ctrl-Z 再退".to_owned()));
        intents
    }
}
