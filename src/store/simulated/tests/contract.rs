//! The contract of a VFS: random sequences of every call, on the system's own VFS and on ours, with equal answers. It speaks
//! to both as SQLite does.

#![allow(unsafe_code, reason = "it calls a file system through the functions that SQLite calls")]

use std::ffi::{CStr, CString, c_int, c_void};
use std::mem::MaybeUninit;
use std::path::Path;
use std::ptr;

use rusqlite::ffi;

use super::super::Disk;
use crate::base::seeded::Rng;

/// A VFS under test.
struct Vfs(*mut ffi::sqlite3_vfs);

/// A file opened through it.
struct Opened {
    memory: Box<[MaybeUninit<u64>]>,
}

impl Vfs {
    fn find(name: &CStr) -> Vfs {
        // SAFETY: a lookup by a C string.
        let found = unsafe { ffi::sqlite3_vfs_find(name.as_ptr()) };
        assert!(!found.is_null());
        Vfs(found)
    }

    fn open(&self, path: &CStr, flags: c_int) -> Result<Opened, c_int> {
        // SAFETY: the memory is as large as the VFS asks for, and aligned for pointers.
        unsafe {
            let words = usize::try_from((*self.0).szOsFile).unwrap().div_ceil(8);
            let mut opened = Opened { memory: vec![MaybeUninit::zeroed(); words].into_boxed_slice() };
            let mut out = 0;
            match (*self.0).xOpen.unwrap()(self.0, path.as_ptr(), opened.file(), flags, &mut out) {
                ffi::SQLITE_OK => Ok(opened),
                code => {
                    opened.memory = Box::default();
                    Err(code)
                }
            }
        }
    }

    fn delete(&self, path: &CStr) -> c_int {
        // SAFETY: a path as a C string.
        unsafe { (*self.0).xDelete.unwrap()(self.0, path.as_ptr(), 1) }
    }

    fn access(&self, path: &CStr, flags: c_int) -> (c_int, c_int) {
        let mut there = -1;
        // SAFETY: a path as a C string and a place for the answer.
        let code = unsafe { (*self.0).xAccess.unwrap()(self.0, path.as_ptr(), flags, &mut there) };
        (code, there)
    }

    fn full_path(&self, path: &CStr) -> CString {
        let mut room = vec![0u8; 1_000];
        // SAFETY: room of the size said.
        let code = unsafe {
            (*self.0).xFullPathname.unwrap()(self.0, path.as_ptr(), 1_000, room.as_mut_ptr().cast())
        };
        // A link on the way is told by a code of its own, which is no error.
        assert!(code == ffi::SQLITE_OK || code == ffi::SQLITE_OK | (2 << 8), "{code}");
        CStr::from_bytes_until_nul(&room).unwrap().to_owned()
    }
}

impl Opened {
    fn file(&mut self) -> *mut ffi::sqlite3_file {
        self.memory.as_mut_ptr().cast()
    }

