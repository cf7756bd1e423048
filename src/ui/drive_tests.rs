//! The state of the drive on every screen: its word in the title bar, its sentences one key away.

use super::*;
use crate::domain::ids::{CaseId, IncidentId, PersonId};
use crate::domain::office::Office;
use crate::domain::stock::StockKey;
use crate::office::worker::{Drive, Standing};
use crate::store::replica::views::queue::Filter;
use crate::ui::app::{App, Desk};
use crate::ui::burst::Input;
use crate::ui::product::county::CountyPlace;
use crate::ui::product::goods::GoodsPlace;
use crate::ui::product::money::MoneyPlace;
use crate::ui::product::paper::PaperPlace;
use crate::ui::product::path::PathPlace;
use crate::ui::product::people::PeoplePlace;
use crate::ui::product::registers::RegisterPlace;
use crate::ui::product::{Ask, Place, Queue, Reply};
use crate::ui::screen::Intent;
use crate::ui::screens::fixtures;
use crate::ui::stack::ScreenId;
use crate::ui::testing;
use crate::ui::theme::Theme;

/// A desk on a drive in some state, whose office, officer and practice take all the room there is.
struct On(Standing);

impl Desk for On {
    fn open(&mut self, place: Place) -> Box<dyn Screen> {
        crate::ui::screens::open(place)
    }
    fn ask(&mut self, _from: ScreenId, _ask: Ask) {}
    fn status(&self) -> Status {
        Status {
            office: "木头城子镇民政办".to_owned(),
            officer: "李桂芳(经办、审批)".to_owned(),
            link: format!("{} 12笔待传", self.0.drive.zh()),
            drive: self.0.whole(),
            wrong: self.0.drive.is_wrong(),
            clock: "11-23 09:15".to_owned(),
            practice: true,
        }
    }
    fn unclaimed(&mut self, _reply: Reply) -> Option<Intent> {
        None
    }
    fn note(&mut self, _reply: &Reply) {}
}

