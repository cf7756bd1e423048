//! The team that finds hardship.

use super::*;
use crate::ui::screens::fixtures::{self, drawn, drawn_at};

fn rows() -> Vec<DiscovererRow> {
    let today = fixtures::now().day();
    let villages: Vec<u64> = division::villages_of(103).take(2).map(|village| village.code).collect();
    let row = |no: u8, village: usize, kind, name: &str, until: Option<i64>| DiscovererRow {
        id: DiscovererId([no; 16]),
        township: 103,
        village: villages[village],
        kind,
        since: today.plus(-400),
        until: until.map(|days| today.plus(days)),
        name: name.to_owned(),
        phone: format!("1390000010{no}"),
        reason: if until.is_some() { "换届".to_owned() } else { String::new() },
        leads: u32::from(no) - 1,
    };
    vec![
        row(1, 0, DiscovererKind::Committee, "赵德旺", None),
        row(2, 0, DiscovererKind::Grid, "孙秀兰", None),
        row(3, 1, DiscovererKind::Volunteer, "孙秀兰", None),
        row(4, 1, DiscovererKind::Committee, "王满仓", Some(-30)),
    ]
}

fn screen(duty: Duty, township: Option<u16>) -> TeamScreen {
    let mut screen = TeamScreen::new();
    screen.update(Msg::Reply(Reply::Me(fixtures::me(&[duty], township))));
    screen.update(Msg::Reply(Reply::Registers(RegisterReply::Team(rows()))));
    screen
}

fn deed(asked: &[Intent]) -> RegisterDeed {
    match asked {
        [Intent::Ask(Ask::Do { deed, .. })] => match deed.as_ref() {
            Deed::Registers(deed) => deed.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_team_at_both_sizes() {
    let mut screen = screen(Duty::Handler, Some(103));
    insta::assert_snapshot!("team", drawn(&mut screen));
    let narrow = drawn_at(&mut screen, 60, 20);
    assert!(narrow.contains("孙秀兰") && narrow.contains("网格员"), "{narrow}");
    insta::assert_snapshot!("team_narrow", narrow);
}

#[test]
fn somebody_joins_by_the_keyboard_alone() {
    let mut screen = screen(Duty::Handler, Some(103));
    assert_eq!(screen.update(Msg::Action(Action::New)), vec![Intent::Forget]);
    insta::assert_snapshot!("team_joining", drawn(&mut screen));
    let first = division::villages_of(103).next().unwrap();
    assert!(
        matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Warn(text)] if text.contains("村(居)名"))
    );
    screen.update(Msg::Burst(first.short.to_owned()));
    screen.update(Msg::Key(Key::Enter));
    screen.update(Msg::Key(Key::Char('3')));
    screen.update(Msg::Burst("周小梅".to_owned()));
    screen.update(Msg::Key(Key::Enter));
    screen.update(Msg::Burst("1390".to_owned()));
    let wrong = screen.update(Msg::Action(Action::Submit));
    assert!(matches!(&wrong[..], [Intent::Warn(text)] if text.starts_with("联系电话")), "{wrong:?}");
    screen.update(Msg::Burst("0000109".to_owned()));
    let expected = RegisterDeed::Discoverer {
        known: None,
        township: 103,
        village: first.code,
        kind: DiscovererKind::Volunteer,
        since: fixtures::now().day(),
        name: "周小梅".to_owned(),
        phone: "13900000109".to_owned(),
    };
    assert_eq!(deed(&screen.update(Msg::Action(Action::Submit))), expected);
}

#[test]
fn who_leaves_says_when_and_why_and_is_not_sent_away_twice() {
    let mut screen = screen(Duty::Handler, Some(103));
    let of = |no: u8| DiscovererId([no; 16]);
    assert!(matches!(
        &screen.chosen(vec![(of(4).to_string(), '4')])[..],
        [Intent::Warn(text)] if text.contains("离队")
    ));
    screen.chosen(vec![(of(2).to_string(), '4')]);
    screen.update(Msg::Key(Key::Enter));
    assert!(matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Warn(_)]));
    screen.update(Msg::Burst("搬走了".to_owned()));
    let left = deed(&screen.update(Msg::Action(Action::Submit)));
    let until = fixtures::now().day();
    assert_eq!(left, RegisterDeed::Left { discoverer: of(2), until, reason: "搬走了".to_owned() });
}

#[test]
fn a_correction_keeps_who_it_is_and_the_county_types_the_township() {
    let mut screen = screen(Duty::Handler, None);
    screen.chosen(vec![(DiscovererId([1; 16]).to_string(), '1')]);
    let corrected = deed(&screen.update(Msg::Action(Action::Submit)));
    let same = matches!(corrected, RegisterDeed::Discoverer { known: Some(known), township: 103, kind, .. }
        if known == DiscovererId([1; 16]) && kind == DiscovererKind::Committee);
    assert!(same, "{corrected:?}");
}

#[test]
fn an_approver_only_looks() {
    let mut screen = screen(Duty::Approver, Some(103));
    assert!(matches!(&screen.update(Msg::Action(Action::New))[..], [Intent::Warn(_)]));
    assert!(
        matches!(&screen.update(Msg::Key(Key::Enter))[..], [Intent::Say(text)] if text.contains("赵德旺"))
    );
    let figures = Place::Registers(RegisterPlace::Discovery);
    assert_eq!(screen.update(Msg::Action(Action::Scope)), vec![Intent::Open(figures)]);
}

#[test]
fn a_name_that_two_bear_is_picked_with_its_village() {
    let team = rows();
    let offered: Vec<String> = super::super::offers(&team).into_iter().map(|offer| offer.value).collect();
    assert_eq!(offered.len(), 3, "who left is not offered");
    assert_eq!(offered[0], "赵德旺");
    assert!(offered[1].starts_with("孙秀兰（") && offered[1] != offered[2], "{offered:?}");
    let picked = |name: &str| super::super::picked(&team, name);
    assert_eq!(picked(&offered[2]), Some(DiscovererId([3; 16])));
    assert_eq!(picked("赵德旺"), Some(DiscovererId([1; 16])));
    for nobody in ["孙秀兰", "王满仓", "过路人", ""] {
        assert_eq!(picked(nobody), None, "{nobody}");
    }
}
