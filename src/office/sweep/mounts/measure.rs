//! What a look, a pull and a commit cost over the two mounts, at desks of their own that do nothing else.

use super::meter::{Meter, Reading};
use super::{Report, ground};
use crate::base::day::Stamp;
use crate::domain::ids::OfficerNo;
use crate::ledger::CountyId;
use crate::office::desk::Desk;
use crate::office::outcome::Outcome;
use crate::office::session::Session;
use crate::office::sweep::acts;
use crate::office::{order, place, setup};
use crate::store::fault::Fault;
use std::path::Path;
use std::sync::Arc;

/// How often a look with nothing new is measured.
const LOOKS: usize = 100;
/// How often a pull or a commit is.
const WRITES: usize = 40;

/// A desk with somebody signed in.
struct Seat {
    desk: Desk,
    session: Arc<Session>,
    county: CountyId,
}

impl Seat {
    fn open(root: &Path, no: u8) -> Result<Seat, Fault> {
        let county = ground::county_of(root)?;
        let share = ground::share_of(root, no)?;
        let mut desk = place::open_desk(&ground::folder_of(root, no), &share, county)?.desk;
        desk.pull()?;
        let officer: OfficerNo = acts::HANDLER.into();
        let mut session = setup::session_of(&officer, ground::keys_of(root, &officer)?);
        session.learn(county, desk.keys());
        let session = Arc::new(session);
        desk.sign_in(session.clone())?;
        Ok(Seat { desk, session, county })
    }

    fn look(&mut self, new: u64) -> Result<(), Fault> {
        let pulled = self.desk.look()?;
        if pulled.new == new {
            Ok(())
        } else {
            Err(Fault::bug(format!("应有 {new} 条新记录，实有 {}", pulled.new)))
        }
    }

    /// Writes one small order: a lead.
    fn commit(&mut self) -> Result<(), Fault> {
        let (command, private) = acts::lead(Stamp(chrono::Utc::now().timestamp_millis()))?;
        let signed = order::sign(&self.session, self.county, self.desk.head_n()?, &command, private)?;
        match self.desk.carry(&[vec![signed]]).pop() {
            Some(Outcome::Done(_)) => Ok(()),
            Some(Outcome::Waiting(fault) | Outcome::Unknown(fault)) => Err(fault),
            Some(Outcome::Refused(_)) | None => Err(Fault::bug("计量用的线索没有写成")),
        }
    }
}

/// Measures. A drive that fails here leaves the figures out, and that does not pass.
///
/// # Errors
/// The machine's.
pub(super) fn run(root: &Path, meter: &Meter, report: &mut Report) -> Result<(), Fault> {
    let mut lines = Vec::new();
    let measured = all(root, meter, &mut lines);
    report.lines.append(&mut lines);
    report.hold(measured.is_ok(), || {
        format!("计量中断：{}", measured.err().map(|fault| fault.to_string()).unwrap_or_default())
    });
    Ok(())
}

fn all(root: &Path, meter: &Meter, lines: &mut Vec<String>) -> Result<(), Fault> {
    let mut one = Seat::open(root, 7)?;
    let mut two = Seat::open(root, 8)?;
    let mut say = |what: &str, reading: Reading| lines.push(format!("{what}：{reading}"));
    one.desk.look()?;
    one.look(0)?;
    say("探询，没有新的", meter.run(LOOKS, &mut || one.look(0))?);
    let pull = meter.run_between(WRITES, &mut || two.commit(), &mut || one.look(1))?;
    say("取一条新的", pull);
    say("写一条，上一条也是本机写的", meter.run(WRITES, &mut || two.commit())?);
    one.desk.look()?;
    let after = meter.run_between(WRITES, &mut || one.commit(), &mut || two.commit())?;
    say("写一条，上一条是别台写的", after);
    Ok(())
}
