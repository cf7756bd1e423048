//! 待办件: lists of cases, read by the window that is seen.

use crate::base::day::{Day, Stamp};
use crate::base::fold;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::ids::{CaseId, OfficerNo, PersonId};
use crate::domain::nouns::{Circumstance, Path, Stage, Status};
use crate::domain::office::{Officer, Tier};
use crate::domain::same::SameAnswers as _;
use crate::store::replica::answers::{many, one};
use crate::store::replica::bind::Village;
use crate::store::replica::fault::Result;
use crate::store::replica::lookup::{age, meanings};
use crate::store::replica::{Ask, Reader, keys};
use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};
use std::collections::{BTreeMap, BTreeSet};

/// Which list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum List {
    /// 在办.
    Open,
    /// 已退回.
    Returned,
    /// 待审批.
    ToApprove,
    /// 待补手续: paid first, papers open.
    Papers,
    /// 已批准 and not paid.
    Unpaid,
    /// 待追认.
    Awaiting,
    /// 报市待批.
    AtCity,
    /// With an unsettled mark.
    Marked,
    /// Everything that is not at its end.
    Live,
    /// Everything.
    #[default]
    All,
}

/// What a list shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Which list.
    pub list: List,
    /// Of one township.
    pub township: Option<u16>,
    /// Waiting at this tier.
    pub tier: Option<Tier>,
    /// Of one handler.
    pub handler: Option<OfficerNo>,
    /// Accepted in this year.
    pub year: Option<i32>,
    /// Of one path.
    pub path: Option<Path>,
    /// 定位: part of a name, initials, last digits, number.
    pub locate: String,
}

/// Why whoever reads a list cannot decide a case on it (五（三）).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bar {
    /// He handles it, or did.
    Handled,
    /// He paid on it.
    Paid,
    /// He examined it for the county's section.
    Examined,
    /// A near relative of his is in the household.
    Relative,
    /// It waits at another tier.
    Tier,
}

impl Bar {
    /// The word in the list.
    pub fn short(self) -> &'static str {
        match self {
            Bar::Handled => "经办",
            Bar::Paid => "付款",
            Bar::Examined => "审核",
            Bar::Relative => "回避",
            Bar::Tier => "他级",
        }
    }

    /// Why not, and who can.
    pub fn zh(self) -> &'static str {
        match self {
            Bar::Handled => "由您经办，不能由您审核、审批，请他人办理",
            Bar::Paid => "款由您发放，不能由您审批，请其他审批人办理",
            Bar::Examined => "由您审核，不能由您审批，请其他审批人办理",
            Bar::Relative => "您有近亲属备案在这一户，须回避，请他人办理",
            Bar::Tier => "不在您这一级审批",
        }
    }
}

/// A row of a list.
#[derive(Clone, PartialEq, Eq)]
pub struct QueueRow {
    /// The case.
    pub case: CaseId,
    /// 编号.
    pub number: String,
    /// The applicant.
    pub person: PersonId,
    /// 姓名.
    pub name: String,
    /// Age on the day.
    pub age: Option<i32>,
    /// The township.
    pub township: u16,
    /// The village.
    pub village: u64,
    /// 情形; none where whoever reads the row may not know it.
    pub circumstance: Option<Circumstance>,
    /// 救助类型.
    pub path: Path,
    /// 申请额.
    pub asked: Money,
    /// 批准额; nothing while nothing is granted.
    pub granted: Money,
    /// The stage.
    pub stage: Stage,
    /// The tier it waits at.
    pub tier: Option<Tier>,
    /// Since when it stands in its stage.
    pub since: Stamp,
    /// Full days it has stood there.
    pub waiting: i64,
    /// Until when this stage is due.
    pub due: Option<Day>,
    /// The handler's number.
    pub handler: OfficerNo,
    /// The handler's name, where known.
    pub handler_name: String,
    /// The household's status.
    pub status: Option<Status>,
    /// How many papers are open.
    pub papers: u32,
    /// When the first of them is due.
    pub papers_due: Option<Day>,
    /// Whether a mark holds it.
    pub marked: bool,
    /// Whether the home township has to be asked.
    pub home_to_ask: bool,
    /// Whether the applicant was granted something in the calendar year before.
    pub last_year: bool,
    /// The live batch in which a line of it lies: the bank is asked, nobody hands it out besides.
    pub batch: Option<String>,
    /// Why whoever reads the list cannot decide it; none on lists from which nothing is decided.
    pub bar: Option<Bar>,
}

impl std::fmt::Debug for QueueRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "QueueRow({})", self.number)
    }
}

/// A condition made of fixed texts, with what is bound to it in order.
struct Condition {
    sql: String,
    bound: Vec<Value>,
}

impl Condition {
    fn and(&mut self, sql: &'static str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(sql);
        self.bound.extend(values);
    }
}

fn text(text: impl Into<String>) -> Value {
    Value::Text(text.into())
}

