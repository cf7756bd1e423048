//! The protocol of turns, checked in every interleaving.
//!
//! Three desks with one command each, and two with two, may at every step stop for ever, sleep, or die and come back
//! knowing only what they noted: their commands and the turn in hand. Of the server only this is assumed: a name is
//! taken once, a list is true, and what is written into a file of one's own becomes visible at some later moment in
//! whole, or never. Nothing is assumed of time, so any turn may be taken over, and any empty end or publication judged
//! dead, at any moment. After every move: what somebody relies on, because it was acknowledged or because a reader
//! took it, is how the log of the current file begins; no command stands there twice; a file that is followed has not
//! grown since.
//!
//! The moves carry the names of [`jiuji::store::share::step::Step`], which the code announces before it takes them,
//! and `real` holds the code against the model: what desks announce on a real folder must be a path of it, and the
//! folder must be left as it says. Each rule has a switch, and without it the model must break: a check that cannot
//! fail shows nothing.
//!
//! The search is our own and not a library's (`stateright`): worlds that differ only in which desk is which are one, a
//! world takes some seventy bytes, and unoptimised test code visits about a hundred thousand a second. Not modelled:
//! pages and journals, servers that lose what they had, the second process of one desk, several rows in one turn.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::print_stdout,
    missing_docs,
    reason = "a test stops at once and says what it saw"
)]

#[path = "turns_model/moves.rs"]
mod moves;
#[path = "turns_model/real.rs"]
mod real;
#[path = "turns_model/rules.rs"]
mod rules;
#[path = "turns_model/search.rs"]
mod search;
#[path = "turns_model/world.rs"]
mod world;

use moves::Model;
use rules::{ALL, Bounds, Rules, whole};
use search::{Explored, STEPS};

const TWO: &[u8] = &[1, 1];
const TWO_TWICE: &[u8] = &[2, 2];
const THREE: &[u8] = &[1, 1, 1];

/// Without what makes a search long and is searched elsewhere: old publications looked at, idle desks that help.
const fn lean(commands: &'static [u8], files: u8, turns: u8) -> Bounds {
    Bounds { stale: false, helping: false, ..whole(commands, files, turns) }
}

/// The same without readers and full files.
const fn bare(commands: &'static [u8], files: u8, turns: u8) -> Bounds {
    Bounds { reading: false, closing: false, ..lean(commands, files, turns) }
}

/// All interleavings hold; the model moves.
fn holds(bounds: Bounds) -> Explored {
    let found = Model { rules: ALL, bounds }.search();
    if let Some(story) = found.broken {
        panic!("{bounds:?}:\n{story}");
    }
    println!("{} states: {bounds:?}", found.states);
    assert!(found.states > 1_000, "only {} states: the model does not move", found.states);
    found
}

#[test]
fn three_desks_lose_nothing_and_take_every_step() {
    let found = holds(lean(THREE, 2, 2));
    assert_eq!(found.steps, (1 << STEPS) - 1, "steps that were never taken are 0");
}

#[test]
fn three_desks_lose_nothing_where_empty_publications_are_skipped() {
    holds(whole(THREE, 3, 1));
}

#[test]
fn two_desks_with_two_commands_lose_nothing() {
    holds(whole(TWO_TWICE, 2, 2));
}

#[test]
fn two_desks_lose_nothing_where_old_turns_are_removed() {
    holds(Bounds { reading: false, ..lean(TWO, 2, 3) });
    holds(Bounds { retiring: false, closing: false, ..lean(TWO, 2, 3) });
}

#[test]
#[ignore = "two minutes and a gigabyte: run with --release"]
fn wide_bounds_hold() {
    for bounds in [
        whole(THREE, 2, 2),
        bare(THREE, 3, 2),
        lean(TWO_TWICE, 2, 3),
        lean(TWO, 2, 3),
        lean(TWO, 3, 2),
        whole(TWO, 4, 1),
        bare(TWO, 2, 4),
    ] {
        holds(bounds);
    }
}

/// Without this rule the model breaks, and this is the shortest story of it.
fn breaks(name: &str, rules: Rules, bounds: Bounds) {
    let found = Model { rules, bounds }.search();
    match found.broken {
        Some(story) => println!("without {name}, after {} states:\n{story}\n", found.states),
        None => {
            panic!("without {name} all {} states hold: the rule is not needed, or not modelled", found.states)
        }
    }
}

#[test]
fn every_rule_of_turns_is_needed() {
    let bounds = bare(TWO, 2, 2);
    breaks("wait_for_release", Rules { wait_for_release: false, ..ALL }, bounds);
    breaks("end_decides", Rules { end_decides: false, ..ALL }, bounds);
    breaks("resolve_in_turn", Rules { resolve_in_turn: false, ..ALL }, bounds);
    breaks("once", Rules { once: false, ..ALL }, bounds);
    breaks("own_turn", Rules { own_turn: false, ..ALL }, bounds);
}

#[test]
fn every_rule_of_takeover_and_rebuilding_is_needed() {
    let bounds = bare(TWO, 2, 2);
    breaks("tomb", Rules { tomb: false, ..ALL }, bounds);
    breaks("retire_blocks", Rules { retire_blocks: false, ..ALL }, bounds);
    breaks("unnoted", Rules { unnoted: false, ..ALL }, bounds);
    let closing = lean(TWO, 2, 2);
    breaks("closed_complete", Rules { closed_complete: false, ..ALL }, closing);
    breaks("closed_is_last", Rules { closed_is_last: false, ..ALL }, closing);
}

#[test]
fn every_rule_of_old_names_is_needed() {
    breaks("relist", Rules { relist: false, ..ALL }, bare(TWO, 2, 3));
    breaks("relist_builder", Rules { relist_builder: false, ..ALL }, bare(TWO, 2, 3));
    let rebuilding = Bounds { retiring: false, ..bare(TWO, 2, 4) };
    breaks("relist_builder, after an empty end", Rules { relist_builder: false, ..ALL }, rebuilding);
    breaks("sweep_below", Rules { sweep_below: false, ..ALL }, bare(TWO, 2, 2));
}

#[test]
fn every_rule_of_publications_is_needed() {
    let bounds = bare(TWO, 3, 1);
    breaks("first_wins", Rules { first_wins: false, ..ALL }, bounds);
    breaks("skip_blocks", Rules { skip_blocks: false, ..ALL }, bounds);
    breaks("skip_rereads", Rules { skip_rereads: false, ..ALL }, bounds);
}

#[test]
fn every_rule_of_readers_is_needed() {
    breaks("settled", Rules { settled: false, ..ALL }, lean(TWO, 2, 2));
    breaks("settled_birth", Rules { settled_birth: false, ..ALL }, whole(TWO, 3, 1));
}
