//! 销毁清册: what was destroyed after its time, by case numbers and days alone, signed by whoever saw to it.

use super::parts::{officer, signed};
use super::{Printed, Printing, practice_mark};
use crate::base::division;
use crate::store::export::paper::{Align, Block, Paper, PaperColumn, Signature};
use crate::store::replica::views::erasures::{Ended, Erasure};

const FOOT: &str = "只列编号，不列姓名。金额、日期、编号仍在库中，供统计和资金核对。纸质卷宗另按档案规定鉴定、销毁。\
                    本次销毁以前的备份文件和U盘须一并销毁。";

/// The list of one destruction.
pub fn list(erasure: &Erasure, cases: &[Ended], printing: &Printing) -> Printed {
    let code = format!("{}/销毁", erasure.n);
    let rows = cases.iter().enumerate().map(|(at, case)| {
        let town = division::township(case.township)
            .map_or_else(|| format!("{:03}", case.township), |known| known.name.to_owned());
        vec![(at + 1).to_string(), case.number.clone(), town, case.closed.to_string()]
    });
    let said = format!(
        "第 {} 条记录，{}：{}件，{}人的个人信息，{}条记录的不公开部分。",
        erasure.n,
        erasure.at.text(),
        erasure.cases,
        erasure.people,
        erasure.entries
    );
    let witness = || Signature { role: "监销人".to_owned(), ..Signature::default() };
    let blocks = vec![
        Block::Text(said),
        Block::Table {
            columns: vec![
                PaperColumn::new("序号", 1).aligned(Align::Center),
                PaperColumn::new("办件编号", 3),
                PaperColumn::new("乡镇", 3),
                PaperColumn::new("办结日期", 2),
            ],
            rows: rows.collect(),
            total: vec![String::new(), "合计".to_owned(), String::new(), format!("{}件", cases.len())],
        },
        Block::Signatures(vec![
            signed("管理员", &officer(printing, &erasure.by), ""),
            witness(),
            witness(),
            Signature { role: "局领导".to_owned(), ..Signature::default() },
        ]),
    ];
    let paper = Paper {
        title: "救助信息到期销毁清册".to_owned(),
        header: vec![
            ("编号".to_owned(), code.clone()),
            ("打印人".to_owned(), printing.by.clone()),
            ("打印日期".to_owned(), printing.on.long_zh()),
        ],
        blocks,
        footer: vec![FOOT.to_owned()],
        practice: practice_mark(printing),
        landscape: false,
    };
    Printed { code, on: printing.on, paper }
}
