//! The registers.

use super::Page;
use crate::domain::fact::Fact;
use crate::store::replica::bind::Village;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn registers(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::DiscovererNoted(made) => {
                let sql = "INSERT INTO discoverer(id, township, village, kind, since, name, phone, by, n)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)
                   ON CONFLICT (id) DO UPDATE SET township = excluded.township, village = excluded.village,
                     kind = excluded.kind, since = excluded.since, name = excluded.name, phone = excluded.phone,
                     by = excluded.by, n = excluded.n";
                let (name, phone) = (self.words(&made.name), self.words(&made.phone));
                self.run(
                    sql,
                    (
                        made.discoverer,
                        made.township,
                        Village(made.village),
                        made.kind,
                        made.since,
                        name,
                        phone,
                        &made.by,
                        self.n,
                    ),
                )?;
            }
            Fact::DiscovererEnded(made) => {
                let sql = "UPDATE discoverer SET until = ?2, reason = ?3 WHERE id = ?1";
                self.run(sql, (made.discoverer, made.until, self.words(&made.reason)))?;
            }
            _ => {}
        }
        Ok(())
    }
}
