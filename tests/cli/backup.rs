//! Backups and drills with the real program: what is copied, proved without an account, refused, and named when broken.

use super::{Desk, Said, bytes_of, founded, practice, said, text};
use std::path::{Path, PathBuf};

/// One more officer, which is at least one more entry.
fn enrol(desk: &Desk, no: &str) {
    let args = ["enrol", no, "--name", "李桂芳", "--office", "103", "--role", "handler", "--officer", "9005"];
    let mut command = desk.command(&args);
    said(command.env("JIUJI_NEW_PASSWORD", "muqiao-hebian-7").output().unwrap()).ends(0, &["已登记操作员"]);
}

/// The backup files of a folder, oldest entries first.
fn segments(stick: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(stick).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "db"));
    files.sort();
    files
}

fn name(path: &Path) -> &str {
    path.file_name().unwrap().to_str().unwrap()
}

#[track_caller]
fn flipped(desk: &Desk, stick: &Path, file: &Path, at: usize) -> Said {
    let sound = std::fs::read(file).unwrap();
    let mut changed = sound.clone();
    changed[at] ^= 1;
    std::fs::write(file, &changed).unwrap();
    let drilled = desk.run(&["drill", text(stick)]).ends(1, &["不通过", "问题：", name(file)]);
    desk.run(&["verify", text(stick)]).ends(1, &[name(file)]);
    std::fs::write(file, &sound).unwrap();
    drilled
}

#[test]
fn a_backup_grows_is_proved_by_anybody_and_a_drill_names_what_is_broken() {
    let (dir, desk, share) = founded();
    let stick = dir.path().join("stick");
    desk.run(&["backup", text(&stick)]).ends(0, &["新增 3 条", "共第 1 至 3 条", "末条哈希"]);
    let first = bytes_of(&stick);
    enrol(&desk, "1203");
    desk.run(&["backup", text(&stick)]).ends(0, &["新增 2 条", "共第 1 至 5 条"]);
    let again = bytes_of(&stick);
    desk.run(&["backup", text(&stick)]).ends(0, &["没有新的"]);
    assert_eq!(bytes_of(&stick), again);
    for (path, bytes) in &first {
        assert!(path.ends_with("jiuji-backup.txt") || std::fs::read(path).unwrap() == *bytes);
    }
    let list = std::fs::read_to_string(stick.join("jiuji-backup.txt")).unwrap();
    assert!(list.contains("第 1 至 5 条"), "{list}");

    let stranger = Desk::at(&dir.path().join("stranger"));
    stranger.run(&["verify", text(&stick)]).ends(0, &["完整：5 条"]);
    let files = segments(&stick);
    assert_eq!(files.len(), 2);
    stranger.run(&["verify", text(&files[0])]).ends(0, &["完整：3 条"]);
    stranger.run(&["verify", text(&files[1])]).ends(0, &["完整：5 条"]);

    std::fs::rename(&share, dir.path().join("away")).unwrap();
    desk.run(&["drill", text(&stick)])
        .ends(0, &["恢复：到临时文件 5 条", "逐字节相同", "只含公开部分", "结果：通过", "没有签名"]);
    let signed = desk.run(&["drill", text(&stick), "--officer", "9005"]);
    signed.ends(0, &["结果：通过", "个人信息", "已签名", "jiuji-drill-9005-"]);
    stranger.run(&["verify", text(&stick)]).ends(0, &["操作员 9005 通过", "签名成立"]);
    let json = desk.run(&["drill", text(&stick), "--json"]).ends(0, &[]).out;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["passed"], &json["restored"]), (&true.into(), &5.into()));
    assert_eq!(json["digest"], json["digest_own"]);

    let bytes = std::fs::read(&files[1]).unwrap();
    let at = bytes.windows(6).position(|bytes| bytes == b"enrol\"").unwrap();
    flipped(&desk, &stick, &files[1], at).ends(1, &["第 4 条"]);
    for at in [20, 200, bytes.len() / 2, bytes.len() - 1] {
        flipped(&desk, &stick, &files[1], at);
        flipped(&desk, &stick, &files[0], at);
    }
    std::fs::write(&files[1], &bytes[..5000]).unwrap();
    desk.run(&["drill", text(&stick)]).ends(1, &[name(&files[1]), "第 4 条"]);
    std::fs::write(&files[1], b"").unwrap();
    desk.run(&["drill", text(&stick)]).ends(1, &[name(&files[1]), "空文件"]);
    std::fs::write(&files[1], std::fs::read(&files[0]).unwrap()).unwrap();
    desk.run(&["drill", text(&stick)]).ends(1, &[name(&files[1]), "第 4 条"]);
    std::fs::write(&files[1], &bytes).unwrap();
    std::fs::rename(&files[0], dir.path().join("lost")).unwrap();
    desk.run(&["drill", text(&stick)]).ends(1, &["缺第 1 至 3 条", "问题："]);
    desk.run(&["verify", text(&stick)]).ends(1, &["损坏：第 1 条", "缺第 1 至 3 条"]);
    desk.run(&["backup", text(&stick)]).ends(0, &["新增 3 条"]);
    desk.run(&["drill", text(&stick)]).ends(0, &["结果：通过"]);
    desk.run(&["drill", text(dir.path())]).ends(3, &["没有救急的备份"]);
}

