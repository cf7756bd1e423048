//! 查往年: who was helped before. A text as a clerk types it (part of a name, initials, the end of an id number, a phone, an
//! account, a case number) finds people through narrow indexes; a person gives his family card. Imported ledgers count.

use super::answers::{self, grants, same};
use super::bind::Village;
use super::fault::Result;
use super::keys::{self, Kind, TAIL};
use super::{Ask, Reader};
use crate::base::day::Day;
use crate::base::division;
use crate::base::fold;
use crate::base::id_no::{IdNo, Sex};
use crate::base::money::Money;
use crate::base::pinyin;
use crate::domain::grant::{Grant, Source};
use crate::domain::ids::{HouseholdId, OfficerNo, PersonId};
use crate::domain::nouns::{LineKind, Stage, Status};
use rusqlite::{Connection, Row};
use std::collections::BTreeSet;

/// How many and how much.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// 笔数.
    pub count: u32,
    /// 金额.
    pub amount: Money,
}

/// A person found.
#[derive(Clone, PartialEq, Eq)]
pub struct Hit {
    /// The person.
    pub person: PersonId,
    /// 姓名.
    pub name: String,
    /// 性别, where known.
    pub sex: Option<Sex>,
    /// Age on the day asked for, where the birth is known.
    pub age: Option<i32>,
    /// 身份证号, masked; empty without papers.
    pub id_masked: String,
    /// The township of his household or, without one, of his last grant.
    pub township: Option<u16>,
    /// The village likewise.
    pub village: Option<u64>,
    /// The household on that day.
    pub household: Option<HouseholdId>,
    /// How many people live in it (同户).
    pub household_size: u16,
    /// The household's status.
    pub status: Option<Status>,
    /// What he himself was granted in this calendar year and the two before (近三年累计).
    pub three_years: Sum,
    /// The day of death.
    pub died: Option<Day>,
    /// His other records (人员合并), by name and masked number.
    pub also: Vec<(PersonId, String, String)>,
}

/// An earlier grant as the lookup shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prior {
    /// The grant.
    pub grant: Grant,
    /// 事项号; empty for imported rows.
    pub matter_number: String,
    /// The kinds of its lines (救助金, 实物); empty for imported rows.
    pub kinds: Vec<LineKind>,
    /// The stage of its case; none for imported rows.
    pub stage: Option<Stage>,
    /// The handler's number and name; none for imported rows.
    pub handler: Option<(OfficerNo, String)>,
    /// Whether it comes from an imported ledger.
    pub imported: bool,
}

/// A member of the household with what he was granted.
#[derive(Clone, PartialEq, Eq)]
pub struct Member {
    /// The person.
    pub person: PersonId,
    /// 姓名.
    pub name: String,
    /// GB/T 4761.
    pub relation: String,
    /// 性别.
    pub sex: Option<Sex>,
    /// Age on the day.
    pub age: Option<i32>,
    /// What he was granted in three years.
    pub three_years: Sum,
    /// The last day he was granted something.
    pub last: Option<Day>,
}

/// What is known of a person and his household's aid (家庭卡).
#[derive(Clone, PartialEq, Eq)]
pub struct FamilyCard {
    /// The person.
    pub who: Hit,
    /// 身份证号 in full, for filling a form at this desk.
    pub id_no: String,
    /// 联系电话.
    pub phone: String,
    /// 地址.
    pub address: String,
    /// 账号.
    pub account: String,
    /// 开户行.
    pub bank: String,
    /// 户籍 in this county.
    pub resident: bool,
    /// His own grants, newest first, of all years.
    pub own: Vec<Prior>,
    /// The others of the household on that day.
    pub members: Vec<Member>,
    /// What the whole household was granted in three years, each grant once.
    pub household_three_years: Sum,
    /// The grants of the whole household in this calendar year, newest first, each once.
    pub household_year: Vec<Prior>,
    /// The household's last grant.
    pub last: Option<Prior>,
}

