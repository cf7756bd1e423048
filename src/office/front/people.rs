//! People at the front: who holds an id number, what the household was granted before, who may be asked for a word.

use super::Front;
use crate::domain::answers::Answers as _;
use crate::domain::ids::{OfficerNo, PersonId};
use crate::domain::office::{Office, Role, Tier};
use crate::domain::privacy::Audience;
use crate::forms::Offer;
use crate::office::seen;
use crate::store::fault::Fault;
use crate::store::replica::lookup::{FamilyCard, Hit};

/// How many hits a search shows.
const HITS: usize = 40;

impl Front {
    /// 查往年: the people that a text finds.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn search(&self, text: &str) -> Result<Vec<Hit>, Fault> {
        self.may_look()?;
        self.reader()?.search(text, self.now().day(), HITS).map_err(Fault::from)
    }

    /// What is known of a person and his household's aid.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn family(&self, person: PersonId) -> Result<Option<FamilyCard>, Fault> {
        self.may_look()?;
        let card = self.reader()?.family_card(person, self.now().day())?;
        let officer = self.officer()?;
        Ok(card.map(|card| {
            let audience = Audience::of(&officer, card.who.township);
            seen::family(card, audience)
        }))
    }

    /// The same for whoever holds an id number.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn holder(&self, id_no: &str) -> Result<Option<FamilyCard>, Fault> {
        match self.reader()?.holder_of(id_no) {
            Some((person, _)) => self.family(person),
            None => Ok(None),
        }
    }

    /// Who may give the word to pay first for a township: its own approvers, then the county's.
    pub fn may_authorise(&self, township: u16) -> Vec<Offer> {
        let mut offers: Vec<(Tier, Offer)> = self
            .listed()
            .into_iter()
            .filter(|listed| listed.roles.contains(&Role::Approver))
            .filter(|listed| {
                matches!(listed.office, Office::County) || listed.office == Office::Township(township)
            })
            .map(|listed| {
                let tier = listed.office.tier();
                let duty =
                    self.on_duty(&listed.no).map_or(String::new(), |phone| format!(" 今日值班 {phone}"));
                (tier, Offer::new(listed.no.0.clone(), format!("{} {}{duty}", listed.name, tier.zh())))
            })
            .collect();
        offers.sort_by(|a, b| (a.0, &a.1.value).cmp(&(b.0, &b.1.value)));
        offers.into_iter().map(|(_, offer)| offer).collect()
    }

    /// The telephone under which an officer is on duty today; none where he is not, or nothing can be read.
    fn on_duty(&self, no: &OfficerNo) -> Option<String> {
        let today = self.now().day();
        let duties = self.reader().ok()?.duties(None, today, Some(today)).ok()?;
        let mine = |(known, _): &(OfficerNo, String)| known == no;
        duties.into_iter().find(|duty| duty.officers.iter().any(mine)).map(|duty| duty.phone)
    }

    /// The name of an officer, his number where this desk does not know the name.
    pub fn officer_name(&self, no: &OfficerNo) -> String {
        let name = self.reader().ok().and_then(|reader| reader.officer(no)).map(|officer| officer.name);
        name.filter(|name| !name.is_empty()).unwrap_or_else(|| no.0.clone())
    }
}
