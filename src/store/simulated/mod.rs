//! A simulated disk (模拟磁盘) under the product's own store code: a server's and those of some PCs, in memory, with a
//! clock that is set, faults at any operation, and power cuts that leave any part of what was not synced.
//!
//! - [`Disk`] is one world; [`Disk::drive`] gives a PC's way to it for the protocol, and SQLite finds files below
//!   [`Disk::root`] by itself: `vfs` is registered as the process's default and passes every other path on
//! - a PC's own files lie in the folder `pc1`, `pc2` and so on below the root, everything else is on the share
//! - who acts on a thread is said with [`Disk::acting`], for SQLite does not know of PCs
//! - [`Plan`] says what goes wrong and at which operation
//!
//! A PC's own files may be written with a write-ahead log, as the replica is: `shm` is the memory that takes.
//!
//! The disk claims nothing of itself that SQLite could rely on, and a short read is filled with zeroes: a disk that
//! claims more makes crash tests worthless. It must never be used for anything but tests and the sweep.

mod blocks;
mod calls;
mod drive;
pub mod modes;
mod node;
mod plan;
mod shm;
#[cfg(test)]
mod tests;
mod vfs;
mod world;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError, Weak};
use std::time::Duration;

pub use drive::SimulatedDrive;
pub use plan::{Chance, Fail, Lasts, Plan, Side, What};
use world::{Home, World};

/// A PC by its number, from 1; 0 is nobody's.
pub type Pc = u8;

/// Is asked before every operation: there another PC can be let go on.
pub type Turn = Arc<dyn Fn(Pc) + Send + Sync>;

struct Inner {
    no: u64,
    root: String,
    world: Mutex<World>,
    turn: Mutex<Option<Turn>>,
    /// Memory that connections share, by PC, its life, and the file.
    memory: Mutex<BTreeMap<(Pc, u64, u64), Weak<shm::Shared>>>,
}

/// A world of disks. Cheap to clone: all clones are the same one.
#[derive(Clone)]
pub struct Disk(Arc<Inner>);

/// Everything of a world at one moment, but what its PCs had open.
#[derive(Clone)]
pub struct Snapshot(World);

/// Files out of a world, to be put into it again: last week's copy, a cloned PC.
#[derive(Clone)]
pub struct Copy(Vec<(String, node::Node)>);

type Worlds = Mutex<BTreeMap<u64, Weak<Inner>>>;

fn worlds() -> &'static Worlds {
    static WORLDS: OnceLock<Worlds> = OnceLock::new();
    WORLDS.get_or_init(Worlds::default)
}

/// The folder under which all simulated roots seem to lie, with its separator at the end.
fn base() -> &'static str {
    static BASE: OnceLock<String> = OnceLock::new();
    BASE.get_or_init(|| {
        let folder = std::env::temp_dir().join(format!("jiuji-simulated-{}", std::process::id()));
        format!("{}/", folder.to_string_lossy().replace('\\', "/"))
    })
}

