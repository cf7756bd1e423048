//! 缺什么: the slip a person takes home. It says what is still to be brought, until when and where to; what the office
//! has to do itself is told apart, so nobody walks for it. It never shows a full id number, an illness or a reason.

use super::parts::{handler, money, office, paid_first, phone, printed, row, sign, signed};
use super::{PaperKind, Printed, Printing};
use crate::base::day::Day;
use crate::base::division;
use crate::domain::nouns::{Circumstance, ItemKind, LineKind, PayBy, Payee};
use crate::store::export::paper::{Align, Block, PaperColumn};
use crate::store::replica::views::card::CaseCard;

/// What the person brings for an open paper; none where the office sees to it alone.
fn bring(kind: ItemKind, circumstance: Circumstance) -> Option<&'static str> {
    match kind {
        ItemKind::Subject => Some("身份证、户口簿（没有的，带村委会或居委会证明），核对救助对象"),
        ItemKind::Cause => Some(proof(circumstance)),
        ItemKind::Amount => Some("本人到场，在登记单上核对金额并签字或按手印"),
        ItemKind::HandlerSignature | ItemKind::Seal | ItemKind::ApproverSignature | ItemKind::Minutes => None,
    }
}

/// What shows the hardship. Named by kind only: the slip passes through many hands.
fn proof(circumstance: Circumstance) -> &'static str {
    match circumstance {
        Circumstance::Accident => "突发事件的证明（消防、交警、村委会或居委会出具）",
        Circumstance::Illness | Circumstance::LongCare | Circumstance::Misfortune => {
            "医院诊断、费用票据等证明材料"
        }
        Circumstance::Schooling => "在读证明、学费和生活费票据",
        Circumstance::Livelihood => "失业登记、停业或损失的证明",
        Circumstance::Incident => "事件的证明（有关部门、村委会或居委会出具）",
        Circumstance::Other => "村委会或居委会出具的情况说明",
    }
}

/// The slip of a case.
pub(super) fn of_case(card: &CaseCard, printing: &Printing) -> Printed {
    let family = card.family.as_ref();
    let open: Vec<_> = card.items.iter().filter(|item| item.done.is_none()).collect();
    let mut rows: Vec<Vec<String>> = Vec::new();
    let mut add = |what: &str, due: Option<Day>| {
        let due = due.map_or_else(|| "请尽早".to_owned(), Day::long_zh);
        rows.push(vec![(rows.len() + 1).to_string(), what.to_owned(), due, String::new()]);
    };
    for item in &open {
        if let Some(what) = bring(item.kind, card.case.circumstance) {
            add(what, Some(item.due));
        }
    }
    let asked_for_identity = open.iter().any(|item| item.kind == ItemKind::Subject);
    if !asked_for_identity && family.is_some_and(|family| family.id_no.is_empty()) {
        add("身份证或户口簿", None);
    }
    let unsigned = card.path.as_ref().map_or(0, |path| path.course.unsigned().len());
    if unsigned > 0 {
        add(&format!("未签字的{unsigned}名家庭成员在核对授权书上补签"), None);
    }
    if wants_account(card) {
        add("本人银行卡（折）", None);
    }
    let own: Vec<&str> = open
        .iter()
        .filter(|item| bring(item.kind, card.case.circumstance).is_none())
        .map(|item| item.kind.zh())
        .collect();
    let by = handler(card, printing);
    let mut blocks = vec![who(card), told(card)];
    if rows.is_empty() {
        blocks.push(Block::Text("您的材料已经齐了，没有需要再补的。".to_owned()));
    } else {
        blocks.push(Block::Heading("请您补齐下列材料".to_owned()));
        blocks.push(Block::Table {
            columns: vec![
                PaperColumn::new("序号", 1).aligned(Align::Center),
                PaperColumn::new("要带来或补办的", 7),
                PaperColumn::new("期限", 3).aligned(Align::Center),
                PaperColumn::new("已交（打勾）", 2).aligned(Align::Center),
            ],
            rows,
            total: Vec::new(),
        });
    }
    if !own.is_empty() {
        blocks.push(Block::Text(format!("由民政办自己办理、您不用跑的：{}。", own.join("、"))));
    }
    let place = format!("{}{}", division::county_name(), office(card.case.township));
    blocks.push(Block::Text(format!(
        "办理地点：{place}　　联系电话：{}　　带上本单或报编号即可。",
        phone(printing)
    )));
    blocks.push(Block::Signatures(vec![signed("经办人", &by, ""), sign("领单人签字（手印）"), sign("盖章")]));
    // The slip says what is missing on the day on which it is handed over.
    let whose = (card.case.township, by.as_str());
    printed(PaperKind::Missing, &card.case.number, whose, Some(printing.on), printing, blocks)
}

/// Whether money goes to the person's card and no account is known.
fn wants_account(card: &CaseCard) -> bool {
    let to_card = super::parts::lines(card).iter().any(|line| {
        line.kind == LineKind::Money
            && line.pay_by == PayBy::Bank
            && line.payee == Payee::Self_
            && !card.case.paid.contains(&line.line)
    });
    to_card && card.family.as_ref().is_some_and(|family| family.account.is_empty())
}

fn who(card: &CaseCard) -> Block {
    let who = card.family.as_ref().map(|family| &family.who);
    let name = who.map(|who| who.name.as_str()).unwrap_or_default();
    let id = who.map(|who| who.id_masked.as_str()).unwrap_or_default();
    Block::Grid { shares: vec![2, 4, 2, 4], rows: vec![row(&[("姓名", name, 1), ("身份证号", id, 1)])] }
}

fn told(card: &CaseCard) -> Block {
    let text = if paid_first(card) {
        format!("您的急难救助已先行给付{}。按规定，手续要在事后补齐。", money(card.granted()))
    } else {
        "您的临时救助申请正在办理。".to_owned()
    };
    Block::Text(text)
}
