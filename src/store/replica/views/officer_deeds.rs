//! What took effect on officers: for the month sheet, the supervisor, and the review after a theft.

use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::ids::{CaseId, OfficerNo};
use crate::domain::office::Office;
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};

/// What happened to an officer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeedKind {
    /// 登记.
    Enrolled,
    /// 授予岗位, or 离岗 where none is left.
    Roles,
    /// 设定密钥.
    Key,
    /// 停用密钥.
    Revoked,
    /// 停用.
    Suspended,
}

impl DeedKind {
    /// The word on screens and papers.
    pub fn zh(self) -> &'static str {
        match self {
            DeedKind::Enrolled => "登记操作员",
            DeedKind::Roles => "授予岗位",
            DeedKind::Key => "设定密钥",
            DeedKind::Revoked => "停用密钥",
            DeedKind::Suspended => "停用操作员",
        }
    }

    fn of(kind: i64) -> DeedKind {
        match kind {
            1 => DeedKind::Enrolled,
            2 => DeedKind::Roles,
            3 => DeedKind::Key,
            4 => DeedKind::Revoked,
            _ => DeedKind::Suspended,
        }
    }
}

/// One such deed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerDeed {
    /// In which entry.
    pub n: u64,
    /// When.
    pub at: Stamp,
    /// By whose word; the recovery seed is the officer `0`.
    pub by: OfficerNo,
    /// The second administrator, where two were needed.
    pub second: Option<OfficerNo>,
    /// What.
    pub kind: DeedKind,
    /// Whom it concerns.
    pub officer: OfficerNo,
    /// The office given.
    pub office: Option<Office>,
    /// The roles given, in words; empty where his work ended.
    pub roles: String,
    /// His own limit.
    pub limit: Option<Money>,
    /// From which day a key is believed stolen.
    pub since: Option<Day>,
}

impl OfficerDeed {
    /// Whether the recovery seed did it: a red line for whoever reviews.
    pub fn is_by_seed(&self) -> bool {
        crate::domain::powers::is_recovery(&self.by)
    }
}

/// A step that an officer signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedStep {
    /// The case.
    pub case: CaseId,
    /// Its number.
    pub number: String,
    /// The verb in words.
    pub zh: String,
    /// When.
    pub at: Stamp,
}

impl Reader {
    /// What took effect on officers from one day to another, both included, in order.
    ///
    /// # Errors
    /// SQLite's.
    pub fn officer_deeds(&self, from: Day, to: Day) -> Result<Vec<OfficerDeed>> {
        let sql = "SELECT n, at, by, second, kind, officer, office, coalesce(roles, ''), limit_fen, since
                   FROM officer_deed WHERE at >= ?1 AND at < ?2 ORDER BY seq";
        let (first, after) = (Stamp::at(from, 0, 0), Stamp::at(to.plus(1), 0, 0));
        Ok(many(self.db(), sql, (first, after), |row| {
            Ok(OfficerDeed {
                n: row.get::<_, i64>(0)?.unsigned_abs(),
                at: row.get(1)?,
                by: row.get(2)?,
                second: row.get(3)?,
                kind: DeedKind::of(row.get(4)?),
                officer: row.get(5)?,
                office: row.get(6)?,
                roles: row.get(7)?,
                limit: row.get(8)?,
                since: row.get(9)?,
            })
        })?)
    }

    /// The steps of cases that an officer signed since a day, in order: what is looked at when his key was stolen.
    ///
    /// # Errors
    /// SQLite's.
    pub fn signed_since(&self, officer: &OfficerNo, since: Day) -> Result<Vec<SignedStep>> {
        let sql = "SELECT step.case_id, cases.number, step.zh, step.at FROM step JOIN cases ON cases.id = step.case_id
                   WHERE step.who = ?1 AND step.at >= ?2 ORDER BY step.n, step.case_id";
        Ok(many(self.db(), sql, (officer, Stamp::at(since, 0, 0)), |row| {
            Ok(SignedStep { case: row.get(0)?, number: row.get(1)?, zh: row.get(2)?, at: row.get(3)? })
        })?)
    }
}
