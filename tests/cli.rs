//! The command line with the real program: statuses, sentences, and that a refusal leaves nothing behind.

#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

#[path = "cli/officers.rs"]
mod officers;

#[path = "cli/backup.rs"]
mod backup;
#[path = "cli/batch.rs"]
mod batch;
#[path = "cli/codes.rs"]
mod codes;
#[path = "cli/papers.rs"]
mod papers;
#[path = "cli/proof.rs"]
mod proof;

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::{Mutex, MutexGuard, OnceLock, PoisonError};
use tempfile::TempDir;

/// The program in a data folder of its own.
struct Desk {
    data: PathBuf,
}

struct Said {
    status: i32,
    out: String,
    err: String,
}

impl Desk {
    fn at(data: &Path) -> Desk {
        Desk { data: data.to_owned() }
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jiuji"));
        command
            .args(args)
            .env("JIUJI_DATA", &self.data)
            .env_remove("JIUJI_CONFIG")
            .env("JIUJI_PASSWORD", "liushu-tunkou-3")
            .env_remove("JIUJI_FINGERPRINT")
            .stdin(Stdio::null());
        command
    }

    fn run(&self, args: &[&str]) -> Said {
        said(self.command(args).output().unwrap())
    }
}

fn said(output: Output) -> Said {
    Said {
        status: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

impl Said {
    #[track_caller]
    fn ends(self, status: i32, words: &[&str]) -> Said {
        let all = format!("{}{}", self.out, self.err);
        assert_eq!(self.status, status, "{all}");
        for word in words {
            assert!(all.contains(word), "「{word}」 is missing in: {all}");
        }
        assert!(!all.contains("panicked"), "{all}");
        self
    }
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// One practice office for all tests of this file, used by one at a time.
fn practice() -> (Desk, MutexGuard<'static, ()>) {
    static DATA: OnceLock<TempDir> = OnceLock::new();
    static ONE: Mutex<()> = Mutex::new(());
    let guard = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    let data = DATA.get_or_init(|| tempfile::tempdir().unwrap());
    (Desk::at(data.path()), guard)
}

/// A founded county: its folder, the desk and the share.
fn founded() -> (TempDir, Desk, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::at(&dir.path().join("data"));
    let share = dir.path().join("share");
    desk.run(&["found", text(&share), "--officer", "9005", "--name", "林知夏"])
        .ends(0, &["根指纹", "下一步"]);
    (dir, desk, share)
}

/// Every file below a folder with its bytes.
fn bytes_of(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(bytes_of(&path));
        } else {
            all.push((path.clone(), std::fs::read(&path).unwrap()));
        }
    }
    all.sort();
    all
}

fn log_file(share: &Path) -> PathBuf {
    let mut files = std::fs::read_dir(share).unwrap().map(|entry| entry.unwrap().path());
    files.find(|path| path.extension().is_some_and(|ending| ending == "db")).unwrap()
}

#[test]
fn every_verb_has_help_and_wrong_arguments_are_two() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::at(dir.path());
    desk.run(&["--help"]).ends(0, &["救急", "practice", "found", "lookup", "import", "verify", "export"]);
    for verb in [
        "practice", "found", "join", "doctor", "lookup", "import", "verify", "print", "export", "backup",
        "drill", "rebuild", "enrol", "request", "officers", "recover",
    ] {
        desk.run(&[verb, "--help"]).ends(0, &["用法"]);
    }
    desk.run(&["fly"]).ends(2, &["没有这个命令", "--help"]);
    desk.run(&["verify", "--wings"]).ends(2, &["没有这个参数"]);
    desk.run(&["lookup"]).ends(2, &["缺少参数"]);
    desk.run(&["export", "people", "--format", "doc", "--out", "x"]).ends(2, &["参数的值不对"]);
    assert_eq!(bytes_of(dir.path()), vec![], "nothing was written");
}

#[test]
fn without_a_county_every_verb_says_what_to_do() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::at(dir.path());
    desk.run(&[]).ends(3, &["还没有加入任何县", "practice"]);
    desk.run(&["verify"]).ends(3, &["还没有加入任何县"]);
    desk.run(&["lookup", "张三", "--officer", "1"]).ends(3, &["还没有加入任何县"]);
    desk.run(&["verify", "replica"]).ends(3, &["还没有保存任何记录"]);
    assert_eq!(bytes_of(dir.path()), vec![], "nothing was written");
}

