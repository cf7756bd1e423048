//! Matters of hardship.

use super::Page;
use crate::domain::fact::Fact;
use crate::store::replica::bind::{Village, people_blob};
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn matter(&self, fact: &Fact) -> Result<()> {
        let Fact::MatterOpened { matter, number, township, circumstance, on, place, shared, people } = fact
        else {
            return Ok(());
        };
        self.run(
            "INSERT OR REPLACE INTO matter(id, number, township, circumstance, on_day, place, opened, shared, people)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            (matter, number, township, circumstance, on, place.map(Village), self.now(), shared, people_blob(people)),
        )?;
        for person in people {
            self.run(
                "INSERT OR IGNORE INTO matter_person(person, matter) VALUES (?1, ?2)",
                (person, matter),
            )?;
        }
        self.numbered_matter(number, *township)
    }
}
