//! 支出型办理: the open cases of the expenditure path with their clocks and what is missing, and the steps of one case with
//! their words. The words are about people: screens ask [`crate::domain::privacy`] before they show them.

use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::answers::{Answers as _, Case};
use crate::domain::course::Course;
use crate::domain::fact::Fact;
use crate::domain::ids::{CaseId, OfficerNo, PersonId, Text};
use crate::domain::nouns::path::{PathStep, Pause};
use crate::domain::nouns::{Circumstance, Path, Stage};
use crate::domain::office::Tier;
use crate::domain::rules::asked_tier;
use crate::domain::wait::Wait;
use crate::store::replica::answers::{many, one, path};
use crate::store::replica::bind::Village;
use crate::store::replica::fault::{ReplicaFault, Result};
use crate::store::replica::views::home::Pile;
use crate::store::replica::{Ask, Reader};
use std::collections::{BTreeMap, BTreeSet};

/// An open case of the path and where its clock stands.
#[derive(Clone, PartialEq, Eq)]
pub struct PathRow {
    /// The case.
    pub case: CaseId,
    /// 编号.
    pub number: String,
    /// The applicant.
    pub person: PersonId,
    /// 姓名.
    pub name: String,
    /// The township.
    pub township: u16,
    /// The handler.
    pub handler: OfficerNo,
    /// The village.
    pub village: u64,
    /// 情形.
    pub circumstance: Circumstance,
    /// 申请额.
    pub asked: Money,
    /// The stage.
    pub stage: Stage,
    /// Since when it stands in its stage.
    pub since: Stamp,
    /// What it waits for.
    pub wait: Wait,
    /// Whether it was accepted.
    pub accepted: bool,
    /// Until when the applicant brings what is missing.
    pub correct_until: Option<Day>,
    /// The report on means is out.
    pub report_out: bool,
    /// Its sum is the county's to decide.
    pub to_county: bool,
    /// Whose clock runs; none before acceptance.
    pub tier: Option<Tier>,
    /// Its last day; none before acceptance and while it stands still.
    pub due: Option<Day>,
    /// How many working days are left while it stands still.
    pub left: u32,
    /// Why it stands still.
    pub still: BTreeSet<Pause>,
    /// The last day of the notice that hangs.
    pub notice_until: Option<Day>,
    /// Objections that nobody settled.
    pub objections: usize,
    /// The next step.
    pub next: Option<PathStep>,
}

impl PathRow {
    /// Whether its last day is past.
    pub fn late(&self, today: Day) -> bool {
        self.due.is_some_and(|due| due < today)
    }

    /// The day that somebody looks at first: the clock's, else until when something is brought or hangs.
    pub fn first_due(&self) -> Option<Day> {
        self.due.or(self.correct_until).or(self.notice_until)
    }
}

impl std::fmt::Debug for PathRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PathRow({})", self.number)
    }
}

/// What was done of the path of one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PathFile {
    /// What the steps add up to.
    pub course: Course,
    /// The steps as they were entered.
    pub entered: Vec<EnteredStep>,
    /// Its sum is the county's to decide.
    pub to_county: bool,
    /// The names of those who entered them.
    pub names: BTreeMap<OfficerNo, String>,
}

/// A step as it was entered.
#[derive(Clone, PartialEq, Eq)]
pub struct EnteredStep {
    /// The entry.
    pub n: u64,
    /// When it happened, by its paper.
    pub on: Day,
    /// When it was entered.
    pub at: Stamp,
    /// By whom.
    pub by: OfficerNo,
    /// What it holds.
    pub fact: Fact,
    /// Its words by slot, where this desk can read them.
    pub words: BTreeMap<Text, String>,
}

impl std::fmt::Debug for EnteredStep {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "EnteredStep({} {})", self.n, self.on)
    }
}

impl Reader {
    /// The undecided cases of the path, of one township or all, of one handler or all; those due first come first, those
    /// whose clock stands still or does not run yet behind them.
    ///
    /// # Errors
    /// SQLite's.
    pub fn path_work(
        &self,
        township: Option<u16>,
        handler: Option<&OfficerNo>,
        today: Day,
    ) -> Result<Vec<PathRow>> {
        let sql = "SELECT cases.id, number, cases.person, coalesce(private.name, ''), township, handler, stage, circumstance,
             case_clock.tier, case_clock.due, coalesce(left_days, 0), coalesce(still, '[]'), asked, village, stage_since
           FROM cases INDEXED BY cases_by_stage
           LEFT JOIN person_private AS private ON private.person = cases.person
           LEFT JOIN case_clock ON case_clock.case_id = cases.id
           WHERE stage IN (?1, ?2, ?3) AND path = ?4 AND (?5 IS NULL OR township = ?5) AND (?6 IS NULL OR handler = ?6)
           ORDER BY case_clock.due IS NULL, case_clock.due, number, cases.id";
        let bound = (Stage::Open, Stage::Submitted, Stage::Returned, Path::Expenditure, township, handler);
        let mut rows = many(self.db(), sql, bound, |row| {
            let made = PathRow {
                case: row.get(0)?,
                number: row.get(1)?,
                person: row.get(2)?,
                name: row.get(3)?,
                township: row.get(4)?,
                handler: row.get(5)?,
                village: row.get::<_, Village>(13)?.0,
                circumstance: row.get(7)?,
                asked: row.get(12)?,
                stage: row.get(6)?,
                since: row.get(14)?,
                wait: Wait::Acceptance,
                accepted: false,
                correct_until: None,
                report_out: false,
                to_county: false,
                tier: row.get(8)?,
                due: row.get(9)?,
                left: row.get(10)?,
                still: BTreeSet::new(),
                notice_until: None,
                objections: 0,
                next: None,
            };
            Ok((made, row.get::<_, String>(11)?))
        })?;
        for (row, still) in &mut rows {
            row.still = serde_json::from_str(still).map_err(|_| ReplicaFault::Unreadable)?;
            let course = path::course(self.db(), row.case)?;
            row.to_county = row.tier == Some(Tier::County) || self.goes_to_county(row.case, today);
            row.next = course.missing(PathStep::NoticeEnd, row.circumstance, row.to_county).first().copied();
            row.wait = Wait::of(&course, row.stage, row.circumstance, row.to_county, today);
            row.accepted = course.accepted.is_some();
            let told = course.told.last().filter(|_| course.correcting());
            row.correct_until = told.map(|told| told.until);
            row.report_out = course.asked.is_some();
            row.objections = course.open_objections();
            row.notice_until =
                course.notice.filter(|_| course.notice_ended.is_none()).map(|notice| notice.until);
        }
        Ok(rows.into_iter().map(|(row, ..)| row).collect())
    }

