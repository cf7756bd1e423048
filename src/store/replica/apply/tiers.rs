//! The county's chain, the city, filing; referrals, services and what else stands beside a case.

use super::Page;
use crate::domain::fact::Fact;
use crate::domain::ids::{CaseId, Text};
use crate::domain::nouns::Stage;
use crate::store::replica::fault::Result;

impl Page<'_> {
    /// A meeting with its paper.
    pub(super) fn met(&self, fact: &Fact) -> Result<()> {
        let Fact::MeetingHeld { case, on, tier, kind, present, amount, minutes, paper } = fact else {
            return Ok(());
        };
        if self.has_case(*case)? {
            self.run(
                "INSERT OR REPLACE INTO meeting_held(case_id, n, on_day, tier, present, amount, minutes, place, chair,
                   attendees, topic, opinions, by, kind)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)",
                (
                    case,
                    self.n,
                    on,
                    tier,
                    present,
                    amount,
                    self.words(minutes),
                    self.words(&paper.place),
                    self.words(&paper.chair),
                    self.words(&paper.attendees),
                    self.words(&paper.topic),
                    self.words(&paper.opinions),
                    self.entry.author,
                    kind,
                ),
            )?;
        }
        Ok(())
    }

    /// What was examined is examined again once the case has been back.
    pub(super) fn unexamined(&self, case: CaseId, stage: Stage) -> Result<()> {
        if matches!(stage, Stage::Submitted | Stage::Returned) {
            self.run("UPDATE examination SET live = 0 WHERE case_id = ?1 AND live = 1", [case])?;
        }
        Ok(())
    }

    /// The tiers beyond one approver.
    pub(super) fn tiers(&self, fact: &Fact) -> Result<()> {
        if let Some(case) = fact.case()
            && !self.has_case(case)?
        {
            return Ok(());
        }
        let author = self.entry.author;
        match fact {
            Fact::CountyExamined(is) => {
                self.unexamined(is.case, Stage::Returned)?;
                self.run(
                    "INSERT OR REPLACE INTO examination(case_id, n, by, on_day, agrees, amount, opinion, live)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1)",
                    (is.case, self.n, &is.by, is.on, is.agrees, is.amount, self.words(&is.opinion)),
                )?;
            }
            Fact::TierRaised(is) => {
                self.run(
                    "INSERT OR REPLACE INTO raised(case_id, n, by, reason) VALUES (?1, ?2, ?3, ?4)",
                    (is.case, self.n, author, self.words(&is.reason)),
                )?;
            }
            Fact::TierLowered(is) => {
                self.run(
                    "UPDATE raised SET lowered_n = ?2, lowered_reason = ?3 WHERE case_id = ?1",
                    (is.case, self.n, self.words(&is.reason)),
                )?;
            }
            Fact::CityAsked(_) | Fact::CityReplied(_) | Fact::CityChecked(_) => self.city(fact)?,
            Fact::RosterFiled(_) => self.roster(fact)?,
            Fact::CalledBack(is) => {
                self.run(
                    "INSERT OR REPLACE INTO called_back(case_id, n, by, due, reason) VALUES (?1, ?2, ?3, ?4, ?5)",
                    (is.case, self.n, author, is.due, self.words(&is.reason)),
                )?;
            }
            Fact::CallBackSettled(is) => {
                self.run(
                    "UPDATE called_back SET due = NULL, settled_n = ?2, settled = ?3 WHERE case_id = ?1",
                    (is.case, self.n, self.words(&is.reason)),
                )?;
            }
            _ => {}
        }
        Ok(())
    }

    fn city(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::CityAsked(is) => {
                self.run(
                    "INSERT OR REPLACE INTO city(case_id, n, by, on_day, amount, request, reason)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    (
                        is.case,
                        self.n,
                        self.entry.author,
                        is.on,
                        is.amount,
                        &is.document,
                        self.words(&is.reason),
                    ),
                )?;
            }
            Fact::CityReplied(is) => {
                self.run(
                    "UPDATE city SET reply_n = ?2, document = ?3, reply_on = ?4, answer = ?5, reply_amount = ?6,
                       reply_by = ?7, reply_text = ?8, checked_n = NULL, checked_by = NULL WHERE case_id = ?1",
                    (
                        is.case,
                        self.n,
                        &is.document,
                        is.on,
                        is.answer,
                        is.amount,
                        &is.by,
                        self.words(&is.text),
                    ),
                )?;
            }
            Fact::CityChecked(is) => {
                self.run(
                    "UPDATE city SET checked_n = ?2, checked_by = ?3 WHERE case_id = ?1",
                    (is.case, self.n, &is.by),
                )?;
            }
            _ => {}
        }
        Ok(())
    }

    fn roster(&self, fact: &Fact) -> Result<()> {
        let Fact::RosterFiled(is) = fact else { return Ok(()) };
        self.run(
            "INSERT OR REPLACE INTO roster(number, township, year, month, n, at, by, cases, amount)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
            (
                &is.number,
                is.township,
                is.year,
                is.month,
                self.n,
                self.now(),
                self.entry.author,
                is.rows.len() as i64,
                is.amount,
            ),
        )?;
        for row in &is.rows {
            if self.has_case(row.case)? {
                self.run(
                    "INSERT OR REPLACE INTO filed(case_id, number, on_day, amount, n) VALUES (?1, ?2, ?3, ?4, ?5)",
                    (row.case, &is.number, row.on, row.amount, self.n),
                )?;
            }
        }
        Ok(())
    }

    /// What stands beside a case.
    pub(super) fn beside(&self, fact: &Fact) -> Result<()> {
        if let Some(case) = fact.case()
            && !self.has_case(case)?
        {
            return Ok(());
        }
        let author = self.entry.author;
        match fact {
            Fact::ReferralMade(_) | Fact::ReferralAnswered(_) => self.referral(fact)?,
            Fact::ServiceGiven(is) => {
                self.add(
                    "INSERT INTO service(case_id, n, kind, on_day, sessions, by, provider, result)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    (
                        is.case,
                        self.n,
                        is.kind,
                        is.on,
                        is.sessions,
                        author,
                        self.words(&is.provider),
                        self.words(&is.result),
                    ),
                )?;
            }
            Fact::OtherHelpNoted(is) => {
                self.add(
                    "INSERT INTO other_help(case_id, n, kind, on_day, amount, by, text)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    (is.case, self.n, is.kind, is.on, is.amount, author, self.words(&is.text)),
                )?;
            }
            Fact::SampleDrawn { township, from, to, seed, of, cases } => {
                self.run(
                    "INSERT OR REPLACE INTO sample(n, at, by, township, from_, to_, seed, of_)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    (self.n, self.now(), author, township, from, to, seed, of),
                )?;
                for (pos, case) in (0i64..).zip(cases) {
                    self.run(
                        "INSERT OR REPLACE INTO sample_case(n, pos, case_id) VALUES (?1, ?2, ?3)",
                        (self.n, pos, case),
                    )?;
                }
            }
            Fact::Archived(is) => {
                self.run(
                    "INSERT OR REPLACE INTO archived(case_id, n, number, on_day, items, pages, keep, shelf, by)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
                    (is.case, self.n, &is.number, is.on, is.items, is.pages, is.keep, &is.shelf, author),
                )?;
            }
            Fact::HomeReplied(is) => {
                self.run(
                    "INSERT OR REPLACE INTO home_reply(case_id, n, on_day, helped, amount, by, text)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    (is.case, self.n, is.on, is.helped, is.amount, author, self.words(&is.text)),
                )?;
                self.run("UPDATE cases SET home_to_ask = 0 WHERE id = ?1", [is.case])?;
            }
            Fact::ApplicantChanged(is) => {
                self.run("UPDATE cases SET person = ?2 WHERE id = ?1", (is.case, is.to))?;
            }
            Fact::PayeeNoted(is) => {
                self.run(
                    "INSERT OR REPLACE INTO payee_note(case_id, n, by, payee, person, reason)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                    (is.case, self.n, author, is.payee, is.person, self.words(&is.reason)),
                )?;
            }
            Fact::CaseRebased(is) => {
                self.run("UPDATE cases SET pack = ?2 WHERE id = ?1", (is.case, &is.pack))?;
            }
            Fact::IncidentOpened(is) => {
                self.run(
                    "INSERT OR REPLACE INTO incident(id, matter, township, on_day, by, n, name)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    (is.incident, is.matter, is.township, is.on, author, self.n, self.words(&is.name)),
                )?;
            }
            Fact::IncidentClosed(is) => {
                self.run(
                    "UPDATE incident SET closed_n = ?2, closed = ?3 WHERE id = ?1",
                    (is.incident, self.n, self.words(&is.reason)),
                )?;
            }
            _ => {}
        }
        Ok(())
    }

    fn referral(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::ReferralMade(is) => {
                self.run(
                    "INSERT OR REPLACE INTO referral(id, case_id, line, to_, on_day, due, by, n, body, what, partner)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
                    (
                        is.referral,
                        is.case,
                        is.line,
                        is.to,
                        is.on,
                        is.due,
                        self.entry.author,
                        self.n,
                        self.words(&is.body),
                        self.words(&is.what),
                        is.partner,
                    ),
                )?;
            }
            Fact::ReferralAnswered(is) => {
                self.run(
                    "UPDATE referral SET outcome = ?2, answered = ?3, answer = ?4, answer_n = ?5, given = ?6
                     WHERE id = ?1",
                    (is.referral, is.outcome, is.on, self.words(&is.text), self.n, is.given),
                )?;
            }
            _ => {}
        }
        Ok(())
    }
}

