//! The emergency form on its screen: what is sent to the desk, and what comes back.

use super::*;
use crate::domain::nouns::{Channel, Circumstance, Severity};
use crate::domain::office::Tier;
use crate::domain::refusal::Refusal;
use crate::ui::action::Action;
use crate::ui::key::Key;
use crate::ui::product::Place;
use crate::ui::screen::Msg;
use crate::ui::screens::testing::{self, Clerk, KNOWN, as_draft, family, refusal, start, warning};

fn clerk() -> Clerk {
    Clerk::at(Emergency::screen(String::new(), None, 0), "emergency")
}

/// F6 on home, and everything up to the handling.
fn to_handling(clerk: &mut Clerk) {
    clerk.pressed = 1;
    clerk.keys(&format!("{KNOWN}\n2500\n"));
    clerk.act(Action::Choose);
    clerk.keys("1\n");
}

fn answers(clerk: &Clerk) -> &Answers {
    match &clerk.deeds.last().unwrap().0 {
        Deed::Emergency { answers, .. } => answers,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_known_person_is_registered_within_35_keys() {
    let mut clerk = clerk();
    to_handling(&mut clerk);
    clerk.keys("1");
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty(), "the first F9 only shows");
    clerk.act(Action::Submit);
    assert!(clerk.pressed <= 35, "{} keys", clerk.pressed);
    let answers = answers(&clerk);
    assert_eq!((answers.text("name"), answers.text("amount")), ("单文彩", "500.00"));
    assert_eq!((answers.text("status"), answers.text("beneficiaries")), ("rural_allowance", "3"));
    assert_eq!(clerk.deeds.last().unwrap().1, 100, "its draft is let go");
    assert!(clerk.went_back() && clerk.line().contains("26-102-0118 已报批"));
}

#[test]
fn a_known_person_is_paid_first_within_40_keys() {
    let mut clerk = clerk();
    to_handling(&mut clerk);
    clerk.keys("2");
    clerk.act(Action::Choose);
    clerk.keys("11");
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    assert!(clerk.pressed <= 40, "{} keys", clerk.pressed);
    assert_eq!(answers(&clerk).text("authorised_by"), "1301");
    let Deed::Emergency { handed_over, .. } = &clerk.deeds[0].0 else { panic!() };
    assert_eq!(*handed_over, None, "with the drive there the moment is the share's");
}

/// A card reader gives the number and its Enter as one burst, or the Enter on its own right after: what the card fills is
/// skipped either way, so that the next key is the circumstance.
#[test]
fn a_card_read_in_leads_to_the_circumstance() {
    for end in ["\n", ""] {
        let mut clerk = Clerk::with(Emergency::screen(String::new(), None, 0), start("emergency"), |clerk| {
            clerk.prompt = false;
        });
        clerk.release();
        clerk.send(Msg::Key(Key::Char('2')));
        clerk.send(Msg::Burst(format!("{}{end}", KNOWN.get(1..).unwrap())));
        if end.is_empty() {
            clerk.send(Msg::Key(Key::Enter));
        }
        clerk.send(Msg::Key(Key::Char('2')));
        clerk.release();
        let text = clerk.drawn(80, 19);
        assert!(text.contains("单文彩 "), "no digit got into the name: {text}");
        assert!(text.contains("2 突患重病"), "{text}");
    }
}

#[test]
fn everything_typed_ahead_of_the_desk_arrives() {
    let mut clerk = Clerk::with(Emergency::screen(String::new(), None, 0), start("emergency"), |clerk| {
        clerk.prompt = false;
    });
    to_handling(&mut clerk);
    clerk.keys("1");
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty());
    clerk.release();
    assert_eq!(answers(&clerk).text("circumstance"), "2");
    assert_eq!(clerk.deeds.len(), 1);
}