#[test]
fn a_wrong_path_and_a_file_that_is_not_ours_are_said() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::at(&dir.path().join("data"));
    desk.run(&["verify", "/nowhere/at/all"]).ends(3, &["找不到 /nowhere/at/all"]);
    let empty = dir.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    desk.run(&["verify", text(&empty)]).ends(3, &["没有救急的日志"]);
    let foreign = dir.path().join("foreign.db");
    std::fs::write(&foreign, "这不是数据库，只是一段足够长的文字。".repeat(50)).unwrap();
    let before = std::fs::read(&foreign).unwrap();
    desk.run(&["verify", text(&foreign)]).ends(3, &["不是"]);
    assert_eq!(std::fs::read(&foreign).unwrap(), before);
    desk.run(&["found", "/nowhere/at/all"]).ends(3, &["上一级文件夹"]);
    desk.run(&["found", text(&foreign)]).ends(3, &["不是文件夹"]);
}

#[test]
fn a_county_is_founded_once_and_verified_by_anybody() {
    let (dir, desk, share) = founded();
    assert!(dir.path().join("data/workstation.toml").exists());
    desk.run(&["verify"]).ends(0, &["完整：3 条", "没有违规标记"]);
    desk.run(&["verify", "replica"]).ends(0, &["完整：3 条"]);
    let before = bytes_of(&share);
    desk.run(&["found", text(&dir.path().join("other")), "--officer", "9005", "--name", "林知夏"])
        .ends(1, &["已经属于一个县"]);
    let stranger = Desk::at(&dir.path().join("stranger"));
    stranger.run(&["found", text(&share), "--officer", "1", "--name", "林知夏"]).ends(1, &["已经有日志"]);
    let json = stranger.run(&["verify", text(&share), "--json"]).ends(0, &[]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["sound"], &json["entries"]), (&true.into(), &3.into()));
    assert_eq!(bytes_of(&share), before, "verifying and refusing change nothing");
}

#[test]
fn a_short_password_founds_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::at(&dir.path().join("data"));
    let share = dir.path().join("share");
    let mut command = desk.command(&["found", text(&share), "--officer", "9005", "--name", "林知夏"]);
    said(command.env("JIUJI_PASSWORD", "kurz").output().unwrap()).ends(1, &["密码太短"]);
    assert!(!share.exists());
}

/// A folder in which nobody can write, not even root.
#[cfg(target_os = "linux")]
fn locked(dir: &Path) -> PathBuf {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = dir.join("locked");
    std::fs::create_dir(&folder).unwrap();
    std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(0o555)).unwrap();
    if std::fs::write(folder.join("x"), "x").is_err() {
        return folder;
    }
    std::fs::remove_file(folder.join("x")).unwrap();
    PathBuf::from("/sys/kernel")
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_fails_its_checks_is_neither_founded_nor_passed() {
    let dir = tempfile::tempdir().unwrap();
    let desk = Desk::at(&dir.path().join("data"));
    let folder = locked(dir.path());
    let said = desk
        .run(&["found", text(&folder), "--officer", "9005", "--name", "林知夏"])
        .ends(1, &["没有通过检查", "没有写入任何内容", "3 写入读回", "不通过", "权限", "电话码"]);
    assert!(!said.err.contains("密码"), "nobody was asked anything: {}", said.err);
    assert!(!desk.data.exists(), "nothing was left behind");
    let page = desk.run(&["doctor", text(&folder)]).ends(1, &["结论：不通过，第 3 项", "办法：请管理员"]).out;
    assert!(page.lines().count() <= 24, "{page}");
    let code = page.split("电话码：").nth(1).unwrap().split('（').next().unwrap().to_owned();
    desk.run(&["doctor", "--code", &code]).ends(1, &["3 写入读回       不通过", "1 打开文件夹     通过"]);
}

