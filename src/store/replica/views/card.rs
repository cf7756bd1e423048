//! The card of a case: everything that an approver looks at before he signs, and 办理经过.

use super::exceptions::{ExceptionRow, MarkRow, NotedRow, read_exception, read_mark, read_noted};
use super::leads::LeadRow;
use super::path::PathFile;
use super::told::told;
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::answers::{Answers, Case, Item, Matter};
use crate::domain::fund::{Account, Till};
use crate::domain::grant::{Line, Source, total};
use crate::domain::hints::{self, Known};
use crate::domain::ids::{AuthorityId, CaseId, LineId, OfficerNo, PersonId, Text};
use crate::domain::kin::{self, Kin};
use crate::domain::nouns::{LineKind, Need, PayBy, Stage, Status};
use crate::domain::office::Tier;
use crate::domain::same::SameAnswers as _;
use crate::domain::standard::{Band, For};
use crate::domain::tiers::ReferTo;
use crate::store::replica::answers::{funds, many, one};
use crate::store::replica::bind::Village;
use crate::store::replica::fault::Result;
use crate::store::replica::lookup::{FamilyCard, Prior, priors};
use crate::store::replica::{Ask, Reader};
use rusqlite::Connection;
use std::collections::{BTreeMap, BTreeSet};

/// A step of 办理经过.
#[derive(Clone, PartialEq, Eq)]
pub struct Step {
    /// The entry.
    pub n: u64,
    /// The share's time.
    pub at: Stamp,
    /// The desk's own time.
    pub desk_at: Stamp,
    /// Who.
    pub who: OfficerNo,
    /// His name, where known.
    pub name: String,
    /// Who carried it to the share.
    pub carrier: OfficerNo,
    /// The verb in Chinese.
    pub zh: String,
    /// The stage after it.
    pub stage: Stage,
    /// Papers, amounts.
    pub detail: String,
    /// Reasons and remarks.
    pub text: String,
}

/// A payment of a line.
#[derive(Clone, PartialEq, Eq)]
pub struct Payment {
    /// The line.
    pub line: LineId,
    /// How much.
    pub amount: Money,
    /// How.
    pub pay_by: PayBy,
    /// When.
    pub at: Stamp,
    /// Who entered it.
    pub by: OfficerNo,
    /// Who took it.
    pub receipt: String,
    /// Who stood by.
    pub witness: String,
    /// Why cash.
    pub cash_reason: String,
    /// Who paid, where it was no officer.
    pub payer: String,
}

/// A word to pay first (授权), as papers and the card show it.
#[derive(Clone, PartialEq, Eq)]
pub struct GivenWord {
    /// The authorisation.
    pub id: AuthorityId,
    /// Who gave it.
    pub by: OfficerNo,
    /// His name, where known.
    pub name: String,
    /// His tier.
    pub tier: Tier,
    /// Up to what sum.
    pub amount: Money,
    /// When.
    pub at: Stamp,
    /// Whether he signed it at a PC himself.
    pub signed: bool,
    /// Whether it was proved: signed, or by a spoken code (授权码).
    pub verified: bool,
    /// Whether it was used.
    pub used: bool,
}

impl GivenWord {
    /// How it was given.
    pub fn how_zh(&self) -> &'static str {
        match (self.signed, self.verified, self.tier) {
            (true, _, _) => "电脑签署",
            (false, true, _) => "电话报授权码",
            (false, false, Tier::Township) => "电话授权",
            (false, false, _) => "电话授权（未验码）",
        }
    }
}

/// The reserve before and after what is asked or granted and not paid yet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct FundView {
    /// In hand.
    pub cash: Money,
    /// At the bank.
    pub bank: Money,
    /// In hand afterwards.
    pub cash_after: Money,
    /// At the bank afterwards.
    pub bank_after: Money,
}

/// What counts toward limits besides this case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sums {
    /// Other grants to these people for the same matter in this calendar year.
    pub matter: Money,
    /// Other grants to these people in the days before, today counted.
    pub days: Money,
    /// Other grants to these people in this calendar year.
    pub year: Money,
}

