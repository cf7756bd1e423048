//! What the killed desks were told (承诺): every line that a desk said before it was killed, and whether what the next
//! process finds agrees with it.

use crate::ledger::Cid;
use std::collections::{BTreeMap, BTreeSet};

/// A draft as it was kept: field and fingerprint.
type Kept = (String, String);

/// What is known of one draft.
#[derive(Default)]
struct Known {
    /// As it was last said to be kept.
    kept: Option<Kept>,
    /// What was being kept when the process was killed.
    keeping: Option<Kept>,
    /// It was being let go.
    dropping: bool,
}

/// A group of orders as its desk gave it.
pub(super) struct Given {
    /// The orders.
    pub(super) cids: Vec<Cid>,
    /// Whether the rules were sure to let it through.
    pub(super) sure: bool,
    /// Whether it was said to be in the outbox.
    pub(super) durable: bool,
    /// When its desk began to give it, milliseconds since the machine was started.
    pub(super) start: u64,
}

/// What one desk was told.
#[derive(Default)]
pub(super) struct Claims {
    drafts: BTreeMap<(String, u64), Known>,
    /// Drafts that were being kept for the first time, whose number was not said.
    unnamed: Vec<(String, Kept)>,
    found: BTreeSet<u64>,
    /// Groups, in the order in which they were given.
    pub(super) given: Vec<Given>,
    /// Acknowledged orders.
    pub(super) done: Vec<Cid>,
    /// When each was acknowledged first, milliseconds since the machine was started.
    pub(super) acks: BTreeMap<Cid, u64>,
    /// Refused orders.
    pub(super) refused: BTreeSet<Cid>,
    /// How often the drive was said to stand in which way, by the word on the screen.
    pub(super) drive: BTreeMap<String, u32>,
    /// Why the log was said to be changed, each time.
    pub(super) alarms: Vec<String>,
    /// How long it took until everything given at once was answered, milliseconds.
    pub(super) waited: Vec<u64>,
    /// How many drafts came back and were compared.
    pub(super) compared: usize,
    /// What did not hold.
    pub(super) broken: Vec<String>,
    /// Whether the last process said that nothing waits.
    pub(super) drained: bool,
}

impl Claims {
    /// A line of the desk. Answers whether it said that it is ready.
    pub(super) fn hear(&mut self, line: &str) -> bool {
        let mut words = line.split(' ');
        let verb = words.next().unwrap_or_default();
        let rest: Vec<&str> = words.collect();
        match (verb, rest.as_slice()) {
            ("ready", _) => return true,
            ("drained", _) => self.drained = true,
            ("drive", [word, why @ ..]) => {
                *self.drive.entry((*word).to_owned()).or_default() += 1;
                self.alarms.extend((!why.is_empty()).then(|| why.join(" ")));
            }
            ("waited", [ms]) => self.waited.extend(ms.parse::<u64>()),
            ("giving", [at, sure, cids @ ..]) => {
                let start = at.parse().unwrap_or(0);
                self.given.push(Given { cids: read(cids), sure: *sure == "sure", durable: false, start });
            }
            ("given", _) => {
                if let Some(last) = self.given.last_mut() {
                    last.durable = true;
                }
            }
            ("done", [at, cids @ ..]) => {
                let at = at.parse().unwrap_or(u64::MAX);
                for cid in read(cids) {
                    self.done.push(cid);
                    self.acks.entry(cid).or_insert(at);
                }
            }
            ("refused", cids) => self.refused.extend(read(cids)),
            ("all-found", [officer]) => self.all_found(officer),
            (_, [officer, id, rest @ ..]) => self.draft(verb, officer, id.parse().unwrap_or(0), rest),
            _ => self.broken.push(format!("读不懂的一行：{line}")),
        }
        false
    }

