//! Every form of a step, filled by keys: the command it composes, how it looks at 80 columns, and how many keys it costs.

use super::step_form::StepForm;
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::path::{Objection, Signing};
use crate::domain::course::Course;
use crate::domain::fact::Fact;
use crate::domain::fact::path::{NoticePosted, OnceNoticed};
use crate::domain::grant::Line;
use crate::domain::ids::{CaseId, LineId, OfficerNo, PersonId, Text};
use crate::domain::memory::Memory;
use crate::domain::nouns::path::*;
use crate::domain::nouns::{Circumstance, LineKind, Path, Stage, Status};
use crate::domain::office::Role;
use crate::domain::private::{PersonDetails, Private};
use crate::domain::refusal::Refusal;
use crate::forms::tables::path::PathForm;
use crate::office::compose::Desk;
use crate::office::front::deed::Deed;
use crate::office::front::path::PathDeed;
use crate::ui::action::Action;
use crate::ui::key::Key;
use crate::ui::screen::Msg;
use crate::ui::screens::testing::{Clerk, as_draft, start, today};

const CASE: CaseId = CaseId([7; 16]);
const WHO: PersonId = PersonId([1; 16]);
const SPOUSE: PersonId = PersonId([4; 16]);

fn clerk_with(form: PathForm, change: impl FnOnce(&mut Clerk)) -> Clerk {
    Clerk::with(StepForm::screen(CASE, form), start(form.table().name), |clerk| {
        let case = &mut clerk.case.case;
        (case.path, case.stage, case.way) = (Path::Expenditure, Stage::Open, None);
        (case.circumstance, case.decided_by) = (Circumstance::LongCare, None);
        case.granted = Vec::new();
        let line = Line { amount: Money::from_fen(200_000), line: LineId([8; 16]), ..case.asked[0].clone() };
        case.asked = vec![line];
        clerk.case.items = Vec::new();
        change(clerk);
    })
}

fn clerk(form: PathForm) -> Clerk {
    clerk_with(form, |_| {})
}

/// The command and the words of the deed that was done, as the front composes it.
fn composed(clerk: &Clerk) -> (Command, Private) {
    let Some((Deed::Path(deed), _)) = clerk.deeds.first() else {
        panic!("{} {:?}", clerk.line(), clerk.said)
    };
    let memory = Memory::new();
    let born = |person: PersonId| PersonDetails {
        birth: Day::new(if person == WHO { 1968 } else { 2015 }, 8, 20),
        ..PersonDetails::default()
    };
    let details = |person: PersonId| Some(born(person));
    let key = || unreachable!("a step notes no account");
    let (officer, now) = (&clerk.start.officer, clerk.start.now);
    let desk = Desk { state: &memory, details: &details, key: &key, officer, now };
    assert!(matches!(deed, PathDeed::Step { case: CASE, .. }));
    deed.compose(&desk).unwrap().remove(0)
}

/// F9 twice, and how many keys it took in all.
fn submit(clerk: &mut Clerk, budget: usize) -> (Command, Private) {
    clerk.act(Action::Submit);
    let asked: String = clerk.drawn(80, 19).split_whitespace().collect();
    assert!(asked.contains("再按F9办理"), "{}\n{}", clerk.line(), clerk.drawn(80, 19));
    clerk.act(Action::Submit);
    assert!(clerk.pressed <= budget, "{} keys", clerk.pressed);
    assert!(clerk.pressed + 3 > budget, "{} keys: the budget is smaller by now", clerk.pressed);
    assert!(clerk.went_back());
    composed(clerk)
}

fn word<'a>(private: &'a Private, slot: &str) -> &'a str {
    private.text(&Text::from(slot)).unwrap_or_default()
}

#[test]
fn told_at_once_what_is_missing() {
    let mut clerk = clerk(PathForm::OnceNotice);
    clerk.act(Action::Choose);
    clerk.keys("1\n");
    clerk.act(Action::Choose);
    clerk.keys("2");
    insta::assert_snapshot!(clerk.drawn_everywhere());
    let (command, private) = submit(&mut clerk, 8);
    let Command::OnceNotice(made) = command else { panic!("{command:?}") };
    assert_eq!((made.on, made.until, made.delivery), (today(), today().plus(5), Delivery::Hand));
    assert_eq!(word(&private, "missing"), "医疗费用票据和结算单");
    assert_eq!(word(&private, "received"), "身份证、户口簿复印件");
    assert!(made.overrides.is_empty() && made.override_reason.is_none());
}

