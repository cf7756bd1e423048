//! `batch` with the real program, in practice.

use super::{Desk, practice, text};

#[test]
fn templates_sources_and_refusals_are_said() {
    let (desk, _one) = practice();
    desk.run(&["batch", "template", "bank"]).ends(0, &["银行代发", "[back.reasons]"]);
    desk.run(&["batch", "template", "无"]).ends(1, &["没有模板"]);
    let as_finance = |rest: &[&str]| {
        let mut args = vec!["batch", "--practice"];
        args.extend_from_slice(rest);
        desk.run(&args)
    };
    as_finance(&["list"]).ends(0, &["共 3 个批次"]);
    as_finance(&["waiting"]).ends(0, &["待付"]);
    as_finance(&["source", "县级预算", "到账", "1000.00", "--note", "县财社指1号"])
        .ends(0, &["县级预算到账1000.00元"]);
    as_finance(&["source", "县级预算", "上缴", "60000.01", "--note", "退回"])
        .ends(1, &["E-FUND-SHORT", "还差"]);
    as_finance(&["source", "县级预算", "上缴", "1000.00", "--note", "退回"]).ends(0, &["上缴1000.00元"]);
    as_finance(&["month", "2026-13"]).ends(1, &["不是月份"]);
    let dir = tempfile::tempdir().unwrap();
    as_finance(&["export", "P26-099", "--out", text(dir.path())]).ends(1, &["没有批次"]);
    as_finance(&["--officer", "9101", "export", "P26-001", "--out", text(dir.path())]).ends(1, &["县局财务"]);
    as_finance(&["--officer", "9101", "source", "县级预算", "到账", "1", "--note", "x"]).ends(1, &["E-ROLE"]);
}

/// The batch of the practice office in a state, by its number.
fn number_of(list: &str, state: &str) -> String {
    let line = list.lines().find(|line| line.contains(state));
    line.and_then(|line| line.split_whitespace().next()).unwrap_or_default().to_owned()
}

#[test]
fn whoever_counts_a_batch_blind_is_told_its_sum_nowhere() {
    let (desk, _one) = practice();
    let told = |officer: &str, rest: &[&str]| {
        let mut args = vec!["batch", "--practice", "--officer", officer];
        args.extend_from_slice(rest);
        desk.run(&args)
    };
    let list =
        told("9006", &["list"]).ends(0, &["共 3 个批次"]).out + &told("9003", &["list"]).ends(0, &[]).out;
    let open: Vec<&str> =
        list.lines().filter(|line| line.contains("待复核") && line.contains("P2")).collect();
    assert_eq!(open.len(), 2, "{list}");
    let hidden = |line: &&&str| line.contains("合计待复核");
    assert_eq!(open.iter().filter(hidden).count(), 1, "who built it knows it: {open:?}");
    let month = jiuji::office::place::machine_clock()().day();
    let month = format!("{}-{:02}", month.year(), month.month());
    let both = [
        told("9003", &["month", &month]).ends(0, &[]).out,
        told("9006", &["month", &month]).ends(0, &[]).out,
    ];
    assert_eq!(both.iter().filter(|out| out.contains("待批次复核后显示")).count(), 1, "{both:?}");
    for verb in [&["list"][..], &["month", &month]] {
        told("9101", verb).ends(1, &["县局财务"]);
        told("9005", verb).ends(1, &["县局财务"]);
    }
    told("9005", &["waiting"]).ends(1, &["管理员没有业务岗位"]);
    let all = told("9003", &["waiting"]).ends(0, &["待付"]).out;
    let own = told("9301", &["waiting"]).ends(0, &["待付"]).out;
    assert!(all.contains("波罗赤") && !own.contains("波罗赤"), "a township sees its own: {own}");
}

#[test]
fn only_the_file_of_the_batch_is_sent_and_a_look_at_the_answer_asks_the_rules() {
    // an office of its own: what is read here changes it
    let data = tempfile::tempdir().unwrap();
    let desk = Desk::at(data.path());
    let dir = tempfile::tempdir().unwrap();
    let told = |officer: &str, rest: &[&str]| {
        let mut args = vec!["batch", "--practice", "--officer", officer];
        args.extend_from_slice(rest);
        desk.run(&args)
    };
    let sent = number_of(&told("9003", &["list"]).ends(0, &[]).out, "待回盘");
    let answer = |name: &str, text: &str| {
        let path = dir.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    told("9003", &["export", &sent, "--out", text(dir.path())]).ends(0, &["已写入"]);
    let exported = std::fs::read_dir(dir.path()).unwrap().next().unwrap().unwrap().path();
    let foreign = answer("别的.csv", "序号,金额\n1,1.00\n");
    told("9003", &["send", &sent, "--file", text(&foreign)]).ends(1, &["不是批次", "batch export"]);
    // its own file passes the look and meets the rule: the batch is with the bank already
    told("9003", &["send", &sent, "--file", text(&exported)]).ends(1, &["E-STATE"]);
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-data/回盘_练习批次.csv");
    let look = |path: &std::path::Path| told("9003", &["read-return", &sent, text(path), "--dry-run"]);
    look(&sample).ends(0, &["入账3笔", "退汇1笔", "没有写入"]);
    let bytes = std::fs::read(&sample).unwrap();
    let short: Vec<&[u8]> = bytes.split_inclusive(|byte| *byte == b'\n').collect();
    let cut = dir.path().join("缺行.csv");
    std::fs::write(&cut, short[..short.len() - 2].concat()).unwrap();
    look(&cut).ends(1, &["E-RETURN-MISMATCH", "缺少序号4", "没有写入"]);
    told("9003", &["read-return", &sent, text(&sample)]).ends(0, &["回盘已读入"]);
    look(&sample).ends(1, &["E-RETURN-DUP", "没有写入"]);
}
