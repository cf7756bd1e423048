//! `batch` with the real program, in practice.

use super::{practice, text};

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
