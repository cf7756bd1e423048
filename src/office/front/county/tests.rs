//! Deeds of the county's desk, composed on a real replica and carried by the engine of a scratch office.

use super::*;
use crate::base::day::Stamp;
use crate::domain::code::Code;
use crate::domain::grant::{Line, total};
use crate::domain::ids::{LineId, OfficerNo};
use crate::domain::nouns::{LineKind, PayBy, Severity};
use crate::domain::office::{Office, Role};
use crate::office::outcome::Outcome;
use crate::office::print::county::{CountyPaper, gather};
use crate::office::print::gather::Occasion;
use crate::office::scratch::Scratch;
use crate::office::setup::NewOfficer;

fn day() -> Day {
    Day::new(2026, 3, 2).unwrap()
}

fn office() -> Scratch {
    let officer = |no: &str, office, role| NewOfficer {
        no: no.into(),
        name: format!("名{no}"),
        office,
        roles: [role].into(),
    };
    let officers = [
        officer("9000", Office::County, Role::Administrator),
        officer("1021", Office::Township(102), Role::Handler),
        officer("2021", Office::Township(103), Role::Handler),
        officer("9001", Office::County, Role::Approver),
        officer("9002", Office::County, Role::Approver),
    ];
    Scratch::found(&officers, Stamp::at(day(), 9, 0), false).unwrap()
}

fn does(office: &mut Scratch, by: &str, deed: &CountyDeed) -> Outcome {
    let no = OfficerNo::from(by);
    let drafts = {
        let reader = office.desk().replica().reader().unwrap();
        let officer = reader.officer(&no).unwrap();
        let details = |person| reader.details(person).ok().flatten();
        let now = Stamp::at(day(), 10, 0);
        let key = || unreachable!("no account is noted here");
        let desk = compose::Desk { state: &reader, details: &details, key: &key, officer: &officer, now };
        deed.compose(&desk).unwrap()
    };
    office.act(drafts.into_iter().map(|(command, private)| (no.clone(), command, private)).collect()).unwrap()
}

fn done(office: &mut Scratch, by: &str, deed: &CountyDeed) {
    let outcome = does(office, by, deed);
    assert!(matches!(outcome, Outcome::Done(_)), "{deed:?}: {outcome:?}");
}

fn incident(office: &mut Scratch) -> IncidentLine {
    incident_of(office, Circumstance::Incident)
}

fn incident_of(office: &mut Scratch, circumstance: Circumstance) -> IncidentLine {
    let open =
        CountyDeed::OpenIncident {
            township: 102, circumstance, on: day(), name: "三组连片火灾".to_owned()
        };
    done(office, "1021", &open);
    office.desk().replica().reader().unwrap().incidents(Some(102)).unwrap().remove(0)
}

fn row(incident: &IncidentLine, no: u8, id_no: &str, yuan: i64) -> CountyDeed {
    CountyDeed::Household(Box::new(Struck {
        incident: incident.id,
        case: CaseId([no; 16]),
        name: format!("户主{no}"),
        id_no: id_no.to_owned(),
        village: crate::base::division::villages_of(102).next().unwrap().code,
        people: u16::from(no),
        amount: Money::from_fen(yuan * 100),
        account: "6228480000000000018".to_owned(),
        severity: Severity::Serious,
        pay_by: PayBy::Bank,
        reason: "连片火灾，房屋受损".to_owned(),
        overrides: [].into(),
        override_reason: String::new(),
    }))
}

fn struck(office: &Scratch, incident: &IncidentLine) -> Vec<StruckLine> {
    office.desk().replica().reader().unwrap().struck(incident.matter).unwrap()
}

#[test]
fn each_household_of_an_incident_is_a_case_of_its_own_tier_and_once() {
    let mut office = office();
    let incident = incident(&mut office);
    done(&mut office, "1021", &row(&incident, 1, "211321196804120012", 400));
    done(&mut office, "1021", &row(&incident, 2, "21132119751103078X", 800));
    let rows = struck(&office, &incident);
    let told: Vec<_> = rows.iter().map(|row| (row.name.as_str(), row.helped, row.tier)).collect();
    assert_eq!(told, [("户主1", 1, Some(Tier::Township)), ("户主2", 2, Some(Tier::County))]);
    // carried a second time, as after a power cut: the same case, refused as known
    let again = does(&mut office, "1021", &row(&incident, 2, "21132119751103078X", 800));
    let Outcome::Refused(refusals) = &again else { panic!("{again:?}") };
    assert!(refusals.iter().any(|refusal| refusal.code == Code::Duplicate), "{refusals:?}");
    assert_eq!(struck(&office, &incident).len(), 2);
    let occasion = |by| Occasion { by, on: day(), practice: false };
    let (own, other) = (OfficerNo::from("1021"), OfficerNo::from("2021"));
    let reader = office.desk().replica().reader().unwrap();
    let paper = CountyPaper::Incident(incident.id);
    let printed = gather(&reader, &paper, &occasion(&own)).unwrap().remove(0);
    assert!(
        format!("{:?}", printed.paper.blocks).contains("21132119751103078X"),
        "it is signed by name and number"
    );
    assert!(gather(&reader, &paper, &occasion(&other)).is_err(), "another township's list stays closed");
}

