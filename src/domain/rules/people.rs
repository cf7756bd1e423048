//! 人员合并, 人员拆分 (两个证号或姓名确属一人): one officer proposes, another confirms; both records stand. What waits counts for
//! nothing yet; what is to be parted counts as one until the second officer agrees.

use super::{duties, intake};
use crate::base::day::Day;
use crate::domain::code::Code;
use crate::domain::command::people::{MergePeople, PartPeople};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::fact::people::PeopleLinked;
use crate::domain::ids::{OfficerNo, PersonId, Text};
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;
use crate::domain::same::{Link, LinkState};
use std::collections::BTreeSet;

/// The townships to which a record belongs: where he lives, else where his cases are or he was helped.
fn townships(cx: &Ctx<'_>, person: PersonId) -> BTreeSet<u16> {
    let home = cx.answers.household_of(person, cx.today()).and_then(|id| cx.answers.household(id));
    if let Some(home) = home {
        return BTreeSet::from([home.township]);
    }
    let one = BTreeSet::from([person]);
    let cases = cx.answers.cases_with(&one).into_iter().filter_map(|case| cx.answers.case(case));
    let mut all: BTreeSet<u16> = cases.map(|case| case.township).collect();
    let helped = cx.answers.grants_of(&one, Day::EPOCH, cx.today());
    all.extend(helped.into_iter().map(|grant| grant.township));
    all
}

/// Whether the author may speak for these two records: his office's, or the county's, and none of his relatives'.
fn who(cx: &Ctx<'_>, out: &mut Collect, (stays, joined): (PersonId, PersonId)) {
    let both = BTreeSet::from([stays, joined]);
    let places: BTreeSet<u16> = both.iter().flat_map(|person| townships(cx, *person)).collect();
    if !places.is_empty() && !places.iter().any(|place| cx.author.office.covers(*place)) {
        let names: Vec<String> = places.iter().map(|place| duties::name_of(*place)).collect();
        out.say(
            Code::Scope,
            "",
            format!("这两份记录都不是本单位的，请由{}或县局办理。", names.join("、")),
        );
    }
    duties::recusal(cx, out, &both);
}

/// What must hold when it is proposed, and still when it is confirmed.
fn fits(cx: &Ctx<'_>, out: &mut Collect, (stays, joined): (PersonId, PersonId)) {
    let known = intake::known(cx, out, stays, "stays") && intake::known(cx, out, joined, "joined");
    if stays == joined {
        out.say(Code::Duplicate, "joined", "两份是同一份记录，请另选要并入的一份。");
        return;
    }
    if known && cx.answers.same_as(&BTreeSet::from([stays])).contains(&joined) {
        out.say(Code::Duplicate, "joined", "两份记录已经合并为一人，不必再办。");
        return;
    }
    let under = cx.answers.links_of(&BTreeSet::from([joined]));
    if under.iter().any(|link| link.state.joins() && link.joined == joined) {
        out.say(
            Code::State,
            "joined",
            "要并入的一份已并入另一份记录，请改为与那一份保留的记录合并，或先拆分。",
        );
    }
}

fn linked(by: &OfficerNo, link: (&Link, LinkState), reason: &Option<Text>) -> Fact {
    let (link, state) = link;
    Fact::PeopleLinked(PeopleLinked {
        merge: link.id,
        stays: link.stays,
        joined: link.joined,
        state,
        by: by.clone(),
        reason: reason.clone(),
    })
}

/// The second word is another officer's.
fn second(cx: &Ctx<'_>, out: &mut Collect, link: &Link) {
    if link.by == cx.author.no {
        out.say(Code::SodSame, "", "这是由您提出的，须由另一人复核，请换人登录，在「人员合并」里办。");
    }
}

/// 人员合并.
pub(super) fn merge(cx: &Ctx<'_>, args: &MergePeople) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    let pair = (args.stays, args.joined);
    let known = cx.answers.link(args.merge);
    let asked = Link {
        id: args.merge,
        stays: args.stays,
        joined: args.joined,
        state: LinkState::Asked,
        by: cx.author.no.clone(),
    };
    let link = known.as_ref().unwrap_or(&asked);
    if (link.stays, link.joined) != pair {
        out.say(Code::Unknown, "merge", "提议所指的两份记录与现在选的不同，请按F5刷新后重新选择。");
        return out.finish(None);
    }
    who(cx, &mut out, pair);
    let next = match known.as_ref().map(|link| link.state) {
        None => {
            fits(cx, &mut out, pair);
            let waits = cx.answers.links_of(&BTreeSet::from([args.joined]));
            let same = |link: &&Link| BTreeSet::from([link.stays, link.joined]) == BTreeSet::from([pair.0, pair.1]);
            if let Some(waiting) = waits.iter().filter(same).find(|link| link.state == LinkState::Asked) {
                out.say(
                    Code::Duplicate,
                    "joined",
                    format!("{}已提议合并这两份记录，请在「人员合并」里复核。", duties::named(cx, &waiting.by)),
                );
            }
            duties::reason(cx, &mut out, &args.reason, "reason", "合并须写明凭什么确认是同一人");
            LinkState::Asked
        }
        Some(LinkState::Asked) => {
            second(cx, &mut out, link);
            fits(cx, &mut out, pair);
            LinkState::Joined
        }
        Some(LinkState::Parting) => {
            duties::reason(cx, &mut out, &args.reason, "reason", "不予拆分须写明原因");
            LinkState::Joined
        }
        Some(state) => {
            out.say(Code::State, "merge", format!("这一项{}，请按F5刷新。", state.zh()));
            state
        }
    };
    out.fact(linked(&cx.author.no, (link, next), &args.reason));
    out.finish(None)
}

/// 人员拆分.
pub(super) fn part(cx: &Ctx<'_>, args: &PartPeople) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    let Some(link) = cx.answers.link(args.merge) else {
        out.say(Code::Unknown, "merge", "找不到这一项合并，请按F5刷新后重新选择。");
        return out.finish(None);
    };
    who(cx, &mut out, (link.stays, link.joined));
    let next = match link.state {
        LinkState::Joined => {
            duties::reason(cx, &mut out, &args.reason, "reason", "拆分须写明凭什么确认是两个人");
            LinkState::Parting
        }
        LinkState::Parting => {
            second(cx, &mut out, &link);
            LinkState::Parted
        }
        LinkState::Asked => {
            duties::reason(cx, &mut out, &args.reason, "reason", "不予合并须写明原因");
            LinkState::Dropped
        }
        state => {
            out.say(Code::State, "merge", format!("这一项{}，请按F5刷新。", state.zh()));
            state
        }
    };
    out.fact(linked(&cx.author.no, (&link, next), &args.reason));
    out.finish(None)
}
