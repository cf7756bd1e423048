//! The modes that must fail do, and the others do not: else the harness is worth nothing.

use super::super::modes::{MODES, trial};

#[test]
fn the_harness_tells_the_safe_modes_from_the_others() {
    for sector in [512, 4_096] {
        for mode in MODES {
            let tally = trial(mode, sector, 3, 12).unwrap();
            assert_eq!(tally.is_clean(), mode.is_safe, "{} with sectors of {sector}: {tally:?}", mode.name);
        }
    }
}
