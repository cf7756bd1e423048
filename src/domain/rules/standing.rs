//! Standing in for an approver (委托代批), and the duty list (值班表). Who stands in may himself lend nothing on.

use super::duties;
use crate::domain::code::Code;
use crate::domain::command::duties::{Delegate, DutyList, EndDelegation};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Officer, Role};
use crate::domain::powers::LONGEST_DELEGATION;
use crate::domain::refusal::Refusal;
use std::collections::BTreeSet;

/// The author by his own roles, without what others lent him.
fn own(cx: &Ctx<'_>) -> Option<Officer> {
    cx.answers.officer(&cx.author.no)
}

/// Whether the author approves at the county by his own roles.
fn of_the_county(cx: &Ctx<'_>) -> bool {
    own(cx).is_some_and(|own| own.is(Role::Approver) && own.office == Office::County)
}

fn working(cx: &Ctx<'_>, out: &mut Collect, no: &OfficerNo, field: &'static str) -> Option<Officer> {
    let found = cx.answers.officer(no).filter(|officer| !officer.ended);
    if found.is_none() {
        out.say(Code::Unknown, field, format!("没有在岗的操作员{no}，请按F4选择。"));
    }
    found
}

/// 委托代批.
pub(super) fn delegate(cx: &Ctx<'_>, args: &Delegate) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    if cx.author.is(Role::Approver) && !own(cx).is_some_and(|own| own.is(Role::Approver)) {
        out.say(Code::Role, "", "您是受委托代批的，不能再委托别人，请由委托人本人或县局审批人办理。");
    }
    if args.from != cx.author.no && !of_the_county(cx) {
        out.say(Code::Scope, "from", "只能委托本人的审批权；替别人安排的，请由县局审批人办理。");
    }
    let giver = working(cx, &mut out, &args.from, "from");
    if giver.as_ref().is_some_and(|giver| !giver.is(Role::Approver)) {
        out.say(Code::Role, "from", format!("{}不是审批人，没有可委托的审批权，请重新选择。", args.from));
    }
    if args.to == args.from || (args.to == cx.author.no && args.from != cx.author.no) {
        out.say(Code::SodSame, "to", "不能委托给本人，也不能把别人的审批权交给自己，请另选代批人。");
    }
    if let Some(to) = working(cx, &mut out, &args.to, "to") {
        fit(&mut out, &to, giver.as_ref());
    }
    dates(cx, &mut out, args);
    duties::reason(cx, &mut out, &args.reason, "reason", "委托代批须写明原因（出差、休假、学习等）");
    out.fact(Fact::DelegationGiven {
        from: args.from.clone(),
        to: args.to.clone(),
        since: args.since,
        until: args.until,
        by: cx.author.no.clone(),
        reason: args.reason.clone(),
    });
    out.finish(None)
}

/// Whether an officer may stand in for the giver.
fn fit(out: &mut Collect, to: &Officer, giver: Option<&Officer>) {
    if to.is(Role::Administrator) || to.is(Role::Supervisor) {
        out.say(Code::Role, "to", "管理员和督导不能代批，请另选本单位或县局的人。");
    }
    if to.is(Role::Approver) {
        out.say(Code::Duplicate, "to", format!("{}本来就是审批人，不必委托，请直接由他审批。", to.no));
    }
    let near = giver.is_none_or(|giver| to.office == giver.office || to.office == Office::County);
    if !near {
        out.say(Code::Scope, "to", "代批人须是本单位或县局的人，请另选，或按4转县局代批。");
    }
}

fn dates(cx: &Ctx<'_>, out: &mut Collect, args: &Delegate) {
    if args.since < cx.today() {
        out.say(Code::DateOrder, "since", "委托不能从过去的日子起，请从今天或以后填起。");
    }
    if args.until < args.since {
        out.say(Code::DateOrder, "until", "止日早于起日，请改正。");
    } else if args.since.until(args.until) >= LONGEST_DELEGATION {
        out.say(Code::DateOrder, "until", "委托最长一年，请改正止日，到期再办。");
    }
    let meets = |known: &crate::domain::delegation::Delegation| {
        known.since <= args.until && args.since <= known.until
    };
    if let Some(known) = cx.answers.delegations(&args.to).into_iter().find(meets) {
        out.say(
            Code::Duplicate,
            "to",
            format!(
                "{}从{}到{}已代{}审批，一人同时只代一人，请改日期、另选，或先终止那一项委托。",
                args.to, known.since, known.until, known.from
            ),
        );
    }
}

