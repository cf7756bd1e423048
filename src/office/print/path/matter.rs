//! F3 急难事项登记表: the hardship itself, to which 一年一次 belongs, with what is known of it by its circumstance (困难详情).

use super::super::Printed;
use super::super::f1::happened_at;
use super::super::f1_path::said;
use super::super::parts::{BLANK, row, sign, signed, tall_row, tick, ticks};
use super::{CasePaper, File, counted, grid, on, word, yuan};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::fact::Fact;
use crate::domain::nouns::path::SchoolStage;
use crate::domain::nouns::{Circumstance, Schemes};
use crate::forms::tables::path::hardship::KINDS;
use crate::store::export::paper::Block;

const CLAUSES: &str = "依据：实施办法二（同一急难事项原则上一年只能救助一次）；三（对象范围）。";

pub(super) fn paper(file: &File<'_>) -> Printed {
    let card = file.card;
    let matter = card.matter.as_ref();
    let number = matter.map(|matter| matter.number.clone()).unwrap_or_default();
    let year = counted(matter.map(|matter| u32::try_from(matter.on.year()).unwrap_or(0)), "年");
    let kinds = ticks(Circumstance::ALL.iter().map(|one| (one.zh(), card.case.circumstance == *one)));
    let shared = matter.is_some_and(|matter| matter.shared);
    let people: Vec<String> = matter
        .map(|matter| {
            matter.people.iter().map(|who| file.person(*who)).filter(|name| !name.is_empty()).collect()
        })
        .unwrap_or_default();
    let people = if people.is_empty() { file.applicant() } else { people.join("、") };
    let schemes = ticks(Schemes::ALL.iter().map(|one| (one.zh(), card.case.schemes == *one)));
    let mut blocks = vec![
        grid(vec![
            row(&[("事项编号", &number, 1), ("年度", &year, 1)]),
            tall_row("类别", &format!("{kinds}　（{}）", card.case.circumstance.clause()), 3, 2),
            row(&[("细类", &sort(file), 3)]),
            row(&[("发生时间", &on(matter.map(|matter| matter.on)), 1), ("发生地点", &happened_at(file), 1)]),
            row(&[("当事人", &people, 3)]),
            row(&[("急难程度", card.case.severity.zh(), 1), ("急难性质", card.opening.need.zh(), 1)]),
            tall_row("经过", &card.opening.reason, 3, 4),
        ]),
        Block::Heading("损失和已获补偿".to_owned()),
        grid(vec![
            row(&[("直接损失", &sum(file, "loss"), 1), ("自付费用", &spent(file), 1)]),
            tall_row("已获赔偿、保险、其他救助", &helped(file), 3, 2),
            row(&[("其他制度", &schemes, 3)]),
            row(&[("关联事项（群体性）", &format!("{}是　{}否", tick(shared), tick(!shared)), 3)]),
        ]),
    ];
    blocks.push(Block::Heading("按类别填写".to_owned()));
    blocks.push(by_circumstance(file));
    blocks.push(grid(vec![tall_row("证明材料", said(file, "proofs"), 3, 3)]));
    blocks.push(Block::Signatures(vec![
        sign("当事人或申请人签字"),
        signed("经办人签字", &super::handler(card, file.printing), ""),
        signed("盖章", "（乡镇民政办印章）", ""),
    ]));
    file.paper(CasePaper::Matter, blocks, &[CLAUSES])
}

/// A sum that was told, or a place to write one.
fn sum(file: &File<'_>, slot: &str) -> String {
    yuan(Money::parse(said(file, slot)).ok().or_else(|| nothing(said(file, slot))))
}

/// Nothing was told as nothing: it is printed, not left blank.
fn nothing(text: &str) -> Option<Money> {
    (text == "0.00").then_some(Money::ZERO)
}

/// A day that was told, or nothing.
fn told_day(file: &File<'_>, slot: &str) -> String {
    on(Day::parse(said(file, slot)))
}

/// 细类: of an accident by its list, else in words.
fn sort(file: &File<'_>) -> String {
    let told = said(file, "kind");
    match file.card.case.circumstance {
        Circumstance::Accident | Circumstance::Incident | Circumstance::Other => {
            ticks(KINDS.iter().map(|kind| (kind.label, kind.label == told)))
        }
        _ => told.to_owned(),
    }
}

