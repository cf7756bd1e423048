//! The steps of the expenditure path, each as a line of its own, and `steps` for the whole way up to one of them.

use super::super::cast::CAST;
use super::super::expect::Found;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{self, count, day, flag, money, need, noun, stamp};
use super::{Word, acting};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::command::Command;
use crate::domain::command::after::{Deliver, FollowUp, Hardship};
use crate::domain::command::path::*;
use crate::domain::grant::total;
use crate::domain::ids::{CaseId, OfficerNo, PersonId, Text};
use crate::domain::nouns::LineKind;
use crate::domain::nouns::path::*;
use crate::domain::office::{Office, Role, Tier};
use crate::domain::private::Private;
use std::collections::BTreeSet;

const ON: (&str, &str) = ("on", "哪一天，缺省今天");
const DELIVERY: (&str, &str) = ("delivery", "直接送达 邮寄送达 电话告知 留置送达 公告送达");
const RECEIPT: (&str, &str) = ("receipt", "送达的凭据，如邮件单号");

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "C1",
        args: &[
            ON,
            ("promise", "承诺和授权已签 yes|no，缺省 yes"),
            ("late", "补录的来由"),
            ("agent", "委托代理人"),
        ],
        says: "登记申请；是以前的日期的写 late=",
        ..acting("apply", "登记申请", &["apply"], |r, line, _| one(r, line, apply))
    },
    Word {
        form: "C1 \"缺少的材料\"",
        args: &[ON, ("until", "补正期限，缺省五天后"), ("received", "已收材料"), DELIVERY, RECEIPT],
        says: "一次性告知补正，期限中止",
        ..acting("once-notice", "一次性告知", &["once-notice"], |r, line, _| one(r, line, once_notice))
    },
    Word {
        form: "C1 [\"收到的材料\"]",
        args: &[ON],
        says: "补正收齐，期限接着算",
        ..acting("corrected", "补正收齐", &["corrected"], |r, line, _| one(r, line, corrected))
    },
    Word {
        form: "C1",
        args: &[ON, DELIVERY, RECEIPT],
        says: "准予受理，乡镇期限起算",
        ..acting("accept", "准予受理", &["accept"], |r, line, _| one(r, line, accept))
    },
    Word {
        form: "C1 \"理由\"",
        says: "不予受理",
        ..acting("decline", "不予受理", &["decline"], |r, line, _| one(r, line, decline))
    },
    Word {
        form: "C1 [\"急难情况核实\"]",
        args: &[
            ("at", "时间，缺省现在"),
            ("people", "有账号的调查人，如 w1,w1b，缺省经办人；写 \"\" 为没有"),
            ("others", "没有账号的调查人数，缺省 1"),
            ("names", "他们的姓名和电话；写 \"\" 为没有"),
            ("verdict", "属实 不属实 转其他救助，缺省属实"),
            ("amount", "建议金额，缺省申请的金额"),
            ("debt", "债务"),
            ("matches", "与申请一致 yes|no"),
            ("signed", "双方签字 yes|no"),
            ("why", "不一致或没有签字的原因"),
        ],
        says: "入户调查；没写的照常填好",
        ..acting("survey", "入户调查", &["survey"], |r, line, _| one(r, line, survey))
    },
    Word {
        form: "C1",
        args: &[
            ON,
            ("own", "本人签字的人，如 A,B"),
            ("minor", "其中未成年的人"),
            ("guardian", "监护人代签，如 C:A；监护人没有登记的写 C:-"),
            ("guardians", "没有登记的监护人的姓名、关系、电话"),
            ("later", "后补签字，如 D:外出,E:服刑"),
            ("why", "后补的原因"),
        ],
        says: "核对授权；都没写的为全体成员本人签字",
        ..acting("means-authorise", "核对授权", &["means-authorise"], |r, line, _| {
            one(r, line, authorise)
        })
    },
    Word {
        form: "C1",
        args: &[ON, ("scope", "全面核对 只核必要支出，缺省全面核对")],
        says: "委托核对，期限中止",
        ..acting("means-ask", "委托核对", &["means-ask"], |r, line, _| one(r, line, ask))
    },
    Word {
        form: "C1 [\"不一致的核实情况\"]",
        args: &[ON, ("result", "符合 超标 信息不一致，缺省符合")],
        says: "核对报告，期限接着算",
        ..acting("means-check", "经济状况核对", &["means-check"], |r, line, _| one(r, line, check))
    },
    Word {
        form: "C1",
        args: &[
            ON,
            ("pupil", "就学的人，缺省申请人"),
            ("stage", "就学阶段，缺省本科"),
            ("home", "国内 yes|no"),
            ("regular", "正常就学 yes|no"),
            ("tuition", "学费"),
            ("aid", "已获资助"),
        ],
        says: "就学情况",
        ..acting("school", "就学情况", &["school"], |r, line, _| one(r, line, school))
    },
    Word {
        form: "C1 [\"各方意见\"]",
        args: &[
            ON,
            ("village", "村两委到会，缺省 2"),
            ("delegates", "村民代表到会，缺省 2"),
            ("township", "乡镇到会，缺省 1"),
            ("officers", "其中有账号的，如 w1"),
            ("aside", "回避人数，缺省 0"),
            ("yes", "同意，缺省其余全部"),
            ("no", "不同意"),
            ("abstained", "弃权"),
            ("invited", "应到，缺省实到"),
        ],
        says: "民主评议",
        ..acting("review", "民主评议", &["review"], |r, line, _| one(r, line, review))
    },
    Word {
        form: "C1 [\"意见\"]",
        args: &[ON, ("agrees", "yes|no，缺省 yes"), ("amount", "建议金额，缺省申请的金额")],
        says: "乡镇审核，报县局的办件在公示前",
        ..acting("examine", "乡镇审核", &["examine"], |r, line, _| one(r, line, examine))
    },
    Word {
        form: "C1",
        args: &[("on", "张贴日，缺省今天")],
        says: "张贴公示",
        ..acting("post-notice", "张贴公示", &["post-notice"], |r, line, _| one(r, line, post))
    },
    Word {
        form: "C1 [\"作废的原因\"]",
        args: &[ON],
        says: "公示期满；写了原因的为提前作废",
        ..acting("end-notice", "公示期满", &["end-notice"], |r, line, _| one(r, line, end))
    },
    Word {
        form: "C1 \"原因\"",
        says: "不宜公示，县局签",
        ..acting("exempt-notice", "不宜公示", &["exempt-notice"], |r, line, _| one(r, line, exempt))
    },
    Word {
        form: "C1 \"谁，什么异议\"",
        args: &[ON],
        says: "登记异议",
        ..acting("object", "登记异议", &["object"], |r, line, _| one(r, line, object))
    },
    Word {
        form: "C1 \"查核结果\"",
        args: &[ON, ("number", "第几条，缺省 1"), ("upheld", "成立 yes|no，缺省 no")],
        says: "处理异议；成立的重新调查、评议、公示",
        ..acting("settle-objection", "处理异议", &["settle-objection"], |r, line, _| one(r, line, settle))
    },
    Word {
        form: "C1 急难型|支出型 \"原因\"",
        says: "改变救助类型",
        ..acting("change-path", "改变救助类型", &["change-path"], |r, line, _| one(r, line, change))
    },
    Word {
        form: "C1 [\"签收人、单号或见证人\"]",
        args: &[ON, ("delivery", "直接送达 邮寄送达 电话告知 留置送达 公告送达")],
        says: "审批结果送达",
        ..acting("deliver", "结果送达", &["deliver"], |r, line, _| one(r, line, deliver))
    },
    Word {
        form: "C1 [\"回访情况\"]",
        args: &[
            ON,
            ("way", "上门 电话 向村里了解，缺省上门"),
            ("state", "困难已缓解 仍有困难 需转其他救助，缺省困难已缓解"),
            ("received", "救助款物收到了 yes|no，缺省 yes"),
            ("who", "被回访人，缺省本人"),
        ],
        says: "回访",
        ..acting("follow-up", "回访", &["follow-up"], |r, line, _| one(r, line, follow_up))
    },
    Word {
        form: "C1 [\"诊断\"]",
        args: &[ON, ("cost", "总费用"), ("own", "自付费用"), ("loss", "直接损失"), ("proofs", "证明材料")],
        says: "困难详情，发钱以前或以后",
        ..acting("hardship", "困难详情", &["hardship"], |r, line, _| one(r, line, hardship))
    },
    Word {
        form: "C1",
        args: &[("to", "到哪一步为止，如 民主评议；缺省公示"), ON],
        says: "支出型的步骤，从还没办的第一步办到 to= 那一步，各由该办的人办",
        ..acting(
            "steps",
            "支出型各步骤",
            &["apply", "accept", "survey", "means-authorise", "means-ask", "means-check", "review"],
            whole_way,
        )
    },
];

