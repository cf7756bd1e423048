//! Every screen, drawn for every audience from the fixtures: no number of a person stands there in full that the privacy
//! table does not show there.

use crate::base::money::Money;
use crate::domain::command::privacy::Subject;
use crate::domain::ids::{CaseId, IncidentId, LeadId, MatterId, PersonId};
use crate::domain::nouns::BatchState;
use crate::domain::office::{Officer, Role as Duty};
use crate::domain::pack::PathFigures;
use crate::domain::privacy::{Audience, Field, LookPurpose, Medium, Show, show};
use crate::forms::tables::path::PathForm;
use crate::office::front::county::grid::{GridView, KnownCase};
use crate::office::front::path::StepView;
use crate::office::front::privacy::Unmasked;
use crate::office::seen;
use crate::store::replica::lookup::FamilyCard;
use crate::store::replica::views::after::AfterList;
use crate::store::replica::views::queue::{Filter, List};
use crate::store::replica::views::tiers::IncidentLine;
use crate::ui::action::Action;
use crate::ui::key::Key;
use crate::ui::product::county::{CountyPlace, CountyReply};
use crate::ui::product::money::MoneyReply;
use crate::ui::product::paper::PaperPlace;
use crate::ui::product::path::{PathList, PathPlace, PathReply};
use crate::ui::product::{self, Ask, Place, Queue, Reply};
use crate::ui::screen::{Intent, Msg, Screen};
use crate::ui::screens::money::fixtures as money;
use crate::ui::screens::path::fixtures as path_fixtures;
use crate::ui::screens::{self, fixtures, testing};

const INCIDENT: IncidentId = IncidentId([5; 16]);

/// Every number of the fixtures, with its field.
const NUMBERS: [(Field, &str); 3] = [
    (Field::IdNo, "211321196804120012"),
    (Field::Phone, "13900000000"),
    (Field::Account, "6217000000000000020"),
];

fn places(case: CaseId) -> Vec<(Place, Medium)> {
    let queue =
        Queue { name: "待办件", filter: Filter { list: List::Open, ..Filter::default() }, approve: false };
    let screen = |place| (place, Medium::Screen);
    let mut all: Vec<(Place, Medium)> = [
        Place::Home,
        Place::Queue(queue),
        Place::Leads,
        Place::Case(case),
        Place::Approval { run: vec![case], at: 0 },
        Place::Ratifications,
        Place::Deferred,
        Place::Papers(case),
        Place::Paper(PaperPlace::Choose(case)),
        Place::Pay(case),
        Place::Reserve(Some(103)),
        Place::Lookup("单".to_owned()),
        Place::Steps(case),
        Place::Path(PathPlace::Work(case)),
        Place::Path(PathPlace::Todo(PathList::All)),
        Place::Path(PathPlace::After(AfterList::Deliver)),
        Place::Path(PathPlace::After(AfterList::FollowUp)),
        Place::Drafts,
        Place::Outbox,
        Place::Officers,
        Place::County(CountyPlace::Desk),
        Place::County(CountyPlace::Examine { run: vec![case], at: 0 }),
        Place::County(CountyPlace::Deeds(case, None)),
        Place::County(CountyPlace::Meeting(case)),
        Place::County(CountyPlace::Refer(case)),
        Place::County(CountyPlace::Filings),
        Place::County(CountyPlace::Incidents),
        Place::County(CountyPlace::Grid(INCIDENT)),
    ]
    .map(screen)
    .into();
    all.extend(product::money::every(case).into_iter().map(|place| screen(Place::Money(place))));
    // Forms show what is typed or corrected in them.
    all.push((
        Place::Emergency { id_no: String::new(), lead: Some(LeadId([1; 16])), draft: 0 },
        Medium::Form,
    ));
    all.push((Place::Correction(PersonId([17; 16])), Medium::Form));
    let step = |form| (Place::Path(PathPlace::Step(case, form)), Medium::Screen);
    all.extend(PathForm::ALL.map(step));
    all
}

/// An incident with a household that is known by its number: it is compared, never shown.
fn struck() -> GridView {
    let incident = IncidentLine {
        id: INCIDENT,
        matter: MatterId([6; 16]),
        number: "S26-103-009".to_owned(),
        township: 103,
        on: fixtures::now().day(),
        name: "三组连片火灾".to_owned(),
        closed: false,
        cases: (1, 0),
        granted: Money::ZERO,
    };
    let (case, number) = (CaseId([17; 16]), "26-103-0117".to_owned());
    let known = vec![KnownCase { case, number, id_no: NUMBERS[0].1.to_owned() }];
    GridView { incident, seed: [9; 16], known }
}

