//! Papers of paying out by bank: F17 发放花名册, F18 退票补发清单, and the month's figures of the county's sources for
//! reconciling with 财政.
//!
//! F17 goes to the bank and into the vouchers, so that it holds whole accounts; in practice none that a bank can use.

use super::county::bureau;
use super::parts::{as_of, money, officer, row, sign, signed};
use super::sheets::{finished, form};
use super::{Printed, Printing};
use crate::base::division;
use crate::base::money::Money;
use crate::domain::payout::Batch;
use crate::office::payout::in_files;
use crate::store::export::paper::{Align, Block, PaperColumn};
use crate::store::replica::views::money::SourceSpan;
use crate::store::replica::views::payout::{MonthEnd, ReturnedRow, RosterRow};
use std::collections::BTreeSet;

const ROSTER: &str =
    "依据：实施办法四（三）三（救助金原则上由金融机构直接打入本人卡、折）。制表、复核须为两人。";
const RETURNS: &str = "退汇的钱已回到原来的资金来源；更正账户后进新的批次，原批次的结果不变。";
const SOURCES: &str =
    "依据：实施办法五（二）、五（三）。期初＋到账＋退汇退回－提交银行－上缴＝期末；捐赠不计政府支出。";

fn right(name: &str, share: u16) -> PaperColumn {
    PaperColumn::new(name, share).aligned(Align::Right)
}

fn center(name: &str, share: u16) -> PaperColumn {
    PaperColumn::new(name, share).aligned(Align::Center)
}

/// What stands above the rows of a batch.
fn head(batch: &Batch, printing: &Printing) -> Block {
    let name = |no: &Option<_>| no.as_ref().map(|no| officer(printing, no)).unwrap_or_default();
    let day = |day: Option<crate::base::day::Day>| day.map(|day| day.long_zh()).unwrap_or_default();
    Block::Grid {
        shares: vec![2, 4, 2, 4, 2, 4],
        rows: vec![
            row(&[
                ("批次号", &batch.number, 1),
                ("付款银行", &batch.bank, 1),
                ("资金来源", batch.fund.zh(), 1),
            ]),
            row(&[
                ("建批日期", &batch.opened.long_zh(), 1),
                ("提交日期", &day(batch.sent), 1),
                ("复核", &name(&batch.checked_by), 1),
            ]),
        ],
    }
}

/// 第2期/共6期, of a grant that is paid in several.
fn instalment(row: &RosterRow) -> Option<String> {
    row.instalment.map(|(which, of)| format!("第{which}期/共{of}期"))
}

/// F17 of a batch.
pub(super) fn roster(batch: &Batch, rows: &[RosterRow], printing: &Printing) -> Printed {
    let cells = rows.iter().map(|row| {
        let place = division::township(row.township).map_or("", |known| known.name);
        let what = match (row.payee, row.returned) {
            (_, Some(why)) => Some(format!("退汇：{}", why.zh())),
            (payee, None) if payee != crate::domain::nouns::Payee::Self_ => Some(payee.zh().to_owned()),
            _ => None,
        };
        let note: Vec<String> = instalment(row).into_iter().chain(what).collect();
        vec![
            row.seq.to_string(),
            place.to_owned(),
            row.name.clone(),
            row.id_no.clone(),
            row.holder.clone(),
            row.bank.clone(),
            in_files(&row.account, printing.practice),
            row.amount.grouped(),
            row.number.clone(),
            note.join("，"),
        ]
    });
    let people: BTreeSet<(&str, &str)> =
        rows.iter().map(|row| (row.id_no.as_str(), row.name.as_str())).collect();
    let cases: BTreeSet<_> = rows.iter().map(|row| row.case).collect();
    let total: Money = rows.iter().map(|row| row.amount).sum();
    let mut last = vec!["合计".to_owned(), format!("{}人", people.len()), format!("{}户次", cases.len())];
    last.extend([String::new(), String::new(), String::new(), format!("{}笔", rows.len()), total.grouped()]);
    last.extend([String::new(), String::new()]);
    let blocks = vec![
        head(batch, printing),
        Block::Table {
            columns: vec![
                center("序号", 2),
                PaperColumn::new("乡镇", 4),
                PaperColumn::new("姓名", 4),
                PaperColumn::new("身份证号", 8),
                PaperColumn::new("户名", 4),
                PaperColumn::new("开户行", 5),
                PaperColumn::new("账号", 9),
                right("金额", 5),
                PaperColumn::new("办件编号", 6),
                PaperColumn::new("备注", 4),
            ],
            rows: cells.collect(),
            total: last,
        },
        Block::Text(format!("用途：临时救助金　　合计：{}", money(total))),
        Block::Signatures(vec![
            signed("制表", &officer(printing, &batch.by), ""),
            signed(
                "复核",
                &batch.checked_by.as_ref().map(|no| officer(printing, no)).unwrap_or_default(),
                "",
            ),
            sign("财务负责人"),
            sign("单位负责人"),
        ]),
    ];
    let mut out = form(
        bureau(),
        finished("临时救助金发放花名册", format!("{}/F17", batch.number), ROSTER, blocks, printing),
    )
    .filled(batch.opened, &officer(printing, &batch.by));
    out.paper.landscape = true;
    out
}

