//! The means check: authorisation of all members, sending out, report.

use super::Filled;
use crate::base::day::Day;
use crate::domain::command::Command;
use crate::domain::command::path::{MeansAsk, MeansAuthorise, MeansCheck, Signer, Signing};
use crate::domain::ids::PersonId;
use crate::domain::nouns::path::{Absence, MeansResult, MeansScope};
use crate::domain::private::Private;
use crate::forms::Answers;
use crate::office::compose::Gap;

/// From this birthday on one signs for himself.
const FULL_AGE: i32 = 18;

impl Filled<'_> {
    pub(super) fn authorise(&self, private: &mut Private) -> Result<Command, Gap> {
        let on = self.day("on")?;
        let rows = self.answers.rows("members").iter().filter(|row| !row.is_blank());
        let members: Vec<Signer> = rows.map(|row| self.signer(row, on)).collect::<Result<_, _>>()?;
        Ok(Command::MeansAuthorise(MeansAuthorise {
            case: self.case,
            on,
            members,
            guardians: private.put("guardians", self.text("guardians")),
            later: private.put("later", self.text("later")),
        }))
    }

    fn signer(&self, row: &Answers, on: Day) -> Result<Signer, Gap> {
        let person: Result<PersonId, _> = row.text("person").parse();
        let person = person.map_err(|_| Gap::new("members", "有一行没有选成员，请按F4选，或按Ctrl-D删去"))?;
        let signing = match row.text("how") {
            "own" => Signing::Own {},
            "guardian" => Signing::Guardian { by: row.text("by").parse().ok() },
            _ => Signing::Later {
                why: row
                    .text("why")
                    .parse()
                    .ok()
                    .and_then(Absence::from_digit)
                    .ok_or_else(|| Gap::new("members", "有一行没有选怎样签字，请打数字"))?,
            },
        };
        Ok(Signer { person, minor: self.minor(person, on), signing })
    }

    /// Under age on that day, as far as this desk knows the birth.
    fn minor(&self, person: PersonId, on: Day) -> bool {
        let birth = (self.desk.details)(person).and_then(|details| details.birth);
        birth.is_some_and(|birth| {
            let reached = (on.month(), on.day_of_month()) >= (birth.month(), birth.day_of_month());
            on.year() - birth.year() - i32::from(!reached) < FULL_AGE
        })
    }

    pub(super) fn means_ask(&self, private: &mut Private) -> Result<Command, Gap> {
        Ok(Command::MeansAsk(MeansAsk {
            case: self.case,
            on: self.day("on")?,
            scope: self.word("scope", MeansScope::from_digit)?,
            to: private.put("to", self.text("to")),
        }))
    }

    pub(super) fn means_check(&self, private: &mut Private) -> Result<Command, Gap> {
        Ok(Command::MeansCheck(MeansCheck {
            case: self.case,
            on: self.day("on")?,
            result: self.word("result", MeansResult::from_digit)?,
            report: private.put("report", self.text("report")),
            items: private.put("items", self.text("items")),
            explained: private.put("explained", self.text("explained")),
        }))
    }
}
