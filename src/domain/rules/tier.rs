//! Tiers (分档, 四（三）二): what counts toward the sum of a household and a matter in a year, and which tier it asks for.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::{Answers, Case};
use crate::domain::code::Code;
use crate::domain::decide::{Collect, Ctx};
use crate::domain::grant::{Grant, Source, total};
use crate::domain::ids::{CaseId, HouseholdId, MatterId, PersonId};
use crate::domain::nouns::Applicant;
use crate::domain::office::Tier;
use crate::domain::pack::Pack;
use std::collections::BTreeSet;

/// The first and the last day of a calendar year.
pub(super) fn year(of: Day) -> (Day, Day) {
    let first = Day::new(of.year(), 1, 1).unwrap_or(of);
    let last = Day::new(of.year(), 12, 31).unwrap_or(of);
    (first, last)
}

/// Whom a case helps on a day: the household's members, or the one person. The applicant is always among them; other
/// records of the same person are not.
pub(super) fn helped(cx: &Ctx<'_>, case: &Case, on: Day) -> BTreeSet<PersonId> {
    let mut people = BTreeSet::from([case.person]);
    if case.applicant == Applicant::Household
        && let Some(household) = case.household.and_then(|id| cx.answers.household(id))
    {
        people.extend(household.on(on));
    }
    people
}

/// Whose earlier help counts: the whole household, also where one person applies for himself, else three members could
/// ask three times for one matter. A lone person counts alone. Records that were merged count as one person: with a
/// person's other record his household there counts too.
pub(super) fn family(
    cx: &Ctx<'_>,
    person: PersonId,
    household: Option<HouseholdId>,
    on: Day,
) -> BTreeSet<PersonId> {
    family_in(cx.answers, person, household, on)
}

pub(super) fn family_in(
    answers: &dyn Answers,
    person: PersonId,
    household: Option<HouseholdId>,
    on: Day,
) -> BTreeSet<PersonId> {
    let mut people = answers.same_as(&BTreeSet::from([person]));
    let homes: BTreeSet<HouseholdId> =
        people.iter().filter_map(|one| answers.household_of(*one, on)).chain(household).collect();
    for household in homes.into_iter().filter_map(|id| answers.household(id)) {
        people.extend(household.on(on));
    }
    answers.same_as(&people)
}

/// Who lives with the applicant of a case on a day, each by the record that is his there.
pub(super) fn members(cx: &Ctx<'_>, case: &Case, on: Day) -> BTreeSet<PersonId> {
    let mut people = BTreeSet::from([case.person]);
    for id in [case.household, cx.answers.household_of(case.person, on)].into_iter().flatten() {
        people.extend(cx.answers.household(id).map(|home| home.on(on)).unwrap_or_default());
    }
    people
}

/// [`family`] of a case.
pub(super) fn family_of(cx: &Ctx<'_>, case: &Case, on: Day) -> BTreeSet<PersonId> {
    family(cx, case.person, case.household, on)
}

/// The grants of the same matter to these people in the year, this case apart.
pub(super) fn same_matter(
    cx: &Ctx<'_>,
    people: &BTreeSet<PersonId>,
    matter: MatterId,
    but: Option<CaseId>,
    on: Day,
) -> Vec<Grant> {
    same_matter_in(cx.answers, people, matter, but, on)
}

fn same_matter_in(
    answers: &dyn Answers,
    people: &BTreeSet<PersonId>,
    matter: MatterId,
    but: Option<CaseId>,
    on: Day,
) -> Vec<Grant> {
    let (from, to) = year(on);
    let mut grants = answers.grants_of(people, from, to);
    // what was imported before counts as it does for once a year
    match answers.matter(matter) {
        Some(matter) => grants.retain(|grant| super::repeat::helped_for(grant, &matter, but)),
        None => grants.retain(|grant| grant.matter == Some(matter) && !is_case(grant, but)),
    }
    grants
}

/// Whether a grant is the one of this case.
pub(super) fn is_case(grant: &Grant, case: Option<CaseId>) -> bool {
    matches!((grant.source, case), (Source::Case(id), Some(own)) if id == own)
}

/// The sum of a household and a matter in the year: what is granted now and was granted before.
pub(super) fn sum(cx: &Ctx<'_>, case: &Case, on: Day, this: Money) -> Money {
    let people = family_of(cx, case, on);
    let before: Money =
        same_matter(cx, &people, case.matter, Some(case.id), on).iter().map(|grant| grant.amount).sum();
    this + before
}

/// The lowest tier that may decide a sum.
pub(super) fn needed(pack: &Pack, sum: Money) -> Tier {
    if sum <= pack.tier.township_limit { Tier::Township } else { Tier::County }
}

/// The lowest tier that may decide what a case asks, as lists and cards forecast it.
pub fn asked_tier(answers: &dyn Answers, case: &Case, on: Day) -> Tier {
    let Some(pack) = answers.pack(&case.pack).or_else(|| answers.pack_now()) else { return Tier::Township };
    let people = family_in(answers, case.person, case.household, on);
    let before = same_matter_in(answers, &people, case.matter, Some(case.id), on);
    let before: Money = before.iter().map(|grant| grant.amount).sum();
    needed(&pack, total(&case.asked) + before)
}

/// The pack a case lives under: the one it was accepted under.
pub(super) fn pack_of(cx: &Ctx<'_>, case: &Case) -> Pack {
    cx.answers.pack(&case.pack).unwrap_or_else(|| cx.pack.clone())
}

/// Whether `tier` may decide `sum`; where not, the sentence says by how much.
pub(super) fn check(out: &mut Collect, pack: &Pack, tier: Tier, sum: Money) {
    if tier < needed(pack, sum) {
        let over = sum - pack.tier.township_limit;
        out.say(
            Code::TierAuth,
            "amount",
            format!("本户本事项累计{sum}元，超出乡镇权限{over}元，请按4报县局审批。"),
        );
    }
}

/// Whether an officer's own limit, below his tier's, covers `sum`.
pub(super) fn own_limit(cx: &Ctx<'_>, out: &mut Collect, field: &'static str, sum: Money) {
    let Some(limit) = cx.author.limit.filter(|limit| sum > *limit) else { return };
    let next = match cx.author.office.tier() {
        Tier::Township => "请由其他审批人审批，或按4报县局",
        _ => "请由其他审批人审批",
    };
    out.say(Code::TierAuth, field, format!("本户本事项累计{sum}元，超出您个人的审批限额{limit}元，{next}。"));
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, goods_line, money_line};
    use crate::domain::code::Code;

    #[test]
    fn five_hundred_is_the_township_s_and_a_fen_more_is_not() {
        let table = [
            (vec![money_line(1, 50_000)], None),
            (
                vec![money_line(1, 50_001)],
                Some("本户本事项累计500.01元，超出乡镇权限0.01元，请按4报县局审批。"),
            ),
            (
                vec![money_line(1, 30_000), goods_line(2, 5_000, 4_001, 20_005)],
                Some("本户本事项累计500.05元，超出乡镇权限0.05元，请按4报县局审批。"),
            ),
        ];
        for (lines, sentence) in table {
            let desk = Desk::submitted(lines.clone());
            let refusals = desk.ask("1002").decide(desk.approve(lines)).err().unwrap_or_default();
            let said = refusals.iter().find(|r| r.code == Code::TierAuth).map(|r| r.sentence.as_str());
            assert_eq!(said, sentence);
        }
    }
}
