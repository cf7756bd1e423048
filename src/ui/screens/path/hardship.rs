//! What 困难详情 begins with: what was told of the case before, and a row for each member with what was told of him.

use crate::domain::ids::Text;
use crate::domain::nouns::Path as CasePath;
use crate::forms::tables::path::hardship::{SLOTS, again};
use crate::forms::tables::path::{members, paper};
use crate::forms::{Form, Offer, Source};
use crate::store::replica::views::card::CaseCard;

/// The parts of the applicant that his application has in slots of their own.
const OWN: [&str; 7] = ["marriage", "nation", "health", "disability", "labour", "occupation", "employer"];

fn told<'a>(card: &'a CaseCard, slot: &str) -> &'a str {
    card.opening.told.get(&Text::from(slot)).map_or("", String::as_str)
}

/// The fields beside the rows.
pub(super) fn texts(card: &CaseCard) -> Vec<(&'static str, String)> {
    let mut all = vec![("circumstance", card.case.circumstance.digit().to_string())];
    // There the school has a step of its own.
    if card.case.path == CasePath::Expenditure {
        all.push(("schooled", "yes".to_owned()));
    }
    all.extend(SLOTS.iter().map(|(key, slot)| (*key, again(key, told(card, slot)))));
    all.extend(paper::again(|slot| told(card, slot)));
    all.retain(|(_, text)| !text.is_empty());
    all
}

/// A row for each member in both lists.
pub(super) fn rows(form: &mut Form, card: &CaseCard, offers: &[Offer]) {
    for (row, offer) in offers.iter().enumerate() {
        // Name and relation have their room, the years have not.
        let label: Vec<&str> = offer.label.split(' ').take(2).collect();
        for list in ["members", "work"] {
            let path = format!("{list}.{row}.person");
            form.set_labelled(&path, &offer.value, &label.join(" "), Source::Filled);
        }
        let mut said = Vec::new();
        if row == 0 {
            let own: Vec<String> = OWN
                .iter()
                .filter_map(|key| members::PARTS.iter().find(|(known, _)| known == key))
                .filter(|(key, _)| !told(card, key).is_empty())
                .map(|(key, label)| format!("{label}：{}", told(card, key)))
                .collect();
            said.extend(members::again(&format!("；{}", own.join("；"))));
        }
        said.extend(members::again(told(card, &format!("member-{}", offer.value))));
        for (key, text) in said {
            for list in ["members", "work"] {
                form.set(&format!("{list}.{row}.{key}"), &text, Source::Filled);
            }
        }
    }
}
