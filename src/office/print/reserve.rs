//! Papers of the reserve and of what is wanted back: F16's 申请报账表, F19 实物发放登记, F24 追缴（退回）办理单.
//!
//! They hold names where somebody signs, and no id number.

use super::parts::{
    BLANK, as_of, day_or_blank, money, office, officer, row, sign, signed, tall_row, without_ids,
};
use super::sheets::{finished, form};
use super::{Printed, Printing};
use crate::base::money::Money;
use crate::domain::fact::MoveKind;
use crate::domain::ids::CaseId;
use crate::store::export::paper::{Align, Block, PaperColumn};
use crate::store::replica::views::money::{GoodsRow, RecoveryRow};
use crate::store::replica::views::reserve::ReserveMonth;
use std::collections::BTreeSet;

const ASK: &str =
    "依据：实施办法五（二）。只补手续已齐的支出；待补手续的补齐后再报。逾期未补的先补齐，才能申请。";
const GOODS: &str = "依据：实施办法四（二）一（发放实物）。一式两份，民政办、财务各存一份。";
const RECOVERY: &str = "只对虚报、隐瞒骗取的追缴；经办单位自己的差错不向救助对象追缴。收到的款回到原来的资金来源或备用金。对本决定\
                        不服的，可依法申请行政复议或提起行政诉讼。";

fn right(name: &str, share: u16) -> PaperColumn {
    PaperColumn::new(name, share).aligned(Align::Right)
}

