//! Screens about people: 人员合并 with its comparison, and the county's list of children's accounts.

mod children;
mod compare;
#[cfg(test)]
pub mod fixtures;
mod links;

use crate::ui::product::people::PeoplePlace;
use crate::ui::screen::Screen;
use crate::ui::screens::lookup::LookupScreen;

/// Builds the screen of a place.
pub fn open(place: PeoplePlace) -> Box<dyn Screen> {
    match place {
        PeoplePlace::Links => Box::new(links::LinksScreen::new()),
        PeoplePlace::Pair(stays, joined) => Box::new(compare::CompareScreen::pair(stays, joined)),
        PeoplePlace::Link(link) => Box::new(compare::CompareScreen::link(link)),
        PeoplePlace::Other(first) => Box::new(LookupScreen::beside(first)),
        PeoplePlace::Children => Box::new(children::ChildrenScreen::new()),
    }
}
