//! The layer of calls: one commit of the real program, killed as it enters each of its system calls in turn, or refused
//! by the disk there. After each the desk comes back, or another goes on first, and the order stands in the log once, as
//! it was promised, or is still in the outbox of its desk. The clock of whoever comes back passes only while he waits.

mod child;
mod strace;

pub use child::{Commit, run as commit};

use super::ground::{self, county_of, folder_of, keys_of, share_of};
use super::pool::{self, Enough};
use super::tamper::{copy, hurried};
use super::{Order, Report, Size, acts};
use crate::base::day::Stamp;
use crate::ledger::{Cid, DeskId};
use crate::office::desk::verify::verify;
use crate::office::desk::{Desk, Parts};
use crate::office::keeper::Keeper;
use crate::office::outcome::Outcome;
use crate::office::scratch::Hands;
use crate::office::{order, random, setup};
use crate::store::desk::Desk as Own;
use crate::store::entries::Entries;
use crate::store::fault::{Fault, FaultKind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;
use strace::{Blow, Ended, Nth};

/// A turn that stands open counts as dead after 45 s of the waiting desk's own clock, which are several tries.
const TRIES: usize = 40;

/// At every so many points another desk goes on before the dead one comes back.
const OTHER_FIRST: usize = 5;

/// What the points came to.
#[derive(Debug, Default)]
struct Count {
    points: u64,
    /// Killed, or told no.
    struck: u64,
    /// Acknowledged before it was struck.
    acknowledged: u64,
    /// In the log though nobody could be told.
    unheard: u64,
    /// A new file was made because the turn stood open.
    taken: u64,
    /// At which something did not hold; one point can break several things.
    wrong: u64,
    broken: Vec<String>,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.points += other.points;
        self.struck += other.struck;
        self.acknowledged += other.acknowledged;
        self.unheard += other.unheard;
        self.taken += other.taken;
        self.wrong += other.wrong;
        self.broken.extend(other.broken);
    }
}

/// Runs the layer.
///
/// # Errors
/// The machine's.
pub(super) fn run(root: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let mut report = Report { undone: strace::missing(), ..Report::default() };
    if report.undone.is_some() {
        return Ok(report);
    }
    let began = Instant::now();
    let bench = Bench::found(root, &order.program)?;
    let calls = match bench.watch() {
        Ok(calls) => calls,
        Err(fault) => {
            report.undone = Some(fault.what);
            return Ok(report);
        }
    };
    report
        .hold(calls.len() > 50, || format!("一次写入只有 {} 次系统调用：这次总检说明不了什么", calls.len()));
    let step: u64 = if order.size == Size::Small { 6 } else { 1 };
    let (first, step) = (usize::try_from(order.seed % step).unwrap_or(0), usize::try_from(step).unwrap_or(1));
    let kills: Vec<Blow> = calls.iter().skip(first).step_by(step).cloned().map(Blow::Kill).collect();
    (order.told)("在每次系统调用处强杀");
    let count = bench.all(&kills, false)?;
    say(&mut report, "强杀", calls.len(), &count, began);
    report.hold(count.struck * 10 >= count.points * 9, || "多数没有杀到".to_owned());
    if order.size != Size::Small {
        let began = Instant::now();
        (order.told)("在每次读写处出错");
        let errors = if order.size == Size::Release { ["EIO", "ENOSPC"].as_slice() } else { &["EIO"] };
        let files: Vec<_> = calls.iter().filter(|(name, _)| strace::is_of_files(name)).collect();
        let blows: Vec<Blow> = errors
            .iter()
            .flat_map(|error| files.iter().map(|call| Blow::Fail((*call).clone(), error)))
            .collect();
        let count = bench.all(&blows, false)?;
        say(&mut report, "出错", files.len(), &count, began);
    }
    // The layer itself: a desk that says done before it is must be found out.
    let middle = calls.iter().skip(calls.len() / 3).take(calls.len() / 3);
    let lies: Vec<Blow> = middle.step_by(17).cloned().map(Blow::Kill).collect();
    let liar = bench.all(&lies, true)?;
    report.hold(!liar.broken.is_empty(), || "先说办成的程序没有被发现：这次总检说明不了什么".to_owned());
    report.lines.push(format!("自检：先说办成再写的程序，{} 处中 {} 处被发现", liar.points, liar.wrong));
    Ok(report)
}

fn say(report: &mut Report, what: &str, calls: usize, count: &Count, began: Instant) {
    report.hold(count.points > 0, || format!("{what}：一处也没有做"));
    // Whoever is killed on the way to its answer has confirmed nothing; only errors can come after one.
    let confirmed = match count.acknowledged {
        0 => String::new(),
        some => format!("已确认 {some} 处，"),
    };
    report.lines.push(format!(
        "{what}：{calls} 次系统调用中 {} 处，每秒 {:.1} 处，打中 {} 处；{confirmed}写成而来不及确认 {} 处，换新文件 {} 处",
        count.points,
        count.points as f64 / began.elapsed().as_secs_f64().max(0.001),
        count.struck,
        count.unheard,
        count.taken,
    ));
    report.broken.extend(count.broken.iter().take(20).cloned());
}

