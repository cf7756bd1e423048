//! The private part of an entry (不公开部分): names, id and account numbers, addresses, illness and free text. It is sealed
//! on the share; no rule of integrity or authority reads it. Public facts name a slot of it by [`Text`] or an id.

use super::ids::{OfficerNo, PersonId, Text};
use crate::base::day::Day;
use crate::base::id_no::Sex;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What the private part holds.
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Private {
    /// People noted or corrected by this entry.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub people: BTreeMap<PersonId, PersonDetails>,
    /// Free texts by slot: `reason`, `note`, `witness`, `recipient`, `account`, `override` and so on.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub texts: BTreeMap<Text, String>,
    /// Names of officers enrolled by this entry.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub officers: BTreeMap<OfficerNo, String>,
}

impl std::fmt::Debug for Private {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Private({} people, {} texts)", self.people.len(), self.texts.len())
    }
}

impl Private {
    /// The text of a slot, trimmed; none where it is missing or blank.
    pub fn text(&self, slot: &Text) -> Option<&str> {
        self.texts.get(slot).map(|text| text.trim()).filter(|text| !text.is_empty())
    }

    /// Puts a text into a slot and answers the slot; none for a blank text.
    pub fn put(&mut self, slot: &str, text: &str) -> Option<Text> {
        let text = text.trim();
        if text.is_empty() {
            return None;
        }
        let slot = Text::from(slot);
        self.texts.insert(slot.clone(), text.to_owned());
        Some(slot)
    }

    /// Whether nothing stands in it.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.texts.is_empty() && self.officers.is_empty()
    }
}

/// What is known of a person (人员信息).
#[derive(Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonDetails {
    /// 姓名, as written.
    pub name: String,
    /// 证件号码 in full; empty for someone without papers.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id_no: String,
    /// 出生日期, from the id number or as told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub birth: Option<Day>,
    /// 性别.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sex: Option<Sex>,
    /// 联系电话.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub phone: String,
    /// 村组以下的地址.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// 银行卡（折）号.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub account: String,
    /// 开户行.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bank: String,
}

impl std::fmt::Debug for PersonDetails {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PersonDetails(..)")
    }
}
