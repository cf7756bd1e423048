//! F2 家庭成员表: the members of the household with what was told of each. What nobody told is a place to write.

use super::f1_path::said;
use super::parts::yes_no;
use super::path::File;
use crate::base::codes;
use crate::base::day::Day;
use crate::base::id_no::Sex;
use crate::base::money::Money;
use crate::domain::ids::PersonId;
use crate::domain::nouns::Applicant;
use crate::domain::private::PersonDetails;
use crate::forms::tables::path::members::{self, PARTS};
use crate::store::export::paper::{Align, Block, PaperColumn};
use std::collections::BTreeMap;

const COLUMNS: [(&str, u16); 13] = [
    ("姓名", 3),
    ("性别", 1),
    ("身份证号", 7),
    ("与户主关系", 2),
    ("婚姻", 2),
    ("民族", 2),
    ("健康患病/残疾", 4),
    ("劳动能力", 2),
    ("从业就学/工作单位", 4),
    ("年收入", 2),
    ("共同生活", 2),
    ("救助对象", 2),
    ("备注", 3),
];

/// What the application says of the applicant himself, by slot, as the same part of a member.
const OF_APPLICANT: [(&str, &str); 7] = [
    ("marriage", "marriage"),
    ("nation", "nation"),
    ("health", "health"),
    ("disability", "disability"),
    ("labour", "labour"),
    ("occupation", "occupation"),
    ("employer", "employer"),
];

/// What was told of a member, by the key of its part.
pub(super) type Told<'a> = BTreeMap<&'static str, &'a str>;

/// What was told of somebody: with the case, then in 困难详情. Records that were merged later are known by the name.
pub(super) fn told_of<'a>(file: &File<'a>, person: PersonId, name: &str) -> Told<'a> {
    let own = file.card.case.person == person;
    let mut all = Told::new();
    if own {
        all.extend(OF_APPLICANT.iter().map(|(slot, key)| (*key, said(file, slot))));
    }
    for kind in ["joined-", "member-"] {
        let by_id = said(file, &format!("{kind}{person}"));
        let text = if by_id.is_empty() { named(file, kind, name) } else { by_id };
        all.extend(members::read(text).1);
    }
    all.retain(|_, text| !text.is_empty());
    all
}

fn named<'a>(file: &File<'a>, kind: &str, name: &str) -> &'a str {
    let texts = file.card.opening.told.iter().filter(|(slot, _)| slot.0.starts_with(kind));
    let mut texts = texts.map(|(_, text)| text.as_str());
    texts.find(|text| !name.is_empty() && members::read(text).0 == name).unwrap_or_default()
}

/// The table. The applicant stands first; empty rows are left for members whom the record does not know.
pub(super) fn table(file: &File<'_>) -> Block {
    let (card, people) = (file.card, &file.printing.people);
    let whole = card.case.applicant == Applicant::Household;
    let mut rows = Vec::new();
    if let Some(family) = &card.family {
        let who = &family.who;
        let known = people.get(&who.person);
        let member = Member {
            name: &who.name,
            sex: who.sex,
            id_no: &family.id_no,
            relation: "申请人",
            known,
            told: told_of(file, who.person, &who.name),
            helped: true,
        };
        rows.push(member.row());
        for one in &family.members {
            let known = people.get(&one.person);
            let member = Member {
                name: &one.name,
                sex: one.sex,
                id_no: known.map(|known| known.id_no.as_str()).unwrap_or_default(),
                relation: codes::name_of(codes::relation(), &one.relation).unwrap_or_default(),
                known,
                told: told_of(file, one.person, &one.name),
                helped: whole,
            };
            rows.push(member.row());
        }
    }
    let size = card.family.as_ref().map_or(0, |family| usize::from(family.who.household_size));
    let wanted = size.saturating_sub(rows.len()).clamp(usize::from(rows.len() < 4), 12);
    rows.extend(std::iter::repeat_n(vec![String::new(); COLUMNS.len()], wanted));
    let column = |(name, share): &(&str, u16)| PaperColumn::new(name, *share).aligned(Align::Center);
    Block::Table { columns: COLUMNS.iter().map(column).collect(), rows, total: Vec::new() }
}

struct Member<'a> {
    name: &'a str,
    sex: Option<Sex>,
    id_no: &'a str,
    relation: &'a str,
    known: Option<&'a PersonDetails>,
    told: Told<'a>,
    helped: bool,
}

impl Member<'_> {
    fn told(&self, key: &str) -> &str {
        debug_assert!(PARTS.iter().any(|(known, _)| *known == key), "{key}");
        self.told.get(key).copied().unwrap_or_default()
    }

    fn both(&self, first: &str, second: &str) -> String {
        let all = [self.told(first), self.told(second)];
        all.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" ")
    }

    /// Everyone in the household on record lives in it unless it was said that he does not; without an id number the birth
    /// stands with the remarks.
    fn row(&self) -> Vec<String> {
        let birth = if self.id_no.is_empty() { self.known.and_then(|known| known.birth) } else { None };
        let birth = birth.map(Day::long_zh).unwrap_or_default();
        let remark = [birth.as_str(), self.told("condition")];
        let remark: Vec<&str> = remark.into_iter().filter(|text| !text.is_empty()).collect();
        let income = self.told("income");
        vec![
            self.name.to_owned(),
            self.sex.map(|sex| sex.zh()).unwrap_or_default().to_owned(),
            self.id_no.to_owned(),
            self.relation.to_owned(),
            self.told("marriage").to_owned(),
            self.told("nation").to_owned(),
            self.both("health", "disability"),
            self.told("labour").to_owned(),
            self.both("occupation", "employer"),
            Money::parse(income).map_or_else(|_| income.to_owned(), Money::grouped),
            yes_no(self.told("together") != "否").to_owned(),
            yes_no(self.helped && self.told("benefits") != "否").to_owned(),
            remark.join(" "),
        ]
    }
}
