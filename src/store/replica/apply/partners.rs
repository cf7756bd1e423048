//! The register of bodies that help.

use super::Page;
use crate::domain::fact::partners::PartnerNoted;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn partner(&self, is: &PartnerNoted) -> Result<()> {
        let sql = "INSERT OR REPLACE INTO partner(id, kind, paired, since, until, by, n, name, contact, helps, reason)
           VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)";
        let row = (
            is.partner,
            is.kind,
            is.paired,
            is.since,
            is.until,
            &is.by,
            self.n,
            self.words(&is.name),
            self.words(&is.contact),
            self.words(&is.helps),
            self.words(&is.reason),
        );
        self.run(sql, row).map(drop)
    }
}
