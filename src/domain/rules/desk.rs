//! A desk for the tables of cases: township 102 and the farm 400 with a household, a matter and officers; everything is
//! built through facts and commands, as the log would.
#![allow(missing_docs)]

use crate::base::day::{Day, Stamp};
use crate::base::id_no::Sex;
use crate::base::money::Money;
use crate::domain::answers::Answers;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::approval::*;
use crate::domain::command::emergency::*;
use crate::domain::command::funds::*;
use crate::domain::command::intake::*;
use crate::domain::command::kernel::{IssueCodes, NewKey};
use crate::domain::command::papers::*;
use crate::domain::decide::{Ctx, Decision};
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, Posting, Purpose, Till};
use crate::domain::grant::{Goods, Line};
use crate::domain::ids::*;
use crate::domain::memory::Memory;
use crate::domain::nouns::*;
use crate::domain::office::{Office, Role, Tier};
use crate::domain::pack::{CY_2021_15, Pack};
use crate::domain::powers::Standing;
use crate::domain::private::{PersonDetails, Private};
use crate::domain::refusal::Refusal;
use crate::domain::spoken_code;
use std::collections::{BTreeMap, BTreeSet};

pub(super) const P: [PersonId; 4] =
    [PersonId([1; 16]), PersonId([2; 16]), PersonId([3; 16]), PersonId([4; 16])];
pub(super) const CASE: CaseId = CaseId([0xca; 16]);
pub(super) const OTHER_CASE: CaseId = CaseId([0xcb; 16]);
const HOUSE: HouseholdId = HouseholdId([0x40; 16]);
const MATTER: MatterId = MatterId([0x3a; 16]);
const VILLAGE: u64 = 211_321_102_201;

pub(super) fn line_id(id: u8) -> LineId {
    LineId([id; 16])
}

pub(super) fn lead_id() -> LeadId {
    LeadId([0x1e; 16])
}

pub(super) fn money_line(id: u8, fen: i64) -> Line {
    Line {
        line: line_id(id),
        kind: LineKind::Money,
        amount: Money::from_fen(fen),
        goods: None,
        pay_by: PayBy::Cash,
        payee: Payee::Self_,
        after: 0,
    }
}

pub(super) fn goods_line(id: u8, quantity_milli: i64, price: i64, fen: i64) -> Line {
    let goods =
        Goods { item: "大米".into(), unit: "袋".into(), quantity_milli, price: Money::from_fen(price) };
    Line { kind: LineKind::Goods, goods: Some(goods), ..money_line(id, fen) }
}

pub(super) fn key_of(name: &str) -> NewKey {
    use sha2::{Digest, Sha256};
    let sign = hex::encode(Sha256::digest(name));
    NewKey { seal: sign.clone(), sign, wrap: String::new() }
}

fn text(slot: &str) -> Option<Text> {
    Some(Text::from(slot))
}

#[derive(Clone)]
pub(super) struct Desk {
    pub memory: Memory,
    pub now: Stamp,
    township: u16,
    n: u64,
    pack: Pack,
}

pub(super) struct Ask<'a> {
    desk: &'a Desk,
    who: OfficerNo,
    pub key: &'a str,
    pub seen: u64,
    pub desk_off: i64,
    pub private: Option<&'a Private>,
}

