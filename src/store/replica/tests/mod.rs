//! A small county to try the replica on, and histories made of arbitrary facts.

mod after;
mod answers;
mod digests;
mod discovery;
mod histories;
mod history;
mod lookup;
mod path;
mod plans;
mod sealed;
mod tiers;
mod views;

use super::{Applied, Apply, Replica, Result};
use crate::base::day::{Day, Stamp};
use crate::base::id_no::{IdNo, Sex};
use crate::base::money::Money;
use crate::domain::command::funds::ImportRow;
use crate::domain::command::kernel::NewKey;
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, Posting, Purpose, Till};
use crate::domain::grant::Line;
use crate::domain::ids::{
    CaseId, HouseholdId, ImportId, LeadId, LineId, MatterId, OfficerNo, PersonId, Text,
};
use crate::domain::nouns::{
    Applicant, Channel, Circumstance, LineKind, Need, Path, PayBy, Payee, Schemes, Severity, Stage, Status,
    Way,
};
use crate::domain::office::{Office, Role, Tier};
use crate::domain::private::{PersonDetails, Private};
use crate::domain::refusal::Refusal;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const T: u16 = 103;
pub(super) const VILLAGE: u64 = 211_321_103_201;

pub(super) fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

pub(super) fn yuan(fen: i64) -> Money {
    Money::from_fen(fen)
}

pub(super) fn id(kind: u8, number: u8) -> [u8; 16] {
    let mut id = [0; 16];
    id[0] = kind;
    id[15] = number;
    id
}

pub(super) fn person(number: u8) -> PersonId {
    PersonId(id(1, number))
}

pub(super) fn household(number: u8) -> HouseholdId {
    HouseholdId(id(2, number))
}

pub(super) fn matter(number: u8) -> MatterId {
    MatterId(id(3, number))
}

pub(super) fn case(number: u8) -> CaseId {
    CaseId(id(4, number))
}

pub(super) fn line(number: u8) -> LineId {
    LineId(id(5, number))
}

pub(super) fn lead(number: u8) -> LeadId {
    LeadId(id(6, number))
}

pub(super) fn who(no: &str) -> OfficerNo {
    OfficerNo::from(no)
}

/// An entry without its place in the log.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    pub(super) at: i64,
    pub(super) author: String,
    pub(super) zh: &'static str,
    pub(super) facts: Vec<Fact>,
    pub(super) private: Private,
    pub(super) marks: Vec<Refusal>,
}

pub(super) fn sheet(at: Stamp, author: &str, zh: &'static str, facts: Vec<Fact>) -> Sheet {
    Sheet { at: at.0, author: author.to_owned(), zh, facts, ..Sheet::default() }
}

impl Sheet {
    pub(super) fn with(mut self, private: Private) -> Self {
        self.private = private;
        self
    }

    pub(super) fn marked(mut self, marks: Vec<Refusal>) -> Self {
        self.marks = marks;
        self
    }
}

/// Applies a sheet as the next entry.
pub(super) fn put(apply: &mut Apply<'_>, sheet: &Sheet, private: bool) -> Result<()> {
    let n = apply.head()?.n + 1;
    let author = OfficerNo(sheet.author.clone());
    let mut hash = [0; 32];
    hash[..8].copy_from_slice(&n.to_be_bytes());
    apply.apply(&Applied {
        n,
        hash,
        share_ms: sheet.at,
        desk_ms: sheet.at - 1,
        desk: ([1; 8], n),
        author: &author,
        key: "k",
        carrier: &author,
        verb: "verb",
        zh: sheet.zh,
        seen: n - 1,
        facts: &sheet.facts,
        private: private.then_some(&sheet.private),
        marks: &sheet.marks,
    })
}

/// Applies sheets in one transaction.
pub(super) fn apply_all(replica: &mut Replica, sheets: &[Sheet]) {
    let mut apply = replica.begin().unwrap();
    for sheet in sheets {
        put(&mut apply, sheet, true).unwrap();
    }
    apply.commit().unwrap();
}

