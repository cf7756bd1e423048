//! 子女账户名单: whose money goes to a child's account, for the county's file (四（三）三). It holds no account numbers.

use super::parts::{officer, signed};
use super::sheets::finished;
use super::{Printed, Printing};
use crate::base::money::Money;
use crate::store::export::paper::{Align, Block, PaperColumn};
use crate::store::replica::views::payout::ChildAccountRow;

const RULE: &str =
    "依据：实施办法四（三）三。老人没有银行卡的，乡镇凭书面说明和关系可打入子女账户，报县局备查。";

/// The list of a year, or of all.
pub fn list(year: Option<i32>, rows: &[ChildAccountRow], printing: &Printing) -> Printed {
    let cells = rows.iter().enumerate().map(|(at, row)| {
        let township = crate::base::division::township(row.township).map_or("", |known| known.name);
        vec![
            (at + 1).to_string(),
            township.to_owned(),
            row.number.clone(),
            row.name.clone(),
            row.relation.clone(),
            row.holder.clone(),
            row.letter.clone(),
            row.amount.grouped(),
            row.on.to_string(),
            format!("{}（{}）", officer(printing, &row.by), row.by),
        ]
    });
    let sum: Money = rows.iter().map(|row| row.amount).sum();
    let mut total = vec![String::new(); 10];
    if let [first, _, count, _, _, _, _, amount, ..] = total.as_mut_slice() {
        *first = "合计".to_owned();
        *count = format!("{}件", rows.len());
        *amount = sum.grouped();
    }
    let whole = year.map_or("全部年度".to_owned(), |year| format!("{year}年"));
    let blocks = vec![
        Block::Table {
            columns: vec![
                PaperColumn::new("序号", 2).aligned(Align::Center),
                PaperColumn::new("乡镇", 3),
                PaperColumn::new("编号", 4),
                PaperColumn::new("老人", 3),
                PaperColumn::new("关系", 2),
                PaperColumn::new("户名", 3),
                PaperColumn::new("书面说明", 5),
                PaperColumn::new("金额（元）", 3).aligned(Align::Right),
                PaperColumn::new("登记日期", 3),
                PaperColumn::new("登记人", 4),
            ],
            rows: cells.collect(),
            total,
        },
        Block::Signatures(vec![signed("县局经办人", "", ""), signed("县局负责人", "", "")]),
    ];
    let code = format!("{}/子女账户", year.map_or("全部".to_owned(), |year| year.to_string()));
    let mut printed = finished("子女账户名单", code, RULE, blocks, printing);
    printed.paper.header.push(("年度".to_owned(), whole));
    printed.paper.landscape = true;
    printed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::Day;
    use crate::domain::ids::CaseId;
    use crate::office::print::{html, tests::printing};

    #[test]
    fn the_list_adds_up_and_names_relation_and_letter() {
        let row = |no: u8, fen| ChildAccountRow {
            case: CaseId([no; 16]),
            on: Day::new(2026, 3, 2).unwrap(),
            by: "1031".into(),
            number: format!("26-103-000{no}"),
            township: 103,
            name: "赵长有".to_owned(),
            holder: "赵小军".to_owned(),
            relation: "儿子".to_owned(),
            letter: "老人无卡，书面说明1页".to_owned(),
            amount: Money::from_fen(fen),
        };
        let page = html::page(&list(Some(2026), &[row(1, 45_000), row(2, 30_050)], &printing(false)).paper);
        for text in ["子女账户名单", "2026年", "26-103-0002", "儿子", "书面说明1页", "750.50", "2件"]
        {
            assert!(page.contains(text), "{text}");
        }
    }
}
