//! Gathering (取数): what a paper needs out of the replica, for screens and for the command line alike.

use super::month::{self, MonthSheet};
use super::{CaseHeld, PaperKind, Printed, Printing, case_paper, reserve_paper};
use crate::base::day::{Day, Stamp};
use crate::domain::answers::Answers as _;
use crate::domain::command::path::Signing;
use crate::domain::fact::Fact;
use crate::domain::ids::{BatchId, CaseId, LineId, OfficerNo};
use crate::domain::nouns::BatchState;
use crate::domain::office::{Office, Officer};
use crate::domain::payout::Batch;
use crate::domain::privacy::{Audience, Field, Medium, Show, show};
use crate::ledger::{Body, Row};
use crate::office::audit::chronicle::Chronicle;
use crate::office::seen;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;
use crate::store::replica::views::card::CaseCard;
use crate::store::replica::views::goods::BlankRow;
use std::collections::{BTreeMap, BTreeSet};

/// Who prints, and when.
pub struct Occasion<'a> {
    /// The officer.
    pub by: &'a OfficerNo,
    /// The day.
    pub on: Day,
    /// Whether the office is for practice.
    pub practice: bool,
}

/// A paper of a case.
///
/// # Errors
/// The case is not there, the paper belongs to no case, or the replica cannot be read.
pub fn of_case(
    reader: &Reader,
    kind: PaperKind,
    case: CaseId,
    occasion: &Occasion<'_>,
) -> Result<Printed, Fault> {
    let days = reader.pack_now().map_or(0, |pack| pack.tier.split_days);
    let (card, printing) = of_the_case(reader, case, days, occasion)?;
    if let Some(why) = super::why_not(kind, &card, &printing) {
        return Err(Fault::new(FaultKind::User, format!("不能打印{}", kind.zh()), why));
    }
    may_print(kind, &officer(reader, occasion)?, &card)?;
    case_paper(kind, &card, &printing).ok_or_else(|| {
        Fault::new(FaultKind::User, format!("{}不属于某一件", kind.zh()), "请按乡镇和月份打印")
    })
}

/// Papers, each with why it cannot be printed; none where it can.
pub type Offered = Vec<(PaperKind, Option<String>)>;

/// The papers that a case can give, each with why not where it cannot.
///
/// # Errors
/// The case is not there or another township's; the replica cannot be read.
pub fn papers_of(reader: &Reader, case: CaseId, occasion: &Occasion<'_>) -> Result<Offered, Fault> {
    let days = reader.pack_now().map_or(0, |pack| pack.tier.split_days);
    let (card, printing) = of_the_case(reader, case, days, occasion)?;
    let by = officer(reader, occasion)?;
    let why_not = |kind| {
        let why = super::why_not(kind, &card, &printing);
        why.or_else(|| may_print(kind, &by, &card).err().map(|fault| fault.what))
    };
    Ok(PaperKind::of_cases().map(|kind| (kind, why_not(kind))).collect())
}

/// The forms that hold what people said of a household are printed by whoever may read it: an emptied form would be a wrong
/// one.
fn may_print(kind: PaperKind, by: &Officer, card: &CaseCard) -> Result<(), Fault> {
    let audience = Audience::of(by, Some(card.case.township));
    let reads = show(Field::Text, audience, Medium::Unmasked) == Show::Full;
    match kind {
        PaperKind::Case(_) if !reads => {
            Err(Fault::new(FaultKind::User, "这张表写有困难情况，您不能打印", "请由经办人、审批人或督导打印"))
        }
        _ => Ok(()),
    }
}

