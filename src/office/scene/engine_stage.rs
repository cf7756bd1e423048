//! The stage on the real engine: a scratch office with a real log, real keys and real turns, and the replica as what
//! answers. What a story shows here is what every desk of a county does.

use super::cast::CAST;
use super::forged;
use super::stage::{Done, Stage, Stopped, Ticket};
use crate::base::stamp::Stamp;
use crate::domain::answers::Answers;
use crate::domain::command::Command;
use crate::domain::command::kernel::NewKey;
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::period::Period;
use crate::domain::private::Private;
use crate::ledger::seal::DataKey;
use crate::ledger::wrap::Keys;
use crate::office::order::Signed;
use crate::office::outcome::{Outcome, Receipt};
use crate::office::random;
use crate::office::scratch::Scratch;
use crate::office::setup::{self, NewOfficer};
use crate::store::fault::Fault;
use crate::store::replica::Reader;
use std::collections::{BTreeMap, BTreeSet};

/// An office on the real engine.
pub struct EngineStage {
    scratch: Scratch,
    reader: Reader,
    off: BTreeMap<OfficerNo, i64>,
    /// Keys made at a desk and not yet in the log, by their public half.
    made: BTreeMap<String, Keys>,
    signed: Vec<Option<(OfficerNo, Vec<Signed>)>>,
}

impl EngineStage {
    /// Founds the office of [`CAST`] in a folder of its own, which goes with it.
    ///
    /// # Errors
    /// The machine's.
    pub fn found(now: Stamp) -> Result<EngineStage, String> {
        let officers: Vec<NewOfficer> = CAST
            .iter()
            .map(|cast| NewOfficer {
                no: cast.officer(),
                name: cast.name.to_owned(),
                office: cast.office,
                roles: BTreeSet::from([cast.role]),
            })
            .collect();
        let scratch = Scratch::found(&officers, now, false).map_err(|fault| told(&fault))?;
        let reader = scratch.desk().replica().reader().map_err(|fault| fault.to_string())?;
        Ok(EngineStage { scratch, reader, off: BTreeMap::new(), made: BTreeMap::new(), signed: Vec::new() })
    }

    /// New keys sign from here on, and new data keys are opened.
    fn learn(&mut self, facts: &[Fact]) {
        for fact in facts {
            let given = match fact {
                Fact::KeyGiven { officer, key, .. } => Some((officer.clone(), key.clone())),
                Fact::GrantSeconded { proposal } => self
                    .reader
                    .proposal(*proposal)
                    .and_then(|known| Some((known.grant.officer().clone(), known.grant.key()?.clone()))),
                _ => None,
            };
            if let Some((officer, key)) = given
                && let Some(keys) = self.made.remove(&key.sign)
            {
                self.scratch.keep(&officer, keys);
            }
        }
        if facts.iter().any(|fact| matches!(fact, Fact::DataKeySealed { .. })) {
            self.scratch.learn();
        }
    }

    fn done(&mut self, receipts: Vec<Receipt>) -> Done {
        let mut done = Done::default();
        for receipt in receipts {
            done.facts.extend(receipt.facts);
            done.notes.extend(receipt.notes);
        }
        self.learn(&done.facts);
        done
    }
}

fn told(fault: &Fault) -> String {
    format!("{}，{}", fault.what, fault.next)
}

fn stopped(fault: Fault) -> Stopped {
    Stopped::Fault(told(&fault))
}

fn acts(officer: &OfficerNo, commands: Vec<(Command, Private)>) -> Vec<(OfficerNo, Command, Private)> {
    commands.into_iter().map(|(command, private)| (officer.clone(), command, private)).collect()
}

impl Stage for EngineStage {
    fn set_clock(&mut self, now: Stamp) {
        self.scratch.at(now);
    }

    fn set_desk_off(&mut self, officer: &OfficerNo, minutes: i64) {
        self.off.insert(officer.clone(), minutes);
    }

    fn answers(&self) -> &dyn Answers {
        &self.reader
    }

    fn sign(&mut self, officer: &OfficerNo, commands: Vec<(Command, Private)>) -> Result<Ticket, Stopped> {
        let signed = self.scratch.sign(acts(officer, commands)).map_err(stopped)?;
        self.signed.push(Some((officer.clone(), signed)));
        Ok(Ticket(self.signed.len() - 1))
    }

    fn send(&mut self, ticket: Ticket) -> Result<Done, Stopped> {
        let taken = self.signed.get_mut(ticket.0).and_then(Option::take);
        let (officer, group) = taken.ok_or_else(|| Stopped::Fault("没有这张指令单".to_owned()))?;
        self.scratch.desk_off_by(self.off.get(&officer).copied().unwrap_or_default());
        match self.scratch.carry(&officer, group).map_err(stopped)? {
            Outcome::Done(receipts) => Ok(self.done(receipts)),
            Outcome::Refused(refusals) => Err(Stopped::Refused(refusals)),
            Outcome::Waiting(fault) | Outcome::Unknown(fault) => Err(stopped(fault)),
        }
    }

    fn fresh_key(&mut self, _: &OfficerNo) -> Result<NewKey, Stopped> {
        let made = setup::make_key(self.scratch.desk().county(), None).map_err(stopped)?;
        self.made.insert(made.public.sign.clone(), made.keys);
        Ok(made.public)
    }

    fn sealed_data_key(
        &mut self,
        period: Period,
        to: &[NewKey],
    ) -> Result<BTreeMap<String, String>, Stopped> {
        let [founder, ..] = &CAST;
        let admin = self.scratch.session(&founder.officer()).map_err(stopped)?;
        let keys: Vec<&NewKey> = to.iter().collect();
        let county = self.scratch.desk().county();
        let fresh = DataKey::new(random::bytes().map_err(stopped)?);
        let data = admin.data_of(period).unwrap_or(&fresh);
        setup::seal_to(county, period, data, &keys).map_err(stopped)
    }

    fn forge(&mut self, officer: &OfficerNo, commands: Vec<(Command, Private)>) -> Result<Done, Stopped> {
        let signed = self.scratch.sign(acts(officer, commands)).map_err(stopped)?;
        let done = forged::write(&mut self.scratch, &self.reader, officer, signed)?;
        self.scratch.pull(officer).map_err(stopped)?;
        Ok(done)
    }
}