impl Ask<'_> {
    pub(super) fn with<T>(&self, look: impl FnOnce(&Ctx<'_>) -> T) -> T {
        self.with_author(self.desk.memory.officer(&self.who).unwrap(), look)
    }

    fn with_author<T>(&self, author: crate::domain::office::Officer, look: impl FnOnce(&Ctx<'_>) -> T) -> T {
        let own = key_of(&self.who.0).id().unwrap();
        look(&Ctx {
            answers: &self.desk.memory,
            author: &author,
            key: if self.key.is_empty() { &own } else { self.key },
            now: self.desk.now,
            desk_now: self.desk.now.plus_minutes(self.desk_off),
            seen: self.seen,
            pack: &self.desk.pack,
            private: self.private,
        })
    }

    pub(super) fn decide(&self, command: Command) -> Result<Decision, Vec<Refusal>> {
        let officer = self.desk.memory.officer(&self.who).unwrap();
        let memory = &self.desk.memory;
        let author = crate::domain::delegation::acting(memory, officer, self.desk.now.day(), &command);
        let decided = self.with_author(author, |cx| crate::domain::rules::decide(cx, &command));
        for decision in decided.iter() {
            self.takes_effect(&decision.facts);
        }
        decided
    }

    /// What the rules let through must never be without effect: kernel and rules would speak of two offices.
    fn takes_effect(&self, facts: &[Fact]) {
        let (n, mut memory) = (self.desk.n + 1, self.desk.memory.clone());
        let own = crate::domain::powers::Seats::living_key(&memory, &self.who).unwrap_or_default();
        let key = if self.key.is_empty() { &own } else { self.key };
        let standing = Standing::of(&self.who, key, &memory);
        for fact in facts {
            assert!(fact.takes_effect(n, &self.who, standing, &memory), "{} {fact:?}", self.who);
            memory.apply(n, &self.who, self.desk.now, std::slice::from_ref(fact), None);
        }
    }

    pub(super) fn codes(&self, command: Command) -> Vec<Code> {
        match self.decide(command) {
            Ok(_) => Vec::new(),
            Err(refusals) => refusals.into_iter().map(|refusal| refusal.code).collect(),
        }
    }
}

impl Desk {
    pub(super) fn new() -> Desk {
        Desk::at(102)
    }

    fn at(township: u16) -> Desk {
        let now = Stamp::at(Day::new(2026, 3, 2).unwrap(), 9, 10);
        let pack = Pack::read(CY_2021_15).unwrap();
        let mut desk = Desk { memory: Memory::new(), now, township, n: 0, pack };
        let mut facts = vec![
            Fact::CountyFounded { division: "211321".into(), practice: true },
            Fact::PackAdopted { id: "CY-2021-15".into(), toml: CY_2021_15.into() },
        ];
        let (own, other) = (Office::Township(township), Office::Township(103));
        for (no, office, roles) in [
            ("1001", own, vec![Role::Handler]),
            ("1002", own, vec![Role::Approver]),
            ("1003", own, vec![Role::Handler]),
            ("2001", other, vec![Role::Handler]),
            ("9001", Office::County, vec![Role::Handler]),
            ("9002", Office::County, vec![Role::Approver]),
            ("9003", Office::County, vec![Role::Finance]),
            ("9004", Office::County, vec![Role::Supervisor]),
            ("9009", Office::County, vec![Role::Administrator]),
        ] {
            let officer = OfficerNo::from(no);
            let key = key_of(no);
            let id = key.id().unwrap();
            let roles = roles.into_iter().collect();
            facts.push(Fact::OfficerEnrolled { officer: officer.clone(), office, roles, limit: None });
            facts.push(Fact::KeyGiven { officer, id, key, data: BTreeMap::new() });
        }
        for person in P {
            facts.push(Fact::PersonNoted {
                person,
                resident: true,
                papers: true,
                corrected: false,
                reason: None,
            });
        }
        let since = Day::new(2020, 1, 1).unwrap();
        facts.push(Fact::HouseholdFormed { household: HOUSE, township, village: VILLAGE, since });
        for person in [P[0], P[1]] {
            facts.push(Fact::MemberJoined { household: HOUSE, person, relation: "02".into(), since });
        }
        desk.apply(facts);
        desk.status(Status::Unlisted);
        desk.fill(Till::Cash, 200_000);
        desk.fill(Till::Bank, 200_000);
        desk.open_matter_on(MATTER, Day::new(2026, 2, 10).unwrap());
        let details = PersonDetails {
            name: "赵建国".into(),
            id_no: "211321196804120012".into(),
            ..PersonDetails::default()
        };
        let private = Private { people: [(P[0], details)].into(), ..Private::default() };
        desk.memory.apply(desk.n, &"9009".into(), now, &[], Some(&private));
        desk
    }

    pub(super) fn apply(&mut self, facts: Vec<Fact>) {
        self.apply_by("9009", facts);
    }

    /// The same, from an officer whose word the facts need.
    pub(super) fn apply_by(&mut self, author: &str, facts: Vec<Fact>) {
        self.n += 1;
        self.memory.apply(self.n, &author.into(), self.now, &facts, None);
    }

    /// 登记账户 of the applicant himself, a card that nobody else has.
    pub(super) fn account(&mut self, id: u8) {
        self.account_of(id, Payee::Self_);
    }

    /// The same of whoever else takes the money.
    pub(super) fn account_of(&mut self, id: u8, payee: Payee) {
        self.apply(vec![Fact::AccountNoted {
            account: AccountId([id; 16]),
            case: CASE,
            payee,
            owner: None,
            kind: AccountKind::Card,
            mark: hex::encode([id; 16]),
            number: "account".into(),
            holder: "holder".into(),
            bank: None,
            letter: None,
            relation: None,
        }]);
    }

    /// The bank sent money back from an account.
    pub(super) fn returned(&mut self, account: u8, reason: ReturnReason) {
        let (batch, account) = (BatchId([0xb1; 16]), AccountId([account; 16]));
        self.apply(vec![Fact::LineReturned { batch, case: CASE, line: line_id(1), account, reason }]);
    }

    fn open_matter_on(&mut self, matter: MatterId, on: Day) {
        let township = self.township;
        self.apply(vec![Fact::MatterOpened {
            matter,
            number: format!("S26-{township}-001"),
            township,
            circumstance: Circumstance::Accident,
            on,
            place: None,
            shared: false,
            people: vec![P[0]],
        }]);
    }

    pub(super) fn share_the_matter(&mut self) {
        let township = self.township;
        self.apply(vec![Fact::MatterOpened {
            matter: MATTER,
            number: format!("S26-{township}-001"),
            township,
            circumstance: Circumstance::Accident,
            on: self.now.day().plus(-20),
            place: None,
            shared: true,
            people: vec![],
        }]);
    }

    fn fill(&mut self, till: Till, fen: i64) {
        let amount = Money::from_fen(fen);
        let fed = Fact::MoneyMoved {
            why: MoveKind::Allotted,
            voucher: "B03-01".into(),
            township: self.township,
            on: self.now.day(),
            postings: vec![
                Posting { account: Account::County, amount: -amount },
                Posting { account: Account::Reserve(self.township, till), amount },
            ],
            purpose: Purpose::Assistance,
            case: None,
            line: None,
            text: None,
        };
        self.n += 1;
        self.memory.apply(self.n, &"9003".into(), self.now, &[fed], None);
    }

    pub(super) fn drain_to(&mut self, fen: i64) {
        self.fill(Till::Cash, fen - 200_000);
    }

    pub(super) fn ask(&self, who: &str) -> Ask<'_> {
        Ask { desk: self, who: who.into(), key: "", seen: self.n, desk_off: 0, private: None }
    }

    pub(super) fn run(&mut self, who: &str, command: Command) {
        let verb = command.verb();
        match self.ask(who).decide(command) {
            Ok(decision) => {
                self.n += 1;
                self.memory.apply(self.n, &who.into(), self.now, &decision.facts, None);
            }
            Err(refusals) => panic!("{verb}: {refusals:?}"),
        }
    }

    pub(super) fn later(&mut self, days: i64) {
        self.now = self.now.plus_hours(24 * days);
    }

    pub(super) fn handler(&self) -> &'static str {
        "1001"
    }

    pub(super) fn household(&self) -> HouseholdId {
        HOUSE
    }

    pub(super) fn status(&mut self, status: Status) {
        let since = self.now.day();
        self.apply(vec![Fact::HouseholdCounted { household: HOUSE, status, size: 2, since }]);
    }

    pub(super) fn practice(&mut self, practice: bool) {
        let facts = [Fact::CountyFounded { division: "211321".into(), practice }];
        self.memory.apply(1, &"9009".into(), self.now, &facts, None);
    }

    /// Enrols the recovery seed, as the first entry of a county does.
    pub(super) fn seed(&mut self) {
        let (officer, key) = (OfficerNo::from("0"), key_of("0"));
        let facts = [
            Fact::OfficerEnrolled {
                officer: officer.clone(),
                office: Office::County,
                roles: BTreeSet::new(),
                limit: None,
            },
            Fact::KeyGiven { officer, id: key.id().unwrap(), key, data: BTreeMap::new() },
        ];
        self.memory.apply(1, &"9009".into(), self.now, &facts, None);
    }

    pub(super) fn relative(&mut self, officer: &str, person: PersonId) {
        self.apply(vec![Fact::RelativeFiled {
            officer: officer.into(),
            person,
            relation: None,
            born: None,
            township: None,
        }]);
    }

    pub(super) fn dies(&mut self, index: usize) {
        self.apply(vec![Fact::PersonDied { person: P[index], on: self.now.day() }]);
    }

    pub(super) fn lives_elsewhere(&mut self, index: usize) {
        self.apply(vec![Fact::PersonNoted {
            person: P[index],
            resident: false,
            papers: true,
            corrected: true,
            reason: None,
        }]);
    }

    pub(super) fn give_roles(&mut self, officer: &str, roles: &[Role]) {
        self.apply(vec![Fact::RolesGiven {
            officer: officer.into(),
            office: Office::Township(self.township),
            roles: roles.iter().copied().collect(),
            limit: None,
        }]);
    }

    pub(super) fn imported(&mut self, days_ago: i64, fen: i64, circumstance: Option<Circumstance>) {
        self.imported_to(P[1], days_ago, fen, circumstance);
    }

    pub(super) fn imported_to(
        &mut self,
        person: PersonId,
        days_ago: i64,
        fen: i64,
        circumstance: Option<Circumstance>,
    ) {
        let row = ImportRow {
            hash: "ab".repeat(16),
            person,
            township: self.township,
            village: None,
            on: self.now.day().plus(-days_ago),
            amount: Money::from_fen(fen),
            circumstance,
            tier: Tier::Township,
            reason: None,
        };
        let import = ImportId([1; 16]);
        self.apply(vec![Fact::LedgerImported { import, file: String::new(), part: 1, rows: vec![row] }]);
    }

    pub(super) fn case_args(&self, id: u8, person: PersonId) -> OpenCase {
        OpenCase {
            case: CaseId([id; 16]),
            lead: None,
            matter: MATTER,
            person,
            household: Some(HOUSE),
            applicant: Applicant::Household,
            helped: 2,
            township: self.township,
            village: if self.township == 102 {
                VILLAGE
            } else {
                crate::base::division::villages_of(self.township).next().unwrap().code
            },
            circumstance: Circumstance::Accident,
            severity: Severity::Serious,
            path: Path::Emergency,
            need: Need::Sudden,
            schemes: Schemes::NotYet,
            lines: vec![money_line(1, 40_000)],
            by_meeting: false,
            reason: text("reason"),
            blank: None,
            paid_before: false,
            handler: None,
            overrides: BTreeSet::new(),
            override_reason: None,
        }
    }

    fn opened(township: u16, change: impl FnOnce(&mut OpenCase)) -> Desk {
        let mut desk = Desk::at(township);
        let mut args = desk.case_args(0xca, P[0]);
        change(&mut args);
        desk.run("1001", Command::OpenCase(args));
        desk
    }

    pub(super) fn with_case(fen: i64) -> Desk {
        Desk::with_lines_in(102, vec![money_line(1, fen)])
    }

    pub(super) fn with_lines_in(township: u16, lines: Vec<Line>) -> Desk {
        Desk::opened(township, |args| args.lines = lines)
    }

    pub(super) fn by_meeting(lines: Vec<Line>) -> Desk {
        Desk::opened(102, |args| {
            args.lines = lines;
            args.by_meeting = true;
        })
    }

    pub(super) fn submitted(lines: Vec<Line>) -> Desk {
        Desk::submitted_severe(lines, Severity::Serious)
    }

    pub(super) fn submitted_severe(lines: Vec<Line>, severity: Severity) -> Desk {
        let mut desk = Desk::opened(102, |args| {
            args.lines = lines;
            args.severity = severity;
        });
        desk.submit();
        desk
    }

    pub(super) fn submitted_with_matter(lines: Vec<Line>, on: Day) -> Desk {
        let mut desk = Desk::submitted(lines);
        desk.open_matter_on(MATTER, on);
        desk
    }

    /// Puts the case before the township as it stands, also where the rule would send it up.
    pub(super) fn submit(&mut self) {
        self.apply(vec![Fact::StageSet {
            case: CASE,
            stage: Stage::Submitted,
            tier: Some(Tier::Township),
            due: None,
            text: None,
        }]);
    }

    pub(super) fn meet(&mut self, present: u16, fen: i64) {
        let meeting = HoldMeeting {
            case: CASE,
            on: self.now.day(),
            tier: Tier::Township,
            kind: None,
            present,
            amount: Money::from_fen(fen),
            minutes: text("minutes"),
            paper: Default::default(),
            also: Vec::new(),
        };
        self.run("1001", Command::HoldMeeting(meeting));
    }

    pub(super) fn meet_at_county(&mut self, present: u16, fen: i64) {
        let meeting = HoldMeeting {
            case: CASE,
            on: self.now.day(),
            tier: Tier::County,
            kind: None,
            present,
            amount: Money::from_fen(fen),
            minutes: text("minutes"),
            paper: Default::default(),
            also: Vec::new(),
        };
        self.run("9002", Command::HoldMeeting(meeting));
    }

    /// A desk whose pack differs from the shipped one, by its id as well.
    pub(super) fn under(change: impl FnOnce(&mut Pack)) -> Desk {
        let mut desk = Desk::new();
        desk.adopt("TEST-1", change);
        desk
    }

    /// Adopts the shipped pack with another id and other figures.
    pub(super) fn adopt(&mut self, id: &str, change: impl FnOnce(&mut Pack)) {
        let mut pack = Pack::read(CY_2021_15).unwrap();
        pack.id = id.to_owned();
        change(&mut pack);
        self.apply(vec![Fact::PackAdopted { id: id.to_owned(), toml: toml::to_string(&pack).unwrap() }]);
        self.pack = pack;
    }

    pub(super) fn open_with(&mut self, lines: Vec<Line>) {
        let mut args = self.case_args(0xca, P[0]);
        args.lines = lines;
        self.run("1001", Command::OpenCase(args));
    }

    pub(super) fn second_case(&mut self, case: CaseId, line: Line) {
        let matter = MatterId([0x3b; 16]);
        self.apply(vec![Fact::MatterOpened {
            matter,
            number: "S26-102-002".into(),
            township: 102,
            circumstance: Circumstance::Illness,
            on: self.now.day(),
            place: None,
            shared: false,
            people: vec![P[2]],
        }]);
        let mut args = self.case_args(case.0[0], P[2]);
        args.matter = matter;
        args.household = None;
        args.applicant = Applicant::Individual;
        args.circumstance = Circumstance::Illness;
        args.lines = vec![line];
        self.run("1001", Command::OpenCase(args));
    }

    /// Pays another case first, so that papers fall due.
    pub(super) fn paid_first(&mut self, id: u8) {
        let case = CaseId([id; 16]);
        self.second_case(case, money_line(id, 5_000));
        let command = self.direct_for(case, vec![money_line(id, 5_000)], self.telephone(), None);
        self.run("1001", command);
    }

    pub(super) fn withdraw(&self) -> Command {
        Command::Withdraw(Withdraw { case: CASE, reason: text("reason") })
    }

    pub(super) fn approve(&self, lines: Vec<Line>) -> Command {
        self.approve_noted(lines, false)
    }

    pub(super) fn approve_noted(&self, lines: Vec<Line>, note: bool) -> Command {
        Command::Approve(Approve {
            case: CASE,
            lines,
            note: text("note").filter(|_| note),
            second_grant: None,
            overrides: BTreeSet::new(),
            override_reason: None,
        })
    }

    pub(super) fn submit_to(&self, to: Tier) -> Command {
        Command::Submit(Submit {
            case: CASE,
            lines: None,
            to,
            note: None,
            overrides: BTreeSet::new(),
            override_reason: None,
        })
    }

    pub(super) fn pass_up(&self, reason: bool) -> Command {
        Command::PassUp(PassUp { case: CASE, reason: text("reason").filter(|_| reason) })
    }

    pub(super) fn telephone(&self) -> Authority {
        Authority::Telephone { by: "1002".into(), at: self.now, number: None }
    }

    pub(super) fn unverified(&self) -> Authority {
        Authority::Unverified { by: "9002".into(), at: self.now }
    }

    pub(super) fn code(&self, by: &str, code: &str) -> Authority {
        Authority::Code { by: by.into(), code: code.into(), at: self.now }
    }

    pub(super) fn authorised(&mut self, fen: i64) -> Authority {
        let authority = AuthorityId([0xa0; 16]);
        let amount = Money::from_fen(fen);
        self.run("1002", Command::Authorise(Authorise { authority, case: CASE, amount }));
        Authority::Signed { authority }
    }

    pub(super) fn issue_codes(&mut self, by: &str, codes: &[&str]) {
        let salt = [5; 16];
        let digests = codes
            .iter()
            .zip(0..)
            .map(|(code, index)| {
                hex::encode(spoken_code::digest(&salt, spoken_code::PRACTICE, index, code).unwrap())
            })
            .collect();
        let sheet = IssueCodes { salt: hex::encode(salt), cost: spoken_code::PRACTICE, digests };
        self.run(by, Command::IssueCodes(sheet));
    }

    pub(super) fn direct(&self, lines: Vec<Line>, authority: Authority) -> Command {
        self.direct_for(CASE, lines, authority, None)
    }

    pub(super) fn direct_for(
        &self,
        case: CaseId,
        lines: Vec<Line>,
        authority: Authority,
        handed_over: Option<Stamp>,
    ) -> Command {
        Command::Direct(PayFirst {
            case,
            lines,
            authority,
            cash_reason: text("cash_reason"),
            receipt: text("recipient"),
            witness: text("witness"),
            blank: None,
            handed_over,
            overrides: BTreeSet::new(),
            override_reason: None,
        })
    }

    pub(super) fn recorded(&self, lines: Vec<Line>, authority: Authority) -> Command {
        Command::RecordPaid(RecordPaid {
            case: CASE,
            lines,
            at: self.now.plus_hours(-12),
            officer: None,
            payer: text("payer"),
            receipt: text("recipient"),
            witness: text("witness"),
            from: PaidFrom::Pocket,
            authority,
            blank: None,
        })
    }

    pub(super) fn ratify(&self, fen: i64, reason: bool) -> Command {
        Command::Ratify(Ratify {
            case: CASE,
            amount: Money::from_fen(fen),
            reason: text("reason").filter(|_| reason),
        })
    }

    pub(super) fn complete(&self, item: ItemKind) -> Command {
        Command::CompleteItem(CompleteItem { case: CASE, item, on: self.now.day() })
    }

    pub(super) fn still_urgent(&self, until: Day) -> Command {
        Command::StillUrgent(StillUrgent { case: CASE, until, reason: text("reason") })
    }

    pub(super) fn reverse(&self, reversed: Reversed) -> Command {
        Command::Reverse(Reverse { case: CASE, reversed, reason: text("reason") })
    }

    pub(super) fn repay(&self, fen: i64) -> Command {
        Command::Repay(Repay {
            case: CASE,
            amount: Money::from_fen(fen),
            till: Till::Cash,
            receipt: text("receipt"),
        })
    }

    pub(super) fn pay(&self, line: u8) -> Command {
        Command::Pay(Pay {
            case: CASE,
            line: line_id(line),
            pay_by: PayBy::Bank,
            on: self.now.day(),
            cash_reason: None,
            receipt: None,
            witness: None,
        })
    }

    pub(super) fn allot(&self, fen: i64, purpose: Purpose) -> Command {
        Command::Allot(Allot {
            township: 102,
            amount: Money::from_fen(fen),
            till: Till::Bank,
            purpose,
            note: None,
        })
    }

    pub(super) fn lifting(&self, handler: &str, by_telephone: Option<&str>) -> Command {
        Command::LiftBrake(LiftBrake {
            handler: handler.into(),
            by_telephone: by_telephone.map(OfficerNo::from),
            reason: text("reason"),
        })
    }

    pub(super) fn memory_finding(&self, id: FindingId) -> Option<crate::domain::finding::Finding> {
        self.memory.finding(id)
    }

    pub(super) fn memory_case(&self) -> crate::domain::answers::Case {
        self.memory.case(CASE).unwrap()
    }

    pub(super) fn lift(&mut self, handler: &str, by: &str) {
        let command = self.lifting(handler, Some(by));
        self.run(handler, command);
    }

    pub(super) fn lead(&self, severity: Severity) -> Command {
        Command::Lead(LeadArgs {
            lead: lead_id(),
            channel: Channel::Hotline,
            township: 102,
            village: None,
            circumstance: Circumstance::Accident,
            severity,
            at: self.now,
            person: None,
            said: text("said"),
            discoverer: None,
        })
    }

    pub(super) fn schooling(&mut self) -> OpenCase {
        let matter = MatterId([0x3c; 16]);
        self.apply(vec![Fact::MatterOpened {
            matter,
            number: "S26-102-003".into(),
            township: 102,
            circumstance: Circumstance::Schooling,
            on: self.now.day(),
            place: None,
            shared: false,
            people: vec![P[0]],
        }]);
        let mut args = self.case_args(0x56, P[0]);
        args.matter = matter;
        args.circumstance = Circumstance::Schooling;
        args
    }

    pub(super) fn matter_again(&self) -> Command {
        Command::OpenMatter(OpenMatter {
            matter: MatterId([0x3d; 16]),
            township: 102,
            circumstance: Circumstance::Accident,
            on: self.now.day(),
            place: None,
            shared: false,
            people: vec![P[1]],
            overrides: BTreeSet::new(),
            override_reason: None,
        })
    }

    pub(super) fn note_person(
        &self,
        person: PersonId,
        name: &str,
        id_no: &str,
        sex: Sex,
    ) -> (Command, Private) {
        let details = PersonDetails {
            name: name.into(),
            id_no: id_no.into(),
            sex: Some(sex),
            ..PersonDetails::default()
        };
        let mut private = Private { people: [(person, details)].into(), ..Private::default() };
        let reason = private.put("reason", "更正");
        let args = NotePerson { person, resident: true, without_papers: None, died: None, reason };
        (Command::NotePerson(args), private)
    }
}