#[test]
fn told_a_second_time_it_asks_why() {
    let warning = Refusal::new(crate::domain::code::Code::OnceNotice, "missing", "已一次性告知过");
    let mut clerk = clerk_with(PathForm::OnceNotice, |clerk| clerk.verdicts = vec![warning]);
    clerk.keys("\n户口簿\n");
    clerk.act(Action::Submit);
    assert!(clerk.line().contains("确办理由"), "{}", clerk.line());
    clerk.keys("上次漏写户口簿");
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    let (Command::OnceNotice(made), private) = composed(&clerk) else { panic!() };
    assert!(made.overrides.contains(&crate::domain::code::Code::OnceNotice));
    assert_eq!(word(&private, "override"), "上次漏写户口簿");
}

fn told(clerk: &mut Clerk) {
    clerk.course.apply(&Fact::OnceNoticed(OnceNoticed {
        case: CASE,
        on: today().plus(-4),
        until: today().plus(1),
        received: None,
        missing: Some(Text::from("missing")),
        delivery: Delivery::Hand,
        receipt: None,
    }));
}

#[test]
fn what_was_missing_is_there() {
    let mut clerk = clerk_with(PathForm::Corrected, told);
    insta::assert_snapshot!(clerk.drawn_everywhere());
    let (command, _) = submit(&mut clerk, 2);
    assert!(matches!(command, Command::Corrected(made) if made.on == today()));
}

#[test]
fn acceptance_of_an_earlier_day_is_entered_late() {
    let mut clerk = clerk(PathForm::Accept);
    clerk.keys("1120");
    clerk.key(Key::Tab);
    insta::assert_snapshot!(clerk.drawn_everywhere());
    let (command, _) = submit(&mut clerk, 7);
    assert!(matches!(command, Command::Accept(made) if made.on == Day::new(2026, 11, 20).unwrap()));
    let mut today_s = clerk_with(PathForm::Accept, |_| {});
    submit(&mut today_s, 2);
}

#[test]
fn not_accepted_says_why() {
    let mut clerk = clerk(PathForm::Decline);
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty() && clerk.line().contains("理由未填"), "{}", clerk.line());
    clerk.act(Action::Choose);
    clerk.keys("3");
    insta::assert_snapshot!(clerk.drawn_everywhere());
    let (command, private) = submit(&mut clerk, 5);
    assert!(matches!(command, Command::Decline(_)));
    assert_eq!(word(&private, "reason"), "同一事项本年已救助");
}

/// A survey as a clerk types it from the paper.
fn surveyed(clerk: &mut Clerk) {
    clerk.keys("0930\n赵敏\n");
    clerk.act(Action::Choose);
    clerk.keys("1\n12");
    clerk.keys("72\n9600\n\n\n\n21400\n\n\n\n\n\n12000\n\n\n");
    clerk.act(Action::Choose);
    clerk.keys("1\n111");
    clerk.keys("2\n房屋外观、票据\n1");
}