/// A county with two desks, copied for each point.
struct Bench {
    root: PathBuf,
    model: PathBuf,
    program: PathBuf,
}

impl Bench {
    fn found(root: &Path, program: &Path) -> Result<Bench, Fault> {
        let model = root.join("model");
        std::fs::create_dir_all(&model).map_err(|error| Fault::of_io("建立总检文件夹", error))?;
        ground::found(&model, &[])?;
        for no in [1, 2] {
            Returned::open(&model, no)?.desk.pull()?;
        }
        Ok(Bench { root: root.to_owned(), model, program: program.to_owned() })
    }

    /// The system calls of one commit, from ready to done.
    fn watch(&self) -> Result<Vec<Nth>, Fault> {
        let root = self.scene("watched")?;
        let ended = strace::run(&self.program, &root, false, &Blow::None)?;
        let done = |line: &&str| !(line.starts_with("write(1,") && line.contains("done"));
        Ok(strace::calls(ended.log.lines().take_while(done)))
    }

    fn scene(&self, name: &str) -> Result<PathBuf, Fault> {
        let root = self.root.join(name);
        copy(&self.model, &root).map_err(|error| Fault::of_io("复制总检文件夹", error))?;
        Ok(root)
    }

    fn all(&self, blows: &[Blow], lie: bool) -> Result<Count, Fault> {
        let kind = if lie { "lie" } else { "point" };
        let work = |(): &mut (), no: u64, own: &mut Count| {
            let at = usize::try_from(no).unwrap_or(usize::MAX);
            let Some(blow) = blows.get(at) else { return Ok(Enough(true)) };
            let root = self.scene(&format!("{kind}-{at}"))?;
            let point = self.point(&root, blow, lie, at)?;
            std::fs::remove_dir_all(&root).map_err(|error| Fault::of_io("清理总检文件夹", error))?;
            own.add(Count { points: 1, wrong: u64::from(!point.broken.is_empty()), ..point });
            Ok(Enough(false))
        };
        pool::tally(blows.len() as u64, || Ok(()), work, Count::add)
    }

    /// One point.
    fn point(&self, root: &Path, blow: &Blow, lie: bool, at: usize) -> Result<Count, Fault> {
        let ended = strace::run(&self.program, root, lie, blow)?;
        let told = Told::of(&ended);
        let mut count = Count {
            struck: u64::from(ended.code != Some(0) || told.no || matches!(blow, Blow::Fail(..))),
            acknowledged: u64::from(told.done),
            ..Count::default()
        };
        let mut wrong = |what: &str| count.broken.push(format!("{blow:?}：{what}"));
        if ended.code == Some(101) {
            wrong("程序崩溃");
        }
        let mut other = Returned::open(root, 2)?;
        // What was said to be done is there for everybody, at once.
        if told.done {
            other.pulls()?;
            if other.logged(&told.cids)? != told.cids.len() {
                wrong("已说办成，日志中没有");
            }
        }
        if at % OTHER_FIRST == OTHER_FIRST - 1 {
            other.works()?;
        }
        let mut own = Returned::open(root, 1)?;
        let heard = own.carries_on()?;
        other.works()?;
        own.pulls()?;
        let logged = other.logged(&told.cids)?;
        if logged != 0 && logged != told.cids.len() {
            wrong("一组指令只有一部分在日志中");
        }
        if told.given && logged == 0 && !told.refused {
            wrong("已收下的指令不见了");
        }
        if !own.keeper.waiting()?.is_empty() {
            wrong("回来之后仍有待发的指令");
        }
        count.unheard = u64::from(logged > 0 && !told.done && heard == 0);
        let mut wrong = |what: String| count.broken.push(format!("{blow:?}：{what}"));
        let entries = Entries::open(&folder_of(root, 2).join("entries.db"), other.desk.county())?;
        let found =
            verify(other.desk.county(), &mut |after, limit| entries.after(after, limit), &mut |_| ())?;
        if let Some(broken) = &found.broken {
            wrong(format!("第 {} 条不成立：{}", broken.n, broken.why));
        }
        if !found.marks.is_empty() {
            wrong(format!("{} 处违规标记", found.marks.len()));
        }
        if own.desk.head_n()? != other.desk.head_n()?
            || own.desk.replica().digest()? != other.desk.replica().digest()?
        {
            wrong("两台办公桌的副本不一致".to_owned());
        }
        count.taken = u64::from(share_of(root, 1)?.join("log.0002").is_file());
        Ok(count)
    }
}

