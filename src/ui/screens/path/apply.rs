//! 支出型申请登记 (F1): from the id number to a registered or accepted application, with earlier aid under the form and what
//! the rules say beside its fields.
//!
//! Must never take an application for accepted whose promise or authorisation is not signed: the rules refuse it.

use std::collections::{BTreeSet, VecDeque};

use crate::base::id_no::IdNo;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::ids::LeadId;
use crate::domain::standard::{Band, Standards};
use crate::forms::tables::{codes, emergency, path};
use crate::forms::{Answers, Form, Source, Table};
use crate::office::front::deed::Deed;
use crate::office::front::path::PathDeed;
use crate::office::front::weigh::Weighed;
use crate::store::replica::lookup::FamilyCard;
use crate::store::replica::views::goods::ShelfRow;
use crate::store::replica::views::leads::LeadRow;
use crate::ui::canvas::Canvas;
use crate::ui::product::{Ask, Reply, StartView};
use crate::ui::role::Role;
use crate::ui::screen::Intent;
use crate::ui::screens::emergency::{fill_lead, fill_person, forget_person, standard};
use crate::ui::screens::form_screen::{Confirm, FormScreen, Sheet};
use crate::ui::screens::prior;

/// What the form adds to the screen around it.
pub struct Apply {
    lead: Option<LeadId>,
    /// The lead as the desk knows it: `None` until it answered.
    from_lead: Option<Option<(LeadRow, Option<Box<FamilyCard>>)>>,
    card: Option<Box<FamilyCard>>,
    /// Members of the household who hold a number typed in a row.
    others: Vec<FamilyCard>,
    /// The fields whose holders the desk was asked for.
    holders: VecDeque<String>,
    this_year: i32,
    /// What the store has.
    goods: Vec<ShelfRow>,
    /// 救助标准 of the pack in force.
    standard: Standards,
}

impl Apply {
    /// The screen; `draft` 0 for none.
    pub fn screen(draft: u64) -> FormScreen<Apply> {
        FormScreen::new(Apply::new(None), draft)
    }

    /// The screen of a lead that becomes an application; a draft of it is gone on with.
    pub fn of_lead(lead: LeadId) -> FormScreen<Apply> {
        FormScreen::new(Apply::new(Some(lead)), 0)
    }

    fn new(lead: Option<LeadId>) -> Apply {
        let (card, others) = (None, Vec::new());
        Apply {
            lead,
            from_lead: None,
            card,
            others,
            holders: VecDeque::new(),
            this_year: 0,
            goods: Vec::new(),
            standard: Standards::default(),
        }
    }

    /// Somebody holds the number in a field, or nobody.
    fn held(&mut self, form: &mut Form, card: Option<Box<FamilyCard>>) {
        let path = self.holders.pop_front().unwrap_or_else(|| "id_no".to_owned());
        if path == "id_no" {
            match &card {
                Some(card) => fill_person(form, card),
                None => forget_person(form),
            }
            self.card = card;
        } else if let Some(card) = card.filter(|_| path.starts_with("members.")) {
            let name = path.replace(".id_no", ".name");
            form.set(&name, &card.who.name, Source::Filled);
            self.others.retain(|known| known.who.person != card.who.person);
            self.others.push(*card);
        }
    }
}

/// What is asked for in all: money and the value of goods.
fn sum(answers: &Answers) -> Money {
    let money = if answers.is("manner", "goods") { None } else { answers.money("amount") };
    let goods = if answers.is("manner", "money") { None } else { emergency::goods_value(answers) };
    money.unwrap_or_default() + goods.unwrap_or_default()
}

