//! The registers in memory.

use super::Memory;
use crate::domain::ids::{DiscovererId, PartnerId};
use crate::domain::partners::{Partner, PartnerAnswers};
use crate::domain::registers::{Discoverer, RegisterAnswers};

impl RegisterAnswers for Memory {
    fn discoverer(&self, id: DiscovererId) -> Option<Discoverer> {
        self.registers.discoverer(id)
    }
}

impl PartnerAnswers for Memory {
    fn partner(&self, id: PartnerId) -> Option<Partner> {
        self.registers.partners.partner(id)
    }
}