thread_local! {
    /// Which PC of which world acts on this thread.
    static ACTING: Cell<(u64, Pc)> = const { Cell::new((0, 0)) };
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // A thread that died in here is a failed test already; what it left is only memory.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The world that a path lies in, with the path in it; `None` of the world if it is gone. Nothing for other paths.
fn route(path: &str) -> Option<(Option<Disk>, String)> {
    let plain = if path.contains('\\') { path.replace('\\', "/") } else { path.to_owned() };
    let (no, inside) = plain.strip_prefix(base())?.split_once('/')?;
    let found = no.parse::<u64>().ok().and_then(|no| lock(worlds()).get(&no).and_then(Weak::upgrade));
    Some((found.map(Disk), inside.trim_end_matches('/').to_owned()))
}

impl Disk {
    /// An empty world at a time, ms since 1970.
    pub fn new(now_ms: u64) -> Disk {
        static NEXT: AtomicU64 = AtomicU64::new(1);
        vfs::register();
        let no = NEXT.fetch_add(1, Ordering::Relaxed);
        let root = format!("{}{no}", base());
        let world = Mutex::new(World::new(now_ms));
        let disk =
            Disk(Arc::new(Inner { no, root, world, turn: Mutex::default(), memory: Mutex::default() }));
        lock(worlds()).insert(no, Arc::downgrade(&disk.0));
        disk
    }

    /// The folder that everything lies in. It is not on any real disk.
    pub fn root(&self) -> PathBuf {
        PathBuf::from(&self.0.root)
    }

    /// The shared folder.
    pub fn share(&self) -> PathBuf {
        self.root().join("share")
    }

    /// The folder of a PC's own files.
    pub fn own(&self, pc: Pc) -> PathBuf {
        self.root().join(format!("pc{pc}"))
    }

    /// A PC's drive.
    pub fn drive(&self, pc: Pc) -> Arc<SimulatedDrive> {
        Arc::new(SimulatedDrive { disk: self.clone(), pc })
    }

    /// Does something as a PC: SQLite's operations on this thread are its.
    pub fn acting<T>(&self, pc: Pc, work: impl FnOnce() -> T) -> T {
        struct Back((u64, Pc));
        impl Drop for Back {
            fn drop(&mut self) {
                ACTING.set(self.0);
            }
        }
        let _back = Back(ACTING.replace((self.0.no, pc)));
        work()
    }

    /// The PC that acts here on this thread; 0 if none does.
    fn actor(&self) -> Pc {
        let (no, pc) = ACTING.get();
        if no == self.0.no { pc } else { 0 }
    }

    /// The world that acts on this thread.
    fn here() -> Option<Disk> {
        lock(worlds()).get(&ACTING.get().0).and_then(Weak::upgrade).map(Disk)
    }

    /// Asks before every operation from now on.
    pub fn set_turn(&self, turn: Option<Turn>) {
        *lock(&self.0.turn) = turn;
    }

    // ---- the disk ----

    /// The size of a sector, 512 or 4096; set before anything is written.
    pub fn set_sector(&self, bytes: u64) {
        self.world().sector = bytes.max(1);
    }

    /// Whether syncs do nothing and say that they did.
    pub fn set_lies(&self, lies: bool) {
        self.world().lies = lies;
    }

    /// What the disk claims of itself, as SQLite's bits of device characteristics; nothing unless set.
    pub fn set_claims(&self, bits: i32) {
        self.world().claims = bits;
    }

    /// Whether the PCs' clients keep sizes and missing names for a second.
    pub fn set_caches(&self, caches: bool) {
        self.world().caches = caches;
    }

    /// The time, ms since 1970.
    pub fn now_ms(&self) -> u64 {
        self.world().now
    }

    /// Lets time pass.
    pub fn pass(&self, time: Duration) {
        let ms = u64::try_from(time.as_millis()).unwrap_or(u64::MAX);
        let mut world = self.world();
        world.now = world.now.saturating_add(ms);
    }

    /// Sets the server's clock off by so many ms.
    pub fn set_server_off(&self, ms: i64) {
        self.world().server_off = ms;
    }

    /// How many operations there have been.
    pub fn operations(&self) -> u64 {
        self.world().operations
    }

    /// A number that two equal courses of operations and results share.
    pub fn trace(&self) -> u64 {
        self.world().trace
    }

    // ---- faults ----

    /// Lays a plan, counting from now.
    pub fn lay(&self, plan: Plan) {
        self.world().lay(plan);
    }

    /// Takes all plans away; whether one of them ever did anything.
    pub fn clear(&self) -> bool {
        self.world().clear()
    }

    /// Whether any plan is laid.
    pub fn has_plans(&self) -> bool {
        self.world().has_plans()
    }

    /// A PC dies.
    pub fn kill(&self, pc: Pc) {
        self.world().kill(pc);
    }

    /// Whether a PC is dead.
    pub fn is_dead(&self, pc: Pc) -> bool {
        self.world().is_dead(pc)
    }

    /// A PC starts (again): what its program had open is gone.
    pub fn start(&self, pc: Pc) {
        self.world().start(pc);
    }

    /// Whether a PC's drive is away.
    pub fn set_away(&self, pc: Pc, away: bool) {
        self.world().set_away(pc, away);
    }

    /// Whether the server has lost its power.
    pub fn is_down(&self) -> bool {
        self.world().down
    }

    /// The server loses its power, or lost it by a plan, and has it back: of what was not synced, what `keep` says is
    /// there. Gives a number that tells the outcomes apart.
    pub fn power_back(&self, keep: &mut dyn FnMut() -> bool) -> u64 {
        let mut world = self.world();
        world.down = false;
        world.cut(Home::Share, keep)
    }

    /// A PC loses its power: it is dead, and of what was not synced, on its own disk and on its way to the server, what
    /// `keep` says is there. Gives a number that tells the outcomes apart.
    pub fn power_off(&self, pc: Pc, keep: &mut dyn FnMut() -> bool) -> u64 {
        let mut world = self.world();
        world.kill(pc);
        world.cut(Home::Own(pc), keep)
    }

    /// All disks write what they hold.
    pub fn flush(&self) {
        self.world().flush();
    }

    // ---- files from outside ----

    /// Everything as it is.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot(self.world().clone())
    }

    /// Everything as it was. What was open is closed.
    pub fn restore(&self, snapshot: &Snapshot) {
        self.world().become_copy_of(&snapshot.0);
    }

    /// The files under a folder.
    pub fn copy_of(&self, folder: &Path) -> Copy {
        let inside = self.inside(folder).unwrap_or_default();
        Copy(self.world().under(&inside))
    }

    /// Puts files under a folder in place of what is there.
    pub fn put_back(&self, folder: &Path, copy: &Copy) {
        let inside = self.inside(folder).unwrap_or_default();
        let mut world = self.world();
        world.wipe(&inside);
        world.put(&inside, copy.0.clone());
    }

    /// Takes a file, or everything under a folder, away, durably.
    pub fn take_away(&self, path: &Path) {
        let inside = self.inside(path).unwrap_or_default();
        self.world().wipe(&inside);
    }

    /// Cuts a file so that so many of four parts of it are left, durably.
    pub fn cut_file(&self, path: &Path, of_four: u64) {
        let inside = self.inside(path).unwrap_or_default();
        self.world().cut_file(&inside, of_four);
    }

    /// Overwrites a page of a file with zeroes, durably: the one in which so many of a thousand parts lie before it.
    pub fn blank_page(&self, path: &Path, of_thousand: u64) {
        let inside = self.inside(path).unwrap_or_default();
        self.world().blank_page(&inside, of_thousand);
    }

    /// All files of the world with their bytes as anybody sees them, by their paths below the root.
    pub fn files(&self) -> Vec<(String, Vec<u8>)> {
        self.world().files()
    }

    /// The memory that the connections of a PC to an open file share.
    fn memory(&self, handle: u64) -> Option<shm::Mapped> {
        let of = self.world().whose(handle)?;
        let mut memory = lock(&self.0.memory);
        if let Some(shared) = memory.get(&of).and_then(Weak::upgrade) {
            return Some(shm::Mapped::new(shared));
        }
        memory.retain(|_, shared| shared.strong_count() > 0);
        let shared = Arc::default();
        memory.insert(of, Arc::downgrade(&shared));
        Some(shm::Mapped::new(shared))
    }

    fn world(&self) -> MutexGuard<'_, World> {
        lock(&self.0.world)
    }

    fn turn(&self, pc: Pc) {
        let turn = lock(&self.0.turn).clone();
        if let Some(turn) = turn {
            turn(pc);
        }
    }

    /// The path as the world knows it, if it is in this one.
    fn inside(&self, path: &Path) -> Option<String> {
        let (disk, inside) = route(path.to_str()?)?;
        (disk?.0.no == self.0.no).then_some(inside)
    }
}

/// The drive of a path on a simulated disk, as the PC that acts on this thread.
pub(crate) fn drive_of(path: &Path) -> Option<SimulatedDrive> {
    let disk = route(path.to_str()?)?.0?;
    let pc = disk.actor();
    Some(SimulatedDrive { disk, pc })
}

impl Drop for Inner {
    fn drop(&mut self) {
        lock(worlds()).remove(&self.no);
    }
}
