//! 授权码单: who holds one, and how it stands. Digests only; the codes are in no table.

use super::standing::Named;
use crate::base::day::Stamp;
use crate::domain::answers::Answers as _;
use crate::domain::code_sheet::CodeSheet;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};
use crate::store::replica::answers::many;
use crate::store::replica::fault::Result;
use crate::store::replica::{Ask, Reader};

/// An officer who reads codes out, or did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SheetRow {
    /// Who.
    pub officer: Named,
    /// His last sheet; none where he never issued one.
    pub sheet: Option<CodeSheet>,
    /// At whose desk a wrong code was given last, and when.
    pub missed_last: Option<(Named, Stamp)>,
}

impl Reader {
    /// The sheets of the county's approvers, of whoever has one, and a row for `me`, by number.
    ///
    /// # Errors
    /// SQLite's.
    pub fn code_sheets(&self, me: &OfficerNo) -> Result<Vec<SheetRow>> {
        let sql = "SELECT officer.no, coalesce(p.name, ''), s.missed_by, coalesce(q.name, ''), s.missed_at
           FROM officer LEFT JOIN code_sheet AS s ON s.officer = officer.no
           LEFT JOIN officer_private AS p ON p.no = officer.no LEFT JOIN officer_private AS q ON q.no = s.missed_by
           WHERE s.officer IS NOT NULL OR officer.no = ?1 OR (officer.office = ?3 AND officer.ended = 0
             AND EXISTS (SELECT 1 FROM role WHERE role.officer = officer.no AND role.role = ?2))
           ORDER BY officer.no";
        let mut rows = many(self.db(), sql, (me, Role::Approver, Office::County), |row| {
            let by: Option<OfficerNo> = row.get(2)?;
            let (name, at): (String, Option<Stamp>) = (row.get(3)?, row.get(4)?);
            Ok(SheetRow {
                officer: (row.get(0)?, row.get(1)?),
                sheet: None,
                missed_last: by.zip(at).map(|(by, at)| ((by, name), at)),
            })
        })?;
        for row in &mut rows {
            row.sheet = self.codes(&row.officer.0);
        }
        Ok(rows)
    }
}
