//! Duties (职责): keys, roles, read-only, scope, forbidden pairs, near relatives, marks and stale desks. Asked by every
//! verb before anything else; none of it can be overridden.

use super::tier;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::decide::{Collect, Ctx};
use crate::domain::ids::{CaseId, OfficerNo, PersonId};
use crate::domain::kin::{Kin, KinBy};
use crate::domain::office::{Office, Role};
use std::collections::BTreeSet;

/// A desk's clock may be off by so many minutes before it is said.
const CLOCK_MINUTES: i64 = 10;

/// Asks the author: a living key, one of `roles`, a clock that is about right.
pub(super) fn author(cx: &Ctx<'_>, out: &mut Collect, roles: &[Role]) {
    author_offline(cx, out, roles);
    clock(cx, out);
}

/// The same without the clock, for what happened while the drive was away.
pub(super) fn author_offline(cx: &Ctx<'_>, out: &mut Collect, roles: &[Role]) {
    if !cx.answers.key_lives(&cx.author.no, cx.key) {
        out.say(
            Code::KeyRevoked,
            "",
            "您的签名密钥已停用或更换，请退出后用新密码重新登录；仍不行请联系管理员。",
        );
    }
    if roles.iter().any(|role| cx.author.is(*role)) {
        return;
    }
    if cx.author.is(Role::Supervisor) {
        out.say(Code::ReadOnly, "", "督导只能查看，不能办理业务，请由经办人或审批人登录办理。");
        return;
    }
    let wanted: Vec<&str> = roles.iter().map(|role| role.zh()).collect();
    out.say(Code::Role, "", format!("这一项须由{}办理，请换人登录，或请管理员授予岗位。", wanted.join("或")));
}

/// Notes a desk whose clock is off; what it did stands.
pub(super) fn clock(cx: &Ctx<'_>, out: &mut Collect) {
    let off = cx.desk_now.minutes_until(cx.now).abs();
    if off > CLOCK_MINUTES {
        out.say(
            Code::Clock,
            "",
            format!("本机时间与共享盘相差{off}分钟，已按共享盘时间登记，请校准本机时间。"),
        );
    }
}

/// Another township's file is none of the author's; the county sees to all.
pub(super) fn scope(cx: &Ctx<'_>, out: &mut Collect, township: u16) {
    if !cx.author.office.covers(township) {
        let whose = name_of(township);
        out.say(Code::Scope, "", format!("这是{whose}的办件，本单位不能办理，请转{whose}或县局。"));
    }
}

/// A township's name for sentences.
pub(super) fn name_of(township: u16) -> String {
    match crate::base::division::township(township) {
        Some(known) => known.name.to_owned(),
        None => format!("{township:03}乡镇"),
    }
}

/// What a township may do besides: the county has nobody above it to pass a case to.
pub(super) fn or_up<'a>(cx: &Ctx<'_>, what: &'a str) -> &'a str {
    if cx.author.office == Office::County { "" } else { what }
}

/// Nobody acts for his near relatives (五（三）, I4).
pub(super) fn recusal(cx: &Ctx<'_>, out: &mut Collect, people: &BTreeSet<PersonId>) {
    if related(cx, people, &cx.author.no) {
        let up = or_up(cx, "，或按4转县局");
        out.say(
            Code::Recusal,
            "",
            format!("救助对象中有您备案的近亲属，您须回避，请由本单位其他人办理{up}。"),
        );
    }
}

/// Whether a filed near relative of an officer is among these people, under whichever of his records.
pub(super) fn related(cx: &Ctx<'_>, people: &BTreeSet<PersonId>, officer: &OfficerNo) -> bool {
    !cx.answers.same_as(people).is_disjoint(&cx.answers.relatives(officer))
}

