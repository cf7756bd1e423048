//! Proving a log with the real program, from wherever it lies, without an account and without writing anything.

use super::{Desk, bytes_of, practice, text};
use std::path::{Path, PathBuf};

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target)
        } else {
            drop(std::fs::copy(entry.path(), target))
        }
    }
}

fn log_file(folder: &Path) -> PathBuf {
    super::log_file(folder)
}

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap()
}

/// What officers, proposals and the seed did to keys, by the small verifier as by this program; nothing where no Python is.
pub(super) fn by_another_language(desk: &Desk, share: &Path) {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/verifier/verify.py");
    let Ok(said) = std::process::Command::new("python3").arg(script).arg(share).output() else { return };
    let (theirs, ours) =
        (String::from_utf8(said.stdout).unwrap(), desk.run(&["verify", text(share), "--json"]).out);
    let (theirs, ours) = (json(&theirs), json(&ours));
    for what in ["entries", "head", "root", "broken"] {
        assert_eq!(theirs[what], ours[what], "{what}");
    }
}

#[test]
fn a_log_is_proved_wherever_it_lies_and_a_changed_one_shows_the_original_words() {
    let (desk, _one) = practice();
    desk.run(&["practice", "--list"]).ends(0, &[]);
    desk.run(&["lookup", "郑", "--practice"]);
    let dir = tempfile::tempdir().unwrap();
    let (share, own) = (desk.data.join("practice/share"), desk.data.join("practice/desk"));
    let stranger = Desk::at(&dir.path().join("stranger"));
    let copied = dir.path().join("copied");
    copy(&share, &copied);
    let loose = dir.path().join("loose");
    std::fs::create_dir(&loose).unwrap();
    let file = log_file(&copied);
    std::fs::copy(&file, loose.join(file.file_name().unwrap())).unwrap();
    let before = bytes_of(dir.path());
    let whole = json(&stranger.run(&["verify", text(&copied), "--json"]).ends(0, &[]).out);
    assert_eq!(
        (&whole["clean"], &whole["books_hold"], &whole["open_marks"]),
        (&true.into(), &true.into(), &0.into())
    );
    assert_eq!(whole["line"], format!("记录 {} 条完好，没有违规标记，账实相符", whole["entries"]));
    let bare = log_file(&loose);
    for place in [&own, &own.parent().unwrap().to_owned(), &loose, &bare, &own.join("entries.db")] {
        stranger.run(&["verify", text(place)]).ends(0, &["完整", "账实相符"]);
    }
    assert_eq!(bytes_of(dir.path()), before, "nothing was written");

    let groups = |hash: &str| {
        hash.as_bytes().chunks(8).map(|c| std::str::from_utf8(c).unwrap()).collect::<Vec<_>>().join(" ")
    };
    let head = whole["head"].as_str().unwrap();
    let sheet = format!("{} {}", whole["entries"], groups(head));
    stranger.run(&["verify", text(&loose), "--sheet", &sheet]).ends(0, &["与核对单相符"]);
    let other = format!("{} {}", whole["entries"], groups(&head.chars().rev().collect::<String>()));
    stranger.run(&["verify", text(&loose), "--sheet", &other]).ends(1, &["与核对单不符"]);
    let later = format!("{} {}", whole["entries"].as_u64().unwrap() + 1, groups(head));
    stranger.run(&["verify", text(&loose), "--sheet", &later]).ends(1, &["截短或换成了旧的"]);
    stranger.run(&["verify", text(&loose), "--sheet", "12 abc"]).ends(1, &["打了 3 个"]);
    let root = whole["root"].as_str().unwrap();
    stranger.run(&["verify", text(&loose), "--root", root]).ends(0, &["与所打的相符"]);
    stranger.run(&["verify", text(&loose), "--root", &groups(head)]).ends(1, &["不是所说那个县"]);

    let bytes = std::fs::read(&bare).unwrap();
    let at = bytes.windows(18).position(|w| w == b"\"amount_fen\":42000").unwrap();
    let mut changed = bytes.clone();
    changed[at + 13] = b'9';
    std::fs::write(&bare, &changed).unwrap();
    stranger.run(&["verify", text(&loose)]).ends(1, &["损坏", "没有找到"]);
    let report = dir.path().join("report.html");
    stranger
        .run(&["verify", text(&loose), "--beside", text(&own), "--report", text(&report)])
        .ends(1, &["损坏", "原为「42000」，现为「92000」", "报告："]);
    let page = std::fs::read_to_string(&report).unwrap();
    for word in [
        "日志核验报告",
        "hash",
        "42000",
        "92000",
        "操作员登记",
        "政策包采用",
        "CY-2021-15",
        "末条哈希",
        "没有使用过恢复种子",
    ] {
        assert!(page.contains(word), "{word}");
    }
    stranger.run(&["verify", text(&loose), "--report", text(&report)]).ends(1, &["没有覆盖"]);
    let found =
        json(&stranger.run(&["verify", text(&loose), "--json", "--beside", text(&own)]).ends(1, &[]).out);
    assert_eq!(found["broken"]["code"], "hash");
    assert_eq!(found["broken"]["original"]["changes"][0]["was"], "42000");
}

