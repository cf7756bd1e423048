//! Draws a form of the floor below: labels, fields with the focus in reverse, what is wrong beside them, and the list
//! of values over it; and turns keys and commands into those of the form.
//!
//! Must never keep a state of what is drawn: everything is derived from the form and the size, so that the caret and the
//! picture cannot part.

use unicode_segmentation::UnicodeSegmentation;

use super::action::Action;
use super::canvas::{Canvas, columns};
use super::key::Key;
use super::role::Role;
use super::screen::{Msg, Size};
use crate::forms::choices::ChoiceList;
use crate::forms::keys::FormKey;
use crate::forms::layout::{FieldBox, Layout, Rect, layout};
use crate::forms::problem::{Level, Problem};
use crate::forms::{Form, Kind, Outcome, Spot};

/// Most lines of values shown at once.
const POPUP_ROWS: u16 = 9;
/// Columns of the search in the list of values.
const SEARCH: u16 = 16;

/// The key of the form that a key of the keyboard is; `None` for keys that forms do not know.
pub fn form_key(key: Key) -> Option<FormKey> {
    Some(match key {
        Key::Char(c) => FormKey::Char(c),
        Key::Enter => FormKey::Enter,
        Key::Tab => FormKey::Tab,
        Key::BackTab => FormKey::BackTab,
        Key::Up => FormKey::Up,
        Key::Down => FormKey::Down,
        Key::Left => FormKey::Left,
        Key::Right => FormKey::Right,
        Key::Home => FormKey::Home,
        Key::End => FormKey::End,
        Key::CtrlHome => FormKey::FieldFirst,
        Key::CtrlEnd => FormKey::FieldLast,
        Key::CtrlBackspace => FormKey::Clear,
        Key::Backspace => FormKey::Backspace,
        Key::Delete => FormKey::Delete,
        Key::PgUp => FormKey::PgUp,
        Key::PgDn => FormKey::PgDn,
        Key::F(_) | Key::Esc | Key::Ctrl(_) => return None,
    })
}

/// The key of the form that a command is. `Back` and `Cancel` only while a list of values is open, which they close;
/// else they are the screen's.
pub fn form_action(form: &Form, action: Action) -> Option<FormKey> {
    match action {
        Action::Choose | Action::Phrases => Some(FormKey::Choose),
        Action::SameAsBefore => Some(FormKey::Same),
        Action::Undo => Some(FormKey::Undo),
        Action::New => Some(FormKey::AddRow),
        Action::DeleteRow => Some(FormKey::DeleteRow),
        Action::Submit => Some(FormKey::Submit),
        Action::Back | Action::Cancel if form.list().is_some() => Some(FormKey::Cancel),
        _ => None,
    }
}

/// A form with the hands of a screen: messages in, outcomes of the form out.
#[derive(Debug, Clone)]
pub struct FormPanel {
    /// The form.
    pub form: Form,
    /// The choice that the last character picked: it may turn out to be the first one of a burst.
    picked: Option<String>,
}

impl FormPanel {
    /// Around a form.
    pub fn new(form: Form) -> FormPanel {
        FormPanel { form, picked: None }
    }

    /// Hands a message to the form; `None` when it is none of the form's and the screen has to see to it.
    pub fn take(&mut self, msg: &Msg) -> Option<Vec<Outcome>> {
        let picked = self.picked.take();
        let key = match msg {
            Msg::Key(key) => form_key(*key)?,
            Msg::Action(action) => form_action(&self.form, *action)?,
            Msg::Burst(text) => match picked {
                Some(path) => return Some(self.unpick(&path)),
                None => FormKey::Paste(text.clone()),
            },
            Msg::Sized(_) | Msg::Shown | Msg::Reply(_) => return None,
        };
        let before = self.form.focus_path();
        let choice = matches!(self.form.field(self.form.focus()).map(|f| f.kind), Some(Kind::Choice(_)));
        let character = matches!(key, FormKey::Char(_));
        let outcomes = self.form.press(key);
        let moved = self.form.focus_path() != before;
        self.picked = (choice && character && moved).then_some(before);
        Some(outcomes)
    }

    /// A card reader or a paste hit a choice: its first digit chose something and went on. Both are taken back.
    fn unpick(&mut self, path: &str) -> Vec<Outcome> {
        let mut outcomes = Vec::new();
        if self.form.go(path) {
            outcomes = self.form.press(FormKey::Undo);
        }
        outcomes.push(Outcome::Told("这一项要打一个数字来选，刷卡或粘贴的内容没有收".to_owned()));
        outcomes
    }
}

