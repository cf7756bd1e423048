//! Papers of the county's desk stand as agreed, as pages and as sheets of the office suite.

use super::super::tests::{body, card, cells, day, printing, yuan};
use super::*;
use crate::base::day::Stamp;
use crate::domain::ids::{MatterId, PersonId};
use crate::domain::nouns::{Circumstance, Path, Stage};
use crate::domain::office::Tier;
use crate::domain::tiers::{CityAnswer, ReferOutcome, ReferTo};
use crate::store::replica::views::filings::{FiledDecision, FiledRoster};
use crate::store::replica::views::incident::StruckLine;
use crate::store::replica::views::tiers::{
    CityLine, ExaminationLine, IncidentLine, MeetingLine, ReferralLine,
};

fn beside() -> Beside {
    let words = [
        "同意救助六千元，一次发放",
        "县局二楼会议室",
        "安一",
        "救助股 韩梅、财务股 白志远、办公室 吴一",
        "房屋全毁，重建缺口大，单靠备用金不能解决",
        "救助股：情况属实；财务股：资金可以安排",
    ];
    Beside {
        archived: None,
        meetings: vec![MeetingLine {
            n: 31,
            kind: None,
            on: day(3, 9),
            tier: Tier::County,
            present: 4,
            amount: yuan("6000"),
            words: words.map(str::to_owned),
        }],
        examinations: vec![ExaminationLine {
            by: "1029".into(),
            on: day(3, 8),
            agrees: true,
            amount: yuan("6000"),
            opinion: "情况属实".to_owned(),
            live: true,
        }],
        city: Some(CityLine {
            by: "1021".into(),
            on: day(3, 10),
            amount: yuan("6000"),
            request: Some("朝县民请〔2026〕9号".to_owned()),
            reason: "全村受灾，社会影响较大".to_owned(),
            reply: None,
            checked_by: None,
        }),
        referrals: vec![ReferralLine {
            id: ReferralId([1; 16]),
            to: ReferTo::Housing,
            on: day(3, 5),
            due: day(3, 12),
            body: "县住建局 刘科长".to_owned(),
            what: "危房改造，请予安排".to_owned(),
            outcome: None,
            answer: String::new(),
        }],
        help: Vec::new(),
    }
}

#[test]
fn f14_stands_as_agreed() {
    let (card, beside) = (card(), beside());
    let sheet = Sheet { card: &card, beside: &beside };
    let one = vec![("26-102-0031".to_owned(), "郑有田".to_owned(), yuan("6000"))];
    let printed = f14::of(&sheet, 0, &one, &printing(false)).unwrap();
    assert_eq!(printed.code, "26-102-0031/F14");
    insta::assert_snapshot!("f14", body(&printed));
    let cells = cells(&printed);
    for word in ["√县局会商", "4人", "6,000.00元（大写：人民币陆仟元整）"] {
        assert!(cells.iter().any(|cell| cell.contains(word)), "{word}: {cells:?}");
    }
}

#[test]
fn f14_of_many_households_lists_each_with_its_sum() {
    let (card, beside) = (card(), beside());
    let sheet = Sheet { card: &card, beside: &beside };
    let row = |number: &str, name: &str, sum: &str| (number.to_owned(), name.to_owned(), yuan(sum));
    let all = [row("26-102-0031", "郑有田", "6000"), row("26-102-0032", "孙桂兰", "800")];
    let page = body(&f14::of(&sheet, 0, &all, &printing(false)).unwrap());
    assert!(page.contains("共2件") && page.contains("6,800.00") && page.contains("26-102-0032"), "{page}");
    let none = Beside::default();
    assert!(f14::of(&Sheet { card: &card, beside: &none }, 0, &all, &printing(false)).is_none());
}

#[test]
fn every_meeting_has_a_sheet_of_its_own() {
    let (card, mut beside) = (card(), beside());
    let mut first = beside.meetings[0].clone();
    (first.n, first.on, first.tier, first.amount) = (12, day(3, 4), Tier::Township, yuan("500"));
    first.words[0] = "先救助五百元，余下的报县局".to_owned();
    beside.meetings.insert(0, first);
    // the section examined twice, the second time because of what was handed in after the first meeting
    let mut early = beside.examinations[0].clone();
    (early.on, early.live, early.opinion) = (day(3, 3), false, "材料不全".to_owned());
    beside.examinations.insert(0, early);
    let sheet = Sheet { card: &card, beside: &beside };
    let page = |at: usize| {
        f14::of(&sheet, at, &[], &printing(false)).map(|printed| (printed.code.clone(), body(&printed)))
    };
    let (code, earlier) = page(0).unwrap();
    assert_eq!(code, "26-102-0031-1/F14");
    assert!(
        earlier.contains("2026年3月4日")
            && earlier.contains("√乡镇集体研究")
            && earlier.contains("余下的报县局")
    );
    assert!(
        earlier.contains("材料不全") && !earlier.contains("情况属实（"),
        "only what lay before it: {earlier}"
    );
    let (code, latest) = page(1).unwrap();
    assert_eq!(code, "26-102-0031-2/F14");
    assert!(latest.contains("√县局会商") && latest.contains("6,000.00元") && latest.contains("情况属实（"));
    assert!(page(2).is_none());
}

