//! The county's chain, the city, filing, referrals, the home township, who applies and who is paid, incidents.

use super::super::expect::Found;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{count, day, flag, money, must, need, noun, place, township, word};
use super::{Word, acting};
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::tiers::{
    CallBack, ChangeApplicant, CheckCity, CityReplyArgs, CloseIncident, CountyExamine, FileRoster, HandDown,
    HoldPayee, HomeReply, NoteOtherHelp, OpenIncident, RaiseTier, RebasePack, Refer, ReferReply, Serve,
    SettleCallBack, ToCity,
};
use crate::domain::grant::{Line as GrantLine, total};
use crate::domain::ids::{CaseId, ReferralId, Text};
use crate::domain::nouns::{Circumstance, LineKind, Payee};
use crate::domain::private::Private;
use crate::domain::tiers::{CityAnswer, HelpKind, ReferOutcome, ReferTo, ServiceKind};

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "C1 [\"审核意见\"]",
        args: &[
            ("on", "审核日期，缺省今天"),
            ("agrees", "yes 同意（缺省）或 no"),
            ("amount", "同意到多少，缺省申请额"),
            ("fen", "以分计，不经录入检查"),
        ],
        says: "县局股室审核；\"\" 为没有意见",
        ..acting("county-examine", "股室审核", &["county-examine"], examine)
    },
    Word {
        form: "C1 \"原因\"",
        says: "提级：不论金额由县局审批",
        ..acting("raise-tier", "提级审批", &["raise-tier"], raise)
    },
    Word {
        form: "C1 \"原因\"",
        says: "县局退回乡镇审批",
        ..acting("hand-down", "退回乡镇审批", &["hand-down"], hand_down)
    },
    Word {
        form: "C1 \"原因\"",
        args: &[("amount", "建议金额，缺省申请额"), ("document", "请示文号")],
        says: "县局报市级审批",
        ..acting("to-city", "报市级审批", &["to-city"], to_city)
    },
    Word {
        form: "C1 同意 [\"批复内容\"]",
        args: REPLY,
        says: "登记市级批复：同意、不同意或退回县局",
        ..acting("city-reply", "市级批复", &["city-reply"], city_reply)
    },
    Word {
        form: "C1",
        args: REPLY,
        says: "另一人对照原件复核市级批复",
        ..acting("check-city", "复核市级批复", &["check-city"], check_city)
    },
    Word {
        form: "波罗赤镇 2026-03",
        says: "乡镇一个月的审批向县局备案",
        ..acting("file-roster", "备案", &["file-roster"], file_roster)
    },
    Word {
        form: "C1 \"问题\"",
        says: "县局退回一件备案",
        ..acting("call-back", "备案退回", &["call-back"], call_back)
    },
    Word {
        form: "C1 \"怎样处理的\"",
        says: "县局办结退回的备案",
        ..acting("settle-call-back", "备案退回办结", &["settle-call-back"], settle)
    },
    Word {
        form: "R1 C1 低保 [\"接收单位\" \"转介事项\"]",
        args: &[("on", "转介日期，缺省今天"), ("partner", "哪个协作单位，如 P1")],
        says: "转介，给它一个名字",
        ..acting("refer", "转介", &["refer"], refer)
    },
    Word {
        form: "R1 已接收 [\"结果\"]",
        args: &[("on", "回执日期，缺省今天"), ("given", "给付金额")],
        says: "转介回执：已接收、不予接收或已办结",
        ..acting("refer-reply", "转介回执", &["refer-reply"], refer_reply)
    },
    Word {
        form: "C1 心理督导 [\"提供者\" \"结果\"]",
        args: &[("on", "日期，缺省今天"), ("sessions", "次数，缺省 1")],
        says: "服务记录",
        ..acting("serve", "服务记录", &["serve"], serve)
    },
    Word {
        form: "C1 社会捐赠 [\"由谁给了什么\"]",
        args: &[("on", "日期，缺省今天"), ("amount", "金额")],
        says: "其他救助，不计入本救助",
        ..acting("note-other-help", "其他救助", &["note-other-help"], other_help)
    },
    Word {
        form: "C1 yes [\"由谁答复\"]",
        args: &[("on", "日期，缺省今天"), ("amount", "户籍地救助的金额")],
        says: "户籍地答复：是否已救助",
        ..acting("home-reply", "户籍地答复", &["home-reply"], home_reply)
    },
    Word {
        form: "C1 B \"原因\"",
        says: "变更申请人",
        ..acting("change-applicant", "变更申请人", &["change-applicant"], change_applicant)
    },
    Word {
        form: "C1 代领人 [B] \"原因\"",
        says: "县局注明改发何人",
        ..acting("hold-payee", "改发何人", &["hold-payee"], hold_payee)
    },
    Word {
        form: "C1 CY-2026-1 \"原因\"",
        says: "县局把一件改用另一政策包",
        ..acting("rebase-pack", "改用政策包", &["rebase-pack"], rebase)
    },
    Word {
        form: "I1 M1 [\"名称\"]",
        args: &[("place", "乡镇，或 乡镇/村"), ("category", "情形，缺省 6"), ("on", "发生日期，缺省今天")],
        says: "群体性事项和它的事项，各给一个名字；\"\" 为没有名称",
        ..acting("open-incident", "群体性事项", &["open-incident"], open_incident)
    },
    Word {
        form: "I1 \"情况\"",
        says: "群体性事项结束",
        ..acting("close-incident", "群体性事项结束", &["close-incident"], close_incident)
    },
];

