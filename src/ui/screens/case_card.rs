//! A case as blocks of a card: what the approver sees, and what everybody else does.
//!
//! Must never add up what rules decide on: sums come from the replica, verdicts from the rules.

use crate::base::account::Account;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::code::{Group, Weight};
use crate::domain::grant::Line;
use crate::domain::hints;
use crate::domain::nouns::{Applicant, Circumstance, LineKind, Path, PayBy, Stage};
use crate::domain::office::{Office, Tier};
use crate::domain::refusal::Refusal;
use crate::store::replica::lookup::{FamilyCard, Prior};
use crate::store::replica::views::card::{CaseCard, Step};
use crate::ui::card::{Block, Pair, TableRow};
use crate::ui::product::MeView;
use crate::ui::role::Role;
use crate::ui::screens::path::lines;
use crate::ui::screens::{told_words, words};
use crate::ui::table::Column;

/// Where the right half of the approval card begins.
const RIGHT: u16 = 46;

const ITEMS: &[Column] = &[
    Column::left("手续", 10),
    Column::left("状态", 12),
    Column::left("期限", 8),
    Column::left("", 14).grow(),
];

const PRIOR: &[Column] = &[
    Column::left("日期", 10),
    Column::left("情形", 8),
    Column::right("金额", 10),
    Column::left("审批", 4),
    Column::left("状态", 8),
    Column::left("事项号", 12).rank(2),
    Column::left("经办", 8).rank(1).grow(),
];

const MEMBERS: &[Column] = &[
    Column::left("姓名", 8),
    Column::left("关系", 8),
    Column::left("性别", 4),
    Column::right("年龄", 4),
    Column::right("近三年", 14),
    Column::left("最近一次", 10).grow(),
];

/// The day on which the card is looked at.
fn today(card: &CaseCard, me: Option<&MeView>) -> Day {
    me.map_or(card.opening.since.day(), |me| me.now.day())
}

/// What the county should think of and no rule asks: the city (三（六）).
fn city(card: &CaseCard, me: Option<&MeView>) -> Option<Block> {
    let shared = card.matter.as_ref().is_some_and(|matter| matter.shared);
    let county = me.is_some_and(|me| me.officer.office == Office::County);
    let waits = card.case.stage == Stage::Submitted && card.case.tier == Some(Tier::County);
    if county && waits && !card.hides_hardship && hints::city(card.case.circumstance, shared) {
        let text = "涉及多户的重大事件，社会影响较大的可报市级审批：按 5 报市 三（六）、四（三）二";
        return Some(Block::Text(text.to_owned(), Role::Warning));
    }
    None
}

/// The regular schemes for which the household might qualify (四（二）2); no rule asks for them.
fn schemes(card: &CaseCard) -> Option<Block> {
    if card.hints.is_empty() {
        return None;
    }
    let all: Vec<String> = card.hints.iter().map(|(to, why)| format!("{}({why})", to.zh())).collect();
    let text = format!("可能符合 {}：在办件里按 20 更多，再按 21 转介 四（二）2", all.join("、"));
    Some(Block::Text(text, Role::Text))
}

/// The applicant's name.
pub fn name(card: &CaseCard) -> String {
    card.family.as_ref().map_or_else(String::new, |family| family.who.name.clone())
}

/// Who takes the money: the applicant, or who was noted in his stead.
pub fn taker(card: &CaseCard) -> String {
    card.taker.clone().unwrap_or_else(|| name(card))
}

/// Who gets it and where, for the prompt of a signature: `王桂兰(本人) 农商行 尾号 00000020`.
pub fn payee(card: &CaseCard) -> String {
    let Some(line) = lines(card).first() else { return name(card) };
    let who = format!("{}({})", taker(card), line.payee.zh());
    match (line.kind, line.pay_by) {
        (LineKind::Money, PayBy::Bank) => match tail(card) {
            Some(tail) => format!("{who} {} 尾号 {tail}", bank(card)),
            None => format!("{who} 打卡，账号未登记"),
        },
        (LineKind::Money, PayBy::Cash) => format!("{who} 现金"),
        _ => format!("{who} {}", line.kind.zh()),
    }
}

fn tail(card: &CaseCard) -> Option<String> {
    let family = card.family.as_ref()?;
    Account::parse(&family.account).ok().map(|account| account.tail8().to_owned())
}

fn bank(card: &CaseCard) -> &str {
    card.family.as_ref().map_or("", |family| family.bank.as_str())
}

