//! A small prompt inside a screen: a title, a few lines to fill in, F9 to do it, F12 to leave it.
//!
//! Must never do it on Enter, and never for what a form does better: here are a reason, a sum, a day, a choice.

use std::cell::Cell;

use crate::base::day::Day;
use crate::base::fold;
use crate::base::money::{Money, MoneyProblem};
use crate::forms::tables::sayings;
use crate::ui::canvas::{Canvas, columns};
use crate::ui::key::Key;
use crate::ui::line::Line;
use crate::ui::role::Role;
use crate::ui::screens::prompt_hints;

/// What a line takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A text that has to be there.
    Text,
    /// A text that may be missing.
    Note,
    /// A sum.
    Money,
    /// A day, typed as in a form, from this today.
    Day(Day),
    /// How many.
    Count,
    /// 操作员号.
    Officer,
    /// Some digits.
    Digits,
    /// A sum that may be missing.
    Limit,
    /// The same, where its absence means that there is none.
    NoteMoney,
    /// A sum that may be nothing.
    Balance,
    /// One of these, by its digit from 1; none is preset.
    Choice(Vec<&'static str>),
    /// A source (资金来源) of these, by its own digit, with the sum that stands behind each.
    Source(Vec<(u8, &'static str, Money)>),
}

#[derive(Debug, Clone)]
struct Field {
    label: &'static str,
    kind: Kind,
    line: Line,
    /// What stands in it was put there and nobody has touched it: of a sum the first digit typed takes its place. The digits
    /// of roles are a list that is added to.
    untouched: bool,
    /// Where its phrases stand (F4); empty where it has none.
    phrases: &'static str,
    /// Whom F4 offers, each 操作员号 with the name behind it; empty where nobody is offered.
    people: Vec<String>,
    /// How it is filled in, where neither kind nor label says so; empty otherwise.
    hint: &'static str,
}

/// What a key brought about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Happened {
    /// Not a key of prompts.
    Nothing,
    /// Something was typed or the cursor moved.
    Moved,
    /// A sentence for the message line.
    Say(String),
}

/// A prompt for `T`.
#[derive(Debug, Clone)]
pub struct Prompt<T> {
    /// What it is for.
    pub what: T,
    title: String,
    fields: Vec<Field>,
    /// The line with the cursor. Reading a line that is not filled in leads there, so that it stands where the sentence says.
    at: Cell<usize>,
    /// The digit of a choice has just led here: an Enter, Tab or Down pressed after it out of habit leads no further.
    led: bool,
    /// The key that does it.
    key: &'static str,
    /// The phrases that are shown in the place of the lines; empty while none are.
    shown: Vec<String>,
}

impl<T> Prompt<T> {
    /// A prompt without lines.
    pub fn new(what: T, title: impl Into<String>) -> Prompt<T> {
        Prompt {
            what,
            title: title.into(),
            fields: Vec::new(),
            at: Cell::new(0),
            led: false,
            key: "F9",
            shown: Vec::new(),
        }
    }

    /// The same, signed with F10: what it is for moves money.
    pub fn signed(mut self) -> Prompt<T> {
        self.key = "F10";
        self
    }

    /// Whether it is signed with F10.
    pub fn is_signed(&self) -> bool {
        self.key == "F10"
    }

    /// The same with one more line that begins with this text.
    pub fn with(mut self, label: &'static str, kind: Kind, begin: &str) -> Prompt<T> {
        let mut line = Line::new(if matches!(kind, Kind::Text | Kind::Note) { 200 } else { 16 });
        line.set(begin);
        self.fields.push(Field {
            label,
            kind,
            line,
            untouched: true,
            phrases: "",
            people: Vec::new(),
            hint: "",
        });
        self
    }

    /// The same with these words on how to fill in the line that was added last.
    pub fn hinted(mut self, hint: &'static str) -> Prompt<T> {
        if let Some(field) = self.fields.last_mut() {
            field.hint = hint;
        }
        self
    }

    /// The same with the cursor in the first line that is empty: what stands there already is passed over.
    pub fn from_first_open(self) -> Prompt<T> {
        let open = self.fields.iter().position(|field| field.line.text().is_empty());
        self.at.set(open.unwrap_or(0));
        self
    }

    /// Puts a text into a line where nothing was typed yet.
    pub fn fill(&mut self, at: usize, text: &str) {
        if let Some(field) = self.fields.get_mut(at).filter(|field| field.line.text().is_empty()) {
            field.line.set(text);
            field.untouched = true;
        }
    }

    /// The same with phrases for the line that was added last.
    pub fn phrased(mut self, slot: &'static str) -> Prompt<T> {
        if let Some(field) = self.fields.last_mut() {
            field.phrases = slot;
        }
        self
    }

    /// Offers officers for a line, at most as many as there are digits.
    pub fn offer(&mut self, at: usize, people: impl Iterator<Item = String>) {
        if let Some(field) = self.fields.get_mut(at) {
            field.people = people.take(9).collect();
        }
    }

    /// Whether one of its lines has phrases, or people to choose from.
    pub fn has_phrases(&self) -> bool {
        self.fields.iter().any(|field| !field.phrases.is_empty() || !field.people.is_empty())
    }

    /// F4: shows the phrases of the line with the cursor, or closes them.
    pub fn phrases(&mut self) -> Happened {
        if !self.shown.is_empty() {
            self.shown.clear();
            return Happened::Moved;
        }
        self.shown = match self.field(self.at.get()) {
            Some(field) if !field.people.is_empty() => field.people.clone(),
            Some(field) if !field.phrases.is_empty() => sayings::of(field.phrases),
            _ => Vec::new(),
        };
        if self.field(self.at.get()).is_some_and(|field| !field.people.is_empty()) {
            return Happened::Say("按数字选一人；F4 收起".to_owned());
        }
        if self.shown.is_empty() {
            return Happened::Say("这一栏没有常用语，请直接打".to_owned());
        }
        Happened::Say("按数字取一句；F4 收起".to_owned())
    }

    /// Whether phrases are shown: F12 closes them first.
    pub fn shows_phrases(&self) -> bool {
        !self.shown.is_empty()
    }

    /// Takes the phrase of a digit; at a blank `__` the caret stays to fill it in.
    fn pick(&mut self, key: Key) -> Happened {
        let digit = match key {
            Key::Char(c) => fold::digits(&c.to_string()).parse::<usize>().ok(),
            _ => None,
        };
        let text = digit.and_then(|digit| self.shown.get(digit.checked_sub(1)?)).cloned();
        let Some(text) = text else {
            return Happened::Say(format!("按 1 至 {} 取一句；F4 收起", self.shown.len()));
        };
        self.shown.clear();
        if let Some(field) = self.fields.get_mut(self.at.get()) {
            if !field.people.is_empty() {
                field.line.set(text.split(' ').next().unwrap_or_default());
                field.untouched = false;
                return Happened::Moved;
            }
            match text.split_once("__").filter(|_| field.line.text().is_empty()) {
                Some((before, rest)) => {
                    field.line.set(&format!("{before}{rest}"));
                    field.line.key(Key::Home);
                    for _ in before.chars() {
                        field.line.key(Key::Right);
                    }
                }
                None => field.line.paste(&text),
            }
        }
        Happened::Moved
    }

    /// Takes a key.
    pub fn key(&mut self, key: Key) -> Happened {
        if !self.shown.is_empty() {
            return self.pick(key);
        }
        let (at, last) = (self.at.get(), self.fields.len().saturating_sub(1));
        let led = std::mem::take(&mut self.led);
        match key {
            Key::Enter | Key::Tab | Key::Down if led => {}
            Key::Enter if at == last => {
                return Happened::Say(format!("填好了按 {} 办理，F12 不办", self.key));
            }
            Key::Enter | Key::Tab | Key::Down => self.at.set((at + 1).min(last)),
            Key::BackTab | Key::Up => self.at.set(at.saturating_sub(1)),
            key => {
                let Some(field) = self.fields.get_mut(at) else { return Happened::Nothing };
                let happened = field.key(key);
                let chosen = matches!((&field.kind, key), (Kind::Choice(_) | Kind::Source(_), Key::Char(_)));
                if chosen && happened == Happened::Moved && at < last {
                    self.at.set(at + 1);
                    self.led = true;
                }
                return happened;
            }
        }
        Happened::Moved
    }

    /// Text that came at once goes into the line.
    pub fn burst(&mut self, text: &str) -> Happened {
        self.shown.clear();
        self.led = false;
        match self.fields.get_mut(self.at.get()) {
            Some(field) => field.burst(text),
            None => Happened::Nothing,
        }
    }

    /// Leads to the line that a sentence begins with, where there is one: the cursor stands where something is to be put right.
    pub fn lead(&self, sentence: &str) {
        let named = |field: &&Field| sentence.starts_with(field.label);
        let longest =
            self.fields.iter().filter(named).map(|field| field.label).max_by_key(|label| label.len());
        if let Some(at) = longest.and_then(|label| self.fields.iter().position(|one| one.label == label)) {
            self.at.set(at);
        }
    }

    /// What is wrong with a line, and the cursor in it.
    fn wrong<R>(&self, at: usize, read: Result<R, String>) -> Result<R, String> {
        if read.is_err() && at < self.fields.len() {
            self.at.set(at);
        }
        read
    }

    fn field(&self, at: usize) -> Option<&Field> {
        self.fields.get(at)
    }

    /// The text of a line.
    ///
    /// # Errors
    /// What is missing.
    pub fn text(&self, at: usize) -> Result<String, String> {
        let Some(field) = self.field(at) else { return Ok(String::new()) };
        let text = field.line.text().trim();
        if text.is_empty() && matches!(field.kind, Kind::Text | Kind::Officer | Kind::Digits) {
            return self.wrong(at, Err(format!("{}没有填，请填写后再按 {}", field.label, self.key)));
        }
        Ok(text.to_owned())
    }

    /// The sum of a line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn money(&self, at: usize) -> Result<Money, String> {
        let label = self.field(at).map_or("金额", |field| field.label);
        self.wrong(at, Money::parse(&self.text(at)?).map_err(|problem| format!("{label}：{problem}")))
    }

    /// The sum of a line that may be missing.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn money_if_any(&self, at: usize) -> Result<Option<Money>, String> {
        if self.text(at)?.is_empty() { Ok(None) } else { self.money(at).map(Some) }
    }

    /// The sum of a line that may be nothing: what was counted, what other books say.
    ///
    /// # Errors
    /// What is wrong with it, or nothing typed.
    pub fn balance(&self, at: usize) -> Result<Money, String> {
        let label = self.field(at).map_or("金额", |field| field.label);
        let typed = fold::digits(&self.text(at)?);
        let read = match typed.as_str() {
            "" => Err(format!("{label}没有填，没有余额的打 0")),
            zero if is_nothing(zero) => Ok(Money::ZERO),
            typed => Money::parse(typed).map_err(|problem| format!("{label}：{problem}")),
        };
        self.wrong(at, read)
    }

    /// The day of a line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn day(&self, at: usize) -> Result<Day, String> {
        let Some(Field { kind: Kind::Day(today), label, .. }) = self.field(at) else {
            return Err("没有日期一栏".to_owned());
        };
        self.wrong(at, Day::typed(&self.text(at)?, *today).map_err(|problem| format!("{label}：{problem}")))
    }

    /// The number of a line.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn count(&self, at: usize) -> Result<u16, String> {
        let label = self.field(at).map_or("数目", |field| field.label);
        self.wrong(at, self.text(at)?.parse().map_err(|_| format!("{label}：请打数字")))
    }

    /// Which of the choices, from 0.
    ///
    /// # Errors
    /// Nothing is chosen.
    pub fn choice(&self, at: usize) -> Result<usize, String> {
        let label = self.field(at).map_or("选择", |field| field.label);
        let digit: Option<usize> = self.text(at)?.parse().ok();
        let chosen = digit.and_then(|digit| digit.checked_sub(1));
        self.wrong(at, chosen.ok_or_else(|| format!("{label}没有选，请按数字")))
    }

    /// The digit of the source that is chosen.
    ///
    /// # Errors
    /// None is.
    pub fn source(&self, at: usize) -> Result<u8, String> {
        let label = self.field(at).map_or("来源", |field| field.label);
        let digit = self.text(at)?.parse().ok();
        self.wrong(at, digit.ok_or_else(|| format!("{label}没有选，请按数字")))
    }

    /// What the message line says of the line with the cursor.
    pub fn hint(&self) -> String {
        let Some(field) = self.field(self.at.get()) else { return String::new() };
        let how = match &field.kind {
            _ if !field.hint.is_empty() => field.hint.to_owned(),
            Kind::Text => prompt_hints::of(field.label, true),
            Kind::Note => prompt_hints::of(field.label, false),
            Kind::Money => match Money::parse(field.line.text()) {
                Ok(amount) => format!("{} 元，{}", amount.grouped(), amount.capitals()),
                Err(_) => match field.problem() {
                    Some(problem) => problem.to_string(),
                    None => "最多两位小数".to_owned(),
                },
            },
            Kind::Day(_) => "空=今天，- 昨天，-3 三天前，0303 今年3月3日".to_owned(),
            Kind::Count => "打数字".to_owned(),
            Kind::Officer => "打操作员号".to_owned(),
            Kind::Digits => "打数字".to_owned(),
            Kind::NoteMoney => "元，没有的不填".to_owned(),
            Kind::Balance => "元，没有的打 0".to_owned(),
            Kind::Limit => "元，可不填；不填即按单位的权限".to_owned(),
            Kind::Choice(_) | Kind::Source(_) => "按数字选".to_owned(),
        };
        let how = match (field.phrases.is_empty(), field.people.is_empty()) {
            (_, false) => format!("{how}，F4 选人"),
            (false, _) => format!("{how}，F4 常用语"),
            (true, true) => how,
        };
        format!("{}：{how}；{} 办理，F12 不办", field.label, self.key)
    }

    /// Rows that it takes.
    pub fn rows(&self) -> u16 {
        u16::try_from(self.fields.len().max(self.shown.len())).unwrap_or(0) + 1
    }

    fn first(&self) -> u16 {
        let wide = self.fields.iter().map(|field| columns(field.label)).max().unwrap_or(0);
        u16::try_from(wide).unwrap_or(0) + 5
    }

    /// Row and column of the caret, from its first row.
    pub fn caret(&self, cols: u16) -> (u16, u16) {
        if !self.shown.is_empty() {
            return (1, 2);
        }
        let row = u16::try_from(self.at.get()).unwrap_or(0) + 1;
        let first = self.first();
        let inside =
            self.field(self.at.get()).map_or(0, |field| field.line.window(field.cols(first, cols)).1);
        (row, first + inside)
    }

    /// Draws it from a row on.
    pub fn draw(&self, canvas: &mut Canvas, row: u16, cols: u16) {
        canvas.put_box(row, 0, cols, &format!(" {}", self.title), Role::Popup);
        if !self.shown.is_empty() {
            for (place, text) in (1..).zip(&self.shown) {
                let at = row.saturating_add(place);
                canvas.put_within(at, 2, cols.saturating_sub(3), &format!("{place} {text}"), Role::Text);
            }
            return;
        }
        let first = self.first();
        for (place, field) in self.fields.iter().enumerate() {
            let at = row + 1 + u16::try_from(place).unwrap_or(0);
            let role = if place == self.at.get() { Role::FieldFocus } else { Role::Field };
            canvas.put(at, 2, field.label, Role::Label);
            canvas.put(at, first - 1, "[", Role::Label);
            let wide = field.cols(first, cols);
            canvas.put_box(at, first, wide, &field.line.window(wide).0, role);
            let after = canvas.put(at, first + wide, "]", Role::Label) + 1;
            let room = cols.saturating_sub(after);
            let choices = match &field.kind {
                Kind::Choice(words) => offered(words, room),
                Kind::Source(sources) => held(sources, room),
                _ => continue,
            };
            canvas.put_within(at, after, room, &choices, Role::Text);
        }
    }
}

