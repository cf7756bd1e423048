//! The steps of the expenditure path in the replica: what the lists and the papers read.

use super::*;
use crate::domain::answers::Answers;
use crate::domain::command::path::*;
use crate::domain::fact::path::*;
use crate::domain::nouns::path::*;

/// A fact of the path, sound or not.
pub(super) fn fact(kind: u8, of: u8, b: u8, on: Day) -> Fact {
    let case = case(of);
    match kind {
        0 => Fact::CaseAccepted(Accept { case, on, note: None, delivery: None, receipt: None }),
        1 => Fact::Surveyed(survey(case, on, b)),
        2 => Fact::Reviewed(Review {
            case,
            on,
            place: None,
            chair: None,
            invited: 5,
            village: 2,
            delegates: 2,
            township: 1,
            officers: vec![],
            attendees: None,
            aside: 0,
            aside_named: None,
            yes: u16::from(b % 6),
            no: 0,
            abstained: 0,
            said: None,
        }),
        3 => notice(case, on, b),
        4 => Fact::ObjectionMade(Objection { case, number: u16::from(b % 3), on, said: None }),
        5 => Fact::ObjectionSettled(SettleObjection {
            case,
            number: u16::from(b % 3),
            on,
            upheld: b.is_multiple_of(2),
            finding: None,
        }),
        6 => Fact::PathChanged(ChangePath {
            case,
            path: if b.is_multiple_of(3) { Path::Emergency } else { Path::Expenditure },
            reason: None,
        }),
        _ => clock(case, on, b, (b.is_multiple_of(2)).then(|| on.plus(9))),
    }
}

fn survey(case: CaseId, on: Day, b: u8) -> Survey {
    Survey {
        case,
        at: Stamp::at(on, 9, 0),
        place: Some(Text::from("place")),
        surveyors: vec![who("1203")],
        others: u16::from(b % 3),
        others_named: None,
        respondent: None,
        situation: None,
        housing: Housing { tenure: Tenure::Own, structure: Structure::BrickTimber, area: b.into() },
        income: Box::default(),
        spending: Box::default(),
        assets: Box::default(),
        verified: Some(Text::from("verified")),
        matches: true,
        differs: None,
        policies: BTreeSet::new(),
        verdict: SurveyVerdict::True,
        means: BTreeSet::from([LineKind::Money]),
        amount: yuan(40_000),
        photos: 0,
        photo_list: None,
        signed: true,
        unsigned: None,
    }
}

fn notice(case: CaseId, on: Day, b: u8) -> Fact {
    Fact::NoticePosted(NoticePosted {
        case,
        from: on,
        until: on.plus(i64::from(b % 7)),
        amount: yuan(40_000),
        place: None,
        posted_by: None,
        summary: None,
        phone: None,
        photos: 0,
    })
}

fn clock(case: CaseId, on: Day, b: u8, due: Option<Day>) -> Fact {
    let tier = if b.is_multiple_of(5) { Tier::County } else { Tier::Township };
    let still = if due.is_none() { BTreeSet::from([Pause::Means]) } else { BTreeSet::new() };
    Fact::ClockSet(ClockSet { case, on, tier, due, left: u32::from(b % 11), still })
}

fn path(case: CaseId) -> Fact {
    Fact::PathChanged(ChangePath { case, path: Path::Expenditure, reason: None })
}

/// The small county with two cases on the path: one whose clock runs, one whose clock stands still.
fn walked() -> (tempfile::TempDir, Replica) {
    let (folder, mut replica) = county_replica();
    let on = day("2026-03-03");
    let at = Stamp::at(day("2026-03-04"), 8, 30);
    let steps = vec![
        matter_opened(3, &[3]),
        opened(3, 3, "2026-03-02"),
        path(case(3)),
        path(case(2)),
        Fact::CaseAccepted(Accept { case: case(3), on, note: None, delivery: None, receipt: None }),
        clock(case(3), on, 10, Some(day("2026-03-17"))),
        Fact::Surveyed(survey(case(3), on, 1)),
        clock(case(2), on, 1, None),
        notice(case(2), on, 2),
        Fact::ObjectionMade(Objection { case: case(2), number: 1, on, said: None }),
    ];
    let sheet = sheet(at, "1203", "入户调查", steps)
        .with(texts(&[("verified", "住院票据与申请相符"), ("place", "申请人家中")]));
    let mut apply = replica.begin().unwrap();
    put(&mut apply, &sheet, true).unwrap();
    apply.commit().unwrap();
    (folder, replica)
}

