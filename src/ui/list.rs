//! The engine of every list and queue: columns declared as a table, a row supplier, 定位 and 选.
//!
//! Must never ask the supplier for a row that is not seen: the cost of a frame does not grow with the list. Must never
//! take a letter for a command: letters and hanzi go to 定位, digits in 选 say what is to be done with a row.

use std::collections::{BTreeMap, BTreeSet};

use super::canvas::{Canvas, columns};
use super::key::Key;
use super::line::Line;
use super::role::Role;
use super::screen::Size;
use super::table::{Column, cell, plan};

/// A thing that can be done with a row, by a digit in 选.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RowOption {
    /// 1 打开, 2 改, 4 撤回, 5 查看, 7 打印; 8 and 9 are the screen's own.
    pub digit: char,
    /// Its Chinese label.
    pub label: &'static str,
}

/// Where the rows come from. Cheap to call for the rows of one page.
pub trait Rows {
    /// How many there are.
    fn len(&self) -> usize;

    /// True when there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The cells of a row, as many as there are columns.
    fn row(&self, index: usize) -> Vec<String>;

    /// What names the row for good, so that the cursor and the ticks stay with it when the list is read again.
    fn id(&self, index: usize) -> String;

    /// Why the row cannot be ticked, where it cannot.
    fn untickable(&self, _index: usize) -> Option<String> {
        None
    }

    /// How the row is to be marked: `None` as usual.
    fn role(&self, _index: usize) -> Option<Role> {
        None
    }

    /// The rows that match what stands in 定位: hanzi, initials, last digits, number. In the order of the list.
    fn locate(&self, needle: &str) -> Vec<usize>;
}

/// What a list is declared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListTable {
    /// What 定位 looks at: `姓名/拼音首字母/身份证后4位/编号`.
    pub locate: &'static str,
    /// The columns after 选.
    pub columns: &'static [Column],
    /// What can be done with a row; the first is what Enter alone does.
    pub options: &'static [RowOption],
    /// True where space ticks rows for a batch and `+` ticks all of them.
    pub ticks: bool,
    /// What is said when there is no row.
    pub empty: &'static str,
}

/// What a key brought about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// Not a key of lists.
    Nothing,
    /// The cursor, a tick or 定位 changed.
    Moved,
    /// Rows (by [`Rows::id`]) and what is to be done with each, from above to below.
    Chosen(Vec<(String, char)>),
    /// A sentence for the message line.
    Say(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    Locate,
    Rows,
}

/// Rows above the list: 定位, a free one, heads, dashes.
const ABOVE: u16 = 4;
/// Rows below the list: a free one and the options.
const BELOW: u16 = 2;
/// Where the box of 选 stands, and where the columns begin.
const BOX: u16 = 1;
const FIRST: u16 = 5;
/// Columns of the 定位 field.
const LOCATE: u16 = 16;

/// A list: what the officer set, and what follows from it.
#[derive(Debug)]
pub struct List<R: Rows> {
    table: ListTable,
    rows: R,
    // What the officer set.
    locate: Line,
    focus: Focus,
    at: usize,
    marks: BTreeMap<String, char>,
    ticks: BTreeSet<String>,
    size: Size,
    /// The digit typed last in 选, its row and what stood there: it may turn out to be the first one of a burst.
    typed: Option<(char, String, Option<char>)>,
    // What follows: the matching rows, `None` for all of them.
    found: Option<Vec<usize>>,
}

impl<R: Rows> List<R> {
    /// A list with the cursor on its first row.
    pub fn new(table: ListTable, rows: R) -> List<R> {
        List {
            table,
            rows,
            locate: Line::new(30),
            focus: Focus::Rows,
            at: 0,
            marks: BTreeMap::new(),
            ticks: BTreeSet::new(),
            size: Size { rows: 19, cols: 80 },
            typed: None,
            found: None,
        }
    }

    /// The rows.
    pub fn rows(&self) -> &R {
        &self.rows
    }

