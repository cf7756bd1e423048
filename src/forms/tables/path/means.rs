//! The means check (核对): 核对授权 F6 with a row for each member, 委托核对 and 核对报告 F7.
//!
//! Rows `members`: `person` and `by` are members of the household, `how` own, guardian, later.

use super::choices::{ABSENCE, RESULT, SCOPE};
use super::common::{chosen, happened, late_on};
use super::phrases;
use crate::forms::answers::Answers;
use crate::forms::field::{Check, Choice, Field, Kind, Lookup, Table, choice};

const HOW: &[Choice] =
    &[choice('1', "own", "本人签字"), choice('2', "guardian", "监护人签"), choice('3', "later", "后补")];

const MEMBERS: &[Field] = &[
    Field::new("person", "家庭成员", Kind::Lookup(Lookup::Host("member")))
        .checked(&[Check::With(chosen)])
        .always()
        .never_copied()
        .at(0, 3, 1, 0, 26, 0)
        .hint("按 F4 选；不在名单上的先在人员信息里登记"),
    Field::new("how", "签字", Kind::Choice(HOW))
        .always()
        .never_copied()
        .at(0, 3, 30, 0, 12, 0)
        .hint("1 本人签字  2 监护人代签  3 后补，选原因"),
    Field::new("by", "监护人", Kind::Lookup(Lookup::Host("member")))
        .checked(&[Check::With(chosen)])
        .asked()
        .shown(|row| row.is("how", "guardian"))
        .at(0, 3, 45, 0, 14, 0)
        .hint("不在这一户的回车，在上面写姓名、关系和电话"),
    Field::new("why", "后补原因", Kind::Choice(ABSENCE))
        .always()
        .shown(|row| row.is("how", "later"))
        .at(0, 3, 45, 0, 18, 0)
        .hint("1外出 2服刑 3失踪 4无民事行为能力"),
];

/// 核对授权.
pub static AUTHORISE: Table = Table { name: "path-authorise", title: "核对授权", fields: AUTHORITY };

const AUTHORITY: &[Field] = &[
    happened("on", "签署日期").noted(late_on),
    Field::new("members", "家庭成员", Kind::Rows(MEMBERS))
        .at(0, 3, 1, 8, 78, 0)
        .hint("已填全体成员；F6 加一行，空行回车离开"),
    Field::new("guardians", "监护人", Kind::Text { max: 100 })
        .always()
        .shown(unknown_guardian)
        .never_copied()
        .at(0, 1, 1, 10, 64, 0)
        .hint("不在这一户的监护人：姓名、关系、电话"),
    Field::new("later", "后补说明", Kind::LongText { max: 200 })
        .always()
        .shown(|a| a.rows("members").iter().any(|row| row.is("how", "later")))
        .never_copied()
        .phrased(phrases::LATER)
        .at(0, 2, 1, 10, 64, 0)
        .hint("为什么、何时补签；F4 常用语"),
];

fn unknown_guardian(a: &Answers) -> bool {
    a.rows("members").iter().any(|row| row.is("how", "guardian") && !row.has("by"))
}

/// 委托核对.
pub static ASK: Table = Table { name: "path-means-ask", title: "委托核对", fields: ASKED };

const ASKED: &[Field] = &[
    happened("on", "委托日期").noted(late_on),
    Field::new("scope", "核对范围", Kind::Choice(SCOPE))
        .always()
        .filled(|_, _| Some("1".to_owned()))
        .at(0, 1, 1, 10, 18, 0)
        .hint("1 全面核对  2 只核必要支出（低保、特困、边缘、刚性支出家庭）"),
    Field::new("to", "委托给", Kind::Text { max: 60 }).always().at(0, 2, 1, 10, 44, 0).hint("核对机构的名称"),
];

/// 核对报告.
pub static CHECK: Table = Table { name: "path-means-check", title: "核对报告", fields: CHECKED };

const CHECKED: &[Field] = &[
    happened("on", "报告日期").noted(late_on),
    Field::new("report", "报告编号", Kind::Text { max: 40 })
        .always()
        .never_copied()
        .at(0, 1, 1, 10, 24, 0)
        .hint("报告上的编号"),
    Field::new("result", "核对结论", Kind::Choice(RESULT))
        .always()
        .never_copied()
        .at(0, 2, 1, 10, 14, 0)
        .hint("1 符合  2 超标  3 信息不一致，写明核实情况"),
    Field::new("items", "逐项结果", Kind::LongText { max: 300 })
        .always()
        .never_copied()
        .phrased(phrases::ITEMS)
        .at(0, 3, 1, 10, 64, 0)
        .hint("按报告逐项写；F4 常用语"),
    Field::new("explained", "核实情况", Kind::LongText { max: 200 })
        .always()
        .shown(|a| a.is("result", "3"))
        .never_copied()
        .phrased(phrases::EXPLAINED)
        .at(0, 4, 1, 10, 64, 0)
        .hint("不一致在哪里，核实后是怎样；F4 常用语"),
];
