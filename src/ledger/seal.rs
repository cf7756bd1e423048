//! The private part: what names people is sealed under the county's data key of the year, and that key is sealed to
//! each officer. The body commits to the plaintext with a salted hash, so nothing can be slipped in afterwards, and
//! nobody who holds the body alone can guess at it. Salts, nonces and ephemeral keys are arguments, never made here.

use std::fmt;

use hkdf::Hkdf;
use jiuji_cipher::{Cipher, NONCE, TAG};
use sha2::Sha256;
use x25519_dalek::StaticSecret;
use zeroize::{Zeroize, Zeroizing};

use super::row::{Cid, CountyId, Hash};

/// First byte of a sealed column and of a sealed key.
const VERSION: u8 = 1;
const SALT: usize = 32;

/// Why something sealed could not be made or opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// Too short, or of an unknown version.
    #[error("加密数据的格式不对")]
    Form,
    /// None of the keys opens it, or it was changed.
    #[error("加密数据打不开：密钥不对或内容被改动")]
    Closed,
    /// It opens, but is not what the body committed to.
    #[error("加密的个人信息与正文的承诺不符")]
    Commitment,
    /// A public key with which no secret can be agreed.
    #[error("对方的公钥无效")]
    Peer,
}

/// A data key of one year: whoever holds it reads that year's private parts.
pub struct DataKey([u8; 32]);

impl DataKey {
    /// A key of 32 random bytes.
    pub fn new(bytes: [u8; 32]) -> DataKey {
        DataKey(bytes)
    }
}

impl DataKey {
    /// A key for another use, drawn from this one and from nothing else: whoever holds the same data key gets the same.
    /// `purpose` names the use, so that two uses never share a key.
    pub fn derive(&self, county: CountyId, purpose: &str) -> Zeroizing<[u8; 32]> {
        let mut out = Zeroizing::new([0u8; 32]);
        let info = format!("jiuji/derived/1\n{purpose}");
        // HKDF gives up to 8160 bytes, so 32 never fail; what would remain is an unusable key of zeros, and a test holds it.
        let _ = Hkdf::<Sha256>::new(Some(&county.0), &self.0).expand(info.as_bytes(), out.as_mut_slice());
        out
    }
}

impl Drop for DataKey {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey(..)")
    }
}

/// An officer's secret key for opening what is sealed to him (X25519).
pub struct OpeningKey(StaticSecret);

impl OpeningKey {
    /// The key of a 32-byte random seed.
    pub fn from_seed(seed: &[u8; 32]) -> OpeningKey {
        OpeningKey(StaticSecret::from(*seed))
    }

    /// The seed, to be wrapped; the caller wipes it.
    pub(crate) fn seed(&self) -> [u8; 32] {
        self.0.to_bytes()
    }

    /// The public key to which others seal.
    pub fn public(&self) -> [u8; 32] {
        x25519_dalek::PublicKey::from(&self.0).to_bytes()
    }
}

impl fmt::Debug for OpeningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("OpeningKey(..)")
    }
}

/// What the body says of the private plaintext: a hash with a random salt, so that a guess cannot be tested.
pub fn commitment(salt: &[u8; SALT], plaintext: &[u8]) -> Hash {
    Hash::of(&[b"jiuji/private/1\n", salt, plaintext])
}

/// What the body says of the column as stored.
pub fn sealed_hash(column: &[u8]) -> Hash {
    Hash::of(&[b"jiuji/sealed/1\n", column])
}

/// The column `private`: version, nonce, then salt and plaintext under the data key, bound to county and command.
///
/// # Errors
/// [`SealFault::Form`] if the plaintext is larger than the cipher takes.
pub fn seal(
    key: &DataKey,
    county: CountyId,
    cid: Cid,
    salt: &[u8; SALT],
    nonce: &[u8; NONCE],
    plaintext: &[u8],
) -> Result<Vec<u8>, SealFault> {
    let mut message = Zeroizing::new(Vec::with_capacity(SALT + plaintext.len()));
    message.extend_from_slice(salt);
    message.extend_from_slice(plaintext);
    let sealed = encrypt(&key.0, nonce, &aad(county, cid), &message)?;
    let mut column = Vec::with_capacity(1 + NONCE + sealed.len());
    column.push(VERSION);
    column.extend_from_slice(nonce);
    column.extend_from_slice(&sealed);
    Ok(column)
}

