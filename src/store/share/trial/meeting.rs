//! Two PCs meet in a folder (会合). All they have is the share, so they meet by what the share promises: a name is taken once,
//! and a list of a folder tells the truth. A meeting has a number of six digits, which the two persons tell each other.
//!
//! Who takes `role.a` first waits for who takes `role.b`; a third finds both taken. Then each says what it has to say by
//! making a file `<what>.<role>` and waits for the other's by listing. Whoever gives up says so in `gone.<role>`, and
//! every wait has an end.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::bench::{self, Bench};
use super::ground::Ground;
use crate::store::fault::{Fault, FaultKind};

/// Which of the two PCs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Who came first, 甲.
    A,
    /// Who came second, 乙.
    B,
}

impl Role {
    /// The other one.
    pub fn other(self) -> Role {
        match self {
            Role::A => Role::B,
            Role::B => Role::A,
        }
    }

    /// As it stands in names.
    pub(super) fn letter(self) -> &'static str {
        match self {
            Role::A => "a",
            Role::B => "b",
        }
    }

    /// As it is read out.
    pub fn zh(self) -> &'static str {
        match self {
            Role::A => "甲机",
            Role::B => "乙机",
        }
    }
}

/// How long is waited, and how often is tried.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For the second PC.
    pub meet: Duration,
    /// For the next sign of life.
    pub step: Duration,
    /// Between two looks.
    pub look: Duration,
    /// Longer than a client's cache is old.
    pub settle: Duration,
    /// What one PC wrote must be seen by the other in this time at the very latest; a second is the promise.
    pub late: Duration,
    /// Rounds of taking one name.
    pub rounds: usize,
    /// Rounds of growing a file, and of reading what was written, each way.
    pub sights: usize,
}

impl Default for Patience {
    fn default() -> Patience {
        Patience {
            meet: Duration::from_secs(600),
            step: Duration::from_secs(60),
            look: Duration::from_millis(3),
            settle: Duration::from_millis(1_500),
            late: Duration::from_secs(10),
            rounds: 200,
            sights: 10,
        }
    }
}

/// Hears how far it is.
pub trait Hears {
    /// Something that somebody must read: the meeting number.
    fn say(&mut self, text: &str);
    /// How far it is; also a sign of life.
    fn progress(&mut self, text: &str);
}

/// Why it did not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop(pub String);

impl Stop {
    pub(super) fn of(doing: &str, error: &io::Error) -> Stop {
        Stop(format!("{doing}：{}", super::words(error).0))
    }
}

/// Two PCs that have met.
pub struct Meeting {
    pub(super) ground: Arc<dyn Ground>,
    pub(super) bench: Option<Bench>,
    /// Which of the two this PC is.
    pub role: Role,
    /// The number.
    pub number: u32,
    /// What this PC calls itself in slips, new for each meeting.
    pub(super) nonce: String,
    /// Both PCs were told that the first role is theirs.
    pub(super) doubled: bool,
    pub(super) patience: Patience,
}

const ROLE: &str = "role";
const GONE: &str = "gone";
const BYE: &str = "bye";

/// What a meeting is asked for with.
pub struct Invitation {
    /// The drive.
    pub ground: Arc<dyn Ground>,
    /// The shared folder.
    pub share: PathBuf,
    /// The number that was told on the telephone; none opens a meeting.
    pub number: Option<u32>,
    /// A number for a new meeting, drawn by chance.
    pub drawn: u32,
    /// A name of this PC for this meeting that nobody else has.
    pub nonce: String,
    /// How long is waited.
    pub patience: Patience,
}

/// Meets the other PC.
///
/// # Errors
/// Nobody came; the number is used up; the folder cannot be written.
pub fn meet(ask: Invitation, hears: &mut dyn Hears) -> Result<Meeting, Fault> {
    let number = ask.number.unwrap_or(ask.drawn) % 1_000_000;
    let io = |error| Fault::of_io("在共享文件夹里会合", error);
    // Neither PC may make the shared folder: then each would wait in one of its own.
    ask.ground.list(&ask.share).map_err(io)?;
    let bench = Bench::make(ask.ground.clone(), &ask.share, &format!("two.{number:06}")).map_err(io)?;
    let mut meeting = Meeting {
        ground: ask.ground,
        bench: None,
        role: Role::A,
        number,
        nonce: ask.nonce,
        doubled: false,
        patience: ask.patience,
    };
    match meeting.take_role(&bench) {
        Ok(Some(role)) => meeting.role = role,
        // It is somebody else's: not ours to remove.
        Ok(None) => {
            bench.leave();
            return Err(used_up(number));
        }
        Err(error) => {
            bench.leave();
            return Err(io(error));
        }
    }
    meeting.bench = Some(bench);
    let ended = match meeting.role {
        Role::A => meeting.wait_for_second(&ask.share, hears),
        Role::B => meeting.wait_for_first(),
    };
    match ended {
        Ok(()) => Ok(meeting),
        Err(fault) => {
            // Who waited in vain tidies up. The first may only be slow, and another may come in the second's place.
            if let Some(bench) = meeting.bench.take()
                && meeting.role == Role::B
            {
                let _ = meeting.ground.remove(&bench.path("role.b"));
                bench.leave();
            }
            Err(fault)
        }
    }
}

