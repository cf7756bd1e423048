//! A numbered menu with counts, as on home (工作台): type a number or move, Enter opens.
//!
//! Must never show what does not work, and never open on a digit alone: numbers have two of them, and what waits in the
//! keyboard would open the wrong one.

use super::canvas::{Canvas, columns};
use super::key::Key;
use super::role::Role;
use crate::base::fold;

/// An entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<T> {
    /// Its number, 1 to 99; the same from day to day.
    pub number: u8,
    /// Its Chinese label.
    pub label: String,
    /// What stands right of it, a cell each: how many, since when.
    pub cells: Vec<String>,
    /// How it is marked: [`Role::Text`] as usual.
    pub role: Role,
    /// What it opens.
    pub target: T,
}

/// What a key brought about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened<T> {
    /// Not a key of menus.
    Nothing,
    /// The cursor or the number changed.
    Moved,
    /// Opened.
    Chosen(T),
    /// A sentence for the message line.
    Say(String),
}

/// A part of a menu under a head of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section<T> {
    /// The head: 我的待办, 办事.
    pub head: String,
    /// The heads of the cells.
    pub cells: Vec<String>,
    /// The entries.
    pub entries: Vec<Entry<T>>,
}

/// A menu.
#[derive(Debug, Clone)]
pub struct Menu<T> {
    sections: Vec<Section<T>>,
    at: usize,
    typed: String,
}

