//! The `jiuji` program: hands its arguments to [`jiuji::cli`] and ends with the status it returns.

use std::process::ExitCode;

fn main() -> ExitCode {
    jiuji::cli::run()
}
