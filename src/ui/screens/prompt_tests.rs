//! Prompts: reading by kind, what is typed into a sum, choices that go on, the cursor where something is missing.

use super::*;

fn prompt() -> Prompt<()> {
    Prompt::new((), "会商纪要")
        .with("会议日期", Kind::Day(Day::new(2026, 11, 23).unwrap()), "")
        .with("到会", Kind::Count, "")
        .with("金额", Kind::Money, "500.00")
        .with("层级", Kind::Choice(vec!["乡镇", "县局"]), "")
        .with("纪要", Kind::Text, "")
}

fn typed(prompt: &mut Prompt<()>, text: &str) -> Happened {
    let mut last = Happened::Nothing;
    for c in text.chars() {
        last = prompt.key(if c == '\n' { Key::Enter } else { Key::Char(c) });
    }
    last
}

fn at(prompt: &Prompt<()>) -> &'static str {
    prompt.field(prompt.at.get()).unwrap().label
}

#[test]
fn a_chosen_digit_is_seen() {
    let mut prompt = Prompt::new((), "报批").with("报到", Kind::Choice(vec!["乡镇", "县局"]), "1");
    let drawn = |prompt: &Prompt<()>| {
        let mut buffer = crate::ui::testing::buffer(60, 2);
        let (theme, _) = crate::ui::theme::Theme::load("plain", None, false);
        prompt.draw(&mut Canvas::new(&mut buffer, &theme), 0, 60);
        crate::ui::testing::text(&buffer)
    };
    assert!(drawn(&prompt).contains("[1 ]"), "{}", drawn(&prompt));
    prompt.key(Key::Char('2'));
    assert!(drawn(&prompt).contains("[2 ]"), "{}", drawn(&prompt));
}

#[test]
fn lines_are_read_by_their_kind_and_say_what_is_missing() {
    let mut prompt = prompt();
    assert_eq!(prompt.day(0).unwrap(), Day::new(2026, 11, 23).unwrap());
    prompt.key(Key::Enter);
    prompt.key(Key::Char('３'));
    assert_eq!(prompt.count(1).unwrap(), 3);
    assert!(matches!(prompt.key(Key::Char('a')), Happened::Say(_)));
    prompt.key(Key::Down);
    assert_eq!(prompt.money(2).unwrap(), Money::from_fen(50_000));
    prompt.key(Key::Down);
    assert!(matches!(prompt.key(Key::Char('3')), Happened::Say(_)));
    prompt.key(Key::Char('2'));
    assert_eq!(prompt.choice(3).unwrap(), 1);
    prompt.burst("三人到会\n同意");
    assert_eq!(prompt.text(4).unwrap(), "三人到会 同意");
    assert!(matches!(prompt.key(Key::Enter), Happened::Say(text) if text.contains("F9")));
}

#[test]
fn the_cursor_stands_in_the_line_that_is_complained_of() {
    let prompt = prompt();
    assert!(prompt.count(1).unwrap_err().starts_with(at(&prompt)));
    assert!(prompt.choice(3).unwrap_err().starts_with(at(&prompt)));
    assert!(prompt.text(4).unwrap_err().starts_with(at(&prompt)));
    prompt.lead("金额与批次不符，请重新加总");
    assert_eq!(at(&prompt), "金额");
    prompt.lead("批次不能复核");
    assert_eq!(at(&prompt), "金额", "a sentence about no line moves nothing");
}

#[test]
fn a_digit_chooses_and_goes_on_and_an_enter_after_it_goes_no_further() {
    let mut prompt = Prompt::new((), "建立批次")
        .with("付款银行", Kind::Text, "县农信联社")
        .with("资金来源", Kind::Choice(vec!["中央补助", "省级补助"]), "")
        .with("控制数", Kind::Money, "")
        .from_first_open();
    assert_eq!(at(&prompt), "资金来源", "what is filled in already is passed over");
    typed(&mut prompt, "2");
    assert_eq!((at(&prompt), prompt.choice(1).unwrap()), ("控制数", 1));
    typed(&mut prompt, "\n630.50");
    assert_eq!(prompt.money(2).unwrap(), Money::from_fen(63_050));
    prompt.key(Key::Up);
    typed(&mut prompt, "9");
    assert_eq!(at(&prompt), "资金来源", "what is no choice leads nowhere");
}

#[test]
fn a_sum_takes_digits_one_point_and_two_places() {
    let mut prompt = Prompt::new((), "归垫").with("金额", Kind::Money, "");
    assert!(matches!(typed(&mut prompt, "a"), Happened::Say(_)));
    assert!(matches!(typed(&mut prompt, "-"), Happened::Say(_)));
    typed(&mut prompt, "１，2,34。5");
    assert_eq!(prompt.text(0).unwrap(), "1234.5", "what parts thousands is dropped");
    assert!(matches!(typed(&mut prompt, "."), Happened::Say(_)));
    typed(&mut prompt, "6");
    assert!(matches!(typed(&mut prompt, "7"), Happened::Say(_)));
    assert_eq!(prompt.money(0).unwrap(), Money::from_fen(123_456));
    prompt.key(Key::CtrlBackspace);
    assert_eq!(prompt.burst("12,000.5 元\n"), Happened::Moved);
    assert_eq!(prompt.text(0).unwrap(), "12000.5");
    prompt.key(Key::CtrlBackspace);
    assert!(matches!(prompt.burst("abc12"), Happened::Say(text) if text.contains('3')));
    assert_eq!(prompt.text(0).unwrap(), "12", "letters are not pasted either");
}

#[test]
fn a_line_says_how_it_is_filled_in() {
    let mut prompt = Prompt::new((), "入库")
        .with("品名", Kind::Text, "")
        .with("中央补助", Kind::Limit, "")
        .hinted("元，不填的结转下年")
        .with("原因", Kind::Text, "");
    assert!(prompt.hint().contains("如 大米") && !prompt.hint().contains("情况"), "{}", prompt.hint());
    prompt.key(Key::Down);
    assert!(prompt.hint().contains("结转下年"), "{}", prompt.hint());
    prompt.key(Key::Down);
    assert!(prompt.hint().contains("写明情况"), "{}", prompt.hint());
}
