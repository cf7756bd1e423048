//! What one PC can try alone: names, contents, sizes, speed, space, clock, and a scratch log by the program's own way.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Barrier};
use std::time::{Duration, Instant, SystemTime};

use super::bench::{self, Bench};
use super::ground::Ground;
use super::scratch_log::{self, Between};
use super::{Check, FLOOR, Finding, litter, middle_and_worst, space, spoken};
use crate::store::share::host::Host;

/// So many threads take one name at one moment.
const THREADS: usize = 8;
/// So many rounds of it.
const ROUNDS: usize = 25;
/// So many times a small thing is timed.
const TIMES: usize = 20;
/// A flush slower than this is worth a look.
const SLOW_FLUSH: Duration = Duration::from_millis(200);
/// A read slower than this is worth a look: writing an entry costs some fifteen of them.
const SLOW_READ: Duration = Duration::from_millis(100);
/// A desk whose clock is off by more than this is noted in the log; a county is not founded or joined like that.
const CLOCK: Duration = Duration::from_secs(600);

/// How free space is asked.
pub type Free = fn(&Path) -> Option<u64>;

/// A trial of one folder.
pub struct Trial {
    /// The drive.
    pub ground: Arc<dyn Ground>,
    /// The shared folder.
    pub share: PathBuf,
    /// A folder that is not there yet may be made for the trial.
    pub may_be_new: bool,
    /// A folder of this PC for building the scratch log; made, and removed again.
    pub workshop: PathBuf,
    /// A name for the trial's own folder that nobody else has.
    pub name: String,
    /// Free space.
    pub free: Free,
}

/// Hears which check begins, and what it found.
pub trait Told {
    /// A check begins.
    fn begins(&mut self, check: Check);
    /// A check ended.
    fn found(&mut self, finding: Finding);
}

impl Trial {
    /// Makes the checks of the folder, in order. What can no longer be tried is told as untested.
    pub fn run(&self, host: &mut dyn Host, told: &mut dyn Told) {
        self.run_with(host, told, &mut |_, _| {});
    }

    /// The same; `between` is called between the steps of the scratch log, for tests.
    pub(super) fn run_with(&self, host: &mut dyn Host, told: &mut dyn Told, between: Between<'_>) {
        told.begins(Check::Reach);
        let reach = self.reach();
        let names = match &reach {
            Ok(names) => names.clone(),
            Err(_) => None,
        };
        told.found(match reach {
            Ok(Some(names)) => Finding::pass(Check::Reach, format!("能打开，里面有 {} 个名称", names.len())),
            Ok(None) => Finding::pass(Check::Reach, "还没有这个文件夹，可以建"),
            Err(error) => {
                let end = Finding::broken(Check::Reach, "打开", &error);
                told.found(end);
                return untested(told, &Check::ONE[1..9]);
            }
        });
        let bench = Bench::make(self.ground.clone(), &self.share, &format!("one.{}", self.name));
        match bench {
            Ok(bench) => self.on(&bench, host, told, between),
            Err(error) => {
                told.found(Finding::untested(Check::OneName, NOT_REACHED));
                told.found(Finding::broken(Check::WriteRead, "写入", &error));
                untested(told, &[Check::CutRename, Check::Flush, Check::Probe]);
                told.found(self.space());
                untested(told, &[Check::Clock, Check::ScratchLog]);
            }
        }
        told.begins(Check::Litter);
        let names = names.unwrap_or_default();
        told.found(match litter::look(&self.share, &names) {
            None => Finding::pass(Check::Litter, "没有同步软件的痕迹和别的文件"),
            Some(said) => Finding::note(Check::Litter, said),
        });
    }

    /// The names in the folder; none where there is no folder yet and one may be made.
    fn reach(&self) -> io::Result<Option<Vec<String>>> {
        match self.ground.list(&self.share) {
            Err(error) if self.may_be_new && error.kind() == io::ErrorKind::NotFound => Ok(None),
            other => other.map(Some),
        }
    }

