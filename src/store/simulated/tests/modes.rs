//! The modes that must fail do, and the others do not: else the harness is worth nothing.

use super::super::modes::{MODES, trial};

#[test]
fn the_harness_tells_the_safe_modes_from_the_others() {
    for mode in MODES {
        let tally = trial(mode, 512, 3, 2).unwrap();
        assert_eq!(tally.is_clean(), mode.is_safe, "{}: {tally:?}", mode.name);
    }
}
