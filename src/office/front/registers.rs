//! The registers at the front (名册): the team that finds hardship, what was heard, and its figures by village.

use super::Front;
use crate::base::day::Day;
use crate::base::{division, pinyin};
use crate::domain::command::Command;
use crate::domain::command::registers::{EndDiscoverer, NoteDiscoverer};
use crate::domain::ids::DiscovererId;
use crate::domain::private::Private;
use crate::domain::registers::DiscovererKind;
use crate::office::compose::{Draft, Halt};
use crate::office::{random, seen};
use crate::store::fault::Fault;
use crate::store::replica::views::discovery::{DiscovererRow, Figures, Where, by_village, in_all};

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegisterDeed {
    /// 发现人登记, or its correction.
    Discoverer {
        /// Who; none: somebody new.
        known: Option<DiscovererId>,
        /// The township.
        township: u16,
        /// The village.
        village: u64,
        /// What he is.
        kind: DiscovererKind,
        /// Since when.
        since: Day,
        /// His name.
        name: String,
        /// His telephone.
        phone: String,
    },
    /// 发现人离队.
    Left {
        /// Who.
        discoverer: DiscovererId,
        /// His last day.
        until: Day,
        /// Why.
        reason: String,
    },
}

impl RegisterDeed {
    /// The command.
    ///
    /// # Errors
    /// No random source.
    pub fn compose(&self) -> Result<Draft, Halt> {
        let mut private = Private::default();
        let command = match self.clone() {
            RegisterDeed::Discoverer { known, township, village, kind, since, name, phone } => {
                let discoverer = match known {
                    Some(known) => known,
                    None => DiscovererId(random::bytes()?),
                };
                let (name, phone) = (private.put("name", &name), private.put("phone", &phone));
                let note = NoteDiscoverer { discoverer, township, village, kind, since, name, phone };
                Command::NoteDiscoverer(note)
            }
            RegisterDeed::Left { discoverer, until, reason } => {
                let reason = private.put("reason", &reason);
                Command::EndDiscoverer(EndDiscoverer { discoverer, until, reason })
            }
        };
        Ok((command, private))
    }

    /// What is said when it is done.
    pub fn said(&self) -> &'static str {
        match self {
            RegisterDeed::Discoverer { known: None, .. } => "发现人已登记，登记线索时按F4可选",
            RegisterDeed::Discoverer { .. } => "发现人已更正",
            RegisterDeed::Left { .. } => "已记离队，以前的线索仍记在他名下",
        }
    }
}

/// The figures of a year, or of all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discovery {
    /// By village.
    pub villages: Vec<(Where, Figures)>,
    /// In all.
    pub total: Figures,
}

/// The village that was typed: by its name, the beginning of it, or its initials in pinyin.
///
/// # Errors
/// The sentence: no such village, or more than one.
pub fn village_of(township: u16, typed: &str) -> Result<u64, String> {
    let typed = typed.trim();
    let town = division::township(township).map_or("本乡镇", |known| known.name);
    let all: Vec<&division::Village> = division::villages_of(township).collect();
    let found = |of: &dyn Fn(&division::Village) -> bool| -> Vec<&division::Village> {
        all.iter().copied().filter(|village| of(village)).collect()
    };
    let initials = typed.to_lowercase();
    let spelt = |village: &division::Village| {
        pinyin::initials(village.short).iter().any(|one| one.to_lowercase().starts_with(&initials))
    };
    let ways: [&dyn Fn(&division::Village) -> bool; 3] = [
        &|village| village.short == typed || village.name == typed,
        &|village| village.short.starts_with(typed),
        &spelt,
    ];
    let one = ways.into_iter().map(found).find(|villages| !villages.is_empty()).unwrap_or_default();
    match one.as_slice() {
        [village] if !typed.is_empty() => Ok(village.code),
        [] => Err(format!("村(居)名：{town}没有「{typed}」，请打村名或拼音首字母")),
        several => {
            let names: Vec<&str> = several.iter().take(4).map(|village| village.short).collect();
            Err(format!("村(居)名：「{typed}」有{}个，如{}，请打全名", several.len(), names.join("、")))
        }
    }
}

impl Front {
    /// The team of the own township, at the county of all.
    ///
    /// # Errors
    /// Not theirs to see; the replica cannot be read.
    pub fn team(&self) -> Result<Vec<DiscovererRow>, Fault> {
        let officer = self.officer()?;
        seen::may_work(&officer)?;
        Ok(self.reader()?.discoverers(officer.office.township())?)
    }

    /// What was heard by village in a year, or ever: of the own township, at the county of all.
    ///
    /// # Errors
    /// Not theirs to see; the replica cannot be read.
    pub fn discovery(&self, year: Option<i32>) -> Result<Discovery, Fault> {
        let officer = self.officer()?;
        seen::may_work(&officer)?;
        let rows = self.reader()?.heard_in(officer.office.township(), year)?;
        Ok(Discovery { villages: by_village(&rows), total: in_all(&rows) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_village_is_found_by_name_beginning_and_initials_and_only_where_it_is_one() {
        let all: Vec<_> = division::villages_of(102).collect();
        let first = all[0];
        assert_eq!(village_of(102, first.short), Ok(first.code));
        assert_eq!(village_of(102, first.name), Ok(first.code));
        assert!(village_of(102, "").unwrap_err().contains("请打全名"));
        assert!(village_of(102, "没有这个村").unwrap_err().contains("没有「没有这个村」"));
        // Each is found by its initials, or several are named.
        for village in all {
            let typed = pinyin::initials(village.short).swap_remove(0);
            match village_of(102, &typed) {
                Ok(code) => assert_eq!(code, village.code, "{typed}"),
                Err(said) => assert!(said.contains("请打全名"), "{typed}：{said}"),
            }
        }
    }
}
