//! F1 临时救助申请审批表 with F2, the household's members. What the case holds is printed, what it does not hold is a
//! place to write on; official form, so id numbers stand in full. It must never show an approval that was not given.

use super::f1_path::{
    agent, beside, examined, given, of_city, promised, reported, reviewed, said, supporters, surveyed, yearly,
};
use super::f2::told_of;
use super::f13::said as said_of;
use super::parts::{
    BLANK, BLANK_DAY, case_lines, channels, coming_into, day_or_blank, done_by, handler, last_of, lines,
    money, money_or_blank, officer, paid_first, place, printed, row, sign, signed, tall_row, tick, ticks,
};
use super::path::{File, people};
use super::{PaperKind, Printed, Printing};
use crate::base::day::Day;
use crate::base::division;
use crate::base::money::Money;
use crate::domain::fact::Fact;
use crate::domain::ids::Text;
use crate::domain::nouns::{Applicant, Circumstance, Path, Payee, Schemes, Stage, Status};
use crate::domain::office::Tier;
use crate::domain::private::PersonDetails;
use crate::store::export::paper::Block;
use crate::store::replica::lookup::{FamilyCard, Prior};
use crate::store::replica::views::card::{CaseCard, Step};

const PROMISE: &str = "　　本人承诺：以上所填内容及所交材料真实、完整；同意民政部门及其委托的机构依法核对本人及共同生活的家庭成员的\
                       家庭经济状况。如有虚报、隐瞒、伪造，愿退回所得救助并承担相应责任。";
const CLAUSES: &str = "依据：实施办法二（同一急难事项原则上一年只救助一次）；三（对象范围）；四（三）一、二、三（程序、审批权限、\
                       资金发放）。";

/// F1 of a case.
pub(super) fn of_case(card: &CaseCard, printing: &Printing) -> Printed {
    let file = File::new(card, printing);
    let mut blocks = vec![Block::Heading("一、申请人".to_owned()), applicant(card, printing), standing(card)];
    blocks.push(Block::Heading("二、共同生活的家庭成员（F2）".to_owned()));
    blocks.push(super::f2::table(&file));
    blocks.push(Block::Text(supporters(&file)));
    blocks.push(Block::Heading("三、困难与已受救助".to_owned()));
    blocks.push(hardship(&file));
    blocks.push(Block::Heading("四、申请承诺与授权".to_owned()));
    blocks.push(Block::Text(PROMISE.to_owned()));
    blocks.extend(promised(&file).map(Block::Text));
    blocks.push(Block::Signatures(vec![
        sign("申请人签字（手印）"),
        sign("代理人签字（手印）"),
        sign("村（居）代收人签字"),
    ]));
    blocks.push(proxy(&file));
    blocks.push(Block::Heading("五、意见".to_owned()));
    blocks.extend(opinions(&file));
    let by = handler(card, printing);
    let whose = (card.case.township, by.as_str());
    let filled = Some(file.applied_on());
    let mut out = printed(PaperKind::Application, &card.case.number, whose, filled, printing, blocks);
    out.foot([CLAUSES.to_owned()]);
    out
}

