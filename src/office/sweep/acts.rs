//! What swept desks do: officers of an invented county and commands that their rules let through, with invented people.

use crate::base::account::Account;
use crate::base::day::{Day, Stamp};
use crate::base::id_no;
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::approval::{Approve, Refuse, Return, Submit, Withdraw};
use crate::domain::command::emergency::{Authority, PayFirst};
use crate::domain::command::funds::{Allot, MoveReserve, ReserveMove};
use crate::domain::command::intake::{FormHousehold, LeadArgs, NewMember, NotePerson, OpenCase, OpenMatter};
use crate::domain::command::payout::{MoveSource, NoteAccount};
use crate::domain::command::people::{MergePeople, PartPeople};
use crate::domain::fund::{Purpose, Till};
use crate::domain::grant::Line;
use crate::domain::ids::{
    AccountId, CaseId, HouseholdId, LeadId, LineId, MatterId, MergeId, OfficerNo, PersonId,
};
use crate::domain::nouns::{
    AccountKind, Applicant, Channel, Circumstance, Fund, LineKind, Need, Path, PayBy, Payee, Schemes,
    Severity, SourceWay, Status,
};
use crate::domain::office::{Office, Role, Tier};
use crate::domain::private::{PersonDetails, Private};
use crate::domain::same::{Link, LinkState};
use crate::office::compose::Draft;
use crate::office::random;
use crate::office::setup::NewOfficer;
use crate::store::fault::Fault;
use std::collections::BTreeSet;

/// The township of all of it, and a village there.
pub(super) const TOWNSHIP: u16 = 102;
/// A handler of the township.
pub(super) const HANDLER: &str = "1021";
const VILLAGE: u64 = 211_321_102_201;

/// An officer.
pub(super) fn officer(no: &str, office: Office, role: Role) -> NewOfficer {
    NewOfficer { no: no.into(), name: format!("试{no}"), office, roles: BTreeSet::from([role]) }
}

/// The officers; the first is the administrator.
pub(super) fn officers() -> Vec<NewOfficer> {
    let township = Office::Township(TOWNSHIP);
    vec![
        officer("9000", Office::County, Role::Administrator),
        officer("1021", township, Role::Handler),
        officer("1022", township, Role::Approver),
        officer("1023", township, Role::Handler),
        officer("9001", Office::County, Role::Finance),
        officer("9002", Office::County, Role::Finance),
        officer("9011", Office::County, Role::Approver),
    ]
}

/// A person whom nobody else is: with an id number drawn at random, check digit and all.
pub(super) fn person() -> Result<(PersonId, Draft), Fault> {
    let person = PersonId(random::bytes()?);
    let day = Day::new(1945, 1, 1)
        .map(|day| day.plus(i64::try_from(random::below(20_000).unwrap_or(0)).unwrap_or(0)));
    let birth = day.map_or_else(|| "19500101".to_owned(), |day| day.to_string().replace('-', ""));
    let first = format!("211321{birth}{:03}", random::below(1_000)?);
    let check = id_no::complete(&first).ok_or_else(|| Fault::bug("编不出身份证号"))?;
    let mut private = Private::default();
    let name = format!("试{}", random::below(1_000_000)?).replace(|c: char| c.is_ascii_digit(), "甲");
    let details = PersonDetails { name, id_no: format!("{first}{check}"), ..PersonDetails::default() };
    private.people.insert(person, details);
    let note = NotePerson { person, resident: true, without_papers: None, died: None, reason: None };
    Ok((person, (Command::NotePerson(note), private)))
}

/// 人员合并 of two new records, proposed.
pub(super) fn two_records() -> Result<Vec<Draft>, Fault> {
    let ((stays, one), (joined, other)) = (person()?, person()?);
    let mut private = Private::default();
    let reason = private.put("reason", "户口本记有曾用名");
    let merge = MergePeople { merge: MergeId(random::bytes()?), stays, joined, reason };
    Ok(vec![one, other, (Command::MergePeople(merge), private)])
}

