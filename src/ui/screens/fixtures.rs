//! Invented cases, people and officers for the tests of screens, and a drawing of a screen in its body.

use crate::base::day::{Day, Stamp};
use crate::base::division;
use crate::base::id_no::Sex;
use crate::base::money::Money;
use crate::domain::answers::{Case, Item, Matter};
use crate::domain::code::Code;
use crate::domain::grant::{Grant, Line, Source};
use crate::domain::ids::{
    AuthorityId, CaseId, HouseholdId, LeadId, LineId, MatterId, OfficerNo, PersonId, ReferralId,
};
use crate::domain::nouns::{
    Applicant, Channel, Circumstance, Fund, ItemKind, LineKind, Need, Path, PayBy, Payee, Schemes, Severity,
    Stage, Status, Way,
};
use crate::domain::office::{Office, Officer, Role as Duty, Tier};
use crate::domain::tiers::{CityAnswer, CityFile, CityReply, Examined, ReferTo, TierFile};
use crate::office::front::county::CaseFile;
use crate::office::front::officers::OfficerLine;
use crate::office::front::outbox::Waiting;
use crate::store::desk::OutState;
use crate::store::replica::lookup::{FamilyCard, Hit, Member, Prior, Sum};
use crate::store::replica::views::card::{CaseCard, FundView, GivenWord, Opening, Payment, Step, Sums};
use crate::store::replica::views::deferred::DeferredRow;
use crate::store::replica::views::exceptions::{ExceptionRow, MarkRow, RatificationRow};
use crate::store::replica::views::home::YearSums;
use crate::store::replica::views::leads::LeadRow;
use crate::store::replica::views::queue::QueueRow;
use crate::store::replica::views::reserve::{OutlayRow, ReserveMonth, ReserveRow, SourceShare};
use crate::store::replica::views::tiers::{Beside, CityLine, ExaminationLine, MeetingLine, ReferralLine};
use crate::ui::canvas::Canvas;
use crate::ui::product::{Duties, HomeView, MeView, Reply};
use crate::ui::screen::{Msg, Screen, Size};
use crate::ui::testing;
use crate::ui::theme::Theme;

/// The body of a window of 80x25; 60x20 and 132x43 are drawn too and have to hold.
pub fn drawn(screen: &mut dyn Screen) -> String {
    for (cols, rows) in [(60, 14), (132, 37)] {
        let text = drawn_at(screen, cols, rows);
        assert!(!text.trim().is_empty());
    }
    drawn_at(screen, 80, 19)
}

/// The body at a size.
pub fn drawn_at(screen: &mut dyn Screen, cols: u16, rows: u16) -> String {
    assert!(screen.update(Msg::Sized(Size { rows, cols })).is_empty());
    let mut buffer = testing::buffer(cols, rows);
    let (theme, _) = Theme::load("plain", None, false);
    screen.draw(&mut Canvas::new(&mut buffer, &theme));
    testing::assert_widths_certain(&buffer);
    let (row, col) = screen.caret();
    assert!(row < rows && col < cols, "the caret stands inside: {row} {col} at {cols}x{rows}");
    testing::text(&buffer)
}

/// Officers as the list shows them, none of whom stands in for anybody.
pub fn lines(officers: Vec<Officer>) -> Vec<OfficerLine> {
    officers.into_iter().map(|officer| OfficerLine { officer, stands_in: None }).collect()
}

/// Monday 2026-11-23, 09:15.
pub fn now() -> Stamp {
    Stamp::at(Day::new(2026, 11, 23).unwrap(), 9, 15)
}

fn village() -> u64 {
    division::villages_of(103).next().unwrap().code
}

fn yuan(yuan: i64) -> Money {
    Money::from_fen(yuan * 100)
}

