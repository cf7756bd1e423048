//! The county's desk at the front: what is done beyond one approver and beside the cases, and what its screens read.

pub mod grid;

use super::Front;
use crate::base::day::Day;
use crate::base::id_no::IdNo;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::command::approval::{AlsoMet, HoldMeeting, MeetingPaper};
use crate::domain::command::intake::{ChangeHousehold, FormHousehold, NewMember};
use crate::domain::command::tiers as args;
use crate::domain::ids::{
    CaseId, HouseholdId, IncidentId, LineId, MatterId, PartnerId, PersonId, ReferralId,
};
use crate::domain::nouns::{Circumstance, MeetingKind, Payee, Stage};
use crate::domain::office::{Office, Tier};
use crate::domain::privacy::Audience;
use crate::domain::private::Private;
use crate::domain::tiers::{
    CityAnswer, HelpKind, ReferOutcome, ReferTo, ServiceKind, TierAnswers as _, TierFile,
};
use crate::office::compose::county::household::{self, Struck};
use crate::office::compose::{self, Draft, Gap, Halt};
use crate::office::front::deed::with_total;
use crate::office::{random, seen};
use crate::store::fault::Fault;
use crate::store::replica::views::filings::{FiledDecision, FiledRoster};
use crate::store::replica::views::incident::StruckLine;
use crate::store::replica::views::tiers::{Beside, IncidentLine, UnfiledMonth, Work};

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CountyDeed {
    /// 股室审核: case, whether it agrees, up to what sum, in which words.
    Examine(CaseId, bool, Money, String),
    /// 报市级审批: case, sum, 请示文号, why.
    ToCity(CaseId, Money, String, String),
    /// 市级批复.
    CityReply {
        /// The case.
        case: CaseId,
        /// 批复文号.
        document: String,
        /// 批复日期.
        on: Day,
        /// What it says.
        answer: CityAnswer,
        /// Its sum; nothing where it does not agree.
        amount: Money,
        /// Its words.
        text: String,
    },
    /// 复核市级批复: case, 文号, day, sum.
    CheckCity(CaseId, String, Day, Money),
    /// 提级审批.
    Raise(CaseId, String),
    /// 退回乡镇审批.
    HandDown(CaseId, String),
    /// 会议记录.
    Meeting(Box<Minutes>),
    /// 备案 of a township's year and month.
    FileRoster(u16, i32, u32),
    /// 备案退回.
    CallBack(CaseId, String),
    /// 备案退回办结.
    SettleCallBack(CaseId, String),
    /// 转介.
    Refer {
        /// The case.
        case: CaseId,
        /// The line of the grant that it carries out.
        line: Option<LineId>,
        /// To whom.
        to: ReferTo,
        /// The day it is handed over.
        on: Day,
        /// The body and who takes it.
        body: String,
        /// What is asked.
        what: String,
        /// The body of the register that it is.
        partner: Option<PartnerId>,
    },
    /// 转介回执: referral, result, day, words, what was given.
    ReferReply(ReferralId, ReferOutcome, Day, String, Option<Money>),
    /// 服务记录.
    Serve {
        /// The case.
        case: CaseId,
        /// Which service.
        kind: ServiceKind,
        /// The day.
        on: Day,
        /// How many times.
        sessions: u16,
        /// By whom.
        provider: String,
        /// With what result.
        result: String,
    },
    /// 其他救助: case, kind, day, sum, words.
    OtherHelp(CaseId, HelpKind, Day, Option<Money>, String),
    /// 户籍地答复: case, day, whether it helped, with how much, words.
    HomeReply(CaseId, Day, bool, Option<Money>, String),
    /// 变更申请人.
    ChangeApplicant(CaseId, PersonId, String),
    /// 改发何人.
    HoldPayee(CaseId, Payee, Option<PersonId>, String),
    /// 改用政策包.
    Rebase(CaseId, String, String),
    /// 分户: a member of the case's household lives by himself from a day on.
    Split(CaseId, PersonId, Day),
    /// 合户: whoever holds an id number joins the case's household from a day on, as a relation of GB/T 4761.
    Join(CaseId, String, &'static str, Day),
    /// 群体性事项.
    OpenIncident {
        /// The township.
        township: u16,
        /// The circumstance.
        circumstance: Circumstance,
        /// 发生日期.
        on: Day,
        /// What people call it.
        name: String,
    },
    /// 群体性事项结束.
    CloseIncident(IncidentId, String),
    /// A household of an incident's roster becomes a case and is submitted.
    Household(Box<Struck>),
}

/// The minutes of a meeting (F14) as they are typed.
#[derive(Clone, PartialEq, Eq)]
pub struct Minutes {
    /// The case.
    pub case: CaseId,
    /// The day.
    pub on: Day,
    /// The tier that met.
    pub tier: Tier,
    /// Which of the county's meetings.
    pub kind: Option<MeetingKind>,
    /// How many were there.
    pub present: u16,
    /// What was decided.
    pub amount: Money,
    /// The decision in words.
    pub minutes: String,
    /// 地点, 主持, 参会单位和人员, 议题, 各方意见; empty where nothing is said.
    pub words: [String; 5],
    /// Other cases of the same meeting with their sums.
    pub also: Vec<(CaseId, Money)>,
}

/// Minutes name people; the debug form tells the case and the sum only.
impl std::fmt::Debug for Minutes {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Minutes({:?} {:?} {} {})", self.case, self.tier, self.present, self.amount)
    }
}

