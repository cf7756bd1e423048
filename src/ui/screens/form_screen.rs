//! A screen around one form: opening it, drafts, verdicts while typing, the confirmation, the deed.
//!
//! What is particular to a form is its [`Sheet`]. Must never submit on Enter or on a burst, never drop what was typed
//! while the desk was asked, and never close before the desk took the deed.

use std::collections::{BTreeSet, VecDeque};

use super::drafting::Drafting;
use crate::base::width;
use crate::domain::code::{Code, Weight};
use crate::domain::refusal::Refusal;
use crate::domain::standard::Band;
use crate::forms::layout::layout;
use crate::forms::{Answers, Context as FormContext, Form, Kind, Level, Outcome, Problem, Table};
use crate::office::front::deed::Deed;
use crate::office::front::drafts::Keep;
use crate::office::front::weigh::Weighed;
use crate::store::desk::Draft;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::form_view::{self, FormPanel};
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::product::{Ask, Place, Reply, StartView};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};

/// The field for the reason to go on in spite of warnings.
const REASON: &str = "override_reason";
/// The field of the sum, in every form that has one.
const AMOUNT: &str = "amount";
/// Rows for verdicts and the confirmation.
const FOOT: u16 = 2;
/// The key under which the text of a draft names what the form is about.
pub const ABOUT: &str = "about";

/// What stands before the second F9.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Confirm {
    /// Payee, amount in words, what happens.
    pub text: String,
    /// What has to be answered with 1 (yes) or 2 (no) first.
    pub question: Option<&'static str>,
}

impl Confirm {
    /// A confirmation without a question.
    pub fn plain(text: impl Into<String>) -> Confirm {
        Confirm { text: text.into(), question: None }
    }
}

/// What one form adds to the screen around it.
pub trait Sheet {
    /// The name in the title bar.
    fn name(&self) -> &'static str;

    /// The form.
    fn table(&self) -> &'static Table;

    /// What stands in the title bar behind the name.
    fn subject(&self) -> String {
        String::new()
    }

    /// The case or person that a form is about which is opened by it: under this a draft is found again.
    fn about(&self) -> Option<String> {
        None
    }

    /// What it asks for when it opens.
    fn asks(&self) -> Vec<Ask> {
        Vec::new()
    }

    /// Whether all of that was answered.
    fn is_ready(&self) -> bool {
        true
    }

    /// Takes an answer that is the sheet's own.
    fn take(&mut self, reply: &Reply, form: Option<&mut Form>) -> Vec<Intent>;

    /// Fills the form that was just made; `fresh` when it comes from no draft.
    fn begin(&mut self, form: &mut Form, start: &StartView, fresh: bool) -> Vec<Ask>;

    /// An id number in that field is complete.
    fn completed(&mut self, _form: &mut Form, _path: &str) -> Vec<Ask> {
        Vec::new()
    }

    /// Whether keys are to wait for an answer that fills fields.
    fn waits(&self) -> bool {
        false
    }

    /// What F9 does with these answers, or a sentence why nothing is to be done.
    ///
    /// # Errors
    /// The sentence.
    fn deed(&self, answers: Answers, overrides: BTreeSet<Code>) -> Result<Deed, String>;

    /// What is read before the second F9.
    fn confirm(&self, form: &Form) -> Confirm;

    /// The answer to its question; false when the deed is to wait.
    fn answered(&mut self, _yes: bool, _at: crate::base::day::Stamp) -> bool {
        true
    }

    /// What the list of drafts shows; no name.
    fn title(&self, form: &Form) -> String;

    /// 救助标准 for the sum that the form asks for, where the county set one.
    fn standard(&self, _form: &Form) -> Option<Band> {
        None
    }

    /// Rows that [`Sheet::below`] would like.
    fn below_rows(&self) -> u16;

    /// Draws what stands below the form.
    fn below(&self, form: &Form, weighed: &Weighed, canvas: &mut Canvas);

    /// The label of F9.
    fn submit_label(&self) -> &'static str;

    /// What F2 searches for.
    fn lookup(&self, _form: &Form) -> String {
        String::new()
    }

