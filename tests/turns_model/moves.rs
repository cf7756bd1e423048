//! The moves: every step that any desk may take in a world. What reads only, and could as well have been read at the
//! moment of the step before or after, is one move with it; what others can see between is a move of its own.

use jiuji::store::share::step::Step;

use super::rules::{Bounds, Rules};
use super::world::{
    At, CLOSED, DESKS, Desk, EMPTY, FILES, LANDED, Mark, NO_END, RELEASED, Rows, TAKEN, WHOLE, What, World,
    turn_of_row,
};

/// The protocol with its rules, in bounds.
#[derive(Clone, Copy)]
pub struct Model {
    pub rules: Rules,
    pub bounds: Bounds,
}

pub type Moves = Vec<(World, Mark)>;

impl Model {
    pub fn moves(&self, world: &World, out: &mut Moves) {
        out.clear();
        for i in 0..self.bounds.commands.len() {
            self.of_desk(world, i, out);
        }
        self.landings(world, out);
        if self.bounds.sweeping {
            self.sweeps(world, out);
        }
    }

    /// The id of the command that a desk has in hand.
    fn cid(&self, world: &World, i: usize) -> u8 {
        let mut cid = 1 + world.desks[i].done;
        for commands in &self.bounds.commands[..i] {
            cid += commands;
        }
        cid
    }

    fn is_done(&self, desk: &Desk, i: usize) -> bool {
        desk.done >= self.bounds.commands[i]
    }

    /// Takes a world in which desk `i` has moved: forgets what no desk will use, and lets readers read.
    fn push(&self, mut next: World, i: usize, what: What, out: &mut Moves) {
        for desk in &mut next.desks[..self.bounds.commands.len()] {
            if desk.own != 0 {
                let (file, k) = (desk.own, desk.own_k);
                let turns = next.turns[file as usize - 1] >> (4 * k);
                // Ended, or an old name: nothing to end any more.
                if turns != 1 {
                    (desk.own, desk.own_k) = (0, 0);
                }
            }
        }
        if self.bounds.reading {
            self.read(&mut next);
        } else {
            next.last = [0; FILES];
        }
        for i in 0..self.bounds.commands.len() {
            if self.in_vain(&next, &next.desks[i]) {
                next.desks[i] = next.desks[i].again();
            }
        }
        out.push((next, Mark { desk: i, what }));
    }

    /// Whether the step that a desk takes next can only fail, without a trace, and will for ever: it looks again.
    fn in_vain(&self, world: &World, desk: &Desk) -> bool {
        let bounds = &self.bounds;
        let lasts = !bounds.sweeping || (self.rules.sweep_below && desk.k == bounds.turns - 1);
        match desk.at {
            At::Begin => lasts && world.begun(desk.file, desk.k),
            At::Tomb if self.rules.tomb => lasts && world.begun(desk.file, desk.k),
            At::Retire if self.rules.retire_blocks => lasts && world.begun(desk.file, desk.k),
            At::Take => lasts && world.ending(desk.file, desk.k) != NO_END,
            At::Build => self.rules.first_wins && world.published[desk.file as usize] == WHOLE,
            At::Copy | At::Publish | At::Past => {
                self.rules.first_wins && world.published[desk.building as usize - 1] == WHOLE
            }
            _ => false,
        }
    }

    /// Forgets the turns of files that were replaced and that no desk has in hand, where nobody will ask for them.
    pub fn bury(&self, world: &mut World) {
        if self.bounds.reading || self.bounds.stale {
            return;
        }
        let current = world.current();
        let mut used = 0u8;
        for desk in &world.desks {
            used |= 1 << desk.file | 1 << desk.own;
        }
        for file in 1..current {
            if used >> file & 1 == 0 && world.published[file as usize - 1] == WHOLE {
                world.turns[file as usize - 1] = 0;
            }
        }
    }

    fn go(&self, world: &World, i: usize, desk: Desk, step: Step, out: &mut Moves) {
        let mut next = *world;
        next.desks[i] = desk;
        self.push(next, i, What::Step(step), out);
    }

