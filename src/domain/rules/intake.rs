//! Intake (受理之前): leads with their clocks, people, households over time.

use super::{dates, duties, identity, number, registers, tier};
use crate::base::day::{Day, Stamp};
use crate::domain::answers::Lead;
use crate::domain::code::Code;
use crate::domain::command::intake::{
    AnswerLead, ChangeHousehold, EndLead, FormHousehold, LeadArgs, NewMember, NotePerson,
};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::ids::{HouseholdId, LeadId, PersonId};
use crate::domain::nouns::{LeadEnd, Severity};
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;
use std::collections::BTreeSet;

/// A township and a village that belong together.
pub(super) fn place(out: &mut Collect, township: u16, village: Option<u64>) {
    if crate::base::division::township(township).is_none() {
        out.say(Code::Unknown, "township", format!("没有乡镇代码{township:03}，请按F4选择。"));
    }
    if let Some(village) = village
        && crate::base::division::village(village).is_none_or(|known| known.township != township)
    {
        out.say(
            Code::Unknown,
            "village",
            format!("{}没有这个村（社区），请按F4重新选择。", duties::name_of(township)),
        );
    }
}

/// 登记线索, with the two response clocks of its severity (S22): natural hours; for the light ones working days.
pub(super) fn lead(cx: &Ctx<'_>, args: &LeadArgs) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    duties::scope(cx, &mut out, args.township);
    place(&mut out, args.township, args.village);
    if cx.answers.lead(args.lead).is_some() {
        out.say(Code::Duplicate, "lead", "这条线索已经登记，不必重复。");
    }
    if let Some(person) = args.person {
        known(cx, &mut out, person, "person");
    }
    let at = dates::moment(cx, &mut out, "at", args.at, "接报时间");
    registers::found_by(cx, &mut out, args, at.day());
    let clocks = cx.pack.clocks;
    let (due_visit, due_money) = match args.severity {
        Severity::Severe => (hours(at, clocks.severe_visit_hours), hours(at, clocks.severe_money_hours)),
        Severity::Serious => (hours(at, clocks.serious_visit_hours), hours(at, clocks.serious_money_hours)),
        Severity::Light => {
            let end = Stamp::at(dates::plus_working(cx, &mut out, at.day(), clocks.light_days), 17, 0);
            (end, end)
        }
    };
    out.fact(Fact::LeadRegistered {
        lead: args.lead,
        number: number::lead(cx, args.township, cx.today()),
        channel: args.channel,
        township: args.township,
        village: args.village,
        circumstance: args.circumstance,
        severity: args.severity,
        at,
        due_visit,
        due_money,
        person: args.person,
        said: args.said.clone(),
        discoverer: args.discoverer,
    });
    out.finish(None)
}

fn hours(at: Stamp, hours: u32) -> Stamp {
    at.plus_hours(i64::from(hours))
}

/// A person who is in the log.
pub(super) fn known(cx: &Ctx<'_>, out: &mut Collect, person: PersonId, field: &'static str) -> bool {
    let found = cx.answers.person(person).is_some();
    if !found {
        out.say(Code::Unknown, field, "人员尚未登记，请填写姓名和身份证号后再交。");
    }
    found
}

fn open_lead(cx: &Ctx<'_>, out: &mut Collect, id: LeadId) -> Option<Lead> {
    let Some(lead) = cx.answers.lead(id) else {
        out.say(Code::Unknown, "lead", "找不到这条线索，请按F5刷新。");
        return None;
    };
    duties::scope(cx, out, lead.township);
    if let Some(person) = lead.person {
        duties::recusal(cx, out, &tier::family(cx, person, None, cx.today()));
    }
    if let Some(end) = lead.ended {
        out.say(Code::State, "lead", format!("线索{}{}，不能再办，请按F5刷新。", lead.number, end.zh()));
    }
    Some(lead)
}

/// 到场.
pub(super) fn answer_lead(cx: &Ctx<'_>, args: &AnswerLead) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    let Some(lead) = open_lead(cx, &mut out, args.lead) else { return out.finish(None) };
    if lead.answered.is_some() {
        out.say(Code::Duplicate, "lead", format!("线索{}已登记到场，不必重复。", lead.number));
    }
    let at = dates::moment(cx, &mut out, "at", args.at, "到场时间");
    if at < lead.at {
        out.say(Code::DateOrder, "at", format!("到场时间早于接报时间{}，请改正。", lead.at.text()));
    }
    out.fact(Fact::LeadAnswered { lead: lead.id, at });
    out.finish(None)
}

