//! Printing for a screen.

use super::Host;
use crate::domain::ids::CaseId;
use crate::office::print::PaperKind;
use crate::store::fault::Fault;

impl Host {
    /// Writes a paper and says where: of a case, else of the month of the reserve that was looked at last.
    pub(super) fn print(&self, kind: PaperKind, case: Option<CaseId>) -> Result<String, Fault> {
        let reserve = if kind == PaperKind::Reserve { self.reserve_seen } else { None };
        Ok(self.front.print(kind, case, reserve)?.display().to_string())
    }
}