fn replies(officer: &Officer, family: &FamilyCard) -> Vec<Reply> {
    let mut known = fixtures::paid_first();
    for (slot, text) in [("agent-id", NUMBERS[0].1), ("payee", NUMBERS[2].1), ("proofs", NUMBERS[1].1)] {
        known.opening.told.insert(slot.into(), text.to_owned());
    }
    known.path = path_fixtures::case(path_fixtures::REVIEWED, false).path;
    let card = seen::case(known, officer).ok().map(Box::new);
    let step = seen::case(fixtures::paid_first(), officer).ok().map(|card| {
        let course = Default::default();
        let figures = PathFigures::default();
        Box::new(StepView { card, course, entered: Vec::new(), officers: Vec::new(), figures })
    });
    let family = Some(Box::new(family.clone()));
    let roles: Vec<Duty> = officer.roles.iter().copied().collect();
    let starts = PathForm::ALL.map(|form| Reply::Start(Box::new(testing::start(form.table().name))));
    let mut all = vec![
        Reply::Me(fixtures::me(&roles, officer.office.township())),
        Reply::Start(Box::new(testing::start("correction"))),
        Reply::Path(PathReply::Step(step)),
        Reply::Home(Box::new(fixtures::home(Vec::new()))),
        Reply::Queue(fixtures::rows(), 2),
        Reply::Path(PathReply::Todo(path_fixtures::rows(), fixtures::now())),
        Reply::Path(PathReply::After(path_fixtures::after_rows(), fixtures::now())),
        Reply::Leads(fixtures::leads(), fixtures::now()),
        Reply::Lead(fixtures::leads().into_iter().next().map(|lead| (lead, family.clone()))),
        Reply::Deferred(fixtures::deferred(), fixtures::now().day()),
        fixtures::ratifications(),
        Reply::Reserve(Box::new(fixtures::reserve())),
        Reply::Outbox(fixtures::outbox()),
        Reply::Case(card),
        Reply::County(CountyReply::File(Some(Box::new(fixtures::county_file())))),
        Reply::Hits(family.iter().map(|family| family.who.clone()).collect()),
        Reply::Family(family),
        Reply::Drafts(Vec::new()),
        Reply::County(CountyReply::Grid(Some(Box::new(struck())))),
    ];
    let sent = money::batch(BatchState::Returned);
    all.extend(
        [
            MoneyReply::Batches(money::batches()),
            MoneyReply::Batch(Some(sent)),
            MoneyReply::Waiting(money::waiting()),
            MoneyReply::Files(money::files()),
            MoneyReply::Preview(money::preview(Money::from_fen(100))),
            MoneyReply::Sources(money::sources(false)),
            MoneyReply::YearEnd(money::year_end(money::today())),
        ]
        .map(money::reply),
    );
    all.extend(starts);
    all
}

/// Everything that a screen puts before the eye, on all its pages and in the frame around it.
fn seen_of(screen: &mut dyn Screen) -> String {
    let mut all = String::new();
    for _ in 0..4 {
        for (cols, rows) in [(80, 19), (132, 37)] {
            all.push_str(&fixtures::drawn_at(screen, cols, rows));
        }
        all.push_str(&screen.subject());
        all.push_str(&screen.hint());
        let help = screen.help();
        all.push_str(&help.field);
        all.push_str(&help.screen.concat());
        screen.update(Msg::Key(Key::PgDn));
    }
    // Another side of it: the second page of an approval, the words of steps.
    screen.update(Msg::Key(Key::Tab));
    all.push_str(&fixtures::drawn_at(screen, 132, 60));
    all
}

fn officers() -> Vec<(Officer, Audience)> {
    [
        (vec![Duty::Handler], Some(103), Audience::Own),
        (vec![Duty::Approver], Some(103), Audience::Own),
        (vec![Duty::Handler], Some(102), Audience::Other),
        (vec![Duty::Approver], None, Audience::County),
        (vec![Duty::Supervisor], None, Audience::Supervisor),
        (vec![Duty::Finance], None, Audience::Finance),
        (vec![Duty::Administrator], None, Audience::Administrator),
    ]
    .into_iter()
    .map(|(roles, township, audience)| (fixtures::officer("1203", &roles, township), audience))
    .collect()
}

#[test]
fn no_screen_shows_a_number_that_the_table_does_not_show_there() {
    let mut drawn = 0;
    for (officer, audience) in officers() {
        let family = seen::family(fixtures::family(), audience);
        for (place, medium) in places(CaseId([17; 16])) {
            let named = format!("{place:?} {audience:?}");
            let mut screen = screens::open(place);
            screen.update(Msg::Shown);
            for reply in replies(&officer, &family) {
                screen.update(Msg::Reply(reply));
            }
            let text = seen_of(screen.as_mut());
            drawn += 1;
            for (field, number) in NUMBERS {
                let may = show(field, audience, medium) == Show::Full;
                assert!(may || !text.contains(number), "{named} shows {field:?}: {text}");
            }
        }
    }
    assert!(drawn > 100, "{drawn}");
}

