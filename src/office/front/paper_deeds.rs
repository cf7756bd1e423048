//! Deeds about the paper of a case (归档), and drawing by lot (抽查).

use super::super::compose::{Draft, Halt};
use crate::base::day::Day;
use crate::domain::command::Command;
use crate::domain::command::archive::Archive;
use crate::domain::command::sample::DrawSample;
use crate::domain::ids::CaseId;
use crate::domain::private::Private;
use crate::office::random;

/// What is done with cases that are over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PaperDeed {
    /// 归档.
    Archive(Archive),
    /// 抽查, with a seed drawn on this PC when it is composed.
    Draw {
        /// Of which township; none for all.
        township: Option<u16>,
        /// Decided from this day.
        from: Day,
        /// To this day.
        to: Day,
        /// How many.
        count: u16,
    },
}

impl PaperDeed {
    /// The command.
    ///
    /// # Errors
    /// No random source.
    pub fn compose(&self) -> Result<Draft, Halt> {
        let command = match self {
            PaperDeed::Archive(archive) => Command::Archive(archive.clone()),
            PaperDeed::Draw { township, from, to, count } => {
                let seed = hex::encode(random::bytes::<16>()?);
                let (township, from, to, count) = (*township, *from, *to, *count);
                Command::DrawSample(DrawSample { township, from, to, count, seed })
            }
        };
        Ok((command, Private::default()))
    }

    /// What is said when it is done.
    pub fn said(&self) -> &'static str {
        match self {
            PaperDeed::Archive(_) => "已归档",
            PaperDeed::Draw { .. } => "已抽取",
        }
    }

    /// The case it is about.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            PaperDeed::Archive(archive) => Some(archive.case),
            PaperDeed::Draw { .. } => None,
        }
    }
}