    fn of_desk(&self, world: &World, i: usize, out: &mut Moves) {
        let desk = world.desks[i];
        let (file, k) = (desk.file, desk.k);
        let again = desk.again();
        // A fall before or after a step that only reads comes to the same: one is enough.
        if matches!(desk.at, At::Write | At::End | At::EndWrite | At::Build | At::Past) {
            let mut next = *world;
            next.desks[i] = again;
            self.push(next, i, What::Crash, out);
        }
        match desk.at {
            At::Idle => {}
            At::Look => self.look(world, i, out),
            At::Begin => {
                if world.begun(file, k) {
                    self.go(world, i, again, Step::Begin, out);
                    return;
                }
                let mut next = *world;
                next.begin(file, k);
                // Later ones are there: an old name made anew. It holds up nobody and stays as it is.
                let reborn = self.rules.relist && world.next_turn(file) > k + 1;
                next.desks[i] = if reborn {
                    again
                } else {
                    Desk { at: At::Write, file, k, own: file, own_k: k, ..again }
                };
                self.push(next, i, What::Step(Step::Begin), out);
            }
            At::Write => self.write(world, i, again, out),
            At::End => {
                let mut next = *world;
                if world.ending(file, k) == NO_END {
                    next.end(file, k, if desk.closed { CLOSED } else { RELEASED });
                    next.desks[i] =
                        if desk.acks { Desk { at: At::EndWrite, closed: false, ..desk } } else { again };
                } else if self.rules.end_decides || !desk.acks {
                    next.desks[i] = Desk { lost: !self.rules.resolve_in_turn, ..again };
                } else {
                    self.acknowledge(&mut next, i, file, again);
                }
                self.push(next, i, What::Step(Step::End), out);
            }
            At::EndWrite => {
                let mut next = *world;
                next.end(file, k, LANDED);
                self.acknowledge(&mut next, i, file, again);
                self.push(next, i, What::Step(Step::EndWrite), out);
            }
            At::Take => {
                let mut next = *world;
                next.desks[i] = again;
                if world.ending(file, k) == NO_END {
                    next.end(file, k, TAKEN);
                }
                self.push(next, i, What::Step(Step::Take), out);
            }
            At::Tomb => self.block(world, i, self.rules.tomb, again, Step::Tomb, out),
            At::Retire => self.block(world, i, self.rules.retire_blocks, again, Step::Retire, out),
            At::Build => {
                let desk = Desk { building: file + 1, ..desk };
                let (next, _) = self.at_number(world, desk, again);
                if next.building <= self.bounds.files {
                    self.go(world, i, next, Step::Build, out);
                }
            }
            At::Copy => {
                let mut next = *world;
                let follows = if desk.closed { file } else { world.follows[file as usize - 1] };
                let last = world.last[file as usize - 1];
                let log = world.log(file);
                next.desks[i] = Desk {
                    at: At::Publish,
                    building: desk.building,
                    copied: true,
                    log,
                    last,
                    follows,
                    ..again
                };
                self.push(next, i, What::Copy, out);
            }
            At::Publish => self.publish(world, i, again, out),
            At::Skip => self.skip(world, i, again, out),
            At::Past => {
                let (desk, _) = self.at_number(world, desk, again);
                let mut next = *world;
                next.desks[i] = desk;
                self.push(next, i, What::Past, out);
            }
        }
    }

    /// The highest publication, its highest turn, and what that one's end says. A standstill may be seen at any time.
    fn look(&self, world: &World, i: usize, out: &mut Moves) {
        let desk = world.desks[i];
        let current = world.current();
        if desk.lost && !self.is_done(&desk, i) && world.log(current).has(self.cid(world, i)) {
            // The tempting mistake: it stands there, so it is done.
            let mut next = *world;
            self.acknowledge(&mut next, i, current, desk);
            self.push(next, i, What::Step(Step::Look), out);
        }
        let mut file = current;
        while file >= 1 {
            if world.published[file as usize - 1] == WHOLE {
                self.look_at(world, i, file, out);
            }
            if !self.bounds.stale {
                return;
            }
            file -= 1;
        }
    }

