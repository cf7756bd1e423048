//! The backup on a folder in memory that fails where it is told to: at every step, for good or once, and as a power cut.

use super::rows::gaps;
use super::*;
use crate::base::day::{Day, Stamp};
use crate::ledger::{CountyId, DeskId, Head, Row, chain};
use crate::store::entries::Entries;
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::tests::{COUNTY, chain_of};
use std::collections::BTreeMap;
use std::io;
use std::path::Path;

/// How a step fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum How {
    /// Once; the rest goes on.
    Once,
    /// The stick was pulled: nothing answers any more.
    Pulled,
    /// The power went: as pulled, and what was not brought to the disk is cut to half.
    Power,
}

/// A folder in memory.
#[derive(Clone, Default)]
struct Memory {
    files: BTreeMap<String, Vec<u8>>,
    synced: BTreeMap<String, usize>,
    steps: usize,
    fail: Option<(usize, How)>,
    pulled: bool,
}

impl Memory {
    fn step(&mut self) -> io::Result<()> {
        self.steps += 1;
        if self.pulled {
            return Err(io::Error::from(io::ErrorKind::NotFound));
        }
        match self.fail {
            Some((at, How::Once)) if at == self.steps => Err(io::Error::from(io::ErrorKind::StorageFull)),
            Some((at, How::Pulled | How::Power)) if at == self.steps => {
                self.pulled = true;
                Err(io::Error::other("gone"))
            }
            _ => Ok(()),
        }
    }

    /// What is found when the stick is plugged in again.
    fn again(&self) -> Memory {
        let mut files = self.files.clone();
        if matches!(self.fail, Some((_, How::Power))) {
            for (name, bytes) in &mut files {
                let kept = self.synced.get(name).copied().unwrap_or(0);
                bytes.truncate(kept.max(bytes.len() / 2));
            }
        }
        Memory {
            synced: files.iter().map(|(n, b)| (n.clone(), b.len())).collect(),
            files,
            ..Memory::default()
        }
    }

    fn segments(&self) -> BTreeMap<String, Vec<u8>> {
        let ours = |name: &String| SegmentName::parse(name).is_some();
        self.files
            .iter()
            .filter(|(n, b)| ours(n) && !b.is_empty())
            .map(|(n, b)| (n.clone(), b.clone()))
            .collect()
    }
}

impl Target for Memory {
    fn list(&mut self) -> io::Result<Vec<(String, u64)>> {
        self.step()?;
        Ok(self.files.iter().map(|(name, bytes)| (name.clone(), bytes.len() as u64)).collect())
    }

    fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
        self.step()?;
        self.files.get(name).cloned().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))
    }

    fn create(&mut self, name: &str) -> io::Result<()> {
        self.step()?;
        if self.files.contains_key(name) {
            return Err(io::Error::from(io::ErrorKind::AlreadyExists));
        }
        self.files.insert(name.to_owned(), Vec::new());
        Ok(())
    }

    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let failed = self.step();
        // Half of it arrives before the error.
        let part = if failed.is_err() { &bytes[..bytes.len() / 2] } else { bytes };
        if !self.pulled || failed.is_err() {
            self.files.get_mut(name).unwrap().extend_from_slice(part);
        }
        failed
    }

    fn sync(&mut self, name: &str) -> io::Result<()> {
        self.step()?;
        self.synced.insert(name.to_owned(), self.files[name].len());
        Ok(())
    }

    fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
        self.step()?;
        let bytes = self.files.remove(from).unwrap();
        let kept = self.synced.remove(from).unwrap_or(0);
        let replaced = self.files.insert(to.to_owned(), bytes).unwrap_or_default();
        assert!(replaced.is_empty() || to.ends_with(".txt"), "{to} had bytes and was replaced");
        self.synced.insert(to.to_owned(), kept);
        Ok(())
    }

    fn remove(&mut self, name: &str) -> io::Result<()> {
        self.step()?;
        assert!(name.ends_with(".part"), "{name} was removed");
        self.files.remove(name);
        Ok(())
    }

    fn sync_folder(&mut self) -> io::Result<()> {
        self.step()
    }
}

/// This PC: its entries and a workshop.
struct Pc {
    dir: tempfile::TempDir,
    entries: Entries,
}

