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
        out.say(Code::Scope, "", format!("这两份记录都不是本单位的，请由{}或县局办理。", names.join("、")));
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
            let same =
                |link: &&Link| BTreeSet::from([link.stays, link.joined]) == BTreeSet::from([pair.0, pair.1]);
            if let Some(waiting) = waits.iter().filter(same).find(|link| link.state == LinkState::Asked) {
                out.say(
                    Code::Duplicate,
                    "joined",
                    format!(
                        "{}已提议合并这两份记录，请在「人员合并」里复核。",
                        duties::named(cx, &waiting.by)
                    ),
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

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, P, money_line};
    use super::*;
    use crate::domain::answers::Answers as _;
    use crate::domain::command::Command;
    use crate::domain::ids::MergeId;
    use crate::domain::memory::Memory;
    use crate::domain::nouns::Circumstance;
    use crate::domain::same::SameAnswers as _;

    const ONE: MergeId = MergeId([1; 16]);

    fn merge(id: u8, stays: usize, joined: usize, why: bool) -> Command {
        Command::MergePeople(MergePeople {
            merge: MergeId([id; 16]),
            stays: P[stays],
            joined: P[joined],
            reason: why.then(|| "reason".into()),
        })
    }

    fn part(id: u8, why: bool) -> Command {
        Command::PartPeople(PartPeople { merge: MergeId([id; 16]), reason: why.then(|| "reason".into()) })
    }

    fn are_one(memory: &Memory, one: usize, other: usize) -> bool {
        memory.same_as(&BTreeSet::from([P[one]])).contains(&P[other])
    }

    #[test]
    fn one_proposes_another_confirms_and_neither_alone() {
        let mut desk = Desk::with_case(40_000);
        assert_eq!(desk.ask("1001").codes(merge(1, 0, 2, false)), vec![Code::ReasonRequired]);
        desk.run("1001", merge(1, 0, 2, true));
        assert!(!are_one(&desk.memory, 0, 2), "what waits counts for nothing");
        assert_eq!(desk.ask("1001").codes(merge(1, 0, 2, true)), vec![Code::SodSame]);
        assert_eq!(desk.ask("1002").codes(merge(2, 2, 0, true)), vec![Code::Duplicate], "proposed already");
        assert_eq!(desk.ask("1002").codes(merge(1, 2, 0, true)), vec![Code::Unknown], "the other way round");
        desk.run("1002", merge(1, 0, 2, false));
        assert!(are_one(&desk.memory, 0, 2) && are_one(&desk.memory, 2, 0));
        assert!(desk.memory.person(P[2]).is_some(), "nothing is deleted");
        assert_eq!(desk.ask("1001").codes(merge(3, 0, 2, true)), vec![Code::Duplicate], "twice");
        assert_eq!(desk.ask("1001").codes(merge(1, 0, 2, true)), vec![Code::State], "confirmed already");
        assert_eq!(desk.ask("1001").codes(merge(3, 0, 0, true)), vec![Code::Duplicate], "with himself");
    }

    #[test]
    fn parting_takes_two_as_well_and_what_was_proposed_may_not_be_followed() {
        let mut desk = Desk::with_case(40_000);
        assert_eq!(desk.ask("1001").codes(part(1, true)), vec![Code::Unknown]);
        desk.run("1001", merge(1, 0, 2, true));
        desk.run("1002", merge(1, 0, 2, false));
        assert_eq!(desk.ask("1002").codes(part(1, false)), vec![Code::ReasonRequired]);
        desk.run("1002", part(1, true));
        assert!(are_one(&desk.memory, 0, 2), "one until the second agrees");
        assert_eq!(desk.ask("1002").codes(part(1, true)), vec![Code::SodSame]);
        let mut kept = desk.clone();
        kept.run("1001", merge(1, 0, 2, true));
        assert_eq!(kept.memory.link(ONE).map(|link| link.state), Some(LinkState::Joined));
        desk.run("1001", part(1, false));
        assert!(!are_one(&desk.memory, 0, 2));
        assert_eq!(desk.ask("1001").codes(part(1, true)), vec![Code::State]);
        desk.run("1001", merge(2, 0, 2, true));
        desk.run("1002", part(2, true));
        assert_eq!(desk.memory.link(MergeId([2; 16])).map(|link| link.state), Some(LinkState::Dropped));
    }

    #[test]
    fn chains_are_one_and_come_apart_link_by_link() {
        let mut desk = Desk::with_case(40_000);
        for (id, stays, joined) in [(1, 0, 2), (2, 2, 3)] {
            desk.run("1001", merge(id, stays, joined, true));
            desk.run("1002", merge(id, stays, joined, false));
        }
        assert!(are_one(&desk.memory, 0, 3));
        assert_eq!(desk.ask("1001").codes(merge(3, 0, 3, true)), vec![Code::Duplicate]);
        assert_eq!(
            desk.ask("1001").codes(merge(3, 1, 3, true)),
            vec![Code::State],
            "joined to another already"
        );
        desk.run("1001", part(1, true));
        desk.run("1002", part(1, false));
        assert!(!are_one(&desk.memory, 0, 3) && are_one(&desk.memory, 2, 3));
    }

    #[test]
    fn who_may_speak_for_the_two() {
        let mut desk = Desk::with_case(40_000);
        let table = [
            ("1001", vec![]),
            ("1002", vec![]),
            ("9002", vec![]),
            ("2001", vec![Code::Scope]),
            ("9004", vec![Code::ReadOnly]),
            ("9009", vec![Code::Role]),
        ];
        for (who, codes) in table {
            assert_eq!(desk.ask(who).codes(merge(1, 0, 2, true)), codes, "{who}");
        }
        desk.relative("1001", P[2]);
        assert_eq!(desk.ask("1001").codes(merge(1, 0, 2, true)), vec![Code::Recusal]);
    }

    #[test]
    fn the_joined_record_s_history_relatives_and_death_are_the_person_s() {
        let lines = vec![money_line(1, 100)];
        // help to another record, for the same circumstance this year
        let mut desk = Desk::submitted(lines.clone());
        desk.imported_to(P[2], 5, 10_000, Some(Circumstance::Accident));
        let codes = |desk: &Desk, who: &str| desk.ask(who).codes(desk.approve(lines.clone()));
        assert!(!codes(&desk, "1002").contains(&Code::RepeatMatter), "two people yet");
        desk.run("1001", merge(1, 0, 2, true));
        assert!(!codes(&desk, "1002").contains(&Code::RepeatMatter), "it waits");
        desk.run("9002", merge(1, 0, 2, false));
        assert!(codes(&desk, "1002").contains(&Code::RepeatMatter));
        let mut related = desk.clone();
        related.relative("1002", P[2]);
        assert!(codes(&related, "1002").contains(&Code::Recusal));
        desk.dies(2);
        let died = crate::domain::same::died(&desk.memory, P[0]);
        assert_eq!(died, Some(desk.now.day()));
        desk.run("9002", part(1, true));
        desk.run("1001", part(1, false));
        assert!(!codes(&desk, "1002").contains(&Code::RepeatMatter));
        assert_eq!(crate::domain::same::died(&desk.memory, P[0]), None);
    }
}