impl CountyDeed {
    /// Its commands.
    ///
    /// # Errors
    /// Fields to be mended; the machine.
    pub fn compose(&self, desk: &compose::Desk<'_>) -> Result<Vec<Draft>, Halt> {
        match self {
            CountyDeed::Household(row) => household::compose(desk, row),
            other => other.one(desk).map(|draft| vec![draft]),
        }
    }

    /// The deeds that are one command.
    fn one(&self, desk: &compose::Desk<'_>) -> Result<Draft, Halt> {
        let mut private = Private::default();
        let command = match self.clone() {
            CountyDeed::Examine(case, agrees, amount, opinion) => {
                Command::CountyExamine(args::CountyExamine {
                    case,
                    on: desk.now.day(),
                    agrees,
                    amount,
                    opinion: private.put("opinion", &opinion),
                })
            }
            CountyDeed::ToCity(case, amount, document, reason) => Command::ToCity(args::ToCity {
                case,
                amount,
                document: Some(document.trim().to_owned()).filter(|text| !text.is_empty()),
                reason: private.put("reason", &reason),
            }),
            CountyDeed::CityReply { case, document, on, answer, amount, text } => {
                let text = private.put("text", &text);
                Command::CityReply(args::CityReplyArgs { case, document, on, answer, amount, text })
            }
            CountyDeed::CheckCity(case, document, on, amount) => {
                let lines = lines_of(desk, case, amount)?;
                Command::CheckCity(args::CheckCity { case, document, on, amount, lines })
            }
            CountyDeed::Raise(case, reason) => {
                Command::RaiseTier(args::RaiseTier { case, reason: private.put("reason", &reason) })
            }
            CountyDeed::HandDown(case, reason) => {
                Command::HandDown(args::HandDown { case, reason: private.put("reason", &reason) })
            }
            CountyDeed::Meeting(minutes) => Command::HoldMeeting(minutes.command(&mut private)),
            CountyDeed::FileRoster(township, year, month) => {
                Command::FileRoster(args::FileRoster { township, year, month })
            }
            CountyDeed::CallBack(case, reason) => {
                Command::CallBack(args::CallBack { case, reason: private.put("reason", &reason) })
            }
            CountyDeed::SettleCallBack(case, reason) => {
                Command::SettleCallBack(args::SettleCallBack { case, reason: private.put("reason", &reason) })
            }
            CountyDeed::Refer { case, line, to, on, body, what, partner } => Command::Refer(args::Refer {
                referral: ReferralId(random::bytes()?),
                case,
                line,
                to,
                on,
                body: private.put("body", &body),
                what: private.put("what", &what),
                partner,
            }),
            CountyDeed::ReferReply(referral, outcome, on, text, given) => {
                let text = private.put("text", &text);
                Command::ReferReply(args::ReferReply { referral, outcome, on, text, given })
            }
            CountyDeed::Serve { case, kind, on, sessions, provider, result } => Command::Serve(args::Serve {
                case,
                kind,
                on,
                sessions,
                provider: private.put("provider", &provider),
                result: private.put("result", &result),
            }),
            CountyDeed::OtherHelp(case, kind, on, amount, text) => {
                let text = private.put("text", &text);
                Command::NoteOtherHelp(args::NoteOtherHelp { case, kind, on, amount, text })
            }
            CountyDeed::HomeReply(case, on, helped, amount, text) => {
                let text = private.put("text", &text);
                Command::HomeReply(args::HomeReply { case, on, helped, amount, text })
            }
            CountyDeed::ChangeApplicant(case, person, reason) => {
                let reason = private.put("reason", &reason);
                Command::ChangeApplicant(args::ChangeApplicant { case, person, reason })
            }
            CountyDeed::HoldPayee(case, payee, person, reason) => {
                let reason = private.put("reason", &reason);
                Command::HoldPayee(args::HoldPayee { case, payee, person, reason })
            }
            CountyDeed::Rebase(case, pack, reason) => {
                Command::RebasePack(args::RebasePack { case, pack, reason: private.put("reason", &reason) })
            }
            CountyDeed::Split(case, person, since) => split(desk, case, person, since)?,
            CountyDeed::Join(case, id_no, relation, since) => join(desk, case, &id_no, relation, since)?,
            CountyDeed::OpenIncident { township, circumstance, on, name } => {
                Command::OpenIncident(args::OpenIncident {
                    incident: IncidentId(random::bytes()?),
                    matter: MatterId(random::bytes()?),
                    township,
                    circumstance,
                    on,
                    place: None,
                    name: private.put("name", &name),
                })
            }
            CountyDeed::CloseIncident(incident, reason) => {
                let reason = private.put("reason", &reason);
                Command::CloseIncident(args::CloseIncident { incident, reason })
            }
            CountyDeed::Household(_) => return Err(Halt::Fault(Fault::bug("这一项不是单独一条指令"))),
        };
        Ok((command, private))
    }

