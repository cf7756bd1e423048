//! F25 卷宗: cover, contents and 备考表 of a case, one household one file. The contents are what happened, in its order; pages
//! are counted by hand where nobody has counted them yet.

use super::super::Printed;
use super::super::parts::{
    BLANK, BLANK_DAY, coming_into, handler, money, office, row, sign, signed, tall_row,
};
use super::{CasePaper, File, grid, on, word};
use crate::base::day::Day;
use crate::domain::fact::Fact;
use crate::domain::nouns::Stage;
use crate::store::export::paper::{Align, Block, PaperColumn};
use crate::store::replica::views::path::EnteredStep;

const KEPT: &str = "一户一档，按目录顺序装订；移交档案室时双方在备考表签字。";

pub(super) fn paper(file: &File<'_>) -> Printed {
    let card = file.card;
    let papers = contents(file);
    let archived = file.printing.held.beside.archived.as_ref();
    let count = archived.map_or_else(|| format!("{}件", papers.len()), |made| format!("{}件", made.items));
    let number = archived.map_or(BLANK, |made| made.number.as_str());
    let pages = archived.map_or_else(|| format!("{BLANK}页"), |made| format!("{}页", made.pages));
    let shelf = archived.map(|made| made.shelf.clone()).unwrap_or_default();
    let granted = if card.case.granted.is_empty() { "无".to_owned() } else { money(card.granted()) };
    let closed = file.came(Stage::Closed).map(|step| step.at.day());
    let from = closed.unwrap_or(card.case.accepted);
    let until = file.printing.held.pack.as_ref().map(|pack| pack.kept_until(from));
    let keeping = match (until, closed) {
        _ if archived.is_some() => archived.map(|made| made.keep.zh().to_owned()).unwrap_or_default(),
        (Some(until), Some(_)) => format!("{}年，至{}", until.year() - from.year(), until.long_zh()),
        (Some(until), None) => format!("办结后{}年", until.year() - from.year()),
        (None, _) => format!("{BLANK}年"),
    };
    let rows = papers.iter().enumerate().map(|(at, (name, form, day))| {
        vec![
            (at + 1).to_string(),
            (*name).to_owned(),
            (*form).to_owned(),
            on(*day),
            String::new(),
            String::new(),
        ]
    });
    let blocks = vec![
        Block::Heading("卷宗封面".to_owned()),
        grid(vec![
            row(&[("归档号", number, 1), ("办件编号", &card.case.number, 1)]),
            row(&[("申请人", &file.applicant(), 1), ("身份证号", &file.id_no(), 1)]),
            row(&[("住址", &file.address(), 3)]),
            row(&[("救助类型", card.case.path.zh(), 1), ("困难类型", card.case.circumstance.zh(), 1)]),
            row(&[("救助金额", &granted, 3)]),
            row(&[("立件日期", &card.opening.opened.day().long_zh(), 1), ("办结日期", &on(closed), 1)]),
            row(&[("归档日期", &on(archived.map(|made| made.on)), 3)]),
            row(&[("件数", &count, 1), ("页数", &pages, 1)]),
            row(&[("保管期限", &keeping, 1), ("存放位置", &shelf, 1)]),
            row(&[("办理结果", card.case.stage.zh(), 1), ("立卷单位", &office(card.case.township), 1)]),
        ]),
        Block::Heading("卷内目录".to_owned()),
        Block::Table {
            columns: vec![
                PaperColumn::new("序号", 1).aligned(Align::Center),
                PaperColumn::new("文件名称", 6),
                PaperColumn::new("表号", 2).aligned(Align::Center),
                PaperColumn::new("日期", 3).aligned(Align::Center),
                PaperColumn::new("页数", 1),
                PaperColumn::new("备注", 2),
            ],
            rows: rows.collect(),
            total: Vec::new(),
        },
        Block::Heading("备考表".to_owned()),
        grid(vec![tall_row("本卷情况说明", &remarks(file, papers.len()).join("\n"), 3, 4)]),
        Block::Signatures(vec![
            signed("立卷人", &handler(card, file.printing), BLANK_DAY),
            sign("检查人"),
            sign("档案接收人"),
        ]),
    ];
    file.paper(CasePaper::Cover, blocks, &[KEPT])
}

/// What whoever opens the file later has to know of it: what is missing, what was entered late or done over, what went another
/// way than usual and why. Nothing of it is a paper of its own.
fn remarks(file: &File<'_>, listed: usize) -> Vec<String> {
    let (card, mut said) = (file.card, Vec::new());
    if !card.opening.blank.is_empty() {
        said.push(format!("按手填空白单{}补录。", card.opening.blank));
    }
    said.extend(file.printing.held.steps.iter().filter_map(of_step));
    for step in coming_into(card, Stage::Returned).filter(|step| !step.text.is_empty()) {
        said.push(format!("{}退回：{}", step.at.day().long_zh(), step.text));
    }
    let missing: Vec<&str> =
        card.items.iter().filter(|item| item.done.is_none()).map(|item| item.kind.zh()).collect();
    match card.items.iter().filter_map(|item| item.done).max() {
        _ if !missing.is_empty() => said.push(format!("先行救助的手续还缺：{}。", missing.join("、"))),
        Some(done) => said.push(format!("先行救助的手续于{}补齐。", done.long_zh())),
        None => {}
    }
    for noted in card.noted.iter().filter(|noted| noted.overridden) {
        said.push(format!("{}，写明理由办理：{}", noted.code.when(), noted.reason));
    }
    for exception in &card.exceptions {
        let settled = if exception.settled { "县局已处理" } else { "待县局处理" };
        said.push(format!("例外：{}（{}，{settled}）", exception.code.when(), exception.at.day().long_zh()));
    }
    for mark in &card.marks {
        let settled = if mark.settled { "县局已处理" } else { "待县局处理" };
        said.push(format!("第{}条记录有违规标记：{}（{settled}）", mark.n, mark.sentence));
    }
    let archived = file.printing.held.beside.archived.as_ref();
    if let Some(made) = archived.filter(|made| usize::from(made.items) != listed) {
        said.push(format!("目录列{listed}件，归档登记{}件，装订时核对。", made.items));
    }
    said
}