/// What the message line says about the focused field: what is wrong with it, or its hint and clause.
pub fn hint(form: &Form) -> String {
    if form.list().is_some() {
        return "打数字、拼音首字母或汉字来找，回车选定，Esc 收起".to_owned();
    }
    let Some(field) = form.field(form.focus()) else { return String::new() };
    if let Some(problem) = form.beside(form.focus()) {
        let sentence = said(&problem);
        let named = sentence.starts_with(field.label);
        return if named { sentence } else { format!("{}：{sentence}", field.label) };
    }
    // What is too long to stand beside its field (the words of a large sum) is read here.
    let note = form.note(form.focus()).filter(|_| field.place.note_width > 0);
    if let Some(note) = note.filter(|note| columns(note) > usize::from(field.place.note_width)) {
        return format!("{}：{note}", field.label.replace(' ', ""));
    }
    match field.clause {
        Some(clause) => format!("{}：{}  {clause}", field.label, field.hint),
        None => format!("{}：{}", field.label, field.hint),
    }
}

fn said(problem: &Problem) -> String {
    match problem.clause {
        Some(clause) => format!("{}  {clause}", problem.sentence),
        None => problem.sentence.clone(),
    }
}

/// Where the caret stands: in the focused field, or in the search of the open list.
pub fn caret(form: &Form, size: Size) -> (u16, u16) {
    let layout = pages(form, size);
    let Some((_, one)) = layout.find(form.focus()) else { return (0, 0) };
    if let Some(list) = form.list() {
        let popup = popup(list, one.field, size);
        let typed = u16::try_from(columns(list.query())).unwrap_or(SEARCH);
        return (popup.row, popup.search_col() + typed.min(SEARCH - 1));
    }
    let (_, col) = window(&form.editing(), form.caret_column(), one.field.width);
    (one.field.y, one.field.x + col)
}

/// Draws the page with the focus, and the list of values over it.
pub fn draw(form: &Form, canvas: &mut Canvas) {
    let size = Size { rows: canvas.height(), cols: canvas.width() };
    let layout = pages(form, size);
    let Some((page, focused)) = layout.find(form.focus()) else { return };
    for one in layout.pages.get(page).into_iter().flatten() {
        draw_box(form, canvas, one);
    }
    draw_pages(canvas, &layout, page, size);
    if let Some(list) = form.list() {
        draw_popup(canvas, list, &popup(list, focused.field, size));
    }
}

/// The pages of a form; where there are several, the last row is kept for the mark that says which one it is.
fn pages(form: &Form, size: Size) -> Layout {
    let whole = layout(form, size.cols, size.rows);
    if whole.pages.len() < 2 { whole } else { layout(form, size.cols, size.rows.saturating_sub(1)) }
}

/// Rows of the area that the page with the focus really uses, so that a screen can draw below it.
pub fn rows_used(form: &Form, size: Size) -> u16 {
    let layout = pages(form, size);
    let page = layout.find(form.focus()).map_or(0, |(page, _)| page);
    let rows = layout.pages.get(page).into_iter().flatten().map(|one| one.field.y + 1);
    rows.max().unwrap_or(0)
}

fn draw_box(form: &Form, canvas: &mut Canvas, one: &FieldBox) {
    let Some(field) = form.field(one.spot) else { return };
    if let Some(label) = one.label {
        let role = if label.y == one.field.y { Role::Label } else { Role::Heading };
        canvas.put_within(label.y, label.x, label.width, field.label, role);
    }
    let at = one.field;
    let focused = one.spot == form.focus();
    let text =
        if focused { window(&form.editing(), form.caret_column(), at.width).0 } else { form.shown(one.spot) };
    canvas.put(at.y, at.x.saturating_sub(1), "[", Role::Label);
    canvas.put_box(at.y, at.x, at.width, &text, if focused { Role::FieldFocus } else { Role::Field });
    canvas.put(at.y, at.x + at.width, "]", Role::Label);
    if let Some(note) = one.note {
        draw_note(form, canvas, one.spot, note);
    } else if let Some(problem) = form.beside(one.spot) {
        // Without room for a sentence the bracket shows that there is something; the message line says it.
        let (mark, role) = marked(&problem);
        canvas.put(at.y, at.x + at.width, mark, role);
    }
}