    /// Commands beyond those of every form.
    fn offers(&self) -> Vec<Offer> {
        Vec::new()
    }

    /// Does one of them.
    fn act(&mut self, _action: Action) -> Vec<Intent> {
        Vec::new()
    }

    /// Paragraphs of help about the screen.
    fn help(&self) -> Vec<String>;
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stage {
    /// The desk is asked for what the form starts with.
    Opening,
    Filling,
    /// F9 was pressed, the rules are asked; `again` when it was pressed twice ahead.
    Weighing {
        again: bool,
    },
    Confirming,
    Doing,
}

/// The screen.
pub struct FormScreen<S: Sheet> {
    sheet: S,
    panel: Option<FormPanel>,
    stage: Stage,
    // What the opening waits for.
    start: Option<StartView>,
    draft: Option<Draft>,
    wants_draft: bool,
    early: VecDeque<Msg>,
    asked: bool,
    left_at_reason: bool,
    drafting: Drafting,
    // What the rules said.
    weighed: Weighed,
    weighings: usize,
    warned: BTreeSet<Code>,
    size: Size,
}

impl<S: Sheet> FormScreen<S> {
    /// The screen of a sheet; `draft` is the number of the draft it goes on with, 0 for none.
    pub fn new(sheet: S, draft: u64) -> FormScreen<S> {
        FormScreen {
            wants_draft: draft != 0 || sheet.about().is_some(),
            sheet,
            panel: None,
            stage: Stage::Opening,
            start: None,
            draft: None,
            early: VecDeque::new(),
            asked: false,
            left_at_reason: false,
            drafting: Drafting::of(draft),
            weighed: Weighed::default(),
            weighings: 0,
            warned: BTreeSet::new(),
            size: Size { rows: 19, cols: 80 },
        }
    }

    /// The form, once it is open.
    pub fn form(&self) -> Option<&Form> {
        self.panel.as_ref().map(|panel| &panel.form)
    }

    fn ask_first(&mut self) -> Vec<Intent> {
        if std::mem::replace(&mut self.asked, true) {
            return Vec::new();
        }
        let mut asks = vec![Ask::Start(self.sheet.table().name)];
        if self.sheet.about().is_some() {
            asks.push(Ask::Drafts);
        } else if self.wants_draft {
            asks.push(Ask::Draft(self.drafting.number()));
        }
        asks.extend(self.sheet.asks());
        asks.into_iter().map(Intent::Ask).collect()
    }

    /// Back in the field that was left: the one for the reason shows only once the rules have warned.
    fn back_to_reason(&mut self) {
        if std::mem::take(&mut self.left_at_reason)
            && let Some(panel) = self.panel.as_mut()
        {
            panel.form.go(REASON);
        }
    }

    /// Makes the form once everything is there.
    fn open(&mut self) -> Vec<Intent> {
        if self.panel.is_some() || self.wants_draft || !self.sheet.is_ready() {
            return Vec::new();
        }
        let Some(start) = self.start.as_ref() else { return Vec::new() };
        let context =
            FormContext { today: start.now.day(), now: start.now, township: start.officer.office.township() };
        let table = self.sheet.table();
        let mut intents = Vec::new();
        let (mut form, fresh) = match self.draft.take() {
            Some(draft) => match Form::from_draft(table, context, &draft.answers.to_string()) {
                Ok((form, _)) => {
                    self.left_at_reason = draft.field == REASON;
                    self.drafting.found(draft.id, crate::base::day::Stamp(draft.saved_ms));
                    (form, false)
                }
                Err(fault) => {
                    intents.push(Intent::Warn(fault.to_string()));
                    (Form::new(table, context, Answers::new()), true)
                }
            },
            None => (Form::new(table, context, Answers::new()), true),
        };
        if let Ok((last, _)) = Form::from_draft(table, context, &start.last) {
            form.set_before(last.answers().clone());
        }
        intents.extend(self.sheet.begin(&mut form, start, fresh).into_iter().map(Intent::Ask));
        if fresh {
            to_first_open(&mut form);
        }
        self.panel = Some(FormPanel::new(form));
        self.stage = Stage::Filling;
        intents.extend(self.weigh());
        intents.extend(self.replay());
        intents
    }

