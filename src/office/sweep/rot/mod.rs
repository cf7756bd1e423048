//! The layer of bit rot: the log file itself, not its columns. Every byte of a small file changed, random bits of a larger
//! one, pages emptied, swapped and copied over each other, and the file cut. A desk that reads it next finds it, or reads
//! exactly what was written; it never panics and never takes an entry for another.

mod map;
mod wounds;

use super::pool::{self, Enough};
use super::tamper::{Scene, Ward, Yard, reach};
use super::{Order, Report, Size, big};
use crate::ledger::{CountyId, Head, Row, chain};
use crate::office::desk::verify::verify;
use crate::office::keybook::KeyBook;
use crate::store::Log as _;
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::wound::{Wounded, live_file};
use map::Map;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::Instant;
use wounds::Wound;

/// What a wound came to.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Came {
    /// The entries are what they were.
    Whole,
    /// Somebody says so.
    Found,
    /// Nobody does.
    Missed(String),
}

/// What many wounds came to.
#[derive(Debug, Default)]
struct Count {
    /// In the columns of rows: how many, and how many of them were found.
    inside: (u64, u64),
    /// Elsewhere.
    outside: (u64, u64),
    broken: Vec<String>,
}

impl Count {
    fn take(&mut self, inside: bool, came: &Came, name: impl FnOnce() -> String) {
        let counts = if inside { &mut self.inside } else { &mut self.outside };
        counts.0 += 1;
        match came {
            Came::Found => counts.1 += 1,
            // A changed byte of a column that reads as before would be a lie of somebody's.
            Came::Whole if inside => self.broken.push(format!("{}：记录中的改动没有影响", name())),
            Came::Whole => {}
            Came::Missed(why) => self.broken.push(format!("{}：{why}", name())),
        }
    }

    fn add(&mut self, other: Count) {
        for (own, other) in [(&mut self.inside, other.inside), (&mut self.outside, other.outside)] {
            own.0 += other.0;
            own.1 += other.1;
        }
        self.broken.extend(other.broken);
    }
}

/// Runs the layer.
///
/// # Errors
/// The machine's.
pub(super) fn run(root: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let mut report = Report::default();
    let ward = Ward::found(root)?;
    let (step, more, entries, bits) = match order.size {
        Size::Small => (67, 300, 1_500, 1_500),
        Size::Full => (1, 3_000, 30_000, 100_000),
        Size::Release => (1, 100_000, 30_000, 2_000_000),
    };
    let small = Small::of(&ward.yard)?;
    (order.told)("日志文件逐字节改动");
    let began = Instant::now();
    let flips = wounds::flips(small.file.len(), step, order.seed);
    let count = small.all(&flips)?;
    say(
        &mut report,
        &format!("小文件 {} 字节，其中记录 {} 字节", small.file.len(), small.map.bytes()),
        &count,
        began,
    );
    (order.told)("日志文件的页和长度");
    let began = Instant::now();
    let pages = wounds::pages(small.file.len(), more, order.seed);
    let count = small.all(&pages)?;
    report.hold(count.inside.0 + count.outside.0 > 100, || "几乎没有改动".to_owned());
    say(&mut report, "截断、清零、对调、覆盖", &count, began);
    (order.told)("制作大文件");
    large(root, entries, bits, order.seed, order.told, &mut report)?;
    Ok(report)
}

fn say(report: &mut Report, what: &str, count: &Count, began: Instant) {
    let all = count.inside.0 + count.outside.0;
    report.lines.push(format!(
        "{what}：改动 {all} 次，每秒 {:.0} 次；记录内 {} 次发现 {} 次，记录外 {} 次发现 {} 次，其余读出的记录一字不差",
        all as f64 / began.elapsed().as_secs_f64().max(0.001),
        count.inside.0,
        count.inside.1,
        count.outside.0,
        count.outside.1,
    ));
    report.broken.extend(count.broken.iter().take(20).cloned());
}

/// The small file, and what is known of it.
struct Small<'a> {
    ward: &'a Yard,
    file: Vec<u8>,
    map: Map,
    /// The keys as of each entry; the place of the first is 0 entries.
    books: Vec<KeyBook>,
}

