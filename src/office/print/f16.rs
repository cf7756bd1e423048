//! F16 备用金台账 of a township's month: every posting with the running balance, totals, and what is still owed to
//! those who paid out of pocket. It shows numbers of cases, never the names or id numbers of those who were helped.

use super::parts::{as_of, money, office, officer, printed, row, sign, signed, without_ids};
use super::{PaperKind, Printed, Printing};
use crate::base::money::Money;
use crate::domain::fact::MoveKind;
use crate::store::export::paper::{Align, Block, PaperColumn};
use crate::store::replica::views::reserve::{ReserveMonth, ReserveRow};

const CLAUSES: &str = "依据：实施办法五（二）（建立临时救助备用金制度，在权限内及时审批）。归垫不计为新的救助；提现、存入\
                       只在现金与存款之间划转，不计收支。";

/// In which column the amount of a row stands, and with which sign.
#[derive(Clone, Copy, Default)]
struct Sums {
    income: Money,
    spent: Money,
    back: Money,
    moved: Money,
}

fn sums_of(row: &ReserveRow) -> Sums {
    let none = Sums::default();
    match row.why {
        MoveKind::Allotted | MoveKind::HandedBack | MoveKind::Recovered => {
            Sums { income: row.amount, ..none }
        }
        MoveKind::Paid | MoveKind::Repaid | MoveKind::Reversed => Sums { spent: -row.amount, ..none },
        MoveKind::GivenBack => Sums { back: -row.amount, ..none },
        MoveKind::Withdrawn | MoveKind::Deposited => Sums { moved: row.amount, ..none },
        // movements of the county's sources touch no till
        MoveKind::Arrived | MoveKind::SentUp | MoveKind::Sent | MoveKind::Returned => none,
    }
}

/// F16 of a month.
pub(super) fn of_month(month: &ReserveMonth, printing: &Printing) -> Printed {
    let (year, which) = (month.first.year(), month.first.month());
    let number = format!("{:02}-{:03}-{which:02}", year.rem_euclid(100), month.township);
    let blocks = vec![
        Block::Text(format!("年度：{year}年　月份：{which}月　乡镇：{}", office(month.township))),
        ledger(month, printing),
        summary(month),
        advanced(month),
        Block::Heading("应付垫付款（待归垫）".to_owned()),
        outlays(month),
        Block::Signatures(vec![signed("经办", &printing.by, ""), sign("复核"), sign("监盘（审批人）")]),
    ];
    let on = Some(as_of((year, which), printing));
    let mut out = printed(PaperKind::Reserve, &number, (month.township, &printing.by), on, printing, blocks);
    out.paper.landscape = true;
    out.foot([CLAUSES.to_owned()]);
    out
}

fn ledger(month: &ReserveMonth, printing: &Printing) -> Block {
    let shown = |amount: Money| if amount.is_zero() { String::new() } else { amount.grouped() };
    let mut rows = vec![opening(month)];
    let mut total = Sums::default();
    for row in &month.rows {
        let sums = sums_of(row);
        total.income += sums.income;
        total.spent += sums.spent;
        total.back += sums.back;
        let why = match row.fund {
            Some(fund) => format!("{}（{}）", row.why.zh(), fund.zh()),
            None => row.why.zh().to_owned(),
        };
        let what = match without_ids(&row.text).as_str() {
            "" => why,
            text => format!("{why}：{text}"),
        };
        rows.push(vec![
            row.on.month_day(),
            row.voucher.clone(),
            what,
            row.case_number.clone(),
            row.till.zh().to_owned(),
            shown(sums.income),
            shown(sums.spent),
            shown(sums.back),
            shown(sums.moved),
            row.balance.grouped(),
            officer(printing, &row.by),
            String::new(),
        ]);
    }
    let mut closing: Vec<String> = ["本月合计", "", "", "", ""].map(str::to_owned).to_vec();
    closing.extend([total.income, total.spent, total.back].map(Money::grouped));
    closing.extend([String::new(), month.closing().grouped(), String::new(), String::new()]);
    let right = |name, share| PaperColumn::new(name, share).aligned(Align::Right);
    Block::Table {
        columns: vec![
            PaperColumn::new("日期", 4).aligned(Align::Center),
            PaperColumn::new("凭证号", 7),
            PaperColumn::new("摘要", 8),
            PaperColumn::new("办件编号", 7),
            PaperColumn::new("账户", 3).aligned(Align::Center),
            right("来源", 6),
            right("支出", 6),
            right("退回", 6),
            right("提存", 6),
            right("结余", 7),
            PaperColumn::new("经办", 4),
            PaperColumn::new("复核", 4),
        ],
        rows,
        total: closing,
    }
}

fn opening(month: &ReserveMonth) -> Vec<String> {
    let mut row = vec![String::new(); 12];
    let fill = [(0, month.first.month_day()), (2, "期初结余".to_owned()), (9, month.opening().grouped())];
    for (at, text) in fill {
        if let Some(cell) = row.get_mut(at) {
            *cell = text;
        }
    }
    row
}

fn summary(month: &ReserveMonth) -> Block {
    Block::Grid {
        shares: vec![2, 3, 2, 3, 2, 4],
        rows: vec![
            row(&[
                ("期初现金", &month.opening_cash.grouped(), 1),
                ("期初存款", &month.opening_bank.grouped(), 1),
                ("本月收入", &money(month.income), 1),
            ]),
            row(&[
                ("期末现金", &month.closing_cash.grouped(), 1),
                ("期末存款", &month.closing_bank.grouped(), 1),
                ("本月支出", &money(month.spending), 1),
            ]),
            row(&[
                ("待补手续占用", &month.papers_open.grouped(), 3),
                ("期末结余", &money(month.closing()), 1),
            ]),
        ],
    }
}

/// What each source has in the reserve or in what it spent: the county's finance checks it against the sources' books.
fn advanced(month: &ReserveMonth) -> Block {
    let shares = month.sources.iter().filter(|share| !share.advanced.is_zero());
    let told: Vec<String> =
        shares.map(|share| format!("{} {}元", share.zh(), share.advanced.grouped())).collect();
    Block::Text(match told.is_empty() {
        true => "各来源拨入未退（至打印时）：无。".to_owned(),
        false => format!("各来源拨入未退（至打印时）：{}。", told.join("、")),
    })
}

fn outlays(month: &ReserveMonth) -> Block {
    let owed: Money = month.outlays.iter().map(|row| row.owed).sum();
    if owed.is_zero() {
        return Block::Text("无。".to_owned());
    }
    Block::Table {
        columns: vec![
            PaperColumn::new("办件编号", 3),
            PaperColumn::new("应付垫付款", 3).aligned(Align::Right),
            PaperColumn::new("归垫日期", 3),
            PaperColumn::new("收款人签字", 3),
        ],
        rows: month
            .outlays
            .iter()
            .map(|row| vec![row.number.clone(), row.owed.grouped(), String::new(), String::new()])
            .collect(),
        total: vec!["合计".to_owned(), owed.grouped(), format!("人民币{}", owed.capitals()), String::new()],
    }
}
