//! The small closed words of the expenditure path (支出型): its steps, and what its forms F4 to F9 tick.

use super::Stage;
use serde::{Deserialize, Serialize};

words! {
    /// A step of the expenditure path, in the order in which they are taken.
    PathStep {
        /// 申请, with its promise.
        Application = 1 "登记申请",
        /// 受理: from here on the township's clock runs.
        Acceptance = 2 "受理",
        /// 补正, where the applicant was told what is missing.
        Correction = 3 "收齐补正材料",
        /// 入户调查, F4.
        Survey = 4 "入户调查",
        /// 核对授权, F6.
        Authority = 5 "核对授权",
        /// 经济状况核对, F7.
        Means = 6 "经济状况核对",
        /// 就学情况, for circumstance 4.
        School = 7 "就学情况",
        /// 民主评议, F5.
        Review = 8 "民主评议",
        /// 乡镇审核, where the county decides.
        Examination = 9 "乡镇审核",
        /// 公示, F8.
        Notice = 10 "公示",
        /// 公示结果.
        NoticeEnd = 11 "公示结果",
    }
}

words! {
    /// Why a clock of the ordinary way stands still (期限中止).
    Pause {
        /// 补正.
        Correction = 1 "补正",
        /// 经济状况核对.
        Means = 2 "核对",
        /// 公示.
        Notice = 3 "公示",
        /// With the county: the township's clock waits.
        County = 4 "在县局",
    }
}

words! {
    /// How a paper reaches somebody (送达方式).
    Delivery {
        /// 直接送达.
        Hand = 1 "直接送达",
        /// 邮寄送达.
        Post = 2 "邮寄送达",
        /// 电话告知.
        Telephone = 3 "电话告知",
        /// 留置送达.
        Left = 4 "留置送达",
        /// 公告送达.
        Announced = 5 "公告送达",
    }
}

words! {
    /// Which paper tells the applicant the result (结果文书).
    ResultPaper {
        /// F11.
        Granted = 1 "救助决定告知书",
        /// F12.
        Refused = 2 "不予救助告知书",
        /// F10.
        Declined = 3 "不予受理通知书",
    }
}

impl ResultPaper {
    /// The paper of a case that stands so; none while nothing is decided.
    pub fn of(stage: Stage) -> Option<ResultPaper> {
        match stage {
            Stage::Approved | Stage::Paid | Stage::Closed => Some(ResultPaper::Granted),
            Stage::Refused => Some(ResultPaper::Refused),
            Stage::Declined => Some(ResultPaper::Declined),
            _ => None,
        }
    }
}

words! {
    /// How somebody is followed up (回访方式).
    FollowWay {
        /// 上门.
        Home = 1 "上门",
        /// 电话.
        Telephone = 2 "电话",
        /// 向村里了解.
        Village = 3 "向村里了解",
    }
}

words! {
    /// What became of the hardship (回访结果).
    FollowState {
        /// 困难已缓解.
        Eased = 1 "困难已缓解",
        /// 仍有困难.
        Lasting = 2 "仍有困难",
        /// 需转其他救助.
        OtherScheme = 3 "需转其他救助",
    }
}

words! {
    /// What the survey concludes (调查结论).
    SurveyVerdict {
        /// 属实.
        True = 1 "属实",
        /// 不属实.
        Untrue = 2 "不属实",
        /// 转其他救助.
        OtherScheme = 3 "转其他救助",
    }
}

words! {
    /// Whose the house is (产权).
    Tenure {
        /// 自有.
        Own = 1 "自有",
        /// 租住.
        Rented = 2 "租住",
        /// 借住.
        Lent = 3 "借住",
        /// 公房.
        Public = 4 "公房",
        /// 无房.
        Nothing = 5 "无房",
    }
}

words! {
    /// How the house is built (结构).
    Structure {
        /// 砖混.
        BrickConcrete = 1 "砖混",
        /// 砖木.
        BrickTimber = 2 "砖木",
        /// 土木.
        EarthTimber = 3 "土木",
        /// 楼房.
        Flat = 4 "楼房",
        /// 其他.
        Other = 5 "其他结构",
    }
}

words! {
    /// Why somebody signs the authorisation later (暂不能签字原因).
    Absence {
        /// 外出.
        Away = 1 "外出",
        /// 服刑.
        Prison = 2 "服刑",
        /// 失踪.
        Missing = 3 "失踪",
        /// 无民事行为能力.
        Incapable = 4 "无民事行为能力",
    }
}

words! {
    /// How much is looked into (核对范围).
    MeansScope {
        /// 全面核对.
        Whole = 1 "全面核对",
        /// 只核必要支出: the household's regular check is valid.
        Spending = 2 "只核必要支出",
    }
}

words! {
    /// What the report says (核对结论).
    MeansResult {
        /// 符合.
        Fits = 1 "符合",
        /// 超标.
        Exceeds = 2 "超标",
        /// 信息不一致.
        Differs = 3 "信息不一致",
    }
}

words! {
    /// Which school (就学阶段).
    SchoolStage {
        /// 学前.
        Preschool = 1 "学前",
        /// 义务教育.
        Compulsory = 2 "义务教育",
        /// 普通高中.
        High = 3 "普通高中",
        /// 中等职业.
        Vocational = 4 "中等职业",
        /// 高职（专科）.
        College = 5 "高职专科",
        /// 本科.
        Bachelor = 6 "本科",
        /// 研究生.
        Graduate = 7 "研究生",
    }
}
