//! The closed enums of the product: what a screen may ask the desk, what comes back, and which screens there are.
//!
//! The engine above is the same for every product; this file grows with the screens. It must never hold behaviour:
//! who answers an [`Ask`] is the desk's affair ([`super::host`]), who builds a [`Place`] too.

pub mod county;
pub mod goods;
pub mod money;
pub mod paper;
pub mod path;
pub mod people;
pub mod registers;

use self::county::{CountyAsk, CountyPlace, CountyReply};
use self::money::{MoneyAsk, MoneyPlace, MoneyReply};
use self::path::{PathAsk, PathHome, PathPlace, PathReply};
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::command::privacy::Subject;
use crate::domain::ids::{CaseId, LeadId, OfficerNo, PartnerId, PersonId};
use crate::domain::office::{Office, Officer};
use crate::domain::privacy::LookPurpose;
use crate::domain::refusal::Refusal;
use crate::domain::standard::Standards;
use crate::forms::Offer;
use crate::office::front::codes::CodesView;
use crate::office::front::county::CountyPile;
use crate::office::front::deed::Deed;
use crate::office::front::drafts::Keep;
use crate::office::front::history::HistoryAsk;
use crate::office::front::merging::LinkPile;
use crate::office::front::officers::{KeysView, OfficerLine};
use crate::office::front::outbox::Waiting;
use crate::office::front::papers::Sheet;
use crate::office::front::privacy::Unmasked;
use crate::office::front::sign::Listed;
use crate::office::front::weigh::Weighed;
use crate::office::print::PaperKind;
use crate::office::request::Asked;
use crate::office::worker::Jump;
use crate::store::desk::Draft;
use crate::store::replica::lookup::{FamilyCard, Hit};
use crate::store::replica::views::card::CaseCard;
use crate::store::replica::views::deferred::DeferredRow;
use crate::store::replica::views::discovery::DiscovererRow;
use crate::store::replica::views::exceptions::{ExceptionRow, MarkRow, NotedRow, RatificationRow};
use crate::store::replica::views::findings::FindingRow;
use crate::store::replica::views::goods::ShelfRow;
use crate::store::replica::views::history::HistoryRow;
use crate::store::replica::views::home::{
    ApproverHome, CountyHome, FindingPile, HandlerHome, SupervisorHome, YearSums,
};
use crate::store::replica::views::leads::LeadRow;
use crate::store::replica::views::marks::MarkedRow;
use crate::store::replica::views::money::MoneyHome;
use crate::store::replica::views::partners::PartnerRow;
use crate::store::replica::views::queue::{Filter, QueueRow};
use crate::store::replica::views::reserve::ReserveMonth;
use crate::store::replica::views::standing::Standing;
use crate::store::replica::views::stolen::StolenRow;
use zeroize::Zeroizing;

/// Which list of cases a queue screen shows: its name, its filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Queue {
    /// The name in the title bar, for example 待镇审批.
    pub name: &'static str,
    /// What stands in it.
    pub filter: Filter,
    /// Whether it is worked through by approving: Enter opens the approval of the row and PgDn the next.
    pub approve: bool,
}