#[test]
fn f15_stands_as_agreed_and_the_answer_stays_blank_until_it_comes() {
    let (card, mut beside) = (card(), beside());
    let asked = f15::of(&Sheet { card: &card, beside: &beside }, &printing(false)).unwrap();
    assert!(body(&asked).contains("□同意"), "no answer yet");
    let city = beside.city.as_mut().unwrap();
    let document = "朝民复〔2026〕3号".to_owned();
    city.reply = Some((document, day(3, 20), CityAnswer::Agreed, yuan("5500"), "1029".into()));
    city.checked_by = Some("1021".into());
    let printed = f15::of(&Sheet { card: &card, beside: &beside }, &printing(true)).unwrap();
    insta::assert_snapshot!("f15", body(&printed));
    let cells = cells(&printed);
    assert!(cells.iter().any(|cell| cell.contains("5,500.00元")), "{cells:?}");
    city_refuses(&card, beside);
}

fn city_refuses(card: &CaseCard, mut beside: Beside) {
    let city = beside.city.as_mut().unwrap();
    city.reply = Some((
        "文".to_owned(),
        day(3, 20),
        CityAnswer::Refused,
        crate::base::money::Money::ZERO,
        "1029".into(),
    ));
    let page = body(&f15::of(&Sheet { card, beside: &beside }, &printing(false)).unwrap());
    assert!(page.contains("√不同意") && page.contains(">无<"), "{page}");
}

#[test]
fn f20_stands_as_agreed_and_its_lower_half_comes_back() {
    let (card, mut beside) = (card(), beside());
    let printed = f20::of(&Sheet { card: &card, beside: &beside }, None, &printing(false)).unwrap();
    insta::assert_snapshot!("f20", body(&printed));
    assert!(cells(&printed).iter().any(|cell| cell.contains("√住房救助")));
    let first = beside.referrals[0].clone();
    beside.referrals.push(ReferralLine {
        id: ReferralId([2; 16]),
        to: ReferTo::Charity,
        outcome: Some((ReferOutcome::Done, day(3, 11))),
        answer: "捐助被褥四套".to_owned(),
        ..first
    });
    let sheet = Sheet { card: &card, beside: &beside };
    let second = f20::of(&sheet, None, &printing(false)).unwrap();
    assert_eq!(second.code, "26-102-0031-2/F20");
    assert!(body(&second).contains("√已办结") && body(&second).contains("捐助被褥四套"));
    let named = f20::of(&sheet, Some(ReferralId([1; 16])), &printing(false)).unwrap();
    assert_eq!(named.code, "26-102-0031-1/F20");
    assert!(f20::of(&sheet, Some(ReferralId([9; 16])), &printing(false)).is_none());
}

#[test]
fn the_filing_roster_stands_as_agreed_and_shows_no_number_of_identity() {
    let head = FiledRoster {
        number: "R26-102-03".to_owned(),
        township: 102,
        month: (2026, 3),
        at: Stamp::at(day(4, 2), 9, 0),
        by: "1029".into(),
        cases: 2,
        amount: yuan("850"),
        called_back: 1,
    };
    let row = |no: u8, name: &str, sum: &str, back| FiledDecision {
        case: CaseId([no; 16]),
        number: format!("26-102-00{no:02}"),
        person: PersonId([no; 16]),
        name: name.to_owned(),
        circumstance: Circumstance::Accident,
        path: Path::Emergency,
        stage: Stage::Paid,
        on: day(3, u32::from(no)),
        amount: yuan(sum),
        back_due: back,
        back: back.is_some(),
    };
    let rows = vec![row(3, "郑有田", "450", None), row(4, "孙桂兰", "400", Some(day(4, 12)))];
    let printed = roster::of(&RosterView { head, rows }, &printing(false));
    assert_eq!(printed.code, "R26-102-03/备案");
    let page = body(&printed);
    insta::assert_snapshot!("filing_roster", page);
    assert!(!page.contains("211321"), "{page}");
    assert!(cells(&printed).iter().any(|cell| cell == "县局退回"));
}

#[test]
fn the_signature_roster_of_an_incident_stands_as_agreed() {
    let incident = IncidentLine {
        id: IncidentId([1; 16]),
        matter: MatterId([5; 16]),
        number: "S26-102-009".to_owned(),
        township: 102,
        on: day(3, 1),
        name: "三组连片火灾".to_owned(),
        closed: false,
        cases: (3, 1),
        granted: yuan("1250"),
    };
    let row = |no: u8, name: &str, id_no: &str, asked: &str, granted: &str, stage| StruckLine {
        case: CaseId([no; 16]),
        number: format!("26-102-01{no:02}"),
        person: PersonId([no; 16]),
        name: name.to_owned(),
        id_no: id_no.to_owned(),
        account: "6228480000000000018".to_owned(),
        village: 211_321_102_201,
        helped: u16::from(no),
        asked: yuan(asked),
        granted: if granted.is_empty() { crate::base::money::Money::ZERO } else { yuan(granted) },
        stage,
        tier: None,
    };
    let rows = [
        row(1, "郑有田", "211321196804120012", "450", "450", Stage::Approved),
        row(2, "孙桂兰", "21132119751103078X", "800", "", Stage::Submitted),
        row(3, "不予者", "211321194001010013", "800", "", Stage::Refused),
    ];
    let printed = incident::of(&incident, &rows, &printing(true));
    let page = body(&printed);
    insta::assert_snapshot!("incident_roster", page);
    assert!(!page.contains("不予者"), "who was refused signs for nothing");
    assert!(page.contains("共2户3人") && page.contains("1,250.00"), "{page}");
}
