//! The world of one simulation: a server's disk and those of its PCs, with names, contents, locks, faults and a clock. One
//! value that is copied to take a snapshot.

use std::collections::{BTreeMap, BTreeSet};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

use super::Pc;
use super::node::Node;
use super::plan::{Chance, Fail, Kind, Laid, Verdict};

/// Why an operation failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    NotFound,
    Exists,
    Fail(Fail),
}

impl From<Fail> for Trouble {
    fn from(fail: Fail) -> Trouble {
        Trouble::Fail(fail)
    }
}

/// How long a client's cache holds what it saw, ms.
const CACHED: u64 = 1_000;

/// Whose disk a path lies on, by its first folder: `share`, or `pc` with a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Home {
    Share,
    Own(Pc),
}

/// Where a path lies.
pub(super) fn home(path: &str) -> Home {
    let first = path.split('/').next().unwrap_or_default();
    match first.strip_prefix("pc").and_then(|no| no.parse().ok()) {
        Some(pc) => Home::Own(pc),
        None => Home::Share,
    }
}

/// A name given or taken, not yet durable; what stands together survives together.
#[derive(Clone)]
struct Naming {
    changes: Vec<(String, Option<u64>)>,
}

/// An open file.
#[derive(Clone)]
struct Open {
    node: u64,
    path: String,
    pc: Pc,
    life: u64,
    forget: bool,
    level: i32,
}

/// One PC.
#[derive(Clone, Default)]
struct Machine {
    /// How often it was started; handles of an earlier life are dead.
    life: u64,
    dead: bool,
    away: bool,
    /// Names looked for in vain, and until when the client's cache says so.
    missing: BTreeMap<String, u64>,
    /// Sizes as the client's cache has them, while a file is open.
    sizes: BTreeMap<u64, (u64, u64)>,
}

/// Everything.
#[derive(Clone)]
pub(super) struct World {
    /// Time, ms since 1970.
    pub(super) now: u64,
    /// What the server's clock is off by, ms.
    pub(super) server_off: i64,
    /// The size of a sector.
    pub(super) sector: u64,
    /// What the disk claims of itself, as SQLite's bits; nothing, unless a test wants a disk that lies.
    pub(super) claims: i32,
    /// Syncs do nothing and say that they did.
    pub(super) lies: bool,
    /// Clients keep sizes and missing names for a second, as measured on SMB.
    pub(super) caches: bool,
    /// The server has no power.
    pub(super) down: bool,
    /// All operations ever.
    pub(super) operations: u64,
    /// A hash of all operations, their places and results.
    pub(super) trace: u64,
    names: BTreeMap<String, u64>,
    durable_names: BTreeMap<String, u64>,
    naming: Vec<Naming>,
    folders: BTreeSet<String>,
    nodes: BTreeMap<u64, Node>,
    opens: BTreeMap<u64, Open>,
    machines: BTreeMap<Pc, Machine>,
    plans: Vec<Laid>,
    next: u64,
}

type Result<T> = std::result::Result<T, Trouble>;

impl World {
    pub(super) fn new(now: u64) -> World {
        World {
            now,
            server_off: 0,
            sector: 4_096,
            claims: 0,
            lies: false,
            caches: false,
            down: false,
            operations: 0,
            trace: 0,
            names: BTreeMap::new(),
            durable_names: BTreeMap::new(),
            naming: Vec::new(),
            folders: BTreeSet::new(),
            nodes: BTreeMap::new(),
            opens: BTreeMap::new(),
            machines: BTreeMap::new(),
            plans: Vec::new(),
            next: 1,
        }
    }

    // ---- faults ----

    /// Adds a plan.
    pub(super) fn lay(&mut self, plan: super::Plan) {
        self.plans.push(Laid::new(plan));
    }

    /// Takes all plans away; whether one of them ever did anything.
    pub(super) fn clear(&mut self) -> bool {
        let hit = self.plans.iter().any(Laid::has_hit);
        self.plans.clear();
        hit
    }

    /// Whether any plan is laid.
    pub(super) fn has_plans(&self) -> bool {
        !self.plans.is_empty()
    }

    fn machine(&mut self, pc: Pc) -> &mut Machine {
        self.machines.entry(pc).or_default()
    }

    /// A PC dies: its operations fail from now on.
    pub(super) fn kill(&mut self, pc: Pc) {
        self.machine(pc).dead = true;
    }

