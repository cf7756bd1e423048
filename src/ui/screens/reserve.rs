//! 备用金台账 (S8): a township's reserve month by month, what is owed to those who paid out of pocket, and what may be
//! done with it.
//!
//! Must never show a sum that was not added up from the postings.

use crate::base::day::Day;
use crate::base::division;
use crate::base::money::Money;
use crate::base::pinyin;
use crate::domain::command::funds::ReserveMove;
use crate::domain::fund::Till;
use crate::domain::ids::CaseId;
use crate::domain::nouns::Fund;
use crate::domain::office::Role as Duty;
use crate::office::front::deed::Deed;
use crate::office::front::money::MoneyDeed;
use crate::office::front::officers::OfficerLine;
use crate::office::front::papers::Sheet;
use crate::office::print::PaperKind;
use crate::store::replica::views::reserve::{ReserveMonth, ReserveRow, SourceShare};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::card::{Block, Card, Pair, TableRow};
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::line::Line;
use crate::ui::product::{Ask, MeView, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::options::{Choice, Happened as Chose, Options};
use crate::ui::screens::prompt::{Happened, Kind, Prompt};
use crate::ui::screens::signing::Signing;
use crate::ui::screens::words;
use crate::ui::table::Column;

const ROWS: &[Column] = &[
    Column::left("日期", 5),
    Column::left("凭证号", 8).rank(2),
    Column::left("摘要", 16).grow(),
    Column::left("库", 4).rank(1),
    Column::right("收入", 11),
    Column::right("支出", 11),
    Column::right("余额", 11),
    Column::left("编号", 4).rank(1),
];

const OUTLAYS: &[Column] =
    &[Column::right("序", 2), Column::left("编号", 12), Column::right("应付垫付款", 14).grow()];

/// What can be done with a reserve.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    Repay,
    Move(ReserveMove),
    Allot,
    Township,
    /// 监盘.
    Count,
    /// 申请补足.
    AskMore,
    /// 核定.
    Ceiling,
    /// F16's 申请报账表.
    PrintAsk,
    /// F19.
    PrintGoods,
}

/// What is being filled in at the foot.
#[derive(Debug)]
enum Foot {
    Options,
    Prompt(Prompt<Act>),
    /// Another township is looked for.
    Township(Line),
}

/// The screen.
#[derive(Debug)]
pub struct ReserveScreen {
    /// 0 until the desk has said whose it is.
    township: u16,
    /// (0, 0) is the month of today.
    month: (i32, u32),
    view: Option<Box<ReserveMonth>>,
    me: Option<Box<MeView>>,
    card: Card,
    options: Options<Act>,
    foot: Foot,
    signing: Signing,
    size: Size,
}

