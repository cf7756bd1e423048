//! 群体性事项: one matter that many households share (三（六）). F6 registers one, 1 fills in its households, 4 ends it.
//!
//! Must never add up sums across households: tiers and limits are each household's own.

use crate::base::day::Stamp;
use crate::domain::ids::IncidentId;
use crate::domain::nouns::Circumstance;
use crate::domain::office::Role as Duty;
use crate::office::front::county::CountyDeed;
use crate::office::front::deed::Deed;
use crate::office::print::county::CountyPaper;
use crate::store::replica::views::tiers::IncidentLine;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::county::{CountyAsk, CountyPlace, CountyReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "事项名称/事项号",
    columns: &[
        Column::left("事项号", 12),
        Column::left("名称", 18).grow(),
        Column::left("乡镇", 10).rank(1),
        Column::left("发生", 10),
        Column::right("户", 4),
        Column::right("在办", 4),
        Column::right("已批", 12),
        Column::left("状态", 6),
    ],
    options: &[
        RowOption { digit: '1', label: "花名册" },
        RowOption { digit: '4', label: "结束" },
        RowOption { digit: '7', label: "打印签字册" },
    ],
    ticks: false,
    empty: "没有群体性事项；F6 登记",
};

impl Shown for IncidentLine {
    fn id(&self) -> String {
        self.id.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let (all, open) = self.cases;
        vec![
            self.number.clone(),
            self.name.clone(),
            words::township(self.township),
            self.on.to_string(),
            all.to_string(),
            open.to_string(),
            self.granted.grouped(),
            if self.closed { "已结束" } else { "受理中" }.to_owned(),
        ]
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.name, vec![&self.number])
    }
}

/// The circumstances in two hanzi each: eight of them stand in a line.
const KINDS: [&str; 8] = ["突发", "重病", "病残", "就学", "失业", "重大", "变故", "其他"];

/// What a prompt is for.
#[derive(Debug)]
enum For {
    Open,
    Close(IncidentId),
}

/// The screen.
#[derive(Debug)]
pub struct IncidentsScreen {
    with: Prompted<IncidentLine, For>,
}

impl Default for IncidentsScreen {
    fn default() -> IncidentsScreen {
        IncidentsScreen::new()
    }
}

impl IncidentsScreen {
    /// A list that asks for its rows when it is shown.
    pub fn new() -> IncidentsScreen {
        IncidentsScreen { with: Prompted::new(TABLE) }
    }