fn used_up(number: u32) -> Fault {
    Fault::new(
        FaultKind::User,
        format!("会合号 {} 已经有两台电脑，或是以前留下的", spoken(number)),
        "请在一台电脑上只写 --two，由程序给出新的号码，再告诉对方",
    )
}

/// A number as it is shown and read out.
pub fn spoken(number: u32) -> String {
    format!("{:03} {:03}", number / 1000, number % 1000)
}

impl Meeting {
    fn path(&self, name: &str) -> PathBuf {
        self.bench.as_ref().map(|bench| bench.path(name)).unwrap_or_default()
    }

    pub(super) fn folder(&self) -> PathBuf {
        self.path("")
    }

    fn file_of(what: &str, role: Role) -> String {
        format!("{what}.{}", role.letter())
    }

    /// Takes the first free role; none if both are taken.
    fn take_role(&mut self, bench: &Bench) -> io::Result<Option<Role>> {
        for role in [Role::A, Role::B] {
            let path = bench.path(&Self::file_of(ROLE, role));
            if !self.ground.create(&path)? {
                continue;
            }
            let own = format!("{}\n", self.nonce);
            self.ground.write(&path, 0, own.as_bytes())?;
            if role == Role::B {
                return Ok(Some(role));
            }
            // Where the drive gives one name to two, the later one's text stands in it.
            std::thread::sleep(self.patience.settle);
            if self.ground.read(&path)? == own.as_bytes() {
                return Ok(Some(role));
            }
            self.doubled = true;
        }
        Ok(None)
    }

    fn wait_for_second(&mut self, share: &Path, hears: &mut dyn Hears) -> Result<(), Fault> {
        hears.say(&format!(
            "会合号 {}。请在另一台电脑上打开同一个文件夹，运行：jiuji doctor 文件夹 --two {:06}",
            spoken(self.number),
            self.number
        ));
        for other in self.others_waiting(share) {
            hears.say(&format!("（这个文件夹里还有人在会合号 {} 上等，是不是号码打错了？）", spoken(other)));
        }
        let io = |error| Fault::of_io("等另一台电脑", error);
        let begun = Instant::now();
        let second = Self::file_of(ROLE, Role::B);
        loop {
            let waited = begun.elapsed();
            if waited >= self.patience.meet {
                return Err(Fault::new(
                    FaultKind::User,
                    format!("等了 {}，另一台电脑没有来", minutes(self.patience.meet)),
                    "请核对两台电脑打开的是不是同一个文件夹、号码是否一样；若都对，这个盘不能用",
                ));
            }
            hears.progress(&format!("等另一台电脑，已等 {} 秒", waited.as_secs()));
            let names = self.ground.list(&self.folder()).map_err(io)?;
            if names.contains(&second)
                && let Some(nonce) = self.whole(&second).map_err(io)?
            {
                return self.tell("hello", &nonce).map_err(stopped);
            }
            // Where the drive gives our name to somebody else later, his text stands in it: then we are the second.
            if self.whole(&Self::file_of(ROLE, Role::A)).map_err(io)?.is_some_and(|text| text != self.nonce) {
                self.doubled = true;
                self.role = Role::B;
                let path = self.path(&second);
                self.ground.create(&path).map_err(io)?;
                self.ground.write(&path, 0, format!("{}\n", self.nonce).as_bytes()).map_err(io)?;
                return self.wait_for_first();
            }
            std::thread::sleep(self.patience.look.max(Duration::from_millis(50)).min(self.patience.meet / 4));
        }
    }

    fn wait_for_first(&mut self) -> Result<(), Fault> {
        let stale = |_| {
            Fault::new(
                FaultKind::User,
                format!("会合号 {} 那一边没有应答，可能是以前留下的", spoken(self.number)),
                "请在一台电脑上只写 --two，由程序给出新的号码，再告诉对方",
            )
        };
        let greeted = self.hear("hello").map_err(stale)?;
        if greeted != self.nonce {
            return Err(used_up(self.number));
        }
        Ok(())
    }