impl Pc {
    fn with(rows: &[Row]) -> Pc {
        let dir = tempfile::tempdir().unwrap();
        let mut entries = Entries::open(&dir.path().join("entries.db"), COUNTY).unwrap();
        entries.append(rows).unwrap();
        Pc { dir, entries }
    }

    fn workshop(&self) -> std::path::PathBuf {
        self.dir.path().join("workshop")
    }

    /// A copy with files of about three entries each.
    fn copy(&self, target: &mut dyn Target) -> Result<Copied, Fault> {
        let workshop = self.workshop();
        let size = self.entries.after(0, 1).unwrap().first().map_or(500, |row| row.body.len() + 40 + 128);
        let done = copy(
            target,
            &self.entries,
            Copying {
                county: COUNTY,
                desk: DeskId([0xde; 8]),
                now: Stamp::at(Day::new(2026, 11, 27).unwrap(), 9, 0),
                workshop: &workshop,
                segment: size * 3 - 20,
                sound: &mut |row, head| chain::check_shape(row, head, COUNTY).map(drop),
                told: &mut |_| {},
            },
        );
        assert_eq!(left(&workshop), 0, "nothing is left on this PC");
        done
    }

    fn read(&self, target: &Memory) -> Result<Rows, Fault> {
        let clean = Memory { fail: None, pulled: false, ..target.clone() };
        Rows::open(Box::new(clean), &self.workshop())
    }

    /// Every entry of a backup, as far as it can be read, and why it ends.
    fn all(&self, target: &Memory) -> (Vec<Row>, Option<Fault>) {
        let mut rows = match self.read(target) {
            Ok(rows) => rows,
            Err(fault) => return (Vec::new(), Some(fault)),
        };
        let mut out: Vec<Row> = Vec::new();
        loop {
            match rows.after(out.last().map_or(0, |row| row.n), 1) {
                Ok(page) if page.is_empty() => return (out, None),
                Ok(page) => out.extend(page),
                Err(fault) => return (out, Some(fault)),
            }
        }
    }
}

fn left(workshop: &Path) -> usize {
    std::fs::read_dir(workshop).map_or(0, Iterator::count)
}

#[test]
fn a_copy_holds_every_entry_and_the_next_only_adds() {
    let rows = chain_of(20);
    let mut target = Memory::default();
    target.files.insert("照片.jpg".into(), b"x".to_vec());
    let done = Pc::with(&rows[..10]).copy(&mut target).unwrap();
    assert_eq!((done.entries, done.files, done.head), (10, 4, Head::of(&rows[9])));
    let before = target.segments();
    let pc = Pc::with(&rows);
    assert_eq!(pc.all(&target).0, rows[..10]);
    let done = pc.copy(&mut target).unwrap();
    assert_eq!((done.entries, done.files), (10, 4));
    assert!(before.iter().all(|(name, bytes)| target.files.get(name) == Some(bytes)));
    let (read, why) = pc.all(&target);
    assert!(why.is_none() && read == rows, "{why:?}");
    let all = target.clone();
    let done = pc.copy(&mut target).unwrap();
    assert_eq!((done.entries, done.files, done.head.n), (0, 0, 20));
    assert_eq!(all.files, target.files, "nothing new, nothing written");
    assert_eq!(target.files["照片.jpg"], b"x");
    target.files.remove("jiuji-backup.txt");
    pc.copy(&mut target).unwrap();
    assert_eq!(all.files, target.files, "the list comes back the same");
    let list = String::from_utf8(target.files["jiuji-backup.txt"].clone()).unwrap();
    assert!(list.contains(&rows[19].hash.groups()) && list.contains("第 1 至 20 条"), "{list}");
}