#[test]
fn the_doctor_looks_at_a_share_and_changes_nothing() {
    let (dir, desk, share) = founded();
    let before = bytes_of(&share);
    let page =
        desk.run(&["doctor"]).ends(0, &["1 打开文件夹", "本县的，第 1 个文件，到第 3 条", "结论：通过"]).out;
    assert!(page.lines().count() <= 24, "{page}");
    let json = desk.run(&["doctor", text(&share), "--json"]).ends(0, &[]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["passed"], json["checks"].as_array().unwrap().len()), (&true.into(), 12));
    assert_eq!(bytes_of(&share), before);
    desk.run(&["doctor", text(&dir.path().join("nowhere"))]).ends(1, &["1 打开文件夹     不通过", "第 1 项"]);
    std::fs::write(share.join("desktop.ini"), "x").unwrap();
    desk.run(&["doctor"]).ends(0, &["注意", "desktop.ini", "第 11 项要注意"]);
    desk.run(&["doctor", "--code", "123456789"]).ends(1, &["电话码不对"]);
    desk.run(&["doctor", text(&share), "--two", "12345"]).ends(1, &["会合号 12345 不对"]);
    let stranger = Desk::at(&dir.path().join("stranger"));
    stranger.run(&["doctor"]).ends(3, &["还没有加入任何县"]);
}

#[test]
fn two_pcs_meet_by_the_number_and_come_to_one_verdict() {
    use std::io::{BufRead as _, BufReader, Read as _};
    let dir = tempfile::tempdir().unwrap();
    let share = dir.path().join("share");
    std::fs::create_dir(&share).unwrap();
    let (one, two) = (Desk::at(&dir.path().join("one")), Desk::at(&dir.path().join("two")));
    let mut first = one.command(&["doctor", "--two", text(&share), "--json"]);
    let mut first = first.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut told = BufReader::new(first.stderr.take().unwrap());
    let mut line = String::new();
    told.read_line(&mut line).unwrap();
    let number = line.trim().rsplit(' ').next().unwrap().to_owned();
    assert!(line.contains("会合号") && number.len() == 6, "{line}");
    let second = two.run(&["doctor", text(&share), "--two", &number, "--json"]).ends(0, &["乙机"]);
    let first = first.wait_with_output().unwrap();
    let mut rest = String::new();
    told.read_to_string(&mut rest).unwrap();
    assert!(first.status.success() && rest.contains("甲机"), "{rest}");
    let checks = |text: &str| serde_json::from_str::<serde_json::Value>(text).unwrap()["checks"].clone();
    let (first, second) = (checks(&String::from_utf8(first.stdout).unwrap()), checks(&second.out));
    assert_eq!(first, second, "both say the same");
    assert!(first[0]["said"].as_str().unwrap().starts_with("200 次都只成一台"), "{first}");
    assert_eq!(bytes_of(dir.path()), vec![], "nothing was left behind");
}

#[test]
fn a_second_pc_joins_with_the_fingerprint_from_paper() {
    let dir = tempfile::tempdir().unwrap();
    let share = dir.path().join("share");
    let founder = Desk::at(&dir.path().join("data"));
    let said = founder
        .run(&["found", text(&share), "--officer", "9005", "--name", "林知夏"])
        .ends(0, &["检查通过", "根指纹"]);
    let paper = said.out.lines().skip_while(|line| !line.starts_with("根指纹")).nth(1).unwrap().trim();
    let before = bytes_of(&share);
    let second = Desk::at(&dir.path().join("second"));
    let wrong = format!("{}{}", if paper.starts_with('0') { "1" } else { "0" }, &paper[1..]);
    second
        .run(&["join", text(&share), "--fingerprint", &wrong])
        .ends(1, &["根指纹不符：8 组里第 1 组不同", "没有写入任何内容"]);
    second.run(&["join", text(&share), "--fingerprint", "abc"]).ends(1, &["打了 3 个"]);
    second.run(&["join", text(&share)]).ends(1, &["没有人输入"]);
    assert!(!second.data.exists(), "nothing was written before the paper was compared");
    let mut command = second.command(&["join", text(&share), "--desk", "窗口二"]);
    ran(command.env("JIUJI_FINGERPRINT", paper.to_uppercase().replace(' ', "")))
        .ends(0, &["根指纹相符", "3 条记录", "下一步"]);
    second.run(&["verify", "replica"]).ends(0, &["完整：3 条"]);
    second.run(&["lookup", "张三", "--officer", "9005"]).ends(1, &["没有业务岗位"]);
    assert_eq!(bytes_of(&share), before, "joining writes nothing on the share");
    second.run(&["join", text(&share), "--fingerprint", paper]).ends(1, &["不用再加入"]);
    let other = dir.path().join("other");
    Desk::at(&dir.path().join("third"))
        .run(&["found", text(&other), "--officer", "9005", "--name", "林知夏"])
        .ends(0, &[]);
    second.run(&["join", text(&other), "--fingerprint", paper]).ends(1, &["属于另一个县"]);
    Desk::at(&dir.path().join("fourth"))
        .run(&["join", text(&other), "--fingerprint", paper])
        .ends(1, &["根指纹不符", "不是你们县的文件夹"]);
    let empty = dir.path().join("empty");
    std::fs::create_dir(&empty).unwrap();
    second.run(&["join", text(&empty)]).ends(3, &["没有救急的日志"]);
}

