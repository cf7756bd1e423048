//! The closed words of the steps as choices: the digit is the value, so that the domain reads it back. A test holds labels and
//! digits to the domain's words.

use crate::forms::field::{Choice, choice};

pub(super) const DELIVERY: &[Choice] = &[
    choice('1', "1", "直接送达"),
    choice('2', "2", "邮寄送达"),
    choice('3', "3", "电话告知"),
    choice('4', "4", "留置送达"),
    choice('5', "5", "公告送达"),
];

pub(super) const TENURE: &[Choice] = &[
    choice('1', "1", "自有"),
    choice('2', "2", "租住"),
    choice('3', "3", "借住"),
    choice('4', "4", "公房"),
    choice('5', "5", "无房"),
];

pub(super) const STRUCTURE: &[Choice] = &[
    choice('1', "1", "砖混"),
    choice('2', "2", "砖木"),
    choice('3', "3", "土木"),
    choice('4', "4", "楼房"),
    choice('5', "5", "其他结构"),
];

pub(super) const VERDICT: &[Choice] =
    &[choice('1', "1", "属实"), choice('2', "2", "不属实"), choice('3', "3", "转其他救助")];

pub(super) const ABSENCE: &[Choice] = &[
    choice('1', "1", "外出"),
    choice('2', "2", "服刑"),
    choice('3', "3", "失踪"),
    choice('4', "4", "无民事行为能力"),
];

pub(super) const SCOPE: &[Choice] = &[choice('1', "1", "全面核对"), choice('2', "2", "只核必要支出")];

pub(super) const RESULT: &[Choice] =
    &[choice('1', "1", "符合"), choice('2', "2", "超标"), choice('3', "3", "信息不一致")];

pub(super) const STAGE: &[Choice] = &[
    choice('1', "1", "学前"),
    choice('2', "2", "义务教育"),
    choice('3', "3", "普通高中"),
    choice('4', "4", "中等职业"),
    choice('5', "5", "高职专科"),
    choice('6', "6", "本科"),
    choice('7', "7", "研究生"),
];

pub(super) const PATH: &[Choice] = &[choice('1', "1", "急难型"), choice('2', "2", "支出型")];

pub(super) const WAY: &[Choice] =
    &[choice('1', "1", "上门"), choice('2', "2", "电话"), choice('3', "3", "向村里了解")];

pub(super) const STATE: &[Choice] =
    &[choice('1', "1", "困难已缓解"), choice('2', "2", "仍有困难"), choice('3', "3", "需转其他救助")];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::nouns::Path;
    use crate::domain::nouns::path::*;

    fn held<T: Copy>(choices: &[Choice], all: &[T], digit: fn(T) -> u8, zh: fn(T) -> &'static str) {
        let said: Vec<(String, &str)> = choices.iter().map(|c| (c.value.to_owned(), c.label)).collect();
        let known: Vec<(String, &str)> = all.iter().map(|one| (digit(*one).to_string(), zh(*one))).collect();
        assert_eq!(said, known);
        assert!(choices.iter().all(|c| c.digit.to_string() == c.value));
    }

    #[test]
    fn choices_are_the_words_of_the_domain() {
        held(DELIVERY, Delivery::ALL, Delivery::digit, Delivery::zh);
        held(TENURE, Tenure::ALL, Tenure::digit, Tenure::zh);
        held(STRUCTURE, Structure::ALL, Structure::digit, Structure::zh);
        held(VERDICT, SurveyVerdict::ALL, SurveyVerdict::digit, SurveyVerdict::zh);
        held(ABSENCE, Absence::ALL, Absence::digit, Absence::zh);
        held(SCOPE, MeansScope::ALL, MeansScope::digit, MeansScope::zh);
        held(RESULT, MeansResult::ALL, MeansResult::digit, MeansResult::zh);
        held(STAGE, SchoolStage::ALL, SchoolStage::digit, SchoolStage::zh);
        held(PATH, Path::ALL, Path::digit, Path::zh);
        held(WAY, FollowWay::ALL, FollowWay::digit, FollowWay::zh);
        held(STATE, FollowState::ALL, FollowState::digit, FollowState::zh);
    }
}
