//! 急难登记: one form from the id number to the request for approval or to money paid first, with earlier aid under it and
//! what the rules say beside the fields.
//!
//! Must never pay while the drive is away unless the officer said that the money was handed over already.

use std::collections::{BTreeSet, VecDeque};

use super::form_screen::{Confirm, FormScreen, Sheet};
use super::prior;
use crate::base::account::Account;
use crate::base::day::Stamp;
use crate::base::id_no::IdNo;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::ids::LeadId;
use crate::domain::standard::{Band, For, Standards};
use crate::forms::tables::{codes, emergency};
use crate::forms::{Answers, Form, Source, Table};
use crate::office::compose::words;
use crate::office::front::deed::Deed;
use crate::office::front::weigh::Weighed;
use crate::store::replica::lookup::FamilyCard;
use crate::store::replica::views::goods::ShelfRow;
use crate::store::replica::views::leads::LeadRow;
use crate::ui::canvas::Canvas;
use crate::ui::product::{Ask, Reply, StartView};
use crate::ui::role::Role;
use crate::ui::screen::Intent;

/// What is asked when money is to be paid first and the drive is away.
const HANDED: &str = "共享盘断开：钱物已经交给本人了吗？按 1 已经交了，按 2 还没有(先暂存)";
/// Fields that the person's card fills.
const OF_PERSON: [&str; 6] = ["name", "village", "phone", "account", "status", "household_size"];

/// What the emergency form adds to the screen around it.
pub struct Emergency {
    id_no: String,
    lead: Option<LeadId>,
    /// The lead as the desk knows it: `None` until it answered.
    from_lead: Option<Option<(LeadRow, Option<Box<FamilyCard>>)>>,
    card: Option<Box<FamilyCard>>,
    /// Members of the household who hold a number typed in a row.
    others: Vec<FamilyCard>,
    /// The fields whose holders the desk was asked for.
    holders: VecDeque<String>,
    online: bool,
    today: i32,
    handed_over: Option<Stamp>,
    /// What the store has.
    goods: Vec<ShelfRow>,
    /// 救助标准 of the pack in force.
    standard: Standards,
}

impl Emergency {
    /// The screen; `id_no` empty for none, `draft` 0 for none.
    pub fn screen(id_no: String, lead: Option<LeadId>, draft: u64) -> FormScreen<Emergency> {
        let sheet = Emergency {
            id_no,
            lead,
            from_lead: None,
            card: None,
            others: Vec::new(),
            holders: VecDeque::new(),
            online: true,
            today: 0,
            handed_over: None,
            goods: Vec::new(),
            standard: Standards::default(),
        };
        FormScreen::new(sheet, draft)
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
        } else if let Some(card) = card {
            let name = path.replace(".id_no", ".name");
            form.set(&name, &card.who.name, Source::Filled);
            self.others.retain(|known| known.who.person != card.who.person);
            self.others.push(*card);
        }
    }

    fn fill_lead(&mut self, form: &mut Form) {
        let Some(Some((lead, card))) = self.from_lead.take() else { return };
        if let Some(card) = fill_lead(form, &lead, card) {
            self.card = Some(card);
        }
    }

    fn pays_first(answers: &Answers) -> bool {
        answers.is("handling", "direct") || answers.is("handling", "advance")
    }
}

/// Fills what a lead told, and what the desk knows of whom it is about; his card comes back.
pub(super) fn fill_lead(
    form: &mut Form,
    lead: &LeadRow,
    card: Option<Box<FamilyCard>>,
) -> Option<Box<FamilyCard>> {
    if let Some(card) = &card {
        if !card.id_no.is_empty() {
            form.set("id_no", &card.id_no, Source::Filled);
        }
        fill_person(form, card);
    }
    let village = lead.village.map(|village| village.to_string()).unwrap_or_default();
    let told = [
        ("name", lead.name.clone()),
        ("village", village),
        ("lead_channel", words::channel_word(lead.channel).to_owned()),
        ("circumstance", lead.circumstance.digit().to_string()),
        ("severity", words::severity_word(lead.severity).to_owned()),
        ("event_date", lead.at.day().to_string()),
        ("reason", lead.said.clone()),
    ];
    // A form that does not ask how the lead came has no field for it.
    let known = told.iter().filter(|(key, value)| !value.is_empty() && form.spot(key).is_some());
    for (key, value) in known.collect::<Vec<_>>() {
        form.set(key, value, Source::Filled);
    }
    card
}

