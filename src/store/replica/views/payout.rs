//! Paying out by bank: batches, the roster of one (F17), what waits to be paid, returns (F18), children's accounts for the
//! county's list, counts of cash, and the month's figures of every source for reconciling with 财政.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{AccountId, BatchId, CaseId, LineId, OfficerNo};
use crate::domain::nouns::{AccountKind, BatchState, Fund, PayBy, Payee, ReturnReason, Stage};
use crate::domain::payout::Batch;
use crate::store::replica::answers::{many, one, payout};
use crate::store::replica::fault::Result;
use crate::store::replica::views::monthly::ReconciledRow;
use crate::store::replica::{Ask, Reader};

/// A batch in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BatchRow {
    /// The id.
    pub id: BatchId,
    /// 批次号.
    pub number: String,
    /// The paying bank.
    pub bank: String,
    /// The source.
    pub fund: Fund,
    /// How far it is.
    pub state: BatchState,
    /// The day it was built.
    pub opened: Day,
    /// Who built it.
    pub by: OfficerNo,
    /// How many lines.
    pub count: u32,
    /// Their sum.
    pub total: Money,
    /// What the bank sent back of it.
    pub returned: Money,
}

/// A row of a batch's roster (F17).
#[derive(Clone, PartialEq, Eq)]
pub struct RosterRow {
    /// 序号, from 1.
    pub seq: u32,
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
    /// His id number.
    pub id_no: String,
    /// Who takes the money.
    pub payee: Payee,
    /// What kind of account.
    pub kind: AccountKind,
    /// 户名.
    pub holder: String,
    /// 账号.
    pub account: String,
    /// 开户行.
    pub bank: String,
    /// How much.
    pub amount: Money,
    /// Which instalment of how many it is, where the grant is paid in several.
    pub instalment: Option<(u32, u32)>,
    /// Why it came back, where it did.
    pub returned: Option<ReturnReason>,
}

/// Names and numbers stay out of logs.
impl std::fmt::Debug for RosterRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RosterRow({} {})", self.seq, self.number)
    }
}

/// A line that came back (F18), and what became of it.
#[derive(Clone, PartialEq, Eq)]
pub struct ReturnedRow {
    /// 序号 in the batch it came back from.
    pub seq: u32,
    /// The case.
    pub case: CaseId,
    /// 编号.
    pub number: String,
    /// How much.
    pub amount: Money,
    /// Why.
    pub reason: ReturnReason,
    /// Whether another account was noted since.
    pub corrected: bool,
    /// The number of that account, where this desk can read it.
    pub account: String,
    /// The batch it went into afterwards, where it did.
    pub again: Option<String>,
}

/// Numbers stay out of logs.
impl std::fmt::Debug for ReturnedRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReturnedRow({} {})", self.seq, self.number)
    }
}

/// A line that is approved and waits to be paid by bank.
#[derive(Clone, PartialEq, Eq)]
pub struct ToPayRow {
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
    /// The account, where one is noted.
    pub account: Option<AccountId>,
    /// Why the bank sent money back from it.
    pub refused: Option<ReturnReason>,
    /// The first day of an instalment; none of what is paid at once.
    pub due: Option<Day>,
}

impl ToPayRow {
    /// Whether it can go into a batch on a day.
    pub fn is_ready(&self, today: Day) -> bool {
        self.account.is_some() && self.refused.is_none() && self.is_due(today)
    }

    /// Whether its day has come, where it is an instalment.
    pub fn is_due(&self, today: Day) -> bool {
        self.due.is_none_or(|due| due <= today)
    }
}

/// Names stay out of logs.
impl std::fmt::Debug for ToPayRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ToPayRow({})", self.number)
    }
}

/// An account of a child for one of the old, as the county's list shows it.
#[derive(Clone, PartialEq, Eq)]
pub struct ChildAccountRow {
    /// The case.
    pub case: CaseId,
    /// The day it was noted.
    pub on: Day,
    /// Who allowed it.
    pub by: OfficerNo,
    /// 编号.
    pub number: String,
    /// The township.
    pub township: u16,
    /// The person helped.
    pub name: String,
    /// 户名.
    pub holder: String,
    /// The relation, GB/T 4761.
    pub relation: String,
    /// The letter.
    pub letter: String,
    /// What was granted; before that, what is asked.
    pub amount: Money,
}

