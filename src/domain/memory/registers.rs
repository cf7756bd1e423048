//! The registers in memory.

use super::Memory;
use crate::domain::ids::DiscovererId;
use crate::domain::registers::{Discoverer, RegisterAnswers};

impl RegisterAnswers for Memory {
    fn discoverer(&self, id: DiscovererId) -> Option<Discoverer> {
        self.registers.discoverer(id)
    }
}