/// A quantity in thousandths without idle zeroes.
fn quantity(milli: i64) -> String {
    let whole = format!("{}.{:03}", milli / 1000, (milli % 1000).abs());
    whole.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// F16 备用金申请报账表 of a month: what was spent, and whether its papers are complete; `open` are the cases whose papers are
/// not.
pub(super) fn replenish(month: &ReserveMonth, open: &BTreeSet<CaseId>, printing: &Printing) -> Printed {
    let (year, which) = (month.first.year(), month.first.month());
    let number = format!("{:02}-{:03}-{which:02}", year.rem_euclid(100), month.township);
    let spends = |why| matches!(why, MoveKind::Paid | MoveKind::Repaid | MoveKind::Reversed);
    let mut settled = Money::ZERO;
    let mut rows = Vec::new();
    for posting in month.rows.iter().filter(|posting| spends(posting.why)) {
        let waits = posting.case.is_some_and(|case| open.contains(&case));
        if !waits {
            settled += -posting.amount;
        }
        rows.push(vec![
            posting.on.month_day(),
            posting.voucher.clone(),
            posting.why.zh().to_owned(),
            posting.case_number.clone(),
            (-posting.amount).grouped(),
            if waits { "待补" } else { "已齐" }.to_owned(),
            officer(printing, &posting.by),
            without_ids(&posting.text),
        ]);
    }
    let spent: Money = month.rows.iter().filter(|one| spends(one.why)).map(|one| -one.amount).sum();
    let mut total = vec!["本月支出".to_owned()];
    total.extend(["", "", ""].map(str::to_owned));
    total.push(spent.grouped());
    total.extend(["", "", ""].map(str::to_owned));
    let shown = |sum: Option<Money>| sum.map_or_else(|| "没有核定".to_owned(), Money::grouped);
    let asked = month.plan.asked.as_ref().map(|asked| money(asked.amount));
    let blocks = vec![
        Block::Grid {
            shares: vec![2, 3, 2, 3, 2, 3],
            rows: vec![
                row(&[
                    ("核定数", &shown(month.plan.ceiling), 1),
                    ("现金", &month.closing_cash.grouped(), 1),
                    ("存款", &month.closing_bank.grouped(), 1),
                ]),
                row(&[
                    ("待补手续占用", &month.papers_open.grouped(), 1),
                    ("本月已齐支出", &settled.grouped(), 1),
                    ("最多可申请", &shown(month.may_ask()), 1),
                ]),
                row(&[("本次申请补足", &asked.unwrap_or_else(|| format!("{BLANK}{BLANK}元")), 5)]),
            ],
        },
        Block::Table {
            columns: vec![
                PaperColumn::new("日期", 3).aligned(Align::Center),
                PaperColumn::new("凭证号", 5),
                PaperColumn::new("摘要", 5),
                PaperColumn::new("办件编号", 6),
                right("支出", 5),
                PaperColumn::new("手续", 3).aligned(Align::Center),
                PaperColumn::new("经办", 4),
                PaperColumn::new("备注", 5),
            ],
            rows,
            total,
        },
        Block::Signatures(vec![
            signed("经办", &printing.by, ""),
            sign("乡镇负责人（盖章）"),
            sign("县局财务审核"),
            sign("县局负责人"),
        ]),
    ];
    let title = format!("{}备用金申请报账表（{year}年{which}月）", office(month.township));
    form(office(month.township), finished(&title, format!("{number}/F16报账"), ASK, blocks, printing))
        .filled(as_of((year, which), printing), &printing.by)
}

/// F19 实物发放登记 of a township's month.
pub(super) fn goods(
    township: u16,
    month: (i32, u32),
    rows: &[GoodsRow],
    source: &str,
    printing: &Printing,
) -> Printed {
    let number = format!("{:02}-{township:03}-{:02}", month.0.rem_euclid(100), month.1);
    let cells = rows.iter().enumerate().map(|(at, one)| {
        vec![
            (at + 1).to_string(),
            one.on.month_day(),
            one.number.clone(),
            one.name.clone(),
            match &one.kept {
                Some((spec, _)) if !spec.is_empty() => format!("{} {spec}", one.item),
                _ => one.item.clone(),
            },
            quantity(one.quantity_milli),
            one.unit.clone(),
            one.price.grouped(),
            one.amount.grouped(),
            one.kept.as_ref().map_or_else(|| source.to_owned(), |(_, origin)| format!("库存{}", origin.zh())),
            one.receipt.clone(),
            one.witness.clone(),
            officer(printing, &one.by),
        ]
    });
    let total: Money = rows.iter().map(|one| one.amount).sum();
    let mut last = vec!["合计".to_owned()];
    last.extend([""; 7].map(str::to_owned));
    last.push(total.grouped());
    last.extend([""; 4].map(str::to_owned));
    let blocks = vec![
        Block::Table {
            columns: vec![
                PaperColumn::new("序号", 2).aligned(Align::Center),
                PaperColumn::new("日期", 3).aligned(Align::Center),
                PaperColumn::new("办件编号", 6),
                PaperColumn::new("姓名", 4),
                PaperColumn::new("品名规格", 5),
                right("数量", 3),
                PaperColumn::new("单位", 2).aligned(Align::Center),
                right("单价", 4),
                right("金额", 4),
                PaperColumn::new("来源", 4),
                PaperColumn::new("领取人（签字）", 5),
                PaperColumn::new("见证人", 4),
                PaperColumn::new("经办", 4),
            ],
            rows: cells.collect(),
            total: last,
        },
        Block::Text(format!("合计价值：{}", money(total))),
        Block::Signatures(vec![signed("制表", &printing.by, ""), sign("复核"), sign("负责人")]),
    ];
    let title = format!("{}实物发放登记（{}年{}月）", office(township), month.0, month.1);
    let mut out = form(office(township), finished(&title, format!("{number}/F19"), GOODS, blocks, printing))
        .filled(as_of(month, printing), &printing.by);
    out.paper.landscape = true;
    out
}

/// F24 追缴（退回）办理单 of a line.
pub(super) fn recovery(one: &RecoveryRow, printing: &Printing) -> Printed {
    let came = one.came.iter().map(|(on, amount, receipt)| {
        vec![on.long_zh(), amount.grouped(), without_ids(receipt), String::new()]
    });
    let left = one.left();
    let done = if left.is_zero() { "已缴清".to_owned() } else { format!("还欠 {}", money(left)) };
    let blocks = vec![
        Block::Grid {
            shares: vec![2, 4, 2, 4],
            rows: vec![
                row(&[("姓名", &one.name, 1), ("办件编号", &one.number, 1)]),
                row(&[("应追缴", &money(one.amount), 3)]),
                row(&[("已缴", &money_or_none(one.paid), 1), ("结果", &done, 1)]),
                row(&[("起", &one.on.long_zh(), 1), ("止", &day_or_blank(Some(one.until)), 1)]),
                tall_row("不实之处及查实经过", &without_ids(&one.reason), 3, 5),
            ],
        },
        Block::Table {
            columns: vec![
                PaperColumn::new("缴款日期", 4),
                right("金额", 3),
                PaperColumn::new("收据、交款人", 6),
                PaperColumn::new("收款人签字", 4),
            ],
            rows: came.collect(),
            total: vec!["合计".to_owned(), one.paid.grouped(), String::new(), String::new()],
        },
        Block::Text("本决定送达本人：________________（签字、日期）".to_owned()),
        Block::Signatures(vec![
            signed("决定人", &officer(printing, &one.by), &one.on.long_zh()),
            sign("财务"),
            sign("单位负责人（盖章）"),
        ]),
    ];
    form(
        office(one.township),
        finished("追缴（退回）办理单", format!("{}/F24", one.number), RECOVERY, blocks, printing),
    )
    .filled(one.on, &officer(printing, &one.by))
}

fn money_or_none(amount: Money) -> String {
    if amount.is_zero() { "无".to_owned() } else { money(amount) }
}
