//! The simulated disk as SQLite sees it: a VFS that answers for simulated paths and hands every other call to the system's
//! own VFS, in whose place it stands as the default. This file holds all unsafe code of the program and nothing else: it
//! turns pointers into slices and calls into [`super::calls`], which is safe.

#![allow(
    unsafe_code,
    reason = "SQLite takes a file system as C functions; there is no safe crate that promises nothing"
)]

use std::ffi::{CStr, c_char, c_int, c_void};
use std::mem::size_of;
use std::ptr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicPtr, Ordering};

use rusqlite::ffi;

use super::calls::{self, File};

/// The system's VFS; never null once [`register`] has run.
static REAL: AtomicPtr<ffi::sqlite3_vfs> = AtomicPtr::new(ptr::null_mut());

/// What SQLite keeps of an open simulated file, in memory that it gives: `szOsFile` bytes, enough for this and for the
/// system's own.
#[repr(C)]
struct Held {
    base: ffi::sqlite3_file,
    file: *mut File,
}

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    // Version 2: memory shared by a PC's connections, for its replica's write-ahead log; no mapping of files.
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

/// Puts the VFS in front of the system's, once in a process. If SQLite cannot be brought up, nothing is changed, and every
/// simulated path fails to open.
pub(super) fn register() {
    static DONE: OnceLock<()> = OnceLock::new();
    DONE.get_or_init(|| {
        // SAFETY: both may be called at any time; the VFS found lives as long as the process.
        let real = unsafe {
            ffi::sqlite3_initialize();
            ffi::sqlite3_vfs_find(ptr::null())
        };
        if real.is_null() {
            return;
        }
        // SAFETY: not null, and a VFS that is registered is not changed but for its link to the next.
        let as_real = unsafe { *real };
        REAL.store(real, Ordering::SeqCst);
        // What is not replaced here (randomness, time, loading, last error) does not look at the VFS it is called on.
        let ours = Box::leak(Box::new(ffi::sqlite3_vfs {
            szOsFile: as_real.szOsFile.max(size_of::<Held>() as c_int),
            pNext: ptr::null_mut(),
            zName: c"jiuji-simulated".as_ptr(),
            xOpen: Some(open),
            xDelete: Some(delete),
            xAccess: Some(access),
            xFullPathname: Some(full_path),
            xSleep: Some(sleep),
            ..as_real
        }));
        // SAFETY: `ours` is leaked, so it lives as long as the process; from here on only SQLite writes to it.
        unsafe { ffi::sqlite3_vfs_register(ours, 1) };
    });
}

/// The text of a path, if it is one.
///
/// # Safety
/// `name` is null or a C string that lives as long as the answer.
unsafe fn text<'a>(name: *const c_char) -> Option<&'a str> {
    if name.is_null() {
        return None;
    }
    // SAFETY: promised by the caller.
    unsafe { CStr::from_ptr(name) }.to_str().ok()
}

/// The simulated file behind SQLite's.
///
/// # Safety
/// `file` was opened by [`open`] with our methods and is not yet closed.
unsafe fn held<'a>(file: *mut ffi::sqlite3_file) -> &'a File {
    // SAFETY: promised by the caller; `file.file` came from a box and SQLite uses a file from one thread at a time.
    unsafe { &*(*file.cast::<Held>()).file }
}

// SAFETY of all functions below: SQLite calls them with the arguments that its documentation of `sqlite3_vfs` and
// `sqlite3_io_methods` promises: names are C strings or null, buffers as long as said, out pointers valid, files opened by
// `open` and not yet closed. `REAL` was set before this VFS was registered, and the system's VFS has all its functions.

unsafe extern "C" fn open(
    _vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    unsafe {
        (*file).pMethods = ptr::null();
        match text(name).and_then(|path| calls::open(path, flags)) {
            Some(Ok(opened)) => {
                let held = file.cast::<Held>();
                (*held).file = Box::into_raw(Box::new(opened));
                (*held).base.pMethods = &raw const METHODS;
                if !out.is_null() {
                    *out = flags;
                }
                ffi::SQLITE_OK
            }
            Some(Err(code)) => code,
            None => {
                let real = REAL.load(Ordering::Relaxed);
                match (*real).xOpen {
                    Some(open) => open(real, name, file, flags, out),
                    None => ffi::SQLITE_CANTOPEN,
                }
            }
        }
    }
}

unsafe extern "C" fn delete(_vfs: *mut ffi::sqlite3_vfs, name: *const c_char, sync_folder: c_int) -> c_int {
    unsafe {
        if let Some(code) = text(name).and_then(|path| calls::delete(path, sync_folder != 0)) {
            return code;
        }
        let real = REAL.load(Ordering::Relaxed);
        (*real).xDelete.map_or(ffi::SQLITE_IOERR_DELETE, |delete| delete(real, name, sync_folder))
    }
}