    /// The numbers of other meetings in which somebody waits.
    fn others_waiting(&self, share: &Path) -> Vec<u32> {
        let mut found = Vec::new();
        for name in bench::trials(self.ground.as_ref(), share) {
            let Some(number) = name.strip_prefix("two.").and_then(|n| n.parse().ok()) else { continue };
            let there = self.ground.list(&share.join("doctor").join(&name)).unwrap_or_default();
            let waits = there.iter().any(|n| n == "role.a") && !there.iter().any(|n| n == "role.b");
            if number != self.number && waits {
                found.push(number);
            }
        }
        found
    }

    /// Tells the other PC something, once.
    pub(super) fn tell(&self, what: &str, text: &str) -> Result<(), Stop> {
        let path = self.path(&Self::file_of(what, self.role));
        let told = || -> io::Result<()> {
            self.ground.create(&path)?;
            self.ground.write(&path, 0, format!("{text}\n").as_bytes())
        };
        told().map_err(|error| Stop::of("传话", &error))
    }

    /// Waits until the other PC has told it.
    pub(super) fn hear(&self, what: &str) -> Result<String, Stop> {
        let name = Self::file_of(what, self.role.other());
        let begun = Instant::now();
        loop {
            let names = self.ground.list(&self.folder()).map_err(|error| Stop::of("等对方", &error))?;
            if names.contains(&name)
                && let Some(text) = self.whole(&name).map_err(|error| Stop::of("等对方", &error))?
            {
                return Ok(text);
            }
            self.is_there(&names)?;
            self.still_waiting(begun)?;
        }
    }

    /// A short wait, unless it was long enough.
    pub(super) fn still_waiting(&self, begun: Instant) -> Result<(), Stop> {
        if begun.elapsed() >= self.patience.step {
            return Err(Stop(format!("等了 {}，对方没有动静", seconds(self.patience.step))));
        }
        std::thread::sleep(self.patience.look);
        Ok(())
    }

    /// Whether the other PC has not given up, by the names in the meeting's folder.
    pub(super) fn is_there(&self, names: &[String]) -> Result<(), Stop> {
        let gone = Self::file_of(GONE, self.role.other());
        if names.contains(&gone) {
            let why = self.whole(&gone).ok().flatten().unwrap_or_default();
            let why = if why.is_empty() { String::new() } else { format!("（{why}）") };
            return Err(Stop(format!("对方停下了{why}")));
        }
        Ok(())
    }

    /// What the other PC wrote, once it is whole.
    fn whole(&self, name: &str) -> io::Result<Option<String>> {
        match self.ground.read(&self.path(name)) {
            Ok(bytes) => {
                Ok(String::from_utf8(bytes).ok().and_then(|text| text.strip_suffix('\n').map(str::to_owned)))
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Parts, and removes what the meeting left. Whoever gave up says why, so that the other need not wait.
    pub(super) fn part(mut self, stop: Option<&Stop>) {
        if let Some(Stop(why)) = stop {
            let _ = self.tell(GONE, why);
        }
        let _ = self.tell(BYE, "");
        let Some(bench) = self.bench.take() else { return };
        // Not before the other has heard everything; the first tidies up, the second only if the first does not.
        let [bye, gone] = [BYE, GONE].map(|what| Self::file_of(what, self.role.other()));
        let begun = Instant::now();
        let wait = self.patience.step.min(Duration::from_secs(10));
        while begun.elapsed() < wait {
            let done = match self.ground.list(bench.folder()) {
                Ok(names) => names.contains(&gone) || (self.role == Role::A && names.contains(&bye)),
                Err(_) => true,
            };
            if done {
                break;
            }
            std::thread::sleep(self.patience.look);
        }
    }
}

impl Drop for Meeting {
    fn drop(&mut self) {
        if self.bench.is_some() {
            // Whoever ends in the middle of it, for whatever reason, lets the other know, who tidies up.
            let _ = self.tell(GONE, "");
        }
        if let Some(bench) = self.bench.take() {
            bench.leave();
        }
    }
}

fn stopped(Stop(why): Stop) -> Fault {
    Fault::new(FaultKind::DriveAway, why, "请检查网络盘，再查一次")
}

fn seconds(time: Duration) -> String {
    format!("{} 秒", time.as_secs())
}

fn minutes(time: Duration) -> String {
    if time.as_secs() < 120 { seconds(time) } else { format!("{} 分钟", time.as_secs() / 60) }
}
