//! Ends that could not be made or filled because the drive failed, and a share that was put back under an open desk.

use std::io;
use std::sync::atomic::AtomicBool;

use super::*;

/// A drive on which writing into ends fails until it is told otherwise.
struct EndsFail(Arc<AtomicBool>);

impl drive::Drive for EndsFail {
    fn create(&self, path: &Path) -> io::Result<()> {
        RealDrive.create(path)
    }

    fn fill(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        if self.0.load(Ordering::SeqCst) && path.extension().is_some_and(|end| end == "end") {
            return Err(io::ErrorKind::NotConnected.into());
        }
        RealDrive.fill(path, bytes)
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        RealDrive.replace(path, bytes)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        RealDrive.read(path)
    }

    fn read_start(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        RealDrive.read_start(path, most)
    }

    fn read_pieces(&self, path: &Path, len: usize, places: &[u64]) -> io::Result<Vec<Vec<u8>>> {
        RealDrive.read_pieces(path, len, places)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        RealDrive.list(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        RealDrive.remove(path)
    }

    fn meta(&self, path: &Path) -> io::Result<drive::Meta> {
        RealDrive.meta(path)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        RealDrive.make_folder(folder)
    }
}

#[test]
fn an_end_that_could_not_be_filled_is_filled_later_and_no_new_file_is_needed() {
    let office = Office::new();
    let fails = Arc::new(AtomicBool::new(true));
    let setting = Setting { drive: Arc::new(EndsFail(fails.clone())), ..office.setting(1, None) };
    let mut a = Share::open(setting).unwrap();
    assert!(matches!(offer(&mut a, &genesis(), Cid([1; 16])), Written::Unknown(_)));
    assert!(!matches!(offer(&mut a, &genesis(), Cid([1; 16])), Written::Done(_)));
    fails.store(false, Ordering::SeqCst);
    let Written::Done(again) = offer(&mut a, &genesis(), Cid([1; 16])) else { panic!() };
    assert!(again.is_empty(), "the row stands already");
    assert_eq!(office.current_file(), 1);
    assert_eq!(whole(&mut office.desk(2)).len(), 1);
}

/// A drive that goes away the moment a turn was begun, and stays away until it is told otherwise.
struct GoesWhenBegun(Arc<AtomicBool>);

impl GoesWhenBegun {
    fn there(&self) -> io::Result<RealDrive> {
        if self.0.load(Ordering::SeqCst) { Err(io::ErrorKind::NotConnected.into()) } else { Ok(RealDrive) }
    }
}

impl drive::Drive for GoesWhenBegun {
    fn create(&self, path: &Path) -> io::Result<()> {
        self.there()?.create(path)?;
        let begun = path.parent().is_some_and(|folder| folder.ends_with("turns"));
        self.0.store(begun, Ordering::SeqCst);
        Ok(())
    }

    fn fill(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.there()?.fill(path, bytes)
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        RealDrive.replace(path, bytes)
    }

    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.there()?.read(path)
    }

    fn read_start(&self, path: &Path, most: usize) -> io::Result<Vec<u8>> {
        self.there()?.read_start(path, most)
    }

    fn read_pieces(&self, path: &Path, len: usize, places: &[u64]) -> io::Result<Vec<Vec<u8>>> {
        self.there()?.read_pieces(path, len, places)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.there()?.list(folder)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.there()?.remove(path)
    }

    fn meta(&self, path: &Path) -> io::Result<drive::Meta> {
        self.there()?.meta(path)
    }

    fn make_folder(&self, folder: &Path) -> io::Result<()> {
        self.there()?.make_folder(folder)
    }
}

#[test]
fn a_turn_that_could_only_be_begun_is_ended_once_the_drive_is_back() {
    let office = Office::new();
    let away = Arc::new(AtomicBool::new(false));
    let setting = Setting { drive: Arc::new(GoesWhenBegun(away.clone())), ..office.setting(1, None) };
    let mut a = Share::open(setting).unwrap();
    assert!(matches!(offer(&mut a, &genesis(), Cid([1; 16])), Written::NotDone(_)));
    a.set.drive = Arc::new(RealDrive);
    let before = office.clock.load(Ordering::SeqCst);
    let Written::Done(rows) = offer(&mut a, &genesis(), Cid([1; 16])) else { panic!("it waits for itself") };
    assert_eq!((rows.len(), office.current_file()), (1, 1));
    assert!(office.clock.load(Ordering::SeqCst) - before < STANDSTILL.as_millis() as u64);
}

