//! Screens about the papers of a case, and about what is drawn by lot.

mod choose;
mod samples;

use crate::ui::product::paper::PaperPlace;
use crate::ui::screen::Screen;

/// Builds the screen of a place.
pub fn open(place: PaperPlace) -> Box<dyn Screen> {
    match place {
        PaperPlace::Choose(case) => Box::new(choose::ChooseScreen::new(case)),
        PaperPlace::Samples => Box::new(samples::SamplesScreen::new()),
    }
}