/// What is granted or, before, asked for.
fn lines(card: &CaseCard) -> &[Line] {
    if is_asked(card) { &card.case.asked } else { &card.case.granted }
}

/// Whether what is asked for counts: nothing is granted yet, or no more than an advance of what waits for its decision.
fn is_asked(card: &CaseCard) -> bool {
    let waits = matches!(card.case.stage, Stage::Submitted | Stage::AtCity);
    card.case.granted.is_empty() || (waits && card.case.provisional)
}

/// Whether it ended without help: what was asked for counts for nothing any more.
fn is_over(card: &CaseCard) -> bool {
    card.case.granted.is_empty()
        && matches!(card.case.stage, Stage::Declined | Stage::Refused | Stage::Withdrawn | Stage::Terminated)
}

/// The sum of what counts: granted or, before a decision, asked for.
fn own_sum(card: &CaseCard) -> Money {
    if is_over(card) {
        Money::ZERO
    } else if is_asked(card) {
        card.asked()
    } else {
        card.granted()
    }
}

fn line_text(line: &Line) -> String {
    let how = match (line.kind, &line.goods) {
        (LineKind::Money, _) if line.after > 0 => format!(" 第{}期", line.after + 1),
        (LineKind::Money, _) => format!(" {}", line.pay_by.zh()),
        (LineKind::Goods, Some(goods)) => {
            let whole = goods.quantity_milli / 1000;
            format!(" {} {whole}{}", goods.item, goods.unit)
        }
        // Neither has a sum.
        (LineKind::Referral | LineKind::Service, _) => return line.kind.zh().to_owned(),
        _ => String::new(),
    };
    format!("{} {}{how}", line.kind.zh(), line.amount.grouped())
}

fn person(card: &CaseCard, today: Day) -> Vec<Pair> {
    let mut who = vec![name(card)];
    if let Some(family) = &card.family {
        who.extend(family.who.sex.map(|sex| sex.zh().to_owned()));
        who.extend(family.who.age.map(|age| format!("{age}岁")));
        who.push(words::village(card.opening.village).to_owned());
        who.extend(family.who.status.map(|status| status.zh().to_owned()));
        if card.case.applicant == Applicant::Household {
            who.push(format!("家庭{}人 受助{}人", family.who.household_size, card.opening.helped));
        } else {
            who.push(format!("个人(家庭{}人)", family.who.household_size));
        }
        if family.who.died.is_some() {
            who.push("已去世".to_owned());
        }
    }
    who.retain(|part| !part.is_empty());
    vec![Pair::new("申请人", who.join(" ")), Pair::new("已等", waited(card.opening.since.day().until(today)))]
}

fn circumstance(card: &CaseCard) -> Vec<Pair> {
    let case = &card.case;
    let open = card.exceptions.iter().filter(|exception| !exception.settled);
    let codes: Vec<&str> = open.map(|exception| exception.code.when()).collect();
    let relatives: Vec<String> = card.relatives_of.iter().map(ToString::to_string).collect();
    let or_none = |all: String| if all.is_empty() { "无".to_owned() } else { all };
    let mut pairs = vec![
        Pair::new("情形", format!("{} {}", case.circumstance.zh(), case.circumstance.clause())),
        Pair::new("程度", case.severity.zh()),
        Pair::new("类型", case.path.zh()),
    ];
    if card.hides_hardship {
        pairs.remove(0);
    }
    let role = |none: bool| if none { Role::Text } else { Role::Problem };
    pairs.push(Pair::new("例外", or_none(codes.join("、"))).role(role(codes.is_empty())));
    let mut filed = relatives;
    filed.extend(card.maybe_relatives.iter().map(|kin| format!("疑似{}({})", kin.officer, kin.by.zh())));
    pairs.push(Pair::new("近亲属", or_none(filed.join("、"))).role(role(filed.is_empty())));
    pairs
}

