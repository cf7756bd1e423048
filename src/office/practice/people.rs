//! The people of the sample data: as commands that register them, and as a list to take households for stories from.

use crate::base::day::Day;
use crate::base::id_no::IdNo;
use crate::domain::command::Command;
use crate::domain::command::intake::{ChangeHousehold, FormHousehold, NewMember, NotePerson};
use crate::domain::ids::{HouseholdId, PersonId};
use crate::domain::nouns::Status;
use crate::domain::private::{PersonDetails, Private};
use crate::office::compose::Draft;
use crate::office::random;
use crate::store::fault::Fault;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

const TEXT: &str = include_str!("../../../sample-data/households.csv");

#[derive(Deserialize)]
struct Row {
    person: String,
    household: String,
    relation: String,
    name: String,
    id_no: String,
    village: u64,
    phone: String,
    status: String,
    since: Day,
    until: Option<Day>,
    registered: String,
    account: String,
    note: String,
}

/// A household as stories take it.
#[derive(Clone, Debug)]
pub(super) struct Home {
    /// The household.
    pub(super) id: HouseholdId,
    /// The head.
    pub(super) head: PersonId,
    /// The head's name.
    pub(super) name: String,
    /// The head's details, for corrections.
    pub(super) details: PersonDetails,
    /// Whether the head is registered in this county.
    pub(super) resident: bool,
    /// The township.
    pub(super) township: u16,
    /// The village.
    pub(super) village: u64,
    /// How many live in it now.
    pub(super) size: u16,
    /// Its members now.
    pub(super) members: Vec<PersonId>,
    /// Their names, in the same order.
    pub(super) names: Vec<String>,
    /// When each of them was born, in the same order, where papers tell.
    pub(super) births: Vec<Option<Day>>,
    /// Its status.
    pub(super) status: Status,
}

impl Home {
    /// Whether a member is under age on a day.
    pub(super) fn is_minor(&self, at: usize, on: Day) -> bool {
        self.age(at, on).is_some_and(|age| age < 18)
    }

    /// The years of a member on a day.
    fn age(&self, at: usize, on: Day) -> Option<i32> {
        let born = self.births.get(at).copied().flatten()?;
        let before = (on.month(), on.day_of_month()) < (born.month(), born.day_of_month());
        Some(on.year() - born.year() - i32::from(before))
    }

    /// Who of them goes to school, of an age from one up to another, that itself not counted, with his years.
    pub(super) fn pupil(&self, on: Day, ages: std::ops::Range<i32>) -> Option<(PersonId, i32)> {
        let aged = |at| Some((self.members.get(at).copied()?, self.age(at, on)?));
        (0..self.members.len()).filter_map(aged).find(|(_, age)| ages.contains(age))
    }

    /// Whether its status lets a child's schooling be helped.
    pub(super) fn is_poor(&self) -> bool {
        !matches!(self.status, Status::Unlisted | Status::Honoured)
    }
}

/// The people of practice.
pub(super) struct People {
    rows: Vec<Row>,
    persons: BTreeMap<String, PersonId>,
    households: BTreeMap<String, HouseholdId>,
}

impl People {
    /// Reads the embedded table and draws ids.
    ///
    /// # Errors
    /// The table cannot be read: a mistake of the program, which a test holds; no random source.
    pub(super) fn read() -> Result<People, Fault> {
        let mut reader = csv::Reader::from_reader(TEXT.as_bytes());
        let rows: Vec<Row> = reader
            .deserialize()
            .collect::<Result<_, csv::Error>>()
            .map_err(|error| Fault::bug(format!("练习家庭表读不懂：{error}")))?;
        let mut people = People { rows, persons: BTreeMap::new(), households: BTreeMap::new() };
        for row in &people.rows {
            if !people.persons.contains_key(&row.person) {
                people.persons.insert(row.person.clone(), PersonId(random::bytes()?));
            }
            if !people.households.contains_key(&row.household) {
                people.households.insert(row.household.clone(), HouseholdId(random::bytes()?));
            }
        }
        Ok(people)
    }

    fn person(&self, row: &Row) -> PersonId {
        self.persons.get(&row.person).copied().unwrap_or(PersonId([0; 16]))
    }

    fn household(&self, row: &Row) -> HouseholdId {
        self.households.get(&row.household).copied().unwrap_or(HouseholdId([0; 16]))
    }

