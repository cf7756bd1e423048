//! 月度核对单: the head at the month's end, to be signed in ink and kept in the safe, with who wrote how much, which roles and
//! keys were given and by whom, marks, exceptions and uses of the recovery seed. Held against the log years later by
//! `verify --sheet`, it shows whether history is still the one that was signed.

use super::parts::{sign, signed};
use super::{PaperKind, Printed, Printing, parts};
use crate::base::day::{Day, Stamp};
use crate::domain::ids::OfficerNo;
use crate::domain::pad::Fate;
use crate::ledger::Head;
use crate::office::audit::chronicle::{Event, Month};
use crate::office::audit::report;
use crate::store::export::paper::{Align, Block, GridCell, Paper, PaperColumn};
use crate::store::replica::views::exceptions::{ExceptionRow, MarkRow};
use crate::store::replica::views::goods::BlankRow;
use crate::store::replica::views::monthly::{OpenMonth, WhyOpen};
use std::collections::BTreeMap;

/// What stands on the sheet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthSheet {
    /// Year and month.
    pub month: Month,
    /// The log's end when the month ended, or now where it has not.
    pub head: Head,
    /// The share's time of that entry.
    pub head_at: Stamp,
    /// Where the log stood before the month.
    pub before: u64,
    /// Whether the month is still running.
    pub running: bool,
    /// The root fingerprint.
    pub root: String,
    /// Entries by officer.
    pub wrote: Vec<(OfficerNo, u64)>,
    /// Officers, keys, roles, packs, uses of the recovery seed.
    pub events: Vec<Event>,
    /// Marks, each with the entry that settled it.
    pub marks: Vec<(MarkRow, Option<u64>)>,
    /// Exceptions.
    pub exceptions: Vec<ExceptionRow>,
    /// Every number of the pads of blank sheets, as it stands on the day of printing.
    pub blanks: Vec<BlankRow>,
    /// 对账 with 财政 that is open on the day of printing, of this month and those before it, the oldest first.
    pub open: Vec<OpenMonth>,
}

const FOOT: [&str; 2] = [
    "三人签字后存入保险柜，不得涂改。日后核对：jiuji verify --sheet \"条数 八组字符\"，不相符即历史被改写或截短。",
    "「人员与密钥」中不是本人所知的授予、停用，和任何一次恢复种子的使用，请当场查问，查清前不要签字。",
];

/// The sheet as a paper.
pub fn of_month(sheet: &MonthSheet, printing: &Printing) -> Printed {
    let (year, month) = sheet.month;
    let number = format!("{:02}-{month:02}", year.rem_euclid(100));
    let name = |no: &OfficerNo| match parts::officer(printing, no) {
        name if name == no.0 => name,
        name => format!("{} {name}", no.0),
    };
    let written = sheet.head.n.saturating_sub(sheet.before);
    let grid = |label: &str, text: String| vec![GridCell::label(label), GridCell::value(&text, 1)];
    let mut blocks = vec![
        Block::Grid {
            shares: vec![1, 5],
            rows: vec![
                grid("月末条数", format!("第 {} 条（{}）", sheet.head.n, sheet.head_at.text())),
                grid("月末哈希", sheet.head.hash.groups()),
                grid("本月记录", format!("{written} 条（第 {} 至 {} 条）", sheet.before + 1, sheet.head.n)),
                grid("根指纹", sheet.root.clone()),
            ],
        },
        Block::Heading("一、各操作员本月记录".to_owned()),
        Block::Table {
            columns: vec![PaperColumn::new("操作员", 3), PaperColumn::new("条数", 1).aligned(Align::Right)],
            rows: sheet.wrote.iter().map(|(no, entries)| vec![name(no), entries.to_string()]).collect(),
            total: vec![
                "合计".to_owned(),
                sheet.wrote.iter().map(|(_, entries)| entries).sum::<u64>().to_string(),
            ],
        },
        Block::Heading("二、人员与密钥：本月登记、授予、停用，及到期销毁".to_owned()),
        report::events(&sheet.events, "本月没有。"),
        Block::Heading("三、恢复种子".to_owned()),
    ];
    let used: Vec<Event> = sheet.events.iter().filter(|event| event.recovery).cloned().collect();
    blocks.push(if used.is_empty() {
        Block::Text("本月没有使用。".to_owned())
    } else {
        Block::Text(format!("【注意】本月使用了 {} 次：见上表【恢复种子】各条，须由局领导确认。", used.len()))
    });
    blocks.push(Block::Heading("四、违规标记".to_owned()));
    blocks.push(marks(sheet));
    blocks.push(Block::Heading("五、例外（已付而未守规定，待追认）".to_owned()));
    blocks.push(exceptions(sheet));
    blocks.push(Block::Heading("六、编号空白单（至打印日）".to_owned()));
    blocks.push(blanks(&sheet.blanks));
    blocks.push(Block::Heading("七、与财政对账没有对完的（至打印日）".to_owned()));
    blocks.push(open(&sheet.open));
    blocks.push(Block::Signatures(vec![signed("管理员", "", ""), sign("督导"), sign("局领导")]));
    let ended = if sheet.running { "（本月未完，月末请重印）" } else { "" };
    let code = format!("{number}/{}", PaperKind::Month.form());
    let header = [
        ("月份", format!("{year}年{month}月{ended}")),
        ("表号", code.clone()),
        ("打印日期", printing.on.long_zh()),
        ("打印人", printing.by.clone()),
        ("页码", "第　　页 共　　页".to_owned()),
    ];
    let paper = Paper {
        title: PaperKind::Month.zh().to_owned(),
        header: header.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        blocks,
        footer: FOOT.map(str::to_owned).to_vec(),
        practice: super::practice_mark(printing),
        landscape: true,
    };
    Printed { code, on: printing.on, paper }
}

