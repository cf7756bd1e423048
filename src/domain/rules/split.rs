//! Splitting (拆分): several matters of one household within the pack's days, inclusive. On the ordinary way it goes to
//! the county; paying first is only warned, because a fire and then a stroke are two emergencies.

use super::tier;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::decide::{Collect, Ctx};
use crate::domain::ids::PersonId;
use crate::domain::pack::Pack;
use std::collections::BTreeSet;

/// What other matters of the household got in the days that end with `on`; rows of imported ledgers count too. The
/// household counts as it is now and as it was on the day of each grant: nobody splits a need by moving out.
pub(super) fn others(cx: &Ctx<'_>, case: &Case, pack: &Pack, on: Day) -> Money {
    let from = on.plus(1 - i64::from(pack.tier.split_days));
    let now = tier::family_of(cx, case, on);
    let household = case.household.and_then(|id| cx.answers.household(id));
    let ever = household.iter().flat_map(|known| known.members.iter().map(|member| member.person));
    let people: BTreeSet<PersonId> = now.iter().copied().chain(ever).collect();
    let people = cx.answers.same_as(&people);
    let then = |day: Day| {
        let lived = household.as_ref().map(|known| known.on(day)).unwrap_or_default();
        if lived.contains(&case.person) {
            cx.answers.same_as(&lived.into_iter().collect())
        } else {
            BTreeSet::new()
        }
    };
    cx.answers
        .grants_of(&people, from, on)
        .iter()
        .filter(|grant| grant.matter != Some(case.matter) && !tier::is_case(grant, Some(case.id)))
        .filter(|grant| {
            let then = then(grant.on);
            grant.people.iter().any(|person| now.contains(person) || then.contains(person))
        })
        .map(|grant| grant.amount)
        .sum()
}

/// The verdict under `code`, where the sum of this matter is `sum`.
pub(super) fn check(
    cx: &Ctx<'_>,
    out: &mut Collect,
    case: &Case,
    pack: &Pack,
    on: Day,
    sum: Money,
    code: Code,
) -> bool {
    let others = others(cx, case, pack, on);
    let all = sum + others;
    // a sum that is over the limit by itself is the tier's business, not a split
    let splits = !others.is_zero() && all > pack.tier.township_limit;
    if splits {
        let days = pack.tier.split_days;
        let next = if code == Code::SplitTier {
            match cx.author.office {
                crate::domain::office::Office::County => "请留在县局审批",
                crate::domain::office::Office::Township(_) => "请按4报县局审批",
            }
        } else {
            "确属两件急事的填写原因后可先救助，并报县局追认"
        };
        out.say(code, "amount", format!("本户{days}天内几个事项合计{all}元，超出乡镇权限，{next}。"));
    }
    splits
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, money_line};
    use crate::domain::code::Code;

    #[test]
    fn thirty_days_and_five_hundred_yuan() {
        // a grant of 300.00 for another matter so many days ago, and now so much
        let table = [(29, 20_001, true), (29, 20_000, false), (30, 20_001, false), (0, 20_001, true)];
        for (days, fen, refused) in table {
            let mut desk = Desk::submitted(vec![money_line(1, fen)]);
            desk.imported(days, 30_000, None);
            let codes = desk.ask("1002").codes(desk.approve(vec![money_line(1, fen)]));
            assert_eq!(codes.contains(&Code::SplitTier), refused, "{days} {fen}");
        }
    }
}
