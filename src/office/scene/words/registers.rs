//! The team that finds hardship.

use super::super::expect::Found;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{day, need, township, word};
use super::{Word, acting};
use crate::base::division;
use crate::domain::command::Command;
use crate::domain::command::registers::{EndDiscoverer, NoteDiscoverer};
use crate::domain::private::Private;
use crate::domain::registers::DiscovererKind;

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "F1 波罗赤镇 网格员",
        args: &[("since", "入队日期，缺省今天"), ("village", "第几个村，缺省1"), ("phone", "电话")],
        says: "登记或更正主动发现队伍的人；F1是他的名字，引号里写姓名",
        ..acting("discoverer", "发现人登记", &["note-discoverer"], note)
    },
    Word {
        form: "F1 on=2026-03-02",
        args: &[("on", "离队日期，缺省今天")],
        says: "离队；引号里写原因",
        ..acting("discoverer-left", "发现人离队", &["end-discoverer"], left)
    },
];

/// `discoverer F1 离队`: 在队, 离队, 没有登记.
pub fn stands(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let id = r.names.discoverer(need(line, at, "发现人、怎么样")?);
    let was = match r.answers()?.discoverer(id) {
        None => "没有登记",
        Some(known) if known.until.is_some() => "离队",
        Some(_) => "在队",
    };
    Ok(Found { holds: was == need(line, at + 1, "在队、离队 或 没有登记")?, was: was.to_owned() })
}

fn note(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let discoverer = r.names.discoverer(need(line, 0, "名字、乡镇、类别")?);
    let town = township(need(line, 1, "乡镇")?)?;
    let which: usize = line.arg("village").map_or(Ok(1), str::parse).map_err(|_| Stop::wrong("village=1"))?;
    let village = division::villages_of(town).nth(which.saturating_sub(1)).map_or(0, |known| known.code);
    let today = r.now.day();
    let mut private = Private::default();
    let args = NoteDiscoverer {
        discoverer,
        township: town,
        village,
        kind: word(need(line, 2, "类别")?, DiscovererKind::ALL, DiscovererKind::zh, DiscovererKind::digit)?,
        since: line.arg("since").map_or(Ok(today), day)?,
        name: line.quote().and_then(|text| private.put("name", text)),
        phone: line.arg("phone").and_then(|text| private.put("phone", text)),
    };
    r.act(vec![(Command::NoteDiscoverer(args), private)])
}

fn left(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let discoverer = r.names.discoverer(need(line, 0, "发现人")?);
    let today = r.now.day();
    let mut private = Private::default();
    let args = EndDiscoverer {
        discoverer,
        until: line.arg("on").map_or(Ok(today), day)?,
        reason: line.quote().and_then(|text| private.put("reason", text)),
    };
    r.act(vec![(Command::EndDiscoverer(args), private)])
}
