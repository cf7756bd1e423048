//! The loop: keys and answers in, messages to the screens, their intents done, one frame drawn.
//!
//! It waits for one channel and has no tick: an idle desk wakes up for nothing. It must never wait for the desk: what a
//! screen asks is handed on and comes back over the same channel. Keys that wait are all taken before a frame is drawn
//! and none is thrown away, but at a signature prompt.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;

use super::action::Action;
use super::burst::Input;
use super::canvas::Canvas;
use super::frame::{self, Note, Status};
use super::help::Help;
use super::input::Translator;
use super::keymap::KeyMap;
use super::product::{Ask, Place, Reply};
use super::screen::{Intent, Msg, Screen};
use super::stack::{ScreenId, Stack};
use super::terminal::Terminal;
use super::theme::Theme;

/// So long must the keyboard be still before news that nobody waits for are drawn.
const STILL: Duration = Duration::from_secs(1);
/// Keys are taken that were typed at most this long before the first frame.
const AHEAD_MAX: Duration = Duration::from_secs(60);

/// What the loop waits for.
#[derive(Debug)]
pub enum Event {
    /// An event of the terminal and when it was read.
    Terminal(crossterm::event::Event, Instant),
    /// An answer of the desk to the screen that asked; to nobody: news for the screen that is seen.
    Reply(Option<ScreenId>, Reply),
    /// The terminal is gone.
    Gone,
}

/// The desk as the loop sees it. No call may wait for a disk or a drive.
pub trait Desk {
    /// Builds a screen.
    fn open(&mut self, place: Place) -> Box<dyn Screen>;

    /// Takes a question; the answer comes as [`Event::Reply`] with the same mark.
    fn ask(&mut self, from: ScreenId, ask: Ask);

    /// What the title bar says now.
    fn status(&self) -> Status;

    /// An answer whose screen was closed meanwhile: what is to be said of it in the message line, if anything. A refusal
    /// is never dropped.
    fn unclaimed(&mut self, reply: Reply) -> Option<String>;

    /// Sees every answer before its screen does, to keep what the title bar says.
    fn note(&mut self, reply: &Reply);
}

/// What a step asks of the loop.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Step {
    /// The program ends.
    pub quit: bool,
    /// What was typed ahead is thrown away once the next frame stands.
    pub forget: bool,
}

impl Step {
    fn and(self, other: Step) -> Step {
        Step { quit: self.quit || other.quit, forget: self.forget || other.forget }
    }
}

/// The screens, the theme, the keys and the desk: everything but the terminal.
pub struct App<D: Desk> {
    desk: D,
    stack: Stack,
    theme: Theme,
    keys: KeyMap,
    note: Option<Note>,
    size: (u16, u16),
}

impl<D: Desk> App<D> {
    /// An app that shows `first`, in a window of that many columns and rows. `warnings` of keys and theme are told in
    /// the message line until the first key.
    pub fn new(
        mut desk: D,
        first: Place,
        look: (Theme, KeyMap),
        warnings: &[String],
        size: (u16, u16),
    ) -> App<D> {
        let screen = desk.open(first);
        let note = (!warnings.is_empty()).then(|| Note { text: warnings.join("；"), wrong: true });
        let mut app = App { desk, stack: Stack::new(screen), theme: look.0, keys: look.1, note, size };
        app.show();
        app
    }

    /// The desk.
    pub fn desk(&mut self) -> &mut D {
        &mut self.desk
    }

    /// The screen that is seen.
    pub fn top(&self) -> &dyn Screen {
        self.stack.top()
    }

    /// The window has a new size.
    pub fn resize(&mut self, size: (u16, u16)) {
        if self.size != size {
            self.size = size;
            let body = frame::body(size.0, size.1);
            let intents = self.stack.top_mut().update(Msg::Sized(body));
            self.perform(intents);
        }
    }

    /// Takes what came from the keyboard.
    pub fn input(&mut self, input: Input) -> Step {
        let msg = match input {
            Input::Resized => return Step::default(),
            Input::Burst(text) => Msg::Burst(text),
            Input::Key(key) => match self.keys.action(self.stack.top().context(), key) {
                Some(action) => {
                    self.note = None;
                    return self.act(action);
                }
                None => Msg::Key(key),
            },
        };
        self.note = None;
        let intents = self.stack.top_mut().update(msg);
        self.perform(intents)
    }

    /// A command: only what the screen offers reaches it, and what cannot be done now is answered with the reason.
    fn act(&mut self, action: Action) -> Step {
        let offer = self.stack.top().offers().into_iter().find(|o| o.action == Some(action));
        match offer {
            Some(offer) => match offer.disabled {
                Some(reason) => self.perform(vec![Intent::Warn(format!("{}：{reason}", offer.label))]),
                None => {
                    let intents = self.stack.top_mut().update(Msg::Action(action));
                    self.perform(intents)
                }
            },
            None if action == Action::Help => {
                let help = Help::new(self.stack.top(), &self.keys);
                self.stack.push(Box::new(help));
                self.show()
            }
            None => {
                self.perform(vec![Intent::Say(format!("这一屏没有「{}」，F1 看能做什么", action.label()))])
            }
        }
    }

