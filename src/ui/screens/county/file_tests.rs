//! What can be done beside a case: numbered, with what keeps one from it, and the deed it becomes.

use super::*;
use crate::base::day::Stamp;
use crate::base::money::Money;
use crate::domain::ids::{PersonId, ReferralId};
use crate::domain::nouns::{Payee, Stage};
use crate::domain::office::{Role as Duty, Tier};
use crate::domain::tiers::{CityAnswer, ReferOutcome, ServiceKind};
use crate::office::front::county::CountyDeed;
use crate::ui::screens::fixtures::{self, drawn};

const CASE: CaseId = CaseId([17; 16]);

fn at(stage: Stage, tier: Option<Tier>) -> CaseCard {
    let mut card = fixtures::case_card();
    (card.case.stage, card.case.tier) = (stage, tier);
    card
}

fn screen(card: CaseCard, file: CaseFile, roles: &[Duty], first: Option<More>) -> FileScreen {
    let township = if roles.contains(&Duty::Finance) { Some(103) } else { None };
    let mut screen = FileScreen::new(CASE, first);
    assert_eq!(screen.update(Msg::Shown).len(), 3);
    screen.update(Msg::Reply(Reply::Me(fixtures::me(roles, township))));
    screen.update(Msg::Reply(Reply::Case(Some(Box::new(card)))));
    screen.update(Msg::Reply(Reply::County(CountyReply::File(Some(Box::new(file))))));
    screen
}

fn number(screen: &mut FileScreen, number: &str) -> Vec<Intent> {
    for c in number.chars() {
        screen.update(Msg::Key(Key::Char(c)));
    }
    screen.update(Msg::Key(Key::Enter))
}

/// Fills the lines of the prompt one after the other; a digit goes as a key, text as it is pasted.
fn fill(screen: &mut FileScreen, lines: &[&str]) {
    for line in lines {
        match line.chars().collect::<Vec<_>>().as_slice() {
            [] => {}
            [digit] if digit.is_ascii_digit() => {
                screen.update(Msg::Key(Key::Char(*digit)));
            }
            _ => {
                screen.update(Msg::Burst((*line).to_owned()));
            }
        }
        screen.update(Msg::Key(Key::Enter));
    }
}

fn deed(intents: &[Intent]) -> &Deed {
    let found = intents.iter().find_map(|intent| match intent {
        Intent::Ask(Ask::Do { deed, .. }) => Some(deed.as_ref()),
        _ => None,
    });
    found.unwrap_or_else(|| panic!("{intents:?}"))
}

fn done(screen: &mut FileScreen) -> Deed {
    let intents = screen.update(Msg::Action(Action::Submit));
    deed(&intents).clone()
}

fn signed(screen: &mut FileScreen) -> Deed {
    assert_eq!(screen.update(Msg::Action(Action::Sign)), vec![Intent::Ask(Ask::Run)]);
    let intents = screen.update(Msg::Reply(Reply::Run(Some(Stamp(1)))));
    deed(&intents).clone()
}

fn said(intents: &[Intent], what: &str) -> bool {
    matches!(intents, [Intent::Say(text) | Intent::Warn(text)] if text.contains(what))
}

#[test]
fn a_case_at_the_county_at_80_columns() {
    let card = at(Stage::Submitted, Some(Tier::County));
    let mut screen = screen(card, fixtures::county_file(), &[Duty::Handler, Duty::Approver], None);
    insta::assert_snapshot!(drawn(&mut screen));
}

