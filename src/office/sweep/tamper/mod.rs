//! stub
use super::{Order, Report};
use crate::store::fault::Fault;
use std::path::Path;
pub(super) fn run(_root: &Path, _order: Order<'_>) -> Result<Report, Fault> {
    Ok(Report::default())
}
