//! The sealed file as SQLite sees it: a VFS over the default one. This file holds all unsafe code of the sealing and nothing
//! else: it turns pointers into slices and calls into [`super::file`], which is safe, and passes on what is no content.

#![allow(
    unsafe_code,
    reason = "SQLite takes a file system as C functions, and no crate seals pages under the engine that is built in"
)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::mem::size_of;
use std::ptr;
use std::slice;
use std::sync::OnceLock;

use rusqlite::ffi;

use super::file::{Code, Kind, Raw, Sealed};

/// Under which name SQLite knows it.
pub(super) const NAME: &CStr = c"jiuji-sealed";

/// What SQLite keeps of an open file, in memory that it gives.
#[repr(C)]
struct Held {
    base: ffi::sqlite3_file,
    file: *mut Sealed<Below>,
}

/// An open file of the VFS below, in memory as large as that asks for.
struct Below {
    memory: Vec<u64>,
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    // Version 2: shared memory for the write-ahead log's index, and no mapping of files, which nobody could seal.
    iVersion: 2,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved),
    xFileControl: Some(control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: None,
    xUnfetch: None,
};

/// Makes the VFS known, once in a process. If SQLite cannot be brought up nothing is changed, and opening fails.
pub(super) fn register() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        let below = below();
        if below.is_null() {
            return;
        }
        // SAFETY: not null, and a VFS that is registered is not changed but for its link to the next.
        let as_below = unsafe { *below };
        // What is not replaced here (randomness, time, loading, last error) does not look at the VFS it is called on.
        let ours = Box::leak(Box::new(ffi::sqlite3_vfs {
            szOsFile: size_of::<Held>() as c_int,
            pNext: ptr::null_mut(),
            zName: NAME.as_ptr(),
            xOpen: Some(open),
            xDelete: Some(delete),
            xAccess: Some(access),
            xFullPathname: Some(full_path),
            xSleep: Some(sleep),
            ..as_below
        }));
        // SAFETY: `ours` is leaked, so it lives as long as the process; from here on only SQLite writes to it. It does not
        // become the default.
        unsafe { ffi::sqlite3_vfs_register(ours, 0) };
    });
}

/// The default VFS, found each time: a simulated disk may have taken its place since.
fn below() -> *mut ffi::sqlite3_vfs {
    // SAFETY: both may be called at any time; the VFS found lives as long as the process.
    unsafe {
        ffi::sqlite3_initialize();
        ffi::sqlite3_vfs_find(ptr::null())
    }
}

impl Below {
    fn file(&mut self) -> *mut ffi::sqlite3_file {
        self.memory.as_mut_ptr().cast()
    }

    /// Its methods, none before it is open.
    fn methods(&mut self) -> Option<&'static ffi::sqlite3_io_methods> {
        // SAFETY: the memory is at least as large as a `sqlite3_file`, begins as zeroes, and whoever opened the file put
        // null or methods there that live as long as the process.
        unsafe { (*self.file()).pMethods.as_ref() }
    }
}

impl Drop for Below {
    fn drop(&mut self) {
        if let Some(close) = self.methods().and_then(|methods| methods.xClose) {
            // SAFETY: the file is open, and this is the last that is done with it.
            unsafe { close(self.file()) };
        }
    }
}

fn place(at: u64) -> Result<i64, Code> {
    i64::try_from(at).map_err(|_| ffi::SQLITE_IOERR)
}

fn count(len: usize) -> Result<c_int, Code> {
    c_int::try_from(len).map_err(|_| ffi::SQLITE_IOERR)
}

fn done(code: Code) -> Result<(), Code> {
    if code == ffi::SQLITE_OK { Ok(()) } else { Err(code) }
}

// SAFETY of the four: the file is open as long as `self` lives, buffers are as long as said.
impl Raw for Below {
    fn read(&mut self, to: &mut [u8], at: u64) -> Result<usize, Code> {
        let read = self.methods().and_then(|methods| methods.xRead).ok_or(ffi::SQLITE_IOERR_READ)?;
        let len = count(to.len())?;
        let code = unsafe { read(self.file(), to.as_mut_ptr().cast(), len, place(at)?) };
        if code != ffi::SQLITE_IOERR_SHORT_READ {
            return done(code).map(|()| to.len());
        }
        let there = self.size()?.saturating_sub(at);
        Ok(usize::try_from(there).unwrap_or(usize::MAX).min(to.len()))
    }

    fn write(&mut self, from: &[u8], at: u64) -> Result<(), Code> {
        let write = self.methods().and_then(|methods| methods.xWrite).ok_or(ffi::SQLITE_IOERR_WRITE)?;
        let len = count(from.len())?;
        done(unsafe { write(self.file(), from.as_ptr().cast(), len, place(at)?) })
    }