impl Sheet for Apply {
    fn name(&self) -> &'static str {
        "支出型申请登记"
    }

    fn table(&self) -> &'static Table {
        &path::apply::TABLE
    }

    fn subject(&self) -> String {
        if self.lead.is_some() { "由线索转来".to_owned() } else { "新件".to_owned() }
    }

    /// A draft keeps the lead that it came from: registered, it still ends it.
    fn about(&self) -> Option<String> {
        self.lead.map(|lead| lead.to_string())
    }

    fn asks(&self) -> Vec<Ask> {
        self.lead.map(Ask::Lead).into_iter().collect()
    }

    fn is_ready(&self) -> bool {
        self.lead.is_none() || self.from_lead.is_some()
    }

    fn take(&mut self, reply: &Reply, form: Option<&mut Form>) -> Vec<Intent> {
        match (reply, form) {
            (Reply::Lead(lead), _) => self.from_lead = Some(lead.clone()),
            (Reply::Family(card), Some(form)) => self.held(form, card.clone()),
            (Reply::Failed(_), _) => self.holders.clear(),
            _ => {}
        }
        Vec::new()
    }

    fn begin(&mut self, form: &mut Form, start: &StartView, fresh: bool) -> Vec<Ask> {
        self.this_year = start.now.day().year();
        self.standard = start.standard.clone();
        self.goods = crate::ui::screens::goods::offer(form, &start.goods);
        if !fresh {
            return self.completed(form, "id_no");
        }
        let context = *form.context();
        if let Ok((last, _)) = Form::from_draft(self.table(), context, &start.last) {
            form.set("village", &last.value("village"), Source::Default);
        }
        if let Some(Some((lead, card))) = self.from_lead.take() {
            self.card = fill_lead(form, &lead, card);
        }
        Vec::new()
    }

    fn completed(&mut self, form: &mut Form, path: &str) -> Vec<Ask> {
        if path == "goods_name" {
            crate::ui::screens::goods::fill(form, &self.goods);
            return Vec::new();
        }
        let number = form.value(path);
        let whose = path == "id_no" || path.starts_with("members.");
        if !whose || IdNo::parse(&number, form.context().today).is_err() {
            return Vec::new();
        }
        self.holders.push_back(path.to_owned());
        vec![Ask::Holder(number)]
    }

    fn waits(&self) -> bool {
        !self.holders.is_empty()
    }

    fn deed(&self, answers: Answers, overrides: BTreeSet<Code>) -> Result<Deed, String> {
        Ok(Deed::Path(PathDeed::Apply { answers, lead: self.lead, overrides }))
    }

    fn confirm(&self, form: &Form) -> Confirm {
        let answers = form.answers();
        let sum = sum(answers);
        let what = if answers.is("handling", "accept") {
            "登记并受理，乡镇期限从今天起算"
        } else {
            "只登记申请，还没有受理"
        };
        let unsigned = answers.is("promise", "no") || answers.is("authorised", "no");
        let signed = if unsigned { "承诺授权未签全" } else { "承诺授权已签" };
        let name = answers.text("name");
        Confirm::plain(format!("{what}：{name} 申请 {} 元 {} {signed}", sum.grouped(), sum.capitals()))
    }

    fn title(&self, form: &Form) -> String {
        let circumstance = codes::CIRCUMSTANCE
            .iter()
            .find(|choice| choice.value == form.value("circumstance"))
            .map_or("情形未填", |choice| choice.label);
        let sum = sum(form.answers());
        if sum.is_zero() { circumstance.to_owned() } else { format!("{circumstance} {} 元", sum.grouped()) }
    }

    fn standard(&self, form: &Form) -> Option<Band> {
        standard(&self.standard, form.answers())
    }

    fn below_rows(&self) -> u16 {
        4
    }

    fn below(&self, form: &Form, weighed: &Weighed, canvas: &mut Canvas) {
        match &self.card {
            Some(card) => prior::draw(card, self.this_year, weighed.township_left, canvas),
            None => prior::nobody(&form.value("id_no"), canvas),
        }
        let row = canvas.height().saturating_sub(1);
        if let Some(other) = self.others.last().filter(|_| row > 1) {
            let said = match other.by_year().first() {
                Some((year, sum)) => {
                    format!("成员 {}：{year} 年 {} 笔 {}", other.who.name, sum.count, sum.amount.grouped())
                }
                None => format!("成员 {}：没有查到往年救助", other.who.name),
            };
            canvas.put_box(row, 2, canvas.width().saturating_sub(3), &said, Role::Text);
        }
    }

    fn submit_label(&self) -> &'static str {
        "登记"
    }

    fn lookup(&self, form: &Form) -> String {
        let path = form.focus_path();
        let row = path.strip_prefix("members.").and_then(|rest| rest.split('.').next());
        let key = |key: &str| match row {
            Some(row) => form.value(&format!("members.{row}.{key}")),
            None => form.value(key),
        };
        let id_no = key("id_no");
        if id_no.len() >= 4 { id_no } else { key("name") }
    }

    fn help(&self) -> Vec<String> {
        [
            "支出型须严格走申请受理、调查核实、民主评议、公示、审批，四（三）一。这张表是第一步，两页，PgDn 翻页。",
            "打满身份证号，本人和同户的往年救助就在下面；查到的人，姓名、家庭、住址、身份、电话、账号自动填好。",
            "第二页：申请书上的承诺和核对授权签了没有；材料齐全的登记并受理，乡镇10个工作日从受理起算；缺材料的\
             只登记，再在办理步骤一次性告知。",
            "以前收的纸质申请书选补录，写申请书上的日期和来由。代理人来办的写代理人和委托书。",
            "子女就学(4)要有学校、阶段和学籍，三（四）；家庭须是低保、低收入等困难家庭。",
            "旁边有 x 的要先改好；有 ! 的可以在确办理由里写明原因接着办，督导能看到。",
            "登记以后在办件里按 19 看办理步骤，接着办下一步。",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
#[path = "apply_tests.rs"]
mod tests;