/// Names stay out of logs.
impl std::fmt::Debug for ChildAccountRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ChildAccountRow({})", self.number)
    }
}

/// A count of a township's cash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CashCountRow {
    /// The day.
    pub on: Day,
    /// Who keeps the cash.
    pub keeper: OfficerNo,
    /// Who counted it.
    pub by: OfficerNo,
    /// What there was.
    pub counted: Money,
    /// What there should have been.
    pub book: Money,
}

/// A source's month, for reconciling with 财政: opening plus what came in, less what went out, is the closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SourceMonth {
    /// The source.
    pub fund: Fund,
    /// What it held before the month.
    pub opening: Money,
    /// 到账.
    pub arrived: Money,
    /// 上缴.
    pub sent_up: Money,
    /// What went to banks.
    pub sent: Money,
    /// 退汇.
    pub returned: Money,
    /// 主动退回.
    pub given_back: Money,
    /// 拨备用金: what it put into townships' reserves, less what it got back of them.
    pub advanced: Money,
    /// What it holds after the month.
    pub closing: Money,
}

impl SourceMonth {
    /// Its figures in the order of its fields.
    pub fn sums(&self) -> [Money; 8] {
        let (moved, back) = ([self.opening, self.arrived, self.sent], [self.returned, self.given_back]);
        let [opening, arrived, sent] = moved;
        let [returned, given_back] = back;
        [opening, arrived, sent, self.advanced, returned, given_back, self.sent_up, self.closing]
    }
}

/// What a month-end reconciliation needs beside the sources.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MonthEnd {
    /// Every source.
    pub sources: Vec<SourceMonth>,
    /// 在途 after the month: sent, and the bank has not answered.
    pub under_way: Money,
    /// 已批未付 now: what is committed and not paid, by bank.
    pub committed: Money,
    /// What was compared with 财政.
    pub compared: Vec<ReconciledRow>,
}

impl Reader {
    /// Batches by their number, the newest first; of one state or all.
    ///
    /// # Errors
    /// SQLite's.
    pub fn batches(&self, state: Option<BatchState>) -> Result<Vec<BatchRow>> {
        let states: Vec<BatchState> = state.map_or_else(|| BatchState::ALL.to_vec(), |state| vec![state]);
        let mut all = Vec::new();
        for state in states {
            let sql = "SELECT b.id, b.number, b.bank, b.fund, b.state, b.opened, b.by, count(l.pos),
                 coalesce(sum(l.amount), 0), coalesce(sum(l.amount) FILTER (WHERE l.ended = 2), 0)
               FROM batch b LEFT JOIN batch_line l ON l.batch = b.id WHERE b.state = ?1 GROUP BY b.id";
            all.extend(many(self.db(), sql, [state], |row| {
                Ok(BatchRow {
                    id: row.get(0)?,
                    number: row.get(1)?,
                    bank: row.get(2)?,
                    fund: row.get(3)?,
                    state: row.get(4)?,
                    opened: row.get(5)?,
                    by: row.get(6)?,
                    count: row.get(7)?,
                    total: row.get(8)?,
                    returned: row.get(9)?,
                })
            })?);
        }
        all.sort_by(|a: &BatchRow, b| b.number.cmp(&a.number));
        Ok(all)
    }

    /// A batch by its number.
    ///
    /// # Errors
    /// SQLite's.
    pub fn batch_of_number(&self, number: &str) -> Result<Option<Batch>> {
        let found = one(self.db(), "SELECT id FROM batch WHERE number = ?1", [number], |row| row.get(0))?;
        match found {
            Some(id) => Ok(payout::batch(self.db(), id)?),
            None => Ok(None),
        }
    }

