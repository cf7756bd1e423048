//! F5 民主评议表: who sat, what was said, how they voted.

use super::super::Printed;
use super::super::parts::{money, proposed, row, said, sign, signed, tall_row, tick};
use super::{CasePaper, File, counted, grid, on, word};
use crate::base::money::Money;
use crate::domain::command::path::Review;
use crate::domain::fact::Fact;
use crate::domain::grant::total;
use crate::domain::ids::Text;
use crate::store::export::paper::Block;

const CLAUSES: &str = "依据：实施办法四（三）一。评议不少于5人（不算回避的），其中乡镇工作人员不少于1人；同意过半数为通过。与救助对\
                       象有近亲属关系的须回避。";

pub(super) fn paper(file: &File<'_>) -> Printed {
    let known = file.last(|fact| match fact {
        Fact::Reviewed(made) => Some(made),
        _ => None,
    });
    let (step, made) = (known.map(|(step, _)| step), known.map(|(_, made)| made));
    let text = |slot: fn(&Review) -> Option<&Text>| word(step, made.and_then(slot));
    let count = |of: fn(&Review) -> u16| counted(made.map(|made| u32::from(of(made))), "人");
    let votes = |of: fn(&Review) -> u16| counted(made.map(|made| u32::from(of(made))), "票");
    let mut asked = said(proposed(file.card), None);
    if amount(file) != total(proposed(file.card)) {
        asked.push(format!("入户调查建议{}元", amount(file).grouped()));
    }
    let carried = made.map(Review::carried);
    let result =
        format!("{}通过（同意过半数）　{}未通过", tick(carried == Some(true)), tick(carried == Some(false)));
    let aside = match (made.map(|made| made.aside), text(|made| made.aside_named.as_ref())) {
        (Some(0), _) => "无".to_owned(),
        (Some(aside), named) => format!("{aside}人：{named}"),
        (None, _) => String::new(),
    };
    let present = match made {
        Some(made) => format!(
            "实到{}人：村两委{}人，村民代表{}人，乡镇{}人",
            made.present(),
            made.village,
            made.delegates,
            made.township
        ),
        None => String::new(),
    };
    let officers = made.map(|made| file.officers(&made.officers)).unwrap_or_default();
    let blocks = vec![
        grid(vec![
            row(&[
                ("评议时间", &on(made.map(|made| made.on)), 1),
                ("评议地点", text(|made| made.place.as_ref()), 1),
            ]),
            row(&[("主持人、记录人", text(|made| made.chair.as_ref()), 3)]),
            row(&[("应到", &count(|made| made.invited), 1), ("实到", &present, 1)]),
            row(&[("乡镇参加人（有账号的）", &officers, 3)]),
            row(&[("回避人员", &aside, 3)]),
        ]),
        Block::Heading("评议对象".to_owned()),
        grid(vec![
            row(&[("申请人", &file.applicant(), 1), ("家庭人口", &size(file), 1)]),
            row(&[("住址", &file.address(), 3)]),
            tall_row("申请救助原因", &file.card.opening.reason, 3, 2),
            row(&[("拟救助", &asked.join("\n"), 1), ("金额", &money(amount(file)), 1)]),
        ]),
        Block::Heading("评议".to_owned()),
        grid(vec![
            tall_row("情况介绍、各方意见", text(|made| made.said.as_ref()), 3, 4),
            row(&[("同意", &votes(|made| made.yes), 1), ("不同意", &votes(|made| made.no), 1)]),
            row(&[("弃权", &votes(|made| made.abstained), 1), ("结论", &result, 1)]),
            tall_row("参会人员名单（姓名、身份、电话）", text(|made| made.attendees.as_ref()), 3, 3),
            tall_row("参会人员签字", "", 3, 4),
        ]),
        Block::Signatures(vec![
            sign("主持人签字"),
            sign("记录人签字"),
            signed("盖章", "（村（居）委会印章）", ""),
        ]),
    ];
    file.paper(CasePaper::Review, blocks, &[CLAUSES])
}

fn size(file: &File<'_>) -> String {
    file.card.family.as_ref().map(|family| format!("{}人", family.who.household_size)).unwrap_or_default()
}

/// What the appraisal sat about, whatever was granted in the end: the sum that the survey proposed, as the notice after it says;
/// before a survey what is asked for.
fn amount(file: &File<'_>) -> Money {
    let survey = file.last(|fact| match fact {
        Fact::Surveyed(made) => Some(made),
        _ => None,
    });
    let surveyed = survey.map(|(_, made)| made.amount).filter(|sum| !sum.is_zero());
    surveyed.unwrap_or_else(|| total(proposed(file.card)))
}
