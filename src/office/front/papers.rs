//! Papers at the front: written as HTML for the browser and as XLSX for the office suite, beside the desk's own files.

use super::Front;
use crate::domain::ids::{CaseId, OfficerNo};
use crate::office::print::gather::{self, Occasion};
use crate::office::print::{Format, write};
use crate::office::print::{PaperKind, Printed};
use crate::store::fault::{Fault, FaultKind};
use std::path::PathBuf;

/// A paper about the office itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// 工作交接单 of an entry.
    HandOver(u64),
    /// F22 of an officer.
    Relatives(OfficerNo),
}

impl Front {
    /// Prints a paper about the office itself. Answers the HTML file; the XLSX lies beside it.
    ///
    /// # Errors
    /// It is not there; the disk of this PC.
    pub fn print_sheet(&self, sheet: &Sheet) -> Result<PathBuf, Fault> {
        let reader = self.reader()?;
        let officer = self.session()?.officer.clone();
        let occasion = Occasion { by: &officer, on: self.now().day(), practice: self.is_practice() };
        let printed = match sheet {
            Sheet::HandOver(n) => gather::of_hand_over(reader, *n, &occasion)?,
            Sheet::Relatives(of) => gather::of_relatives(reader, of, &occasion)?,
        };
        let folder = self.folder().join("papers");
        write(&printed, &folder, Format::Xlsx)?;
        write(&printed, &folder, Format::Html)
    }

    /// Prints a paper: of a case, or of a township's month of the reserve. Answers the HTML file; the XLSX lies beside it.
    ///
    /// # Errors
    /// The case is not there; the disk of this PC.
    pub fn print(
        &self,
        kind: PaperKind,
        case: Option<CaseId>,
        reserve: Option<(u16, (i32, u32))>,
    ) -> Result<PathBuf, Fault> {
        let reader = self.reader()?;
        let officer = self.session()?.officer.clone();
        let occasion = Occasion { by: &officer, on: self.now().day(), practice: self.is_practice() };
        let printed: Printed = match (case, reserve) {
            (Some(case), _) => gather::of_case(reader, kind, case, &occasion)?,
            (None, Some((township, month))) => gather::of_reserve(reader, township, month, &occasion)?,
            (None, None) => {
                return Err(Fault::new(FaultKind::User, "没有选中要打印的内容", "请先选一件，再按Ctrl-P"));
            }
        };
        let folder = self.folder().join("papers");
        write(&printed, &folder, Format::Xlsx)?;
        write(&printed, &folder, Format::Html)
    }
}
