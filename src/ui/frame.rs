//! What every screen has in common: title bar, rules, message line, a free line, key bar.
//!
//! Must never cover data: the message line lies outside the body. What the bar shows is made from the offers.

use super::action::Action;
use super::canvas::{Canvas, columns};
use super::key::Key;
use super::keymap::KeyMap;
use super::role::Role;
use super::screen::{Offer, Screen, Size};
use super::terminal::{COLS_MIN, ROWS_MIN};
use crate::base::width;

/// Rows that do not belong to the body: title and rule above; rule, message, free line and key bar below.
const AROUND: u16 = 6;
/// The column where the middle of the title bar begins in a window of 80.
const MIDDLE: u16 = 26;

/// What the title bar says about the desk.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Status {
    /// The office: `木头城子镇民政办`; empty before sign-in. Left out in a narrow window.
    pub office: String,
    /// The officer with role: `李桂芳(经办)`; empty before sign-in.
    pub officer: String,
    /// How the desk stands with the share, in a word or two: `联机`, `离线 3 笔待传`.
    pub link: String,
    /// The same in sentences for F1: what is wrong, what to do next, what can be done meanwhile.
    pub drive: String,
    /// Whether something is wrong with the share: then F1 begins with it.
    pub wrong: bool,
    /// The office's date and time: `11-23 09:15`.
    pub clock: String,
    /// True in the practice office (练习).
    pub practice: bool,
}

/// A sentence in the message line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The sentence.
    pub text: String,
    /// True for what is wrong.
    pub wrong: bool,
}

/// The body that a window of that size leaves to a screen.
pub fn body(cols: u16, rows: u16) -> Size {
    Size { rows: rows.saturating_sub(AROUND), cols }
}

/// True when a window of that size is large enough.
pub fn fits(cols: u16, rows: u16) -> bool {
    cols >= COLS_MIN && rows >= ROWS_MIN
}

/// Draws the frame and the screen in it, and says where the caret is in the window.
pub fn draw(
    canvas: &mut Canvas,
    screen: &dyn Screen,
    status: &Status,
    note: Option<&Note>,
    keys: &KeyMap,
) -> (u16, u16) {
    let (cols, rows) = (canvas.width(), canvas.height());
    if !fits(cols, rows) {
        return too_small(canvas);
    }
    title(canvas, screen, status);
    canvas.thick_rule(1);
    let size = body(cols, rows);
    screen.draw(&mut canvas.rows(2, size.rows));
    let foot = 2 + size.rows;
    canvas.rule(foot);
    let rest = message(canvas, foot + 1, screen, note);
    if status.practice {
        let mark = if rest { " 练习 " } else { " 练习：这里的人和钱都是编的 " };
        canvas.put_right(foot + 2, cols - 1, mark, Role::Practice);
    }
    key_bar(canvas, foot + 3, screen, keys);
    let (row, col) = screen.caret();
    (2 + row.min(size.rows.saturating_sub(1)), col.min(cols - 1))
}

/// The message or the hint. A sentence too long for its line goes on in the free one, and then true comes back: what is
/// wrong is never cut where it can be read.
fn message(canvas: &mut Canvas, row: u16, screen: &dyn Screen, note: Option<&Note>) -> bool {
    let (text, role) = match note {
        Some(note) if note.wrong => (format!("x {}", note.text), Role::Problem),
        Some(note) => (note.text.clone(), Role::Hint),
        None => (screen.hint(), Role::Hint),
    };
    let room = usize::from(canvas.width().saturating_sub(2));
    let lines = width::wrap(&width::fold_glyphs(&text), room);
    canvas.put(row, 1, lines.first().map_or("", String::as_str), role);
    let rest: String = lines.iter().skip(1).map(String::as_str).collect();
    // The mark of the practice office keeps its place.
    canvas.put_within(row + 1, 1, canvas.width().saturating_sub(10), &rest, role);
    !rest.is_empty()
}

fn too_small(canvas: &mut Canvas) -> (u16, u16) {
    let (cols, rows) = (canvas.width(), canvas.height());
    canvas.put(0, 0, &format!("窗口太小：现在 {cols} 列 {rows} 行，"), Role::Text);
    canvas.put(1, 0, &format!("至少要 {COLS_MIN} 列 {ROWS_MIN} 行。"), Role::Text);
    canvas.put(2, 0, "请把窗口拉大，录入的内容都在。", Role::Text);
    (rows.saturating_sub(1).min(3), 0)
}

fn title(canvas: &mut Canvas, screen: &dyn Screen, status: &Status) {
    let cols = canvas.width();
    canvas.fill(0, 0, cols, Role::Title);
    let mut end = canvas.put_right(0, cols.saturating_sub(1), &status.clock, Role::Title);
    if !status.link.is_empty() {
        end = canvas.put_right(0, end.saturating_sub(2), &status.link, Role::Title);
    }
    let mut left = 1;
    if status.practice {
        left = canvas.put(0, left, " 练习 ", Role::Practice) + 1;
    }
    let mut name = screen.name().to_owned();
    let subject = screen.subject();
    if !subject.is_empty() {
        name.push_str("  ");
        name.push_str(&subject);
    }
    let room = end.saturating_sub(left + 1);
    left = canvas.put_within(0, left, room, &name, Role::Title) + 2;
    let both = format!("{} {}", status.office, status.officer);
    let room = end.saturating_sub(left + 1);
    // What does not fit is left out whole: the office first, then the role.
    let name = status.officer.split('(').next().unwrap_or_default();
    let candidates = [both.trim(), status.officer.as_str(), name];
    let who = candidates.into_iter().find(|text| columns(text) <= usize::from(room)).unwrap_or_default();
    let wide = u16::try_from(columns(who)).unwrap_or(u16::MAX);
    let middle = left.max(MIDDLE.min(end.saturating_sub(wide.saturating_add(2))));
    canvas.put_within(0, middle, end.saturating_sub(middle + 1), who, Role::Title);
}

/// The key to show for an offer; `None` when no key does it on this kind of screen.
pub fn key_of(offer: &Offer, screen: &dyn Screen, keys: &KeyMap) -> Option<Key> {
    offer.key.or_else(|| offer.action.and_then(|action| keys.key(screen.context(), action)))
}

/// F1, which every screen has, and what the screen offers and can be done now, as far as the line goes.
fn key_bar(canvas: &mut Canvas, row: u16, screen: &dyn Screen, keys: &KeyMap) {
    let cols = canvas.width();
    canvas.fill(row, 0, cols, Role::Bar);
    let mut items: Vec<(String, String)> = Vec::new();
    let mut offers = screen.offers();
    if !offers.iter().any(|o| o.action == Some(Action::Help)) {
        let after_keys = offers.iter().take_while(|o| o.action.is_none()).count();
        offers.insert(after_keys, Offer::new(Action::Help));
    }
    for offer in offers.iter().filter(|o| o.disabled.is_none()) {
        if let Some(key) = key_of(offer, screen, keys) {
            items.push((key.to_string(), offer.label.clone()));
        }
    }
    let mut col: u16 = 1;
    for (key, label) in items {
        let wide = u16::try_from(columns(&key) + columns(&label)).unwrap_or(u16::MAX);
        if col.saturating_add(wide) > cols {
            break;
        }
        col = canvas.put(row, col, &key, Role::Key);
        col = canvas.put(row, col, &label, Role::Bar) + 1;
    }
}

#[cfg(test)]
#[path = "drive_tests.rs"]
mod drive_tests;