/// What only the card reads of a case's row.
#[derive(Clone, PartialEq, Eq)]
pub struct Opening {
    /// 受助人数.
    pub helped: u16,
    /// Where he lives now.
    pub village: u64,
    /// 急难发生地 of the matter, where known.
    pub place: Option<u64>,
    /// 突发、紧迫、临时.
    pub need: Need,
    /// When it was registered.
    pub opened: Stamp,
    /// Since when it stands in its stage.
    pub since: Stamp,
    /// Until when this stage is due.
    pub due: Option<Day>,
    /// 事由.
    pub reason: String,
    /// The other words of the entry that opened it, of the application and of 困难详情, by slot: of each the latest.
    pub told: BTreeMap<Text, String>,
    /// The minutes of the latest meeting.
    pub minutes: String,
    /// The number of the blank sheet.
    pub blank: String,
    /// Whether the home township has to be asked.
    pub home_to_ask: bool,
    /// The handler's name.
    pub handler_name: String,
    /// The day of the decision.
    pub decided_on: Option<Day>,
    /// Its tier.
    pub decided_tier: Option<Tier>,
}

/// A case with everything around it.
#[derive(Clone, PartialEq, Eq)]
pub struct CaseCard {
    /// The case, as rules see it.
    pub case: Case,
    /// The rest of its row.
    pub opening: Opening,
    /// The matter.
    pub matter: Option<Matter>,
    /// The lead it came from.
    pub lead: Option<LeadRow>,
    /// The applicant, his household and their earlier aid.
    pub family: Option<FamilyCard>,
    /// Earlier aid of the whole household, newest first, without this case.
    pub household_prior: Vec<Prior>,
    /// Sums besides this case.
    pub sums: Sums,
    /// 救助标准 that the pack of the case has for it.
    pub standard: Option<Band>,
    /// 可能符合: regular schemes that somebody should look at and to which nobody referred yet, with what speaks for each.
    pub hints: Vec<(ReferTo, &'static str)>,
    /// The reserve.
    pub fund: FundView,
    /// The deferred papers.
    pub items: Vec<Item>,
    /// Payments.
    pub payments: Vec<Payment>,
    /// Authorisations to pay first.
    pub authorisations: Vec<GivenWord>,
    /// Exceptions.
    pub exceptions: Vec<ExceptionRow>,
    /// Overridden warnings and notes.
    pub noted: Vec<NotedRow>,
    /// Marks.
    pub marks: Vec<MarkRow>,
    /// 近亲属: officers who have one of these people on file as a near relative.
    pub relatives_of: Vec<OfficerNo>,
    /// 疑似近亲属: officers whose near relatives these people may be; somebody has to look.
    pub maybe_relatives: Vec<Kin>,
    /// 办理经过, oldest first.
    pub steps: Vec<Step>,
    /// What was done of the expenditure path (支出型); none on the emergency path.
    pub path: Option<Box<PathFile>>,
    /// Whoever holds the card may not know what the hardship is: no screen says it.
    pub hides_hardship: bool,
    /// Who takes what is not paid, where it is not the applicant any more (改发何人); empty while nobody is named.
    pub taker: Option<String>,
    /// 户名 of the account that was noted for this case; empty where none was or it cannot be read.
    pub holder: String,
}

impl CaseCard {
    /// What is asked for.
    pub fn asked(&self) -> Money {
        total(&self.case.asked)
    }

    /// What is granted.
    pub fn granted(&self) -> Money {
        total(&self.case.granted)
    }
}

impl std::fmt::Debug for CaseCard {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CaseCard({})", self.case.number)
    }
}

