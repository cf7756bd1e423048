//! The officers (人物表) with whom every story starts. Invented; a story calls them by short names, the office by numbers.

use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};

/// An officer of the default office.
#[derive(Clone, Copy, Debug)]
pub struct Cast {
    /// The name in stories, such as `w1`.
    pub alias: &'static str,
    /// 操作员号.
    pub no: &'static str,
    /// Name.
    pub name: &'static str,
    /// Office.
    pub office: Office,
    /// Role.
    pub role: Role,
}

impl Cast {
    /// The number as the office knows it.
    pub fn officer(&self) -> OfficerNo {
        self.no.into()
    }
}

/// The number of an officer by his name in stories; a number stands for itself.
pub fn number_of(alias: &str) -> OfficerNo {
    CAST.iter().find(|cast| cast.alias == alias).map_or_else(|| alias.into(), Cast::officer)
}

const fn cast(alias: &'static str, no: &'static str, name: &'static str, office: Office, role: Role) -> Cast {
    Cast { alias, no, name, office, role }
}

/// 波罗赤镇.
pub const T1: u16 = 102;
/// 大庙镇.
pub const T2: u16 = 108;
/// 国营朝阳县贾家店农场.
pub const FARM: u16 = 400;

/// Everybody, the founder (administrator) first.
pub const CAST: [Cast; 14] = [
    cast("adm", "9009", "管立", Office::County, Role::Administrator),
    cast("c1", "9001", "程一", Office::County, Role::Handler),
    cast("c2", "9002", "程二", Office::County, Role::Approver),
    cast("c3", "9003", "程三", Office::County, Role::Approver),
    cast("f1", "9005", "费一", Office::County, Role::Finance),
    cast("f2", "9006", "费二", Office::County, Role::Finance),
    cast("s1", "9004", "宋一", Office::County, Role::Supervisor),
    cast("w1", "1021", "吴一", Office::Township(T1), Role::Handler),
    cast("w1b", "1023", "吴一帆", Office::Township(T1), Role::Handler),
    cast("a1", "1022", "安一", Office::Township(T1), Role::Approver),
    cast("w2", "1081", "吴二", Office::Township(T2), Role::Handler),
    cast("a2", "1082", "安二", Office::Township(T2), Role::Approver),
    cast("w9", "4001", "吴九", Office::Township(FARM), Role::Handler),
    cast("a9", "4002", "安九", Office::Township(FARM), Role::Approver),
];

/// The handler who registers people of a township in a story's given lines.
pub fn handler_of(township: u16) -> Option<OfficerNo> {
    CAST.iter()
        .find(|cast| cast.office == Office::Township(township) && cast.role == Role::Handler)
        .map(Cast::officer)
}
