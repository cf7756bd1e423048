//! `print` of a case's papers with the real program, in practice.

use super::{practice, text};

#[test]
fn a_case_gives_its_papers_and_says_why_not_the_others() {
    let (desk, _one) = practice();
    let dir = tempfile::tempdir().unwrap();
    let print = |paper: &str, more: &[&str]| {
        let mut args = vec!["print", paper, "--practice", "--case", "26-102-0003", "--out", text(dir.path())];
        args.extend_from_slice(more);
        desk.run(&args)
    };
    print("f25", &[]).ends(0, &["26-102-0003-F25.html"]);
    print("f3", &["--xlsx"]).ends(0, &["26-102-0003-F3.xlsx"]);
    let cover = std::fs::read_to_string(dir.path().join("练习-26-102-0003-F25.html")).unwrap();
    assert!(cover.contains("卷内目录") && cover.contains("【练习】"), "{cover}");
    print("f4", &[]).ends(1, &["不能打印入户调查表", "急难型没有这一步"]);
    print("f8", &[]).ends(1, &["不能打印临时救助公示", "急难型没有这一步"]);
    print("f12", &[]).ends(1, &["没有不予救助的决定"]);
    print("f3", &["--officer", "9201"]).ends(1, &["外乡镇的办件"]);
    print("f3", &["--officer", "9003"]).ends(1, &["请由经办人、审批人或督导打印"]);
}
