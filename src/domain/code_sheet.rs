//! A sheet of spoken codes (授权码单) as it stands: which code is next, and by what it ends. Memory and replica both ask
//! here what ends a sheet, so that they can never disagree.

use super::fact::Fact;
use super::ids::OfficerNo;
use super::office::{Office, Role};
use super::spoken_code;
use crate::base::day::{Day, Stamp};

/// The most codes on a sheet.
pub const MOST: usize = 50;

/// By what a sheet ended before its last code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SheetEnd {
    /// 作废.
    Withdrawn,
    /// 遗失作废: somebody else may have it.
    Lost,
    /// The officer was suspended, or is no approver of the county any more.
    Office,
    /// His key was revoked.
    Key,
    /// 工作交接.
    HandedOver,
    /// The delegation under which it was issued ended.
    Delegation,
}

impl SheetEnd {
    /// The digit in the replica; 0 stands for a sheet that has not ended.
    pub fn digit(self) -> u8 {
        match self {
            SheetEnd::Withdrawn => 1,
            SheetEnd::Lost => 2,
            SheetEnd::Office => 3,
            SheetEnd::Key => 4,
            SheetEnd::HandedOver => 5,
            SheetEnd::Delegation => 6,
        }
    }

    /// The end of a digit.
    pub fn from_digit(digit: u8) -> Option<SheetEnd> {
        Some(match digit {
            1 => SheetEnd::Withdrawn,
            2 => SheetEnd::Lost,
            3 => SheetEnd::Office,
            4 => SheetEnd::Key,
            5 => SheetEnd::HandedOver,
            6 => SheetEnd::Delegation,
            _ => return None,
        })
    }

    /// The words on screens.
    pub fn zh(self) -> &'static str {
        match self {
            SheetEnd::Withdrawn => "已作废",
            SheetEnd::Lost => "已报遗失作废",
            SheetEnd::Office => "因停用或岗位变动作废",
            SheetEnd::Key => "因密钥停用作废",
            SheetEnd::HandedOver => "因工作交接作废",
            SheetEnd::Delegation => "因委托代批终止作废",
        }
    }
}

/// What a code that somebody read out is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// The next of the sheet.
    Next,
    /// One that was used before.
    Used,
    /// None of these.
    Wrong,
}

/// An approver's sheet of spoken codes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodeSheet {
    /// The salt, hex.
    pub salt: String,
    /// How dear one guess is.
    pub cost: u8,
    /// The digests, hex.
    pub digests: Vec<String>,
    /// Which is next, from 0.
    pub next: u32,
    /// When it was issued, by the share's clock.
    pub issued: Stamp,
    /// For whom its holder stood in when he issued it: none for an approver by his own office.
    pub from: Option<OfficerNo>,
    /// The last day of that delegation.
    pub until: Option<Day>,
    /// By what it ended.
    pub ended: Option<SheetEnd>,
    /// How many wrong codes desks noted against it.
    pub missed: u32,
}

impl CodeSheet {
    /// How many codes were issued.
    pub fn size(&self) -> u32 {
        u32::try_from(self.digests.len()).unwrap_or(u32::MAX)
    }

    /// How many codes are left; none on a sheet that ended.
    pub fn left(&self, today: Day) -> u32 {
        if self.end(today).is_some() { 0 } else { self.size().saturating_sub(self.next) }
    }

    /// By what it ended, also where nobody said so: a delegation ends with its last day.
    pub fn end(&self, today: Day) -> Option<SheetEnd> {
        self.ended.or_else(|| self.until.filter(|until| *until < today).map(|_| SheetEnd::Delegation))
    }

    /// Why no code of it counts: in words, for a sentence.
    pub fn why_dead(&self, today: Day) -> Option<&'static str> {
        match self.end(today) {
            Some(end) => Some(end.zh()),
            None if self.left(today) == 0 => Some("已经用完"),
            None => None,
        }
    }

    /// How many days ago it was issued.
    pub fn age(&self, today: Day) -> i64 {
        self.issued.day().until(today)
    }

    /// What a code is. Dear: the cost of the sheet for the next code, and again for each used one where it is not that.
    pub fn hear(&self, code: &str) -> Heard {
        if self.is_at(self.next, code) {
            return Heard::Next;
        }
        // The clerk who types the last one again is the usual case; older ones are crossed out on the paper.
        let used = self.next.checked_sub(1).is_some_and(|last| self.is_at(last, code));
        if used { Heard::Used } else { Heard::Wrong }
    }

    fn is_at(&self, at: u32, code: &str) -> bool {
        let fits = || {
            let wanted = self.digests.get(usize::try_from(at).ok()?)?;
            let salt: [u8; 16] = hex::decode(&self.salt).ok()?.try_into().ok()?;
            let digest = spoken_code::digest(&salt, self.cost, at, code)?;
            Some(hex::encode(digest) == *wanted)
        };
        fits().unwrap_or(false)
    }
}

/// Whose sheet a fact ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ending {
    /// The officer.
    pub of: OfficerNo,
    /// By what.
    pub by: SheetEnd,
    /// Only where it was issued while he stood in for this one.
    pub only_from: Option<OfficerNo>,
    /// The sheets of those who stand in for him end too: what he lent ends with his office.
    pub lent: bool,
}

impl Ending {
    fn of(officer: &OfficerNo, by: SheetEnd, lent: bool) -> Option<Ending> {
        Some(Ending { of: officer.clone(), by, only_from: None, lent })
    }

