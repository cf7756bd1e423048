//! Histories of arbitrary facts over a handful of ids, sound or not: what a patched program might write must apply too.

use super::*;
use crate::domain::code::Code;
use crate::domain::fact::monthly::{ReconciliationAnswered, SourceReconciled};
use crate::domain::fact::partners::PartnerNoted;
use crate::domain::fact::people::PeopleLinked;
use crate::domain::fact::registers::{DiscovererEnded, DiscovererNoted};
use crate::domain::fact::reserve::{CeilingSet, RecoveryOrdered, RecoveryPaid, ReplenishAsked};
use crate::domain::fact::stock::{BlankVoided, PadIssued, StockMoved};
use crate::domain::ids::{AccountId, AuthorityId, BatchId, DiscovererId, MergeId, PartnerId, TransferId};
use crate::domain::nouns::{AccountKind, Fund, ItemKind, Payee, ReturnReason};
use crate::domain::partners::PartnerKind;
use crate::domain::registers::DiscovererKind;
use crate::domain::same::LinkState;
use crate::domain::stock::{Origin, StockKey, StockWhy};
use proptest::prelude::*;

fn authority(number: u8) -> AuthorityId {
    AuthorityId(id(7, number))
}

pub(super) fn batch(number: u8) -> BatchId {
    BatchId(id(11, number))
}

fn on(number: u8) -> Day {
    day("2026-01-28").plus(i64::from(number % 64))
}

fn officer(number: u8) -> OfficerNo {
    who(["1203", "1201", "9001", "9002"][usize::from(number % 4)])
}

fn item(number: u8) -> ItemKind {
    ItemKind::ALL[usize::from(number) % ItemKind::ALL.len()]
}

fn stage(number: u8) -> Stage {
    Stage::ALL[usize::from(number) % Stage::ALL.len()]
}

