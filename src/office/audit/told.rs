//! What facts of cases say beside officers and keys (说法): sums, instalments, goods, blank sheets, links of two records, months
//! of a source. As in [`super::words`], fields are known by their names, so that a kind that joins the log later is told too.
//!
//! It must never tell what is private: facts hold ids and references alone.

use super::words::office;
use crate::base::division;
use crate::base::money::Money;
use crate::domain::fact::MoveKind;
use crate::domain::grant::Line;
use crate::domain::nouns::{Fund, ItemKind, LineKind, Stage};
use crate::domain::office::Tier;
use crate::domain::same::LinkState;
use crate::domain::stock::{Origin, StockWhy, quantity_zh};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

type Fields = Map<String, Value>;

/// Sums by the name of their field.
const SUMS: [(&str, &str); 12] = [
    ("amount_fen", ""),
    ("excess_fen", "多付 "),
    ("total_fen", "合计 "),
    ("paid_fen", "已付 "),
    ("returned_fen", "退汇 "),
    ("counted_fen", "实点 "),
    ("book_fen", "账面 "),
    ("cash_fen", "现金 "),
    ("ours_fen", "本县账 "),
    ("theirs_fen", "财政账 "),
    ("price_fen", "单价 "),
    ("given_fen", "给付 "),
];

/// Adds what these fields say.
pub(super) fn details(fields: &Fields, said: &mut Vec<String>) {
    let text = |name: &str| fields.get(name).and_then(Value::as_str);
    let number = |name: &str| fields.get(name).and_then(Value::as_i64);
    said.extend(
        ["number", "voucher", "blank", "pack"].iter().filter_map(|name| text(name)).map(str::to_owned),
    );
    said.extend(text("store").map(office));
    said.extend(number("township").map(township));
    said.extend(of::<Stage>(fields, "stage").map(|stage| stage.zh().to_owned()));
    said.extend(of::<Tier>(fields, "tier").map(|tier| tier.zh().to_owned()));
    said.extend(link(fields));
    said.extend(of::<Fund>(fields, "fund").map(|fund| fund.zh().to_owned()));
    said.extend(number("month").map(|month| format!("{month} 月")));
    said.extend(stock(fields));
    let moved = fields.get("postings").and(of::<MoveKind>(fields, "why"));
    said.extend(moved.map(|why| why.zh().to_owned()));
    said.extend(of::<ItemKind>(fields, "item").map(|item| item.zh().to_owned()));
    for (name, word) in SUMS {
        said.extend(number(name).map(|fen| format!("{word}{} 元", Money::from_fen(fen).grouped())));
    }
    said.extend(of::<Vec<Line>>(fields, "lines").and_then(|all| lines(&all)));
    said.extend(pad(fields));
    if let Some(agrees) = fields.get("agrees").and_then(Value::as_bool) {
        said.push(if agrees { "同意" } else { "不同意" }.to_owned());
    }
    said.extend(text("on").map(str::to_owned));
    said.extend(text("due").map(|day| format!("期限 {day}")));
}

fn of<T: DeserializeOwned>(fields: &Fields, name: &str) -> Option<T> {
    fields.get(name).and_then(|field| serde_json::from_value(field.clone()).ok())
}

fn township(code: i64) -> String {
    let known = u16::try_from(code).ok().and_then(division::township);
    known.map_or_else(|| format!("乡镇 {code:03}"), |known| known.name.to_owned())
}

/// The first eight characters of an id.
fn short(id: &str) -> &str {
    id.get(..8).unwrap_or(id)
}

/// Two records of one person: how far, and which.
fn link(fields: &Fields) -> Option<String> {
    let state = of::<LinkState>(fields, "state")?;
    let record = |name: &str| fields.get(name).and_then(Value::as_str).map(short);
    match (record("stays"), record("joined")) {
        (Some(stays), Some(joined)) => Some(format!("{}：保留 {stays}，并入 {joined}", state.zh())),
        _ => Some(state.zh().to_owned()),
    }
}

/// Goods of a store: why, how much of what, from where.
fn stock(fields: &Fields) -> Option<String> {
    let item = fields.get("item")?.as_str()?;
    let milli = fields.get("quantity_milli")?.as_i64()?;
    let unit = fields.get("unit").and_then(Value::as_str).unwrap_or_default();
    let why = of::<StockWhy>(fields, "why").map_or("", StockWhy::zh);
    let origin = of::<Origin>(fields, "origin").map_or("", Origin::zh);
    let sign = if milli > 0 { "增" } else { "减" };
    Some(format!("{why} {origin}{item}{sign} {} {unit}", quantity_zh(milli.saturating_abs())))
}

/// A pad by its numbers.
fn pad(fields: &Fields) -> Option<String> {
    let (first, count) = (fields.get("first")?.as_i64()?, fields.get("count")?.as_i64()?);
    Some(format!("自 {first:04} 号起 {count} 张"))
}

/// What lines are worth, and in how many instalments they are paid.
fn lines(all: &[Line]) -> Option<String> {
    let worth = |line: &Line| match &line.goods {
        Some(goods) => {
            let much = quantity_zh(goods.quantity_milli);
            format!("{} {much} {}计 {} 元", goods.item, goods.unit, line.amount.grouped())
        }
        None if line.kind == LineKind::Money => format!("{} 元", line.amount.grouped()),
        None => line.kind.zh().to_owned(),
    };
    let one = |line: &Line| match line.after {
        0 => worth(line),
        months => format!("{months} 个月后 {}", worth(line)),
    };
    let told: Vec<String> = all.iter().map(one).collect();
    let parts = all.iter().filter(|line| line.kind == LineKind::Money).count();
    let begins =
        if all.iter().any(|line| line.after > 0) { format!("分 {parts} 期：") } else { String::new() };
    (!told.is_empty()).then(|| format!("{begins}{}", told.join("、")))
}

