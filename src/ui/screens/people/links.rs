//! 人员合并: which records were linked as one person, what waits for a second officer first. 1 shows both side by side, where
//! what waits is confirmed; 4 parts them again, or does not follow what was proposed.
//!
//! Must never confirm without both being seen.

use crate::base::day::Stamp;
use crate::domain::ids::MergeId;
use crate::domain::office::Role as Duty;
use crate::domain::same::LinkState;
use crate::office::front::deed::Deed;
use crate::office::front::merging::PeopleDeed;
use crate::store::replica::views::people::LinkRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::people::{PeopleAsk, PeoplePlace, PeopleReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母",
    columns: &[
        Column::left("状态", 10),
        Column::left("保留", 8),
        Column::left("证件号", 18).rank(1),
        Column::left("并入", 8),
        Column::left("证件号", 18).rank(2).grow(),
        Column::left("日期", 5),
    ],
    options: &[
        RowOption { digit: '1', label: "对比、复核" },
        RowOption { digit: '4', label: "拆分、不予" },
        RowOption { digit: '5', label: "查看" },
    ],
    ticks: false,
    empty: "没有合并过的人员；按F2查往年，找到两份后各按一次F9",
};

fn number(masked: &str) -> String {
    if masked.is_empty() { "无证件".to_owned() } else { masked.to_owned() }
}

impl Shown for LinkRow {
    fn id(&self) -> String {
        self.link.id.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        vec![
            self.link.state.zh().to_owned(),
            self.stays.name.clone(),
            number(&self.stays.id_masked),
            self.joined.name.clone(),
            number(&self.joined.id_masked),
            self.on.month_day(),
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        self.link.state.waits().then_some(Role::Warning)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.stays.name, vec![&self.joined.name])
    }
}

/// What is being filled in: of which link, in which state.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct For {
    link: MergeId,
    state: LinkState,
    pair: (crate::domain::ids::PersonId, crate::domain::ids::PersonId),
}

/// The screen.
#[derive(Debug)]
pub struct LinksScreen {
    with: Prompted<LinkRow, For>,
}

impl LinksScreen {
    /// A list that asks for its rows when it is shown.
    pub fn new() -> LinksScreen {
        LinksScreen { with: Prompted::new(TABLE) }
    }

    fn ask() -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::People(PeopleAsk::Links))]
    }

    fn why_not(&self) -> Option<String> {
        let officer = self.with.me.as_ref().map(|me| &me.officer);
        let may = officer.is_some_and(|officer| officer.is(Duty::Handler) || officer.is(Duty::Approver));
        (!may).then(|| "人员合并、拆分由经办人或审批人办理，请换人登录".to_owned())
    }

    fn told(row: &LinkRow) -> String {
        let who = words::officer(&row.by_name, &row.link.by);
        let why = if row.reason.is_empty() { String::new() } else { format!("：{}", row.reason) };
        format!("{} {who} {}{why}", row.link.state.zh(), row.on)
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let Some((id, digit)) = chosen.into_iter().next() else { return Vec::new() };
        let Some(row) = self.with.list.rows().of(&id).cloned() else { return Vec::new() };
        match digit {
            '5' => vec![Intent::Say(Self::told(&row))],
            '4' => self.part(&row),
            _ => vec![Intent::Open(Place::People(PeoplePlace::Link(row.link.id)))],
        }
    }

    fn part(&mut self, row: &LinkRow) -> Vec<Intent> {
        if let Some(why) = self.why_not() {
            return vec![Intent::Warn(why)];
        }
        let two = format!("{}（保留）与{}", row.stays.name, row.joined.name);
        let (title, field) = match row.link.state {
            LinkState::Joined => (format!("提出拆分：{two} 不是同一人"), "凭什么确认"),
            LinkState::Asked => (format!("不予合并：{two}"), "原因"),
            LinkState::Parting => (format!("不予拆分：{two} 仍为一人"), "原因"),
            state => return vec![Intent::Warn(format!("这一项{}，不必再办", state.zh()))],
        };
        let what = For { link: row.link.id, state: row.link.state, pair: (row.link.stays, row.link.joined) };
        self.with.ask(Some(Prompt::new(what, title).with(field, Kind::Text, "")));
        vec![Intent::Forget]
    }

    fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        let For { link, state, pair: (stays, joined) } = prompt.what;
        let deed = prompt.text(0).map(|reason| match state {
            LinkState::Parting => PeopleDeed::Merge(Some(link), stays, joined, reason),
            _ => PeopleDeed::Part(link, reason),
        });
        match deed {
            Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::People(deed)), draft: 0 })],
            Err(text) => vec![Intent::Warn(text)],
        }
    }
}