/// What the share is hit by, and the PC that brings it back.
#[test]
fn a_wiped_share_is_rebuilt_from_one_pc_and_another_brings_what_only_it_holds() {
    let (dir, desk, share) = founded();
    let backup = dir.path().join("stick");
    desk.run(&["rebuild", "--officer", "9005"]).ends(0, &["共享日志完好"]);
    desk.run(&["backup", text(&backup)]).ends(0, &[]);
    let head = |desk: &Desk| desk.run(&["verify", "replica", "--json"]).ends(0, &["head"]).out;
    let before = head(&desk);
    std::fs::remove_dir_all(&share).unwrap();
    std::fs::create_dir(&share).unwrap();
    desk.run(&["verify"]).ends(3, &[]);
    desk.run(&["rebuild", "--officer", "4711"]).ends(1, &["没有操作员号"]);
    desk.run(&["rebuild", "--officer", "9005"]).ends(0, &["已重建", "下一步"]);
    desk.run(&["verify"]).ends(0, &[]);
    assert_eq!(head(&desk), before, "word for word");
    // A PC without anything takes it from the stick.
    std::fs::remove_dir_all(&share).unwrap();
    std::fs::create_dir(&share).unwrap();
    let fresh = Desk::at(&dir.path().join("fresh"));
    std::fs::create_dir_all(&fresh.data).unwrap();
    std::fs::copy(desk.data.join("workstation.toml"), fresh.data.join("workstation.toml")).unwrap();
    fresh.run(&["rebuild", "--officer", "9005"]).ends(1, &["没有操作员号"]);
    fresh.run(&["rebuild", "--officer", "9005", "--from", text(&backup)]).ends(0, &["并入", "已重建"]);
    assert_eq!(head(&fresh), before);
    desk.run(&["rebuild", "--officer", "9005"]).ends(0, &["共享日志完好"]);
    desk.run(&["rebuild", "--keep", "both"]).ends(2, &["own"]);
}

fn ran(command: &mut Command) -> Said {
    said(command.output().unwrap())
}

#[test]
fn a_changed_byte_is_named_with_place_officer_and_time() {
    let (_dir, desk, share) = founded();
    let log = log_file(&share);
    let sound = std::fs::read(&log).unwrap();
    let changes = [
        "UPDATE entry SET body = replace(body, '\"verb\":\"adopt-pack\"', '\"verb\":\"adopt-sack\"') WHERE n = 2",
        "UPDATE entry SET hash = zeroblob(32) WHERE n = 2",
        "UPDATE entry SET sig = zeroblob(64) WHERE n = 2",
        "UPDATE entry SET cid = zeroblob(16) WHERE n = 2",
        "DELETE FROM entry WHERE n = 2",
    ];
    for change in changes {
        let db = rusqlite::Connection::open(&log).unwrap();
        assert_eq!(db.execute(change, []).unwrap(), 1, "{change}");
        drop(db);
        desk.run(&["verify", text(&share)])
            .ends(1, &["损坏：第 2 条", "操作员 9005", "时间 20", "前 1 条完整"]);
        std::fs::write(&log, &sound).unwrap();
    }
    desk.run(&["verify", text(&share)]).ends(0, &["完整"]);
}

