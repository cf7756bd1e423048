//! `officers`: what the administrator does with officers: the list, requests, roles, suspension, a stolen key, a lost
//! password, the word of the second administrator, a new data key.

use super::End;
use super::chosen::{self, Choice, Chosen, today};
use super::enrol::{administration, by_digits, limit_of, office_of, role_of};
use super::found::{made_key, number_of};
use super::out::Out;
use crate::base::day::Day;
use crate::domain::ids::{OfficerNo, ProposalId};
use crate::domain::office::{Office, Officer};
use crate::domain::powers::{Proposal, is_recovery};
use crate::office::compose::Draft;
use crate::office::setup;
use crate::store::fault::{Fault, FaultKind};
use clap::Subcommand;
use std::collections::BTreeSet;

/// Arguments of `officers`.
#[derive(clap::Args)]
#[command(subcommand_value_name = "事项", disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    choice: Choice,
}

/// What can be done.
#[derive(Subcommand)]
enum What {
    /// 名单：谁在岗，岗位，限额
    List {
        /// 写成 JSON
        #[arg(long)]
        json: bool,
    },
    /// 等着登记的申请
    Requests,
    /// 授予岗位；一个岗位也不写，即离岗
    Roles {
        /// 操作员号
        #[arg(value_name = "操作员号")]
        no: String,
        /// 单位；不写则不变
        #[arg(long, value_name = "单位")]
        office: Option<String>,
        /// 岗位，可以写几次
        #[arg(long, value_name = "岗位")]
        role: Vec<String>,
        /// 审批人个人的审批限额，元
        #[arg(long, value_name = "元")]
        limit: Option<String>,
    },
    /// 停用：岗位留着，不能登录，签的都不算；用 roles 恢复
    Suspend {
        /// 操作员号
        #[arg(value_name = "操作员号")]
        no: String,
    },
    /// 密钥失窃：停用他现在的密钥
    Revoke {
        /// 操作员号
        #[arg(value_name = "操作员号")]
        no: String,
        /// 从哪天起可能在别人手里，例如 2026-03-01
        #[arg(long, value_name = "日期")]
        since: Option<String>,
    },
    /// 重设密码：操作员在自己电脑上重新申请后，按8位对照码换上；不写对照码则本人在此设
    Rekey {
        /// 操作员号
        #[arg(value_name = "操作员号")]
        no: String,
        /// 对照码
        #[arg(long, value_name = "8位数字")]
        digits: Option<String>,
    },
    /// 同意另一名管理员提出的授予
    Second {
        /// 被授予的操作员号
        #[arg(value_name = "操作员号")]
        no: String,
    },
    /// 撤销还没有同意的授予
    Withdraw {
        /// 被授予的操作员号
        #[arg(value_name = "操作员号")]
        no: String,
    },
    /// 换数据密钥：有人离岗或密钥失窃之后，或新的一年
    RenewKey,
}

