//! The rules of the protocol, each with a switch, and how far a search goes.

/// Which rules hold.
#[derive(Clone, Copy, Debug)]
pub struct Rules {
    /// A turn is begun only after the one before was released.
    pub wait_for_release: bool,
    /// A holder that finds its end already made does not acknowledge.
    pub end_decides: bool,
    /// An unknown outcome is resolved inside a turn, not by looking at the newer file.
    pub resolve_in_turn: bool,
    /// Who comes back ends only a turn that it noted itself.
    pub own_turn: bool,
    /// A command that stands there already is not written again.
    pub once: bool,
    /// A begun turn looks whether later ones exist: old names may have been removed.
    pub relist: bool,
    /// So does a turn that is taken only to build.
    pub relist_builder: bool,
    /// Only turns below one that its holder ended are removed, never the last.
    pub sweep_below: bool,
    /// After an empty end the next turn is taken before building.
    pub tomb: bool,
    /// Whoever rebuilds takes the next turn first.
    pub retire_blocks: bool,
    /// A turn that is taken only to build is never noted as an own one, so that no restart releases it.
    pub unnoted: bool,
    /// A file is followed only after its end is complete and says `closed`.
    pub closed_complete: bool,
    /// A closed file has no further turn.
    pub closed_is_last: bool,
    /// Who finds the number published uses that file.
    pub first_wins: bool,
    /// Before an empty publication is skipped, turn 0 of its file is taken.
    pub skip_blocks: bool,
    /// After that the publication is read again: it may have come alive and be in use.
    pub skip_rereads: bool,
    /// A reader takes the last row of a file only when it is proven to stay: its turn was ended by its holder, or
    /// turn 0 of the present file was.
    pub settled: bool,
    /// The second half of `settled`: rows that a file was born with are no proof by themselves.
    pub settled_birth: bool,
}

pub const ALL: Rules = Rules {
    wait_for_release: true,
    end_decides: true,
    resolve_in_turn: true,
    own_turn: true,
    once: true,
    relist: true,
    relist_builder: true,
    sweep_below: true,
    tomb: true,
    retire_blocks: true,
    unnoted: true,
    closed_complete: true,
    closed_is_last: true,
    first_wins: true,
    skip_blocks: true,
    skip_rereads: true,
    settled: true,
    settled_birth: true,
};

/// What a search covers.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// How many commands each desk gives; the number of desks is the length.
    pub commands: &'static [u8],
    /// Files and turns of each, at most.
    pub files: u8,
    pub turns: u8,
    /// Files are found full.
    pub closing: bool,
    /// Desks rebuild.
    pub retiring: bool,
    /// Old turns are removed.
    pub sweeping: bool,
    /// Turns end without a row: a refused command, an error before the commit.
    pub refusing: bool,
    /// Readers take rows outside turns, at once, from every file that was ever published.
    pub reading: bool,
    /// A desk looks at any published file, as if it had slept since it was the current one.
    pub stale: bool,
    /// Desks whose commands are done go on moving.
    pub helping: bool,
}

/// Everything that can happen, in these bounds.
pub const fn whole(commands: &'static [u8], files: u8, turns: u8) -> Bounds {
    Bounds {
        commands,
        files,
        turns,
        closing: true,
        retiring: true,
        sweeping: true,
        refusing: true,
        reading: true,
        stale: true,
        helping: true,
    }
}
