//! `recover`: all administrators lost their passwords, or left: with the seed from the safe somebody becomes administrator.

use super::End;
use super::chosen::line;
use super::found::{made_key, name_of, number_of};
use super::out::Out;
use super::seed;
use crate::office::officers;
use crate::office::place::{self, Place};
use crate::office::seed::Seed;
use crate::office::setup;
use crate::store::fault::Fault;
use std::path::PathBuf;

/// Arguments of `recover`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 谁当管理员：原管理员的操作员号，或一个新号
    #[arg(value_name = "操作员号")]
    no: String,
    /// 新号的姓名；不写则询问
    #[arg(long, value_name = "姓名")]
    name: Option<String>,
    /// 把新的恢复种子写成网页，打印后入柜
    #[arg(long, value_name = "文件")]
    print: Option<PathBuf>,
}

/// Runs the verb. The seed from the safe is used up; a new one is written down before anything is written.
///
/// # Errors
/// A seed that is not this county's; a password by the rule; what the rules refuse; a share that is away.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let place = Place::of_machine()?;
    let settings = place.needed_settings()?;
    let county = settings.county_id()?;
    let mut desk = place::open_desk(&place.desk(), &settings.share, county)?.desk;
    out.progress("正在读取共享日志");
    desk.pull()?;
    let no = number_of(&args.no)?;
    let name = match (&args.name, desk.keys().officer(&no)) {
        (Some(name), _) => name_of(name)?,
        (None, Some(_)) => String::new(),
        (None, None) => name_of(&line(out, "新管理员姓名：")?)?,
    };
    let old = seed::asked(out)?;
    officers::is_of_this_county(&desk, &old)?;
    let made = made_key(county, ("JIUJI_NEW_PASSWORD", &no, &name), out)?;
    let next = Seed::new()?;
    let print = setup::fingerprint_of(&mut desk)?;
    out.say("原来的恢复种子用过即作废，下面是新的一份。")?;
    seed::hand_over(&next, &print, args.print.as_deref(), out)?;
    officers::recover(&mut desk, &old, (&no, &name), &made, &next)?;
    out.say(&format!(
        "操作员 {no} 现在是管理员，请用新密码登录。\n下一步：\n  1. 把新的恢复种子锁进保险柜，旧的撕掉；\n  2. 原管理员若不再管，请停用：jiuji officers suspend 操作员号；\n  3. 这件事已记在日志里，会印在月报上。"
    ))?;
    Ok(End::Done)
}
