//! 困难详情 (F3): what the papers ask of the hardship by its circumstance, of the household, and of each member (F1, F2). One
//! form for both paths, before the decision or after the help; nothing in it is required, nothing in it decides anything.
//!
//! It begins with what was entered before; an emptied field leaves what stands. Values: `kind` by [`KINDS`] · `stage` by the
//! domain's words · `circumstance` 1 to 8, never shown · `schooled` yes where 就学情况 is a step of its own, never shown · rows
//! `members` and `work` by [`super::members`].

use super::choices::STAGE;
use super::common::{YES_NO, happened, late_on};
use super::{members, paper, phrases};
use crate::forms::answers::Answers;
use crate::forms::field::{Check, Choice, Field, Kind, Table, choice};
use crate::forms::tables::codes;

/// 细类 of an accident.
pub const KINDS: &[Choice] = &[
    choice('1', "fire", "火灾"),
    choice('2', "traffic", "交通事故"),
    choice('3', "drowning", "溺水"),
    choice('4', "injury", "人身伤害"),
    choice('5', "other", "其他"),
];

/// The form.
pub static TABLE: Table = Table { name: "path-hardship", title: "困难详情", fields: FIELDS };

const FIELDS: &[Field] = &[
    happened("on", "登记日期").noted(late_on),
    Field::new("circumstance", "急难情形", Kind::Choice(codes::CIRCUMSTANCE))
        .shown(|_| false)
        .never_copied()
        .at(0, 8, 1, 10, 14, 0),
    Field::new("schooled", "就学情况", Kind::Choice(YES_NO))
        .shown(|_| false)
        .never_copied()
        .at(0, 8, 40, 8, 8, 0),
    Field::new("kind", "细    类", Kind::Choice(KINDS))
        .shown(accident)
        .never_copied()
        .asked()
        .secret()
        .at(0, 1, 1, 10, 14, 0)
        .hint("1火灾 2交通事故 3溺水 4人身伤害 5其他"),
    Field::new("sort", "细    类", Kind::Text { max: 30 })
        .shown(|a| !accident(a))
        .never_copied()
        .asked()
        .secret()
        .at(0, 1, 1, 10, 30, 0)
        .hint("比情形更细的一类，如长期透析、大学新生、门店停业；不清楚的空着"),
    Field::new("diagnosis", "诊    断", Kind::Text { max: 60 })
        .shown(illness)
        .never_copied()
        .asked()
        .secret()
        .at(0, 2, 1, 10, 32, 0)
        .clause("三（二）")
        .hint("病历上的诊断；只印在急难事项登记表上，公示不写"),
    Field::new("icd", "ICD-10", Kind::Text { max: 10 })
        .shown(illness)
        .never_copied()
        .asked()
        .secret()
        .at(0, 2, 48, 6, 10, 0)
        .hint("病历或结算单上的疾病编码，如 N18.0；没有的空着"),
    Field::new("hospital", "医    院", Kind::Text { max: 40 })
        .shown(illness)
        .never_copied()
        .asked()
        .secret()
        .at(0, 3, 1, 10, 28, 0)
        .hint("最近一次住院或长期就诊的医院"),
    Field::new("admitted", "入院", Kind::Date { enter_today: false })
        .shown(illness)
        .never_copied()
        .asked()
        .secret()
        .checked(&[Check::NotFuture])
        .at(0, 3, 44, 4, 10, 0)
        .hint("四位是今年，八位打全；没有住院的空着"),
    Field::new("discharged", "出院", Kind::Date { enter_today: false })
        .shown(illness)
        .never_copied()
        .asked()
        .secret()
        .checked(&[Check::NotFuture, Check::NotBefore("admitted", "入院日期")])
        .at(0, 3, 62, 4, 10, 0)
        .hint("还在住院的空着"),
    Field::new("total_cost", "总 费 用", Kind::Sum)
        .shown(illness)
        .asked()
        .secret()
        .at(0, 4, 1, 10, 12, 0)
        .hint("结算单上的总费用，元"),
    Field::new("reimbursed", "报    销", Kind::Sum)
        .shown(illness)
        .asked()
        .secret()
        .at(0, 4, 27, 8, 12, 0)
        .hint("医保、大病保险、医疗救助一共报销多少，没有的打 0"),
    Field::new("prepaid", "住院预缴", Kind::Sum)
        .shown(illness)
        .asked()
        .secret()
        .at(0, 4, 52, 8, 12, 0)
        .hint("还在住院、没有结算的已经预缴多少"),
    Field::new("property_loss", "财产损失", Kind::Sum)
        .shown(accident)
        .asked()
        .secret()
        .at(0, 2, 1, 10, 12, 0)
        .hint("房屋、粮食、牲畜等损失，元"),
    Field::new("lost_on", "失业停业日", Kind::Date { enter_today: false })
        .shown(livelihood)
        .never_copied()
        .asked()
        .secret()
        .checked(&[Check::NotFuture])
        .at(0, 2, 1, 10, 10, 0)
        .hint("四位是今年，八位打全"),
    Field::new("trade", "行业", Kind::Text { max: 20 })
        .shown(livelihood)
        .never_copied()
        .asked()
        .secret()
        .at(0, 2, 27, 4, 20, 0)
        .hint("原来做什么，如建筑、零售、养殖"),
    Field::new("trade_loss", "损失", Kind::Sum)
        .shown(livelihood)
        .asked()
        .secret()
        .at(0, 2, 55, 4, 12, 0)
        .hint("经营损失，元"),
    Field::new("pupil_name", "就学的人", Kind::Name)
        .shown(schooling)
        .never_copied()
        .asked()
        .secret()
        .at(0, 1, 46, 8, 14, 0)
        .clause("三（四）")
        .hint("谁在上学，姓名和学籍证明一致"),
    Field::new("stage", "就学阶段", Kind::Choice(STAGE))
        .shown(schooling)
        .never_copied()
        .asked()
        .secret()
        .at(0, 2, 1, 10, 14, 0)
        .hint("1学前 2义务教育 3普通高中 4中等职业 5高职专科 6本科 7研究生"),
    Field::new("school", "学校", Kind::Text { max: 40 })
        .shown(schooling)
        .never_copied()
        .asked()
        .secret()
        .at(0, 2, 31, 4, 28, 0)
        .hint("学籍证明上的校名"),
    Field::new("years", "学    制", Kind::Count { max: 12 })
        .shown(schooling)
        .never_copied()
        .asked()
        .secret()
        .at(0, 3, 1, 10, 2, 0)
        .hint("几年"),
    Field::new("tuition", "年学费", Kind::Sum)
        .shown(schooling)
        .asked()
        .secret()
        .at(0, 3, 19, 6, 12, 0)
        .hint("一学年的学费和住宿费"),
    Field::new("school_aid", "已获资助", Kind::Sum)
        .shown(schooling)
        .asked()
        .secret()
        .at(0, 3, 43, 8, 12, 0)
        .hint("学校和政府已经资助多少，没有的打 0"),
    Field::new("proved_on", "证明日期", Kind::Date { enter_today: false })
        .shown(schooling)
        .never_copied()
        .asked()
        .secret()
        .checked(&[Check::NotFuture])
        .at(0, 4, 1, 10, 10, 0)
        .hint("学籍证明上的日期，四位是今年，八位打全"),
    Field::new("loss", "直接损失", Kind::Sum)
        .asked()
        .secret()
        .at(0, 5, 1, 10, 12, 0)
        .hint("这件事直接造成的损失，元；没有的空着"),
    Field::new("own_cost", "自付费用", Kind::Sum)
        .asked()
        .secret()
        .at(0, 5, 27, 8, 12, 0)
        .hint("自己负担的费用，元；不填的按入户调查的刚性支出印"),
    Field::new("proofs", "证明材料", Kind::LongText { max: 200 })
        .never_copied()
        .asked()
        .secret()
        .phrased(phrases::PROOFS)
        .at(0, 6, 1, 10, 64, 0)
        .hint("看过哪些证明；F4 常用语"),
    paper::field(0).at(1, 0, 1, 10, 10, 0),
    paper::field(1).at(1, 0, 27, 8, 24, 0),
    paper::field(10).at(1, 1, 1, 10, 60, 0),
    paper::field(11).at(1, 2, 1, 10, 60, 0),
    paper::field(12).at(1, 3, 1, 10, 64, 0),
    Field::new("members", "成员情况", Kind::Rows(members::BODY))
        .secret()
        .at(2, 0, 1, 8, 78, 0)
        .hint("一人一行；+ 或 F8 同上一行；不清楚的空着"),
    Field::new("work", "成员从业", Kind::Rows(members::WORK))
        .secret()
        .at(3, 0, 1, 8, 78, 0)
        .hint("一人一行；+ 或 F8 同上一行；不清楚的空着"),
];

