//! Officers (操作员): who is granted an office, a key or roles, who loses them, and with whose word. Granting needs two
//! administrators where there are two; taking away is quick and needs one.

use super::duties;
use super::kernel::{administrator, key, office, officer_no};
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::command::kernel::{Enrol, KeyRevoke, Roles};
use crate::domain::command::officers::{Recover, Rekey, SecondGrant, Suspend, WithdrawGrant};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::ids::{OfficerNo, ProposalId};
use crate::domain::office::{Office, Officer, Role};
use crate::domain::powers::{OfficeGrant, Proposal, RECOVERY, is_recovery};
use crate::domain::refusal::Refusal;
use std::collections::BTreeSet;

/// A grant by one administrator: it stands alone, or it waits for the second.
fn grant(cx: &Ctx<'_>, out: &mut Collect, proposal: Option<ProposalId>, grant: OfficeGrant) {
    if let Some(given) = grant.key() {
        // The same questions, also where the fact itself comes later.
        let mut asked = Collect::default();
        key(cx, &mut asked, grant.officer(), given);
        out.verdicts.append(&mut asked.verdicts);
    }
    if cx.answers.administrators() < 2 {
        for fact in grant.facts().unwrap_or_default() {
            out.fact(fact);
        }
        return;
    }
    let Some(proposal) = proposal else {
        out.say(Code::State, "", "本县有两名管理员，授予须两人同意，请更新程序后再办。");
        return;
    };
    if cx.answers.proposal(proposal).is_some() {
        out.say(Code::Duplicate, "", "这一授予已经提出，请由另一位管理员同意。");
    }
    out.fact(Fact::GrantProposed { proposal, by: cx.author.no.clone(), grant });
}

/// Another officer as the administrator names him; never the recovery seed.
fn known(cx: &Ctx<'_>, out: &mut Collect, no: &OfficerNo) -> Option<Officer> {
    if is_recovery(no) {
        out.say(Code::Role, "officer", "恢复种子不归管理员管理；种子丢失的，请用 jiuji recover 换新的。");
        return None;
    }
    let known = cx.answers.officer(no);
    if known.is_none() {
        out.say(Code::Unknown, "officer", format!("没有操作员{no}，请按F4选择。"));
    }
    known
}

/// An approver's own limit is an amount, and an approver's.
fn limit(out: &mut Collect, roles: &BTreeSet<Role>, limit: Option<Money>) {
    let Some(limit) = limit else { return };
    if !roles.contains(&Role::Approver) {
        out.say(Code::Amount, "limit", "审批限额只用于审批人，请清空限额或加上审批人岗位。");
    } else if limit.is_zero() || limit.is_negative() {
        out.say(Code::Amount, "limit", "审批限额须大于0元；不另设限额的请留空。");
    }
}

/// 登记操作员.
pub(super) fn enrol(cx: &Ctx<'_>, args: &Enrol) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    administrator(cx, &mut out);
    officer_no(&mut out, &args.officer);
    if cx.answers.officer(&args.officer).is_some() && !is_recovery(&args.officer) {
        out.say(Code::Duplicate, "officer", format!("操作员号{}已在用，请另选一个。", args.officer));
    }
    office(&mut out, args.office, &args.roles);
    limit(&mut out, &args.roles, args.limit);
    let enrol = OfficeGrant::Enrol {
        officer: args.officer.clone(),
        office: args.office,
        roles: args.roles.clone(),
        limit: args.limit,
        key: args.key.clone(),
    };
    grant(cx, &mut out, args.proposal, enrol);
    out.finish(None)
}

/// 重设密码, of another officer.
pub(super) fn rekey(cx: &Ctx<'_>, args: &Rekey) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    administrator(cx, &mut out);
    if args.officer == cx.author.no {
        out.say(
            Code::State,
            "officer",
            "自己的密码请用「改密码」更换；忘了的，请另一位管理员或用恢复种子办理。",
        );
    }
    if known(cx, &mut out, &args.officer).is_some_and(|officer| officer.roles.is_empty()) {
        out.say(Code::State, "officer", format!("操作员{}已离岗，请先授予岗位。", args.officer));
    }
    grant(
        cx,
        &mut out,
        args.proposal,
        OfficeGrant::Rekey { officer: args.officer.clone(), key: args.key.clone() },
    );
    out.finish(None)
}

