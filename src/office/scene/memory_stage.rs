//! The stage in memory: the map of the domain and its rules, without log, keys or files. Fast enough to play every story
//! at each step of writing one, and the yardstick beside which the real engine is compared.

use super::cast::CAST;
use super::stage::{Done, Stage, Stopped, Ticket};
use crate::base::division::COUNTY;
use crate::base::stamp::Stamp;
use crate::domain::answers::Answers;
use crate::domain::command::Command;
use crate::domain::command::kernel::{AdoptPack, DataKey, Enrol, Found, NewKey};
use crate::domain::decide::{Ctx, Decision, decide};
use crate::domain::delegation;
use crate::domain::fact::Fact;
use crate::domain::ids::{CaseId, OfficerNo};
use crate::domain::memory::Memory;
use crate::domain::office::{Office, Officer, Role};
use crate::domain::pack::{CY_2021_15, Pack};
use crate::domain::period::Period;
use crate::domain::private::Private;
use crate::domain::refusal::Refusal;
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};

/// What was signed: by whom, with which key, having seen what.
#[derive(Clone)]
struct Signed {
    officer: OfficerNo,
    key: String,
    seen: u64,
    commands: Vec<(Command, Private)>,
}

/// An office in memory.
pub struct MemoryStage {
    memory: Memory,
    n: u64,
    now: Stamp,
    off: BTreeMap<OfficerNo, i64>,
    /// The last key an officer had: with a revoked one he still signs.
    keys: BTreeMap<OfficerNo, String>,
    made: u64,
    signed: Vec<Signed>,
}

impl MemoryStage {
    /// Founds the office of [`CAST`].
    ///
    /// # Errors
    /// What the rules refuse, which would be a fault of this program.
    pub fn found(now: Stamp) -> Result<MemoryStage, String> {
        let mut stage = MemoryStage {
            memory: Memory::new(),
            n: 0,
            now,
            off: BTreeMap::new(),
            keys: BTreeMap::new(),
            made: 0,
            signed: Vec::new(),
        };
        let [founder, others @ ..] = &CAST;
        let founder_no = founder.officer();
        let (key, seed) = (stage.key(), stage.key());
        let key_id = key.id();
        let mut setup = vec![
            (
                Command::Found(Found {
                    division: COUNTY.to_owned(),
                    founder: founder_no.clone(),
                    founder_key: key.sign.clone(),
                    key,
                    recovery: Some(seed),
                    practice: true,
                }),
                named(&founder_no, founder.name),
            ),
            (Command::AdoptPack(AdoptPack { toml: CY_2021_15.to_owned() }), Private::default()),
        ];
        let to = key_id.map(|id| (id, "00".to_owned())).into_iter().collect();
        let data = DataKey { year: now.day().year(), generation: 0, sealed: to };
        setup.push((Command::DataKey(data), Private::default()));
        for cast in others {
            let officer = cast.officer();
            let private = named(&officer, cast.name);
            let key = stage.key();
            let roles = BTreeSet::from([cast.role]);
            setup.push((
                Command::Enrol(Enrol {
                    officer,
                    office: cast.office,
                    roles,
                    limit: None,
                    key,
                    proposal: None,
                }),
                private,
            ));
        }
        for command in setup {
            stage
                .act(&founder_no, vec![command])
                .map_err(|stopped| format!("办公室没有建成：{stopped:?}"))?;
        }
        Ok(stage)
    }

    fn key(&mut self) -> NewKey {
        self.made += 1;
        let half = |what: &str| hex::encode(Sha256::digest(format!("{what} {}", self.made)));
        NewKey { sign: half("sign"), seal: half("seal"), wrap: String::new() }
    }

    fn act(&mut self, officer: &OfficerNo, commands: Vec<(Command, Private)>) -> Result<Done, Stopped> {
        let ticket = self.sign(officer, commands)?;
        self.send(ticket)
    }

    /// The author as the rules see him; before the county is founded, its founder.
    fn author(&self, no: &OfficerNo) -> Result<Officer, Stopped> {
        match (self.memory.officer(no), self.memory.county()) {
            (Some(officer), _) => Ok(officer),
            (None, None) => Ok(Officer {
                no: no.clone(),
                name: String::new(),
                office: Office::County,
                roles: BTreeSet::from([Role::Administrator]),
                key: None,
                since: self.now,
                limit: None,
                ended: false,
            }),
            (None, Some(_)) => Err(Stopped::Fault(format!("没有操作员{no}"))),
        }
    }

    fn pack(&self) -> Result<Pack, Stopped> {
        match self.memory.pack_now() {
            Some(pack) => Ok(pack),
            None => Pack::read(CY_2021_15).map_err(Stopped::Fault),
        }
    }