const REPLY: &[(&str, &str)] = &[
    ("document", "批复文号"),
    ("on", "批复日期，缺省今天"),
    ("amount", "批复金额，缺省 0"),
    ("fen", "以分计，不经录入检查"),
];

/// The nth quoted text; what stands in its place where there is none.
fn quoted<'l>(line: &'l Line, nth: usize, instead: &'l str) -> &'l str {
    let found = line.pieces.iter().filter(|piece| piece.quoted).nth(nth);
    found.map_or(instead, |piece| piece.text.as_str())
}

/// A word of the field that is not one of the shared nouns.
macro_rules! own {
    ($set:ident, $text:expr) => {
        word($text, $set::ALL, $set::zh, $set::digit)
    };
}

fn sum(line: &Line) -> Result<Option<Money>, Stop> {
    if let Some(text) = line.arg("fen") {
        return Ok(Some(Money::from_fen(count(text)?)));
    }
    line.arg("amount").map(money).transpose()
}

fn on(r: &Runner<'_>, line: &Line) -> Result<crate::base::day::Day, Stop> {
    line.arg("on").map_or(Ok(r.today()), day)
}

fn with_reason(
    r: &mut Runner<'_>,
    line: &Line,
    make: impl FnOnce(CaseId, Option<Text>) -> Command,
) -> Result<(), Stop> {
    let case = r.case_id(need(line, 0, "办件")?)?;
    let mut private = Private::default();
    let reason = private.put("reason", quoted(line, 0, ""));
    r.act(vec![(make(case, reason), private)])
}

fn examine(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case(need(line, 0, "办件")?)?;
    let mut private = Private::default();
    let args = CountyExamine {
        case: case.id,
        on: on(r, line)?,
        agrees: line.arg("agrees").map_or(Ok(true), flag)?,
        amount: sum(line)?.unwrap_or(total(&case.asked)),
        opinion: private.put("opinion", quoted(line, 0, "情况属实")),
    };
    r.act(vec![(Command::CountyExamine(args), private)])
}

fn raise(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    with_reason(r, line, |case, reason| Command::RaiseTier(RaiseTier { case, reason }))
}

fn hand_down(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    with_reason(r, line, |case, reason| Command::HandDown(HandDown { case, reason }))
}

fn to_city(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let asked = total(&r.case(need(line, 0, "办件")?)?.asked);
    let amount = sum(line)?.unwrap_or(asked);
    let document = line.arg("document").map(str::to_owned);
    with_reason(r, line, |case, reason| Command::ToCity(ToCity { case, amount, document, reason }))
}

fn city_reply(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut private = Private::default();
    let args = CityReplyArgs {
        case: r.case_id(need(line, 0, "办件")?)?,
        document: line.arg("document").unwrap_or_default().to_owned(),
        on: on(r, line)?,
        answer: own!(CityAnswer, need(line, 1, "同意、不同意或退回县局")?)?,
        amount: sum(line)?.unwrap_or(Money::ZERO),
        text: private.put("text", quoted(line, 0, "")),
    };
    r.act(vec![(Command::CityReply(args), private)])
}

