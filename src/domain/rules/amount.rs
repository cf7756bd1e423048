//! Amounts of lines (金额): at least 0.01, two places, goods at quantity times price.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::decide::Collect;
use crate::domain::grant::{INSTALMENTS, Line};
use crate::domain::nouns::LineKind;
use std::collections::BTreeSet;

/// What a column of twelve digits with two places holds, fen.
const MOST: i64 = 999_999_999_999;

/// One amount as typed.
pub(super) fn amount(out: &mut Collect, field: &'static str, amount: Money) {
    if amount.fen() < 1 {
        out.say(Code::Amount, field, "金额须不小于0.01元，请改正。");
    } else if amount.fen() > MOST {
        out.say(Code::Amount, field, "金额超出9,999,999,999.99元，请核对小数点。");
    }
}

/// The lines of a grant.
pub(super) fn lines(out: &mut Collect, lines: &[Line]) {
    let mut seen = BTreeSet::new();
    for line in lines {
        if !seen.insert(line.line) {
            out.say(Code::Duplicate, "lines", "同一条明细填了两次，请删去一条。");
        }
        if line.after > 0 && (line.kind != LineKind::Money || line.after >= INSTALMENTS) {
            out.say(Code::Amount, "instalments", "只有救助金可以分期，1至12期，每月一期，请改正。");
        }
        match line.kind {
            LineKind::Money => amount(out, "amount", line.amount),
            LineKind::Goods => goods(out, line),
            LineKind::Referral | LineKind::Service => {
                if !line.amount.is_zero() {
                    out.say(Code::Amount, "amount", format!("{}不计金额，请把金额改为0。", line.kind.zh()));
                }
            }
        }
    }
    if lines.iter().map(|line| i128::from(line.amount.fen())).sum::<i128>() > i128::from(MOST) {
        out.say(Code::Amount, "amount", "合计金额超出9,999,999,999.99元，请核对小数点。");
    }
}

/// What is given in an emergency is given at once (四（三）一).
pub(super) fn at_once(out: &mut Collect, lines: &[Line]) {
    if lines.iter().any(|line| line.after > 0) {
        out.say(Code::Amount, "instalments", "急难型一次发放，不分期，请把期数改为1；要分期的按支出型办理。");
    }
}

/// An instalment is not paid before its day.
pub(super) fn not_ahead(out: &mut Collect, line: &Line, decided: Day, on: Day) {
    let due = line.due(decided);
    if on < due {
        let (no, due) = (line.after + 1, due.short_zh());
        out.say(Code::DateOrder, "line", format!("这是第{no}期，{due}起才发放，请到期再办。"));
    }
}

fn goods(out: &mut Collect, line: &Line) {
    let whole = line.goods.as_ref().filter(|goods| {
        !goods.item.trim().is_empty()
            && !goods.unit.trim().is_empty()
            && goods.quantity_milli > 0
            && goods.price.fen() > 0
    });
    match whole.and_then(|goods| goods.value()) {
        Some(value) if value == line.amount => amount(out, "amount", value),
        Some(value) => out.say(
            Code::ValueRequired,
            "goods",
            format!("实物按数量乘单价为{value}元，明细填的是{}元，请改为一致。", line.amount),
        ),
        None => out.say(Code::ValueRequired, "goods", "实物须填品名、单位、数量和单价，折价须到分，请补填。"),
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{goods_line, money_line};
    use super::*;

    fn codes(these: &[Line]) -> Vec<Code> {
        let mut out = Collect::default();
        lines(&mut out, these);
        out.verdicts.iter().map(|verdict| verdict.code).collect()
    }

    #[test]
    fn money_from_one_fen_up() {
        for (fen, refused) in [(1, false), (0, true), (-1, true), (MOST, false), (MOST + 1, true)] {
            assert_eq!(codes(&[money_line(1, fen)]).contains(&Code::Amount), refused, "{fen}");
        }
    }

    #[test]
    fn goods_are_worth_quantity_times_price() {
        assert_eq!(codes(&[goods_line(1, 5_000, 4_001, 20_005)]), vec![]);
        assert_eq!(codes(&[goods_line(1, 5_000, 4_001, 20_006)]), vec![Code::ValueRequired]);
        assert_eq!(codes(&[goods_line(1, 0, 4_001, 0)]), vec![Code::ValueRequired]);
        let mut bare = goods_line(1, 5_000, 4_001, 20_005);
        bare.goods = None;
        assert_eq!(codes(&[bare]), vec![Code::ValueRequired]);
    }

    #[test]
    fn only_money_comes_in_instalments_and_within_a_year() {
        let later = |line: Line, after| Line { after, ..line };
        assert_eq!(codes(&[money_line(1, 5), later(money_line(2, 5), 11)]), vec![]);
        assert_eq!(codes(&[later(money_line(1, 5), 12)]), vec![Code::Amount]);
        assert_eq!(codes(&[later(goods_line(1, 5_000, 4_001, 20_005), 1)]), vec![Code::Amount]);
    }

    #[test]
    fn a_line_stands_once_and_a_referral_is_worth_nothing() {
        assert_eq!(codes(&[money_line(1, 5), money_line(1, 5)]), vec![Code::Duplicate]);
        let mut referral = money_line(1, 5);
        referral.kind = LineKind::Referral;
        assert_eq!(codes(std::slice::from_ref(&referral)), vec![Code::Amount]);
        referral.amount = Money::ZERO;
        assert_eq!(codes(&[referral]), vec![]);
    }
}