/// Every screen of the product. Whoever adds one is told by the compiler.
fn places() -> Vec<Place> {
    let case = CaseId([1; 16]);
    let rice = StockKey { store: Office::County, item: "大米".to_owned(), unit: "袋".to_owned() };
    let all = vec![
        Place::SignIn,
        Place::Home,
        Place::Queue(Queue { name: "待镇审批", filter: Filter::default(), approve: true }),
        Place::Emergency { id_no: String::new(), lead: None, draft: 0 },
        Place::LeadForm(0),
        Place::Leads,
        Place::Path(PathPlace::Work(case)),
        Place::Case(case),
        Place::Approval { run: vec![case], at: 0 },
        Place::Ratifications,
        Place::Deferred,
        Place::Papers(case),
        Place::Pay(case),
        Place::Reserve(None),
        Place::Lookup(String::new()),
        Place::Steps(case),
        Place::Drafts,
        Place::Outbox,
        Place::Officers,
        Place::Time,
        Place::Correction(PersonId([1; 16])),
        Place::Requests,
        Place::Proposals,
        Place::DataKey,
        Place::Apply,
        Place::Standing,
        Place::Marks,
        Place::Findings,
        Place::Overridden,
        Place::History,
        Place::Lock,
        Place::Codes,
        Place::ChangePassword,
        Place::MonthSheet,
        Place::Stolen,
        Place::Due,
        Place::Paper(PaperPlace::Choose(case)),
        Place::County(CountyPlace::Desk),
        Place::County(CountyPlace::Examine { run: vec![case], at: 0 }),
        Place::County(CountyPlace::Deeds(case, None)),
        Place::County(CountyPlace::Meeting(case)),
        Place::County(CountyPlace::Refer(case)),
        Place::County(CountyPlace::Filings),
        Place::County(CountyPlace::Roster("R26-102-10".to_owned())),
        Place::County(CountyPlace::Incidents),
        Place::County(CountyPlace::Grid(IncidentId([1; 16]))),
        Place::Money(MoneyPlace::Batches(None)),
        Place::People(PeoplePlace::Links),
        Place::People(PeoplePlace::Pair(PersonId([1; 16]), PersonId([2; 16]))),
        Place::People(PeoplePlace::Other(PersonId([1; 16]))),
        Place::People(PeoplePlace::Children),
        Place::Goods(GoodsPlace::Store(None)),
        Place::Goods(GoodsPlace::Blanks),
        Place::Goods(GoodsPlace::Ledger(rice)),
        Place::Partners,
        Place::PartnerForm { id: None, draft: 0 },
        Place::Registers(RegisterPlace::Team),
        Place::Registers(RegisterPlace::Discovery),
    ];
    let number = |place: &Place| match place {
        Place::SignIn => 0,
        Place::Home => 1,
        Place::Queue(_) => 2,
        Place::Emergency { .. } => 3,
        Place::LeadForm(_) => 4,
        Place::Leads => 5,
        Place::Path(_) => 6,
        Place::Case(_) => 7,
        Place::Approval { .. } => 8,
        Place::Ratifications => 9,
        Place::Deferred => 10,
        Place::Papers(_) => 11,
        Place::Pay(_) => 12,
        Place::Reserve(_) => 13,
        Place::Lookup(_) => 14,
        Place::Steps(_) => 15,
        Place::Drafts => 16,
        Place::Outbox => 17,
        Place::Officers => 18,
        Place::Time => 19,
        Place::Correction(_) => 20,
        Place::Requests => 21,
        Place::Proposals => 22,
        Place::DataKey => 23,
        Place::Apply => 24,
        Place::Standing => 25,
        Place::Marks => 26,
        Place::Findings => 27,
        Place::Overridden => 28,
        Place::History => 29,
        Place::Lock => 30,
        Place::Codes => 31,
        Place::ChangePassword => 32,
        Place::MonthSheet => 33,
        Place::Stolen => 34,
        Place::Due => 35,
        Place::Paper(_) => 36,
        Place::County(place) => {
            37 + match place {
                CountyPlace::Desk => 0,
                CountyPlace::Examine { .. } => 1,
                CountyPlace::Deeds(..) => 2,
                CountyPlace::Meeting(_) => 3,
                CountyPlace::Refer(_) => 4,
                CountyPlace::Filings => 5,
                CountyPlace::Roster(_) => 6,
                CountyPlace::Incidents => 7,
                CountyPlace::Grid(_) => 8,
            }
        }
        Place::Money(_) => 46,
        Place::People(PeoplePlace::Links) => 47,
        Place::People(PeoplePlace::Pair(..) | PeoplePlace::Link(_)) => 48,
        Place::People(PeoplePlace::Other(_)) => 49,
        Place::People(PeoplePlace::Children) => 50,
        Place::Goods(GoodsPlace::Store(_)) => 51,
        Place::Goods(GoodsPlace::Blanks) => 52,
        Place::Goods(GoodsPlace::Ledger(_)) => 53,
        Place::Partners => 54,
        Place::PartnerForm { .. } => 55,
        Place::Registers(RegisterPlace::Team) => 56,
        Place::Registers(RegisterPlace::Discovery) => 57,
    };
    assert!(all.iter().enumerate().all(|(at, place)| number(place) == at));
    let mut all = all;
    all.extend(crate::ui::product::money::every(case).into_iter().map(Place::Money));
    all
}

fn standing(drive: Drive) -> Standing {
    match drive {
        Drive::Unknown => Standing::unknown(),
        Drive::Well => Standing::well(),
        Drive::Slow => Standing::slow(),
        Drive::Away => Standing::hangs(),
        other => Standing::new(
            other,
            "日志文件 log.0001.65b377da.db 被别的程序覆盖或改写，第 10 条记录不成立",
            "不要再改动共享文件夹，报告县局管理员",
        ),
    }
}

