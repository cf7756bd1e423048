//! The content of an entry, typed: who ordered what, what it made true, who carried it to the share, and when.
//! It holds no name, id number, account, address or free text: those are in the sealed private part.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::canon::{self, NotCanonical};
use super::row::{Cid, CountyId, DeskId, Hash, KeyId, Sig};
use super::suite::Suite;

/// The format of entries that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// No entry's text and private part together may be larger, in bytes.
pub const MAX_ENTRY: usize = 256 * 1024;

/// The turn (轮次) in which an entry was written: the number of the log file and of the turn in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnNo {
    /// Log file, from 1.
    pub file: u32,
    /// Turn in this file, from 0.
    pub k: u64,
}

/// What an officer ordered, as signed by him.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Order {
    /// Random id, chosen once, kept over every new try.
    pub cid: Cid,
    /// The command's name in the catalogue.
    pub verb: String,
    /// The officer's number.
    pub author: String,
    /// The author's key.
    pub key: KeyId,
    /// The last n that the author had before his eyes.
    pub seen: u64,
    /// The command's public arguments.
    pub args: Value,
    /// Salted hash of the private arguments, see [`super::seal::commitment`]; absent if there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub private: Option<Hash>,
}

/// The officer in session who carried the entry to the share; mostly the author himself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carrier {
    /// The officer's number.
    pub officer: String,
    /// The key of the entry's signature.
    pub key: KeyId,
}

/// The content of an entry's body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Body {
    /// Algorithms.
    pub suite: Suite,
    /// Format of this text, [`FORMAT`].
    pub format: u32,
    /// The county whose log this is.
    pub county: CountyId,
    /// Place in the log, from 1.
    pub n: u64,
    /// The hash of the entry before; for the first one [`super::chain::Head::genesis`].
    pub prev: Hash,
    /// The turn in which it was first written.
    pub turn: TurnNo,
    /// The share's time, milliseconds since 1970 UTC: the office's clock.
    pub share_ms: i64,
    /// The desk's own time, milliseconds since 1970 UTC, kept beside it.
    pub desk_ms: i64,
    /// The desk that wrote it.
    pub desk: DeskId,
    /// The desk's own count of its entries: two entries with one count betray a cloned PC.
    pub desk_seq: u64,
    /// The version of the program that wrote it.
    pub program: String,
    /// The policy pack in force.
    pub pack: String,
    /// The command as ordered.
    pub command: Order,
    /// The author's signature over the command.
    pub order_sig: Sig,
    /// What the entry made true, in order.
    pub facts: Vec<Value>,
    /// Who carried it.
    pub carrier: Carrier,
    /// Hash of the column `private` as stored, see [`super::seal::sealed_hash`]; absent if there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sealed: Option<Hash>,
}

impl Body {
    /// The canonical text.
    ///
    /// # Errors
    /// If a value breaks the rules of [`canon`].
    pub fn to_text(&self) -> Result<String, NotCanonical> {
        canon::to_text(self)
    }

    /// Reads a canonical text. The format number is not judged here.
    ///
    /// # Errors
    /// If the text is not canonical, or a field is missing, unknown or of the wrong kind.
    pub fn from_text(text: &str) -> Result<Body, NotCanonical> {
        Body::from_value(canon::from_text(text)?)
    }

    /// Types a value that is already known to be canonical.
    pub(crate) fn from_value(value: Value) -> Result<Body, NotCanonical> {
        serde_json::from_value(value).map_err(|e| NotCanonical::Shape(e.to_string()))
    }
}
