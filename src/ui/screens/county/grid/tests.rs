//! The roster of an incident: pasted in one burst, mended, submitted row by row, and gone on with after a power cut.

use super::*;
use crate::base::day::Stamp;
use crate::base::division;
use crate::domain::code::Code;
use crate::domain::ids::MatterId;
use crate::domain::office::Role as Duty;
use crate::domain::refusal::Refusal;
use crate::store::replica::views::tiers::IncidentLine;
use crate::ui::screens::fixtures::{self, drawn};

const ID: IncidentId = IncidentId([5; 16]);

fn view(known: Vec<KnownCase>) -> GridView {
    let incident = IncidentLine {
        id: ID,
        matter: MatterId([6; 16]),
        number: "S26-103-009".to_owned(),
        township: 103,
        on: fixtures::now().day(),
        name: "三组连片火灾".to_owned(),
        closed: false,
        cases: (0, 0),
        granted: Money::ZERO,
    };
    GridView { incident, seed: [9; 16], known }
}

fn screen(drafts: Vec<Draft>, known: Vec<KnownCase>) -> GridScreen {
    let mut screen = GridScreen::new(ID);
    assert_eq!(screen.update(Msg::Shown).len(), 3);
    screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Handler], Some(103)))));
    screen.update(Msg::Reply(Reply::Drafts(drafts)));
    assert!(screen.holds());
    screen.update(Msg::Reply(Reply::County(CountyReply::Grid(Some(Box::new(view(known)))))));
    assert!(!screen.holds());
    screen
}

/// An id number with a right check digit, the serial in its sequence.
fn id_no(serial: usize) -> String {
    let body = format!("21132119680412{serial:03}");
    let weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let sum: u32 = body.chars().zip(weights).map(|(c, weight)| c.to_digit(10).unwrap() * weight).sum();
    format!("{body}{}", "10X98765432".chars().nth((sum % 11) as usize).unwrap())
}

fn line(serial: usize) -> String {
    let place = division::villages_of(103).next().unwrap().short;
    let yuan = if serial.is_multiple_of(2) { "500" } else { "800.50" };
    format!("户主{serial:03}\t{}\t{place}\t3\t{yuan}\t6228480000000000018", id_no(serial))
}

/// Pastes as a console gives it: the first character as a key, the rest as one burst.
fn paste(screen: &mut GridScreen, text: &str) -> Vec<Intent> {
    let mut chars = text.chars();
    screen.update(Msg::Key(Key::Char(chars.next().unwrap())));
    screen.update(Msg::Burst(chars.collect()))
}

fn kept(intents: &[Intent]) -> Option<&Keep> {
    intents.iter().find_map(|intent| match intent {
        Intent::Ask(Ask::Keep(keep)) => Some(keep),
        _ => None,
    })
}

fn sent(intents: &[Intent]) -> Option<&Struck> {
    intents.iter().find_map(|intent| match intent {
        Intent::Ask(Ask::Do { deed, .. }) => match deed.as_ref() {
            Deed::County(CountyDeed::Household(struck)) => Some(struck.as_ref()),
            _ => None,
        },
        _ => None,
    })
}

fn known(case: CaseId, serial: usize) -> KnownCase {
    KnownCase { case, number: "26-103-0120".to_owned(), id_no: id_no(serial) }
}

fn done(serial: usize) -> Msg {
    let sentence = format!("26-103-{serial:04} 已报批");
    Msg::Reply(Reply::Done { sentence, case: None, notes: Vec::new() })
}

fn begin(screen: &mut GridScreen) -> Vec<Intent> {
    assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![Intent::Forget]);
    screen.update(Msg::Burst("三组连片火灾，房屋受损".to_owned()));
    for key in [Key::Enter, Key::Char('2'), Key::Enter, Key::Char('1')] {
        screen.update(Msg::Key(key));
    }
    screen.update(Msg::Action(Action::Submit))
}