    fn ask() -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::County(CountyAsk::Incidents))]
    }

    /// Why this officer registers and ends none; none where he does.
    fn why_not(&self) -> Option<String> {
        let officer = self.with.me.as_ref().map(|me| &me.officer);
        let may = officer.is_some_and(|officer| officer.is(Duty::Handler) || officer.is(Duty::Approver));
        (!may).then(|| "由经办人或审批人登记和结束，请换人登录".to_owned())
    }

    fn begin(&mut self) -> Vec<Intent> {
        if let Some(why) = self.why_not() {
            return vec![Intent::Warn(why)];
        }
        let own = self.with.me.as_ref().and_then(|me| me.officer.office.township());
        let prompt = Prompt::new(For::Open, "登记群体性事项")
            .with("事项名称", Kind::Text, "")
            .phrased("incident")
            .with("乡镇代码", Kind::Digits, &own.map(|own| format!("{own:03}")).unwrap_or_default())
            .with("情形", Kind::Choice(KINDS.to_vec()), "")
            .with("发生日期", Kind::Day(self.with.now().day()), "");
        self.with.ask(Some(prompt));
        vec![Intent::Forget]
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let Some((id, digit)) = chosen.into_iter().next() else { return Vec::new() };
        let Some(row) = self.with.list.rows().of(&id).cloned() else { return Vec::new() };
        match digit {
            '7' => vec![Intent::Ask(Ask::County(CountyAsk::Print(CountyPaper::Incident(row.id))))],
            '4' if row.closed => vec![Intent::Warn(format!("{} 已经结束，不必重复", row.number))],
            '4' => {
                if let Some(why) = self.why_not() {
                    return vec![Intent::Warn(why)];
                }
                let title = format!("结束 {}，不再受理新户", row.number);
                let prompt = Prompt::new(For::Close(row.id), title).with("情况", Kind::Text, "");
                self.with.ask(Some(prompt.phrased("incident-over")));
                vec![Intent::Forget]
            }
            _ => vec![Intent::Open(Place::County(CountyPlace::Grid(row.id)))],
        }
    }

    fn filled(prompt: &Prompt<For>) -> Result<CountyDeed, String> {
        match &prompt.what {
            For::Close(incident) => Ok(CountyDeed::CloseIncident(*incident, prompt.text(0)?)),
            For::Open => {
                let code: u16 = prompt.text(1)?.parse().unwrap_or(0);
                let township = crate::base::division::township(code)
                    .ok_or_else(|| format!("没有代码为 {code:03} 的乡镇，请打三位代码，如 102"))?
                    .code;
                let circumstance = Circumstance::ALL.get(prompt.choice(2)?).copied();
                Ok(CountyDeed::OpenIncident {
                    township,
                    circumstance: circumstance.ok_or("情形没有选，请按数字")?,
                    on: prompt.day(3)?,
                    name: prompt.text(0)?,
                })
            }
        }
    }

    fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        match IncidentsScreen::filled(prompt) {
            Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::County(deed)), draft: 0 })],
            Err(text) => vec![Intent::Warn(text)],
        }
    }
}

impl Screen for IncidentsScreen {
    fn name(&self) -> &'static str {
        "群体性事项"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let list = vec![
            Offer::key(Key::Enter, "花名册"),
            Offer::named(Action::Lookup, "各户")
                .unless(self.with.selected().is_none().then(|| "没有事项".to_owned())),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::named(Action::New, "登记").unless(self.why_not()),
            Offer::key(Key::Tab, "定位"),
        ];
        self.with.offers("办理", list)
    }

    fn hint(&self) -> String {
        match (&self.with.prompt, self.with.selected()) {
            (Some(prompt), _) => prompt.hint(),
            (None, _) if !self.with.read => "正在读本机的记录".to_owned(),
            (None, Some(row)) => {
                format!("{} {}：{} 户，在办 {} 户", row.number, row.name, row.cases.0, row.cases.1)
            }
            (None, None) => "F6 登记群体性事项".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "重大安全事件、群体性事件使许多家庭同时陷入困境的，登记一次事项，各户都归到它名下。三（六）"
                    .to_owned(),
                "各户分别计算、分别审批，不合并累计；会议可以开一次，签字用一份花名册。四（三）二".to_owned(),
                "F2 各户：已受理的申请人，和各户的成员、在各乡镇的往年救助。".to_owned(),
                "自然灾害先由应急管理部门救助，已给的记在「其他救助」。结束以后不再受理新户。".to_owned(),
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
                return IncidentsScreen::ask();
            }
            Msg::Reply(Reply::Me(me)) => self.with.me = Some(me),
            Msg::Reply(Reply::County(CountyReply::Incidents(rows))) => self.with.replace(rows),
            Msg::Reply(reply) => return self.with.answered(&reply, IncidentsScreen::ask()),
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::New) if self.with.prompt.is_none() => return self.begin(),
            Msg::Action(Action::Choose) => return self.with.phrases(),
            Msg::Action(Action::Cancel | Action::Back) if self.with.prompt.is_some() => {
                return self.with.leave();
            }
            Msg::Action(Action::Lookup) if self.with.prompt.is_none() => {
                let number = self.with.selected().map(|row| row.number.clone());
                return number.map(|number| Intent::Open(Place::Lookup(number))).into_iter().collect();
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
