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
fn a_sum_takes_digits_and_what_makes_it_wrong_stays_to_be_mended() {
    let mut prompt = Prompt::new((), "归垫").with("金额", Kind::Money, "");
    assert!(matches!(typed(&mut prompt, "a"), Happened::Say(_)));
    assert_eq!(typed(&mut prompt, "."), Happened::Moved, "a sum may begin with its point");
    prompt.key(Key::Backspace);
    typed(&mut prompt, "１，2,34。5");
    assert_eq!(prompt.text(0).unwrap(), "1234.5", "what parts thousands is dropped");
    assert_eq!(typed(&mut prompt, "6"), Happened::Moved);
    assert_eq!(prompt.money(0).unwrap(), Money::from_fen(123_456));
    for (wrong, said) in [
        ("2000.005", "最多两位小数"),
        ("13812345678", "金额过大"),
        ("-500", "不能带负号"),
        ("1.2.3", "不是数字"),
        ("99999999999999999", "最长"),
    ] {
        prompt.key(Key::CtrlBackspace);
        assert!(matches!(typed(&mut prompt, wrong), Happened::Say(text) if text.contains(said)), "{wrong}");
        assert!(wrong.starts_with(&prompt.text(0).unwrap()) && prompt.text(0).unwrap().len() > 3, "{wrong}");
        assert!(prompt.money(0).is_err(), "{wrong} is no sum");
        prompt.key(Key::CtrlBackspace);
        assert!(matches!(prompt.burst(wrong), Happened::Say(_)), "{wrong}");
        assert!(prompt.money(0).is_err(), "{wrong} pasted is no sum either");
    }
    prompt.key(Key::CtrlBackspace);
    assert_eq!(typed(&mut prompt, "9999999999.99"), Happened::Moved, "ten digits before the point");
    prompt.key(Key::CtrlBackspace);
    assert_eq!(prompt.burst("12,000.5 元\n"), Happened::Moved);
    assert_eq!(prompt.text(0).unwrap(), "12000.5");
    prompt.key(Key::CtrlBackspace);
    assert!(matches!(prompt.burst("abc12"), Happened::Say(text) if text.contains('3')));
    assert_eq!(prompt.text(0).unwrap(), "12", "letters are not pasted either");
}

#[test]
fn what_was_put_there_is_typed_over_or_mended() {
    let with =
        || Prompt::new((), "归垫").with("金额", Kind::Money, "500.00").with("原因", Kind::Text, "照旧");
    let sum = |prompt: &Prompt<()>| prompt.text(0).unwrap();
    let mut over = with();
    typed(&mut over, "320");
    assert_eq!(sum(&over), "320", "the first digit takes its place");
    let mut pasted = with();
    pasted.burst("320.50");
    assert_eq!(sum(&pasted), "320.50");
    for (key, then, left) in [
        (Key::Backspace, "5", "500.05"),
        (Key::End, "5", "500.005"),
        (Key::Home, "1", "1500.00"),
        (Key::Left, "5", "500.050"),
    ] {
        let mut mended = with();
        mended.key(key);
        typed(&mut mended, then);
        assert_eq!(sum(&mended), left, "{key:?}");
    }
    let mut left = with();
    left.key(Key::Enter);
    typed(&mut left, "办");
    assert_eq!(
        (sum(&left).as_str(), left.text(1).unwrap().as_str()),
        ("500.00", "照旧办"),
        "words are added to"
    );
    let mut filled = Prompt::new((), "归垫").with("金额", Kind::Money, "");
    filled.fill(0, "80.00");
    typed(&mut filled, "9");
    assert_eq!(sum(&filled), "9");
}

#[test]
fn a_balance_may_be_nothing_but_not_a_point() {
    for (text, read) in [("0", true), ("0.00", true), (".", false), ("0.0.0", false), ("0.005", false)] {
        let mut prompt = Prompt::new((), "盘点").with("实有", Kind::Balance, "");
        typed(&mut prompt, text);
        assert_eq!(prompt.balance(0).is_ok(), read, "{text}");
    }
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
