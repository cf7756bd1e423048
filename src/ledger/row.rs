//! The columns of one entry and the fixed-size values in it, each shown and stored as lower-case hex.
//! Only values: nothing here judges whether a row is sound (that is [`super::chain`]).

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};

/// Reads exactly `N` bytes of lower-case hex. Upper case is refused: two spellings of one value would be two texts
/// with two hashes.
pub(crate) fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    if text.len() != 2 * N || text.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    let mut out = [0u8; N];
    hex::decode_to_slice(text, &mut out).ok()?;
    Some(out)
}

macro_rules! hex_bytes {
    ($(#[$doc:meta])* $name:ident, $len:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; $len]);

        impl $name {
            /// Reads lower-case hex of the right length; `None` for anything else.
            pub fn from_hex(text: &str) -> Option<$name> {
                unhex::<$len>(text).map($name)
            }

            /// Reads bytes of the right length; `None` for any other length.
            pub fn from_slice(bytes: &[u8]) -> Option<$name> {
                bytes.try_into().ok().map($name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&hex::encode(self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({})", stringify!($name), hex::encode(self.0))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(&hex::encode(self.0))
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<$name, D::Error> {
                let text = String::deserialize(deserializer)?;
                $name::from_hex(&text).ok_or_else(|| {
                    serde::de::Error::custom(concat!("expected lower-case hex of ", stringify!($len), " bytes"))
                })
            }
        }
    };
}

hex_bytes!(
    /// The random 128-bit id of a command, chosen by its author; unique in the log, so that a command offered twice
    /// is written once.
    Cid,
    16
);
hex_bytes!(
    /// A SHA-256 value.
    Hash,
    32
);
hex_bytes!(
    /// The random id of a county's log: what belongs to another county can never be mistaken for ours.
    CountyId,
    16
);
hex_bytes!(
    /// The random id of a desk (one installation on one PC).
    DeskId,
    8
);
hex_bytes!(
    /// The id of a signing key: the first 16 bytes of the SHA-256 of the public key.
    KeyId,
    16
);
hex_bytes!(
    /// An Ed25519 public key.
    PublicKey,
    32
);
hex_bytes!(
    /// An Ed25519 signature.
    Sig,
    64
);

impl Hash {
    /// The SHA-256 of all parts, one after the other.
    pub fn of(parts: &[&[u8]]) -> Hash {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update(part);
        }
        Hash(hasher.finalize().into())
    }

    /// Eight groups of eight characters, as printed on paper and read out on the telephone.
    pub fn groups(&self) -> String {
        let mut out = String::with_capacity(71);
        for (i, byte) in self.0.iter().enumerate() {
            if i > 0 && i % 4 == 0 {
                out.push(' ');
            }
            out.push_str(&hex::encode([*byte]));
        }
        out
    }
}

impl PublicKey {
    /// The id under which entries name this key.
    pub fn id(&self) -> KeyId {
        let hash = Hash::of(&[&self.0]);
        let mut id = [0u8; 16];
        for (to, from) in id.iter_mut().zip(hash.0) {
            *to = from;
        }
        KeyId(id)
    }
}

/// One row of the table `entry`: exactly its columns.
#[derive(Clone, PartialEq, Eq)]
pub struct Row {
    /// Place in the log, from 1, without gaps.
    pub n: u64,
    /// The command's id; equal to the one in the body.
    pub cid: Cid,
    /// The canonical text, see [`super::body::Body`].
    pub body: String,
    /// The sealed private part; `None` if there was none, or after it was erased for good.
    pub private: Option<Vec<u8>>,
    /// The hash of the body.
    pub hash: Hash,
    /// The carrier's signature over the hash.
    pub sig: [u8; 64],
}

impl fmt::Debug for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Row").field("n", &self.n).field("cid", &self.cid).field("hash", &self.hash).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hex_is_lower_case_and_exact() {
        let cid = Cid([0xab; 16]);
        assert_eq!(cid.to_string(), "ab".repeat(16));
        assert_eq!(Cid::from_hex(&"ab".repeat(16)), Some(cid));
        assert_eq!(Cid::from_hex(&"AB".repeat(16)), None);
        assert_eq!(Cid::from_hex(&"ab".repeat(15)), None);
        assert_eq!(Cid::from_hex(&"zz".repeat(16)), None);
    }

    #[test]
    fn hash_of_the_standard_vector() {
        let hash = Hash::of(&[b"a", b"bc"]);
        assert_eq!(hash.to_string(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assert_eq!(hash.groups(), "ba7816bf 8f01cfea 414140de 5dae2223 b00361a3 96177a9c b410ff61 f20015ad");
    }
}
