//! The screens of the expenditure path (支出型): its application, the steps of a case, the lists of what waits.

pub mod apply;
#[cfg(test)]
pub mod fixtures;
pub mod lines;
pub mod lists;
pub mod todo;
pub mod words_of;
pub mod work;

use crate::ui::product::path::PathPlace;
use crate::ui::screen::Screen;

/// Builds the screen of a place of the path.
pub fn open(place: PathPlace) -> Box<dyn Screen> {
    match place {
        PathPlace::Apply(draft) => Box::new(apply::Apply::screen(draft)),
        PathPlace::Todo(list) => Box::new(todo::TodoScreen::new(list)),
        PathPlace::Work(case) => Box::new(work::WorkScreen::new(case)),
        PathPlace::Step(case, _) => Box::new(work::WorkScreen::new(case)),
    }
}