/// F18 of a batch: what the bank sent back, and what became of it.
pub(super) fn returns(
    batch: &Batch,
    roster: &[RosterRow],
    rows: &[ReturnedRow],
    printing: &Printing,
) -> Printed {
    let cells = rows.iter().map(|row| {
        let sent = roster.iter().find(|sent| sent.seq == row.seq);
        let done = match (&row.again, row.corrected) {
            (Some(_), _) => "已进新批次补发",
            (None, true) => "账户已更正，待补发",
            (None, false) if row.reason.wants_account() => "待更正账户",
            (None, false) => "待补发",
        };
        vec![
            row.seq.to_string(),
            row.number.clone(),
            sent.map(|sent| sent.name.clone()).unwrap_or_default(),
            sent.map(|sent| sent.holder.clone()).unwrap_or_default(),
            sent.map(|sent| in_files(&sent.account, printing.practice)).unwrap_or_default(),
            row.amount.grouped(),
            format!("{} {}", row.reason.digit(), row.reason.zh()),
            done.to_owned(),
            if row.account.is_empty() { String::new() } else { in_files(&row.account, printing.practice) },
            row.again.clone().unwrap_or_default(),
            sent.and_then(instalment).unwrap_or_default(),
        ]
    });
    let total: Money = rows.iter().map(|row| row.amount).sum();
    let mut last: Vec<String> = vec!["合计".to_owned(), format!("{}笔", rows.len())];
    last.extend(["", "", ""].map(str::to_owned));
    last.push(total.grouped());
    last.extend(["", "", "", "", ""].map(str::to_owned));
    let blocks = vec![
        head(batch, printing),
        Block::Table {
            columns: vec![
                center("原序号", 3),
                PaperColumn::new("办件编号", 6),
                PaperColumn::new("姓名", 4),
                PaperColumn::new("原户名", 4),
                PaperColumn::new("原账号", 9),
                right("金额", 5),
                PaperColumn::new("原因码、原因", 6),
                PaperColumn::new("处理", 6),
                PaperColumn::new("新账户", 9),
                PaperColumn::new("新批次", 5),
                PaperColumn::new("备注", 4),
            ],
            rows: cells.collect(),
            total: last,
        },
        Block::Text(format!("退汇合计：{}", money(total))),
        Block::Signatures(vec![signed("制表", &printing.by, ""), sign("复核"), sign("财务负责人")]),
    ];
    let mut out =
        form(bureau(), finished("退票补发清单", format!("{}/F18", batch.number), RETURNS, blocks, printing));
    out.paper.landscape = true;
    out
}

