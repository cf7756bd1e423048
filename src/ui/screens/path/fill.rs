//! What the form of a step begins with: the case, earlier steps, the officer who fills it in, and what hardly ever changes from
//! one record to the next. What is filled is shown, skipped by Enter and reached by Up.

use super::hardship;
use crate::base::codes;
use crate::base::division;
use crate::domain::nouns::path::{MeansScope, SurveyVerdict};
use crate::domain::nouns::{Circumstance, LineKind, Path};
use crate::domain::office::Role;
use crate::forms::tables::path::PathForm;
use crate::forms::{Answers, Context, Form, Offer, Source};
use crate::office::front::path::StepView;
use crate::store::replica::lookup::FamilyCard;
use crate::ui::product::StartView;

/// From this age on one signs for himself.
const FULL_AGE: i32 = 18;
/// Up to this age a member is taken for the one who goes to school, where he is the only one.
const PUPIL_AGE: i32 = 30;

/// Fills a form that was just made; `fresh` where it comes from no draft.
pub fn begin(kind: PathForm, form: &mut Form, view: &StepView, start: &StartView, fresh: bool) {
    supply(kind, form, view);
    let fill = Fill { view, start };
    for (key, text) in fill.texts(kind) {
        form.set(key, &text, Source::Filled);
    }
    fill.chosen(kind, form);
    if kind == PathForm::Authorise && fresh {
        fill.members(form);
    }
    if kind == PathForm::Hardship && fresh {
        hardship::rows(form, &view.card, &household_of(view));
    }
    if fresh {
        fill.as_before(kind, form);
    }
}

/// The members as they are offered.
fn household_of(view: &StepView) -> Vec<Offer> {
    view.card.family.as_ref().map(household).unwrap_or_default()
}

/// The lists behind F4.
fn supply(kind: PathForm, form: &mut Form, view: &StepView) {
    let members = household_of(view);
    match kind {
        PathForm::Survey => {
            form.supply("surveyors", view.officers.clone());
            form.supply("second", view.officers.clone());
        }
        PathForm::Review => {
            form.supply("officers", view.officers.clone());
            form.supply("officers_too", view.officers.clone());
        }
        PathForm::School => form.supply("pupil", members),
        PathForm::Hardship => {
            form.supply("members.0.person", members.clone());
            form.supply("work.0.person", members);
        }
        PathForm::Authorise => {
            form.supply("members.0.person", members.clone());
            form.supply("members.0.by", members);
        }
        PathForm::Settle => form.supply("number", objections(view)),
        _ => {}
    }
}

/// The members of the household, the applicant first: name, relation, age.
fn household(family: &FamilyCard) -> Vec<Offer> {
    let who = &family.who;
    let mut all = vec![Offer::new(who.person.to_string(), labelled(&who.name, "申请人", who.age))];
    let others = family.members.iter().filter(|member| member.person != who.person);
    all.extend(others.map(|member| {
        let relation = codes::relation().iter().find(|code| code.code == member.relation);
        let relation = relation.map_or("", |code| code.name);
        Offer::new(member.person.to_string(), labelled(&member.name, relation, member.age))
    }));
    all
}

fn labelled(name: &str, relation: &str, age: Option<i32>) -> String {
    let age = age.map(|age| format!(" {age}岁")).unwrap_or_default();
    format!("{name} {relation}{age}").trim_end().to_owned()
}

/// The objections that nobody settled.
fn objections(view: &StepView) -> Vec<Offer> {
    let open = view.course.objections.iter().filter(|known| known.settled.is_none());
    open.map(|known| {
        let number = known.objection.number;
        let word = view.entered.iter().find(|step| match &step.fact {
            crate::domain::fact::Fact::ObjectionMade(made) => made.number == number,
            _ => false,
        });
        let said = word.and_then(|step| step.words.values().next()).map_or("", String::as_str);
        let said: String = said.chars().take(14).collect();
        Offer::new(number.to_string(), format!("{number} {} {said}", known.objection.on.short_zh()))
    })
    .collect()
}

struct Fill<'a> {
    view: &'a StepView,
    start: &'a StartView,
}