    fn truncate(&mut self, len: u64) -> Result<(), Code> {
        let cut = self.methods().and_then(|methods| methods.xTruncate).ok_or(ffi::SQLITE_IOERR_TRUNCATE)?;
        done(unsafe { cut(self.file(), place(len)?) })
    }

    fn size(&mut self) -> Result<u64, Code> {
        let ask = self.methods().and_then(|methods| methods.xFileSize).ok_or(ffi::SQLITE_IOERR_FSTAT)?;
        let mut size = 0_i64;
        done(unsafe { ask(self.file(), &raw mut size) })?;
        u64::try_from(size).map_err(|_| ffi::SQLITE_IOERR_FSTAT)
    }
}

/// The sealed file behind SQLite's.
///
/// # Safety
/// `file` was opened by [`open`] with our methods and is not yet closed.
unsafe fn held<'a>(file: *mut ffi::sqlite3_file) -> &'a mut Sealed<Below> {
    // SAFETY: promised by the caller; `file.file` came from a box and SQLite uses a file from one thread at a time.
    unsafe { &mut *(*file.cast::<Held>()).file }
}

/// Calls a method of the file below, or answers what stands for one that it has not.
macro_rules! pass {
    ($file:expr, $method:ident, $missing:expr $(, $argument:expr)*) => {
        unsafe {
            let below = held($file).raw();
            match below.methods().and_then(|methods| methods.$method) {
                Some(method) => method(below.file() $(, $argument)*),
                None => $missing,
            }
        }
    };
}

fn code(done: Result<(), Code>) -> c_int {
    done.err().unwrap_or(ffi::SQLITE_OK)
}

// SAFETY of all functions below: SQLite calls them with the arguments that its documentation of `sqlite3_vfs` and
// `sqlite3_io_methods` promises: names are C strings or null, buffers as long as said, out pointers valid, files opened by
// `open` and not yet closed; the name of a write-ahead log or a journal comes from SQLite itself, with its database behind.

unsafe extern "C" fn open(
    _vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    unsafe {
        (*file).pMethods = ptr::null();
        let real = below();
        let Some(open) = real.as_ref().and_then(|real| real.xOpen) else { return ffi::SQLITE_CANTOPEN };
        let size = usize::try_from((*real).szOsFile).unwrap_or(0).max(size_of::<ffi::sqlite3_file>());
        let mut below = Below { memory: vec![0; size.div_ceil(8)] };
        let opened = open(real, name, below.file(), flags, out);
        if opened != ffi::SQLITE_OK {
            return opened;
        }
        let sealed = if flags & ffi::SQLITE_OPEN_MAIN_DB != 0 {
            let writable = flags & ffi::SQLITE_OPEN_READWRITE != 0;
            let keys = super::told();
            Sealed::main(below, keys.as_deref().unwrap_or_default(), writable)
        } else if flags & (ffi::SQLITE_OPEN_WAL | ffi::SQLITE_OPEN_MAIN_JOURNAL) != 0 && !name.is_null() {
            let main = ffi::sqlite3_database_file_object(name);
            if main.is_null() || !ptr::eq((*main).pMethods, &raw const METHODS) {
                return ffi::SQLITE_CANTOPEN;
            }
            let kind = if flags & ffi::SQLITE_OPEN_WAL != 0 { Kind::Wal } else { Kind::Journal };
            Sealed::with(below, held(main).key(), kind)
        } else {
            Sealed::passing(below)
        };
        match sealed {
            Ok(sealed) => {
                let held = file.cast::<Held>();
                (*held).file = Box::into_raw(Box::new(sealed));
                (*held).base.pMethods = &raw const METHODS;
                ffi::SQLITE_OK
            }
            Err(code) => code,
        }
    }
}

unsafe extern "C" fn delete(_vfs: *mut ffi::sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    unsafe {
        let real = below();
        let delete = real.as_ref().and_then(|real| real.xDelete);
        delete.map_or(ffi::SQLITE_IOERR_DELETE, |delete| delete(real, name, sync_folder))
    }
}

unsafe extern "C" fn access(
    _vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    unsafe {
        let real = below();
        let access = real.as_ref().and_then(|real| real.xAccess);
        access.map_or(ffi::SQLITE_IOERR_ACCESS, |access| access(real, name, flags, out))
    }
}

unsafe extern "C" fn full_path(
    _vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    room: c_int,
    out: *mut c_char,
) -> c_int {
    unsafe {
        let real = below();
        let full = real.as_ref().and_then(|real| real.xFullPathname);
        full.map_or(ffi::SQLITE_CANTOPEN, |full| full(real, name, room, out))
    }
}

