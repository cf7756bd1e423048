//! 主动发现队伍: who finds hardship in each village, kept by the township's handlers (四（一）二).
//!
//! Must never take anybody off the list: who left stays below, with his day and what he found.

use crate::base::day::Stamp;
use crate::base::phone::Phone;
use crate::base::{division, fold};
use crate::domain::ids::DiscovererId;
use crate::domain::office::Role as Duty;
use crate::domain::registers::DiscovererKind;
use crate::office::front::deed::Deed;
use crate::office::front::registers::{RegisterDeed, village_of};
use crate::store::replica::views::discovery::DiscovererRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::registers::{RegisterAsk, RegisterPlace, RegisterReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/电话",
    columns: &[
        Column::left("姓名", 8),
        Column::left("乡镇", 12).rank(3),
        Column::left("村(居)", 10).grow(),
        Column::left("类别", 13),
        Column::left("电话", 12).rank(1),
        Column::right("线索", 4),
        Column::left("在队", 10).rank(2),
    ],
    options: &[
        RowOption { digit: '1', label: "更正" },
        RowOption { digit: '4', label: "离队" },
        RowOption { digit: '5', label: "查看" },
    ],
    ticks: false,
    empty: "还没有登记发现人，按F6登记",
};

/// What an officer sees who keeps no register.
const LOOKS: &[RowOption] = &[RowOption { digit: '5', label: "查看" }];

impl Shown for DiscovererRow {
    fn id(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let serves = match self.until {
            Some(until) => format!("{}离队", until.month_day()),
            None => self.since.to_string(),
        };
        vec![
            self.name.clone(),
            words::township(self.township),
            super::village(self).to_owned(),
            self.kind.zh().to_owned(),
            self.phone.clone(),
            if self.leads == 0 { String::new() } else { self.leads.to_string() },
            serves,
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        self.until.is_some().then_some(Role::Muted)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.name, vec![&self.phone])
    }
}

/// What a prompt is for.
#[derive(Debug, Clone)]
enum For {
    /// 登记 or 更正, in the own township; at the county the township is typed.
    Note {
        known: Option<DiscovererId>,
        own: Option<u16>,
    },
    Left(DiscovererId),
}

/// The screen.
#[derive(Debug)]
pub struct TeamScreen {
    with: Prompted<DiscovererRow, For>,
}

impl TeamScreen {
    /// The team.
    pub fn new() -> TeamScreen {
        TeamScreen { with: Prompted::new(TABLE) }
    }

    fn ask() -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Registers(RegisterAsk::Team))]
    }

    fn keeps(&self) -> bool {
        self.with.me.as_ref().is_some_and(|me| me.officer.is(Duty::Handler))
    }

    fn may_not(&self) -> Option<String> {
        (!self.keeps()).then(|| "名册由经办人登记，请换经办人登录".to_owned())
    }

    fn note(&mut self, row: Option<&DiscovererRow>) -> Vec<Intent> {
        let (Some(me), None) = (&self.with.me, self.may_not()) else {
            return self.may_not().map(Intent::Warn).into_iter().collect();
        };
        let own = me.officer.office.township();
        let what = For::Note { known: row.map(|row| row.id), own };
        let title = match row {
            Some(row) => format!("更正 {}，以前的线索仍记在他名下", row.name),
            None => "登记主动发现队伍的人：村两委成员、网格员、志愿者".to_owned(),
        };
        let kinds = DiscovererKind::ALL.iter().map(|kind| kind.zh()).collect();
        let kind = row.map(|row| row.kind.digit().to_string()).unwrap_or_default();
        let text = |of: fn(&DiscovererRow) -> String| row.map(of).unwrap_or_default();
        let mut prompt = Prompt::new(what, title);
        if own.is_none() {
            prompt = prompt.with("乡镇代码", Kind::Digits, &text(|row| format!("{:03}", row.township)));
        }
        let prompt = prompt
            .with("村(居)名", Kind::Text, &text(|row| super::village(row).to_owned()))
            .with("类别", Kind::Choice(kinds), &kind)
            .with("姓名", Kind::Text, &text(|row| row.name.clone()))
            .with("联系电话", Kind::Note, &text(|row| row.phone.clone()))
            .with("入队日期", Kind::Day(me.now.day()), &text(|row| row.since.to_string()));
        self.with.ask(Some(prompt));
        vec![Intent::Forget]
    }

    fn leave(&mut self, row: &DiscovererRow) -> Vec<Intent> {
        let (Some(me), None) = (&self.with.me, self.may_not()) else {
            return self.may_not().map(Intent::Warn).into_iter().collect();
        };
        if let Some(until) = row.until {
            return vec![Intent::Warn(format!("{}已于{until}离队，回来的按F6另登记一次", row.name))];
        }
        let title = format!("{} 离队：留在名册里，以后不再供选", row.name);
        let prompt = Prompt::new(For::Left(row.id), title)
            .with("离队日期", Kind::Day(me.now.day()), "")
            .with("离队原因", Kind::Text, "");
        self.with.ask(Some(prompt));
        vec![Intent::Forget]
    }

    fn filled(prompt: &Prompt<For>) -> Result<RegisterDeed, String> {
        let (known, own) = match prompt.what {
            For::Left(discoverer) => {
                let (until, reason) = (prompt.day(0)?, prompt.text(1)?);
                return Ok(RegisterDeed::Left { discoverer, until, reason });
            }
            For::Note { known, own } => (known, own),
        };
        let (at, township) = match own {
            Some(own) => (0, own),
            None => {
                let typed = fold::digits(&prompt.text(0)?);
                let code = typed.parse().ok().filter(|code| division::township(*code).is_some());
                (1, code.ok_or_else(|| format!("乡镇代码：没有「{typed}」，请打三位代码，如 102"))?)
            }
        };
        let village = village_of(township, &prompt.text(at)?)?;
        let kind = DiscovererKind::ALL.get(prompt.choice(at + 1)?).copied();
        let kind = kind.ok_or_else(|| "类别没有选，请按数字".to_owned())?;
        let (name, phone) = (prompt.text(at + 2)?, prompt.text(at + 3)?);
        let phone = match phone.as_str() {
            "" => phone,
            typed => {
                let read = Phone::parse(typed).map_err(|problem| format!("联系电话：{problem}"))?;
                read.as_str().to_owned()
            }
        };
        let since = prompt.day(at + 4)?;
        Ok(RegisterDeed::Discoverer { known, township, village, kind, since, name, phone })
    }

    fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        match Self::filled(prompt) {
            Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::Registers(deed)), draft: 0 })],
            Err(text) => {
                prompt.lead(&text);
                vec![Intent::Warn(text)]
            }
        }
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let Some((id, digit)) = chosen.into_iter().next() else { return Vec::new() };
        let Some(row) = self.with.list.rows().of(&id).cloned() else { return Vec::new() };
        match digit {
            '1' => self.note(Some(&row)),
            '4' => self.leave(&row),
            _ => vec![Intent::Say(told(&row))],
        }
    }
}

