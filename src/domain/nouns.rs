//! The small closed words of the field that several nouns share. Each says its Chinese term and its number on screens.

use serde::{Deserialize, Serialize};

/// Makes a closed set of words with the digit typed on screens and the Chinese word shown.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $digit:literal $zh:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every value, in the order of its digit.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// The digit on screens.
            pub fn digit(self) -> u8 {
                match self { $($name::$variant => $digit),* }
            }

            /// The word on screens.
            pub fn zh(self) -> &'static str {
                match self { $($name::$variant => $zh),* }
            }

            /// The value of a digit.
            pub fn from_digit(digit: u8) -> Option<$name> {
                match digit { $($digit => Some($name::$variant),)* _ => None }
            }

            /// The value of a word on screens.
            pub fn from_zh(word: &str) -> Option<$name> {
                match word { $($zh => Some($name::$variant),)* _ => None }
            }
        }
    };
}
pub(super) use words;

words! {
    /// The eight circumstances (情形) of part three of the notice.
    Circumstance {
        /// 三（一） fire, traffic accident, injury.
        Accident = 1 "突发事件",
        /// 三（二） sudden major illness.
        Illness = 2 "突患重病",
        /// 三（三） long illness or disability; by its wording of the expenditure path.
        LongCare = 3 "长期病残",
        /// 三（四） a child's schooling; by its wording of the expenditure path.
        Schooling = 4 "子女就学",
        /// 三（五） failed business, lost work.
        Livelihood = 5 "创业失业",
        /// 三（六） major safety event or mass incident.
        Incident = 6 "重大事件",
        /// 三（七） special disease or misfortune.
        Misfortune = 7 "特病变故",
        /// 三（八） other special hardship: case by case.
        Other = 8 "其他困难",
    }
}

impl Circumstance {
    /// The citation, short: 三（一） to 三（八）.
    pub fn clause(self) -> &'static str {
        match self {
            Circumstance::Accident => "三（一）",
            Circumstance::Illness => "三（二）",
            Circumstance::LongCare => "三（三）",
            Circumstance::Schooling => "三（四）",
            Circumstance::Livelihood => "三（五）",
            Circumstance::Incident => "三（六）",
            Circumstance::Misfortune => "三（七）",
            Circumstance::Other => "三（八）",
        }
    }

    /// The path its wording points to (S12, S13).
    pub fn usual_path(self) -> Path {
        match self {
            Circumstance::LongCare | Circumstance::Schooling => Path::Expenditure,
            _ => Path::Emergency,
        }
    }
}

words! {
    /// Which of the county's meetings it was (会议种类).
    MeetingKind {
        /// 会商, with other departments or within the section.
        Consult = 1 "县局会商",
        /// 局长办公会, which large sums ask for.
        Bureau = 2 "局长办公会",
    }
}

words! {
    /// How severe the hardship is (急难程度), S22.
    Severity {
        /// 偏轻.
        Light = 1 "偏轻",
        /// 较重.
        Serious = 2 "较重",
        /// 严重.
        Severe = 3 "严重",
    }
}

words! {
    /// The path (救助类型) of 四（三）一.
    Path {
        /// 急难型.
        Emergency = 1 "急难型",
        /// 支出型.
        Expenditure = 2 "支出型",
    }
}

words! {
    /// For whom the case is (救助对象), S3.
    Applicant {
        /// 个人.
        Individual = 1 "个人",
        /// 家庭.
        Household = 2 "家庭",
    }
}

words! {
    /// Which of the three adjectives of part one the hardship meets (S2).
    Need {
        /// 突发性.
        Sudden = 1 "突发",
        /// 紧迫性.
        Urgent = 2 "紧迫",
        /// 临时性.
        Temporary = 3 "临时",
    }
}

words! {
    /// What other schemes do for the household (其他救助), S3.
    Schemes {
        /// 其他制度尚未覆盖.
        NotYet = 1 "尚未覆盖",
        /// 救助之后仍有严重困难.
        StillSevere = 2 "救助后仍困难",
    }
}

