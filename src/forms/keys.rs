//! What each key does in a form.
//!
//! Letters are never commands, Enter never submits, no key blocks. Whatever a key refuses is said in a sentence; typed
//! text is only ever removed by a key that says so, and Ctrl-Z brings it back.

use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

use super::answers::{Answer, Source};
use super::choices::ChoiceList;
use super::field::{Field, Kind, Lookup, Offer};
use super::form::{Form, Outcome, Spot, Stroke, supply_key};
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
            FormKey::Paste(text) => self.burst(&text),
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

    fn insert_all(&mut self, text: &str) -> Vec<Outcome> {
        let Some(field) = self.field(self.focus) else { return Vec::new() };
        let path = self.path(self.focus);
        let (mut refused, mut over, mut complete) = (0_usize, 0_usize, false);
        self.begin_insert();
        for typed in text.chars().filter(|typed| !kind::is_filler(field.kind, *typed)) {
            match kind::accept(field.kind, typed) {
                None => refused += 1,
                Some(c) if self.takes(field, c) => {
                    self.input.handle(InputRequest::InsertChar(c));
                    complete = true;
                }
                Some(_) => over += 1,
            }
        }
        if !complete && refused + over == 0 {
            return Vec::new();
        }
        self.written();
        let mut out = vec![Outcome::Edited(path)];
        if over > 0 {
            out.push(told(format!(
                "太长了，最多 {} 个字，多出的 {over} 个没有收",
                kind::longest(field.kind)
            )));
        }
        if refused > 0 {
            out.push(told(format!("{}，{refused} 个字符没有收", takes_only(field.kind))));
        }
        out.extend(self.completed());
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

    fn insert(&mut self, field: &'static Field, c: char) -> Vec<Outcome> {
        self.begin_insert();
        if !self.takes(field, c) {
            self.written();
            return vec![told(format!("最多 {} 个字，再打不收", kind::longest(field.kind)))];
        }
        self.input.handle(InputRequest::InsertChar(c));
        self.written();
        let mut out = vec![Outcome::Edited(self.focus_path())];
        out.extend(self.completed());
        out
    }

    /// Makes room for what is typed: a filled number, a looked-up value or a blank of a phrase gives way to it as a whole.
    fn begin_insert(&mut self) {
        let whole = self.is_resolved(self.focus) || (self.fresh && !self.input.value().is_empty());
        self.remember(self.focus, if whole { Stroke::Replace } else { Stroke::Insert });
        self.stroke = Some(Stroke::Insert);
        if whole {
            self.input = Input::default();
        }
        self.fresh = false;
        while matches!(self.field(self.focus).map(|field| field.kind), Some(Kind::LongText { .. }))
            && self.input.value().chars().nth(self.input.cursor()) == Some('_')
        {
            self.input.handle(InputRequest::DeleteNextChar);
        }
    }

    /// Whether one more character keeps within the field. A mark that joins the letter before it takes no room.
    fn takes(&self, field: &Field, c: char) -> bool {
        let most = kind::longest(field.kind);
        let mut text: String = self.input.value().to_owned();
        // A thousand code points are no name, whatever they join to.
        if text.chars().count() >= most.saturating_mul(4) {
            return false;
        }
        text.push(c);
        text.graphemes(true).count() <= most
    }

    /// Takes over what stands in the editor.
    fn written(&mut self) {
        let spot = self.focus;
        let answer = Answer { text: self.input.value().to_owned(), label: None, source: Source::Typed };
        let cursor = self.input.cursor();
        self.write(spot, answer);
        if self.input.value().is_empty() || self.is_resolved(spot) {
            return;
        }
        self.input.handle(InputRequest::SetCursor(cursor));
    }

    fn completed(&self) -> Option<Outcome> {
        let field = self.field(self.focus)?;
        let text = self.answer(self.focus).text;
        let whole = matches!(field.kind, Kind::IdNumber { .. }) && text.chars().count() == 18;
        (whole && kind::read(field, &text, &self.context).is_ok())
            .then(|| Outcome::Completed(self.focus_path()))
    }

    fn pick_digit(&mut self, field: &'static Field, typed: char) -> Vec<Outcome> {
        let Kind::Choice(choices) = field.kind else { return Vec::new() };
        let Some(digit) = kind::accept(field.kind, typed) else {
            let silent = self.dots > 0;
            return if silent { Vec::new() } else { vec![told("打数字来选，按 F4 看全部")] };
        };
        match choices.iter().find(|choice| choice.digit == digit) {
            Some(choice) => {
                self.remember(self.focus, Stroke::Replace);
                let answer = Answer { text: choice.value.to_owned(), label: None, source: Source::Typed };
                let path = self.focus_path();
                self.write(self.focus, answer);
                let mut out = vec![Outcome::Edited(path.clone()), Outcome::Left(path)];
                out.extend(self.go_next(false));
                out
            }
            None if digit == '0' => self.clear(),
            None => vec![told(format!("没有第 {digit} 项，按 F4 看全部"))],
        }
    }

    fn caret(&mut self, request: InputRequest) -> Vec<Outcome> {
        self.fresh = false;
        self.input.handle(request);
        Vec::new()
    }

    fn remove(&mut self, request: InputRequest) -> Vec<Outcome> {
        let choice = matches!(self.field(self.focus).map(|field| field.kind), Some(Kind::Choice(_)));
        if choice || self.is_resolved(self.focus) {
            return self.clear();
        }
        self.fresh = false;
        if self.input.value().is_empty() {
            return Vec::new();
        }
        self.remember(self.focus, Stroke::Remove);
        self.input.handle(request);
        self.written();
        vec![Outcome::Edited(self.focus_path())]
    }

    fn clear(&mut self) -> Vec<Outcome> {
        if self.answer(self.focus).text.is_empty() {
            return Vec::new();
        }
        self.remember(self.focus, Stroke::Replace);
        self.input = Input::default();
        self.written();
        vec![Outcome::Edited(self.focus_path())]
    }

    fn undo(&mut self) -> Vec<Outcome> {
        if let Some(out) = self.undelete_row() {
            return out;
        }
        let path = self.focus_path();
        let Some(answer) = self.undo.get_mut(&path).and_then(Vec::pop) else {
            return vec![told("这一项没有可撤销的改动")];
        };
        self.stroke = None;
        self.fresh = false;
        self.write(self.focus, answer);
        vec![Outcome::Edited(path)]
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
        if dots || (self.dots >= 2 && !text.contains(|c| c != '.')) {
            if dots {
                self.remember(spot, Stroke::Replace);
                self.write(spot, Answer { text: String::new(), label: None, source: Source::Typed });
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
        if self.to_next_blank() {
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
    fn to_next_blank(&mut self) -> bool {
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

    /// Where several values fit what was typed, Enter shows them instead of guessing.
    fn open_for_many(&mut self, out: &mut Vec<Outcome>) -> bool {
        let Some(field) = self.field(self.focus) else { return false };
        if !matches!(field.kind, Kind::Lookup(_) | Kind::Village) {
            return false;
        }
        let answer = self.answer(self.focus);
        if answer.text.is_empty() || self.is_resolved(self.focus) {
            return false;
        }
        let mut list = ChoiceList::new(self.focus_path(), field.label, self.offers(field, self.focus));
        list.search(&answer.text);
        if list.visible().len() < 2 {
            return false;
        }
        self.list = Some(list);
        out.retain(|outcome| !matches!(outcome, Outcome::Left(_)));
        true
    }

    /// What may be chosen at `spot`: supplied by the host, or computed.
    pub(super) fn offers(&self, field: &Field, spot: Spot) -> Vec<Offer> {
        if let Some(supplied) = self.supplied.get(&supply_key(&self.path(spot))) {
            return supplied.clone();
        }
        let lookup = match field.kind {
            Kind::Lookup(lookup) => Some(lookup),
            _ => field.phrases,
        };
        match (field.kind, lookup) {
            (Kind::Village, _) => super::choices::villages(self.context.township),
            (_, Some(Lookup::Of(offers))) => offers(&self.answers, &self.context),
            _ => Vec::new(),
        }
    }

    fn choose(&mut self) -> Vec<Outcome> {
        let Some(field) = self.field(self.focus) else { return Vec::new() };
        let path = self.focus_path();
        let host = match (field.kind, field.phrases) {
            (Kind::Lookup(Lookup::Host(name)), _) | (_, Some(Lookup::Host(name))) => Some(name),
            _ => None,
        };
        let list = match field.kind {
            Kind::Choice(choices) => ChoiceList::coded(path.clone(), field.label, choices),
            Kind::Lookup(_) | Kind::Village => {
                ChoiceList::new(path.clone(), field.label, self.offers(field, self.focus))
            }
            _ if field.phrases.is_some() => {
                ChoiceList::new(path.clone(), field.label, self.offers(field, self.focus))
            }
            _ => return vec![told("这一项没有可选的值，请直接打")],
        };
        let wants = host.filter(|_| !self.supplied.contains_key(&supply_key(&path)));
        if wants.is_none() && list.visible().is_empty() {
            return vec![told("现在没有可选的值")];
        }
        self.list = Some(list);
        wants.map(|name| Outcome::Wants { path, name }).into_iter().collect()
    }

    fn press_in_list(&mut self, key: FormKey) -> Vec<Outcome> {
        let Some(list) = self.list.as_mut() else { return Vec::new() };
        let picked = match key {
            FormKey::Cancel => {
                self.list = None;
                return Vec::new();
            }
            FormKey::Submit => {
                self.list = None;
                return vec![told("先选好这一项，再按 F9")];
            }
            FormKey::Enter => list.current(),
            FormKey::Char(c) => list.typed(c),
            FormKey::Paste(text) => {
                let line = text.lines().next().unwrap_or_default().to_owned();
                list.search(&line);
                None
            }
            other => {
                list.moved(&other);
                None
            }
        };
        let Some(offer) = picked else { return Vec::new() };
        self.list = None;
        self.pick(offer)
    }

    fn pick(&mut self, offer: Offer) -> Vec<Outcome> {
        let Some(field) = self.field(self.focus) else { return Vec::new() };
        let path = self.focus_path();
        self.remember(self.focus, Stroke::Replace);
        self.stroke = None;
        if matches!(field.kind, Kind::Choice(_) | Kind::Lookup(_) | Kind::Village) {
            let label = (!matches!(field.kind, Kind::Choice(_))).then_some(offer.label);
            self.write(self.focus, Answer { text: offer.value, label, source: Source::Typed });
            let mut out = vec![Outcome::Edited(path.clone()), Outcome::Left(path)];
            out.extend(self.go_next(false));
            return out;
        }
        let held = self.input.value().to_owned();
        let at = self.input.cursor();
        let head: String = held.chars().take(at).collect();
        let tail: String = held.chars().skip(at).collect();
        let text = format!("{head}{}{tail}", offer.value);
        let blank =
            offer.value.find("__").map(|byte| offer.value.get(..byte).map_or(0, |s| s.chars().count()));
        let caret = at + blank.unwrap_or_else(|| offer.value.chars().count());
        self.write(self.focus, Answer { text, label: None, source: Source::Typed });
        self.input.handle(InputRequest::SetCursor(caret));
        vec![Outcome::Edited(path)]
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

fn takes_only(kind: Kind) -> &'static str {
    match kind {
        Kind::IdNumber { .. } => "身份证号只收数字和 X",
        Kind::Money => "金额只收数字和小数点",
        Kind::Quantity => "数量只收数字和小数点",
        Kind::Date { .. } => "日期只收数字和 -，回车是今天",
        Kind::Time => "时间打四位数，如 0910",
        Kind::Phone => "电话只收数字和 -",
        Kind::Account => "账号只收数字",
        Kind::Count { .. } => "这里只收数字",
        _ => "这个字符不收",
    }
}