fn opening(db: &Connection, id: CaseId) -> Result<Option<Opening>> {
    let sql = "SELECT helped, village, need, opened, stage_since, due, coalesce(reason, ''), coalesce(meet_minutes, ''),
         coalesce(blank, ''), home_to_ask, coalesce(officer_private.name, ''), decided_on, decided_tier,
         (SELECT place FROM matter WHERE matter.id = cases.matter)
       FROM cases LEFT JOIN officer_private ON officer_private.no = cases.handler WHERE id = ?1";
    Ok(one(db, sql, [id], |row| {
        Ok(Opening {
            helped: row.get(0)?,
            village: row.get::<_, Village>(1)?.0,
            need: row.get(2)?,
            opened: row.get(3)?,
            since: row.get(4)?,
            due: row.get(5)?,
            reason: row.get(6)?,
            told: BTreeMap::new(),
            minutes: row.get(7)?,
            blank: row.get(8)?,
            home_to_ask: row.get(9)?,
            handler_name: row.get(10)?,
            decided_on: row.get(11)?,
            decided_tier: row.get(12)?,
            place: row.get::<_, Option<Village>>(13)?.map(|village| village.0),
        })
    })?)
}

fn steps(db: &Connection, id: CaseId) -> Result<Vec<Step>> {
    let sql = "SELECT n, at, desk_at, who, coalesce(officer_private.name, ''), carrier, zh, stage, detail,
         coalesce(text, '')
       FROM step LEFT JOIN officer_private ON officer_private.no = step.who WHERE case_id = ?1 ORDER BY n";
    Ok(many(db, sql, [id], |row| {
        Ok(Step {
            n: row.get::<_, i64>(0)?.unsigned_abs(),
            at: row.get(1)?,
            desk_at: row.get(2)?,
            who: row.get(3)?,
            name: row.get(4)?,
            carrier: row.get(5)?,
            zh: row.get(6)?,
            stage: row.get(7)?,
            detail: row.get(8)?,
            text: row.get(9)?,
        })
    })?)
}

fn payments(db: &Connection, id: CaseId) -> Result<Vec<Payment>> {
    let sql = "SELECT line, amount, pay_by, at, by, coalesce(receipt, ''), coalesce(witness, ''),
         coalesce(cash_reason, ''), coalesce(payer, '') FROM line_paid WHERE case_id = ?1 ORDER BY n, line";
    Ok(many(db, sql, [id], |row| {
        Ok(Payment {
            line: row.get(0)?,
            amount: row.get(1)?,
            pay_by: row.get(2)?,
            at: row.get(3)?,
            by: row.get(4)?,
            receipt: row.get(5)?,
            witness: row.get(6)?,
            cash_reason: row.get(7)?,
            payer: row.get(8)?,
        })
    })?)
}

fn authorisations(db: &Connection, case: CaseId) -> Result<Vec<GivenWord>> {
    // whoever signs a word himself is the author of its entry; a spoken one stands in the handler's
    let sql = "SELECT by, coalesce(officer_private.name, ''), tier, amount, at, verified, used,
         EXISTS(SELECT 1 FROM step WHERE step.case_id = authority.case_id AND step.who = authority.by
           AND step.verb = 'authorise' AND authority.at IN (step.at, step.desk_at)), id
       FROM authority LEFT JOIN officer_private ON officer_private.no = authority.by
       WHERE case_id = ?1 ORDER BY at, id";
    Ok(many(db, sql, [case], |row| {
        Ok(GivenWord {
            by: row.get(0)?,
            name: row.get(1)?,
            tier: row.get(2)?,
            amount: row.get(3)?,
            at: row.get(4)?,
            verified: row.get(5)?,
            used: row.get(6)?,
            signed: row.get(7)?,
            id: row.get(8)?,
        })
    })?)
}

/// What the reserve holds, and would hold once the lines that are not paid yet are.
fn fund(db: &Connection, case: &Case) -> Result<FundView> {
    let cash = funds::balance(db, Account::Reserve(case.township, Till::Cash))?;
    let bank = funds::balance(db, Account::Reserve(case.township, Till::Bank))?;
    // An advance is paid: what waits for its decision is what was asked for.
    let waits = matches!(case.stage, Stage::Submitted | Stage::AtCity) && case.provisional;
    let lines: &[Line] = if case.granted.is_empty() || waits { &case.asked } else { &case.granted };
    let to_pay = |by: PayBy| -> Money {
        lines
            .iter()
            .filter(|line| {
                line.kind == LineKind::Money && line.pay_by == by && !case.paid.contains(&line.line)
            })
            .map(|line| line.amount)
            .sum()
    };
    let over = case.stage.is_final();
    let after = |held: Money, by: PayBy| if over { held } else { held - to_pay(by) };
    Ok(FundView { cash, bank, cash_after: after(cash, PayBy::Cash), bank_after: after(bank, PayBy::Bank) })
}

