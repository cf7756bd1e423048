//! The commands that a step asks for: mostly such as somebody might give, some that nobody should.

use super::step::{Step, lines, matter, person};
use super::world::{HOUSE, OFFICERS, VILLAGE, World};
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::approval::{
    Approve, PassUp, Ratify, Refuse, Return, Submit, Terminate, Withdraw,
};
use crate::domain::command::emergency::{Authorise, Authority, LiftBrake, PaidFrom, PayFirst, RecordPaid};
use crate::domain::command::funds::{Allot, MoveReserve, Pay, Repay, ReserveMove};
use crate::domain::command::intake::OpenCase;
use crate::domain::command::papers::{Close, CompleteItem, Reverse, Reversed};
use crate::domain::fund::{Account, Purpose, Till};
use crate::domain::grant::total;
use crate::domain::ids::{AuthorityId, CaseId, LineId, Text};
use crate::domain::nouns::{Applicant, Circumstance, Fund, ItemKind, Need, Path, PayBy, Schemes, Severity};
use crate::domain::office::Tier;
use std::collections::BTreeSet;

impl World {
    #[allow(clippy::too_many_lines)]
    pub(super) fn command(&self, step: &Step) -> Command {
        let id = self.target(step);
        if (super::path::FIRST..=super::path::LAST).contains(&step.verb) {
            return self.path_command(step, id);
        }
        let reason = step.words.then(|| Text::from("reason"));
        let slot = |name: &str| step.words.then(|| Text::from(name));
        let overrides = BTreeSet::from([
            Code::SplitTierFirst,
            Code::YearEdge,
            Code::Severity,
            Code::RepeatLikely,
            Code::PathCategory,
        ]);
        let override_reason = Some(Text::from("o"));
        let amount = Money::from_fen(step.fen);
        let known = self.memory.case(id);
        let asked = known.as_ref().map(|case| case.asked.clone()).unwrap_or_default();
        let authority = match step.b % 5 {
            0 | 1 => Authority::Telephone { by: "1002".into(), at: self.now, number: None },
            2 => Authority::Unverified { by: "9002".into(), at: self.now },
            3 => Authority::Signed { authority: AuthorityId([step.a % 6; 16]) },
            _ => Authority::Nobody {},
        };
        let first = PayFirst {
            case: id,
            lines: if step.b.is_multiple_of(3) { lines(step) } else { asked.clone() },
            authority: authority.clone(),
            cash_reason: slot("cash"),
            receipt: slot("recipient"),
            witness: slot("witness"),
            blank: None,
            handed_over: (step.b.is_multiple_of(7)).then(|| self.now.plus_hours(-3)),
            overrides: overrides.clone(),
            override_reason: override_reason.clone(),
        };
        let reversed = match step.b % 3 {
            0 => Reversed::Payment { line: asked.first().map_or(LineId([0; 16]), |line| line.line) },
            1 => Reversed::Grant {},
            _ => Reversed::Item { item: ItemKind::Seal },
        };
        let open = self.memory.items(id).into_iter().find(|item| item.done.is_none());
        let some = ItemKind::ALL[usize::from(step.b) % ItemKind::ALL.len()];
        let kind = open.filter(|_| step.verb == 29).map_or(some, |item| item.kind);
        match step.verb {
            super::banking::FIRST..=super::banking::LAST => self.banking(step),
            0..=3 => self.open_case(step, id, overrides, override_reason),
            4 | 5 => Command::Submit(Submit {
                case: id,
                lines: (step.b.is_multiple_of(4)).then(|| lines(step)),
                to: if step.b.is_multiple_of(2) && total(&asked) <= self.pack.tier.township_limit {
                    Tier::Township
                } else {
                    Tier::County
                },
                note: None,
                overrides,
                override_reason,
            }),
            6..=8 => Command::Approve(Approve {
                case: id,
                lines: if step.b.is_multiple_of(5) { lines(step) } else { asked },
                note: slot("note"),
                second_grant: slot("second").filter(|_| step.b.is_multiple_of(2)),
                overrides,
                override_reason,
            }),
            9 => Command::Refuse(Refuse { case: id, reason }),
            10 => Command::Return(Return { case: id, reason }),
            11 => Command::PassUp(PassUp { case: id, reason }),
            12 => Command::Withdraw(Withdraw { case: id, reason }),
            13 => Command::Terminate(Terminate { case: id, reason }),
            14 | 15 => Command::Ratify(Ratify { case: id, amount, reason }),
            16 => {
                Command::Authorise(Authorise { authority: AuthorityId([step.a % 6; 16]), case: id, amount })
            }
            17 | 18 => Command::Direct(first),
            19 => Command::Advance(first),
            20 => Command::RecordPaid(RecordPaid {
                case: id,
                lines: lines(step),
                at: self.now.plus_hours(-5),
                officer: None,
                payer: slot("payer"),
                receipt: slot("recipient"),
                witness: None,
                from: if step.b.is_multiple_of(2) { PaidFrom::Reserve } else { PaidFrom::Pocket },
                authority,
                blank: None,
            }),
            21 => Command::LiftBrake(LiftBrake {
                handler: OFFICERS[usize::from(step.a) % 4].into(),
                by_telephone: None,
                reason,
            }),
            22 | 29 => Command::CompleteItem(CompleteItem { case: id, item: kind, on: self.now.day() }),
            23 => Command::Close(Close { case: id }),
            24 => Command::Reverse(Reverse { case: id, reversed, reason }),
            25 | 26 => Command::Pay(Pay {
                case: id,
                line: asked.get(usize::from(step.b % 4 > 2)).map_or(LineId([0; 16]), |line| line.line),
                // by bank it needs an account that somebody noted before, which few histories bring
                pay_by: if step.b.is_multiple_of(3) { PayBy::Cash } else { PayBy::Bank },
                on: self.now.day(),
                cash_reason: slot("cash").filter(|_| step.b.is_multiple_of(3)),
                receipt: slot("recipient").filter(|_| step.b.is_multiple_of(3)),
                witness: slot("witness").filter(|_| step.b.is_multiple_of(3)),
            }),
            27 if step.b.is_multiple_of(5) => Command::MoveReserve(MoveReserve {
                township: 102,
                way: [ReserveMove::GiveBack, ReserveMove::Deposit, ReserveMove::Withdraw]
                    [usize::from(step.a % 3)],
                fund: self.putting_in(step),
                amount: Money::from_fen(step.fen),
                note: None,
            }),
            27 => Command::Allot(Allot {
                township: 102,
                amount: Money::from_fen(step.fen * 3),
                till: if step.b.is_multiple_of(2) { Till::Cash } else { Till::Bank },
                fund: self.putting_in(step),
                purpose: Purpose::Assistance,
                note: None,
            }),
            super::people::FIRST.. => self.linking(step),
            super::tiers::FIRST.. => self.beyond(step, id),
            _ => Command::Repay(Repay { case: id, amount, till: Till::Cash, receipt: slot("receipt") }),
        }
    }

