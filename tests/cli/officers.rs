//! Officers with the real program: a request at one PC, its digits at the other, two administrators, the seed.

use super::{Desk, Said, founded, said, text};

fn with(desk: &Desk, args: &[&str], vars: &[(&str, &str)]) -> Said {
    let mut command = desk.command(args);
    command.envs(vars.iter().copied());
    said(command.output().unwrap())
}

/// The line after the one that begins so.
fn after<'a>(out: &'a str, begins: &str) -> &'a str {
    out.lines().skip_while(|line| !line.starts_with(begins)).nth(1).unwrap().trim()
}

const NEW: (&str, &str) = ("JIUJI_NEW_PASSWORD", "liu-shu-tun-7");

#[test]
fn a_request_is_enrolled_by_its_digits_and_a_second_administrator_is_heard() {
    let (dir, desk, share) = founded();
    let other = Desk::at(&dir.path().join("other"));
    let shown = jiuji::office::join::show(&share).unwrap();
    let place =
        jiuji::office::place::Place { data: other.data.clone(), config: other.data.join("workstation.toml") };
    jiuji::office::join::join(&place, &share, &shown, "", &mut |_| ()).unwrap();

    with(&other, &["request", "1027", "--office", "103"], &[("JIUJI_NEW_PASSWORD", "12345678")])
        .ends(1, &["不能只有数字"]);
    let asked = with(&other, &["request", "1027", "--office", "103"], &[NEW]).ends(0, &["对照码"]);
    let digits = after(&asked.out, "申请已放到").replace(' ', "");
    let enrol = |no: &str, digits: &str| {
        let args =
            ["enrol", no, "--name", "李桂芳", "--office", "103", "--role", "approver", "--limit", "300"];
        let rest = ["--digits", digits, "--officer", "9005"];
        desk.run(&[args.as_slice(), rest.as_slice()].concat())
    };
    enrol("1027", "00000000").ends(1, &["没有这个对照码的申请"]);
    enrol("1028", &digits).ends(1, &["是操作员号 1027 的"]);
    enrol("1027", &digits).ends(0, &["已登记操作员 1027"]);
    enrol("1027", &digits).ends(1, &["没有这个对照码的申请"]);
    let own = [("JIUJI_PASSWORD", NEW.1)];
    with(&other, &["lookup", "张三", "--officer", "1027"], &own).ends(1, &["没有找到"]);

    let admin = ["enrol", "9006", "--name", "王二管", "--office", "county", "--role", "administrator"];
    with(&desk, &[admin.as_slice(), &["--officer", "9005"]].concat(), &[NEW]).ends(0, &["已登记"]);
    let officers = |rest: &[&str]| desk.run(&[["officers", "--officer", "9005"].as_slice(), rest].concat());
    officers(&["suspend", "1027"]).ends(0, &["已停用"]);
    with(&other, &["lookup", "张三", "--officer", "1027"], &own).ends(1, &["已被停用"]);
    officers(&["roles", "1027", "--role", "handler"]).ends(0, &["请另一名管理员同意"]);
    officers(&["second", "1027"]).ends(1, &["E-SOD-SAME"]);
    with(&desk, &["officers", "--officer", "9006", "second", "1027"], &own).ends(0, &["现在生效"]);
    officers(&["revoke", "1027", "--since", "2026-13-01"]).ends(1, &["日期"]);
    officers(&["revoke", "1027"]).ends(0, &["不能再登录"]);
    officers(&["renew-key"]).ends(0, &["/1 已发给 3 把密钥"]);
    officers(&["list"]).ends(0, &["1027", "经办人", "密钥已停用"]);
    desk.run(&["verify"]).ends(0, &["没有违规标记"]);
    super::proof::by_another_language(&desk, &share);
}

#[test]
fn the_seed_from_the_safe_makes_an_administrator_once() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::at(&dir.path().join("data"));
    let (share, page) = (dir.path().join("share"), dir.path().join("page.html"));
    let args = ["found", text(&share), "--officer", "9005", "--name", "林知夏", "--print", text(&page)];
    let founded = desk.run(&args).ends(0, &["恢复种子", "根指纹", "入柜单"]);
    let seed = after(&founded.out, "恢复种子").to_owned();
    assert!(std::fs::read_to_string(&page).unwrap().contains(seed.split(' ').next().unwrap()));
    let recover =
        |seed: &str, no: &str| with(&desk, &["recover", no, "--name", "新管"], &[NEW, ("JIUJI_SEED", seed)]);
    recover("244Q", "9020").ends(1, &["应有 36 个字符"]);
    let done = recover(&seed, "9020").ends(0, &["现在是管理员", "旧的撕掉"]);
    recover(&seed, "9021").ends(1, &["不是本县现在的恢复种子"]);
    let next = after(&done.out, "恢复种子").to_owned();
    assert_ne!(next, seed);
    with(&desk, &["officers", "--officer", "9020", "list"], &[("JIUJI_PASSWORD", NEW.1)])
        .ends(0, &["9020", "新管", "管理员"]);
    let said = desk.run(&["verify", "--json"]).ends(0, &[]).out;
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert!(!said["recoveries"].as_array().unwrap().is_empty(), "the seed's use is told");
    super::proof::by_another_language(&desk, &share);
}
