//! One desk of the layer of kills: a process of its own that works like an officer, through front, keeper and worker, and
//! says on standard output what it was told to be durable, so that whoever kills it can hold it to that.

use super::acts;
use super::rng::Rng;
use crate::base::day::Stamp;
use crate::domain::fund::Till;
use crate::domain::ids::OfficerNo;
use crate::ledger::wrap::Keys;
use crate::ledger::{Cid, CountyId, Hash};
use crate::office::compose::Draft;
use crate::office::front::drafts::Keep;
use crate::office::front::{Front, Parts};
use crate::office::outcome::Outcome;
use crate::office::place;
use crate::office::session::Session;
use crate::office::setup;
use crate::office::worker::{News, Worker};
use crate::store::fault::{Fault, FaultKind};
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// How long a desk waits for an answer that must come, longer than a dead turn stands.
const PATIENCE: Duration = Duration::from_secs(120);

/// Which desk, where.
pub struct Station {
    /// The folder of the whole sweep.
    pub root: PathBuf,
    /// Which desk.
    pub no: u8,
    /// Its choices.
    pub seed: u64,
    /// Only carry what waits, then end.
    pub drain: bool,
}

/// The shared folder of a sweep.
pub(super) fn share_of(root: &Path) -> PathBuf {
    root.join("share")
}

/// A desk's own folder.
pub(super) fn folder_of(root: &Path, no: u8) -> PathBuf {
    root.join(format!("desk{no}"))
}

/// The keys that the officers of a sweep sign with, handed over in a file: `number signing opening` on each line.
pub(super) fn keys_path(root: &Path) -> PathBuf {
    root.join("keys")
}

/// The keys of an officer out of the file.
pub(super) fn keys_of(root: &Path, officer: &OfficerNo) -> Result<Keys, Fault> {
    let text = std::fs::read_to_string(keys_path(root)).map_err(|e| Fault::of_io("读取总检密钥", e))?;
    let bad = || Fault::bug("总检密钥文件不成形");
    let line = text.lines().find_map(|line| line.strip_prefix(&format!("{officer} "))).ok_or_else(bad)?;
    let (signing, opening) = line.split_once(' ').ok_or_else(bad)?;
    let (mut sign, mut open) = ([0u8; 32], [0u8; 32]);
    hex::decode_to_slice(signing, &mut sign).map_err(|_| bad())?;
    hex::decode_to_slice(opening, &mut open).map_err(|_| bad())?;
    Ok(Keys::from_seeds(&sign, &open))
}

/// The county of a sweep, out of the same file: a desk has it from its settings, not from the share.
pub(super) fn county_of(root: &Path) -> Result<CountyId, Fault> {
    let text = std::fs::read_to_string(keys_path(root)).map_err(|e| Fault::of_io("读取总检密钥", e))?;
    let line = text.lines().find_map(|line| line.strip_prefix("county "));
    line.and_then(CountyId::from_hex).ok_or_else(|| Fault::bug("总检密钥文件不成形"))
}

/// Says a line at once: what was said before a kill counts.
fn say(line: &str) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| Fault::of_io("总检输出", error))
}

/// Works until it is killed, or until nothing waits if it only drains.
///
/// # Errors
/// Anything that stops it from working.
pub fn run(station: &Station) -> Result<(), Fault> {
    end_with_parent()?;
    let mut desk = Working::open(station)?;
    desk.show_drafts()?;
    say("ready")?;
    if station.drain {
        return desk.drain();
    }
    loop {
        match desk.rng.below(3) {
            0 => desk.write_draft()?,
            _ => desk.give_some()?,
        }
    }
}

/// Whoever started it holds the other end of its standard input: it never outlives him.
fn end_with_parent() -> Result<(), Fault> {
    let watch = || {
        let mut byte = [0u8; 1];
        while std::io::stdin().read(&mut byte).is_ok_and(|got| got > 0) {}
        std::process::exit(9);
    };
    let thread = std::thread::Builder::new().name("parent".into()).spawn(watch);
    thread.map(drop).map_err(|error| Fault::of_io("启动后台线程", error))
}

