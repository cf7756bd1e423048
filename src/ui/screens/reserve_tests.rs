//! The month of a reserve on the screen.

use super::*;
use crate::ui::screens::fixtures::{self, drawn};

fn screen(roles: &[Duty], township: Option<u16>) -> ReserveScreen {
    let mut screen = ReserveScreen::new(township);
    let asked = Ask::Reserve { township: township.unwrap_or(0), month: (0, 0) };
    assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Me), Intent::Ask(asked)]);
    screen.update(Msg::Reply(Reply::Me(fixtures::me(roles, township))));
    screen.update(Msg::Reply(Reply::Reserve(Box::new(fixtures::reserve()))));
    screen
}

fn press(screen: &mut ReserveScreen, keys: &[Key]) -> Vec<Intent> {
    keys.iter().map(|key| screen.update(Msg::Key(*key))).last().unwrap()
}

fn warned(intents: &[Intent], what: &str) -> bool {
    matches!(intents, [Intent::Say(text) | Intent::Warn(text)] if text.contains(what))
}

#[test]
fn a_month_at_80_columns() {
    let mut screen = screen(&[Duty::Handler], Some(103));
    insta::assert_snapshot!(drawn(&mut screen));
    assert!(screen.hint().contains("100.00"));
}

#[test]
fn months_turn_and_stop_at_today() {
    let mut screen = screen(&[Duty::Handler], Some(103));
    assert!(warned(&press(&mut screen, &[Key::PgDn]), "下个月"));
    let asked = Intent::Ask(Ask::Reserve { township: 103, month: (2026, 10) });
    assert!(press(&mut screen, &[Key::PgUp]).contains(&asked));
    let print = Ask::Print(PaperKind::Reserve, None);
    assert_eq!(screen.update(Msg::Action(Action::Print)), vec![Intent::Ask(print)]);
}

#[test]
fn an_outlay_is_repaid_with_a_receipt() {
    let mut screen = screen(&[Duty::Handler], Some(103));
    assert_eq!(press(&mut screen, &[Key::Char('1'), Key::Enter]), vec![Intent::Forget]);
    assert!(warned(&screen.update(Msg::Action(Action::Submit)), "从"), "the till is not preset");
    press(&mut screen, &[Key::Char('1'), Key::Enter]);
    screen.update(Msg::Burst("村收据 12 号".to_owned()));
    let deed = Deed::Repay(CaseId([17; 16]), Money::from_fen(10_000), Till::Cash, "村收据 12 号".to_owned());
    let done = Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 });
    assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![done]);
    assert!(drawn(&mut screen).contains("归垫"));
}

#[test]
fn only_the_county_s_finance_allots_and_chooses_a_township() {
    let mut own = screen(&[Duty::Handler], Some(103));
    assert!(warned(&press(&mut own, &[Key::Char('5'), Key::Enter]), "县局财务"));
    assert!(warned(&press(&mut own, &[Key::Char('6'), Key::Enter]), "本镇"));
    let mut county = screen(&[Duty::Finance], None);
    press(&mut county, &[Key::Char('5'), Key::Enter]);
    assert!(drawn(&mut county).contains("1 中央补助 186,000.00  4 县级预算 50,000.00"));
    assert!(warned(&press(&mut county, &[Key::Char('5')]), "请按 1、4"), "donated money never goes in");
    assert!(warned(&county.update(Msg::Action(Action::Sign)), "来源没有选"), "none is preset");
    press(&mut county, &[Key::Char('4')]);
    for c in "3000".chars() {
        county.update(Msg::Key(Key::Char(c)));
    }
    press(&mut county, &[Key::Enter, Key::Char('2')]);
    let deed = Deed::Allot(103, Fund::County, Money::from_fen(300_000), Till::Bank, String::new());
    let done = Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 });
    assert!(warned(&county.update(Msg::Action(Action::Submit)), "F10"), "money is signed for");
    assert!(county.update(Msg::Action(Action::Sign)).contains(&Intent::Forget));
    county.update(Msg::Burst("pw\n".to_owned()));
    county.update(Msg::Key(Key::Enter));
    assert_eq!(county.update(Msg::Reply(Reply::RunOpened(fixtures::now()))), vec![done]);
    county
        .update(Msg::Reply(Reply::Done { sentence: "已拨入".to_owned(), case: None, notes: Vec::new() }));
    press(&mut county, &[Key::Char('6'), Key::Enter]);
    county.update(Msg::Burst("波罗赤".to_owned()));
    assert!(drawn(&mut county).contains("换乡镇"));
    let asked = press(&mut county, &[Key::Enter]);
    assert!(matches!(asked.as_slice(), [_, Intent::Ask(Ask::Reserve { township: 102, .. })]), "{asked:?}");
}

