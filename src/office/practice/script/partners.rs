//! 协作单位 and what is referred to them in the script.

use super::{Script, Told, When};
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::partners::NotePartner;
use crate::domain::command::tiers::{Refer, ReferReply};
use crate::domain::ids::{PartnerId, ReferralId};
use crate::domain::partners::PartnerKind;
use crate::domain::private::Private;
use crate::domain::tiers::{ReferOutcome, ReferTo};
use crate::office::random;
use crate::store::fault::Fault;

impl Script<'_> {
    /// 协作单位登记: name, who is asked for, what it helps with; with the township it is paired with.
    pub(in super::super) fn partner(
        &mut self,
        when: When,
        by: &'static str,
        kind: PartnerKind,
        said: (&str, &str, &str),
        paired: Option<u16>,
    ) -> Result<PartnerId, Fault> {
        let partner = PartnerId(random::bytes()?);
        let mut private = Private::default();
        let args = NotePartner {
            partner,
            kind,
            paired,
            since: self.days.at(when.0, when.1).day(),
            until: None,
            name: private.put("name", said.0),
            contact: private.put("contact", said.1),
            helps: private.put("helps", said.2),
            reason: None,
        };
        self.say(when, by, vec![(Command::NotePartner(args), private)]);
        Ok(partner)
    }

    /// 转介, to a body of the register or to another one that is named only.
    pub(in super::super) fn refer(
        &mut self,
        when: When,
        told: &Told,
        to: (ReferTo, Option<PartnerId>),
        said: (&str, &str),
    ) -> Result<ReferralId, Fault> {
        let referral = ReferralId(random::bytes()?);
        let mut private = Private::default();
        let args = Refer {
            referral,
            case: told.case,
            line: None,
            to: to.0,
            on: self.days.at(when.0, when.1).day(),
            body: private.put("body", said.0),
            what: private.put("what", said.1),
            partner: to.1,
        };
        self.say(when, told.by, vec![(Command::Refer(args), private)]);
        Ok(referral)
    }

    /// 转介回执 with what was given.
    pub(in super::super) fn referred(
        &mut self,
        when: When,
        told: &Told,
        referral: ReferralId,
        words: &str,
        fen: i64,
    ) {
        let mut private = Private::default();
        let args = ReferReply {
            referral,
            outcome: ReferOutcome::Done,
            on: self.days.at(when.0, when.1).day(),
            text: private.put("text", words),
            given: Some(Money::from_fen(fen)),
        };
        self.say(when, told.by, vec![(Command::ReferReply(args), private)]);
    }
}
