//! A referral: its form at 80 columns and the deed it becomes.

use super::*;
use crate::ui::key::Key;
use crate::ui::screen::Msg;
use crate::ui::screens::testing::{Clerk, start, today};

#[test]
fn somebody_is_referred_with_two_presses_of_f9() {
    let mut clerk = Clerk::with(Refer::screen(CaseId([7; 16])), start("refer"), |_| {});
    clerk.keys("7县");
    clerk.send(Msg::Burst("残联 王主任".to_owned()));
    clerk.key(Key::Enter);
    clerk.send(Msg::Burst("申请轮椅".to_owned()));
    clerk.key(Key::Enter);
    insta::assert_snapshot!(clerk.drawn_everywhere());
    clerk.act(Action::Submit);
    assert!(clerk.drawn(80, 19).contains("转介：单文彩 到 残联"), "{}", clerk.drawn(80, 19));
    clerk.act(Action::Submit);
    let expected = CountyDeed::Refer {
        case: CaseId([7; 16]),
        line: None,
        to: ReferTo::Disabled,
        on: today(),
        body: "县残联 王主任".to_owned(),
        what: "申请轮椅".to_owned(),
        partner: None,
    };
    assert_eq!(clerk.deeds.first().map(|(deed, _)| deed.clone()), Some(Deed::County(expected)));
    for choice in refer::TO {
        assert_eq!(Refer::to(choice.value).map(ReferTo::zh), Some(choice.label));
    }
}

#[test]
fn the_form_begins_with_the_scheme_that_the_case_speaks_for() {
    let mut clerk = Clerk::with(Refer::screen(CaseId([7; 16])), start("refer"), |clerk| {
        clerk.case.hints = vec![(ReferTo::Disabled, "有残疾"), (ReferTo::Medical, "患病、长期护理")];
    });
    let text = clerk.drawn(80, 19);
    assert!(text.contains("可能符合 残联、医疗救助"), "{text}");
    assert!(text.contains("有残疾，请核定是否符合残联条件"), "{text}");
    clerk.send(Msg::Burst("县残联".to_owned()));
    clerk.key(Key::Enter);
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    let Some((Deed::County(CountyDeed::Refer { to, body, .. }), _)) = clerk.deeds.first() else { panic!() };
    assert_eq!((*to, body.as_str()), (ReferTo::Disabled, "县残联"));
}

#[test]
fn a_partner_of_the_register_is_picked_as_the_body() {
    use crate::domain::partners::PartnerKind;
    use crate::ui::screens::partners::fixtures::partner;
    let mut begin = start("refer");
    begin.partners = vec![partner(1, "县慈善总会", PartnerKind::Charity)];
    let mut clerk = Clerk::with(Refer::screen(CaseId([7; 16])), begin, |_| {});
    clerk.keys("8");
    clerk.act(Action::Choose);
    let list = clerk.drawn(80, 19);
    assert!(list.contains("县慈善总会") && list.contains("大病救助"), "{list}");
    clerk.keys("\n\n");
    clerk.send(Msg::Burst("请给予大病救助".to_owned()));
    clerk.key(Key::Enter);
    clerk.act(Action::Submit);
    clerk.act(Action::Submit);
    let Some((Deed::County(CountyDeed::Refer { partner, body, .. }), _)) = clerk.deeds.first() else {
        panic!("{:?}", clerk.said)
    };
    assert_eq!((partner.map(|id| id.0[0]), body.as_str()), (Some(1), "县慈善总会 刘会长 0421-480012"));
}
