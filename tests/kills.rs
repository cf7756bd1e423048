//! The real program, killed at seeded moments on a shared folder: a short run of what `jiuji sweep kills` does at length.

#![allow(clippy::unwrap_used)] // a test may stop at once; clippy knows this only of test functions

use std::process::Command;

#[test]
fn killed_desks_keep_every_promise() {
    let run = Command::new(env!("CARGO_BIN_EXE_jiuji"))
        .args(["sweep", "kills", "--kills", "4", "--desks", "2"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
    assert!(said.contains("强杀 4 次"), "{said}");
}

#[test]
fn a_layer_that_is_not_there_is_refused() {
    let run = Command::new(env!("CARGO_BIN_EXE_jiuji")).args(["sweep", "nothing"]).output().unwrap();
    assert_eq!(run.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&run.stderr).contains("没有 nothing 这一层"));
}
