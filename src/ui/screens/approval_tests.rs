//! The approval on the screen: what an approver sees, decides and is refused.

use super::*;
use crate::base::day::Stamp;
use crate::base::money::Money;
use crate::domain::nouns::Circumstance;
use crate::domain::office::{Role as Duty, Tier};
use crate::office::front::weigh::Weighed;
use crate::ui::screens::fixtures::{self, drawn};

fn screen(card: CaseCard, township: Option<u16>) -> ApprovalScreen {
    let run = vec![card.case.id, CaseId([21; 16])];
    let mut screen = ApprovalScreen::new(run, 0);
    assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Case(card.case.id))]);
    screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Approver], township))));
    let weighed = screen.update(Msg::Reply(Reply::Case(Some(Box::new(card)))));
    assert!(matches!(weighed.first(), Some(Intent::Ask(Ask::Weigh(_)))), "{weighed:?}");
    let beside = Intent::Ask(Ask::County(CountyAsk::File(screen.run[0])));
    assert_eq!(
        weighed.contains(&beside),
        township.is_none(),
        "only the county asks what stands beside the case"
    );
    screen
}

fn weigh(screen: &mut ApprovalScreen, verdicts: Vec<Refusal>) {
    screen.update(Msg::Reply(Reply::Weighed(Weighed { verdicts, ..Weighed::default() })));
}

fn press(screen: &mut ApprovalScreen, keys: &[Key]) -> Vec<Intent> {
    keys.iter().map(|key| screen.update(Msg::Key(*key))).last().unwrap()
}

fn sign(screen: &mut ApprovalScreen) -> Vec<Intent> {
    screen.update(Msg::Action(Action::Sign))
}

fn done() -> Msg {
    Msg::Reply(Reply::Done { sentence: "26-103-0117 已同意".to_owned(), case: None, notes: Vec::new() })
}

/// What a deed that is on its way concludes.
fn concluded(intents: &[Intent]) -> Option<&Conclusion> {
    intents.iter().find_map(|intent| match intent {
        Intent::Ask(Ask::Do { deed, .. }) => match deed.as_ref() {
            Deed::Conclude(conclusion) => Some(conclusion),
            _ => None,
        },
        _ => None,
    })
}

#[test]
fn the_card_at_80_columns_and_its_second_page() {
    let mut screen = screen(fixtures::case_card(), Some(103));
    weigh(&mut screen, Vec::new());
    insta::assert_snapshot!(drawn(&mut screen));
    press(&mut screen, &[Key::Tab]);
    let second = drawn(&mut screen);
    assert!(second.contains("刘淑芬") && second.contains("办理经过"), "{second}");
}

#[test]
fn nothing_is_preset_and_enter_approves_nothing() {
    let mut screen = screen(fixtures::case_card(), Some(103));
    weigh(&mut screen, Vec::new());
    for _ in 0..3 {
        let said = press(&mut screen, &[Key::Enter]);
        assert!(matches!(said.as_slice(), [Intent::Say(text)] if text.contains("没有预设")), "{said:?}");
    }
    let said = sign(&mut screen);
    assert!(matches!(said.as_slice(), [Intent::Warn(text)] if text.contains("结论")), "{said:?}");
    assert!(screen.update(Msg::Burst("1\n".to_owned())).iter().all(|i| matches!(i, Intent::Say(_))));
}