/// Opens a column with whichever of the keys fits (one a year, so a handful) and holds it against the commitment.
///
/// # Errors
/// [`SealFault`]: not our form, no key fits or the bytes were changed, or another plaintext than the body's.
pub fn open(
    keys: &[DataKey],
    county: CountyId,
    cid: Cid,
    column: &[u8],
    committed: &Hash,
) -> Result<Zeroizing<Vec<u8>>, SealFault> {
    open_salted(keys, county, cid, column, committed).map(|(_, plaintext)| plaintext)
}

/// The same with the salt, for whoever shows the plaintext to somebody who must be able to hold it against the commitment.
///
/// # Errors
/// As [`open`].
pub fn open_salted(
    keys: &[DataKey],
    county: CountyId,
    cid: Cid,
    column: &[u8],
    committed: &Hash,
) -> Result<([u8; SALT], Zeroizing<Vec<u8>>), SealFault> {
    let (version, rest) = column.split_first().ok_or(SealFault::Form)?;
    let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(SealFault::Form)?;
    if *version != VERSION {
        return Err(SealFault::Form);
    }
    let aad = aad(county, cid);
    let message = keys
        .iter()
        .find_map(|key| decrypt(&key.0, nonce, &aad, sealed).ok())
        .map(Zeroizing::new)
        .ok_or(SealFault::Closed)?;
    let (salt, plaintext) = message.split_first_chunk::<SALT>().ok_or(SealFault::Form)?;
    if commitment(salt, plaintext) != *committed {
        return Err(SealFault::Commitment);
    }
    Ok((*salt, Zeroizing::new(plaintext.to_vec())))
}

fn aad(county: CountyId, cid: Cid) -> Vec<u8> {
    [b"jiuji/private/1\n".as_slice(), &county.0, &cid.0].concat()
}

/// Seals a data key to an officer's public key: version, ephemeral public key, then the key under a secret agreed
/// between the two. `purpose` names what is sealed (the year), and is bound to it.
///
/// # Errors
/// [`SealFault::Peer`] if the officer's public key is one with which no secret can be agreed.
pub fn seal_key(
    key: &DataKey,
    to: &[u8; 32],
    ephemeral: &[u8; 32],
    county: CountyId,
    purpose: &str,
) -> Result<Vec<u8>, SealFault> {
    let secret = StaticSecret::from(*ephemeral);
    let public = x25519_dalek::PublicKey::from(&secret).to_bytes();
    let shared = secret.diffie_hellman(&x25519_dalek::PublicKey::from(*to));
    if !shared.was_contributory() {
        return Err(SealFault::Peer);
    }
    let (wrap, nonce) = agree(shared.as_bytes(), &public, to, county, purpose)?;
    let sealed = encrypt(&wrap, &nonce, purpose.as_bytes(), &key.0)?;
    let mut out = Vec::with_capacity(1 + 32 + sealed.len());
    out.push(VERSION);
    out.extend_from_slice(&public);
    out.extend_from_slice(&sealed);
    Ok(out)
}

/// Opens a data key that was sealed to this officer for this purpose.
///
/// # Errors
/// [`SealFault`]: not our form, sealed to somebody else or for something else, or changed.
pub fn open_key(
    own: &OpeningKey,
    sealed: &[u8],
    county: CountyId,
    purpose: &str,
) -> Result<DataKey, SealFault> {
    let (version, rest) = sealed.split_first().ok_or(SealFault::Form)?;
    let (public, sealed) = rest.split_first_chunk::<32>().ok_or(SealFault::Form)?;
    if *version != VERSION {
        return Err(SealFault::Form);
    }
    let shared = own.0.diffie_hellman(&x25519_dalek::PublicKey::from(*public));
    if !shared.was_contributory() {
        return Err(SealFault::Peer);
    }
    let (wrap, nonce) = agree(shared.as_bytes(), public, &own.public(), county, purpose)?;
    let bytes = Zeroizing::new(decrypt(&wrap, &nonce, purpose.as_bytes(), sealed)?);
    let key = <[u8; 32]>::try_from(bytes.as_slice()).map_err(|_| SealFault::Form)?;
    Ok(DataKey(key))
}

type Agreed = (Zeroizing<[u8; 32]>, [u8; NONCE]);