    /// Whether a PC is dead.
    pub(super) fn is_dead(&self, pc: Pc) -> bool {
        self.machines.get(&pc).is_some_and(|machine| machine.dead)
    }

    /// A PC starts again; what it had open is gone.
    pub(super) fn start(&mut self, pc: Pc) {
        let machine = self.machine(pc);
        *machine = Machine { life: machine.life + 1, away: machine.away, ..Machine::default() };
        self.opens.retain(|_, open| open.pc != pc);
        self.tidy();
    }

    /// Whether the share can be reached from a PC.
    pub(super) fn set_away(&mut self, pc: Pc, away: bool) {
        self.machine(pc).away = away;
    }

    /// Counts an operation. Done first, and the operation only where the answer is good; the error afterwards comes from
    /// [`World::after`].
    fn gate(&mut self, pc: Pc, kind: Kind, path: &str) -> Result<Option<Fail>> {
        self.operations += 1;
        let on_share = home(path) == Home::Share;
        let mut after = None;
        let mut before = None;
        let (mut kill, mut power, mut blink) = (false, false, None);
        if !self.is_dead(pc) {
            for plan in &mut self.plans {
                match plan.judge(pc, on_share, kind) {
                    Verdict::Nothing => {}
                    Verdict::Kill => kill = true,
                    Verdict::ServerPower => power = true,
                    Verdict::ServerBlink(seed) => blink = Some(seed),
                    Verdict::Before(fail) => before = Some(fail),
                    Verdict::After(fail) => after = Some(fail),
                }
            }
        }
        self.machine(pc).dead |= kill;
        self.down |= power;
        if let Some(seed) = blink {
            let mut chance = Chance::new(seed);
            self.cut(Home::Share, &mut || chance.keeps());
        }
        let machine = self.machine(pc);
        let (dead, away) = (machine.dead, machine.away);
        let stopped = if dead {
            Some(Fail::Io)
        } else if on_share && (away || self.down) {
            Some(Fail::Away)
        } else {
            before
        };
        let mut hash = DefaultHasher::new();
        (self.trace, pc, kind as u8, path, stopped, after).hash(&mut hash);
        self.trace = hash.finish();
        match stopped {
            Some(fail) if fail.is_short() => Ok(Some(fail)),
            Some(fail) => Err(fail.into()),
            None => Ok(after),
        }
    }

    fn after<T>(after: Option<Fail>, value: T) -> Result<T> {
        match after {
            Some(fail) => Err(fail.into()),
            None => Ok(value),
        }
    }

    // ---- names ----

    fn fresh(&mut self) -> u64 {
        self.next += 1;
        self.next
    }

    fn stamp(&self, path: &str) -> u64 {
        match home(path) {
            Home::Share => self.now.saturating_add_signed(self.server_off),
            Home::Own(_) => self.now,
        }
    }

    fn name(&mut self, changes: Vec<(String, Option<u64>)>) {
        for (path, to) in &changes {
            match to {
                Some(node) => self.names.insert(path.clone(), *node),
                None => self.names.remove(path),
            };
        }
        self.naming.push(Naming { changes });
    }

    /// Makes durable what some namings changed, in order; an earlier one of the same name has no say any more.
    fn settle_names(&mut self, which: impl Fn(&Naming) -> bool) {
        let mut left = Vec::new();
        for naming in std::mem::take(&mut self.naming) {
            if !which(&naming) {
                left.push(naming);
                continue;
            }
            for (path, to) in &naming.changes {
                left.retain_mut(|earlier: &mut Naming| {
                    earlier.changes.retain(|(other, _)| other != path);
                    !earlier.changes.is_empty()
                });
                match to {
                    Some(node) => self.durable_names.insert(path.clone(), *node),
                    None => self.durable_names.remove(path),
                };
            }
        }
        self.naming = left;
    }

    /// Makes the names of a folder durable.
    fn settle_folder(&mut self, folder: &str) {
        let within = |path: &str| path.rsplit_once('/').is_some_and(|(there, _)| there == folder);
        self.settle_names(|naming| naming.changes.iter().any(|(path, _)| within(path)));
    }

    fn in_folder(&self, path: &str) -> Result<()> {
        match path.rsplit_once('/') {
            Some((folder, _)) if self.folders.contains(folder) => Ok(()),
            _ => Err(Trouble::NotFound),
        }
    }