/// What a step says of one of these facts in public words.
pub(super) fn detail(fact: &Fact) -> Option<String> {
    match fact {
        Fact::CountyExamined(is) => {
            Some(format!("{} {} {}元", if is.agrees { "同意" } else { "不同意" }, is.on, is.amount.grouped()))
        }
        Fact::CityAsked(is) => Some(match &is.document {
            Some(document) => format!("{document} {}元", is.amount.grouped()),
            None => format!("{}元", is.amount.grouped()),
        }),
        Fact::CityReplied(is) => {
            Some(format!("{} {} {} {}元", is.document, is.on, is.answer.zh(), is.amount.grouped()))
        }
        Fact::CalledBack(is) => is.due.map(|due| format!("限{due}前处理")),
        Fact::ReferralMade(is) => Some(format!("{} {}", is.to.zh(), is.on)),
        Fact::ReferralAnswered(is) => Some(format!("{} {}", is.outcome.zh(), is.on)),
        Fact::ServiceGiven(is) => Some(format!("{} {}次 {}", is.kind.zh(), is.sessions, is.on)),
        Fact::OtherHelpNoted(is) => Some(match is.amount {
            Some(amount) => format!("{} {}元", is.kind.zh(), amount.grouped()),
            None => is.kind.zh().to_owned(),
        }),
        Fact::Archived(is) => Some(format!(
            "{} {}件{}页 {} {} {}",
            is.number,
            is.items,
            is.pages,
            is.keep.zh(),
            is.shelf,
            is.on
        )),
        Fact::HomeReplied(is) => Some(if is.helped { "已救助" } else { "未救助" }.to_owned()),
        Fact::PayeeNoted(is) => Some(is.payee.zh().to_owned()),
        Fact::CaseRebased(is) => Some(format!("{} 改为 {}", is.from, is.pack)),
        _ => None,
    }
}

/// The private words of one of these facts, as far as 经过 shows them.
pub(super) fn slot(fact: &Fact) -> &Option<Text> {
    match fact {
        Fact::CountyExamined(is) => &is.opinion,
        Fact::TierRaised(is) => &is.reason,
        Fact::TierLowered(is) => &is.reason,
        Fact::CityAsked(is) => &is.reason,
        Fact::CityReplied(is) => &is.text,
        Fact::CalledBack(is) => &is.reason,
        Fact::CallBackSettled(is) => &is.reason,
        Fact::ReferralMade(is) => &is.what,
        Fact::ReferralAnswered(is) => &is.text,
        Fact::ServiceGiven(is) => &is.result,
        Fact::OtherHelpNoted(is) => &is.text,
        Fact::HomeReplied(is) => &is.text,
        Fact::ApplicantChanged(is) => &is.reason,
        Fact::PayeeNoted(is) => &is.reason,
        Fact::CaseRebased(is) => &is.reason,
        _ => &None,
    }
}
