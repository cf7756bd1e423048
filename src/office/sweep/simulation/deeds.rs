//! What officers of the simulation do with a case that is there: whatever its stage allows, as their own replica shows it.
//! Papers completed, returns, ratifications, repayments, reversals, money given back. Some of it comes too late or from
//! the wrong hand, and is refused.

use crate::base::day::Stamp;
use crate::base::seeded::Rng;
use crate::domain::answers::{Answers, Case};
use crate::domain::command::Command;
use crate::domain::command::approval::{Ratify, Terminate};
use crate::domain::command::emergency::{Authority, PaidFrom, RecordPaid};
use crate::domain::command::funds::{MoveReserve, Repay, ReserveMove};
use crate::domain::command::papers::{Close, CompleteItem, Reverse, Reversed};
use crate::domain::fund::Till;
use crate::domain::nouns::{Fund, ItemKind, Stage};
use crate::domain::private::Private;
use crate::office::compose::Draft;
use crate::office::sweep::acts::{self, TOWNSHIP};

/// Who, and what.
pub(super) type Deed = (String, Vec<Draft>);

fn with_reason(make: impl FnOnce(Option<crate::domain::ids::Text>) -> Command) -> Draft {
    let mut private = Private::default();
    let reason = private.put("reason", "核对后更正");
    (make(reason), private)
}

/// Something with a case; nothing where its stage leaves nothing to do.
pub(super) fn next(rng: &mut Rng, answers: &dyn Answers, case: &Case, now: Stamp) -> Option<Deed> {
    let handler = case.handler.0.clone();
    let one = |who: &str, draft: Draft| Some((who.to_owned(), vec![draft]));
    let terminate = || with_reason(|reason| Command::Terminate(Terminate { case: case.id, reason }));
    match case.stage {
        Stage::Open => match rng.below(4) {
            0 => one(&handler, recorded(case, now)),
            1 => one(&handler, acts::withdraw(case.id)),
            _ => one(&handler, acts::submit(case.id)),
        },
        Stage::Returned if rng.below(4) == 0 => one(&handler, acts::withdraw(case.id)),
        Stage::Returned => one(&handler, acts::submit(case.id)),
        Stage::Submitted => match rng.below(6) {
            0 | 1 => one("1022", acts::send_back(case.id)),
            2 => one("1022", acts::turn_down(case.id)),
            3 => one(&handler, acts::withdraw(case.id)),
            _ => one("1022", acts::approve(case.id, case.asked.clone())),
        },
        Stage::Approved if rng.below(2) == 0 => one("1022", reverse(case, Reversed::Grant {})),
        Stage::Approved => one("1022", terminate()),
        Stage::AwaitingRatification => match rng.below(4) {
            0 => repay(answers, case),
            1 => one("9011", terminate()),
            _ => one("9011", ratify(answers, case)),
        },
        Stage::Paid => paid(rng, answers, case, now),
        Stage::Closed => one("9011", reverse(case, Reversed::Payment { line: case.granted.first()?.line })),
        Stage::AtCity | Stage::Refused | Stage::Withdrawn | Stage::Terminated | Stage::Declined => None,
    }
}

fn paid(rng: &mut Rng, answers: &dyn Answers, case: &Case, now: Stamp) -> Option<Deed> {
    let handler = case.handler.0.clone();
    let items = answers.items(case.id);
    match rng.below(8) {
        0 => {
            let line = case.paid.iter().next().copied()?;
            let who = if rng.below(2) == 0 { "1022" } else { "9001" };
            Some((who.to_owned(), vec![reverse(case, Reversed::Payment { line })]))
        }
        1 => {
            let item = items.iter().find(|item| item.done.is_some())?.kind;
            Some((handler, vec![reverse(case, Reversed::Item { item })]))
        }
        2 if !case.outlay.is_zero() => repay(answers, case),
        _ => {
            let mut drafts: Vec<Draft> = Vec::new();
            let mut who = handler;
            for item in items.iter().filter(|item| item.done.is_none()) {
                let signature = item.kind == ItemKind::ApproverSignature;
                if signature && !drafts.is_empty() {
                    continue;
                }
                let complete = CompleteItem { case: case.id, item: item.kind, on: now.day() };
                drafts.push((Command::CompleteItem(complete), Private::default()));
                if signature {
                    "1022".clone_into(&mut who);
                    break;
                }
                if drafts.len() == 3 {
                    break;
                }
            }
            if drafts.is_empty() {
                drafts.push((Command::Close(Close { case: case.id }), Private::default()));
            }
            Some((who, drafts))
        }
    }
}

fn reverse(case: &Case, reversed: Reversed) -> Draft {
    with_reason(|reason| Command::Reverse(Reverse { case: case.id, reversed, reason }))
}

fn ratify(answers: &dyn Answers, case: &Case) -> Draft {
    let amount = answers.payments(case.id).iter().map(|payment| payment.amount).sum();
    with_reason(|reason| Command::Ratify(Ratify { case: case.id, amount, reason }))
}

/// 已付补记: the village paid out of its pocket last night, on nobody's word.
fn recorded(case: &Case, now: Stamp) -> Draft {
    let mut private = Private::default();
    let paid = RecordPaid {
        case: case.id,
        lines: case.asked.clone(),
        at: now.plus_minutes(-1),
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

/// 归垫, by somebody who did not pay himself.
fn repay(answers: &dyn Answers, case: &Case) -> Option<Deed> {
    let mut private = Private::default();
    let receipt = private.put("receipt", "收据 0042，王五收");
    let till = if answers.balance(crate::domain::fund::Account::Reserve(TOWNSHIP, Till::Cash)) >= case.outlay
    {
        Till::Cash
    } else {
        Till::Bank
    };
    let repay = Repay { case: case.id, amount: case.outlay, till, receipt };
    Some(("1023".to_owned(), vec![(Command::Repay(repay), private)]))
}

/// 退回县财政, or cash brought to the bank.
pub(super) fn give_back(rng: &mut Rng) -> Draft {
    let fund = Some(Fund::County);
    let mut private = Private::default();
    let note = private.put("note", "年末退回");
    let way = if rng.below(2) == 0 { ReserveMove::GiveBack } else { ReserveMove::Deposit };
    let amount = crate::base::money::Money::from_fen(i64::try_from(rng.between(1, 30_000)).unwrap_or(1));
    (Command::MoveReserve(MoveReserve { township: TOWNSHIP, way, fund, amount, note }), private)
}
