//! `print`: writes a paper of a case, a township's month of the reserve, or the county's month sheet, as HTML or XLSX.

use super::chosen::{self, Choice, today};
use super::out::Out;
use super::{End, place_of_papers};
use crate::office::print::PaperKind;
use crate::office::print::gather::{self, Occasion};
use crate::office::print::{Format, write};
use crate::store::fault::{Fault, FaultKind};
use std::path::PathBuf;

/// Arguments of `print`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 表：f1 申请审批表（附F2），f3 急难事项，f4 入户调查，f5 评议，f6 核对授权书，f7 核对委托书，f7-report 核对报告，f8 公示，f9 补正
    /// 告知，f10 受理通知，f11 决定告知，f12 不予救助告知，f13 先行救助登记单，f16 备用金台账，f23 撤回声明，f25 卷宗，missing 缺什么通知
    /// 单，month 月度核对单
    #[arg(value_parser = names())]
    paper: String,
    /// 办件编号，例如 26-102-0003
    #[arg(long, value_name = "编号")]
    case: Option<String>,
    /// f16 的乡镇代码
    #[arg(long, value_name = "乡镇", default_value_t = 102)]
    township: u16,
    /// f16、month 的月份，例如 2026-03；不写是本月
    #[arg(long, value_name = "年-月")]
    month: Option<String>,
    /// 写到这个文件夹；不写是本机的 papers 文件夹
    #[arg(long, value_name = "文件夹")]
    out: Option<PathBuf>,
    /// 写成 XLSX（WPS、Excel），不写是网页
    #[arg(long)]
    xlsx: bool,
    #[command(flatten)]
    choice: Choice,
}

/// The names of all papers.
fn names() -> Vec<&'static str> {
    let mut names: Vec<_> = PaperKind::of_cases().chain(PaperKind::ALL).map(PaperKind::name).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// Runs the verb.
///
/// # Errors
/// No such case; the machine's.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let kind = PaperKind::named(&args.paper).unwrap_or(PaperKind::FirstAid);
    let mut chosen = chosen::open(&args.choice, out)?;
    let reader = chosen.desk.replica().reader()?;
    let occasion = Occasion { by: &chosen.session.officer, on: today(), practice: chosen.practice };
    let printed = if kind == PaperKind::Reserve {
        gather::of_reserve(&reader, args.township, month(args.month.as_deref())?, &occasion)?
    } else if kind == PaperKind::Month {
        let entries = chosen.desk.entries();
        let mut source = |after, limit| entries.after(after, limit);
        gather::of_month(&reader, &mut source, month(args.month.as_deref())?, &occasion)?
    } else {
        let number = args.case.as_deref().ok_or_else(|| {
            Fault::new(FaultKind::User, "没有写办件编号", "请加 --case 编号，例如 --case 26-102-0003")
        })?;
        let case = reader.case_of_number(number)?.ok_or_else(|| {
            Fault::new(FaultKind::User, format!("没有编号为 {number} 的办件"), "请核对编号")
        })?;
        gather::of_case(&reader, kind, case, &occasion)?
    };
    let folder = match &args.out {
        Some(folder) => folder.clone(),
        None => place_of_papers()?,
    };
    let format = if args.xlsx { Format::Xlsx } else { Format::Html };
    let file = write(&printed, &folder, format)?;
    out.say(&file.display().to_string())?;
    Ok(End::Done)
}

fn month(text: Option<&str>) -> Result<(i32, u32), Fault> {
    let Some(text) = text else { return Ok((today().year(), today().month())) };
    let parsed =
        text.split_once('-').and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
    match parsed {
        Some((year, month)) if (1..=12).contains(&month) => Ok((year, month)),
        _ => Err(Fault::new(FaultKind::User, format!("月份 {text} 不对"), "请写成 2026-03 这样")),
    }
}
