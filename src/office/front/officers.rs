//! Officers at the front (操作员管理): the administrator's deeds as commands, what waits for him, and the request of somebody
//! who is nobody yet.

use super::Front;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::command::kernel::NewKey;
use crate::domain::delegation;
use crate::domain::ids::{OfficerNo, ProposalId};
use crate::domain::office::{Office, Officer, Role};
use crate::domain::period::Period;
use crate::domain::powers::Proposal;
use crate::office::compose::Draft;
use crate::office::erasing;
use crate::office::officers::Administration;
use crate::office::password;
use crate::office::request;
use crate::office::setup::NewOfficer;
use crate::office::worker::Job;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::views::erasures::Ended;
use std::collections::BTreeSet;

/// What an administrator does.
#[derive(Clone, Debug, PartialEq)]
pub enum OfficerDeed {
    /// 登记操作员, by a key that he made at his PC.
    Enrol {
        /// Who.
        officer: NewOfficer,
        /// An approver's own limit.
        limit: Option<Money>,
        /// His key.
        key: NewKey,
    },
    /// 重设密码.
    Rekey(OfficerNo, NewKey),
    /// 授予岗位; none ends his work.
    Roles(OfficerNo, Office, BTreeSet<Role>, Option<Money>),
    /// 停用.
    Suspend(OfficerNo),
    /// 密钥失窃, from which day.
    Revoke(OfficerNo, Option<Day>),
    /// 同意授予.
    Second(ProposalId),
    /// 撤销授予.
    Withdraw(ProposalId),
    /// 换数据密钥.
    RenewDataKey,
    /// 到期销毁.
    Erase(Vec<Ended>),
}

impl OfficerDeed {
    /// What is said when it is done, and what comes next.
    pub fn said(&self) -> &'static str {
        match self {
            OfficerDeed::Enrol { .. } => "已办；有两名管理员的，等另一名同意后他才能登录",
            OfficerDeed::Rekey(..) => "已办；有两名管理员的，等另一名同意后新密码才生效",
            OfficerDeed::Roles(_, _, roles, _) if roles.is_empty() => "已离岗；请接着换数据密钥",
            OfficerDeed::Roles(..) => "已办；有两名管理员的，等另一名同意后生效",
            OfficerDeed::Suspend(_) => "已停用；恢复时按 2 重新授予岗位",
            OfficerDeed::Revoke(..) => "密钥已停用；请他重新申请密码，并换数据密钥",
            OfficerDeed::Second(_) => "已同意，现在生效",
            OfficerDeed::Withdraw(_) => "已撤销",
            OfficerDeed::RenewDataKey => "数据密钥已换，从下一笔起用新的",
            OfficerDeed::Erase(_) => "已销毁；请备份到一个新的空文件夹，再销毁以前的备份",
        }
    }
}

/// A grant that waits for a second administrator.
#[derive(Clone, Debug, PartialEq)]
pub struct WaitingGrant {
    /// Its id.
    pub id: ProposalId,
    /// What, by whom.
    pub proposal: Proposal,
    /// The name of who proposed it.
    pub by: String,
    /// The name of whom it concerns, where this desk knows it.
    pub name: String,
}

/// What waits for a second administrator, and how data keys stand.
#[derive(Clone, Debug, PartialEq)]
pub struct KeysView {
    /// The grants that wait.
    pub waiting: Vec<WaitingGrant>,
    /// Who looks.
    pub me: OfficerNo,
    /// The newest data key.
    pub newest: Option<Period>,
    /// How many keys the next one is sealed to.
    pub sealed_to: usize,
    /// Whether this year's is still to be made.
    pub wants: bool,
    /// Officers at work without a key.
    pub without_key: usize,
}

/// For whom an officer stands in (代).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandIn {
    /// The approver.
    pub giver: OfficerNo,
    /// The approver's name.
    pub name: String,
    /// The last day.
    pub until: Day,
}

/// An officer as the list shows him.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OfficerLine {
    /// Who.
    pub officer: Officer,
    /// For whom he stands in today.
    pub stands_in: Option<StandIn>,
}

impl Front {
    /// All officers, with whom they stand in for today.
    ///
    /// # Errors
    /// Nobody is signed in; the replica cannot be read.
    pub fn officer_lines(&self) -> Result<Vec<OfficerLine>, Fault> {
        let (reader, today) = (self.reader()?, self.now().day());
        let line = |officer: Officer| {
            let lent = delegation::lent_to(reader, &officer, today);
            let stands_in =
                lent.map(|(giver, lent)| StandIn { giver: giver.no, name: giver.name, until: lent.until });
            OfficerLine { officer, stands_in }
        };
        Ok(reader.officers()?.into_iter().map(line).collect())
    }