fn request(card: &CaseCard) -> Vec<Pair> {
    let (label, sum) = match (is_over(card), is_asked(card)) {
        (true, _) => ("原申请", card.asked()),
        (false, true) => ("拟救助", card.asked()),
        (false, false) => ("已批", card.granted()),
    };
    let mut pairs = vec![Pair::new(label, format!("{} 元 {}", sum.grouped(), sum.capitals()))];
    if is_over(card) {
        return pairs;
    }
    if !is_asked(card) && !card.asked().is_zero() && card.asked() != sum {
        pairs.push(Pair::new("申请", card.asked().grouped()));
    }
    if let Some(band) = &card.standard {
        let role = if sum.is_zero() || band.holds(sum) { Role::Text } else { Role::Warning };
        pairs.push(Pair::new("二（二）", band.zh()).role(role));
    }
    let lines = lines(card);
    if lines.len() > 1 || lines.iter().any(|line| line.kind != LineKind::Money) {
        let all: Vec<String> = lines.iter().map(line_text).collect();
        pairs.push(Pair::new("明细", all.join("；")));
    }
    pairs.push(Pair::new("付", payee(card)));
    pairs
}

fn fund(card: &CaseCard) -> Vec<Pair> {
    let fund = &card.fund;
    // What is decided is only still to be paid.
    let then = if is_asked(card) { "批后" } else { "付后" };
    let after = |before: Money, after: Money| {
        if before == after {
            before.grouped()
        } else {
            format!("{} {then} {}", before.grouped(), after.grouped())
        }
    };
    let short = fund.cash_after.is_negative() || fund.bank_after.is_negative();
    let role = if short { Role::Problem } else { Role::Text };
    let mut pairs = vec![
        Pair::new("备用金 现金", after(fund.cash, fund.cash_after)).role(role),
        Pair::new("存款", after(fund.bank, fund.bank_after)).role(role),
    ];
    if let Some(matter) = &card.matter {
        pairs.push(Pair::new("事项", format!("{} {}", matter.number, matter.on.month_day())));
    }
    pairs
}

/// The sums with this case in them, and what the township may still grant on the matter.
fn sums(card: &CaseCard, me: Option<&MeView>) -> Vec<Pair> {
    let own = own_sum(card);
    let matter = card.sums.matter + own;
    let mut pairs = vec![Pair::new("本事项累计", matter.grouped())];
    // What the township could have granted is of no use once it is decided.
    let open = is_asked(card) || card.case.ratification_due.is_some();
    if let Some(me) = me.filter(|_| open && !is_over(card)) {
        let left = me.township_limit - matter;
        pairs.push(if left.is_negative() {
            Pair::new("超乡镇权限", (-left).grouped()).role(Role::Problem)
        } else {
            Pair::new("镇可批余", left.grouped())
        });
    }
    pairs.push(Pair::new("30天内本户", (card.sums.days + own).grouped()));
    pairs.push(Pair::new("本年本户", (card.sums.year + own).grouped()));
    pairs
}

