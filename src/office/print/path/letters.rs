//! F9 to F12 and F23: what the applicant is told in writing, and what he declares. A letter that decides against him names the
//! clause, the facts and where he can turn to.

use super::super::Printed;
use super::super::f1::happened_at;
use super::super::f1_path::said as slot_of;
use super::super::parts::{
    BLANK, BLANK_DAY, advanced, case_lines, channels, done_by, handler, money, office, paid_first, phone,
    place, row, said, sign, signed, tall_row, ticks,
};
use super::matter::others;
use super::{CasePaper, File, grid, on, word};
use crate::base::day::Day;
use crate::base::division;
use crate::base::money::Money;
use crate::domain::command::path::Accept;
use crate::domain::fact::Fact;
use crate::domain::fact::path::{OnceNoticed, ResultDelivered};
use crate::domain::nouns::Stage;
use crate::domain::nouns::path::{Delivery, ResultPaper};
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
    file.applied_on().long_zh()
}

/// How a letter reached him: what was entered of it, or the places to write it.
#[derive(Clone, Default)]
struct Served {
    way: Option<Delivery>,
    on: Option<Day>,
    receipt: String,
    by: String,
}

impl Served {
    /// The delivery of a result that was entered last.
    fn result(file: &File<'_>, paper: ResultPaper) -> Served {
        let known: Option<(&EnteredStep, &ResultDelivered)> = file.last(|fact| match fact {
            Fact::ResultDelivered(made) if made.paper == paper => Some(made),
            _ => None,
        });
        known.map_or_else(Served::default, |(step, made)| Served {
            way: Some(made.delivery),
            on: Some(made.on),
            receipt: word(Some(step), made.receipt.as_ref()).to_owned(),
            by: file.officer(&step.by),
        })
    }

    /// A notice of correction is handed over as he is told: that day is its delivery.
    fn once(file: &File<'_>) -> Served {
        once(file).map_or_else(Served::default, |(step, made)| Served {
            way: Some(made.delivery),
            on: Some(made.on),
            receipt: word(Some(step), made.receipt.as_ref()).to_owned(),
            by: file.officer(&step.by),
        })
    }

    /// The notice of acceptance; of one whose way nobody said, the places to write it.
    fn accepted(file: &File<'_>) -> Served {
        let known = taken(file).and_then(|(step, made)| made.delivery.map(|way| (step, made, way)));
        known.map_or_else(Served::default, |(step, made, way)| Served {
            way: Some(way),
            on: Some(made.on),
            receipt: word(Some(step), made.receipt.as_ref()).to_owned(),
            by: file.officer(&step.by),
        })
    }

    fn rows(&self) -> [Vec<GridCell>; 3] {
        let ways = ticks(Delivery::ALL.iter().map(|one| (one.zh(), self.way == Some(*one))));
        let on = self.on.map_or_else(|| BLANK_DAY.to_owned(), Day::long_zh);
        [
            tall_row("送达方式", &ways, 3, 1),
            row(&[("送达日期", &on, 1), ("送达登记人", &self.by, 1)]),
            tall_row("签收人、送达凭证", &self.receipt, 3, 1),
        ]
    }

    /// Whoever was handed the letter signed on that day; any other way has its own proof.
    fn signing(&self, file: &File<'_>, seal: &str) -> Block {
        let by_hand = self.on.filter(|_| self.way == Some(Delivery::Hand));
        Block::Signatures(vec![
            signed("经办人签字", &handler(file.card, file.printing), ""),
            signed("受送达人签收（手印）", "", &on(by_hand)),
            signed("盖章", seal, ""),
        ])
    }
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
    let served = Served::once(file);
    let [way, told, receipt] = served.rows();
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
            way,
            told,
            receipt,
            row(&[("补正收齐", &back.unwrap_or_default(), 3)]),
        ]),
        Block::Text(
            "　　补正期间办理期限中止；材料收齐后接着办理。确有困难不能按时补齐的，请与经办人联系。"
                .to_owned(),
        ),
        served.signing(file, &seal(file, Some(Tier::Township))),
    ];
    file.paper(CasePaper::OnceNotice, blocks, &[RECEIVED])
}

/// F10: accepted, or not.
pub(super) fn acceptance(file: &File<'_>) -> Printed {
    let declined = file.came(Stage::Declined).filter(|_| file.card.case.stage == Stage::Declined);
    let served = match declined {
        Some(_) => Served::result(file, ResultPaper::Declined),
        None => Served::accepted(file),
    };
    let [way, told, receipt] = served.rows();
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
                way,
                told,
                receipt,
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
                way,
                told,
                receipt,
            ]));
            blocks.push(Block::Text(format!(
                "　　办理地点：{}{}　联系电话：{}　查询请报办件编号。",
                division::county_name(),
                office(file.card.case.township),
                phone(file.printing)
            )));
        }
    }
    blocks.push(served.signing(file, &seal(file, Some(Tier::Township))));
    let mut out = file.paper(CasePaper::Acceptance, blocks, &[RECEIVED]);
    if declined.is_some() {
        out.paper.title = "不予受理通知书".to_owned();
    }
    out
}