    /// What was typed while the desk was asked comes to the form now.
    fn replay(&mut self) -> Vec<Intent> {
        let mut intents = Vec::new();
        while !self.sheet.waits() && self.panel.is_some() {
            let Some(msg) = self.early.pop_front() else { break };
            intents.extend(self.input(msg));
        }
        intents
    }

    fn input(&mut self, msg: Msg) -> Vec<Intent> {
        let leaves = matches!(msg, Msg::Action(Action::Back));
        if self.panel.is_none() {
            if leaves {
                return vec![Intent::Back];
            }
            self.early.push_back(msg);
            return Vec::new();
        }
        if self.sheet.waits() && !leaves {
            self.early.push_back(msg);
            return Vec::new();
        }
        match (self.stage, &msg) {
            (Stage::Doing, Msg::Action(Action::Back)) => vec![Intent::Back],
            (Stage::Doing, _) => vec![Intent::Say("正在办理，请稍候；F3 返回，结果会告诉您".to_owned())],
            (Stage::Weighing { .. }, Msg::Action(Action::Submit)) => {
                self.stage = Stage::Weighing { again: true };
                Vec::new()
            }
            (Stage::Confirming, msg) => match self.confirming(msg) {
                Some(intents) => intents,
                None => {
                    self.stage = Stage::Filling;
                    self.filling(msg)
                }
            },
            (_, msg) => {
                self.stage = Stage::Filling;
                self.filling(msg)
            }
        }
    }

    /// The confirmation stands: F9 does it, F12 goes back to the form, Enter does nothing, anything else edits.
    fn confirming(&mut self, msg: &Msg) -> Option<Vec<Intent>> {
        let confirm = self.sheet.confirm(self.form()?);
        match msg {
            Msg::Action(Action::Submit) => Some(match confirm.question {
                Some(question) => vec![Intent::Warn(question.to_owned())],
                None => self.give(),
            }),
            Msg::Action(Action::Cancel) => {
                self.stage = Stage::Filling;
                Some(vec![Intent::Say("没有提交，可以接着改".to_owned())])
            }
            Msg::Key(Key::Char(c)) if confirm.question.is_some() => {
                let at = self.drafting.saved().or(self.start.as_ref().map(|start| start.now))?;
                match c {
                    '1' | '１' => {
                        self.sheet.answered(true, at);
                        Some(Vec::new())
                    }
                    '2' | '２' if !self.sheet.answered(false, at) => {
                        let said = "已暂存，联机后从暂存箱接着办".to_owned();
                        let mut intents = self.leave();
                        intents.push(Intent::Say(said));
                        Some(intents)
                    }
                    _ => Some(vec![Intent::Warn(confirm.question.unwrap_or_default().to_owned())]),
                }
            }
            Msg::Key(Key::Enter) => {
                Some(vec![Intent::Say("回车不会提交：再按 F9 办理，F12 回去改".to_owned())])
            }
            _ => None,
        }
    }

    fn filling(&mut self, msg: &Msg) -> Vec<Intent> {
        if let Some(number) = self.read_card(msg) {
            // The Enter of a card reader waits for the person's card like a typed one: what it fills is skipped.
            let mut intents = self.filling(&Msg::Burst(number));
            intents.extend(self.input(Msg::Key(Key::Enter)));
            return intents;
        }
        let Some(panel) = self.panel.as_mut() else { return Vec::new() };
        if let Some(outcomes) = panel.take(msg) {
            return self.outcomes(outcomes);
        }
        match msg {
            Msg::Action(Action::Back) => self.leave(),
            Msg::Action(Action::KeepDraft) => {
                let mut intents = self.keep();
                intents.push(Intent::Say("已暂存，可以随时从暂存箱接着办".to_owned()));
                intents
            }
            Msg::Action(Action::Refresh) => {
                let mut intents = self.weigh();
                intents.push(Intent::Say("已按现在填的重新核对".to_owned()));
                intents
            }
            Msg::Action(Action::Cancel) => {
                vec![Intent::Say("没有要取消的一步；F3 暂存并返回".to_owned())]
            }
            Msg::Action(Action::Lookup) => {
                let text = self.form().map(|form| self.sheet.lookup(form)).unwrap_or_default();
                vec![Intent::Open(Place::Lookup(text))]
            }
            Msg::Action(action) => self.sheet.act(*action),
            _ => Vec::new(),
        }
    }