fn applicant(card: &CaseCard, printing: &Printing) -> Block {
    let (case, opening) = (&card.case, &card.opening);
    let family = card.family.as_ref();
    let known = printing.people.get(&case.person);
    let text = |of: fn(&FamilyCard) -> &str| family.map(of).unwrap_or_default();
    let birth = born(known);
    let sex = family.and_then(|family| family.who.sex).map(|sex| sex.zh()).unwrap_or_default();
    let home = family.map(|family| home(family.resident, text(|family| &family.id_no))).unwrap_or_default();
    let address =
        format!("{}{}", place(Some(case.township), Some(opening.village)), text(|family| &family.address));
    let size = family.map(|family| format!("{}人", family.who.household_size)).unwrap_or_default();
    let holder = lines(card).first().is_none_or(|line| line.payee == Payee::Self_);
    let holder = match (text(|family| &family.account), card.holder.as_str()) {
        ("", _) => "",
        (_, "") if holder => text(|family| &family.who.name),
        (_, noted) => noted,
    };
    let kinds = ticks(Applicant::ALL.iter().rev().map(|one| (one.zh(), case.applicant == *one)));
    let paths = ticks(Path::ALL.iter().map(|one| (one.zh(), case.path == *one)));
    let payees: Vec<&str> = Payee::ALL
        .iter()
        .filter(|one| lines(card).iter().any(|line| line.payee == **one))
        .map(|one| one.zh())
        .collect();
    let file = File::new(card, printing);
    let name = family.map_or("", |family| family.who.name.as_str());
    let own = told_of(&file, case.person, name);
    let own = |key: &str| own.get(key).copied().unwrap_or_default();
    let said = |slot| said(&file, slot);
    let kind = said("account-kind");
    let residence = ticks(["农业", "非农业", "居民"].map(|one| (one, kind == one)));
    let (income, spending) = yearly(&file);
    let (income, spending) =
        (beside(&income, said("income-source")), beside(&spending, said("spending-use")));
    Block::Grid {
        shares: vec![2, 3, 2, 3, 2, 3],
        rows: vec![
            row(&[
                ("申请类型", &kinds, 1),
                ("救助类型", &paths, 1),
                ("受理日期", &case.accepted.long_zh(), 1),
            ]),
            row(&[("姓名", text(|family| &family.who.name), 1), ("性别", sex, 1), ("出生日期", &birth, 1)]),
            row(&[
                ("身份证号", text(|family| &family.id_no), 3),
                ("联系电话", text(|family| &family.phone), 1),
            ]),
            row(&[("民族", own("nation"), 1), ("婚姻状况", own("marriage"), 1), ("户口性质", &residence, 1)]),
            row(&[("健康状况及患病名称", own("health"), 3), ("残疾类别和等级", own("disability"), 1)]),
            row(&[
                ("劳动能力", own("labour"), 1),
                ("从业状况", own("occupation"), 1),
                ("工作单位", own("employer"), 1),
            ]),
            row(&[("户籍所在地", &home, 3), ("居住证号（非户籍）", said("permit"), 1)]),
            row(&[("现居住地", &address, 3), ("家庭人口", &size, 1)]),
            row(&[("急难发生地", &happened_at(&file), 3), ("受助人数", &format!("{}人", opening.helped), 1)]),
            row(&[("家庭年总收入、来源", &income, 3), ("家庭年总支出、用途", &spending, 1)]),
            row(&[
                ("开户银行", text(|family| &family.bank), 1),
                ("户名", holder, 1),
                ("账号（一卡通）", text(|family| &family.account), 1),
            ]),
            row(&[("领款人", format!("{}　{}", payees.join("、"), said("payee")).trim_end(), 5)]),
        ],
    }
}

fn born(known: Option<&PersonDetails>) -> String {
    known.and_then(|known| known.birth).map(Day::long_zh).unwrap_or_default()
}

/// 户籍所在地, as far as the record and the id number's area tell. The area of an id number is that of the first
/// registration only, so it is said as such.
fn home(resident: bool, id_no: &str) -> String {
    if resident {
        return format!("{}（本县户籍）", division::county_name());
    }
    match id_no.get(..6) {
        Some(area) => {
            format!("非本县户籍（证件地区 {area}{}）：", division::area_name(area).unwrap_or_default())
        }
        None => "非本县户籍：".to_owned(),
    }
}

