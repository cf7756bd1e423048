//! The practice officers with their passwords, out of the sample data: listed at sign-in and by `practice --list`.

use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};
use crate::office::setup::NewOfficer;
use crate::store::fault::Fault;
use serde::Deserialize;
use std::collections::BTreeSet;

const TEXT: &str = include_str!("../../../sample-data/officers.toml");

/// The codes on the practice sheet of the first county approver, in the order in which they are read out.
const CODES: [&str; 10] =
    ["482913", "071556", "935204", "268871", "640139", "517728", "803365", "194402", "756097", "320648"];

/// Which county approver holds the practice sheet of codes.
pub(super) const CODES_OF: &str = "9001";

/// A practice officer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PracticeOfficer {
    /// 操作员号.
    pub no: OfficerNo,
    /// 姓名.
    pub name: String,
    /// 职务.
    pub title: String,
    /// 单位.
    pub office: Office,
    /// 岗位.
    pub role: Role,
    /// The password: no secret, practice only.
    pub password: String,
}

impl PracticeOfficer {
    pub(super) fn new_officer(&self) -> NewOfficer {
        NewOfficer {
            no: self.no.clone(),
            name: self.name.clone(),
            office: self.office,
            roles: BTreeSet::from([self.role]),
        }
    }
}

#[derive(Deserialize)]
struct File {
    officer: Vec<Raw>,
}

#[derive(Deserialize)]
struct Raw {
    number: String,
    name: String,
    role: Role,
    unit: u16,
    title: String,
    password: String,
}

/// Every practice officer, in the order of the list.
///
/// # Errors
/// The embedded file cannot be read: a mistake of the program, which a test holds.
pub fn officers() -> Result<Vec<PracticeOfficer>, Fault> {
    let file: File =
        toml::from_str(TEXT).map_err(|error| Fault::bug(format!("练习人员表读不懂：{error}")))?;
    Ok(file
        .officer
        .into_iter()
        .map(|raw| PracticeOfficer {
            no: OfficerNo(raw.number),
            name: raw.name,
            title: raw.title,
            office: if raw.unit == 0 { Office::County } else { Office::Township(raw.unit) },
            role: raw.role,
            password: raw.password,
        })
        .collect())
}

/// Whose sheet of spoken codes practice has, and its codes in order; the first ones are used up by the sample cases.
pub fn spoken_codes() -> (&'static str, &'static [&'static str]) {
    (CODES_OF, &CODES)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_and_every_office_is_there() {
        let officers = officers().unwrap();
        for role in Role::ALL {
            assert!(officers.iter().any(|officer| officer.role == role), "{role:?}");
        }
        for township in [102, 103, 108] {
            let of = |role| officers.iter().any(|o| o.office == Office::Township(township) && o.role == role);
            assert!(of(Role::Handler) && of(Role::Approver), "{township}");
        }
        assert!(officers.iter().any(|o| o.no.0 == CODES_OF && o.role == Role::Approver));
    }
}
