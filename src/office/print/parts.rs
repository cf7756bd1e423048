//! The pieces that papers share: header, ticks, amounts, lines, names. It must never look anything up: what is not
//! handed in is a blank to be filled by hand.

use super::{PaperKind, Printed, Printing, practice_mark};
use crate::base::day::{Day, Stamp};
use crate::base::division;
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::grant::Line;
use crate::domain::ids::OfficerNo;
use crate::domain::nouns::{LineKind, PayBy, Payee, Stage, Way};
use crate::store::export::paper::{Block, GridCell, Paper, Signature};
use crate::store::replica::views::card::{CaseCard, Payment, Step};

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

/// The lines of a grant, one each: 救助金450.00元（现金，本人领取）. Of a grant in several instalments each says which of how
/// many it is and from when on it is paid: by its day where the grant is decided, else by the months after.
pub(super) fn said(lines: &[Line], decided: Option<Day>) -> Vec<String> {
    let last = lines.iter().map(|line| line.after).max().unwrap_or_default();
    lines.iter().map(|one| line(one, last, decided)).collect()
}

fn line(line: &Line, last: u8, decided: Option<Day>) -> String {
    match (line.kind, &line.goods) {
        (LineKind::Money, _) => {
            let part = format!("，第{}期/共{}期", line.after + 1, last + 1);
            let later = match (line.after, decided) {
                _ if last == 0 => String::new(),
                (0, _) => part,
                (_, Some(day)) => format!("{part}，{}起发放", line.due(day).long_zh()),
                (months, None) => format!("{part}，批准满{months}个月发放"),
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

/// The same as papers say them.
pub(super) fn case_lines(card: &CaseCard) -> Vec<String> {
    said(lines(card), card.opening.decided_on.filter(|_| !card.case.granted.is_empty()))
}

/// What is proposed of a case: what is asked for, whatever was granted since.
pub(super) fn proposed(card: &CaseCard) -> &[Line] {
    if card.case.asked.is_empty() { &card.case.granted } else { &card.case.asked }
}

/// How what was granted reaches people, for every line of it: of several ways each with what goes by it. A letter tells whoever
/// receives it what to bring; the form says what the office has to have.
pub(super) fn channels(lines: &[Line], letter: bool) -> String {
    let money = |by: PayBy| {
        let mut of = lines.iter().filter(|line| line.kind == LineKind::Money && line.pay_by == by).peekable();
        of.peek()?;
        let own = of.clone().all(|line| line.payee == Payee::Self_);
        Some((of.map(|line| line.amount).sum::<Money>(), own))
    };
    let kind = |kinds: &[LineKind]| lines.iter().any(|line| kinds.contains(&line.kind));
    let (bank, cash) = (money(PayBy::Bank), money(PayBy::Cash));
    let (goods, served) = (kind(&[LineKind::Goods]), kind(&[LineKind::Referral, LineKind::Service]));
    let several = [bank.is_some(), cash.is_some(), goods, served].iter().filter(|there| **there).count() > 1;
    let sum = |sum: Money| if several { format!("救助金{}元", sum.grouped()) } else { String::new() };
    let who = |own: bool| if own { "本人" } else { "领款人" };
    let mut said = Vec::new();
    if let Some((amount, own)) = bank {
        let whose = if letter { who(own) } else { "" };
        said.push(format!("{}由金融机构直接发放到{whose}卡（折）", sum(amount)));
    }
    if let Some((amount, own)) = cash {
        let how = if letter {
            format!("请{}持身份证领取", who(own))
        } else {
            "须有事由和领取人签字".to_owned()
        };
        said.push(format!("{}现金发放，{how}", sum(amount)));
    }
    if goods {
        said.push(if letter { "实物请持身份证领取" } else { "实物发放，须有领取人签字" }.to_owned());
    }
    if served {
        said.push("转介和服务由经办人联系办理".to_owned());
    }
    if said.is_empty() { String::new() } else { format!("{}。", said.join("；")) }
}

/// Whether money was handed over before the ordinary decision.
pub(super) fn paid_first(card: &CaseCard) -> bool {
    matches!(card.case.way, Some(Way::Direct | Way::Advance | Way::Recorded))
}

/// Whether money was handed over first, whatever was decided since: its deferred papers stay.
pub(super) fn began_first(card: &CaseCard) -> bool {
    paid_first(card) || !card.items.is_empty()
}

/// The last entry of 办理经过 that is so.
pub(super) fn last_of(card: &CaseCard, is: impl Fn(&Step) -> bool) -> Option<&Step> {
    card.steps.iter().rev().find(|step| is(step))
}

/// The entries of 办理经过 with which the case came into a stage, oldest first. What was entered since, while it stood there,
/// says something else: a delivery is not the reason of a refusal.
pub(super) fn coming_into(card: &CaseCard, stage: Stage) -> impl DoubleEndedIterator<Item = &Step> {
    let before = [None].into_iter().chain(card.steps.iter().map(|step| Some(step.stage)));
    let all: Vec<&Step> = card
        .steps
        .iter()
        .zip(before)
        .filter(|(step, before)| step.stage == stage && *before != Some(stage))
        .map(|(step, _)| step)
        .collect();
    all.into_iter()
}

/// Whether an entry is of that verb.
pub(super) fn done_by(step: &Step, verb: &str) -> bool {
    Command::VERBS.iter().any(|(known, zh)| *known == verb && *zh == step.zh)
}

/// What was handed over in advance (预支) of a decision that was taken on the ordinary way since, and is set off against it.
pub(super) fn advanced(card: &CaseCard) -> Vec<&Payment> {
    let decided = last_of(card, |step| done_by(step, "approve") || done_by(step, "check-city"));
    let Some(decided) = decided.filter(|_| began_first(card) && !paid_first(card)) else { return Vec::new() };
    card.payments.iter().filter(|payment| payment.at < decided.at).collect()
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

/// The township's telephone, or a place to write it.
pub(super) fn phone(printing: &Printing) -> &str {
    match printing.held.phone.as_str() {
        "" => BLANK,
        phone => phone,
    }
}

/// When it was printed, for the foot: the head says when the form was filled in.
pub(super) fn printed_on(printing: &Printing) -> String {
    format!("打印日期：{}", printing.on.long_zh())
}

/// The day under a list of a month: its last, or the day of printing while the month runs.
pub(super) fn as_of(month: (i32, u32), printing: &Printing) -> Day {
    let last = super::month::days(month).map(|(_, next)| next.plus(-1));
    last.map_or(printing.on, |last| last.min(printing.on))
}

/// The paper with the header that every form carries. `filled` is the day of what stands on it; a sheet that is still to be
/// filled in leaves the place for it.
pub(super) fn printed(
    kind: PaperKind,
    number: &str,
    (township, by): (u16, &str),
    filled: Option<Day>,
    printing: &Printing,
    blocks: Vec<Block>,
) -> Printed {
    let code = format!("{number}/{}", kind.form());
    let header = [
        ("编号", number.to_owned()),
        ("表号", code.clone()),
        ("填报单位", office(township)),
        ("填报日期", day_or_blank(filled)),
        ("经办人", by.to_owned()),
        ("页码", "第　　页 共　　页".to_owned()),
    ];
    let header = header.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    let paper = Paper {
        title: kind.zh().to_owned(),
        header,
        blocks,
        footer: vec![printed_on(printing)],
        practice: practice_mark(printing),
        landscape: false,
    };
    Printed { code, on: filled.unwrap_or(printing.on), paper }
}