/// An officer; the county's without a township.
pub fn officer(no: &str, roles: &[Duty], township: Option<u16>) -> Officer {
    Officer {
        no: OfficerNo::from(no),
        name: if no == "1203" { "李桂芳".to_owned() } else { "周立新".to_owned() },
        office: township.map_or(Office::County, Office::Township),
        roles: roles.iter().copied().collect(),
        key: Some("00".to_owned()),
        since: Stamp::at(Day::new(2026, 1, 5).unwrap(), 8, 0),
        limit: None,
        ended: false,
    }
}

/// Who sits here: number 1001.
pub fn me(roles: &[Duty], township: Option<u16>) -> Box<MeView> {
    Box::new(MeView {
        officer: officer("1001", roles, township),
        now: now(),
        township_limit: yuan(500),
        password_above: yuan(2_000),
        on_duty: String::new(),
    })
}

/// Home of 李桂芳 with these duties.
pub fn home(duties: Vec<Duties>) -> HomeView {
    HomeView {
        officer: officer("1203", &[Duty::Handler], Some(103)),
        now: now(),
        duties,
        year: YearSums {
            accepted: 118,
            household_times: 104,
            person_times: 211,
            households: 90,
            people: 180,
            spent: yuan(61_300),
            cash: yuan(2_100),
            bank: Money::ZERO,
        },
        drafts: (2, Some(now().plus_hours(-20))),
        outbox: (0, 1),
        recent: rows().into_iter().take(2).collect(),
        findings: Default::default(),
        reminders: vec!["急难补登记 1 件明日到期".to_owned()],
        drive: String::new(),
        clock: String::new(),
        jump: false,
        path: Default::default(),
        codes: None,
        county: Default::default(),
        unreconciled: Default::default(),
        links: Default::default(),
        blanks: 0,
    }
}

fn row(serial: u8, name: &str, fen: i64) -> QueueRow {
    QueueRow {
        case: CaseId([serial; 16]),
        number: format!("26-103-01{serial:02}"),
        person: PersonId([serial; 16]),
        name: name.to_owned(),
        age: Some(68),
        township: 103,
        village: village(),
        circumstance: Some(Circumstance::Illness),
        path: Path::Emergency,
        asked: Money::from_fen(fen),
        granted: Money::ZERO,
        stage: Stage::Open,
        tier: None,
        since: now().plus_hours(-72),
        waiting: 3,
        due: Some(now().day().plus(2)),
        handler: OfficerNo::from("1203"),
        handler_name: "李桂芳".to_owned(),
        status: Some(Status::RuralAllowance),
        papers: 0,
        papers_due: None,
        marked: false,
        home_to_ask: false,
        last_year: false,
        batch: None,
        bar: None,
    }
}

/// Three cases of a list: papers due today, granted last year, marked.
pub fn rows() -> Vec<QueueRow> {
    let mut first = row(17, "王桂兰", 50_000);
    (first.papers, first.papers_due) = (2, Some(now().day()));
    let mut second = row(21, "王国林", 200_000);
    second.last_year = true;
    let mut third = row(22, "吴光亮", 150_000);
    third.marked = true;
    vec![first, second, third]
}

fn line(no: u8, fen: i64) -> Line {
    Line {
        line: LineId([no; 16]),
        kind: LineKind::Money,
        amount: Money::from_fen(fen),
        goods: None,
        pay_by: PayBy::Bank,
        payee: Payee::Self_,
        after: 0,
    }
}

