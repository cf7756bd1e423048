//! The tiers beyond one approver (分档审批, 四（三）二) and what stands beside a case: the county's chain, the city, filing
//! with the county (备案), referrals (转介), the home township's answer, who takes the money of the dead, and incidents that
//! many households share. Applied from facts; the rules ask it through [`TierAnswers`].

use super::fact::Fact;
use super::ids::{CaseId, IncidentId, MatterId, OfficerNo, PersonId, ReferralId};
use super::nouns::{Payee, Stage, words};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::archive::Retention;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

words! {
    /// What the city answered (市级批复).
    CityAnswer {
        /// 同意: the sum is its.
        Agreed = 1 "同意",
        /// 不同意.
        Refused = 2 "不同意",
        /// 退回: the county decides itself or asks again.
        Back = 3 "退回县局",
    }
}

words! {
    /// To whom somebody is referred (转介去向), S25 to S27.
    ReferTo {
        /// 最低生活保障.
        Allowance = 1 "低保",
        /// 特困供养.
        Destitute = 2 "特困供养",
        /// 医疗救助.
        Medical = 3 "医疗救助",
        /// 教育资助.
        Education = 4 "教育资助",
        /// 住房救助.
        Housing = 5 "住房救助",
        /// 就业援助.
        Employment = 6 "就业援助",
        /// 残联.
        Disabled = 7 "残联",
        /// 公益慈善组织.
        Charity = 8 "慈善组织",
        /// 社会工作服务机构.
        SocialWork = 9 "社工机构",
        /// 其他部门或单位.
        Other = 0 "其他单位",
    }
}

words! {
    /// What became of a referral (转介结果).
    ReferOutcome {
        /// 已接收: acknowledged, its result still to come.
        Received = 1 "已接收",
        /// 不予接收.
        Declined = 2 "不予接收",
        /// 已办结.
        Done = 3 "已办结",
    }
}

words! {
    /// A service given (综合服务), S28.
    ServiceKind {
        /// 心理督导, as the notice prints it.
        Counselling = 1 "心理督导",
        /// 精神慰藉.
        Comfort = 2 "精神慰藉",
        /// 能力提升.
        Ability = 3 "能力提升",
        /// 社会融入.
        Belonging = 4 "社会融入",
    }
}

words! {
    /// Help that is not this fund's (其他救助), S7, S27: recorded, never counted as government money of this scheme.
    HelpKind {
        /// 其他社会救助制度.
        Scheme = 1 "制度救助",
        /// 保险赔付或他人赔偿.
        Insurance = 2 "保险赔付",
        /// 社会捐赠.
        Donation = 3 "社会捐赠",
        /// 结对帮扶.
        Pairing = 4 "结对帮扶",
        /// 家庭自救、亲友互助.
        Family = 5 "自救互助",
        /// 应急管理部门的灾害救助.
        Disaster = 6 "灾害救助",
    }
}

/// The county's section looked at a case (股室审核).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Examined {
    /// Who.
    pub by: OfficerNo,
    /// When.
    pub on: Day,
    /// Whether it agrees.
    pub agrees: bool,
    /// Up to what sum.
    pub amount: Money,
}

/// The city's answer, as somebody entered it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CityReply {
    /// 批复文号.
    pub document: String,
    /// 批复日期.
    pub on: Day,
    /// What it says.
    pub answer: CityAnswer,
    /// What it approves.
    pub amount: Money,
    /// Who entered it.
    pub by: OfficerNo,
}

/// A case put before the city (报市级审批).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CityFile {
    /// The day it was put there.
    pub on: Day,
    /// What the county proposes.
    pub amount: Money,
    /// The answer, entered.
    pub reply: Option<CityReply>,
    /// Whether another officer checked it.
    pub checked: bool,
}

/// The filing of a decision with the county (备案).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    /// The roster's number.
    pub number: String,
    /// The day of the decision that was filed; another decision is filed anew.
    pub on: Day,
}

/// Who takes the money instead of somebody who died (改发).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayeeNote {
    /// As what.
    pub payee: Payee,
    /// Whom, where he is known here.
    pub person: Option<PersonId>,
}