#[test]
fn the_panel_and_the_form_at_80_columns() {
    let mut clerk = clerk();
    to_handling(&mut clerk);
    insta::assert_snapshot!(clerk.drawn_everywhere(), @r#"
 身份证号   [211321196804120012 ] 男 58岁 1968-04-12生 户籍朝阳县
 姓    名   [单文彩            ]  申请 [2 家庭  ] 家庭 [3  ]  受助 [3  ]
 现住村(居) [波罗赤村          ]  急难发生地 [同上      ] 身份 [2 农村低保    ]
 联系电话   [13900000000     ]  发现渠道 [1 本人到窗口]
 急难情形   [2 突患重病    ] 三（二）  急难程度 [2 较重  ] 发生日期 [2026-11-23]
 救助方式   [1 救助金      ] 金额 [500.00      ] 伍佰元整

 发放渠道   [1 打卡        ] 账号 [6217000000000000020 ] 领款人 [1 本人        ]

 简要事由   [突发疾病急需救治，家中无现金                                    ]
 其他救助   [0 无              ]
 办    理   [                  ] 1报镇审批 2先行救助 3已付补记 4预支
----------------------------------------------------------      第 1 页 共 2 页
 往年救助(自动查到 3 笔)  本户本年 0 笔 0.00                本事项还可批 500.00
  2026  本人 0 笔 0.00
  同户近三年：配偶 刘淑芬 1 笔 400.00(2025)
  2025  03-14 长期病残 镇批 400.00 已发放   共 2 笔 1,900.00
  2024  03-14 突患重病 镇批 500.00 台账
"#);
    clerk.keys("1");
    clerk.act(Action::Submit);
    let text = clerk.drawn_everywhere();
    assert!(text.contains("报审批") && text.contains("伍佰元整") && text.contains("尾号 00000020"), "{text}");
}

#[test]
fn neither_enter_nor_a_burst_submits() {
    let mut clerk = clerk();
    to_handling(&mut clerk);
    clerk.keys("1\n\n\n");
    clerk.send(Msg::Burst("12345678\n".to_owned()));
    assert!(clerk.deeds.is_empty());
    clerk.act(Action::Submit);
    clerk.keys("\n\n");
    assert!(clerk.deeds.is_empty() && clerk.line().contains("回车不会提交"));
    clerk.send(Msg::Burst("12345678\n".to_owned()));
    assert!(clerk.deeds.is_empty());
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty(), "the burst took the confirmation back");
}

#[test]
fn a_draft_is_kept_at_every_field_left_under_one_number_and_without_a_name() {
    let mut clerk = clerk();
    clerk.keys(&format!("{KNOWN}\n"));
    assert_eq!(clerk.kept.len(), 1);
    clerk.keys("2");
    clerk.keys("500\n");
    assert_eq!(clerk.kept.len(), 3);
    assert!(clerk.kept[1..].iter().all(|keep| keep.id == 100));
    let last = clerk.kept.last().unwrap();
    assert_eq!((last.title.as_str(), last.field.as_str()), ("突患重病 500.00 元", "reason"));
    clerk.act(Action::Back);
    assert!(clerk.went_back());
}

#[test]
fn an_untouched_form_leaves_no_draft() {
    let mut clerk = clerk();
    clerk.act(Action::Back);
    assert!(clerk.kept.is_empty() && clerk.went_back());
}

#[test]
fn a_draft_comes_back_at_its_field_with_the_panel() {
    let mut first = clerk();
    first.keys(&format!("{KNOWN}\n2500"));
    first.act(Action::KeepDraft);
    let draft = as_draft(first.kept.last().unwrap(), 100);
    let mut clerk = Clerk::with(Emergency::screen(String::new(), None, 100), start("emergency"), |clerk| {
        clerk.drafts.push(draft);
    });
    let text = clerk.drawn(80, 19);
    assert!(text.contains("自动查到 3 笔") && text.contains("[500"), "{text}");
    clerk.keys("\n");
    assert_eq!(clerk.kept.last().unwrap().id, 100);
    assert_eq!(clerk.kept.last().unwrap().field, "reason");
    assert!(clerk.screen.subject().contains("已暂存 09:18"));
}

#[test]
fn what_is_wrong_stops_f9_and_has_the_focus() {
    let mut clerk = clerk();
    clerk.keys(&format!("{KNOWN}\n2\n"));
    clerk.act(Action::Submit);
    assert!(clerk.line().contains("还有"), "{}", clerk.line());
    clerk.keys("500\n");
    assert!(clerk.kept.last().unwrap().text.contains("500.00"), "the focus stood on the amount");
}

#[test]
fn a_refusal_stands_beside_its_field_with_its_clause() {
    let mut clerk = clerk();
    clerk.verdicts = vec![refusal()];
    to_handling(&mut clerk);
    clerk.keys("1");
    assert!(clerk.drawn(80, 19).contains("累计超出乡镇权限，请报县局四（三）二"));
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty() && clerk.line().contains("四（三）二"));
    assert!(clerk.screen.hint().contains("累计超出"), "{}", clerk.screen.hint());
}

#[test]
fn a_warning_opens_the_reason_and_is_overridden_with_it() {
    let mut clerk = clerk();
    clerk.verdicts = vec![warning()];
    to_handling(&mut clerk);
    clerk.keys("1");
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty() && clerk.line().contains("确办理由"), "{}", clerk.line());
    clerk.keys("病情反复确需再次救助");
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    let Deed::Emergency { overrides, answers, .. } = &clerk.deeds[0].0 else { panic!() };
    assert_eq!(overrides.iter().copied().collect::<Vec<_>>(), [Code::YearEdge]);
    assert_eq!(answers.text("override_reason"), "病情反复确需再次救助");
}