    fn look_at(&self, world: &World, i: usize, file: u8, out: &mut Moves) {
        let desk = world.desks[i];
        let bounds = &self.bounds;
        let next = world.next_turn(file);
        let room = next < bounds.turns;
        let begin = |k: u8, out: &mut Moves| {
            if k >= bounds.turns {
                return;
            }
            if bounds.refusing || !self.is_done(&desk, i) {
                self.go(world, i, Desk { at: At::Begin, file, k, ..desk }, Step::Look, out);
            }
            if bounds.retiring && file < bounds.files {
                self.go(world, i, Desk { at: At::Retire, file, k, ..desk }, Step::Look, out);
            }
        };
        if next == 0 {
            begin(0, out);
            return;
        }
        let k = next - 1;
        let ending = world.ending(file, k);
        if ending == NO_END {
            if (desk.own == file && desk.own_k == k) || !self.rules.own_turn {
                // Its own turn from before a crash: it may have written or not, and does not acknowledge.
                self.go(world, i, Desk { at: At::End, file, k, ..desk }, Step::Look, out);
            }
            self.go(world, i, Desk { at: At::Take, file, k, ..desk }, Step::Look, out);
            if !self.rules.wait_for_release {
                begin(next, out);
            }
            return;
        }
        if ending == RELEASED | LANDED || (ending == CLOSED | LANDED && !self.rules.closed_is_last) {
            begin(next, out);
        }
        if file >= bounds.files {
            return;
        }
        if ending == CLOSED | LANDED {
            self.go(world, i, Desk { at: At::Build, file, closed: true, ..desk }, Step::Look, out);
        } else if ending == TAKEN | LANDED {
            self.go(world, i, Desk { at: At::Build, file, ..desk }, Step::Look, out);
        } else if ending & LANDED == 0 {
            if room {
                self.go(world, i, Desk { at: At::Tomb, file, k: next, ..desk }, Step::Look, out);
            }
            if !self.rules.closed_complete {
                self.go(world, i, Desk { at: At::Build, file, closed: true, ..desk }, Step::Look, out);
            }
        }
    }

    fn write(&self, world: &World, i: usize, again: Desk, out: &mut Moves) {
        let (file, k) = (world.desks[i].file, world.desks[i].k);
        let ending = Desk { at: At::End, file, k, ..again };
        if self.bounds.refusing {
            self.go(world, i, ending, Step::Write, out);
        }
        if self.is_done(&again, i) {
            return;
        }
        let cid = self.cid(world, i);
        let log = world.log(file);
        if log.has(cid) && self.rules.once {
            self.go(world, i, Desk { acks: true, ..ending }, Step::Write, out);
            return;
        }
        let mut next = *world;
        next.logs[file as usize - 1] = log.with(cid);
        next.last[file as usize - 1] = turn_of_row(file, k);
        next.desks[i] = Desk { acks: true, ..ending };
        self.push(next, i, What::Step(Step::Write), out);
        if self.bounds.closing {
            next.desks[i].closed = true;
            self.push(next, i, What::Step(Step::Write), out);
        }
    }

    fn acknowledge(&self, next: &mut World, i: usize, file: u8, again: Desk) {
        let log = next.log(file);
        next.rely(log.first(log.place(self.cid(next, i)) + 1));
        let done = again.done + 1;
        let idle = done >= self.bounds.commands[i] && !self.bounds.helping;
        next.desks[i] = Desk { at: if idle { At::Idle } else { At::Look }, done, lost: false, ..again };
    }

    /// Takes a turn only to build, so that nobody can write in it.
    fn block(&self, world: &World, i: usize, blocks: bool, again: Desk, step: Step, out: &mut Moves) {
        let (file, k) = (world.desks[i].file, world.desks[i].k);
        let build = Desk { at: At::Build, file, ..again };
        if !blocks {
            self.go(world, i, build, step, out);
            return;
        }
        if world.begun(file, k) {
            self.go(world, i, again, step, out);
            return;
        }
        let mut next = *world;
        next.begin(file, k);
        let reborn = self.rules.relist_builder && world.next_turn(file) > k + 1;
        next.desks[i] = if reborn { again } else { build };
        if !self.rules.unnoted {
            (next.desks[i].own, next.desks[i].own_k) = (file, k);
        }
        self.push(next, i, What::Step(step), out);
    }

    /// What a builder does at the number it has come to; whether it goes on.
    fn at_number(&self, world: &World, desk: Desk, again: Desk) -> (Desk, bool) {
        let number = desk.building;
        if number > self.bounds.files {
            return (desk, false);
        }
        match world.published[number as usize - 1] {
            WHOLE if self.rules.first_wins => (again, false),
            WHOLE => (Desk { at: At::Past, building: number + 1, k: 0, ..desk }, true),
            EMPTY => (Desk { at: At::Skip, k: 0, ..desk }, true),
            _ => (Desk { at: if desk.copied { At::Publish } else { At::Copy }, k: 0, ..desk }, true),
        }
    }

