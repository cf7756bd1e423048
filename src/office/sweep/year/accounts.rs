//! What has to hold at the end of the year. The log is added up on its own, entry by entry, and every replica is held against
//! it: money is conserved, no account is below zero at any entry, a line is paid once, numbers have no gap, batches are whole,
//! what was acknowledged stands where it was said to, and the figures of each month are the sums of the cases.

use super::county::{County, handler};
use super::seat::Tally;
use crate::base::day::Day;
use crate::base::division;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::fact::Fact;
use crate::domain::fund::{Account, Till, balances};
use crate::domain::ids::{CaseId, LineId, OfficerNo};
use crate::domain::nouns::Fund;
use crate::ledger::{Body, Row};
use crate::office::sweep::Report;
use crate::office::sweep::batches::Batches;
use crate::store::fault::Fault;
use crate::store::replica::Reader;
use std::collections::{BTreeMap, BTreeSet};

/// The log, added up.
#[derive(Default)]
struct Sums {
    accounts: BTreeMap<String, (Account, Money)>,
    /// What was spent, by township and month.
    spent: BTreeMap<(u16, u32), Money>,
    paid: BTreeSet<(CaseId, LineId)>,
    /// The cases in the order in which they were numbered, by township.
    cases: BTreeMap<u16, Vec<(String, CaseId)>>,
    batches: Batches,
}

impl Sums {
    fn take(&mut self, n: u64, fact: &Fact, report: &mut Report) {
        if let Some(wrong) = self.batches.take(fact, false) {
            report.broken.push(format!("第 {n} 条：{wrong}"));
        }
        match fact {
            Fact::CaseOpened { case, number, township, .. } => {
                self.cases.entry(*township).or_default().push((number.clone(), *case));
            }
            Fact::LinePaid { case, line, .. } => {
                let new = self.paid.insert((*case, *line));
                report.hold(new, || format!("第 {n} 条：一笔款发了两次"));
            }
            Fact::LineUnpaid { case, line } => {
                self.paid.remove(&(*case, *line));
            }
            Fact::MoneyMoved { postings, on, .. } => {
                report.hold(balances(postings), || format!("第 {n} 条的收支不平"));
                for posting in postings {
                    let sum = self
                        .accounts
                        .entry(posting.account.to_string())
                        .or_insert((posting.account, Money::ZERO));
                    sum.1 += posting.amount;
                    let below = posting.account.is_cash() && sum.1.is_negative();
                    report.hold(!below, || format!("第 {n} 条之后 {} 为负", posting.account));
                    if let Account::Spent(township) = posting.account {
                        *self.spent.entry((township, on.month())).or_default() += posting.amount;
                    }
                }
            }
            _ => {}
        }
    }

    fn of(&self, wanted: impl Fn(Account) -> bool) -> Money {
        self.accounts.values().filter(|(account, _)| wanted(*account)).map(|(_, sum)| *sum).sum()
    }
}

/// Holds everything against everything.
///
/// # Errors
/// The machine's.
pub(super) fn hold(county: &mut County, tally: &Tally, report: &mut Report) -> Result<(), Fault> {
    let officer = OfficerNo::from("9000");
    county.office.pull(&officer)?;
    let rows = county.office.engine().entries().after(0, usize::MAX)?;
    let mut sums = Sums::default();
    for row in &rows {
        let body = Body::from_text(&row.body).map_err(|_| Fault::bug(format!("第 {} 条读不懂", row.n)))?;
        for value in body.facts {
            match serde_json::from_value(value) {
                Ok(fact) => sums.take(row.n, &fact, report),
                Err(error) => report.broken.push(format!("第 {} 条读不懂：{error}", row.n)),
            }
        }
        if let Some(wrong) = sums.batches.left(&sums.accounts) {
            report.broken.push(format!("第 {} 条之后：{wrong}", row.n));
        }
    }
    told(tally, &rows, report);
    numbers(&sums, report);
    conserved(&sums, report);
    desks(county, report)?;
    let reader = county.office.desk().replica().reader()?;
    months(&reader, &sums, report)?;
    let marks = reader.open_marks()?;
    report.hold(marks.is_empty(), || format!("有违规标记：{} {}", marks[0].n, marks[0].sentence));
    for checked in reader.books()? {
        report.hold(checked.bad.is_empty(), || format!("{}：{:?}", checked.check.zh, checked.bad.first()));
    }
    let (sent, answered) = sums.batches.done;
    report.lines.push(format!(
        "记录 {} 条，提交批次 {sent} 个，回盘 {answered} 个；支出 {} 元，{} 笔",
        rows.len(),
        sums.of(|account| matches!(account, Account::Spent(_))),
        sums.paid.len()
    ));
    for what in
        ["打卡", "报县局", "先行救助", "已付补记", "镇批", "县批", "提交批次", "读回盘", "补手续", "监盘"]
    {
        report.hold(tally.work.contains_key(what), || format!("一次也没有{what}：这一年说明不了什么"));
    }
    Ok(())
}

