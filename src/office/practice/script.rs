//! The script of practice: who did what at which moment, as commands. It knows how a case is told, not what becomes of it:
//! the rules decide when it is played.

mod goods;
mod hardship;
mod money;
mod partners;
mod path;
mod records;
mod registers;
mod steps;

use super::days::Days;
use super::people::{Home, People};
use crate::base::day::Stamp;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::intake::{AnswerLead, EndLead, LeadArgs, OpenCase, OpenMatter};
use crate::domain::grant::{Goods, Line};
use crate::domain::ids::{CaseId, DiscovererId, LeadId, LineId, MatterId};
use crate::domain::nouns::{
    Applicant, Channel, Circumstance, LeadEnd, LineKind, Need, Path, PayBy, Payee, Schemes, Severity,
};
use crate::domain::private::Private;
use crate::office::compose::Draft;
use crate::office::import::RowKey;
use crate::office::random;
use crate::store::fault::Fault;
use std::collections::BTreeSet;
use std::collections::{BTreeMap, VecDeque};

pub(super) use path::{ANY, OLDER, Until};
pub(super) use records::Pair;
pub(super) use steps::Word;

/// One thing that somebody did: commands that stand or fall together.
pub(super) struct Event {
    /// When.
    pub(super) at: Stamp,
    /// Who.
    pub(super) by: &'static str,
    /// What.
    pub(super) drafts: Vec<Draft>,
}

/// When: working days back and the place in that day.
pub(super) type When = (u32, usize);

/// The plan of a case.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The circumstance.
    pub(super) circumstance: Circumstance,
    /// The severity.
    pub(super) severity: Severity,
    /// The path.
    pub(super) path: Path,
    /// The sum of money, fen.
    pub(super) fen: i64,
    /// In how many instalments of the same sum it is paid, a month apart.
    pub(super) parts: u8,
    /// How it is paid.
    pub(super) pay_by: PayBy,
    /// Goods beside the money: what, unit, how many, fen each.
    pub(super) goods: Option<(&'static str, &'static str, i64, i64)>,
    /// One person for himself, not the household.
    pub(super) alone: bool,
    /// Case by case.
    pub(super) by_meeting: bool,
    /// Money was handed over before the case was opened.
    pub(super) paid_before: bool,
    /// The blank sheet on which it was written down.
    pub(super) blank: Option<String>,
    /// The reason in words.
    pub(super) reason: &'static str,
}

impl Plan {
    /// A plan of money by card.
    pub(super) fn of(circumstance: u8, severity: u8, fen: i64, reason: &'static str) -> Plan {
        Plan {
            circumstance: Circumstance::from_digit(circumstance).unwrap_or(Circumstance::Accident),
            severity: Severity::from_digit(severity).unwrap_or(Severity::Light),
            path: Path::Emergency,
            fen,
            parts: 1,
            pay_by: PayBy::Bank,
            goods: None,
            alone: false,
            by_meeting: false,
            paid_before: false,
            blank: None,
            reason,
        }
    }

    /// A plan of money by card on the expenditure path (支出型).
    pub(super) fn spending(circumstance: u8, severity: u8, fen: i64, reason: &'static str) -> Plan {
        Plan { path: Path::Expenditure, ..Plan::of(circumstance, severity, fen, reason) }
    }

    /// The same, written down on a numbered blank sheet while there was no power.
    pub(super) fn on_sheet(mut self, blank: String) -> Plan {
        self.blank = Some(blank);
        self
    }

    /// The same in monthly instalments.
    pub(super) fn in_parts(mut self, parts: u8) -> Plan {
        self.parts = parts;
        self
    }

    /// The same in cash.
    pub(super) fn cash(mut self) -> Plan {
        self.pay_by = PayBy::Cash;
        self
    }
}

/// A case of the script.
#[derive(Clone, Debug)]
pub(super) struct Told {
    /// The case.
    pub(super) case: CaseId,
    /// Its matter.
    pub(super) matter: MatterId,
    /// Its lines.
    pub(super) lines: Vec<Line>,
    /// Its household.
    pub(super) home: Home,
    /// Its handler.
    pub(super) by: &'static str,
    /// Its plan.
    pub(super) plan: Plan,
}

