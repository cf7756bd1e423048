//! Finance's desk: approved lines that wait for a bank with the accounts they go to, what waits at each step of a batch, and
//! the county's sources over any span of days.

use crate::base::account::Account as Number;
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::fact::MoveKind;
use crate::domain::fund::{Account, Till};
use crate::domain::ids::{AccountId, BatchId, CaseId, LineId, OfficerNo};
use crate::domain::nouns::{AccountKind, BatchState, Fund, PayBy, Payee, ReturnReason, Stage, Way};
use crate::domain::stock::Origin;
use crate::store::replica::answers::{many, one};
use crate::store::replica::bind::unword;
use crate::store::replica::bind::word;
use crate::store::replica::fault::Result;
use crate::store::replica::views::home::Pile;
use crate::store::replica::views::payout::SourceMonth;
use crate::store::replica::{Ask, Reader};
use rusqlite::Connection;

/// What the desk finds about the number of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// No account is noted.
    Missing,
    /// The last digit of a card is the check on the others.
    Sound,
    /// It is not: W-LUHN.
    Doubtful,
    /// A passbook or an institution's account has no check digit.
    NoDigit,
}

impl Checked {
    /// What a number says of itself.
    fn of(kind: Option<AccountKind>, number: &str) -> Checked {
        match (kind, Number::parse(number)) {
            (None, _) => Checked::Missing,
            (Some(AccountKind::Card), Ok(number)) if number.luhn_ok() => Checked::Sound,
            (Some(AccountKind::Card), _) => Checked::Doubtful,
            (Some(_), _) => Checked::NoDigit,
        }
    }

    /// The word in lists.
    pub fn zh(self) -> &'static str {
        match self {
            Checked::Missing => "没有账户",
            Checked::Sound => "通过",
            Checked::Doubtful => "末位存疑",
            Checked::NoDigit => "无校验位",
        }
    }
}

/// An approved line that goes by bank and is in no live batch.
#[derive(Clone, PartialEq, Eq)]
pub struct PayLine {
    /// The case.
    pub case: CaseId,
    /// The line.
    pub line: LineId,
    /// 编号.
    pub number: String,
    /// The township.
    pub township: u16,
    /// The person helped.
    pub name: String,
    /// How much.
    pub amount: Money,
    /// The day of the decision.
    pub decided: Option<Day>,
    /// Who decided.
    pub decided_by: Option<OfficerNo>,
    /// The account, where one is noted.
    pub account: Option<AccountId>,
    /// Who takes the money.
    pub payee: Option<Payee>,
    /// 户名.
    pub holder: String,
    /// The account's last eight digits.
    pub tail: String,
    /// 开户行.
    pub bank: String,
    /// What its number says of itself.
    pub checked: Checked,
    /// Why the bank sent money back from it.
    pub refused: Option<ReturnReason>,
    /// A mark stands on the case: nothing may build on it.
    pub marked: bool,
    /// The first day of an instalment that cannot be paid yet.
    pub ahead: Option<Day>,
    /// The day since which it waits: on which it was sent to a bank that did not pay, else of the decision.
    pub since: Option<Day>,
}

impl PayLine {
    /// Why it cannot go into a batch now; none where it can.
    pub fn why_not(&self) -> Option<&'static str> {
        match (self.marked, self.account, self.refused) {
            (true, ..) => Some("违规标记"),
            (_, None, _) => Some("没有账户"),
            (_, _, Some(_)) => Some("退汇待更正"),
            _ => self.ahead.map(|_| "未到期"),
        }
    }

    /// Whether its account is missing or was refused by the bank, and somebody may put it right.
    pub fn wants_account(&self) -> bool {
        !self.marked && (self.account.is_none() || self.refused.is_some())
    }
}

/// Names stay out of logs.
impl std::fmt::Debug for PayLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PayLine({})", self.number)
    }
}

/// What waits at finance's desk, or of it at a township's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MoneyHome {
    /// 待批次: lines that may go into a batch, by the day of the decision.
    pub to_batch: Pile,
    /// 待复核.
    pub to_check: Pile,
    /// 待提交.
    pub to_send: Pile,
    /// 待回盘.
    pub with_bank: Pile,
    /// 退汇 and lines without an account, to be put right.
    pub to_correct: Pile,
    /// 追缴 that is not paid in, by the day it is due.
    pub to_recover: Pile,
}