#[test]
fn a_newer_format_is_left_alone() {
    let (_dir, desk, share) = founded();
    let log = log_file(&share);
    rusqlite::Connection::open(&log).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let before = bytes_of(&share);
    desk.run(&["verify", text(&share)]).ends(3, &["更新版本的程序", "程序太旧"]);
    desk.run(&["lookup", "张三", "--officer", "9005"]).ends(3, &["程序太旧"]);
    assert_eq!(bytes_of(&share), before);
}

#[test]
fn a_wrong_password_and_an_unknown_officer_are_refused() {
    let (_dir, desk, _share) = founded();
    desk.run(&["lookup", "张三", "--officer", "1234"]).ends(1, &["没有操作员号 1234"]);
    let mut command = desk.command(&["lookup", "张三", "--officer", "9005"]);
    said(command.env("JIUJI_PASSWORD", "wrong-password").output().unwrap()).ends(1, &["密码不对"]);
    desk.run(&["lookup", "张三", "--officer", "9005"]).ends(1, &["没有业务岗位"]);
}

#[test]
fn a_drive_that_is_away_is_said_and_lookups_go_on() {
    let (dir, desk, share) = founded();
    std::fs::rename(&share, dir.path().join("gone")).unwrap();
    desk.run(&["lookup", "张三", "--officer", "9005"]).ends(1, &["本机保存的情况", "没有业务岗位"]);
    desk.run(&["verify"]).ends(3, &["找不到"]);
    let file = dir.path().join("a.csv");
    std::fs::write(&file, "姓名,救助金额,审批时间,村\n李强,100,2025-01-02,东山村\n").unwrap();
    desk.run(&["import", text(&file), "--township", "102", "--officer", "9005"]).ends(3, &["找不到"]);
}

