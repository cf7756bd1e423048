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
    };
    assert_eq!(clerk.deeds.first().map(|(deed, _)| deed.clone()), Some(Deed::County(expected)));
    for choice in refer::TO {
        assert_eq!(Refer::to(choice.value).map(ReferTo::zh), Some(choice.label));
    }
}
