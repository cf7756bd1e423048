//! Goods in store and numbered pads in the script.

use super::{Script, When};
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::stock::{IssuePad, Stock, VoidBlank};
use crate::domain::ids::TransferId;
use crate::domain::office::Office;
use crate::domain::pad;
use crate::domain::private::Private;
use crate::domain::stock::Origin;
use crate::office::random;
use crate::store::fault::Fault;

impl Script<'_> {
    /// 入库: item, 规格, unit, how many, fen each.
    pub(in super::super) fn stored(
        &mut self,
        when: When,
        by: &'static str,
        store: Office,
        what: (&str, &str, &str, i64, i64),
        from: (Origin, &str),
    ) {
        let mut private = Private::default();
        let (item, spec, unit, count, fen) = what;
        let stock = Stock::Receive {
            store,
            item: item.to_owned(),
            spec: spec.to_owned(),
            unit: unit.to_owned(),
            quantity_milli: count * 1_000,
            price: Money::from_fen(fen),
            origin: from.0,
            document: private.put("document", from.1),
        };
        self.say(when, by, vec![(Command::Stock(stock), private)]);
    }

    /// 盘点.
    pub(in super::super) fn counted(
        &mut self,
        when: When,
        by: (&'static str, &str),
        store: Office,
        what: (&str, &str, i64),
        reason: &str,
    ) {
        let mut private = Private::default();
        let stock = Stock::Count {
            store,
            item: what.0.to_owned(),
            unit: what.1.to_owned(),
            counted_milli: what.2 * 1_000,
            second: by.1.into(),
            reason: private.put("reason", reason),
        };
        self.say(when, by.0, vec![(Command::Stock(stock), private)]);
    }

    /// 调出, which nobody has taken over yet.
    pub(in super::super) fn sent(
        &mut self,
        when: When,
        by: &'static str,
        to: u16,
        what: (&str, &str, i64),
    ) -> Result<(), Fault> {
        let mut private = Private::default();
        let stock = Stock::Send {
            transfer: TransferId(random::bytes()?),
            to,
            item: what.0.to_owned(),
            unit: what.1.to_owned(),
            quantity_milli: what.2 * 1_000,
            document: private.put("document", "调拨单3号，物资库老赵送货"),
        };
        self.say(when, by, vec![(Command::Stock(stock), private)]);
        Ok(())
    }

    /// 空白单领用.
    pub(in super::super) fn pad(&mut self, when: When, by: &'static str, township: u16, count: u32) {
        let issue = IssuePad { township, count };
        self.say(when, by, vec![(Command::IssuePad(issue), Private::default())]);
    }

    /// The number of a sheet of the pad that was issued at a moment.
    pub(in super::super) fn sheet(&self, issued: When, township: u16, serial: u32) -> String {
        pad::number(self.days.at(issued.0, issued.1).day().year(), township, serial)
    }

    /// 空白单作废.
    pub(in super::super) fn spoilt(&mut self, when: When, by: &'static str, blank: String, why: &str) {
        self.with_reason(when, by, why, |reason| Command::VoidBlank(VoidBlank { blank, reason }));
    }
}
