//! 待补手续: cases that were paid first and whose papers are open.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{CaseId, OfficerNo, PersonId};
use crate::domain::nouns::ItemKind;
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};

/// A case with open papers.
#[derive(Clone, PartialEq, Eq)]
pub struct DeferredRow {
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
    /// What was granted.
    pub amount: Money,
    /// Whose duty the papers are.
    pub handler: OfficerNo,
    /// His name.
    pub handler_name: String,
    /// The open papers: which, and whether already noted at payment and waiting to be confirmed.
    pub open: Vec<(ItemKind, bool)>,
    /// The earliest due day.
    pub due: Day,
    /// Why the day was moved (急难未缓解), where it was.
    pub moved: String,
}

impl DeferredRow {
    /// Whether it is late.
    pub fn late(&self, today: Day) -> bool {
        self.due < today
    }
}

impl std::fmt::Debug for DeferredRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "DeferredRow({})", self.number)
    }
}

impl Reader {
    /// The cases with open papers, of one township or all, of one handler or all, the earliest due first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn deferred(&self, township: Option<u16>, handler: Option<&OfficerNo>) -> Result<Vec<DeferredRow>> {
        let sql = "SELECT item.case_id, cases.number, cases.person, coalesce(private.name, ''), cases.township,
             cases.granted, item.handler, coalesce(officer_private.name, ''), item.kind, item.noted, item.due,
             coalesce(item.moved, '')
           FROM item CROSS JOIN cases ON cases.id = item.case_id
           LEFT JOIN person_private AS private ON private.person = cases.person
           LEFT JOIN officer_private ON officer_private.no = item.handler
           WHERE item.done IS NULL AND (?1 IS NULL OR cases.township = ?1) AND (?2 IS NULL OR item.handler = ?2)
           ORDER BY item.due, item.case_id, item.kind";
        let items = many(self.db(), sql, (township, handler), |row| {
            Ok(DeferredRow {
                case: row.get(0)?,
                number: row.get(1)?,
                person: row.get(2)?,
                name: row.get(3)?,
                township: row.get(4)?,
                amount: row.get(5)?,
                handler: row.get(6)?,
                handler_name: row.get(7)?,
                open: vec![(row.get(8)?, row.get(9)?)],
                due: row.get(10)?,
                moved: row.get(11)?,
            })
        })?;
        let mut rows: Vec<DeferredRow> = Vec::new();
        for item in items {
            match rows.iter_mut().find(|row| row.case == item.case) {
                Some(row) => row.open.extend(item.open),
                None => rows.push(item),
            }
        }
        Ok(rows)
    }
}
