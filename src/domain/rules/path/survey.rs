//! The survey at home (入户调查, F4), and the schooling of circumstance 4.

use super::super::{amount, dates, duties, tier};
use super::{AT_WORK, On, begin, dated};
use crate::domain::code::Code;
use crate::domain::command::path::{School, Survey};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::nouns::Circumstance;
use crate::domain::nouns::path::{PathStep, SurveyVerdict};
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;
use std::collections::BTreeSet;

/// 入户调查.
pub(in super::super) fn survey(cx: &Ctx<'_>, args: &Survey) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(mut on) = begin(cx, &mut out, args.case, AT_WORK) else { return out.finish(None) };
    on.stands_on(cx, &mut out, &[PathStep::Application, PathStep::Acceptance, PathStep::Correction]);
    let at = dates::moment(cx, &mut out, "at", args.at, "调查时间");
    dated(cx, &mut out, "at", at.day(), "调查日期", on.course.accepted.map(|day| (day, "受理日期")));
    people(cx, &mut out, &on, args);
    words(cx, &mut out, args);
    figures(&mut out, args);
    on.done(&mut out, Fact::Surveyed(Survey { at, ..args.clone() }));
    out.finish(Some(on.case.id))
}

/// Two at least, one of them with an account; none related to those helped.
fn people(cx: &Ctx<'_>, out: &mut Collect, on: &On, args: &Survey) {
    let distinct: BTreeSet<&OfficerNo> = args.surveyors.iter().collect();
    if distinct.len() < args.surveyors.len() {
        out.say(Code::Duplicate, "surveyors", "同一调查人填了两次，请删去一个。");
    }
    known(cx, out, on, "surveyors", &distinct);
    let twice = twice(cx, &distinct, args);
    let others = args.others.saturating_sub(u16::try_from(twice.len()).unwrap_or(u16::MAX));
    let count = u16::try_from(distinct.len()).unwrap_or(u16::MAX).saturating_add(others);
    let needed = on.pack.path.surveyors;
    if let Some(name) = twice.first().filter(|_| count < needed) {
        out.say(
            Code::SurveyPeople,
            "others_named",
            format!(
                "调查人{name}写了两次，只算一人，入户调查须至少{needed}人，请改写另一人；同名的另一人在姓名后加括号注明。"
            ),
        );
    } else if count < needed {
        out.say(
            Code::SurveyPeople,
            "surveyors",
            format!("入户调查须至少{needed}人，现有{count}人，请补填调查人；没有账号的写姓名和电话。"),
        );
    } else if distinct.is_empty() {
        out.say(Code::SurveyPeople, "surveyors", "调查人中须有一名工作人员，请按F4选择。");
    }
    if args.others > 0 {
        duties::reason(cx, out, &args.others_named, "others_named", "没有账号的调查人须写姓名和电话");
    }
}

/// Who stands among those without an account though he is a surveyor already, by the name alone.
fn twice(cx: &Ctx<'_>, officers: &BTreeSet<&OfficerNo>, args: &Survey) -> Vec<String> {
    let typed = args.others_named.as_ref().filter(|_| args.others > 0);
    let Some(typed) = typed.and_then(|slot| cx.private?.text(slot)) else { return Vec::new() };
    let officers = officers.iter().filter_map(|no| cx.answers.officer(no));
    let mut names: BTreeSet<String> = officers.map(|officer| squeezed(&officer.name)).collect();
    let typed = typed.split(['、', '；', ';']).map(squeezed).filter(|name| !name.is_empty());
    typed.filter(|name| !names.insert(name.clone())).collect()
}

/// The name with which a person's part of the text begins, without blanks.
fn squeezed(part: &str) -> String {
    let ends = |c: char| matches!(c, '，' | ',' | '。' | '：' | ':') || c.is_ascii_digit();
    part.split(ends).next().unwrap_or_default().chars().filter(|c| !c.is_whitespace()).collect()
}

