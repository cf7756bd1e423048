//! One form being filled: a table, the answers so far, and where the officer stands.
//!
//! The engine is pure: keys and the host's answers go in, [`Outcome`]s come out. It never submits by itself, never blocks
//! the way out of a field, and never replaces what the officer typed unless the officer says so. How keys act is in
//! [`super::keys`], how the focus moves in [`super::moves`].

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use tui_input::Input;

use crate::base::width;

use super::answers::{Answer, Answers, Source};
use super::choices::ChoiceList;
use super::field::{Context, Field, Kind, Offer, Table};
use super::kind;
use super::problem::{Level, Problem};

/// Key under which a form tells its table which warnings stand (codes joined by a blank), so that a field for the reason
/// to override may show. Never part of what is submitted.
pub const WARNED: &str = "_warned";

/// Most rows of a repeating field; a household larger than this is entered in two.
pub const MOST_ROWS: usize = 20;

/// A place where the focus can stand: a field, or a cell of repeating rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Spot {
    /// Index of the field in the table.
    pub field: usize,
    /// Row of repeating rows; 0 elsewhere.
    pub row: usize,
    /// Column of repeating rows; 0 elsewhere.
    pub sub: usize,
}

/// What a key brought about; the host acts on it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The text of this field changed.
    Edited(String),
    /// The officer left this field: the draft is to be saved now.
    Left(String),
    /// The id number in this field is complete and valid: look the person up and fill.
    Completed(String),
    /// The list of this field comes from the host under this name: call [`Form::supply`].
    Wants {
        /// Path of the field.
        path: String,
        /// Name of the list.
        name: &'static str,
    },
    /// A sentence for the message line.
    Told(String),
    /// Nothing more is asked; F9 submits.
    Ready,
    /// Submitting was refused; so many errors, the focus stands on the first.
    Refused(usize),
    /// The officer pressed the submit key and nothing of the form's own is wrong.
    Submit,
}

/// What is kept to undo in a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stroke {
    Insert,
    Remove,
    Replace,
}

/// A form being filled.
#[derive(Clone)]
pub struct Form {
    pub(super) table: &'static Table,
    pub(super) context: Context,
    pub(super) answers: Answers,
    pub(super) extra: Answers,
    pub(super) focus: Spot,
    pub(super) input: Input,
    pub(super) fresh: bool,
    pub(super) dots: u8,
    pub(super) passed: BTreeSet<String>,
    pub(super) undo: BTreeMap<String, Vec<Answer>>,
    pub(super) stroke: Option<Stroke>,
    pub(super) deleted: Option<(usize, usize, Answers)>,
    pub(super) before: Option<Answers>,
    pub(super) supplied: BTreeMap<String, Vec<Offer>>,
    pub(super) list: Option<ChoiceList>,
    pub(super) verdicts: Vec<Problem>,
    pub(super) tried: bool,
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Form")
            .field("table", &self.table.name)
            .field("focus", &self.focus)
            .finish_non_exhaustive()
    }
}

impl Form {
    /// A form over `table` with the answers known so far; the focus stands on the first field that needs the officer.
    pub fn new(table: &'static Table, context: Context, answers: Answers) -> Form {
        let mut form = Form {
            table,
            context,
            answers,
            extra: Answers::new(),
            focus: Spot::default(),
            input: Input::default(),
            fresh: false,
            dots: 0,
            passed: BTreeSet::new(),
            undo: BTreeMap::new(),
            stroke: None,
            deleted: None,
            before: None,
            supplied: BTreeMap::new(),
            list: None,
            verdicts: Vec::new(),
            tried: false,
        };
        form.refill();
        let spots = form.spots();
        let first = spots.iter().copied().find(|spot| !form.is_settled(*spot)).or(spots.first().copied());
        form.land(first.unwrap_or_default());
        form
    }