fn relatives_of(db: &Connection, people: &BTreeSet<PersonId>) -> Result<Vec<OfficerNo>> {
    let filed = many(db, "SELECT officer, person FROM relative ORDER BY officer", [], |row| {
        Ok((row.get::<_, OfficerNo>(0)?, row.get::<_, PersonId>(1)?))
    })?;
    let mut officers: Vec<OfficerNo> =
        filed.into_iter().filter(|(_, person)| people.contains(person)).map(|(officer, _)| officer).collect();
    officers.dedup();
    Ok(officers)
}

/// The sums of other grants, and the grants themselves.
fn others(
    db: &Connection,
    case: &Case,
    people: &BTreeSet<PersonId>,
    today: Day,
    split_days: u32,
) -> Result<(Sums, Vec<Prior>)> {
    let mut all = priors(db, people, Day::EPOCH, today.plus(366))?;
    all.retain(|prior| prior.grant.source != Source::Case(case.id));
    let from = today.plus(-i64::from(split_days));
    let mut sums = Sums::default();
    for grant in all.iter().map(|prior| &prior.grant) {
        let this_year = grant.on.year() == today.year();
        if this_year && grant.matter == Some(case.matter) {
            sums.matter += grant.amount;
        }
        if this_year {
            sums.year += grant.amount;
        }
        if grant.on >= from && grant.on <= today {
            sums.days += grant.amount;
        }
    }
    Ok((sums, all))
}

/// Who was noted to take the money in the applicant's stead: the holder of the account that was noted for him, else his name.
fn taker(db: &Connection, case: CaseId) -> Result<Option<String>> {
    let sql = "SELECT coalesce(
         (SELECT a.holder FROM account a WHERE a.case_id = p.case_id AND a.payee = p.payee ORDER BY a.seq DESC LIMIT 1),
         (SELECT q.name FROM person_private q WHERE q.person = p.person), '')
       FROM payee_note p WHERE p.case_id = ?1";
    Ok(one(db, sql, [case], |row| row.get(0))?)
}

/// What the case holds that speaks for a regular scheme.
fn known(case: &Case, opening: &Opening, family: Option<&FamilyCard>, path: Option<&PathFile>) -> Known {
    let told =
        |slot: &str| opening.told.iter().find(|(known, _)| known.0 == slot).map_or("", |(_, text)| text);
    let members = family.iter().flat_map(|family| family.members.iter().map(|member| member.age));
    let ages = family.iter().map(|family| family.who.age).chain(members);
    let survey = path.and_then(|path| path.course.survey.as_ref());
    let status = family.and_then(|family| family.who.status).unwrap_or(Status::Unlisted);
    let disability = told("disability");
    Known {
        circumstance: case.circumstance,
        status,
        ages: ages.flatten().collect(),
        size: family.map_or(1, |family| family.who.household_size),
        disabled: !matches!(disability, "" | "无"),
        burnt: told("kind") == "火灾",
        jobless: !told("lost-on").is_empty(),
        income: survey.map(|survey| {
            let income = &survey.income;
            income.wages + income.business + income.property + income.transfer
        }),
    }
}

impl Reader {
    /// The case of a number typed in full, for example `26-103-0117`.
    ///
    /// # Errors
    /// SQLite's.
    pub fn case_of_number(&self, number: &str) -> Result<Option<CaseId>> {
        Ok(one(self.db(), "SELECT id FROM cases WHERE number = ?1 ORDER BY id LIMIT 1", [number], |row| {
            row.get(0)
        })?)
    }

    /// 办理经过 of a case, oldest first.
    ///
    /// # Errors
    /// SQLite's.
    pub fn steps_of(&self, case: CaseId) -> Result<Vec<Step>> {
        steps(self.db(), case)
    }