    /// The node of a name as a PC finds it, through what its client remembers.
    fn find(&mut self, pc: Pc, path: &str) -> Option<u64> {
        let cached = self.caches && home(path) == Home::Share;
        let now = self.now;
        if cached && self.machine(pc).missing.get(path).is_some_and(|until| *until > now) {
            return None;
        }
        let found = self.names.get(path).copied();
        if cached && found.is_none() {
            self.machine(pc).missing.insert(path.to_owned(), now + CACHED);
        }
        found
    }

    /// What anybody sees in a folder.
    pub(super) fn list(&mut self, pc: Pc, folder: &str) -> Result<Vec<String>> {
        let after = self.gate(pc, Kind::List, folder)?;
        if !self.folders.contains(folder) {
            return Err(Trouble::NotFound);
        }
        let start = format!("{folder}/");
        let files = self.names.range(start.clone()..).map(|(name, _)| name);
        let folders = self.folders.range(start.clone()..);
        let here = |name: &&String| name.starts_with(&start);
        let mut names: Vec<String> = Vec::new();
        for name in files.take_while(here).chain(folders.take_while(here)) {
            if let Some(rest) = name.strip_prefix(&start)
                && !rest.contains('/')
            {
                names.push(rest.to_owned());
            }
        }
        Self::after(after, names)
    }

    /// Makes a folder and those above it.
    pub(super) fn make_folder(&mut self, pc: Pc, folder: &str) -> Result<()> {
        let after = self.gate(pc, Kind::Folder, folder)?;
        let mut at = Some(folder);
        while let Some(path) = at {
            self.folders.insert(path.to_owned());
            at = path.rsplit_once('/').map(|(above, _)| above);
        }
        Self::after(after, ())
    }

    /// Creates a name that must be new.
    pub(super) fn create(&mut self, pc: Pc, path: &str) -> Result<()> {
        let after = self.gate(pc, Kind::Create, path)?;
        self.in_folder(path)?;
        if self.names.contains_key(path) {
            return Err(Trouble::Exists);
        }
        self.born(pc, path);
        Self::after(after, ())
    }

    fn born(&mut self, pc: Pc, path: &str) -> u64 {
        let node = self.fresh();
        let modified = self.stamp(path);
        self.nodes.insert(node, Node::new(modified));
        self.name(vec![(path.to_owned(), Some(node))]);
        self.machine(pc).missing.remove(path);
        node
    }

    /// Removes a name; `durably` syncs its folder.
    pub(super) fn remove(&mut self, pc: Pc, path: &str, durably: bool) -> Result<()> {
        let after = self.gate(pc, Kind::Remove, path)?;
        if !self.names.contains_key(path) {
            return Err(Trouble::NotFound);
        }
        self.name(vec![(path.to_owned(), None)]);
        if durably
            && !self.lies
            && let Some((folder, _)) = path.rsplit_once('/')
        {
            self.settle_folder(folder);
        }
        self.tidy();
        Self::after(after, ())
    }

    /// Gives a file another name, over what is there.
    pub(super) fn rename(&mut self, pc: Pc, from: &str, to: &str) -> Result<()> {
        let after = self.gate(pc, Kind::Rename, to)?;
        let node = self.names.get(from).copied().ok_or(Trouble::NotFound)?;
        self.in_folder(to)?;
        self.name(vec![(from.to_owned(), None), (to.to_owned(), Some(node))]);
        self.tidy();
        Self::after(after, ())
    }

    /// Size and time of a name.
    pub(super) fn meta(&mut self, pc: Pc, path: &str) -> Result<(u64, u64)> {
        let after = self.gate(pc, Kind::Look, path)?;
        let node = self.find(pc, path).ok_or(Trouble::NotFound)?;
        let len = self.size_seen(pc, node, path);
        let modified = self.nodes.get(&node).map_or(0, |node| node.modified);
        Self::after(after, (len, modified))
    }

    // ---- open files ----

    /// Opens a file; `make` makes it where it is not there.
    pub(super) fn open(&mut self, pc: Pc, path: &str, make: bool, forget: bool) -> Result<u64> {
        let after = self.gate(pc, Kind::Open, path)?;
        let node = match self.find(pc, path) {
            Some(node) => node,
            None if make => {
                self.in_folder(path)?;
                match self.names.get(path) {
                    Some(node) => *node,
                    None => self.born(pc, path),
                }
            }
            None => return Err(Trouble::NotFound),
        };
        let life = self.machine(pc).life;
        if !self.opens.values().any(|open| open.node == node && open.pc == pc) {
            // The first opening asks the server anew.
            self.machine(pc).sizes.remove(&node);
        }
        let handle = self.fresh();
        self.opens.insert(handle, Open { node, path: path.to_owned(), pc, life, forget, level: 0 });
        Self::after(after, handle).inspect_err(|_| {
            self.opens.remove(&handle);
        })
    }

