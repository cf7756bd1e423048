//! 急难登记: one form becomes person, household, matter, case and what is to happen with it, as one group.

use super::people::{self, Said};
use super::{Desk, Draft, Gap, Halt, fresh, words};
use crate::base::account::Account;
use crate::base::codes;
use crate::base::day::{Day, Stamp};
use crate::base::division;
use crate::base::money::Money;
use crate::domain::answers::{Answers as State, Matter};
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::approval::Submit;
use crate::domain::command::emergency::{Authority, PaidFrom, PayFirst, RecordPaid};
use crate::domain::command::intake::{OpenCase, OpenMatter};
use crate::domain::grant::{Goods, Line, instalments, total};
use crate::domain::hints;
use crate::domain::ids::{CaseId, HouseholdId, LeadId, LineId, MatterId, OfficerNo, PersonId, Text};
use crate::domain::nouns::{AccountKind, Applicant, Circumstance, LineKind, Need, Path, PayBy, Payee};
use crate::domain::office::Tier;
use crate::domain::private::Private;
use crate::forms::Answers;
use crate::office::payout::account::{Typed, marked};
use std::collections::BTreeSet;

/// Cards have no fewer digits.
const CARD: usize = 16;

/// What a filled form asks of the log.
#[derive(Debug)]
pub struct Emergency {
    /// The new case.
    pub case: CaseId,
    /// The applicant.
    pub person: PersonId,
    /// What is asked for in all.
    pub amount: Money,
    /// The commands, in order.
    pub drafts: Vec<Draft>,
}

/// Everything of the form that several commands share; 支出型申请登记 shares it too.
pub(super) struct Sheet<'a> {
    desk: &'a Desk<'a>,
    answers: &'a Answers,
    township: u16,
    village: u64,
    circumstance: Circumstance,
    on: Day,
    overrides: BTreeSet<Code>,
}

/// The household, where there is one, and what the form says of its members besides.
type Housed = (Option<HouseholdId>, Vec<(PersonId, String)>);

/// What a case is about.
struct About {
    case: CaseId,
    lead: Option<LeadId>,
    matter: MatterId,
    person: PersonId,
    household: Option<HouseholdId>,
    /// What the form says of its members besides.
    members: Vec<(PersonId, String)>,
}

/// Composes the emergency form. `overrides` are the warnings that the officer goes on in spite of, with the reason in
/// the form; `handed_over` is when money was given while the drive was away.
///
/// # Errors
/// Fields to be mended; the machine.
pub fn compose(
    desk: &Desk<'_>,
    answers: &Answers,
    lead: Option<LeadId>,
    overrides: &BTreeSet<Code>,
    handed_over: Option<Stamp>,
) -> Result<Emergency, Halt> {
    let sheet = sheet(desk, answers, overrides)?;
    let paid_before = handed_over.is_some() || answers.is("handling", "record_paid");
    let Opened { case, person, people, matter, lines, mut drafts } =
        sheet.begin(lead, (Path::Emergency, Need::Sudden), paid_before)?;
    let amount = total(&lines);
    match answers.text("handling") {
        "direct" => drafts.push(sheet.pay_first(case, lines, false, handed_over)?),
        "advance" => drafts.push(sheet.pay_first(case, lines, true, handed_over)?),
        "record_paid" => drafts.push(sheet.record(case, lines)?),
        _ => drafts.push(sheet.submit(case, &people, matter, amount)),
    }
    Ok(Emergency { case, person, amount, drafts })
}

/// What is opened: the case, and the commands up to it.
pub(super) struct Opened {
    /// The new case.
    pub(super) case: CaseId,
    /// The applicant.
    pub(super) person: PersonId,
    /// He and everybody known in his household.
    pub(super) people: BTreeSet<PersonId>,
    /// The matter.
    pub(super) matter: MatterId,
    /// What is asked for.
    pub(super) lines: Vec<Line>,
    /// The commands, in order.
    pub(super) drafts: Vec<Draft>,
}

