//! The layer of spreadsheets: files as no office would send them, by the hundred thousand, read as an import reads them. No
//! panic, never more rows, columns or memory than allowed, always a sentence. What breaks it is kept as a file.

mod good;
mod spoil;

use super::pool::{self, Enough};
use super::rng::Rng;
use super::station::end_with_parent;
use super::{Order, Report, Size};
use crate::base::day::Day;
use crate::store::fault::Fault;
use crate::store::import::rows::Context;
use crate::store::import::{headings, place, plan, report as words};
use crate::store::sheet::{self, MAX_BYTES, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, SheetError};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;

/// The most memory the whole layer may take, MiB: its own files and threads counted.
const MEMORY: u64 = 256;

/// What the files came to.
#[derive(Debug, Default)]
struct Count {
    files: u64,
    /// Read as a sheet.
    read: u64,
    /// Rows that could be taken over.
    rows: u64,
    broken: Vec<String>,
}

impl Count {
    fn add(&mut self, other: Count) {
        self.files += other.files;
        self.read += other.read;
        self.rows += other.rows;
        self.broken.extend(other.broken);
    }
}

/// What an import makes of a file: how many rows it would take over, or none where it refuses with a sentence.
type Reader = fn(&str, &[u8]) -> Result<Option<usize>, String>;

/// Runs the layer. The reading is done by a process of its own: a file that asks for more memory than there is ends it,
/// and then it is known which.
///
/// # Errors
/// The machine's.
pub(super) fn run(root: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let files: u64 = match order.size {
        Size::Small => 10_000,
        Size::Full => 200_000,
        Size::Release => 20_000_000,
    };
    let mut report = Report::default();
    (order.told)("弄坏的表格");
    let began = Instant::now();
    let io = |error| Fault::of_io("启动总检的读表", error);
    let mut child = Command::new(&order.program)
        .arg("sweep-sheets")
        .arg(root)
        .arg(order.seed.to_string())
        .arg(files.to_string())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(io)?;
    // Held as long as it reads: it ends with whoever holds the other end.
    let held = child.stdin.take();
    let ended = child.wait_with_output().map_err(io)?;
    drop(held);
    for line in String::from_utf8_lossy(&ended.stdout).lines() {
        match line.strip_prefix("broken ") {
            Some(broken) => report.broken.push(broken.to_owned()),
            None => report.lines.push(line.to_owned()),
        }
    }
    if !ended.status.success() {
        report.broken.push(format!("读表的进程死了：{}", ended.status));
        let good = good::files();
        for seed in being_read(root) {
            let (name, bytes) = spoil::spoilt(&good, &mut Rng::new(seed));
            report.broken.push(format!("死时正在读种子 {seed}，{}", kept(name, seed, &bytes)));
        }
    }
    report.hold(!report.lines.is_empty(), || "什么也没有读：这次总检说明不了什么".to_owned());
    let rate = files as f64 / began.elapsed().as_secs_f64().max(0.001);
    report.lines.push(format!("每秒 {rate:.0} 个"));
    Ok(report)
}

/// What the process reads that the layer starts.
pub struct Reading {
    /// The folder of the sweep, for the notes of what is being read.
    pub root: PathBuf,
    /// Where the files come from.
    pub seed: u64,
    /// How many.
    pub files: u64,
}

/// Reads spoilt files; its sentences, those of what is broken after the word `broken`.
///
/// # Errors
/// The machine's.
pub fn read(reading: &Reading) -> Result<Vec<String>, Fault> {
    end_with_parent()?;
    let _quiet = Quiet::begin();
    forget_peak();
    let mut report = Report::default();
    let good = good::files();
    for (name, bytes) in &good {
        let rows = imported(name, bytes);
        report.hold(matches!(rows, Ok(Some(_))), || format!("好的 {name} 读不了：{rows:?}"));
    }
    let count = all(&good, reading.files, reading.seed, imported, Some(&reading.root))?;
    report.lines.push(format!(
        "弄坏的表格 {} 个；仍能读的 {} 个，其中可导入 {} 行",
        count.files, count.read, count.rows
    ));
    report.hold(count.read > 0 && count.read < count.files, || "没有读到或没有弄坏".to_owned());
    report.broken.extend(count.broken);
    if let Some(peak) = peak() {
        report.hold(peak <= MEMORY, || format!("内存用到 {peak} MiB，最多 {MEMORY} MiB"));
        report.lines.push(format!("内存最多 {peak} MiB"));
    }
    let (refused, limits) = limits(&mut report);
    report.lines.push(format!("过大、过多、可疑的表格 {limits} 种，拒绝 {refused} 种"));
    report.lines.extend(report.broken.drain(..).map(|broken| format!("broken {broken}")));
    Ok(report.lines)
}