pub(super) fn money_line(number: u8, fen: i64, pay_by: PayBy) -> Line {
    Line {
        line: line(number),
        kind: LineKind::Money,
        amount: yuan(fen),
        goods: None,
        pay_by,
        payee: Payee::Self_,
        after: 0,
    }
}

pub(super) fn details(name: &str, id_no: &str, phone: &str, account: &str) -> PersonDetails {
    let id = IdNo::stored(id_no);
    PersonDetails {
        name: name.to_owned(),
        id_no: id_no.to_owned(),
        birth: id.as_ref().map(IdNo::birth),
        sex: id.as_ref().map_or(Some(Sex::Female), |id| Some(id.sex())),
        phone: phone.to_owned(),
        address: "2组".to_owned(),
        account: account.to_owned(),
        bank: "农商行".to_owned(),
    }
}

pub(super) fn texts(pairs: &[(&str, &str)]) -> Private {
    let mut private = Private::default();
    for (slot, text) in pairs {
        private.put(slot, text);
    }
    private
}

fn key(text: &str) -> NewKey {
    let sign = text.bytes().cycle().take(32).collect::<Vec<u8>>();
    NewKey { sign: hex::encode(sign), seal: format!("{text}x"), wrap: format!("{text}w") }
}

fn officers() -> Sheet {
    let mut facts = vec![Fact::CountyFounded { division: "211321".to_owned(), practice: true }];
    let mut private = Private::default();
    for (no, name, office, role) in [
        ("1203", "李桂芳", Office::Township(T), Role::Handler),
        ("1201", "周立新", Office::Township(T), Role::Approver),
        ("9001", "孙丽", Office::County, Role::Approver),
        ("9002", "何静", Office::County, Role::Finance),
        ("9004", "郑权", Office::County, Role::Supervisor),
        ("9900", "冯立", Office::County, Role::Administrator),
    ] {
        facts.push(Fact::OfficerEnrolled {
            officer: who(no),
            office,
            roles: BTreeSet::from([role]),
            limit: None,
        });
        let (officer, id) = (who(no), format!("id{no}"));
        facts.push(Fact::KeyGiven { officer, id, key: key(no), data: BTreeMap::new() });
        private.officers.insert(who(no), name.to_owned());
    }
    sheet(Stamp::at(day("2026-03-01"), 8, 0), "9001", "建立", facts).with(private)
}

fn people() -> Sheet {
    let mut facts = Vec::new();
    let mut private = Private::default();
    let all = [
        (1, "单文彩", "211321196804120012", "13900000000", "6228480000000000018"),
        (2, "王桂兰", "21132119751103078X", "13800001111", ""),
        (3, "王国林", "", "", ""),
    ];
    for (number, name, id_no, phone, account) in all {
        let person = person(number);
        facts.push(Fact::PersonNoted {
            person,
            resident: true,
            papers: !id_no.is_empty(),
            corrected: false,
            reason: None,
        });
        private.people.insert(person, details(name, id_no, phone, account));
    }
    let since = day("2020-01-01");
    facts.push(Fact::HouseholdFormed { household: household(1), township: T, village: VILLAGE, since });
    for (number, relation) in [(1, "02"), (2, "10")] {
        let relation = relation.to_owned();
        facts.push(Fact::MemberJoined { household: household(1), person: person(number), relation, since });
    }
    facts.push(Fact::HouseholdCounted {
        household: household(1),
        status: Status::RuralAllowance,
        size: 2,
        since,
    });
    sheet(Stamp::at(day("2026-03-01"), 9, 0), "1203", "登记人员", facts).with(private)
}

pub(super) fn imported(hash: &str, number: u8, on: &str, fen: i64) -> ImportRow {
    ImportRow {
        hash: hash.to_owned(),
        person: person(number),
        township: T,
        village: Some(VILLAGE),
        on: day(on),
        amount: yuan(fen),
        circumstance: Some(Circumstance::Schooling),
        tier: Tier::Township,
        reason: Some(Text::from("r1")),
    }
}