    /// F17 of a batch, in the order of its file, with the accounts as they were when it was built.
    ///
    /// # Errors
    /// SQLite's.
    pub fn roster(&self, batch: BatchId) -> Result<Vec<RosterRow>> {
        let sql = "SELECT l.pos, l.case_id, l.line, c.number, c.township, coalesce(q.name, ''), coalesce(q.id_no, ''),
             a.payee, a.kind, coalesce(a.holder, ''), coalesce(a.number, ''), coalesce(a.bank, ''), l.amount, l.reason,
             coalesce((SELECT g.after FROM line g WHERE g.case_id = l.case_id AND g.part = 2 AND g.line = l.line), 0),
             coalesce((SELECT max(g.after) FROM line g WHERE g.case_id = l.case_id AND g.part = 2), 0)
           FROM batch_line l JOIN cases c ON c.id = l.case_id
           JOIN account a ON a.id = l.account AND a.case_id = l.case_id
           LEFT JOIN person_private q ON q.person = c.person WHERE l.batch = ?1 ORDER BY l.pos";
        Ok(many(self.db(), sql, [batch], |row| {
            // An instalment is paid so many months after the first.
            let (after, last): (u32, u32) = (row.get(14)?, row.get(15)?);
            Ok(RosterRow {
                seq: row.get(0)?,
                case: row.get(1)?,
                line: row.get(2)?,
                number: row.get(3)?,
                township: row.get(4)?,
                name: row.get(5)?,
                id_no: row.get(6)?,
                payee: row.get(7)?,
                kind: row.get(8)?,
                holder: row.get(9)?,
                account: row.get(10)?,
                bank: row.get(11)?,
                amount: row.get(12)?,
                instalment: (last > 0).then(|| (after.saturating_add(1), last.saturating_add(1))),
                returned: row.get(13)?,
            })
        })?)
    }

    /// F18 of a batch: what came back of it, why, and what became of it.
    ///
    /// # Errors
    /// SQLite's.
    pub fn returns(&self, batch: BatchId) -> Result<Vec<ReturnedRow>> {
        let sql = "SELECT l.pos, l.case_id, c.number, l.amount, l.reason,
             (SELECT a.id FROM account a WHERE a.case_id = l.case_id ORDER BY a.seq DESC LIMIT 1) IS NOT l.account,
             coalesce((SELECT a.number FROM account a WHERE a.case_id = l.case_id ORDER BY a.seq DESC LIMIT 1), ''),
             (SELECT max(b.number) FROM batch_line o JOIN batch b ON b.id = o.batch
                WHERE o.case_id = l.case_id AND o.line = l.line AND o.batch <> l.batch AND b.state <> 5
                  AND b.number > (SELECT number FROM batch WHERE id = l.batch))
           FROM batch_line l JOIN cases c ON c.id = l.case_id
           WHERE l.batch = ?1 AND l.ended = 2 AND l.reason IS NOT NULL ORDER BY l.pos";
        Ok(many(self.db(), sql, [batch], |row| {
            Ok(ReturnedRow {
                seq: row.get(0)?,
                case: row.get(1)?,
                number: row.get(2)?,
                amount: row.get(3)?,
                reason: row.get(4)?,
                corrected: row.get(5)?,
                account: if row.get(5)? { row.get(6)? } else { String::new() },
                again: row.get(7)?,
            })
        })?)
    }

    /// What is approved and unpaid and goes by bank and is in no live batch, by 编号.
    ///
    /// # Errors
    /// SQLite's.
    pub fn to_pay_by_bank(&self) -> Result<Vec<ToPayRow>> {
        let sql = "SELECT c.id, l.line, c.number, c.township, coalesce(q.name, ''), l.amount, c.decided_on, a.id, r.reason, l.due
           FROM cases c JOIN line l ON l.case_id = c.id AND l.part = 2 AND l.kind = 1 AND l.pay_by = ?2
           LEFT JOIN person_private q ON q.person = c.person
           LEFT JOIN account a ON a.seq = (SELECT max(seq) FROM account WHERE case_id = c.id)
           LEFT JOIN account_refused r ON r.account = a.id
           WHERE c.stage = ?1 AND c.provisional = 0
             AND l.line NOT IN (SELECT line FROM line_paid WHERE line_paid.case_id = c.id)
             AND NOT EXISTS (SELECT 1 FROM batch_line o JOIN batch b ON b.id = o.batch
               WHERE o.case_id = c.id AND b.state IN (1, 2, 3))
           ORDER BY c.number, l.pos";
        Ok(many(self.db(), sql, (Stage::Approved, PayBy::Bank), |row| {
            Ok(ToPayRow {
                case: row.get(0)?,
                line: row.get(1)?,
                number: row.get(2)?,
                township: row.get(3)?,
                name: row.get(4)?,
                amount: row.get(5)?,
                decided: row.get(6)?,
                account: row.get(7)?,
                refused: row.get(8)?,
                due: row.get(9)?,
            })
        })?)
    }

