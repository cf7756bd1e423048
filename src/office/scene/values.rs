//! The values (值) that stand in a story's lines: amounts, days, moments, words of the field, officers, places and the
//! names of the story. Each says in Chinese what may stand there instead.

use super::names::Told;
use super::parse::Line;
use super::run::{Runner, Stop};
use crate::base::day::Day;
use crate::base::division;
use crate::base::money::Money;
use crate::base::stamp::Stamp;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::fund::Till;
use crate::domain::grant::{Goods, Line as GrantLine};
use crate::domain::ids::{CaseId, HouseholdId, LineId, MatterId, OfficerNo, PersonId};
use crate::domain::nouns::{LineKind, PayBy, Payee, Status};
use crate::domain::office::Tier;
use crate::domain::refusal::Refusal;

/// A word of the field by its Chinese word or its digit.
///
/// # Errors
/// All words that may stand there.
pub fn word<T: Copy>(
    text: &str,
    all: &[T],
    zh: impl Fn(T) -> &'static str,
    digit: impl Fn(T) -> u8,
) -> Result<T, Stop> {
    let by_digit = text.parse::<u8>().ok();
    all.iter().copied().find(|value| zh(*value) == text || by_digit == Some(digit(*value))).ok_or_else(|| {
        let allowed: Vec<String> = all.iter().map(|v| format!("{}{}", digit(*v), zh(*v))).collect();
        Stop::wrong(format!("「{text}」不能写在这里，可以写：{}", allowed.join(" ")))
    })
}

/// [`word`] of one of the closed sets of [`crate::domain::nouns`].
macro_rules! noun {
    ($set:ident, $text:expr) => {
        $crate::office::scene::values::word(
            $text,
            $crate::domain::nouns::$set::ALL,
            $crate::domain::nouns::$set::zh,
            $crate::domain::nouns::$set::digit,
        )
    };
}
pub(super) use noun;

/// An amount as it is typed into a form: what the form does not take is refused there, before anything is signed.
///
/// # Errors
/// E-AMOUNT with the form's sentence.
pub fn money(text: &str) -> Result<Money, Stop> {
    Money::parse(text)
        .map_err(|problem| Stop::Refused(vec![Refusal::new(Code::Amount, "amount", problem.to_string())]))
}

/// A day, `2026-03-02`.
///
/// # Errors
/// If it is none.
pub fn day(text: &str) -> Result<Day, Stop> {
    Day::parse(text).ok_or_else(|| Stop::wrong(format!("「{text}」不是日期，请写成 2026-03-02")))
}

/// `yes` or `no`, also 是 or 否.
///
/// # Errors
/// If it is neither.
pub fn flag(text: &str) -> Result<bool, Stop> {
    match text {
        "yes" | "是" => Ok(true),
        "no" | "否" => Ok(false),
        _ => Err(Stop::wrong(format!("「{text}」请写 yes 或 no"))),
    }
}

/// A count.
///
/// # Errors
/// If it is no whole number.
pub fn count<T: std::str::FromStr>(text: &str) -> Result<T, Stop> {
    text.parse().map_err(|_| Stop::wrong(format!("「{text}」请写一个整数")))
}

/// A moment of a day: `09:10` today, or `2026-03-01 22:10`.
///
/// # Errors
/// If it is none.
pub fn stamp(text: &str, today: Day) -> Result<Stamp, Stop> {
    let bad = || Stop::wrong(format!("「{text}」不是时间，请写成 09:10 或 \"2026-03-01 22:10\""));
    let (on, clock) = match text.split_once(' ') {
        Some((on, clock)) => (day(on)?, clock),
        None => (today, text),
    };
    let (hour, minute) = clock.split_once(':').ok_or_else(bad)?;
    let (hour, minute) = (hour.parse().map_err(|_| bad())?, minute.parse().map_err(|_| bad())?);
    if hour > 23 || minute > 59 {
        return Err(bad());
    }
    Ok(Stamp::at(on, hour, minute))
}

/// A township by its name or a part of it.
///
/// # Errors
/// If the county has none of that name.
pub fn township(text: &str) -> Result<u16, Stop> {
    let all = division::townships();
    let exact = all.iter().find(|t| t.name == text || format!("{:03}", t.code) == text);
    exact
        .or_else(|| all.iter().find(|t| !text.is_empty() && t.name.contains(text)))
        .map(|t| t.code)
        .ok_or_else(|| Stop::wrong(format!("本县没有乡镇「{text}」，请写全名，如 波罗赤镇")))
}

/// A village of a township by its short name, the township's first where none is named.
///
/// # Errors
/// If the township has none of that name.
pub fn village(township: u16, text: Option<&str>) -> Result<u64, Stop> {
    let mut of = division::villages_of(township);
    let found = match text {
        None => of.next(),
        Some(name) => of.find(|v| v.short == name || v.name == name),
    };
    found.map(|v| v.code).ok_or_else(|| {
        let names: Vec<&str> = division::villages_of(township).map(|v| v.short).collect();
        Stop::wrong(format!("本乡镇没有村「{}」，可以写：{}", text.unwrap_or_default(), names.join(" ")))
    })
}