fn is_one_of(a: &Answers, all: &[&str]) -> bool {
    all.contains(&a.text("circumstance"))
}

/// 疾病: 2 突患重病, 3 长期病残, 7 特病变故.
fn illness(a: &Answers) -> bool {
    is_one_of(a, &["2", "3", "7"])
}

/// 意外: 1 突发事件, 6 重大事件, 8 其他困难.
fn accident(a: &Answers) -> bool {
    is_one_of(a, &["1", "6", "8"])
}

/// 失业、经营: 5 创业失业.
fn livelihood(a: &Answers) -> bool {
    is_one_of(a, &["5"])
}

/// 子女就学, where it is no step of its own: on the emergency path.
fn schooling(a: &Answers) -> bool {
    is_one_of(a, &["4"]) && !a.is("schooled", "yes")
}

/// The slot in which each text of the first page is sealed, by its key.
pub const SLOTS: [(&str, &str); 24] = [
    ("kind", "kind"),
    ("sort", "kind"),
    ("diagnosis", "diagnosis"),
    ("icd", "icd"),
    ("hospital", "hospital"),
    ("admitted", "admitted"),
    ("discharged", "discharged"),
    ("total_cost", "total-cost"),
    ("reimbursed", "reimbursed"),
    ("prepaid", "prepaid"),
    ("property_loss", "property-loss"),
    ("lost_on", "lost-on"),
    ("trade", "trade"),
    ("trade_loss", "trade-loss"),
    ("pupil_name", "pupil"),
    ("proved_on", "proved-on"),
    ("stage", "stage"),
    ("school", "school"),
    ("years", "years"),
    ("tuition", "tuition"),
    ("school_aid", "school-aid"),
    ("loss", "loss"),
    ("own_cost", "own-cost"),
    ("proofs", "proofs"),
];

