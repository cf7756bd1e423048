//! The child of the layer of calls: a desk that carries one group of orders to the share and ends, on one thread, so that
//! its system calls can be counted. It says what it was told before it is killed at one of them.

use crate::base::day::Stamp;
use crate::domain::ids::OfficerNo;
use crate::ledger::Cid;
use crate::office::outcome::Outcome;
use crate::office::session::Session;
use crate::office::sweep::acts::{self, HANDLER};
use crate::office::sweep::ground::{county_of, folder_of, keys_of, share_of};
use crate::office::sweep::station::say;
use crate::office::{order, place, setup};
use crate::store::desk::OutState;
use crate::store::fault::Fault;
use std::path::PathBuf;
use std::sync::Arc;

/// Which desk, where.
pub struct Commit {
    /// The folder.
    pub root: PathBuf,
    /// Which desk.
    pub no: u8,
    /// Says that it is done before it is: the layer has to find that out.
    pub lie: bool,
}

/// Gets ready, waits for a line on standard input, commits.
///
/// # Errors
/// Anything that stops it.
pub fn run(commit: &Commit) -> Result<(), Fault> {
    let county = county_of(&commit.root)?;
    let folder = folder_of(&commit.root, commit.no);
    let mut opened = place::open_desk(&folder, &share_of(&commit.root, commit.no)?, county)?;
    opened.desk.pull()?;
    let officer: OfficerNo = HANDLER.into();
    let mut session: Session = setup::session_of(&officer, keys_of(&commit.root, &officer)?);
    session.learn(county, opened.desk.keys());
    let session = Arc::new(session);
    opened.desk.sign_in(session.clone())?;
    let now = Stamp(chrono::Utc::now().timestamp_millis());
    let drafts = vec![acts::person()?.1, acts::lead(now)?];
    let seen = opened.desk.head_n()?;
    let signed: Vec<_> = drafts
        .into_iter()
        .map(|(command, private)| order::sign(&session, county, seen, &command, private))
        .collect::<Result<_, _>>()?;
    let cids = signed.iter().map(|signed| signed.order.cid).collect::<Vec<Cid>>();
    let words = cids.iter().map(Cid::to_string).collect::<Vec<_>>().join(" ");
    say("ready")?;
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|error| Fault::of_io("总检输入", error))?;
    say(&format!("giving {words}"))?;
    opened.keeper.put(now.0.unsigned_abs(), &signed, now.0, None)?;
    say(&format!("given {words}"))?;
    if commit.lie {
        say(&format!("done {words}"))?;
        opened.keeper.let_go(&signed)?;
    }
    match opened.desk.carry(std::slice::from_ref(&signed)).pop() {
        Some(Outcome::Done(_)) => {
            opened.keeper.let_go(&signed)?;
            say(&format!("done {words}"))
        }
        Some(Outcome::Refused(_)) => {
            opened.keeper.set_state(&signed, &OutState::Refused(String::new()))?;
            say(&format!("refused {words}"))
        }
        Some(Outcome::Unknown(fault)) => {
            opened.keeper.set_state(&signed, &OutState::Unknown)?;
            say(&format!("unknown {}", fault.what))
        }
        Some(Outcome::Waiting(fault)) => say(&format!("waiting {}", fault.what)),
        None => Err(Fault::bug("没有结果")),
    }
}