    /// What a card reader gave, without its Enter.
    fn read_card(&self, msg: &Msg) -> Option<String> {
        let Msg::Burst(text) = msg else { return None };
        let form = self.form()?;
        let number = matches!(form.field(form.focus())?.kind, Kind::IdNumber { .. });
        let text = text.strip_suffix('\n')?;
        (number && form.list().is_none() && !text.is_empty()).then(|| text.to_owned())
    }

    fn outcomes(&mut self, outcomes: Vec<Outcome>) -> Vec<Intent> {
        let mut intents = Vec::new();
        let (mut left, mut submit) = (false, false);
        for outcome in outcomes {
            match outcome {
                Outcome::Edited(_) | Outcome::Wants { .. } => {}
                Outcome::Left(_) => left = true,
                Outcome::Completed(path) => {
                    if let Some(panel) = self.panel.as_mut() {
                        let asks = self.sheet.completed(&mut panel.form, &path);
                        intents.extend(asks.into_iter().map(Intent::Ask));
                    }
                }
                Outcome::Told(sentence) => intents.push(Intent::Say(sentence)),
                Outcome::Ready => {
                    let label = self.sheet.submit_label();
                    // Not where the rules have said no to what is filled in: that stands below in red.
                    let said = match self.stops() {
                        Some(_) => format!("填完了；下面提示的改好，再按 F9 {label}"),
                        None => format!("都填好了，按 F9 {label}"),
                    };
                    intents.push(Intent::Say(said));
                }
                Outcome::Refused(count) => intents.push(Intent::Warn(self.first_wrong(count))),
                Outcome::Submit => submit = true,
            }
        }
        if left {
            intents.extend(self.keep());
        }
        if submit {
            self.stage = Stage::Weighing { again: false };
        }
        if left || submit {
            let asked = self.weigh();
            if submit && asked.is_empty() {
                self.stage = Stage::Filling;
                intents.extend(self.why_not());
            }
            intents.extend(asked);
        }
        intents
    }

    fn first_wrong(&self, count: usize) -> String {
        let first = self.form().and_then(|form| {
            let field = form.field(form.focus())?;
            let problem = form.problems_at(form.focus()).into_iter().next()?;
            Some(if problem.sentence.starts_with(field.label) {
                problem.sentence
            } else {
                format!("{}：{}", field.label.replace(' ', ""), problem.sentence)
            })
        });
        match (first, count) {
            (Some(first), 0 | 1) => first,
            (Some(first), _) => format!("还有 {count} 处没有填好。{first}"),
            (None, _) => format!("还有 {count} 处没有填好"),
        }
    }

    /// What of the answers shows: what is hidden is not said.
    fn said(&self) -> Option<Answers> {
        let form = self.form()?;
        if let Ok(answers) = form.submit() {
            return Some(answers);
        }
        let mut said = Answers::new();
        for field in form.table().fields.iter().filter(|field| field.shows(form.answers())) {
            if let Some(answer) = form.answers().get(field.key).filter(|answer| !answer.text.is_empty()) {
                said.put(field.key, answer.clone());
            }
            let rows = form.answers().rows(field.key);
            if !rows.is_empty() {
                *said.rows_mut(field.key) = rows.iter().filter(|row| !row.is_blank()).cloned().collect();
            }
        }
        Some(said)
    }

    /// The warnings that the officer goes on in spite of: all that stand, once he said why.
    fn overrides(&self, answers: &Answers) -> BTreeSet<Code> {
        if answers.has(REASON) { self.warned.clone() } else { BTreeSet::new() }
    }

