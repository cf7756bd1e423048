//! Papers about the office itself: 工作交接单, and F22 近亲属备案表. Neither belongs to a case.

use super::parts::{BLANK, day_or_blank, officer, printed_on, row, signed};
use super::{Printed, Printing, practice_mark};
use crate::base::money::Money;
use crate::domain::ids::OfficerNo;
use crate::domain::pad::Fate;
use crate::store::export::paper::{Align, Block, Paper, PaperColumn};
use crate::store::replica::views::goods::BlankRow;
use crate::store::replica::views::standing::{HandedRow, RelativeRow};
use crate::store::replica::views::stolen::StolenRow;

const HANDED: &str = "一式三份，移交人、接收人、监交人各执一份。逾期未补的手续仍记在移交人名下，由接收人协助补齐；移交人的授权码\
                      自交接之时起作废。";
const RELATIVES: &str =
    "依据：实施办法五（三）。救助对象是本人或近亲属的，须回避，由他人办理或转县局。变动后及时补报。";

const STOLEN: &str =
    "从「失窃起」那天起用这把密钥签的，逐条问本人。不是本人所办的，先冲正，再由督导立督导问题追查。";

fn yuan(amount: Option<Money>) -> String {
    amount.map_or_else(|| "无".to_owned(), |amount| format!("{}元", amount.grouped()))
}

/// 工作交接单. `pads` are the numbered blank sheets of the office, as they stand on the day of printing.
pub fn hand_over(handed: &HandedRow, pads: &[BlankRow], printing: &Printing) -> Printed {
    let name = |no: &OfficerNo| officer(printing, no);
    let (cases, late) = (format!("{}件", handed.cases), format!("{}项", handed.late));
    let (cash, book) = (yuan(handed.cash), yuan(handed.book));
    let blanks = if handed.blanks.is_empty() { "无".to_owned() } else { handed.blanks.join("、") };
    let numbers = |of: &dyn Fn(&BlankRow) -> bool| {
        let found: Vec<&str> = pads.iter().filter(|row| of(row)).map(|row| row.blank.as_str()).collect();
        if found.is_empty() { "无".to_owned() } else { found.join("、") }
    };
    let left = numbers(&|row| row.by == handed.from.0 && row.fate == Fate::Unused);
    let missing = numbers(&|row| matches!(row.fate, Fate::Missing(_)));
    let note = if handed.note.is_empty() { "无" } else { &handed.note };
    let grid = Block::Grid {
        shares: vec![2, 4, 2, 4],
        rows: vec![
            row(&[("移交人", &name(&handed.from.0), 1), ("接收人", &name(&handed.to.0), 1)]),
            row(&[("在办办件", &cases, 1), ("逾期未补手续", &late, 1)]),
            row(&[("实点现金", &cash, 1), ("账面现金", &book, 1)]),
            row(&[("空白单", &blanks, 3)]),
            row(&[("本人领用未用", &left, 3)]),
            row(&[("本单位缺号", &missing, 3)]),
            row(&[("其他事项", note, 3)]),
        ],
    };
    let day = day_or_blank(Some(handed.on));
    let sign = |role, no| signed(role, &name(no), &day);
    let blocks = vec![
        grid,
        Block::Text(format!("印章、钥匙、纸质档案：{BLANK}{BLANK}{BLANK}")),
        Block::Signatures(vec![
            sign("移交人", &handed.from.0),
            sign("接收人", &handed.to.0),
            sign("监交人", &handed.witness.0),
        ]),
    ];
    let code = format!("{}/交接", handed.n);
    finished("工作交接单", code, HANDED, blocks, printing).filled(handed.on, &name(&handed.from.0))
}

/// F22 of one officer. It holds names and no id numbers.
pub fn relatives(of: &OfficerNo, rows: &[RelativeRow], printing: &Printing) -> Printed {
    let own = rows.iter().filter(|row| row.officer.0 == *of);
    let rows = own.enumerate().map(|(at, row)| {
        let born = if row.born.is_empty() { String::new() } else { format!("（{}）", row.born) };
        vec![(at + 1).to_string(), format!("{}{born}", row.name), row.relation.clone()]
    });
    let name = officer(printing, of);
    let blocks = vec![
        Block::Text(format!("操作员：{name}（{of}）")),
        Block::Table {
            columns: vec![
                PaperColumn::new("序号", 1).aligned(Align::Center),
                PaperColumn::new("近亲属姓名", 4),
                PaperColumn::new("与本人关系", 5),
            ],
            rows: rows.collect(),
            total: Vec::new(),
        },
        Block::Signatures(vec![signed("本人", &name, ""), signed("单位负责人", "", "")]),
    ];
    finished("近亲属备案表", format!("{of}/F22"), RELATIVES, blocks, printing)
}