    fn publish(&self, world: &World, i: usize, again: Desk, out: &mut Moves) {
        let desk = world.desks[i];
        let at = desk.building as usize - 1;
        if world.published[at] != 0 {
            let (desk, _) = self.at_number(world, desk, again);
            self.go(world, i, desk, Step::Publish, out);
            return;
        }
        let mut next = *world;
        next.published[at] = EMPTY;
        (next.logs[at], next.last[at], next.follows[at]) = (desk.log, desk.last, desk.follows);
        next.desks[i] = again;
        self.push(next, i, What::Step(Step::Publish), out);
    }

    fn skip(&self, world: &World, i: usize, again: Desk, out: &mut Moves) {
        let desk = world.desks[i];
        let number = desk.building;
        let mut next = *world;
        if self.rules.skip_blocks {
            next.begin(number, 0);
        }
        // A writer there would have seen the publication whole before it began.
        let alive = self.rules.skip_rereads && world.published[number as usize - 1] == WHOLE;
        if !alive && number >= self.bounds.files {
            return;
        }
        next.desks[i] = if alive { again } else { Desk { at: At::Past, building: number + 1, ..desk } };
        self.push(next, i, What::Step(Step::Skip), out);
    }

    /// What was created empty gets its content: from a desk that slept, or in flight when its desk died.
    fn landings(&self, world: &World, out: &mut Moves) {
        for file in 1..=self.bounds.files {
            let turns = world.turns[file as usize - 1];
            let mut k = 0;
            while turns >> (4 * k) != 0 {
                let ending = turns >> (4 * k + 1) & 7;
                if ending != NO_END && ending & LANDED == 0 {
                    let mut next = *world;
                    next.end(file, k, LANDED);
                    let step = if ending == TAKEN { Step::TakeWrite } else { Step::EndWrite };
                    self.push(next, DESKS, What::Step(step), out);
                }
                k += 1;
            }
            if world.published[file as usize - 1] == EMPTY {
                let mut next = *world;
                next.published[file as usize - 1] = WHOLE;
                self.push(next, DESKS, What::Step(Step::PublishWrite), out);
            }
        }
    }

    /// Ended turns go, one by one, in any order, if they lie below one that its holder ended. The code keeps two
    /// hundred more.
    fn sweeps(&self, world: &World, out: &mut Moves) {
        for file in 1..=self.bounds.files {
            let turns = world.turns[file as usize - 1];
            let mut below = self.bounds.turns;
            if self.rules.sweep_below {
                while below > 0 {
                    let ending = turns >> (4 * (below - 1) + 1) & 7;
                    if ending == RELEASED | LANDED || ending == CLOSED | LANDED {
                        break;
                    }
                    below -= 1;
                }
                below = below.saturating_sub(1);
            }
            for k in 0..below {
                if turns >> (4 * k + 1) & 7 != NO_END {
                    let mut next = *world;
                    next.turns[file as usize - 1] &= !(15 << (4 * k));
                    self.push(next, DESKS, What::Sweep, out);
                }
            }
        }
    }

    /// Readers take what they may, at once and from every file that was published whole: whoever sleeps longest reads
    /// in the oldest.
    fn read(&self, world: &mut World) {
        for file in 1..=self.bounds.files {
            if world.published[file as usize - 1] == WHOLE {
                let log = self.readable(world, file);
                world.rely(log);
            }
        }
    }

    fn readable(&self, world: &World, file: u8) -> Rows {
        let log = world.log(file);
        if log.0 == 0 || !self.rules.settled {
            return log;
        }
        let row = world.last[file as usize - 1];
        let by_holder = |file: u8, k: u8| {
            let ending = world.ending(file, k);
            ending == RELEASED | LANDED
                || ending == CLOSED | LANDED
                || (world.gone(file, k) && world.next_turn(file) > k)
        };
        let born_with = row >> 4 != file;
        if by_holder(row >> 4, row & 15) || (born_with && (!self.rules.settled_birth || by_holder(file, 0))) {
            return log;
        }
        log.first(log.len() - 1)
    }
}