impl FamilyCard {
    /// The person's own grants by calendar year, newest first.
    pub fn by_year(&self) -> Vec<(i32, Sum)> {
        let mut years: Vec<(i32, Sum)> = Vec::new();
        for prior in &self.own {
            let year = prior.grant.on.year();
            if years.last().is_none_or(|(last, _)| *last != year) {
                years.push((year, Sum::default()));
            }
            if let Some((_, sum)) = years.last_mut() {
                sum.count += 1;
                sum.amount += prior.grant.amount;
            }
        }
        years
    }

    /// The household's sum of this year.
    pub fn year_sum(&self) -> Money {
        self.household_year.iter().map(|prior| prior.grant.amount).sum()
    }
}

impl std::fmt::Debug for Hit {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Hit({})", self.person)
    }
}

impl std::fmt::Debug for Member {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Member({})", self.person)
    }
}

impl std::fmt::Debug for FamilyCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FamilyCard({})", self.who.person)
    }
}

/// The first day of the three years that the lookup sums.
pub(super) fn three_years_from(today: Day) -> Day {
    Day::new(today.year() - 2, 1, 1).unwrap_or(today)
}

impl Reader {
    /// The people whom `typed` finds, by name, at most `limit`. Nothing for a text too short to mean anybody.
    ///
    /// # Errors
    /// SQLite's.
    pub fn search(&self, typed: &str, today: Day, limit: usize) -> Result<Vec<Hit>> {
        let mut found = find(self.db(), typed, today, limit)?;
        for person in &mut found {
            *person = kept(self.db(), *person)?;
        }
        let mut hits = Vec::with_capacity(found.len());
        let mut told = BTreeSet::new();
        for person in found.into_iter().filter(|person| told.insert(*person)) {
            hits.extend(hit(self.db(), person, today)?);
        }
        hits.sort_by_cached_key(|hit| (pinyin::sort_key(&hit.name), hit.id_masked.clone(), hit.person));
        Ok(hits)
    }

    /// The ids alone of those whom `typed` finds, at most `limit`.
    ///
    /// # Errors
    /// SQLite's.
    pub fn find(&self, typed: &str, today: Day, limit: usize) -> Result<Vec<PersonId>> {
        find(self.db(), typed, today, limit)
    }

    /// What a person and everybody in his household was granted in three years, each grant once, however many of them it
    /// helped: one statement, for the line inside a form.
    ///
    /// # Errors
    /// SQLite's.
    pub fn household_sum(&self, person: PersonId, today: Day) -> Result<Sum> {
        if !others(self.db(), person)?.is_empty() {
            let people = family(self.db(), person, today)?;
            let grants = grants::grants_of(self.db(), &people, three_years_from(today), today.plus(366))?;
            return Ok(Sum {
                count: u32::try_from(grants.len()).unwrap_or(u32::MAX),
                amount: grants.iter().map(|grant| grant.amount).sum(),
            });
        }
        let sql = "WITH home(id) AS (
             SELECT household FROM membership WHERE person = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2)
             ORDER BY seq DESC LIMIT 1),
           them(person) AS (
             SELECT ?1 UNION SELECT membership.person FROM home CROSS JOIN membership ON household = home.id
             WHERE since <= ?2 AND (until IS NULL OR until > ?2))
           SELECT count(*), coalesce(sum(amount), 0) FROM (SELECT DISTINCT src, amount FROM them
           CROSS JOIN grant_person ON grant_person.person = them.person AND on_day >= ?3)";
        let found = answers::one(self.db(), sql, (person, today, three_years_from(today)), |row| {
            Ok(Sum { count: row.get(0)?, amount: row.get(1)? })
        })?;
        Ok(found.unwrap_or_default())
    }

    /// One person as the lookup shows him; none where he is not known.
    ///
    /// # Errors
    /// SQLite's.
    pub fn hit(&self, person: PersonId, today: Day) -> Result<Option<Hit>> {
        hit(self.db(), person, today)
    }

    /// What one person was granted from a day on.
    ///
    /// # Errors
    /// SQLite's.
    pub fn sum_of(&self, person: PersonId, from: Day) -> Result<Sum> {
        Ok(sum(self.db(), person, from)?.0)
    }

    /// The family card of a person; none where he is not known.
    ///
    /// # Errors
    /// SQLite's.
    pub fn family_card(&self, person: PersonId, today: Day) -> Result<Option<FamilyCard>> {
        family_card(self.db(), person, today)
    }
}

