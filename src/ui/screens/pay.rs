//! 发放: an approved line is handed over or transferred; or, on an authorisation signed at a PC, everything is paid first.
//!
//! Must never pay without payee, amount in words and the end of the account having stood on the screen.

use std::collections::BTreeSet;

use super::case_card;
use super::form_screen::{Confirm, FormScreen, Sheet};
use crate::base::account::Account;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::grant::{Line, total};
use crate::domain::ids::{CaseId, LineId};
use crate::domain::nouns::PayBy;
use crate::forms::tables::pay;
use crate::forms::{Answers, Form, Offer as Value, Source, Table};
use crate::office::front::deed::{Deed, Payment};
use crate::office::front::weigh::Weighed;
use crate::store::replica::views::card::{CaseCard, GivenWord};
use crate::ui::canvas::Canvas;
use crate::ui::product::{Ask, Reply, StartView};
use crate::ui::role::Role;
use crate::ui::screen::Intent;

/// What the form of paying adds to the screen around it.
pub struct Pay {
    case: CaseId,
    card: Option<Option<Box<CaseCard>>>,
}

impl Pay {
    /// The screen.
    pub fn screen(case: CaseId) -> FormScreen<Pay> {
        FormScreen::new(Pay { case, card: None }, 0)
    }

    fn card(&self) -> Option<&CaseCard> {
        self.card.as_ref()?.as_deref()
    }

    fn unpaid(&self) -> Vec<&Line> {
        let card = self.card();
        card.map(|card| {
            card.case.granted.iter().filter(|line| !card.case.paid.contains(&line.line)).collect()
        })
        .unwrap_or_default()
    }

    /// An authorisation nobody used yet, while nothing is granted.
    fn authority(&self) -> Option<&GivenWord> {
        let card = self.card().filter(|card| card.case.granted.is_empty())?;
        card.authorisations.iter().find(|authority| authority.signed && !authority.used)
    }

    fn line(&self, form_value: &str) -> Option<&Line> {
        let id: LineId = form_value.parse().ok()?;
        self.unpaid().into_iter().find(|line| line.line == id)
    }

    fn prepare(&self, form: &mut Form) {
        let first = self.authority().is_some();
        form.set("first", if first { "yes" } else { "no" }, Source::Filled);
        let unpaid = self.unpaid();
        let values = unpaid.iter().map(|line| Value::new(line.line.to_string(), said(line))).collect();
        form.supply("line", values);
        let lines = self.card().map(|card| card.case.asked.clone()).unwrap_or_default();
        let one = if first { lines.first() } else { unpaid.first().copied() };
        if let Some(line) = one {
            if !first {
                form.set_labelled("line", &line.line.to_string(), &said(line), Source::Filled);
            }
            form.set("how", if line.pay_by == PayBy::Cash { "cash" } else { "bank" }, Source::Filled);
        }
        let taker = self.card().map(case_card::taker).filter(|name| !name.is_empty());
        if let Some(name) = taker {
            form.set("recipient", &name, Source::Filled);
        }
    }

    fn amount(&self, line: &str) -> Money {
        match self.authority() {
            Some(_) => self.card().map(|card| total(&card.case.asked)).unwrap_or_default(),
            None => self.line(line).map(|line| line.amount).unwrap_or_default(),
        }
    }

    fn account(&self) -> String {
        let text = self.card().and_then(|card| card.family.as_ref()).map(|family| family.account.as_str());
        match text.map(Account::parse) {
            Some(Ok(account)) => format!("尾号 {}", account.tail8()),
            _ => "没有登记账号".to_owned(),
        }
    }
}

fn said(line: &Line) -> String {
    match &line.goods {
        Some(goods) => format!("{} 值 {} 元", goods.item, line.amount.grouped()),
        None => {
            let no = if line.after > 0 { format!(" 第{}期", line.after + 1) } else { String::new() };
            format!("{} {} 元 {}{no}", line.kind.zh(), line.amount.grouped(), line.pay_by.zh())
        }
    }
}

