//! Heads seen (见到的头): each desk hangs out, signed by the officer in session, up to which entry it has seen the log; every
//! other desk reads that. A share that ends earlier than somebody has seen it was cut or put back (I16, T4, T12), and
//! whoever has seen more is who can bring it back.
//!
//! A notice proves only that an officer signed it. It must never make a desk change anything of the log.

use super::Desk;
use crate::base::day::Stamp;
use crate::ledger::{DeskId, Hash, Head, KeyId, Keyring as _, Sig, SigState, sign};
use crate::office::session::Session;
use crate::store::fault::{Fault, FaultKind};

const PURPOSE: &str = "head";
const FIRST: &str = "jiuji-desk 1";

/// What a desk says it has seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Which desk.
    pub desk: DeskId,
    /// What it is called.
    pub name: String,
    /// The version of its program.
    pub program: String,
    /// The log file that it reads.
    pub file: u32,
    /// The last entry that it holds.
    pub head: Head,
    /// When, by its own clock.
    pub at: Stamp,
    /// Whose signature.
    pub officer: String,
    /// With which key.
    key: KeyId,
    sig: Sig,
}

impl Seen {
    fn text(&self) -> String {
        format!(
            "{FIRST}\ndesk {}\nname {}\nprogram {}\nfile {}\nn {}\nhash {}\nat {}\nofficer {}\nkey {}\n",
            self.desk,
            self.name,
            self.program,
            self.file,
            self.head.n,
            self.head.hash,
            self.at.0,
            self.officer,
            self.key
        )
    }

    fn notice(&self) -> String {
        format!("{}sig {}\nend\n", self.text(), self.sig)
    }

    /// Reads a notice; `None` while it is not whole, or if it is none of ours.
    fn read(notice: &str) -> Option<Seen> {
        let mut lines = notice.strip_suffix("\nend\n")?.split('\n');
        let mut field = |key: &str| -> Option<String> {
            let line = lines.next()?;
            if key.is_empty() {
                Some(line.to_owned())
            } else {
                line.strip_prefix(key)?.strip_prefix(' ').map(str::to_owned)
            }
        };
        if field("")? != FIRST {
            return None;
        }
        Some(Seen {
            desk: DeskId::from_hex(&field("desk")?)?,
            name: field("name")?,
            program: field("program")?,
            file: field("file")?.parse().ok()?,
            head: Head { n: field("n")?.parse().ok()?, hash: Hash::from_hex(&field("hash")?)? },
            at: Stamp(field("at")?.parse().ok()?),
            officer: field("officer")?,
            key: KeyId::from_hex(&field("key")?)?,
            sig: Sig::from_hex(&field("sig")?)?,
        })
    }

    /// What it is called, for sentences.
    pub fn called(&self) -> String {
        if self.name.is_empty() { format!("电脑 {}", self.desk) } else { self.name.clone() }
    }
}

impl Desk {
    /// Hangs out what this desk has seen, while somebody is signed in.
    ///
    /// # Errors
    /// The share cannot be written now.
    pub fn show_head(&mut self, name: &str) -> Result<(), Fault> {
        let Some(session) = self.session.clone() else { return Ok(()) };
        let seen = self.seen_now(name, &session)?;
        self.log.tell(&seen.notice())
    }

    fn seen_now(&mut self, name: &str, session: &Session) -> Result<Seen, Fault> {
        let mut seen = Seen {
            desk: self.desk,
            name: name.split_whitespace().collect(),
            program: env!("CARGO_PKG_VERSION").to_owned(),
            file: self.log.probe()?.file,
            head: self.entries.head()?,
            at: (self.clock)(),
            officer: session.officer.0.clone(),
            key: session.signing.id(),
            sig: Sig([0; 64]),
        };
        seen.sig = session.signing.sign_text(PURPOSE, self.county, &seen.text());
        Ok(seen)
    }

