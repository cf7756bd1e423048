//! 资金来源: what the county's sources held, got and paid in a month, for reconciling with 财政, and the year so far.
//!
//! Must never show a sum that was not added up from the postings.

use super::compare;
use crate::base::money::Money;
use crate::domain::nouns::{Fund, SourceWay};
use crate::office::front::deed::Deed;
use crate::office::front::money::MoneyDeed;
use crate::office::front::money::desk::SourcesView;
use crate::office::front::papers::Sheet;
use crate::store::replica::views::money::SourceSpan;
use crate::store::replica::views::payout::SourceMonth;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::card::{Block, Card, Pair, TableRow};
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::product::money::{MoneyAsk, MoneyPlace, MoneyReply};
use crate::ui::product::{Ask, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::options::{Choice, Happened as Chose, Options};
use crate::ui::screens::prompt::{Happened, Kind, Prompt};
use crate::ui::screens::signing::Signing;
use crate::ui::screens::words;
use crate::ui::table::Column;

const MONTH: &[Column] = &[
    Column::left("来源", 8),
    Column::right("期初", 12),
    Column::right("到账", 11),
    Column::right("提交银行", 10),
    Column::right("拨备用金", 10),
    Column::right("退汇退回", 9).rank(1),
    Column::right("上缴", 9).rank(2),
    Column::right("期末", 12),
];

const YEAR: &[Column] = &[
    Column::left("来源", 8),
    Column::right("到账", 11),
    Column::right("在批", 10).rank(2),
    Column::right("在途", 10),
    Column::right("已付", 11),
    Column::right("退回", 9).rank(1),
    Column::right("结余", 12),
];

/// 在批 among the cells of a year's row.
const COMMITTED: usize = 2;
/// What stands in the place of a sum that somebody has still to find by counting.
const UNCOUNTED: &str = "待复核";

/// What can be done here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Move(SourceWay),
    Compare,
    Confirm,
    YearEnd,
    Batches,
}

/// The screen.
#[derive(Debug)]
pub struct SourcesScreen {
    /// (0, 0) is the month of today.
    month: (i32, u32),
    view: Option<SourcesView>,
    card: Card,
    options: Options<Act>,
    prompt: Option<Prompt<Act>>,
    signing: Signing,
    size: Size,
}

impl Default for SourcesScreen {
    fn default() -> SourcesScreen {
        SourcesScreen::new()
    }
}

