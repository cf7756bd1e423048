//! The papers of named practice cases: what stands on each, and that nothing which the case holds is left out.

mod labels;

use super::super::gather::{self, Occasion};
use super::super::path::CasePaper;
use super::super::tests::body;
use super::*;
use crate::base::day::Stamp;
use crate::domain::ids::CaseId;
use crate::forms::tables::path::members;
use crate::office::place::Place;
use crate::office::practice;
use crate::store::replica::Reader;
use crate::store::replica::plain::Plain;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// The practice office of a fixed Monday, opened by an officer.
struct Office {
    _dir: tempfile::TempDir,
    open: practice::Opened,
    on: Day,
}

impl Office {
    fn built() -> Office {
        let dir = tempfile::tempdir().unwrap();
        let place = Place::at(dir.path().to_owned(), dir.path().join("workstation.toml")).unwrap();
        let on = Day::new(2026, 3, 2).unwrap();
        let open = practice::open(&place, Stamp::at(on, 9, 0), false).unwrap();
        Office { _dir: dir, open, on }
    }

    fn as_officer<T>(&mut self, no: &str, look: impl FnOnce(&Reader, &Occasion<'_>) -> T) -> T {
        let session = self.open.sign_in(no).unwrap();
        let reader = self.open.desk.replica().reader().unwrap();
        look(&reader, &Occasion { by: &session.officer, on: self.on, practice: true })
    }
}

/// The case of an applicant with that reason.
fn case_of(reader: &Reader, on: Day, (name, reason): (&str, &str)) -> CaseId {
    let cases = reader.plain(Plain::Cases, true).unwrap();
    let at = cases.columns.iter().position(|column| column.name == "编号").unwrap();
    for row in &cases.rows {
        let id = reader.case_of_number(&row[at].plain()).unwrap().unwrap();
        let card = reader.case_card(id, on, 30).unwrap().unwrap();
        if card.opening.reason == reason {
            assert_eq!(card.family.unwrap().who.name, name, "{reason}");
            return id;
        }
    }
    panic!("no case: {reason}");
}

/// Which paper of whose case stands for its form.
const NAMED: [(PaperKind, &str, &str); 20] = [
    (PaperKind::Case(CasePaper::Matter), "高秀兰", "孩子读中专，学费借了又借"),
    (PaperKind::Case(CasePaper::Survey), "于立新", "胃癌术后化疗"),
    (PaperKind::Case(CasePaper::Review), "于立新", "胃癌术后化疗"),
    (PaperKind::Case(CasePaper::MeansLetter), "高秀兰", "孩子读中专，学费借了又借"),
    (PaperKind::Case(CasePaper::MeansAsk), "邵明辉", "肝硬化反复住院"),
    (PaperKind::Case(CasePaper::MeansReport), "秦春梅", "小卖部停业，欠下货款"),
    (PaperKind::Case(CasePaper::Notice), "金玉柱", "糖尿病并发症，双目失明"),
    (PaperKind::Case(CasePaper::OnceNotice), "秦春雷", "孩子读职高，学费和住宿费无着"),
    (PaperKind::Case(CasePaper::Acceptance), "尹明辉", "脑梗后遗症，长期康复"),
    (PaperKind::Case(CasePaper::Acceptance), "郝继红", "慢性胃炎门诊费用"),
    (PaperKind::Case(CasePaper::Decision), "秦振华", "肾病综合征，长期用药"),
    (PaperKind::Case(CasePaper::Refusal), "程志刚", "网店停业"),
    (PaperKind::Case(CasePaper::Withdrawal), "段晓红", "孩子读中专，学费无着"),
    (PaperKind::Case(CasePaper::Cover), "刘春梅", "孩子读职高，举债供学"),
    (PaperKind::Case(CasePaper::Cover), "常爱民", "先天性心脏病术后"),
    (PaperKind::Case(CasePaper::NoticeResult), "金玉柱", "糖尿病并发症，双目失明"),
    (PaperKind::Case(CasePaper::Refusal), "任继红", "多年前工伤，旧伤复发"),
    (PaperKind::Application, "于立新", "胃癌术后化疗"),
    (PaperKind::Case(CasePaper::Survey), "何秀丽", "尿毒症长期透析，自付费用过重"),
    (PaperKind::Case(CasePaper::Matter), "于立新", "胃癌术后化疗"),
];

/// The facts whose words and figures a paper prints.
fn facts_of(kind: PaperKind) -> &'static [&'static str] {
    let PaperKind::Case(kind) = kind else { return &["application-noted", "examined"] };
    match kind {
        CasePaper::Matter => &["school-noted"],
        CasePaper::Survey => &["surveyed"],
        CasePaper::Review => &["reviewed"],
        CasePaper::MeansLetter => &["means-authorised"],
        CasePaper::MeansAsk => &["means-asked"],
        CasePaper::MeansReport => &["means-checked"],
        CasePaper::Notice => &[],
        CasePaper::NoticeResult => &["notice-posted", "objection-made", "objection-settled"],
        CasePaper::OnceNotice => &["once-noticed"],
        CasePaper::Acceptance => &["case-accepted"],
        CasePaper::Decision | CasePaper::Refusal | CasePaper::Withdrawal | CasePaper::Cover => &[],
    }
}