#[test]
fn two_hundred_households_are_pasted_and_become_a_case_each() {
    let mut screen = screen(Vec::new(), Vec::new());
    let text: Vec<String> = (0..200).map(line).collect();
    let said = paste(&mut screen, &format!("{}\n", text.join("\n")));
    assert!(
        said.iter().any(|one| matches!(one, Intent::Say(text) if text.contains("收下 200 行"))),
        "{said:?}"
    );
    assert!(kept(&said).is_some_and(|keep| keep.title == "S26-103-009 200 户"), "kept at once");
    screen.update(Msg::Reply(Reply::Kept(31, Stamp(1))));
    insta::assert_snapshot!(drawn(&mut screen));
    let mut intents = begin(&mut screen);
    let mut cases = std::collections::BTreeSet::new();
    for serial in 0..200 {
        let struck = sent(&intents).unwrap_or_else(|| panic!("{serial}: {intents:?}"));
        assert_eq!(struck.name, format!("户主{serial:03}"));
        assert_eq!((struck.people, struck.severity, struck.pay_by), (3, Severity::Serious, PayBy::Bank));
        assert!(cases.insert(struck.case), "a case of its own");
        let of = format!("第 {} 户，共 200 户", serial + 1);
        assert!(
            intents.iter().any(|one| matches!(one, Intent::Say(text) if text.contains(&of))),
            "{intents:?}"
        );
        intents = screen.update(done(serial));
    }
    assert!(intents.contains(&Intent::Ask(Ask::DropDraft(31))), "{intents:?}");
    assert!(screen.hint().contains("26-103-0000 已报批"), "{}", screen.hint());
    let again = screen.update(Msg::Action(Action::Submit));
    assert!(matches!(again.as_slice(), [Intent::Warn(text)] if text.contains("没有要报批")), "{again:?}");
}

#[test]
fn a_power_cut_in_between_goes_on_without_doubling() {
    let mut first = screen(Vec::new(), Vec::new());
    let said = paste(&mut first, &[line(1), line(2), line(3)].join("\n"));
    let keep = kept(&said).unwrap().clone();
    let intents = begin(&mut first);
    let cut = sent(&intents).unwrap().case;
    // the power goes before the answer comes: the row is a case all the same, the desk has nothing but the draft
    let draft = Draft {
        id: 31,
        officer: "1001".to_owned(),
        form: FORM.to_owned(),
        title: keep.title.clone(),
        answers: serde_json::from_str(&keep.text).unwrap(),
        field: String::new(),
        saved_ms: 1,
    };
    let mut second = screen(vec![draft.clone()], vec![known(cut, 1)]);
    assert!(second.hint().contains("26-103-0120 已报批"), "{}", second.hint());
    let intents = begin(&mut second);
    assert_eq!(sent(&intents).unwrap().name, "户主002", "the first one is not sent again");
    // where the replica does not know it yet it is sent under the same id, which the rules refuse as known
    let mut third = screen(vec![draft], Vec::new());
    assert_eq!(sent(&begin(&mut third)).unwrap().case, cut);
    let refusal = Refusal::new(Code::Duplicate, "case", "这一件已经受理，不必重复。");
    let intents = third.update(Msg::Reply(Reply::Refused(vec![refusal])));
    assert_eq!(sent(&intents).unwrap().name, "户主002");
}

#[test]
fn a_household_that_is_a_case_already_is_not_submitted_under_another_row() {
    let mut screen = screen(Vec::new(), vec![known(CaseId([77; 16]), 2)]);
    paste(&mut screen, &[line(1), line(2)].join("\n"));
    let said = screen.update(Msg::Action(Action::Submit));
    assert!(matches!(said.as_slice(), [Intent::Warn(text)] if text.contains("第 2 行")), "{said:?}");
    assert!(screen.hint().contains("26-103-0120"), "{}", screen.hint());
    screen.update(Msg::Action(Action::DeleteRow));
    assert!(sent(&begin(&mut screen)).is_some());
}