/// Whoever has a relative on file under this name in this township says in words why he goes on. Names are private: the
/// author's own desk looks, others see that he answered.
pub(super) fn kin_by_name(
    cx: &Ctx<'_>,
    out: &mut Collect,
    people: &BTreeSet<PersonId>,
    township: u16,
    overrides: &BTreeSet<Code>,
) {
    let alike = |kin: &Kin| kin.officer == cx.author.no && kin.by == KinBy::Name;
    let found = || {
        let people = cx.answers.same_as(people);
        !related(cx, &people, &cx.author.no) && cx.answers.kin(&people, township).iter().any(alike)
    };
    if overrides.contains(&Code::KinName) || (cx.private.is_some() && found()) {
        out.say(
            Code::KinName,
            "",
            "救助对象与您备案的近亲属同名、同乡镇：是同一人的您须回避，转他人办理；不是的，在「确办理由」写明。",
        );
    }
}

/// A case by its id.
pub(super) fn find(cx: &Ctx<'_>, out: &mut Collect, id: CaseId) -> Option<Case> {
    let case = cx.answers.case(id);
    if case.is_none() {
        out.say(Code::Unknown, "case", "找不到这一办件，请按F5刷新后重新选择。");
    }
    case
}

/// A case by its id, with everything that every verb asks of it.
pub(super) fn case(cx: &Ctx<'_>, out: &mut Collect, id: CaseId) -> Option<Case> {
    let case = settle(cx, out, id)?;
    unmarked(out, &case);
    Some(case)
}

/// The same for the verbs that settle a mark.
pub(super) fn settle(cx: &Ctx<'_>, out: &mut Collect, id: CaseId) -> Option<Case> {
    let case = find(cx, out, id)?;
    // A neighbour's handler, to whom the county gave the case, sees to it as his own.
    if cx.author.no != case.handler {
        scope(cx, out, case.township);
    }
    recusal(cx, out, &tier::helped(cx, &case, cx.today()));
    fresh(cx, out, &case);
    Some(case)
}

/// Nothing may build on a marked case.
pub(super) fn unmarked(out: &mut Collect, case: &Case) {
    if case.marked {
        out.say(Code::Marked, "case", format!("办件{}有违规标记，须县局追认或冲正后才能再办。", case.number));
    }
}

/// Whether another desk was there since the author last looked (I8).
pub(super) fn fresh(cx: &Ctx<'_>, out: &mut Collect, case: &Case) {
    if case.touched_n > cx.seen && case.touched_by != cx.author.no {
        out.say(
            Code::Stale,
            "case",
            format!("办件{}刚由{}办理过，请按F5看新的情况再办。", case.number, named(cx, &case.touched_by)),
        );
    }
}

/// An officer's name and number for sentences; the number alone where the name cannot be read.
pub(super) fn named(cx: &Ctx<'_>, no: &OfficerNo) -> String {
    match cx.answers.officer(no).map(|officer| officer.name).filter(|_| cx.private.is_some()) {
        Some(name) if !name.is_empty() => format!("{name}（{no}）"),
        _ => no.to_string(),
    }
}

/// The case's handler, or another handler of the same office who holds no approval rights: else whoever handles a
/// case could approve it under the other hat.
pub(super) fn handles(cx: &Ctx<'_>, out: &mut Collect, case: &Case) {
    let elsewhere = !cx.author.office.covers(case.township);
    if cx.author.no == case.handler || !cx.author.is(Role::Handler) || elsewhere {
        return;
    }
    if cx.author.is(Role::Approver) {
        out.say(
            Code::SodSame,
            "",
            format!("您兼任审批人，不能替经办人{}办理，请由经办人本人办理。", named(cx, &case.handler)),
        );
    }
    let same = cx.answers.officer(&case.handler).is_none_or(|handler| handler.office == cx.author.office);
    if !same && cx.author.office != Office::County {
        out.say(Code::Scope, "", format!("这一件由县局{}经办，请由县局办理。", named(cx, &case.handler)));
    }
}

