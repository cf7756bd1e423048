//! A row of 县局待办.

use crate::base::day::Stamp;
use crate::store::replica::views::tiers::Work;
use crate::ui::role::Role;
use crate::ui::screens::held::Shown;
use crate::ui::screens::words;

/// What waits, as a row. A case may wait for several things: each has its own row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkRow(pub Work);

impl Shown for WorkRow {
    fn id(&self) -> String {
        let referral = self.0.referral.map(|id| id.to_string()).unwrap_or_default();
        format!("{}/{:?}/{referral}", self.0.case, self.0.waits)
    }

    fn cells(&self, now: Stamp) -> Vec<String> {
        let (work, today) = (&self.0, now.day());
        let waited = work.since.map(|since| match since.until(today) {
            days if days > 0 => format!("已等{days}天"),
            _ => "今天起".to_owned(),
        });
        let due = match work.due {
            Some(due) => {
                let mark = if work.late(today) { " !" } else { "" };
                format!("{}{mark}", words::left(due, today))
            }
            None => waited.unwrap_or_default(),
        };
        vec![
            match work.bar {
                Some(bar) => format!("{} {}", work.waits.zh(), bar.short()),
                None => work.waits.zh().to_owned(),
            },
            work.number.clone(),
            work.name.clone(),
            words::township(work.township),
            work.amount.grouped(),
            due,
        ]
    }

    fn role(&self, now: Stamp) -> Option<Role> {
        match self.0.bar {
            Some(_) => Some(Role::Muted),
            None => self.0.late(now.day()).then_some(Role::Warning),
        }
    }

    fn found_by(&self) -> (&str, Vec<&str>) {
        (&self.0.name, vec![&self.0.number])
    }
}
