//! What comes next, by the course.

use crate::base::day::Day;
use crate::domain::command::path::{Accept, Application, MeansAsk, MeansCheck, Objection};
use crate::domain::course::Course;
use crate::domain::fact::Fact;
use crate::domain::fact::path::{NoticePosted, OnceNoticed};
use crate::domain::grant::total;
use crate::domain::ids::CaseId;
use crate::domain::nouns::path::{Delivery, MeansResult, MeansScope};
use crate::domain::nouns::{Path, Stage};
use crate::office::front::path::next;
use crate::ui::screens::testing;

const CASE: CaseId = CaseId([7; 16]);

fn day(of: u32) -> Day {
    Day::new(2026, 11, of).unwrap()
}

#[test]
fn each_course_has_its_next_step() {
    let mut case = testing::case().case;
    (case.path, case.stage) = (Path::Expenditure, Stage::Open);
    let mut course = Course::default();
    let today = day(23);
    let mut step = |fact: Option<Fact>, said: &str| {
        if let Some(fact) = fact {
            course.apply(&fact);
        }
        assert_eq!(next(&case, &course, false, today).as_deref(), Some(said));
    };
    step(None, "下一步：登记申请");
    let paper = Application { case: CASE, on: day(2), promise: true, late: None, agent: None };
    step(Some(Fact::ApplicationNoted(paper)), "下一步：受理，或一次性告知");
    let told = OnceNoticed {
        case: CASE,
        on: day(2),
        until: day(7),
        received: None,
        missing: None,
        delivery: Delivery::Hand,
        receipt: None,
    };
    step(Some(Fact::OnceNoticed(told)), "等申请人11月7日前补正，收齐后登记");
    let came = crate::domain::command::path::Corrected { case: CASE, on: day(6), note: None };
    step(Some(Fact::Corrected(came)), "下一步：受理，或一次性告知");
    step(
        Some(Fact::CaseAccepted(Accept {
            case: CASE,
            on: day(6),
            note: None,
            delivery: None,
            receipt: None,
        })),
        "下一步：入户调查",
    );
    let asked = MeansAsk { case: CASE, on: day(9), scope: MeansScope::Whole, to: None };
    step(Some(Fact::MeansAsked(asked)), "期限中止，等核对报告");
    let means = |result| {
        let report =
            MeansCheck { case: CASE, on: day(12), result, report: None, items: None, explained: None };
        Some(Fact::MeansChecked(report))
    };
    step(means(MeansResult::Exceeds), "经济状况核对超标：报批由审批人不予救助，或重新办这一步");
    step(means(MeansResult::Fits), "下一步：入户调查");
    let objection = Objection { case: CASE, number: 1, on: day(22), said: None };
    step(Some(Fact::ObjectionMade(objection)), "下一步：处理1条异议");
}

#[test]
fn a_submitted_case_waits_for_its_notice_and_a_decided_one_for_delivery() {
    let mut case = testing::case().case;
    (case.path, case.stage) = (Path::Expenditure, Stage::Submitted);
    let mut course = Course::default();
    assert_eq!(next(&case, &course, false, day(23)).as_deref(), Some("等审批"));
    course.apply(&Fact::NoticePosted(NoticePosted {
        case: CASE,
        from: day(20),
        until: day(23),
        amount: total(&case.asked),
        place: None,
        posted_by: None,
        summary: None,
        phone: None,
        photos: 1,
    }));
    let said = |course: &Course, today| next(&case, course, false, today).unwrap();
    assert_eq!(said(&course, day(23)), "公示至11月23日，期满后登记公示结果");
    assert_eq!(said(&course, day(24)), "下一步：登记公示结果");
    course.apply(&Fact::ObjectionMade(Objection { case: CASE, number: 1, on: day(22), said: None }));
    assert_eq!(said(&course, day(24)), "下一步：处理1条异议");
    for (stage, words) in [
        (Stage::Declined, Some("下一步：通知书送达申请人")),
        (Stage::Paid, Some("下一步：回访")),
        (Stage::Withdrawn, None),
    ] {
        case.stage = stage;
        assert_eq!(next(&case, &Course::default(), false, day(24)).as_deref(), words);
    }
}
