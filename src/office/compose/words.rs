//! The words of the form tables as the words of the domain. A word that the domain does not know is none: the tables and
//! this file are held together by a test.

use crate::domain::nouns::{Channel, Circumstance, PayBy, Payee, Schemes, Severity, Status};

/// 情形.
pub fn circumstance(text: &str) -> Option<Circumstance> {
    text.parse().ok().and_then(Circumstance::from_digit)
}

/// 急难程度.
pub fn severity(text: &str) -> Option<Severity> {
    Some(match text {
        "light" => Severity::Light,
        "serious" => Severity::Serious,
        "severe" => Severity::Severe,
        _ => return None,
    })
}

pub(super) fn status(text: &str) -> Option<Status> {
    Some(match text {
        "urban_allowance" => Status::UrbanAllowance,
        "rural_allowance" => Status::RuralAllowance,
        "destitute_home" => Status::DestituteAtHome,
        "destitute_institution" => Status::DestituteInHome,
        "marginal" => Status::NearAllowance,
        "expense" => Status::HeavySpending,
        "monitored" => Status::Monitored,
        "orphan" => Status::Orphan,
        "preferential" => Status::Honoured,
        "none" => Status::Unlisted,
        _ => return None,
    })
}

/// The form's word for a status: what fills the field for a known household.
pub fn status_word(status: Status) -> &'static str {
    match status {
        Status::UrbanAllowance => "urban_allowance",
        Status::RuralAllowance => "rural_allowance",
        Status::DestituteAtHome => "destitute_home",
        Status::DestituteInHome => "destitute_institution",
        Status::NearAllowance => "marginal",
        Status::HeavySpending => "expense",
        Status::Monitored => "monitored",
        Status::Orphan => "orphan",
        Status::Honoured => "preferential",
        Status::Unlisted => "none",
    }
}

pub(super) fn channel(text: &str) -> Option<Channel> {
    Some(match text {
        "window" => Channel::Window,
        "hotline" => Channel::Hotline,
        "village" => Channel::Village,
        "volunteer" => Channel::Volunteer,
        "visit" => Channel::Visit,
        "department" => Channel::Department,
        _ => return None,
    })
}

/// The form's word for a channel.
pub fn channel_word(channel: Channel) -> &'static str {
    match channel {
        Channel::Window => "window",
        Channel::Hotline => "hotline",
        Channel::Village => "village",
        Channel::Volunteer => "volunteer",
        Channel::Visit => "visit",
        Channel::Department => "department",
    }
}

/// The form's word for a severity.
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Light => "light",
        Severity::Serious => "serious",
        Severity::Severe => "severe",
    }
}

pub(super) fn pay_by(text: &str) -> PayBy {
    if text == "cash" { PayBy::Cash } else { PayBy::Bank }
}

pub(super) fn payee(text: &str) -> Payee {
    match text {
        "guardian" => Payee::Guardian,
        "proxy" => Payee::Proxy,
        "child" => Payee::Child,
        "institution" => Payee::Institution,
        "station" => Payee::Station,
        _ => Payee::Self_,
    }
}

pub(super) fn schemes(text: &str) -> Schemes {
    if text == "insufficient" { Schemes::StillSevere } else { Schemes::NotYet }
}

/// GB/T 4761 of a member row's word, as the sex of the member asks.
pub(super) fn relation(text: &str, sex: Option<crate::base::id_no::Sex>) -> &'static str {
    use crate::base::id_no::Sex;
    match (text, sex) {
        ("head", _) => "02",
        ("spouse", _) => "10",
        ("child", Some(Sex::Female)) => "30",
        ("child", _) => "20",
        ("parent", _) => "50",
        ("in_law", Some(Sex::Male)) => "28",
        ("in_law", _) => "38",
        ("sibling", _) => "70",
        ("grandchild", _) => "40",
        _ => "97",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::forms::tables::codes;

    #[test]
    fn every_word_of_the_tables_is_a_word_of_the_domain() {
        for choice in codes::CIRCUMSTANCE {
            assert!(circumstance(choice.value).is_some(), "{}", choice.value);
        }
        for choice in codes::SEVERITY {
            assert_eq!(severity(choice.value).map(severity_word), Some(choice.value));
        }
        for choice in codes::STATUS {
            assert_eq!(status(choice.value).map(status_word), Some(choice.value));
            assert_eq!(status(choice.value).map(Status::zh), Some(choice.label));
        }
        for choice in codes::LEAD_CHANNEL {
            assert_eq!(channel(choice.value).map(channel_word), Some(choice.value));
        }
    }
}
