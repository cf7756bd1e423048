//! What home shows, put together from the replica, the drafts and the outbox.

use super::Host;
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::monthly::after;
use crate::domain::office::{Office, Role};
use crate::domain::reserve::ReserveAnswers as _;
use crate::office::seen;
use crate::store::desk::OutState;
use crate::store::fault::Fault;
use crate::store::replica::Reader;
use crate::store::replica::views::home::{HandlerHome, Pile};
use crate::store::replica::views::queue::{Filter, List};
use crate::ui::product::{Duties, HomeView};

/// How many cases home shows as dealt with last.
const RECENT: usize = 4;
/// The reserve is called low below this sum: a quarter of the figure that SCREENS draws as usual for a township.
const LOW: i64 = 250_000;

impl Host {
    /// Home of the officer in session.
    pub(super) fn home(&self) -> Result<HomeView, Fault> {
        let officer = self.front.officer()?;
        let reader = self.front.reader()?;
        let now = self.front.now();
        let mut duties = Vec::new();
        let mut reminders: Vec<String> = Vec::new();
        reminders.extend(self.front.superseded().map(|fault| fault.to_string()));
        match officer.office {
            Office::Township(own) => {
                if self.holds(Role::Handler) {
                    let home = reader.handler_home(&officer.no, own, now)?;
                    remind_of_papers(&home, now.day(), &mut reminders);
                    duties.push(Duties::Handler(home));
                }
                if self.holds(Role::Approver) {
                    duties.push(Duties::Approver(reader.approver_home(&officer.no, own, now)?));
                }
                let money = reader.money_home(Some(own), now.day())?;
                if money.to_correct.count + money.to_recover.count > 0 {
                    duties.push(Duties::Money(money));
                }
            }
            Office::County => {
                if self.holds(Role::Administrator) {
                    duties.push(Duties::Administrator(self.administrator_home()?));
                    self.read_requests_now_and_then();
                }
                if self.holds(Role::Supervisor) {
                    duties.push(Duties::Supervisor(reader.supervisor_home(now)?));
                    remind_of_the_seed(reader, now.day(), &mut reminders)?;
                }
                if [Role::Handler, Role::Approver, Role::Finance].iter().any(|role| self.holds(*role)) {
                    duties.push(Duties::County(reader.county_home(now)?));
                }
                if self.holds(Role::Finance) {
                    duties.push(Duties::Money(reader.money_home(None, now.day())?));
                    for (township, amount, on) in reader.replenish_asked()? {
                        let place = crate::base::division::township(township).map_or("", |known| known.name);
                        let said =
                            format!("{place} {} 申请补足备用金 {} 元", on.short_zh(), amount.grouped());
                        reminders.push(said);
                    }
                }
            }
        }
        let year = reader.year_sums(officer.office.township(), now.day().year())?;
        // A quarter of what the county set, else the figure that is usual.
        let ceiling = officer.office.township().and_then(|own| reader.reserve_plan(own).ceiling);
        let low = ceiling.map_or(Money::from_fen(LOW), |ceiling| Money::from_fen(ceiling.fen() / 4));
        if officer.office.township().is_some() && year.cash + year.bank < low {
            reminders.push(format!("备用金余额 {} 元，偏低", (year.cash + year.bank).grouped()));
        }
        reminders.extend(self.on_duty()?.into_iter().map(|told| format!("今日值班：{told}")));
        if let Some(giver) = self.front.stands_in_for()? {
            reminders.push(format!("您今天代{}审批", named(&giver.no, &giver.name)));
        }
        let findings =
            reader.finding_pile(officer.office.township(), seen::may_look(&officer).is_ok(), now.day())?;
        if findings.late > 0 {
            reminders.push(format!("{} 个督导问题过期没有整改，见督导问题", findings.late));
        }
        let drafts = self.front.drafts()?;
        let oldest = drafts.iter().map(|draft| draft.saved_ms).min().map(Stamp);
        let outbox = self.front.outbox()?;
        let refused = outbox.iter().filter(|group| matches!(group.state, OutState::Refused(_))).count();
        if refused > 0 {
            reminders.push(format!("恢复联机后有 {refused} 笔没有办成，见待传"));
        }
        let clock = self.front.clocks_apart().map(|apart| apart.sentence()).unwrap_or_default();
        if !clock.is_empty() {
            reminders.push(clock.clone());
        }
        reminders.extend(self.front.backup_reminder(&officer)?);
        reminders.extend(self.front.codes_reminder()?.map(|said| format!("{said}（编号 28）")));
        let codes = self.codes_left()?;
        let filter = Filter {
            list: List::All,
            township: officer.office.township(),
            tier: None,
            handler: None,
            year: None,
            path: None,
            locate: String::new(),
        };
        // On the first days of a year the last ones are of the year before.
        let mut recent = Vec::new();
        for year in [now.day().year(), now.day().year() - 1] {
            let left = RECENT.saturating_sub(recent.len());
            if left == 0 {
                break;
            }
            let filter = Filter { year: Some(year), ..filter.clone() };
            let count = reader.queue_count(&filter)?;
            let mut older = reader.queue_page(&filter, count.saturating_sub(left), left, now.day())?;
            older.append(&mut recent);
            recent = older;
        }
        // The newest first: where the room is short it is what is looked for.
        let mut recent = seen::queue(recent, &officer);
        recent.reverse();
        Ok(HomeView {
            officer,
            now,
            duties,
            year,
            drafts: (drafts.len(), oldest),
            outbox: (outbox.len() - refused, refused),
            recent,
            findings,
            reminders,
            drive: if self.drive.drive.is_wrong() { self.link() } else { String::new() },
            clock,
            jump: self.front.jump().is_some(),
            path: self.path_home()?,
            codes,
            county: self.front.county_pile()?,
            unreconciled: self.unreconciled()?,
            links: self.front.link_pile()?,
            blanks: self.blanks_missing()?,
        })
    }
}