    /// Whether it ends the sheet that `holder` issued, standing in for `from`.
    pub fn ends(&self, holder: &OfficerNo, from: Option<&OfficerNo>) -> bool {
        let own = *holder == self.of && (self.only_from.is_none() || from == self.only_from.as_ref());
        own || (self.lent && from == Some(&self.of))
    }
}

/// The sheet that a fact ends, where the fact takes effect. Issuing another one needs no end: it stands in the old one's
/// place.
pub fn ended_by(fact: &Fact) -> Option<Ending> {
    match fact {
        Fact::CodesVoided { officer, lost } => {
            Ending::of(officer, if *lost { SheetEnd::Lost } else { SheetEnd::Withdrawn }, false)
        }
        Fact::OfficerSuspended { officer } => Ending::of(officer, SheetEnd::Office, true),
        Fact::OfficerEnrolled { officer, office, roles, .. }
        | Fact::RolesGiven { officer, office, roles, .. } => {
            let reads_codes = roles.contains(&Role::Approver) && *office == Office::County;
            if reads_codes { None } else { Ending::of(officer, SheetEnd::Office, true) }
        }
        Fact::KeyRevoked { officer, .. } => Ending::of(officer, SheetEnd::Key, false),
        Fact::HandedOver { from, .. } => Ending::of(from, SheetEnd::HandedOver, true),
        Fact::DelegationEnded { from, to, .. } => Some(Ending {
            of: to.clone(),
            by: SheetEnd::Delegation,
            only_from: Some(from.clone()),
            lent: false,
        }),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn sheet() -> CodeSheet {
        let digest = |at: u32, code| hex::encode(spoken_code::digest(&[7; 16], 0, at, code).unwrap());
        CodeSheet {
            salt: hex::encode([7; 16]),
            cost: spoken_code::PRACTICE,
            digests: vec![digest(0, "111111"), digest(1, "222222"), digest(2, "333333")],
            next: 1,
            issued: Stamp::at(Day::new(2026, 3, 2).unwrap(), 9, 0),
            from: None,
            until: None,
            ended: None,
            missed: 0,
        }
    }

    #[test]
    fn only_the_next_code_counts_and_the_last_one_is_known_as_used() {
        let sheet = sheet();
        let heard = ["111111", "222222", "333333", "444444", "22222"].map(|code| sheet.hear(code));
        assert_eq!(heard, [Heard::Used, Heard::Next, Heard::Wrong, Heard::Wrong, Heard::Wrong]);
    }

    #[test]
    fn a_sheet_ends_by_its_last_code_by_a_fact_or_with_the_last_day_of_a_delegation() {
        let day = |day| Day::new(2026, 3, day).unwrap();
        let whole = sheet();
        assert_eq!((whole.why_dead(day(9)), whole.left(day(9)), whole.age(day(9))), (None, 2, 7));
        let used = CodeSheet { next: 3, ..sheet() };
        assert_eq!(used.why_dead(day(9)), Some("已经用完"));
        let lent = CodeSheet { from: Some("9001".into()), until: Some(day(9)), ..sheet() };
        assert_eq!((lent.left(day(9)), lent.left(day(10))), (2, 0));
        assert_eq!(lent.why_dead(day(10)), Some("因委托代批终止作废"));
        let lost = CodeSheet { ended: Some(SheetEnd::Lost), ..sheet() };
        assert_eq!((lost.why_dead(day(2)), lost.left(day(2))), (Some("已报遗失作废"), 0));
    }

    #[test]
    fn whatever_ends_the_power_ends_the_sheet_and_what_was_lent_with_it() {
        let (holder, deputy, other) = ("9001".into(), "9003".into(), "9002".into());
        let office = |office, roles: &[Role]| Fact::RolesGiven {
            officer: holder_of(),
            office,
            roles: roles.iter().copied().collect::<BTreeSet<_>>(),
            limit: None,
        };
        fn holder_of() -> OfficerNo {
            "9001".into()
        }
        let (approver, finance) = ([Role::Approver], [Role::Finance]);
        let table = [
            (Fact::CodesVoided { officer: holder_of(), lost: true }, true, false),
            (Fact::OfficerSuspended { officer: holder_of() }, true, true),
            (office(Office::County, &approver), false, false),
            (office(Office::Township(103), &approver), true, true),
            (office(Office::County, &finance), true, true),
            (office(Office::County, &[]), true, true),
            (Fact::KeyRevoked { officer: holder_of(), id: String::new(), since: None }, true, false),
            (Fact::CodeSpent { officer: holder_of(), next: 1 }, false, false),
        ];
        for (fact, own, lent) in table {
            let ending = ended_by(&fact);
            let ends = |holder: &OfficerNo, from| ending.as_ref().is_some_and(|end| end.ends(holder, from));
            assert_eq!(ends(&holder, None), own, "{fact:?}");
            assert_eq!(ends(&deputy, Some(&holder)), lent, "{fact:?}");
            assert!(!ends(&other, None) && !ends(&deputy, Some(&other)), "{fact:?}");
        }
        let since = Day::new(2026, 3, 2).unwrap();
        let over = Fact::DelegationEnded { from: holder.clone(), to: deputy.clone(), since };
        let ending = ended_by(&over).unwrap();
        assert!(ending.ends(&deputy, Some(&holder)));
        assert!(
            !ending.ends(&deputy, None) && !ending.ends(&deputy, Some(&other)) && !ending.ends(&holder, None)
        );
    }

    #[test]
    fn ends_go_by_their_digit() {
        for digit in 1..=6 {
            assert_eq!(SheetEnd::from_digit(digit).unwrap().digit(), digit);
        }
        assert_eq!(SheetEnd::from_digit(0), None);
    }
}
