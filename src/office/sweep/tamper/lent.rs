//! More attacks on authority, of what one is given by others: an office, a second grant, an approver's powers for some days,
//! spoken codes, the work of who leaves, the right to settle what was found. Somebody takes it himself, and acts on it.

use super::authority::{Court, Forge, HANDLER_2, Rows, SPENT, approving, at, coded, paying, text, told_by};
use super::ward::ADMIN;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::duties::{Delegate, EndDelegation, HandOver};
use crate::domain::command::funds::Allot;
use crate::domain::command::kernel::{DataKey, IssueCodes, Roles};
use crate::domain::command::officers::{SecondGrant, Suspend, WithdrawGrant};
use crate::domain::command::trust::{About, MarkOf, RaiseFinding, SettleFinding, SettleMark};
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, Posting, Purpose, Till};
use crate::domain::ids::{FindingId, OfficerNo, ProposalId};
use crate::domain::nouns::{Fund, PayBy, Way};
use crate::domain::office::{Office, Role, Tier};
use crate::domain::powers::{OfficeGrant, RECOVERY};
use crate::domain::private::Private;
use crate::domain::spoken_code;
use crate::office::compose::Draft;
use crate::office::scratch::Scratch;
use crate::office::setup::{self, NewOfficer};
use crate::office::sweep::acts::{self, HANDLER, TOWNSHIP};
use crate::store::fault::Fault;
use std::collections::{BTreeMap, BTreeSet};

/// The township's approver, the county's; the other administrator.
const APPROVER: &str = "1022";
const COUNTY: &str = "9011";
pub(super) const SECOND: &str = "9010";
/// An approver who is suspended; one with a limit of his own; who stands in for him.
const SUSPENDED: &str = "1025";
const LIMITED: &str = "1028";
const DEPUTY: &str = "1029";
/// Those whose standing in was ended, has not begun, is over.
const ENDED: &str = "1030";
const COMING: &str = "1031";
const OVER: &str = "1032";
/// A grant that waits for its second, and one that was withdrawn.
const WAITING: ProposalId = ProposalId([0xa1; 16]);
const GONE: ProposalId = ProposalId([0xa2; 16]);
/// A finding about the county's approver.
const FOUND: FindingId = FindingId([0xf2; 16]);
/// A code that a clerk makes up.
const OWN_CODE: &str = "606060";

/// The officers of it; the second administrator comes last, because from him on a grant needs two.
pub(super) fn officers() -> Vec<NewOfficer> {
    let township = Office::Township(TOWNSHIP);
    let approvers = [SUSPENDED, LIMITED].map(|no| acts::officer(no, township, Role::Approver));
    let handlers = [DEPUTY, ENDED, COMING, OVER].map(|no| acts::officer(no, township, Role::Handler));
    let second = acts::officer(SECOND, Office::County, Role::Administrator);
    approvers.into_iter().chain(handlers).chain([second]).collect()
}

/// How an officer does something in the office.
type Acts<'a> = dyn FnMut(&mut Scratch, &str, Vec<Draft>) -> Result<(), Fault> + 'a;

/// What it stands on, done by those who may.
pub(super) fn prepare(office: &mut Scratch, day: Day, act: &mut Acts<'_>) -> Result<(), Fault> {
    let bare = |command| vec![(command, Private::default())];
    let limit = Some(Money::from_fen(10_000));
    let proposal = ProposalId([0xa0; 16]);
    act(office, ADMIN, bare(roles(LIMITED, &[Role::Approver], limit, Some(proposal))))?;
    act(office, SECOND, bare(Command::SecondGrant(SecondGrant { proposal })))?;
    for proposal in [WAITING, GONE] {
        act(office, ADMIN, bare(roles("1024", &[Role::Handler, Role::Approver], None, Some(proposal))))?;
    }
    act(office, ADMIN, bare(Command::WithdrawGrant(WithdrawGrant { proposal: GONE })))?;
    act(office, ADMIN, bare(Command::Suspend(Suspend { officer: SUSPENDED.into() })))?;
    let lent = [
        (LIMITED, DEPUTY, 0, 30),
        (APPROVER, ENDED, 0, 30),
        (APPROVER, COMING, 30, 40),
        (APPROVER, OVER, 0, 3),
    ];
    for (from, to, since, until) in lent {
        let mut private = Private::default();
        let reason = private.put("reason", "外出学习");
        let (since, until) = (day.plus(since), day.plus(until));
        let args = Delegate { from: from.into(), to: to.into(), since, until, reason };
        act(office, from, vec![(Command::Delegate(args), private)])?;
    }
    let end = EndDelegation { from: APPROVER.into(), to: ENDED.into(), since: day };
    act(office, APPROVER, bare(Command::EndDelegation(end)))?;
    let mut private = Private::default();
    let raise = RaiseFinding {
        finding: FOUND,
        about: About::Officer { officer: COUNTY.into() },
        entry: None,
        due: day.plus(10),
        text: private.put("finding", "监盘没有记录"),
    };
    act(office, "9004", vec![(Command::RaiseFinding(raise), private)])
}

