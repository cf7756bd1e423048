//! 督导问题: raised by the supervisor, put right by the office concerned, ended by the supervisor, handed on where it has
//! to be.
//!
//! Must never end a finding without saying what was looked at.

use crate::base::day::{Day, Stamp};
use crate::base::fold;
use crate::domain::command::trust::About;
use crate::domain::ids::{FindingId, OfficerNo};
use crate::domain::nouns::{Discipline, FindingState};
use crate::domain::office::{Office, Role as Duty};
use crate::office::front::deed::Deed;
use crate::office::front::trust::{TrustDeed, Whom};
use crate::store::replica::views::findings::FindingRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::{Ask, Place, Reply, office_name};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::case_deeds::FINDING_DAYS as DAYS;
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const LOOK: RowOption = RowOption { digit: '5', label: "查看" };
const CASE: RowOption = RowOption { digit: '9', label: "看办件" };
const TABLE: ListTable = ListTable {
    locate: "编号/单位",
    columns: &[
        Column::left("编号", 8),
        Column::left("单位", 14),
        Column::left("对象", 12).rank(1),
        Column::left("期限", 10),
        Column::left("状态", 8),
        Column::left("问题", 20).grow(),
    ],
    options: &[LOOK, RowOption { digit: '2', label: "整改" }, CASE],
    ticks: false,
    empty: "没有督导问题",
};
const SUPERVISES: &[RowOption] = &[
    LOOK,
    RowOption { digit: '3', label: "销号" },
    RowOption { digit: '4', label: "退回整改" },
    RowOption { digit: '6', label: "移交" },
    CASE,
];
/// What a prompt is for.
#[derive(Debug)]
enum For {
    Raise,
    Answer(FindingId),
    Settle(FindingId),
    Again(FindingId),
    Transfer(FindingId),
}

impl FindingRow {
    fn subject(&self) -> String {
        match &self.about {
            About::Case { .. } => self.case_number.clone(),
            About::Township { township } => words::township(*township),
            About::Officer { officer } => format!("操作员{officer}"),
        }
    }

    /// The finding with everything said about it.
    fn told(&self, today: Day) -> String {
        let mut told = format!(
            "{} {} {} {} {}：{}",
            self.number,
            office_name(self.office),
            self.subject(),
            self.state.zh(),
            if self.state == FindingState::Raised { words::left(self.due, today) } else { String::new() },
            self.text
        );
        let by = self.answered_by.as_ref().map(|by| format!("({by})")).unwrap_or_default();
        for (word, text) in [("整改", format!("{}{by}", self.answer)), ("核实", self.looked.clone())] {
            if !text.is_empty() {
                told.push_str(&format!("；{word}：{text}"));
            }
        }
        if let Some(to) = self.moved_to {
            told.push_str(&format!("；已移交{} {}", to.zh(), self.document));
        }
        told
    }
}

/// The office in as few characters as a column has.
fn office(office: Office) -> String {
    office.township().map_or_else(|| "县局".to_owned(), words::township)
}

impl Shown for FindingRow {
    fn id(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self, now: Stamp) -> Vec<String> {
        let due = match self.state {
            FindingState::Raised => words::left(self.due, now.day()),
            _ => self.due.month_day(),
        };
        let state = match self.moved_to {
            Some(to) => format!("{} 移{}", self.state.zh(), to.zh()),
            None => self.state.zh().to_owned(),
        };
        vec![self.number.clone(), office(self.office), self.subject(), due, state, self.text.clone()]
    }

    fn role(&self, now: Stamp) -> Option<Role> {
        self.late(now.day()).then_some(Role::Warning)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        ("", vec![&self.number, &self.case_number])
    }
}

/// The screen.
#[derive(Debug)]
pub struct FindingsScreen {
    with: Prompted<FindingRow, For>,
}

impl Default for FindingsScreen {
    fn default() -> FindingsScreen {
        FindingsScreen::new()
    }
}

/// What a finding is about, as typed: a township's code, an officer's number, a case's 编号.
fn whom(kind: usize, typed: &str) -> Result<Whom, String> {
    let typed = fold::digits(typed.trim());
    match kind {
        0 => Ok(Whom::Numbered(typed)),
        1 => {
            let code = crate::base::division::townships()
                .iter()
                .find(|known| known.name == typed || format!("{:03}", known.code) == typed);
            let township =
                code.ok_or_else(|| format!("没有乡镇「{typed}」，请打三位代码或全名，如 波罗赤镇"))?.code;
            Ok(Whom::About(About::Township { township }))
        }
        _ => Ok(Whom::About(About::Officer { officer: OfficerNo(typed) })),
    }
}

impl FindingsScreen {
    /// The findings that the officer sees.
    pub fn new() -> FindingsScreen {
        FindingsScreen { with: Prompted::new(TABLE) }
    }

    fn supervises(&self) -> bool {
        self.with.me.as_ref().is_some_and(|me| me.officer.is(Duty::Supervisor))
    }

