//! Playing a story (演故事): line after line, with the outcome of the last action kept for the lines that expect
//! something of it. A refusal that the story does not expect ends it at the line that met it.

use super::names::Names;
use super::parse::{Line, Story};
use super::stage::{Build, Done, Stage, Stopped, Ticket};
use super::words::{self, Word};
use crate::base::day::Day;
use crate::base::stamp::Stamp;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::ids::{AuthorityId, OfficerNo, Text};
use crate::domain::private::Private;
use crate::domain::refusal::Refusal;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A story that does not hold, at its first line that does not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The line's number, from 1.
    pub no: usize,
    /// The line.
    pub raw: String,
    /// What was expected.
    pub expected: String,
    /// What was.
    pub was: String,
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "第{}行：{}\n    应为：{}\n    实为：{}", self.no, self.raw, self.expected, self.was)
    }
}

/// How a line stops being carried out.
#[derive(Clone, Debug)]
pub enum Stop {
    /// The line cannot be understood: what may stand here.
    Wrong(String),
    /// What was expected does not hold.
    Broken {
        /// What was expected.
        expected: String,
        /// What was.
        was: String,
    },
    /// The office refuses.
    Refused(Vec<Refusal>),
    /// The engine failed.
    Fault(String),
}

impl Stop {
    /// A line that cannot be understood.
    pub fn wrong(why: impl Into<String>) -> Stop {
        Stop::Wrong(why.into())
    }

    /// An expectation that does not hold.
    pub fn broken(expected: impl Into<String>, was: impl Into<String>) -> Stop {
        Stop::Broken { expected: expected.into(), was: was.into() }
    }
}

impl From<Stopped> for Stop {
    fn from(stopped: Stopped) -> Stop {
        match stopped {
            Stopped::Refused(refusals) => Stop::Refused(refusals),
            Stopped::Fault(why) => Stop::Fault(why),
        }
    }
}

/// What became of an action.
#[derive(Clone, Debug)]
pub enum Outcome {
    /// It went through.
    Done(Done),
    /// It was refused.
    Refused(Vec<Refusal>),
}

impl Outcome {
    /// Every code that was spoken: refusals, or notes and overridden warnings.
    pub fn codes(&self) -> BTreeSet<Code> {
        match self {
            Outcome::Done(done) => done.notes.iter().map(|note| note.code).collect(),
            Outcome::Refused(refusals) => refusals.iter().map(|refusal| refusal.code).collect(),
        }
    }

    /// The outcome in words.
    pub fn told(&self) -> String {
        match self {
            Outcome::Done(done) if done.notes.is_empty() => "办成，没有提示".to_owned(),
            Outcome::Done(done) => format!("办成，提示 {}", sentences(&done.notes)),
            Outcome::Refused(refusals) => format!("未办成：{}", sentences(refusals)),
        }
    }
}

/// Refusals with their sentences, for what a story prints.
pub fn sentences(refusals: &[Refusal]) -> String {
    let told: Vec<String> = refusals.iter().map(|r| format!("{} 「{}」", r.code, r.full())).collect();
    told.join(" ")
}

/// The last action and whether the story has said yet that it expects its refusal.
#[derive(Clone, Debug)]
pub struct Last {
    /// Its line.
    pub no: usize,
    /// As written.
    pub raw: String,
    /// What became of it.
    pub outcome: Outcome,
    /// Whether a refusal was expected by a line behind it.
    pub taken: bool,
}

/// Something signed while its author's drive was away.
struct Waiting {
    officer: OfficerNo,
    label: String,
    ticket: Ticket,
}

/// A story being played.
pub struct Runner<'a> {
    build: &'a Build<'a>,
    stage: Option<Box<dyn Stage>>,
    /// The names of the story.
    pub names: Names,
    /// The office's clock.
    pub now: Stamp,
    me: Option<OfficerNo>,
    away: BTreeSet<OfficerNo>,
    waiting: Vec<Waiting>,
    /// What became of actions that waited, by their label.
    pub came: BTreeMap<String, Outcome>,
    /// The spoken codes printed for an approver, in order.
    pub sheets: BTreeMap<OfficerNo, Vec<String>>,
    /// Authorisations given by a line of their own.
    pub authorities: Vec<AuthorityId>,
    /// The last action.
    pub last: Option<Last>,
    overrides: Option<(BTreeSet<Code>, String)>,
    label: String,
    forged: bool,
    gathered: Done,
    signed: BTreeSet<&'static str>,
}

/// What a played story met, for tables of coverage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Played {
    /// Codes that a `refuse` or `note` line named, with the line.
    pub met: Vec<(Code, usize)>,
    /// Codes that a `misses` line named, with the line and by how little.
    pub missed: Vec<(Code, usize, String)>,
    /// The verbs that were signed.
    pub verbs: BTreeSet<&'static str>,
    /// The kinds of facts that came true.
    pub facts: BTreeSet<String>,
}

