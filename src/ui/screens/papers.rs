//! 补登记: the papers of a case that was paid first, item by item, or the emergency that still lasts.
//!
//! Must never ask for a paper that the case does not owe, nor take back one that is complete.

use std::collections::BTreeSet;

use super::form_screen::{Confirm, FormScreen, Sheet};
use crate::domain::answers::Item;
use crate::domain::code::Code;
use crate::domain::ids::CaseId;
use crate::forms::tables::deferred;
use crate::forms::{Answers, Form, Source, Table};
use crate::office::compose::deferred::FIELDS;
use crate::office::front::deed::Deed;
use crate::office::front::weigh::Weighed;
use crate::office::print::PaperKind;
use crate::store::replica::views::card::CaseCard;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::product::{Ask, Reply, StartView};
use crate::ui::role::Role;
use crate::ui::screen::{Intent, Offer};

/// What the form of deferred papers adds to the screen around it.
pub struct Papers {
    case: CaseId,
    card: Option<Option<Box<CaseCard>>>,
    today: Option<crate::base::day::Day>,
}

impl Papers {
    /// The screen.
    pub fn screen(case: CaseId) -> FormScreen<Papers> {
        FormScreen::new(Papers { case, card: None, today: None }, 0)
    }

    fn card(&self) -> Option<&CaseCard> {
        self.card.as_ref()?.as_deref()
    }

    fn open_items(&self) -> Vec<&Item> {
        self.card()
            .map(|card| card.items.iter().filter(|item| item.done.is_none()).collect())
            .unwrap_or_default()
    }

    /// Marks what the case owes: complete papers stand as complete, and so do those it never owed.
    fn owe(&self, form: &mut Form) {
        for (field, kind) in FIELDS {
            let item = self.card().and_then(|card| card.items.iter().find(|item| item.kind == *kind));
            let owes = match *field {
                "item_authorisation" => Some("owes_authorisation"),
                "item_minutes" => Some("owes_minutes"),
                _ => None,
            };
            if let Some(owes) = owes {
                form.set(owes, if item.is_some() { "yes" } else { "no" }, Source::Filled);
            }
            if item.is_none_or(|item| item.done.is_some()) {
                form.set(field, "done", Source::Filled);
            }
        }
    }
}

