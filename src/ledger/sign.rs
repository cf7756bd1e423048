//! Ed25519 signatures, always verified strictly and one by one (batches can disagree with single checks).
//! A secret key is wiped when dropped and never shown.

use std::fmt;

use ed25519_dalek::{Signature, Signer, VerifyingKey};

use super::body::Order;
use super::canon::{self, NotCanonical};
use super::row::{CountyId, Hash, KeyId, PublicKey, Sig};

/// What a signature is worth.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SigState {
    /// Made by that key over those bytes.
    Good,
    /// The key is not known, so nothing can be said.
    Unknown,
    /// Not made by that key over those bytes.
    Bad,
}

/// An officer's secret signing key.
pub struct SigningKey(ed25519_dalek::SigningKey);

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SigningKey({})", self.id())
    }
}

impl SigningKey {
    /// The key of a 32-byte random seed.
    pub fn from_seed(seed: &[u8; 32]) -> SigningKey {
        SigningKey(ed25519_dalek::SigningKey::from_bytes(seed))
    }

    /// The seed, to be wrapped; the caller wipes it.
    pub(crate) fn seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public key.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key().to_bytes())
    }

    /// The id of the public key.
    pub fn id(&self) -> KeyId {
        self.public().id()
    }

    /// Signs a command for this county.
    ///
    /// # Errors
    /// If the command's arguments cannot be written canonically.
    pub fn sign_order(&self, county: CountyId, order: &Order) -> Result<Sig, NotCanonical> {
        Ok(Sig(self.0.sign(&order_message(county, order)?).to_bytes()))
    }

    /// Signs an entry's hash.
    pub fn sign_hash(&self, hash: &Hash) -> Sig {
        Sig(self.0.sign(&hash.0).to_bytes())
    }

    /// Signs any other text (a head seen, a request to join) under a purpose of its own, so that it can never be
    /// taken for a command or an entry.
    pub fn sign_text(&self, purpose: &str, county: CountyId, text: &str) -> Sig {
        Sig(self.0.sign(&text_message(purpose, county, text)).to_bytes())
    }
}

/// The bytes that an author signs.
pub(super) fn order_message(county: CountyId, order: &Order) -> Result<Vec<u8>, NotCanonical> {
    Ok(format!("jiuji/order/1/{county}\n{}", canon::to_text(order)?).into_bytes())
}

fn text_message(purpose: &str, county: CountyId, text: &str) -> Vec<u8> {
    format!("jiuji/text/1/{county}/{purpose}\n{text}").into_bytes()
}

/// Judges the author's signature over a command.
pub fn verify_order(key: Option<&PublicKey>, county: CountyId, order: &Order, sig: &Sig) -> SigState {
    match order_message(county, order) {
        Ok(message) => verify(key, &message, sig),
        Err(_) => SigState::Bad,
    }
}

/// Judges the carrier's signature over an entry's hash.
pub fn verify_hash(key: Option<&PublicKey>, hash: &Hash, sig: &Sig) -> SigState {
    verify(key, &hash.0, sig)
}

/// Judges a signature made by [`SigningKey::sign_text`].
pub fn verify_text(
    key: Option<&PublicKey>,
    purpose: &str,
    county: CountyId,
    text: &str,
    sig: &Sig,
) -> SigState {
    verify(key, &text_message(purpose, county, text), sig)
}

pub(super) fn verify(key: Option<&PublicKey>, message: &[u8], sig: &Sig) -> SigState {
    let Some(key) = key else { return SigState::Unknown };
    let Ok(key) = VerifyingKey::from_bytes(&key.0) else { return SigState::Bad };
    match key.verify_strict(message, &Signature::from_bytes(&sig.0)) {
        Ok(()) => SigState::Good,
        Err(_) => SigState::Bad,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::ledger::Cid;

    #[test]
    fn the_rfc_8032_vector_signs_as_printed() {
        let seed = crate::ledger::row::unhex::<32>(
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
        )
        .unwrap();
        let key = SigningKey::from_seed(&seed);
        assert_eq!(
            key.public().to_string(),
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
        );
        assert_eq!(
            hex::encode(key.0.sign(&[0xaf, 0x82]).to_bytes()),
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac\
             18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
        );
    }

    #[test]
    fn a_signature_holds_for_one_county_one_purpose_one_text() {
        let key = SigningKey::from_seed(&[7; 32]);
        let public = key.public();
        let (ours, theirs) = (CountyId([1; 16]), CountyId([2; 16]));
        let order = Order {
            cid: Cid([3; 16]),
            verb: "take-lead".into(),
            author: "1002".into(),
            key: key.id(),
            seen: 4,
            args: json!({"a": 1}),
            private: None,
        };
        let sig = key.sign_order(ours, &order).unwrap();
        assert_eq!(verify_order(Some(&public), ours, &order, &sig), SigState::Good);
        assert_eq!(verify_order(Some(&public), theirs, &order, &sig), SigState::Bad);
        assert_eq!(verify_order(None, ours, &order, &sig), SigState::Unknown);
        let other = Order { seen: 5, ..order };
        assert_eq!(verify_order(Some(&public), ours, &other, &sig), SigState::Bad);

        let sig = key.sign_text("head", ours, "12");
        assert_eq!(verify_text(Some(&public), "head", ours, "12", &sig), SigState::Good);
        assert_eq!(verify_text(Some(&public), "join", ours, "12", &sig), SigState::Bad);
        assert!(!format!("{key:?}").contains(&hex::encode([7u8; 32])));
    }
}
