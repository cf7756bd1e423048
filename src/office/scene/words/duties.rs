//! Who does the work: standing in, the duty list, handing on and over.

use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{day, money, must, need, township};
use super::{Word, acting};
use crate::domain::command::Command;
use crate::domain::command::duties::{Delegate, DutyList, DutyRow, EndDelegation, HandOnCase, HandOver};
use crate::domain::ids::OfficerNo;
use crate::domain::office::Office;
use crate::domain::private::Private;

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "a1 w1b",
        args: &[("from", "起日，缺省今天"), ("until", "止日"), ("by", "由谁办，缺省委托人本人")],
        says: "委托代批：w1b 代 a1；引号里写原因",
        ..acting("delegate", "委托代批", &["delegate"], delegate)
    },
    Word {
        form: "a1 w1b",
        args: &[("from", "那一项委托的起日，缺省今天"), ("by", "由谁办，缺省委托人本人")],
        says: "终止委托",
        ..acting("end-delegation", "终止委托", &["end-delegation"], end)
    },
    Word {
        form: "波罗赤镇 w1,a1",
        args: &[("on", "哪一天，缺省今天"), ("phone", "值班电话")],
        says: "登记值班表的一天；单位写 县局 或乡镇名",
        ..acting("duty-list", "值班表", &["duty-list"], duty_list)
    },
    Word {
        form: "C1 w1b",
        args: &[("village", "迁往，如 大庙镇 或 大庙镇/村名；缺省不迁")],
        says: "转办给另一经办人，或由县局迁往另一乡镇；引号里写原因",
        ..acting("hand-on-case", "转办", &["hand-on-case"], hand_on)
    },
    Word {
        form: "w1 w1b",
        args: &[("cash", "实点现金"), ("blanks", "交出的空白单号，逗号隔开")],
        says: "工作交接，由办理人监交；引号里写说明",
        ..acting("hand-over", "工作交接", &["hand-over"], hand_over)
    },
];

fn two(r: &mut Runner<'_>, line: &Line) -> Result<(OfficerNo, OfficerNo), Stop> {
    let from = r.officer(need(line, 0, "两个操作员")?)?;
    let to = r.officer(need(line, 1, "第二个操作员")?)?;
    Ok((from, to))
}

fn delegate(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let (from, to) = two(r, line)?;
    let since = line.arg("from").map(day).transpose()?.unwrap_or(r.today());
    let until = day(must(line, "until")?)?;
    let by = line.arg("by").map(|text| r.officer(text)).transpose()?.unwrap_or_else(|| from.clone());
    let mut private = Private::default();
    let reason = line.quote().and_then(|why| private.put("reason", why));
    r.act_as(&by, vec![(Command::Delegate(Delegate { from, to, since, until, reason }), private)])
}

fn end(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let (from, to) = two(r, line)?;
    let since = line.arg("from").map(day).transpose()?.unwrap_or(r.today());
    let by = line.arg("by").map(|text| r.officer(text)).transpose()?.unwrap_or_else(|| from.clone());
    let end = Command::EndDelegation(EndDelegation { from, to, since });
    r.act_as(&by, vec![(end, Private::default())])
}

fn duty_list(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let office = match need(line, 0, "单位")? {
        "县局" => Office::County,
        text => Office::Township(township(text)?),
    };
    let mut officers = Vec::new();
    for no in need(line, 1, "值班的人，如 w1,a1")?.split(',') {
        officers.push(r.officer(no)?);
    }
    let on = line.arg("on").map(day).transpose()?.unwrap_or(r.today());
    let mut private = Private::default();
    let phone = line.arg("phone").and_then(|phone| private.put("phone", phone));
    let rows = vec![DutyRow { day: on, officers, phone }];
    r.act(vec![(Command::DutyList(DutyList { office, rows }), private)])
}

fn hand_on(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case_id(need(line, 0, "办件和经办人")?)?;
    let to = r.officer(need(line, 1, "经办人")?)?;
    let mut private = Private::default();
    let reason = line.quote().and_then(|why| private.put("reason", why));
    let village =
        line.arg("village").map(super::super::values::place).transpose()?.map(|(_, village)| village);
    r.act(vec![(Command::HandOnCase(HandOnCase { case, to, village, reason }), private)])
}

fn hand_over(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let (from, to) = two(r, line)?;
    let blanks = line.arg("blanks").unwrap_or_default();
    let mut private = Private::default();
    let note = line.quote().and_then(|why| private.put("note", why));
    let args = HandOver {
        from,
        to,
        cash: line.arg("cash").map(money).transpose()?,
        blanks: blanks.split(',').filter(|text| !text.is_empty()).map(str::to_owned).collect(),
        note,
    };
    r.act(vec![(Command::HandOver(args), private)])
}
