//! Where a backup may lie: a second place, so neither in the shared folder nor among this PC's own files.

use super::Plan;
use crate::store::fault::{Fault, FaultKind};
use std::path::{Component, Path, PathBuf};

/// A path made absolute, without `.` and `..`.
pub(super) fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let mut out = PathBuf::new();
    for part in absolute.components() {
        match part {
            Component::ParentDir => {
                out.pop();
            }
            Component::CurDir => {}
            other => out.push(other),
        }
    }
    out
}

/// The path as the disk has it: links followed as far as the folders are there.
fn real(path: &Path) -> PathBuf {
    let path = absolute(path);
    for above in path.ancestors() {
        if let Ok(there) = above.canonicalize()
            && let Ok(rest) = path.strip_prefix(above)
        {
            return there.join(rest);
        }
    }
    path
}

/// Whether `folder` is `of` or lies in it, by the words of the paths or as the disk has them.
fn within(folder: &Path, of: &Path) -> bool {
    absolute(folder).starts_with(absolute(of)) || real(folder).starts_with(real(of))
}

/// Whether the folder may hold backups of this plan.
///
/// # Errors
/// It is the shared folder or this PC's data folder, or lies in one; it holds a log or a desk's files, whatever the way
/// to it is called.
pub(super) fn may_hold(plan: &Plan, folder: &Path) -> Result<(), Fault> {
    let refuse = |what: &str| {
        Err(Fault::new(
            FaultKind::User,
            format!("{} {what}，不能放备份", folder.display()),
            "没有写入任何内容；请换到另一个盘或U盘上的文件夹",
        ))
    };
    if within(folder, &plan.share) {
        return refuse("在共享文件夹里");
    }
    if within(folder, &plan.data) || within(folder, &plan.desk) {
        return refuse("在本机的数据文件夹里");
    }
    // The same share may be mounted under a second name.
    for above in real(folder).ancestors() {
        if above.join("log.0001").exists() {
            return refuse("在共享文件夹里");
        }
        if above.join("desk.db").exists() && above.join("entries.db").exists() {
            return refuse("在一台电脑的数据文件夹里");
        }
    }
    Ok(())
}

/// A folder that a person named: made where the one above it is there.
///
/// # Errors
/// It is no folder, or cannot be made.
pub(super) fn prepare(folder: &Path) -> Result<(), Fault> {
    if folder.is_dir() {
        return Ok(());
    }
    let wrong = |what: String, next: &str| Err(Fault::new(FaultKind::Config, what, next));
    if folder.exists() {
        return wrong(format!("{} 不是文件夹", folder.display()), "请写一个文件夹");
    }
    if !folder.parent().is_some_and(Path::is_dir) {
        let what = format!("找不到 {} 的上一级文件夹", folder.display());
        return wrong(what, "请插好备份盘、核对路径，再运行 jiuji backup");
    }
    match std::fs::create_dir(folder) {
        Ok(()) => Ok(()),
        Err(error) => {
            let what = format!("建不了备份文件夹 {}", folder.display());
            Err(Fault::new(FaultKind::ReadOnly, what, "请核对路径、盘的写保护，再运行 jiuji backup")
                .because(error))
        }
    }
}

/// The folder in the settings is never made: where it is not there, the stick is not.
///
/// # Errors
/// It is not there.
pub(super) fn must_be_there(folder: &Path) -> Result<(), Fault> {
    if folder.is_dir() {
        return Ok(());
    }
    Err(Fault::new(
        FaultKind::DriveAway,
        format!("找不到备份文件夹 {}", folder.display()),
        "请插好备份盘，再运行 jiuji backup；换了地方请改本机设置里的 backup",
    ))
}
