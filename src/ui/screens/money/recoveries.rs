//! 追缴: what is wanted back of what was got by false statements, by the day it is due, and what comes in.
//!
//! Must never begin one: that is decided at the case, by the county.

use crate::base::day::{Day, Stamp};
use crate::domain::ids::{CaseId, LineId};
use crate::office::front::deed::Deed;
use crate::office::front::money::MoneyDeed;
use crate::office::front::papers::Sheet;
use crate::store::replica::views::money::RecoveryRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::money::{MoneyAsk, MoneyReply};
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
        Column::left("乡镇", 8).rank(2),
        Column::right("应追缴", 10),
        Column::right("已缴", 10),
        Column::right("还欠", 10),
        Column::left("期限", 12).grow(),
    ],
    options: &[
        RowOption { digit: '5', label: "查看" },
        RowOption { digit: '6', label: "到款" },
        RowOption { digit: '7', label: "打印F24" },
    ],
    ticks: false,
    empty: "没有追缴；由县局审批人在办件里立",
};

/// A row, and the day on which it is looked at.
#[derive(Debug, Clone)]
struct Line {
    row: RecoveryRow,
    today: Day,
}

impl Shown for Line {
    fn id(&self) -> String {
        format!("{}/{}", self.row.case, self.row.line)
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let row = &self.row;
        let due =
            if row.left().is_zero() { "已缴清".to_owned() } else { words::left(row.until, self.today) };
        vec![
            row.number.clone(),
            row.name.clone(),
            words::township(row.township),
            row.amount.grouped(),
            row.paid.grouped(),
            row.left().grouped(),
            due,
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        let late = self.row.until < self.today && !self.row.left().is_zero();
        late.then_some(Role::Problem)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.row.name, vec![&self.row.number])
    }
}

/// The screen.
#[derive(Debug)]
pub struct RecoveriesScreen {
    with: Prompted<Line, (CaseId, LineId)>,
    takes: bool,
    busy: bool,
}

impl Default for RecoveriesScreen {
    fn default() -> RecoveriesScreen {
        RecoveriesScreen::new()
    }
}

impl RecoveriesScreen {
    /// A screen that asks the desk when it is shown.
    pub fn new() -> RecoveriesScreen {
        RecoveriesScreen { with: Prompted::new(TABLE), takes: false, busy: false }
    }

    fn ask() -> Vec<Intent> {
        vec![Intent::Ask(Ask::Money(MoneyAsk::Recoveries))]
    }

    fn chosen(&mut self, chosen: &[(String, char)]) -> Vec<Intent> {
        let Some((id, digit)) = chosen.first() else { return Vec::new() };
        let Some(line) = self.with.list.rows().of(id).cloned() else { return Vec::new() };
        let row = &line.row;
        match digit {
            '5' => vec![Intent::Open(Place::Case(row.case))],
            '7' => vec![Intent::Ask(Ask::PrintSheet(Sheet::Recovery(row.case, row.line)))],
            _ if !self.takes => vec![Intent::Warn("到款由经办人或财务登记".to_owned())],
            _ if row.left().is_zero() => vec![Intent::Warn(format!("{} 已缴清", row.number))],
            _ => {
                let title = format!("追缴到款 {} {}：还欠 {} 元", row.number, row.name, row.left().grouped());
                let prompt = Prompt::new((row.case, row.line), title)
                    .with("金额", Kind::Money, &row.left().plain())
                    .with("到款日期", Kind::Day(line.today), "")
                    .with("收据", Kind::Text, "");
                self.with.ask(Some(prompt));
                vec![Intent::Forget]
            }
        }
    }

    fn submit(&mut self) -> Vec<Intent> {
        let Some(prompt) = self.with.prompt.as_ref().filter(|_| !self.busy) else { return Vec::new() };
        let (case, line) = prompt.what;
        let deed = prompt.money(0).and_then(|amount| {
            let (on, receipt) = (prompt.day(1)?, prompt.text(2)?);
            Ok(MoneyDeed::TakeBack { case, line, amount, on, receipt })
        });
        match deed {
            Ok(deed) => {
                self.busy = true;
                vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::Money(deed)), draft: 0 })]
            }
            Err(sentence) => vec![Intent::Warn(sentence)],
        }
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        match reply {
            Reply::News if self.with.prompt.is_none() => Self::ask(),
            Reply::Money(reply) => {
                if let MoneyReply::Recoveries(view) = *reply {
                    self.takes = view.takes;
                    let today = view.today;
                    self.with.replace(view.rows.into_iter().map(|row| Line { row, today }).collect());
                }
                Vec::new()
            }
            Reply::Done { .. } | Reply::Held(_) => {
                self.busy = false;
                self.with.ask(None);
                let mut intents = Self::ask();
                intents.extend(words::outcome(&reply));
                intents
            }
            reply => {
                self.busy &= !matches!(reply, Reply::Refused(_) | Reply::Failed(_));
                words::outcome(&reply).into_iter().collect()
            }
        }
    }
}

