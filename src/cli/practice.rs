//! `practice`: opens the practice office, which it builds at the first time, or lists its officers.

use super::chosen::now;
use super::out::Out;
use super::{End, desk};
use crate::base::division;
use crate::base::width;
use crate::domain::office::Office;
use crate::office::place::{Open, Place};
use crate::office::practice;
use crate::store::fault::Fault;

/// Arguments of `practice`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 清空旧的练习，重新建立
    #[arg(long)]
    fresh: bool,
    /// 列出练习操作员、密码和授权码
    #[arg(long)]
    list: bool,
}

/// Runs the verb.
///
/// # Errors
/// The folder or the disk; a practice window that is still open.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    if args.list {
        list(out)?;
        if !args.fresh {
            return Ok(End::Done);
        }
    }
    let place = Place::of_machine()?;
    out.progress("正在准备练习……");
    let opened = practice::open(&place, now(), args.fresh)?;
    if args.list {
        return Ok(End::Done);
    }
    desk::show(Open { desk: opened.desk, keeper: opened.keeper, read_only: opened.read_only }, out)
}

fn list(out: &mut Out) -> Result<(), Fault> {
    out.say("练习操作员（人名、密码都是编的，只在练习里有效）：")?;
    for officer in practice::officers()? {
        let office = match officer.office {
            Office::County => "县局".to_owned(),
            Office::Township(code) => {
                division::township(code).map_or(String::new(), |known| known.name.to_owned())
            }
        };
        let line = [
            width::fit(&officer.no.0, 6),
            width::fit(&officer.name, 8),
            width::fit(officer.role.zh(), 8),
            width::fit(&office, 12),
            width::fit(&officer.title, 16),
            officer.password,
        ];
        out.say(line.concat().trim_end())?;
    }
    let (officer, codes) = practice::spoken_codes();
    out.say(&format!("{officer} 的授权码单，按顺序使用（前两个已用）：{}", codes.join(" ")))
}
