//! An officer's two secret keys, wrapped under his password, so that he can sign in on any PC.
//! The cost of a guess is recorded in the wrap; only the two settings below are ever accepted, and the weak one only
//! in practice: a wrap offered by somebody else must not choose its own price.

use std::fmt;

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use zeroize::Zeroizing;

use super::row::{CountyId, KeyId, unhex};
use super::seal::{self, OpeningKey};
use super::sign::SigningKey;

/// How dear a guess at a password is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// 64 MiB, three passes: the one setting of a county.
    County,
    /// 19 MiB, two passes: practice only, so that a practice office opens at once.
    Practice,
}

impl Strength {
    /// Memory in KiB and number of passes; always one lane.
    pub fn cost(self) -> (u32, u32) {
        match self {
            Strength::County => (64 * 1024, 3),
            Strength::Practice => (19 * 1024, 2),
        }
    }
}

/// Why a wrap could not be made or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WrapFault {
    /// Not the form or the setting that this program knows.
    #[error("密钥封装的格式或强度不符合规定")]
    Form,
    /// A practice setting outside practice.
    #[error("这是练习用的密钥，不能用于正式办公")]
    PracticeOnly,
    /// The password does not open it.
    #[error("密码不对")]
    Password,
    /// Not enough memory for the derivation.
    #[error("内存不足，无法核对密码；请关闭其他程序后再试")]
    Memory,
}

/// An officer's secret keys.
pub struct Keys {
    /// For signing.
    pub signing: SigningKey,
    /// For opening what is sealed to him.
    pub opening: OpeningKey,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Keys").field(&self.signing).finish()
    }
}

impl Keys {
    /// The keys of two random seeds.
    pub fn from_seeds(signing: &[u8; 32], opening: &[u8; 32]) -> Keys {
        Keys { signing: SigningKey::from_seed(signing), opening: OpeningKey::from_seed(opening) }
    }
}

/// Both secret keys under a password, as it stands in a `key-set` entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wrapped {
    /// Always `argon2id`.
    pub kdf: String,
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes.
    pub passes: u32,
    /// Salt, 16 bytes as hex.
    pub salt: String,
    /// Nonce, 24 bytes as hex.
    pub nonce: String,
    /// The signing seed, then the opening seed, under the derived key; hex.
    pub sealed: String,
}

/// Wraps the keys. The password is taken in NFC; whether it is good enough is for the caller to say.
///
/// # Errors
/// [`WrapFault::Memory`] if the PC cannot give the memory.
pub fn wrap(
    keys: &Keys,
    password: &str,
    strength: Strength,
    county: CountyId,
    salt: &[u8; 16],
    nonce: &[u8; 24],
) -> Result<Wrapped, WrapFault> {
    let derived = derive(password, strength, salt)?;
    let mut seeds = Zeroizing::new([0u8; 64]);
    let both = Zeroizing::new([keys.signing.seed(), keys.opening.seed()]);
    for (to, from) in seeds.iter_mut().zip(both.iter().flatten()) {
        *to = *from;
    }
    let aad = aad(county, keys.signing.id(), strength);
    let sealed =
        seal::encrypt(&derived, nonce, aad.as_bytes(), seeds.as_slice()).map_err(|_| WrapFault::Form)?;
    let (memory_kib, passes) = strength.cost();
    Ok(Wrapped {
        kdf: "argon2id".into(),
        memory_kib,
        passes,
        salt: hex::encode(salt),
        nonce: hex::encode(nonce),
        sealed: hex::encode(sealed),
    })
}

