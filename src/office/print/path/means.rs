//! F6 核对授权书, F7 核对委托书 and 核对报告: every member lets his means be looked into, the office that does it is asked,
//! its report comes back.

use super::super::Printed;
use super::super::parts::{BLANK_DAY, handler, office, phone, row, sign, signed, tall_row, ticks};
use super::{CasePaper, File, grid, on, word};
use crate::base::codes;
use crate::domain::command::path::{MeansAsk, MeansCheck, Signing};
use crate::domain::fact::Fact;
use crate::domain::fact::path::MeansAuthorised;
use crate::domain::ids::PersonId;
use crate::domain::nouns::path::{MeansResult, MeansScope};
use crate::store::export::paper::{Align, Block, PaperColumn};
use crate::store::replica::views::path::EnteredStep;

const SCOPE: &str = "　　授权范围：公安、人力资源社会保障、住房城乡建设、自然资源、交通运输、市场监督管理、税务、住房公积金管理部门和银\
                     行、证券、保险等金融机构中本人的身份、收入、财产和支出信息。";
const PROMISE: &str = "　　承诺：所提供的家庭成员和信息真实完整；同意为办理临时救助依法核对本人及共同生活的家庭成员的经济状况。授权自签\
                       署之日起生效，至核对不符或救助期满终止；家庭成员有变动或再次申请的，另签授权书。";
const COPIES: &str = "一式三份：申请人、受理单位、核对机构各存一份。未成年人由监护人代签。";

fn authorised<'a>(file: &File<'a>) -> Option<(&'a EnteredStep, &'a MeansAuthorised)> {
    file.last(|fact| match fact {
        Fact::MeansAuthorised(made) => Some(made),
        _ => None,
    })
}

fn sent<'a>(file: &File<'a>) -> Option<(&'a EnteredStep, &'a MeansAsk)> {
    file.last(|fact| match fact {
        Fact::MeansAsked(made) => Some(made),
        _ => None,
    })
}

fn back<'a>(file: &File<'a>) -> Option<(&'a EnteredStep, &'a MeansCheck)> {
    file.last(|fact| match fact {
        Fact::MeansChecked(made) => Some(made),
        _ => None,
    })
}

/// Whether means were asked about.
pub(super) fn asked(file: &File<'_>) -> bool {
    sent(file).is_some()
}

/// Whether a report came.
pub(super) fn reported(file: &File<'_>) -> bool {
    back(file).is_some()
}

/// Name, relation to the head of the household, and number of a member.
fn member(file: &File<'_>, person: PersonId) -> [String; 3] {
    let family = file.card.family.as_ref();
    let known = file.printing.people.get(&person);
    let relation = family
        .and_then(|family| family.members.iter().find(|member| member.person == person))
        .and_then(|member| codes::name_of(codes::relation(), &member.relation))
        .map(str::to_owned);
    let relation = match relation {
        Some(relation) => relation,
        None if person == file.card.case.person => "申请人".to_owned(),
        None => String::new(),
    };
    [file.person(person), relation, known.map(|known| known.id_no.clone()).unwrap_or_default()]
}

/// The household as far as it is known: the applicant first.
fn household(file: &File<'_>) -> Vec<PersonId> {
    let members = file.card.family.iter().flat_map(|family| family.members.iter().map(|one| one.person));
    std::iter::once(file.card.case.person).chain(members).collect()
}

/// F6.
pub(super) fn letter(file: &File<'_>) -> Printed {
    let known = authorised(file);
    let (step, made) = (known.map(|(step, _)| step), known.map(|(_, made)| made));
    let until = made.map(|made| made.until);
    let blocks = vec![
        grid(vec![
            row(&[("救助项目", "临时救助（支出型）", 1), ("授权人", &file.applicant(), 1)]),
            row(&[("住址", &file.address(), 3)]),
        ]),
        Block::Heading("全体家庭成员".to_owned()),
        signers(file, made),
        Block::Text(SCOPE.to_owned()),
        Block::Text(PROMISE.to_owned()),
        grid(vec![
            row(&[("生效（签署日）", &on(made.map(|made| made.on)), 1), ("有效期至", &on(until), 1)]),
            tall_row(
                "监护人（姓名、关系、电话）",
                word(step, made.and_then(|made| made.guardians.as_ref())),
                3,
                1,
            ),
            tall_row("后补签字的原因", word(step, made.and_then(|made| made.later.as_ref())), 3, 1),
        ]),
        Block::Signatures(vec![
            sign("授权人签字（手印）"),
            signed("经办人签字", &handler(file.card, file.printing), ""),
            signed("盖章", "（乡镇民政办印章）", ""),
        ]),
    ];
    file.paper(CasePaper::MeansLetter, blocks, &[COPIES])
}