#[test]
fn the_evidence_of_a_case_is_checked_by_a_pc_that_never_saw_the_office() {
    let (desk, _one) = practice();
    desk.run(&["lookup", "郑", "--practice"]);
    let dir = tempfile::tempdir().unwrap();
    let stranger = Desk::at(&dir.path().join("stranger"));
    let out = |name: &str| dir.path().join(name);
    let file = |name: &str| out(name).join("证据-26-102-0005.jsonl");
    let papers = out("papers");
    desk.run(&["print", "f13", "--practice", "--case", "26-102-0005", "--out", text(&papers)]).ends(0, &[]);
    desk.run(&[
        "evidence",
        "26-102-0005",
        "--practice",
        "--out",
        text(&out("plain")),
        "--papers",
        text(&papers),
    ])
    .ends(0, &["证据包成立", "直接救助", "纸质材料", "没有人签名"]);
    desk.run(&["evidence", "26-102-9999", "--practice", "--out", text(&out("x"))]).ends(1, &["没有编号为"]);
    desk.run(&["evidence", "26-102-0005", "--practice", "--out", text(&out("plain"))]).ends(1, &["没有覆盖"]);
    let before = desk.run(&["history", "--practice", "--case", "26-102-0005"]).ends(0, &[]).out;
    let open = |more: &[&str]| {
        let args = ["evidence", "26-102-0005", "--practice", "--whole", "--open", "--out"];
        desk.run(&[&args[..], &[text(&out("open"))], more].concat())
    };
    // Opening is a disclosure: with a purpose, by whoever may read the case, and in the log.
    open(&[]).ends(1, &["须写明目的"]);
    open(&["--purpose", "好奇"]).ends(1, &["须写明目的", "信访答复"]);
    open(&["--purpose", "其他"]).ends(1, &["没有写明为什么公开"]);
    for stranger in ["9201", "9003", "9005"] {
        open(&["--purpose", "信访答复", "--officer", stranger]).ends(1, &["不由您公开"]);
    }
    assert!(!out("open").exists());
    assert_eq!(desk.run(&["history", "--practice", "--case", "26-102-0005"]).ends(0, &[]).out, before);
    open(&["--purpose", "信访答复", "--why", "来信 12 号"]).ends(0, &["出具：操作员 9101", "一条不缺"]);
    desk.run(&["history", "--practice", "--case", "26-102-0005"]).ends(0, &["查看完整信息", "26-102-0005"]);

    let plain = std::fs::read_to_string(file("plain")).unwrap();
    let said = json(&stranger.run(&["verify", text(&file("plain")), "--json"]).ends(0, &[]).out);
    assert_eq!((&said["holds"], &said["linked"], &said["opened"]), (&true.into(), &false.into(), &0.into()));
    let whole = json(&stranger.run(&["verify", text(&file("open")), "--json"]).ends(0, &[]).out);
    assert_eq!((&whole["linked"], &whole["signed_by"]), (&true.into(), &"9101".into()));
    assert!(whole["opened"].as_u64().unwrap() > 0);
    // The bundle that was opened holds the entry that says who opened it and what for.
    let entries = |of: &serde_json::Value| of["case_entries"].as_array().unwrap().clone();
    let (before, after) = (entries(&said), entries(&whole));
    assert_eq!((&after[..before.len()], after.len()), (&before[..], before.len() + 1));
    let share = desk.data.join("practice/share");
    let log = json(&stranger.run(&["verify", text(&share), "--json"]).ends(0, &[]).out);
    assert_eq!((&whole["head"], &whole["root"]), (&log["head"], &log["root"]));
    let root = log["root"].as_str().unwrap();
    stranger.run(&["verify", text(&file("plain")), "--root", root]).ends(0, &["根指纹与所打的相符"]);
    let wrong = format!("{}{}", if root.starts_with('0') { "1" } else { "0" }, &root[1..]);
    stranger.run(&["verify", text(&file("plain")), "--root", &wrong]).ends(1, &["不是所说那个县"]);

    // Nobody's name or number is in what was not opened; in what was, the one asked for.
    let open = std::fs::read_to_string(file("open")).unwrap();
    let opened = open.lines().filter(|line| line.contains("\"opened\"")).count();
    assert_eq!(opened as u64, whole["opened"].as_u64().unwrap());
    assert!(!plain.contains("\"opened\"") && !plain.contains("id_no") && open.contains("id_no"));
    let change = |from: &str, to: &str, text_of: &str| {
        assert!(text_of.contains(from), "{from}");
        let path = dir.path().join("changed.jsonl");
        std::fs::write(&path, text_of.replacen(from, to, 1)).unwrap();
        path
    };
    let changed = change("amount_fen", "amount_few", &plain);
    stranger.run(&["verify", text(&changed)]).ends(1, &["证据包不成立", "哈希不符"]);
    // Whoever also mends the cover's hash is stopped by the entry itself.
    let lines: Vec<&str> = open.lines().collect();
    let cut = format!("{}\n{}\n", lines[0], lines[1..lines.len() - 1].join("\n"));
    let cut = change("\"kind\"", "\"kind\"", &cut);
    stranger.run(&["verify", text(&cut)]).ends(1, &["证据包不成立"]);
}

