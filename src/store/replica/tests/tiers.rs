//! The tiers beyond one approver: tables and memory answer alike, and the lists say what waits until when.

use super::histories;
use super::*;
use crate::domain::fact::tiers as made;
use crate::domain::ids::{IncidentId, ReferralId};
use crate::domain::memory::Memory;
use crate::domain::pack::CY_2021_15;
use crate::domain::tiers::{
    CityAnswer, HelpKind, ReferOutcome, ReferTo, RosterRow, ServiceKind, TierAnswers,
};
use crate::store::replica::views::tiers::Waits;
use proptest::prelude::*;

fn referral(number: u8) -> ReferralId {
    ReferralId(id(8, number))
}

fn incident(number: u8) -> IncidentId {
    IncidentId(id(9, number))
}

fn slot(name: &str) -> Option<Text> {
    Some(Text::from(name))
}

/// A fact of a kind, with three numbers to vary it by; every fourth is about a case that there is not.
fn fact(kind: u8, a: u8, b: u8, c: u8) -> Fact {
    let case = case(a % 4 + 1);
    let on = day("2026-02-20").plus(i64::from(b % 40));
    let amount = yuan(i64::from(c) * 100 + 1);
    match kind % 19 {
        0 => Fact::CountyExamined(made::CountyExamined {
            case,
            by: who("9001"),
            on,
            agrees: c.is_multiple_of(2),
            amount,
            opinion: slot("opinion"),
        }),
        1 => Fact::TierRaised(made::TierRaised { case, reason: slot("reason") }),
        2 => Fact::TierLowered(made::TierLowered { case, reason: None }),
        3 => Fact::CityAsked(made::CityAsked { case, on, amount, document: None, reason: slot("reason") }),
        4 | 5 => Fact::CityReplied(made::CityReplied {
            case,
            document: format!("文{}", b % 3),
            on,
            answer: CityAnswer::ALL[usize::from(c % 3)],
            amount,
            by: who("9001"),
            text: None,
        }),
        6 => Fact::CityChecked(made::CityChecked { case, by: who("1201") }),
        7 => {
            let row = |case, on| RosterRow { case, on, amount };
            Fact::RosterFiled(made::RosterFiled {
                township: T,
                year: 2026,
                month: u32::from(b % 2) + 2,
                number: format!("R26-103-{:02}", c % 4),
                amount,
                rows: vec![row(case, on), row(super::case(2), day("2026-03-02"))],
            })
        }
        8 => Fact::CalledBack(made::CalledBack {
            case,
            due: c.is_multiple_of(2).then_some(on),
            reason: slot("reason"),
        }),
        9 => Fact::CallBackSettled(made::CallBackSettled { case, reason: None }),
        10 => Fact::ReferralMade(made::ReferralMade {
            referral: referral(b % 3),
            case,
            line: None,
            to: ReferTo::ALL[usize::from(c % 10)],
            on,
            due: on.plus(7),
            body: slot("body"),
            what: slot("what"),
            partner: None,
        }),
        11 => Fact::ReferralAnswered(made::ReferralAnswered {
            referral: referral(b % 3),
            case,
            outcome: ReferOutcome::ALL[usize::from(c % 3)],
            on,
            text: None,
            given: None,
        }),
        12 => Fact::HomeToAsk { case },
        13 => Fact::HomeReplied(made::HomeReplied {
            case,
            on,
            helped: c.is_multiple_of(2),
            amount: None,
            text: None,
        }),
        14 => Fact::ApplicantChanged(made::ApplicantChanged {
            case,
            from: person(1),
            to: person(b % 4),
            reason: None,
        }),
        15 => Fact::PayeeNoted(made::PayeeNoted {
            case,
            payee: Payee::Proxy,
            person: c.is_multiple_of(2).then(|| person(b % 4)),
            reason: None,
        }),
        16 => Fact::CaseRebased(made::CaseRebased {
            case,
            from: "CY-2021-15".to_owned(),
            pack: format!("P{}", b % 2),
            reason: None,
        }),
        17 => Fact::IncidentOpened(made::IncidentOpened {
            incident: incident(b % 3),
            matter: matter(c % 3 + 1),
            township: T,
            on,
            name: slot("name"),
        }),
        _ => Fact::IncidentClosed(made::IncidentClosed { incident: incident(b % 4), reason: None }),
    }
}

