//! How the drive stands (共享盘状态): one word for the title bar of every screen, and the sentences that go with it: what is
//! wrong, what to do next, what can be done meanwhile.

use crate::store::fault::{Fault, FaultKind};

/// The word (共享盘状态), the same on every screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drive {
    /// Nobody looked yet.
    Unknown,
    /// 联机.
    Well,
    /// 慢.
    Slow,
    /// 断开: it does not answer, or the folder is not there.
    Away,
    /// 较旧: it ends before what this PC has seen.
    Older,
    /// 不是本县的.
    Foreign,
    /// 被改动: cut, overwritten, rewritten or malformed.
    Damaged,
    /// 只读.
    ReadOnly,
    /// 程序太旧.
    TooOld,
    /// 盘满.
    Full,
    /// 时间待核: the share's clock jumped by more than a day.
    Clock,
    /// 本机故障: the desk's own files.
    Local,
    /// 只看: a second window on this PC.
    SecondWindow,
}

impl Drive {
    /// Every word, for tests and help.
    pub const ALL: [Drive; 13] = [
        Drive::Unknown,
        Drive::Well,
        Drive::Slow,
        Drive::Away,
        Drive::Older,
        Drive::Foreign,
        Drive::Damaged,
        Drive::ReadOnly,
        Drive::TooOld,
        Drive::Full,
        Drive::Clock,
        Drive::Local,
        Drive::SecondWindow,
    ];

    /// The word in the title bar.
    pub fn zh(self) -> &'static str {
        match self {
            Drive::Unknown => "连接中",
            Drive::Well => "联机",
            Drive::Slow => "慢",
            Drive::Away => "断开",
            Drive::Older => "较旧",
            Drive::Foreign => "不是本县的",
            Drive::Damaged => "被改动",
            Drive::ReadOnly => "只读",
            Drive::TooOld => "程序太旧",
            Drive::Full => "盘满",
            Drive::Clock => "时间待核",
            Drive::Local => "本机故障",
            Drive::SecondWindow => "只看",
        }
    }

    /// Whether a clerk has something to read about it.
    pub fn is_wrong(self) -> bool {
        !matches!(self, Drive::Unknown | Drive::Well | Drive::Slow)
    }

    /// Whether it answers.
    pub fn answers(self) -> bool {
        matches!(self, Drive::Well | Drive::Slow)
    }

    /// What can be done meanwhile.
    pub fn meanwhile(self) -> &'static str {
        match self {
            Drive::Unknown | Drive::Well => "可以照常办理。",
            Drive::Slow => "可以照常录入、查询；提交后要多等一会儿。",
            Drive::Away | Drive::Full => {
                "可以查往年、登记、暂存；先行救助和已付补记签名后存在本机，恢复后自动送出。审批要等恢复联机。"
            }
            Drive::Older | Drive::Foreign | Drive::Damaged => {
                "本机没有向共享盘写入。可以查往年、登记、暂存，已签名的存在本机待传。"
            }
            Drive::ReadOnly | Drive::Clock => {
                "可以查往年、登记、暂存，已签名的存在本机待传，能写后自动送出。"
            }
            Drive::TooOld => "更新前只能查看本机已有的记录，已签名的存在本机待传。",
            Drive::Local => "共享盘上的记录没有受影响。",
            Drive::SecondWindow => "办理请回到先打开的窗口。",
        }
    }
}

/// The word with its sentences.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The word.
    pub drive: Drive,
    /// What is wrong, without a full stop; of a good drive how it is.
    pub what: String,
    /// What to do next; empty where nothing is to be done.
    pub next: String,
}

impl Standing {
    /// A word with its sentences.
    pub fn new(drive: Drive, what: impl Into<String>, next: impl Into<String>) -> Standing {
        Standing { drive, what: what.into(), next: next.into() }
    }

    /// Nobody looked yet.
    pub fn unknown() -> Standing {
        Standing::new(Drive::Unknown, "正在连接共享盘", "")
    }

    /// All is well.
    pub fn well() -> Standing {
        Standing::new(Drive::Well, "共享盘正常，刚同步", "")
    }

    /// It answers late.
    pub fn slow() -> Standing {
        Standing::new(Drive::Slow, "共享盘应答慢，可以照常录入、查询", "")
    }

    /// A call has hung for long.
    pub fn hangs() -> Standing {
        let next = "请看网线和服务器；一直这样请报告管理员。内容都在本机，可以接着录入、查询、签退";
        Standing::new(Drive::Away, "共享盘没有应答", next)
    }

    /// A second window on this PC.
    pub fn second_window() -> Standing {
        Standing::new(Drive::SecondWindow, "本机已打开另一个窗口，这里只能查看", "")
    }

    /// What a fault of reading the share means. Somebody else's writing says nothing about the drive.
    pub fn of_reading(fault: &Fault) -> Option<Standing> {
        match fault.kind {
            // What may not even be read cannot be called read-only.
            FaultKind::ReadOnly | FaultKind::Config => Some(Standing::with(Drive::Away, fault)),
            FaultKind::User | FaultKind::Bug | FaultKind::SecondWindow => {
                Some(Standing::with(Drive::Local, fault))
            }
            _ => Standing::of_writing(fault),
        }
    }

    /// What a fault of writing to the share means; none where the drive is not to blame.
    pub fn of_writing(fault: &Fault) -> Option<Standing> {
        let drive = match fault.kind {
            FaultKind::Older => Drive::Older,
            FaultKind::NotOurs => Drive::Foreign,
            FaultKind::Damaged => Drive::Damaged,
            FaultKind::ReadOnly => Drive::ReadOnly,
            FaultKind::Newer => Drive::TooOld,
            FaultKind::Full => Drive::Full,
            FaultKind::Clock => Drive::Clock,
            FaultKind::DriveAway => Drive::Away,
            FaultKind::Busy
            | FaultKind::User
            | FaultKind::Config
            | FaultKind::Bug
            | FaultKind::SecondWindow => return None,
        };
        Some(Standing::with(drive, fault))
    }

    fn with(drive: Drive, fault: &Fault) -> Standing {
        // Where the file as a whole cannot be read, the place of the row that was asked for says nothing.
        let file = fault.what.split_once("（读不出来）：").map(|(_, file)| file);
        let file = file.filter(|what| ["日志", "公布", "共享"].iter().any(|start| what.starts_with(start)));
        let what = match drive {
            Drive::ReadOnly => "共享盘现在只能读，不能写",
            _ => file.unwrap_or(&fault.what),
        };
        Standing::new(drive, what, fault.next.clone())
    }

    /// Both sentences in one line.
    pub fn sentence(&self) -> String {
        if self.next.is_empty() { self.what.clone() } else { format!("{}；{}", self.what, self.next) }
    }

    /// Everything, for help: the word, what is wrong, what to do, what can be done meanwhile.
    pub fn whole(&self) -> String {
        let next = if self.next.is_empty() { String::new() } else { format!("{}。", self.next) };
        format!("共享盘「{}」：{}。{next}{}", self.drive.zh(), self.what, self.drive.meanwhile())
    }
}