    /// The case it is about.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            CountyDeed::Examine(case, ..)
            | CountyDeed::ToCity(case, ..)
            | CountyDeed::CityReply { case, .. }
            | CountyDeed::CheckCity(case, ..)
            | CountyDeed::Raise(case, _)
            | CountyDeed::HandDown(case, _)
            | CountyDeed::CallBack(case, _)
            | CountyDeed::SettleCallBack(case, _)
            | CountyDeed::Refer { case, .. }
            | CountyDeed::Serve { case, .. }
            | CountyDeed::OtherHelp(case, ..)
            | CountyDeed::HomeReply(case, ..)
            | CountyDeed::ChangeApplicant(case, ..)
            | CountyDeed::HoldPayee(case, ..)
            | CountyDeed::Rebase(case, ..)
            | CountyDeed::Split(case, ..)
            | CountyDeed::Join(case, ..) => Some(*case),
            CountyDeed::Meeting(minutes) => Some(minutes.case),
            // the case has no number before it is there
            CountyDeed::Household(_)
            | CountyDeed::FileRoster(..)
            | CountyDeed::ReferReply(..)
            | CountyDeed::OpenIncident { .. }
            | CountyDeed::CloseIncident(..) => None,
        }
    }

    /// Whether it is signed within a run of approvals that the password opened, and for which sum. None for what is done
    /// without a signature.
    pub fn signed_for(&self) -> Option<Option<Money>> {
        match self {
            CountyDeed::ToCity(_, amount, ..) | CountyDeed::CheckCity(.., amount) => Some(Some(*amount)),
            CountyDeed::Examine(..) | CountyDeed::HandDown(..) | CountyDeed::HoldPayee(..) => Some(None),
            _ => None,
        }
    }

    /// What is said when it is done.
    pub fn said(&self) -> &'static str {
        match self {
            CountyDeed::Examine(_, true, ..) => "股室已审核同意",
            CountyDeed::Examine(..) => "股室已审核，不同意",
            CountyDeed::ToCity(..) => "已报市",
            CountyDeed::CityReply { .. } => "市级批复已登记，待另一人复核",
            CountyDeed::CheckCity(..) => "市级批复已复核",
            CountyDeed::Raise(..) => "已提级，由县局审批",
            CountyDeed::HandDown(..) => "已退回乡镇审批",
            CountyDeed::Meeting(_) => "会议记录已登记",
            CountyDeed::FileRoster(..) => "备案花名册已报县局",
            CountyDeed::CallBack(..) => "备案已退回",
            CountyDeed::SettleCallBack(..) => "备案退回已办结",
            CountyDeed::Refer { .. } => "转介已登记",
            CountyDeed::ReferReply(..) => "转介回执已登记",
            CountyDeed::Serve { .. } => "服务已记录",
            CountyDeed::OtherHelp(..) => "其他救助已记录",
            CountyDeed::HomeReply(..) => "户籍地答复已登记",
            CountyDeed::ChangeApplicant(..) => "申请人已变更",
            CountyDeed::HoldPayee(..) => "改发何人已注明",
            CountyDeed::Rebase(..) => "已改用政策包",
            CountyDeed::Split(..) => "已分户",
            CountyDeed::Join(..) => "已合户",
            CountyDeed::OpenIncident { .. } => "群体性事项已登记",
            CountyDeed::CloseIncident(..) => "群体性事项已结束",
            CountyDeed::Household(_) => "已报批",
        }
    }
}

