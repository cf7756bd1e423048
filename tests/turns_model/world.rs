//! The world of the model: what stands on the server, and what each desk knows. Plain small numbers, because the search
//! keeps millions of them.

use std::fmt;

use jiuji::store::share::step::Step;

/// Files at most; file `f` stands at place `f - 1`.
pub const FILES: usize = 4;
/// Desks at most.
pub const DESKS: usize = 3;

/// How a turn ended: 0 if it has no end; the end is created empty and its content lands later, or never.
pub const NO_END: u32 = 0;
pub const RELEASED: u32 = 1;
pub const CLOSED: u32 = 2;
pub const TAKEN: u32 = 3;
/// The content has landed.
pub const LANDED: u32 = 4;

/// A publication.
pub const EMPTY: u8 = 1;
pub const WHOLE: u8 = 2;

/// Where a desk stands: the step that it takes next.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum At {
    Look,
    Begin,
    Write,
    End,
    EndWrite,
    Take,
    Tomb,
    Retire,
    Build,
    /// Has seen that the number is free, and reads the dead file.
    Copy,
    Publish,
    Skip,
    /// Has skipped an empty publication and looks at the next number.
    Past,
    /// All its commands are acknowledged.
    Idle,
}

/// What a desk knows. Fields that its place does not use are 0.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Desk {
    pub at: At,
    pub file: u8,
    pub k: u8,
    /// The turn that it noted as its own, while that has no end: file (0 if none) and number.
    pub own: u8,
    pub own_k: u8,
    /// How many of its commands it has acknowledged.
    pub done: u8,
    /// Its end acknowledges a command.
    pub acks: bool,
    /// It ends its turn as `closed`; it builds upon a closed file.
    pub closed: bool,
    /// It wrote in a turn that it lost; only kept where that makes a difference.
    pub lost: bool,
    /// The number that it builds.
    pub building: u8,
    /// It has read the dead file: its log, the turn of the last row, the file before.
    pub copied: bool,
    pub last: u8,
    pub follows: u8,
    pub log: Rows,
}

pub const DESK: Desk = Desk {
    at: At::Look,
    file: 0,
    k: 0,
    own: 0,
    own_k: 0,
    done: 0,
    acks: false,
    closed: false,
    lost: false,
    building: 0,
    copied: false,
    last: 0,
    follows: 0,
    log: Rows(0),
};

impl Desk {
    /// Looks again, with nothing in hand.
    pub fn again(&self) -> Desk {
        Desk { own: self.own, own_k: self.own_k, done: self.done, lost: self.lost, ..DESK }
    }
}

/// Commands in order, three bits each, counted from 1.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rows(pub u16);

impl Rows {
    pub fn len(self) -> u32 {
        let mut len = 0;
        while self.0 >> (3 * len) != 0 {
            len += 1;
        }
        len
    }

    /// The place of a command, or 9.
    pub fn place(self, cid: u8) -> u32 {
        let mut at = 0;
        while self.0 >> (3 * at) != 0 {
            if (self.0 >> (3 * at) & 7) as u8 == cid {
                return at;
            }
            at += 1;
        }
        9
    }

    pub fn has(self, cid: u8) -> bool {
        self.place(cid) != 9
    }

    pub fn with(self, cid: u8) -> Rows {
        let len = self.len();
        assert!(len < 5, "the log is longer than the model can hold");
        Rows(self.0 | u16::from(cid) << (3 * len))
    }

    pub fn first(self, len: u32) -> Rows {
        Rows(self.0 & ((1 << (3 * len)) - 1))
    }

    pub fn starts(self, whole: Rows) -> bool {
        whole.first(self.len()) == self
    }

    /// The longer of two that are one log; nothing if they are not.
    pub fn join(self, other: Rows) -> Option<Rows> {
        match (self.starts(other), other.starts(self)) {
            (true, _) => Some(other),
            (_, true) => Some(self),
            _ => None,
        }
    }

    pub fn doubled(self) -> bool {
        let mut seen = 0u8;
        let mut at = 0;
        while self.0 >> (3 * at) != 0 {
            let bit = 1 << (self.0 >> (3 * at) & 7);
            if seen & bit != 0 {
                return true;
            }
            seen |= bit;
            at += 1;
        }
        false
    }
}