#[test]
fn what_is_wrong_stands_beside_its_row_and_what_was_refused_is_mended() {
    let mut screen = screen(Vec::new(), Vec::new());
    let wrong = line(2).replace("800.50", "八百").replace("500", "八百");
    paste(&mut screen, &[line(1), wrong].join("\n"));
    assert!(drawn(&mut screen).contains("x  2"), "{}", drawn(&mut screen));
    let said = screen.update(Msg::Action(Action::Submit));
    assert!(matches!(said.as_slice(), [Intent::Warn(text)] if text.contains("第 2 行")), "{said:?}");
    assert!(screen.hint().contains("金额"), "{}", screen.hint());
    for _ in 0..4 {
        screen.update(Msg::Key(Key::Tab));
    }
    screen.update(Msg::Key(Key::Char('+')));
    let intents = begin(&mut screen);
    assert!(sent(&intents).is_some(), "as in the row above: {intents:?}");
    let refusal = Refusal::new(Code::RepeatMatter, "matter", "本年同一事项已救助。");
    let intents = screen.update(Msg::Reply(Reply::Refused(vec![refusal])));
    assert_eq!(sent(&intents).unwrap().name, "户主002", "the others go on");
    let said = screen.update(done(2));
    assert!(
        said.iter().any(|one| matches!(one, Intent::Say(text) if text.contains("1 户没有办成"))),
        "{said:?}"
    );
    screen.update(Msg::Key(Key::PgUp));
    assert!(screen.hint().contains("本年同一事项已救助"), "{}", screen.hint());
}

#[test]
fn enter_and_paste_submit_nothing_and_leaving_keeps_the_draft() {
    let mut screen = screen(Vec::new(), Vec::new());
    for _ in 0..20 {
        assert!(
            screen.update(Msg::Key(Key::Enter)).iter().all(|one| !matches!(one, Intent::Ask(Ask::Do { .. })))
        );
    }
    assert!(screen.update(Msg::Action(Action::Back)).contains(&Intent::Back));
    screen.update(Msg::Action(Action::New));
    screen.update(Msg::Key(Key::Char('错')));
    screen.update(Msg::Key(Key::BackTab));
    screen.update(Msg::Key(Key::Tab));
    paste(&mut screen, &format!("{}\n\n\n", line(7)));
    assert!(screen.rows.rows.iter().any(|row| row.cells[0] == "户主007"), "in the place of what stood there");
    let left = screen.update(Msg::Action(Action::Back));
    assert!(kept(&left).is_some() && left.contains(&Intent::Back), "{left:?}");
    screen.update(Msg::Action(Action::Choose));
    screen.update(Msg::Burst("D:\\花名册.xlsx".to_owned()));
    let read = screen.update(Msg::Action(Action::Submit));
    assert!(
        read.contains(&Intent::Ask(Ask::County(CountyAsk::ReadTable("D:\\花名册.xlsx".to_owned())))),
        "{read:?}"
    );
    let table = vec![
        vec!["姓名".to_owned(), "身份证号".to_owned(), "金额".to_owned()],
        vec!["单文彩".to_owned(), id_no(9), "600".to_owned()],
    ];
    screen.update(Msg::Reply(Reply::County(CountyReply::Table(Cells(table)))));
    assert!(drawn(&mut screen).contains("单文彩"), "{}", drawn(&mut screen));
}

fn says(intents: &[Intent], wanted: &str) -> bool {
    intents.iter().any(|one| matches!(one, Intent::Say(text) | Intent::Warn(text) if text.contains(wanted)))
}

#[test]
fn a_warning_asks_for_a_reason_once_and_goes_on_for_the_rows_that_are_named() {
    let mut screen = screen(Vec::new(), Vec::new());
    paste(&mut screen, &[line(1), line(2), line(3)].join("\n"));
    begin(&mut screen);
    let warning = || {
        Msg::Reply(Reply::Refused(vec![Refusal::new(Code::PathCategory, "path", "长期病残一般走支出型。")]))
    };
    screen.update(warning());
    screen.update(done(2));
    let said = screen.update(warning());
    assert!(says(&said, "第 1 行：长期病残") && said.contains(&Intent::Forget), "{said:?}");
    insta::assert_snapshot!("grounds", drawn(&mut screen));
    assert!(says(&screen.update(Msg::Action(Action::Submit)), "确办理由没有填"));
    screen.update(Msg::Burst("家有重病人，金额已核".to_owned()));
    screen.update(Msg::Key(Key::Enter));
    for _ in 0..2 {
        screen.update(Msg::Key(Key::Backspace));
    }
    screen.update(Msg::Key(Key::Char('2')));
    assert!(says(&screen.update(Msg::Action(Action::Submit)), "第 2 行没有"), "that one is a case");
    screen.update(Msg::Key(Key::Backspace));
    screen.update(Msg::Key(Key::Char('3')));
    let intents = screen.update(Msg::Action(Action::Submit));
    let third = sent(&intents).unwrap();
    assert_eq!((third.name.as_str(), third.severity), ("户主003", Severity::Serious));
    assert_eq!(third.override_reason, "家有重病人，金额已核");
    assert!(third.overrides.contains(&Code::PathCategory));
    // the other one waits and is asked about by itself; left alone it stays warned of
    let said = screen.update(done(3));
    assert!(says(&said, "第 1 行：长期病残"), "{said:?}");
    screen.update(Msg::Action(Action::Cancel));
    assert!(screen.hint().contains("要写理由"), "{}", screen.hint());
    assert_eq!(screen.update(Msg::Action(Action::Submit))[0], Intent::Forget);
    screen.update(Msg::Action(Action::Cancel));
    // edited it is a new row: its warning has to be given anew
    screen.update(Msg::Key(Key::Backspace));
    assert!(!screen.hint().contains("要写理由"), "{}", screen.hint());
}

