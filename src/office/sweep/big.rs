//! A county's log of any length, cheaply: sound, signed entries over several years, made without a share. Leads with what
//! was said, and people with their sealed details, each decided on the state in memory, so that no desk marks one.
//! For whoever measures verifying, joining and rebuilding.

use super::acts::{self, HANDLER};
use crate::base::day::{Day, Stamp};
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::decide::{Ctx, decide};
use crate::domain::memory::Memory;
use crate::domain::pack::Pack;
use crate::domain::private::Private;
use crate::ledger::body::FORMAT;
use crate::ledger::{Body, Carrier, CountyId, DeskId, Head, Row, Suite, TurnNo, chain, seal};
use crate::office::desk::facts_of;
use crate::office::scratch::Scratch;
use crate::office::session::Session;
use crate::office::{order, random};
use crate::store::entries::Entries;
use crate::store::fault::Fault;
use crate::store::share::wound::{Wounded, live_file};
use std::path::Path;
use std::sync::Arc;

/// How many minutes pass between two entries: some 170,000 of them fill three years and a half.
const MINUTES: i64 = 11;
/// How many entries share one turn, as a busy desk's do.
const A_TURN: u64 = 4;

/// A county whose log grows by an entry whenever one is asked for.
pub struct Big {
    /// Where it was founded; its share holds the first entries only.
    office: Scratch,
    first: Vec<Row>,
    given: usize,
    memory: Memory,
    pack: Pack,
    session: Arc<Session>,
    head: Head,
    now: Stamp,
}

impl Big {
    /// Founds the county, on a day of 2023.
    ///
    /// # Errors
    /// The machine's.
    pub fn found() -> Result<Big, Fault> {
        let day = Day::new(2023, 1, 4).ok_or_else(|| Fault::bug("没有这一天"))?;
        let now = Stamp::at(day, 9, 0);
        let office = Scratch::found(&acts::officers(), now, false)?;
        let county = office.desk().county();
        let first = Entries::open(&office.desk_folder().join("entries.db"), county)?.after(0, usize::MAX)?;
        let mut memory = Memory::new();
        for row in &first {
            let body = Body::from_text(&row.body).map_err(|error| Fault::damaged(error.to_string()))?;
            let author = body.command.author.as_str().into();
            memory.apply(row.n, &author, Stamp(body.share_ms), &facts_of(&body)?, None);
        }
        let pack = memory.pack_now().ok_or_else(|| Fault::bug("没有政策包"))?;
        let head = first.last().map_or(Head::genesis(county), Head::of);
        let session = office.session(&HANDLER.into())?;
        Ok(Big { office, first, given: 0, memory, pack, session, head, now })
    }

    /// Whose log.
    pub fn county(&self) -> CountyId {
        self.office.desk().county()
    }

    /// The handler who wrote it, for reading it with his data key.
    pub fn session(&self) -> Arc<Session> {
        self.session.clone()
    }

    /// The next entry.
    ///
    /// # Errors
    /// The machine's; what the rules refuse.
    pub fn next_row(&mut self) -> Result<Row, Fault> {
        if let Some(row) = self.first.get(self.given) {
            self.given += 1;
            return Ok(row.clone());
        }
        self.now = self.now.plus_minutes(MINUTES);
        let (command, private) =
            if self.head.n.is_multiple_of(3) { acts::person()?.1 } else { acts::lead(self.now)? };
        self.entry(&command, private)
    }

    fn entry(&mut self, command: &Command, private: Private) -> Result<Row, Fault> {
        let bug = |error: &dyn std::fmt::Display| Fault::bug(error.to_string());
        let (county, no) = (self.county(), self.session.officer.clone());
        let signed = order::sign(&self.session, county, self.head.n, command, private)?;
        let author = self.memory.officer(&no).ok_or_else(|| Fault::bug("没有操作员"))?;
        let key = signed.order.key.to_string();
        let cx = Ctx {
            answers: &self.memory,
            author: &author,
            key: &key,
            now: self.now,
            desk_now: self.now,
            seen: self.head.n,
            pack: &self.pack,
            private: Some(&signed.private),
        };
        let facts = decide(&cx, command)
            .map_err(|refusals| {
                Fault::bug(refusals.iter().map(|refusal| refusal.full()).collect::<String>())
            })?
            .facts;
        let n = self.head.n + 1;
        let salt: [u8; 32] =
            hex::decode(&signed.salt).ok().and_then(|salt| salt.try_into().ok()).unwrap_or([0; 32]);
        let data = self.session.data_key(self.now.day().year()).ok_or_else(|| Fault::bug("没有数据密钥"))?;
        let text = order::plaintext(&signed.private)?;
        let private = seal::seal(data, county, signed.order.cid, &salt, &random::bytes()?, &text)
            .map_err(|error| bug(&error))?;
        let body = Body {
            suite: Suite::One,
            format: FORMAT,
            county,
            n,
            prev: self.head.hash,
            turn: TurnNo { file: 1, k: 1_000 + n / A_TURN },
            share_ms: self.now.0,
            desk_ms: self.now.0,
            desk: DeskId([8; 8]),
            desk_seq: n,
            program: env!("CARGO_PKG_VERSION").to_owned(),
            pack: self.pack.id.clone(),
            order_sig: signed.sig,
            command: signed.order,
            facts: facts.iter().map(serde_json::to_value).collect::<Result<_, _>>().map_err(|e| bug(&e))?,
            carrier: Carrier { officer: no.0.clone(), key: self.session.signing.id() },
            sealed: None,
        };
        let row = chain::make(body, Some(private), &self.session.signing).map_err(|broken| bug(&broken))?;
        // Nobody's number is remembered: the ids are drawn, and a search for doubles would cost more with every one.
        self.memory.apply(n, &no, self.now, &facts, None);
        self.head = Head::of(&row);
        Ok(row)
    }
}

/// A log of so many entries, at least those of the founding.
///
/// # Errors
/// The machine's.
pub fn log(entries: u64) -> Result<(Big, Vec<Row>), Fault> {
    let mut big = Big::found()?;
    let mut rows = Vec::new();
    while (rows.len() as u64) < entries.max(big.first.len() as u64) {
        rows.push(big.next_row()?);
    }
    Ok((big, rows))
}

/// Puts a log on a share of its own in a folder that must not be there yet, in one file however large.
///
/// # Errors
/// The disk's.
pub fn on_share(big: &Big, rows: &[Row], folder: &Path) -> Result<(), Fault> {
    super::tamper::copy(&big.office.share_folder(), folder).map_err(|e| Fault::of_io("复制共享文件夹", e))?;
    let rest = rows.get(big.first.len()..).unwrap_or_default();
    Wounded::open(&live_file(folder)?)?.add_all(rest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::desk::verify::verify;

    #[test]
    fn a_big_log_is_sound_and_nobody_marks_it() {
        let (big, rows) = log(60).unwrap();
        assert_eq!(rows.len(), 60);
        let mut source = |after: u64, limit: usize| {
            Ok(rows.iter().filter(|row| row.n > after).take(limit).cloned().collect())
        };
        let found = verify(big.county(), &mut source, &mut |_| ()).unwrap();
        assert_eq!((found.head.n, found.broken, found.marks), (60, None, Vec::new()));
        let folder = tempfile::tempdir().unwrap();
        let share = folder.path().join("share");
        on_share(&big, &rows, &share).unwrap();
        let mut log = super::super::tamper::reach(&share, &folder.path().join("own"), big.county()).unwrap();
        assert!(crate::store::Log::after(&mut log, 0, 1_000).unwrap() == rows);
    }
}