/// The other records of a person, if he has any.
fn others(db: &Connection, person: PersonId) -> Result<Vec<PersonId>> {
    let sql = "SELECT same FROM person_same WHERE person = ?1 AND same <> ?1 ORDER BY same";
    Ok(answers::many(db, sql, [person], |row| row.get(0))?)
}

/// The record that stays of a person's records (保留): one that was joined to none. Forged links may leave several or none:
/// then the first by id.
fn kept(db: &Connection, person: PersonId) -> Result<PersonId> {
    let sql = "SELECT person_same.same FROM person_same WHERE person_same.person = ?1
       ORDER BY EXISTS (SELECT 1 FROM person_link WHERE joined = person_same.same AND state IN (2, 3)),
         person_same.same LIMIT 1";
    Ok(answers::one(db, sql, [person], |row| row.get(0))?.unwrap_or(person))
}

/// Everybody who lives with any record of a person, and he himself.
fn family(db: &Connection, person: PersonId, today: Day) -> Result<BTreeSet<PersonId>> {
    let mut people = same::same_as(db, &BTreeSet::from([person]))?;
    let sql = "SELECT DISTINCT other.person FROM membership AS own
       CROSS JOIN membership AS other ON other.household = own.household
       WHERE own.person = ?1 AND own.since <= ?2 AND (own.until IS NULL OR own.until > ?2)
         AND other.since <= ?2 AND (other.until IS NULL OR other.until > ?2)";
    for record in people.clone() {
        people.extend(answers::many(db, sql, (record, today), |row| row.get::<_, PersonId>(0))?);
    }
    Ok(same::same_as(db, &people)?)
}

/// What a typed text may mean, as kinds of keys with the beginning they are compared by.
pub(super) fn meanings(typed: &str) -> Vec<(Kind, String)> {
    let text = fold::compact(typed);
    let mut out = Vec::new();
    let digits =
        text.len() >= 4 && text.strip_suffix(['x', 'X']).unwrap_or(&text).bytes().all(|b| b.is_ascii_digit());
    if digits {
        let text = text.to_ascii_uppercase();
        let tail = keys::backwards(&text, TAIL);
        out.push((Kind::IdTail, tail.clone()));
        out.push((Kind::PhoneTail, tail.clone()));
        out.push((Kind::AccountTail, tail));
        if text.starts_with('1') {
            out.push((Kind::Phone, text));
        }
    } else if !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphabetic()) {
        let text = text.to_ascii_lowercase();
        out.push((Kind::Initials, text.clone()));
        out.push((Kind::Pinyin, text));
    } else if !text.is_empty() && !text.bytes().any(|b| b.is_ascii_digit()) {
        // hanzi first, then letters: 单wc
        let name = fold_name(typed);
        let hanzi: String = name.chars().take_while(|c| !c.is_ascii_alphabetic()).collect();
        let letters = name.get(hanzi.len()..).unwrap_or_default().to_ascii_lowercase();
        if letters.is_empty() || !letters.bytes().all(|b| b.is_ascii_alphabetic()) {
            out.push((Kind::Name, name.clone()));
            out.push((Kind::Inside, name));
        } else {
            for initials in pinyin::initials(&hanzi) {
                out.push((Kind::Initials, format!("{initials}{letters}")));
            }
        }
    }
    out
}

/// The hanzi before letters, in a text that mixes both: the name must begin with them.
fn begins_with(typed: &str) -> Option<String> {
    let name = fold_name(typed);
    let hanzi: String = name.chars().take_while(|c| !c.is_ascii_alphabetic()).collect();
    (!hanzi.is_empty() && hanzi.len() < name.len() && !hanzi.bytes().any(|b| b.is_ascii_digit()))
        .then_some(hanzi)
}