#[test]
fn wherever_a_copy_is_cut_off_the_earlier_files_stand_and_the_next_goes_on() {
    let rows = chain_of(16);
    let mut first = Memory::default();
    Pc::with(&rows[..7]).copy(&mut first).unwrap();
    let before = first.segments();
    let pc = Pc::with(&rows);
    for how in [How::Once, How::Pulled, How::Power] {
        let mut k = 0;
        loop {
            k += 1;
            let mut target = first.again();
            target.fail = Some((k, how));
            let cut = pc.copy(&mut target);
            if target.steps < k {
                assert!(cut.is_ok() && k > 25, "{how:?} {k}: {cut:?}");
                break;
            }
            // A list that cannot be read is written anew, and a part that cannot be removed stays: no more than that.
            if let Err(fault) = &cut {
                assert!(fault.to_string().contains("备份"), "{fault}");
            }
            let mut target = target.again();
            let there = |target: &Memory| before.iter().all(|(n, bytes)| target.files.get(n) == Some(bytes));
            assert!(there(&target), "{how:?} {k}: an earlier file changed");
            let (read, _) = pc.all(&target);
            assert_eq!(read, rows[..read.len()], "{how:?} {k}");
            assert!(read.len() >= 7, "{how:?} {k}");
            let done = pc.copy(&mut target).unwrap();
            assert_eq!(done.damaged, vec![], "{how:?} {k}: nothing unfinished is taken for whole");
            let (read, why) = pc.all(&target);
            assert!(why.is_none() && read == rows, "{how:?} {k}: {why:?}");
            assert!(there(&target), "{how:?} {k}");
            assert!(!target.files.keys().any(|name| name.ends_with(".part")), "{how:?} {k}");
            let mut all = pc.read(&target).unwrap();
            let bad = all.inspect(&mut |n, limit| pc.entries.after(n, limit), &mut |_| {}).unwrap();
            assert!(bad.iter().all(|bad| bad.harmless), "{how:?} {k}: {bad:?}");
        }
    }
}

#[test]
fn a_stick_that_reads_back_something_else_is_not_believed() {
    struct Liar(Memory);
    impl Target for Liar {
        fn list(&mut self) -> io::Result<Vec<(String, u64)>> {
            self.0.list()
        }
        fn read(&mut self, name: &str) -> io::Result<Vec<u8>> {
            let mut bytes = self.0.read(name)?;
            let middle = bytes.len() / 2;
            bytes[middle] ^= 1;
            Ok(bytes)
        }
        fn create(&mut self, name: &str) -> io::Result<()> {
            self.0.create(name)
        }
        fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
            self.0.append(name, bytes)
        }
        fn sync(&mut self, name: &str) -> io::Result<()> {
            self.0.sync(name)
        }
        fn rename(&mut self, from: &str, to: &str) -> io::Result<()> {
            self.0.rename(from, to)
        }
        fn remove(&mut self, name: &str) -> io::Result<()> {
            self.0.remove(name)
        }
        fn sync_folder(&mut self) -> io::Result<()> {
            self.0.sync_folder()
        }
    }
    let mut target = Liar(Memory::default());
    let fault = Pc::with(&chain_of(4)).copy(&mut target).unwrap_err();
    assert!(fault.kind == FaultKind::Damaged && fault.what.contains("读回"), "{fault}");
    assert_eq!(target.0.files, BTreeMap::new(), "nothing stands there as if it were a backup");
}

#[test]
fn another_county_one_ahead_and_a_fork_are_told_apart_and_nothing_is_written() {
    let rows = chain_of(12);
    let refused = |pc: &Pc, target: &Memory| -> Fault {
        let mut target = target.clone();
        let before = target.files.clone();
        let fault = pc.copy(&mut target).unwrap_err();
        assert_eq!(before, target.files, "{fault}");
        assert!(fault.next.contains("没有写入"), "{fault}");
        fault
    };
    let mut full = Memory::default();
    Pc::with(&rows).copy(&mut full).unwrap();
    for n in [0, 1, 5, 11] {
        let ahead = refused(&Pc::with(&rows[..n]), &full);
        assert!(ahead.kind == FaultKind::Older && ahead.what.contains("第 12 条"), "{n}: {ahead}");
    }
    let forked_at = |n: usize, of: usize| {
        let mut forked = rows[..of].to_vec();
        forked[n].hash.0[0] ^= 1;
        forked
    };
    for (mine, what) in [(forked_at(11, 12), "第 12 条"), (forked_at(4, 5), "第 5 条")] {
        let fork = refused(&Pc::with(&mine), &full);
        assert!(fork.kind == FaultKind::Damaged && fork.what.contains("分了叉"), "{fork}");
        assert!(fork.what.contains(what), "{fork}");
    }
    let mut theirs = Memory::default();
    let (name, bytes) = full.segments().into_iter().next().unwrap();
    theirs.files.insert(name.replace("aaaaaaaa", "bbbbbbbb"), bytes);
    assert_eq!(refused(&Pc::with(&rows), &theirs).kind, FaultKind::NotOurs);
    // The same digits in the name, another county in the file.
    let like = CountyId([0xaa; 16].map(|b: u8| b)).0;
    let mut county = CountyId(like);
    county.0[15] = 1;
    let pc = Pc::with(&rows);
    let bytes = super::segment::build(&pc.workshop(), county, DeskId([1; 8]), 0, &rows[..2]).unwrap();
    let name = SegmentName::of(county, 1, 2, Day::new(2026, 1, 2).unwrap(), &bytes);
    let near = Memory { files: [(name.to_string(), bytes)].into(), ..Memory::default() };
    assert_eq!(refused(&pc, &near).kind, FaultKind::NotOurs);
    let mut mixed = full.clone();
    mixed.files.extend(theirs.files);
    assert_eq!(refused(&Pc::with(&rows), &mixed).kind, FaultKind::NotOurs);
}