/// Plays a story in a fresh office.
///
/// # Errors
/// The first line that does not hold.
pub fn play(story: &Story, build: &Build<'_>) -> Result<Played, Broken> {
    let mut runner = Runner::new(build);
    let mut played = Played::default();
    for line in &story.lines {
        runner.line(line, &mut played)?;
    }
    runner.settle()?;
    Ok(played)
}

impl<'a> Runner<'a> {
    fn new(build: &'a Build<'a>) -> Self {
        Runner {
            build,
            stage: None,
            names: Names::default(),
            now: Stamp(0),
            me: None,
            away: BTreeSet::new(),
            waiting: Vec::new(),
            came: BTreeMap::new(),
            sheets: BTreeMap::new(),
            authorities: Vec::new(),
            last: None,
            overrides: None,
            label: String::new(),
            forged: false,
            gathered: Done::default(),
            signed: BTreeSet::new(),
        }
    }

    fn line(&mut self, line: &Line, played: &mut Played) -> Result<(), Broken> {
        let broken =
            |expected: String, was: String| Broken { no: line.no, raw: line.raw.clone(), expected, was };
        let (word, line) = match self.read(line) {
            Ok(found) => found,
            Err(why) => return Err(broken(why, "读不懂这一行".to_owned())),
        };
        if word.acts {
            self.settle()?;
            self.label = line.name(0).unwrap_or(&line.verb).to_owned();
            self.gathered = Done::default();
        } else if !word.listens {
            self.settle()?;
        }
        let outcome = match (word.run)(self, &line, played) {
            Ok(()) if word.acts => Outcome::Done(std::mem::take(&mut self.gathered)),
            Ok(()) => return Ok(()),
            Err(Stop::Refused(refusals)) if word.acts => Outcome::Refused(refusals),
            Err(Stop::Refused(refusals)) => return Err(broken("办成".to_owned(), sentences(&refusals))),
            Err(Stop::Wrong(why)) => return Err(broken(why, "读不懂这一行".to_owned())),
            Err(Stop::Broken { expected, was }) => return Err(broken(expected, was)),
            Err(Stop::Fault(why)) => return Err(broken("系统正常".to_owned(), why)),
        };
        played.verbs.append(&mut self.signed);
        if let Outcome::Done(done) = &outcome {
            played.facts.extend(done.facts.iter().map(super::expect::kind_of));
        }
        self.last = Some(Last { no: line.no, raw: line.raw.clone(), outcome, taken: false });
        Ok(())
    }

    /// Finds the word of a line, checks its keys and takes its overrides and its `forged` mark off it.
    fn read(&mut self, line: &Line) -> Result<(&'static Word, Line), String> {
        let mut line = line.clone();
        self.forged = line.verb == "forged";
        if self.forged {
            let first = line.pieces.iter().position(|piece| !piece.quoted);
            let first = first.ok_or("forged 后面写一个动词，如 forged approve C1")?;
            line.verb = line.pieces.remove(first).text;
        }
        let word = words::find(&line)
            .ok_or_else(|| format!("行首须是下列动词之一：{}", words::all_names().join("、")))?;
        line.pieces.retain(|piece| piece.quoted || piece.text != "override" || !word.acts);
        let mut codes = BTreeSet::new();
        let mut reason = String::new();
        for (key, value) in line.args.iter().filter(|(key, _)| key.starts_with("W-")) {
            codes.insert(key.parse::<Code>()?);
            reason = value.clone();
        }
        self.overrides = (!codes.is_empty()).then_some((codes, reason));
        for (key, _) in &line.args {
            let known = word.args.iter().any(|(name, _)| name == key) || word.open_args;
            let warning = word.acts && key.starts_with("W-");
            if !known && !warning {
                let allowed: Vec<String> = word.args.iter().map(|(name, _)| format!("{name}=")).collect();
                let allowed = if allowed.is_empty() { "没有".to_owned() } else { allowed.join(" ") };
                return Err(format!("{} 没有 {key}= ，可用的是：{allowed}", word.name));
            }
        }
        Ok((word, line))
    }

    /// Ends the last action: a refusal that nobody expected breaks the story at its own line.
    fn settle(&mut self) -> Result<(), Broken> {
        match self.last.take() {
            Some(Last { no, raw, outcome: Outcome::Refused(refusals), taken: false }) => {
                Err(Broken { no, raw, expected: "办成".to_owned(), was: sentences(&refusals) })
            }
            kept => {
                self.last = kept;
                Ok(())
            }
        }
    }

    /// The office; none before the first `today`.
    ///
    /// # Errors
    /// If the story has not said which day it is.
    pub fn stage(&mut self) -> Result<&mut Box<dyn Stage>, Stop> {
        self.stage.as_mut().ok_or_else(|| Stop::wrong("故事须先写日期，如 today 2026-03-02 09:00"))
    }

    /// The state.
    ///
    /// # Errors
    /// If the story has not said which day it is.
    pub fn answers(&self) -> Result<&dyn crate::domain::answers::Answers, Stop> {
        let stage = self.stage.as_ref();
        Ok(stage.ok_or_else(|| Stop::wrong("故事须先写日期，如 today 2026-03-02 09:00"))?.answers())
    }

