//! What waits beyond one approver and beside the cases: the county's desk (股室审核、分管局长), the city, filings and what
//! was called back, referrals nobody acknowledged, home townships to ask, money of the dead. Each with its due day.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::Answers;
use crate::domain::command::archive::Archive;
use crate::domain::ids::{CaseId, IncidentId, MatterId, OfficerNo, PersonId, ReferralId};
use crate::domain::nouns::{MeetingKind, Stage};
use crate::domain::office::{Officer, Tier};
use crate::domain::tiers::{self, CityAnswer, HelpKind, ReferOutcome, ReferTo, ServiceKind};
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use crate::store::replica::views::queue::Bar;
use crate::store::replica::{Ask, Reader};
use rusqlite::Row;

/// What waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Waits {
    /// 股室审核: at the county, not examined yet.
    Examination,
    /// 分管局长审批: examined, not decided.
    CountyDecision,
    /// 市级批复: before the city, no answer entered.
    City,
    /// 批复复核: entered, not checked by another.
    CityCheck,
    /// 备案退回: the township has to put it right.
    CalledBack,
    /// 转介回执: nobody acknowledged it.
    Referral,
    /// 向户籍地核实.
    HomeReply,
    /// 改发何人: the applicant died before he was paid.
    Payee,
}

impl Waits {
    /// The word on screens.
    pub fn zh(self) -> &'static str {
        match self {
            Waits::Examination => "待股室审核",
            Waits::CountyDecision => "待县局审批",
            Waits::City => "待市级批复",
            Waits::CityCheck => "待复核批复",
            Waits::CalledBack => "备案退回待处理",
            Waits::Referral => "转介待回执",
            Waits::HomeReply => "待户籍地答复",
            Waits::Payee => "待注明改发何人",
        }
    }
}

/// One thing that waits on a case.
#[derive(Clone, PartialEq, Eq)]
pub struct Work {
    /// What.
    pub waits: Waits,
    /// The case.
    pub case: CaseId,
    /// 编号.
    pub number: String,
    /// The township.
    pub township: u16,
    /// The applicant.
    pub person: PersonId,
    /// 姓名.
    pub name: String,
    /// What was granted or, before the decision, what is asked for.
    pub amount: Money,
    /// The case's handler.
    pub handler: OfficerNo,
    /// Since which day it waits.
    pub since: Option<Day>,
    /// Until which day.
    pub due: Option<Day>,
    /// The referral, where it is one.
    pub referral: Option<ReferralId>,
    /// Why whoever reads the list cannot examine or decide it.
    pub bar: Option<Bar>,
}

impl Work {
    /// Whether its day is over.
    pub fn late(&self, today: Day) -> bool {
        self.due.is_some_and(|due| due < today)
    }
}

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Work({:?} {} {:?})", self.waits, self.number, self.due)
    }
}

/// A township's month whose decisions are not on file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnfiledMonth {
    /// The township.
    pub township: u16,
    /// The year.
    pub year: i32,
    /// The month.
    pub month: u32,
    /// How many decisions.
    pub cases: u32,
    /// Their sum.
    pub amount: Money,
    /// Until when the roster is due.
    pub due: Day,
}

/// A decision on a roster, for the paper.
#[derive(Clone, PartialEq, Eq)]
pub struct RosterLine {
    /// The case.
    pub case: CaseId,
    /// 编号.
    pub number: String,
    /// The applicant.
    pub person: PersonId,
    /// The day of the decision.
    pub on: Day,
    /// Its sum.
    pub amount: Money,
    /// Whether the county called it back and it is not settled.
    pub called_back: bool,
}

impl std::fmt::Debug for RosterLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "RosterLine({})", self.number)
    }
}

/// A referral of a case (F20).
#[derive(Clone, PartialEq, Eq)]
pub struct ReferralLine {
    /// The id.
    pub id: ReferralId,
    /// To whom.
    pub to: ReferTo,
    /// The day it was handed over.
    pub on: Day,
    /// Until when it should be acknowledged.
    pub due: Day,
    /// The body that takes it.
    pub body: String,
    /// What is asked.
    pub what: String,
    /// What became of it, and when.
    pub outcome: Option<(ReferOutcome, Day)>,
    /// In which words.
    pub answer: String,
}

impl std::fmt::Debug for ReferralLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ReferralLine({:?} {:?} {:?})", self.to, self.due, self.outcome)
    }
}

