//! 所述: what was told of a case beyond its reason, as a card shows it: where it happened, illness and losses, the household
//! and each member. Long numbers in it are masked, as everywhere on a screen.

use crate::base::money::Money;
use crate::store::replica::views::card::CaseCard;
use crate::ui::card::{Block, Pair};
use crate::ui::screens::path::words_of::masked;

/// The slots that a card shows, in this order, with their labels; those of members stand behind them.
const LABELS: [(&str, &str); 42] = [
    ("place", "急难发生地"),
    ("other-aid", "已得其他救助"),
    ("payee", "领款人"),
    ("no-counselling", "不安排心理督导"),
    ("kind", "细类"),
    ("diagnosis", "诊断"),
    ("icd", "ICD-10"),
    ("hospital", "医院"),
    ("admitted", "入院"),
    ("discharged", "出院"),
    ("total-cost", "总费用"),
    ("reimbursed", "报销"),
    ("prepaid", "住院预缴"),
    ("property-loss", "财产损失"),
    ("lost-on", "失业停业日"),
    ("trade", "行业"),
    ("trade-loss", "经营损失"),
    ("pupil", "就学的人"),
    ("proved-on", "证明日期"),
    ("stage", "就学阶段"),
    ("school", "学校"),
    ("years", "学制(年)"),
    ("tuition", "年学费"),
    ("school-aid", "已获资助"),
    ("loss", "直接损失"),
    ("own-cost", "自付费用"),
    ("proofs", "证明材料"),
    ("nation", "民族"),
    ("marriage", "婚姻"),
    ("health", "健康、患病"),
    ("disability", "残疾"),
    ("labour", "劳动能力"),
    ("occupation", "从业"),
    ("employer", "工作单位"),
    ("account-kind", "户口性质"),
    ("permit", "居住证号"),
    ("income-source", "收入来源"),
    ("spending-use", "支出用途"),
    ("supporters", "赡养人"),
    ("agent", "代理人"),
    ("agent-relation", "与申请人关系"),
    ("agent-id", "代理人证号"),
];

/// The label of a slot; none for a slot that says something else in another step.
pub(in crate::ui::screens) fn label(slot: &str) -> Option<&'static str> {
    if slot.starts_with("member-") || slot.starts_with("joined-") {
        return Some("成员");
    }
    if slot == "agent-letter" {
        return Some("委托书");
    }
    // The place of a meeting or a survey is none where something happened.
    LABELS.iter().skip(1).find(|(known, _)| *known == slot).map(|(_, label)| *label)
}

/// The slots that hold a sum.
const SUMS: [&str; 9] = [
    "tuition",
    "school-aid",
    "total-cost",
    "reimbursed",
    "prepaid",
    "property-loss",
    "trade-loss",
    "loss",
    "own-cost",
];

/// The blocks; none where nothing was told.
pub fn blocks(card: &CaseCard) -> Vec<Block> {
    let told = &card.opening.told;
    let of =
        |slot: &str| told.iter().find(|(known, _)| known.0 == slot).map_or("", |(_, text)| text.as_str());
    let plain = LABELS.iter().map(|(slot, label)| (slot, label, of(slot)));
    let plain = plain.filter(|(_, _, text)| !matches!(*text, "" | "同上"));
    let plain: Vec<Pair> =
        plain.map(|(slot, label, text)| Pair::new(*label, masked(&worded(slot, text)))).collect();
    let members = told.iter().filter(|(slot, _)| label(&slot.0) == Some("成员"));
    let mut blocks = Vec::new();
    if !plain.is_empty() {
        blocks.push(Block::Pairs(plain));
    }
    blocks.extend(members.map(|(_, text)| Block::Pairs(vec![Pair::new("成员", masked(text))])));
    blocks
}

fn worded(slot: &str, text: &str) -> String {
    let sum = Money::parse(text).ok().filter(|_| SUMS.contains(&slot));
    sum.map_or_else(|| text.to_owned(), |sum| format!("{}元", sum.grouped()))
}
