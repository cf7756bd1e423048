//! A list with a prompt whose deed is signed with the password each time, as the administrator's are.
//!
//! Must never do the deed before the password is given.

use crate::office::front::deed::Deed;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::list::ListTable;
use crate::ui::screen::Intent;
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::Prompt;
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::signing::Signing;

/// The parts.
#[derive(Debug)]
pub struct SignedPrompt<T: Shown, P> {
    /// The list and its prompt; the line below is the password's.
    pub with: Prompted<T, P>,
    /// The password and the deed on its way.
    pub signing: Signing,
}

impl<T: Shown, P> SignedPrompt<T, P> {
    /// No rows yet.
    pub fn new(table: ListTable) -> SignedPrompt<T, P> {
        SignedPrompt { with: Prompted::new(table).keeping(1), signing: Signing::new() }
    }

    /// A key: into the password, the prompt or the list. Answers the rows that were chosen, and what is wanted.
    pub fn key(&mut self, key: Key) -> (Vec<(String, char)>, Vec<Intent>) {
        if self.signing.is_busy() {
            return (Vec::new(), self.signing.key(key));
        }
        self.with.key(key)
    }

    /// Text that came at once.
    pub fn burst(&mut self, text: &str) -> (Vec<(String, char)>, Vec<Intent>) {
        if self.signing.is_busy() {
            return (Vec::new(), self.signing.burst(text));
        }
        self.with.burst(text)
    }

    /// What is filled in, submitted: the password is asked for, or the sentence says what is wrong.
    pub fn submit(&mut self, deed: impl FnOnce(&Prompt<P>) -> Result<Deed, String>) -> Vec<Intent> {
        if self.signing.is_busy() {
            return self.signing.again();
        }
        match self.with.prompt.as_ref().map(deed) {
            Some(Ok(deed)) => self.signing.begin(deed, true),
            Some(Err(sentence)) => {
                self.with.lead(&sentence);
                vec![Intent::Warn(sentence)]
            }
            None => Vec::new(),
        }
    }

    /// One step back: out of the password, then out of the prompt. False where there is nothing to leave.
    pub fn leave(&mut self) -> bool {
        if self.signing.is_busy() {
            self.signing.cancel();
        } else if self.with.prompt.is_some() {
            self.with.ask(None);
        } else {
            return false;
        }
        true
    }

    /// The hint while a prompt is open.
    pub fn hint(&self) -> Option<String> {
        let prompt = self.with.prompt.as_ref()?;
        Some(match self.signing.is_busy() {
            true => "请输密码，回车办理；F12不办".to_owned(),
            false => prompt.hint(),
        })
    }

    /// Whether keys wait for the desk.
    pub fn holds(&self) -> bool {
        self.signing.is_busy() && !self.signing.is_asking()
    }

    /// Draws list, prompt and password.
    pub fn draw(&self, canvas: &mut Canvas) {
        self.with.draw(canvas);
        if self.with.prompt.is_some() {
            let size = self.with.size();
            self.signing.draw(canvas, size.rows.saturating_sub(1), size.cols);
        }
    }

    /// Where the caret stands.
    pub fn caret(&self) -> (u16, u16) {
        if self.with.prompt.is_some() && self.signing.is_asking() {
            return (self.with.size().rows.saturating_sub(1), self.signing.caret().1);
        }
        self.with.caret()
    }
}
