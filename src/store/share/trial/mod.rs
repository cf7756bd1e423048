//! Trying a folder (试盘) before a county rests on it: does the drive keep the promises that the protocol is built upon?
//! One PC alone ([`alone`]), two PCs together ([`meeting`], [`pair`]), and what stands in the folder already ([`state`]).
//!
//! Everything happens in a folder of its own, `doctor/`, which is removed again, also after a failure. It must never touch
//! the log, `turns/` or `desks/`, and never take "it worked this time" for more than that: what it finds broken is broken,
//! what it finds sound was sound today.

use std::fmt;

use serde::{Deserialize, Serialize};

pub mod alone;
pub mod bench;
pub mod ground;
pub mod litter;
pub mod meeting;
pub mod pair;
mod scratch_log;
pub mod space;
pub mod state;

/// Free space below this, in bytes, is too little to go on.
pub const FLOOR: u64 = 100 * 1024 * 1024;

/// A line of the sheet. Its number never changes its meaning: it is read out on the telephone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Check {
    /// The folder can be reached and listed.
    Reach,
    /// Of many who create one name at one moment exactly one succeeds.
    OneName,
    /// What was written is read back, also after the file grew.
    WriteRead,
    /// A file can be cut short and renamed.
    CutRename,
    /// How long it takes until a small write lies on the disk.
    Flush,
    /// How long a small read takes.
    Probe,
    /// Free space.
    Space,
    /// The server's clock against this PC's.
    Clock,
    /// A log file is written and read by the program's own way.
    ScratchLog,
    /// The log that stands in the folder already.
    Log,
    /// Marks of sync clients, and files of others.
    Litter,
    /// The data folder of this PC.
    Data,
    /// Two PCs create one name at the same moment.
    TwoNames,
    /// A PC stops in its turn, the other takes it over.
    TakeOver,
    /// A file that grew is seen whole by the other PC.
    Growth,
    /// What one PC wrote is read by the other.
    Sight,
    /// A name is taken without replacing what has it.
    NoReplace,
}

impl Check {
    /// Those that one PC can do alone, in order.
    pub const ONE: [Check; 12] = [
        Check::Reach,
        Check::OneName,
        Check::WriteRead,
        Check::CutRename,
        Check::Flush,
        Check::Probe,
        Check::Space,
        Check::Clock,
        Check::ScratchLog,
        Check::Log,
        Check::Litter,
        Check::Data,
    ];

    /// Those that need two PCs, in order.
    pub const TWO: [Check; 5] =
        [Check::TwoNames, Check::TakeOver, Check::Growth, Check::Sight, Check::NoReplace];

    /// Its number on the sheet.
    pub fn number(self) -> usize {
        let all = Check::ONE.iter().chain(&Check::TWO);
        all.zip(1..).find(|(check, _)| **check == self).map_or(0, |(_, number)| number)
    }

    /// Its name on the sheet, at most fourteen columns.
    pub fn zh(self) -> &'static str {
        match self {
            Check::Reach => "打开文件夹",
            Check::OneName => "同名只成一个",
            Check::WriteRead => "写入读回",
            Check::CutRename => "截短和改名",
            Check::Flush => "写到盘上",
            Check::Probe => "读取快慢",
            Check::Space => "空余空间",
            Check::Clock => "盘上的时钟",
            Check::ScratchLog => "试写日志",
            Check::Log => "里面的日志",
            Check::Litter => "别的软件",
            Check::Data => "本机文件夹",
            Check::TwoNames => "两台抢同名",
            Check::TakeOver => "接着写",
            Check::Growth => "变大能看见",
            Check::Sight => "写完能看见",
            Check::NoReplace => "占名不覆盖",
        }
    }

    /// What to do if it fails and nothing better is known; at most 55 columns, so that it fits beside its name.
    pub fn advice(self) -> &'static str {
        match self {
            Check::Reach => "请检查网络盘是否已连接、路径是否打对",
            Check::OneName => "不要用这个盘；请换服务器上的普通共享文件夹",
            Check::WriteRead => "不要用这个盘；请换一个盘，或修好后再查",
            Check::CutRename => "请管理员开通修改和删除文件的权限",
            Check::Flush => "请检查服务器硬盘和线路，再查一次",
            Check::Probe => "请检查线路；能用，但每次办理都会慢",
            Check::Space => "请清理盘上不用的文件，至少空出 100 兆",
            Check::Clock => "请对表：本机和服务器，哪台不准就改哪台",
            Check::ScratchLog => "不要用这个盘；请换服务器上的普通共享文件夹",
            Check::Log => "不要改动里面的文件，请报告县局管理员",
            Check::Litter => "请让同步、整理类软件避开这个文件夹",
            Check::Data => "请用 JIUJI_DATA 指定本机硬盘上的文件夹",
            Check::TwoNames => "不要用这个盘；请换服务器上的普通共享文件夹",
            Check::TakeOver => "不要用这个盘；请换服务器上的普通共享文件夹",
            Check::Growth => "请让管理员关掉这个盘的离线文件和缓存",
            Check::Sight => "请让管理员关掉这个盘的离线文件和缓存",
            Check::NoReplace => "不影响使用",
        }
    }
}

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Verdict {
    /// 通过.
    Pass,
    /// 不通过.
    Fail,
    /// 未测.
    Untested,
    /// 注意: no reason to refuse.
    Note,
}

