//! 转介 (F20): somebody is handed on to the body that can help further.
//!
//! Values: `to` 0 to 9, as on the paper.

use crate::forms::field::{Check, Choice, Field, Kind, Lookup, Table, choice};
use crate::forms::tables::sayings;

/// To whom, in the order of the paper.
pub const TO: &[Choice] = &[
    choice('1', "1", "低保"),
    choice('2', "2", "特困供养"),
    choice('3', "3", "医疗救助"),
    choice('4', "4", "教育资助"),
    choice('5', "5", "住房救助"),
    choice('6', "6", "就业援助"),
    choice('7', "7", "残联"),
    choice('8', "8", "慈善组织"),
    choice('9', "9", "社工机构"),
    choice('0', "0", "其他单位"),
];

/// The form.
pub static TABLE: Table = Table { name: "refer", title: "转介", fields: FIELDS };

const FIELDS: &[Field] = &[
    Field::new("to", "转介去向", Kind::Choice(TO))
        .always()
        .never_copied()
        .at(0, 0, 1, 10, 14, 0)
        .clause("四（二）2")
        .hint("1低保 2特困 3医疗 4教育 5住房 6就业 7残联 8慈善 9社工 0其他，F4 看全部"),
    Field::new("on", "转介日期", Kind::Date { enter_today: true })
        .always()
        .filled(|_, context| Some(context.today.to_string()))
        .checked(&[Check::NotFuture])
        .at(0, 0, 34, 8, 10, 0)
        .hint("送出转介单的那天；回执的期限由此算"),
    Field::new("body", "接收单位", Kind::Text { max: 60 })
        .always()
        .at(0, 1, 1, 10, 60, 0)
        .phrased(Lookup::Host("partners"))
        .hint("F4 从协作单位选，或写单位和接收人，如 县残联 王主任"),
    Field::new("what", "转介事项", Kind::LongText { max: 300 })
        .always()
        .never_copied()
        .checked(&[Check::Longer(2)])
        .phrased(sayings::REFERRED)
        .at(0, 2, 1, 10, 64, 0)
        .clause("四（二）2")
        .hint("F4 常用语；请对方办什么"),
];