/// A fact of a kind, with three numbers to vary it by.
pub(super) fn fact(kind: u8, a: u8, b: u8, c: u8) -> Fact {
    let (of, fen) = (a % 3 + 1, i64::from(c) * 100 + 1);
    match kind % 60 {
        59 => partner(a, b, c),
        55..=57 => Fact::PeopleLinked(PeopleLinked {
            merge: MergeId(id(12, c % 4)),
            stays: person(a % 4),
            joined: person(b % 4),
            state: LinkState::ALL[usize::from(c / 4 % 5)],
            by: officer(b),
            reason: None,
        }),
        0 => Fact::PersonNoted {
            person: person(a % 4),
            resident: b.is_multiple_of(2),
            papers: true,
            corrected: false,
            reason: None,
        },
        1 => Fact::PersonDied { person: person(a % 4), on: on(b) },
        2 => Fact::BlankUsed { case: case(of), blank: format!("F{}", b % 3) },
        3 => Fact::MemberJoined {
            household: household(a % 3),
            person: person(b % 4),
            relation: "10".to_owned(),
            since: on(c),
        },
        4 => Fact::MemberLeft { household: household(a % 3), person: person(b % 4), since: on(c) },
        5 => Fact::HouseholdCounted {
            household: household(a % 3),
            status: Status::ALL[usize::from(b % 10)],
            size: c.into(),
            since: on(c),
        },
        6 => Fact::LineUnpaid { case: case(of), line: line(c % 3) },
        7 => reversed(of, b % 3, fen),
        8 => Fact::MeetingHeld {
            case: case(of),
            on: on(b),
            tier: Tier::County,
            kind: None,
            present: 3,
            amount: yuan(fen),
            minutes: None,
            paper: Default::default(),
        },
        9 => Fact::LinesAsked {
            case: case(of),
            lines: vec![money_line(b, fen, PayBy::Bank), money_line(c, 7, PayBy::Cash)],
        },
        10 => staged(of, stage(b), (c.is_multiple_of(2)).then_some(Tier::County), None),
        11 | 12 => granted(
            of,
            vec![money_line(b % 3, fen, PayBy::Bank)],
            &[a % 4, b % 4],
            &on(c).to_string(),
            Way::Ordinary,
        ),
        13 => Fact::GrantCancelled { case: case(of) },
        14 => line_paid(of, b % 3, fen),
        15 => Fact::LineUnpaid { case: case(of), line: line(b % 3) },
        16 => {
            paid_out(of, b % 3, &on(b).to_string(), &format!("B{:02}-{:02}", on(b).month(), c % 40), fen, 0)
        }
        17 => allotted(&on(b).to_string(), &format!("B{:02}-{:02}", on(b).month(), c % 40), fen),
        18 => Fact::ItemDue {
            case: case(of),
            item: item(b),
            due: on(c),
            handler: officer(b),
            noted: c.is_multiple_of(2),
        },
        19 => Fact::ItemDone { case: case(of), item: item(b), on: on(c) },
        20 => Fact::ItemReopened { case: case(of), item: item(b) },
        21 => Fact::ItemsMoved { case: case(of), until: on(c), reason: None },
        22 => Fact::BrakeLifted { handler: officer(b), by: who("9001"), telephone: true, reason: None },
        23 => Fact::BrakeUsed { handler: officer(b) },
        24 => Fact::RatificationDue { case: case(of), due: on(b) },
        25 => Fact::Ratified { case: case(of), amount: yuan(fen), excess: Money::ZERO, reason: None },
        26 => Fact::AuthorityGiven {
            authority: authority(b % 3),
            case: case(of),
            by: officer(c),
            tier: Tier::County,
            at: Stamp(0),
            verified: true,
            amount: yuan(fen),
        },
        28..=35 => super::path::fact(kind % 59 - 28, of, b, on(c)),
        36 => Fact::AccountNoted {
            account: AccountId(id(10, c % 4)),
            case: case(of),
            payee: Payee::ALL[usize::from(b) % Payee::ALL.len()],
            owner: b.is_multiple_of(2).then(|| person(b % 4)),
            kind: AccountKind::Card,
            mark: format!("{:032x}", c % 3),
            number: "account".into(),
            holder: "holder".into(),
            bank: None,
            letter: None,
            relation: None,
        },
        37 => Fact::BatchOpened {
            batch: batch(b % 2),
            number: format!("P26-{:03}", c % 40),
            bank: "县农信联社".to_owned(),
            fund: Fund::ALL[usize::from(c) % Fund::ALL.len()],
            on: on(c),
            by: officer(b),
        },
        38 | 39 => Fact::LineBatched {
            batch: batch(b % 2),
            case: case(of),
            line: line(c % 3),
            account: AccountId(id(10, c % 4)),
            amount: yuan(fen),
        },
        40 if c.is_multiple_of(3) => Fact::BatchDropped { batch: batch(b % 2), reason: None },
        40 if c.is_multiple_of(2) => {
            Fact::BatchChecked { batch: batch(b % 2), by: officer(c), total: yuan(fen), count: 1 }
        }
        40 => Fact::BatchSent {
            batch: batch(b % 2),
            by: officer(c),
            on: on(c),
            file: format!("f{c}"),
            total: yuan(fen),
            count: 1,
        },
        41 => Fact::ReturnRead {
            batch: batch(b % 2),
            file: format!("r{}", c % 3),
            on: on(c),
            paid: yuan(fen),
            returned: Money::ZERO,
        },
        42 => Fact::LineReturned {
            batch: batch(b % 2),
            case: case(of),
            line: line(c % 3),
            account: AccountId(id(10, c % 4)),
            reason: ReturnReason::ALL[usize::from(c) % ReturnReason::ALL.len()],
        },
        43 => Fact::LineGivenBack {
            case: case(of),
            line: line(b % 3),
            amount: yuan(fen),
            on: on(c),
            receipt: None,
        },
        44 if c.is_multiple_of(2) => {
            Fact::YearClosed { year: 2024 + i32::from(b % 3), on: on(c), carried: vec![] }
        }
        44 => Fact::CashCounted {
            township: T,
            on: on(c),
            keeper: officer(a),
            by: officer(b),
            counted: yuan(fen),
            book: yuan(fen),
            reason: None,
        },
        45 => Fact::CeilingSet(CeilingSet { township: T, amount: yuan(fen), on: on(c), note: None }),
        46 => Fact::ReplenishAsked(ReplenishAsked {
            township: T,
            amount: yuan(fen),
            on: on(c),
            by: officer(b),
            note: None,
        }),
        47 => Fact::RecoveryOrdered(RecoveryOrdered {
            case: case(of),
            line: line(c % 3),
            amount: yuan(fen),
            on: on(c),
            until: on(c).plus(30),
            by: officer(b),
            reason: None,
        }),
        48 => Fact::RecoveryPaid(RecoveryPaid {
            case: case(of),
            line: line(c % 3),
            amount: yuan(fen),
            on: on(c),
            receipt: None,
        }),
        49 => Fact::SourceReconciled(SourceReconciled {
            year: 2026,
            month: 1 + u32::from(b % 3),
            fund: Fund::Province,
            ours: yuan(fen),
            theirs: yuan(i64::from(c)),
            on: on(c),
            by: officer(a),
            explained: None,
        }),
        50 => Fact::ReconciliationAnswered(ReconciliationAnswered {
            year: 2026,
            month: 1 + u32::from(b % 3),
            fund: Fund::Province,
            agrees: c.is_multiple_of(2),
            on: on(c),
            by: officer(b),
            note: None,
        }),
        51..=53 => stock(a, b, c),
        54 if c.is_multiple_of(2) => Fact::PadIssued(PadIssued {
            township: T,
            year: 2026,
            first: u32::from(b % 8),
            count: u32::from(a % 4),
            on: on(c),
            by: officer(b),
        }),
        54 => Fact::BlankVoided(BlankVoided {
            blank: crate::domain::pad::number(2026, T, u32::from(b % 8)),
            on: on(c),
            by: officer(b),
            reason: None,
        }),
        58 if c.is_multiple_of(3) => Fact::DiscovererEnded(DiscovererEnded {
            discoverer: DiscovererId(id(15, b % 4)),
            until: on(c),
            by: officer(a),
            reason: None,
        }),
        58 => Fact::DiscovererNoted(DiscovererNoted {
            discoverer: DiscovererId(id(15, b % 4)),
            township: T,
            village: VILLAGE,
            kind: DiscovererKind::ALL[usize::from(a % 5)],
            since: on(c),
            by: officer(a),
            name: None,
            phone: None,
        }),
        _ if c.is_multiple_of(2) => Fact::AuthorityUsed { authority: authority(b % 3) },
        _ => Fact::ExceptionNoted { case: case(of), code: Code::EmergCap },
    }
}

