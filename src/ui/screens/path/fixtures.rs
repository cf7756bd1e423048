//! A case on the expenditure path, as far as a test wants it to have gone.

use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::command::path::{
    Accept, Application, Housing, MeansAsk, MeansCheck, Objection, Review, Signer, Signing, Survey,
};
use crate::domain::course::Course;
use crate::domain::fact::Fact;
use crate::domain::fact::path::{ClockSet, MeansAuthorised, NoticePosted};
use crate::domain::ids::{CaseId, OfficerNo, PersonId, Text};
use crate::domain::nouns::path::{
    Absence, MeansResult, MeansScope, Pause, ResultPaper, Structure, SurveyVerdict, Tenure,
};
use crate::domain::nouns::{Circumstance, LineKind, Path, Stage};
use crate::domain::office::Tier;
use crate::domain::wait::Wait;
use crate::store::replica::views::after::AfterRow;
use crate::store::replica::views::card::CaseCard;
use crate::store::replica::views::path::{EnteredStep, PathFile, PathRow};
use crate::ui::screens::fixtures;
use std::collections::{BTreeMap, BTreeSet};

/// The case of [`fixtures::case_card`].
pub const CASE: CaseId = CaseId([17; 16]);
/// How many facts there are up to the appraisal.
pub const REVIEWED: usize = 8;
/// And with the notice.
pub const POSTED: usize = 9;

/// The day on which the case is looked at.
pub fn today() -> Day {
    fixtures::now().day()
}

fn facts() -> Vec<(i64, Fact)> {
    let day = |back: i64| today().plus(-back);
    let clock = |back, due: Option<i64>, left, still| {
        let due = due.map(|days| today().plus(days));
        Fact::ClockSet(ClockSet { case: CASE, on: day(back), tier: Tier::Township, due, left, still })
    };
    let signer = |no: u8, signing| Signer { person: PersonId([no; 16]), minor: false, signing };
    vec![
        (
            12,
            Fact::ApplicationNoted(Application {
                case: CASE,
                on: day(12),
                promise: true,
                late: None,
                agent: Some(Text::from("agent")),
            }),
        ),
        (
            11,
            Fact::CaseAccepted(Accept { case: CASE, on: day(11), note: None, delivery: None, receipt: None }),
        ),
        (11, clock(11, Some(3), 10, BTreeSet::new())),
        (
            10,
            Fact::MeansAuthorised(MeansAuthorised {
                case: CASE,
                on: day(10),
                until: day(-170),
                members: vec![signer(17, Signing::Own {}), signer(31, Signing::Later { why: Absence::Away })],
                guardians: None,
                later: None,
            }),
        ),
        (9, Fact::Surveyed(survey(day(9)))),
        (8, Fact::MeansAsked(MeansAsk { case: CASE, on: day(8), scope: MeansScope::Whole, to: None })),
        (
            6,
            Fact::MeansChecked(MeansCheck {
                case: CASE,
                on: day(6),
                result: MeansResult::Fits,
                report: None,
                items: None,
                explained: None,
            }),
        ),
        (4, Fact::Reviewed(review(day(4)))),
        (
            1,
            Fact::NoticePosted(NoticePosted {
                case: CASE,
                from: day(1),
                until: day(-1),
                amount: Money::from_fen(40_000),
                place: None,
                posted_by: None,
                summary: None,
                phone: None,
                photos: 1,
            }),
        ),
        (1, clock(1, None, 4, BTreeSet::from([Pause::Notice]))),
        (0, Fact::ObjectionMade(Objection { case: CASE, number: 1, on: day(0), said: None })),
    ]
}

fn survey(on: Day) -> Survey {
    Survey {
        case: CASE,
        at: Stamp::at(on, 9, 0),
        place: None,
        surveyors: vec![OfficerNo::from("1203")],
        others: 1,
        others_named: None,
        respondent: None,
        situation: None,
        housing: Housing { tenure: Tenure::Own, structure: Structure::BrickTimber, area: 70 },
        income: Box::default(),
        spending: Box::default(),
        assets: Box::default(),
        verified: Some(Text::from("verified")),
        matches: true,
        differs: None,
        policies: BTreeSet::new(),
        verdict: SurveyVerdict::True,
        means: BTreeSet::from([LineKind::Money]),
        amount: Money::from_fen(40_000),
        photos: 0,
        photo_list: None,
        signed: true,
        unsigned: None,
    }
}

fn review(on: Day) -> Review {
    Review {
        case: CASE,
        on,
        place: None,
        chair: None,
        invited: 7,
        village: 3,
        delegates: 3,
        township: 1,
        officers: Vec::new(),
        attendees: None,
        aside: 0,
        aside_named: None,
        yes: 6,
        no: 1,
        abstained: 0,
        said: None,
    }
}

