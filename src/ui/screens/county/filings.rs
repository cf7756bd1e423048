//! 备案: months whose decisions are not on file yet, then the rosters that were filed; 1 files a month or opens a roster.
//!
//! Must never file on Enter: what changes the log is F9.

use crate::base::day::Stamp;
use crate::domain::office::Role as Duty;
use crate::office::front::county::{CountyDeed, Filings};
use crate::office::front::deed::Deed;
use crate::office::print::county::CountyPaper;
use crate::store::replica::views::filings::FiledRoster;
use crate::store::replica::views::tiers::UnfiledMonth;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::county::{CountyAsk, CountyPlace, CountyReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "乡镇/花名册号",
    columns: &[
        Column::left("乡镇", 14),
        Column::left("月份", 8),
        Column::right("件数", 5),
        Column::right("金额", 12),
        Column::left("花名册", 14).rank(1),
        Column::left("情况", 16).grow(),
    ],
    options: &[RowOption { digit: '1', label: "备案/打开" }, RowOption { digit: '7', label: "打印花名册" }],
    ticks: false,
    empty: "没有要备案的月份，也没有备案过的花名册",
};

/// A row: a month that is due, or a roster.
#[derive(Debug, Clone)]
enum Line {
    Due(UnfiledMonth),
    Filed(FiledRoster, String),
}

impl Line {
    fn township(&self) -> u16 {
        match self {
            Line::Due(month) => month.township,
            Line::Filed(roster, _) => roster.township,
        }
    }
}

impl Shown for Line {
    fn id(&self) -> String {
        match self {
            Line::Due(month) => format!("{}/{}/{}", month.township, month.year, month.month),
            Line::Filed(roster, _) => roster.number.clone(),
        }
    }

    fn cells(&self, now: Stamp) -> Vec<String> {
        let (month, cases, amount, number, state) = match self {
            Line::Due(due) => {
                let late = if due.due < now.day() { " !" } else { "" };
                let state = format!("待备案 {}{late}", words::left(due.due, now.day()));
                ((due.year, due.month), due.cases, due.amount, String::new(), state)
            }
            Line::Filed(roster, _) => {
                let state = match roster.called_back {
                    0 => format!("{} 已备案", roster.at.day().month_day()),
                    many => format!("退回 {many} 件待办"),
                };
                (roster.month, roster.cases, roster.amount, roster.number.clone(), state)
            }
        };
        vec![
            words::township(self.township()),
            format!("{}-{:02}", month.0, month.1),
            cases.to_string(),
            amount.grouped(),
            number,
            state,
        ]
    }

    fn role(&self, now: Stamp) -> Option<Role> {
        match self {
            Line::Due(month) => (month.due < now.day()).then_some(Role::Warning),
            Line::Filed(roster, _) => (roster.called_back > 0).then_some(Role::Warning),
        }
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        let name = crate::base::division::township(self.township()).map_or("", |township| township.name);
        match self {
            Line::Due(_) => (name, Vec::new()),
            Line::Filed(roster, _) => (name, vec![&roster.number]),
        }
    }
}

/// The screen.
#[derive(Debug)]
pub struct FilingsScreen {
    with: Prompted<Line, (u16, i32, u32)>,
}

impl Default for FilingsScreen {
    fn default() -> FilingsScreen {
        FilingsScreen::new()
    }
}

impl FilingsScreen {
    /// A list that asks for its rows when it is shown.
    pub fn new() -> FilingsScreen {
        FilingsScreen { with: Prompted::new(TABLE) }
    }

    fn ask() -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::County(CountyAsk::Filings))]
    }

    fn learn(&mut self, filings: Filings) {
        let due = filings.due.into_iter().map(Line::Due);
        let filed = filings.filed.into_iter().map(|roster| {
            let by = roster.by.to_string();
            Line::Filed(roster, by)
        });
        self.with.replace(due.chain(filed).collect());
    }

    fn file(&mut self, month: &UnfiledMonth) -> Vec<Intent> {
        let files = self.with.me.as_ref().is_some_and(|me| {
            let officer = &me.officer;
            officer.office.township() == Some(month.township)
                && (officer.is(Duty::Handler) || officer.is(Duty::Approver))
        });
        if !files {
            let township = words::township(month.township);
            return vec![Intent::Warn(format!("备案由{township}的经办人或审批人报，请他们登录后办理"))];
        }
        let title = format!(
            "{}年{}月备案：{} 件 {} 元，报县局",
            month.year,
            month.month,
            month.cases,
            month.amount.grouped()
        );
        let what = (month.township, month.year, month.month);
        self.with.ask(Some(Prompt::new(what, title).with("确定", Kind::Choice(vec!["报县局备案"]), "")));
        vec![Intent::Forget]
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let Some((id, digit)) = chosen.into_iter().next() else { return Vec::new() };
        let Some(line) = self.with.list.rows().of(&id).cloned() else { return Vec::new() };
        match (line, digit) {
            (Line::Due(_), '7') => vec![Intent::Warn("还没有备案，先按 1 备案，再打印花名册".to_owned())],
            (Line::Due(month), _) => self.file(&month),
            (Line::Filed(roster, _), '7') => {
                vec![Intent::Ask(Ask::County(CountyAsk::Print(CountyPaper::Roster(roster.number))))]
            }
            (Line::Filed(roster, _), _) => {
                vec![Intent::Open(Place::County(CountyPlace::Roster(roster.number)))]
            }
        }
    }

    fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        match prompt.choice(0) {
            Ok(_) => {
                let (township, year, month) = prompt.what;
                let deed = Deed::County(CountyDeed::FileRoster(township, year, month));
                vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })]
            }
            Err(text) => vec![Intent::Warn(text)],
        }
    }
}

impl Screen for FilingsScreen {
    fn name(&self) -> &'static str {
        "备案"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let list = vec![
            Offer::key(Key::Enter, "备案/打开"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ];
        self.with.offers("备案", list)
    }

    fn hint(&self) -> String {
        match (&self.with.prompt, self.with.selected()) {
            (Some(prompt), _) => prompt.hint(),
            (None, _) if !self.with.read => "正在读本机的记录".to_owned(),
            (None, Some(Line::Due(month))) => format!(
                "{} {}年{}月 {} 件没有备案；1 备案",
                words::township(month.township),
                month.year,
                month.month,
                month.cases
            ),
            (None, Some(Line::Filed(roster, by))) => {
                format!("花名册 {} 由 {by} 于 {} 报；1 逐件查看，7 打印", roster.number, roster.at.text())
            }
            (None, None) => String::new(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "乡镇审批的结果每月报县局备案：月份过完后，由乡镇经办人或审批人报，上面的期限以前。四（三）二".to_owned(),
                "县局打开花名册逐件看，有问题的退回：没有发放的回到经办人重办，已发放的由乡镇说明或追回。".to_owned(),
                "漏报的下次备案会另成一份，不重复。".to_owned(),
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
                return FilingsScreen::ask();
            }
            Msg::Reply(Reply::Me(me)) => self.with.me = Some(me),
            Msg::Reply(Reply::County(CountyReply::Filings(filings))) => self.learn(*filings),
            Msg::Reply(reply) => return self.with.answered(&reply, FilingsScreen::ask()),
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
#[path = "filings_tests.rs"]
mod tests;
