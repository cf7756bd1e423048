//! The administrator's deeds (操作员管理) as commands: each with the data keys that belong to it, so that whoever is granted
//! an office can read what he needs. Used by the command line and the screens alike.

use super::compose::Draft;
use super::desk::Desk;
use super::keybook::KeyBook;
use super::random;
use super::seed::Seed;
use super::session::Session;
use super::setup::{self, MadeKey, NewOfficer};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::kernel::{DataKey as DataKeyArgs, Enrol, KeyRevoke, NewKey, Roles};
use crate::domain::command::officers::{Recover, Rekey, SecondGrant, Suspend, WithdrawGrant};
use crate::domain::ids::{OfficerNo, ProposalId};
use crate::domain::office::{Office, Role};
use crate::domain::period::Period;
use crate::domain::powers::RECOVERY;
use crate::domain::private::Private;
use crate::ledger::CountyId;
use crate::ledger::seal::DataKey;
use crate::store::fault::{Fault, FaultKind};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An administrator at work: who, in which county, and whose keys stand.
pub struct Administration<'a> {
    /// His session.
    pub session: &'a Session,
    /// The county.
    pub county: CountyId,
    /// The key book.
    pub book: &'a KeyBook,
}

fn plain(command: Command) -> Vec<Draft> {
    vec![(command, Private::default())]
}

fn proposal() -> Result<Option<ProposalId>, Fault> {
    Ok(Some(ProposalId(random::bytes()?)))
}

impl Administration<'_> {
    /// Whether a grant stands alone, or waits for another administrator.
    pub fn is_alone(&self) -> bool {
        self.book.administrators() < 2
    }

    /// 登记操作员, with every data key that the administrator holds.
    ///
    /// # Errors
    /// No random source; a key that is none.
    pub fn enrol(
        &self,
        officer: &NewOfficer,
        limit: Option<Money>,
        key: &NewKey,
    ) -> Result<Vec<Draft>, Fault> {
        let mut private = Private::default();
        private.officers.insert(officer.no.clone(), officer.name.clone());
        let enrol = Enrol {
            officer: officer.no.clone(),
            office: officer.office,
            roles: officer.roles.clone(),
            limit,
            key: key.clone(),
            proposal: proposal()?,
        };
        let mut drafts = vec![(Command::Enrol(enrol), private)];
        if self.is_alone() {
            drafts.extend(self.opened_to(key)?);
        }
        Ok(drafts)
    }

    /// 重设密码, with every data key.
    ///
    /// # Errors
    /// No random source; a key that is none.
    pub fn rekey(&self, officer: &OfficerNo, key: &NewKey) -> Result<Vec<Draft>, Fault> {
        let rekey = Rekey { officer: officer.clone(), key: key.clone(), proposal: proposal()? };
        let mut drafts = plain(Command::Rekey(rekey));
        if self.is_alone() {
            drafts.extend(self.opened_to(key)?);
        }
        Ok(drafts)
    }

    /// 授予岗位; none ends his work.
    ///
    /// # Errors
    /// No random source.
    pub fn roles(
        &self,
        officer: &OfficerNo,
        office: Office,
        roles: &BTreeSet<Role>,
        limit: Option<Money>,
    ) -> Result<Vec<Draft>, Fault> {
        Ok(plain(Command::Roles(Roles {
            officer: officer.clone(),
            office,
            roles: roles.clone(),
            limit,
            proposal: proposal()?,
        })))
    }

    /// 停用操作员.
    pub fn suspend(&self, officer: &OfficerNo) -> Vec<Draft> {
        plain(Command::Suspend(Suspend { officer: officer.clone() }))
    }

    /// 停用密钥: the one that he has now.
    ///
    /// # Errors
    /// He has none.
    pub fn revoke(&self, officer: &OfficerNo, since: Option<Day>) -> Result<Vec<Draft>, Fault> {
        let known = self.book.officer(officer).and_then(|known| known.key.as_ref());
        let (id, _) = known.ok_or_else(|| {
            let what = format!("操作员 {officer} 现在没有密钥");
            Fault::new(FaultKind::User, what, "不用再停用；要他能登录，请重设密码")
        })?;
        let key = id.to_string();
        Ok(plain(Command::KeyRevoke(KeyRevoke { officer: officer.clone(), key, since })))
    }

    /// 同意授予, with every data key for the key in it.
    ///
    /// # Errors
    /// A key that is none.
    pub fn second(&self, id: ProposalId) -> Result<Vec<Draft>, Fault> {
        let mut drafts = plain(Command::SecondGrant(SecondGrant { proposal: id }));
        let waiting = self.book.proposals().find(|(known, _)| *known == id);
        if let Some(key) = waiting.and_then(|(_, known)| known.grant.key()) {
            drafts.extend(self.opened_to(key)?);
        }
        Ok(drafts)
    }

    /// 撤销授予.
    pub fn withdraw(&self, id: ProposalId) -> Vec<Draft> {
        plain(Command::WithdrawGrant(WithdrawGrant { proposal: id }))
    }

    /// The next data key: the first of a new year, else another one of this year. Sealed to every officer who works and
    /// to the recovery seed; whoever lost his office or key does not get it.
    ///
    /// # Errors
    /// No random source; a key that is none.
    pub fn renew_data_key(&self, year: i32) -> Result<Vec<Draft>, Fault> {
        let period = match self.book.newest_data() {
            Some(newest) if newest.year >= year => newest.next(),
            _ => Period::of(year),
        };
        let keys = self.book.sealed_to();
        let fresh = DataKey::new(random::bytes()?);
        let sealed = setup::seal_to(self.county, period, &fresh, &keys.iter().collect::<Vec<_>>())?;
        Ok(plain(data_key(period, sealed)))
    }

    /// Whether the data key of `year` is still to be made.
    pub fn wants_data_key(&self, year: i32) -> bool {
        self.book.newest_data().is_none_or(|newest| newest.year < year)
    }

    /// Every data key of the session, sealed to a key.
    fn opened_to(&self, key: &NewKey) -> Result<Vec<Draft>, Fault> {
        let sealed = |period: &Period| -> Result<Draft, Fault> {
            let sealed = setup::sealed_to(self.county, *period, self.session, &[key])?;
            Ok((data_key(*period, sealed), Private::default()))
        };
        self.session.periods.iter().map(sealed).collect()
    }
}

