//! 待办件 (S3): a list of cases. Enter opens; a list that is worked through by approving opens the approval.
//!
//! Must never lose its place: coming back, the cursor stands on the case it stood on.

use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::ids::CaseId;
use crate::domain::nouns::Stage;
use crate::office::print::PaperKind;
use crate::store::replica::views::queue::QueueRow;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{Happened, List, ListTable, RowOption};
use crate::ui::product::{Ask, Place, Queue, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::{Held, Shown};
use crate::ui::screens::words;
use crate::ui::table::Column;

const COLUMNS: &[Column] = &[
    Column::left("编号", 11),
    Column::left("姓名", 8),
    Column::right("年龄", 4).rank(3),
    Column::left("村(居)", 12).rank(2).grow(),
    Column::left("情形", 8).rank(4),
    Column::right("金额", 10),
    Column::left("等待", 5).rank(1),
    Column::left("期限", 8),
    Column::left("标", 4),
];

const OPENS: ListTable = ListTable {
    locate: "姓名/拼音首字母/编号",
    columns: COLUMNS,
    options: &[
        RowOption { digit: '1', label: "打开" },
        RowOption { digit: '5', label: "办理经过" },
        RowOption { digit: '7', label: "打印" },
        RowOption { digit: '8', label: "补登记" },
    ],
    ticks: false,
    empty: "这里没有办件",
};

const LOOKS: ListTable = ListTable {
    options: &[
        RowOption { digit: '1', label: "打开" },
        RowOption { digit: '5', label: "办理经过" },
        RowOption { digit: '7', label: "打印" },
    ],
    ..OPENS
};

const APPROVES: ListTable = ListTable {
    options: &[
        RowOption { digit: '1', label: "审批" },
        RowOption { digit: '5', label: "办理经过" },
        RowOption { digit: '7', label: "打印" },
        RowOption { digit: '9', label: "看办件" },
    ],
    empty: "没有待审批的办件",
    ..OPENS
};

impl Shown for QueueRow {
    fn id(&self) -> String {
        self.case.to_string()
    }

    fn cells(&self, now: Stamp) -> Vec<String> {
        let today = now.day();
        vec![
            self.number.clone(),
            self.name.clone(),
            self.age.map(|age| age.to_string()).unwrap_or_default(),
            words::village(self.village).to_owned(),
            self.circumstance.map_or("", |of| of.zh()).to_owned(),
            self.sum().grouped(),
            words::waiting(self.waiting),
            self.first_due().map(|due| words::left(due, today)).unwrap_or_default(),
            self.sign(today).to_owned(),
        ]
    }

    fn role(&self, now: Stamp) -> Option<Role> {
        match self.bar {
            Some(_) => Some(Role::Muted),
            None => (self.marked || self.late(now.day())).then_some(Role::Warning),
        }
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.name, vec![&self.number])
    }
}

impl QueueRow {
    /// What counts now: what was granted or, before, what is asked for. An advance is not what waits to be decided.
    fn sum(&self) -> Money {
        let waits = matches!(self.stage, Stage::Submitted | Stage::AtCity) && !self.asked.is_zero();
        if self.granted.is_zero() || waits { self.asked } else { self.granted }
    }

    fn first_due(&self) -> Option<Day> {
        [self.due, self.papers_due].into_iter().flatten().min()
    }

    fn late(&self, today: Day) -> bool {
        self.first_due().is_some_and(|due| due <= today)
    }

    /// 标: the one thing that wants a look first.
    fn sign(&self, today: Day) -> &'static str {
        if let Some(bar) = self.bar {
            bar.short()
        } else if self.marked {
            "标记"
        } else if self.late(today) {
            "!"
        } else if self.batch.is_some() {
            "在批"
        } else if self.home_to_ask {
            "户籍"
        } else if self.last_year {
            "上年"
        } else {
            self.status.map_or("", words::status)
        }
    }
}

/// The screen.
#[derive(Debug)]
pub struct QueueScreen {
    queue: Queue,
    list: List<Held<QueueRow>>,
    total: usize,
    read: bool,
}

impl QueueScreen {
    /// The list of that queue; it asks for its rows when it is shown.
    pub fn new(queue: Queue) -> QueueScreen {
        // A list over all townships is the county's: it completes no papers.
        let own = queue.filter.township.is_some() || queue.filter.handler.is_some();
        let table = match (queue.approve, own) {
            (true, _) => APPROVES,
            (false, true) => OPENS,
            (false, false) => LOOKS,
        };
        QueueScreen { queue, list: List::new(table, Held::empty()), total: 0, read: false }
    }

    fn learn(&mut self, rows: Vec<QueueRow>, total: usize) {
        // The desk says how long each has waited: from that the day it was read on.
        let today = rows.first().map_or(Day::EPOCH, |row| row.since.day().plus(row.waiting));
        self.list.replace(Held { items: rows, now: Stamp::at(today, 0, 0) });
        self.total = total;
        self.read = true;
    }