impl Minutes {
    fn command(&self, private: &mut Private) -> HoldMeeting {
        let [place, chair, attendees, topic, opinions] = &self.words;
        let mut put = |slot: &'static str, text: &str| private.put(slot, text);
        HoldMeeting {
            case: self.case,
            on: self.on,
            tier: self.tier,
            kind: self.kind,
            present: self.present,
            amount: self.amount,
            minutes: put("minutes", &self.minutes),
            paper: MeetingPaper {
                place: put("place", place),
                chair: put("chair", chair),
                attendees: put("attendees", attendees),
                topic: put("topic", topic),
                opinions: put("opinions", opinions),
            },
            also: self.also.iter().map(|(case, amount)| AlsoMet { case: *case, amount: *amount }).collect(),
        }
    }
}

fn gone(field: &'static str) -> Gap {
    Gap { field, sentence: "找不到这一件，请按F5刷新".to_owned() }
}

/// The lines of the case with the city's sum; none where it granted nothing.
fn lines_of(
    desk: &compose::Desk<'_>,
    case: CaseId,
    amount: Money,
) -> Result<Vec<crate::domain::grant::Line>, Halt> {
    if amount.is_zero() {
        return Ok(Vec::new());
    }
    let known = desk.state.case(case).ok_or_else(|| gone("amount"))?;
    with_total(&known, amount).map_err(|halt| match halt {
        Halt::Gaps(_) => {
            let sentence = "批复金额与明细凑不成（实物和已先付的不能改）。请核对原件；确实如此的，请登记人把批复改为退回县局，\
                            再由审批人退回经办人按批复额改明细";
            Gap { field: "amount", sentence: sentence.to_owned() }.into()
        }
        fault @ Halt::Fault(_) => fault,
    })
}

