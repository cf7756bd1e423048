//! 县局待办: what waits beyond one approver and beside the cases, each with its due day; 1 does what the row asks for.
//!
//! Must never decide what waits: the replica says it.

use super::work::WorkRow;
use crate::base::day::Day;
use crate::domain::ids::CaseId;
use crate::domain::office::{Office, Role as Duty};
use crate::office::print::county::CountyPaper;
use crate::store::replica::views::tiers::{Waits, Work};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::county::{CountyAsk, CountyPlace, CountyReply, More};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::prompted::Prompted;
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "姓名/拼音首字母/编号",
    columns: &[
        Column::left("待办", 15),
        Column::left("编号", 11),
        Column::left("姓名", 8),
        Column::left("乡镇", 10).rank(1),
        Column::right("金额", 10),
        Column::left("期限", 10).grow(),
    ],
    options: &[
        RowOption { digit: '1', label: "办理" },
        RowOption { digit: '5', label: "看办件" },
        RowOption { digit: '7', label: "打印" },
        RowOption { digit: '9', label: "更多" },
    ],
    ticks: false,
    empty: "没有待办",
};

/// The screen.
#[derive(Debug)]
pub struct DeskScreen {
    with: Prompted<WorkRow, ()>,
}

impl Default for DeskScreen {
    fn default() -> DeskScreen {
        DeskScreen::new()
    }
}

/// What 1 does with a row, in the words of the message line.
fn does(waits: Waits) -> &'static str {
    match waits {
        Waits::Examination => "股室审核",
        Waits::CountyDecision => "审批",
        Waits::City => "登记市级批复",
        Waits::CityCheck => "复核市级批复",
        Waits::CalledBack => "备案退回办结",
        Waits::Referral => "登记回执",
        Waits::HomeReply => "登记户籍地答复",
        Waits::Payee => "注明改发何人",
    }
}

impl DeskScreen {
    /// A list that asks for its rows when it is shown.
    pub fn new() -> DeskScreen {
        DeskScreen { with: Prompted::new(TABLE) }
    }

