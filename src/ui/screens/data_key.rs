//! 数据密钥: the key under which what is private is sealed. A new one each year, and after a theft or a leaving.

use crate::office::front::deed::Deed;
use crate::office::front::officers::{KeysView, OfficerDeed};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::keymap::Context;
use crate::ui::product::{Ask, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::signing::Signing;
use crate::ui::screens::words;

/// The row of the password.
const PASSWORD: u16 = 9;

/// The screen.
#[derive(Debug, Default)]
pub struct DataKeyScreen {
    view: Option<Box<KeysView>>,
    signing: Signing,
    size: Size,
}

impl DataKeyScreen {
    /// A screen that asks the desk when it is shown.
    pub fn new() -> DataKeyScreen {
        DataKeyScreen::default()
    }

    fn lines(view: &KeysView) -> Vec<(String, Role)> {
        let newest = view.newest.map_or_else(|| "还没有".to_owned(), |period| period.to_string());
        let need = if view.wants {
            ("新的一年还没有换数据密钥，请按 F10 换一把。".to_owned(), Role::Warning)
        } else {
            ("今年的已经有了。有人离岗、停用或密钥失窃之后，请按 F10 再换一把。".to_owned(), Role::Text)
        };
        vec![
            (format!("现在用的数据密钥  {newest}"), Role::Heading),
            need,
            (format!("新的一把发给现在在岗的操作员和恢复种子，共 {} 把密钥。", view.sealed_to), Role::Text),
            ("没有密钥的、停用的、离岗的得不到：以后登记的姓名、证件号他打不开。".to_owned(), Role::Text),
            ("以前登记的，旧密钥仍能打开；已经抄走的收不回来。".to_owned(), Role::Muted),
        ]
    }
}

impl Screen for DataKeyScreen {
    fn name(&self) -> &'static str {
        "数据密钥"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let why = self.view.is_none().then(|| "正在读，请稍候".to_owned());
        vec![
            Offer::named(Action::Sign, "换一把").unless(why),
            Offer::new(Action::Cancel),
            Offer::new(Action::Back),
        ]
    }

    fn hint(&self) -> String {
        "F10 换一把（输密码）；F3 返回，什么也不换".to_owned()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "共享盘上的姓名、证件号、账号都用数据密钥封好，抄走文件的人读不到。".to_owned(),
                "每年一把；有人离岗、密钥失窃、电脑丢失之后再换一把，换后登记的他就读不到了。".to_owned(),
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
                return vec![Intent::Ask(Ask::Proposals)];
            }
            Msg::Reply(reply) => {
                if let Some(intents) = self.signing.reply(&reply) {
                    return intents;
                }
                if let Reply::Proposals(view) = reply {
                    self.view = Some(view);
                    return Vec::new();
                }
                return words::outcome(&reply).into_iter().collect();
            }
            Msg::Key(key) if self.signing.is_busy() => return self.signing.key(key),
            Msg::Burst(text) if self.signing.is_busy() => return self.signing.burst(&text),
            Msg::Action(Action::Sign) if !self.signing.is_busy() => {
                return self.signing.begin(Deed::Officers(OfficerDeed::RenewDataKey), true);
            }
            Msg::Action(Action::Cancel | Action::Back) if self.signing.is_busy() => self.signing.cancel(),
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Key(_) | Msg::Burst(_) | Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        let Some(view) = &self.view else {
            canvas.put(1, 2, "正在读本机的记录，请稍候", Role::Muted);
            return;
        };
        let mut row = 1;
        for (text, role) in Self::lines(view) {
            for line in crate::base::width::wrap(&text, usize::from(self.size.cols.saturating_sub(4))) {
                canvas.put(row, 2, &line, role);
                row += 1;
            }
        }
        self.signing.draw(canvas, PASSWORD, self.size.cols);
    }

    fn caret(&self) -> (u16, u16) {
        if self.signing.is_asking() { (PASSWORD, self.signing.caret().1) } else { (1, 2) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::Period;
    use crate::ui::screens::fixtures::drawn;

    #[test]
    fn it_says_who_gets_it_and_asks_for_the_password() {
        let mut screen = DataKeyScreen::new();
        screen.update(Msg::Sized(Size { rows: 19, cols: 80 }));
        let view = KeysView {
            waiting: Vec::new(),
            me: "9900".into(),
            newest: Some(Period::of(2026).next()),
            sealed_to: 7,
            wants: false,
            without_key: 0,
        };
        screen.update(Msg::Reply(Reply::Proposals(Box::new(view))));
        let text = drawn(&mut screen);
        assert!(text.contains("2026/1") && text.contains("共 7 把密钥"), "{text}");
        assert!(screen.update(Msg::Action(Action::Sign)).contains(&Intent::Forget));
        assert!(drawn(&mut screen).contains("签批 密码"));
    }
}
