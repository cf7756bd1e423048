//! What each key does in a form.
//!
//! Letters are never commands, Enter never submits, no key blocks. Whatever a key refuses is said in a sentence; typed
//! text is only ever removed by a key that says so, and Ctrl-Z brings it back.

use tui_input::InputRequest;

use super::answers::{Answer, Source};
use super::field::{Field, Kind};
use super::form::{Form, Outcome, Spot, Stroke};
use super::kind;

/// A key as the screen hands it to a form; which key of the keyboard it is, is the screen's business.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FormKey {
    /// A character typed, as committed by the input method.
    Char(char),
    /// Enter: next field that needs the officer.
    Enter,
    /// The same; walks on where nothing is asked.
    Tab,
    /// The field before.
    BackTab,
    /// The field before, or up in an open list.
    Up,
    /// As Tab, or down in an open list.
    Down,
    /// Caret left.
    Left,
    /// Caret right.
    Right,
    /// Caret to the beginning.
    Home,
    /// Caret to the end.
    End,
    /// First field (Ctrl-Home).
    FieldFirst,
    /// Last field (Ctrl-End).
    FieldLast,
    /// Empty the field (Ctrl-Backspace).
    Clear,
    /// Remove before the caret.
    Backspace,
    /// Remove after the caret.
    Delete,
    /// Page before.
    PgUp,
    /// Page after.
    PgDn,
    /// Keypad `+`: next, in numbers.
    Plus,
    /// Keypad `-`: before, in numbers; a minus in dates and telephones.
    Minus,
    /// Keypad `*`: same as the record before, in numbers.
    Star,
    /// Undo in this field (Ctrl-Z).
    Undo,
    /// Same as in the record before (F8).
    Same,
    /// Values of this field (F4).
    Choose,
    /// Close the open list (Esc).
    Cancel,
    /// A new row (F6).
    AddRow,
    /// Delete the row of the focus.
    DeleteRow,
    /// Move the row of the focus up.
    RowUp,
    /// Move the row of the focus down.
    RowDown,
    /// A paste, or a burst of keys.
    Paste(String),
    /// Submit (F9).
    Submit,
}

impl Form {
    /// Does what `key` means here.
    pub fn press(&mut self, key: FormKey) -> Vec<Outcome> {
        let out = self.act(key);
        // An answer may hide the very field it was given in.
        self.stay_visible();
        out
    }

    fn act(&mut self, key: FormKey) -> Vec<Outcome> {
        if self.list.is_some() {
            return self.press_in_list(key);
        }
        if !matches!(key, FormKey::Char('.' | '。' | '．') | FormKey::Enter | FormKey::Tab | FormKey::Down)
        {
            self.dots = 0;
        }
        match key {
            FormKey::Char(c) => self.typed(c),
            FormKey::Plus => self.typed('+'),
            FormKey::Minus => self.typed('-'),
            FormKey::Star => self.typed('*'),
            FormKey::Paste(text) => self.pasted(&text),
            FormKey::Enter => self.enter(false),
            FormKey::Tab | FormKey::Down => self.enter(true),
            FormKey::BackTab | FormKey::Up => self.leave_to(|form| form.step(-1)),
            FormKey::FieldFirst => self.leave_to(|form| {
                form.spots().first().copied().into_iter().for_each(|spot| form.land(spot));
            }),
            FormKey::FieldLast => self.leave_to(|form| {
                form.spots().last().copied().into_iter().for_each(|spot| form.land(spot));
            }),
            FormKey::PgUp => self.leave_to(|form| form.turn_page(false)),
            FormKey::PgDn => self.leave_to(|form| form.turn_page(true)),
            FormKey::Left => self.caret(InputRequest::GoToPrevChar),
            FormKey::Right => self.caret(InputRequest::GoToNextChar),
            FormKey::Home => self.caret(InputRequest::GoToStart),
            FormKey::End => self.caret(InputRequest::GoToEnd),
            FormKey::Clear => self.clear(),
            FormKey::Backspace => self.remove(InputRequest::DeletePrevChar),
            FormKey::Delete => self.remove(InputRequest::DeleteNextChar),
            FormKey::Undo => self.undo(),
            FormKey::Same => self.same(),
            FormKey::Choose => self.choose(),
            FormKey::Cancel => Vec::new(),
            FormKey::AddRow => self.add_row(),
            FormKey::DeleteRow => self.delete_row(),
            FormKey::RowUp => self.move_row(false),
            FormKey::RowDown => self.move_row(true),
            FormKey::Submit => self.press_submit(),
        }
    }

