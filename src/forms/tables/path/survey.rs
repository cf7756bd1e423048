//! 入户调查 F4, all fields on two pages, and 就学情况 of circumstance 4.
//!
//! Sums left empty are none. `policies` and `means` are digits of the list in the hint, typed one behind the other.

use super::choices::{STAGE, STRUCTURE, TENURE, VERDICT};
use super::common::{YES_NO, chosen, counted, figure, happened, late_at, late_on, words};
use super::phrases;
use crate::domain::nouns::path::SurveyVerdict;
use crate::domain::nouns::{LineKind, Status};
use crate::forms::answers::Answers;
use crate::forms::field::{Check, Context, Field, Kind, Lookup, Table};
use crate::forms::problem::Problem;

/// 入户调查.
pub static SURVEY: Table = Table { name: "path-survey", title: "入户调查", fields: FIELDS };

const FIELDS: &[Field] = &[
    happened("at", "调查日期").noted(late_at).at(0, 0, 1, 10, 11, 28).clause("四（三）一"),
    Field::new("time", "时间", Kind::Time)
        .always()
        .never_copied()
        .at(0, 0, 56, 4, 5, 0)
        .hint("四位数，如 0910"),
    Field::new("place", "地    点", Kind::Text { max: 60 })
        .always()
        .filled(|_, _| Some("申请人家中".to_owned()))
        .at(0, 1, 1, 10, 24, 0)
        .hint("不在家中的写明在哪里"),
    Field::new("respondent", "被调查人", Kind::Text { max: 40 })
        .always()
        .never_copied()
        .at(0, 1, 40, 8, 24, 0)
        .hint("姓名和与申请人的关系，不是本人的改写"),
    Field::new("surveyors", "调查人一", Kind::Lookup(Lookup::Host("officer")))
        .checked(&[Check::With(chosen)])
        .always()
        .never_copied()
        .at(0, 2, 1, 10, 24, 0)
        .hint("打拼音首字母回车，或按 F4 选"),
    Field::new("second", "调查人二", Kind::Lookup(Lookup::Host("officer")))
        .checked(&[Check::With(chosen)])
        .asked()
        .at(0, 2, 40, 8, 24, 0)
        .hint("没有账号的回车，在下一项写姓名和电话"),
    Field::new("others_named", "无账号的", Kind::Text { max: 60 })
        .needed(|a| !a.has("second"))
        .at(0, 3, 1, 10, 46, 0)
        .hint("姓名和电话，两人之间打顿号"),
    Field::new("others", "人数", Kind::Count { max: 20 })
        .never_copied()
        .filled(|a, _| counted(a, "others_named"))
        .at(0, 3, 62, 4, 3, 0)
        .hint("没有账号的调查人有几名"),
    Field::new("situation", "家庭情况", Kind::LongText { max: 200 })
        .always()
        .never_copied()
        .phrased(phrases::SITUATION)
        .checked(&[Check::Longer(4)])
        .at(0, 4, 1, 10, 64, 0)
        .hint("人口、劳动力、靠什么生活；F4 常用语"),
    Field::new("tenure", "住房产权", Kind::Choice(TENURE))
        .always()
        .never_copied()
        .at(0, 5, 1, 10, 10, 0)
        .hint("1自有 2租住 3借住 4公房 5无房"),
    Field::new("structure", "结构", Kind::Choice(STRUCTURE))
        .always()
        .shown(housed)
        .never_copied()
        .at(0, 5, 26, 4, 10, 0)
        .hint("1砖混 2砖木 3土木 4楼房 5其他"),
    Field::new("area", "面积", Kind::Count { max: 9_999 })
        .always()
        .shown(housed)
        .never_copied()
        .at(0, 5, 45, 4, 5, 0)
        .hint("平方米"),
    figure("wages", "收入 工资").at(0, 6, 1, 10, 9, 0),
    figure("business", "经营").at(0, 6, 25, 4, 9, 0),
    figure("property", "财产").at(0, 6, 43, 4, 9, 0),
    figure("transfer", "转移").at(0, 6, 61, 4, 9, 0).hint("养老金、低保金、补贴、赡养费，近12个月，元"),
    figure("medical", "支出 医疗").at(0, 7, 1, 10, 9, 0).hint("近12个月自付的，元；没有的回车"),
    figure("schooling", "教育").at(0, 7, 25, 4, 9, 0),
    figure("care", "护理").at(0, 7, 43, 4, 9, 0),
    figure("housing", "住房").at(0, 7, 61, 4, 9, 0),
    figure("deposits", "财产 存款").at(0, 8, 1, 10, 9, 0).hint("现有的，元；没有的回车"),
    figure("securities", "证券").at(0, 8, 25, 4, 9, 0).hint("现有的，元；没有的回车"),
    figure("debt", "债务").at(0, 8, 43, 4, 9, 0).hint("现欠的，元；没有的回车"),
    Field::new("vehicles", "车辆", Kind::Count { max: 99 })
        .asked()
        .never_copied()
        .at(0, 8, 61, 4, 2, 0)
        .hint("几辆；没有的回车"),
    Field::new("machines", "农机", Kind::Count { max: 99 })
        .asked()
        .never_copied()
        .at(0, 8, 71, 4, 2, 0)
        .hint("几台；没有的回车"),
    Field::new("verified", "急难核实", Kind::LongText { max: 300 })
        .always()
        .never_copied()
        .phrased(phrases::VERIFIED)
        .against(contradicted)
        .checked(&[Check::Longer(4)])
        .at(1, 0, 1, 10, 64, 0)
        .hint("核实了什么，凭什么；F4 常用语"),
    Field::new("matches", "与申请一致", Kind::Choice(YES_NO))
        .always()
        .never_copied()
        .at(1, 1, 1, 10, 6, 0)
        .hint("1 是  2 否，写明何处不一致"),
    Field::new("differs", "何处不一致", Kind::Text { max: 100 })
        .always()
        .shown(|a| a.is("matches", "no"))
        .never_copied()
        .at(1, 1, 22, 10, 40, 0)
        .hint("申请怎样写，调查是怎样"),
    Field::new("policies", "享受政策", Kind::Text { max: 10 })
        .always()
        .never_copied()
        .checked(&[Check::With(policies)])
        .noted(|a, _| said(a.text("policies"), Status::from_digit, Status::zh))
        .at(1, 2, 1, 10, 10, 52)
        .hint("1城市低保2农村低保3特困分散4集中5边缘6刚性支出7监测8孤儿9优抚0无，可连打"),
    Field::new("verdict", "调查结论", Kind::Choice(VERDICT))
        .always()
        .never_copied()
        .at(1, 3, 1, 10, 14, 0)
        .clause("四（三）一")
        .hint("1 属实  2 不属实  3 转其他救助"),
    Field::new("means", "建议方式", Kind::Text { max: 4 })
        .always()
        .shown(is_true)
        .never_copied()
        .checked(&[Check::With(means)])
        .noted(|a, _| said(a.text("means"), LineKind::from_digit, LineKind::zh))
        .at(1, 4, 1, 10, 6, 40)
        .clause("四（二）1")
        .hint("1救助金 2实物 3转介 4服务，几样连着打"),
    Field::new("amount", "建议金额", Kind::Money)
        .always()
        .shown(is_true)
        .at(1, 5, 1, 10, 12, 40)
        .hint("已填申请的金额，可以改"),
    Field::new("photos", "照片张数", Kind::Count { max: 99 })
        .always()
        .never_copied()
        .at(1, 6, 1, 10, 3, 0)
        .hint("没有的打 0"),
    Field::new("photo_list", "照片目录", Kind::Text { max: 80 })
        .always()
        .shown(|a| a.count("photos").is_some_and(|count| count > 0))
        .at(1, 6, 19, 8, 44, 0)
        .hint("各拍的什么；.. 同上笔"),
    Field::new("signed", "双方签字", Kind::Choice(YES_NO))
        .always()
        .never_copied()
        .at(1, 7, 1, 10, 6, 0)
        .hint("调查人和被调查人都在调查表上签了字"),
    Field::new("unsigned", "未签原因", Kind::Text { max: 60 })
        .always()
        .shown(|a| a.is("signed", "no"))
        .never_copied()
        .at(1, 7, 22, 8, 40, 0)
        .hint("谁没有签，为什么"),
];

