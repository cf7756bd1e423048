//! Matters, leads and cases.

use super::{many, one};
use crate::base::money::Money;
use crate::domain::answers::{Case, Lead, Matter, Meeting, Payment};
use crate::domain::grant::{Goods, Line};
use crate::domain::ids::{CaseId, LeadId, LineId, MatterId, PersonId};
use crate::store::replica::bind::{list, people_of};
use rusqlite::{Connection, Result, Row};
use std::collections::BTreeSet;

fn read_matter(row: &Row<'_>) -> Result<Matter> {
    let people: Vec<u8> = row.get(7)?;
    Ok(Matter {
        id: row.get(0)?,
        number: row.get(1)?,
        township: row.get(2)?,
        circumstance: row.get(3)?,
        on: row.get(4)?,
        opened: row.get(5)?,
        shared: row.get(6)?,
        people: people_of(&people),
    })
}

pub(super) fn matter(db: &Connection, id: MatterId) -> Result<Option<Matter>> {
    let sql =
        "SELECT id, number, township, circumstance, on_day, opened, shared, people FROM matter WHERE id = ?1";
    one(db, sql, [id], read_matter)
}

pub(super) fn matters_of(db: &Connection, people: &BTreeSet<PersonId>) -> Result<Vec<Matter>> {
    let sql = "WITH who(person) AS MATERIALIZED (SELECT unhex(value) FROM json_each(?1)),
       theirs(matter) AS MATERIALIZED (
         SELECT struck.matter FROM who CROSS JOIN matter_person AS struck ON struck.person = who.person
         UNION SELECT cases.matter FROM who CROSS JOIN cases ON cases.person = who.person)
     SELECT id, number, township, circumstance, on_day, opened, shared, people
     FROM theirs CROSS JOIN matter ON matter.id = theirs.matter ORDER BY opened, id";
    many(db, sql, [list(people.iter().copied())], read_matter)
}

pub(super) fn lead(db: &Connection, id: LeadId) -> Result<Option<Lead>> {
    let sql = "SELECT number, township, circumstance, severity, at, person, answered, ended FROM lead WHERE id = ?1";
    one(db, sql, [id], |row| {
        Ok(Lead {
            id,
            number: row.get(0)?,
            township: row.get(1)?,
            circumstance: row.get(2)?,
            severity: row.get(3)?,
            at: row.get(4)?,
            person: row.get(5)?,
            answered: row.get(6)?,
            ended: row.get(7)?,
        })
    })
}

/// The lines of a case by part: what is asked, what is granted.
pub(crate) fn lines(db: &Connection, case: CaseId) -> Result<(Vec<Line>, Vec<Line>)> {
    let sql = "SELECT part, line, kind, amount, item, unit, quantity_milli, price, pay_by, payee, after
               FROM line WHERE case_id = ?1 ORDER BY part, pos";
    let all = many(db, sql, [case], |row| {
        let item: Option<String> = row.get(4)?;
        let goods = match item {
            Some(item) => {
                Some(Goods { item, unit: row.get(5)?, quantity_milli: row.get(6)?, price: row.get(7)? })
            }
            None => None,
        };
        let line = Line {
            line: row.get(1)?,
            kind: row.get(2)?,
            amount: row.get(3)?,
            goods,
            pay_by: row.get(8)?,
            payee: row.get(9)?,
            after: row.get(10)?,
        };
        Ok((row.get::<_, i64>(0)?, line))
    })?;
    let (asked, granted): (Vec<_>, Vec<_>) = all.into_iter().partition(|(part, _)| *part == 1);
    let bare = |part: Vec<(i64, Line)>| part.into_iter().map(|(_, line)| line).collect();
    Ok((bare(asked), bare(granted)))
}

fn meeting(row: &Row<'_>) -> Result<Option<Meeting>> {
    let Some(on) = row.get("meet_on")? else { return Ok(None) };
    Ok(Some(Meeting {
        on,
        tier: row.get("meet_tier")?,
        kind: row.get("meet_kind")?,
        present: row.get("meet_present")?,
        amount: row.get("meet_amount")?,
    }))
}

/// What still stands under 应付垫付款 for a case, as a positive sum.
fn outlay(db: &Connection, case: CaseId) -> Result<Money> {
    let owed = many(db, "SELECT fen FROM balance WHERE case_id = ?1", [case], |row| row.get::<_, Money>(0))?;
    Ok(-owed.into_iter().sum::<Money>())
}

pub(super) fn payments(db: &Connection, case: CaseId) -> Result<Vec<Payment>> {
    let sql = "SELECT line, amount, at, by, by_another FROM line_paid WHERE case_id = ?1 ORDER BY line";
    many(db, sql, [case], |row| {
        Ok(Payment {
            line: row.get(0)?,
            amount: row.get(1)?,
            at: row.get(2)?,
            by: row.get(3)?,
            by_another: row.get(4)?,
        })
    })
}

pub(super) fn blank_used(db: &Connection, blank: &str) -> Result<Option<String>> {
    let sql =
        "SELECT cases.number FROM blank CROSS JOIN cases ON cases.id = blank.case_id WHERE blank.blank = ?1";
    one(db, sql, [blank], |row| row.get(0))
}

pub(super) fn case(db: &Connection, id: CaseId) -> Result<Option<Case>> {
    // Named, not `*`: what is private stands in other columns of the same row.
    let sql = "SELECT number, matter, person, household, applicant, township, circumstance, severity, path, schemes,
         by_meeting, meet_on, meet_tier, meet_kind, meet_present, meet_amount, handler, accepted, pack, stage, tier, way,
         provisional, decided_by, touched_n, touched_by,
         (SELECT due FROM ratification WHERE case_id = ?1 AND done_n IS NULL) AS ratification_due,
         EXISTS (SELECT 1 FROM mark WHERE case_id = ?1 AND settled_n IS NULL) AS marked
       FROM cases WHERE id = ?1";
    let found = one(db, sql, [id], |row| {
        let touched: i64 = row.get("touched_n")?;
        Ok(Case {
            id,
            number: row.get("number")?,
            matter: row.get("matter")?,
            person: row.get("person")?,
            household: row.get("household")?,
            applicant: row.get("applicant")?,
            township: row.get("township")?,
            circumstance: row.get("circumstance")?,
            severity: row.get("severity")?,
            path: row.get("path")?,
            schemes: row.get("schemes")?,
            by_meeting: row.get("by_meeting")?,
            meeting: meeting(row)?,
            handler: row.get("handler")?,
            accepted: row.get("accepted")?,
            pack: row.get("pack")?,
            stage: row.get("stage")?,
            tier: row.get("tier")?,
            asked: Vec::new(),
            granted: Vec::new(),
            way: row.get("way")?,
            provisional: row.get("provisional")?,
            decided_by: row.get("decided_by")?,
            paid: BTreeSet::new(),
            outlay: Money::ZERO,
            ratification_due: row.get("ratification_due")?,
            marked: row.get("marked")?,
            touched_n: touched.unsigned_abs(),
            touched_by: row.get("touched_by")?,
        })
    })?;
    let Some(mut case) = found else { return Ok(None) };
    (case.asked, case.granted) = lines(db, id)?;
    let paid =
        many(db, "SELECT line FROM line_paid WHERE case_id = ?1", [id], |row| row.get::<_, LineId>(0))?;
    case.paid = paid.into_iter().collect();
    case.outlay = outlay(db, id)?;
    Ok(Some(case))
}