/// A source over a span of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceSpan {
    /// Its movements.
    pub moved: SourceMonth,
    /// 在批: in batches that are not sent, now.
    pub committed: Money,
    /// 在途: with banks, now.
    pub under_way: Money,
    /// 已付: what banks paid of the batches that were sent in the span.
    pub paid: Money,
}

/// An advance that the final approval has not set off yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenAdvance {
    /// 编号.
    pub number: String,
    /// The township.
    pub township: u16,
    /// How much.
    pub amount: Money,
    /// The day.
    pub on: Option<Day>,
}

/// A township's reserve, and when its cash was counted last.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TillRow {
    /// The township.
    pub township: u16,
    /// In hand.
    pub cash: Money,
    /// At the bank.
    pub bank: Money,
    /// The last count: the day, what was there, what the book said then.
    pub counted: Option<(Day, Money, Money)>,
}

/// 追缴: what is wanted back of a case, and what came in.
#[derive(Clone, PartialEq, Eq)]
pub struct RecoveryRow {
    /// The case.
    pub case: CaseId,
    /// The line.
    pub line: LineId,
    /// 编号.
    pub number: String,
    /// The township.
    pub township: u16,
    /// The person helped.
    pub name: String,
    /// 应追缴.
    pub amount: Money,
    /// 已缴.
    pub paid: Money,
    /// When it was decided.
    pub on: Day,
    /// Until which day.
    pub until: Day,
    /// Who decided.
    pub by: OfficerNo,
    /// What was stated falsely.
    pub reason: String,
    /// What came in: the day, how much, the receipt.
    pub came: Vec<(Day, Money, String)>,
}

impl RecoveryRow {
    /// What is still to be paid in.
    pub fn left(&self) -> Money {
        self.amount - self.paid
    }
}

/// Names stay out of logs.
impl std::fmt::Debug for RecoveryRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RecoveryRow({})", self.number)
    }
}

/// Goods that were handed over (F19).
#[derive(Clone, PartialEq, Eq)]
pub struct GoodsRow {
    /// The day.
    pub on: Day,
    /// 编号.
    pub number: String,
    /// The person helped.
    pub name: String,
    /// 品名.
    pub item: String,
    /// 单位.
    pub unit: String,
    /// 数量, in thousandths.
    pub quantity_milli: i64,
    /// 单价.
    pub price: Money,
    /// 金额.
    pub amount: Money,
    /// Who signed for them.
    pub receipt: String,
    /// Who stood by.
    pub witness: String,
    /// Who handed them over.
    pub by: OfficerNo,
    /// 规格 and where they come from, of goods out of the store; none where they were bought for the case.
    pub kept: Option<(String, Origin)>,
}

/// Names stay out of logs.
impl std::fmt::Debug for GoodsRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GoodsRow({})", self.number)
    }
}

fn pile(lines: impl Iterator<Item = Option<Day>>) -> Pile {
    lines.fold(Pile::default(), |pile, day| Pile {
        count: pile.count + 1,
        earliest: match (pile.earliest, day) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        },
    })
}

impl Reader {
    /// What is approved and unpaid and goes by bank and is in no live batch, by 编号; of one township or all.
    ///
    /// # Errors
    /// SQLite's.
    pub fn pay_lines(&self, township: Option<u16>, today: Day) -> Result<Vec<PayLine>> {
        let sql = "SELECT c.id, l.line, c.number, c.township, coalesce(q.name, ''), l.amount, c.decided_on, c.decided_by,
             a.id, a.payee, a.kind, coalesce(a.holder, ''), coalesce(a.number, ''), coalesce(a.bank, ''), r.reason,
             EXISTS (SELECT 1 FROM mark WHERE mark.case_id = c.id AND mark.settled_n IS NULL),
             (SELECT max(b.sent) FROM batch_line o JOIN batch b ON b.id = o.batch
               WHERE o.case_id = c.id AND o.line = l.line AND o.ended = 2), l.due
           FROM cases c JOIN line l ON l.case_id = c.id AND l.part = 2 AND l.kind = 1 AND l.pay_by = ?2
           LEFT JOIN person_private q ON q.person = c.person
           LEFT JOIN account a ON a.seq = (SELECT max(seq) FROM account WHERE case_id = c.id)
           LEFT JOIN account_refused r ON r.account = a.id
           WHERE c.stage = ?1 AND c.provisional = 0 AND (?3 IS NULL OR c.township = ?3)
             AND l.line NOT IN (SELECT line FROM line_paid WHERE line_paid.case_id = c.id)
             AND NOT EXISTS (SELECT 1 FROM batch_line o JOIN batch b ON b.id = o.batch
               WHERE o.case_id = c.id AND b.state IN (1, 2, 3))
           ORDER BY c.number, l.pos";
        Ok(many(self.db(), sql, (Stage::Approved, PayBy::Bank, township), |row| {
            let (kind, number): (Option<AccountKind>, String) = (row.get(10)?, row.get(12)?);
            let decided: Option<Day> = row.get(6)?;
            let returned: Option<Day> = row.get(16)?;
            let due: Option<Day> = row.get(17)?;
            Ok(PayLine {
                case: row.get(0)?,
                line: row.get(1)?,
                number: row.get(2)?,
                township: row.get(3)?,
                name: row.get(4)?,
                amount: row.get(5)?,
                decided,
                decided_by: row.get(7)?,
                account: row.get(8)?,
                payee: row.get(9)?,
                holder: row.get(11)?,
                tail: Number::parse(&number).map(|known| known.tail8().to_owned()).unwrap_or_default(),
                bank: row.get(13)?,
                checked: Checked::of(kind, &number),
                refused: row.get(14)?,
                marked: row.get(15)?,
                ahead: due.filter(|due| *due > today),
                since: returned.or(due).or(decided),
            })
        })?)
    }