/// What a step is made of: the case, and the line that says what differs.
type Make = fn(&mut Runner<'_>, &Line, &Case, &mut Private) -> Result<Command, Stop>;

fn one(r: &mut Runner<'_>, line: &Line, make: Make) -> Result<(), Stop> {
    let case = r.case(need(line, 0, "办件")?)?;
    let mut private = Private::default();
    let command = make(r, line, &case, &mut private)?;
    r.act(vec![(command, private)])
}

fn on(r: &Runner<'_>, line: &Line) -> Result<Day, Stop> {
    line.arg("on").map_or(Ok(r.today()), day)
}

fn quoted(line: &Line, private: &mut Private, slot: &str, usual: &str) -> Option<Text> {
    private.put(slot, line.quote().unwrap_or(usual))
}

fn yes(line: &Line, key: &str) -> Result<bool, Stop> {
    line.arg(key).map_or(Ok(true), flag)
}

fn sum(line: &Line, key: &str, usual: Money) -> Result<Money, Stop> {
    line.arg(key).map_or(Ok(usual), money)
}

fn number(line: &Line, key: &str, usual: u16) -> Result<u16, Stop> {
    line.arg(key).map_or(Ok(usual), count)
}

macro_rules! step_noun {
    ($set:ident, $text:expr) => {
        values::word($text, $set::ALL, $set::zh, $set::digit)
    };
}

fn apply(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    Ok(Command::Apply(Application {
        case: case.id,
        on: on(r, line)?,
        promise: yes(line, "promise")?,
        late: line.arg("late").and_then(|text| private.put("late", text)),
        agent: line.arg("agent").and_then(|text| private.put("agent", text)),
    }))
}

fn once_notice(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    let on = on(r, line)?;
    Ok(Command::OnceNotice(OnceNotice {
        case: case.id,
        on,
        until: line.arg("until").map_or(Ok(on.plus(5)), day)?,
        received: line.arg("received").and_then(|text| private.put("received", text)),
        missing: line.quote().and_then(|text| private.put("missing", text)),
        delivery: line.arg("delivery").map_or(Ok(Delivery::Hand), |text| step_noun!(Delivery, text))?,
        receipt: line.arg("receipt").and_then(|text| private.put("receipt", text)),
        overrides: BTreeSet::new(),
        override_reason: None,
    }))
}

fn corrected(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    let note = quoted(line, private, "note", "");
    Ok(Command::Corrected(Corrected { case: case.id, on: on(r, line)?, note }))
}

fn accept(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    let delivery = line.arg("delivery").map(|text| step_noun!(Delivery, text)).transpose()?;
    let receipt = line.arg("receipt").and_then(|text| private.put("receipt", text));
    Ok(Command::Accept(Accept { case: case.id, on: on(r, line)?, note: None, delivery, receipt }))
}

fn decline(_: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    Ok(Command::Decline(Decline { case: case.id, reason: quoted(line, private, "reason", "") }))
}

fn officers(r: &Runner<'_>, text: &str) -> Result<Vec<OfficerNo>, Stop> {
    text.split([',', '，']).filter(|name| !name.is_empty()).map(|name| r.officer(name)).collect()
}

fn survey(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    let now = r.now;
    let at = match (line.arg("at"), line.arg("on")) {
        (Some(text), _) => stamp(text, now.day())?,
        (None, Some(on)) => crate::base::day::Stamp::at(day(on)?, 9, 0),
        (None, None) => now,
    };
    let others = number(line, "others", 1)?;
    let why = line.arg("why").unwrap_or_default();
    let (matches, signed) = (yes(line, "matches")?, yes(line, "signed")?);
    Ok(Command::Survey(Survey {
        case: case.id,
        at,
        place: private.put("place", "申请人家中"),
        surveyors: line.arg("people").map_or(Ok(vec![case.handler.clone()]), |text| officers(r, text))?,
        others,
        others_named: match others {
            0 => None,
            _ => private.put("surveyors", line.arg("names").unwrap_or("王五，南洼村委会，13900000000")),
        },
        respondent: private.put("respondent", "申请人本人"),
        situation: private.put("situation", "夫妻二人务农，无其他收入"),
        housing: Housing { tenure: Tenure::Own, structure: Structure::BrickTimber, area: 72 },
        income: Box::new(Income { wages: Money::from_fen(960_000), ..Income::default() }),
        spending: Box::new(Spending { medical: Money::from_fen(2_140_000), ..Spending::default() }),
        assets: Box::new(Assets {
            debt: sum(line, "debt", Money::from_fen(1_200_000))?,
            ..Assets::default()
        }),
        verified: private.put("verified", line.quote().unwrap_or("住院票据与申请相符")),
        matches,
        differs: if matches { None } else { private.put("differs", why) },
        policies: BTreeSet::new(),
        verdict: line
            .arg("verdict")
            .map_or(Ok(SurveyVerdict::True), |text| step_noun!(SurveyVerdict, text))?,
        means: BTreeSet::from([LineKind::Money]),
        amount: sum(line, "amount", total(&case.asked))?,
        photos: 2,
        photo_list: private.put("photos", "房屋外观、票据"),
        signed,
        unsigned: if signed { None } else { private.put("unsigned", why) },
    }))
}

/// `C:A,D:外出` as pairs.
fn pairs<'l>(line: &'l Line, key: &str) -> Vec<(&'l str, &'l str)> {
    let listed = line.arg(key).unwrap_or_default();
    listed.split([',', '，']).filter_map(|text| text.split_once([':', '：'])).collect()
}