    /// The accounts of children that were noted from a day to a day, for the county's list.
    ///
    /// # Errors
    /// SQLite's.
    pub fn child_accounts(&self, from: Day, to: Day) -> Result<Vec<ChildAccountRow>> {
        let sql = "SELECT a.on_day, a.by, c.number, c.township, coalesce(q.name, ''), coalesce(a.holder, ''),
             coalesce(a.relation, ''), coalesce(a.letter, ''), c.id,
             CASE WHEN c.way IS NULL THEN c.asked ELSE c.granted END
           FROM account a JOIN cases c ON c.id = a.case_id LEFT JOIN person_private q ON q.person = c.person
           WHERE a.payee = 6 AND a.on_day >= ?1 AND a.on_day <= ?2 ORDER BY a.on_day, a.seq";
        Ok(many(self.db(), sql, (from, to), |row| {
            Ok(ChildAccountRow {
                on: row.get(0)?,
                by: row.get(1)?,
                number: row.get(2)?,
                township: row.get(3)?,
                name: row.get(4)?,
                holder: row.get(5)?,
                relation: row.get(6)?,
                letter: row.get(7)?,
                case: row.get(8)?,
                amount: row.get(9)?,
            })
        })?)
    }

    /// The same of a calendar year, or all.
    ///
    /// # Errors
    /// SQLite's.
    pub fn child_accounts_of(&self, year: Option<i32>) -> Result<Vec<ChildAccountRow>> {
        let first = year.and_then(|year| Day::new(year, 1, 1)).unwrap_or(Day::EPOCH);
        let last = Day::new(year.unwrap_or(9999), 12, 31).unwrap_or(Day::EPOCH);
        self.child_accounts(first, last)
    }

    /// The counts of a township's cash from a day to a day.
    ///
    /// # Errors
    /// SQLite's.
    pub fn cash_counts(&self, township: u16, from: Day, to: Day) -> Result<Vec<CashCountRow>> {
        let sql = "SELECT on_day, keeper, by, counted, book FROM cash_count
           WHERE township = ?1 AND on_day >= ?2 AND on_day <= ?3 ORDER BY on_day, seq";
        Ok(many(self.db(), sql, (township, from, to), |row| {
            Ok(CashCountRow {
                on: row.get(0)?,
                keeper: row.get(1)?,
                by: row.get(2)?,
                counted: row.get(3)?,
                book: row.get(4)?,
            })
        })?)
    }

    /// The figures of a month, for reconciling with 财政; none for a month that there is not.
    ///
    /// # Errors
    /// SQLite's.
    pub fn month_end(&self, year: i32, month: u32) -> Result<Option<MonthEnd>> {
        let after = if month == 12 { Day::new(year + 1, 1, 1) } else { Day::new(year, month + 1, 1) };
        let (Some(first), Some(next)) = (Day::new(year, month, 1), after) else { return Ok(None) };
        let sources = self.sources_between(first, next)?;
        let sql = "SELECT coalesce(sum(amount), 0) FROM posting
           WHERE account >= 'transit:' AND account < 'transit;' AND on_day < ?1";
        let under_way = one(self.db(), sql, [next], |row| row.get(0))?.unwrap_or_default();
        let committed = self.to_pay_by_bank()?.iter().map(|row| row.amount).sum::<Money>()
            + self
                .batches(Some(BatchState::Open))?
                .iter()
                .chain(&self.batches(Some(BatchState::Checked))?)
                .map(|row| row.total)
                .sum::<Money>();
        let compared = self.reconciled_of((year, month))?;
        Ok(Some(MonthEnd { sources, under_way, committed, compared }))
    }
}
