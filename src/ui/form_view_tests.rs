//! Forms as they are drawn and typed into.

use super::*;
use crate::base::day::{Day, Stamp};
use crate::forms::tables::{self, emergency};
use crate::forms::{Answers, Context};
use crate::ui::testing;
use crate::ui::theme::Theme;

fn form(table: &'static crate::forms::Table) -> Form {
    let today = Day::new(2026, 11, 23).unwrap();
    Form::new(table, Context { today, now: Stamp::at(today, 9, 15), township: Some(103) }, Answers::new())
}

fn drawn(form: &Form, cols: u16, rows: u16) -> (String, (u16, u16)) {
    let mut buffer = testing::buffer(cols, rows);
    let (theme, _) = Theme::load("plain", None, false);
    draw(form, &mut Canvas::new(&mut buffer, &theme));
    testing::assert_widths_certain(&buffer);
    let caret = caret(form, Size { rows, cols });
    let under = buffer[(caret.1, caret.0)].style();
    let focus = theme.style(Role::Text).patch(theme.style(Role::FieldFocus));
    assert_eq!((under.fg, under.bg), (focus.fg, focus.bg), "the caret stands in a focused field");
    (testing::text(&buffer), caret)
}

fn type_in(form: &mut Form, text: &str) {
    for c in text.chars() {
        form.press(if c == '\n' { FormKey::Enter } else { FormKey::Char(c) });
    }
}

#[test]
fn every_form_is_drawn_at_every_size_with_the_caret_in_its_field() {
    for table in tables::all() {
        for (cols, rows) in [(80, 19), (60, 14), (132, 37)] {
            let mut form = form(table);
            for _ in form.spots() {
                drawn(&form, cols, rows);
                form.press(FormKey::Tab);
            }
        }
    }
}

