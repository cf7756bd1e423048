//! The loop: takes what comes from the keyboard and the desk, hands it to the [`App`], draws one frame.
//!
//! It waits for one channel and has no tick: an idle desk wakes up for nothing. Keys that wait are all taken before a
//! frame is drawn, and none must ever be thrown away, but at a signature prompt.

use std::io::{self, Write};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError};
use std::time::{Duration, Instant};

use ratatui::buffer::Buffer;

use super::app::{App, Desk, Step};
use super::burst::Input;
use super::hangup;
use super::input::Translator;
use super::product::Reply;
use super::stack::ScreenId;
use super::terminal::Terminal;

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
    Reply(Option<ScreenId>, Box<Reply>),
    /// The terminal is gone.
    Gone,
}

/// Reads the terminal on a thread of its own and hands its events to the loop. Mouse and focus events are dropped here,
/// so that they wake nobody.
pub fn listen(events: Sender<Event>) -> io::Result<()> {
    hangup::watch(&events)?;
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

/// Runs until a screen quits or the terminal is gone; then what stands in forms is kept as drafts. After `idle` without a
/// key the screen is blanked.
pub fn run<D: Desk>(
    app: &mut App<D>,
    window: &mut dyn Window,
    events: &Receiver<Event>,
    idle: Duration,
) -> io::Result<()> {
    let ran = frames(app, window, events, idle);
    // A frame that cannot be drawn is the first sign of a closed window where nothing else has told of it yet.
    if ran.is_err() {
        app.keep_drafts();
    }
    ran
}

fn frames<D: Desk>(
    app: &mut App<D>,
    window: &mut dyn Window,
    events: &Receiver<Event>,
    idle: Duration,
) -> io::Result<()> {
    let mut keyboard = Keyboard::new(idle);
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
            Waited::Idle => {
                keyboard.idle_at = None;
                step = step.and(app.idle());
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
    /// How long nobody types before the screen is blanked.
    idle: Duration,
    /// When that is; none once it was told, until the next key.
    idle_at: Option<Instant>,
}

impl Keyboard {
    fn new(idle: Duration) -> Keyboard {
        let now = Instant::now();
        Keyboard {
            translator: Translator::default(),
            origin: now.checked_sub(AHEAD_MAX).unwrap_or(now),
            last: None,
            deaf_until: None,
            resized: true,
            idle,
            idle_at: now.checked_add(idle),
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
    /// Nobody typed for a while.
    Idle,
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
        (None, false, None) => match keyboard.idle_at {
            Some(at) => (at.saturating_duration_since(Instant::now()), Waited::Idle),
            None => return events.recv().map_or(Waited::Over, Waited::Event),
        },
    };
    match events.recv_timeout(limit) {
        Ok(event) => Waited::Event(event),
        Err(RecvTimeoutError::Timeout) => over,
        Err(RecvTimeoutError::Disconnected) => Waited::Over,
    }
}

fn take<D: Desk>(app: &mut App<D>, keyboard: &mut Keyboard, event: Event) -> Step {
    match event {
        Event::Gone => {
            app.keep_drafts();
            Step { quit: true, forget: false }
        }
        Event::Reply(to, reply) => app.reply(to, *reply),
        Event::Terminal(event, at) => {
            let resize = matches!(event, crossterm::event::Event::Resize(..));
            if keyboard.deaf_until.is_some_and(|until| at < until) && !resize {
                if is_pressed(&event) {
                    app.unheard();
                }
                return Step::default();
            }
            keyboard.resized |= resize;
            keyboard.last = Some(at);
            keyboard.idle_at = at.checked_add(keyboard.idle);
            let since = at.saturating_duration_since(keyboard.origin);
            let inputs = keyboard.translator.feed(event, since);
            feed(app, inputs)
        }
    }
}

/// Whether somebody pressed a key or pasted something, and did not only let a key go.
fn is_pressed(event: &crossterm::event::Event) -> bool {
    use crossterm::event::{Event, KeyEventKind};
    match event {
        Event::Key(key) => key.kind != KeyEventKind::Release,
        Event::Paste(_) => true,
        _ => false,
    }
}

/// After a signature prompt came up, the rest was typed ahead of it.
fn feed<D: Desk>(app: &mut App<D>, inputs: Vec<Input>) -> Step {
    let mut step = Step::default();
    let mut inputs = inputs.into_iter();
    for input in inputs.by_ref() {
        step = step.and(app.input(input));
        if step.quit || step.forget {
            break;
        }
    }
    if step.forget && inputs.next().is_some() {
        app.unheard();
    }
    step
}
