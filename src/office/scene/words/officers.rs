//! Officers, their keys and roles, the second administrator, recovery, data keys.

use super::super::cast::number_of;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{day, money, need, township};
use super::{Word, acting};
use crate::domain::command::Command;
use crate::domain::command::kernel::{DataKey, Enrol, KeyRevoke, NewKey, Roles};
use crate::domain::command::officers::{Recover, Rekey, SecondGrant, Suspend, WithdrawGrant};
use crate::domain::ids::{OfficerNo, ProposalId};
use crate::domain::office::{Office, Role};
use crate::domain::period::Period;
use crate::domain::powers::RECOVERY;
use crate::domain::private::Private;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

const OFFICER: &[(&str, &str)] = &[
    ("office", "单位：县局 或乡镇名"),
    ("roles", "岗位：经办人,审批人,财务,督导,管理员"),
    ("limit", "审批人个人的审批限额"),
    ("name", "姓名"),
    ("by", "由谁办，缺省管理员 adm"),
    ("as", "两名管理员时，这一授予的名字，缺省为操作员号"),
];

const BY: &[(&str, &str)] = &[("by", "由谁办，缺省管理员 adm")];

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "w3",
        args: OFFICER,
        says: "登记操作员；有两名管理员时，等另一名同意",
        ..acting("enrol", "登记操作员", &["enrol"], enrol)
    },
    Word {
        form: "w1",
        args: OFFICER,
        says: "授予岗位：此后的全部岗位；roles=\"\" 为不再工作",
        ..acting("roles", "授予岗位", &["roles"], roles)
    },
    Word {
        form: "w1",
        args: &[("by", "由谁办，缺省管理员 adm"), ("as", "两名管理员时，这一授予的名字，缺省为操作员号")],
        says: "给忘了密码的操作员换上他新做的密钥",
        ..acting("rekey", "重设密码", &["rekey"], rekey)
    },
    Word {
        form: "w1",
        args: BY,
        says: "停用：岗位留着，他签的都不算",
        ..acting("suspend", "停用操作员", &["suspend"], suspend)
    },
    Word {
        form: "w3",
        says: "办理人同意另一名管理员提出的授予",
        ..acting("second-grant", "第二管理员同意", &["second-grant"], second_grant)
    },
    Word {
        form: "w3",
        says: "办理人撤销还没有同意的授予",
        ..acting("withdraw-grant", "撤销授予", &["withdraw-grant"], withdraw_grant)
    },
    Word {
        form: "adm",
        args: &[("name", "新管理员的姓名")],
        says: "用恢复种子使他成为管理员，种子换新的",
        ..acting("recover-admin", "恢复管理员", &["recover-admin"], recover)
    },
    Word {
        also: "key-revoke",
        form: "w1",
        args: &[("by", "由谁停用，缺省管理员 adm"), ("since", "从哪天起可能在别人手里")],
        says: "停用他的密钥",
        ..acting("revoke", "停用密钥", &["key-revoke"], revoke)
    },
    Word {
        form: "2027 w1,a1",
        says: "把数据密钥分发给操作员；2027/1 为当年换过一次的",
        ..acting("data-key", "分发数据密钥", &["data-key"], data_key)
    },
];

fn office(text: &str) -> Result<Office, Stop> {
    if text == "县局" { Ok(Office::County) } else { township(text).map(Office::Township) }
}

fn role_set(text: &str) -> Result<BTreeSet<Role>, Stop> {
    let mut found = BTreeSet::new();
    for word in text.split([',', '，', '、']).filter(|word| !word.is_empty()) {
        let role = Role::ALL.into_iter().find(|role| role.zh() == word);
        found.insert(role.ok_or_else(|| {
            let all: Vec<&str> = Role::ALL.iter().map(|role| role.zh()).collect();
            Stop::wrong(format!("没有岗位「{word}」，可以写：{}", all.join(" ")))
        })?);
    }
    Ok(found)
}

/// The id of a proposal by its name in the story.
fn proposal(name: &str) -> ProposalId {
    let digest = Sha256::digest(format!("proposal {name}"));
    let mut id = [0; 16];
    for (to, from) in id.iter_mut().zip(digest) {
        *to = from;
    }
    ProposalId(id)
}

fn named(line: &Line, officer: &OfficerNo) -> Option<ProposalId> {
    Some(proposal(line.arg("as").unwrap_or(&officer.0)))
}

fn by(r: &Runner<'_>, line: &Line) -> Result<OfficerNo, Stop> {
    r.officer(line.arg("by").unwrap_or("adm"))
}

