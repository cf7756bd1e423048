//! What tests share that use the real program: a terminal to run it in, and stories to run there.

#![allow(dead_code, reason = "each test binary uses a part")]
#![allow(
    clippy::print_stdout,
    reason = "a story prints its steps, which the test runner shows where one fails"
)]

pub mod bank;
pub mod figures;
pub mod key;
pub mod patched;
pub mod practices;
pub mod share;
pub mod story;
pub mod terminal;
pub mod waiting;
