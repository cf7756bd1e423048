//! 操作经历: who did, changed or looked at what, latest first; asked by officer, person, case and days.
//!
//! Must never show a township what is not of its own cases: the desk sees to that.

use crate::base::day::Stamp;
use crate::office::front::history::HistoryAsk;
use crate::store::replica::views::history::HistoryRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "姓名/编号/操作员号",
    columns: &[
        Column::left("时间", 16),
        Column::left("操作员", 12),
        Column::left("电脑", 4).rank(2),
        Column::left("办了什么", 12),
        Column::left("对象", 11),
        Column::left("姓名", 8).rank(1),
        Column::left("改了什么", 12).grow(),
    ],
    options: &[
        RowOption { digit: '5', label: "查看" },
        RowOption { digit: '6', label: "更早的" },
        RowOption { digit: '9', label: "看办件" },
    ],
    ticks: false,
    empty: "没有查到；按F6换条件再查",
};

impl HistoryRow {
    fn told(&self) -> String {
        let changed = if self.changed.is_empty() { String::new() } else { format!("：{}", self.changed) };
        let marked = if self.marked { "，有违规标记" } else { "" };
        format!(
            "第{}条 {} {} 电脑{} {} {} {}{changed}{marked}",
            self.n,
            self.at.text(),
            words::officer(&self.name, &self.who),
            self.desk,
            self.zh(),
            self.subject,
            self.person
        )
    }
}

impl Shown for HistoryRow {
    fn id(&self) -> String {
        self.n.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        vec![
            self.at.text(),
            words::officer(&self.name, &self.who),
            self.desk.get(..4).unwrap_or_default().to_owned(),
            if self.marked { format!("{} !", self.zh()) } else { self.zh().to_owned() },
            self.subject.clone(),
            self.person.clone(),
            self.changed.clone(),
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        self.marked.then_some(Role::Problem)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.person, vec![&self.subject, &self.who.0])
    }
}

/// The screen.
#[derive(Debug)]
pub struct HistoryScreen {
    with: Prompted<HistoryRow, ()>,
    asked: HistoryAsk,
    more: bool,
}

impl Default for HistoryScreen {
    fn default() -> HistoryScreen {
        HistoryScreen::new()
    }
}

impl HistoryScreen {
    /// The latest lines.
    pub fn new() -> HistoryScreen {
        HistoryScreen { with: Prompted::new(TABLE), asked: HistoryAsk::default(), more: false }
    }

    fn ask(&self) -> Intent {
        Intent::Ask(Ask::History(Box::new(self.asked.clone())))
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let Some((id, digit)) = chosen.into_iter().next() else { return Vec::new() };
        let Some(row) = self.with.list.rows().of(&id).cloned() else { return Vec::new() };
        match (digit, row.case) {
            ('9', Some(case)) => vec![Intent::Open(Place::Case(case))],
            ('9', None) => vec![Intent::Say("这一条不涉及办件".to_owned())],
            ('6', _) if !self.more => vec![Intent::Say("没有更早的了".to_owned())],
            ('6', _) => {
                self.asked.after = self.with.list.rows().items.last().map(|last| (last.at, last.n));
                vec![self.ask()]
            }
            _ => vec![Intent::Say(row.told())],
        }
    }

    fn search(&mut self) -> Vec<Intent> {
        let today = self.with.now().day();
        let prompt = Prompt::new((), "查操作经历（可以只填一项）")
            .with("操作员号或姓名", Kind::Note, &self.asked.who)
            .with("人员", Kind::Note, &self.asked.person)
            .with("办件编号", Kind::Note, &self.asked.case)
            .with("从哪天起", Kind::Day(today), &today.plus(-30).to_string())
            .with("到哪天", Kind::Day(today), &today.to_string());
        self.with.ask(Some(prompt));
        vec![Intent::Forget]
    }