/// How the leaves of a fact stand on paper: sums, counts, days, moments; words are compared apart.
fn leaves(value: &Value, key: &str, all: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => map.iter().for_each(|(key, value)| leaves(value, key, all)),
        Value::Array(list) => list.iter().for_each(|value| leaves(value, key, all)),
        Value::Number(number) if key == "at" => {
            all.insert(Stamp(number.as_i64().unwrap()).day().long_zh());
        }
        Value::Number(number) if key.ends_with("_fen") => {
            all.insert(Money::from_fen(number.as_i64().unwrap()).grouped());
        }
        Value::Number(number) => {
            all.insert(number.to_string());
        }
        Value::String(_) => {
            if let Ok(day) = serde_json::from_value::<Day>(value.clone()) {
                all.insert(day.long_zh());
            }
        }
        Value::Bool(_) | Value::Null => {}
    }
}

#[test]
fn papers_of_practice_stand_as_agreed_and_leave_nothing_out() {
    let mut office = Office::built();
    let on = office.on;
    office.as_officer("9001", |reader, occasion| {
        for (at, (kind, name, reason)) in NAMED.into_iter().enumerate() {
            let case = case_of(reader, on, (name, reason));
            let printed = gather::of_case(reader, kind, case, occasion).unwrap();
            let page = body(&printed);
            insta::assert_snapshot!(format!("{}_{at}", kind.name()), page);
            let steps = reader.path_steps(case).unwrap();
            for wanted in facts_of(kind) {
                let of = |step: &&EnteredStep| {
                    serde_json::to_value(&step.fact).unwrap()["fact"].as_str() == Some(wanted)
                };
                let Some(step) = steps.iter().rev().find(of) else { continue };
                for (slot, text) in &step.words {
                    assert!(page.contains(text.as_str()), "{} {wanted}: {} is left out", kind.name(), slot.0);
                }
                let mut figures = BTreeSet::new();
                leaves(&serde_json::to_value(&step.fact).unwrap(), "", &mut figures);
                for figure in figures {
                    assert!(page.contains(&figure), "{} {wanted}: {figure} is left out", kind.name());
                }
            }
        }
    });
    what_was_told_is_printed(&mut office);
    notices_are_for_everybody(&mut office);
    others_print_nothing(&mut office);
}