/// A desk at work.
struct Working {
    front: Front,
    news: Receiver<News>,
    officer: OfficerNo,
    approver: OfficerNo,
    rng: Rng,
    /// Groups that wait, with their orders.
    groups: BTreeMap<u64, Vec<Cid>>,
}

impl Working {
    fn open(station: &Station) -> Result<Working, Fault> {
        let mut rng = Rng::new(station.seed);
        let (share, folder) = (share_of(&station.root), folder_of(&station.root, station.no));
        let county = county_of(&station.root)?;
        let mut opened = place::open_desk(&folder, &share, county)?;
        opened.desk.pull()?;
        // Officers take turns at a desk: what one left in the outbox another carries.
        let officer: OfficerNo = match (rng.below(3), station.no) {
            (0, 1) => "9001".into(),
            (0, _) => "9002".into(),
            (_, 1) => "1021".into(),
            _ => "1023".into(),
        };
        let mut session: Session = setup::session_of(&officer, keys_of(&station.root, &officer)?);
        session.learn(county, opened.desk.keys());
        let groups = opened.keeper.waiting()?;
        let groups = groups
            .into_iter()
            .map(|group| (group.number, group.orders.iter().map(|signed| signed.order.cid).collect()))
            .collect();
        let keys = Arc::new(opened.desk.keys().clone());
        let (to, news) = channel();
        // Whoever no longer listens has ended.
        let worker =
            Worker::start(opened.desk, opened.keeper.clone(), Box::new(move |item| drop(to.send(item))))?;
        let clock = Arc::new(|| Stamp(chrono::Utc::now().timestamp_millis()));
        let front = Front::new(Parts { county, folder, keeper: opened.keeper, worker, keys, clock });
        let mut working = Working { front, news, officer, approver: "1022".into(), rng, groups };
        working.front.signed_in(session);
        working.wait(|item| matches!(item, News::Ready))?;
        working.front.open_reader()?;
        Ok(working)
    }