    fn weigh(&mut self) -> Vec<Intent> {
        let Some(answers) = self.said() else { return Vec::new() };
        let overrides = self.overrides(&answers);
        match self.sheet.deed(answers, overrides) {
            Ok(deed) => {
                self.weighings += 1;
                vec![Intent::Ask(Ask::Weigh(Box::new(deed)))]
            }
            Err(_) => Vec::new(),
        }
    }

    fn why_not(&self) -> Option<Intent> {
        let answers = self.said()?;
        let overrides = self.overrides(&answers);
        self.sheet.deed(answers, overrides).err().map(Intent::Warn)
    }

    /// The rules have answered.
    fn verdicts(&mut self, weighed: Weighed) -> Vec<Intent> {
        self.weighings = self.weighings.saturating_sub(1);
        self.weighed.township_left = weighed.township_left.or(self.weighed.township_left);
        self.judge(weighed.verdicts);
        self.back_to_reason();
        let Stage::Weighing { again } = self.stage else { return Vec::new() };
        if self.weighings > 0 {
            return Vec::new();
        }
        if let Some(first) = self.stops() {
            self.stage = Stage::Filling;
            return self.show_first(&first);
        }
        self.stage = Stage::Confirming;
        let asks = self.form().is_some_and(|form| self.sheet.confirm(form).question.is_some());
        if again && !asks { self.give() } else { Vec::new() }
    }

    /// Puts what the rules said beside its fields.
    fn judge(&mut self, mut verdicts: Vec<Refusal>) {
        verdicts.retain(|verdict| !self.is_unsaid(verdict));
        let refused = verdicts.iter().any(|verdict| verdict.code.weight() == Weight::Refuses);
        let asked: BTreeSet<Code> = verdicts
            .iter()
            .map(|verdict| verdict.code)
            .filter(|code| code.weight() == Weight::AsksReason)
            .collect();
        // Behind a refusal the rules look no further: a warning known before still stands.
        if refused || self.weighings > 0 {
            self.warned.extend(asked);
        } else {
            self.warned = asked;
        }
        let mut problems: Vec<Problem> = verdicts.iter().map(problem).collect();
        for code in &self.warned {
            if !verdicts.iter().any(|verdict| verdict.code == *code) {
                let mut kept = Problem::warning("", code.when()).coded(code.text());
                kept.clause = Some(code.clause()).filter(|clause| !clause.is_empty());
                problems.push(kept);
            }
        }
        self.weighed.verdicts = verdicts;
        if let Some(panel) = self.panel.as_mut() {
            panel.form.verdicts(problems);
        }
    }

    /// Whether a verdict only says that a field is empty which the form asks for by itself, or that a choice which is still to
    /// be made would bring up: nothing is said about what was not reached yet.
    fn is_unsaid(&self, verdict: &Refusal) -> bool {
        let Some(form) = self.form().filter(|_| verdict.code == Code::ReasonRequired) else { return false };
        let field = form.table().field(verdict.field);
        field.is_some_and(|field| match field.shows(form.answers()) {
            true => field.is_needed(form.answers()) && !form.answers().has(field.key),
            false => form.submit().is_err(),
        })
    }

    /// The first verdict that keeps the deed from being done.
    fn stops(&self) -> Option<Refusal> {
        let overrides = self.said().map(|answers| self.overrides(&answers)).unwrap_or_default();
        self.weighed.verdicts.iter().find(|verdict| verdict.stops(&overrides)).cloned()
    }

    /// Leads to the field that a verdict is about, a warning to the field for the reason.
    fn show_first(&mut self, first: &Refusal) -> Vec<Intent> {
        let Some(panel) = self.panel.as_mut() else { return Vec::new() };
        let warning = first.code.weight() == Weight::AsksReason;
        let stands = warning && panel.form.go(REASON);
        if !stands && !first.field.is_empty() {
            panel.form.go(first.field);
        }
        let sentence = if stands {
            format!("{} 仍要办的，在确办理由里写明，再按 F9", first.full())
        } else {
            first.full()
        };
        vec![Intent::Warn(sentence)]
    }

