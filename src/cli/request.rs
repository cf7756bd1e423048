//! `request`: an officer makes his key on his own PC, under his own password, and asks the administrator for an office, or
//! for his office back where he forgot his password.

use super::End;
use super::chosen::now;
use super::enrol::office_of;
use super::found::{number_of, typed_password};
use super::out::Out;
use crate::office::place::{self, Place};
use crate::office::request::{self, spoken};
use crate::store::fault::Fault;

/// Arguments of `request`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 想用的操作员号，或忘了密码的操作员号（1至8位数字）
    #[arg(value_name = "操作员号")]
    no: String,
    /// 单位：乡镇代码如 103，或 county（县局）
    #[arg(long, value_name = "单位")]
    office: String,
}

/// Runs the verb. Nothing of a name goes to the share.
///
/// # Errors
/// A number or office that is none; a password by the rule; a share that is away.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let (no, office) = (number_of(&args.no)?, office_of(&args.office)?);
    let place = Place::of_machine()?;
    let settings = place.needed_settings()?;
    let county = settings.county_id()?;
    let mut desk = place::open_desk(&place.desk(), &settings.share, county)?.desk;
    out.progress("正在读取共享日志");
    desk.pull()?;
    let password = typed_password("JIUJI_NEW_PASSWORD", (&no, ""), out)?;
    out.progress("正在生成密钥");
    let request = request::make(county, no, office, &password, desk.keys().is_practice(), now())?;
    desk.leave_request(&request)?;
    let digits = request.digits(county)?;
    out.say(&format!(
        "申请已放到共享盘。请打电话给县局管理员，报这8位对照码：\n  {}\n管理员登记以后，用操作员号 {} 和刚才的密码登录。30天内没有登记的，申请自动作废。",
        spoken(&digits),
        request.officer
    ))?;
    Ok(End::Done)
}
