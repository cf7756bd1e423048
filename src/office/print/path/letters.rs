//! F9 to F12 and F23: what the applicant is told in writing, and what he declares. A letter that decides against him names the
//! clause, the facts and where he can turn to.

use super::super::Printed;
use super::super::parts::{
    BLANK, handler, line, money, office, paid_first, place, row, sign, signed, tall_row, ticks,
};
use super::{CasePaper, File, grid, on, word};
use crate::base::division;
use crate::domain::command::path::Accept;
use crate::domain::fact::Fact;
use crate::domain::fact::path::OnceNoticed;
use crate::domain::nouns::path::Delivery;
use crate::domain::nouns::{PayBy, Stage};
use crate::domain::office::Tier;
use crate::store::export::paper::{Block, GridCell};
use crate::store::replica::views::card::Step;
use crate::store::replica::views::path::EnteredStep;

const RECEIVED: &str = "一式两份：送达申请人一份，签收后随卷一份。";

fn once<'a>(file: &File<'a>) -> Option<(&'a EnteredStep, &'a OnceNoticed)> {
    file.last(|fact| match fact {
        Fact::OnceNoticed(made) => Some(made),
        _ => None,
    })
}

fn taken<'a>(file: &File<'a>) -> Option<(&'a EnteredStep, &'a Accept)> {
    file.last(|fact| match fact {
        Fact::CaseAccepted(made) => Some(made),
        _ => None,
    })
}

/// Whether the applicant was told what is missing.
pub(super) fn told(file: &File<'_>) -> bool {
    once(file).is_some()
}

/// Whether the case was accepted.
pub(super) fn accepted(file: &File<'_>) -> bool {
    taken(file).is_some()
}

fn to(file: &File<'_>) -> Block {
    Block::Text(format!("{}（身份证号{}）：", file.applicant(), file.id_no()))
}

/// The day of the paper of his application, where it was entered.
fn applied(file: &File<'_>) -> String {
    let paper = file.last(|fact| match fact {
        Fact::ApplicationNoted(made) => Some(made),
        _ => None,
    });
    on(Some(paper.map_or(file.card.opening.opened.day(), |(_, made)| made.on)))
}

/// How it was delivered, and the place to sign for it.
fn delivery(how: Option<Delivery>) -> Vec<GridCell> {
    let ways = ticks(Delivery::ALL.iter().map(|one| (one.zh(), how == Some(*one))));
    tall_row("送达方式", &ways, 3, 1)
}

fn signing(file: &File<'_>, seal: &str) -> Block {
    Block::Signatures(vec![
        signed("经办人签字", &handler(file.card, file.printing), ""),
        sign("受送达人签收（手印）"),
        signed("盖章", seal, ""),
    ])
}

/// F9.
pub(super) fn once_notice(file: &File<'_>) -> Printed {
    let known = once(file);
    let (step, made) = (known.map(|(step, _)| step), known.map(|(_, made)| made));
    let came = file.last(|fact| match fact {
        Fact::Corrected(made) => Some(made),
        _ => None,
    });
    let since = made.map(|made| made.on);
    let came = came.filter(|(_, came)| since.is_some_and(|since| came.on >= since));
    let back = came
        .map(|(step, made)| format!("{}收齐。{}", made.on.long_zh(), word(Some(step), made.note.as_ref())));
    let blocks = vec![
        to(file),
        Block::Text(format!(
            "　　您于{}提出的临时救助申请，材料还不齐全。现将需要补正的全部内容一次告知如下：",
            applied(file)
        )),
        grid(vec![
            tall_row("已收材料", word(step, made.and_then(|made| made.received.as_ref())), 3, 2),
            tall_row("缺少材料", word(step, made.and_then(|made| made.missing.as_ref())), 3, 4),
            row(&[("告知日期", &on(since), 1), ("补正期限", &on(made.map(|made| made.until)), 1)]),
            delivery(made.map(|made| made.delivery)),
            row(&[("补正收齐", &back.unwrap_or_default(), 3)]),
        ]),
        Block::Text(
            "　　补正期间办理期限中止；材料收齐后接着办理。确有困难不能按时补齐的，请与经办人联系。"
                .to_owned(),
        ),
        signing(file, &seal(file, Some(Tier::Township))),
    ];
    file.paper(CasePaper::OnceNotice, blocks, &[RECEIVED])
}

