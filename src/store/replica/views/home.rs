//! 工作台: how much waits for whom, and the year so far.

use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::fund::{Account, Till};
use crate::domain::ids::OfficerNo;
use crate::domain::nouns::Stage;
use crate::store::replica::answers::{funds, many, one};
use crate::store::replica::bind::people_of;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader, keys};
use rusqlite::{Connection, Params};
use std::collections::BTreeSet;

/// How many wait, and since or until when the first does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pile {
    /// 件数.
    pub count: u32,
    /// The earliest day: since when cases wait, until when papers and ratifications are due.
    pub earliest: Option<Day>,
}

/// Leads that are not ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeadPile {
    /// All open ones.
    pub open: u32,
    /// Those with nobody at the person yet.
    pub unanswered: u32,
    /// Those of them whose clock has run out.
    pub late: u32,
    /// The clock that runs out first, of the unanswered.
    pub first_due: Option<Stamp>,
}

/// What waits for a township's handler.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HandlerHome {
    /// 在办.
    pub open: Pile,
    /// 已退回.
    pub returned: Pile,
    /// 已报批, with an approver.
    pub submitted: Pile,
    /// 待补手续: papers open, with the earliest due day.
    pub papers: Pile,
    /// Those of them that are late today.
    pub late_papers: u32,
    /// 线索.
    pub leads: LeadPile,
    /// 已批准 and not paid.
    pub unpaid: Pile,
    /// 待追认.
    pub awaiting: Pile,
}

/// What waits for a township's approver.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ApproverHome {
    /// 待审批.
    pub to_approve: Pile,
    /// 线索; the late ones have gone up to the county.
    pub leads: LeadPile,
    /// 逾期未补的手续 of the township.
    pub late_papers: Pile,
    /// Authorisations that he gave and nobody used yet.
    pub authorisations: u32,
    /// 待追认 of the township.
    pub awaiting: Pile,
}

/// What waits for the county.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CountyHome {
    /// 待审批.
    pub to_approve: Pile,
    /// 待追认, with the earliest due day.
    pub ratifications: Pile,
    /// 逾期未补的手续, county-wide.
    pub late_papers: Pile,
    /// 线索; the late ones are the county's.
    pub leads: LeadPile,
    /// 例外 that wait.
    pub exceptions: u32,
    /// Marks that nobody settled.
    pub marks: u32,
    /// 报市待批.
    pub at_city: Pile,
}

/// Findings that wait for an office's answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FindingPile {
    /// 待整改, with the earliest due day.
    pub waiting: Pile,
    /// Those of them that are late.
    pub late: u32,
    /// 待核实: the supervisor's turn.
    pub answered: u32,
}

/// What the supervisor looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SupervisorHome {
    /// Marks that nobody settled.
    pub marks: u32,
    /// 例外 and 待追认 that wait.
    pub exceptions: u32,
    /// Warnings overridden this year.
    pub overridden: u32,
    /// 逾期未补的手续, county-wide.
    pub late_papers: Pile,
    /// Findings.
    pub findings: FindingPile,
}

/// The year so far, of one township or all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct YearSums {
    /// 受理.
    pub accepted: u32,
    /// 户次: grants of this office, imported rows not counted.
    pub household_times: u32,
    /// 人次.
    pub person_times: u32,
    /// 户, each once.
    pub households: u32,
    /// 人, each once.
    pub people: u32,
    /// 支出.
    pub spent: Money,
    /// 备用金 in hand; of all townships together for the county.
    pub cash: Money,
    /// 备用金 at the bank.
    pub bank: Money,
}

fn pile(db: &Connection, sql: &'static str, params: impl Params) -> Result<Pile> {
    let found = one(db, sql, params, |row| {
        let since: Option<Stamp> = row.get(1)?;
        Ok(Pile { count: row.get(0)?, earliest: since.map(Stamp::day) })
    })?;
    Ok(found.unwrap_or_default())
}

fn due_pile(db: &Connection, sql: &'static str, params: impl Params) -> Result<Pile> {
    let found = one(db, sql, params, |row| Ok(Pile { count: row.get(0)?, earliest: row.get(1)? }))?;
    Ok(found.unwrap_or_default())
}

fn number(db: &Connection, sql: &'static str, params: impl Params) -> Result<u32> {
    Ok(one(db, sql, params, |row| row.get(0))?.unwrap_or(0))
}

fn mine(db: &Connection, officer: &OfficerNo, stage: Stage) -> Result<Pile> {
    pile(
        db,
        "SELECT count(*), min(stage_since) FROM cases WHERE handler = ?1 AND stage = ?2",
        (officer, stage),
    )
}