impl SourcesScreen {
    /// The sources in the month of today.
    pub fn new() -> SourcesScreen {
        SourcesScreen {
            month: (0, 0),
            view: None,
            card: Card::new(Vec::new()),
            options: Options::new(Vec::new()),
            prompt: None,
            signing: Signing::new(),
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::Money(MoneyAsk::Sources(self.month)))]
    }

    fn learn(&mut self, view: SourcesView) {
        self.month = view.month;
        self.card.replace(blocks(&view));
        self.options.replace(options(view.finance, view.confirms));
        self.view = Some(view);
        self.resize();
    }

    fn foot_rows(&self) -> u16 {
        match &self.prompt {
            Some(prompt) => prompt.rows() + 1,
            None => self.options.rows(self.size.cols),
        }
    }

    fn card_size(&self) -> Size {
        Size { rows: self.size.rows.saturating_sub(self.foot_rows() + 1), ..self.size }
    }

    fn resize(&mut self) {
        self.card.resize(self.card_size());
    }

    fn set(&mut self, prompt: Option<Prompt<Act>>) {
        self.prompt = prompt;
        self.resize();
    }

    fn begin(&mut self, act: Act) -> Vec<Intent> {
        let funds = || Kind::Choice(Fund::ALL.iter().map(|fund| fund.zh()).collect());
        let prompt = match act {
            Act::YearEnd => return vec![Intent::Open(Place::Money(MoneyPlace::YearEnd))],
            Act::Batches => return vec![Intent::Open(Place::Money(MoneyPlace::Batches(None)))],
            Act::Move(way) => {
                let title = match way {
                    SourceWay::Arrive => "资金到账：财政下达或捐赠到账",
                    SourceWay::SendUp => "上缴财政：从结余中退回",
                };
                Prompt::new(act, title)
                    .with("资金来源", funds(), "")
                    .with("金额", Kind::Money, "")
                    .with("文号凭证", Kind::Text, "")
                    .signed()
            }
            Act::Compare => compare::compare(act, self.month),
            Act::Confirm => compare::confirm(act, self.month),
        };
        self.set(Some(prompt));
        vec![Intent::Forget]
    }

    /// What is entered without a signature.
    fn entered(&self, prompt: &Prompt<Act>) -> Result<Deed, String> {
        let view = self.view.as_ref().ok_or("还没有读出来，请稍候")?;
        match prompt.what {
            Act::Confirm => compare::confirmed(view, prompt),
            _ => compare::compared(view, prompt),
        }
    }

    fn deed(prompt: &Prompt<Act>) -> Result<Deed, String> {
        let Act::Move(way) = prompt.what else { return Err("请按 F9".to_owned()) };
        let fund = u8::try_from(prompt.choice(0)? + 1).ok().and_then(Fund::from_digit);
        let fund = fund.ok_or("资金来源没有选，请按数字")?;
        Ok(Deed::Money(MoneyDeed::Source { fund, way, amount: prompt.money(1)?, note: prompt.text(2)? }))
    }

    fn submit(&mut self) -> Vec<Intent> {
        match &self.prompt {
            Some(prompt) if prompt.is_signed() => vec![Intent::Say("动资金要签批，请按 F10".to_owned())],
            Some(prompt) => match self.entered(prompt) {
                Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })],
                Err(sentence) => vec![Intent::Warn(sentence)],
            },
            None => Vec::new(),
        }
    }

    fn sign(&mut self) -> Vec<Intent> {
        if self.signing.is_busy() {
            return Vec::new();
        }
        match self.prompt.as_ref().filter(|prompt| prompt.is_signed()).map(Self::deed) {
            Some(Ok(deed)) => self.signing.begin(deed, true),
            Some(Err(sentence)) => vec![Intent::Warn(sentence)],
            None => vec![Intent::Say("先打要办的编号，再回车".to_owned())],
        }
    }

    fn turn(&mut self, months: i32) -> Vec<Intent> {
        let Some(view) = &self.view else { return Vec::new() };
        let index = |year: i32, month: u32| year * 12 + i32::try_from(month).unwrap_or(1) - 1;
        let at = index(view.month.0, view.month.1) + months;
        if at > index(view.today.year(), view.today.month()) {
            return vec![Intent::Say("还没有到下个月".to_owned())];
        }
        self.month = (at.div_euclid(12), u32::try_from(at.rem_euclid(12)).unwrap_or(0) + 1);
        self.ask()
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
            Key::PgDn => return self.turn(1),
            Key::PgUp => return self.turn(-1),
            Key::Tab => self.card.turn(),
            Key::Down | Key::Up => {
                self.card.go(key == Key::Down);
            }
            key => {
                return match self.options.key(key) {
                    Chose::Chosen(act) => self.begin(act),
                    Chose::Say(text) => vec![Intent::Say(text)],
                    Chose::Nothing | Chose::Moved => Vec::new(),
                };
            }
        }
        Vec::new()
    }

    fn burst(&mut self, text: &str) -> Vec<Intent> {
        if self.signing.is_busy() {
            return self.signing.burst(text);
        }
        match &mut self.prompt {
            Some(prompt) => match prompt.burst(text) {
                Happened::Say(text) => vec![Intent::Say(text)],
                Happened::Nothing | Happened::Moved => Vec::new(),
            },
            None => vec![Intent::Say("请打编号；粘贴的内容没有收".to_owned())],
        }
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        if let Some(intents) = self.signing.reply(&reply) {
            return intents;
        }
        match reply {
            Reply::News if self.prompt.is_none() => self.ask(),
            Reply::Money(reply) => {
                if let MoneyReply::Sources(view) = *reply {
                    self.learn(view);
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

fn options(finance: bool, confirms: bool) -> Vec<Choice<Act>> {
    let why = || (!finance).then(|| "由县局财务办理".to_owned());
    let not_confirms = (!confirms).then(|| "由县局另一名财务或审批人确认".to_owned());
    let choice = |number, label, why_not, what| Choice { number, label, why_not, what };
    vec![
        choice(1, "到账", why(), Act::Move(SourceWay::Arrive)),
        choice(2, "上缴", why(), Act::Move(SourceWay::SendUp)),
        choice(3, "与财政对账", why(), Act::Compare),
        choice(4, "年终", None, Act::YearEnd),
        choice(5, "发放批次", None, Act::Batches),
        choice(6, "确认对账", not_confirms, Act::Confirm),
    ]
}

fn row(cells: Vec<String>, total: bool) -> TableRow {
    TableRow { cells, role: if total { Role::Heading } else { Role::Text } }
}

fn month_row(name: &str, source: &SourceMonth, total: bool) -> TableRow {
    let [opening, arrived, sent, advanced, returned, given_back, sent_up, closing] = source.sums();
    let sums = [opening, arrived, sent, advanced, returned + given_back, sent_up, closing];
    let mut cells = vec![name.to_owned()];
    cells.extend(sums.map(Money::grouped));
    row(cells, total)
}

/// All sources together.
fn total(sources: impl Iterator<Item = SourceMonth>) -> SourceMonth {
    let none = SourceMonth {
        fund: Fund::Central,
        opening: Money::ZERO,
        arrived: Money::ZERO,
        sent_up: Money::ZERO,
        sent: Money::ZERO,
        returned: Money::ZERO,
        given_back: Money::ZERO,
        advanced: Money::ZERO,
        closing: Money::ZERO,
    };
    sources.fold(none, |sum, one| SourceMonth {
        fund: sum.fund,
        opening: sum.opening + one.opening,
        arrived: sum.arrived + one.arrived,
        sent_up: sum.sent_up + one.sent_up,
        sent: sum.sent + one.sent,
        returned: sum.returned + one.returned,
        given_back: sum.given_back + one.given_back,
        advanced: sum.advanced + one.advanced,
        closing: sum.closing + one.closing,
    })
}

fn blocks(view: &SourcesView) -> Vec<Block> {
    let (year, month) = view.month;
    // A source that never held anything only takes a line away from the others.
    let moved = |one: &SourceMonth| one.sums().iter().any(|sum| !sum.is_zero());
    let mut monthly: Vec<TableRow> = view
        .monthly
        .iter()
        .filter(|one| moved(one))
        .map(|source| month_row(source.fund.zh(), source, false))
        .collect();
    monthly.push(month_row("合计", &total(view.monthly.iter().copied()), true));
    let cells = |name: &str, sums: [Money; 6]| {
        let mut cells = vec![name.to_owned()];
        cells.extend(sums.map(Money::grouped));
        cells
    };
    let sums = |span: &SourceSpan| {
        let moved = &span.moved;
        let back = moved.returned + moved.given_back;
        [moved.arrived, span.committed, span.under_way, span.paid, back, moved.closing]
    };
    // What is in batches now holds the one that waits to be counted blind: its sum is for whoever counts to find.
    let uncounted = |mut cells: Vec<String>, blind: bool| {
        if let Some(cell) = cells.get_mut(COMMITTED).filter(|_| blind) {
            *cell = UNCOUNTED.to_owned();
        }
        cells
    };
    let is_blind = |span: &SourceSpan| view.blind.contains(&span.moved.fund);
    let shown = view.yearly.iter().filter(|span| moved(&span.moved) || is_blind(span));
    let mut yearly: Vec<TableRow> = shown
        .map(|span| row(uncounted(cells(span.moved.fund.zh(), sums(span)), is_blind(span)), false))
        .collect();
    let all = view.yearly.iter().map(sums).fold([Money::ZERO; 6], |mut sum, one| {
        for (sum, one) in sum.iter_mut().zip(one) {
            *sum += one;
        }
        sum
    });
    yearly.push(row(uncounted(cells("合计", all), !view.blind.is_empty()), true));
    let committed = match view.blind.is_empty() {
        true => view.committed.grouped(),
        false => UNCOUNTED.to_owned(),
    };
    // Without it nobody comes from what arrived to what is held.
    let advanced: Money = view.yearly.iter().map(|span| span.moved.advanced).sum();
    let closed = match view.closed {
        Some(on) => format!("{year}年已于 {on} 结转"),
        None => format!("{year}年未结转"),
    };
    let mut blocks = Vec::from_iter(compare::open(view));
    blocks.extend(vec![
        Block::Heading(format!("{year}年{month}月（期初+到账+退汇退回-提交银行-拨备用金-上缴=期末）")),
        Block::Table(MONTH, monthly),
        Block::Heading(format!("{year}年1至{month}月  在批、在途是现在的")),
        Block::Table(YEAR, yearly),
        Block::Pairs(vec![
            Pair::new("月末在途", view.under_way.grouped()),
            Pair::new("已批未付(现在)", committed),
            Pair::new("本年拨备用金", advanced.grouped()),
            Pair::new("年终", closed),
        ]),
    ]);
    blocks.extend(compare::blocks(view));
    blocks
}

impl Screen for SourcesScreen {
    fn name(&self) -> &'static str {
        "资金来源"
    }

    fn subject(&self) -> String {
        self.view.as_ref().map(|view| format!("{}年{}月", view.month.0, view.month.1)).unwrap_or_default()
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let unread = self.view.is_none().then(|| "还没有读出来".to_owned());
        match &self.prompt {
            Some(prompt) => vec![
                Offer::key(Key::Enter, "下一项"),
                if prompt.is_signed() {
                    Offer::named(Action::Sign, "办理")
                } else {
                    Offer::named(Action::Submit, if prompt.what == Act::Confirm { "确认" } else { "对账" })
                },
                Offer::new(Action::Cancel),
                Offer::new(Action::Back),
            ],
            None => vec![
                Offer::key(Key::Enter, "办理").unless(unread),
                Offer::key(Key::PgUp, "上月"),
                Offer::key(Key::PgDn, "下月"),
                Offer::key(Key::Tab, "翻页"),
                Offer::new(Action::Print),
                Offer::new(Action::Back),
                Offer::new(Action::Refresh),
            ],
        }
    }

    fn hint(&self) -> String {
        match &self.prompt {
            Some(_) if self.signing.is_busy() => "请输密码，回车办理；F12不办".to_owned(),
            Some(prompt) => prompt.hint(),
            None => "打编号回车办理；PgUp、PgDn 换月".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "各资金来源的账，由凭证加总而来。专款专用，不得挪用、挤占。五（二）、五（三）".to_owned(),
                "提交银行：批次提交时从来源转出，银行答复前在途；退汇和主动退回的回到原来的来源。".to_owned(),
                "3 与财政对账：月份过完后打财政账上的期末数，每来源每月一次，有差额的写明原因；6 由另一人照对账单\
                 再打一遍确认，没确认的看不到那个数。PgUp 换到上月。五（二）"
                    .to_owned(),
                "4 年终：已批未付、未冲抵的预支、各乡镇现金监盘，然后结转或上缴。".to_owned(),
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
                self.resize();
                Vec::new()
            }
            Msg::Shown | Msg::Action(Action::Refresh) => self.ask(),
            Msg::Reply(reply) => self.reply(reply),
            Msg::Key(key) => self.key(key),
            Msg::Burst(text) => self.burst(&text),
            Msg::Action(Action::Submit) => self.submit(),
            Msg::Action(Action::Sign) => self.sign(),
            Msg::Action(Action::Print) if self.view.is_some() => {
                vec![Intent::Ask(Ask::PrintSheet(Sheet::Sources(self.month)))]
            }
            Msg::Action(Action::Back | Action::Cancel) if self.signing.is_busy() => {
                self.signing.cancel();
                Vec::new()
            }
            Msg::Action(Action::Back | Action::Cancel) if self.prompt.is_some() => {
                self.set(None);
                vec![Intent::Say("没有办，什么都没有改".to_owned())]
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
        canvas.rule(size.rows);
        let first = size.rows + 1;
        match &self.prompt {
            Some(prompt) => {
                prompt.draw(canvas, first, self.size.cols);
                self.signing.draw(canvas, first + prompt.rows(), self.size.cols);
            }
            None => self.options.draw(canvas, first, self.size.cols),
        }
    }

    fn caret(&self) -> (u16, u16) {
        if self.view.is_none() {
            return (0, 0);
        }
        let first = self.card_size().rows + 1;
        let (row, col) = match &self.prompt {
            Some(prompt) if self.signing.is_asking() => (prompt.rows(), self.signing.caret().1),
            Some(prompt) => prompt.caret(self.size.cols),
            None => self.options.caret(self.size.cols),
        };
        (first + row, col)
    }
}

#[cfg(test)]
#[path = "sources_tests.rs"]
mod tests;