/// Fills what the desk knows of a person; what the officer typed stays.
pub(super) fn fill_person(form: &mut Form, card: &FamilyCard) {
    let village = card.who.village.map(|village| village.to_string()).unwrap_or_default();
    let size = if card.who.household_size == 0 { String::new() } else { card.who.household_size.to_string() };
    let status = card.who.status.map_or("", words::status_word).to_owned();
    let known = [card.who.name.clone(), village, card.phone.clone(), card.account.clone(), status, size];
    for (key, value) in OF_PERSON.iter().zip(known) {
        let filled = form.spot(key).is_some_and(|spot| form.answer(spot).source == Source::Filled);
        if !value.is_empty() || filled {
            form.set(key, &value, Source::Filled);
        }
    }
}

/// Another number: what was filled in for the one before is taken out again.
pub(super) fn forget_person(form: &mut Form) {
    for key in OF_PERSON {
        let Some(spot) = form.spot(key) else { continue };
        if form.answer(spot).source == Source::Filled {
            let nothing = match key {
                "status" => "none",
                "household_size" => "1",
                _ => "",
            };
            form.set(key, nothing, Source::Filled);
        }
    }
}

/// 救助标准 for what stands in the form so far; none while it does not say for what.
pub(super) fn standard(table: &Standards, answers: &Answers) -> Option<Band> {
    let size =
        if answers.is("apply_as", "household") { answers.count("household_size").unwrap_or(1) } else { 1 };
    let of = For {
        circumstance: words::circumstance(answers.text("circumstance"))?,
        severity: words::severity(answers.text("severity"))?,
        size: u16::try_from(size).unwrap_or(u16::MAX),
    };
    table.band(of).cloned()
}

/// What is given in all: money and the value of goods.
fn sum(answers: &Answers) -> Money {
    let money = if answers.is("manner", "goods") { None } else { answers.money("amount") };
    let goods = if answers.is("manner", "money") { None } else { emergency::goods_value(answers) };
    money.unwrap_or_default() + goods.unwrap_or_default()
}

fn channel(answers: &Answers) -> String {
    if answers.is("manner", "goods") {
        return "实物当面交付".to_owned();
    }
    let cash = if answers.is("handling", "record_paid") { "paid_how" } else { "channel" };
    if answers.is(cash, "cash") {
        return "现金".to_owned();
    }
    match Account::parse(answers.text("account")) {
        Ok(account) => format!("打卡 尾号 {}", account.tail8()),
        Err(_) => "打卡 账号发放前补".to_owned(),
    }
}

fn handled(answers: &Answers) -> &'static str {
    match answers.text("handling") {
        "direct" => "先行救助，记为已付，手续限期补齐",
        "advance" => "预支，记为已付，最终批准后冲抵",
        "record_paid" => "已付补记，如实入账",
        _ => "报审批，批准后才发放",
    }
}