/// 授予岗位. An empty set ends his work: quick, but not while cases stand in his name.
pub(super) fn roles(cx: &Ctx<'_>, args: &Roles) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    administrator(cx, &mut out);
    known(cx, &mut out, &args.officer);
    if args.officer == cx.author.no {
        out.say(Code::State, "officer", "管理员不能改自己的岗位，请由另一位管理员办理。");
    }
    office(&mut out, args.office, &args.roles);
    limit(&mut out, &args.roles, args.limit);
    if args.roles.is_empty() {
        let open = cx.answers.open_cases(&args.officer);
        if open > 0 {
            out.say(
                Code::State,
                "roles",
                format!("操作员{}名下还有{open}件没有办结，请先办工作交接；急的可先停用。", args.officer),
            );
        }
        out.fact(Fact::RolesGiven {
            officer: args.officer.clone(),
            office: args.office,
            roles: BTreeSet::new(),
            limit: None,
        });
    } else {
        let roles = OfficeGrant::Roles {
            officer: args.officer.clone(),
            office: args.office,
            roles: args.roles.clone(),
            limit: args.limit,
        };
        grant(cx, &mut out, args.proposal, roles);
    }
    out.finish(None)
}

/// 停用密钥.
pub(super) fn key_revoke(cx: &Ctx<'_>, args: &KeyRevoke) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    administrator(cx, &mut out);
    known(cx, &mut out, &args.officer);
    if !cx.answers.key_lives(&args.officer, &args.key) {
        out.say(
            Code::Unknown,
            "key",
            format!("操作员{}没有这把密钥，或已停用，请按F5刷新后重选。", args.officer),
        );
    }
    if args.officer == cx.author.no && args.key == cx.key {
        out.say(Code::State, "key", "不能停用自己正在用的密钥，请改密码，或由另一位管理员停用。");
    }
    if args.since.is_some_and(|since| since > cx.today()) {
        out.say(Code::DateOrder, "since", "失窃日期不能晚于今天，请改正。");
    }
    out.fact(Fact::KeyRevoked { officer: args.officer.clone(), id: args.key.clone(), since: args.since });
    out.finish(None)
}

/// 停用操作员: never refused for what stands open.
pub(super) fn suspend(cx: &Ctx<'_>, args: &Suspend) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    administrator(cx, &mut out);
    if args.officer == cx.author.no {
        out.say(Code::State, "officer", "不能停用自己，请由另一位管理员办理。");
    }
    match known(cx, &mut out, &args.officer) {
        Some(officer) if officer.is_suspended() => {
            out.say(Code::Duplicate, "officer", format!("操作员{}已经停用，不必重复。", args.officer));
        }
        Some(officer) if officer.ended => {
            out.say(Code::State, "officer", format!("操作员{}已离岗，不必再停用。", args.officer));
        }
        _ => {}
    }
    out.fact(Fact::OfficerSuspended { officer: args.officer.clone() });
    out.finish(None)
}

/// A proposal that waits.
fn waiting(cx: &Ctx<'_>, out: &mut Collect, id: ProposalId) -> Option<Proposal> {
    match cx.answers.proposal(id) {
        Some(proposal) if proposal.open => Some(proposal),
        Some(_) => {
            out.say(Code::State, "proposal", "这一授予已经同意或撤销，请按F5刷新。");
            None
        }
        None => {
            out.say(Code::Unknown, "proposal", "找不到这一授予，请按F5刷新后重新选择。");
            None
        }
    }
}

/// 第二管理员同意.
pub(super) fn second_grant(cx: &Ctx<'_>, args: &SecondGrant) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    administrator(cx, &mut out);
    if let Some(proposal) = waiting(cx, &mut out, args.proposal) {
        if proposal.by == cx.author.no {
            out.say(Code::SodSame, "proposal", "这是您自己提出的，须由另一位管理员同意。");
        }
        if !cx.answers.officer(&proposal.by).is_some_and(|by| by.is(Role::Administrator)) {
            let what = "提出人已不是管理员，这一授予不能再同意，请撤销后重新提出。";
            out.say(Code::State, "proposal", what);
        }
        still_fits(cx, &mut out, &proposal.grant);
    }
    out.fact(Fact::GrantSeconded { proposal: args.proposal });
    out.finish(None)
}

/// What was proposed may have been overtaken.
fn still_fits(cx: &Ctx<'_>, out: &mut Collect, grant: &OfficeGrant) {
    let no = grant.officer();
    let there = cx.answers.officer(no).is_some();
    match grant {
        OfficeGrant::Enrol { .. } if there => {
            out.say(Code::Duplicate, "officer", format!("操作员号{no}已在用，请撤销后另选一个号。"));
        }
        OfficeGrant::Rekey { .. } | OfficeGrant::Roles { .. } if !there => {
            out.say(Code::Unknown, "officer", format!("没有操作员{no}，请撤销这一授予。"));
        }
        _ => {}
    }
    if grant.key().and_then(|key| key.id()).is_some_and(|id| cx.answers.key_given(&id)) {
        out.say(Code::Duplicate, "key", "这把密钥已经用过，请撤销后由本人重新申请。");
    }
}