fn signers(file: &File<'_>, made: Option<&MeansAuthorised>) -> Block {
    let column = |name, share| PaperColumn::new(name, share).aligned(Align::Center);
    let rows = match made {
        Some(made) => {
            let row = |signer: &crate::domain::command::path::Signer| {
                let minor = if signer.minor { "（未成年）" } else { "" };
                let how = match signer.signing {
                    Signing::Own {} => "本人签字".to_owned(),
                    Signing::Guardian { by: Some(by) } => format!("监护人{}代签", file.person(by)),
                    Signing::Guardian { by: None } => "监护人代签".to_owned(),
                    Signing::Later { why } => format!("后补（{}）", why.zh()),
                };
                let [name, relation, id_no] = member(file, signer.person);
                vec![name, relation, id_no, format!("{how}{minor}"), String::new()]
            };
            made.members.iter().map(row).collect()
        }
        None => {
            let row = |person: PersonId| {
                let [name, relation, id_no] = member(file, person);
                vec![name, relation, id_no, String::new(), String::new()]
            };
            household(file).into_iter().map(row).collect()
        }
    };
    Block::Table {
        columns: vec![
            column("姓名", 3),
            column("与户主关系", 3),
            column("身份证号", 6),
            column("如何签字", 5),
            column("签名（指模印）", 4),
        ],
        rows,
        total: Vec::new(),
    }
}

/// F7, the letter to the office that looks into means.
pub(super) fn ask(file: &File<'_>) -> Printed {
    let known = sent(file);
    let (step, made) = (known.map(|(step, _)| step), known.map(|(_, made)| made));
    let scope =
        ticks(MeansScope::ALL.iter().map(|one| (one.zh(), made.is_some_and(|made| made.scope == *one))));
    let letter = authorised(file).map(|(_, made)| {
        format!("{}签署，有效期至{}，{}人", made.on.long_zh(), made.until.long_zh(), made.members.len())
    });
    let people = match authorised(file) {
        Some((_, made)) => made.members.iter().map(|signer| signer.person).collect(),
        None => household(file),
    };
    let rows = people.into_iter().enumerate().map(|(at, person)| {
        let [name, relation, id_no] = member(file, person);
        vec![(at + 1).to_string(), name, relation, id_no]
    });
    let blocks = vec![
        grid(vec![
            row(&[
                ("受托单位", word(step, made.and_then(|made| made.to.as_ref())), 1),
                ("委托单位", &office(file.card.case.township), 1),
            ]),
            row(&[("核对项目", "临时救助（支出型）", 1), ("委托日期", &on(made.map(|made| made.on)), 1)]),
            row(&[("核对范围", &scope, 1), ("授权书", &letter.unwrap_or_default(), 1)]),
        ]),
        Block::Heading("核对对象".to_owned()),
        Block::Table {
            columns: vec![
                PaperColumn::new("序号", 1).aligned(Align::Center),
                PaperColumn::new("姓名", 3),
                PaperColumn::new("与户主关系", 3),
                PaperColumn::new("身份证号", 6),
            ],
            rows: rows.collect(),
            total: Vec::new(),
        },
        Block::Text(format!(
            "　　请依授权核对上列人员的家庭经济状况，并出具核对报告。联系电话：{}",
            phone(file.printing)
        )),
        Block::Signatures(vec![
            signed("经办人签字", &handler(file.card, file.printing), ""),
            signed("委托单位盖章", "", ""),
            sign("受托单位签收"),
        ]),
    ];
    file.paper(CasePaper::MeansAsk, blocks, &["核对期间办理期限中止，自报告之日起接着算。"])
}

/// F7, what came back.
pub(super) fn report(file: &File<'_>) -> Printed {
    let known = back(file);
    let (step, made) = (known.map(|(step, _)| step), known.map(|(_, made)| made));
    let text = |slot: fn(&MeansCheck) -> Option<&crate::domain::ids::Text>| word(step, made.and_then(slot));
    let result =
        ticks(MeansResult::ALL.iter().map(|one| (one.zh(), made.is_some_and(|made| made.result == *one))));
    let asked = sent(file);
    let to = asked.map(|(step, made)| word(Some(step), made.to.as_ref())).unwrap_or_default();
    let explained = match (made.map(|made| made.result), text(|made| made.explained.as_ref())) {
        (Some(MeansResult::Fits | MeansResult::Exceeds), "") => "无",
        (_, said) => said,
    };
    let blocks = vec![
        grid(vec![
            row(&[("核对单位", to, 1), ("委托单位", &office(file.card.case.township), 1)]),
            row(&[("对象", &file.applicant(), 1), ("项目", "临时救助（支出型）", 1)]),
            row(&[
                ("委托日期", &on(asked.map(|(_, made)| made.on)), 1),
                ("报告日期", &made.map_or_else(|| BLANK_DAY.to_owned(), |made| made.on.long_zh()), 1),
            ]),
            row(&[("报告编号", text(|made| made.report.as_ref()), 1), ("结论", &result, 1)]),
            tall_row("逐项结果", text(|made| made.items.as_ref()), 3, 5),
            tall_row("信息不一致的核实情况", explained, 3, 3),
        ]),
        Block::Signatures(vec![
            signed("登记人", &step.map(|step| file.officer(&step.by)).unwrap_or_default(), ""),
            sign("复核人签字"),
            signed("盖章", "（乡镇民政办印章）", ""),
        ]),
    ];
    file.paper(CasePaper::MeansReport, blocks, &["报告原件随卷。"])
}
