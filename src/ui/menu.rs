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
    /// Two entries side by side, where there are more than rows.
    Pair([Option<(&'a Entry<T>, usize)>; 2]),
    Free,
}

impl<T> Drawn<'_, T> {
    /// Whether the entry of that place stands here.
    fn holds(&self, at: usize) -> bool {
        match self {
            Drawn::Entry(_, place) => *place == at,
            Drawn::Pair(two) => two.iter().flatten().any(|(_, place)| *place == at),
            Drawn::Head(_) | Drawn::Free => false,
        }
    }
}

/// Columns of a cell right of the label.
const CELL: u16 = 7;
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
    /// sections without counts stand in two columns; where that is not enough, the part around the cursor is seen.
    pub fn draw(&self, canvas: &mut Canvas, row: u16, cols: u16, rows: u16) {
        let room = usize::from(self.rows().min(rows).saturating_sub(1));
        let lines = self.lines(room);
        let here = lines.iter().position(|line| line.holds(self.at));
        let top = here.map_or(0, |here| (here + 1).saturating_sub(room));
        for (at, line) in (row..).zip(lines.iter().skip(top).take(room)) {
            match line {
                Drawn::Head(section) => {
                    canvas.put_within(at, 3, cols.saturating_sub(3), &section.head, Role::Heading);
                    self.draw_cells(canvas, at, cols, section.cells.as_slice(), Role::Muted);
                }
                Drawn::Entry(entry, place) => self.draw_entry(canvas, at, cols, entry, *place == self.at),
                Drawn::Pair(two) => self.draw_pair(canvas, at, cols, two),
                Drawn::Free => {}
            }
        }
        let row = row + self.rows().min(rows).saturating_sub(1);
        canvas.put(row, 3, "选择 [", Role::Label);
        canvas.put_box(row, FIELD, 2, &self.typed, Role::FieldFocus);
        canvas.put(row, FIELD + 2, "]", Role::Label);
    }

    fn lines(&self, room: usize) -> Vec<Drawn<'_, T>> {
        let loose = self.laid(false);
        if loose.len() <= room { loose } else { self.laid(true) }
    }

    fn laid(&self, tight: bool) -> Vec<Drawn<'_, T>> {
        let mut lines = Vec::new();
        let mut place = 0;
        for section in &self.sections {
            if !lines.is_empty() && !tight {
                lines.push(Drawn::Free);
            }
            lines.push(Drawn::Head(section));
            let entries: Vec<(&Entry<T>, usize)> = section.entries.iter().zip(place..).collect();
            place += entries.len();
            if tight && section.cells.is_empty() {
                let pairs = entries.chunks(2).map(|two| [two.first().copied(), two.get(1).copied()]);
                lines.extend(pairs.map(Drawn::Pair));
            } else {
                lines.extend(entries.into_iter().map(|(entry, place)| Drawn::Entry(entry, place)));
            }
        }
        lines
    }

    fn draw_pair(&self, canvas: &mut Canvas, row: u16, cols: u16, two: &[Option<(&Entry<T>, usize)>; 2]) {
        let half = cols.saturating_sub(2) / 2;
        for ((entry, place), col) in two.iter().flatten().zip([3, 3 + half]) {
            let here = *place == self.at;
            let role = if here { Role::Selected } else { entry.role };
            if here {
                canvas.fill(row, col.saturating_sub(2), half, role);
                canvas.put(row, col.saturating_sub(2), ">", role);
            }
            canvas.put(row, col, &entry.number.to_string(), role);
            let room = half.saturating_sub(5);
            let cells: Vec<&str> =
                entry.cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
            let mut text = entry.label.clone();
            if let Some((short, _)) = text.split_once('(').filter(|_| columns(&text) > usize::from(room)) {
                text = short.to_owned();
            }
            let whole = format!("{text} {}", cells.join(" "));
            canvas.put_within(row, col + 3, room, whole.trim_end(), role);
        }
    }

    fn draw_entry(&self, canvas: &mut Canvas, row: u16, cols: u16, entry: &Entry<T>, here: bool) {
        let role = if here { Role::Selected } else { entry.role };
        if here {
            canvas.fill(row, 1, cols.saturating_sub(1), role);
            canvas.put(row, 1, ">", role);
        }
        let cells = u16::try_from(entry.cells.len()).unwrap_or(0) * CELL;
        canvas.put(row, 3, &entry.number.to_string(), role);
        canvas.put_within(row, 6, cols.saturating_sub(6 + cells), &entry.label, role);
        self.draw_cells(canvas, row, cols, &entry.cells, role);
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
        menu.draw(&mut Canvas::new(&mut buffer, &theme), 0, 44, 4);
        let text = testing::text(&buffer);
        assert!(text.contains("急难登记") && text.contains("选择 ["), "{text}");
        assert_eq!(menu.caret(4).0, 3);
    }

    #[test]
    fn a_menu_at_44_columns() {
        let menu = menu();
        let mut buffer = testing::buffer(44, menu.rows());
        let (theme, _) = Theme::load("plain", None, false);
        menu.draw(&mut Canvas::new(&mut buffer, &theme), 0, 44, 19);
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
}
