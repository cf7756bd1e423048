//! Coded values that several forms share: circumstances, severity, status of a household, channels of a lead.

use crate::forms::field::{Choice, choice};

/// The eight circumstances (急难情形) of part three of the notice.
pub const CIRCUMSTANCE: &[Choice] = &[
    choice('1', "1", "突发事件"),
    choice('2', "2", "突患重病"),
    choice('3', "3", "长期病残"),
    choice('4', "4", "子女就学"),
    choice('5', "5", "创业失业"),
    choice('6', "6", "重大事件"),
    choice('7', "7", "特病变故"),
    choice('8', "8", "其他困难"),
];

/// Severity (急难程度), by which the office responds.
pub const SEVERITY: &[Choice] =
    &[choice('1', "light", "偏轻"), choice('2', "serious", "较重"), choice('3', "severe", "严重")];

/// Status of the household, apart from its circumstance.
pub const STATUS: &[Choice] = &[
    choice('1', "urban_allowance", "城市低保"),
    choice('2', "rural_allowance", "农村低保"),
    choice('3', "destitute_home", "特困（分散）"),
    choice('4', "destitute_institution", "特困（集中）"),
    choice('5', "marginal", "低保边缘"),
    choice('6', "expense", "刚性支出困难"),
    choice('7', "monitored", "防返贫监测"),
    choice('8', "orphan", "孤儿及事实无人抚养"),
    choice('9', "preferential", "优抚"),
    choice('0', "none", "无"),
];

/// How the office came to know (发现渠道).
pub const LEAD_CHANNEL: &[Choice] = &[
    choice('1', "window", "本人到窗口"),
    choice('2', "hotline", "求助热线"),
    choice('3', "village", "村两委"),
    choice('4', "volunteer", "志愿者"),
    choice('5', "visit", "主动走访"),
    choice('6', "department", "部门转来"),
];

/// Clause of the notice on which a circumstance rests.
pub fn clause_of(circumstance: &str) -> Option<&'static str> {
    Some(match circumstance {
        "1" => "三（一）",
        "2" => "三（二）",
        "3" => "三（三）",
        "4" => "三（四）",
        "5" => "三（五）",
        "6" => "三（六）",
        "7" => "三（七）",
        "8" => "三（八）",
        _ => return None,
    })
}