    fn give(&mut self) -> Vec<Intent> {
        let Some(answers) = self.said() else { return Vec::new() };
        let overrides = self.overrides(&answers);
        match self.sheet.deed(answers, overrides) {
            Ok(deed) => {
                self.stage = Stage::Doing;
                self.drafting.give(Box::new(deed))
            }
            Err(sentence) => vec![Intent::Warn(sentence)],
        }
    }

    /// What is to be kept; nothing while the officer said nothing.
    fn to_keep(&self) -> Option<Keep> {
        let form = self.form()?;
        // Rows that the desk filled with the household are nobody's words.
        let said = |answers: &Answers| {
            answers.iter().any(|(_, answer)| answer.source.is_own() && !answer.text.is_empty())
        };
        let own = said(form.answers()) || form.answers().iter_rows().any(|(_, rows)| rows.iter().any(said));
        if !own && self.drafting.number() == 0 {
            return None;
        }
        let text = form.to_draft().ok()?;
        let text = match self.sheet.about() {
            Some(about) => {
                let mut value: serde_json::Value = serde_json::from_str(&text).ok()?;
                value.as_object_mut()?.insert(ABOUT.to_owned(), about.into());
                value.to_string()
            }
            None => text,
        };
        Some(Keep {
            id: 0,
            form: form.table().name,
            title: self.sheet.title(form),
            text,
            field: form.focus_path(),
        })
    }

    fn keep(&mut self) -> Vec<Intent> {
        self.to_keep().map(|keep| self.drafting.keep(keep)).unwrap_or_default()
    }

    fn leave(&mut self) -> Vec<Intent> {
        let keep = self.to_keep();
        self.drafting.leave(keep)
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        match reply {
            Reply::Start(start) if start.form == self.sheet.table().name => {
                self.start = Some(*start);
                self.open()
            }
            Reply::Draft(draft) => {
                self.draft = Some(draft);
                self.wants_draft = false;
                self.open()
            }
            Reply::Drafts(drafts) => {
                let (name, about) = (self.sheet.table().name, self.sheet.about());
                self.draft = drafts.into_iter().find(|draft| draft.form == name && about_of(draft) == about);
                self.wants_draft = false;
                self.open()
            }
            Reply::Kept(id, at) => self.drafting.kept(id, at),
            Reply::Weighed(weighed) => self.verdicts(weighed),
            Reply::Done { sentence, notes, .. } => self.done(sentence, &notes),
            Reply::Refused(verdicts) => {
                self.stage = Stage::Filling;
                self.judge(verdicts);
                match self.weighed.verdicts.first().cloned() {
                    Some(first) => self.show_first(&first),
                    None => vec![Intent::Warn("没有办成，请按 F5 重新核对".to_owned())],
                }
            }
            Reply::Held(sentence) => {
                let mut intents = self.remember();
                intents.extend([Intent::Back, Intent::Say(sentence)]);
                intents
            }
            Reply::Failed(sentence) => {
                self.weighings = 0;
                if self.panel.is_some() {
                    self.stage = Stage::Filling;
                }
                let mut intents = self.drafting.failed();
                let form = self.panel.as_mut().map(|panel| &mut panel.form);
                intents.extend(self.sheet.take(&Reply::Failed(sentence.clone()), form));
                intents.push(Intent::Warn(sentence));
                intents.extend(self.replay());
                intents
            }
            Reply::Printed(path) => vec![Intent::Say(format!("已生成 {path}，请在打印程序里打印"))],
            other => {
                let form = self.panel.as_mut().map(|panel| &mut panel.form);
                let waited = self.sheet.waits();
                let mut intents = self.sheet.take(&other, form);
                intents.extend(self.open());
                if waited && !self.sheet.waits() {
                    intents.extend(self.weigh());
                    intents.extend(self.replay());
                }
                intents
            }
        }
    }

    fn done(&mut self, sentence: String, notes: &[Refusal]) -> Vec<Intent> {
        let mut intents = self.remember();
        let said = match notes.first() {
            Some(note) => format!("{sentence}；提示：{}", note.full()),
            None => sentence,
        };
        intents.extend([Intent::Back, Intent::Say(said)]);
        intents
    }

