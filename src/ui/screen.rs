//! What a screen is: it takes messages and answers with intents.
//!
//! A screen holds no connection, calls no other screen, carries no callback, and must never wait for anything.

use super::action::Action;
use super::canvas::Canvas;
use super::key::Key;
use super::keymap::Context;
use super::product::{Ask, Place, Reply};

/// The part of the window that belongs to the screen, in rows and columns.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Size {
    /// Rows between the rule under the title and the rule above the message line.
    pub rows: u16,
    /// Columns.
    pub cols: u16,
}

/// What reaches a screen.
#[derive(Debug, Clone, PartialEq)]
#[allow(clippy::large_enum_variant, reason = "one at a time is made, moved once into a screen and dropped")]
pub enum Msg {
    /// The part of the window it has: before anything else, and again when it changes.
    Sized(Size),
    /// It stands on top now, for the first time or again: what is derived from the desk is to be asked anew.
    Shown,
    /// A key that is no command on this kind of screen.
    Key(Key),
    /// Text that came as one burst, a line break at the end standing for Enter.
    Burst(String),
    /// A command that it offers and that can be done now.
    Action(Action),
    /// The desk's answer to something it asked, or news.
    Reply(Reply),
}

/// What a screen wants.
#[derive(Debug, Clone, PartialEq)]
pub enum Intent {
    /// Asks the desk.
    Ask(Ask),
    /// Opens a screen above this one.
    Open(Place),
    /// Opens a screen in place of this one.
    Replace(Place),
    /// Closes this screen; the one below is shown. On the lowest screen nothing happens.
    Back,
    /// Closes everything and begins with this screen: after sign-in and sign-out.
    Restart(Place),
    /// Ends the program.
    Quit,
    /// A sentence for the message line until the next key.
    Say(String),
    /// The same for what is wrong: drawn as a problem.
    Warn(String),
    /// What was typed ahead is thrown away once the next frame stands: a signature is about to be asked for.
    Forget,
}

/// A command or key that a screen offers now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    /// The command; `None` for a key that the screen reads itself.
    pub action: Option<Action>,
    /// The key to show; `None`: the one of the key map.
    pub key: Option<Key>,
    /// The Chinese label.
    pub label: String,
    /// Why it cannot be done now, as a sentence; `None` when it can.
    pub disabled: Option<String>,
}

impl Offer {
    /// A command under its usual label.
    pub fn new(action: Action) -> Offer {
        Offer { action: Some(action), key: None, label: action.label().to_owned(), disabled: None }
    }

    /// A command under the label that this screen gives it.
    pub fn named(action: Action, label: &str) -> Offer {
        Offer { label: label.to_owned(), ..Offer::new(action) }
    }

    /// A key that the screen reads itself.
    pub fn key(key: Key, label: &str) -> Offer {
        Offer { action: None, key: Some(key), label: label.to_owned(), disabled: None }
    }

    /// The same, not possible now for that reason.
    pub fn unless(mut self, reason: Option<String>) -> Offer {
        self.disabled = reason;
        self
    }
}

/// What F1 tells; the rest of help is made from the offers and the key map.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct HelpText {
    /// About the field under the cursor, with its clause; empty if there is none.
    pub field: String,
    /// About the screen: a paragraph each.
    pub screen: Vec<String>,
}

/// A screen.
pub trait Screen {
    /// The name in the title bar.
    fn name(&self) -> &'static str;

    /// What stands in the title bar after the name: a case, a state; mostly nothing.
    fn subject(&self) -> String {
        String::new()
    }

    /// Which section of the key map holds.
    fn context(&self) -> Context;

    /// What can be done now, or could and why not; in the order of the key bar.
    fn offers(&self) -> Vec<Offer>;

    /// What the message line says when there is no message: mostly the help of the focused field.
    fn hint(&self) -> String {
        String::new()
    }

    /// What F1 tells.
    fn help(&self) -> HelpText;

    /// Whether keys are to wait: the screen was asked something whose answer decides what they mean. What is typed
    /// meanwhile is kept and comes to whichever screen stands there after the answer.
    fn holds(&self) -> bool {
        false
    }

    /// Takes a message.
    fn update(&mut self, msg: Msg) -> Vec<Intent>;

    /// Draws the body.
    fn draw(&self, canvas: &mut Canvas);

    /// Row and column of the caret in the body: the focused field, or the box before the row of a list.
    fn caret(&self) -> (u16, u16);
}