/// A name as typed into a search box: folded like a stored name where it can be, else as it stands.
fn fold_name(typed: &str) -> String {
    fold::name(typed).unwrap_or_else(|_| typed.trim().to_owned())
}

/// The people found so far, each once, at most so many.
struct Found {
    people: Vec<PersonId>,
    seen: BTreeSet<PersonId>,
    limit: usize,
}

impl Found {
    fn add(&mut self, people: Vec<PersonId>) {
        for person in people {
            if self.people.len() < self.limit && self.seen.insert(person) {
                self.people.push(person);
            }
        }
    }
}

/// The people a text means, at most `limit`, in the order of the keys that found them.
fn find(db: &Connection, typed: &str, today: Day, limit: usize) -> Result<Vec<PersonId>> {
    let mut found = Found { people: Vec::new(), seen: BTreeSet::new(), limit };
    let text = fold::compact(typed).to_ascii_uppercase();
    // A number typed in full means whoever has it and nobody else.
    let full = match text.len() {
        15 | 18 => Some("SELECT person FROM person_private WHERE id_no = ?1 AND id_no <> '' ORDER BY person"),
        11 => Some("SELECT person FROM search_key WHERE kind = 6 AND key = ?1 ORDER BY person"),
        _ => None,
    };
    if let Some(sql) = full {
        found.add(answers::many(db, sql, [&text], |row| row.get(0))?);
    }
    if found.people.is_empty() {
        by_number(db, typed, today, &mut found)?;
        by_keys(db, typed, &text, &mut found)?;
    }
    Ok(found.people)
}

/// Applicants of the cases and matters whose number a text may mean.
fn by_number(db: &Connection, typed: &str, today: Day, found: &mut Found) -> Result<()> {
    let most = i64::try_from(found.limit).unwrap_or(i64::MAX);
    let dashed = fold::digits(typed).trim().to_ascii_uppercase();
    for (low, high) in numbers(&dashed, today) {
        let sql = "SELECT DISTINCT person FROM cases WHERE number >= ?1 AND number < ?2 LIMIT ?3";
        found.add(answers::many(db, sql, (low, high, most), |row| row.get(0))?);
    }
    if let Some(number) = matter_number(&dashed) {
        let sql = "SELECT DISTINCT cases.person FROM matter CROSS JOIN cases ON cases.matter = matter.id
                   WHERE matter.number = ?1 LIMIT ?2";
        found.add(answers::many(db, sql, (number, most), |row| row.get(0))?);
    }
    Ok(())
}

/// Those whose search keys begin like the text.
fn by_keys(db: &Connection, typed: &str, text: &str, found: &mut Found) -> Result<()> {
    let most = i64::try_from(found.limit).unwrap_or(i64::MAX);
    let begins = begins_with(typed);
    for (kind, key) in meanings(typed) {
        // longer than what the keys hold of a tail: the rest is compared in the row
        let long = text.len() > TAIL;
        let sql = match (kind, &begins) {
            (Kind::IdTail, _) if long => TAIL_OF_ID,
            (Kind::PhoneTail, _) if long => TAIL_OF_PHONE,
            (Kind::AccountTail, _) if long => TAIL_OF_ACCOUNT,
            (_, Some(_)) => BEGINS,
            _ => PLAIN,
        };
        let what = begins.as_deref().unwrap_or(text);
        let bound = (kind as i64, &key, keys::end(&key), most, what);
        found.add(answers::many(db, sql, bound, |row| row.get(0))?);
    }
    Ok(())
}

const PLAIN: &str = "SELECT person FROM search_key
    WHERE kind = ?1 AND key >= ?2 AND key < ?3 AND ?5 = ?5 ORDER BY key, person LIMIT ?4";
const BEGINS: &str = "SELECT person FROM search_key CROSS JOIN person_private USING (person)
    WHERE kind = ?1 AND key >= ?2 AND key < ?3 AND substr(name, 1, length(?5)) = ?5 ORDER BY key, person LIMIT ?4";
