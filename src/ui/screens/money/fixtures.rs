//! Invented batches, lines and sources for the tests of these screens.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::command::payout::{ReadReturn, ReturnRow};
use crate::domain::ids::{AccountId, BatchId, CaseId, LineId, OfficerNo};
use crate::domain::nouns::{BatchState, Fund, Payee, ReturnReason};
use crate::domain::payout::{Batch, BatchLine as Line, LineEnd};
use crate::office::front::money::desk::{
    BatchLine, BatchView, BatchesView, Compared, RosterLine, SourcesView, WaitingView, YearEndView,
};
use crate::office::front::money::files::{FilesView, Preview, PreviewRow, ReturnFile};
use crate::store::replica::views::money::{Checked, OpenAdvance, PayLine, SourceSpan, TillRow};
use crate::store::replica::views::monthly::{OpenMonth, WhyOpen};
use crate::store::replica::views::payout::{BatchRow, SourceMonth};
use crate::ui::product::Reply;
use crate::ui::product::money::MoneyReply;
use std::collections::BTreeSet;

/// The officer who looks.
pub const ME: &str = "9006";

pub fn today() -> Day {
    Day::new(2026, 11, 23).unwrap()
}

pub fn yuan(yuan: i64) -> Money {
    Money::from_fen(yuan * 100)
}

pub fn reply(reply: MoneyReply) -> Reply {
    Reply::Money(Box::new(reply))
}

fn row(id: u8, state: BatchState, by: &str, returned: i64) -> BatchRow {
    BatchRow {
        id: BatchId([id; 16]),
        number: format!("P26-{id:03}"),
        bank: "县农信联社".to_owned(),
        fund: Fund::Central,
        state,
        opened: today().plus(-i64::from(id)),
        by: by.into(),
        count: 4,
        total: yuan(1_485),
        returned: yuan(returned),
    }
}

/// A batch at every state; the open one is another's, so that it is blind.
pub fn batches() -> BatchesView {
    let line = |row: BatchRow, blind: bool| {
        let (count, total) = if blind { (0, Money::ZERO) } else { (row.count, row.total) };
        BatchLine { row: BatchRow { count, total, ..row }, by: "尹桂玲".to_owned(), blind }
    };
    BatchesView {
        me: ME.into(),
        finance: true,
        today: today(),
        rows: vec![
            line(row(5, BatchState::Open, "9003", 0), true),
            line(row(4, BatchState::Checked, ME, 0), false),
            line(row(3, BatchState::Sent, "9003", 0), false),
            line(row(2, BatchState::Returned, "9003", 410), false),
            line(row(1, BatchState::Dropped, "9003", 0), false),
        ],
    }
}

pub fn line(id: u8, name: &str, fen: i64, change: impl FnOnce(&mut PayLine)) -> PayLine {
    let mut line = PayLine {
        case: CaseId([id; 16]),
        line: LineId([id; 16]),
        number: format!("26-102-{id:04}"),
        township: 102,
        name: name.to_owned(),
        amount: Money::from_fen(fen),
        decided: Some(today().plus(-3)),
        decided_by: Some("9103".into()),
        account: Some(AccountId([id; 16])),
        payee: Some(Payee::Self_),
        holder: name.to_owned(),
        tail: format!("000000{id:02}"),
        bank: "县农信联社".to_owned(),
        checked: Checked::Sound,
        refused: None,
        marked: false,
        ahead: None,
        since: Some(today().plus(-3)),
    };
    change(&mut line);
    line
}

