//! How values of the floors below stand in SQLite's columns: days as ISO text, moments and fen as integers, ids as 16
//! bytes, small words as their digit. A column that does not read back is an error, never a default.

use crate::base::day::{Day, Stamp};
use crate::base::id_no::Sex;
use crate::base::money::Money;
use crate::domain::archive::Retention;
use crate::domain::code::Code;
use crate::domain::code_sheet::SheetEnd;
use crate::domain::fund::Account;
use crate::domain::ids::{
    AccountId, AuthorityId, BatchId, CaseId, DiscovererId, FindingId, HouseholdId, ImportId, IncidentId,
    LeadId, LineId, MatterId, MergeId, OfficerNo, PartnerId, PersonId, ProposalId, ReferralId, TransferId,
};
use crate::domain::nouns::{
    AccountKind, Applicant, BatchState, Channel, Circumstance, Discipline, FindingState, Fund, ItemKind,
    LeadEnd, LineKind, MeetingKind, Need, Path, PayBy, Payee, ReturnReason, Schemes, Severity, Stage, Status,
    Way,
};
use crate::domain::office::{Office, Role, Tier};
use crate::domain::partners::PartnerKind;
use crate::domain::privacy::LookPurpose;
use crate::domain::registers::DiscovererKind;
use crate::domain::same::LinkState;
use crate::domain::tiers::{CityAnswer, HelpKind, ReferOutcome, ReferTo, ServiceKind};
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ToSql, ToSqlOutput, ValueRef};

macro_rules! blobs {
    ($($id:ident),*) => {$(
        impl ToSql for $id {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::Borrowed(ValueRef::Blob(&self.0)))
            }
        }

        impl FromSql for $id {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                <[u8; 16]>::try_from(value.as_blob()?).map($id).map_err(|_| FromSqlError::InvalidType)
            }
        }
    )*};
}

macro_rules! digits {
    ($($word:ident),*) => {$(
        impl ToSql for $word {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(i64::from(self.digit())))
            }
        }

        impl FromSql for $word {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                let digit = value.as_i64()?;
                u8::try_from(digit).ok().and_then($word::from_digit).ok_or(FromSqlError::OutOfRange(digit))
            }
        }
    )*};
}

/// Words that write and read themselves as text.
macro_rules! texts {
    ($($word:ident),*) => {$(
        impl ToSql for $word {
            fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
                Ok(ToSqlOutput::from(self.to_string()))
            }
        }

        impl FromSql for $word {
            fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
                value.as_str()?.parse().map_err(|_| FromSqlError::InvalidType)
            }
        }
    )*};
}

blobs!(
    AccountId,
    BatchId,
    PersonId,
    HouseholdId,
    MatterId,
    LeadId,
    CaseId,
    LineId,
    AuthorityId,
    ProposalId,
    ImportId,
    FindingId
);
blobs!(DiscovererId, ReferralId, IncidentId, MergeId, TransferId, PartnerId);
digits!(DiscovererKind, PartnerKind);
digits!(CityAnswer, HelpKind, ReferOutcome, ReferTo, Retention, ServiceKind);
digits!(
    AccountKind,
    Applicant,
    BatchState,
    Channel,
    Circumstance,
    Discipline,
    FindingState,
    Fund,
    ItemKind,
    LeadEnd,
    LineKind,
    MeetingKind,
    LinkState,
    Need,
    Path,
    PayBy,
    LookPurpose,
    Payee,
    ReturnReason,
    Schemes,
    Severity,
    SheetEnd,
    Stage,
    Status,
    Way
);
texts!(Office, Account, Code);

impl ToSql for Day {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.to_string()))
    }
}

impl FromSql for Day {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Day::parse(value.as_str()?).ok_or(FromSqlError::InvalidType)
    }
}

impl ToSql for Stamp {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0))
    }
}

impl FromSql for Stamp {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Stamp)
    }
}

impl ToSql for Money {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.fen()))
    }
}

impl FromSql for Money {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(Money::from_fen)
    }
}

impl ToSql for OfficerNo {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(ValueRef::Text(self.0.as_bytes())))
    }
}

impl FromSql for OfficerNo {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_str().map(OfficerNo::from)
    }
}

impl ToSql for Tier {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(match self {
            Tier::Township => 1_i64,
            Tier::County => 2,
            Tier::City => 3,
        }))
    }
}

impl FromSql for Tier {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_i64()? {
            1 => Ok(Tier::Township),
            2 => Ok(Tier::County),
            3 => Ok(Tier::City),
            other => Err(FromSqlError::OutOfRange(other)),
        }
    }
}

impl ToSql for Role {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.zh()))
    }
}

impl FromSql for Role {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        let word = value.as_str()?;
        Role::ALL.into_iter().find(|role| role.zh() == word).ok_or(FromSqlError::InvalidType)
    }
}

impl ToSql for Sex {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(match self {
            Sex::Male => 1_i64,
            Sex::Female => 2,
        }))
    }
}

impl FromSql for Sex {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_i64()? {
            1 => Ok(Sex::Male),
            2 => Ok(Sex::Female),
            other => Err(FromSqlError::OutOfRange(other)),
        }
    }
}

/// A people column: ids one behind the other.
pub(super) fn people_blob(people: &[PersonId]) -> Vec<u8> {
    people.iter().flat_map(|person| person.0).collect()
}

/// The ids of a people column.
pub(super) fn people_of(blob: &[u8]) -> Vec<PersonId> {
    blob.chunks_exact(16).filter_map(|id| <[u8; 16]>::try_from(id).ok()).map(PersonId).collect()
}

/// Ids as a JSON list of hexadecimal texts, which a statement reads with `json_each` and `unhex`: one statement for any
/// number of people.
pub(super) fn list(people: impl IntoIterator<Item = PersonId>) -> String {
    let quoted: Vec<String> = people.into_iter().map(|person| format!("\"{person}\"")).collect();
    format!("[{}]", quoted.join(","))
}

/// A small word whose own serialised name is its text in a column.
pub(super) fn word<T: serde::Serialize>(value: &T) -> rusqlite::Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        _ => Err(rusqlite::Error::ToSqlConversionFailure("not a word".into())),
    }
}

/// Reads a word back.
pub(super) fn unword<T: serde::de::DeserializeOwned>(text: String) -> rusqlite::Result<T> {
    serde_json::from_value(serde_json::Value::String(text)).map_err(|error| {
        rusqlite::Error::FromSqlConversionFailure(0, rusqlite::types::Type::Text, Box::new(error))
    })
}

/// A village's code in a column. SQLite's integers are signed; the bits go there and come back the same.
#[derive(Clone, Copy)]
pub(super) struct Village(pub(super) u64);

impl ToSql for Village {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::from(self.0.cast_signed()))
    }
}

impl FromSql for Village {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value.as_i64().map(|code| Village(code.cast_unsigned()))
    }
}
