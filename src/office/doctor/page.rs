//! The page (检查单): at most twenty-four lines of eighty columns, numbered, with a verdict and a code at the end, in words that
//! can be read out on the telephone.

use super::code;
use crate::base::stamp::Stamp;
use crate::base::width;
use crate::store::share::trial::{Finding, Verdict};
use serde_json::{Value, json};
use std::path::Path;

/// Columns of the page.
pub const WIDTH: usize = 80;
/// Lines of the page.
const LINES: usize = 24;

/// What a look found, ready to be shown.
#[derive(Clone, Debug)]
pub struct Page {
    folder: String,
    at: Stamp,
    two: bool,
    findings: Vec<Finding>,
}

impl Page {
    /// The page of findings at a moment by this PC's clock.
    pub fn new(folder: &Path, at: Stamp, two: bool, findings: Vec<Finding>) -> Page {
        Page { folder: folder.display().to_string(), at, two, findings }
    }

    /// Whether nothing failed.
    pub fn passed(&self) -> bool {
        !self.findings.iter().any(|finding| finding.verdict == Verdict::Fail)
    }

    /// The code to be read out.
    pub fn code(&self) -> String {
        code::write(&self.findings, self.two)
    }

    fn numbers(&self, verdict: Verdict) -> Option<String> {
        let of = self.findings.iter().filter(|finding| finding.verdict == verdict);
        let numbers: Vec<String> = of.map(|finding| finding.check.number().to_string()).collect();
        (!numbers.is_empty()).then(|| numbers.join("、"))
    }

    /// The last word.
    pub fn verdict(&self) -> String {
        if let Some(numbers) = self.numbers(Verdict::Fail) {
            return format!("结论：不通过，第 {numbers} 项。先不要用这个文件夹，按办法改好后再查一次。");
        }
        let mut text = String::from("结论：通过");
        if let Some(numbers) = self.numbers(Verdict::Note) {
            text.push_str(&format!("；第 {numbers} 项要注意"));
        }
        if let Some(numbers) = self.numbers(Verdict::Untested) {
            text.push_str(&format!("；第 {numbers} 项没有测"));
        }
        text.push('。');
        text
    }

    /// The page as text.
    pub fn text(&self) -> String {
        let kind = if self.two { "两台电脑一起" } else { "一台电脑" };
        let mut head = vec![format!("救急 共享盘检查（{kind}） {} 程序 {}", self.at.text(), version())];
        head.push(width::cut(&format!("文件夹 {}", self.folder), WIDTH));
        let mut foot = width::wrap(&self.verdict(), WIDTH);
        foot.push(format!("电话码：{}（对方用 jiuji doctor --code 号码 可以看到每一项）", self.code()));
        let room = LINES - head.len() - foot.len();
        let mut lines: Vec<String> = self.findings.iter().flat_map(|finding| of(finding, false)).collect();
        if lines.len() > room {
            // So much is wrong that what to do matters more than what was seen.
            lines = self.findings.iter().flat_map(|finding| of(finding, true)).collect();
        }
        [head, lines, foot].concat().join("\n")
    }

    /// The page for programs.
    pub fn json(&self) -> Value {
        let checks: Vec<Value> = self
            .findings
            .iter()
            .map(|finding| {
                json!({
                    "number": finding.check.number(),
                    "name": finding.check.zh(),
                    "verdict": word(finding.verdict),
                    "said": finding.said,
                    "next": finding.next,
                })
            })
            .collect();
        json!({
            "folder": self.folder,
            "pcs": if self.two { 2 } else { 1 },
            "at_ms": self.at,
            "version": version(),
            "passed": self.passed(),
            "code": self.code().replace(' ', ""),
            "verdict": self.verdict(),
            "checks": checks,
        })
    }
}

/// The lines of a finding; in short its advice stands in place of what was seen.
fn of(finding: &Finding, short: bool) -> Vec<String> {
    let said = if short && !finding.next.is_empty() { &finding.next } else { &finding.said };
    let line = format!(
        "{:>2} {} {} {said}",
        finding.check.number(),
        width::fit(finding.check.zh(), 14),
        width::fit(finding.verdict.zh(), 6)
    );
    let mut lines = vec![width::cut(line.trim_end(), WIDTH)];
    if !short && !finding.next.is_empty() {
        lines.push(width::cut(&format!("   办法：{}", finding.next), WIDTH));
    }
    lines
}

fn word(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Pass => "pass",
        Verdict::Fail => "fail",
        Verdict::Untested => "untested",
        Verdict::Note => "note",
    }
}

fn version() -> &'static str {
    env!("CARGO_PKG_VERSION")
}
