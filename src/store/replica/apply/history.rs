//! 操作经历: a narrow row per entry, with what it changed from what to what, and whom it names.

use super::Page;
use crate::base::money::Money;
use crate::domain::command::privacy::Subject;
use crate::domain::fact::Fact;
use crate::domain::grant::total;
use crate::domain::ids::{CaseId, OfficerNo, PersonId};
use crate::domain::nouns::{Stage, Status};
use crate::domain::office::Role;
use crate::domain::private::PersonDetails;
use crate::store::replica::fault::Result;
use rusqlite::OptionalExtension;
use std::collections::BTreeSet;

/// Private words of a person that a correction changes, by their names on screens.
type Part = (&'static str, fn(&PersonDetails) -> &str);
const PARTS: &[Part] = &[
    ("姓名", |known| &known.name),
    ("证件号", |known| &known.id_no),
    ("电话", |known| &known.phone),
    ("住址", |known| &known.address),
    ("账号", |known| &known.account),
    ("开户行", |known| &known.bank),
];

impl Page<'_> {
    /// What the entry changes, read before it applies. Of what is private it says which field and no word of it: the
    /// words before stand in the entry before.
    pub(super) fn changes(&self) -> Result<Vec<String>> {
        let mut all = Vec::new();
        for fact in self.entry.facts {
            let change = match fact {
                Fact::StageSet { case, stage, .. } => self
                    .one("SELECT stage FROM cases WHERE id = ?1", [case], |row| row.get::<_, Stage>(0))?
                    .filter(|before| before != stage)
                    .map(|before| format!("{}→{}", before.zh(), stage.zh())),
                Fact::GrantSet { case, lines, .. } => {
                    let sql = "SELECT granted FROM cases WHERE id = ?1 AND way IS NOT NULL";
                    let now = total(lines);
                    self.one(sql, [case], |row| row.get::<_, Money>(0))?
                        .filter(|before| *before != now)
                        .map(|before| format!("{}元→{}元", before.grouped(), now.grouped()))
                }
                Fact::RolesGiven { officer, roles, .. } => self.roles(officer, roles)?,
                Fact::HouseholdCounted { household, status, size, .. } => {
                    let sql = "SELECT status, size FROM household WHERE id = ?1";
                    self.one(sql, [household], |row| Ok((row.get::<_, Status>(0)?, row.get::<_, u16>(1)?)))?
                        .filter(|before| *before != (*status, *size) && before.1 != 0)
                        .map(|(was, people)| format!("{} {people}人→{} {size}人", was.zh(), status.zh()))
                }
                Fact::PersonNoted { person, corrected: true, .. } => self.corrected(*person)?,
                _ => None,
            };
            all.extend(change);
        }
        all.dedup();
        Ok(all)
    }

    fn one<T>(
        &self,
        sql: &'static str,
        params: impl rusqlite::Params,
        read: impl FnOnce(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Option<T>> {
        Ok(self.db.prepare_cached(sql)?.query_row(params, read).optional()?)
    }

    fn roles(&self, officer: &OfficerNo, roles: &BTreeSet<Role>) -> Result<Option<String>> {
        let word = |roles: &BTreeSet<Role>| match roles.is_empty() {
            true => "无岗位".to_owned(),
            false => roles.iter().map(|role| role.zh()).collect::<Vec<_>>().join("、"),
        };
        let known = crate::store::replica::answers::kernel::officer(self.db, officer)?;
        let before = known.map(|known| known.roles).unwrap_or_default();
        Ok((before != *roles).then(|| format!("{}→{}", word(&before), word(roles))))
    }

    fn corrected(&self, person: PersonId) -> Result<Option<String>> {
        let Some(now) = self.entry.private.and_then(|private| private.people.get(&person)) else {
            return Ok(None);
        };
        let sql = "SELECT name, id_no, phone, address, account, bank FROM person_private WHERE person = ?1";
        let before = self.one(sql, [person], |row| {
            Ok(PersonDetails {
                name: row.get(0)?,
                id_no: row.get(1)?,
                phone: row.get(2)?,
                address: row.get(3)?,
                account: row.get(4)?,
                bank: row.get(5)?,
                ..PersonDetails::default()
            })
        })?;
        let Some(before) = before else { return Ok(None) };
        let parts: Vec<&str> =
            PARTS.iter().filter(|(_, part)| part(&before) != part(now)).map(|(name, _)| *name).collect();
        Ok((!parts.is_empty()).then(|| format!("改{}", parts.join("、"))))
    }

    /// Writes the entry's row, and whom it names.
    pub(super) fn history(&self, changed: &[String]) -> Result<()> {
        let entry = self.entry;
        // Who looked at a case stands in its history, though looking touches no case.
        let looked = |fact: &Fact| match fact {
            Fact::Unmasked { subject: Subject::Case(case), .. } => Some(*case),
            _ => None,
        };
        let case: Option<CaseId> = entry.facts.iter().find_map(|fact| fact.case().or_else(|| looked(fact)));
        let subject = entry.facts.iter().find_map(subject).unwrap_or_default();
        self.run(
            "INSERT INTO history(n, at, who, carrier, desk, verb, case_id, subject, changed)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            (
                self.n,
                self.now(),
                entry.author,
                entry.carrier,
                entry.desk.0.as_slice(),
                entry.verb,
                case,
                subject,
                changed.join("；"),
            ),
        )?;
        let people: BTreeSet<PersonId> = entry.facts.iter().flat_map(Fact::people).collect();
        for person in people {
            self.run("INSERT OR IGNORE INTO history_person(person, n) VALUES (?1, ?2)", (person, self.n))?;
        }
        Ok(())
    }
}

/// What an entry was about besides a case, in public words.
fn subject(fact: &Fact) -> Option<String> {
    Some(match fact {
        Fact::OfficerEnrolled { officer, .. }
        | Fact::RolesGiven { officer, .. }
        | Fact::KeyGiven { officer, .. }
        | Fact::KeyRevoked { officer, .. }
        | Fact::CodesIssued { officer, .. }
        | Fact::CodesVoided { officer, .. }
        | Fact::CodeMissed { officer }
        | Fact::RelativeFiled { officer, .. } => format!("操作员{officer}"),
        Fact::BrakeLifted { handler, .. } => format!("操作员{handler}"),
        Fact::PackAdopted { id, .. } => id.clone(),
        Fact::YearSet { table } => format!("{}年", table.year),
        Fact::DataKeySealed { year, .. } => format!("{year}年"),
        Fact::LeadRegistered { number, .. }
        | Fact::MatterOpened { number, .. }
        | Fact::CaseOpened { number, .. }
        | Fact::FindingRaised { number, .. } => number.clone(),
        Fact::MoneyMoved { township, voucher, .. } => match crate::base::division::township(*township) {
            Some(known) => format!("{}{voucher}", known.name),
            None => voucher.clone(),
        },
        Fact::Unmasked { purpose, .. } => purpose.zh().to_owned(),
        Fact::PeopleLinked(is) => is.state.zh().to_owned(),
        Fact::RosterFiled(is) => is.number.clone(),
        Fact::PartnerNoted(is) => is.kind.zh().to_owned(),
        Fact::LedgerImported { part, rows, .. } => format!("第{part}部分{}行", rows.len()),
        _ => return None,
    })
}