fn stage(stage: Stage) -> Value {
    Value::Integer(i64::from(stage.digit()))
}

fn condition(filter: &Filter) -> Condition {
    let mut out = Condition { sql: "1".to_owned(), bound: Vec::new() };
    match filter.list {
        List::Open => out.and("stage = ?", [stage(Stage::Open)]),
        List::Returned => out.and("stage = ?", [stage(Stage::Returned)]),
        List::ToApprove => out.and("stage = ?", [stage(Stage::Submitted)]),
        List::Unpaid => out.and("stage = ?", [stage(Stage::Approved)]),
        List::Awaiting => out.and("stage = ?", [stage(Stage::AwaitingRatification)]),
        List::AtCity => out.and("stage = ?", [stage(Stage::AtCity)]),
        List::Papers => out.and("id IN (SELECT case_id FROM item WHERE done IS NULL)", []),
        List::Marked => out.and("id IN (SELECT case_id FROM mark WHERE settled_n IS NULL)", []),
        List::Live => {
            let live = Stage::ALL.iter().filter(|stage| !stage.is_final()).copied().map(stage);
            out.and("stage IN (?, ?, ?, ?, ?, ?, ?)", live);
        }
        List::All => {}
    }
    if let Some(township) = filter.township {
        out.and("township = ?", [Value::Integer(township.into())]);
    }
    match filter.tier {
        Some(Tier::Township) => out.and("tier = 1", []),
        Some(Tier::County) => out.and("tier = 2", []),
        Some(Tier::City) => out.and("tier = 3", []),
        None => {}
    }
    if let Some(handler) = &filter.handler {
        out.and("handler = ?", [text(handler.0.clone())]);
    }
    if let Some(year) = filter.year {
        out.and("year = ?", [Value::Integer(year.into())]);
    }
    if let Some(path) = filter.path {
        out.and("path = ?", [Value::Integer(path.digit().into())]);
    }
    locate(&mut out, &filter.locate);
    out
}

/// 定位 by what people are found by, or by a part of the number.
fn locate(out: &mut Condition, typed: &str) {
    let compact = fold::compact(typed);
    if compact.is_empty() {
        return;
    }
    out.and("(0", []);
    if compact.bytes().any(|b| b.is_ascii_digit()) {
        out.sql.push_str(" OR instr(number, ?) > 0");
        out.bound.push(text(fold::digits(typed).trim()));
    }
    for (kind, key) in meanings(typed) {
        out.sql.push_str(
            " OR person IN (SELECT person FROM search_key WHERE kind = ? AND key >= ? AND key < ?)",
        );
        out.bound.push(Value::Integer(kind as i64));
        out.bound.push(text(key.clone()));
        out.bound.push(text(keys::end(&key)));
    }
    out.sql.push(')');
}

