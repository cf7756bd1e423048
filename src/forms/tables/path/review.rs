//! 民主评议 F5: who came, by kind, who stood aside, the votes; and 乡镇审核.
//!
//! Names are typed once, parted by 、; the counts beside them follow.

use super::common::{YES_NO, chosen, counted, happened, late_on};
use super::phrases;
use crate::forms::answers::Answers;
use crate::forms::field::{Check, Context, Field, Kind, Lookup, Table};
use crate::forms::problem::Problem;

/// 民主评议.
pub static REVIEW: Table = Table { name: "path-review", title: "民主评议", fields: FIELDS };

const FIELDS: &[Field] = &[
    happened("on", "评议日期").noted(late_on).clause("四（三）一"),
    Field::new("place", "地    点", Kind::Text { max: 40 }).always().at(0, 1, 1, 10, 40, 0),
    Field::new("chair", "主持人", Kind::Text { max: 20 }).always().at(0, 2, 1, 10, 20, 0).hint("姓名"),
    Field::new("recorder", "记录人", Kind::Text { max: 20 })
        .always()
        .at(0, 2, 40, 8, 20, 0)
        .hint("姓名，不是经办人的改写"),
    named("village_named", "村两委", 3),
    count("village", "village_named", 3),
    named("delegates_named", "村民代表", 4),
    count("delegates", "delegates_named", 4),
    named("township_named", "乡镇人员", 5).hint("至少一人；两人之间打顿号"),
    count("township", "township_named", 5),
    Field::new("officers", "其中有号的", Kind::Lookup(Lookup::Host("officer")))
        .checked(&[Check::With(chosen)])
        .never_copied()
        .at(0, 6, 1, 10, 20, 0)
        .hint("乡镇人员里有账号的；没有的清空"),
    Field::new("officers_too", "又一名", Kind::Lookup(Lookup::Host("officer")))
        .checked(&[Check::With(chosen)])
        .never_copied()
        .at(0, 6, 40, 8, 20, 0)
        .hint("可以空着"),
    Field::new("aside_named", "回避人员", Kind::Text { max: 80 })
        .asked()
        .never_copied()
        .at(0, 7, 1, 10, 44, 0)
        .hint("到会而回避的：姓名（原因），两人之间打顿号；没有的回车"),
    count("aside", "aside_named", 7),
    Field::new("said", "各方意见", Kind::LongText { max: 300 })
        .always()
        .never_copied()
        .phrased(phrases::SAID)
        .checked(&[Check::Longer(4)])
        .at(0, 8, 1, 10, 64, 0)
        .hint("情况介绍和各方意见；F4 常用语"),
    Field::new("yes", "同    意", Kind::Count { max: 999 })
        .always()
        .never_copied()
        .checked(&[Check::With(votes)])
        .at(0, 9, 1, 10, 3, 0)
        .clause("四（三）一")
        .hint("同意的票数，须过半数"),
    Field::new("no", "不同意", Kind::Count { max: 999 })
        .always()
        .never_copied()
        .filled(|_, _| Some("0".to_owned()))
        .at(0, 9, 20, 6, 3, 0),
    Field::new("abstained", "弃权", Kind::Count { max: 999 })
        .always()
        .never_copied()
        .filled(|_, _| Some("0".to_owned()))
        .at(0, 9, 34, 4, 3, 0),
    Field::new("invited", "应到", Kind::Count { max: 999 })
        .always()
        .never_copied()
        .filled(|a, _| Some(present(a).to_string()))
        .at(0, 9, 48, 4, 3, 0)
        .hint("已填实到人数，有人没有到的改成应到人数"),
];

const fn named(key: &'static str, label: &'static str, row: u16) -> Field {
    Field::new(key, label, Kind::Text { max: 120 })
        .always()
        .at(0, row, 1, 10, 44, 0)
        .hint("到会的姓名，两人之间打顿号；电话写在名后；.. 同上笔")
}

const fn count(key: &'static str, from: &'static str, row: u16) -> Field {
    let filled: fn(&Answers, &Context) -> Option<String> = match from.as_bytes() {
        b"village_named" => |a, _| counted(a, "village_named"),
        b"delegates_named" => |a, _| counted(a, "delegates_named"),
        b"township_named" => |a, _| counted(a, "township_named"),
        _ => |a, _| counted(a, "aside_named"),
    };
    Field::new(key, "人数", Kind::Count { max: 999 })
        .always()
        .never_copied()
        .filled(filled)
        .at(0, row, 60, 4, 3, 0)
        .hint("按左边的名字数出，不对的改")
}

/// 实到: village committee, delegates and township.
pub fn present(a: &Answers) -> u32 {
    ["village", "delegates", "township"].iter().filter_map(|key| a.count(key)).sum()
}

/// Those who take part in the vote.
pub fn voters(a: &Answers) -> u32 {
    present(a).saturating_sub(a.count("aside").unwrap_or(0))
}

fn votes(path: &str, a: &Answers, _: &Context) -> Option<Problem> {
    let cast: u32 = ["yes", "no", "abstained"].iter().filter_map(|key| a.count(key)).sum();
    let voters = voters(a);
    (cast != voters).then(|| {
        Problem::error(path, format!("票数合计 {cast}，参加表决 {voters} 人，请改票数或人数"))
            .coded("E-REVIEW-QUORUM")
    })
}

/// 乡镇审核.
pub static EXAMINE: Table = Table { name: "path-examine", title: "乡镇审核", fields: EXAMINATION };

const EXAMINATION: &[Field] = &[
    happened("on", "审核日期").noted(late_on).clause("四（三）二"),
    Field::new("agrees", "是否同意", Kind::Choice(YES_NO))
        .always()
        .never_copied()
        .at(0, 1, 1, 10, 6, 0)
        .hint("1 同意上报  2 不同意"),
    Field::new("amount", "建议金额", Kind::Money)
        .always()
        .shown(|a| a.is("agrees", "yes"))
        .at(0, 2, 1, 10, 12, 40)
        .hint("已填调查建议的金额，可以改"),
    Field::new("opinion", "审核意见", Kind::LongText { max: 200 })
        .always()
        .never_copied()
        .phrased(phrases::OPINION)
        .against(contradicted)
        .checked(&[Check::Longer(2)])
        .at(0, 3, 1, 10, 64, 0)
        .hint("F4 常用语"),
];

/// An opinion and what is concluded say the same.
fn contradicted(phrase: &str, a: &Answers) -> Vec<&'static str> {
    let agrees = phrase.ends_with("同意上报");
    if a.has("agrees") && a.is("agrees", "yes") != agrees { vec!["agrees"] } else { Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::tests::{keys, open};
    use crate::forms::{FormKey, Source};

    #[test]
    fn an_opinion_takes_back_the_conclusion_that_it_contradicts() {
        for (chosen, digit, kept) in
            [("yes", "3", ""), ("no", "1", ""), ("yes", "1", "yes"), ("no", "3", "no")]
        {
            let mut form = open(&EXAMINE);
            form.set("agrees", chosen, Source::Typed);
            form.go("opinion");
            form.press(FormKey::Choose);
            keys(&mut form, digit);
            assert_eq!(form.value("agrees"), kept, "{chosen} {digit}");
        }
    }
}