/// 失窃密钥核对单: what was signed with keys believed stolen, to be gone through with their owners. It holds no person's name.
pub fn stolen(rows: &[StolenRow], printing: &Printing) -> Printed {
    let cells = rows.iter().map(|row| {
        vec![
            row.n.to_string(),
            row.at.text(),
            format!("{}（{}）", officer(printing, &row.officer), row.officer),
            row.zh.clone(),
            row.subject.clone(),
            row.since.to_string(),
            String::new(),
        ]
    });
    let blocks = vec![
        Block::Table {
            columns: vec![
                PaperColumn::new("条", 1).aligned(Align::Right),
                PaperColumn::new("时间", 3),
                PaperColumn::new("操作员", 3),
                PaperColumn::new("事项", 3),
                PaperColumn::new("对象", 3),
                PaperColumn::new("失窃起", 2),
                PaperColumn::new("是否本人所办（手填）", 3),
            ],
            rows: cells.collect(),
            total: Vec::new(),
        },
        Block::Signatures(vec![
            signed("操作员本人", "", ""),
            signed("管理员", "", ""),
            signed("督导", "", ""),
        ]),
    ];
    let code = format!("{}/失窃核对", printing.on);
    finished("失窃密钥核对单", code, STOLEN, blocks, printing)
}

/// A sheet of the office. A list that is drawn up when it is printed is filled in on that day by whoever prints it; of
/// anything else the caller says when and by whom.
pub(super) fn finished(
    title: &str,
    code: String,
    foot: &str,
    blocks: Vec<Block>,
    printing: &Printing,
) -> Printed {
    let paper = Paper {
        title: title.to_owned(),
        header: vec![
            ("编号".to_owned(), code.clone()),
            ("填报人".to_owned(), printing.by.clone()),
            ("填报日期".to_owned(), printing.on.long_zh()),
        ],
        blocks,
        footer: vec![foot.to_owned(), printed_on(printing)],
        practice: practice_mark(printing),
        landscape: false,
    };
    Printed { code, on: printing.on, paper }
}

/// The same as a numbered form: with the office that fills it in and the places that every form's head has.
pub(super) fn form(whose: String, mut out: Printed) -> Printed {
    let by = out.paper.header.iter_mut().find(|(name, _)| name == "填报人");
    if let Some((name, _)) = by {
        "经办人".clone_into(name);
    }
    out.paper.header.insert(1, ("填报单位".to_owned(), whose));
    out.paper.header.push(("页码".to_owned(), "第　　页 共　　页".to_owned()));
    out
}

#[cfg(test)]
mod tests {
    use super::super::html;
    use super::*;
    use crate::base::day::Day;
    use crate::domain::ids::PersonId;
    use std::collections::BTreeMap;

    fn printing() -> Printing {
        let names = [("1021", "吴一"), ("1023", "吴一帆"), ("1022", "安一")];
        Printing {
            names: names.into_iter().map(|(no, name)| (no.into(), name.to_owned())).collect(),
            people: BTreeMap::new(),
            on: Day::new(2026, 3, 2).unwrap(),
            by: "安一".to_owned(),
            practice: true,
            held: super::super::CaseHeld::default(),
        }
    }

    #[test]
    fn a_hand_over_is_signed_by_three_and_says_what_stays() {
        let named = |no: &str| (OfficerNo::from(no), String::new());
        let handed = HandedRow {
            n: 88,
            from: named("1021"),
            to: named("1023"),
            witness: named("1022"),
            on: Day::new(2026, 3, 2).unwrap(),
            cases: 7,
            late: 2,
            cash: Some(Money::from_fen(199_999)),
            book: Some(Money::from_fen(200_000)),
            blanks: vec!["0007".to_owned(), "0008".to_owned()],
            note: "少一分，找零".to_owned(),
        };
        let sheet = |no: u32, by: &str, fate: Fate| BlankRow {
            blank: crate::domain::pad::number(2026, 102, no),
            township: 102,
            pad: 60,
            on: handed.on,
            by: by.into(),
            fate,
            case: None,
        };
        let pads = [
            sheet(3, "1021", Fate::Missing(handed.on)),
            sheet(5, "1021", Fate::Unused),
            sheet(6, "1023", Fate::Unused),
        ];
        let page = html::page(&hand_over(&handed, &pads, &printing()).paper);
        for word in [
            "吴一",
            "吴一帆",
            "监交人",
            "7件",
            "2项",
            "1,999.99元",
            "2,000.00元",
            "0007、0008",
            "练习",
            "K26-102-0003",
            "K26-102-0005",
        ] {
            assert!(page.contains(word), "{word}");
        }
        assert!(!page.contains("K26-102-0006"), "another's pad");
    }

    #[test]
    fn f22_names_the_relatives_of_one_officer() {
        let row = |no: &str, name: &str| RelativeRow {
            officer: (no.into(), String::new()),
            person: PersonId([1; 16]),
            name: name.to_owned(),
            relation: "姐夫".to_owned(),
            born: String::new(),
        };
        let all = [row("1021", "张三"), row("1022", "王强")];
        let page = html::page(&relatives(&"1021".into(), &all, &printing()).paper);
        assert!(page.contains("张三") && page.contains("姐夫") && !page.contains("王强"));
    }
}