    fn draft(&mut self, verb: &str, officer: &str, id: u64, rest: &[&str]) {
        let kept = match rest {
            [field, print] => ((*field).to_owned(), (*print).to_owned()),
            _ => Kept::default(),
        };
        let key = (officer.to_owned(), id);
        match verb {
            "keeping" if id == 0 => self.unnamed.push((officer.to_owned(), kept)),
            "keeping" => self.drafts.entry(key).or_default().keeping = Some(kept),
            "kept" => {
                self.unnamed.retain(|(_, other)| *other != kept);
                *self.drafts.entry(key).or_default() =
                    Known { kept: Some(kept), keeping: None, dropping: false };
            }
            "dropping" => self.drafts.entry(key).or_default().dropping = true,
            "dropped" => drop(self.drafts.remove(&key)),
            "found" => self.found(key, kept),
            _ => self.broken.push(format!("读不懂的一行：{verb} {officer} {id}")),
        }
    }

    /// A draft came back after a kill: at the field and with the words that were kept, or that were on their way.
    fn found(&mut self, key: (String, u64), kept: Kept) {
        self.compared += 1;
        self.found.insert(key.1);
        let fits = match self.drafts.get(&key) {
            Some(known) => known.kept.as_ref() == Some(&kept) || known.keeping.as_ref() == Some(&kept),
            None => self.unnamed.iter().any(|(officer, other)| *officer == key.0 && *other == kept),
        };
        if !fits {
            self.broken.push(format!("操作员 {} 的草稿 {} 与保存的不同（停在 {}）", key.0, key.1, kept.0));
        }
        self.unnamed.retain(|(_, other)| *other != kept);
        self.drafts.insert(key, Known { kept: Some(kept), keeping: None, dropping: false });
    }

    /// Everything of an officer was listed: what was kept and not let go must have been among it.
    fn all_found(&mut self, officer: &str) {
        let found = std::mem::take(&mut self.found);
        let missing: Vec<(String, u64)> = self
            .drafts
            .iter()
            .filter(|((whose, id), known)| {
                whose == officer && known.kept.is_some() && !found.contains(id) && !known.dropping
            })
            .map(|(key, _)| key.clone())
            .collect();
        for (whose, id) in missing {
            self.broken.push(format!("操作员 {whose} 的草稿 {id} 保存后不见了"));
        }
        self.drafts.retain(|(whose, id), _| whose != officer || found.contains(id));
        self.unnamed.retain(|(whose, _)| whose != officer);
    }
}

fn read(words: &[&str]) -> Vec<Cid> {
    words.iter().filter_map(|word| Cid::from_hex(word)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(lines: &[&str]) -> Claims {
        let mut claims = Claims::default();
        for line in lines {
            claims.hear(line);
        }
        claims
    }

    #[test]
    fn a_draft_must_come_back_as_it_was_kept() {
        let kept = ["keeping 1 0 a aa", "kept 1 7 a aa", "keeping 1 7 b bb"];
        for (found, holds) in [("found 1 7 a aa", true), ("found 1 7 b bb", true), ("found 1 7 a bb", false)]
        {
            let mut claims = told(&kept);
            claims.hear(found);
            claims.hear("all-found 1");
            assert_eq!(claims.broken.is_empty(), holds, "{found}");
        }
        let mut claims = told(&kept);
        claims.hear("all-found 2");
        assert!(claims.broken.is_empty(), "another officer sees his own only");
        claims.hear("all-found 1");
        assert_eq!(claims.broken.len(), 1, "it is gone");
    }

    #[test]
    fn a_draft_on_its_way_may_or_may_not_be_there() {
        let mut claims =
            told(&["keeping 1 0 a aa", "found 1 7 a aa", "all-found 1", "dropping 1 7", "all-found 1"]);
        assert!(claims.broken.is_empty(), "{:?}", claims.broken);
        claims.hear("found 1 9 a aa");
        assert_eq!(claims.broken.len(), 1, "nobody kept it");
    }
}