    fn on(&self, bench: &Bench, host: &mut dyn Host, told: &mut dyn Told, between: Between<'_>) {
        type Step<'a> = (Check, &'a str, &'a mut dyn FnMut() -> io::Result<Finding>);
        let steps: [Step<'_>; 6] = [
            (Check::OneName, "创建", &mut || self.one_name(bench)),
            (Check::WriteRead, "写入", &mut || self.write_read(bench)),
            (Check::CutRename, "改动", &mut || self.cut_rename(bench)),
            (Check::Flush, "写入", &mut || self.flush(bench)),
            (Check::Probe, "读取", &mut || self.probe(bench)),
            (Check::Clock, "读时间", &mut || self.clock(bench)),
        ];
        for (check, doing, step) in steps {
            // Its place on the sheet is before the clock's.
            if check == Check::Clock {
                told.begins(Check::Space);
                told.found(self.space());
            }
            told.begins(check);
            told.found(step().unwrap_or_else(|error| Finding::broken(check, doing, &error)));
        }
        told.begins(Check::ScratchLog);
        told.found(scratch_log::check(bench.folder(), &self.workshop, host, between));
        bench::sweep(self.ground.as_ref(), &self.share, &bench.path("clock"));
    }

    /// Many handles of this PC take one name at one moment: one of them must get it, and later none.
    fn one_name(&self, bench: &Bench) -> io::Result<Finding> {
        let barrier = Barrier::new(THREADS);
        let run = |_| {
            let (ground, barrier) = (self.ground.as_ref(), &barrier);
            move || -> Vec<io::Result<bool>> {
                (0..ROUNDS)
                    .map(|round| {
                        barrier.wait();
                        ground.create(&bench.path(&format!("name.{round:02}")))
                    })
                    .collect()
            }
        };
        let mut won = [0_usize; ROUNDS];
        let all: Vec<_> = std::thread::scope(|scope| {
            let threads: Vec<_> = (0..THREADS).map(run).map(|run| scope.spawn(run)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap_or_default()).collect()
        });
        for of_thread in all {
            for (count, created) in won.iter_mut().zip(of_thread) {
                *count += usize::from(created?);
            }
        }
        let wrong = won.iter().filter(|count| **count != 1).count();
        if wrong > 0 {
            let said = format!("{ROUNDS} 次里有 {wrong} 次不是恰好一个成功");
            return Ok(Finding::fail(Check::OneName, said));
        }
        if self.ground.create(&bench.path("name.00"))? {
            return Ok(Finding::fail(Check::OneName, "已有的名称又被创建了一次"));
        }
        let said = format!("{THREADS} 个同时创建同名文件，{ROUNDS} 次都只成一个");
        Ok(Finding::pass(Check::OneName, said))
    }

    fn write_read(&self, bench: &Bench) -> io::Result<Finding> {
        let path = bench.path("content");
        let wrong = |said: &str| Ok(Finding::fail(Check::WriteRead, said));
        if !self.ground.create(&path)? {
            return wrong("新名称被说成已有");
        }
        let mut whole = pattern(4096, 1);
        self.ground.write(&path, 0, &whole)?;
        if self.ground.read(&path)? != whole {
            return wrong("读回的内容与写入的不同");
        }
        let more = pattern(30_000, 7);
        self.ground.write(&path, whole.len() as u64, &more)?;
        whole.extend_from_slice(&more);
        if self.ground.size(&path)? != whole.len() as u64 {
            return wrong("文件变大以后，重新打开看到的还是旧大小");
        }
        self.ground.write(&path, 100, "救急".as_bytes())?;
        whole.splice(100..106, "救急".bytes());
        if self.ground.read(&path)? != whole {
            return wrong("改写以后读回的内容不对");
        }
        if !self.ground.list(bench.folder())?.iter().any(|name| name == "content") {
            return wrong("刚写的文件在文件夹里列不出来");
        }
        Ok(Finding::pass(Check::WriteRead, "写入、加长、改写都能原样读回"))
    }

    fn cut_rename(&self, bench: &Bench) -> io::Result<Finding> {
        let (path, other) = (bench.path("short"), bench.path("renamed"));
        self.ground.create(&path)?;
        self.ground.write(&path, 0, &pattern(9000, 3))?;
        self.ground.cut(&path, 100)?;
        if self.ground.size(&path)? != 100 || self.ground.read(&path)? != pattern(100, 3) {
            return Ok(Finding::fail(Check::CutRename, "截短以后大小或内容不对"));
        }
        self.ground.cut(&path, 0)?;
        if !self.ground.read(&path)?.is_empty() {
            return Ok(Finding::fail(Check::CutRename, "清空以后还读得到内容"));
        }
        self.ground.write(&path, 0, b"renamed")?;
        // Nothing of the log is ever renamed, so a drive that cannot do it is odd, not unfit.
        if self.ground.rename(&path, &other).is_err() || self.ground.read(&other)? != b"renamed" {
            return Ok(Finding::note(Check::CutRename, "能截短，不能改名"));
        }
        Ok(Finding::pass(Check::CutRename, "能截短，能改名"))
    }