/// Handler and approver are two people (五（三）); who handed the case on has handled it all the same.
pub(super) fn not_handler(cx: &Ctx<'_>, out: &mut Collect, case: &Case) {
    if cx.author.no == case.handler || cx.answers.handlers_before(case.id).contains(&cx.author.no) {
        out.say(
            Code::SodSame,
            "",
            format!(
                "办件{}由您经办，不能由您审批，请{}由其他审批人办理。",
                case.number,
                or_up(cx, "按4转县局代批，或")
            ),
        );
    }
}

/// Approver and payer are two people.
pub(super) fn not_payer(cx: &Ctx<'_>, out: &mut Collect, case: &Case) {
    if cx.answers.payments(case.id).iter().any(|payment| payment.by == cx.author.no) {
        out.say(
            Code::SodPay,
            "",
            format!(
                "办件{}的款由您发放，不能由您审批，请由其他审批人办理{}。",
                case.number,
                or_up(cx, "，或按4报县局")
            ),
        );
    }
}

/// A verdict on the stage.
pub(super) fn stage(out: &mut Collect, case: &Case, may: bool, what: &str) {
    if !may {
        out.say(Code::State, "case", format!("办件{}{}，{what}", case.number, case.stage.zh()));
    }
}

/// A choice that needs a reason has one.
pub(super) fn reason(
    cx: &Ctx<'_>,
    out: &mut Collect,
    slot: &Option<crate::domain::ids::Text>,
    field: &'static str,
    what: &str,
) {
    if !cx.has(slot) {
        let what = what.trim_end_matches('。');
        let next = if what.contains('请') { "" } else { "，请补填" };
        out.say(Code::ReasonRequired, field, format!("{what}{next}。"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk, P};
    use crate::domain::code::Code;

    #[test]
    fn keys_roles_and_scope() {
        let desk = Desk::with_case(40_000);
        let table = [
            ("1001", true, vec![]),
            ("1001", false, vec![Code::KeyRevoked]),
            ("2001", true, vec![Code::Scope]),
            ("9004", true, vec![Code::ReadOnly]),
            ("9009", true, vec![Code::Role]),
        ];
        for (who, key, codes) in table {
            let mut ask = desk.ask(who);
            if !key {
                ask.key = "dead";
            }
            assert_eq!(ask.codes(desk.withdraw()), codes, "{who} {key}");
        }
    }

    #[test]
    fn a_relative_of_the_household_is_nobody_s_case() {
        let mut desk = Desk::with_case(40_000);
        assert_eq!(desk.ask("1001").codes(desk.withdraw()), vec![]);
        desk.relative("1001", P[1]);
        assert_eq!(desk.ask("1001").codes(desk.withdraw()), vec![Code::Recusal]);
        assert_eq!(desk.ask("1003").codes(desk.withdraw()), vec![], "another handler may");
    }

    #[test]
    fn marks_and_stale_desks() {
        let mut desk = Desk::with_case(40_000);
        let mut ask = desk.ask("1003");
        ask.seen = 0;
        assert_eq!(ask.codes(desk.withdraw()), vec![Code::Stale]);
        let mut ask = desk.ask("1001");
        ask.seen = 0;
        assert_eq!(ask.codes(desk.withdraw()), vec![], "one's own entry is no news");
        desk.memory.mark(CASE, true);
        assert_eq!(desk.ask("1001").codes(desk.withdraw()), vec![Code::Marked]);
    }

    #[test]
    fn a_clock_is_off_at_eleven_minutes() {
        let desk = Desk::with_case(40_000);
        for (minutes, noted) in [(10, false), (11, true), (-11, true)] {
            let mut ask = desk.ask("1001");
            ask.desk_off = minutes;
            let decision = ask.decide(desk.withdraw()).unwrap();
            assert_eq!(decision.notes.iter().any(|note| note.code == Code::Clock), noted, "{minutes}");
        }
    }
}
