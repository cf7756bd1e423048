//! F8 公示: what hangs in the village. It must never carry a disease, a code or a cost, nor a number of identity, a telephone
//! of the household or an account: it is made for whoever passes by, and by the privacy table of such readers.

use super::super::Printed;
use super::super::parts::{money, office, place, proposed, row, sign, signed, tall_row, tick};
use super::{CasePaper, File, counted, grid, word};
use crate::base::day::Day;
use crate::domain::fact::Fact;
use crate::domain::fact::path::NoticePosted;
use crate::domain::grant::{Line, total};
use crate::domain::ids::Text;
use crate::domain::nouns::path::PathStep;
use crate::domain::nouns::{Circumstance, LineKind, Path};
use crate::domain::privacy::{Audience, Field, Medium, shown};
use crate::store::export::paper::Block;
use crate::store::replica::views::path::EnteredStep;
use std::collections::BTreeSet;

const CLAUSES: &str =
    "公示期内对拟救助对象有异议的，可向公示单位或县民政局反映。公示不载病名、编码、费用和证件、电话、账号。";

/// The notice put up last, and whether it was taken down since.
fn posted<'a>(file: &File<'a>) -> Option<(&'a EnteredStep, &'a NoticePosted)> {
    file.last(|fact| match fact {
        Fact::NoticePosted(made) => Some(made),
        _ => None,
    })
}

/// Why no notice can be printed; none where one can.
pub(super) fn why_not(file: &File<'_>) -> Option<String> {
    if file.card.case.path != Path::Expenditure {
        return Some("急难型没有这一步".to_owned());
    }
    let exempt = file.last(|fact| match fact {
        Fact::NoticeExempted(made) => Some(made),
        _ => None,
    });
    match posted(file) {
        Some(_) => None,
        None if exempt.is_some() => Some("县局已定不宜公示，不张贴".to_owned()),
        None => Some(format!("还没有登记{}，请先登记张贴公示", PathStep::Notice.zh())),
    }
}

/// Words for the public: runs of figures that may be a number or a cost are not shown.
pub(super) fn for_the_public(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    let mut run = String::new();
    for letter in words.chars().chain(['\n']) {
        if letter.is_ascii_digit() || (!run.is_empty() && matches!(letter, '.' | ',')) {
            run.push(letter);
            continue;
        }
        match run.len() {
            0..=1 => out.push_str(&run),
            _ => out.push_str("**"),
        }
        run.clear();
        out.push(letter);
    }
    out.pop(); // the line break that closed the last run
    out
}

/// The circumstance as the public reads it: special diseases and misfortunes are 特殊困难.
fn circumstance(of: Circumstance) -> &'static str {
    match of {
        Circumstance::Misfortune => "特殊困难",
        other => other.zh(),
    }
}

pub(super) fn paper(file: &File<'_>) -> Printed {
    let (card, known) = (file.card, posted(file));
    let (step, made) = (known.map(|(step, _)| step), known.map(|(_, made)| made));
    let name = shown(Field::Name, &file.applicant(), Audience::Public, Medium::Paper);
    let size = card.family.as_ref().map(|family| u32::from(family.who.household_size));
    let summary = for_the_public(word(step, made.and_then(|made| made.summary.as_ref())));
    let means: Vec<String> = proposed(card).iter().map(kind).collect();
    let span = hangs(made);
    let sum = made.map_or_else(|| total(&card.case.asked), |made| made.amount);
    let blocks = vec![
        Block::Text(format!(
            "　　经申请受理、入户调查、家庭经济状况核对和民主评议，拟对下列家庭给予临时救助，现予公示。公示期：{span}。"
        )),
        grid(vec![
            row(&[("公示单位", &office(card.case.township), 1), ("救助类型", card.case.path.zh(), 1)]),
            row(&[("对象姓名", &name, 1), ("家庭人口", &counted(size, "人"), 1)]),
            row(&[
                ("村（居）", &place(Some(card.case.township), Some(card.opening.village)), 1),
                ("困难类型", circumstance(card.case.circumstance), 1),
            ]),
            tall_row("困难摘要", &summary, 3, 3),
            row(&[("拟救助方式", &means.join("、"), 3)]),
            row(&[("拟救助金额", &money(sum), 3)]),
            row(&[
                ("张贴地点", word(step, made.and_then(|made| made.place.as_ref())), 1),
                ("张贴人", word(step, made.and_then(|made| made.posted_by.as_ref())), 1),
            ]),
            row(&[("异议电话", word(step, made.and_then(|made| made.phone.as_ref())), 3)]),
        ]),
        Block::Signatures(vec![signed(
            "公示单位（盖章）",
            "",
            &made.map(|made| made.from.long_zh()).unwrap_or_default(),
        )]),
    ];
    let mut out = file.paper(CasePaper::Notice, blocks, &[CLAUSES]);
    out.paper.title = format!("{}（{}）", CasePaper::Notice.zh(), office(card.case.township));
    out
}

