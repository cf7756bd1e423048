//! Entries of a patched program (改过的程序): made with real keys and real turns, without asking any rule.

use super::ward::Ward;
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::decide::{Ctx, decide};
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::private::Private;
use crate::ledger::body::FORMAT;
use crate::ledger::{Body, Carrier, DeskId, Head, Order, Row, Sig, Suite, TurnNo, chain};
use crate::office::order;
use crate::store::fault::Fault;

/// A turn of the first file that no desk has reached.
const LATE: u64 = 9_000;

impl Ward {
    /// What an officer's command would make true if he were allowed to give it.
    ///
    /// # Errors
    /// He is not: then a test has to be mended.
    pub(super) fn decided(&self, by: &str, command: &Command, private: &Private) -> Result<Vec<Fact>, Fault> {
        let reader = self.office.desk().replica().reader()?;
        let author = reader.officer(&by.into()).ok_or_else(|| Fault::bug("没有操作员"))?;
        let pack = reader.pack_now().ok_or_else(|| Fault::bug("没有政策包"))?;
        let key = author.key.clone().unwrap_or_default();
        let now = self.office.now().plus_minutes(1);
        let cx = Ctx {
            answers: &reader,
            author: &author,
            key: &key,
            now,
            desk_now: now,
            seen: self.last(),
            pack: &pack,
            private: Some(private),
        };
        match decide(&cx, command) {
            Ok(decision) => Ok(decision.facts),
            Err(refusals) => {
                Err(Fault::bug(refusals.iter().map(|refusal| refusal.full()).collect::<String>()))
            }
        }
    }

    /// A body on a head, with an order that its author really signed.
    ///
    /// # Errors
    /// The machine's.
    pub(super) fn body(
        &self,
        head: Head,
        by: &str,
        command: &Command,
        facts: &[Fact],
    ) -> Result<Body, Fault> {
        let session = self.office.session(&OfficerNo::from(by))?;
        let signed = order::sign(&session, self.county(), head.n, command, Private::default())?;
        self.carried(head, by, signed.order, signed.sig, facts)
    }

    /// A body around an order that is signed already.
    ///
    /// # Errors
    /// The machine's.
    pub(super) fn carried(
        &self,
        head: Head,
        by: &str,
        order: Order,
        order_sig: Sig,
        facts: &[Fact],
    ) -> Result<Body, Fault> {
        let session = self.office.session(&OfficerNo::from(by))?;
        let facts = facts.iter().map(serde_json::to_value).collect::<Result<_, _>>();
        Ok(Body {
            suite: Suite::One,
            format: FORMAT,
            county: self.county(),
            n: head.n + 1,
            prev: head.hash,
            turn: TurnNo { file: 1, k: LATE },
            share_ms: self.office.now().plus_minutes(1).0,
            desk_ms: self.office.now().plus_minutes(1).0,
            desk: DeskId([9; 8]),
            desk_seq: 1,
            program: "0.1.0".into(),
            pack: self.bodies.last().map(|body| body.pack.clone()).unwrap_or_default(),
            command: order,
            order_sig,
            facts: facts.map_err(|error| Fault::bug(error.to_string()))?,
            carrier: Carrier { officer: by.to_owned(), key: session.signing.id() },
            sealed: None,
        })
    }

    /// The row of a body, signed by an officer.
    ///
    /// # Errors
    /// The machine's.
    pub(super) fn row(&self, body: Body, carrier: &str) -> Result<Row, Fault> {
        let session = self.office.session(&OfficerNo::from(carrier))?;
        chain::make(body, None, &session.signing).map_err(|broken| Fault::bug(broken.to_string()))
    }

    /// The row of a body whose text was changed after it was written, hashed and signed all the same.
    ///
    /// # Errors
    /// The machine's.
    pub(super) fn rewritten(&self, body: &Body, carrier: &str, from: &str, to: &str) -> Result<Row, Fault> {
        let session = self.office.session(&OfficerNo::from(carrier))?;
        let text = body.to_text().map_err(|error| Fault::bug(error.to_string()))?.replacen(from, to, 1);
        let hash = chain::entry_hash(self.county(), FORMAT, Suite::One, &text);
        let sig = session.signing.sign_hash(&hash).0;
        Ok(Row { n: body.n, cid: body.command.cid, body: text, private: None, hash, sig })
    }

    /// The head after the entry at `n`.
    pub(super) fn head(&self, n: u64) -> Head {
        let row = self.rows.iter().find(|row| row.n == n);
        row.map_or(Head::genesis(self.county()), Head::of)
    }
}
