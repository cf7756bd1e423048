//! Records of people in the script: a second one of somebody, and relatives of officers.

use super::{Script, When};
use crate::domain::command::Command;
use crate::domain::command::intake::NotePerson;
use crate::domain::command::people::MergePeople;
use crate::domain::ids::{MergeId, OfficerNo, PersonId};
use crate::domain::private::{PersonDetails, Private};
use crate::office::front::duty::{Arranged, NamedRelative};
use crate::office::practice::people::Home;
use crate::office::random;
use crate::store::fault::Fault;

/// Two records that somebody takes for one person.
#[derive(Clone, Copy, Debug)]
pub(in super::super) struct Pair {
    merge: MergeId,
    stays: PersonId,
    joined: PersonId,
}

impl Script<'_> {
    /// 人员合并, proposed: the head of a household and a record of his earlier name, without papers.
    pub(in super::super) fn same(
        &mut self,
        when: When,
        by: &'static str,
        home: &Home,
        why: &str,
    ) -> Result<Pair, Fault> {
        let (merge, joined) = (MergeId(random::bytes()?), PersonId(random::bytes()?));
        let pair = Pair { merge, stays: home.head, joined };
        let mut noted = Private::default();
        let surname: String = home.name.chars().take(1).collect();
        let details = PersonDetails {
            name: format!("{surname}小满"),
            phone: home.details.phone.clone(),
            ..PersonDetails::default()
        };
        noted.people.insert(joined, details);
        let without_papers = noted.put("papers", "早年登记时没有证件");
        let note =
            NotePerson { person: joined, resident: home.resident, without_papers, died: None, reason: None };
        self.say(when, by, vec![(Command::NotePerson(note), noted)]);
        self.merge(when, by, &pair, why);
        Ok(pair)
    }

    /// 人员合并, confirmed.
    pub(in super::super) fn join(&mut self, when: When, by: &'static str, pair: &Pair) {
        self.merge(when, by, pair, "");
    }

    fn merge(&mut self, when: When, by: &'static str, pair: &Pair, why: &str) {
        let Pair { merge, stays, joined } = *pair;
        self.with_reason(when, by, why, |reason| {
            Command::MergePeople(MergePeople { merge, stays, joined, reason })
        });
    }

    /// 近亲属备案 of somebody of whom the name is known and no number.
    pub(in super::super) fn relative_by_name(
        &mut self,
        when: When,
        by: &'static str,
        township: u16,
        name: &str,
    ) -> Result<(), Fault> {
        let relative = NamedRelative {
            officer: OfficerNo::from(by),
            name: name.to_owned(),
            relation: "妻兄".to_owned(),
            born: "约1970年".to_owned(),
            township,
            village: String::new(),
        };
        let drafts = Arranged::NamedRelative(Box::new(relative)).compose();
        let drafts = drafts.map_err(|_| Fault::bug("练习中的近亲属备案写不成"))?;
        self.say(when, by, drafts);
        Ok(())
    }
}
