//! The county's desk at the host: what its screens ask is read from this PC at once.

use super::Host;
use crate::store::fault::Fault;
use crate::ui::product::Reply;
use crate::ui::product::county::{Cells, CountyAsk, CountyReply};

impl Host {
    /// Answers one question of the county's desk.
    pub(super) fn county(&self, ask: CountyAsk) -> Result<Reply, Fault> {
        Ok(Reply::County(match ask {
            CountyAsk::Work => CountyReply::Work(self.front.county_work()?),
            CountyAsk::File(case) => CountyReply::File(self.front.county_file(case)?.map(Box::new)),
            CountyAsk::Filings => CountyReply::Filings(Box::new(self.front.filings()?)),
            CountyAsk::Roster(number) => CountyReply::Roster(self.front.roster(&number)?.map(Box::new)),
            CountyAsk::Incidents => CountyReply::Incidents(self.front.incidents()?),
            CountyAsk::Grid(incident) => CountyReply::Grid(self.front.incident_grid(incident)?.map(Box::new)),
            CountyAsk::ReadTable(path) => CountyReply::Table(Cells(self.front.read_table(&path)?)),
            CountyAsk::Print(paper) => {
                return Ok(Reply::Printed(self.front.print_county(&paper)?.display().to_string()));
            }
        }))
    }
}