    /// The card of a case; none where it is not known. `split_days` is the pack's.
    ///
    /// # Errors
    /// SQLite's.
    pub fn case_card(&self, id: CaseId, today: Day, split_days: u32) -> Result<Option<CaseCard>> {
        let db = self.db();
        let case = self.case(id);
        if let Some(fault) = self.take_fault() {
            return Err(fault);
        }
        let (Some(case), Some(mut opening)) = (case, opening(db, id)?) else { return Ok(None) };
        opening.told = told(db, id)?;
        let mut family = self.family_card(case.person, today)?;
        // What was noted for this case is where its money goes, whatever else is known of the applicant.
        let noted_account = "SELECT number, bank, holder FROM account a WHERE case_id = ?1 AND number <> ''
             AND payee = coalesce((SELECT payee FROM payee_note p WHERE p.case_id = a.case_id), payee)
           ORDER BY seq DESC LIMIT 1";
        let account: Option<(String, Option<String>, Option<String>)> =
            one(db, noted_account, [id], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
        let holder = account.as_ref().and_then(|(.., holder)| holder.clone()).unwrap_or_default();
        let taker = taker(db, id)?;
        if let Some(family) = &mut family {
            match account {
                Some((number, bank, _)) => (family.account, family.bank) = (number, bank.unwrap_or_default()),
                // Nothing goes to the account of the dead.
                None if taker.is_some() => (family.account, family.bank) = Default::default(),
                None => {}
            }
        }
        let mut people = BTreeSet::from([case.person]);
        people.extend(family.iter().flat_map(|family| family.members.iter().map(|member| member.person)));
        let people = self.same_as(&people);
        let (sums, household_prior) = others(db, &case, &people, today, split_days)?;
        let lead: Option<crate::domain::ids::LeadId> =
            one(db, "SELECT lead FROM cases WHERE id = ?1 AND lead IS NOT NULL", [id], |row| row.get(0))?;
        let by_case = "SELECT exception.n, at, by, case_id, number, township, code, settled_n IS NOT NULL
           FROM exception CROSS JOIN cases ON cases.id = case_id WHERE case_id = ?1 ORDER BY seq";
        let noted_by_case = "SELECT noted.n, at, by, kind, code, case_id, number, coalesce(noted.reason, '')
           FROM noted CROSS JOIN cases ON cases.id = case_id WHERE case_id = ?1 ORDER BY seq";
        let marks = "SELECT mark.n, at, by, code, sentence, clause, case_id, number, settled_n IS NOT NULL
           FROM mark INDEXED BY mark_open_by_case CROSS JOIN cases ON cases.id = case_id
           WHERE case_id = ?1 AND settled_n IS NULL ORDER BY seq";
        let path = self.path_file(&case, today)?.map(Box::new);
        let pack = self.pack(&case.pack).or_else(|| self.pack_now());
        let allowance = pack.as_ref().and_then(|pack| pack.referral.allowance_year);
        let mut hints = hints::schemes(&known(&case, &opening, family.as_ref(), path.as_deref()), allowance);
        let referred: Vec<ReferTo> =
            many(db, "SELECT to_ FROM referral WHERE case_id = ?1", [id], |row| row.get(0))?;
        hints.retain(|(to, _)| !referred.contains(to));
        let card = CaseCard {
            matter: self.matter(case.matter),
            lead: match lead {
                Some(lead) => self.lead_row(lead)?,
                None => None,
            },
            sums,
            standard: pack.as_ref().and_then(|pack| pack.standard.band(For::case(self, &case)).cloned()),
            hints,
            fund: fund(db, &case)?,
            items: self.items(id),
            payments: payments(db, id)?,
            authorisations: authorisations(db, id)?,
            exceptions: many(db, by_case, [id], read_exception)?,
            noted: many(db, noted_by_case, [id], read_noted)?,
            marks: many(db, marks, [id], read_mark)?,
            relatives_of: relatives_of(db, &people)?,
            maybe_relatives: kin::hints(self, &people, case.township),
            steps: steps(db, id)?,
            path,
            hides_hardship: false,
            taker,
            holder,
            case,
            opening,
            family,
            household_prior,
        };
        match self.take_fault() {
            Some(fault) => Err(fault),
            None => Ok(Some(card)),
        }
    }
}