#[test]
fn the_survey_is_filled_on_two_pages() {
    let mut clerk = clerk(PathForm::Survey);
    clerk.drawn_everywhere();
    clerk.keys("0930\n赵敏\n");
    clerk.act(Action::Choose);
    clerk.keys("1\n12");
    clerk.keys("72\n9600\n\n\n\n21400\n\n\n\n\n\n12000\n\n\n");
    let (first, path) = (clerk.drawn(80, 19), "second page");
    clerk.act(Action::Choose);
    clerk.keys("1\n1");
    assert_eq!(path, "second page");
    clerk.keys("12\n房屋外观、票据\n1");
    insta::assert_snapshot!(format!("{first}\n=====\n{}", clerk.drawn_everywhere()));
    let (command, private) = submit(&mut clerk, 61);
    let Command::Survey(made) = command else { panic!("{command:?}") };
    assert_eq!(made.at, Stamp::at(today(), 9, 30));
    assert_eq!(made.surveyors, vec![OfficerNo::from("1203"), OfficerNo::from("1204")]);
    assert_eq!((made.others, made.others_named.is_none()), (0, true));
    assert_eq!(made.housing.tenure, Tenure::Own);
    assert_eq!((made.housing.structure, made.housing.area), (Structure::BrickTimber, 72));
    assert_eq!((made.income.wages.fen(), made.income.business.fen()), (960_000, 0));
    assert_eq!((made.spending.medical.fen(), made.assets.debt.fen()), (2_140_000, 1_200_000));
    assert_eq!((made.matches, made.signed, made.photos), (true, true, 2));
    assert_eq!(made.policies.into_iter().collect::<Vec<_>>(), vec![Status::RuralAllowance]);
    assert_eq!(made.verdict, SurveyVerdict::True);
    assert_eq!(made.means.into_iter().collect::<Vec<_>>(), vec![LineKind::Money]);
    assert_eq!(made.amount.fen(), 200_000);
    assert_eq!(word(&private, "respondent"), "单文彩（本人）");
    assert_eq!(word(&private, "photos"), "房屋外观、票据");
}

#[test]
fn a_surveyor_without_an_account_is_named_and_a_house_may_be_none() {
    let mut clerk = clerk(PathForm::Survey);
    clerk.keys("0930\n\n王五 13900000001、李四\n独居老人，靠低保生活\n5");
    clerk.keys("\n\n\n\n\n\n\n\n\n\n\n\n\n");
    clerk.keys("邻居说他有两个儿子供养\n2申请写无子女，实有二子\n20\n2不愿签字\n");
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    let (Command::Survey(made), private) = composed(&clerk) else { panic!() };
    assert_eq!((made.surveyors.len(), made.others), (1, 2));
    assert_eq!(word(&private, "surveyors"), "王五 13900000001、李四");
    assert_eq!((made.housing.tenure, made.housing.area), (Tenure::Nothing, 0));
    assert!(!made.matches && !made.signed);
    assert_eq!(
        (word(&private, "differs"), word(&private, "unsigned")),
        ("申请写无子女，实有二子", "不愿签字")
    );
    assert_eq!(made.verdict, SurveyVerdict::Untrue);
    assert!(made.means.is_empty() && made.amount.is_zero());
    assert_eq!((made.photos, made.photo_list), (0, None));
}

#[test]
fn whoever_is_typed_and_not_on_the_list_is_chosen_anew() {
    let mut clerk = clerk(PathForm::Survey);
    clerk.keys("0930\n周志强\n");
    clerk.act(Action::Submit);
    assert!(clerk.line().contains("名单上没有"), "{}", clerk.line());
    assert!(clerk.screen.hint().contains("调查人二"), "{}", clerk.screen.hint());
}

#[test]
fn a_survey_comes_back_after_a_power_cut_where_it_stood() {
    let mut first = clerk(PathForm::Survey);
    first.keys("0930\n赵敏\n夫妻务农\n1");
    let kept = first.kept.last().unwrap();
    assert!(!kept.title.contains("单文彩") && kept.form == "path-survey");
    let draft = as_draft(kept, 5);
    let mut again = clerk_with(PathForm::Survey, |clerk| clerk.drafts = vec![draft]);
    let text = again.drawn_everywhere();
    assert!(text.contains("赵敏") && text.contains("夫妻务农"), "{text}");
    again.keys("2");
    assert!(again.drawn(80, 19).contains("2 砖木"));
}

#[test]
fn a_refusal_leads_to_its_field() {
    let refusal = Refusal::new(crate::domain::code::Code::SurveyPeople, "surveyors", "入户调查须至少2人");
    let mut clerk = clerk_with(PathForm::Survey, |clerk| clerk.verdicts = vec![refusal]);
    surveyed(&mut clerk);
    clerk.act(Action::Submit);
    assert!(clerk.line().contains("至少2人"), "{}", clerk.line());
    assert!(clerk.screen.hint().contains("调查人一"), "{}", clerk.screen.hint());
}

