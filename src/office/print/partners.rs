//! 协作单位名册: the bodies that help beside the government, with what was referred to them and what they gave (S27).

use super::parts::{officer, place, signed};
use super::sheets::finished;
use super::{Printed, Printing};
use crate::base::money::Money;
use crate::store::export::paper::{Align, Block, PaperColumn};
use crate::store::replica::views::partners::PartnerRow;

const RULE: &str = "依据：实施办法四（二）三。给付由各单位直接给救助对象，实物按估价，不计入政府救助资金。";

/// 协作单位名册.
pub fn list(rows: &[PartnerRow], printing: &Printing) -> Printed {
    let cells = rows.iter().enumerate().map(|(at, row)| {
        vec![
            (at + 1).to_string(),
            row.name.clone(),
            row.kind.zh().to_owned(),
            row.contact.clone(),
            row.helps.clone(),
            place(row.paired, None),
            row.since.to_string(),
            row.until.map(|day| day.to_string()).unwrap_or_default(),
            row.referred.to_string(),
            row.done.to_string(),
            row.given.grouped(),
            officer(printing, &row.by),
        ]
    });
    let sum: Money = rows.iter().map(|row| row.given).sum();
    let mut total = vec![String::new(); 12];
    if let [first, .., referred, done, given, _] = total.as_mut_slice() {
        *first = "合计".to_owned();
        *referred = rows.iter().map(|row| row.referred).sum::<u32>().to_string();
        *done = rows.iter().map(|row| row.done).sum::<u32>().to_string();
        *given = sum.grouped();
    }
    let blocks = vec![
        Block::Table {
            columns: vec![
                PaperColumn::new("序号", 2).aligned(Align::Center),
                PaperColumn::new("名称", 5),
                PaperColumn::new("种类", 3),
                PaperColumn::new("联系人", 4),
                PaperColumn::new("能帮什么", 5),
                PaperColumn::new("结对乡镇", 3),
                PaperColumn::new("开始", 3),
                PaperColumn::new("结束", 3),
                PaperColumn::new("转介", 2).aligned(Align::Right),
                PaperColumn::new("办结", 2).aligned(Align::Right),
                PaperColumn::new("给付（元）", 3).aligned(Align::Right),
                PaperColumn::new("登记人", 3),
            ],
            rows: cells.collect(),
            total,
        },
        Block::Signatures(vec![signed("县局经办人", "", ""), signed("县局负责人", "", "")]),
    ];
    let code = format!("{}/协作单位", printing.on);
    let mut printed = finished("协作单位名册", code, RULE, blocks, printing);
    printed.paper.landscape = true;
    printed
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::Day;
    use crate::domain::ids::PartnerId;
    use crate::domain::partners::PartnerKind;
    use crate::office::print::{html, tests::printing};

    #[test]
    fn what_partners_gave_is_added_up() {
        let row = |no: u8, fen| PartnerRow {
            id: PartnerId([no; 16]),
            kind: PartnerKind::Charity,
            paired: Some(102),
            since: Day::new(2026, 3, 1).unwrap(),
            until: None,
            by: "9003".into(),
            name: "县慈善总会".to_owned(),
            contact: "刘会长".to_owned(),
            helps: "大病救助".to_owned(),
            reason: String::new(),
            referred: 3,
            done: 1,
            declined: 1,
            given: Money::from_fen(fen),
        };
        let page = html::page(&list(&[row(1, 100_000), row(2, 50_050)], &printing(false)).paper);
        for text in ["县慈善总会", "波罗赤镇", "1,500.50", "不计入政府救助资金"] {
            assert!(page.contains(text), "{text}");
        }
    }
}