/// Notes of the seeds that were being read.
fn being_read(root: &Path) -> Vec<u64> {
    let notes = std::fs::read_dir(root).into_iter().flatten().flatten();
    let texts = notes.filter_map(|note| std::fs::read_to_string(note.path()).ok());
    texts.filter_map(|text| text.trim().parse().ok()).collect()
}

/// Spoils and reads so many, on all processors.
fn all(
    good: &[(&'static str, Vec<u8>)],
    files: u64,
    seed: u64,
    reader: Reader,
    notes: Option<&Path>,
) -> Result<Count, Fault> {
    let work = |(): &mut (), at: u64, own: &mut Count| {
        let own_seed = Rng::new(seed ^ at.wrapping_mul(0x9E37_79B9)).draw();
        let (name, bytes) = spoil::spoilt(good, &mut Rng::new(own_seed));
        own.files += 1;
        if let Some(folder) = notes {
            let note = folder.join(format!("{:?}", std::thread::current().id()));
            std::fs::write(note, own_seed.to_string()).map_err(|error| Fault::of_io("写总检记录", error))?;
        }
        let read = catch_unwind(AssertUnwindSafe(|| reader(name, &bytes)))
            .unwrap_or_else(|_| Err("程序崩溃".to_owned()));
        match read {
            Ok(rows) => {
                own.read += u64::from(rows.is_some());
                own.rows += rows.unwrap_or(0) as u64;
            }
            Err(why) => {
                own.broken.push(format!("{why}（种子 {own_seed}，{}）", kept(name, own_seed, &bytes)))
            }
        }
        Ok(Enough(own.broken.len() >= 5))
    };
    pool::tally(files, || Ok(()), work, Count::add)
}

/// Keeps a file that broke something, outside of the sweep's own folder.
fn kept(name: &str, seed: u64, bytes: &[u8]) -> String {
    let path = std::env::temp_dir().join(format!("jiuji-sweep-sheet-{seed}-{name}"));
    match std::fs::write(&path, bytes) {
        Ok(()) => format!("文件留在 {}", path.display()),
        Err(_) => "文件留不下来".to_owned(),
    }
}

/// Reads a file as an import does, to the report and the list of bad rows, and holds it to the limits.
fn imported(name: &str, bytes: &[u8]) -> Result<Option<usize>, String> {
    let sheets = match sheet::all_from_bytes(name, bytes) {
        Ok(sheets) => sheets,
        Err(error) if error.what().ends_with('。') && !error.next().is_empty() => return Ok(None),
        Err(error) => return Err(format!("没有说清：{error:?}")),
    };
    let mut good = None;
    for sheet in &sheets {
        let cells: usize = sheet.rows.iter().map(Vec::len).sum();
        let wide = sheet.rows.iter().any(|row| row.len() > MAX_COLUMNS);
        if sheet.rows.len() > MAX_ROWS || wide || cells > MAX_CELLS {
            return Err(format!("读出 {} 行 {cells} 格，超过上限", sheet.rows.len()));
        }
        let Ok(mapping) = headings::recognise(&sheet.rows, &[]) else {
            good = good.or(Some(0));
            continue;
        };
        let today = Day::new(2026, 3, 2).ok_or("没有这一天")?;
        let context = Context { today, township: place::guess(sheet, mapping.heading_row).or(Some(103)) };
        let Ok(made) = plan::make(sheet, &[], context, &|bytes| {
            let mut mark = [0u8; 16];
            mark.iter_mut().zip(crate::ledger::Hash::of(&[bytes]).0).for_each(|(to, from)| *to = from);
            mark
        }) else {
            good = good.or(Some(0));
            continue;
        };
        if made.good.iter().any(|row| row.grant.amount.is_negative()) {
            return Err("读出负的金额".to_owned());
        }
        words::text(sheet, &made, 20);
        words::bad_rows_csv(sheet, &made);
        good = Some(good.unwrap_or(0) + made.good.len());
    }
    Ok(good)
}

/// Files at and beyond each limit: (refused, tried).
fn limits(report: &mut Report) -> (usize, usize) {
    let line = "王桂兰,211321196804120012,500\n";
    let bomb = |runs: usize, claimed: usize, name: &str| {
        let bytes = good::deflated(runs);
        good::zip(&[good::Packed { name, method: 8, bytes: &bytes, size: claimed, sum: 0 }])
    };
    let size = |runs: usize| 1 + 258 * runs;
    let rows = |limit| SheetError::TooManyCells { what: "行", limit };
    let columns = SheetError::TooManyCells { what: "列", limit: MAX_COLUMNS };
    let mut far = good::parts();
    if let Some((_, sheet)) = far.last_mut() {
        let text = String::from_utf8_lossy(sheet).replace("r=\"D13\"", "r=\"XFD13\"");
        *sheet = text.into_bytes();
    }
    let cases: Vec<(&str, Vec<u8>, SheetError)> = vec![
        ("20 MB 多一个字节", vec![b'a'; MAX_BYTES + 1], SheetError::TooBig),
        ("200,001 行", line.repeat(MAX_ROWS + 1).into_bytes(), rows(MAX_ROWS)),
        (
            "257 列",
            "a,".repeat(MAX_COLUMNS).into_bytes().into_iter().chain(*b"a\n").collect(),
            columns.clone(),
        ),
        ("最远的一格", good::archive(&far), columns),
        ("压缩 158 倍", bomb(5_000, size(5_000), "xl/worksheets/sheet1.xml"), SheetError::Bomb),
        ("压缩后说小", bomb(900_000, 1_000, "xl/worksheets/sheet1.xml"), SheetError::Bomb),
        ("解开 230 MB", bomb(900_000, size(900_000), "xl/sharedStrings.xml"), SheetError::Bomb),
    ];
    let count = cases.len();
    let mut refused = 0;
    for (what, bytes, wanted) in cases {
        let read =
            catch_unwind(AssertUnwindSafe(|| sheet::all_from_bytes("a", &bytes).map(|sheets| sheets.len())));
        match read {
            Ok(Err(error)) if error == wanted => refused += 1,
            Ok(other) => report.broken.push(format!("{what}：应为 {wanted:?}，实为 {other:?}")),
            Err(_) => report.broken.push(format!("{what}：程序崩溃")),
        }
    }
    (refused, count)
}

/// The most memory this process had at once, MiB, since [`forget_peak`]; none where the system does not tell.
fn peak() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.trim().split(' ').next()?.parse::<u64>().ok()?.div_ceil(1024))
}

