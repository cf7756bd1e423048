//! The screens of the expenditure path (支出型): its application, the steps of a case, the lists of what waits, and the forms
//! of the steps.
//!
//! The form of a step is one sheet for all of them: [`fill`] says what it begins with, [`said`] what stands below it and before
//! the second F9, [`step_form`] puts both around the table.

pub mod after;
pub mod apply;
pub mod fill;
mod hardship;
pub mod lines;
pub mod lists;
pub mod said;
pub mod step_form;
pub mod todo;
pub mod words_of;
pub mod work;

#[cfg(test)]
pub mod fixtures;
#[cfg(test)]
mod next_tests;
#[cfg(test)]
mod step_tests;

use crate::ui::product::path::PathPlace;
use crate::ui::screen::Screen;

/// Builds the screen of a place of the path.
pub fn open(place: PathPlace) -> Box<dyn Screen> {
    match place {
        PathPlace::Apply(draft) => Box::new(apply::Apply::screen(draft)),
        PathPlace::FromLead(lead) => Box::new(apply::Apply::of_lead(lead)),
        PathPlace::Todo(list) => Box::new(todo::TodoScreen::new(list)),
        PathPlace::After(list) => Box::new(after::AfterScreen::new(list)),
        PathPlace::Work(case) => Box::new(work::WorkScreen::new(case)),
        PathPlace::Step(case, form) => Box::new(step_form::StepForm::screen(case, form)),
    }
}
