//! The households of an incident (群体性事项) as their signature roster lists them, and what one meeting decided together.

use crate::base::money::Money;
use crate::domain::ids::{CaseId, MatterId, PersonId};
use crate::domain::nouns::Stage;
use crate::domain::office::Tier;
use crate::store::replica::answers::many;
use crate::store::replica::bind::Village;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};

/// A household of an incident: its case with what the roster prints.
#[derive(Clone, PartialEq, Eq)]
pub struct StruckLine {
    /// The case.
    pub case: CaseId,
    /// 编号.
    pub number: String,
    /// The applicant.
    pub person: PersonId,
    /// 姓名.
    pub name: String,
    /// 身份证号, as registered.
    pub id_no: String,
    /// 收款账号, as registered.
    pub account: String,
    /// 村.
    pub village: u64,
    /// 受助人数.
    pub helped: u16,
    /// What is asked for.
    pub asked: Money,
    /// What was granted; nothing before the decision.
    pub granted: Money,
    /// Where it stands.
    pub stage: Stage,
    /// Where it is decided.
    pub tier: Option<Tier>,
}

impl std::fmt::Debug for StruckLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "StruckLine({})", self.number)
    }
}

impl Reader {
    /// The households of a matter, by number.
    ///
    /// # Errors
    /// SQLite's.
    pub fn struck(&self, matter: MatterId) -> Result<Vec<StruckLine>> {
        let sql = "SELECT cases.id, cases.number, cases.person, coalesce(private.name, ''), coalesce(private.id_no, ''),
             coalesce(private.account, ''), cases.village, cases.helped, cases.asked, cases.granted, cases.stage,
             cases.tier
           FROM cases LEFT JOIN person_private AS private ON private.person = cases.person
           WHERE cases.matter = ?1 ORDER BY cases.number";
        Ok(many(self.db(), sql, [matter], |row| {
            Ok(StruckLine {
                case: row.get(0)?,
                number: row.get(1)?,
                person: row.get(2)?,
                name: row.get(3)?,
                id_no: row.get(4)?,
                account: row.get(5)?,
                village: row.get::<_, Village>(6)?.0,
                helped: row.get(7)?,
                asked: row.get(8)?,
                granted: row.get(9)?,
                stage: row.get(10)?,
                tier: row.get(11)?,
            })
        })?)
    }

    /// The cases that a meeting decided together, the case itself among them: each number with what it decided. `n` is the entry
    /// of the meeting.
    ///
    /// # Errors
    /// SQLite's.
    pub fn met_together(&self, case: CaseId, n: u64) -> Result<Vec<(String, String, Money)>> {
        let sql = "SELECT DISTINCT cases.number, coalesce(private.name, ''), other.amount
           FROM meeting_held AS own CROSS JOIN cases AS first ON first.id = own.case_id
             CROSS JOIN cases ON cases.matter = first.matter
             CROSS JOIN meeting_held AS other ON other.case_id = cases.id AND other.n = own.n
             LEFT JOIN person_private AS private ON private.person = cases.person
           WHERE own.case_id = ?1 AND own.n = ?2
           ORDER BY cases.number";
        let n = i64::try_from(n).unwrap_or(i64::MAX);
        Ok(many(self.db(), sql, (case, n), |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?)
    }
}
