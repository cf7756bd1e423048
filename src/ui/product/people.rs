//! 人员合并 and 子女账户名单: what may be asked, what comes back, and their screens.

use crate::domain::ids::{MergeId, PersonId};
use crate::office::front::merging::Compared;
use crate::store::replica::views::payout::ChildAccountRow;
use crate::store::replica::views::people::LinkRow;

/// What a screen may ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeopleAsk {
    /// The links that the officer sees. [`PeopleReply::Links`].
    Links,
    /// Two records side by side: the one that stays, the one that is joined. [`PeopleReply::Compared`].
    Compare(PersonId, PersonId),
    /// The two of a link. [`PeopleReply::Compared`].
    CompareLink(MergeId),
    /// The accounts of children noted in a year, or all. [`PeopleReply::Children`].
    Children(Option<i32>),
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PeopleReply {
    /// Links.
    Links(Vec<LinkRow>),
    /// Two records; none where one of them is not there.
    Compared(Option<Box<Compared>>),
    /// Accounts of children.
    Children(Vec<ChildAccountRow>),
}

/// A screen about people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PeoplePlace {
    /// 人员合并: what waits and what is linked.
    Links,
    /// Two records side by side, to be proposed.
    Pair(PersonId, PersonId),
    /// The two of a link, to be confirmed.
    Link(MergeId),
    /// 查往年 with one record in hand, in which the other one is looked for.
    Other(PersonId),
    /// 子女账户名单.
    Children,
}
