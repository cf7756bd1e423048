//! The set of algorithms an entry was made with. A number in every entry, so that others (SM2, SM3) can join without
//! a new format; nothing here may ever change what suite 1 means.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The algorithms of an entry: hash, signature, cipher, key derivation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Suite {
    /// SHA-256, Ed25519 (strict), XChaCha20-Poly1305, X25519 with HKDF-SHA256, Argon2id.
    #[default]
    One,
}

impl Suite {
    /// The number that stands in an entry.
    pub fn number(self) -> u8 {
        match self {
            Suite::One => 1,
        }
    }

    /// The suite of a number; `None` for one that this program does not know.
    pub fn from_number(number: u8) -> Option<Suite> {
        (number == 1).then_some(Suite::One)
    }
}

impl Serialize for Suite {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_u8(self.number())
    }
}

impl<'de> Deserialize<'de> for Suite {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Suite, D::Error> {
        let number = u8::deserialize(deserializer)?;
        Suite::from_number(number).ok_or_else(|| serde::de::Error::custom("unknown suite"))
    }
}
