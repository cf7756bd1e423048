//! 年终: what is approved and unpaid, which advances are open, when each township's cash was counted last; then the year is
//! closed, and what is left is carried over or goes back to 财政.
//!
//! Must never close a year without having shown what is left open.

use crate::base::money::Money;
use crate::domain::nouns::Fund;
use crate::domain::payout::FundSum;
use crate::office::front::deed::Deed;
use crate::office::front::money::MoneyDeed;
use crate::office::front::money::desk::YearEndView;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::card::{Block, Card, TableRow};
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::product::money::{MoneyAsk, MoneyReply};
use crate::ui::product::{Ask, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::prompt::{Happened, Kind, Prompt};
use crate::ui::screens::signing::Signing;
use crate::ui::screens::words;
use crate::ui::table::Column;

const UNPAID: &[Column] = &[
    Column::left("编号", 11),
    Column::left("乡镇", 10),
    Column::left("姓名", 8),
    Column::right("金额", 12),
    Column::left("情况", 16).grow(),
];
const LIVE: &[Column] = &[
    Column::left("批次", 10),
    Column::left("状态", 8),
    Column::left("付款银行", 16).grow(),
    Column::right("合计", 14),
];
const ADVANCES: &[Column] = &[
    Column::left("编号", 11),
    Column::left("乡镇", 10),
    Column::right("预支", 12),
    Column::left("日期", 10).grow(),
];
const TILLS: &[Column] = &[
    Column::left("乡镇", 12).grow(),
    Column::right("现金", 12),
    Column::right("存款", 12),
    Column::left("最近监盘", 10),
    Column::right("实点", 12),
    Column::right("差额", 10).rank(1),
];
const SOURCES: &[Column] = &[
    Column::left("来源", 10),
    Column::right("全年到账", 14),
    Column::right("全年已付", 14),
    Column::right("退回", 12).rank(1),
    Column::right("年末结余", 14),
];

/// The screen.
#[derive(Debug)]
pub struct YearEndScreen {
    view: Option<YearEndView>,
    card: Card,
    prompt: Option<Prompt<i32>>,
    signing: Signing,
    size: Size,
}

impl Default for YearEndScreen {
    fn default() -> YearEndScreen {
        YearEndScreen::new()
    }
}

impl YearEndScreen {
    /// A screen that asks the desk when it is shown.
    pub fn new() -> YearEndScreen {
        YearEndScreen {
            view: None,
            card: Card::new(Vec::new()),
            prompt: None,
            signing: Signing::new(),
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn ask(&self) -> Vec<Intent> {
        let year = self.view.as_ref().map_or(0, |view| view.year);
        vec![Intent::Ask(Ask::Money(MoneyAsk::YearEnd(year)))]
    }

    fn card_size(&self) -> Size {
        let foot = self.prompt.as_ref().map_or(0, |prompt| prompt.rows() + 2);
        Size { rows: self.size.rows.saturating_sub(foot), ..self.size }
    }

    fn set(&mut self, prompt: Option<Prompt<i32>>) {
        self.prompt = prompt;
        self.card.resize(self.card_size());
    }

    /// Why the year cannot be closed; none where it can.
    fn why_not(&self) -> Option<String> {
        let view = self.view.as_ref()?;
        if !view.finance {
            return Some("年终结转由县局财务办理".to_owned());
        }
        if let Some(on) = view.closed {
            return Some(format!("{}年已于 {on} 结转", view.year));
        }
        let over =
            view.today.year() > view.year || (view.today.month(), view.today.day_of_month()) == (12, 31);
        (!over).then(|| format!("{}年12月31日起才能结转；现在可以先看清单", view.year))
    }

    fn begin(&mut self) -> Vec<Intent> {
        if let Some(why) = self.why_not() {
            return vec![Intent::Warn(why)];
        }
        let Some(view) = &self.view else { return Vec::new() };
        let mut prompt =
            Prompt::new(view.year, format!("{}年终结转：要上缴财政的打金额，不填的全部结转下年", view.year));
        for fund in Fund::ALL {
            prompt = prompt.with(label(*fund), Kind::Limit, "").hinted("元，不填的全部结转下年");
        }
        self.set(Some(prompt.signed()));
        vec![Intent::Forget]
    }

    fn deed(prompt: &Prompt<i32>) -> Result<Deed, String> {
        let mut send_up = Vec::new();
        for (at, fund) in Fund::ALL.iter().enumerate() {
            if !prompt.text(at)?.is_empty() {
                send_up.push(FundSum { fund: *fund, amount: prompt.money(at)? });
            }
        }
        Ok(Deed::Money(MoneyDeed::CloseYear { year: prompt.what, send_up }))
    }

    fn sign(&mut self) -> Vec<Intent> {
        if self.signing.is_busy() {
            return Vec::new();
        }
        match self.prompt.as_ref().map(Self::deed) {
            Some(Ok(deed)) => self.signing.begin(deed, true),
            Some(Err(sentence)) => vec![Intent::Warn(sentence)],
            None => self.begin(),
        }
    }

    fn key(&mut self, key: Key) -> Vec<Intent> {
        if self.signing.is_busy() {
            return self.signing.key(key);
        }
        if let Some(prompt) = &mut self.prompt {
            return match prompt.key(key) {
                Happened::Say(text) => vec![Intent::Say(text)],
                Happened::Nothing | Happened::Moved => Vec::new(),
            };
        }
        match key {
            Key::Tab => self.card.turn(),
            Key::PgDn | Key::Down => {
                self.card.go(true);
            }
            Key::PgUp | Key::Up => {
                self.card.go(false);
            }
            _ => {}
        }
        Vec::new()
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        if let Some(intents) = self.signing.reply(&reply) {
            return intents;
        }
        match reply {
            Reply::News if self.prompt.is_none() => self.ask(),
            Reply::Money(reply) => {
                if let MoneyReply::YearEnd(view) = *reply {
                    self.card.replace(blocks(&view));
                    self.view = Some(view);
                }
                Vec::new()
            }
            Reply::Done { .. } | Reply::Held(_) => {
                self.set(None);
                let mut intents = self.ask();
                intents.extend(words::outcome(&reply));
                intents
            }
            reply => words::outcome(&reply).into_iter().collect(),
        }
    }
}

fn label(fund: Fund) -> &'static str {
    fund.zh()
}

fn plain(cells: Vec<String>) -> TableRow {
    TableRow { cells, role: Role::Text }
}

/// A table, or a sentence where there is nothing.
fn part(heading: String, none: &str, columns: &'static [Column], rows: Vec<TableRow>) -> [Block; 2] {
    let body = match rows.is_empty() {
        true => Block::Text(none.to_owned(), Role::Muted),
        false => Block::Table(columns, rows),
    };
    [Block::Heading(heading), body]
}

fn blocks(view: &YearEndView) -> Vec<Block> {
    let sum: Money = view.unpaid.iter().map(|line| line.amount).sum();
    let unpaid = view.unpaid.iter().map(|line| {
        plain(vec![
            line.number.clone(),
            words::township(line.township),
            line.name.clone(),
            line.amount.grouped(),
            line.why_not().unwrap_or("可进批次").to_owned(),
        ])
    });
    let live = view.live.iter().map(|batch| {
        let total = if batch.blind { "待复核".to_owned() } else { batch.row.total.grouped() };
        plain(vec![batch.row.number.clone(), batch.row.state.zh().to_owned(), batch.row.bank.clone(), total])
    });
    let advances = view.advances.iter().map(|row| {
        plain(vec![
            row.number.clone(),
            words::township(row.township),
            row.amount.grouped(),
            row.on.map(|on| on.to_string()).unwrap_or_default(),
        ])
    });
    let tills = view.tills.iter().map(|row| {
        let (on, counted, differs) = match row.counted {
            Some((on, counted, book)) => (on.to_string(), counted.grouped(), (counted - book).grouped()),
            None => ("没有监盘".to_owned(), String::new(), String::new()),
        };
        let old = row.counted.is_none_or(|(on, ..)| on.until(view.today) > 31);
        TableRow {
            cells: vec![
                words::township(row.township),
                row.cash.grouped(),
                row.bank.grouped(),
                on,
                counted,
                differs,
            ],
            role: if old { Role::Warning } else { Role::Text },
        }
    });
    let sources = view.sources.iter().map(|span| {
        let back = span.moved.returned + span.moved.given_back;
        plain(vec![
            span.moved.fund.zh().to_owned(),
            span.moved.arrived.grouped(),
            span.paid.grouped(),
            back.grouped(),
            span.moved.closing.grouped(),
        ])
    });
    let mut all = Vec::new();
    let closed = view.closed.map(|on| format!("，已于 {on} 结转")).unwrap_or_default();
    all.extend(part(format!("{}年资金来源{closed}", view.year), "没有", SOURCES, sources.collect()));
    all.extend(part(
        format!("已批未付 {} 笔 {} 元", view.unpaid.len(), sum.grouped()),
        "没有",
        UNPAID,
        unpaid.collect(),
    ));
    all.extend(part("没有回盘的批次（结转前须读入回盘）".to_owned(), "没有", LIVE, live.collect()));
    all.extend(part("没有冲抵的预支".to_owned(), "没有", ADVANCES, advances.collect()));
    all.extend(part("备用金和最近一次监盘".to_owned(), "没有", TILLS, tills.collect()));
    all
}

impl Screen for YearEndScreen {
    fn name(&self) -> &'static str {
        "年终"
    }

    fn subject(&self) -> String {
        self.view.as_ref().map(|view| format!("{}年", view.year)).unwrap_or_default()
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        if self.prompt.is_some() {
            return vec![
                Offer::key(Key::Enter, "下一项"),
                Offer::named(Action::Sign, "结转"),
                Offer::new(Action::Cancel),
                Offer::new(Action::Back),
            ];
        }
        vec![
            Offer::named(Action::Sign, "年终结转").unless(self.why_not()),
            Offer::key(Key::PgDn, "下页"),
            Offer::key(Key::PgUp, "上页"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
        ]
    }

    fn hint(&self) -> String {
        match &self.prompt {
            Some(_) if self.signing.is_busy() => "请输密码，回车结转；F12不办".to_owned(),
            Some(prompt) => prompt.hint(),
            None => self.why_not().unwrap_or_else(|| "看完清单按 F10 结转".to_owned()),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "年终：列出已批未付、没有回盘的批次、没有冲抵的预支、各乡镇现金和最近监盘。五（二）"
                    .to_owned(),
                "12月31日起可以结转：要上缴财政的打金额，其余结转下年；没有回盘的批次先读入回盘。".to_owned(),
                "下年退回的不冲减上年支出。编号下年从头开始。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        self.signing.is_busy() && !self.signing.is_asking()
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.card.resize(self.card_size());
                Vec::new()
            }
            Msg::Shown | Msg::Action(Action::Refresh) => self.ask(),
            Msg::Reply(reply) => self.reply(reply),
            Msg::Key(key) => self.key(key),
            Msg::Burst(text) if self.signing.is_busy() => self.signing.burst(&text),
            Msg::Burst(text) => match &mut self.prompt {
                Some(prompt) => match prompt.burst(&text) {
                    Happened::Say(text) => vec![Intent::Say(text)],
                    Happened::Nothing | Happened::Moved => Vec::new(),
                },
                None => Vec::new(),
            },
            Msg::Action(Action::Sign) => self.sign(),
            Msg::Action(Action::Submit) => vec![Intent::Say("结转要签批，请按 F10".to_owned())],
            Msg::Action(Action::Back | Action::Cancel) if self.signing.is_busy() => {
                self.signing.cancel();
                Vec::new()
            }
            Msg::Action(Action::Back | Action::Cancel) if self.prompt.is_some() => {
                self.set(None);
                vec![Intent::Say("没有结转，什么都没有改".to_owned())]
            }
            Msg::Action(Action::Back) => vec![Intent::Back],
            Msg::Action(_) => Vec::new(),
        }
    }

    fn draw(&self, canvas: &mut Canvas) {
        if self.view.is_none() {
            canvas.put(0, 1, "正在读本机的记录，请稍候", Role::Muted);
            return;
        }
        let size = self.card_size();
        self.card.draw(&mut canvas.rows(0, size.rows));
        if let Some(prompt) = &self.prompt {
            canvas.rule(size.rows);
            prompt.draw(canvas, size.rows + 1, self.size.cols);
            self.signing.draw(canvas, size.rows + 1 + prompt.rows(), self.size.cols);
        }
    }

    fn caret(&self) -> (u16, u16) {
        let Some(prompt) = &self.prompt else { return self.card.caret() };
        let first = self.card_size().rows + 1;
        let (row, col) = match self.signing.is_asking() {
            true => (prompt.rows(), self.signing.caret().1),
            false => prompt.caret(self.size.cols),
        };
        (first + row, col)
    }
}

#[cfg(test)]
#[path = "year_end_tests.rs"]
mod tests;
