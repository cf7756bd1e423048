//! What the paper of an application (F1, F2) asks beyond what the rules need, all optional, on a page of its own: Enter passes
//! it by. The form hands each filled one on under the slot in which it is sealed, as the paper prints it.
//!
//! Values: `account_kind` farm, town, resident · `marriage` by [`super::members::MARRIAGE`] · `disability` by `DISABILITIES` · `grade` 1 to 4 · `labour` whole, part,
//! lost, none.

use crate::forms::answers::Answers;
use crate::forms::field::{Choice, Field, Kind, choice};
use crate::forms::tables::path::members::{LABOUR, MARRIAGE};
use crate::forms::tables::path::phrases;

const ACCOUNTS: &[Choice] =
    &[choice('1', "farm", "农业"), choice('2', "town", "非农业"), choice('3', "resident", "居民")];
const DISABILITIES: &[Choice] = &[
    choice('1', "sight", "视力"),
    choice('2', "hearing", "听力"),
    choice('3', "speech", "言语"),
    choice('4', "limb", "肢体"),
    choice('5', "mind", "智力"),
    choice('6', "spirit", "精神"),
    choice('7', "several", "多重"),
];
const GRADES: &[Choice] =
    &[choice('1', "1", "一级"), choice('2', "2", "二级"), choice('3', "3", "三级"), choice('4', "4", "四级")];
/// The fields.
pub(super) const FIELDS: [Field; 13] = [
    Field::new("account_kind", "户口性质", Kind::Choice(ACCOUNTS))
        .never_copied()
        .at(2, 0, 1, 10, 10, 0)
        .hint("1农业 2非农业 3居民；不清楚的空着"),
    Field::new("permit", "居住证号", Kind::Text { max: 24 })
        .shown(from_elsewhere)
        .never_copied()
        .secret()
        .at(2, 0, 27, 8, 24, 0)
        .hint("外地户籍的填居住证号，没有办的空着"),
    Field::new("nation", "民    族", Kind::Text { max: 10 })
        .never_copied()
        .secret()
        .phrased(phrases::NATIONS)
        .at(2, 1, 1, 10, 10, 0)
        .hint("如汉族、满族；F4 常用的"),
    Field::new("marriage", "婚姻状况", Kind::Choice(MARRIAGE))
        .never_copied()
        .secret()
        .at(2, 1, 27, 8, 8, 0)
        .hint("1未婚 2已婚 3丧偶 4离婚"),
    Field::new("occupation", "从业", Kind::Text { max: 20 })
        .never_copied()
        .secret()
        .phrased(phrases::WORK)
        .at(2, 1, 50, 4, 14, 0)
        .hint("如务农、在外务工、失业；F4 常用的"),
    Field::new("employer", "工作单位", Kind::Text { max: 40 })
        .never_copied()
        .secret()
        .at(2, 2, 1, 10, 40, 0)
        .hint("在哪里做事，没有单位的空着"),
    Field::new("health", "健康、患病", Kind::Text { max: 40 })
        .never_copied()
        .secret()
        .at(2, 3, 1, 10, 40, 0)
        .hint("健康的写健康，有病的写病名；只印在审批表上，公示不写"),
    Field::new("labour", "劳动能力", Kind::Choice(LABOUR))
        .never_copied()
        .at(2, 4, 1, 10, 10, 0)
        .hint("1有 2部分丧失 3完全丧失 4无"),
    Field::new("disability", "残疾类别", Kind::Choice(DISABILITIES))
        .never_copied()
        .secret()
        .at(2, 4, 27, 8, 8, 0)
        .hint("按残疾证：1视力 2听力 3言语 4肢体 5智力 6精神 7多重"),
    Field::new("grade", "等级", Kind::Choice(GRADES))
        .shown(|a| a.has("disability"))
        .never_copied()
        .secret()
        .at(2, 4, 50, 4, 8, 0)
        .hint("1一级 2二级 3三级 4四级"),
    Field::new("income_source", "收入来源", Kind::Text { max: 80 })
        .never_copied()
        .secret()
        .at(2, 5, 1, 10, 60, 0)
        .hint("家里一年的钱从哪里来，数目在入户调查里核"),
    Field::new("spending_use", "支出用途", Kind::Text { max: 80 })
        .never_copied()
        .secret()
        .at(2, 6, 1, 10, 60, 0)
        .hint("一年的钱主要用在哪里"),
    Field::new("supporters", "赡养人", Kind::LongText { max: 200 })
        .never_copied()
        .at(2, 7, 1, 10, 64, 0)
        .hint("不共同生活的法定赡养、抚养、扶养人：姓名 关系 人口 年收入 每月给多少；几个人用；分开"),
];

/// A field of this page, to stand on another.
pub(super) const fn field(at: usize) -> Field {
    FIELDS[at]
}

/// Whoever is registered elsewhere has a permit; where nobody knows, it is asked for.
fn from_elsewhere(a: &Answers) -> bool {
    let id_no = a.text("id_no");
    id_no.is_empty() || !id_no.starts_with("211321")
}

/// What was filled, by slot, in the words of the paper.
pub fn told(a: &Answers) -> Vec<(&'static str, String)> {
    let of = |choices: &[Choice], key: &str| {
        choices.iter().find(|one| one.value == a.text(key)).map_or("", |one| one.label).to_owned()
    };
    let disability = match (of(DISABILITIES, "disability"), of(GRADES, "grade")) {
        (kind, _) if kind.is_empty() => String::new(),
        (kind, grade) => format!("{kind}{grade}"),
    };
    let permit = if from_elsewhere(a) { a.text("permit").to_owned() } else { String::new() };
    let all = [
        ("account-kind", of(ACCOUNTS, "account_kind")),
        ("permit", permit),
        ("nation", a.text("nation").to_owned()),
        ("marriage", of(MARRIAGE, "marriage")),
        ("occupation", a.text("occupation").to_owned()),
        ("health", a.text("health").to_owned()),
        ("employer", a.text("employer").to_owned()),
        ("labour", of(LABOUR, "labour")),
        ("disability", disability),
        ("income-source", a.text("income_source").to_owned()),
        ("spending-use", a.text("spending_use").to_owned()),
        ("supporters", a.text("supporters").to_owned()),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).collect()
}

/// What the fields that 困难详情 has too begin with, out of what stands under their slots.
pub fn again<'a>(told: impl Fn(&str) -> &'a str) -> Vec<(&'static str, String)> {
    let account = ACCOUNTS.iter().find(|one| one.label == told("account-kind"));
    vec![
        ("account_kind", account.map_or("", |one| one.value).to_owned()),
        ("permit", told("permit").to_owned()),
        ("income_source", told("income-source").to_owned()),
        ("spending_use", told("spending-use").to_owned()),
        ("supporters", told("supporters").to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::Answer;

    #[test]
    fn what_is_told_is_what_the_paper_prints() {
        let mut a = Answers::new();
        for (key, text) in [
            ("id_no", "220382199001010132"),
            ("permit", "J2113210001"),
            ("disability", "limb"),
            ("grade", "2"),
            ("labour", "part"),
        ] {
            a.put(key, Answer { text: text.to_owned(), ..Answer::default() });
        }
        let told = told(&a);
        assert_eq!(
            told,
            [
                ("permit", "J2113210001".to_owned()),
                ("labour", "部分丧失".to_owned()),
                ("disability", "肢体二级".to_owned())
            ]
        );
        a.put("id_no", Answer { text: "211321196804120012".to_owned(), ..Answer::default() });
        assert!(super::told(&a).iter().all(|(slot, _)| *slot != "permit"), "a resident needs none");
    }
}
