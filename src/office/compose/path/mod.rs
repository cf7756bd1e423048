//! The steps of the expenditure path (支出型): a filled form as the command of its step.

pub mod apply;

use super::{Desk, Draft, Gap, Halt};
use crate::domain::code::Code;
use crate::domain::ids::CaseId;
use crate::forms::Answers;
use crate::forms::tables::path::PathForm;
use std::collections::BTreeSet;

/// Composes a step.
///
/// # Errors
/// Fields to be mended.
pub fn step(
    _desk: &Desk<'_>,
    _case: CaseId,
    form: PathForm,
    _answers: &Answers,
    _overrides: &BTreeSet<Code>,
) -> Result<Vec<Draft>, Halt> {
    Err(Gap::new("on", format!("{}还没有内容，请填写", form.zh())).into())
}