/// A place: `波罗赤镇` or `波罗赤镇/南洼村`.
///
/// # Errors
/// If the county has no such place.
pub fn place(text: &str) -> Result<(u16, u64), Stop> {
    let (town, hamlet) = match text.split_once('/') {
        Some((town, hamlet)) => (town, Some(hamlet)),
        None => (text, None),
    };
    let code = township(town)?;
    Ok((code, village(code, hamlet)?))
}

/// A status; 低保 alone is 农村低保.
///
/// # Errors
/// All that may stand there.
pub fn status(text: &str) -> Result<Status, Stop> {
    if text == "低保" { Ok(Status::RuralAllowance) } else { noun!(Status, text) }
}

/// A tier.
///
/// # Errors
/// All that may stand there.
pub fn tier(text: &str) -> Result<Tier, Stop> {
    match text {
        "乡镇" | "township" => Ok(Tier::Township),
        "县局" | "county" => Ok(Tier::County),
        "市局" | "city" => Ok(Tier::City),
        _ => Err(Stop::wrong(format!("「{text}」不能写在这里，可以写：乡镇 县局 市局"))),
    }
}

/// A till.
///
/// # Errors
/// All that may stand there.
pub fn till(text: &str) -> Result<Till, Stop> {
    match text {
        "cash" | "现金" => Ok(Till::Cash),
        "bank" | "存款" => Ok(Till::Bank),
        _ => Err(Stop::wrong(format!("「{text}」不能写在这里，可以写：cash 现金 bank 存款"))),
    }
}

/// A code.
///
/// # Errors
/// If there is none of that text.
pub fn code(text: &str) -> Result<Code, Stop> {
    text.parse().map_err(Stop::Wrong)
}

/// The word at `at` behind the verb.
///
/// # Errors
/// What has to stand there.
pub fn need<'l>(line: &'l Line, at: usize, what: &str) -> Result<&'l str, Stop> {
    line.name(at).ok_or_else(|| Stop::wrong(format!("{} 后面还要写{what}", line.verb)))
}

/// The value of a key that must be there.
///
/// # Errors
/// Which is missing.
pub fn must<'l>(line: &'l Line, key: &str) -> Result<&'l str, Stop> {
    line.arg(key).ok_or_else(|| Stop::wrong(format!("{} 还要写 {key}=", line.verb)))
}

