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
    let years = card.by_year().into_iter().map(|(year, _)| year).filter(|year| *year != this_year);
    let mut lines = vec![year_line(card, this_year)];
    lines.extend(household_line(card));
    lines.extend(years.map(|year| year_line(card, year)));
    let room = usize::from(canvas.height().saturating_sub(1));
    let hidden = lines.len().saturating_sub(room);
    for (row, line) in (1u16..).zip(lines.iter().take(room)) {
        let more = hidden > 0 && usize::from(row) == room;
        let mark = if more { format!("还有 {hidden} 行，F2 看全部") } else { String::new() };
        let begin = canvas.put_right(row, end, &mark, Role::Muted);
        let cols = begin.saturating_sub(3);
        canvas.put_within(row, 2, cols, longest_fitting(line, usize::from(cols)), Role::Text);
    }
}

/// The first of some ways to say it that fits: an amount is never cut in two.
fn longest_fitting(ways: &[String], room: usize) -> &str {
    ways.iter().find(|way| columns(way) <= room).or(ways.last()).map_or("", String::as_str)
}

/// `2025  03-14 长期病残 镇批 400.00 已发放   05-20 子女就学 县批 1,500.00`, and shorter ways to say it.
fn year_line(card: &FamilyCard, year: i32) -> Vec<String> {
    let of_year: Vec<&Prior> = card.own.iter().filter(|prior| prior.grant.on.year() == year).collect();
    let sum: Money = of_year.iter().map(|prior| prior.grant.amount).sum();
    let all = format!("共 {} 笔 {}", of_year.len(), sum.grouped());
    if of_year.is_empty() {
        return vec![format!("{year}  本人 0 笔 0.00")];
    }
    let most = of_year.len().min(NAMED);
    let mut ways: Vec<String> = (1..=most)
        .rev()
        .map(|count| {
            let mut parts: Vec<String> = of_year.iter().take(count).map(|prior| named(prior)).collect();
            if count < of_year.len() {
                parts.push(all.clone());
            }
            format!("{year}  {}", parts.join("   "))
        })
        .collect();
    ways.push(format!("{year}  {all}"));
    ways
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

fn household_line(card: &FamilyCard) -> Option<Vec<String>> {
    if card.members.is_empty() {
        return None;
    }
    let say = |member: &Member, name: bool| {
        let relation = codes::name_of(codes::relation(), &member.relation).unwrap_or("");
        let name = if name { format!(" {}", member.name) } else { String::new() };
        let sum = member.three_years;
        let last = member.last.map(|day| format!("({})", day.year())).unwrap_or_default();
        match sum.count {
            0 => format!("{relation}{name} 0 笔"),
            count => format!("{relation}{name} {count} 笔 {}{last}", sum.amount.grouped()),
        }
    };
    let each = |name: bool| card.members.iter().map(|m| say(m, name)).collect::<Vec<_>>().join("  ");
    let whole = card.household_three_years;
    Some(vec![
        format!("同户近三年：{}", each(true)),
        format!("同户近三年：{}", each(false)),
        format!("全户 {} 人近三年共 {} 笔 {}", card.members.len() + 1, whole.count, whole.amount.grouped()),
    ])
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::screens::testing::family;
    use crate::ui::testing;
    use crate::ui::theme::Theme;

    fn drawn(card: &FamilyCard, cols: u16, rows: u16) -> String {
        let mut buffer = testing::buffer(cols, rows);
        let (theme, _) = Theme::load("plain", None, false);
        draw(card, 2026, Some(Money::from_fen(50_000)), &mut Canvas::new(&mut buffer, &theme));
        testing::assert_widths_certain(&buffer);
        testing::text(&buffer)
    }

    #[test]
    fn everybody_of_the_household_and_every_year_stands_there() {
        insta::assert_snapshot!(drawn(&family(), 80, 5), @r#"
 往年救助(自动查到 3 笔)  本户本年 0 笔 0.00                本事项还可批 500.00
  2026  本人 0 笔 0.00
  同户近三年：配偶 刘淑芬 1 笔 400.00(2025)
  2025  03-14 长期病残 镇批 400.00 已发放   共 2 笔 1,900.00
  2024  03-14 突患重病 镇批 500.00 台账
"#);
    }

    #[test]
    fn where_there_is_no_room_sums_stand_for_what_is_left_out() {
        let mut card = family();
        for _ in 0..4 {
            card.members.push(card.members[0].clone());
        }
        let text = drawn(&card, 60, 4);
        assert!(text.contains("全户 6 人近三年共 4 笔 2,800.00"), "{text}");
        assert!(text.contains("共 2 笔 1,900.00 ") && text.contains("还有 1 行"), "{text}");
    }
}
