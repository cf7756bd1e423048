//! `scene`: runs stories in a scratch office, and prints the first line of each that does not hold.

use super::End;
use super::out::Out;
use crate::office::scene;
use crate::store::fault::Fault;
use std::path::PathBuf;

/// Arguments of `scene`.
#[derive(clap::Args)]
#[command(disable_help_flag = true)]
pub(super) struct Args {
    /// 情景文件
    #[arg(value_name = "文件")]
    files: Vec<PathBuf>,
    /// 情景语言，一页
    #[arg(long, short)]
    help: bool,
}

/// Runs the verb.
///
/// # Errors
/// The output is gone.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    if args.help || args.files.is_empty() {
        out.say(scene::help().trim_end())?;
        return Ok(if args.help { End::Done } else { End::No });
    }
    let mut end = End::Done;
    for file in &args.files {
        out.progress(&format!("正在演示 {}", file.display()));
        match scene::play_file(file, &scene::on_engine) {
            Ok(stories) => out.say(&format!("{}：{stories} 个情景成立", file.display()))?,
            Err(broken) => {
                end = End::No;
                broken.iter().try_for_each(|line| out.say(line))?;
            }
        }
    }
    Ok(end)
}