    /// The table it fills.
    pub fn table(&self) -> &'static Table {
        self.table
    }

    /// Day, moment and township it was opened with.
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// All answers, hidden fields included, wrong ones as typed.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// Answers of an older draft to fields that this table does not have; kept, never shown as answers.
    pub fn unknown(&self) -> &Answers {
        &self.extra
    }

    /// Where the officer stands.
    pub fn focus(&self) -> Spot {
        self.focus
    }

    /// Path of the focused field.
    pub fn focus_path(&self) -> String {
        self.path(self.focus)
    }

    /// Page of the focused field, from 0.
    pub fn page(&self) -> u16 {
        self.page_of(self.focus)
    }

    /// The open list of values, if one is open.
    pub fn list(&self) -> Option<&ChoiceList> {
        self.list.as_ref()
    }

    /// The record before, for `..` and F8.
    pub fn set_before(&mut self, before: Answers) {
        self.before = Some(before);
    }

    /// What the rules say to the answers as they stand; replaces what they said before. They are shown, and warnings
    /// bring up the field for the reason; the last word is the rules' own at submitting.
    pub fn verdicts(&mut self, verdicts: Vec<Problem>) {
        let codes: Vec<&str> = verdicts
            .iter()
            .filter(|problem| problem.level == Level::Warning)
            .filter_map(|p| p.code)
            .collect();
        if codes.is_empty() {
            self.answers.take(WARNED);
        } else {
            let answer = Answer { text: codes.join(" "), label: None, source: Source::Filled };
            self.answers.put(WARNED, answer);
        }
        self.verdicts = verdicts;
        self.refill();
        self.stay_visible();
    }

    /// The verdicts last given.
    pub fn last_verdicts(&self) -> &[Problem] {
        &self.verdicts
    }

    /// The declared field at `spot`: of the table, or of its rows.
    pub fn field(&self, spot: Spot) -> Option<&'static Field> {
        let field = self.table.fields.get(spot.field)?;
        match field.columns() {
            Some(columns) => columns.get(spot.sub),
            None => Some(field),
        }
    }

    /// The path of `spot`: `amount`, or `members.2.name`.
    pub fn path(&self, spot: Spot) -> String {
        let Some(field) = self.table.fields.get(spot.field) else { return String::new() };
        match field.columns().and_then(|columns| columns.get(spot.sub)) {
            Some(column) => format!("{}.{}.{}", field.key, spot.row, column.key),
            None => field.key.to_owned(),
        }
    }

    /// The spot of a path; `None` when this table has no such field.
    pub fn spot(&self, path: &str) -> Option<Spot> {
        let mut parts = path.split('.');
        let key = parts.next()?;
        let field = self.table.fields.iter().position(|field| field.key == key)?;
        let Some(columns) = self.table.fields.get(field)?.columns() else {
            return parts.next().is_none().then_some(Spot { field, row: 0, sub: 0 });
        };
        let row: usize = parts.next()?.parse().ok()?;
        let key = parts.next()?;
        let sub = columns.iter().position(|column| column.key == key)?;
        (row < MOST_ROWS).then_some(Spot { field, row, sub })
    }

    /// The answers that the field at `spot` is judged with: the form's, or those of its row.
    pub fn scope(&self, spot: Spot) -> Cow<'_, Answers> {
        match self.table.fields.get(spot.field) {
            Some(field) if field.columns().is_some() => match self.answers.rows(field.key).get(spot.row) {
                Some(row) => Cow::Borrowed(row),
                None => Cow::Owned(Answers::new()),
            },
            _ => Cow::Borrowed(&self.answers),
        }
    }

    /// The answer at `spot`; empty where there is none.
    pub fn answer(&self, spot: Spot) -> Answer {
        let Some(field) = self.table.fields.get(spot.field) else { return Answer::default() };
        match field.columns() {
            Some(columns) => columns
                .get(spot.sub)
                .and_then(|column| self.answers.rows(field.key).get(spot.row)?.get(column.key))
                .cloned()
                .unwrap_or_default(),
            None => self.answers.get(field.key).cloned().unwrap_or_default(),
        }
    }

    /// The canonical text under a path; empty where there is none.
    pub fn value(&self, path: &str) -> String {
        self.spot(path).map(|spot| self.answer(spot).text).unwrap_or_default()
    }

    /// What a person reads in the field at `spot`; a password as stars.
    pub fn shown(&self, spot: Spot) -> String {
        self.field(spot).map(|field| kind::shown(field, &self.answer(spot))).unwrap_or_default()
    }

    /// The derived note beside `spot`: 大写, sex and age, the township of a village.
    pub fn note(&self, spot: Spot) -> Option<String> {
        kind::note(self.field(spot)?, &self.scope(spot), &self.context)
    }

    /// Text in the focused field as the screen draws it.
    pub fn editing(&self) -> String {
        self.shown(self.focus)
    }

    /// Columns from the beginning of the focused field's text to the caret.
    pub fn caret_column(&self) -> usize {
        let before: String = self.input.value().chars().take(self.input.cursor()).collect();
        match self.field(self.focus).map(|field| field.kind) {
            Some(Kind::Password) => self.input.cursor(),
            Some(Kind::Choice(_)) => 0,
            _ => width::width(&before),
        }
    }

    /// Puts a value into a field on behalf of `source`. The desk never replaces what the officer said: then nothing
    /// changes and `false` comes back.
    pub fn set(&mut self, path: &str, text: &str, source: Source) -> bool {
        self.put(path, text, None, source)
    }

    /// [`Form::set`] with the label that a person reads for the value.
    pub fn set_labelled(&mut self, path: &str, text: &str, label: &str, source: Source) -> bool {
        self.put(path, text, Some(label.to_owned()), source)
    }

    fn put(&mut self, path: &str, text: &str, label: Option<String>, source: Source) -> bool {
        let Some(spot) = self.spot(path) else { return false };
        let Some(field) = self.field(spot) else { return false };
        let held = self.answer(spot);
        if !source.is_own() && held.source.is_own() && !(held.text.is_empty() && source == Source::Filled) {
            return false;
        }
        if source == Source::Default && held.source == Source::Filled && !held.text.is_empty() {
            return false;
        }
        // The table would compute its own default over a plain one.
        let source = if source == Source::Default && field.fill.is_some() { Source::Filled } else { source };
        let text = kind::read(field, text, &self.context).unwrap_or_else(|_| text.to_owned());
        self.remember(spot, Stroke::Replace);
        self.write(spot, Answer { text, label, source });
        true
    }

    /// Gives the values of a looked-up field or phrases; an open list for it shows them at once.
    pub fn supply(&mut self, path: &str, offers: Vec<Offer>) {
        if let Some(list) = self.list.as_mut().filter(|list| list.path() == path) {
            list.replace(offers.clone());
        }
        self.supplied.insert(supply_key(path), offers);
    }

    /// Writes an answer and everything that follows from it.
    pub(super) fn write(&mut self, spot: Spot, answer: Answer) {
        let Some(field) = self.table.fields.get(spot.field) else { return };
        match field.columns().and_then(|columns| columns.get(spot.sub)) {
            Some(column) => {
                let rows = self.answers.rows_mut(field.key);
                while rows.len() <= spot.row && rows.len() < MOST_ROWS {
                    rows.push(Answers::new());
                }
                if let Some(row) = rows.get_mut(spot.row) {
                    row.put(column.key, answer);
                }
            }
            None => self.answers.put(field.key, answer),
        }
        self.refill();
    }

    /// Computes defaults and derived values anew where the officer said nothing, until they stand still.
    pub(super) fn refill(&mut self) {
        for _ in 0..4 {
            let before = self.answers.clone();
            for field in self.table.fields {
                match field.columns() {
                    Some(columns) => {
                        for row in self.answers.rows_mut(field.key).iter_mut().filter(|row| !row.is_blank()) {
                            columns.iter().for_each(|column| fill(column, row, &self.context));
                        }
                    }
                    None => fill(field, &mut self.answers, &self.context),
                }
            }
            if before == self.answers {
                break;
            }
        }
        self.reload();
    }

    /// Brings the editor back to what stands in the focused field, unless it is that already.
    pub(super) fn reload(&mut self) {
        let text = self.raw(self.focus);
        if self.input.value() != text {
            self.input = Input::new(text);
        }
    }

    /// What the editor holds for `spot`: as shown, but a password in the clear.
    pub(super) fn raw(&self, spot: Spot) -> String {
        match self.field(spot).map(|field| field.kind) {
            Some(Kind::Password) => self.answer(spot).text,
            _ => self.shown(spot),
        }
    }

    /// Whether the field shows something other than its value, so that it is replaced as a whole.
    pub(super) fn is_resolved(&self, spot: Spot) -> bool {
        let answer = self.answer(spot);
        answer.label.is_some() || (!answer.text.is_empty() && self.raw(spot) != answer.text)
    }

    /// Keeps the answer at `spot` for undo; strokes of one kind in a run are one step.
    pub(super) fn remember(&mut self, spot: Spot, stroke: Stroke) {
        let goes_on = spot == self.focus && self.stroke == Some(stroke) && stroke != Stroke::Replace;
        if spot == self.focus {
            self.stroke = Some(stroke);
        }
        if goes_on {
            return;
        }
        let answer = self.answer(spot);
        let steps = self.undo.entry(self.path(spot)).or_default();
        steps.push(answer);
        if steps.len() > 100 {
            steps.remove(0);
        }
    }
}

/// Supplied lists belong to the declared field, whichever row asks.
pub(super) fn supply_key(path: &str) -> String {
    path.split('.').filter(|part| part.parse::<usize>().is_err()).collect::<Vec<_>>().join(".")
}

pub(super) fn field_in_rows(table: &Table, spot: Spot) -> bool {
    table.fields.get(spot.field).is_some_and(|field| field.columns().is_some())
}

fn fill(field: &Field, answers: &mut Answers, context: &Context) {
    let Some(derive) = field.fill else { return };
    if answers.get(field.key).is_some_and(|held| held.source != Source::Default) {
        return;
    }
    match derive(answers, context) {
        Some(text) if answers.text(field.key) != text => {
            answers.put(field.key, Answer { text, label: None, source: Source::Default });
        }
        Some(_) => {}
        None => {
            answers.take(field.key);
        }
    }
}