fn agree(
    shared: &[u8; 32],
    ephemeral: &[u8; 32],
    to: &[u8; 32],
    county: CountyId,
    purpose: &str,
) -> Result<Agreed, SealFault> {
    let salt = [ephemeral.as_slice(), to].concat();
    let info = format!("jiuji/data-key/1/{county}/{purpose}");
    let mut okm = Zeroizing::new([0u8; 32 + NONCE]);
    Hkdf::<Sha256>::new(Some(&salt), shared)
        .expand(info.as_bytes(), okm.as_mut_slice())
        .map_err(|_| SealFault::Form)?;
    let (key, nonce) = okm.split_first_chunk::<32>().ok_or(SealFault::Form)?;
    let nonce = <[u8; NONCE]>::try_from(nonce).map_err(|_| SealFault::Form)?;
    Ok((Zeroizing::new(*key), nonce))
}

pub(crate) fn encrypt(
    key: &[u8; 32],
    nonce: &[u8; NONCE],
    aad: &[u8],
    msg: &[u8],
) -> Result<Vec<u8>, SealFault> {
    let mut text = Vec::with_capacity(msg.len() + TAG);
    text.extend_from_slice(msg);
    let tag = Cipher::new(key).seal(nonce, aad, &mut text).ok_or(SealFault::Form)?;
    text.extend_from_slice(&tag);
    Ok(text)
}

pub(crate) fn decrypt(
    key: &[u8; 32],
    nonce: &[u8; NONCE],
    aad: &[u8],
    msg: &[u8],
) -> Result<Vec<u8>, SealFault> {
    let (sealed, tag) = msg.split_last_chunk::<TAG>().ok_or(SealFault::Closed)?;
    let mut text = sealed.to_vec();
    if Cipher::new(key).open(nonce, aad, &mut text, tag) { Ok(text) } else { Err(SealFault::Closed) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COUNTY: CountyId = CountyId([1; 16]);
    const CID: Cid = Cid([2; 16]);

    #[test]
    fn what_is_sealed_opens_with_its_key_only() {
        let key = DataKey::new([3; 32]);
        let column = seal(&key, COUNTY, CID, &[4; 32], &[5; 24], b"{}").unwrap();
        let committed = commitment(&[4; 32], b"{}");
        let keys = [DataKey::new([9; 32]), key];
        assert_eq!(open(&keys, COUNTY, CID, &column, &committed).unwrap().as_slice(), b"{}");
        assert_eq!(open(&keys[..1], COUNTY, CID, &column, &committed).unwrap_err(), SealFault::Closed);
        assert_eq!(
            open(&keys, COUNTY, Cid([8; 16]), &column, &committed).unwrap_err(),
            SealFault::Closed,
            "a private part cannot be moved to another entry"
        );
        let other = commitment(&[4; 32], b"{ }");
        assert_eq!(open(&keys, COUNTY, CID, &column, &other).unwrap_err(), SealFault::Commitment);
    }

    #[test]
    fn every_flipped_byte_of_a_column_is_noticed() {
        let keys = [DataKey::new([3; 32])];
        let column = seal(&keys[0], COUNTY, CID, &[4; 32], &[5; 24], b"{\"name\":\"x\"}").unwrap();
        let committed = commitment(&[4; 32], b"{\"name\":\"x\"}");
        for at in 0..column.len() {
            let mut bad = column.clone();
            bad[at] ^= 0x10;
            assert!(open(&keys, COUNTY, CID, &bad, &committed).is_err(), "byte {at}");
            assert!(open(&keys, COUNTY, CID, &column[..at], &committed).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn a_data_key_reaches_its_officer_only() {
        let (wu, ma) = (OpeningKey::from_seed(&[1; 32]), OpeningKey::from_seed(&[2; 32]));
        let sealed = seal_key(&DataKey::new([7; 32]), &wu.public(), &[6; 32], COUNTY, "2026").unwrap();
        assert_eq!(open_key(&wu, &sealed, COUNTY, "2026").unwrap().0, [7; 32]);
        assert_eq!(open_key(&ma, &sealed, COUNTY, "2026").unwrap_err(), SealFault::Closed);
        assert_eq!(open_key(&wu, &sealed, COUNTY, "2025").unwrap_err(), SealFault::Closed);
        assert_eq!(open_key(&wu, &sealed, CountyId([9; 16]), "2026").unwrap_err(), SealFault::Closed);
        for at in 0..sealed.len() {
            let mut bad = sealed.clone();
            bad[at] ^= 1;
            assert!(open_key(&wu, &bad, COUNTY, "2026").is_err(), "byte {at}");
        }
    }

    #[test]
    fn a_public_key_without_secret_is_refused() {
        let zero = [0u8; 32];
        assert_eq!(
            seal_key(&DataKey::new([7; 32]), &zero, &[6; 32], COUNTY, "2026").unwrap_err(),
            SealFault::Peer
        );
    }
}