/// 家庭类别: the nine items of the form. What a status does not settle (城, 农) follows the 户口性质 that was told, else it is left
/// to be ticked by hand.
fn standing(card: &CaseCard) -> Block {
    let status = card.family.as_ref().and_then(|family| family.who.status);
    let is = |one: &[Status]| status.is_some_and(|status| one.contains(&status));
    let sudden = matches!(card.case.circumstance, Circumstance::Accident | Circumstance::Incident);
    let other = is(&[Status::Monitored, Status::Orphan]) || (is(&[Status::Unlisted]) && !sudden);
    let near = is(&[Status::NearAllowance]);
    let kind = card.opening.told.get(&Text::from("account-kind")).map_or("", String::as_str);
    let (village, town) = (kind == "农业", matches!(kind, "非农业" | "居民"));
    let items = ticks([
        ("城镇低保", is(&[Status::UrbanAllowance])),
        ("农村低保", is(&[Status::RuralAllowance])),
        ("城保边缘", near && town),
        ("农保边缘", near && village),
        ("城乡特困", is(&[Status::DestituteAtHome, Status::DestituteInHome])),
        ("重点优抚", is(&[Status::Honoured])),
        ("遭受突发事件", sudden),
        ("刚性支出困难", is(&[Status::HeavySpending])),
        ("其他", other),
    ]);
    let noted = match status {
        Some(Status::NearAllowance) if !village && !town => {
            "登记身份：低保边缘（城保、农保边缘请手工勾选）".to_owned()
        }
        Some(status) => format!("登记身份：{}", status.zh()),
        None => format!("登记身份：{BLANK}"),
    };
    Block::Grid {
        shares: vec![2, 13], rows: vec![tall_row("家庭类别", &format!("{items}\n{noted}"), 1, 2)]
    }
}

/// The day of this help: of the decision, else of acceptance.
fn day_of(card: &CaseCard) -> Day {
    card.opening.decided_on.unwrap_or(card.case.accepted)
}

/// The household's grants up to the day of this one, newest first.
fn before(card: &CaseCard) -> impl Iterator<Item = &Prior> {
    let day = day_of(card);
    card.household_prior.iter().filter(move |prior| prior.grant.on <= day)
}

fn hardship(file: &File<'_>) -> Block {
    let (card, case) = (file.card, &file.card.case);
    let others = given(file);
    let kinds = Circumstance::ALL.iter().map(|one| {
        let word: &str = one.zh();
        (one.digit(), word, case.circumstance == *one)
    });
    let kinds: Vec<String> = kinds.map(|(digit, word, yes)| format!("{}{digit}{word}", tick(yes))).collect();
    let last = before(card).next().map_or_else(
        || "无记录".to_owned(),
        |prior| {
            let number = if prior.grant.number.is_empty() { "往年台账" } else { &prior.grant.number };
            format!("{}，{}元（{number}）", prior.grant.on.long_zh(), prior.grant.amount.grouped())
        },
    );
    let amount = if case.granted.is_empty() { card.asked() } else { card.granted() };
    let year = day_of(card).year();
    let this_year: Vec<Money> =
        before(card).filter(|prior| prior.grant.on.year() == year).map(|prior| prior.grant.amount).collect();
    let sum: Money = this_year.iter().copied().chain([amount]).sum();
    let so_far = format!("{year}年第{}次，连同本次累计{}元", this_year.len() + 1, sum.grouped());
    let schemes = ticks(Schemes::ALL.iter().map(|one| (one.zh(), case.schemes == *one)));
    let matter = card
        .matter
        .as_ref()
        .map(|matter| format!("{}，{}发生", matter.number, matter.on.long_zh()))
        .unwrap_or_default();
    let asked = case_lines(card);
    Block::Grid {
        shares: vec![2, 4, 2, 4],
        rows: vec![
            tall_row("困难类型", &format!("{}　（{}）", kinds.join("　"), case.circumstance.clause()), 3, 2),
            row(&[("急难事项", &matter, 1), ("急难程度", case.severity.zh(), 1)]),
            tall_row("申请救助原因", &card.opening.reason, 3, 4),
            row(&[("上次享受救助时间、数量", &last, 1), ("本次累计救助次数、金额", &so_far, 1)]),
            tall_row(
                "其他各种社会救助政策兑现情况",
                &format!("{schemes}\n已得其他救助、保险、捐助：{others}"),
                3,
                2,
            ),
            tall_row("救助方式", &asked.join("\n"), 3, 1),
            tall_row("金额", &money(amount), 3, 1),
        ],
    }
}