    fn selected(&self) -> Option<&QueueRow> {
        self.list.selected().and_then(|at| self.list.rows().items.get(at))
    }

    fn open(&self, case: CaseId) -> Place {
        if !self.queue.approve {
            return Place::Case(case);
        }
        let run: Vec<CaseId> = self.list.rows().items.iter().map(|row| row.case).collect();
        let at = run.iter().position(|id| *id == case).unwrap_or(0);
        Place::Approval { run, at }
    }

    /// One screen is opened at most; what is printed is printed for every row.
    fn chosen(&self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let mut intents = Vec::new();
        let mut opened = None;
        for (id, digit) in chosen {
            let Some(row) = self.list.rows().of(&id) else { continue };
            match digit {
                '7' => {
                    let paper = if row.papers > 0 { PaperKind::FirstAid } else { PaperKind::Application };
                    intents.push(Intent::Ask(Ask::Print(paper, Some(row.case))));
                }
                '8' if row.papers == 0 => {
                    intents.push(Intent::Warn(format!("{} 没有待补的手续", row.number)));
                }
                '5' => opened = opened.or(Some(Place::Steps(row.case))),
                '8' => opened = opened.or(Some(Place::Papers(row.case))),
                '9' => opened = opened.or(Some(Place::Case(row.case))),
                _ => opened = opened.or(Some(self.open(row.case))),
            }
        }
        intents.extend(opened.map(Intent::Open));
        intents
    }

    fn happened(&self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Chosen(chosen) => self.chosen(chosen),
            Happened::Say(text) => vec![Intent::Say(text)],
            Happened::Nothing | Happened::Moved => Vec::new(),
        }
    }
}

