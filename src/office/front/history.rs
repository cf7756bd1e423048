//! 操作经历: what somebody asks of it in words, made into a question of the replica. Supervisor and county see all, a
//! township its own cases; whoever has no business with people is told no name.

use super::Front;
use crate::base::day::{Day, Stamp};
use crate::base::fold;
use crate::domain::office::Officer;
use crate::office::seen;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;
use crate::store::replica::views::history::{HistoryOf, HistoryRow};

/// More people than these of one search are not looked up.
const PEOPLE: usize = 40;

/// What is asked, as typed; what is empty asks nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct HistoryAsk {
    /// An officer by number or name.
    pub who: String,
    /// A person by name, initials, id number or its tail, telephone.
    pub person: String,
    /// A case by its 编号.
    pub case: String,
    /// From this day on.
    pub from: Option<Day>,
    /// Until this day.
    pub to: Option<Day>,
    /// Behind this line.
    pub after: Option<(Stamp, u64)>,
}

fn unknown(what: String, next: &str) -> Fault {
    Fault::new(FaultKind::User, what, next)
}

/// The question for an officer.
///
/// # Errors
/// Nobody and nothing of that name; a search for people by whoever has no business with them; SQLite's.
fn question(reader: &Reader, asking: &Officer, ask: &HistoryAsk, today: Day) -> Result<HistoryOf, Fault> {
    let mut of = HistoryOf {
        from: ask.from,
        to: ask.to,
        township: seen::history_of(asking),
        after: ask.after,
        ..HistoryOf::default()
    };
    let who = fold::digits(ask.who.trim());
    if !who.is_empty() {
        let known = reader.officers()?.into_iter().find(|known| known.no.0 == who || known.name == who);
        let none = || unknown(format!("没有操作员「{who}」"), "请核对操作员号或姓名");
        of.who = Some(known.ok_or_else(none)?.no);
    }
    let person = ask.person.trim();
    if !person.is_empty() {
        seen::may_look(asking)?;
        of.people = reader.search(person, today, PEOPLE)?.into_iter().map(|hit| hit.person).collect();
        if of.people.is_empty() {
            return Err(unknown(format!("没有找到「{person}」"), "请换姓名、拼音首字母或证件号后四位再查"));
        }
    }
    let case = fold::digits(ask.case.trim());
    if !case.is_empty() {
        let known = reader.case_of_number(&case)?;
        let none = || unknown(format!("没有编号是{case}的办件"), "请核对编号，如 26-102-0031");
        of.case = Some(known.ok_or_else(none)?);
    }
    Ok(of)
}

/// At most `limit` lines that answer an officer, latest first, as he may hold them.
///
/// # Errors
/// Nobody and nothing of that name; a search for people by whoever has no business with them; SQLite's.
pub fn lines(
    reader: &Reader,
    asking: &Officer,
    ask: &HistoryAsk,
    today: Day,
    limit: usize,
) -> Result<Vec<HistoryRow>, Fault> {
    let of = question(reader, asking, ask, today)?;
    Ok(seen::history(reader.history(&of, limit)?, asking))
}

impl Front {
    /// At most `limit` lines, latest first.
    ///
    /// # Errors
    /// Nobody is signed in; nothing of that name; SQLite's.
    pub fn history(&self, ask: &HistoryAsk, limit: usize) -> Result<Vec<HistoryRow>, Fault> {
        let reader = self.reader()?;
        lines(reader, &self.officer()?, ask, self.now().day(), limit)
    }
}
