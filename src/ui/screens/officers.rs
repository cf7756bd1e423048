//! 操作员: who is who.
//!
//! Must never change anything: enrolling and keys are the administrator's, elsewhere.

use crate::base::day::Stamp;
use crate::domain::office::Officer;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{Happened, List, ListTable, RowOption};
use crate::ui::product::{Ask, Reply, office_name};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::{Held, Shown};
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/操作员号",
    columns: &[
        Column::left("操作员", 6),
        Column::left("姓名", 8),
        Column::left("单位", 20).rank(1),
        Column::left("岗位", 18).grow(),
        Column::left("起", 10).rank(2),
        Column::left("状态", 6),
    ],
    options: &[RowOption { digit: '5', label: "查看" }],
    ticks: false,
    empty: "没有操作员",
};

fn roles(officer: &Officer) -> String {
    officer.roles.iter().map(|role| role.zh()).collect::<Vec<_>>().join("、")
}

fn state(officer: &Officer) -> &'static str {
    match (officer.ended, &officer.key) {
        (true, _) => "已停",
        (false, None) => "未领钥",
        (false, Some(_)) => "在岗",
    }
}

impl Shown for Officer {
    fn id(&self) -> String {
        self.no.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        vec![
            self.no.to_string(),
            self.name.clone(),
            office_name(self.office),
            roles(self),
            self.since.day().to_string(),
            state(self).to_owned(),
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        self.ended.then_some(Role::Muted)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.name, vec![&self.no.0])
    }
}

/// The screen.
#[derive(Debug)]
pub struct OfficersScreen {
    list: List<Held<Officer>>,
}

impl Default for OfficersScreen {
    fn default() -> OfficersScreen {
        OfficersScreen::new()
    }
}

impl OfficersScreen {
    /// The list of officers.
    pub fn new() -> OfficersScreen {
        OfficersScreen { list: List::new(TABLE, Held::empty()) }
    }

    fn told(&self) -> String {
        let row = self.list.selected().and_then(|at| self.list.rows().items.get(at));
        row.map(|officer| {
            let who = words::officer(&officer.name, &officer.no);
            let (office, state) = (office_name(officer.office), state(officer));
            format!("{who} {office} {} {} 起，{state}", roles(officer), officer.since.day())
        })
        .unwrap_or_default()
    }

    fn happened(&self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Chosen(_) => vec![Intent::Say(self.told())],
            Happened::Say(text) => vec![Intent::Say(text)],
            Happened::Nothing | Happened::Moved => Vec::new(),
        }
    }
}

impl Screen for OfficersScreen {
    fn name(&self) -> &'static str {
        "操作员"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        vec![
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.list.one_page()),
        ]
    }

    fn hint(&self) -> String {
        self.told()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "一人一号，各用各的密码和签名。同一办件的经办人和审批人、审批人和发放人不能是同一人。五（三）".to_owned(),
                "督导只看不办；管理员管操作员和密钥，不办业务。".to_owned(),
            ],
        }
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.list.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => {
                return vec![Intent::Ask(Ask::Officers)];
            }
            Msg::Reply(Reply::Officers(items)) => self.list.replace(Held { items, now: Stamp(0) }),
            Msg::Reply(reply) => return words::outcome(&reply).into_iter().collect(),
            Msg::Key(key) => {
                let happened = self.list.key(key);
                return self.happened(happened);
            }
            Msg::Burst(text) => {
                let happened = self.list.burst(&text);
                return self.happened(happened);
            }
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        self.list.draw(canvas);
    }

    fn caret(&self) -> (u16, u16) {
        self.list.caret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::office::Role as Duty;
    use crate::ui::screens::fixtures::{self, drawn};

    #[test]
    fn officers_at_80_columns() {
        let mut screen = OfficersScreen::new();
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Officers)]);
        let mut ended = fixtures::officer("1204", &[Duty::Handler], Some(103));
        ended.ended = true;
        let all = vec![
            fixtures::officer("1203", &[Duty::Handler], Some(103)),
            ended,
            fixtures::officer("9001", &[Duty::Approver, Duty::Finance], None),
        ];
        screen.update(Msg::Reply(Reply::Officers(all)));
        insta::assert_snapshot!(drawn(&mut screen));
        assert!(
            matches!(screen.update(Msg::Key(Key::Enter)).as_slice(), [Intent::Say(text)] if text.contains("1203"))
        );
    }
}