/// What a screen asks of the desk. The answer comes later as a [`Reply`] to the screen that asked.
#[derive(Debug, Clone, PartialEq)]
pub enum Ask {
    /// How the desk stands with the share, in words. [`Reply::Link`].
    Link,
    /// Who sits here, the time and the figures that screens show. [`Reply::Me`].
    Me,
    /// Who may sign in here. [`Reply::SignIn`].
    WhoMaySignIn,
    /// Signs in. [`Reply::SignedIn`] or [`Reply::NotSignedIn`].
    SignIn {
        /// 操作员号.
        officer: String,
        /// The password.
        password: Zeroizing<String>,
    },
    /// Signs out: the screen then restarts at [`Place::SignIn`].
    SignOut,
    /// The screen is blanked, and what stood in forms is kept: keys leave memory as soon as nothing waits for them. No answer.
    Blanked,
    /// Lets the officer whose screen is blanked go on: checks his password. [`Reply::Unlocked`] or
    /// [`Reply::NotSignedIn`].
    Unlock(Zeroizing<String>),
    /// Changes the password of the officer in session. [`Reply::Done`], [`Reply::Held`], [`Reply::NotSignedIn`] where the old
    /// one is wrong, [`Reply::Failed`] or [`Reply::Refused`].
    ChangePassword {
        /// The old one.
        old: Zeroizing<String>,
        /// The new one.
        new: Zeroizing<String>,
    },
    /// Opens a run of approvals (签批): checks the password of the officer in session. [`Reply::RunOpened`] or
    /// [`Reply::NotSignedIn`].
    OpenRun(Zeroizing<String>),
    /// Whether a run of approvals is open. [`Reply::Run`].
    Run,
    /// The home of the officer's role. [`Reply::Home`].
    Home,
    /// A list of cases. [`Reply::Queue`].
    Queue(Filter),
    /// A case with everything the approval card shows. [`Reply::Case`].
    Case(CaseId),
    /// What screens of the expenditure path ask. [`Reply::Path`].
    Path(PathAsk),
    /// The open leads the officer sees. [`Reply::Leads`].
    Leads,
    /// 委托、值班、交接、近亲属 that the officer sees. [`Reply::Standing`].
    Standing,
    /// The sheets of spoken codes. [`Reply::Codes`].
    Codes,
    /// What the county's desk asks. [`Reply::County`].
    County(CountyAsk),
    /// Writes 工作交接单 or F22. [`Reply::Printed`].
    PrintSheet(Sheet),
    /// One lead, for the form that is filled from it. [`Reply::Lead`].
    Lead(LeadId),
    /// Deferred papers the officer sees. [`Reply::Deferred`].
    Deferred,
    /// What the county has to ratify, exceptions and marks. [`Reply::Ratifications`].
    Ratifications,
    /// Marks with what was done. [`Reply::Marks`].
    Marks,
    /// Findings that the officer sees. [`Reply::Findings`].
    Findings,
    /// Warnings overridden with a reason. [`Reply::Overridden`].
    Overridden,
    /// 操作经历. [`Reply::History`].
    History(Box<HistoryAsk>),
    /// The reserve of a township in a month. [`Reply::Reserve`].
    Reserve {
        /// The township.
        township: u16,
        /// Year and month.
        month: (i32, u32),
    },
    /// About money. [`Reply::Money`] or [`Reply::Failed`].
    Money(MoneyAsk),
    /// All officers. [`Reply::Officers`].
    Officers,
    /// What was signed with keys believed stolen. [`Reply::Stolen`].
    Stolen,
    /// Writes 月度核对单 of a year and month. [`Reply::Printed`].
    PrintMonth((i32, u32)),
    /// The cases whose private part may be destroyed. [`Reply::Due`].
    Due,
    /// The requests of new officers and lost passwords. [`Reply::Requests`], at once as last read and again when read.
    Requests,
    /// The grants that wait for a second administrator, and how data keys stand. [`Reply::Proposals`].
    Proposals,
    /// Makes a key under a password and leaves a request of it. [`Reply::Requested`] or [`Reply::Failed`].
    Apply {
        /// The number wished.
        officer: String,
        /// The office.
        office: Office,
        /// The password.
        password: Zeroizing<String>,
    },
    /// The officer's drafts. [`Reply::Drafts`].
    Drafts,
    /// One draft, to go on with it. [`Reply::Draft`].
    Draft(u64),
    /// Throws a draft away. [`Reply::Drafts`].
    DropDraft(u64),
    /// Keeps a draft at a field left. [`Reply::Kept`].
    Keep(Keep),
    /// What stands in the outbox. [`Reply::Outbox`].
    Outbox,
    /// Lets a refused group go. [`Reply::Outbox`].
    LetGo(u64),
    /// 查往年. [`Reply::Hits`].
    Search(String),
    /// A person's aid and his household's. [`Reply::Family`].
    Family(PersonId),
    /// The same for whoever holds an id number. [`Reply::Family`].
    Holder(String),
    /// Looks at what is masked, once the purpose is written down. [`Reply::Unmasked`].
    Unmask {
        /// Whose.
        subject: Subject,
        /// What for.
        purpose: LookPurpose,
        /// In words.
        text: String,
    },
    /// What a new form starts with: who may authorise, the last village, the last answers. [`Reply::Start`].
    Start(&'static str),
    /// Remembers answers of a form for F8 and the next form's defaults.
    Remember(&'static str, String),
    /// What the rules would say of a deed. [`Reply::Weighed`].
    Weigh(Box<Deed>),
    /// Does a deed. [`Reply::Done`], [`Reply::Refused`], [`Reply::Held`] or [`Reply::Failed`]. The draft that it was
    /// filled in from is let go once the orders are kept.
    Do {
        /// What.
        deed: Box<Deed>,
        /// The draft it comes from; 0 for none.
        draft: u64,
    },
    /// The jump of the share's clock that waits for a confirmation. [`Reply::Jump`].
    Jump,
    /// Confirmed twice: the share's time is right.
    TrustTime,
    /// About the papers of a case. [`Reply::Paper`].
    Paper(paper::PaperAsk),
    /// About people: links between records, children's accounts. [`Reply::People`].
    People(people::PeopleAsk),
    /// About goods in store and numbered pads. [`Reply::Goods`].
    Goods(goods::GoodsAsk),
    /// The county's partners (协作单位). [`Reply::Partners`].
    Partners,
    /// About the team that finds hardship. [`Reply::Registers`].
    Registers(registers::RegisterAsk),
    /// Prints a paper of a case. [`Reply::Printed`] or [`Reply::Failed`].
    Print(PaperKind, Option<CaseId>),
}

/// What waits for an administrator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AdministratorHome {
    /// Requests that wait.
    pub requests: usize,
    /// Grants that wait for his word: those of other administrators.
    pub proposals: usize,
    /// Officers at work whose key was revoked and who have none.
    pub without_key: usize,
    /// The year's data key is still to be made.
    pub wants_data_key: bool,
}

/// The home of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Duties {
    /// 经办人.
    Handler(HandlerHome),
    /// 乡镇审批人.
    Approver(ApproverHome),
    /// 县局.
    County(CountyHome),
    /// 县局财务; at a township what its handlers put right of it.
    Money(MoneyHome),
    /// 管理员.
    Administrator(AdministratorHome),
    /// 督导.
    Supervisor(SupervisorHome),
}

