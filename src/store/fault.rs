//! What went wrong outside the rules: the drive, the disk, the file, another window. Every fault is a Chinese sentence
//! that says what is wrong and one that says what to do next. Never holds a name, an id number or an account.

use std::error::Error;
use std::fmt;
use std::io;

/// The kinds of fault, as far as somebody acts differently on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// The user can put it right in what he typed or chose.
    User,
    /// A path or setting is wrong.
    Config,
    /// The drive cannot be reached.
    DriveAway,
    /// The file was changed, cut or is malformed.
    Damaged,
    /// A mistake of the program.
    Bug,
    /// Somebody else is writing; it passes.
    Busy,
    /// No space left.
    Full,
    /// Writing is not allowed there.
    ReadOnly,
    /// Not a file of this program, or of another county.
    NotOurs,
    /// Written by a newer program.
    Newer,
    /// The share is older than what this PC has already seen.
    Older,
    /// Another window of this program works with these files.
    SecondWindow,
    /// The share's clock jumped: somebody has to confirm it before anything is signed with its time.
    Clock,
}

/// A fault with its two sentences.
#[derive(Debug)]
pub struct Fault {
    /// How to act on it.
    pub kind: FaultKind,
    /// What is wrong, in Chinese.
    pub what: String,
    /// What to do next, in Chinese.
    pub next: String,
    /// The error below, for the log file.
    pub source: Option<Box<dyn Error + Send + Sync>>,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}。{}", self.what, self.next)
    }
}

impl Error for Fault {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_ref().map(|e| e.as_ref() as &(dyn Error + 'static))
    }
}

const CALL: &str = "不要再改动共享文件夹，报告县局管理员";

impl Fault {
    /// A fault without an error below it.
    pub fn new(kind: FaultKind, what: impl Into<String>, next: impl Into<String>) -> Fault {
        Fault { kind, what: what.into(), next: next.into(), source: None }
    }

    /// The same with the error below it, for the log file.
    pub fn because(self, error: impl Error + Send + Sync + 'static) -> Fault {
        Fault { source: Some(Box::new(error)), ..self }
    }

    /// The log or a file of it is damaged.
    pub fn damaged(what: impl Into<String>) -> Fault {
        Fault::new(FaultKind::Damaged, what, CALL)
    }

    /// A mistake of the program.
    pub fn bug(what: impl Into<String>) -> Fault {
        Fault::new(FaultKind::Bug, what, "没有写入任何内容；请把这句话报告给维护人员")
    }

    /// Somebody else is writing.
    pub fn busy(what: impl Into<String>) -> Fault {
        Fault::new(FaultKind::Busy, what, "内容已保存在本机，稍后自动再试")
    }

    /// What an error of the file system means; `doing` says what was tried, as in 读取日志.
    pub fn of_io(doing: &str, error: io::Error) -> Fault {
        use io::ErrorKind as E;
        let (kind, what, next) = match error.kind() {
            E::StorageFull | E::QuotaExceeded => {
                (FaultKind::Full, "磁盘已满", "请清理共享盘或本机磁盘的空间后再试")
            }
            E::ReadOnlyFilesystem | E::PermissionDenied => {
                (FaultKind::ReadOnly, "没有写入或读取的权限", "请管理员检查共享文件夹的权限")
            }
            E::NotFound => {
                (FaultKind::DriveAway, "找不到文件或文件夹", "请检查网络盘是否已连接、路径是否正确")
            }
            E::NotADirectory | E::IsADirectory | E::InvalidInput => {
                (FaultKind::Config, "路径不对", "请检查设置里的共享文件夹路径")
            }
            _ => (FaultKind::DriveAway, "网络盘没有应答", "内容已保存在本机，恢复后自动再试"),
        };
        Fault { kind, what: format!("{doing}：{what}"), next: next.into(), source: Some(Box::new(error)) }
    }

    /// What an error of SQLite means; `doing` says what was tried.
    pub(crate) fn of_sql(doing: &str, error: rusqlite::Error) -> Fault {
        use rusqlite::ErrorCode as C;
        let away = "内容已保存在本机，恢复后自动再试";
        let (kind, what, next) = match error.sqlite_error_code() {
            Some(C::DiskFull) => (FaultKind::Full, "磁盘已满", "请清理共享盘或本机磁盘的空间后再试"),
            Some(C::ReadOnly | C::PermissionDenied) => {
                (FaultKind::ReadOnly, "文件只能读，不能写", "请管理员检查共享文件夹的权限")
            }
            Some(C::NotADatabase) => {
                (FaultKind::NotOurs, "不是本程序的数据文件", "请检查路径；若路径没有错，报告县局管理员")
            }
            Some(C::DatabaseCorrupt) => (FaultKind::Damaged, "数据文件损坏", CALL),
            Some(C::DatabaseBusy | C::DatabaseLocked) => (FaultKind::Busy, "文件正被占用", away),
            Some(C::CannotOpen | C::SystemIoFailure | C::FileLockingProtocolFailed) => {
                (FaultKind::DriveAway, "文件打不开或读写中断", away)
            }
            Some(_) => (FaultKind::Bug, "数据文件操作出错", "没有写入任何内容；请把这句话报告给维护人员"),
            None => (FaultKind::Damaged, "数据文件的内容不合规定", CALL),
        };
        Fault { kind, what: format!("{doing}：{what}"), next: next.into(), source: Some(Box::new(error)) }
    }

    /// Whether a read that failed like this may succeed when simply done again: a client's stale cache looks so.
    pub(crate) fn is_perhaps_stale(&self) -> bool {
        matches!(self.kind, FaultKind::Damaged | FaultKind::NotOurs | FaultKind::Busy)
    }

    /// Whether a write that ended so may succeed once the log was pulled; or the pull tells what is wrong.
    pub fn wants_a_pull(&self) -> bool {
        match self.kind {
            FaultKind::Older | FaultKind::Damaged => true,
            FaultKind::Busy => self.what.starts_with(BEHIND) || self.what == UNREAD,
            _ => false,
        }
    }
}

/// How a fault begins that says that this PC has to pull first.
pub(crate) const BEHIND: &str = "本机落后";
/// What is said of a log that did not read right inside a turn.
pub(crate) const UNREAD: &str = "共享盘上的日志一时读不全";

/// The fault of a second window on one PC.
pub(crate) fn second_window() -> Fault {
    Fault::new(
        FaultKind::SecondWindow,
        "本机已经打开了一个救急窗口，这个窗口只能查看",
        "要办理请回到先打开的窗口；若它已经关闭，请退出后重新打开",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_of_the_system_become_sentences() {
        let cases = [
            (io::ErrorKind::StorageFull, FaultKind::Full),
            (io::ErrorKind::ReadOnlyFilesystem, FaultKind::ReadOnly),
            (io::ErrorKind::PermissionDenied, FaultKind::ReadOnly),
            (io::ErrorKind::NotFound, FaultKind::DriveAway),
            (io::ErrorKind::NotConnected, FaultKind::DriveAway),
            (io::ErrorKind::HostUnreachable, FaultKind::DriveAway),
            (io::ErrorKind::NotADirectory, FaultKind::Config),
        ];
        for (error, kind) in cases {
            let fault = Fault::of_io("读取日志", io::Error::from(error));
            assert_eq!(fault.kind, kind, "{error:?}");
            assert!(fault.to_string().starts_with("读取日志："), "{fault}");
        }
    }
}
