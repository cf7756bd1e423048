//! Reconciling with 财政.

use super::super::expect::Found;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{money, need, noun};
use super::{Word, acting};
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::monthly::{ConfirmReconciled, Reconcile};
use crate::domain::private::Private;

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "县级预算 2026-03 700.00",
        says: "与财政对账：来源、月份、财政账面；引号里写差额的原因",
        ..acting("reconcile", "与财政对账", &["reconcile"], reconcile)
    },
    Word {
        form: "县级预算 2026-03 700.00",
        args: &[("answer", "退回，缺省确认")],
        says: "确认对账，财政账面照对账单再打一遍；退回的引号里写原因",
        ..acting("confirm-reconciled", "确认对账", &["confirm-reconciled"], confirm)
    },
];

/// `reconciled 县级预算 2026-03 待确认`: 未对账, 待确认, 已确认.
pub fn stands(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let fund = noun!(Fund, need(line, at, "资金来源、月份、怎么样")?)?;
    let (year, month) = month(need(line, at + 1, "月份")?)?;
    let was = match r.answers()?.reconciled(year, month, fund) {
        None => "未对账",
        Some(known) if known.confirmed.is_none() => "待确认",
        Some(_) => "已确认",
    };
    Ok(Found {
        holds: was == need(line, at + 2, "未对账、待确认 或 已确认")?, was: was.to_owned()
    })
}

/// `2026-03`.
fn month(text: &str) -> Result<(i32, u32), Stop> {
    let told = text.split_once('-').and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
    told.ok_or_else(|| Stop::wrong(format!("{text} 不是月份，写成 2026-03")))
}

fn balance(text: &str) -> Result<Money, Stop> {
    if text == "0.00" { Ok(Money::ZERO) } else { money(text) }
}

fn reconcile(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut private = Private::default();
    let (year, month) = month(need(line, 1, "月份")?)?;
    let args = Reconcile {
        year,
        month,
        fund: noun!(Fund, need(line, 0, "资金来源、月份、财政账面")?)?,
        theirs: balance(need(line, 2, "财政账面")?)?,
        explained: line.quote().and_then(|text| private.put("explained", text)),
    };
    r.act(vec![(Command::Reconcile(args), private)])
}

fn confirm(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut private = Private::default();
    let (year, month) = month(need(line, 1, "月份")?)?;
    let args = ConfirmReconciled {
        year,
        month,
        fund: noun!(Fund, need(line, 0, "资金来源、月份、财政账面")?)?,
        agrees: match line.arg("answer") {
            None | Some("确认") => true,
            Some("退回") => false,
            Some(text) => return Err(Stop::wrong(format!("answer={text} 可以写：确认 退回"))),
        },
        theirs: balance(need(line, 2, "财政账面")?)?,
        note: line.quote().and_then(|text| private.put("note", text)),
    };
    r.act(vec![(Command::ConfirmReconciled(args), private)])
}
