//! Powers (权力): whose word about officers, keys, packs and tables counts. A small frozen kernel: these facts decide who is
//! somebody, so unlike all others they do not apply because an entry is sound, but only from whoever may say them. The key
//! book and the replica both ask here, so that they can never disagree.
//!
//! An administrator grants, takes away and adopts; an officer changes only his own key, signed by the one that stands, and
//! may seal to it the data keys that he holds. Where two or more administrators
//! are active a grant needs two of them: one proposes, another seconds. Taking away is quick and needs one. The recovery
//! officer, whose key is the seed in the safe, counts as an administrator who stands alone.
//!
//! What lends such power, or makes money to spend, is asked here too: standing in comes from an approver who has the power,
//! spoken codes from whoever will read them, the reserve is fed by the county's finance, findings are the supervisor's.
//! A forged one is an entry with a mark and nothing more: whoever acts on it acts without the power, and is marked himself.
//! A private column may be empty only where an administrator destroyed it: what else is missing breaks integrity. One is
//! enough; that the time was over is a rule, and desks empty nothing on the word of an entry that is marked.
//!
//! This must never change: desks of different versions would follow different keys.

use super::command::kernel::NewKey;
use super::fact::Fact;
use super::fund::{self, Account, Posting};
use super::ids::{OfficerNo, ProposalId};
use super::office::{Office, Role};
use super::period::Period;
use crate::base::day::Day;
use crate::base::money::Money;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The number of the recovery officer (恢复): nobody's own, its key is the recovery seed on paper.
pub const RECOVERY: &str = "0";

/// The longest delegation, days: a leave lasts no longer, and a mistyped year would last ten.
pub const LONGEST_DELEGATION: i64 = 366;

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
            Some(Fact::KeyGiven {
                officer: officer.clone(),
                id: key.id()?,
                key: key.clone(),
                data: BTreeMap::new(),
            })
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
    /// Where he works; none for nobody, for one who is suspended and for one whose work has ended.
    pub office: Option<Office>,
    /// Works as administrator.
    pub administrator: bool,
    /// Works as approver by his own roles; what others lent him is none.
    pub approver: bool,
    /// Works as finance.
    pub finance: bool,
    /// Works as supervisor.
    pub supervisor: bool,
    /// Suspended (停用): nothing he signs counts.
    pub suspended: bool,
}

impl Seat {
    /// The seat of an officer with these roles; `stopped` where he is suspended.
    pub fn of(office: Office, roles: &BTreeSet<Role>, stopped: bool) -> Seat {
        let holds = |role| !stopped && roles.contains(&role);
        Seat {
            office: Some(office).filter(|_| !stopped && !roles.is_empty()),
            administrator: holds(Role::Administrator),
            approver: holds(Role::Approver),
            finance: holds(Role::Finance),
            supervisor: holds(Role::Supervisor),
            suspended: stopped && !roles.is_empty(),
        }
    }

    fn is_of_the_county(self) -> bool {
        self.office == Some(Office::County)
    }
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
    /// The id of the key with which an officer signs now.
    fn living_key(&self, officer: &OfficerNo) -> Option<String>;
    /// Whether the data key of a period is sealed to anybody.
    fn is_sealed(&self, period: Period) -> bool;
}

/// What the author of an entry may say, as of the state before the entry: an enrolment of a second administrator is one
/// entry, and whoever wrote it stood alone when he did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    seat: Seat,
    /// Whether his grants stand alone.
    alone: bool,
    /// Whether the key that signed is the one that stands: what is rescued may have been signed by one that does not.
    living: bool,
}