    /// Takes an answer of the desk.
    pub fn reply(&mut self, to: Option<ScreenId>, reply: Reply) -> Step {
        self.desk.note(&reply);
        let id = to.unwrap_or(self.stack.top_id());
        let Some(screen) = self.stack.find(id) else {
            return match self.desk.unclaimed(reply) {
                Some(sentence) => self.perform(vec![Intent::Warn(sentence)]),
                None => Step::default(),
            };
        };
        let intents = screen.update(Msg::Reply(reply));
        if id == self.stack.top_id() {
            return self.perform(intents);
        }
        // A screen below may ask on and speak, but not open or close what lies above it.
        let mut step = Step::default();
        for intent in intents {
            match intent {
                Intent::Ask(ask) => self.desk.ask(id, ask),
                Intent::Say(_) | Intent::Warn(_) => step = step.and(self.perform(vec![intent])),
                _ => {}
            }
        }
        step
    }

    /// Tells the top screen its size and that it is seen.
    fn show(&mut self) -> Step {
        let body = frame::body(self.size.0, self.size.1);
        let mut intents = self.stack.top_mut().update(Msg::Sized(body));
        intents.extend(self.stack.top_mut().update(Msg::Shown));
        self.perform(intents)
    }

    fn perform(&mut self, intents: Vec<Intent>) -> Step {
        let mut step = Step::default();
        for intent in intents {
            step = step.and(self.one(intent));
        }
        step
    }

    fn one(&mut self, intent: Intent) -> Step {
        match intent {
            Intent::Ask(ask) => {
                let from = self.stack.top_id();
                self.desk.ask(from, ask);
                Step::default()
            }
            Intent::Open(place) => {
                let screen = self.desk.open(place);
                self.stack.push(screen);
                self.show()
            }
            Intent::Replace(place) => {
                let screen = self.desk.open(place);
                self.stack.replace(screen);
                self.show()
            }
            Intent::Restart(place) => {
                let screen = self.desk.open(place);
                self.stack.restart(screen);
                self.show()
            }
            Intent::Back => {
                if self.stack.pop() {
                    self.show()
                } else {
                    Step::default()
                }
            }
            Intent::Quit => Step { quit: true, forget: false },
            Intent::Say(text) => {
                self.note = Some(Note { text, wrong: false });
                Step::default()
            }
            Intent::Warn(text) => {
                self.note = Some(Note { text, wrong: true });
                Step::default()
            }
            Intent::Forget => Step { quit: false, forget: true },
        }
    }

    /// Draws the frame into a buffer and says row and column of the caret.
    pub fn paint(&self, buffer: &mut Buffer) -> (u16, u16) {
        let mut canvas = Canvas::new(buffer, &self.theme);
        frame::draw(&mut canvas, self.stack.top(), &self.desk.status(), self.note.as_ref(), &self.keys)
    }
}

/// Reads the terminal on a thread of its own and hands its events to the loop. Mouse and focus events are dropped here,
/// so that they wake nobody.
pub fn listen(events: Sender<Event>) -> io::Result<()> {
    std::thread::Builder::new().name("input".to_owned()).spawn(move || {
        loop {
            let event = match crossterm::event::read() {
                Ok(crossterm::event::Event::Mouse(_)) => continue,
                Ok(crossterm::event::Event::FocusGained | crossterm::event::Event::FocusLost) => continue,
                Ok(event) => Event::Terminal(event, Instant::now()),
                Err(_) => Event::Gone,
            };
            let gone = matches!(event, Event::Gone);
            if events.send(event).is_err() || gone {
                return;
            }
        }
    })?;
    Ok(())
}

/// The measures of a window and its frames, so that the loop can be run without a terminal.
pub trait Window {
    /// Columns and rows, asked anew.
    fn measure(&mut self) -> io::Result<(u16, u16)>;
    /// Draws a frame.
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Buffer) -> (u16, u16)) -> io::Result<()>;
}

impl Window for Terminal {
    fn measure(&mut self) -> io::Result<(u16, u16)> {
        Terminal::measure(self)?;
        Ok(self.size())
    }
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Buffer) -> (u16, u16)) -> io::Result<()> {
        Terminal::draw(self, paint)
    }
}

/// Frames into a writer, for a window whose size does not change.
#[derive(Debug)]
pub struct Fixed<W: Write>(pub Terminal<W>);

impl<W: Write> Window for Fixed<W> {
    fn measure(&mut self) -> io::Result<(u16, u16)> {
        Ok(self.0.size())
    }
    fn draw(&mut self, paint: &mut dyn FnMut(&mut Buffer) -> (u16, u16)) -> io::Result<()> {
        self.0.draw(paint)
    }
}