fn roles(no: &str, roles: &[Role], limit: Option<Money>, proposal: Option<ProposalId>) -> Command {
    let (officer, office) = (no.into(), Office::Township(TOWNSHIP));
    Command::Roles(Roles { officer, office, roles: roles.iter().copied().collect(), limit, proposal })
}

/// Name, code, how.
pub(super) const ATTACKS: &[(&str, Code, Forge)] = &[
    ("停用的审批人审批", Code::Role, |c| Ok(approving(SUSPENDED, &c.waiting))),
    ("停用的人给自己复岗", Code::Role, |_| Ok(grants_alone(SUSPENDED, SUSPENDED, None))),
    ("停用的人复岗后审批", Code::Role, |c| {
        let mut rows = grants_alone(SUSPENDED, SUSPENDED, None);
        rows.extend(approving(SUSPENDED, &c.waiting));
        Ok(rows)
    }),
    ("提出人自己第二次同意", Code::SodSame, |_| Ok(seconds(ADMIN, WAITING))),
    ("经办人第二次同意", Code::Role, |_| Ok(seconds(HANDLER, WAITING))),
    ("撤销后再同意", Code::State, |_| Ok(seconds(SECOND, GONE))),
    ("撤销后再同意，然后审批", Code::Role, |c| {
        let mut rows = seconds(SECOND, GONE);
        rows.extend(approving(HANDLER_2, &c.waiting));
        Ok(rows)
    }),
    ("两名管理员在，一人授予", Code::State, |_| Ok(grants_alone(ADMIN, HANDLER_2, None))),
    ("报作提出，写成授予", Code::Effect, |_| {
        Ok(grants_alone(ADMIN, HANDLER_2, Some(ProposalId([0xa3; 16]))))
    }),
    ("一人授予后审批", Code::Role, |c| {
        let mut rows = grants_alone(ADMIN, HANDLER_2, None);
        rows.extend(approving(HANDLER_2, &c.waiting));
        Ok(rows)
    }),
    ("以另一管理员之名提出，再自己同意", Code::SodSame, |_| {
        let proposal = ProposalId([0xa4; 16]);
        let made = roles(HANDLER_2, &[Role::Approver], None, Some(proposal));
        let grant = OfficeGrant::Roles {
            officer: HANDLER_2.into(),
            office: Office::Township(TOWNSHIP),
            roles: BTreeSet::from([Role::Approver]),
            limit: None,
        };
        let proposed = Fact::GrantProposed { proposal: WAITING, by: SECOND.into(), grant };
        let mut rows = vec![(ADMIN, made, vec![proposed])];
        rows.extend(seconds(ADMIN, WAITING));
        Ok(rows)
    }),
    ("自行委托", Code::Role, |c| Ok(lends(c, HANDLER_2, APPROVER, HANDLER_2, HANDLER_2))),
    ("自行委托后审批", Code::Role, |c| {
        let mut rows = lends(c, HANDLER_2, APPROVER, HANDLER_2, HANDLER_2);
        rows.extend(approving(HANDLER_2, &c.waiting));
        Ok(rows)
    }),
    ("以审批人之名委托后审批", Code::Role, |c| {
        let mut rows = lends(c, HANDLER_2, APPROVER, HANDLER_2, APPROVER);
        rows.extend(approving(HANDLER_2, &c.waiting));
        Ok(rows)
    }),
    ("自行委托后电话授权先付", Code::Role, |c| {
        let mut rows = lends(c, HANDLER_2, APPROVER, HANDLER_2, APPROVER);
        rows.extend(told_by(c, HANDLER_2));
        Ok(rows)
    }),
    ("委托给自己", Code::SodSame, |c| Ok(lends(c, APPROVER, APPROVER, APPROVER, APPROVER))),
    ("县局把乡镇的审批权交给自己", Code::SodSame, |c| {
        Ok(lends(c, COUNTY, APPROVER, COUNTY, COUNTY))
    }),
    ("没有审批权的人委托", Code::Role, |c| Ok(lends(c, HANDLER, HANDLER, HANDLER_2, HANDLER))),
    ("管理员安排委托后审批", Code::Role, |c| {
        let mut rows = lends(c, ADMIN, APPROVER, HANDLER_2, ADMIN);
        rows.extend(approving(HANDLER_2, &c.waiting));
        Ok(rows)
    }),
    ("代批人再委托", Code::Role, |c| Ok(lends(c, DEPUTY, LIMITED, HANDLER_2, DEPUTY))),
    ("终止了的委托还审批", Code::Role, |c| Ok(approving(ENDED, &c.waiting))),
    ("没开始的委托就审批", Code::Role, |c| Ok(approving(COMING, &c.waiting))),
    ("到期的委托还审批", Code::Role, |c| Ok(approving(OVER, &c.waiting))),
    ("代批超过委托人的限额", Code::TierAuth, |c| Ok(approving(DEPUTY, &c.waiting))),
    ("旁人终止委托", Code::Role, |c| {
        let (from, to, since) = (OfficerNo::from(LIMITED), OfficerNo::from(DEPUTY), c.day());
        let end = EndDelegation { from: from.clone(), to: to.clone(), since };
        let ended = Fact::DelegationEnded { from, to, since };
        Ok(vec![(HANDLER_2, Command::EndDelegation(end), vec![ended])])
    }),
    ("自己接下别人的工作", Code::Role, |c| Ok(hands_over(c, HANDLER_2, HANDLER_2))),
    ("监交人自己接收", Code::SodSame, |c| Ok(hands_over(c, APPROVER, APPROVER))),
    ("处理自己那一条的标记", Code::SodSame, |c| {
        let mut rows = feeds(COUNTY, Account::County);
        rows.extend(settles(COUNTY, MarkOf::Entry { n: c.last() + 1 }));
        Ok(rows)
    }),
    ("处理自己批的那一件的标记", Code::SodSame, |c| {
        let mut rows = approving(COUNTY, &c.open);
        if let Some((_, _, facts)) = rows.first_mut() {
            facts.push(granted(c));
        }
        rows.extend(settles(COUNTY, MarkOf::Case { case: c.open.case }));
        Ok(rows)
    }),
    ("被查的人自己销号", Code::Role, |_| {
        let settle = SettleFinding { finding: FOUND, again: None, reason: text("reason") };
        let settled = Fact::FindingSettled { finding: FOUND, again: None, text: text("reason") };
        Ok(vec![(COUNTY, Command::SettleFinding(settle), vec![settled])])
    }),
    ("数据密钥封给外人", Code::Unknown, |c| seals(c, ADMIN)),
    ("经办人分发数据密钥", Code::Role, |c| seals(c, HANDLER)),
    ("恢复种子审批", Code::Role, |c| Ok(approving(RECOVERY, &c.waiting))),
    ("恢复种子发放", Code::Role, |c| Ok(paying(RECOVERY, &c.approved, PayBy::Bank))),
    ("恢复种子拨款", Code::Role, |_| Ok(feeds(RECOVERY, Account::County))),
    ("编一张授权码单", Code::Role, |_| codes(HANDLER)),
    ("编一张授权码单再先付", Code::AuthCode, |c| {
        let mut rows = codes(HANDLER)?;
        rows.extend(coded(c, OWN_CODE));
        Ok(rows)
    }),
    ("把用过的授权码倒回去再先付", Code::AuthCode, |c| {
        let back = Fact::CodeSpent { officer: COUNTY.into(), next: 0 };
        let mut rows = vec![(HANDLER, acts::lead(at())?.0, vec![back])];
        rows.extend(coded(c, SPENT));
        Ok(rows)
    }),
    ("给自己拨款再发现金", Code::FundShort, |c| {
        let mut rows = feeds(HANDLER, Account::County);
        rows.extend(paying(HANDLER, &c.approved, PayBy::Cash));
        Ok(rows)
    }),
    ("从资金来源给自己拨款再发现金", Code::FundShort, |c| {
        let mut rows = feeds(HANDLER, Account::Source(Fund::County));
        rows.extend(paying(HANDLER, &c.approved, PayBy::Cash));
        Ok(rows)
    }),
    ("凭空记进备用金再发现金", Code::FundShort, |c| {
        let mut rows = feeds(HANDLER, Account::Spent(TOWNSHIP));
        rows.extend(paying(HANDLER, &c.approved, PayBy::Cash));
        Ok(rows)
    }),
];

