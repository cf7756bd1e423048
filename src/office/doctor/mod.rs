//! The doctor (检查): tries a shared folder and this PC before a county rests on them, alone or together with a second PC, and
//! puts what was found on one page that can be read out on the telephone. `found` and `join` refuse what fails here.
//!
//! A drive may hang for minutes, so the tries run on a thread of their own; whoever waits for them waits only so long for a
//! sign of life, and says where it stopped.

mod code;
mod page;
mod pc;

pub use code::{Read, read as read_code};
pub use page::{Page, WIDTH};

use super::random;
use crate::ledger::CountyId;
use crate::store::fault::Fault;
use crate::store::share::host::RealHost;
use crate::store::share::trial::alone::{Told, Trial};
use crate::store::share::trial::ground::Disk;
use crate::store::share::trial::meeting::{self, Hears, Invitation, Patience};
use crate::store::share::trial::{Check, Finding, pair, space, state};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::Duration;

/// Without a sign of life for so long, the drive hangs.
const HANGS: Duration = Duration::from_secs(90);

/// What one PC examines.
pub struct Subject {
    /// The shared folder, absolute.
    pub share: PathBuf,
    /// The folder may be made later: founding.
    pub may_be_new: bool,
    /// The county of this PC, if it has one.
    pub county: Option<CountyId>,
    /// The data folder of this PC, or why there is none.
    pub data: Result<PathBuf, Fault>,
}

/// What the thread of the tries tells.
enum News {
    /// Begins something.
    Begins(Check),
    /// Found something.
    Found(Finding),
    /// Somebody must read this.
    Say(String),
    /// How far it is.
    Progress(String),
    /// The two PCs did not meet.
    NotMet(Fault),
}

struct Voice(Sender<News>);

impl Told for Voice {
    fn begins(&mut self, check: Check) {
        // Nobody listens any more: the tries end by themselves.
        let _ = self.0.send(News::Begins(check));
    }

    fn found(&mut self, finding: Finding) {
        let _ = self.0.send(News::Found(finding));
    }
}

impl Hears for Voice {
    fn say(&mut self, text: &str) {
        let _ = self.0.send(News::Say(text.to_owned()));
    }

    fn progress(&mut self, text: &str) {
        let _ = self.0.send(News::Progress(text.to_owned()));
    }
}

/// Examines the shared folder and this PC. `told` hears which check is at work.
///
/// # Errors
/// No random source. Whatever is wrong with the drive is a finding.
pub fn alone(subject: Subject, told: &mut dyn FnMut(&str)) -> Result<Vec<Finding>, Fault> {
    let name = hex::encode(random::bytes::<4>()?);
    let (send, news) = channel();
    let Subject { share, may_be_new, county, data } = subject;
    let share_there = share.clone();
    std::thread::spawn(move || {
        let mut voice = Voice(send);
        let trial = Trial {
            ground: Arc::new(Disk),
            share: share.clone(),
            may_be_new,
            workshop: std::env::temp_dir().join(format!("jiuji-doctor-{name}")),
            name,
            free: space::free,
        };
        trial.run(&mut RealHost::default(), &mut voice);
        voice.begins(Check::Log);
        voice.found(log(&share, county));
    });
    let mut findings = gather(&news, &Check::ONE, told, &mut |_| {})?;
    findings.push(pc::data(&share_there, data));
    settle(&mut findings, &Check::ONE);
    Ok(findings)
}

