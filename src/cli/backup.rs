//! `backup`: copies what this PC holds to a second folder or a stick. Works with the drive away and beside an open desk.

use super::End;
use super::chosen::now;
use super::out::Out;
use crate::office::backup::{self, Chosen, Plan};
use crate::office::place::Place;
use crate::store::fault::Fault;
use std::path::PathBuf;

/// Arguments of `backup`.
#[derive(clap::Args)]
#[command(
    after_help = "只添加新的文件，不改动以前的；断开、盘满后再运行一次即接着做。\n不放在共享文件夹和本机数据文件夹里。恢复演练：jiuji drill"
)]
pub(super) struct Args {
    /// 备份文件夹，最好在另一个盘或U盘上；不写则用本机设置里的
    #[arg(value_name = "文件夹")]
    folder: Option<PathBuf>,
    /// 记住这个文件夹，以后打开 jiuji 时每天自动备份到那里
    #[arg(long, requires = "folder", conflicts_with = "practice")]
    daily: bool,
    /// 备份练习
    #[arg(long, requires = "folder")]
    practice: bool,
}

/// What backups are made of here.
///
/// # Errors
/// No office here yet.
pub(super) fn plan(place: &Place, practice: bool) -> Result<Plan, Fault> {
    if practice { Plan::of_practice(place) } else { Plan::of(place, &place.needed_settings()?) }
}

/// Runs the verb.
///
/// # Errors
/// No office here; a folder that must not hold a backup or cannot be written.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let place = Place::of_machine()?;
    let mut plan = plan(&place, args.practice)?;
    let chosen = args.folder.as_deref().map_or(Chosen::Set, Chosen::Named);
    let mut told = |n: u64| out.progress(&format!("已备份到第 {n} 条"));
    let (folder, copied) = backup::make(&plan, chosen, now(), &mut told)?;
    for bad in &copied.damaged {
        out.warn(&format!(
            "{}：{}。其中各条已重新备份，请把这个文件移走，并考虑换一个盘。",
            bad.file, bad.why
        ));
    }
    let (n, new) = (copied.head.n, copied.entries);
    out.say(&match new {
        0 => format!("{} 里的备份已是最新：第 1 至 {n} 条，没有新的。", folder.display()),
        new => format!("已备份到 {}：新增 {new} 条，共第 1 至 {n} 条，读回核对相符。", folder.display()),
    })?;
    out.say(&format!("末条哈希：{}", copied.head.hash.groups()))?;
    let outdated = backup::outdated(&plan, &folder)?;
    if outdated > 0 {
        out.warn(&format!(
            "这个文件夹里有 {outdated} 个文件是到期销毁以前备份的，还留着已销毁的内容；请换一个新的空文件夹备份（jiuji backup 新文件夹），再把这个盘或文件夹销毁。"
        ));
    }
    if args.daily {
        let mut settings = place.needed_settings()?;
        settings.backup = Some(folder.clone());
        place.keep(&settings)?;
        plan.target = Some(folder);
        out.say("已记入本机设置，以后打开 jiuji 时每天自动备份。")?;
    }
    if let Some(line) = plan.reminder(false, now()) {
        out.warn(&format!("提醒：{line}。"));
    }
    Ok(End::Done)
}
