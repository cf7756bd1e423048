//! The application in a scratch office: what the form becomes is what the rules accept, and what the lists then show.

use super::*;
use crate::base::day::{Day, Stamp};
use crate::domain::answers::Answers as _;
use crate::domain::command::intake::LeadArgs;
use crate::domain::command::path::Application as Paper;
use crate::domain::command::payout::NoteAccount;
use crate::domain::ids::OfficerNo;
use crate::domain::nouns::path::{Delivery, PathStep};
use crate::domain::nouns::{AccountKind, Channel, LeadEnd, Payee, Severity};
use crate::domain::office::{Office, Role};
use crate::domain::wait::Wait;
use crate::forms::Answer;
use crate::office::import::RowKey;
use crate::office::outcome::Outcome;
use crate::office::scratch::Scratch;
use crate::office::setup::NewOfficer;

const HANDLER: &str = "1021";

fn today() -> Day {
    Day::new(2026, 3, 2).unwrap()
}

fn office() -> Scratch {
    let officer = |no: &str, office, role| NewOfficer {
        no: no.into(),
        name: format!("名{no}"),
        office,
        roles: BTreeSet::from([role]),
    };
    let officers = [
        officer("9000", Office::County, Role::Administrator),
        officer(HANDLER, Office::Township(102), Role::Handler),
    ];
    Scratch::found(&officers, Stamp::at(today(), 9, 0), false).unwrap()
}

fn filled(extra: &[(&str, &str)]) -> Answers {
    let village = crate::base::division::villages_of(102).next().unwrap().code.to_string();
    let usual = [
        ("id_no", "211321196804120012"),
        ("name", "王福生"),
        ("apply_as", "household"),
        ("household_size", "2"),
        ("beneficiaries", "2"),
        ("village", village.as_str()),
        ("status", "rural_allowance"),
        ("circumstance", "3"),
        ("severity", "serious"),
        ("event_date", "2026-02-20"),
        ("manner", "money"),
        ("amount", "400.00"),
        ("payee", "self"),
        ("reason", "长期患病，自付费用大"),
        ("other_aid", "none"),
        ("promise", "yes"),
        ("authorised", "yes"),
        ("handling", "accept"),
        ("entry", "counter"),
        ("came", "self"),
    ];
    let mut answers = Answers::new();
    for (key, text) in usual.iter().chain(extra) {
        answers.put(key, Answer { text: (*text).to_owned(), ..Answer::default() });
    }
    answers
}

fn composed(office: &Scratch, answers: &Answers) -> Result<Vec<Draft>, Halt> {
    let reader = office.desk().replica().reader().unwrap();
    let officer = reader.officer(&HANDLER.into()).unwrap();
    let details = |person: PersonId| reader.details(person).ok().flatten();
    let session = office.session(&HANDLER.into()).unwrap();
    let key = || RowKey::of(&session, office.desk().county());
    let now = Stamp::at(today(), 9, 30);
    let desk = Desk { state: &reader, details: &details, key: &key, officer: &officer, now };
    compose(&desk, answers, None, &BTreeSet::new())
}

/// Carries the form to the log and says what the case then waits for.
fn carried(answers: &Answers) -> (Wait, Option<PathStep>, Option<Day>, Paper) {
    let mut office = office();
    let drafts = composed(&office, answers).unwrap();
    let author = OfficerNo::from(HANDLER);
    let group = drafts.into_iter().map(|(command, private)| (author.clone(), command, private)).collect();
    let group = office.sign(group).unwrap();
    let outcome = office.carry(&author, group).unwrap();
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    let reader = office.desk().replica().reader().unwrap();
    let rows = reader.path_work(Some(102), Some(&author), today()).unwrap();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    let course = reader.course(row.case);
    (row.wait, row.next, row.due, course.application.unwrap())
}

#[test]
fn complete_papers_are_accepted_at_once_and_the_township_s_clock_runs() {
    let (wait, next, due, paper) = carried(&filled(&[]));
    assert_eq!((wait, next), (Wait::Survey, Some(PathStep::Survey)));
    assert_eq!(due, Day::new(2026, 3, 16));
    assert!(paper.promise && paper.on == today() && paper.late.is_none());
}