/// A line of a menu as it is drawn; entries with their place.
enum Drawn<'a, T> {
    Head(&'a Section<T>),
    Entry(&'a Entry<T>, usize),
    /// Entries side by side, where there are more than rows.
    Row(Vec<Placed<'a, T>>),
    /// The same over the whole window.
    Wide(Vec<Placed<'a, T>>),
    /// Two entries with their cells, a half of the window each; the head over such.
    Halves(Vec<(&'a Entry<T>, usize)>),
    Heads(&'a Section<T>),
    Free,
}

/// An entry among others of its row.
struct Placed<'a, T> {
    entry: &'a Entry<T>,
    place: usize,
    text: String,
    col: u16,
    cols: u16,
}

impl<T> Drawn<'_, T> {
    /// Whether the entry of that place stands here.
    fn holds(&self, at: usize) -> bool {
        match self {
            Drawn::Entry(_, place) => *place == at,
            Drawn::Row(row) | Drawn::Wide(row) => row.iter().any(|one| one.place == at),
            Drawn::Halves(two) => two.iter().any(|(_, place)| *place == at),
            Drawn::Head(_) | Drawn::Heads(_) | Drawn::Free => false,
        }
    }
}

/// How close entries stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Close {
    /// A row for each.
    Loose,
    /// Those of sections without counts side by side in the menu's columns.
    Side,
    /// The same over the whole window.
    Wide,
    /// Where nothing waits, too.
    Nothing,
    /// Everything over the whole window: what waits in two halves.
    Halves,
}

/// Columns of a cell right of the label.
const CELL: u16 = 7;
/// The least columns of an entry that stands beside others.
const BESIDE: u16 = 19;
/// Columns of its number and of what parts it from the next one.
const AROUND: u16 = 4;
/// Digits of a number.
const DIGITS: usize = 2;

impl<T: Clone> Menu<T> {
    /// A menu with the cursor on its first entry.
    pub fn new(sections: Vec<Section<T>>) -> Menu<T> {
        Menu { sections, at: 0, typed: String::new() }
    }

    /// New counts: the cursor stays with the number it stood on.
    pub fn replace(&mut self, sections: Vec<Section<T>>) {
        let here = self.entry(self.at).map(|e| e.number);
        self.sections = sections;
        let there = self.entries().position(|e| Some(e.number) == here);
        self.at = there.unwrap_or(self.at).min(self.entries().count().saturating_sub(1));
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Happened<T> {
        let last = self.entries().count().saturating_sub(1);
        match key {
            Key::Char(c) => return self.digit(c),
            Key::Backspace => {
                self.typed.pop();
            }
            Key::CtrlBackspace | Key::Delete => self.typed.clear(),
            Key::Enter => return self.enter(),
            Key::Up => self.move_to(self.at.saturating_sub(1)),
            Key::Down => self.move_to((self.at + 1).min(last)),
            Key::Home | Key::PgUp => self.move_to(0),
            Key::End | Key::PgDn => self.move_to(last),
            _ => return Happened::Nothing,
        }
        Happened::Moved
    }

    fn move_to(&mut self, at: usize) {
        self.at = at;
        self.typed.clear();
    }

    fn digit(&mut self, c: char) -> Happened<T> {
        let digit = fold::digits(&c.to_string());
        if !digit.chars().all(|c| c.is_ascii_digit()) {
            return Happened::Say("请打编号，或用上下键选，回车进入".to_owned());
        }
        if self.typed.len() >= DIGITS {
            self.typed.clear();
        }
        self.typed.push_str(&digit);
        if let Some(at) = self.numbered() {
            self.at = at;
        }
        Happened::Moved
    }

    fn numbered(&self) -> Option<usize> {
        let number = self.typed.parse::<u8>().ok()?;
        self.entries().position(|e| e.number == number)
    }

    fn enter(&mut self) -> Happened<T> {
        let at = if self.typed.is_empty() { Some(self.at) } else { self.numbered() };
        let chosen = at.and_then(|at| self.entry(at)).map(|e| e.target.clone());
        let typed = std::mem::take(&mut self.typed);
        match chosen {
            Some(target) => Happened::Chosen(target),
            None => Happened::Say(format!("没有编号 {typed}，请看左边的编号重打")),
        }
    }

    fn entries(&self) -> impl Iterator<Item = &Entry<T>> {
        self.sections.iter().flat_map(|s| &s.entries)
    }

    fn entry(&self, at: usize) -> Option<&Entry<T>> {
        self.entries().nth(at)
    }

    /// Rows that it takes: heads, entries, a free row between sections, and the field.
    pub fn rows(&self) -> u16 {
        let rows: usize = self.sections.iter().map(|s| s.entries.len() + 2).sum();
        u16::try_from(rows).unwrap_or(u16::MAX)
    }

    /// Row and column of the caret, from the first row of the menu, where it has so many rows.
    pub fn caret(&self, rows: u16) -> (u16, u16) {
        let typed = u16::try_from(self.typed.len()).unwrap_or(0).min(1);
        (self.rows().min(rows).saturating_sub(1), FIELD + typed)
    }

    /// Draws it from a row on, `cols` wide and at most `rows` high; the last row is the field. Where it does not fit,
    /// sections without counts stand side by side, over `wide` columns where that helps, then also what has nothing waiting,
    /// then all entries in two halves of it; where all that is not enough, the part around the cursor is seen.
    pub fn draw(&self, canvas: &mut Canvas, row: u16, (cols, wide): (u16, u16), rows: u16) {
        for (at, line) in (row..).zip(self.seen((cols, wide), rows)) {
            match line {
                Drawn::Head(section) => {
                    canvas.put_within(at, 3, cols.saturating_sub(3), &section.head, Role::Heading);
                    self.draw_cells(canvas, at, cols, section.cells.as_slice(), Role::Muted);
                }
                Drawn::Entry(entry, place) => {
                    self.draw_entry(canvas, at, (0, cols), entry, place == self.at);
                }
                Drawn::Halves(two) => {
                    for ((entry, place), half) in two.into_iter().zip(halves(wide)) {
                        self.draw_entry(canvas, at, half, entry, place == self.at);
                    }
                }
                Drawn::Heads(section) => {
                    canvas.put_within(at, 3, wide.saturating_sub(3), &section.head, Role::Heading);
                    for (_, end) in halves(wide) {
                        self.draw_cells(canvas, at, end, section.cells.as_slice(), Role::Muted);
                    }
                }
                Drawn::Row(row) | Drawn::Wide(row) => self.draw_row(canvas, at, &row),
                Drawn::Free => {}
            }
        }
        let row = row + self.rows().min(rows).saturating_sub(1);
        canvas.put(row, 3, "选择 [", Role::Label);
        canvas.put_box(row, FIELD, 2, &self.typed, Role::FieldFocus);
        canvas.put(row, FIELD + 2, "]", Role::Label);
    }

    /// How many rows from its first one leave what stands right of it free.
    pub fn beside(&self, (cols, wide): (u16, u16), rows: u16) -> u16 {
        let lines = self.seen((cols, wide), rows);
        let over =
            lines.iter().position(|line| matches!(line, Drawn::Wide(_) | Drawn::Halves(_) | Drawn::Heads(_)));
        over.and_then(|at| u16::try_from(at).ok()).unwrap_or(rows)
    }

    /// Whether the row above the field is free.
    pub fn has_free_row(&self, columns: (u16, u16), rows: u16) -> bool {
        let lines = u16::try_from(self.seen(columns, rows).len()).unwrap_or(u16::MAX);
        lines.saturating_add(1) < self.rows().min(rows)
    }

    /// The lines that are seen.
    fn seen(&self, (cols, wide): (u16, u16), rows: u16) -> Vec<Drawn<'_, T>> {
        let room = usize::from(self.rows().min(rows).saturating_sub(1));
        let mut lines = Vec::new();
        let half = wide > cols;
        let levels = [Close::Loose, Close::Side, Close::Wide, Close::Nothing, Close::Halves];
        for close in levels.into_iter().filter(|close| *close != Close::Halves || half) {
            lines = self.laid(close, cols, wide);
            if lines.len() <= room {
                break;
            }
        }
        let here = lines.iter().position(|line| line.holds(self.at));
        let top = here.map_or(0, |here| (here + 1).saturating_sub(room));
        lines.into_iter().skip(top).take(room).collect()
    }

    fn laid(&self, close: Close, cols: u16, wide: u16) -> Vec<Drawn<'_, T>> {
        let mut lines = Vec::new();
        let mut place = 0;
        let over = wide > cols && matches!(close, Close::Wide | Close::Nothing | Close::Halves);
        for section in &self.sections {
            if !lines.is_empty() && close == Close::Loose {
                lines.push(Drawn::Free);
            }
            let halved = close == Close::Halves && !section.cells.is_empty();
            lines.push(if halved { Drawn::Heads(section) } else { Drawn::Head(section) });
            let entries: Vec<(&Entry<T>, usize)> = section.entries.iter().zip(place..).collect();
            place += entries.len();
            if section.cells.is_empty() && close != Close::Loose {
                let rows = beside(&entries, if over { wide } else { cols });
                lines.extend(rows.into_iter().map(if over { Drawn::Wide } else { Drawn::Row }));
                continue;
            }
            if halved {
                lines.extend(entries.chunks(2).map(|two| Drawn::Halves(two.to_vec())));
                continue;
            }
            for run in entries.chunk_by(|a, b| close == Close::Nothing && idle(a.0) && idle(b.0)) {
                match run {
                    [(entry, place)] => lines.push(Drawn::Entry(entry, *place)),
                    run => lines.extend(beside(run, cols).into_iter().map(Drawn::Row)),
                }
            }
        }
        lines
    }

    fn draw_row(&self, canvas: &mut Canvas, row: u16, entries: &[Placed<'_, T>]) {
        for one in entries {
            let here = one.place == self.at;
            let role = if here { Role::Selected } else { one.entry.role };
            if here {
                canvas.fill(row, one.col.saturating_sub(2), one.cols, role);
                canvas.put(row, one.col.saturating_sub(2), ">", role);
            }
            canvas.put(row, one.col, &one.entry.number.to_string(), role);
            canvas.put_within(row, one.col + 3, one.cols.saturating_sub(AROUND), &one.text, role);
        }
    }

    /// An entry between two columns.
    fn draw_entry(
        &self,
        canvas: &mut Canvas,
        row: u16,
        (first, end): (u16, u16),
        entry: &Entry<T>,
        here: bool,
    ) {
        let role = if here { Role::Selected } else { entry.role };
        if here {
            canvas.fill(row, first + 1, end.saturating_sub(first + 1), role);
            canvas.put(row, first + 1, ">", role);
        }
        let cells = u16::try_from(entry.cells.len()).unwrap_or(0) * CELL;
        let room = end.saturating_sub(first + 6 + cells);
        canvas.put(row, first + 3, &entry.number.to_string(), role);
        canvas.put_within(row, first + 6, room, &fitting(&entry.label, usize::from(room)), role);
        self.draw_cells(canvas, row, end, &entry.cells, role);
    }

    fn draw_cells(&self, canvas: &mut Canvas, row: u16, cols: u16, cells: &[String], role: Role) {
        let mut end = cols;
        for text in cells.iter().rev() {
            if columns(text) < usize::from(CELL) {
                canvas.put_right(row, end, text, role);
            } else {
                canvas.put_within(row, end.saturating_sub(CELL), CELL, text, role);
            }
            end = end.saturating_sub(CELL);
        }
    }
}

/// The two halves of a window, from column to column.
fn halves(wide: u16) -> [(u16, u16); 2] {
    let half = wide / 2;
    [(0, half), (half, wide)]
}

/// A label in so many columns: without what stands in brackets where there is no room for that, the mark of being late kept.
fn fitting(label: &str, room: usize) -> String {
    match label.split_once('(') {
        Some((short, behind)) if columns(label) > room => {
            format!("{short}{}", if behind.ends_with('!') { " !" } else { "" })
        }
        _ => label.to_owned(),
    }
}

/// Whether nothing waits there.
fn idle<T>(entry: &Entry<T>) -> bool {
    entry.role == Role::Text && entry.cells.first().is_some_and(|count| count == "0")
}

/// Entries in rows, each in as many columns of equal width as it needs: none is cut while the row has room for it.
fn beside<'a, T>(entries: &[(&'a Entry<T>, usize)], cols: u16) -> Vec<Vec<Placed<'a, T>>> {
    let room = cols.saturating_sub(2);
    let across = (room / BESIDE).max(1);
    let unit = room / across;
    let mut rows: Vec<Vec<Placed<'a, T>>> = Vec::new();
    let mut used = across;
    for &(entry, place) in entries {
        let cells: Vec<&str> =
            entry.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        let cells = cells.join(" ");
        let told = |label: &str| format!("{label} {cells}").trim_end().to_owned();
        let needs = |text: &str| u16::try_from(columns(text)).unwrap_or(u16::MAX).saturating_add(AROUND);
        let mut text = told(&entry.label);
        if needs(&text) > unit {
            text = told(&fitting(&entry.label, 0));
        }
        let span = needs(&text).div_ceil(unit).clamp(1, across);
        if used + span > across {
            rows.push(Vec::new());
            used = 0;
        }
        if let Some(row) = rows.last_mut() {
            row.push(Placed { entry, place, text, col: 3 + used * unit, cols: span * unit });
        }
        used += span;
    }
    rows
}

