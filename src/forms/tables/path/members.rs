//! What F2 asks of each member of the household beyond name, number and relation, in two lists of one row a member, and how
//! it is written down: one text a member, `李梅；婚姻：已婚；民族：汉族`, which the paper reads back.
//!
//! Values: `marriage` by [`MARRIAGE`] · `labour` by [`LABOUR`] · `together` yes, no.

use super::common::{YES_NO, chosen};
use super::phrases;
use crate::forms::answers::Answers;
use crate::forms::field::{Check, Choice, Field, Kind, Lookup, choice};
use std::collections::BTreeMap;

/// 婚姻状况.
pub(super) const MARRIAGE: &[Choice] = &[
    choice('1', "single", "未婚"),
    choice('2', "married", "已婚"),
    choice('3', "widowed", "丧偶"),
    choice('4', "divorced", "离婚"),
];

/// 劳动能力.
pub(super) const LABOUR: &[Choice] = &[
    choice('1', "whole", "有"),
    choice('2', "part", "部分丧失"),
    choice('3', "lost", "完全丧失"),
    choice('4', "none", "无(老幼)"),
];

/// What is said of a member: the key of its cell and its label, in the order in which it is written down.
pub const PARTS: [(&str, &str); 11] = [
    ("marriage", "婚姻"),
    ("nation", "民族"),
    ("health", "健康患病"),
    ("disability", "残疾"),
    ("labour", "劳动能力"),
    ("occupation", "从业就学"),
    ("employer", "工作单位"),
    ("income", "年收入"),
    ("together", "共同生活"),
    ("condition", "情况"),
    ("benefits", "受助"),
];

/// What parts the parts.
const BETWEEN: char = '；';

/// Who, in either list.
const fn who(page: u16) -> Field {
    Field::new("person", "家庭成员", Kind::Lookup(Lookup::Host("member")))
        .checked(&[Check::With(chosen)])
        .always()
        .never_copied()
        .secret()
        .at(page, 0, 1, 0, 14, 0)
        .hint("已填全体成员；不在名单上的先在人员信息里登记")
}

/// 成员情况.
pub(super) const BODY: &[Field] = &[
    who(2),
    Field::new("marriage", "婚姻", Kind::Choice(MARRIAGE))
        .never_copied()
        .secret()
        .at(2, 0, 17, 0, 8, 0)
        .hint("1未婚 2已婚 3丧偶 4离婚；不清楚的空着"),
    Field::new("nation", "民族", Kind::Text { max: 10 })
        .secret()
        .phrased(phrases::NATIONS)
        .at(2, 0, 27, 0, 8, 0)
        .hint("如汉族、满族；F4 常用的，+ 同上一行"),
    Field::new("health", "健康、患病", Kind::Text { max: 40 })
        .never_copied()
        .secret()
        .at(2, 0, 37, 0, 16, 0)
        .hint("健康的写健康，有病的写病名；公示不写"),
    Field::new("disability", "残疾", Kind::Text { max: 12 })
        .never_copied()
        .secret()
        .phrased(phrases::DISABLED)
        .at(2, 0, 55, 0, 10, 0)
        .hint("按残疾证的类别和等级，如肢体二级；F4 选"),
    Field::new("labour", "劳动能力", Kind::Choice(LABOUR))
        .never_copied()
        .secret()
        .at(2, 0, 67, 0, 10, 0)
        .hint("1有 2部分丧失 3完全丧失 4无(老幼)"),
];

/// 成员从业.
pub(super) const WORK: &[Field] = &[
    who(3),
    Field::new("occupation", "从业、就学", Kind::Text { max: 20 })
        .never_copied()
        .secret()
        .phrased(phrases::WORK)
        .at(3, 0, 17, 0, 14, 0)
        .hint("如务农、在外务工、在校；F4 常用的"),
    Field::new("employer", "单位、学校", Kind::Text { max: 40 })
        .never_copied()
        .secret()
        .at(3, 0, 33, 0, 20, 0)
        .hint("在哪里做事、上学，没有单位的空着"),
    Field::new("income", "年收入", Kind::Sum)
        .secret()
        .at(3, 0, 55, 0, 11, 0)
        .hint("近12个月，元；没有的打 0"),
    Field::new("together", "共同生活", Kind::Choice(YES_NO))
        .never_copied()
        .filled(|_, _| Some("yes".to_owned()))
        .at(3, 0, 68, 0, 8, 0)
        .hint("1 是  2 否"),
];