#[test]
fn practice_is_built_listed_and_looked_up() {
    let (desk, _one) = practice();
    desk.run(&["practice", "--list"]).ends(0, &["9101", "jiuji-9101", "授权码单"]);
    desk.run(&["lookup", "王福生", "--practice"]).ends(0, &["【练习】", "211321********0012", "往年台账"]);
    let json = desk.run(&["lookup", "0012", "--practice", "--json"]).ends(0, &[]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert!(json["people"].as_array().unwrap().iter().any(|person| person["name"] == "王福生"));
    assert!(!json.to_string().contains("211321196804120012"), "numbers are masked");
    desk.run(&["verify", "--practice"]).ends(0, &["完整", "没有违规标记"]);
    desk.run(&["lookup", "查无此人", "--practice"]).ends(1, &["没有找到"]);
}

#[test]
fn the_history_is_asked_by_officer_person_case_and_days() {
    let (desk, _one) = practice();
    let run = |args: &[&str]| desk.run(&[&["history", "--practice"], args].concat());
    run(&["--most", "3"]).ends(0, &["【练习】", "还有更早的"]);
    run(&["--who", "9004", "--officer", "9004"]).ends(0, &["提出问题", "9004"]);
    let json = run(&["--person", "王福生", "--officer", "9004", "--json"]).ends(0, &[]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let lines = json["lines"].as_array().unwrap();
    let number = lines.iter().find(|line| line["verb"] == "open-case").unwrap()["subject"].as_str().unwrap();
    run(&["--case", number, "--officer", "9004"]).ends(0, &["受理", number]);
    // A handler of another township sees nothing of it.
    run(&["--case", number, "--officer", "9201"]).ends(1, &["没有查到"]);
    run(&["--who", "查无此人"]).ends(1, &["没有操作员"]);
    run(&["--from", "2026-13-01"]).ends(2, &["参数的值不对", "2026-13-01"]);
    run(&["--to", "1999-01-01"]).ends(1, &["没有查到"]);
}

#[test]
fn a_second_window_is_told_and_does_not_rebuild() {
    let (desk, _one) = practice();
    desk.run(&["lookup", "王福生", "--practice"]).ends(0, &[]);
    let held =
        jiuji::store::desk::Desk::open(&desk.data.join("practice/desk"), jiuji::ledger::DeskId([0; 8]))
            .unwrap();
    held.writable().unwrap();
    desk.run(&["practice", "--fresh"]).ends(3, &["已经打开了一个救急窗口", "请先关闭"]);
    drop(held);
    assert!(desk.data.join("practice/built").exists());
}

#[test]
fn ledgers_are_previewed_taken_over_once_and_bad_rows_kept() {
    let (desk, _one) = practice();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("波罗赤镇.csv");
    let rows = "姓名,身份证号,村,补助款,审批时间,申请理由\n\
                王福生,211321196804120012,东山村,123.45,2022-03-01,住院\n\
                李强,211321196804120013,东山村,200,2022-03-02,住院\n";
    std::fs::write(&file, rows).unwrap();
    let bad = dir.path().join("bad.csv");
    let args = ["import", text(&file), "--township", "102", "--map", "金额=D", "--practice"];
    desk.run(&[&args[..], &["--dry-run"]].concat()).ends(1, &["可导入 1 行", "预览，没有写入"]);
    desk.run(&[&args[..], &["--bad-rows", text(&bad)]].concat()).ends(1, &["写入 1 行", "有问题 1 行"]);
    let kept = std::fs::read_to_string(&bad).unwrap();
    assert!(kept.contains("李强") && kept.contains("末位应为2"), "{kept}");
    desk.run(&[&args[..], &["--bad-rows", text(&bad)]].concat()).ends(1, &["没有覆盖"]);
    let json = desk.run(&[&args[..], &["--json"]].concat()).ends(1, &[]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["files"][0]["written"], &json["files"][0]["known"]), (&0.into(), &1.into()));
    desk.run(&["lookup", "王福生", "--practice"]).ends(0, &["123.45元"]);
    desk.run(&["import", text(&file), "--township", "999", "--practice"]).ends(1, &["没有乡镇代码 999"]);
    desk.run(&["import", text(&file), "--map", "金额", "--practice"]).ends(1, &[]);
    desk.run(&["import", "/nowhere.csv", "--practice"]).ends(3, &["/nowhere.csv", "找不到"]);
}

#[test]
fn tables_go_out_masked_and_over_nothing() {
    let (desk, _one) = practice();
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("人员.csv");
    desk.run(&["export", "people", "--practice", "--out", text(&file)]).ends(0, &["人员"]);
    let masked = std::fs::read_to_string(&file).unwrap();
    assert!(masked.contains("【练习】") && masked.contains("王**") && !masked.contains("211321196804120012"));
    desk.run(&["export", "people", "--practice", "--out", text(&file)]).ends(1, &["没有覆盖"]);
    assert_eq!(std::fs::read_to_string(&file).unwrap(), masked);
    let full = dir.path().join("全.csv");
    desk.run(&["export", "people", "--full", "--practice", "--out", text(&full)]).ends(1, &["请县局导出"]);
    desk.run(&["export", "people", "--full", "--practice", "--officer", "9002", "--out", text(&full)])
        .ends(0, &[]);
    assert!(std::fs::read_to_string(&full).unwrap().contains("211321196804120012"));
    let folder = dir.path().join("all");
    desk.run(&["export", "all", "--format", "xlsx", "--practice", "--out", text(&folder)]).ends(0, &["办件"]);
    assert_eq!(bytes_of(&folder).len(), 10);
    let one = dir.path().join("all.db");
    desk.run(&["export", "all", "--format", "sqlite", "--practice", "--out", text(&one)])
        .ends(0, &["已写入"]);
    let db = rusqlite::Connection::open(&one).unwrap();
    let grants: i64 = db.query_row("SELECT count(*) FROM \"救助\"", [], |row| row.get(0)).unwrap();
    assert!(grants > 500, "{grants}");
    desk.run(&["export", "birds", "--practice", "--out", "x"]).ends(1, &["没有表 birds"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_said() {
    let (desk, _one) = practice();
    let full = || Stdio::from(std::fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
    let mut list = desk.command(&["practice", "--list"]);
    said(list.stdout(full()).stderr(Stdio::piped()).spawn().unwrap().wait_with_output().unwrap())
        .ends(3, &["磁盘已满"]);
}
