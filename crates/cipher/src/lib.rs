//! XChaCha20-Poly1305 behind plain functions.
//!
//! Why a crate of its own: the cipher of `chacha20poly1305` is generic, so its code is made in the crate that names it, at that
//! crate's optimisation. In a build for tests that is none, and a third of what all tests compute was this cipher (every page
//! of the local copy goes through it). Here it is made once, optimised, in every build (`Cargo.toml`, `profile.dev.package`).

use chacha20poly1305::aead::{AeadInOut, KeyInit};
use chacha20poly1305::{Tag, XChaCha20Poly1305, XNonce};

/// Bytes of a key.
pub const KEY: usize = 32;
/// Bytes of a nonce; one must not be used twice with one key.
pub const NONCE: usize = 24;
/// Bytes of a tag.
pub const TAG: usize = 16;

/// A key. It wipes itself when it is dropped.
pub struct Cipher(XChaCha20Poly1305);

impl std::fmt::Debug for Cipher {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cipher(..)")
    }
}

impl Cipher {
    /// From its bytes.
    pub fn new(key: &[u8; KEY]) -> Cipher {
        Cipher(XChaCha20Poly1305::new(&(*key).into()))
    }

    /// Seals `text` where it stands, bound to `place`: its tag, or none where it is longer than the cipher takes (256 GiB).
    pub fn seal(&self, nonce: &[u8; NONCE], place: &[u8], text: &mut [u8]) -> Option<[u8; TAG]> {
        let tag = self.0.encrypt_inout_detached(&XNonce::from(*nonce), place, text.into()).ok()?;
        Some(tag.into())
    }

    /// Opens `text` where it stands: false, and `text` left sealed, where key, nonce, place, text or tag is another.
    pub fn open(&self, nonce: &[u8; NONCE], place: &[u8], text: &mut [u8], tag: &[u8; TAG]) -> bool {
        self.0.decrypt_inout_detached(&XNonce::from(*nonce), place, text.into(), &Tag::from(*tag)).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The vector of draft-irtf-cfrg-xchacha-03, A.3.1.
    #[test]
    fn it_is_the_cipher_of_the_draft() {
        let key: [u8; KEY] = std::array::from_fn(|at| 0x80 + at as u8);
        let nonce: [u8; NONCE] = std::array::from_fn(|at| 0x40 + at as u8);
        let place = [0x50, 0x51, 0x52, 0x53, 0xc0, 0xc1, 0xc2, 0xc3, 0xc4, 0xc5, 0xc6, 0xc7];
        let plain =
            b"Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, \
                      sunscreen would be it.";
        let mut text = *plain;
        let tag = Cipher::new(&key).seal(&nonce, &place, &mut text);
        assert_eq!(text[..8], [0xbd, 0x6d, 0x17, 0x9d, 0x3e, 0x83, 0xd4, 0x3b]);
        let of_the_draft =
            [0xc0, 0x87, 0x59, 0x24, 0xc1, 0xc7, 0x98, 0x79, 0x47, 0xde, 0xaf, 0xd8, 0x78, 0x0a, 0xcf, 0x49];
        assert_eq!(tag, Some(of_the_draft));
        assert!(Cipher::new(&key).open(&nonce, &place, &mut text, &of_the_draft));
        assert_eq!(&text, plain);
    }

    #[test]
    fn what_is_another_does_not_open() {
        let cipher = Cipher::new(&[1; KEY]);
        let mut text = *b"plain";
        let tag = cipher.seal(&[9; NONCE], b"7", &mut text).unwrap_or_default();
        let sealed = text;
        assert!(!cipher.open(&[9; NONCE], b"8", &mut text, &tag), "another place");
        assert!(!cipher.open(&[8; NONCE], b"7", &mut text, &tag), "another nonce");
        assert!(!Cipher::new(&[2; KEY]).open(&[9; NONCE], b"7", &mut text, &tag), "another key");
        assert!(!cipher.open(&[9; NONCE], b"7", &mut text, &[0; TAG]), "another tag");
        assert_eq!(text, sealed, "what does not open is not touched");
        assert!(cipher.open(&[9; NONCE], b"7", &mut text, &tag));
    }
}
