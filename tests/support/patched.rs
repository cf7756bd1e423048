//! A patched program (改过的程序) on somebody's PC: with a real officer's key and a real turn it writes what no rule was
//! asked about. It stands in tests alone.

use super::terminal::Failure;
use jiuji::domain::answers::Answers as _;
use jiuji::domain::command::Command;
use jiuji::domain::command::approval::Approve;
use jiuji::domain::fact::Fact;
use jiuji::domain::nouns::Stage;
use jiuji::domain::office::Tier;
use jiuji::domain::private::Private;
use jiuji::ledger::body::FORMAT;
use jiuji::ledger::{Body, Carrier, DeskId, Row, Suite, chain};
use jiuji::office::place::{Place, later_clock};
use jiuji::office::scratch::{self, Hands};
use jiuji::office::{order, practice};
use jiuji::store::fault::Fault;
use jiuji::store::log::{Log as _, Turn, Written};
use jiuji::store::replica::views::queue::{Filter, List};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// A handler of the practice office in `data` approves a case that waits for his township's approver.
pub fn approve(data: &Path, handler: &str) -> Result<(), Failure> {
    written(data, handler).map_err(|fault| Failure(format!("the patched program: {fault}")))
}

fn written(data: &Path, handler: &str) -> Result<(), Fault> {
    let place = Place { data: data.to_owned(), config: data.join("workstation.toml") };
    let now = later_clock(practice::later(&practice::desk_folder(&place)))();
    let mut opened = practice::open(&place, now, false)?;
    let session = opened.sign_in(handler)?;
    let reader = opened.desk.replica().reader()?;
    let township = reader.officer(&session.officer).and_then(|officer| officer.office.township());
    let waiting = Filter { list: List::ToApprove, township, tier: Some(Tier::Township), ..Filter::default() };
    let rows = reader.queue_page(&waiting, 0, 1, now.day())?;
    let case =
        rows.first().and_then(|row| reader.case(row.case)).ok_or_else(|| Fault::bug("no case waits"))?;
    let approve = Command::Approve(Approve {
        case: case.id,
        lines: case.asked.clone(),
        note: None,
        second_grant: None,
        overrides: BTreeSet::new(),
        override_reason: None,
    });
    let fact = Fact::StageSet { case: case.id, stage: Stage::Approved, tier: None, due: None, text: None };
    let facts = vec![serde_json::to_value(fact).map_err(|error| Fault::bug(error.to_string()))?];
    let own = data.join("patched");
    std::fs::create_dir_all(&own).map_err(|error| Fault::of_io("a folder", error))?;
    let (hands, desk) = (Hands::default(), DeskId([0x66; 8]));
    hands.set(now);
    let mut log = scratch::reach(&opened.share, &own, opened.county, desk, hands);
    let head = log.head()?;
    let signed = order::sign(&session, opened.county, head.n, &approve, Private::default())?;
    let mut build = |turn: &Turn, _: &[Row]| {
        let body = Body {
            suite: Suite::One,
            format: FORMAT,
            county: opened.county,
            n: head.n + 1,
            prev: head.hash,
            turn: turn.no(),
            share_ms: turn.share_ms,
            desk_ms: turn.share_ms,
            desk,
            desk_seq: 1,
            program: "patched".to_owned(),
            pack: String::new(),
            command: signed.order.clone(),
            order_sig: signed.sig,
            facts: facts.clone(),
            carrier: Carrier { officer: session.officer.0.clone(), key: session.signing.id() },
            sealed: None,
        };
        chain::make(body, None, &session.signing).into_iter().collect()
    };
    match log.write(&head, Duration::from_secs(20), &mut build) {
        Written::Done(_) => Ok(()),
        Written::NotDone(fault) | Written::Unknown(fault) => Err(fault),
    }
}