/// Runs the verb.
///
/// # Errors
/// A number that is none; a wrong password; what the rules refuse.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let officer = args.choice.officer.clone().or_else(|| args.choice.practice.then(|| "9005".to_owned()));
    let mut chosen = chosen::open(&Choice { practice: args.choice.practice, officer }, out)?;
    match &args.what {
        What::List { json } => return list(&chosen, *json, out),
        What::Requests => return requests(&mut chosen, out),
        What::Roles { no, office, role, limit } => {
            let known = known(&chosen, no)?;
            let roles: BTreeSet<_> = role.iter().map(|role| role_of(role)).collect::<Result<_, _>>()?;
            let office = office.as_deref().map_or(Ok(known.office), office_of)?;
            let limit = limit.as_deref().map(limit_of).transpose()?;
            let drafts = administration(&chosen).roles(&known.no, office, &roles, limit)?;
            let ends = roles.is_empty();
            let done = if ends { "已办理离岗" } else { "岗位已授予" };
            grant(&mut chosen, drafts, &known.no, done, !ends, out)?;
            if ends {
                out.say("他手里若有数据密钥，请接着换一把：jiuji officers renew-key。")?;
            }
        }
        What::Suspend { no } => {
            let no = known(&chosen, no)?.no;
            let drafts = administration(&chosen).suspend(&no);
            grant(&mut chosen, drafts, &no, "已停用，岗位留着，恢复用 jiuji officers roles", false, out)?;
        }
        What::Revoke { no, since } => {
            let no = known(&chosen, no)?.no;
            let since = since.as_deref().map(day).transpose()?;
            let drafts = administration(&chosen).revoke(&no, since)?;
            grant(&mut chosen, drafts, &no, "现在的密钥已停用，他不能再登录", false, out)?;
            if let Some(since) = since {
                review(&chosen, &no, since, out)?;
            }
            out.say(
                "下一步：换数据密钥（jiuji officers renew-key），再给他重设密码（jiuji officers rekey）。",
            )?;
        }
        What::Rekey { no, digits } => rekey(&mut chosen, no, digits.as_deref(), out)?,
        What::Second { no } => {
            let (id, proposal) = waiting(&chosen, no)?;
            let (what, no) = (proposal.grant.zh(), proposal.grant.officer().clone());
            let drafts = administration(&chosen).second(id)?;
            setup::carry_as(&mut chosen.desk, &chosen.session, drafts)?;
            out.say(&format!("已同意：{what} {no}，现在生效。"))?;
        }
        What::Withdraw { no } => {
            let (id, proposal) = waiting(&chosen, no)?;
            let (what, no) = (proposal.grant.zh(), proposal.grant.officer().clone());
            let drafts = administration(&chosen).withdraw(id);
            setup::carry_as(&mut chosen.desk, &chosen.session, drafts)?;
            out.say(&format!("已撤销：{what} {no}。"))?;
        }
        What::RenewKey => {
            let drafts = administration(&chosen).renew_data_key(today().year())?;
            setup::carry_as(&mut chosen.desk, &chosen.session, drafts)?;
            let period = chosen.desk.keys().newest_data();
            let to = chosen.desk.keys().sealed_to().len();
            let period = period.map(|period| period.to_string()).unwrap_or_default();
            out.say(&format!("数据密钥 {period} 已发给 {to} 把密钥，从下一条记录起用它。"))?;
        }
    }
    Ok(End::Done)
}

fn grant(
    chosen: &mut Chosen,
    drafts: Vec<Draft>,
    no: &OfficerNo,
    done: &str,
    may_wait: bool,
    out: &mut Out,
) -> Result<(), Fault> {
    let waits = may_wait && !administration(chosen).is_alone();
    setup::carry_as(&mut chosen.desk, &chosen.session, drafts)?;
    if waits {
        return out.say(&format!("已提出。请另一名管理员同意：jiuji officers second {no}。"));
    }
    out.say(&format!("操作员 {no}：{done}。"))
}

fn rekey(chosen: &mut Chosen, no: &str, digits: Option<&str>, out: &mut Out) -> Result<(), Fault> {
    let known = known(chosen, no)?;
    let key = match digits {
        Some(digits) => by_digits(&mut chosen.desk, &known.no, digits, out)?,
        None => {
            out.say(&format!("请操作员 {} 本人设定新密码。", known.no))?;
            let whose = ("JIUJI_NEW_PASSWORD", &known.no, known.name.as_str());
            made_key(chosen.desk.county(), whose, out)?.public
        }
    };
    let drafts = administration(chosen).rekey(&known.no, &key)?;
    grant(chosen, drafts, &known.no, "新密码已生效，旧密码作废", true, out)
}

