//! The form of a step of the expenditure path: one sheet for all of them. It begins with what the case and its earlier steps
//! know, is weighed by the rules while it is typed, and says what it is about before the second F9.
//!
//! Must never fill what only the paper can say: votes, verdicts, signatures.

use std::collections::BTreeSet;

use super::{fill, said};
use crate::domain::code::Code;
use crate::domain::ids::CaseId;
use crate::domain::standard::Band;
use crate::forms::tables::path::PathForm;
use crate::forms::{Answers, Form, Table};
use crate::office::front::deed::Deed;
use crate::office::front::path::{PathDeed, StepView};
use crate::office::front::weigh::Weighed;
use crate::ui::canvas::Canvas;
use crate::ui::product::path::{PathAsk, PathReply};
use crate::ui::product::{Ask, Reply, StartView};
use crate::ui::role::Role;
use crate::ui::screen::Intent;
use crate::ui::screens::form_screen::{Confirm, FormScreen, Sheet};

/// What the form of a step adds to the screen around it.
pub struct StepForm {
    case: CaseId,
    form: PathForm,
    view: Option<Option<Box<StepView>>>,
    start: Option<StartView>,
}

impl StepForm {
    /// The screen.
    pub fn screen(case: CaseId, form: PathForm) -> FormScreen<StepForm> {
        FormScreen::new(StepForm { case, form, view: None, start: None }, 0)
    }

    fn view(&self) -> Option<&StepView> {
        self.view.as_ref()?.as_deref()
    }
}

impl Sheet for StepForm {
    fn name(&self) -> &'static str {
        self.form.zh()
    }

    fn table(&self) -> &'static Table {
        self.form.table()
    }

    fn subject(&self) -> String {
        self.view().map(|view| view.card.case.number.clone()).unwrap_or_default()
    }

    fn about(&self) -> Option<String> {
        Some(self.case.to_string())
    }

    fn asks(&self) -> Vec<Ask> {
        vec![Ask::Path(PathAsk::Step(self.case))]
    }

    fn is_ready(&self) -> bool {
        self.view.is_some()
    }

    fn take(&mut self, reply: &Reply, form: Option<&mut Form>) -> Vec<Intent> {
        let Reply::Path(PathReply::Step(view)) = reply else { return Vec::new() };
        self.view = Some(view.clone());
        match (self.view(), self.start.as_ref(), form) {
            (None, ..) => vec![Intent::Warn("找不到这一件，请按 F3 返回后刷新列表".to_owned())],
            (Some(view), Some(start), Some(form)) => {
                fill::begin(self.form, form, view, start, false);
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    fn begin(&mut self, form: &mut Form, start: &StartView, fresh: bool) -> Vec<Ask> {
        self.start = Some(start.clone());
        if let Some(view) = self.view() {
            fill::begin(self.form, form, view, start, fresh);
        }
        Vec::new()
    }

    fn deed(&self, answers: Answers, overrides: BTreeSet<Code>) -> Result<Deed, String> {
        if self.view().is_none() {
            return Err("找不到这一件，请按 F3 返回后刷新列表".to_owned());
        }
        Ok(Deed::Path(PathDeed::Step { case: self.case, form: self.form, answers, overrides }))
    }

    fn confirm(&self, form: &Form) -> Confirm {
        let about = self.view().map(said::whose).unwrap_or_default();
        let late = said::late(form).map(|on| format!("（{on}办的，今天补录）")).unwrap_or_default();
        let what = said::summary(self.form, form);
        Confirm::plain(format!("{about} {}{late}{what}", self.form.zh()))
    }

    fn title(&self, _form: &Form) -> String {
        self.subject()
    }

    fn standard(&self, _form: &Form) -> Option<Band> {
        self.view()?.card.standard.clone()
    }

    fn below_rows(&self) -> u16 {
        4
    }

    fn below(&self, form: &Form, _weighed: &Weighed, canvas: &mut Canvas) {
        let Some(view) = self.view() else { return };
        let asked = view.card.asked();
        let head = format!("{}  申请 {} 元", said::about(view), asked.grouped());
        canvas.put(0, 1, &head, Role::Heading);
        let mut lines = said::below(self.form, form, view);
        lines.extend(said::taken(view).map(|taken| (taken, Role::Muted)));
        lines.extend(said::clock(view, self.start.as_ref().map(|start| start.now.day())));
        for (row, (text, role)) in (1..canvas.height()).zip(lines) {
            canvas.put(row, 1, &text, role);
        }
    }

    fn submit_label(&self) -> &'static str {
        "登记"
    }

    fn lookup(&self, _form: &Form) -> String {
        // By the case's number: a number of identity would stand in the search box in full.
        self.subject()
    }

    fn help(&self) -> Vec<String> {
        let mut help = said::help(self.form);
        help.extend([
            "日期填事情发生的那一天：今天的不用动；以前办的按上箭头改成纸上的日期，登入时间另外记下。"
                .to_owned(),
            "已填的内容回车自动跳过，不对的按上箭头回去改。填到哪里存到哪里，断电后从暂存箱接着填。"
                .to_owned(),
        ]);
        help
    }
}