#[test]
fn an_acceptance_says_how_the_notice_of_it_reached_him_where_the_form_does() {
    let delivery = |served: &str| {
        let drafts = composed(&office(), &filled(&[("served", served)])).unwrap();
        let of = |(command, _): &Draft| match command {
            Command::Accept(made) => Some(made.delivery),
            _ => None,
        };
        drafts.iter().find_map(of).unwrap()
    };
    assert_eq!((delivery("1"), delivery("3")), (Some(Delivery::Hand), Some(Delivery::Telephone)));
    assert_eq!(delivery(""), None, "it has not reached him yet");
}

#[test]
fn an_unsigned_paper_that_an_agent_brought_late_is_only_registered() {
    let late = [
        ("promise", "no"),
        ("handling", "apply"),
        ("entry", "paper"),
        ("applied_on", "2026-02-27"),
        ("late", "下村收的申请"),
        ("came", "agent"),
        ("agent_name", "李梅"),
        ("agent_relation", "女儿"),
        ("agent_letter", "yes"),
    ];
    let (wait, next, due, paper) = carried(&filled(&late));
    assert_eq!((wait, next, due), (Wait::Acceptance, Some(PathStep::Application), None));
    assert!(!paper.promise && paper.on == Day::new(2026, 2, 27).unwrap());
    assert!(paper.late.is_some() && paper.agent.is_some());
}

#[test]
fn schooling_has_its_school_with_the_acceptance_and_knows_the_pupil_by_name() {
    let school = [
        ("circumstance", "4"),
        ("pupil", "王小龙"),
        ("stage", "6"),
        ("school", "沈阳农业大学"),
        ("at_home", "yes"),
        ("regular", "yes"),
        ("years", "4"),
        ("tuition", "5000"),
    ];
    let mut answers = filled(&school);
    let gone = composed(&office(), &answers);
    assert!(matches!(&gone, Err(Halt::Gaps(gaps)) if gaps[0].field == "pupil"), "{gone:?}");
    let mut row = Answers::new();
    for (key, text) in [("name", "王小龙"), ("id_no", "211321201508200011"), ("relation", "child")] {
        row.put(key, Answer { text: text.to_owned(), ..Answer::default() });
    }
    answers.rows_mut("members").push(row);
    let drafts = composed(&office(), &answers).unwrap();
    assert!(
        matches!(&drafts.last().unwrap().0, Command::School(made) if made.stage == SchoolStage::Bachelor)
    );
    let (wait, ..) = carried(&answers);
    assert_eq!(wait, Wait::Survey);
}

#[test]
fn a_lead_that_becomes_an_application_ends_with_its_case() {
    let mut office = office();
    let author = OfficerNo::from(HANDLER);
    let lead = LeadId([7; 16]);
    let heard = LeadArgs {
        lead,
        channel: Channel::Volunteer,
        township: 102,
        village: None,
        circumstance: Circumstance::LongCare,
        severity: Severity::Light,
        at: Stamp::at(today(), 9, 0),
        person: None,
        said: None,
        discoverer: None,
    };
    let group = office.sign(vec![(author.clone(), Command::Lead(heard), Private::default())]).unwrap();
    assert!(matches!(office.carry(&author, group).unwrap(), Outcome::Done(_)));
    let drafts = {
        let reader = office.desk().replica().reader().unwrap();
        let officer = reader.officer(&author).unwrap();
        let details = |person: PersonId| reader.details(person).ok().flatten();
        let key = || unreachable!("no account is typed here");
        let now = Stamp::at(today(), 9, 30);
        let desk = Desk { state: &reader, details: &details, key: &key, officer: &officer, now };
        compose(&desk, &filled(&[]), Some(lead), &BTreeSet::new()).unwrap()
    };
    let group = drafts.into_iter().map(|(command, private)| (author.clone(), command, private)).collect();
    let group = office.sign(group).unwrap();
    let outcome = office.carry(&author, group).unwrap();
    assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    let reader = office.desk().replica().reader().unwrap();
    assert_eq!(reader.lead(lead).unwrap().ended, Some(LeadEnd::Case));
    let row = &reader.path_work(Some(102), None, today()).unwrap()[0];
    assert_eq!(reader.lead_row(lead).unwrap().unwrap().case, Some(row.case));
}

