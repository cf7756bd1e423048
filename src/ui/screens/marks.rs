//! 违规标记: what checks found, with rule, clause, entry, officer, time, desk, case and the facts in words. The county
//! settles, the supervisor makes a finding of it.
//!
//! Must never let the supervisor settle anything.

use crate::base::day::Stamp;
use crate::domain::command::trust::{About, MarkOf};
use crate::domain::office::{Office, Role as Duty};
use crate::office::front::deed::Deed;
use crate::office::front::trust::{TrustDeed, Whom};
use crate::store::replica::views::marks::MarkedRow;
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

const LOOK: RowOption = RowOption { digit: '5', label: "详情" };
const CASE: RowOption = RowOption { digit: '9', label: "看办件" };
const TABLE: ListTable = ListTable {
    locate: "编号/操作员号/记录号",
    columns: &[
        Column::left("记录", 6),
        Column::left("规则", 13),
        Column::left("操作员", 12).rank(1),
        Column::left("时间", 11).rank(2),
        Column::left("编号", 11),
        Column::left("所办", 10).grow(),
        Column::left("处理", 12),
    ],
    options: &[LOOK, CASE],
    ticks: false,
    empty: "没有违规标记",
};
const SUPERVISES: &[RowOption] = &[LOOK, RowOption { digit: '3', label: "提出问题" }, CASE];
const SETTLES: &[RowOption] = &[LOOK, RowOption { digit: '2', label: "处理" }, CASE];
/// How long an office has by default, in days.
const DAYS: i64 = 10;

/// What a prompt is for.
#[derive(Debug)]
enum For {
    Settle(MarkOf),
    Raise(About, u64),
}

impl MarkedRow {
    /// The mark in full.
    fn told(&self) -> String {
        let mark = &self.mark;
        let place = self.township.map(words::township).unwrap_or_default();
        let facts = if self.facts.is_empty() { String::new() } else { format!("（{}）", self.facts) };
        let desk = self.desk.get(..4).unwrap_or_default();
        let settled = match &self.settled_by {
            Some((by, at)) => format!("；{by} 已于 {} 处理", at.text()),
            None => String::new(),
        };
        let subject = if mark.number.is_empty() { &self.subject } else { &mark.number };
        format!(
            "{} {} {} 第{}条 {} {} 电脑{desk} {}{place}{subject}{facts}：{}{settled}",
            mark.code,
            mark.code.when(),
            mark.clause,
            mark.n,
            words::officer(&self.name, &mark.by),
            mark.at.text(),
            self.zh(),
            mark.sentence
        )
    }
}

impl Shown for MarkedRow {
    fn id(&self) -> String {
        format!("{}{}{}", self.mark.n, self.mark.code, self.mark.number)
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let mark = &self.mark;
        let subject = if mark.number.is_empty() { &self.subject } else { &mark.number };
        vec![
            mark.n.to_string(),
            mark.code.to_string(),
            words::officer(&self.name, &mark.by),
            format!("{} {}", mark.at.day().month_day(), mark.at.clock()),
            subject.clone(),
            format!("{} {}", self.zh(), self.facts),
            match &self.settled_by {
                Some((by, at)) => format!("{by} {}", at.day().month_day()),
                None if mark.settled => "已处理".to_owned(),
                None => "未处理 !".to_owned(),
            },
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        (!self.mark.settled).then_some(Role::Problem)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.name, vec![&self.mark.number, &self.mark.by.0])
    }
}

/// The screen.
#[derive(Debug)]
pub struct MarksScreen {
    with: Prompted<MarkedRow, For>,
}

impl Default for MarksScreen {
    fn default() -> MarksScreen {
        MarksScreen::new()
    }
}

impl MarksScreen {
    /// The marks.
    pub fn new() -> MarksScreen {
        MarksScreen { with: Prompted::new(TABLE) }
    }

    fn is(&self, duty: Duty) -> bool {
        self.with.me.as_ref().is_some_and(|me| me.officer.is(duty) && me.officer.office == Office::County)
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let Some((id, digit)) = chosen.into_iter().next() else { return Vec::new() };
        let Some(row) = self.with.list.rows().of(&id).cloned() else { return Vec::new() };
        let mark = &row.mark;
        match digit {
            '9' => match mark.case {
                Some(case) => vec![Intent::Open(Place::Case(case))],
                None => vec![Intent::Say("这一条不涉及办件".to_owned())],
            },
            '2' if mark.settled => vec![Intent::Say("已经处理过".to_owned())],
            '2' => {
                let of = mark.case.map_or(MarkOf::Entry { n: mark.n }, |case| MarkOf::Case { case });
                let prompt =
                    Prompt::new(For::Settle(of), format!("处理违规标记 第{}条 {}", mark.n, mark.code));
                self.with.ask(Some(prompt.with("查明的情况", Kind::Text, "")));
                vec![Intent::Forget]
            }
            '3' => {
                let about = match mark.case {
                    Some(case) => About::Case { case },
                    None => About::Officer { officer: mark.by.clone() },
                };
                let today = self.with.now().day();
                let title = format!("提出问题 第{}条 {}", mark.n, mark.code);
                let begin = format!("第{}条记录{}：{}", mark.n, mark.code.when(), row.zh());
                let prompt = Prompt::new(For::Raise(about, mark.n), title)
                    .with("问题", Kind::Text, &begin)
                    .with("整改期限", Kind::Day(today), &today.plus(DAYS).to_string());
                self.with.ask(Some(prompt));
                vec![Intent::Forget]
            }
            _ => vec![Intent::Say(row.told())],
        }
    }

    fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        let deed = match &prompt.what {
            For::Settle(of) => prompt.text(0).map(|reason| TrustDeed::SettleMark(*of, reason)),
            For::Raise(about, n) => prompt.text(0).and_then(|text| {
                let due = prompt.day(1)?;
                Ok(TrustDeed::Raise { about: Whom::About(about.clone()), entry: Some(*n), due, text })
            }),
        };
        match deed {
            Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::Trust(deed)), draft: 0 })],
            Err(text) => vec![Intent::Warn(text)],
        }
    }
}

impl Screen for MarksScreen {
    fn name(&self) -> &'static str {
        "违规标记"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let list = vec![
            Offer::key(Key::Enter, "详情"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ];
        self.with.offers("办理", list)
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
                "每台电脑都按规则重新核对每一条记录；不符合的记下标记，办件不能再办，钱发不出去。五（三）".to_owned(),
                "县局审批人按2处理：写明查到的情况，办件可以再办。要撤销当时所办的，到办件上冲正；超权限已付的，追认。"
                    .to_owned(),
                "督导按3提出问题，限期整改；督导不处理标记。五（二）".to_owned(),
                "「第几条」是日志里的序号；「电脑」是写下它的那台电脑编号的前四位。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        !self.with.read
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => {
                return vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Marks)];
            }
            Msg::Reply(Reply::Me(me)) => {
                self.with.me = Some(me);
                self.with.list.offer(match (self.is(Duty::Approver), self.is(Duty::Supervisor)) {
                    (true, _) => SETTLES,
                    (_, true) => SUPERVISES,
                    _ => TABLE.options,
                });
            }
            Msg::Reply(Reply::Marks(rows)) => self.with.replace(rows),
            Msg::Reply(reply) => return self.with.answered(&reply, vec![Intent::Ask(Ask::Marks)]),
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Cancel | Action::Back) if self.with.prompt.is_some() => {
                return self.with.leave();
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
#[path = "marks_tests.rs"]
mod tests;