/// What stands in a folder, and puts it there again.
struct Copy(Vec<(PathBuf, Vec<u8>)>);

impl Copy {
    fn of(share: &Path) -> Copy {
        let mut files = Vec::new();
        for folder in [share.to_owned(), share.join("turns")] {
            for name in RealDrive.list(&folder).unwrap() {
                let path = folder.join(name);
                if let Ok(bytes) = fs::read(&path) {
                    files.push((path, bytes));
                }
            }
        }
        Copy(files)
    }

    fn put_back(&self, share: &Path) {
        fs::remove_dir_all(share).unwrap();
        fs::create_dir_all(share.join("turns")).unwrap();
        fs::create_dir_all(share.join("desks")).unwrap();
        for (path, bytes) in &self.0 {
            fs::write(path, bytes).unwrap();
        }
    }
}

#[test]
fn an_end_that_a_share_put_back_does_not_have_holds_up_nobody() {
    let office = Office::new();
    let fails = Arc::new(AtomicBool::new(false));
    let setting = Setting { drive: Arc::new(EndsFail(fails.clone())), ..office.setting(1, None) };
    let mut a = Share::open(setting).unwrap();
    let Written::Done(first) = offer(&mut a, &genesis(), Cid([1; 16])) else { panic!() };
    let copy = Copy::of(&office.share());
    fails.store(true, Ordering::SeqCst);
    assert!(matches!(offer(&mut a, &Head::of(&first[0]), Cid([2; 16])), Written::Unknown(_)));
    assert!(a.owes_an_end());
    copy.put_back(&office.share());
    fails.store(false, Ordering::SeqCst);
    let Written::Done(again) = offer(&mut a, &Head::of(&first[0]), Cid([2; 16])) else { panic!("stuck") };
    assert_eq!(again.len(), 1, "what was lost with the share is written again");
    assert!(!a.owes_an_end());
}

#[test]
fn an_end_stays_owed_while_the_share_is_not_there() {
    let office = Office::new();
    let fails = Arc::new(AtomicBool::new(true));
    let setting = Setting { drive: Arc::new(EndsFail(fails.clone())), ..office.setting(1, None) };
    let mut a = Share::open(setting).unwrap();
    assert!(matches!(offer(&mut a, &genesis(), Cid([1; 16])), Written::Unknown(_)));
    fails.store(false, Ordering::SeqCst);
    let aside = office.dir.path().join("unmounted");
    fs::rename(office.share(), &aside).unwrap();
    assert!(!matches!(offer(&mut a, &genesis(), Cid([1; 16])), Written::Done(_)));
    assert!(a.owes_an_end(), "a drive that is away finds no name either");
    fs::rename(&aside, office.share()).unwrap();
    let Written::Done(again) = offer(&mut a, &genesis(), Cid([1; 16])) else { panic!() };
    assert_eq!((again.len(), office.current_file()), (0, 1));
}

#[test]
fn a_file_that_came_again_under_its_number_is_judged_by_its_own_birth() {
    let office = Office { segment: 1, ..Office::new() };
    let empty = Copy::of(&office.share());
    let (mut a, mut b) = (office.desk(1), office.desk(2));
    let Written::Done(first) = offer(&mut a, &genesis(), Cid([1; 16])) else { panic!() };
    let Written::Done(_) = offer(&mut a, &Head::of(&first[0]), Cid([2; 16])) else { panic!() };
    office.pass(60);
    assert_eq!((whole(&mut b).len(), office.current_file()), (2, 2));
    empty.put_back(&office.share());
    let Written::Done(other) = offer(&mut office.desk(3), &genesis(), Cid([3; 16])) else { panic!() };
    let mut dying = office.dying(3, Step::Begin);
    assert!(!matches!(offer(&mut dying, &Head::of(&other[0]), Cid([4; 16])), Written::Done(_)));
    assert_eq!(office.current_file(), 2, "the file after it is there, with nothing in it yet");
    office.pass(60);
    assert_eq!(b.head().unwrap(), Head::of(&other[0]));
}
