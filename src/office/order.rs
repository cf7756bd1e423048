//! Orders (指令单): a command as its author gives and signs it, with its private part beside it. Made once, kept in the
//! outbox, offered again under the same id until the log has an answer.

use super::random;
use super::session::Session;
use crate::domain::command::Command;
use crate::domain::private::Private;
use crate::ledger::{Cid, CountyId, Order, Sig, canon, seal};
use crate::store::fault::{Fault, FaultKind};
use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

/// A signed order with what is private in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// The order.
    pub order: Order,
    /// The author's signature over it.
    pub sig: Sig,
    /// The salt of the private part's commitment, hex; empty where nothing is private.
    pub salt: String,
    /// The private part.
    pub private: Private,
}

impl std::fmt::Debug for Signed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signed({} {})", self.order.verb, self.order.cid)
    }
}

impl Signed {
    /// The command back from the order's words.
    ///
    /// # Errors
    /// If this program does not know the verb or an argument of it.
    pub fn command(&self) -> Result<Command, Fault> {
        command_of(&self.order)
    }
}

/// The command of an order.
///
/// # Errors
/// If this program does not know the verb or an argument of it: then it is too old.
pub fn command_of(order: &Order) -> Result<Command, Fault> {
    let value = serde_json::json!({ "verb": order.verb, "args": order.args });
    serde_json::from_value(value).map_err(|error| {
        Fault::new(
            FaultKind::Newer,
            format!("记录中的指令「{}」本程序不认识", order.verb),
            "程序太旧，请更新后再用",
        )
        .because(error)
    })
}

/// Signs a command in a session. `seen` is the last n that the author had before his eyes.
///
/// # Errors
/// If the machine has no random source or a text cannot be written canonically.
pub fn sign(
    session: &Session,
    county: CountyId,
    seen: u64,
    command: &Command,
    private: Private,
) -> Result<Signed, Fault> {
    let cid = Cid(random::bytes()?);
    let mut value = serde_json::to_value(command).map_err(bug)?;
    let args = value.get_mut("args").map(serde_json::Value::take).unwrap_or_default();
    let (salt, commitment) = if private.is_empty() {
        (None, None)
    } else {
        let salt: [u8; 32] = random::bytes()?;
        let commitment = seal::commitment(&salt, &plaintext(&private)?);
        (Some(salt), Some(commitment))
    };
    let order = Order {
        cid,
        verb: command.verb().to_owned(),
        author: session.officer.0.clone(),
        key: session.signing.id(),
        seen,
        args,
        private: commitment,
    };
    let sig = session.signing.sign_order(county, &order).map_err(bug)?;
    Ok(Signed { order, sig, salt: salt.map(hex::encode).unwrap_or_default(), private })
}

/// The bytes of a private part that are committed to and sealed.
///
/// # Errors
/// If a text in it cannot be written canonically.
pub fn plaintext(private: &Private) -> Result<Zeroizing<Vec<u8>>, Fault> {
    Ok(Zeroizing::new(canon::to_text(private).map_err(bug)?.into_bytes()))
}

/// Reads a private part back from its bytes.
///
/// # Errors
/// If the bytes are no private part of a format that this program knows.
pub fn read_plaintext(bytes: &[u8]) -> Result<Private, Fault> {
    serde_json::from_slice(bytes).map_err(|error| {
        Fault::new(FaultKind::Newer, "记录的不公开部分读不懂", "程序可能太旧，请更新后再用").because(error)
    })
}

fn bug(error: impl std::error::Error + Send + Sync + 'static) -> Fault {
    Fault::new(FaultKind::Bug, "指令写不成规定的格式", "内容已保留，请联系技术人员").because(error)
}
