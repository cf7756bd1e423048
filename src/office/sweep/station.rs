//! One desk of a crew: a process of its own that works like an officer, through front, keeper and worker, and
//! says on standard output what it was told to be durable, so that whoever kills it can hold it to that.

use super::acts;
use super::ground::{county_of, folder_of, keys_of, share_of};
use super::rng::Rng;
use crate::base::day::Stamp;
use crate::domain::answers::Answers as _;
use crate::domain::fund::Till;
use crate::domain::ids::OfficerNo;
use crate::ledger::{Cid, Hash};
use crate::office::compose::Draft;
use crate::office::desk::Desk;
use crate::office::front::drafts::Keep;
use crate::office::front::{Front, Parts};
use crate::office::outcome::Outcome;
use crate::office::place;
use crate::office::session::Session;
use crate::office::setup;
use crate::office::worker::{Drive, News, Standing, Worker};
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::views::queue::{Filter, List};
use crate::store::share::host::{Host as _, RealHost};
use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

/// The township's approver, who also sits at a desk now and then.
const APPROVER: &str = "1022";

/// How long a desk waits for an answer that must come, longer than a dead turn stands.
const PATIENCE: Duration = Duration::from_secs(120);
/// The same on a drive that may fail for a while.
const LONG_PATIENCE: Duration = Duration::from_secs(900);
/// How often a desk looks again that found no drive when it was opened.
const AGAIN: Duration = Duration::from_millis(500);

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
    /// Work so long, on a drive that may fail meanwhile, then carry what waits and end.
    pub shift: Option<Duration>,
}

/// Says a line at once: what was said before a kill counts.
pub(super) fn say(line: &str) -> Result<(), Fault> {
    let mut out = std::io::stdout().lock();
    out.write_all(format!("{line}\n").as_bytes())
        .and_then(|()| out.flush())
        .map_err(|error| Fault::of_io("总检输出", error))
}

/// Milliseconds since the machine was started: the same clock for all desks of it.
fn moment() -> u64 {
    u64::try_from(RealHost::default().now().as_millis()).unwrap_or(u64::MAX)
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
    let until = station.shift.map(|shift| Instant::now() + shift);
    while !station.drain && until.is_none_or(|until| Instant::now() < until) {
        match desk.rng.below(3) {
            0 => desk.write_draft()?,
            _ => desk.give_some()?,
        }
    }
    desk.drain()
}

/// Whoever started it holds the other end of its standard input: it never outlives him.
pub(super) fn end_with_parent() -> Result<(), Fault> {
    let watch = || {
        let mut byte = [0u8; 1];
        while std::io::stdin().read(&mut byte).is_ok_and(|got| got > 0) {}
        std::process::exit(9);
    };
    let thread = std::thread::Builder::new().name("parent".into()).spawn(watch);
    thread.map(drop).map_err(|error| Fault::of_io("启动后台线程", error))
}

/// Reads what is on the share. Where drives may fail it is tried again for so long; the fault's kind is said each time.
fn first_look(desk: &mut Desk, patience: Option<Duration>) -> Result<(), Fault> {
    let until = patience.map(|patience| Instant::now() + patience);
    loop {
        match desk.pull() {
            Ok(_) => return Ok(()),
            Err(fault) if until.is_some_and(|until| Instant::now() < until) => {
                if let Some(standing) = Standing::of_reading(&fault) {
                    say(&drive_line(&standing))?;
                }
                std::thread::sleep(AGAIN);
            }
            Err(fault) => return Err(fault),
        }
    }
}

/// A desk at work.
struct Working {
    front: Front,
    news: Receiver<News>,
    officer: OfficerNo,
    approver: OfficerNo,
    rng: Rng,
    patience: Duration,
    /// Groups that wait, with their orders.
    groups: BTreeMap<u64, Vec<Cid>>,
}

impl Working {
    fn open(station: &Station) -> Result<Working, Fault> {
        let mut rng = Rng::new(station.seed);
        let (share, folder) = (share_of(&station.root, station.no)?, folder_of(&station.root, station.no));
        let county = county_of(&station.root)?;
        let mut opened = place::open_desk(&folder, &share, county)?;
        let patience = if station.shift.is_some() { LONG_PATIENCE } else { PATIENCE };
        first_look(&mut opened.desk, station.shift.map(|_| patience))?;
        // Officers take turns at a desk: what one left in the outbox another carries.
        let odd = station.no % 2 == 1;
        let officer: OfficerNo = match rng.below(6) {
            0 if odd => "9001",
            0 => "9002",
            1 => APPROVER,
            _ if odd => "1021",
            _ => "1023",
        }
        .into();
        let mut session: Session = setup::session_of(&officer, keys_of(&station.root, &officer)?);
        session.learn(county, opened.desk.keys());
        let groups = opened.keeper.given()?.into_iter().collect();
        let keys = Arc::new(opened.desk.keys().clone());
        let (to, news) = channel();
        // Whoever no longer listens has ended.
        let worker = Worker::start(
            opened.desk,
            opened.keeper.clone(),
            opened.watch,
            Box::new(move |item| drop(to.send(item))),
        )?;
        let clock = Arc::new(|| Stamp(chrono::Utc::now().timestamp_millis()));
        let front = Front::new(Parts { county, folder, keeper: opened.keeper, worker, keys, clock });
        let mut working = Working { front, news, officer, approver: APPROVER.into(), rng, patience, groups };
        working.front.signed_in(session);
        working.wait(|item| matches!(item, News::Ready))?;
        working.front.open_reader()?;
        Ok(working)
    }