    fn methods(&mut self) -> &'static ffi::sqlite3_io_methods {
        // SAFETY: an open file has methods, which live as long as the process.
        unsafe { &*(*self.file()).pMethods }
    }

    fn read(&mut self, at: i64, bytes: usize) -> (c_int, Vec<u8>) {
        let mut to = vec![0xee; bytes];
        let len = c_int::try_from(bytes).unwrap();
        // SAFETY: an open file, and a buffer of the size said.
        let code = unsafe { self.methods().xRead.unwrap()(self.file(), to.as_mut_ptr().cast(), len, at) };
        (code, to)
    }

    fn write(&mut self, at: i64, bytes: &[u8]) -> c_int {
        let len = c_int::try_from(bytes.len()).unwrap();
        // SAFETY: as above.
        unsafe { self.methods().xWrite.unwrap()(self.file(), bytes.as_ptr().cast::<c_void>(), len, at) }
    }

    fn truncate(&mut self, len: i64) -> c_int {
        // SAFETY: an open file.
        unsafe { self.methods().xTruncate.unwrap()(self.file(), len) }
    }

    fn sync(&mut self) -> c_int {
        // SAFETY: an open file.
        unsafe { self.methods().xSync.unwrap()(self.file(), ffi::SQLITE_SYNC_NORMAL) }
    }

    fn size(&mut self) -> (c_int, i64) {
        let mut size = -1;
        // SAFETY: an open file and a place for the answer.
        let code = unsafe { self.methods().xFileSize.unwrap()(self.file(), &mut size) };
        (code, size)
    }

    fn lock(&mut self, level: c_int) -> c_int {
        // SAFETY: an open file.
        unsafe { self.methods().xLock.unwrap()(self.file(), level) }
    }

    fn unlock(&mut self, level: c_int) -> c_int {
        // SAFETY: an open file.
        unsafe { self.methods().xUnlock.unwrap()(self.file(), level) }
    }

    fn reserved(&mut self) -> (c_int, c_int) {
        let mut is = -1;
        // SAFETY: an open file and a place for the answer.
        let code = unsafe { self.methods().xCheckReservedLock.unwrap()(self.file(), &mut is) };
        (code, is)
    }

    fn close(mut self) -> c_int {
        // SAFETY: an open file, closed once.
        unsafe { self.methods().xClose.unwrap()(self.file()) }
    }
}

const DATABASE: c_int = ffi::SQLITE_OPEN_READWRITE | ffi::SQLITE_OPEN_CREATE | ffi::SQLITE_OPEN_MAIN_DB;

/// The same names in a real folder and in a simulated one.
struct Both {
    real: Vfs,
    ours: Vfs,
    _folder: tempfile::TempDir,
    _disk: Disk,
    roots: [std::path::PathBuf; 2],
}

impl Both {
    fn new() -> Both {
        let disk = Disk::new(0);
        let folder = tempfile::tempdir().unwrap();
        use crate::store::share::drive::Drive as _;
        disk.drive(0).make_folder(&disk.share()).unwrap();
        let roots = [folder.path().canonicalize().unwrap(), disk.share()];
        Both {
            real: Vfs::find(c"unix"),
            ours: Vfs::find(c"jiuji-simulated"),
            _folder: folder,
            _disk: disk,
            roots,
        }
    }

    fn paths(&self, name: &str) -> [CString; 2] {
        let path = |root: &Path| CString::new(root.join(name).to_str().unwrap()).unwrap();
        [path(&self.roots[0]), path(&self.roots[1])]
    }
}

#[test]
#[cfg(unix)]
fn every_call_answers_as_the_systems_own_does() {
    let mut rng = Rng::new(7);
    for round in 0..40 {
        let both = Both::new();
        let mut open: Vec<Option<(Opened, Opened)>> = (0..3).map(|_| None).collect();
        let names = ["a.db", "a.db-journal", "b"];
        for step in 0..400 {
            let at = usize::try_from(rng.below(3)).unwrap();
            let [real_path, our_path] = both.paths(names[at]);
            let place = i64::try_from(rng.below(9_000)).unwrap();
            let len = usize::try_from(rng.below(5_000)).unwrap();
            let context = format!("round {round}, step {step}, {}", names[at]);
            let Some((real, ours)) = &mut open[at] else {
                match rng.below(4) {
                    0 => {
                        let flags = [ffi::SQLITE_ACCESS_EXISTS, ffi::SQLITE_ACCESS_READWRITE];
                        for flags in flags {
                            assert_eq!(
                                both.real.access(&real_path, flags),
                                both.ours.access(&our_path, flags),
                                "{context}"
                            );
                        }
                    }
                    1 => assert_eq!(both.real.delete(&real_path), both.ours.delete(&our_path), "{context}"),
                    make => {
                        let flags = if make == 2 { DATABASE } else { DATABASE & !ffi::SQLITE_OPEN_CREATE };
                        match (both.real.open(&real_path, flags), both.ours.open(&our_path, flags)) {
                            (Ok(real), Ok(ours)) => open[at] = Some((real, ours)),
                            (Err(real), Err(ours)) => assert_eq!(real, ours, "{context}"),
                            (real, ours) => panic!("{context}: {} {}", real.is_ok(), ours.is_ok()),
                        }
                    }
                }
                continue;
            };
            match rng.below(9) {
                0..=2 => {
                    let bytes: Vec<u8> = (0..len.max(1)).map(|i| (i as u8) ^ (step as u8)).collect();
                    assert_eq!(real.write(place, &bytes), ours.write(place, &bytes), "{context}");
                }
                3 | 4 => assert_eq!(real.read(place, len.max(1)), ours.read(place, len.max(1)), "{context}"),
                5 => assert_eq!(real.truncate(place), ours.truncate(place), "{context}"),
                6 => assert_eq!(real.sync(), ours.sync(), "{context}"),
                7 => assert_eq!(real.size(), ours.size(), "{context}"),
                _ => {
                    let (real, ours) = open[at].take().unwrap();
                    assert_eq!(real.close(), ours.close(), "{context}");
                }
            }
        }
        for pair in open.into_iter().flatten() {
            assert_eq!(pair.0.close(), pair.1.close());
        }
    }
}