#[test]
fn a_run_asks_the_password_once_and_the_next_case_comes_by_itself() {
    let mut screen = screen(fixtures::case_card(), Some(103));
    weigh(&mut screen, Vec::new());
    assert_eq!(press(&mut screen, &[Key::Char('1')]), vec![Intent::Forget]);
    assert_eq!(sign(&mut screen), vec![Intent::Ask(Ask::Run)]);
    assert!(screen.update(Msg::Reply(Reply::Run(None))).contains(&Intent::Forget));
    assert!(drawn(&mut screen).contains("密码"));
    screen.update(Msg::Burst("Abc12345".to_owned()));
    assert!(!drawn(&mut screen).contains("Abc"));
    assert!(matches!(press(&mut screen, &[Key::Enter]).as_slice(), [Intent::Ask(Ask::OpenRun(_))]));
    let intents = screen.update(Msg::Reply(Reply::RunOpened(Stamp(1))));
    let conclusion = concluded(&intents).unwrap();
    assert_eq!(conclusion.what, Concluded::Approve(Money::from_fen(50_000)));
    let next = screen.update(done());
    assert!(next.contains(&Intent::Ask(Ask::Case(CaseId([21; 16])))), "{next:?}");
    assert!(next.contains(&Intent::Say("26-103-0117 已同意".to_owned())));
    let mut card = fixtures::case_card();
    card.case.id = CaseId([21; 16]);
    screen.update(Msg::Reply(Reply::Case(Some(Box::new(card)))));
    weigh(&mut screen, Vec::new());
    press(&mut screen, &[Key::Char('1')]);
    assert_eq!(sign(&mut screen), vec![Intent::Ask(Ask::Run)]);
    let intents = screen.update(Msg::Reply(Reply::Run(Some(Stamp(1)))));
    assert!(concluded(&intents).is_some(), "no password in an open run: {intents:?}");
    assert_eq!(screen.update(done()).first(), Some(&Intent::Back), "after the last the list");
}

#[test]
fn above_the_pack_s_sum_the_password_is_asked_each_time() {
    let mut card = fixtures::case_card();
    card.case.asked[0].amount = Money::from_fen(200_001);
    let mut screen = screen(card, None);
    weigh(&mut screen, Vec::new());
    press(&mut screen, &[Key::Char('1')]);
    assert!(sign(&mut screen).contains(&Intent::Forget));
    assert!(screen.signing.is_asking());
    screen.update(Msg::Action(Action::Cancel));
    assert!(!screen.signing.is_busy());
}

#[test]
fn a_refusal_stays_on_screen_with_the_way_out() {
    let mut screen = screen(fixtures::case_card(), Some(103));
    weigh(&mut screen, Vec::new());
    press(&mut screen, &[Key::Char('1')]);
    sign(&mut screen);
    screen.update(Msg::Reply(Reply::Run(Some(Stamp(1)))));
    let text = "本户本事项累计500.01元，超出乡镇权限0.01元，请按4报县局审批。";
    let refused = Reply::Refused(vec![Refusal::new(Code::TierAuth, "amount", text)]);
    let said = screen.update(Msg::Reply(refused));
    assert!(matches!(said.as_slice(), [Intent::Warn(text)] if text.contains("请按4报县局")));
    assert!(drawn(&mut screen).contains("[否]"));
    assert_eq!(press(&mut screen, &[Key::Char('4')]), vec![Intent::Forget]);
    sign(&mut screen);
    let intents = screen.update(Msg::Reply(Reply::Run(Some(Stamp(1)))));
    assert_eq!(concluded(&intents).unwrap().what, Concluded::PassUp);
}

#[test]
fn what_is_said_against_passing_on_does_not_stand_as_a_rule_of_approving() {
    let mut screen = screen(fixtures::case_card(), Some(103));
    weigh(&mut screen, Vec::new());
    press(&mut screen, &[Key::Char('4')]);
    sign(&mut screen);
    let intents = screen.update(Msg::Reply(Reply::Run(Some(Stamp(1)))));
    assert_eq!(concluded(&intents).unwrap().what, Concluded::PassUp);
    let text = "这一件在乡镇权限之内，请按1在本级审批。";
    let said = screen.update(Msg::Reply(Reply::Refused(vec![Refusal::new(Code::State, "", text)])));
    assert!(matches!(said.as_slice(), [Intent::Warn(text)] if text.contains("请按1")));
    assert!(!drawn(&mut screen).contains("[否]"));
}

#[test]
fn a_warning_goes_through_with_the_remark_as_its_reason() {
    let mut screen = screen(fixtures::case_card(), Some(103));
    weigh(&mut screen, vec![Refusal::new(Code::Severity, "severity", "急难程度与审批层级不相称")]);
    press(&mut screen, &[Key::Char('1')]);
    assert!(matches!(sign(&mut screen).as_slice(), [Intent::Warn(text)] if text.contains("批注")));
    press(&mut screen, &[Key::Up]);
    screen.update(Msg::Burst("住院在即，先救".to_owned()));
    press(&mut screen, &[Key::Enter, Key::Char('1')]);
    sign(&mut screen);
    let intents = screen.update(Msg::Reply(Reply::Run(Some(Stamp(1)))));
    assert!(concluded(&intents).unwrap().overrides.contains(&Code::Severity));
}