/// The words with their digits, closer together where there is little room.
fn offered(words: &[&str], room: u16) -> String {
    let with = |between: &str, after: &str| {
        let each: Vec<String> =
            words.iter().enumerate().map(|(i, word)| format!("{}{between}{word}", i + 1)).collect();
        each.join(after)
    };
    let wide = with(" ", "  ");
    if columns(&wide) <= usize::from(room) { wide } else { with("", " ") }
}

/// The sources with their digits and sums; where there is little room, without the fen of round sums.
fn held(sources: &[(u8, &str, Money)], room: u16) -> String {
    let with = |round: bool, between: &str, after: &str| {
        let each = sources.iter().map(|(digit, word, sum)| {
            let sum = sum.grouped();
            let sum = sum.strip_suffix(".00").filter(|_| round).unwrap_or(&sum);
            format!("{digit}{between}{word} {sum}")
        });
        each.collect::<Vec<_>>().join(after)
    };
    let wide = with(false, " ", "  ");
    if columns(&wide) <= usize::from(room) { wide } else { with(true, "", " ") }
}

impl Field {
    fn cols(&self, first: u16, cols: u16) -> u16 {
        match self.kind {
            Kind::Text | Kind::Note => cols.saturating_sub(first + 2),
            Kind::Money | Kind::Limit | Kind::NoteMoney | Kind::Balance | Kind::Day(_) => 14,
            Kind::Digits => 10,
            Kind::Count => 4,
            Kind::Officer => 8,
            // One for the digit, one for the caret behind it: in a box of one the digit would be scrolled away.
            Kind::Choice(_) | Kind::Source(_) => 2,
        }
    }

