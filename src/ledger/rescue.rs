//! Rescue (找回): an entry that carries another one, word for word. When a server lost rows that some PC still holds, and
//! the log has gone on without them, their places are taken; so each comes back inside an entry of its own, with its
//! text, hash and both signatures, and means there what it meant before. It proves itself: whoever carries it can change
//! nothing in it.
//!
//! It must never let a row in that was not signed by its author and its first carrier, nor one inside another.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::body::Body;
use super::canon;
use super::chain::{Break, KeyState, Keyring, entry_hash};
use super::row::{Cid, CountyId, Hash, Row, Sig};
use super::sign::{self, SigState};

/// The verb of such an entry.
pub const VERB: &str = "rescue";

/// How much longer a rescuing entry is than the one in it, at the most, in bytes: entries are written so much shorter
/// than the largest that is read, so that each can be rescued.
pub const ROOM: usize = 4 * 1024;

/// The arguments of a rescuing entry: the lost row without its private column, which stands in the column of the same
/// name, as it was.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Carried {
    /// Its text as a value; written canonically it is the lost text.
    pub body: Value,
    /// Its hash.
    pub hash: Hash,
    /// Its first carrier's signature over the hash.
    pub sig: Sig,
}

/// What a rescuing entry carries, ready for its arguments. What was rescued once and lost again is carried itself, not
/// inside its first rescue.
///
/// # Errors
/// A row whose text is not canonical.
pub fn carry(row: &Row) -> Result<(Carried, Row), Break> {
    let body = canon::from_text(&row.body).map_err(Break::Canonical)?;
    let typed = Body::from_value(body.clone()).map_err(Break::Canonical)?;
    match read(&typed)? {
        Some((inner, _)) => {
            let value = canon::from_text(&inner.body).map_err(Break::Canonical)?;
            let carried = Carried { body: value, hash: inner.hash, sig: Sig(inner.sig) };
            Ok((carried, Row { private: row.private.clone(), ..inner }))
        }
        None => Ok((Carried { body, hash: row.hash, sig: Sig(row.sig) }, row.clone())),
    }
}

/// The command that a row rescues; none for every other row.
pub fn rescued_in(row: &Row) -> Option<Cid> {
    // Few rows do: most are passed over without reading their text.
    if !row.body.contains(VERB) {
        return None;
    }
    let body = Body::from_text(&row.body).ok()?;
    read(&body).ok().flatten().map(|(inner, _)| inner.cid)
}

/// The command that a row answers for: its own, or the one that it rescues.
pub fn answers_for(row: &Row) -> Cid {
    rescued_in(row).unwrap_or(row.cid)
}

/// The row that an entry rescues, with its content; `None` for every other entry. The row has no private column: that
/// stands in the entry's own. Hash and county are judged, signatures are not.
///
/// # Errors
/// A rescuing entry whose arguments are no row.
pub fn read(outer: &Body) -> Result<Option<(Row, Body)>, Break> {
    if outer.command.verb != VERB {
        return Ok(None);
    }
    let carried: Carried =
        serde_json::from_value(outer.command.args.clone()).map_err(|_| Break::Rescue("不成形"))?;
    let text = canon::to_text(&carried.body).map_err(Break::Canonical)?;
    let body = Body::from_value(carried.body).map_err(Break::Canonical)?;
    if body.county != outer.county {
        return Err(Break::County);
    }
    if body.command.verb == VERB {
        return Err(Break::Rescue("套在另一条里"));
    }
    if entry_hash(body.county, body.format, body.suite, &text) != carried.hash {
        return Err(Break::Rescue("哈希不符"));
    }
    let row = Row {
        n: body.n,
        cid: body.command.cid,
        body: text,
        private: None,
        hash: carried.hash,
        sig: carried.sig.0,
    };
    Ok(Some((row, body)))
}