#[test]
fn what_is_no_second_place_or_not_ours_is_refused_and_left_alone() {
    let (dir, desk, share) = founded();
    let (_other_dir, other, _) = founded();
    let stick = dir.path().join("stick");
    std::fs::create_dir(&stick).unwrap();
    std::fs::write(stick.join("照片.jpg"), b"x").unwrap();
    let before = bytes_of(&share);
    for folder in [share.clone(), share.join("备份"), dir.path().join("data"), dir.path().join("data/desk/b")]
    {
        desk.run(&["backup", text(&folder)]).ends(1, &["不能放备份", "没有写入任何内容"]);
    }
    assert_eq!(bytes_of(&share), before);
    desk.run(&["backup"]).ends(3, &["还没有设定备份文件夹", "--daily"]);
    desk.run(&["drill"]).ends(3, &["还没有设定备份文件夹"]);
    desk.run(&["backup", text(&dir.path().join("no/such"))]).ends(3, &["上一级文件夹"]);
    other.run(&["backup", text(&stick)]).ends(0, &["新增 3 条"]);
    let theirs = bytes_of(&stick);
    desk.run(&["backup", text(&stick)]).ends(3, &["另一个县", "没有写入任何内容"]);
    desk.run(&["drill", text(&stick)]).ends(3, &["另一个县"]);
    assert_eq!(bytes_of(&stick), theirs);

    // The PC's own files put back from an earlier day: the backup is ahead, and stays.
    let mine = dir.path().join("mine");
    let entries = dir.path().join("data/desk/entries.db");
    let old = std::fs::read(&entries).unwrap();
    enrol(&desk, "1203");
    desk.run(&["backup", text(&mine)]).ends(0, &["新增 5 条"]);
    std::fs::write(&entries, &old).unwrap();
    let ahead = bytes_of(&mine);
    desk.run(&["backup", text(&mine)]).ends(3, &["备份已到第 5 条", "本机只到第 3 条", "没有写入任何内容"]);
    assert_eq!(bytes_of(&mine), ahead);
    Desk::at(&dir.path().join("stranger")).run(&["backup", text(&mine)]).ends(3, &["还没有加入任何县"]);
}

#[test]
fn one_that_is_set_is_kept_in_the_settings_and_reminded_of() {
    let (dir, desk, _share) = founded();
    let stick = dir.path().join("stick");
    desk.run(&["lookup", "张三", "--officer", "9005"]).ends(1, &["提醒：没有设备份文件夹"]);
    desk.run(&["backup", text(&stick), "--daily"]).ends(0, &["每天自动备份", "备份还没有演练过"]);
    let settings = std::fs::read_to_string(dir.path().join("data/workstation.toml")).unwrap();
    assert!(settings.contains("backup = ") && settings.contains("stick"), "{settings}");
    desk.run(&["lookup", "张三", "--officer", "9005"]).ends(1, &["提醒：备份还没有演练过"]);
    desk.run(&["drill", "--officer", "9005"]).ends(0, &["结果：通过"]);
    let quiet = desk.run(&["lookup", "张三", "--officer", "9005"]).ends(1, &["没有业务岗位"]);
    assert!(!quiet.err.contains("提醒"), "{}", quiet.err);
    desk.run(&["backup"]).ends(0, &["没有新的"]);
    std::fs::rename(&stick, dir.path().join("pulled")).unwrap();
    desk.run(&["backup"]).ends(3, &["找不到备份文件夹", "插好备份盘"]);
    assert!(!stick.exists(), "nothing is written beside a stick that is not there");
    std::fs::create_dir(&stick).unwrap();
    desk.run(&["backup"]).ends(3, &["没有以前的备份"]);
    assert_eq!(bytes_of(&stick), vec![]);
}

#[test]
fn practice_is_backed_up_beside_an_open_window_and_no_name_leaves_it() {
    let (desk, _one) = practice();
    desk.run(&["lookup", "王福生", "--practice"]).ends(0, &[]);
    let held =
        jiuji::store::desk::Desk::open(&desk.data.join("practice/desk"), jiuji::ledger::DeskId([0; 8]));
    let held = held.unwrap();
    held.writable().unwrap();
    let dir = tempfile::tempdir().unwrap();
    let stick = dir.path().join("stick");
    desk.run(&["backup", text(&stick), "--practice"]).ends(0, &["读回核对相符"]);
    desk.run(&["drill", text(&stick), "--practice", "--officer", "9101"])
        .ends(0, &["结果：通过", "个人信息", "已签名"]);
    assert!(held.backups().unwrap().drill.is_some_and(|drill| drill.good));
    drop(held);
    for (path, bytes) in bytes_of(&stick) {
        for secret in ["王福生", "211321196804120012"] {
            assert!(memchr::memmem::find(&bytes, secret.as_bytes()).is_none(), "{}", path.display());
        }
    }
}
