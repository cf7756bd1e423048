//! Random histories of commands on the state in memory: what must hold after every entry, whatever anybody asks for.
//! `jiuji sweep histories` runs the same laws on very many more; here a history that breaks one is shrunk to its shortest.
//! Set `PROPTEST_CASES` for more of them.

#![allow(clippy::unwrap_used)] // a test may stop at once; clippy knows this only of test functions

use jiuji::domain::nouns::Stage;
use jiuji::office::sweep::histories::{EDGES, Step, VERBS, World};
use proptest::prelude::*;
use std::collections::BTreeSet;

fn step() -> impl Strategy<Value = Step> {
    let fen = prop_oneof![5 => 1i64..60_000, 5 => prop::sample::select(EDGES.to_vec())];
    let words = prop::bool::weighted(0.9);
    let fit = prop::bool::weighted(0.8);
    (0..VERBS, 0u8..9, any::<u8>(), any::<u8>(), fen, 0u8..12, words, fit)
        .prop_map(|(verb, who, a, b, fen, wait, words, fit)| Step { verb, who, a, b, fen, wait, words, fit })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_asked_for_the_laws_hold(steps in prop::collection::vec(step(), 1..120)) {
        let mut world = World::new().unwrap();
        world.fill().unwrap();
        for step in &steps {
            let went = world.go(step);
            prop_assert!(went.is_ok(), "{}", went.unwrap_err());
        }
    }
}

/// The histories reach the places that the laws speak of; else they would hold of nothing.
#[test]
fn histories_reach_every_stage_that_this_version_has() {
    use proptest::strategy::ValueTree as _;
    use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut seen = BTreeSet::new();
    for _ in 0..120 {
        let steps = prop::collection::vec(step(), 100).new_tree(&mut runner).unwrap().current();
        let mut world = World::new().unwrap();
        world.fill().unwrap();
        for step in &steps {
            world.go(step).unwrap();
        }
        seen.extend(world.stages());
    }
    // closing takes five papers of one case in a row, which chance alone hardly ever brings
    for stage in [
        Stage::Open,
        Stage::Submitted,
        Stage::Returned,
        Stage::Approved,
        Stage::Paid,
        Stage::AwaitingRatification,
        Stage::Refused,
        Stage::Withdrawn,
        Stage::Terminated,
    ] {
        assert!(seen.contains(&stage), "{stage:?} never reached: {seen:?}");
    }
}
