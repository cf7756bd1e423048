//! Facts (事实): what an entry made true. Facts, not commands, are replayed: applying one is total and deterministic, and
//! due days and numbers are facts, decided once. A fact of a kind that this program does not know stops reading.

pub mod monthly;
pub mod partners;
pub mod path;
pub mod people;
pub mod registers;
pub mod reserve;
pub mod stock;
pub mod tiers;

use super::code::Code;
use super::command::after;
use super::command::approval::MeetingPaper;
use super::command::archive;
use super::command::path as steps;
use super::fund::{Posting, Purpose};
use super::grant::Line;
use super::ids::{
    AccountId, AuthorityId, BatchId, CaseId, DiscovererId, FindingId, HouseholdId, ImportId, LeadId, LineId,
    MatterId, OfficerNo, PersonId, ProposalId, Text,
};
use super::nouns::{
    AccountKind, Applicant, Channel, Circumstance, Discipline, Fund, ItemKind, LeadEnd, MeetingKind, Need,
    Path, PayBy, Payee, ReturnReason, Schemes, Severity, Stage, Status, Way,
};
use super::office::{Office, Role, Tier};
use super::payout::FundSum;
use super::period::Period;
use super::powers::{self, OfficeGrant, Seats, Standing};
use super::privacy::LookPurpose;
use crate::base::calendar::YearTable;
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::command::funds::ImportRow;
use crate::domain::command::kernel::NewKey;
use crate::domain::command::privacy::Subject;
use crate::domain::command::trust::{About, MarkOf};
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Why money moved (摘要), for the ledger of the reserve.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum MoveKind {
    /// 拨入.
    Allotted,
    /// 急难救助 or 发放.
    Paid,
    /// 提现.
    Withdrawn,
    /// 存入.
    Deposited,
    /// 退回.
    GivenBack,
    /// 归垫.
    Repaid,
    /// 冲正.
    Reversed,
    /// 资金到账.
    Arrived,
    /// 上缴财政.
    SentUp,
    /// 提交银行: under way.
    Sent,
    /// 退汇.
    Returned,
    /// 主动退回.
    HandedBack,
    /// 追缴到款.
    Recovered,
}

impl MoveKind {
    /// The word on screens and papers.
    pub fn zh(self) -> &'static str {
        match self {
            MoveKind::Allotted => "拨入",
            MoveKind::Paid => "救助支出",
            MoveKind::Withdrawn => "提现",
            MoveKind::Deposited => "存入",
            MoveKind::GivenBack => "退回县财政",
            MoveKind::Repaid => "归垫",
            MoveKind::Reversed => "冲正",
            MoveKind::Arrived => "资金到账",
            MoveKind::SentUp => "上缴财政",
            MoveKind::Sent => "提交银行",
            MoveKind::Returned => "退汇",
            MoveKind::HandedBack => "主动退回",
            MoveKind::Recovered => "追缴到款",
        }
    }

    /// What a movement about a line makes of the postings that paid it: `None` leaves them, else whether they stand.
    pub fn pays_line(self) -> Option<bool> {
        match self {
            MoveKind::Reversed | MoveKind::Returned => Some(false),
            MoveKind::HandedBack | MoveKind::Recovered => None,
            _ => Some(true),
        }
    }
}