/// What home shows.
#[derive(Debug, Clone, PartialEq)]
pub struct HomeView {
    /// Who.
    pub officer: Officer,
    /// Today, by the office's clock.
    pub now: Stamp,
    /// The piles of each role he holds.
    pub duties: Vec<Duties>,
    /// The sums of the year.
    pub year: YearSums,
    /// His drafts, and the oldest one's time.
    pub drafts: (usize, Option<Stamp>),
    /// What stands in his outbox: waiting, refused.
    pub outbox: (usize, usize),
    /// What he dealt with last.
    pub recent: Vec<QueueRow>,
    /// Findings that his office has to answer.
    pub findings: FindingPile,
    /// The reserve's figures are low or a due day is near: sentences.
    pub reminders: Vec<String>,
    /// What is wrong with the share and what to do; empty where nothing is.
    pub drive: String,
    /// What is wrong with this PC's clock; empty where nothing is.
    pub clock: String,
    /// Whether the share's clock jumped and waits for somebody to confirm it.
    pub jump: bool,
    /// What waits on the expenditure path.
    pub path: PathHome,
    /// How many spoken codes the officer has left; none where sheets are not his affair.
    pub codes: Option<u32>,
    /// What waits beyond one approver and beside the cases.
    pub county: CountyPile,
    /// Months of the county's sources that are not reconciled with 财政, by the last day of the month.
    pub unreconciled: crate::store::replica::views::home::Pile,
    /// 人员合并 that waits for this officer's word.
    pub links: LinkPile,
    /// Numbered blank sheets that have been missing for more than a week.
    pub blanks: u32,
}

/// What a form starts with.
#[derive(Debug, Clone, PartialEq)]
pub struct StartView {
    /// The form it is for.
    pub form: &'static str,
    /// Who fills it in.
    pub officer: Officer,
    /// Now, by the office's clock.
    pub now: Stamp,
    /// Who may give the word to pay first.
    pub approvers: Vec<Offer>,
    /// What the officer's store has, for lines of goods.
    pub goods: Vec<ShelfRow>,
    /// Bodies that help, for the form of a referral.
    pub partners: Vec<PartnerRow>,
    /// The team that finds hardship, for leads.
    pub team: Vec<DiscovererRow>,
    /// 救助标准 of the pack in force.
    pub standard: Standards,
    /// The draft text of the answers submitted last, empty where there are none.
    pub last: String,
    /// Whether the drive answers: with the drive away money handed over is registered as such.
    pub online: bool,
}

/// Who sits at the desk, and what screens compare with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeView {
    /// The officer in session.
    pub officer: Officer,
    /// Now, by the office's clock.
    pub now: Stamp,
    /// The township's limit (四（三）二) of the pack in force.
    pub township_limit: Money,
    /// Above this sum of the pack the password is asked at each signature.
    pub password_above: Money,
    /// Who is on duty today, with the telephone; empty where no list says.
    pub on_duty: String,
}