/// A case as whoever prints may hold it, with everything that its papers read.
fn of_the_case(
    reader: &Reader,
    case: CaseId,
    days: u32,
    occasion: &Occasion<'_>,
) -> Result<(CaseCard, Printing), Fault> {
    let card = reader
        .case_card(case, occasion.on, days)?
        .ok_or_else(|| Fault::new(FaultKind::User, "找不到这一件", "请核对编号，或按F5刷新"))?;
    let card = seen::case(card, &officer(reader, occasion)?)?;
    let mut printing = printing(reader, occasion)?;
    printing.held = CaseHeld {
        steps: reader.path_steps(case)?,
        beside: reader.beside(case)?,
        county: county(reader)?,
        phone: phone(reader, card.case.township, occasion.on)?,
        pack: reader.pack(&card.case.pack).or_else(|| reader.pack_now()),
    };
    if show(
        Field::Text,
        Audience::of(&officer(reader, occasion)?, Some(card.case.township)),
        Medium::Unmasked,
    ) == Show::Nothing
    {
        let CaseHeld { pack, phone, .. } = std::mem::take(&mut printing.held);
        printing.held = CaseHeld { pack, phone, ..CaseHeld::default() };
    }
    let home = card.case.household.and_then(|id| reader.household(id));
    let mut people = home.map(|home| home.on(occasion.on)).unwrap_or_default();
    people.push(card.case.person);
    people.extend(card.matter.iter().flat_map(|matter| matter.people.iter().copied()));
    for step in &printing.held.steps {
        match &step.fact {
            Fact::MeansAuthorised(made) => {
                people.extend(made.members.iter().map(|signer| signer.person));
                people.extend(made.members.iter().filter_map(|signer| match signer.signing {
                    Signing::Guardian { by } => by,
                    _ => None,
                }));
            }
            Fact::SchoolNoted(made) => people.push(made.pupil),
            _ => {}
        }
    }
    for person in people {
        if let Some(details) = reader.details(person)? {
            printing.people.insert(person, details);
        }
    }
    standing_in(reader, &card, &mut printing)?;
    Ok((card, printing))
}

/// The township's telephone: of its duty list on the day or the last before it that names one, else the one to which its latest
/// notice sends objections. Both are the office's own and stand on papers for everybody.
fn phone(reader: &Reader, township: u16, on: Day) -> Result<String, Fault> {
    let duties = reader.duties(Some(Office::Township(township)), on.plus(-LAST_DUTY), Some(on))?;
    if let Some(duty) = duties.into_iter().rev().find(|duty| !duty.phone.is_empty()) {
        return Ok(duty.phone);
    }
    Ok(reader.notice_phone(township)?.unwrap_or_default())
}

/// How many days back a duty list still tells the telephone.
const LAST_DUTY: i64 = 366;

/// A case as whoever prints may hold it.
pub(super) fn card(reader: &Reader, case: CaseId, occasion: &Occasion<'_>) -> Result<CaseCard, Fault> {
    let days = reader.pack_now().map_or(0, |pack| pack.tier.split_days);
    let card = reader
        .case_card(case, occasion.on, days)?
        .ok_or_else(|| Fault::new(FaultKind::User, "找不到这一件", "请核对编号，或按F5刷新"))?;
    seen::case(card, &officer(reader, occasion)?)
}

/// 工作交接单 of an entry.
///
/// # Errors
/// No such hand-over; another office's; the replica cannot be read.
pub fn of_hand_over(reader: &Reader, n: u64, occasion: &Occasion<'_>) -> Result<Printed, Fault> {
    let found = reader.handed(None)?.into_iter().find(|row| row.n == n);
    let row = found.ok_or_else(|| Fault::new(FaultKind::User, "找不到这一次交接", "请按F5刷新后重选"))?;
    let asking = officer(reader, occasion)?;
    // Whoever signs it prints it, wherever he works by now.
    if ![&row.from.0, &row.to.0, &row.witness.0].contains(&&asking.no) {
        let office = reader.officer(&row.from.0).map_or(Office::County, |left| left.office);
        seen::may_open_of(&asking, office)?;
    }
    let office = reader.officer(&row.from.0).and_then(|left| left.office.township());
    let blanks = office.map_or_else(|| Ok(Vec::new()), |township| reader.blanks(township))?;
    Ok(super::sheets::hand_over(&row, &blanks, &printing(reader, occasion)?))
}

/// 销毁清册 of an entry.
///
/// # Errors
/// The entry destroyed nothing; the replica cannot be read.
pub fn of_erasure(reader: &Reader, n: u64, occasion: &Occasion<'_>) -> Result<Printed, Fault> {
    let found = reader.erasures()?.into_iter().find(|erasure| erasure.n == n);
    let erasure = found.ok_or_else(|| {
        let next = "请核对记录号：在操作经历里查「到期销毁」";
        Fault::new(FaultKind::User, format!("第 {n} 条记录没有销毁什么"), next)
    })?;
    let cases = reader.erased_by(n)?;
    Ok(super::destroyed::list(&erasure, &cases, &printing(reader, occasion)?))
}

