//! 人员合并 at the front: what is done, and what is looked at before: both records side by side, and what the rules will say
//! once they are one.

use super::Front;
use super::imagine::Imagined;
use crate::base::day::{Day, Stamp};
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::command::people::{MergePeople, PartPeople};
use crate::domain::fact::Fact;
use crate::domain::fact::people::PeopleLinked;
use crate::domain::grant::Grant;
use crate::domain::ids::{MergeId, OfficerNo, PersonId};
use crate::domain::office::{Officer, Role};
use crate::domain::privacy::{Audience, Field, Medium, shown};
use crate::domain::private::Private;
use crate::domain::rules::would_repeat;
use crate::domain::same::{LinkState, SameAnswers as _};
use crate::office::compose::{Draft, Halt};
use crate::office::{random, seen};
use crate::store::fault::Fault;
use crate::store::replica::Reader;
use crate::store::replica::lookup::FamilyCard;
use crate::store::replica::views::payout::ChildAccountRow;
use crate::store::replica::views::people::LinkRow;
use std::collections::BTreeSet;

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeopleDeed {
    /// 人员合并: a link that waits, or a new one; the record that stays, the one that is joined, why.
    Merge(Option<MergeId>, PersonId, PersonId, String),
    /// 人员拆分, or not following a merger that waits; why.
    Part(MergeId, String),
}

impl PeopleDeed {
    /// The command.
    ///
    /// # Errors
    /// No random source.
    pub fn compose(&self) -> Result<Draft, Halt> {
        let mut private = Private::default();
        let command = match self {
            PeopleDeed::Merge(merge, stays, joined, reason) => Command::MergePeople(MergePeople {
                merge: match merge {
                    Some(known) => *known,
                    None => MergeId(random::bytes()?),
                },
                stays: *stays,
                joined: *joined,
                reason: private.put("reason", reason),
            }),
            PeopleDeed::Part(merge, reason) => {
                Command::PartPeople(PartPeople { merge: *merge, reason: private.put("reason", reason) })
            }
        };
        Ok((command, private))
    }

    /// What is said when it is done.
    pub fn said(&self) -> &'static str {
        match self {
            PeopleDeed::Merge(None, ..) => "合并已提出，等另一人在「人员合并」里复核",
            PeopleDeed::Merge(Some(_), ..) => "已合并为一人",
            PeopleDeed::Part(..) => "人员拆分已登记",
        }
    }
}

/// Two records side by side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compared {
    /// 保留.
    pub stays: FamilyCard,
    /// 并入.
    pub joined: FamilyCard,
    /// The link, where there is one.
    pub link: Option<LinkRow>,
    /// What the rules will say once they are one: sentences.
    pub says: Vec<String>,
    /// Who looks.
    pub me: OfficerNo,
}

/// A waiting pile of links.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LinkPile {
    /// How many wait for this officer's word.
    pub count: u32,
    /// Since when the first of them.
    pub since: Option<Day>,
}

fn of_year<'a>(grants: &'a [Grant], whose: &'a BTreeSet<PersonId>) -> impl Iterator<Item = &'a Grant> {
    grants.iter().filter(|grant| grant.people.iter().any(|person| whose.contains(person)))
}

fn named(grant: &Grant) -> String {
    let number = if grant.number.is_empty() { "往年台账" } else { &grant.number };
    format!("{number}（{}，{}元）", grant.on.short_zh(), grant.amount.grouped())
}

/// A link as this officer may hold it: why it was made is free text.
fn masked(row: &mut LinkRow, officer: &Officer) {
    let audience = Audience::of(officer, officer.office.township());
    row.reason = shown(Field::Text, &row.reason, audience, Medium::Screen);
}