#[test]
fn a_second_grant_of_the_year_asks_the_county_for_its_reason() {
    let mut card = fixtures::case_card();
    card.sums.matter = Money::from_fen(40_000);
    card.case.tier = Some(crate::domain::office::Tier::County);
    let mut screen = screen(card, None);
    weigh(&mut screen, Vec::new());
    assert!(
        matches!(press(&mut screen, &[Key::Char('1')]).as_slice(), [Intent::Say(text)] if text.contains("批注"))
    );
    press(&mut screen, &[Key::Up]);
    screen.update(Msg::Burst("二次手术".to_owned()));
    press(&mut screen, &[Key::Enter, Key::Char('1')]);
    sign(&mut screen);
    let intents = screen.update(Msg::Reply(Reply::Run(Some(Stamp(1)))));
    let conclusion = concluded(&intents).unwrap();
    assert_eq!(conclusion.what, Concluded::ApproveSecond(Money::from_fen(50_000)));
    assert!(matches!(press(&mut screen, &[Key::Char('6')]).as_slice(), [Intent::Say(_)]));
}

fn at_county() -> CaseCard {
    let mut card = fixtures::case_card();
    card.case.tier = Some(crate::domain::office::Tier::County);
    card
}

/// What a deed of the county that is on its way does.
fn county_deed(intents: &[Intent]) -> Option<&CountyDeed> {
    intents.iter().find_map(|intent| match intent {
        Intent::Ask(Ask::Do { deed, .. }) => match deed.as_ref() {
            Deed::County(deed) => Some(deed),
            _ => None,
        },
        _ => None,
    })
}

#[test]
fn the_county_has_five_conclusions_and_sees_what_stands_beside_the_case() {
    let mut screen = screen(at_county(), None);
    weigh(&mut screen, Vec::new());
    let file = Box::new(fixtures::county_file());
    screen.update(Msg::Reply(Reply::County(CountyReply::File(Some(file)))));
    insta::assert_snapshot!(drawn(&mut screen));
}

#[test]
fn the_county_proposes_to_the_city_with_a_reason_and_f10() {
    let mut screen = screen(at_county(), None);
    weigh(&mut screen, Vec::new());
    let said = press(&mut screen, &[Key::Char('5')]);
    assert!(matches!(said.as_slice(), [Intent::Say(text)] if text.contains("批注")), "{said:?}");
    press(&mut screen, &[Key::Up]);
    screen.update(Msg::Burst("社会影响较大".to_owned()));
    press(&mut screen, &[Key::Enter, Key::Char('5')]);
    assert_eq!(sign(&mut screen), vec![Intent::Ask(Ask::Run)]);
    let intents = screen.update(Msg::Reply(Reply::Run(Some(Stamp(1)))));
    let asked = CountyDeed::ToCity(
        CaseId([17; 16]),
        Money::from_fen(50_000),
        String::new(),
        "社会影响较大".to_owned(),
    );
    assert_eq!(county_deed(&intents), Some(&asked));
    assert!(screen.update(done()).contains(&Intent::Ask(Ask::Case(CaseId([21; 16])))), "the next one");
}

#[test]
fn case_by_case_leads_to_the_minutes_and_the_case_stays() {
    let mut screen = screen(at_county(), None);
    weigh(&mut screen, Vec::new());
    press(&mut screen, &[Key::Char('4')]);
    let open = sign(&mut screen);
    assert_eq!(open, vec![Intent::Open(Place::County(CountyPlace::Meeting(CaseId([17; 16]))))]);
    assert!(screen.prompt.as_ref().is_some_and(|(_, prompt)| prompt.is_untouched()));
    assert!(screen.update(Msg::Shown).contains(&Intent::Ask(Ask::Case(CaseId([17; 16])))));
}

