//! Papers of money, from invented batches, months and goods.

use super::Printing;
use super::bank;
use super::reserve;
use super::tests::body;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::fact::MoveKind;
use crate::domain::fund::Till;
use crate::domain::ids::{AccountId, BatchId, CaseId, LineId, OfficerNo};
use crate::domain::nouns::{AccountKind, BatchState, Fund, Payee, ReturnReason};
use crate::domain::payout::{Batch, BatchLine, LineEnd};
use crate::domain::reserve::{Replenish, ReservePlan};
use crate::store::replica::views::money::{GoodsRow, RecoveryRow, SourceSpan};
use crate::store::replica::views::monthly::ReconciledRow;
use crate::store::replica::views::payout::{MonthEnd, ReturnedRow, RosterRow, SourceMonth};
use crate::store::replica::views::reserve::{ReserveMonth, ReserveRow};
use std::collections::{BTreeMap, BTreeSet};

fn day(m: u32, d: u32) -> Day {
    Day::new(2026, m, d).unwrap()
}

fn yuan(text: &str) -> Money {
    Money::parse(text).unwrap()
}

fn printing(practice: bool) -> Printing {
    let names = [("9003", "尹一"), ("9006", "佟二"), ("1021", "韩梅"), ("9001", "苏三")];
    Printing {
        names: names.map(|(no, name)| (OfficerNo::from(no), name.to_owned())).into(),
        people: BTreeMap::new(),
        on: day(3, 9),
        by: "尹一".to_owned(),
        practice,
        held: Default::default(),
    }
}

fn roster() -> Vec<RosterRow> {
    let row = |seq: u8, name: &str, payee: Payee, returned| RosterRow {
        seq: seq.into(),
        case: CaseId([seq; 16]),
        line: LineId([seq; 16]),
        number: format!("26-102-{seq:04}"),
        township: 102,
        name: name.to_owned(),
        id_no: format!("21132119680412{seq:04}"),
        payee,
        kind: AccountKind::Card,
        holder: name.to_owned(),
        account: format!("62999900000000000{seq:02}"),
        bank: "县农信联社".to_owned(),
        amount: Money::from_fen(10_050 * i64::from(seq)),
        instalment: (seq == 2).then_some((2, 6)),
        returned,
    };
    vec![
        row(1, "郑有田", Payee::Self_, None),
        row(2, "孙桂兰", Payee::Child, None),
        row(3, "刘三", Payee::Self_, Some(ReturnReason::AccountClosed)),
    ]
}

fn batch() -> Batch {
    let line = |row: RosterRow| BatchLine {
        case: row.case,
        line: row.line,
        account: AccountId([9; 16]),
        amount: row.amount,
        end: Some(row.returned.map_or(LineEnd::Paid, LineEnd::Returned)),
    };
    Batch {
        id: BatchId([1; 16]),
        number: "P26-007".to_owned(),
        bank: "县农信联社".to_owned(),
        fund: Fund::Central,
        state: BatchState::Returned,
        opened: day(3, 2),
        by: "9003".into(),
        checked_by: Some("9006".into()),
        sent_by: Some("9003".into()),
        sent: Some(day(3, 3)),
        file: None,
        lines: roster().into_iter().map(line).collect(),
    }
}

#[test]
fn f17_stands_as_agreed_and_pays_nobody_in_practice() {
    let printed = bank::roster(&batch(), &roster(), &printing(false));
    assert_eq!(printed.code, "P26-007/F17");
    insta::assert_snapshot!("f17", body(&printed));
    let practice = body(&bank::roster(&batch(), &roster(), &printing(true)));
    assert!(practice.contains("练习0001") && !practice.contains("6299990000000000001"), "{practice}");
}

#[test]
fn f18_says_what_became_of_each() {
    let back = |seq: u8, corrected, again: Option<&str>| ReturnedRow {
        seq: seq.into(),
        case: CaseId([seq; 16]),
        number: format!("26-102-{seq:04}"),
        amount: yuan("301.50"),
        reason: ReturnReason::AccountClosed,
        corrected,
        account: if corrected { format!("62999900000000001{seq:02}") } else { String::new() },
        again: again.map(str::to_owned),
    };
    let rows = vec![back(1, false, None), back(2, true, None), back(3, true, Some("P26-008"))];
    insta::assert_snapshot!("f18", body(&bank::returns(&batch(), &roster(), &rows, &printing(false))));
}