/// 王桂兰, 500.00, 已报批 at the township; lines not granted yet.
pub fn case_card() -> CaseCard {
    let id = CaseId([17; 16]);
    let matter = MatterId([3; 16]);
    let case = Case {
        id,
        number: "26-103-0117".to_owned(),
        matter,
        person: PersonId([17; 16]),
        household: Some(HouseholdId([9; 16])),
        applicant: Applicant::Household,
        township: 103,
        circumstance: Circumstance::Illness,
        severity: Severity::Serious,
        path: Path::Emergency,
        schemes: Schemes::NotYet,
        by_meeting: false,
        meeting: None,
        handler: OfficerNo::from("1203"),
        accepted: now().day().plus(-1),
        pack: "CY-2021-15".to_owned(),
        stage: Stage::Submitted,
        tier: Some(Tier::Township),
        asked: vec![line(1, 50_000)],
        granted: Vec::new(),
        way: None,
        provisional: false,
        decided_by: None,
        paid: Default::default(),
        outlay: Money::ZERO,
        ratification_due: None,
        marked: false,
        touched_n: 41,
        touched_by: OfficerNo::from("1203"),
    };
    CaseCard {
        taker: None,
        holder: String::new(),
        opening: opening(),
        matter: Some(Matter {
            id: matter,
            number: "S26-103-031".to_owned(),
            township: 103,
            circumstance: Circumstance::Illness,
            on: now().day().plus(-1),
            opened: now().plus_hours(-18),
            shared: false,
            people: Vec::new(),
        }),
        lead: leads().into_iter().next(),
        household_prior: family().own,
        family: Some(family()),
        sums: Sums::default(),
        standard: None,
        hints: Vec::new(),
        fund: FundView {
            cash: Money::ZERO,
            bank: yuan(2_100),
            cash_after: Money::ZERO,
            bank_after: yuan(1_600),
        },
        items: Vec::new(),
        payments: Vec::new(),
        authorisations: Vec::new(),
        exceptions: Vec::new(),
        noted: Vec::new(),
        marks: Vec::new(),
        relatives_of: Vec::new(),
        maybe_relatives: Vec::new(),
        steps: steps(),
        path: None,
        hides_hardship: false,
        case,
    }
}

fn opening() -> Opening {
    Opening {
        helped: 3,
        village: village(),
        place: None,
        need: Need::Sudden,
        opened: now().plus_hours(-18),
        since: now().plus_hours(-17),
        due: Some(now().day().plus(9)),
        reason: "突发心梗送县医院，家中无现金；总费用 21,000 报销 12,600 自付 8,400".to_owned(),
        told: std::collections::BTreeMap::new(),
        minutes: String::new(),
        blank: String::new(),
        home_to_ask: false,
        handler_name: "李桂芳".to_owned(),
        decided_on: None,
        decided_tier: None,
    }
}

fn steps() -> Vec<Step> {
    let step = |n, minutes: i64, zh: &str, text: &str| Step {
        n,
        at: now().plus_hours(-18).plus_minutes(minutes),
        desk_at: now().plus_hours(-18).plus_minutes(minutes),
        who: OfficerNo::from("1203"),
        name: "李桂芳".to_owned(),
        carrier: OfficerNo::from("1203"),
        zh: zh.to_owned(),
        stage: Stage::Open,
        detail: String::new(),
        text: text.to_owned(),
    };
    let mut sent = step(41, 30, "报批", "情况属实，建议救助");
    sent.carrier = OfficerNo::from("9001");
    sent.desk_at = sent.at.plus_minutes(-25);
    sent.stage = Stage::Submitted;
    vec![step(40, 0, "登记", ""), sent]
}

/// The same case paid first: papers open, one late, money owed, an authorisation unused.
pub fn paid_first() -> CaseCard {
    let mut card = case_card();
    let case = &mut card.case;
    case.stage = Stage::Paid;
    case.tier = None;
    case.granted = case.asked.clone();
    case.way = Some(Way::Direct);
    case.decided_by = Some(OfficerNo::from("1203"));
    case.paid = case.asked.iter().map(|line| line.line).collect();
    case.outlay = yuan(100);
    card.payments.push(Payment {
        line: LineId([1; 16]),
        amount: yuan(500),
        pay_by: PayBy::Cash,
        at: now().plus_hours(-20),
        by: OfficerNo::from("1203"),
        receipt: "王桂兰".to_owned(),
        witness: "刘志".to_owned(),
        cash_reason: "急难先行".to_owned(),
        payer: String::new(),
    });
    let item = |kind, done: Option<Day>, due: i64| Item {
        case: card.case.id,
        number: card.case.number.clone(),
        kind,
        due: now().day().plus(due),
        handler: OfficerNo::from("1203"),
        noted: kind == ItemKind::Subject,
        done,
    };
    card.items = vec![
        item(ItemKind::Subject, None, 3),
        item(ItemKind::Amount, Some(now().day()), 3),
        item(ItemKind::Seal, None, -2),
    ];
    card
}

