//! The team that finds hardship, and what was heard of its villages.

use super::*;
use crate::domain::fact::registers::{DiscovererEnded, DiscovererNoted};
use crate::domain::ids::DiscovererId;
use crate::domain::nouns::LeadEnd;
use crate::domain::registers::DiscovererKind;
use crate::store::replica::views::discovery::{Took, by_village, in_all};

const GRID: DiscovererId = DiscovererId([15; 16]);

fn noted(kind: DiscovererKind) -> Fact {
    Fact::DiscovererNoted(DiscovererNoted {
        discoverer: GRID,
        township: T,
        village: VILLAGE,
        kind,
        since: day("2026-03-01"),
        by: who("1203"),
        name: Some(Text::from("name")),
        phone: Some(Text::from("phone")),
    })
}

fn told(number: u8, hour: u32, discoverer: Option<DiscovererId>) -> Fact {
    let at = Stamp::at(day("2026-03-02"), hour, 30);
    Fact::LeadRegistered {
        lead: lead(number),
        number: format!("X26-103-01{number}"),
        channel: Channel::Visit,
        township: T,
        village: Some(VILLAGE),
        circumstance: Circumstance::Illness,
        severity: Severity::Serious,
        at,
        due_visit: at.plus_hours(24),
        due_money: at.plus_hours(48),
        person: None,
        said: Some(Text::from("said")),
        discoverer,
    }
}

fn sheets() -> Vec<Sheet> {
    let at = |h| Stamp::at(day("2026-03-03"), h, 0);
    let named = |phone| texts(&[("name", "柏秀云"), ("phone", phone)]);
    let words = [("said", "停药"), ("caller", "邻居"), ("who", "无名氏"), ("discoverer", "路过的人")];
    let answered = Fact::LeadAnswered { lead: lead(2), at: Stamp::at(day("2026-03-02"), 12, 0) };
    let became = Fact::LeadEnded { lead: lead(2), how: LeadEnd::Case, case: Some(case(1)), reason: None };
    let left = Fact::DiscovererEnded(DiscovererEnded {
        discoverer: GRID,
        until: day("2026-03-03"),
        by: who("1203"),
        reason: Some(Text::from("reason")),
    });
    vec![
        sheet(at(9), "1203", "发现人登记", vec![noted(DiscovererKind::Volunteer)]).with(named("13900001102")),
        sheet(at(10), "1203", "登记线索", vec![told(2, 10, Some(GRID)), answered, became])
            .with(texts(&words[..1])),
        sheet(at(11), "1203", "登记线索", vec![told(3, 11, None)]).with(texts(&words)),
        sheet(at(12), "1203", "发现人离队", vec![left]).with(texts(&[("reason", "外出务工")])),
        sheet(at(13), "1203", "发现人登记", vec![noted(DiscovererKind::Grid)]).with(named("13900001109")),
    ]
}

#[test]
fn who_left_stays_with_what_he_found_and_a_correction_brings_nobody_back() {
    let (_folder, mut replica) = county_replica();
    apply_all(&mut replica, &sheets());
    let reader = replica.reader().unwrap();
    let team = reader.discoverers(Some(T)).unwrap();
    let [row] = team.as_slice() else { panic!("{team:?}") };
    assert_eq!((row.name.as_str(), row.phone.as_str(), row.leads), ("柏秀云", "13900001109", 1));
    assert_eq!((row.kind, row.until), (DiscovererKind::Grid, Some(day("2026-03-03"))));
    assert_eq!(row.reason, "外出务工");
    assert!(reader.discoverers(Some(104)).unwrap().is_empty());
}

#[test]
fn what_was_heard_is_counted_by_village_with_its_times() {
    let (_folder, mut replica) = county_replica();
    apply_all(&mut replica, &sheets());
    let reader = replica.reader().unwrap();
    let rows = reader.heard_in(Some(T), Some(2026)).unwrap();
    let found: Vec<&str> = rows.iter().map(|row| row.found_by.as_str()).collect();
    assert_eq!(found, ["", "柏秀云", "路过的人"], "the call of the county's story came first");
    let last = rows.last().unwrap();
    assert_eq!((last.name.as_str(), last.caller.as_str()), ("无名氏", "邻居"));
    let decided = rows[1].decided.unwrap();
    let days = u32::try_from(day("2026-03-02").until(decided)).unwrap();
    let figures = in_all(&rows);
    assert_eq!(figures.leads, 3);
    assert_eq!(figures.by_channel, [0, 1, 0, 0, 2, 0]);
    assert_eq!(
        figures.visited,
        Took { count: 1, median: 2, longest: 2 },
        "ninety minutes are two hours begun"
    );
    assert_eq!(figures.decided, Took { count: 1, median: days, longest: days });
    assert_eq!(by_village(&rows), vec![((T, Some(VILLAGE)), figures)]);
    assert_eq!(reader.heard_in(None, None).unwrap().len(), 3);
    assert!(reader.heard_in(Some(T), Some(2025)).unwrap().is_empty());
    assert!(reader.heard_in(Some(104), None).unwrap().is_empty());
}
