//! 困难详情 in practice: what the papers ask of the hardship and of each member, told before the decision or after the help.

use super::{Script, Told, When};
use crate::domain::command::Command;
use crate::domain::command::after::Hardship;
use crate::domain::nouns::Circumstance;
use crate::domain::private::Private;
use crate::forms::tables::path::members;
use crate::office::compose::path::hardship::slot;
use std::collections::BTreeMap;

const ILLNESS: [(&str, &str); 10] = [
    ("kind", "肿瘤术后治疗"),
    ("diagnosis", "胃恶性肿瘤术后"),
    ("icd", "C16.9"),
    ("hospital", "县人民医院（练习）"),
    ("admitted", "2026-01-12"),
    ("discharged", "2026-02-03"),
    ("total-cost", "48600.00"),
    ("reimbursed", "29160.00"),
    ("own-cost", "19440.00"),
    ("proofs", "住院病历、费用结算单和票据"),
];
const ACCIDENT: [(&str, &str); 5] = [
    ("kind", "交通事故"),
    ("property-loss", "3200.00"),
    ("loss", "8600.00"),
    ("own-cost", "5400.00"),
    ("proofs", "事故认定书、住院票据"),
];
const TRADE: [(&str, &str); 5] = [
    ("kind", "大棚受灾停产"),
    ("trade", "种植"),
    ("trade-loss", "26000.00"),
    ("loss", "26000.00"),
    ("proofs", "现场照片、村委会证明"),
];

impl Script<'_> {
    /// 困难详情, with everybody of the household.
    pub(in super::super) fn hardship(&mut self, when: When, told: &Told) {
        let on = self.days.at(when.0, when.1).day();
        let of: &[(&str, &str)] = match told.plan.circumstance {
            Circumstance::Illness | Circumstance::LongCare | Circumstance::Misfortune => &ILLNESS,
            Circumstance::Livelihood => &TRADE,
            _ => &ACCIDENT,
        };
        let mut private = Private::default();
        let mut texts: std::collections::BTreeSet<_> =
            of.iter().filter_map(|(slot, text)| private.put(slot, text)).collect();
        for (at, (person, name)) in told.home.members.iter().zip(&told.home.names).enumerate() {
            let text = members::written(name, &said(*person == told.home.head, told.home.is_minor(at, on)));
            texts.extend(private.put(&slot(*person), &text));
        }
        let hardship = Hardship { case: told.case, on, texts };
        self.say(when, told.by, vec![(Command::Hardship(hardship), private)]);
    }
}

/// What is told of a member.
fn said(head: bool, minor: bool) -> BTreeMap<&'static str, String> {
    let all: [(&str, &str); 7] = match (head, minor) {
        (true, _) => [
            ("marriage", "已婚"),
            ("nation", "汉族"),
            ("health", "患病，常年服药"),
            ("labour", "部分丧失"),
            ("occupation", "务农"),
            ("income", "9800.00"),
            ("together", "是"),
        ],
        (false, true) => [
            ("marriage", "未婚"),
            ("nation", "汉族"),
            ("health", "健康"),
            ("labour", "无(老幼)"),
            ("occupation", "在校"),
            ("income", "0.00"),
            ("together", "是"),
        ],
        (false, false) => [
            ("marriage", "已婚"),
            ("nation", "满族"),
            ("health", "健康"),
            ("labour", "有"),
            ("occupation", "灵活就业"),
            ("income", "6000.00"),
            ("together", "是"),
        ],
    };
    all.into_iter().map(|(key, text)| (key, text.to_owned())).collect()
}