    /// What waits at finance's desk; for a township only what its own handlers put right.
    ///
    /// # Errors
    /// SQLite's.
    pub fn money_home(&self, township: Option<u16>, today: Day) -> Result<MoneyHome> {
        let lines = self.pay_lines(township, today)?;
        // A township may still pay in cash what has no account: only what a bank sent back waits for its handlers.
        let wrong = |line: &&PayLine| line.wants_account() && (township.is_none() || line.refused.is_some());
        let mut home = MoneyHome {
            to_correct: pile(lines.iter().filter(wrong).map(|l| l.since)),
            ..MoneyHome::default()
        };
        let due = self.recoveries(township)?;
        home.to_recover = pile(due.iter().filter(|row| !row.left().is_zero()).map(|row| Some(row.until)));
        if township.is_none() {
            home.to_batch = pile(lines.iter().filter(|line| line.why_not().is_none()).map(|l| l.since));
            let in_state = |state| -> Result<Pile> {
                let sql = "SELECT coalesce(sent, opened) FROM batch WHERE state = ?1";
                Ok(pile(many(self.db(), sql, [state], |row| row.get::<_, Option<Day>>(0))?.into_iter()))
            };
            home.to_check = in_state(BatchState::Open)?;
            home.to_send = in_state(BatchState::Checked)?;
            home.with_bank = in_state(BatchState::Sent)?;
        }
        Ok(home)
    }

    /// Every source from a day to before another.
    ///
    /// # Errors
    /// SQLite's.
    pub fn sources_between(&self, first: Day, next: Day) -> Result<Vec<SourceMonth>> {
        let db = self.db();
        Fund::ALL.iter().map(|fund| source_between(db, *fund, first, next)).collect()
    }

    /// Every source from a day to before another, with what of it is on its way now.
    ///
    /// # Errors
    /// SQLite's.
    pub fn source_spans(&self, first: Day, next: Day) -> Result<Vec<SourceSpan>> {
        let db = self.db();
        let in_state = |fund: Fund, states: [BatchState; 2]| -> Result<Money> {
            let sql = "SELECT coalesce(sum(l.amount), 0) FROM batch b JOIN batch_line l ON l.batch = b.id
               WHERE b.state IN (?2, ?3) AND b.fund = ?1";
            Ok(one(db, sql, (fund, states[0], states[1]), |row| row.get(0))?.unwrap_or_default())
        };
        let paid = |fund: Fund| -> Result<Money> {
            let sql = "SELECT coalesce(sum(l.amount), 0) FROM batch b JOIN batch_line l ON l.batch = b.id
               WHERE b.state = ?4 AND b.fund = ?1 AND l.ended = 1 AND b.sent >= ?2 AND b.sent < ?3";
            Ok(one(db, sql, (fund, first, next, BatchState::Returned), |row| row.get(0))?.unwrap_or_default())
        };
        let mut spans = Vec::new();
        for moved in self.sources_between(first, next)? {
            spans.push(SourceSpan {
                committed: in_state(moved.fund, [BatchState::Open, BatchState::Checked])?,
                under_way: in_state(moved.fund, [BatchState::Sent, BatchState::Sent])?,
                paid: paid(moved.fund)?,
                moved,
            });
        }
        Ok(spans)
    }

