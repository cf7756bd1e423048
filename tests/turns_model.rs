//! The protocol of turns, checked in every interleaving.
//!
//! Two desks give one command each (one of them two, where a rule needs it) and may at every step stop for ever, sleep, or come back; no timing is assumed, so
//! any turn may be taken over, and any empty end or publication judged dead, at any time. After every step: what was
//! acknowledged stands in the current file, once. The moves carry the names of [`jiuji::store::share::step::Step`],
//! which the code announces before it takes them.
//!
//! Two things of the code are here besides the bare protocol: a desk that restarts ends its own old turn, and old
//! turns may be removed at any time as long as later ones stay ([`Rules::relist`] is the guard against a name made
//! anew). Each rule can be switched off, and then the model must break: a check that cannot fail shows nothing.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops at once and says what it saw"
)]

use std::collections::HashSet;

use jiuji::store::share::step::Step;

/// Which rules hold.
#[derive(Clone, Copy)]
struct Rules {
    /// After an empty end the next turn is taken before building.
    tomb: bool,
    /// After an empty publication its turn 0 is taken before publishing the next.
    skip_blocks: bool,
    /// An unknown outcome is resolved inside a turn, not by looking at the newer file.
    resolve_in_turn: bool,
    /// A turn may be begun only after the one before was released.
    wait_for_release: bool,
    /// A holder that finds its end already made does not acknowledge.
    end_decides: bool,
    /// A begun turn looks whether later ones exist, for old names may have been removed.
    relist: bool,
}

const ALL: Rules = Rules {
    tomb: true,
    skip_blocks: true,
    resolve_in_turn: true,
    wait_for_release: true,
    end_decides: true,
    relist: true,
};

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
enum Ending {
    Empty,
    Released,
    Taken,
}

/// Where a desk stands: the step that it takes next, with what it carries.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
enum At {
    Idle,
    Next(Step),
    /// Has created its turn and not yet looked for later ones.
    Begun,
    /// Has ended its turn and not yet acknowledged.
    Acknowledge,
    /// Found its end made by another.
    Unknown,
    /// Publishes this file next, having skipped what lay before.
    Past(u8),
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct Desk {
    at: At,
    file: u8,
    k: u8,
    /// The turn that it holds as a writer, as it noted it.
    own: Option<(u8, u8)>,
    /// What it read of the dead file.
    known: Content,
    building: u8,
    /// It wrote in a turn that it lost; only kept where that makes a difference.
    lost: bool,
    /// How many of its commands it has acknowledged.
    done: u8,
}

/// What a file holds: commands in order, three bits each.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
struct Content(u16);

impl Content {
    fn cids(self) -> impl Iterator<Item = u8> {
        (0..5).map(move |at| (self.0 >> (3 * at) & 7) as u8).take_while(|cid| *cid != 0).map(|cid| cid - 1)
    }

    fn contains(self, cid: u8) -> bool {
        self.cids().any(|other| other == cid)
    }

    /// The command's id is unique in the table.
    fn with(self, cid: u8) -> Content {
        if self.contains(cid) {
            return self;
        }
        Content(self.0 | u16::from(cid + 1) << (3 * self.cids().count()))
    }
}

const MOST: usize = 5;

#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
struct World {
    /// Per file and turn: whether its name is taken, and its end.
    turns: [[bool; MOST]; MOST],
    ends: [[Option<Ending>; MOST]; MOST],
    /// Whether a publication is there, and complete.
    published: [Option<bool>; MOST],
    files: [Content; MOST],
    desks: [Desk; 2],
    acknowledged: Content,
}

impl World {
    fn start() -> World {
        let desk = Desk {
            at: At::Next(Step::Look),
            file: 0,
            k: 0,
            own: None,
            known: Content(0),
            building: 0,
            lost: false,
            done: 0,
        };
        let mut published = [None; MOST];
        published[1] = Some(true);
        World {
            turns: [[false; MOST]; MOST],
            ends: [[None; MOST]; MOST],
            published,
            files: [Content(0); MOST],
            desks: [desk; 2],
            acknowledged: Content(0),
        }
    }

    fn has(&self, turn: (u8, u8)) -> bool {
        self.turns[turn.0 as usize][turn.1 as usize]
    }

    fn begin(&mut self, turn: (u8, u8)) {
        self.turns[turn.0 as usize][turn.1 as usize] = true;
    }

