//! The pieces that papers share: header, ticks, amounts, lines, names. It must never look anything up: what is not
//! handed in is a blank to be filled by hand.

use super::{PaperKind, Printed, Printing, practice_mark};
use crate::base::day::{Day, Stamp};
use crate::base::division;
use crate::base::money::Money;
use crate::domain::grant::Line;
use crate::domain::ids::OfficerNo;
use crate::domain::nouns::{LineKind, Way};
use crate::store::export::paper::{Block, GridCell, Paper, Signature};
use crate::store::replica::views::card::CaseCard;

/// A place to write on by hand.
pub(super) const BLANK: &str = "________";
/// The day left to be written by hand.
pub(super) const BLANK_DAY: &str = "　　年　　月　　日";

/// A row of a grid: a label and a value of some columns, again and again.
pub(super) fn row(pairs: &[(&str, &str, u16)]) -> Vec<GridCell> {
    pairs
        .iter()
        .flat_map(|(label, text, span)| [GridCell::label(label), GridCell::value(text, *span)])
        .collect()
}

/// A row of one label and one high value.
pub(super) fn tall_row(label: &str, text: &str, span: u16, lines: u16) -> Vec<GridCell> {
    vec![GridCell::label(label), GridCell::value(text, span).tall(lines)]
}

/// A place to sign, blank.
pub(super) fn sign(role: &str) -> Signature {
    Signature { role: role.to_owned(), ..Signature::default() }
}

/// A place to sign over a printed name and day.
pub(super) fn signed(role: &str, name: &str, day: &str) -> Signature {
    Signature { role: role.to_owned(), name: name.to_owned(), day: day.to_owned() }
}

/// The civil-affairs office of a township: 波罗赤镇民政办.
pub(super) fn office(township: u16) -> String {
    match division::township(township) {
        Some(township) => format!("{}民政办", township.name),
        None => format!("{township:03}民政办"),
    }
}

/// A village with its township; empty where it is not known.
pub(super) fn place(township: Option<u16>, village: Option<u64>) -> String {
    let known = village.and_then(division::village);
    let township = known.map(|village| village.township).or(township).and_then(division::township);
    let name = |text: Option<&'static str>| text.unwrap_or_default();
    format!("{}{}", name(township.map(|township| township.name)), name(known.map(|village| village.short)))
}

/// The name of an officer, else his number.
pub(super) fn officer(printing: &Printing, no: &OfficerNo) -> String {
    match printing.names.get(no) {
        Some(name) if !name.is_empty() => name.clone(),
        _ => no.0.clone(),
    }
}

/// The handler of a case.
pub(super) fn handler(card: &CaseCard, printing: &Printing) -> String {
    match card.opening.handler_name.as_str() {
        "" => officer(printing, &card.case.handler),
        name => name.to_owned(),
    }
}

/// Chooses with √ and □: characters that every Chinese font of an old PC has.
pub(super) fn ticks<'a>(choices: impl IntoIterator<Item = (&'a str, bool)>) -> String {
    let marked: Vec<String> = choices.into_iter().map(|(word, yes)| format!("{}{word}", tick(yes))).collect();
    marked.join("　")
}

/// The box before a choice.
pub(super) fn tick(yes: bool) -> &'static str {
    if yes { "√" } else { "□" } // glyph-ok: on paper, where every font has it
}

/// 是, 否.
pub(super) fn yes_no(yes: bool) -> &'static str {
    if yes { "是" } else { "否" }
}

/// An amount in figures and in words: 450.00元（大写：人民币肆佰伍拾元整）.
pub(super) fn money(amount: Money) -> String {
    format!("{}元（大写：人民币{}）", amount.grouped(), amount.capitals())
}

/// The same, with places to write where there is none.
pub(super) fn money_or_blank(amount: Option<Money>) -> String {
    amount.map_or_else(|| format!("{BLANK}元（大写：人民币{BLANK}{BLANK}）"), money)
}

/// A day as papers write it, or the place for it.
pub(super) fn day_or_blank(day: Option<Day>) -> String {
    day.map_or_else(|| BLANK_DAY.to_owned(), Day::long_zh)
}

/// A moment as papers write it: 2026年3月2日 09:10.
pub(super) fn moment(at: Stamp) -> String {
    format!("{} {}", at.day().long_zh(), at.clock())
}

/// A quantity in thousandths without idle zeroes: 5, 2.5.
fn quantity(milli: i64) -> String {
    let whole = format!("{}.{:03}", milli / 1000, (milli % 1000).abs());
    whole.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A line of a grant: 救助金450.00元（现金，本人领取）.
pub(super) fn line(line: &Line) -> String {
    match (line.kind, &line.goods) {
        (LineKind::Money, _) => {
            let later = match line.after {
                0 => String::new(),
                months => format!("，第{}期，批准满{months}个月发放", months + 1),
            };
            let (by, payee) = (line.pay_by.zh(), line.payee.zh());
            format!("救助金{}元（{by}，{payee}领取{later}）", line.amount.grouped())
        }
        (LineKind::Goods, Some(goods)) => format!(
            "实物：{} {}{}，每{}{}元，计{}元",
            goods.item,
            quantity(goods.quantity_milli),
            goods.unit,
            goods.unit,
            goods.price.grouped(),
            line.amount.grouped()
        ),
        (LineKind::Goods, None) => format!("实物，计{}元", line.amount.grouped()),
        (LineKind::Referral | LineKind::Service, _) => line.kind.zh().to_owned(),
    }
}

/// The lines of a case that are in force: granted, else asked for.
pub(super) fn lines(card: &CaseCard) -> &[Line] {
    if card.case.granted.is_empty() { &card.case.asked } else { &card.case.granted }
}

/// Whether money was handed over before the ordinary decision.
pub(super) fn paid_first(card: &CaseCard) -> bool {
    matches!(card.case.way, Some(Way::Direct | Way::Advance | Way::Recorded))
}

/// A text without full id numbers: whoever typed one into a remark must not see it on a paper that shows none.
pub(super) fn without_ids(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut run = String::new();
    for letter in text.chars().chain(['\n']) {
        if letter.is_ascii_digit() || (matches!(letter, 'x' | 'X') && run.len() >= 17) {
            run.push(letter);
            continue;
        }
        match (run.len(), run.get(..6), run.get(run.len().saturating_sub(4)..)) {
            (15.., Some(head), Some(tail)) => out.push_str(&format!("{head}********{tail}")),
            _ => out.push_str(&run),
        }
        run.clear();
        out.push(letter);
    }
    out.pop(); // the line break that closed the last run
    out
}

/// The paper with the header that every form carries.
pub(super) fn printed(
    kind: PaperKind,
    number: &str,
    township: u16,
    by: &str,
    printing: &Printing,
    blocks: Vec<Block>,
) -> Printed {
    let code = format!("{number}/{}", kind.form());
    let header = [
        ("编号", number.to_owned()),
        ("表号", code.clone()),
        ("填报单位", office(township)),
        ("填报日期", printing.on.long_zh()),
        ("经办人", by.to_owned()),
        ("页码", "第　　页 共　　页".to_owned()),
    ];
    let header = header.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let paper = Paper {
        title: kind.zh().to_owned(),
        header,
        blocks,
        footer: Vec::new(),
        practice: practice_mark(printing),
        landscape: false,
    };
    Printed { code, on: printing.on, paper }
}
