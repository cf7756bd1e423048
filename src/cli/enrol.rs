//! `enrol`: the administrator enrols an officer: at this PC, where the officer types his own password, twice, or from the
//! request that he left at his own PC, by the eight digits that he tells over the telephone.

use super::End;
use super::chosen::{self, Choice, Chosen};
use super::found::{made_key, name_of, number_of};
use super::out::Out;
use crate::base::division;
use crate::base::money::Money;
use crate::domain::command::kernel::NewKey;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};
use crate::office::desk::Desk;
use crate::office::officers::Administration;
use crate::office::request;
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
    /// 审批人个人的审批限额，元；不写即按单位的权限
    #[arg(long, value_name = "元")]
    limit: Option<String>,
    /// 操作员在自己电脑上申请后，在电话里报的8位对照码
    #[arg(long, value_name = "8位数字")]
    digits: Option<String>,
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
        office: office_of(&args.office)?,
        roles: args.role.iter().map(|role| role_of(role)).collect::<Result<BTreeSet<_>, _>>()?,
    };
    let admin = args.officer.clone().or_else(|| args.practice.then(|| "9005".to_owned()));
    let mut chosen = chosen::open(&Choice { practice: args.practice, officer: admin }, out)?;
    let limit = args.limit.as_deref().map(limit_of).transpose()?;
    let key = match &args.digits {
        Some(digits) => by_digits(&mut chosen.desk, &officer.no, digits, out)?,
        None => {
            out.say(&format!("请新操作员 {} 本人设定密码。", officer.no))?;
            let whose = ("JIUJI_NEW_PASSWORD", &officer.no, officer.name.as_str());
            made_key(chosen.desk.county(), whose, out)?.public
        }
    };
    let admin = administration(&chosen);
    let (alone, drafts) = (admin.is_alone(), admin.enrol(&officer, limit, &key)?);
    setup::carry_as(&mut chosen.desk, &chosen.session, drafts)?;
    let roles: Vec<&str> = officer.roles.iter().map(|role| role.zh()).collect();
    if alone {
        out.say(&format!("已登记操作员 {}（{}），可以在任何一台电脑上登录。", officer.no, roles.join("、")))?;
    } else {
        out.say(&format!(
            "已提出登记操作员 {}（{}）。本县有两名以上管理员，请另一名登录后同意：jiuji officers second {}。",
            officer.no,
            roles.join("、"),
            officer.no
        ))?;
    }
    Ok(End::Done)
}

/// The key of the request that has these digits; it must be of this number.
///
/// # Errors
/// There is none; the share is away.
pub(super) fn by_digits(
    desk: &mut Desk,
    no: &OfficerNo,
    digits: &str,
    out: &mut Out,
) -> Result<NewKey, Fault> {
    out.progress("正在核对申请");
    let told = request::typed(digits);
    if told.len() != 8 {
        let what = format!("对照码应有8位数字，打了{}位", told.len());
        return Err(Fault::new(FaultKind::User, what, "请在电话里重新核对"));
    }
    let waiting = desk.requests()?;
    let found = waiting.into_iter().find(|asked| asked.digits == told).ok_or_else(|| {
        Fault::new(
            FaultKind::User,
            "共享盘上没有这个对照码的申请",
            "请在电话里重新核对；仍不符的不要登记，请他重新申请",
        )
    })?;
    if found.request.officer != *no {
        let what = format!("这个对照码的申请是操作员号 {} 的，不是 {no}", found.request.officer);
        return Err(Fault::new(FaultKind::User, what, "请在电话里核对操作员号"));
    }
    Ok(found.request.key)
}

/// The administrator who signed in.
pub(super) fn administration(chosen: &Chosen) -> Administration<'_> {
    Administration { session: &chosen.session, county: chosen.desk.county(), book: chosen.desk.keys() }
}

/// An approver's own limit as typed.
///
/// # Errors
/// It is no amount.
pub(super) fn limit_of(text: &str) -> Result<Money, Fault> {
    Money::parse(text)
        .map_err(|problem| Fault::new(FaultKind::User, problem.to_string(), "请写成 300.00 这样"))
}

/// An office as typed.
///
/// # Errors
/// There is none of that code.
pub(super) fn office_of(text: &str) -> Result<Office, Fault> {
    let office = text.parse().ok().filter(|office| match office {
        Office::County => true,
        Office::Township(code) => division::township(*code).is_some(),
    });
    office.ok_or_else(|| {
        Fault::new(FaultKind::User, format!("没有单位 {text}"), "请写乡镇的三位代码，例如 103，或写 county")
    })
}

/// A role as typed.
///
/// # Errors
/// There is none of that name.
pub(super) fn role_of(text: &str) -> Result<Role, Fault> {
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
