//! 到期销毁: the cases whose private part may be destroyed, by number; on the administrator's word and password it goes for
//! good. No name is shown here.

use crate::office::erasing::Due;
use crate::office::front::deed::Deed;
use crate::office::front::officers::OfficerDeed;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::product::{Ask, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::signing::Signing;
use crate::ui::screens::words;

/// The row at which the numbers begin.
const LIST: u16 = 5;
/// Rows that the password takes at the foot.
const FOOT: u16 = 5;

/// The screen.
#[derive(Debug, Default)]
pub struct DueScreen {
    due: Option<Box<Due>>,
    /// The first case shown.
    top: usize,
    signing: Signing,
    size: Size,
}

impl DueScreen {
    /// A screen that asks the desk when it is shown.
    pub fn new() -> DueScreen {
        DueScreen::default()
    }

    fn foot(&self) -> u16 {
        self.size.rows.saturating_sub(FOOT).max(LIST + 1)
    }

    fn shown(&self) -> usize {
        usize::from(self.foot().saturating_sub(LIST))
    }

    fn cases(&self) -> usize {
        self.due.as_ref().map_or(0, |due| due.cases.len())
    }

    fn page(&mut self, down: bool) {
        let step = self.shown();
        let last = self.cases().saturating_sub(step);
        self.top = if down { (self.top + step).min(last) } else { self.top.saturating_sub(step) };
    }
}

impl Screen for DueScreen {
    fn name(&self) -> &'static str {
        "到期销毁"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let why = (self.cases() == 0).then(|| "没有到期的办件".to_owned());
        vec![
            Offer::named(Action::Sign, "销毁").unless(why),
            Offer::new(Action::Cancel),
            Offer::new(Action::Back),
        ]
    }

    fn hint(&self) -> String {
        if self.cases() == 0 {
            return "没有到期的办件，不必办理；F3 返回".to_owned();
        }
        "F10 全部销毁（输密码，不能恢复）；PgDn 往下看；F3 返回，什么也不销毁".to_owned()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "办结满保管期限（政策包，缺省十年）的办件，可以销毁姓名、证件号、事由等不公开部分。".to_owned(),
                "金额、日期、编号留下，供统计和资金核对。家庭另有较新办件、有标记或督导问题、有垫付款未归垫的不列入。"
                    .to_owned(),
                "清册用 jiuji erase --sheet 记录号 打印；销毁后备份到一个新的空文件夹，再销毁以前的备份。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        self.signing.is_busy() && !self.signing.is_asking()
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.size = size,
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => {
                return vec![Intent::Ask(Ask::Due)];
            }
            Msg::Reply(reply) => {
                if let Some(mut intents) = self.signing.reply(&reply) {
                    intents.push(Intent::Ask(Ask::Due));
                    return intents;
                }
                if let Reply::Due(due) = reply {
                    (self.due, self.top) = (Some(due), 0);
                    return Vec::new();
                }
                return words::outcome(&reply).into_iter().collect();
            }
            Msg::Key(key) if self.signing.is_busy() => return self.signing.key(key),
            Msg::Burst(text) if self.signing.is_busy() => return self.signing.burst(&text),
            Msg::Action(Action::Sign) if !self.signing.is_busy() && self.cases() > 0 => {
                let cases = self.due.iter().flat_map(|due| &due.cases).cloned().collect();
                return self.signing.begin(Deed::Officers(OfficerDeed::Erase(cases)), true);
            }
            Msg::Action(Action::Cancel | Action::Back) if self.signing.is_busy() => self.signing.cancel(),
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Key(key @ (Key::PgDn | Key::PgUp)) => self.page(key == Key::PgDn),
            Msg::Key(_) | Msg::Burst(_) | Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        let Some(due) = &self.due else {
            canvas.put(1, 2, "正在读本机的记录，请稍候", Role::Muted);
            return;
        };
        let (cases, kept) = (due.cases.len(), due.kept.len());
        canvas.put(1, 2, &format!("到期可销毁 {cases} 件"), Role::Heading);
        let rest = format!("另有已办结的 {kept} 件还要保管；原因见 jiuji erase --older 1 --dry-run");
        canvas.put(2, 2, &rest, Role::Muted);
        canvas.put(3, 2, "销毁的是姓名、证件号、事由等，不能恢复；金额、日期、编号留下。", Role::Warning);
        for (row, case) in (LIST..self.foot()).zip(due.cases.iter().skip(self.top)) {
            canvas.put(row, 2, &format!("{}  {} 办结", case.number, case.closed), Role::Text);
        }
        self.signing.draw(canvas, self.foot(), self.size.cols);
    }

    fn caret(&self) -> (u16, u16) {
        if self.signing.is_asking() { (self.foot(), self.signing.caret().1) } else { (1, 2) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::day::Day;
    use crate::domain::ids::CaseId;
    use crate::store::replica::views::erasures::Ended;
    use crate::ui::screens::fixtures::drawn;

    #[test]
    fn it_lists_numbers_and_asks_for_the_password() {
        let mut screen = DueScreen::new();
        screen.update(Msg::Sized(Size { rows: 19, cols: 80 }));
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Due)]);
        screen.update(Msg::Reply(Reply::Due(Box::default())));
        assert!(screen.update(Msg::Action(Action::Sign)).is_empty(), "nothing is due");
        let case = Ended {
            id: CaseId([1; 16]),
            number: "26-102-0003".to_owned(),
            township: 102,
            closed: Day::new(2026, 3, 2).unwrap(),
        };
        let due = Due { cases: vec![case], kept: Vec::new() };
        screen.update(Msg::Reply(Reply::Due(Box::new(due))));
        let text = drawn(&mut screen);
        assert!(text.contains("可销毁 1 件") && text.contains("26-102-0003"), "{text}");
        assert!(screen.update(Msg::Action(Action::Sign)).contains(&Intent::Forget));
        assert!(drawn(&mut screen).contains("签批 密码"));
    }
}
