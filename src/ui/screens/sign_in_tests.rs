//! Signing in: who is listed, what is refused, what practice shows.

use super::*;
use crate::domain::office::Office;
use crate::ui::screens::testing::{Clerk, start};
use std::collections::BTreeSet;

fn listed(no: &str, name: &str, office: Office, role: Duty) -> Listed {
    Listed { no: no.into(), name: name.to_owned(), office, roles: BTreeSet::from([role]) }
}

fn known(practice: bool) -> Reply {
    let mut officers = vec![
        listed("1203", "李桂芳", Office::Township(103), Duty::Handler),
        listed("1301", "周立新", Office::Township(103), Duty::Approver),
        listed("0901", "孙丽", Office::County, Duty::Approver),
    ];
    for number in 0..9 {
        officers.push(listed(&format!("14{number:02}"), "赵敏", Office::Township(102), Duty::Handler));
    }
    let passwords = officers.iter().map(|listed| (listed.no.0.clone(), format!("lianxi-{}", listed.no)));
    Reply::SignIn {
        practice: if practice { passwords.collect() } else { Vec::new() },
        listed: officers,
        link: "共享盘正常，刚同步；没有待传".to_owned(),
        share: r"Z:\LSJZ".to_owned(),
    }
}

fn clerk(practice: bool) -> Clerk {
    let mut clerk = Clerk::at(SignIn::new(), "sign-in");
    assert_eq!(clerk.said, [Intent::Ask(Ask::WhoMaySignIn)]);
    clerk.send(Msg::Reply(known(practice)));
    clerk.said.clear();
    clerk
}

fn asked(clerk: &Clerk) -> Vec<(String, String)> {
    let of = |intent: &Intent| match intent {
        Intent::Ask(Ask::SignIn { officer, password }) => Some((officer.clone(), password.to_string())),
        _ => None,
    };
    clerk.said.iter().filter_map(of).collect()
}

#[test]
fn number_password_and_enter_sign_in() {
    let mut clerk = clerk(false);
    clerk.keys("1203\n");
    let text = clerk.drawn_everywhere();
    assert!(text.contains("木头城子镇民政办") && text.contains("李桂芳 经办人"), "{text}");
    clerk.keys("ｍima1\n");
    assert_eq!(asked(&clerk), [("1203".to_owned(), "mima1".to_owned())]);
    assert_eq!(clerk.screen.hint(), "正在核对密码");
    assert!(!clerk.drawn(80, 19).contains("mima1"));
    assert!(clerk.screen.holds(), "keys wait for home");
    clerk.send(Msg::Reply(Reply::SignedIn(start("sign-in").officer)));
    assert!(clerk.said.contains(&Intent::Restart(Place::Home)));
}

#[test]
fn a_wrong_password_empties_the_field_and_forgets_what_was_typed_ahead() {
    let mut clerk = clerk(false);
    clerk.keys("1203\n");
    clerk.keys("falsch");
    clerk.act(Action::Submit);
    clerk.send(Msg::Reply(Reply::NotSignedIn("密码不对，再错 1 次锁定 15 分钟".to_owned())));
    assert!(clerk.line().contains("再错 1 次"));
    assert!(clerk.said.contains(&Intent::Forget), "what was typed ahead is no next try");
    assert!(!clerk.screen.holds());
    clerk.keys("richtig\n");
    assert_eq!(asked(&clerk).len(), 2);
}

#[test]
fn an_unknown_number_is_told_and_no_password_is_tried() {
    let mut clerk = clerk(false);
    clerk.keys("9999\nmima\n");
    assert!(asked(&clerk).is_empty() && clerk.line().contains("没有这个操作员号"));
    clerk.send(Msg::Burst("12345678\n".to_owned()));
    assert!(asked(&clerk).is_empty(), "a burst signs nobody in");
}

#[test]
fn the_office_follows_the_number() {
    let mut clerk = clerk(false);
    clerk.keys("0901\n");
    assert!(clerk.drawn(80, 19).contains("民政局"));
}

#[test]
fn practice_lists_officers_and_passwords_at_every_size() {
    let mut clerk = clerk(true);
    let whole = clerk.drawn(80, 19);
    for text in [whole.clone(), clerk.drawn(60, 14), clerk.drawn(132, 37)] {
        for no in ["1203", "1301", "0901", "1400", "1408"] {
            assert!(text.contains(&format!("lianxi-{no}")), "{no}\n{text}");
        }
    }
    insta::assert_snapshot!(whole, @r#"

                         朝 阳 县 临 时 救 助 业 务 台

                     工作单位   [木头城子镇民政办        ]

                     操作员号   [                        ]

                     密    码   [                        ]

 共享盘    Z:\LSJZ
 共享盘和本地副本  共享盘正常，刚同步；没有待传

 练习用的操作员：操作员号 姓名 岗位 单位 密码
  1203 李桂芳 经办人 密码 lianxi-1203    1403 赵敏 经办人 密码 lianxi-1403
  1301 周立新 审批人 密码 lianxi-1301    1404 赵敏 经办人 密码 lianxi-1404
  0901 孙丽 审批人 密码 lianxi-0901      1405 赵敏 经办人 密码 lianxi-1405
  1400 赵敏 经办人 密码 lianxi-1400      1406 赵敏 经办人 密码 lianxi-1406
  1401 赵敏 经办人 密码 lianxi-1401      1407 赵敏 经办人 密码 lianxi-1407
  1402 赵敏 经办人 密码 lianxi-1402      1408 赵敏 经办人 密码 lianxi-1408
"#);
}

#[test]
fn what_is_typed_before_the_first_list_comes_stands_where_it_belongs() {
    let mut clerk = Clerk::at(SignIn::new(), "sign-in");
    clerk.keys("1203\nmima1\n");
    assert!(asked(&clerk).is_empty() && clerk.line().contains("还没有从共享盘读来"), "{}", clerk.line());
    clerk.send(Msg::Reply(known(false)));
    let text = clerk.drawn(80, 19);
    assert!(text.contains("[1203") && text.contains("李桂芳 经办人"), "{text}");
    clerk.keys("\n");
    assert_eq!(asked(&clerk), [("1203".to_owned(), "mima1".to_owned())]);
}
