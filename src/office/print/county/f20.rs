//! F20 转介单、回执: one sheet in two parts; the lower one comes back from the body that took it (四（二）2).

use super::super::parts::{BLANK, BLANK_DAY, handler, office, row, sign, signed, tall_row, ticks};
use super::super::{Printed, Printing};
use super::{Sheet, finished, or_blank, who};
use crate::domain::ids::ReferralId;
use crate::domain::tiers::{ReferOutcome, ReferTo};
use crate::store::export::paper::Block;

const CLAUSES: &str = "依据：实施办法四（二）（提供转介服务：符合低保、特困、医疗、教育、住房、就业等专项救助条件的转介相关部门，其余转介公益慈善\
                       组织、社会工作服务机构）。";

/// F20 of a referral, the latest where none is named; none where there is none.
pub(super) fn of(sheet: &Sheet<'_>, which: Option<ReferralId>, printing: &Printing) -> Option<Printed> {
    let card = sheet.card;
    let all = &sheet.beside.referrals;
    let at = match which {
        Some(id) => all.iter().position(|one| one.id == id)?,
        None => all.len().checked_sub(1)?,
    };
    let referral = all.get(at)?;
    let case = &card.case;
    let family = card.family.as_ref();
    let id_no = family.map(|family| family.id_no.as_str()).unwrap_or_default();
    let phone = family.map(|family| family.phone.as_str()).unwrap_or_default();
    let to = ticks(ReferTo::ALL.iter().map(|one| (one.zh(), referral.to == *one)));
    let by = handler(card, printing);
    let outcome = referral.outcome.as_ref();
    let outcomes =
        ticks(ReferOutcome::ALL.iter().map(|one| (one.zh(), outcome.is_some_and(|(known, _)| known == one))));
    let answered = outcome.map_or_else(|| BLANK_DAY.to_owned(), |(_, on)| on.long_zh());
    let words = if referral.answer.is_empty() { format!("{BLANK}{BLANK}") } else { referral.answer.clone() };
    let blocks = vec![
        Block::Heading("一、转介单".to_owned()),
        Block::Grid {
            shares: vec![2, 4, 2, 4],
            rows: vec![
                tall_row("转介去向", &to, 3, 2),
                tall_row("接收单位和接收人", &or_blank(&referral.body), 3, 1),
                tall_row("对象", &who(card), 3, 1),
                row(&[("身份证号", &or_blank(id_no), 1), ("联系电话", &or_blank(phone), 1)]),
                tall_row("困难情况", &card.opening.reason, 3, 3),
                tall_row("转介事项", &or_blank(&referral.what), 3, 3),
                row(&[
                    ("转介日期", &referral.on.long_zh(), 1),
                    ("请于此日前回执", &referral.due.long_zh(), 1),
                ]),
            ],
        },
        Block::Signatures(vec![signed("转介经办人", &by, ""), sign("对象签字（同意转介）"), sign("盖章")]),
        Block::Heading("二、回执（由接收单位填写，退回转介单位）".to_owned()),
        Block::Grid {
            shares: vec![2, 4, 2, 4],
            rows: vec![
                tall_row("办理结果", &outcomes, 3, 1),
                tall_row("说明", &words, 3, 3),
                row(&[("回执日期", &answered, 1), ("联系人和电话", BLANK, 1)]),
            ],
        },
        Block::Signatures(vec![sign("接收人签字"), sign("接收单位盖章")]),
    ];
    let number = if all.len() > 1 { format!("{}-{}", case.number, at + 1) } else { case.number.clone() };
    let mut out = finished("转介单、回执", (&number, "F20"), &office(case.township), printing, blocks)
        .filled(referral.on, &by);
    out.foot([CLAUSES.to_owned(), "一式三份：转介单位、接收单位、对象各一份。".to_owned()]);
    Some(out)
}