#[test]
fn a_reason_that_a_choice_would_ask_for_is_not_asked_before_the_choice() {
    let reason = Refusal::new(crate::domain::code::Code::ReasonRequired, "unsigned", "没有签字的须写明原因");
    let mut clerk = clerk_with(PathForm::Survey, |clerk| clerk.verdicts = vec![reason]);
    assert!(!clerk.drawn_everywhere().contains("须写明原因"), "nobody said yet that it is not signed");
    surveyed(&mut clerk);
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty() && clerk.line().contains("须写明原因"), "{}", clerk.line());
}

#[test]
fn nothing_is_said_about_what_was_not_reached_yet_but_about_everything_else() {
    let empty = Refusal::new(crate::domain::code::Code::ReasonRequired, "phone", "异议电话未填");
    let step = Refusal::new(crate::domain::code::Code::StepOrder, "path", "还没有办：民主评议");
    let mut clerk = clerk_with(PathForm::PostNotice, |clerk| clerk.verdicts = vec![empty, step]);
    let text = clerk.drawn_everywhere();
    assert!(text.contains("还没有办：民主评议") && !text.contains("异议电话未填"), "{text}");
    clerk.keys("0421-2600000\n1");
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty(), "{}", clerk.line());
    assert!(clerk.drawn(80, 19).contains("异议电话未填"), "said once something stands there");
}

/// The spouse is a child here, so that a guardian signs.
fn with_child(clerk: &mut Clerk) {
    if let Some(family) = clerk.case.family.as_mut() {
        family.members[0].age = Some(11);
        family.members[0].relation = "20".to_owned();
    }
}

#[test]
fn all_members_stand_on_the_authorisation_and_it_costs_two_keys() {
    let mut clerk = clerk_with(PathForm::Authorise, with_child);
    insta::assert_snapshot!(clerk.drawn_everywhere());
    let (command, _) = submit(&mut clerk, 2);
    let Command::MeansAuthorise(made) = command else { panic!("{command:?}") };
    let signed: Vec<(PersonId, bool)> = made.members.iter().map(|one| (one.person, one.minor)).collect();
    assert_eq!(signed, vec![(WHO, false), (SPOUSE, true)]);
    assert_eq!(made.members[0].signing, Signing::Own {});
    assert_eq!(made.members[1].signing, Signing::Guardian { by: Some(WHO) });
}

#[test]
fn whoever_is_away_signs_later_with_a_reason() {
    let mut clerk = clerk(PathForm::Authorise);
    clerk.send(Msg::Key(Key::CtrlHome));
    // what is filled is passed by, and reached from below
    for _ in 0..3 {
        clerk.key(Key::Tab);
    }
    clerk.key(Key::BackTab);
    clerk.keys("31");
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty(), "the reason is asked for");
    clerk.act(Action::Choose);
    clerk.keys("2");
    insta::assert_snapshot!(clerk.drawn_everywhere());
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    let (Command::MeansAuthorise(made), private) = composed(&clerk) else { panic!() };
    assert_eq!(made.members[1].signing, Signing::Later { why: Absence::Away });
    assert_eq!(word(&private, "later"), "服刑，由村委会联系补签");
}

#[test]
fn a_guardian_from_elsewhere_is_named() {
    let mut clerk = clerk_with(PathForm::Authorise, with_child);
    clerk.send(Msg::Key(Key::CtrlHome));
    for _ in 0..3 {
        clerk.key(Key::Tab);
    }
    clerk.key(Key::BackTab);
    clerk.send(Msg::Key(Key::CtrlBackspace));
    clerk.keys("\n\n");
    clerk.act(Action::Submit);
    clerk.keys("吴一，姑姑，13900000002");
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    let (Command::MeansAuthorise(made), private) = composed(&clerk) else { panic!() };
    assert_eq!(made.members[1].signing, Signing::Guardian { by: None });
    assert_eq!(word(&private, "guardians"), "吴一，姑姑，13900000002");
}