/// A meeting of a case (F14).
#[derive(Clone, PartialEq, Eq)]
pub struct MeetingLine {
    /// The entry: what one meeting decided of several cases stands in one.
    pub n: u64,
    /// The day.
    pub on: Day,
    /// The tier that met.
    pub tier: Tier,
    /// Which of the county's meetings, where that was asked.
    pub kind: Option<MeetingKind>,
    /// How many were present.
    pub present: u16,
    /// What it decided.
    pub amount: Money,
    /// Minutes, place, chair, attendees, topic and opinions, as far as this desk can read them.
    pub words: [String; 6],
}

impl std::fmt::Debug for MeetingLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "MeetingLine({:?} {} {})", self.tier, self.present, self.amount)
    }
}

/// The examination of a case by the county's section.
#[derive(Clone, PartialEq, Eq)]
pub struct ExaminationLine {
    /// Who.
    pub by: OfficerNo,
    /// When.
    pub on: Day,
    /// Whether it agrees.
    pub agrees: bool,
    /// Up to what sum.
    pub amount: Money,
    /// The opinion.
    pub opinion: String,
    /// Whether it is of the present submission.
    pub live: bool,
}

impl std::fmt::Debug for ExaminationLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ExaminationLine({} {})", self.by, self.agrees)
    }
}

/// The city's file of a case (F15).
#[derive(Clone, PartialEq, Eq)]
pub struct CityLine {
    /// Who proposed.
    pub by: OfficerNo,
    /// When.
    pub on: Day,
    /// What.
    pub amount: Money,
    /// 请示文号.
    pub request: Option<String>,
    /// Why.
    pub reason: String,
    /// The answer: 文号, day, what it says, its sum, who entered it.
    pub reply: Option<(String, Day, CityAnswer, Money, OfficerNo)>,
    /// Who checked it.
    pub checked_by: Option<OfficerNo>,
}

impl std::fmt::Debug for CityLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CityLine({} {})", self.by, self.amount)
    }
}

/// A service or other help that a case records.
#[derive(Clone, PartialEq, Eq)]
pub struct HelpLine {
    /// The service, where it is one.
    pub service: Option<(ServiceKind, u16)>,
    /// The help of others, where it is that.
    pub help: Option<(HelpKind, Option<Money>)>,
    /// The day.
    pub on: Day,
    /// By whom and with what result, or what was given.
    pub words: String,
}

impl std::fmt::Debug for HelpLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "HelpLine({:?} {:?})", self.service, self.help)
    }
}

/// Everything that stands beside a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Beside {
    /// Meetings, oldest first.
    pub meetings: Vec<MeetingLine>,
    /// Examinations, oldest first.
    pub examinations: Vec<ExaminationLine>,
    /// The city.
    pub city: Option<CityLine>,
    /// Referrals, oldest first.
    pub referrals: Vec<ReferralLine>,
    /// Services and other help, oldest first.
    pub help: Vec<HelpLine>,
    /// Where the paper lies.
    pub archived: Option<Archive>,
}

/// An incident with its households.
#[derive(Clone, PartialEq, Eq)]
pub struct IncidentLine {
    /// The id.
    pub id: IncidentId,
    /// The matter.
    pub matter: MatterId,
    /// 事项号.
    pub number: String,
    /// The township.
    pub township: u16,
    /// 发生日期.
    pub on: Day,
    /// The name, where this desk can read it.
    pub name: String,
    /// Whether it takes no more households.
    pub closed: bool,
    /// How many cases it has, and how many of them are not at their end.
    pub cases: (u32, u32),
    /// What was granted for it, each household's own sum.
    pub granted: Money,
}

impl std::fmt::Debug for IncidentLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "IncidentLine({})", self.number)
    }
}

fn work(waits: Waits) -> impl Fn(&Row<'_>) -> rusqlite::Result<Work> {
    move |row| {
        Ok(Work {
            waits,
            case: row.get("id")?,
            number: row.get("number")?,
            township: row.get("township")?,
            person: row.get("person")?,
            name: row.get("name")?,
            amount: row.get("asked")?,
            handler: row.get("handler")?,
            since: row.get("since")?,
            due: row.get("due")?,
            referral: row.get("referral")?,
            bar: None,
        })
    }
}

macro_rules! cases {
    ($($rest:literal),*) => {
        concat!(
            "SELECT cases.id, cases.number, cases.township, cases.person, coalesce(private.name, '') AS name,
               CASE WHEN cases.granted > 0 AND cases.stage NOT IN (2, 7) THEN cases.granted ELSE cases.asked END AS asked,
               cases.handler, ",
            $($rest),*
        )
    };
}