/// 了结线索: nothing is dropped silently (S4).
pub(super) fn end_lead(cx: &Ctx<'_>, args: &EndLead) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver]);
    let Some(lead) = open_lead(cx, &mut out, args.lead) else { return out.finish(None) };
    if args.how == LeadEnd::Case {
        out.say(Code::State, "how", "立件请在线索列表按1，线索随之了结。");
    }
    duties::reason(cx, &mut out, &args.reason, "reason", "了结线索须写明原因");
    out.fact(Fact::LeadEnded { lead: lead.id, how: args.how, case: None, reason: args.reason.clone() });
    out.finish(None)
}

/// 登记人员, and its correction.
pub(super) fn note_person(cx: &Ctx<'_>, args: &NotePerson) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    // the administrator notes the relatives that he files
    duties::author(cx, &mut out, &[Role::Handler, Role::Approver, Role::Finance, Role::Administrator]);
    let known = cx.answers.person(args.person);
    if known.is_some() {
        duties::reason(cx, &mut out, &args.reason, "reason", "更正人员信息须写明原因");
        duties::recusal(cx, &mut out, &BTreeSet::from([args.person]));
    }
    if args.without_papers.is_some() {
        duties::reason(cx, &mut out, &args.without_papers, "without_papers", "无身份信息的须写明原因");
    }
    if let Some(died) = args.died {
        dates::not_later(&mut out, "died", died, cx.today(), "死亡日期");
    }
    identity::check(cx, &mut out, args);
    out.fact(Fact::PersonNoted {
        person: args.person,
        resident: args.resident,
        papers: args.without_papers.is_none(),
        corrected: known.is_some(),
        reason: args.reason.clone(),
    });
    if let Some(on) = args.died {
        out.fact(Fact::PersonDied { person: args.person, on });
    }
    out.finish(None)
}

/// 登记家庭.
pub(super) fn form_household(cx: &Ctx<'_>, args: &FormHousehold) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler]);
    duties::scope(cx, &mut out, args.township);
    place(&mut out, args.township, Some(args.village));
    dates::not_later(&mut out, "since", args.since, cx.today(), "登记日期");
    if cx.answers.household(args.household).is_some() {
        out.say(Code::Duplicate, "household", "这一户已经登记，请按F5重新核对后再交。");
    }
    if args.members.is_empty() {
        out.say(Code::Unknown, "members", "家庭成员未填，请至少填写户主。");
    }
    size(&mut out, args.size, args.members.len());
    out.fact(Fact::HouseholdFormed {
        household: args.household,
        township: args.township,
        village: args.village,
        since: args.since,
    });
    join(cx, &mut out, args.household, &args.members, args.since);
    out.fact(Fact::HouseholdCounted {
        household: args.household,
        status: args.status,
        size: args.size,
        since: args.since,
    });
    out.finish(None)
}

fn size(out: &mut Collect, size: u16, listed: usize) {
    if usize::from(size) < listed {
        out.say(Code::State, "size", format!("家庭人口{size}人，少于所列成员{listed}人，请改正人口数。"));
    }
}

/// Members join; whoever is in another household leaves it on that day.
fn join(cx: &Ctx<'_>, out: &mut Collect, household: HouseholdId, members: &[NewMember], since: Day) {
    let mut seen = BTreeSet::new();
    for member in members {
        if !seen.insert(member.person) {
            out.say(Code::Duplicate, "members", "同一人填了两次，请按Ctrl-D删去一行。");
            continue;
        }
        known(cx, out, member.person, "members");
        let before = cx.answers.household_of(member.person, since);
        let now = cx.answers.household_of(member.person, cx.today());
        if now != before {
            out.say(Code::DateOrder, "since", "有成员在这一天之后已转入另一户，请改正日期。");
        } else if before == Some(household) {
            out.say(Code::Duplicate, "members", "所填成员已在这一户中，请按Ctrl-D删去这一行。");
        } else if let Some(before) = before {
            out.fact(Fact::MemberLeft { household: before, person: member.person, since });
        }
        out.fact(Fact::MemberJoined {
            household,
            person: member.person,
            relation: member.relation.clone(),
            since,
        });
    }
}

