//! `join`: this PC becomes a desk of a county that is there already, after its root fingerprint was compared with paper.

use super::End;
use super::chosen::line;
use super::doctor;
use super::out::Out;
use crate::office::join::{self, Shown};
use crate::office::place::Place;
use crate::store::fault::{Fault, FaultKind};
use std::io::IsTerminal as _;
use std::path::PathBuf;

/// So often the fingerprint may be typed at a terminal.
const TRIES: usize = 3;

/// Arguments of `join`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 本县的共享文件夹
    #[arg(value_name = "共享文件夹")]
    share: PathBuf,
    /// 纸上的根指纹，8 组；不写则询问（脚本可用环境变量 JIUJI_FINGERPRINT）
    #[arg(long, value_name = "根指纹")]
    fingerprint: Option<String>,
    /// 本机在名单里的名称，例如 波罗赤镇窗口1
    #[arg(long, value_name = "名称", default_value = "")]
    desk: String,
}

/// Runs the verb. Nothing is written before the fingerprint was compared.
///
/// # Errors
/// No log there; a PC that belongs to a county; a folder that fails its checks; another fingerprint; a log that does not
/// hold.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let place = Place::of_machine()?;
    let share = std::path::absolute(&args.share).map_err(|error| Fault::of_io("共享文件夹", error))?;
    let shown = join::show(&share)?;
    join::may_join(&place, &share, shown.county)?;
    doctor::must_pass(&share, false, &place, out)?;
    compare(args, &shown, out)?;
    out.progress("正在核对并取回全部记录");
    let n = join::join(&place, &share, &shown, &args.desk, &mut |n| {
        out.progress(&format!("正在核对并取回全部记录：已到第 {n} 条"));
    })?;
    out.say(&format!("根指纹相符。已核对并取回 {n} 条记录，本机加入了本县。"))?;
    out.say("下一步：操作员运行 jiuji，用自己的操作员号和密码登录。")?;
    Ok(End::Done)
}

/// Compares the paper: from the argument, the environment, or a person, who may try again.
fn compare(args: &Args, shown: &Shown, out: &mut Out) -> Result<(), Fault> {
    if let Some(given) = args.fingerprint.clone().or_else(|| std::env::var("JIUJI_FINGERPRINT").ok()) {
        return shown.compare(&given);
    }
    let watched = std::io::stdin().is_terminal();
    for _ in 1..TRIES {
        match shown.compare(&line(out, QUESTION)?) {
            Err(fault) if watched && fault.kind == FaultKind::User => out.warn(&fault.to_string()),
            other => return other,
        }
    }
    shown.compare(&line(out, QUESTION)?)
}

const QUESTION: &str = "请照建库时抄下的纸输入根指纹（8 组，每组 8 个，空格和大小写不论）：\n";