/// 终止委托: by the approver, by whoever stands in, or by the county.
pub(super) fn end(cx: &Ctx<'_>, args: &EndDelegation) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    if args.from != cx.author.no && args.to != cx.author.no && !of_the_county(cx) {
        out.say(Code::Scope, "", "这项委托由委托人、代批人或县局审批人终止，请换人办理。");
    }
    let known = cx.answers.delegations(&args.to);
    let found = known.iter().find(|known| known.from == args.from && known.since == args.since);
    if found.is_none_or(|known| known.until < cx.today()) {
        out.say(Code::State, "", "这项委托已经到期或终止，不必再办，请按F5刷新。");
    }
    out.fact(Fact::DelegationEnded { from: args.from.clone(), to: args.to.clone(), since: args.since });
    out.finish(None)
}

/// 值班表.
pub(super) fn duty_list(cx: &Ctx<'_>, args: &DutyList) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    if cx.author.office != args.office && !of_the_county(cx) {
        out.say(Code::Scope, "office", "值班表由本单位审批人或县局审批人登记，请改正单位。");
    }
    if args.rows.is_empty() {
        out.say(Code::Unknown, "rows", "值班表没有一行，请至少填一天。");
    }
    let mut days = BTreeSet::new();
    for row in &args.rows {
        if row.day < cx.today() {
            out.say(Code::DateOrder, "rows", format!("{}已经过去，请从今天填起。", row.day));
        }
        if !days.insert(row.day) {
            out.say(Code::Duplicate, "rows", format!("{}写了两行，请合为一行。", row.day));
        }
        if row.officers.is_empty() {
            out.say(Code::Unknown, "rows", format!("{}没有值班的人，请按F4选择。", row.day));
        }
        for no in &row.officers {
            if let Some(officer) = working(cx, &mut out, no, "rows")
                && officer.office != args.office
                && officer.office != Office::County
            {
                out.say(Code::Scope, "rows", format!("{no}不是本单位或县局的人，请另选。"));
            }
        }
        out.fact(Fact::DutySet {
            office: args.office,
            day: row.day,
            officers: row.officers.clone(),
            phone: row.phone.clone(),
        });
    }
    out.finish(None)
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, P, money_line};
    use super::*;
    use crate::domain::answers::Answers;
    use crate::domain::command::Command;
    use crate::domain::command::duties::DutyRow;

    fn lend(desk: &Desk, from: &str, to: &str, first: i64, last: i64) -> Command {
        let today = desk.now.day();
        Command::Delegate(Delegate {
            from: from.into(),
            to: to.into(),
            since: today.plus(first),
            until: today.plus(last),
            reason: Some("reason".into()),
        })
    }

    #[test]
    fn who_lends_to_whom_and_from_when() {
        let desk = Desk::new();
        let table = [
            ("1002", "1002", "1003", 0, 0, vec![]),
            ("1002", "1002", "9001", 0, 365, vec![]),
            ("9002", "1002", "1003", 0, 3, vec![]),
            ("1003", "1002", "1003", 0, 3, vec![Code::SodSame, Code::Role, Code::Scope]),
            ("1002", "1002", "1002", 0, 3, vec![Code::SodSame, Code::Duplicate]),
            ("9002", "1002", "9002", 0, 3, vec![Code::SodSame, Code::Duplicate]),
            ("1002", "1002", "2001", 0, 3, vec![Code::Scope]),
            ("1002", "1002", "9004", 0, 3, vec![Code::Role]),
            ("1002", "1002", "9009", 0, 3, vec![Code::Role]),
            ("1002", "1002", "7777", 0, 3, vec![Code::Unknown]),
            ("1002", "1002", "1003", -1, 3, vec![Code::DateOrder]),
            ("1002", "1002", "1003", 3, 2, vec![Code::DateOrder]),
            ("1002", "1002", "1003", 0, 366, vec![Code::DateOrder]),
        ];
        for (who, from, to, first, last, mut codes) in table {
            let mut found = desk.ask(who).codes(lend(&desk, from, to, first, last));
            found.sort();
            codes.sort();
            assert_eq!(found, codes, "{who} {from} {to} {first} {last}");
        }
    }

    #[test]
    fn powers_begin_on_the_first_day_and_end_after_the_last() {
        let mut desk = Desk::with_case(40_000);
        desk.submit();
        desk.run("1002", lend(&desk, "1002", "1003", 1, 3));
        for (day, refused) in [(0, true), (1, false), (3, false), (4, true)] {
            let mut then = desk.clone();
            then.later(day);
            let codes = then.ask("1003").codes(then.approve(vec![money_line(1, 40_000)]));
            assert_eq!(codes.contains(&Code::Role), refused, "{day} {codes:?}");
        }
    }

    #[test]
    fn standing_in_changes_nothing_of_forbidden_pairs_and_relatives() {
        let mut desk = Desk::with_case(40_000);
        desk.submit();
        desk.run("1002", lend(&desk, "1002", "1001", 0, 3));
        assert_eq!(desk.ask("1001").codes(desk.approve(vec![money_line(1, 40_000)])), vec![Code::SodSame]);
        let mut desk = Desk::with_case(40_000);
        desk.submit();
        desk.run("1002", lend(&desk, "1002", "1003", 0, 3));
        assert_eq!(desk.ask("1003").codes(desk.approve(vec![money_line(1, 40_000)])), vec![]);
        assert_eq!(desk.ask("1003").codes(lend(&desk, "1002", "9001", 0, 1)), vec![Code::Role, Code::Scope]);
        desk.relative("1003", P[1]);
        assert_eq!(desk.ask("1003").codes(desk.approve(vec![money_line(1, 40_000)])), vec![Code::Recusal]);
    }

    #[test]
    fn the_county_s_officer_is_the_township_s_approver_and_no_more() {
        let mut desk = Desk::with_case(40_000);
        desk.submit();
        desk.run("1002", lend(&desk, "1002", "9001", 0, 3));
        assert_eq!(desk.ask("9001").codes(desk.approve(vec![money_line(1, 40_000)])), vec![]);
        desk.run("1002", desk.pass_up(true));
        let codes = desk.ask("9001").codes(desk.approve(vec![money_line(1, 40_000)]));
        assert!(codes.contains(&Code::State) || codes.contains(&Code::TierAuth), "{codes:?}");
    }

    #[test]
    fn it_ends_with_the_approver_and_by_either_s_word() {
        let mut desk = Desk::with_case(40_000);
        desk.submit();
        desk.run("1002", lend(&desk, "1002", "1003", 0, 3));
        let end = Command::EndDelegation(EndDelegation {
            from: "1002".into(),
            to: "1003".into(),
            since: desk.now.day(),
        });
        assert_eq!(desk.ask("9002").codes(end.clone()), vec![]);
        assert_eq!(desk.ask("1003").codes(end.clone()), vec![]);
        let mut gone = desk.clone();
        gone.give_roles("1002", &[]);
        assert_eq!(gone.ask("1003").codes(gone.approve(vec![money_line(1, 40_000)])), vec![Code::Role]);
        desk.run("1002", end.clone());
        assert_eq!(desk.ask("1002").codes(end), vec![Code::State]);
        assert_eq!(desk.ask("1003").codes(desk.approve(vec![money_line(1, 40_000)])), vec![Code::Role]);
        assert!(desk.memory.case(CASE).is_some());
    }

    #[test]
    fn a_duty_list_names_people_who_work_here_from_today_on() {
        let desk = Desk::new();
        let list = |day: i64, who: &[&str]| {
            let officers = who.iter().map(|no| OfficerNo::from(*no)).collect();
            let row = DutyRow { day: desk.now.day().plus(day), officers, phone: None };
            Command::DutyList(DutyList { office: Office::Township(102), rows: vec![row] })
        };
        assert_eq!(desk.ask("1002").codes(list(0, &["1001", "9002"])), vec![]);
        assert_eq!(desk.ask("9002").codes(list(0, &["1001"])), vec![]);
        assert_eq!(desk.ask("1001").codes(list(0, &["1001"])), vec![Code::Role]);
        assert_eq!(desk.ask("1002").codes(list(-1, &["1001"])), vec![Code::DateOrder]);
        assert_eq!(desk.ask("1002").codes(list(0, &["2001"])), vec![Code::Scope]);
        assert_eq!(desk.ask("1002").codes(list(0, &[])), vec![Code::Unknown]);
    }
}