impl Sheet for Emergency {
    fn name(&self) -> &'static str {
        "急难登记"
    }

    fn table(&self) -> &'static Table {
        &emergency::TABLE
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
        self.online = start.online;
        self.today = start.now.day().year();
        form.supply("authorised_by", start.approvers.clone());
        self.standard = start.standard.clone();
        self.goods = super::goods::offer(form, &start.goods);
        if !fresh {
            return self.completed(form, "id_no");
        }
        let context = *form.context();
        if let Ok((last, _)) = Form::from_draft(&emergency::TABLE, context, &start.last) {
            form.set("village", &last.value("village"), Source::Default);
        }
        self.fill_lead(form);
        let id_no = std::mem::take(&mut self.id_no);
        if !id_no.is_empty() {
            form.set("id_no", &id_no, Source::Filled);
            return self.completed(form, "id_no");
        }
        Vec::new()
    }

    fn completed(&mut self, form: &mut Form, path: &str) -> Vec<Ask> {
        if path == "goods_name" {
            super::goods::fill(form, &self.goods);
            return Vec::new();
        }
        let number = form.value(path);
        if IdNo::parse(&number, form.context().today).is_err() {
            return Vec::new();
        }
        self.holders.push_back(path.to_owned());
        vec![Ask::Holder(number)]
    }

    fn waits(&self) -> bool {
        !self.holders.is_empty()
    }

    fn deed(&self, answers: Answers, overrides: BTreeSet<Code>) -> Result<Deed, String> {
        let handed_over = self.handed_over.filter(|_| Emergency::pays_first(&answers));
        Ok(Deed::Emergency { answers, lead: self.lead, overrides, handed_over })
    }

    fn confirm(&self, form: &Form) -> Confirm {
        let answers = form.answers();
        let payee = match answers.text("payee_name") {
            "" => answers.text("name"),
            other => other,
        };
        let whose = codes_label(form, "payee");
        let sum = sum(answers);
        let text = format!(
            "{}：{payee}({whose}) {} 元 {} {}",
            handled(answers),
            sum.grouped(),
            sum.capitals(),
            channel(answers)
        );
        let asks = !self.online && Emergency::pays_first(answers) && self.handed_over.is_none();
        Confirm { text, question: asks.then_some(HANDED) }
    }

    fn answered(&mut self, yes: bool, at: Stamp) -> bool {
        if yes {
            self.handed_over = Some(at);
        }
        yes
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
            Some(card) => prior::draw(card, self.today, weighed.township_left, canvas),
            None => prior::nobody(&form.value("id_no"), canvas),
        }
        let row = canvas.height().saturating_sub(1);
        if let Some(other) = self.others.last().filter(|_| row > 1) {
            let years = other.by_year();
            let said = match years.first() {
                Some((year, sum)) => {
                    format!("成员 {}：{year} 年 {} 笔 {}", other.who.name, sum.count, sum.amount.grouped())
                }
                None => format!("成员 {}：没有查到往年救助", other.who.name),
            };
            canvas.put_box(row, 2, canvas.width().saturating_sub(3), &said, Role::Text);
        }
    }

    fn submit_label(&self) -> &'static str {
        "报批"
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
            "打满身份证号，本人和同户的往年救助就在下面；查到的人，姓名、家庭、住址、身份、电话、账号自动填好，回车跳过。",
            "办理：1 报镇审批，批准后发放；2 先行救助，情况紧急先付后补，须有领导授权，手续限期补齐，四（三）一；\
             3 已付补记，钱已经付出去的如实登记；4 预支。",
            "500.00 元及以下由乡镇审批，超过的报县局，四（三）二。同一急难事项一年只救助一次，二。",
            "旁边有 x 的要先改好；有 ! 的可以在确办理由里写明原因接着办，督导能看到。",
            "F9 先核对并显示收款人、金额大写和账号尾号，再按一次 F9 才办。回车和粘贴都不会提交。",
            "每离开一项就暂存一次，断电也在；F3 返回后从暂存箱接着办。",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

fn codes_label(form: &Form, key: &str) -> String {
    let shown = form.spot(key).map(|spot| form.shown(spot)).unwrap_or_default();
    shown.split_once(' ').map_or(shown.clone(), |(_, label)| label.to_owned())
}

#[cfg(test)]
#[path = "emergency_tests.rs"]
mod tests;
