//! A request (申请): somebody made a key on his own PC, under his own password, and asks for an office; or he forgot his
//! password and made a new key. It lies in `desks/` without a name. The eight digits of it, told by telephone, are what
//! makes it his: whoever can write there could lay another one.

use super::setup::{self, MadeKey};
use crate::base::day::Stamp;
use crate::domain::command::kernel::NewKey;
use crate::domain::ids::OfficerNo;
use crate::domain::office::Office;
use crate::ledger::{CountyId, digits};
use crate::store::fault::{Fault, FaultKind};
use serde::{Deserialize, Serialize};

/// A request is gone after so many days.
pub(super) const DAYS: i64 = 30;
const FORMAT: u32 = 1;

/// What lies in `desks/`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Request {
    format: u32,
    /// In which county.
    county: String,
    /// The number wished for, or whose password was forgotten.
    pub officer: OfficerNo,
    /// The office he says.
    pub office: Office,
    /// The key, wrapped under his password.
    pub key: NewKey,
    /// When, by his PC's clock.
    pub at: i64,
}

/// A request as the administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Under which name it lies there.
    pub name: String,
    /// What it says.
    pub request: Request,
    /// Its eight digits. For the list of an administrator they stay hidden: he types those that he is told.
    pub digits: String,
}

/// Eight digits in two groups, as they are read over the telephone.
pub fn spoken(digits: &str) -> String {
    match (digits.get(..4), digits.get(4..)) {
        (Some(first), Some(second)) => format!("{first} {second}"),
        _ => digits.to_owned(),
    }
}

/// The digits as somebody typed them.
pub fn typed(text: &str) -> String {
    crate::base::fold::digits(text).chars().filter(char::is_ascii_digit).collect()
}

impl Request {
    /// A request of the key that an officer just made.
    pub fn new(county: CountyId, officer: OfficerNo, office: Office, made: &MadeKey, at: Stamp) -> Request {
        let key = made.public.clone();
        Request { format: FORMAT, county: county.to_string(), officer, office, key, at: at.0 }
    }

    /// Its text.
    ///
    /// # Errors
    /// It cannot be written, which would be a fault of this program.
    pub fn text(&self) -> Result<String, Fault> {
        serde_json::to_string(self).map_err(|error| Fault::bug(error.to_string()))
    }

    /// Its eight digits.
    ///
    /// # Errors
    /// Not enough memory.
    pub fn digits(&self, county: CountyId) -> Result<String, Fault> {
        digits::digits(county, &self.text()?)
            .ok_or_else(|| Fault::new(FaultKind::Config, "内存不足，算不出对照码", "请关闭其他程序后再试"))
    }

    /// When it was made.
    pub fn made(&self) -> Stamp {
        Stamp(self.at)
    }

    /// Reads one that lies in `desks/`; none where it is none of this county's.
    pub(super) fn read(county: CountyId, text: &str) -> Option<Request> {
        let request: Request = serde_json::from_str(text).ok()?;
        let ours = request.format == FORMAT && request.county == county.to_string();
        // What is not written as this program writes has other digits than its reader computes.
        (ours && request.key.id().is_some() && request.text().ok()? == text).then_some(request)
    }
}

/// Makes a key for who asks, and his request of it. Slow by intention.
///
/// # Errors
/// No random source; not enough memory.
pub fn make(
    county: CountyId,
    officer: OfficerNo,
    office: Office,
    password: &str,
    practice: bool,
    at: Stamp,
) -> Result<Request, Fault> {
    let strength = if practice {
        crate::ledger::wrap::Strength::Practice
    } else {
        crate::ledger::wrap::Strength::County
    };
    let made = setup::make_key(county, Some((password, strength)))?;
    Ok(Request::new(county, officer, office, &made, at))
}