/// Runs until a screen quits or the terminal is gone.
pub fn run<D: Desk>(app: &mut App<D>, window: &mut dyn Window, events: &Receiver<Event>) -> io::Result<()> {
    let mut keyboard = Keyboard::new();
    loop {
        if std::mem::take(&mut keyboard.resized) {
            let size = window.measure()?;
            app.resize(size);
        }
        window.draw(&mut |buffer| app.paint(buffer))?;
        let step = turn(app, &mut keyboard, events);
        if step.quit {
            return Ok(());
        }
        if step.forget {
            window.draw(&mut |buffer| app.paint(buffer))?;
            keyboard.translator.forget();
            keyboard.deaf_until = Some(Instant::now());
        }
    }
}

/// Takes everything up to the next frame: waits for the first event, then takes what waits behind it.
fn turn<D: Desk>(app: &mut App<D>, keyboard: &mut Keyboard, events: &Receiver<Event>) -> Step {
    let mut step = Step::default();
    let mut changed = false;
    let mut patient = None;
    while !step.quit && !step.forget {
        match next(keyboard, events, changed, patient) {
            Waited::Event(event) => {
                let quiet = matches!(&event, Event::Reply(_, reply) if reply.is_patient());
                step = step.and(take(app, keyboard, event));
                match keyboard.rest().filter(|_| quiet) {
                    Some(rest) => patient = Some(rest),
                    None => changed = true,
                }
            }
            Waited::Held => {
                let inputs = keyboard.translator.settle();
                step = step.and(feed(app, inputs));
                changed = true;
            }
            Waited::Draw => break,
            Waited::Over => step.quit = true,
        }
    }
    step
}

struct Keyboard {
    translator: Translator,
    /// Before any key was read, those typed ahead of the first frame included.
    origin: Instant,
    last: Option<Instant>,
    /// Keys read before this moment were typed ahead of a signature prompt.
    deaf_until: Option<Instant>,
    resized: bool,
}

impl Keyboard {
    fn new() -> Keyboard {
        let now = Instant::now();
        Keyboard {
            translator: Translator::default(),
            origin: now.checked_sub(AHEAD_MAX).unwrap_or(now),
            last: None,
            deaf_until: None,
            resized: true,
        }
    }

    /// How long until the keyboard was still for long enough; `None` when it is.
    fn rest(&self) -> Option<Instant> {
        self.last.map(|last| last + STILL).filter(|at| *at > Instant::now())
    }
}

enum Waited {
    Event(Event),
    /// A run of characters ended.
    Held,
    /// It is time for a frame.
    Draw,
    Over,
}

/// The next event. Waits for as long as it takes, unless something is to be drawn, characters are held back, or news
/// wait for a still keyboard.
fn next(keyboard: &Keyboard, events: &Receiver<Event>, changed: bool, patient: Option<Instant>) -> Waited {
    match events.try_recv() {
        Ok(event) => return Waited::Event(event),
        Err(TryRecvError::Disconnected) => return Waited::Over,
        Err(TryRecvError::Empty) => {}
    }
    let held = keyboard.translator.wait(keyboard.origin.elapsed());
    let (limit, over) = match (held, changed, patient) {
        (Some(held), _, _) => (held, Waited::Held),
        (None, true, _) => return Waited::Draw,
        (None, false, Some(at)) => (at.saturating_duration_since(Instant::now()), Waited::Draw),
        (None, false, None) => return events.recv().map_or(Waited::Over, Waited::Event),
    };
    match events.recv_timeout(limit) {
        Ok(event) => Waited::Event(event),
        Err(RecvTimeoutError::Timeout) => over,
        Err(RecvTimeoutError::Disconnected) => Waited::Over,
    }
}

fn take<D: Desk>(app: &mut App<D>, keyboard: &mut Keyboard, event: Event) -> Step {
    match event {
        Event::Gone => Step { quit: true, forget: false },
        Event::Reply(to, reply) => app.reply(to, reply),
        Event::Terminal(event, at) => {
            let resize = matches!(event, crossterm::event::Event::Resize(..));
            if keyboard.deaf_until.is_some_and(|until| at < until) && !resize {
                return Step::default();
            }
            keyboard.resized |= resize;
            keyboard.last = Some(at);
            let since = at.saturating_duration_since(keyboard.origin);
            let inputs = keyboard.translator.feed(event, since);
            feed(app, inputs)
        }
    }
}

/// After a signature prompt came up, the rest was typed ahead of it.
fn feed<D: Desk>(app: &mut App<D>, inputs: Vec<Input>) -> Step {
    let mut step = Step::default();
    for input in inputs {
        step = step.and(app.input(input));
        if step.quit || step.forget {
            break;
        }
    }
    step
}

#[cfg(test)]
#[path = "app_tests.rs"]
mod tests;