#[test]
fn refused_after_all_the_form_stays_with_the_verdict() {
    let mut clerk = clerk();
    clerk.settle = Some(Reply::Refused(vec![Refusal::new(Code::FundShort, "amount", "备用金不够")]));
    to_handling(&mut clerk);
    clerk.keys("1");
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    assert!(!clerk.went_back() && clerk.line().contains("备用金不够"));
    assert!(clerk.drawn(80, 19).contains("备用金不够"));
    clerk.settle = Some(Reply::Held("已存在本机，联机后自动送出".to_owned()));
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    assert!(clerk.went_back() && clerk.line().contains("联机后"));
}

fn offline() -> Clerk {
    let mut view = start("emergency");
    view.online = false;
    let mut clerk = Clerk::with(Emergency::screen(String::new(), None, 0), view, |_| {});
    to_handling(&mut clerk);
    clerk.keys("2");
    clerk.act(Action::Choose);
    clerk.keys("11");
    clerk.act(Action::Submit);
    clerk
}

#[test]
fn with_the_drive_away_it_is_asked_whether_the_money_was_handed_over() {
    let mut clerk = offline();
    clerk.act(Action::Submit);
    assert!(clerk.deeds.is_empty() && clerk.line().contains("已经交给本人"), "{}", clerk.line());
    clerk.keys("1");
    clerk.act(Action::Submit);
    let Deed::Emergency { handed_over, .. } = &clerk.deeds[0].0 else { panic!() };
    assert_eq!(*handed_over, Some(Stamp::at(testing::today(), 9, 18)));
}

#[test]
fn money_not_handed_over_waits_as_a_draft() {
    let mut clerk = offline();
    clerk.keys("2");
    assert!(clerk.deeds.is_empty() && clerk.went_back() && clerk.line().contains("暂存箱"));
}

#[test]
fn another_number_takes_back_what_was_filled() {
    let mut clerk = clerk();
    clerk.keys(KNOWN);
    assert!(clerk.drawn(80, 19).contains("单文彩"));
    clerk.key(Key::CtrlBackspace);
    clerk.keys("211321195803120024");
    let text = clerk.drawn(80, 19);
    assert!(!text.contains("单文彩") && text.contains("没有查到"), "{text}");
}

#[test]
fn a_lead_fills_what_it_knows() {
    let mut clerk = Clerk::with(
        Emergency::screen(String::new(), Some(LeadId([9; 16])), 0),
        start("emergency"),
        |clerk| clerk.prompt = false,
    );
    let row = LeadRow {
        lead: LeadId([9; 16]),
        number: "X26-102-0003".to_owned(),
        channel: Channel::Hotline,
        township: 102,
        village: Some(testing::village()),
        circumstance: Circumstance::from_digit(2).unwrap(),
        severity: Severity::Severe,
        at: Stamp::at(testing::today(), 8, 30),
        due_visit: Stamp::at(testing::today(), 10, 30),
        due_money: Stamp::at(testing::today(), 12, 30),
        person: Some(family().who.person),
        name: "单文彩".to_owned(),
        said: "突发心梗，家中无现金".to_owned(),
        by: "1203".into(),
        answered: None,
        ended: None,
        reason: String::new(),
        case: None,
    };
    clerk.release();
    clerk.send(Msg::Reply(Reply::Lead(Some((row, Some(Box::new(family())))))));
    clerk.keys("500\n1");
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    let Deed::Emergency { lead, answers, .. } = &clerk.deeds[0].0 else { panic!() };
    assert_eq!(*lead, Some(LeadId([9; 16])));
    assert_eq!((answers.text("lead_channel"), answers.text("severity")), ("hotline", "severe"));
    assert_eq!(answers.text("id_no"), KNOWN);
}

#[test]
fn f2_looks_up_the_person_and_every_offer_is_explained() {
    let mut clerk = clerk();
    clerk.keys(KNOWN);
    clerk.act(Action::Lookup);
    assert!(clerk.said.contains(&Intent::Open(Place::Lookup(KNOWN.to_owned()))));
    let help = clerk.screen.help();
    assert!(help.field.contains("依据：三") && help.screen.iter().any(|text| text.contains("四（三）一")));
    assert_eq!(Tier::Township.zh(), "乡镇");
}

#[test]
fn the_band_of_the_standard_stands_where_the_sum_is_typed() {
    let mut clerk = clerk();
    clerk.keys(&format!("{KNOWN}\n2"));
    let hint = clerk.screen.hint();
    assert!(hint.starts_with("金额：标准至多20,000.00元；"), "{hint}");
    assert!(crate::ui::canvas::columns(&hint) <= 78, "{hint}");
    clerk.keys("500\n");
    assert!(!clerk.screen.hint().contains("标准"), "{}", clerk.screen.hint());
}
