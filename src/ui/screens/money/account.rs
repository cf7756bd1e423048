//! 登记账户, 更正账户: where the money of a case goes.
//!
//! Must never begin with a number that was registered before: it is typed anew from the card.

use std::collections::BTreeSet;

use crate::domain::code::Code;
use crate::domain::ids::CaseId;
use crate::domain::nouns::{AccountKind, Payee};
use crate::forms::tables::money::account::{self, KINDS, PAYEES};
use crate::forms::{Answers, Form, Source, Table};
use crate::office::front::deed::Deed;
use crate::office::front::money::{AccountDeed, MoneyDeed};
use crate::office::front::weigh::Weighed;
use crate::store::replica::views::card::CaseCard;
use crate::store::replica::views::money::PayLine;
use crate::ui::canvas::Canvas;
use crate::ui::product::money::{MoneyAsk, MoneyReply};
use crate::ui::product::{Ask, Reply, StartView};
use crate::ui::role::Role;
use crate::ui::screen::Intent;
use crate::ui::screens::form_screen::{Confirm, FormScreen, Sheet};

/// What the form of an account adds to the screen around it.
pub struct AccountSheet {
    case: CaseId,
    card: Option<Option<Box<CaseCard>>>,
    /// What of the case waits to be paid: the account as it is noted, and why the bank sent it back.
    line: Option<Box<PayLine>>,
}

impl AccountSheet {
    /// The screen.
    pub fn screen(case: CaseId) -> FormScreen<AccountSheet> {
        FormScreen::new(AccountSheet { case, card: None, line: None }, 0)
    }

    /// Why the bank sent the money back, and which account is to be replaced; its number is known by its tail only.
    fn before(&self) -> Vec<(String, Role)> {
        let Some(line) = self.line.as_deref().filter(|line| line.account.is_some()) else {
            return Vec::new();
        };
        let account = format!("{} {} 尾号 {}", line.bank, line.holder, line.tail);
        match line.refused {
            Some(reason) => vec![
                (format!("! 银行退回：{}", reason.zh()), Role::Warning),
                (format!("退回的账户 {account}"), Role::Warning),
            ],
            None => vec![(format!("现登记的账户 {account}"), Role::Text)],
        }
    }

    fn card(&self) -> Option<&CaseCard> {
        self.card.as_ref()?.as_deref()
    }

    /// Who takes the money in the applicant's stead (改发何人), with his name: the account is his.
    fn taker(&self) -> Option<(&'static str, &str)> {
        let card = self.card()?;
        let name = card.taker.as_deref()?;
        let payee = card.case.granted.iter().map(|line| line.payee).find(|payee| *payee != Payee::Self_)?;
        let choice = PAYEES.get(usize::from(payee.digit()).checked_sub(1)?)?;
        Some((choice.value, name))
    }

    fn name_of(&self) -> &str {
        self.card().and_then(|card| card.family.as_ref()).map_or("", |family| family.who.name.as_str())
    }
}

/// The value of a choice as the domain has it: both count their digits from 1.
fn payee(answers: &Answers) -> Option<Payee> {
    let at = PAYEES.iter().position(|choice| answers.is("payee", choice.value))?;
    Payee::from_digit(u8::try_from(at + 1).ok()?)
}

fn kind(answers: &Answers) -> Option<AccountKind> {
    let at = KINDS.iter().position(|choice| answers.is("kind", choice.value))?;
    AccountKind::from_digit(u8::try_from(at + 1).ok()?)
}

