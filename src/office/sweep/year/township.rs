//! A day in a township: new cases of every kind, what was sent back, papers of what was paid first, accounts that the bank
//! refused; then the approver's queue, and at the end of a month the cash is counted.

use super::county::{approver, handler, second};
use super::seat::Seat;
use crate::base::day::Day;
use crate::base::division;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::command::approval::Submit;
use crate::domain::command::emergency::{Authority, PaidFrom, RecordPaid};
use crate::domain::command::funds::Repay;
use crate::domain::command::papers::{Close, CompleteItem};
use crate::domain::command::payout::CountCash;
use crate::domain::fund::{Account, Till};
use crate::domain::ids::CaseId;
use crate::domain::nouns::{ItemKind, PayBy};
use crate::domain::office::Tier;
use crate::domain::private::Private;
use crate::office::compose::Draft;
use crate::office::sweep::acts::{self, Opened};
use crate::store::fault::Fault;
use crate::store::replica::Reader;
use crate::store::replica::views::queue::{Filter, List, QueueRow};

/// The most cases of one list that are looked at on a day.
const MOST: usize = 200;

/// A day of these townships with so many new cases.
///
/// # Errors
/// The machine's.
pub(super) fn day(seat: &mut Seat, townships: &[u16], today: Day, new: u64) -> Result<(), Fault> {
    for _ in 0..new {
        // One after the other, so that every township has its part.
        let turn = usize::try_from(seat.arrived).unwrap_or(0) % townships.len().max(1);
        seat.arrived += 1;
        if let Some(township) = townships.get(turn) {
            arrive(seat, *township, today)?;
        }
    }
    for township in townships {
        go_on(seat, *township, today)?;
        approve(seat, *township, today)?;
    }
    Ok(())
}

/// Cases of a list of the township.
pub(super) fn list(
    reader: &Reader,
    list: List,
    township: Option<u16>,
    tier: Option<Tier>,
    today: Day,
) -> Result<Vec<QueueRow>, Fault> {
    let filter = Filter { list, township, tier, ..Filter::default() };
    Ok(reader.queue_page(&filter, 0, MOST, today)?)
}

/// Somebody comes.
fn arrive(seat: &mut Seat, township: u16, today: Day) -> Result<(), Fault> {
    let who = handler(township);
    let village = division::villages().iter().find(|village| village.township == township);
    let at = (township, village.map(|village| village.code).ok_or_else(|| Fault::bug("没有村"))?);
    let small = i64::try_from(seat.rng.between(100, 500)).unwrap_or(100) * 100;
    let large = i64::try_from(seat.rng.between(501, 4_500)).unwrap_or(501) * 100;
    match seat.rng.below(20) {
        0..=8 => opened(seat, "打卡", at, today, (small, Tier::Township)),
        9..=12 => opened(seat, "报县局", at, today, (large, Tier::County)),
        13..=16 => {
            let mut case = acts::case_in(at, today, small, PayBy::Cash)?;
            case.drafts.push(acts::direct(case.case, case.lines.clone(), &approver(township), seat.now()));
            seat.give("先行救助", &who, case.drafts).map(drop)
        }
        17 => {
            let mut case = acts::case_in(at, today, small, PayBy::Cash)?;
            case.drafts.push(recorded(seat, &case));
            seat.give("已付补记", &who, case.drafts).map(drop)
        }
        18 => {
            let mut case = acts::case_in(at, today, small, PayBy::Bank)?;
            case.drafts.push(acts::withdraw(case.case));
            seat.give("撤回", &who, case.drafts).map(drop)
        }
        _ => {
            let case = acts::case_in(at, today, small, PayBy::Bank)?;
            let done = seat.give("登记", &who, case.drafts)?;
            if done { seat.give("报批", &who, vec![acts::submit(case.case)]).map(drop) } else { Ok(()) }
        }
    }
}

/// A case to be paid by bank, with its account, put before its tier.
fn opened(
    seat: &mut Seat,
    what: &'static str,
    at: (u16, u64),
    today: Day,
    (fen, to): (i64, Tier),
) -> Result<(), Fault> {
    let mut case = acts::case_in(at, today, fen, PayBy::Bank)?;
    let name = case.drafts.iter().flat_map(|(_, private)| private.people.values()).next();
    let name = name.map(|person| person.name.clone()).unwrap_or_default();
    case.drafts.push(acts::account(case.case, &name)?);
    let (submit, private) = acts::submit(case.case);
    let submit = match submit {
        Command::Submit(submit) => Command::Submit(Submit { to, ..submit }),
        other => other,
    };
    case.drafts.push((submit, private));
    seat.give(what, &handler(at.0), case.drafts).map(drop)
}