impl Fill<'_> {
    fn name(&self) -> &str {
        self.view.card.family.as_ref().map_or("", |family| family.who.name.as_str())
    }

    fn village(&self) -> &'static str {
        division::village(self.view.card.opening.village).map_or("", |village| village.short)
    }

    /// 村委会, 居委会.
    fn committee(&self) -> String {
        let village = self.village();
        if village.ends_with('村') { format!("{village}委会") } else { format!("{village}居委会") }
    }

    /// The officer who fills it in, where he is one of those to be chosen.
    fn me(&self) -> Option<&Offer> {
        self.view.officers.iter().find(|offer| offer.value == self.start.officer.no.0)
    }

    /// What is said in so many words already.
    fn texts(&self, kind: PathForm) -> Vec<(&'static str, String)> {
        let me = self.start.officer.name.clone();
        let (case, course) = (&self.view.card.case, &self.view.course);
        match kind {
            PathForm::Corrected => vec![("note", self.view.word("missing").to_owned())],
            PathForm::Survey => {
                let kinds: std::collections::BTreeSet<u8> =
                    case.asked.iter().map(|line| LineKind::digit(line.kind)).collect();
                let status = self.view.card.family.as_ref().and_then(|family| family.who.status);
                vec![
                    ("respondent", format!("{}（本人）", self.name())),
                    ("means", kinds.iter().map(u8::to_string).collect()),
                    ("amount", self.view.card.asked().plain()),
                    ("policies", status.map_or(0, |status| status.digit()).to_string()),
                ]
            }
            PathForm::MeansAsk => {
                let to = format!("{}居民家庭经济状况核对中心", division::county_name());
                vec![("to", to), ("scope", MeansScope::Whole.digit().to_string())]
            }
            PathForm::Review => {
                vec![("place", self.committee()), ("recorder", me.clone()), ("township_named", me)]
            }
            PathForm::Examine => {
                let survey = course.survey.as_ref().filter(|made| made.verdict == SurveyVerdict::True);
                let amount = survey.map_or_else(|| self.view.card.asked(), |made| made.amount);
                vec![("amount", amount.plain())]
            }
            PathForm::PostNotice => vec![
                ("place", format!("{}公开栏", self.village())),
                ("posted_by", me),
                ("summary", summary(case.circumstance).to_owned()),
            ],
            PathForm::EndNotice => {
                let over = course.notice.as_ref().is_some_and(|made| made.until < self.start.now.day());
                if over { vec![("result", "expired".to_owned())] } else { Vec::new() }
            }
            PathForm::ChangePath => {
                let other = if case.path == Path::Emergency { Path::Expenditure } else { Path::Emergency };
                vec![("path", other.digit().to_string())]
            }
            PathForm::FollowUp => vec![("respondent", format!("{}（本人）", self.name()))],
            PathForm::Hardship => hardship::texts(&self.view.card),
            _ => Vec::new(),
        }
    }

    /// What is chosen from a list already.
    fn chosen(&self, kind: PathForm, form: &mut Form) {
        let mut choose = |key: &str, offer: Option<&Offer>| {
            if let Some(offer) = offer {
                form.set_labelled(key, &offer.value, &offer.label, Source::Filled);
            }
        };
        match kind {
            PathForm::Survey if self.start.officer.is(Role::Handler) => choose("surveyors", self.me()),
            PathForm::Review if self.start.officer.is(Role::Handler) => choose("officers", self.me()),
            PathForm::School => {
                let young: Vec<Offer> = self.young();
                if let [one] = young.as_slice() {
                    choose("pupil", Some(one));
                }
            }
            PathForm::Settle => {
                let open = objections(self.view);
                if let [one] = open.as_slice() {
                    choose("number", Some(one));
                }
            }
            _ => {}
        }
    }

    /// Members who are young enough to go to school.
    fn young(&self) -> Vec<Offer> {
        let Some(family) = self.view.card.family.as_ref() else { return Vec::new() };
        let ages = std::iter::once(family.who.age).chain(
            family.members.iter().filter(|member| member.person != family.who.person).map(|one| one.age),
        );
        let pairs = household(family).into_iter().zip(ages);
        pairs.filter(|(_, age)| age.is_some_and(|age| age <= PUPIL_AGE)).map(|(offer, _)| offer).collect()
    }

    /// A row for each member: of age he signs himself, under age his guardian does.
    fn members(&self, form: &mut Form) {
        let Some(family) = self.view.card.family.as_ref() else { return };
        let ages: Vec<Option<i32>> = std::iter::once(family.who.age)
            .chain(family.members.iter().filter(|one| one.person != family.who.person).map(|one| one.age))
            .collect();
        let offers = household(family);
        let minor = |age: Option<i32>| age.is_some_and(|age| age < FULL_AGE);
        let guardian = offers.iter().zip(&ages).find(|(_, age)| !minor(**age)).map(|(offer, _)| offer);
        for (row, (offer, age)) in offers.iter().zip(&ages).enumerate() {
            let path = |key: &str| format!("members.{row}.{key}");
            form.set_labelled(&path("person"), &offer.value, &offer.label, Source::Filled);
            let how = if minor(*age) { "guardian" } else { "own" };
            form.set(&path("how"), how, Source::Filled);
            if let (true, Some(guardian)) = (minor(*age), guardian) {
                form.set_labelled(&path("by"), &guardian.value, &guardian.label, Source::Filled);
            }
        }
    }

    /// What stays the same from one record to the next of this officer.
    fn as_before(&self, kind: PathForm, form: &mut Form) {
        let keys: &[&str] = match kind {
            PathForm::PostNotice => &["phone"],
            PathForm::Review => &["chair"],
            PathForm::MeansAsk => &["to"],
            _ => return,
        };
        let context = Context { ..*form.context() };
        let Ok((last, _)) = Form::from_draft(kind.table(), context, &self.start.last) else { return };
        let last: &Answers = last.answers();
        for key in keys {
            if last.has(key) {
                form.set(key, last.text(key), Source::Filled);
            }
        }
    }
}

/// What hangs on the wall of a circumstance, without disease and cost.
fn summary(circumstance: Circumstance) -> &'static str {
    match circumstance {
        Circumstance::Accident | Circumstance::Incident => "因突发事件，基本生活暂时困难",
        Circumstance::Illness | Circumstance::LongCare => "因家庭支出过大，基本生活困难",
        Circumstance::Schooling => "因子女就学支出过大，基本生活困难",
        Circumstance::Livelihood => "因失去收入来源，基本生活困难",
        Circumstance::Misfortune => "特殊困难",
        Circumstance::Other => "因特殊原因，基本生活困难",
    }
}
