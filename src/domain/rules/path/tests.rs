//! Each step by its tables: what it stands on, what refuses it by one person, one day or one fen.

use super::super::desk::{CASE, Desk, P, money_line};
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::answers::Answers;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::path::*;
use crate::domain::fact::Fact;
use crate::domain::ids::{OfficerNo, Text};
use crate::domain::nouns::path::*;
use crate::domain::nouns::{LineKind, Path, Stage, Status};
use crate::domain::office::Tier;
use std::collections::BTreeSet;

fn slot(name: &str) -> Option<Text> {
    Some(Text::from(name))
}

fn case_of(fen: i64) -> Desk {
    let mut desk = Desk::with_case(fen);
    let args = ChangePath { case: CASE, path: Path::Expenditure, reason: slot("reason") };
    desk.run("1001", Command::ChangePath(args));
    desk
}

fn application(desk: &Desk) -> Application {
    Application { case: CASE, on: desk.now.day(), promise: true, late: None, agent: None }
}

fn survey(desk: &Desk) -> Survey {
    Survey {
        case: CASE,
        at: desk.now,
        place: slot("place"),
        surveyors: vec!["1001".into()],
        others: 1,
        others_named: slot("surveyors"),
        respondent: slot("respondent"),
        situation: slot("situation"),
        housing: Housing { tenure: Tenure::Own, structure: Structure::BrickTimber, area: 60 },
        income: Box::default(),
        spending: Box::default(),
        assets: Box::default(),
        verified: slot("verified"),
        matches: true,
        differs: None,
        policies: BTreeSet::new(),
        verdict: SurveyVerdict::True,
        means: BTreeSet::from([LineKind::Money]),
        amount: desk.memory_case().asked[0].amount,
        photos: 0,
        photo_list: None,
        signed: true,
        unsigned: None,
    }
}

fn signer(index: usize, minor: bool, signing: Signing) -> Signer {
    Signer { person: P[index], minor, signing }
}

fn authority(desk: &Desk, members: Vec<Signer>) -> MeansAuthorise {
    MeansAuthorise { case: CASE, on: desk.now.day(), members, guardians: None, later: None }
}

fn both() -> Vec<Signer> {
    vec![signer(0, false, Signing::Own {}), signer(1, false, Signing::Own {})]
}

fn ask(desk: &Desk) -> MeansAsk {
    MeansAsk { case: CASE, on: desk.now.day(), scope: MeansScope::Whole, to: slot("to") }
}

fn report(desk: &Desk, result: MeansResult) -> MeansCheck {
    MeansCheck {
        case: CASE,
        on: desk.now.day(),
        result,
        report: slot("report"),
        items: slot("items"),
        explained: None,
    }
}

fn review(desk: &Desk) -> Review {
    Review {
        case: CASE,
        on: desk.now.day(),
        place: slot("place"),
        chair: slot("chair"),
        invited: 5,
        village: 2,
        delegates: 2,
        township: 1,
        officers: vec!["1001".into()],
        attendees: slot("attendees"),
        aside: 0,
        aside_named: None,
        yes: 5,
        no: 0,
        abstained: 0,
        said: slot("said"),
    }
}

fn notice(desk: &Desk) -> PostNotice {
    PostNotice {
        case: CASE,
        from: desk.now.day(),
        place: slot("place"),
        posted_by: slot("posted_by"),
        summary: slot("summary"),
        phone: slot("phone"),
        photos: 1,
    }
}

fn ended(desk: &Desk) -> Command {
    Command::EndNotice(EndNotice { case: CASE, on: desk.now.day(), void: None })
}

/// Takes the steps up to this one, on the day.
fn upto(fen: i64, last: PathStep) -> Desk {
    let mut desk = case_of(fen);
    go_on(&mut desk, last);
    desk
}