/// The second word on a link that waits, or the first of its parting.
pub(super) fn next_of(link: &Link) -> Draft {
    let mut private = Private::default();
    let reason = private.put("reason", "已到派出所核对");
    let (merge, stays, joined) = (link.id, link.stays, link.joined);
    let command = match link.state {
        LinkState::Asked => Command::MergePeople(MergePeople { merge, stays, joined, reason }),
        _ => Command::PartPeople(PartPeople { merge, reason }),
    };
    (command, private)
}

/// 登记线索.
pub(crate) fn lead(now: Stamp) -> Result<Draft, Fault> {
    let mut private = Private::default();
    let said = private.put("said", "来电说家里昨夜着火");
    let lead = LeadArgs {
        lead: LeadId(random::bytes()?),
        channel: Channel::Village,
        township: TOWNSHIP,
        village: Some(VILLAGE),
        circumstance: Circumstance::Accident,
        severity: Severity::Serious,
        at: now,
        person: None,
        said,
        discoverer: None,
    };
    Ok((Command::Lead(lead), private))
}

/// 拨入备用金.
pub(crate) fn allot(fen: i64, till: Till) -> Draft {
    allot_to(TOWNSHIP, fen, till)
}

/// The same to a township.
pub(super) fn allot_to(township: u16, fen: i64, till: Till) -> Draft {
    let mut private = Private::default();
    let note = private.put("note", "年初拨款");
    let amount = Money::from_fen(fen);
    let allot = Allot { township, amount, till, purpose: Purpose::Assistance, note };
    (Command::Allot(allot), private)
}

/// 提取现金.
pub(super) fn withdraw_cash(fen: i64) -> Draft {
    withdraw_cash_in(TOWNSHIP, fen)
}

/// The same in a township.
pub(super) fn withdraw_cash_in(township: u16, fen: i64) -> Draft {
    let mut private = Private::default();
    let note = private.put("note", "提取现金备用");
    let amount = Money::from_fen(fen);
    (Command::MoveReserve(MoveReserve { township, way: ReserveMove::Withdraw, amount, note }), private)
}

/// 到账 at the county's own source.
pub(super) fn arrival(fen: i64) -> Draft {
    let mut private = Private::default();
    let note = private.put("note", "县财社指〔2026〕1号");
    let arrive = MoveSource {
        fund: Fund::County,
        way: SourceWay::Arrive,
        amount: Money::from_fen(fen),
        purpose: Purpose::Assistance,
        note,
    };
    (Command::MoveSource(arrive), private)
}

