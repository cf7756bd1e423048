//! Checking a bundle on a PC that never saw the office: every entry in it as the chain judges it, by keys that the bundle's
//! own entries enrol, down to the first entry, whose fingerprint is on paper.
//!
//! It must never say more than was proved: where entries are left out, so may be one that stopped a key.

use super::bundle::{Bundle, PURPOSE, Paper, Why};
use crate::base::day::Stamp;
use crate::domain::catalogue::verbs;
use crate::ledger::chain::{self, Head};
use crate::ledger::{Body, Cid, Keyring as _, Row, SigState, seal, sign};
use crate::office::audit::words;
use crate::office::desk::Meaning;
use crate::office::keybook::KeyBook;
use crate::store::fault::Fault;
use std::collections::BTreeSet;

/// An entry of the case that holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its place.
    pub n: u64,
    /// When.
    pub at: Stamp,
    /// Who gave the command.
    pub by: String,
    /// Who carried it.
    pub carrier: String,
    /// The verb in Chinese.
    pub zh: String,
    /// What it made true.
    pub what: Vec<String>,
    /// Its hash.
    pub hash: String,
    /// Its private part, where it was opened and is what the entry committed to.
    pub opened: Option<String>,
}

/// What came of it.
#[derive(Clone, Debug)]
pub struct Report {
    /// The case's number.
    pub number: String,
    /// The first thing that does not hold: the entry, 0 of the cover, and what is wrong.
    pub wrong: Option<(u64, String)>,
    /// How many entries hold.
    pub sound: u64,
    /// The case's own entries.
    pub case: Vec<Held>,
    /// Whether every entry from the first to the head is there and linked.
    pub linked: bool,
    /// The head that the bundle claims.
    pub head: Head,
    /// The root fingerprint, reckoned from entry 1.
    pub root: String,
    /// Who signed the cover, where somebody did.
    pub signed_by: Option<String>,
    /// Papers by their hashes.
    pub papers: Vec<Paper>,
}

/// Checks a bundle.
///
/// # Errors
/// An entry of a newer program.
pub fn check(bundle: &Bundle) -> Result<Report, Fault> {
    let mut keys = KeyBook::default();
    let mut last = Head::genesis(bundle.county);
    let mut seen: BTreeSet<Cid> = BTreeSet::new();
    let mut report = Report {
        number: bundle.number.clone(),
        wrong: None,
        sound: 0,
        case: Vec::new(),
        linked: true,
        head: bundle.head,
        root: String::new(),
        signed_by: None,
        papers: bundle.papers.clone(),
    };
    for item in &bundle.items {
        let body = match Body::from_text(&item.body) {
            Ok(body) => body,
            Err(error) => return Ok(report.fails_at(item.n, format!("正文不是规定的写法：{error}"))),
        };
        let cid = body.command.cid;
        let row =
            Row { n: item.n, cid, body: item.body.clone(), private: None, hash: item.hash, sig: item.sig };
        // Where the entry before is not here, this one's own word for it stands; it is signed with the rest.
        let before = if item.n == last.n.saturating_add(1) {
            last
        } else if item.n > last.n {
            report.linked = false;
            Head { n: item.n - 1, hash: body.prev }
        } else {
            return Ok(report.fails_at(item.n, "次序不对，或出现了两次".to_owned()));
        };
        if let Err(broken) = chain::check(&row, &before, bundle.county, &keys) {
            return Ok(report.fails_at(item.n, broken.to_string()));
        }
        if !seen.insert(cid) {
            return Ok(report.fails_at(item.n, "同一条指令出现了两次".to_owned()));
        }
        if item.n == 1 {
            report.root = crate::office::audit::root_of(&body).unwrap_or_default();
        }
        let meaning = Meaning::of(&body)?;
        let mut opened = None;
        if let Some(part) = &item.opened {
            let given = seal::commitment(&part.salt.0, part.text.as_bytes());
            if meaning.body.command.private != Some(given) {
                return Ok(report.fails_at(item.n, "公开的个人信息与记录的承诺不符".to_owned()));
            }
            opened = Some(part.text.clone());
        }
        if item.why == Why::Case {
            let verb = &meaning.body.command.verb;
            report.case.push(Held {
                n: item.n,
                at: Stamp(body.share_ms),
                by: meaning.author.0.clone(),
                carrier: body.carrier.officer.clone(),
                zh: verbs::find(verb).map_or_else(|| verb.clone(), |known| known.zh.to_owned()),
                what: meaning.body.facts.iter().map(words::of_fact).collect(),
                hash: item.hash.to_string(),
                opened,
            });
        }
        keys.take_row(&row)?;
        last = Head::of(&row);
        report.sound += 1;
    }
    if report.root.is_empty() {
        return Ok(report.fails_at(1, "没有第一条记录，密钥无从证明".to_owned()));
    }
    if last != bundle.head {
        return Ok(report.fails_at(last.n, "最后一条不是封面所写的末条".to_owned()));
    }
    if bundle.root != report.root {
        return Ok(report.fails_at(0, "封面的根指纹与第一条记录不符".to_owned()));
    }
    report.cover(bundle, &keys)
}

