//! The screens that are open, one on top of the other. There is always one.
//!
//! Must never refresh what is not seen: a screen that comes to the top again is told so and derives anew what it shows.

use super::screen::Screen;

/// Tells screens apart over time, so that an answer finds the one that asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScreenId(u64);

impl ScreenId {
    /// No screen: what is told to it stands in the message line and is taken for nobody's answer.
    pub const NOBODY: ScreenId = ScreenId(u64::MAX);
}

struct Entry {
    id: ScreenId,
    screen: Box<dyn Screen>,
}

/// A top and what lies below.
pub struct Stack {
    top: Entry,
    below: Vec<Entry>,
    next: u64,
}

impl Stack {
    /// A stack of one screen.
    pub fn new(first: Box<dyn Screen>) -> Stack {
        Stack { top: Entry { id: ScreenId(0), screen: first }, below: Vec::new(), next: 1 }
    }

    /// The screen that is seen.
    pub fn top(&self) -> &dyn Screen {
        self.top.screen.as_ref()
    }

    /// The screen that is seen, to be told something.
    pub fn top_mut(&mut self) -> &mut dyn Screen {
        self.top.screen.as_mut()
    }

    /// The mark of the screen that is seen.
    pub fn top_id(&self) -> ScreenId {
        self.top.id
    }

    /// The screen of that mark, wherever it lies.
    pub fn find(&mut self, id: ScreenId) -> Option<&mut dyn Screen> {
        if self.top.id == id {
            return Some(self.top.screen.as_mut());
        }
        match self.below.iter_mut().find(|entry| entry.id == id) {
            Some(entry) => Some(entry.screen.as_mut()),
            None => None,
        }
    }

    /// Every screen from the lowest to the one that is seen, to be told something.
    pub fn each(&mut self, mut tell: impl FnMut(ScreenId, &mut dyn Screen)) {
        for entry in self.below.iter_mut().chain([&mut self.top]) {
            tell(entry.id, entry.screen.as_mut());
        }
    }

    /// Opens a screen above.
    pub fn push(&mut self, screen: Box<dyn Screen>) {
        let entry = self.entry(screen);
        self.below.push(std::mem::replace(&mut self.top, entry));
    }

    /// Puts a screen in place of the top one.
    pub fn replace(&mut self, screen: Box<dyn Screen>) {
        self.top = self.entry(screen);
    }

    /// Closes everything and begins with this one.
    pub fn restart(&mut self, screen: Box<dyn Screen>) {
        self.below.clear();
        self.replace(screen);
    }

    /// Closes the top one; false when it is the last, which stays.
    pub fn pop(&mut self) -> bool {
        match self.below.pop() {
            Some(entry) => {
                self.top = entry;
                true
            }
            None => false,
        }
    }

    /// How many there are.
    pub fn depth(&self) -> usize {
        self.below.len() + 1
    }

    fn entry(&mut self, screen: Box<dyn Screen>) -> Entry {
        let id = ScreenId(self.next);
        self.next += 1;
        Entry { id, screen }
    }
}