#[test]
fn the_means_check_goes_out_and_comes_back() {
    let mut out = clerk(PathForm::MeansAsk);
    insta::assert_snapshot!(out.drawn_everywhere());
    let (command, private) = submit(&mut out, 2);
    assert!(matches!(command, Command::MeansAsk(made) if made.scope == MeansScope::Whole));
    assert!(word(&private, "to").contains("核对中心"));
    let mut back = clerk(PathForm::MeansCheck);
    back.keys("HD-2026-0001\n3");
    back.act(Action::Choose);
    back.keys("3");
    back.keys("20000\n");
    back.act(Action::Choose);
    back.keys("2");
    insta::assert_snapshot!(back.drawn_everywhere());
    let (command, private) = submit(&mut back, 26);
    let Command::MeansCheck(made) = command else { panic!("{command:?}") };
    assert_eq!(made.result, MeansResult::Differs);
    assert_eq!(word(&private, "report"), "HD-2026-0001");
    assert_eq!(word(&private, "items"), "存款合计20000元，其余无异常");
    assert_eq!(word(&private, "explained"), "存款为医疗借款，有借据");
}

#[test]
fn the_schooling_of_the_only_child_is_four_fields() {
    let mut clerk = clerk_with(PathForm::School, |clerk| {
        with_child(clerk);
        clerk.case.case.circumstance = Circumstance::Schooling;
    });
    clerk.keys("64800\n\n沈阳某大学\n");
    insta::assert_snapshot!(clerk.drawn_everywhere());
    let (command, private) = submit(&mut clerk, 15);
    let Command::School(made) = command else { panic!("{command:?}") };
    assert_eq!((made.pupil, made.stage, made.years), (SPOUSE, SchoolStage::Bachelor, 4));
    assert_eq!((made.at_home, made.regular), (true, true));
    assert_eq!((made.tuition.fen(), made.aid.fen()), (480_000, 0));
    assert_eq!(word(&private, "school"), "沈阳某大学");
}

#[test]
fn the_appraisal_counts_names_and_votes() {
    let mut clerk = clerk(PathForm::Review);
    clerk.keys("李四\n李四、赵六\n孙七、周八、郑九\n郑九（申请人表弟）\n");
    clerk.act(Action::Choose);
    clerk.keys("1\n5\n");
    assert!(clerk.drawn(80, 19).contains("票数合计 5") || clerk.drawn(80, 19).contains("同意 3 票以上"));
    insta::assert_snapshot!(clerk.drawn_everywhere());
    let (command, private) = submit(&mut clerk, 36);
    let Command::Review(made) = command else { panic!("{command:?}") };
    assert_eq!((made.village, made.delegates, made.township, made.aside), (2, 3, 1, 1));
    assert_eq!((made.yes, made.no, made.abstained, made.invited), (5, 0, 0, 6));
    assert!(made.carried());
    assert_eq!(made.officers, vec![OfficerNo::from("1203")]);
    assert_eq!(word(&private, "attendees"), "村两委：李四、赵六；村民代表：孙七、周八、郑九；乡镇：李桂芳");
    assert_eq!(word(&private, "chair"), "主持人李四，记录人李桂芳");
    assert_eq!(word(&private, "aside"), "郑九（申请人表弟）");
}

#[test]
fn votes_that_do_not_add_up_are_not_submitted() {
    let mut clerk = clerk(PathForm::Review);
    clerk.keys("李四\n李四、赵六\n孙七、周八\n\n情况属实\n3\n");
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty());
    assert!(clerk.line().contains("票数合计 3，参加表决 5 人"), "{}", clerk.line());
}

#[test]
fn the_township_gives_its_opinion() {
    let mut clerk = clerk_with(PathForm::Examine, |clerk| {
        clerk.start.officer.roles = std::collections::BTreeSet::from([Role::Approver]);
    });
    clerk.keys("1");
    clerk.act(Action::Choose);
    clerk.keys("1");
    insta::assert_snapshot!(clerk.drawn_everywhere());
    let (command, private) = submit(&mut clerk, 5);
    let Command::Examine(made) = command else { panic!("{command:?}") };
    assert_eq!((made.agrees, made.amount.fen()), (true, 200_000));
    assert_eq!(word(&private, "opinion"), "调查、评议符合规定，同意上报");
}