#[test]
fn the_summary_of_another_township_tells_of_no_illness_home_or_money() {
    let card = seen::family(fixtures::family(), Audience::Other);
    assert!(card.phone.is_empty() && card.address.is_empty() && card.account.is_empty());
    assert!(card.own.iter().all(|prior| prior.grant.circumstance.is_none()));
    assert!(!card.own.is_empty() && card.own[0].grant.amount == fixtures::family().own[0].grant.amount);
    let other = fixtures::officer("1001", &[Duty::Handler], Some(102));
    let fault = seen::case(fixtures::case_card(), &other).unwrap_err();
    assert!(fault.to_string().contains("外乡镇"), "{fault}");
    assert!(seen::may_look(&fixtures::officer("9009", &[Duty::Administrator], None)).is_err());
}

#[test]
fn looking_asks_a_purpose_first_and_is_over_with_the_person() {
    let mut screen = screens::lookup::LookupScreen::new("单");
    screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Handler], Some(103)))));
    let family = fixtures::family();
    let person = family.who.person;
    screen.update(Msg::Reply(Reply::Hits(vec![family.who.clone(), fixtures::other_hit()])));
    screen.update(Msg::Reply(Reply::Family(Some(Box::new(family)))));
    assert_eq!(screen.update(Msg::Action(Action::Unmask)), vec![Intent::Forget]);
    assert!(fixtures::drawn(&mut screen).contains("核对身份"));
    assert!(
        matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Warn(text)] if text.contains("目的"))
    );
    screen.update(Msg::Key(Key::Char('5')));
    let asked = screen.update(Msg::Action(Action::Submit));
    assert!(matches!(&asked[..], [Intent::Warn(text)] if text.contains("写明")), "{asked:?}");
    screen.update(Msg::Key(Key::Up));
    screen.update(Msg::Key(Key::Char('1')));
    let (subject, purpose) = (Subject::Person(person), LookPurpose::Identity);
    let ask = Ask::Unmask { subject, purpose, text: String::new() };
    assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![Intent::Ask(ask)]);
    let rows = NUMBERS.iter().map(|(_, number)| ("号", (*number).to_owned())).collect();
    screen.update(Msg::Reply(Reply::Unmasked(Box::new(Unmasked { subject, rows, again: false }))));
    let text = fixtures::drawn_at(&mut screen, 80, 19);
    assert!(NUMBERS.iter().all(|(_, number)| text.contains(number)), "{text}");
    screen.update(Msg::Shown);
    let text = fixtures::drawn_at(&mut screen, 80, 19);
    assert!(NUMBERS.iter().all(|(_, number)| !text.contains(number)), "back from another screen: {text}");
    let rows = NUMBERS.iter().map(|(_, number)| ("号", (*number).to_owned())).collect();
    screen.update(Msg::Reply(Reply::Unmasked(Box::new(Unmasked { subject, rows, again: true }))));
    screen.update(Msg::Key(Key::Down));
    screen.update(Msg::Key(Key::Up));
    screen.update(Msg::Reply(Reply::Family(Some(Box::new(fixtures::family())))));
    let text = fixtures::drawn(&mut screen);
    assert!(NUMBERS.iter().all(|(_, number)| !text.contains(number)), "{text}");
}

#[test]
fn f12_leaves_the_question_and_nothing_is_asked() {
    let mut screen = screens::case::CaseScreen::new(CaseId([17; 16]));
    screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Handler], Some(103)))));
    screen.update(Msg::Reply(Reply::Case(Some(Box::new(fixtures::paid_first())))));
    screen.update(Msg::Action(Action::Unmask));
    screen.update(Msg::Key(Key::Char('2')));
    let left = screen.update(Msg::Action(Action::Cancel));
    assert!(matches!(&left[..], [Intent::Say(text)] if text.contains("没有记")), "{left:?}");
    assert!(fixtures::drawn(&mut screen).contains("状态"));
}

#[test]
fn what_a_panic_would_print_of_an_answer_names_nobody() {
    let officer = fixtures::officer("1203", &[Duty::Handler], Some(103));
    let all: Vec<String> =
        replies(&officer, &fixtures::family()).iter().map(|reply| format!("{reply:?}")).collect();
    for text in &all {
        for (_, number) in NUMBERS {
            assert!(!text.contains(number), "{text}");
        }
        for name in ["王桂兰", "单文彩", "刘淑芬", "王福生", "赵小军", "周玉兰"] {
            assert!(!text.contains(name), "{name} in {text}");
        }
    }
}