/// Where the number is typed.
const FIELD: u16 = 9;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing;
    use crate::ui::theme::Theme;

    fn menu() -> Menu<&'static str> {
        let entry = |number, label: &'static str, cells: [&str; 2]| Entry {
            number,
            label: label.to_owned(),
            cells: cells.map(str::to_owned).to_vec(),
            role: Role::Text,
            target: label,
        };
        Menu::new(vec![
            Section {
                head: "我的待办".to_owned(),
                cells: vec!["件数".to_owned(), "最早".to_owned()],
                entries: vec![
                    entry(1, "未交暂存", ["2", "昨天"]),
                    entry(2, "待补登记(先行救助)", ["1", "6天 !"]),
                ],
            },
            Section {
                head: "办事".to_owned(),
                cells: Vec::new(),
                entries: vec![entry(11, "急难登记(先救后补)", ["", "F6"])],
            },
        ])
    }

    #[test]
    fn a_number_and_enter_opens_and_digits_alone_do_not() {
        let mut menu = menu();
        assert_eq!(menu.key(Key::Char('１')), Happened::Moved);
        assert_eq!(menu.key(Key::Char('1')), Happened::Moved);
        assert_eq!(menu.key(Key::Enter), Happened::Chosen("急难登记(先救后补)"));
        assert_eq!(menu.key(Key::Home), Happened::Moved);
        menu.key(Key::Down);
        assert_eq!(menu.key(Key::Enter), Happened::Chosen("待补登记(先行救助)"));
        menu.key(Key::Char('9'));
        assert!(matches!(menu.key(Key::Enter), Happened::Say(text) if text.contains('9')));
        assert!(matches!(menu.key(Key::Char('a')), Happened::Say(_)));
    }

    #[test]
    fn the_cursor_stays_with_its_number_when_counts_change() {
        let mut menu = menu();
        menu.key(Key::End);
        let mut sections = super::tests::menu().sections;
        sections.remove(0);
        menu.replace(sections);
        assert_eq!(menu.key(Key::Enter), Happened::Chosen("急难登记(先救后补)"));
    }

    #[test]
    fn a_menu_too_high_shows_the_part_around_the_cursor() {
        let mut menu = menu();
        menu.key(Key::End);
        let mut buffer = testing::buffer(44, 4);
        let (theme, _) = Theme::load("plain", None, false);
        menu.draw(&mut Canvas::new(&mut buffer, &theme), 0, (44, 44), 4);
        let text = testing::text(&buffer);
        assert!(text.contains("急难登记") && text.contains("选择 ["), "{text}");
        assert_eq!(menu.caret(4).0, 3);
    }

    #[test]
    fn a_menu_at_44_columns() {
        let menu = menu();
        let mut buffer = testing::buffer(44, menu.rows());
        let (theme, _) = Theme::load("plain", None, false);
        menu.draw(&mut Canvas::new(&mut buffer, &theme), 0, (44, 44), 19);
        testing::assert_widths_certain(&buffer);
        assert_eq!(buffer[(menu.caret(19).1, menu.caret(19).0)].style().bg, theme.style(Role::FieldFocus).bg);
        insta::assert_snapshot!(testing::text(&buffer), @r#"
  我的待办                      件数   最早
> 1  未交暂存                      2   昨天
  2  待补登记(先行救助)            1  6天 !

  办事
  11 急难登记(先救后补)                  F6
  选择 [  ]
"#);
    }

    /// What waits, what does not, and more to begin than rows.
    fn crowded() -> Menu<u8> {
        let entry = |number: u8, label: &str, cells: [&str; 2]| Entry {
            number,
            label: label.to_owned(),
            cells: cells.map(str::to_owned).to_vec(),
            role: Role::Text,
            target: number,
        };
        let waiting = (1..=6).map(|number| match number {
            3..=5 => entry(number, "待评议/公示(支出型)", ["0", ""]),
            number => entry(number, "待补登记(先行救助)", ["12", "10天"]),
        });
        let begun = (11..=22).map(|number| match number {
            13 => entry(number, "转介、退回(县局办理中) !", ["4", "10天"]),
            14 => entry(number, "委托、值班、交接", ["", ""]),
            number => entry(number, "支出型申请登记", ["", ""]),
        });
        Menu::new(vec![
            Section {
                head: "我的待办".to_owned(),
                cells: vec!["件数".to_owned(), "最早".to_owned()],
                entries: waiting.collect(),
            },
            Section { head: "办事".to_owned(), cells: Vec::new(), entries: begun.collect() },
        ])
    }

    fn shown(menu: &Menu<u8>, (cols, wide): (u16, u16), rows: u16) -> String {
        let mut buffer = testing::buffer(wide, rows);
        let (theme, _) = Theme::load("plain", None, false);
        menu.draw(&mut Canvas::new(&mut buffer, &theme), 0, (cols, wide), rows);
        testing::assert_widths_certain(&buffer);
        testing::text(&buffer)
    }

    #[test]
    fn entries_side_by_side_are_never_cut() {
        let menu = crowded();
        for (cols, wide, rows) in [(44, 44, 16), (44, 79, 13), (59, 59, 13)] {
            let text = shown(&menu, (cols, wide), rows);
            assert!(text.contains("转介、退回 ! 4 10天"), "{cols} {wide} {rows}\n{text}");
            assert!(text.contains("委托、值班、交接") && text.contains("22 支出型申请登记"), "{text}");
        }
    }

    #[test]
    fn rows_are_saved_before_anything_scrolls_away() {
        let menu = crowded();
        let text = shown(&menu, (44, 79), 13);
        assert!(text.lines().filter(|line| line.contains("支出型申请登记  1")).count() > 0, "{text}");
        assert_eq!(menu.beside((44, 79), 13), 8, "above the part over the whole window:\n{text}");
        let tighter = shown(&menu, (44, 79), 12);
        assert!(tighter.contains("待评议/公示 0") && tighter.contains("22 支出型申请登记"), "{tighter}");
        let halves = shown(&menu, (44, 79), 10);
        let first = halves.lines().nth(1).unwrap();
        assert_eq!(first.matches("10天").count(), 2, "{halves}");
        assert!(halves.contains("22 支出型申请登记") && menu.beside((44, 79), 10) == 0, "{halves}");
        assert_eq!(menu.beside((44, 79), 24), 24, "where everything fits nothing is over the side");
    }
}