#[test]
fn the_notice_masks_the_name_and_names_no_disease() {
    let mut clerk = clerk(PathForm::PostNotice);
    clerk.keys("0421-2600000\n1\n");
    let text = clerk.drawn_everywhere();
    assert!(text.contains("公示上是：单**"), "{text}");
    insta::assert_snapshot!(text);
    let (command, private) = submit(&mut clerk, 17);
    let Command::PostNotice(made) = command else { panic!("{command:?}") };
    assert_eq!((made.from, made.photos), (today(), 1));
    assert_eq!(word(&private, "summary"), "因家庭支出过大，基本生活困难");
    assert_eq!(word(&private, "posted_by"), "李桂芳");
    for wrong in ["肺癌住院，生活困难", "自付21000元，生活困难"] {
        let mut clerk = clerk_with(PathForm::PostNotice, |_| {});
        clerk.keys("0421-2600000\n1");
        clerk.key(Key::BackTab);
        clerk.send(Msg::Key(Key::CtrlBackspace));
        clerk.keys(wrong);
        clerk.act(Action::Submit);
        assert!(clerk.deeds.is_empty() && clerk.line().contains("不写"), "{}", clerk.line());
    }
}

fn posted(course: &mut Course, until: Day) {
    course.apply(&Fact::NoticePosted(NoticePosted {
        case: CASE,
        from: until.plus(-2),
        until,
        amount: Money::from_fen(200_000),
        place: None,
        posted_by: None,
        summary: None,
        phone: None,
        photos: 1,
    }));
}

#[test]
fn the_notice_ends_or_is_taken_down() {
    let mut over = clerk_with(PathForm::EndNotice, |clerk| posted(&mut clerk.course, today().plus(-1)));
    insta::assert_snapshot!(over.drawn_everywhere());
    let (command, _) = submit(&mut over, 2);
    assert!(matches!(command, Command::EndNotice(made) if made.void.is_none() && made.on == today()));
    let mut early = clerk_with(PathForm::EndNotice, |clerk| posted(&mut clerk.course, today()));
    early.keys("2");
    early.act(Action::Choose);
    early.keys("1");
    let (command, private) = submit(&mut early, 5);
    assert!(matches!(command, Command::EndNotice(made) if made.void.is_some()));
    assert_eq!(word(&private, "void"), "公示内容有误，更正后重新公示");
}

#[test]
fn the_county_lets_a_case_go_without_a_notice() {
    let mut clerk = clerk(PathForm::Exempt);
    clerk.act(Action::Choose);
    clerk.keys("1");
    insta::assert_snapshot!(clerk.drawn_everywhere());
    let (command, private) = submit(&mut clerk, 4);
    assert!(matches!(command, Command::ExemptNotice(_)));
    assert_eq!(word(&private, "reason"), "公示会暴露受害人住处");
}

fn objected(clerk: &mut Clerk) {
    posted(&mut clerk.course, today());
    clerk.course.apply(&Fact::ObjectionMade(Objection { case: CASE, number: 1, on: today(), said: None }));
}

#[test]
fn an_objection_is_registered_and_settled() {
    let mut made = clerk_with(PathForm::Object, |clerk| posted(&mut clerk.course, today()));
    made.keys("邻居来说，他家有两台农机\n");
    insta::assert_snapshot!(made.drawn_everywhere());
    let (command, private) = submit(&mut made, 15);
    assert!(matches!(command, Command::Object(made) if made.number == 1));
    assert_eq!(word(&private, "said"), "邻居来说，他家有两台农机");
    let mut settled = clerk_with(PathForm::Settle, objected);
    settled.keys("2");
    settled.act(Action::Choose);
    settled.keys("3");
    insta::assert_snapshot!(settled.drawn_everywhere());
    let (command, private) = submit(&mut settled, 5);
    assert!(matches!(command, Command::SettleObjection(made) if made.number == 1 && !made.upheld));
    assert_eq!(word(&private, "finding"), "已向异议人当面说明，无其他意见");
}

#[test]
fn the_path_is_changed_to_the_other() {
    let mut clerk = clerk(PathForm::ChangePath);
    clerk.act(Action::Choose);
    clerk.keys("2");
    insta::assert_snapshot!(clerk.drawn_everywhere());
    let (command, private) = submit(&mut clerk, 4);
    assert!(matches!(command, Command::ChangePath(made) if made.path == Path::Emergency));
    assert_eq!(word(&private, "reason"), "出现紧急情况，改按急难型先行救助");
}