/// What was said to be done stands where it was said to, and nothing else does.
fn told(tally: &Tally, rows: &[Row], report: &mut Report) {
    let places: BTreeMap<_, _> = rows.iter().map(|row| (row.cid, row.n)).collect();
    for (cid, n) in &tally.done {
        let stands = places.get(cid).copied();
        report.hold(stands == Some(*n), || format!("说 {cid} 在第 {n} 条，实为 {stands:?}"));
    }
    let done: BTreeSet<_> = tally.done.iter().map(|(cid, _)| *cid).collect();
    let silent = tally.given.iter().filter(|cid| !done.contains(cid) && places.contains_key(cid)).count();
    report.hold(silent == 0, || format!("{silent} 条没有办成的指令在日志里"));
    let settled = done.len() as u64 + tally.refused_orders;
    let given = tally.given.len() as u64;
    report.hold(settled == given, || format!("给了 {given} 条指令，有结果的 {settled} 条"));
}

/// Every township's numbers are 1, 2, 3 and so on.
fn numbers(sums: &Sums, report: &mut Report) {
    for (township, cases) in &sums.cases {
        for ((number, _), nth) in cases.iter().zip(1..) {
            let right = format!("26-{township:03}-{nth:04}");
            report.hold(*number == right, || format!("应为 {right}，实为 {number}"));
        }
    }
    report.hold(sums.cases.len() == division::townships().len(), || "有乡镇没有一件".to_owned());
}

/// What came from the treasury and the county is somewhere.
fn conserved(sums: &Sums, report: &mut Report) {
    let all: Money = sums.accounts.values().map(|(_, sum)| *sum).sum();
    report.hold(all.is_zero(), || format!("全部账户合计 {all} 元"));
    let came = -sums.of(|account| matches!(account, Account::Treasury | Account::County));
    let spent = sums.of(|account| matches!(account, Account::Spent(_)));
    let held = sums.of(Account::is_cash);
    let owed = sums.of(|account| matches!(account, Account::Outlay(..)));
    report.hold(came == spent + held + owed, || {
        format!("来 {came} 元；支出 {spent}，结存 {held}，应付垫付 {owed}")
    });
}

/// Every desk holds the same, and knows the same.
fn desks(county: &mut County, report: &mut Report) -> Result<(), Fault> {
    let head = county.office.desk().head_n()?;
    let digest = county.office.desk().replica().digest()?;
    let who = handler(division::townships().first().map_or(0, |township| township.code));
    for (nth, seat) in (1..).zip(&mut county.seats) {
        drop(seat.sit(&who)?);
        let same = seat.desk.head_n()? == head && seat.desk.replica().digest()? == digest;
        report.hold(same, || format!("第 {nth} 台办公桌与别的不同"));
    }
    Ok(())
}