const TAIL_OF_ID: &str = "SELECT person FROM search_key CROSS JOIN person_private USING (person)
    WHERE kind = ?1 AND key >= ?2 AND key < ?3 AND substr(id_no, -length(?5)) = ?5 ORDER BY key, person LIMIT ?4";
const TAIL_OF_PHONE: &str = "SELECT person FROM search_key CROSS JOIN person_private USING (person)
    WHERE kind = ?1 AND key >= ?2 AND key < ?3 AND substr(phone, -length(?5)) = ?5 ORDER BY key, person LIMIT ?4";
const TAIL_OF_ACCOUNT: &str = "SELECT person FROM search_key CROSS JOIN person_private USING (person)
    WHERE kind = ?1 AND key >= ?2 AND key < ?3 AND substr(account, -length(?5)) = ?5 ORDER BY key, person LIMIT ?4";

/// The ranges of case numbers a text may mean: `26-103-0117`, `26-103-117`, `103-117` and `117` of this year,
/// `26-103` all.
pub(super) fn numbers(text: &str, today: Day) -> Vec<(String, String)> {
    let parts: Vec<&str> = text.split('-').collect();
    if !parts
        .iter()
        .all(|part| !part.is_empty() && part.len() <= 6 && part.bytes().all(|b| b.is_ascii_digit()))
    {
        return Vec::new();
    }
    let exact = |year: &str, township: &str, serial: &str| {
        let number = format!("{year:0>2}-{township:0>3}-{serial:0>4}");
        (number.clone(), format!("{number}\u{0}"))
    };
    let year = format!("{:02}", today.year().rem_euclid(100));
    match parts.as_slice() {
        [year, township, serial] => vec![exact(year, township, serial)],
        [township, serial] if township.len() == 3 => vec![exact(&year, township, serial)],
        // a serial alone is one of this year in any township; four digits are first of all the end of an id number
        [serial] if serial.len() < 4 || (serial.len() == 4 && serial.starts_with('0')) => {
            division::townships()
                .iter()
                .map(|township| exact(&year, &township.code.to_string(), serial.trim_start_matches('0')))
                .collect()
        }
        [year, township] if year.len() == 2 && township.len() == 3 => {
            let prefix = format!("{year}-{township}-");
            vec![(prefix.clone(), keys::end(&prefix))]
        }
        _ => Vec::new(),
    }
}

/// `S26-103-031`, with or without its zeroes.
fn matter_number(text: &str) -> Option<String> {
    let mut parts = text.strip_prefix('S')?.split('-');
    let (year, township, serial) = (parts.next()?, parts.next()?, parts.next()?);
    let digits = [year, township, serial].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    digits.then(|| format!("S{year:0>2}-{township:0>3}-{serial:0>3}"))
}

/// 211321********011X, or nothing of a number that is not one.
pub(super) fn masked(id_no: &str) -> String {
    IdNo::stored(id_no).map(|id| id.masked()).unwrap_or_default()
}

/// Full years of age on a day.
pub(super) fn age(birth: Option<Day>, on: Day) -> Option<i32> {
    let birth = birth?;
    let before = (on.month(), on.day_of_month()) < (birth.month(), birth.day_of_month());
    Some(on.year() - birth.year() - i32::from(before))
}

/// The count, the sum and the last day of what a person was granted from a day on, under all his records: one clustered
/// read where he has only one.
fn sum(db: &Connection, person: PersonId, from: Day) -> Result<(Sum, Option<Day>)> {
    if !others(db, person)?.is_empty() {
        let sql = "SELECT count(*), coalesce(sum(amount), 0), max(on_day) FROM (
             SELECT DISTINCT src, amount, on_day FROM person_same
             CROSS JOIN grant_person ON grant_person.person = person_same.same AND on_day >= ?2
             WHERE person_same.person = ?1)";
        let found = answers::one(db, sql, (person, from), |row| {
            Ok((Sum { count: row.get(0)?, amount: row.get(1)? }, row.get(2)?))
        })?;
        return Ok(found.unwrap_or_default());
    }
    let sql = "SELECT count(*), coalesce(sum(amount), 0), max(on_day) FROM grant_person
               WHERE person = ?1 AND on_day >= ?2";
    let found = answers::one(db, sql, (person, from), |row| {
        Ok((Sum { count: row.get(0)?, amount: row.get(1)? }, row.get(2)?))
    })?;
    Ok(found.unwrap_or_default())
}