/// What was found and what was concluded say the same: a phrase of the one takes back the other.
fn contradicted(phrase: &str, a: &Answers) -> Vec<&'static str> {
    let differs = phrase.starts_with("与申请不符");
    let matches = a.is("matches", if differs { "yes" } else { "no" });
    let verdict = a.has("verdict") && is_true(a) == differs;
    [("matches", matches), ("verdict", verdict)]
        .into_iter()
        .filter(|(_, wrong)| *wrong)
        .map(|(key, _)| key)
        .collect()
}

fn housed(a: &Answers) -> bool {
    !a.is("tenure", "5")
}

fn is_true(a: &Answers) -> bool {
    a.text("verdict").parse().ok().and_then(SurveyVerdict::from_digit) == Some(SurveyVerdict::True)
}

/// The words of digits, for the note.
fn said<T: Copy>(typed: &str, from: fn(u8) -> Option<T>, zh: fn(T) -> &'static str) -> Option<String> {
    let words: Vec<&str> = words(typed, from)?.into_iter().map(zh).collect();
    Some(words.join("、"))
}

fn policies(path: &str, a: &Answers, _: &Context) -> Option<Problem> {
    let Some(words) = words(a.text("policies"), Status::from_digit) else {
        return Some(Problem::error(path, "只打数字，按 F1 看各是什么"));
    };
    let none = words.contains(&Status::Unlisted) && words.len() > 1;
    none.then(|| Problem::error(path, "0 是无，不能和别的一起打"))
}

