//! The minutes of a meeting: filled in at 80 columns, read before the second F9, and one meeting for many households.

use super::*;
use crate::base::money::Money;
use crate::domain::office::Office;
use crate::ui::key::Key;
use crate::ui::screen::Msg;
use crate::ui::screens::fixtures;
use crate::ui::screens::testing::{Clerk, start};

const CASE: CaseId = CaseId([7; 16]);

fn clerk(file: CaseFile) -> Clerk {
    let mut start = start("meeting");
    start.officer.office = Office::County;
    let mut clerk = Clerk::with(Meeting::screen(CASE), start, |_| {});
    clerk.send(Msg::Reply(Reply::County(CountyReply::File(Some(Box::new(file))))));
    clerk
}

fn minutes(clerk: &Clerk) -> &Minutes {
    let Some((Deed::County(CountyDeed::Meeting(minutes)), _)) = clerk.deeds.first() else {
        panic!("{:?}", clerk.said)
    };
    minutes
}

#[test]
fn the_form_at_80_columns_and_the_deed_it_becomes() {
    let mut clerk = clerk(fixtures::county_file());
    clerk.keys("5\n");
    clerk.send(Msg::Burst("县局二楼".to_owned()));
    clerk.key(Key::Enter);
    for text in ["周立新", "救助股 李桂芳、财务股 赵敏", "无直接对应情形", "都同意", "同意救助五百元"]
    {
        clerk.send(Msg::Burst(text.to_owned()));
        clerk.key(Key::Enter);
    }
    insta::assert_snapshot!(clerk.drawn_everywhere());
    clerk.act(Action::Submit);
    assert!(
        clerk.drawn(80, 19).contains("登记县局会商：单文彩 议定 500.00 元 伍佰元整"),
        "{}",
        clerk.drawn(80, 19)
    );
    clerk.act(Action::Submit);
    let minutes = minutes(&clerk);
    assert_eq!((minutes.present, minutes.tier, minutes.amount), (5, Tier::County, Money::from_fen(50_000)));
    let words = ["县局二楼", "周立新", "救助股 李桂芳、财务股 赵敏", "无直接对应情形", "都同意"];
    assert_eq!(
        (minutes.words.each_ref().map(String::as_str), minutes.minutes.as_str()),
        (words, "同意救助五百元")
    );
    assert!(minutes.also.is_empty());
}

#[test]
fn one_meeting_for_the_households_of_an_incident() {
    let others = vec![(CaseId([8; 16]), Money::from_fen(80_000)), (CaseId([9; 16]), Money::from_fen(30_000))];
    let file = CaseFile { beside_incident: others.clone(), ..fixtures::county_file() };
    let mut clerk = clerk(file);
    clerk.keys("5\n");
    assert!(clerk.drawn_everywhere().contains("适用办件"));
    clerk.keys("2村");
    for text in ["部", "周立新", "村两委、镇民政办", "火灾", "都同意", "按各户申请额救助"]
    {
        clerk.send(Msg::Burst(text.to_owned()));
        clerk.key(Key::Enter);
    }
    clerk.act(Action::Submit);
    assert!(clerk.drawn(80, 19).contains("其他 2 户"), "{}", clerk.drawn(80, 19));
    clerk.act(Action::Submit);
    assert_eq!(minutes(&clerk).also, others);
}
