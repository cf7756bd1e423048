//! A session (登录): one officer at this desk, with the keys that his password opened. Dropped at sign-out, and its keys
//! are wiped with it.

use crate::domain::ids::OfficerNo;
use crate::ledger::SigningKey;
use crate::ledger::seal::{DataKey, OpeningKey};

/// What signing in opened.
pub struct Session {
    /// 操作员号.
    pub officer: OfficerNo,
    /// Signs.
    pub signing: SigningKey,
    /// Opens data keys sealed to the officer.
    pub opening: OpeningKey,
    /// The data keys of the years, oldest first.
    pub data: Vec<(i32, DataKey)>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Session({})", self.officer)
    }
}
