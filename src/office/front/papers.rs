//! Papers at the front: written as HTML for the browser and as XLSX for the office suite, beside the desk's own files.

use super::Front;
use crate::domain::answers::Answers as _;
use crate::domain::ids::{BatchId, CaseId, LineId, OfficerNo};
use crate::domain::office::{Office, Role};
use crate::office::print::county::{self, CountyPaper};
use crate::office::print::gather::{self, Occasion};
use crate::office::print::{Format, write, write_sheets};
use crate::office::print::{PaperKind, Printed};
use crate::store::entries::Entries;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;
use crate::store::replica::views::sample::SampleRow;
use std::path::PathBuf;

/// How many drawn cases are shown.
const DRAWN: usize = 500;

/// A paper about the office itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Sheet {
    /// 工作交接单 of an entry.
    HandOver(u64),
    /// F22 of an officer.
    Relatives(OfficerNo),
    /// F17 of a batch.
    Roster(BatchId),
    /// F18 of a batch.
    Returns(BatchId),
    /// 资金月末对账表 of a year and month.
    Sources((i32, u32)),
    /// F16's 申请报账表 of a township's month.
    Replenish(u16, (i32, u32)),
    /// F19 of a township's month.
    Goods(u16, (i32, u32)),
    /// F24 of a line.
    Recovery(CaseId, LineId),
    /// 失窃密钥核对单.
    Stolen,
    /// 子女账户名单 of a year, or of all.
    Children(Option<i32>),
    /// 协作单位名册.
    Partners,
    /// F21 of a year, or of all.
    Heard(Option<i32>),
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
            Sheet::Roster(batch) => gather::of_roster(reader, *batch, &occasion)?,
            Sheet::Returns(batch) => gather::of_returns(reader, *batch, &occasion)?,
            Sheet::Sources(_) if !self.uncounted()?.is_empty() => {
                let what = "有批次在等复核，对账表里有它的合计，现在不能打印";
                return Err(Fault::new(FaultKind::User, what, "请先复核或撤销那个批次，再打印"));
            }
            Sheet::Sources(month) => gather::of_sources(reader, *month, &occasion)?,
            Sheet::Replenish(township, month) => gather::of_replenish(reader, *township, *month, &occasion)?,
            Sheet::Goods(township, month) => gather::of_goods(reader, *township, *month, &occasion)?,
            Sheet::Recovery(case, line) => gather::of_recovery(reader, *case, *line, &occasion)?,
            Sheet::Children(year) => gather::of_children(reader, *year, &occasion)?,
            Sheet::Partners => gather::of_partners(reader, &occasion)?,
            Sheet::Heard(year) => gather::of_heard(reader, *year, &occasion)?,
            Sheet::Stolen => gather::of_stolen(reader, &occasion)?,
            Sheet::Relatives(of) => gather::of_relatives(reader, of, &occasion)?,
        };
        let folder = self.folder().join("papers");
        write(&printed, &folder, Format::Xlsx)?;
        write(&printed, &folder, Format::Html)
    }

    /// Prints a paper of the county's desk, all its sheets in one HTML file, which it answers; each XLSX lies beside it.
    ///
    /// # Errors
    /// What it is of is not there; the disk of this PC.
    pub fn print_county(&self, paper: &CountyPaper) -> Result<PathBuf, Fault> {
        let reader = self.reader()?;
        let officer = self.session()?.officer.clone();
        let occasion = Occasion { by: &officer, on: self.now().day(), practice: self.is_practice() };
        let sheets = county::gather(reader, paper, &occasion)?;
        let folder = self.folder().join("papers");
        for sheet in &sheets {
            write(sheet, &folder, Format::Xlsx)?;
        }
        write_sheets(&sheets, &folder)
    }

    /// Writes 月度核对单 on a thread of its own, because every entry of the log is read for it; `say` hears where it lies. Only
    /// for who watches or administers.
    ///
    /// # Errors
    /// Nobody is signed in; another role.
    pub fn begin_month(
        &self,
        month: (i32, u32),
        say: impl FnOnce(Result<PathBuf, Fault>) + Send + 'static,
    ) -> Result<(), Fault> {
        self.may_review()?;
        let (folder, county, by) = (self.folder().to_owned(), self.county, self.session()?.officer.clone());
        let (on, practice) = (self.now().day(), self.is_practice());
        let work = move || -> Result<PathBuf, Fault> {
            let reader = Reader::open(&super::replica_of(&folder))?;
            let entries = Entries::open(&folder.join("entries.db"), county)?;
            let occasion = Occasion { by: &by, on, practice };
            let mut source = |after, limit| entries.after(after, limit);
            let printed = gather::of_month(&reader, &mut source, month, &occasion)?;
            let papers = folder.join("papers");
            write(&printed, &papers, Format::Xlsx)?;
            write(&printed, &papers, Format::Html)
        };
        let begun = std::thread::Builder::new().name("month-sheet".into()).spawn(move || say(work()));
        begun.map(drop).map_err(|error| Fault::of_io("启动后台线程", error))
    }

    /// Whether the officer in session reviews the office itself: its keys, its month.
    ///
    /// # Errors
    /// The sentence for everybody else.
    pub fn may_review(&self) -> Result<(), Fault> {
        let officer = self.officer()?;
        if officer.is(Role::Supervisor) || officer.is(Role::Administrator) {
            return Ok(());
        }
        Err(Fault::new(FaultKind::User, "这一项由管理员和督导办", "请用他们的操作员号登录"))
    }

    /// The cases that were drawn by lot, for the supervisor and the county.
    ///
    /// # Errors
    /// Another officer; the replica cannot be read.
    pub fn samples(&self) -> Result<Vec<SampleRow>, Fault> {
        if self.officer()?.office != Office::County {
            return Err(Fault::new(FaultKind::User, "抽查由县局和督导查看", "请用他们的操作员号登录"));
        }
        Ok(self.reader()?.samples(DRAWN)?)
    }

    /// Why the paper of a case cannot go to the archive now, as far as stage and roles tell; none where it can.
    ///
    /// # Errors
    /// Nobody is signed in.
    pub fn why_not_archive(&self, case: CaseId) -> Result<Option<String>, Fault> {
        if !self.officer()?.is(Role::Handler) {
            return Ok(Some("归档由经办人办，请经办人登录".to_owned()));
        }
        let stage = self.reader()?.case(case).map(|case| case.stage).filter(|stage| !stage.is_final());
        Ok(stage.map(|stage| format!("现在是「{}」，办结以后才能归档", stage.zh())))
    }

    /// The number of a case and the papers that it can give, each with why not where it cannot.
    ///
    /// # Errors
    /// The case is not there or another township's.
    pub fn papers_of(&self, case: CaseId) -> Result<(String, gather::Offered), Fault> {
        let reader = self.reader()?;
        let officer = self.session()?.officer.clone();
        let occasion = Occasion { by: &officer, on: self.now().day(), practice: self.is_practice() };
        let papers = gather::papers_of(reader, case, &occasion)?;
        let number = reader.case(case).map(|case| case.number).unwrap_or_default();
        Ok((number, papers))
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