#[test]
fn the_section_examines_and_its_opinion_is_its_conclusion() {
    let run = vec![CaseId([17; 16]), CaseId([21; 16])];
    let mut screen = ApprovalScreen::examining(run, 0);
    screen.update(Msg::Shown);
    screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Handler], None))));
    screen.update(Msg::Reply(Reply::Case(Some(Box::new(at_county())))));
    weigh(&mut screen, Vec::new());
    assert_eq!(screen.name(), "股室审核");
    let text = drawn(&mut screen);
    assert!(text.contains("1 审核同意  2 审核不同意") && !text.contains("一年一次"), "{text}");
    assert!(matches!(press(&mut screen, &[Key::Char('2')]).as_slice(), [Intent::Say(_)]), "only with words");
    press(&mut screen, &[Key::Char('1')]);
    assert_eq!(sign(&mut screen), vec![Intent::Ask(Ask::Run)]);
    let intents = screen.update(Msg::Reply(Reply::Run(Some(Stamp(1)))));
    let done_so = CountyDeed::Examine(CaseId([17; 16]), true, Money::from_fen(50_000), "同意".to_owned());
    assert_eq!(county_deed(&intents), Some(&done_so));
    assert!(screen.update(done()).contains(&Intent::Ask(Ask::Case(CaseId([21; 16])))));
}

/// Forty cases in one run of the county: the password once, then a digit and F10 each; nothing is preset, and after F10 the
/// next waiting case stands there by itself.
#[test]
fn forty_approvals_in_a_run_take_two_keys_each() {
    let cases: Vec<CaseId> = (0..40).map(|at| CaseId([100 + at; 16])).collect();
    let mut screen = ApprovalScreen::new(cases.clone(), 0);
    let (mut keys, mut waiting) = (0, std::collections::VecDeque::from(screen.update(Msg::Shown)));
    let (mut approved, mut run, mut back) = (Vec::new(), None, false);
    let mut passwords = 0;
    while !back {
        // the desk answers everything that was asked, in order, before the approver looks up
        while let Some(intent) = waiting.pop_front() {
            let reply = match intent {
                Intent::Ask(Ask::Me) => Reply::Me(fixtures::me(&[Duty::Approver], None)),
                Intent::Ask(Ask::Case(id)) => {
                    let mut card = at_county();
                    card.case.id = id;
                    Reply::Case(Some(Box::new(card)))
                }
                Intent::Ask(Ask::County(CountyAsk::File(_))) => {
                    Reply::County(CountyReply::File(Some(Box::new(fixtures::county_file()))))
                }
                Intent::Ask(Ask::Weigh(_)) => Reply::Weighed(Weighed::default()),
                Intent::Ask(Ask::Run) => Reply::Run(run),
                Intent::Ask(Ask::OpenRun(_)) => {
                    passwords += 1;
                    run = Some(Stamp(1));
                    Reply::RunOpened(Stamp(1))
                }
                Intent::Ask(Ask::Do { deed, .. }) => {
                    let Deed::Conclude(conclusion) = *deed else { panic!("{deed:?}") };
                    assert!(matches!(conclusion.what, Concluded::Approve(_)));
                    approved.push(conclusion.case);
                    Reply::Done { sentence: "已同意".to_owned(), case: None, notes: Vec::new() }
                }
                Intent::Back => {
                    back = true;
                    continue;
                }
                _ => continue,
            };
            waiting.extend(screen.update(Msg::Reply(reply)));
        }
        if back {
            break;
        }
        if screen.signing.is_asking() {
            for c in "jiuji-9001".chars() {
                waiting.extend(screen.update(Msg::Key(Key::Char(c))));
                keys += 1;
            }
            waiting.extend(screen.update(Msg::Key(Key::Enter)));
            keys += 1;
            continue;
        }
        assert!(
            screen.prompt.as_ref().is_some_and(|(_, prompt)| prompt.prompt().is_none()),
            "nothing is preset"
        );
        waiting.extend(screen.update(Msg::Key(Key::Char('1'))));
        waiting.extend(sign(&mut screen));
        keys += 2;
    }
    assert_eq!(approved, cases, "each once, in the order of the list");
    assert_eq!((passwords, keys), (1, 40 * 2 + "jiuji-9001".len() + 1));
}