/// Reads what several commands share.
///
/// # Errors
/// Fields to be mended.
pub(super) fn sheet<'a>(
    desk: &'a Desk<'a>,
    answers: &'a Answers,
    overrides: &BTreeSet<Code>,
) -> Result<Sheet<'a>, Halt> {
    let village: u64 = answers.text("village").parse().unwrap_or(0);
    let place =
        division::village(village).ok_or_else(|| Gap::new("village", "请选择现住村（居），按F4选择"))?;
    let circumstance = words::circumstance(answers.text("circumstance"))
        .ok_or_else(|| Gap::new("circumstance", "请选择急难情形，打1至8"))?;
    let on = answers.day("event_date").unwrap_or_else(|| desk.now.day());
    Ok(Sheet {
        desk,
        answers,
        township: place.township,
        village,
        circumstance,
        on,
        overrides: overrides.clone(),
    })
}

impl Sheet<'_> {
    /// Person, household, matter and case on a path.
    ///
    /// # Errors
    /// Fields to be mended; the machine.
    pub(super) fn begin(
        &self,
        lead: Option<LeadId>,
        way: (Path, Need),
        paid_before: bool,
    ) -> Result<Opened, Halt> {
        let answers = self.answers;
        let said = Said {
            name: answers.text("name"),
            id_no: answers.text("id_no"),
            no_papers: answers.text("no_id_reason"),
            phone: answers.text("phone"),
            // anybody else's is no detail of the person
            account: if words::payee(answers.text("payee")) == Payee::Self_ {
                answers.text("account")
            } else {
                ""
            },
        };
        let met = people::meet(self.desk, &said, "id_no")?;
        let mut drafts: Vec<Draft> = met.note.into_iter().collect();
        let (household, members) = self.household(met.person, &mut drafts)?;
        let people = self.people(met.person, household);
        let matter = self.matter(&people, &mut drafts)?;
        let lines = self.lines()?;
        let case = CaseId(fresh()?);
        let about = About { case, lead, matter, person: met.person, household, members };
        drafts.push(self.open(&about, lines.clone(), way, paid_before)?);
        if !paid_before {
            drafts.extend(self.account(case, &lines)?);
        }
        Ok(Opened { case, person: met.person, people, matter, lines, drafts })
    }

    fn household(&self, person: PersonId, drafts: &mut Vec<Draft>) -> Result<Housed, Halt> {
        let today = self.desk.now.day();
        let known = self.desk.state.household_of(person, today);
        if self.answers.is("apply_as", "person") && known.is_none() {
            return Ok((None, Vec::new()));
        }
        let home = people::home(self.desk, person, self.answers, self.township, self.village)?;
        drafts.extend(home.drafts);
        Ok((Some(home.household), home.said))
    }

    /// Whom earlier matters are looked up for: the applicant and everybody known in the household.
    fn people(&self, person: PersonId, household: Option<HouseholdId>) -> BTreeSet<PersonId> {
        people_of(self.desk.state, person, household, self.desk.now.day())
    }

    /// The same circumstance on the same day is the same matter; anything else is a new one.
    fn matter(&self, people: &BTreeSet<PersonId>, drafts: &mut Vec<Draft>) -> Result<MatterId, Halt> {
        if let Some(known) = known_matter(self.desk, people, self.circumstance, self.on) {
            return Ok(known.id);
        }
        let matter = MatterId(fresh()?);
        let mut private = Private::default();
        let override_reason = self.reason_for(&mut private, Code::MatterDup);
        let open = OpenMatter {
            matter,
            township: self.township,
            circumstance: self.circumstance,
            on: self.on,
            place: Some(self.village),
            shared: false,
            people: people.iter().copied().collect(),
            overrides: self.only(&[Code::MatterDup]),
            override_reason,
        };
        drafts.push((Command::OpenMatter(open), private));
        Ok(matter)
    }

    fn lines(&self) -> Result<Vec<Line>, Halt> {
        let answers = self.answers;
        let payee = words::payee(answers.text("payee"));
        let mut lines = Vec::new();
        if !answers.is("manner", "goods") {
            let amount =
                answers.money("amount").ok_or_else(|| Gap::new("amount", "请填写金额，最多两位小数"))?;
            // What was paid already came in the way it says; what is to be paid goes the way that is asked.
            let how = if answers.is("handling", "record_paid") { "paid_how" } else { "channel" };
            let pay_by = words::pay_by(answers.text(how));
            // Only the form of the expenditure path asks in how many instalments.
            let count = answers.count("instalments").and_then(|count| u8::try_from(count).ok()).unwrap_or(1);
            for (after, amount) in instalments(amount, count) {
                lines.push(Line {
                    line: LineId(fresh()?),
                    kind: LineKind::Money,
                    amount,
                    goods: None,
                    pay_by,
                    payee,
                    after,
                });
            }
        }
        if !answers.is("manner", "money") {
            let gap = || Gap::new("goods_qty", "请填写实物的数量和单价，数量乘单价须到分");
            let quantity_milli =
                crate::forms::kind::thousandths(answers.text("goods_qty")).ok_or_else(gap)?;
            let goods = Goods {
                item: answers.text("goods_name").to_owned(),
                unit: answers.text("goods_unit").to_owned(),
                quantity_milli,
                price: answers.money("goods_price").ok_or_else(gap)?,
            };
            let amount = goods.value().ok_or_else(gap)?;
            let goods = Some(goods);
            lines.push(Line {
                line: LineId(fresh()?),
                kind: LineKind::Goods,
                amount,
                goods,
                pay_by: PayBy::Cash,
                payee,
                after: 0,
            });
        }
        // 三（七）: the service is there unless the handler took it away.
        if hints::counselling(self.circumstance) && !answers.is("counsel", "no") {
            lines.push(hints::counselling_line(LineId(fresh()?)));
        }
        Ok(lines)
    }

    /// 登记账户 with what the form says already, so that a card given at the window is judged like any other and typed once:
    /// the person's own, his guardian's, or that of the institution that keeps him. Others' accounts have papers for which
    /// this form has no room.
    fn account(&self, case: CaseId, lines: &[Line]) -> Result<Option<Draft>, Halt> {
        let (answers, typed) = (self.answers, self.answers.text("account"));
        let by_card = |line: &Line| line.kind == LineKind::Money && line.pay_by == PayBy::Bank;
        if typed.is_empty() || !lines.iter().any(by_card) {
            return Ok(None);
        }
        let number = Account::parse(typed).map_err(|problem| Gap::new("account", problem.to_string()))?;
        let payee = words::payee(answers.text("payee"));
        let (holder, kind) = match payee {
            Payee::Self_ => (answers.text("name"), kind_of(&number)),
            Payee::Institution | Payee::Station => (answers.text("payee_name"), AccountKind::Corporate),
            Payee::Guardian | Payee::Proxy | Payee::Child => (answers.text("payee_name"), kind_of(&number)),
        };
        let said = answers.text("payee_relation");
        let relation = match payee {
            Payee::Guardian => codes::relation().iter().find(|one| one.name == said).map(|one| one.code),
            _ => None,
        };
        let later = match payee {
            Payee::Proxy => "代领人的账户要有委托书",
            Payee::Child => "子女的账户要由审批人登记",
            Payee::Guardian if relation.is_none() => "监护人的关系要按国标的称谓选",
            _ => "",
        };
        if !later.is_empty() {
            let sentence = format!("{later}，这里的账号请空着，登记后在办件的「登记账户」登记。");
            return Err(Gap::new("account", sentence).into());
        }
        let given = Typed {
            case,
            payee,
            kind,
            number: number.as_str(),
            holder,
            bank: "",
            letter: "",
            relation: relation.unwrap_or_default(),
        };
        let (mut note, mut private) = marked(&(self.desk.key)()?, &given)?;
        note.overrides = self.only(&[Code::AccountShared]);
        note.override_reason = self.reason_for(&mut private, Code::AccountShared);
        Ok(Some((Command::NoteAccount(note), private)))
    }

    fn open(
        &self,
        about: &About,
        lines: Vec<Line>,
        (path, need): (Path, Need),
        paid_before: bool,
    ) -> Result<Draft, Halt> {
        let About { case, lead, matter, person, household, ref members } = *about;
        let answers = self.answers;
        let mut private = Private::default();
        let reason = private.put("reason", answers.text("reason"));
        private.put("place", answers.text("place"));
        private.put("other-aid", answers.text("other_aid_note"));
        private.put("payee", &payee_text(answers));
        private.put("no-counselling", answers.text("counsel_note"));
        for (member, text) in members {
            private.put(&format!("joined-{member}"), text);
        }
        let codes = [Code::PathCategory, Code::RepeatLikely, Code::YearEdge, Code::Severity];
        let override_reason = self.reason_for_any(&mut private, &codes);
        let applicant =
            if answers.is("apply_as", "person") { Applicant::Individual } else { Applicant::Household };
        let open = OpenCase {
            case,
            lead,
            matter,
            person,
            household,
            applicant,
            helped: u16::try_from(answers.count("beneficiaries").unwrap_or(1)).unwrap_or(1),
            township: self.township,
            village: self.village,
            circumstance: self.circumstance,
            severity: words::severity(answers.text("severity"))
                .ok_or_else(|| Gap::new("severity", "请选择急难程度，打1至3"))?,
            path,
            need,
            schemes: words::schemes(answers.text("other_aid")),
            lines,
            by_meeting: false,
            reason,
            blank: None,
            paid_before,
            handler: None,
            overrides: self.only(&codes),
            override_reason,
        };
        Ok((Command::OpenCase(open), private))
    }

    fn submit(&self, case: CaseId, people: &BTreeSet<PersonId>, matter: MatterId, amount: Money) -> Draft {
        let mut private = Private::default();
        let override_reason = self.reason_for(&mut private, Code::Severity);
        let to = self.tier_for(people, matter, amount);
        let note = None;
        let submit =
            Submit { case, lines: None, to, note, overrides: self.only(&[Code::Severity]), override_reason };
        (Command::Submit(submit), private)
    }

    /// The lowest tier whose limit holds what the household gets for this matter in the year.
    fn tier_for(&self, people: &BTreeSet<PersonId>, matter: MatterId, amount: Money) -> Tier {
        let limit = self.desk.state.pack_now().map_or(Money::ZERO, |pack| pack.tier.township_limit);
        if granted_this_year(self.desk, people, matter) + amount <= limit {
            Tier::Township
        } else {
            Tier::County
        }
    }

    fn authority(&self, private: &mut Private, at: Stamp) -> Authority {
        let by = OfficerNo(self.answers.text("authorised_by").to_owned());
        if by.0.is_empty() {
            return Authority::Nobody {};
        }
        match self.answers.text("auth_how") {
            "phone" => Authority::Telephone {
                by,
                at,
                number: private.put("telephone", self.answers.text("auth_phone")),
            },
            "code" => Authority::Code { by, code: self.answers.text("auth_code").to_owned(), at },
            "unverified" => Authority::Unverified { by, at },
            _ => Authority::Nobody {},
        }
    }

    fn pay_first(
        &self,
        case: CaseId,
        lines: Vec<Line>,
        advance: bool,
        handed_over: Option<Stamp>,
    ) -> Result<Draft, Halt> {
        let answers = self.answers;
        let mut private = Private::default();
        let authority = self.authority(&mut private, handed_over.unwrap_or(self.desk.now));
        let codes = [Code::SplitTierFirst, Code::Severity, Code::YearEdge, Code::AccountShared];
        let override_reason = self.reason_for_any(&mut private, &codes);
        let pay = PayFirst {
            case,
            lines,
            authority,
            cash_reason: private.put("cash-reason", answers.text("cash_reason")),
            receipt: private.put("recipient", answers.text("recipient")),
            witness: private.put("witness", answers.text("witness")),
            blank: blank(self.answers.text("blank")),
            handed_over,
            overrides: self.only(&codes),
            override_reason,
        };
        let command = if advance { Command::Advance(pay) } else { Command::Direct(pay) };
        Ok((command, private))
    }

    fn record(&self, case: CaseId, lines: Vec<Line>) -> Result<Draft, Halt> {
        let answers = self.answers;
        let mut private = Private::default();
        let on = answers.day("paid_on").unwrap_or_else(|| self.desk.now.day());
        let at = if on == self.desk.now.day() { self.desk.now } else { Stamp::at(on, 12, 0) };
        let from = if answers.is("paid_from", "pocket") { PaidFrom::Pocket } else { PaidFrom::Reserve };
        let record = RecordPaid {
            case,
            lines,
            at,
            officer: None,
            payer: private.put("payer", answers.text("paid_by")),
            receipt: private.put("recipient", answers.text("paid_to")),
            witness: private.put("witness", answers.text("witness")),
            from,
            authority: self.authority(&mut private, at),
            blank: blank(self.answers.text("blank")),
        };
        Ok((Command::RecordPaid(record), private))
    }

    fn only(&self, codes: &[Code]) -> BTreeSet<Code> {
        self.overrides.iter().copied().filter(|code| codes.contains(code)).collect()
    }

    fn reason_for(&self, private: &mut Private, code: Code) -> Option<Text> {
        self.reason_for_any(private, &[code])
    }

    fn reason_for_any(&self, private: &mut Private, codes: &[Code]) -> Option<Text> {
        if self.only(codes).is_empty() {
            return None;
        }
        private.put("override", self.answers.text("override_reason"))
    }
}