#[cfg(test)]
mod tests {
    use super::super::words::of_fact;
    use crate::base::day::Day;
    use crate::base::money::Money;
    use crate::domain::fact::Fact;
    use crate::domain::fact::monthly::{ReconciliationAnswered, SourceReconciled};
    use crate::domain::fact::people::PeopleLinked;
    use crate::domain::fact::stock::{BlankVoided, PadIssued, StockMoved};
    use crate::domain::grant::Line;
    use crate::domain::ids::{CaseId, LineId, MergeId, PersonId};
    use crate::domain::nouns::{Fund, LineKind, PayBy, Payee};
    use crate::domain::office::Office;
    use crate::domain::same::LinkState;
    use crate::domain::stock::{Origin, StockWhy};

    fn told(fact: Fact) -> String {
        of_fact(&serde_json::to_value(fact).unwrap())
    }

    fn day() -> Day {
        Day::new(2026, 3, 2).unwrap()
    }

    #[test]
    fn instalments_are_told_with_their_months() {
        let line = |seed: u8, after| Line {
            line: LineId([seed; 16]),
            kind: LineKind::Money,
            amount: Money::from_fen(15_000),
            goods: None,
            pay_by: PayBy::Bank,
            payee: Payee::Self_,
            after,
        };
        let case = CaseId([1; 16]);
        let asked = Fact::LinesAsked { case, lines: vec![line(1, 0), line(2, 1), line(3, 2)] };
        assert_eq!(told(asked), "申请明细（分 3 期：150.00 元、1 个月后 150.00 元、2 个月后 150.00 元）");
        assert_eq!(told(Fact::LinesAsked { case, lines: vec![line(1, 0)] }), "申请明细（150.00 元）");
    }

    #[test]
    fn two_records_of_one_person_are_told() {
        let linked = |state| PeopleLinked {
            merge: MergeId([1; 16]),
            stays: PersonId([0xab; 16]),
            joined: PersonId([0xcd; 16]),
            state,
            by: "9101".into(),
            reason: None,
        };
        for (state, zh) in [
            (LinkState::Asked, "合并待复核"),
            (LinkState::Joined, "已合并"),
            (LinkState::Parting, "拆分待复核"),
            (LinkState::Parted, "已拆分"),
            (LinkState::Dropped, "不予合并"),
        ] {
            let expected = format!("人员合并（{zh}：保留 abababab，并入 cdcdcdcd）");
            assert_eq!(told(Fact::PeopleLinked(linked(state))), expected);
        }
    }

    #[test]
    fn goods_and_blank_sheets_are_told() {
        let moved = StockMoved {
            store: Office::Township(102),
            why: StockWhy::Issued,
            item: "大米".to_owned(),
            spec: String::new(),
            unit: "袋".to_owned(),
            quantity_milli: -2_500,
            price: Money::from_fen(4_000),
            origin: Origin::Donated,
            on: day(),
            by: "9101".into(),
            case: Some(CaseId([1; 16])),
            line: None,
            transfer: None,
            other: None,
            second: None,
            document: None,
            reason: None,
        };
        let expected = "物资变动（波罗赤镇，发放 捐赠大米减 2.5 袋，单价 40.00 元，2026-03-02）";
        assert_eq!(told(Fact::StockMoved(moved)), expected);
        let pad = PadIssued { township: 102, year: 2026, first: 1, count: 10, on: day(), by: "9101".into() };
        let expected = "空白单领用（2026 年，波罗赤镇，自 0001 号起 10 张，2026-03-02）";
        assert_eq!(told(Fact::PadIssued(pad)), expected);
        let (blank, by) = ("K26-102-0002".to_owned(), "9101".into());
        let void = BlankVoided { blank: blank.clone(), on: day(), by, reason: None };
        assert_eq!(told(Fact::BlankVoided(void)), "空白单作废（K26-102-0002，2026-03-02）");
        let used = Fact::BlankUsed { case: CaseId([1; 16]), blank };
        assert_eq!(told(used), "空白单使用（K26-102-0002）");
    }

    #[test]
    fn a_month_held_against_the_books_of_finance_is_told() {
        let (year, month, fund, on) = (2026, 11, Fund::Central, day());
        let compared = SourceReconciled {
            year,
            month,
            fund,
            ours: Money::from_fen(19_687_450),
            theirs: Money::from_fen(19_687_400),
            on,
            by: "9003".into(),
            explained: None,
        };
        let expected =
            "与财政对账（2026 年，中央补助，11 月，本县账 196,874.50 元，财政账 196,874.00 元，2026-03-02）";
        assert_eq!(told(Fact::SourceReconciled(compared)), expected);
        let answered =
            ReconciliationAnswered { year, month, fund, agrees: true, on, by: "9006".into(), note: None };
        let expected = "确认对账（2026 年，中央补助，11 月，同意，2026-03-02）";
        assert_eq!(told(Fact::ReconciliationAnswered(answered)), expected);
    }
}