/// Two that can be paid, one of them doubtful, and one of every kind that cannot.
pub fn waiting() -> WaitingView {
    WaitingView {
        today: today(),
        me: ME.into(),
        finance: true,
        bank: "县农信联社".to_owned(),
        free: Vec::new(),
        rows: vec![
            line(1, "王福生", 38_000, |_| {}),
            line(2, "李秀珍", 25_050, |line| line.checked = Checked::Doubtful),
            line(3, "赵德发", 46_000, |line| {
                (line.payee, line.holder) = (Some(Payee::Child), "赵小军".to_owned());
                line.checked = Checked::NoDigit;
            }),
            line(4, "周玉兰", 28_000, |line| line.refused = Some(ReturnReason::NameDiffers)),
            line(5, "吴光亮", 30_000, |line| {
                (line.account, line.payee, line.checked) = (None, None, Checked::Missing);
                (line.holder, line.tail, line.bank) = Default::default();
            }),
            line(6, "温桂莲", 41_000, |line| line.marked = true),
            line(7, "区志强", 15_000, |line| line.decided_by = Some(ME.into())),
        ],
    }
}

/// A batch of four that the bank answered: two paid, one of them given back in part, two sent back.
pub fn batch(state: BatchState) -> BatchView {
    let answered = state == BatchState::Returned;
    let ends = [
        LineEnd::Paid,
        LineEnd::Returned(ReturnReason::AccountClosed),
        LineEnd::Paid,
        LineEnd::Returned(ReturnReason::NameDiffers),
    ];
    let names = ["王福生", "李秀珍", "赵德发", "周玉兰"];
    let fen = [32_000, 41_000, 27_550, 48_000];
    let mut rows = Vec::new();
    for (at, ((end, name), fen)) in ends.into_iter().zip(names).zip(fen).enumerate() {
        let id = u8::try_from(at + 1).unwrap();
        rows.push(RosterLine {
            seq: id.into(),
            case: CaseId([id; 16]),
            line: LineId([id; 16]),
            number: format!("26-102-{id:04}"),
            holder: name.to_owned(),
            payee: Payee::Self_,
            bank: "县农信联社".to_owned(),
            tail: format!("000000{id:02}"),
            amount: Money::from_fen(fen),
            end: answered.then_some(end),
            corrected: id == 2,
            again: (id == 2).then(|| "P26-005".to_owned()),
            given_back: if id == 3 { yuan(100) } else { Money::ZERO },
        });
    }
    let lines = rows.iter().map(|row| Line {
        case: row.case,
        line: row.line,
        account: AccountId([9; 16]),
        amount: row.amount,
        end: row.end,
    });
    let batch = Batch {
        id: BatchId([3; 16]),
        number: "P26-003".to_owned(),
        bank: "县农信联社".to_owned(),
        fund: Fund::Central,
        state,
        opened: today().plus(-5),
        by: "9003".into(),
        checked_by: Some(ME.into()),
        sent_by: Some("9003".into()),
        sent: Some(today().plus(-4)),
        file: None,
        lines: lines.collect(),
    };
    let names = ["尹桂玲".to_owned(), "佟雅琴".to_owned(), "尹桂玲".to_owned()];
    BatchView { batch, names, blind: false, finance: true, rows }
}

pub fn files() -> FilesView {
    FilesView {
        folder: "/data/desk/returns".to_owned(),
        number: "P26-003".to_owned(),
        files: vec![ReturnFile {
            name: "回盘_练习批次.csv".to_owned(),
            path: "/data/desk/returns/回盘_练习批次.csv".to_owned(),
            size: 172,
        }],
        templates: vec!["县农行.toml".to_owned()],
    }
}

/// The file that answers [`batch`], with the second row's sum as the file has it.
pub fn preview(second: Money) -> Preview {
    let sent = batch(BatchState::Returned);
    let rows: Vec<PreviewRow> = sent
        .rows
        .iter()
        .map(|row| PreviewRow {
            row: row.seq + 2,
            seq: row.seq,
            number: row.number.clone(),
            holder: row.holder.clone(),
            sent: Some(row.amount),
            amount: if row.seq == 2 { second } else { row.amount },
            returned: match row.end {
                Some(LineEnd::Returned(why)) => Some(why),
                _ => None,
            },
        })
        .collect();
    let read = ReadReturn {
        batch: BatchId([3; 16]),
        file: "ab".repeat(32),
        rows: rows
            .iter()
            .map(|row| ReturnRow { row: row.row, seq: row.seq, amount: row.amount, returned: row.returned })
            .collect(),
    };
    Preview {
        number: "P26-003".to_owned(),
        file: "回盘_练习批次.csv".to_owned(),
        read,
        rows,
        refused: Vec::new(),
    }
}

