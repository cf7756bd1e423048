//! 协作单位.

use super::super::expect::Found;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{day, need, township};
use super::{Word, acting};
use crate::domain::command::Command;
use crate::domain::command::partners::NotePartner;
use crate::domain::ids::PartnerId;
use crate::domain::partners::PartnerKind;
use crate::domain::private::Private;

/// The words of this group.
pub const WORDS: &[Word] = &[Word {
    form: "P1 \"县慈善总会\"",
    args: &[
        ("kind", "种类，缺省慈善组织"),
        ("paired", "结对乡镇"),
        ("since", "开始日期，缺省今天"),
        ("until", "最后一天，写了就是结束"),
        ("reason", "更正、结束的原因"),
    ],
    says: "登记协作单位；名字已有的是更正",
    ..acting("partner", "协作单位登记", &["note-partner"], partner)
}];

/// A partner by its name in a story.
pub fn partner_of(name: &str) -> PartnerId {
    let mut id = [0x70; 16];
    for (at, byte) in id.iter_mut().zip(name.bytes()) {
        *at = byte;
    }
    PartnerId(id)
}

fn partner(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let name = need(line, 0, "名字，如 P1")?;
    let mut private = Private::default();
    let args = NotePartner {
        partner: partner_of(name),
        kind: match line.arg("kind") {
            Some(word) => PartnerKind::from_zh(word).ok_or_else(|| Stop::wrong("没有这种单位"))?,
            None => PartnerKind::Charity,
        },
        paired: line.arg("paired").map(township).transpose()?,
        since: line.arg("since").map_or(Ok(r.today()), day)?,
        until: line.arg("until").map(day).transpose()?,
        name: private.put("name", line.quote().unwrap_or("县慈善总会")),
        contact: private.put("contact", line.arg("contact").unwrap_or_default()),
        helps: private.put("helps", line.arg("helps").unwrap_or_default()),
        reason: private.put("reason", line.arg("reason").unwrap_or_default()),
    };
    r.act(vec![(Command::NotePartner(args), private)])
}

/// `partner P1 在册` or `partner P1 已结束`: whether a body still stands in the register.
///
/// # Errors
/// The name or the word is missing.
pub fn standing(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let id = partner_of(need(line, at, "名字，如 P1")?);
    let was = match r.answers()?.partner(id).map(|known| known.until) {
        None => "没有登记",
        Some(None) => "在册",
        Some(Some(_)) => "已结束",
    };
    Ok(Found { holds: was == need(line, at + 1, "在册或已结束")?, was: was.to_owned() })
}
