//! Hints (提示): what the notice asks somebody to think of and no rule decides: the city for an incident (三（六）), 心理督导 for
//! who met a misfortune (三（七）), the regular schemes for who could qualify (四（二）2). Each is a question to the officer, who
//! answers it by what he does; nothing is refused for it.

use super::grant::Line;
use super::ids::LineId;
use super::nouns::{Circumstance, LineKind, PayBy, Payee, Status};
use super::tiers::ReferTo;
use crate::base::money::Money;

/// Whether the county should think of the city: what many families share has its 社会影响, S15.
pub fn city(circumstance: Circumstance, shared: bool) -> bool {
    shared || circumstance == Circumstance::Incident
}

/// Whether 心理督导 belongs to the help unless somebody takes it away, S16.
pub fn counselling(circumstance: Circumstance) -> bool {
    circumstance == Circumstance::Misfortune
}

/// The line of that service: it is no money.
pub fn counselling_line(line: LineId) -> Line {
    Line {
        line,
        kind: LineKind::Service,
        amount: Money::ZERO,
        goods: None,
        pay_by: PayBy::Bank,
        payee: Payee::Self_,
        after: 0,
    }
}

/// What a case holds that speaks for a regular scheme. What nobody asked or knows speaks for none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// 情形.
    pub circumstance: Circumstance,
    /// 身份 of the household.
    pub status: Status,
    /// The ages of everybody in it, as far as they are known.
    pub ages: Vec<i32>,
    /// How many people live in it.
    pub size: u16,
    /// Somebody is noted as disabled (残疾类别).
    pub disabled: bool,
    /// The dwelling burnt.
    pub burnt: bool,
    /// Somebody lost work or business.
    pub jobless: bool,
    /// What the survey found as the income of twelve months, of the whole household.
    pub income: Option<Money>,
}

/// From this age on one is old (老年人), below the other one a child.
const OLD: i32 = 60;
const CHILD: i32 = 18;

/// The schemes that somebody should look at, each with what speaks for it; `allowance` is the county's 低保标准 of a year for
/// one person, where the pack names it.
pub fn schemes(known: &Known, allowance: Option<Money>) -> Vec<(ReferTo, &'static str)> {
    use Circumstance as C;
    use Status as S;
    let poor = matches!(
        known.status,
        S::UrbanAllowance | S::RuralAllowance | S::DestituteAtHome | S::DestituteInHome | S::Orphan
    );
    let children = !known.ages.is_empty() && known.ages.iter().all(|age| *age < CHILD);
    let alone = known.size == 1 && known.ages.iter().any(|age| *age >= OLD);
    let below = known.income.zip(allowance).is_some_and(|(income, allowance)| {
        income.fen() < allowance.fen().saturating_mul(i64::from(known.size.max(1)))
    });
    let near = matches!(known.status, S::NearAllowance | S::HeavySpending | S::Monitored);
    let all = [
        (!poor && below, ReferTo::Allowance, "收入低于低保标准"),
        (!poor && near && !below, ReferTo::Allowance, "低收入或监测户"),
        (!poor && alone, ReferTo::Destitute, "独居老人"),
        (!poor && children, ReferTo::Destitute, "家中只有未成年人"),
        (matches!(known.circumstance, C::Illness | C::LongCare), ReferTo::Medical, "患病、长期护理"),
        (known.circumstance == C::Schooling, ReferTo::Education, "子女就学"),
        (known.burnt, ReferTo::Housing, "房屋受灾"),
        (known.jobless || known.circumstance == C::Livelihood, ReferTo::Employment, "失业、停业"),
        (known.disabled, ReferTo::Disabled, "有残疾"),
    ];
    let mut said: Vec<(ReferTo, &'static str)> = Vec::new();
    for (_, to, why) in all.into_iter().filter(|(speaks, ..)| *speaks) {
        if !said.iter().any(|(known, _)| *known == to) {
            said.push((to, why));
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    fn nobody() -> Known {
        Known {
            circumstance: Circumstance::Accident,
            status: Status::Unlisted,
            ages: vec![40],
            size: 1,
            disabled: false,
            burnt: false,
            jobless: false,
            income: None,
        }
    }

    #[test]
    fn each_scheme_is_spoken_for_by_what_the_case_holds_and_by_nothing_else() {
        let to = |change: fn(&mut Known)| {
            let mut known = nobody();
            change(&mut known);
            let all = schemes(&known, Some(Money::from_fen(600_000)));
            all.into_iter().map(|(to, _)| to).collect::<Vec<_>>()
        };
        assert_eq!(to(|_| {}), []);
        assert_eq!(to(|k| k.income = Some(Money::from_fen(599_999))), [ReferTo::Allowance]);
        assert_eq!(to(|k| k.income = Some(Money::from_fen(600_000))), []);
        assert_eq!(to(|k| (k.income, k.size) = (Some(Money::from_fen(600_000)), 2)), [ReferTo::Allowance]);
        let listed = |k: &mut Known| {
            (k.income, k.status) = (Some(Money::ZERO), Status::RuralAllowance);
        };
        assert_eq!(to(listed), [], "who has it needs no hint");
        assert_eq!(to(|k| k.status = Status::NearAllowance), [ReferTo::Allowance]);
        assert_eq!(to(|k| k.ages = vec![60]), [ReferTo::Destitute]);
        assert_eq!(to(|k| k.ages = vec![59]), []);
        assert_eq!(to(|k| (k.ages, k.size) = (vec![70, 70], 2)), []);
        assert_eq!(to(|k| (k.ages, k.size) = (vec![17, 9], 2)), [ReferTo::Destitute]);
        assert_eq!(to(|k| k.ages = Vec::new()), []);
        assert_eq!(to(|k| k.circumstance = Circumstance::LongCare), [ReferTo::Medical]);
        assert_eq!(to(|k| k.circumstance = Circumstance::Schooling), [ReferTo::Education]);
        assert_eq!(to(|k| k.burnt = true), [ReferTo::Housing]);
        assert_eq!(to(|k| k.circumstance = Circumstance::Livelihood), [ReferTo::Employment]);
        assert_eq!(to(|k| k.jobless = true), [ReferTo::Employment]);
        assert_eq!(to(|k| k.disabled = true), [ReferTo::Disabled]);
    }

    #[test]
    fn without_a_standard_no_income_is_below_it() {
        let poor = Known { income: Some(Money::ZERO), ..nobody() };
        assert_eq!(schemes(&poor, None), []);
    }

    #[test]
    fn the_city_is_for_incidents_and_for_what_is_shared() {
        for circumstance in Circumstance::ALL {
            assert_eq!(city(*circumstance, false), *circumstance == Circumstance::Incident);
            assert!(city(*circumstance, true));
            assert_eq!(counselling(*circumstance), circumstance.digit() == 7);
        }
        assert!(counselling_line(LineId([1; 16])).counts().is_zero());
    }
}
