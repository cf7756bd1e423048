//! The home screen: what waits for whom, by role.

use super::*;
use crate::store::replica::views::home::{FindingPile, LeadPile};
use crate::ui::screens::fixtures::{self, drawn, drawn_at};

fn pile(count: u32, earliest: Option<Day>) -> Pile {
    Pile { count, earliest }
}

fn home(duties: Vec<Duties>) -> Home {
    let mut home = Home::new();
    assert_eq!(home.update(Msg::Shown), vec![Intent::Ask(Ask::Home)]);
    home.update(Msg::Reply(Reply::Home(Box::new(fixtures::home(duties)))));
    home
}

fn handler() -> Duties {
    let today = fixtures::now().day();
    Duties::Handler(HandlerHome {
        open: pile(4, Some(today.plus(-3))),
        returned: pile(1, Some(today.plus(-1))),
        submitted: pile(2, Some(today)),
        papers: pile(1, Some(today.plus(1))),
        late_papers: 0,
        leads: LeadPile {
            open: 1,
            unanswered: 1,
            late: 0,
            first_due: Some(fixtures::now().plus_minutes(95)),
        },
        unpaid: pile(5, Some(today.plus(-2))),
        awaiting: pile(0, None),
    })
}

fn approver() -> Duties {
    Duties::Approver(ApproverHome {
        to_approve: pile(2, Some(fixtures::now().day())),
        ..ApproverHome::default()
    })
}

#[test]
fn the_handler_s_home_at_80_columns() {
    insta::assert_snapshot!(drawn(&mut home(vec![handler()])));
}

#[test]
fn the_county_s_home_at_80_columns() {
    let today = fixtures::now().day();
    let county = CountyHome {
        to_approve: pile(1, Some(today.plus(-2))),
        ratifications: pile(1, Some(today.plus(-1))),
        exceptions: 2,
        marks: 1,
        ..CountyHome::default()
    };
    let mut home = Home::new();
    let mut view = fixtures::home(vec![Duties::County(county)]);
    view.officer = fixtures::officer("9001", &[Duty::Approver, Duty::Finance], None);
    home.update(Msg::Reply(Reply::Home(Box::new(view))));
    insta::assert_snapshot!(drawn(&mut home));
}

#[test]
fn the_supervisor_s_home_at_80_columns() {
    let today = fixtures::now().day();
    let findings = FindingPile { waiting: pile(2, Some(today.plus(-3))), late: 1, answered: 1 };
    let supervisor = SupervisorHome {
        marks: 1,
        exceptions: 3,
        overridden: 12,
        late_papers: pile(1, Some(today.plus(-2))),
        findings,
    };
    let mut home = Home::new();
    let mut view = fixtures::home(vec![Duties::Supervisor(supervisor)]);
    view.officer = fixtures::officer("9004", &[Duty::Supervisor], None);
    view.findings = findings;
    home.update(Msg::Reply(Reply::Home(Box::new(view))));
    insta::assert_snapshot!(drawn(&mut home));
    home.update(Msg::Key(Key::Char('5')));
    assert_eq!(home.update(Msg::Key(Key::Enter)), vec![Intent::Open(Place::Findings)]);
}

#[test]
fn the_office_concerned_is_told_of_findings_that_wait() {
    let today = fixtures::now().day();
    let mut view = fixtures::home(vec![handler()]);
    view.findings = FindingPile { waiting: pile(2, Some(today.plus(-3))), late: 1, answered: 0 };
    let mut home = Home::new();
    home.update(Msg::Reply(Reply::Home(Box::new(view))));
    assert!(drawn(&mut home).contains("督导问题 !"));
}

#[test]
fn numbers_open_their_lists_and_several_roles_have_sections() {
    let mut home = home(vec![handler(), approver()]);
    home.update(Msg::Key(Key::Char('5')));
    home.update(Msg::Key(Key::Char('1')));
    let opened = home.update(Msg::Key(Key::Enter));
    let [Intent::Open(Place::Queue(queue))] = opened.as_slice() else { panic!("{opened:?}") };
    assert!(queue.approve && queue.filter.tier == Some(Tier::Township), "{queue:?}");
    home.update(Msg::Key(Key::Char('1')));
    assert_eq!(home.update(Msg::Key(Key::Enter)), vec![Intent::Open(Place::Drafts)]);
    assert!(drawn(&mut home).contains("审批"));
}

