//! Paying first: authorisation, direct aid, advance, late record, the brake.

use super::super::cast::number_of;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{money, must, need, stamp};
use super::intake::{CASE, opening, sum};
use super::{Word, acting};
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::emergency::{Authorise, Authority, LiftBrake, PaidFrom, PayFirst, RecordPaid};
use crate::domain::command::kernel::IssueCodes;
use crate::domain::grant::{Line as GrantLine, total};
use crate::domain::ids::{AuthorityId, CaseId, OfficerNo};
use crate::domain::nouns::PayBy;
use crate::domain::private::Private;
use crate::domain::spoken_code;

const AUTHORITY: &[(&str, &str)] = &[
    ("authorised-by", "谁授权；缺省没有人授权"),
    ("how", "pc 在电脑上签（缺省）、电话、授权码、未验码"),
    ("code", "所报的授权码；缺省为码单上的下一个"),
    ("word-at", "何时授权，缺省现在"),
    ("number", "电话号码"),
    ("limit", "授权到多少元，缺省为本次金额"),
];

const PAY: &[(&str, &str)] = &[
    ("reason", "发现金的原因，缺省急难先行；写 \"\" 为没有"),
    ("receipt", "领款签字的人，缺省为申请人；写 \"\" 为没有"),
    ("witness", "见证人，缺省村干部王五；写 \"\" 为没有"),
    ("handed-over", "共享盘断开时已交付的时间"),
];

const RECORD: &[(&str, &str)] = &[
    ("at", "何时付的，缺省现在"),
    ("of", "钱从 备用金（缺省）或 垫付 来"),
    ("officer", "付款的操作员，缺省为办理人；写 \"\" 为没有"),
    ("payer", "付款的其他人"),
    ("receipt", "领款签字的人，缺省为申请人"),
    ("witness", "见证人"),
];

/// Keys of several tables in one.
const fn keys<const N: usize>(
    tables: &[&[(&'static str, &'static str)]],
) -> [(&'static str, &'static str); N] {
    let mut all = [("", ""); N];
    let (mut table, mut at) = (0, 0);
    while table < tables.len() {
        let mut row = 0;
        while row < tables[table].len() {
            all[at] = tables[table][row];
            at += 1;
            row += 1;
        }
        table += 1;
    }
    all
}

const FIRST: [(&str, &str); CASE.len() + AUTHORITY.len() + PAY.len()] = keys(&[CASE, AUTHORITY, PAY]);
const LATE: [(&str, &str); CASE.len() + AUTHORITY.len() + RECORD.len()] = keys(&[CASE, AUTHORITY, RECORD]);

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "C1",
        args: &[("amount", "到多少元"), ("fen", "以分计，不经录入检查")],
        says: "在电脑上授权先行救助一次",
        ..acting("authorise", "先行授权", &["authorise"], authorise)
    },
    Word {
        form: "L1|C1 [\"事由\"]",
        args: &FIRST,
        says: "直接救助。写线索的，展开为登记事项、受理、直接救助一起办；authorised-by=a1 而没写 how= 的，先受理，由 a1 授权，再付款。缺省发现金",
        ..acting(
            "direct",
            "直接救助",
            &["direct", "open-matter", "open-case", "authorise", "form-household"],
            direct,
        )
    },
    Word {
        form: "L1|C1 [\"事由\"]",
        args: &FIRST,
        says: "预支，写法同 direct",
        ..acting("advance", "预支", &["advance"], advance)
    },
    Word {
        form: "L1|C1 [\"事由\"]",
        args: &LATE,
        says: "已付补记，写法同 direct",
        ..acting("record-paid", "已付补记", &["record-paid"], record_paid)
    },
    Word {
        form: "w1 [\"原因\"]",
        args: &[("by", "谁说的；写 phone=yes 时由办理人记录，否则由他签"), ("phone", "yes 为电话")],
        says: "急需先办：让有逾期手续的经办人先行救助一次",
        ..acting("lift-brake", "急需先办", &["lift-brake"], lift_brake)
    },
];

fn authorise(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case_id(need(line, 0, "办件")?)?;
    let amount = match line.arg("fen") {
        Some(text) => Money::from_fen(super::super::values::count(text)?),
        None => money(must(line, "amount")?)?,
    };
    let args = Authorise { authority: r.names.authority_id(), case, amount };
    let authority = args.authority;
    r.act(vec![(Command::Authorise(args), Private::default())])?;
    r.authorities.push(authority);
    Ok(())
}

fn direct(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    first(r, line, Command::Direct)
}

fn advance(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    first(r, line, Command::Advance)
}