/// Judges what a rescuing entry carries: nothing true of its own, the same sealed part, and both signatures. A key that
/// was revoked in the meantime still counts: the row was acknowledged before.
pub(super) fn check(outer: &Body, county: CountyId, keys: &dyn Keyring) -> Result<(), Break> {
    let Some((row, inner)) = read(outer)? else { return Ok(()) };
    if !outer.facts.is_empty() || outer.command.private.is_some() {
        return Err(Break::Rescue("带有自己的内容"));
    }
    if outer.sealed.is_some() && outer.sealed != inner.sealed {
        return Err(Break::Private);
    }
    let of = |key, officer: &str| -> Result<KeyState, Break> {
        let state = keys.key_at(key).ok_or(Break::Rescue("签名的密钥没有登记"))?;
        if state.officer == officer {
            Ok(state)
        } else {
            Err(Break::Rescue("密钥不属于所写的工号"))
        }
    };
    let author = of(&inner.command.key, &inner.command.author)?;
    let carrier = of(&inner.carrier.key, &inner.carrier.officer)?;
    if sign::verify_order(Some(&author.public), county, &inner.command, &inner.order_sig) != SigState::Good {
        return Err(Break::OrderSig);
    }
    if sign::verify_hash(Some(&carrier.public), &row.hash, &Sig(row.sig)) != SigState::Good {
        return Err(Break::CarrierSig);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::json;

    use super::*;
    use crate::ledger::chain::{self, Head};
    use crate::ledger::{Carrier, Cid, DeskId, KeyId, Order, SigningKey, Suite, TurnNo};

    const COUNTY: CountyId = CountyId([0xaa; 16]);

    struct Ring(BTreeMap<KeyId, KeyState>);

    impl Keyring for Ring {
        fn key_at(&self, key: &KeyId) -> Option<KeyState> {
            self.0.get(key).cloned()
        }
    }

    fn key(no: u8) -> SigningKey {
        SigningKey::from_seed(&[no; 32])
    }

    fn ring() -> Ring {
        let state = |no: u8, revoked_from| {
            let public = key(no).public();
            (public.id(), KeyState { public, officer: format!("100{no}"), from: 2, revoked_from })
        };
        Ring(BTreeMap::from([state(1, Some(3)), state(2, None)]))
    }

    fn entry(
        signer: u8,
        n: u64,
        verb: &str,
        args: Value,
        facts: Vec<Value>,
        private: Option<Vec<u8>>,
    ) -> Row {
        let key = key(signer);
        let order = Order {
            cid: Cid([n as u8; 16]),
            verb: verb.into(),
            author: format!("100{signer}"),
            key: key.id(),
            seen: n - 1,
            args,
            private: None,
        };
        let body = Body {
            suite: Suite::One,
            format: 1,
            county: COUNTY,
            n,
            prev: Hash([n as u8 - 1; 32]),
            turn: TurnNo { file: 1, k: n },
            share_ms: 0,
            desk_ms: 0,
            desk: DeskId([1; 8]),
            desk_seq: n,
            program: "0.1.0".into(),
            pack: "CY-2021-15".into(),
            order_sig: key.sign_order(COUNTY, &order).unwrap(),
            command: order,
            facts,
            carrier: Carrier { officer: format!("100{signer}"), key: key.id() },
            sealed: None,
        };
        chain::make(body, private, &key).unwrap()
    }

    fn judged(row: &Row) -> Result<Body, Break> {
        chain::check(row, &Head { n: row.n - 1, hash: Hash([row.n as u8 - 1; 32]) }, COUNTY, &ring())
    }

    fn rescue(lost: &Row) -> Row {
        let (carried, inner) = carry(lost).unwrap();
        entry(2, 7, VERB, serde_json::to_value(carried).unwrap(), vec![], inner.private)
    }

    #[test]
    fn a_lost_row_comes_back_word_for_word_also_by_a_key_revoked_since() {
        let lost =
            entry(1, 5, "note", json!({"amount_fen": 500}), vec![json!({"fact": "x"})], Some(vec![7; 40]));
        let outer = rescue(&lost);
        let body = judged(&outer).unwrap();
        let (row, inner) = read(&body).unwrap().unwrap();
        assert_eq!((&row.body, row.hash, row.sig, row.cid), (&lost.body, lost.hash, lost.sig, lost.cid));
        assert_eq!(inner.facts, vec![json!({"fact": "x"})]);
        assert_eq!(outer.private, lost.private);
        assert!(outer.body.len() - lost.body.len() < ROOM);
        // Lost once more: it is carried itself, not inside its first rescue.
        let (again, inner) = carry(&outer).unwrap();
        assert_eq!((again.hash, inner.private), (lost.hash, lost.private));
    }

    #[test]
    fn whatever_is_changed_in_it_is_no_entry() {
        let lost = entry(1, 5, "note", json!({"amount_fen": 500}), vec![], None);
        let (good, _) = carry(&lost).unwrap();
        let with = |change: &dyn Fn(&mut Value)| {
            let mut args = serde_json::to_value(&good).unwrap();
            change(&mut args);
            judged(&entry(2, 7, VERB, args, vec![], None)).unwrap_err()
        };
        assert_eq!(
            with(&|a| a["body"]["command"]["args"]["amount_fen"] = 900.into()),
            Break::Rescue("哈希不符")
        );
        assert_eq!(with(&|a| a["body"]["county"] = "bb".repeat(16).into()), Break::County);
        assert_eq!(with(&|a| a["sig"] = "00".repeat(64).into()), Break::CarrierSig);
        assert_eq!(with(&|a| a["more"] = 1.into()), Break::Rescue("不成形"));
        let own = entry(2, 7, VERB, serde_json::to_value(&good).unwrap(), vec![json!({"fact": "x"})], None);
        assert_eq!(judged(&own).unwrap_err(), Break::Rescue("带有自己的内容"));
        let other_seal = entry(2, 7, VERB, serde_json::to_value(&good).unwrap(), vec![], Some(vec![1; 40]));
        assert_eq!(judged(&other_seal).unwrap_err(), Break::Private);
        // Signed with his own key under another's number, and a rescue inside a rescue.
        let mut forged = entry(3, 5, "note", json!({}), vec![], None);
        let (carried, _) = carry(&forged).unwrap();
        let args = serde_json::to_value(carried).unwrap();
        assert_eq!(
            judged(&entry(2, 7, VERB, args, vec![], None)).unwrap_err(),
            Break::Rescue("签名的密钥没有登记")
        );
        forged = rescue(&lost);
        let nested = Carried {
            body: canon::from_text(&forged.body).unwrap(),
            hash: forged.hash,
            sig: Sig(forged.sig),
        };
        let args = serde_json::to_value(nested).unwrap();
        assert_eq!(
            judged(&entry(2, 8, VERB, args, vec![], None)).unwrap_err(),
            Break::Rescue("套在另一条里")
        );
    }
}
