//! What is interrupted: the writes of one desk, each from a share in a given state.

use super::bench::{Bench, Cmd, Desk, Ready, Said};
use crate::store::fault::Fault;
use crate::store::share::SEGMENT;
use crate::store::share::drive::Drive as _;
use crate::store::simulated::{Plan, Side, What};
use std::time::Duration;

/// A story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::office::sweep) enum Story {
    /// An entry that fits into a page.
    OnePage,
    /// An entry of overflow pages.
    Overflow,
    /// A group larger than SQLite's cache: dirty pages reach the file before the commit.
    Spill,
    /// A desk that takes over from one that died in its commit: end, copy, new file, publication, and its own write.
    Takeover,
    /// The write that fills a file, and the one after it in the next file.
    Closing,
    /// A write that removes old turns.
    Sweeping,
}

impl Story {
    /// All of them.
    pub(in crate::office::sweep) const ALL: [Story; 6] =
        [Story::OnePage, Story::Overflow, Story::Spill, Story::Takeover, Story::Closing, Story::Sweeping];

    /// As it stands in reports.
    pub(in crate::office::sweep) fn name(self) -> &'static str {
        match self {
            Story::OnePage => "一页",
            Story::Overflow => "溢出页",
            Story::Spill => "缓存溢写",
            Story::Takeover => "接替",
            Story::Closing => "换文件",
            Story::Sweeping => "清理旧轮次",
        }
    }

    /// A story costs so many times what the smallest costs: the others are tried in proportion.
    pub(in crate::office::sweep) fn weight(self) -> u64 {
        match self {
            Story::OnePage | Story::Overflow => 1,
            Story::Takeover | Story::Closing => 2,
            Story::Sweeping => 4,
            Story::Spill => 40,
        }
    }

    /// The commands of the interrupted desk, each group written by itself.
    pub(super) fn groups(self) -> Vec<Vec<Cmd>> {
        match self {
            Story::OnePage | Story::Takeover | Story::Sweeping => vec![vec![Cmd::new(101, 40)]],
            Story::Overflow => vec![vec![Cmd::new(101, 9_000), Cmd::new(102, 30_000)]],
            Story::Spill => vec![(101..=113).map(|no| Cmd::new(no, 200_000)).collect()],
            Story::Closing => vec![vec![Cmd::new(101, 20_000)], vec![Cmd::new(102, 40)]],
        }
    }

    /// The share as the story finds it, with desks 1 and 2 that know it.
    ///
    /// # Errors
    /// The store's; a write that does not succeed on a sound disk.
    pub(super) fn prepare(self, sector: u64) -> Result<(Bench, Ready), Fault> {
        let segment = if self == Story::Closing { 60_000 } else { SEGMENT };
        let bench = Bench::found(sector, segment)?;
        let (mut one, mut two) = (bench.desk(1), bench.desk(2));
        let must = |told: Result<(), String>| told.map_err(Fault::bug);
        for no in 1..=6 {
            must(one.insist(&[Cmd::new(no, 40 + 900 * usize::from(no))]))?;
        }
        must(two.insist(&[Cmd::new(7, 40)]))?;
        match self {
            Story::Takeover => {
                let mut dead = bench.desk(3);
                dead.pull()?;
                // Dead pages of a large entry in the file, and a journal beside them.
                let half = bench.disk.operations();
                let before = bench.disk.snapshot();
                let _ = dead.offer(&[Cmd::new(90, 9_000)]);
                let whole = bench.disk.operations() - half;
                bench.disk.restore(&before);
                dead = bench.desk(3);
                dead.pull()?;
                bench.disk.lay(Plan { pc: 3, side: Side::Both, at: whole * 3 / 4, what: What::Kill });
                let _ = dead.offer(&[Cmd::new(90, 9_000)]);
                bench.disk.clear();
                drop(dead);
            }
            Story::Sweeping => {
                let drive = bench.disk.drive(0);
                let io = |error| Fault::of_io("模拟磁盘", error);
                for k in 0..240 {
                    let turn = bench.disk.share().join("turns").join(format!("0001.{k:06}"));
                    let end = bench.disk.share().join("turns").join(format!("0001.{k:06}.end"));
                    for (path, text) in [(turn, "x"), (end, "released x\n")] {
                        drive.replace(&path, text.as_bytes()).map_err(io)?;
                    }
                }
                bench.disk.pass(Duration::from_secs(7_200));
            }
            Story::OnePage | Story::Overflow | Story::Spill | Story::Closing => {}
        }
        one.pull()?;
        two.pull()?;
        // With one of the two sizes of sectors, clients keep what they saw for a second, as measured on real drives.
        bench.disk.set_caches(sector == 4_096);
        let ready = bench.rest(&[&one, &two]);
        drop((one, two));
        Ok((bench, ready))
    }

    /// What the interrupted desk does; for each group what it was told. Stops where the PC is dead.
    pub(super) fn act(self, bench: &Bench, desk: &mut Desk<'_>) -> Vec<Said> {
        let mut said = Vec::new();
        for group in self.groups() {
            // A dead turn has to be seen to stand still before it is taken.
            let tries = if self == Story::Takeover { 2 } else { 1 };
            let mut last = Said::Unknown;
            for no in 0..tries {
                if no > 0 {
                    desk.wait();
                }
                last = desk.offer(&group);
                if last == Said::Done || last == Said::Unknown || bench.disk.is_dead(desk.pc) {
                    break;
                }
            }
            said.push(last);
            if bench.disk.is_dead(desk.pc) {
                break;
            }
        }
        said
    }
}
