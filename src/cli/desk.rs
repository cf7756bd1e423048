//! `jiuji` without a verb: the desk of this workstation on the screen.

use super::End;
use crate::office::backup::Plan;
use crate::office::desk::Clock;
use crate::office::place::{self, Open, Place, machine_clock};
use crate::office::practice::PracticeOfficer;
use crate::store::fault::Fault;
use crate::ui::desk::{Look, Opening, open as on_screen};
use std::path::{Path, PathBuf};

/// Opens the desk's screens.
///
/// # Errors
/// No county here yet; a file of the desk that cannot be opened; no terminal.
pub(super) fn open() -> Result<End, Fault> {
    let place = Place::of_machine()?;
    let settings = place.needed_settings()?;
    let folder = place.desk();
    let mut opened = place::open_desk(&folder, &settings.share, settings.county_id()?)?;
    opened.desk.call(&settings.desk);
    let look = look(&place, &settings.theme);
    let backup = Plan::of(&place, &settings)?;
    show(opened, folder, &settings.share, &[], look, machine_clock(), Some(backup))
}

/// The screens on an opened desk. `practice` are the officers whose passwords the sign-in screen lists. A second window,
/// which could only look, ends with a no, so that a script that starts it knows.
///
/// # Errors
/// No terminal that can be used.
pub(super) fn show(
    opened: Open,
    folder: PathBuf,
    share: &Path,
    practice: &[PracticeOfficer],
    look: Look,
    clock: Clock,
    backup: Option<Plan>,
) -> Result<End, Fault> {
    let end = if opened.read_only.is_some() { End::No } else { End::Done };
    on_screen(Opening {
        desk: opened.desk,
        keeper: opened.keeper,
        watch: opened.watch,
        folder,
        share: share.display().to_string(),
        read_only: opened.read_only,
        clock,
        practice: practice.iter().map(|officer| (officer.no.0.clone(), officer.password.clone())).collect(),
        look,
        backup,
    })?;
    Ok(end)
}

/// The user's own files beside the settings: `theme.toml`, `keys.toml` and `phrases.toml` overlay the shipped ones. One that cannot be
/// read is as good as none; what is wrong inside it is said on the screen.
pub(super) fn look(place: &Place, theme: &str) -> Look {
    Look {
        theme: theme.to_owned(),
        theme_file: std::fs::read_to_string(place.config.with_file_name("theme.toml")).ok(),
        keys_file: std::fs::read_to_string(place.config.with_file_name("keys.toml")).ok(),
        phrases_file: std::fs::read_to_string(place.config.with_file_name("phrases.toml")).ok(),
        idle: place.idle(),
        no_colour: std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty()),
    }
}
