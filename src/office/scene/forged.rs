//! A desk whose program was changed (改过的程序): it holds its officer for one with every power, signs with his real key and
//! writes sound entries to the real log. Other desks must take the facts and mark the case; that is what stories show
//! with it.

use super::stage::{Done, Stopped};
use crate::domain::answers::Answers;
use crate::domain::decide::{Ctx, Decision, decide};
use crate::domain::ids::OfficerNo;
use crate::domain::office::Role;
use crate::ledger::body::FORMAT;
use crate::ledger::{Body, Carrier, DeskId, Row, Suite, chain};
use crate::office::order::Signed;
use crate::office::random;
use crate::office::scratch::{self, Scratch};
use crate::store::fault::Fault;
use crate::store::log::{Log, Turn, Written};
use crate::store::replica::Reader;
use std::time::Duration;

const DEADLINE: Duration = Duration::from_secs(20);

fn fault(fault: Fault) -> Stopped {
    Stopped::Fault(format!("{}，{}", fault.what, fault.next))
}

/// Decides as an officer with every role and writes what comes out.
///
/// # Errors
/// The refusals that stand even then; a failure of the engine; a command with something private in it, which this desk
/// does not seal.
pub fn write(
    scratch: &mut Scratch,
    state: &Reader,
    officer: &OfficerNo,
    group: Vec<Signed>,
) -> Result<Done, Stopped> {
    let mut done = Done::default();
    for signed in group {
        if !signed.private.is_empty() {
            return Err(Stopped::Fault("forged 的一行不能有文字内容（原因、批注）".to_owned()));
        }
        let decision = decided(scratch, state, officer, &signed)?;
        put(scratch, officer, &signed, &decision)?;
        done.facts.extend(decision.facts);
        done.notes.extend(decision.notes);
    }
    Ok(done)
}

fn decided(
    scratch: &Scratch,
    state: &Reader,
    officer: &OfficerNo,
    signed: &Signed,
) -> Result<Decision, Stopped> {
    let command = signed.command().map_err(fault)?;
    let author = state.officer(officer);
    let mut author = author.ok_or_else(|| Stopped::Fault(format!("没有操作员{officer}")))?;
    author.roles = Role::ALL.into_iter().collect();
    let pack = state.pack_now().ok_or_else(|| Stopped::Fault("没有政策包".to_owned()))?;
    let cx = Ctx {
        answers: state,
        author: &author,
        key: &signed.order.key.to_string(),
        now: scratch.now(),
        desk_now: scratch.now(),
        seen: signed.order.seen,
        pack: &pack,
        private: Some(&signed.private),
    };
    decide(&cx, &command).map_err(Stopped::Refused)
}

fn put(
    scratch: &mut Scratch,
    officer: &OfficerNo,
    signed: &Signed,
    decision: &Decision,
) -> Result<(), Stopped> {
    let bug = |error: String| Stopped::Fault(error);
    let session = scratch.session(officer).map_err(fault)?;
    let county = scratch.desk().county();
    let desk = DeskId(random::bytes().map_err(fault)?);
    let own = scratch.desk_folder().join("changed");
    std::fs::create_dir_all(&own).map_err(|error| bug(error.to_string()))?;
    let mut log = scratch::reach(&scratch.share_folder(), &own, county, desk, scratch.hands());
    let head = log.head().map_err(fault)?;
    let facts = decision.facts.iter().map(serde_json::to_value).collect::<Result<Vec<_>, _>>();
    let facts = facts.map_err(|error| bug(error.to_string()))?;
    let mut trouble = None;
    let mut build = |turn: &Turn, _: &[Row]| -> Vec<Row> {
        let body = Body {
            suite: Suite::One,
            format: FORMAT,
            county,
            n: head.n + 1,
            prev: head.hash,
            turn: turn.no(),
            share_ms: turn.share_ms,
            desk_ms: turn.share_ms,
            desk,
            desk_seq: 1,
            program: "changed".to_owned(),
            pack: String::new(),
            command: signed.order.clone(),
            order_sig: signed.sig,
            facts: facts.clone(),
            carrier: Carrier { officer: officer.0.clone(), key: session.signing.id() },
            sealed: None,
        };
        match chain::make(body, None, &session.signing) {
            Ok(row) => vec![row],
            Err(broken) => {
                trouble = Some(broken.to_string());
                Vec::new()
            }
        }
    };
    let written = log.write(&head, DEADLINE, &mut build);
    match (written, trouble) {
        (_, Some(why)) => Err(bug(why)),
        (Written::Done(_), None) => Ok(()),
        (Written::NotDone(why) | Written::Unknown(why), None) => Err(fault(why)),
    }
}