/// Roles by one officer's word.
fn grants_alone(by: &'static str, to: &str, proposal: Option<ProposalId>) -> Rows {
    let given = BTreeSet::from([Role::Handler, Role::Approver]);
    let command = roles(to, &[Role::Handler, Role::Approver], None, proposal);
    let office = Office::Township(TOWNSHIP);
    vec![(by, command, vec![Fact::RolesGiven { officer: to.into(), office, roles: given, limit: None }])]
}

/// The second word to the grant that waits.
pub(super) fn second() -> (Command, Vec<Fact>) {
    (Command::SecondGrant(SecondGrant { proposal: WAITING }), vec![Fact::GrantSeconded { proposal: WAITING }])
}

fn seconds(by: &'static str, proposal: ProposalId) -> Rows {
    vec![(by, Command::SecondGrant(SecondGrant { proposal }), vec![Fact::GrantSeconded { proposal }])]
}

/// An approver's powers for this month; `said` is who gave them, as the facts tell it.
fn lends(court: &Court, by: &'static str, from: &str, to: &str, said: &str) -> Rows {
    let (since, until) = (court.day(), court.day().plus(30));
    let (from, to): (OfficerNo, OfficerNo) = (from.into(), to.into());
    let command = Delegate { from: from.clone(), to: to.clone(), since, until, reason: text("reason") };
    let given = Fact::DelegationGiven { from, to, since, until, by: said.into(), reason: text("reason") };
    vec![(by, Command::Delegate(command), vec![given])]
}