/// The script.
pub(super) struct Script<'a> {
    pub(super) days: &'a Days,
    /// What marks accounts.
    key: &'a RowKey,
    homes: BTreeMap<u16, VecDeque<Home>>,
    events: Vec<Event>,
}

impl<'a> Script<'a> {
    /// An empty script over the people.
    pub(super) fn new(days: &'a Days, people: &People, key: &'a RowKey) -> Script<'a> {
        let today = days.today();
        let homes = [102, 103, 108].map(|township| (township, people.homes(township, today).into()));
        Script { days, key, homes: BTreeMap::from(homes), events: Vec::new() }
    }

    /// What happened.
    pub(super) fn events(self) -> Vec<Event> {
        self.events
    }

    /// The next household of a township that no story has had; each only once, so that no rule meets two stories.
    pub(super) fn home(&mut self, township: u16) -> Result<Home, Fault> {
        let next = self.homes.get_mut(&township).and_then(VecDeque::pop_front);
        next.ok_or_else(|| Fault::bug(format!("练习中 {township} 没有更多家庭")))
    }

    /// The next household that fits.
    pub(super) fn home_where(&mut self, township: u16, fits: impl Fn(&Home) -> bool) -> Result<Home, Fault> {
        let homes = self.homes.entry(township).or_default();
        let at = homes.iter().position(fits);
        at.and_then(|at| homes.remove(at))
            .ok_or_else(|| Fault::bug(format!("练习中 {township} 没有合适的家庭")))
    }

    fn say(&mut self, when: When, by: &'static str, drafts: Vec<Draft>) {
        self.events.push(Event { at: self.days.at(when.0, when.1), by, drafts });
    }

    /// 登记线索 of a household.
    pub(super) fn lead(
        &mut self,
        when: When,
        by: &'static str,
        home: &Home,
        channel: Channel,
        plan: (u8, u8, &'static str),
    ) -> Result<LeadId, Fault> {
        self.found(when, by, home, channel, plan, None)
    }

    /// The same, found by somebody of the team.
    pub(super) fn found(
        &mut self,
        when: When,
        by: &'static str,
        home: &Home,
        channel: Channel,
        plan: (u8, u8, &'static str),
        discoverer: Option<DiscovererId>,
    ) -> Result<LeadId, Fault> {
        let lead = LeadId(random::bytes()?);
        let mut private = Private::default();
        let said = private.put("said", plan.2);
        private.put("who", &home.name);
        private.put("caller", if channel == Channel::Village { "村委会" } else { &home.name });
        private.put("caller-phone", &home.details.phone);
        let args = LeadArgs {
            lead,
            channel,
            township: home.township,
            village: Some(home.village),
            circumstance: Circumstance::from_digit(plan.0).unwrap_or(Circumstance::Accident),
            severity: Severity::from_digit(plan.1).unwrap_or(Severity::Light),
            at: self.days.at(when.0, when.1),
            person: Some(home.head),
            said,
            discoverer,
        };
        self.say(when, by, vec![(Command::Lead(args), private)]);
        Ok(lead)
    }

    /// 到场.
    pub(super) fn answer(&mut self, when: When, by: &'static str, lead: LeadId) {
        let at = self.days.at(when.0, when.1);
        self.say(when, by, vec![(Command::AnswerLead(AnswerLead { lead, at }), Private::default())]);
    }

    /// 了结线索.
    pub(super) fn end(&mut self, when: When, by: &'static str, lead: LeadId, how: LeadEnd, why: &str) {
        let mut private = Private::default();
        let reason = private.put("reason", why);
        self.say(when, by, vec![(Command::EndLead(EndLead { lead, how, reason }), private)]);
    }

    /// A matter that many households share (群体性).
    pub(super) fn shared(
        &mut self,
        when: When,
        by: &'static str,
        home: &Home,
        circumstance: u8,
    ) -> Result<MatterId, Fault> {
        let matter = MatterId(random::bytes()?);
        let mut open = self.matter(
            matter,
            when,
            home,
            Circumstance::from_digit(circumstance).unwrap_or(Circumstance::Incident),
        );
        open.shared = true;
        open.people.clear();
        self.say(when, by, vec![(Command::OpenMatter(open), Private::default())]);
        Ok(matter)
    }

    fn matter(&self, matter: MatterId, when: When, home: &Home, circumstance: Circumstance) -> OpenMatter {
        OpenMatter {
            matter,
            township: home.township,
            circumstance,
            on: self.days.at(when.0, when.1).day(),
            place: Some(home.village),
            shared: false,
            people: home.members.clone(),
            overrides: BTreeSet::new(),
            override_reason: None,
        }
    }

    /// 登记事项 and 受理 in one.
    pub(super) fn open(
        &mut self,
        when: When,
        by: &'static str,
        home: Home,
        plan: Plan,
        lead: Option<LeadId>,
    ) -> Result<Told, Fault> {
        let matter = MatterId(random::bytes()?);
        let open = self.matter(matter, when, &home, plan.circumstance);
        let mut told = self.told(by, home, plan, matter)?;
        if told.plan.alone {
            told.home.members = vec![told.home.head];
        }
        let case = self.open_case(&told, lead);
        self.say(when, by, vec![(Command::OpenMatter(open), Private::default()), case]);
        Ok(told)
    }

    /// 受理 for a matter that stands already.
    pub(super) fn open_for(
        &mut self,
        when: When,
        by: &'static str,
        home: Home,
        plan: Plan,
        matter: MatterId,
    ) -> Result<Told, Fault> {
        let told = self.told(by, home, plan, matter)?;
        let case = self.open_case(&told, None);
        self.say(when, by, vec![case]);
        Ok(told)
    }

    fn told(&self, by: &'static str, home: Home, plan: Plan, matter: MatterId) -> Result<Told, Fault> {
        Ok(Told { case: CaseId(random::bytes()?), matter, lines: lines(&plan)?, home, by, plan })
    }

    fn open_case(&self, told: &Told, lead: Option<LeadId>) -> Draft {
        let (plan, home) = (&told.plan, &told.home);
        let mut private = Private::default();
        let reason = private.put("reason", plan.reason);
        let mut overrides = BTreeSet::new();
        if plan.circumstance.usual_path() != plan.path {
            overrides.insert(Code::PathCategory);
        }
        let override_reason = if overrides.is_empty() {
            None
        } else {
            private.put(
                "override",
                match plan.path {
                    Path::Emergency => "病情突然加重，等不及评议",
                    Path::Expenditure => "支出数月累积而成，并不紧迫",
                },
            )
        };
        let open = OpenCase {
            case: told.case,
            lead,
            matter: told.matter,
            person: home.head,
            household: (!plan.alone).then_some(home.id),
            applicant: if plan.alone { Applicant::Individual } else { Applicant::Household },
            helped: if plan.alone { 1 } else { home.size },
            township: home.township,
            village: home.village,
            circumstance: plan.circumstance,
            severity: plan.severity,
            path: plan.path,
            need: if plan.path == Path::Emergency { Need::Sudden } else { Need::Temporary },
            schemes: Schemes::NotYet,
            lines: told.lines.clone(),
            by_meeting: plan.by_meeting,
            reason,
            blank: None,
            paid_before: plan.paid_before,
            handler: None,
            overrides,
            override_reason,
        };
        (Command::OpenCase(open), private)
    }
}

fn lines(plan: &Plan) -> Result<Vec<Line>, Fault> {
    let mut lines = Vec::new();
    let parts = if plan.fen > 0 { plan.parts } else { 0 };
    for after in 0..parts {
        lines.push(Line {
            line: LineId(random::bytes()?),
            kind: LineKind::Money,
            amount: Money::from_fen(plan.fen / i64::from(parts)),
            goods: None,
            pay_by: plan.pay_by,
            payee: Payee::Self_,
            after,
        });
    }
    if let Some((item, unit, count, fen)) = plan.goods {
        let goods = Goods {
            item: item.to_owned(),
            unit: unit.to_owned(),
            quantity_milli: count * 1_000,
            price: Money::from_fen(fen),
        };
        let amount = goods.value().ok_or_else(|| Fault::bug("练习实物的数量和单价算不到分"))?;
        let (line, kind) = (LineId(random::bytes()?), LineKind::Goods);
        lines.push(Line {
            line,
            kind,
            amount,
            goods: Some(goods),
            pay_by: PayBy::Cash,
            payee: Payee::Self_,
            after: 0,
        });
    }
    Ok(lines)
}