/// F22 of an officer.
///
/// # Errors
/// No such officer, or whoever prints has no business with it; the replica cannot be read.
pub fn of_relatives(reader: &Reader, of: &OfficerNo, occasion: &Occasion<'_>) -> Result<Printed, Fault> {
    let none = || Fault::new(FaultKind::User, format!("没有操作员 {of}"), "请按F5刷新后重选");
    let whose = reader.officer(of).ok_or_else(none)?;
    seen::may_open_relatives(&officer(reader, occasion)?, &whose)?;
    let standing = reader.standing(None, occasion.on)?;
    Ok(super::sheets::relatives(of, &standing.relatives, &printing(reader, occasion)?))
}

/// 子女账户名单 of a year, or of all.
///
/// # Errors
/// Not the county's to print; the replica cannot be read.
pub fn of_children(reader: &Reader, year: Option<i32>, occasion: &Occasion<'_>) -> Result<Printed, Fault> {
    let asking = officer(reader, occasion)?;
    seen::may_list_children(&asking)?;
    let rows = reader.child_accounts_of(year)?;
    let rows: Vec<_> = rows.into_iter().map(|row| seen::child_account(row, &asking, Medium::Paper)).collect();
    Ok(super::children::list(year, &rows, &printing(reader, occasion)?))
}

/// 协作单位名册.
///
/// # Errors
/// Whoever has nothing to do with hardships; the replica cannot be read.
pub fn of_partners(reader: &Reader, occasion: &Occasion<'_>) -> Result<Printed, Fault> {
    seen::may_work(&officer(reader, occasion)?)?;
    Ok(super::partners::list(&reader.partners()?, &printing(reader, occasion)?))
}

/// F21 of a year, or of all: of the own township, at the county of all.
///
/// # Errors
/// Not theirs to print; the replica cannot be read.
pub fn of_heard(reader: &Reader, year: Option<i32>, occasion: &Occasion<'_>) -> Result<Printed, Fault> {
    let asking = officer(reader, occasion)?;
    seen::may_work(&asking)?;
    let own = asking.office.township();
    let rows = reader.heard_in(own, year)?.into_iter();
    let rows: Vec<_> = rows.map(|row| seen::heard(row, &asking, Medium::Paper)).collect();
    let whose = own.map_or("县局".to_owned(), super::parts::office);
    Ok(super::f21::register(whose, year, &rows, &printing(reader, occasion)?))
}

/// How many entries of each stolen key are printed.
const STOLEN: usize = 5_000;

/// 失窃密钥核对单.
///
/// # Errors
/// The replica cannot be read.
pub fn of_stolen(reader: &Reader, occasion: &Occasion<'_>) -> Result<Printed, Fault> {
    Ok(super::sheets::stolen(&reader.signed_by_stolen(STOLEN)?, &printing(reader, occasion)?))
}

/// Whoever approved in another's place is printed with whom he stood in for: 吴一帆（代安一）.
fn standing_in(reader: &Reader, card: &CaseCard, printing: &mut Printing) -> Result<(), Fault> {
    let (Some(by), Some(day)) = (&card.case.decided_by, card.opening.decided_on) else { return Ok(()) };
    if *by == card.case.handler {
        return Ok(());
    }
    if let Some((giver, name)) = reader.stood_in_for(by, day)? {
        let giver = if name.is_empty() { giver.0 } else { name };
        let own = super::parts::officer(printing, by);
        printing.names.insert(by.clone(), format!("{own}（代{giver}）"));
    }
    Ok(())
}

/// The reserve's ledger of a township's month.
///
/// # Errors
/// Another township's ledger; the replica cannot be read.
pub fn of_reserve(
    reader: &Reader,
    township: u16,
    month: (i32, u32),
    occasion: &Occasion<'_>,
) -> Result<Printed, Fault> {
    // The ledger names who was paid.
    seen::may_open(Audience::of(&officer(reader, occasion)?, Some(township)))?;
    let month = reader.reserve_month(township, month.0, month.1)?;
    Ok(reserve_paper(&month, &printing(reader, occasion)?))
}