impl<'a> Small<'a> {
    fn of(ward: &'a Yard) -> Result<Small<'a>, Fault> {
        let scene = ward.scene("rot")?;
        let file = std::fs::read(&scene.file).map_err(|error| Fault::of_io("读取日志副本", error))?;
        let map = Map::read(&file, Wounded::open(&scene.file)?.root()?)?;
        let mut books = vec![KeyBook::default()];
        for row in &ward.rows {
            let mut book = books.last().cloned().unwrap_or_default();
            book.take_row(row)?;
            books.push(book);
        }
        Ok(Small { ward, file, map, books })
    }

    /// Wounds copies of the file, on all processors.
    fn all(&self, wounds: &[Wound]) -> Result<Count, Fault> {
        let begin = || self.ward.scene(&format!("rot-{:?}", std::thread::current().id()));
        let work = |scene: &mut Scene, at: u64, own: &mut Count| {
            let Some(wound) = nth(wounds, at) else { return Ok(Enough(true)) };
            let write = |bytes: &[u8]| {
                std::fs::write(&scene.file, bytes).map_err(|error| Fault::of_io("损伤日志副本", error))
            };
            let wounded = wound.on(&self.file);
            if wounded == self.file {
                return Ok(Enough(false));
            }
            write(&wounded)?;
            let came = catch_unwind(AssertUnwindSafe(|| self.judge(scene)))
                .unwrap_or_else(|_| Ok(Came::Missed("程序崩溃".to_owned())))?;
            let inside = matches!(wound, Wound::Byte(at, _) if self.map.row_at(*at).is_some());
            own.take(inside, &came, || format!("{wound:?}"));
            write(&self.file)?;
            Ok(Enough(false))
        };
        pool::tally(wounds.len() as u64, begin, work, Count::add)
    }

    /// What a desk that has seen nothing makes of the file, and where it finds nothing, one that has seen everything.
    fn judge(&self, scene: &Scene) -> Result<Came, Fault> {
        let county = self.ward.county();
        let own = scene.share.with_file_name("own");
        let read = reach(&scene.share, &own, county).and_then(|mut log| log.after(0, usize::MAX));
        let rows = match read {
            Err(fault) => return Ok(of_fault(&fault)),
            Ok(rows) if rows == self.ward.rows => return Ok(Came::Whole),
            Ok(rows) => rows,
        };
        let same = rows.iter().zip(&self.ward.rows).take_while(|(one, other)| one == other).count();
        let head = same.checked_sub(1).and_then(|at| rows.get(at)).map_or(Head::genesis(county), Head::of);
        if let (Some(row), Some(book)) = (rows.get(same), self.books.get(same)) {
            // What comes before it is known to be sound: this is what verifying from the first entry comes to.
            if chain::check(row, &head, county, book).is_err() {
                return Ok(Came::Found);
            }
        }
        let mut source = |after: u64, limit: usize| {
            Ok(rows.iter().skip_while(|row| row.n <= after).take(limit).cloned().collect())
        };
        match verify(county, &mut source, &mut |_| ()) {
            Err(fault) => return Ok(of_fault(&fault)),
            Ok(found) if found.broken.is_some() => return Ok(Came::Found),
            Ok(_) if same < rows.len() => return Ok(Came::Missed("另一条记录被当作真的".to_owned())),
            Ok(_) => {}
        }
        // The last entries are gone and everything before them is sound: only who has seen them can tell.
        match self.ward.desk(scene, self.ward.last())?.pull() {
            Err(fault) => Ok(of_fault(&fault)),
            Ok(_) => Ok(Came::Missed("末尾的记录不见了，没有发现".to_owned())),
        }
    }
}

fn of_fault(fault: &Fault) -> Came {
    if fault.kind == FaultKind::Bug {
        Came::Missed(format!("说成程序出错：{}", fault.what))
    } else {
        Came::Found
    }
}

/// Random bits of a large file. Around each only the rows of its page are read, because the others are elsewhere.
fn large(
    root: &Path,
    entries: u64,
    bits: u64,
    seed: u64,
    told: &mut dyn FnMut(&str),
    report: &mut Report,
) -> Result<(), Fault> {
    let began = Instant::now();
    let (big, rows) = big::log(entries)?;
    let rate = entries as f64 / began.elapsed().as_secs_f64().max(0.001);
    let mut book = KeyBook::default();
    for row in rows.iter().take(100) {
        book.take_row(row)?;
    }
    let share = root.join("large");
    big::on_share(&big, &rows, &share)?;
    let path = live_file(&share)?;
    let file = std::fs::read(&path).map_err(|error| Fault::of_io("读取日志副本", error))?;
    let map = Map::read(&file, Wounded::open(&path)?.root()?)?;
    report.lines.push(format!(
        "大文件 {entries} 条，{:.1} MB，制作每秒 {rate:.0} 条",
        file.len() as f64 / 1_048_576.0
    ));
    let large = Large { county: big.county(), rows, book, file, map };
    told("大文件的随机位");
    let began = Instant::now();
    let flips = wounds::bits(large.file.len(), bits, seed);
    let begin = || {
        let own = root.join(format!("large-{:?}", std::thread::current().id()));
        let copy = own.join("share");
        super::tamper::copy(&share, &copy).map_err(|error| Fault::of_io("复制共享文件夹", error))?;
        let knife = wounds::Knife::open(&live_file(&copy)?)?;
        Ok((own, copy, knife))
    };
    let work = |(own, copy, knife): &mut (PathBuf, PathBuf, wounds::Knife), at: u64, count: &mut Count| {
        let Some((at, bit)) = nth(&flips, at) else { return Ok(Enough(true)) };
        knife.flip(*at, *bit)?;
        let came = catch_unwind(AssertUnwindSafe(|| large.judge(copy, own, *at)))
            .unwrap_or_else(|_| Ok(Came::Missed("程序崩溃".to_owned())))?;
        count.take(large.map.row_at(*at).is_some(), &came, || format!("第 {at} 字节第 {bit} 位"));
        knife.flip(*at, *bit)?;
        Ok(Enough(false))
    };
    let count = pool::tally(flips.len() as u64, begin, work, Count::add)?;
    report.hold(count.inside.0 > 0, || "没有改到任何记录".to_owned());
    say(report, "大文件", &count, began);
    Ok(())
}

fn nth<T>(all: &[T], at: u64) -> Option<&T> {
    usize::try_from(at).ok().and_then(|at| all.get(at))
}

/// A large file, and what is known of it.
struct Large {
    county: CountyId,
    rows: Vec<Row>,
    book: KeyBook,
    file: Vec<u8>,
    map: Map,
}

impl Large {
    fn judge(&self, share: &Path, own: &Path, at: usize) -> Result<Came, Fault> {
        let last = self.rows.len() as u64;
        // Pages of no row, and those that lead to rows, may hide any of them.
        let (low, high) = self.map.rows_near(at).unwrap_or((1, last));
        let after = low.saturating_sub(2);
        let from = usize::try_from(after).unwrap_or(0);
        let to = usize::try_from((high + 1).min(last)).unwrap_or(0);
        let expected = self.rows.get(from..to).unwrap_or_default();
        let read = reach(share, own, self.county)
            .and_then(|mut log| Ok((log.after(after, expected.len())?, log.head()?)));
        let (rows, head) = match read {
            Err(fault) => return Ok(of_fault(&fault)),
            Ok(read) => read,
        };
        if rows == expected {
            let known = self.rows.last().map(Head::of);
            // The last of all is remembered by every desk that saw it.
            return Ok(if Some(head) == known { Came::Whole } else { Came::Found });
        }
        let same = rows.iter().zip(expected).take_while(|(one, other)| one == other).count();
        let before = (from + same).checked_sub(1).and_then(|at| self.rows.get(at));
        let before = before.map_or(Head::genesis(self.county), Head::of);
        match rows.get(same) {
            Some(row) if chain::check(row, &before, self.county, &self.book).is_err() => Ok(Came::Found),
            Some(_) => Ok(Came::Missed("另一条记录被当作真的".to_owned())),
            None if Some(head) != self.rows.last().map(Head::of) => Ok(Came::Found),
            None => Ok(Came::Missed("记录不见了，没有发现".to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_of_every_row_is_on_the_map() {
        let folder = tempfile::tempdir().unwrap();
        let ward = Ward::found(folder.path()).unwrap();
        let small = Small::of(&ward.yard).unwrap();
        let columns = |row: &Row| {
            row.body.len() + row.private.as_ref().map_or(0, Vec::len) + row.cid.0.len() + 32 + row.sig.len()
        };
        assert_eq!(small.map.bytes(), ward.yard.rows.iter().map(columns).sum::<usize>());
        for row in &ward.yard.rows {
            let at = small.file.windows(64).position(|bytes| bytes == row.sig.as_slice());
            // A signature over the edge of a page stands in two places.
            assert!(at.is_none_or(|at| small.map.row_at(at) == Some(row.n)));
        }
    }

    #[test]
    fn a_desk_that_does_not_look_is_found_out() {
        let folder = tempfile::tempdir().unwrap();
        let ward = Ward::found(folder.path()).unwrap();
        let small = Small::of(&ward.yard).unwrap();
        let mut count = Count::default();
        count.take(true, &Came::Whole, String::new);
        count.take(false, &Came::Whole, String::new);
        count.take(false, &Came::Missed(String::new()), String::new);
        assert_eq!(count.broken.len(), 2);
        // The last entry taken away with everything in order: a new desk cannot know, an old one must.
        let scene = ward.yard.scene("cut").unwrap();
        Wounded::open(&scene.file).unwrap().cut(ward.yard.last() - 1).unwrap();
        assert_eq!(small.judge(&scene).unwrap(), Came::Found);
    }

    #[test]
    fn some_of_every_kind_are_found() {
        let folder = tempfile::tempdir().unwrap();
        let ward = Ward::found(folder.path()).unwrap();
        let small = Small::of(&ward.yard).unwrap();
        let mut wounds = wounds::flips(small.file.len(), 2_003, 5);
        wounds.extend(wounds::pages(small.file.len(), 10, 5).into_iter().step_by(9));
        let count = small.all(&wounds).unwrap();
        assert_eq!(count.broken, Vec::<String>::new());
        assert!(count.inside.0 > 20 && count.inside.1 == count.inside.0, "{count:?}");
    }
}