fn hit(db: &Connection, person: PersonId, today: Day) -> Result<Option<Hit>> {
    let sql = "SELECT coalesce(private.name, ''), private.id_no, private.birth, private.sex, person.died,
         household.id, household.size, household.status, household.township, household.village
       FROM person LEFT JOIN person_private AS private ON private.person = person.id
       LEFT JOIN household ON household.id = (
         SELECT household FROM membership WHERE membership.person = person.id AND since <= ?2
           AND (until IS NULL OR until > ?2) ORDER BY seq DESC LIMIT 1)
       WHERE person.id = ?1";
    let found = answers::one(db, sql, (person, today), |row| {
        let id_no: Option<String> = row.get(1)?;
        Ok(Hit {
            person,
            name: row.get(0)?,
            sex: row.get(3)?,
            age: age(row.get(2)?, today),
            id_masked: masked(&id_no.unwrap_or_default()),
            township: row.get(8)?,
            village: row.get::<_, Option<Village>>(9)?.map(|village| village.0),
            household: row.get(5)?,
            household_size: row.get::<_, Option<u16>>(6)?.unwrap_or(1),
            status: row.get(7)?,
            three_years: Sum::default(),
            died: row.get(4)?,
            also: Vec::new(),
        })
    })?;
    let Some(mut hit) = found else { return Ok(None) };
    for other in others(db, person)? {
        let sql = "SELECT coalesce(private.name, ''), coalesce(private.id_no, ''), person.died FROM person
           LEFT JOIN person_private AS private ON private.person = person.id WHERE person.id = ?1";
        let found = answers::one(db, sql, [other], |row| {
            Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?, row.get::<_, Option<Day>>(2)?))
        })?;
        if let Some((name, id_no, died)) = found {
            hit.died = [hit.died, died].into_iter().flatten().min();
            hit.also.push((other, name, masked(&id_no)));
        }
    }
    (hit.three_years, _) = sum(db, person, three_years_from(today))?;
    if hit.township.is_none() {
        (hit.township, hit.village) = last_place(db, person)?;
    }
    Ok(Some(hit))
}

/// Where the last grant of a person was.
fn last_place(db: &Connection, person: PersonId) -> Result<(Option<u16>, Option<u64>)> {
    let sql = "SELECT grant_.township, grant_.village FROM grant_ WHERE src = (
         SELECT src FROM grant_person WHERE person = ?1 ORDER BY on_day DESC, src DESC LIMIT 1)";
    let found = answers::one(db, sql, [person], |row| {
        Ok((Some(row.get(0)?), row.get::<_, Option<Village>>(1)?.map(|village| village.0)))
    })?;
    Ok(found.unwrap_or_default())
}

/// What the lookup shows of a grant besides the grant itself.
fn prior(db: &Connection, grant: Grant) -> Result<Prior> {
    let Source::Case(case) = grant.source else {
        let (matter_number, kinds) = (String::new(), Vec::new());
        return Ok(Prior { grant, matter_number, kinds, stage: None, handler: None, imported: true });
    };
    let sql =
        "SELECT coalesce(matter.number, ''), cases.stage, cases.handler, coalesce(officer_private.name, ''),
         (SELECT group_concat(DISTINCT kind) FROM line WHERE line.case_id = cases.id AND part = 2)
       FROM cases LEFT JOIN matter ON matter.id = cases.matter
       LEFT JOIN officer_private ON officer_private.no = cases.handler WHERE cases.id = ?1";
    let read = |row: &Row<'_>| {
        let kinds: Option<String> = row.get(4)?;
        let kind = |digit: &str| digit.parse().ok().and_then(LineKind::from_digit);
        let kinds = kinds.iter().flat_map(|all| all.split(',')).filter_map(kind).collect();
        Ok((row.get(0)?, kinds, Some(row.get(1)?), Some((row.get(2)?, row.get(3)?))))
    };
    let (matter_number, kinds, stage, handler) =
        answers::one(db, sql, [case], read)?.unwrap_or_else(|| (String::new(), Vec::new(), None, None));
    Ok(Prior { grant, matter_number, kinds, stage, handler, imported: false })
}

