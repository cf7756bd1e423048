//! The screens of the product, one file each, and which of them a [`Place`] is.

pub mod correction;
pub mod drafting;
pub mod drafts;
pub mod emergency;
pub mod form_screen;
pub mod lead_form;
pub mod papers;
pub mod pay;
pub mod prior;
pub mod sign_in;

#[cfg(test)]
pub(crate) mod testing;

use super::product::Place;
use super::screen::Screen;

/// Builds the screen of a place.
pub fn open(place: Place) -> Box<dyn Screen> {
    match place {
        Place::SignIn => Box::new(sign_in::SignIn::new()),
        Place::Emergency { id_no, lead, draft } => Box::new(emergency::Emergency::screen(id_no, lead, draft)),
        Place::LeadForm(draft) => Box::new(lead_form::LeadForm::screen(draft)),
        Place::Papers(case) => Box::new(papers::Papers::screen(case)),
        Place::Pay(case) => Box::new(pay::Pay::screen(case)),
        Place::Drafts => Box::new(drafts::Drafts::new()),
        Place::Correction(person) => Box::new(correction::Correction::screen(person)),
        _ => Box::new(drafts::Drafts::new()),
    }
}