/// Officers named in a step: they exist and are not related to those helped.
pub(super) fn known(
    cx: &Ctx<'_>,
    out: &mut Collect,
    on: &On,
    field: &'static str,
    officers: &BTreeSet<&OfficerNo>,
) {
    let helped = tier::helped(cx, &on.case, cx.today());
    for no in officers {
        match cx.answers.officer(no).filter(|officer| !officer.ended) {
            None => out.say(Code::Unknown, field, format!("没有在岗的操作员{no}，请按F4选择。")),
            Some(officer) if ![Role::Handler, Role::Approver].iter().any(|role| officer.is(*role)) => out
                .say(
                    Code::Role,
                    field,
                    format!("{no}没有业务岗位，不能作为工作人员参加，请按F4另选；没有账号的写姓名和电话。"),
                ),
            // a neighbour's handler, to whom the county gave the case, is its officer
            Some(officer) if !officer.office.covers(on.case.township) && *no != &on.case.handler => out.say(
                Code::Scope,
                field,
                format!("{no}不是本乡镇或县局的工作人员，请按F4另选；外单位的写姓名和电话。"),
            ),
            Some(_) => {}
        }
        if duties::related(cx, &helped, no) {
            out.say(Code::Recusal, field, format!("救助对象中有{no}备案的近亲属，须回避，请换人。"));
        }
    }
}

fn words(cx: &Ctx<'_>, out: &mut Collect, args: &Survey) {
    let mut ask = |slot, field, what| duties::reason(cx, out, slot, field, what);
    ask(&args.place, "place", "调查地点未填");
    ask(&args.respondent, "respondent", "被调查人及关系未填");
    ask(&args.situation, "situation", "家庭基本情况未填");
    ask(&args.verified, "verified", "急难情况核实未填");
    if !args.matches {
        ask(&args.differs, "differs", "与申请不一致的须写明何处");
    }
    if !args.signed {
        ask(&args.unsigned, "unsigned", "双方没有签字的须写明原因");
    }
    if args.photos > 0 {
        ask(&args.photo_list, "photo_list", "照片目录未填");
    }
}

fn figures(out: &mut Collect, args: &Survey) {
    let Survey { income, spending, assets, .. } = args;
    let sums = [
        ("income", income.wages),
        ("income", income.business),
        ("income", income.property),
        ("income", income.transfer),
        ("spending", spending.medical),
        ("spending", spending.schooling),
        ("spending", spending.care),
        ("spending", spending.housing),
        ("assets", assets.deposits),
        ("assets", assets.securities),
        ("assets", assets.debt),
    ];
    let mut said = BTreeSet::new();
    for (field, sum) in sums {
        if sum.is_negative() && said.insert(field) {
            out.say(Code::Amount, field, "收入、支出、财产和债务不能小于0，没有的填0，请改正。");
        }
    }
    if args.verdict == SurveyVerdict::True {
        amount::amount(out, "amount", args.amount);
        if args.means.is_empty() {
            out.say(Code::State, "means", "建议方式未选，请至少选一种救助方式。");
        }
    }
}

/// 就学情况.
pub(in super::super) fn school(cx: &Ctx<'_>, args: &School) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    let Some(mut on) = begin(cx, &mut out, args.case, AT_WORK) else { return out.finish(None) };
    on.stands_on(cx, &mut out, &[PathStep::Application, PathStep::Acceptance]);
    if on.case.circumstance != Circumstance::Schooling {
        out.say(
            Code::State,
            "case",
            format!("办件{}的情形是{}，不须登记就学情况。", on.case.number, on.case.circumstance.zh()),
        );
    }
    dates::not_later(&mut out, "on", args.on, cx.today(), "证明日期");
    if !tier::family_of(cx, &on.case, cx.today()).contains(&args.pupil) {
        out.say(Code::Unknown, "pupil", "就学的人不在这一户中，请核对家庭成员。");
    }
    if !args.at_home || !args.regular {
        let what = if args.at_home {
            "不是正常就学（没有学籍或非全日制）"
        } else {
            "不在国内就学"
        };
        out.say(
            Code::EligSchool,
            "regular",
            format!("{what}，不属子女就学救助，请核对学籍证明，或撤回后按8其他困难另行受理。"),
        );
    }
    if args.tuition.is_negative() || args.aid.is_negative() {
        out.say(Code::Amount, "tuition", "学费和资助不能小于0，没有的填0，请改正。");
    }
    duties::reason(cx, &mut out, &args.school, "school", "学校未填");
    on.done(&mut out, Fact::SchoolNoted(args.clone()));
    out.finish(Some(on.case.id))
}
