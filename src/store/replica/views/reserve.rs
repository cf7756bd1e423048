//! 备用金台账 of a township's month.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::fact::MoveKind;
use crate::domain::fund::{Account, Till};
use crate::domain::ids::{CaseId, OfficerNo};
use crate::domain::nouns::Fund;
use crate::domain::reserve::{ReserveAnswers as _, ReservePlan};
use crate::store::replica::answers::{many, one};
use crate::store::replica::bind::unword;
use crate::store::replica::fault::Result;
use crate::store::replica::views::payout::CashCountRow;
use crate::store::replica::{Ask, Reader, keys};
use rusqlite::Connection;

/// A row: one posting of one till.
#[derive(Clone, PartialEq, Eq)]
pub struct ReserveRow {
    /// The day.
    pub on: Day,
    /// 凭证号.
    pub voucher: String,
    /// 摘要.
    pub why: MoveKind,
    /// 资金来源, where one put the money in or got it back.
    pub fund: Option<Fund>,
    /// The words of the voucher.
    pub text: String,
    /// Which till.
    pub till: Till,
    /// The case.
    pub case: Option<CaseId>,
    /// Its 编号.
    pub case_number: String,
    /// The applicant's name.
    pub name: String,
    /// What came in (more than zero) or went out (less).
    pub amount: Money,
    /// What both tills hold after it.
    pub balance: Money,
    /// Who wrote it.
    pub by: OfficerNo,
}

impl std::fmt::Debug for ReserveRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReserveRow({})", self.voucher)
    }
}

/// A source and the reserve of a township.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceShare {
    /// The source; none: 县级专户, from before sources were named.
    pub fund: Option<Fund>,
    /// What it holds now.
    pub held: Money,
    /// What it put into this reserve and has not got back.
    pub advanced: Money,
}

impl SourceShare {
    /// The word on screens.
    pub fn zh(&self) -> &'static str {
        self.fund.map_or("未注明来源", Fund::zh)
    }

    /// The digit on screens.
    pub fn digit(&self) -> u8 {
        self.fund.map_or(0, Fund::digit)
    }
}

/// What still stands under 应付垫付款.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlayRow {
    /// The case.
    pub case: CaseId,
    /// Its 编号.
    pub number: String,
    /// What is owed, as a positive sum.
    pub owed: Money,
}

/// The ledger of a month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReserveMonth {
    /// The township.
    pub township: u16,
    /// The first day of the month.
    pub first: Day,
    /// 期初 in hand.
    pub opening_cash: Money,
    /// 期初 at the bank.
    pub opening_bank: Money,
    /// The rows in their order.
    pub rows: Vec<ReserveRow>,
    /// 收: what came in from outside both tills.
    pub income: Money,
    /// 支: what went out of both tills.
    pub spending: Money,
    /// 期末 in hand.
    pub closing_cash: Money,
    /// 期末 at the bank.
    pub closing_bank: Money,
    /// 应付垫付款 now.
    pub outlays: Vec<OutlayRow>,
    /// 核定数, and what the township asked for.
    pub plan: ReservePlan,
    /// The last count of its cash.
    pub counted: Option<CashCountRow>,
    /// The sources that hold money now, or put some into this reserve that they have not got back. Donated money never goes in.
    pub sources: Vec<SourceShare>,
    /// 待补手续占用: granted by the township's cases whose papers are open.
    pub papers_open: Money,
}

impl ReserveMonth {
    /// What may be asked for: up to the ceiling, less what is held and what waits for its papers; none without a ceiling.
    pub fn may_ask(&self) -> Option<Money> {
        let ceiling = self.plan.ceiling?;
        Some((ceiling - self.closing() - self.papers_open).max(Money::ZERO))
    }

    /// Whether less than a quarter of the ceiling is left.
    pub fn is_low(&self) -> bool {
        self.plan.ceiling.is_some_and(|ceiling| self.closing().fen() * 4 < ceiling.fen())
    }

    /// 期初 of both tills.
    pub fn opening(&self) -> Money {
        self.opening_cash + self.opening_bank
    }

    /// 期末 of both tills.
    pub fn closing(&self) -> Money {
        self.closing_cash + self.closing_bank
    }
}

fn before(db: &Connection, account: Account, day: Day) -> Result<Money> {
    let sql = "SELECT coalesce(sum(amount), 0) FROM posting WHERE account = ?1 AND on_day < ?2";
    Ok(one(db, sql, (account, day), |row| row.get(0))?.unwrap_or_default())
}

