//! 锁屏: nothing of the work is seen until the officer in session gives his password.
//!
//! Must never show anything of the screens below, and never keep a password longer than it is tried.

use zeroize::Zeroizing;

use crate::ui::action::Action;
use crate::ui::canvas::{Canvas, columns};
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::password::{Happened, Password};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};

/// Columns of the password.
const COLS: u16 = 24;
/// What stands before it.
const LABEL: &str = "密    码   [";

/// The screen.
#[derive(Debug, Default)]
pub struct Lock {
    password: Password,
    checking: bool,
    size: Size,
}

impl Lock {
    /// With nothing typed.
    pub fn new() -> Lock {
        Lock { password: Password::new(), checking: false, size: Size { rows: 19, cols: 80 } }
    }

    fn typed(&mut self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Foreign => vec![Intent::Warn("密码里没有汉字，请切到英文输入".to_owned())],
            Happened::Nothing | Happened::Moved => Vec::new(),
            Happened::Done => self.submit(),
        }
    }

    fn submit(&mut self) -> Vec<Intent> {
        if self.password.text().is_empty() {
            return vec![Intent::Warn("请打密码，再按回车；不是本人请按 F3 签退".to_owned())];
        }
        self.checking = true;
        let password = Zeroizing::new(self.password.text().to_owned());
        self.password.clear();
        vec![Intent::Ask(Ask::Unlock(password))]
    }

    /// Row and column of the password's first character.
    fn place(&self) -> (u16, u16) {
        let label = u16::try_from(columns(LABEL)).unwrap_or(0);
        let left = self.size.cols.saturating_sub(label + COLS + 1) / 2;
        (self.size.rows / 2, left + label)
    }
}

impl Screen for Lock {
    fn name(&self) -> &'static str {
        "锁屏"
    }

    fn context(&self) -> Context {
        Context::Any
    }

    fn offers(&self) -> Vec<Offer> {
        vec![Offer::key(Key::Enter, "继续"), Offer::named(Action::Back, "签退"), Offer::new(Action::SignOut)]
    }

    fn hint(&self) -> String {
        if self.checking {
            return "正在核对密码".to_owned();
        }
        "已锁屏。本人打密码回车，回到原来的地方；换人请按 F3 签退，填到一半的在暂存箱".to_owned()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: "密码：本人登录用的密码，打完回车。".to_owned(),
            screen: vec![
                "一段时间没有按键就锁屏，离开时也可以自己按 Ctrl-B。原来的画面都在，打密码就回去。"
                    .to_owned(),
                "换人用这台电脑：F3 签退，再用自己的号登录。填到一半的表单已存在原来那人的暂存箱里。"
                    .to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        self.checking
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.size = size,
            Msg::Key(key) => {
                let happened = self.password.key(key);
                return self.typed(happened);
            }
            Msg::Burst(text) => {
                let happened = self.password.burst(&text);
                return self.typed(happened);
            }
            Msg::Reply(Reply::Unlocked) => return vec![Intent::Back],
            Msg::Reply(Reply::NotSignedIn(sentence) | Reply::Failed(sentence)) if self.checking => {
                self.checking = false;
                return vec![Intent::Warn(sentence), Intent::Forget];
            }
            Msg::Action(Action::Back | Action::SignOut) => {
                return vec![Intent::Ask(Ask::SignOut), Intent::Restart(Place::SignIn)];
            }
            Msg::Shown => return vec![Intent::Ask(Ask::Blanked)],
            Msg::Reply(_) | Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        let (row, col) = self.place();
        let title = "已 锁 屏";
        let wide = u16::try_from(columns(title)).unwrap_or(0);
        canvas.put(row.saturating_sub(2), self.size.cols.saturating_sub(wide) / 2, title, Role::Heading);
        let label = u16::try_from(columns(LABEL)).unwrap_or(0);
        canvas.put(row, col.saturating_sub(label), LABEL, Role::Text);
        self.password.draw(canvas, row, col, COLS, true);
        canvas.put(row, col + COLS, "]", Role::Text);
    }

    fn caret(&self) -> (u16, u16) {
        let (row, col) = self.place();
        (row, col + self.password.caret(COLS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_the_right_password_or_signing_out_leads_away() {
        let mut lock = Lock::new();
        assert!(matches!(lock.update(Msg::Key(Key::Enter)).as_slice(), [Intent::Warn(_)]));
        for key in [Key::Up, Key::PgDn, Key::Home] {
            assert_eq!(lock.update(Msg::Key(key)), vec![], "{key:?}");
        }
        for c in "mudou-9".chars() {
            lock.update(Msg::Key(Key::Char(c)));
        }
        let asked = lock.update(Msg::Key(Key::Enter));
        assert_eq!(asked, vec![Intent::Ask(Ask::Unlock(Zeroizing::new("mudou-9".to_owned())))]);
        assert!(lock.holds() && lock.password.text().is_empty());
        let wrong = lock.update(Msg::Reply(Reply::NotSignedIn("密码不对".to_owned())));
        assert_eq!(wrong, vec![Intent::Warn("密码不对".to_owned()), Intent::Forget]);
        assert!(!lock.holds());
        assert_eq!(lock.update(Msg::Reply(Reply::Unlocked)), vec![Intent::Back]);
        let out = lock.update(Msg::Action(Action::Back));
        assert_eq!(out, vec![Intent::Ask(Ask::SignOut), Intent::Restart(Place::SignIn)]);
    }
}