/// Where it happened: the village, and what was said of the spot.
pub(super) fn happened_at(file: &File<'_>) -> String {
    let spot = said(file, "place");
    let village = place(None, file.card.opening.place);
    match spot {
        "" | SAME => village,
        spot => format!("{village}　{spot}").trim_start().to_owned(),
    }
}

/// What the form fills in where it happened at home.
const SAME: &str = "同上";

fn proxy(file: &File<'_>) -> Block {
    let agent = agent(file);
    let rows = vec![
        row(&[("委托代理人", agent.name, 1), ("身份证号", agent.id_no, 1)]),
        row(&[("与申请人关系", agent.relation, 1), ("委托书", agent.letter, 1)]),
    ];
    Block::Grid { shares: vec![2, 4, 2, 4], rows }
}

/// The opinions from the village up to the county. A decision stands only with the tier that took it.
fn opinions(file: &File<'_>) -> Vec<Block> {
    let (card, printing) = (file.card, file.printing);
    let section = examined(file);
    let mut blocks = vec![surveyed(file), reviewed(file)];
    let township = match (reported(file), sent_up(card)) {
        (Some(township), _) => township,
        (None, Some(step)) => passed_up(card, step, printing),
        (None, None) => words_of(card, Tier::Township, printing),
    };
    let county = of_city(file).unwrap_or_else(|| words_of(card, Tier::County, printing));
    let visit = file.last(|fact| match fact {
        Fact::Surveyed(made) => Some(made),
        _ => None,
    });
    let visited = visit.map(|(_, made)| made.at.day().long_zh()).unwrap_or_default();
    let surveyors = visit.map(|known| people(file, known).join("、")).unwrap_or_default();
    let asked = last_of(card, |step| done_by(step, "submit"));
    let asked = asked.map(|step| step.at.day().long_zh()).unwrap_or_default();
    blocks.push(Block::Grid {
        shares: vec![2, 13],
        rows: vec![tall_row("乡镇（场、街道）审核意见", &township.text, 1, 4)],
    });
    blocks.push(Block::Signatures(vec![
        signed("调查人", &surveyors, &visited),
        signed("民政助理", &handler(card, printing), &asked),
        signed("主管领导（盖章）", &township.name, &township.day),
    ]));
    blocks.push(Block::Grid {
        shares: vec![2, 13],
        rows: vec![tall_row("县民政局审批意见", &format!("{}{}", section.text, county.text), 1, 4)],
    });
    blocks.push(Block::Signatures(vec![
        signed("救助科审核", &section.name, &section.day),
        signed("分管业务领导（盖章）", &county.name, &county.day),
        sign("财务科审核"),
        sign("分管财务领导"),
    ]));
    blocks.extend(ended(card, printing));
    blocks
}

/// How the case ended without help, where it did, and why.
fn ended(card: &CaseCard, printing: &Printing) -> Option<Block> {
    let stage = card.case.stage;
    let without_help =
        matches!(stage, Stage::Refused | Stage::Withdrawn | Stage::Terminated | Stage::Declined);
    let step = coming_into(card, stage).next_back().filter(|_| without_help)?;
    let name = if step.name.is_empty() { officer(printing, &step.who) } else { step.name.clone() };
    let text = format!("{}：{}\n{name}　{}", stage.zh(), step.text, step.at.day().long_zh());
    Some(Block::Grid { shares: vec![2, 13], rows: vec![tall_row("办理结果", &text, 1, 2)] })
}