#[test]
fn every_number_is_one_and_what_cannot_be_done_says_why() {
    let all: Vec<u8> = deeds::GROUPS.iter().flat_map(|(_, deeds)| deeds.iter().map(|(n, ..)| *n)).collect();
    assert!(all.windows(2).all(|pair| pair[0] < pair[1]), "{all:?}");
    let card = at(Stage::Submitted, Some(Tier::County));
    let mut screen = screen(card, fixtures::county_file(), &[Duty::Handler], None);
    assert!(said(&number(&mut screen, "13"), "审批人"));
    assert!(said(&number(&mut screen, "11"), "已经审核过"));
    assert!(said(&number(&mut screen, "41"), "审批人"));
    assert!(said(&number(&mut screen, "25"), "本地户籍"));
    assert!(said(&number(&mut screen, "99"), "没有编号"));
    assert_eq!(number(&mut screen, "12"), vec![Intent::Open(Place::County(CountyPlace::Meeting(CASE)))]);
    assert_eq!(number(&mut screen, "21"), vec![Intent::Open(Place::County(CountyPlace::Refer(CASE)))]);
    let paper = CountyPaper::Referral(CASE, None);
    assert_eq!(number(&mut screen, "53"), vec![Intent::Ask(Ask::County(CountyAsk::Print(paper)))]);
}

#[test]
fn who_checks_the_city_s_answer_does_not_see_it() {
    let card = at(Stage::AtCity, None);
    let mut screen = screen(card, fixtures::at_city(Some("9002")), &[Duty::Approver], Some(More::CheckCity));
    let text = drawn(&mut screen);
    assert!(text.contains("复核市级批复") && text.contains("9002"), "{text}");
    assert!(!text.contains("朝民复"), "{text}");
    fill(&mut screen, &["朝民复〔2026〕3号", "-", "500"]);
    assert!(said(&screen.update(Msg::Action(Action::Submit)), "F10"), "it is signed");
    let day = fixtures::now().day();
    let check =
        CountyDeed::CheckCity(CASE, "朝民复〔2026〕3号".to_owned(), day.plus(-1), Money::from_fen(50_000));
    assert_eq!(signed(&mut screen), Deed::County(check));
    let done = Reply::Done { sentence: "已复核".to_owned(), case: None, notes: Vec::new() };
    assert_eq!(screen.update(Msg::Reply(done)).first(), Some(&Intent::Back), "back to the list it came from");
}

#[test]
fn who_entered_the_answer_does_not_check_it_and_one_not_agreed_has_no_sum() {
    let card = at(Stage::AtCity, None);
    let own = screen(card.clone(), fixtures::at_city(Some("1001")), &[Duty::Approver], None);
    let view = own.view().unwrap();
    assert!(view.why_not(More::CheckCity).unwrap().contains("其他审批人"));
    let mut other = screen(card, fixtures::at_city(None), &[Duty::Handler], Some(More::CityReply));
    fill(&mut other, &["朝民复〔2026〕4号", "", "1"]);
    assert!(said(&other.update(Msg::Action(Action::Submit)), "批复金额"));
    other.update(Msg::Key(Key::Up));
    fill(&mut other, &["2", "", "不属于临时救助"]);
    let reply = CountyDeed::CityReply {
        case: CASE,
        document: "朝民复〔2026〕4号".to_owned(),
        on: fixtures::now().day(),
        answer: CityAnswer::Refused,
        amount: Money::ZERO,
        text: "不属于临时救助".to_owned(),
    };
    assert_eq!(done(&mut other), Deed::County(reply));
}

#[test]
fn referral_services_and_help_become_their_deeds() {
    let card = at(Stage::Approved, None);
    let day = fixtures::now().day();
    let mut screen = screen(card, fixtures::county_file(), &[Duty::Handler], None);
    number(&mut screen, "22");
    fill(&mut screen, &["", "3", ""]);
    assert!(said(&screen.update(Msg::Action(Action::Submit)), "说明"), "a result has words");
    fill(&mut screen, &["已纳入医疗救助"]);
    let reply = CountyDeed::ReferReply(
        ReferralId([31; 16]),
        ReferOutcome::Done,
        day,
        "已纳入医疗救助".to_owned(),
        None,
    );
    assert_eq!(done(&mut screen), Deed::County(reply));
    screen.update(Msg::Action(Action::Cancel));
    number(&mut screen, "23");
    fill(&mut screen, &["1", "", "", "县社工站", "情绪好转"]);
    let serve = CountyDeed::Serve {
        case: CASE,
        kind: ServiceKind::Counselling,
        on: day,
        sessions: 1,
        provider: "县社工站".to_owned(),
        result: "情绪好转".to_owned(),
    };
    assert_eq!(done(&mut screen), Deed::County(serve));
}