words! {
    /// The status of a household (身份), apart from its circumstance.
    Status {
        /// 城市低保.
        UrbanAllowance = 1 "城市低保",
        /// 农村低保.
        RuralAllowance = 2 "农村低保",
        /// 特困（分散）.
        DestituteAtHome = 3 "特困（分散）",
        /// 特困（集中）.
        DestituteInHome = 4 "特困（集中）",
        /// 低保边缘.
        NearAllowance = 5 "低保边缘",
        /// 刚性支出困难.
        HeavySpending = 6 "刚性支出困难",
        /// 防返贫监测.
        Monitored = 7 "防返贫监测",
        /// 孤儿及事实无人抚养.
        Orphan = 8 "孤儿及事实无人抚养",
        /// 优抚.
        Honoured = 9 "优抚",
        /// 无.
        Unlisted = 0 "无",
    }
}

words! {
    /// By which way a lead came (发现渠道), S19 to S21.
    Channel {
        /// 本人到窗口.
        Window = 1 "窗口",
        /// 急难求助电话.
        Hotline = 2 "热线",
        /// 村（居）两委.
        Village = 3 "村两委",
        /// 志愿者.
        Volunteer = 4 "志愿者",
        /// 工作人员走访.
        Visit = 5 "走访",
        /// 部门转来.
        Department = 6 "部门转来",
    }
}

impl Channel {
    /// Whether somebody went and found it (主动发现), rather than being told or asked.
    pub fn finds(self) -> bool {
        matches!(self, Channel::Village | Channel::Volunteer | Channel::Visit)
    }
}

words! {
    /// How money comes to a case: on the ordinary way, or first.
    Way {
        /// 报批后发放.
        Ordinary = 1 "报批",
        /// 直接给予救助, a finished grant with its papers after it: 四（三）一.
        Direct = 2 "直接救助",
        /// 预支, set off by the final approval: 四（一）三.
        Advance = 3 "预支",
        /// 已付补记: what was paid before anybody was asked.
        Recorded = 4 "已付补记",
    }
}

words! {
    /// What a line of a grant is (救助方式), S24.
    LineKind {
        /// 救助金.
        Money = 1 "救助金",
        /// 实物.
        Goods = 2 "实物",
        /// 转介.
        Referral = 3 "转介",
        /// 服务.
        Service = 4 "服务",
    }
}

words! {
    /// How money reaches the recipient (发放渠道), S35.
    PayBy {
        /// 打卡.
        Bank = 1 "打卡",
        /// 现金.
        Cash = 2 "现金",
    }
}

words! {
    /// Who takes the money (领款人).
    Payee {
        /// 本人.
        Self_ = 1 "本人",
        /// 监护人.
        Guardian = 2 "监护人",
        /// 代领人, with a letter.
        Proxy = 3 "代领人",
        /// 供养机构对公户.
        Institution = 4 "供养机构",
        /// 救助站.
        Station = 5 "救助站",
        /// 子女账户, for the old without a card.
        Child = 6 "子女账户",
    }
}

words! {
    /// What kind of account money goes to (账户类别), S35.
    AccountKind {
        /// 银行卡.
        Card = 1 "银行卡",
        /// 存折: its number has no check digit.
        Passbook = 2 "存折",
        /// 对公户, of an institution or a rescue station.
        Corporate = 3 "对公户",
    }
}

words! {
    /// Where the county's money comes from (资金来源), S37.
    Fund {
        /// 中央财政困难群众救助补助资金.
        Central = 1 "中央补助",
        /// 省级.
        Province = 2 "省级补助",
        /// 市级.
        City = 3 "市级补助",
        /// 县级预算.
        County = 4 "县级预算",
        /// 社会捐赠: stays out of government expenditure.
        Donated = 5 "社会捐赠",
    }
}

words! {
    /// How far a batch is (批次状态).
    BatchState {
        /// Built by one, waiting for another's count.
        Open = 1 "待复核",
        /// Counted blind by another; it may be exported and sent.
        Checked = 2 "待提交",
        /// With the bank: the money is under way.
        Sent = 3 "待回盘",
        /// The bank has answered for every line.
        Returned = 4 "已回盘",
        /// Given up before it was sent.
        Dropped = 5 "已撤销",
    }
}