fn told(row: &DiscovererRow) -> String {
    let left = row.until.map_or_else(String::new, |until| format!("，{until}离队，{}", row.reason));
    let phone = if row.phone.is_empty() { "没有留电话" } else { &row.phone };
    let found = if row.leads == 0 { "还没有线索".to_owned() } else { format!("线索{}条", row.leads) };
    format!("{} {} {phone}，{}入队{left}，{found}", row.name, super::village(row), row.since)
}

impl Screen for TeamScreen {
    fn name(&self) -> &'static str {
        "主动发现队伍"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let list = vec![
            Offer::key(Key::Enter, if self.keeps() { "更正" } else { "查看" }),
            Offer::named(Action::New, "登记").unless(self.may_not()),
            Offer::named(Action::Scope, "统计、登记簿"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ];
        self.with.offers("登记", list)
    }

    fn hint(&self) -> String {
        match (&self.with.prompt, self.with.selected()) {
            (Some(prompt), _) => prompt.hint(),
            (None, Some(row)) => told(row),
            (None, None) => String::new(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "村（居）两委成员、网格员、志愿者是主动发现队伍：发现急难的告诉乡镇，登记线索时「发现人」按F4选。四（一）二".to_owned(),
                "由乡镇经办人登记。换了电话、换了村的按1更正；不再担任的按4离队，人不从名册里去掉，以前的线索仍记在他名下。".to_owned(),
                "F11 看各村线索、到人和决定用的时间，在那里打印登记簿（F21）。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        !self.with.read
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Reply(Reply::News) if self.with.prompt.is_some() => {}
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => return Self::ask(),
            Msg::Reply(Reply::Me(me)) => {
                self.with.me = Some(me);
                let options = if self.keeps() { TABLE.options } else { LOOKS };
                self.with.list.offer(options);
            }
            Msg::Reply(Reply::Registers(RegisterReply::Team(rows))) => self.with.replace(rows),
            Msg::Reply(reply) => return self.with.answered(&reply, Self::ask()),
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::New) if self.with.prompt.is_none() => return self.note(None),
            Msg::Action(Action::Cancel | Action::Back) if self.with.prompt.is_some() => {
                return self.with.leave();
            }
            Msg::Action(Action::Scope) if self.with.prompt.is_none() => {
                return vec![Intent::Open(Place::Registers(RegisterPlace::Discovery))];
            }
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        self.with.draw(canvas);
    }

    fn caret(&self) -> (u16, u16) {
        self.with.caret()
    }
}

#[cfg(test)]
#[path = "team_tests.rs"]
mod tests;