pub(super) fn opinion(role: &str, text: &str, who: &[&str]) -> Block {
    let places: Vec<String> = who.iter().map(|who| format!("{who}：{BLANK}")).collect();
    let text = format!("{text}\n{}　{BLANK_DAY}", places.join("　"));
    Block::Grid { shares: vec![2, 13], rows: vec![tall_row(role, &text, 1, 3)] }
}

/// What a tier says, and who signed it when.
#[derive(Default)]
pub(super) struct Words {
    pub(super) text: String,
    pub(super) name: String,
    pub(super) day: String,
}

/// With which entry the township handed a case to the county; none while it has not, or did so earlier and has it back.
fn sent_up(card: &CaseCard) -> Option<&Step> {
    let with_county = card.case.tier == Some(Tier::County)
        || card.case.stage == Stage::AtCity
        || (!paid_first(card) && matches!(card.opening.decided_tier, Some(Tier::County | Tier::City)));
    last_of(card, |step| done_by(step, "submit") || done_by(step, "pass-up")).filter(|_| with_county)
}

/// What the township says that hands a case up without a 审核 of its own (急难型): the sum that it asks for, and why. Whoever
/// handles the case signs as 民政助理, so that he is not its 主管领导 too.
fn passed_up(card: &CaseCard, step: &Step, printing: &Printing) -> Words {
    let led = step.who != card.case.handler;
    let name = if step.name.is_empty() { officer(printing, &step.who) } else { step.name.clone() };
    let said = if step.text.is_empty() { String::new() } else { format!("{}\n", step.text) };
    Words {
        text: format!("{said}报县局审批，建议救助金额{}。", money(card.asked())),
        name: if led { name } else { String::new() },
        day: if led { step.at.day().long_zh() } else { String::new() },
    }
}

/// The opinion of a tier as far as it was given; else the places to write it.
fn words_of(card: &CaseCard, tier: Tier, printing: &Printing) -> Words {
    let case = &card.case;
    let decided = !case.granted.is_empty() && card.opening.decided_tier == Some(tier);
    let first = paid_first(card);
    if let Some(step) = ratified(card).filter(|_| tier == Tier::County) {
        return Words {
            text: format!("{}。确定救助金额{}。{}", step.detail, money(card.granted()), step.text),
            name: if step.name.is_empty() { officer(printing, &step.who) } else { step.name.clone() },
            day: step.at.day().long_zh(),
        };
    }
    if decided && !first {
        let who = case.decided_by.as_ref().map(|no| officer(printing, no)).unwrap_or_default();
        let note = last_of(card, |step| done_by(step, "approve")).map_or("", |step| &step.text);
        let note = if note.is_empty() { String::new() } else { format!("批注：{note}") };
        return Words {
            text: format!(
                "同意救助，批准金额{}。{}{note}",
                money(card.granted()),
                channels(&card.case.granted, false)
            ),
            name: who,
            day: day_or_blank(card.opening.decided_on),
        };
    }
    let mut text = Vec::new();
    if first && tier == Tier::Township {
        let way = case.way.map(|way| way.zh()).unwrap_or_default();
        let day = card.opening.decided_on.map(Day::long_zh).unwrap_or_default();
        text.push(format!("已于{day}先行救助（{way}）{}，手续后补。", money(card.granted())));
    }
    // What is asked for is nobody's opinion yet.
    if tier == Tier::Township && (!first || case.provisional) {
        text.push(format!("建议救助金额{}。", money_or_blank(None)));
    } else if tier != Tier::Township {
        let given = card.authorisations.iter().filter(|word| first && word.used && word.tier == tier);
        text.extend(given.map(|word| format!("先行救助的授权：{}", said_of(word, printing))));
        text.push(format!("审批金额{}。", money_or_blank(None)));
    }
    Words { text: text.join("\n"), ..Words::default() }
}

/// The county's ratification of what was paid first, where it was given.
fn ratified(card: &CaseCard) -> Option<&Step> {
    last_of(card, |step| step.detail.contains("追认"))
}