/// The figures that screens and sheets show of months and of the year, beside the payments of all cases and the log's sums.
fn months(reader: &Reader, sums: &Sums, report: &mut Report) -> Result<(), Fault> {
    let mut by_case: BTreeMap<(u16, u32), Money> = BTreeMap::new();
    for (township, cases) in &sums.cases {
        for payment in cases.iter().flat_map(|(_, case)| reader.payments(*case)) {
            *by_case.entry((*township, payment.at.day().month())).or_default() += payment.amount;
        }
    }
    report.hold(by_case == sums.spent, || "各月支出与办件付款之和不符".to_owned());
    let mut all = Money::ZERO;
    for township in division::townships().iter().map(|township| township.code) {
        let cases: Money = by_case.iter().filter(|((of, _), _)| *of == township).map(|(_, sum)| *sum).sum();
        all += cases;
        let year = reader.year_sums(Some(township), 2026)?;
        report.hold(year.spent == cases, || format!("{township} 全年 {}，办件之和 {cases}", year.spent));
        let opened = sums.cases.get(&township).map_or(0, Vec::len);
        report.hold(usize::try_from(year.accepted) == Ok(opened), || {
            format!("{township} 受理 {}，实为 {opened} 件", year.accepted)
        });
        tills(reader, sums, township, report)?;
    }
    let year = reader.year_sums(None, 2026)?.spent;
    report.hold(year == all, || format!("全县全年 {year}，办件之和 {all}"));
    sources(reader, sums, report)
}

/// A township's ledger runs on from month to month, to what the log adds up to.
fn tills(reader: &Reader, sums: &Sums, township: u16, report: &mut Report) -> Result<(), Fault> {
    let mut before = Money::ZERO;
    for month in 1..=12 {
        let ledger = reader.reserve_month(township, 2026, month)?;
        let opening = ledger.opening_cash + ledger.opening_bank;
        let closing = ledger.closing_cash + ledger.closing_bank;
        let rows: Money = ledger.rows.iter().map(|row| row.amount).sum();
        let runs = opening == before && opening + rows == closing;
        report.hold(runs, || format!("{township} {month} 月：期初 {opening}，各笔 {rows}，期末 {closing}"));
        before = closing;
    }
    let held =
        sums.of(|account| matches!(account, Account::Reserve(of, Till::Cash | Till::Bank) if of == township));
    report.hold(before == held, || format!("{township} 年末 {before}，逐条相加 {held}"));
    Ok(())
}

/// So do the county's sources, and what is committed is what stands approved and unpaid.
fn sources(reader: &Reader, sums: &Sums, report: &mut Report) -> Result<(), Fault> {
    let mut before: BTreeMap<u8, Money> = BTreeMap::new();
    let mut ends = 0;
    for month in 1..=12 {
        let Some(end) = reader.month_end(2026, month)? else { continue };
        for source in &end.sources {
            let opening = before.get(&source.fund.digit()).copied().unwrap_or_default();
            let came = source.arrived + source.returned + source.given_back;
            let moved = came - source.sent_up - source.sent - source.advanced;
            let runs = source.opening == opening && source.opening + moved == source.closing;
            report.hold(runs, || format!("{} {month} 月：{source:?}", source.fund.zh()));
            before.insert(source.fund.digit(), source.closing);
        }
        ends += 1;
    }
    report.hold(ends == 12, || format!("只有 {ends} 个月有月末数"));
    for fund in Fund::ALL {
        let (year, log) = (before.get(&fund.digit()).copied(), sums.of(|of| of == Account::Source(*fund)));
        report.hold(year == Some(log), || format!("{} 年末 {year:?}，逐条相加 {log}", fund.zh()));
    }
    let last = Day::new(2026, 12, 31).and_then(|day| reader.month_end(day.year(), day.month()).transpose());
    let Some(end) = last.transpose()? else { return Ok(()) };
    let waits: Money = reader.to_pay_by_bank()?.iter().map(|row| row.amount).sum();
    report.hold(end.committed >= waits, || format!("已批未付 {}，待发 {waits}", end.committed));
    let way = sums.of(|account| matches!(account, Account::Transit(_)));
    report.hold(end.under_way == way, || format!("在途 {}，逐条相加 {way}", end.under_way));
    Ok(())
}