#[test]
fn the_living_go_on_and_the_money_of_the_dead_is_signed_for() {
    let open = at(Stage::Open, None);
    let mut screen_open = screen(open, fixtures::county_file(), &[Duty::Handler], None);
    number(&mut screen_open, "31");
    assert!(drawn(&mut screen_open).contains("2 刘淑芬"));
    fill(&mut screen_open, &["", "申请人去世"]);
    let change = CountyDeed::ChangeApplicant(CASE, PersonId([18; 16]), "申请人去世".to_owned());
    assert_eq!(done(&mut screen_open), Deed::County(change));
    screen_open.update(Msg::Action(Action::Cancel));
    number(&mut screen_open, "33");
    fill(&mut screen_open, &["2", ""]);
    let split = CountyDeed::Split(CASE, PersonId([18; 16]), fixtures::now().day());
    assert_eq!(done(&mut screen_open), Deed::County(split));

    let dead = CaseFile { died: true, ..fixtures::county_file() };
    let mut screen = screen(at(Stage::Approved, None), dead, &[Duty::Approver], Some(More::HoldPayee));
    fill(&mut screen, &["2", "2", "妻子代领"]);
    let hold = CountyDeed::HoldPayee(CASE, Payee::Proxy, Some(PersonId([18; 16])), "妻子代领".to_owned());
    assert_eq!(signed(&mut screen), Deed::County(hold));
}

#[test]
fn the_township_is_told_what_the_county_does_and_raises() {
    let card = at(Stage::Open, None);
    let mut screen = screen(card, fixtures::county_file(), &[Duty::Handler, Duty::Finance], None);
    assert!(said(&number(&mut screen, "14"), "县局"));
    number(&mut screen, "16");
    fill(&mut screen, &["社会影响较大"]);
    assert_eq!(done(&mut screen), Deed::County(CountyDeed::Raise(CASE, "社会影响较大".to_owned())));
    screen.update(Msg::Action(Action::Cancel));
    number(&mut screen, "35");
    fill(&mut screen, &["9101", "轮岗"]);
    assert!(matches!(done(&mut screen), Deed::Arrange(_)));
}

#[test]
fn f4_shows_the_phrases_of_a_line_a_digit_takes_one_and_a_blank_waits_for_the_caret() {
    let mut screen =
        screen(at(Stage::Submitted, Some(Tier::County)), fixtures::county_file(), &[Duty::Approver], None);
    number(&mut screen, "17");
    assert!(screen.hint().contains("F4 常用语"), "{}", screen.hint());
    screen.update(Msg::Action(Action::Choose));
    insta::assert_snapshot!("phrases", drawn(&mut screen));
    assert!(screen.update(Msg::Key(Key::Char('9'))).iter().any(|one| matches!(one, Intent::Say(_))));
    // nothing is done or signed while they stand over the lines
    let done = screen.update(Msg::Action(Action::Sign));
    assert!(done.iter().all(|one| !matches!(one, Intent::Ask(_))), "{done:?}");
    screen.update(Msg::Action(Action::Choose));
    screen.update(Msg::Key(Key::Char('3')));
    let before = screen.caret();
    screen.update(Msg::Burst("收入".to_owned()));
    assert_eq!(screen.caret().1, before.1 + 4);
    let text = drawn(&mut screen);
    assert!(text.contains("请乡镇重新核实收入后审批"), "{text}");
    screen.update(Msg::Action(Action::Choose));
    screen.update(Msg::Action(Action::Cancel));
    assert!(drawn(&mut screen).contains("请乡镇重新核实收入后审批"), "F12 closes the phrases alone");
}