    /// A source for the reserve: the richest of the government's mostly, now and then none or the donated money.
    fn putting_in(&self, step: &Step) -> Option<Fund> {
        let held = |fund: &Fund| self.memory.balance(Account::Source(*fund));
        let ours = Fund::ALL.iter().copied().filter(|fund| *fund != Fund::Donated);
        match step.a % 8 {
            0 => None,
            1 => Some(Fund::Donated),
            _ => ours.max_by_key(held),
        }
    }

    fn open_case(
        &self,
        step: &Step,
        id: CaseId,
        overrides: BTreeSet<Code>,
        override_reason: Option<Text>,
    ) -> Command {
        let index = step.b % 3;
        let person = if index == 2 { person(2) } else { person(step.b % 2) };
        let household = (person != super::step::person(2)).then_some(HOUSE);
        Command::OpenCase(OpenCase {
            case: id,
            lead: None,
            matter: matter(index),
            person,
            household,
            applicant: if household.is_some() && step.b < 200 {
                Applicant::Household
            } else {
                Applicant::Individual
            },
            helped: 1,
            township: 102,
            village: VILLAGE,
            circumstance: [Circumstance::Accident, Circumstance::Incident, Circumstance::Illness]
                [usize::from(index)],
            severity: Severity::Serious,
            path: if step.b.is_multiple_of(4) { Path::Expenditure } else { Path::Emergency },
            need: Need::Sudden,
            schemes: Schemes::NotYet,
            lines: lines(step),
            by_meeting: false,
            reason: Some("reason".into()),
            blank: None,
            paid_before: step.b.is_multiple_of(13),
            handler: None,
            overrides,
            override_reason,
        })
    }
}