fn earlier() -> Sheet {
    let rows = vec![
        imported(&"a1".repeat(32), 1, "2025-05-20", 40_000),
        imported(&"b2".repeat(32), 2, "2024-11-02", 50_000),
        imported(&"c3".repeat(32), 4, "2023-06-01", 30_000),
    ];
    let facts = vec![
        Fact::PersonNoted { person: person(4), resident: true, papers: true, corrected: false, reason: None },
        Fact::LedgerImported { import: ImportId(id(8, 1)), file: "f".to_owned(), part: 1, rows },
    ];
    let mut private = texts(&[("r1", "子女上学")]);
    private.people.insert(person(4), details("解玉芝", "211321200002290027", "", ""));
    sheet(Stamp::at(day("2026-03-01"), 10, 0), "1203", "导入往年台账", facts).with(private)
}

pub(super) fn allotted(on: &str, voucher: &str, fen: i64) -> Fact {
    Fact::MoneyMoved {
        why: MoveKind::Allotted,
        voucher: voucher.to_owned(),
        township: T,
        on: day(on),
        postings: vec![
            Posting { account: Account::Reserve(T, Till::Cash), amount: yuan(fen) },
            Posting { account: Account::County, amount: yuan(-fen) },
        ],
        purpose: Purpose::Assistance,
        case: None,
        line: None,
        text: None,
    }
}

pub(super) fn paid_out(number: u8, of: u8, on: &str, voucher: &str, fen: i64, owed: i64) -> Fact {
    Fact::MoneyMoved {
        why: MoveKind::Paid,
        voucher: voucher.to_owned(),
        township: T,
        on: day(on),
        postings: vec![
            Posting { account: Account::Reserve(T, Till::Cash), amount: yuan(owed - fen) },
            Posting { account: Account::Outlay(T, case(number)), amount: yuan(-owed) },
            Posting { account: Account::Spent(T), amount: yuan(fen) },
        ],
        purpose: Purpose::Assistance,
        case: Some(case(number)),
        line: Some(line(of)),
        text: None,
    }
}

pub(super) fn opened(number: u8, of: u8, on: &str) -> Fact {
    Fact::CaseOpened {
        case: case(number),
        number: format!("26-103-{number:04}"),
        matter: matter(number),
        person: person(of),
        household: (of < 3).then(|| household(1)),
        applicant: Applicant::Household,
        helped: 2,
        township: T,
        village: VILLAGE,
        circumstance: Circumstance::Illness,
        severity: Severity::Serious,
        path: Path::Emergency,
        need: Need::Urgent,
        schemes: Schemes::NotYet,
        by_meeting: false,
        handler: who("1203"),
        accepted: day(on),
        pack: "CY-2021-15".to_owned(),
        lead: None,
        blank: None,
        reason: Some(Text::from("reason")),
    }
}

pub(super) fn matter_opened(number: u8, people: &[u8]) -> Fact {
    Fact::MatterOpened {
        matter: matter(number),
        number: format!("S26-103-{number:03}"),
        township: T,
        circumstance: Circumstance::Illness,
        on: day("2026-03-01"),
        place: Some(VILLAGE),
        shared: false,
        people: people.iter().map(|number| person(*number)).collect(),
    }
}

pub(super) fn staged(number: u8, stage: Stage, tier: Option<Tier>, text: Option<&str>) -> Fact {
    Fact::StageSet { case: case(number), stage, tier, due: None, text: text.map(Text::from) }
}

pub(super) fn granted(number: u8, lines: Vec<Line>, people: &[u8], on: &str, way: Way) -> Fact {
    Fact::GrantSet {
        case: case(number),
        lines,
        people: people.iter().map(|number| person(*number)).collect(),
        on: day(on),
        tier: Tier::Township,
        way,
        provisional: false,
        by: who("1201"),
    }
}

pub(super) fn line_paid(number: u8, of: u8, fen: i64) -> Fact {
    Fact::LinePaid {
        case: case(number),
        line: line(of),
        amount: yuan(fen),
        pay_by: PayBy::Cash,
        at: Stamp::at(day("2026-03-02"), 10, 0),
        by: who("1203"),
        receipt: Some(Text::from("recipient")),
        witness: Some(Text::from("witness")),
        cash_reason: None,
        payer: None,
    }
}

