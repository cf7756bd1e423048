//! What follows a decision: papers that have not reached the applicant (决定待送达) and people nobody has asked yet how they
//! are (待回访), each with its last day, due first. What lies in the archive is over.

use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::ids::{CaseId, OfficerNo, PersonId};
use crate::domain::nouns::path::ResultPaper;
use crate::domain::nouns::{Circumstance, Stage, Way};
use crate::store::replica::answers::many;
use crate::store::replica::bind::Village;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};

/// Which of the two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum AfterList {
    /// 决定待送达.
    Deliver,
    /// 待回访.
    FollowUp,
}

/// A case that waits to be followed up.
#[derive(Clone, PartialEq, Eq)]
pub struct AfterRow {
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
    /// What was granted; zero where nothing was.
    pub granted: Money,
    /// Which paper the decision gives.
    pub paper: ResultPaper,
    /// The day of the decision; in 待回访 that of the last payment.
    pub since: Day,
    /// The last day.
    pub due: Day,
}

impl std::fmt::Debug for AfterRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AfterRow({})", self.number)
    }
}

/// What was given at once, in the hand or before anybody was asked, is its own notice: only what was decided is delivered.
const DELIVER: &str = "SELECT cases.id, number, cases.person, coalesce(private.name, ''), township, handler, village,
     circumstance, granted, stage, decided_on, stage_since, NULL, pack
   FROM cases INDEXED BY cases_undelivered LEFT JOIN person_private AS private ON private.person = cases.person
   WHERE stage IN (?1, ?2, ?3, ?4, ?5) AND delivered IS NULL AND (way IS NULL OR way = ?6)
     AND (?7 IS NULL OR township = ?7) AND (?8 IS NULL OR handler = ?8)
     AND NOT EXISTS (SELECT 1 FROM archived WHERE archived.case_id = cases.id)";

const FOLLOW_UP: &str = "SELECT cases.id, number, cases.person, coalesce(private.name, ''), township, handler, village,
     circumstance, granted, stage, decided_on, stage_since,
     (SELECT max(at) FROM line_paid WHERE line_paid.case_id = cases.id) AS paid, pack
   FROM cases INDEXED BY cases_unfollowed LEFT JOIN person_private AS private ON private.person = cases.person
   WHERE stage IN (?1, ?2, ?3) AND followed IS NULL AND (?4 IS NULL OR township = ?4) AND (?5 IS NULL OR handler = ?5)
     AND paid IS NOT NULL AND NOT EXISTS (SELECT 1 FROM archived WHERE archived.case_id = cases.id)";

/// A row before its last day is reckoned, and the pack that says how.
fn read(row: &rusqlite::Row<'_>) -> rusqlite::Result<(AfterRow, String)> {
    let (decided, since, paid) =
        (row.get::<_, Option<Day>>(10)?, row.get::<_, Stamp>(11)?, row.get::<_, Option<Stamp>>(12)?);
    let since = paid.map(Stamp::day).or(decided).unwrap_or(since.day());
    let made = AfterRow {
        case: row.get(0)?,
        number: row.get(1)?,
        person: row.get(2)?,
        name: row.get(3)?,
        township: row.get(4)?,
        handler: row.get(5)?,
        village: row.get::<_, Village>(6)?.0,
        circumstance: row.get(7)?,
        granted: row.get(8)?,
        // The stages asked for all have one.
        paper: ResultPaper::of(row.get(9)?).unwrap_or(ResultPaper::Granted),
        since,
        due: since,
    };
    Ok((made, row.get(13)?))
}

impl Reader {
    /// What waits to be delivered or asked about, of one township or all, of one handler or all, due first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn after_decision(
        &self,
        list: AfterList,
        township: Option<u16>,
        handler: Option<&OfficerNo>,
    ) -> Result<Vec<AfterRow>> {
        let [approved, paid, closed] = [Stage::Approved, Stage::Paid, Stage::Closed];
        let found = match list {
            AfterList::Deliver => {
                let not = (Stage::Refused, Stage::Declined, Way::Ordinary);
                let bound = (approved, paid, closed, not.0, not.1, not.2, township, handler);
                many(self.db(), DELIVER, bound, read)?
            }
            AfterList::FollowUp => {
                many(self.db(), FOLLOW_UP, (approved, paid, closed, township, handler), read)?
            }
        };
        let calendar = self.calendar();
        let mut packs = std::collections::BTreeMap::new();
        let mut rows: Vec<AfterRow> = Vec::with_capacity(found.len());
        for (mut row, pack) in found {
            let figures = packs
                .entry(pack)
                .or_insert_with_key(|id| self.pack(id).map(|pack| pack.after).unwrap_or_default());
            row.due = match list {
                AfterList::Deliver => calendar.plus_working(row.since, figures.deliver_days).day,
                AfterList::FollowUp => row.since.plus(i64::from(figures.follow_days)),
            };
            rows.push(row);
        }
        rows.sort_by(|a, b| (a.due, &a.number, a.case).cmp(&(b.due, &b.number, b.case)));
        Ok(rows)
    }
}
