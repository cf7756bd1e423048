//! Printing: papers become pages that the system prints. It must never decide anything: what stands on a paper stands in
//! the replica.

pub mod html;

/// A paper that can be printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PaperKind {
    /// F13 急难型先行救助登记单.
    FirstAid,
    /// F1 临时救助申请审批表.
    Application,
    /// F16 备用金台账.
    Reserve,
    /// 缺什么: what papers are still missing.
    Missing,
}

impl PaperKind {
    /// Every paper.
    pub const ALL: [PaperKind; 4] =
        [PaperKind::FirstAid, PaperKind::Application, PaperKind::Reserve, PaperKind::Missing];

    /// The name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            PaperKind::FirstAid => "f13",
            PaperKind::Application => "f1",
            PaperKind::Reserve => "f16",
            PaperKind::Missing => "missing",
        }
    }

    /// The title.
    pub fn zh(self) -> &'static str {
        match self {
            PaperKind::FirstAid => "急难型先行救助登记单",
            PaperKind::Application => "临时救助申请审批表",
            PaperKind::Reserve => "备用金台账",
            PaperKind::Missing => "缺什么通知单",
        }
    }
}