/// An answer of the desk.
#[derive(Debug, Clone, PartialEq)]
pub enum Reply {
    /// How the desk stands with the share, in words: `共享盘正常，刚同步；没有待上传`.
    Link(String),
    /// A sentence of the desk for the message line of whichever screen stands there, where nothing else does; an empty
    /// one takes the last back.
    Told {
        /// The sentence.
        sentence: String,
        /// Whether something is wrong.
        wrong: bool,
    },
    /// New entries came: a list that is shown may ask again.
    News,
    /// Who sits here.
    Me(Box<MeView>),
    /// Who may sign in, whether it is practice (then each with his password), and how the share stands.
    SignIn {
        /// The officers.
        listed: Vec<Listed>,
        /// Practice passwords by officer's number; empty in a real office.
        practice: Vec<(String, String)>,
        /// The sentence about share and replica.
        link: String,
        /// The share's folder.
        share: String,
    },
    /// Signed in and ready: open home.
    SignedIn(Officer),
    /// Not signed in, with the sentence why and what to do.
    NotSignedIn(String),
    /// The right password: the blanked screen may go.
    Unlocked,
    /// A run of approvals is open until then.
    RunOpened(Stamp),
    /// Whether a run is open, and until when.
    Run(Option<Stamp>),
    /// Home.
    Home(Box<HomeView>),
    /// A list of cases, with how many there are in all.
    Queue(Vec<QueueRow>, usize),
    /// A case; none where it is not there.
    Case(Option<Box<CaseCard>>),
    /// What screens of the expenditure path asked.
    Path(PathReply),
    /// Leads.
    Leads(Vec<LeadRow>, Stamp),
    /// 委托、值班、交接、近亲属, and today.
    Standing(Box<Standing>, Day),
    /// The sheets of spoken codes.
    Codes(Box<CodesView>),
    /// What the county's desk is answered.
    County(CountyReply),
    /// A lead, with the person's card where the person is known.
    Lead(Option<(LeadRow, Option<Box<FamilyCard>>)>),
    /// Deferred papers, and today.
    Deferred(Vec<DeferredRow>, Day),
    /// What the county has to settle.
    Ratifications {
        /// Paid beyond powers.
        due: Vec<RatificationRow>,
        /// Exceptions not settled.
        exceptions: Vec<ExceptionRow>,
        /// Marks not settled.
        marks: Vec<MarkRow>,
    },
    /// Marks: open ones first.
    Marks(Vec<MarkedRow>),
    /// What was signed with keys believed stolen, latest first.
    Stolen(Vec<StolenRow>),
    /// Findings: waiting ones first.
    Findings(Vec<FindingRow>),
    /// Warnings overridden, latest first.
    Overridden(Vec<NotedRow>),
    /// Lines of the history, latest first, and whether there are more.
    History(Vec<HistoryRow>, bool),
    /// A month of a reserve.
    Reserve(Box<ReserveMonth>),
    /// About money.
    Money(Box<MoneyReply>),
    /// Officers.
    Officers(Vec<OfficerLine>),
    /// The cases whose private part may be destroyed.
    Due(Box<crate::office::erasing::Due>),
    /// Requests that wait, and who is enrolled already.
    Requests {
        /// Those that wait.
        waiting: Vec<Asked>,
        /// Whether they are being read just now.
        reading: bool,
        /// Numbers in use, each with the name.
        known: Vec<(OfficerNo, String)>,
    },
    /// What waits for a second administrator, and the data keys.
    Proposals(Box<KeysView>),
    /// A request lies on the share: its eight digits.
    Requested(String),
    /// Drafts.
    Drafts(Vec<Draft>),
    /// A draft.
    Draft(Draft),
    /// A draft is kept under this number, at this time.
    Kept(u64, Stamp),
    /// The outbox.
    Outbox(Vec<Waiting>),
    /// People found.
    Hits(Vec<Hit>),
    /// A person's aid; none where nobody holds the number.
    Family(Option<Box<FamilyCard>>),
    /// What was masked, for the screen that asked and as long as it stands.
    Unmasked(Box<Unmasked>),
    /// What a form starts with.
    Start(Box<StartView>),
    /// What the rules say.
    Weighed(Weighed),
    /// Done: a sentence with the number, and the case where there is one.
    Done {
        /// For the message line: `26-103-0117 已报批`.
        sentence: String,
        /// The case.
        case: Option<CaseId>,
        /// Notes and overridden warnings.
        notes: Vec<Refusal>,
    },
    /// The rules refuse; nothing was written.
    Refused(Vec<Refusal>),
    /// Kept on this PC, waiting for the drive: a sentence.
    Held(String),
    /// A fault: a sentence with what to do.
    Failed(String),
    /// The jump of the share's clock; none where there is none.
    Jump(Option<Jump>),
    /// About the papers of a case.
    Paper(paper::PaperReply),
    /// About people.
    People(people::PeopleReply),
    /// About goods in store and numbered pads.
    Goods(goods::GoodsReply),
    /// 协作单位.
    Partners(Vec<PartnerRow>),
    /// About the team that finds hardship.
    Registers(registers::RegisterReply),
    /// A paper was written to this file.
    Printed(String),
}