    /// The answers are the record before of the next form.
    fn remember(&self) -> Vec<Intent> {
        let text = self.form().and_then(|form| form.to_draft().ok());
        text.map(|text| Intent::Ask(Ask::Remember(self.sheet.table().name, text))).into_iter().collect()
    }

    /// Rows of the form with the rule under it.
    fn form_rows(&self, form: &Form) -> u16 {
        let Size { rows, cols } = self.size;
        let whole = layout(form, cols, 200);
        let lines = whole.pages.iter().flatten().map(|one| one.field.y + 1).max().unwrap_or(1);
        let below = self.sheet.below_rows().min(rows / 4);
        let (need, room) = (lines + 1, rows.saturating_sub(FOOT + below));
        // One row taken from below is better than a page of its own for the last field.
        if need == room + 1 && below > 2 { need } else { need.min(room).max(2) }
    }

    /// The area that the form is drawn in: over an open list of values all of it.
    fn form_area(&self, form: &Form) -> Size {
        let whole = form.list().is_some() && self.size.cols >= crate::forms::layout::DECLARED;
        let rows = if whole { self.size.rows } else { self.form_rows(form) };
        Size { rows, cols: self.size.cols }
    }

    fn foot(&self, form: &Form) -> Vec<(String, Role)> {
        match self.stage {
            Stage::Weighing { .. } => vec![("正在核对".to_owned(), Role::Hint)],
            Stage::Doing => vec![("正在办理".to_owned(), Role::Hint)],
            Stage::Confirming => {
                let confirm = self.sheet.confirm(form);
                let text = match confirm.question {
                    Some(question) => format!("{}。{question}", confirm.text),
                    None => format!("{}。再按 F9 办理，F12 回去改", confirm.text),
                };
                vec![(text, Role::Sign)]
            }
            Stage::Opening | Stage::Filling => {
                form.last_verdicts().iter().filter(|p| p.level != Level::Note).map(line).collect()
            }
        }
    }

    fn draw_foot(&self, form: &Form, canvas: &mut Canvas, first: u16) {
        let room = usize::from(self.size.cols.saturating_sub(2));
        let rows = self.size.rows.saturating_sub(first);
        let wrapped: Vec<(String, Role)> = self
            .foot(form)
            .into_iter()
            .flat_map(|(text, role)| {
                width::wrap(&width::fold_glyphs(&text), room).into_iter().map(move |line| (line, role))
            })
            .collect();
        // A confirmation is read whole: where it is longer than the foot it grows over what stands above.
        let need = u16::try_from(wrapped.len()).unwrap_or(rows);
        let grows = self.stage == Stage::Confirming && need > rows;
        let first = if grows { self.size.rows.saturating_sub(need) } else { first };
        for (row, (text, role)) in (first..self.size.rows).zip(wrapped) {
            if role == Role::Sign {
                canvas.put_box(row, 0, self.size.cols, &format!(" {text}"), role);
            } else {
                canvas.put(row, 1, &text, role);
            }
        }
    }
}

/// The case or person that a draft is about.
pub fn about_of(draft: &Draft) -> Option<String> {
    draft.answers.get(ABOUT)?.as_str().map(str::to_owned)
}

/// What a rule said, beside the field it is about.
fn problem(refusal: &Refusal) -> Problem {
    Problem {
        field: refusal.field.to_owned(),
        code: Some(refusal.code.text()),
        sentence: refusal.sentence.clone(),
        clause: Some(refusal.clause).filter(|clause| !clause.is_empty()),
        level: match refusal.code.weight() {
            Weight::Refuses => Level::Error,
            Weight::AsksReason => Level::Warning,
            Weight::Notes => Level::Note,
        },
    }
}

fn line(problem: &Problem) -> (String, Role) {
    let clause = problem.clause.unwrap_or_default();
    match problem.level {
        Level::Error => (format!("x {}{clause}", problem.sentence), Role::Problem),
        Level::Warning => (format!("! {}{clause}", problem.sentence), Role::Warning),
        Level::Note => (format!("* {}{clause}", problem.sentence), Role::Hint),
    }
}

/// Puts the focus on the first field that needs the officer.
pub fn to_first_open(form: &mut Form) {
    let open = form.spots().into_iter().find(|spot| !form.is_settled(*spot));
    if let Some(spot) = open {
        let path = form.path(spot);
        form.go(&path);
    }
}

impl<S: Sheet> Screen for FormScreen<S> {
    fn name(&self) -> &'static str {
        self.sheet.name()
    }

