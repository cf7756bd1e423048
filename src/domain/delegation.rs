//! Standing in for an approver (AB 角): from day to day, for one named approver, by one named officer. A delegation adds
//! powers where the author of a command is looked up; forbidden pairs, near relatives and limits are asked as always.

use super::answers::Answers;
use super::command::Command;
use super::ids::OfficerNo;
use super::office::{Office, Officer, Role};
use crate::base::day::Day;
use crate::base::money::Money;

/// A delegation that nobody ended early.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delegation {
    /// The first day.
    pub since: Day,
    /// The approver whose powers they are.
    pub from: OfficerNo,
    /// Who stands in.
    pub to: OfficerNo,
    /// The last day.
    pub until: Day,
}

impl Delegation {
    /// Whether it stands on a day; the first and the last day count.
    pub fn stands(&self, day: Day) -> bool {
        self.since <= day && day <= self.until
    }
}

/// For whom an officer stands in on a day. Nobody where the approver himself approves no more: what he lent ends with it.
pub fn stands_in_for(answers: &dyn Answers, officer: &Officer, day: Day) -> Option<Officer> {
    lent_to(answers, officer, day).map(|(giver, _)| giver)
}

/// [`stands_in_for`], with the delegation that says so.
pub fn lent_to(answers: &dyn Answers, officer: &Officer, day: Day) -> Option<(Officer, Delegation)> {
    if officer.ended || officer.roles.contains(&Role::Approver) {
        return None;
    }
    answers
        .delegations(&officer.no)
        .into_iter()
        .filter(|known| known.stands(day))
        .filter_map(|known| Some((answers.officer(&known.from)?, known)))
        .find(|(giver, _)| {
            giver.is(Role::Approver) && (giver.office == officer.office || officer.office == Office::County)
        })
}

/// An approver's own limit on a day. It holds for both: whoever lends powers lends no more than he has.
pub fn limit_of(answers: &dyn Answers, officer: &Officer, day: Day) -> Option<Money> {
    match stands_in_for(answers, officer, day) {
        Some(giver) => lower(giver.limit, officer.limit.filter(|_| officer.is(Role::Approver))),
        None => officer.limit,
    }
}

fn lower(giver: Option<Money>, own: Option<Money>) -> Option<Money> {
    match (giver, own) {
        (Some(giver), Some(own)) => Some(giver.min(own)),
        (giver, own) => giver.or(own),
    }
}

/// An officer with the powers that he holds on a day. In his own office he is an approver beside what he is, whatever he
/// does: whoever may approve there prepares no case of another. An officer of the county who stands in for a township
/// is that township's approver while he approves, and never an approver of the county.
pub fn acting(answers: &dyn Answers, mut officer: Officer, day: Day, command: &Command) -> Officer {
    let Some(giver) = stands_in_for(answers, &officer, day) else { return officer };
    if giver.office == officer.office || approves(command) {
        officer.office = giver.office;
        officer.limit = lower(giver.limit, officer.limit.filter(|_| officer.is(Role::Approver)));
        officer.roles.insert(Role::Approver);
    }
    officer
}

/// Whether a command is an approver's alone.
fn approves(command: &Command) -> bool {
    match command {
        Command::Approve(_)
        | Command::Refuse(_)
        | Command::Return(_)
        | Command::PassUp(_)
        | Command::HoldMeeting(_)
        | Command::Authorise(_)
        | Command::EndDelegation(_)
        | Command::HandOver(_)
        | Command::DutyList(_) => true,
        Command::LiftBrake(args) => args.by_telephone.is_none(),
        _ => false,
    }
}
