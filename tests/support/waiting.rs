//! Cases that wait (待批件) in a story: a township's handler registered them and submitted them to the county, each by the
//! same signed commands as on his screen, in the practice office of a data folder.

use super::terminal::Failure;
use jiuji::base::day::Day;
use jiuji::base::money::Money;
use jiuji::base::sex::Sex;
use jiuji::domain::command::Command;
use jiuji::domain::command::approval::Submit;
use jiuji::domain::command::intake::{NotePerson, OpenCase, OpenMatter};
use jiuji::domain::grant::Line;
use jiuji::domain::ids::{CaseId, LineId, MatterId, PersonId};
use jiuji::domain::nouns::{
    Applicant, Circumstance, LineKind, Need, Path as Way, PayBy, Payee, Schemes, Severity,
};
use jiuji::domain::office::Tier;
use jiuji::domain::private::{PersonDetails, Private};
use jiuji::office::compose::Draft;
use jiuji::office::outcome::Outcome;
use jiuji::office::place::{Place, later_clock};
use jiuji::office::{order, practice, random};
use jiuji::store::fault::Fault;
use std::collections::BTreeSet;
use std::path::Path;

const TOWNSHIP: u16 = 102;
const VILLAGE: u64 = 211_321_102_200;
/// As many groups a turn carries at once here.
const AT_ONCE: usize = 20;

/// `DATA OFFICER COUNT`: so many cases of the officer.
pub fn cases(data: &Path, rest: &str) -> Result<(), Failure> {
    let (officer, count) = rest.split_once(' ').unwrap_or((rest, ""));
    let count: u32 = count.trim().parse().map_err(|_| Failure("how many cases?".to_owned()))?;
    written(data, officer, count).map_err(|fault| Failure(format!("cases that wait: {fault}")))
}

fn written(data: &Path, officer: &str, count: u32) -> Result<(), Fault> {
    let place = Place { data: data.to_owned(), config: data.join("workstation.toml") };
    let now = later_clock(practice::later(&practice::desk_folder(&place)))();
    let mut opened = practice::open(&place, now, false)?;
    let session = opened.sign_in(officer)?;
    let numbers: Vec<u32> = (1..=count).collect();
    for part in numbers.chunks(AT_ONCE) {
        let mut seen = opened.desk.replica().reader()?.head()?.n;
        let mut groups = Vec::new();
        for number in part {
            let mut group = Vec::new();
            for (command, private) in drafts(*number, now.day())? {
                group.push(order::sign(&session, opened.county, seen, &command, private)?);
                seen += 1;
            }
            groups.push(group);
        }
        for outcome in opened.desk.carry(&groups) {
            match outcome {
                Outcome::Done(_) => {}
                other => return Err(Fault::bug(format!("a case does not wait: {other:?}"))),
            }
        }
    }
    Ok(())
}

/// One person's case from the first word to the county.
fn drafts(number: u32, today: Day) -> Result<Vec<Draft>, Fault> {
    let (person, matter) = (PersonId(random::bytes()?), MatterId(random::bytes()?));
    let (case, line) = (CaseId(random::bytes()?), LineId(random::bytes()?));
    let mut who = Private::default();
    let without_papers = who.put("no-papers", "身份证在火灾中烧毁，正在补办");
    let details = PersonDetails {
        name: format!("佟{}{}", DIGITS[number as usize / 10 % 10], DIGITS[number as usize % 10]),
        birth: Day::new(1950 + (number % 40) as i32, 1 + number % 12, 1 + number % 28),
        sex: Some(if number.is_multiple_of(2) { Sex::Female } else { Sex::Male }),
        ..PersonDetails::default()
    };
    who.people.insert(person, details);
    let note = NotePerson { person, resident: true, without_papers, died: None, reason: None };
    let happened = OpenMatter {
        matter,
        township: TOWNSHIP,
        circumstance: Circumstance::Accident,
        on: today,
        place: Some(VILLAGE),
        shared: false,
        people: vec![person],
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    let money = Line {
        line,
        kind: LineKind::Money,
        amount: Money::from_fen(60_000 + 1_000 * i64::from(number)),
        goods: None,
        pay_by: PayBy::Bank,
        payee: Payee::Self_,
        after: 0,
    };
    let mut words = Private::default();
    let reason = words.put("reason", "夜间失火，房屋和衣被烧毁");
    let open = OpenCase {
        case,
        lead: None,
        matter,
        person,
        household: None,
        applicant: Applicant::Individual,
        helped: 1,
        township: TOWNSHIP,
        village: VILLAGE,
        circumstance: Circumstance::Accident,
        severity: Severity::Serious,
        path: Way::Emergency,
        need: Need::Sudden,
        schemes: Schemes::NotYet,
        lines: vec![money],
        by_meeting: false,
        reason,
        blank: None,
        paid_before: false,
        handler: None,
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    let mut said = Private::default();
    let note_up = said.put("note", "情况属实，拟同意，请审批");
    let submit = Submit {
        case,
        lines: None,
        to: Tier::County,
        note: note_up,
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    Ok(vec![
        (Command::NotePerson(note), who),
        (Command::OpenMatter(happened), Private::default()),
        (Command::OpenCase(open), words),
        (Command::Submit(submit), said),
    ])
}

const DIGITS: [&str; 10] = ["令", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