/// The same case above the township's powers, waiting for the county's ratification.
pub fn awaiting() -> CaseCard {
    let mut card = paid_first();
    card.case.stage = Stage::AwaitingRatification;
    card.case.ratification_due = Some(now().day().plus(1));
    card.case.granted = vec![line(1, 80_000)];
    card
}

/// An unused authorisation on the case.
pub fn authorisation() -> GivenWord {
    GivenWord {
        id: AuthorityId([5; 16]),
        by: OfficerNo::from("1001"),
        name: "周立新".to_owned(),
        tier: Tier::Township,
        amount: yuan(500),
        at: now(),
        signed: true,
        verified: true,
        used: false,
    }
}

fn hit(no: u8, name: &str) -> Hit {
    Hit {
        person: PersonId([no; 16]),
        name: name.to_owned(),
        sex: Some(Sex::Male),
        age: Some(58),
        id_masked: "211321********0012".to_owned(),
        township: Some(103),
        village: Some(village()),
        household: Some(HouseholdId([9; 16])),
        household_size: 3,
        status: Some(Status::RuralAllowance),
        three_years: Sum { count: 2, amount: yuan(1_900) },
        died: None,
        also: Vec::new(),
    }
}

/// Another person of the same beginning.
pub fn other_hit() -> Hit {
    hit(18, "单万成")
}

fn prior(day: Day, fen: i64) -> Prior {
    Prior {
        grant: Grant {
            source: Source::Imported([day.month() as u8; 16]),
            number: String::new(),
            matter: None,
            circumstance: Some(Circumstance::Accident),
            people: Vec::new(),
            household: None,
            township: 103,
            tier: Tier::Township,
            way: Way::Ordinary,
            amount: Money::from_fen(fen),
            on: day,
            provisional: false,
            paid: true,
        },
        matter_number: String::new(),
        kinds: Vec::new(),
        stage: None,
        handler: None,
        imported: true,
    }
}

/// 单文彩 with two earlier grants, his wife and daughter.
pub fn family() -> FamilyCard {
    let member = |no: u8, name: &str, relation: &str, count, yuan_: i64| Member {
        person: PersonId([no; 16]),
        name: name.to_owned(),
        relation: relation.to_owned(),
        sex: Some(Sex::Female),
        age: Some(40),
        three_years: Sum { count, amount: yuan(yuan_) },
        last: (count > 0).then(|| Day::new(2025, 5, 20).unwrap()),
    };
    let own =
        vec![prior(Day::new(2026, 2, 18).unwrap(), 40_000), prior(Day::new(2025, 7, 9).unwrap(), 150_000)];
    FamilyCard {
        who: hit(17, "单文彩"),
        id_no: "211321196804120012".to_owned(),
        phone: "13900000000".to_owned(),
        address: String::new(),
        account: "6217000000000000020".to_owned(),
        bank: "农商行".to_owned(),
        resident: true,
        household_three_years: Sum { count: 3, amount: yuan(2_300) },
        household_year: own.iter().take(1).cloned().collect(),
        last: own.first().cloned(),
        own,
        members: vec![member(31, "刘淑芬", "12", 1, 400), member(32, "单静", "30", 0, 0)],
    }
}

