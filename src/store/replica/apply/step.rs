//! 办理经过: one step per entry and case that it touched.

use super::Page;
use crate::base::division;
use crate::domain::fact::Fact;
use crate::domain::grant::total;
use crate::domain::ids::{CaseId, Text};
use crate::store::replica::fault::Result;
use std::collections::BTreeMap;

/// What a step says besides the verb.
#[derive(Default)]
struct Said {
    /// Public words: papers, amounts.
    detail: Vec<String>,
    /// Private words: reasons and remarks.
    texts: Vec<String>,
}

impl Page<'_> {
    /// Writes the steps of the entry and marks its cases as touched by it.
    pub(super) fn steps(&self) -> Result<()> {
        let mut cases: BTreeMap<CaseId, Said> = BTreeMap::new();
        for fact in self.entry.facts {
            let Some(case) = fact.case() else { continue };
            let said = cases.entry(case).or_default();
            if let Some(detail) = detail(fact) {
                push(&mut said.detail, detail);
            }
            if let Some(text) = self.words(slot(fact)) {
                push(&mut said.texts, text.to_owned());
            }
        }
        let entry = self.entry;
        for (case, said) in cases {
            let known = self.run(
                "UPDATE cases SET touched_n = ?2, touched_by = ?3 WHERE id = ?1",
                (case, self.n, entry.author),
            )?;
            if known == 0 {
                continue;
            }
            let text = (!said.texts.is_empty()).then(|| said.texts.join("；"));
            self.run(
                "INSERT INTO step(case_id, n, at, desk_at, who, carrier, verb, zh, stage, detail, text)
                 SELECT id, ?2, ?3, ?4, ?5, ?6, ?7, ?8, stage, ?9, ?10 FROM cases WHERE id = ?1",
                (
                    case,
                    self.n,
                    entry.share_ms,
                    entry.desk_ms,
                    entry.author,
                    entry.carrier,
                    entry.verb,
                    entry.zh,
                    said.detail.join(" "),
                    text,
                ),
            )?;
        }
        Ok(())
    }
}

fn push(all: &mut Vec<String>, one: String) {
    if !all.contains(&one) {
        all.push(one);
    }
}

fn detail(fact: &Fact) -> Option<String> {
    match fact {
        Fact::GrantSet { lines, .. } => Some(format!("{}元", total(lines).grouped())),
        Fact::ItemDone { item, .. } => Some(item.zh().to_owned()),
        Fact::ItemReopened { item, .. } => Some(format!("{}重新补", item.zh())),
        Fact::ItemsMoved { until, .. } => Some(format!("延至{until}")),
        Fact::MeetingHeld { tier, present, amount, .. } => {
            Some(format!("{} {present}人 {}元", tier.zh(), amount.grouped()))
        }
        Fact::AuthorityGiven { by, tier, amount, .. } => {
            Some(format!("{} {by} 授权{}元", tier.zh(), amount.grouped()))
        }
        Fact::HandlerChanged { from, to, village, .. } => {
            let place = village.and_then(division::village);
            let to_place =
                place.and_then(|place| Some((division::township(place.township)?.name, place.short)));
            Some(match to_place {
                Some((township, village)) => format!("{from} 转 {to}，迁往{township}{village}"),
                None => format!("{from} 转 {to}"),
            })
        }
        Fact::Ratified { amount, .. } => Some(format!("追认{}元", amount.grouped())),
        Fact::ExceptionNoted { code, .. } => Some(format!("例外 {code}")),
        Fact::FindingRaised { number, due, .. } => Some(format!("{number} 限{due}前整改")),
        Fact::AccountNoted { payee, kind, .. } => Some(format!("{} {}", payee.zh(), kind.zh())),
        Fact::LineBatched { amount, .. } => Some(format!("进批次 {}元", amount.grouped())),
        Fact::LineReturned { reason, .. } => Some(format!("退汇 {}", reason.zh())),
        Fact::LineGivenBack { amount, .. } => Some(format!("退回{}元", amount.grouped())),
        Fact::LineUnpaid { .. } => Some("付款冲正".to_owned()),
        Fact::GrantCancelled { .. } => Some("救助取消".to_owned()),
        _ => super::path::detail(fact).or_else(|| super::tiers::detail(fact)),
    }
}

/// The slot of private words that a fact names, as far as 经过 shows them. Who took the money and who stood by is shown
/// with the payment.
fn slot(fact: &Fact) -> &Option<Text> {
    match fact {
        Fact::StageSet { text, .. } | Fact::MoneyMoved { text, .. } | Fact::FindingRaised { text, .. } => {
            text
        }
        Fact::CaseOpened { reason, .. }
        | Fact::ItemsMoved { reason, .. }
        | Fact::HandlerChanged { reason, .. }
        | Fact::Ratified { reason, .. }
        | Fact::MarkSettled { reason, .. }
        | Fact::Overridden { reason, .. }
        | Fact::LeadEnded { reason, .. } => reason,
        Fact::MeetingHeld { minutes, .. } => minutes,
        _ => match super::path::slot(fact) {
            None => super::tiers::slot(fact),
            found => found,
        },
    }
}