fn household(desk: &compose::Desk<'_>, case: CaseId) -> Result<crate::domain::answers::Household, Halt> {
    let known = desk.state.case(case).ok_or_else(|| gone("person"))?;
    let found = known.household.and_then(|id| desk.state.household(id));
    let none = || Gap {
        field: "person",
        sentence: "这一件没有登记家庭，请先在急难登记里填写家庭成员".to_owned(),
    };
    found.ok_or_else(|| none().into())
}

/// Who lives by himself forms a household of his own; by that he leaves the one before.
fn split(desk: &compose::Desk<'_>, case: CaseId, person: PersonId, since: Day) -> Result<Command, Halt> {
    let from = household(desk, case)?;
    Ok(Command::FormHousehold(FormHousehold {
        household: HouseholdId(random::bytes()?),
        township: from.township,
        village: from.village,
        status: from.status,
        since,
        members: vec![NewMember { person, relation: "02".to_owned() }],
        size: 1,
    }))
}

fn join(
    desk: &compose::Desk<'_>,
    case: CaseId,
    id_no: &str,
    relation: &str,
    since: Day,
) -> Result<Command, Halt> {
    let into = household(desk, case)?;
    let gap = |sentence: String| Gap { field: "id_no", sentence };
    let id = IdNo::parse(id_no, desk.now.day()).map_err(|problem| gap(problem.to_string()))?;
    let (person, _) = desk
        .state
        .holder_of(id.as_str())
        .ok_or_else(|| gap("这个身份证号还没有登记过；请先登记本人，再合户".to_owned()))?;
    Ok(Command::ChangeHousehold(ChangeHousehold {
        household: into.id,
        since,
        join: vec![NewMember { person, relation: relation.to_owned() }],
        leave: Vec::new(),
        status: None,
        size: None,
    }))
}

/// Everything beside a case that its screens show.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct CaseFile {
    /// What the rules look at.
    pub file: TierFile,
    /// Meetings, examinations, the city, referrals, services and help.
    pub beside: Beside,
    /// The packs that were adopted, each id with its title.
    pub packs: Vec<(String, String)>,
    /// The members of the household, each with the name; the applicant first.
    pub members: Vec<(PersonId, String)>,
    /// Whether the pack of the case asks for 股室审核.
    pub examines: bool,
    /// Whether the case's applicant is registered as dead.
    pub died: bool,
    /// The other cases of its incident that are not at their end, each with what it asks for.
    pub beside_incident: Vec<(CaseId, Money)>,
}

/// It holds names; the debug form tells how much there is only.
impl std::fmt::Debug for CaseFile {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CaseFile({:?} {} members)", self.beside, self.members.len())
    }
}

/// 备案: months that are due, and rosters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filings {
    /// Months whose decisions are not on file.
    pub due: Vec<UnfiledMonth>,
    /// Rosters, the latest first.
    pub filed: Vec<FiledRoster>,
}

/// A roster with its decisions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RosterView {
    /// The roster.
    pub head: FiledRoster,
    /// Its decisions.
    pub rows: Vec<FiledDecision>,
}

/// How much of it waits for the officer in session.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CountyPile {
    /// Things that wait beyond one approver and beside the cases.
    pub work: u32,
    /// Until when the first of them is due.
    pub due: Option<Day>,
    /// Months whose roster is to be filed.
    pub months: u32,
    /// Until when the first of them is due.
    pub month_due: Option<Day>,
}

/// How many rosters are shown: two years of all townships.
const ROSTERS: usize = 700;

impl Front {
    /// What waits beyond one approver and beside the cases, of the officer's township or of all.
    ///
    /// # Errors
    /// Nobody with business there is signed in; the replica cannot be read.
    pub fn county_work(&self) -> Result<Vec<Work>, Fault> {
        let officer = self.officer()?;
        seen::may_work(&officer)?;
        let reader = self.reader()?;
        let mut all = reader.tier_work(officer.office.township(), None)?;
        if officer.office == Office::County {
            reader.bar_work(&mut all, &officer, self.now().day())?;
        }
        Ok(all)
    }