/// Two leads: one with two hours left, one that nobody answered in time.
pub fn leads() -> Vec<LeadRow> {
    let lead = |no: u8, name: &str, due: i64| LeadRow {
        lead: LeadId([no; 16]),
        number: format!("X26-103-00{no}"),
        channel: Channel::Hotline,
        township: 103,
        village: Some(village()),
        circumstance: Circumstance::Illness,
        severity: Severity::Severe,
        at: now().plus_minutes(due - 120),
        due_visit: now().plus_minutes(due),
        due_money: now().plus_minutes(due + 22 * 60),
        person: None,
        name: name.to_owned(),
        said: "老人突发心梗，已送县医院".to_owned(),
        by: OfficerNo::from("1203"),
        answered: None,
        ended: None,
        reason: String::new(),
        case: None,
    };
    vec![lead(1, "王桂兰", 100), lead(2, "", -200)]
}

/// Two cases with open papers, the first late.
pub fn deferred() -> Vec<DeferredRow> {
    let row = |no: u8, name: &str, due: i64| DeferredRow {
        case: CaseId([no; 16]),
        number: format!("26-103-01{no}"),
        person: PersonId([no; 16]),
        name: name.to_owned(),
        township: 103,
        amount: yuan(500),
        handler: OfficerNo::from("1203"),
        handler_name: "李桂芳".to_owned(),
        open: vec![(ItemKind::Subject, true), (ItemKind::HandlerSignature, false), (ItemKind::Seal, false)],
        due: now().day().plus(due),
        moved: String::new(),
    };
    vec![row(17, "王桂兰", -2), row(21, "王国林", 3)]
}

/// One of each kind that the county settles.
pub fn ratifications() -> Reply {
    Reply::Ratifications {
        due: vec![RatificationRow {
            case: CaseId([17; 16]),
            number: "26-103-0117".to_owned(),
            name: "王桂兰".to_owned(),
            township: 103,
            granted: yuan(800),
            due: now().day().plus(1),
            codes: vec![Code::EmergCap],
        }],
        exceptions: vec![ExceptionRow {
            n: 77,
            at: now(),
            by: OfficerNo::from("1203"),
            case: CaseId([21; 16]),
            number: "26-103-0121".to_owned(),
            township: Some(103),
            code: Code::FundShort,
            settled: false,
        }],
        marks: vec![MarkRow {
            n: 88,
            at: now(),
            by: OfficerNo::from("1203"),
            code: Code::Effect,
            sentence: "记录的结果与按规则应有的结果不一致".to_owned(),
            clause: String::new(),
            case: None,
            number: String::new(),
            settled: false,
        }],
    }
}

/// A group of each state.
pub fn outbox() -> Vec<Waiting> {
    let group =
        |group, state| Waiting {
            group, verbs: vec!["登记", "报批"], made: now(), state, cids: Vec::new()
        };
    vec![
        group(1, OutState::Waiting),
        group(2, OutState::Unknown),
        group(3, OutState::Refused("E-REPEAT-MATTER 该户本年已因同一事项救助。二".to_owned())),
    ]
}