    /// The paying bank that was written last; empty before the first batch.
    ///
    /// # Errors
    /// SQLite's.
    pub fn last_paying_bank(&self) -> Result<String> {
        let sql = "SELECT number, bank FROM batch WHERE state = ?1 ORDER BY number DESC LIMIT 1";
        let mut last = (String::new(), String::new());
        for state in BatchState::ALL {
            let found = one(self.db(), sql, [state], |row| Ok((row.get(0)?, row.get(1)?)))?;
            last = found.unwrap_or_default().max(last);
        }
        Ok(last.1)
    }

    /// Whether a year was closed, and on which day.
    ///
    /// # Errors
    /// SQLite's.
    pub fn year_closed_on(&self, year: i32) -> Result<Option<Day>> {
        Ok(one(self.db(), "SELECT on_day FROM year_closed WHERE year = ?1", [year], |row| row.get(0))?)
    }

    /// Advances whose case is not decided yet, by 编号.
    ///
    /// # Errors
    /// SQLite's.
    pub fn open_advances(&self) -> Result<Vec<OpenAdvance>> {
        let sql = "SELECT number, township, granted, decided_on FROM cases
           WHERE stage IN (1, 2, 3, 4, 5, 6, 7) AND way = ?1 AND provisional = 1 ORDER BY number";
        Ok(many(self.db(), sql, [Way::Advance], |row| {
            Ok(OpenAdvance {
                number: row.get(0)?,
                township: row.get(1)?,
                amount: row.get(2)?,
                on: row.get(3)?,
            })
        })?)
    }

    /// 追缴 of one township or all: what is not paid in first, by the day it is due.
    ///
    /// # Errors
    /// SQLite's.
    pub fn recoveries(&self, township: Option<u16>) -> Result<Vec<RecoveryRow>> {
        let sql = "SELECT r.case_id, r.line, c.number, c.township, coalesce(q.name, ''), r.amount, r.paid, r.on_day,
             r.until, r.by, coalesce(r.reason, '')
           FROM recovery r JOIN cases c ON c.id = r.case_id LEFT JOIN person_private q ON q.person = c.person
           WHERE ?1 IS NULL OR c.township = ?1 ORDER BY r.amount = r.paid, r.until, c.number";
        let mut rows = many(self.db(), sql, [township], |row| {
            Ok(RecoveryRow {
                case: row.get(0)?,
                line: row.get(1)?,
                number: row.get(2)?,
                township: row.get(3)?,
                name: row.get(4)?,
                amount: row.get(5)?,
                paid: row.get(6)?,
                on: row.get(7)?,
                until: row.get(8)?,
                by: row.get(9)?,
                reason: row.get(10)?,
                came: Vec::new(),
            })
        })?;
        for row in &mut rows {
            let sql = "SELECT on_day, amount, coalesce(receipt, '') FROM recovery_paid
               WHERE case_id = ?1 AND line = ?2 ORDER BY seq";
            row.came = many(self.db(), sql, (row.case, row.line), |came| {
                Ok((came.get(0)?, came.get(1)?, came.get(2)?))
            })?;
        }
        Ok(rows)
    }

    /// Goods of a township's cases that were handed over from a day to before another, as they were handed over.
    ///
    /// # Errors
    /// SQLite's.
    pub fn goods_given(&self, township: u16, first: Day, next: Day) -> Result<Vec<GoodsRow>> {
        let (from, to) = (Stamp::at(first, 0, 0), Stamp::at(next, 0, 0));
        let sql = "SELECT p.at, c.number, coalesce(q.name, ''), coalesce(l.item, ''), coalesce(l.unit, ''),
             coalesce(l.quantity_milli, 0), coalesce(l.price, 0), p.amount, coalesce(p.receipt, ''),
             coalesce(p.witness, ''), p.by, s.spec, s.origin
           FROM cases c JOIN line_paid p ON p.case_id = c.id AND p.at >= ?2 AND p.at < ?3
           JOIN line l ON l.case_id = p.case_id AND l.line = p.line AND l.part = 2 AND l.kind = 2
           LEFT JOIN stock_taken t ON t.case_id = p.case_id AND t.line = p.line
           LEFT JOIN stock s ON s.store = t.store AND s.item = t.item AND s.unit = t.unit
           LEFT JOIN person_private q ON q.person = c.person
           WHERE c.stage IN (1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12) AND c.township = ?1 ORDER BY p.at, c.number, l.pos";
        Ok(many(self.db(), sql, (township, from, to), |row| {
            let at: Stamp = row.get(0)?;
            Ok(GoodsRow {
                on: at.day(),
                number: row.get(1)?,
                name: row.get(2)?,
                item: row.get(3)?,
                unit: row.get(4)?,
                quantity_milli: row.get(5)?,
                price: row.get(6)?,
                amount: row.get(7)?,
                receipt: row.get(8)?,
                witness: row.get(9)?,
                by: row.get(10)?,
                kept: match row.get::<_, Option<String>>(11)? {
                    Some(spec) => Some((spec, unword(row.get(12)?)?)),
                    None => None,
                },
            })
        })?)
    }

