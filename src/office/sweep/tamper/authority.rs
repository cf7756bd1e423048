//! One attack for each check of authority: an officer of a patched program, with his own key and turn, writes what the rules
//! refuse him. Another desk that pulls has to mark it with the code, and nobody may go on with the case.
//!
//! Checks of what comes later get their line in [`ATTACKS`], and what they stand on in [`Court::found`]; those of what one
//! is given by others stand in [`super::lent`].

use super::attacks::{Says, Who, add, judge};
use super::ward::{Scene, Ward};
use super::{batched, lent};
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::approval::{Approve, Ratify, Refuse, Withdraw};
use crate::domain::command::codes::NoteCode;
use crate::domain::command::emergency::{Authorise, Authority, PaidFrom, PayFirst, RecordPaid};
use crate::domain::command::funds::{Allot, Pay};
use crate::domain::command::intake::{OpenCase, OpenMatter};
use crate::domain::command::kernel::{FileRelative, IssueCodes};
use crate::domain::command::papers::{Close, Reverse, Reversed};
use crate::domain::command::trust::{
    About, AnswerFinding, MarkOf, RaiseFinding, SettleFinding, SettleMark, Transfer,
};
use crate::domain::fact::Fact;
use crate::domain::fund::{Purpose, Till};
use crate::domain::grant::Line;
use crate::domain::ids::{AuthorityId, CaseId, FindingId, LineId, MatterId, Text};
use crate::domain::nouns::{Circumstance, Discipline, Fund, PayBy, Stage};
use crate::domain::office::{Office, Role};
use crate::domain::private::Private;
use crate::domain::spoken_code;
use crate::ledger::{CountyId, DeskId, Head};
use crate::office::compose::Draft;
use crate::office::scratch::Scratch;
use crate::office::sweep::Report;
use crate::office::sweep::acts::{self, HANDLER, Opened, TOWNSHIP};
use crate::office::{random, setup};
use crate::store::fault::Fault;
use std::collections::BTreeSet;
use std::path::Path;

/// The township's approver, the county's, the supervisor, finance; a handler and an approver of another township.
pub(super) const APPROVER: &str = "1022";
const COUNTY: &str = "9011";
const SUPERVISOR: &str = "9004";
pub(super) const FINANCE: &str = "9001";
const OTHER: u16 = 108;
/// The spoken code that was used.
pub(super) const SPENT: &str = "314159";
/// What each case asks for.
const ASKED: i64 = 20_000;

/// Another handler of the township, who has nothing to do with the cases.
pub(super) const HANDLER_2: &str = "1024";

/// The county with a case at every place where somebody could go wrong.
pub(super) struct Court {
    ward: Ward,
    /// Submitted to the township; its person is the county approver's relative.
    pub(super) waiting: Opened,
    /// Approved, its money not paid.
    pub(super) approved: Opened,
    /// Paid first, its papers late.
    pub(super) paid: Opened,
    /// Open.
    pub(super) open: Opened,
    /// How the paid one was opened.
    paid_args: OpenCase,
    /// Recorded as paid, 800 yuan: waits for ratification.
    recorded: Opened,
}

