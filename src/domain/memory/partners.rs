//! The register of partners in memory.

use super::Memory;
use crate::domain::ids::PartnerId;
use crate::domain::partners::{Partner, PartnerAnswers};

impl PartnerAnswers for Memory {
    fn partner(&self, id: PartnerId) -> Option<Partner> {
        self.partners.partner(id)
    }
}
