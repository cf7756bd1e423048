//! The recovery seed (恢复种子): a secret on paper in the safe. Out of it come the keys of the officer `0`, who can do one
//! thing: make an administrator. It is printed as nine groups of four letters and digits, the last with a checksum, and
//! typed back at once, so that nobody finds out in need that it was copied wrongly.

use super::random;
use crate::base::fold;
use crate::domain::command::kernel::NewKey;
use crate::ledger::Hash;
use crate::ledger::wrap::Keys;
use crate::store::fault::{Fault, FaultKind};
use zeroize::Zeroizing;

/// Bytes of a seed.
const BYTES: usize = 20;
/// Bits of the checksum: it fills the last group.
const CHECK_BITS: usize = 20;
/// Characters of a group.
const GROUP: usize = 4;
/// Groups on paper.
const GROUPS: usize = (BYTES * 8 + CHECK_BITS) / 5 / GROUP;
/// Five bits a character; the letters that look like a digit or like each other are left out.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A recovery seed.
pub struct Seed(Zeroizing<[u8; BYTES]>);

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seed")
    }
}

impl Seed {
    /// A new one.
    ///
    /// # Errors
    /// The machine has no random source.
    pub fn new() -> Result<Seed, Fault> {
        Ok(Seed(Zeroizing::new(random::bytes()?)))
    }

    /// As it stands on paper.
    pub fn text(&self) -> String {
        let mut bits: Vec<bool> = Vec::with_capacity(BYTES * 8 + CHECK_BITS);
        for byte in self.0.iter().chain(&check_of(&self.0)) {
            bits.extend((0..8).rev().map(|at| byte >> at & 1 == 1));
        }
        bits.truncate(BYTES * 8 + CHECK_BITS);
        let letters: Vec<u8> = bits
            .chunks(5)
            .map(|five| five.iter().fold(0usize, |value, bit| value << 1 | usize::from(*bit)))
            .filter_map(|value| ALPHABET.get(value).copied())
            .collect();
        let groups: Vec<String> =
            letters.chunks(GROUP).map(|group| String::from_utf8_lossy(group).into_owned()).collect();
        groups.join(" ")
    }

    /// Reads what was typed from paper: blanks, dashes and case do not matter.
    ///
    /// # Errors
    /// It is no seed, or was copied wrongly.
    pub fn read(typed: &str) -> Result<Seed, Fault> {
        let wrong = |what: String| {
            let next = format!("请对着纸重新打：{GROUPS} 组，每组 {GROUP} 个字母或数字");
            Fault::new(FaultKind::User, what, next)
        };
        let mut bits: Vec<bool> = Vec::new();
        for c in fold::digits(typed).chars().filter(|c| !c.is_whitespace() && !"-_,.，。、".contains(*c)) {
            let half = match u32::from(c) {
                wide @ 0xFF21..=0xFF5A => char::from_u32(wide - 0xFEE0).unwrap_or(c),
                _ => c,
            };
            let plain = match half.to_ascii_uppercase() {
                'O' => '0',
                'I' | 'L' => '1',
                'U' => 'V',
                other => other,
            };
            let value = ALPHABET.iter().position(|letter| char::from(*letter) == plain);
            let value = value.ok_or_else(|| wrong(format!("恢复种子里不会有「{c}」")))?;
            bits.extend((0..5).rev().map(|at| value >> at & 1 == 1));
        }
        if bits.len() != GROUPS * GROUP * 5 {
            let typed = bits.len() / 5;
            return Err(wrong(format!("恢复种子应有 {} 个字符，打了 {typed} 个", GROUPS * GROUP)));
        }
        let mut bytes = Zeroizing::new([0u8; BYTES]);
        let value = |eight: &[bool]| eight.iter().fold(0u8, |value, bit| value << 1 | u8::from(*bit));
        for (to, eight) in bytes.iter_mut().zip(bits.chunks(8)) {
            *to = value(eight);
        }
        let seed = Seed(bytes);
        if *seed.text().replace(' ', "") != *letters_of(&bits) {
            return Err(wrong("恢复种子不对：多半有一个字符抄错或打错了".to_owned()));
        }
        Ok(seed)
    }

    /// The keys that come out of it.
    pub fn keys(&self) -> Keys {
        let half = |what: &str| {
            let parts = [b"jiuji/seed/1\n".as_slice(), what.as_bytes(), b"\n", self.0.as_slice()];
            Zeroizing::new(Hash::of(&parts).0)
        };
        Keys::from_seeds(&half("sign"), &half("seal"))
    }

    /// Its public halves as they stand in the log; it has no wrap, because it is opened by paper.
    pub fn public(&self) -> NewKey {
        let keys = self.keys();
        NewKey {
            sign: keys.signing.public().to_string(),
            seal: hex::encode(keys.opening.public()),
            wrap: String::new(),
        }
    }
}

fn letters_of(bits: &[bool]) -> String {
    let value = |five: &[bool]| five.iter().fold(0usize, |value, bit| value << 1 | usize::from(*bit));
    bits.chunks(5).filter_map(|five| ALPHABET.get(value(five))).map(|letter| char::from(*letter)).collect()
}

fn check_of(bytes: &[u8; BYTES]) -> [u8; 3] {
    let hash = Hash::of(&[b"jiuji/seed-check/1\n".as_slice(), bytes.as_slice()]).0;
    [hash[0], hash[1], hash[2]]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_from_paper_is_the_same_seed_and_a_slip_is_found() {
        let seed = Seed::new().unwrap();
        let text = seed.text();
        assert_eq!(text.split(' ').map(str::len).collect::<Vec<_>>(), vec![GROUP; GROUPS], "{text}");
        let sloppy = text.to_lowercase().replace(' ', "-").replace('0', "o").replace('1', "l");
        assert_eq!(Seed::read(&sloppy).unwrap().public(), seed.public());
        // Every single slip, and every exchange of two neighbours.
        let plain: Vec<char> = text.replace(' ', "").chars().collect();
        for at in 0..plain.len() {
            let mut slip = plain.clone();
            slip[at] = if slip[at] == '7' { '8' } else { '7' };
            assert!(Seed::read(&slip.iter().collect::<String>()).is_err(), "{at}");
        }
        assert!(Seed::read("1234").is_err() && Seed::read(&text.replace(' ', "*")).is_err());
    }

    #[test]
    fn two_seeds_have_two_keys() {
        assert_ne!(Seed::new().unwrap().public(), Seed::new().unwrap().public());
    }
}