/// What a step says for the file as a whole.
fn of_step(step: &EnteredStep) -> Option<String> {
    let (day, text) = (step.on.long_zh(), |slot| word(Some(step), slot));
    let said = |what: &str, why: &str| (!why.is_empty()).then(|| format!("{day}{what}：{why}"));
    match &step.fact {
        Fact::ApplicationNoted(made) => said("的申请书系补录", text(made.late.as_ref())),
        Fact::Surveyed(made) => said("入户调查缺签字", text(made.unsigned.as_ref())),
        Fact::MeansAuthorised(made) => said("核对授权有人后补签字", text(made.later.as_ref())),
        Fact::NoticeExempted(made) => said("县局定为不宜公示", text(made.reason.as_ref())),
        Fact::NoticeEnded(made) => said("公示作废", text(made.void.as_ref())),
        Fact::PathChanged(made) => said(&format!("改为{}", made.path.zh()), text(made.reason.as_ref())),
        _ => None,
    }
}

/// What lies in the file: each paper that a step of the case has made, with the day on it, in the order of those days.
fn contents(file: &File<'_>) -> Vec<(&'static str, &'static str, Option<Day>)> {
    let card = file.card;
    let mut papers = vec![
        ("临时救助申请审批表（附家庭成员表）", "F1 F2", Some(file.applied_on())),
        ("急难事项登记表", "F3", file.filled(CasePaper::Matter)),
    ];
    for step in &file.printing.held.steps {
        let paper = match &step.fact {
            Fact::OnceNoticed(_) => ("一次性补正告知书", "F9"),
            Fact::CaseAccepted(_) => ("受理通知书", "F10"),
            Fact::Surveyed(_) => ("入户调查表", "F4"),
            Fact::MeansAuthorised(_) => ("家庭经济状况核对授权书", "F6"),
            Fact::MeansAsked(_) => ("家庭经济状况核对委托书", "F7"),
            Fact::MeansChecked(_) => ("家庭经济状况核对报告", "F7"),
            Fact::Reviewed(_) => ("民主评议表", "F5"),
            Fact::SchoolNoted(_) => ("学籍证明", ""),
            Fact::NoticePosted(_) => ("公示及照片", "F8"),
            Fact::NoticeExempted(_) => ("不宜公示的决定", ""),
            Fact::ObjectionMade(_) => ("公示异议", ""),
            Fact::ObjectionSettled(_) => ("公示异议处理", ""),
            Fact::NoticeEnded(_) => ("公示结果记录", "F8"),
            Fact::ResultDelivered(_) => ("送达凭证", ""),
            Fact::FollowedUp(_) => ("回访记录", ""),
            _ => continue,
        };
        papers.push((paper.0, paper.1, Some(step.on)));
    }
    let beside = &file.printing.held.beside;
    papers.extend(beside.meetings.iter().map(|meeting| ("一事一议（会商）记录", "F14", Some(meeting.on))));
    if let Some(city) = &beside.city {
        papers.push(("报市级审批请示", "F15", Some(city.on)));
        papers.extend(city.reply.iter().map(|(_, on, ..)| ("市级批复", "F15", Some(*on))));
    }
    for referral in &beside.referrals {
        papers.push(("转介单", "F20", Some(referral.on)));
        papers.extend(referral.outcome.iter().map(|(_, on)| ("转介回执", "F20", Some(*on))));
    }
    if !card.items.is_empty() {
        papers.push(("急难型先行救助登记单", "F13", card.payments.first().map(|paid| paid.at.day())));
    }
    let ended = |stage| file.came(stage).map(|step| step.at.day());
    match card.case.stage {
        Stage::Declined => papers.push(("不予受理通知书", "F10", ended(Stage::Declined))),
        Stage::Refused => papers.push(("不予临时救助告知书", "F12", ended(Stage::Refused))),
        Stage::Withdrawn => papers.push(("放弃（撤回）申请声明", "F23", ended(Stage::Withdrawn))),
        _ if card.opening.decided_on.is_some() => {
            papers.push(("临时救助决定告知书", "F11", card.opening.decided_on));
        }
        _ => {}
    }
    for payment in &card.payments {
        papers.push(("领款凭证或银行回单", "", Some(payment.at.day())));
    }
    papers.sort_by_key(|(.., day)| *day);
    papers
}
