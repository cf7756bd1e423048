//! What stands beside a case, as lines of a card.
//!
//! Must never show the city's answer before another officer has checked it: who checks it types it from the paper.

use crate::base::day::Day;
use crate::domain::tiers::ReferOutcome;
use crate::office::front::county::CaseFile;
use crate::store::replica::views::tiers::{Beside, HelpLine};
use crate::ui::card::Block;
use crate::ui::role::Role;
use crate::ui::screens::words;

/// What the approver of the county looks at first: the examination, the meeting, the city, each in a line.
pub fn brief(file: &CaseFile) -> Vec<Block> {
    let beside = &file.beside;
    let mut lines = Vec::new();
    match beside.examinations.iter().rev().find(|one| one.live) {
        Some(one) => {
            let said = if one.agrees {
                format!("同意 {} 元", one.amount.grouped())
            } else {
                "不同意".to_owned()
            };
            let role = if one.agrees { Role::Text } else { Role::Warning };
            lines.push((format!("股室审核 {} {} {said}。{}", one.on.month_day(), one.by, one.opinion), role));
        }
        None if file.examines => lines.push(("股室审核 还没有".to_owned(), Role::Warning)),
        None => {}
    }
    if let Some(meeting) = beside.meetings.last() {
        let text = format!(
            "{}会议 {} {}人 议定 {} 元。{}",
            meeting.tier.zh(),
            meeting.on.month_day(),
            meeting.present,
            meeting.amount.grouped(),
            meeting.words.first().map(String::as_str).unwrap_or_default()
        );
        lines.push((text, Role::Text));
    }
    if beside.city.is_some() {
        lines.push((city(beside), Role::Text));
    }
    if file.file.raised {
        lines.push(("已提级，由县局审批".to_owned(), Role::Text));
    }
    if file.file.home_helped == Some(true) {
        lines.push(("户籍地答复：同一事项已由户籍地救助".to_owned(), Role::Warning));
    }
    lines.into_iter().map(|(text, role)| Block::Text(text, role)).collect()
}

fn city(beside: &Beside) -> String {
    let Some(city) = &beside.city else { return String::new() };
    let asked = format!(
        "报市 {} {} 元 {}",
        city.on.month_day(),
        city.amount.grouped(),
        city.request.as_deref().unwrap_or_default()
    );
    match (&city.reply, &city.checked_by) {
        (None, _) => format!("{asked} 等批复"),
        (Some((.., by)), None) => format!("{asked} 批复已由 {by} 登记，等另一人对照原件复核"),
        (Some((document, on, answer, amount, _)), Some(by)) => {
            let sum = if amount.is_zero() { String::new() } else { format!(" {} 元", amount.grouped()) };
            format!("{asked} 批复 {document} {} {}{sum}，{by} 复核", on.month_day(), answer.zh())
        }
    }
}

fn help(line: &HelpLine) -> String {
    let day = line.on.month_day();
    match (&line.service, &line.help) {
        (Some((kind, times)), _) => format!("服务 {day} {} {times}次 {}", kind.zh(), line.words),
        (None, Some((kind, amount))) => {
            let sum = amount.map(|amount| format!(" {} 元", amount.grouped())).unwrap_or_default();
            format!("其他救助 {day} {}{sum} {}", kind.zh(), line.words)
        }
        (None, None) => line.words.clone(),
    }
}

/// All of it.
pub fn all(file: &CaseFile, today: Day) -> Vec<Block> {
    let mut blocks = brief(file);
    let text = |text: String, role| Block::Text(text, role);
    for line in &file.beside.referrals {
        let (said, role) = match &line.outcome {
            None => {
                let late = line.due < today;
                let role = if late { Role::Warning } else { Role::Text };
                (format!("待回执 {}", words::left(line.due, today)), role)
            }
            Some((outcome, on)) => {
                let role = if *outcome == ReferOutcome::Declined { Role::Warning } else { Role::Text };
                (format!("{} {} {}", outcome.zh(), on.month_day(), line.answer), role)
            }
        };
        blocks.push(text(
            format!("转介 {} {} {}：{} {said}", line.on.month_day(), line.to.zh(), line.body, line.what),
            role,
        ));
    }
    blocks.extend(file.beside.help.iter().map(|line| text(help(line), Role::Text)));
    if file.file.home_asked && file.file.home_helped.is_none() {
        blocks.push(text("外地户籍，等户籍地答复".to_owned(), Role::Warning));
    }
    if let Some(filed) = &file.file.filed {
        blocks.push(text(format!("备案 {} {}", filed.number, filed.on.month_day()), Role::Text));
    }
    if let Some(due) = file.file.called_back {
        blocks.push(text(format!("备案退回，乡镇须答复 {}", words::left(due, today)), Role::Warning));
    }
    if let Some(noted) = &file.file.payee {
        blocks.push(text(format!("改发 {}", noted.payee.zh()), Role::Text));
    }
    if blocks.is_empty() {
        blocks.push(text("还没有审核、会议、报市、转介等记录".to_owned(), Role::Muted));
    }
    if file.members.len() > 1 {
        let names: Vec<String> =
            (1..).zip(&file.members).map(|(at, (_, name))| format!("{at} {name}")).collect();
        blocks.push(text(format!("家庭成员 {}", names.join("  ")), Role::Text));
    }
    if file.packs.len() > 1 {
        let packs: Vec<String> = (1..).zip(&file.packs).map(|(at, (id, _))| format!("{at} {id}")).collect();
        blocks.push(text(format!("政策包 {}", packs.join("  ")), Role::Text));
    }
    blocks
}