#[test]
fn what_goes_back_goes_to_a_source_that_put_it_in() {
    let mut screen = screen(&[Duty::Handler], Some(103));
    press(&mut screen, &[Key::Char('4'), Key::Enter]);
    assert!(drawn(&mut screen).contains("1 中央补助 12,000.00  0 未注明来源 2,000.00"));
    assert!(warned(&press(&mut screen, &[Key::Char('4')]), "请按 1、0"), "it put nothing in");
    typed(&mut screen, "1800");
    let deed =
        |fund| Deed::MoveReserve(103, ReserveMove::GiveBack, fund, Money::from_fen(80_000), String::new());
    let asked = |deed| vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })];
    assert_eq!(screen.update(Msg::Action(Action::Submit)), asked(deed(Some(Fund::Central))));
    press(&mut screen, &[Key::Up, Key::Char('0')]);
    assert_eq!(screen.update(Msg::Action(Action::Submit)), asked(deed(None)));
    screen.update(Msg::Action(Action::Cancel));
    let mut view = fixtures::reserve();
    view.sources.truncate(1);
    screen.update(Msg::Reply(Reply::Reserve(Box::new(view.clone()))));
    press(&mut screen, &[Key::Char('4'), Key::Enter]);
    typed(&mut screen, "800");
    assert_eq!(
        screen.update(Msg::Action(Action::Submit)),
        asked(deed(Some(Fund::Central))),
        "the only one there is stands there already"
    );
    screen.update(Msg::Action(Action::Cancel));
    view.sources.clear();
    screen.update(Msg::Reply(Reply::Reserve(Box::new(view))));
    assert!(warned(&press(&mut screen, &[Key::Char('4'), Key::Enter]), "没有拨入未退的"));
}

fn typed(screen: &mut ReserveScreen, text: &str) -> Vec<Intent> {
    let press = |c| screen.update(Msg::Key(if c == '\n' { Key::Enter } else { Key::Char(c) }));
    text.chars().map(press).last().unwrap()
}

#[test]
fn the_approver_counts_the_cash_and_a_difference_has_its_reason() {
    let mut handler = screen(&[Duty::Handler], Some(103));
    assert!(warned(&handler.update(Msg::Action(Action::Submit)), "审批人"));
    let mut screen = screen(&[Duty::Approver], Some(103));
    let asked = screen.update(Msg::Action(Action::Submit));
    assert_eq!(asked, vec![Intent::Ask(Ask::Officers), Intent::Forget]);
    let officers = vec![
        fixtures::officer("1401", &[Duty::Handler], Some(104)),
        fixtures::officer("1203", &[Duty::Handler], Some(103)),
        fixtures::me(&[Duty::Approver], Some(103)).officer,
    ];
    screen.update(Msg::Reply(Reply::Officers(fixtures::lines(officers))));
    assert!(screen.hint().contains("F4 选人"), "{}", screen.hint());
    screen.update(Msg::Action(Action::Choose));
    let offered = drawn(&mut screen);
    assert!(
        offered.contains("1 1203") && !offered.contains("1401"),
        "who works here, without who counts: {offered}"
    );
    assert!(!offered.lines().any(|line| line.trim_start().starts_with("2 ")), "{offered}");
    typed(&mut screen, "1\n840\n");
    assert!(warned(&screen.update(Msg::Action(Action::Submit)), "差 -10.00"));
    screen.update(Msg::Burst("找零差错".to_owned()));
    let deed = Deed::Money(MoneyDeed::Count {
        township: 103,
        keeper: "1203".into(),
        counted: Money::from_fen(84_000),
        reason: "找零差错".to_owned(),
    });
    let asked = screen.update(Msg::Action(Action::Submit));
    assert_eq!(asked, vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })]);
}

#[test]
fn a_low_reserve_says_how_much_may_be_asked_for() {
    let mut screen = screen(&[Duty::Handler], Some(103));
    assert!(warned(&screen.update(Msg::Action(Action::New)), "没有核定"));
    let mut view = fixtures::reserve();
    view.outlays.clear();
    view.plan.ceiling = Some(Money::from_fen(2_500_000));
    screen.update(Msg::Reply(Reply::Reserve(Box::new(view))));
    assert!(screen.hint().contains("申请补足 19,650.00 元（另 500.00 元待补手续）"), "{}", screen.hint());
    screen.update(Msg::Action(Action::New));
    insta::assert_snapshot!(drawn(&mut screen));
    let deed = MoneyDeed::AskMore { township: 103, amount: Money::from_fen(1_965_000), note: String::new() };
    let asked = screen.update(Msg::Action(Action::Submit));
    assert_eq!(asked, vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::Money(deed)), draft: 0 })]);
}

#[test]
fn the_county_sets_the_ceiling_with_the_password() {
    let mut screen = screen(&[Duty::Finance], None);
    typed(&mut screen, "9\n10000\n");
    screen.update(Msg::Burst("朝民备3号".to_owned()));
    assert!(warned(&screen.update(Msg::Action(Action::Submit)), "F10"));
    assert!(screen.update(Msg::Action(Action::Sign)).contains(&Intent::Forget));
    screen.update(Msg::Burst("pw\n".to_owned()));
    screen.update(Msg::Key(Key::Enter));
    let asked = screen.update(Msg::Reply(Reply::RunOpened(fixtures::now())));
    let deed = MoneyDeed::Ceiling {
        township: 103,
        amount: Money::from_fen(1_000_000),
        note: "朝民备3号".to_owned(),
    };
    assert_eq!(asked, vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::Money(deed)), draft: 0 })]);
}
