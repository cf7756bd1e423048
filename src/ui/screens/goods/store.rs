//! 物资: what a store has of each item, what is on its way to it; receipts, counts, sendings and arrivals.
//!
//! Must never show a quantity that was not added up from entries.

use crate::base::day::Stamp;
use crate::base::{division, pinyin};
use crate::domain::office::{Office, Role as Duty};
use crate::domain::stock::{Origin, StockKey, quantity_zh};
use crate::forms::kind::thousandths;
use crate::office::front::deed::Deed;
use crate::office::front::goods::{GoodsDeed, StoreView};
use crate::store::replica::views::goods::{SentRow, ShelfRow};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::list::{ListTable, RowOption};
use crate::ui::product::goods::{GoodsAsk, GoodsPlace, GoodsReply};
use crate::ui::product::{Ask, Place, Reply, office_name};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen};
use crate::ui::screens::held::Shown;
use crate::ui::screens::prompt::{Kind, Prompt};
use crate::ui::screens::prompted::Prompted;
use crate::ui::table::Column;

const LEDGER: RowOption = RowOption { digit: '5', label: "明细账" };
const MORE: RowOption = RowOption { digit: '1', label: "再入库" };
const COUNT: RowOption = RowOption { digit: '2', label: "盘点" };
/// What is done in the store of another office.
const LOOKS: &[RowOption] = &[LEDGER];
/// What a township does in its own.
const TOWNSHIP: &[RowOption] = &[LEDGER, MORE, COUNT, RowOption { digit: '4', label: "收货" }];
/// What the county does in its own.
const COUNTY: &[RowOption] = &[LEDGER, MORE, COUNT, RowOption { digit: '3', label: "调给乡镇" }];

const TABLE: ListTable = ListTable {
    locate: "品名/拼音首字母",
    columns: &[
        Column::left("品名", 20).grow(),
        Column::left("规格", 8).rank(2),
        Column::right("单价", 9).rank(1),
        Column::left("来源", 4).rank(3),
        Column::right("入库", 8).rank(1),
        Column::right("发放", 8).rank(1),
        Column::right("结存", 8),
        Column::left("单位", 4),
    ],
    options: LOOKS,
    ticks: false,
    empty: "库里没有登记过物资，按F6入库",
};

#[derive(Debug, Clone)]
enum Row {
    Shelf(ShelfRow),
    Sent(SentRow),
}

impl Shown for Row {
    fn id(&self) -> String {
        match self {
            Row::Shelf(row) => format!("{} {}", row.key.item, row.key.unit),
            Row::Sent(row) => row.id.to_string(),
        }
    }

    fn cells(&self, _now: Stamp) -> Vec<String> {
        match self {
            Row::Shelf(row) => vec![
                row.key.item.clone(),
                row.shelf.spec.clone(),
                row.shelf.price.grouped(),
                row.shelf.origin.zh().to_owned(),
                quantity_zh(row.shelf.received),
                quantity_zh(row.shelf.issued),
                quantity_zh(row.shelf.on_hand),
                row.key.unit.clone(),
            ],
            Row::Sent(row) => vec![
                format!("途中:{}", row.key.item),
                String::new(),
                String::new(),
                String::new(),
                String::new(),
                row.on.month_day(),
                quantity_zh(row.quantity_milli),
                row.key.unit.clone(),
            ],
        }
    }

    fn role(&self, _now: Stamp) -> Option<Role> {
        match self {
            Row::Shelf(row) => (row.shelf.on_hand == 0).then_some(Role::Muted),
            Row::Sent(_) => Some(Role::Warning),
        }
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        match self {
            Row::Shelf(row) => (&row.key.item, vec![&row.shelf.spec]),
            Row::Sent(row) => (&row.key.item, vec![]),
        }
    }
}

/// What a prompt is for.
#[derive(Debug, Clone)]
enum For {
    /// 入库 of something new.
    New,
    /// 入库 of an item that is known.
    More(ShelfRow),
    Count(ShelfRow),
    Send(ShelfRow),
    Arrive(SentRow),
    /// The store of a township is to be looked at.
    Look,
}

/// The screen.
#[derive(Debug)]
pub struct StoreScreen {
    store: Option<Office>,
    view: Option<Box<StoreView>>,
    with: Prompted<Row, For>,
}

