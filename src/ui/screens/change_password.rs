//! 改密码: the officer in session changes his own password. Must never show a password, nor keep one longer than it is handed
//! over.

use crate::domain::office::Officer;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::password::{Happened, Password};
use crate::ui::product::{Ask, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::words;
use zeroize::Zeroizing;

/// What is asked, in order.
const LABELS: [&str; 3] = ["原 密 码  [", "新 密 码  [", "再输一次  ["];
/// The row of the first field; the others stand two rows below each other.
const FIRST: u16 = 3;
/// Where they are typed.
const COL: u16 = 14;
/// Their columns.
const COLS: u16 = 24;

/// How far it is.
#[derive(Debug, PartialEq, Eq)]
enum State {
    /// The passwords are typed.
    Typing,
    /// The key is made and the order carried.
    Changing,
    /// It is done, or nobody knows yet: what is said of it.
    Over(&'static [&'static str]),
}

const DONE: &[&str] = &[
    "密码已更改。",
    "1. 从现在起，在哪台电脑上都用新密码登录；旧密码作废。",
    "2. 您不用重新登录，可以接着办理；暂存的内容都在。",
    "3. 您在别的电脑上还登录着的，请到那里签退，再用新密码登录。",
];

const UNKNOWN: &[&str] = &[
    "共享盘没有回音，还不知道密码改好没有。",
    "1. 恢复联机后自动再问，改好了会告诉您；请先把新旧两个密码都记住。",
    "2. 下次登录先打新密码，打不开的打旧密码。",
    "3. 结果没有出来以前不要再改一次。",
];

/// The screen.
#[derive(Debug)]
pub struct ChangePassword {
    fields: [Password; 3],
    at: usize,
    who: Option<Officer>,
    state: State,
    size: Size,
}

impl Default for ChangePassword {
    fn default() -> ChangePassword {
        ChangePassword::new()
    }
}

impl ChangePassword {
    /// With nothing typed.
    pub fn new() -> ChangePassword {
        ChangePassword {
            fields: [Password::new(), Password::new(), Password::new()],
            at: 0,
            who: None,
            state: State::Typing,
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn text(&self, at: usize) -> &str {
        self.fields.get(at).map_or("", Password::text)
    }

    /// Forgets the fields from one on, and begins there again.
    fn again_from(&mut self, at: usize) {
        self.fields.iter_mut().skip(at).for_each(Password::clear);
        (self.at, self.state) = (at, State::Typing);
    }

    fn typed(&mut self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Foreign => vec![Intent::Warn("密码里没有汉字，请切到英文输入".to_owned())],
            Happened::Nothing | Happened::Moved => Vec::new(),
            Happened::Done if self.at + 1 < LABELS.len() => {
                self.at += 1;
                Vec::new()
            }
            Happened::Done => self.submit(),
        }
    }

    fn submit(&mut self) -> Vec<Intent> {
        let empty = (0..LABELS.len()).find(|at| self.text(*at).is_empty());
        if let Some(at) = empty {
            self.at = at;
            let said = match at {
                0 => "请打原来的密码，再打两次新密码",
                1 => "请打新密码：8位以上，不能只有数字",
                _ => "请把新密码再打一次",
            };
            return vec![Intent::Warn(said.to_owned())];
        }
        if self.text(1) != self.text(2) {
            self.again_from(1);
            return vec![Intent::Warn("两次输入的新密码不一样，请从新密码起重打".to_owned())];
        }
        let take = |at| Zeroizing::new(self.text(at).to_owned());
        let ask = Ask::ChangePassword { old: take(0), new: take(1) };
        self.state = State::Changing;
        vec![Intent::Ask(ask), Intent::Forget]
    }

    fn key(&mut self, key: Key) -> Vec<Intent> {
        if self.state != State::Typing {
            return if key == Key::Enter && self.state != State::Changing {
                vec![Intent::Back]
            } else {
                Vec::new()
            };
        }
        match key {
            Key::Up => self.at = self.at.saturating_sub(1),
            Key::Down | Key::Tab => self.at = (self.at + 1).min(LABELS.len() - 1),
            key => {
                let happened = self.fields.get_mut(self.at).map_or(Happened::Nothing, |field| field.key(key));
                return self.typed(happened);
            }
        }
        Vec::new()
    }

    fn reply(&mut self, reply: &Reply) -> Vec<Intent> {
        if let Reply::Me(me) = reply {
            self.who = Some(me.officer.clone());
            return Vec::new();
        }
        if self.state != State::Changing {
            // What comes of a change that nobody knew of.
            if let (State::Over(_), Reply::Done { .. }) = (&self.state, reply) {
                self.state = State::Over(DONE);
            }
            return words::outcome(reply).into_iter().collect();
        }
        match reply {
            Reply::Done { .. } => {
                self.again_from(0);
                self.state = State::Over(DONE);
            }
            Reply::Held(_) => {
                self.again_from(0);
                self.state = State::Over(UNKNOWN);
            }
            Reply::NotSignedIn(sentence) => {
                self.again_from(0);
                return vec![Intent::Warn(sentence.clone()), Intent::Forget];
            }
            Reply::Failed(sentence) => {
                self.again_from(1);
                return vec![Intent::Warn(sentence.clone()), Intent::Forget];
            }
            Reply::Refused(refusals) => {
                self.again_from(0);
                return vec![Intent::Warn(words::verdicts(refusals)), Intent::Forget];
            }
            _ => {}
        }
        Vec::new()
    }
}

impl Screen for ChangePassword {
    fn name(&self) -> &'static str {
        "改密码"
    }

