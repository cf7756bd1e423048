//! The words (词) of a story: one table row per verb, with its keys, what it expands into and the function that carries
//! it out. Runner, error sentences and the page of help read the same tables, one file per group of verbs.

pub mod approval;
pub mod codes;
pub mod duties;
pub mod emergency;
pub mod funds;
pub mod given;
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
pub mod stock;
pub mod tiers;
pub mod trust;

use super::expect;
use super::parse::Line;
use super::run::{Played, Runner, Stop};

/// Carries out a line.
pub type Carry = fn(&mut Runner<'_>, &Line, &mut Played) -> Result<(), Stop>;

/// A verb of the language.
pub struct Word {
    /// As written.
    pub name: &'static str,
    /// Another way to write it, empty for none.
    pub also: &'static str,
    /// Its Chinese name.
    pub zh: &'static str,
    /// What stands behind it.
    pub form: &'static str,
    /// Its keys, each with what it means.
    pub args: &'static [(&'static str, &'static str)],
    /// What it does and what it takes where something is not said.
    pub says: &'static str,
    /// The commands of the catalogue that it gives.
    pub verbs: &'static [&'static str],
    /// Whether it acts: has an outcome that the lines below expect.
    pub acts: bool,
    /// Whether it only looks at the outcome of the line above.
    pub listens: bool,
    /// Whether it takes keys beyond its table (fields of a fact, figures of a pack).
    pub open_args: bool,
    /// Carries it out.
    pub run: Carry,
}

impl std::fmt::Debug for Word {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Word({})", self.name)
    }
}

/// A row with the usual switches; groups change what differs.
pub(super) const fn acting(
    name: &'static str,
    zh: &'static str,
    verbs: &'static [&'static str],
    run: Carry,
) -> Word {
    Word {
        name,
        also: "",
        zh,
        form: "",
        args: &[],
        says: "",
        verbs,
        acts: true,
        listens: false,
        open_args: false,
        run,
    }
}

/// A group of words with its Chinese heading.
pub type Group = (&'static str, &'static [Word]);

/// Every group, in the order of the page of help.
pub const GROUPS: &[Group] = &[
    ("开头与时间", given::WORDS),
    ("线索、人员、家庭、事项、受理", intake::WORDS),
    ("主动发现队伍", registers::WORDS),
    ("先行救助", emergency::WORDS),
    ("授权码单", codes::WORDS),
    ("支出型的步骤", path::WORDS),
    ("报批、审批、会议、追认", approval::WORDS),
    ("县局、市级、备案、转介、群体性事项", tiers::WORDS),
    ("补手续、办结、冲正", papers::WORDS),
    ("标记、督导问题", trust::WORDS),
    ("发放、备用金、往年台账", funds::WORDS),
    ("账户、批次、回盘、资金来源", payout::WORDS),
    ("备用金核定、补足，追缴", reserve::WORDS),
    ("与财政对账", monthly::WORDS),
    ("物资出入库、空白单", stock::WORDS),
    ("协作单位", partners::WORDS),
    ("操作员、密钥、管理员", officers::WORDS),
    ("建库、政策包、节假日、备案", kernel::WORDS),
    ("委托代批、值班、转办、交接", duties::WORDS),
    ("人员合并", people::WORDS),
    ("个人信息", privacy::WORDS),
    ("结果与状态", expect::WORDS),
];

/// Every word.
pub fn all() -> impl Iterator<Item = &'static Word> {
    GROUPS.iter().flat_map(|(_, words)| words.iter())
}

/// Every verb as written.
pub fn all_names() -> Vec<&'static str> {
    let mut names: Vec<&str> = all().map(|word| word.name).collect();
    names.dedup();
    names
}

/// The word of a line. `refuse` with a code expects a refusal; with a case it is 不予救助.
pub fn find(line: &Line) -> Option<&'static Word> {
    let code = line.name(0).is_some_and(|name| name.starts_with("E-") || name.starts_with("W-"));
    all().find(|word| {
        let named = word.name == line.verb || (!word.also.is_empty() && word.also == line.verb);
        named && (line.verb != "refuse" || word.listens == code)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::Command;
    use std::collections::BTreeSet;

    #[test]
    fn every_command_can_be_said() {
        let said: BTreeSet<&str> = all().flat_map(|word| word.verbs.iter().copied()).collect();
        let catalogue: BTreeSet<&str> = Command::VERBS.iter().map(|(verb, _)| *verb).collect();
        assert_eq!(said, catalogue);
    }

    #[test]
    fn no_name_means_two_things_save_refuse() {
        let mut seen = BTreeSet::new();
        for name in all().flat_map(|word| [word.name, word.also]).filter(|name| !name.is_empty()) {
            assert!(seen.insert(name) || name == "refuse", "{name}");
        }
    }
}
