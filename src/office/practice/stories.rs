//! The stories of practice: some forty live cases and a dozen leads at every stage of the emergency path, and as many at
//! every step of the expenditure path. One file per township, two for the path, others by what they show; each story has a household of its own.

mod bolochi;
mod chain;
mod damiao;
mod finance;
mod goods;
mod instalments;
mod leads;
mod mutou;
mod partners;
mod records;
mod spending;

use super::script::Script;
use crate::store::fault::Fault;

/// Tells them all.
///
/// # Errors
/// More stories than households; no random source.
pub(super) fn tell(script: &mut Script<'_>) -> Result<(), Fault> {
    bolochi::tell(script)?;
    mutou::tell(script)?;
    damiao::tell(script)?;
    finance::tell(script)?;
    goods::tell(script)?;
    leads::tell(script)?;
    spending::tell(script)?;
    chain::tell(script)?;
    // Last, so that the households of all others stay theirs.
    instalments::tell(script)?;
    records::tell(script)
}
