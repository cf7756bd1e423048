//! What the steps of the expenditure path put into F1: the promise, the year's income and spending, and the opinions from the
//! surveyors up to the county's section. A case without such steps leaves the places to write.

use super::f1::{Words, opinion};
use super::parts::{BLANK, money, tall_row, tick};
use super::path::{File, word};
use crate::base::money::Money;
use crate::domain::command::path::Application;
use crate::domain::fact::Fact;
use crate::domain::ids::Text;
use crate::domain::nouns::path::SurveyVerdict;
use crate::forms::tables::path::agent::{Agent, SLOTS};
use crate::store::export::paper::Block;
use crate::store::replica::views::path::EnteredStep;

/// The paper of the application.
pub(super) fn applied<'a>(file: &File<'a>) -> Option<(&'a EnteredStep, &'a Application)> {
    file.last(|fact| match fact {
        Fact::ApplicationNoted(made) => Some(made),
        _ => None,
    })
}

/// What was told of the case under a slot, by whichever entry said it last; empty where none did.
pub(super) fn said<'a>(file: &File<'a>, slot: &str) -> &'a str {
    file.card.opening.told.get(&Text::from(slot)).map_or("", String::as_str)
}

/// The agent of the latest paper that names one. Earlier versions wrote him down in one text.
pub(super) fn agent<'a>(file: &File<'a>) -> Agent<'a> {
    let steps = file.printing.held.steps.iter().rev();
    let mut named = steps.filter_map(|step| match &step.fact {
        Fact::ApplicationNoted(made) => Some((step, word(Some(step), made.agent.as_ref()))),
        _ => None,
    });
    let Some((step, name)) = named.find(|(_, name)| !name.is_empty()) else { return Agent::default() };
    let beside = SLOTS.map(|slot| step.words.get(&Text::from(slot)).map_or("", String::as_str));
    match beside {
        ["", "", ""] => Agent::read(name),
        [relation, id_no, letter] => Agent { name, relation, id_no, letter },
    }
}

/// A sum with what it comes from, as the application says it.
pub(super) fn beside(sums: &str, said: &str) -> String {
    match (sums, said) {
        (sums, "") => sums.to_owned(),
        ("", said) => said.to_owned(),
        (sums, said) => format!("{sums}（申请：{said}）"),
    }
}

/// Who has to support the household and does not live in it, or a place to write it.
pub(super) fn supporters(file: &File<'_>) -> String {
    let named = match said(file, "supporters") {
        "" => "____________________",
        named => named,
    };
    format!("非共同生活的法定赡养、抚养、扶养义务人（姓名、关系、家庭人口、年收入、赡养费）：{named}")
}

/// Whether promise and authorisation are signed, and why the paper was entered late.
pub(super) fn promised(file: &File<'_>) -> Option<String> {
    let (step, made) = applied(file)?;
    let signed = if made.promise { "已签字，原件在卷" } else { "还没有签字" };
    let late = match word(Some(step), made.late.as_ref()) {
        "" => String::new(),
        why => format!("　补录来由：{why}"),
    };
    Some(format!("申请日期：{}　承诺与授权{signed}。{late}", made.on.long_zh()))
}

/// Income and spending of the year with what they are, as the survey found them.
pub(super) fn yearly(file: &File<'_>) -> (String, String) {
    let survey = file.last(|fact| match fact {
        Fact::Surveyed(made) => Some(made),
        _ => None,
    });
    let Some((_, made)) = survey else { return (String::new(), String::new()) };
    let (income, spending) = (&made.income, &made.spending);
    (
        parts([
            ("工资性", income.wages),
            ("经营性", income.business),
            ("财产性", income.property),
            ("转移性", income.transfer),
        ]),
        parts([
            ("医疗", spending.medical),
            ("教育", spending.schooling),
            ("护理", spending.care),
            ("住房", spending.housing),
        ]),
    )
}

fn parts(all: [(&str, Money); 4]) -> String {
    let sum: Money = all.iter().map(|(_, sum)| *sum).sum();
    let named: Vec<String> = all
        .iter()
        .filter(|(_, sum)| !sum.is_zero())
        .map(|(name, sum)| format!("{name}{}元", sum.grouped()))
        .collect();
    match named.is_empty() {
        true => format!("{}元", sum.grouped()),
        false => format!("{}元：{}", sum.grouped(), named.join("，")),
    }
}