    fn key(&mut self, key: Key) -> Happened {
        let key = match key {
            Key::Char(c) if !self.is_words() => {
                let Some(half) = fold::digits(&c.to_string()).chars().next() else {
                    return Happened::Nothing;
                };
                // The comma that parts thousands is meant, and not needed.
                if half == ',' && self.is_sum() {
                    return Happened::Moved;
                }
                if !self.fits(half) {
                    let takes = if self.is_sum() { "数字和小数点" } else { "数字" };
                    return Happened::Say(format!("{}只收{takes}", self.label));
                }
                return self.insert(half);
            }
            key => key,
        };
        if !self.line.key(key) {
            return Happened::Nothing;
        }
        // An arrow or Backspace begins to mend what stands there.
        self.untouched = false;
        Happened::Moved
    }

    /// A character that the kind takes. What makes a sum wrong stays to be seen and mended: dropped, it would leave another
    /// sum than the one that was meant.
    fn insert(&mut self, c: char) -> Happened {
        if let Kind::Choice(words) = &self.kind {
            let known = c.to_digit(10).is_some_and(|d| d >= 1 && d as usize <= words.len());
            if !known {
                return Happened::Say(format!("{}没有 {c}，请按 1 至 {}", self.label, words.len()));
            }
            self.line.set("");
        }
        if let Kind::Source(sources) = &self.kind {
            let known = |digit: &(u8, &str, Money)| c.to_digit(10) == Some(u32::from(digit.0));
            if !sources.iter().any(known) {
                let digits: Vec<String> = sources.iter().map(|one| one.0.to_string()).collect();
                return Happened::Say(format!("{}没有 {c}，请按 {}", self.label, digits.join("、")));
            }
            self.line.set("");
        }
        if std::mem::take(&mut self.untouched) && self.is_sum() {
            self.line.set("");
        }
        let before = self.line.text().len();
        self.line.key(Key::Char(c));
        if self.line.text().len() == before {
            return Happened::Say(format!("{}已到最长，「{c}」没有收，请核对位数", self.label));
        }
        match self.problem() {
            Some(problem) => Happened::Say(format!("{}：{problem}", self.label)),
            None => Happened::Moved,
        }
    }

