//! `sweep`: the program set against itself, and the hidden `sweep-desk` and `sweep-commit` that it starts as its desks.

use super::End;
use super::out::Out;
use crate::office::sweep::{self, Layer, Mounts, Order, Size, calls, sheets, station};
use crate::store::fault::{Fault, FaultKind};
use crate::ui::monkey;
use std::path::PathBuf;
use std::time::Duration;

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
    /// 模拟的每个种子走两次，两次的经过须完全相同
    #[arg(long)]
    doublecheck: bool,
    /// 强杀多少次
    #[arg(long, value_name = "次数")]
    kills: Option<u32>,
    /// 几台办公桌同时被强杀
    #[arg(long, value_name = "台数", value_parser = clap::value_parser!(u8).range(2..=16))]
    desks: Option<u8>,
    /// 同一个共享文件夹的挂载点，写两次；mounts 一层要用
    #[arg(long, value_name = "文件夹")]
    share: Vec<PathBuf>,
    /// 在两个挂载点上写多少分钟
    #[arg(long, value_name = "分钟", default_value_t = 10.0)]
    minutes: f64,
    /// 在两个挂载点上写的时候强杀办公桌
    #[arg(long)]
    kill: bool,
    /// 挂载自己的计数文件，例如 /proc/fs/cifs/Stats
    #[arg(long, value_name = "文件")]
    counter: Option<PathBuf>,
    /// histories、kills、mounts、calls、crash、faults、simulation、year、tamper、rot、rebuild、sheets、keys；不写则全部
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
    /// 只把待发的送完
    #[arg(long)]
    drain: bool,
    /// 做这么多毫秒，再把待发的送完
    #[arg(long, value_name = "毫秒")]
    shift: Option<u64>,
}

/// Runs the verb; what does not hold is a no.
///
/// # Errors
/// A layer that is not there; the machine's.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let layers = layers(&args.layers)?;
    let mounts = mounts(args)?;
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
            doublecheck: args.doublecheck,
            mounts: mounts.clone(),
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
        // Each layer is told when it is done: the next may take hours.
        out.flush()?;
    }
    Ok(end)
}

/// The two mounts, where they are given.
fn mounts(args: &Args) -> Result<Option<Mounts>, Fault> {
    let usable = Duration::try_from_secs_f64(args.minutes * 60.0).ok().filter(|time| !time.is_zero());
    let wrong = |what: &str, next: &str| Fault::new(FaultKind::User, what, next);
    let time = usable.ok_or_else(|| wrong("--minutes 要大于零", "例如 --minutes 10"))?;
    match args.share.as_slice() {
        [] => Ok(None),
        [first, second] => Ok(Some(Mounts {
            shares: [first.clone(), second.clone()],
            time,
            kill: args.kill,
            counter: args.counter.clone(),
        })),
        _ => Err(wrong("--share 要写两次", "同一个文件夹的两处挂载，各写一次")),
    }
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
    let DeskArgs { root, no, seed, drain, shift } = args;
    let shift = shift.map(Duration::from_millis);
    station::run(&station::Station { root, no, seed, drain, shift })?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Args as _;

    #[test]
    fn the_help_names_every_layer_in_the_order_in_which_they_run() {
        let verb = Args::augment_args(clap::Command::new("sweep"));
        let help = verb.get_arguments().find(|one| one.get_id() == "layers").unwrap().get_help().unwrap();
        let names: Vec<&str> = all().iter().map(|layer| layer.name).collect();
        assert_eq!(help.to_string(), format!("{}；不写则全部", names.join("、")));
    }
}