/// One thing that is true from here on. Fields are named like the arguments they come from; `_fen` is money in fen.
#[allow(missing_docs)]
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Fact {
    /// The county exists.
    CountyFounded { division: String, practice: bool },
    /// An officer exists; his name stands in the private part.
    OfficerEnrolled {
        officer: OfficerNo,
        office: Office,
        roles: BTreeSet<Role>,
        /// An approver's own limit.
        #[serde(rename = "limit_fen", default, skip_serializing_if = "Option::is_none")]
        limit: Option<Money>,
    },
    /// An officer's office and roles from here on; a suspension ends with it.
    RolesGiven {
        officer: OfficerNo,
        office: Office,
        roles: BTreeSet<Role>,
        /// An approver's own limit.
        #[serde(rename = "limit_fen", default, skip_serializing_if = "Option::is_none")]
        limit: Option<Money>,
    },
    /// An officer's key from here on.
    KeyGiven {
        officer: OfficerNo,
        id: String,
        key: NewKey,
        /// Data keys that he sealed to it himself, hex.
        #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
        data: BTreeMap<Period, String>,
    },
    /// A key signs no more.
    KeyRevoked {
        officer: OfficerNo,
        id: String,
        /// From which day the key is believed to be in other hands.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        since: Option<Day>,
    },
    /// An officer is suspended: his roles stay noted, nothing he signs counts.
    OfficerSuspended { officer: OfficerNo },
    /// One administrator proposes a grant.
    GrantProposed { proposal: ProposalId, by: OfficerNo, grant: OfficeGrant },
    /// Another administrator agrees: the stored grant takes effect.
    GrantSeconded { proposal: ProposalId },
    /// A proposal is off.
    GrantWithdrawn { proposal: ProposalId },
    /// A pack is in force.
    PackAdopted { id: String, toml: String },
    /// A year's working days.
    YearSet { table: YearTable },
    /// A year's data key, sealed.
    DataKeySealed {
        year: i32,
        /// Which key of the year.
        #[serde(default, skip_serializing_if = "is_first")]
        generation: u32,
        sealed: BTreeMap<String, String>,
    },
    /// Somebody looked at what is masked, and what for.
    Unmasked {
        subject: Subject,
        purpose: LookPurpose,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    },
    /// The private parts of these cases are destroyed for good (到期销毁): the columns of the entries in `rows`, spans with
    /// both ends, and the details of these people. Only an administrator's word takes effect, see [`powers`].
    Erased { cases: Vec<CaseId>, people: Vec<PersonId>, rows: Vec<(u64, u64)> },
    /// A sheet of spoken codes; the sheet before it is dead.
    CodesIssued {
        officer: OfficerNo,
        salt: String,
        cost: u8,
        digests: Vec<String>,
        /// For whom the officer stands in who issued it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<OfficerNo>,
        /// The last day on which he does.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Day>,
    },
    /// A code was spent: the next one is `next`, counted from 0.
    CodeSpent { officer: OfficerNo, next: u32 },
    /// A sheet is void: withdrawn, or lost.
    CodesVoided { officer: OfficerNo, lost: bool },
    /// A desk was told a wrong code of this officer's sheet.
    CodeMissed { officer: OfficerNo },
    /// A near relative is on file.
    RelativeFiled {
        officer: OfficerNo,
        person: PersonId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        relation: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        born: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        township: Option<u16>,
    },
    /// An officer stands in for an approver, first and last day included.
    DelegationGiven {
        from: OfficerNo,
        to: OfficerNo,
        since: Day,
        until: Day,
        by: OfficerNo,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// A delegation ended before its last day.
    DelegationEnded { from: OfficerNo, to: OfficerNo, since: Day },
    /// Who is on duty on a day; replaces what the office had for it.
    DutySet {
        office: Office,
        day: Day,
        officers: Vec<OfficerNo>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        phone: Option<Text>,
    },
    /// A case has another handler from here on; the papers `moved` are his, late ones are not. With a village it is, with
    /// its household, that village's and its township's; what was paid stays in the books from which it was paid.
    HandlerChanged {
        case: CaseId,
        from: OfficerNo,
        to: OfficerNo,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        village: Option<u64>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        moved: Vec<ItemKind>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// An officer's work was handed over, counted and witnessed; his spoken codes are void.
    HandedOver {
        from: OfficerNo,
        to: OfficerNo,
        witness: OfficerNo,
        on: Day,
        cases: u32,
        late: u32,
        #[serde(default, rename = "cash_fen", skip_serializing_if = "Option::is_none")]
        cash: Option<Money>,
        #[serde(default, rename = "book_fen", skip_serializing_if = "Option::is_none")]
        book: Option<Money>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        blanks: Vec<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        note: Option<Text>,
    },
    /// A lead exists, with its two clocks.
    LeadRegistered {
        lead: LeadId,
        number: String,
        channel: Channel,
        township: u16,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        village: Option<u64>,
        circumstance: Circumstance,
        severity: Severity,
        at: Stamp,
        due_visit: Stamp,
        due_money: Stamp,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        person: Option<PersonId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        said: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        discoverer: Option<DiscovererId>,
    },
    /// Somebody of the team that finds hardship.
    DiscovererNoted(registers::DiscovererNoted),
    /// He left it.
    DiscovererEnded(registers::DiscovererEnded),
    /// Somebody stood at the person.
    LeadAnswered { lead: LeadId, at: Stamp },
    /// A lead ended.
    LeadEnded {
        lead: LeadId,
        how: LeadEnd,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<CaseId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// A person is known; details stand in the private part and replace the ones before.
    PersonNoted {
        person: PersonId,
        resident: bool,
        papers: bool,
        corrected: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// A person died.
    PersonDied { person: PersonId, on: Day },
    /// Two records are one person, or are not; or one officer says so.
    PeopleLinked(people::PeopleLinked),
    /// A household exists.
    HouseholdFormed { household: HouseholdId, township: u16, village: u64, since: Day },
    /// Someone is a member from a day on, and of no other household.
    MemberJoined { household: HouseholdId, person: PersonId, relation: String, since: Day },
    /// Someone is no member from a day on.
    MemberLeft { household: HouseholdId, person: PersonId, since: Day },
    /// A household's status and size from a day on.
    HouseholdCounted { household: HouseholdId, status: Status, size: u16, since: Day },
    /// A matter exists.
    MatterOpened {
        matter: MatterId,
        number: String,
        township: u16,
        circumstance: Circumstance,
        on: Day,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        place: Option<u64>,
        shared: bool,
        people: Vec<PersonId>,
    },
    /// A case exists, with its handler.
    CaseOpened {
        case: CaseId,
        number: String,
        matter: MatterId,
        person: PersonId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        household: Option<HouseholdId>,
        applicant: Applicant,
        helped: u16,
        township: u16,
        village: u64,
        circumstance: Circumstance,
        severity: Severity,
        path: Path,
        need: Need,
        schemes: Schemes,
        by_meeting: bool,
        handler: OfficerNo,
        accepted: Day,
        pack: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        lead: Option<LeadId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        blank: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// What is asked for in a case; replaces what was asked before.
    LinesAsked { case: CaseId, lines: Vec<Line> },
    /// A case is in a stage, by whom and with which words.
    StageSet {
        case: CaseId,
        stage: Stage,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        tier: Option<Tier>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due: Option<Day>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    },
    /// The application is there, with its promise.
    ApplicationNoted(steps::Application),
    /// The applicant was told what is missing.
    OnceNoticed(path::OnceNoticed),
    /// He brought it.
    Corrected(steps::Corrected),
    /// The application is accepted.
    CaseAccepted(steps::Accept),
    /// The household was surveyed at home.
    Surveyed(steps::Survey),
    /// Its members let their means be looked into.
    MeansAuthorised(path::MeansAuthorised),
    /// The means check is on its way.
    MeansAsked(steps::MeansAsk),
    /// Its report is there.
    MeansChecked(steps::MeansCheck),
    /// The schooling is known.
    SchoolNoted(steps::School),
    /// The appraisal meeting was held.
    Reviewed(steps::Review),
    /// The township has given its opinion.
    Examined(path::Examined),
    /// A notice hangs.
    NoticePosted(path::NoticePosted),
    /// The notice is over, or was taken down.
    NoticeEnded(steps::EndNotice),
    /// The county lets the case go without one.
    NoticeExempted(path::NoticeExempted),
    /// Somebody objects.
    ObjectionMade(steps::Objection),
    /// The objection is settled.
    ObjectionSettled(steps::SettleObjection),
    /// The path is another from here on.
    PathChanged(steps::ChangePath),
    /// The applicant has the paper of the result.
    ResultDelivered(path::ResultDelivered),
    /// Somebody asked how he is.
    FollowedUp(after::FollowUp),
    /// What the papers ask of the hardship is known.
    HardshipNoted(after::Hardship),
    /// Where the clock of the case stands.
    ClockSet(path::ClockSet),
    /// A meeting decided on a case.
    MeetingHeld {
        case: CaseId,
        on: Day,
        tier: Tier,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        kind: Option<MeetingKind>,
        present: u16,
        #[serde(rename = "amount_fen")]
        amount: Money,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<Text>,
        /// Place, chair, attendees, topic and opinions (F14), each a private slot.
        #[serde(default, skip_serializing_if = "MeetingPaper::is_empty")]
        paper: MeetingPaper,
    },
    /// An authorisation to pay first.
    AuthorityGiven {
        authority: AuthorityId,
        case: CaseId,
        by: OfficerNo,
        tier: Tier,
        at: Stamp,
        verified: bool,
        #[serde(rename = "amount_fen")]
        amount: Money,
    },
    /// An authorisation was used; nobody uses it again.
    AuthorityUsed { authority: AuthorityId },
    /// What the case grants: lines, day, tier and way. Replaces what it granted before (an advance, a lower
    /// ratification). `people` are those helped: the household's members on the day.
    GrantSet {
        case: CaseId,
        lines: Vec<Line>,
        people: Vec<PersonId>,
        on: Day,
        tier: Tier,
        way: Way,
        provisional: bool,
        by: OfficerNo,
    },
    /// The case grants nothing any more.
    GrantCancelled { case: CaseId },
    /// The county's section examined a case.
    CountyExamined(tiers::CountyExamined),
    /// A case was raised to the county.
    TierRaised(tiers::TierRaised),
    /// A case was handed down.
    TierLowered(tiers::TierLowered),
    /// A case lies before the city.
    CityAsked(tiers::CityAsked),
    /// The city's answer, entered.
    CityReplied(tiers::CityReplied),
    /// The city's answer, checked.
    CityChecked(tiers::CityChecked),
    /// A month's decisions are on file.
    RosterFiled(tiers::RosterFiled),
    /// A filed decision was called back.
    CalledBack(tiers::CalledBack),
    /// That is settled.
    CallBackSettled(tiers::CallBackSettled),
    /// Somebody was referred.
    ReferralMade(tiers::ReferralMade),
    /// What became of it.
    ReferralAnswered(tiers::ReferralAnswered),
    /// A service was given.
    ServiceGiven(tiers::ServiceGiven),
    /// Somebody else helped.
    OtherHelpNoted(tiers::OtherHelpNoted),
    /// Cases were drawn by lot, out of so many.
    SampleDrawn {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        township: Option<u16>,
        from: Day,
        to: Day,
        seed: String,
        of: u32,
        cases: Vec<CaseId>,
    },
    /// The paper of a case lies in the archive.
    Archived(archive::Archive),
    /// The home township answered.
    HomeReplied(tiers::HomeReplied),
    /// Another member applies.
    ApplicantChanged(tiers::ApplicantChanged),
    /// Who takes the money of the dead.
    PayeeNoted(tiers::PayeeNoted),
    /// A case has another pack.
    CaseRebased(tiers::CaseRebased),
    /// An incident exists.
    IncidentOpened(tiers::IncidentOpened),
    /// An incident is over.
    IncidentClosed(tiers::IncidentClosed),
    /// A line was handed over or transferred.
    LinePaid {
        case: CaseId,
        line: LineId,
        #[serde(rename = "amount_fen")]
        amount: Money,
        pay_by: PayBy,
        at: Stamp,
        by: OfficerNo,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        witness: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        cash_reason: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        payer: Option<Text>,
    },
    /// The account to which a case's money goes from here on; number, holder, bank and letter stand in the private part.
    AccountNoted {
        account: AccountId,
        case: CaseId,
        payee: Payee,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        owner: Option<PersonId>,
        kind: AccountKind,
        /// The keyed hash of the number, hex: the same account has the same everywhere.
        mark: String,
        number: Text,
        holder: Text,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        bank: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        letter: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        relation: Option<String>,
    },
    /// A batch of payments exists, of one paying bank and one source.
    BatchOpened { batch: BatchId, number: String, bank: String, fund: Fund, on: Day, by: OfficerNo },
    /// A line is in a batch, in the order of these facts.
    LineBatched {
        batch: BatchId,
        case: CaseId,
        line: LineId,
        account: AccountId,
        #[serde(rename = "amount_fen")]
        amount: Money,
    },
    /// Another officer counted a batch without seeing its sum, and came to the same.
    BatchChecked {
        batch: BatchId,
        by: OfficerNo,
        #[serde(rename = "total_fen")]
        total: Money,
        count: u32,
    },
    /// A batch went to the bank, in a file of this SHA-256.
    BatchSent {
        batch: BatchId,
        by: OfficerNo,
        on: Day,
        file: String,
        #[serde(rename = "total_fen")]
        total: Money,
        count: u32,
    },
    /// A batch was given up before it was sent; its lines are free.
    BatchDropped {
        batch: BatchId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// A return file of the bank was taken over, whole.
    ReturnRead {
        batch: BatchId,
        file: String,
        on: Day,
        #[serde(rename = "paid_fen")]
        paid: Money,
        #[serde(rename = "returned_fen")]
        returned: Money,
    },
    /// The bank sent a line's money back: it waits to be paid again.
    LineReturned { batch: BatchId, case: CaseId, line: LineId, account: AccountId, reason: ReturnReason },
    /// The person gave back what was paid, all or some of it; the grant stays.
    LineGivenBack {
        case: CaseId,
        line: LineId,
        #[serde(rename = "amount_fen")]
        amount: Money,
        on: Day,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        receipt: Option<Text>,
    },
    /// A year's sources are closed; what is left is carried over.
    YearClosed { year: i32, on: Day, carried: Vec<FundSum> },
    /// The cash of a township was counted by somebody else than its keeper.
    CashCounted {
        township: u16,
        on: Day,
        keeper: OfficerNo,
        by: OfficerNo,
        #[serde(rename = "counted_fen")]
        counted: Money,
        #[serde(rename = "book_fen")]
        book: Money,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// The payment of a line is undone.
    LineUnpaid { case: CaseId, line: LineId },
    /// Money moved between accounts; the postings add up to nothing.
    MoneyMoved {
        why: MoveKind,
        voucher: String,
        township: u16,
        on: Day,
        postings: Vec<Posting>,
        purpose: Purpose,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<CaseId>,
        /// The line that was paid, or whose payment is turned round.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        line: Option<LineId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    },
    /// A paper is due.
    ItemDue { case: CaseId, item: ItemKind, due: Day, handler: OfficerNo, noted: bool },
    /// A paper is complete.
    ItemDone { case: CaseId, item: ItemKind, on: Day },
    /// A paper is open again.
    ItemReopened { case: CaseId, item: ItemKind },
    /// The due day of all open papers moves: the emergency lasts.
    ItemsMoved {
        case: CaseId,
        until: Day,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// The brake of a handler is lifted for one payment.
    BrakeLifted {
        handler: OfficerNo,
        by: OfficerNo,
        telephone: bool,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// The lift was used.
    BrakeUsed { handler: OfficerNo },
    /// What was paid broke a rule and stands as an exception (例外).
    ExceptionNoted { case: CaseId, code: Code },
    /// The county has to ratify by a day.
    RatificationDue { case: CaseId, due: Day },
    /// The county ratified, possibly less than was paid.
    Ratified {
        case: CaseId,
        #[serde(rename = "amount_fen")]
        amount: Money,
        #[serde(rename = "excess_fen")]
        excess: Money,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// A warning was overridden with a reason; listed for the supervisor.
    Overridden {
        code: Code,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<CaseId>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// A note that asks for nothing (a clock that is off, a missing holiday table).
    Noted {
        code: Code,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        case: Option<CaseId>,
    },
    /// The county settled what checks had marked, of a case or of one entry; the words stand in the private part.
    MarkSettled {
        of: MarkOf,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// A finding of the supervisor exists; the office answers until the due day.
    FindingRaised {
        finding: FindingId,
        number: String,
        about: About,
        office: Office,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        entry: Option<u64>,
        due: Day,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    },
    /// The office answered a finding.
    FindingAnswered {
        finding: FindingId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    },
    /// The supervisor ended a finding; or gave it back until another day.
    FindingSettled {
        finding: FindingId,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        again: Option<Day>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        text: Option<Text>,
    },
    /// The supervisor handed a finding on to discipline.
    FindingTransferred {
        finding: FindingId,
        to: Discipline,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<Text>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reason: Option<Text>,
    },
    /// How much a township's reserve holds when it is full.
    CeilingSet(reserve::CeilingSet),
    /// A township asked for its reserve to be filled up; the next allotment answers.
    ReplenishAsked(reserve::ReplenishAsked),
    /// The county wants something back that was got by false statements.
    RecoveryOrdered(reserve::RecoveryOrdered),
    /// Some of it came in.
    RecoveryPaid(reserve::RecoveryPaid),
    /// A source was compared with the books of 财政 at a month's end.
    SourceReconciled(monthly::SourceReconciled),
    /// Another officer confirmed that, or sent it back.
    ReconciliationAnswered(monthly::ReconciliationAnswered),
    /// An item of a store is more or less.
    StockMoved(stock::StockMoved),
    /// A pad of numbered blank sheets was issued.
    PadIssued(stock::PadIssued),
    /// A numbered blank sheet is void.
    BlankVoided(stock::BlankVoided),
    /// A body that helps beside the government.
    PartnerNoted(partners::PartnerNoted),
    /// A numbered blank sheet was used for a payment of this case; a case's own sheet stands in its opening.
    BlankUsed { case: CaseId, blank: String },
    /// A task for the handler: ask the home township whether it helped already.
    HomeToAsk { case: CaseId },
    /// Rows of an earlier ledger are known.
    LedgerImported { import: ImportId, file: String, part: u32, rows: Vec<ImportRow> },
}

/// Whether this is the first key of its year.
#[allow(clippy::trivially_copy_pass_by_ref)]
pub(crate) fn is_first(generation: &u32) -> bool {
    *generation == 0
}

impl Fact {
    /// Whether a fact of the small frozen kernel (officers, keys, roles, packs, tables, powers that are lent, money for the
    /// reserve) takes effect, coming from this author: see [`powers`]. All other facts of a sound entry always apply.
    pub fn takes_effect(&self, n: u64, author: &OfficerNo, standing: Standing, seats: &dyn Seats) -> bool {
        powers::takes_effect(self, n, author, standing, seats)
    }
}

impl Fact {
    /// The case this fact is about, where it is about one.
    pub fn case(&self) -> Option<CaseId> {
        use Fact::*;
        match self {
            CaseOpened { case, .. }
            | HandlerChanged { case, .. }
            | LinesAsked { case, .. }
            | StageSet { case, .. }
            | MeetingHeld { case, .. }
            | AuthorityGiven { case, .. }
            | GrantSet { case, .. }
            | GrantCancelled { case }
            | LinePaid { case, .. }
            | AccountNoted { case, .. }
            | LineBatched { case, .. }
            | LineReturned { case, .. }
            | LineGivenBack { case, .. }
            | LineUnpaid { case, .. }
            | ItemDue { case, .. }
            | ItemDone { case, .. }
            | ItemReopened { case, .. }
            | ItemsMoved { case, .. }
            | ExceptionNoted { case, .. }
            | RatificationDue { case, .. }
            | Ratified { case, .. }
            | BlankUsed { case, .. }
            | HomeToAsk { case } => Some(*case),
            RecoveryOrdered(reserve::RecoveryOrdered { case, .. })
            | RecoveryPaid(reserve::RecoveryPaid { case, .. }) => Some(*case),
            ApplicationNoted(steps::Application { case, .. })
            | OnceNoticed(path::OnceNoticed { case, .. })
            | Corrected(steps::Corrected { case, .. })
            | CaseAccepted(steps::Accept { case, .. })
            | Surveyed(steps::Survey { case, .. })
            | MeansAuthorised(path::MeansAuthorised { case, .. })
            | MeansAsked(steps::MeansAsk { case, .. })
            | MeansChecked(steps::MeansCheck { case, .. })
            | SchoolNoted(steps::School { case, .. })
            | Reviewed(steps::Review { case, .. })
            | Examined(path::Examined { case, .. })
            | NoticePosted(path::NoticePosted { case, .. })
            | NoticeEnded(steps::EndNotice { case, .. })
            | NoticeExempted(path::NoticeExempted { case, .. })
            | ObjectionMade(steps::Objection { case, .. })
            | ObjectionSettled(steps::SettleObjection { case, .. })
            | Archived(archive::Archive { case, .. })
            | PathChanged(steps::ChangePath { case, .. })
            | ResultDelivered(path::ResultDelivered { case, .. })
            | FollowedUp(after::FollowUp { case, .. })
            | HardshipNoted(after::Hardship { case, .. })
            | ClockSet(path::ClockSet { case, .. }) => Some(*case),
            MarkSettled { of: MarkOf::Case { case }, .. }
            | FindingRaised { about: About::Case { case }, .. } => Some(*case),
            StockMoved(stock::StockMoved { case, .. })
            | MoneyMoved { case, .. }
            | Overridden { case, .. }
            | Noted { case, .. }
            | LeadEnded { case, .. } => *case,
            _ => tiers::case_of(self),
        }
    }
}

impl Fact {
    /// The batch this fact moves, where it moves one: what is wrong with it holds up the cases in it.
    pub fn batch(&self) -> Option<BatchId> {
        match self {
            Fact::BatchOpened { batch, .. }
            | Fact::LineBatched { batch, .. }
            | Fact::BatchChecked { batch, .. }
            | Fact::BatchSent { batch, .. }
            | Fact::BatchDropped { batch, .. }
            | Fact::ReturnRead { batch, .. }
            | Fact::LineReturned { batch, .. } => Some(*batch),
            _ => None,
        }
    }

    /// The people this fact names, for the history of who looked at or changed what of whom.
    pub fn people(&self) -> Vec<PersonId> {
        match self {
            Fact::PersonNoted { person, .. }
            | Fact::PersonDied { person, .. }
            | Fact::MemberJoined { person, .. }
            | Fact::MemberLeft { person, .. }
            | Fact::CaseOpened { person, .. }
            | Fact::RelativeFiled { person, .. }
            | Fact::Unmasked { subject: Subject::Person(person), .. } => vec![*person],
            Fact::LeadRegistered { person, .. } => person.iter().copied().collect(),
            Fact::MatterOpened { people, .. } | Fact::GrantSet { people, .. } => people.clone(),
            Fact::LedgerImported { rows, .. } => rows.iter().map(|row| row.person).collect(),
            Fact::MeansAuthorised(made) => made.members.iter().map(|member| member.person).collect(),
            Fact::PeopleLinked(made) => vec![made.stays, made.joined],
            Fact::SchoolNoted(made) => vec![made.pupil],
            _ => tiers::people_of(self),
        }
    }
}