#[test]
fn the_list_has_the_clock_the_pause_and_the_next_step() {
    let (_folder, replica) = walked();
    let reader = replica.reader().unwrap();
    let rows = reader.path_work(Some(T), None, day("2026-03-04")).unwrap();
    let told: Vec<_> = rows
        .iter()
        .map(|row| (row.number.as_str(), row.due, row.left, row.next, row.objections, row.notice_until))
        .collect();
    let (first, second) = ("26-103-0003", "26-103-0002");
    assert_eq!(
        told,
        [
            (first, Some(day("2026-03-17")), 10, Some(PathStep::Application), 0, None),
            (second, None, 1, Some(PathStep::Application), 1, Some(day("2026-03-05"))),
        ]
    );
    assert_eq!(rows[1].still, BTreeSet::from([Pause::Means]));
    assert!(!rows[0].late(day("2026-03-17")) && rows[0].late(day("2026-03-18")));
    assert_eq!(reader.path_work(Some(104), None, day("2026-03-04")).unwrap().len(), 0);
    assert_eq!(reader.path_work(None, Some(&who("1203")), day("2026-03-04")).unwrap().len(), 2);
    assert_eq!(reader.path_work(None, Some(&who("9001")), day("2026-03-04")).unwrap().len(), 0);
}

#[test]
fn a_step_has_its_day_its_entry_and_its_words() {
    let (_folder, replica) = walked();
    let reader = replica.reader().unwrap();
    let steps = reader.path_steps(case(3)).unwrap();
    let told: Vec<_> = steps.iter().map(|step| (step.on, step.at.text(), step.by.0.as_str())).collect();
    assert_eq!(told, vec![(day("2026-03-03"), "2026-03-04 08:30".to_owned(), "1203"); 2]);
    assert!(matches!(&steps[1].fact, Fact::Surveyed(made) if made.amount == yuan(40_000)));
    assert_eq!(steps[1].words.get(&Text::from("verified")).map(String::as_str), Some("住院票据与申请相符"));
    assert_eq!(reader.case(case(3)).unwrap().accepted, day("2026-03-03"));
    let card = reader.case_card(case(3), day("2026-03-04"), 30).unwrap().unwrap();
    assert_eq!(card.opening.due, Some(day("2026-03-17")));
    let last = card.steps.last().unwrap();
    assert!(
        last.detail.contains("县局期限2026-03-17") && last.detail.contains("2人 属实 400.00元"),
        "{}",
        last.detail
    );
    assert!(last.text.contains("住院票据与申请相符"), "{}", last.text);
}

#[test]
fn what_was_told_is_of_the_opening_the_application_and_the_details_the_latest() {
    let (_folder, mut replica) = county_replica();
    let on = day("2026-03-03");
    let told = |texts: &[&str]| {
        let texts = texts.iter().map(|slot| Text::from(*slot)).collect();
        Fact::HardshipNoted(crate::domain::command::after::Hardship { case: case(3), on, texts })
    };
    let entries = [
        (
            vec![matter_opened(3, &[3]), opened(3, 3, "2026-03-02")],
            [("place", "村西头"), ("proofs", "旧票据")],
        ),
        (vec![Fact::Surveyed(survey(case(3), on, 1))], [("place", "申请人家中"), ("verified", "相符")]),
        (vec![told(&["proofs", "diagnosis"])], [("proofs", "住院票据"), ("diagnosis", "慢性肾衰竭")]),
    ];
    let mut apply = replica.begin().unwrap();
    for (hour, (facts, words)) in (8..).zip(entries) {
        let at = Stamp::at(day("2026-03-04"), hour, 0);
        put(&mut apply, &sheet(at, "1203", "困难详情", facts).with(texts(&words)), true).unwrap();
    }
    apply.commit().unwrap();
    let reader = replica.reader().unwrap();
    let card = reader.case_card(case(3), day("2026-03-04"), 30).unwrap().unwrap();
    let told: Vec<_> =
        card.opening.told.iter().map(|(slot, text)| (slot.0.as_str(), text.as_str())).collect();
    assert_eq!(told, [("diagnosis", "慢性肾衰竭"), ("place", "村西头"), ("proofs", "住院票据")]);
}

#[test]
fn a_fact_of_an_unknown_case_leaves_no_row() {
    let (_folder, mut replica) = county_replica();
    let mut apply = replica.begin().unwrap();
    let facts = (0..8).map(|kind| fact(kind, 4, kind, day("2026-03-03"))).collect();
    put(&mut apply, &sheet(Stamp(0), "1203", "入户调查", facts), true).unwrap();
    assert_eq!(apply.course(case(4)), crate::domain::course::Course::default());
    apply.commit().unwrap();
    assert!(replica.reader().unwrap().path_steps(case(4)).unwrap().is_empty());
}
