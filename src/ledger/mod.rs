//! An entry of the log as bytes: canonical text, hash chain, two signatures, sealed private part, wrapped keys.
//!
//! This floor judges *integrity* only: whether a row is an entry at all. Commands and facts are opaque JSON here;
//! whether an entry was *allowed* is for the floors above. It must never read a clock, a file or a random source:
//! salts, nonces, ephemeral keys and times are arguments. The format is described byte by byte in [`mod@format`].

pub mod body;
pub mod canon;
pub mod chain;
pub mod digits;
pub mod format;
pub mod paged;
pub mod rescue;
pub mod row;
pub mod seal;
pub mod sign;
pub mod suite;
pub mod wrap;

pub use body::{Body, Carrier, Order, TurnNo};
pub use chain::{Break, Head, KeyState, Keyring};
pub use row::{Cid, CountyId, DeskId, Hash, KeyId, PublicKey, Row, Sig};
pub use sign::{SigState, SigningKey};
pub use suite::Suite;
