//! 协作单位 at the front: what is done, and what the screen looks at.

use super::Front;
use crate::base::day::Day;
use crate::domain::command::Command;
use crate::domain::command::partners::NotePartner;
use crate::domain::ids::PartnerId;
use crate::domain::partners::PartnerKind;
use crate::domain::private::Private;
use crate::office::compose::{Draft, Halt};
use crate::office::random;
use crate::office::seen;
use crate::store::fault::Fault;
use crate::store::replica::views::partners::PartnerRow;

/// What is said of a partner: a new one, one put right, or one that ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartnerSaid {
    /// What is known; none for a new one.
    pub id: Option<PartnerId>,
    /// What it is.
    pub kind: PartnerKind,
    /// The township with which it is paired.
    pub paired: Option<u16>,
    /// From which day.
    pub since: Day,
    /// Its last day.
    pub until: Option<Day>,
    /// 名称.
    pub name: String,
    /// 联系人和电话.
    pub contact: String,
    /// 能帮什么.
    pub helps: String,
    /// Why it is changed.
    pub reason: String,
}

impl PartnerSaid {
    /// A known one as it stands, to be changed for a reason.
    pub fn of(row: &PartnerRow, until: Option<Day>, reason: String) -> PartnerSaid {
        PartnerSaid {
            id: Some(row.id),
            kind: row.kind,
            paired: row.paired,
            since: row.since,
            until,
            name: row.name.clone(),
            contact: row.contact.clone(),
            helps: row.helps.clone(),
            reason,
        }
    }

    /// The command.
    ///
    /// # Errors
    /// No random source.
    pub fn compose(&self) -> Result<Draft, Halt> {
        let mut private = Private::default();
        let partner = match self.id {
            Some(id) => id,
            None => PartnerId(random::bytes()?),
        };
        let command = Command::NotePartner(NotePartner {
            partner,
            kind: self.kind,
            paired: self.paired,
            since: self.since,
            until: self.until,
            name: private.put("name", &self.name),
            contact: private.put("contact", &self.contact),
            helps: private.put("helps", &self.helps),
            reason: private.put("reason", &self.reason),
        });
        Ok((command, private))
    }

    /// What is said when it is done.
    pub fn said(&self) -> &'static str {
        match (self.id, self.until) {
            (None, _) => "已登记，转介时可按F4选到",
            (Some(_), Some(_)) => "已登记结束，原来的转介照旧",
            (Some(_), None) => "已更正",
        }
    }
}

impl Front {
    /// The county's partners.
    ///
    /// # Errors
    /// Whoever has nothing to do with hardships; the replica cannot be read.
    pub fn partners_view(&self) -> Result<Vec<PartnerRow>, Fault> {
        seen::may_work(&self.officer()?)?;
        Ok(self.reader()?.partners()?)
    }
}