/// A check: its mark and what it is about. What stands in the way comes first.
type Check = (&'static str, String);

fn rank(mark: &str) -> u8 {
    match mark {
        "否" => 0,
        "因" => 1,
        "缺" => 2,
        "注" => 3,
        _ => 4,
    }
}

fn check(mark: &str, text: &str) -> Block {
    let role = match mark {
        "缺" | "因" => Role::Warning,
        "否" => Role::Problem,
        "有" | "过" => Role::Ok,
        _ => Role::Muted,
    };
    Block::Text(format!("[{mark}] {text}"), role)
}

/// 程序检查: what was done, what is missing, and what the rules say of approving now.
fn checks(card: &CaseCard, weighed: Option<&[Refusal]>, ratify: bool, today: Day) -> Vec<Block> {
    let mut all: Vec<Check> = lines::checks(card, today);
    if let Some(lead) = &card.lead {
        all.push(("有", format!("线索 {} {}", lead.at.day().month_day(), lead.channel.zh())));
    }
    if card.case.path == Path::Emergency {
        all.push(("免", "民主评议、公示(急难型)".to_owned()));
    }
    let unsigned = card.path.as_ref().map_or(0, |path| path.course.unsigned().len());
    if unsigned > 0 {
        all.push(("缺", format!("核对授权补签，{unsigned}人")));
    }
    for item in &card.items {
        all.push(match item.done {
            Some(day) => ("有", format!("{} {}", item.kind.zh(), day.month_day())),
            None => ("缺", format!("{}，{}前补", item.kind.zh(), item.due.month_day())),
        });
    }
    if card.case.by_meeting || card.case.circumstance == Circumstance::Other {
        all.push(match &card.case.meeting {
            Some(meeting) => (
                "有",
                format!(
                    "{}会议 {} {}人 {}",
                    meeting.tier.zh(),
                    meeting.on.month_day(),
                    meeting.present,
                    meeting.amount.grouped()
                ),
            ),
            None => ("缺", "一事一议会议纪要".to_owned()),
        });
    }
    if card.opening.home_to_ask {
        all.push(("缺", "向户籍地核实是否已救助 三".to_owned()));
    }
    all.extend(verdicts(weighed, ratify));
    all.sort_by_key(|(mark, _)| rank(mark));
    let heading = Block::Heading("程序检查".to_owned());
    std::iter::once(heading).chain(all.iter().map(|(mark, text)| check(mark, text))).collect()
}

/// The groups of rules that an approver looks for by name.
const GROUPS: [(Group, &str); 4] = [
    (Group::Tier, "金额权限 四（三）二"),
    (Group::Split, "三十天内拆分 四（三）二"),
    (Group::OnceAYear, "同一事项一年一次 二"),
    (Group::Duties, "岗位与回避 五（三）"),
];

fn verdicts(weighed: Option<&[Refusal]>, ratify: bool) -> Vec<Check> {
    let Some(weighed) = weighed else { return vec![("待", "规则核对".to_owned())] };
    let mut all = Vec::new();
    for verdict in weighed {
        let mark = match verdict.code.weight() {
            Weight::Refuses => "否",
            Weight::AsksReason => "因",
            Weight::Notes => "注",
        };
        all.push((mark, verdict.full()));
    }
    for (group, what) in GROUPS {
        // What the rules of approving did not speak of was met: they say all that applies at once. Ratifying asks
        // other rules, and what was broken stands under 例外.
        if !ratify && !weighed.iter().any(|verdict| verdict.code.group() == group) {
            all.push(("过", what.to_owned()));
        }
    }
    all
}

fn years(card: &CaseCard, today: Day) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("往年(本人)".to_owned())];
    let own = card.family.as_ref().map(FamilyCard::by_year).unwrap_or_default();
    for year in [today.year(), today.year() - 1, today.year() - 2] {
        let sum = own.iter().find(|(of, _)| *of == year).map(|(_, sum)| *sum).unwrap_or_default();
        let text = if sum.count == 0 {
            format!("{year}  0 笔")
        } else {
            format!("{year}  {} 笔 {}", sum.count, sum.amount.grouped())
        };
        blocks.push(Block::Text(text, Role::Text));
    }
    let whole = card.family.as_ref().map(|family| family.household_three_years).unwrap_or_default();
    let text = if whole.count == 0 {
        "全户 近三年无".to_owned()
    } else {
        format!("全户 近三年 {} 笔 {}", whole.count, whole.amount.grouped())
    };
    blocks.push(Block::Text(text, Role::Text));
    blocks
}

fn member_rows(family: &FamilyCard) -> Vec<TableRow> {
    let row = |member: &crate::store::replica::lookup::Member| TableRow {
        cells: vec![
            member.name.clone(),
            words::relation(&member.relation, member.sex),
            member.sex.map(|sex| sex.zh().to_owned()).unwrap_or_default(),
            member.age.map(|age| age.to_string()).unwrap_or_default(),
            format!("{}笔 {}", member.three_years.count, member.three_years.amount.grouped()),
            member.last.map(|day| day.to_string()).unwrap_or_else(|| "没有".to_owned()),
        ],
        role: Role::Text,
    };
    family.members.iter().map(row).collect()
}

/// The others of a household with what each was granted.
pub fn members(family: &FamilyCard) -> Vec<Block> {
    if family.members.is_empty() {
        return vec![Block::Text("同户没有其他人".to_owned(), Role::Muted)];
    }
    vec![Block::Heading("同户".to_owned()), Block::Table(MEMBERS, member_rows(family))]
}

/// Earlier grants as a table.
pub fn priors(all: &[Prior]) -> Block {
    let row = |prior: &Prior| {
        let grant = &prior.grant;
        let state = match (prior.imported, prior.stage) {
            (true, _) => "往年台账",
            (_, Some(stage)) => stage.zh(),
            _ if grant.paid => "已发放",
            _ => "",
        };
        TableRow {
            cells: vec![
                grant.on.to_string(),
                grant.circumstance.map_or("", Circumstance::zh).to_owned(),
                grant.amount.grouped(),
                grant.tier.zh().to_owned(),
                state.to_owned(),
                prior.matter_number.clone(),
                prior.handler.as_ref().map(|(no, name)| short_officer(name, no)).unwrap_or_default(),
            ],
            role: Role::Text,
        }
    };
    Block::Table(PRIOR, all.iter().map(row).collect())
}