    /// What registers the people and households of a township, each command for itself, in the order of days.
    pub(super) fn drafts(&self, township: u16, today: Day) -> Vec<Draft> {
        let rows: Vec<&Row> = self.rows.iter().filter(|row| township_of(row) == township).collect();
        let mut noted = BTreeSet::new();
        let mut drafts: Vec<Draft> =
            rows.iter().filter(|row| noted.insert(&row.person)).map(|row| self.note(row, today)).collect();
        let mut formed = BTreeSet::new();
        let mut days: BTreeMap<(Day, &str), Vec<&Row>> = BTreeMap::new();
        for row in &rows {
            days.entry((row.since.min(today), &row.household)).or_default().push(row);
        }
        for ((since, _), members) in days {
            let Some(first) = members.first() else { continue };
            let join: Vec<NewMember> = members
                .iter()
                .map(|row| NewMember { person: self.person(row), relation: row.relation.clone() })
                .collect();
            let command = if formed.insert(self.household(first)) {
                Command::FormHousehold(FormHousehold {
                    household: self.household(first),
                    township,
                    village: first.village,
                    status: Status::from_zh(&first.status).unwrap_or(Status::Unlisted),
                    since,
                    size: u16::try_from(join.len()).unwrap_or(u16::MAX),
                    members: join,
                })
            } else {
                self.change(first, since, join, Vec::new())
            };
            drafts.push((command, Private::default()));
        }
        for row in rows.iter().filter(|row| self.leaves_for_good(row)) {
            let until = row.until.unwrap_or(today).min(today);
            let command = self.change(row, until, Vec::new(), vec![self.person(row)]);
            drafts.push((command, Private::default()));
        }
        drafts
    }

    fn change(&self, row: &Row, since: Day, join: Vec<NewMember>, leave: Vec<PersonId>) -> Command {
        Command::ChangeHousehold(ChangeHousehold {
            household: self.household(row),
            since,
            join,
            leave,
            status: None,
            size: None,
        })
    }

    /// Whoever joins another household leaves the one before by that; who joins none has to be let go.
    fn leaves_for_good(&self, row: &Row) -> bool {
        row.until.is_some()
            && !self.rows.iter().any(|later| later.person == row.person && later.since > row.since)
    }

    fn note(&self, row: &Row, today: Day) -> Draft {
        let person = self.person(row);
        let mut private = Private::default();
        private.people.insert(person, details(row, today));
        let without_papers = if row.id_no.is_empty() { private.put("no-papers", &row.note) } else { None };
        let note =
            NotePerson { person, resident: is_resident(row), without_papers, died: None, reason: None };
        (Command::NotePerson(note), private)
    }

    /// The households of a township whose head has papers, telephone and account, in the order of the table.
    pub(super) fn homes(&self, township: u16, today: Day) -> Vec<Home> {
        let now = |row: &&Row| row.until.is_none_or(|until| until > today);
        let heads = self.rows.iter().filter(|row| {
            township_of(row) == township && row.relation == "02" && now(row) && !row.id_no.is_empty()
        });
        heads
            .map(|head| {
                let rows = || self.rows.iter().filter(|row| row.household == head.household && now(row));
                let members: Vec<PersonId> = rows().map(|row| self.person(row)).collect();
                Home {
                    id: self.household(head),
                    head: self.person(head),
                    name: head.name.clone(),
                    details: details(head, today),
                    resident: is_resident(head),
                    township,
                    village: head.village,
                    size: u16::try_from(members.len()).unwrap_or(u16::MAX),
                    members,
                    names: rows().map(|row| row.name.clone()).collect(),
                    births: rows().map(|row| details(row, today).birth).collect(),
                    status: Status::from_zh(&head.status).unwrap_or(Status::Unlisted),
                }
            })
            .collect()
    }
}

fn township_of(row: &Row) -> u16 {
    crate::base::division::village(row.village).map_or(0, |village| village.township)
}

fn is_resident(row: &Row) -> bool {
    row.registered.is_empty() || row.registered == crate::base::division::COUNTY
}

fn details(row: &Row, today: Day) -> PersonDetails {
    let id = IdNo::parse(&row.id_no, today).ok();
    PersonDetails {
        name: row.name.clone(),
        id_no: row.id_no.clone(),
        birth: id.as_ref().map(IdNo::birth),
        sex: id.as_ref().map(IdNo::sex),
        phone: row.phone.clone(),
        account: row.account.clone(),
        bank: if row.account.is_empty() { String::new() } else { "练习银行".to_owned() },
        ..PersonDetails::default()
    }
}
