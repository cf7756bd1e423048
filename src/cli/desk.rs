//! `jiuji` without a verb: the desk of this workstation.

use super::End;
use super::out::Out;
use crate::office::place::{self, Open, Place};
use crate::store::fault::Fault;

/// Opens the desk's screens.
///
/// # Errors
/// No county here yet; a file of the desk that cannot be opened.
pub(super) fn open(out: &mut Out) -> Result<End, Fault> {
    let place = Place::of_machine()?;
    let settings = place.needed_settings()?;
    let opened = place::open_desk(&place.desk(), &settings.share, settings.county_id()?)?;
    show(opened, out)
}

/// Where the screens begin: sign-in on an opened desk.
pub(super) fn show(opened: Open, out: &mut Out) -> Result<End, Fault> {
    if let Some(sentence) = opened.read_only {
        out.warn(&sentence);
    }
    out.say("办公桌已打开。")?;
    Ok(End::Done)
}
