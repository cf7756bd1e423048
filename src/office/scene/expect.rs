//! What a story expects (应为): refusals and notes of the line above, facts, queues, balances, sums, stages, papers. What
//! is expected is compared with the state that the office answers, never with the runner's own memory.

use super::cast::number_of;
use super::parse::Line;
use super::run::{Last, Outcome, Played, Runner, Stop};
use super::values::{code, count, day, flag, money, need, noun, till, township};
use super::words::{Word, acting};
use crate::base::money::Money;
use crate::base::stamp::Stamp;
use crate::domain::answers::Case;
use crate::domain::catalogue::facts::FACTS;
use crate::domain::code::Code;
use crate::domain::fact::Fact;
use crate::domain::fund::Account;
use crate::domain::grant::{Grant, total};
use crate::domain::nouns::Stage;
use serde_json::Value;
use std::collections::BTreeSet;

const fn hearing(name: &'static str, zh: &'static str, run: super::words::Carry) -> Word {
    Word { acts: false, listens: true, ..acting(name, zh, &[], run) }
}

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "E-TIER-AUTH [\"句中的话\"] [E-...]",
        says: "上一行应被拒绝，说的正是这些代码，一个不多；引号里的话须在前面那个代码的句子里",
        ..hearing("refuse", "应被拒绝", refused)
    },
    Word { form: "", says: "上一行应办成（不写也是）", ..hearing("allow", "应办成", allowed) },
    Word {
        form: "W-RESIDENCE [\"句中的话\"]",
        says: "上一行应办成，并带这个提示或被越过的警告",
        ..hearing("note", "应提示", noted)
    },
    Word {
        form: "E-TIER-AUTH",
        args: &[],
        says: "上一行不应说这个代码；by 写只差多少，如 misses E-TIER-AUTH by 0.01",
        ..hearing("misses", "不应说", missed)
    },
    Word {
        form: "L1 refused E-... | L1 allowed",
        says: "断开期间签的那一行，恢复后的结果",
        ..hearing("outcome", "恢复后的结果", outcome)
    },
    Word {
        form: "fact ItemDue item=盖章 due=2026-03-16 | case C1 已发放 | queue 待补手续 has A 450.00 due 2026-03-16 \
               | reserve 波罗赤镇 cash 1550.00 | outlay 波罗赤镇|C1 100.00 | spent 波罗赤镇 450.00 | granted A 450.00 \
               | grants A 1 | item C1 盖章 | household H1 A B | marked C1 | brake w1 | clock C1 due=2026-03-16 | finding D1 待整改 \
               | source 县级预算 600.00 | advanced 波罗赤镇 县级预算 300.00 | batch P1 待回盘 | given-back 波罗赤镇 100.00 | beside C1 raised=yes | referral R1 已接收 | same A B | link A B 合并待复核",
        open_args: true,
        says: "expect no 之后写的，为应没有",
        ..hearing("expect", "应有", expect)
    },
];

fn last<'r>(r: &'r mut Runner<'_>) -> Result<&'r mut Last, Stop> {
    r.last.as_mut().ok_or_else(|| Stop::wrong("上面还没有办理的一行"))
}

/// Codes with the quoted texts behind each.
fn codes(line: &Line, from: usize) -> Result<Vec<(Code, Vec<&str>)>, Stop> {
    let mut found: Vec<(Code, Vec<&str>)> = Vec::new();
    for piece in line.pieces.iter().skip(from) {
        match (piece.quoted, found.last_mut()) {
            (false, _) => found.push((code(&piece.text)?, Vec::new())),
            (true, Some((_, texts))) => texts.push(&piece.text),
            (true, None) => return Err(Stop::wrong("引号里的话写在代码后面")),
        }
    }
    if found.is_empty() {
        return Err(Stop::wrong("后面写一个代码，如 E-TIER-AUTH"));
    }
    Ok(found)
}