    /// What other desks have seen, as far as an officer of this county signed it.
    ///
    /// # Errors
    /// The share cannot be read now.
    pub fn heads(&mut self) -> Result<Vec<Seen>, Fault> {
        let notices = self.log.told()?;
        let mut heads: Vec<Seen> = notices.iter().filter_map(|notice| Seen::read(notice)).collect();
        heads.retain(|seen| seen.desk != self.desk && self.is_signed(seen));
        heads.sort_by_key(|seen| std::cmp::Reverse(seen.head.n));
        Ok(heads)
    }

    fn is_signed(&self, seen: &Seen) -> bool {
        let Some(key) = self.keys.key_at(&seen.key) else { return false };
        key.officer == seen.officer
            && sign::verify_text(Some(&key.public), PURPOSE, self.county, &seen.text(), &seen.sig)
                == SigState::Good
    }

    /// Holds the log against what others have seen of it, and remembers that.
    ///
    /// # Errors
    /// [`FaultKind::Older`] where one has seen more than the share holds, [`FaultKind::Damaged`] where one has seen another
    /// entry at the same place, each with who and when.
    pub fn compare_with_others(&mut self) -> Result<(), Fault> {
        // What they have seen is read first, and what stands there after it: between the two a row may come.
        let heads = self.heads()?;
        match self.held_against(&heads) {
            // Perhaps it was only written since this desk last looked.
            Err(fault) if fault.kind == FaultKind::Older => {
                self.pull()?;
                match self.held_against(&heads) {
                    // Or it stands there, and its turn does not look ended yet: a client's cache says so for a second.
                    Err(fault) if fault.kind == FaultKind::Older && !self.log.probe()?.whole => Ok(()),
                    held => held,
                }
            }
            held => held,
        }
    }

    fn held_against(&mut self, heads: &[Seen]) -> Result<(), Fault> {
        let own = self.entries.head()?;
        let rebuilt = self.log.rebuilding()?.map_or(0, |said| said.file);
        let mut lowest = self.log.probe()?.file;
        let mut alarm = None;
        for seen in heads {
            lowest = lowest.min(seen.file);
            // What was seen before the log was rebuilt was dealt with there, and comes back by itself.
            if seen.file < rebuilt {
                continue;
            }
            let here = self.entries.head_at(seen.head.n)?;
            if here.is_none() && alarm.is_none() {
                alarm = Some(Fault::new(
                    FaultKind::Older,
                    format!(
                        "{}（操作员 {}）在 {} 已见到第 {} 条，共享盘只到第 {} 条",
                        seen.called(),
                        seen.officer,
                        seen.at.text(),
                        seen.head.n,
                        own.n
                    ),
                    "没有写入任何内容；请不要改动共享盘，报告县局管理员，在那台电脑上用 jiuji rebuild 恢复",
                ));
            } else if here.is_some_and(|here| here.hash != seen.head.hash) && alarm.is_none() {
                alarm = Some(Fault::damaged(format!(
                    "{}（操作员 {}）在 {} 见到的第 {} 条与本机的不同",
                    seen.called(),
                    seen.officer,
                    seen.at.text(),
                    seen.head.n
                )));
            }
        }
        match alarm {
            Some(fault) => Err(fault),
            None => {
                self.log.tidy(lowest)?;
                Ok(())
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_notice_is_read_as_it_was_written_and_only_whole() {
        let seen = Seen {
            desk: DeskId([3; 8]),
            name: "KQ-03".into(),
            program: "0.1.0".into(),
            file: 2,
            head: Head { n: 120, hash: Hash([7; 32]) },
            at: Stamp(1_772_413_200_000),
            officer: "1203".into(),
            key: KeyId([5; 16]),
            sig: Sig([9; 64]),
        };
        let notice = seen.notice();
        assert_eq!(Seen::read(&notice), Some(seen));
        for cut in (0..notice.len()).filter(|cut| notice.is_char_boundary(*cut)) {
            assert_eq!(Seen::read(&notice[..cut]), None, "{cut}");
        }
    }
}