/// The grants of some people between two days, newest first, each once.
pub(super) fn priors(db: &Connection, people: &BTreeSet<PersonId>, from: Day, to: Day) -> Result<Vec<Prior>> {
    let mut all = Vec::new();
    for grant in grants::grants_of(db, people, from, to)? {
        all.push(prior(db, grant)?);
    }
    all.reverse();
    Ok(all)
}

/// The members of a household on a day with what each was granted, in order of joining.
pub(super) fn members(db: &Connection, household: HouseholdId, today: Day) -> Result<Vec<Member>> {
    let sql = "SELECT membership.person, membership.relation, coalesce(private.name, ''), private.sex, private.birth
       FROM membership LEFT JOIN person_private AS private ON private.person = membership.person
       WHERE membership.household = ?1 AND since <= ?2 AND (until IS NULL OR until > ?2) ORDER BY membership.seq";
    let mut all = answers::many(db, sql, (household, today), |row| {
        Ok(Member {
            person: row.get(0)?,
            relation: row.get(1)?,
            name: row.get(2)?,
            sex: row.get(3)?,
            age: age(row.get(4)?, today),
            three_years: Sum::default(),
            last: None,
        })
    })?;
    for member in &mut all {
        (member.three_years, _) = sum(db, member.person, three_years_from(today))?;
        (_, member.last) = sum(db, member.person, Day::EPOCH)?;
    }
    Ok(all)
}

fn family_card(db: &Connection, person: PersonId, today: Day) -> Result<Option<FamilyCard>> {
    let Some(who) = hit(db, person, today)? else { return Ok(None) };
    let sql =
        "SELECT coalesce(private.id_no, ''), coalesce(private.phone, ''), coalesce(private.address, ''),
         coalesce(private.account, ''), coalesce(private.bank, ''), person.resident
       FROM person LEFT JOIN person_private AS private ON private.person = person.id WHERE person.id = ?1";
    let texts = answers::one(db, sql, [person], |row| {
        Ok(([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?], row.get(5)?))
    })?;
    let Some(([id_no, phone, address, account, bank], resident)) = texts else { return Ok(None) };
    let everyone = match who.household {
        Some(household) => members(db, household, today)?,
        None => Vec::new(),
    };
    let mut people: BTreeSet<PersonId> = everyone.iter().map(|member| member.person).collect();
    people.extend(family(db, person, today)?);
    let far = today.plus(366);
    let records = same::same_as(db, &BTreeSet::from([person]))?;
    let own = priors(db, &records, Day::EPOCH, far)?;
    let all = priors(db, &people, Day::EPOCH, far)?;
    let household_year = all.iter().filter(|prior| prior.grant.on.year() == today.year()).cloned().collect();
    let recent = || all.iter().filter(|prior| prior.grant.on >= three_years_from(today));
    let household_three_years = Sum {
        count: u32::try_from(recent().count()).unwrap_or(u32::MAX),
        amount: recent().map(|prior| prior.grant.amount).sum(),
    };
    let members = everyone.into_iter().filter(|member| !records.contains(&member.person)).collect();
    let last = all.into_iter().next();
    Ok(Some(FamilyCard {
        who,
        id_no,
        phone,
        address,
        account,
        bank,
        resident,
        own,
        members,
        household_three_years,
        household_year,
        last,
    }))
}