fn short_officer(name: &str, no: &crate::domain::ids::OfficerNo) -> String {
    if name.is_empty() { no.to_string() } else { name.to_owned() }
}

/// 办理经过 in one or two lines a step; `all`: with the place in the log, the carrier and a clock that is off.
pub fn steps(all_steps: &[Step], all: bool) -> Vec<Block> {
    let mut blocks = Vec::new();
    for step in all_steps {
        let mut line = format!(
            "{} {} {} {}",
            step.at.text(),
            words::officer(&step.name, &step.who),
            step.zh,
            step.stage.zh()
        );
        if all {
            line.push_str(&format!("  记录 {}", step.n));
            if step.carrier != step.who {
                line.push_str(&format!(" 由 {} 的电脑送出", step.carrier));
            }
            let off = step.desk_at.minutes_until(step.at).abs();
            if off >= 10 {
                line.push_str(&format!(" 本机时间 {}", step.desk_at.text()));
            }
        }
        blocks.push(Block::Text(line, Role::Text));
        for text in [&step.detail, &step.text] {
            if !text.is_empty() {
                blocks.push(Block::Text(format!("    {text}"), Role::Muted));
            }
        }
    }
    blocks
}

fn marks(card: &CaseCard) -> Vec<Block> {
    let mut blocks = Vec::new();
    for mark in card.marks.iter().filter(|mark| !mark.settled) {
        let text = format!("违规标记 {} {} {}", mark.code, mark.sentence, mark.clause);
        blocks.push(Block::Text(text, Role::Problem));
    }
    for exception in card.exceptions.iter().filter(|exception| !exception.settled) {
        let text = format!("例外 {} {} {}", exception.code, exception.code.when(), exception.code.clause());
        blocks.push(Block::Text(text, Role::Warning));
    }
    for noted in &card.noted {
        let kind = if noted.overridden { "写明理由继续" } else { "提示" };
        let text = format!("{kind} {} {} {}", noted.code, noted.code.when(), noted.reason);
        blocks.push(Block::Text(text, Role::Muted));
    }
    blocks
}

/// What was told of hardship and household beyond the reason.
fn told(card: &CaseCard) -> Vec<Block> {
    let said = told_words::blocks(card);
    let head = (!said.is_empty()).then(|| Block::Heading("困难和家庭详情".to_owned()));
    head.into_iter().chain(said).collect()
}

/// What the approver sees: the first page decides, the second explains. `other_rules`: the verdicts are of rules that do not
/// look at everything that a decision is held to.
pub fn approval(
    card: &CaseCard,
    me: Option<&MeView>,
    weighed: Option<&[Refusal]>,
    ratify: bool,
    other_rules: bool,
) -> Vec<Block> {
    let today = today(card, me);
    let mut blocks = vec![
        Block::Pairs(person(card, today)),
        Block::Pairs(circumstance(card)),
        Block::Pairs(vec![Pair::new("事由", card.opening.reason.clone())]),
        Block::Pairs(request(card)),
        Block::Pairs(fund(card)),
        Block::Pairs(sums(card, me)),
    ];
    blocks.extend(city(card, me));
    if ratify {
        let due = card.case.ratification_due.map(|due| words::left(due, today)).unwrap_or_default();
        let paid: Money = card.payments.iter().map(|payment| payment.amount).sum();
        let text = format!("已付 {} 元，待县局追认 {due}", paid.grouped());
        blocks.push(Block::Text(text, Role::Warning));
    }
    blocks.push(Block::Beside(checks(card, weighed, other_rules, today), RIGHT, years(card, today)));
    blocks.push(Block::Page);
    // Behind the page on which one decides: it is the handler's to follow.
    blocks.extend(schemes(card));
    if let Some(family) = &card.family {
        blocks.extend(members(family));
    }
    blocks.extend(told(card));
    if !card.household_prior.is_empty() {
        blocks.push(Block::Heading("往年救助(本户)".to_owned()));
        blocks.push(priors(&card.household_prior));
    }
    if let Some(lead) = &card.lead {
        blocks.push(Block::Pairs(vec![Pair::new("线索", format!("{} {}", lead.number, lead.said))]));
    }
    if !card.opening.minutes.is_empty() {
        blocks.push(Block::Pairs(vec![Pair::new("会议纪要", card.opening.minutes.clone())]));
    }
    blocks.extend(marks(card));
    blocks.push(Block::Heading("办理经过".to_owned()));
    blocks.extend(steps(&card.steps, false));
    blocks
}

