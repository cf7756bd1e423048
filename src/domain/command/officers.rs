//! Arguments of the verbs about officers beyond enrolling: a key for another officer, suspension, the second
//! administrator, recovery.

use super::kernel::NewKey;
use crate::domain::ids::{OfficerNo, ProposalId};
use crate::domain::period::Period;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// 重设密码: the administrator gives another officer the key that he made on his PC. The key before it is dead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rekey {
    /// Whose.
    pub officer: OfficerNo,
    /// The key, made on the officer's PC.
    pub key: NewKey,
    /// The id of the proposal, where two administrators are needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalId>,
}

/// 停用操作员: his roles stay noted, nothing he signs counts, he cannot sign in. Given back by `roles`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Suspend {
    /// Whom.
    pub officer: OfficerNo,
}

/// 同意授予: the second administrator agrees.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SecondGrant {
    /// The proposal.
    pub proposal: ProposalId,
}

/// 撤销授予: a proposal is off.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WithdrawGrant {
    /// The proposal.
    pub proposal: ProposalId,
}

/// 恢复管理员: with the recovery seed, an officer becomes administrator under a new key. The seed is replaced by a new one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recover {
    /// The administrator from here on; his name stands in the private part where he is new.
    pub officer: OfficerNo,
    /// His key.
    pub key: NewKey,
    /// The key of the new recovery seed.
    pub recovery: NewKey,
    /// The data keys that the old seed opened, sealed to both new keys: hex by the id of the key, by period.
    pub sealed: BTreeMap<Period, BTreeMap<String, String>>,
}
