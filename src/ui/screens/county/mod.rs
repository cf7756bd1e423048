//! The screens of the county's desk: what waits beyond one approver and beside the cases, filing, referrals, incidents.

pub mod beside;
pub mod deeds;
pub mod desk;
pub mod file;
pub mod filings;
pub mod grid;
pub mod incidents;
pub mod meeting;
pub mod refer;
pub mod roster;
pub mod work;

use super::approval::ApprovalScreen;
use crate::ui::product::county::CountyPlace;
use crate::ui::screen::Screen;

/// Builds the screen of a place.
pub fn open(place: CountyPlace) -> Box<dyn Screen> {
    match place {
        CountyPlace::Desk => Box::new(desk::DeskScreen::new()),
        CountyPlace::Examine { run, at } => Box::new(ApprovalScreen::examining(run, at)),
        CountyPlace::Deeds(case, first) => Box::new(file::FileScreen::new(case, first)),
        CountyPlace::Meeting(case) => Box::new(meeting::Meeting::screen(case)),
        CountyPlace::Refer(case) => Box::new(refer::Refer::screen(case)),
        CountyPlace::Filings => Box::new(filings::FilingsScreen::new()),
        CountyPlace::Roster(number) => Box::new(roster::RosterScreen::new(number)),
        CountyPlace::Grid(incident) => Box::new(grid::GridScreen::new(incident)),
        CountyPlace::Incidents => Box::new(incidents::IncidentsScreen::new()),
    }
}