    /// New rows: the cursor, the marks and the ticks stay with what they stood on, as far as it is still there.
    pub fn replace(&mut self, rows: R) {
        let here = self.selected_id();
        let place = self.at;
        self.rows = rows;
        self.search();
        let there = here.and_then(|id| (0..self.len()).find(|i| self.id(*i).as_deref() == Some(&id)));
        self.at = there.unwrap_or(place).min(self.len().saturating_sub(1));
        if !self.marks.is_empty() || !self.ticks.is_empty() {
            let ids: BTreeSet<String> = (0..self.rows.len()).map(|i| self.rows.id(i)).collect();
            self.marks.retain(|id, _| ids.contains(id));
            self.ticks.retain(|id| ids.contains(id));
        }
    }

    /// What can be done with a row, where that depends on who looks.
    pub fn offer(&mut self, options: &'static [RowOption]) {
        self.table.options = options;
        self.marks.retain(|_, digit| options.iter().any(|option| option.digit == *digit));
    }

    /// What Enter alone does.
    pub fn first_option(&self) -> &'static str {
        self.table.options.first().map_or("", |option| option.label)
    }

    /// Why no page is to be turned.
    pub fn one_page(&self) -> Option<String> {
        (self.len() <= self.page()).then(|| "只有一页".to_owned())
    }

    /// The part of the window it has.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
    }

    /// The row with the cursor, as an index into the rows.
    pub fn selected(&self) -> Option<usize> {
        self.index(self.at)
    }

    /// The name of the row with the cursor.
    pub fn selected_id(&self) -> Option<String> {
        self.id(self.at)
    }

    /// The ticked rows.
    pub fn ticked(&self) -> &BTreeSet<String> {
        &self.ticks
    }

    /// True while the cursor stands in 定位.
    pub fn is_locating(&self) -> bool {
        self.focus == Focus::Locate
    }

    /// Text that came at once goes to 定位, with its first digit, which was taken for an option; a card reader's Enter
    /// leads back to the rows.
    pub fn burst(&mut self, text: &str) -> Happened {
        if let Some((digit, id, before)) = self.typed.take() {
            match before {
                Some(mark) => self.marks.insert(id, mark),
                None => self.marks.remove(&id),
            };
            self.locate.set(&digit.to_string());
        }
        self.focus = Focus::Locate;
        self.locate.paste(text);
        self.search();
        if text.ends_with('\n') && self.len() > 0 {
            self.focus = Focus::Rows;
        }
        Happened::Moved
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Happened {
        self.typed = None;
        match self.focus {
            Focus::Locate => self.key_in_locate(key),
            Focus::Rows => self.key_in_rows(key),
        }
    }

    fn key_in_locate(&mut self, key: Key) -> Happened {
        match key {
            Key::Enter | Key::Down | Key::Tab | Key::BackTab | Key::Up => {
                if self.len() == 0 {
                    return Happened::Say("没有找到，请改定位内容，或按 Ctrl-Backspace 清空".to_owned());
                }
                self.focus = Focus::Rows;
                Happened::Moved
            }
            Key::PgDn | Key::PgUp => self.moved(key),
            key if self.locate.key(key) => {
                self.search();
                Happened::Moved
            }
            _ => Happened::Nothing,
        }
    }

    fn key_in_rows(&mut self, key: Key) -> Happened {
        match key {
            Key::Tab | Key::BackTab => self.focus = Focus::Locate,
            Key::Up if self.at == 0 => self.focus = Focus::Locate,
            Key::Enter => return self.enter(),
            Key::Char(' ' | '　') if self.table.ticks => return self.tick(),
            Key::Char('+' | '＋') if self.table.ticks => self.tick_all(),
            Key::Char(' ' | '　') | Key::Backspace | Key::Delete => {
                if let Some(id) = self.selected_id() {
                    self.marks.remove(&id);
                }
            }
            Key::CtrlBackspace => {
                self.locate.set("");
                self.search();
            }
            Key::Char(c) => return self.character(c),
            _ => return self.moved(key),
        }
        Happened::Moved
    }

    fn character(&mut self, c: char) -> Happened {
        let half = match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            other => other,
        };
        if !half.is_ascii_digit() {
            self.focus = Focus::Locate;
            return self.key_in_locate(Key::Char(c));
        }
        let Some(id) = self.selected_id() else { return Happened::Moved };
        self.typed = Some((half, id.clone(), self.marks.get(&id).copied()));
        if half == '0' {
            self.marks.remove(&id);
            return Happened::Moved;
        }
        if !self.table.options.iter().any(|o| o.digit == half) {
            return Happened::Say(format!("这里没有 {half}，可以打 {}", self.options_text()));
        }
        self.marks.insert(id, half);
        Happened::Moved
    }

    fn enter(&mut self) -> Happened {
        let chosen: Vec<(String, char)> = match (self.marks.is_empty(), self.table.options.first()) {
            (true, Some(first)) => self.selected_id().map(|id| (id, first.digit)).into_iter().collect(),
            _ => (0..self.rows.len())
                .filter_map(|i| {
                    let id = self.rows.id(i);
                    self.marks.get(&id).map(|digit| (id, *digit))
                })
                .collect(),
        };
        self.marks.clear();
        if chosen.is_empty() { Happened::Say(self.table.empty.to_owned()) } else { Happened::Chosen(chosen) }
    }

    fn tick(&mut self) -> Happened {
        let Some(id) = self.selected_id() else { return Happened::Moved };
        if self.ticks.remove(&id) {
            return Happened::Moved;
        }
        match self.selected().and_then(|index| self.rows.untickable(index)) {
            Some(why) => Happened::Say(why),
            None => {
                self.ticks.insert(id);
                Happened::Moved
            }
        }
    }

    fn tick_all(&mut self) {
        let may =
            |place: &usize| self.index(*place).is_some_and(|index| self.rows.untickable(index).is_none());
        let seen: BTreeSet<String> = (0..self.len()).filter(may).filter_map(|i| self.id(i)).collect();
        if seen.is_subset(&self.ticks) {
            self.ticks.retain(|id| !seen.contains(id));
        } else {
            self.ticks.extend(seen);
        }
    }

    fn moved(&mut self, key: Key) -> Happened {
        let last = self.len().saturating_sub(1);
        let page = self.page();
        self.at = match key {
            Key::Up => self.at.saturating_sub(1),
            Key::Down => (self.at + 1).min(last),
            Key::PgUp => self.at.saturating_sub(page),
            Key::PgDn => (self.at + page).min(last),
            Key::Home | Key::CtrlHome => 0,
            Key::End | Key::CtrlEnd => last,
            _ => return Happened::Nothing,
        };
        Happened::Moved
    }

    fn search(&mut self) {
        let needle = self.locate.text().trim();
        self.found = (!needle.is_empty()).then(|| self.rows.locate(needle));
        self.at = 0;
    }

    fn len(&self) -> usize {
        self.found.as_ref().map_or(self.rows.len(), Vec::len)
    }

    fn index(&self, place: usize) -> Option<usize> {
        match &self.found {
            Some(found) => found.get(place).copied().filter(|i| *i < self.rows.len()),
            None => (place < self.rows.len()).then_some(place),
        }
    }

    fn id(&self, place: usize) -> Option<String> {
        self.index(place).map(|i| self.rows.id(i))
    }

    /// Rows of one page. The list turns whole pages: a moved cursor repaints two rows, not all of them.
    fn page(&self) -> usize {
        usize::from(self.size.rows.saturating_sub(ABOVE + BELOW)).max(1)
    }

    fn top(&self) -> usize {
        self.at - self.at % self.page()
    }

    /// Row and column of the caret: in 定位, or in the 选 box of the row with the cursor.
    pub fn caret(&self) -> (u16, u16) {
        if self.focus == Focus::Locate || self.len() == 0 {
            return (0, self.locate_col() + self.locate.window(LOCATE).1);
        }
        let row = u16::try_from(self.at - self.top()).unwrap_or(0);
        (ABOVE + row, BOX + 1)
    }

    fn locate_label(&self) -> String {
        let full = format!("定位({}) ", self.table.locate);
        let room = usize::from(self.size.cols.saturating_sub(LOCATE + 24));
        if columns(&full) <= room { full } else { "定位 ".to_owned() }
    }

    fn locate_col(&self) -> u16 {
        2 + u16::try_from(columns(&self.locate_label())).unwrap_or(0)
    }

    fn options_text(&self) -> String {
        let each: Vec<String> =
            self.table.options.iter().map(|o| format!("{}={}", o.digit, o.label)).collect();
        each.join("  ")
    }

    /// Draws it over the whole canvas, which has the size last told.
    pub fn draw(&self, canvas: &mut Canvas) {
        self.draw_locate(canvas);
        let plan = plan(self.table.columns, FIRST, self.size.cols);
        canvas.put(2, BOX, if self.table.ticks { "选 " } else { "选" }, Role::Heading);
        canvas.dashes(3, BOX, 3);
        for (column, _, col, cols) in &plan {
            cell(canvas, 2, *col, *cols, column.head, column.align, Role::Heading);
            canvas.dashes(3, *col, *cols);
        }
        let top = self.top();
        for place in top..(top + self.page()).min(self.len()) {
            let row = ABOVE + u16::try_from(place - top).unwrap_or(0);
            self.draw_row(canvas, row, place, &plan);
        }
        if self.len() == 0 {
            let text =
                if self.found.is_some() { "没有找到，请改定位内容" } else { self.table.empty };
            canvas.put(ABOVE, FIRST, text, Role::Muted);
        }
        let mut options = self.options_text();
        if self.table.ticks {
            options.push_str("  空格=选/不选  +=全选");
        }
        // In a narrow window the options themselves come first.
        let told = format!("选项打在方括号里：{options}");
        let room = usize::from(self.size.cols.saturating_sub(BOX));
        let options = if columns(&told) <= room { told } else { format!("选项：{options}") };
        canvas.put(self.size.rows.saturating_sub(1), BOX, &options, Role::Muted);
    }

    fn draw_locate(&self, canvas: &mut Canvas) {
        let focused = self.focus == Focus::Locate || self.len() == 0;
        let col = self.locate_col();
        canvas.put(0, 1, &self.locate_label(), Role::Label);
        let role = if focused { Role::FieldFocus } else { Role::Field };
        canvas.put(0, col - 1, "[", Role::Label);
        canvas.put_box(0, col, LOCATE, &self.locate.window(LOCATE).0, role);
        canvas.put(0, col + LOCATE, "]", Role::Label);
        let count = match (self.len(), self.top()) {
            (0, _) => "共 0 件".to_owned(),
            (len, top) => format!("第 {}-{} 共 {len} 件", top + 1, (top + self.page()).min(len)),
        };
        canvas.put_right(0, self.size.cols.saturating_sub(1), &count, Role::Muted);
    }

    fn draw_row(&self, canvas: &mut Canvas, row: u16, place: usize, plan: &[(Column, usize, u16, u16)]) {
        let Some(index) = self.index(place) else { return };
        let id = self.rows.id(index);
        let here = place == self.at;
        let role = match (here, self.rows.role(index)) {
            (true, _) => Role::Selected,
            (false, Some(role)) => role,
            (false, None) => Role::Text,
        };
        if here {
            canvas.fill(row, 0, self.size.cols, role);
            canvas.put(row, 0, ">", role);
        }
        let mark = match self.marks.get(&id) {
            Some(digit) => *digit,
            None if self.ticks.contains(&id) => 'x',
            None => ' ',
        };
        canvas.put(row, BOX, &format!("[{mark}]"), role);
        let cells = self.rows.row(index);
        for (column, place, col, cols) in plan {
            let text = cells.get(*place).map_or("", String::as_str);
            cell(canvas, row, *col, *cols, text, column.align, role);
        }
    }
}

#[cfg(test)]
#[path = "list_tests.rs"]
mod tests;
