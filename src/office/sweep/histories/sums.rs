//! The figures of a month and a year are sums of cases: whatever a history did, what the views add up is what the cases,
//! their payments and the batches come to.

use super::banking::{FIRST, LAST};
use super::{Step, World};
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::fund::Account;
use crate::domain::ids::OfficerNo;
use crate::domain::nouns::{BatchState, Fund};
use crate::domain::payout::{Batch, LineEnd};
use crate::domain::reserve::ReserveAnswers as _;
use crate::office::sweep::rng::Rng;
use crate::store::replica::{Applied, Reader, Replica};

const HISTORIES: u64 = 100;
const STEPS: u64 = 160;

/// The history as a replica of a PC holds it.
fn replica(world: &World, folder: &std::path::Path) -> Replica {
    let mut replica = Replica::open(&folder.join("replica.db")).unwrap();
    let mut apply = replica.begin().unwrap();
    for (n, (who, at, facts)) in (1..).zip(&world.written) {
        let author = OfficerNo::from(*who);
        let mut hash = [0; 32];
        hash[..8].copy_from_slice(&u64::to_be_bytes(n));
        let entry = Applied {
            n,
            hash,
            share_ms: at.0,
            desk_ms: at.0,
            desk: ([1; 8], n),
            author: &author,
            key: "k",
            carrier: &author,
            verb: "verb",
            zh: "办理",
            seen: n - 1,
            facts,
            private: None,
            marks: &[],
        };
        apply.apply(&entry).unwrap();
    }
    apply.commit().unwrap();
    replica
}

/// Every month from the first entry to the last.
fn months(world: &World) -> Vec<(i32, u32)> {
    let at = |year: i32, month: u32| year * 12 + i32::try_from(month).unwrap() - 1;
    let (first, last) = (world.written.first().unwrap().1.day(), world.now.day());
    let all = at(first.year(), first.month())..=at(last.year(), last.month());
    all.map(|at| (at.div_euclid(12), u32::try_from(at.rem_euclid(12)).unwrap() + 1)).collect()
}

/// The lines of a source's batches that `wanted` picks, added up.
fn lines(batches: &[Batch], fund: Fund, wanted: impl Fn(&Batch, Option<LineEnd>) -> bool) -> Money {
    let of = batches.iter().filter(|batch| batch.fund == fund);
    of.flat_map(|batch| batch.lines.iter().filter(|line| wanted(batch, line.end)).map(|line| line.amount))
        .sum()
}

/// What was held against something that is not nothing.
#[derive(Default)]
struct Seen {
    spent: u64,
    returned: u64,
    given_back: u64,
    advanced: u64,
    under_way: u64,
}

fn sources(world: &World, reader: &Reader, seen: &mut Seen) {
    let batches: Vec<Batch> = world.memory.batches().collect();
    let went = |batch: &Batch| matches!(batch.state, BatchState::Sent | BatchState::Returned);
    for fund in Fund::ALL {
        let [mut sent, mut returned, mut given, mut advanced, mut closing] = [Money::ZERO; 5];
        for (year, month) in months(world) {
            let found = reader.month_end(year, month).unwrap().unwrap();
            let one = found.sources.iter().find(|one| one.fund == *fund).unwrap();
            assert_eq!(one.opening, closing, "a month begins with what the one before left");
            let came = one.opening + one.arrived + one.returned + one.given_back;
            assert_eq!(came - one.sent - one.sent_up - one.advanced, one.closing, "{fund:?} {year}-{month}");
            sent += one.sent;
            returned += one.returned;
            given += one.given_back;
            advanced += one.advanced;
            closing = one.closing;
        }
        assert_eq!(closing, world.memory.balance(Account::Source(*fund)));
        assert_eq!(advanced, world.memory.advanced(102, Some(*fund)), "{fund:?} put in and not got back");
        assert_eq!(advanced, reader.advanced(102, Some(*fund)), "{fund:?} on a PC");
        assert_eq!(sent, lines(&batches, *fund, |batch, _| went(batch)), "{fund:?} sent");
        let back = lines(&batches, *fund, |_, end| matches!(end, Some(LineEnd::Returned(_))));
        assert_eq!(returned, back, "{fund:?} returned");
        let waits = lines(&batches, *fund, |batch, _| batch.state == BatchState::Sent);
        let paid = lines(&batches, *fund, |_, end| end == Some(LineEnd::Paid));
        assert_eq!(
            sent - returned,
            paid + waits,
            "{fund:?}: what went and did not come back is paid or under way"
        );
        seen.returned += u64::from(!returned.is_zero());
        seen.given_back += u64::from(!given.is_zero());
        seen.advanced += u64::from(!advanced.is_zero());
        seen.under_way += u64::from(!waits.is_zero());
    }
    let (year, month) = *months(world).last().unwrap();
    let under_way: Money = batches.iter().map(Batch::under_way).sum();
    assert_eq!(reader.month_end(year, month).unwrap().unwrap().under_way, under_way);
}

fn spending(world: &World, reader: &Reader, seen: &mut Seen) {
    let cases: Vec<_> = world.memory.cases().collect();
    let paid: Money =
        cases.iter().flat_map(|case| world.memory.payments(case.id)).map(|payment| payment.amount).sum();
    let years: std::collections::BTreeSet<i32> = months(world).into_iter().map(|(year, _)| year).collect();
    let spent: Money = years.iter().map(|year| reader.year_sums(None, *year).unwrap().spent).sum();
    let donated: Money =
        [102, 103].map(|at| world.memory.balance(Account::SpentDonated(at))).into_iter().sum();
    assert_eq!(spent + donated, paid, "what was spent is what the cases were paid");
    seen.spent += u64::from(!paid.is_zero());
    for (year, month) in months(world) {
        let found = reader.reserve_month(102, year, month).unwrap();
        assert_eq!(found.opening() + found.income - found.spending, found.closing(), "{year}-{month}");
    }
}

#[test]
fn month_figures_are_sums_of_cases() {
    let fresh = World::new().unwrap();
    let mut seen = Seen::default();
    for seed in 0..HISTORIES {
        let mut world = fresh.clone();
        let mut rng = Rng::new(seed.wrapping_mul(0x9E37_79B9));
        world.fill().unwrap();
        for at in 0..STEPS {
            // Mostly what might be done, and every second step about accounts, batches and sources: else few banks answer.
            let drawn = Step { fit: true, words: true, ..Step::drawn(&mut rng) };
            let banks = FIRST + u8::try_from(rng.between(0, u64::from(LAST - FIRST))).unwrap();
            let verb = if at % 2 == 0 { drawn.verb } else { banks };
            world.go(&Step { verb, ..drawn }).unwrap();
        }
        let folder = tempfile::tempdir().unwrap();
        let replica = replica(&world, folder.path());
        let reader = replica.reader().unwrap();
        sources(&world, &reader, &mut seen);
        spending(&world, &reader, &mut seen);
    }
    let all = [seen.spent, seen.returned, seen.given_back, seen.advanced, seen.under_way];
    assert!(all.iter().all(|held| *held > 0), "held against nothing: {all:?}");
}