/// Card or passbook, which the form does not ask: a number whose check digit fits, or as long as a card's, is a card's.
fn kind_of(number: &Account) -> AccountKind {
    match number.luhn_ok() || number.as_str().len() >= CARD {
        true => AccountKind::Card,
        false => AccountKind::Passbook,
    }
}

/// The number of the sheet on which a payment was written down, as printed there.
pub(crate) fn blank(typed: &str) -> Option<String> {
    let typed = crate::base::fold::digits(typed.trim()).to_uppercase();
    Some(typed).filter(|number| !number.is_empty())
}

/// A person with everybody of his household on a day.
pub fn people_of(
    state: &dyn State,
    person: PersonId,
    household: Option<HouseholdId>,
    on: Day,
) -> BTreeSet<PersonId> {
    let home = household.and_then(|id| state.household(id));
    let mut people: BTreeSet<PersonId> =
        home.map(|home| home.on(on)).unwrap_or_default().into_iter().collect();
    people.insert(person);
    people
}

/// The matter that a form means, where it is known already: of these people, the same circumstance, the same day.
pub fn known_matter(
    desk: &Desk<'_>,
    people: &BTreeSet<PersonId>,
    circumstance: Circumstance,
    on: Day,
) -> Option<Matter> {
    desk.state
        .matters_of(people)
        .into_iter()
        .find(|matter| matter.circumstance == circumstance && matter.on == on)
}

/// What these people were granted for a matter in the year of today.
pub fn granted_this_year(desk: &Desk<'_>, people: &BTreeSet<PersonId>, matter: MatterId) -> Money {
    let today = desk.now.day();
    let (Some(from), Some(to)) = (Day::new(today.year(), 1, 1), Day::new(today.year(), 12, 31)) else {
        return Money::ZERO;
    };
    let grants = desk.state.grants_of(people, from, to);
    grants.iter().filter(|grant| grant.matter == Some(matter)).map(|grant| grant.amount).sum()
}

fn payee_text(answers: &Answers) -> String {
    let name = answers.text("payee_name");
    if name.is_empty() {
        return String::new();
    }
    format!("{name} {} {}", answers.text("payee_relation"), answers.text("payee_id")).trim().to_owned()
}