    /// Takes news until one is what is waited for.
    fn wait(&mut self, wanted: impl Fn(&News) -> bool) -> Result<(), Fault> {
        let until = Instant::now() + self.patience;
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
                    Outcome::Done(_) => format!("done {}", moment()),
                    Outcome::Refused(_) => "refused".to_owned(),
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
            News::Drive(standing, _) => say(&drive_line(&standing)),
            News::Waits(_)
            | News::Pulled(_)
            | News::Ready
            | News::Requested(_)
            | News::Requests(_)
            | News::Backup(_) => Ok(()),
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
            let start = moment();
            let (sure, drafts) = self.drafts()?;
            let signed = self.front.sign(drafts)?;
            let cids: Vec<Cid> = signed.iter().map(|signed| signed.order.cid).collect();
            let line = format!("{} {}", if sure { "sure" } else { "open" }, words(&cids));
            say(&format!("giving {start} {line}"))?;
            let group = self.front.put(&signed, 0)?;
            self.groups.insert(group, cids);
            say(&format!("given {line}"))?;
        }
        let began = Instant::now();
        let until = Instant::now() + self.patience;
        while !self.groups.is_empty() && Instant::now() < until {
            match self.news.recv_timeout(Duration::from_secs(5)) {
                Ok(item) => self.hear(item)?,
                Err(RecvTimeoutError::Timeout) => self.front.look(),
                Err(RecvTimeoutError::Disconnected) => return Err(Fault::bug("后台已停")),
            }
        }
        if !self.groups.is_empty() {
            return Err(Fault::busy("总检等不到回音"));
        }
        say(&format!("waited {}", began.elapsed().as_millis()))
    }

    /// A group, and whether the rules are sure to let it through also while the drive is away.
    fn drafts(&mut self) -> Result<(bool, Vec<Draft>), Fault> {
        let now = self.front.now();
        if self.officer == self.approver || self.rng.below(4) == 0 {
            // What others move too: where two saw the same, one wins.
            if let Some(draft) = self.moves_a_case()? {
                return Ok((false, vec![draft]));
            }
        }
        if self.officer == self.approver {
            return Ok((true, vec![acts::lead(now)?]));
        }
        let finance = self.officer.0.starts_with('9');
        Ok(match (finance, self.rng.below(5)) {
            (true, 0..=2) => {
                let fen = i64::try_from(self.rng.between(1, 200_000)).unwrap_or(1);
                (false, vec![acts::arrival(fen), acts::allot(fen, Till::Bank)])
            }
            (true, _) => {
                let drafts =
                    vec![acts::arrival(50_000), acts::allot(50_000, Till::Bank), acts::withdraw_cash(30_000)];
                (false, drafts)
            }
            (false, 0) if self.rng.below(2) == 0 => match self.links_on()? {
                Some(draft) => (false, vec![draft]),
                None => (false, acts::two_records()?),
            },
            (false, 0) => (true, vec![acts::person()?.1]),
            (false, 1) => (true, vec![acts::person()?.1, acts::person()?.1, acts::lead(now)?]),
            (false, 2) => (true, vec![acts::lead(now)?]),
            (false, 3) => {
                let mut opened = acts::case(now.day(), 20_000)?;
                // Some are left for others to submit.
                if self.rng.below(2) == 0 {
                    opened.drafts.push(acts::submit(opened.case));
                }
                (false, opened.drafts)
            }
            (false, _) => {
                let mut opened = acts::case(now.day(), 20_000)?;
                opened.drafts.push(acts::direct(opened.case, opened.lines.clone(), &self.approver, now));
                (false, opened.drafts)
            }
        })
    }

    /// Something about one of the cases that wait longest, which other desks see too; none while there is none.
    fn moves_a_case(&mut self) -> Result<Option<Draft>, Fault> {
        let decides = self.officer == self.approver;
        if self.officer.0.starts_with('9') {
            return Ok(None);
        }
        let list = if decides { List::ToApprove } else { List::Open };
        let filter = Filter { list, township: Some(acts::TOWNSHIP), ..Filter::default() };
        let day = self.front.now().day();
        let reader = self.front.reader()?;
        let rows = reader.queue_page(&filter, 0, 3, day)?;
        let Some(case) = rows.get(usize::try_from(self.rng.below(3)).unwrap_or(0)).map(|row| row.case) else {
            return Ok(None);
        };
        let lines = reader.case(case).map(|case| case.asked).unwrap_or_default();
        Ok(Some(match (decides, self.rng.below(6)) {
            (true, 0) => acts::send_back(case),
            (true, 1) => acts::turn_down(case),
            (true, _) => acts::approve(case, lines),
            (false, 0) => acts::withdraw(case),
            (false, _) => acts::submit(case),
        }))
    }

    /// The next word on a link between two records that other desks see too; none while there is none.
    fn links_on(&mut self) -> Result<Option<Draft>, Fault> {
        let day = self.front.now().day();
        let rows = self.front.reader()?.links(day)?;
        let open: Vec<_> = rows.iter().filter(|row| !row.link.state.is_over()).take(3).collect();
        let one = open.get(usize::try_from(self.rng.below(4)).unwrap_or(0));
        Ok(one.map(|row| acts::next_of(&row.link)))
    }

    /// Carries what waits from before, and ends.
    fn drain(&mut self) -> Result<(), Fault> {
        let until = Instant::now() + self.patience;
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

/// The word on the screen, and the sentence where the log is said to be changed.
fn drive_line(standing: &Standing) -> String {
    match standing.drive {
        Drive::Damaged => format!("drive {} {}", standing.drive.zh(), standing.what),
        drive => format!("drive {}", drive.zh()),
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