/// At the county, by whether the section has examined it.
const AT_COUNTY: &str = cases!(
    "(SELECT on_day FROM examination WHERE case_id = cases.id AND live = 1) AS since, cases.due AS due,
       NULL AS referral
     FROM cases LEFT JOIN person_private AS private ON private.person = cases.person
     WHERE cases.stage = 2 AND cases.tier = 2 AND (?1 IS NULL OR cases.township = ?1)
       AND (?2 IS NULL OR cases.id = ?2)
     ORDER BY cases.due, cases.number"
);
const AT_CITY: &str = cases!(
    "city.on_day AS since, NULL AS due, NULL AS referral, city.document AS document
     FROM cases LEFT JOIN person_private AS private ON private.person = cases.person
       LEFT JOIN city ON city.case_id = cases.id
     WHERE cases.stage = 7 AND (?1 IS NULL OR cases.township = ?1) AND (?2 IS NULL OR cases.id = ?2)
     ORDER BY city.on_day, cases.number"
);
const CALLED_BACK: &str = cases!(
    "NULL AS since, called_back.due AS due, NULL AS referral
     FROM called_back CROSS JOIN cases ON cases.id = called_back.case_id
       LEFT JOIN person_private AS private ON private.person = cases.person
     WHERE called_back.due IS NOT NULL AND (?1 IS NULL OR cases.township = ?1)
       AND (?2 IS NULL OR called_back.case_id = ?2)
     ORDER BY called_back.due, cases.number"
);
const REFERRED: &str = cases!(
    "referral.on_day AS since, referral.due AS due, referral.id AS referral
     FROM referral INDEXED BY referral_open CROSS JOIN cases ON cases.id = referral.case_id
       LEFT JOIN person_private AS private ON private.person = cases.person
     WHERE referral.outcome IS NULL AND (?1 IS NULL OR cases.township = ?1)
       AND (?2 IS NULL OR referral.case_id = ?2)
     ORDER BY referral.due, cases.number"
);
const HOME: &str = cases!(
    "cases.accepted AS since, NULL AS due, NULL AS referral
     FROM cases INDEXED BY cases_home_to_ask LEFT JOIN person_private AS private ON private.person = cases.person
     WHERE cases.home_to_ask = 1 AND (?1 IS NULL OR cases.township = ?1) AND (?2 IS NULL OR cases.id = ?2)
     ORDER BY cases.accepted, cases.number"
);
const DEAD: &str = cases!(
    "person.died AS since, NULL AS due, NULL AS referral
     FROM cases CROSS JOIN person ON person.id = cases.person
       LEFT JOIN person_private AS private ON private.person = cases.person
     WHERE cases.stage = 4 AND person.died IS NOT NULL AND (?1 IS NULL OR cases.township = ?1)
       AND (?2 IS NULL OR cases.id = ?2)
       AND EXISTS (SELECT 1 FROM line WHERE line.case_id = cases.id AND part = 2 AND payee = 1 AND kind IN (1, 2)
         AND line NOT IN (SELECT line FROM line_paid WHERE line_paid.case_id = cases.id))
     ORDER BY person.died, cases.number"
);

