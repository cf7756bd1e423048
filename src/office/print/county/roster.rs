//! 备案花名册: a township's decisions of a month as they are filed with the county (四（三）二). It carries names and no
//! numbers of identity: the county finds the case by its 编号.

use super::super::parts::{money, office, officer, sign, signed};
use super::super::{Printed, Printing};
use super::finished;
use crate::office::front::county::RosterView;
use crate::store::export::paper::{Align, Block, PaperColumn};

const CLAUSES: &str = "依据：实施办法四（三）二（乡镇审批的结果报县局备案）。县局可以抽查、退回；退回未付的由乡镇重办，已付的由乡镇说明或追回。";

/// The paper of a roster.
pub(super) fn of(view: &RosterView, printing: &Printing) -> Printed {
    let (head, rows) = (&view.head, &view.rows);
    let (year, month) = head.month;
    let cells = rows.iter().enumerate().map(|(at, row)| {
        let back = if row.back_due.is_some() {
            "县局退回"
        } else if row.back {
            "退回已办结"
        } else {
            ""
        };
        vec![
            (at + 1).to_string(),
            row.number.clone(),
            row.name.clone(),
            row.path.zh().to_owned(),
            row.circumstance.zh().to_owned(),
            row.on.long_zh(),
            row.amount.grouped(),
            back.to_owned(),
        ]
    });
    let blocks = vec![
        Block::Text(format!(
            "{}{year}年{month}月审批的临时救助共{}件，合计{}，现报县局备案。",
            office(head.township),
            head.cases,
            money(head.amount)
        )),
        Block::Table {
            columns: vec![
                PaperColumn::new("序号", 1).aligned(Align::Center),
                PaperColumn::new("办件编号", 3),
                PaperColumn::new("申请人", 2),
                PaperColumn::new("类型", 2),
                PaperColumn::new("情形", 2),
                PaperColumn::new("审批日期", 3),
                PaperColumn::new("金额（元）", 2).aligned(Align::Right),
                PaperColumn::new("备注", 2),
            ],
            rows: cells.collect(),
            total: vec![
                "合计".to_owned(),
                format!("{}件", head.cases),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                head.amount.grouped(),
                String::new(),
            ],
        },
        Block::Signatures(vec![
            signed("报送人", &officer(printing, &head.by), &head.at.day().long_zh()),
            sign("乡镇负责人签字"),
            sign("乡镇盖章"),
            sign("县局收件人签字"),
            sign("县局盖章"),
        ]),
    ];
    let mut out =
        finished("乡镇审批备案花名册", (&head.number, "备案"), &office(head.township), printing, blocks)
            .filled(head.at.day(), &officer(printing, &head.by));
    out.paper.landscape = true;
    out.foot([CLAUSES.to_owned()]);
    out
}