fn family(r: &Runner<'_>, case: &Case) -> Result<Vec<PersonId>, Stop> {
    let answers = r.answers()?;
    let household = case.household.or_else(|| answers.household_of(case.person, r.today()));
    let members = household.and_then(|id| answers.household(id)).map(|household| household.on(r.today()));
    Ok(members.unwrap_or_else(|| vec![case.person]))
}

fn authorise(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    let minors = line.arg("minor").map_or(Ok(Vec::new()), |text| r.people(text))?;
    let mut members = Vec::new();
    let mut push = |person, signing| {
        members.push(Signer { person, minor: minors.contains(&person), signing });
    };
    for person in line.arg("own").map_or(Ok(Vec::new()), |text| r.people(text))? {
        push(person, Signing::Own {});
    }
    for (name, by) in pairs(line, "guardian") {
        let by = if by == "-" { None } else { Some(r.person(by)?.id) };
        push(r.person(name)?.id, Signing::Guardian { by });
    }
    for (name, why) in pairs(line, "later") {
        push(r.person(name)?.id, Signing::Later { why: step_noun!(Absence, why)? });
    }
    if members.is_empty() {
        let own = |person| Signer { person, minor: false, signing: Signing::Own {} };
        members = family(r, case)?.into_iter().map(own).collect();
    }
    Ok(Command::MeansAuthorise(MeansAuthorise {
        case: case.id,
        on: on(r, line)?,
        members,
        guardians: line.arg("guardians").and_then(|text| private.put("guardians", text)),
        later: line.arg("why").and_then(|text| private.put("later", text)),
    }))
}

