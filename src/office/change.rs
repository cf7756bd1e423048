//! A change of one's own password (改密码). The password opens a wrap of the key, and every copy of the share keeps the old
//! wrap: whoever saw the old password and holds such a copy could open it for ever. A new wrap of the same key would leave
//! him able to sign, so a new password is a new key (DESIGN 4): what the old key signed before stays valid, what it would sign
//! afterwards is no entry. The officer holds the data keys, so he seals them to his new key himself, in the same entry, and
//! nobody has to help him.
//!
//! Drafts and orders of this PC are sealed under keys drawn from the data keys and not from the officer's own, so the new
//! key opens them like the old one, also where the program dies between the entry and the switch of the session.
//!
//! What must never happen: that the old key dies while the new one cannot open what the old one opened.

use super::compose::Draft;
use super::password;
use super::session::Session;
use super::setup::{self, MadeKey};
use crate::domain::command::Command;
use crate::domain::command::kernel::KeySet;
use crate::domain::private::Private;
use crate::ledger::CountyId;
use crate::ledger::seal::open_key;
use crate::ledger::wrap::Strength;
use crate::office::keybook::KeyBook;
use crate::store::fault::{Fault, FaultKind};
use std::collections::BTreeMap;

/// A change that is ready to be signed by the old key.
pub struct Change {
    /// The command, for the log.
    pub drafts: Vec<Draft>,
    /// The session under the new key: it counts once the entry stands.
    pub next: Session,
}

/// Checks the new password by the rule, and makes a key under it. Slow by intention.
///
/// # Errors
/// A password that the rule does not take; no random source; not enough memory.
pub fn make(
    county: CountyId,
    session: &Session,
    (new, name): (&str, &str),
    practice: bool,
) -> Result<MadeKey, Fault> {
    check(session, new, name)?;
    let strength = if practice { Strength::Practice } else { Strength::County };
    setup::make_key(county, Some((new, strength)))
}

/// Whether a password may be the officer's new one.
///
/// # Errors
/// The rule's sentence.
pub fn check(session: &Session, new: &str, name: &str) -> Result<(), Fault> {
    password::check(new, &session.officer, name)
        .map_err(|problem| Fault::new(FaultKind::User, problem.to_string(), "请重打新密码"))
}

/// The change to a key just made: every data key of the session sealed to it, and opened again with it before the old key
/// is given up.
///
/// # Errors
/// A data key that does not open again, which would be a fault of this program; no random source.
pub fn prepare(county: CountyId, session: &Session, made: MadeKey) -> Result<Change, Fault> {
    let MadeKey { keys, public } = made;
    let mut next = setup::session_of(&session.officer, keys);
    let mut data = BTreeMap::new();
    for period in &session.periods {
        for sealed in setup::sealed_to(county, *period, session, &[&public])?.into_values() {
            let opened = hex::decode(&sealed)
                .ok()
                .and_then(|bytes| open_key(&next.opening, &bytes, county, &period.to_string()).ok())
                .ok_or_else(|| Fault::bug(format!("数据密钥 {period} 封到新密钥后打不开，密码没有改")))?;
            next.periods.push(*period);
            next.data.push(opened);
            data.insert(*period, sealed);
        }
    }
    let set = KeySet { key: public, data };
    Ok(Change { drafts: vec![(Command::KeySet(set), Private::default())], next })
}

/// Why a session signs no more: its officer has another key now, or none; none while it does.
pub fn superseded(session: &Session, book: &KeyBook) -> Option<Fault> {
    let known = book.officer(&session.officer)?;
    match &known.key {
        Some((id, _)) if *id == session.signing.id() => None,
        Some(_) => Some(Fault::new(
            FaultKind::User,
            format!("操作员 {} 的密码已更改，这台电脑还登录在旧密码上", session.officer),
            "请签退，再用新密码登录；暂存的内容都在",
        )),
        None => Some(Fault::new(
            FaultKind::User,
            format!("操作员 {} 的密钥已停用，这里不能再办理", session.officer),
            "请签退，并联系县局管理员；暂存的内容都在",
        )),
    }
}

#[cfg(test)]
mod tests;