impl Standing {
    /// The standing of an author who signed with a key (hex of its id), on the state before his entry.
    pub fn of(author: &OfficerNo, key: &str, seats: &dyn Seats) -> Standing {
        let seat = seats.seat(author);
        let alone = is_recovery(author) || (seat.administrator && seats.administrators() < 2);
        let living = seats.living_key(author).is_some_and(|own| own == key);
        Standing { seat, alone, living }
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
    let Standing { seat, alone, living } = standing;
    let takes = is_recovery(author) || seat.administrator;
    match fact {
        Fact::CountyFounded { .. } => false,
        Fact::OfficerEnrolled { .. } => alone && fits(fact, seats),
        Fact::RolesGiven { roles, .. } if roles.is_empty() => takes && fits(fact, seats),
        Fact::RolesGiven { .. } => alone && fits(fact, seats),
        Fact::KeyGiven { officer, id, key, .. } if officer == author => {
            living && !seat.suspended && is_new(id, key, seats)
        }
        // Only the officer himself seals data keys to his key in the same fact.
        Fact::KeyGiven { data, .. } => data.is_empty() && alone && fits(fact, seats),
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
        // A sheet is its holder's alone: one that another could issue for him would be a key in another's hand.
        Fact::CodesIssued { officer, .. } => officer == author && !seat.suspended && seat.is_of_the_county(),
        Fact::CodesVoided { officer, .. } => officer == author || takes,
        Fact::PackAdopted { .. } | Fact::YearSet { .. } | Fact::DataKeySealed { .. } => takes,
        Fact::DelegationGiven { from, to, since, until, by, .. } => {
            by == author && in_time(*since, *until) && lends(author, from, to, seats)
        }
        Fact::DelegationEnded { from, to, .. } => {
            let theirs = (author == from || author == to) && seat.office.is_some();
            theirs || (seat.approver && seat.is_of_the_county())
        }
        Fact::FindingRaised { .. } | Fact::FindingSettled { .. } | Fact::FindingTransferred { .. } => {
            seat.supervisor
        }
        Fact::MoneyMoved { postings, case, .. } => {
            let feeds = seat.finance && seat.is_of_the_county();
            fund::balances(postings) && (feeds || !is_fed(postings, case.is_some()))
        }
        _ => true,
    }
}

/// Whether the first day comes no later than the last, and neither is too far from the other.
fn in_time(since: Day, until: Day) -> bool {
    since <= until && since.until(until) < LONGEST_DELEGATION
}

/// Whether an author may lend an approver's powers to somebody: his own, or at the county anybody's, never to himself; to
/// one who works in the giver's office or at the county and neither approves, nor oversees, nor administrates.
fn lends(author: &OfficerNo, from: &OfficerNo, to: &OfficerNo, seats: &dyn Seats) -> bool {
    let (own, giver, taker) = (seats.seat(author), seats.seat(from), seats.seat(to));
    let his = from == author || own.is_of_the_county();
    let near = taker.office.is_some() && (taker.office == giver.office || taker.is_of_the_county());
    let free = !(taker.approver || taker.supervisor || taker.administrator);
    own.approver && giver.approver && his && near && free && to != from && to != author
}

/// Whether postings feed the reserve or a source: they draw on the county's account, on 财政 or on donors, put a source's
/// money into a reserve, or leave more in a till than was there, and turn round no payment of a case.
pub fn is_fed(postings: &[Posting], of_a_case: bool) -> bool {
    let outside = |account| matches!(account, Account::County | Account::Treasury | Account::Donors);
    let drawn = postings.iter().any(|half| outside(half.account) && half.amount.is_negative());
    let of_source = |half: &Posting| matches!(half.account, Account::Source(_)) && half.amount.is_negative();
    let of_reserve =
        |half: &Posting| matches!(half.account, Account::Reserve(..)) && !half.amount.is_negative();
    let put_in = postings.iter().any(of_source) && postings.iter().any(of_reserve);
    let in_tills = postings.iter().filter(|half| half.account.is_cash()).map(|half| half.amount);
    let more = in_tills.sum::<Money>();
    drawn || put_in || (!of_a_case && !more.is_negative() && !more.is_zero())
}

/// The data keys that an officer sealed to his own new key, of a fact that takes effect: those of periods that are there.
/// Nobody but an administrator makes a new one.
pub fn carried<'a>(data: &'a BTreeMap<Period, String>, seats: &dyn Seats) -> Vec<(Period, &'a str)> {
    let known = data.iter().filter(|(period, _)| seats.is_sealed(**period));
    known.map(|(period, sealed)| (*period, sealed.as_str())).collect()
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
        Fact::KeyGiven { officer, id, key, .. } => !is_recovery(officer) && is_new(id, key, seats),
        _ => true,
    }
}

/// Whether a key goes by its own name and was never anybody's.
fn is_new(id: &str, key: &NewKey, seats: &dyn Seats) -> bool {
    let plain = !key.sign.bytes().any(|byte| byte.is_ascii_uppercase());
    plain && key.id().as_deref() == Some(id) && !seats.was_given(id)
}
