//! The screens of the product, one file each, and which of them a [`Place`] is.

use super::product::Place;
use super::screen::Screen;

/// Builds the screen of a place.
pub fn open(place: Place) -> Box<dyn Screen> {
    match place {}
}