unsafe extern "C" fn access(
    _vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    unsafe {
        match text(name).and_then(|path| calls::access(path, flags)) {
            Some(Ok(there)) => {
                *out = c_int::from(there);
                ffi::SQLITE_OK
            }
            Some(Err(code)) => code,
            None => {
                let real = REAL.load(Ordering::Relaxed);
                (*real).xAccess.map_or(ffi::SQLITE_IOERR_ACCESS, |access| access(real, name, flags, out))
            }
        }
    }
}

unsafe extern "C" fn full_path(
    _vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    room: c_int,
    out: *mut c_char,
) -> c_int {
    unsafe {
        match text(name) {
            // A simulated path is whole already; there are no links in it to follow.
            Some(path) if calls::is_simulated(path) => {
                let bytes = CStr::from_ptr(name).to_bytes_with_nul();
                if bytes.len() > usize::try_from(room).unwrap_or(0) {
                    return ffi::SQLITE_CANTOPEN;
                }
                ptr::copy_nonoverlapping(bytes.as_ptr().cast::<c_char>(), out, bytes.len());
                ffi::SQLITE_OK
            }
            _ => {
                let real = REAL.load(Ordering::Relaxed);
                (*real).xFullPathname.map_or(ffi::SQLITE_CANTOPEN, |full| full(real, name, room, out))
            }
        }
    }
}

unsafe extern "C" fn sleep(_vfs: *mut ffi::sqlite3_vfs, microseconds: c_int) -> c_int {
    if calls::sleep(microseconds) {
        return microseconds;
    }
    unsafe {
        let real = REAL.load(Ordering::Relaxed);
        (*real).xSleep.map_or(0, |sleep| sleep(real, microseconds))
    }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    unsafe {
        let held = file.cast::<Held>();
        drop(Box::from_raw((*held).file));
        (*held).base.pMethods = ptr::null();
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn read(file: *mut ffi::sqlite3_file, to: *mut c_void, bytes: c_int, at: i64) -> c_int {
    let len = usize::try_from(bytes).unwrap_or(0);
    unsafe {
        // SQLite's buffer may never have been written to: a slice may only be made of what was.
        ptr::write_bytes(to.cast::<u8>(), 0, len);
        held(file).read(std::slice::from_raw_parts_mut(to.cast::<u8>(), len), at)
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    bytes: c_int,
    at: i64,
) -> c_int {
    let len = usize::try_from(bytes).unwrap_or(0);
    unsafe { held(file).write(std::slice::from_raw_parts(from.cast::<u8>(), len), at) }
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, len: i64) -> c_int {
    unsafe { held(file).truncate(len) }
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _flags: c_int) -> c_int {
    unsafe { held(file).sync() }
}

unsafe extern "C" fn size(file: *mut ffi::sqlite3_file, out: *mut i64) -> c_int {
    unsafe {
        match held(file).size() {
            Ok(size) => {
                *out = size;
                ffi::SQLITE_OK
            }
            Err(code) => code,
        }
    }
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    unsafe { held(file).lock(level) }
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    unsafe { held(file).unlock(level) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn check_reserved(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    unsafe { *out = c_int::from(held(file).is_reserved()) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn control(_file: *mut ffi::sqlite3_file, op: c_int, arg: *mut c_void) -> c_int {
    if op == ffi::SQLITE_FCNTL_MMAP_SIZE {
        // Nothing is ever mapped, and the pragma that reads this back is told so.
        unsafe { *arg.cast::<i64>() = 0 };
        return ffi::SQLITE_OK;
    }
    ffi::SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(file: *mut ffi::sqlite3_file) -> c_int {
    unsafe { held(file).sector_size() }
}

unsafe extern "C" fn characteristics(file: *mut ffi::sqlite3_file) -> c_int {
    unsafe { held(file).claims() }
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    no: c_int,
    bytes: c_int,
    make: c_int,
    out: *mut *mut c_void,
) -> c_int {
    unsafe {
        *out = ptr::null_mut();
        match held(file).region(no, bytes, make != 0) {
            Ok(region) => {
                *out = region.map_or(ptr::null_mut(), <*mut u64>::cast);
                ffi::SQLITE_OK
            }
            Err(code) => code,
        }
    }
}

unsafe extern "C" fn shm_lock(
    file: *mut ffi::sqlite3_file,
    first: c_int,
    count: c_int,
    flags: c_int,
) -> c_int {
    unsafe { held(file).slots(first, count, flags) }
}

unsafe extern "C" fn shm_barrier(_file: *mut ffi::sqlite3_file) {
    std::sync::atomic::fence(Ordering::SeqCst);
}

unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, _delete: c_int) -> c_int {
    unsafe { held(file).unmap() };
    ffi::SQLITE_OK
}