/// Examines the shared folder together with a second PC. `number` is what was told on the telephone, none opens a
/// meeting; `say` hears what somebody must read, `told` how far it is.
///
/// # Errors
/// The two PCs did not meet.
pub fn with_second(
    share: &Path,
    number: Option<u32>,
    patience: Patience,
    say: &mut dyn FnMut(&str),
    told: &mut dyn FnMut(&str),
) -> Result<Vec<Finding>, Fault> {
    let ask = Invitation {
        ground: Arc::new(Disk),
        share: share.to_owned(),
        number,
        drawn: u32::try_from(random::below(1_000_000)?).unwrap_or(0),
        nonce: hex::encode(random::bytes::<16>()?),
        patience,
    };
    let (send, news) = channel();
    std::thread::spawn(move || {
        let mut voice = Voice(send);
        match meeting::meet(ask, &mut voice) {
            Ok(met) => {
                let role = met.role.zh();
                voice.say(&format!("两台电脑会合了，本机是{role}。查的时候请两边都不要关。"));
                for finding in pair::together(met, &mut voice) {
                    voice.found(finding);
                }
            }
            Err(fault) => {
                // Nobody listens any more.
                let _ = voice.0.send(News::NotMet(fault));
            }
        }
    });
    let mut findings = gather(&news, &Check::TWO, told, say)?;
    settle(&mut findings, &Check::TWO);
    Ok(findings)
}

fn gather(
    news: &Receiver<News>,
    lines: &[Check],
    told: &mut dyn FnMut(&str),
    say: &mut dyn FnMut(&str),
) -> Result<Vec<Finding>, Fault> {
    gather_for(news, lines, HANGS, told, say)
}

/// Collects what the thread tells, until it ends or hangs: then the first line that it owes is the one that failed.
fn gather_for(
    news: &Receiver<News>,
    lines: &[Check],
    hangs: Duration,
    told: &mut dyn FnMut(&str),
    say: &mut dyn FnMut(&str),
) -> Result<Vec<Finding>, Fault> {
    let mut findings: Vec<Finding> = Vec::new();
    loop {
        match news.recv_timeout(hangs) {
            Ok(News::Begins(check)) => told(&format!("正在查：{}", check.zh())),
            Ok(News::Found(finding)) => findings.push(finding),
            Ok(News::Say(text)) => say(&text),
            Ok(News::Progress(text)) => told(&text),
            Ok(News::NotMet(fault)) => return Err(fault),
            Err(RecvTimeoutError::Disconnected) => return Ok(findings),
            Err(RecvTimeoutError::Timeout) => {
                let said = format!("{} 秒没有应答", hangs.as_secs());
                let owed = lines.iter().find(|check| !findings.iter().any(|found| found.check == **check));
                let failed = owed.map(|check| Finding { next: ANSWER.into(), ..Finding::fail(*check, said) });
                findings.extend(failed);
                return Ok(findings);
            }
        }
    }
}

const ANSWER: &str = "请检查网线和服务器，再查一次";

/// Every line of the sheet once, in order; what was not reached is untested.
fn settle(findings: &mut Vec<Finding>, lines: &[Check]) {
    for check in lines {
        if !findings.iter().any(|finding| finding.check == *check) {
            findings.push(Finding::untested(*check, "前面停下了，没有测"));
        }
    }
    findings.sort_by_key(|finding| finding.check.number());
}

/// The log that stands in the folder: whose, and up to where. Proves nothing of it.
fn log(share: &Path, own: Option<CountyId>) -> Finding {
    let state = match state::log_in(share) {
        Ok(None) => return Finding::pass(Check::Log, "里面还没有日志"),
        Ok(Some(state)) => state,
        Err(fault) => {
            let said = fault.what.split_once('：').map_or(fault.what.as_str(), |(_, what)| what);
            return match fault.kind {
                // The folder that is not there has a line of its own.
                crate::store::fault::FaultKind::DriveAway => Finding::untested(Check::Log, "打不开，没有测"),
                _ => Finding::fail(Check::Log, said),
            };
        }
    };
    let to = match state.last {
        Some(n) => format!("到第 {n} 条"),
        None => "正有人写入".to_owned(),
    };
    let name: String = state.county.to_string().chars().take(8).collect();
    match own {
        Some(own) if own != state.county => Finding {
            next: "请核对路径：这是另一个县，或另一次建库".into(),
            ..Finding::fail(Check::Log, format!("不是本机所属的县（{name}），{to}"))
        },
        Some(_) => Finding::pass(Check::Log, format!("本县的，第 {} 个文件，{to}", state.file)),
        None => Finding::pass(Check::Log, format!("有日志（{name}），第 {} 个文件，{to}", state.file)),
    }
}

#[cfg(test)]
mod tests;