    /// The commands of an administrator's deed.
    ///
    /// # Errors
    /// Nobody is signed in; no random source; what cannot be done.
    pub(super) fn officer_drafts(&self, deed: &OfficerDeed) -> Result<Vec<Draft>, Fault> {
        let session = self.session()?;
        let admin = Administration { session: &session, county: self.county, book: &self.keys };
        match deed {
            OfficerDeed::Enrol { officer, limit, key } => admin.enrol(officer, *limit, key),
            OfficerDeed::Rekey(officer, key) => admin.rekey(officer, key),
            OfficerDeed::Roles(officer, office, roles, limit) => admin.roles(officer, *office, roles, *limit),
            OfficerDeed::Suspend(officer) => Ok(admin.suspend(officer)),
            OfficerDeed::Revoke(officer, since) => admin.revoke(officer, *since),
            OfficerDeed::Second(id) => admin.second(*id),
            OfficerDeed::Withdraw(id) => Ok(admin.withdraw(*id)),
            OfficerDeed::RenewDataKey => admin.renew_data_key(self.now().day().year()),
            OfficerDeed::Erase(cases) => Ok(erasing::commands(cases)),
        }
    }

    /// The cases whose private part may be destroyed by today.
    ///
    /// # Errors
    /// The replica cannot be read.
    pub fn due(&self) -> Result<erasing::Due, Fault> {
        erasing::due(self.reader()?, None, self.now().day())
    }

    /// What waits for a second administrator, and how data keys stand.
    ///
    /// # Errors
    /// Nobody is signed in; the replica cannot be read.
    pub fn keys_view(&self) -> Result<KeysView, Fault> {
        let session = self.session()?;
        let reader = self.reader()?;
        let admin = Administration { session: &session, county: self.county, book: &self.keys };
        let name = |no: &OfficerNo| reader.officer(no).map(|officer| officer.name).unwrap_or_default();
        let mut waiting = Vec::new();
        for (id, proposal) in self.keys.proposals() {
            let known = name(proposal.grant.officer());
            let name_of = if known.is_empty() { reader.proposed_name(id)? } else { known };
            waiting.push(WaitingGrant {
                id,
                proposal: proposal.clone(),
                by: name(&proposal.by),
                name: name_of,
            });
        }
        Ok(KeysView {
            waiting,
            me: session.officer.clone(),
            newest: self.keys.newest_data(),
            sealed_to: self.keys.sealed_to().len(),
            wants: admin.wants_data_key(self.now().day().year()),
            without_key: self.keys.officers().filter(|(_, known)| known.key.is_none()).count(),
        })
    }

    /// Makes a key for somebody who is nobody yet, on a thread of its own, and lets the worker leave his request. `failed`
    /// hears what went wrong before that.
    ///
    /// # Errors
    /// A password that the rule does not take; a second window.
    pub fn begin_request(
        &self,
        officer: OfficerNo,
        office: Office,
        password: zeroize::Zeroizing<String>,
        made: impl FnOnce(Result<request::Request, Fault>) + Send + 'static,
    ) -> Result<(), Fault> {
        self.writable()?;
        password::check(&password, &officer, "")
            .map_err(|problem| Fault::new(FaultKind::User, problem.to_string(), "请重新设密码"))?;
        let (county, practice, now) = (self.county, self.is_practice(), self.now());
        let work = move || made(request::make(county, officer, office, &password, practice, now));
        std::thread::Builder::new()
            .name("request".into())
            .spawn(work)
            .map(drop)
            .map_err(|error| Fault::of_io("启动后台线程", error))
    }

    /// Whether a request was answered meanwhile: its key stands, or waits for a second administrator.
    pub fn is_answered(&self, key: &NewKey) -> bool {
        let proposed = self.keys.proposals().any(|(_, known)| known.grant.key() == Some(key));
        proposed || key.id().is_some_and(|id| self.keys.knows(&id))
    }

    /// Lets the worker leave a request on the share.
    pub fn leave_request(&self, request: request::Request) -> bool {
        self.worker.give(Job::Request(Box::new(request)))
    }

    /// Lets the worker read the requests that wait.
    pub fn read_requests(&self) -> bool {
        self.worker.give(Job::Requests)
    }
}