/// What was paid out of the own pocket: as it was told, else what the survey found that the household spent on it.
fn spent(file: &File<'_>) -> String {
    if !said(file, "own-cost").is_empty() {
        return sum(file, "own-cost");
    }
    let survey = file.last(|fact| match fact {
        Fact::Surveyed(made) => Some(made),
        _ => None,
    });
    let of = |made: &crate::domain::command::path::Survey| match file.card.case.circumstance {
        Circumstance::Illness | Circumstance::LongCare | Circumstance::Misfortune => {
            Some(made.spending.medical + made.spending.care)
        }
        Circumstance::Schooling => Some(made.spending.schooling),
        _ => None,
    };
    yuan(survey.and_then(|(_, made)| of(made)).filter(|sum| !sum.is_zero()))
}

/// What others gave: as it was entered, and as it was told.
fn helped(file: &File<'_>) -> String {
    let all = others(file);
    if all.is_empty() { format!("{BLANK}{BLANK}") } else { all.join("\n") }
}

/// The same, one a line; nothing where nothing is known.
pub(super) fn others(file: &File<'_>) -> Vec<String> {
    let lines = file.printing.held.beside.help.iter().filter_map(|line| {
        let (kind, sum) = line.help?;
        let sum = sum.map(|sum| format!("{}元", sum.grouped())).unwrap_or_default();
        Some(format!("{} {}{sum} {}", line.on.long_zh(), kind.zh(), line.words))
    });
    let told = Some(said(file, "other-aid").to_owned()).filter(|text| !text.is_empty());
    lines.chain(told).collect()
}

/// The part of the form that belongs to the circumstance.
fn by_circumstance(file: &File<'_>) -> Block {
    let school = file.last(|fact| match fact {
        Fact::SchoolNoted(made) => Some(made),
        _ => None,
    });
    match (file.card.case.circumstance, school) {
        (Circumstance::Schooling, known) => {
            let (step, made) = (known.map(|(step, _)| step), known.map(|(_, made)| made));
            // On the emergency path the school is no step: it was told with the details of the hardship.
            let stage = made.map_or(said(file, "stage"), |made| made.stage.zh());
            let stages = ticks(SchoolStage::ALL.iter().map(|one| (one.zh(), one.zh() == stage)));
            let years = made.map(|made| u32::from(made.years)).or_else(|| said(file, "years").parse().ok());
            let school = match word(step, made.and_then(|made| made.school.as_ref())) {
                "" => said(file, "school"),
                school => school,
            };
            let tuition = made.map_or_else(|| sum(file, "tuition"), |made| yuan(Some(made.tuition)));
            let aid = made.map_or_else(|| sum(file, "school-aid"), |made| yuan(Some(made.aid)));
            let pupil = made.map_or_else(|| said(file, "pupil").to_owned(), |made| file.person(made.pupil));
            let proved = made.map_or_else(|| told_day(file, "proved-on"), |made| made.on.long_zh());
            let yes =
                |of: Option<bool>| format!("{}是　{}否", tick(of == Some(true)), tick(of == Some(false)));
            grid(vec![
                row(&[("就学的人", &pupil, 1), ("证明日期", &proved, 1)]),
                row(&[("阶段", &stages, 3)]),
                row(&[("学校", school, 1), ("学制", &counted(years, "年"), 1)]),
                row(&[
                    ("国内就学", &yes(made.map(|made| made.at_home)), 1),
                    ("正常就学", &yes(made.map(|made| made.regular)), 1),
                ]),
                row(&[("学费（年）", &tuition, 1), ("已获资助", &aid, 1)]),
            ])
        }
        (Circumstance::Illness | Circumstance::LongCare | Circumstance::Misfortune, _) => grid(vec![
            row(&[("诊断", said(file, "diagnosis"), 1), ("疾病编码（ICD-10）", said(file, "icd"), 1)]),
            row(&[("医院", said(file, "hospital"), 1), ("住院预缴", &sum(file, "prepaid"), 1)]),
            row(&[("入院", &told_day(file, "admitted"), 1), ("出院", &told_day(file, "discharged"), 1)]),
            row(&[("总费用", &sum(file, "total-cost"), 1), ("报销", &sum(file, "reimbursed"), 1)]),
        ]),
        (Circumstance::Livelihood, _) => grid(vec![
            row(&[("失业、停业日期", &told_day(file, "lost-on"), 1), ("行业", said(file, "trade"), 1)]),
            row(&[("损失", &sum(file, "trade-loss"), 3)]),
        ]),
        _ => grid(vec![row(&[("财产损失", &sum(file, "property-loss"), 3)])]),
    }
}