fn heard() -> Fact {
    let at = Stamp::at(day("2026-03-02"), 9, 10);
    Fact::LeadRegistered {
        lead: lead(1),
        number: "X26-103-004".to_owned(),
        channel: Channel::Hotline,
        township: T,
        village: Some(VILLAGE),
        circumstance: Circumstance::Illness,
        severity: Severity::Severe,
        at,
        due_visit: at.plus_hours(2),
        due_money: at.plus_hours(24),
        person: Some(person(1)),
        said: Some(Text::from("said")),
        discoverer: None,
    }
}

/// Two cases: one paid first with papers open and an outlay, one submitted.
fn living() -> Vec<Sheet> {
    use crate::domain::code::Code;
    use crate::domain::nouns::ItemKind;
    let at = |h, m| Stamp::at(day("2026-03-02"), h, m);
    let due = |item, noted| Fact::ItemDue {
        case: case(1),
        item,
        due: day("2026-03-16"),
        handler: who("1203"),
        noted,
    };
    vec![
        sheet(at(8, 0), "9002", "拨入备用金", vec![allotted("2026-03-02", "B03-01", 30_000)]),
        sheet(at(9, 10), "1203", "登记线索", vec![heard()]).with(texts(&[("said", "心梗")])),
        sheet(
            at(9, 30),
            "1203",
            "受理",
            vec![
                matter_opened(1, &[1, 2]),
                opened(1, 1, "2026-03-02"),
                Fact::LinesAsked { case: case(1), lines: vec![money_line(1, 45_000, PayBy::Cash)] },
                staged(1, Stage::Open, None, None),
            ],
        )
        .with(texts(&[("reason", "突发心梗，家中无现金")])),
        sheet(
            at(10, 0),
            "1203",
            "直接救助",
            vec![
                granted(1, vec![money_line(1, 45_000, PayBy::Cash)], &[1, 2], "2026-03-02", Way::Direct),
                line_paid(1, 1, 45_000),
                paid_out(1, 1, "2026-03-02", "B03-02", 45_000, 15_000),
                due(ItemKind::Amount, true),
                due(ItemKind::Seal, false),
                staged(1, Stage::AwaitingRatification, None, None),
                Fact::ExceptionNoted { case: case(1), code: Code::FundShort },
                Fact::RatificationDue { case: case(1), due: day("2026-03-05") },
                Fact::Overridden {
                    code: Code::Severity,
                    case: Some(case(1)),
                    reason: Some(Text::from("override")),
                },
            ],
        )
        .with(texts(&[("recipient", "单文彩"), ("witness", "王五"), ("override", "家中无人")])),
        sheet(
            at(11, 0),
            "1203",
            "受理",
            vec![
                matter_opened(2, &[3]),
                opened(2, 3, "2026-03-02"),
                Fact::LinesAsked { case: case(2), lines: vec![money_line(2, 20_000, PayBy::Bank)] },
            ],
        ),
        sheet(
            at(11, 30),
            "1203",
            "报批",
            vec![staged(2, Stage::Submitted, Some(Tier::Township), Some("note"))],
        )
        .with(texts(&[("note", "情况属实")])),
    ]
}

/// The small county's entries.
pub(super) fn county() -> Vec<Sheet> {
    let mut all = vec![officers(), people(), earlier()];
    all.extend(living());
    all
}

/// A replica of the small county on disk.
pub(super) fn county_replica() -> (tempfile::TempDir, Replica) {
    let folder = tempfile::tempdir().unwrap();
    let mut replica = Replica::open(&folder.path().join("replica.db")).unwrap();
    apply_all(&mut replica, &county());
    (folder, replica)
}

/// Names of columns by table, for looking at what stands where.
pub(super) fn search_keys(replica: &Replica) -> BTreeMap<(i64, String), u32> {
    let mut statement =
        replica.db.prepare("SELECT kind, key, count(*) FROM search_key GROUP BY kind, key").unwrap();
    statement
        .query_map([], |row| Ok(((row.get(0)?, row.get(1)?), row.get(2)?)))
        .unwrap()
        .map(|row| row.unwrap())
        .collect()
}
