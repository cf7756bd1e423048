//! Arguments of the verbs about a sheet of spoken codes (授权码单) that stands; issuing one is the kernel's.

use crate::domain::ids::OfficerNo;
use serde::{Deserialize, Serialize};

/// 作废授权码单.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct VoidCodes {
    /// Whose.
    pub officer: OfficerNo,
    /// Whether it was lost: somebody else may read from it.
    pub lost: bool,
}

/// 授权码报错登记: a wrong code was given at this desk. The code itself is not told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoteCode {
    /// Of whose sheet it was said to be.
    pub officer: OfficerNo,
}
