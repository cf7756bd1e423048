//! 转介 (F20): a case's person is handed on to another body, with what is asked of it.
//!
//! Must never send anything by itself: the printed sheet goes.

use std::collections::BTreeSet;

use crate::domain::code::Code;
use crate::domain::ids::{CaseId, LineId};
use crate::domain::nouns::LineKind;
use crate::domain::tiers::ReferTo;
use crate::forms::tables::county::refer;
use crate::forms::{Answers, Form, Source, Table};
use crate::office::front::county::CountyDeed;
use crate::office::front::deed::Deed;
use crate::office::front::weigh::Weighed;
use crate::office::print::county::CountyPaper;
use crate::store::replica::views::card::CaseCard;
use crate::store::replica::views::partners::PartnerRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::product::county::CountyAsk;
use crate::ui::product::{Ask, Reply, StartView};
use crate::ui::role::Role;
use crate::ui::screen::{Intent, Offer};
use crate::ui::screens::case_card;
use crate::ui::screens::form_screen::{Confirm, FormScreen, Sheet};
use crate::ui::screens::partners;

/// What the form of a referral adds to the screen around it.
pub struct Refer {
    case: CaseId,
    card: Option<Option<Box<CaseCard>>>,
    partners: Vec<PartnerRow>,
}

impl Refer {
    /// The screen.
    pub fn screen(case: CaseId) -> FormScreen<Refer> {
        FormScreen::new(Refer { case, card: None, partners: Vec::new() }, 0)
    }

    fn card(&self) -> Option<&CaseCard> {
        self.card.as_ref()?.as_deref()
    }

    /// The line of the grant that is a referral, where there is one.
    fn line(&self) -> Option<LineId> {
        let case = &self.card()?.case;
        let lines = if case.granted.is_empty() { &case.asked } else { &case.granted };
        lines.iter().find(|line| line.kind == LineKind::Referral).map(|line| line.line)
    }

    fn to(text: &str) -> Option<ReferTo> {
        text.parse().ok().and_then(ReferTo::from_digit)
    }
}

impl Sheet for Refer {
    fn name(&self) -> &'static str {
        "转介"
    }

    fn table(&self) -> &'static Table {
        &refer::TABLE
    }

    fn subject(&self) -> String {
        self.card().map(|card| card.case.number.clone()).unwrap_or_default()
    }

    fn about(&self) -> Option<String> {
        Some(self.case.to_string())
    }

    fn asks(&self) -> Vec<Ask> {
        vec![Ask::Case(self.case)]
    }

    fn is_ready(&self) -> bool {
        self.card.is_some()
    }

    fn take(&mut self, reply: &Reply, _form: Option<&mut Form>) -> Vec<Intent> {
        let Reply::Case(card) = reply else { return Vec::new() };
        self.card = Some(card.clone());
        match self.card() {
            Some(_) => Vec::new(),
            None => vec![Intent::Warn("找不到这一件，请按 F3 返回后刷新".to_owned())],
        }
    }

    /// Begins with the scheme that the case speaks for most, and what is asked of it: right, it costs no key.
    fn begin(&mut self, form: &mut Form, start: &StartView, fresh: bool) -> Vec<Ask> {
        self.partners.clone_from(&start.partners);
        form.supply("body", partners::offers(&self.partners, start.now.day()));
        if let Some((to, why)) = self.card().and_then(|card| card.hints.first()).filter(|_| fresh) {
            form.set("to", &to.digit().to_string(), Source::Filled);
            form.set(
                "what",
                &format!("{why}，请核定是否符合{}条件，符合的纳入保障", to.zh()),
                Source::Filled,
            );
        }
        Vec::new()
    }

    fn deed(&self, answers: Answers, _overrides: BTreeSet<Code>) -> Result<Deed, String> {
        let on = answers.day("on").ok_or("请填写转介日期，回车是今天")?;
        let body = answers.text("body").to_owned();
        Ok(Deed::County(CountyDeed::Refer {
            case: self.case,
            line: self.line(),
            to: Refer::to(answers.text("to")).ok_or("转介去向没有选，请按数字")?,
            on,
            partner: partners::named(&self.partners, &body, on).map(|row| row.id),
            body,
            what: answers.text("what").to_owned(),
        }))
    }

    fn confirm(&self, form: &Form) -> Confirm {
        let name = self.card().map(case_card::name).unwrap_or_default();
        let to = Refer::to(&form.value("to")).map_or("", ReferTo::zh);
        Confirm::plain(format!("转介：{name} 到 {to}，{}", form.value("body")))
    }

    fn title(&self, _form: &Form) -> String {
        self.subject()
    }

    fn below_rows(&self) -> u16 {
        4
    }

    fn below(&self, _form: &Form, _weighed: &Weighed, canvas: &mut Canvas) {
        let Some(card) = self.card() else { return };
        let head = format!(
            "{} {}  {}  {}",
            card.case.number,
            case_card::name(card),
            card.case.circumstance.zh(),
            card.case.stage.zh()
        );
        canvas.put(0, 1, &head, Role::Heading);
        canvas.put(1, 1, &card.opening.reason, Role::Text);
        if !card.hints.is_empty() {
            let all: Vec<&str> = card.hints.iter().map(|(to, _)| to.zh()).collect();
            let text = format!("可能符合 {}；已填第一项，改按数字 四（二）2", all.join("、"));
            canvas.put(3, 1, &text, Role::Text);
        }
        canvas.put(2, 1, "登记后 Ctrl-P 打转介单；7 天内没有回执的列在待办里", Role::Muted);
    }

    fn submit_label(&self) -> &'static str {
        "登记"
    }

    fn lookup(&self, _form: &Form) -> String {
        // By the case's number: a number of identity would stand in the search box in full.
        self.subject()
    }

    fn offers(&self) -> Vec<Offer> {
        vec![Offer::named(Action::Print, "打转介单")]
    }

    fn act(&mut self, action: Action) -> Vec<Intent> {
        match action {
            Action::Print => {
                vec![Intent::Ask(Ask::County(CountyAsk::Print(CountyPaper::Referral(self.case, None))))]
            }
            _ => Vec::new(),
        }
    }

    fn help(&self) -> Vec<String> {
        [
            "符合低保、特困、医疗、教育、住房、就业等条件的转相关部门；其余转慈善组织、社工机构。四（二）2",
            "程序按身份、情形、年龄、残疾和入户调查的收入提示可能符合的制度，先填第一项；转介后不再提示。只是提示，不作决定。",
            "接收单位按 F4 从协作单位里选，没有登记的直接写；选的计入该单位的转介和给付。",
            "转介不算救助金，不影响本事项累计。拒绝救助、已经办结的也可以转介。",
            "回执在更多办理 22 登记：已接收，不予接收，已办结。",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
#[path = "refer_tests.rs"]
mod tests;