    /// A burst of keys (a paste, a card reader): text goes into the field up to its length; a line end inside it ends
    /// the text and moves on, and never submits.
    pub fn burst(&mut self, text: &str) -> Vec<Outcome> {
        self.list = None;
        let out = self.pasted(text);
        self.stay_visible();
        out
    }

    fn pasted(&mut self, text: &str) -> Vec<Outcome> {
        let Some(field) = self.field(self.focus) else { return Vec::new() };
        let ended = text.contains(['\n', '\r']);
        let lines: Vec<&str> = text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).collect();
        let long = matches!(field.kind, Kind::LongText { .. });
        let taken =
            if long { lines.join(" ") } else { lines.first().copied().unwrap_or_default().to_owned() };
        if let (Kind::Choice(_), false) = (field.kind, taken.is_empty()) {
            return vec![told("这里打一个数字来选，粘贴的内容没有用上")];
        }
        let mut out = self.insert_all(&taken);
        if lines.len() > 1 && !long {
            out.push(told("粘贴了多行，只用了第一行"));
        }
        if ended {
            out.extend(self.enter(false));
        }
        out
    }

    fn typed(&mut self, typed: char) -> Vec<Outcome> {
        let Some(field) = self.field(self.focus) else { return Vec::new() };
        if field.is_number() {
            let folded = match typed {
                '＋' => '+',
                '－' => '-',
                '＊' => '*',
                other => other,
            };
            let minus_is_text = matches!(field.kind, Kind::Date { .. } | Kind::Phone);
            match folded {
                '+' => return self.enter(true),
                '-' if !minus_is_text => return self.press(FormKey::BackTab),
                '*' => {
                    let copied = self.same();
                    return if self.answer(self.focus).source == Source::Copied {
                        copied.into_iter().chain(self.enter(true)).collect()
                    } else {
                        copied
                    };
                }
                _ => {}
            }
        }
        if matches!(typed, '.' | '。' | '．') {
            self.dots = self.dots.saturating_add(1);
        } else {
            self.dots = 0;
        }
        if let Kind::Choice(_) = field.kind {
            return self.pick_digit(field, typed);
        }
        if typed == '\n' || typed == '\r' || kind::is_filler(field.kind, typed) {
            return Vec::new();
        }
        match kind::accept(field.kind, typed) {
            Some(c) => self.insert(field, c),
            // Two dots ask for the record before, in every kind of field.
            None if self.dots > 0 => Vec::new(),
            None => vec![told(takes_only(field.kind))],
        }
    }

    /// Same as in the record before; in rows, same as in the row above.
    pub(super) fn same(&mut self) -> Vec<Outcome> {
        let Some(field) = self.field(self.focus) else { return Vec::new() };
        if !field.copies {
            return vec![told("这一项不能照抄，请自己打")];
        }
        let found = self.above(self.focus).or_else(|| self.before.as_ref()?.get(field.key).cloned());
        let Some(found) = found.filter(|answer| !answer.text.is_empty()) else {
            return vec![told("上一笔没有这一项，请自己打")];
        };
        self.remember(self.focus, Stroke::Replace);
        self.write(self.focus, Answer { source: Source::Copied, ..found });
        self.fresh = false;
        vec![Outcome::Edited(self.focus_path())]
    }

    /// Leaves the focused field: what it holds takes its canonical shape if it has one.
    fn settle(&mut self, enter: bool) -> Vec<Outcome> {
        let Some(field) = self.field(self.focus) else { return Vec::new() };
        let (spot, path) = (self.focus, self.focus_path());
        let mut out = Vec::new();
        let text = self.answer(spot).text;
        let dots = matches!(text.trim(), ".." | "。。" | "．．" | ".。" | "。.");
        // Fields that cannot hold a dot only count them.
        let counted = self.dots >= 2 && kind::accept(field.kind, '.').is_none();
        if dots || counted {
            if dots {
                // The dots are no answer: what they were typed over comes back, whether or not there is one to copy.
                let held = self.undo.get_mut(&path).and_then(Vec::pop).unwrap_or_default();
                self.write(spot, held);
            }
            out.extend(self.same());
        }
        self.dots = 0;
        let answer = self.answer(spot);
        let today = matches!(field.kind, Kind::Date { enter_today: true }) && enter;
        if answer.text.is_empty() && today && !self.is_settled(spot) {
            self.remember(spot, Stroke::Replace);
            let text = self.context.today.to_string();
            self.write(spot, Answer { text, label: None, source: Source::Typed });
        } else if !answer.text.is_empty() && answer.label.is_none() {
            self.resolve(field, spot, &answer);
        }
        self.passed.insert(path.clone());
        out.push(Outcome::Left(path));
        out
    }

    fn resolve(&mut self, field: &'static Field, spot: Spot, answer: &Answer) {
        let found = match field.kind {
            Kind::Lookup(_) | Kind::Village => super::choices::only(&self.offers(field, spot), &answer.text)
                .map(|offer| Answer { text: offer.value, label: Some(offer.label), source: answer.source }),
            _ => kind::read(field, &answer.text, &self.context).ok().map(|text| Answer {
                text,
                label: None,
                source: answer.source,
            }),
        };
        if let Some(found) = found.filter(|found| found != answer) {
            self.write(spot, found);
        }
    }

    fn leave_to(&mut self, go: impl FnOnce(&mut Form)) -> Vec<Outcome> {
        let out = self.settle(false);
        go(self);
        out
    }

    /// Enter and its like: ends the text and goes on.
    fn enter(&mut self, walk: bool) -> Vec<Outcome> {
        if self.enter_next_blank() {
            return Vec::new();
        }
        let mut out = self.settle(!walk);
        if !walk && self.open_for_many(&mut out) {
            return out;
        }
        out.extend(self.go_next(walk));
        out
    }

    /// In a phrase with blanks Enter first goes to the next blank.
    fn enter_next_blank(&mut self) -> bool {
        if !matches!(self.field(self.focus).map(|field| field.kind), Some(Kind::LongText { .. })) {
            return false;
        }
        let blank = self.input.value().chars().skip(self.input.cursor() + 1).collect::<Vec<char>>();
        let Some(at) = blank.windows(2).position(|pair| pair == ['_', '_']) else { return false };
        // Within the run the caret stands in already there is nothing to go to.
        let here = self.input.value().chars().nth(self.input.cursor()) == Some('_');
        let at = self.input.cursor() + 1 + at;
        if here
            && self
                .input
                .value()
                .chars()
                .skip(self.input.cursor())
                .take(at - self.input.cursor())
                .all(|c| c == '_')
        {
            return false;
        }
        self.input.handle(InputRequest::SetCursor(at));
        true
    }

    fn press_submit(&mut self) -> Vec<Outcome> {
        let mut out = self.settle(false);
        self.tried = true;
        match self.submit() {
            Ok(_) => out.push(Outcome::Submit),
            Err(wrong) => {
                if let Some(first) = wrong.first() {
                    self.go(&first.field.clone());
                }
                out.push(Outcome::Refused(wrong.len()));
            }
        }
        out
    }
}

pub(super) fn told(sentence: impl Into<String>) -> Outcome {
    Outcome::Told(sentence.into())
}

pub(super) fn takes_only(kind: Kind) -> &'static str {
    match kind {
        Kind::IdNumber { .. } => "身份证号只收数字和 X",
        Kind::Money | Kind::Sum => "金额只收数字和小数点",
        Kind::Quantity => "数量只收数字和小数点",
        Kind::Date { .. } => "日期只收数字和 -，回车是今天",
        Kind::Time => "时间打四位数，如 0910",
        Kind::Phone => "电话只收数字和 -",
        Kind::Account => "账号只收数字",
        Kind::Count { .. } => "这里只收数字",
        _ => "这个字符不收",
    }
}
