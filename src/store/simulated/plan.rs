//! What is to go wrong (故障), and when: counted over all operations of a PC, so that every one of them can be hit.

use super::Pc;
use crate::base::seeded::Rng;

/// What of the changes in the air survives a power cut: by its seed all, none, or any part, each by itself.
#[derive(Clone, Debug)]
pub struct Chance {
    rng: Rng,
    of_four: u64,
}

impl Chance {
    /// From a seed.
    pub fn new(seed: u64) -> Chance {
        let mut rng = Rng::new(seed);
        let of_four = match rng.below(8) {
            0 => 0,
            1 => 4,
            other => other % 3 + 1,
        };
        Chance { rng, of_four }
    }

    /// Whether the next change survives.
    pub fn keeps(&mut self) -> bool {
        self.rng.below(4) < self.of_four
    }
}

/// Which of a PC's operations are counted and hit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Those on the share.
    Share,
    /// Those on the PC's own disk.
    Own,
    /// All.
    Both,
}

/// An error as the system gives it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fail {
    /// Reading or writing broke off.
    Io,
    /// The server does not answer.
    Away,
    /// No space left; only what writes meets it.
    Full,
    /// Writing is not allowed; only what writes meets it.
    ReadOnly,
    /// A read gives nothing, as behind an old size; only SQLite's reads meet it, for whole files are read until their end.
    Short,
    /// A file cannot be opened.
    CannotOpen,
    /// A sync fails.
    Sync,
    /// A lock is not given.
    Lock,
    /// A read gives half of what there is, as where a size that a client believes ends in the middle of a page. SQLite takes
    /// zeroes for the rest. Again only its own reads meet it.
    Half,
}

impl Fail {
    /// All of them.
    pub const ALL: [Fail; 9] = [
        Fail::Io,
        Fail::Away,
        Fail::Full,
        Fail::ReadOnly,
        Fail::Short,
        Fail::CannotOpen,
        Fail::Sync,
        Fail::Lock,
        Fail::Half,
    ];

    /// Whether it is a read that comes back too short, which nothing says of itself.
    pub fn is_short(self) -> bool {
        matches!(self, Fail::Short | Fail::Half)
    }
}

/// How long an error lasts, counted in operations that can meet it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lasts {
    /// Once.
    Once,
    /// So many times, then it passes.
    Times(u64),
    /// For good.
    ForGood,
}

/// What happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// The PC dies before the operation: it and all later ones never happen. What reached its disks stays.
    Kill,
    /// The server loses its power before the operation and stays down until [`super::Disk::power_back`].
    ServerPower,
    /// The server loses its power and has it back before the operation: what was open is closed, and of what was not
    /// synced, what [`Chance`] of this seed says is there.
    ServerBlink(u64),
    /// The operation fails and does nothing.
    Fail(Fail, Lasts),
    /// The operation is done, and then says that it failed: an error is not a no.
    FailAfter(Fail, Lasts),
}

/// A fault at an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Whose operations are counted and hit.
    pub pc: Pc,
    /// Which of them.
    pub side: Side,
    /// Before, or from, which of them, counted from 0 when the plan is laid.
    pub at: u64,
    /// What happens.
    pub what: What,
}

/// What an operation does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Create,
    Read,
    Whole,
    Write,
    Truncate,
    Sync,
    Size,
    Remove,
    Rename,
    Look,
    List,
    Folder,
    Lock,
}

impl Kind {
    /// Whether this operation can meet this error.
    fn meets(self, fail: Fail) -> bool {
        use Kind as K;
        match fail {
            Fail::Io => !matches!(self, K::Lock),
            Fail::Away => true,
            Fail::Full => matches!(self, K::Create | K::Write | K::Folder),
            Fail::ReadOnly => {
                matches!(self, K::Create | K::Write | K::Truncate | K::Remove | K::Rename | K::Folder)
            }
            Fail::Short | Fail::Half => matches!(self, K::Read),
            Fail::CannotOpen => matches!(self, K::Open | K::Create),
            Fail::Sync => matches!(self, K::Sync),
            Fail::Lock => matches!(self, K::Lock),
        }
    }
}

/// A laid plan, counting.
#[derive(Clone)]
pub(super) struct Laid {
    plan: Plan,
    counted: u64,
    hits: u64,
}

/// What a plan says of an operation.
pub(super) enum Verdict {
    Nothing,
    Kill,
    ServerPower,
    ServerBlink(u64),
    Before(Fail),
    After(Fail),
}

impl Laid {
    pub(super) fn new(plan: Plan) -> Laid {
        Laid { plan, counted: 0, hits: 0 }
    }

    /// Whether it ever did anything.
    pub(super) fn has_hit(&self) -> bool {
        self.hits > 0
    }

    /// Counts an operation and judges it.
    pub(super) fn judge(&mut self, pc: Pc, on_share: bool, kind: Kind) -> Verdict {
        let side = match self.plan.side {
            Side::Share => on_share,
            Side::Own => !on_share,
            Side::Both => true,
        };
        if pc != self.plan.pc || !side {
            return Verdict::Nothing;
        }
        let no = self.counted;
        self.counted += 1;
        if no < self.plan.at {
            return Verdict::Nothing;
        }
        match self.plan.what {
            What::Kill | What::ServerPower | What::ServerBlink(_) if self.hits > 0 => Verdict::Nothing,
            What::Kill => {
                self.hits = 1;
                Verdict::Kill
            }
            What::ServerPower => {
                self.hits = 1;
                Verdict::ServerPower
            }
            What::ServerBlink(seed) => {
                self.hits = 1;
                Verdict::ServerBlink(seed)
            }
            What::Fail(fail, lasts) => {
                if self.fails(fail, lasts, kind) {
                    Verdict::Before(fail)
                } else {
                    Verdict::Nothing
                }
            }
            What::FailAfter(fail, lasts) => {
                if self.fails(fail, lasts, kind) {
                    Verdict::After(fail)
                } else {
                    Verdict::Nothing
                }
            }
        }
    }

    fn fails(&mut self, fail: Fail, lasts: Lasts, kind: Kind) -> bool {
        let left = match lasts {
            Lasts::Once => self.hits < 1,
            Lasts::Times(times) => self.hits < times,
            Lasts::ForGood => true,
        };
        let hit = left && kind.meets(fail);
        self.hits += u64::from(hit);
        hit
    }
}