words! {
    /// Why the bank sent money back (退汇原因).
    ReturnReason {
        /// 账号不存在.
        NoAccount = 1 "账号不存在",
        /// 户名不符.
        NameDiffers = 2 "户名不符",
        /// 已销户.
        AccountClosed = 3 "已销户",
        /// 冻结或止付.
        Frozen = 4 "冻结止付",
        /// 睡眠户.
        Dormant = 5 "睡眠户",
        /// 超出账户限额.
        OverLimit = 6 "超限额",
        /// 其他.
        Other = 7 "其他",
    }
}

impl ReturnReason {
    /// Whether the account has to be put right before it is paid to again; what the bank alone was at fault for has not.
    pub fn wants_account(self) -> bool {
        !matches!(self, ReturnReason::Other)
    }
}

words! {
    /// Which way a source of money moves (资金来源变动).
    SourceWay {
        /// 下达 or 到账.
        Arrive = 1 "到账",
        /// 上缴财政.
        SendUp = 2 "上缴",
    }
}

words! {
    /// What is completed after paying first (补手续), S29: named exactly so.
    ItemKind {
        /// 救助对象.
        Subject = 1 "对象",
        /// 救助事由.
        Cause = 2 "事由",
        /// 救助金额.
        Amount = 3 "金额",
        /// 经办人员签字.
        HandlerSignature = 4 "经办人签字",
        /// 盖章.
        Seal = 5 "盖章",
        /// 审批人补签, after an authorisation by telephone.
        ApproverSignature = 6 "审批人补签",
        /// 一事一议纪要, where paying first could not wait for the meeting.
        Minutes = 7 "会议纪要",
    }
}

words! {
    /// How a finding stands (督导问题的状态).
    FindingState {
        /// Waiting for the office's answer, until its due day.
        Raised = 1 "待整改",
        /// The office has answered; the supervisor looks at it.
        Answered = 2 "待核实",
        /// Put right and ended by the supervisor.
        Settled = 3 "已销号",
    }
}

words! {
    /// To whom the supervisor hands a finding on (移交), S40.
    Discipline {
        /// 纪检机关.
        Inspection = 1 "纪检",
        /// 检察机关.
        Procurator = 2 "检察",
    }
}

words! {
    /// The state of a case (办件状态).
    Stage {
        /// 在办: registered, with its handler.
        Open = 1 "在办",
        /// 已报批: with an approver.
        Submitted = 2 "已报批",
        /// 退回: with its handler again.
        Returned = 3 "已退回",
        /// 已批: granted, its money not yet handed over in full.
        Approved = 4 "已批准",
        /// 已发放: granted and paid; papers may be open.
        Paid = 5 "已发放",
        /// 待追认: paid beyond powers, waiting for the county.
        AwaitingRatification = 6 "待追认",
        /// 报市待批.
        AtCity = 7 "报市待批",
        /// 不予救助.
        Refused = 8 "不予救助",
        /// 已撤回.
        Withdrawn = 9 "已撤回",
        /// 已终止.
        Terminated = 10 "已终止",
        /// 已办结.
        Closed = 11 "已办结",
        /// 不予受理: the application was not accepted.
        Declined = 12 "不予受理",
    }
}

impl Stage {
    /// Whether nothing can happen to the case any more, save correction and reversal.
    pub fn is_final(self) -> bool {
        matches!(
            self,
            Stage::Refused | Stage::Withdrawn | Stage::Terminated | Stage::Closed | Stage::Declined
        )
    }
}

words! {
    /// How a lead ended (线索结果), S4: there is no silent drop.
    LeadEnd {
        /// 转为办件.
        Case = 1 "已立件",
        /// 不予救助, with a reason.
        Refused = 2 "不予救助",
        /// 本人放弃.
        Withdrawn = 3 "本人放弃",
        /// 转介.
        Referred = 4 "已转介",
        /// 重复线索.
        Duplicate = 5 "重复线索",
    }
}

pub mod path;
