//! Arguments of the kernel's verbs: county, officers, keys, packs, tables. A small frozen set: only these decide what is
//! effective.

use crate::base::calendar::YearTable;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::ids::{OfficerNo, PersonId, ProposalId, Text};
use crate::domain::office::{Office, Role};
use crate::domain::period::Period;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// 建立: the first entry of a county's log. The founder is its first administrator.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found {
    /// The county's division code, for example `211321`.
    pub division: String,
    /// The founder's number; his name stands in the private part.
    pub founder: OfficerNo,
    /// The public half that signs, hex: by this name the first entry certifies itself. The same as `key.sign`.
    pub founder_key: String,
    /// The founder's key.
    pub key: NewKey,
    /// The key of the recovery seed (恢复种子), enrolled as the officer `0`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub recovery: Option<NewKey>,
    /// Whether this is a practice office (练习).
    pub practice: bool,
}

/// A new key of an officer: public halves, and the private halves wrapped under his password.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewKey {
    /// The Ed25519 public key, hex: signs.
    pub sign: String,
    /// The X25519 public key, hex: opens data keys.
    pub seal: String,
    /// Both private halves wrapped under the password, as text.
    pub wrap: String,
}

impl NewKey {
    /// The id under which entries name the key: the first sixteen bytes of the SHA-256 of the public half that signs,
    /// in hex. None where that half is not 32 bytes of hex.
    pub fn id(&self) -> Option<String> {
        use sha2::{Digest, Sha256};
        let public = hex::decode(&self.sign).ok().filter(|bytes| bytes.len() == 32)?;
        Sha256::digest(public).get(..16).map(hex::encode)
    }
}

/// 登记操作员.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enrol {
    /// The number; the name stands in the private part under it.
    pub officer: OfficerNo,
    /// The office.
    pub office: Office,
    /// The roles.
    pub roles: BTreeSet<Role>,
    /// An approver's own limit below his tier's, fen.
    #[serde(rename = "limit_fen", default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Money>,
    /// The key, made on the officer's PC.
    pub key: NewKey,
    /// The id of the proposal, where two administrators are needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalId>,
}

/// 设定密钥: a new password is a new key. The key before it is dead from here on, so that whoever saw the old password and
/// holds a copy of the old wrap signs nothing any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeySet {
    /// The author's new key.
    pub key: NewKey,
    /// Every data key that is sealed to the old key, sealed to the new one by the author, hex.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub data: BTreeMap<Period, String>,
}

/// 停用密钥.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyRevoke {
    /// Whose.
    pub officer: OfficerNo,
    /// The key's id, hex.
    pub key: String,
    /// From which day it is believed to be in other hands: what it signed since is reviewed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub since: Option<Day>,
}

/// 授予岗位: the whole set that the officer holds from here on; empty ends his work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roles {
    /// Whose.
    pub officer: OfficerNo,
    /// The office from here on.
    pub office: Office,
    /// The roles from here on.
    pub roles: BTreeSet<Role>,
    /// An approver's own limit below his tier's, fen.
    #[serde(rename = "limit_fen", default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<Money>,
    /// The id of the proposal, where two administrators are needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proposal: Option<ProposalId>,
}

/// 采用政策包: embedded by value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AdoptPack {
    /// The pack's TOML text.
    pub toml: String,
}

/// 补充节假日表.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetYear {
    /// The year's table; it replaces an earlier one of the same year.
    pub table: YearTable,
}

/// 分发数据密钥: the data key of a year, sealed to each officer who needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DataKey {
    /// The year whose private parts it opens.
    pub year: i32,
    /// Which key of the year: a theft or a leaving makes another one.
    #[serde(default, skip_serializing_if = "crate::domain::fact::is_first")]
    pub generation: u32,
    /// The sealed key (hex) by the id of the officer's key.
    pub sealed: BTreeMap<String, String>,
}

/// 印发授权码单: one-use six-digit codes that the author reads out over the telephone, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IssueCodes {
    /// The salt of the sheet, hex.
    pub salt: String,
    /// How dear one guess is: see [`crate::domain::spoken_code`].
    pub cost: u8,
    /// The digest of each code (hex), in the order in which they are read.
    pub digests: Vec<String>,
}

/// 近亲属备案 (F22).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileRelative {
    /// The officer.
    pub officer: OfficerNo,
    /// The relative.
    pub person: PersonId,
    /// What he is to the officer: slot `relation`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub relation: Option<Text>,
    /// When he was born, as far as known: slot `born`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub born: Option<Text>,
    /// Where he lives, where no household says it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub township: Option<u16>,
}