/// The village paid last night.
fn recorded(seat: &Seat, case: &Opened) -> Draft {
    let mut private = Private::default();
    let paid = RecordPaid {
        case: case.case,
        lines: case.lines.clone(),
        at: seat.now().plus_minutes(-1),
        officer: None,
        payer: private.put("payer", "村会计王五"),
        receipt: private.put("recipient", "本人按手印"),
        witness: private.put("witness", "村主任赵六"),
        from: PaidFrom::Pocket,
        authority: Authority::Nobody {},
        blank: None,
    };
    (Command::RecordPaid(paid), private)
}

/// What lies on the handler's desk.
fn go_on(seat: &mut Seat, township: u16, today: Day) -> Result<(), Fault> {
    let who = handler(township);
    let reader = seat.sit(&who)?;
    for row in list(&reader, List::Returned, Some(township), None, today)? {
        seat.give("退回再报", &who, vec![acts::submit(row.case)])?;
    }
    // Papers come some days later, the approver's signature with them.
    for row in list(&reader, List::Papers, Some(township), None, today)? {
        if row.since.day().until(today) >= 3 {
            papers(seat, &reader, township, row.case, today)?;
        }
    }
    for row in reader.to_pay_by_bank()?.into_iter().filter(|row| row.township == township) {
        if row.refused.is_some() {
            seat.give("更正账户", &who, vec![acts::account(row.case, &row.name)?])?;
        }
    }
    repay(seat, &reader, township, today)
}

fn papers(seat: &mut Seat, reader: &Reader, township: u16, case: CaseId, today: Day) -> Result<(), Fault> {
    let open: Vec<ItemKind> =
        reader.items(case).into_iter().filter(|item| item.done.is_none()).map(|item| item.kind).collect();
    let (signature, others): (Vec<ItemKind>, Vec<ItemKind>) =
        open.into_iter().partition(|kind| *kind == ItemKind::ApproverSignature);
    for (who, items) in [(handler(township), others), (approver(township), signature)] {
        let complete =
            |item| (Command::CompleteItem(CompleteItem { case, item, on: today }), Private::default());
        let drafts: Vec<Draft> = items.into_iter().map(complete).collect();
        if !drafts.is_empty() {
            seat.give("补手续", &who, drafts)?;
        }
    }
    let close = (Command::Close(Close { case }), Private::default());
    seat.give("办结", &handler(township), vec![close]).map(drop)
}

/// 归垫 of what was ratified, out of whichever till holds it.
fn repay(seat: &mut Seat, reader: &Reader, township: u16, today: Day) -> Result<(), Fault> {
    for row in list(reader, List::Live, Some(township), None, today)? {
        let Some(case) = reader.case(row.case) else { continue };
        if case.outlay.is_zero() || case.ratification_due.is_some() {
            continue;
        }
        let holds = |till| reader.balance(Account::Reserve(township, till)) >= case.outlay;
        let Some(till) = [Till::Cash, Till::Bank].into_iter().find(|till| holds(*till)) else { continue };
        let mut private = Private::default();
        let receipt = private.put("receipt", "收据 0042，王五收");
        let repay = Repay { case: case.id, amount: case.outlay, till, receipt };
        seat.give("归垫", &second(township), vec![(Command::Repay(repay), private)])?;
    }
    Ok(())
}

/// The approver's queue, and his count of the cash when the month ends.
fn approve(seat: &mut Seat, township: u16, today: Day) -> Result<(), Fault> {
    let who = approver(township);
    let reader = seat.sit(&who)?;
    for row in list(&reader, List::ToApprove, Some(township), Some(Tier::Township), today)? {
        let Some(case) = reader.case(row.case) else { continue };
        let (what, draft) = match seat.rng.below(20) {
            0 => ("不予救助", acts::turn_down(case.id)),
            1 => ("退回", acts::send_back(case.id)),
            _ => ("镇批", acts::approve(case.id, case.asked)),
        };
        seat.give(what, &who, vec![draft])?;
    }
    let first = Day::new(today.year(), today.month(), 1).unwrap_or(today);
    if first.until(today) >= 24 && reader.cash_counts(township, first, today)?.is_empty() {
        let held = seat.sit(&who)?.balance(Account::Reserve(township, Till::Cash));
        let counted = held.max(Money::ZERO);
        let count = CountCash { township, keeper: handler(township), counted, reason: None };
        seat.give("监盘", &who, vec![(Command::CountCash(count), Private::default())])?;
    }
    Ok(())
}