/// The account that a form notes, with 户名; none where none is typed.
fn noted(extra: &[(&str, &str)]) -> Result<Option<(NoteAccount, String)>, Halt> {
    let office = office();
    let drafts = composed(&office, &filled(extra))?;
    let found = drafts.iter().find_map(|(command, private)| match command {
        Command::NoteAccount(note) => {
            let holder = note.holder.as_ref().and_then(|slot| private.text(slot)).unwrap_or_default();
            Some((note.clone(), holder.to_owned()))
        }
        _ => None,
    });
    Ok(found)
}

#[test]
fn the_card_given_at_the_window_is_noted_with_what_was_typed_once() {
    assert!(noted(&[]).unwrap().is_none(), "none is at hand");
    let card = ("account", "6228480000000000018");
    let (note, holder) = noted(&[card]).unwrap().unwrap();
    assert_eq!((note.payee, note.kind, holder.as_str()), (Payee::Self_, AccountKind::Card, "王福生"));
    let (note, _) = noted(&[("account", "0312345678")]).unwrap().unwrap();
    assert_eq!(note.kind, AccountKind::Passbook, "no card is so short");
    let home = [("account", "210112345678"), ("payee", "institution"), ("payee_name", "县中心敬老院")];
    let (note, holder) = noted(&home).unwrap().unwrap();
    assert_eq!(
        (note.payee, note.kind, holder.as_str()),
        (Payee::Institution, AccountKind::Corporate, "县中心敬老院")
    );
    assert!(noted(&[card, ("manner", "goods")]).is_err(), "goods want a quantity");
    let mut office = office();
    let author = OfficerNo::from(HANDLER);
    let drafts = composed(&office, &filled(&[card])).unwrap();
    let group = drafts.into_iter().map(|(command, private)| (author.clone(), command, private)).collect();
    let group = office.sign(group).unwrap();
    assert!(matches!(office.carry(&author, group).unwrap(), Outcome::Done(_)));
    let reader = office.desk().replica().reader().unwrap();
    let case = reader.path_work(Some(102), Some(&author), today()).unwrap()[0].case;
    assert_eq!(reader.account_of(case).unwrap().payee, Payee::Self_);
}

#[test]
fn a_third_person_s_account_has_its_papers_before_it_is_noted() {
    let other = |payee, relation| {
        noted(&[
            ("account", "6228480000000000018"),
            ("payee", payee),
            ("payee_name", "王大山"),
            ("payee_relation", relation),
        ])
    };
    let (note, holder) = other("guardian", "父亲").unwrap().unwrap();
    assert_eq!(
        (note.payee, note.relation.as_deref(), holder.as_str()),
        (Payee::Guardian, Some("51"), "王大山")
    );
    for (payee, relation, why) in
        [("guardian", "干爹", "国标的称谓"), ("proxy", "邻居", "委托书"), ("child", "女儿", "审批人")]
    {
        let Err(Halt::Gaps(gaps)) = other(payee, relation) else { panic!("{payee}") };
        assert_eq!(gaps[0].field, "account");
        assert!(
            gaps[0].sentence.contains(why) && gaps[0].sentence.contains("登记账户"),
            "{}",
            gaps[0].sentence
        );
    }
}

#[test]
fn what_the_paper_asks_beyond_the_rules_goes_along_sealed() {
    let office = office();
    let extra = [("account_kind", "farm"), ("employer", "务农"), ("disability", "limb"), ("grade", "2")];
    let drafts = composed(&office, &filled(&extra)).unwrap();
    let applied = drafts.iter().find(|(command, _)| matches!(command, Command::Apply(_))).unwrap();
    let told: Vec<(&str, &str)> =
        applied.1.texts.iter().map(|(slot, text)| (&*slot.0, text.as_str())).collect();
    assert_eq!(told, [("account-kind", "农业"), ("disability", "肢体二级"), ("employer", "务农")]);
}

