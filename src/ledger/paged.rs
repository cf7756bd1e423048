//! Sealing of the parts of a file that is read and written in any order (分块加密): each part by itself, bound to its place,
//! with a nonce and a tag behind it. Nonces are arguments, never made here; a nonce must not be used twice with one key.

use jiuji_cipher::{Cipher, TAG};

use super::seal::SealFault;

pub use jiuji_cipher::NONCE;

/// What a part gains by sealing, in bytes.
pub const EXTRA: usize = NONCE + TAG;

/// The key of one file. It wipes itself when it is dropped.
pub struct PartKey(Cipher);

impl std::fmt::Debug for PartKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PartKey(..)")
    }
}

impl PartKey {
    /// A key of 32 random bytes.
    pub fn new(bytes: &[u8; 32]) -> PartKey {
        PartKey(Cipher::new(bytes))
    }

    /// Seals `plain` into `out`, which is longer by [`EXTRA`]: the sealed text, its tag, the nonce.
    ///
    /// # Errors
    /// [`SealFault::Form`] where `out` has another length.
    pub fn seal(
        &self,
        place: &[u8],
        nonce: &[u8; NONCE],
        plain: &[u8],
        out: &mut [u8],
    ) -> Result<(), SealFault> {
        if out.len() != plain.len() + EXTRA {
            return Err(SealFault::Form);
        }
        let (text, rest) = out.split_at_mut(plain.len());
        let (tag_out, nonce_out) = rest.split_at_mut(TAG);
        text.copy_from_slice(plain);
        let tag = self.0.seal(nonce, place, text).ok_or(SealFault::Form)?;
        tag_out.copy_from_slice(&tag);
        nonce_out.copy_from_slice(nonce);
        Ok(())
    }

    /// Opens a sealed part into `out`, which is shorter by [`EXTRA`]; zeroes stand in it where that fails.
    ///
    /// # Errors
    /// [`SealFault`]: other lengths, another key, another place, changed bytes.
    pub fn open(&self, place: &[u8], sealed: &[u8], out: &mut [u8]) -> Result<(), SealFault> {
        let opened = self.open_into(place, sealed, out);
        if opened.is_err() {
            out.fill(0);
        }
        opened
    }

    fn open_into(&self, place: &[u8], sealed: &[u8], out: &mut [u8]) -> Result<(), SealFault> {
        let (rest, nonce) = sealed.split_last_chunk::<NONCE>().ok_or(SealFault::Form)?;
        let (text, tag) = rest.split_last_chunk::<TAG>().ok_or(SealFault::Form)?;
        if text.len() != out.len() {
            return Err(SealFault::Form);
        }
        out.copy_from_slice(text);
        if self.0.open(nonce, place, out, tag) { Ok(()) } else { Err(SealFault::Closed) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_opens_at_its_place_with_its_key_and_unchanged() {
        let key = PartKey::new(&[1; 32]);
        let mut sealed = [0; 5 + EXTRA];
        key.seal(b"7", &[9; NONCE], b"plain", &mut sealed).unwrap();
        let mut out = [0; 5];
        key.open(b"7", &sealed, &mut out).unwrap();
        assert_eq!(&out, b"plain");
        assert_eq!(key.open(b"8", &sealed, &mut out), Err(SealFault::Closed), "another place");
        assert_eq!(out, [0; 5], "nothing of it is handed out");
        assert_eq!(PartKey::new(&[2; 32]).open(b"7", &sealed, &mut out), Err(SealFault::Closed));
        for at in 0..sealed.len() {
            let mut bad = sealed;
            bad[at] ^= 1;
            assert_eq!(key.open(b"7", &bad, &mut out), Err(SealFault::Closed), "byte {at}");
        }
    }

    #[test]
    fn other_lengths_are_refused() {
        let key = PartKey::new(&[1; 32]);
        assert_eq!(key.seal(b"", &[9; NONCE], b"plain", &mut [0; 5]), Err(SealFault::Form));
        assert_eq!(key.open(b"", &[0; EXTRA - 1], &mut []), Err(SealFault::Form));
        assert_eq!(key.open(b"", &[0; EXTRA + 4], &mut [0; 5]), Err(SealFault::Form));
    }
}
