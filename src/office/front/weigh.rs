//! Weighing (预审): what the rules would say of a form as it stands, with clause, while it is typed. The same `decide` as in a
//! turn, on the replica and what the form's own commands before would make true.

use super::Front;
use super::codes;
use super::deed::Deed;
use super::imagine::Imagined;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::decide::{Ctx, decide};
use crate::domain::delegation;
use crate::domain::refusal::Refusal;
use crate::office::compose::{self, Draft};
use crate::store::fault::Fault;

/// What the rules would say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Weighed {
    /// Refusals, warnings and notes, in the order of the commands.
    pub verdicts: Vec<Refusal>,
    /// What the township may still grant for this matter this year, where the matter is clear.
    pub township_left: Option<Money>,
}

impl Front {
    /// Weighs a deed. What cannot be composed yet is weighed as far as it goes: nothing.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn weigh(&self, deed: &Deed) -> Result<Weighed, Fault> {
        let composed = match deed {
            Deed::Money(money) => self.money_drafts(money).ok(),
            _ => self.with_desk(|desk| Ok(deed.compose(desk).ok()))?,
        };
        let Some(drafts) = composed else { return Ok(Weighed::default()) };
        self.weigh_drafts(&drafts)
    }

    /// Weighs commands that stand or fall together.
    ///
    /// # Errors
    /// The disk of this PC.
    pub fn weigh_drafts(&self, drafts: &[Draft]) -> Result<Weighed, Fault> {
        let session = self.session()?;
        let officer = self.enrolled()?;
        let reader = self.reader()?;
        let head = reader.head().map_err(Fault::from)?;
        let now = self.now().max(crate::base::day::Stamp(head.share_ms));
        let Some(pack) = reader.pack_now() else { return Ok(Weighed::default()) };
        let key = session.signing.id().to_string();
        let mut state = Imagined::over(reader);
        let mut weighed = Weighed::default();
        for draft in drafts {
            let (command, private) = (&codes::untold(&draft.0), &draft.1);
            let author = delegation::acting(reader, officer.clone(), now.day(), command);
            let cx = Ctx {
                answers: &state,
                author: &author,
                key: &key,
                now,
                desk_now: now,
                seen: head.n,
                pack: &pack,
                private: Some(private),
            };
            match decide(&cx, command) {
                Ok(decision) => {
                    weighed.verdicts.extend(decision.notes);
                    state.apply(&officer.no, now, &decision.facts, private);
                }
                Err(refusals) => {
                    weighed.verdicts.extend(refusals);
                    break;
                }
            }
        }
        if let Some(fault) = reader.take_fault() {
            return Err(Fault::from(fault));
        }
        weighed.township_left = self.left(&state, drafts)?;
        Ok(weighed)
    }

    /// What the township may still grant for the matter that a case being opened is about.
    fn left(&self, state: &Imagined<'_>, drafts: &[Draft]) -> Result<Option<Money>, Fault> {
        let open = drafts.iter().find_map(|(command, _)| match command {
            Command::OpenCase(open) => Some(open),
            _ => None,
        });
        let (Some(open), Some(pack)) = (open, state.pack_now()) else { return Ok(None) };
        let people = compose::emergency::people_of(state, open.person, open.household, self.now().day());
        // Over the replica, not over what is imagined: this form's own money is not granted yet.
        let granted =
            self.with_desk(|desk| Ok(compose::emergency::granted_this_year(desk, &people, open.matter)))?;
        Ok(Some((pack.tier.township_limit - granted).max(Money::ZERO)))
    }
}