    /// Whose an open file is: PC, its life, and the file itself.
    pub(super) fn whose(&self, handle: u64) -> Option<(Pc, u64, u64)> {
        self.opens.get(&handle).map(|open| (open.pc, open.life, open.node))
    }

    /// Closes a file; it cannot fail.
    pub(super) fn close(&mut self, handle: u64) {
        if let Some(open) = self.opens.remove(&handle)
            && open.forget
            && self.names.get(&open.path) == Some(&open.node)
        {
            self.name(vec![(open.path.clone(), None)]);
        }
    }

    /// The open file behind a handle, counted: node, path and PC.
    fn through(&mut self, handle: u64, kind: Kind) -> Result<(u64, String, Pc, Option<Fail>)> {
        let Some(open) = self.opens.get(&handle) else { return Err(Fail::Io.into()) };
        let (node, path, pc, life) = (open.node, open.path.clone(), open.pc, open.life);
        if self.machines.get(&pc).is_some_and(|machine| machine.life != life) {
            return Err(Fail::Io.into());
        }
        let after = self.gate(pc, kind, &path)?;
        // The server may have gone down and up again at this very operation.
        if !self.opens.contains_key(&handle) {
            return Err(Fail::Io.into());
        }
        Ok((node, path, pc, after))
    }

    /// Reads as SQLite does, which can be cut short by a fault; how much there was.
    pub(super) fn read(&mut self, handle: u64, at: u64, to: &mut [u8]) -> Result<usize> {
        self.read_as(Kind::Read, handle, at, to)
    }

    /// Reads until it has all or the end is there, as programs do: nothing but a stale size cuts that short.
    pub(super) fn read_whole(&mut self, handle: u64, at: u64, to: &mut [u8]) -> Result<usize> {
        self.read_as(Kind::Whole, handle, at, to)
    }

    fn read_as(&mut self, kind: Kind, handle: u64, at: u64, to: &mut [u8]) -> Result<usize> {
        let (node, path, pc, after) = self.through(handle, kind)?;
        let len = self.size_seen(pc, node, &path);
        let got = self.nodes.get(&node).map_or(0, |node| node.seen.read(at, to));
        let got = got.min(usize::try_from(len.saturating_sub(at)).unwrap_or(usize::MAX));
        match after {
            Some(Fail::Short) => Ok(0),
            Some(Fail::Half) => Ok(got / 2),
            after => Self::after(after, got),
        }
    }

    /// Writes.
    pub(super) fn write(&mut self, handle: u64, at: u64, bytes: &[u8]) -> Result<()> {
        let (node, path, pc, after) = self.through(handle, Kind::Write)?;
        let (sector, stamp, now) = (self.sector, self.stamp(&path), self.now);
        if let Some(node) = self.nodes.get_mut(&node) {
            node.write(pc, at, bytes, sector);
            node.modified = stamp;
        }
        self.grown(pc, node, now);
        Self::after(after, ())
    }

    /// Cuts or grows.
    pub(super) fn truncate(&mut self, handle: u64, len: u64) -> Result<()> {
        let (node, path, pc, after) = self.through(handle, Kind::Truncate)?;
        let (stamp, now) = (self.stamp(&path), self.now);
        if let Some(node) = self.nodes.get_mut(&node) {
            node.set_len(pc, len);
            node.modified = stamp;
        }
        self.grown(pc, node, now);
        Self::after(after, ())
    }

    /// Makes a file durable, with its name.
    pub(super) fn sync(&mut self, handle: u64) -> Result<()> {
        let (node, _, _, after) = self.through(handle, Kind::Sync)?;
        if !self.lies {
            if let Some(node) = self.nodes.get_mut(&node) {
                node.sync();
            }
            if !self.naming.is_empty() {
                self.settle_names(|naming| naming.changes.iter().any(|(_, to)| *to == Some(node)));
            }
        }
        Self::after(after, ())
    }

