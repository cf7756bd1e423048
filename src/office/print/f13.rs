//! F13 急难型先行救助登记单: what was done for whom before any application, and what is still to be completed
//! (四（三）一). The same form prints blank for the numbered pads. It carries the full id number, as the official
//! form does; it must never fill a place that nobody signed.

use super::parts::{
    BLANK, BLANK_DAY, advanced, case_lines, day_or_blank, handler, moment, money_or_blank, office, officer,
    paid_first, place, printed, row, sign, signed, tall_row, ticks,
};
use super::{PaperKind, Printed, Printing};
use crate::base::money::Money;
use crate::domain::nouns::{Channel, Circumstance, ItemKind, Need, Severity, Way};
use crate::store::export::paper::{Align, Block, PaperColumn, Signature};
use crate::store::replica::views::card::{CaseCard, GivenWord};

const CLAUSES: &str = "依据：实施办法四（一）三（紧急情况下先行给予救助，再按程序办理手续）；四（三）一（急难型直接给予救助，情况缓解后\
     登记并补齐签字、盖章）；四（三）二（500元及以下由乡镇审批，超过500元由县局审批）。";

/// What stands in the form; everything blank is the pad's sheet.
#[derive(Default)]
struct Sheet {
    channel: Option<Channel>,
    heard: String,
    arrived: String,
    said: String,
    name: String,
    sex: String,
    age: String,
    id_no: String,
    phone: String,
    place: String,
    helped: String,
    matter: String,
    blank: String,
    circumstance: Option<Circumstance>,
    severity: Option<Severity>,
    need: Option<Need>,
    reason: String,
    amount: Option<Money>,
    way: Option<Way>,
    means: String,
    paid_at: String,
    cash_reason: String,
    receipt: String,
    witness: String,
    words: String,
    first_handler: String,
    second_handler: String,
    due: String,
    items: Vec<Vec<String>>,
}

/// F13 of a case.
pub(super) fn of_case(card: &CaseCard, printing: &Printing) -> Printed {
    let by = handler(card, printing);
    let sheet = filled(card, printing);
    let paid = card.payments.first().map_or(card.opening.opened, |payment| payment.at);
    let whose = (card.case.township, by.as_str());
    let filled = Some(paid.day());
    let mut out = printed(PaperKind::FirstAid, &card.case.number, whose, filled, printing, blocks(&sheet));
    out.foot(foot(card.case.township));
    out
}

/// A blank sheet of a pad.
pub(super) fn blank(township: u16, number: &str, printing: &Printing) -> Printed {
    let sheet = Sheet { blank: number.to_owned(), ..Sheet::default() };
    let whose = (township, BLANK);
    let mut out = printed(PaperKind::FirstAid, number, whose, None, printing, blocks(&sheet));
    // the case has no number before it is entered
    for (_, value) in out.paper.header.iter_mut().filter(|(name, _)| name == "编号") {
        BLANK.clone_into(value);
    }
    let rule = "空白单按号使用：用过、作废、遗失都要登记；来电后次日录入，并写上本单号。";
    out.foot(foot(township).into_iter().chain([rule.to_owned()]));
    out
}

fn foot(township: u16) -> Vec<String> {
    vec![CLAUSES.to_owned(), format!("本单一式两份，{}存一份，随卷一份。", office(township))]
}

