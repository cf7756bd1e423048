//! The screens of the expenditure path (支出型).

use crate::ui::product::path::PathPlace;
use crate::ui::screen::Screen;

/// Builds the screen of a place of the path.
pub fn open(place: PathPlace) -> Box<dyn Screen> {
    match place {
        PathPlace::Apply(_) | PathPlace::Todo(_) => Box::new(super::home::Home::new()),
        PathPlace::Work(case) | PathPlace::Step(case, _) => Box::new(super::steps::StepsScreen::new(case)),
    }
}
