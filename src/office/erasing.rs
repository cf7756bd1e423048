//! What is due (到期): the cases whose private part an administrator may destroy, and the deed itself in entries of a bearable
//! size. By numbers alone: no list of it names anybody.

use super::compose::Draft;
use crate::base::day::Day;
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::command::privacy::Erase;
use crate::domain::private::Private;
use crate::domain::rules::erase::{AT_ONCE, stays};
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;
use crate::store::replica::views::erasures::Ended;

/// What may go and what stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Due {
    /// The cases that may be destroyed, the oldest first.
    pub cases: Vec<Ended>,
    /// Cases that ended by the day asked for and must stay, each with the first reason.
    pub kept: Vec<(Ended, String)>,
}

/// The cases that ended by `until` (none: whenever), as of `today`, each asked by the rule itself.
///
/// # Errors
/// The replica cannot be read; no pack is in force.
pub fn due(reader: &Reader, until: Option<Day>, today: Day) -> Result<Due, Fault> {
    let pack = reader
        .pack_now()
        .ok_or_else(|| Fault::new(FaultKind::User, "还没有采用政策包", "请管理员先采用政策包"))?;
    let mut due = Due::default();
    for case in reader.ended_by(until.unwrap_or(today).min(today))? {
        match stays(reader, &pack, today, case.id).into_iter().next() {
            None => due.cases.push(case),
            Some((_, why)) => due.kept.push((case, why)),
        }
    }
    match reader.take_fault() {
        Some(fault) => Err(fault.into()),
        None => Ok(due),
    }
}

/// The commands that destroy these cases, as many to an entry as it takes.
pub fn commands(cases: &[Ended]) -> Vec<Draft> {
    let one = |some: &[Ended]| {
        let cases = some.iter().map(|case| case.id).collect();
        (Command::Erase(Erase { cases }), Private::default())
    };
    cases.chunks(AT_ONCE).map(one).collect()
}

/// Years before today, or a day, as typed: the cases that ended by then.
///
/// # Errors
/// Neither.
pub fn older(text: &str, today: Day) -> Result<Day, Fault> {
    let years = text.parse::<i32>().ok().filter(|years| (1..=100).contains(years));
    let back = |years: i32| {
        let year = today.year() - years;
        Day::new(year, today.month(), today.day_of_month()).or_else(|| Day::new(year, today.month(), 28))
    };
    years.and_then(back).or_else(|| Day::parse(text)).ok_or_else(|| {
        Fault::new(
            FaultKind::User,
            format!("年限 {text} 不对"),
            "请写年数，例如 10，或写日期，例如 2016-12-31",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_and_days_are_understood() {
        let day = |y, m, d| Day::new(y, m, d).unwrap();
        let today = day(2036, 2, 29);
        assert_eq!(older("10", today).unwrap(), day(2026, 2, 28));
        assert_eq!(older("2016-12-31", today).unwrap(), day(2016, 12, 31));
        assert!(older("十年", today).is_err() && older("0", today).is_err());
    }
}
