//! 群体性事项签字花名册: every household of an incident on one list, each with its own sum and a place to sign for it. One
//! list is signed; who was granted what is decided by each case.

use super::super::parts::{money, office, place, sign, signed};
use super::super::{Printed, Printing};
use super::finished;
use crate::base::money::Money;
use crate::domain::nouns::Stage;
use crate::store::export::paper::{Align, Block, PaperColumn};
use crate::store::replica::views::incident::StruckLine;
use crate::store::replica::views::tiers::IncidentLine;

const CLAUSES: &str = "依据：实施办法三（六）、四（三）二。群体性事项各户分别计算、分别审批，不合并累计；自然灾害先由应急管理部门救助，已给的如实登记。";

/// What the roster lists of a household: what was granted or, before, what is asked for.
fn sum(row: &StruckLine) -> Money {
    if row.granted.is_zero() { row.asked } else { row.granted }
}

/// The paper.
pub(super) fn of(incident: &IncidentLine, all: &[StruckLine], printing: &Printing) -> Printed {
    let given =
        |row: &&StruckLine| !matches!(row.stage, Stage::Refused | Stage::Withdrawn | Stage::Terminated);
    let rows: Vec<&StruckLine> = all.iter().filter(given).collect();
    let people: u32 = rows.iter().map(|row| u32::from(row.helped)).sum();
    let total: Money = rows.iter().map(|row| sum(row)).sum();
    let cells = rows.iter().enumerate().map(|(at, row)| {
        vec![
            (at + 1).to_string(),
            row.number.clone(),
            row.name.clone(),
            row.id_no.clone(),
            place(None, Some(row.village)),
            row.helped.to_string(),
            sum(row).grouped(),
            row.account.clone(),
            if row.granted.is_zero() { "待批".to_owned() } else { String::new() },
            String::new(),
        ]
    });
    let blocks = vec![
        Block::Text(format!(
            "事项：{}（{}，{}发生）　共{}户{people}人，合计{}",
            incident.name,
            incident.number,
            incident.on.long_zh(),
            rows.len(),
            money(total)
        )),
        Block::Table {
            columns: vec![
                PaperColumn::new("序号", 1).aligned(Align::Center),
                PaperColumn::new("办件编号", 3),
                PaperColumn::new("姓名", 2),
                PaperColumn::new("身份证号", 4),
                PaperColumn::new("村（居）", 3),
                PaperColumn::new("人数", 1).aligned(Align::Right),
                PaperColumn::new("金额（元）", 2).aligned(Align::Right),
                PaperColumn::new("收款账号", 4),
                PaperColumn::new("备注", 1),
                PaperColumn::new("签字（手印）", 3),
            ],
            rows: cells.collect(),
            total: vec![
                "合计".to_owned(),
                format!("{}户", rows.len()),
                String::new(),
                String::new(),
                String::new(),
                people.to_string(),
                total.grouped(),
                String::new(),
                String::new(),
                String::new(),
            ],
        },
        Block::Signatures(vec![
            signed("制表人", &printing.by, ""),
            sign("见证人签字"),
            sign("乡镇负责人签字"),
            sign("盖章"),
        ]),
    ];
    let whose = office(incident.township);
    let mut out =
        finished("群体性事项救助签字花名册", (&incident.number, "花名册"), &whose, printing, blocks);
    out.paper.landscape = true;
    out.foot([CLAUSES.to_owned()]);
    out
}