/// The township of a code, a name or its initials.
fn township(typed: &str) -> Result<u16, String> {
    let typed = crate::base::fold::digits(typed.trim()).to_lowercase();
    let known = || division::townships().iter();
    let exact = known().find(|one| one.name == typed || format!("{:03}", one.code) == typed);
    if let Some(one) = exact {
        return Ok(one.code);
    }
    let hit = |one: &&division::Township| {
        one.name.contains(&typed) || pinyin::initials(one.name).iter().any(|known| known.starts_with(&typed))
    };
    match known().filter(hit).collect::<Vec<_>>().as_slice() {
        [one] => Ok(one.code),
        [] => Err(format!("乡镇：没有「{typed}」，请打三位代码、名称或拼音首字母")),
        several => {
            let names: Vec<String> =
                several.iter().take(6).map(|one| format!("{:03}{}", one.code, one.name)).collect();
            Err(format!("乡镇：「{typed}」有几个：{}，请打代码", names.join("、")))
        }
    }
}

fn quantity(prompt: &Prompt<For>, at: usize, label: &str) -> Result<i64, String> {
    let typed = crate::base::fold::digits(&prompt.text(at)?);
    thousandths(&typed).ok_or_else(|| format!("{label}请打数字，最多三位小数"))
}

impl StoreScreen {
    /// A store; none: the own one.
    pub fn new(store: Option<Office>) -> StoreScreen {
        StoreScreen { store, view: None, with: Prompted::new(TABLE) }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Goods(GoodsAsk::Store(self.store)))]
    }

    /// Why the officer may not change this store; none where he may.
    fn may_not(&self) -> Option<String> {
        let me = self.with.me.as_ref()?;
        let works = [Duty::Handler, Duty::Finance, Duty::Approver];
        if !works.iter().any(|duty| me.officer.is(*duty)) {
            return Some("物资由经办人、审批人、财务办理，请换人登录".to_owned());
        }
        let others = self.view.as_ref().map(|view| view.store).filter(|store| *store != me.officer.office);
        others.map(|store| format!("这是{}的物资库，由该单位办理，这里只看", office_name(store)))
    }

    /// Why no other store is to be looked at.
    fn stays(&self) -> Option<String> {
        let county = self.with.me.as_ref().is_some_and(|me| me.officer.office == Office::County);
        (!county).then(|| "只看本单位的".to_owned())
    }

    /// Each office has its own digits.
    fn offer(&mut self) {
        let own = self.with.me.as_ref().map(|me| me.officer.office);
        let store = self.view.as_ref().map(|view| view.store);
        self.with.list.offer(match store.filter(|store| own == Some(*store)) {
            Some(Office::County) => COUNTY,
            Some(Office::Township(_)) => TOWNSHIP,
            None => LOOKS,
        });
    }

    /// The county chooses a township's store (F11).
    fn look(&mut self) -> Vec<Intent> {
        let prompt = Prompt::new(For::Look, "看乡镇的物资库").with("乡镇", Kind::Text, "");
        self.with.ask(Some(prompt));
        Vec::new()
    }

    fn begin(&mut self, what: For) -> Vec<Intent> {
        if let Some(why) = self.may_not() {
            return vec![Intent::Warn(why)];
        }
        let store = self.view.as_ref().map_or(String::new(), |view| office_name(view.store).to_string());
        let origins = || Kind::Choice(vec!["购买", "捐赠"]);
        let prompt = match &what {
            For::New => Prompt::new(what.clone(), format!("入库 {store}：捐赠的按市价估单价"))
                .with("品名", Kind::Text, "")
                .with("规格", Kind::Note, "")
                .with("单位", Kind::Text, "")
                .with("数量", Kind::Digits, "")
                .with("单价", Kind::Money, "")
                .with("来源", origins(), "1")
                .with("来源单位和凭证", Kind::Text, ""),
            For::More(row) => {
                Prompt::new(what.clone(), format!("入库 {store}：{}，{}", row.key.item, row.key.unit))
                    .with("数量", Kind::Digits, "")
                    .with("单价", Kind::Money, &row.shelf.price.plain())
                    .with("来源单位和凭证", Kind::Text, "")
            }
            For::Count(row) => Prompt::new(
                what.clone(),
                format!(
                    "盘点 {store}：{}，账面{}{}，两人当面点清",
                    row.key.item,
                    quantity_zh(row.shelf.on_hand),
                    row.key.unit
                ),
            )
            .with("实点数量", Kind::Digits, "")
            .with("同盘人", Kind::Officer, "")
            .with("差额原因", Kind::Note, ""),
            For::Send(row) => Prompt::new(
                what.clone(),
                format!("调给乡镇：{}，库存{}{}", row.key.item, quantity_zh(row.shelf.on_hand), row.key.unit),
            )
            .with("乡镇", Kind::Text, "")
            .with("数量", Kind::Digits, "")
            .with("调拨单号和送货人", Kind::Text, ""),
            For::Arrive(row) => Prompt::new(
                what.clone(),
                format!("收货：{}，发出{}{}", row.key.item, quantity_zh(row.quantity_milli), row.key.unit),
            )
            .with("实收数量", Kind::Digits, &quantity_zh(row.quantity_milli))
            .with("短少原因", Kind::Note, ""),
            For::Look => return self.look(),
        };
        self.with.ask(Some(prompt));
        vec![Intent::Forget]
    }

    fn filled(&self) -> Result<GoodsDeed, String> {
        let (Some(prompt), Some(view)) = (&self.with.prompt, &self.view) else {
            return Err("先选要办的一行".to_owned());
        };
        Ok(match &prompt.what {
            For::New => GoodsDeed::Receive {
                key: StockKey { store: view.store, item: prompt.text(0)?, unit: prompt.text(2)? },
                spec: prompt.text(1)?,
                quantity_milli: quantity(prompt, 3, "数量")?,
                price: prompt.money(4)?,
                origin: if prompt.choice(5)? == 0 { Origin::Bought } else { Origin::Donated },
                document: prompt.text(6)?,
            },
            For::More(row) => GoodsDeed::Receive {
                key: row.key.clone(),
                spec: row.shelf.spec.clone(),
                quantity_milli: quantity(prompt, 0, "数量")?,
                price: prompt.money(1)?,
                origin: row.shelf.origin,
                document: prompt.text(2)?,
            },
            For::Count(row) => GoodsDeed::Count {
                key: row.key.clone(),
                counted_milli: counted(prompt)?,
                second: crate::domain::ids::OfficerNo(prompt.text(1)?),
                reason: prompt.text(2)?,
            },
            For::Send(row) => GoodsDeed::Send {
                key: row.key.clone(),
                to: township(&prompt.text(0)?)?,
                quantity_milli: quantity(prompt, 1, "数量")?,
                document: prompt.text(2)?,
            },
            For::Arrive(row) => GoodsDeed::Arrive {
                transfer: row.id,
                quantity_milli: counted(prompt)?,
                reason: prompt.text(1)?,
            },
            For::Look => return Err("请按 F9 打开".to_owned()),
        })
    }

    fn chosen(&mut self, chosen: Vec<(String, char)>) -> Vec<Intent> {
        let Some((id, digit)) = chosen.into_iter().next() else { return Vec::new() };
        let Some(row) = self.with.list.rows().of(&id).cloned() else { return Vec::new() };
        match (row, digit) {
            (Row::Shelf(row), '5') => vec![Intent::Open(Place::Goods(GoodsPlace::Ledger(row.key)))],
            (Row::Shelf(row), '1') => self.begin(For::More(row)),
            (Row::Shelf(row), '2') => self.begin(For::Count(row)),
            (Row::Shelf(row), '3') if row.key.store == Office::County => self.begin(For::Send(row)),
            (Row::Shelf(_), '3') => vec![Intent::Warn("调拨由县局从县局的库发出，请转县局".to_owned())],
            (Row::Shelf(_), _) => vec![Intent::Warn("收货请选「途中」的一行打4".to_owned())],
            (Row::Sent(row), '4' | '5') => self.arrives(row),
            (Row::Sent(_), _) => vec![Intent::Warn("途中的物资，到货后打4收货".to_owned())],
        }
    }

    fn arrives(&mut self, row: SentRow) -> Vec<Intent> {
        let own = self.with.me.as_ref().is_some_and(|me| me.officer.office == row.to);
        if own {
            return self.begin(For::Arrive(row));
        }
        vec![Intent::Warn(format!("这一笔调给{}，由该乡镇收货", office_name(row.to)))]
    }

    fn submit(&mut self) -> Vec<Intent> {
        let looked = self.with.prompt.as_ref().filter(|prompt| matches!(prompt.what, For::Look));
        match looked.map(|prompt| prompt.text(0).and_then(|typed| township(&typed))) {
            Some(Ok(code)) => {
                self.with.ask(None);
                let store = Some(Office::Township(code));
                return vec![Intent::Open(Place::Goods(GoodsPlace::Store(store)))];
            }
            Some(Err(text)) => return vec![Intent::Warn(text)],
            None => {}
        }
        match self.filled() {
            Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::Goods(deed)), draft: 0 })],
            Err(text) => {
                self.with.lead(&text);
                vec![Intent::Warn(text)]
            }
        }
    }

    fn told(&self) -> String {
        match self.with.selected() {
            Some(Row::Sent(row)) => format!(
                "{} {}发往{}，{}，到货打4收货",
                row.on.month_day(),
                office_name(row.key.store),
                office_name(row.to),
                row.document
            ),
            Some(Row::Shelf(row)) => {
                let worth = row.shelf.price.times(row.shelf.on_hand);
                let worth = worth.map_or(String::new(), |worth| format!("，折价{}元", worth.grouped()));
                format!("{} 结存{}{}{worth}", row.key.item, quantity_zh(row.shelf.on_hand), row.key.unit)
            }
            None => String::new(),
        }
    }
}

