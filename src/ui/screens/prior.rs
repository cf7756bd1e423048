//! The panel of earlier aid (往年救助) under a form: the person by years, everybody of the household, this year's sum,
//! and what the township may still grant on the matter.
//!
//! Must never leave out this year, also where nothing was granted: the clerk looks there first.

use crate::base::codes;
use crate::base::money::Money;
use crate::domain::office::Tier;
use crate::store::replica::lookup::{FamilyCard, Member, Prior};
use crate::ui::canvas::{Canvas, columns};
use crate::ui::role::Role;

/// Earlier grants that a line names one by one.
const NAMED: usize = 2;

/// Draws the panel over the whole canvas. `left` is what the township may still grant on this matter.
pub fn draw(card: &FamilyCard, this_year: i32, left: Option<Money>, canvas: &mut Canvas) {
    let end = canvas.width().saturating_sub(1);
    let head = match card.own.len() {
        0 => "往年救助(没有查到)".to_owned(),
        count => format!("往年救助(自动查到 {count} 笔)"),
    };
    let col = canvas.put(0, 1, &head, Role::Heading) + 2;
    let year = format!("本户本年 {} 笔 {}", card.household_year.len(), card.year_sum().grouped());
    let right = left.map(|left| format!("本事项还可批 {}", left.grouped())).unwrap_or_default();
    let begin = canvas.put_right(0, end, &right, Role::Heading);
    canvas.put_within(0, col, begin.saturating_sub(col + 1), &year, Role::Text);
    let mut lines = vec![year_line(card, this_year)];
    lines.extend(household_line(&card.members));
    let years = card.by_year();
    lines.extend(
        years.iter().map(|(year, _)| *year).filter(|year| *year != this_year).map(|y| year_line(card, y)),
    );
    let room = usize::from(canvas.height().saturating_sub(1));
    let rest = lines.len().saturating_sub(room);
    let last = lines.len().min(room);
    for (row, line) in (1u16..).zip(lines.iter().take(room)) {
        let more = rest > 0 && usize::from(row) == last;
        let mark = if more { format!("还有 {rest} 年，F2 看全部") } else { String::new() };
        let begin = canvas.put_right(row, end, &mark, Role::Muted);
        canvas.put_within(row, 2, begin.saturating_sub(3), line, Role::Text);
    }
}

/// `2025  03-14 长期病残 镇批 400.00 已发放   05-20 子女就学 县批 1,500.00`.
fn year_line(card: &FamilyCard, year: i32) -> String {
    let of_year: Vec<&Prior> = card.own.iter().filter(|prior| prior.grant.on.year() == year).collect();
    if of_year.is_empty() {
        return format!("{year}  本人 0 笔 0.00");
    }
    let named: Vec<String> = of_year.iter().take(NAMED).map(|prior| named(prior)).collect();
    let mut line = format!("{year}  {}", named.join("   "));
    if of_year.len() > NAMED {
        let sum: Money = of_year.iter().map(|prior| prior.grant.amount).sum();
        line.push_str(&format!("   共 {} 笔 {}", of_year.len(), sum.grouped()));
    }
    line
}

fn named(prior: &Prior) -> String {
    let circumstance = prior.grant.circumstance.map_or("", |circumstance| circumstance.zh());
    let tier = match prior.grant.tier {
        Tier::Township => "镇批",
        Tier::County => "县批",
        Tier::City => "市批",
    };
    let stage = match (prior.imported, prior.stage) {
        (true, _) => "台账",
        (false, Some(stage)) => stage.zh(),
        (false, None) => "",
    };
    let words = [&prior.grant.on.month_day(), circumstance, tier, &prior.grant.amount.grouped(), stage]
        .map(str::to_owned);
    words.iter().filter(|word| !word.is_empty()).cloned().collect::<Vec<_>>().join(" ")
}

fn household_line(members: &[Member]) -> Option<String> {
    if members.is_empty() {
        return None;
    }
    let each: Vec<String> = members
        .iter()
        .map(|member| {
            let relation = codes::name_of(codes::relation(), &member.relation).unwrap_or("");
            let sum = member.three_years;
            let last = member.last.map(|day| format!("({})", day.year())).unwrap_or_default();
            match sum.count {
                0 => format!("{relation} {} 0 笔", member.name),
                count => format!("{relation} {} {count} 笔 {}{last}", member.name, sum.amount.grouped()),
            }
        })
        .collect();
    Some(format!("同户近三年：{}", each.join("  ")))
}

/// The panel while nobody is known.
pub fn nobody(id_no: &str, canvas: &mut Canvas) {
    let text = match id_no {
        "" => "往年救助：身份证号打满 18 位后，自动显示本人和同户的往年救助",
        "0" => "往年救助：没有证件，按 F2 用姓名、电话再查一遍",
        _ => "往年救助：没有查到，本县以前没有救助过这个人；同户的人在家庭成员里登记时再查",
    };
    let room = usize::from(canvas.width().saturating_sub(2));
    let lines =
        if columns(text) <= room { vec![text.to_owned()] } else { crate::base::width::wrap(text, room) };
    for (row, line) in (0u16..).zip(lines) {
        canvas.put(row, 1, &line, Role::Muted);
    }
}