/// Why figures differ, and who confirmed what.
fn explained(found: &MonthEnd) -> String {
    let told = found.compared.iter().map(|row| {
        let why = if row.explained.is_empty() {
            String::new()
        } else {
            format!("，差额说明：{}", row.explained)
        };
        match &row.confirmed {
            Some((who, on)) => format!("{}：{}对账{why}，{who} {on} 确认", row.fund.zh(), row.by),
            None => format!("{}：{}对账，待确认", row.fund.zh(), row.by),
        }
    });
    let told: Vec<String> = told.collect();
    if told.is_empty() { "与财政对账：尚未登记".to_owned() } else { told.join("；") }
}

/// The figures of a month for reconciling with 财政, and the year so far.
pub(super) fn sources(
    month: (i32, u32),
    found: &MonthEnd,
    year: &[SourceSpan],
    printing: &Printing,
) -> Printed {
    let monthly = found.sources.iter().map(|one| {
        let back = one.returned + one.given_back;
        let sums = [one.opening, one.arrived, one.sent, one.advanced, back, one.sent_up, one.closing];
        let mut cells = vec![one.fund.zh().to_owned()];
        cells.extend(sums.map(Money::grouped));
        // What nobody confirmed yet is filled in by hand: whoever confirms reads it off the paper of 财政, not off ours.
        let compared = found.compared.iter().find(|row| row.fund == one.fund && row.confirmed.is_some());
        cells.extend(match compared {
            Some(row) => [row.theirs.grouped(), row.differs().grouped()],
            None => [String::new(), String::new()],
        });
        cells
    });
    let sum = |of: fn(&crate::store::replica::views::payout::SourceMonth) -> Money| -> String {
        found.sources.iter().map(of).sum::<Money>().grouped()
    };
    let mut total = vec!["合计".to_owned()];
    total.extend([
        sum(|one| one.opening),
        sum(|one| one.arrived),
        sum(|one| one.sent),
        sum(|one| one.advanced),
        sum(|one| one.returned + one.given_back),
        sum(|one| one.sent_up),
        sum(|one| one.closing),
        String::new(),
        String::new(),
    ]);
    let yearly = year.iter().map(|span| {
        let back = span.moved.returned + span.moved.given_back;
        let sums = [span.moved.arrived, span.committed, span.under_way, span.paid, back, span.moved.closing];
        let mut cells = vec![span.moved.fund.zh().to_owned()];
        cells.extend(sums.map(Money::grouped));
        cells
    });
    let blocks = vec![
        Block::Text(format!("年度：{}年　月份：{}月　单位：元", month.0, month.1)),
        Block::Table {
            columns: vec![
                PaperColumn::new("资金来源", 4),
                right("期初", 6),
                right("到账", 6),
                right("提交银行", 6),
                right("拨备用金", 6),
                right("退汇退回", 5),
                right("上缴", 5),
                right("期末", 6),
                right("财政账面", 6),
                right("差额", 4),
            ],
            rows: monthly.collect(),
            total,
        },
        Block::Heading(format!("{}年1至{}月", month.0, month.1)),
        Block::Table {
            columns: vec![
                PaperColumn::new("资金来源", 4),
                right("到账", 6),
                right("在批", 5),
                right("在途", 5),
                right("已付", 6),
                right("退回", 5),
                right("结余", 6),
            ],
            rows: yearly.collect(),
            total: Vec::new(),
        },
        Block::Text(format!(
            "月末在途 {} 元　　已批未付（制表时）{} 元",
            found.under_way.grouped(),
            found.committed.grouped()
        )),
        Block::Text(explained(found)),
        Block::Signatures(vec![signed("制表", &printing.by, ""), sign("复核"), sign("财政部门")]),
    ];
    let number = format!("{:02}-{:02}", month.0.rem_euclid(100), month.1);
    let mut out = finished("资金月末对账表", format!("{number}/对账"), SOURCES, blocks, printing)
        .filled(as_of(month, printing), &printing.by);
    out.paper.landscape = true;
    out
}