/// 登记账户 of the applicant, a passbook that nobody else has.
pub(super) fn account(case: CaseId, holder: &str) -> Result<Draft, Fault> {
    let mut private = Private::default();
    let number = format!("621700{:013}", random::below(10_000_000_000_000)?);
    let note = NoteAccount {
        account: AccountId(random::bytes()?),
        case,
        payee: Payee::Self_,
        owner: None,
        kind: AccountKind::Passbook,
        mark: hex::encode(random::bytes::<16>()?),
        check_digit: Account::parse(&number).is_ok_and(|number| number.luhn_ok()),
        number: private.put("account", &number),
        holder: private.put("holder", holder),
        bank: private.put("bank", "县农信联社"),
        letter: None,
        relation: None,
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    Ok((Command::NoteAccount(note), private))
}

/// A household with its case, opened.
pub(super) struct Opened {
    /// The case.
    pub(super) case: CaseId,
    /// What is asked.
    pub(super) lines: Vec<Line>,
    /// The commands that opened it.
    pub(super) drafts: Vec<Draft>,
}

/// A new household, its matter, and an emergency case over so much cash.
pub(super) fn case(today: Day, fen: i64) -> Result<Opened, Fault> {
    case_in((TOWNSHIP, VILLAGE), today, fen, PayBy::Cash)
}

/// The same in a township and village, to be paid so.
pub(super) fn case_in(
    (township, village): (u16, u64),
    today: Day,
    fen: i64,
    pay_by: PayBy,
) -> Result<Opened, Fault> {
    let (head, noted) = person()?;
    let (household, matter, case) =
        (HouseholdId(random::bytes()?), MatterId(random::bytes()?), CaseId(random::bytes()?));
    let form = FormHousehold {
        household,
        township,
        village,
        status: Status::RuralAllowance,
        since: today,
        members: vec![NewMember { person: head, relation: "02".to_owned() }],
        size: 1,
    };
    let happened = OpenMatter {
        matter,
        township,
        circumstance: Circumstance::Accident,
        on: today,
        place: Some(village),
        shared: false,
        people: vec![head],
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    let lines = vec![Line {
        line: LineId(random::bytes()?),
        kind: LineKind::Money,
        amount: Money::from_fen(fen),
        goods: None,
        pay_by,
        payee: Payee::Self_,
        after: 0,
    }];
    let mut private = Private::default();
    let reason = private.put("reason", "昨夜失火，衣被粮食全部烧毁");
    let open = OpenCase {
        case,
        lead: None,
        matter,
        person: head,
        household: Some(household),
        applicant: Applicant::Household,
        helped: 1,
        township,
        village,
        circumstance: Circumstance::Accident,
        severity: Severity::Serious,
        path: Path::Emergency,
        need: Need::Sudden,
        schemes: Schemes::NotYet,
        lines: lines.clone(),
        by_meeting: false,
        reason,
        blank: None,
        paid_before: false,
        handler: None,
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    let drafts = vec![
        noted,
        (Command::FormHousehold(form), Private::default()),
        (Command::OpenMatter(happened), Private::default()),
        (Command::OpenCase(open), private),
    ];
    Ok(Opened { case, lines, drafts })
}

/// 报批 to the township.
pub(super) fn submit(case: CaseId) -> Draft {
    let mut private = Private::default();
    let note = private.put("note", "情况属实，请审批");
    let submit = Submit {
        case,
        lines: None,
        to: Tier::Township,
        note,
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    (Command::Submit(submit), private)
}

/// 同意, as asked.
pub(super) fn approve(case: CaseId, lines: Vec<Line>) -> Draft {
    let approve = Approve {
        case,
        lines,
        note: None,
        second_grant: None,
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    (Command::Approve(approve), Private::default())
}

/// 退回.
pub(super) fn send_back(case: CaseId) -> Draft {
    let mut private = Private::default();
    let reason = private.put("reason", "请补说明材料");
    (Command::Return(Return { case, reason }), private)
}

/// 不予救助.
pub(super) fn turn_down(case: CaseId) -> Draft {
    let mut private = Private::default();
    let reason = private.put("reason", "经核实不符合条件");
    (Command::Refuse(Refuse { case, reason }), private)
}

/// 撤回.
pub(super) fn withdraw(case: CaseId) -> Draft {
    let mut private = Private::default();
    let reason = private.put("reason", "本人要求撤回");
    (Command::Withdraw(Withdraw { case, reason }), private)
}

/// 直接救助 on the word of an approver by telephone.
pub(super) fn direct(case: CaseId, lines: Vec<Line>, by: &OfficerNo, now: Stamp) -> Draft {
    let mut private = Private::default();
    let number = private.put("telephone", "13000000000");
    let authority = Authority::Telephone { by: by.clone(), at: now, number };
    let pay = PayFirst {
        case,
        lines,
        authority,
        cash_reason: private.put("cash-reason", "急难先行"),
        receipt: private.put("recipient", "本人按手印"),
        witness: private.put("witness", "村会计王五"),
        blank: None,
        handed_over: None,
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    (Command::Direct(pay), private)
}