fn shot(app: &App<On>, (cols, rows): (u16, u16)) -> String {
    let mut buffer = testing::buffer(cols, rows);
    let (row, col) = app.paint(&mut buffer);
    testing::assert_widths_certain(&buffer);
    assert!(row < rows && col < cols);
    testing::text(&buffer)
}

#[test]
fn every_screen_says_in_a_word_how_the_drive_stands_and_f1_in_sentences() {
    for place in places() {
        for drive in Drive::ALL {
            for size in [(80, 25), (60, 20)] {
                let look = (Theme::load("plain", None, false).0, KeyMap::load(None).0);
                let mut app = App::new(On(standing(drive)), place.clone(), look, &[], size);
                let text = shot(&app, size);
                let title = text.lines().next().unwrap_or_default();
                let word = format!("{} 12笔待传", drive.zh());
                assert!(
                    title.contains(&word) && title.contains("09:15"),
                    "{place:?} {drive:?} {size:?}: {title}"
                );
                // A screen that waits for the desk keeps keys until it has an answer.
                app.reply(None, Reply::Failed("读不出来".to_owned()));
                app.input(Input::Key(Key::F(1)));
                if app.top().name().starts_with("帮助") {
                    let help = shot(&app, size);
                    let said = format!("共享盘「{}」：", drive.zh());
                    assert!(
                        help.contains(&said) || !drive.is_wrong(),
                        "{place:?} {drive:?} {size:?}:\n{help}"
                    );
                    if drive.is_wrong() {
                        let flat: String = help.split_whitespace().collect();
                        let tail: String = standing(drive).whole().chars().rev().take(6).collect();
                        let tail: String = tail.chars().rev().filter(|c| !c.is_whitespace()).collect();
                        assert!(flat.contains(&tail), "{place:?} {drive:?} {size:?} lacks {tail}:\n{help}");
                    }
                } else {
                    panic!("{place:?}: F1 opens no help");
                }
            }
        }
    }
}

#[test]
fn home_says_in_its_line_what_is_wrong_and_what_to_do() {
    use crate::ui::screens::home::Home;
    let mut home = Home::new();
    let mut view = fixtures::home(Vec::new());
    view.drive = standing(Drive::Damaged).sentence();
    view.clock = "本机时间 11-23 09:15，共享盘 11-23 10:02，相差47分钟".to_owned();
    home.update(crate::ui::screen::Msg::Reply(Reply::Home(Box::new(view.clone()))));
    assert!(home.hint().contains("报告县局管理员"), "{}", home.hint());
    view.drive.clear();
    home.update(crate::ui::screen::Msg::Reply(Reply::Home(Box::new(view))));
    assert!(home.hint().contains("10:02"), "{}", home.hint());
    let asks = home.update(crate::ui::screen::Msg::Reply(Reply::Link("共享盘没有应答".to_owned())));
    assert_eq!(asks, vec![Intent::Ask(Ask::Home)], "the line follows the drive");
}

#[test]
fn what_the_desk_says_by_itself_never_takes_the_place_of_what_a_screen_said() {
    let size = (80, 25);
    let look = (Theme::load("plain", None, false).0, KeyMap::load(None).0);
    let mut app = App::new(On(Standing::well()), Place::Outbox, look, &[], size);
    let told = |sentence: &str| Reply::Told { sentence: sentence.to_owned(), wrong: false };
    app.reply(None, told("正在由 张三(1003) 写入"));
    assert!(shot(&app, size).contains("正在由 张三(1003) 写入"));
    app.reply(None, told(""));
    assert!(!shot(&app, size).contains("张三"));
    app.reply(None, Reply::Failed("这一项没有办成".to_owned()));
    app.reply(None, told("正在由 张三(1003) 写入"));
    assert!(shot(&app, size).contains("这一项没有办成"), "{}", shot(&app, size));
}