/// The handler's work goes to somebody, with the case that waits.
fn hands_over(court: &Court, by: &'static str, to: &str) -> Rows {
    let (from, to): (OfficerNo, OfficerNo) = (HANDLER.into(), to.into());
    let command =
        HandOver { from: from.clone(), to: to.clone(), cash: None, blanks: Vec::new(), note: text("note") };
    let changed = Fact::HandlerChanged {
        case: court.waiting.case,
        from: from.clone(),
        to: to.clone(),
        village: None,
        moved: Vec::new(),
        reason: None,
    };
    let over = Fact::HandedOver {
        from,
        to,
        witness: by.into(),
        on: court.day(),
        cases: 1,
        late: 0,
        cash: None,
        book: None,
        blanks: Vec::new(),
        note: text("note"),
    };
    vec![(by, Command::HandOver(command), vec![changed, over])]
}

fn settles(by: &'static str, of: MarkOf) -> Rows {
    let settle = Command::SettleMark(SettleMark { of, reason: text("reason") });
    vec![(by, settle, vec![Fact::MarkSettled { of, reason: text("reason") }])]
}

fn granted(court: &Court) -> Fact {
    Fact::GrantSet {
        case: court.open.case,
        lines: court.open.lines.clone(),
        people: Vec::new(),
        on: court.day(),
        tier: Tier::County,
        way: Way::Ordinary,
        provisional: false,
        by: COUNTY.into(),
    }
}

/// Money for the township's cash, out of an account.
fn feeds(by: &'static str, from: Account) -> Rows {
    let amount = Money::from_fen(900_000);
    let (till, purpose) = (Till::Cash, Purpose::Assistance);
    let fund = match from {
        Account::Source(fund) => Some(fund),
        _ => None,
    };
    let command = Command::Allot(Allot { township: TOWNSHIP, amount, till, fund, purpose, note: None });
    let moved = Fact::MoneyMoved {
        why: MoveKind::Allotted,
        voucher: "B03-99".into(),
        township: TOWNSHIP,
        on: at().day(),
        postings: vec![
            Posting { account: from, amount: -amount },
            Posting { account: Account::Reserve(TOWNSHIP, till), amount },
        ],
        purpose,
        case: None,
        line: None,
        text: None,
    };
    vec![(by, command, vec![moved])]
}

/// A data key of the year that is sealed to a key which nobody was given.
fn seals(court: &Court, by: &'static str) -> Result<Rows, Fault> {
    let stranger = setup::make_key(court.county(), None)?.public.id().unwrap_or_default();
    let sealed = BTreeMap::from([(stranger, "00".repeat(80))]);
    let command = Command::DataKey(DataKey { year: 2026, generation: 0, sealed: sealed.clone() });
    Ok(vec![(by, command, vec![Fact::DataKeySealed { year: 2026, generation: 0, sealed }])])
}

/// A sheet in the county approver's name, of codes that its maker knows.
fn codes(by: &'static str) -> Result<Rows, Fault> {
    let salt = [7; 16];
    let digest = spoken_code::digest(&salt, spoken_code::PRACTICE, 0, OWN_CODE).map(hex::encode);
    let digests = vec![digest.ok_or_else(|| Fault::bug("授权码不合规格"))?];
    let (salt, cost) = (hex::encode(salt), spoken_code::PRACTICE);
    let command = Command::IssueCodes(IssueCodes { salt: salt.clone(), cost, digests: digests.clone() });
    let forged = Fact::CodesIssued { officer: COUNTY.into(), salt, cost, digests, from: None, until: None };
    Ok(vec![(by, command, vec![forged])])
}