fn draw_note(form: &Form, canvas: &mut Canvas, spot: Spot, note: Rect) {
    match (form.beside(spot), form.note(spot)) {
        (Some(problem), _) => {
            let (mark, role) = marked(&problem);
            canvas.put_within(note.y, note.x, note.width, &format!("{mark} {}", problem.sentence), role);
        }
        (None, Some(text)) => {
            canvas.put_within(note.y, note.x, note.width, &text, Role::Text);
        }
        (None, None) => {}
    }
}

fn marked(problem: &Problem) -> (&'static str, Role) {
    match problem.level {
        Level::Error => ("x", Role::Problem),
        Level::Warning => ("!", Role::Warning),
        Level::Note => ("*", Role::Hint),
    }
}

fn draw_pages(canvas: &mut Canvas, layout: &Layout, page: usize, size: Size) {
    if layout.pages.len() > 1 {
        let mark = format!("第 {} 页 共 {} 页", page + 1, layout.pages.len());
        let row = size.rows.saturating_sub(1);
        canvas.put_right(row, size.cols.saturating_sub(1), &mark, Role::Muted);
    }
}

/// The part of a text that fits so that the caret is seen, and the caret's column in it.
fn window(text: &str, caret: usize, cols: u16) -> (String, u16) {
    let room = usize::from(cols.max(1)) - 1;
    let mut start = 0;
    let mut caret = caret;
    for grapheme in text.graphemes(true) {
        let wide = columns(grapheme);
        if caret <= room || caret < wide {
            break;
        }
        start += grapheme.len();
        caret -= wide;
    }
    (text.get(start..).unwrap_or_default().to_owned(), u16::try_from(caret).unwrap_or(0))
}

/// Where the list of values stands.
struct Popup {
    row: u16,
    col: u16,
    cols: u16,
    lines: Vec<(String, bool)>,
    title: String,
}

impl Popup {
    fn search_col(&self) -> u16 {
        self.col + u16::try_from(columns(&self.title)).unwrap_or(0) + 3
    }
}

fn popup(list: &ChoiceList, field: Rect, size: Size) -> Popup {
    let mut lines: Vec<(String, bool)> = list
        .lines()
        .into_iter()
        .map(|line| {
            let digit = line.digit.map_or_else(|| " ".to_owned(), String::from);
            let mark = if line.current { ">" } else { " " };
            (
                format!("{mark}{digit} {}  {}", line.offer.label, line.offer.hint).trim_end().to_owned(),
                line.current,
            )
        })
        .collect();
    let most = usize::from(POPUP_ROWS.min(size.rows.saturating_sub(3)).max(1));
    let current = lines.iter().position(|(_, current)| *current).unwrap_or(0);
    lines = lines.into_iter().skip(current / most * most).take(most).collect();
    if lines.is_empty() {
        lines.push((" 没有找到，退格重打".to_owned(), false));
    }
    let title = list.title().to_owned();
    let head = columns(&title) + usize::from(SEARCH) + 16;
    let widest = lines.iter().map(|(text, _)| columns(text) + 2).max().unwrap_or(0).max(head);
    let cols = u16::try_from(widest).unwrap_or(size.cols).min(size.cols);
    let rows = u16::try_from(lines.len()).unwrap_or(POPUP_ROWS) + 1;
    let below = field.y + 1;
    let row = if below + rows <= size.rows { below } else { field.y.saturating_sub(rows) };
    Popup { row, col: field.x.min(size.cols - cols), cols, lines, title }
}

fn draw_popup(canvas: &mut Canvas, list: &ChoiceList, popup: &Popup) {
    canvas.fill(popup.row, popup.col, popup.cols, Role::Popup);
    let col = canvas.put(popup.row, popup.col + 1, &format!("{} [", popup.title), Role::Popup);
    canvas.put_box(popup.row, col, SEARCH, list.query(), Role::FieldFocus);
    let count = format!("] 共 {} 项", list.count());
    canvas.put(popup.row, col + SEARCH, &count, Role::Popup);
    for (at, (text, current)) in (1u16..).zip(&popup.lines) {
        let role = if *current { Role::Selected } else { Role::Popup };
        canvas.put_box(popup.row + at, popup.col, popup.cols, text, role);
    }
}

#[cfg(test)]
#[path = "form_view_tests.rs"]
mod tests;
