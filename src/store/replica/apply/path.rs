//! The steps of the expenditure path: kept as the log wrote them, with when they happened and when they were entered.

use super::Page;
use crate::domain::fact::Fact;
use crate::domain::ids::{CaseId, Text};
use crate::domain::nouns::path::Pause;
use crate::store::replica::fault::{ReplicaFault, Result};
use serde_json::Value;

impl Page<'_> {
    pub(super) fn path(&self, fact: &Fact) -> Result<()> {
        let Some(case) = fact.case() else { return Ok(()) };
        if !self.has_case(case)? {
            return Ok(());
        }
        match fact {
            Fact::CaseAccepted(made) => {
                self.run("UPDATE cases SET accepted = ?2 WHERE id = ?1", (case, made.on))?;
            }
            Fact::ResultDelivered(made) => {
                self.run("UPDATE cases SET delivered = ?2 WHERE id = ?1", (case, made.on))?;
            }
            Fact::FollowedUp(made) => {
                self.run("UPDATE cases SET followed = ?2 WHERE id = ?1", (case, made.on))?;
            }
            Fact::PathChanged(made) => {
                self.run("UPDATE cases SET path = ?2 WHERE id = ?1", (case, made.path))?;
            }
            Fact::ClockSet(made) => {
                let still = serde_json::to_string(&made.still).map_err(|_| ReplicaFault::Unreadable)?;
                self.run(
                    "INSERT OR REPLACE INTO case_clock(case_id, tier, due, left_days, still, n)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    (case, made.tier, made.due, made.left, still, self.n),
                )?;
                self.run("UPDATE cases SET due = ?2 WHERE id = ?1", (case, made.due))?;
            }
            _ => {}
        }
        self.keep(case, fact)
    }

    fn keep(&self, case: CaseId, fact: &Fact) -> Result<()> {
        let Some(on) = fact.happened() else { return Ok(()) };
        let body = serde_json::to_value(fact).map_err(|_| ReplicaFault::Unreadable)?;
        let kind = body.get("fact").and_then(Value::as_str).unwrap_or_default();
        self.run(
            "INSERT INTO path_step(case_id, n, pos, kind, on_day, at, by, body)
             SELECT ?1, ?2, coalesce(max(pos) + 1, 0), ?3, ?4, ?5, ?6, ?7 FROM path_step WHERE case_id = ?1 AND n = ?2",
            (case, self.n, kind, on, self.now(), self.entry.author, body.to_string()),
        )?;
        self.told(case)
    }

    /// Keeps the words of an entry about a case, by slot.
    pub(super) fn told(&self, case: CaseId) -> Result<()> {
        for (slot, text) in self.entry.private.iter().flat_map(|private| &private.texts) {
            self.run(
                "INSERT OR REPLACE INTO path_text(case_id, n, slot, text) VALUES (?1, ?2, ?3, ?4)",
                (case, self.n, &slot.0, text),
            )?;
        }
        Ok(())
    }
}

/// What a step says besides the verb, in 办理经过.
pub(super) fn detail(fact: &Fact) -> Option<String> {
    let yuan = |sum: crate::base::money::Money| format!("{}元", sum.grouped());
    Some(match fact {
        Fact::ApplicationNoted(made) if made.promise => format!("{} 承诺已签", made.on),
        Fact::ApplicationNoted(made) => format!("{} 承诺未签", made.on),
        Fact::OnceNoticed(made) => format!("{} 限{}补正", made.on, made.until),
        Fact::Corrected(made) => made.on.to_string(),
        Fact::CaseAccepted(made) => match made.delivery {
            Some(delivery) => format!("{} {}", made.on, delivery.zh()),
            None => made.on.to_string(),
        },
        Fact::Surveyed(made) => {
            let people = made.surveyors.len() + usize::from(made.others);
            format!("{} {people}人 {} {}", made.at.text(), made.verdict.zh(), yuan(made.amount))
        }
        Fact::MeansAuthorised(made) => {
            format!("{} {}人 有效至{}", made.on, made.members.len(), made.until)
        }
        Fact::MeansAsked(made) => format!("{} {}", made.on, made.scope.zh()),
        Fact::MeansChecked(made) => format!("{} {}", made.on, made.result.zh()),
        Fact::SchoolNoted(made) => format!("{} {}", made.on, made.stage.zh()),
        Fact::Reviewed(made) => format!(
            "{} 到{}人 回避{} 同意{} 不同意{} 弃权{}",
            made.on,
            made.present(),
            made.aside,
            made.yes,
            made.no,
            made.abstained
        ),
        Fact::Examined(made) if made.agrees => format!("{} 同意 {}", made.on, yuan(made.amount)),
        Fact::Examined(made) => format!("{} 不同意", made.on),
        Fact::NoticePosted(made) => format!("{}至{} {}", made.from, made.until, yuan(made.amount)),
        Fact::NoticeEnded(made) if made.void.is_some() => format!("{} 公示作废", made.on),
        Fact::NoticeEnded(made) => made.on.to_string(),
        Fact::NoticeExempted(made) => made.on.to_string(),
        Fact::ObjectionMade(made) => format!("异议{} {}", made.number, made.on),
        Fact::ObjectionSettled(made) => {
            format!("异议{} {} {}", made.number, made.on, if made.upheld { "成立" } else { "不成立" })
        }
        Fact::PathChanged(made) => format!("改为{}", made.path.zh()),
        Fact::ResultDelivered(made) => {
            format!("{} {} {}", made.on, made.paper.zh(), made.delivery.zh())
        }
        Fact::FollowedUp(made) => {
            let received = if made.received { "已收到" } else { "没有收到" };
            format!("{} {} {received} {}", made.on, made.way.zh(), made.state.zh())
        }
        Fact::HardshipNoted(made) => made.on.to_string(),
        Fact::ClockSet(made) => match (made.due, made.still.iter().next()) {
            (Some(due), _) => format!("{}期限{due}", made.tier.zh()),
            (None, why) => {
                let why = why.map_or("", |why: &Pause| why.zh());
                format!("{}期限中止（{why}），余{}个工作日", made.tier.zh(), made.left)
            }
        },
        _ => return None,
    })
}

/// The words of a step that 办理经过 shows.
pub(super) fn slot(fact: &Fact) -> &Option<Text> {
    match fact {
        Fact::ApplicationNoted(made) => &made.late,
        Fact::OnceNoticed(made) => &made.missing,
        Fact::Corrected(made) => &made.note,
        Fact::CaseAccepted(made) => &made.note,
        Fact::Surveyed(made) => &made.verified,
        Fact::MeansAuthorised(made) => &made.later,
        Fact::MeansChecked(made) => &made.explained,
        Fact::Reviewed(made) => &made.said,
        Fact::Examined(made) => &made.opinion,
        Fact::NoticeEnded(made) => &made.void,
        Fact::NoticeExempted(made) => &made.reason,
        Fact::ObjectionMade(made) => &made.said,
        Fact::ObjectionSettled(made) => &made.finding,
        Fact::PathChanged(made) => &made.reason,
        Fact::ResultDelivered(made) => &made.receipt,
        Fact::FollowedUp(made) => &made.found,
        _ => &None,
    }
}