fn partner(a: u8, b: u8, c: u8) -> Fact {
    Fact::PartnerNoted(PartnerNoted {
        partner: PartnerId(id(14, a % 3)),
        kind: PartnerKind::ALL[usize::from(b) % PartnerKind::ALL.len()],
        paired: b.is_multiple_of(2).then_some(T),
        since: on(b),
        until: c.is_multiple_of(3).then(|| on(c)),
        by: officer(b),
        name: None,
        contact: None,
        helps: None,
        reason: None,
    })
}

/// The stores and the sendings of these histories.
pub(super) fn shelf(number: u8) -> StockKey {
    let store = if number.is_multiple_of(2) { Office::County } else { Office::Township(T) };
    StockKey { store, item: "大米".to_owned(), unit: "袋".to_owned() }
}

fn stock(a: u8, b: u8, c: u8) -> Fact {
    let whys = [
        StockWhy::Received,
        StockWhy::Issued,
        StockWhy::Returned,
        StockWhy::Counted,
        StockWhy::Sent,
        StockWhy::Arrived,
    ];
    let why = whys[usize::from(b) % whys.len()];
    let key = shelf(a);
    Fact::StockMoved(StockMoved {
        store: key.store,
        why,
        item: key.item,
        spec: format!("{}斤", c % 3),
        unit: key.unit,
        quantity_milli: i64::from(c) * 10 - 500,
        price: yuan(i64::from(c) + 1),
        origin: if a.is_multiple_of(3) { Origin::Donated } else { Origin::Bought },
        on: on(c),
        by: officer(b),
        case: c.is_multiple_of(2).then(|| case(a % 3 + 1)),
        line: c.is_multiple_of(2).then(|| line(c % 3)),
        transfer: Some(TransferId(id(12, c % 3))),
        other: c.is_multiple_of(2).then_some(Office::Township(T)),
        second: None,
        document: None,
        reason: None,
    })
}

fn reversed(of: u8, paid: u8, fen: i64) -> Fact {
    let mut back = paid_out(of, paid, "2026-03-05", "B03-41", -fen, 0);
    if let Fact::MoneyMoved { why, .. } = &mut back {
        *why = MoveKind::Reversed;
    }
    back
}

/// What the facts that vary are about: three cases with their matters, and another household.
pub(super) fn prelude() -> Vec<Fact> {
    let since = day("2026-01-01");
    let mut facts = vec![
        Fact::HouseholdFormed { household: household(0), township: T, village: VILLAGE, since },
        Fact::HouseholdFormed { household: household(2), township: 104, village: VILLAGE, since },
    ];
    for number in 1..=3 {
        facts.push(matter_opened(number, &[number]));
        facts.push(opened(number, number, "2026-03-02"));
    }
    facts
}

/// Entries of some facts each, behind the small county's officers and people.
pub(super) fn history() -> impl Strategy<Value = Vec<Sheet>> {
    let facts = prop::collection::vec(any::<(u8, u8, u8, u8)>(), 1..4);
    prop::collection::vec((facts, 0u8..3), 1..40).prop_map(|entries| {
        let mut all = vec![super::officers(), super::people(), super::earlier()];
        all.push(sheet(Stamp::at(day("2026-03-02"), 8, 0), "1203", "受理", prelude()));
        for (at, (facts, by)) in (1..).zip(entries) {
            let facts = facts.into_iter().map(|(kind, a, b, c)| fact(kind, a, b, c)).collect();
            let now = Stamp::at(day("2026-03-02"), 8, 0).plus_minutes(at);
            all.push(sheet(now, &officer(by).0, "办理", facts));
        }
        all
    })
}