fn cells(screen: &GridScreen) -> Vec<[String; CELLS]> {
    screen.rows.rows.iter().map(|row| row.cells.clone()).collect()
}

#[test]
fn a_paste_says_what_it_overwrote_and_every_step_is_taken_back() {
    let mut screen = screen(Vec::new(), Vec::new());
    let said = paste(&mut screen, &[line(1), line(2), line(3)].join("\n"));
    assert!(!says(&said, "盖掉"), "blank cells: {said:?}");
    let (first, serials) =
        (cells(&screen), screen.rows.rows.iter().map(|row| row.serial).collect::<Vec<_>>());
    screen.update(Msg::Key(Key::Down));
    let said = paste(&mut screen, &[line(8), line(9)].join("\n"));
    assert!(says(&said, "盖掉了第 2、3 行") && says(&said, "Ctrl-Z"), "{said:?}");
    let second = cells(&screen);
    assert_eq!(second[1][0], "户主008");
    let said = screen.update(Msg::Action(Action::DeleteRow));
    assert!(says(&said, "第 2 行已删去"), "{said:?}");
    screen.update(Msg::Action(Action::New));
    for c in "王桂兰".chars() {
        screen.update(Msg::Key(Key::Char(c)));
    }
    let new = screen.rows.rows.last().unwrap().serial;
    let back = |screen: &mut GridScreen| screen.update(Msg::Action(Action::Undo));
    assert!(kept(&back(&mut screen)).is_some(), "the draft follows");
    assert!(screen.rows.rows.last().unwrap().is_blank(), "what was typed into a cell is one step");
    back(&mut screen);
    back(&mut screen);
    assert_eq!(cells(&screen), second, "the deleted row is there again");
    back(&mut screen);
    assert_eq!(cells(&screen), first, "what was overwritten is there again");
    assert_eq!(screen.rows.rows.iter().map(|row| row.serial).collect::<Vec<_>>(), serials);
    back(&mut screen);
    assert!(screen.rows.is_blank());
    assert!(says(&back(&mut screen), "没有可以退回"));
    screen.update(Msg::Action(Action::New));
    assert!(screen.rows.rows.last().unwrap().serial > new, "a number that was given is given once");
}

#[test]
fn a_row_that_is_a_case_is_neither_pasted_over_nor_taken_back() {
    let mut screen = screen(Vec::new(), Vec::new());
    paste(&mut screen, &[line(1), line(2)].join("\n"));
    begin(&mut screen);
    screen.update(done(1));
    let refusal = Refusal::new(Code::RepeatMatter, "matter", "本年同一事项已救助。");
    screen.update(Msg::Reply(Reply::Refused(vec![refusal])));
    let sent = cells(&screen);
    assert!(says(&screen.update(Msg::Action(Action::Undo)), "没有可以退回"));
    assert_eq!(cells(&screen), sent);
    // the row above is open, the paste would reach the one that is a case
    screen.rows.rows.swap(0, 1);
    screen.load();
    let said = paste(&mut screen, &[line(5), line(6)].join("\n"));
    assert!(says(&said, "第 2 行已经报批"), "{said:?}");
    assert_eq!((cells(&screen)[0].clone(), cells(&screen)[1].clone()), (sent[1].clone(), sent[0].clone()));
}