/// One member's text; nothing where nothing is said of him. The name stands first, for the eye and for a record that was
/// merged with another later.
pub fn written(name: &str, said: &BTreeMap<&'static str, String>) -> String {
    let plain = |text: &str| text.trim().replace(BETWEEN, "，");
    let parts: Vec<String> = PARTS
        .iter()
        .filter_map(|(key, label)| said.get(key).map(|text| (label, plain(text))))
        .filter(|(_, text)| !text.is_empty())
        .map(|(label, text)| format!("{label}：{text}"))
        .collect();
    if parts.is_empty() { String::new() } else { format!("{}{BETWEEN}{}", plain(name), parts.join("；")) }
}

/// The name and the parts of a member's text, by key.
pub fn read(text: &str) -> (&str, BTreeMap<&'static str, &str>) {
    let mut parts = text.split(BETWEEN);
    let name = parts.next().unwrap_or_default();
    let said = parts.filter_map(|part| {
        let (label, value) = part.split_once('：')?;
        PARTS.iter().find(|(_, known)| *known == label).map(|(key, _)| (*key, value))
    });
    (name, said.collect())
}

/// What the rows of a form say of each member, by the value of `person`, in the words of the paper.
pub fn told(a: &Answers) -> BTreeMap<String, (String, BTreeMap<&'static str, String>)> {
    let mut all: BTreeMap<String, (String, BTreeMap<&'static str, String>)> = BTreeMap::new();
    for (list, columns) in [("members", BODY), ("work", WORK)] {
        for row in a.rows(list).iter().filter(|row| row.has("person")) {
            let label = row.get("person").and_then(|answer| answer.label.as_deref()).unwrap_or_default();
            let name = label.split(' ').next().unwrap_or_default();
            let (known, said) = all.entry(row.text("person").to_owned()).or_default();
            name.clone_into(known);
            for column in columns.iter().filter(|column| column.key != "person" && row.has(column.key)) {
                let Some((key, _)) = PARTS.iter().find(|(key, _)| *key == column.key) else { continue };
                said.insert(*key, worded(column, row.text(key)));
            }
        }
    }
    // That he lives with them is what everybody takes for granted: alone it says nothing.
    all.retain(|_, (_, said)| said.iter().any(|(key, text)| *key != "together" || text != "是"));
    all
}

/// The word of a choice, else the text itself.
fn worded(column: &Field, text: &str) -> String {
    let Kind::Choice(choices) = column.kind else { return text.to_owned() };
    choices.iter().find(|one| one.value == text).map_or(text, |one| one.label).to_owned()
}

/// What the cells of a member begin with, out of his text: key and value as the form holds them.
pub fn again(text: &str) -> Vec<(&'static str, String)> {
    let (_, said) = read(text);
    let columns = || BODY.iter().chain(WORK);
    said.into_iter()
        .filter_map(|(key, text)| {
            let column = columns().find(|column| column.key == key)?;
            let Kind::Choice(choices) = column.kind else { return Some((key, text.to_owned())) };
            choices.iter().find(|one| one.label == text).map(|one| (key, one.value.to_owned()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::{Answer, Source};

    fn row(cells: &[(&str, &str)]) -> Answers {
        let mut row = Answers::new();
        let label = Some("李梅 女儿 12岁".to_owned());
        row.put("person", Answer { text: "07".to_owned(), label, source: Source::Filled });
        cells.iter().for_each(|(key, text)| row.say(key, text));
        row
    }

    #[test]
    fn both_lists_are_one_text_that_is_read_back_whatever_is_typed() {
        let mut a = Answers::new();
        a.rows_mut("members").push(row(&[("marriage", "single"), ("health", "哮喘；单位：无")]));
        a.rows_mut("work").push(row(&[("occupation", "在校"), ("income", "0.00"), ("together", "no")]));
        let told = told(&a);
        let (name, said) = &told["07"];
        let text = written(name, said);
        assert_eq!(
            text,
            "李梅；婚姻：未婚；健康患病：哮喘，单位：无；从业就学：在校；年收入：0.00；共同生活：否"
        );
        let (name, back) = read(&text);
        assert_eq!((name, back["health"], back.len()), ("李梅", "哮喘，单位：无", 5));
        let again = again(&text);
        assert!(again.contains(&("marriage", "single".to_owned())), "{again:?}");
        assert!(again.contains(&("together", "no".to_owned())), "{again:?}");
    }

    #[test]
    fn of_whom_nothing_is_said_nothing_is_written() {
        let mut a = Answers::new();
        a.rows_mut("members").push(row(&[]));
        a.rows_mut("work").push(row(&[("together", "yes")]));
        assert!(told(&a).is_empty());
        assert_eq!(written("李梅", &BTreeMap::new()), "");
    }
}