    /// Today.
    pub fn today(&self) -> Day {
        self.now.day()
    }

    /// Sets the clock, and founds the office the first time.
    ///
    /// # Errors
    /// If the clock would go back, or the office cannot be founded.
    pub fn set_now(&mut self, now: Stamp) -> Result<(), Stop> {
        if self.stage.is_some() && now < self.now {
            return Err(Stop::wrong(format!("时间不能倒退，现在是 {}", self.now.text())));
        }
        self.now = now;
        match self.stage.as_mut() {
            Some(stage) => stage.set_clock(now),
            None => self.stage = Some((self.build)(now).map_err(Stop::Fault)?),
        }
        Ok(())
    }

    /// Moves the clock forward to a moment of the same day that a line tells of.
    ///
    /// # Errors
    /// Never in practice: the clock only goes forward here.
    pub fn reach(&mut self, moment: Stamp) -> Result<(), Stop> {
        if moment > self.now && moment.day() == self.today() { self.set_now(moment) } else { Ok(()) }
    }

    /// Who acts.
    ///
    /// # Errors
    /// If no `as` line stands above.
    pub fn me(&self) -> Result<OfficerNo, Stop> {
        self.me.clone().ok_or_else(|| Stop::wrong("前面须写由谁办理，如 as w1"))
    }

    /// Sets who acts.
    pub fn set_me(&mut self, officer: OfficerNo) {
        self.me = Some(officer);
    }

    /// Whether an officer's drive is away.
    pub fn is_away(&self, officer: &OfficerNo) -> bool {
        self.away.contains(officer)
    }

    /// Takes an officer's drive away.
    pub fn go_away(&mut self, officer: OfficerNo) {
        self.away.insert(officer);
    }

    /// Gives the drive back: what the officer signed meanwhile is decided in order.
    ///
    /// # Errors
    /// A failure of the engine.
    pub fn come_back(&mut self, officer: &OfficerNo) -> Result<(), Stop> {
        self.away.remove(officer);
        let (mine, others) =
            std::mem::take(&mut self.waiting).into_iter().partition(|waiting| &waiting.officer == officer);
        self.waiting = others;
        for waiting in mine {
            let outcome = match self.stage()?.send(waiting.ticket) {
                Ok(done) => Outcome::Done(done),
                Err(Stopped::Refused(refusals)) => Outcome::Refused(refusals),
                Err(Stopped::Fault(why)) => return Err(Stop::Fault(why)),
            };
            self.came.insert(waiting.label, outcome);
        }
        Ok(())
    }

    /// Carries out commands that stand or fall together, by the officer who acts.
    ///
    /// # Errors
    /// The refusals, or a failure of the engine.
    pub fn act(&mut self, commands: Vec<(Command, Private)>) -> Result<(), Stop> {
        let me = self.me()?;
        self.act_as(&me, commands)
    }

    /// The same by somebody else.
    ///
    /// # Errors
    /// The refusals, or a failure of the engine.
    pub fn act_as(&mut self, officer: &OfficerNo, mut commands: Vec<(Command, Private)>) -> Result<(), Stop> {
        if let Some((codes, reason)) = &self.overrides {
            for (command, private) in &mut commands {
                override_with(command, private, codes, reason);
            }
        }
        self.signed.extend(commands.iter().map(|(command, _)| command.verb()));
        let away = self.is_away(officer);
        let label = self.label.clone();
        let forged = self.forged;
        let stage = self.stage()?;
        if forged {
            let done = stage.forge(officer, commands)?;
            self.gather(done);
            return Ok(());
        }
        let ticket = stage.sign(officer, commands)?;
        if away {
            self.waiting.push(Waiting { officer: officer.clone(), label, ticket });
            return Ok(());
        }
        let done = stage.send(ticket)?;
        self.gather(done);
        Ok(())
    }

    fn gather(&mut self, done: Done) {
        self.gathered.facts.extend(done.facts);
        self.gathered.notes.extend(done.notes);
    }
}

/// Puts the warnings that a line overrides into a command that can carry them.
fn override_with(command: &mut Command, private: &mut Private, codes: &BTreeSet<Code>, reason: &str) {
    let (overrides, slot): (&mut BTreeSet<Code>, &mut Option<Text>) = match command {
        Command::OpenMatter(a) => (&mut a.overrides, &mut a.override_reason),
        Command::OpenCase(a) => (&mut a.overrides, &mut a.override_reason),
        Command::OnceNotice(a) => (&mut a.overrides, &mut a.override_reason),
        Command::Submit(a) => (&mut a.overrides, &mut a.override_reason),
        Command::Approve(a) => (&mut a.overrides, &mut a.override_reason),
        Command::NoteAccount(a) => (&mut a.overrides, &mut a.override_reason),
        Command::Direct(a) | Command::Advance(a) => (&mut a.overrides, &mut a.override_reason),
        _ => return,
    };
    *overrides = codes.clone();
    *slot = private.put("override", reason);
}