#[test]
fn what_was_paid_beyond_powers_is_ratified_with_an_amount() {
    let mut screen = screen(fixtures::awaiting(), None);
    weigh(&mut screen, Vec::new());
    assert_eq!(screen.name(), "追认");
    insta::assert_snapshot!(drawn(&mut screen));
    assert!(matches!(press(&mut screen, &[Key::Char('2')]).as_slice(), [Intent::Say(_)]), "only 追认");
    press(&mut screen, &[Key::Char('1')]);
    sign(&mut screen);
    let intents = screen.update(Msg::Reply(Reply::Run(Some(Stamp(1)))));
    assert_eq!(concluded(&intents).unwrap().what, Concluded::Ratify(Money::from_fen(80_000)));
}

#[test]
fn a_case_turned_to_is_another_case_and_a_conclusion_holds_the_page() {
    let mut screen = screen(fixtures::case_card(), Some(103));
    weigh(&mut screen, Vec::new());
    press(&mut screen, &[Key::Char('1')]);
    assert!(matches!(press(&mut screen, &[Key::PgDn]).as_slice(), [Intent::Say(_)]));
    screen.update(Msg::Action(Action::Cancel));
    assert!(press(&mut screen, &[Key::PgDn]).contains(&Intent::Ask(Ask::Case(CaseId([21; 16])))));
    let stale = screen.update(Msg::Reply(Reply::Case(Some(Box::new(fixtures::case_card())))));
    assert!(stale.is_empty() && screen.prompt.is_none(), "the answer about the case before is not shown");
    assert!(
        matches!(press(&mut screen, &[Key::PgDn]).as_slice(), [Intent::Say(text)] if text.contains("最后"))
    );
}

#[test]
fn a_case_changed_meanwhile_takes_the_conclusion_back() {
    let mut screen = screen(fixtures::case_card(), Some(103));
    weigh(&mut screen, Vec::new());
    press(&mut screen, &[Key::Char('1')]);
    let mut card = fixtures::case_card();
    card.case.touched_n += 1;
    screen.update(Msg::Reply(Reply::Case(Some(Box::new(card)))));
    assert!(matches!(sign(&mut screen).as_slice(), [Intent::Warn(_)]));
}

#[test]
fn the_steps_of_the_expenditure_path_are_checked_on_the_card() {
    use crate::domain::nouns::Stage;
    use crate::domain::office::Tier;
    use crate::ui::screens::path::fixtures::{POSTED, case};
    let mut card = case(POSTED, false);
    (card.case.stage, card.case.tier) = (Stage::Submitted, Some(Tier::Township));
    let mut screen = screen(card, Some(103));
    weigh(&mut screen, Vec::new());
    insta::assert_snapshot!(drawn(&mut screen));
}

#[test]
fn the_county_is_reminded_of_the_city_for_an_incident_and_nobody_else_is() {
    for (circumstance, shared, township, hinted) in [
        (Circumstance::Incident, false, None, true),
        (Circumstance::Accident, true, None, true),
        (Circumstance::Accident, false, None, false),
        (Circumstance::Incident, true, Some(103), false),
    ] {
        let mut card = fixtures::case_card();
        card.case.circumstance = circumstance;
        card.case.stage = Stage::Submitted;
        card.case.tier = Some(if township.is_some() { Tier::Township } else { Tier::County });
        card.matter.as_mut().unwrap().shared = shared;
        let mut screen = screen(card, township);
        weigh(&mut screen, Vec::new());
        assert_eq!(drawn(&mut screen).contains("报市级审批：按 5 报市"), hinted, "{circumstance:?} {shared}");
        let first = screen.phrases().into_iter().next().unwrap_or_default();
        assert_eq!(first.contains("社会影响"), hinted, "{first}");
    }
}

#[test]
fn a_sum_outside_the_standard_stands_out_on_the_card() {
    let mut card = fixtures::case_card();
    let band =
        crate::domain::pack::Pack::read(crate::domain::pack::CY_2021_15).unwrap().standard.bands[0].clone();
    card.standard = Some(band);
    let mut screen = screen(card, Some(103));
    weigh(&mut screen, Vec::new());
    assert!(drawn(&mut screen).contains("标准至多20,000.00元"));
}