    /// Takes news until one is what is waited for.
    fn wait(&mut self, wanted: impl Fn(&News) -> bool) -> Result<(), Fault> {
        let until = Instant::now() + PATIENCE;
        loop {
            match self.news.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(item) => {
                    let found = wanted(&item);
                    self.hear(item)?;
                    if found {
                        return Ok(());
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => {
                    return Err(Fault::busy("总检等不到回音"));
                }
            }
        }
    }

    fn hear(&mut self, item: News) -> Result<(), Fault> {
        match item {
            News::Settled { group, outcome, waited } => {
                if matches!(outcome, Outcome::Refused(_)) && !waited {
                    self.front.take_back(group, None)?;
                }
                let cids = self.groups.get(&group).map(|cids| words(cids)).unwrap_or_default();
                let word = match outcome {
                    Outcome::Done(_) => "done",
                    Outcome::Refused(_) => "refused",
                    Outcome::Waiting(_) | Outcome::Unknown(_) => return Ok(()),
                };
                self.groups.remove(&group);
                say(&format!("{word} {cids}"))
            }
            News::Keys(keys) => {
                self.front.learn_keys(keys);
                Ok(())
            }
            News::Trouble(fault) => Err(fault),
            News::Drive(..) | News::Pulled(_) | News::Ready | News::Backup(_) => Ok(()),
        }
    }

    /// Says which drafts are there, as this process found them.
    fn show_drafts(&self) -> Result<(), Fault> {
        for draft in self.front.drafts()? {
            let print = fingerprint(&draft.answers.to_string());
            say(&format!("found {} {} {} {print}", self.officer, draft.id, draft.field))?;
        }
        say(&format!("all-found {}", self.officer))
    }

    /// Fills a form in field by field, each kept; then perhaps lets it go.
    fn write_draft(&mut self) -> Result<(), Fault> {
        let mut id = 0;
        let mut answers = serde_json::Map::new();
        for at in 0..self.rng.between(2, 5) {
            let field = format!("field{at}");
            answers.insert(field.clone(), format!("第{}个字", self.rng.below(1_000_000)).into());
            let text = serde_json::Value::Object(answers.clone()).to_string();
            let print = fingerprint(&text);
            say(&format!("keeping {} {id} {field} {print}", self.officer))?;
            let keep =
                Keep { id, form: "emergency", title: "急难登记".to_owned(), text, field: field.clone() };
            id = self.front.keep(&keep)?;
            say(&format!("kept {} {id} {field} {print}", self.officer))?;
        }
        if self.rng.below(3) > 0 {
            say(&format!("dropping {} {id}", self.officer))?;
            self.front.drop_draft(id)?;
            say(&format!("dropped {} {id}", self.officer))?;
        }
        Ok(())
    }

    /// Gives one to three groups and waits until each has its answer.
    fn give_some(&mut self) -> Result<(), Fault> {
        for _ in 0..self.rng.between(1, 3) {
            let (sure, drafts) = self.drafts()?;
            let signed = self.front.sign(drafts)?;
            let cids: Vec<Cid> = signed.iter().map(|signed| signed.order.cid).collect();
            let line = format!("{} {}", if sure { "sure" } else { "open" }, words(&cids));
            say(&format!("giving {line}"))?;
            let group = self.front.put(&signed, 0)?;
            self.groups.insert(group, cids);
            say(&format!("given {line}"))?;
        }
        let until = Instant::now() + PATIENCE;
        while !self.groups.is_empty() && Instant::now() < until {
            match self.news.recv_timeout(Duration::from_secs(5)) {
                Ok(item) => self.hear(item)?,
                Err(RecvTimeoutError::Timeout) => self.front.look(),
                Err(RecvTimeoutError::Disconnected) => return Err(Fault::bug("后台已停")),
            }
        }
        if self.groups.is_empty() { Ok(()) } else { Err(Fault::busy("总检等不到回音")) }
    }

    /// A group, and whether the rules are sure to let it through also while the drive is away.
    fn drafts(&mut self) -> Result<(bool, Vec<Draft>), Fault> {
        let now = self.front.now();
        let finance = self.officer.0.starts_with('9');
        Ok(match (finance, self.rng.below(5)) {
            (true, 0..=2) => {
                let fen = i64::try_from(self.rng.between(1, 200_000)).unwrap_or(1);
                (false, vec![acts::allot(fen, Till::Bank)])
            }
            (true, _) => (false, vec![acts::allot(50_000, Till::Bank), acts::withdraw_cash(30_000)]),
            (false, 0) => (true, vec![acts::person()?.1]),
            (false, 1) => (true, vec![acts::person()?.1, acts::person()?.1, acts::lead(now)?]),
            (false, 2) => (true, vec![acts::lead(now)?]),
            (false, 3) => {
                let mut opened = acts::case(now.day(), 20_000)?;
                opened.drafts.push(acts::submit(opened.case));
                (false, opened.drafts)
            }
            (false, _) => {
                let mut opened = acts::case(now.day(), 20_000)?;
                opened.drafts.push(acts::direct(opened.case, opened.lines.clone(), &self.approver, now));
                (false, opened.drafts)
            }
        })
    }

    /// Carries what waits from before, and ends.
    fn drain(&mut self) -> Result<(), Fault> {
        let until = Instant::now() + PATIENCE;
        while !self.front.keeper().waiting()?.is_empty() {
            if Instant::now() > until {
                return Err(Fault::new(FaultKind::Busy, "待发的指令送不出去", "总检不通过"));
            }
            match self.news.recv_timeout(Duration::from_millis(200)) {
                Ok(item) => self.hear(item)?,
                Err(RecvTimeoutError::Timeout) => self.front.look(),
                Err(RecvTimeoutError::Disconnected) => return Err(Fault::bug("后台已停")),
            }
        }
        while let Ok(item) = self.news.recv_timeout(Duration::from_millis(100)) {
            self.hear(item)?;
        }
        say("drained")
    }
}

fn words(cids: &[Cid]) -> String {
    cids.iter().map(Cid::to_string).collect::<Vec<_>>().join(" ")
}

/// What tells two texts apart.
pub(super) fn fingerprint(text: &str) -> String {
    let whole = Hash::of(&[text.as_bytes()]).to_string();
    whole.chars().take(16).collect()
}