fn list(chosen: &Chosen, json: bool, out: &mut Out) -> Result<End, Fault> {
    let officers = chosen.desk.replica().reader()?.officers()?;
    let shown: Vec<&Officer> = officers.iter().filter(|officer| !is_recovery(&officer.no)).collect();
    if json {
        let rows: Vec<_> = shown
            .iter()
            .map(|officer| {
                serde_json::json!({
                    "officer": officer.no,
                    "office": officer.office,
                    "roles": officer.roles,
                    "limit_fen": officer.limit,
                    "state": state(officer),
                })
            })
            .collect();
        out.json(&serde_json::Value::Array(rows))?;
        return Ok(End::Done);
    }
    for officer in shown {
        let roles: Vec<&str> = officer.roles.iter().map(|role| role.zh()).collect();
        let limit = officer.limit.map(|limit| format!("  限额{limit}元")).unwrap_or_default();
        out.say(&format!(
            "{:<8} {}  {}  {}{limit}  {}",
            officer.no.0,
            officer.name,
            place(officer.office),
            roles.join("、"),
            state(officer)
        ))?;
    }
    for (_, proposal) in chosen.desk.keys().proposals() {
        let grant = &proposal.grant;
        out.say(&format!("待同意：{} {}，由 {} 提出", grant.zh(), grant.officer(), proposal.by))?;
    }
    Ok(End::Done)
}

fn state(officer: &Officer) -> &'static str {
    match (officer.is_suspended(), officer.ended, &officer.key) {
        (true, _, _) => "停用",
        (_, true, _) => "离岗",
        (_, _, None) => "在岗，密钥已停用",
        _ => "在岗",
    }
}

fn place(office: Office) -> String {
    match office {
        Office::County => "县局".to_owned(),
        Office::Township(code) => crate::base::division::township(code)
            .map_or_else(|| format!("{code:03}"), |known| known.name.to_owned()),
    }
}

fn requests(chosen: &mut Chosen, out: &mut Out) -> Result<End, Fault> {
    let waiting = chosen.desk.requests()?;
    if waiting.is_empty() {
        out.say("没有等着登记的申请。")?;
    }
    for asked in waiting {
        let request = asked.request;
        let known = chosen.desk.keys().officer(&request.officer).is_some();
        let what = if known { "重设密码" } else { "新登记" };
        let (office, made) = (place(request.office), request.made().text());
        out.say(&format!("操作员号 {}  {office}  {what}  {made}", request.officer))?;
    }
    Ok(End::Done)
}

/// What he signed since the day from which the key is believed stolen.
fn review(chosen: &Chosen, no: &OfficerNo, since: Day, out: &mut Out) -> Result<(), Fault> {
    let steps = chosen.desk.replica().reader()?.signed_since(no, since)?;
    if steps.is_empty() {
        return out.say(&format!("{since}以来他没有签过任何办件。"));
    }
    out.say(&format!("{since}以来他签过的，请逐件核对："))?;
    for step in steps {
        out.say(&format!("  {}  {}  {}", step.number, step.zh, step.at.text()))?;
    }
    Ok(())
}

fn known(chosen: &Chosen, no: &str) -> Result<Officer, Fault> {
    let no = number_of(no)?;
    let known = chosen.desk.replica().reader()?.officers()?.into_iter().find(|officer| officer.no == no);
    known.ok_or_else(|| {
        Fault::new(FaultKind::User, format!("没有操作员 {no}"), "请用 jiuji officers list 看名单")
    })
}

fn waiting(chosen: &Chosen, no: &str) -> Result<(ProposalId, Proposal), Fault> {
    let no = number_of(no)?;
    let mut open = chosen.desk.keys().proposals().filter(|(_, known)| *known.grant.officer() == no);
    let found = open.next().map(|(id, known)| (id, known.clone())).ok_or_else(|| {
        let what = format!("没有等着同意的对操作员 {no} 的授予");
        Fault::new(FaultKind::User, what, "请用 jiuji officers list 看名单")
    })?;
    if open.next().is_some() {
        let what = format!("对操作员 {no} 有几项授予等着同意");
        return Err(Fault::new(FaultKind::User, what, "请在程序的「待同意的授予」里逐项办理"));
    }
    Ok(found)
}

fn day(text: &str) -> Result<Day, Fault> {
    Day::parse(text)
        .ok_or_else(|| Fault::new(FaultKind::User, format!("日期 {text} 不对"), "请写成 2026-03-01 这样"))
}
