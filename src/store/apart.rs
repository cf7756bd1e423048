//! Telling apart (辨别) what is wrong with a shared folder that could not be used: not there, empty, another county's, cut,
//! overwritten. One look after a fault; it lists and reads, never writes, and never asks whether a name exists.

use super::fault::{Fault, FaultKind};
use super::share::county_of;
use crate::ledger::CountyId;
use std::path::Path;

/// A fault of the share, said more exactly after a look at its folder. What the folder does not explain stays as it is.
pub fn tell_apart(folder: &Path, county: CountyId, fault: Fault) -> Fault {
    use FaultKind::{Damaged, DriveAway, NotOurs, Older};
    if !matches!(fault.kind, DriveAway | NotOurs | Damaged | Older) {
        return fault;
    }
    let names = match names(folder) {
        Ok(names) => names,
        Err(error) => return unreachable_folder(folder, error, fault),
    };
    if !names.iter().any(|name| name.starts_with("log.") && !name.ends_with("-journal")) {
        return no_log(folder, &names).because(fault);
    }
    match county_of(folder) {
        Ok(known) if known != county => Fault::new(
            NotOurs,
            "共享文件夹里是另一个县（或另一次建库）的日志",
            "请检查本机设置里的路径是否指到了别的文件夹；路径没有错就报告县局管理员",
        )
        .because(fault),
        // A desk cannot take its turn without the folder of turns; whoever founded the county made it.
        Ok(_) if !names.iter().any(|name| name == "turns") => {
            Fault::damaged("共享文件夹里的 turns 文件夹不见了").because(fault)
        }
        Ok(_) if fault.kind == NotOurs => Fault::damaged("日志文件里面损坏，读不成").because(fault),
        Ok(_) => fault,
        Err(found) => broken_log(folder, &names, found, fault),
    }
}

fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        if let Ok(name) = entry?.file_name().into_string() {
            names.push(name);
        }
    }
    Ok(names)
}

fn unreachable_folder(folder: &Path, error: std::io::Error, fault: Fault) -> Fault {
    use std::io::ErrorKind as E;
    let (what, next) = match error.kind() {
        E::NotFound => ("找不到共享文件夹", "请检查网络盘是否已连接、路径是否正确；连上后自动接着办"),
        E::NotADirectory => ("共享文件夹的路径指到了一个文件", "请检查本机设置里的路径"),
        E::PermissionDenied => ("没有读取共享文件夹的权限", "请管理员检查共享文件夹的权限"),
        _ => return fault,
    };
    Fault::new(FaultKind::DriveAway, format!("{what} {}", folder.display()), next).because(error)
}

/// A folder without any log: a mount point without its drive is empty; where turns are left, somebody took the log away.
fn no_log(folder: &Path, names: &[String]) -> Fault {
    if names.iter().any(|name| name == "turns") {
        return Fault::damaged("共享文件夹里的日志文件都不见了");
    }
    if names.is_empty() {
        return Fault::new(
            FaultKind::DriveAway,
            format!("共享文件夹 {} 是空的，多半是网络盘没有连上", folder.display()),
            "请重新连接网络盘；连上后里面还是空的，报告县局管理员",
        );
    }
    Fault::new(
        FaultKind::DriveAway,
        format!("共享文件夹 {} 里没有救急的日志", folder.display()),
        "请检查路径是否指到了别的文件夹",
    )
}

/// A log that cannot even be asked whose it is: which of its files is wrong.
fn broken_log(folder: &Path, names: &[String], found: Fault, fault: Fault) -> Fault {
    let mut published: Vec<&String> = names.iter().filter(|name| is_publication(name)).collect();
    published.sort();
    let Some(last) = published.pop() else {
        return Fault::damaged("日志的公布文件 log.0001 不见了").because(fault);
    };
    let Some(data) = std::fs::read(folder.join(last)).ok().and_then(|bytes| named(&bytes)) else {
        return match found.kind {
            FaultKind::NotOurs => Fault::damaged(format!("公布文件 {last} 被截断或改动")).because(fault),
            _ => fault,
        };
    };
    if !names.contains(&data) {
        return Fault::damaged(format!("日志文件 {data} 不见了，公布它的 {last} 还在")).because(fault);
    }
    match found.kind {
        FaultKind::NotOurs => Fault::damaged(format!("日志文件 {data} 被别的程序覆盖或改写")).because(fault),
        FaultKind::Damaged | FaultKind::Newer => found,
        _ => fault,
    }
}

/// `log.0001`
fn is_publication(name: &str) -> bool {
    let digits = name.strip_prefix("log.").unwrap_or_default();
    digits.len() >= 4 && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// The data file that a whole publication names.
fn named(bytes: &[u8]) -> Option<String> {
    let text = std::str::from_utf8(bytes).ok()?.strip_suffix("\nend\n")?;
    text.lines().find_map(|line| line.strip_prefix("name ")).map(str::to_owned)
}