/// The case that a line pays: there already, or to be opened from a lead on the way.
struct Paid {
    case: CaseId,
    person: String,
    lines: Vec<GrantLine>,
    opening: Option<super::intake::Opening>,
}

fn paid(r: &mut Runner<'_>, line: &Line) -> Result<Paid, Stop> {
    let name = need(line, 0, "线索或办件")?.to_owned();
    if let Some(case) = r.names.cases.get(&name).copied() {
        let known = r.answers()?.case(case);
        let mut lines = r.grant_lines(line, PayBy::Cash)?;
        let person = known.as_ref().and_then(|case| r.names.person_name(case.person)).unwrap_or_default();
        let person = person.to_owned();
        if lines.is_empty() {
            lines = known.map(|case| case.asked).unwrap_or_default();
        }
        return Ok(Paid { case, person, lines, opening: None });
    }
    let lead = r.names.leads.contains_key(&name).then(|| name.clone());
    let called = line.arg("case").unwrap_or(&name).to_owned();
    let opening = opening(r, line, lead.as_deref(), &called, PayBy::Cash)?;
    let lines = opening
        .commands
        .iter()
        .find_map(|(command, _)| match command {
            Command::OpenCase(args) => Some(args.lines.clone()),
            _ => None,
        })
        .unwrap_or_default();
    let mut opening = opening;
    if called != name {
        // Both names are good for the case from here on.
        opening.also(name);
    }
    Ok(Paid { case: opening.case, person: opening.person.clone(), lines, opening: Some(opening) })
}

/// A slot's text: what the line says, else the usual words; an empty text is none.
fn slot(line: &Line, key: &str, usual: &str) -> String {
    line.arg(key).unwrap_or(usual).to_owned()
}

fn first(r: &mut Runner<'_>, line: &Line, verb: fn(PayFirst) -> Command) -> Result<(), Stop> {
    let Paid { case, person, lines, mut opening } = paid(r, line)?;
    let mut private = Private::default();
    let (authority, before) = authority(r, line, case, total(&lines), &mut private)?;
    let now = r.now;
    let args = PayFirst {
        case,
        lines,
        authority,
        cash_reason: private.put("cash", &slot(line, "reason", "急难先行")),
        receipt: private.put("recipient", &slot(line, "receipt", &person)),
        witness: private.put("witness", &slot(line, "witness", "村干部王五")),
        blank: line.arg("blank").map(str::to_owned),
        handed_over: line.arg("handed-over").map(|text| stamp(text, now.day())).transpose()?,
        overrides: Default::default(),
        override_reason: None,
    };
    let pay = (verb(args), private);
    finish(r, &mut opening, before, pay)
}

/// Opens, lets the approver sign, pays: in one group where nobody signs between.
fn finish(
    r: &mut Runner<'_>,
    opening: &mut Option<super::intake::Opening>,
    before: Option<(OfficerNo, Authorise)>,
    pay: (Command, Private),
) -> Result<(), Stop> {
    let mut commands = opening.as_ref().map(|opening| opening.commands.clone()).unwrap_or_default();
    if let Some((by, authorise)) = before {
        if !commands.is_empty() {
            r.act(std::mem::take(&mut commands))?;
            if let Some(opening) = opening.take() {
                opening.keep(r);
            }
        }
        r.act_as(&by, vec![(Command::Authorise(authorise), Private::default())])?;
    }
    commands.push(pay);
    r.act(commands)?;
    if let Some(opening) = opening.take() {
        opening.keep(r);
    }
    Ok(())
}

fn record_paid(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let now = r.now;
    let at = line.arg("at").map_or(Ok(now), |text| stamp(text, now.day()))?;
    r.reach(at)?;
    let Paid { case, person, lines, mut opening } = paid(r, line)?;
    let mut private = Private::default();
    let (authority, before) = authority(r, line, case, total(&lines), &mut private)?;
    let payer = line.arg("payer").unwrap_or_default();
    let officer = match line.arg("officer") {
        Some("") => None,
        Some(no) => Some(r.officer(no)?),
        None if payer.is_empty() => Some(r.me()?),
        None => None,
    };
    let args = RecordPaid {
        case,
        lines,
        at,
        officer,
        payer: private.put("payer", payer),
        receipt: private.put("recipient", &slot(line, "receipt", &person)),
        witness: private.put("witness", &slot(line, "witness", "")),
        from: match line.arg("of") {
            None | Some("备用金" | "reserve") => PaidFrom::Reserve,
            Some("垫付" | "pocket") => PaidFrom::Pocket,
            Some(text) => return Err(Stop::wrong(format!("of={text} 可以写：备用金 垫付"))),
        },
        authority,
        blank: line.arg("blank").map(str::to_owned),
    };
    finish(r, &mut opening, before, (Command::RecordPaid(args), private))
}