/// November with one payment, one withdrawal and one outlay.
pub fn reserve() -> ReserveMonth {
    let day = |day| Day::new(2026, 11, day).unwrap();
    let row = |on, why, fen: i64, balance: i64| ReserveRow {
        on,
        voucher: "B11-01".to_owned(),
        why,
        fund: matches!(why, crate::domain::fact::MoveKind::Allotted).then_some(Fund::County),
        text: String::new(),
        till: crate::domain::fund::Till::Cash,
        case: Some(CaseId([17; 16])),
        case_number: "26-103-0117".to_owned(),
        name: "王桂兰".to_owned(),
        amount: Money::from_fen(fen),
        balance: yuan(balance),
        by: OfficerNo::from("1203"),
    };
    ReserveMonth {
        township: 103,
        first: day(1),
        opening_cash: yuan(350),
        opening_bank: yuan(4_000),
        rows: vec![
            row(day(3), crate::domain::fact::MoveKind::Paid, -50_000, 3_850),
            row(day(5), crate::domain::fact::MoveKind::Allotted, 100_000, 4_850),
        ],
        income: yuan(1_000),
        spending: yuan(500),
        closing_cash: yuan(850),
        closing_bank: yuan(4_000),
        outlays: vec![OutlayRow {
            case: CaseId([17; 16]),
            number: "26-103-0117".to_owned(),
            owed: yuan(100),
        }],
        sources: vec![
            SourceShare { fund: Some(Fund::Central), held: yuan(186_000), advanced: yuan(12_000) },
            SourceShare { fund: Some(Fund::County), held: yuan(50_000), advanced: Money::ZERO },
            SourceShare { fund: None, held: Money::ZERO, advanced: yuan(2_000) },
        ],
        papers_open: yuan(500),
        plan: Default::default(),
        counted: None,
    }
}

/// What stands beside [`case_card`] at the county: examined, met, proposed to the city, referred, and a household of three.
pub fn county_file() -> CaseFile {
    let today = now().day();
    let examined = ExaminationLine {
        by: OfficerNo::from("9002"),
        on: today.plus(-1),
        agrees: true,
        amount: yuan(500),
        opinion: "情况属实".to_owned(),
        live: true,
    };
    let meeting = MeetingLine {
        n: 90,
        kind: None,
        on: today.plus(-2),
        tier: Tier::County,
        present: 5,
        amount: yuan(500),
        words: ["同意救助", "县局二楼", "周立新", "救助股、财务股", "一事一议", "都同意"].map(str::to_owned),
    };
    let referral = ReferralLine {
        id: ReferralId([31; 16]),
        to: ReferTo::Medical,
        on: today.plus(-9),
        due: today.plus(-2),
        body: "县医保局".to_owned(),
        what: "医疗救助".to_owned(),
        outcome: None,
        answer: String::new(),
    };
    CaseFile {
        file: TierFile {
            examined: Some(Examined {
                by: OfficerNo::from("9002"),
                on: today.plus(-1),
                agrees: true,
                amount: yuan(500),
            }),
            ..TierFile::default()
        },
        beside: Beside {
            archived: None,
            meetings: vec![meeting],
            examinations: vec![examined],
            city: None,
            referrals: vec![referral],
            help: Vec::new(),
        },
        packs: vec![("CY-2021-15".to_owned(), "实施办法".to_owned())],
        members: vec![(PersonId([17; 16]), "王桂兰".to_owned()), (PersonId([18; 16]), "刘淑芬".to_owned())],
        examines: true,
        died: false,
        beside_incident: Vec::new(),
    }
}

/// The same before the city; with its answer entered by an officer, not checked yet.
pub fn at_city(replied_by: Option<&str>) -> CaseFile {
    let today = now().day();
    let document = "朝民复〔2026〕3号".to_owned();
    let reply = replied_by.map(OfficerNo::from);
    let answered = |by: OfficerNo| (document.clone(), today, CityAnswer::Agreed, yuan(500), by);
    let file = county_file();
    let entered = |by: OfficerNo| CityReply {
        document: document.clone(),
        on: today,
        answer: CityAnswer::Agreed,
        amount: yuan(500),
        by,
    };
    CaseFile {
        file: TierFile {
            city: Some(CityFile {
                on: today.plus(-3),
                amount: yuan(500),
                reply: reply.clone().map(entered),
                checked: false,
            }),
            ..file.file
        },
        beside: Beside {
            city: Some(CityLine {
                by: OfficerNo::from("9001"),
                on: today.plus(-3),
                amount: yuan(500),
                request: Some("朝县民请〔2026〕9号".to_owned()),
                reason: "社会影响较大".to_owned(),
                reply: reply.map(answered),
                checked_by: None,
            }),
            ..file.beside
        },
        ..file
    }
}