fn source(fund: Fund, yuans: [i64; 6]) -> SourceMonth {
    let [opening, arrived, sent, returned, sent_up, closing] = yuans.map(yuan);
    let (given_back, advanced) = (Money::ZERO, opening + arrived + returned - sent - sent_up - closing);
    SourceMonth { fund, opening, arrived, sent_up, sent, returned, given_back, advanced, closing }
}

fn months() -> Vec<SourceMonth> {
    vec![
        source(Fund::Central, [200_000, 50_000, 2_575, 280, 0, 247_705]),
        source(Fund::Province, [0; 6]),
        source(Fund::City, [0; 6]),
        source(Fund::County, [50_000, 0, 0, 0, 10_000, 37_000]),
        source(Fund::Donated, [10_000, 0, 0, 0, 0, 10_000]),
    ]
}

fn spans() -> Vec<SourceSpan> {
    let span = |moved: SourceMonth| SourceSpan {
        committed: if moved.fund == Fund::Central { yuan(720) } else { Money::ZERO },
        under_way: if moved.fund == Fund::Central { yuan(1_485) } else { Money::ZERO },
        paid: if moved.fund == Fund::Central { yuan(810) } else { Money::ZERO },
        moved,
    };
    months().into_iter().map(span).collect()
}

pub fn sources(finance: bool) -> SourcesView {
    SourcesView {
        month: (2026, 11),
        monthly: months(),
        yearly: spans(),
        under_way: yuan(1_485),
        committed: yuan(2_510),
        blind: BTreeSet::new(),
        closed: None,
        finance,
        confirms: true,
        compared: vec![
            Compared {
                fund: Fund::County,
                ours: yuan(9_000),
                theirs: Some(yuan(9_500)),
                by: OfficerNo::from("9003"),
                on: today().plus(-3),
                confirmed: Some((OfficerNo::from("9006"), today().plus(-1))),
                explained: "财政11月30日拨入500元，凭证次月到".to_owned(),
            },
            Compared {
                fund: Fund::Donated,
                ours: yuan(700),
                theirs: None,
                by: OfficerNo::from("9006"),
                on: today().plus(-1),
                confirmed: None,
                explained: String::new(),
            },
        ],
        open: vec![
            OpenMonth { year: 2026, month: 10, fund: Fund::Province, why: WhyOpen::Missing },
            OpenMonth { year: 2026, month: 11, fund: Fund::County, why: WhyOpen::Differs },
            OpenMonth { year: 2026, month: 11, fund: Fund::Donated, why: WhyOpen::Unconfirmed },
        ],
        today: today(),
    }
}

/// Looked at on a day.
pub fn year_end(today: Day) -> YearEndView {
    YearEndView {
        year: 2026,
        today,
        closed: None,
        unpaid: waiting().rows,
        live: batches().rows.into_iter().take(3).collect(),
        advances: vec![OpenAdvance {
            number: "26-103-0044".to_owned(),
            township: 103,
            amount: yuan(300),
            on: Some(today.plus(-9)),
        }],
        tills: vec![
            TillRow {
                township: 102,
                cash: yuan(3_700),
                bank: yuan(18_000),
                counted: Some((today.plus(-2), yuan(3_690), yuan(3_700))),
            },
            TillRow { township: 103, cash: yuan(4_000), bank: yuan(20_000), counted: None },
        ],
        sources: spans(),
        finance: true,
    }
}
