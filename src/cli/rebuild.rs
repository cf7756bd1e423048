//! `rebuild`: a new log file on the share from what this PC verified, where the one there is damaged, cut, old or gone.

use super::End;
use super::chosen::{line, now, password};
use super::out::Out;
use crate::base::fold;
use crate::domain::ids::OfficerNo;
use crate::ledger::CountyId;
use crate::office::attempts;
use crate::office::backup;
use crate::office::desk::Desk;
use crate::office::place::{self, Place};
use crate::office::rebuild::{Asked, Keep, Rebuilt, rebuild};
use crate::office::session;
use crate::store::entries::{self, Entries};
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::Share;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// Arguments of `rebuild`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 操作员号；不写则询问
    #[arg(long, value_name = "操作员号")]
    officer: Option<String>,
    /// 先并入别处的记录：备份文件夹，或另一台电脑的 entries.db（用优盘带来）
    #[arg(long, value_name = "何处")]
    from: Option<PathBuf>,
    /// 别的电脑见过更多也先重建；它下次打开时把独有的记录带回来
    #[arg(long)]
    without_others: bool,
    /// 本机和共享盘各有不同记录时取哪一种：own 本机，share 共享盘；须管理员
    #[arg(long, value_name = "own|share", value_parser = keep)]
    keep: Option<Keep>,
}

fn keep(text: &str) -> Result<Keep, String> {
    match text {
        "own" => Ok(Keep::Own),
        "share" => Ok(Keep::Share),
        _ => Err("请写 own（本机）或 share（共享盘）".to_owned()),
    }
}

/// Runs the verb.
///
/// # Errors
/// A window that is open on this PC; a wrong password; what [`rebuild`] refuses.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let place = Place::of_machine()?;
    let settings = place.needed_settings()?;
    let (county, folder) = (settings.county_id()?, place.desk());
    let mut opened = place::open_desk(&folder, &settings.share, county)?;
    if opened.read_only.is_some() {
        return Err(Fault::new(
            FaultKind::SecondWindow,
            "本机开着救急窗口，不能重建",
            "请先退出那个窗口，再运行 jiuji rebuild",
        ));
    }
    if let Some(file) = &args.from {
        let more = take_from(file, &folder, &mut opened.desk, county)?;
        out.say(&format!("从 {} 并入 {more} 条记录。", file.display()))?;
    }
    let officer = match &args.officer {
        Some(officer) => fold::digits(officer),
        None => fold::digits(&line(out, "操作员号：")?),
    };
    let officer = OfficerNo(officer.trim().to_owned());
    let password = password("JIUJI_PASSWORD", out, "密码：")?;
    out.progress("正在核对密码");
    let session = Arc::new(attempts::guarded(&opened.keeper, &officer, now(), || {
        session::sign_in(county, opened.desk.keys(), &officer, &password)
    })?);
    let began = Instant::now();
    let id = opened.keeper.own().id();
    let share = Share::reach(place::setting(&folder, &settings.share, county, id))?;
    let asked = Asked {
        share: &settings.share,
        session,
        name: &settings.desk,
        without_others: args.without_others,
        keep: args.keep,
    };
    let rebuilt = rebuild(&mut opened.desk, share, &asked, &mut |text| out.progress(text))?;
    match rebuilt {
        Rebuilt::Sound { entries } => {
            out.say(&format!("共享日志完好：{entries} 条，与本机逐条相同，不必重建。"))?;
        }
        Rebuilt::Published { file, first, head, taken, back } => {
            out.say(&format!(
                "已重建：第 {file} 号日志文件，第 {first} 至 {} 条，用时 {:.1} 秒。",
                head.n,
                began.elapsed().as_secs_f64()
            ))?;
            if taken > 0 {
                out.say(&format!("其中 {taken} 条取自共享盘上还能读到的部分。"))?;
            }
            if back > 0 {
                out.say(&format!("另有 {back} 条丢失的记录已逐条找回。"))?;
            }
            out.say(&format!("末条哈希 {}", head.hash.groups()))?;
            out.say("下一步：各台电脑照常打开即可；谁那里还有独有的记录，登录后自动带回。")?;
        }
    }
    Ok(End::Done)
}

/// Takes in what another PC holds behind our head, each entry judged.
fn take_from(from: &Path, folder: &Path, desk: &mut Desk, county: CountyId) -> Result<u64, Fault> {
    if from.is_dir() {
        let mut rows = backup::rows(from, &place::workshop(folder))?;
        ours(rows.county(), county, from)?;
        return desk.take_from(&mut |after, limit| rows.after(after, limit));
    }
    ours(entries::county_of(from)?, county, from)?;
    let theirs = Entries::open(from, county)?;
    desk.take_from(&mut |after, limit| theirs.after(after, limit))
}

fn ours(found: CountyId, county: CountyId, from: &Path) -> Result<(), Fault> {
    if found == county {
        return Ok(());
    }
    Err(Fault::new(
        FaultKind::NotOurs,
        format!("{} 是另一个县的记录", from.display()),
        "没有并入任何内容；请检查路径",
    ))
}
