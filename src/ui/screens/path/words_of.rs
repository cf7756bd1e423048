//! The words of the steps (明细): what was entered in texts, step by step, as far as this officer may read it. Long numbers
//! in them are masked, as everywhere on a screen.

use crate::domain::fact::Fact;
use crate::store::replica::views::card::CaseCard;
use crate::store::replica::views::path::EnteredStep;
use crate::ui::card::{Block, Pair};
use crate::ui::role::Role;
use crate::ui::screens::{told_words, words};

/// Digits from which a run is somebody's number.
const LONG: usize = 11;
/// Digits of it that stay.
const KEPT: usize = 4;

/// The blocks, latest step first.
pub fn blocks(card: &CaseCard) -> Vec<Block> {
    let Some(file) = card.path.as_deref() else { return Vec::new() };
    let mut blocks = Vec::new();
    for step in file.entered.iter().rev() {
        let Some(what) = name(&step.fact) else { continue };
        let by = file.names.get(&step.by).map_or("", String::as_str);
        let who = words::officer(by, &step.by);
        blocks.push(Block::Heading(format!("{what} {}", step.on)));
        blocks.push(Block::Text(format!("{} {who} 登记，第{}条", step.at.text(), step.n), Role::Muted));
        let pairs = pairs(step);
        if pairs.is_empty() {
            blocks.push(Block::Text("没有文字".to_owned(), Role::Muted));
        }
        blocks.extend(pairs.into_iter().map(|pair| Block::Pairs(vec![pair])));
        blocks.push(Block::Free);
    }
    if blocks.is_empty() {
        blocks.push(Block::Text("还没有登记步骤".to_owned(), Role::Muted));
    }
    blocks
}

fn pairs(step: &EnteredStep) -> Vec<Pair> {
    let pair = |(slot, text): (&crate::domain::ids::Text, &String)| Pair::new(label(&slot.0), masked(text));
    step.words.iter().filter(|(_, text)| !text.is_empty()).map(pair).collect()
}

/// The name of a step; none for what is no step of its own.
fn name(fact: &Fact) -> Option<&'static str> {
    Some(match fact {
        Fact::ApplicationNoted(_) => "登记申请",
        Fact::OnceNoticed(_) => "一次性告知",
        Fact::Corrected(_) => "补正收齐",
        Fact::CaseAccepted(_) => "准予受理",
        Fact::Surveyed(_) => "入户调查",
        Fact::MeansAuthorised(_) => "核对授权",
        Fact::MeansAsked(_) => "委托核对",
        Fact::MeansChecked(_) => "核对报告",
        Fact::SchoolNoted(_) => "就学情况",
        Fact::Reviewed(_) => "民主评议",
        Fact::Examined(_) => "乡镇审核",
        Fact::NoticePosted(_) => "张贴公示",
        Fact::NoticeEnded(made) if made.void.is_some() => "公示作废",
        Fact::NoticeEnded(_) => "公示结果",
        Fact::NoticeExempted(_) => "不宜公示",
        Fact::ObjectionMade(_) => "登记异议",
        Fact::ObjectionSettled(_) => "处理异议",
        Fact::PathChanged(_) => "改变救助类型",
        Fact::ResultDelivered(_) => "结果送达",
        Fact::FollowedUp(_) => "回访",
        Fact::HardshipNoted(_) => "困难详情",
        _ => return None,
    })
}

fn label(slot: &str) -> &str {
    told_words::label(slot).unwrap_or(match slot {
        "late" => "补录来由",
        "received" => "已收材料",
        "missing" => "缺少材料",
        "note" => "说明",
        "reason" => "原因",
        "override" => "确办理由",
        "place" => "地点",
        "surveyors" => "其他调查人",
        "respondent" => "被调查人",
        "situation" => "家庭情况",
        "verified" => "核实情况",
        "differs" => "不一致处",
        "photos" => "照片",
        "unsigned" => "未签原因",
        "guardians" => "监护人",
        "later" => "后签说明",
        "to" => "受托单位",
        "report" => "报告编号",
        "items" => "逐项结果",
        "explained" => "差异说明",
        "chair" => "主持、记录",
        "attendees" => "参会人员",
        "aside" => "回避人员",
        "said" => "意见",
        "opinion" => "审核意见",
        "posted_by" => "张贴人",
        "summary" => "困难摘要",
        "phone" => "异议电话",
        "void" => "作废原因",
        "finding" => "处理结果",
        "receipt" => "送达凭据",
        "found" => "回访情况",
        _ => "文字",
    })
}

/// A text whose long runs of digits show their last four only.
pub(in crate::ui::screens) fn masked(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < letters.len() {
        let run = letters.iter().skip(at).take_while(|c| c.is_ascii_digit() || **c == 'X').count();
        let hidden = if run >= LONG { run - KEPT } else { 0 };
        for (of, letter) in letters.iter().skip(at).take(run.max(1)).enumerate() {
            out.push(if of < hidden { '*' } else { *letter });
        }
        at += run.max(1);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_words_are_masked_and_short_ones_stay() {
        assert_eq!(masked("李梅 21132119690412011X 有委托书"), "李梅 **************011X 有委托书");
        assert_eq!(masked("13900001234，到5人"), "*******1234，到5人");
        assert_eq!(masked("0421-7654321"), "0421-7654321");
    }
}
