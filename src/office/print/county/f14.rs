//! F14 一事一议（会商）记录: who met when and where, about what, what each said, and what was decided (四（三）二). It must never
//! name anybody as present whom the minutes do not name.

use super::super::parts::{
    BLANK_DAY, handler, money, money_or_blank, officer, row, sign, signed, tall_row, ticks,
};
use super::super::{Printed, Printing};
use super::{Sheet, finished, or_blank, who, whose};
use crate::base::money::Money;
use crate::domain::nouns::MeetingKind;
use crate::domain::office::Tier;
use crate::store::export::paper::{Align, Block, PaperColumn};
use crate::store::replica::views::tiers::ExaminationLine;

const CLAUSES: &str = "依据：实施办法四（三）二（其他急难事项采取一事一议；500元及以下乡镇集体研究，超过500元县局会商）。\
                       审批额可以低于议定额并写明理由，不得高于议定额。";

/// F14 of the meeting at that place of those of a case, the first at 0; none where there was none. `together` are the cases that it
/// decided, each with its sum.
pub(super) fn of(
    sheet: &Sheet<'_>,
    at: usize,
    together: &[(String, String, Money)],
    printing: &Printing,
) -> Option<Printed> {
    let all = &sheet.beside.meetings;
    let (card, meeting) = (sheet.card, all.get(at)?);
    let latest = at + 1 == all.len();
    let case = &card.case;
    let [minutes, place, chair, attendees, topic, opinions] = &meeting.words;
    let family = format!("{}，{}{}人", who(card), case.applicant.zh(), card.opening.helped);
    let (county, bureau) = (meeting.tier >= Tier::County, meeting.kind == Some(MeetingKind::Bureau));
    let kinds = ticks([
        ("乡镇集体研究", !county),
        (MeetingKind::Consult.zh(), county && !bureau),
        (MeetingKind::Bureau.zh(), bureau),
    ]);
    let asked = money_or_blank(Some(card.asked()).filter(|sum| !sum.is_zero()));
    // Before an earlier meeting lay what was said up to its day, whatever came of it since.
    let lay = |one: &&ExaminationLine| if latest { one.live } else { one.on <= meeting.on };
    let first = sheet.beside.examinations.iter().rev().find(lay);
    let first = first.map_or_else(String::new, |one| {
        let agrees = if one.agrees { "同意纳入" } else { "不同意纳入" };
        format!(
            "{agrees}，{}元。{}（{} {}）",
            one.amount.grouped(),
            one.opinion,
            officer(printing, &one.by),
            one.on.long_zh()
        )
    });
    let mut blocks = vec![
        Block::Grid {
            shares: vec![2, 4, 2, 4],
            rows: vec![
                tall_row("会议", &kinds, 3, 1),
                row(&[("时间", &meeting.on.long_zh(), 1), ("地点", &or_blank(place), 1)]),
                row(&[("主持人", &or_blank(chair), 1), ("到会人数", &format!("{}人", meeting.present), 1)]),
                tall_row("参会单位和人员", &or_blank(attendees), 3, 2),
            ],
        },
        Block::Heading("议题".to_owned()),
        Block::Grid {
            shares: vec![2, 4, 2, 4],
            rows: vec![
                tall_row("家庭基本情况", &family, 3, 1),
                row(&[("困难类型", case.circumstance.zh(), 1), ("申请救助", &asked, 1)]),
                tall_row("事由", &card.opening.reason, 3, 2),
                tall_row("需要一事一议的情况", &or_blank(topic), 3, 2),
                tall_row("初核意见", &or_blank(&first), 3, 1),
            ],
        },
        Block::Heading("意见和决议".to_owned()),
        Block::Grid {
            shares: vec![2, 10],
            rows: vec![
                tall_row("各方意见", &or_blank(opinions), 1, 3),
                tall_row("决议", minutes, 1, 3),
                tall_row("议定金额", &money(meeting.amount), 1, 1),
            ],
        },
    ];
    if together.len() > 1 {
        blocks.push(Block::Heading(format!("同一会议议定的办件（共{}件）", together.len())));
        blocks.push(list(together));
    }
    let names = (0..meeting.present.min(12)).map(|at| sign(&format!("参会人{}签字", at + 1)));
    blocks.push(Block::Signatures(names.collect()));
    blocks.push(Block::Signatures(vec![
        signed("主持人签字", chair.trim(), ""),
        sign("记录人签字"),
        sign("盖章"),
    ]));
    let whose = whose(meeting.tier, case.township);
    let number = if all.len() > 1 { format!("{}-{}", case.number, at + 1) } else { case.number.clone() };
    let mut out = finished("一事一议（会商）记录", (&number, "F14"), &whose, printing, blocks)
        .filled(meeting.on, &handler(card, printing));
    out.foot([CLAUSES.to_owned(), format!("记录整理日期：{BLANK_DAY}")]);
    Some(out)
}

fn list(together: &[(String, String, Money)]) -> Block {
    let rows = together.iter().enumerate().map(|(at, (number, name, amount))| {
        vec![(at + 1).to_string(), number.clone(), name.clone(), amount.grouped()]
    });
    let sum: Money = together.iter().map(|(_, _, amount)| *amount).sum();
    Block::Table {
        columns: vec![
            PaperColumn::new("序号", 1).aligned(Align::Center),
            PaperColumn::new("办件编号", 4),
            PaperColumn::new("申请人", 3),
            PaperColumn::new("议定金额（元）", 3).aligned(Align::Right),
        ],
        rows: rows.collect(),
        total: vec!["合计".to_owned(), format!("{}件", together.len()), String::new(), sum.grouped()],
    }
}
