//! `sweep`: the program set against itself, and the hidden `sweep-desk` and `sweep-commit` that it starts as its desks.

use super::End;
use super::out::Out;
use crate::office::sweep::{self, Layer, Order, Size, calls, sheets, station};
use crate::store::fault::{Fault, FaultKind};
use crate::ui::monkey;
use std::path::PathBuf;

/// Arguments of `sweep`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 只做一小部分，几分钟
    #[arg(long, conflicts_with = "release")]
    small: bool,
    /// 发布前的全部，几小时
    #[arg(long)]
    release: bool,
    /// 种子：同一个种子选同样的时刻
    #[arg(long, value_name = "数")]
    seed: Option<u64>,
    /// 强杀多少次
    #[arg(long, value_name = "次数")]
    kills: Option<u32>,
    /// 几台办公桌同时被强杀
    #[arg(long, value_name = "台数", value_parser = clap::value_parser!(u8).range(2..=16))]
    desks: Option<u8>,
    /// histories、kills、calls、tamper、rot、sheets、keys；不写则全部
    #[arg(value_name = "层")]
    layers: Vec<String>,
}

/// Arguments of `sweep-desk`.
#[derive(clap::Args)]
pub(super) struct DeskArgs {
    /// 总检的文件夹
    root: PathBuf,
    /// 第几台
    no: u8,
    /// 种子
    seed: u64,
    /// 共享文件夹，不写则为总检文件夹里的 share
    #[arg(long, value_name = "文件夹")]
    share: Option<PathBuf>,
    /// 只把待发的送完
    #[arg(long)]
    drain: bool,
}

/// Runs the verb; what does not hold is a no.
///
/// # Errors
/// A layer that is not there; the machine's.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let layers = layers(&args.layers)?;
    let size = match (args.small, args.release) {
        (true, _) => Size::Small,
        (_, true) => Size::Release,
        _ => Size::Full,
    };
    let seed = args.seed.map_or_else(sweep::seed, Ok)?;
    let program = std::env::current_exe().map_err(|error| Fault::of_io("找不到程序自己", error))?;
    let mut end = End::Done;
    for layer in layers {
        let began = std::time::Instant::now();
        let mut told = |text: &str| out.progress(text);
        let order = Order {
            size,
            seed,
            kills: args.kills,
            desks: args.desks,
            program: program.clone(),
            told: &mut told,
        };
        let report = sweep::run(&layer, order).map_err(|fault| {
            let what = format!("{}（{}，种子 {seed}）", fault.what, layer.name);
            Fault { what, ..fault }
        })?;
        let seconds = began.elapsed().as_secs_f64();
        if let Some(why) = &report.undone {
            // No pass: whoever asked for this layer by name is told by the status too.
            out.say(&format!("{} 未做：{why}", layer.name))?;
            if !args.layers.is_empty() {
                end = End::No;
            }
            continue;
        }
        let word = if report.broken.is_empty() { "通过" } else { "不通过" };
        out.say(&format!("{} {word}，种子 {seed}，{seconds:.1} 秒", layer.name))?;
        for line in report.lines {
            out.say(&format!("  {line}"))?;
        }
        for line in &report.broken {
            out.say(&format!("  不成立：{line}"))?;
            end = End::No;
        }
    }
    Ok(end)
}

/// Every layer of the program, in the order in which they run.
fn all() -> Vec<Layer> {
    let mut all = sweep::LAYERS.to_vec();
    all.push(monkey::LAYER);
    all
}

fn layers(names: &[String]) -> Result<Vec<Layer>, Fault> {
    let all = all();
    if names.is_empty() {
        return Ok(all);
    }
    names
        .iter()
        .map(|name| {
            all.iter().copied().find(|layer| layer.name == name).ok_or_else(|| {
                let known: Vec<&str> = all.iter().map(|layer| layer.name).collect();
                Fault::new(
                    FaultKind::User,
                    format!("没有 {name} 这一层"),
                    format!("可以写 {}", known.join("、")),
                )
            })
        })
        .collect()
}

/// Works as a desk until it is killed.
///
/// # Errors
/// Anything that stops it from working.
pub(super) fn desk(args: DeskArgs) -> Result<End, Fault> {
    let DeskArgs { root, no, seed, share, drain } = args;
    let share = share.unwrap_or_else(|| station::share_of(&root));
    station::run(&station::Station { root, share, no, seed, drain })?;
    Ok(End::Done)
}

/// Arguments of `sweep-commit`.
#[derive(clap::Args)]
pub(super) struct CommitArgs {
    /// 总检的文件夹
    root: PathBuf,
    /// 第几台
    no: u8,
    /// 先说办成再写，总检必须发现
    #[arg(long)]
    lie: bool,
}

/// Commits once.
///
/// # Errors
/// Anything that stops it.
pub(super) fn commit(args: CommitArgs) -> Result<End, Fault> {
    let CommitArgs { root, no, lie } = args;
    calls::commit(&calls::Commit { root, no, lie })?;
    Ok(End::Done)
}

/// Arguments of `sweep-sheets`.
#[derive(clap::Args)]
pub(super) struct SheetsArgs {
    /// 总检的文件夹
    root: PathBuf,
    /// 种子
    seed: u64,
    /// 多少个
    files: u64,
}

/// Reads spoilt spreadsheets.
///
/// # Errors
/// The machine's.
pub(super) fn read_sheets(args: SheetsArgs, out: &mut Out) -> Result<End, Fault> {
    let SheetsArgs { root, seed, files } = args;
    for line in sheets::read(&sheets::Reading { root, seed, files })? {
        out.say(&line)?;
    }
    Ok(End::Done)
}