impl Sheet for AccountSheet {
    fn name(&self) -> &'static str {
        "登记账户"
    }

    fn table(&self) -> &'static Table {
        &account::TABLE
    }

    fn subject(&self) -> String {
        self.card().map(|card| card.case.number.clone()).unwrap_or_default()
    }

    fn about(&self) -> Option<String> {
        Some(self.case.to_string())
    }

    fn asks(&self) -> Vec<Ask> {
        vec![Ask::Case(self.case), Ask::Money(MoneyAsk::Waiting)]
    }

    fn is_ready(&self) -> bool {
        self.card.is_some()
    }

    fn take(&mut self, reply: &Reply, _form: Option<&mut Form>) -> Vec<Intent> {
        if let Reply::Money(reply) = reply
            && let MoneyReply::Waiting(view) = &**reply
        {
            let mut own = view.rows.iter().filter(|row| row.case == self.case);
            self.line = own.next().cloned().map(Box::new);
        }
        let Reply::Case(card) = reply else { return Vec::new() };
        self.card = Some(card.clone());
        match self.card() {
            Some(_) => Vec::new(),
            None => vec![Intent::Warn("找不到这一件，请按 F3 返回".to_owned())],
        }
    }

    fn begin(&mut self, form: &mut Form, _start: &StartView, fresh: bool) -> Vec<Ask> {
        if fresh {
            let (payee, holder) = self.taker().unwrap_or(("self", self.name_of()));
            form.set("payee", payee, Source::Filled);
            form.set("holder", holder, Source::Filled);
        }
        Vec::new()
    }

    fn deed(&self, answers: Answers, mut overrides: BTreeSet<Code>) -> Result<Deed, String> {
        let (Some(payee), Some(kind)) = (payee(&answers), kind(&answers)) else {
            return Err("领款人、账户类别没有选，请按数字选".to_owned());
        };
        let mut reason = answers.text("override_reason").to_owned();
        if account::doubtful(&answers) {
            overrides.insert(Code::Luhn);
            if !reason.is_empty() {
                reason.push('；');
            }
            reason.push_str(answers.text("luhn_reason"));
        }
        Ok(Deed::Money(MoneyDeed::Account(Box::new(AccountDeed {
            case: self.case,
            payee,
            kind,
            number: answers.text("number").to_owned(),
            holder: answers.text("holder").to_owned(),
            bank: answers.text("bank").to_owned(),
            letter: answers.text("letter").to_owned(),
            relation: answers.text("relation").to_owned(),
            overrides,
            reason,
        }))))
    }

    fn confirm(&self, form: &Form) -> Confirm {
        let number = crate::base::account::Account::parse(&form.value("number"));
        let tail = number.map(|number| number.tail8().to_owned()).unwrap_or_default();
        let who = payee(form.answers()).map_or("", Payee::zh);
        Confirm::plain(format!(
            "{} 的钱打到 {} {} 尾号 {tail}（{who}）",
            self.name_of(),
            form.value("bank"),
            form.value("holder")
        ))
    }

    fn title(&self, _form: &Form) -> String {
        self.subject()
    }

    fn below_rows(&self) -> u16 {
        4
    }

    fn below(&self, _form: &Form, _weighed: &Weighed, canvas: &mut Canvas) {
        let Some(card) = self.card() else { return };
        let sum = crate::domain::grant::total(&card.case.granted);
        let said = format!(
            "{} {}  批准 {} 元  {}",
            card.case.number,
            self.name_of(),
            sum.grouped(),
            card.case.stage.zh()
        );
        canvas.put(0, 1, &said, Role::Heading);
        let rule = "救助金原则上打到本人卡（折）；登记的账户替换原来的，原来的留在记录里";
        let lines = self.before().into_iter().chain([(rule.to_owned(), Role::Muted)]);
        for (row, (text, role)) in (1..).zip(lines) {
            canvas.put(row, 1, &text, role);
        }
    }

    fn submit_label(&self) -> &'static str {
        "登记"
    }

    fn lookup(&self, _form: &Form) -> String {
        self.subject()
    }

    fn help(&self) -> Vec<String> {
        [
            "救助金打到本人卡（折），四（三）三。监护人写关系，代领人有委托书，老人没有卡的可以用子女账户：\
             写关系和老人说明，由审批人登记，登记后列入县局清单。",
            "供养机构、救助站用对公户。",
            "账号末位存疑的再核对一遍，确实无误的写明怎么核对的。同一账户用于三户以上的要写理由。",
            "在批次里的不能改账户，等银行回盘，或请财务撤销批次。",
        ]
        .map(str::to_owned)
        .to_vec()
    }
}

#[cfg(test)]
#[path = "account_tests.rs"]
mod tests;