const ROW: &str = "SELECT cases.id, cases.number, cases.person, coalesce(private.name, ''), private.birth,
       cases.township, cases.village, cases.circumstance, cases.path, cases.asked, cases.granted, cases.stage,
       cases.tier, cases.stage_since, cases.due, cases.handler, coalesce(officer_private.name, ''), household.status,
       (SELECT count(*) FROM item WHERE item.case_id = cases.id AND done IS NULL),
       (SELECT min(due) FROM item WHERE item.case_id = cases.id AND done IS NULL),
       EXISTS (SELECT 1 FROM mark WHERE mark.case_id = cases.id AND settled_n IS NULL), cases.home_to_ask,
       EXISTS (SELECT 1 FROM grant_person WHERE grant_person.person = cases.person AND on_day BETWEEN ? AND ?),
       (SELECT min(batch.number) FROM batch_line JOIN batch ON batch.id = batch_line.batch
         WHERE batch_line.case_id = cases.id AND batch.state IN (1, 2, 3))
     FROM (SELECT id AS seen, stage_since AS since_seen, number AS number_seen FROM cases WHERE ";
const WINDOW: &str = " ORDER BY stage_since, number, id LIMIT ? OFFSET ?)
     CROSS JOIN cases ON cases.id = seen
     LEFT JOIN person_private AS private ON private.person = cases.person
     LEFT JOIN officer_private ON officer_private.no = cases.handler
     LEFT JOIN household ON household.id = cases.household
     ORDER BY since_seen, number_seen, seen";

fn read(row: &Row<'_>, today: Day) -> rusqlite::Result<QueueRow> {
    let since: Stamp = row.get(13)?;
    Ok(QueueRow {
        case: row.get(0)?,
        number: row.get(1)?,
        person: row.get(2)?,
        name: row.get(3)?,
        age: age(row.get(4)?, today),
        township: row.get(5)?,
        village: row.get::<_, Village>(6)?.0,
        circumstance: row.get(7)?,
        path: row.get(8)?,
        asked: row.get(9)?,
        granted: row.get(10)?,
        stage: row.get(11)?,
        tier: row.get(12)?,
        since,
        waiting: since.day().until(today),
        due: row.get(14)?,
        handler: row.get(15)?,
        handler_name: row.get(16)?,
        status: row.get(17)?,
        papers: row.get(18)?,
        papers_due: row.get(19)?,
        marked: row.get(20)?,
        home_to_ask: row.get(21)?,
        last_year: row.get(22)?,
        batch: row.get(23)?,
        bar: None,
    })
}

/// Cases that somebody may not decide, and why: those that he handles or handled, paid on, or examined.
const BARS: &str = "SELECT id, 0 FROM cases WHERE stage = ?2 AND handler = ?1
     UNION ALL SELECT handled.case_id, 0 FROM handled CROSS JOIN cases ON cases.id = handled.case_id
       WHERE handled.officer = ?1 AND stage = ?2
     UNION ALL SELECT line_paid.case_id, 1 FROM cases CROSS JOIN line_paid ON line_paid.case_id = cases.id
       WHERE stage = ?2 AND line_paid.by = ?1
     UNION ALL SELECT examination.case_id, 2 FROM cases CROSS JOIN examination ON examination.case_id = cases.id
       WHERE stage = ?2 AND examination.by = ?1 AND live = 1";

impl Reader {
    /// Says of cases that wait for a decision why an officer cannot take it, and puts those behind the others. The rules
    /// say the same once he tries; here it spares him to open them in vain.
    ///
    /// # Errors
    /// SQLite's.
    pub fn bar(&self, rows: &mut [QueueRow], by: &Officer, today: Day) -> Result<()> {
        let bars = self.bars(by, rows.iter().map(|row| (row.case, row.person)), today)?;
        for row in rows.iter_mut() {
            let elsewhere = row.tier.is_some_and(|tier| tier != by.office.tier());
            row.bar = bars.get(&row.case).copied().or(elsewhere.then_some(Bar::Tier));
        }
        rows.sort_by_key(|row| row.bar.is_some());
        Ok(())
    }

    /// Which of these cases, each with its applicant, an officer may not decide by what he did on them or by his relatives.
    ///
    /// # Errors
    /// SQLite's.
    pub fn bars(
        &self,
        by: &Officer,
        cases: impl Iterator<Item = (CaseId, PersonId)>,
        today: Day,
    ) -> Result<BTreeMap<CaseId, Bar>> {
        let found = many(self.db(), BARS, (&by.no, Stage::Submitted), |row| {
            Ok((row.get::<_, CaseId>(0)?, row.get::<_, i64>(1)?))
        })?;
        let mut bars = BTreeMap::new();
        for (case, why) in found {
            let bar = match why {
                0 => Bar::Handled,
                1 => Bar::Paid,
                _ => Bar::Examined,
            };
            bars.entry(case).or_insert(bar);
        }
        let relatives = self.relatives(&by.no);
        for (case, person) in cases.filter(|_| !relatives.is_empty()) {
            if self.concerns(case, person, &relatives, today) {
                bars.insert(case, Bar::Relative);
            }
        }
        Ok(bars)
    }

    /// Whether one of these people, under whichever of his records, is in the household of a case.
    fn concerns(&self, case: CaseId, person: PersonId, people: &BTreeSet<PersonId>, today: Day) -> bool {
        let mut family = BTreeSet::from([person]);
        let home = self.case(case).and_then(|case| case.household).and_then(|id| self.household(id));
        family.extend(home.map(|home| home.on(today)).unwrap_or_default());
        !self.same_as(&family).is_disjoint(people)
    }

    /// How many cases a list has.
    ///
    /// # Errors
    /// SQLite's.
    pub fn queue_count(&self, filter: &Filter) -> Result<usize> {
        let condition = condition(filter);
        let mut sql = "SELECT count(*) FROM cases WHERE ".to_owned();
        sql.push_str(&condition.sql);
        let count: Option<i64> = one(self.db(), &sql, params_from_iter(condition.bound), |row| row.get(0))?;
        Ok(count.and_then(|count| usize::try_from(count).ok()).unwrap_or(0))
    }

    /// A window of a list, those that wait longest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn queue_page(
        &self,
        filter: &Filter,
        offset: usize,
        limit: usize,
        today: Day,
    ) -> Result<Vec<QueueRow>> {
        let condition = condition(filter);
        let mut sql = ROW.to_owned();
        sql.push_str(&condition.sql);
        sql.push_str(WINDOW);
        let year = today.year() - 1;
        let mut bound = vec![text(format!("{year:04}-01-01")), text(format!("{year:04}-12-31"))];
        bound.extend(condition.bound);
        for number in [limit, offset] {
            bound.push(Value::Integer(i64::try_from(number).unwrap_or(i64::MAX)));
        }
        Ok(many(self.db(), &sql, params_from_iter(bound), |row| read(row, today))?)
    }
}