    /// The size.
    pub(super) fn size(&mut self, handle: u64) -> Result<u64> {
        let (node, path, pc, after) = self.through(handle, Kind::Size)?;
        let len = self.size_seen(pc, node, &path);
        Self::after(after, len)
    }

    /// The size as a PC's client believes it.
    fn size_seen(&mut self, pc: Pc, node: u64, path: &str) -> u64 {
        let len = self.nodes.get(&node).map_or(0, |node| node.seen.len());
        if !self.caches || home(path) != Home::Share {
            return len;
        }
        let open = self.opens.values().any(|open| open.node == node && open.pc == pc);
        let now = self.now;
        let sizes = &mut self.machine(pc).sizes;
        match sizes.get(&node) {
            Some((known, until)) if open && *until > now => *known,
            _ => {
                sizes.insert(node, (len, now + CACHED));
                len
            }
        }
    }

    fn grown(&mut self, pc: Pc, node: u64, now: u64) {
        if self.caches {
            let len = self.nodes.get(&node).map_or(0, |node| node.seen.len());
            self.machine(pc).sizes.insert(node, (len, now + CACHED));
        }
    }

    // ---- locks of SQLite, among the connections of this process ----

    /// Asks for a lock level; false is busy. Levels are SQLite's: 1 shared, 2 reserved, 3 pending, 4 exclusive.
    pub(super) fn lock(&mut self, handle: u64, level: i32) -> Result<bool> {
        let (node, _, _, after) = self.through(handle, Kind::Lock)?;
        let others = || self.opens.iter().filter(|(no, open)| **no != handle && open.node == node);
        let highest = others().map(|(_, open)| open.level).max().unwrap_or(0);
        let own = self.opens.get(&handle).map_or(0, |open| open.level);
        let (given, reached) = match level {
            1 => (highest < 3, 1),
            2 => (highest < 2, 2),
            _ if highest >= 2 => (false, own),
            // Readers are still there: no new ones come while a writer waits.
            _ if highest == 1 => (false, if own >= 2 { 3 } else { own }),
            _ => (true, 4),
        };
        if let Some(open) = self.opens.get_mut(&handle)
            && open.level < level
        {
            open.level = if given {
                reached
            } else if level > 2 {
                own.max(reached)
            } else {
                own
            };
        }
        Self::after(after, given || own >= level)
    }

    /// Lowers a lock.
    pub(super) fn unlock(&mut self, handle: u64, level: i32) {
        if let Some(open) = self.opens.get_mut(&handle) {
            open.level = open.level.min(level);
        }
    }

    /// Whether anybody means to write.
    pub(super) fn is_reserved(&self, handle: u64) -> bool {
        let node = self.opens.get(&handle).map(|open| open.node);
        self.opens.values().any(|open| Some(open.node) == node && open.level >= 2)
    }

    // ---- power ----

    /// The power of a disk goes and comes back: of what was in the air, what `keep` keeps is there. Gives a number that
    /// tells the outcomes apart.
    pub(super) fn cut(&mut self, whose: Home, keep: &mut dyn FnMut() -> bool) -> u64 {
        let mut hash = DefaultHasher::new();
        let mut kept = self.durable_names.clone();
        let mut left = Vec::new();
        for naming in std::mem::take(&mut self.naming) {
            let hit = naming.changes.first().is_some_and(|(path, _)| home(path) == whose);
            if hit {
                let stays = keep();
                stays.hash(&mut hash);
                if !stays {
                    continue;
                }
            }
            for (path, to) in &naming.changes {
                match to {
                    Some(node) => kept.insert(path.clone(), *node),
                    None => kept.remove(path),
                };
            }
            if !hit {
                left.push(naming);
            }
        }
        // What is on the hit disk is durable now; the others' names are as they were seen.
        for (path, node) in &kept {
            if home(path) == whose {
                self.durable_names.insert(path.clone(), *node);
            }
        }
        self.durable_names.retain(|path, _| home(path) != whose || kept.contains_key(path));
        self.names = kept;
        self.naming = left;
        let sector = self.sector;
        let paths: Vec<(String, u64)> = self.names.iter().map(|(path, node)| (path.clone(), *node)).collect();
        for (path, no) in paths {
            let Some(node) = self.nodes.get_mut(&no) else { continue };
            if node.is_durable() {
                continue;
            }
            let at = home(&path);
            match whose {
                _ if at == whose => node.cut(&|_| true, sector, keep),
                // What a PC's client had not yet handed to the server goes with it.
                Home::Own(pc) if at == Home::Share => node.cut(&|by| by == pc, sector, keep),
                _ => continue,
            }
            if at == whose {
                node.sync();
            }
            path.hash(&mut hash);
            node.digest(&mut hash);
        }
        self.opens.retain(|_, open| match whose {
            Home::Share => home(&open.path) != Home::Share,
            Home::Own(pc) => open.pc != pc,
        });
        self.tidy();
        hash.finish()
    }

