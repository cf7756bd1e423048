//! The public notice (公示): 张贴 F8, its end, 不宜公示, objections.
//!
//! Values of `result`: expired, void. What hangs on the wall names no disease, no code and no cost.

use super::common::{YES_NO, chosen, happened, late_from, late_on};
use super::phrases;
use crate::forms::answers::Answers;
use crate::forms::field::{Check, Choice, Context, Field, Kind, Lookup, Table, choice};
use crate::forms::problem::Problem;

const RESULT: &[Choice] = &[choice('1', "expired", "期满无异议"), choice('2', "void", "提前作废")];

/// Words by which a text names an illness.
const ILLNESS: &[&str] = &["癌", "瘤", "炎", "症", "梗", "病", "肝", "肾", "肺", "艾滋", "透析", "化疗"];

/// 张贴公示.
pub static POST: Table = Table { name: "path-post-notice", title: "张贴公示", fields: POSTED };

const POSTED: &[Field] = &[
    happened("from", "张贴日期").noted(late_from).clause("二"),
    Field::new("place", "张贴地点", Kind::Text { max: 60 })
        .always()
        .at(0, 1, 1, 10, 44, 0)
        .hint("在哪里张贴的，不对的改"),
    Field::new("posted_by", "张贴人", Kind::Text { max: 40 })
        .always()
        .at(0, 2, 1, 10, 24, 0)
        .hint("姓名，两人之间打顿号"),
    Field::new("phone", "异议电话", Kind::Phone).always().at(0, 2, 40, 8, 18, 0).hint("有异议的打给谁"),
    Field::new("summary", "困难摘要", Kind::LongText { max: 80 })
        .always()
        .never_copied()
        .phrased(phrases::SUMMARY)
        .checked(&[Check::Longer(4), Check::With(nothing_private)])
        .at(0, 3, 1, 10, 64, 0)
        .clause("二")
        .hint("贴出来的话：不写病名、编码和费用；F4 常用语"),
    Field::new("photos", "照片张数", Kind::Count { max: 99 })
        .always()
        .never_copied()
        .at(0, 4, 1, 10, 3, 0)
        .hint("张贴的照片；没有的打 0"),
];

/// What hangs on the wall names no disease and no figure.
fn nothing_private(path: &str, a: &Answers, _: &Context) -> Option<Problem> {
    let text = a.text("summary");
    if text.chars().any(|c| c.is_ascii_digit()) {
        return Some(Problem::error(path, "贴出来的话不写数字：费用、编码、号码都不写"));
    }
    let named = ILLNESS.iter().find(|word| text.contains(**word))?;
    Some(Problem::error(path, format!("「{named}」像是病名，贴出来的话不写病名，请改写")))
}

/// 公示期满.
pub static END: Table = Table { name: "path-end-notice", title: "公示期满", fields: ENDED };

const ENDED: &[Field] = &[
    happened("on", "登记日期").noted(late_on),
    Field::new("result", "公示结果", Kind::Choice(RESULT))
        .always()
        .never_copied()
        .at(0, 1, 1, 10, 14, 0)
        .clause("二")
        .hint("1 期满无异议  2 提前作废，写原因，重新公示"),
    Field::new("void", "作废原因", Kind::LongText { max: 100 })
        .always()
        .shown(|a| a.is("result", "void"))
        .never_copied()
        .phrased(phrases::VOID)
        .checked(&[Check::Longer(4)])
        .at(0, 2, 1, 10, 64, 0)
        .hint("F4 常用语"),
];

/// 不宜公示.
pub static EXEMPT: Table = Table { name: "path-exempt", title: "不宜公示", fields: EXEMPTED };

const EXEMPTED: &[Field] = &[Field::new("reason", "原    因", Kind::LongText { max: 200 })
    .always()
    .never_copied()
    .phrased(phrases::EXEMPT)
    .checked(&[Check::Longer(4)])
    .at(0, 0, 1, 10, 64, 0)
    .clause("二")
    .hint("为什么不能公示；督导能看到；F4 常用语")];

/// 登记异议.
pub static OBJECT: Table = Table { name: "path-object", title: "登记异议", fields: OBJECTED };

const OBJECTED: &[Field] = &[
    happened("on", "异议日期").noted(late_on),
    Field::new("said", "异议内容", Kind::LongText { max: 300 })
        .always()
        .never_copied()
        .checked(&[Check::Longer(4)])
        .at(0, 1, 1, 10, 64, 0)
        .hint("谁（可以匿名）、电话、说什么"),
];

/// 处理异议.
pub static SETTLE: Table = Table { name: "path-settle", title: "处理异议", fields: SETTLED };

const SETTLED: &[Field] = &[
    happened("on", "处理日期").noted(late_on),
    Field::new("number", "哪一条", Kind::Lookup(Lookup::Host("objection")))
        .checked(&[Check::With(chosen)])
        .always()
        .never_copied()
        .at(0, 1, 1, 10, 44, 0)
        .hint("按 F4 选没有处理的异议"),
    Field::new("upheld", "是否成立", Kind::Choice(YES_NO))
        .always()
        .never_copied()
        .at(0, 2, 1, 10, 6, 0)
        .hint("1 成立，调查、评议、公示重新办  2 不成立"),
    Field::new("finding", "查核结果", Kind::LongText { max: 300 })
        .always()
        .never_copied()
        .phrased(phrases::FINDING)
        .checked(&[Check::Longer(4)])
        .at(0, 3, 1, 10, 64, 0)
        .hint("怎样查的，结果怎样；F4 常用语"),
];