/// What was told of hardship, household and members stands on F1, F2 and F3, of an illness and of an accident, before the
/// decision and after the help.
fn what_was_told_is_printed(office: &mut Office) {
    let cases = [("9001", None, "胃癌术后化疗"), ("9001", Some(102), "交通事故，肇事方逃逸")];
    for (no, township, reason) in cases {
        office.as_officer(no, |reader, occasion| {
            let case = case_with(reader, occasion.on, township, reason);
            let card = reader.case_card(case, occasion.on, 30).unwrap().unwrap();
            let kinds = [PaperKind::Application, PaperKind::Case(CasePaper::Matter)];
            let pages = kinds.map(|kind| body(&gather::of_case(reader, kind, case, occasion).unwrap()));
            let mut seen = 0;
            for (slot, text) in card.opening.told.iter().filter(|(_, text)| *text != "同上") {
                let parts = match slot.0.split_once('-') {
                    Some(("member" | "joined", _)) => members::read(text).1.into_values().collect(),
                    _ => vec![text.as_str()],
                };
                for part in parts {
                    seen += 1;
                    let sum = Money::parse(part).map(Money::grouped).ok();
                    let day = Day::parse(part).map(Day::long_zh);
                    let shown = day.or(sum).unwrap_or_else(|| part.to_owned());
                    assert!(pages.iter().any(|page| page.contains(&shown)), "{reason} {}: {shown}", slot.0);
                }
            }
            assert!(seen > 15, "{reason}: {seen}");
        });
    }
}

/// The case of a reason, of a township where one is named.
fn case_with(reader: &Reader, on: Day, township: Option<u16>, reason: &str) -> CaseId {
    let cases = reader.plain(Plain::Cases, true).unwrap();
    let at = cases.columns.iter().position(|column| column.name == "编号").unwrap();
    let all = cases.rows.iter().map(|row| reader.case_of_number(&row[at].plain()).unwrap().unwrap());
    let found = all.map(|id| reader.case_card(id, on, 30).unwrap().unwrap()).find(|card| {
        card.opening.reason == reason && township.is_none_or(|township| card.case.township == township)
    });
    found.unwrap_or_else(|| panic!("no case: {reason}")).case.id
}

/// What hangs in the village names no disease, no cost, no number, and half a name.
fn notices_are_for_everybody(office: &mut Office) {
    office.as_officer("9004", |reader, occasion| {
        let cases = reader.path_work(None, None, occasion.on).unwrap();
        let mut seen = 0;
        for row in &cases {
            let offered = gather::papers_of(reader, row.case, occasion).unwrap();
            let notice = PaperKind::Case(CasePaper::Notice);
            if offered.iter().any(|(kind, why)| *kind == notice && why.is_some()) {
                continue;
            }
            seen += 1;
            let page = body(&gather::of_case(reader, notice, row.case, occasion).unwrap());
            let card = reader.case_card(row.case, occasion.on, 30).unwrap().unwrap();
            let family = card.family.unwrap();
            assert!(!page.contains(&row.name), "{}: the whole name", row.number);
            for secret in [&family.id_no, &family.phone, &family.account, &card.opening.reason] {
                assert!(secret.is_empty() || !page.contains(secret.as_str()), "{}", row.number);
            }
            for disease in ["癌", "尿毒症", "透析", "白血病", "糖尿病", "症", "炎"] {
                assert!(!page.contains(disease), "{}: {disease}", row.number);
            }
        }
        assert!(seen >= 10, "{seen}");
    });
}

/// Another township, finance and the administrator print none of these papers.
fn others_print_nothing(office: &mut Office) {
    let case = office.as_officer("9201", |reader, occasion| {
        let case = case_of(reader, occasion.on, (NAMED[1].1, NAMED[1].2));
        let offered = gather::papers_of(reader, case, occasion).unwrap();
        assert!(
            offered.iter().any(|(kind, why)| *kind == PaperKind::Case(CasePaper::Survey) && why.is_none())
        );
        case
    });
    for no in ["9101", "9003", "9005"] {
        office.as_officer(no, |reader, occasion| {
            for kind in CasePaper::ALL {
                let printed = gather::of_case(reader, PaperKind::Case(kind), case, occasion);
                assert!(printed.is_err(), "{no} {}", kind.name());
            }
        });
    }
}