fn staged(db: &Connection, stage: Stage, township: u16) -> Result<Pile> {
    pile(
        db,
        "SELECT count(*), min(stage_since) FROM cases WHERE stage = ?1 AND township = ?2",
        (stage, township),
    )
}

fn leads(db: &Connection, township: Option<u16>, now: Stamp) -> Result<LeadPile> {
    let sql = match township {
        Some(_) => {
            "SELECT count(*), sum(answered IS NULL), sum(answered IS NULL AND due_visit < ?1),
               min(CASE WHEN answered IS NULL THEN due_visit END)
             FROM lead WHERE ended IS NULL AND township = ?2"
        }
        None => {
            "SELECT count(*), sum(answered IS NULL), sum(answered IS NULL AND due_visit < ?1),
               min(CASE WHEN answered IS NULL THEN due_visit END)
             FROM lead INDEXED BY lead_open WHERE ended IS NULL AND ?2 IS NULL"
        }
    };
    let found = one(db, sql, (now, township), |row| {
        Ok(LeadPile {
            open: row.get(0)?,
            unanswered: row.get::<_, Option<u32>>(1)?.unwrap_or(0),
            late: row.get::<_, Option<u32>>(2)?.unwrap_or(0),
            first_due: row.get(3)?,
        })
    })?;
    Ok(found.unwrap_or_default())
}

/// Late papers, of one township or all.
fn late_papers(db: &Connection, township: Option<u16>, today: Day) -> Result<Pile> {
    due_pile(
        db,
        "SELECT count(DISTINCT item.case_id), min(item.due) FROM item CROSS JOIN cases ON cases.id = item.case_id
         WHERE item.done IS NULL AND item.due < ?1 AND (?2 IS NULL OR cases.township = ?2)",
        (today, township),
    )
}

impl Reader {
    /// What waits for a handler.
    ///
    /// # Errors
    /// SQLite's.
    pub fn handler_home(&self, officer: &OfficerNo, township: u16, now: Stamp) -> Result<HandlerHome> {
        let db = self.db();
        let open = "SELECT count(DISTINCT case_id), min(due) FROM item WHERE handler = ?1 AND done IS NULL";
        let late =
            "SELECT count(DISTINCT case_id) FROM item WHERE handler = ?1 AND done IS NULL AND due < ?2";
        Ok(HandlerHome {
            open: mine(db, officer, Stage::Open)?,
            returned: mine(db, officer, Stage::Returned)?,
            submitted: mine(db, officer, Stage::Submitted)?,
            papers: due_pile(db, open, [officer])?,
            late_papers: number(db, late, (officer, now.day()))?,
            leads: leads(db, Some(township), now)?,
            unpaid: mine(db, officer, Stage::Approved)?,
            awaiting: mine(db, officer, Stage::AwaitingRatification)?,
        })
    }

    /// What waits for a township's approver.
    ///
    /// # Errors
    /// SQLite's.
    pub fn approver_home(&self, officer: &OfficerNo, township: u16, now: Stamp) -> Result<ApproverHome> {
        let db = self.db();
        let to_approve =
            "SELECT count(*), min(stage_since) FROM cases WHERE stage = ?1 AND township = ?2 AND tier = 1";
        Ok(ApproverHome {
            to_approve: pile(db, to_approve, (Stage::Submitted, township))?,
            leads: leads(db, Some(township), now)?,
            late_papers: late_papers(db, Some(township), now.day())?,
            authorisations: number(
                db,
                "SELECT count(*) FROM authority WHERE by = ?1 AND used = 0",
                [officer],
            )?,
            awaiting: staged(db, Stage::AwaitingRatification, township)?,
        })
    }

    /// What waits for the county.
    ///
    /// # Errors
    /// SQLite's.
    pub fn county_home(&self, now: Stamp) -> Result<CountyHome> {
        let db = self.db();
        let to_approve = "SELECT count(*), min(stage_since) FROM cases WHERE stage = ?1 AND tier = 2";
        let at_city = "SELECT count(*), min(stage_since) FROM cases WHERE stage = ?1";
        Ok(CountyHome {
            to_approve: pile(db, to_approve, [Stage::Submitted])?,
            ratifications: due_pile(
                db,
                "SELECT count(*), min(due) FROM ratification WHERE done_n IS NULL",
                [],
            )?,
            late_papers: late_papers(db, None, now.day())?,
            leads: leads(db, None, now)?,
            exceptions: number(db, "SELECT count(*) FROM exception WHERE settled_n IS NULL", [])?,
            marks: number(db, "SELECT count(*) FROM mark WHERE settled_n IS NULL", [])?,
            at_city: pile(db, at_city, [Stage::AtCity])?,
        })
    }

