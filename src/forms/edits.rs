//! How the text of the focused field is edited, grapheme by grapheme, with every step kept for undo.

use tui_input::{Input, InputRequest};
use unicode_segmentation::UnicodeSegmentation;

use super::answers::{Answer, Source};
use super::field::{Field, Kind};
use super::form::{Form, Outcome, Stroke};
use super::keys::{takes_only, told};
use super::kind;

impl Form {
    pub(super) fn insert_all(&mut self, text: &str) -> Vec<Outcome> {
        let Some(field) = self.field(self.focus) else { return Vec::new() };
        let path = self.path(self.focus);
        let meant: Vec<Option<char>> = text
            .chars()
            .filter(|typed| !kind::is_filler(field.kind, *typed))
            .map(|typed| kind::accept(field.kind, typed))
            .collect();
        let refused = meant.iter().filter(|c| c.is_none()).count();
        // What holds nothing for this field must not push out what stands there.
        if refused == meant.len() {
            return if refused == 0 { Vec::new() } else { vec![told(takes_only(field.kind))] };
        }
        let mut over = 0_usize;
        self.begin_insert();
        for c in meant.into_iter().flatten() {
            // Nothing is taken after the first that is too much: a mark that joins to a dropped character is no part of
            // what stands, and a paste of a whole book must not hold the screen.
            if over == 0 && self.takes(field, c) {
                self.input.handle(InputRequest::InsertChar(c));
            } else {
                over += 1;
            }
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

    pub(super) fn insert(&mut self, field: &'static Field, c: char) -> Vec<Outcome> {
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
    pub(super) fn begin_insert(&mut self) {
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
    pub(super) fn takes(&self, field: &Field, c: char) -> bool {
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
    pub(super) fn written(&mut self) {
        let spot = self.focus;
        let answer = Answer { text: self.input.value().to_owned(), label: None, source: Source::Typed };
        let cursor = self.input.cursor();
        self.write(spot, answer);
        if self.input.value().is_empty() || self.is_resolved(spot) {
            return;
        }
        self.input.handle(InputRequest::SetCursor(cursor));
    }

    pub(super) fn completed(&self) -> Option<Outcome> {
        let field = self.field(self.focus)?;
        let text = self.answer(self.focus).text;
        let whole = matches!(field.kind, Kind::IdNumber { .. }) && text.chars().count() == 18;
        (whole && kind::read(field, &text, &self.context).is_ok())
            .then(|| Outcome::Completed(self.focus_path()))
    }

    pub(super) fn caret(&mut self, request: InputRequest) -> Vec<Outcome> {
        self.fresh = false;
        self.input.handle(request);
        Vec::new()
    }

    pub(super) fn remove(&mut self, request: InputRequest) -> Vec<Outcome> {
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

    pub(super) fn clear(&mut self) -> Vec<Outcome> {
        if self.answer(self.focus).text.is_empty() {
            return Vec::new();
        }
        self.remember(self.focus, Stroke::Replace);
        self.input = Input::default();
        self.written();
        vec![Outcome::Edited(self.focus_path())]
    }

    pub(super) fn undo(&mut self) -> Vec<Outcome> {
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
}
