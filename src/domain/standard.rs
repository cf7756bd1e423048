//! Standards of assistance (救助标准), S5: 适度救助 as bands of money that the county sets in its policy pack. The notice names
//! none; a sum outside its band is no wrong one, but whoever decides it writes down why.

use super::answers::{Answers, Case};
use super::nouns::{Applicant, Circumstance, Severity};
use crate::base::money::Money;
use serde::{Deserialize, Serialize};

/// The table of a pack. A pack of before it has no bands, and then nothing is asked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Standards {
    /// The bands; of several that fit the one that says most holds (circumstance before severity before size), of
    /// equals the first.
    #[serde(default, rename = "band", skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
}

/// One band: for whom, from what to what sum, and by whose word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Band {
    /// 情形; every one where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub circumstance: Option<Circumstance>,
    /// 急难程度; every one where none is named.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// 家庭人口, from so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_from: Option<u16>,
    /// 家庭人口, up to so many.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size_to: Option<u16>,
    /// At least, fen.
    #[serde(default, rename = "least_fen", skip_serializing_if = "Option::is_none")]
    pub least: Option<Money>,
    /// At most, fen.
    #[serde(default, rename = "most_fen", skip_serializing_if = "Option::is_none")]
    pub most: Option<Money>,
    /// 依据: a document, or 县定.
    pub source: String,
}

/// For whom a sum is: a lone person (个人) is a household of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct For {
    /// 情形.
    pub circumstance: Circumstance,
    /// 急难程度.
    pub severity: Severity,
    /// 家庭人口.
    pub size: u16,
}

impl For {
    /// The household of a case as it is now, or its one person.
    pub fn case(answers: &dyn Answers, case: &Case) -> For {
        let home = case.household.filter(|_| case.applicant == Applicant::Household);
        let size = home.and_then(|home| answers.household(home)).map_or(1, |home| home.size);
        For { circumstance: case.circumstance, severity: case.severity, size }
    }
}

impl Band {
    fn fits(&self, of: For) -> bool {
        self.circumstance.is_none_or(|circumstance| circumstance == of.circumstance)
            && self.severity.is_none_or(|severity| severity == of.severity)
            && self.size_from.is_none_or(|from| of.size >= from)
            && self.size_to.is_none_or(|to| of.size <= to)
    }

    /// How much it says of whom it is for: the circumstance before the severity before the size, so that no two bands
    /// that say something else are equals.
    fn says(&self) -> (bool, bool, bool) {
        let size = self.size_from.is_some() || self.size_to.is_some();
        (self.circumstance.is_some(), self.severity.is_some(), size)
    }

    /// Whether a sum lies in it, both ends counted.
    pub fn holds(&self, sum: Money) -> bool {
        self.least.is_none_or(|least| sum >= least) && self.most.is_none_or(|most| sum <= most)
    }

    /// As screens say it: `标准100.00-5,000.00元`.
    pub fn zh(&self) -> String {
        match (self.least, self.most) {
            (Some(least), Some(most)) => format!("标准{}-{}元", least.grouped(), most.grouped()),
            (None, Some(most)) => format!("标准至多{}元", most.grouped()),
            (Some(least), None) => format!("标准至少{}元", least.grouped()),
            (None, None) => "标准不限".to_owned(),
        }
    }
}

impl Standards {
    /// Whether the county set none.
    pub fn is_empty(&self) -> bool {
        self.bands.is_empty()
    }

    /// The band that holds for a case; none where the county set none.
    pub fn band(&self, of: For) -> Option<&Band> {
        let fitting = self.bands.iter().filter(|band| band.fits(of));
        // the last of the greatest is what `max_by_key` gives: read from behind, it is the first
        fitting.rev().max_by_key(|band| band.says())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn band(
        circumstance: Option<Circumstance>,
        severity: Option<Severity>,
        size: (u16, u16),
        most: i64,
    ) -> Band {
        Band {
            circumstance,
            severity,
            size_from: Some(size.0).filter(|size| *size > 0),
            size_to: Some(size.1).filter(|size| *size > 0),
            least: None,
            most: Some(Money::from_fen(most)),
            source: "县定".to_owned(),
        }
    }

    #[test]
    fn the_band_that_says_most_holds_and_of_equals_the_first() {
        let (ill, light) = (Some(Circumstance::Illness), Some(Severity::Light));
        let table = Standards {
            bands: vec![
                band(None, None, (0, 0), 1),
                band(ill, None, (0, 0), 2),
                band(None, light, (0, 0), 3),
                band(ill, light, (0, 0), 4),
                band(ill, light, (2, 3), 5),
            ],
        };
        let most = |circumstance, severity, size| {
            let band = table.band(For { circumstance, severity, size });
            band.and_then(|band| band.most).map(Money::fen)
        };
        assert_eq!(most(Circumstance::Accident, Severity::Severe, 1), Some(1));
        assert_eq!(most(Circumstance::Illness, Severity::Severe, 1), Some(2));
        assert_eq!(most(Circumstance::Accident, Severity::Light, 1), Some(3));
        for (size, fen) in [(1, 4), (2, 5), (3, 5), (4, 4)] {
            assert_eq!(most(Circumstance::Illness, Severity::Light, size), Some(fen), "{size}");
        }
        let of = For { circumstance: Circumstance::Illness, severity: Severity::Light, size: 1 };
        for (bands, fen) in [
            (vec![band(None, light, (1, 1), 6), band(ill, None, (0, 0), 7)], 7),
            (vec![band(None, None, (1, 1), 6), band(None, light, (0, 0), 7)], 7),
            (vec![band(ill, None, (1, 2), 6), band(ill, None, (1, 1), 7)], 6),
        ] {
            let found = Standards { bands }.band(of).and_then(|band| band.most);
            assert_eq!(found, Some(Money::from_fen(fen)));
        }
        assert_eq!(Standards::default().band(of), None);
    }

    #[test]
    fn both_ends_belong_to_a_band() {
        let mut of = band(None, None, (0, 0), 500_000);
        of.least = Some(Money::from_fen(10_000));
        let held: Vec<bool> =
            [9_999, 10_000, 500_000, 500_001].map(|fen| of.holds(Money::from_fen(fen))).to_vec();
        assert_eq!(held, [false, true, true, false]);
        assert_eq!(of.zh(), "标准100.00-5,000.00元");
        of.least = None;
        assert_eq!(of.zh(), "标准至多5,000.00元");
    }
}
