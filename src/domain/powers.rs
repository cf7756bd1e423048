//! Powers (权力): whose word about officers, keys, packs and tables counts. A small frozen kernel: these facts decide who is
//! somebody, so unlike all others they do not apply because an entry is sound, but only from whoever may say them. The key
//! book and the replica both ask here, so that they can never disagree.
//!
//! An administrator grants, takes away and adopts; an officer changes only his own key. Where two or more administrators
//! are active a grant needs two of them: one proposes, another seconds. Taking away is quick and needs one. The recovery
//! officer, whose key is the seed in the safe, counts as an administrator who stands alone.
//!
//! A private column may be empty only where an administrator destroyed it: what else is missing breaks integrity. One is
//! enough; that the time was over is a rule, and desks empty nothing on the word of an entry that is marked.
//!
//! This must never change: desks of different versions would follow different keys.

use super::command::kernel::NewKey;
use super::fact::Fact;
use super::ids::{OfficerNo, ProposalId};
use super::office::{Office, Role};
use crate::base::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// The number of the recovery officer (恢复): nobody's own, its key is the recovery seed on paper.
pub const RECOVERY: &str = "0";

/// Whether a number is the recovery officer's.
pub fn is_recovery(officer: &OfficerNo) -> bool {
    officer.0 == RECOVERY
}

/// What an administrator grants (授予): it makes somebody somebody, or gives him a key again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
pub enum OfficeGrant {
    /// 登记操作员.
    Enrol {
        /// The number.
        officer: OfficerNo,
        /// The office.
        office: Office,
        /// The roles.
        roles: BTreeSet<Role>,
        /// An approver's own limit, fen.
        #[serde(rename = "limit_fen", default, skip_serializing_if = "Option::is_none")]
        limit: Option<Money>,
        /// The key.
        key: NewKey,
    },
    /// 重设密钥, for another officer.
    Rekey {
        /// Whose.
        officer: OfficerNo,
        /// The key.
        key: NewKey,
    },
    /// 授予岗位.
    Roles {
        /// Whose.
        officer: OfficerNo,
        /// The office from here on.
        office: Office,
        /// The roles from here on.
        roles: BTreeSet<Role>,
        /// An approver's own limit, fen.
        #[serde(rename = "limit_fen", default, skip_serializing_if = "Option::is_none")]
        limit: Option<Money>,
    },
}

impl OfficeGrant {
    /// To whom.
    pub fn officer(&self) -> &OfficerNo {
        match self {
            OfficeGrant::Enrol { officer, .. }
            | OfficeGrant::Rekey { officer, .. }
            | OfficeGrant::Roles { officer, .. } => officer,
        }
    }

    /// The new key in it.
    pub fn key(&self) -> Option<&NewKey> {
        match self {
            OfficeGrant::Enrol { key, .. } | OfficeGrant::Rekey { key, .. } => Some(key),
            OfficeGrant::Roles { .. } => None,
        }
    }

    /// The word on screens.
    pub fn zh(&self) -> &'static str {
        match self {
            OfficeGrant::Enrol { .. } => "登记操作员",
            OfficeGrant::Rekey { .. } => "重设密码",
            OfficeGrant::Roles { .. } => "授予岗位",
        }
    }

    /// What it makes true. None where its key is no key.
    pub fn facts(&self) -> Option<Vec<Fact>> {
        let given = |officer: &OfficerNo, key: &NewKey| {
            Some(Fact::KeyGiven { officer: officer.clone(), id: key.id()?, key: key.clone() })
        };
        Some(match self {
            OfficeGrant::Enrol { officer, office, roles, limit, key } => vec![
                Fact::OfficerEnrolled {
                    officer: officer.clone(),
                    office: *office,
                    roles: roles.clone(),
                    limit: *limit,
                },
                given(officer, key)?,
            ],
            OfficeGrant::Rekey { officer, key } => vec![given(officer, key)?],
            OfficeGrant::Roles { officer, office, roles, limit } => vec![Fact::RolesGiven {
                officer: officer.clone(),
                office: *office,
                roles: roles.clone(),
                limit: *limit,
            }],
        })
    }
}

/// A grant that one administrator proposed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Proposal {
    /// Who proposed it.
    pub by: OfficerNo,
    /// What.
    pub grant: OfficeGrant,
    /// Whether it still waits: neither seconded nor withdrawn.
    pub open: bool,
}

/// What an officer is, as far as the kernel asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seat {
    /// Holds the role of administrator and is not suspended.
    pub administrator: bool,
    /// Suspended (停用): nothing he signs counts.
    pub suspended: bool,
}

