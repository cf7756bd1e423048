//! 核对时间: the share's clock jumped by more than a day. Before anything is signed with its time, an officer says twice that
//! it is right.
//!
//! Must never be opened by itself: digits typed into a form would answer it.

use crate::base::day::Stamp;
use crate::office::worker::Jump;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::product::{Ask, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};

/// The row of the question.
const QUESTION: u16 = 9;

/// The screen.
#[derive(Debug, Default)]
pub struct TimeScreen {
    jump: Option<Jump>,
    known: bool,
    /// The first question was answered with a yes.
    once: bool,
    size: Size,
}

impl TimeScreen {
    /// A screen that asks the desk when it is shown.
    pub fn new() -> TimeScreen {
        TimeScreen::default()
    }

    fn question(&self) -> Option<String> {
        let day = self.jump?.share.day();
        Some(if self.once {
            format!("再核对一次：今天是 {} {} 吗？ 1 是  2 不是 ", day.long_zh(), day.weekday_zh())
        } else {
            "共享盘的时间对不对？ 1 对  2 不对 ".to_owned()
        })
    }

    fn answered(&mut self, yes: bool) -> Vec<Intent> {
        if self.jump.is_none() {
            return Vec::new();
        }
        match (yes, self.once) {
            (true, false) => {
                self.once = true;
                // What was typed ahead did not answer the second question.
                vec![Intent::Forget]
            }
            (true, true) => vec![
                Intent::Ask(Ask::TrustTime),
                Intent::Back,
                Intent::Say("已按共享盘时间办理，待传的正在送出".to_owned()),
            ],
            (false, _) => vec![
                Intent::Back,
                Intent::Warn("没有写入任何内容，待传的留在本机；请报告县局管理员校准服务器时间".to_owned()),
            ],
        }
    }
}

fn line(label: &str, at: Stamp) -> String {
    format!("{label} {} {} {}", at.day().long_zh(), at.day().weekday_zh(), at.clock())
}

impl Screen for TimeScreen {
    fn name(&self) -> &'static str {
        "核对时间"
    }

    fn context(&self) -> Context {
        Context::Any
    }

    fn offers(&self) -> Vec<Offer> {
        let why = self.jump.is_none().then(|| "时间没有跳动，不用核对".to_owned());
        vec![
            Offer::key(Key::Char('1'), "对").unless(why.clone()),
            Offer::key(Key::Char('2'), "不对").unless(why),
            Offer::new(Action::Back),
        ]
    }

    fn hint(&self) -> String {
        "看墙上的日历或手机再答；F3 返回，什么也不写".to_owned()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "登记、审批的日期都按共享盘（服务器）的时间，写上去就改不了。".to_owned(),
                "共享盘时间一下跳了一天以上、和本机时间也对不上时，先问两遍，没有答之前不签字、不写入。"
                    .to_owned(),
                "不对的，报告县局管理员校准服务器时间；校准后再办一笔，待传的自动送出。".to_owned(),
            ],
        }
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.size = size,
            Msg::Shown => return vec![Intent::Ask(Ask::Jump)],
            Msg::Reply(Reply::Jump(jump)) => {
                // Another jump than the one that was answered is asked anew.
                if self.jump.map(|jump| jump.share.day()) != jump.map(|jump| jump.share.day()) {
                    self.once = false;
                }
                (self.jump, self.known) = (jump, true);
            }
            Msg::Reply(Reply::Link(text)) if !text.is_empty() => return vec![Intent::Ask(Ask::Jump)],
            Msg::Reply(reply) => return super::words::outcome(&reply).into_iter().collect(),
            Msg::Key(Key::Char('1' | '１')) => return self.answered(true),
            Msg::Key(Key::Char('2' | '２')) => return self.answered(false),
            Msg::Key(Key::Enter) => return vec![Intent::Say("请按 1 或 2；回车不算回答".to_owned())],
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Key(_) | Msg::Burst(_) | Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        let Some(jump) = self.jump else {
            let text = if self.known {
                "共享盘时间正常，不用核对。F3 返回"
            } else {
                "正在读时间，请稍候"
            };
            canvas.put(1, 2, text, Role::Muted);
            return;
        };
        canvas.put(1, 2, &line("共享盘时间", jump.share), Role::Warning);
        canvas.put(2, 2, &line("最新记录  ", jump.newest), Role::Text);
        canvas.put(3, 2, &line("本机时间  ", jump.desk), Role::Text);
        canvas.put(5, 2, "时间对不上，相差超过一天。没有核对以前，本机不签字、不写入。", Role::Text);
        canvas.put(6, 2, "日期按共享盘时间登记，写上去就改不了。", Role::Text);
        let end = canvas.put(QUESTION, 2, &self.question().unwrap_or_default(), Role::Sign);
        canvas.put(QUESTION, end, "[ ]", Role::FieldFocus);
    }

    fn caret(&self) -> (u16, u16) {
        let Some(question) = self.question() else { return (1, 2) };
        let wide = u16::try_from(crate::ui::canvas::columns(&question)).unwrap_or(0);
        (QUESTION, (2 + wide + 1).min(self.size.cols.saturating_sub(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::Day;
    use crate::ui::screens::fixtures::{self, drawn};

    fn asked() -> TimeScreen {
        let mut screen = TimeScreen::new();
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Jump)]);
        let share = Stamp::at(Day::new(2026, 12, 31).unwrap(), 9, 15);
        let jump = Jump { share, newest: fixtures::now().plus_minutes(-5), desk: fixtures::now() };
        screen.update(Msg::Reply(Reply::Jump(Some(jump))));
        screen
    }

    #[test]
    fn it_is_confirmed_twice_and_enter_confirms_nothing() {
        let mut screen = asked();
        insta::assert_snapshot!(drawn(&mut screen));
        assert!(matches!(screen.update(Msg::Key(Key::Enter)).as_slice(), [Intent::Say(_)]));
        assert_eq!(screen.update(Msg::Key(Key::Char('1'))), vec![Intent::Forget]);
        assert!(drawn(&mut screen).contains("今天是 2026年12月31日"), "{}", drawn(&mut screen));
        let done = screen.update(Msg::Key(Key::Char('1')));
        assert_eq!(done.first(), Some(&Intent::Ask(Ask::TrustTime)));
    }

    #[test]
    fn a_no_writes_nothing_at_either_question() {
        for first in [false, true] {
            let mut screen = asked();
            if first {
                screen.update(Msg::Key(Key::Char('1')));
            }
            let no = screen.update(Msg::Key(Key::Char('2')));
            assert!(matches!(no.as_slice(), [Intent::Back, Intent::Warn(_)]), "{no:?}");
        }
    }

    #[test]
    fn without_a_jump_there_is_nothing_to_confirm() {
        let mut screen = TimeScreen::new();
        screen.update(Msg::Reply(Reply::Jump(None)));
        assert!(screen.update(Msg::Key(Key::Char('1'))).is_empty());
        assert!(drawn(&mut screen).contains("不用核对"));
    }
}