    /// What is wrong with a sum already, whatever is typed after it.
    fn problem(&self) -> Option<MoneyProblem> {
        let problem = Money::parse(self.line.text()).err().filter(|_| self.is_sum())?;
        // A sum begins as nothing, as 0, as 0.0, as a point.
        let begun =
            self.line.text() == "." || matches!(problem, MoneyProblem::Empty | MoneyProblem::TooSmall);
        (!begun).then_some(problem)
    }

    fn burst(&mut self, text: &str) -> Happened {
        if matches!(self.kind, Kind::Choice(_) | Kind::Source(_)) {
            return Happened::Say("请按数字选，粘贴的内容没有收".to_owned());
        }
        if self.is_words() {
            self.line.paste(text);
            return Happened::Moved;
        }
        let mut refused = 0_usize;
        let meant = fold::digits(text);
        // What parts thousands or stands around a sum is no part of it.
        let filler = |c: &char| c.is_whitespace() || (self.is_sum() && matches!(c, ',' | '¥' | '￥' | '元'));
        let meant: Vec<char> = meant.chars().filter(|c| !filler(c)).collect();
        for c in meant {
            match self.fits(c) {
                true => drop(self.insert(c)),
                false => refused += 1,
            }
        }
        match (refused, self.problem()) {
            (0, None) => Happened::Moved,
            (0, Some(problem)) => Happened::Say(format!("{}：{problem}", self.label)),
            _ => Happened::Say(format!("{}只收数字，{refused} 个字符没有收", self.label)),
        }
    }

    /// Whether it takes words.
    fn is_words(&self) -> bool {
        matches!(self.kind, Kind::Text | Kind::Note)
    }

    /// Whether it takes a sum.
    fn is_sum(&self) -> bool {
        matches!(self.kind, Kind::Money | Kind::Limit | Kind::NoteMoney | Kind::Balance)
    }

    /// Whether it takes a character, folded to half width.
    fn fits(&self, c: char) -> bool {
        match self.kind {
            Kind::Text | Kind::Note => true,
            Kind::Money | Kind::Limit | Kind::NoteMoney | Kind::Balance => {
                c.is_ascii_digit() || matches!(c, '.' | '-')
            }
            Kind::Day(_) | Kind::Digits => c.is_ascii_digit() || matches!(c, '-' | '.'),
            Kind::Count | Kind::Officer | Kind::Choice(_) | Kind::Source(_) => c.is_ascii_digit(),
        }
    }
}

/// Whether it says that there is nothing: 0, 0.00.
fn is_nothing(text: &str) -> bool {
    let zeros = text.chars().all(|c| matches!(c, '0' | '.'));
    zeros && text.contains('0') && text.matches('.').count() <= 1
}

#[cfg(test)]
#[path = "prompt_tests.rs"]
mod tests;
