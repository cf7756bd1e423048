//! The reserve fund (备用金, 五（二）): it pays what it holds, by till, and never more. Every movement is a double entry.

use super::{duties, stock};
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::decide::{Collect, Ctx};
use crate::domain::fund::{Account, Till};
use crate::domain::grant::Line;
use crate::domain::nouns::{LineKind, PayBy};

/// The till out of which a line is paid: goods are bought with cash in hand.
pub(super) fn till(line: &Line) -> Till {
    till_of(line.kind, line.pay_by)
}

/// The till of a kind and a channel.
pub(super) fn till_of(kind: LineKind, pay_by: PayBy) -> Till {
    match (kind, pay_by) {
        (LineKind::Money, PayBy::Bank) => Till::Bank,
        _ => Till::Cash,
    }
}

/// What some lines take out of a till.
pub(super) fn taken(lines: &[Line], from: Till) -> Money {
    lines.iter().filter(|line| till(line) == from).map(Line::counts).sum()
}

/// The lines that the tills pay: goods of the township's own store cost nothing any more.
pub(super) fn paid_by_tills(cx: &Ctx<'_>, township: u16, lines: &[Line]) -> Vec<Line> {
    lines.iter().filter(|line| stock::kept(cx, township, line).is_none()).cloned().collect()
}

/// Whether a till holds a sum; where not, the sentence says what is in it.
pub(super) fn check(cx: &Ctx<'_>, out: &mut Collect, township: u16, till: Till, amount: Money) -> bool {
    let balance = cx.answers.balance(Account::Reserve(township, till));
    if amount <= balance {
        return true;
    }
    let short = amount - balance;
    let other = match till {
        Till::Cash => "改为打卡，或先提现、请县局拨入",
        Till::Bank => "改为现金，或请县局拨入",
    };
    out.say(
        Code::FundShort,
        "amount",
        format!(
            "{}备用金{}结余{balance}元，不够支付{amount}元，还差{short}元，请{other}。",
            duties::name_of(township),
            till.zh()
        ),
    );
    false
}

/// [`check`] for lines that are paid together.
pub(super) fn lines(cx: &Ctx<'_>, out: &mut Collect, township: u16, lines: &[Line]) -> bool {
    let mut enough = true;
    for till in [Till::Cash, Till::Bank] {
        let amount = taken(lines, till);
        if !amount.is_zero() {
            enough &= check(cx, out, township, till, amount);
        }
    }
    enough
}

#[cfg(test)]
mod tests {
    use super::super::desk::Desk;
    use super::*;
    use crate::base::money::Money;

    #[test]
    fn a_till_pays_to_the_last_fen_and_no_further() {
        // the desk's township holds 2,000.00 in each till
        let desk = Desk::new();
        desk.ask("1001").with(|cx| {
            for (fen, enough) in [(200_000, true), (200_001, false)] {
                for till in [Till::Cash, Till::Bank] {
                    let mut out = Collect::default();
                    assert_eq!(check(cx, &mut out, 102, till, Money::from_fen(fen)), enough);
                    assert_eq!(out.verdicts.iter().any(|v| v.code == Code::FundShort), !enough);
                }
            }
            let mut out = Collect::default();
            check(cx, &mut out, 102, Till::Cash, Money::from_fen(200_001));
            assert_eq!(
                out.verdicts.first().map(|v| v.sentence.as_str()),
                Some("波罗赤镇备用金现金结余2000.00元，不够支付2000.01元，还差0.01元，请改为打卡，或先提现、请县局拨入。")
            );
        });
    }
}
