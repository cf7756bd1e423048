//! 物资出入库 (四（二）一): receipts, counts by two, what the county sends to a township; and what a hand-out takes out of the
//! township's store. An item that a store never received is not checked: many townships keep no store and buy what they
//! hand out.

use super::duties;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::command::stock::Stock;
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::fact::stock::StockMoved;
use crate::domain::fund::Account;
use crate::domain::grant::Line;
use crate::domain::ids::{CaseId, LineId, OfficerNo, Text};
use crate::domain::nouns::LineKind;
use crate::domain::office::{Office, Role};
use crate::domain::refusal::Refusal;
use crate::domain::stock::{Origin, Shelf, StockKey, StockWhy, quantity_zh};
use std::collections::BTreeMap;

/// The most of an item, in thousandths: what a column of twelve digits holds.
const MOST: i64 = 999_999_999;

fn office_zh(office: Office) -> String {
    office.township().map_or_else(|| "县局".to_owned(), duties::name_of)
}

fn store(cx: &Ctx<'_>, out: &mut Collect, store: Office) {
    match store {
        Office::Township(code) if crate::base::division::township(code).is_none() => {
            out.say(Code::Unknown, "store", format!("没有乡镇代码{code:03}，请按F4选择。"));
        }
        Office::Township(code) if cx.author.office.covers(code) => {}
        Office::County if cx.author.office == Office::County => {}
        _ => out.say(
            Code::Scope,
            "store",
            format!("这是{0}的物资库，本单位不能办理，请转{0}。", office_zh(store)),
        ),
    }
}

fn quantity(out: &mut Collect, milli: i64) {
    if !(1..=MOST).contains(&milli) {
        out.say(Code::Amount, "quantity", "数量须大于0、不超过999999，最多三位小数，请改正。");
    }
}

fn moved(cx: &Ctx<'_>, key: &StockKey, shelf: &Shelf, why: StockWhy, quantity_milli: i64) -> StockMoved {
    StockMoved {
        store: key.store,
        why,
        item: key.item.clone(),
        spec: shelf.spec.clone(),
        unit: key.unit.clone(),
        quantity_milli,
        price: shelf.price,
        origin: shelf.origin,
        on: cx.today(),
        by: cx.author.no.clone(),
        case: None,
        line: None,
        transfer: None,
        other: None,
        second: None,
        document: None,
        reason: None,
    }
}

/// 物资出入库.
pub(super) fn stock(cx: &Ctx<'_>, args: &Stock) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Finance, Role::Approver]);
    match args {
        Stock::Receive { .. } => receive(cx, &mut out, args),
        Stock::Count { .. } => count(cx, &mut out, args),
        Stock::Send { .. } => send(cx, &mut out, args),
        Stock::Arrive { .. } => arrive(cx, &mut out, args),
    }
    out.finish(None)
}

fn receive(cx: &Ctx<'_>, out: &mut Collect, args: &Stock) {
    let Stock::Receive { store: at, item, spec, unit, quantity_milli, price, origin, document } = args else {
        return;
    };
    store(cx, out, *at);
    if item.trim().is_empty() || unit.trim().is_empty() {
        out.say(Code::ValueRequired, "item", "入库须填品名和单位，请补填。");
    }
    if price.fen() < 1 {
        out.say(Code::ValueRequired, "price", "入库须填单价，捐赠的按市价估价，请补填。");
    }
    quantity(out, *quantity_milli);
    duties::reason(cx, out, document, "document", "入库须写明来源单位和凭证");
    let key = StockKey { store: *at, item: item.trim().to_owned(), unit: unit.trim().to_owned() };
    let known = cx.answers.shelf(&key);
    if let Some(known) = known.as_ref().filter(|known| known.origin != *origin) {
        out.say(
            Code::State,
            "origin",
            format!(
                "「{}」已按{}入库，{}的请另起品名，如「{}（{}）」，以便分清来源。",
                key.item,
                known.origin.zh(),
                origin.zh(),
                key.item,
                origin.zh()
            ),
        );
    }
    if let Some(known) = known.as_ref().filter(|known| known.spec != spec.trim()) {
        out.say(
            Code::State,
            "spec",
            format!(
                "「{}」已按规格「{}」入库，规格不同的请另起品名，如「{}{}」。",
                key.item,
                known.spec,
                key.item,
                spec.trim()
            ),
        );
    }
    let shelf = Shelf { spec: spec.trim().to_owned(), price: *price, origin: *origin, ..Shelf::default() };
    let made = moved(cx, &key, &shelf, StockWhy::Received, *quantity_milli);
    out.fact(Fact::StockMoved(StockMoved { document: document.clone(), ..made }));
}

fn unknown(out: &mut Collect, key: &StockKey) {
    let what = format!("{}的物资库没有「{}」（{}），请按F4选择。", office_zh(key.store), key.item, key.unit);
    out.say(Code::Unknown, "item", what);
}

