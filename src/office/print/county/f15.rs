//! F15 报市级审批请示、批复登记: what the county proposed and why, what the city answered, who entered it and who checked it
//! (四（三）二第三档). The places of an answer that has not come stay blank.

use super::super::parts::{BLANK_DAY, money, money_or_blank, officer, row, sign, signed, tall_row, ticks};
use super::super::{Printed, Printing};
use super::{Sheet, bureau, finished, or_blank, who};
use crate::domain::tiers::CityAnswer;
use crate::store::export::paper::Block;

const CLAUSES: &str = "依据：实施办法四（三）二（急难程度严重、社会影响较大的，县级提出，报市级审批）。批复由一人登记、另一人对照原件\
                       复核，复核以后才算数。";

/// F15 of a case; none where it was not put before the city.
pub(super) fn of(sheet: &Sheet<'_>, printing: &Printing) -> Option<Printed> {
    let (card, city) = (sheet.card, sheet.beside.city.as_ref()?);
    let case = &card.case;
    let meeting = sheet.beside.meetings.last().map_or_else(String::new, |meeting| {
        format!(
            "{} {}会议，{}人到会，议定{}元",
            meeting.on.long_zh(),
            meeting.tier.zh(),
            meeting.present,
            meeting.amount.grouped()
        )
    });
    let reply = city.reply.as_ref();
    let answers = ticks(
        CityAnswer::ALL.iter().map(|one| (one.zh(), reply.is_some_and(|(_, _, answer, ..)| answer == one))),
    );
    let approved = reply.map(|(_, _, _, amount, _)| *amount).filter(|amount| !amount.is_zero());
    let refused = reply.is_some_and(|(_, _, answer, ..)| *answer != CityAnswer::Agreed);
    let approved = if refused { "无".to_owned() } else { money_or_blank(approved) };
    let on = reply.map_or_else(|| BLANK_DAY.to_owned(), |(_, on, ..)| on.long_zh());
    let document = reply.map_or("", |(document, ..)| document.as_str());
    let text =
        |no: Option<&crate::domain::ids::OfficerNo>| no.map(|no| officer(printing, no)).unwrap_or_default();
    let blocks = vec![
        Block::Heading("一、请示".to_owned()),
        Block::Grid {
            shares: vec![2, 4, 2, 4],
            rows: vec![
                row(&[
                    ("请示文号", &or_blank(city.request.as_deref().unwrap_or_default()), 1),
                    ("报市日期", &city.on.long_zh(), 1),
                ]),
                tall_row(
                    "救助对象",
                    &format!("{}，{}{}人", who(card), case.applicant.zh(), card.opening.helped),
                    3,
                    1,
                ),
                row(&[("困难类型", case.circumstance.zh(), 1), ("急难程度", case.severity.zh(), 1)]),
                tall_row("事由", &card.opening.reason, 3, 2),
                tall_row("县局会议", &or_blank(&meeting), 3, 1),
                tall_row("拟救助金额", &money(city.amount), 3, 1),
                tall_row("报市原因", &or_blank(&city.reason), 3, 3),
            ],
        },
        Block::Signatures(vec![
            signed("县局提出人", &officer(printing, &city.by), &city.on.long_zh()),
            sign("分管局长签字"),
            sign("盖章"),
        ]),
        Block::Heading("二、批复登记".to_owned()),
        Block::Grid {
            shares: vec![2, 4, 2, 4],
            rows: vec![
                row(&[("批复文号", &or_blank(document), 1), ("批复日期", &on, 1)]),
                tall_row("批复意见", &answers, 3, 1),
                tall_row("批复金额", &approved, 3, 1),
            ],
        },
        Block::Signatures(vec![
            signed("登记人", &text(reply.map(|(.., by)| by)), ""),
            signed("复核人", &text(city.checked_by.as_ref()), ""),
            sign("盖章"),
        ]),
    ];
    let mut out = finished("报市级审批请示、批复登记", (&case.number, "F15"), &bureau(), printing, blocks)
        .filled(city.on, &officer(printing, &city.by));
    out.foot([CLAUSES.to_owned(), "批复原件附后，随卷归档。".to_owned()]);
    Some(out)
}