    fn decide(
        &self,
        author: &Officer,
        signed: &Signed,
        (command, private): (&Command, Option<&Private>),
    ) -> Result<Result<Decision, Vec<Refusal>>, Stopped> {
        let pack = self.pack()?;
        let off = self.off.get(&signed.officer).copied().unwrap_or_default();
        let cx = Ctx {
            answers: &self.memory,
            author: &delegation::acting(&self.memory, author.clone(), self.now.day(), command),
            key: &signed.key,
            now: self.now,
            desk_now: self.now.plus_minutes(off),
            seen: signed.seen,
            pack: &pack,
            private,
        };
        Ok(decide(&cx, command))
    }

    /// Decides and applies one after the other, as `author`; a refusal undoes all of them.
    fn group(&mut self, author: Option<Officer>, signed: &Signed) -> Result<Done, Stopped> {
        let before = (self.memory.clone(), self.n);
        let mut done = Done::default();
        for (command, private) in &signed.commands {
            let as_whom = match &author {
                Some(author) => author.clone(),
                None => self.author(&signed.officer)?,
            };
            let honest = match &author {
                Some(_) => self.decide(&self.author(&signed.officer)?, signed, (command, None))?,
                None => Ok(Decision::default()),
            };
            match self.decide(&as_whom, signed, (command, Some(private)))? {
                Ok(decision) => {
                    self.n += 1;
                    self.memory.apply(self.n, &signed.officer, self.now, &decision.facts, Some(private));
                    self.mark(&honest, &decision);
                    done.facts.extend(decision.facts);
                    done.notes.extend(decision.notes);
                }
                Err(refusals) => {
                    (self.memory, self.n) = before;
                    return Err(Stopped::Refused(refusals));
                }
            }
        }
        Ok(done)
    }

    /// What a check on another desk does when the rules would have refused.
    fn mark(&mut self, honest: &Result<Decision, Vec<Refusal>>, written: &Decision) {
        if honest.is_ok() {
            return;
        }
        let mut cases: BTreeSet<CaseId> = written.facts.iter().filter_map(Fact::case).collect();
        let batches: BTreeSet<_> = written.facts.iter().filter_map(Fact::batch).collect();
        for batch in batches.into_iter().filter_map(|batch| self.memory.batch(batch)) {
            cases.extend(batch.lines.iter().map(|line| line.case));
        }
        for case in cases {
            self.memory.mark(case, true);
        }
    }
}

fn named(officer: &OfficerNo, name: &str) -> Private {
    let mut private = Private::default();
    private.officers.insert(officer.clone(), name.to_owned());
    private
}

impl Stage for MemoryStage {
    fn set_clock(&mut self, now: Stamp) {
        self.now = self.now.max(now);
    }

    fn set_desk_off(&mut self, officer: &OfficerNo, minutes: i64) {
        self.off.insert(officer.clone(), minutes);
    }

    fn answers(&self) -> &dyn Answers {
        &self.memory
    }

    fn sign(&mut self, officer: &OfficerNo, commands: Vec<(Command, Private)>) -> Result<Ticket, Stopped> {
        let living = self.memory.officer(officer).and_then(|officer| officer.key);
        let key = match living {
            Some(key) => {
                self.keys.insert(officer.clone(), key.clone());
                key
            }
            None => self.keys.get(officer).cloned().unwrap_or_default(),
        };
        self.signed.push(Signed { officer: officer.clone(), key, seen: self.n, commands });
        Ok(Ticket(self.signed.len() - 1))
    }

    fn send(&mut self, ticket: Ticket) -> Result<Done, Stopped> {
        let signed = self.signed.get(ticket.0).cloned();
        let signed = signed.ok_or_else(|| Stopped::Fault("没有这张指令单".to_owned()))?;
        self.group(None, &signed)
    }

    fn fresh_key(&mut self, _: &OfficerNo) -> Result<NewKey, Stopped> {
        Ok(self.key())
    }

    fn sealed_data_key(
        &mut self,
        period: Period,
        to: &[NewKey],
    ) -> Result<BTreeMap<String, String>, Stopped> {
        let mut sealed = BTreeMap::new();
        for key in to {
            let id = key.id().ok_or_else(|| Stopped::Fault("公钥不成形".to_owned()))?;
            let digest = Sha256::digest(format!("data key {period} {id}"));
            sealed.insert(id, hex::encode(digest));
        }
        Ok(sealed)
    }

    fn forge(&mut self, officer: &OfficerNo, commands: Vec<(Command, Private)>) -> Result<Done, Stopped> {
        let mut author = self.author(officer)?;
        author.roles = Role::ALL.into_iter().collect();
        let ticket = self.sign(officer, commands)?;
        let signed = self.signed.get(ticket.0).cloned();
        let signed = signed.ok_or_else(|| Stopped::Fault("没有这张指令单".to_owned()))?;
        self.group(Some(author), &signed)
    }
}
