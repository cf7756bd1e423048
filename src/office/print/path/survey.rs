//! F4 入户调查表: what two surveyors found at home. Before the visit it is the sheet that they take along.

use super::super::Printed;
use super::super::parts::{BLANK, moment, money_or_blank, row, sign, signed, tall_row, tick, ticks};
use super::{CasePaper, File, counted, grid, word, yuan};
use crate::base::money::Money;
use crate::domain::command::path::Survey;
use crate::domain::fact::Fact;
use crate::domain::nouns::path::{Structure, SurveyVerdict, Tenure};
use crate::domain::nouns::{LineKind, Status};
use crate::store::export::paper::Block;
use crate::store::replica::views::path::EnteredStep;

const CLAUSES: &str = "依据：实施办法四（三）一（支出型须经申请受理、调查核实、民主评议等程序）。调查人不少于2人，与救助对象有近\
                       亲属关系的须回避。";

type Known<'a> = Option<(&'a EnteredStep, &'a Survey)>;

pub(super) fn paper(file: &File<'_>) -> Printed {
    let known = file.last(|fact| match fact {
        Fact::Surveyed(made) => Some(made),
        _ => None,
    });
    let step = known.map(|(step, _)| step);
    let surveyors = known.map(|known| people(file, known)).unwrap_or_default();
    let surveyor = |at: usize| surveyors.get(at).cloned().unwrap_or_default();
    let blocks = vec![
        Block::Heading("一、调查情况".to_owned()),
        visit(file, known),
        Block::Heading("二、家庭情况".to_owned()),
        home(known),
        Block::Heading("三、近12个月收入、刚性支出，财产和债务".to_owned()),
        sums(known),
        Block::Heading("四、核实与结论".to_owned()),
        verdict(known),
        Block::Text(signatures_told(known, step)),
        Block::Signatures(vec![
            signed("调查人1签字", &surveyor(0), ""),
            signed("调查人2签字", &surveyor(1), ""),
            signed("调查人3签字", &surveyor(2), ""),
            sign("被调查人签字（手印）"),
            sign("村（居）委会陪同人签字"),
            signed("盖章", "（乡镇民政办印章）", ""),
        ]),
    ];
    file.paper(CasePaper::Survey, blocks, &[CLAUSES])
}

/// The names of those who went: officers, then who was named beside them, a telephone left out. Names that do not come out as
/// many as were counted are left to be read where the whole text stands.
pub(in super::super) fn people(file: &File<'_>, (step, made): (&EnteredStep, &Survey)) -> Vec<String> {
    let officers = made.surveyors.iter().map(|no| file.officer(no));
    let named = word(Some(step), made.others_named.as_ref());
    let others = named.split(|c: char| c.is_whitespace() || c.is_ascii_digit() || "、，,；;/".contains(c));
    let others: Vec<&str> = others.filter(|name| !name.is_empty()).collect();
    let known = others.len() == usize::from(made.others);
    officers.chain(others.into_iter().filter(|_| known).map(str::to_owned)).collect()
}

fn visit(file: &File<'_>, known: Known<'_>) -> Block {
    let step = known.map(|(step, _)| step);
    let text = |slot: fn(&Survey) -> Option<&crate::domain::ids::Text>| {
        word(step, known.and_then(|(_, made)| slot(made)))
    };
    let at = known.map(|(_, made)| moment(made.at)).unwrap_or_default();
    let people = known.map(|(_, made)| {
        let others = word(step, made.others_named.as_ref());
        let outside = if made.others > 0 {
            format!("\n没有账号的{}人：{others}", made.others)
        } else {
            String::new()
        };
        format!("{}{outside}", file.officers(&made.surveyors))
    });
    let blank = format!("1 {BLANK}　2 {BLANK}　3 {BLANK}");
    grid(vec![
        row(&[("申请人", &file.applicant(), 1), ("身份证号", &file.id_no(), 1)]),
        row(&[("住址", &file.address(), 3)]),
        row(&[("调查时间", &at, 1), ("调查地点", text(|made| made.place.as_ref()), 1)]),
        tall_row("调查人（不少于2人）", &people.unwrap_or(blank), 3, 2),
        row(&[("被调查人及关系", text(|made| made.respondent.as_ref()), 3)]),
    ])
}