    fn submit(&mut self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        let filled = (|| {
            let from = prompt.day(3)?;
            let to = prompt.day(4)?;
            if to < from {
                return Err("到哪天早于从哪天起，请改正".to_owned());
            }
            Ok(HistoryAsk {
                who: prompt.text(0)?,
                person: prompt.text(1)?,
                case: prompt.text(2)?,
                from: Some(from),
                to: Some(to),
                after: None,
            })
        })();
        match filled {
            Ok(asked) => {
                self.asked = asked;
                self.with.ask(None);
                vec![self.ask()]
            }
            Err(text) => vec![Intent::Warn(text)],
        }
    }
}

impl Screen for HistoryScreen {
    fn name(&self) -> &'static str {
        "操作经历"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let list = vec![
            Offer::key(Key::Enter, "查看"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::named(Action::New, "换条件查"),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ];
        self.with.offers("查", list)
    }

    fn hint(&self) -> String {
        match (&self.with.prompt, self.with.selected()) {
            (Some(prompt), _) => prompt.hint(),
            (None, Some(row)) => row.told(),
            (None, None) => String::new(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "每一条记录是谁、什么时候、在哪台电脑上办的，改了什么；谁也删不掉。五（三）".to_owned(),
                "F6 按操作员、人员、办件编号和日期查；6 看更早的，一次200条。".to_owned(),
                "督导和县局看全县，乡镇看本乡镇的办件。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        !self.with.read
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) => {
                self.asked.after = None;
                return vec![Intent::Ask(Ask::Me), self.ask()];
            }
            Msg::Reply(Reply::Me(me)) => self.with.me = Some(me),
            Msg::Reply(Reply::History(rows, more)) => {
                self.more = more;
                self.with.replace(rows);
            }
            Msg::Reply(reply) => {
                self.with.read |= matches!(reply, Reply::Failed(_));
                return words::outcome(&reply).into_iter().collect();
            }
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Cancel | Action::Back) if self.with.prompt.is_some() => self.with.ask(None),
            Msg::Action(Action::New) if self.with.prompt.is_none() => return self.search(),
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
    use super::*;
    use crate::domain::ids::CaseId;
    use crate::domain::office::Role as Duty;
    use crate::ui::screens::fixtures::{self, drawn};

    fn row(n: u64, verb: &str, changed: &str) -> HistoryRow {
        HistoryRow {
            n,
            at: fixtures::now(),
            who: "1203".into(),
            name: "李桂芳".to_owned(),
            desk: "7f3a000000000000".to_owned(),
            verb: verb.to_owned(),
            case: Some(CaseId([17; 16])),
            subject: "26-103-0117".to_owned(),
            person: "王桂兰".to_owned(),
            changed: changed.to_owned(),
            marked: verb == "approve",
        }
    }

    #[test]
    fn lines_at_80_columns_with_what_was_changed_and_earlier_ones_on_a_key() {
        let mut screen = HistoryScreen::new();
        screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Supervisor], None))));
        let rows = vec![row(9, "approve", "已报批→已批准"), row(8, "later-verb", "")];
        screen.update(Msg::Reply(Reply::History(rows, true)));
        let text = drawn(&mut screen);
        assert!(text.contains("审批同意 !") && text.contains("later-verb"), "{text}");
        insta::assert_snapshot!(text);
        screen.update(Msg::Key(Key::Char('6')));
        let asked = HistoryAsk { after: Some((fixtures::now(), 8)), ..HistoryAsk::default() };
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Ask(Ask::History(Box::new(asked)))]);
        screen.update(Msg::Action(Action::New));
        screen.update(Msg::Burst("1203".to_owned()));
        let asked = screen.update(Msg::Action(Action::Submit));
        let [Intent::Ask(Ask::History(ask))] = asked.as_slice() else { panic!("{asked:?}") };
        assert_eq!((ask.who.as_str(), ask.after, ask.to), ("1203", None, Some(fixtures::now().day())));
    }
}