type ByWhom = (Authority, Option<(OfficerNo, Authorise)>);

/// By whose word the line pays, and the authorisation that has to be signed before it.
fn authority(
    r: &mut Runner<'_>,
    line: &Line,
    case: CaseId,
    sum_paid: Money,
    private: &mut Private,
) -> Result<ByWhom, Stop> {
    let Some(by) = line.arg("authorised-by") else { return Ok((Authority::Nobody {}, None)) };
    if let Some(id) = signed_before(r, by, case)? {
        return Ok((Authority::Signed { authority: id }, None));
    }
    let by = r.officer(by)?;
    let now = r.now;
    let at = line.arg("word-at").map_or(Ok(now), |text| stamp(text, now.day()))?;
    match line.arg("how").unwrap_or("pc") {
        "pc" | "电脑" => {
            let amount = sum(line, "limit")?.unwrap_or(sum_paid);
            let args = Authorise { authority: r.names.authority_id(), case, amount };
            Ok((Authority::Signed { authority: args.authority }, Some((by, args))))
        }
        "phone" | "电话" => {
            let number = private.put("telephone", line.arg("number").unwrap_or("13800000000"));
            Ok((Authority::Telephone { by, at, number }, None))
        }
        "code" | "授权码" => {
            let code = match line.arg("code") {
                Some(code) => code.to_owned(),
                None => next_code(r, &by)?,
            };
            Ok((Authority::Code { by, code, at }, None))
        }
        "unverified" | "未验码" => Ok((Authority::Unverified { by, at }, None)),
        other => Err(Stop::wrong(format!("how={other} 可以写：电脑 电话 授权码 未验码"))),
    }
}

/// An authorisation that an `authorise` line above gave for the case, unused: `authorised-by=` names its author.
fn signed_before(r: &Runner<'_>, by: &str, case: CaseId) -> Result<Option<AuthorityId>, Stop> {
    for id in r.authorities.iter().copied() {
        let found = r.answers()?.authorisation(id);
        if found.is_some_and(|given| given.case == case && !given.used && given.by == number_of(by)) {
            return Ok(Some(id));
        }
    }
    Ok(None)
}

/// How many codes a printed sheet holds in a story.
const SHEET: u32 = 20;

/// Prints a sheet of codes for the officer who acts.
///
/// # Errors
/// The refusals, or a failure of the engine.
pub fn issue_codes(r: &mut Runner<'_>, by: &OfficerNo) -> Result<(), Stop> {
    let printed = r.sheets.get(by).map_or(0, |sheet| sheet.len() as u32);
    let codes: Vec<String> =
        (0..SHEET).map(|at| format!("{:06}", (at + printed) * 7_919 + 104_729)).collect();
    let salt = [7; 16];
    let digests = codes
        .iter()
        .zip(0..)
        .filter_map(|(code, at)| spoken_code::digest(&salt, spoken_code::PRACTICE, at, code))
        .map(hex::encode)
        .collect();
    let args = IssueCodes { salt: hex::encode(salt), cost: spoken_code::PRACTICE, digests };
    r.act_as(by, vec![(Command::IssueCodes(args), Private::default())])?;
    r.sheets.insert(by.clone(), codes);
    Ok(())
}

/// The next right code of an approver's sheet, printed first where the story has not.
fn next_code(r: &mut Runner<'_>, by: &OfficerNo) -> Result<String, Stop> {
    if !r.sheets.contains_key(by) {
        issue_codes(r, by)?;
    }
    let next = r.answers()?.codes(by).map_or(0, |sheet| sheet.next);
    let code = r.sheets.get(by).and_then(|sheet| sheet.get(next as usize)).cloned();
    code.ok_or_else(|| Stop::wrong("码单用完了，先写 issue-codes"))
}

fn lift_brake(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let handler = r.officer(need(line, 0, "经办人")?)?;
    let phone = line.arg("phone").map_or(Ok(false), super::super::values::flag)?;
    let by = line.arg("by").map(|text| r.officer(text)).transpose()?;
    let mut private = Private::default();
    let reason = line.quote().and_then(|why| private.put("reason", why));
    let by_telephone = if phone { by.clone() } else { None };
    let signer = match by {
        Some(by) if !phone => by,
        _ => r.me()?,
    };
    r.act_as(&signer, vec![(Command::LiftBrake(LiftBrake { handler, by_telephone, reason }), private)])
}