#[test]
fn the_sources_stand_with_room_for_the_books_of_the_treasury() {
    let source = SourceMonth {
        fund: Fund::Central,
        opening: yuan("1000"),
        arrived: yuan("500"),
        sent_up: yuan("100"),
        sent: yuan("300"),
        returned: yuan("30"),
        given_back: yuan("20"),
        advanced: yuan("60"),
        closing: yuan("1090"),
    };
    let compared = ReconciledRow {
        fund: source.fund,
        ours: source.closing,
        theirs: source.closing + yuan("30"),
        on: Day::new(2026, 4, 2).unwrap(),
        by: "9003".into(),
        confirmed: Some(("9006".into(), Day::new(2026, 4, 3).unwrap())),
        explained: "银行手续费退回30元，财政次月入账".to_owned(),
    };
    let (under_way, committed) = (yuan("270"), yuan("400"));
    let found = MonthEnd { sources: vec![source], under_way, committed, compared: vec![compared] };
    let span = SourceSpan { moved: source, committed: yuan("80"), under_way: yuan("270"), paid: Money::ZERO };
    let printed = bank::sources((2026, 3), &found, &[span], &printing(false));
    assert_eq!(printed.code, "26-03/对账");
    insta::assert_snapshot!("month_end", body(&printed));
}

#[test]
fn what_is_spent_is_told_apart_by_its_papers() {
    let posting = |id: u8, why, fen| ReserveRow {
        on: day(3, 2),
        voucher: format!("B03-{id:02}"),
        why,
        fund: matches!(why, MoveKind::Allotted | MoveKind::GivenBack).then_some(Fund::County),
        text: "付211321196804120012本人".to_owned(),
        till: Till::Cash,
        case: Some(CaseId([id; 16])),
        case_number: format!("26-102-{id:04}"),
        name: "郑有田".to_owned(),
        amount: Money::from_fen(fen),
        balance: Money::ZERO,
        by: "1021".into(),
    };
    let month = ReserveMonth {
        township: 102,
        first: day(3, 1),
        opening_cash: yuan("3000"),
        opening_bank: Money::ZERO,
        rows: vec![
            posting(1, MoveKind::Paid, -45_000),
            posting(2, MoveKind::Paid, -30_000),
            posting(3, MoveKind::Allotted, 100_000),
        ],
        income: yuan("1000"),
        spending: yuan("750"),
        closing_cash: yuan("3250"),
        closing_bank: Money::ZERO,
        outlays: Vec::new(),
        plan: ReservePlan {
            ceiling: Some(yuan("10000")),
            asked: Some(Replenish { amount: yuan("6300"), on: day(3, 9), by: "1021".into() }),
        },
        counted: None,
        sources: Vec::new(),
        papers_open: yuan("450"),
    };
    let open = BTreeSet::from([CaseId([1; 16])]);
    let page = body(&reserve::replenish(&month, &open, &printing(false)));
    assert!(!page.contains("211321196804120012"), "no id number on it");
    insta::assert_snapshot!("f16_replenish", page);
}

#[test]
fn f19_lists_goods_with_who_signed() {
    let row = GoodsRow {
        on: day(3, 4),
        number: "26-102-0031".to_owned(),
        name: "郑有田".to_owned(),
        item: "大米25公斤".to_owned(),
        unit: "袋".to_owned(),
        quantity_milli: 2_500,
        price: yuan("60"),
        amount: yuan("150"),
        receipt: "郑有田".to_owned(),
        witness: "刘村主任".to_owned(),
        by: "1021".into(),
        kept: None,
    };
    let kept = Some(("25公斤".to_owned(), crate::domain::stock::Origin::Donated));
    let stored = GoodsRow { item: "大米".to_owned(), kept, ..row.clone() };
    let printed = reserve::goods(102, (2026, 3), &[row, stored], "备用金", &printing(false));
    assert_eq!(printed.code, "26-102-03/F19");
    insta::assert_snapshot!("f19", body(&printed));
}

#[test]
fn f24_says_what_was_false_and_what_came_in() {
    let row = RecoveryRow {
        case: CaseId([1; 16]),
        line: LineId([1; 16]),
        number: "26-102-0031".to_owned(),
        township: 102,
        name: "郑有田".to_owned(),
        amount: yuan("300"),
        paid: yuan("100"),
        on: day(3, 2),
        until: day(4, 1),
        by: "9001".into(),
        reason: "伪造诊断书，医院书面否认。证件211321196804120012".to_owned(),
        came: vec![(day(3, 8), yuan("100"), "收据12号，本人".to_owned())],
    };
    let page = body(&reserve::recovery(&row, &printing(false)));
    assert!(!page.contains("211321196804120012"));
    insta::assert_snapshot!("f24", page);
}
