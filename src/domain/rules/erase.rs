//! 到期销毁: the private parts of cases whose time is over are destroyed for good. The skeleton stays for statistics and
//! funds: numbers, days, amounts, townships.
//!
//! It is the administrator's, who keeps officers and keys and has no business rights: whoever decides on a case never
//! destroys what tells of it, and the supervisor, who writes findings alone, sees it in the history and on the month sheet.

use super::duties;
use crate::base::day::Day;
use crate::domain::answers::Answers;
use crate::domain::code::Code;
use crate::domain::command::privacy::Erase;
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::office::Role;
use crate::domain::pack::Pack;
use crate::domain::refusal::Refusal;
use std::collections::BTreeSet;

/// At most so many cases at once: an entry has room for their ids and their entries' numbers.
pub const AT_ONCE: usize = 200;

/// 到期销毁.
pub(super) fn erase(cx: &Ctx<'_>, args: &Erase) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Administrator]);
    let cases: BTreeSet<CaseId> = args.cases.iter().copied().collect();
    if cases.is_empty() || cases.len() != args.cases.len() || cases.len() > AT_ONCE {
        out.say(Code::State, "cases", format!("一次须选1至{AT_ONCE}件，每件一次，请重新选择。"));
        return out.finish(None);
    }
    let mut people = BTreeSet::new();
    for id in &cases {
        duties::find(cx, &mut out, *id);
        for (code, sentence) in stays(cx.answers, cx.pack, cx.today(), *id) {
            out.say(code, "cases", sentence);
        }
        people.extend(cx.answers.keeping(*id).map(|keeping| keeping.people).unwrap_or_default());
    }
    // Whose every case goes now or went before: whom an older one still needs stays until that goes too.
    let gone = |person: &PersonId| {
        let with = cx.answers.cases_with(&BTreeSet::from([*person]));
        let done = |case: &CaseId| cx.answers.keeping(*case).is_some_and(|keeping| keeping.erased);
        with.iter().all(|case| cases.contains(case) || done(case))
    };
    people.retain(gone);
    let rows = spans(&cx.answers.entries_only_of(&cases, &people));
    out.fact(Fact::Erased { cases: cases.into_iter().collect(), people: people.into_iter().collect(), rows });
    out.finish(None)
}

/// Why the private part of a case stays, in codes and sentences; nothing where it may be destroyed on this day. The list of
/// what is due asks the same as the rule.
pub fn stays(answers: &dyn Answers, pack: &Pack, today: Day, id: CaseId) -> Vec<(Code, String)> {
    let (Some(case), Some(keeping)) = (answers.case(id), answers.keeping(id)) else { return Vec::new() };
    let number = &case.number;
    if keeping.erased {
        return vec![(Code::Duplicate, format!("办件{number}的不公开部分已经销毁，请从清单中去掉。"))];
    }
    let mut why = Vec::new();
    if case.marked {
        why.push((Code::Marked, format!("办件{number}有违规标记，须县局处理后才能销毁。")));
    }
    match keeping.closed {
        None => why.push((Code::State, format!("办件{number}还没有办结，不能销毁，请先办结。"))),
        Some(closed) => match pack.archived_until(closed, keeping.archived) {
            None => {
                let sentence = format!("办件{number}归档时定为永久保管，不销毁，请从清单中去掉。");
                why.push((Code::Retention, sentence));
            }
            Some(until) if today < until => {
                let sentence =
                    format!("办件{number}于{closed}办结，保管到{until}才可以销毁，请从清单中去掉。");
                why.push((Code::Retention, sentence));
            }
            Some(_) => {}
        },
    }
    if let Some(finding) = &keeping.finding {
        why.push((Code::State, format!("办件{number}的督导问题{finding}没有销号，请先由督导销号。")));
    }
    if case.ratification_due.is_some() {
        why.push((Code::State, format!("办件{number}还待县局追认，请先追认。")));
    }
    if !case.outlay.is_zero() {
        let owed = case.outlay.grouped();
        why.push((Code::State, format!("办件{number}还有垫付款{owed}元没有归垫，请先归垫。")));
    }
    let others = answers.cases_with(&keeping.people);
    let longer = others.into_iter().filter(|other| *other != id);
    if let Some(other) = longer.filter_map(|other| keeps(answers, pack, today, other)).next() {
        let sentence = format!(
            "办件{number}的家庭另有办件{other}还在保管期内，资料仍要使用，请等那一件到期后一并销毁。"
        );
        why.push((Code::Retention, sentence));
    }
    why
}

/// The number of another case that still needs its people: one that is open or younger than its time.
fn keeps(answers: &dyn Answers, pack: &Pack, today: Day, other: CaseId) -> Option<String> {
    let keeping = answers.keeping(other)?;
    let until = keeping.closed.and_then(|closed| pack.archived_until(closed, keeping.archived));
    let over = until.is_some_and(|until| until <= today);
    if keeping.erased || over { None } else { answers.case(other).map(|case| case.number) }
}

/// Numbers in order as spans with both ends.
fn spans(numbers: &[u64]) -> Vec<(u64, u64)> {
    let mut all: Vec<(u64, u64)> = Vec::new();
    for n in numbers {
        match all.last_mut() {
            Some((_, last)) if last.saturating_add(1) == *n => *last = *n,
            _ => all.push((*n, *n)),
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_become_spans() {
        assert_eq!(spans(&[]), vec![]);
        assert_eq!(spans(&[2, 3, 4, 7, 9, 10]), vec![(2, 4), (7, 7), (9, 10)]);
    }
}