/// Opens a wrap with a password; `key` is the signing key's id as enrolled. Takes the time that [`Strength`] says.
///
/// # Errors
/// [`WrapFault`]: wrong password, practice setting outside practice, or not our form.
pub fn unwrap(
    wrapped: &Wrapped,
    password: &str,
    county: CountyId,
    key: KeyId,
    practice: bool,
) -> Result<Keys, WrapFault> {
    let strength = [Strength::County, Strength::Practice]
        .into_iter()
        .find(|s| s.cost() == (wrapped.memory_kib, wrapped.passes))
        .ok_or(WrapFault::Form)?;
    if strength == Strength::Practice && !practice {
        return Err(WrapFault::PracticeOnly);
    }
    if wrapped.kdf != "argon2id" {
        return Err(WrapFault::Form);
    }
    let salt = unhex::<16>(&wrapped.salt).ok_or(WrapFault::Form)?;
    let nonce = unhex::<24>(&wrapped.nonce).ok_or(WrapFault::Form)?;
    let sealed = unhex::<80>(&wrapped.sealed).ok_or(WrapFault::Form)?;
    let derived = derive(password, strength, &salt)?;
    let aad = aad(county, key, strength);
    let seeds = seal::decrypt(&derived, &nonce, aad.as_bytes(), &sealed).map_err(|_| WrapFault::Password)?;
    let seeds = Zeroizing::new(seeds);
    let (signing, opening) = seeds.split_first_chunk::<32>().ok_or(WrapFault::Form)?;
    let opening = Zeroizing::new(<[u8; 32]>::try_from(opening).map_err(|_| WrapFault::Form)?);
    let keys = Keys::from_seeds(signing, &opening);
    if keys.signing.id() == key { Ok(keys) } else { Err(WrapFault::Form) }
}

fn aad(county: CountyId, key: KeyId, strength: Strength) -> String {
    let (memory, passes) = strength.cost();
    format!("jiuji/wrap/1/{county}/{key}/argon2id/{memory}/{passes}")
}

fn derive(password: &str, strength: Strength, salt: &[u8; 16]) -> Result<Zeroizing<[u8; 32]>, WrapFault> {
    let (memory, passes) = strength.cost();
    let params = Params::new(memory, passes, 1, Some(32)).map_err(|_| WrapFault::Form)?;
    let password = Zeroizing::new(password.nfc().collect::<String>());
    let mut out = Zeroizing::new([0u8; 32]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(password.as_bytes(), salt, out.as_mut_slice())
        .map_err(|_| WrapFault::Memory)?;
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTY: CountyId = CountyId([1; 16]);

    fn keys() -> Keys {
        Keys::from_seeds(&[11; 32], &[12; 32])
    }

    #[test]
    fn a_wrap_opens_with_its_password_only() {
        let keys = keys();
        let wrapped = wrap(&keys, "柳树屯 2026", Strength::Practice, COUNTY, &[3; 16], &[4; 24]).unwrap();
        let id = keys.signing.id();
        let again = unwrap(&wrapped, "柳树屯 2026", COUNTY, id, true).unwrap();
        assert_eq!(again.signing.id(), id);
        assert_eq!(again.opening.public(), keys.opening.public());
        assert_eq!(unwrap(&wrapped, "柳树屯 2025", COUNTY, id, true).unwrap_err(), WrapFault::Password);
        assert_eq!(
            unwrap(&wrapped, "柳树屯 2026", COUNTY, id, false).unwrap_err(),
            WrapFault::PracticeOnly,
            "a practice wrap opens nothing outside practice"
        );
        let dearer = Wrapped { memory_kib: 64 * 1024, passes: 3, ..wrapped.clone() };
        assert_eq!(unwrap(&dearer, "柳树屯 2026", COUNTY, id, true).unwrap_err(), WrapFault::Password);
        let cheap = Wrapped { memory_kib: 8, passes: 1, ..wrapped };
        assert_eq!(unwrap(&cheap, "柳树屯 2026", COUNTY, id, true).unwrap_err(), WrapFault::Form);
    }

    #[test]
    fn the_county_setting_opens_everywhere() {
        let keys = keys();
        let wrapped = wrap(&keys, "a", Strength::County, COUNTY, &[3; 16], &[4; 24]).unwrap();
        assert!(unwrap(&wrapped, "a", COUNTY, keys.signing.id(), false).is_ok());
        assert!(unwrap(&wrapped, "a", CountyId([2; 16]), keys.signing.id(), false).is_err());
    }
}