impl Sheet for Papers {
    fn name(&self) -> &'static str {
        "补登记"
    }

    fn table(&self) -> &'static Table {
        &deferred::TABLE
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

    fn take(&mut self, reply: &Reply, form: Option<&mut Form>) -> Vec<Intent> {
        let Reply::Case(card) = reply else { return Vec::new() };
        self.card = Some(card.clone());
        if let Some(form) = form {
            self.owe(form);
        }
        match self.card() {
            Some(_) => Vec::new(),
            None => vec![Intent::Warn("找不到这一件，请按 F3 返回后刷新列表".to_owned())],
        }
    }

    fn begin(&mut self, form: &mut Form, start: &StartView, _fresh: bool) -> Vec<Ask> {
        self.today = Some(start.now.day());
        self.owe(form);
        Vec::new()
    }

    fn deed(&self, answers: Answers, _overrides: BTreeSet<Code>) -> Result<Deed, String> {
        let completes = self
            .open_items()
            .iter()
            .any(|item| FIELDS.iter().any(|(field, kind)| *kind == item.kind && answers.is(field, "done")));
        if completes || answers.is("not_eased", "yes") {
            return Ok(Deed::Papers(self.case, answers));
        }
        Err("这次没有补上的手续，也没有填急难未缓解；补上的按 1，再按 F9".to_owned())
    }

    fn confirm(&self, form: &Form) -> Confirm {
        let done: Vec<&str> = self
            .open_items()
            .iter()
            .filter(|item| {
                FIELDS.iter().any(|(field, kind)| *kind == item.kind && form.value(field) == "done")
            })
            .map(|item| item.kind.zh())
            .collect();
        let missing = self.open_items().len() - done.len();
        let mut text = String::new();
        if !done.is_empty() {
            text = format!("补齐 {}", done.join("、"));
        }
        if missing > 0 {
            text.push_str(&format!(" 还缺 {missing} 项"));
        }
        if form.value("not_eased") == "yes" && missing > 0 {
            text.push_str(&format!("；急难未缓解，顺延至 {}", form.value("not_eased_until")));
        }
        Confirm::plain(text.trim().to_owned())
    }

    fn title(&self, _form: &Form) -> String {
        self.subject()
    }

    fn below_rows(&self) -> u16 {
        4
    }

    fn below(&self, _form: &Form, _weighed: &Weighed, canvas: &mut Canvas) {
        let Some(card) = self.card() else { return };
        let name = card.family.as_ref().map_or("", |family| family.who.name.as_str());
        let head = format!("{} {name} 已付 {} 元", card.case.number, card.granted().grouped());
        canvas.put(0, 1, &head, Role::Heading);
        let open = self.open_items();
        let due = open.iter().map(|item| item.due).min();
        let Some(due) = due else {
            canvas.put(1, 1, "手续已经补齐，可以返回后办结", Role::Ok);
            return;
        };
        let each: Vec<String> = open
            .iter()
            .map(|item| format!("{}{}", item.kind.zh(), if item.noted { "(付款时已签，待核)" } else { "" }))
            .collect();
        canvas.put(1, 1, &format!("还缺 {} 项：{}", open.len(), each.join("、")), Role::Text);
        let left = self.today.map_or(0, |today| today.until(due));
        let (said, role) = match left {
            i64::MIN..=-1 => {
                (format!("应于 {due} 补齐，已超期 {} 天；超期未补不能再先行救助", -left), Role::Problem)
            }
            0 => (format!("应于 {due} 补齐，今天到期"), Role::Warning),
            _ => (format!("应于 {due} 补齐，还剩 {left} 天。四（三）一"), Role::Text),
        };
        canvas.put(2, 1, &said, role);
    }

    fn submit_label(&self) -> &'static str {
        "补登记"
    }

    fn lookup(&self, _form: &Form) -> String {
        // By the case's number: a number of identity would stand in the search box in full.
        self.card().map(|card| card.case.number.clone()).unwrap_or_default()
    }

    fn offers(&self) -> Vec<Offer> {
        vec![Offer::named(Action::Print, "打缺什么")]
    }

    fn act(&mut self, action: Action) -> Vec<Intent> {
        match action {
            Action::Print => vec![Intent::Ask(Ask::Print(PaperKind::Missing, Some(self.case)))],
            _ => Vec::new(),
        }
    }

    fn help(&self) -> Vec<String> {
        [
            "先行救助后，救助对象、事由、金额、经办人签字、盖章要在期限内补齐；电话授权的还要审批人补签，四（三）一。",
            "补上一项按 1，还缺按 2；可以分几次补，每次补上的都算。",
            "急难没有缓解的，写明原因可以顺延，一次最多 30 天，县局看得到。",
            "Ctrl-P 打印缺什么通知单，交给当事人或村里。",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::screens::testing::Clerk;

    fn clerk() -> Clerk {
        Clerk::at(Papers::screen(CaseId([7; 16])), "deferred")
    }

    #[test]
    fn what_is_missing_and_until_when() {
        let mut clerk = clerk();
        insta::assert_snapshot!(clerk.drawn_everywhere(), @r#"
 救助对象     [1 已补    ]
 救助事由     [          ]
 救助金额     [          ]
 经办人签字   [          ]
 盖    章     [          ]



 急难未缓解   [2 否    ]

 说    明     [                                                            ]
--------------------------------------------------------------------------------
 26-102-0117 单文彩 已付 500.00 元
 还缺 4 项：事由、金额、经办人签字、盖章
 应于 2026-12-07 补齐，还剩 14 天。四（三）一
"#);
    }

    #[test]
    fn open_papers_are_completed_and_the_rest_stays_missing() {
        let mut clerk = clerk();
        clerk.keys("1222");
        clerk.act(Action::Submit);
        assert!(clerk.drawn_everywhere().contains("补齐 事由 还缺 3 项"));
        clerk.keys("\n");
        assert!(clerk.deeds.is_empty());
        clerk.act(Action::Submit);
        let Some((Deed::Papers(_, answers), _)) = clerk.deeds.first() else { panic!("{:?}", clerk.said) };
        assert_eq!((answers.text("item_reason"), answers.text("item_seal")), ("done", "missing"));
        assert!(!answers.has("item_minutes"), "a paper that is not owed is not asked for");
    }

    #[test]
    fn nothing_done_is_nothing_to_submit() {
        let mut clerk = clerk();
        clerk.keys("2222");
        clerk.act(Action::Submit);
        clerk.act(Action::Submit);
        assert!(clerk.deeds.is_empty() && clerk.line().contains("没有补上的手续"), "{}", clerk.line());
    }

    #[test]
    fn an_emergency_that_lasts_moves_the_day() {
        let mut clerk = clerk();
        clerk.keys("2222");
        clerk.send(crate::ui::screen::Msg::Key(crate::ui::key::Key::CtrlHome));
        for _ in 0..5 {
            clerk.key(crate::ui::key::Key::Tab);
        }
        clerk.keys("11210\n仍在重症监护\n");
        clerk.act(Action::Submit);
        let text = clerk.drawn(80, 19);
        assert!(text.contains("急难未缓解，顺延至 2026-12-10"), "{text}");
    }

    #[test]
    fn the_slip_is_printed() {
        let mut clerk = clerk();
        clerk.act(Action::Print);
        assert!(clerk.said.contains(&Intent::Ask(Ask::Print(PaperKind::Missing, Some(CaseId([7; 16]))))));
        clerk.send(crate::ui::screen::Msg::Reply(Reply::Printed("缺什么.html".to_owned())));
        assert!(clerk.line().contains("缺什么.html"));
    }
}
