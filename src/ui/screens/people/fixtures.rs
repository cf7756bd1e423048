//! Links and records for the tests of these screens.

use crate::domain::ids::{MergeId, PersonId};
use crate::domain::same::{Link, LinkState};
use crate::office::front::merging::Compared;
use crate::store::replica::views::people::LinkRow;
use crate::ui::screens::fixtures;

/// The two: the one that stays and the one that is joined.
pub fn pair() -> (PersonId, PersonId) {
    (fixtures::family().who.person, fixtures::other_hit().person)
}

/// A link in a state.
pub fn link(id: u8, state: LinkState) -> LinkRow {
    let (stays, joined) = pair();
    LinkRow {
        link: Link { id: MergeId([id; 16]), stays, joined, state, by: "1204".into() },
        on: fixtures::now().day(),
        by_name: "王明".to_owned(),
        reason: "户口本记有曾用名".to_owned(),
        stays: fixtures::family().who,
        joined: fixtures::other_hit(),
    }
}

/// Both side by side.
pub fn compared() -> Compared {
    let stays = fixtures::family();
    let mut joined = fixtures::family();
    joined.who = fixtures::other_hit();
    joined.own.clear();
    Compared {
        stays,
        joined,
        link: None,
        says: vec!["合并后本年共2笔900.00元，本人往年救助合在一起看".to_owned()],
        me: "1203".into(),
    }
}