fn go_on(desk: &mut Desk, last: PathStep) {
    let to_county = desk.memory_case().asked[0].amount > Money::from_fen(50_000);
    for step in desk.memory.course(CASE).missing(last, desk.memory_case().circumstance, to_county) {
        let command = match step {
            PathStep::Application => Command::Apply(application(desk)),
            PathStep::Acceptance => Command::Accept(Accept {
                case: CASE,
                on: desk.now.day(),
                note: None,
                delivery: None,
                receipt: None,
            }),
            PathStep::Survey => Command::Survey(survey(desk)),
            PathStep::Authority => Command::MeansAuthorise(authority(desk, both())),
            PathStep::Means => {
                let asked = Command::MeansAsk(ask(desk));
                desk.run("1001", asked);
                Command::MeansCheck(report(desk, MeansResult::Fits))
            }
            PathStep::Review => Command::Review(review(desk)),
            PathStep::Examination => {
                let made = examined(desk);
                desk.run("1002", made);
                continue;
            }
            PathStep::Notice => Command::PostNotice(notice(desk)),
            PathStep::NoticeEnd => ended(desk),
            PathStep::Correction | PathStep::School => continue,
        };
        desk.run("1001", command);
    }
}

fn examined(desk: &Desk) -> Command {
    Command::Examine(Examine {
        case: CASE,
        on: desk.now.day(),
        agrees: true,
        amount: desk.memory_case().asked[0].amount,
        opinion: slot("opinion"),
    })
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

#[test]
fn nothing_is_submitted_or_approved_with_a_step_missing() {
    for last in PathStep::ALL.iter().copied().filter(|step| *step < PathStep::Notice) {
        let desk = upto(40_000, last);
        let refusals = desk.ask("1001").decide(desk.submit_to(Tier::Township)).unwrap_err();
        let codes: Vec<Code> = refusals.iter().map(|refusal| refusal.code).collect();
        assert_eq!(codes, vec![Code::StepOrder], "{last:?}");
        let missing =
            desk.memory.course(CASE).missing(PathStep::Notice, desk.memory_case().circumstance, false);
        assert!(missing.iter().all(|step| refusals[0].sentence.contains(step.zh())), "{refusals:?}");
        // also where a changed program sent it up all the same
        let mut sent = desk;
        sent.submit();
        let codes = sent.ask("1002").codes(sent.approve(vec![money_line(1, 40_000)]));
        assert_eq!(codes, vec![Code::StepOrder], "{last:?}");
    }
    let desk = upto(40_000, PathStep::Notice);
    assert_eq!(desk.ask("1001").codes(desk.submit_to(Tier::Township)), vec![]);
}

#[test]
fn the_emergency_path_takes_no_steps_and_is_asked_for_none() {
    let desk = Desk::with_case(40_000);
    assert_eq!(desk.ask("1001").codes(Command::Survey(survey(&desk))), vec![Code::StepOrder, Code::State]);
    assert_eq!(desk.ask("1001").codes(desk.submit_to(Tier::Township)), vec![]);
}

#[test]
fn the_notice_of_three_days_ends_before_the_approval() {
    let mut desk = upto(50_000, PathStep::Notice);
    desk.run("1001", desk.submit_to(Tier::Township));
    let lines = vec![money_line(1, 50_000)];
    desk.later(2); // 03-04
    let refusals = desk.ask("1002").decide(desk.approve(lines.clone())).unwrap_err();
    assert_eq!(refusals.len(), 1, "{refusals:?}");
    assert_eq!(refusals[0].sentence, "公示至3月4日，3月5日起可审批。");
    assert_eq!(desk.ask("1001").codes(ended(&desk)), vec![Code::NoticeOpen]);
    desk.later(1); // 03-05
    assert_eq!(desk.ask("1002").codes(desk.approve(lines.clone())), vec![Code::StepOrder], "not noted yet");
    desk.run("1001", ended(&desk));
    desk.run("1002", desk.approve(lines));
    assert_eq!(desk.memory_case().stage, Stage::Approved);
}

#[test]
fn two_surveyors_one_of_them_an_officer_and_no_relative() {
    let table: [(&[&str], u16, Vec<Code>); 6] = [
        (&["1001"], 1, vec![]),
        (&["1001", "1003"], 0, vec![]),
        (&["1001"], 0, vec![Code::SurveyPeople]),
        (&["1001", "1001"], 0, vec![Code::SurveyPeople, Code::Duplicate]),
        (&[], 2, vec![Code::SurveyPeople]),
        (&["1001", "7777"], 0, vec![Code::Unknown]),
    ];
    let mut desk = upto(40_000, PathStep::Acceptance);
    for (officers, others, codes) in table {
        let args = Survey {
            surveyors: officers.iter().map(|no| OfficerNo::from(*no)).collect(),
            others,
            ..survey(&desk)
        };
        assert_eq!(desk.ask("1001").codes(Command::Survey(args)), codes, "{officers:?} {others}");
    }
    desk.relative("1003", P[1]);
    let args = Survey { surveyors: vec!["1001".into(), "1003".into()], ..survey(&desk) };
    assert_eq!(desk.ask("1001").codes(Command::Survey(args)), vec![Code::Recusal]);
}

#[test]
fn a_survey_says_everything_and_nothing_below_zero() {
    let desk = upto(40_000, PathStep::Acceptance);
    type Change = fn(&mut Survey);
    let changes: [(Change, Code); 7] = [
        (|s| s.respondent = None, Code::ReasonRequired),
        (|s| s.verified = None, Code::ReasonRequired),
        (|s| s.matches = false, Code::ReasonRequired),
        (|s| s.signed = false, Code::ReasonRequired),
        (|s| s.photos = 1, Code::ReasonRequired),
        (|s| s.assets.debt = Money::from_fen(-1), Code::Amount),
        (|s| s.amount = Money::ZERO, Code::Amount),
    ];
    for (change, code) in changes {
        let mut args = survey(&desk);
        change(&mut args);
        assert_eq!(desk.ask("1001").codes(Command::Survey(args)), vec![code]);
    }
}

#[test]
fn every_member_signs_and_a_guardian_for_who_is_under_age() {
    let desk = upto(40_000, PathStep::Acceptance);
    let own = || signer(0, false, Signing::Own {});
    let table = [
        (both(), vec![]),
        (vec![own()], vec![Code::AuthMembers]),
        (vec![own(), signer(1, false, Signing::Later { why: Absence::Prison })], vec![Code::ReasonRequired]),
        (vec![own(), signer(1, true, Signing::Own {})], vec![Code::Guardian]),
        (
            vec![own(), signer(1, true, Signing::Later { why: Absence::Away })],
            vec![Code::ReasonRequired, Code::Guardian],
        ),
        (vec![own(), signer(1, true, Signing::Guardian { by: Some(P[0]) })], vec![]),
        (vec![own(), signer(1, true, Signing::Guardian { by: Some(P[1]) })], vec![Code::Guardian]),
        (vec![own(), signer(1, true, Signing::Guardian { by: None })], vec![Code::Guardian]),
        (vec![own(), own(), signer(1, false, Signing::Own {})], vec![Code::Duplicate]),
    ];
    for (members, codes) in table {
        let args = authority(&desk, members.clone());
        assert_eq!(desk.ask("1001").codes(Command::MeansAuthorise(args)), codes, "{members:?}");
    }
}

#[test]
fn an_authorisation_holds_for_180_days() {
    let mut desk = upto(40_000, PathStep::Authority);
    desk.later(180);
    assert_eq!(desk.ask("1001").codes(Command::MeansAsk(ask(&desk))), vec![]);
    let mut late = desk.clone();
    late.later(1);
    assert_eq!(late.ask("1001").codes(Command::MeansAsk(ask(&late))), vec![Code::AuthExpired]);
    // asked in time, but the report comes too late
    desk.run("1001", Command::MeansAsk(ask(&desk)));
    desk.later(1);
    let args = report(&desk, MeansResult::Fits);
    assert_eq!(desk.ask("1001").codes(Command::MeansCheck(args)), vec![Code::AuthExpired]);
}

#[test]
fn a_difference_is_explained_and_spending_alone_is_for_who_is_looked_into() {
    let mut desk = upto(40_000, PathStep::Authority);
    let spending = MeansAsk { scope: MeansScope::Spending, ..ask(&desk) };
    assert_eq!(desk.ask("1001").codes(Command::MeansAsk(spending.clone())), vec![Code::State]);
    desk.status(Status::RuralAllowance);
    desk.run("1001", Command::MeansAsk(spending));
    let differs = report(&desk, MeansResult::Differs);
    assert_eq!(desk.ask("1001").codes(Command::MeansCheck(differs.clone())), vec![Code::ReasonRequired]);
    let explained = MeansCheck { explained: slot("explained"), ..differs };
    assert_eq!(desk.ask("1001").codes(Command::MeansCheck(explained)), vec![]);
}

#[test]
fn an_appraisal_has_five_people_an_officer_and_as_many_votes() {
    let desk = upto(40_000, PathStep::Means);
    type Change = fn(&mut Review);
    let changes: [(Change, Vec<Code>); 6] = [
        (|_| {}, vec![]),
        (|r| (r.delegates, r.yes) = (1, 4), vec![Code::ReviewQuorum]),
        (|r| (r.aside, r.aside_named, r.yes) = (1, slot("aside"), 4), vec![Code::ReviewQuorum]),
        (|r| (r.township, r.delegates) = (0, 3), vec![Code::ReviewQuorum]),
        (|r| r.yes = 4, vec![Code::ReviewQuorum]),
        (|r| (r.yes, r.no) = (2, 3), vec![]),
    ];
    for (change, codes) in changes {
        let mut args = review(&desk);
        change(&mut args);
        let mut found = desk.ask("1001").codes(Command::Review(args.clone()));
        found.dedup();
        assert_eq!(found, codes, "{args:?}");
    }
}

#[test]
fn what_a_step_speaks_against_goes_up_to_be_refused_only() {
    let mut desk = upto(40_000, PathStep::Means);
    let lost = Review { yes: 2, no: 3, ..review(&desk) };
    desk.run("1001", Command::Review(lost));
    assert_eq!(desk.ask("1001").codes(Command::PostNotice(notice(&desk))), vec![Code::ReviewQuorum]);
    desk.run("1001", desk.submit_to(Tier::Township));
    assert_eq!(desk.ask("1002").codes(desk.approve(vec![money_line(1, 40_000)])), vec![Code::ReviewQuorum]);
    let mut untrue = upto(40_000, PathStep::Acceptance);
    let args = Survey { verdict: SurveyVerdict::Untrue, ..survey(&untrue) };
    untrue.run("1001", Command::Survey(args));
    untrue.run("1001", untrue.submit_to(Tier::Township));
    assert_eq!(untrue.ask("1002").codes(untrue.approve(vec![money_line(1, 40_000)])), vec![Code::StepOrder]);
    let refuse = crate::domain::command::approval::Refuse { case: CASE, reason: slot("reason") };
    assert_eq!(untrue.ask("1002").codes(Command::Refuse(refuse)), vec![]);
}

#[test]
fn above_the_limit_the_township_examines_first() {
    let mut desk = upto(50_001, PathStep::Review);
    assert_eq!(desk.ask("1001").codes(Command::PostNotice(notice(&desk))), vec![Code::StepOrder]);
    assert_eq!(desk.ask("9002").codes(examined(&desk)), vec![], "the county where the township has nobody");
    desk.run("1002", examined(&desk));
    go_on(&mut desk, PathStep::Notice);
    desk.run("1001", desk.submit_to(Tier::County));
    let clock = desk.memory.course(CASE).clock.unwrap();
    assert_eq!(
        (clock.tier, clock.due),
        (Tier::County, Some(day("2026-03-18"))),
        "ten days without the notice"
    );
}

#[test]
fn objections_are_settled_first_and_a_right_one_asks_for_the_steps_again() {
    let mut desk = upto(40_000, PathStep::Notice);
    let object = |desk: &Desk, number| {
        Command::Object(Objection { case: CASE, number, on: desk.now.day(), said: slot("said") })
    };
    let settle = |desk: &Desk, number, upheld| {
        let finding = slot("finding");
        let on = desk.now.day();
        Command::SettleObjection(SettleObjection { case: CASE, number, on, upheld, finding })
    };
    desk.run("1001", object(&desk, 1));
    desk.run("1001", object(&desk, 2));
    desk.run("1001", desk.submit_to(Tier::Township));
    desk.later(3);
    assert_eq!(desk.ask("1001").codes(ended(&desk)), vec![Code::ObjectionOpen]);
    assert_eq!(desk.ask("1002").codes(desk.approve(vec![money_line(1, 40_000)])), vec![Code::ObjectionOpen]);
    desk.run("1001", settle(&desk, 1, false));
    assert_eq!(desk.ask("1001").codes(settle(&desk, 1, false)), vec![Code::Duplicate]);
    assert_eq!(desk.ask("1001").codes(settle(&desk, 3, false)), vec![Code::Unknown]);
    let mut wrong = desk.clone();
    wrong.run("1001", settle(&desk, 2, false));
    wrong.run("1001", ended(&wrong));
    assert_eq!(wrong.ask("1002").codes(wrong.approve(vec![money_line(1, 40_000)])), vec![]);
    desk.run("1002", settle(&desk, 2, true));
    let refusals = desk.ask("1002").decide(desk.approve(vec![money_line(1, 40_000)])).unwrap_err();
    for step in [PathStep::Survey, PathStep::Review, PathStep::Notice, PathStep::NoticeEnd] {
        assert!(refusals[0].sentence.contains(step.zh()), "{refusals:?}");
    }
}

#[test]
fn the_county_alone_lets_a_case_go_without_a_notice() {
    let mut desk = upto(40_000, PathStep::Review);
    let exempt = |reason| Command::ExemptNotice(ExemptNotice { case: CASE, reason });
    assert_eq!(desk.ask("1002").codes(exempt(slot("reason"))), vec![Code::Role]);
    assert_eq!(desk.ask("9002").codes(exempt(None)), vec![Code::ReasonRequired]);
    desk.run("9002", exempt(slot("reason")));
    desk.run("1001", desk.submit_to(Tier::Township));
    assert_eq!(desk.ask("1002").codes(desk.approve(vec![money_line(1, 40_000)])), vec![]);
}

#[test]
fn the_path_is_free_until_a_step_was_taken() {
    let change = |path| Command::ChangePath(ChangePath { case: CASE, path, reason: slot("reason") });
    let mut desk = upto(40_000, PathStep::Acceptance);
    assert_eq!(desk.ask("1001").codes(change(Path::Emergency)), vec![]);
    assert_eq!(desk.ask("1001").codes(change(Path::Expenditure)), vec![Code::Duplicate]);
    go_on(&mut desk, PathStep::Survey);
    assert_eq!(desk.ask("1001").codes(change(Path::Emergency)), vec![Code::PathLocked]);
    desk.run("9002", change(Path::Emergency));
    assert_eq!(desk.memory_case().path, Path::Emergency);
    assert_eq!(desk.ask("1001").codes(desk.submit_to(Tier::Township)), vec![]);
}

#[test]
fn what_is_missing_is_told_once_and_the_clock_stands_still() {
    let mut desk = upto(40_000, PathStep::Acceptance);
    let told = |desk: &Desk, over: bool| {
        Command::OnceNotice(OnceNotice {
            case: CASE,
            on: desk.now.day(),
            until: desk.now.day().plus(5),
            received: None,
            missing: slot("missing"),
            delivery: Delivery::Hand,
            receipt: None,
            overrides: if over { BTreeSet::from([Code::OnceNotice]) } else { BTreeSet::new() },
            override_reason: slot("override").filter(|_| over),
        })
    };
    let due = |desk: &Desk| desk.memory.course(CASE).clock.and_then(|clock| clock.due);
    assert_eq!(due(&desk), Some(day("2026-03-16")));
    desk.run("1001", told(&desk, false));
    assert_eq!(due(&desk), None);
    assert_eq!(desk.ask("1001").codes(Command::Survey(survey(&desk))), vec![Code::StepOrder]);
    desk.later(2);
    let on = desk.now.day();
    desk.run("1001", Command::Corrected(Corrected { case: CASE, on, note: None }));
    assert_eq!(due(&desk), Some(day("2026-03-18")), "two working days stood still");
    assert_eq!(desk.ask("1001").codes(told(&desk, false)), vec![Code::OnceNotice]);
    assert_eq!(desk.ask("1001").codes(told(&desk, true)), vec![]);
}

#[test]
fn acceptance_wants_a_promise_and_a_refusal_its_reason() {
    let mut desk = case_of(40_000);
    let accept = |desk: &Desk| {
        Command::Accept(Accept { case: CASE, on: desk.now.day(), note: None, delivery: None, receipt: None })
    };
    let decline = |reason| Command::Decline(Decline { case: CASE, reason });
    assert_eq!(desk.ask("1001").codes(accept(&desk)), vec![Code::StepOrder]);
    let unsigned = Application { promise: false, ..application(&desk) };
    desk.run("1001", Command::Apply(unsigned));
    assert_eq!(desk.ask("1001").codes(accept(&desk)), vec![Code::StepOrder]);
    assert_eq!(desk.ask("1001").codes(decline(None)), vec![Code::ReasonRequired]);
    let mut declined = desk.clone();
    declined.run("1001", decline(slot("reason")));
    assert_eq!(declined.memory_case().stage, Stage::Declined);
    let early = Application { on: desk.now.day().plus(-3), ..application(&desk) };
    assert_eq!(desk.ask("1001").codes(Command::Apply(early.clone())), vec![Code::ReasonRequired]);
    desk.run("1001", Command::Apply(Application { late: slot("late"), ..early }));
    let before =
        Accept { case: CASE, on: desk.now.day().plus(-4), note: None, delivery: None, receipt: None };
    assert_eq!(desk.ask("1001").codes(Command::Accept(before)), vec![Code::DateOrder]);
    desk.run(
        "1001",
        Command::Accept(Accept {
            case: CASE,
            on: desk.now.day().plus(-3),
            note: None,
            delivery: None,
            receipt: None,
        }),
    );
    assert_eq!(desk.memory_case().accepted, day("2026-02-27"));
    assert_eq!(desk.ask("1001").codes(decline(slot("reason"))), vec![Code::State]);
}

#[test]
fn a_step_of_a_later_day_asks_for_those_behind_it_again() {
    let mut desk = upto(40_000, PathStep::Notice);
    let mut same = desk.clone();
    same.run("1001", Command::Survey(survey(&same)));
    assert!(same.memory.course(CASE).notice.is_some(), "of the same day it corrects");
    desk.later(1);
    desk.run("1001", Command::Survey(survey(&desk)));
    let course = desk.memory.course(CASE);
    assert!(course.review.is_none() && course.notice.is_none());
}

#[test]
fn a_sum_above_the_published_one_is_published_again() {
    let mut desk = upto(40_000, PathStep::Notice);
    desk.run("1001", desk.submit_to(Tier::Township));
    desk.later(3);
    desk.run("1001", ended(&desk));
    assert_eq!(desk.ask("1002").codes(desk.approve_noted(vec![money_line(1, 39_999)], true)), vec![]);
    let mut more = upto(40_000, PathStep::Notice);
    let submit = crate::domain::command::approval::Submit {
        case: CASE,
        lines: Some(vec![money_line(1, 40_001)]),
        to: Tier::Township,
        note: None,
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    assert_eq!(more.ask("1001").codes(Command::Submit(submit)), vec![Code::StepOrder]);
    let void = EndNotice { case: CASE, on: more.now.day(), void: slot("void") };
    more.run("1001", Command::EndNotice(void));
    assert!(more.memory.course(CASE).notice.is_none());
    assert_eq!(more.ask("1001").codes(Command::PostNotice(notice(&more))), vec![]);
}

#[test]
fn the_township_s_clock_waits_while_the_county_has_the_case() {
    let mut desk = upto(40_000, PathStep::Notice);
    desk.run("1001", desk.submit_to(Tier::Township));
    let due = |desk: &Desk| desk.memory.course(CASE).clock.map(|clock| (clock.tier, clock.due)).unwrap();
    // notice from 03-02 to 03-04: two working days behind acceptance stand still
    assert_eq!(due(&desk), (Tier::Township, Some(day("2026-03-18"))));
    desk.later(3);
    // the county decides on what the township examined, also where the sum is the township's
    assert_eq!(desk.ask("1001").codes(desk.pass_up(true)), vec![Code::StepOrder]);
    let made = examined(&desk);
    desk.run("1002", made);
    desk.run("1001", desk.pass_up(true));
    assert_eq!(due(&desk), (Tier::County, Some(day("2026-03-19"))));
    desk.later(4);
    let back = crate::domain::command::approval::Return { case: CASE, reason: slot("reason") };
    desk.run("9002", Command::Return(back));
    // 03-06 and 03-09 were with the county
    assert_eq!(due(&desk), (Tier::Township, Some(day("2026-03-20"))));
}

#[test]
fn facts_read_back_as_they_were_written() {
    let desk = upto(40_000, PathStep::Means);
    let args = Survey { at: Stamp::at(day("2026-03-02"), 9, 0), ..survey(&desk) };
    let fact = Fact::Surveyed(args);
    let text = serde_json::to_string(&fact).unwrap();
    assert_eq!(serde_json::from_str::<Fact>(&text).unwrap(), fact);
    assert!(serde_json::from_str::<Fact>(&text.replace("\"photos\"", "\"fotos\"")).is_err());
}
