//! 空白单: the numbered pads for days without power, and what became of every number.
//!
//! Must never let a number out of sight: what is neither used nor void is shown as missing or as still on its pad.

use crate::base::day::{Day, Stamp};
use crate::domain::office::Role as Duty;
use crate::domain::pad::{Fate, SHEETS};
use crate::office::front::deed::Deed;
use crate::office::front::goods::GoodsDeed;
use crate::store::replica::views::goods::BlankRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::goods::{GoodsAsk, GoodsReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "单号",
    columns: &[
        Column::left("单号", 13),
        Column::left("乡镇", 14).rank(1),
        Column::left("领用", 10),
        Column::left("状态", 6),
        Column::left("去向", 24).grow(),
    ],
    options: &[
        RowOption { digit: '1', label: "看办件" },
        RowOption { digit: '4', label: "作废" },
        RowOption { digit: '7', label: "打印这一本" },
    ],
    ticks: false,
    empty: "没有领用过空白单，按F6领用",
};

/// A row with the day that says how long a sheet has been missing.
#[derive(Debug, Clone)]
struct Row {
    blank: BlankRow,
    today: Day,
}

impl Row {
    fn state(&self) -> (&'static str, String) {
        match &self.blank.fate {
            Fate::Used(number) => ("已用", format!("办件{number}")),
            Fate::Void(on, by, reason) => ("作废", format!("{} {by} {reason}", on.month_day())),
            Fate::Missing(since) => ("缺号", format!("缺{}天，请录入或作废", since.until(self.today))),
            Fate::Unused => ("未用", "在本上".to_owned()),
        }
    }
}

impl Shown for Row {
    fn id(&self) -> String {
        self.blank.blank.clone()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let (state, told) = self.state();
        vec![
            self.blank.blank.clone(),
            words::township(self.blank.township),
            self.blank.on.to_string(),
            state.to_owned(),
            told,
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        match self.blank.fate {
            Fate::Missing(_) => Some(Role::Warning),
            Fate::Used(_) | Fate::Void(..) => Some(Role::Muted),
            Fate::Unused => None,
        }
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.blank.blank, vec![])
    }
}

/// What a prompt is for.
#[derive(Debug, Clone)]
enum For {
    /// 领用, in a township.
    Issue(Option<u16>),
    Void(String),
}

/// The screen.
#[derive(Debug)]
pub struct BlanksScreen {
    with: Prompted<Row, For>,
}

impl BlanksScreen {
    /// The sheets.
    pub fn new() -> BlanksScreen {
        BlanksScreen { with: Prompted::new(TABLE) }
    }

    fn ask() -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Goods(GoodsAsk::Blanks))]
    }

    fn may_not(&self) -> Option<String> {
        let me = self.with.me.as_ref()?;
        let works = me.officer.is(Duty::Handler) || me.officer.is(Duty::Approver);
        (!works).then(|| "空白单由经办人、审批人领用和作废，请换人登录".to_owned())
    }

    fn begin(&mut self, what: For) -> Vec<Intent> {
        if let Some(why) = self.may_not() {
            return vec![Intent::Warn(why)];
        }
        let prompt = match &what {
            For::Issue(Some(own)) => {
                let title = format!("领用空白单 {}：给一本连号，领用后按7打印", words::township(*own));
                Prompt::new(what.clone(), title).with("张数", Kind::Count, "10")
            }
            For::Issue(None) => Prompt::new(what.clone(), "领用空白单：给一本连号，领用后按7打印")
                .with("张数", Kind::Count, "10")
                .with("乡镇代码", Kind::Digits, ""),
            For::Void(blank) => Prompt::new(what.clone(), format!("作废空白单 {blank}，作废的号不能再用"))
                .with("原因", Kind::Text, ""),
        };
        self.with.ask(Some(prompt));
        vec![Intent::Forget]
    }

    fn issue(&mut self) -> Vec<Intent> {
        let own = self.with.me.as_ref().and_then(|me| me.officer.office.township());
        self.begin(For::Issue(own))
    }

    fn filled(prompt: &Prompt<For>) -> Result<GoodsDeed, String> {
        Ok(match &prompt.what {
            For::Issue(own) => {
                let count = u32::from(prompt.count(0)?);
                if !(1..=SHEETS).contains(&count) {
                    return Err(format!("一本1至{SHEETS}张，请改正张数"));
                }
                let township = match own {
                    Some(own) => *own,
                    None => prompt.text(1)?.parse().map_err(|_| "乡镇代码打三位数字，如 102".to_owned())?,
                };
                GoodsDeed::IssuePad { township, count }
            }
            For::Void(blank) => GoodsDeed::VoidBlank { blank: blank.clone(), reason: prompt.text(0)? },
        })
    }

    fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.with.prompt else { return Vec::new() };
        match Self::filled(prompt) {
            Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::Goods(deed)), draft: 0 })],
            Err(text) => vec![Intent::Warn(text)],
        }
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let Some((id, digit)) = chosen.into_iter().next() else { return Vec::new() };
        let Some(row) = self.with.list.rows().of(&id).cloned() else { return Vec::new() };
        match (digit, &row.blank.fate, row.blank.case) {
            ('7', ..) => {
                let print = GoodsAsk::PrintPad(row.blank.township, row.blank.pad);
                vec![Intent::Ask(Ask::Goods(print))]
            }
            ('4', Fate::Unused | Fate::Missing(_), _) => self.begin(For::Void(id)),
            ('4', ..) => vec![Intent::Warn("已用、已作废的号不能再作废".to_owned())],
            (_, _, Some(case)) => vec![Intent::Open(Place::Case(case))],
            _ => vec![Intent::Say(row.state().1)],
        }
    }

    fn told(&self) -> String {
        let missing = self.with.list.rows().items.iter();
        let missing = missing.filter(|row| matches!(row.blank.fate, Fate::Missing(_))).count();
        match self.with.selected() {
            Some(row) if missing == 0 => format!("{} {}", row.blank.blank, row.state().1),
            Some(row) => format!("缺号{missing}张；{} {}", row.blank.blank, row.state().1),
            None => String::new(),
        }
    }
}

impl Screen for BlanksScreen {
    fn name(&self) -> &'static str {
        "空白单"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let list = vec![
            Offer::key(Key::Enter, self.with.list.first_option()),
            Offer::named(Action::New, "领用").unless(self.may_not()),
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
            None => self.told(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "断电时用编号的空白登记单（F13）手工登记，来电后次日录入，并在「空白单号」写上单号。".to_owned(),
                "一个号只用一次；写坏的作废，写明原因。后面的号已用、前面的没有录入也没有作废的，是缺号：超过一周由审批人查。".to_owned(),
                "按7打印这一本里还没有用的；人员交接时，没有用的写在交接单上。".to_owned(),
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
            Msg::Reply(Reply::Goods(GoodsReply::Blanks(rows, today))) => {
                self.with.replace(rows.into_iter().map(|blank| Row { blank, today }).collect());
            }
            Msg::Reply(reply) => return self.with.answered(&reply, Self::ask()),
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::New) if self.with.prompt.is_none() => return self.issue(),
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
#[path = "blanks_tests.rs"]
mod tests;