    fn flush(&self, bench: &Bench) -> io::Result<Finding> {
        let path = bench.path("flush");
        self.ground.create(&path)?;
        let mut times = Vec::with_capacity(TIMES);
        for n in 0..TIMES {
            let begun = Instant::now();
            self.ground.write(&path, 0, &pattern(512, n))?;
            times.push(begun.elapsed());
        }
        let (middle, worst) = middle_and_worst(&mut times);
        let said = format!("{TIMES} 次小写入：一般 {}，最慢 {}", spoken(middle), spoken(worst));
        Ok(if middle > SLOW_FLUSH {
            Finding::note(Check::Flush, said)
        } else {
            Finding::pass(Check::Flush, said)
        })
    }

    fn probe(&self, bench: &Bench) -> io::Result<Finding> {
        let path = bench.path("content");
        let mut times = Vec::with_capacity(TIMES);
        for _ in 0..TIMES {
            let begun = Instant::now();
            // As a desk looks for news: open, four bytes, close.
            self.ground.read_at(&path, 24, 4)?;
            times.push(begun.elapsed());
        }
        let (middle, _) = middle_and_worst(&mut times);
        let said = format!("{TIMES} 次小读取：一般 {}", spoken(middle));
        Ok(if middle > SLOW_READ {
            Finding::note(Check::Probe, said)
        } else {
            Finding::pass(Check::Probe, said)
        })
    }

    fn space(&self) -> Finding {
        // A folder that is not there yet lies on the drive of the one above it.
        let there = self.share.ancestors().find(|folder| self.ground.list(folder).is_ok());
        match there.and_then(self.free) {
            None => Finding::untested(Check::Space, "本机查不出，请管理员在服务器上看"),
            Some(bytes) if bytes < FLOOR => {
                Finding::fail(Check::Space, format!("只剩 {}，不到 100 兆", space::spoken(bytes)))
            }
            Some(bytes) => Finding::pass(Check::Space, format!("还有 {}", space::spoken(bytes))),
        }
    }

    /// The share's time is the modification time of a fresh file, as in a turn.
    fn clock(&self, bench: &Bench) -> io::Result<Finding> {
        let path = bench.path("clock");
        let before = self.ground.clock();
        self.ground.create(&path)?;
        self.ground.write(&path, 0, b"clock")?;
        let server = self.ground.modified(&path)?;
        let after = self.ground.clock();
        Ok(judge_clock(before, server, after))
    }
}

const NOT_REACHED: &str = "前面没有通过，没有测";

fn untested(told: &mut dyn Told, checks: &[Check]) {
    for check in checks {
        told.found(Finding::untested(*check, NOT_REACHED));
    }
}

/// The server's time must lie between what this PC showed before and after, give or take.
fn judge_clock(before: SystemTime, server: SystemTime, after: SystemTime) -> Finding {
    let (word, off) = match (before.duration_since(server), server.duration_since(after)) {
        (Ok(slow), _) => ("慢", slow),
        (_, Ok(fast)) => ("快", fast),
        _ => ("快", Duration::ZERO),
    };
    let (minutes, seconds) = ((off.as_secs() + 30) / 60, off.as_secs());
    if off > CLOCK {
        return Finding::fail(Check::Clock, format!("服务器比本机{word} {minutes} 分钟"));
    }
    let said = match seconds {
        0..=2 => "与本机一致".to_owned(),
        3..=119 => format!("服务器比本机{word} {seconds} 秒"),
        _ => format!("服务器比本机{word} {minutes} 分钟"),
    };
    Finding::pass(Check::Clock, said)
}

/// Bytes that differ from place to place.
pub(super) fn pattern(len: usize, seed: usize) -> Vec<u8> {
    (0..len).map(|at| ((at * 31 + at / 251 + seed * 17) % 251) as u8).collect()
}