fn check_refused(outcome: &Outcome, expected: &[(Code, Vec<&str>)]) -> Result<(), Stop> {
    let told = outcome.told();
    let Outcome::Refused(refusals) = outcome else {
        let codes: Vec<&str> = expected.iter().map(|(code, _)| code.text()).collect();
        return Err(Stop::broken(format!("未办成：{}", codes.join(" ")), told));
    };
    for (code, texts) in expected {
        let of: Vec<_> = refusals.iter().filter(|refusal| refusal.code == *code).collect();
        if of.is_empty() {
            return Err(Stop::broken(format!("未办成：{code}"), told));
        }
        for text in texts {
            if !of.iter().any(|refusal| refusal.full().contains(text)) {
                return Err(Stop::broken(format!("{code} 的句子里有「{text}」"), told));
            }
        }
    }
    match refusals.iter().find(|refusal| expected.iter().all(|(code, _)| *code != refusal.code)) {
        Some(other) => Err(Stop::broken(format!("没有 {}", other.code), told)),
        None => Ok(()),
    }
}

fn refused(r: &mut Runner<'_>, line: &Line, played: &mut Played) -> Result<(), Stop> {
    let expected = codes(line, 0)?;
    let last = last(r)?;
    check_refused(&last.outcome, &expected)?;
    last.taken = true;
    played.met.extend(expected.iter().map(|(code, _)| (*code, line.no)));
    Ok(())
}

fn allowed(r: &mut Runner<'_>, _: &Line, _: &mut Played) -> Result<(), Stop> {
    match &last(r)?.outcome {
        Outcome::Done(_) => Ok(()),
        refused => Err(Stop::broken("办成", refused.told())),
    }
}

fn noted(r: &mut Runner<'_>, line: &Line, played: &mut Played) -> Result<(), Stop> {
    let expected = codes(line, 0)?;
    let outcome = &last(r)?.outcome;
    let Outcome::Done(done) = outcome else { return Err(Stop::broken("办成", outcome.told())) };
    for (code, texts) in &expected {
        let of: Vec<_> = done.notes.iter().filter(|note| note.code == *code).collect();
        if of.is_empty() {
            return Err(Stop::broken(format!("提示 {code}"), outcome.told()));
        }
        if let Some(text) = texts.iter().find(|text| !of.iter().any(|note| note.full().contains(**text))) {
            return Err(Stop::broken(format!("{code} 的句子里有「{text}」"), outcome.told()));
        }
    }
    played.met.extend(expected.iter().map(|(code, _)| (*code, line.no)));
    Ok(())
}

fn missed(r: &mut Runner<'_>, line: &Line, played: &mut Played) -> Result<(), Stop> {
    let code = code(need(line, 0, "代码")?)?;
    let names = line.names();
    let ["by", by @ ..] = names.get(1..).unwrap_or_default() else {
        return Err(Stop::wrong("后面写只差多少，如 misses E-TIER-AUTH by 0.01"));
    };
    let outcome = &last(r)?.outcome;
    if outcome.codes().contains(&code) {
        return Err(Stop::broken(format!("不说 {code}"), outcome.told()));
    }
    played.missed.push((code, line.no, by.join(" ")));
    Ok(())
}

fn outcome(r: &mut Runner<'_>, line: &Line, played: &mut Played) -> Result<(), Stop> {
    let name = need(line, 0, "断开时那一行的名字")?;
    let came = r.came.get(name).cloned();
    let came = came.ok_or_else(|| Stop::wrong(format!("「{name}」没有等待过，或还没有 back")))?;
    // the lines below speak of it
    r.last = Some(Last { no: line.no, raw: line.raw.clone(), outcome: came.clone(), taken: true });
    match need(line, 1, "refused 或 allowed")? {
        "refused" => {
            let expected = codes(line, 2)?;
            check_refused(&came, &expected)?;
            played.met.extend(expected.iter().map(|(code, _)| (*code, line.no)));
            Ok(())
        }
        "allowed" if matches!(came, Outcome::Done(_)) => Ok(()),
        "allowed" => Err(Stop::broken("办成", came.told())),
        _ => Err(Stop::wrong("可以写：refused 或 allowed")),
    }
}

