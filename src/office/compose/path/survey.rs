//! The survey at home and the schooling.

use super::Filled;
use crate::base::day::Stamp;
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::path::{Assets, Housing, Income, School, Spending, Survey};
use crate::domain::ids::PersonId;
use crate::domain::nouns::path::{SchoolStage, Structure, SurveyVerdict, Tenure};
use crate::domain::nouns::{LineKind, Status};
use crate::domain::private::Private;
use crate::office::compose::Gap;
use std::collections::BTreeSet;

impl Filled<'_> {
    pub(super) fn survey(&self, private: &mut Private) -> Result<Command, Gap> {
        let verdict = self.word("verdict", SurveyVerdict::from_digit)?;
        let holds = verdict == SurveyVerdict::True;
        let (matches, signed) = (self.yes("matches"), self.yes("signed"));
        let photos = self.count("photos");
        let others = self.count("others");
        // Nothing listed is said by no status at all.
        let mut policies = self.words("policies", Status::from_digit)?;
        policies.remove(&Status::Unlisted);
        let mut text = |slot, key: &str| private.put(slot, self.text(key));
        Ok(Command::Survey(Survey {
            case: self.case,
            at: self.moment()?,
            place: text("place", "place"),
            surveyors: self.officers(&["surveyors", "second"]),
            others,
            others_named: if others > 0 { text("surveyors", "others_named") } else { None },
            respondent: text("respondent", "respondent"),
            situation: text("situation", "situation"),
            housing: self.house()?,
            income: Box::new(Income {
                wages: self.sum("wages"),
                business: self.sum("business"),
                property: self.sum("property"),
                transfer: self.sum("transfer"),
            }),
            spending: Box::new(Spending {
                medical: self.sum("medical"),
                schooling: self.sum("schooling"),
                care: self.sum("care"),
                housing: self.sum("housing"),
            }),
            assets: Box::new(Assets {
                deposits: self.sum("deposits"),
                securities: self.sum("securities"),
                vehicles: self.count("vehicles"),
                machines: self.count("machines"),
                debt: self.sum("debt"),
            }),
            verified: text("verified", "verified"),
            matches,
            differs: if matches { None } else { text("differs", "differs") },
            policies,
            verdict,
            means: if holds { self.words("means", LineKind::from_digit)? } else { BTreeSet::new() },
            amount: if holds { self.sum("amount") } else { Money::ZERO },
            photos,
            photo_list: if photos > 0 { text("photos", "photo_list") } else { None },
            signed,
            unsigned: if signed { None } else { text("unsigned", "unsigned") },
        }))
    }

    fn moment(&self) -> Result<Stamp, Gap> {
        let day = self.day("at")?;
        let clock = self.text("time").split_once(':');
        let clock = clock.and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
        let (hour, minute) = clock.ok_or_else(|| Gap::new("time", "时间未填，请打四位数，如0910"))?;
        Ok(Stamp::at(day, hour, minute))
    }

    fn house(&self) -> Result<Housing, Gap> {
        let tenure = self.word("tenure", Tenure::from_digit)?;
        if tenure == Tenure::Nothing {
            return Ok(Housing { tenure, structure: Structure::Other, area: 0 });
        }
        Ok(Housing {
            tenure,
            structure: self.word("structure", Structure::from_digit)?,
            area: self.answers.count("area").unwrap_or(0),
        })
    }

    pub(super) fn school(&self, private: &mut Private) -> Result<Command, Gap> {
        let pupil: Result<PersonId, _> = self.text("pupil").parse();
        Ok(Command::School(School {
            case: self.case,
            on: self.day("on")?,
            pupil: pupil.map_err(|_| Gap::new("pupil", "就学的人没有选，请按F4选家庭成员"))?,
            stage: self.word("stage", SchoolStage::from_digit)?,
            at_home: self.yes("at_home"),
            regular: self.yes("regular"),
            years: u8::try_from(self.count("years")).unwrap_or(u8::MAX),
            tuition: self.sum("tuition"),
            aid: self.sum("aid"),
            school: private.put("school", self.text("school")),
        }))
    }
}