/// The month sheet, out of the entries that this PC holds (`source`: those after n, at most so many) and its replica.
///
/// # Errors
/// No such month, or nothing written by its end; files of this PC that cannot be read.
pub fn of_month(
    reader: &Reader,
    source: &mut dyn FnMut(u64, usize) -> Result<Vec<Row>, Fault>,
    wanted: (i32, u32),
    occasion: &Occasion<'_>,
) -> Result<Printed, Fault> {
    let none = |what: String| Fault::new(FaultKind::User, what, "请核对月份，写成 2026-11 这样");
    let (year, which) = wanted;
    let (first, next) = month::days(wanted).ok_or_else(|| none(format!("没有 {year} 年 {which} 月")))?;
    let mut chronicle = Chronicle::default();
    let mut n = 0;
    loop {
        let rows = source(n, 1_000)?;
        let Some(last) = rows.last() else { break };
        n = last.n;
        for row in &rows {
            let body = Body::from_text(&row.body)
                .map_err(|_| Fault::damaged(format!("本机保存的第 {} 条记录读不懂", row.n)))?;
            chronicle.take_row(row, &body);
        }
    }
    let (head, head_at) = chronicle
        .heads
        .range(..=wanted)
        .next_back()
        .map(|(_, head)| *head)
        .ok_or_else(|| none(format!("{year} 年 {which} 月底以前没有任何记录")))?;
    let before = chronicle.heads.range(..wanted).next_back().map_or(0, |(_, (head, _))| head.n);
    let (from, to) = (Stamp::at(first, 0, 0), Stamp::at(next, 0, 0));
    let wrote = chronicle.months.get(&wanted).into_iter().flatten();
    let sheet = MonthSheet {
        month: wanted,
        head,
        head_at,
        before,
        running: occasion.on < next,
        root: chronicle.root.clone().unwrap_or_default(),
        wrote: wrote.map(|(no, entries)| (OfficerNo(no.clone()), *entries)).collect(),
        events: chronicle.events.into_iter().filter(|event| event.at >= from && event.at < to).collect(),
        marks: reader.marks_of_month(from, to, (before + 1, head.n))?,
        exceptions: reader.exceptions_between(from, to)?,
        blanks: every_blank(reader)?,
        open: reader
            .open_months(occasion.on)?
            .into_iter()
            .filter(|one| (one.year, one.month) <= wanted)
            .collect(),
    };
    Ok(month::of_month(&sheet, &printing(reader, occasion)?))
}

/// The numbered sheets of all townships.
fn every_blank(reader: &Reader) -> Result<Vec<BlankRow>, Fault> {
    let mut rows = Vec::new();
    for township in crate::base::division::townships() {
        rows.extend(reader.blanks(township.code)?);
    }
    Ok(rows)
}

/// The officers of the county.
fn county(reader: &Reader) -> Result<BTreeSet<OfficerNo>, Fault> {
    let all = reader.officers()?.into_iter();
    Ok(all.filter(|officer| officer.office == Office::County).map(|officer| officer.no).collect())
}

/// A batch, for whoever may look at the county's money; not for who has still to count it.
fn batch(reader: &Reader, id: BatchId, occasion: &Occasion<'_>) -> Result<Batch, Fault> {
    let asking = money_of_the_county(reader, occasion)?;
    let found = reader.batch(id);
    let batch = found.ok_or_else(|| Fault::new(FaultKind::User, "找不到这一批次", "请按F5刷新后重选"))?;
    if batch.state == BatchState::Open && batch.by != asking.no {
        let what = format!("批次{}还没有复核，花名册由制单人打印", batch.number);
        return Err(Fault::new(FaultKind::User, what, "请先对着审批表复核，再打印"));
    }
    Ok(batch)
}

/// Whoever may look at the county's money: its business, its finance, the supervisor.
fn money_of_the_county(reader: &Reader, occasion: &Occasion<'_>) -> Result<Officer, Fault> {
    let asking = officer(reader, occasion)?;
    match Audience::of(&asking, None) {
        Audience::Finance | Audience::County | Audience::Supervisor => Ok(asking),
        _ => Err(Fault::new(FaultKind::User, "批次和资金来源由县局打印", "请用县局财务的操作员号登录")),
    }
}

/// F17 of a batch.
///
/// # Errors
/// No such batch, or one that has still to be counted; another office's officer; the replica cannot be read.
pub fn of_roster(reader: &Reader, id: BatchId, occasion: &Occasion<'_>) -> Result<Printed, Fault> {
    let batch = batch(reader, id, occasion)?;
    Ok(super::bank::roster(&batch, &reader.roster(id)?, &printing(reader, occasion)?))
}

