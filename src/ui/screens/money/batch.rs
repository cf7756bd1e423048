//! A batch with its rows: what each is, what the bank did with it, and the account to be put right where it came back.
//!
//! Must never show rows or sum to who has still to count them.

use crate::base::day::Stamp;
use crate::domain::ids::BatchId;
use crate::domain::nouns::BatchState;
use crate::domain::payout::LineEnd;
use crate::office::front::money::desk::{BatchView, RosterLine, ended};
use crate::office::front::papers::Sheet;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{Happened, List, ListTable, RowOption};
use crate::ui::product::money::{MoneyAsk, MoneyPlace, MoneyReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::held::{Held, Shown};
use crate::ui::screens::words;
use crate::ui::table::Column;

const TABLE: ListTable = ListTable {
    locate: "户名/拼音首字母/编号/尾号",
    columns: &[
        Column::right("序", 3),
        Column::left("编号", 11),
        Column::left("户名", 8),
        Column::left("领款人", 8).rank(2),
        Column::left("开户行", 8).grow().rank(1),
        Column::left("尾号", 8),
        Column::right("金额", 10),
        Column::left("结果", 16),
    ],
    options: &[RowOption { digit: '5', label: "查看" }, RowOption { digit: '6', label: "更正账户" }],
    ticks: false,
    empty: "没有明细",
};

/// Rows above the list.
const HEAD: u16 = 3;

#[derive(Debug, Clone)]
struct Row {
    line: RosterLine,
    state: BatchState,
}

impl Row {
    fn wants_account(&self) -> bool {
        matches!(self.line.end, Some(LineEnd::Returned(_)))
            && !self.line.corrected
            && self.line.again.is_none()
    }
}

impl Shown for Row {
    fn id(&self) -> String {
        self.line.seq.to_string()
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        let line = &self.line;
        vec![
            line.seq.to_string(),
            line.number.clone(),
            line.holder.clone(),
            line.payee.zh().to_owned(),
            line.bank.clone(),
            line.tail.clone(),
            line.amount.grouped(),
            ended(line, self.state),
        ]
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        self.wants_account().then_some(Role::Problem)
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.line.holder, vec![&self.line.number, &self.line.tail])
    }
}

/// The screen.
#[derive(Debug)]
pub struct BatchScreen {
    id: BatchId,
    view: Option<BatchView>,
    gone: bool,
    list: List<Held<Row>>,
    size: Size,
}

impl BatchScreen {
    /// The screen of a batch.
    pub fn new(id: BatchId) -> BatchScreen {
        BatchScreen {
            id,
            view: None,
            gone: false,
            list: List::new(TABLE, Held::empty()),
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::Money(MoneyAsk::Batch(self.id)))]
    }

    fn learn(&mut self, view: BatchView) {
        let state = view.batch.state;
        let items = view.rows.iter().cloned().map(|line| Row { line, state }).collect();
        self.list.replace(Held { items, now: Stamp(0) });
        self.view = Some(view);
    }

    fn state(&self) -> Option<BatchState> {
        self.view.as_ref().map(|view| view.batch.state)
    }

    fn selected(&self) -> Option<&Row> {
        self.list.selected().and_then(|at| self.list.rows().items.get(at))
    }

    fn happened(&mut self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Chosen(chosen) => {
                let Some((id, digit)) = chosen.first() else { return Vec::new() };
                let Some(row) = self.list.rows().of(id) else { return Vec::new() };
                match digit {
                    '6' if matches!(row.line.end, Some(LineEnd::Returned(_))) => {
                        vec![Intent::Open(Place::Money(MoneyPlace::Account(row.line.case)))]
                    }
                    '6' => vec![Intent::Warn(format!("第 {} 笔没有退汇，账户不用更正", row.line.seq))],
                    _ => vec![Intent::Open(Place::Case(row.line.case))],
                }
            }
            Happened::Say(text) => vec![Intent::Say(text)],
            Happened::Nothing | Happened::Moved => Vec::new(),
        }
    }

    fn heads(&self) -> [(String, Role); 2] {
        let Some(view) = &self.view else {
            return [(String::new(), Role::Text), (String::new(), Role::Text)];
        };
        let batch = &view.batch;
        let [made, counted, sent] = &view.names;
        let who = |label: &str, name: &str| {
            if name.is_empty() { String::new() } else { format!("  {label} {name}") }
        };
        let first = format!(
            "{}  付款 {}  资金 {}{}{}{}",
            batch.state.zh(),
            batch.bank,
            batch.fund.zh(),
            who("制单", made),
            who("复核", counted),
            who("提交", sent)
        );
        if view.blind {
            let told = "复核前不显示明细和合计：回到批次清单打 2，对着审批表自己加总".to_owned();
            return [(first, Role::Text), (told, Role::Warning)];
        }
        let sum = |wanted: fn(&LineEnd) -> bool| {
            let lines = view.rows.iter().filter(|row| row.end.as_ref().is_some_and(wanted));
            lines.fold((0, crate::base::money::Money::ZERO), |(n, sum), row| (n + 1, sum + row.amount))
        };
        let (paid, back) =
            (sum(|end| matches!(end, LineEnd::Paid)), sum(|end| matches!(end, LineEnd::Returned(_))));
        let mut second = format!("{} 笔  合计 {} 元", batch.count(), batch.total().grouped());
        if batch.state == BatchState::Returned {
            second.push_str(&format!(
                "  已付 {} 笔 {}  退汇 {} 笔 {}",
                paid.0,
                paid.1.grouped(),
                back.0,
                back.1.grouped()
            ));
        }
        [(first, Role::Text), (second, Role::Heading)]
    }
}