/// What the rules will say of two records once they are one.
fn says(reader: &Reader, (stays, joined): (PersonId, PersonId), by: &OfficerNo, now: Stamp) -> Vec<String> {
    let today = now.day();
    let one = reader.same_as(&BTreeSet::from([stays]));
    let other = reader.same_as(&BTreeSet::from([joined]));
    let both: BTreeSet<PersonId> = one.union(&other).copied().collect();
    let (first, last) = (Day::new(today.year(), 1, 1), Day::new(today.year(), 12, 31));
    let grants = reader.grants_of(&both, first.unwrap_or(today), last.unwrap_or(today));
    let mut told = Vec::new();
    if grants.is_empty() {
        told.push("两份记录本年都没有救助".to_owned());
    } else {
        let sum: crate::base::money::Money = grants.iter().map(|grant| grant.amount).sum();
        told.push(format!("合并后本年共{}笔{}元，本人往年救助合在一起看", grants.len(), sum.grouped()));
    }
    // What is one hardship in two names was perhaps helped twice.
    let alike = |a: &Grant, b: &Grant| {
        (a.matter.is_some() && a.matter == b.matter)
            || (a.circumstance.is_some() && a.circumstance == b.circumstance)
    };
    for mine in of_year(&grants, &one) {
        for theirs in
            of_year(&grants, &other).filter(|theirs| theirs.source != mine.source && alike(mine, theirs))
        {
            told.push(format!(
                "本年两份各有一笔情形相同的：{}与{}，请核对是否重复救助",
                named(mine),
                named(theirs)
            ));
        }
    }
    let mut imagined = Imagined::over(reader);
    let link = PeopleLinked {
        merge: MergeId([0; 16]),
        stays,
        joined,
        state: LinkState::Joined,
        by: by.clone(),
        reason: None,
    };
    imagined.apply(by, now, &[Fact::PeopleLinked(link)], &Private::default());
    for case in reader.cases_with(&both).into_iter().filter_map(|case| reader.case(case)) {
        if case.stage.is_final() || !case.granted.is_empty() {
            continue;
        }
        let before = would_repeat(reader, &case, today);
        if let Some(grant) = would_repeat(&imagined, &case, today).filter(|_| before.is_none()) {
            told.push(format!(
                "在办的{}合并后不能再由乡镇审批：同一事项本年已救助{}",
                case.number,
                named(&grant)
            ));
        }
    }
    if one.iter().chain(&other).any(|person| reader.person(*person).is_some_and(|known| known.died.is_some()))
    {
        told.push("其中一份已登记去世：合并后不能再以另一份申请和领款".to_owned());
    }
    told
}

impl Front {
    /// The links that the officer in session sees: those of his township, at the county all.
    ///
    /// # Errors
    /// No business with people; the disk of this PC.
    pub fn links(&self) -> Result<Vec<LinkRow>, Fault> {
        self.may_look()?;
        let officer = self.officer()?;
        let mut rows = self.reader()?.links(self.now().day())?;
        if let Some(own) = officer.office.township() {
            rows.retain(|row| row.is_of(own));
        }
        rows.iter_mut().for_each(|row| masked(row, &officer));
        Ok(rows)
    }

    /// How many links wait for the word of the officer in session.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn link_pile(&self) -> Result<LinkPile, Fault> {
        let officer = self.officer()?;
        if !officer.is(Role::Handler) && !officer.is(Role::Approver) {
            return Ok(LinkPile::default());
        }
        let rows = self.reader()?.links_waiting(self.now().day())?;
        let own = officer.office.township();
        let mine = |row: &&LinkRow| row.link.by != officer.no && own.is_none_or(|own| row.is_of(own));
        let mut waiting = rows.iter().filter(mine).peekable();
        let since = waiting.peek().map(|row| row.on);
        Ok(LinkPile { count: u32::try_from(waiting.count()).unwrap_or(u32::MAX), since })
    }

    /// Two records side by side, as the officer in session may see each.
    ///
    /// # Errors
    /// No business with people; the disk of this PC.
    pub fn compare(&self, stays: PersonId, joined: PersonId) -> Result<Option<Compared>, Fault> {
        self.compared(stays, joined, None)
    }

    /// The two records of a link side by side.
    ///
    /// # Errors
    /// As [`Front::compare`].
    pub fn compare_link(&self, link: MergeId) -> Result<Option<Compared>, Fault> {
        self.may_look()?;
        let Some(mut row) = self.reader()?.link_row(link, self.now().day())? else { return Ok(None) };
        masked(&mut row, &self.officer()?);
        self.compared(row.link.stays, row.link.joined, Some(row))
    }

    fn compared(
        &self,
        stays: PersonId,
        joined: PersonId,
        link: Option<LinkRow>,
    ) -> Result<Option<Compared>, Fault> {
        self.may_look()?;
        let officer = self.officer()?;
        let (reader, now) = (self.reader()?, self.now());
        let card = |person| -> Result<Option<FamilyCard>, Fault> {
            let card = reader.family_card(person, now.day())?;
            Ok(card.map(|card| {
                let audience = Audience::of(&officer, card.who.township);
                seen::family(card, audience)
            }))
        };
        let (Some(one), Some(other)) = (card(stays)?, card(joined)?) else { return Ok(None) };
        let says = says(reader, (stays, joined), &officer.no, now);
        Ok(Some(Compared { stays: one, joined: other, link, says, me: officer.no }))
    }

    /// 子女账户: those noted in a year, or all, for the county.
    ///
    /// # Errors
    /// Not the county's officer; the disk of this PC.
    pub fn child_accounts(&self, year: Option<i32>) -> Result<Vec<ChildAccountRow>, Fault> {
        let officer = self.officer()?;
        seen::may_list_children(&officer)?;
        let rows = self.reader()?.child_accounts_of(year)?;
        Ok(rows.into_iter().map(|row| seen::child_account(row, &officer, Medium::Screen)).collect())
    }
}