/// What the kernel asks of the state before a fact.
pub trait Seats {
    /// What an officer is; the default for one who is nobody.
    fn seat(&self, officer: &OfficerNo) -> Seat;
    /// How many officers are administrators and not suspended.
    fn administrators(&self) -> usize;
    /// A proposal by its id, also one that is settled.
    fn proposed(&self, id: ProposalId) -> Option<Proposal>;
    /// Whether a key of this id was ever given to anybody: no key comes twice.
    fn was_given(&self, key: &str) -> bool;
}

/// What the author of an entry may say, as of the state before the entry: an enrolment of a second administrator is one
/// entry, and whoever wrote it stood alone when he did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    seat: Seat,
    /// Whether his grants stand alone.
    alone: bool,
}

impl Standing {
    /// The standing of an author, on the state before his entry.
    pub fn of(author: &OfficerNo, seats: &dyn Seats) -> Standing {
        let seat = seats.seat(author);
        let alone = is_recovery(author) || (seat.administrator && seats.administrators() < 2);
        Standing { seat, alone }
    }
}

/// Whether a kernel fact takes effect, coming from `author` in entry `n`. `standing` is his, before the entry; `seats`
/// tell the state before the fact. The first entry certifies itself. Facts of other kinds always do. Total, and the same
/// on every desk.
pub fn takes_effect(fact: &Fact, n: u64, author: &OfficerNo, standing: Standing, seats: &dyn Seats) -> bool {
    // An administrator's alone, also in the first entry, and only of entries behind that one and before its own. The
    // recovery seed destroys nothing.
    if let Fact::Erased { rows, .. } = fact {
        let sound = |(first, last): &(u64, u64)| 1 < *first && first <= last && *last < n;
        return standing.seat.administrator && rows.iter().all(sound);
    }
    if n == 1 {
        return true;
    }
    let Standing { seat, alone } = standing;
    let takes = is_recovery(author) || seat.administrator;
    match fact {
        Fact::CountyFounded { .. } => false,
        Fact::OfficerEnrolled { .. } => alone && fits(fact, seats),
        Fact::RolesGiven { roles, .. } if roles.is_empty() => takes && fits(fact, seats),
        Fact::RolesGiven { .. } => alone && fits(fact, seats),
        Fact::KeyGiven { officer, id, key } if officer == author => !seat.suspended && is_new(id, key, seats),
        Fact::KeyGiven { .. } => alone && fits(fact, seats),
        Fact::KeyRevoked { officer, .. } | Fact::OfficerSuspended { officer } => {
            takes && !is_recovery(officer)
        }
        Fact::GrantProposed { proposal, by, .. } => {
            seat.administrator && by == author && seats.proposed(*proposal).is_none()
        }
        Fact::GrantSeconded { proposal } => {
            seat.administrator && seconded(*proposal, author, seats).is_some()
        }
        Fact::GrantWithdrawn { proposal } => {
            takes && seats.proposed(*proposal).is_some_and(|known| known.open)
        }
        Fact::PackAdopted { .. } | Fact::YearSet { .. } | Fact::DataKeySealed { .. } => takes,
        _ => true,
    }
}

/// What a seconded proposal makes true: another administrator, still active, proposed it, and it still fits.
pub fn seconded(id: ProposalId, second: &OfficerNo, seats: &dyn Seats) -> Option<Vec<Fact>> {
    let known = seats.proposed(id).filter(|known| known.open && known.by != *second)?;
    if !seats.seat(&known.by).administrator {
        return None;
    }
    let facts = known.grant.facts()?;
    facts.iter().all(|fact| fits(fact, seats)).then_some(facts)
}

/// Whether a grant is possible at all, whoever makes it: not to the recovery officer, and a key only once.
fn fits(fact: &Fact, seats: &dyn Seats) -> bool {
    match fact {
        Fact::OfficerEnrolled { officer, .. } | Fact::RolesGiven { officer, .. } => !is_recovery(officer),
        Fact::KeyGiven { officer, id, key } => !is_recovery(officer) && is_new(id, key, seats),
        _ => true,
    }
}

/// Whether a key goes by its own name and was never anybody's.
fn is_new(id: &str, key: &NewKey, seats: &dyn Seats) -> bool {
    let plain = !key.sign.bytes().any(|byte| byte.is_ascii_uppercase());
    plain && key.id().as_deref() == Some(id) && !seats.was_given(id)
}
