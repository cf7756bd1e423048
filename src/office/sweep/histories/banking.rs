//! The commands of paying out by bank that a step asks for: mostly the next thing for the batch that there is, with wrong
//! sums and rows among them.

use super::step::{RICE, Step};
use super::world::World;
use crate::base::money::Money;
use crate::domain::answers::{Answers as _, Case};
use crate::domain::command::Command;
use crate::domain::command::monthly::{ConfirmReconciled, Reconcile};
use crate::domain::command::payout::{
    CheckBatch, CloseYear, CountCash, DropBatch, GiveBack, MoveSource, NoteAccount, OpenBatch, ReadReturn,
    ReturnRow, SendBatch, ToPay,
};
use crate::domain::command::reserve::{AskReplenish, RecoverAid, SetCeiling, TakeBack};
use crate::domain::command::stock::{IssuePad, Stock, VoidBlank};
use crate::domain::fund::{Account, Purpose};
use crate::domain::ids::{AccountId, BatchId, LineId, Text, TransferId};
use crate::domain::monthly::{MonthlyAnswers as _, after};
use crate::domain::nouns::{AccountKind, BatchState, Fund, Payee, ReturnReason, SourceWay, Stage};
use crate::domain::office::Office;
use crate::domain::payout::{Batch, LineEnd};
use crate::domain::stock::Origin;
use std::collections::BTreeSet;

/// The first verb of this group.
pub(super) const FIRST: u8 = 46;
/// The last of them.
pub(super) const LAST: u8 = 55;

/// The remainder of three by which something is wanted back, which the county decides.
pub(super) const WANTED: u8 = 1;

impl World {
    /// Verbs from [`FIRST`] on.
    pub(super) fn banking(&self, step: &Step) -> Command {
        let slot = |name: &str| step.words.then(|| Text::from(name));
        match step.verb {
            46 => Command::MoveSource(MoveSource {
                fund: fund(step),
                way: if step.b.is_multiple_of(5) { SourceWay::SendUp } else { SourceWay::Arrive },
                amount: Money::from_fen(step.fen.saturating_mul(2)),
                purpose: Purpose::Assistance,
                note: slot("note"),
            }),
            47..=49 => Command::NoteAccount(NoteAccount {
                account: AccountId([step.b; 16]),
                case: self.target(step),
                payee: if step.b.is_multiple_of(9) { Payee::Proxy } else { Payee::Self_ },
                owner: None,
                kind: if step.b.is_multiple_of(4) { AccountKind::Passbook } else { AccountKind::Card },
                mark: format!("{:032x}", step.b % 3),
                check_digit: true,
                number: slot("account"),
                holder: slot("holder"),
                bank: None,
                letter: slot("note"),
                relation: None,
                overrides: BTreeSet::new(),
                override_reason: None,
            }),
            50..=53 => self.next_of_batch(step),
            54 => {
                let batch = self.memory.batches().last().map_or(BatchId([0; 16]), |batch| batch.id);
                match step.b % 10 {
                    7 | 8 => Command::Stock(self.stock(step)),
                    9 => self.pad(step),
                    3 => Command::SetCeiling(SetCeiling {
                        township: 102,
                        amount: Money::from_fen(step.fen.saturating_mul(3)),
                        note: slot("note"),
                    }),
                    4 => Command::AskReplenish(AskReplenish {
                        township: 102,
                        amount: Money::from_fen(step.fen / 2),
                        note: slot("note"),
                    }),
                    5 => self.reconcile(step),
                    6 => self.confirm(step),
                    0 => Command::DropBatch(DropBatch { batch, reason: slot("reason") }),
                    1 => Command::CountCash(CountCash {
                        township: 102,
                        keeper: "1001".into(),
                        counted: Money::from_fen(step.fen),
                        reason: slot("reason"),
                    }),
                    _ => {
                        Command::CloseYear(CloseYear { year: self.now.day().year() - 1, send_up: Vec::new() })
                    }
                }
            }
            _ => {
                let case = self.target(step);
                let paid = self.memory.payments(case);
                let line = paid.first().map_or(LineId([0; 16]), |payment| payment.line);
                let (amount, on) = (Money::from_fen(step.fen / 4), self.now.day());
                match step.b % 3 {
                    0 => Command::GiveBack(GiveBack { case, line, amount, on, receipt: slot("receipt") }),
                    WANTED => Command::RecoverAid(RecoverAid {
                        case,
                        line,
                        amount,
                        until: on.plus(30),
                        reason: slot("reason"),
                    }),
                    _ => Command::TakeBack(TakeBack { case, line, amount, on, receipt: slot("receipt") }),
                }
            }
        }
    }

    /// The month before, of a source that moved or did not; the figure is right now and then.
    fn reconcile(&self, step: &Step) -> Command {
        let (year, month) = self.month_before();
        let ours = after(year, month).map_or(Money::ZERO, |next| self.memory.source_before(fund(step), next));
        Command::Reconcile(Reconcile {
            year,
            month,
            fund: fund(step),
            theirs: if step.b.is_multiple_of(3) { Money::from_fen(step.fen) } else { ours },
            explained: step.words.then(|| Text::from("explained")),
        })
    }

    fn confirm(&self, step: &Step) -> Command {
        let (year, month) = self.month_before();
        let known = self.memory.reconciled(year, month, fund(step));
        Command::ConfirmReconciled(ConfirmReconciled {
            year,
            month,
            fund: fund(step),
            agrees: !step.b.is_multiple_of(4),
            theirs: known.map_or(Money::ZERO, |known| known.theirs),
            note: step.words.then(|| Text::from("note")),
        })
    }