/// What stands beside a case.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TierFile {
    /// Whether it was raised to the county (提级) and not handed down.
    pub raised: bool,
    /// The examination of the present submission.
    pub examined: Option<Examined>,
    /// The city.
    pub city: Option<CityFile>,
    /// The filing.
    pub filed: Option<Filed>,
    /// Until when the township answers a filing that was called back (备案退回).
    pub called_back: Option<Day>,
    /// Whether the home township (户籍地) is to be asked.
    pub home_asked: bool,
    /// What it answered: whether it helped already.
    pub home_helped: Option<bool>,
    /// Who takes the money of the dead.
    pub payee: Option<PayeeNote>,
}

/// A referral (转介).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Referral {
    /// The id.
    pub id: ReferralId,
    /// The case.
    pub case: CaseId,
    /// To whom.
    pub to: ReferTo,
    /// The day it was handed over.
    pub on: Day,
    /// Until when it should be acknowledged.
    pub due: Day,
    /// What became of it.
    pub outcome: Option<ReferOutcome>,
}

impl Referral {
    /// Whether nobody acknowledged it in time.
    pub fn late(&self, today: Day) -> bool {
        self.outcome.is_none() && self.due < today
    }
}

/// An incident that struck many households (群体性事项): one matter; tiers and sums are each household's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Incident {
    /// The id.
    pub id: IncidentId,
    /// The matter.
    pub matter: MatterId,
    /// The township that numbers the matter.
    pub township: u16,
    /// Whether it takes no more households.
    pub closed: bool,
}

/// A decision on a roster (备案花名册).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RosterRow {
    /// The case.
    pub case: CaseId,
    /// The day of the decision.
    pub on: Day,
    /// Its sum, fen.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
}

/// The first and the last day of a month; none for a month that there is not.
pub fn month(year: i32, month: u32) -> Option<(Day, Day)> {
    let first = Day::new(year, month, 1)?;
    let next = if month == 12 { Day::new(year.checked_add(1)?, 1, 1) } else { Day::new(year, month + 1, 1) };
    Some((first, next?.plus(-1)))
}

/// What the rules may ask of all this.
pub trait TierAnswers {
    /// What stands beside a case.
    fn tier_file(&self, case: CaseId) -> TierFile;
    /// A referral.
    fn referral(&self, id: ReferralId) -> Option<Referral>;
    /// An incident.
    fn incident(&self, id: IncidentId) -> Option<Incident>;
    /// The case that lies in the archive under a number (归档号).
    fn archived_as(&self, number: &str) -> Option<CaseId>;
    /// The incident of a matter.
    fn incident_of(&self, matter: MatterId) -> Option<Incident>;
    /// The final decisions of a township's own tier from day to day that stand and are on no roster, in order of their
    /// cases' ids.
    fn unfiled(&self, township: u16, from: Day, to: Day) -> Vec<RosterRow>;
    /// The cases of a township or of all that were decided from day to day, in order of their ids.
    fn decided(&self, township: Option<u16>, from: Day, to: Day) -> Vec<CaseId>;
    /// How many rosters a township filed for a month.
    fn rosters(&self, township: u16, year: i32, month: u32) -> u32;
}

/// All of it, as facts made it.
#[derive(Clone, Debug, Default)]
pub struct TierBook {
    files: BTreeMap<CaseId, TierFile>,
    referrals: BTreeMap<ReferralId, Referral>,
    incidents: BTreeMap<IncidentId, Incident>,
    rosters: BTreeMap<(u16, i32, u32), BTreeSet<String>>,
    archived: BTreeMap<CaseId, (String, Retention)>,
}

impl TierBook {
    /// What stands beside a case.
    pub fn file(&self, case: CaseId) -> TierFile {
        self.files.get(&case).cloned().unwrap_or_default()
    }

    /// A referral.
    pub fn referral(&self, id: ReferralId) -> Option<Referral> {
        self.referrals.get(&id).cloned()
    }

    /// An incident.
    pub fn incident(&self, id: IncidentId) -> Option<Incident> {
        self.incidents.get(&id).cloned()
    }

    /// The case of a number of the archive.
    pub fn archived_as(&self, number: &str) -> Option<CaseId> {
        self.archived.iter().find(|(_, (known, _))| known == number).map(|(case, _)| *case)
    }

    /// How long the paper of a case is kept; none before it is archived.
    pub fn kept(&self, case: CaseId) -> Option<Retention> {
        self.archived.get(&case).map(|(_, keep)| *keep)
    }