impl Screen for RecoveriesScreen {
    fn name(&self) -> &'static str {
        "追缴"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let offers = vec![
            Offer::key(Key::Enter, self.with.list.first_option()),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
        ];
        self.with.offers("登记到款", offers)
    }

    fn hint(&self) -> String {
        if let Some(prompt) = &self.with.prompt {
            return prompt.hint();
        }
        let told = |line: &Line| {
            let why = if line.row.reason.is_empty() { "骗取" } else { &line.row.reason };
            format!("{} {} 决定：{why}", line.row.number, line.row.on)
        };
        self.with.selected().map(told).unwrap_or_default()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "追缴只对虚报、隐瞒骗取的，由县局审批人在办件里立。经办单位自己的差错不向救助对象追缴。五（三）".to_owned(),
                "6 到款：钱回到原来的资金来源或备用金。本人自愿退的是主动退回，在办件里登记。".to_owned(),
                "7 打印追缴（退回）办理单 F24。".to_owned(),
            ],
        }
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) => return Self::ask(),
            Msg::Reply(reply) => return self.reply(reply),
            Msg::Key(key) => {
                let (chosen, mut intents) = self.with.key(key);
                intents.extend(self.chosen(&chosen));
                return intents;
            }
            Msg::Burst(text) => {
                let (chosen, mut intents) = self.with.burst(&text);
                intents.extend(self.chosen(&chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Back | Action::Cancel) if self.with.prompt.is_some() => {
                self.busy = false;
                self.with.ask(None);
                return vec![Intent::Say("没有登记，什么都没有改".to_owned())];
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
    use super::*;
    use crate::base::money::Money;
    use crate::office::front::money::desk::RecoveriesView;
    use crate::ui::screens::fixtures::drawn;
    use crate::ui::screens::money::fixtures::{reply, today};

    fn row(id: u8, fen: i64, paid: i64, days: i64) -> RecoveryRow {
        RecoveryRow {
            case: CaseId([id; 16]),
            line: LineId([id; 16]),
            number: format!("26-102-{id:04}"),
            township: 102,
            name: "王福生".to_owned(),
            amount: Money::from_fen(fen),
            paid: Money::from_fen(paid),
            on: today().plus(-40),
            until: today().plus(days),
            by: "9001".into(),
            reason: "伪造诊断书".to_owned(),
            came: Vec::new(),
        }
    }

    fn shown() -> RecoveriesScreen {
        let mut screen = RecoveriesScreen::new();
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Money(MoneyAsk::Recoveries))]);
        let rows = vec![row(1, 30_000, 10_000, -10), row(2, 50_000, 0, 20), row(3, 20_000, 20_000, -1)];
        let view = RecoveriesView { today: today(), takes: true, rows };
        screen.update(Msg::Reply(reply(MoneyReply::Recoveries(view))));
        screen
    }

    #[test]
    fn what_is_owed_stands_with_its_due_day_and_what_comes_in_is_entered() {
        let mut screen = shown();
        insta::assert_snapshot!(drawn(&mut screen));
        screen.update(Msg::Key(Key::Char('6')));
        screen.update(Msg::Key(Key::Enter));
        assert!(drawn(&mut screen).contains("还欠 200.00 元"));
        assert!(
            matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Warn(text)] if text.contains("收据"))
        );
        screen.update(Msg::Key(Key::Enter));
        screen.update(Msg::Key(Key::Enter));
        screen.update(Msg::Burst("收据 7 号".to_owned()));
        let deed = MoneyDeed::TakeBack {
            case: CaseId([1; 16]),
            line: LineId([1; 16]),
            amount: Money::from_fen(20_000),
            on: today(),
            receipt: "收据 7 号".to_owned(),
        };
        let asked = screen.update(Msg::Action(Action::Submit));
        assert_eq!(asked, vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::Money(deed)), draft: 0 })]);
    }

    #[test]
    fn what_is_paid_in_is_not_taken_twice_and_f24_is_printed() {
        let mut screen = shown();
        screen.update(Msg::Key(Key::End));
        screen.update(Msg::Key(Key::Char('6')));
        let said = screen.update(Msg::Key(Key::Enter));
        assert!(matches!(&said[..], [Intent::Warn(text)] if text.contains("已缴清")), "{said:?}");
        screen.update(Msg::Key(Key::Char('7')));
        let asked = screen.update(Msg::Key(Key::Enter));
        let sheet = Sheet::Recovery(CaseId([3; 16]), LineId([3; 16]));
        assert_eq!(asked, vec![Intent::Ask(Ask::PrintSheet(sheet))]);
    }
}
