//! What follows a decision: which case waits to be delivered or asked about, until when, and what takes it off the list.

use super::*;
use crate::domain::command::after::FollowUp;
use crate::domain::fact::path::ResultDelivered;
use crate::domain::nouns::path::{Delivery, FollowState, FollowWay, ResultPaper};
use crate::store::replica::views::after::AfterList;

fn due(replica: &Replica, list: AfterList) -> Vec<(CaseId, ResultPaper, Day, Day)> {
    let rows = replica.reader().unwrap().after_decision(list, Some(T), Some(&who("1203"))).unwrap();
    rows.into_iter().map(|row| (row.case, row.paper, row.since, row.due)).collect()
}

fn put_facts(replica: &mut Replica, on: &str, facts: Vec<Fact>) {
    apply_all(replica, &[sheet(Stamp::at(day(on), 9, 0), "1203", "办", facts)]);
}

#[test]
fn a_decision_waits_until_it_is_delivered_and_a_payment_until_somebody_asks() {
    let (_folder, mut replica) = county_replica();
    let lines = || vec![money_line(9, 40_000, PayBy::Cash)];
    put_facts(
        &mut replica,
        "2026-03-05",
        vec![
            matter_opened(7, &[3]),
            opened(7, 3, "2026-03-02"),
            granted(7, lines(), &[3], "2026-03-05", Way::Ordinary),
            staged(7, Stage::Approved, None, None),
            opened(8, 3, "2026-03-02"),
            staged(8, Stage::Refused, None, None),
            opened(9, 3, "2026-03-02"),
            granted(9, lines(), &[3], "2026-03-05", Way::Direct),
            line_paid(9, 9, 40_000),
            staged(9, Stage::Paid, None, None),
        ],
    );
    let waits = due(&replica, AfterList::Deliver);
    let (thursday, next) = (day("2026-03-05"), day("2026-03-12"));
    let told =
        [(case(7), ResultPaper::Granted, thursday, next), (case(8), ResultPaper::Refused, thursday, next)];
    assert_eq!(waits, told, "five working days; what was given in the hand is its own notice");
    let asked = due(&replica, AfterList::FollowUp);
    let paid = (case(9), ResultPaper::Granted, day("2026-03-02"), day("2026-04-01"));
    assert!(asked.contains(&paid) && !asked.iter().any(|row| row.0 == case(7)), "{asked:?}");
    let reader = replica.reader().unwrap();
    assert!(reader.after_decision(AfterList::Deliver, Some(104), None).unwrap().is_empty());
    drop(reader);
    let delivered = ResultDelivered {
        case: case(7),
        on: thursday,
        paper: ResultPaper::Granted,
        delivery: Delivery::Hand,
        receipt: None,
    };
    let followed = FollowUp {
        case: case(9),
        on: thursday,
        way: FollowWay::Home,
        received: true,
        state: FollowState::Eased,
        respondent: None,
        found: None,
    };
    put_facts(&mut replica, "2026-03-06", vec![Fact::ResultDelivered(delivered), Fact::FollowedUp(followed)]);
    assert_eq!(due(&replica, AfterList::Deliver), told[1..]);
    assert!(!due(&replica, AfterList::FollowUp).contains(&paid));
}