impl Report {
    fn fails_at(mut self, n: u64, what: String) -> Report {
        self.wrong = Some((n, what));
        self.linked = false;
        self
    }

    /// Who signed the cover, by a key that stands at the end.
    fn cover(mut self, bundle: &Bundle, keys: &KeyBook) -> Result<Report, Fault> {
        let Some(signed) = &bundle.signed else { return Ok(self) };
        let state = keys.key_at(&signed.key).filter(|state| {
            state.officer == signed.officer && state.revoked_from.is_none_or(|from| from > bundle.head.n)
        });
        let text = bundle.cover()?;
        let good =
            sign::verify_text(state.as_ref().map(|s| &s.public), PURPOSE, bundle.county, &text, &signed.sig);
        if good != SigState::Good {
            return Ok(self.fails_at(0, "封面的签名不成立".to_owned()));
        }
        self.signed_by = Some(signed.officer.clone());
        Ok(self)
    }

    /// The verdict in a line.
    pub fn line(&self) -> String {
        match &self.wrong {
            Some((0, what)) => format!("证据包不成立：{what}"),
            Some((n, what)) => format!("证据包不成立：第 {n} 条：{what}"),
            None => format!(
                "证据包成立：办件 {} 的 {} 条记录，连同 {} 条密钥和其他记录，签名全部相符",
                self.number,
                self.case.len(),
                self.sound - self.case.len() as u64
            ),
        }
    }

    /// What it proves, and what it does not.
    pub fn proves(&self) -> Vec<String> {
        let mut said = vec![
            "证明：所列各条是所写的操作员用登记在册的密钥签的，一字未改；登记这些密钥的记录都在包内，一直接到第一条。".to_owned(),
            "根指纹须与该县存在保险柜里的纸上相符，才说明是那个县的记录。".to_owned(),
        ];
        said.push(if self.linked {
            format!(
                "证明：从第 1 条到第 {} 条一条不缺，逐条相接；末条哈希与签字的月度核对单相符时，说明正是那本日志。",
                self.head.n
            )
        } else {
            "不证明：包内没有的记录里是否另有与本办件有关的，或停用某个密钥的；需要时请出具单位用 --whole 重做。".to_owned()
        });
        said.push("不证明：所写的事是真的，时间是真的，操作员的密码没有泄露。".to_owned());
        if !self.papers.is_empty() {
            said.push(match &self.signed_by {
                Some(officer) => format!("纸质材料的哈希由操作员 {officer} 签名列出，不在日志里。"),
                None => "纸质材料的哈希没有人签名，只供对照。".to_owned(),
            });
        }
        said
    }
}