/// F18 of a batch.
///
/// # Errors
/// No such batch, or nothing came back of it; another office's officer; the replica cannot be read.
pub fn of_returns(reader: &Reader, id: BatchId, occasion: &Occasion<'_>) -> Result<Printed, Fault> {
    let batch = batch(reader, id, occasion)?;
    let rows = reader.returns(id)?;
    if rows.is_empty() {
        let what = format!("批次{}没有退汇", batch.number);
        return Err(Fault::new(FaultKind::User, what, "没有退票补发清单要打印"));
    }
    Ok(super::bank::returns(&batch, &reader.roster(id)?, &rows, &printing(reader, occasion)?))
}

/// F16's 申请报账表 of a township's month.
///
/// # Errors
/// Another township's; the replica cannot be read.
pub fn of_replenish(
    reader: &Reader,
    township: u16,
    month: (i32, u32),
    occasion: &Occasion<'_>,
) -> Result<Printed, Fault> {
    seen::may_open(Audience::of(&officer(reader, occasion)?, Some(township)))?;
    let found = reader.reserve_month(township, month.0, month.1)?;
    let open = reader.deferred(Some(township), None)?.into_iter().map(|row| row.case).collect();
    Ok(super::reserve::replenish(&found, &open, &printing(reader, occasion)?))
}

/// F19 of a township's month.
///
/// # Errors
/// Another township's; nothing was handed over; the replica cannot be read.
pub fn of_goods(
    reader: &Reader,
    township: u16,
    wanted: (i32, u32),
    occasion: &Occasion<'_>,
) -> Result<Printed, Fault> {
    seen::may_open(Audience::of(&officer(reader, occasion)?, Some(township)))?;
    let none = || Fault::new(FaultKind::User, "没有这个月份", "请按PgUp、PgDn换月");
    let (first, next) = month::days(wanted).ok_or_else(none)?;
    let rows = reader.goods_given(township, first, next)?;
    if rows.is_empty() {
        let what = format!("{}年{}月没有发放实物", wanted.0, wanted.1);
        return Err(Fault::new(FaultKind::User, what, "请按PgUp、PgDn换月后再打印"));
    }
    Ok(super::reserve::goods(township, wanted, &rows, "备用金", &printing(reader, occasion)?))
}

/// F24 of a line.
///
/// # Errors
/// Nothing is wanted back of it; another township's; the replica cannot be read.
pub fn of_recovery(
    reader: &Reader,
    case: CaseId,
    line: LineId,
    occasion: &Occasion<'_>,
) -> Result<Printed, Fault> {
    let rows = reader.recoveries(None)?;
    let found = rows.into_iter().find(|row| row.case == case && row.line == line);
    let row = found.ok_or_else(|| Fault::new(FaultKind::User, "这一笔没有追缴", "请按F5刷新后重选"))?;
    seen::may_open(Audience::of(&officer(reader, occasion)?, Some(row.township)))?;
    Ok(super::reserve::recovery(&row, &printing(reader, occasion)?))
}

/// The sources of a month, for reconciling with 财政.
///
/// # Errors
/// No such month; another office's officer; the replica cannot be read.
pub fn of_sources(reader: &Reader, wanted: (i32, u32), occasion: &Occasion<'_>) -> Result<Printed, Fault> {
    money_of_the_county(reader, occasion)?;
    let none = || Fault::new(FaultKind::User, "没有这个月份", "请核对月份，写成 2026-11 这样");
    let found = reader.month_end(wanted.0, wanted.1)?.ok_or_else(none)?;
    let (first, (_, next)) =
        (Day::new(wanted.0, 1, 1).ok_or_else(none)?, month::days(wanted).ok_or_else(none)?);
    let year = reader.source_spans(first, next)?;
    Ok(super::bank::sources(wanted, &found, &year, &printing(reader, occasion)?))
}

/// Who prints, with his office and roles.
pub(super) fn officer(reader: &Reader, occasion: &Occasion<'_>) -> Result<Officer, Fault> {
    let known = reader.officer(occasion.by);
    known.ok_or_else(|| Fault::new(FaultKind::User, "打印人还没有登记", "请登录后再打印"))
}

/// The names of officers, the day and the printer.
pub(in crate::office) fn printing(reader: &Reader, occasion: &Occasion<'_>) -> Result<Printing, Fault> {
    let names = reader.officers()?.into_iter().map(|officer| (officer.no, officer.name)).collect();
    Ok(Printing {
        names,
        people: BTreeMap::new(),
        on: occasion.on,
        by: reader.officer_name(occasion.by)?,
        practice: occasion.practice,
        held: CaseHeld::default(),
    })
}