unsafe extern "C" fn sleep(_vfs: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    unsafe {
        let real = below();
        let sleep = real.as_ref().and_then(|real| real.xSleep);
        sleep.map_or(0, |sleep| sleep(real, microseconds))
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    unsafe {
        let held = file.cast::<Held>();
        (*held).base.pMethods = ptr::null();
        drop(Box::from_raw((*held).file));
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn read(file: *mut ffi::sqlite3_file, to: *mut c_void, bytes: c_int, at: i64) -> c_int {
    let (Ok(len), Ok(at)) = (usize::try_from(bytes), u64::try_from(at)) else {
        return ffi::SQLITE_IOERR_READ;
    };
    unsafe {
        // SQLite's buffer may never have been written to: a slice may only be made of what was.
        ptr::write_bytes(to.cast::<u8>(), 0, len);
        match held(file).read(slice::from_raw_parts_mut(to.cast::<u8>(), len), at) {
            Ok(true) => ffi::SQLITE_OK,
            Ok(false) => ffi::SQLITE_IOERR_SHORT_READ,
            Err(code) => code,
        }
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    bytes: c_int,
    at: i64,
) -> c_int {
    let (Ok(len), Ok(at)) = (usize::try_from(bytes), u64::try_from(at)) else {
        return ffi::SQLITE_IOERR_WRITE;
    };
    unsafe { code(held(file).write(slice::from_raw_parts(from.cast::<u8>(), len), at)) }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, len: i64) -> c_int {
    let Ok(len) = u64::try_from(len) else { return ffi::SQLITE_IOERR_TRUNCATE };
    unsafe { code(held(file).truncate(len)) }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, flags: c_int) -> c_int {
    pass!(file, xSync, ffi::SQLITE_IOERR_FSYNC, flags)
}

unsafe extern "C" fn size(file: *mut ffi::sqlite3_file, out: *mut i64) -> c_int {
    unsafe {
        match held(file).size().map(i64::try_from) {
            Ok(Ok(size)) => {
                *out = size;
                ffi::SQLITE_OK
            }
            Ok(Err(_)) => ffi::SQLITE_IOERR_FSTAT,
            Err(code) => code,
        }
    }
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    pass!(file, xLock, ffi::SQLITE_IOERR_LOCK, level)
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    pass!(file, xUnlock, ffi::SQLITE_IOERR_UNLOCK, level)
}

unsafe extern "C" fn check_reserved(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    pass!(file, xCheckReservedLock, ffi::SQLITE_IOERR_CHECKRESERVEDLOCK, out)
}

unsafe extern "C" fn control(file: *mut ffi::sqlite3_file, op: c_int, arg: *mut c_void) -> c_int {
    match op {
        ffi::SQLITE_FCNTL_MMAP_SIZE => {
            // Nothing is ever mapped, and the pragma that reads this back is told so.
            unsafe { *arg.cast::<i64>() = 0 };
            ffi::SQLITE_OK
        }
        // Lengths that are SQLite's, not the file's; and all-or-nothing writes, which parts of another length are not.
        ffi::SQLITE_FCNTL_SIZE_HINT | ffi::SQLITE_FCNTL_CHUNK_SIZE => ffi::SQLITE_OK,
        ffi::SQLITE_FCNTL_BEGIN_ATOMIC_WRITE
        | ffi::SQLITE_FCNTL_COMMIT_ATOMIC_WRITE
        | ffi::SQLITE_FCNTL_ROLLBACK_ATOMIC_WRITE => ffi::SQLITE_NOTFOUND,
        _ => pass!(file, xFileControl, ffi::SQLITE_NOTFOUND, op, arg),
    }
}

unsafe extern "C" fn sector_size(file: *mut ffi::sqlite3_file) -> c_int {
    pass!(file, xSectorSize, 4096)
}

unsafe extern "C" fn characteristics(file: *mut ffi::sqlite3_file) -> c_int {
    // Of what the system promises only this holds for parts of another length: a file that is open cannot be removed.
    const KEPT: c_int = ffi::SQLITE_IOCAP_UNDELETABLE_WHEN_OPEN | ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE;
    let promised: c_int = pass!(file, xDeviceCharacteristics, 0);
    promised & KEPT
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    no: c_int,
    bytes: c_int,
    make: c_int,
    out: *mut *mut c_void,
) -> c_int {
    pass!(file, xShmMap, ffi::SQLITE_IOERR_SHMMAP, no, bytes, make, out)
}

unsafe extern "C" fn shm_lock(
    file: *mut ffi::sqlite3_file,
    first: c_int,
    count: c_int,
    flags: c_int,
) -> c_int {
    pass!(file, xShmLock, ffi::SQLITE_IOERR_SHMLOCK, first, count, flags)
}

unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    pass!(file, xShmBarrier, ());
}

unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, delete: c_int) -> c_int {
    pass!(file, xShmUnmap, ffi::SQLITE_OK, delete)
}
