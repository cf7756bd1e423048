//! A roster that was filed (备案花名册): the county looks through it, calls decisions back and settles what was put right.
//!
//! Must never call back without a reason.

use crate::base::day::Stamp;
use crate::domain::ids::CaseId;
use crate::domain::office::{Office, Role as Duty};
use crate::office::front::county::{CountyDeed, RosterView};
use crate::office::front::deed::Deed;
use crate::office::print::county::CountyPaper;
use crate::store::replica::views::filings::{FiledDecision, FiledRoster};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::county::{CountyAsk, CountyReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/编号",
    columns: &[
        Column::left("编号", 11),
        Column::left("姓名", 8),
        Column::left("情形", 8),
        Column::left("决定", 10),
        Column::right("金额", 10),
        Column::left("状态", 8).rank(1),
        Column::left("备案", 12).grow(),
    ],
    options: &[
        RowOption { digit: '5', label: "看办件" },
        RowOption { digit: '4', label: "退回" },
        RowOption { digit: '8', label: "退回办结" },
    ],
    ticks: false,
    empty: "这一份花名册没有办件",
};

impl Shown for FiledDecision {
    fn id(&self) -> String {
        self.case.to_string()
    }

    fn cells(&self, now: Stamp) -> Vec<String> {
        let back = match (self.back_due, self.back) {
            (Some(due), _) => format!("退回 {}", words::left(due, now.day())),
            (None, true) => "退回过".to_owned(),
            (None, false) => String::new(),
        };
        vec![
            self.number.clone(),
            self.name.clone(),
            self.circumstance.zh().to_owned(),
            self.on.to_string(),
            self.amount.grouped(),
            self.stage.zh().to_owned(),
            back,
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        self.back_due.is_some().then_some(Role::Warning)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.name, vec![&self.number])
    }
}

/// What a prompt is for.
#[derive(Debug)]
enum For {
    CallBack(CaseId),
    Settle(CaseId),
}

/// The screen.
#[derive(Debug)]
pub struct RosterScreen {
    number: String,
    head: Option<FiledRoster>,
    gone: bool,
    with: Prompted<FiledDecision, For>,
}

impl RosterScreen {
    /// The roster of that number; it asks for its rows when it is shown.
    pub fn new(number: String) -> RosterScreen {
        RosterScreen { number, head: None, gone: false, with: Prompted::new(TABLE) }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::County(CountyAsk::Roster(self.number.clone())))]
    }

    fn approves(&self) -> bool {
        let county = |me: &crate::ui::product::MeView| {
            me.officer.office == Office::County && me.officer.is(Duty::Approver)
        };
        self.with.me.as_deref().is_some_and(county)
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let Some((id, digit)) = chosen.into_iter().next() else { return Vec::new() };
        let Some(row) = self.with.list.rows().of(&id).cloned() else { return Vec::new() };
        let prompt = match digit {
            '4' | '8' if !self.approves() => {
                return vec![Intent::Warn("备案由县局审批人退回和办结，请换人登录".to_owned())];
            }
            '4' if row.back_due.is_some() => {
                return vec![Intent::Warn(format!("{} 已经退回，等乡镇处理；处理好了按 8 办结", row.number))];
            }
            '8' if row.back_due.is_none() => {
                return vec![Intent::Warn(format!("{} 没有退回待处理的备案", row.number))];
            }
            '4' => Prompt::new(For::CallBack(row.case), format!("备案退回 {}", row.number)).with(
                "问题",
                Kind::Text,
                "",
            ),
            '8' => Prompt::new(For::Settle(row.case), format!("备案退回办结 {}", row.number)).with(
                "怎样处理的",
                Kind::Text,
                "",
            ),
            _ => return vec![Intent::Open(Place::Case(row.case))],
        };
        self.with.ask(Some(prompt));
        vec![Intent::Forget]
    }

    fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        let deed = prompt.text(0).map(|text| match prompt.what {
            For::CallBack(case) => CountyDeed::CallBack(case, text),
            For::Settle(case) => CountyDeed::SettleCallBack(case, text),
        });
        match deed {
            Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::County(deed)), draft: 0 })],
            Err(text) => vec![Intent::Warn(text)],
        }
    }
}

impl Screen for RosterScreen {
    fn name(&self) -> &'static str {
        "备案花名册"
    }

    fn subject(&self) -> String {
        let told = |head: &FiledRoster| {
            format!("{} {} {}件", head.number, words::township(head.township), head.cases)
        };
        self.head.as_ref().map_or_else(|| self.number.clone(), told)
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let list = vec![
            Offer::key(Key::Enter, "看办件"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::new(Action::Print),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ];
        self.with.offers("办理", list)
    }

    fn hint(&self) -> String {
        match (&self.with.prompt, self.with.selected()) {
            (Some(prompt), _) => prompt.hint(),
            (None, _) if self.gone => "没有这一份花名册".to_owned(),
            (None, Some(row)) => {
                format!("{} {} {}；4 退回，8 退回办结", row.number, row.name, row.stage.zh())
            }
            (None, None) => String::new(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "县局逐件看乡镇的审批：5 看办件，4 退回（写明问题），8 退回办结（写明怎样处理的）。四（三）二".to_owned(),
                "没有发放的退回后回到经办人；已发放的由乡镇在期限内说明或追回，县局办结以后办件才能办结。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        !self.with.read && !self.gone
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => return self.ask(),
            Msg::Reply(Reply::Me(me)) => self.with.me = Some(me),
            Msg::Reply(Reply::County(CountyReply::Roster(None))) => {
                self.gone = true;
                return vec![Intent::Warn("没有这一份花名册，请按 F3 返回后刷新".to_owned())];
            }
            Msg::Reply(Reply::County(CountyReply::Roster(Some(view)))) => {
                let RosterView { head, rows } = *view;
                self.head = Some(head);
                self.with.replace(rows);
            }
            Msg::Reply(reply @ (Reply::Done { .. } | Reply::Held(_))) => {
                self.with.ask(None);
                let mut intents = self.ask();
                intents.extend(words::outcome(&reply));
                return intents;
            }
            Msg::Reply(reply) => {
                self.gone |= !self.with.read && matches!(reply, Reply::Failed(_));
                return words::outcome(&reply).into_iter().collect();
            }
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Cancel | Action::Back) if self.with.prompt.is_some() => {
                return self.with.leave();
            }
            Msg::Action(Action::Print) if self.with.prompt.is_none() => {
                let paper = CountyPaper::Roster(self.number.clone());
                return vec![Intent::Ask(Ask::County(CountyAsk::Print(paper)))];
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
