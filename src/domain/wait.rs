//! What an undecided case of the expenditure path waits for (等什么), out of its course: what the lists of 支出型待办 go by.
//! It decides nothing: what may be done the rules say.

use super::course::Course;
use super::nouns::path::PathStep;
use super::nouns::{Circumstance, Stage};
use crate::base::day::Day;

/// What comes next, or whom it waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wait {
    /// 待受理: application or acceptance is missing.
    Acceptance,
    /// 待补正: the applicant brings something.
    Correction,
    /// 待调查.
    Survey,
    /// 待核对: authorisation, asking, school.
    Means,
    /// 核对未回.
    Report,
    /// 待评议.
    Review,
    /// 待审核.
    Examination,
    /// 待公示.
    Posting,
    /// 公示中.
    Notice,
    /// 公示期满, its result not noted yet.
    NoticeEnd,
    /// 待报批: everything is there.
    Submission,
    /// 待报批, because a step speaks against helping: it goes up to be refused, or the step is taken again.
    Against,
    /// 待审批.
    Approval,
}

impl Wait {
    /// The word in lists.
    pub fn zh(self) -> &'static str {
        match self {
            Wait::Acceptance => "待受理",
            Wait::Correction => "待补正",
            Wait::Survey => "待调查",
            Wait::Means => "待核对",
            Wait::Report => "核对未回",
            Wait::Review => "待评议",
            Wait::Examination => "待审核",
            Wait::Posting => "待公示",
            Wait::Notice => "公示中",
            Wait::NoticeEnd => "公示期满",
            Wait::Submission => "待报批",
            Wait::Against => "不符待报",
            Wait::Approval => "待审批",
        }
    }

    /// What a case waits for. `to_county`: its sum is the county's to decide.
    pub fn of(
        course: &Course,
        stage: Stage,
        circumstance: Circumstance,
        to_county: bool,
        today: Day,
    ) -> Wait {
        let noticed = notice(course, today);
        if stage == Stage::Submitted {
            return noticed.unwrap_or(Wait::Approval);
        }
        if course.correcting() {
            return Wait::Correction;
        }
        if course.accepted.is_none() {
            return Wait::Acceptance;
        }
        if course.against().is_some() {
            return Wait::Against;
        }
        match course.missing(PathStep::Notice, circumstance, to_county).first() {
            Some(PathStep::Application | PathStep::Acceptance | PathStep::Correction) => Wait::Acceptance,
            Some(PathStep::Survey) => Wait::Survey,
            Some(_) if course.asked.is_some() => Wait::Report,
            Some(PathStep::Authority | PathStep::Means | PathStep::School) => Wait::Means,
            Some(PathStep::Review) => Wait::Review,
            Some(PathStep::Examination) => Wait::Examination,
            Some(PathStep::Notice | PathStep::NoticeEnd) => Wait::Posting,
            None => noticed.unwrap_or(Wait::Submission),
        }
    }
}

/// Where a notice hangs, or is over and its result is missing.
fn notice(course: &Course, today: Day) -> Option<Wait> {
    let notice =
        course.notice.as_ref().filter(|_| course.notice_ended.is_none() && course.exempt.is_none())?;
    Some(if today <= notice.until { Wait::Notice } else { Wait::NoticeEnd })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::fact::Fact;
    use crate::domain::fact::path::{NoticePosted, OnceNoticed};
    use crate::domain::ids::CaseId;
    use crate::domain::nouns::path::Delivery;

    const CASE: CaseId = CaseId([1; 16]);

    fn day(of: u32) -> Day {
        Day::new(2026, 3, of).unwrap()
    }

    fn waits(course: &Course, stage: Stage, today: u32) -> Wait {
        Wait::of(course, stage, Circumstance::LongCare, false, day(today))
    }

    #[test]
    fn it_waits_for_acceptance_then_the_survey_and_for_papers_in_between() {
        let mut course = Course::default();
        assert_eq!(waits(&course, Stage::Open, 2), Wait::Acceptance);
        course.apply(&Fact::OnceNoticed(OnceNoticed {
            case: CASE,
            on: day(2),
            until: day(5),
            received: None,
            missing: None,
            delivery: Delivery::Hand,
            receipt: None,
        }));
        assert_eq!(waits(&course, Stage::Open, 2), Wait::Correction);
        let done = crate::domain::command::path::Corrected { case: CASE, on: day(3), note: None };
        course.apply(&Fact::Corrected(done));
        course.accepted = Some(day(3));
        course.application = Some(crate::domain::command::path::Application {
            case: CASE,
            on: day(2),
            promise: true,
            late: None,
            agent: None,
        });
        assert_eq!(waits(&course, Stage::Open, 3), Wait::Survey);
    }

    #[test]
    fn a_notice_hangs_until_its_last_day_and_then_wants_its_result() {
        let mut course = Course::default();
        let until = day(4);
        course.apply(&Fact::NoticePosted(NoticePosted {
            case: CASE,
            from: day(2),
            until,
            amount: crate::base::money::Money::from_fen(40_000),
            place: None,
            posted_by: None,
            summary: None,
            phone: None,
            photos: 0,
        }));
        assert_eq!(waits(&course, Stage::Submitted, 4), Wait::Notice);
        assert_eq!(waits(&course, Stage::Submitted, 5), Wait::NoticeEnd);
        course.notice_ended = Some(day(5));
        assert_eq!(waits(&course, Stage::Submitted, 5), Wait::Approval);
    }
}