impl fmt::Display for Rows {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cids: Vec<String> = (0..self.len()).map(|at| (self.0 >> (3 * at) & 7).to_string()).collect();
        write!(f, "[{}]", cids.join(" "))
    }
}

/// The turn of a row, in one byte; 0 is none.
pub fn turn_of_row(file: u8, k: u8) -> u8 {
    file << 4 | k
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct World {
    /// Per file four bits a turn: whether its name is taken, and its end above that.
    pub turns: [u32; FILES],
    /// The whole log as it is read in this file and those that it follows.
    pub logs: [Rows; FILES],
    /// The turn of the last row of that.
    pub last: [u8; FILES],
    pub published: [u8; FILES],
    /// The file before, that is read together with this one.
    pub follows: [u8; FILES],
    pub desks: [Desk; DESKS],
    /// What somebody relies on: acknowledged to a user, or taken over by a reader.
    pub relied: Rows,
    /// Somebody relies on two things that are not one log.
    pub torn: bool,
}

impl World {
    pub fn start() -> World {
        World {
            turns: [0; FILES],
            logs: [Rows(0); FILES],
            last: [0; FILES],
            published: [WHOLE, 0, 0, 0],
            follows: [0; FILES],
            desks: [DESK; DESKS],
            relied: Rows(0),
            torn: false,
        }
    }

    pub fn begun(&self, file: u8, k: u8) -> bool {
        self.turns[file as usize - 1] >> (4 * k) & 1 != 0
    }

    /// Takes the name of a turn.
    pub fn begin(&mut self, file: u8, k: u8) {
        self.turns[file as usize - 1] |= 1 << (4 * k);
    }

    pub fn ending(&self, file: u8, k: u8) -> u32 {
        self.turns[file as usize - 1] >> (4 * k + 1) & 7
    }

    pub fn end(&mut self, file: u8, k: u8, ending: u32) {
        self.turns[file as usize - 1] |= ending << (4 * k + 1);
    }

    /// Whether neither the turn nor its end is there.
    pub fn gone(&self, file: u8, k: u8) -> bool {
        self.turns[file as usize - 1] >> (4 * k) & 15 == 0
    }

    pub fn current(&self) -> u8 {
        let mut file = FILES;
        while self.published[file - 1] != WHOLE {
            file -= 1;
        }
        file as u8
    }

    /// One more than the highest turn of a file; 0 if it has none.
    pub fn next_turn(&self, file: u8) -> u8 {
        let mut next = 0;
        let mut rest = self.turns[file as usize - 1];
        while rest != 0 {
            next += 1;
            rest >>= 4;
        }
        next
    }

    pub fn log(&self, file: u8) -> Rows {
        self.logs[file as usize - 1]
    }

    /// Relies on this log from now on.
    pub fn rely(&mut self, log: Rows) {
        match self.relied.join(log) {
            Some(longer) => self.relied = longer,
            None => self.torn = true,
        }
    }

    /// What must never be.
    pub fn broken(&self) -> Option<String> {
        let file = self.current();
        let log = self.log(file);
        if self.torn || !self.relied.starts(log) {
            return Some(format!("relied upon: {}, but file {file} says: {log}", self.relied));
        }
        if log.doubled() {
            return Some(format!("twice the same command in file {file}: {log}"));
        }
        let before = self.follows[file as usize - 1];
        if before != 0 && !self.log(before).starts(log) {
            let was = self.log(before);
            return Some(format!("file {before} says {was}, but file {file}, that follows it, {log}"));
        }
        None
    }
}

/// What happens in one move.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum What {
    Step(Step),
    /// Reads the dead file; the code does so within [`Step::Build`].
    Copy,
    /// Looks at the next number; the code does so within [`Step::Skip`].
    Past,
    /// The PC dies and comes back; it knows its commands and the turn that it noted.
    Crash,
    /// An old turn is removed.
    Sweep,
}

/// Who moved, and how.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Mark {
    /// The desk; [`DESKS`] where it is not told: a write lands that may come from a desk long gone.
    pub desk: usize,
    pub what: What,
}