impl Runner<'_> {
    /// An officer by his number.
    ///
    /// # Errors
    /// If the office has none.
    pub fn officer(&self, text: &str) -> Result<OfficerNo, Stop> {
        let no = super::cast::number_of(text);
        match self.answers()?.officer(&no) {
            Some(_) => Ok(no),
            None => Err(Stop::wrong(format!("没有操作员 {text}"))),
        }
    }

    /// A person by his name in the story.
    ///
    /// # Errors
    /// If the story has not told of him.
    pub fn person(&self, name: &str) -> Result<&super::names::Somebody, Stop> {
        let known = || self.names.people.keys().cloned().collect::<Vec<_>>().join(" ");
        self.names
            .people
            .get(name)
            .ok_or_else(|| Stop::wrong(format!("故事里没有人「{name}」，有：{}；先写 person 一行", known())))
    }

    /// A lead by its name.
    ///
    /// # Errors
    /// If the story has not told of it.
    pub fn lead(&self, name: &str) -> Result<&Told, Stop> {
        let lead = self.names.leads.get(name);
        lead.ok_or_else(|| Stop::wrong(format!("故事里没有线索「{name}」，先写 lead 一行")))
    }

    /// A matter by its name.
    ///
    /// # Errors
    /// If the story has not told of it.
    pub fn matter(&self, name: &str) -> Result<MatterId, Stop> {
        let matter = self.names.matters.get(name).copied();
        matter.ok_or_else(|| Stop::wrong(format!("故事里没有事项「{name}」，先写 matter 一行")))
    }

    /// A household by its name.
    ///
    /// # Errors
    /// If the story has not told of it.
    pub fn household(&self, name: &str) -> Result<HouseholdId, Stop> {
        let household = self.names.households.get(name).copied();
        household.ok_or_else(|| Stop::wrong(format!("故事里没有家庭「{name}」，先写 household 一行")))
    }

    /// The id of a case by its name.
    ///
    /// # Errors
    /// If the story has not told of it.
    pub fn case_id(&self, name: &str) -> Result<CaseId, Stop> {
        let case = self.names.cases.get(name).copied();
        case.ok_or_else(|| Stop::wrong(format!("故事里没有办件「{name}」，先写 case 或 direct 一行")))
    }

    /// A case as it stands.
    ///
    /// # Errors
    /// If the story has not told of it or it was not opened.
    pub fn case(&self, name: &str) -> Result<Case, Stop> {
        let id = self.case_id(name)?;
        let case = self.answers()?.case(id);
        case.ok_or_else(|| Stop::wrong(format!("办件「{name}」没有立成，前面的一行没有办成")))
    }

    /// People by names parted by commas; a household's name stands for its members today.
    ///
    /// # Errors
    /// If the story has not told of one of them.
    pub fn people(&self, names: &str) -> Result<Vec<PersonId>, Stop> {
        let mut found = Vec::new();
        for name in names.split([',', '，']) {
            match self.names.households.get(name) {
                Some(id) => {
                    let household = self.answers()?.household(*id);
                    found.extend(household.map(|h| h.on(self.today())).unwrap_or_default());
                }
                None => found.push(self.person(name)?.id),
            }
        }
        Ok(found)
    }

    /// The lines of a grant that a story's line asks for: `amount=`, `goods=`, `referral=`, `service=`. Empty where it
    /// names none.
    ///
    /// # Errors
    /// If one of them cannot be read; E-AMOUNT for an amount that a form would not take.
    pub fn grant_lines(&mut self, line: &Line, channel: PayBy) -> Result<Vec<GrantLine>, Stop> {
        let pay_by = match line.arg("channel") {
            None => channel,
            Some("cash") => PayBy::Cash,
            Some("bank") => PayBy::Bank,
            Some(text) => noun!(PayBy, text)?,
        };
        let payee = line.arg("payee").map_or(Ok(Payee::Self_), |text| noun!(Payee, text))?;
        let mut lines = Vec::new();
        let mut push = |line: LineId, kind, amount, goods, after| {
            lines.push(GrantLine { line, kind, amount, goods, pay_by, payee, after });
        };
        for text in line.arg("amount").into_iter().flat_map(|text| text.split('+')) {
            let (text, after) = match text.split_once('@') {
                Some((text, after)) => (text, count(after)?),
                None => (text, 0),
            };
            let after = u8::try_from(after).map_err(|_| Stop::wrong("期数太大".to_owned()))?;
            push(self.names.line_id(), LineKind::Money, money(text)?, None, after);
        }
        if let Some(text) = line.arg("fen") {
            // Past the form's own check, as a changed program could send it.
            push(self.names.line_id(), LineKind::Money, Money::from_fen(count(text)?), None, 0);
        }
        for text in line.arg("goods").into_iter().flat_map(|text| text.split(['+', ';', '；'])) {
            let goods = goods(text)?;
            let worth = goods.as_ref().and_then(Goods::value).unwrap_or(Money::ZERO);
            push(self.names.line_id(), LineKind::Goods, worth, goods, 0);
        }
        for (key, kind) in [("referral", LineKind::Referral), ("service", LineKind::Service)] {
            if line.arg(key).is_some() {
                push(self.names.line_id(), kind, Money::ZERO, None, 0);
            }
        }
        Ok(lines)
    }
}

/// `"大米 5 袋 40.01"`: item, quantity, unit, price; `?` for what was not said.
pub(super) fn goods(text: &str) -> Result<Option<Goods>, Stop> {
    let parts: Vec<&str> = text.split_whitespace().collect();
    let said = |part: &str| if part == "?" { String::new() } else { part.to_owned() };
    match parts.as_slice() {
        [] => Ok(None),
        [item, quantity, unit, price] => Ok(Some(Goods {
            item: said(item),
            quantity_milli: milli(quantity)?,
            unit: said(unit),
            price: if *price == "?" { Money::ZERO } else { money(price)? },
        })),
        _ => Err(Stop::wrong(format!(
            "「{text}」请写成 \"大米 5 袋 40.01\"（品名 数量 单位 单价），没有的写 ?"
        ))),
    }
}

fn milli(text: &str) -> Result<i64, Stop> {
    let bad = || Stop::wrong(format!("「{text}」不是数量，请写成 5 或 2.5"));
    if text == "?" {
        return Ok(0);
    }
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    if part.len() > 3 {
        return Err(bad());
    }
    format!("{whole}{part:0<3}").parse().map_err(|_| bad())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn goods_say_item_quantity_unit_and_price() {
        let rice = goods("大米 5 袋 40.01").unwrap().unwrap();
        assert_eq!((rice.quantity_milli, rice.value().unwrap().fen()), (5000, 20_005));
        assert_eq!(goods("? 2.5 袋 ?").unwrap().unwrap().quantity_milli, 2500);
        assert!(goods("大米 5").is_err());
        assert_eq!(goods("").unwrap(), None);
    }

    #[test]
    fn a_moment_is_of_today_or_says_its_day() {
        let today = Day::new(2026, 3, 2).unwrap();
        assert_eq!(stamp("09:10", today).unwrap().text(), "2026-03-02 09:10");
        assert_eq!(stamp("2026-03-01 22:10", today).unwrap().text(), "2026-03-01 22:10");
        assert!(stamp("25:00", today).is_err());
    }

    #[test]
    fn places_are_named_as_people_do() {
        assert_eq!(township("贾家店").unwrap(), 400);
        assert_eq!(place("波罗赤镇/南洼村").unwrap(), (102, 211_321_102_201));
        assert!(township("北京").is_err());
    }
}