#[test]
fn the_month_sheet_s_head_is_held_against_the_log_years_later() {
    let (desk, _one) = practice();
    desk.run(&["lookup", "郑", "--practice"]);
    let dir = tempfile::tempdir().unwrap();
    let file =
        desk.run(&["print", "month", "--practice", "--out", text(dir.path())]).ends(0, &["核对单"]).out;
    let page = std::fs::read_to_string(file.trim()).unwrap();
    for word in ["月末条数", "恢复种子", "管理员", "督导", "局领导", "例外", "各操作员本月记录"]
    {
        assert!(page.contains(word), "{word}");
    }
    let cell = |label: &str| {
        page.split(label).nth(1).unwrap().split("<td>").nth(1).unwrap().split("</td>").next().unwrap()
    };
    let n = cell("月末条数").trim_start_matches("第 ").split(' ').next().unwrap();
    let sheet = format!("{n} {}", cell("月末哈希"));
    desk.run(&["verify", "--practice", "--sheet", &sheet]).ends(0, &["与核对单相符"]);
    let tables = dir.path().join("tables.db");
    desk.run(&["verify", "--practice", "--tables", text(&tables)]).ends(0, &["表格："]);
    let db = rusqlite::Connection::open(&tables).unwrap();
    let count = |sql: &str| db.query_row(sql, [], |row| row.get::<_, i64>(0)).unwrap();
    assert!(count("SELECT count(*) FROM grant_") > 100 && count("SELECT count(*) FROM person_private") == 0);
    desk.run(&["verify", "--practice", "--tables", text(&tables)]).ends(1, &["没有覆盖"]);
    desk.run(&["print", "month", "--practice", "--month", "2001-01", "--out", text(dir.path())])
        .ends(1, &["没有任何记录"]);
    desk.run(&["print", "month", "--practice", "--out", text(dir.path()), "--xlsx"])
        .ends(0, &["核对单.xlsx"]);
}

#[test]
fn the_evidence_tells_instalments_and_goods_in_words() {
    let (desk, _one) = practice();
    desk.run(&["lookup", "郑", "--practice"]);
    let dir = tempfile::tempdir().unwrap();
    let lines = dir.path().join("lines.csv");
    desk.run(&["export", "lines", "--practice", "--out", text(&lines)]).ends(0, &[]);
    let lines = std::fs::read_to_string(lines).unwrap();
    let number = |row: &str| row.split(',').next().unwrap().trim_matches('"').to_owned();
    let granted: Vec<&str> = lines.lines().filter(|row| row.contains("批准")).collect();
    let thrice = granted.windows(3).find(|rows| {
        let [first, .., last] = rows else { return false };
        number(first) == number(last)
    });
    let in_parts = number(thrice.expect("a grant in three instalments")[0]);
    let with_rice = number(granted.iter().find(|row| row.contains("大米")).expect("a grant of rice"));
    for (number, words) in [
        (in_parts, &["分 3 期：150.00 元、1 个月后 150.00 元、2 个月后 150.00 元", "民主评议"][..]),
        (with_rice, &["大米减 5 袋", "大米 5 袋计 200.00 元"]),
    ] {
        let out = dir.path().join(&number);
        desk.run(&["evidence", &number, "--practice", "--out", text(&out)]).ends(0, &["证据包成立"]);
        let mut files = std::fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().path());
        let page = files.find(|path| path.extension().is_some_and(|end| end == "html")).unwrap();
        let page = std::fs::read_to_string(page).unwrap();
        for word in words {
            assert!(page.contains(word), "{number}: {word}");
        }
    }
}
