//! 补登记: which papers are there now, and whether the emergency lasts.

use super::{Desk, Draft};
use crate::domain::command::Command;
use crate::domain::command::papers::{CompleteItem, StillUrgent};
use crate::domain::ids::CaseId;
use crate::domain::nouns::ItemKind;
use crate::domain::private::Private;
use crate::forms::Answers;

/// The form's field of each paper.
pub const FIELDS: &[(&str, ItemKind)] = &[
    ("item_person", ItemKind::Subject),
    ("item_reason", ItemKind::Cause),
    ("item_amount", ItemKind::Amount),
    ("item_signature", ItemKind::HandlerSignature),
    ("item_seal", ItemKind::Seal),
    ("item_authorisation", ItemKind::ApproverSignature),
    ("item_minutes", ItemKind::Minutes),
];

/// Composes the form of deferred papers of a case: what it says is done and was open, and a later day where the
/// emergency lasts.
pub fn compose(desk: &Desk<'_>, case: CaseId, answers: &Answers) -> Vec<Draft> {
    let on = answers.day("completed_on").unwrap_or_else(|| desk.now.day());
    let mut drafts = Vec::new();
    for item in desk.state.items(case) {
        let field = FIELDS.iter().find(|(_, kind)| *kind == item.kind).map(|(field, _)| *field);
        if item.done.is_none() && field.is_some_and(|field| answers.is(field, "done")) {
            drafts.push((
                Command::CompleteItem(CompleteItem { case, item: item.kind, on }),
                Private::default(),
            ));
        }
    }
    if answers.is("not_eased", "yes")
        && let Some(until) = answers.day("not_eased_until")
    {
        let mut private = Private::default();
        let reason = private.put("reason", answers.text("not_eased_reason"));
        drafts.push((Command::StillUrgent(StillUrgent { case, until, reason }), private));
    }
    drafts
}
