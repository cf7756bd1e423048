//! One order for all (先后): the log after the kills as one history. Whatever was acknowledged before something else was
//! begun stands before it (I15), a case was never moved by two officers who both saw it in the same stage (I8), and
//! numbers of cases and leads have no holes (I9).

use super::Report;
use crate::domain::fact::Fact;
use crate::domain::ids::CaseId;
use crate::ledger::Body;
use std::collections::{BTreeMap, BTreeSet};

/// An order as its desk saw it, milliseconds since the machine was started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Timed {
    /// Its place in the log.
    pub(super) n: u64,
    /// When its desk began to give it.
    pub(super) start: u64,
    /// When its desk was told that it is done; none where nobody was left to be told.
    pub(super) ack: Option<u64>,
}

/// Orders that were begun after another was acknowledged, and stand before it: (the later, the earlier).
pub(super) fn turned_round(mut orders: Vec<Timed>) -> Vec<(u64, u64)> {
    orders.sort_by_key(|order| std::cmp::Reverse(order.n));
    // The earliest acknowledgement of everything that stands behind.
    let mut earliest: Option<(u64, u64)> = None;
    let mut found = Vec::new();
    for order in orders {
        if let Some((ack, n)) = earliest
            && ack < order.start
        {
            found.push((order.n, n));
        }
        if let Some(ack) = order.ack
            && earliest.is_none_or(|(known, _)| ack < known)
        {
            earliest = Some((ack, order.n));
        }
    }
    found
}

/// Where a verb may be given, and where it leads: the model of a case, apart from the rules.
fn moved(verb: &str, stage: &str) -> Option<&'static str> {
    Some(match (verb, stage) {
        ("open-case", "") => "open",
        ("submit", "open" | "returned") => "submitted",
        ("approve", "submitted") => "approved",
        ("return", "submitted") => "returned",
        ("refuse", "submitted") => "refused",
        ("withdraw", "open" | "submitted" | "returned") => "withdrawn",
        ("direct", "open" | "returned") => "paid",
        _ => return None,
    })
}

/// Holds the log against the model.
pub(super) fn check(bodies: &[Body], report: &mut Report) {
    let mut stages: BTreeMap<CaseId, (&'static str, u64)> = BTreeMap::new();
    let mut numbers: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    let mut desks: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
    let (mut cids, mut moves, mut numbered) = (BTreeSet::new(), 0, 0);
    for body in bodies {
        report.hold(cids.insert(body.command.cid), || format!("第 {} 条的指令在前面已有", body.n));
        report.hold(body.command.seen < body.n, || format!("第 {} 条的下令人看到了后来的记录", body.n));
        let own = desks.entry(body.desk.to_string()).or_default().insert(body.desk_seq);
        report.hold(own, || format!("第 {} 条：同一台电脑的序号 {} 用了两次", body.n, body.desk_seq));
        let facts: Vec<Fact> =
            body.facts.iter().filter_map(|value| serde_json::from_value(value.clone()).ok()).collect();
        report.hold(facts.len() == body.facts.len(), || format!("第 {} 条的结果读不懂", body.n));
        for fact in &facts {
            if let Fact::CaseOpened { number, .. } | Fact::LeadRegistered { number, .. } = fact {
                numbered += 1;
                let kind = if matches!(fact, Fact::CaseOpened { .. }) { "case" } else { "lead" };
                let digits = number.len() - number.trim_end_matches(|c: char| c.is_ascii_digit()).len();
                let (series, serial) = number.split_at(number.len() - digits);
                let fresh = numbers
                    .entry(format!("{kind} {series}"))
                    .or_default()
                    .insert(serial.parse().unwrap_or(0));
                report.hold(fresh, || format!("编号 {number} 用了两次"));
            }
        }
        let verb = body.command.verb.as_str();
        let case = facts.iter().find_map(Fact::case);
        let moves_case =
            ["open-case", "submit", "approve", "return", "refuse", "withdraw", "direct"].contains(&verb);
        let (true, Some(case)) = (moves_case, case) else { continue };
        let (stage, by) = stages.get(&case).copied().unwrap_or_default();
        match moved(verb, stage) {
            Some(next) => {
                moves += 1;
                stages.insert(case, (next, body.n));
            }
            None => report
                .broken
                .push(format!("第 {} 条 {verb} 丢了更新：第 {by} 条已把办件带到「{stage}」", body.n)),
        }
    }
    for (series, serials) in &numbers {
        let whole = serials.iter().copied().eq(1..=serials.len() as u64);
        report.hold(whole, || format!("编号 {series} 有缺号"));
    }
    report
        .lines
        .push(format!("按模型重放：办件 {} 件，移动 {moves} 步；编号 {numbered} 个，没有缺号", stages.len()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn timed(n: u64, start: u64, ack: u64) -> Timed {
        Timed { n, start, ack: Some(ack) }
    }

    #[test]
    fn what_overlapped_may_stand_either_way() {
        assert_eq!(turned_round(vec![timed(1, 50, 90), timed(2, 40, 60)]), vec![]);
        assert_eq!(turned_round(vec![timed(1, 61, 90), timed(2, 40, 60)]), vec![(1, 2)]);
        let unheard = Timed { n: 2, start: 40, ack: None };
        assert_eq!(turned_round(vec![timed(1, 61, 90), unheard]), vec![]);
        let far = vec![timed(1, 500, 600), timed(2, 10, 700), timed(3, 20, 90), timed(4, 700, 800)];
        assert_eq!(turned_round(far), vec![(1, 3)]);
    }

    #[test]
    fn two_decisions_on_one_submission_are_a_lost_update() {
        assert_eq!(moved("submit", "open"), Some("submitted"));
        assert_eq!(moved("approve", "approved"), None);
        assert_eq!(moved("approve", "withdrawn"), None);
    }
}
