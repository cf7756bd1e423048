//! 人员信息更正: what stands wrong about a person is put right with a reason and what proves it; nothing is overwritten.
//!
//! Values of `basis`: id_card, register, bank_card, court, other.

use super::codes;
use crate::forms::field::{Check, Choice, Field, Kind, Table, choice};

const BASIS: &[Choice] = &[
    choice('1', "id_card", "身份证"),
    choice('2', "register", "户口簿"),
    choice('3', "bank_card", "银行卡(折)"),
    choice('4', "court", "法院、公安文书"),
    choice('5', "other", "其他"),
    choice('6', "death", "死亡证明"),
];

/// The form.
pub static TABLE: Table = Table { name: "person-correction", title: "人员信息更正", fields: FIELDS };

const FIELDS: &[Field] = &[
    Field::new("id_no", "身份证号", Kind::IdNumber { none: true }).always().at(0, 0, 1, 10, 19, 44),
    Field::new("name", "姓    名", Kind::Name).always().never_copied().at(0, 1, 1, 10, 18, 0),
    Field::new("village", "现住村(居)", Kind::Village).always().at(0, 2, 1, 10, 18, 0),
    Field::new("phone", "联系电话", Kind::Phone).never_copied().at(0, 3, 1, 10, 18, 0),
    Field::new("account", "银行账号", Kind::Account).at(0, 4, 1, 10, 24, 40),
    Field::new("status", "身    份", Kind::Choice(codes::STATUS))
        .always()
        .never_copied()
        .at(0, 5, 1, 10, 22, 0),
    Field::new("basis", "更正凭据", Kind::Choice(BASIS)).always().at(0, 6, 1, 10, 18, 0).hint("按 F4 看全部"),
    Field::new("basis_note", "说明", Kind::Text { max: 40 })
        .needed(|a| a.is("basis", "other"))
        .shown(|a| a.is("basis", "other"))
        .at(0, 6, 34, 4, 36, 0),
    Field::new("reason", "更正原因", Kind::LongText { max: 120 })
        .always()
        .never_copied()
        .checked(&[Check::Longer(4)])
        .at(0, 7, 1, 10, 60, 0)
        .hint("原来错在哪里，怎么发现的"),
    Field::new("died", "死亡日期", Kind::Date { enter_today: false })
        .never_copied()
        .checked(&[Check::NotFuture])
        .at(0, 8, 1, 10, 12, 0)
        .hint("本人去世的才写，如 0303；没有就空着"),
];