/// F11.
pub(super) fn decision(file: &File<'_>) -> Printed {
    let (case, opening) = (&file.card.case, &file.card.opening);
    let means = case_lines(file.card);
    let asked = file.card.asked();
    let lower = (!asked.is_zero() && asked > file.card.granted())
        .then(|| format!("申请{}元，批准{}元。", asked.grouped(), file.card.granted().grouped()));
    let remark = file.came(Stage::Approved).map(|step| step.text.clone()).unwrap_or_default();
    let before: Money = advanced(file.card).iter().map(|payment| payment.amount).sum();
    let set_off = (!before.is_zero()).then(|| format!("其中已预支{}元，发放时冲抵。", before.grouped()));
    let why = format!("{}{}{remark}", lower.unwrap_or_default(), set_off.unwrap_or_default());
    let channel = channels(&case.granted, true);
    let matter = file.card.matter.as_ref().map(|matter| matter.number.clone()).unwrap_or_default();
    let begun = if paid_first(file.card) {
        "　　您家遇到急难，已先行给予临时救助，手续按规定事后补办，现将决定告知如下。".to_owned()
    } else {
        format!("　　您于{}提出的临时救助申请，经审核审批，决定给予临时救助。", applied(file))
    };
    let served = Served::result(file, ResultPaper::Granted);
    let [way, told, receipt] = served.rows();
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
            way,
            told,
            receipt,
        ]),
        Block::Text(
            "　　救助款物须用于解决基本生活困难。虚报、隐瞒、伪造的，追回所得并依法处理。".to_owned(),
        ),
        served.signing(file, &seal(file, opening.decided_tier)),
    ];
    file.paper(CasePaper::Decision, blocks, &[RECEIVED])
}

/// F12.
pub(super) fn refusal(file: &File<'_>) -> Printed {
    let case = &file.card.case;
    let step = file.came(Stage::Refused);
    let tier = step.map(|step| decided_by(file, step));
    let served = Served::result(file, ResultPaper::Refused);
    let [way, told, receipt] = served.rows();
    let blocks = vec![
        to(file),
        Block::Text(format!("　　您于{}提出的临时救助申请，经审核审批，决定不予救助。", applied(file))),
        grid(vec![
            row(&[("办件编号", &case.number, 1), ("决定日期", &on(step.map(|step| step.at.day())), 1)]),
            tall_row("申请事由", &file.card.opening.reason, 3, 3),
            tall_row("认定的事实", &found(file), 3, 4),
            tall_row("不予救助的理由", step.map_or("", |step| step.text.as_str()), 3, 3),
            row(&[("依据", &format!("实施办法三、{}；四（三）一、二", case.circumstance.clause()), 3)]),
            way,
            told,
            receipt,
        ]),
        Block::Text(remedy(file)),
        served.signing(file, &seal(file, tier)),
    ];
    file.paper(CasePaper::Refusal, blocks, &[RECEIVED])
}

/// Whose approver refused.
fn decided_by(file: &File<'_>, step: &Step) -> Tier {
    if file.printing.held.county.contains(&step.who) { Tier::County } else { Tier::Township }
}

/// What the steps found, one a line. An opinion counts where it is against help: what was refused in the end is not explained
/// by whoever agreed.
fn found(file: &File<'_>) -> String {
    let mut said = known(file);
    for step in file.card.steps.iter().filter(|step| done_by(step, "home-reply")) {
        said.push(format!("{}户籍地答复：{}。{}", step.at.day().long_zh(), step.detail, step.text));
    }
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
            Fact::Examined(made) if !made.agrees => said.push(format!(
                "{}乡镇审核：不同意。{}",
                made.on.long_zh(),
                word(Some(step), made.opinion.as_ref())
            )),
            _ => {}
        }
    }
    let against = file.printing.held.beside.examinations.iter().filter(|one| one.live && !one.agrees);
    said.extend(against.map(|one| format!("{}县局审核：不同意。{}", one.on.long_zh(), one.opinion)));
    said.join("\n")
}

/// What is known of the hardship whatever the path, so that an emergency without survey and appraisal is refused with facts too.
/// The words of whoever reported it, and of a meeting, are not his to read.
fn known(file: &File<'_>) -> Vec<String> {
    let card = file.card;
    let mut known = Vec::new();
    if let Some(lead) = &card.lead {
        let seen = lead.answered.map(|at| format!("，{}到场查看", at.day().long_zh())).unwrap_or_default();
        known.push(format!("{}经{}得知{seen}。", lead.at.day().long_zh(), lead.channel.zh()));
    }
    if let Some(matter) = &card.matter {
        let place = happened_at(file);
        let place = if place.is_empty() { String::new() } else { format!("，在{place}") };
        known.push(format!("困难发生于{}{place}，属{}。", matter.on.long_zh(), card.case.circumstance.zh()));
    }
    let told: Vec<String> = TOLD
        .iter()
        .filter_map(|(slot, name)| {
            let sum = Money::parse(slot_of(file, slot)).ok()?;
            Some(format!("{name}{}元", sum.grouped()))
        })
        .collect();
    if !told.is_empty() {
        known.push(format!("登记的损失和费用：{}。", told.join("，")));
    }
    let others = others(file);
    if !others.is_empty() {
        known.push(format!("已得其他救助、赔偿：{}。", others.join("；")));
    }
    let same = card.household_prior.iter().filter(|prior| prior.grant.matter == Some(card.case.matter));
    known.extend(same.map(|prior| {
        let grant = &prior.grant;
        format!("{}已因同一事项救助{}元（{}）。", grant.on.long_zh(), grant.amount.grouped(), grant.number)
    }));
    let paid: Money = card.payments.iter().map(|payment| payment.amount).sum();
    if !paid.is_zero() {
        known.push(format!("已先行救助{}元。", paid.grouped()));
    }
    let met = file.printing.held.beside.meetings.iter();
    known.extend(met.map(|meeting| format!("{}经会议研究。", meeting.on.long_zh())));
    known
}

/// The sums of 困难详情, by slot.
const TOLD: [(&str, &str); 4] =
    [("loss", "直接损失"), ("own-cost", "自付费用"), ("total-cost", "总费用"), ("reimbursed", "已报销")];

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
    let asked = said(&case.asked, None);
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