impl Reply {
    /// True for what nobody waits for: it is drawn only once the keyboard was still for a while, because a repaint moves
    /// the candidate window of an input method.
    pub fn is_patient(&self) -> bool {
        matches!(self, Reply::Link(_) | Reply::Told { .. } | Reply::News | Reply::Kept(..))
    }
}

/// A screen that can be opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// 登录.
    SignIn,
    /// 锁屏: nothing but the password.
    Lock,
    /// 工作台.
    Home,
    /// 改密码.
    ChangePassword,
    /// 月度核对单.
    MonthSheet,
    /// 失窃密钥核对.
    Stolen,
    /// A list of cases.
    Queue(Queue),
    /// 急难登记, from nothing, for a person, from a lead or from a draft.
    Emergency {
        /// The id number it begins with, empty for none.
        id_no: String,
        /// The lead it comes from.
        lead: Option<LeadId>,
        /// The draft it goes on with; 0 for none.
        draft: u64,
    },
    /// 线索登记, new or from a draft.
    LeadForm(u64),
    /// 线索: the list.
    Leads,
    /// 委托、值班、交接、近亲属.
    Standing,
    /// 授权码单.
    Codes,
    /// 支出型: its application, steps and lists.
    Path(PathPlace),
    /// A screen of the county's desk.
    County(CountyPlace),
    /// 办件: everything about one case, with what can be done.
    Case(CaseId),
    /// 审批: a case out of a list that is worked through.
    Approval {
        /// The cases of the list, in order.
        run: Vec<CaseId>,
        /// Which of them.
        at: usize,
    },
    /// 待追认、例外、标记.
    Ratifications,
    /// 违规标记.
    Marks,
    /// 督导问题.
    Findings,
    /// 提示后继续的.
    Overridden,
    /// 操作经历.
    History,
    /// 补登记: the list.
    Deferred,
    /// 补登记 of a case.
    Papers(CaseId),
    /// 打印 and 归档 of a case, 抽查.
    Paper(paper::PaperPlace),
    /// 物资, 空白单.
    Goods(goods::GoodsPlace),
    /// 协作单位.
    Partners,
    /// 协作单位登记.
    PartnerForm {
        /// Which; none for a new one.
        id: Option<PartnerId>,
        /// The draft it goes on with; 0 for none.
        draft: u64,
    },
    /// 主动发现队伍, 主动发现统计.
    Registers(registers::RegisterPlace),
    /// 发放 of a case.
    Pay(CaseId),
    /// 备用金台账; none is the officer's own township.
    Reserve(Option<u16>),
    /// 发放批次、回盘、账户、资金来源.
    Money(MoneyPlace),
    /// 查往年, with what is searched for.
    Lookup(String),
    /// 办理经过 of a case.
    Steps(CaseId),
    /// 暂存箱.
    Drafts,
    /// 待传.
    Outbox,
    /// 操作员.
    Officers,
    /// Cases whose private part may be destroyed.
    Due,
    /// 操作员申请: what waits for the administrator.
    Requests,
    /// 待同意的授予.
    Proposals,
    /// 数据密钥.
    DataKey,
    /// 申请: a new officer, or a lost password, at the sign-in screen.
    Apply,
    /// 核对时间.
    Time,
    /// 人员信息更正.
    Correction(PersonId),
    /// 人员合并, 子女账户名单.
    People(people::PeoplePlace),
}

/// The name of an office on screens.
pub fn office_name(office: Office) -> String {
    match office {
        Office::County => format!("{}民政局", crate::base::division::county_name()),
        Office::Township(code) => crate::base::division::township(code)
            .map_or_else(|| format!("{code:03}民政办"), |township| format!("{}民政办", township.name)),
    }
}