fn enrol(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = number_of(need(line, 0, "操作员号，1至8位数字")?);
    let mut private = Private::default();
    private.officers.insert(officer.clone(), line.arg("name").unwrap_or("新人").to_owned());
    let key = r.stage()?.fresh_key(&officer)?;
    let args = Enrol {
        office: office(line.arg("office").unwrap_or("县局"))?,
        roles: role_set(line.arg("roles").unwrap_or("经办人"))?,
        limit: line.arg("limit").map(money).transpose()?,
        proposal: named(line, &officer),
        officer,
        key,
    };
    let officer = args.officer.clone();
    let by = by(r, line)?;
    r.act_as(&by, vec![(Command::Enrol(args), private)])?;
    opened_to(r, &by, &officer)
}

/// The year's data key to whoever has a key by now; a proposal waits.
fn opened_to(r: &mut Runner<'_>, by: &OfficerNo, officer: &OfficerNo) -> Result<(), Stop> {
    if r.answers()?.key_of(officer).is_none() {
        return Ok(());
    }
    let period = Period::of(r.today().year());
    give_data_key(r, by, period, std::slice::from_ref(officer))
}

fn roles(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号")?)?;
    let now = r.answers()?.officer(&officer);
    let args = Roles {
        office: match (line.arg("office"), now) {
            (Some(text), _) => office(text)?,
            (None, Some(now)) => now.office,
            (None, None) => Office::County,
        },
        roles: role_set(line.arg("roles").unwrap_or_default())?,
        limit: line.arg("limit").map(money).transpose()?,
        proposal: named(line, &officer),
        officer,
    };
    let by = by(r, line)?;
    r.act_as(&by, vec![(Command::Roles(args), Private::default())])
}

fn rekey(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号")?)?;
    let key = r.stage()?.fresh_key(&officer)?;
    let by = by(r, line)?;
    let rekey = Rekey { proposal: named(line, &officer), officer, key };
    r.act_as(&by, vec![(Command::Rekey(rekey), Private::default())])
}

fn suspend(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号")?)?;
    let by = by(r, line)?;
    r.act_as(&by, vec![(Command::Suspend(Suspend { officer }), Private::default())])
}

fn second_grant(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let name = number_of(need(line, 0, "授予的名字或操作员号")?);
    let second = SecondGrant { proposal: proposal(&name.0) };
    r.act(vec![(Command::SecondGrant(second), Private::default())])?;
    let id = proposal(&name.0);
    match r.answers()?.proposal(id) {
        Some(known) if !known.open && known.grant.key().is_some() => {
            let me = r.me()?;
            opened_to(r, &me, known.grant.officer())
        }
        _ => Ok(()),
    }
}

fn withdraw_grant(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let name = number_of(need(line, 0, "授予的名字或操作员号")?);
    let withdraw = WithdrawGrant { proposal: proposal(&name.0) };
    r.act(vec![(Command::WithdrawGrant(withdraw), Private::default())])
}

fn recover(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = number_of(need(line, 0, "操作员号")?);
    let seed = OfficerNo(RECOVERY.to_owned());
    let mut private = Private::default();
    if let Some(name) = line.arg("name") {
        private.officers.insert(officer.clone(), name.to_owned());
    }
    let (key, recovery) = (r.stage()?.fresh_key(&officer)?, r.stage()?.fresh_key(&seed)?);
    let period = Period::of(r.today().year());
    let sealed = r.stage()?.sealed_data_key(period, &[key.clone(), recovery.clone()])?;
    let recover = Recover { officer, key, recovery, sealed: BTreeMap::from([(period, sealed)]) };
    r.act_as(&seed, vec![(Command::Recover(recover), private)])
}

fn revoke(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号")?)?;
    let key = r.answers()?.officer(&officer).and_then(|officer| officer.key).unwrap_or_default();
    let since = line.arg("since").map(day).transpose()?;
    let by = by(r, line)?;
    r.act_as(&by, vec![(Command::KeyRevoke(KeyRevoke { officer, key, since }), Private::default())])
}

fn data_key(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let period = need(line, 0, "年份和操作员")?.parse::<Period>().map_err(Stop::wrong)?;
    let mut to = Vec::new();
    for no in need(line, 1, "操作员，如 w1,a1")?.split(',') {
        to.push(r.officer(no)?);
    }
    let me = r.me()?;
    give_data_key(r, &me, period, &to)
}

fn give_data_key(r: &mut Runner<'_>, by: &OfficerNo, period: Period, to: &[OfficerNo]) -> Result<(), Stop> {
    let state = r.answers()?;
    let keys: Vec<NewKey> = to.iter().filter_map(|no| state.key_of(no)).collect();
    let sealed = r.stage()?.sealed_data_key(period, &keys)?;
    let Period { year, generation } = period;
    r.act_as(by, vec![(Command::DataKey(DataKey { year, generation, sealed }), Private::default())])
}
