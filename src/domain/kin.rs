//! Who may be a near relative (疑似近亲属) though nobody filed him: he lives or lived in one household with a filed relative, has
//! one account with him, or bears his name in his township. No rule refuses on it: people have to look, so it is shown
//! where a case is handled and approved. POLICY 五（三）.

use super::answers::Answers;
use super::ids::{OfficerNo, PersonId};
use crate::base::day::Day;
use std::collections::BTreeSet;

/// How somebody comes to be thought of, the strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum KinBy {
    /// 同户, now or earlier.
    Household,
    /// 同账户.
    Account,
    /// 同名同乡镇; also where the filed relative's township is not known.
    Name,
}

impl KinBy {
    /// Every way.
    pub const ALL: [KinBy; 3] = [KinBy::Household, KinBy::Account, KinBy::Name];

    /// The word on screens.
    pub fn zh(self) -> &'static str {
        match self {
            KinBy::Household => "同户",
            KinBy::Account => "同账户",
            KinBy::Name => "同名同乡镇",
        }
    }
}

/// An officer whose relative somebody may be.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Kin {
    /// The officer.
    pub officer: OfficerNo,
    /// How.
    pub by: KinBy,
}

/// One hint an officer, the strongest, without officers whose filed relatives these people are.
pub fn hints(answers: &dyn Answers, people: &BTreeSet<PersonId>, township: u16) -> Vec<Kin> {
    let mut told = BTreeSet::new();
    let same = answers.same_as(people);
    let all: BTreeSet<Kin> = answers.kin(&same, township).into_iter().collect();
    all.into_iter()
        .filter(|kin| answers.relatives(&kin.officer).is_disjoint(&same))
        .filter(|kin| told.insert(kin.officer.clone()))
        .collect()
}

/// The people of a case whom the question is about: the applicant and his household on a day.
pub fn people_of(answers: &dyn Answers, case: &super::answers::Case, day: Day) -> BTreeSet<PersonId> {
    let household = case.household.and_then(|id| answers.household(id));
    let mut people: BTreeSet<PersonId> =
        household.map(|home| home.on(day)).unwrap_or_default().into_iter().collect();
    people.insert(case.person);
    people
}
