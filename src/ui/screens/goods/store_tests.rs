//! The store's screen.

use super::*;
use crate::base::money::Money;
use crate::domain::ids::TransferId;
use crate::domain::stock::Shelf;
use crate::ui::screens::fixtures::{self, drawn, drawn_at};

const HERE: Office = Office::Township(103);

fn shelf(store: Office, item: &str, unit: &str, on_hand: i64, origin: Origin) -> ShelfRow {
    let key = StockKey { store, item: item.to_owned(), unit: unit.to_owned() };
    let shelf = Shelf {
        spec: "25公斤".to_owned(),
        price: Money::from_fen(4_000),
        origin,
        on_hand,
        received: 20_000,
        issued: 20_000 - on_hand,
    };
    ShelfRow { key, shelf }
}

fn screen(duty: Duty, store: Office) -> StoreScreen {
    let mut screen = StoreScreen::new(None);
    screen.update(Msg::Reply(Reply::Me(fixtures::me(&[duty], store.township()))));
    let sent = SentRow {
        id: TransferId([5; 16]),
        key: StockKey { store: Office::County, item: "棉被".to_owned(), unit: "床".to_owned() },
        to: HERE,
        quantity_milli: 10_000,
        on: fixtures::now().day(),
        by: "9003".into(),
        document: "调拨单7号".to_owned(),
    };
    let shelves = vec![
        shelf(store, "大米", "袋", 12_500, Origin::Bought),
        shelf(store, "豆油（捐赠）", "桶", 0, Origin::Donated),
    ];
    let view = StoreView { store, shelves, under_way: vec![sent] };
    screen.update(Msg::Reply(Reply::Goods(GoodsReply::Store(Box::new(view)))));
    screen
}

fn deed(intents: &[Intent]) -> GoodsDeed {
    match intents {
        [Intent::Ask(Ask::Do { deed, .. })] => match &**deed {
            Deed::Goods(deed) => deed.clone(),
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

fn typed(screen: &mut StoreScreen, text: &str) {
    screen.update(Msg::Burst(text.to_owned()));
    screen.update(Msg::Key(Key::Enter));
}

#[test]
fn a_store_at_80_and_60_columns() {
    let mut screen = screen(Duty::Handler, HERE);
    insta::assert_snapshot!("store", drawn(&mut screen));
    let narrow = drawn_at(&mut screen, 60, 20);
    assert!(narrow.contains("大米") && narrow.contains("12.5"), "{narrow}");
}

#[test]
fn a_receipt_is_typed_from_top_to_bottom() {
    let mut screen = screen(Duty::Handler, HERE);
    screen.update(Msg::Action(Action::New));
    for text in ["白面", "25公斤", "袋", "10"] {
        typed(&mut screen, text);
    }
    typed(&mut screen, "80.5");
    screen.update(Msg::Key(Key::Char('2')));
    screen.update(Msg::Key(Key::Enter));
    assert!(matches!(screen.update(Msg::Action(Action::Submit)).as_slice(), [Intent::Warn(_)]));
    typed(&mut screen, "县慈善会，清单1份");
    let key = StockKey { store: HERE, item: "白面".to_owned(), unit: "袋".to_owned() };
    let made = deed(&screen.update(Msg::Action(Action::Submit)));
    assert_eq!(
        made,
        GoodsDeed::Receive {
            key,
            spec: "25公斤".to_owned(),
            quantity_milli: 10_000,
            price: Money::from_fen(8_050),
            origin: Origin::Donated,
            document: "县慈善会，清单1份".to_owned(),
        }
    );
}

#[test]
fn a_count_may_come_to_nothing_and_names_a_second() {
    let mut screen = screen(Duty::Approver, HERE);
    screen.chosen(vec![("大米 袋".to_owned(), '2')]);
    typed(&mut screen, "0");
    typed(&mut screen, "1031");
    typed(&mut screen, "受潮");
    let made = deed(&screen.update(Msg::Action(Action::Submit)));
    let reason = "受潮".to_owned();
    let key = StockKey { store: HERE, item: "大米".to_owned(), unit: "袋".to_owned() };
    assert_eq!(made, GoodsDeed::Count { key, counted_milli: 0, second: "1031".into(), reason });
}

#[test]
fn the_county_sends_and_the_township_takes() {
    let sent = TransferId([5; 16]).to_string();
    let mut here = screen(Duty::Handler, HERE);
    assert!(matches!(here.chosen(vec![("大米 袋".to_owned(), '3')]).as_slice(), [Intent::Warn(_)]));
    here.chosen(vec![(sent.clone(), '4')]);
    let made = deed(&here.update(Msg::Action(Action::Submit)));
    let transfer = TransferId([5; 16]);
    assert_eq!(made, GoodsDeed::Arrive { transfer, quantity_milli: 10_000, reason: String::new() });
    let mut county = screen(Duty::Finance, Office::County);
    assert!(matches!(county.chosen(vec![(sent, '4')]).as_slice(), [Intent::Warn(_)]));
    county.chosen(vec![("大米 袋".to_owned(), '3')]);
    for text in ["103", "2.5", "调拨单8号，车队刘"] {
        typed(&mut county, text);
    }
    let made = deed(&county.update(Msg::Action(Action::Submit)));
    assert!(matches!(made, GoodsDeed::Send { to: 103, quantity_milli: 2_500, .. }), "{made:?}");
}

#[test]
fn the_supervisor_looks_and_changes_nothing() {
    let mut screen = screen(Duty::Supervisor, Office::County);
    assert!(matches!(screen.update(Msg::Action(Action::New)).as_slice(), [Intent::Warn(_)]));
    let open = screen.chosen(vec![("大米 袋".to_owned(), '5')]);
    assert!(matches!(open.as_slice(), [Intent::Open(Place::Goods(GoodsPlace::Ledger(_)))]));
}

#[test]
fn each_office_is_shown_its_own_digits_only() {
    let own = drawn(&mut screen(Duty::Handler, HERE));
    assert!(own.contains("4=收货") && !own.contains("调给乡镇"), "{own}");
    let county = drawn(&mut screen(Duty::Finance, Office::County));
    assert!(county.contains("3=调给乡镇") && !county.contains("4=收货"), "{county}");
}

#[test]
fn the_county_looks_at_a_township_s_store_and_changes_nothing_there() {
    let township = screen(Duty::Handler, HERE);
    let why = |screen: &StoreScreen| {
        let offers = screen.offers();
        offers.into_iter().find(|offer| offer.action == Some(Action::Scope)).and_then(|offer| offer.disabled)
    };
    assert!(why(&township).is_some_and(|why| why.contains("本单位")));
    let mut county = screen(Duty::Finance, Office::County);
    assert_eq!(why(&county), None);
    county.update(Msg::Action(Action::Scope));
    assert!(
        matches!(county.update(Msg::Action(Action::Submit)).as_slice(), [Intent::Warn(text)] if text.contains("乡镇"))
    );
    county.update(Msg::Burst("mtcz".to_owned()));
    let store = Some(HERE);
    let opened = county.update(Msg::Action(Action::Submit));
    assert_eq!(opened, vec![Intent::Open(Place::Goods(GoodsPlace::Store(store)))]);
    // the same officer in that store
    let mut looks = screen(Duty::Finance, HERE);
    looks.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Finance], None))));
    let text = drawn(&mut looks);
    assert!(text.contains("5=明细账") && !text.contains("盘点"), "{text}");
    assert!(
        matches!(looks.update(Msg::Action(Action::New)).as_slice(), [Intent::Warn(text)] if text.contains("只看"))
    );
}
