//! The search: every world that can be reached, breadth first. Worlds that differ only in which desk is which are one.

use jiuji::store::share::step::Step;

use super::moves::{Model, Moves};
use super::world::{At, DESKS, Desk, FILES, Mark, Rows, What, World};

/// What a search found.
pub struct Explored {
    pub states: usize,
    /// The steps that were taken, by [`index`].
    pub steps: u32,
    /// The story of the first world that breaks.
    pub broken: Option<String>,
}

/// The place of a step in a set of them.
pub fn index(step: Step) -> u32 {
    match step {
        Step::Look => 0,
        Step::Begin => 1,
        Step::Write => 2,
        Step::End => 3,
        Step::EndWrite => 4,
        Step::Take => 5,
        Step::TakeWrite => 6,
        Step::Tomb => 7,
        Step::Retire => 8,
        Step::Build => 9,
        Step::Publish => 10,
        Step::PublishWrite => 11,
        Step::Skip => 12,
    }
}

/// How many there are.
pub const STEPS: u32 = 13;

/// The worlds seen, found again by open addressing: half of the places stay free.
struct Seen {
    worlds: Vec<World>,
    from: Vec<u32>,
    /// A part of the hash, and the world's place plus one.
    places: Vec<(u32, u32)>,
    mask: usize,
}

impl Seen {
    fn new() -> Seen {
        Seen { worlds: Vec::new(), from: Vec::new(), places: vec![(0, 0); 1 << 16], mask: (1 << 16) - 1 }
    }

    fn add(&mut self, world: &World, from: u32) -> bool {
        if self.worlds.len() * 2 > self.mask {
            self.grow();
        }
        let hash = hash(world);
        let tag = (hash >> 32) as u32;
        let mut at = hash as usize & self.mask;
        loop {
            let (other, place) = self.places[at];
            if place == 0 {
                break;
            }
            if other == tag && self.worlds[place as usize - 1] == *world {
                return false;
            }
            at = (at + 1) & self.mask;
        }
        self.worlds.push(*world);
        self.from.push(from);
        self.places[at] = (tag, self.worlds.len() as u32);
        true
    }

    fn grow(&mut self) {
        let size = 4 * (self.mask + 1);
        self.mask = size - 1;
        self.places = vec![(0, 0); size];
        for (i, world) in self.worlds.iter().enumerate() {
            let hash = hash(world);
            let mut at = hash as usize & self.mask;
            while self.places[at].1 != 0 {
                at = (at + 1) & self.mask;
            }
            self.places[at] = ((hash >> 32) as u32, i as u32 + 1);
        }
    }
}