impl Screen for QueueScreen {
    fn name(&self) -> &'static str {
        self.queue.name
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let none = self.selected().is_none().then(|| "没有选中办件".to_owned());
        vec![
            Offer::key(Key::Enter, if self.queue.approve { "审批" } else { "打开" }),
            Offer::new(Action::Lookup).unless(none),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.list.one_page()),
        ]
    }

    fn hint(&self) -> String {
        if !self.read {
            return "正在读本机的记录".to_owned();
        }
        let Some(row) = self.selected() else { return String::new() };
        let mut parts = vec![format!("{} {} {}", row.number, row.name, row.stage.zh())];
        if !row.handler_name.is_empty() {
            parts.push(format!("经办 {}", row.handler_name));
        }
        parts.extend(row.bar.map(|bar| bar.zh().to_owned()));
        if row.papers > 0 {
            let due = row.papers_due.map(|due| format!("，{}前", due.month_day())).unwrap_or_default();
            parts.push(format!("待补手续 {} 项{due}", row.papers));
        }
        if row.marked {
            parts.push("有违规标记，县局处理之前不能再办".to_owned());
        }
        if let Some(batch) = &row.batch {
            parts.push(format!("在批次{batch}中，等银行回盘，不能另行发放"));
        }
        if row.home_to_ask {
            parts.push("外地户籍，须向户籍地核实".to_owned());
        }
        if row.last_year {
            parts.push("上年有救助".to_owned());
        }
        let shown = self.list.rows().items.len();
        if self.total > shown {
            parts.push(format!("共 {} 件，这里是等得最久的 {shown} 件", self.total));
        }
        parts.join("；")
    }

    fn help(&self) -> HelpText {
        let field = if self.list.is_locating() {
            "定位：打姓名、拼音首字母或编号的一部分，列表随打随筛；下箭头回到列表。".to_owned()
        } else {
            "选：按数字填要办的事，可以填几行，再按回车一起办；回车不填数字就是打开。".to_owned()
        };
        HelpText {
            field,
            screen: vec![
                "等得最久的排在最前；返回时光标还在原来那一件上。".to_owned(),
                "期限：乡镇自受理起10个工作日、县局10个工作日；先行救助的手续10个工作日。到期的标 !。四（三）一"
                    .to_owned(),
                "标：经办、付款、审核=您自己办过的，回避=近亲属，他级=别级审批的，都不能由您审批，排在最后。五（三）"
                    .to_owned(),
                "标：标记=有违规标记；户籍=外地户籍，须向户籍地核实是否已救助（三）；上年=上一年有救助；\
                 其余是家庭身份。"
                    .to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        !self.read
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.list.resize(size),
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => {
                return vec![Intent::Ask(Ask::Queue(self.queue.filter.clone()))];
            }
            Msg::Reply(Reply::Queue(rows, total)) => self.learn(rows, total),
            Msg::Reply(reply) => {
                self.read |= matches!(reply, Reply::Failed(_));
                return words::outcome(&reply).into_iter().collect();
            }
            Msg::Key(key) => {
                let happened = self.list.key(key);
                return self.happened(happened);
            }
            Msg::Burst(text) => {
                let happened = self.list.burst(&text);
                return self.happened(happened);
            }
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(Action::Lookup) => {
                let number = self.selected().map(|row| row.number.clone());
                return number.map(|number| Intent::Open(Place::Lookup(number))).into_iter().collect();
            }
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        self.list.draw(canvas);
    }

    fn caret(&self) -> (u16, u16) {
        self.list.caret()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::replica::views::queue::{Bar, Filter, List as Which};
    use crate::ui::screens::fixtures::{self, drawn};

    fn screen(approve: bool) -> QueueScreen {
        screen_of(Some(103), approve)
    }

    fn screen_of(township: Option<u16>, approve: bool) -> QueueScreen {
        let filter = Filter { list: Which::Open, township, ..Filter::default() };
        let mut screen = QueueScreen::new(Queue { name: "在办", filter: filter.clone(), approve });
        assert!(screen.holds(), "what is typed ahead of the rows waits for them");
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Queue(filter))]);
        screen.update(Msg::Reply(Reply::Queue(fixtures::rows(), 3)));
        assert!(!screen.holds());
        screen
    }

    #[test]
    fn only_what_works_is_offered() {
        let mut county = screen_of(None, false);
        assert!(!drawn(&mut county).contains("补登记"), "the county completes no papers");
        let turns = |screen: &QueueScreen| {
            screen.offers().into_iter().any(|o| o.label == "翻页" && o.disabled.is_none())
        };
        assert!(!turns(&county), "three rows are one page");
        county.update(Msg::Sized(crate::ui::screen::Size { rows: 8, cols: 80 }));
        assert!(turns(&county));
    }

    #[test]
    fn a_queue_at_80_columns() {
        let mut screen = screen(false);
        insta::assert_snapshot!(drawn(&mut screen));
        assert!(screen.hint().contains("待补手续 2 项"), "{}", screen.hint());
    }

    #[test]
    fn enter_opens_the_case_or_the_approval_with_the_run() {
        let mut list = screen(false);
        list.update(Msg::Key(Key::Down));
        let rows = fixtures::rows();
        assert_eq!(list.update(Msg::Key(Key::Enter)), vec![Intent::Open(Place::Case(rows[1].case))]);
        let mut approve = screen(true);
        approve.update(Msg::Key(Key::Down));
        let run: Vec<CaseId> = rows.iter().map(|row| row.case).collect();
        assert_eq!(approve.update(Msg::Key(Key::Enter)), vec![Intent::Open(Place::Approval { run, at: 1 })]);
    }

    #[test]
    fn the_sum_is_what_was_approved_and_before_that_what_is_asked_for() {
        let mut row = fixtures::rows().remove(0);
        (row.asked, row.granted) = (Money::from_fen(80_000), Money::from_fen(60_000));
        for (stage, fen) in [(Stage::Submitted, 80_000), (Stage::Approved, 60_000), (Stage::Paid, 60_000)] {
            row.stage = stage;
            assert_eq!(row.sum(), Money::from_fen(fen), "{stage:?}");
        }
    }

    #[test]
    fn what_the_reader_cannot_decide_says_why() {
        let mut list = screen(true);
        let mut rows = fixtures::rows();
        for (row, bar) in rows.iter_mut().zip([Bar::Relative, Bar::Handled]) {
            row.bar = Some(bar);
        }
        list.update(Msg::Reply(Reply::Queue(rows, 3)));
        let seen = drawn(&mut list);
        assert!(seen.contains("回避") && seen.contains("经办"), "{seen}");
        assert!(list.hint().contains("须回避，请他人办理"), "{}", list.hint());
    }

    #[test]
    fn coming_back_the_cursor_stands_where_it_stood() {
        let mut screen = screen(false);
        screen.update(Msg::Key(Key::End));
        let mut rows = fixtures::rows();
        rows.remove(0);
        screen.update(Msg::Reply(Reply::Queue(rows, 2)));
        assert_eq!(screen.selected().unwrap().number, fixtures::rows()[2].number);
    }

    #[test]
    fn papers_and_prints_by_digit() {
        let mut screen = screen(false);
        let rows = fixtures::rows();
        screen.update(Msg::Key(Key::Char('8')));
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Open(Place::Papers(rows[0].case))]);
        screen.update(Msg::Key(Key::Down));
        screen.update(Msg::Key(Key::Char('8')));
        assert!(
            matches!(screen.update(Msg::Key(Key::Enter)).as_slice(), [Intent::Warn(text)] if text.contains("没有"))
        );
        screen.update(Msg::Key(Key::Char('7')));
        let print = Ask::Print(PaperKind::Application, Some(rows[1].case));
        assert_eq!(screen.update(Msg::Key(Key::Enter)), vec![Intent::Ask(print)]);
        let look = Intent::Open(Place::Lookup(rows[1].number.clone()));
        assert_eq!(screen.update(Msg::Action(Action::Lookup)), vec![look]);
    }
}
