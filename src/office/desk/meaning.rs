//! Meaning (含义): what a sound entry says, typed: whose command, what it made true, which private part. Of an entry that
//! rescues a lost one it is the lost one's, word for word; nobody else has to know that there are two kinds.

use super::facts_of;
use crate::domain::command::Command;
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::private::Private;
use crate::ledger::{Body, Cid, CountyId, Row, rescue, seal};
use crate::office::order::{self, command_of};
use crate::office::session::Session;
use crate::store::fault::Fault;
use std::borrow::Cow;

/// What an entry means.
pub(crate) struct Meaning<'a> {
    /// The content that counts: the entry's own, or that of the row it rescues.
    pub(crate) body: Cow<'a, Body>,
    /// Who gave the command.
    pub(crate) author: OfficerNo,
    /// What it made true.
    pub(crate) facts: Vec<Fact>,
    /// Whether it was lost and found again.
    pub(super) rescued: bool,
}

impl<'a> Meaning<'a> {
    /// Reads an entry that was judged before.
    ///
    /// # Errors
    /// A fact of a kind that this program does not know; a rescued row that cannot be read.
    pub(crate) fn of(body: &'a Body) -> Result<Meaning<'a>, Fault> {
        let inner = rescue::read(body)
            .map_err(|broken| Fault::damaged(format!("第 {} 条记录不成立：{broken}", body.n)))?;
        let rescued = inner.is_some();
        let body = inner.map_or(Cow::Borrowed(body), |(_, inner)| Cow::Owned(inner));
        let facts = facts_of(&body)?;
        Ok(Meaning { author: OfficerNo(body.command.author.clone()), facts, body, rescued })
    }

    /// The key that signed the command, hex of its id.
    pub(crate) fn key(&self) -> String {
        self.body.command.key.to_string()
    }

    /// The command.
    ///
    /// # Errors
    /// A verb that this program does not know.
    pub(crate) fn command(&self) -> Result<Command, Fault> {
        command_of(&self.body.command)
    }

    /// The private part, opened with the session's keys; none where there is none or no key fits.
    pub(super) fn private(&self, county: CountyId, row: &Row, session: &Session) -> Option<Private> {
        let column = row.private.as_deref()?;
        let committed = self.body.command.private.as_ref()?;
        let bytes = seal::open(&session.data, county, self.body.command.cid, column, committed).ok()?;
        order::read_plaintext(&bytes).ok()
    }
}

/// The ids of commands that an entry answers for: its own, and that of the row it rescues.
pub(crate) fn cids_of(row: &Row, body: &Body) -> [Option<Cid>; 2] {
    let inner = rescue::read(body).ok().flatten().map(|(inner, _)| inner.cid);
    [Some(row.cid), inner]
}
