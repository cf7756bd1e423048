//! Founding: the first log file of a county in an empty folder. Never over anything that is there.

use std::path::Path;

use super::drive::{Drive, RealDrive};
use super::file::{self, Born, Rows, Why};
use super::host::Host;
use super::slip::{self, Created, Publication};
use crate::ledger::{CountyId, Head};
use crate::store::fault::{Fault, FaultKind};

const DOING: &str = "建库";

/// For people who find the folder.
const README: &str = "这个文件夹是“救急”（临时救助办公程序）的共享日志，由县民政局使用。\r\n\
\r\n\
请不要打开、移动、改名、删除或整理其中的任何文件，也不要把它放进同步盘或网盘。\r\n\
log.* 是日志和它的公布文件，turns 是各台电脑轮流写入的凭据，desks 是各台电脑的情况。\r\n\
每条记录都有签名，改动一个字节就会被每台电脑发现。\r\n\
需要备份时，整个文件夹一起复制。有疑问请找县局管理员。\r\n";

/// Makes the first log file of a county, empty, in this folder (made if it is not there).
///
/// # Errors
/// If there is a log already, or the folder cannot be written.
pub fn found(folder: &Path, county: CountyId, workshop: &Path, host: &mut dyn Host) -> Result<(), Fault> {
    found_on(&RealDrive, folder, county, workshop, host)
}

/// The same on a given drive.
///
/// # Errors
/// As [`found`].
pub fn found_on(
    drive: &dyn Drive,
    folder: &Path,
    county: CountyId,
    workshop: &Path,
    host: &mut dyn Host,
) -> Result<(), Fault> {
    let io = |e| Fault::of_io(DOING, e);
    for dir in [folder.to_path_buf(), folder.join("turns"), folder.join("desks"), workshop.to_path_buf()] {
        drive.make_folder(&dir).map_err(io)?;
    }
    if slip::list(drive, folder, DOING)?.iter().any(|name| name.starts_with("log.")) {
        return Err(Fault::new(
            FaultKind::User,
            "这个文件夹里已经有日志",
            "要加入已有的县请用“加入”；要另建请换一个空文件夹",
        ));
    }
    let genesis = Head::genesis(county);
    let born = Born {
        county,
        file: 1,
        why: Why::Founded,
        first: 1,
        before: genesis.hash,
        follows: 0,
        supersedes: 0,
        head_n: 0,
        head_hash: genesis.hash,
        by: None,
    };
    let publication = place(drive, folder, workshop, &born, &mut |_, _| Ok(Vec::new()), host)?;
    let path = folder.join(slip::log_name(1));
    match slip::create(drive, &path, DOING)? {
        Created::Ours => slip::fill(drive, &path, &publication.text(), DOING)?,
        Created::Taken => {
            return Err(Fault::new(
                FaultKind::User,
                "另一台电脑正在这个文件夹里建库",
                "请与对方核对，由一人建库，其他人加入",
            ));
        }
    }
    drive.replace(&folder.join("说明.txt"), &[b"\xEF\xBB\xBF", README.as_bytes()].concat()).map_err(io)
}

/// The county whose log is in a folder, for who joins and does not know it yet. Says nothing of whether the log is
/// sound or the right one: that is for the fingerprint on paper.
///
/// # Errors
/// If there is no log, or it is not ours, newer or damaged.
pub fn county_of(folder: &Path) -> Result<CountyId, Fault> {
    let drive = &RealDrive;
    let mut files: Vec<u32> =
        slip::list(drive, folder, "读取共享日志")?.iter().filter_map(|name| slip::parse_log(name)).collect();
    files.sort_unstable();
    for number in files.iter().rev() {
        let bytes = slip::read(drive, &folder.join(slip::log_name(*number)), "读取共享日志")?;
        if let Some(publication) = Publication::read(*number, &bytes) {
            let record = file::read_as_is(drive, &folder.join(&publication.name), &mut file::born)?;
            let born: Born =
                serde_json::from_str(&record).map_err(|_| Fault::damaged("日志文件的出生记录损坏"))?;
            return Ok(born.county);
        }
    }
    Err(super::no_log(folder))
}

/// Builds a log file on this PC, copies it to the share under a name of its own, reads it back; not yet published.
pub(super) fn place(
    drive: &dyn Drive,
    folder: &Path,
    workshop: &Path,
    born: &Born,
    rows: Rows<'_>,
    host: &mut dyn Host,
) -> Result<Publication, Fault> {
    let doing = "制作新的日志文件";
    let io = |e| Fault::of_io(doing, e);
    let mut random = [0u8; 4];
    host.random(&mut random)?;
    let name = format!("{}.{}.db", slip::log_name(born.file), hex::encode(random));
    let local = workshop.join(format!("build-{name}"));
    let path = folder.join(&name);
    let made =
        file::make(&local, born, &mut *rows).and_then(|()| match file::holds(drive, &local, born, rows) {
            Ok(true) => Ok(()),
            Ok(false) => Err(Fault::busy("本机制作的新日志文件读回来不同，要重做")),
            Err(fault) => Err(fault),
        });
    let placed = made.and_then(|()| {
        if slip::create(drive, &path, doing)? == Created::Taken {
            return Err(Fault::busy("新日志文件的名称已被占用"));
        }
        drive.copy(&local, &path).map_err(io)?;
        // Two reads that both came back short would be the same.
        let sizes = (drive.meta(&local).map_err(io)?.len, drive.meta(&path).map_err(io)?.len);
        if sizes.0 == sizes.1 && drive.same(&local, &path).map_err(io)? {
            Ok(())
        } else {
            Err(Fault::damaged("共享盘读回的内容与写入的不同"))
        }
    });
    for left in [file::journal(&local), local] {
        // Only litter of this PC; whether it goes decides nothing.
        let _ = drive.remove(&left);
    }
    placed?;
    Ok(Publication { file: born.file, name, hash: file::born_hash(&born.text()?) })
}