/// 撤销授予.
pub(super) fn withdraw_grant(cx: &Ctx<'_>, args: &WithdrawGrant) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    administrator(cx, &mut out);
    waiting(cx, &mut out, args.proposal);
    out.fact(Fact::GrantWithdrawn { proposal: args.proposal });
    out.finish(None)
}

/// 恢复管理员: the one thing that the recovery seed signs.
pub(super) fn recover(cx: &Ctx<'_>, args: &Recover) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    if !is_recovery(&cx.author.no) {
        out.say(Code::Role, "", "恢复管理员须用恢复种子，请运行 jiuji recover。");
    }
    if !cx.answers.key_lives(&cx.author.no, cx.key) {
        out.say(Code::KeyRevoked, "", "这份恢复种子已经换过，请用最近一次换的那一份。");
    }
    duties::clock(cx, &mut out);
    officer_no(&mut out, &args.officer);
    let roles = BTreeSet::from([Role::Administrator]);
    match cx.answers.officer(&args.officer) {
        Some(officer) if officer.roles.iter().any(|role| *role != Role::Administrator) => {
            let what = format!("操作员{}有业务岗位，不能兼管理员，请另用一个操作员号。", args.officer);
            out.say(Code::Role, "officer", what);
        }
        Some(_) => out.fact(Fact::RolesGiven {
            officer: args.officer.clone(),
            office: Office::County,
            roles,
            limit: None,
        }),
        None => out.fact(Fact::OfficerEnrolled {
            officer: args.officer.clone(),
            office: Office::County,
            roles,
            limit: None,
        }),
    }
    key(cx, &mut out, &args.officer, &args.key);
    for (period, sealed) in &args.sealed {
        out.fact(Fact::DataKeySealed {
            year: period.year,
            generation: period.generation,
            sealed: sealed.clone(),
        });
    }
    // Last, because from the next entry on the old seed is dead.
    key(cx, &mut out, &OfficerNo(RECOVERY.to_owned()), &args.recovery);
    out.finish(None)
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, key_of};
    use super::*;
    use crate::domain::command::Command;

    fn enrol(no: &str, roles: &[Role]) -> Enrol {
        Enrol {
            officer: no.into(),
            office: Office::Township(102),
            roles: roles.iter().copied().collect(),
            limit: None,
            key: key_of(no),
            proposal: Some(ProposalId([9; 16])),
        }
    }

    fn second() -> Command {
        Command::SecondGrant(SecondGrant { proposal: ProposalId([9; 16]) })
    }

    /// A desk of a county with a second administrator, 9010.
    fn two() -> Desk {
        let mut desk = Desk::new();
        let roles = BTreeSet::from([Role::Administrator]);
        let enrol = Enrol { office: Office::County, roles, ..enrol("9010", &[]) };
        desk.run("9009", Command::Enrol(enrol));
        desk
    }

    #[test]
    fn only_the_administrator_enrols_and_he_does_nothing_else() {
        let desk = Desk::new();
        let enrol = |no: &str, roles: &[Role]| Command::Enrol(enrol(no, roles));
        assert_eq!(desk.ask("9009").codes(enrol("1009", &[Role::Handler])), vec![]);
        assert_eq!(desk.ask("1002").codes(enrol("1009", &[Role::Handler])), vec![Code::Role]);
        assert_eq!(
            desk.ask("9009").codes(enrol("1001", &[Role::Handler])),
            vec![Code::Duplicate, Code::Duplicate],
            "number and key are both taken"
        );
        let both = enrol("1009", &[Role::Administrator, Role::Approver]);
        assert_eq!(desk.ask("9009").codes(both), vec![Code::Role]);
        assert_eq!(desk.ask("9009").codes(enrol("0", &[Role::Handler])), vec![Code::Unknown]);
    }

    #[test]
    fn a_limit_is_an_approver_s_and_binds_him_below_his_tier() {
        let limit = |roles: &[Role], fen| {
            Command::Enrol(Enrol { limit: Some(Money::from_fen(fen)), ..enrol("1009", roles) })
        };
        let mut desk = Desk::new();
        assert_eq!(desk.ask("9009").codes(limit(&[Role::Handler], 100)), vec![Code::Amount]);
        assert_eq!(desk.ask("9009").codes(limit(&[Role::Approver], 0)), vec![Code::Amount]);
        desk.run("9009", limit(&[Role::Approver], 30_000));
        let officer = crate::domain::answers::Answers::officer(&desk.memory, &"1009".into()).unwrap();
        assert_eq!(officer.limit, Some(Money::from_fen(30_000)));
        for (fen, refused) in [(30_000, false), (30_001, true)] {
            let lines = vec![super::super::desk::money_line(1, fen)];
            let mut desk = Desk::submitted(lines.clone());
            desk.run("9009", limit(&[Role::Approver], 30_000));
            let codes = desk.ask("1009").codes(desk.approve(lines.clone()));
            assert_eq!(codes.contains(&Code::TierAuth), refused, "{fen}");
            assert!(
                !desk.ask("1002").codes(desk.approve(lines)).contains(&Code::TierAuth),
                "no limit of his own"
            );
        }
    }

    #[test]
    fn with_two_administrators_a_grant_waits_for_the_other() {
        let mut desk = two();
        desk.run("9009", Command::Enrol(enrol("1009", &[Role::Handler])));
        let officer = |desk: &Desk| crate::domain::answers::Answers::officer(&desk.memory, &"1009".into());
        assert_eq!(officer(&desk), None, "proposed only");
        assert_eq!(desk.ask("9009").codes(second()), vec![Code::SodSame], "not his own");
        assert_eq!(desk.ask("1002").codes(second()), vec![Code::Role]);
        desk.run("9010", second());
        assert!(officer(&desk).is_some_and(|officer| officer.is(Role::Handler)));
        assert_eq!(desk.ask("9010").codes(second()), vec![Code::State], "once");
        let withdraw = Command::WithdrawGrant(WithdrawGrant { proposal: ProposalId([9; 16]) });
        assert_eq!(desk.ask("9010").codes(withdraw), vec![Code::State]);
    }

    #[test]
    fn a_proposal_falls_with_whoever_made_it() {
        let mut desk = two();
        desk.run("9009", Command::Enrol(enrol("1009", &[Role::Handler])));
        desk.run("9010", Command::Suspend(Suspend { officer: "9009".into() }));
        assert_eq!(desk.ask("9010").codes(second()), vec![Code::State]);
        let again = Enrol { proposal: None, ..enrol("1009", &[Role::Handler]) };
        assert_eq!(desk.ask("9010").codes(Command::Enrol(again)), vec![], "he is the only one now");
        assert_eq!(desk.ask("9009").codes(Command::Enrol(enrol("1009", &[]))), vec![Code::Role]);
    }

    #[test]
    fn taking_away_needs_one_and_ending_waits_for_the_cases() {
        let mut desk = Desk::with_case(40_000);
        let end = || {
            Command::Roles(Roles {
                officer: "1001".into(),
                office: Office::Township(102),
                roles: BTreeSet::new(),
                limit: None,
                proposal: None,
            })
        };
        let refusals = desk.ask("9009").decide(end()).unwrap_err();
        assert_eq!(refusals[0].code, Code::State);
        assert!(refusals[0].sentence.contains("还有1件"), "{}", refusals[0].sentence);
        let suspend = || Command::Suspend(Suspend { officer: "1001".into() });
        desk.run("9009", suspend());
        assert_eq!(desk.ask("1001").codes(desk.withdraw()), vec![Code::Role], "nothing he signs counts");
        assert_eq!(desk.ask("9009").codes(suspend()), vec![Code::Duplicate]);
        desk.run("1003", desk.withdraw());
        desk.run("9009", end());
        assert_eq!(desk.ask("9009").codes(suspend()), vec![Code::State]);
        let own = Command::Suspend(Suspend { officer: "9009".into() });
        assert_eq!(desk.ask("9009").codes(own), vec![Code::State]);
    }

    #[test]
    fn the_seed_makes_an_administrator_and_nothing_else() {
        let mut desk = Desk::new();
        desk.seed();
        let recover = |no: &str, key: &str, seed: &str| {
            Command::Recover(Recover {
                officer: no.into(),
                key: key_of(key),
                recovery: key_of(seed),
                sealed: Default::default(),
            })
        };
        assert_eq!(desk.ask("9009").codes(recover("9020", "k", "s")), vec![Code::Role]);
        assert_eq!(desk.ask("0").codes(recover("1001", "k", "s")), vec![Code::Role], "he has business roles");
        assert_eq!(desk.ask("0").codes(recover("0", "k", "s")), vec![Code::Unknown]);
        assert_eq!(desk.ask("0").codes(Command::Enrol(enrol("1009", &[]))), vec![Code::Role]);
        let suspend = Command::Suspend(Suspend { officer: "0".into() });
        assert_eq!(desk.ask("9009").codes(suspend), vec![Code::Role]);
        desk.run("0", recover("9020", "k", "s"));
        let officer = crate::domain::answers::Answers::officer(&desk.memory, &"9020".into()).unwrap();
        assert!(officer.is(Role::Administrator));
        assert_eq!(
            desk.ask("0").codes(recover("9021", "k2", "s2")),
            vec![Code::KeyRevoked],
            "the old seed is dead"
        );
    }
}