/// What is forged: by whom, what, with which facts, row by row; the last row is the one to be marked.
pub(super) type Rows = Vec<(&'static str, Command, Vec<Fact>)>;
pub(super) type Forge = fn(&Court) -> Result<Rows, Fault>;

/// Name, code, how.
const ATTACKS: &[(&str, Code, Forge)] = &[
    ("督导登记线索", Code::ReadOnly, |_| Ok(vec![(SUPERVISOR, acts::lead(at())?.0, vec![])])),
    ("督导审批", Code::ReadOnly, |c| Ok(approving(SUPERVISOR, &c.waiting))),
    ("督导发放", Code::ReadOnly, |c| Ok(paying(SUPERVISOR, &c.approved, PayBy::Bank))),
    ("经办人审批别人的办件", Code::Role, |c| Ok(approving("1024", &c.waiting))),
    ("财务审批", Code::Role, |c| Ok(approving(FINANCE, &c.waiting))),
    ("管理员审批", Code::Role, |c| Ok(approving("9000", &c.waiting))),
    ("外乡镇审批", Code::Scope, |c| Ok(approving("1082", &c.waiting))),
    ("外乡镇发放", Code::Scope, |c| Ok(paying("1081", &c.approved, PayBy::Bank))),
    ("外乡镇撤回办件", Code::Scope, |c| {
        let withdraw = Command::Withdraw(Withdraw { case: c.open.case, reason: text("reason") });
        Ok(vec![("1081", withdraw, stage(&c.open, Stage::Terminated))])
    }),
    ("审批人自己发放", Code::SodPay, |c| Ok(paying(APPROVER, &c.approved, PayBy::Bank))),
    ("为近亲属审批", Code::Recusal, |c| Ok(approving(COUNTY, &c.waiting))),
    ("乡镇批 500.01 元", Code::TierAuth, |c| {
        let mut lines = c.waiting.lines.clone();
        lines.iter_mut().for_each(|line| line.amount = Money::from_fen(50_001));
        Ok(vec![(APPROVER, acts::approve(c.waiting.case, lines).0, stage(&c.waiting, Stage::Approved))])
    }),
    ("拆成两件各批 400 元", Code::SplitTier, split),
    ("同一事项当年再办一件", Code::RepeatMatter, |c| {
        let mut open = again(c)?;
        open.matter = c.paid_args.matter;
        let facts = opened(&open);
        Ok(vec![(HANDLER, Command::OpenCase(open), facts)])
    }),
    ("没有授权先付 600 元", Code::EmergCap, |c| {
        let mut first = first(&c.open, Authority::Nobody {});
        first.lines.iter_mut().for_each(|line| line.amount = Money::from_fen(60_000));
        Ok(vec![(HANDLER, Command::Direct(first), handed(&c.open))])
    }),
    ("编一个授权码", Code::AuthCode, |c| Ok(coded(c, "000000"))),
    ("用过的授权码再用", Code::AuthCode, |c| Ok(coded(c, SPENT))),
    ("替县局审批人印发一张自己的授权码单", Code::AuthCode, |c| {
        let issue = sheet()?;
        let Command::IssueCodes(args) = &issue else { return Ok(Vec::new()) };
        let forged = Fact::CodesIssued {
            officer: COUNTY.into(),
            salt: args.salt.clone(),
            cost: args.cost,
            digests: args.digests.clone(),
            from: None,
            until: None,
        };
        let mut rows = vec![(HANDLER, issue, vec![forged])];
        rows.extend(coded(c, SPENT));
        Ok(rows)
    }),
    ("把授权码单拨回第一个", Code::AuthCode, |c| {
        let note = Command::NoteCode(NoteCode { officer: COUNTY.into() });
        let mut rows = vec![(HANDLER, note, vec![Fact::CodeSpent { officer: COUNTY.into(), next: 0 }])];
        rows.extend(coded(c, SPENT));
        Ok(rows)
    }),
    ("经办人给自己授权", Code::Role, |c| {
        let authorise =
            Authorise { authority: AuthorityId([7; 16]), case: c.open.case, amount: Money::from_fen(ASKED) };
        Ok(vec![("1024", Command::Authorise(authorise), stage(&c.open, Stage::Open))])
    }),
    ("假称电话授权，授权人是经办人自己", Code::SodSame, |c| Ok(told_by(c, HANDLER))),
    ("手续逾期又先付", Code::DeferredDebt, |c| Ok(told_by(c, APPROVER))),
    ("备用金不够还发", Code::FundShort, |c| Ok(paying(HANDLER, &c.approved, PayBy::Cash))),
    ("发现金没有签字和见证", Code::CashReason, |c| Ok(paying(HANDLER, &c.approved, PayBy::Cash))),
    ("没有报批就批", Code::State, |c| Ok(approving(APPROVER, &c.open))),
    ("支出型一步没办就报批", Code::StepOrder, |c| {
        let rows = super::skipped::submitted(c.open.case, Circumstance::Accident);
        Ok(rows.into_iter().map(|(command, facts)| (HANDLER, command, facts)).collect())
    }),
    ("没有批就发", Code::NotFinal, |c| Ok(paying(HANDLER, &c.waiting, PayBy::Bank))),
    ("待追认的再发", Code::NotFinal, |c| Ok(paying(HANDLER, &c.recorded, PayBy::Bank))),
    ("发过的再发一次", Code::Duplicate, |c| Ok(paying(HANDLER, &c.paid, PayBy::Bank))),
    ("发不在批准里的一笔", Code::Unknown, |c| {
        let mut rows = paying(HANDLER, &c.approved, PayBy::Bank);
        if let Some((_, Command::Pay(pay), _)) = rows.first_mut() {
            pay.line = LineId([0x77; 16]);
        }
        Ok(rows)
    }),
    ("有标记的办件发放", Code::Marked, |c| {
        let mut rows = approving("1024", &c.waiting);
        rows.extend(paying(HANDLER, &c.waiting, PayBy::Bank));
        Ok(rows)
    }),
    ("有标记的办件由乡镇自己处理", Code::Role, |c| {
        let mut rows = approving("1024", &c.waiting);
        rows.push((APPROVER, settling(c), settled(c)));
        Ok(rows)
    }),
    ("假称处理后再发放", Code::Marked, |c| {
        let mut rows = approving("1024", &c.waiting);
        rows.push((APPROVER, settling(c), settled(c)));
        rows.extend(paying(HANDLER, &c.waiting, PayBy::Bank));
        Ok(rows)
    }),
    ("手续没补齐就办结", Code::DeferredMissing, |c| {
        Ok(vec![(HANDLER, Command::Close(Close { case: c.paid.case }), stage(&c.paid, Stage::Closed))])
    }),
    ("不写理由就不予救助", Code::ReasonRequired, |c| {
        let refuse = Command::Refuse(Refuse { case: c.waiting.case, reason: None });
        Ok(vec![(APPROVER, refuse, stage(&c.waiting, Stage::Refused))])
    }),
    ("乡镇自己追认", Code::Role, |c| Ok(ratifying(APPROVER, c, 80_000))),
    ("追认多于已付", Code::Amount, |c| Ok(ratifying(COUNTY, c, 90_000))),
    ("别人的付款由经办人冲正", Code::Role, |c| {
        let line = c.paid.lines.first().map_or(LineId([0; 16]), |line| line.line);
        let reversed = Reversed::Payment { line };
        let reverse = Command::Reverse(Reverse { case: c.paid.case, reversed, reason: text("reason") });
        Ok(vec![("1081", reverse, stage(&c.paid, Stage::Approved))])
    }),
    ("专项资金挪作他用", Code::FundPurpose, |_| {
        let allot = Allot {
            township: TOWNSHIP,
            amount: Money::from_fen(10_000),
            till: Till::Bank,
            fund: Some(Fund::County),
            purpose: Purpose::OfficeCosts,
            note: None,
        };
        Ok(vec![(FINANCE, Command::Allot(allot), vec![])])
    }),
    ("经办人销自己的问题", Code::Role, |_| {
        let settle = SettleFinding { finding: FINDING, again: None, reason: text("reason") };
        let facts = vec![Fact::FindingSettled { finding: FINDING, again: None, text: None }];
        Ok(vec![(HANDLER, Command::SettleFinding(settle), facts)])
    }),
    ("督导替单位整改", Code::ReadOnly, |_| {
        let answer = AnswerFinding { finding: FINDING, text: text("answer") };
        let facts = vec![Fact::FindingAnswered { finding: FINDING, text: None }];
        Ok(vec![(SUPERVISOR, Command::AnswerFinding(answer), facts)])
    }),
    ("外乡镇整改", Code::Scope, |_| {
        let answer = AnswerFinding { finding: FINDING, text: text("answer") };
        let facts = vec![Fact::FindingAnswered { finding: FINDING, text: None }];
        Ok(vec![("1081", Command::AnswerFinding(answer), facts)])
    }),
    ("经办人登记移交", Code::Role, |_| {
        let to = Discipline::Inspection;
        let transfer = Transfer { finding: FINDING, to, document: text("document"), reason: text("reason") };
        let facts = vec![Fact::FindingTransferred { finding: FINDING, to, document: None, reason: None }];
        Ok(vec![(HANDLER, Command::Transfer(transfer), facts)])
    }),
    ("把付款日期写到以后", Code::DateOrder, |c| {
        let mut rows = paying(HANDLER, &c.approved, PayBy::Bank);
        if let Some((_, Command::Pay(pay), _)) = rows.first_mut() {
            pay.on = pay.on.plus(30);
        }
        Ok(rows)
    }),
    ("近亲属重复备案", Code::Duplicate, |c| {
        let relative = FileRelative {
            officer: COUNTY.into(),
            person: person(c)?,
            relation: None,
            born: None,
            township: None,
        };
        Ok(vec![("9000", Command::FileRelative(relative), vec![])])
    }),
];

const FINDING: FindingId = FindingId([0xf1; 16]);

/// The moment of what is told by telephone.
pub(super) fn at() -> Stamp {
    Day::new(2026, 3, 20).map_or(Stamp(0), |day| Stamp::at(day, 9, 0))
}

pub(super) fn text(slot: &str) -> Option<Text> {
    Some(Text::from(slot))
}

pub(super) fn stage(case: &Opened, stage: Stage) -> Vec<Fact> {
    vec![Fact::StageSet { case: case.case, stage, tier: None, due: None, text: None }]
}

pub(super) fn approving(by: &'static str, case: &Opened) -> Rows {
    vec![(by, acts::approve(case.case, case.lines.clone()).0, stage(case, Stage::Approved))]
}

fn handed(case: &Opened) -> Vec<Fact> {
    let paid = |line: &Line| Fact::LinePaid {
        case: case.case,
        line: line.line,
        amount: line.amount,
        pay_by: line.pay_by,
        at: at(),
        by: HANDLER.into(),
        receipt: None,
        witness: None,
        cash_reason: None,
        payer: None,
    };
    let mut facts: Vec<Fact> = case.lines.iter().map(paid).collect();
    facts.extend(stage(case, Stage::Paid));
    facts
}

pub(super) fn paying(by: &'static str, case: &Opened, pay_by: PayBy) -> Rows {
    let pay = Pay {
        case: case.case,
        line: case.lines.first().map_or(LineId([0; 16]), |line| line.line),
        pay_by,
        on: at().day(),
        cash_reason: None,
        receipt: None,
        witness: None,
    };
    vec![(by, Command::Pay(pay), handed(case))]
}

fn first(case: &Opened, authority: Authority) -> PayFirst {
    PayFirst {
        case: case.case,
        lines: case.lines.clone(),
        authority,
        cash_reason: text("cash-reason"),
        receipt: text("recipient"),
        witness: text("witness"),
        blank: None,
        handed_over: None,
        overrides: BTreeSet::new(),
        override_reason: None,
    }
}

/// Pays first on a code that is said to be the county approver's.
pub(super) fn coded(court: &Court, code: &str) -> Rows {
    let authority = Authority::Code { by: COUNTY.into(), code: code.to_owned(), at: at() };
    vec![(HANDLER, Command::Direct(first(&court.open, authority)), handed(&court.open))]
}

/// Pays first on somebody's word by telephone.
pub(super) fn told_by(court: &Court, by: &str) -> Rows {
    let told = Authority::Telephone { by: by.into(), at: at(), number: text("telephone") };
    vec![(HANDLER, Command::Direct(first(&court.open, told)), handed(&court.open))]
}

fn settling(court: &Court) -> Command {
    let of = MarkOf::Case { case: court.waiting.case };
    Command::SettleMark(SettleMark { of, reason: text("reason") })
}

fn settled(court: &Court) -> Vec<Fact> {
    let of = MarkOf::Case { case: court.waiting.case };
    vec![Fact::MarkSettled { of, reason: None }]
}

fn ratifying(by: &'static str, court: &Court, fen: i64) -> Rows {
    let amount = Money::from_fen(fen);
    let case = court.recorded.case;
    let ratify = Command::Ratify(Ratify { case, amount, reason: text("reason") });
    let ratified = Fact::Ratified { case, amount, excess: Money::ZERO, reason: None };
    vec![(by, ratify, vec![ratified])]
}

fn person(court: &Court) -> Result<crate::domain::ids::PersonId, Fault> {
    let reader = court.ward.office.desk().replica().reader()?;
    let case = reader.case(court.waiting.case).ok_or_else(|| Fault::bug("没有办件"))?;
    Ok(case.person)
}

/// Another case for the household that was helped.
fn again(court: &Court) -> Result<OpenCase, Fault> {
    let mut open = court.paid_args.clone();
    open.case = CaseId(random::bytes()?);
    for line in &mut open.lines {
        line.line = LineId(random::bytes()?);
    }
    Ok(open)
}

/// What opening it would make true.
fn opened(open: &OpenCase) -> Vec<Fact> {
    let made = Fact::CaseOpened {
        case: open.case,
        number: "26-102-0099".to_owned(),
        matter: open.matter,
        person: open.person,
        household: open.household,
        applicant: open.applicant,
        helped: open.helped,
        township: open.township,
        village: open.village,
        circumstance: open.circumstance,
        severity: open.severity,
        path: open.path,
        need: open.need,
        schemes: open.schemes,
        by_meeting: open.by_meeting,
        handler: HANDLER.into(),
        accepted: at().day(),
        pack: "CY-2021-15".to_owned(),
        lead: None,
        blank: None,
        reason: None,
    };
    vec![made, Fact::LinesAsked { case: open.case, lines: open.lines.clone() }]
}

/// Another matter and case of the household that was helped, for 400 yuan, submitted; then approved by the township.
fn split(court: &Court) -> Result<Rows, Fault> {
    let mut open = again(court)?;
    open.matter = MatterId(random::bytes()?);
    open.circumstance = Circumstance::Illness;
    open.lines.iter_mut().for_each(|line| line.amount = Money::from_fen(40_000));
    let matter = OpenMatter {
        matter: open.matter,
        township: TOWNSHIP,
        circumstance: Circumstance::Illness,
        on: at().day(),
        place: None,
        shared: false,
        people: vec![open.person],
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    let opened_matter = Fact::MatterOpened {
        matter: open.matter,
        number: "S26-102-099".to_owned(),
        township: TOWNSHIP,
        circumstance: Circumstance::Illness,
        on: at().day(),
        place: None,
        shared: false,
        people: vec![open.person],
    };
    let (case, lines) = (open.case, open.lines.clone());
    let mut facts = opened(&open);
    facts.push(Fact::StageSet {
        case,
        stage: Stage::Submitted,
        tier: Some(crate::domain::office::Tier::Township),
        due: None,
        text: None,
    });
    let approve = Approve {
        case,
        lines: lines.clone(),
        note: None,
        second_grant: None,
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    Ok(vec![
        (HANDLER, Command::OpenMatter(matter), vec![opened_matter]),
        (HANDLER, Command::OpenCase(open), facts),
        (
            APPROVER,
            Command::Approve(approve),
            stage(&Opened { case, lines, drafts: Vec::new() }, Stage::Approved),
        ),
    ])
}

impl Court {
    fn found(root: &Path) -> Result<Court, Fault> {
        let day = Day::new(2026, 3, 2).ok_or_else(|| Fault::bug("没有这一天"))?;
        let start = Stamp::at(day, 9, 0);
        let mut officers = acts::officers();
        officers.extend([
            acts::officer(SUPERVISOR, Office::County, Role::Supervisor),
            acts::officer("1024", Office::Township(TOWNSHIP), Role::Handler),
            acts::officer("1081", Office::Township(OTHER), Role::Handler),
            acts::officer("1082", Office::Township(OTHER), Role::Approver),
        ]);
        officers.extend(lent::officers());
        let mut office = Scratch::found(&officers, start, false)?;
        let mut minute = 0;
        let mut act = |office: &mut Scratch, by: &str, drafts: Vec<Draft>| -> Result<(), Fault> {
            minute += 1;
            office.at(start.plus_minutes(minute));
            let acts = drafts.into_iter().map(|(command, private)| (by.into(), command, private)).collect();
            setup::settled(Some(office.act(acts)?)).map(drop)
        };
        act(
            &mut office,
            FINANCE,
            vec![acts::arrival(100_000), acts::allot(60_000, Till::Bank), acts::withdraw_cash(50_000)],
        )?;
        let mut cases = Vec::new();
        let mut paid_args = None;
        let mut names = Vec::new();
        for nth in 0..6 {
            let mut case = acts::case(day, if nth == 5 { 80_000 } else { ASKED })?;
            let drafts = std::mem::take(&mut case.drafts);
            if nth == 2 {
                paid_args = drafts.iter().find_map(|(command, _)| match command {
                    Command::OpenCase(open) => Some(open.clone()),
                    _ => None,
                });
            }
            names.extend(
                drafts
                    .iter()
                    .flat_map(|(_, private)| private.people.values())
                    .map(|who| who.name.clone())
                    .next(),
            );
            act(&mut office, HANDLER, drafts)?;
            cases.push(case);
        }
        let mut next = cases.into_iter();
        let mut take = || next.next().ok_or_else(|| Fault::bug("没有办件"));
        let (waiting, approved, paid, open, by_code, recorded) =
            (take()?, take()?, take()?, take()?, take()?, take()?);
        act(&mut office, HANDLER, vec![acts::submit(waiting.case), acts::submit(approved.case)])?;
        act(&mut office, APPROVER, vec![acts::approve(approved.case, approved.lines.clone())])?;
        let holder = names.get(1).ok_or_else(|| Fault::bug("没有姓名"))?;
        act(&mut office, HANDLER, vec![acts::account(approved.case, holder)?])?;
        let now = office.now();
        act(&mut office, HANDLER, vec![acts::direct(paid.case, paid.lines.clone(), &APPROVER.into(), now)])?;
        act(&mut office, COUNTY, vec![(sheet()?, Private::default())])?;
        let now = office.now();
        act(&mut office, HANDLER, vec![by_spoken_code(&by_code, now)])?;
        act(&mut office, HANDLER, vec![paid_last_night(&recorded, now)])?;
        let person = office.desk().replica().reader()?.case(waiting.case).map(|case| case.person);
        let relative = FileRelative {
            officer: COUNTY.into(),
            person: person.ok_or_else(|| Fault::bug("没有办件"))?,
            relation: None,
            born: None,
            township: None,
        };
        act(&mut office, "9000", vec![(Command::FileRelative(relative), Private::default())])?;
        let mut private = Private::default();
        let raise = RaiseFinding {
            finding: FINDING,
            about: About::Township { township: TOWNSHIP },
            entry: None,
            due: day.plus(10),
            text: private.put("finding", "台账没有记全"),
        };
        act(&mut office, SUPERVISOR, vec![(Command::RaiseFinding(raise), private)])?;
        lent::prepare(&mut office, day, &mut act)?;
        // Papers of what was paid first are late from here on.
        office.at(at());
        let shown = Opened { case: waiting.case, lines: waiting.lines.clone(), drafts: Vec::new() };
        let foreign = acts_row()?;
        let ward = Ward::of(root, office, shown, foreign)?;
        let paid_args = paid_args.ok_or_else(|| Fault::bug("没有办件"))?;
        Ok(Court { ward, waiting, approved, paid, open, paid_args, recorded })
    }

    /// How many entries there are.
    pub(super) fn last(&self) -> u64 {
        self.ward.last()
    }

    /// The first day of the log.
    pub(super) fn day(&self) -> Day {
        at().day()
    }

    /// The county's id.
    pub(super) fn county(&self) -> CountyId {
        self.ward.county()
    }

    /// Writes the rows of a patched program, one upon the other.
    fn forge(&self, scene: &Scene, rows: Rows) -> Result<(), Fault> {
        let mut head = self.ward.head(self.ward.last());
        for (nth, (by, command, facts)) in (1..).zip(rows) {
            let mut body = self.ward.body(head, by, &command, &facts)?;
            body.desk_seq = nth;
            let row = self.ward.row(body, by)?;
            add(scene, &row)?;
            head = Head::of(&row);
        }
        Ok(())
    }
}

/// A row that stands for none: nobody is another county here.
fn acts_row() -> Result<crate::ledger::Row, Fault> {
    Ok(crate::ledger::Row {
        n: 0,
        cid: crate::ledger::Cid(random::bytes()?),
        body: String::new(),
        private: None,
        hash: crate::ledger::Hash([0; 32]),
        sig: [0; 64],
    })
}

/// A sheet with two codes.
fn sheet() -> Result<Command, Fault> {
    let salt: [u8; 16] = random::bytes()?;
    let digest = |(index, code)| {
        let digest = spoken_code::digest(&salt, spoken_code::PRACTICE, index, code).map(hex::encode);
        digest.ok_or_else(|| Fault::bug("授权码不合规格"))
    };
    let digests = (0..).zip([SPENT, "271828"]).map(digest).collect::<Result<_, _>>()?;
    Ok(Command::IssueCodes(IssueCodes { salt: hex::encode(salt), cost: spoken_code::PRACTICE, digests }))
}

fn by_spoken_code(case: &Opened, now: Stamp) -> Draft {
    let mut private = Private::default();
    for (slot, words) in [("cash-reason", "急难先行"), ("recipient", "本人按手印"), ("witness", "村会计王五")]
    {
        private.put(slot, words);
    }
    let authority = Authority::Code { by: COUNTY.into(), code: SPENT.to_owned(), at: now };
    (Command::Direct(first(case, authority)), private)
}

fn paid_last_night(case: &Opened, now: Stamp) -> Draft {
    let mut private = Private::default();
    let paid = RecordPaid {
        case: case.case,
        lines: case.lines.clone(),
        at: now,
        officer: Some(HANDLER.into()),
        payer: private.put("payer", "村会计"),
        receipt: private.put("recipient", "本人按手印"),
        witness: private.put("witness", "村会计王五"),
        from: PaidFrom::Pocket,
        authority: Authority::Nobody {},
        blank: None,
    };
    (Command::RecordPaid(paid), private)
}

/// Every line of the tables.
fn all() -> impl Iterator<Item = &'static (&'static str, Code, Forge)> {
    ATTACKS.iter().chain(batched::ATTACKS).chain(lent::ATTACKS)
}

/// How many lines they have.
#[cfg(test)]
pub(super) fn count() -> usize {
    all().count()
}

/// Runs the tables; what is marked otherwise, or can be gone on with, is in the report.
///
/// # Errors
/// The machine's.
pub(super) fn run(root: &Path, report: &mut Report) -> Result<(), Fault> {
    let court = Court::found(root)?;
    let mut found = 0;
    for (nth, (name, code, forge)) in all().enumerate() {
        let scene = court.ward.scene(&format!("authority-{nth}"))?;
        let rows = forge(&court)?;
        let n = court.ward.last() + rows.len() as u64;
        court.forge(&scene, rows)?;
        match judge(&court.ward, &scene, Who::New, Says::Marks(*code))? {
            None => {
                found += 1;
                report.lines.push(format!("{name}｜标记 {code} {} 第{n}条｜没看过的电脑", code.clause()));
            }
            Some(wrong) => report.broken.push(format!("{name}：{wrong}")),
        }
    }
    for other in [copied, backdated] {
        let before = report.broken.len();
        other(&court, report)?;
        found += usize::from(report.broken.len() == before);
    }
    let known = all().count() + 2;
    let slowest = court.ward.slowest();
    report.lines.push(format!("越权记录 {known} 种，发现 {found} 种，都不能再付款；{slowest}"));
    Ok(())
}

/// An entry under the id of a desk that wrote before, with a count that was used: somebody writes as another PC.
fn copied(court: &Court, report: &mut Report) -> Result<(), Fault> {
    let name = "用别的电脑的编号记录";
    let ward = &court.ward;
    let scene = ward.scene("authority-copied")?;
    let (command, private) = acts::allot_to(OTHER, 1_000, Till::Bank);
    let facts = ward.decided(FINANCE, &command, &private)?;
    let mut body = ward.body(ward.head(ward.last()), FINANCE, &command, &facts)?;
    let other: DeskId = ward.bodies.last().map_or(body.desk, |last| last.desk);
    (body.desk, body.desk_seq) = (other, 1);
    add(&scene, &ward.row(body, FINANCE)?)?;
    match judge(ward, &scene, Who::New, Says::Marks(Code::Chain))? {
        None => report.lines.push(format!("{name}｜标记 E-CHAIN 第{}条｜没看过的电脑", ward.last() + 1)),
        Some(wrong) => report.broken.push(format!("{name}：{wrong}")),
    }
    Ok(())
}

/// The second administrator's word about roles, dated before the approval that it should have come before.
fn backdated(court: &Court, report: &mut Report) -> Result<(), Fault> {
    let name = "把授岗的时间写到以前";
    let ward = &court.ward;
    let scene = ward.scene("authority-backdated")?;
    let (command, facts) = lent::second();
    let mut body = ward.body(ward.head(ward.last()), lent::SECOND, &command, &facts)?;
    let before = ward.bodies.first().map_or(0, |first| first.share_ms);
    (body.share_ms, body.desk_ms) = (before, before);
    add(&scene, &ward.row(body, lent::SECOND)?)?;
    match judge(ward, &scene, Who::New, Says::Marks(Code::DateOrder))? {
        None => report.lines.push(format!("{name}｜标记 E-DATE-ORDER 第{}条｜没看过的电脑", ward.last() + 1)),
        Some(wrong) => report.broken.push(format!("{name}：{wrong}")),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{attacks, insider, recovery};
    use super::*;

    /// Codes of duties, powers and money that this version speaks, save those below.
    const NOT_FORGED: &[(Code, &str)] =
        &[(Code::SplitTierFirst, "a warning: its reason makes it an exception for the county")];

    #[test]
    fn every_check_of_duties_powers_and_money_is_tried_by_somebody() {
        use crate::domain::catalogue::{authority, verbs};
        use crate::domain::code::{Group, Weight};
        let groups =
            [Group::Duties, Group::Tier, Group::Split, Group::OnceAYear, Group::Emergency, Group::Funds];
        let mut tried: BTreeSet<Code> = all().map(|(_, code, _)| *code).collect();
        for (_, _, _, says) in attacks::ATTACKS.iter().chain(insider::ATTACKS).chain(recovery::ATTACKS) {
            if let Says::Marks(code) = says {
                tried.insert(*code);
            }
        }
        for verb in verbs::all().filter(|verb| verb.real) {
            for code in verb.codes.iter().copied().flatten() {
                let asked = groups.contains(&code.group())
                    && code.weight() == Weight::Refuses
                    && authority::everywhere(verb.name, *code);
                if asked && !NOT_FORGED.iter().any(|(known, _)| known == code) {
                    assert!(tried.contains(code), "{code} of {}", verb.name);
                }
            }
        }
        assert!(tried.contains(&Code::State) && tried.contains(&Code::NotFinal));
    }
}
