//! A list with a prompt under it, as several screens need it: rows, who looks at them, and a small form for one of them.
//!
//! Must never know what the prompt is for.

use crate::base::day::Stamp;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::list::{Happened, List, ListTable};
use crate::ui::product::MeView;
use crate::ui::screen::{Intent, Size};
use crate::ui::screens::held::{Held, Shown};
use crate::ui::screens::prompt::{self, Prompt};

/// The parts.
#[derive(Debug)]
pub struct Prompted<T: Shown, P> {
    /// The rows.
    pub list: List<Held<T>>,
    /// Who looks at them.
    pub me: Option<Box<MeView>>,
    /// What is being filled in.
    pub prompt: Option<Prompt<P>>,
    /// Whether the desk has answered once.
    pub read: bool,
    size: Size,
}

impl<T: Shown, P> Prompted<T, P> {
    /// No rows yet.
    pub fn new(table: ListTable) -> Prompted<T, P> {
        let list = List::new(table, Held::empty());
        Prompted { list, me: None, prompt: None, read: false, size: Size { rows: 19, cols: 80 } }
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Option<&T> {
        self.list.selected().and_then(|at| self.list.rows().items.get(at))
    }

    /// Now, as far as the desk told.
    pub fn now(&self) -> Stamp {
        self.me.as_ref().map_or(Stamp(0), |me| me.now)
    }

    /// The rows as the desk answered them.
    pub fn replace(&mut self, items: Vec<T>) {
        self.read = true;
        let now = self.now();
        self.list.replace(Held { items, now });
    }

    /// A window of this size.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        let foot = self.prompt.as_ref().map_or(0, Prompt::rows);
        self.list.resize(Size { rows: size.rows.saturating_sub(foot), ..size });
    }

    /// Opens a prompt, or closes it.
    pub fn ask(&mut self, prompt: Option<Prompt<P>>) {
        self.prompt = prompt;
        self.resize(self.size);
    }

    /// A key: into the prompt where one is open. Answers the rows that were chosen, and what is to be said.
    pub fn key(&mut self, key: Key) -> (Vec<(String, char)>, Vec<Intent>) {
        match &mut self.prompt {
            Some(prompt) => (Vec::new(), said(prompt.key(key))),
            None => sorted(self.list.key(key)),
        }
    }

    /// Text that came at once.
    pub fn burst(&mut self, text: &str) -> (Vec<(String, char)>, Vec<Intent>) {
        match &mut self.prompt {
            Some(prompt) => (Vec::new(), said(prompt.burst(text))),
            None => sorted(self.list.burst(text)),
        }
    }

    /// Draws both.
    pub fn draw(&self, canvas: &mut Canvas) {
        let foot = self.prompt.as_ref().map_or(0, Prompt::rows);
        let rows = self.size.rows.saturating_sub(foot);
        self.list.draw(&mut canvas.rows(0, rows));
        if let Some(prompt) = &self.prompt {
            prompt.draw(canvas, rows, self.size.cols);
        }
    }

    /// Where the caret stands.
    pub fn caret(&self) -> (u16, u16) {
        match &self.prompt {
            Some(prompt) => {
                let (row, col) = prompt.caret(self.size.cols);
                (self.size.rows.saturating_sub(prompt.rows()) + row, col)
            }
            None => self.list.caret(),
        }
    }
}

fn said(happened: prompt::Happened) -> Vec<Intent> {
    match happened {
        prompt::Happened::Say(text) => vec![Intent::Say(text)],
        prompt::Happened::Nothing | prompt::Happened::Moved => Vec::new(),
    }
}

fn sorted(happened: Happened) -> (Vec<(String, char)>, Vec<Intent>) {
    match happened {
        Happened::Chosen(chosen) => (chosen, Vec::new()),
        Happened::Say(text) => (Vec::new(), vec![Intent::Say(text)]),
        Happened::Nothing | Happened::Moved => (Vec::new(), Vec::new()),
    }
}