/// What the child said.
#[derive(Debug, Default)]
struct Told {
    cids: Vec<Cid>,
    given: bool,
    done: bool,
    refused: bool,
    /// It said itself that it is not done.
    no: bool,
}

impl Told {
    fn of(ended: &Ended) -> Told {
        let mut told = Told::default();
        for line in &ended.lines {
            let (verb, rest) = line.split_once(' ').unwrap_or((line, ""));
            match verb {
                "giving" => told.cids = rest.split(' ').filter_map(Cid::from_hex).collect(),
                "given" => told.given = true,
                "done" => told.done = true,
                "refused" => (told.refused, told.no) = (true, true),
                _ => told.no = true,
            }
        }
        told
    }
}

/// A desk that comes back, whose clock passes only while it waits.
struct Returned {
    desk: Desk,
    keeper: Keeper,
    root: PathBuf,
    no: u8,
    /// When it came back.
    now: Stamp,
}

impl Returned {
    fn open(root: &Path, no: u8) -> Result<Returned, Fault> {
        let (folder, county) = (folder_of(root, no), county_of(root)?);
        let own = Own::open(&folder, DeskId(random::bytes()?))?;
        let hands = Hands::default();
        let now = Stamp(chrono::Utc::now().timestamp_millis());
        hands.set(now);
        let id = own.id();
        let log = hurried(&share_of(root, no)?, &folder, county, id, hands.clone());
        let clock = hands.clock(Hands::default());
        let mut desk = Desk::open(Parts { log: Box::new(log), county, desk: id, folder, clock })?;
        let officer = acts::HANDLER.into();
        let mut session = setup::session_of(&officer, keys_of(root, &officer)?);
        if desk.head_n()? == 0 {
            desk.pull()?;
        }
        session.learn(county, desk.keys());
        desk.sign_in(Arc::new(session))?;
        Ok(Returned { desk, keeper: Keeper::new(own), root: root.to_owned(), no, now })
    }

    /// Carries what waits; how many groups it heard of as done.
    fn carries_on(&mut self) -> Result<usize, Fault> {
        let groups = self.keeper.waiting()?;
        let mut heard = 0;
        for group in &groups {
            for _ in 0..TRIES {
                let outcome = self.desk.carry(std::slice::from_ref(&group.orders)).pop();
                if let Some(Outcome::Done(_)) = outcome {
                    self.keeper.let_go(&group.orders)?;
                    heard += 1;
                    break;
                }
            }
        }
        Ok(heard)
    }

    /// Pulls; a turn that stands open after a dead desk is waited for.
    fn pulls(&mut self) -> Result<(), Fault> {
        let mut pulled = self.desk.pull();
        for _ in 0..TRIES {
            match pulled {
                Err(fault) if fault.kind == FaultKind::Busy => pulled = self.desk.pull(),
                other => return other.map(drop),
            }
        }
        pulled.map(drop)
    }

    /// Pulls, and writes something of its own: the share goes on.
    fn works(&mut self) -> Result<(), Fault> {
        self.pulls()?;
        let officer = acts::HANDLER.into();
        let mut session = setup::session_of(&officer, keys_of(&self.root, &officer)?);
        session.learn(self.desk.county(), self.desk.keys());
        let (command, private) = acts::lead(self.now)?;
        let (county, seen) = (self.desk.county(), self.desk.head_n()?);
        let group = vec![order::sign(&session, county, seen, &command, private)?];
        let mut outcome = None;
        for _ in 0..TRIES {
            outcome = self.desk.carry(std::slice::from_ref(&group)).pop();
            if !matches!(outcome, Some(Outcome::Waiting(_) | Outcome::Unknown(_))) {
                break;
            }
        }
        setup::settled(outcome).map(drop)
    }

    /// How many of these orders this desk holds.
    fn logged(&self, cids: &[Cid]) -> Result<usize, Fault> {
        let entries = Entries::open(&folder_of(&self.root, self.no).join("entries.db"), self.desk.county())?;
        let mut count = 0;
        for cid in cids {
            count += usize::from(entries.find(*cid)?.is_some());
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_child_said_is_read() {
        let cid = Cid([7; 16]);
        let lines =
            vec![format!("giving {cid}"), format!("given {cid}"), "waiting 网络盘没有应答".to_owned()];
        let told = Told::of(&Ended { lines, code: Some(0), log: String::new() });
        assert_eq!((told.cids, told.given, told.done, told.no), (vec![cid], true, false, true));
        let log = ["read(0, \"go\") = 3", "write(3, 1) = 1", "+++ killed +++", "read(4, 1) = 1"];
        let nth = |name: &str, nth| (name.to_owned(), nth);
        assert_eq!(strace::calls(log.into_iter()), [nth("read", 1), nth("write", 1), nth("read", 2)]);
        assert!(strace::is_of_files("pwrite64") && !strace::is_of_files("futex"));
    }
}