impl Sheet for Pay {
    fn name(&self) -> &'static str {
        "发放"
    }

    fn table(&self) -> &'static Table {
        &pay::TABLE
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
            self.prepare(form);
        }
        let nothing = self.unpaid().is_empty() && self.authority().is_none();
        if nothing {
            return vec![Intent::Warn("这一件没有可以发放的款物，请按 F3 返回".to_owned())];
        }
        Vec::new()
    }

    fn begin(&mut self, form: &mut Form, _start: &StartView, _fresh: bool) -> Vec<Ask> {
        self.prepare(form);
        Vec::new()
    }

    fn deed(&self, answers: Answers, _overrides: BTreeSet<Code>) -> Result<Deed, String> {
        let payment = Payment {
            case: self.case,
            line: answers.text("line").parse().ok(),
            pay_by: if answers.is("how", "cash") { PayBy::Cash } else { PayBy::Bank },
            on: answers.day("on").ok_or("请填写发放日期，回车是今天")?,
            cash_reason: answers.text("cash_reason").to_owned(),
            receipt: answers.text("recipient").to_owned(),
            witness: answers.text("witness").to_owned(),
            blank: answers.text("blank").to_owned(),
        };
        match self.authority() {
            Some(authority) => Ok(Deed::PayOnAuthority(payment, authority.id)),
            None if self.unpaid().is_empty() => Err("这一件没有可以发放的款物，请按 F3 返回".to_owned()),
            None => Ok(Deed::Pay(payment)),
        }
    }

    fn confirm(&self, form: &Form) -> Confirm {
        let name = self.card().map(case_card::taker).unwrap_or_default();
        let amount = self.amount(&form.value("line"));
        let how = if form.value("how") == "cash" {
            format!("当面交付，{} 签收", form.value("recipient"))
        } else {
            format!("打卡 {}", self.account())
        };
        let verb = if self.authority().is_some() { "按授权先付" } else { "发放" };
        let text = format!("{verb}：{name} {} 元 {} {how}", amount.grouped(), amount.capitals());
        Confirm::plain(text)
    }

    fn title(&self, _form: &Form) -> String {
        self.subject()
    }

    fn below_rows(&self) -> u16 {
        5
    }

    fn below(&self, form: &Form, _weighed: &Weighed, canvas: &mut Canvas) {
        let Some(card) = self.card() else { return };
        let name = case_card::taker(card);
        let head = format!("{} {name}  {}", card.case.number, self.account());
        canvas.put(0, 1, &head, Role::Heading);
        let amount = self.amount(&form.value("line"));
        canvas.put(1, 1, &format!("本次发放 {} 元 {}", amount.grouped(), amount.capitals()), Role::Text);
        let fund = card.fund;
        let said = format!(
            "备用金 现金 {}，发放后 {}；存款 {}，发放后 {}",
            fund.cash.grouped(),
            fund.cash_after.grouped(),
            fund.bank.grouped(),
            fund.bank_after.grouped()
        );
        let short = fund.cash_after.is_negative() || fund.bank_after.is_negative();
        canvas.put(2, 1, &said, if short { Role::Warning } else { Role::Text });
        if let Some(authority) = self.authority() {
            let said = format!("{}已授权先付，最多 {} 元", authority.tier.zh(), authority.amount.grouped());
            canvas.put(3, 1, &said, Role::Text);
        } else {
            let paid = card.case.granted.len() - self.unpaid().len();
            let said = format!("批准 {} 项，已发放 {paid} 项", card.case.granted.len());
            canvas.put(3, 1, &said, Role::Muted);
        }
    }

    fn submit_label(&self) -> &'static str {
        "发放"
    }

    fn lookup(&self, _form: &Form) -> String {
        // By the case's number: a number of identity would stand in the search box in full.
        self.card().map(|card| card.case.number.clone()).unwrap_or_default()
    }

    fn help(&self) -> Vec<String> {
        [
            "原则上打卡；付现金或实物的，要写原因，有领取签字和见证人，四（三）三。",
            "审批的人不能发放自己批的件，五（三）。备用金不够不能发放，五（二）。",
            "F9 先显示收款人、金额大写和账号尾号，再按一次 F9 才入账。",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::action::Action;
    use crate::ui::key::Key;
    use crate::ui::screens::testing::{Clerk, authorisation, start};

    fn clerk(change: impl FnOnce(&mut Clerk)) -> Clerk {
        Clerk::with(Pay::screen(CaseId([7; 16])), start("pay"), change)
    }

    #[test]
    fn an_approved_line_is_paid_with_two_presses_of_f9() {
        let mut clerk = clerk(|_| {});
        assert!(
            !clerk.drawn(80, 19).contains("空白单号"),
            "what was approved first stands on no blank sheet"
        );
        clerk.act(Action::Submit);
        insta::assert_snapshot!(clerk.drawn_everywhere(), @r#"
 款    物   [救助金 500.00 元 打卡                   ]
 发放渠道   [1 打卡        ]
 发放日期   [2026-11-23]
--------------------------------------------------------------------------------
 26-102-0117 单文彩  尾号 00000020
 本次发放 500.00 元 伍佰元整
 备用金 现金 600.00，发放后 600.00；存款 2,000.00，发放后 1,500.00
 批准 1 项，已发放 0 项









 发放：单文彩 500.00 元 伍佰元整 打卡 尾号 00000020。再按 F9 办理，F12 回去改
"#);
        clerk.keys("\n");
        assert!(clerk.deeds.is_empty());
        clerk.act(Action::Submit);
        let Some((Deed::Pay(payment), _)) = clerk.deeds.first() else { panic!("{:?}", clerk.said) };
        assert_eq!((payment.line, payment.pay_by), (Some(LineId([8; 16])), PayBy::Bank));
    }

    #[test]
    fn cash_asks_why_who_and_who_stood_by() {
        let mut clerk = clerk(|_| {});
        clerk.send(crate::ui::screen::Msg::Key(Key::CtrlHome));
        clerk.key(Key::Tab);
        clerk.keys("2");
        clerk.act(Action::Submit);
        assert!(clerk.line().contains("处没有填好") || clerk.line().contains("付现原因"), "{}", clerk.line());
        clerk.keys("没有银行卡\n赵敏\n");
        clerk.act(Action::Submit);
        clerk.act(Action::Submit);
        let Some((Deed::Pay(payment), _)) = clerk.deeds.first() else { panic!("{:?}", clerk.said) };
        assert_eq!((payment.receipt.as_str(), payment.witness.as_str()), ("单文彩", "赵敏"));
    }

    #[test]
    fn a_signed_authorisation_is_paid_first() {
        let mut clerk = clerk(|clerk| {
            clerk.case.case.granted.clear();
            clerk.case.authorisations.push(authorisation());
        });
        assert!(clerk.drawn_everywhere().contains("乡镇已授权先付，最多 500.00 元"));
        clerk.send(crate::ui::screen::Msg::Key(Key::CtrlEnd));
        clerk.keys("K26-102-0012");
        assert!(clerk.drawn_everywhere().contains("空白单号   [K26-102-0012"), "{}", clerk.drawn(80, 19));
        clerk.act(Action::Submit);
        assert!(clerk.drawn(80, 19).contains("按授权先付"));
        clerk.act(Action::Submit);
        let Some((Deed::PayOnAuthority(payment, _), _)) = clerk.deeds.first() else {
            panic!("{:?}", clerk.said)
        };
        assert_eq!(payment.blank, "K26-102-0012");
    }

    #[test]
    fn where_nothing_is_to_be_paid_it_says_so() {
        let mut clerk = clerk(|clerk| {
            clerk.case.case.paid.insert(LineId([8; 16]));
        });
        assert!(clerk.line().contains("没有可以发放的款物"));
        clerk.act(Action::Submit);
        clerk.act(Action::Submit);
        assert!(clerk.deeds.is_empty());
    }
}