fn told(answers: &dyn crate::domain::answers::Answers) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    for number in 0..5 {
        writeln!(out, "{:?} {:?}", answers.case(case(number)), answers.tier_file(case(number))).unwrap();
        writeln!(out, "{:?} {:?}", answers.referral(referral(number)), answers.incident(incident(number)))
            .unwrap();
        writeln!(out, "{:?}", answers.incident_of(matter(number))).unwrap();
    }
    for (from, to) in [("2026-01-01", "2026-12-31"), ("2026-03-01", "2026-03-10")] {
        writeln!(out, "{:?}", answers.unfiled(T, day(from), day(to))).unwrap();
    }
    for month in 1..4 {
        writeln!(out, "{}", answers.rosters(T, 2026, month)).unwrap();
    }
    out
}

/// Histories of these facts among grants and stages.
fn history() -> impl Strategy<Value = Vec<Sheet>> {
    let facts = prop::collection::vec((any::<bool>(), any::<(u8, u8, u8, u8)>()), 1..4);
    prop::collection::vec(facts, 1..40).prop_map(|entries| {
        let mut all = vec![super::officers(), super::people(), super::earlier()];
        all.push(sheet(Stamp::at(day("2026-03-02"), 8, 0), "1203", "受理", histories::prelude()));
        for (at, facts) in (1..).zip(entries) {
            let facts = facts.into_iter().map(|(own, (kind, a, b, c))| {
                // among the others: stages, grants and cancellations
                let others = [10, 11, 13];
                let other = others[usize::from(kind) % others.len()];
                if own { fact(kind, a, b, c) } else { histories::fact(other, a, b, c) }
            });
            let now = Stamp::at(day("2026-03-02"), 8, 0).plus_minutes(at);
            all.push(sheet(now, "9001", "办理", facts.collect()));
        }
        all
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_tables_answer_what_memory_answers(sheets in history()) {
        let mut replica = Replica::in_memory().unwrap();
        let mut apply = replica.begin().unwrap();
        let mut memory = Memory::new();
        for (n, sheet) in (1..).zip(&sheets) {
            put(&mut apply, sheet, n % 2 == 0).unwrap();
            memory.apply(n, &who(&sheet.author), Stamp(sheet.at), &sheet.facts, Some(&sheet.private));
        }
        prop_assert_eq!(told(&apply), told(&memory));
        prop_assert!(apply.take_fault().is_none());
    }
}

/// The small county with one fact after the other behind it.
fn after(facts: Vec<Fact>) -> (tempfile::TempDir, Replica) {
    let (folder, mut replica) = county_replica();
    let pack = Fact::PackAdopted { id: "CY-2021-15".to_owned(), toml: CY_2021_15.to_owned() };
    let now = Stamp::at(day("2026-03-03"), 9, 0);
    apply_all(
        &mut replica,
        &[sheet(now, "9900", "采用政策包", vec![pack]), sheet(now, "9001", "办理", facts)],
    );
    (folder, replica)
}

#[test]
fn every_thing_that_waits_is_listed_with_its_day_until_it_is_done() {
    let refer = Fact::ReferralMade(made::ReferralMade {
        referral: referral(1),
        case: case(1),
        line: None,
        to: ReferTo::Medical,
        on: day("2026-03-02"),
        due: day("2026-03-09"),
        body: None,
        what: None,
        partner: None,
    });
    let called =
        Fact::CalledBack(made::CalledBack { case: case(1), due: Some(day("2026-03-17")), reason: None });
    let up = Fact::StageSet {
        case: case(2),
        stage: Stage::Submitted,
        tier: Some(Tier::County),
        due: Some(day("2026-03-16")),
        text: None,
    };
    let (_folder, mut replica) = after(vec![refer, called, up, Fact::HomeToAsk { case: case(2) }]);
    let list = |replica: &Replica| {
        let work = replica.reader().unwrap().tier_work(Some(T), None).unwrap();
        work.into_iter().map(|work| (work.waits, work.case, work.due)).collect::<Vec<_>>()
    };
    assert_eq!(
        list(&replica),
        [
            (Waits::CountyDecision, case(2), Some(day("2026-03-16"))),
            (Waits::CalledBack, case(1), Some(day("2026-03-17"))),
            (Waits::Referral, case(1), Some(day("2026-03-09"))),
            (Waits::HomeReply, case(2), None),
        ]
    );
    let work = replica.reader().unwrap().tier_work(None, Some(case(1))).unwrap();
    assert_eq!(work.len(), 2);
    assert!(!work[1].late(day("2026-03-09")) && work[1].late(day("2026-03-10")));
    assert!(replica.reader().unwrap().tier_work(Some(104), None).unwrap().is_empty());
    let done = vec![
        Fact::ReferralAnswered(made::ReferralAnswered {
            referral: referral(1),
            case: case(1),
            outcome: ReferOutcome::Received,
            on: day("2026-03-04"),
            text: None,
            given: None,
        }),
        Fact::CallBackSettled(made::CallBackSettled { case: case(1), reason: None }),
        Fact::HomeReplied(made::HomeReplied {
            case: case(2),
            on: day("2026-03-04"),
            helped: false,
            amount: None,
            text: None,
        }),
        Fact::CityAsked(made::CityAsked {
            case: case(2),
            on: day("2026-03-04"),
            amount: yuan(20_000),
            document: None,
            reason: None,
        }),
        staged(2, Stage::AtCity, None, None),
    ];
    let now = Stamp::at(day("2026-03-04"), 9, 0);
    apply_all(&mut replica, &[sheet(now, "9001", "办理", done)]);
    assert_eq!(list(&replica), [(Waits::City, case(2), None)]);
    let reply = Fact::CityReplied(made::CityReplied {
        case: case(2),
        document: "文3".to_owned(),
        on: day("2026-03-04"),
        answer: CityAnswer::Agreed,
        amount: yuan(20_000),
        by: who("9001"),
        text: None,
    });
    apply_all(&mut replica, &[sheet(now, "9001", "市级批复", vec![reply])]);
    assert_eq!(list(&replica), [(Waits::CityCheck, case(2), None)]);
}

#[test]
fn the_money_of_the_dead_waits_until_another_payee_stands() {
    let lines = vec![money_line(2, 20_000, PayBy::Bank)];
    let grant = granted(2, lines.clone(), &[3], "2026-03-03", Way::Ordinary);
    let died = Fact::PersonDied { person: person(3), on: day("2026-03-03") };
    let (_folder, mut replica) = after(vec![grant, staged(2, Stage::Approved, None, None), died]);
    let waits = |replica: &Replica| {
        let work = replica.reader().unwrap().tier_work(None, Some(case(2))).unwrap();
        work.into_iter().map(|work| work.waits).collect::<Vec<_>>()
    };
    assert_eq!(waits(&replica), [Waits::Payee]);
    let lines = lines.into_iter().map(|line| Line { payee: Payee::Proxy, ..line }).collect();
    let again = granted(2, lines, &[3], "2026-03-03", Way::Ordinary);
    apply_all(&mut replica, &[sheet(Stamp::at(day("2026-03-04"), 9, 0), "9001", "改发何人", vec![again])]);
    assert!(waits(&replica).is_empty());
}

#[test]
fn a_month_waits_for_its_roster_until_it_is_filed() {
    let lines = vec![money_line(2, 20_000, PayBy::Bank)];
    let grant = granted(2, lines, &[3], "2026-03-03", Way::Ordinary);
    let (_folder, mut replica) = after(vec![grant]);
    let months = |replica: &Replica, today: &str| {
        let months = replica.reader().unwrap().unfiled_months(Some(T), day(today)).unwrap();
        months
            .iter()
            .map(|month| (month.month, month.cases, month.amount.fen(), month.due))
            .collect::<Vec<_>>()
    };
    assert!(months(&replica, "2026-03-31").is_empty());
    let due = months(&replica, "2026-04-01");
    assert_eq!(due.iter().map(|month| (month.0, month.1, month.2)).collect::<Vec<_>>(), [(3, 2, 65_000)]);
    let rows: Vec<RosterRow> = replica.reader().unwrap().unfiled(T, day("2026-03-01"), day("2026-03-31"));
    assert_eq!(rows.len(), 2);
    let filed = Fact::RosterFiled(made::RosterFiled {
        township: T,
        year: 2026,
        month: 3,
        number: "R26-103-03".to_owned(),
        amount: yuan(65_000),
        rows,
    });
    apply_all(&mut replica, &[sheet(Stamp::at(day("2026-04-01"), 9, 0), "1201", "备案", vec![filed])]);
    assert!(months(&replica, "2026-04-01").is_empty());
    let roster = replica.reader().unwrap().filing_roster("R26-103-03").unwrap();
    assert_eq!(roster.iter().map(|row| row.amount.fen()).collect::<Vec<_>>(), [45_000, 20_000]);
    let reader = replica.reader().unwrap();
    let heads = reader.rosters_filed(Some(T), 10).unwrap();
    assert_eq!(
        heads.iter().map(|head| (head.number.as_str(), head.cases)).collect::<Vec<_>>(),
        [("R26-103-03", 2)]
    );
    assert_eq!(reader.rosters_filed(Some(102), 10).unwrap(), vec![]);
    assert_eq!(reader.roster_filed("R26-103-03").unwrap(), heads.into_iter().next());
    assert_eq!(reader.roster_filed("R26-103-04").unwrap(), None);
    let named = reader.filed_decisions("R26-103-03").unwrap();
    assert_eq!(named.iter().map(|row| row.amount.fen()).collect::<Vec<_>>(), [45_000, 20_000]);
    assert!(named.iter().all(|row| !row.back && row.back_due.is_none()));
}

#[test]
fn what_stands_beside_a_case_is_read_with_its_words() {
    let facts = vec![
        Fact::MeetingHeld {
            case: case(1),
            on: day("2026-03-03"),
            tier: Tier::County,
            kind: None,
            present: 5,
            amount: yuan(45_000),
            minutes: slot("minutes"),
            paper: crate::domain::command::approval::MeetingPaper {
                chair: slot("chair"),
                ..Default::default()
            },
        },
        Fact::ServiceGiven(made::ServiceGiven {
            case: case(1),
            kind: ServiceKind::Comfort,
            on: day("2026-03-03"),
            sessions: 2,
            provider: slot("provider"),
            result: None,
        }),
        Fact::OtherHelpNoted(made::OtherHelpNoted {
            case: case(1),
            kind: HelpKind::Donation,
            on: day("2026-03-02"),
            amount: Some(yuan(100_000)),
            text: None,
        }),
        Fact::IncidentOpened(made::IncidentOpened {
            incident: incident(1),
            matter: matter(1),
            township: T,
            on: day("2026-03-02"),
            name: slot("name"),
        }),
    ];
    let (_folder, mut replica) = county_replica();
    let words =
        texts(&[("minutes", "同意"), ("chair", "程二"), ("provider", "县社工站"), ("name", "客车侧翻")]);
    let now = Stamp::at(day("2026-03-03"), 9, 0);
    apply_all(&mut replica, &[sheet(now, "9001", "办理", facts).with(words)]);
    let reader = replica.reader().unwrap();
    let beside = reader.beside(case(1)).unwrap();
    assert_eq!(beside.meetings[0].words[0], "同意");
    assert_eq!(beside.meetings[0].words[2], "程二");
    assert_eq!(beside.help[0].help, Some((HelpKind::Donation, Some(yuan(100_000)))));
    assert_eq!(beside.help[1].words, "县社工站");
    assert_eq!(reader.beside(case(2)).unwrap(), Default::default());
    let incidents = reader.incidents(Some(T)).unwrap();
    assert_eq!(incidents[0].name, "客车侧翻");
    assert_eq!((incidents[0].cases, incidents[0].granted), ((1, 1), yuan(45_000)));
    let struck = reader.struck(matter(1)).unwrap();
    assert_eq!(struck.iter().map(|row| (row.case, row.asked)).collect::<Vec<_>>(), [(case(1), yuan(45_000))]);
    let together = reader.met_together(case(1), beside.meetings[0].n).unwrap();
    assert_eq!(together.iter().map(|(_, _, sum)| *sum).collect::<Vec<_>>(), [yuan(45_000)]);
    assert_eq!(reader.met_together(case(2), beside.meetings[0].n).unwrap(), vec![]);
    assert!(!format!("{struck:?}").contains(&struck[0].name) || struck[0].name.is_empty());
    // neither a list nor its rows say a name where they are printed for a log
    assert!(!format!("{incidents:?} {beside:?}").contains("程二"));
}