fn data_key(period: Period, sealed: BTreeMap<String, String>) -> Command {
    let Period { year, generation } = period;
    Command::DataKey(DataKeyArgs { year, generation, sealed })
}

/// Whether a seed is the one that stands in this county.
///
/// # Errors
/// It is another one, or was replaced.
pub fn is_of_this_county(desk: &Desk, seed: &Seed) -> Result<(), Fault> {
    let recovery = OfficerNo(RECOVERY.to_owned());
    let standing = desk.keys().officer(&recovery).and_then(|known| known.key.as_ref());
    if standing.is_some_and(|(id, _)| *id == seed.keys().signing.id()) {
        return Ok(());
    }
    let what = "这不是本县现在的恢复种子";
    Err(Fault::new(FaultKind::User, what, "请用保险柜里最近一次换的那一份"))
}

/// 恢复管理员: with the recovery seed, somebody becomes administrator under a new key, and the seed is replaced.
///
/// # Errors
/// The seed is not this county's, or was replaced; what the rules or the share refuse.
pub fn recover(
    desk: &mut Desk,
    seed: &Seed,
    (no, name): (&OfficerNo, &str),
    made: &MadeKey,
    next: &Seed,
) -> Result<(), Fault> {
    let county = desk.county();
    let recovery = OfficerNo(RECOVERY.to_owned());
    let mut session = setup::session_of(&recovery, seed.keys());
    is_of_this_county(desk, seed)?;
    session.learn(county, desk.keys());
    let mut sealed = BTreeMap::new();
    for period in &session.periods {
        let keys = [&made.public, &next.public()];
        sealed.insert(*period, setup::sealed_to(county, *period, &session, &keys)?);
    }
    let mut private = Private::default();
    if desk.keys().officer(no).is_none() {
        private.officers.insert(no.clone(), name.to_owned());
    }
    let recover = Recover { officer: no.clone(), key: made.public.clone(), recovery: next.public(), sealed };
    let session = Arc::new(session);
    desk.sign_in(session.clone())?;
    let done = setup::carry_as(desk, &session, vec![(Command::Recover(recover), private)]);
    desk.sign_out();
    done.map(drop)
}

#[cfg(test)]
mod tests;