fn ask(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    Ok(Command::MeansAsk(MeansAsk {
        case: case.id,
        on: on(r, line)?,
        scope: line.arg("scope").map_or(Ok(MeansScope::Whole), |text| step_noun!(MeansScope, text))?,
        to: private.put("to", "县居民家庭经济状况核对中心"),
    }))
}

fn check(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    Ok(Command::MeansCheck(MeansCheck {
        case: case.id,
        on: on(r, line)?,
        result: line.arg("result").map_or(Ok(MeansResult::Fits), |text| step_noun!(MeansResult, text))?,
        report: private.put("report", "HD-2026-0001"),
        items: private.put("items", "十一项无异常"),
        explained: quoted(line, private, "explained", ""),
    }))
}

fn school(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    Ok(Command::School(School {
        case: case.id,
        on: on(r, line)?,
        pupil: line.arg("pupil").map_or(Ok(case.person), |name| r.person(name).map(|who| who.id))?,
        stage: line.arg("stage").map_or(Ok(SchoolStage::Bachelor), |text| step_noun!(SchoolStage, text))?,
        at_home: yes(line, "home")?,
        regular: yes(line, "regular")?,
        years: 4,
        tuition: sum(line, "tuition", Money::from_fen(480_000))?,
        aid: sum(line, "aid", Money::from_fen(0))?,
        school: private.put("school", "沈阳某大学"),
    }))
}

