//! Deferred papers, closing and reversal.

use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{count, day, must, need, noun};
use super::{Word, acting};
use crate::domain::answers::Case;
use crate::domain::archive::Retention;
use crate::domain::command::Command;
use crate::domain::command::archive::Archive;
use crate::domain::command::papers::{Close, CompleteItem, Reverse, Reversed, StillUrgent};
use crate::domain::ids::LineId;
use crate::domain::private::Private;

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        also: "complete-item",
        form: "C1 盖章[,事由]",
        args: &[("on", "纸上的日期，缺省今天")],
        says: "补手续，几项用逗号相连，一起办；写 全部 为所有没补的",
        ..acting("complete", "补手续", &["complete-item"], complete)
    },
    Word {
        form: "C1 \"原因\"",
        args: &[("until", "新的期限")],
        says: "急难未缓解",
        ..acting("still-urgent", "急难未缓解", &["still-urgent"], still_urgent)
    },
    Word {
        form: "C1 2026-LSJZ-0001 [\"存放位置\"]",
        args: &[
            ("on", "归档日期，缺省今天"),
            ("items", "件数，缺省 3"),
            ("pages", "页数，缺省 12"),
            ("keep", "永久 30年 10年，缺省 30年"),
        ],
        says: "归档；再写一次为更正",
        ..acting("archive", "归档", &["archive"], archive)
    },
    Word { form: "C1", says: "办结", ..acting("close", "办结", &["close"], close) },
    Word {
        form: "C1 payment|grant|盖章 \"原因\"",
        args: &[("line", "第几笔，缺省 1")],
        says: "冲正一笔付款、一件批准、一项手续",
        ..acting("reverse", "冲正", &["reverse"], reverse)
    },
];

fn complete(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let name = need(line, 0, "办件")?;
    let case = r.case_id(name)?;
    let on = line.arg("on").map_or(Ok(r.today()), day)?;
    let which = need(line, 1, "哪一项，如 盖章")?;
    let items = if which == "全部" {
        r.answers()?
            .items(case)
            .into_iter()
            .filter(|item| item.done.is_none())
            .map(|item| item.kind)
            .collect()
    } else {
        let mut items = Vec::new();
        for text in which.split([',', '，', '、']) {
            items.push(noun!(ItemKind, text)?);
        }
        items
    };
    let commands = items
        .into_iter()
        .map(|item| (Command::CompleteItem(CompleteItem { case, item, on }), Private::default()))
        .collect();
    r.act(commands)
}

fn still_urgent(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case_id(need(line, 0, "办件")?)?;
    let until = day(must(line, "until")?)?;
    let mut private = Private::default();
    let reason = line.quote().and_then(|why| private.put("reason", why));
    r.act(vec![(Command::StillUrgent(StillUrgent { case, until, reason }), private)])
}

fn archive(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let keep = match line.arg("keep") {
        None => Retention::Long,
        Some(text) => Retention::from_zh(text).ok_or_else(|| Stop::wrong("保管期限写永久、30年或10年"))?,
    };
    let args = Archive {
        case: r.case_id(need(line, 0, "办件")?)?,
        number: need(line, 1, "归档号，如 2026-LSJZ-0001")?.to_owned(),
        on: line.arg("on").map_or(Ok(r.today()), day)?,
        items: line.arg("items").map_or(Ok(3), count)?,
        pages: line.arg("pages").map_or(Ok(12), count)?,
        keep,
        shelf: line.quote().unwrap_or("2号柜3层").to_owned(),
    };
    r.act(vec![(Command::Archive(args), Private::default())])
}

fn close(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case_id(need(line, 0, "办件")?)?;
    r.act(vec![(Command::Close(Close { case }), Private::default())])
}

/// The nth line of a case's grant, from 1.
///
/// # Errors
/// If the grant has no such line.
pub fn nth_line(case: &Case, text: Option<&str>) -> Result<LineId, Stop> {
    let nth: usize = text.map_or(Ok(1), count)?;
    let lines = if case.granted.is_empty() { &case.asked } else { &case.granted };
    let found = nth.checked_sub(1).and_then(|at| lines.get(at)).map(|line| line.line);
    found.ok_or_else(|| Stop::wrong(format!("这一件有 {} 笔，没有第 {nth} 笔", lines.len())))
}

fn reverse(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case(need(line, 0, "办件")?)?;
    let reversed = match need(line, 1, "payment、grant 或一项手续")? {
        "payment" | "付款" => Reversed::Payment { line: nth_line(&case, line.arg("line"))? },
        "grant" | "批准" => Reversed::Grant {},
        item => Reversed::Item { item: noun!(ItemKind, item)? },
    };
    let mut private = Private::default();
    let reason = line.quote().and_then(|why| private.put("reason", why));
    r.act(vec![(Command::Reverse(Reverse { case: case.id, reversed, reason }), private)])
}
