//! `enrol`: the administrator enrols an officer at this PC; the officer types his own password, twice.

use super::End;
use super::chosen::{self, Choice};
use super::found::{made_key, name_of, number_of};
use super::out::Out;
use crate::base::division;
use crate::domain::office::{Office, Role};
use crate::office::setup::{self, NewOfficer};
use crate::store::fault::{Fault, FaultKind};
use std::collections::BTreeSet;

/// Arguments of `enrol`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 新操作员号（1至8位数字）
    #[arg(value_name = "操作员号")]
    no: String,
    /// 姓名
    #[arg(long, value_name = "姓名")]
    name: String,
    /// 单位：乡镇代码如 103，或 county（县局）
    #[arg(long, value_name = "单位")]
    office: String,
    /// 岗位：handler 经办人，approver 审批人，finance 财务，supervisor 督导，administrator 管理员；可以写几次
    #[arg(long, value_name = "岗位", required = true)]
    role: Vec<String>,
    /// 管理员的操作员号；不写则询问
    #[arg(long, value_name = "操作员号")]
    officer: Option<String>,
    /// 在练习中登记
    #[arg(long)]
    practice: bool,
}

/// Runs the verb.
///
/// # Errors
/// A number, office or role that is none; a wrong password; what the rules refuse.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let officer = NewOfficer {
        no: number_of(&args.no)?,
        name: name_of(&args.name)?,
        office: office(&args.office)?,
        roles: args.role.iter().map(|role| role_of(role)).collect::<Result<BTreeSet<_>, _>>()?,
    };
    let admin = args.officer.clone().or_else(|| args.practice.then(|| "9005".to_owned()));
    let mut chosen = chosen::open(&Choice { practice: args.practice, officer: admin }, out)?;
    out.say(&format!("请新操作员 {} 本人设定密码。", officer.no))?;
    let made = made_key(chosen.desk.county(), &officer, "JIUJI_NEW_PASSWORD", out)?;
    setup::enrol(&mut chosen.desk, &chosen.session, &[(officer.clone(), made.public)])?;
    let roles: Vec<&str> = officer.roles.iter().map(|role| role.zh()).collect();
    out.say(&format!("已登记操作员 {}（{}），可以在任何一台电脑上登录。", officer.no, roles.join("、")))?;
    Ok(End::Done)
}

fn office(text: &str) -> Result<Office, Fault> {
    let office = text.parse().ok().filter(|office| match office {
        Office::County => true,
        Office::Township(code) => division::township(*code).is_some(),
    });
    office.ok_or_else(|| {
        Fault::new(FaultKind::User, format!("没有单位 {text}"), "请写乡镇的三位代码，例如 103，或写 county")
    })
}

fn role_of(text: &str) -> Result<Role, Fault> {
    Ok(match text {
        "handler" => Role::Handler,
        "approver" => Role::Approver,
        "finance" => Role::Finance,
        "supervisor" => Role::Supervisor,
        "administrator" => Role::Administrator,
        _ => match Role::ALL.into_iter().find(|role| role.zh() == text) {
            Some(role) => role,
            None => {
                let next = "请写 handler、approver、finance、supervisor 或 administrator";
                return Err(Fault::new(FaultKind::User, format!("没有岗位 {text}"), next));
            }
        },
    })
}