fn count(cx: &Ctx<'_>, out: &mut Collect, args: &Stock) {
    let Stock::Count { store: at, item, unit, counted_milli, second, reason } = args else { return };
    store(cx, out, *at);
    let key = StockKey { store: *at, item: item.clone(), unit: unit.clone() };
    if !(0..=MOST).contains(counted_milli) {
        out.say(Code::Amount, "counted", "实点数量不能小于0，请改正。");
    }
    counter(cx, out, *at, second);
    let Some(shelf) = cx.answers.shelf(&key) else { return unknown(out, &key) };
    if *counted_milli != shelf.on_hand {
        let what = format!(
            "账面{}{unit}，实点{}{unit}，须写明差额原因",
            quantity_zh(shelf.on_hand),
            quantity_zh(*counted_milli)
        );
        duties::reason(cx, out, reason, "reason", &what);
    }
    let made = moved(cx, &key, &shelf, StockWhy::Counted, counted_milli.saturating_sub(shelf.on_hand));
    out.fact(Fact::StockMoved(StockMoved { second: Some(second.clone()), reason: reason.clone(), ..made }));
}

/// Two count: neither can say alone that something is gone.
fn counter(cx: &Ctx<'_>, out: &mut Collect, at: Office, second: &OfficerNo) {
    let Some(officer) = cx.answers.officer(second).filter(|officer| !officer.ended) else {
        out.say(Code::Unknown, "second", format!("没有在岗的操作员{second}，请按F4选择。"));
        return;
    };
    if *second == cx.author.no {
        out.say(Code::SodSame, "second", "盘点须两人，同盘人须是另一个人，请重新选择。");
    }
    if officer.office != at && officer.office != Office::County {
        out.say(Code::Scope, "second", "同盘人须是本单位或县局的人，请重新选择。");
    }
}

fn send(cx: &Ctx<'_>, out: &mut Collect, args: &Stock) {
    let Stock::Send { transfer, to, item, unit, quantity_milli, document } = args else { return };
    store(cx, out, Office::County);
    let to = Office::Township(*to);
    if to.township().and_then(crate::base::division::township).is_none() {
        out.say(Code::Unknown, "to", "没有这个乡镇，请按F4选择。");
    }
    quantity(out, *quantity_milli);
    duties::reason(cx, out, document, "document", "调拨须写明调拨单号和送货人");
    if cx.answers.sending(*transfer).is_some() {
        out.say(Code::Duplicate, "transfer", "这一笔调拨已经登记，不必重复。");
    }
    let key = StockKey { store: Office::County, item: item.clone(), unit: unit.clone() };
    let Some(shelf) = cx.answers.shelf(&key) else { return unknown(out, &key) };
    enough(out, &key, &shelf, *quantity_milli);
    let there = cx.answers.shelf(&StockKey { store: to, ..key.clone() });
    if there.is_some_and(|there| there.origin != shelf.origin || there.spec != shelf.spec) {
        out.say(
            Code::State,
            "item",
            format!("{}的「{item}」来源或规格不同，请先把县局的另起品名入库再调拨。", office_zh(to)),
        );
    }
    let made = moved(cx, &key, &shelf, StockWhy::Sent, -*quantity_milli);
    out.fact(Fact::StockMoved(StockMoved {
        transfer: Some(*transfer),
        other: Some(to),
        document: document.clone(),
        ..made
    }));
}

fn arrive(cx: &Ctx<'_>, out: &mut Collect, args: &Stock) {
    let Stock::Arrive { transfer, quantity_milli, reason } = args else { return };
    let Some(sending) = cx.answers.sending(*transfer) else {
        out.say(Code::Unknown, "transfer", "没有这一笔调拨，请按F5刷新后重新选择。");
        return;
    };
    if cx.author.office != sending.to {
        out.say(Code::Scope, "transfer", format!("这一笔调给{0}，请由{0}收货。", office_zh(sending.to)));
    }
    if cx.author.no == sending.by {
        out.say(Code::SodSame, "transfer", "这一笔由您发出，不能由您收货，请由收货乡镇的人登记。");
    }
    if sending.arrived {
        out.say(Code::Duplicate, "transfer", "这一笔调拨已经收货，不能重复，请按F5刷新。");
    }
    let sent = sending.quantity_milli;
    if !(0..=sent).contains(quantity_milli) {
        let what = format!("发出{}{}，实收不能多于发出，请改正。", quantity_zh(sent), sending.key.unit);
        out.say(Code::Amount, "quantity", what);
    } else if *quantity_milli < sent {
        let what = format!("发出{}，实收{}，须写明短少原因", quantity_zh(sent), quantity_zh(*quantity_milli));
        duties::reason(cx, out, reason, "reason", &what);
    }
    let key = StockKey { store: sending.to, ..sending.key.clone() };
    let shelf =
        Shelf { spec: sending.spec, price: sending.price, origin: sending.origin, ..Shelf::default() };
    let made = moved(cx, &key, &shelf, StockWhy::Arrived, *quantity_milli);
    out.fact(Fact::StockMoved(StockMoved {
        transfer: Some(*transfer),
        other: Some(sending.key.store),
        reason: reason.clone(),
        ..made
    }));
}