fn check_city(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case(need(line, 0, "办件")?)?;
    let amount = sum(line)?.unwrap_or(Money::ZERO);
    let lines = if amount.is_zero() { Vec::new() } else { fitted(&case.asked, amount) };
    let args = CheckCity {
        case: case.id,
        document: line.arg("document").unwrap_or_default().to_owned(),
        on: on(r, line)?,
        amount,
        lines,
    };
    r.act(vec![(Command::CheckCity(args), Private::default())])
}

/// The lines asked for, the last sum of money changed so that all come to `amount`.
fn fitted(asked: &[GrantLine], amount: Money) -> Vec<GrantLine> {
    let mut lines = asked.to_vec();
    let off = amount - total(asked);
    if let Some(last) = lines.iter_mut().rfind(|line| line.kind == LineKind::Money) {
        last.amount += off;
    }
    lines
}

fn file_roster(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let of = township(need(line, 0, "乡镇")?)?;
    let text = need(line, 1, "哪个月，如 2026-03")?;
    let (year, month) = text.split_once('-').ok_or_else(|| Stop::wrong("月份写成 2026-03"))?;
    let args = FileRoster { township: of, year: count(year)?, month: count(month)? };
    r.act(vec![(Command::FileRoster(args), Private::default())])
}

fn call_back(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    with_reason(r, line, |case, reason| Command::CallBack(CallBack { case, reason }))
}

fn settle(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    with_reason(r, line, |case, reason| Command::SettleCallBack(SettleCallBack { case, reason }))
}

fn refer(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let referral = r.names.referral_of(need(line, 0, "转介的名字，如 R1")?);
    let mut private = Private::default();
    let args = Refer {
        referral,
        case: r.case_id(need(line, 1, "办件")?)?,
        line: None,
        to: own!(ReferTo, need(line, 2, "转给谁，如 低保")?)?,
        on: on(r, line)?,
        body: private.put("body", quoted(line, 0, "低保股")),
        what: private.put("what", quoted(line, 1, "请核定是否符合条件")),
        partner: line.arg("partner").map(super::partners::partner_of),
    };
    r.act(vec![(Command::Refer(args), private)])
}

fn referral_named(r: &Runner<'_>, line: &Line, at: usize) -> Result<ReferralId, Stop> {
    let name = need(line, at, "转介的名字，如 R1")?;
    let known = r.names.referrals.get(name).copied();
    known.ok_or_else(|| Stop::wrong(format!("没有转介 {name}，先写 refer {name} C1 低保")))
}

fn refer_reply(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut private = Private::default();
    let args = ReferReply {
        referral: referral_named(r, line, 0)?,
        outcome: own!(ReferOutcome, need(line, 1, "已接收、不予接收或已办结")?)?,
        on: on(r, line)?,
        text: private.put("text", quoted(line, 0, "")),
        given: line.arg("given").map(money).transpose()?,
    };
    r.act(vec![(Command::ReferReply(args), private)])
}

fn serve(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut private = Private::default();
    let args = Serve {
        case: r.case_id(need(line, 0, "办件")?)?,
        kind: own!(ServiceKind, need(line, 1, "哪种服务，如 心理督导")?)?,
        on: on(r, line)?,
        sessions: line.arg("sessions").map_or(Ok(1), count)?,
        provider: private.put("provider", quoted(line, 0, "社工站")),
        result: private.put("result", quoted(line, 1, "情绪平稳")),
    };
    r.act(vec![(Command::Serve(args), private)])
}

fn other_help(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut private = Private::default();
    let args = NoteOtherHelp {
        case: r.case_id(need(line, 0, "办件")?)?,
        kind: own!(HelpKind, need(line, 1, "哪种救助，如 社会捐赠")?)?,
        on: on(r, line)?,
        amount: line.arg("amount").map(money).transpose()?,
        text: private.put("text", quoted(line, 0, "")),
    };
    r.act(vec![(Command::NoteOtherHelp(args), private)])
}

fn home_reply(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut private = Private::default();
    let args = HomeReply {
        case: r.case_id(need(line, 0, "办件")?)?,
        on: on(r, line)?,
        helped: flag(need(line, 1, "是否已救助，yes 或 no")?)?,
        amount: line.arg("amount").map(money).transpose()?,
        text: private.put("text", quoted(line, 0, "户籍地乡镇电话答复")),
    };
    r.act(vec![(Command::HomeReply(args), private)])
}

