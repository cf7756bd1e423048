//! One step of a history: which verb, by whom, with which small numbers. Everything about it is drawn from a seed, here or
//! by whoever shrinks histories.

use super::path;
use crate::base::money::Money;
use crate::domain::command::kernel::NewKey;
use crate::domain::grant::{Goods, Line};
use crate::domain::ids::{CaseId, LineId, MatterId, PersonId};
use crate::domain::nouns::{LineKind, PayBy, Payee};
use crate::office::sweep::rng::Rng;

/// How many verbs a step chooses from, the common ones several times.
pub const VERBS: u8 = super::people::FIRST + super::people::COUNT;
/// Amounts at the edges of the rules, in fen.
pub const EDGES: [i64; 5] = [50_000, 50_001, 25_000, 0, 80_000];

/// A step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Which verb, below [`VERBS`].
    pub verb: u8,
    /// Which officer, below 9, where the step does not fit.
    pub who: u8,
    /// Which case and matter.
    pub a: u8,
    /// Which of the verb's variants.
    pub b: u8,
    /// How much, fen.
    pub fen: i64,
    /// How many times 20 hours pass before it.
    pub wait: u8,
    /// Whether the reasons are given.
    pub words: bool,
    /// Whether somebody gives it who might, about a case that there is.
    pub fit: bool,
}

impl Step {
    /// Draws one.
    pub fn drawn(rng: &mut Rng) -> Step {
        let byte = |rng: &mut Rng, limit: u64| u8::try_from(rng.below(limit)).unwrap_or(0);
        let edge = usize::try_from(rng.below(6)).unwrap_or(0);
        let between = i64::try_from(rng.between(1, 59_999)).unwrap_or(1);
        Step {
            // Cases are opened, go the long way of many steps in a row, are submitted and approved, more often than the rest.
            verb: match rng.below(8) {
                0 | 1 => byte(rng, 9),
                2 | 3 => path::FIRST + byte(rng, u64::from(path::LAST - path::FIRST) + 1),
                _ => byte(rng, u64::from(VERBS)),
            },
            who: byte(rng, 9),
            a: byte(rng, 256),
            b: byte(rng, 256),
            fen: EDGES.get(edge).copied().unwrap_or(between),
            wait: byte(rng, 12),
            words: rng.below(10) > 0,
            fit: rng.below(5) > 0,
        }
    }
}

/// The item of the stores: its name and unit.
pub(super) const RICE: (&str, &str) = ("大米", "袋");

pub(super) fn person(index: u8) -> PersonId {
    PersonId([index % 4 + 1; 16])
}

pub(super) fn matter(index: u8) -> MatterId {
    MatterId([index % 3 + 0x30; 16])
}

pub(super) fn case(index: u8) -> CaseId {
    CaseId([index % 6 + 0xc0; 16])
}

pub(super) fn lines(step: &Step) -> Vec<Line> {
    let line = |place: u8, fen: i64| Line {
        line: LineId([(step.a % 6) * 16 + place; 16]),
        kind: LineKind::Money,
        amount: Money::from_fen(fen),
        goods: None,
        pay_by: if step.b.is_multiple_of(2) { PayBy::Cash } else { PayBy::Bank },
        payee: Payee::Self_,
        after: 0,
    };
    match step.b % 4 {
        0 | 1 => vec![line(1, step.fen)],
        2 => vec![line(1, step.fen / 2 + 1), line(2, step.fen / 2)],
        // some of them rice, at ten yuan a sack
        _ if step.b % 8 == 7 => {
            let goods = Goods {
                item: RICE.0.to_owned(),
                unit: RICE.1.to_owned(),
                quantity_milli: step.fen,
                price: Money::from_fen(1_000),
            };
            let rice = line(3, step.fen);
            vec![Line { kind: LineKind::Goods, pay_by: PayBy::Cash, goods: Some(goods), ..rice }]
        }
        _ => vec![line(3, step.fen)],
    }
}

/// The key of an officer, the same in every history.
pub(super) fn key_of(no: &str) -> NewKey {
    let sign = hex::encode(no.bytes().cycle().take(32).collect::<Vec<u8>>());
    NewKey { seal: sign.clone(), sign, wrap: String::new() }
}