impl Screen for BatchScreen {
    fn name(&self) -> &'static str {
        "批次"
    }

    fn subject(&self) -> String {
        self.view.as_ref().map(|view| view.batch.number.clone()).unwrap_or_default()
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let state = self.state();
        let finance = self.view.as_ref().is_some_and(|view| view.finance);
        let why = match state {
            Some(BatchState::Sent | BatchState::Returned) if finance => None,
            Some(BatchState::Sent | BatchState::Returned) => Some("回盘由县局财务读入".to_owned()),
            _ => Some("提交银行后才有回盘".to_owned()),
        };
        let print = if state == Some(BatchState::Returned) { "打印F17、F18" } else { "打印F17" };
        let blind = self.view.as_ref().is_some_and(|view| view.blind);
        vec![
            Offer::key(Key::Enter, self.list.first_option()),
            Offer::named(Action::New, "读回盘").unless(why),
            Offer::named(Action::Print, print).unless(blind.then(|| "复核前不打印花名册".to_owned())),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
        ]
    }

    fn hint(&self) -> String {
        match self.selected() {
            Some(row) if row.wants_account() => {
                format!("{}：银行退回，打 6 更正账户，再进下一批次", row.line.number)
            }
            Some(row) => format!("{} {}", row.line.number, ended(&row.line, row.state)),
            None => String::new(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "批次的明细；账户是建批时的。F6 读入银行回盘。四（三）三".to_owned(),
                "退汇的打 6 更正账户，更正后到「待进批次」装进下一批次；原批次的结果不变。".to_owned(),
                "退汇的钱已回到原来的资金来源。Ctrl-P 打印发放花名册 F17，有退汇的还有退票清单 F18。"
                    .to_owned(),
            ],
        }
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.list.resize(Size { rows: size.rows.saturating_sub(HEAD), ..size });
            }
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => return self.ask(),
            Msg::Reply(Reply::Money(reply)) => match *reply {
                MoneyReply::Batch(Some(view)) => self.learn(view),
                MoneyReply::Batch(None) => self.gone = true,
                _ => {}
            },
            Msg::Reply(reply) => return words::outcome(&reply).into_iter().collect(),
            Msg::Key(key) => {
                let happened = self.list.key(key);
                return self.happened(happened);
            }
            Msg::Burst(text) => {
                let happened = self.list.burst(&text);
                return self.happened(happened);
            }
            Msg::Action(Action::New) => return vec![Intent::Open(Place::Money(MoneyPlace::Return(self.id)))],
            Msg::Action(Action::Print) => {
                let mut intents = vec![Intent::Ask(Ask::PrintSheet(Sheet::Roster(self.id)))];
                if self.state() == Some(BatchState::Returned) {
                    intents.insert(0, Intent::Ask(Ask::PrintSheet(Sheet::Returns(self.id))));
                }
                return intents;
            }
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        if self.view.is_none() {
            let text = if self.gone {
                "找不到这一批次，请按 F3 返回"
            } else {
                "正在读本机的记录，请稍候"
            };
            canvas.put(0, 1, text, Role::Muted);
            return;
        }
        for (row, (text, role)) in (0..).zip(self.heads()) {
            canvas.put_within(row, 1, self.size.cols.saturating_sub(1), &text, role);
        }
        self.list.draw(&mut canvas.rows(HEAD, self.size.rows.saturating_sub(HEAD)));
    }

    fn caret(&self) -> (u16, u16) {
        if self.view.is_none() {
            return (0, 0);
        }
        let (row, col) = self.list.caret();
        (row + HEAD, col)
    }
}

#[cfg(test)]
#[path = "batch_tests.rs"]
mod tests;
