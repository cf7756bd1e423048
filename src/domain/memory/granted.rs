//! Grants as the map keeps them: of cases, and of ledgers that were taken over.

use super::{Granted, Memory, all_paid};
use crate::domain::answers::Case;
use crate::domain::command::funds::ImportRow;
use crate::domain::grant::{Grant, Source, total};
use crate::domain::nouns::Way;

impl Memory {
    /// What was granted to a case, as the checks of sums and years see it.
    pub(super) fn grant(&self, case: &Case, granted: &Granted) -> Grant {
        let paid = self.payments.get(&case.id).map(|p| p.keys().copied().collect()).unwrap_or_default();
        Grant {
            source: Source::Case(case.id),
            number: case.number.clone(),
            matter: Some(case.matter),
            circumstance: Some(case.circumstance),
            people: granted.people.clone(),
            household: case.household,
            township: case.township,
            tier: granted.tier,
            way: case.way.unwrap_or(Way::Ordinary),
            amount: total(&case.granted),
            on: granted.on,
            provisional: case.provisional,
            paid: all_paid(&case.granted, &paid),
        }
    }
}

/// A row of an earlier ledger as a grant.
pub(super) fn imported(row: &ImportRow) -> Grant {
    // the hash is hex of at least sixteen bytes; a row that is not is told apart by what there is of it
    let mut id = [0; 16];
    for (to, from) in
        id.iter_mut().zip(hex::decode(&row.hash).unwrap_or_else(|_| row.hash.clone().into_bytes()))
    {
        *to = from;
    }
    Grant {
        source: Source::Imported(id),
        number: String::new(),
        matter: None,
        circumstance: row.circumstance,
        people: vec![row.person],
        household: None,
        township: row.township,
        tier: row.tier,
        way: Way::Ordinary,
        amount: row.amount,
        on: row.on,
        provisional: false,
        paid: true,
    }
}