    fn ending(&self, turn: (u8, u8)) -> Option<Ending> {
        self.ends[turn.0 as usize][turn.1 as usize]
    }

    fn end(&mut self, turn: (u8, u8), ending: Ending) {
        self.ends[turn.0 as usize][turn.1 as usize] = Some(ending);
    }

    fn current(&self) -> u8 {
        self.published.iter().rposition(|p| *p == Some(true)).unwrap() as u8
    }

    fn top(&self, file: u8) -> Option<u8> {
        let file = file as usize;
        (0..MOST).rev().find(|k| self.turns[file][*k] || self.ends[file][*k].is_some()).map(|k| k as u8)
    }

    /// Forgets what a desk will not use any more, so that equal futures are one state.
    fn forget(mut self) -> World {
        for desk in &mut self.desks {
            match desk.at {
                At::Idle | At::Next(Step::Look) => (desk.file, desk.k, desk.building) = (0, 0, 0),
                At::Past(_) | At::Next(Step::Skip | Step::Publish | Step::PublishWrite) => {
                    (desk.file, desk.k) = (0, 0);
                    continue;
                }
                _ => {}
            }
            desk.known = Content(0);
        }
        self
    }

    fn broken(&self) -> Option<String> {
        let content = self.files[self.current() as usize];
        self.acknowledged
            .cids()
            .find(|cid| !content.contains(*cid))
            .map(|cid| format!("acknowledged {cid} is not in file {}", self.current()))
    }
}

/// Takes a change of the world as one move of a desk.
type Push<'a> = &'a mut dyn FnMut(&dyn Fn(&mut World, usize));

struct Model {
    rules: Rules,
    files: u8,
    turns: u8,
    /// How many commands each desk gives.
    commands: [u8; 2],
    /// Old turns are removed at any time, but for the last so many.
    keep: u8,
}

impl Model {
    fn moves(&self, world: &World) -> Vec<World> {
        let mut out = Vec::new();
        for i in 0..world.desks.len() {
            self.moves_of(world, i, &mut out);
        }
        for file in 1..=self.files {
            self.sweep(world, file, &mut out);
        }
        out
    }

    /// The oldest ended turn goes, if enough later ones stay.
    fn sweep(&self, world: &World, file: u8, out: &mut Vec<World>) {
        let Some(top) = world.top(file) else { return };
        let Some(k) = (0..top).find(|k| world.has((file, *k))) else { return };
        if k + self.keep < top && matches!(world.ending((file, k)), Some(Ending::Released | Ending::Taken)) {
            let mut next = *world;
            next.turns[file as usize][k as usize] = false;
            next.ends[file as usize][k as usize] = None;
            out.push(next);
        }
    }

