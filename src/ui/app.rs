//! Everything but the terminal: keys and answers become messages to the screens, their intents are done, a frame is
//! painted.
//!
//! Must never wait for the desk: what a screen asks is handed on, and the answer comes back through [`super::run`].

use std::collections::VecDeque;

use ratatui::buffer::Buffer;

use super::action::Action;
use super::burst::Input;
use super::canvas::Canvas;
use super::frame::{self, Note, Status};
use super::help::Help;
use super::keymap::KeyMap;
use super::product::{Ask, Place, Reply};
use super::screen::{Intent, Msg, Screen};
use super::stack::{ScreenId, Stack};
use super::theme::Theme;

/// The desk as the loop sees it. No call may wait for a disk or a drive.
pub trait Desk {
    /// Builds a screen.
    fn open(&mut self, place: Place) -> Box<dyn Screen>;

    /// Takes a question; the answer comes as [`super::run::Event::Reply`] with the same mark.
    fn ask(&mut self, from: ScreenId, ask: Ask);

    /// Somebody asks for what is new (F5), beside what his screen asks.
    fn refresh(&mut self) {}

    /// The screen is to be blanked: the place that stands there until the password is given; none while nobody is
    /// signed in or it is blanked already.
    fn lock(&mut self) -> Option<Place> {
        None
    }

    /// What the title bar says now.
    fn status(&self) -> Status;

    /// An answer whose screen was closed meanwhile: what is to be said of it in the message line, if anything
    /// ([`Intent::Say`], or [`Intent::Warn`] for what is wrong). A refusal is never dropped.
    fn unclaimed(&mut self, reply: Reply) -> Option<Intent>;

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
    /// Both.
    pub fn and(self, other: Step) -> Step {
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
    /// The note is what the desk said by itself.
    told: bool,
    size: (u16, u16),
    /// What was typed while the screen waited for an answer.
    ahead: VecDeque<Input>,
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
        let mut app = App {
            desk,
            stack: Stack::new(screen),
            theme: look.0,
            keys: look.1,
            note,
            told: false,
            size,
            ahead: VecDeque::new(),
        };
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

    /// How many screens are open.
    pub fn depth(&self) -> usize {
        self.stack.depth()
    }

    /// Closes everything and shows a place, as when the program is opened again.
    pub fn restart(&mut self, place: Place) {
        self.ahead.clear();
        self.perform(vec![Intent::Restart(place)]);
    }

    /// Opens a screen that no place leads to.
    #[cfg(test)]
    pub fn open(&mut self, screen: Box<dyn Screen>) {
        self.stack.push(screen);
        self.show();
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

    /// Takes what came from the keyboard; what comes while the screen waits for an answer is kept until it has it. Only
    /// leaving never waits.
    pub fn input(&mut self, input: Input) -> Step {
        if self.stack.top().holds() && !self.leaves(&input) {
            if input != Input::Resized {
                self.ahead.push_back(input);
            }
            return Step::default();
        }
        self.now(input)
    }

    fn leaves(&self, input: &Input) -> bool {
        let Input::Key(key) = input else { return false };
        let action = self.keys.action(self.stack.top().context(), *key);
        matches!(action, Some(Action::Back | Action::SignOut))
    }

    /// What was kept comes to the screen that stands there now; what was typed ahead of a signature or of a refused
    /// password is gone.
    fn catch_up(&mut self, mut step: Step) -> Step {
        while !step.quit && !step.forget && !self.stack.top().holds() {
            let Some(input) = self.ahead.pop_front() else { break };
            step = step.and(self.now(input));
        }
        if step.forget && !self.ahead.is_empty() {
            self.ahead.clear();
            self.unheard();
        }
        step
    }

    /// Keys were thrown away because they came before a signature prompt stood: that is said, so that nobody takes for signed
    /// what is not. What is wrong otherwise (a refused password) stays said.
    pub fn unheard(&mut self) {
        if self.note.as_ref().is_none_or(|note| !note.wrong) {
            let text = "按得太快：提示出来以前按的键没有收，请看清再按一次".to_owned();
            (self.note, self.told) = (Some(Note { text, wrong: true }), false);
        }
    }

    fn now(&mut self, input: Input) -> Step {
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
                    if action == Action::Refresh {
                        self.desk.refresh();
                    }
                    let intents = self.stack.top_mut().update(Msg::Action(action));
                    self.perform(intents)
                }
            },
            None if action == Action::Lock => self.lock(),
            None if action == Action::Help => {
                let help = Help::new(self.stack.top(), &self.keys, &self.desk.status());
                self.stack.push(Box::new(help));
                self.show()
            }
            // Whoever presses it where nothing was begun wants to leave.
            None if action == Action::Cancel && self.offers(Action::Back) => {
                self.perform(vec![Intent::Say("没有要取消的一步；F3 返回".to_owned())])
            }
            None => {
                self.perform(vec![Intent::Say(format!("这一屏没有「{}」，F1 看能做什么", action.label()))])
            }
        }
    }

    fn offers(&self, action: Action) -> bool {
        self.stack.top().offers().iter().any(|offer| offer.action == Some(action))
    }

    /// Nobody typed for a while: the screen is blanked.
    pub fn idle(&mut self) -> Step {
        self.lock()
    }

    /// Blanks the screen (锁屏). What stands in forms is kept as a draft first, in case nobody comes back.
    fn lock(&mut self) -> Step {
        let Some(place) = self.desk.lock() else { return Step::default() };
        self.keep_drafts();
        self.note = None;
        self.ahead.clear();
        self.perform(vec![Intent::Open(place)])
    }

    /// Keeps what stands in forms as drafts, in whichever screen: nobody may come back to finish them.
    pub fn keep_drafts(&mut self) {
        let mut asks = Vec::new();
        self.stack.each(|id, screen| {
            let keeps = |offer: &super::screen::Offer| {
                offer.action == Some(Action::KeepDraft) && offer.disabled.is_none()
            };
            if screen.offers().iter().any(keeps) {
                let wanted = screen.update(Msg::Action(Action::KeepDraft));
                asks.extend(wanted.into_iter().filter_map(|intent| match intent {
                    Intent::Ask(ask) => Some((id, ask)),
                    _ => None,
                }));
            }
        });
        for (id, ask) in asks {
            self.desk.ask(id, ask);
        }
    }

    /// Takes an answer of the desk.
    pub fn reply(&mut self, to: Option<ScreenId>, reply: Reply) -> Step {
        let step = self.heard(to, reply);
        self.catch_up(step)
    }

    fn heard(&mut self, to: Option<ScreenId>, reply: Reply) -> Step {
        self.desk.note(&reply);
        if let Reply::Told { sentence, wrong } = reply {
            self.tell(sentence, wrong);
            return Step::default();
        }
        let id = to.unwrap_or(self.stack.top_id());
        let Some(screen) = self.stack.find(id) else {
            return match self.desk.unclaimed(reply) {
                Some(intent) => self.perform(vec![intent]),
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

    /// What the desk says by itself never takes the place of what a screen said.
    fn tell(&mut self, text: String, wrong: bool) {
        if self.note.is_none() || self.told {
            self.told = !text.is_empty();
            self.note = self.told.then_some(Note { text, wrong });
        }
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
                (self.note, self.told) = (Some(Note { text, wrong: false }), false);
                Step::default()
            }
            Intent::Warn(text) => {
                (self.note, self.told) = (Some(Note { text, wrong: true }), false);
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

#[cfg(test)]
#[path = "app_tests.rs"]
mod tests;