impl ReserveScreen {
    /// The reserve of a township; none: the officer's own.
    pub fn new(township: Option<u16>) -> ReserveScreen {
        ReserveScreen {
            township: township.unwrap_or(0),
            month: (0, 0),
            view: None,
            me: None,
            card: Card::new(Vec::new()),
            options: Options::new(Vec::new()),
            foot: Foot::Options,
            signing: Signing::new(),
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn ask(&self) -> Vec<Intent> {
        let reserve = Ask::Reserve { township: self.township, month: self.month };
        vec![Intent::Ask(Ask::Me), Intent::Ask(reserve)]
    }

    fn derive(&mut self) {
        if let Some(view) = &self.view {
            self.card.replace(blocks(view));
        }
        if let (Some(view), Some(me)) = (&self.view, &self.me) {
            self.options.replace(options(view, me));
        }
        self.card.resize(self.card_size());
    }

    fn foot_rows(&self) -> u16 {
        match &self.foot {
            Foot::Options => self.options.rows(self.size.cols),
            // The line below is the password's.
            Foot::Prompt(prompt) => prompt.rows() + u16::from(prompt.is_signed()),
            Foot::Township(_) => 2,
        }
    }

    fn card_size(&self) -> Size {
        Size { rows: self.size.rows.saturating_sub(self.foot_rows() + 1), ..self.size }
    }

    fn set_foot(&mut self, foot: Foot) {
        self.foot = foot;
        self.card.resize(self.card_size());
    }

    fn begin(&mut self, act: Act) -> Vec<Intent> {
        let Some(view) = &self.view else { return Vec::new() };
        let name = words::township(view.township);
        // What the township asked for is what is allotted, unless finance writes another sum.
        let asked = view.plan.asked.as_ref().map(|asked| asked.amount.plain()).unwrap_or_default();
        let tills = || Kind::Choice(vec!["现金", "存款"]);
        let month = (view.first.year(), view.first.month());
        let prompt = match act {
            Act::PrintAsk => {
                return vec![Intent::Ask(Ask::PrintSheet(Sheet::Replenish(view.township, month)))];
            }
            Act::PrintGoods => return vec![Intent::Ask(Ask::PrintSheet(Sheet::Goods(view.township, month)))],
            Act::Count => {
                let book = view.closing_cash.grouped();
                Prompt::new(act, format!("监盘 {name}：账面现金 {book}，当面点清，与保管人不是同一人"))
                    .with("保管人", Kind::Officer, "")
                    .with("实点", Kind::Balance, "")
                    .with("差额原因", Kind::Note, "")
            }
            Act::AskMore => {
                let most = view.may_ask().unwrap_or_default();
                let begin = if most.is_zero() { String::new() } else { most.plain() };
                let open = view.papers_open.grouped();
                Prompt::new(
                    act,
                    format!("申请补足 {name}：最多 {}，待补手续占用 {open} 不补", most.grouped()),
                )
                .with("金额", Kind::Money, &begin)
                .with("说明", Kind::Note, "")
            }
            Act::Ceiling => {
                let begin = view.plan.ceiling.map(|ceiling| ceiling.plain()).unwrap_or_default();
                Prompt::new(act, format!("核定备用金 {name}"))
                    .with("核定数", Kind::Money, &begin)
                    .with("文号", Kind::Text, "")
                    .signed()
            }
            Act::Township => {
                self.set_foot(Foot::Township(Line::new(20)));
                return vec![Intent::Say("打乡镇代码、名称或拼音首字母，回车打开".to_owned())];
            }
            Act::Repay => {
                let only = view.outlays.len() == 1;
                let owed = view.outlays.first().filter(|_| only).map(|row| row.owed.plain());
                Prompt::new(act, format!("归垫 {name}：表中「应付垫付款」的第几笔"))
                    .with("第几笔", Kind::Count, if only { "1" } else { "" })
                    .with("金额", Kind::Money, &owed.unwrap_or_default())
                    .with("从", tills(), "")
                    .with("收据", Kind::Text, "")
            }
            Act::Move(ReserveMove::GiveBack) => {
                let put_in = picks(&view.sources, |share| share.advanced);
                let only = only(&put_in);
                Prompt::new(act, format!("退回县财政(从存款) {name}：各来源拨入未退的如下"))
                    .with("来源", Kind::Source(put_in), &only)
                    .with("金额", Kind::Money, "")
                    .with("说明", Kind::Note, "")
                    .from_first_open()
            }
            Act::Move(way) => {
                let what = match way {
                    ReserveMove::Withdraw => "提现(存款转现金)",
                    _ => "存入(现金转存款)",
                };
                Prompt::new(act, format!("{what} {name}")).with("金额", Kind::Money, "").with(
                    "说明",
                    Kind::Note,
                    "",
                )
            }
            Act::Allot => {
                let held = picks(&view.sources, |share| share.held);
                let only = only(&held);
                Prompt::new(act, format!("拨入备用金 {name}：各来源结余如下"))
                    .with("来源", Kind::Source(held), &only)
                    .with("金额", Kind::Money, &asked)
                    .with("拨入", tills(), "")
                    .with("凭证", Kind::Note, "")
                    .from_first_open()
                    .signed()
            }
        };
        self.set_foot(Foot::Prompt(prompt));
        // Who keeps the cash is one of those who work here.
        let keepers = (act == Act::Count).then_some(Intent::Ask(Ask::Officers));
        keepers.into_iter().chain([Intent::Forget]).collect()
    }

    /// Whom F4 offers as keeper of the cash: whoever works in the township, but for who counts it.
    fn offer_keepers(&mut self, officers: &[OfficerLine]) {
        let (Some(view), Some(me)) = (&self.view, &self.me) else { return };
        let Foot::Prompt(prompt) = &mut self.foot else { return };
        if prompt.what == Act::Count {
            let here = officers.iter().map(|line| &line.officer).filter(|officer| {
                officer.office.township() == Some(view.township)
                    && !officer.ended
                    && officer.no != me.officer.no
            });
            prompt.offer(0, here.map(|officer| format!("{} {}", officer.no, officer.name)));
        }
    }

    /// F4: whom or what the line offers; the foot takes as many rows as are shown.
    fn phrases(&mut self) -> Vec<Intent> {
        let Foot::Prompt(prompt) = &mut self.foot else { return Vec::new() };
        let happened = prompt.phrases();
        self.card.resize(self.card_size());
        match happened {
            Happened::Say(text) => vec![Intent::Say(text)],
            Happened::Nothing | Happened::Moved => Vec::new(),
        }
    }

    fn deed(&self) -> Result<Deed, String> {
        let (Foot::Prompt(prompt), Some(view)) = (&self.foot, &self.view) else {
            return Err("先打要办的编号，再回车".to_owned());
        };
        let till = |at| -> Result<Till, String> {
            Ok(if prompt.choice(at)? == 0 { Till::Cash } else { Till::Bank })
        };
        Ok(match prompt.what {
            Act::Repay => {
                let at = usize::from(prompt.count(0)?);
                let row = at.checked_sub(1).and_then(|at| view.outlays.get(at));
                let row = row.ok_or_else(|| format!("没有第 {at} 笔，共 {} 笔", view.outlays.len()))?;
                let case: CaseId = row.case;
                Deed::Repay(case, prompt.money(1)?, till(2)?, prompt.text(3)?)
            }
            Act::Move(way @ ReserveMove::GiveBack) => {
                let fund = Fund::from_digit(prompt.source(0)?);
                Deed::MoveReserve(view.township, way, fund, prompt.money(1)?, prompt.text(2)?)
            }
            Act::Move(way) => Deed::MoveReserve(view.township, way, None, prompt.money(0)?, prompt.text(1)?),
            Act::Allot => {
                let fund = Fund::from_digit(prompt.source(0)?).ok_or("来源没有选，请按数字")?;
                Deed::Allot(view.township, fund, prompt.money(1)?, till(2)?, prompt.text(3)?)
            }
            Act::Count => {
                let counted = prompt.balance(1)?;
                let reason = prompt.text(2)?;
                if counted != view.closing_cash && reason.is_empty() && self.is_now() {
                    return Err(format!(
                        "实点与账面差 {}，请写明差额原因",
                        (counted - view.closing_cash).grouped()
                    ));
                }
                let keeper = crate::domain::ids::OfficerNo(prompt.text(0)?);
                Deed::Money(MoneyDeed::Count { township: view.township, keeper, counted, reason })
            }
            Act::AskMore => Deed::Money(MoneyDeed::AskMore {
                township: view.township,
                amount: prompt.money(0)?,
                note: prompt.text(1)?,
            }),
            Act::Ceiling => Deed::Money(MoneyDeed::Ceiling {
                township: view.township,
                amount: prompt.money(0)?,
                note: prompt.text(1)?,
            }),
            Act::PrintAsk | Act::PrintGoods => return Err("请按 F12 后重选".to_owned()),
            Act::Township => return Err("请打乡镇后回车".to_owned()),
        })
    }

    /// Whether the month of today is looked at: its closing is what the tills hold now.
    fn is_now(&self) -> bool {
        let (Some(view), Some(me)) = (&self.view, &self.me) else { return false };
        let today = me.now.day();
        (view.first.year(), view.first.month()) == (today.year(), today.month())
    }

    /// What F9 does; what the county sets is signed instead.
    fn signed_or_deed(&self) -> Result<Deed, String> {
        match &self.foot {
            Foot::Prompt(prompt) if prompt.is_signed() => Err("这一项要签批，请按 F10".to_owned()),
            _ => self.deed(),
        }
    }

    /// F10, with the password: what the county sets.
    fn sign(&mut self) -> Vec<Intent> {
        if self.signing.is_busy() {
            return Vec::new();
        }
        match &self.foot {
            Foot::Prompt(prompt) if prompt.is_signed() => match self.deed() {
                Ok(deed) => self.signing.begin(deed, true),
                Err(text) => vec![Intent::Warn(text)],
            },
            _ => vec![Intent::Say("这一项不用签批，请按 F9".to_owned())],
        }
    }

    /// A key that does one of the options where it may be done.
    fn quick(&mut self, act: Act) -> Vec<Intent> {
        let (Some(view), Some(me)) = (&self.view, &self.me) else { return Vec::new() };
        let found = options(view, me).into_iter().find(|choice| choice.what == act);
        match found {
            Some(Choice { why_not: Some(why), label, .. }) => vec![Intent::Warn(format!("{label}：{why}"))],
            Some(_) => self.begin(act),
            None => Vec::new(),
        }
    }

    fn turn(&mut self, months: i32) -> Vec<Intent> {
        let Some(view) = &self.view else { return Vec::new() };
        let at = view.first.year() * 12 + i32::try_from(view.first.month()).unwrap_or(1) - 1 + months;
        let later = self.me.as_ref().is_some_and(|me| {
            let today = me.now.day();
            at > today.year() * 12 + i32::try_from(today.month()).unwrap_or(1) - 1
        });
        if later {
            return vec![Intent::Say("还没有到下个月".to_owned())];
        }
        self.month = (at.div_euclid(12), u32::try_from(at.rem_euclid(12)).unwrap_or(0) + 1);
        self.ask()
    }

    fn find_township(&mut self) -> Vec<Intent> {
        let Foot::Township(line) = &self.foot else { return Vec::new() };
        let typed = crate::base::fold::digits(line.text().trim()).to_lowercase();
        let hit = |township: &&division::Township| {
            typed.parse() == Ok(township.code)
                || township.name.contains(&typed)
                || pinyin::initials(township.name).iter().any(|initials| initials.starts_with(&typed))
        };
        let found: Vec<_> = division::townships().iter().filter(hit).collect();
        match found.as_slice() {
            _ if typed.is_empty() => vec![Intent::Say("请打乡镇代码、名称或拼音首字母".to_owned())],
            [] => vec![Intent::Warn(format!("没有乡镇「{typed}」，请重打"))],
            [one] => {
                self.township = one.code;
                self.set_foot(Foot::Options);
                self.ask()
            }
            several => {
                let names: Vec<String> =
                    several.iter().map(|one| format!("{:03}{}", one.code, one.name)).collect();
                vec![Intent::Say(format!("有几个：{}，请多打几个字", names.join("、")))]
            }
        }
    }

    fn key(&mut self, key: Key) -> Vec<Intent> {
        if self.signing.is_busy() {
            return self.signing.key(key);
        }
        match (&mut self.foot, key) {
            (Foot::Prompt(prompt), key) => {
                let happened = prompt.key(key);
                // What was chosen from a list closes it.
                self.card.resize(self.card_size());
                match happened {
                    Happened::Say(text) => vec![Intent::Say(text)],
                    Happened::Nothing | Happened::Moved => Vec::new(),
                }
            }
            (Foot::Township(_), Key::Enter) => self.find_township(),
            (Foot::Township(line), key) => {
                line.key(key);
                Vec::new()
            }
            (Foot::Options, Key::PgDn) => self.turn(1),
            (Foot::Options, Key::PgUp) => self.turn(-1),
            (Foot::Options, Key::Tab) => {
                self.card.turn();
                Vec::new()
            }
            (Foot::Options, Key::Down | Key::Up) => {
                self.card.go(key == Key::Down);
                Vec::new()
            }
            (Foot::Options, key) => match self.options.key(key) {
                Chose::Chosen(act) => self.begin(act),
                Chose::Say(text) => vec![Intent::Say(text)],
                Chose::Nothing | Chose::Moved => Vec::new(),
            },
        }
    }

    fn burst(&mut self, text: &str) -> Vec<Intent> {
        if self.signing.is_busy() {
            return self.signing.burst(text);
        }
        match &mut self.foot {
            Foot::Prompt(prompt) => {
                if let Happened::Say(text) = prompt.burst(text) {
                    return vec![Intent::Say(text)];
                }
            }
            Foot::Township(line) => line.paste(text),
            Foot::Options => return vec![Intent::Say("请打编号；粘贴的内容没有收".to_owned())],
        }
        Vec::new()
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        if let Some(intents) = self.signing.reply(&reply) {
            return intents;
        }
        match reply {
            Reply::Me(me) => {
                self.me = Some(me);
                self.derive();
                Vec::new()
            }
            Reply::Officers(officers) => {
                self.offer_keepers(&officers);
                Vec::new()
            }
            Reply::Reserve(view) => {
                self.township = view.township;
                self.month = (view.first.year(), view.first.month());
                self.view = Some(view);
                self.derive();
                Vec::new()
            }
            Reply::News if matches!(self.foot, Foot::Options) => self.ask(),
            reply @ (Reply::Done { .. } | Reply::Held(_)) => {
                self.set_foot(Foot::Options);
                let mut intents = self.ask();
                intents.extend(words::outcome(&reply));
                intents
            }
            reply => words::outcome(&reply).into_iter().collect(),
        }
    }
}

fn options(view: &ReserveMonth, me: &MeView) -> Vec<Choice<Act>> {
    let officer = &me.officer;
    let own = officer.office.township() == Some(view.township);
    let desk = own && (officer.is(Duty::Handler) || officer.is(Duty::Approver) || officer.is(Duty::Finance));
    let county = officer.office.township().is_none();
    let local = |why: Option<String>| (!desk).then(|| "由本镇办理".to_owned()).or(why);
    let none = view.outlays.is_empty().then(|| "没有应付垫付款".to_owned());
    let finance = (!(county && officer.is(Duty::Finance))).then(|| "由县局财务办理".to_owned());
    let finance_too = finance.clone();
    let approves = own && officer.is(Duty::Approver);
    let counts = (!approves && finance.is_some()).then(|| "由本镇审批人或县局财务监盘".to_owned());
    let plan = || view.plan.ceiling.is_none().then(|| "县局还没有核定备用金".to_owned());
    let (no_ceiling, no_plan) = (plan(), plan());
    let empty = || {
        let holds = view.sources.iter().any(|share| !share.held.is_zero());
        (!holds).then(|| "各来源都没有结余，请先在「资金来源」登记到账".to_owned())
    };
    let allots = finance.or_else(empty);
    let put_in = view.sources.iter().any(|share| !share.advanced.is_zero());
    let nothing = (!put_in).then(|| "没有拨入未退的".to_owned());
    let choice = |number, label, why_not, what| Choice { number, label, why_not, what };
    vec![
        choice(1, "归垫", local(none), Act::Repay),
        choice(2, "提现", local(None), Act::Move(ReserveMove::Withdraw)),
        choice(3, "存入", local(None), Act::Move(ReserveMove::Deposit)),
        choice(4, "退回县财政", local(nothing), Act::Move(ReserveMove::GiveBack)),
        choice(5, "拨入", allots, Act::Allot),
        choice(7, "监盘", counts, Act::Count),
        choice(8, "申请补足", local(no_ceiling), Act::AskMore),
        choice(9, "核定", finance_too, Act::Ceiling),
        choice(10, "打印申请报账表", no_plan, Act::PrintAsk),
        choice(11, "打印实物登记F19", None, Act::PrintGoods),
        choice(6, "换乡镇", (!county).then(|| "只看本镇的".to_owned()), Act::Township),
    ]
}

/// The sources with a sum, as a prompt offers them.
fn picks(shares: &[SourceShare], sum: fn(&SourceShare) -> Money) -> Vec<(u8, &'static str, Money)> {
    let some = shares.iter().filter(|share| !sum(share).is_zero());
    some.map(|share| (share.digit(), share.zh(), sum(share))).collect()
}

/// The digit of the one source there is to pick; empty where there are several.
fn only(picks: &[(u8, &'static str, Money)]) -> String {
    match picks {
        [one] => one.0.to_string(),
        _ => String::new(),
    }
}

fn row(row: &ReserveRow) -> TableRow {
    let text = match row.fund {
        _ if !row.name.is_empty() => row.name.clone(),
        Some(fund) => format!("{} {}", fund.zh(), row.text),
        None => row.text.clone(),
    };
    let (income, spending) = if row.amount.is_negative() {
        (String::new(), (-row.amount).grouped())
    } else {
        (row.amount.grouped(), String::new())
    };
    TableRow {
        cells: vec![
            row.on.month_day(),
            row.voucher.clone(),
            format!("{} {text}", row.why.zh()).trim_end().to_owned(),
            row.till.zh().to_owned(),
            income,
            spending,
            row.balance.grouped(),
            row.case_number.rsplit('-').next().unwrap_or_default().to_owned(),
        ],
        role: Role::Text,
    }
}

fn total(label: &str, income: Option<Money>, spending: Option<Money>, balance: Money) -> TableRow {
    let sum = |money: Option<Money>| money.map(Money::grouped).unwrap_or_default();
    let cells = ["", "", label, "", &sum(income), &sum(spending), &balance.grouped(), ""];
    TableRow { cells: cells.map(str::to_owned).to_vec(), role: Role::Heading }
}

/// The ceiling, what was asked for, and the last count.
fn plan_block(view: &ReserveMonth) -> Block {
    let mut pairs = vec![match view.plan.ceiling {
        Some(ceiling) => Pair::new("核定", ceiling.grouped()),
        None => Pair::new("核定", "没有核定"),
    }];
    if let Some(asked) = &view.plan.asked {
        let said = format!("{} {}", asked.amount.grouped(), asked.on.short_zh());
        pairs.push(Pair::new("申请补足", said).role(Role::Warning));
    }
    pairs.push(match &view.counted {
        Some(count) => {
            let differs = count.counted - count.book;
            let said = format!("{} 实点 {} 差额 {}", count.on, count.counted.grouped(), differs.grouped());
            let role = if differs.is_zero() { Role::Text } else { Role::Warning };
            Pair::new("监盘", said).role(role)
        }
        None => Pair::new("监盘", "没有"),
    });
    Block::Pairs(pairs)
}

fn blocks(view: &ReserveMonth) -> Vec<Block> {
    let mut rows = vec![total("期初余额", None, None, view.opening())];
    rows.extend(view.rows.iter().map(row));
    rows.push(total("本月合计", Some(view.income), Some(view.spending), view.closing()));
    let mut blocks = vec![
        Block::Pairs(vec![
            Pair::new("期初", view.opening().grouped()),
            Pair::new("收", view.income.grouped()),
            Pair::new("支", view.spending.grouped()),
            Pair::new("期末", view.closing().grouped()),
        ]),
        plan_block(view),
        Block::Pairs(vec![
            Pair::new("现金", view.closing_cash.grouped()),
            Pair::new("存款", view.closing_bank.grouped()),
            Pair::new("待补手续占用", view.papers_open.grouped()),
        ]),
        Block::Table(ROWS, rows),
    ];
    let put_in = view.sources.iter().filter(|share| !share.advanced.is_zero());
    let put_in: Vec<Pair> = put_in.map(|share| Pair::new(share.zh(), share.advanced.grouped())).collect();
    if !put_in.is_empty() {
        blocks.push(Block::Heading("各来源拨入未退(现在)".to_owned()));
        blocks.push(Block::Pairs(put_in));
    }
    if !view.outlays.is_empty() {
        let outlay = |(at, row): (usize, &crate::store::replica::views::reserve::OutlayRow)| TableRow {
            cells: vec![(at + 1).to_string(), row.number.clone(), row.owed.grouped()],
            role: Role::Warning,
        };
        blocks.push(Block::Heading("应付垫付款(收据到后归垫)".to_owned()));
        blocks.push(Block::Table(OUTLAYS, view.outlays.iter().enumerate().map(outlay).collect()));
    }
    blocks
}

fn month_text(first: Day) -> String {
    format!("{}年{}月", first.year(), first.month())
}

impl Screen for ReserveScreen {
    fn name(&self) -> &'static str {
        "备用金台账"
    }

    fn subject(&self) -> String {
        self.view
            .as_ref()
            .map(|view| format!("{} {}", words::township(view.township), month_text(view.first)))
            .unwrap_or_default()
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        match self.foot {
            Foot::Prompt(ref prompt) => {
                let mut offers = vec![match prompt.is_signed() {
                    true => Offer::named(Action::Sign, "办理"),
                    false => Offer::named(Action::Submit, "办理"),
                }];
                if prompt.has_phrases() {
                    offers.push(Offer::named(Action::Choose, "选人"));
                }
                offers.extend([Offer::new(Action::Cancel), Offer::new(Action::Back)]);
                offers
            }
            Foot::Township(_) => {
                vec![Offer::key(Key::Enter, "打开"), Offer::new(Action::Cancel), Offer::new(Action::Back)]
            }
            Foot::Options => {
                let unread = self.view.is_none().then(|| "还没有读出来".to_owned());
                vec![
                    Offer::key(Key::Enter, "办理"),
                    Offer::named(Action::New, "申请补足"),
                    Offer::named(Action::Submit, "盘点"),
                    Offer::new(Action::Back),
                    Offer::new(Action::Refresh),
                    Offer::named(Action::Print, "打印F16").unless(unread),
                    Offer::key(Key::PgUp, "上月"),
                    Offer::key(Key::PgDn, "下月"),
                    Offer::key(Key::Tab, "翻页"),
                ]
            }
        }
    }

    fn hint(&self) -> String {
        match (&self.foot, &self.view) {
            (Foot::Prompt(_), _) if self.signing.is_busy() => "请输密码，回车办理；F12不办".to_owned(),
            (Foot::Prompt(prompt), _) => prompt.hint(),
            (Foot::Township(_), _) => "打乡镇代码、名称或拼音首字母，回车打开；F12 不换".to_owned(),
            (Foot::Options, None) => "正在读本机的记录".to_owned(),
            (Foot::Options, Some(view)) if !view.outlays.is_empty() => {
                let owed: Money = view.outlays.iter().map(|row| row.owed).sum();
                format!("应付垫付款 {} 笔 {} 元，收据到后用 1 归垫", view.outlays.len(), owed.grouped())
            }
            (Foot::Options, Some(view)) if view.is_low() => match view.may_ask() {
                Some(most) => format!(
                    "余额低于核定数的 25%，可按 F6 申请补足 {} 元（另 {} 元待补手续）",
                    most.grouped(),
                    view.papers_open.grouped()
                ),
                None => String::new(),
            },
            (Foot::Options, Some(_)) => "PgUp、PgDn 换月；打编号回车办理".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "备用金专用于临时救助，不得列支工作经费或其他项目。五（三）".to_owned(),
                "现金不会出现负数：先付超出库存的、村干部和工作人员自己垫付的，记在应付垫付款，收据到后归垫；\
                 归垫不是再救助一次。"
                    .to_owned(),
                "提现、存入在现金和存款之间转，不算收入支出；冲正记在原项下为负数。".to_owned(),
                "管现金和记账不是同一人，或由乡镇审批人每月监盘（F9 盘点）。五（三）".to_owned(),
                "来源：拨入时写明哪个来源出的钱，退回时退给拨过的来源，不多于它拨入未退的；社会捐赠不进备用金，建批次直接发放。五（二）".to_owned(),
                "补足：县局核定多少，用了多少、手续齐了多少，就申请多少（F6）；有逾期未补的先补齐。县局拨入即答复。".to_owned(),
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
            Msg::Burst(text) => self.burst(&text),
            Msg::Action(Action::Submit) if matches!(self.foot, Foot::Options) => self.quick(Act::Count),
            Msg::Action(Action::New) if matches!(self.foot, Foot::Options) => self.quick(Act::AskMore),
            Msg::Action(Action::Sign) => self.sign(),
            Msg::Action(Action::Cancel | Action::Back) if self.signing.is_busy() => {
                self.signing.cancel();
                Vec::new()
            }
            Msg::Action(Action::Choose) => self.phrases(),
            Msg::Action(Action::Cancel | Action::Back) if matches!(&self.foot, Foot::Prompt(prompt) if prompt.shows_phrases()) => {
                self.phrases()
            }
            Msg::Action(Action::Submit) => match self.signed_or_deed() {
                Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })],
                Err(text) => vec![Intent::Warn(text)],
            },
            Msg::Action(Action::Cancel | Action::Back) if !matches!(self.foot, Foot::Options) => {
                self.set_foot(Foot::Options);
                vec![Intent::Say("没有办，什么都没有改".to_owned())]
            }
            Msg::Action(Action::Back) => vec![Intent::Back],
            Msg::Action(Action::Print) => vec![Intent::Ask(Ask::Print(PaperKind::Reserve, None))],
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
        match &self.foot {
            Foot::Options => self.options.draw(canvas, first, self.size.cols),
            Foot::Prompt(prompt) => {
                prompt.draw(canvas, first, self.size.cols);
                self.signing.draw(canvas, first + prompt.rows(), self.size.cols);
            }
            Foot::Township(line) => {
                canvas.put_box(first, 0, self.size.cols, " 换乡镇", Role::Popup);
                canvas.put(first + 1, 1, "乡镇 [", Role::Label);
                canvas.put_box(first + 1, 7, 20, &line.window(20).0, Role::FieldFocus);
                canvas.put(first + 1, 27, "]", Role::Label);
            }
        }
    }

    fn caret(&self) -> (u16, u16) {
        let first = self.card_size().rows + 1;
        let (row, col) = match &self.foot {
            Foot::Options => self.options.caret(self.size.cols),
            Foot::Prompt(prompt) if self.signing.is_asking() => (prompt.rows(), self.signing.caret().1),
            Foot::Prompt(prompt) => prompt.caret(self.size.cols),
            Foot::Township(line) => (1, 7 + line.window(20).1),
        };
        (first + row, col)
    }
}

#[cfg(test)]
#[path = "reserve_tests.rs"]
mod tests;