fn items(card: &CaseCard, today: Day) -> Vec<Block> {
    if card.items.is_empty() {
        return Vec::new();
    }
    let row = |item: &crate::domain::answers::Item| {
        let (state, when) = match item.done {
            Some(day) => (format!("已补 {}", day.month_day()), String::new()),
            None if item.noted => ("已记，待确认".to_owned(), words::left(item.due, today)),
            None => ("缺".to_owned(), words::left(item.due, today)),
        };
        let late = item.done.is_none() && item.due < today;
        TableRow {
            cells: vec![item.kind.zh().to_owned(), state, item.due.month_day(), when],
            role: if late { Role::Problem } else { Role::Text },
        }
    };
    vec![Block::Heading("补手续".to_owned()), Block::Table(ITEMS, card.items.iter().map(row).collect())]
}

fn payments(card: &CaseCard) -> Vec<Block> {
    let mut blocks = Vec::new();
    for payment in &card.payments {
        let mut text = format!(
            "已付 {} 元 {} {} 经办 {}",
            payment.amount.grouped(),
            payment.pay_by.zh(),
            payment.at.text(),
            payment.by
        );
        for (label, value) in [
            ("付款人", &payment.payer),
            ("领款", &payment.receipt),
            ("见证", &payment.witness),
            ("现金原因", &payment.cash_reason),
        ] {
            if !value.is_empty() {
                text.push_str(&format!(" {label} {value}"));
            }
        }
        blocks.push(Block::Text(text, Role::Text));
    }
    if !card.case.outlay.is_zero() {
        let text = format!("应付垫付款 {} 元，收据到后归垫", card.case.outlay.grouped());
        blocks.push(Block::Text(text, Role::Warning));
    }
    for authority in card.authorisations.iter().filter(|authority| !authority.used) {
        let who = words::officer(&authority.name, &authority.by);
        let text = format!("先行授权未用 {} {who} {} 元", authority.tier.zh(), authority.amount.grouped());
        blocks.push(Block::Text(text, Role::Ok));
    }
    blocks
}

/// What everybody else sees of a case.
pub fn case(card: &CaseCard, me: Option<&MeView>) -> Vec<Block> {
    let today = today(card, me);
    let mut state = vec![Pair::new("状态", card.case.stage.zh())];
    if let Some(tier) = card.case.tier.filter(|_| card.case.stage == Stage::Submitted) {
        state.push(Pair::new("在", tier.zh()));
    }
    state.push(Pair::new("经办", words::officer(&card.opening.handler_name, &card.case.handler)));
    if let Some(due) = card.opening.due {
        state.push(Pair::new("期限", format!("{} {}", due.month_day(), words::left(due, today))));
    }
    if let Some(day) = card.opening.decided_on {
        let tier = card.opening.decided_tier.map_or("", Tier::zh);
        state.push(Pair::new("决定", format!("{} {tier}", day.month_day())));
    }
    if !card.opening.blank.is_empty() {
        state.push(Pair::new("空白单", card.opening.blank.clone()));
    }
    let (said, role) = lines::clock(card, today);
    let mut blocks = vec![Block::Pairs(state)];
    if !said.is_empty() {
        blocks.push(Block::Text(said, role));
    }
    blocks.extend([
        Block::Pairs(person(card, today)),
        Block::Pairs(circumstance(card)),
        Block::Pairs(vec![Pair::new("事由", card.opening.reason.clone())]),
        Block::Pairs(request(card)),
        Block::Pairs(sums(card, me)),
    ]);
    blocks.extend(city(card, me));
    blocks.extend(schemes(card));
    blocks.extend(payments(card));
    blocks.extend(items(card, today));
    blocks.extend(marks(card));
    if !card.opening.minutes.is_empty() {
        blocks.push(Block::Pairs(vec![Pair::new("会议纪要", card.opening.minutes.clone())]));
    }
    if let Some(family) = &card.family {
        blocks.extend(members(family));
    }
    blocks.extend(told(card));
    if !card.household_prior.is_empty() {
        blocks.push(Block::Heading("往年救助(本户)".to_owned()));
        blocks.push(priors(&card.household_prior));
    }
    blocks
}
/// How long it has waited, behind 已等.
fn waited(days: i64) -> String {
    if days < 1 { "不到1天".to_owned() } else { words::waiting(days) }
}