impl Reader {
    /// What waits, of one township or all, of one case or all; the county's desk first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn tier_work(&self, township: Option<u16>, case: Option<CaseId>) -> Result<Vec<Work>> {
        let db = self.db();
        let of = (township, case);
        let mut all = many(db, AT_COUNTY, of, |row| {
            let examined: Option<Day> = row.get("since")?;
            let waits = if examined.is_some() { Waits::CountyDecision } else { Waits::Examination };
            work(waits)(row)
        })?;
        // what the pack of the case does not ask the section for waits for the approver alone
        for work in all.iter_mut().filter(|work| work.waits == Waits::Examination) {
            if !self.examines(work.case) {
                work.waits = Waits::CountyDecision;
            }
        }
        all.extend(many(db, AT_CITY, of, |row| {
            let document: Option<String> = row.get("document")?;
            work(if document.is_some() { Waits::CityCheck } else { Waits::City })(row)
        })?);
        for (sql, waits) in [
            (CALLED_BACK, Waits::CalledBack),
            (REFERRED, Waits::Referral),
            (HOME, Waits::HomeReply),
            (DEAD, Waits::Payee),
        ] {
            all.extend(many(db, sql, of, work(waits))?);
        }
        Ok(all)
    }

    /// Says of what waits for an examination or a decision why an officer cannot see to it, and puts that last.
    ///
    /// # Errors
    /// SQLite's.
    pub fn bar_work(&self, all: &mut [Work], by: &Officer, today: Day) -> Result<()> {
        let at_county = |work: &Work| matches!(work.waits, Waits::Examination | Waits::CountyDecision);
        let cases = all.iter().filter(|work| at_county(work)).map(|work| (work.case, work.person));
        let bars = self.bars(by, cases, today)?;
        for work in all.iter_mut().filter(|work| at_county(work)) {
            let bar = bars.get(&work.case).copied();
            work.bar = bar.filter(|bar| work.waits == Waits::CountyDecision || *bar != Bar::Paid);
        }
        all.sort_by_key(|work| work.bar.is_some());
        Ok(())
    }

    fn examines(&self, case: CaseId) -> bool {
        let Some(case) = self.case(case) else { return false };
        self.pack(&case.pack).is_some_and(|pack| pack.county.examines(case.path))
    }

    /// The months that are over and have decisions on no roster, of one township or all, of this year and the last, the
    /// earliest due first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn unfiled_months(&self, township: Option<u16>, today: Day) -> Result<Vec<UnfiledMonth>> {
        let Some(first) = Day::new(today.year() - 1, 1, 1) else { return Ok(Vec::new()) };
        let Some(this) = Day::new(today.year(), today.month(), 1) else { return Ok(Vec::new()) };
        let sql = "SELECT cases.township, cast(substr(cases.decided_on, 1, 4) AS INTEGER) AS of_year,
             cast(substr(cases.decided_on, 6, 2) AS INTEGER) AS of_month, count(*), sum(cases.granted)
           FROM cases INDEXED BY cases_by_decision LEFT JOIN filed ON filed.case_id = cases.id
           WHERE cases.decided_on BETWEEN ?2 AND ?3 AND (?1 IS NULL OR cases.township = ?1) AND cases.decided_tier = 1
             AND cases.provisional = 0 AND (filed.on_day IS NULL OR filed.on_day <> cases.decided_on)
           GROUP BY cases.township, of_year, of_month ORDER BY of_year, of_month, cases.township";
        let rows = many(self.db(), sql, (township, first, this.plus(-1)), |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
        })?;
        let calendar = Answers::calendar(self);
        let days = self.pack_now().map_or(0, |pack| pack.filing.roster_days);
        let month = |(township, year, month, cases, amount): (u16, i32, u32, u32, Money)| {
            let (_, last) = tiers::month(year, month)?;
            let due = calendar.plus_working(last, days).day;
            Some(UnfiledMonth { township, year, month, cases, amount, due })
        };
        Ok(rows.into_iter().filter_map(month).collect())
    }

    /// The decisions of a roster, by number.
    ///
    /// # Errors
    /// SQLite's.
    pub fn filing_roster(&self, number: &str) -> Result<Vec<RosterLine>> {
        let sql = "SELECT filed.case_id, cases.number, cases.person, filed.on_day, filed.amount,
             EXISTS (SELECT 1 FROM called_back WHERE called_back.case_id = filed.case_id AND due IS NOT NULL)
           FROM filed CROSS JOIN cases ON cases.id = filed.case_id WHERE filed.number = ?1 ORDER BY cases.number";
        Ok(many(self.db(), sql, [number], |row| {
            Ok(RosterLine {
                case: row.get(0)?,
                number: row.get(1)?,
                person: row.get(2)?,
                on: row.get(3)?,
                amount: row.get(4)?,
                called_back: row.get(5)?,
            })
        })?)
    }

    /// Everything that stands beside a case.
    ///
    /// # Errors
    /// SQLite's.
    pub fn beside(&self, case: CaseId) -> Result<Beside> {
        let db = self.db();
        let sql =
            "SELECT on_day, tier, present, amount, minutes, place, chair, attendees, topic, opinions, kind, n
           FROM meeting_held WHERE case_id = ?1 ORDER BY n";
        let meetings = many(db, sql, [case], |row| {
            let mut words: [String; 6] = Default::default();
            for (at, word) in words.iter_mut().enumerate() {
                *word = row.get::<_, Option<String>>(4 + at)?.unwrap_or_default();
            }
            let (on, tier, present, amount) = (row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?);
            let n = row.get::<_, i64>(11)?.unsigned_abs();
            Ok(MeetingLine { n, on, tier, kind: row.get(10)?, present, amount, words })
        })?;
        let sql = "SELECT by, on_day, agrees, amount, coalesce(opinion, ''), live FROM examination
           WHERE case_id = ?1 ORDER BY n";
        let examinations = many(db, sql, [case], |row| {
            Ok(ExaminationLine {
                by: row.get(0)?,
                on: row.get(1)?,
                agrees: row.get(2)?,
                amount: row.get(3)?,
                opinion: row.get(4)?,
                live: row.get(5)?,
            })
        })?;
        let referrals = many(db, REFERRALS, [case], referral)?;
        let mut help = many(db, SERVICES, [case], service)?;
        help.extend(many(db, OTHERS, [case], other)?);
        help.sort_by_key(|line| line.on);
        let city = many(db, CITY, [case], city)?.into_iter().next();
        let sql = "SELECT number, on_day, items, pages, keep, shelf FROM archived WHERE case_id = ?1";
        let archived = many(db, sql, [case], |row| {
            Ok(Archive {
                case,
                number: row.get(0)?,
                on: row.get(1)?,
                items: row.get(2)?,
                pages: row.get(3)?,
                keep: row.get(4)?,
                shelf: row.get(5)?,
            })
        })?;
        let archived = archived.into_iter().next();
        Ok(Beside { meetings, examinations, city, referrals, help, archived })
    }

    /// The incidents, of one township or all, the latest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn incidents(&self, township: Option<u16>) -> Result<Vec<IncidentLine>> {
        let sql = "SELECT incident.id, incident.matter, matter.number, incident.township, incident.on_day,
             coalesce(incident.name, ''), incident.closed_n IS NOT NULL,
             (SELECT count(*) FROM cases WHERE cases.matter = incident.matter),
             (SELECT count(*) FROM cases WHERE cases.matter = incident.matter AND cases.stage < ?2),
             (SELECT coalesce(sum(granted), 0) FROM cases WHERE cases.matter = incident.matter)
           FROM incident CROSS JOIN matter ON matter.id = incident.matter
           WHERE ?1 IS NULL OR incident.township = ?1 ORDER BY incident.on_day DESC, matter.number";
        Ok(many(self.db(), sql, (township, Stage::Refused), |row| {
            Ok(IncidentLine {
                id: row.get(0)?,
                matter: row.get(1)?,
                number: row.get(2)?,
                township: row.get(3)?,
                on: row.get(4)?,
                name: row.get(5)?,
                closed: row.get(6)?,
                cases: (row.get(7)?, row.get(8)?),
                granted: row.get(9)?,
            })
        })?)
    }
}