#[test]
fn the_result_is_delivered_and_somebody_asks_later() {
    let paid = |clerk: &mut Clerk| {
        clerk.case.case.stage = Stage::Paid;
        clerk.case.case.granted = clerk.case.case.asked.clone();
    };
    let mut brought = clerk_with(PathForm::Deliver, paid);
    brought.keys("本人\n");
    insta::assert_snapshot!(brought.drawn_everywhere());
    let (command, private) = submit(&mut brought, 5);
    assert!(matches!(command, Command::Deliver(made) if made.delivery == Delivery::Hand));
    assert_eq!(word(&private, "receipt"), "本人");
    let mut asked = clerk_with(PathForm::FollowUp, paid);
    asked.keys("211");
    asked.act(Action::Choose);
    asked.keys("1");
    insta::assert_snapshot!(asked.drawn_everywhere());
    let (command, private) = submit(&mut asked, 7);
    let Command::FollowUp(made) = command else { panic!("{command:?}") };
    assert_eq!((made.way, made.received, made.state), (FollowWay::Telephone, true, FollowState::Eased));
    assert_eq!(word(&private, "respondent"), "单文彩（本人）");
}

#[test]
fn the_hardship_is_told_by_its_circumstance_and_each_member_in_his_row() {
    let mut clerk = clerk_with(PathForm::Hardship, |clerk| {
        with_child(clerk);
        clerk.case.opening.told.insert("nation".into(), "满族".to_owned());
        clerk.case.opening.told.insert("own-cost".into(), "19440.00".to_owned());
    });
    clerk.keys("长期透析\n慢性肾衰竭\nN18.0\n县医院\n\n\n48600\n29160\n\n\n");
    clerk.act(Action::Choose);
    clerk.keys("1\n");
    insta::assert_snapshot!(clerk.drawn_everywhere());
    clerk.key(Key::PgDn);
    clerk.key(Key::PgDn);
    assert!(clerk.drawn(80, 19).contains("婚姻"), "{}", clerk.drawn(80, 19));
    (0..6).for_each(|_| clerk.key(Key::Down));
    clerk.keys("1汉族\n健康\n");
    insta::assert_snapshot!(clerk.drawn(80, 19));
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    let (Command::Hardship(made), private) = composed(&clerk) else { panic!() };
    assert_eq!(made.on, today());
    assert_eq!(made.texts, private.texts.keys().cloned().collect(), "every slot is named");
    for (slot, text) in [
        ("kind", "长期透析"),
        ("diagnosis", "慢性肾衰竭"),
        ("icd", "N18.0"),
        ("total-cost", "48600.00"),
        ("own-cost", "19440.00"),
        ("proofs", "住院病历、费用结算单和票据"),
    ] {
        assert_eq!(word(&private, slot), text, "{slot}");
    }
    let child = private.texts.iter().find(|(slot, _)| slot.0 == format!("member-{SPOUSE}")).unwrap();
    assert!(child.1.ends_with("；婚姻：未婚；民族：汉族；健康患病：健康；共同生活：是"), "{}", child.1);
    let own = private.texts.iter().find(|(slot, _)| slot.0 == format!("member-{WHO}")).unwrap();
    assert!(own.1.contains("；民族：满族"), "what the application said stands there: {}", own.1);
}

#[test]
fn who_only_looked_at_the_rows_of_the_household_leaves_no_draft() {
    let mut clerk = clerk_with(PathForm::Hardship, with_child);
    clerk.key(Key::PgDn);
    clerk.key(Key::PgDn);
    clerk.act(Action::Back);
    assert!(clerk.went_back() && clerk.kept.is_empty());
    let mut clerk = clerk_with(PathForm::Hardship, with_child);
    clerk.keys("长期透析\n");
    clerk.act(Action::Back);
    assert!(clerk.went_back() && !clerk.kept.is_empty());
}

#[test]
fn every_form_opens_at_every_size_says_its_help_and_goes_back_with_its_draft() {
    for form in PathForm::ALL {
        let mut clerk = clerk_with(form, |clerk| posted(&mut clerk.course, today()));
        clerk.drawn_everywhere();
        assert_eq!(clerk.screen.name(), form.zh());
        assert!(!clerk.screen.help().screen.is_empty() && !clerk.screen.hint().is_empty(), "{form:?}");
        assert_eq!(clerk.screen.subject().trim(), "26-102-0117");
        clerk.act(Action::Back);
        assert!(clerk.went_back(), "{form:?}");
    }
}
