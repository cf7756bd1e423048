//! Arguments of the archive (归档).

use crate::base::day::Day;
use crate::domain::archive::Retention;
use crate::domain::ids::CaseId;
use serde::{Deserialize, Serialize};

/// 归档 (F25): the paper of a case that is over has its number and its place. The fact of the same name carries it on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Archive {
    /// The case.
    pub case: CaseId,
    /// 归档号.
    pub number: String,
    /// The day on which it was handed to the archive.
    pub on: Day,
    /// 件数.
    pub items: u16,
    /// 页数.
    pub pages: u32,
    /// 保管期限.
    pub keep: Retention,
    /// 存放位置: room, cabinet, box; no person's name.
    pub shelf: String,
}
