//! 登记账户: whose account the money of a case goes to, with the papers of everybody but the person himself.
//!
//! Values: `payee` self, guardian, proxy, institution, station, child · `kind` card, passbook, corporate · `relation`
//! GB/T 4761.

use crate::base::account::Account;
use crate::base::codes;
use crate::forms::answers::Answers;
use crate::forms::field::{Check, Choice, Context, Field, Kind, Lookup, Offer, Table, choice};
use crate::forms::form::WARNED;

/// The choices of 领款人, in the order of their digits.
pub const PAYEES: &[Choice] = &[
    choice('1', "self", "本人"),
    choice('2', "guardian", "监护人"),
    choice('3', "proxy", "代领人"),
    choice('4', "institution", "供养机构"),
    choice('5', "station", "救助站"),
    choice('6', "child", "子女账户"),
];
/// The choices of 账户类别, in the order of their digits.
pub const KINDS: &[Choice] =
    &[choice('1', "card", "银行卡"), choice('2', "passbook", "存折"), choice('3', "corporate", "对公户")];

/// The form.
pub static TABLE: Table = Table { name: "account", title: "登记账户", fields: FIELDS };

const FIELDS: &[Field] = &[
    Field::new("payee", "领 款 人", Kind::Choice(PAYEES))
        .always()
        .never_copied()
        .at(0, 0, 1, 10, 14, 0)
        .clause("四（三）三")
        .hint("1 本人  2 监护人  3 代领人(委托书)  4 供养机构  5 救助站  6 子女账户(审批人)"),
    Field::new("kind", "账户类别", Kind::Choice(KINDS))
        .always()
        .filled(|a, _| Some(if public(a) { "corporate" } else { "card" }.to_owned()))
        .never_copied()
        .at(0, 1, 1, 10, 14, 0)
        .hint("1 银行卡  2 存折  3 对公户"),
    Field::new("number", "账    号", Kind::Account)
        .always()
        .noted(luhn_note)
        .at(0, 2, 1, 10, 24, 36)
        .clause("四（三）三")
        .hint("对着卡或存折打，不要抄往年的"),
    Field::new("holder", "户    名", Kind::Text { max: 30 })
        .always()
        .never_copied()
        .at(0, 3, 1, 10, 30, 0)
        .hint("卡或存折上的户名，一个字不差"),
    Field::new("bank", "开 户 行", Kind::Text { max: 20 })
        .always()
        .at(0, 4, 1, 10, 24, 0)
        .hint("如 县农信联社、邮储银行"),
    Field::new("relation", "与申请人", Kind::Lookup(Lookup::Of(relations)))
        .needed(|a| a.is("payee", "guardian") || a.is("payee", "child"))
        .shown(|a| !a.is("payee", "self") && !public(a))
        .never_copied()
        .at(0, 5, 1, 10, 14, 0)
        .hint("户主是申请人的什么人，按 F4 选"),
    Field::new("letter", "委 托 书", Kind::Text { max: 40 })
        .needed(|a| a.is("payee", "proxy") || a.is("payee", "child"))
        .shown(|a| !a.is("payee", "self") && !public(a))
        .never_copied()
        .at(0, 6, 1, 10, 44, 0)
        .hint("委托书或老人说明：日期、页数"),
    Field::new("luhn_reason", "存疑说明", Kind::Text { max: 60 })
        .always()
        .shown(doubtful)
        .never_copied()
        .checked(&[Check::Longer(4)])
        .at(0, 7, 1, 10, 60, 0)
        .hint("卡号末位校验不符：再核对一遍卡；确实无误的写明怎么核对的"),
    Field::new("override_reason", "确办理由", Kind::LongText { max: 200 })
        .always()
        .shown(|a| a.has(WARNED))
        .never_copied()
        .checked(&[Check::Longer(4)])
        .at(0, 8, 1, 10, 60, 0)
        .hint("同一账户已用于几户，仍要用的写明理由；督导能看到"),
];

fn public(a: &Answers) -> bool {
    a.is("payee", "institution") || a.is("payee", "station")
}

/// A card whose last digit is no check on the others.
pub fn doubtful(a: &Answers) -> bool {
    let sound = Account::parse(a.text("number")).map(|number| number.luhn_ok());
    a.is("kind", "card") && sound == Ok(false)
}

fn luhn_note(a: &Answers, _: &Context) -> Option<String> {
    let number = Account::parse(a.text("number")).ok()?;
    let said = match (a.is("kind", "card"), number.luhn_ok()) {
        (true, true) => "末位校验通过",
        (true, false) => "! 末位校验不符，再对着卡看一遍",
        (false, _) => "没有校验位",
    };
    Some(format!("{said} 后8位 {}", number.tail8()))
}

fn relations(_: &Answers, _: &Context) -> Vec<Offer> {
    codes::relation().iter().map(|known| Offer::new(known.code, known.name)).collect()
}
