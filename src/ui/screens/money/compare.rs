//! 与财政对账 on the sources' screen: what was compared of a month, what is open, and the two prompts.
//!
//! Must never show the figure of 财政 to whoever is to read it off the paper himself: the view leaves it out.

use crate::base::money::Money;
use crate::domain::nouns::Fund;
use crate::office::front::deed::Deed;
use crate::office::front::money::MoneyDeed;
use crate::office::front::money::desk::SourcesView;
use crate::store::replica::views::monthly::WhyOpen;
use crate::ui::card::{Block, TableRow};
use crate::ui::role::Role;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::table::Column;

const COMPARED: &[Column] = &[
    Column::left("来源", 8),
    Column::right("账面", 12),
    Column::right("财政账面", 12),
    Column::right("差额", 11),
    Column::left("对账", 12).rank(1),
    Column::left("确认", 12),
];
/// So many open months are named.
const NAMED: usize = 3;

fn funds() -> Kind {
    Kind::Choice(Fund::ALL.iter().map(|fund| fund.zh()).collect())
}

fn fund(digit: usize) -> Result<Fund, String> {
    Fund::ALL.get(digit).copied().ok_or_else(|| "没有这个来源，请按数字选".to_owned())
}

/// The prompt of finance.
pub(super) fn compare<A>(act: A, (year, month): (i32, u32)) -> Prompt<A> {
    Prompt::new(act, format!("{year}年{month}月与财政对账，写入记录，另一人确认"))
        .with("资金来源", funds(), "")
        .with("财政账面", Kind::Balance, "")
        .with("差额说明", Kind::Note, "")
}

/// The prompt of whoever confirms.
pub(super) fn confirm<A>(act: A, (year, month): (i32, u32)) -> Prompt<A> {
    Prompt::new(act, format!("确认{year}年{month}月对账：照财政对账单再打一遍"))
        .with("资金来源", funds(), "")
        .with("财政账面", Kind::Balance, "")
        .with("结论", Kind::Choice(vec!["相符，确认", "退回重对"]), "")
        .with("退回原因", Kind::Note, "")
}

/// What finance enters; where the figures differ and nothing is explained, by how much.
///
/// # Errors
/// The sentence.
pub(super) fn compared<A>(view: &SourcesView, prompt: &Prompt<A>) -> Result<Deed, String> {
    let fund = fund(prompt.choice(0)?)?;
    let source = view.monthly.iter().find(|one| one.fund == fund).ok_or("还没有读出来，请稍候")?;
    let (theirs, explained) = (prompt.balance(1)?, prompt.text(2)?);
    let differs = theirs - source.closing;
    if !differs.is_zero() && explained.is_empty() {
        return Err(format!(
            "{}账面 {}，财政 {}，差 {}；请逐笔核对到账、提交、退汇（在途 {}），再写差额说明",
            fund.zh(),
            source.closing.grouped(),
            theirs.grouped(),
            differs.grouped(),
            view.under_way.grouped()
        ));
    }
    Ok(Deed::Money(MoneyDeed::Reconcile { month: view.month, fund, theirs, explained }))
}

/// What whoever confirms enters.
///
/// # Errors
/// The sentence.
pub(super) fn confirmed<A>(view: &SourcesView, prompt: &Prompt<A>) -> Result<Deed, String> {
    let (fund, theirs, agrees) = (fund(prompt.choice(0)?)?, prompt.balance(1)?, prompt.choice(2)? == 0);
    let note = prompt.text(3)?;
    if !agrees && note.is_empty() {
        return Err("退回重对须写退回原因：哪里不对".to_owned());
    }
    Ok(Deed::Money(MoneyDeed::Confirm { month: view.month, fund, agrees, theirs, note }))
}

/// What was compared of the month, and what is open.
pub(super) fn blocks(view: &SourcesView) -> Vec<Block> {
    let mut blocks = vec![Block::Heading(format!("与财政对账  {}年{}月", view.month.0, view.month.1))];
    let signed = |(who, on): (&str, crate::base::day::Day)| format!("{who} {}", on.month_day());
    let rows = view.compared.iter().map(|row| {
        let hidden = || "****".to_owned();
        let differs = row.theirs.map(|theirs| theirs - row.ours);
        let open = row.confirmed.is_none() || differs.is_some_and(|differs| differs != Money::ZERO);
        TableRow {
            cells: vec![
                row.fund.zh().to_owned(),
                row.ours.grouped(),
                row.theirs.map_or_else(hidden, Money::grouped),
                differs.map_or_else(hidden, Money::grouped),
                signed((&row.by.0, row.on)),
                row.confirmed.as_ref().map_or("待确认".to_owned(), |(who, on)| signed((&who.0, *on))),
            ],
            role: if open { Role::Warning } else { Role::Text },
        }
    });
    let rows: Vec<TableRow> = rows.collect();
    if rows.is_empty() {
        blocks.push(Block::Text("这个月没有对账".to_owned(), Role::Muted));
    } else {
        blocks.push(Block::Table(COMPARED, rows));
    }
    for row in view.compared.iter().filter(|row| !row.explained.is_empty()) {
        blocks.push(Block::Text(format!("{}差额说明：{}", row.fund.zh(), row.explained), Role::Text));
    }
    blocks
}

/// What is open of the last months, first of all on the screen; none where everything is done.
pub(super) fn open(view: &SourcesView) -> Option<Block> {
    if view.open.is_empty() {
        return None;
    }
    let named = view.open.iter().take(NAMED).map(|one| {
        let why = match one.why {
            WhyOpen::Missing => "未对账",
            WhyOpen::Unconfirmed => "待确认",
            WhyOpen::Differs => "有差额",
        };
        format!("{}年{}月{}{why}", one.year, one.month, one.fund.zh())
    });
    let mut said = named.collect::<Vec<_>>().join("、");
    if view.open.len() > NAMED {
        said.push_str(&format!("等 {} 项", view.open.len()));
    }
    Some(Block::Text(format!("! 没有对完的：{said}"), Role::Warning))
}
