//! Once a year (二: 原则上同一急难事项一年只能救助一次): the calendar year, the household at either time, each person's own
//! history. A referral or a service alone is worth nothing and is not 救助一次.

use super::tier;
use crate::base::day::Day;
use crate::domain::answers::{Answers, Case, Matter};
use crate::domain::code::Code;
use crate::domain::decide::{Collect, Ctx};
use crate::domain::grant::{Grant, Source};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::office::Office;
use crate::domain::pack::Pack;
use std::collections::BTreeSet;

/// Whether a grant helped for this matter. A row of an imported ledger names no matter: it is taken for the same where
/// circumstance and dates fit.
pub(super) fn helped_for(grant: &Grant, matter: &Matter, but: Option<CaseId>) -> bool {
    if tier::is_case(grant, but) || grant.amount.is_zero() {
        return false;
    }
    match grant.source {
        Source::Case(_) => grant.matter == Some(matter.id),
        Source::Imported(_) => grant.circumstance == Some(matter.circumstance) && grant.on >= matter.on,
    }
}

/// The latest earlier grant of the matter in the calendar year of `on`.
pub(super) fn earlier(
    cx: &Ctx<'_>,
    people: &BTreeSet<PersonId>,
    matter: &Matter,
    but: Option<CaseId>,
    on: Day,
) -> Option<Grant> {
    earlier_in(cx.answers, people, matter, but, on)
}

fn earlier_in(
    answers: &dyn Answers,
    people: &BTreeSet<PersonId>,
    matter: &Matter,
    but: Option<CaseId>,
    on: Day,
) -> Option<Grant> {
    let (from, to) = tier::year(on);
    answers.grants_of(people, from, to).into_iter().rfind(|grant| helped_for(grant, matter, but))
}

/// The grant for which approving a case on a day would be the second of the year, as a preview tells it.
pub fn would_repeat(answers: &dyn Answers, case: &Case, on: Day) -> Option<Grant> {
    let matter = answers.matter(case.matter)?;
    let people = tier::family_in(answers, case.person, case.household, on);
    earlier_in(answers, &people, &matter, Some(case.id), on)
}

/// The grant in brackets: number, day, amount.
pub(super) fn named(grant: &Grant) -> String {
    let number = if grant.number.is_empty() { "往年台账" } else { &grant.number };
    format!("{number}，{}，{}元", grant.on.short_zh(), grant.amount)
}

/// Refuses to open a township's case for a second grant of the year: only the county can see to it from the start.
pub(super) fn refuse_to_open(out: &mut Collect, grant: &Grant) {
    out.say(
        Code::RepeatMatter,
        "matter",
        format!("该户本年已因同一事项救助（{}）。确需再救，请把情况报县局，由县局受理。", named(grant)),
    );
}

/// Refuses a second grant of the year: the township asks the county, the county has to say why.
pub(super) fn refuse(cx: &Ctx<'_>, out: &mut Collect, grant: &Grant) {
    let next = match cx.author.office {
        Office::Township(_) => "确需再救，按4报县局。",
        Office::County => "确需再救，在批注写明正当理由，按1。",
    };
    out.say(Code::RepeatMatter, "matter", format!("该户本年已因同一事项救助（{}）。{next}", named(grant)));
}

/// Warns of a second grant that may yet be allowed: accepted in December, or by the county.
pub(super) fn likely(out: &mut Collect, grant: &Grant) {
    out.say(
        Code::RepeatLikely,
        "matter",
        format!("该户本年已因同一事项救助（{}）。确需再办，请在「确办理由」写明。", named(grant)),
    );
}

/// Warns of a second decision soon after the year's end.
pub(super) fn year_edge(
    cx: &Ctx<'_>,
    out: &mut Collect,
    pack: &Pack,
    people: &BTreeSet<PersonId>,
    matter: &Matter,
    but: Option<CaseId>,
    on: Day,
) {
    let from = on.plus(-i64::from(pack.repeat.year_edge_days));
    let (first, _) = tier::year(on);
    let before = first.plus(-1);
    if from > before {
        return;
    }
    let grant =
        cx.answers.grants_of(people, from, before).into_iter().rfind(|grant| helped_for(grant, matter, but));
    if let Some(grant) = grant {
        out.say(
            Code::YearEdge,
            "matter",
            format!(
                "上年末{}天内已因同一事项救助（{}），跨年再次救助请在「确办理由」写明。",
                pack.repeat.year_edge_days,
                named(&grant)
            ),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, money_line};
    use crate::base::day::{Day, Stamp};
    use crate::domain::code::Code;
    use crate::domain::nouns::Circumstance;

    #[test]
    fn the_same_matter_counts_once_in_a_calendar_year() {
        // imported help of the same circumstance so many days before 2026-03-02; the matter happened on 2026-02-10
        let table = [
            (0, Some(Circumstance::Accident), true),
            (20, Some(Circumstance::Accident), true),
            (21, Some(Circumstance::Accident), false),
            (5, Some(Circumstance::Illness), false),
            (5, None, false),
        ];
        for (days, circumstance, refused) in table {
            let lines = vec![money_line(1, 100)];
            let mut desk = Desk::submitted(lines.clone());
            desk.imported(days, 10_000, circumstance);
            let codes = desk.ask("1002").codes(desk.approve(lines));
            assert_eq!(codes.contains(&Code::RepeatMatter), refused, "{days} {circumstance:?}");
        }
    }

    #[test]
    fn the_year_s_edge_is_sixty_days_wide() {
        for (days, warned) in [(60, true), (61, false)] {
            let lines = vec![money_line(1, 100)];
            let mut desk = Desk::submitted_with_matter(lines.clone(), Day::new(2025, 12, 1).unwrap());
            // the decision falls on 2026-02-10
            desk.now = Stamp::at(Day::new(2026, 2, 10).unwrap(), 9, 0);
            desk.imported(days, 10_000, Some(Circumstance::Accident));
            let codes = desk.ask("1002").codes(desk.approve(lines));
            assert_eq!(codes.contains(&Code::YearEdge), warned, "{days}");
        }
    }
}