const REFERRALS: &str =
    "SELECT id, to_, on_day, due, coalesce(body, ''), coalesce(what, ''), outcome, answered,
     coalesce(answer, '') FROM referral WHERE case_id = ?1 ORDER BY on_day, n";
const SERVICES: &str =
    "SELECT kind, sessions, on_day, coalesce(provider, ''), coalesce(result, '') FROM service
   WHERE case_id = ?1 ORDER BY on_day, seq";
const OTHERS: &str = "SELECT kind, amount, on_day, coalesce(text, '') FROM other_help WHERE case_id = ?1
   ORDER BY on_day, seq";
const CITY: &str =
    "SELECT by, on_day, amount, request, coalesce(reason, ''), document, reply_on, answer, reply_amount,
     reply_by, checked_by FROM city WHERE case_id = ?1";

fn referral(row: &Row<'_>) -> rusqlite::Result<ReferralLine> {
    let outcome: Option<ReferOutcome> = row.get(6)?;
    Ok(ReferralLine {
        id: row.get(0)?,
        to: row.get(1)?,
        on: row.get(2)?,
        due: row.get(3)?,
        body: row.get(4)?,
        what: row.get(5)?,
        outcome: match outcome {
            Some(outcome) => Some((outcome, row.get(7)?)),
            None => None,
        },
        answer: row.get(8)?,
    })
}

fn service(row: &Row<'_>) -> rusqlite::Result<HelpLine> {
    let (by, result): (String, String) = (row.get(3)?, row.get(4)?);
    let words = format!("{by} {result}").trim().to_owned();
    Ok(HelpLine { service: Some((row.get(0)?, row.get(1)?)), help: None, on: row.get(2)?, words })
}

fn other(row: &Row<'_>) -> rusqlite::Result<HelpLine> {
    Ok(HelpLine {
        service: None,
        help: Some((row.get(0)?, row.get(1)?)),
        on: row.get(2)?,
        words: row.get(3)?,
    })
}

fn city(row: &Row<'_>) -> rusqlite::Result<CityLine> {
    let document: Option<String> = row.get(5)?;
    let reply = match document {
        Some(document) => Some((document, row.get(6)?, row.get(7)?, row.get(8)?, row.get(9)?)),
        None => None,
    };
    Ok(CityLine {
        by: row.get(0)?,
        on: row.get(1)?,
        amount: row.get(2)?,
        request: row.get(3)?,
        reason: row.get(4)?,
        reply,
        checked_by: row.get(10)?,
    })
}
