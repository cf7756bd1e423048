//! 线索登记: what was heard, and whom it is about where that is known.

use super::people::{self, Said};
use super::{Desk, Draft, Gap, Halt, fresh, words};
use crate::base::day::Stamp;
use crate::base::division;
use crate::domain::command::Command;
use crate::domain::command::intake::LeadArgs;
use crate::domain::ids::{DiscovererId, LeadId};
use crate::domain::private::Private;
use crate::forms::Answers;

/// Composes the lead form. `discoverer` is who was picked from the team's register as the one who found it.
///
/// # Errors
/// Fields to be mended; the machine.
pub fn compose(
    desk: &Desk<'_>,
    answers: &Answers,
    discoverer: Option<DiscovererId>,
) -> Result<(LeadId, Vec<Draft>), Halt> {
    let village: u64 = answers.text("village").parse().unwrap_or(0);
    let known_village = division::village(village);
    let township = known_village
        .map(|place| place.township)
        .or(desk.officer.office.township())
        .ok_or_else(|| Gap::new("village", "请选择所在村（居），按F4选择"))?;
    let mut drafts = Vec::new();
    let mut person = None;
    if answers.has("id_no") {
        let said = Said {
            name: answers.text("name"),
            id_no: answers.text("id_no"),
            no_papers: "",
            phone: "",
            account: "",
        };
        let met = people::meet(desk, &said, "id_no")?;
        person = Some(met.person);
        drafts.extend(met.note);
    }
    let mut private = Private::default();
    let said = private.put("said", answers.text("what"));
    private.put("caller", answers.text("caller"));
    private.put("caller-phone", answers.text("caller_phone"));
    private.put("who", answers.text("name"));
    private.put("place", answers.text("place"));
    private.put("discoverer", answers.text("discoverer"));
    let lead = LeadId(fresh()?);
    let channel = words::channel(answers.text("channel"))
        .ok_or_else(|| Gap::new("channel", "请选择发现渠道，打1至6"))?;
    let args = LeadArgs {
        lead,
        channel,
        township,
        village: known_village.map(|place| place.code),
        circumstance: words::circumstance(answers.text("circumstance"))
            .ok_or_else(|| Gap::new("circumstance", "请选择急难情形，打1至8"))?,
        severity: words::severity(answers.text("severity"))
            .ok_or_else(|| Gap::new("severity", "请选择急难程度，打1至3"))?,
        at: heard(desk, answers),
        person,
        said,
        discoverer: discoverer.filter(|_| channel.finds()),
    };
    drafts.push((Command::Lead(args), private));
    Ok((lead, drafts))
}

/// When it was heard: day and time of the form, now where they are not given.
fn heard(desk: &Desk<'_>, answers: &Answers) -> Stamp {
    let day = answers.day("called_on").unwrap_or_else(|| desk.now.day());
    let time = answers.text("called_at");
    let clock =
        time.split_once(':').and_then(|(hour, minute)| Some((hour.parse().ok()?, minute.parse().ok()?)));
    match clock {
        Some((hour, minute)) => Stamp::at(day, hour, minute),
        None if day == desk.now.day() => desk.now,
        None => Stamp::at(day, 12, 0),
    }
}
