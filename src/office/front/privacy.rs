//! What the officer in session is shown of people, by the privacy table; and 查看完整信息: the purpose is signed and kept
//! first, then what was masked is shown.

use super::Front;
use crate::base::day::Day;
use crate::domain::command::Command;
use crate::domain::command::privacy::{Subject, Unmask};
use crate::domain::ids::{CaseId, PersonId};
use crate::domain::privacy::{Audience, Field, LookPurpose, Medium, Show, show, shown};
use crate::domain::private::Private;
use crate::office::seen;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::views::card::CaseCard;

/// What was masked, in the words of the screen.
#[derive(Clone, PartialEq, Eq)]
pub struct Unmasked {
    /// Whose.
    pub subject: Subject,
    /// Each label with its value: the person first, then his household.
    pub rows: Vec<(&'static str, String)>,
    /// Whether it was written down already earlier today.
    pub again: bool,
}

impl std::fmt::Debug for Unmasked {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Unmasked({:?})", self.subject)
    }
}

impl Front {
    /// Whether the officer in session may look for people at all.
    ///
    /// # Errors
    /// The sentence for whoever has no business with them.
    pub(super) fn may_look(&self) -> Result<(), Fault> {
        seen::may_look(&self.officer()?)
    }

    /// A case as the officer in session is shown it.
    ///
    /// # Errors
    /// Another township's case; the disk of this PC.
    pub fn case_card(&self, case: CaseId, today: Day, days: u32) -> Result<Option<CaseCard>, Fault> {
        let card = self.reader()?.case_card(case, today, days)?;
        card.map(|card| seen::case(card, &self.officer()?)).transpose()
    }

    /// 查看完整信息: writes down who looks, at whom and what for, once a day for each, then answers what was masked. It may
    /// wait for the drive like any order.
    ///
    /// # Errors
    /// No such person or case; no business with it; a purpose without words; a second window; the disk of this PC.
    pub fn unmask(&mut self, subject: Subject, purpose: LookPurpose, text: &str) -> Result<Unmasked, Fault> {
        let officer = self.officer()?;
        let today = self.now().day();
        let (person, township) = self.subject(subject, today)?;
        let audience = Audience::of(&officer, township);
        if !audience.may_unmask() {
            return Err(Fault::new(
                FaultKind::User,
                "您没有业务岗位，不能查看完整信息",
                "请由经办人或审批人查看",
            ));
        }
        if purpose.needs_words() && text.trim().is_empty() {
            return Err(Fault::new(FaultKind::User, "没有写明为什么查看", "请在说明一栏写明后再按F9"));
        }
        let key = (officer.no.clone(), subject, today);
        let again = self.unmasked.contains(&key)
            || self.reader()?.unmasked_on(&officer.no, subject, today).map_err(Fault::from)?;
        if !again {
            let mut private = Private::default();
            let text = private.put("purpose", text);
            self.give(vec![(Command::Unmask(Unmask { subject, purpose, text }), private)], 0)?;
            self.unmasked.insert(key);
        }
        Ok(Unmasked { subject, rows: self.rows(person, audience, today)?, again })
    }

    /// Whose details a subject means, and whose work they are.
    fn subject(&self, subject: Subject, today: Day) -> Result<(PersonId, Option<u16>), Fault> {
        use crate::domain::answers::Answers as _;
        let reader = self.reader()?;
        let found = match subject {
            Subject::Person(person) => reader.hit(person, today)?.map(|hit| (person, hit.township)),
            Subject::Case(case) => reader.case(case).map(|case| (case.person, Some(case.township))),
        };
        found.ok_or_else(|| Fault::new(FaultKind::User, "找不到这个人或这一件", "请按F5刷新后再查"))
    }

    fn rows(
        &self,
        person: PersonId,
        audience: Audience,
        today: Day,
    ) -> Result<Vec<(&'static str, String)>, Fault> {
        let reader = self.reader()?;
        let details = reader.details(person)?.unwrap_or_default();
        let to = |field, value: &str| shown(field, value, audience, Medium::Unmasked);
        let birth = details.birth.map(|day| day.to_string()).unwrap_or_default();
        let mut rows = vec![
            ("姓名", to(Field::Name, &details.name)),
            ("证件号", to(Field::IdNo, &details.id_no)),
            ("出生", to(Field::Birth, &birth)),
            ("电话", to(Field::Phone, &details.phone)),
            ("地址", to(Field::Address, &details.address)),
            ("账号", to(Field::Account, &details.account)),
            ("开户行", to(Field::Account, &details.bank)),
        ];
        if show(Field::Phone, audience, Medium::Unmasked) == Show::Full {
            let family = reader.family_card(person, today)?;
            for member in family.into_iter().flat_map(|family| family.members) {
                let known = reader.details(member.person)?.unwrap_or_default();
                rows.push(("同户", format!("{} {}", member.name, to(Field::IdNo, &known.id_no))));
            }
        }
        rows.retain(|(_, value)| !value.trim().is_empty());
        Ok(rows)
    }
}