fn home(known: Known<'_>) -> Block {
    let step = known.map(|(step, _)| step);
    let made = known.map(|(_, made)| made);
    let tenure =
        ticks(Tenure::ALL.iter().map(|one| (one.zh(), made.is_some_and(|made| made.housing.tenure == *one))));
    let structure = ticks(
        Structure::ALL.iter().map(|one| (one.zh(), made.is_some_and(|made| made.housing.structure == *one))),
    );
    let area = counted(made.map(|made| made.housing.area), "平方米");
    let policies =
        ticks(Status::ALL.iter().map(|one| (one.zh(), made.is_some_and(|made| made.policies.contains(one)))));
    let situation = word(step, made.and_then(|made| made.situation.as_ref()));
    grid(vec![
        tall_row("家庭基本情况", situation, 3, 3),
        row(&[("住房产权", &tenure, 3)]),
        row(&[("住房结构", &structure, 1), ("住房面积", &area, 1)]),
        tall_row("享受政策清单", &policies, 3, 2),
    ])
}

/// Five figures of one kind under their names.
fn sums(known: Known<'_>) -> Block {
    let made = known.map(|(_, made)| made);
    let sum = |of: fn(&Survey) -> Money| yuan(made.map(of));
    let count = |of: fn(&Survey) -> u16| made.map(|made| u32::from(of(made)));
    let income = |made: &Survey| {
        made.income.wages + made.income.business + made.income.property + made.income.transfer
    };
    let spending = |made: &Survey| {
        made.spending.medical + made.spending.schooling + made.spending.care + made.spending.housing
    };
    Block::Grid {
        shares: vec![2, 3, 2, 3, 2, 3],
        rows: vec![
            row(&[
                ("工资性收入", &sum(|made| made.income.wages), 1),
                ("经营性收入", &sum(|made| made.income.business), 1),
                ("财产性收入", &sum(|made| made.income.property), 1),
            ]),
            row(&[("转移性收入", &sum(|made| made.income.transfer), 1), ("收入合计", &sum(income), 3)]),
            row(&[
                ("医疗支出", &sum(|made| made.spending.medical), 1),
                ("教育支出", &sum(|made| made.spending.schooling), 1),
                ("护理支出", &sum(|made| made.spending.care), 1),
            ]),
            row(&[("住房支出", &sum(|made| made.spending.housing), 1), ("支出合计", &sum(spending), 3)]),
            row(&[
                ("存款", &sum(|made| made.assets.deposits), 1),
                ("证券", &sum(|made| made.assets.securities), 1),
                ("债务", &sum(|made| made.assets.debt), 1),
            ]),
            row(&[
                ("车辆", &counted(count(|made| made.assets.vehicles), "辆"), 1),
                ("农机", &counted(count(|made| made.assets.machines), "台"), 3),
            ]),
        ],
    }
}

fn verdict(known: Known<'_>) -> Block {
    let step = known.map(|(step, _)| step);
    let made = known.map(|(_, made)| made);
    let matches = made.map(|made| made.matches);
    let differs = match word(step, made.and_then(|made| made.differs.as_ref())) {
        "" => BLANK,
        said => said,
    };
    let alike = format!(
        "{}一致　{}不一致：{}",
        tick(matches == Some(true)),
        tick(matches == Some(false)),
        if matches == Some(true) { "无" } else { differs }
    );
    let verdicts =
        ticks(SurveyVerdict::ALL.iter().map(|one| (one.zh(), made.is_some_and(|made| made.verdict == *one))));
    let means =
        ticks(LineKind::ALL.iter().map(|one| (one.zh(), made.is_some_and(|made| made.means.contains(one)))));
    let photos = format!(
        "{}　{}",
        counted(made.map(|made| u32::from(made.photos)), "张"),
        word(step, made.and_then(|made| made.photo_list.as_ref()))
    );
    grid(vec![
        tall_row("急难情况核实", word(step, made.and_then(|made| made.verified.as_ref())), 3, 3),
        row(&[("与申请一致性", &alike, 3)]),
        row(&[("调查结论", &verdicts, 3)]),
        row(&[("建议方式", &means, 3)]),
        row(&[("建议金额", &money_or_blank(made.map(|made| made.amount)), 3)]),
        row(&[("照片目录", &photos, 3)]),
    ])
}

/// Whether both sides signed, and why not.
fn signatures_told(known: Known<'_>, step: Option<&EnteredStep>) -> String {
    match known.map(|(_, made)| made) {
        Some(made) if made.signed => "双方签字：已签，原件在卷。".to_owned(),
        Some(made) => format!("双方签字：未签，原因：{}", word(step, made.unsigned.as_ref())),
        None => "双方签字：".to_owned(),
    }
}
