//! The screens of the expenditure path (支出型).
//!
//! The form of a step is one sheet for all of them: [`fill`] says what it begins with, [`said`] what stands below it and before
//! the second F9, [`step_form`] puts both around the table.

pub mod fill;
pub mod said;
pub mod step_form;

#[cfg(test)]
mod next_tests;
#[cfg(test)]
mod step_tests;

use crate::ui::product::path::PathPlace;
use crate::ui::screen::Screen;

/// Builds the screen of a place of the path.
pub fn open(place: PathPlace) -> Box<dyn Screen> {
    match place {
        PathPlace::Apply(_) | PathPlace::Todo(_) => Box::new(super::home::Home::new()),
        PathPlace::Work(case) => Box::new(super::steps::StepsScreen::new(case)),
        PathPlace::Step(case, form) => Box::new(step_form::StepForm::screen(case, form)),
    }
}