/// 家庭变更.
pub(super) fn change_household(cx: &Ctx<'_>, args: &ChangeHousehold) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler]);
    let Some(household) = cx.answers.household(args.household) else {
        out.say(Code::Unknown, "household", "找不到这一户，请按F5刷新。");
        return out.finish(None);
    };
    duties::scope(cx, &mut out, household.township);
    dates::not_later(&mut out, "since", args.since, cx.today(), "变更日期");
    duties::recusal(cx, &mut out, &household.on(cx.today()).into_iter().collect());
    let members: BTreeSet<PersonId> = household.on(args.since).into_iter().collect();
    let mut left = BTreeSet::new();
    for person in &args.leave {
        if !members.contains(person) || !left.insert(*person) {
            out.say(Code::Unknown, "leave", "要迁出的人不在这一户中，请按F5刷新。");
        }
        out.fact(Fact::MemberLeft { household: household.id, person: *person, since: args.since });
    }
    join(cx, &mut out, household.id, &args.join, args.since);
    let listed = members.len().saturating_sub(left.len()).saturating_add(args.join.len());
    let people = args.size.unwrap_or_else(|| household.size.max(u16::try_from(listed).unwrap_or(u16::MAX)));
    size(&mut out, people, listed);
    if args.status.is_some() || args.size.is_some() || people != household.size {
        out.fact(Fact::HouseholdCounted {
            household: household.id,
            status: args.status.unwrap_or(household.status),
            size: people,
            since: args.since,
        });
    }
    out.finish(None)
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, P, lead_id};
    use super::*;
    use crate::domain::command::Command;
    use crate::domain::ids::Text;

    #[test]
    fn the_clocks_follow_the_severity() {
        // Monday 2026-03-02 09:10
        let table = [
            (Severity::Severe, "2026-03-02 11:10", "2026-03-03 09:10"),
            (Severity::Serious, "2026-03-03 09:10", "2026-03-04 09:10"),
            (Severity::Light, "2026-03-05 17:00", "2026-03-05 17:00"),
        ];
        for (severity, visit, money) in table {
            let desk = Desk::new();
            let decision = desk.ask("1001").decide(desk.lead(severity)).unwrap();
            let Some(Fact::LeadRegistered { due_visit, due_money, .. }) = decision.facts.first() else {
                panic!("{:?}", decision.facts)
            };
            assert_eq!((due_visit.text().as_str(), due_money.text().as_str()), (visit, money));
        }
    }

    #[test]
    fn a_lead_ends_with_a_reason_and_once() {
        let mut desk = Desk::new();
        desk.run("1001", desk.lead(Severity::Light));
        let end = |reason: Option<Text>, how| Command::EndLead(EndLead { lead: lead_id(), how, reason });
        let reason = || Some(Text::from("reason"));
        assert_eq!(desk.ask("1001").codes(end(None, LeadEnd::Withdrawn)), vec![Code::ReasonRequired]);
        assert_eq!(desk.ask("1001").codes(end(reason(), LeadEnd::Case)), vec![Code::State]);
        desk.run("1001", end(reason(), LeadEnd::Withdrawn));
        assert_eq!(desk.ask("1001").codes(end(reason(), LeadEnd::Withdrawn)), vec![Code::State]);
    }

    #[test]
    fn somebody_joins_one_household_at_a_time() {
        let desk = Desk::new();
        let command = |person| {
            Command::ChangeHousehold(ChangeHousehold {
                household: desk.household(),
                since: desk.now.day(),
                join: vec![NewMember { person, relation: "20".to_owned() }],
                leave: vec![],
                status: None,
                size: None,
            })
        };
        assert_eq!(desk.ask("1001").codes(command(P[0])), vec![Code::Duplicate]);
        assert_eq!(desk.ask("1001").codes(command(P[2])), vec![]);
        assert_eq!(desk.ask("1001").codes(command(PersonId([9; 16]))), vec![Code::Unknown]);
        assert_eq!(desk.ask("2001").codes(command(P[2])), vec![Code::Scope]);
    }
}
