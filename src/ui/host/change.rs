//! The change of one's own password at the host, and the word to whoever sits here with a key that stands no more.

use super::{Host, Inward, Pending};
use crate::office::front::change::Passwords;
use crate::office::setup::MadeKey;
use crate::store::fault::{Fault, FaultKind};
use crate::ui::product::Reply;
use crate::ui::stack::ScreenId;

impl Host {
    /// An officer changes his password: refused at once where it cannot be done now.
    pub(super) fn change_password(&mut self, from: ScreenId, passwords: Passwords) {
        if let Err(fault) = self.try_change(from, passwords) {
            self.send(Some(from), Reply::Failed(fault.to_string()));
        }
    }

    fn try_change(&mut self, from: ScreenId, passwords: Passwords) -> Result<(), Fault> {
        if !self.drive.drive.answers() {
            let what = "共享盘现在不能写，密码改不了";
            let next = "原密码照常能用；请恢复联机后再改";
            return Err(Fault::new(FaultKind::User, what, next));
        }
        let voice = self.voice();
        self.front.begin_change(passwords, move |made| {
            voice.tell(Inward::Changed { from, made: Box::new(made) });
        })
    }

    /// The old password was right and the new key is made, or not.
    pub(super) fn changed(&mut self, from: ScreenId, made: Result<MadeKey, Fault>) {
        let made = match made {
            Ok(made) => made,
            // The passwords were judged before: what fails here is the old one, or the machine.
            Err(fault) => return self.send(Some(from), Reply::NotSignedIn(fault.to_string())),
        };
        match self.front.give_change(made) {
            Ok(group) => {
                self.count_waiting();
                let said = "密码已更改，从现在起用新密码登录".to_owned();
                self.pending.insert(group, Pending::of(from, said));
            }
            Err(fault) => self.send(Some(from), Reply::Failed(fault.to_string())),
        }
    }

    /// Writes the month sheet, and says where it lies when it is done.
    pub(super) fn print_month(&self, from: ScreenId, month: (i32, u32)) {
        let voice = self.voice();
        let begun = self.front.begin_month(month, move |file| voice.tell(Inward::Printed { from, file }));
        if let Err(fault) = begun {
            self.send(Some(from), Reply::Failed(fault.to_string()));
        }
    }

    /// Tells once whoever is signed in with a key that stands no more.
    pub(super) fn tell_superseded(&mut self) {
        let told = self.front.superseded().map(|fault| fault.to_string());
        if let Some(sentence) = told.filter(|_| !self.superseded) {
            self.superseded = true;
            self.send(None, Reply::Told { sentence, wrong: true });
        }
    }
}