    fn ask() -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::County(CountyAsk::Work))]
    }

    /// The cases of the list that wait for the same, in its order.
    fn run(&self, of: &Work) -> (Vec<CaseId>, usize) {
        let same = self.with.list.rows().items.iter().filter(|row| row.0.waits == of.waits);
        let run: Vec<CaseId> = same.map(|row| row.0.case).collect();
        let at = run.iter().position(|case| *case == of.case).unwrap_or(0);
        (run, at)
    }

    fn open(&self, work: &Work) -> Intent {
        let deed = |more| Intent::Open(Place::County(CountyPlace::Deeds(work.case, Some(more))));
        let county = self.with.me.as_ref().is_some_and(|me| me.officer.office == Office::County);
        let approver = self.with.me.as_ref().is_some_and(|me| me.officer.is(Duty::Approver));
        match work.waits {
            Waits::Examination | Waits::CountyDecision | Waits::City | Waits::CityCheck | Waits::Payee
                if !county =>
            {
                Intent::Warn(format!("{}由县局办理；按 5 看办件", work.waits.zh()))
            }
            Waits::Examination => {
                let (run, at) = self.run(work);
                Intent::Open(Place::County(CountyPlace::Examine { run, at }))
            }
            Waits::CountyDecision if !approver => {
                Intent::Warn("审批由县局审批人办理，请换人登录；按 5 看办件".to_owned())
            }
            Waits::CountyDecision => {
                let (run, at) = self.run(work);
                Intent::Open(Place::Approval { run, at })
            }
            Waits::City => deed(More::CityReply),
            Waits::CityCheck => deed(More::CheckCity),
            // the county settles what it called back; the township puts it right in the case
            Waits::CalledBack if county => deed(More::SettleCallBack),
            Waits::CalledBack => Intent::Open(Place::Case(work.case)),
            Waits::Referral => deed(More::ReferReply),
            Waits::HomeReply => deed(More::HomeReply),
            Waits::Payee => deed(More::HoldPayee),
        }
    }

    fn print(work: &Work) -> Intent {
        let paper = match work.waits {
            Waits::City | Waits::CityCheck => CountyPaper::City(work.case),
            Waits::Referral => CountyPaper::Referral(work.case, work.referral),
            Waits::Examination | Waits::CountyDecision => CountyPaper::Meeting(work.case),
            _ => return Intent::Say("这一项没有表可打；按 5 看办件，那里可以打印".to_owned()),
        };
        Intent::Ask(Ask::County(CountyAsk::Print(paper)))
    }

    /// One screen is opened at most; what is printed is printed for every row.
    fn chosen(&self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let (mut intents, mut opened) = (Vec::new(), None);
        for (id, digit) in chosen {
            let Some(WorkRow(work)) = self.with.list.rows().of(&id) else { continue };
            match digit {
                '7' => intents.push(DeskScreen::print(work)),
                '5' => opened = opened.or(Some(Intent::Open(Place::Case(work.case)))),
                '9' => {
                    let place = Place::County(CountyPlace::Deeds(work.case, None));
                    opened = opened.or(Some(Intent::Open(place)));
                }
                _ => opened = opened.or(Some(self.open(work))),
            }
        }
        intents.extend(opened);
        intents
    }

    fn told(&self, work: &Work, today: Day) -> String {
        let due = work.due.map(|due| format!("，{}", words::left(due, today))).unwrap_or_default();
        let since = work.since.map(|since| format!("，{} 起", since.month_day())).unwrap_or_default();
        // Why it is not his comes first: a narrow screen cuts the end.
        if let Some(bar) = work.bar {
            return format!("{}：{} {}{since}{due}", bar.zh(), work.number, work.waits.zh());
        }
        let one = match self.open(work) {
            Intent::Warn(why) => why,
            _ => format!("1 {}", does(work.waits)),
        };
        format!("{} {} {}{since}{due}；{one}", work.number, words::township(work.township), work.waits.zh())
    }
}

impl Screen for DeskScreen {
    fn name(&self) -> &'static str {
        "县局待办"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        vec![
            Offer::key(Key::Enter, "办理"),
            Offer::new(Action::Lookup)
                .unless(self.with.selected().is_none().then(|| "没有待办的".to_owned())),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ]
    }

    fn hint(&self) -> String {
        if !self.with.read {
            return "正在读本机的记录".to_owned();
        }
        let today = self.with.now().day();
        self.with.selected().map(|row| self.told(&row.0, today)).unwrap_or_default()
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "待股室审核、待县局审批：1 从这一件起一件接一件办；股室审核的人不能审批同一件。五（三）"
                    .to_owned(),
                "待市级批复：1 登记批复；待复核批复：由另一位审批人对照原件重打一遍。四（三）二".to_owned(),
                "转介待回执：7天没有回执的标「!」；待户籍地答复：外地户籍的向户籍地核实。".to_owned(),
                "F2 查往年：这一户的成员和在各乡镇的救助。".to_owned(),
                "备案退回待处理：乡镇在办件里改正或说明，县局办结。待注明改发何人：申请人去世，款还没有发。"
                    .to_owned(),
                "乡镇看到的是本乡镇的；由县局办的只能看。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        !self.with.read
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.with.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => return DeskScreen::ask(),
            Msg::Reply(Reply::Me(me)) => self.with.me = Some(me),
            Msg::Reply(Reply::County(CountyReply::Work(rows))) => {
                self.with.replace(rows.into_iter().map(WorkRow).collect());
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
            Msg::Action(Action::Lookup) => {
                let number = self.with.selected().map(|row| row.0.number.clone());
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

#[cfg(test)]
#[path = "desk_tests.rs"]
mod tests;