    /// The townships that asked for more and wait, with how much and since when.
    ///
    /// # Errors
    /// SQLite's.
    pub fn replenish_asked(&self) -> Result<Vec<(u16, Money, Day)>> {
        let sql = "SELECT township, amount, on_day FROM replenish ORDER BY on_day, township";
        Ok(many(self.db(), sql, [], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
    }

    /// The reserves of all townships that have or had one, and their last counts.
    ///
    /// # Errors
    /// SQLite's.
    pub fn tills(&self) -> Result<Vec<TillRow>> {
        let db = self.db();
        let held = |account: Account| -> Result<Option<Money>> {
            Ok(one(db, "SELECT fen FROM balance WHERE account = ?1", [account], |row| row.get(0))?)
        };
        let mut rows = Vec::new();
        for township in crate::base::division::townships() {
            let code = township.code;
            let cash = held(Account::Reserve(code, Till::Cash))?;
            let bank = held(Account::Reserve(code, Till::Bank))?;
            let sql = "SELECT on_day, counted, book FROM cash_count WHERE township = ?1
               ORDER BY on_day DESC, seq DESC LIMIT 1";
            let counted = one(db, sql, [code], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
            if cash.is_some() || bank.is_some() || counted.is_some() {
                rows.push(TillRow {
                    township: code,
                    cash: cash.unwrap_or_default(),
                    bank: bank.unwrap_or_default(),
                    counted,
                });
            }
        }
        Ok(rows)
    }

    /// What came back of a batch's lines by themselves (主动退回), by case and line.
    ///
    /// # Errors
    /// SQLite's.
    pub fn given_back_of(&self, batch: BatchId) -> Result<Vec<(CaseId, LineId, Money)>> {
        let sql = "SELECT g.case_id, g.line, sum(g.amount) FROM batch_line l
           JOIN given_back g ON g.case_id = l.case_id AND g.line = l.line
           WHERE l.batch = ?1 GROUP BY g.case_id, g.line";
        Ok(many(self.db(), sql, [batch], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
    }
}

/// One source from a day to before another: opening plus what came in, less what went out, is the closing.
pub(super) fn source_between(db: &Connection, fund: Fund, first: Day, next: Day) -> Result<SourceMonth> {
    let account = Account::Source(fund);
    let before = |day: Day| -> Result<Money> {
        let sql = "SELECT coalesce(sum(amount), 0) FROM posting WHERE account = ?1 AND on_day < ?2";
        Ok(one(db, sql, (account, day), |row| row.get(0))?.unwrap_or_default())
    };
    let within = |why: MoveKind| -> Result<Money> {
        let sql = "SELECT coalesce(sum(p.amount), 0) FROM posting p JOIN voucher v ON v.seq = p.seq
           WHERE p.account = ?1 AND p.on_day >= ?2 AND p.on_day < ?3 AND v.why = ?4";
        Ok(one(db, sql, (account, first, next, word(&why)?), |row| row.get(0))?.unwrap_or_default())
    };
    Ok(SourceMonth {
        fund,
        opening: before(first)?,
        arrived: within(MoveKind::Arrived)?,
        sent_up: -within(MoveKind::SentUp)?,
        sent: -within(MoveKind::Sent)?,
        returned: within(MoveKind::Returned)?,
        given_back: within(MoveKind::HandedBack)? + within(MoveKind::Recovered)?,
        advanced: -(within(MoveKind::Allotted)? + within(MoveKind::GivenBack)?),
        closing: before(next)?,
    })
}
