//! Sheets of spoken codes with the real program, in practice: issued, written once, void by the holder or an administrator.

use super::{practice, text};

/// The codes on a page, in their order.
fn codes_of(page: &str) -> Vec<String> {
    let cells = page.split("<td class=\"c\">").skip(1).filter_map(|cell| cell.split_once('<'));
    let joined = cells.map(|(cell, _)| cell.split_whitespace().collect::<String>());
    joined.filter(|cell| cell.len() == 6).collect()
}

#[test]
fn a_sheet_is_issued_onto_one_page_and_void_by_whoever_may() {
    let (desk, _one) = practice();
    let out = tempfile::tempdir().unwrap();
    let codes = |rest: &[&str]| desk.run(&[&["codes", "--practice"], rest].concat());
    codes(&["--officer", "9002", "list"]).ends(0, &["9002", "还没有印发"]);
    codes(&["--officer", "9101", "issue"]).ends(1, &["由县局审批人印发"]);
    codes(&["--officer", "9002", "void"]).ends(1, &["没有印发过"]);
    let issue = ["--officer", "9002", "issue", "--out", text(out.path())];
    let said = codes(&issue).ends(0, &["旧的作废", "删除这个文件"]).out;
    let file = out.path().join("练习-9002-授权码单.html");
    let page = std::fs::read_to_string(&file).unwrap();
    let first = codes_of(&page);
    assert_eq!(first.len(), 20, "{page}");
    assert!(first.iter().all(|code| !said.contains(code.as_str())), "no code is said");
    codes(&["--officer", "9002", "list"]).ends(0, &["20/20", "在用"]);
    // Another page beside it, and other codes on it.
    codes(&issue).ends(0, &["旧的作废"]);
    let second = codes_of(&std::fs::read_to_string(out.path().join("练习-9002-授权码单-2.html")).unwrap());
    assert!(second.len() == 20 && second != first);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), page, "the old page is not touched");
    codes(&["--officer", "9001", "void", "9002"]).ends(1, &["E-ROLE"]);
    codes(&["--officer", "9005", "void", "9002", "--lost"]).ends(0, &["已作废"]);
    let json = codes(&["--officer", "9002", "list", "--json"]).ends(0, &[]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json[0]["left"], &json[0]["size"]), (&0.into(), &20.into()));
    assert!(json[0]["reminder"].as_str().unwrap().contains("遗失"), "{json}");
}