/// F10: accepted, or not.
pub(super) fn acceptance(file: &File<'_>) -> Printed {
    let declined = file.came(Stage::Declined).filter(|_| file.card.case.stage == Stage::Declined);
    let mut blocks = vec![to(file)];
    match declined {
        Some(step) => {
            blocks.push(Block::Text(format!(
                "　　您于{}提出的临时救助申请，经审查，决定不予受理。",
                applied(file)
            )));
            blocks.push(grid(vec![
                row(&[("办件编号", &file.card.case.number, 1), ("决定日期", &step.at.day().long_zh(), 1)]),
                tall_row("不予受理的理由", &step.text, 3, 4),
                row(&[("依据", "实施办法三（对象范围）；四（三）一", 3)]),
                delivery(None),
            ]));
            blocks.push(Block::Text(remedy(file)));
        }
        None => {
            let known = taken(file);
            let (step, made) = (known.map(|(step, _)| step), known.map(|(_, made)| made));
            let days = file.printing.held.pack.as_ref().map(|pack| pack.clocks.township_days);
            let term = days.map_or_else(|| BLANK.to_owned(), |days| days.to_string());
            blocks.push(Block::Text(format!(
                "　　您于{}提出的临时救助申请，材料齐全，决定予以受理。乡镇自受理之日起{term}个工作日内办理，补正、核对和公示的时间不计\
                 算在内。",
                applied(file)
            )));
            let note = match word(step, made.and_then(|made| made.note.as_ref())) {
                "" => "无",
                said => said,
            };
            blocks.push(grid(vec![
                row(&[
                    ("办件编号", &file.card.case.number, 1),
                    ("受理日期", &on(made.map(|made| made.on)), 1),
                ]),
                row(&[
                    ("救助类型", file.card.case.path.zh(), 1),
                    ("困难类型", file.card.case.circumstance.zh(), 1),
                ]),
                tall_row("说明", note, 3, 2),
                delivery(None),
            ]));
            blocks.push(Block::Text(format!(
                "　　办理地点：{}{}　联系电话：{BLANK}　查询请报办件编号。",
                division::county_name(),
                office(file.card.case.township)
            )));
        }
    }
    blocks.push(signing(file, &seal(file, Some(Tier::Township))));
    let mut out = file.paper(CasePaper::Acceptance, blocks, &[RECEIVED]);
    if declined.is_some() {
        out.paper.title = "不予受理通知书".to_owned();
    }
    out
}

/// F11.
pub(super) fn decision(file: &File<'_>) -> Printed {
    let (case, opening) = (&file.card.case, &file.card.opening);
    let means: Vec<String> = case.granted.iter().map(line).collect();
    let asked = file.card.asked();
    let lower = (!asked.is_zero() && asked > file.card.granted())
        .then(|| format!("申请{}元，批准{}元。", asked.grouped(), file.card.granted().grouped()));
    let remark = file.came(Stage::Approved).map(|step| step.text.clone()).unwrap_or_default();
    let why = format!("{}{remark}", lower.unwrap_or_default());
    let channel = match case.granted.first().map(|line| line.pay_by) {
        Some(PayBy::Bank) => "由金融机构直接发放到本人卡（折）。",
        Some(PayBy::Cash) => "现金或实物发放，请本人持身份证领取。",
        None => "",
    };
    let matter = file.card.matter.as_ref().map(|matter| matter.number.clone()).unwrap_or_default();
    let begun = if paid_first(file.card) {
        "　　您家遇到急难，已先行给予临时救助，手续按规定事后补办，现将决定告知如下。".to_owned()
    } else {
        format!("　　您于{}提出的临时救助申请，经审核审批，决定给予临时救助。", applied(file))
    };
    let blocks = vec![
        to(file),
        Block::Text(format!("{begun}{channel}")),
        grid(vec![
            row(&[("办件编号", &case.number, 1), ("急难事项", &matter, 1)]),
            row(&[("救助类型", case.path.zh(), 1), ("困难类型", case.circumstance.zh(), 1)]),
            tall_row("救助方式", &means.join("\n"), 3, 2),
            row(&[("救助金额", &money(file.card.granted()), 3)]),
            row(&[
                ("审批单位", &seal(file, opening.decided_tier), 1),
                ("决定日期", &on(opening.decided_on), 1),
            ]),
            tall_row("批注", if why.is_empty() { "无" } else { &why }, 3, 2),
            row(&[("依据", &format!("实施办法{}；四（三）二、三", case.circumstance.clause()), 3)]),
            delivery(None),
        ]),
        Block::Text(
            "　　救助款物须用于解决基本生活困难。虚报、隐瞒、伪造的，追回所得并依法处理。".to_owned(),
        ),
        signing(file, &seal(file, opening.decided_tier)),
    ];
    file.paper(CasePaper::Decision, blocks, &[RECEIVED])
}