fn hangs(made: Option<&NoticePosted>) -> String {
    made.map(|made| format!("{}至{}", made.from.long_zh(), made.until.long_zh())).unwrap_or_default()
}

/// What kind of help it is and how it is given: sums stand once, and nobody's account.
fn kind(line: &Line) -> String {
    match &line.goods {
        Some(goods) => format!("{}（{}）", line.kind.zh(), goods.item),
        None if line.kind == LineKind::Money => format!("{}（{}）", line.kind.zh(), line.pay_by.zh()),
        None => line.kind.zh().to_owned(),
    }
}

/// What became of the notice, for the file. It never hangs anywhere: objections name people.
pub(super) fn result(file: &File<'_>) -> Printed {
    let known = posted(file);
    let (step, made) = (known.map(|(step, _)| step), known.map(|(_, made)| made));
    let text = |slot: fn(&NoticePosted) -> Option<&Text>| word(step, made.and_then(slot));
    let blocks = vec![
        grid(vec![
            row(&[("申请人", &file.applicant(), 1), ("公示单位", &office(file.card.case.township), 1)]),
            row(&[("公示期", &hangs(made), 3)]),
            row(&[
                ("张贴地点", text(|made| made.place.as_ref()), 1),
                ("张贴人", text(|made| made.posted_by.as_ref()), 1),
            ]),
            row(&[("公示金额", &made.map(|made| money(made.amount)).unwrap_or_default(), 3)]),
            tall_row("困难摘要", text(|made| made.summary.as_ref()), 3, 2),
            row(&[
                ("异议电话", text(|made| made.phone.as_ref()), 1),
                ("张贴照片", &counted(made.map(|made| u32::from(made.photos)), "张"), 1),
            ]),
        ]),
        became(file, made),
        Block::Signatures(vec![
            signed("张贴人签字", text(|made| made.posted_by.as_ref()), ""),
            sign("见证人签字"),
            signed("经办人签字", &super::handler(file.card, file.printing), ""),
        ]),
    ];
    file.paper(CasePaper::NoticeResult, blocks, &["本记录存卷，不张贴。"])
}

/// The day on which the notice put up last ended, or was taken down.
pub(super) fn ended(file: &File<'_>) -> Option<Day> {
    let since = posted(file)?.1.from;
    let (_, made) = file.last(|fact| match fact {
        Fact::NoticeEnded(made) => Some(made),
        _ => None,
    })?;
    (made.on >= since).then_some(made.on)
}

/// Objections and the end of the notice that was put up last.
fn became(file: &File<'_>, made: Option<&NoticePosted>) -> Block {
    let mut said = Vec::new();
    let (mut objected, mut ended) = (BTreeSet::new(), None);
    let since = made.map(|made| made.from);
    // What was said against a notice that was taken down since belongs to that one.
    let hung = posted(file).map_or(u64::MAX, |(step, _)| step.n);
    for step in file.printing.held.steps.iter().filter(|step| step.n >= hung) {
        match &step.fact {
            Fact::ObjectionMade(made) => {
                objected.insert(made.number);
                let words = word(Some(step), made.said.as_ref());
                said.push(format!("异议{}（{}）：{words}", made.number, made.on.long_zh()));
            }
            Fact::ObjectionSettled(made) if objected.contains(&made.number) => said.push(format!(
                "异议{}处理（{}）：{}，{}",
                made.number,
                made.on.long_zh(),
                if made.upheld { "成立" } else { "不成立" },
                word(Some(step), made.finding.as_ref())
            )),
            Fact::NoticeEnded(made) if since.is_some_and(|since| made.on >= since) => {
                ended = Some((made.on, word(Some(step), made.void.as_ref()), made.void.is_some()));
            }
            _ => {}
        }
    }
    let done = match ended {
        Some((day, why, true)) => format!("{}作废，原因：{why}", day.long_zh()),
        Some((day, ..)) => format!("{}期满", day.long_zh()),
        None => String::new(),
    };
    let none = objected.is_empty();
    let state = format!("{}无异议　{}有异议", tick(ended.is_some() && none), tick(!none));
    grid(vec![
        row(&[("结果", &state, 1), ("登记", &done, 1)]),
        tall_row("异议内容和处理", &said.join("\n"), 3, 4),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_that_may_be_numbers_or_costs_are_not_for_the_public() {
        for (said, read) in [
            ("家庭成员长期患病，基本生活困难", "家庭成员长期患病，基本生活困难"),
            ("自付21,000.50元", "自付**元"),
            ("电话13900000001", "电话**"),
            ("家中3口人", "家中3口人"),
            ("", ""),
        ] {
            assert_eq!(for_the_public(said), read);
        }
        assert_eq!(circumstance(Circumstance::Misfortune), "特殊困难");
    }
}
