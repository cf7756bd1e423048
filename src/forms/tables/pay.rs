//! 发放: one approved line handed over or transferred, or all of them first on an authorisation signed at a PC.
//!
//! Values: `first` yes, no (先付 on an authorisation; then no line is asked) · `how` bank, cash.

use crate::forms::answers::Answers;
use crate::forms::field::{Check, Choice, Field, Kind, Lookup, Table, choice};

const YES_NO: &[Choice] = &[choice('1', "yes", "是"), choice('2', "no", "否")];
const HOW: &[Choice] = &[choice('1', "bank", "打卡"), choice('2', "cash", "现金或实物")];

/// The form.
pub static TABLE: Table = Table { name: "pay", title: "发放", fields: FIELDS };

const FIELDS: &[Field] = &[
    Field::new("first", "先付", Kind::Choice(YES_NO)).shown(|_| false).at(0, 0, 50, 4, 4, 0),
    Field::new("line", "款    物", Kind::Lookup(Lookup::Host("line")))
        .always()
        .shown(|a| !a.is("first", "yes"))
        .never_copied()
        .at(0, 0, 1, 10, 40, 0)
        .hint("按 F4 选还没有发放的款物"),
    Field::new("how", "发放渠道", Kind::Choice(HOW))
        .always()
        .never_copied()
        .at(0, 1, 1, 10, 14, 0)
        .clause("四（三）三")
        .hint("1 打卡  2 现金或实物，须写原因、签字和见证"),
    Field::new("on", "发放日期", Kind::Date { enter_today: true })
        .always()
        .filled(|_, context| Some(context.today.to_string()))
        .checked(&[Check::NotFuture])
        .at(0, 2, 1, 10, 10, 0)
        .hint("回车今天，- 昨天，-3 三天前"),
    Field::new("cash_reason", "付现原因", Kind::Text { max: 40 })
        .always()
        .shown(by_hand)
        .at(0, 3, 1, 10, 40, 0)
        .clause("四（三）三")
        .hint("为什么不打卡，如无卡、急用、实物"),
    Field::new("recipient", "领取签字", Kind::Name)
        .always()
        .shown(by_hand)
        .never_copied()
        .at(0, 4, 1, 10, 18, 0)
        .clause("四（三）三")
        .hint("在领款单上签字或按手印的人"),
    Field::new("witness", "见证人", Kind::Name)
        .always()
        .shown(by_hand)
        .at(0, 4, 34, 8, 18, 0)
        .clause("四（三）三")
        .hint("在场见证的第二个人"),
    Field::new("blank", "空白单号", Kind::Text { max: 13 })
        .shown(|a| a.is("first", "yes"))
        .never_copied()
        .at(0, 5, 1, 10, 18, 0)
        .hint("断电时用空白登记单办的，照单上的号填，如 K26-102-0012；没有用就空着"),
];

fn by_hand(a: &Answers) -> bool {
    a.is("how", "cash")
}