impl Screen for LinksScreen {
    fn name(&self) -> &'static str {
        "人员合并"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let list = vec![
            Offer::key(Key::Enter, self.with.list.first_option()),
            Offer::new(Action::Lookup),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ];
        self.with.offers("办理", list)
    }

    fn hint(&self) -> String {
        match &self.with.prompt {
            Some(prompt) => prompt.hint(),
            None => self.with.selected().map(Self::told).unwrap_or_default(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "一个人有两个证号或两个姓名的，由一人提出、另一人复核后合并；两份记录都不删，随时可以拆分。".to_owned(),
                "合并以后，查往年、一年一次、回避、死亡都把两份当一个人看；待复核的还不算，待拆分的仍算一个人。".to_owned(),
                "提出合并：按F2查往年，找到一份按F9，再找到另一份按F9，看过对比后写明原因。".to_owned(),
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
            Msg::Reply(Reply::Me(me)) => self.with.me = Some(me),
            Msg::Reply(Reply::People(PeopleReply::Links(rows))) => self.with.replace(rows),
            Msg::Reply(reply) => return self.with.answered(&reply, Self::ask()),
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Cancel | Action::Back) if self.with.prompt.is_some() => {
                return self.with.leave();
            }
            Msg::Action(Action::Lookup) => {
                let name = self.with.selected().map(|row| row.stays.name.clone()).unwrap_or_default();
                return vec![Intent::Open(Place::Lookup(name))];
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
mod tests {
    use super::super::fixtures::{link, pair};
    use super::*;
    use crate::ui::screens::fixtures::{self, drawn, drawn_at};

    fn screen(duty: Duty) -> LinksScreen {
        let mut screen = LinksScreen::new();
        screen.update(Msg::Reply(Reply::Me(fixtures::me(&[duty], Some(103)))));
        let rows = vec![link(1, LinkState::Asked), link(2, LinkState::Parting), link(3, LinkState::Joined)];
        screen.update(Msg::Reply(Reply::People(PeopleReply::Links(rows))));
        screen
    }

    #[test]
    fn what_waits_stands_first_and_says_who_proposed_it_and_why() {
        let mut screen = screen(Duty::Handler);
        insta::assert_snapshot!(drawn(&mut screen));
        assert!(screen.hint().contains("曾用名"), "{}", screen.hint());
        assert!(drawn_at(&mut screen, 60, 16).contains("合并待复核"));
        let open = screen.update(Msg::Key(Key::Enter));
        assert_eq!(open, vec![Intent::Open(Place::People(PeoplePlace::Link(MergeId([1; 16]))))]);
    }

    #[test]
    fn four_parts_what_is_one_and_keeps_what_was_to_be_parted() {
        let mut screen = screen(Duty::Approver);
        let (stays, joined) = pair();
        for (id, deed) in [
            (1, PeopleDeed::Part(MergeId([1; 16]), "同名不同人".to_owned())),
            (2, PeopleDeed::Merge(Some(MergeId([2; 16])), stays, joined, "同名不同人".to_owned())),
            (3, PeopleDeed::Part(MergeId([3; 16]), "同名不同人".to_owned())),
        ] {
            screen.update(Msg::Key(Key::Home));
            (1..id).for_each(|_| drop(screen.update(Msg::Key(Key::Down))));
            screen.update(Msg::Key(Key::Char('4')));
            screen.update(Msg::Key(Key::Enter));
            let empty = screen.update(Msg::Action(Action::Submit));
            assert!(matches!(&empty[..], [Intent::Warn(_)]), "{empty:?}");
            screen.update(Msg::Burst("同名不同人".to_owned()));
            let asked = screen.update(Msg::Action(Action::Submit));
            assert_eq!(asked, vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::People(deed)), draft: 0 })]);
            screen.update(Msg::Action(Action::Cancel));
        }
    }

    #[test]
    fn the_supervisor_looks_and_parts_nothing() {
        let mut screen = screen(Duty::Supervisor);
        screen.update(Msg::Key(Key::Char('4')));
        let said = screen.update(Msg::Key(Key::Enter));
        assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("经办人")), "{said:?}");
    }
}