    /// Time passes long enough for every disk to have written what it holds.
    pub(super) fn flush(&mut self) {
        for node in self.nodes.values_mut() {
            node.sync();
        }
        self.durable_names = self.names.clone();
        self.naming.clear();
        self.tidy();
    }

    /// Lets files go that nobody can reach any more.
    fn tidy(&mut self) {
        if self.nodes.len() <= 2 * (self.names.len() + self.opens.len()) + 16 {
            return;
        }
        let mut used: BTreeSet<u64> =
            self.names.values().chain(self.durable_names.values()).copied().collect();
        used.extend(self.opens.values().map(|open| open.node));
        used.extend(self.naming.iter().flat_map(|naming| naming.changes.iter().filter_map(|(_, to)| *to)));
        self.nodes.retain(|no, _| used.contains(no));
    }

    // ---- from outside, uncounted ----

    /// The files under a folder, with their contents.
    pub(super) fn under(&self, folder: &str) -> Vec<(String, Node)> {
        let start = format!("{folder}/");
        let names = self.names.range(start.clone()..).take_while(|(name, _)| name.starts_with(&start));
        names
            .filter_map(|(name, node)| {
                let rest = name.strip_prefix(&start)?;
                Some((rest.to_owned(), self.nodes.get(node)?.clone()))
            })
            .collect()
    }

    /// All files with their contents.
    pub(super) fn files(&self) -> Vec<(String, Vec<u8>)> {
        let content = |(name, no): (&String, &u64)| Some((name.clone(), self.nodes.get(no)?.seen.to_vec()));
        self.names.iter().filter_map(content).collect()
    }

    fn spoil(&mut self, path: &str, how: impl FnOnce(&mut Node, u64)) {
        let sector = self.sector;
        let no = self.names.get(path).copied();
        if let Some(node) = no.and_then(|no| self.nodes.get_mut(&no)) {
            node.sync();
            how(node, sector);
            node.sync();
        }
    }

    /// Cuts a file so that so many of four parts of it are left.
    pub(super) fn cut_file(&mut self, path: &str, of_four: u64) {
        self.spoil(path, |node, _| node.set_len(0, node.seen.len() * of_four.min(4) / 4));
    }

    /// Overwrites the page of a file in which so many of a thousand parts lie before it.
    pub(super) fn blank_page(&mut self, path: &str, of_thousand: u64) {
        let page = 4_096;
        self.spoil(path, |node, sector| {
            let no = node.seen.len() / page * of_thousand.min(999) / 1_000;
            if node.seen.len() >= page {
                node.write(0, no * page, &[0; 4_096], sector);
            }
        });
    }

    /// Takes a file, or everything under a folder, away.
    pub(super) fn wipe(&mut self, folder: &str) {
        let start = format!("{folder}/");
        let within = |path: &str| path == folder || path.starts_with(&start);
        self.names.retain(|path, _| !within(path));
        self.durable_names.retain(|path, _| !within(path));
        self.naming.retain(|naming| !naming.changes.iter().any(|(path, _)| within(path)));
    }

    /// Becomes a copy; what was open is closed, and its handles are never given again.
    pub(super) fn become_copy_of(&mut self, other: &World) {
        let next = self.next.max(other.next);
        *self = World { next, opens: BTreeMap::new(), ..other.clone() };
    }

    /// Puts files under a folder, durably, beside what is there.
    pub(super) fn put(&mut self, folder: &str, files: Vec<(String, Node)>) {
        for (rest, mut node) in files {
            node.sync();
            let path = format!("{folder}/{rest}");
            let mut above = path.as_str();
            while let Some((folder, _)) = above.rsplit_once('/') {
                self.folders.insert(folder.to_owned());
                above = folder;
            }
            let no = self.fresh();
            self.nodes.insert(no, node);
            self.names.insert(path.clone(), no);
            self.durable_names.insert(path, no);
        }
    }
}
