//! The reserve's ceiling, asking for more, recovering.

use super::super::expect::Found;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{day, money, need, township};
use super::papers::nth_line;
use super::{Word, acting};
use crate::domain::command::Command;
use crate::domain::command::reserve::{AskReplenish, RecoverAid, SetCeiling, TakeBack};
use crate::domain::private::Private;

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "波罗赤镇 10000.00",
        says: "核定备用金；引号里写文号",
        ..acting("set-ceiling", "核定备用金", &["set-ceiling"], set_ceiling)
    },
    Word {
        form: "波罗赤镇 500.00",
        says: "申请补足备用金；引号里写说明",
        ..acting("ask-replenish", "申请补足", &["ask-replenish"], ask_replenish)
    },
    Word {
        form: "C1 300.00",
        args: &[("line", "第几笔，缺省第一笔"), ("until", "追缴期限，缺省30天")],
        says: "追缴；引号里写哪一项不实、怎么查实的",
        ..acting("recover", "追缴", &["recover"], recover)
    },
    Word {
        form: "C1 100.00",
        args: &[("line", "第几笔，缺省第一笔"), ("on", "到款日期"), ("receipt", "收据，缺省有")],
        says: "追缴到款",
        ..acting("take-back", "追缴到款", &["take-back"], take_back)
    },
];

fn set_ceiling(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut private = Private::default();
    let args = SetCeiling {
        township: township(need(line, 0, "乡镇和核定数")?)?,
        amount: money(need(line, 1, "核定数")?)?,
        note: line.quote().and_then(|text| private.put("note", text)),
    };
    r.act(vec![(Command::SetCeiling(args), private)])
}

fn ask_replenish(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut private = Private::default();
    let args = AskReplenish {
        township: township(need(line, 0, "乡镇和金额")?)?,
        amount: money(need(line, 1, "金额")?)?,
        note: line.quote().and_then(|text| private.put("note", text)),
    };
    r.act(vec![(Command::AskReplenish(args), private)])
}

fn recover(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case(need(line, 0, "办件和金额")?)?;
    let mut private = Private::default();
    let args = RecoverAid {
        case: case.id,
        line: nth_line(&case, line.arg("line"))?,
        amount: money(need(line, 1, "金额")?)?,
        until: line.arg("until").map_or(Ok(r.today().plus(30)), day)?,
        reason: line.quote().and_then(|text| private.put("reason", text)),
    };
    r.act(vec![(Command::RecoverAid(args), private)])
}

fn take_back(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case(need(line, 0, "办件和金额")?)?;
    let mut private = Private::default();
    let args = TakeBack {
        case: case.id,
        line: nth_line(&case, line.arg("line"))?,
        amount: money(need(line, 1, "金额")?)?,
        on: line.arg("on").map_or(Ok(r.today()), day)?,
        receipt: private.put("receipt", line.arg("receipt").unwrap_or("收据1张")),
    };
    r.act(vec![(Command::TakeBack(args), private)])
}

/// `asked 波罗赤镇 500.00`: what a township asked for and nobody answered; 0.00 for nothing.
pub fn asked(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let plan = r.answers()?.reserve_plan(township(need(line, at, "乡镇和金额")?)?);
    let was = plan.asked.map(|asked| asked.amount).unwrap_or_default().plain();
    Ok(Found { holds: was == need(line, at + 1, "金额")?, was })
}

/// `recovery C1 300.00 paid=100.00`.
pub fn recovery(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let case = r.case(need(line, at, "办件和应追缴金额")?)?;
    let nth = nth_line(&case, line.arg("line"))?;
    let Some(known) = r.answers()?.recovery(case.id, nth) else {
        return Ok(Found { holds: false, was: "没有追缴".to_owned() });
    };
    let paid = line.arg("paid").unwrap_or("0.00");
    let holds = known.amount.plain() == need(line, at + 1, "金额")? && known.paid.plain() == paid;
    Ok(Found { holds, was: format!("{} paid={}", known.amount.plain(), known.paid.plain()) })
}