#[test]
fn a_row_that_is_warned_of_goes_on_with_a_reason_and_is_listed() {
    let mut office = office();
    let incident = incident_of(&mut office, Circumstance::LongCare);
    let urgent = |reason: &str| {
        let CountyDeed::Household(mut struck) = row(&incident, 2, "21132119751103078X", 800) else {
            panic!()
        };
        if !reason.is_empty() {
            struck.overrides = [Code::PathCategory].into();
            struck.override_reason = reason.to_owned();
        }
        CountyDeed::Household(struck)
    };
    let Outcome::Refused(refusals) = does(&mut office, "1021", &urgent("")) else { panic!("it warns") };
    assert!(refusals.iter().all(|refusal| refusal.code == Code::PathCategory), "{refusals:?}");
    assert!(struck(&office, &incident).is_empty(), "nothing of the row is kept");
    done(&mut office, "1021", &urgent("透析站停电，当天须转院"));
    assert_eq!(struck(&office, &incident).len(), 1);
    let reader = office.desk().replica().reader().unwrap();
    let noted = reader.noted(None, 0, 9).unwrap();
    let told: Vec<_> =
        noted.iter().filter(|row| row.overridden).map(|row| (row.code, &*row.reason)).collect();
    assert_eq!(told, [(Code::PathCategory, "透析站停电，当天须转院")]);
}

#[test]
fn one_meeting_for_many_and_the_city_s_answer_from_two_hands() {
    let mut office = office();
    let incident = incident(&mut office);
    done(&mut office, "1021", &row(&incident, 1, "211321196804120012", 900));
    done(&mut office, "1021", &row(&incident, 2, "21132119751103078X", 800));
    let (first, second) = (CaseId([1; 16]), CaseId([2; 16]));
    let minutes = Minutes {
        kind: Some(crate::domain::nouns::MeetingKind::Consult),
        case: first,
        on: day(),
        tier: Tier::County,
        present: 3,
        amount: Money::from_fen(90_000),
        minutes: "同意".to_owned(),
        words: ["县局", "安一", "三人", "", ""].map(str::to_owned),
        also: vec![(second, Money::from_fen(80_000))],
    };
    done(&mut office, "9001", &CountyDeed::Meeting(Box::new(minutes)));
    let sum = Money::from_fen(70_000);
    let ask =
        CountyDeed::ToCity(first, Money::from_fen(90_000), "请9号".to_owned(), "社会影响较大".to_owned());
    done(&mut office, "9001", &ask);
    let reply = CountyDeed::CityReply {
        case: first,
        document: "批3号".to_owned(),
        on: day(),
        answer: CityAnswer::Agreed,
        amount: sum,
        text: String::new(),
    };
    done(&mut office, "9001", &reply);
    let check = |sum| CountyDeed::CheckCity(first, "批3号".to_owned(), day(), sum);
    assert!(
        matches!(does(&mut office, "9001", &check(sum)), Outcome::Refused(_)),
        "not the one who entered it"
    );
    let wrong = does(&mut office, "9002", &check(Money::from_fen(60_000)));
    let Outcome::Refused(refusals) = wrong else { panic!("{wrong:?}") };
    assert!(
        refusals.iter().all(|refusal| !refusal.sentence.contains("700")),
        "the sum is not told: {refusals:?}"
    );
    done(&mut office, "9002", &check(sum));
    let reader = office.desk().replica().reader().unwrap();
    assert_eq!(total(&reader.case(first).unwrap().granted), sum);
    let meetings = reader.beside(second).unwrap().meetings;
    let together = reader.met_together(second, meetings[0].n).unwrap();
    assert_eq!(together.len(), 2, "both names stand on one F14");
    let by = OfficerNo::from("9001");
    let occasion = Occasion { by: &by, on: day(), practice: false };
    for (paper, code) in [(CountyPaper::Meeting(first), "/F14"), (CountyPaper::City(first), "/F15")] {
        let sheets = gather(&reader, &paper, &occasion).unwrap();
        assert!(sheets.len() == 1 && sheets[0].code.ends_with(code));
    }
    assert!(gather(&reader, &CountyPaper::City(second), &occasion).is_err());
    assert!(gather(&reader, &CountyPaper::Referral(first, None), &occasion).is_err());
    assert!(gather(&reader, &CountyPaper::Roster("R26-102-03".to_owned()), &occasion).is_err());
}

#[test]
fn another_sum_never_touches_what_was_advanced() {
    let mut case = crate::ui::screens::fixtures::case_card().case;
    let line = |no: u8, fen| Line {
        line: LineId([no; 16]),
        kind: LineKind::Money,
        amount: Money::from_fen(fen),
        goods: None,
        pay_by: PayBy::Bank,
        payee: Payee::Self_,
        after: 0,
    };
    let sums = |lines: &[Line]| lines.iter().map(|line| line.amount.fen()).collect::<Vec<_>>();
    // an advance of its own line, and the rest asked beside it
    case.asked = vec![line(1, 30_000), line(2, 170_000)];
    (case.granted, case.paid) = (vec![line(1, 30_000)], [LineId([1; 16])].into());
    assert_eq!(sums(&with_total(&case, Money::from_fen(180_000)).unwrap()), [30_000, 150_000]);
    assert_eq!(with_total(&case, Money::from_fen(200_000)).unwrap(), case.asked);
    assert!(with_total(&case, Money::from_fen(20_000)).is_err(), "never below what was paid");
    // an advance of a part of the one line that is asked for: the rest is a line of its own
    case.asked = vec![line(1, 200_000)];
    let lines = with_total(&case, Money::from_fen(180_000)).unwrap();
    assert_eq!(sums(&lines), [30_000, 150_000]);
    assert!(lines[0] == case.granted[0] && lines[1].line != lines[0].line);
    // nothing advanced: the line takes the sum, and one of nothing is none
    (case.granted, case.paid) = (Vec::new(), Default::default());
    assert_eq!(sums(&with_total(&case, Money::from_fen(180_000)).unwrap()), [180_000]);
    assert!(with_total(&case, Money::ZERO).is_err());
}