    fn context(&self) -> Context {
        Context::Form
    }

    fn offers(&self) -> Vec<Offer> {
        match self.state {
            State::Typing => vec![
                Offer::key(Key::Enter, "下一项"),
                Offer::named(Action::Submit, "改密码"),
                Offer::named(Action::Cancel, "不改"),
                Offer::new(Action::Back),
            ],
            State::Changing => vec![Offer::new(Action::Back)],
            State::Over(_) => vec![Offer::key(Key::Enter, "返回"), Offer::new(Action::Back)],
        }
    }

    fn hint(&self) -> String {
        match (&self.state, self.at) {
            (State::Typing, 0) => "打现在用的密码，回车；Esc 不改",
            (State::Typing, 1) => "打新密码，回车；密码只有您自己知道，管理员也看不到",
            (State::Typing, _) => "把新密码再打一次，回车就改；Esc 不改",
            (State::Changing, _) => "正在改密码，请稍候",
            (State::Over(_), _) => "回车或 F3 返回",
        }
        .to_owned()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: "新密码：8位以上，不能只有数字；不用操作员号、姓名拼音、日期和键盘上挨着的键。".to_owned(),
            screen: vec![
                "自己改密码，不用找管理员，改好立即生效。忘了原密码的，在登录屏按 F6 申请。".to_owned(),
                "改密码就是换一把签名的密钥：以前签的都算数；知道旧密码的人，就是留着旧文件，也签不了以后的。"
                    .to_owned(),
                "要联机才能改；还有待传的，先等它送出，因为那是用旧密钥签的。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        self.state == State::Changing
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.size = size,
            Msg::Shown => return vec![Intent::Ask(Ask::Me)],
            Msg::Key(key) => return self.key(key),
            Msg::Burst(text) if self.state == State::Typing => {
                let happened =
                    self.fields.get_mut(self.at).map_or(Happened::Nothing, |field| field.burst(&text));
                return self.typed(happened);
            }
            Msg::Reply(reply) => return self.reply(&reply),
            Msg::Action(Action::Submit) if self.state == State::Typing => return self.submit(),
            Msg::Action(Action::Back | Action::Cancel) => return vec![Intent::Back],
            Msg::Burst(_) | Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        let who = self.who.as_ref().map(|who| format!("操作员 {} {}", who.no, who.name)).unwrap_or_default();
        canvas.put(1, 3, &who, Role::Heading);
        let room = usize::from(self.size.cols.saturating_sub(5));
        let mut wrapped = |row: &mut u16, text: &str, role| {
            for line in crate::base::width::wrap(text, room) {
                canvas.put(*row, 3, &line, role);
                *row += 1;
            }
        };
        let mut row = FIRST;
        match &self.state {
            State::Over(lines) => {
                for line in *lines {
                    wrapped(&mut row, line, Role::Text);
                }
                return;
            }
            State::Changing => wrapped(&mut row, "正在生成新密钥、写入共享盘，请稍候", Role::Muted),
            State::Typing => {
                row = FIRST + 6;
                for line in [
                    "新密码至少8位，不能只有数字；好记的办法：几个不相干的词的拼音连起来。",
                    "不用操作员号、姓名拼音、日期、键盘上挨着的键，也不用人人都会先猜的词。",
                    "改好立即生效，旧密码作废；以前签过的都算数。",
                ] {
                    wrapped(&mut row, line, Role::Muted);
                }
            }
        }
        if self.state != State::Typing {
            return;
        }
        for ((row, label), (at, field)) in
            (FIRST..).step_by(2).zip(LABELS).zip(self.fields.iter().enumerate())
        {
            canvas.put(row, 3, label, Role::Label);
            field.draw(canvas, row, COL, COLS, at == self.at);
            canvas.put(row, COL + COLS, "]", Role::Label);
        }
    }

    fn caret(&self) -> (u16, u16) {
        if self.state != State::Typing {
            return (1, 3);
        }
        let row = FIRST + 2 * u16::try_from(self.at).unwrap_or(0);
        (row, COL + self.fields.get(self.at).map_or(0, |field| field.caret(COLS)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::screens::fixtures::drawn;

    fn screen() -> ChangePassword {
        let mut screen = ChangePassword::new();
        screen.update(Msg::Sized(Size { rows: 19, cols: 80 }));
        screen
    }

    fn enter(screen: &mut ChangePassword, text: &str) -> Vec<Intent> {
        for c in text.chars() {
            screen.update(Msg::Key(Key::Char(c)));
        }
        screen.update(Msg::Key(Key::Enter))
    }

    #[test]
    fn three_fields_become_one_change_and_nothing_typed_is_seen() {
        let mut screen = screen();
        assert_eq!(screen.caret(), (FIRST, COL), "the cursor stands in the first field");
        enter(&mut screen, "liushu tunkou");
        assert_eq!(screen.caret(), (FIRST + 2, COL));
        enter(&mut screen, "lanse-bantui7");
        let wrong = enter(&mut screen, "lanse-bantui8");
        assert!(matches!(wrong.as_slice(), [Intent::Warn(text)] if text.contains("不一样")), "{wrong:?}");
        assert_eq!(screen.caret(), (FIRST + 2, COL), "the new one is typed again, the old one stays");
        enter(&mut screen, "lanse-bantui7");
        let asked = enter(&mut screen, "lanse-bantui7");
        let ask = Ask::ChangePassword {
            old: Zeroizing::new("liushu tunkou".to_owned()),
            new: Zeroizing::new("lanse-bantui7".to_owned()),
        };
        assert_eq!(asked, vec![Intent::Ask(ask), Intent::Forget]);
        assert!(screen.holds());
        let done = Reply::Done { sentence: "密码已更改".to_owned(), case: None, notes: Vec::new() };
        screen.update(Msg::Reply(done));
        let text = drawn(&mut screen);
        assert!(text.contains("旧密码作废") && !text.contains("lanse"), "{text}");
        assert!(screen.fields.iter().all(|field| field.text().is_empty()), "nothing is kept");
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Back]);
    }

    #[test]
    fn a_wrong_old_password_begins_anew_and_a_weak_new_one_keeps_the_old() {
        let mut screen = screen();
        let change = |screen: &mut ChangePassword| {
            for text in ["liushu tunkou", "12345678", "12345678"] {
                enter(screen, text);
            }
        };
        change(&mut screen);
        screen.update(Msg::Reply(Reply::NotSignedIn("密码不对".to_owned())));
        assert_eq!((screen.caret(), screen.text(0)), ((FIRST, COL), ""));
        change(&mut screen);
        let refused = screen.update(Msg::Reply(Reply::Failed("密码不能只有数字".to_owned())));
        assert_eq!(refused, vec![Intent::Warn("密码不能只有数字".to_owned()), Intent::Forget]);
        assert_eq!((screen.caret(), screen.text(0)), ((FIRST + 2, COL), "liushu tunkou"));
        let left = screen.update(Msg::Action(Action::Cancel));
        assert_eq!(left, vec![Intent::Back], "Esc leaves");
    }

    #[test]
    fn while_nobody_knows_both_passwords_are_to_be_kept_in_mind() {
        let mut screen = screen();
        for text in ["liushu tunkou", "lanse-bantui7", "lanse-bantui7"] {
            enter(&mut screen, text);
        }
        screen.update(Msg::Reply(Reply::Held("断开".to_owned())));
        assert!(drawn(&mut screen).contains("新旧两个密码都记住"));
        let done = Reply::Done { sentence: "密码已更改".to_owned(), case: None, notes: Vec::new() };
        screen.update(Msg::Reply(done));
        assert!(drawn(&mut screen).contains("旧密码作废"));
    }
}