fn filled(card: &CaseCard, printing: &Printing) -> Sheet {
    let (case, opening) = (&card.case, &card.opening);
    let family = card.family.as_ref();
    let who = family.map(|family| &family.who);
    let lead = card.lead.as_ref();
    // Of a case that was decided since, the sheet holds what was handed over first and not what was granted in the end.
    let first = advanced(card);
    let paid = if first.is_empty() { card.payments.iter().collect() } else { first.clone() };
    let amount = match (first.is_empty(), case.granted.is_empty()) {
        (false, _) => first.iter().map(|payment| payment.amount).sum(),
        (true, true) => card.asked(),
        (true, false) => card.granted(),
    };
    let means = match first.is_empty() {
        true => case_lines(card),
        false => first
            .iter()
            .map(|one| format!("救助金{}元（{}）", one.amount.grouped(), one.pay_by.zh()))
            .collect(),
    };
    let texts = |of: fn(&crate::store::replica::views::card::Payment) -> &str| {
        let mut all: Vec<&str> = paid.iter().copied().map(of).filter(|text| !text.is_empty()).collect();
        all.dedup();
        all.join("、")
    };
    let [first_handler, second_handler] = handlers(card, printing);
    Sheet {
        channel: lead.map(|lead| lead.channel),
        heard: moment(lead.map_or(opening.opened, |lead| lead.at)),
        arrived: lead.and_then(|lead| lead.answered).map(moment).unwrap_or_default(),
        said: lead.map(|lead| lead.said.clone()).unwrap_or_default(),
        name: who.map(|who| who.name.clone()).unwrap_or_default(),
        sex: who.and_then(|who| who.sex).map(|sex| sex.zh().to_owned()).unwrap_or_default(),
        age: who.and_then(|who| who.age).map(|age| format!("{age}岁")).unwrap_or_default(),
        id_no: family.map(|family| family.id_no.clone()).unwrap_or_default(),
        phone: family.map(|family| family.phone.clone()).unwrap_or_default(),
        place: format!(
            "{}{}",
            place(Some(case.township), Some(opening.village)),
            family.map(|family| family.address.as_str()).unwrap_or_default()
        ),
        helped: format!("{}，{}人", case.applicant.zh(), opening.helped),
        matter: card
            .matter
            .as_ref()
            .map(|matter| format!("{}（{}发生）", matter.number, matter.on.long_zh()))
            .unwrap_or_default(),
        blank: opening.blank.clone(),
        circumstance: Some(case.circumstance),
        severity: Some(case.severity),
        need: Some(opening.need),
        reason: opening.reason.clone(),
        amount: (!amount.is_zero()).then_some(amount),
        way: if first.is_empty() { case.way.filter(|_| paid_first(card)) } else { Some(Way::Advance) },
        means: means.join("\n"),
        paid_at: card.payments.first().map(|payment| moment(payment.at)).unwrap_or_default(),
        cash_reason: texts(|payment| &payment.cash_reason),
        receipt: texts(|payment| &payment.receipt),
        witness: texts(|payment| &payment.witness),
        words: card.authorisations.iter().map(|word| said(word, printing)).collect::<Vec<_>>().join("\n"),
        first_handler,
        second_handler,
        due: card
            .items
            .iter()
            .map(|item| item.due)
            .max()
            .map(crate::base::day::Day::long_zh)
            .unwrap_or_default(),
        items: items(card),
    }
}

/// 经办人1 and 2: whoever handed the money over, then who else handled it: the officer who entered it, the case's handler, who took
/// the lead down. Whoever gave the word to pay first is no handler of it. Where only one is known the other place stays blank.
fn handlers(card: &CaseCard, printing: &Printing) -> [String; 2] {
    let gave: Vec<String> = card.authorisations.iter().map(|word| officer(printing, &word.by)).collect();
    let paid = card.payments.first();
    let payer = paid.map(|payment| payment.payer.clone()).filter(|payer| !payer.is_empty());
    let entered = paid.map(|payment| officer(printing, &payment.by));
    let took = card.lead.as_ref().map(|lead| officer(printing, &lead.by));
    let all = [payer, entered, Some(handler(card, printing)), took];
    let mut names = all.into_iter().flatten().filter(|name| !gave.contains(name));
    let first = names.next().unwrap_or_else(|| handler(card, printing));
    let second = names.find(|name| *name != first).unwrap_or_default();
    [first, second]
}

/// Who allowed it, when and how, up to what sum.
pub(super) fn said(word: &GivenWord, printing: &Printing) -> String {
    let name = if word.name.is_empty() { officer(printing, &word.by) } else { word.name.clone() };
    format!(
        "{} {name}　{}　{}　授权{}元",
        word.tier.zh(),
        moment(word.at),
        word.how_zh(),
        word.amount.grouped()
    )
}

fn items(card: &CaseCard) -> Vec<Vec<String>> {
    let state = |noted: bool, done: bool| match (done, noted) {
        (true, _) => "已补齐",
        (false, true) => "已记录，待核对",
        (false, false) => "待补",
    };
    card.items
        .iter()
        .map(|item| {
            vec![
                item.kind.zh().to_owned(),
                state(item.noted, item.done.is_some()).to_owned(),
                item.due.long_zh(),
                day_or_blank(item.done),
            ]
        })
        .collect()
}