/// F12.
pub(super) fn refusal(file: &File<'_>) -> Printed {
    let case = &file.card.case;
    let step = file.came(Stage::Refused);
    let tier = step.map(|step| decided_by(file, step));
    let blocks = vec![
        to(file),
        Block::Text(format!("　　您于{}提出的临时救助申请，经审核审批，决定不予救助。", applied(file))),
        grid(vec![
            row(&[("办件编号", &case.number, 1), ("决定日期", &on(step.map(|step| step.at.day())), 1)]),
            tall_row("申请事由", &file.card.opening.reason, 3, 3),
            tall_row("认定的事实", &found(file), 3, 4),
            tall_row("不予救助的理由", step.map_or("", |step| step.text.as_str()), 3, 3),
            row(&[("依据", &format!("实施办法三、{}；四（三）一、二", case.circumstance.clause()), 3)]),
            delivery(None),
        ]),
        Block::Text(remedy(file)),
        signing(file, &seal(file, tier)),
    ];
    file.paper(CasePaper::Refusal, blocks, &[RECEIVED])
}

/// Whose approver refused.
fn decided_by(file: &File<'_>, step: &Step) -> Tier {
    if file.printing.held.county.contains(&step.who) { Tier::County } else { Tier::Township }
}

/// What the steps found, one a line.
fn found(file: &File<'_>) -> String {
    let mut said = Vec::new();
    for step in &file.printing.held.steps {
        match &step.fact {
            Fact::Surveyed(made) => said.push(format!(
                "{}入户调查：{}。{}",
                made.at.day().long_zh(),
                made.verdict.zh(),
                word(Some(step), made.verified.as_ref())
            )),
            Fact::MeansChecked(made) => said.push(format!(
                "{}经济状况核对：{}。{}",
                made.on.long_zh(),
                made.result.zh(),
                word(Some(step), made.explained.as_ref())
            )),
            Fact::Reviewed(made) => said.push(format!(
                "{}民主评议：同意{}票，不同意{}票，弃权{}票，{}。",
                made.on.long_zh(),
                made.yes,
                made.no,
                made.abstained,
                if made.carried() { "通过" } else { "未通过" }
            )),
            _ => {}
        }
    }
    said.join("\n")
}

/// Where he can turn to, by the pack of the case.
fn remedy(file: &File<'_>) -> String {
    let figures = file.printing.held.pack.as_ref().map(|pack| &pack.refusal);
    let (body, days, months) = match figures {
        Some(figures) => {
            (figures.review_body.clone(), figures.review_days.to_string(), figures.suit_months.to_string())
        }
        None => (BLANK.to_owned(), BLANK.to_owned(), BLANK.to_owned()),
    };
    format!(
        "　　如不服本决定，可自收到之日起{days}日内向{body}申请行政复议，或{months}个月内依法向人民法院提起行政诉讼。"
    )
}

/// Whose seal it is: the township's government or the street's office, the county's bureau.
fn seal(file: &File<'_>, tier: Option<Tier>) -> String {
    let county = division::county_name();
    match tier {
        Some(Tier::Township) => {
            let name = place(Some(file.card.case.township), None);
            match name.chars().last() {
                Some('镇' | '乡') => format!("{name}人民政府"),
                Some('道') => format!("{name}办事处"),
                _ => name,
            }
        }
        Some(Tier::County) => format!("{county}民政局"),
        Some(Tier::City) => format!("市民政局（由{county}民政局告知）"),
        None => String::new(),
    }
}

/// F23: declared where he withdrew, to be signed where he is about to.
pub(super) fn withdrawal(file: &File<'_>) -> Printed {
    let step = file.came(Stage::Withdrawn);
    let case = &file.card.case;
    let asked: Vec<String> = case.asked.iter().map(line).collect();
    let reason = step.map_or(String::new(), |step| step.text.clone());
    let blocks = vec![
        Block::Text(format!("{}：", office(case.township))),
        Block::Text(format!(
            "　　本人{}（身份证号{}）于{}提出临时救助申请，现自愿放弃（撤回）该申请，并知道以后仍有困难的可以重新申请。",
            file.applicant(),
            file.id_no(),
            applied(file)
        )),
        grid(vec![
            row(&[("办件编号", &case.number, 1), ("住址", &file.address(), 1)]),
            row(&[("申请事由", &file.card.opening.reason, 3)]),
            row(&[("申请的救助", &asked.join("\n"), 3)]),
            tall_row("放弃（撤回）的原因", &reason, 3, 4),
            row(&[
                ("登记日期", &on(step.map(|step| step.at.day())), 1),
                ("登记人", &step.map(|step| file.officer(&step.who)).unwrap_or_default(), 1),
            ]),
        ]),
        Block::Signatures(vec![
            sign("声明人签字（手印）"),
            sign("代理人签字（手印）"),
            signed("经办人签字", &handler(file.card, file.printing), ""),
        ]),
    ];
    file.paper(
        CasePaper::Withdrawal,
        blocks,
        &["申请人不识字的，由经办人读给本人听后按手印，并有一名见证人签字。"],
    )
}
