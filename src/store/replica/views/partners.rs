//! 协作单位 as their screen and paper show them, with what was referred to each and what it gave.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{OfficerNo, PartnerId};
use crate::domain::partners::{Partner, PartnerKind};
use crate::domain::tiers::ReferOutcome;
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};

/// A body of the register (协作单位), with what was referred to it and what it gave.
#[derive(Clone, PartialEq, Eq)]
pub struct PartnerRow {
    /// Which.
    pub id: PartnerId,
    /// What it is.
    pub kind: PartnerKind,
    /// The township with which it is paired.
    pub paired: Option<u16>,
    /// From which day.
    pub since: Day,
    /// Its last day.
    pub until: Option<Day>,
    /// Who wrote it last.
    pub by: OfficerNo,
    /// 名称.
    pub name: String,
    /// 联系人和电话.
    pub contact: String,
    /// 能帮什么.
    pub helps: String,
    /// Why it was changed last.
    pub reason: String,
    /// How many were referred to it.
    pub referred: u32,
    /// How many of them it helped (已办结).
    pub done: u32,
    /// How many it declined.
    pub declined: u32,
    /// What it gave, goods by their worth; no money of the government's.
    pub given: Money,
}

impl PartnerRow {
    /// Whether it may be named on a day.
    pub fn stands(&self, on: Day) -> bool {
        Partner { since: self.since, until: self.until }.stands(on)
    }
}

impl std::fmt::Debug for PartnerRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "PartnerRow({})", self.id)
    }
}

impl Reader {
    /// The county's partners, those that have ended too, by kind and name.
    ///
    /// # Errors
    /// SQLite's.
    pub fn partners(&self) -> Result<Vec<PartnerRow>> {
        let sql = "SELECT id, kind, paired, since, until, by, coalesce(name, ''), coalesce(contact, ''),
             coalesce(helps, ''), coalesce(reason, '')
           FROM partner ORDER BY until IS NOT NULL, kind, name, id";
        let mut rows = many(self.db(), sql, [], |row| {
            Ok(PartnerRow {
                id: row.get(0)?,
                kind: row.get(1)?,
                paired: row.get(2)?,
                since: row.get(3)?,
                until: row.get(4)?,
                by: row.get(5)?,
                name: row.get(6)?,
                contact: row.get(7)?,
                helps: row.get(8)?,
                reason: row.get(9)?,
                referred: 0,
                done: 0,
                declined: 0,
                given: Money::ZERO,
            })
        })?;
        for partner in &mut rows {
            let sql = "SELECT outcome, given FROM referral INDEXED BY referral_by_partner WHERE partner = ?1";
            let all: Vec<(Option<ReferOutcome>, Option<Money>)> =
                many(self.db(), sql, [partner.id], |row| Ok((row.get(0)?, row.get(1)?)))?;
            let count = |of: Option<ReferOutcome>| {
                u32::try_from(all.iter().filter(|(outcome, _)| *outcome == of).count()).unwrap_or(u32::MAX)
            };
            partner.referred = u32::try_from(all.len()).unwrap_or(u32::MAX);
            partner.done = count(Some(ReferOutcome::Done));
            partner.declined = count(Some(ReferOutcome::Declined));
            partner.given = all.iter().filter_map(|(_, given)| *given).sum();
        }
        Ok(rows)
    }
}
