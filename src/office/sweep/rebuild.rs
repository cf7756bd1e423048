//! The layer of rebuilding (重建演练): a county's whole log, held by one desk, while its share is damaged or emptied. The
//! desk publishes it anew each time, and a desk that has seen nothing reads it, word for word. Figures are told, none
//! decides: how long a county waits depends on its PC.

use super::rng::Rng;
use super::tamper::{hurried, setting};
use super::{Order, Report, Size, big};
use crate::ledger::{CountyId, DeskId, Row};
use crate::office::desk::{Desk, Parts};
use crate::office::random;
use crate::office::rebuild::{Asked, Rebuilt, rebuild};
use crate::office::scratch::Hands;
use crate::office::session::Session;
use crate::store::entries::Entries;
use crate::store::fault::Fault;
use crate::store::share::Share;
use crate::store::share::wound::{Column, Wounded, live_file};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

/// How many rows are compared at once.
const PAGE: usize = 1_000;

/// Runs the layer in a folder.
///
/// # Errors
/// The machine's.
pub(super) fn run(root: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let entries: u64 = if order.size == Size::Small { 4_000 } else { 200_000 };
    let mut report = Report::default();
    (order.told)(&format!("制作一份 {entries} 条的日志"));
    let began = Instant::now();
    let (big, rows) = big::log(entries)?;
    let share = root.join("share");
    big::on_share(&big, &rows, &share)?;
    let ground = Ground { root: root.to_owned(), share, county: big.county(), session: big.session() };
    let held = ground.folder("held");
    hold(&held, ground.county, &rows)?;
    let mut desk = ground.desk(&held, DeskId([1; 8]))?;
    desk.sign_in(ground.session.clone())?;
    report.lines.push(format!("日志 {entries} 条，制作用时 {:.1} 秒", began.elapsed().as_secs_f64()));
    for wound in Wound::chosen(order.size, order.seed) {
        let what = wound.name();
        (order.told)(&format!("{what}，重建"));
        wound.inflict(&ground.share, entries)?;
        ground.drill(what, &mut desk, &held, &rows, &mut report)?;
    }
    Ok(report)
}

/// What is done to the share.
#[derive(Clone, Copy)]
enum Wound {
    /// A row in the middle is changed.
    Changed,
    /// The log file ends in its middle.
    Cut,
    /// Nothing is left in the folder.
    Emptied,
}

impl Wound {
    const ALL: [Wound; 3] = [Wound::Changed, Wound::Cut, Wound::Emptied];

    /// Those of a size: one of them where time is short.
    fn chosen(size: Size, seed: u64) -> Vec<Wound> {
        let count = if size == Size::Small { 1 } else { Wound::ALL.len() };
        let first = usize::try_from(Rng::new(seed).below(Wound::ALL.len() as u64)).unwrap_or(0);
        Wound::ALL.into_iter().cycle().skip(first).take(count).collect()
    }

    fn name(self) -> &'static str {
        match self {
            Wound::Changed => "改坏一条",
            Wound::Cut => "截去一半",
            Wound::Emptied => "清空",
        }
    }

    fn inflict(self, share: &Path, entries: u64) -> Result<(), Fault> {
        let io = |error| Fault::of_io("损伤共享文件夹", error);
        match self {
            Wound::Changed => Wounded::open(&live_file(share)?)?.write(entries / 2, Column::Body, b"{}"),
            Wound::Cut => {
                let file = std::fs::OpenOptions::new().write(true).open(live_file(share)?).map_err(io)?;
                let length = file.metadata().map_err(io)?.len();
                file.set_len(length / 2).map_err(io)
            }
            Wound::Emptied => {
                std::fs::remove_dir_all(share).map_err(io)?;
                std::fs::create_dir(share).map_err(io)
            }
        }
    }
}

/// Puts the entries into a desk's own file.
fn hold(folder: &Path, county: CountyId, rows: &[Row]) -> Result<(), Fault> {
    std::fs::create_dir_all(folder).map_err(|error| Fault::of_io("建立本机文件夹", error))?;
    let mut entries = Entries::open(&folder.join("entries.db"), county)?;
    rows.chunks(PAGE).try_for_each(|page| entries.append(page))
}

/// The share, and whose it is.
struct Ground {
    root: PathBuf,
    share: PathBuf,
    county: CountyId,
    session: Arc<Session>,
}

impl Ground {
    fn folder(&self, name: &str) -> PathBuf {
        self.root.join(name)
    }

    fn desk(&self, folder: &Path, id: DeskId) -> Result<Desk, Fault> {
        let hands = Hands::default();
        let log = hurried(&self.share, folder, self.county, id, hands.clone());
        let clock = hands.clock(Hands::default());
        let county = self.county;
        Desk::open(Parts { log: Box::new(log), county, desk: id, folder: folder.to_owned(), clock })
    }

    /// Publishes anew, and lets a fresh desk read everything.
    fn drill(
        &self,
        what: &str,
        desk: &mut Desk,
        folder: &Path,
        rows: &[Row],
        report: &mut Report,
    ) -> Result<(), Fault> {
        let entries = rows.len() as u64;
        let fresh = DeskId(random::bytes()?);
        let mut before = self.desk(&self.folder(&format!("{fresh}-before")), fresh)?;
        report.hold(before.pull().is_err(), || format!("{what}：没有发现共享盘坏了"));
        let began = Instant::now();
        let share =
            Share::reach(setting(&self.share, folder, self.county, DeskId([1; 8]), Hands::default()))?;
        let asked = Asked {
            share: &self.share,
            session: self.session.clone(),
            name: "演练",
            without_others: false,
            keep: None,
        };
        let rebuilt = rebuild(desk, share, &asked, &mut |_| ())?;
        let built = began.elapsed().as_secs_f64();
        let whole = matches!(&rebuilt, Rebuilt::Published { first: 1, head, taken: 0, back: 0, .. } if head.n == entries);
        report.hold(whole, || format!("{what}：重建的结果是 {rebuilt:?}"));
        let began = Instant::now();
        let mut fresh_desk = self.desk(&self.folder(&fresh.to_string()), fresh)?;
        fresh_desk.pull()?;
        let read = began.elapsed().as_secs_f64();
        let began = Instant::now();
        fresh_desk.sign_in(self.session.clone())?;
        let applied = began.elapsed().as_secs_f64();
        for page in rows.chunks(PAGE) {
            let first = page.first().map_or(0, |row| row.n);
            let same = fresh_desk.entries().after(first.saturating_sub(1), page.len())? == page;
            report.hold(same, || format!("{what}：第 {first} 条起的记录与原来的不同"));
        }
        report.hold(fresh_desk.head_n()? == entries, || format!("{what}：新办公桌没有读到全部记录"));
        let alike = fresh_desk.replica().digest()? == desk.replica().digest()?;
        report.hold(alike, || format!("{what}：两台办公桌的副本不一致"));
        let size = std::fs::metadata(live_file(&self.share)?).map_err(|e| Fault::of_io("日志文件", e))?.len();
        report.lines.push(format!(
            "{what}：重建 {built:.1} 秒，每秒 {:.0} 条，新文件 {:.1} MB；新办公桌逐条核验 {read:.1} 秒，每秒 {:.0} 条，建副本 {applied:.1} 秒",
            entries as f64 / built.max(0.001),
            size as f64 / 1_000_000.0,
            entries as f64 / read.max(0.001),
        ));
        Ok(())
    }
}