#[test]
fn each_cell_of_the_agent_and_the_words_of_a_member_s_row_go_along_sealed() {
    let office = office();
    let agent =
        [("came", "agent"), ("agent_name", "李梅"), ("agent_relation", "女儿"), ("agent_letter", "no")];
    let mut answers = filled(&agent);
    let mut row = Answers::new();
    for (key, text) in [
        ("name", "王小龙"),
        ("id_no", "211321201508200011"),
        ("relation", "child"),
        ("condition", "先天性心脏病"),
        ("benefits", "no"),
    ] {
        row.put(key, Answer { text: text.to_owned(), ..Answer::default() });
    }
    answers.rows_mut("members").push(row);
    let drafts = composed(&office, &answers).unwrap();
    let of = |is: fn(&Command) -> bool| {
        let (_, private) = drafts.iter().find(|(command, _)| is(command)).unwrap();
        let texts = private.texts.iter();
        texts.map(|(slot, text)| (slot.0.clone(), text.clone())).collect::<Vec<_>>()
    };
    let applied = of(|command| matches!(command, Command::Apply(_)));
    let applied: Vec<_> = applied.iter().map(|(slot, text)| (slot.as_str(), text.as_str())).collect();
    assert_eq!(applied, [("agent", "李梅"), ("agent-letter", "委托书待补"), ("agent-relation", "女儿")]);
    let opened = of(|command| matches!(command, Command::OpenCase(_)));
    let joined = opened.iter().find(|(slot, _)| slot.starts_with("joined-")).unwrap();
    assert_eq!(joined.1, "王小龙；情况：先天性心脏病；受助：否");
}

/// The lines that the form asks for, and whether it says why 心理督导 was taken away.
fn lines_of(extra: &[(&str, &str)]) -> (Vec<crate::domain::nouns::LineKind>, bool) {
    let office = office();
    let drafts = composed(&office, &filled(extra)).unwrap();
    let (open, private) = drafts
        .iter()
        .find_map(|(command, private)| match command {
            Command::OpenCase(open) => Some((open, private)),
            _ => None,
        })
        .unwrap();
    let said = private.text(&Text::from("no-counselling")).is_some();
    (open.lines.iter().map(|line| line.kind).collect(), said)
}

#[test]
fn counselling_is_there_for_a_misfortune_until_somebody_takes_it_away() {
    use crate::domain::nouns::LineKind::{Money, Service};
    assert_eq!(lines_of(&[]), (vec![Money], false));
    assert_eq!(lines_of(&[("circumstance", "7")]), (vec![Money, Service], false));
    assert_eq!(lines_of(&[("circumstance", "7"), ("counsel", "yes")]), (vec![Money, Service], false));
    assert_eq!(lines_of(&[("circumstance", "7"), ("counsel", "no")]), (vec![Money], false));
    let why = [("circumstance", "7"), ("counsel", "no"), ("counsel_note", "本人不愿意")];
    assert_eq!(lines_of(&why), (vec![Money], true));
}

#[test]
fn who_could_qualify_is_hinted_until_he_is_referred() {
    use crate::domain::command::tiers::Refer;
    use crate::domain::ids::ReferralId;
    use crate::domain::tiers::ReferTo;
    let mut office = office();
    let author = OfficerNo::from(HANDLER);
    let carry = |office: &mut Scratch, drafts: Vec<Draft>| {
        let group = drafts.into_iter().map(|(command, private)| (author.clone(), command, private)).collect();
        let group = office.sign(group).unwrap();
        let outcome = office.carry(&author, group).unwrap();
        assert!(matches!(outcome, Outcome::Done(_)), "{outcome:?}");
    };
    let drafts = composed(&office, &filled(&[])).unwrap();
    carry(&mut office, drafts);
    let hints = |office: &Scratch| {
        let reader = office.desk().replica().reader().unwrap();
        let case = reader.path_work(Some(102), Some(&author), today()).unwrap()[0].case;
        (case, reader.case_card(case, today(), 30).unwrap().unwrap().hints)
    };
    let (case, before) = hints(&office);
    assert_eq!(before, [(ReferTo::Medical, "患病、长期护理")]);
    let mut private = Private::default();
    let refer = Refer {
        referral: ReferralId([9; 16]),
        case,
        line: None,
        to: ReferTo::Medical,
        on: today(),
        body: private.put("body", "县医保局"),
        what: private.put("what", "请核定医疗救助"),
        partner: None,
    };
    carry(&mut office, vec![(Command::Refer(refer), private)]);
    assert_eq!(hints(&office).1, []);
}