#[test]
fn it_asks_again_on_news_and_signs_out_without_asking() {
    let mut home = home(vec![handler()]);
    assert_eq!(home.update(Msg::Reply(Reply::News)), vec![Intent::Ask(Ask::Home)]);
    let out = home.update(Msg::Action(Action::SignOut));
    assert_eq!(out, vec![Intent::Ask(Ask::SignOut), Intent::Restart(Place::SignIn)]);
}

#[test]
fn only_a_handler_begins_a_case() {
    let mut home = Home::new();
    let mut view = fixtures::home(vec![approver()]);
    view.officer = fixtures::officer("1001", &[Duty::Approver], Some(103));
    home.update(Msg::Reply(Reply::Home(Box::new(view))));
    let new = home.offers().into_iter().find(|offer| offer.action == Some(Action::New)).unwrap();
    assert!(new.disabled.is_some());
    assert!(!drawn(&mut home).contains("急难登记"));
}

#[test]
fn reminders_stand_in_the_first_rows_where_the_side_has_no_room() {
    let backup =
        "备份已3天没有做成，备份还没有演练过，请运行 jiuji backup(找不到备份文件夹 /media/usb/jiuji)";
    let mut view = fixtures::home(vec![handler()]);
    view.reminders.push(backup.to_owned());
    let mut home = Home::new();
    home.update(Msg::Reply(Reply::Home(Box::new(view))));
    assert!(drawn(&mut home).contains("! 备份已3天没有做成"));
    let narrow = drawn_at(&mut home, 60, 14);
    let lines: Vec<&str> = narrow.lines().collect();
    assert!(
        lines[0].starts_with(" ! 急难补登记") && lines[1].starts_with(" ! 备份已3天没有做成"),
        "{narrow}"
    );
    assert!(lines[1].contains("jiuji backup") && lines[2].contains("我的待办"), "{narrow}");
    let row = usize::from(home.caret().0);
    assert!(lines[row].contains("选择 ["), "the caret stands in the field: {row}\n{narrow}");
    let mut quiet = fixtures::home(vec![handler()]);
    quiet.reminders.clear();
    home.update(Msg::Reply(Reply::Home(Box::new(quiet))));
    assert!(drawn_at(&mut home, 60, 14).lines().next().unwrap().contains("我的待办"));
}

#[test]
fn what_follows_decisions_has_its_rows_where_something_waits() {
    use crate::store::replica::views::after::AfterList;
    use crate::ui::product::path::Waiting;
    let today = fixtures::now().day();
    let mut view = fixtures::home(vec![handler()]);
    view.path.deliver = Waiting { pile: pile(5, Some(today.plus(-8))), late: 1 };
    let mut home = Home::new();
    home.update(Msg::Reply(Reply::Home(Box::new(view))));
    let text = drawn(&mut home);
    assert!(text.contains("26 决定待送达 !") && !text.contains("待回访"), "{text}");
    home.update(Msg::Key(Key::Char('2')));
    home.update(Msg::Key(Key::Char('6')));
    let place = Place::Path(PathPlace::After(AfterList::Deliver));
    assert_eq!(home.update(Msg::Key(Key::Enter)), vec![Intent::Open(place)]);
}

#[test]
fn a_handler_for_whom_everything_waits_sees_all_of_it_at_80_columns() {
    use crate::ui::product::path::Waiting;
    let today = fixtures::now().day();
    let money = MoneyHome { to_correct: pile(1, Some(today.plus(-11))), ..MoneyHome::default() };
    let mut view = fixtures::home(vec![handler(), Duties::Money(money)]);
    let waits = |days: i64, late: u32| Waiting { pile: pile(5, Some(today.plus(-days))), late };
    (view.path.deliver, view.path.follow_up) = (waits(9, 1), waits(1, 0));
    view.county.work = 4;
    view.county.due = Some(today.plus(10));
    let mut home = Home::new();
    home.update(Msg::Reply(Reply::Home(Box::new(view))));
    let text = drawn(&mut home);
    for word in [
        "未交暂存",
        "26 决定待送达 !",
        "44 发放失败待更正 !",
        "11 急难登记",
        "33 转介、退回 4 10天后",
        "32 改密码",
    ] {
        assert!(text.contains(word), "{word}\n{text}");
    }
    assert!(text.starts_with(" ! 急难补登记") && text.contains("备用金 现金2,100.00"), "{text}");
    let row = usize::from(home.caret().0);
    assert!(text.lines().nth(row).unwrap().contains("选择 ["), "{text}");
    assert!(text.contains("最近办过  王桂兰 突患重病 在办  王国林"), "{text}");
}