    fn moves_of(&self, world: &World, i: usize, out: &mut Vec<World>) {
        let desk = &world.desks[i];
        let cid = 2 * i as u8 + desk.done;
        let turn = (desk.file, desk.k);
        let mut push = |change: &dyn Fn(&mut World, usize)| {
            let mut next = *world;
            change(&mut next, i);
            out.push(next);
        };
        // A PC that dies and comes back knows only what it noted: its command and its turn.
        if desk.own.is_some() && desk.at != At::Idle {
            push(&|w, i| w.desks[i].at = At::Next(Step::Look));
        }
        match desk.at {
            At::Idle => {}
            At::Next(Step::Look) => self.look(world, i, &mut push),
            At::Next(Step::Begin) => {
                if world.has(turn) {
                    push(&|w, i| w.desks[i].at = At::Next(Step::Look));
                } else {
                    push(&|w, i| {
                        w.begin(turn);
                        w.desks[i].own = Some(turn);
                        w.desks[i].at = At::Begun;
                    });
                }
            }
            At::Begun => {
                let reborn = world.top(desk.file).is_some_and(|top| top > desk.k);
                if reborn && self.rules.relist {
                    push(&|w, i| {
                        w.desks[i].own = None;
                        w.desks[i].at = At::Next(Step::Look);
                    });
                } else {
                    push(&|w, i| w.desks[i].at = At::Next(Step::Write));
                }
            }
            At::Next(Step::Write) => push(&|w, i| {
                let file = turn.0 as usize;
                w.files[file] = w.files[file].with(cid);
                w.desks[i].at = At::Next(Step::End);
            }),
            At::Next(Step::End) => {
                if world.ending(turn).is_none() {
                    push(&|w, i| {
                        w.end(turn, Ending::Empty);
                        w.desks[i].at = At::Next(Step::EndWrite);
                    });
                } else if self.rules.end_decides {
                    push(&|w, i| {
                        w.desks[i].own = None;
                        w.desks[i].at = At::Unknown;
                    });
                } else {
                    push(&|w, i| w.desks[i].at = At::Acknowledge);
                }
            }
            At::Next(Step::EndWrite) => push(&|w, i| {
                w.end(turn, Ending::Released);
                w.desks[i].at = At::Acknowledge;
            }),
            At::Acknowledge => push(&|w, i| {
                w.acknowledged = w.acknowledged.with(cid);
                let desk = &mut w.desks[i];
                (desk.own, desk.lost) = (None, false);
                desk.done += 1;
                desk.at = if desk.done < self.commands[i] { At::Next(Step::Look) } else { At::Idle };
            }),
            At::Unknown => push(&|w, i| {
                w.desks[i].lost = !self.rules.resolve_in_turn;
                w.desks[i].at = At::Next(Step::Look);
            }),
            At::Next(Step::Take) => {
                if world.ending(turn).is_some() {
                    push(&|w, i| w.desks[i].at = At::Next(Step::Look));
                } else {
                    push(&|w, i| {
                        w.end(turn, Ending::Empty);
                        w.desks[i].at = At::Next(Step::TakeWrite);
                    });
                }
            }
            At::Next(Step::TakeWrite) => push(&|w, i| {
                w.end(turn, Ending::Taken);
                w.desks[i].at = At::Next(Step::Look);
            }),
            At::Next(Step::Tomb) => {
                let next = (turn.0, turn.1 + 1);
                if !self.rules.tomb {
                    push(&|w, i| w.desks[i].at = At::Next(Step::Build));
                } else if world.has(next) {
                    push(&|w, i| w.desks[i].at = At::Next(Step::Look));
                } else if next.1 > self.turns {
                    // Beyond the bound of this search.
                } else {
                    push(&|w, i| {
                        w.begin(next);
                        w.desks[i].at = At::Next(Step::Build);
                    });
                }
            }
            At::Next(Step::Build) => push(&|w, i| {
                w.desks[i].known = w.files[turn.0 as usize];
                w.desks[i].building = turn.0 + 1;
                w.desks[i].at = At::Past(turn.0 + 1);
            }),
            At::Past(number) => self.past(world, number, &mut push),
            At::Next(Step::Skip) => {
                let number = desk.building;
                push(&|w, i| {
                    if self.rules.skip_blocks {
                        w.begin((number, 0));
                    }
                    // Reads the publication again: a writer in its turn 0 has seen it whole.
                    if w.published[number as usize] == Some(true) {
                        w.desks[i].at = At::Next(Step::Look);
                    } else {
                        w.desks[i].at = At::Past(number + 1);
                    }
                });
            }
            At::Next(Step::Publish) => {
                let number = desk.building;
                if world.published[number as usize].is_some() {
                    push(&|w, i| w.desks[i].at = At::Past(number));
                } else {
                    push(&|w, i| {
                        w.published[number as usize] = Some(false);
                        w.files[number as usize] = w.desks[i].known;
                        w.desks[i].at = At::Next(Step::PublishWrite);
                    });
                }
            }
            At::Next(Step::PublishWrite) => {
                let number = desk.building;
                push(&|w, i| {
                    w.published[number as usize] = Some(true);
                    w.desks[i].at = At::Next(Step::Look);
                });
            }
        }
    }