/// By township: how many sheets were given out, and what became of them; missing ones by their number.
fn blanks(rows: &[BlankRow]) -> Block {
    let mut by: BTreeMap<u16, Vec<&BlankRow>> = BTreeMap::new();
    for row in rows {
        by.entry(row.township).or_default().push(row);
    }
    if by.is_empty() {
        return Block::Text("没有领用过。".to_owned());
    }
    let told = |(township, rows): (&u16, &Vec<&BlankRow>)| {
        let count = |of: fn(&Fate) -> bool| rows.iter().filter(|row| of(&row.fate)).count().to_string();
        let missing: Vec<&str> = rows
            .iter()
            .filter(|row| matches!(row.fate, Fate::Missing(_)))
            .map(|row| row.blank.as_str())
            .collect();
        vec![
            parts::office(*township),
            rows.len().to_string(),
            count(|fate| matches!(fate, Fate::Used(_))),
            count(|fate| matches!(fate, Fate::Void(..))),
            count(|fate| *fate == Fate::Unused),
            if missing.is_empty() { "无".to_owned() } else { missing.join("、") },
        ]
    };
    let columns = [("乡镇", 3), ("领用", 1), ("已用", 1), ("作废", 1), ("未用", 1), ("缺号", 6)];
    table(&columns, by.iter().map(told).collect())
}

/// What is not reconciled with 财政, a row each; whoever signs asks for it.
fn open(rows: &[OpenMonth]) -> Block {
    if rows.is_empty() {
        return Block::Text("没有，都已对完。".to_owned());
    }
    let told = |one: &OpenMonth| {
        let (how, next) = match one.why {
            WhyOpen::Missing => ("未对账", "财务与财政对账单核对后登记"),
            WhyOpen::Unconfirmed => ("待确认", "另一人照财政对账单再打一遍确认"),
            WhyOpen::Differs => ("有差额", "查明差额，下月对平"),
        };
        vec![
            format!("{}年{}月", one.year, one.month),
            one.fund.zh().to_owned(),
            how.to_owned(),
            next.to_owned(),
        ]
    };
    table(&[("月份", 2), ("资金来源", 2), ("情况", 1), ("还要做什么", 4)], rows.iter().map(told).collect())
}

fn table(columns: &[(&str, u16)], rows: Vec<Vec<String>>) -> Block {
    if rows.is_empty() {
        return Block::Text("本月没有。".to_owned());
    }
    let columns = columns.iter().map(|(name, share)| PaperColumn::new(name, *share)).collect();
    Block::Table { columns, rows, total: Vec::new() }
}

fn marks(sheet: &MonthSheet) -> Block {
    let rows = sheet.marks.iter().map(|(mark, settled)| {
        vec![
            mark.n.to_string(),
            mark.at.text(),
            mark.by.0.clone(),
            mark.number.clone(),
            format!("{} {}", mark.code, mark.sentence),
            mark.clause.clone(),
            settled.map_or_else(|| "未处理".to_owned(), |n| format!("第 {n} 条")),
        ]
    });
    table(
        &[("记录号", 1), ("时间", 2), ("操作员", 1), ("办件", 2), ("规则", 6), ("条款", 1), ("处理", 1)],
        rows.collect(),
    )
}

fn exceptions(sheet: &MonthSheet) -> Block {
    let rows = sheet.exceptions.iter().map(|row| {
        vec![
            row.n.to_string(),
            row.at.text(),
            row.by.0.clone(),
            row.number.clone(),
            format!("{} {}", row.code, row.code.when()),
            if row.settled { "已追认" } else { "待追认" }.to_owned(),
        ]
    });
    table(&[("记录号", 1), ("时间", 2), ("操作员", 1), ("办件", 2), ("规则", 6), ("处理", 1)], rows.collect())
}

/// The first day of a month and of the one after it.
pub(super) fn days((year, month): Month) -> Option<(Day, Day)> {
    let first = Day::new(year, month, 1)?;
    let next = if month == 12 { Day::new(year + 1, 1, 1) } else { Day::new(year, month + 1, 1) };
    Some((first, next?))
}
