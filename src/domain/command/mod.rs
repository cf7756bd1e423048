//! Commands (指令): what an officer asks to happen, as he signs it. A command is public; its private texts stand beside
//! it in [`super::private::Private`]. Each verb's arguments have a file of their own; what a verb does stands in
//! [`super::rules`], under the same name.

pub mod after;
pub mod approval;
pub mod archive;
pub mod codes;
pub mod duties;
pub mod emergency;
pub mod funds;
pub mod intake;
pub mod kernel;
pub mod monthly;
pub mod officers;
pub mod papers;
pub mod partners;
pub mod path;
pub mod payout;
pub mod people;
pub mod privacy;
pub mod registers;
pub mod reserve;
pub mod sample;
pub mod stock;
pub mod tiers;
pub mod trust;

use serde::{Deserialize, Serialize};

macro_rules! commands {
    ($($(#[$doc:meta])* $variant:ident($args:ty) = $verb:literal $zh:literal),* $(,)?) => {
        /// A command with its public arguments.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(tag = "verb", content = "args")]
        pub enum Command { $($(#[$doc])* #[serde(rename = $verb)] $variant($args)),* }

        impl Command {
            /// Every verb that this program carries out, with its Chinese name.
            pub const VERBS: &'static [(&'static str, &'static str)] = &[$(($verb, $zh)),*];

            /// The verb as written in the log.
            pub fn verb(&self) -> &'static str {
                match self { $(Command::$variant(_) => $verb),* }
            }

            /// The verb's Chinese name, as 经过 shows it.
            pub fn zh(&self) -> &'static str {
                match self { $(Command::$variant(_) => $zh),* }
            }
        }
    };
}

commands! {
    /// Founds a county (建立县局).
    Found(kernel::Found) = "found" "建立",
    /// Enrols an officer (登记操作员).
    Enrol(kernel::Enrol) = "enrol" "登记操作员",
    /// Sets one's own key (设定密钥).
    KeySet(kernel::KeySet) = "key-set" "设定密钥",
    /// Revokes a key (停用密钥).
    KeyRevoke(kernel::KeyRevoke) = "key-revoke" "停用密钥",
    /// Gives another officer a new key (重设密码).
    Rekey(officers::Rekey) = "rekey" "重设密码",
    /// Suspends an officer (停用操作员).
    Suspend(officers::Suspend) = "suspend" "停用操作员",
    /// Agrees to what another administrator granted (同意授予).
    SecondGrant(officers::SecondGrant) = "second-grant" "第二管理员同意",
    /// Withdraws a proposed grant (撤销授予).
    WithdrawGrant(officers::WithdrawGrant) = "withdraw-grant" "撤销授予",
    /// Makes an administrator by the recovery seed (恢复管理员).
    Recover(officers::Recover) = "recover-admin" "恢复管理员",
    /// Gives the roles an officer holds from now on (授予岗位).
    Roles(kernel::Roles) = "roles" "授予岗位",
    /// Adopts a policy pack (采用政策包).
    AdoptPack(kernel::AdoptPack) = "adopt-pack" "采用政策包",
    /// Extends the holiday table (补充节假日表).
    SetYear(kernel::SetYear) = "set-year" "补充节假日表",
    /// Seals a year's data key to officers (分发数据密钥).
    DataKey(kernel::DataKey) = "data-key" "分发数据密钥",
    /// Looks at what is masked, with a purpose (查看完整信息).
    Unmask(privacy::Unmask) = "unmask" "查看完整信息",
    /// Destroys the private parts of cases whose time is over (到期销毁).
    Erase(privacy::Erase) = "erase" "到期销毁",
    /// Issues a sheet of spoken codes (印发授权码单).
    IssueCodes(kernel::IssueCodes) = "issue-codes" "印发授权码单",
    /// Declares a sheet of spoken codes void (作废授权码单).
    VoidCodes(codes::VoidCodes) = "void-codes" "作废授权码单",
    /// Notes that a wrong code was read out (记授权码报错).
    NoteCode(codes::NoteCode) = "note-code" "授权码报错登记",
    /// Files a near relative (近亲属备案).
    FileRelative(kernel::FileRelative) = "file-relative" "近亲属备案",
    /// Lends an approver's powers for days (委托代批).
    Delegate(duties::Delegate) = "delegate" "委托代批",
    /// Ends that early (终止委托).
    EndDelegation(duties::EndDelegation) = "end-delegation" "终止委托",
    /// Says who is on duty (值班表).
    DutyList(duties::DutyList) = "duty-list" "值班表",
    /// Hands a case on to another handler (转办).
    HandOnCase(duties::HandOnCase) = "hand-on-case" "转办",
    /// Hands everything over to another officer (工作交接).
    HandOver(duties::HandOver) = "hand-over" "工作交接",
    /// Registers a lead (登记线索).
    Lead(intake::LeadArgs) = "lead" "登记线索",
    /// Notes that somebody is at the person (到场).
    AnswerLead(intake::AnswerLead) = "answer-lead" "到场",
    /// Ends a lead without a case (了结线索).
    EndLead(intake::EndLead) = "end-lead" "了结线索",
    /// Notes somebody who finds hardship in a village (发现人登记).
    NoteDiscoverer(registers::NoteDiscoverer) = "note-discoverer" "发现人登记",
    /// Ends his time in the team (发现人离队).
    EndDiscoverer(registers::EndDiscoverer) = "end-discoverer" "发现人离队",
    /// Notes or corrects a person (登记人员).
    NotePerson(intake::NotePerson) = "note-person" "登记人员",
    /// Forms a household (登记家庭).
    FormHousehold(intake::FormHousehold) = "form-household" "登记家庭",
    /// Changes a household from a day on (家庭变更).
    ChangeHousehold(intake::ChangeHousehold) = "change-household" "家庭变更",
    /// Two records are one person (人员合并).
    MergePeople(people::MergePeople) = "merge-people" "人员合并",
    /// They are two after all (人员拆分).
    PartPeople(people::PartPeople) = "part-people" "人员拆分",
    /// Opens a matter (登记急难事项).
    OpenMatter(intake::OpenMatter) = "open-matter" "登记事项",
    /// Opens a case: acceptance (受理).
    OpenCase(intake::OpenCase) = "open-case" "受理",
    /// Submits a case for approval (报批).
    Submit(approval::Submit) = "submit" "报批",
    /// Registers the application with its promise (登记申请).
    Apply(path::Application) = "apply" "登记申请",
    /// Tells the applicant at once what is missing (一次性告知).
    OnceNotice(path::OnceNotice) = "once-notice" "一次性告知",
    /// What was missing is there (补正收齐).
    Corrected(path::Corrected) = "corrected" "补正收齐",
    /// Accepts the application (准予受理).
    Accept(path::Accept) = "accept" "准予受理",
    /// Does not accept it (不予受理).
    Decline(path::Decline) = "decline" "不予受理",
    /// Records the survey at home (入户调查).
    Survey(path::Survey) = "survey" "入户调查",
    /// Records the authorisation of all members (核对授权).
    MeansAuthorise(path::MeansAuthorise) = "means-authorise" "核对授权",
    /// Sends the means check out (委托核对).
    MeansAsk(path::MeansAsk) = "means-ask" "委托核对",
    /// Records its report (经济状况核对).
    MeansCheck(path::MeansCheck) = "means-check" "经济状况核对",
    /// Records the schooling (就学情况).
    School(path::School) = "school" "就学情况",
    /// Records the appraisal meeting (民主评议).
    Review(path::Review) = "review" "民主评议",
    /// Gives the township's opinion (乡镇审核).
    Examine(path::Examine) = "examine" "乡镇审核",
    /// Puts the notice up (张贴公示).
    PostNotice(path::PostNotice) = "post-notice" "张贴公示",
    /// Records what the notice brought (公示期满).
    EndNotice(path::EndNotice) = "end-notice" "公示期满",
    /// Lets a case go without a notice (不宜公示).
    ExemptNotice(path::ExemptNotice) = "exempt-notice" "不宜公示",
    /// Registers an objection (登记异议).
    Object(path::Objection) = "object" "登记异议",
    /// Settles it (处理异议).
    SettleObjection(path::SettleObjection) = "settle-objection" "处理异议",
    /// Changes the path (改变救助类型).
    ChangePath(path::ChangePath) = "change-path" "改变救助类型",
    /// The paper of the result reaches the applicant (结果送达).
    Deliver(after::Deliver) = "deliver" "结果送达",
    /// Asks later how he is (回访).
    FollowUp(after::FollowUp) = "follow-up" "回访",
    /// Completes what the papers ask of hardship and household (困难详情).
    Hardship(after::Hardship) = "hardship" "困难详情",
    /// Approves (审批同意).
    Approve(approval::Approve) = "approve" "审批同意",
    /// The county's section examines (股室审核).
    CountyExamine(tiers::CountyExamine) = "county-examine" "股室审核",
    /// The county decides, whatever the sum (提级审批).
    RaiseTier(tiers::RaiseTier) = "raise-tier" "提级审批",
    /// The county hands a case down (退回乡镇审批).
    HandDown(tiers::HandDown) = "hand-down" "退回乡镇审批",
    /// Puts a case before the city (报市级审批).
    ToCity(tiers::ToCity) = "to-city" "报市级审批",
    /// Enters the city's answer (市级批复).
    CityReply(tiers::CityReplyArgs) = "city-reply" "市级批复",
    /// Checks the city's answer (复核市级批复).
    CheckCity(tiers::CheckCity) = "check-city" "复核市级批复",
    /// Files a month's decisions with the county (备案).
    FileRoster(tiers::FileRoster) = "file-roster" "备案",
    /// Calls a filed decision back (备案退回).
    CallBack(tiers::CallBack) = "call-back" "备案退回",
    /// Settles what was called back (备案退回办结).
    SettleCallBack(tiers::SettleCallBack) = "settle-call-back" "备案退回办结",
    /// Refers somebody (转介).
    Refer(tiers::Refer) = "refer" "转介",
    /// Notes what became of it (转介回执).
    ReferReply(tiers::ReferReply) = "refer-reply" "转介回执",
    /// Records a service (服务记录).
    Serve(tiers::Serve) = "serve" "服务记录",
    /// Notes other help (其他救助).
    NoteOtherHelp(tiers::NoteOtherHelp) = "note-other-help" "其他救助",
    /// Notes the home township's answer (户籍地答复).
    HomeReply(tiers::HomeReply) = "home-reply" "户籍地答复",
    /// Lets another member apply (变更申请人).
    ChangeApplicant(tiers::ChangeApplicant) = "change-applicant" "变更申请人",
    /// Notes who takes the money of the dead (改发何人).
    HoldPayee(tiers::HoldPayee) = "hold-payee" "改发何人",
    /// Puts a case under another pack (改用政策包).
    RebasePack(tiers::RebasePack) = "rebase-pack" "改用政策包",
    /// Opens an incident of many households (群体性事项).
    OpenIncident(tiers::OpenIncident) = "open-incident" "群体性事项",
    /// Closes it (群体性事项结束).
    CloseIncident(tiers::CloseIncident) = "close-incident" "群体性事项结束",
    /// Refuses (不予救助).
    Refuse(approval::Refuse) = "refuse" "不予救助",
    /// Returns to the handler (退回补正).
    Return(approval::Return) = "return" "退回补正",
    /// Passes up to the county (报县局).
    PassUp(approval::PassUp) = "pass-up" "报县局",
    /// Withdraws at the applicant's wish (撤回).
    Withdraw(approval::Withdraw) = "withdraw" "撤回",
    /// Ends a case because its reason is gone (终止).
    Terminate(approval::Terminate) = "terminate" "终止",
    /// Records the minutes of a case-by-case meeting (一事一议纪要).
    HoldMeeting(approval::HoldMeeting) = "hold-meeting" "会议纪要",
    /// Ratifies what was paid beyond powers (追认).
    Ratify(approval::Ratify) = "ratify" "追认",
    /// Authorises paying first at a PC (先行救助授权).
    Authorise(emergency::Authorise) = "authorise" "先行授权",
    /// Pays first: direct aid (直接救助).
    Direct(emergency::PayFirst) = "direct" "直接救助",
    /// Pays first: an advance (预支).
    Advance(emergency::PayFirst) = "advance" "预支",
    /// Records what was paid before anybody was asked (已付补记).
    RecordPaid(emergency::RecordPaid) = "record-paid" "已付补记",
    /// Settles what checks marked (处理违规标记).
    SettleMark(trust::SettleMark) = "settle-mark" "处理违规标记",
    /// Raises a finding (提出问题).
    RaiseFinding(trust::RaiseFinding) = "finding" "提出问题",
    /// Answers a finding (整改).
    AnswerFinding(trust::AnswerFinding) = "answer-finding" "整改",
    /// Ends a finding, or gives it back with another due day (销号).
    SettleFinding(trust::SettleFinding) = "settle-finding" "销号",
    /// Hands a finding on to discipline (移交).
    Transfer(trust::Transfer) = "transfer" "移交",
    /// Lifts the brake for one payment (急需先办).
    LiftBrake(emergency::LiftBrake) = "lift-brake" "急需先办",
    /// Completes one deferred paper (补手续).
    CompleteItem(papers::CompleteItem) = "complete-item" "补手续",
    /// Moves the due day because the emergency lasts (急难未缓解).
    StillUrgent(papers::StillUrgent) = "still-urgent" "急难未缓解",
    /// Closes a case (办结).
    Close(papers::Close) = "close" "办结",
    /// Notes where the paper of a case lies (归档).
    Archive(archive::Archive) = "archive" "归档",
    /// Draws cases by lot, to be looked at (抽查).
    DrawSample(sample::DrawSample) = "draw-sample" "抽查",
    /// Reverses a payment or a grant (冲正).
    Reverse(papers::Reverse) = "reverse" "冲正",
    /// Pays an approved line (发放).
    Pay(funds::Pay) = "pay" "发放",
    /// Notes the account a case's money goes to (登记账户).
    NoteAccount(payout::NoteAccount) = "note-account" "登记账户",
    /// Builds a batch for one paying bank (建立批次).
    OpenBatch(payout::OpenBatch) = "open-batch" "建立批次",
    /// Counts a batch blind (复核批次).
    CheckBatch(payout::CheckBatch) = "check-batch" "复核批次",
    /// Sends a batch to the bank (提交银行).
    SendBatch(payout::SendBatch) = "send-batch" "提交银行",
    /// Gives a batch up before it is sent (撤销批次).
    DropBatch(payout::DropBatch) = "drop-batch" "撤销批次",
    /// Takes over the bank's return file (读入回盘).
    ReadReturn(payout::ReadReturn) = "read-return" "读入回盘",
    /// Records what the person gave back (主动退回).
    GiveBack(payout::GiveBack) = "give-back" "主动退回",
    /// Wants back what was got by false statements (追缴).
    RecoverAid(reserve::RecoverAid) = "recover" "追缴",
    /// Records what came in of it (追缴到款).
    TakeBack(reserve::TakeBack) = "take-back" "追缴到款",
    /// Moves a source of money (资金来源).
    MoveSource(payout::MoveSource) = "source" "资金来源",
    /// Closes a year's sources (年终结转).
    CloseYear(payout::CloseYear) = "close-year" "年终结转",
    /// Compares a source with the books of 财政 at a month's end (与财政对账).
    Reconcile(monthly::Reconcile) = "reconcile" "与财政对账",
    /// Confirms it, or sends it back (确认对账).
    ConfirmReconciled(monthly::ConfirmReconciled) = "confirm-reconciled" "确认对账",
    /// Counts a township's cash (监盘).
    CountCash(payout::CountCash) = "count-cash" "监盘",
    /// Allots money to a township's reserve (拨入备用金).
    Allot(funds::Allot) = "allot" "拨入备用金",
    /// Sets how much a township's reserve holds (核定备用金).
    SetCeiling(reserve::SetCeiling) = "set-ceiling" "核定备用金",
    /// Asks for the reserve to be filled up (申请补足).
    AskReplenish(reserve::AskReplenish) = "ask-replenish" "申请补足",
    /// Moves the reserve between bank and hand, or gives it back (备用金提存).
    MoveReserve(funds::MoveReserve) = "move-reserve" "备用金提存",
    /// Goods in and out of a store (物资出入库).
    Stock(stock::Stock) = "stock" "物资出入库",
    /// Gives a pad of blank sheets its numbers (空白单领用).
    IssuePad(stock::IssuePad) = "issue-pad" "空白单领用",
    /// Declares a numbered blank sheet void (空白单作废).
    VoidBlank(stock::VoidBlank) = "void-blank" "空白单作废",
    /// Keeps the register of bodies that help beside the government (协作单位).
    NotePartner(partners::NotePartner) = "note-partner" "协作单位登记",
    /// Repays what was paid out of pocket (归垫).
    Repay(funds::Repay) = "repay" "归垫",
    /// Takes over a part of an earlier ledger (导入往年台账).
    ImportPart(funds::ImportPart) = "import-part" "导入往年台账",
}
