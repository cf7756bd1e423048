//! Papers of a case (打印) and drawing by lot (抽查): what may be asked, what comes back, and their screens.

use crate::domain::ids::CaseId;
use crate::office::print::PaperKind;
use crate::store::replica::views::sample::SampleRow;

/// What a screen may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperAsk {
    /// The papers that a case can give, and why others not. [`PaperReply::Offered`].
    Offered(CaseId),
    /// The cases that were drawn by lot. [`PaperReply::Samples`].
    Samples,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperReply {
    /// The papers of a case.
    Offered {
        /// The case's number.
        number: String,
        /// Each paper, in the order of offering.
        papers: Vec<PaperRow>,
        /// Why the case cannot go to the archive now; none where it can.
        no_archive: Option<String>,
    },
    /// Drawn cases, the latest draw first.
    Samples(Vec<SampleRow>),
}

/// A paper, and why it cannot be printed now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperRow {
    /// Which.
    pub kind: PaperKind,
    /// Why not; none where it can.
    pub why_not: Option<String>,
}

/// A screen about papers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperPlace {
    /// 打印: which paper of a case.
    Choose(CaseId),
    /// 抽查: what the supervisor drew.
    Samples,
}
