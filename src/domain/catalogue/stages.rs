//! The state machine of a case: every legal step from stage to stage (I17). A case begins as 在办.

use crate::domain::nouns::Stage::{self, *};

/// One legal step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// From.
    pub from: Stage,
    /// To.
    pub to: Stage,
    /// By which commands.
    pub verbs: &'static [&'static str],
}

const fn step(from: Stage, to: Stage, verbs: &'static [&'static str]) -> Step {
    Step { from, to, verbs }
}

/// Where a case begins.
pub const FIRST: Stage = Open;

/// Every step.
pub const TRANSITIONS: &[Step] = &[
    step(Open, Submitted, &["submit"]),
    step(Open, Paid, &["direct", "record-paid"]),
    step(Open, AwaitingRatification, &["direct", "record-paid"]),
    step(Open, Declined, &["decline"]),
    step(Open, Withdrawn, &["withdraw"]),
    step(Open, Terminated, &["terminate"]),
    step(Returned, Submitted, &["submit"]),
    step(Returned, Paid, &["direct", "record-paid"]),
    step(Returned, AwaitingRatification, &["direct", "record-paid"]),
    step(Returned, Withdrawn, &["withdraw"]),
    step(Returned, Terminated, &["terminate"]),
    step(Submitted, Submitted, &["pass-up", "raise-tier", "hand-down"]),
    step(Submitted, Approved, &["approve"]),
    step(Submitted, Paid, &["approve", "direct", "record-paid"]),
    step(Submitted, AwaitingRatification, &["direct", "record-paid"]),
    step(Submitted, Refused, &["refuse"]),
    step(Submitted, Returned, &["return"]),
    step(Submitted, Withdrawn, &["withdraw"]),
    step(Submitted, Terminated, &["terminate"]),
    step(Submitted, AtCity, &["to-city"]),
    step(AtCity, Approved, &["check-city"]),
    step(AtCity, Paid, &["check-city"]),
    step(AtCity, Refused, &["check-city"]),
    step(AtCity, Submitted, &["check-city"]),
    step(AtCity, Terminated, &["terminate"]),
    step(Approved, Returned, &["call-back"]),
    step(Approved, Paid, &["pay", "read-return"]),
    step(Approved, Terminated, &["terminate", "reverse"]),
    step(AwaitingRatification, Paid, &["ratify"]),
    step(AwaitingRatification, Approved, &["ratify"]),
    step(AwaitingRatification, Terminated, &["reverse"]),
    step(Paid, Approved, &["reverse", "read-return"]),
    step(Paid, Terminated, &["terminate", "reverse"]),
    step(Paid, Closed, &["close"]),
    step(Closed, Approved, &["reverse", "read-return"]),
    step(Closed, Paid, &["reverse"]),
    step(Closed, Terminated, &["reverse"]),
];

/// Whether a command may lead from one stage to another.
pub fn legal(from: Stage, to: Stage, verb: &str) -> bool {
    if verb == "open-case" {
        return to == FIRST;
    }
    TRANSITIONS.iter().any(|step| step.from == from && step.to == to && step.verbs.contains(&verb))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_stage_is_reached_and_a_refusal_is_the_end() {
        for stage in Stage::ALL {
            assert!(*stage == FIRST || TRANSITIONS.iter().any(|step| step.to == *stage), "{stage:?}");
        }
        for end in [Refused, Withdrawn, Terminated, Declined] {
            assert!(!TRANSITIONS.iter().any(|step| step.from == end), "{end:?}");
        }
        assert!(legal(Open, Submitted, "submit") && !legal(Open, Approved, "approve"));
    }
}