fn review(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    let mut made = Review {
        case: case.id,
        on: on(r, line)?,
        place: private.put("place", "南洼村村部"),
        chair: private.put("chair", "主持李四，记录吴一"),
        invited: 0,
        village: number(line, "village", 2)?,
        delegates: number(line, "delegates", 2)?,
        township: number(line, "township", 1)?,
        officers: line.arg("officers").map_or(Ok(Vec::new()), |text| officers(r, text))?,
        attendees: private.put("attendees", "李四、赵六、孙七、周八、吴一"),
        aside: number(line, "aside", 0)?,
        aside_named: None,
        yes: 0,
        no: number(line, "no", 0)?,
        abstained: number(line, "abstained", 0)?,
        said: quoted(line, private, "said", "情况属实，同意救助"),
    };
    made.invited = number(line, "invited", made.present())?;
    made.yes = number(line, "yes", made.voters().saturating_sub(made.no).saturating_sub(made.abstained))?;
    if made.aside > 0 {
        made.aside_named = private.put("aside", "孙七，申请人的兄弟");
    }
    Ok(Command::Review(made))
}

fn examine(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    Ok(Command::Examine(Examine {
        case: case.id,
        on: on(r, line)?,
        agrees: yes(line, "agrees")?,
        amount: sum(line, "amount", total(&case.asked))?,
        opinion: quoted(line, private, "opinion", "同意上报"),
    }))
}

fn post(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    Ok(Command::PostNotice(PostNotice {
        case: case.id,
        from: on(r, line)?,
        place: private.put("place", "南洼村公开栏"),
        posted_by: private.put("posted_by", "吴一、李四"),
        summary: private.put("summary", "因家庭支出过大，基本生活困难"),
        phone: private.put("phone", "0421-2600000"),
        photos: 1,
    }))
}

fn end(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    let void = line.quote().and_then(|why| private.put("void", why));
    Ok(Command::EndNotice(EndNotice { case: case.id, on: on(r, line)?, void }))
}

fn exempt(_: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    Ok(Command::ExemptNotice(ExemptNotice { case: case.id, reason: quoted(line, private, "reason", "") }))
}

fn object(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    let known = r.answers()?.course(case.id).objections.len();
    Ok(Command::Object(Objection {
        case: case.id,
        number: u16::try_from(known).unwrap_or(u16::MAX).saturating_add(1),
        on: on(r, line)?,
        said: quoted(line, private, "said", ""),
    }))
}

fn settle(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    Ok(Command::SettleObjection(SettleObjection {
        case: case.id,
        number: number(line, "number", 1)?,
        on: on(r, line)?,
        upheld: line.arg("upheld").map_or(Ok(false), flag)?,
        finding: quoted(line, private, "finding", ""),
    }))
}

fn change(_: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    Ok(Command::ChangePath(ChangePath {
        case: case.id,
        path: noun!(Path, need(line, 1, "急难型或支出型")?)?,
        reason: quoted(line, private, "reason", ""),
    }))
}

fn deliver(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    Ok(Command::Deliver(Deliver {
        case: case.id,
        on: on(r, line)?,
        delivery: line.arg("delivery").map_or(Ok(Delivery::Hand), |text| step_noun!(Delivery, text))?,
        receipt: quoted(line, private, "receipt", "申请人本人签收"),
    }))
}

