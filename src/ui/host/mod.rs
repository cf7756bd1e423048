//! The host (主机): answers what screens ask out of the front of the office, and builds screens. It runs on the thread that
//! draws and never waits: what takes time is done elsewhere and comes back over the loop's channel.

mod answer;
mod change;
mod codes;
mod county;
mod doing;
mod goods;
mod home;
mod money;
mod news;
mod paper;
mod paper_case;
mod path;
mod people;
mod registers;
mod requests;

use super::app;
use super::frame::Status;
use super::product::{Ask, Place, Reply, office_name};
use super::run::Event;
use super::screen::{Intent, Screen};
use super::screens;
use super::stack::ScreenId;
use crate::base::day::Stamp;
use crate::domain::ids::{CaseId, OfficerNo};
use crate::domain::office::{Officer, Role};
use crate::office::code_sheet::Fresh;
use crate::office::front::Front;
use crate::office::request::Request;
use crate::office::session::Session;
use crate::office::setup::MadeKey;
use crate::office::worker::{News, Standing};
use crate::store::desk::Draft;
use crate::store::fault::Fault;
use std::collections::BTreeMap;
use std::sync::mpsc::{Receiver, Sender, channel};

/// How long a run of approvals stays open without the password (签批时段).
const RUN_MINUTES: i64 = 15;

/// What comes back from other threads, besides answers to screens.
pub enum Inward {
    /// The worker speaks.
    News(News),
    /// A key was made for a request, or could not be.
    Made(Box<Result<Request, Fault>>),
    /// A sheet of spoken codes was made for a screen, or could not be.
    Sheet {
        /// The screen.
        from: ScreenId,
        /// The sheet.
        made: Box<Result<Fresh, Fault>>,
    },
    /// A paper was written on a thread of its own, or could not be.
    Printed {
        /// The screen.
        from: ScreenId,
        /// Where it lies.
        file: Result<std::path::PathBuf, Fault>,
    },
    /// The old password was right and a new key is made, or not.
    Changed {
        /// The screen.
        from: ScreenId,
        /// How it went.
        made: Box<Result<MadeKey, Fault>>,
    },
    /// A password was tried by a screen, for signing in or for a run.
    Opened {
        /// The screen.
        from: ScreenId,
        /// What for.
        what: Opens,
        /// How it went.
        result: Box<Result<Session, Fault>>,
    },
}

/// What a password that a screen tried is to open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opens {
    /// The desk.
    Desk,
    /// A run of approvals.
    Run,
    /// The blanked screen.
    Screen,
}

/// A group on its way, and who waits for it.
struct Pending {
    from: ScreenId,
    /// The draft it was filled in from: given back where the rules refuse.
    draft: Option<Draft>,
    /// What is said when it is done.
    said: String,
    /// It was told already that it waits: the worker tries again every few seconds.
    held: bool,
    /// It was a deed: its screen has gone on since it was told that it waits, and must not take what became of it for an
    /// answer to the next one.
    deed: bool,
    /// The codes that it issues, printed once they count.
    sheet: Option<Fresh>,
    /// Of whose sheet it gives a code.
    code_of: Option<OfficerNo>,
    /// The case whose next step is said when it is done.
    next_of: Option<CaseId>,
}

/// What a practice office tells at sign-in: number and password of each officer.
pub type PracticeList = Vec<(String, String)>;

/// The host.
pub struct Host {
    front: Front,
    events: Sender<Event>,
    inward: (Sender<Inward>, Receiver<Inward>),
    drive: Standing,
    /// Who writes while this desk waits for its turn.
    waits: Option<String>,
    n: u64,
    pending: BTreeMap<u64, Pending>,
    run_until: Option<Stamp>,
    /// When the password was last given for a run.
    run_opened: Option<Stamp>,
    officer: Option<Officer>,
    /// Township and month of the reserve that was looked at last: what F16 prints.
    reserve_seen: Option<(u16, (i32, u32))>,
    /// How many groups wait for the drive: counted when something changed, not at every frame.
    waiting: usize,
    /// The screen is blanked.
    locked: bool,
    /// The officer was told that his key stands no more.
    superseded: bool,
    /// The screen that waits for the replica after signing in.
    arriving: Option<ScreenId>,
    share: String,
    practice: PracticeList,
    requests: requests::Requests,
}

/// Lets other threads speak to the host: the worker's voice.
#[derive(Clone)]
pub struct Voice {
    inward: Sender<Inward>,
    events: Sender<Event>,
}

impl Voice {
    /// Tells the host something and wakes the loop. A host that is gone hears nothing, which is right.
    pub fn tell(&self, inward: Inward) {
        let wake = match &inward {
            Inward::News(News::Pulled(_) | News::Ready) => Reply::News,
            _ => Reply::Link(String::new()),
        };
        if self.inward.send(inward).is_ok() {
            // The loop has ended: nobody draws any more.
            let _ = self.events.send(Event::Reply(None, Box::new(wake)));
        }
    }
}