    /// Looks: the highest publication, its highest turn; a standstill may be seen at any time.
    fn look(&self, world: &World, i: usize, push: Push<'_>) {
        let file = world.current();
        let to = |k: u8, at: At| {
            move |w: &mut World, i: usize| {
                let desk = &mut w.desks[i];
                (desk.file, desk.k, desk.at) = (file, k, at);
            }
        };
        let cid = 2 * i as u8 + world.desks[i].done;
        if world.desks[i].lost && world.files[file as usize].contains(cid) {
            // The tempting mistake: it stands there, so it is done.
            push(&|w, i| w.desks[i].at = At::Acknowledge);
        }
        let Some(top) = world.top(file) else {
            push(&to(0, At::Next(Step::Begin)));
            return;
        };
        match world.ending((file, top)) {
            None if world.desks[i].own == Some((file, top)) => {
                // Ends its own old turn: it may have written or not, and does not acknowledge.
                push(&move |w, i| {
                    w.end((file, top), Ending::Released);
                    w.desks[i].own = None;
                    w.desks[i].at = At::Next(Step::Look);
                });
            }
            None => {
                push(&to(top, At::Next(Step::Take)));
                if !self.rules.wait_for_release && top + 1 < self.turns {
                    push(&to(top + 1, At::Next(Step::Begin)));
                }
            }
            Some(Ending::Released) if top + 1 < self.turns => push(&to(top + 1, At::Next(Step::Begin))),
            Some(Ending::Released) => {}
            Some(Ending::Taken) if file < self.files => push(&to(top, At::Next(Step::Build))),
            Some(Ending::Empty) if file < self.files => push(&to(top, At::Next(Step::Tomb))),
            Some(Ending::Taken | Ending::Empty) => {}
        }
    }

    /// Is this number free to publish, whole, or empty?
    fn past(&self, world: &World, number: u8, push: Push<'_>) {
        if number > self.files {
            return;
        }
        let go = |at: At| {
            move |w: &mut World, i: usize| {
                w.desks[i].building = number;
                w.desks[i].at = at;
            }
        };
        match world.published[number as usize] {
            None => push(&go(At::Next(Step::Publish))),
            Some(true) => push(&go(At::Next(Step::Look))),
            Some(false) => push(&go(At::Next(Step::Skip))),
        }
    }

    /// Every state that can be reached, breadth first: how many there are, or the story of the first that breaks.
    fn search(&self) -> Result<usize, String> {
        let mut states = vec![(World::start(), 0usize)];
        let mut seen = HashSet::from([World::start()]);
        let mut at = 0;
        while let Some((world, _)) = states.get(at).copied() {
            if let Some(why) = world.broken() {
                return Err(format!("{}{why}", story(&states, at)));
            }
            for next in self.moves(&world) {
                let next = next.forget();
                if seen.insert(next) {
                    states.push((next, at));
                }
            }
            at += 1;
        }
        Ok(states.len())
    }
}

/// How it came to this: which desk took which step.
fn story(states: &[(World, usize)], mut at: usize) -> String {
    let mut lines = Vec::new();
    while at != 0 {
        let (world, from) = states[at];
        let before = states[from].0;
        for i in 0..2 {
            if before.desks[i] != world.desks[i] {
                let desk = before.desks[i];
                lines.push(format!("desk {i}: {:?} (file {}, turn {})\n", desk.at, desk.file, desk.k));
            }
        }
        at = from;
    }
    lines.into_iter().rev().collect()
}

fn check(rules: Rules, files: u8, turns: u8, commands: [u8; 2]) -> Result<usize, String> {
    Model { rules, files, turns, commands, keep: 1 }.search()
}

/// All interleavings hold; the model moves.
fn holds(files: u8, turns: u8) {
    match check(ALL, files, turns, [1, 1]) {
        Ok(states) => {
            println!("{files} files, {turns} turns: {states} states");
            assert!(states > 1_000, "only {states} states: the model does not move");
        }
        Err(story) => panic!("{story}"),
    }
}

#[test]
fn what_is_acknowledged_stays_where_old_turns_go() {
    holds(2, 2);
}

#[test]
fn what_is_acknowledged_stays_where_an_empty_publication_is_skipped() {
    holds(3, 1);
}

#[test]
fn every_rule_is_needed() {
    let without = [
        ("tomb", Rules { tomb: false, ..ALL }, (2, 2, [2, 1])),
        ("skip_blocks", Rules { skip_blocks: false, ..ALL }, (3, 1, [1, 1])),
        ("resolve_in_turn", Rules { resolve_in_turn: false, ..ALL }, (3, 1, [1, 1])),
        ("wait_for_release", Rules { wait_for_release: false, ..ALL }, (2, 2, [1, 1])),
        ("end_decides", Rules { end_decides: false, ..ALL }, (2, 2, [1, 1])),
        ("relist", Rules { relist: false, ..ALL }, (2, 2, [2, 1])),
    ];
    for (name, rules, (files, turns, commands)) in without {
        match check(rules, files, turns, commands) {
            Ok(states) => panic!("without {name} all {states} states hold: the model cannot fail"),
            Err(story) => println!("without {name}:\n{story}\n"),
        }
    }
}