    fn subject(&self) -> String {
        let saved = self.drafting.saved().map(|at| format!("已暂存 {}", at.clock())).unwrap_or_default();
        let subject = self.sheet.subject();
        format!("{subject} {saved}").trim().to_owned()
    }

    fn context(&self) -> Context {
        Context::Form
    }

    fn offers(&self) -> Vec<Offer> {
        let Some(form) = self.form() else { return vec![Offer::new(Action::Back)] };
        let has_rows = form.table().fields.iter().any(|f| f.columns().is_some() && f.shows(form.answers()));
        let mut offers = vec![
            Offer::key(Key::Enter, "下项"),
            Offer::named(Action::Lookup, "往年"),
            Offer::new(Action::Choose),
            Offer::new(Action::KeepDraft),
            Offer::new(Action::SameAsBefore),
            Offer::named(Action::Submit, self.sheet.submit_label()),
            Offer::new(Action::Cancel),
        ];
        offers.extend(self.sheet.offers());
        if has_rows {
            offers.push(Offer::named(Action::New, "加行"));
            offers.push(Offer::new(Action::DeleteRow));
        }
        offers.extend([
            Offer::new(Action::Back),
            Offer::named(Action::Refresh, "重新核对"),
            Offer::new(Action::Undo),
        ]);
        offers
    }

    fn hint(&self) -> String {
        let Some(form) = self.form() else { return "正在打开".to_owned() };
        // The band stands where the sum is typed, as long as nothing is wrong with it.
        let typed = form.focus_path() == AMOUNT && form.list().is_none();
        let band = self.sheet.standard(form).filter(|_| typed && form.beside(form.focus()).is_none());
        match (band, form.field(form.focus())) {
            (Some(band), Some(field)) => format!("{}：{}；{}", field.label, band.zh(), field.hint),
            _ => form_view::hint(form),
        }
    }

    fn help(&self) -> HelpText {
        let mut field = String::new();
        if let Some(form) = self.form()
            && let Some(declared) = form.field(form.focus())
        {
            let clause = declared.clause.map(|clause| format!("依据：{clause}。")).unwrap_or_default();
            let beside = form.beside(form.focus()).map(|p| format!("现在：{}。", p.sentence));
            field = format!(
                "{}：{}。{clause}{}",
                declared.label.replace(' ', ""),
                declared.hint,
                beside.unwrap_or_default()
            );
        }
        HelpText { field, screen: self.sheet.help() }
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                Vec::new()
            }
            Msg::Shown => self.ask_first(),
            Msg::Reply(reply) => self.reply(reply),
            Msg::Key(_) | Msg::Burst(_) | Msg::Action(_) => self.input(msg),
        }
    }

    fn draw(&self, canvas: &mut Canvas) {
        let Some(form) = self.form() else {
            canvas.put(1, 1, "正在打开", Role::Muted);
            return;
        };
        let rows = self.form_rows(form);
        let area = self.form_area(form);
        let pages = layout(form, area.cols, rows).pages.len();
        let rule = if pages > 1 { area.cols.saturating_sub(22) } else { area.cols };
        canvas.dashes(rows - 1, 0, rule);
        // While nothing is said the rows of the foot belong to what stands above it.
        let taken = if self.foot(form).is_empty() { 0 } else { FOOT };
        let foot = self.size.rows.saturating_sub(taken);
        self.sheet.below(form, &self.weighed, &mut canvas.rows(rows, foot.saturating_sub(rows)));
        self.draw_foot(form, canvas, foot);
        form_view::draw(form, &mut canvas.rows(0, area.rows));
    }

    fn caret(&self) -> (u16, u16) {
        self.form().map_or((0, 0), |form| form_view::caret(form, self.form_area(form)))
    }
}