impl Verdict {
    /// The word on the sheet.
    pub fn zh(self) -> &'static str {
        match self {
            Verdict::Pass => "通过",
            Verdict::Fail => "不通过",
            Verdict::Untested => "未测",
            Verdict::Note => "注意",
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.zh())
    }
}

/// What a check found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Which check.
    pub check: Check,
    /// How it ended.
    pub verdict: Verdict,
    /// What was seen, in Chinese, without a full stop; short enough to stand beside the name.
    pub said: String,
    /// What to do; empty where there is nothing to do.
    pub next: String,
}

impl Finding {
    /// It holds.
    pub fn pass(check: Check, said: impl Into<String>) -> Finding {
        Finding { check, verdict: Verdict::Pass, said: said.into(), next: String::new() }
    }

    /// It does not, and what the check's name advises is to be done.
    pub fn fail(check: Check, said: impl Into<String>) -> Finding {
        Finding { check, verdict: Verdict::Fail, said: said.into(), next: check.advice().to_owned() }
    }

    /// Nobody knows.
    pub fn untested(check: Check, said: impl Into<String>) -> Finding {
        Finding { check, verdict: Verdict::Untested, said: said.into(), next: String::new() }
    }

    /// It holds, and somebody should look at it.
    pub fn note(check: Check, said: impl Into<String>) -> Finding {
        Finding { check, verdict: Verdict::Note, said: said.into(), next: check.advice().to_owned() }
    }

    /// A check that an error of the drive ended. `doing` says what was tried, in two or four characters.
    pub fn broken(check: Check, doing: &str, error: &std::io::Error) -> Finding {
        let (what, next) = words(error);
        let next = next.unwrap_or(check.advice());
        Finding { next: next.to_owned(), ..Finding::fail(check, format!("{doing}：{what}")) }
    }
}

/// What an error of the drive is called on the sheet, and what to do where the error itself tells.
fn words(error: &std::io::Error) -> (&'static str, Option<&'static str>) {
    use std::io::ErrorKind as E;
    match error.kind() {
        E::StorageFull | E::QuotaExceeded => ("盘已写满", Some("请清理盘上不用的文件，再查一次")),
        E::ReadOnlyFilesystem | E::PermissionDenied => {
            ("没有写入或读取的权限", Some("请管理员给每台电脑开通读写权限"))
        }
        E::NotFound => ("找不到文件或文件夹", None),
        E::NotADirectory => ("路径不是文件夹", Some("请检查路径是否打对")),
        E::TimedOut => ("很久没有应答", Some("请检查网线和服务器，再查一次")),
        _ => ("网络盘没有应答", Some("请检查网线和服务器，再查一次")),
    }
}

/// Milliseconds as they are read out.
pub fn spoken(time: std::time::Duration) -> String {
    match time.as_millis() {
        0 => "不到1毫秒".into(),
        ms @ 1..=999 => format!("{ms}毫秒"),
        ms => format!("{}.{}秒", ms / 1000, ms % 1000 / 100),
    }
}

/// The middle and the ninety-ninth percentile of some times; zero of none.
pub fn middle_and_worst(times: &mut [std::time::Duration]) -> (std::time::Duration, std::time::Duration) {
    times.sort_unstable();
    let at = |part: usize| {
        let rank = (times.len() * part).div_ceil(100).max(1);
        times.get(rank - 1).copied().unwrap_or_default()
    };
    (at(50), at(99))
}

#[cfg(test)]
pub(crate) mod tests;