#[test]
fn the_emergency_form_at_80_columns() {
    let mut form = form(&emergency::TABLE);
    type_in(&mut form, "211321195803120024\n王桂兰");
    let (text, _) = drawn(&form, 80, 19);
    insta::assert_snapshot!(text, @r#"
身份证号   [211321195803120024 ] 女 68岁 1958-03-12生 户籍朝阳县
姓    名   [王桂兰            ]  申请 [1 个人  ] 家庭 [1  ]  受助 [1  ]
现住村(居) [                  ]  急难发生地 [同上      ] 身份 [0 无          ]
联系电话   [                ]  发现渠道 [1 本人到窗口]
急难情形   [              ]           急难程度 [2 较重  ] 发生日期 [2026-11-23]
救助方式   [1 救助金      ] 金额 [            ]

发放渠道   [1 打卡        ] 账号 [                    ] 领款人 [1 本人        ]

简要事由   [                                                                ]
其他救助   [0 无              ]
办    理   [                  ] 1报镇审批 2先行救助 3已付补记 4预支
"#);
}

#[test]
fn the_words_of_a_sum_are_read_whole() {
    let mut form = form(&emergency::TABLE);
    form.go("amount");
    type_in(&mut form, "12345.67");
    let words = "壹万贰仟叁佰肆拾伍元陆角柒分";
    assert!(drawn(&form, 80, 19).0.contains(words), "{}", drawn(&form, 80, 19).0);
    form.press(FormKey::Clear);
    type_in(&mut form, "987654.32");
    assert!(hint(&form).contains("玖拾捌万柒仟陆佰伍拾肆元叁角贰分"), "{}", hint(&form));
}

#[test]
fn a_problem_stands_beside_its_field_or_in_the_message_line() {
    let mut form = form(&emergency::TABLE);
    type_in(&mut form, "211321195803120025");
    let (text, _) = drawn(&form, 80, 19);
    assert!(text.contains("]x") || text.contains("] x"), "{text}");
    assert!(hint(&form).starts_with("身份证号校验不符"), "{}", hint(&form));
}

#[test]
fn the_list_of_values_stands_over_the_form_and_is_searched_by_initials() {
    for (cols, rows) in [(80, 19), (60, 14)] {
        let mut form = form(&emergency::TABLE);
        assert!(form.go("village"));
        form.press(FormKey::Choose);
        let (text, before) = drawn(&form, cols, rows);
        assert!(text.contains(" 项") && text.contains(">1 "), "{text}");
        type_in(&mut form, "m");
        let (text, after) = drawn(&form, cols, rows);
        assert_eq!((after.0, after.1), (before.0, before.1 + 1), "{text}");
        assert_eq!(form_action(&form, Action::Back), Some(FormKey::Cancel), "Esc closes the list first");
        form.press(FormKey::Cancel);
        assert_eq!(form_action(&form, Action::Back), None);
    }
}

#[test]
fn a_form_of_several_pages_says_which_one_is_seen() {
    let mut form = form(&emergency::TABLE);
    assert!(drawn(&form, 60, 14).0.contains("第 1 页 共 2 页"));
    form.press(FormKey::FieldLast);
    assert!(drawn(&form, 60, 14).0.contains("第 2 页 共 2 页"));
    assert!(!drawn(&form, 80, 19).0.contains("共 2 页"));
}

#[test]
fn a_text_longer_than_its_field_follows_the_caret() {
    assert_eq!(window("突发心梗送县医院", 16, 9), ("送县医院".to_owned(), 8));
    assert_eq!(window("突发心梗", 0, 9), ("突发心梗".to_owned(), 0));
    assert_eq!(window("12345678", 8, 8), ("2345678".to_owned(), 7));
    assert_eq!(window("", 0, 0), (String::new(), 0));
}

#[test]
fn the_list_of_values_costs_at_most_1000_bytes() {
    let mut form = form(&emergency::TABLE);
    assert!(form.go("circumstance"));
    let (theme, _) = Theme::load("plain", None, false);
    let mut terminal = crate::ui::terminal::Terminal::over(Vec::new(), 80, 25);
    let mut bytes = |form: &Form| {
        terminal.out_mut().clear();
        terminal
            .draw(|buffer| {
                draw(form, &mut Canvas::new(buffer, &theme));
                caret(form, Size { rows: 25, cols: 80 })
            })
            .unwrap();
        terminal.out_mut().len()
    };
    bytes(&form);
    form.press(FormKey::Choose);
    let cost = bytes(&form);
    assert!(cost <= 1000, "{cost}");
}

#[test]
fn a_card_read_into_a_choice_changes_nothing() {
    let mut panel = FormPanel::new(form(&emergency::TABLE));
    assert!(panel.form.go("severity"));
    let before = panel.form.answers().clone();
    panel.take(&Msg::Key(Key::Char('1')));
    assert_ne!(panel.form.focus_path(), "severity", "a digit chooses and goes on");
    let outcomes = panel.take(&Msg::Burst("10221195803120024\n".to_owned())).unwrap();
    assert!(outcomes.iter().any(|o| matches!(o, Outcome::Told(text) if text.contains("没有收"))));
    assert_eq!(panel.form.focus_path(), "severity");
    let texts = |answers: &Answers| {
        emergency::TABLE.fields.iter().map(|f| answers.get(f.key).map(|a| a.text.clone())).collect::<Vec<_>>()
    };
    assert_eq!(texts(panel.form.answers()), texts(&before));
}

#[test]
fn a_card_read_into_the_id_number_fills_it_and_goes_on() {
    let mut panel = FormPanel::new(form(&emergency::TABLE));
    panel.take(&Msg::Key(Key::Char('2')));
    let outcomes = panel.take(&Msg::Burst("11321195803120024\n".to_owned())).unwrap();
    assert!(outcomes.contains(&Outcome::Completed("id_no".to_owned())), "{outcomes:?}");
    assert_eq!(panel.form.value("id_no"), "211321195803120024");
    assert_ne!(panel.form.focus_path(), "id_no");
    assert!(!outcomes.contains(&Outcome::Submit));
    assert!(panel.take(&Msg::Shown).is_none() && panel.take(&Msg::Action(Action::Lookup)).is_none());
}