impl Host {
    /// What the approver of a township has to look for; nobody else is asked.
    fn blanks_missing(&self) -> Result<u32, Fault> {
        let own = self.front.officer()?.office.township().is_some();
        if !own || !self.holds(Role::Approver) {
            return Ok(0);
        }
        Ok(u32::try_from(self.front.blanks_missing()?.len()).unwrap_or(u32::MAX))
    }

    /// How many codes are left on the officer's sheet; none where he reads no codes. An administrator has none left and sees
    /// the sheets of others.
    fn codes_left(&self) -> Result<Option<u32>, Fault> {
        let view = self.front.codes_view()?;
        let own = view.rows.first().filter(|row| view.issues && row.officer.0 == view.me);
        let left = own.and_then(|row| row.sheet.as_ref()).map_or(0, |sheet| sheet.left(view.today));
        Ok((view.issues || view.administers || own.is_some()).then_some(left))
    }

    /// Months of the county's sources that are over and open, for those who look at them.
    fn unreconciled(&self) -> Result<Pile, Fault> {
        let looks = [Role::Finance, Role::Supervisor, Role::Approver].iter().any(|role| self.holds(*role));
        if !looks || self.front.officer()?.office != Office::County {
            return Ok(Pile::default());
        }
        let open = self.front.reader()?.open_months(self.front.now().day())?;
        let earliest = open.first().and_then(|one| after(one.year, one.month)).map(|next| next.plus(-1));
        Ok(Pile { count: u32::try_from(open.len()).unwrap_or(u32::MAX), earliest })
    }

    /// Who is on duty today in the officer's office, each with the telephone. Not everywhere for the county: 28 townships take its
    /// home from what waits there; they stand under 委托、值班、交接.
    pub(super) fn on_duty(&self) -> Result<Vec<String>, Fault> {
        let (office, today) = (self.front.officer()?.office, self.front.now().day());
        let duties = self.front.reader()?.duties(Some(office), today, Some(today))?;
        let told = |duty: crate::store::replica::views::standing::DutyDay| {
            let who: Vec<&str> = duty.officers.iter().map(|(no, name)| named(no, name)).collect();
            format!("{} {}", who.join("、"), duty.phone).trim_end().to_owned()
        };
        Ok(duties.into_iter().map(told).collect())
    }
}

fn named<'a>(no: &'a crate::domain::ids::OfficerNo, name: &'a str) -> &'a str {
    if name.is_empty() { &no.0 } else { name }
}

/// Whoever watches is told where the recovery seed was used within a year: it makes an administrator alone.
fn remind_of_the_seed(reader: &Reader, today: Day, reminders: &mut Vec<String>) -> Result<(), Fault> {
    let deeds = reader.officer_deeds(today.plus(-365), today)?;
    if let Some(last) = deeds.iter().rfind(|deed| deed.is_by_seed()) {
        reminders.push(format!("! 恢复种子 {} 用过（第{}条），请与保险柜登记核对", last.at.day(), last.n));
    }
    Ok(())
}

fn remind_of_papers(home: &HandlerHome, today: Day, reminders: &mut Vec<String>) {
    if home.late_papers > 0 {
        reminders.push(format!("{} 件补登记已逾期，补齐前不能再先行救助", home.late_papers));
    } else if let Some(due) = home.papers.earliest {
        let days = today.until(due);
        if days <= 3 {
            reminders.push(format!("补登记最早 {} 到期", due.short_zh()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::command::Command;
    use crate::domain::command::kernel::KeySet;
    use crate::domain::powers::RECOVERY;
    use crate::domain::private::Private;
    use crate::office::outcome::Outcome;
    use crate::office::scratch::Scratch;
    use crate::office::setup::{self, NewOfficer};
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn whoever_watches_is_told_for_a_year_that_the_seed_was_used() {
        let day = Day::new(2026, 3, 2).unwrap();
        let officer = |no: &str, role| NewOfficer {
            no: no.into(),
            name: format!("试{no}"),
            office: Office::County,
            roles: BTreeSet::from([role]),
        };
        let officers = [officer("9000", Role::Administrator), officer("9004", Role::Supervisor)];
        let mut scratch = Scratch::found(&officers, Stamp::at(day, 9, 0), false).unwrap();
        let told = |scratch: &Scratch, today: Day| {
            let mut reminders = Vec::new();
            let reader = scratch.desk().replica().reader().unwrap();
            remind_of_the_seed(&reader, today, &mut reminders).unwrap();
            reminders
        };
        assert_eq!(told(&scratch, day), Vec::<String>::new(), "founding is no use of it");
        let key = setup::make_key(scratch.desk().county(), None).unwrap().public;
        let seed = crate::domain::ids::OfficerNo::from(RECOVERY);
        let set = Command::KeySet(KeySet { key, data: BTreeMap::new() });
        let group = scratch.sign(vec![(seed.clone(), set, Private::default())]).unwrap();
        let done = scratch.carry(&seed, group).unwrap();
        assert!(matches!(done, Outcome::Done(_)), "{done:?}");
        let n = scratch.desk().head_n().unwrap();
        let said = told(&scratch, day);
        assert_eq!(said, vec![format!("! 恢复种子 {day} 用过（第{n}条），请与保险柜登记核对")]);
        assert_eq!(told(&scratch, day.plus(365)).len(), 1);
        assert_eq!(told(&scratch, day.plus(366)), Vec::<String>::new());
    }
}