fn mix(hash: u64, word: u64) -> u64 {
    (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

/// A desk in one number, without what it read.
fn desk_key(desk: &Desk) -> u64 {
    let flags = u64::from(desk.acks)
        | u64::from(desk.closed) << 1
        | u64::from(desk.lost) << 2
        | u64::from(desk.copied) << 3;
    (desk.at as u64) << 36
        | u64::from(desk.file) << 33
        | u64::from(desk.k) << 30
        | u64::from(desk.own) << 27
        | u64::from(desk.own_k) << 24
        | u64::from(desk.done) << 20
        | u64::from(desk.building) << 17
        | u64::from(desk.follows) << 12
        | u64::from(desk.last) << 4
        | flags
}

fn hash(world: &World) -> u64 {
    let mut hash = 0;
    for file in 0..FILES {
        let small = u64::from(world.published[file])
            | u64::from(world.follows[file]) << 4
            | u64::from(world.last[file]) << 8
            | u64::from(world.logs[file].0) << 16;
        hash = mix(hash, u64::from(world.turns[file]) << 32 | small);
    }
    for desk in &world.desks {
        hash = mix(hash, desk_key(desk) ^ u64::from(desk.log.0) << 46);
    }
    let hash = mix(hash, u64::from(world.relied.0));
    hash ^ hash >> 31
}

impl Model {
    /// The one world that stands for all that differ only in which desk is which. Any choice is sound; a good one
    /// leaves few.
    fn canonical(&self, world: &World) -> World {
        let mut buried = *world;
        self.bury(&mut buried);
        let world = &buried;
        let commands = self.bounds.commands;
        let mut keys = [0u64; DESKS];
        let mut first = [0u8; DESKS];
        let mut cid = 1;
        for i in 0..commands.len() {
            let desk = &world.desks[i];
            let mut places = 0;
            let mut file = 0;
            while file < self.bounds.files as usize {
                places = places * 11 + world.logs[file].place(cid);
                file += 1;
            }
            keys[i] = desk_key(desk) << 20 | u64::from(places * 11 + desk.log.place(cid));
            first[i] = cid;
            cid += commands[i];
        }
        let mut order = [0usize, 1, 2];
        let mut moved = false;
        for at in 1..commands.len() {
            let mut i = at;
            // Only desks with as many commands can stand for each other.
            while i > 0 && commands[i] == commands[i - 1] && keys[order[i]] < keys[order[i - 1]] {
                order.swap(i, i - 1);
                moved = true;
                i -= 1;
            }
        }
        if !moved {
            return *world;
        }
        let mut named = [0u16; 8];
        let order = &order[..commands.len()];
        for (to, from) in order.iter().enumerate() {
            for c in 0..commands[to] {
                named[(first[*from] + c) as usize] = u16::from(first[to] + c);
            }
        }
        let mut out = *world;
        for file in 0..self.bounds.files as usize {
            out.logs[file] = rename(world.logs[file], &named);
        }
        for (to, from) in order.iter().enumerate() {
            out.desks[to] = world.desks[*from];
            out.desks[to].log = rename(out.desks[to].log, &named);
        }
        out.relied = rename(world.relied, &named);
        out
    }

    /// Every world that can be reached, or the shortest story of one that breaks.
    pub fn search(&self) -> Explored {
        let mut seen = Seen::new();
        let mut moves = Moves::new();
        let mut steps = 0u32;
        seen.add(&World::start(), 0);
        let mut at = 0;
        while at < seen.worlds.len() {
            let world = seen.worlds[at];
            if world.broken().is_some() {
                return Explored { states: seen.worlds.len(), steps, broken: Some(self.story(&seen, at)) };
            }
            self.moves(&world, &mut moves);
            for (next, mark) in &moves {
                if let What::Step(step) = mark.what {
                    steps |= 1 << index(step);
                }
                seen.add(&self.canonical(next), at as u32);
            }
            at += 1;
        }
        Explored { states: seen.worlds.len(), steps, broken: None }
    }

    /// How it came to this, told with one name a desk all along.
    fn story(&self, seen: &Seen, mut at: usize) -> String {
        let mut path = Vec::new();
        while at != 0 {
            path.push(seen.worlds[at]);
            at = seen.from[at] as usize;
        }
        let mut world = World::start();
        let mut moves = Moves::new();
        let mut out = String::new();
        for wanted in path.iter().rev() {
            self.moves(&world, &mut moves);
            let Some((next, mark)) = moves.iter().find(|(next, _)| self.canonical(next) == *wanted) else {
                out.push_str("(a move is missing here)\n");
                return out;
            };
            out.push_str(&line(&world, next, *mark));
            world = *next;
        }
        out + &world.broken().unwrap_or_default()
    }

    /// The worlds in which these events may end, told one by one: who, and what. Moves that the code does not announce
    /// may lie between.
    ///
    /// # Errors
    /// The event that is no move of the model.
    pub fn follow(&self, events: &[Mark]) -> Result<Vec<World>, String> {
        let mut worlds = vec![World::start()];
        let mut moves = Moves::new();
        for (i, event) in events.iter().enumerate() {
            let mut after = Vec::new();
            for world in self.silently(worlds, &mut moves) {
                let mut world = world;
                let at = world.desks[event.desk].at;
                // Waits for another's publication: it has let go, and looks again.
                let waits = event.what == What::Step(Step::Look) && matches!(at, At::Skip | At::Past);
                if waits || event.what == What::Crash {
                    world.desks[event.desk] = world.desks[event.desk].again();
                }
                // A look after which it only waits changes nothing.
                let same = matches!(event.what, What::Step(Step::Look) | What::Crash);
                if same && world.desks[event.desk].at == At::Look && !after.contains(&world) {
                    after.push(world);
                }
                self.moves(&world, &mut moves);
                for (next, mark) in &moves {
                    let who = mark.desk == event.desk || mark.desk == DESKS;
                    if who && mark.what == event.what && !after.contains(next) {
                        after.push(*next);
                    }
                }
            }
            if after.is_empty() {
                return Err(format!("event {i}, {event:?}, is no move"));
            }
            worlds = after;
        }
        Ok(self.silently(worlds, &mut moves))
    }

    /// These worlds, and those that come of them by moves within a step.
    fn silently(&self, mut worlds: Vec<World>, moves: &mut Moves) -> Vec<World> {
        let mut at = 0;
        while at < worlds.len() {
            self.moves(&worlds[at].clone(), moves);
            for (next, mark) in moves.iter() {
                if matches!(mark.what, What::Copy | What::Past) && !worlds.contains(next) {
                    worlds.push(*next);
                }
            }
            at += 1;
        }
        worlds
    }
}

fn rename(rows: Rows, named: &[u16; 8]) -> Rows {
    let mut out = 0;
    let mut at = 0;
    while rows.0 >> at != 0 {
        out |= named[(rows.0 >> at & 7) as usize] << at;
        at += 3;
    }
    Rows(out)
}

fn line(before: &World, after: &World, mark: Mark) -> String {
    let what = match mark.what {
        What::Step(step) => format!("{step:?}"),
        What::Copy => "Build: reads the dead file".to_owned(),
        What::Past => "Skip: looks at the next number".to_owned(),
        What::Crash => "crashes and comes back".to_owned(),
        What::Sweep => "an old turn is removed".to_owned(),
    };
    let mut about = String::new();
    for file in 1..=FILES as u8 {
        let (was, is) = (before.turns[file as usize - 1], after.turns[file as usize - 1]);
        for k in 0..8 {
            if (was ^ is) >> (4 * k) & 15 != 0 {
                let end = match is >> (4 * k + 1) & 7 {
                    0 if is >> (4 * k) & 1 == 0 => "gone",
                    0 => "begun",
                    1..=3 => "end created",
                    5 => "end says released",
                    6 => "end says closed",
                    _ => "end says taken",
                };
                about.push_str(&format!(" [turn {file}.{k}: {end}]"));
            }
        }
        if before.logs[file as usize - 1] != after.logs[file as usize - 1] {
            about.push_str(&format!(" [log {file}: {}]", after.log(file)));
        }
        if before.published[file as usize - 1] != after.published[file as usize - 1] {
            let how = if after.published[file as usize - 1] == 1 { "created" } else { "whole" };
            about.push_str(&format!(" [publication {file}: {how}]"));
        }
    }
    if before.relied != after.relied {
        about.push_str(&format!(" [relied upon: {}]", after.relied));
    }
    let who = if mark.desk == DESKS { "late".to_owned() } else { format!("desk {}", mark.desk) };
    let next =
        if mark.desk == DESKS { String::new() } else { format!(" -> {:?}", after.desks[mark.desk].at) };
    format!("  {who}: {what}{about}{next}\n")
}