/// The two ends over which other threads speak to a host that is not built yet.
pub struct Line {
    voice: Voice,
    inward: (Sender<Inward>, Receiver<Inward>),
    events: Sender<Event>,
}

impl Line {
    /// A line into the loop's channel.
    pub fn new(events: Sender<Event>) -> Line {
        let inward = channel();
        Line { voice: Voice { inward: inward.0.clone(), events: events.clone() }, inward, events }
    }

    /// The end for other threads.
    pub fn voice(&self) -> Voice {
        self.voice.clone()
    }
}

impl Pending {
    /// A group whose screen hears what becomes of it.
    fn of(from: ScreenId, said: String) -> Pending {
        Pending {
            from,
            draft: None,
            said,
            held: false,
            deed: false,
            sheet: None,
            code_of: None,
            next_of: None,
        }
    }
}

impl Host {
    /// A host on an opened front.
    pub fn new(front: Front, line: Line, share: String, practice: PracticeList) -> Host {
        Host {
            front,
            events: line.events,
            inward: line.inward,
            drive: Standing::unknown(),
            waits: None,
            n: 0,
            pending: BTreeMap::new(),
            run_until: None,
            run_opened: None,
            officer: None,
            reserve_seen: None,
            waiting: 0,
            locked: false,
            superseded: false,
            arriving: None,
            share,
            practice,
            requests: requests::Requests::default(),
        }
    }

    /// The front, for leaving.
    pub fn front(&self) -> &Front {
        &self.front
    }

    fn voice(&self) -> Voice {
        Voice { inward: self.inward.0.clone(), events: self.events.clone() }
    }

    fn send(&self, to: Option<ScreenId>, reply: Reply) {
        // The loop has ended: nobody reads any more.
        let _ = self.events.send(Event::Reply(to, Box::new(reply)));
    }

    /// Counts the groups that wait for the drive.
    fn count_waiting(&mut self) {
        let outbox = self.front.outbox().unwrap_or_default();
        self.waiting = outbox
            .iter()
            .filter(|group| !matches!(group.state, crate::store::desk::OutState::Refused(_)))
            .count();
    }

    /// How the desk stands, in a sentence.
    fn link(&self) -> String {
        let mut state = self.drive.sentence();
        if let Some(waits) = &self.waits {
            state = format!("{state}；{waits}");
        }
        match self.waiting {
            0 => format!("{state}；没有待传"),
            waiting => format!("{state}；{waiting} 笔待传"),
        }
    }
}

impl app::Desk for Host {
    fn open(&mut self, place: Place) -> Box<dyn Screen> {
        screens::open(place)
    }

    fn ask(&mut self, from: ScreenId, ask: Ask) {
        self.answer(from, ask);
    }

    fn refresh(&mut self) {
        self.front.look();
    }

    fn lock(&mut self) -> Option<Place> {
        if self.officer.is_none() || self.locked {
            return None;
        }
        // Whoever comes back signs anew.
        (self.locked, self.run_until, self.run_opened) = (true, None, None);
        Some(Place::Lock)
    }

    fn status(&self) -> Status {
        let (office, officer) = match &self.officer {
            Some(officer) => (office_name(officer.office), format!("{}({})", officer.name, roles(officer))),
            None => (String::new(), String::new()),
        };
        let link = match self.waiting {
            0 => self.drive.drive.zh().to_owned(),
            waiting => format!("{} {waiting}笔待传", self.drive.drive.zh()),
        };
        let now = self.front.now();
        Status {
            office,
            officer,
            link,
            drive: self.drive.whole(),
            wrong: self.drive.drive.is_wrong(),
            clock: format!("{} {}", now.day().month_day(), now.clock()),
            practice: self.front.is_practice(),
        }
    }

    fn unclaimed(&mut self, reply: Reply) -> Option<Intent> {
        match reply {
            Reply::Refused(refusals) => {
                refusals.first().map(|refusal| Intent::Warn(format!("没有办成：{}", refusal.full())))
            }
            Reply::Failed(sentence) | Reply::NotSignedIn(sentence) => Some(Intent::Warn(sentence)),
            Reply::Held(sentence) | Reply::Done { sentence, .. } => Some(Intent::Say(sentence)),
            Reply::Printed(file) => Some(Intent::Say(format!("已写成 {file}"))),
            _ => None,
        }
    }

    fn note(&mut self, _reply: &Reply) {
        self.listen();
    }
}

/// The roles in brief, as the title bar shows them.
fn roles(officer: &Officer) -> String {
    let brief = |role: &Role| match role {
        Role::Handler => "经办",
        Role::Approver => "审批",
        Role::Finance => "财务",
        Role::Supervisor => "督导",
        Role::Administrator => "管理",
    };
    officer.roles.iter().map(brief).collect::<Vec<_>>().join("、")
}