    fn month_before(&self) -> (i32, u32) {
        let today = self.now.day();
        if today.month() == 1 { (today.year() - 1, 12) } else { (today.year(), today.month() - 1) }
    }

    /// Goods in and out of the stores.
    fn stock(&self, step: &Step) -> Stock {
        let slot = |name: &str| step.words.then(|| Text::from(name));
        let (item, unit) = (RICE.0.to_owned(), RICE.1.to_owned());
        let here = if step.a.is_multiple_of(3) { Office::County } else { Office::Township(102) };
        let waiting =
            self.memory.goods().under_way().next().map(|(id, sending)| (*id, sending.quantity_milli));
        match (step.a % 5, waiting) {
            (4, Some((transfer, sent))) => Stock::Arrive {
                transfer,
                quantity_milli: if step.fen % 3 == 0 { sent / 2 } else { sent },
                reason: slot("reason"),
            },
            (3 | 4, _) => Stock::Send {
                transfer: TransferId([step.b; 16]),
                to: 102,
                item,
                unit,
                quantity_milli: step.fen / 2,
                document: slot("document"),
            },
            (2, _) => Stock::Count {
                store: here,
                item,
                unit,
                counted_milli: step.fen,
                second: "9002".into(),
                reason: slot("reason"),
            },
            _ => Stock::Receive {
                store: here,
                item,
                spec: String::new(),
                unit,
                quantity_milli: step.fen,
                price: Money::from_fen(1_000),
                origin: Origin::Bought,
                document: slot("document"),
            },
        }
    }

    fn pad(&self, step: &Step) -> Command {
        if step.a.is_multiple_of(2) {
            return Command::IssuePad(IssuePad { township: 102, count: u32::from(step.a) });
        }
        let year = self.now.day().year();
        let blank = crate::domain::pad::number(year, 102, u32::from(step.a));
        Command::VoidBlank(VoidBlank { blank, reason: step.words.then(|| Text::from("reason")) })
    }

    /// What comes next for the newest batch; a new one where the last is over.
    fn next_of_batch(&self, step: &Step) -> Command {
        let wrong = step.b.is_multiple_of(11);
        let live =
            |batch: &&Batch| matches!(batch.state, BatchState::Open | BatchState::Checked | BatchState::Sent);
        let batches: Vec<Batch> = self.memory.batches().collect();
        let Some(batch) = batches.iter().find(live) else {
            let late = batches.iter().find(|batch| {
                step.b.is_multiple_of(4) && batch.lines.iter().any(|line| line.end == Some(LineEnd::Paid))
            });
            return late
                .map_or_else(|| self.new_batch(step, batches.len()), |batch| answer(batch, step, true));
        };
        match batch.state {
            BatchState::Open => Command::CheckBatch(CheckBatch {
                batch: batch.id,
                total: if wrong { Money::from_fen(step.fen) } else { batch.total() },
                count: batch.count(),
            }),
            BatchState::Checked => {
                Command::SendBatch(SendBatch { batch: batch.id, file: format!("{:064x}", step.b) })
            }
            _ => answer(batch, step, false),
        }
    }

    fn new_batch(&self, step: &Step, made: usize) -> Command {
        let ready = |case: &Case| case.stage == Stage::Approved && self.memory.account_of(case.id).is_some();
        let mut cases: Vec<Case> = self.memory.cases().filter(ready).collect();
        if cases.is_empty() || step.b.is_multiple_of(13) {
            cases = self.memory.cases().collect();
        }
        let unpaid = cases.iter().flat_map(|case| {
            let open = case.granted.iter().filter(move |line| !case.paid.contains(&line.line));
            open.map(move |line| ToPay { case: case.id, line: line.line })
        });
        // the fund that holds most, mostly
        let richest =
            Fund::ALL.iter().copied().max_by_key(|fund| self.memory.balance(Account::Source(*fund)));
        Command::OpenBatch(OpenBatch {
            batch: BatchId([u8::try_from(made).unwrap_or(u8::MAX); 16]),
            bank: "县农信联社".to_owned(),
            fund: richest.filter(|_| !step.b.is_multiple_of(7)).unwrap_or_else(|| fund(step)),
            lines: unpaid.collect(),
        })
    }
}

fn fund(step: &Step) -> Fund {
    Fund::ALL.get(usize::from(step.b) % Fund::ALL.len()).copied().unwrap_or(Fund::County)
}

/// A return file: every line paid or sent back by chance; now and then a fen, a row or a number is wrong.
fn answer(batch: &Batch, step: &Step, late: bool) -> Command {
    let back = |seq: u32| {
        let pick = usize::from(step.b) + usize::try_from(seq).unwrap_or(0);
        let reason = ReturnReason::ALL.get(pick % ReturnReason::ALL.len()).copied();
        reason.filter(|_| late || pick.is_multiple_of(3))
    };
    let lines = (1u32..).zip(&batch.lines);
    let rows =
        lines.filter(|(_, line)| !late || line.end == Some(LineEnd::Paid)).map(|(seq, line)| ReturnRow {
            row: seq + 1,
            seq: if step.b.is_multiple_of(17) { seq + 1 } else { seq },
            amount: if step.b.is_multiple_of(19) { line.amount + Money::from_fen(1) } else { line.amount },
            returned: back(seq),
        });
    let file = format!("{:060x}{:02x}{:02x}", step.fen, step.a, step.b);
    Command::ReadReturn(ReadReturn { batch: batch.id, file, rows: rows.collect() })
}