#[test]
fn what_does_not_hold_on_this_pc_is_not_copied() {
    let mut rows = chain_of(6);
    rows[4].body = rows[4].body.replace("1001", "1002");
    let mut target = Memory::default();
    let fault = Pc::with(&rows).copy(&mut target).unwrap_err();
    assert!(fault.what.contains("第 5 条") && fault.what.contains("没有备份"), "{fault}");
    assert!(target.segments().keys().all(|name| SegmentName::parse(name).unwrap().last <= 3));
}

#[test]
fn every_changed_byte_is_named_with_file_and_entry() {
    let rows = chain_of(8);
    let pc = Pc::with(&rows);
    let mut target = Memory::default();
    pc.copy(&mut target).unwrap();
    let inspect = |target: &Memory| {
        let mut all = pc.read(target)?;
        all.inspect(&mut |n, limit| pc.entries.after(n, limit), &mut |_| {})
    };
    assert_eq!(inspect(&target).unwrap(), vec![]);
    for (name, bytes) in target.segments() {
        let parsed = SegmentName::parse(&name).unwrap();
        let (mut by_entry, mut tried) = (0, 0);
        // Here and there in every file, and each byte of one header.
        let header = if parsed.last == 8 { 0..100 } else { 0..0 };
        for at in (0..bytes.len()).step_by(257).chain(header) {
            let mut flipped = target.clone();
            flipped.files.get_mut(&name).unwrap()[at] ^= 0x10;
            let bad = inspect(&flipped).unwrap();
            assert_eq!(bad.len(), 1, "{name} {at}: {bad:?}");
            assert!(bad[0].file == name && parsed.holds(bad[0].n) && !bad[0].harmless, "{at}: {bad:?}");
            by_entry += usize::from(bad[0].why.contains(&format!("第 {} 条", bad[0].n)));
            tried += 1;
            // The file is known by its bytes, so the next copy does not build upon it.
            let mut flipped = flipped.again();
            if parsed.last == 8 {
                let done = pc.copy(&mut flipped).unwrap();
                assert_eq!(done.damaged.len(), 1, "{name} {at}");
                let (read, why) = pc.all(&flipped);
                assert!(why.is_none() && read == rows, "{name} {at}: {why:?}");
            }
        }
        assert!(by_entry > tried / 40, "{by_entry} of {tried} name the very entry");
    }
}

