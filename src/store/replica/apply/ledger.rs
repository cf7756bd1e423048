//! Rows of imported ledgers: earlier help, which counts for the once-a-year rule and the lookup, never for a fund.

use super::Page;
use crate::domain::command::funds::ImportRow;
use crate::domain::grant::Source;
use crate::domain::nouns::Way;
use crate::store::replica::answers::grants::{row_hash, source_blob};
use crate::store::replica::bind::{Village, people_blob};
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn ledger(&self, rows: &[ImportRow]) -> Result<()> {
        for row in rows {
            let src = source_blob(Source::Imported(row_hash(&row.hash)));
            // A row that is known already stays as it was first read.
            let new = self.run(
                "INSERT OR IGNORE INTO grant_(src, number, matter, circumstance, people, household, township, village,
                   tier, way, amount, on_day, provisional, paid, reason)
                 VALUES (?1, '', NULL, ?2, ?3, NULL, ?4, ?5, ?6, ?7, ?8, ?9, 0, 1, ?10)",
                (
                    &src,
                    row.circumstance,
                    people_blob(&[row.person]),
                    row.township,
                    row.village.map(Village),
                    row.tier,
                    Way::Ordinary,
                    row.amount,
                    row.on,
                    self.words(&row.reason),
                ),
            )?;
            if new > 0 {
                self.helped(row.person, row.on, &src, row.amount)?;
            }
        }
        Ok(())
    }
}