fn enough(out: &mut Collect, key: &StockKey, shelf: &Shelf, wanted: i64) {
    let held = shelf.on_hand;
    if wanted > held {
        out.say(
            Code::Stock,
            "quantity",
            format!(
                "{}库存{}{unit}，不够{}{unit}，还差{}{unit}，请减少数量，或先在「物资」办理入库、盘点。",
                key.item,
                quantity_zh(held),
                quantity_zh(wanted),
                quantity_zh(wanted - held),
                unit = key.unit,
            ),
        );
    }
}

/// The item of the township's store that a line of goods is; none where the store never received it.
pub(super) fn kept(cx: &Ctx<'_>, township: u16, line: &Line) -> Option<(StockKey, Shelf)> {
    let goods = line.goods.as_ref().filter(|_| line.kind == LineKind::Goods)?;
    let key = StockKey {
        store: Office::Township(township),
        item: goods.item.trim().to_owned(),
        unit: goods.unit.trim().to_owned(),
    };
    cx.answers.shelf(&key).map(|shelf| (key, shelf))
}

fn wanted(line: &Line) -> i64 {
    line.goods.as_ref().map_or(0, |goods| goods.quantity_milli.max(0))
}

/// Whether the township's store has what some lines hand out together.
pub(super) fn check(cx: &Ctx<'_>, out: &mut Collect, township: u16, lines: &[Line]) {
    let mut all: BTreeMap<StockKey, (Shelf, i64)> = BTreeMap::new();
    for line in lines {
        if let Some((key, shelf)) = kept(cx, township, line) {
            let sum = &mut all.entry(key).or_insert((shelf, 0)).1;
            *sum = sum.saturating_add(wanted(line));
        }
    }
    for (key, (shelf, wanted)) in &all {
        enough(out, key, shelf, *wanted);
    }
}

/// What a hand-out took out of the store.
pub(super) struct Drawn {
    /// Its worth, never more than the line's.
    pub(super) worth: Money,
    /// Bought or donated.
    pub(super) origin: Origin,
}

/// The expenditure of goods of this origin.
pub(super) fn spent(township: u16, origin: Origin) -> Account {
    match origin {
        Origin::Bought => Account::Spent(township),
        Origin::Donated => Account::SpentDonated(township),
    }
}

/// What lines that are handed over together take out of a township's store, one after the other.
#[derive(Default)]
pub(super) struct Draws(BTreeMap<StockKey, i64>);

impl Draws {
    /// Takes a line out of the store, as far as it has it; none where it has nothing of it. The store is never below zero:
    /// what goods already handed over exceed it by came from elsewhere.
    pub(super) fn draw(
        &mut self,
        cx: &Ctx<'_>,
        out: &mut Collect,
        of: (CaseId, u16),
        line: &Line,
    ) -> Option<Drawn> {
        let (key, shelf) = kept(cx, of.1, line)?;
        let goods = line.goods.as_ref()?;
        let gone = self.0.entry(key.clone()).or_default();
        let taken = wanted(line).min(shelf.on_hand - *gone).max(0);
        if taken == 0 {
            return None;
        }
        *gone = gone.saturating_add(taken);
        let whole = taken == wanted(line);
        // a part that does not come out even is worth its whole fen
        let part = i128::from(goods.price.fen()) * i128::from(taken) / 1_000;
        let part = Money::from_fen(i64::try_from(part).unwrap_or(0)).min(line.amount);
        let made = moved(cx, &key, &shelf, StockWhy::Issued, -taken);
        out.fact(Fact::StockMoved(StockMoved {
            price: goods.price,
            case: Some(of.0),
            line: Some(line.line),
            ..made
        }));
        Some(Drawn { worth: if whole { line.amount } else { part }, origin: shelf.origin })
    }
}

/// What a line took comes back to the store: its hand-out is turned round, or nobody came for it.
pub(super) fn back(cx: &Ctx<'_>, out: &mut Collect, case: CaseId, line: LineId, reason: &Option<Text>) {
    let Some(taken) = cx.answers.taken(case, line) else { return };
    let shelf = cx.answers.shelf(&taken.key).unwrap_or_default();
    let made = moved(cx, &taken.key, &shelf, StockWhy::Returned, taken.quantity_milli);
    out.fact(Fact::StockMoved(StockMoved {
        price: taken.price,
        case: Some(case),
        line: Some(line),
        reason: reason.clone(),
        ..made
    }));
}
