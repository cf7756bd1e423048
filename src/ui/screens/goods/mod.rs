//! Screens about goods in store (物资) and numbered pads (空白单).

mod blanks;
mod ledger;
mod store;

use crate::domain::stock::quantity_zh;
use crate::forms::{Form, Offer, Source};
use crate::store::replica::views::goods::ShelfRow;
use crate::ui::product::goods::GoodsPlace;
use crate::ui::screen::Screen;

/// Builds the screen of a place.
pub fn open(place: GoodsPlace) -> Box<dyn Screen> {
    match place {
        GoodsPlace::Store(store) => Box::new(store::StoreScreen::new(store)),
        GoodsPlace::Ledger(key) => Box::new(ledger::LedgerScreen::new(key)),
        GoodsPlace::Blanks => Box::new(blanks::BlanksScreen::new()),
    }
}

/// Offers the store's items in a form's line of goods. Answers what [`fill`] needs.
pub fn offer(form: &mut Form, shelves: &[ShelfRow]) -> Vec<ShelfRow> {
    let held: Vec<ShelfRow> = shelves.iter().filter(|row| row.shelf.on_hand > 0).cloned().collect();
    let offers = held.iter().map(|row| Offer {
        value: row.key.item.clone(),
        label: format!("{} {}", row.key.item, row.shelf.spec).trim_end().to_owned(),
        hint: format!(
            "库存{}{} 单价{}",
            quantity_zh(row.shelf.on_hand),
            row.key.unit,
            row.shelf.price.grouped()
        ),
    });
    form.supply("goods_name", offers.collect());
    held
}

/// An item of the store was named: its unit and its value stand in the form. What the officer typed himself stays.
pub fn fill(form: &mut Form, shelves: &[ShelfRow]) {
    let named = form.value("goods_name");
    let Some(row) = shelves.iter().find(|row| row.key.item == named.trim()) else { return };
    for (key, value) in [("goods_unit", row.key.unit.clone()), ("goods_price", row.shelf.price.plain())] {
        let typed = form.spot(key).is_some_and(|spot| form.answer(spot).source == Source::Typed);
        if !typed || form.value(key).is_empty() {
            form.set(key, &value, Source::Filled);
        }
    }
}