#[test]
#[cfg(unix)]
fn locks_exclude_as_the_systems_own_do() {
    let mut rng = Rng::new(11);
    for round in 0..60 {
        let both = Both::new();
        let [real_path, our_path] = both.paths("a.db");
        let mut open: Vec<(Opened, Opened, c_int)> = (0..3)
            .map(|_| {
                (
                    both.real.open(&real_path, DATABASE).unwrap(),
                    both.ours.open(&our_path, DATABASE).unwrap(),
                    0,
                )
            })
            .collect();
        for step in 0..200 {
            let at = usize::try_from(rng.below(3)).unwrap();
            let (real, ours, level) = &mut open[at];
            let context = format!("round {round}, step {step}, file {at} at {level}");
            // The transitions that SQLite makes: up one by one, but from shared to exclusive for a hot journal.
            let wanted = match (*level, rng.below(3)) {
                (0, _) => 1,
                (1, 0) => 2,
                (1, 1) | (2 | 3, 0 | 1) => 4,
                (_, _) => {
                    let down = if *level > 1 && rng.below(2) == 0 { 1 } else { 0 };
                    assert_eq!(real.unlock(down), ours.unlock(down), "{context}");
                    *level = down;
                    assert_eq!(real.reserved(), ours.reserved(), "{context}");
                    continue;
                }
            };
            let (one, other) = (real.lock(wanted), ours.lock(wanted));
            assert_eq!(one, other, "{context} to {wanted}");
            if one == ffi::SQLITE_OK {
                *level = wanted;
            } else if wanted == 4 && *level == 2 {
                *level = 3;
            }
            assert_eq!(real.reserved(), ours.reserved(), "{context} to {wanted}");
        }
        for (real, ours, _) in open {
            assert_eq!((real.close(), ours.close()), (0, 0));
        }
    }
}

#[test]
fn a_name_is_its_own_full_path_and_others_go_to_the_system() {
    let both = Both::new();
    let [real_path, our_path] = both.paths("a.db");
    assert_eq!(both.ours.full_path(&our_path), our_path);
    assert_eq!(both.ours.full_path(&real_path), both.real.full_path(&real_path));
    let real = both.ours.open(&real_path, DATABASE).unwrap();
    assert!(both.roots[0].join("a.db").exists(), "a real path is opened on the real disk");
    assert_eq!(real.close(), ffi::SQLITE_OK);
    // SAFETY: a lookup of the default.
    assert_eq!(unsafe { ffi::sqlite3_vfs_find(ptr::null()) }, both.ours.0, "it is the default");
}