    /// Whether the sum that a case asks is the county's to decide.
    fn goes_to_county(&self, case: CaseId, today: Day) -> bool {
        self.case(case).is_some_and(|case| asked_tier(self, &case, today) > Tier::Township)
    }

    /// What was done of the path of a case; none on the emergency path with no step of it.
    ///
    /// # Errors
    /// SQLite's.
    pub fn path_file(&self, case: &Case, today: Day) -> Result<Option<PathFile>> {
        let entered = self.path_steps(case.id)?;
        // What follows a decision belongs to both paths.
        let after = |step: &EnteredStep| {
            matches!(step.fact, Fact::ResultDelivered(_) | Fact::FollowedUp(_) | Fact::HardshipNoted(_))
        };
        if case.path != Path::Expenditure && entered.iter().all(after) {
            return Ok(None);
        }
        let course = path::course(self.db(), case.id)?;
        let to_county = asked_tier(self, case, today) > Tier::Township;
        let mut names = BTreeMap::new();
        for step in &entered {
            let name = self.officer(&step.by).map(|officer| officer.name).unwrap_or_default();
            names.insert(step.by.clone(), name);
        }
        Ok(Some(PathFile { course, entered, to_county, names }))
    }

    /// How many undecided cases of the path there are and the first last day, of one township or all; and how many are late.
    ///
    /// # Errors
    /// SQLite's.
    pub fn path_pile(&self, township: Option<u16>, today: Day) -> Result<(Pile, u32)> {
        let sql = "SELECT count(*), min(case_clock.due), coalesce(sum(case_clock.due < ?6), 0)
           FROM cases INDEXED BY cases_by_stage LEFT JOIN case_clock ON case_clock.case_id = cases.id
           WHERE stage IN (?1, ?2, ?3) AND path = ?4 AND (?5 IS NULL OR township = ?5)";
        let bound = (Stage::Open, Stage::Submitted, Stage::Returned, Path::Expenditure, township, today);
        let found = one(self.db(), sql, bound, |row| {
            Ok((Pile { count: row.get(0)?, earliest: row.get(1)? }, row.get(2)?))
        })?;
        Ok(found.unwrap_or_default())
    }

    /// The telephone that a township's latest notice names; none where it put up none that this desk can read.
    ///
    /// # Errors
    /// SQLite's.
    pub fn notice_phone(&self, township: u16) -> Result<Option<String>> {
        let sql = "SELECT path_text.text FROM cases CROSS JOIN path_text ON path_text.case_id = cases.id
           WHERE cases.township = ?1 AND path_text.slot = 'phone' ORDER BY path_text.n DESC LIMIT 1";
        Ok(one(self.db(), sql, [township], |row| row.get(0))?)
    }

    /// The steps of a case in the order in which they were entered, with their words.
    ///
    /// # Errors
    /// SQLite's.
    pub fn path_steps(&self, case: CaseId) -> Result<Vec<EnteredStep>> {
        let sql = "SELECT n, on_day, at, by, body FROM path_step WHERE case_id = ?1 ORDER BY n, pos";
        let rows = many(self.db(), sql, [case], |row| {
            let body: String = row.get(4)?;
            Ok(EnteredStep {
                n: row.get::<_, i64>(0)?.unsigned_abs(),
                on: row.get(1)?,
                at: row.get(2)?,
                by: row.get(3)?,
                fact: path::fact(&body)?,
                words: BTreeMap::new(),
            })
        })?;
        let texts = many(
            self.db(),
            "SELECT n, slot, text FROM path_text WHERE case_id = ?1 ORDER BY n, slot",
            [case],
            |row| Ok((row.get::<_, i64>(0)?.unsigned_abs(), Text(row.get(1)?), row.get::<_, String>(2)?)),
        )?;
        let mut steps: Vec<EnteredStep> =
            rows.into_iter().filter(|step| !matches!(step.fact, Fact::ClockSet(_))).collect();
        for (n, slot, text) in texts {
            for step in steps.iter_mut().filter(|step| step.n == n) {
                step.words.insert(slot.clone(), text.clone());
            }
        }
        Ok(steps)
    }
}
