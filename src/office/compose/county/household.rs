//! A row of an incident's roster (群体性事项花名册) becomes person, household, case and its submission, as one group. Tiers are
//! each household's own: one row never looks at another.

use crate::base::account::Account;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::approval::Submit;
use crate::domain::command::intake::{FormHousehold, NewMember, OpenCase};
use crate::domain::grant::Line;
use crate::domain::ids::{CaseId, HouseholdId, IncidentId, LineId, Text};
use crate::domain::nouns::{Applicant, LineKind, Need, Path, PayBy, Payee, Schemes, Severity, Status};
use crate::domain::office::Tier;
use crate::domain::private::Private;
use crate::office::compose::emergency::{granted_this_year, people_of};
use crate::office::compose::people::{self, Said};
use crate::office::compose::{Desk, Draft, Gap, Halt, fresh};
use std::collections::BTreeSet;

/// A household that an incident struck, as its row says it.
#[derive(Clone, PartialEq, Eq)]
pub struct Struck {
    /// The incident.
    pub incident: IncidentId,
    /// The case that it becomes: kept with the row, so that a row carried twice is one case.
    pub case: CaseId,
    /// 姓名.
    pub name: String,
    /// 身份证号.
    pub id_no: String,
    /// 村（居）.
    pub village: u64,
    /// 受助人数.
    pub people: u16,
    /// 申请额.
    pub amount: Money,
    /// 收款账号; empty where none is known yet.
    pub account: String,
    /// 急难程度.
    pub severity: Severity,
    /// 发放渠道.
    pub pay_by: PayBy,
    /// 事由, the same for all rows.
    pub reason: String,
    /// Warnings that the officer goes on in spite of.
    pub overrides: BTreeSet<Code>,
    /// Why; empty where there are none.
    pub override_reason: String,
}

/// Rows hold names; the debug form tells the case only.
impl std::fmt::Debug for Struck {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Struck({:?})", self.case)
    }
}

/// Warnings that a new case may come with.
const OF_CASE: [Code; 4] = [Code::PathCategory, Code::RepeatLikely, Code::YearEdge, Code::Severity];

impl Struck {
    /// Those of the overridden warnings that a command may give, and the reason where there is one.
    fn going_on(&self, private: &mut Private, codes: &[Code]) -> (BTreeSet<Code>, Option<Text>) {
        let own: BTreeSet<Code> =
            self.overrides.iter().copied().filter(|code| codes.contains(code)).collect();
        let reason = if own.is_empty() { None } else { private.put("override", &self.override_reason) };
        (own, reason)
    }
}

/// Composes a row.
///
/// # Errors
/// A cell to be mended; the machine.
pub fn compose(desk: &Desk<'_>, row: &Struck) -> Result<Vec<Draft>, Halt> {
    let missing = |field, sentence: &str| Gap { field, sentence: sentence.to_owned() };
    let incident = desk.state.incident(row.incident);
    let incident = incident.ok_or_else(|| missing("matter", "找不到这一群体性事项，请按F3返回后刷新"))?;
    let matter = desk.state.matter(incident.matter);
    let matter = matter.ok_or_else(|| missing("matter", "找不到这一群体性事项，请按F3返回后刷新"))?;
    let account = match row.account.as_str() {
        "" => String::new(),
        text => match Account::parse(text) {
            Ok(_) => text.to_owned(),
            Err(problem) => return Err(missing("account", &problem.to_string()).into()),
        },
    };
    let said = Said { name: &row.name, id_no: &row.id_no, no_papers: "", phone: "", account: &account };
    let met = people::meet(desk, &said, "id_no")?;
    let mut drafts: Vec<Draft> = met.note.into_iter().collect();
    let today = desk.now.day();
    let known = desk.state.household_of(met.person, today);
    let household = match known {
        Some(known) => Some(known),
        None if row.people > 1 => {
            let household = HouseholdId(fresh()?);
            let form = FormHousehold {
                household,
                township: incident.township,
                village: row.village,
                status: Status::Unlisted,
                since: today,
                members: vec![NewMember { person: met.person, relation: "02".to_owned() }],
                size: row.people,
            };
            drafts.push((Command::FormHousehold(form), Private::default()));
            Some(household)
        }
        None => None,
    };
    let line = Line {
        line: LineId(fresh()?),
        kind: LineKind::Money,
        amount: row.amount,
        goods: None,
        pay_by: row.pay_by,
        payee: Payee::Self_,
        after: 0,
    };
    let mut private = Private::default();
    let (overrides, override_reason) = row.going_on(&mut private, &OF_CASE);
    let open = OpenCase {
        case: row.case,
        lead: None,
        matter: matter.id,
        person: met.person,
        household,
        applicant: if household.is_some() { Applicant::Household } else { Applicant::Individual },
        helped: row.people,
        township: incident.township,
        village: row.village,
        circumstance: matter.circumstance,
        severity: row.severity,
        path: Path::Emergency,
        need: Need::Sudden,
        schemes: Schemes::NotYet,
        lines: vec![line],
        by_meeting: false,
        reason: private.put("reason", &row.reason),
        blank: None,
        paid_before: false,
        handler: None,
        overrides,
        override_reason,
    };
    drafts.push((Command::OpenCase(open), private));
    let people = people_of(desk.state, met.person, household, today);
    let limit = desk.state.pack_now().map_or(Money::ZERO, |pack| pack.tier.township_limit);
    let sum = granted_this_year(desk, &people, matter.id) + row.amount;
    let mut private = Private::default();
    let (overrides, override_reason) = row.going_on(&mut private, &[Code::Severity]);
    let submit = Submit {
        case: row.case,
        lines: None,
        to: if sum <= limit { Tier::Township } else { Tier::County },
        note: None,
        overrides,
        override_reason,
    };
    drafts.push((Command::Submit(submit), private));
    Ok(drafts)
}