    /// What stands beside a case; none where it is not there.
    ///
    /// # Errors
    /// Another township's case; the replica cannot be read.
    pub fn county_file(&self, id: CaseId) -> Result<Option<CaseFile>, Fault> {
        let reader = self.reader()?;
        let Some(case) = reader.case(id) else { return Ok(None) };
        seen::may_open(Audience::of(&self.officer()?, Some(case.township)))?;
        let today = self.now().day();
        let mut people = vec![case.person];
        let household = case.household.and_then(|id| reader.household(id));
        people.extend(
            household
                .map(|home| home.on(today))
                .unwrap_or_default()
                .into_iter()
                .filter(|p| *p != case.person),
        );
        let beside_incident = match reader.incident_of(case.matter) {
            Some(_) => reader.struck(case.matter)?,
            None => Vec::new(),
        };
        let waits = |row: &StruckLine| {
            let open = matches!(row.stage, Stage::Open | Stage::Submitted | Stage::Returned);
            (row.case != id && open).then_some((row.case, row.asked))
        };
        let beside_incident = beside_incident.iter().filter_map(waits).collect();
        let mut members = Vec::new();
        for person in people {
            members.push((person, reader.details(person)?.unwrap_or_default().name));
        }
        Ok(Some(CaseFile {
            file: reader.tier_file(id),
            beside: reader.beside(id)?,
            packs: reader.packs_adopted()?,
            members,
            beside_incident,
            examines: reader.pack(&case.pack).is_some_and(|pack| pack.county.examines(case.path)),
            died: reader.person(case.person).is_some_and(|person| person.died.is_some()),
        }))
    }

    /// 备案 as the officer sees it.
    ///
    /// # Errors
    /// Nobody with business there is signed in; the replica cannot be read.
    pub fn filings(&self) -> Result<Filings, Fault> {
        let officer = self.officer()?;
        seen::may_work(&officer)?;
        let (reader, own) = (self.reader()?, officer.office.township());
        Ok(Filings {
            due: reader.unfiled_months(own, self.now().day())?,
            filed: reader.rosters_filed(own, ROSTERS)?,
        })
    }

    /// A roster; none where there is no such one.
    ///
    /// # Errors
    /// Another township's; the replica cannot be read.
    pub fn roster(&self, number: &str) -> Result<Option<RosterView>, Fault> {
        let reader = self.reader()?;
        seen::may_work(&self.officer()?)?;
        let Some(head) = reader.roster_filed(number)? else { return Ok(None) };
        seen::may_open(Audience::of(&self.officer()?, Some(head.township)))?;
        Ok(Some(RosterView { head, rows: reader.filed_decisions(number)? }))
    }

    /// The incidents of the officer's township, or all.
    ///
    /// # Errors
    /// Nobody with business there is signed in; the replica cannot be read.
    pub fn incidents(&self) -> Result<Vec<IncidentLine>, Fault> {
        let officer = self.officer()?;
        seen::may_work(&officer)?;
        Ok(self.reader()?.incidents(officer.office.township())?)
    }

    /// How much of it waits, for home; nothing for who has no business there.
    ///
    /// # Errors
    /// Nobody is signed in; the replica cannot be read.
    pub fn county_pile(&self) -> Result<CountyPile, Fault> {
        let officer = self.officer()?;
        if seen::may_work(&officer).is_err() {
            return Ok(CountyPile::default());
        }
        let work = self.county_work()?;
        let months = self.reader()?.unfiled_months(officer.office.township(), self.now().day())?;
        let count = |len: usize| u32::try_from(len).unwrap_or(u32::MAX);
        Ok(CountyPile {
            work: count(work.len()),
            due: work.iter().filter_map(|work| work.due).min(),
            months: count(months.len()),
            month_due: months.iter().map(|month| month.due).min(),
        })
    }
}

#[cfg(test)]
mod tests;
