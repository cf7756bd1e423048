//! The screens of the product, one file each, found by name, and which of them a [`Place`] is. They take what the desk
//! answers and say what they want; [`super::product`] lists what may be asked and which screens there are.
//!
//! Must never open a connection, call another screen or decide a rule.

pub mod apply;
pub mod approval;
pub mod case;
pub mod case_card;
pub mod case_deeds;
pub mod change_password;
pub mod codes;
pub mod correction;
pub mod county;
pub mod data_key;
pub mod deferred;
pub mod drafting;
pub mod drafts;
pub mod due;
pub mod emergency;
pub mod findings;
pub mod form_screen;
pub mod goods;
pub mod held;
pub mod history;
pub mod home;
pub mod lead_form;
pub mod leads;
pub mod lock;
pub mod lookup;
pub mod marks;
pub mod money;
pub mod month_sheet;
pub mod officer_words;
pub mod officers;
pub mod options;
pub mod outbox;
pub mod overridden;
pub mod paper;
pub mod papers;
pub mod partners;
pub mod path;
pub mod pay;
pub mod people;
pub mod prior;
pub mod prompt;
mod prompt_hints;
pub mod prompted;
pub mod proposals;
pub mod queue;
pub mod ratifications;
pub mod registers;
pub mod requests;
pub mod reserve;
pub mod sign_in;
pub mod signed_prompt;
pub mod signing;
pub mod standing;
pub mod steps;
pub mod stolen;
pub mod time;
pub mod told_words;
pub mod unmasking;
pub mod words;

#[cfg(test)]
pub mod fixtures;
#[cfg(test)]
mod privacy_tests;
#[cfg(test)]
pub mod testing;

use super::product::Place;
use super::screen::Screen;

/// Builds the screen of a place.
pub fn open(place: Place) -> Box<dyn Screen> {
    match place {
        Place::SignIn => Box::new(sign_in::SignIn::new()),
        Place::Lock => Box::new(lock::Lock::new()),
        Place::Home => Box::new(home::Home::new()),
        Place::Queue(queue) => Box::new(queue::QueueScreen::new(queue)),
        Place::Emergency { id_no, lead, draft } => Box::new(emergency::Emergency::screen(id_no, lead, draft)),
        Place::LeadForm(draft) => Box::new(lead_form::LeadForm::screen(draft)),
        Place::Leads => Box::new(leads::LeadsScreen::new()),
        Place::Path(place) => path::open(place),
        Place::Case(case) => Box::new(case::CaseScreen::new(case)),
        Place::Approval { run, at } => Box::new(approval::ApprovalScreen::new(run, at)),
        Place::Ratifications => Box::new(ratifications::RatificationsScreen::new()),
        Place::Marks => Box::new(marks::MarksScreen::new()),
        Place::Findings => Box::new(findings::FindingsScreen::new()),
        Place::Overridden => Box::new(overridden::OverriddenScreen::new()),
        Place::History => Box::new(history::HistoryScreen::new()),
        Place::Deferred => Box::new(deferred::DeferredScreen::new()),
        Place::Papers(case) => Box::new(papers::Papers::screen(case)),
        Place::Paper(place) => paper::open(place),
        Place::Goods(place) => goods::open(place),
        Place::Partners => Box::new(partners::list::PartnersScreen::fresh()),
        Place::PartnerForm { id, draft } => Box::new(partners::form::PartnerForm::screen(id, draft)),
        Place::Registers(place) => registers::open(place),
        Place::Pay(case) => Box::new(pay::Pay::screen(case)),
        Place::Reserve(township) => Box::new(reserve::ReserveScreen::new(township)),
        Place::Money(place) => money::open(place),
        Place::Lookup(begin) => Box::new(lookup::LookupScreen::new(&begin)),
        Place::Steps(case) => Box::new(steps::StepsScreen::new(case)),
        Place::Drafts => Box::new(drafts::Drafts::new()),
        Place::Outbox => Box::new(outbox::OutboxScreen::new()),
        Place::Officers => Box::new(officers::OfficersScreen::new()),
        Place::Requests => Box::new(requests::RequestsScreen::new()),
        Place::Proposals => Box::new(proposals::ProposalsScreen::new()),
        Place::Due => Box::new(due::DueScreen::new()),
        Place::DataKey => Box::new(data_key::DataKeyScreen::new()),
        Place::ChangePassword => Box::new(change_password::ChangePassword::new()),
        Place::MonthSheet => Box::new(month_sheet::MonthSheetScreen::new()),
        Place::Stolen => Box::new(stolen::StolenScreen::new()),
        Place::Apply => Box::new(apply::ApplyScreen::new()),
        Place::Standing => Box::new(standing::StandingScreen::new()),
        Place::County(place) => county::open(place),
        Place::Codes => Box::new(codes::CodesScreen::new()),
        Place::Time => Box::new(time::TimeScreen::new()),
        Place::People(place) => people::open(place),
        Place::Correction(person) => Box::new(correction::Correction::screen(person)),
    }
}