/// What was filled, by slot: sums and days in their canonical text, choices in their word.
pub fn told(a: &Answers) -> Vec<(&'static str, String)> {
    // A screen hands on what shows and nothing else, so that the circumstance is not with it.
    let known = a.has("circumstance");
    let shows = |key: &str| !known || TABLE.field(key).is_some_and(|field| field.shows(a));
    let mut all: Vec<(&str, String)> = SLOTS
        .iter()
        .filter(|(key, _)| shows(key) && a.has(key))
        .map(|(key, slot)| (*slot, worded(key, a.text(key))))
        .collect();
    all.extend(paper::told(a));
    all
}

/// How many things are told, a member counting once.
pub fn count(a: &Answers) -> usize {
    told(a).len() + members::told(a).len()
}

/// The choices of a field whose word is told.
fn choices(key: &str) -> &'static [Choice] {
    match key {
        "kind" => KINDS,
        "stage" => STAGE,
        _ => &[],
    }
}

fn worded(key: &str, text: &str) -> String {
    choices(key).iter().find(|one| one.value == text).map_or(text, |one| one.label).to_owned()
}

/// What a field of the first page begins with, out of the text of its slot.
pub fn again(key: &str, text: &str) -> String {
    choices(key).iter().find(|one| one.label == text).map_or(text, |one| one.value).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(circumstance: &str) -> Answers {
        let mut a = Answers::new();
        for (key, text) in [
            ("circumstance", circumstance),
            ("diagnosis", "慢性肾衰竭"),
            ("property_loss", "3000.00"),
            ("trade", "零售"),
            ("kind", "fire"),
            ("sort", "长期透析"),
            ("stage", "6"),
            ("account_kind", "farm"),
        ] {
            a.say(key, text);
        }
        a
    }

    #[test]
    fn each_circumstance_tells_its_own_and_nothing_of_another() {
        for (circumstance, told) in [
            ("3", vec![("kind", "长期透析"), ("diagnosis", "慢性肾衰竭"), ("account-kind", "农业")]),
            ("1", vec![("kind", "火灾"), ("property-loss", "3000.00"), ("account-kind", "农业")]),
            ("4", vec![("kind", "长期透析"), ("stage", "本科"), ("account-kind", "农业")]),
            ("5", vec![("kind", "长期透析"), ("trade", "零售"), ("account-kind", "农业")]),
        ] {
            let all = super::told(&filled(circumstance));
            let all: Vec<(&str, &str)> = all.iter().map(|(slot, text)| (*slot, text.as_str())).collect();
            assert_eq!(all, told, "{circumstance}");
        }
        assert_eq!((again("kind", "火灾"), again("sort", "火灾")), ("fire".to_owned(), "火灾".to_owned()));
    }

    #[test]
    fn every_slot_is_of_a_field_and_every_field_of_the_page_has_one() {
        let page = FIELDS.iter().filter(|field| field.place.page == 0);
        let asked: Vec<&str> = page
            .map(|field| field.key)
            .filter(|key| !["on", "circumstance", "schooled"].contains(key))
            .collect();
        for key in &asked {
            assert!(SLOTS.iter().any(|(known, _)| known == key), "{key}");
        }
        assert_eq!(asked.len(), SLOTS.len());
    }
}
