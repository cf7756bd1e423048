//! Screens of the registers (名册): the team that finds hardship, and what was heard by village.

mod discovery;
mod team;

use crate::base::division;
use crate::domain::ids::DiscovererId;
use crate::forms::Offer;
use crate::store::replica::views::discovery::DiscovererRow;
use crate::ui::product::registers::RegisterPlace;
use crate::ui::screen::Screen;

/// Builds the screen of a place.
pub fn open(place: RegisterPlace) -> Box<dyn Screen> {
    match place {
        RegisterPlace::Team => Box::new(team::TeamScreen::new()),
        RegisterPlace::Discovery => Box::new(discovery::DiscoveryScreen::new()),
    }
}

fn village(row: &DiscovererRow) -> &'static str {
    division::village(row.village).map_or("", |known| known.short)
}

/// The name of somebody of the team as it stands in a form: with his village where another one bears it too.
fn named(row: &DiscovererRow, team: &[DiscovererRow]) -> String {
    let alike = team.iter().filter(|other| other.name == row.name).count();
    if alike > 1 { format!("{}（{}）", row.name, village(row)) } else { row.name.clone() }
}

/// Who may be picked as the one who found it: those who serve, whose names this desk can read.
fn serving(team: &[DiscovererRow]) -> Vec<DiscovererRow> {
    team.iter().filter(|row| row.until.is_none() && !row.name.is_empty()).cloned().collect()
}

/// What a form offers for the one who found it.
pub fn offers(team: &[DiscovererRow]) -> Vec<Offer> {
    let team = serving(team);
    let offer = |row: &DiscovererRow| Offer {
        value: named(row, &team),
        label: named(row, &team),
        hint: format!("{} {} {}", village(row), row.kind.zh(), row.phone).trim_end().to_owned(),
    };
    team.iter().map(offer).collect()
}

/// Who of the team stands in a form under this name; none where nobody does or several do: then the name itself is kept.
pub fn picked(team: &[DiscovererRow], name: &str) -> Option<DiscovererId> {
    let team = serving(team);
    let mut found = team.iter().filter(|row| named(row, &team) == name.trim());
    found.next().filter(|_| found.next().is_none()).map(|row| row.id)
}
