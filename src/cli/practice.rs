//! `practice`: opens the practice office, which it builds at the first time, or lists its officers.

use super::chosen::now;
use super::out::Out;
use super::{End, desk};
use crate::base::division;
use crate::base::width;
use crate::domain::office::Office;
use crate::office::place::{self, Open, Place, later_clock};
use crate::office::practice;
use crate::store::fault::Fault;
use std::path::{Path, PathBuf};

/// Arguments of `practice`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 清空旧的练习，重新建立
    #[arg(long)]
    fresh: bool,
    /// 列出练习操作员、密码和授权码
    #[arg(long)]
    list: bool,
    /// 再开一台：加入另一台电脑的练习共享文件夹
    #[arg(long, value_name = "文件夹", conflicts_with = "fresh")]
    share: Option<PathBuf>,
    /// 把练习的时间往后拨：比今天晚这么多天，公示到期、期限临近都能练到；各台练习电脑要拨得一样。和 --fresh 一起写，练习就从那
    /// 一天开始，年末、跨年也能练到
    #[arg(long, value_name = "天数")]
    later: Option<u16>,
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
    let look = desk::look(&place, &place.theme());
    if let Some(share) = &args.share {
        let folder = practice::second_folder(&place);
        put_forward(&folder, args.later)?;
        let (county, later) = (practice::county_here(&folder, share)?, practice::later(&folder));
        let opened = place::open_desk_later(&folder, share, county, later)?;
        return desk::show(opened, folder, share, &practice::officers()?, look, later_clock(later), None);
    }
    out.progress("正在准备练习");
    if args.later.is_some() && !args.fresh {
        // What is not built yet is built as of today, and put forward then.
        drop(practice::open(&place, now(), false)?);
        put_forward(&practice::desk_folder(&place), args.later)?;
    }
    let opened = practice::open_on(&place, now(), args.fresh, args.later.unwrap_or(0))?;
    if args.list {
        return Ok(End::Done);
    }
    let (folder, share) = (practice::desk_folder(&place), opened.share);
    let opened =
        Open { desk: opened.desk, keeper: opened.keeper, watch: opened.watch, read_only: opened.read_only };
    let clock = later_clock(practice::later(&folder));
    desk::show(opened, folder, &share, &practice::officers()?, look, clock, None)
}

fn put_forward(folder: &Path, later: Option<u16>) -> Result<(), Fault> {
    later.map_or(Ok(()), |days| practice::put_forward(folder, days))
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