/// The case after so many of the facts; `to_county` where its sum is the county's.
pub fn case(facts_taken: usize, to_county: bool) -> CaseCard {
    let mut card = fixtures::case_card();
    card.case.path = Path::Expenditure;
    card.case.circumstance = Circumstance::LongCare;
    card.case.stage = Stage::Open;
    card.case.tier = None;
    let mut course = Course::default();
    let mut entered = Vec::new();
    for (n, (back, fact)) in (41..).zip(facts().into_iter().take(facts_taken)) {
        course.apply(&fact);
        if matches!(fact, Fact::ClockSet(_)) {
            continue;
        }
        let words = match &fact {
            Fact::ApplicationNoted(_) => [("agent", "李梅 女儿 211321196804120012 有委托书")],
            Fact::Surveyed(_) => [("verified", "住院票据与申请相符，电话13900000000")],
            _ => [("note", "")],
        };
        let words: BTreeMap<Text, String> =
            words.into_iter().map(|(slot, text)| (Text::from(slot), text.to_owned())).collect();
        let on = today().plus(-back);
        let at = Stamp::at(on.plus(1).min(today()), 8, 30);
        entered.push(EnteredStep { n, on, at, by: OfficerNo::from("1203"), fact, words });
    }
    let names = BTreeMap::from([(OfficerNo::from("1203"), "李桂芳".to_owned())]);
    card.path = Some(Box::new(PathFile { course, entered, to_county, names }));
    card
}

fn row(no: u8, name: &str, wait: Wait) -> PathRow {
    PathRow {
        case: CaseId([no; 16]),
        number: format!("26-103-01{no}"),
        person: PersonId([no; 16]),
        name: name.to_owned(),
        township: 103,
        handler: OfficerNo::from("1203"),
        village: fixtures::rows().first().map_or(0, |row| row.village),
        circumstance: Circumstance::LongCare,
        asked: Money::from_fen(40_000),
        stage: Stage::Open,
        since: fixtures::now().plus_hours(-72),
        wait,
        accepted: true,
        correct_until: None,
        report_out: false,
        to_county: false,
        tier: Some(Tier::Township),
        due: None,
        left: 10,
        still: BTreeSet::new(),
        notice_until: None,
        objections: 0,
        next: None,
    }
}

/// A list with one of each that matters, due first.
pub fn rows() -> Vec<PathRow> {
    let late = PathRow { due: Some(today().plus(-1)), left: 0, ..row(17, "王桂兰", Wait::Survey) };
    let soon = PathRow { due: Some(today().plus(2)), left: 2, ..row(18, "王国林", Wait::Review) };
    let county = PathRow {
        due: Some(today().plus(6)),
        tier: Some(Tier::County),
        stage: Stage::Submitted,
        to_county: true,
        asked: Money::from_fen(180_000),
        ..row(19, "吴光亮", Wait::Approval)
    };
    let still = PathRow {
        report_out: true,
        left: 8,
        still: BTreeSet::from([Pause::Means]),
        ..row(20, "王刚领", Wait::Report)
    };
    let hangs = PathRow {
        still: BTreeSet::from([Pause::Notice]),
        notice_until: Some(today().plus(1)),
        objections: 1,
        ..row(21, "温桂莲", Wait::Notice)
    };
    let over = PathRow { notice_until: Some(today().plus(-1)), ..row(22, "单文彩", Wait::NoticeEnd) };
    let brings = PathRow {
        accepted: false,
        correct_until: Some(today().plus(4)),
        ..row(23, "刘淑芬", Wait::Correction)
    };
    let new = PathRow { accepted: false, tier: None, ..row(24, "单静", Wait::Acceptance) };
    vec![late, soon, county, still, hangs, over, brings, new]
}

/// What waits to be followed up: one late, one a refusal with time left.
pub fn after_rows() -> Vec<AfterRow> {
    let of = |row: PathRow, paper, fen, since: i64, due: i64| AfterRow {
        case: row.case,
        number: row.number,
        person: row.person,
        name: row.name,
        township: row.township,
        handler: row.handler,
        village: row.village,
        circumstance: row.circumstance,
        granted: Money::from_fen(fen),
        paper,
        since: today().plus(since),
        due: today().plus(due),
    };
    vec![
        of(row(17, "王桂兰", Wait::Approval), ResultPaper::Granted, 180_000, -9, -2),
        of(row(18, "王国林", Wait::Approval), ResultPaper::Refused, 0, -3, 4),
    ]
}