fn means(path: &str, a: &Answers, _: &Context) -> Option<Problem> {
    let wrong = words(a.text("means"), LineKind::from_digit).is_none();
    wrong.then(|| Problem::error(path, "只打 1 到 4：1救助金 2实物 3转介 4服务"))
}

/// 就学情况.
pub static SCHOOL: Table = Table { name: "path-school", title: "就学情况", fields: SCHOOLING };

const SCHOOLING: &[Field] = &[
    happened("on", "证明日期").noted(late_on).clause("三（四）"),
    Field::new("pupil", "就学的人", Kind::Lookup(Lookup::Host("member")))
        .checked(&[Check::With(chosen)])
        .always()
        .never_copied()
        .at(0, 1, 1, 10, 24, 0)
        .hint("按 F4 选家庭成员"),
    Field::new("stage", "就学阶段", Kind::Choice(STAGE))
        .always()
        .never_copied()
        .at(0, 2, 1, 10, 14, 0)
        .hint("1学前 2义务教育 3高中 4中职 5专科 6本科 7研究生"),
    Field::new("years", "学制", Kind::Count { max: 12 })
        .always()
        .never_copied()
        .filled(|a, _| years(a.text("stage")).map(|years| years.to_string()))
        .checked(&[Check::AtLeast(1)])
        .at(0, 2, 40, 4, 2, 0)
        .hint("几年"),
    Field::new("at_home", "国内就学", Kind::Choice(YES_NO))
        .always()
        .never_copied()
        .filled(|_, _| Some("yes".to_owned()))
        .at(0, 3, 1, 10, 6, 0)
        .clause("三（四）")
        .hint("1 国内  2 国外"),
    Field::new("regular", "正常就学", Kind::Choice(YES_NO))
        .always()
        .never_copied()
        .filled(|_, _| Some("yes".to_owned()))
        .at(0, 3, 40, 8, 6, 0)
        .clause("三（四）")
        .hint("有学籍，全日制"),
    Field::new("tuition", "每年学费", Kind::Sum).always().at(0, 4, 1, 10, 10, 0).hint("元；免学费的打 0"),
    Field::new("aid", "已获资助", Kind::Sum).asked().at(0, 4, 40, 8, 10, 0).hint("元；没有的回车"),
    Field::new("school", "学    校", Kind::Text { max: 40 })
        .always()
        .never_copied()
        .at(0, 5, 1, 10, 40, 0)
        .hint("全称"),
];

/// The usual length of a stage.
fn years(stage: &str) -> Option<u32> {
    Some(match stage {
        "1" | "3" | "4" | "5" | "7" => 3,
        "2" => 9,
        "6" => 4,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::tests::{keys, open};
    use crate::forms::{FormKey, Outcome, Source};

    #[test]
    fn a_phrase_takes_back_the_conclusion_that_it_contradicts() {
        let mut form = open(&SURVEY);
        form.set("matches", "yes", Source::Typed);
        form.set("verdict", "1", Source::Typed);
        form.go("verified");
        form.press(FormKey::Choose);
        let out = keys(&mut form, "4");
        assert!(form.value("verified").starts_with("与申请不符"), "{}", form.value("verified"));
        assert_eq!((form.value("matches"), form.value("verdict")), (String::new(), String::new()));
        let said = |out: &[Outcome]| {
            out.iter().any(|one| matches!(one, Outcome::Told(text) if text.contains("「调查结论」")))
        };
        assert!(said(&out), "{out:?}");
        form.press(FormKey::Clear);
        form.set("verdict", "1", Source::Typed);
        form.press(FormKey::Choose);
        let out = keys(&mut form, "1");
        assert_eq!(form.value("verdict"), "1", "what says the same stays");
        assert!(!said(&out));
    }
}