fn forget_peak() {
    // Where it cannot be forgotten, the layers before are counted too, which only makes it stricter.
    let _ = std::fs::write("/proc/self/clear_refs", "5");
}

/// A panic that is caught and counted is not printed as well, a hundred thousand times.
struct Quiet;

impl Quiet {
    fn begin() -> Quiet {
        std::panic::set_hook(Box::new(|_| {}));
        Quiet
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        drop(std::panic::take_hook());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_files_are_read_and_spoilt_ones_break_nothing() {
        let good = good::files();
        for (name, bytes) in &good {
            assert!(imported(name, bytes).unwrap().is_some(), "{name}");
        }
        assert!(imported("a.xlsx", &good::archive(&good::parts())).unwrap().is_some_and(|rows| rows > 0));
        let count = all(&good, 600, 11, imported, None).unwrap();
        assert_eq!(count.broken, Vec::<String>::new());
        assert!(count.read > 50 && count.read < 600, "{count:?}");
    }

    #[test]
    fn a_reader_that_panics_or_takes_too_much_is_found() {
        let panics: Reader = |_, bytes| {
            assert!(!bytes.ends_with(&[0]), "a reader that trusts the file");
            Ok(None)
        };
        let mut found = all(&good::files(), 4_000, 3, panics, None).unwrap().broken;
        assert!(!found.is_empty());
        let greedy: Reader =
            |_, bytes| if bytes.len() > 1_000 { Err("超过上限".to_owned()) } else { Ok(None) };
        let greedy = all(&good::files(), 100, 3, greedy, None).unwrap().broken;
        assert!(greedy.iter().any(|line| line.contains("种子")), "{greedy:?}");
        found.extend(greedy);
        for line in found {
            let path = line.split("文件留在 ").nth(1).unwrap().trim_end_matches('）');
            // One seed may have broken both readers.
            let _ = std::fs::remove_file(path);
        }
    }

    #[test]
    fn every_limit_holds() {
        let mut report = Report::default();
        let (refused, tried) = limits(&mut report);
        assert_eq!((refused, report.broken), (tried, Vec::new()));
    }
}