/// What was counted may be nothing.
fn counted(prompt: &Prompt<For>) -> Result<i64, String> {
    let typed = crate::base::fold::digits(&prompt.text(0)?);
    if typed.chars().all(|c| matches!(c, '0' | '.')) && !typed.is_empty() {
        return Ok(0);
    }
    thousandths(&typed).ok_or_else(|| "数量请打数字，没有的打 0".to_owned())
}

impl Screen for StoreScreen {
    fn name(&self) -> &'static str {
        "物资"
    }

    fn subject(&self) -> String {
        // the own office stands in the title already
        let own = self.with.me.as_ref().map(|me| me.officer.office);
        let store = self.view.as_ref().map(|view| view.store).filter(|store| own != Some(*store));
        store.map(office_name).unwrap_or_default()
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        let list = vec![
            Offer::key(Key::Enter, "明细账"),
            Offer::named(Action::New, "入库").unless(self.may_not()),
            Offer::named(Action::Scope, "看乡镇库").unless(self.stays()),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "定位"),
            Offer::key(Key::PgDn, "翻页").unless(self.with.list.one_page()),
        ];
        let looks = self.with.prompt.as_ref().is_some_and(|prompt| matches!(prompt.what, For::Look));
        self.with.offers(if looks { "打开" } else { "办理" }, list)
    }

    fn hint(&self) -> String {
        match &self.with.prompt {
            Some(prompt) if matches!(prompt.what, For::Look) => {
                prompt.hint().replace("办理，F12 不办", "打开，F12 不看")
            }
            Some(prompt) => prompt.hint(),
            None => self.told(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "发放随办件的实物明细走：品名、单位与库里相同的从库里出，不动备用金；库里从没有过的，照旧从备用金付。四（二）一".to_owned(),
                "库存不足的不能发（E-STOCK）；已经发出去的照样补记，成例外，待县局追认。冲正发放，物资退回库里。".to_owned(),
                "入库（F6、1）写明来源单位和凭证；购买的和捐赠的、规格不同的，分别起品名。".to_owned(),
                "盘点（2）两人当面点，差了写明原因。县局调给乡镇（3），由乡镇的人收货（4）。".to_owned(),
                "县局按 F11 看乡镇的库：打乡镇代码、名称或拼音首字母，再按 F9；只看，由乡镇办理。".to_owned(),
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
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => return self.ask(),
            Msg::Reply(Reply::Me(me)) => {
                self.with.me = Some(me);
                self.offer();
            }
            Msg::Reply(Reply::Goods(GoodsReply::Store(view))) => {
                let sent = view.under_way.iter().cloned().map(Row::Sent);
                let rows = sent.chain(view.shelves.iter().cloned().map(Row::Shelf)).collect();
                self.with.replace(rows);
                self.view = Some(view);
                self.offer();
            }
            Msg::Reply(reply) => return self.with.answered(&reply, self.ask()),
            Msg::Key(_) | Msg::Burst(_) => {
                let (chosen, mut intents) = self.with.typed(&msg);
                intents.extend(self.chosen(chosen));
                return intents;
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::New) if self.with.prompt.is_none() => return self.begin(For::New),
            Msg::Action(Action::Scope) if self.with.prompt.is_none() => return self.look(),
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
#[path = "store_tests.rs"]
mod tests;