    fn today(&self) -> Day {
        self.with.now().day()
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let Some((id, digit)) = chosen.into_iter().next() else { return Vec::new() };
        let Some(row) = self.with.list.rows().of(&id).cloned() else { return Vec::new() };
        let today = self.today();
        let prompt = match digit {
            '2' => Prompt::new(For::Answer(row.id), format!("整改 {}", row.number)).with(
                "做了什么",
                Kind::Text,
                "",
            ),
            '3' => Prompt::new(For::Settle(row.id), format!("销号 {}", row.number)).with(
                "看了什么",
                Kind::Text,
                "",
            ),
            '4' => Prompt::new(For::Again(row.id), format!("退回整改 {}", row.number))
                .with("还差什么", Kind::Text, "")
                .with("改到", Kind::Day(today), &today.plus(DAYS).to_string()),
            '6' => Prompt::new(For::Transfer(row.id), format!("移交 {}", row.number))
                .with("移交给", Kind::Choice(Discipline::ALL.iter().map(|to| to.zh()).collect()), "")
                .with("文号", Kind::Text, "")
                .with("原因", Kind::Text, ""),
            '9' => {
                return match row.about {
                    About::Case { case } => vec![Intent::Open(Place::Case(case))],
                    _ => vec![Intent::Say("这一问题不涉及办件".to_owned())],
                };
            }
            _ => return vec![Intent::Say(row.told(today))],
        };
        self.with.ask(Some(prompt));
        vec![Intent::Forget]
    }

    fn raise(&mut self) -> Vec<Intent> {
        if !self.supervises() {
            return vec![Intent::Warn("问题由督导提出，请督导登录".to_owned())];
        }
        let today = self.today();
        let prompt = Prompt::new(For::Raise, "提出问题")
            .with("对象", Kind::Choice(vec!["办件", "乡镇", "操作员"]), "")
            .with("编号/乡镇/操作员号", Kind::Text, "")
            .with("问题", Kind::Text, "")
            .with("整改期限", Kind::Day(today), &today.plus(DAYS).to_string());
        self.with.ask(Some(prompt));
        vec![Intent::Forget]
    }

    fn filled(prompt: &Prompt<For>) -> Result<TrustDeed, String> {
        Ok(match &prompt.what {
            For::Raise => TrustDeed::Raise {
                about: whom(prompt.choice(0)?, &prompt.text(1)?)?,
                entry: None,
                due: prompt.day(3)?,
                text: prompt.text(2)?,
            },
            For::Answer(finding) => TrustDeed::Answer(*finding, prompt.text(0)?),
            For::Settle(finding) => TrustDeed::Settle(*finding, None, prompt.text(0)?),
            For::Again(finding) => TrustDeed::Settle(*finding, Some(prompt.day(1)?), prompt.text(0)?),
            For::Transfer(finding) => {
                let to = Discipline::ALL.get(prompt.choice(0)?).copied();
                let to = to.ok_or_else(|| "移交给没有选，请按数字".to_owned())?;
                TrustDeed::Transfer(*finding, to, prompt.text(1)?, prompt.text(2)?)
            }
        })
    }

    fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        match Self::filled(prompt) {
            Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::Trust(deed)), draft: 0 })],
            Err(text) => vec![Intent::Warn(text)],
        }
    }
}

impl Screen for FindingsScreen {
    fn name(&self) -> &'static str {
        "督导问题"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let why = (!self.supervises()).then(|| "问题由督导提出".to_owned());
        let list = vec![
            Offer::key(Key::Enter, "查看"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::named(Action::New, "提出问题").unless(why),
            Offer::key(Key::Tab, "定位"),
        ];
        self.with.offers("办理", list)
    }

    fn hint(&self) -> String {
        match (&self.with.prompt, self.with.selected()) {
            (Some(prompt), _) => prompt.hint(),
            (None, Some(row)) => row.told(self.today()),
            (None, None) => String::new(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "督导提出问题，限期整改；单位整改后督导核实，销号或退回。五（二）".to_owned(),
                "涉嫌违纪违法的，督导移交纪检或检察，写明文号和原因；移交以后单位照样整改。五（三）"
                    .to_owned(),
                "过期没有整改的，写在单位和督导的工作台上。".to_owned(),
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
                return vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Findings)];
            }
            Msg::Reply(Reply::Me(me)) => {
                self.with.me = Some(me);
                self.with.list.offer(if self.supervises() { SUPERVISES } else { TABLE.options });
            }
            Msg::Reply(Reply::Findings(rows)) => self.with.replace(rows),
            Msg::Reply(reply) => return self.with.answered(&reply, vec![Intent::Ask(Ask::Findings)]),
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Cancel | Action::Back) if self.with.prompt.is_some() => {
                return self.with.leave();
            }
            Msg::Action(Action::New) if self.with.prompt.is_none() => return self.raise(),
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
#[path = "findings_tests.rs"]
mod tests;
