//! Two records of one person: merged, parted, and how they stand.

use super::super::expect::Found;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::need;
use super::{Word, acting};
use crate::domain::command::Command;
use crate::domain::command::people::{MergePeople, PartPeople};
use crate::domain::ids::{MergeId, PersonId};
use crate::domain::private::Private;
use crate::domain::same::LinkState;
use std::collections::BTreeSet;

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "A B [\"凭什么\"]",
        says: "人员合并：保留 A，并入 B；第一人提出须写原因，另一人照写即为复核同意；待拆分的写了即为不予拆分",
        ..acting("merge-people", "人员合并", &["merge-people"], merge)
    },
    Word {
        form: "A B [\"凭什么\"]",
        says: "人员拆分：第一人提出须写原因，另一人照写即为复核同意；待合并的写了即为不予合并",
        ..acting("part-people", "人员拆分", &["part-people"], part)
    },
];

fn two(r: &Runner<'_>, line: &Line) -> Result<(PersonId, PersonId), Stop> {
    Ok((r.person(need(line, 0, "保留的一份")?)?.id, r.person(need(line, 1, "并入的一份")?)?.id))
}

/// The link of two that is not over, whichever stays; none where there is none.
fn known(r: &Runner<'_>, (one, other): (PersonId, PersonId)) -> Result<Option<MergeId>, Stop> {
    let links = r.answers()?.links_of(&BTreeSet::from([one]));
    let pair = BTreeSet::from([one, other]);
    let found = links.into_iter().find(|link| BTreeSet::from([link.stays, link.joined]) == pair);
    Ok(found.map(|link| link.id))
}

fn merge(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let (stays, joined) = two(r, line)?;
    // What is joined already is proposed anew, for the rule to say so.
    let waits = known(r, (stays, joined))?.filter(|id| {
        r.answers().ok().and_then(|answers| answers.link(*id)).is_some_and(|link| link.state.waits())
    });
    let merge = match waits {
        Some(id) => id,
        None => r.names.merge_id(),
    };
    let mut private = Private::default();
    let reason = line.quote().and_then(|why| private.put("reason", why));
    r.act(vec![(Command::MergePeople(MergePeople { merge, stays, joined, reason }), private)])
}

fn part(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let pair = two(r, line)?;
    let merge = match known(r, pair)? {
        Some(id) => id,
        None => r.names.merge_id(),
    };
    let mut private = Private::default();
    let reason = line.quote().and_then(|why| private.put("reason", why));
    r.act(vec![(Command::PartPeople(PartPeople { merge, reason }), private)])
}

/// `same A B`: the two count as one person; `link A B 合并待复核`: how far their link is.
///
/// # Errors
/// No such person in the story.
pub fn same(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let one = r.person(need(line, at, "一份")?)?.id;
    let other = r.person(need(line, at + 1, "另一份")?)?.id;
    let all = r.answers()?.same_as(&BTreeSet::from([one]));
    let was: Vec<&str> = all.iter().filter_map(|id| r.names.person_name(*id)).collect();
    Ok(Found { holds: all.contains(&other), was: was.join(" ") })
}

/// See [`same`].
///
/// # Errors
/// No such person in the story; not a state.
pub fn link(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let one = r.person(need(line, at, "一份")?)?.id;
    let other = r.person(need(line, at + 1, "另一份")?)?.id;
    let text = need(line, at + 2, "状态，如 合并待复核")?;
    let wanted = LinkState::from_zh(text).ok_or_else(|| {
        let all: Vec<&str> = LinkState::ALL.iter().map(|state| state.zh()).collect();
        Stop::wrong(format!("「{text}」不是状态，可以写：{}", all.join(" ")))
    })?;
    let found = known(r, (one, other))?.and_then(|id| r.answers().ok()?.link(id));
    let was = found.as_ref().map_or("没有".to_owned(), |link| link.state.zh().to_owned());
    Ok(Found { holds: found.is_some_and(|link| link.state == wanted), was })
}
