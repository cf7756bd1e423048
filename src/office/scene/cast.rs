//! The officers (人物表) with whom every story starts. Invented; their numbers are short, so that a story reads well.

use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};

/// An officer of the default office.
#[derive(Clone, Copy, Debug)]
pub struct Cast {
    /// 操作员号.
    pub no: &'static str,
    /// Name.
    pub name: &'static str,
    /// Office.
    pub office: Office,
    /// Role.
    pub role: Role,
}

const fn cast(no: &'static str, name: &'static str, office: Office, role: Role) -> Cast {
    Cast { no, name, office, role }
}

/// 波罗赤镇.
pub const T1: u16 = 102;
/// 大庙镇.
pub const T2: u16 = 108;
/// 国营朝阳县贾家店农场.
pub const FARM: u16 = 400;

/// Everybody, the founder (administrator) first.
pub const CAST: [Cast; 13] = [
    cast("adm", "管立", Office::County, Role::Administrator),
    cast("c1", "程一", Office::County, Role::Handler),
    cast("c2", "程二", Office::County, Role::Approver),
    cast("c3", "程三", Office::County, Role::Approver),
    cast("f1", "费一", Office::County, Role::Finance),
    cast("s1", "宋一", Office::County, Role::Supervisor),
    cast("w1", "吴一", Office::Township(T1), Role::Handler),
    cast("w1b", "吴一帆", Office::Township(T1), Role::Handler),
    cast("a1", "安一", Office::Township(T1), Role::Approver),
    cast("w2", "吴二", Office::Township(T2), Role::Handler),
    cast("a2", "安二", Office::Township(T2), Role::Approver),
    cast("w9", "吴九", Office::Township(FARM), Role::Handler),
    cast("a9", "安九", Office::Township(FARM), Role::Approver),
];

/// The handler who registers people of a township in a story's given lines.
pub fn handler_of(township: u16) -> Option<OfficerNo> {
    CAST.iter()
        .find(|cast| cast.office == Office::Township(township) && cast.role == Role::Handler)
        .map(|cast| cast.no.into())
}