    /// Findings of one township or, for the county, of all; those about a case only for whoever may know the case.
    ///
    /// # Errors
    /// SQLite's.
    pub fn finding_pile(&self, township: Option<u16>, cases: bool, today: Day) -> Result<FindingPile> {
        let office = township.map(crate::domain::office::Office::Township);
        let sql = "SELECT coalesce(sum(state = 1), 0), min(CASE WHEN state = 1 THEN due END),
             coalesce(sum(state = 1 AND due < ?2), 0), coalesce(sum(state = 2), 0)
           FROM finding WHERE state < 3 AND (?1 IS NULL OR office = ?1) AND (?3 OR case_id IS NULL)";
        let found = one(self.db(), sql, (office, today, cases), |row| {
            let waiting = Pile { count: row.get(0)?, earliest: row.get(1)? };
            Ok(FindingPile { waiting, late: row.get(2)?, answered: row.get(3)? })
        })?;
        Ok(found.unwrap_or_default())
    }

    /// What the supervisor looks at.
    ///
    /// # Errors
    /// SQLite's.
    pub fn supervisor_home(&self, now: Stamp) -> Result<SupervisorHome> {
        let db = self.db();
        let year = Stamp::at(now.day(), 0, 0).0 - 365 * 24 * 3_600_000;
        let waits = "SELECT (SELECT count(*) FROM exception WHERE settled_n IS NULL)
           + (SELECT count(*) FROM ratification WHERE done_n IS NULL)";
        Ok(SupervisorHome {
            marks: number(db, "SELECT count(*) FROM mark WHERE settled_n IS NULL", [])?,
            exceptions: number(db, waits, [])?,
            overridden: number(db, "SELECT count(*) FROM noted WHERE kind = 1 AND at >= ?1", [year])?,
            late_papers: late_papers(db, None, now.day())?,
            findings: self.finding_pile(None, true, now.day())?,
        })
    }

    /// The year so far, of one township or, for the county, of all.
    ///
    /// # Errors
    /// SQLite's.
    pub fn year_sums(&self, township: Option<u16>, year: i32) -> Result<YearSums> {
        let db = self.db();
        let (first, last) = (format!("{year:04}-01-01"), format!("{year:04}-12-31"));
        let accepted = "SELECT count(*) FROM cases WHERE year = ?1 AND (?2 IS NULL OR township = ?2)";
        let mut sums = YearSums { accepted: number(db, accepted, (year, township))?, ..YearSums::default() };
        let sql = "SELECT coalesce(cases.household, cases.person), grant_.people
           FROM cases CROSS JOIN grant_ ON grant_.src = unhex('43' || hex(cases.id))
           WHERE cases.decided_on BETWEEN ?1 AND ?2 AND (?3 IS NULL OR cases.township = ?3)";
        let helped = many(db, sql, (&first, &last, township), |row| {
            Ok((row.get::<_, Vec<u8>>(0)?, row.get::<_, Vec<u8>>(1)?))
        })?;
        let mut people = BTreeSet::new();
        let mut households = BTreeSet::new();
        for (household, helped) in helped {
            let helped = people_of(&helped);
            sums.household_times += 1;
            sums.person_times += u32::try_from(helped.len()).unwrap_or(u32::MAX);
            people.extend(helped);
            households.insert(household);
        }
        sums.people = u32::try_from(people.len()).unwrap_or(u32::MAX);
        sums.households = u32::try_from(households.len()).unwrap_or(u32::MAX);
        let (from, to) = match township {
            Some(township) => {
                let account = Account::Spent(township).to_string();
                (account.clone(), account)
            }
            None => ("spent:".to_owned(), keys::end("spent:")),
        };
        // Account by account, so that each is a short read of its year.
        let sql = "SELECT coalesce(sum(amount), 0) FROM balance CROSS JOIN posting USING (account)
           WHERE account BETWEEN ?1 AND ?2 AND on_day BETWEEN ?3 AND ?4";
        sums.spent = one(db, sql, (from, to, &first, &last), |row| row.get(0))?.unwrap_or_default();
        let townships: Vec<u16> = match township {
            Some(township) => vec![township],
            None => crate::base::division::townships().iter().map(|township| township.code).collect(),
        };
        for township in townships {
            sums.cash += funds::balance(db, Account::Reserve(township, Till::Cash))?;
            sums.bank += funds::balance(db, Account::Reserve(township, Till::Bank))?;
        }
        Ok(sums)
    }
}