fn change_applicant(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let person = r.person(need(line, 1, "新的申请人")?)?.id;
    with_reason(r, line, |case, reason| Command::ChangeApplicant(ChangeApplicant { case, person, reason }))
}

fn hold_payee(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let payee: Payee = noun!(Payee, need(line, 1, "领款人，如 代领人")?)?;
    let person = line.name(2).map(|name| r.person(name).map(|known| known.id)).transpose()?;
    with_reason(r, line, |case, reason| Command::HoldPayee(HoldPayee { case, payee, person, reason }))
}

fn rebase(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let pack = need(line, 1, "政策包的号")?.to_owned();
    with_reason(r, line, |case, reason| Command::RebasePack(RebasePack { case, pack, reason }))
}

fn open_incident(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let incident = r.names.incident_of(need(line, 0, "群体性事项的名字，如 I1")?);
    let name = need(line, 1, "事项的名字，如 M1")?.to_owned();
    let matter = match r.names.matters.get(&name) {
        Some(known) => *known,
        None => r.names.matter_id(),
    };
    r.names.matters.insert(name, matter);
    let (of, village) = place(must(line, "place")?)?;
    let circumstance =
        line.arg("category").map_or(Ok(Circumstance::Incident), |text| noun!(Circumstance, text))?;
    let mut private = Private::default();
    let args = OpenIncident {
        incident,
        matter,
        township: of,
        circumstance,
        on: on(r, line)?,
        place: Some(village),
        name: private.put("name", quoted(line, 0, "群体性事项")),
    };
    r.act(vec![(Command::OpenIncident(args), private)])
}

fn close_incident(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let incident = r.names.incident_of(need(line, 0, "群体性事项的名字，如 I1")?);
    let mut private = Private::default();
    let reason = private.put("reason", quoted(line, 0, ""));
    r.act(vec![(Command::CloseIncident(CloseIncident { incident, reason }), private)])
}

/// `beside C1 raised=yes examined=c1 city=DOCUMENT checked=yes filed=R26-102-03 called-back=DAY home=yes payee=代领人`; `no`
/// for what is not there.
///
/// # Errors
/// What can be looked at.
pub fn beside(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let case = r.case_id(need(line, at, "办件")?)?;
    let file = r.answers()?.tier_file(case);
    let shown = |is: Option<String>, said: &str| is.as_deref().unwrap_or("no") == said;
    let mut holds = true;
    for (key, said) in &line.args {
        holds &= match key.as_str() {
            "raised" => file.raised == flag(said)?,
            "examined" => match &file.examined {
                Some(done) => done.by == super::super::cast::number_of(said),
                None => said == "no",
            },
            "city" => {
                let reply = file.city.as_ref().and_then(|city| city.reply.as_ref());
                shown(reply.map(|reply| reply.document.clone()), said)
            }
            "checked" => file.city.as_ref().is_some_and(|city| city.checked) == flag(said)?,
            "filed" => shown(file.filed.as_ref().map(|filed| filed.number.clone()), said),
            "called-back" => shown(file.called_back.map(|due| due.to_string()), said),
            "home" => shown(file.home_helped.map(|is| if is { "yes" } else { "no" }.to_owned()), said),
            "payee" => shown(file.payee.as_ref().map(|note| note.payee.zh().to_owned()), said),
            _ => {
                return Err(Stop::wrong(
                    "beside 可以看：raised= examined= city= checked= filed= called-back= home= payee=",
                ));
            }
        };
    }
    Ok(Found { holds, was: format!("{file:?}") })
}

/// `referral R1 已接收`, `referral R1 逾期`, `referral R1 待接收 due=DAY`.
///
/// # Errors
/// No such referral in the story.
pub fn referral(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let id = referral_named(r, line, at)?;
    let state = need(line, at + 1, "待接收、逾期或结果")?;
    let today = r.today();
    let Some(is) = r.answers()?.referral(id) else {
        return Ok(Found { holds: false, was: "没有这一转介".to_owned() });
    };
    let mut holds = match state {
        "待接收" => is.outcome.is_none(),
        "逾期" => is.late(today),
        other => is.outcome == Some(own!(ReferOutcome, other)?),
    };
    if let Some(due) = line.arg("due") {
        holds &= is.due == day(due)?;
    }
    let was = is.outcome.map_or("待接收", ReferOutcome::zh);
    Ok(Found { holds, was: format!("{was} {}", is.due) })
}