/// What others gave, else a place to write it.
pub(super) fn given(file: &File<'_>) -> String {
    let lines = file.printing.held.beside.help.iter().filter_map(|line| {
        let (kind, sum) = line.help?;
        let sum = sum.map(|sum| format!("{}元", sum.grouped())).unwrap_or_default();
        Some(format!("{}{sum}（{}）", kind.zh(), line.words))
    });
    let noted = Some(said(file, "other-aid").to_owned()).filter(|text| !text.is_empty());
    let all: Vec<String> = lines.chain(noted).collect();
    if all.is_empty() { format!("{BLANK}{BLANK}{BLANK}") } else { all.join("；") }
}

/// 调查人意见.
pub(super) fn surveyed(file: &File<'_>) -> Block {
    const ROLE: &str = "调查人意见（不少于2人）";
    let survey = file.last(|fact| match fact {
        Fact::Surveyed(made) => Some(made),
        _ => None,
    });
    let Some((step, made)) = survey else {
        let blank = format!("属实{0}　不属实{0}　{BLANK}", tick(false));
        return opinion(ROLE, &blank, &["调查人1", "调查人2"]);
    };
    let text = format!(
        "属实{}　不属实{}　转其他救助{}\n{}\n建议救助金额{}。\n调查人：{}　{}　{}",
        tick(made.verdict == SurveyVerdict::True),
        tick(made.verdict == SurveyVerdict::Untrue),
        tick(made.verdict == SurveyVerdict::OtherScheme),
        word(Some(step), made.verified.as_ref()),
        money(made.amount),
        file.officers(&made.surveyors),
        word(Some(step), made.others_named.as_ref()),
        made.at.day().long_zh(),
    );
    wide(ROLE, &text)
}

/// 村（居）评议意见.
pub(super) fn reviewed(file: &File<'_>) -> Block {
    const ROLE: &str = "村（居）评议意见";
    let review = file.last(|fact| match fact {
        Fact::Reviewed(made) => Some(made),
        _ => None,
    });
    let Some((step, made)) = review else { return opinion(ROLE, "", &["负责人", "盖章"]) };
    let text = format!(
        "{}\n实到{}人，回避{}人，同意{}票，不同意{}票，弃权{}票，{}。\n{}　盖章：{BLANK}　{}",
        word(Some(step), made.said.as_ref()),
        made.present(),
        made.aside,
        made.yes,
        made.no,
        made.abstained,
        if made.carried() { "通过" } else { "未通过" },
        word(Some(step), made.chair.as_ref()),
        made.on.long_zh(),
    );
    wide(ROLE, &text)
}

fn wide(role: &str, text: &str) -> Block {
    Block::Grid { shares: vec![2, 13], rows: vec![tall_row(role, text, 1, 3)] }
}

/// 乡镇审核 of a case that the county decides.
pub(super) fn reported(file: &File<'_>) -> Option<Words> {
    let (step, made) = file.last(|fact| match fact {
        Fact::Examined(made) => Some(made),
        _ => None,
    })?;
    let opinion = word(Some(step), made.opinion.as_ref());
    let text = if made.agrees {
        format!("{opinion}\n建议救助金额{}。", money(made.amount))
    } else {
        format!("不同意。{opinion}")
    };
    Some(Words { text, name: file.officer(&made.by), day: made.on.long_zh() })
}

/// 报市审批 of a case that was put before the city, and its answer once it was checked; none where the county decides itself.
pub(super) fn of_city(file: &File<'_>) -> Option<Words> {
    let city = file.printing.held.beside.city.as_ref()?;
    let document = |no: &str| if no.is_empty() { String::new() } else { format!("（{no}）") };
    let request = document(city.request.as_deref().unwrap_or_default());
    let mut text = format!(
        "{}报市级审批{request}，拟救助金额{}。{}",
        city.on.long_zh(),
        money(city.amount),
        city.reason
    );
    let checked = city.reply.as_ref().filter(|_| city.checked_by.is_some());
    if let Some((number, on, answer, amount, _)) = checked {
        let sum = if amount.is_zero() { String::new() } else { format!("，批准金额{}", money(*amount)) };
        text.push_str(&format!("\n市级{}批复{}：{}{sum}。", on.long_zh(), document(number), answer.zh()));
    }
    Some(Words { text, name: file.officer(&city.by), day: city.on.long_zh() })
}

/// 股室审核; nothing where there was none.
pub(super) fn examined(file: &File<'_>) -> Words {
    let Some(line) = file.printing.held.beside.examinations.iter().rev().find(|line| line.live) else {
        return Words::default();
    };
    let says =
        if line.agrees { format!("同意{}元", line.amount.grouped()) } else { "不同意".to_owned() };
    Words {
        text: format!("救助科：{says}。{}\n", line.opinion),
        name: file.officer(&line.by),
        day: line.on.long_zh(),
    }
}