    /// The incident of a matter.
    pub fn incident_of(&self, matter: MatterId) -> Option<Incident> {
        self.incidents.values().find(|known| known.matter == matter).cloned()
    }

    /// How many rosters were filed for a month.
    pub fn rosters(&self, township: u16, year: i32, month: u32) -> u32 {
        let filed = self.rosters.get(&(township, year, month)).map_or(0, BTreeSet::len);
        u32::try_from(filed).unwrap_or(u32::MAX)
    }

    /// Applies a fact; one about a case that `known` does not know changes nothing.
    pub fn apply(&mut self, fact: &Fact, known: impl Fn(CaseId) -> bool) {
        match fact {
            Fact::RosterFiled(filed) => {
                let of = (filed.township, filed.year, filed.month);
                self.rosters.entry(of).or_default().insert(filed.number.clone());
                for row in filed.rows.iter().filter(|row| known(row.case)) {
                    let filed = Filed { number: filed.number.clone(), on: row.on };
                    self.files.entry(row.case).or_default().filed = Some(filed);
                }
            }
            Fact::Archived(made) if known(made.case) => {
                self.archived.insert(made.case, (made.number.clone(), made.keep));
            }
            Fact::IncidentOpened(opened) => {
                let made = Incident {
                    id: opened.incident,
                    matter: opened.matter,
                    township: opened.township,
                    closed: false,
                };
                self.incidents.insert(opened.incident, made);
            }
            Fact::IncidentClosed(closed) => {
                if let Some(known) = self.incidents.get_mut(&closed.incident) {
                    known.closed = true;
                }
            }
            _ => {
                if let Some(case) = fact.case().filter(|case| known(*case)) {
                    self.of_case(case, fact);
                }
            }
        }
    }

    fn of_case(&mut self, case: CaseId, fact: &Fact) {
        let file = self.files.entry(case).or_default();
        match fact {
            // what was examined is examined again once the case has been back
            Fact::StageSet { stage: Stage::Submitted | Stage::Returned, .. } => file.examined = None,
            Fact::HomeToAsk { .. } => file.home_asked = true,
            Fact::CountyExamined(examined) => {
                file.examined = Some(Examined {
                    by: examined.by.clone(),
                    on: examined.on,
                    agrees: examined.agrees,
                    amount: examined.amount,
                });
            }
            Fact::TierRaised(_) => file.raised = true,
            Fact::TierLowered(_) => file.raised = false,
            Fact::CityAsked(asked) => {
                file.city =
                    Some(CityFile { on: asked.on, amount: asked.amount, reply: None, checked: false });
            }
            Fact::CityReplied(reply) => {
                if let Some(city) = &mut file.city {
                    city.checked = false;
                    city.reply = Some(CityReply {
                        document: reply.document.clone(),
                        on: reply.on,
                        answer: reply.answer,
                        amount: reply.amount,
                        by: reply.by.clone(),
                    });
                }
            }
            Fact::CityChecked(_) => {
                if let Some(city) = &mut file.city {
                    city.checked = true;
                }
            }
            Fact::CalledBack(back) => file.called_back = back.due,
            Fact::CallBackSettled(_) => file.called_back = None,
            Fact::HomeReplied(home) => {
                file.home_asked = true;
                file.home_helped = Some(home.helped);
            }
            Fact::PayeeNoted(noted) => {
                file.payee = Some(PayeeNote { payee: noted.payee, person: noted.person });
            }
            Fact::ReferralMade(made) => {
                let made = Referral {
                    id: made.referral,
                    case,
                    to: made.to,
                    on: made.on,
                    due: made.due,
                    outcome: None,
                };
                self.referrals.insert(made.id, made);
            }
            Fact::ReferralAnswered(answered) => {
                if let Some(known) = self.referrals.get_mut(&answered.referral) {
                    known.outcome = Some(answered.outcome);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_has_its_own_last_day() {
        let day = |y, m, d| Day::new(y, m, d).unwrap();
        assert_eq!(month(2028, 2), Some((day(2028, 2, 1), day(2028, 2, 29))));
        assert_eq!(month(2026, 12), Some((day(2026, 12, 1), day(2026, 12, 31))));
        assert_eq!(month(2026, 0), None);
    }
}