/// What `expect` can look at.
type Look = fn(&mut Runner<'_>, &Line, usize) -> Result<Found, Stop>;

/// What was looked for, and what is.
pub struct Found {
    /// Whether it is so.
    pub holds: bool,
    /// What is, in words.
    pub was: String,
}

const LOOKS: &[(&str, Look)] = &[
    ("fact", fact),
    ("case", case),
    ("lead", lead),
    ("queue", queue),
    ("reserve", reserve),
    ("advanced", advanced),
    ("outlay", outlay),
    ("spent", spent),
    ("granted", granted),
    ("grants", grants),
    ("item", item),
    ("household", household),
    ("marked", marked),
    ("brake", brake),
    ("clock", super::words::path::clock),
    ("source", super::words::payout::source_holds),
    ("batch", super::words::payout::batch_stands),
    ("given-back", super::words::payout::given_back),
    ("asked", super::words::reserve::asked),
    ("recovery", super::words::reserve::recovery),
    ("reconciled", super::words::monthly::stands),
    ("stock", super::words::stock::held),
    ("partner", super::words::partners::standing),
    ("discoverer", super::words::registers::stands),
    ("finding", super::words::trust::standing),
    ("beside", super::words::tiers::beside),
    ("referral", super::words::tiers::referral),
    ("kin", kin),
    ("same", super::words::people::same),
    ("link", super::words::people::link),
];

fn expect(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    if let Some(Last { outcome: outcome @ Outcome::Refused(_), taken: false, .. }) = &r.last {
        return Err(Stop::broken("上一行办成", outcome.told()));
    }
    let no = line.name(0) == Some("no");
    let at = usize::from(no);
    let what = need(line, at, "看什么，如 case C1 已发放")?;
    let look = LOOKS.iter().find(|(name, _)| *name == what).map(|(_, look)| look).ok_or_else(|| {
        let all: Vec<&str> = LOOKS.iter().map(|(name, _)| *name).collect();
        Stop::wrong(format!("expect 后面可以写：{}", all.join(" ")))
    })?;
    let found = look(r, line, at + 1)?;
    if found.holds != no {
        return Ok(());
    }
    let said = line.raw.trim_start_matches("expect").trim();
    Err(Stop::broken(if no { format!("没有：{said}") } else { said.to_owned() }, found.was))
}

fn equal<T: PartialEq>(is: &T, expected: &T, show: impl Fn(&T) -> String) -> Found {
    Found { holds: is == expected, was: show(is) }
}

fn kebab(name: &str) -> String {
    let mut text = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !text.is_empty() && !text.ends_with('-') {
            text.push('-');
        }
        text.push(c.to_ascii_lowercase());
    }
    text
}

/// A fact of the line above, with the fields said.
fn fact(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let kind = fact_name(need(line, at, "事实的名字，如 ItemDue 或 手续到期")?)?;
    let outcome = last(r)?.outcome.clone();
    let Outcome::Done(done) = &outcome else { return Err(Stop::broken("办成", outcome.told())) };
    let mut alike = Vec::new();
    for fact in &done.facts {
        let value = serde_json::to_value(fact).map_err(|error| Stop::Fault(error.to_string()))?;
        if value.get("fact").and_then(Value::as_str) != Some(kind.as_str()) {
            continue;
        }
        let mut fits = true;
        for (key, expected) in &line.args {
            fits &= field_is(r, &value, key, expected)?;
        }
        if fits {
            return Ok(Found { holds: true, was: value.to_string() });
        }
        alike.push(value.to_string());
    }
    if alike.is_empty() {
        alike = done.facts.iter().map(kind_of).collect();
    }
    Ok(Found { holds: false, was: alike.join("；") })
}