#[test]
fn missing_swapped_cut_and_empty_files_are_named_and_mended() {
    let rows = chain_of(12);
    let pc = Pc::with(&rows);
    let mut target = Memory::default();
    pc.copy(&mut target).unwrap();
    let names: Vec<String> = target.segments().into_keys().collect();
    let inspect = |target: &Memory| {
        let mut all = pc.read(target).unwrap();
        all.inspect(&mut |n, limit| pc.entries.after(n, limit), &mut |_| {}).unwrap()
    };

    let mut missing = target.clone();
    missing.files.remove(&names[1]);
    assert_eq!(pc.read(&missing).unwrap().missing(), vec![(4, 6)]);
    let (read, why) = pc.all(&missing);
    let why = why.unwrap().what;
    assert!(read.len() == 3 && why.contains("缺第 4 至 6 条") && why.contains(&names[0]), "{why}");
    assert_eq!(pc.copy(&mut missing).unwrap().entries, 3, "the gap is filled");
    assert_eq!(pc.all(&missing).0, rows);

    let mut swapped = target.clone();
    let (one, two) = (target.files[&names[0]].clone(), target.files[&names[1]].clone());
    swapped.files.insert(names[0].clone(), two);
    swapped.files.insert(names[1].clone(), one);
    let bad = inspect(&swapped);
    assert_eq!(
        bad.iter().map(|bad| (&bad.file, bad.n)).collect::<Vec<_>>(),
        [(&names[0], 1), (&names[1], 4)]
    );
    assert!(pc.all(&swapped).1.unwrap().what.contains(&names[0]));

    for cut in [0, 60, 4096, 5000] {
        let mut short = target.clone();
        short.files.get_mut(&names[2]).unwrap().truncate(cut);
        let bad = inspect(&short);
        assert!(bad.len() == 1 && bad[0].file == names[2] && (7..10).contains(&bad[0].n), "{bad:?}");
        assert!(!bad[0].harmless);
        let (read, why) = pc.all(&short);
        let why = why.unwrap().what;
        assert!((6..9).contains(&read.len()) && why.contains("第 "), "{cut}: {} {why}", read.len());
        short.files.remove(&names[2]);
        pc.copy(&mut short).unwrap();
        assert_eq!(pc.all(&short).0, rows, "moved away, it is written anew");
    }
}

#[test]
fn two_pcs_may_fill_one_folder_and_what_is_whole_is_read() {
    let rows = chain_of(9);
    let mut target = Memory::default();
    Pc::with(&rows[..5]).copy(&mut target).unwrap();
    let pc = Pc::with(&rows);
    let mut other = Memory::default();
    pc.copy(&mut other).unwrap();
    target.files.extend(other.segments());
    for name in other.segments().keys().take(1) {
        target.files.get_mut(name).unwrap()[3000] ^= 1;
    }
    let (read, why) = pc.all(&target);
    assert!(why.is_none() && read == rows, "{why:?}");
    let mut all = pc.read(&target).unwrap();
    assert_eq!(all.after(8, 10).unwrap(), rows[8..]);
    all.up_to(4);
    assert!(rows[2..4].starts_with(&all.after(2, 10).unwrap()));
    assert_eq!(all.after(3, 10).unwrap(), rows[3..4]);
    assert!(all.file_of(3).is_some() && all.after(4, 10).unwrap().is_empty());
}

#[test]
fn a_folder_without_a_backup_is_said() {
    let pc = Pc::with(&chain_of(2));
    let empty = pc.read(&Memory::default()).err().unwrap();
    assert!(empty.kind == FaultKind::NotOurs && empty.next.contains("jiuji backup"), "{empty}");
    let gone = Rows::open(Box::new(Folder::at(Path::new("/nowhere/at/all"))), &pc.workshop()).err().unwrap();
    assert_eq!(gone.kind, FaultKind::DriveAway);
    assert!(!holds_backup(Path::new("/nowhere/at/all")));
    assert_eq!(gaps(&[], 3), vec![(1, 3)]);
}

#[test]
fn a_real_folder_takes_the_same_steps() {
    let dir = tempfile::tempdir().unwrap();
    let rows = chain_of(7);
    let pc = Pc::with(&rows);
    pc.copy(&mut Folder::at(dir.path())).unwrap();
    assert!(holds_backup(dir.path()));
    let mut all = Rows::open(Box::new(Folder::at(dir.path())), &pc.workshop()).unwrap();
    assert_eq!((all.county(), all.end(), all.files().0), (COUNTY, 7, 3));
    assert_eq!(all.after(0, 3).unwrap(), rows[..3]);
    let first = std::fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap().file_name();
    let taken = Folder::at(dir.path()).create(first.to_str().unwrap()).unwrap_err();
    assert_eq!(taken.kind(), io::ErrorKind::AlreadyExists);
    keep_text(&mut Folder::at(dir.path()), "jiuji-drill-a.txt", "text").unwrap();
    assert_eq!(
        keep_text(&mut Folder::at(dir.path()), "jiuji-drill-a.txt", "b").unwrap_err().kind,
        FaultKind::Busy
    );
    let texts = read_texts(&mut Folder::at(dir.path()), "jiuji-drill-").unwrap();
    assert_eq!(texts, vec![("jiuji-drill-a.txt".to_owned(), "text".to_owned())]);
}
