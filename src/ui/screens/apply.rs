//! 申请: somebody who cannot sign in yet, or no more, makes a key on this PC under a password of his own, and tells the
//! administrator the eight digits of it. Must never keep a password longer than it is handed over.

use crate::office::request::spoken;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::password::{self, Password};
use crate::ui::product::{Ask, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::officer_words::{OFFICE, office_of};
use crate::ui::screens::prompt::{self, Kind, Prompt};
use zeroize::Zeroizing;

/// The rows of the two passwords.
const FIRST: u16 = 6;
/// Where they are typed.
const COL: u16 = 16;
/// Their columns.
const COLS: u16 = 24;

/// How far it is.
#[derive(Debug)]
enum State {
    /// Number and office are filled in.
    Who,
    /// The password is typed; the first one once the second is asked for.
    Password(Password, Option<Password>),
    /// The key is made and the request left.
    Making,
    /// Done: the digits.
    Done(String),
}

/// The screen.
#[derive(Debug)]
pub struct ApplyScreen {
    prompt: Prompt<()>,
    state: State,
    size: Size,
}

impl Default for ApplyScreen {
    fn default() -> ApplyScreen {
        ApplyScreen::new()
    }
}

impl ApplyScreen {
    /// An empty form.
    pub fn new() -> ApplyScreen {
        let prompt = Prompt::new((), format!("申请登记，或忘了密码重新申请。{OFFICE}"))
            .with("操作员号", Kind::Officer, "")
            .with("单位", Kind::Digits, "");
        ApplyScreen { prompt, state: State::Who, size: Size { rows: 19, cols: 80 } }
    }

    fn who(&self) -> Result<(String, crate::domain::office::Office), String> {
        let no = self.prompt.text(0)?;
        if no.len() > 8 || !no.bytes().all(|byte| byte.is_ascii_digit()) || no == "0" {
            return Err("操作员号须是1至8位数字".to_owned());
        }
        Ok((no, office_of(&self.prompt.text(1)?)?))
    }

    fn submit(&mut self) -> Vec<Intent> {
        match (&self.state, self.who()) {
            (State::Who, Ok(_)) => {
                self.state = State::Password(Password::new(), None);
                vec![Intent::Forget, Intent::Say("请设密码：8位以上，不能只有数字；打完回车".to_owned())]
            }
            (State::Who, Err(sentence)) => vec![Intent::Warn(sentence)],
            (State::Password(..), _) => self.typed(password::Happened::Done),
            _ => Vec::new(),
        }
    }

    fn typed(&mut self, happened: password::Happened) -> Vec<Intent> {
        match happened {
            password::Happened::Foreign => {
                return vec![Intent::Warn("密码里没有汉字，请切到英文输入".to_owned())];
            }
            password::Happened::Nothing | password::Happened::Moved => return Vec::new(),
            password::Happened::Done => {}
        }
        let State::Password(field, first) = std::mem::replace(&mut self.state, State::Who) else {
            return Vec::new();
        };
        match first {
            None => {
                self.state = State::Password(Password::new(), Some(field));
                vec![Intent::Say("请再输一次，回车".to_owned())]
            }
            Some(first) if first.text() != field.text() => {
                self.state = State::Password(Password::new(), None);
                vec![Intent::Warn("两次输入的密码不一样，请从头设".to_owned())]
            }
            Some(first) => match self.who() {
                Ok((officer, office)) => {
                    self.state = State::Making;
                    let password = Zeroizing::new(first.text().to_owned());
                    vec![Intent::Ask(Ask::Apply { officer, office, password })]
                }
                Err(sentence) => vec![Intent::Warn(sentence)],
            },
        }
    }

    fn key(&mut self, key: Key) -> Vec<Intent> {
        match &mut self.state {
            State::Who => match self.prompt.key(key) {
                prompt::Happened::Say(text) => vec![Intent::Say(text)],
                _ => Vec::new(),
            },
            State::Password(field, _) => {
                let happened = field.key(key);
                self.typed(happened)
            }
            State::Making => vec![Intent::Say("正在生成密钥，请稍候".to_owned())],
            State::Done(_) => Vec::new(),
        }
    }

    fn leave(&mut self) -> Vec<Intent> {
        match self.state {
            State::Password(..) => {
                self.state = State::Who;
                Vec::new()
            }
            _ => vec![Intent::Back],
        }
    }
}

impl Screen for ApplyScreen {
    fn name(&self) -> &'static str {
        "申请"
    }

    fn context(&self) -> Context {
        Context::Form
    }

    fn offers(&self) -> Vec<Offer> {
        let mut offers = vec![Offer::key(Key::Enter, "下一项"), Offer::new(Action::Back)];
        if matches!(self.state, State::Who) {
            offers.insert(1, Offer::named(Action::Submit, "设密码"));
        }
        offers
    }

    fn hint(&self) -> String {
        match &self.state {
            State::Who => self.prompt.hint().replace("F9 办理，F12 不办", "填好按 F9 设密码"),
            State::Password(_, None) => "密码只有您自己知道，管理员也看不到；打完回车".to_owned(),
            State::Password(_, Some(_)) => "再输一次，回车".to_owned(),
            State::Making => "正在生成密钥，请稍候".to_owned(),
            State::Done(_) => "抄下对照码，打电话报给县局管理员；F3 返回登录".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "新操作员：打想用的操作员号、单位代码，自己设密码，然后把屏上的8位对照码打电话报给县局管理员。".to_owned(),
                "忘了密码：打自己的操作员号，设新密码，同样报对照码；登记以后旧密码作废。".to_owned(),
                "共享盘上只放操作员号、单位和公钥，没有姓名，也没有密码。30天没有登记的，自动作废。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        matches!(self.state, State::Making)
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.size = size,
            Msg::Key(key) => return self.key(key),
            Msg::Burst(text) => match &mut self.state {
                State::Who => {
                    if let prompt::Happened::Say(text) = self.prompt.burst(&text) {
                        return vec![Intent::Say(text)];
                    }
                }
                State::Password(field, _) => {
                    let happened = field.burst(&text);
                    return self.typed(happened);
                }
                _ => {}
            },
            Msg::Reply(Reply::Requested(digits)) => self.state = State::Done(digits),
            Msg::Reply(Reply::Failed(sentence)) => {
                if matches!(self.state, State::Making) {
                    self.state = State::Password(Password::new(), None);
                }
                return vec![Intent::Warn(sentence)];
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Back | Action::Cancel) => return self.leave(),
            Msg::Shown | Msg::Reply(_) | Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        if let State::Done(digits) = &self.state {
            canvas.put(2, 3, "申请已放到共享盘。", Role::Text);
            let end = canvas.put(4, 3, "对照码  ", Role::Label);
            canvas.put(4, end, &spoken(digits), Role::Sign);
            canvas.put(6, 3, "1. 抄下来，打电话给县局管理员，由您把这8位数字报给他。", Role::Text);
            canvas.put(7, 3, "2. 管理员登记以后，用操作员号和刚才的密码登录。", Role::Text);
            canvas.put(8, 3, "3. 30天内没有登记的，申请作废，再申请一次就行。", Role::Text);
            return;
        }
        self.prompt.draw(canvas, 1, self.size.cols);
        let State::Password(field, first) = &self.state else { return };
        let row = FIRST + u16::from(first.is_some()) * 2;
        if first.is_some() {
            canvas.put(FIRST, 3, "密码已输一次", Role::Muted);
        }
        let label = if first.is_some() { "再输一次  [" } else { "设定密码  [" };
        canvas.put(row, 3, label, Role::Label);
        field.draw(canvas, row, COL, COLS, true);
        canvas.put(row, COL + COLS, "]", Role::Label);
    }

    fn caret(&self) -> (u16, u16) {
        match &self.state {
            State::Who => {
                let (row, col) = self.prompt.caret(self.size.cols);
                (row + 1, col)
            }
            State::Password(field, first) => {
                (FIRST + u16::from(first.is_some()) * 2, COL + field.caret(COLS))
            }
            State::Making | State::Done(_) => (2, 3),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::office::Office;
    use crate::ui::screens::fixtures::drawn;

    fn type_in(screen: &mut ApplyScreen, text: &str) -> Vec<Intent> {
        for c in text.chars() {
            screen.update(Msg::Key(Key::Char(c)));
        }
        screen.update(Msg::Key(Key::Enter))
    }

    #[test]
    fn number_office_and_a_password_typed_twice_become_digits() {
        let mut screen = ApplyScreen::new();
        screen.update(Msg::Sized(Size { rows: 19, cols: 80 }));
        assert!(matches!(screen.update(Msg::Action(Action::Submit)).as_slice(), [Intent::Warn(_)]));
        type_in(&mut screen, "1027");
        type_in(&mut screen, "103");
        assert!(screen.update(Msg::Action(Action::Submit)).contains(&Intent::Forget));
        type_in(&mut screen, "liu-shu-tun");
        let wrong = type_in(&mut screen, "liu-shu-tum");
        assert!(matches!(wrong.as_slice(), [Intent::Warn(text)] if text.contains("不一样")), "{wrong:?}");
        type_in(&mut screen, "liu-shu-tun");
        let asked = type_in(&mut screen, "liu-shu-tun");
        let apply = Ask::Apply {
            officer: "1027".to_owned(),
            office: Office::Township(103),
            password: Zeroizing::new("liu-shu-tun".to_owned()),
        };
        assert_eq!(asked, vec![Intent::Ask(apply)]);
        assert!(screen.holds() && !drawn(&mut screen).contains("liu-shu"));
        screen.update(Msg::Reply(Reply::Requested("48213377".to_owned())));
        assert!(drawn(&mut screen).contains("4821 3377"));
        assert_eq!(screen.update(Msg::Action(Action::Back)), vec![Intent::Back]);
    }
}