fn rows(db: &Connection, township: u16, first: Day, next: Day) -> Result<Vec<ReserveRow>> {
    let sql =
        "SELECT posting.on_day, voucher.voucher, voucher.why, coalesce(voucher.text, ''), posting.account,
         voucher.case_id, coalesce(cases.number, ''), coalesce(private.name, ''), posting.amount, voucher.by,
         (SELECT other.account FROM posting AS other WHERE other.seq = posting.seq AND other.account GLOB 'source:*'
           LIMIT 1)
       FROM posting CROSS JOIN voucher ON voucher.seq = posting.seq
       LEFT JOIN cases ON cases.id = voucher.case_id
       LEFT JOIN person_private AS private ON private.person = cases.person
       WHERE posting.account IN (?1, ?2) AND posting.on_day >= ?3 AND posting.on_day < ?4
       ORDER BY posting.on_day, posting.seq, posting.pos";
    let tills = (Account::Reserve(township, Till::Cash), Account::Reserve(township, Till::Bank));
    Ok(many(db, sql, (tills.0, tills.1, first, next), |row| {
        let account: Account = row.get(4)?;
        let other: Option<Account> = row.get(10)?;
        Ok(ReserveRow {
            on: row.get(0)?,
            voucher: row.get(1)?,
            why: unword(row.get(2)?)?,
            fund: match other {
                Some(Account::Source(fund)) => Some(fund),
                _ => None,
            },
            text: row.get(3)?,
            till: if matches!(account, Account::Reserve(_, Till::Bank)) { Till::Bank } else { Till::Cash },
            case: row.get(5)?,
            case_number: row.get(6)?,
            name: row.get(7)?,
            amount: row.get(8)?,
            balance: Money::ZERO,
            by: row.get(9)?,
        })
    })?)
}

impl Reader {
    /// The ledger of a township's month.
    ///
    /// # Errors
    /// SQLite's.
    pub fn reserve_month(&self, township: u16, year: i32, month: u32) -> Result<ReserveMonth> {
        let db = self.db();
        let first = Day::new(year, month, 1).unwrap_or(Day::EPOCH);
        let next = Day::new(year + i32::from(month == 12), month % 12 + 1, 1).unwrap_or(first);
        let (cash, bank) = (Account::Reserve(township, Till::Cash), Account::Reserve(township, Till::Bank));
        let mut out = ReserveMonth {
            township,
            first,
            opening_cash: before(db, cash, first)?,
            opening_bank: before(db, bank, first)?,
            rows: rows(db, township, first, next)?,
            income: Money::ZERO,
            spending: Money::ZERO,
            closing_cash: before(db, cash, next)?,
            closing_bank: before(db, bank, next)?,
            outlays: self.outlays(township)?,
            plan: self.reserve_plan(township),
            counted: self.cash_counts(township, Day::EPOCH, next.plus(-1))?.pop(),
            sources: self.shares(township),
            papers_open: Money::ZERO,
        };
        let mut running = out.opening();
        for row in &mut out.rows {
            running += row.amount;
            row.balance = running;
            match row.why {
                // between the two tills: neither income nor spending
                MoveKind::Withdrawn | MoveKind::Deposited => {}
                // what is turned round lowers what was spent
                MoveKind::Paid | MoveKind::Repaid | MoveKind::GivenBack | MoveKind::Reversed => {
                    out.spending += -row.amount;
                }
                // what somebody gave back lowers no expenditure here: it may be of an earlier year
                MoveKind::Allotted | MoveKind::HandedBack | MoveKind::Recovered => out.income += row.amount,
                // movements of the county's sources touch no till
                MoveKind::Arrived | MoveKind::SentUp | MoveKind::Sent | MoveKind::Returned => {}
            }
        }
        let sql = "SELECT coalesce(sum(granted), 0) FROM cases
           WHERE township = ?1 AND id IN (SELECT case_id FROM item WHERE done IS NULL)";
        out.papers_open = one(db, sql, [township], |row| row.get(0))?.unwrap_or_default();
        Ok(out)
    }

    fn shares(&self, township: u16) -> Vec<SourceShare> {
        let share = |fund: Option<Fund>| SourceShare {
            fund,
            held: fund.map_or(Money::ZERO, |fund| self.balance(Account::Source(fund))),
            advanced: self.advanced(township, fund),
        };
        let named = Fund::ALL.iter().filter(|fund| **fund != Fund::Donated).map(|fund| Some(*fund));
        let all = named.chain([None]).map(share);
        all.filter(|one| !one.held.is_zero() || !one.advanced.is_zero()).collect()
    }

    /// What a township still owes to those who paid out of pocket.
    ///
    /// # Errors
    /// SQLite's.
    pub fn outlays(&self, township: u16) -> Result<Vec<OutlayRow>> {
        let prefix = format!("outlay:{township:03}:");
        let sql = "SELECT balance.case_id, coalesce(cases.number, ''), -balance.fen
           FROM balance LEFT JOIN cases ON cases.id = balance.case_id
           WHERE account >= ?1 AND account < ?2 AND fen < 0 AND balance.case_id IS NOT NULL ORDER BY account";
        Ok(many(self.db(), sql, (&prefix, keys::end(&prefix)), |row| {
            Ok(OutlayRow { case: row.get(0)?, number: row.get(1)?, owed: row.get(2)? })
        })?)
    }
}