fn blocks(sheet: &Sheet) -> Vec<Block> {
    let unmarked = ticks([("现金", false), ("打卡", false), ("实物", false)]);
    let means = if sheet.means.is_empty() { &unmarked } else { &sheet.means };
    vec![
        Block::Heading("一、发现与到场".to_owned()),
        found(sheet),
        Block::Heading("二、救助对象与事由".to_owned()),
        subject(sheet),
        Block::Heading("三、先行救助".to_owned()),
        Block::Grid {
            shares: vec![2, 4, 2, 4],
            rows: vec![
                tall_row(
                    "先行方式",
                    &ticks(
                        [Way::Direct, Way::Advance, Way::Recorded]
                            .map(|way| (way.zh(), sheet.way == Some(way))),
                    ),
                    3,
                    1,
                ),
                tall_row("救助金额", &money_or_blank(sheet.amount), 3, 1),
                tall_row("救助方式", means, 3, 1),
                row(&[("给付时间", &sheet.paid_at, 1), ("现金事由", &sheet.cash_reason, 1)]),
                row(&[("领取人", &sheet.receipt, 1), ("见证人", &sheet.witness, 1)]),
                tall_row("授权人、时间、方式", &sheet.words, 3, 2),
            ],
        },
        Block::Signatures(vec![
            sign("领取人签字（手印）"),
            sign("见证人签字"),
            Signature {
                role: "经办人1签字".to_owned(),
                name: sheet.first_handler.clone(),
                day: String::new(),
            },
            signed("经办人2签字", &sheet.second_handler, ""),
            sign("授权人签字"),
            signed("盖章", "（乡镇民政办印章）", ""),
        ]),
        Block::Heading(format!(
            "四、待补手续（补齐期限：{}）",
            if sheet.due.is_empty() { BLANK_DAY } else { &sheet.due }
        )),
        owed(sheet),
    ]
}

fn found(sheet: &Sheet) -> Block {
    let channels = ticks(Channel::ALL.iter().map(|channel| (channel.zh(), sheet.channel == Some(*channel))));
    Block::Grid {
        shares: vec![2, 4, 2, 4],
        rows: vec![
            tall_row("发现方式", &channels, 3, 1),
            row(&[("发现时间", &sheet.heard, 1), ("到场时间", &sheet.arrived, 1)]),
            tall_row("反映情况", &sheet.said, 3, 1),
        ],
    }
}

fn subject(sheet: &Sheet) -> Block {
    let circumstances = Circumstance::ALL.iter().map(|one| (one.zh(), sheet.circumstance == Some(*one)));
    let severities = ticks(Severity::ALL.iter().map(|one| (one.zh(), sheet.severity == Some(*one))));
    let needs = ticks(Need::ALL.iter().map(|one| (one.zh(), sheet.need == Some(*one))));
    let clause = sheet.circumstance.map(|one| format!("　（{}）", one.clause())).unwrap_or_default();
    Block::Grid {
        shares: vec![2, 3, 2, 2, 2, 4],
        rows: vec![
            row(&[("姓名", &sheet.name, 1), ("性别", &sheet.sex, 1), ("年龄", &sheet.age, 1)]),
            row(&[("身份证号", &sheet.id_no, 3), ("救助对象", &sheet.helped, 1)]),
            row(&[("住址", &sheet.place, 3), ("电话", &sheet.phone, 1)]),
            row(&[("事项号", &sheet.matter, 3), ("空白单号", &sheet.blank, 1)]),
            tall_row("困难类型", &format!("{}{clause}", ticks(circumstances)), 5, 1),
            row(&[("急难程度", &severities, 3), ("急难性质", &needs, 1)]),
            tall_row("救助事由", &sheet.reason, 5, 3),
        ],
    }
}

fn owed(sheet: &Sheet) -> Block {
    let rows = if sheet.items.is_empty() {
        let always = &[
            ItemKind::Subject,
            ItemKind::Cause,
            ItemKind::Amount,
            ItemKind::HandlerSignature,
            ItemKind::Seal,
        ];
        let row = |kind: &ItemKind| {
            vec![kind.zh().to_owned(), String::new(), BLANK_DAY.to_owned(), BLANK_DAY.to_owned()]
        };
        always.iter().map(row).collect()
    } else {
        sheet.items.clone()
    };
    Block::Table {
        columns: vec![
            PaperColumn::new("待补项", 3),
            PaperColumn::new("情况", 3),
            PaperColumn::new("补齐期限", 3).aligned(Align::Center),
            PaperColumn::new("补齐日期", 3).aligned(Align::Center),
        ],
        rows,
        total: Vec::new(),
    }
}
