//! Cases: opening, what is asked, stages, meetings.

use super::Page;
use crate::base::day::Day;
use crate::domain::fact::Fact;
use crate::domain::grant::{Line, total};
use crate::domain::ids::CaseId;
use crate::domain::nouns::Stage;
use crate::store::replica::bind::Village;
use crate::store::replica::fault::Result;

/// The two sets of lines of a case.
#[derive(Clone, Copy)]
pub(super) enum Part {
    /// What is asked for.
    Asked = 1,
    /// What is granted.
    Granted = 2,
}

impl Page<'_> {
    pub(super) fn case(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::CaseOpened { .. } => self.open_case(fact)?,
            Fact::LinesAsked { case, lines } => {
                self.lines(*case, Part::Asked, lines, None)?;
                self.run("UPDATE cases SET asked = ?2 WHERE id = ?1", (case, total(lines)))?;
            }
            Fact::StageSet { case, stage, tier, due, .. } => {
                self.run(
                    "UPDATE cases SET stage = ?2, stage_since = ?3, tier = ?4, due = ?5 WHERE id = ?1",
                    (case, stage, self.now(), tier.filter(|_| *stage == Stage::Submitted), due),
                )?;
                self.unexamined(*case, *stage)?;
            }
            Fact::MeetingHeld { case, on, tier, kind, present, amount, minutes, .. } => {
                self.run(
                    "UPDATE cases SET meet_on = ?2, meet_tier = ?3, meet_present = ?4, meet_amount = ?5,
                       meet_minutes = ?6, meet_kind = ?7 WHERE id = ?1",
                    (case, on, tier, present, amount, self.words(minutes), kind),
                )?;
                self.met(fact)?;
            }
            Fact::BlankUsed { case, blank } => self.blank(*case, blank)?,
            Fact::HomeToAsk { case } => {
                self.run("UPDATE cases SET home_to_ask = 1 WHERE id = ?1", [case])?;
            }
            _ => {}
        }
        Ok(())
    }

    fn open_case(&self, fact: &Fact) -> Result<()> {
        let Fact::CaseOpened {
            case,
            number,
            matter,
            person,
            household,
            applicant,
            helped,
            township,
            village,
            circumstance,
            severity,
            path,
            need,
            schemes,
            by_meeting,
            handler,
            accepted,
            pack,
            lead,
            blank,
            reason,
        } = fact
        else {
            return Ok(());
        };
        // A case opened twice under one id keeps what it was opened with first.
        let new = self.run(
            "INSERT OR IGNORE INTO cases(id, number, matter, person, household, applicant, helped, township, village,
               circumstance, severity, path, need, schemes, by_meeting, handler, accepted, year, pack, lead, blank,
               reason, opened, stage, stage_since, provisional, asked, granted, home_to_ask, touched_n, touched_by)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,
               ?22, ?23, ?24, ?23, 0, 0, 0, 0, ?25, ?26)",
            rusqlite::params![
                case,
                number,
                matter,
                person,
                household,
                applicant,
                helped,
                township,
                Village(*village),
                circumstance,
                severity,
                path,
                need,
                schemes,
                by_meeting,
                handler,
                accepted,
                accepted.year(),
                pack,
                lead,
                blank,
                self.words(reason),
                self.now(),
                Stage::Open,
                self.n,
                self.entry.author
            ],
        )?;
        if new == 0 {
            return Ok(());
        }
        if let Some(blank) = blank {
            self.blank(*case, blank)?;
        }
        self.told(*case)?;
        self.numbered_case(number, *township)
    }

    /// A numbered blank sheet is used up.
    fn blank(&self, case: CaseId, blank: &str) -> Result<()> {
        if self.has_case(case)? {
            self.run("INSERT OR REPLACE INTO blank(blank, case_id) VALUES (?1, ?2)", (blank, case))?;
        }
        Ok(())
    }

    /// Replaces the lines of one part of a case; of what was granted, with the day of the decision.
    pub(super) fn lines(&self, case: CaseId, part: Part, lines: &[Line], decided: Option<Day>) -> Result<()> {
        let part = part as i64;
        self.run("DELETE FROM line WHERE case_id = ?1 AND part = ?2", (case, part))?;
        if !self.has_case(case)? {
            return Ok(());
        }
        for (pos, line) in lines.iter().enumerate() {
            let goods = line.goods.as_ref();
            self.run(
                "INSERT INTO line(case_id, part, pos, line, kind, amount, item, unit, quantity_milli, price, pay_by, payee, after,
                   due)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                (
                    case,
                    part,
                    pos as i64,
                    line.line,
                    line.kind,
                    line.amount,
                    goods.map(|goods| goods.item.as_str()),
                    goods.map(|goods| goods.unit.as_str()),
                    goods.map(|goods| goods.quantity_milli),
                    goods.map(|goods| goods.price),
                    line.pay_by,
                    line.payee,
                    i64::from(line.after),
                    decided.filter(|_| line.after > 0).map(|day| line.due(day)),
                ),
            )?;
        }
        Ok(())
    }
}
