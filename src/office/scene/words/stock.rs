//! Goods in store and numbered pads.

use super::super::expect::Found;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{goods, need, township};
use super::{Word, acting};
use crate::domain::command::Command;
use crate::domain::command::stock::{IssuePad, Stock, VoidBlank};
use crate::domain::grant::Goods;
use crate::domain::ids::TransferId;
use crate::domain::office::Office;
use crate::domain::private::Private;
use crate::domain::stock::{Origin, StockKey, quantity_zh};

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "波罗赤镇 \"大米 20 袋 40.00\"",
        args: &[("origin", "购买（缺省）、捐赠"), ("spec", "规格"), ("document", "来源和凭证，缺省有")],
        says: "物资入库；县局的写县局",
        ..acting("stock-in", "物资入库", &["stock"], receive)
    },
    Word {
        form: "波罗赤镇 \"大米 18 袋 1.00\" by=a1",
        args: &[("by", "同盘人"), ("reason", "差额原因")],
        says: "盘点，数量是实点数",
        ..acting("stock-count", "物资盘点", &["stock"], count)
    },
    Word {
        form: "T1 波罗赤镇 \"大米 5 袋 1.00\"",
        args: &[("document", "调拨单，缺省有")],
        says: "县局调给乡镇，T1是这一笔的名字",
        ..acting("stock-send", "物资调出", &["stock"], send)
    },
    Word {
        form: "T1 5",
        args: &[("reason", "短少原因")],
        says: "收货，缺省全收",
        ..acting("stock-arrive", "物资收货", &["stock"], arrive)
    },
    Word {
        form: "波罗赤镇 10",
        says: "领用一本编号的空白登记单",
        ..acting("issue-pad", "空白单领用", &["issue-pad"], issue)
    },
    Word {
        form: "K26-102-0001",
        says: "作废一张空白单；引号里写原因",
        ..acting("void-blank", "空白单作废", &["void-blank"], void)
    },
];

/// 县局, or a township.
fn office(text: &str) -> Result<Office, Stop> {
    if text == "县局" { Ok(Office::County) } else { township(text).map(Office::Township) }
}

fn said(line: &Line) -> Result<Goods, Stop> {
    let text = line.quote().ok_or_else(|| Stop::wrong("引号里写品名 数量 单位 单价"))?;
    goods(text)?.ok_or_else(|| Stop::wrong("引号里写品名 数量 单位 单价"))
}

fn receive(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let goods = said(line)?;
    let mut private = Private::default();
    let document = private.put("document", line.arg("document").unwrap_or("县粮油公司，发票1张"));
    let origin = if line.arg("origin") == Some("捐赠") { Origin::Donated } else { Origin::Bought };
    let args = Stock::Receive {
        store: office(need(line, 0, "哪里的库")?)?,
        item: goods.item,
        spec: line.arg("spec").unwrap_or_default().to_owned(),
        unit: goods.unit,
        quantity_milli: goods.quantity_milli,
        price: goods.price,
        origin,
        document,
    };
    r.act(vec![(Command::Stock(args), private)])
}

fn count(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let goods = said(line)?;
    let second = r.officer(line.arg("by").ok_or_else(|| Stop::wrong("缺 by=同盘人"))?)?;
    let mut private = Private::default();
    let args = Stock::Count {
        store: office(need(line, 0, "哪里的库")?)?,
        item: goods.item,
        unit: goods.unit,
        counted_milli: goods.quantity_milli,
        second,
        reason: private.put("reason", line.arg("reason").unwrap_or_default()),
    };
    r.act(vec![(Command::Stock(args), private)])
}

/// The id of a sending by its name in a story.
fn transfer(name: &str) -> TransferId {
    let mut id = [0x7a; 16];
    for (at, byte) in id.iter_mut().zip(name.bytes()) {
        *at = byte;
    }
    TransferId(id)
}

fn send(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let goods = said(line)?;
    let mut private = Private::default();
    let args = Stock::Send {
        transfer: transfer(need(line, 0, "名字和乡镇")?),
        to: township(need(line, 1, "乡镇")?)?,
        item: goods.item,
        unit: goods.unit,
        quantity_milli: goods.quantity_milli,
        document: private.put("document", line.arg("document").unwrap_or("调拨单1号")),
    };
    r.act(vec![(Command::Stock(args), private)])
}

fn arrive(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut private = Private::default();
    let transfer = transfer(need(line, 0, "哪一笔")?);
    let all = r.answers()?.sending(transfer).map_or(0, |sending| sending.quantity_milli);
    let quantity_milli = match line.name(1) {
        None => all,
        Some(text) => crate::forms::kind::thousandths(text).ok_or_else(|| Stop::wrong("数量不对"))?,
    };
    let reason = private.put("reason", line.arg("reason").unwrap_or_default());
    r.act(vec![(Command::Stock(Stock::Arrive { transfer, quantity_milli, reason }), private)])
}

fn issue(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let count = need(line, 1, "张数")?.parse().map_err(|_| Stop::wrong("张数不对"))?;
    let args = IssuePad { township: township(need(line, 0, "乡镇和张数")?)?, count };
    r.act(vec![(Command::IssuePad(args), Private::default())])
}

fn void(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut private = Private::default();
    let blank = need(line, 0, "单号")?.to_owned();
    let reason = line.quote().and_then(|text| private.put("reason", text));
    r.act(vec![(Command::VoidBlank(VoidBlank { blank, reason }), private)])
}

/// `stock 波罗赤镇 大米 袋 20`: what a store has of an item.
pub fn held(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let key = StockKey {
        store: office(need(line, at, "哪里的库")?)?,
        item: need(line, at + 1, "品名")?.to_owned(),
        unit: need(line, at + 2, "单位")?.to_owned(),
    };
    let was = r.answers()?.shelf(&key).map_or_else(|| "没有".to_owned(), |shelf| quantity_zh(shelf.on_hand));
    Ok(Found { holds: was == need(line, at + 3, "数量")?, was })
}
