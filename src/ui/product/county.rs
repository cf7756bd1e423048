//! What the county's desk asks, is answered and opens: one variant of the product's enums holds each of these.
//!
//! Must never hold behaviour.

use crate::domain::ids::{CaseId, IncidentId};
use crate::office::front::county::grid::GridView;
use crate::office::front::county::{CaseFile, Filings, RosterView};
use crate::office::print::county::CountyPaper;
use crate::store::replica::views::tiers::{IncidentLine, Work};

/// A thing that can be done beside a case; which of them now, and why not, its screen says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum More {
    /// 股室审核.
    Examine,
    /// 会议记录 F14.
    Meeting,
    /// 报市级审批.
    ToCity,
    /// 登记市级批复.
    CityReply,
    /// 复核市级批复.
    CheckCity,
    /// 提级.
    Raise,
    /// 退回乡镇审批.
    HandDown,
    /// 改用政策包.
    Rebase,
    /// 转介 F20.
    Refer,
    /// 转介回执.
    ReferReply,
    /// 服务记录.
    Serve,
    /// 其他救助.
    OtherHelp,
    /// 户籍地答复.
    HomeReply,
    /// 变更申请人.
    ChangeApplicant,
    /// 改发何人.
    HoldPayee,
    /// 分户.
    Split,
    /// 合户.
    Join,
    /// 改派、迁移.
    Move,
    /// 备案退回.
    CallBack,
    /// 备案退回办结.
    SettleCallBack,
    /// Prints F14.
    PrintMeeting,
    /// Prints F15.
    PrintCity,
    /// Prints F20.
    PrintReferral,
}

/// A screen of the county's desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountyPlace {
    /// 县局待办: what waits beyond one approver and beside the cases.
    Desk,
    /// 股室审核, a case out of a list that is worked through.
    Examine {
        /// The cases of the list, in order.
        run: Vec<CaseId>,
        /// Which of them.
        at: usize,
    },
    /// 更多办理 of a case; with one of them begun at once where it came from a list.
    Deeds(CaseId, Option<More>),
    /// 会议记录 (F14) of a case.
    Meeting(CaseId),
    /// 转介 (F20) of a case.
    Refer(CaseId),
    /// 备案: months that are due, and rosters.
    Filings,
    /// One roster, by its number.
    Roster(String),
    /// 群体性事项.
    Incidents,
    /// 花名册 of an incident, to be filled in.
    Grid(IncidentId),
}

/// What the county's screens ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountyAsk {
    /// What waits. [`CountyReply::Work`].
    Work,
    /// What stands beside a case. [`CountyReply::File`].
    File(CaseId),
    /// Months and rosters. [`CountyReply::Filings`].
    Filings,
    /// The decisions of a roster. [`CountyReply::Roster`].
    Roster(String),
    /// The incidents. [`CountyReply::Incidents`].
    Incidents,
    /// What the roster of an incident starts with. [`CountyReply::Grid`].
    Grid(IncidentId),
    /// Reads a spreadsheet on this PC. [`CountyReply::Table`].
    ReadTable(String),
    /// Writes a paper. `Reply::Printed`.
    Print(CountyPaper),
}

/// The cells of a spreadsheet, row by row. They name people: the debug form tells how many rows there are only.
#[derive(Clone, PartialEq, Eq)]
pub struct Cells(pub Vec<Vec<String>>);

impl std::fmt::Debug for Cells {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Cells({} rows)", self.0.len())
    }
}

/// What comes back.
#[derive(Debug, Clone, PartialEq)]
pub enum CountyReply {
    /// What waits.
    Work(Vec<Work>),
    /// What stands beside a case; none where it is not there.
    File(Option<Box<CaseFile>>),
    /// Months and rosters.
    Filings(Box<Filings>),
    /// The decisions of a roster; none where there is no such one.
    Roster(Option<Box<RosterView>>),
    /// The incidents.
    Incidents(Vec<IncidentLine>),
    /// What a roster starts with; none where there is no such incident.
    Grid(Option<Box<GridView>>),
    /// The cells of a spreadsheet.
    Table(Cells),
}