/// A fact by its name in code, in the log or in Chinese.
fn fact_name(text: &str) -> Result<String, Stop> {
    let kind = kebab(text);
    let known =
        FACTS.iter().find(|(name, zh)| *name == kind || *zh == text).map(|(name, _)| (*name).to_owned());
    known.ok_or_else(|| {
        let all: Vec<String> = FACTS.iter().map(|(name, zh)| format!("{name}（{zh}）")).collect();
        Stop::wrong(format!("没有事实「{text}」，可以写：{}", all.join(" ")))
    })
}

/// The name of a fact's kind, as the log has it.
pub fn kind_of(fact: &Fact) -> String {
    let value = serde_json::to_value(fact).unwrap_or_default();
    value.get("fact").and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// Whether a field of a fact is what a story says: names for ids, Chinese words for words, yuan for fen.
fn field_is(r: &Runner<'_>, fact: &Value, key: &str, expected: &str) -> Result<bool, Stop> {
    let key = key.replace('-', "_");
    if let Some(fen) = fact.get(format!("{key}_fen")) {
        return Ok(fen.as_i64() == Some(money_or_zero(expected)?.fen()));
    }
    if key == "amount"
        && let Some(lines) = fact.get("lines").and_then(Value::as_array)
    {
        let sum: i64 = lines.iter().filter_map(|line| line.get("amount_fen")?.as_i64()).sum();
        return Ok(sum == money_or_zero(expected)?.fen());
    }
    let Some(field) = fact.get(&key) else { return Ok(matches!(expected, "no" | "" | "-")) };
    Ok(match field {
        Value::Bool(is) => *is == flag(expected)?,
        Value::Number(number) => number_is(number.as_i64().unwrap_or_default(), expected),
        Value::String(text) => {
            text == expected
                || r.names.ids_text(expected).contains(text)
                || number_of(expected).0 == *text
                || words_of(expected).contains(text)
        }
        Value::Array(all) => {
            let mut expected: Vec<String> =
                expected.split(',').filter_map(|name| r.names.id_text(name)).collect();
            let mut is: Vec<String> = all.iter().filter_map(Value::as_str).map(str::to_owned).collect();
            expected.sort();
            is.sort();
            is == expected
        }
        _ => false,
    })
}

fn number_is(number: i64, expected: &str) -> bool {
    expected.parse() == Ok(number)
        || Stamp(number).text() == expected
        || township(expected).is_ok_and(|code| i64::from(code) == number)
}

/// How the log writes a word of the field that a story says in Chinese, over all closed sets that know it.
fn words_of(zh: &str) -> Vec<String> {
    use crate::domain::nouns::*;
    macro_rules! every {
        ($($set:ident),*) => {
            [$($set::from_zh(zh).and_then(|word| serde_json::to_value(word).ok())),*]
        };
    }
    let known = every!(
        Circumstance,
        Severity,
        Path,
        Applicant,
        Need,
        Schemes,
        Status,
        Channel,
        Way,
        LineKind,
        PayBy,
        Payee,
        ItemKind,
        Stage,
        LeadEnd,
        AccountKind,
        Fund,
        ReturnReason
    );
    let tier = super::values::tier(zh).ok().and_then(|tier| serde_json::to_value(tier).ok());
    known.into_iter().flatten().chain(tier).filter_map(|value| Some(value.as_str()?.to_owned())).collect()
}

/// A sum, which here may also be nothing or less.
fn money_or_zero(text: &str) -> Result<Money, Stop> {
    match text.strip_prefix('-') {
        Some(positive) => Ok(-money_or_zero(positive)?),
        None if text.chars().all(|c| matches!(c, '0' | '.')) => Ok(Money::ZERO),
        None => money(text),
    }
}

fn show_case(case: &Case) -> String {
    format!(
        "{} {} 申请{} 批准{}{}{}{}",
        case.number,
        case.stage.zh(),
        total(&case.asked).plain(),
        total(&case.granted).plain(),
        case.tier.map(|tier| format!(" 在{}", tier.zh())).unwrap_or_default(),
        case.ratification_due.map(|due| format!(" 追认期限{due}")).unwrap_or_default(),
        if case.marked { " 有违规标记" } else { "" },
    )
}

/// `case C1 已发放 granted=450.00 tier=乡镇 way=直接救助 number=26-102-0001 handler=w1 provisional=no outlay=0 ratify=DAY`.
fn case(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let name = need(line, at, "办件")?;
    let Some(case) = r.answers()?.case(r.case_id(name)?) else {
        return Ok(Found { holds: false, was: "没有立成".to_owned() });
    };
    let mut holds = match line.name(at + 1) {
        Some(stage) => case.stage == noun!(Stage, stage)?,
        None => true,
    };
    for (key, value) in &line.args {
        holds &= match key.as_str() {
            "granted" => total(&case.granted) == money_or_zero(value)?,
            "asked" => total(&case.asked) == money_or_zero(value)?,
            "outlay" => case.outlay == money_or_zero(value)?,
            "tier" => case.tier == Some(super::values::tier(value)?),
            "way" => case.way == Some(noun!(Way, value)?),
            "number" => &case.number == value,
            "handler" => case.handler == number_of(value),
            "by" => case.decided_by == Some(number_of(value)),
            "pack" => &case.pack == value,
            "provisional" => case.provisional == flag(value)?,
            "paid" => case.paid.len() == count::<usize>(value)?,
            "ratify" => case.ratification_due == Some(day(value)?),
            _ => {
                return Err(Stop::wrong(
                    "case 可以看：granted= asked= outlay= tier= way= number= handler= by= pack= provisional= \
                     paid= ratify=",
                ));
            }
        };
    }
    Ok(Found { holds, was: show_case(&case) })
}

/// `lead L1 open`, `lead L1 answered`, `lead L1 已立件`.
fn lead(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let id = r.lead(need(line, at, "线索")?)?.id;
    let lead = r.answers()?.lead(id).ok_or_else(|| Stop::broken("有这条线索", "没有"))?;
    let state = need(line, at + 1, "open、answered 或结果")?;
    let holds = match state {
        "open" => lead.ended.is_none(),
        "answered" => lead.answered.is_some(),
        other => lead.ended == Some(noun!(LeadEnd, other)?),
    };
    Ok(Found { holds, was: lead.ended.map_or("没有了结".to_owned(), |end| end.zh().to_owned()) })
}

/// `queue 待补手续 has A 450.00 due 2026-03-16`: over the cases of the story, by the applicant.
fn queue(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let which = need(line, at, "待补手续 待审批 待追认 待发放 例外")?;
    let verb = need(line, at + 1, "has 或 lacks")?;
    let name = need(line, at + 2, "何人或办件")?;
    let names = line.names();
    let rest = names.get(at + 3..).unwrap_or_default();
    let due = rest.iter().position(|word| *word == "due").and_then(|at| rest.get(at + 1)).copied();
    let due = due.map(day).transpose()?;
    let sum = rest.first().filter(|word| **word != "due").map(|word| money(word)).transpose()?;
    let ids: BTreeSet<_> = r.names.cases.values().copied().collect();
    let person = r.names.people.get(name).map(|person| person.id);
    let only = r.names.cases.get(name).copied();
    let mut holds = false;
    let mut shown = Vec::new();
    for case in ids.into_iter().filter_map(|id| r.answers().ok()?.case(id)) {
        let Some((first_due, amount)) = in_queue(r, &case, which)? else { continue };
        shown.push(format!(
            "{} {}{}",
            r.names.person_name(case.person).unwrap_or_default(),
            amount.plain(),
            first_due.map(|due| format!(" due {due}")).unwrap_or_default()
        ));
        let his = if person.is_some() { person == Some(case.person) } else { only == Some(case.id) };
        holds |= his && sum.is_none_or(|sum| sum == amount) && (due.is_none() || due == first_due);
    }
    let was = if shown.is_empty() { format!("{which}是空的") } else { shown.join("；") };
    match verb {
        "has" => Ok(Found { holds, was }),
        "lacks" => Ok(Found { holds: !holds, was }),
        _ => Err(Stop::wrong("可以写：has 或 lacks")),
    }
}

type Waits = Option<(Option<crate::base::day::Day>, Money)>;

/// Whether a case waits in a queue: until when, with which sum.
fn in_queue(r: &Runner<'_>, case: &Case, which: &str) -> Result<Waits, Stop> {
    let granted = total(&case.granted);
    Ok(match which {
        "待补手续" => {
            let open = r.answers()?.items(case.id).into_iter().filter(|item| item.done.is_none());
            open.map(|item| item.due).min().map(|due| (Some(due), granted))
        }
        "待审批" => (case.stage == Stage::Submitted).then_some((None, total(&case.asked))),
        "待追认" => case.ratification_due.map(|due| (Some(due), granted)),
        "待发放" => (case.stage == Stage::Approved).then_some((None, granted)),
        _ => return Err(Stop::wrong("没有这个待办，可以写：待补手续 待审批 待追认 待发放")),
    })
}

pub(super) fn balance(r: &Runner<'_>, account: Account, expected: &str) -> Result<Found, Stop> {
    Ok(equal(&r.answers()?.balance(account), &money_or_zero(expected)?, |is| is.plain()))
}

fn reserve(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let township = township(need(line, at, "乡镇")?)?;
    let till = till(need(line, at + 1, "cash 或 bank")?)?;
    balance(r, Account::Reserve(township, till), need(line, at + 2, "金额")?)
}

/// `advanced 波罗赤镇 县级预算 300.00`: what a source put into a reserve and has not got back.
fn advanced(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let township = township(need(line, at, "乡镇")?)?;
    let fund = noun!(Fund, need(line, at + 1, "资金来源")?)?;
    let expected = money_or_zero(need(line, at + 2, "金额")?)?;
    Ok(equal(&r.answers()?.advanced(township, Some(fund)), &expected, |is| is.plain()))
}

fn spent(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    balance(r, Account::Spent(township(need(line, at, "乡镇")?)?), need(line, at + 1, "金额")?)
}

/// What is owed for a case, or for all cases of the story in a township.
fn outlay(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let whose = need(line, at, "乡镇或办件")?;
    let expected = money_or_zero(need(line, at + 1, "金额")?)?;
    let ids: BTreeSet<_> = match r.names.cases.get(whose) {
        Some(id) => BTreeSet::from([*id]),
        None => r.names.cases.values().copied().collect(),
    };
    let of = township(whose).ok();
    let mut owed = Money::ZERO;
    for case in ids.into_iter().filter_map(|id| r.answers().ok()?.case(id)) {
        if of.is_none_or(|of| of == case.township) {
            owed += -r.answers()?.balance(Account::Outlay(case.township, case.id));
        }
    }
    Ok(equal(&owed, &expected, |is| is.plain()))
}

/// The grants of a person, or of everyone in a household, in the year of today or of `in=`.
fn grants_in(r: &Runner<'_>, line: &Line, at: usize) -> Result<Vec<Grant>, Stop> {
    let people: BTreeSet<_> = r.people(need(line, at, "何人或家庭")?)?.into_iter().collect();
    let year = line.arg("in").map_or(Ok(r.today().year()), count)?;
    let (from, to) = (day(&format!("{year:04}-01-01"))?, day(&format!("{year:04}-12-31"))?);
    Ok(r.answers()?.grants_of(&people, from, to))
}

fn granted(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let sum: Money = grants_in(r, line, at)?.iter().map(|grant| grant.amount).sum();
    Ok(equal(&sum, &money_or_zero(need(line, at + 1, "金额")?)?, |is| is.plain()))
}

fn grants(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let is = grants_in(r, line, at)?.len();
    Ok(equal(&is, &count(need(line, at + 1, "次数")?)?, ToString::to_string))
}

/// `item C1 盖章 due=2026-03-16 noted=no done=no`.
fn item(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let case = r.case_id(need(line, at, "办件")?)?;
    let kind = noun!(ItemKind, need(line, at + 1, "哪一项")?)?;
    let items = r.answers()?.items(case);
    let shown: Vec<String> = items
        .iter()
        .map(|item| {
            let done = item.done.map(|on| format!("{on}补齐")).unwrap_or("没补".to_owned());
            format!("{} {} {done}{}", item.kind.zh(), item.due, if item.noted { " 已记" } else { "" })
        })
        .collect();
    let was = if shown.is_empty() { "没有手续".to_owned() } else { shown.join("；") };
    let Some(item) = items.into_iter().find(|item| item.kind == kind) else {
        return Ok(Found { holds: false, was });
    };
    let mut holds = true;
    for (key, value) in &line.args {
        holds &= match (key.as_str(), value.as_str()) {
            ("due", value) => item.due == day(value)?,
            ("noted", value) => item.noted == flag(value)?,
            ("done", "no") => item.done.is_none(),
            ("done", value) => item.done == Some(day(value)?),
            ("handler", value) => item.handler == number_of(value),
            _ => return Err(Stop::wrong("item 可以看：due= noted= done= handler=")),
        };
    }
    Ok(Found { holds, was })
}

fn household(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let id = r.household(need(line, at, "家庭")?)?;
    let on = line.arg("on").map_or(Ok(r.today()), day)?;
    let is: BTreeSet<_> = r
        .answers()?
        .household(id)
        .map(|household| household.on(on))
        .unwrap_or_default()
        .into_iter()
        .collect();
    let names = line.names();
    let mut expected = BTreeSet::new();
    for name in names.get(at + 1..).unwrap_or_default() {
        expected.insert(r.person(name)?.id);
    }
    let was: Vec<&str> = is.iter().filter_map(|id| r.names.person_name(*id)).collect();
    Ok(Found { holds: is == expected, was: was.join(" ") })
}

fn marked(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let case = r.case(need(line, at, "办件")?)?;
    Ok(Found { holds: case.marked, was: show_case(&case) })
}

/// `kin C1 w1=同户`: those helped may be his near relatives, and how; with `no` he is none of them, or nobody is.
fn kin(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let case = r.case(need(line, at, "办件")?)?;
    let people = crate::domain::kin::people_of(r.answers()?, &case, r.today());
    let hints = crate::domain::kin::hints(r.answers()?, &people, case.township);
    let told = |by: &str, how: &str| {
        let officer = number_of(by);
        hints.iter().any(|kin| kin.officer == officer && kin.by.zh() == how)
    };
    let holds = match line.args.is_empty() {
        true => !hints.is_empty(),
        false => line.args.iter().all(|(by, how)| told(by, how)),
    };
    let was: Vec<String> = hints.iter().map(|kin| format!("{}={}", kin.officer, kin.by.zh())).collect();
    Ok(Found { holds, was: was.join(" ") })
}

/// `brake w1`: he has late papers and nobody lifted it.
fn brake(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let officer = r.officer(need(line, at, "经办人")?)?;
    let late = r.answers()?.late_items(&officer, r.today());
    let lifted = r.answers()?.brake_lifted(&officer);
    let was = format!("逾期 {} 项{}", late.len(), if lifted { "，已同意急需先办" } else { "" });
    Ok(Found { holds: !late.is_empty() && !lifted, was })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_are_named_as_in_code_or_as_in_the_log() {
        assert_eq!(kebab("ItemDue"), "item-due");
        assert_eq!(kebab("item-due"), "item-due");
    }

    #[test]
    fn sums_may_be_nothing_here() {
        assert_eq!(money_or_zero("0.00").unwrap(), Money::ZERO);
        assert_eq!(money_or_zero("-1.50").unwrap().fen(), -150);
    }

    #[test]
    fn words_of_the_field_are_found_in_their_sets() {
        assert_eq!(words_of("盖章"), ["seal"]);
        assert_eq!(words_of("乡镇"), ["township"]);
    }
}