fn follow_up(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    Ok(Command::FollowUp(FollowUp {
        case: case.id,
        on: on(r, line)?,
        way: line.arg("way").map_or(Ok(FollowWay::Home), |text| step_noun!(FollowWay, text))?,
        received: yes(line, "received")?,
        state: line.arg("state").map_or(Ok(FollowState::Eased), |text| step_noun!(FollowState, text))?,
        respondent: private.put("respondent", line.arg("who").unwrap_or("本人")),
        found: quoted(line, private, "found", "救助金已用于治疗，生活稳定"),
    }))
}

fn hardship(r: &mut Runner<'_>, line: &Line, case: &Case, private: &mut Private) -> Result<Command, Stop> {
    let mut texts = BTreeSet::new();
    texts.extend(line.quote().and_then(|text| private.put("diagnosis", text)));
    for (key, slot) in [("cost", "total-cost"), ("own", "own-cost"), ("loss", "loss"), ("proofs", "proofs")] {
        texts.extend(line.arg(key).and_then(|text| private.put(slot, text)));
    }
    Ok(Command::Hardship(Hardship { case: case.id, on: on(r, line)?, texts }))
}

/// Who gives the township's opinion in a story: its approver, else one of the county.
fn examiner(case: &Case) -> Option<OfficerNo> {
    let of = |office| CAST.iter().find(|cast| cast.office == office && cast.role == Role::Approver);
    of(Office::Township(case.township)).or_else(|| of(Office::County)).map(|cast| cast.officer())
}

fn whole_way(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let name = need(line, 0, "办件")?.to_owned();
    let last = line.arg("to").map_or(Ok(PathStep::Notice), |text| step_noun!(PathStep, text))?;
    let case = r.case(&name)?;
    let limit = r.answers()?.pack_now().map_or(Money::ZERO, |pack| pack.tier.township_limit);
    let to_county = total(&case.asked) > limit;
    for step in r.answers()?.course(case.id).missing(last, case.circumstance, to_county) {
        take(r, line, &case, step)?;
    }
    Ok(())
}

fn take(r: &mut Runner<'_>, line: &Line, case: &Case, step: PathStep) -> Result<(), Stop> {
    let makes: &[Make] = match step {
        PathStep::Application => &[apply],
        PathStep::Acceptance => &[accept],
        PathStep::Correction => &[corrected],
        PathStep::Survey => &[survey],
        PathStep::Authority => &[authorise],
        PathStep::Means => &[ask, check],
        PathStep::School => &[school],
        PathStep::Review => &[review],
        PathStep::Examination => &[examine],
        PathStep::Notice => &[post],
        PathStep::NoticeEnd => &[end],
    };
    let by = match step {
        PathStep::Examination => examiner(case),
        _ => Some(case.handler.clone()),
    };
    let by = by.ok_or_else(|| Stop::wrong("没有人能办乡镇审核"))?;
    for make in makes {
        let mut private = Private::default();
        let mut command = make(r, line, case, &mut private)?;
        if let Command::Apply(args) = &mut command
            && args.on < r.today()
        {
            args.late = private.put("late", "纸质申请补录");
        }
        r.act_as(&by, vec![(command, private)])?;
    }
    Ok(())
}

/// `clock C1 due=2026-03-16 tier=乡镇 left=8 still=核对`; `due=no` while nobody knows.
pub fn clock(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let id: CaseId = r.case_id(need(line, at, "办件")?)?;
    let Some(clock) = r.answers()?.course(id).clock else {
        return Ok(Found { holds: false, was: "期限还没有起算".to_owned() });
    };
    let still: Vec<&str> = clock.still.iter().map(|why| why.zh()).collect();
    let mut holds = true;
    for (key, value) in &line.args {
        holds &= match key.as_str() {
            "due" if value == "no" => clock.due.is_none(),
            "due" => clock.due == Some(day(value)?),
            "tier" => clock.tier == values::tier(value)?,
            "left" => clock.left == count::<u32>(value)?,
            "still" => still.join(",") == *value,
            _ => return Err(Stop::wrong("clock 可以看：due= tier= left= still=")),
        };
    }
    let due = clock.due.map_or("未定".to_owned(), |due| due.to_string());
    let tier: Tier = clock.tier;
    Ok(Found {
        holds,
        was: format!("{}期限{due}，余{}个工作日，中止：{}", tier.zh(), clock.left, still.join(",")),
    })
}
