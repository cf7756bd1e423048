//! 月度核对单: the county's month is chosen and printed. Must never change anything.

use crate::base::day::Day;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::Context;
use crate::ui::product::{Ask, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::prompt::{Happened, Kind, Prompt};
use crate::ui::screens::words;

/// The screen.
#[derive(Debug)]
pub struct MonthSheetScreen {
    prompt: Option<Prompt<()>>,
    /// It is being written.
    writing: bool,
    /// Where the last one lies.
    file: String,
    size: Size,
}

impl Default for MonthSheetScreen {
    fn default() -> MonthSheetScreen {
        MonthSheetScreen::new()
    }
}

impl MonthSheetScreen {
    /// The screen; the desk is asked what day it is.
    pub fn new() -> MonthSheetScreen {
        MonthSheetScreen {
            prompt: None,
            writing: false,
            file: String::new(),
            size: Size { rows: 19, cols: 80 },
        }
    }

    /// The month that ended last is the one to be signed.
    fn learn(&mut self, today: Day) {
        if self.prompt.is_some() {
            return;
        }
        let (year, month) = match today.month() {
            1 => (today.year() - 1, 12),
            month => (today.year(), month - 1),
        };
        let text = format!("{year}{month:02}");
        let prompt = Prompt::new((), "月度核对单：打年月，如 202611，再按 F9");
        self.prompt = Some(prompt.with("年月", Kind::Digits, &text));
    }

    fn submit(&mut self) -> Vec<Intent> {
        let Some(Ok(text)) = self.prompt.as_ref().map(|prompt| prompt.text(0)) else {
            return vec![Intent::Warn("请打年月，如 202611".to_owned())];
        };
        let plain = text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit());
        let number = text.parse::<i32>().unwrap_or_default();
        let (year, month) = (number / 100, u32::try_from(number % 100).unwrap_or_default());
        if !plain || !(1..=12).contains(&month) {
            return vec![Intent::Warn("年月要六位数字，如 2026 年 11 月打 202611".to_owned())];
        }
        self.writing = true;
        vec![Intent::Ask(Ask::PrintMonth((year, month)))]
    }

    fn happened(happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Say(text) => vec![Intent::Say(text.replace("F9 办理，F12 不办", "F9 打印"))],
            _ => Vec::new(),
        }
    }
}

impl Screen for MonthSheetScreen {
    fn name(&self) -> &'static str {
        "月度核对单"
    }

    fn context(&self) -> Context {
        Context::Form
    }

    fn offers(&self) -> Vec<Offer> {
        vec![Offer::named(Action::Submit, "打印"), Offer::new(Action::Back)]
    }

    fn hint(&self) -> String {
        match (self.writing, self.file.is_empty()) {
            (true, _) => "正在写，记录多的要等一会儿".to_owned(),
            (false, true) => "打年月，按 F9 写成打印文件；F3 返回".to_owned(),
            (false, false) => "打开这个文件打印，三人签字；F3 返回".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: "年月：六位数字，2026年11月打 202611。".to_owned(),
            screen: vec![
                "月末的条数和哈希、谁写了多少、授予和停用了谁、密钥、标记、例外、恢复种子的使用，都印在一张纸上。"
                    .to_owned(),
                "管理员、督导、分管领导三人签字，锁进保险柜。以后用它核对历史有没有被改写：jiuji verify --sheet。"
                    .to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        self.writing
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.size = size,
            Msg::Shown => return vec![Intent::Ask(Ask::Me)],
            Msg::Reply(Reply::Me(me)) => self.learn(me.now.day()),
            Msg::Reply(reply) => {
                match &reply {
                    Reply::Printed(file) => (self.writing, self.file) = (false, file.clone()),
                    Reply::Failed(_) => self.writing = false,
                    _ => {}
                }
                return words::outcome(&reply).into_iter().collect();
            }
            Msg::Key(key) => {
                let happened = self.prompt.as_mut().map_or(Happened::Nothing, |prompt| prompt.key(key));
                return Self::happened(happened);
            }
            Msg::Burst(text) => {
                let happened = self.prompt.as_mut().map_or(Happened::Nothing, |prompt| prompt.burst(&text));
                return Self::happened(happened);
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Back | Action::Cancel) => return vec![Intent::Back],
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        let Some(prompt) = &self.prompt else { return };
        prompt.draw(canvas, 1, self.size.cols);
        if self.file.is_empty() {
            return;
        }
        canvas.put(6, 3, "打印文件在（旁边有同名的 xlsx）：", Role::Label);
        let room = usize::from(self.size.cols.saturating_sub(5));
        let lines = crate::base::width::wrap(&crate::base::width::fold_glyphs(&self.file), room);
        for (row, line) in (7..).zip(lines) {
            canvas.put(row, 3, &line, Role::Sign);
        }
    }

    fn caret(&self) -> (u16, u16) {
        let Some(prompt) = &self.prompt else { return (1, 3) };
        let (row, col) = prompt.caret(self.size.cols);
        (row + 1, col)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::key::Key;
    use crate::ui::screens::fixtures::{self, drawn};

    #[test]
    fn the_month_that_ended_is_offered_and_the_screen_says_where_the_sheet_lies() {
        let mut screen = MonthSheetScreen::new();
        screen.update(Msg::Sized(Size { rows: 19, cols: 80 }));
        let me = fixtures::me(&[], None);
        let today = me.now.day();
        screen.update(Msg::Reply(Reply::Me(me)));
        assert!(screen.prompt.is_some());
        let asked = screen.update(Msg::Action(Action::Submit));
        let [Intent::Ask(Ask::PrintMonth((year, month)))] = asked.as_slice() else { panic!("{asked:?}") };
        let months = |year: i32, month: u32| i64::from(year) * 12 + i64::from(month);
        assert_eq!(months(*year, *month) + 1, months(today.year(), today.month()));
        assert!(screen.holds());
        screen.update(Msg::Reply(Reply::Printed("/home/j/papers/26-10.html".to_owned())));
        assert!(drawn(&mut screen).contains("papers/26-10.html") && !screen.holds());
        for key in [Key::Backspace, Key::Backspace] {
            screen.update(Msg::Key(key));
        }
        for c in "13".chars() {
            screen.update(Msg::Key(Key::Char(c)));
        }
        let wrong = screen.update(Msg::Action(Action::Submit));
        assert!(matches!(wrong.as_slice(), [Intent::Warn(text)] if text.contains("六位")), "{wrong:?}");
    }
}
