//! Spoiling files (弄坏), by a seed: bytes changed, cut, doubled, joined with another file, figures made extreme, words of
//! the format put where they do not belong; or no file at all but noise.

use super::good::{Part, archive, parts};
use crate::office::sweep::rng::Rng;

/// Words that mean something to some reader.
const WORDS: [&[u8]; 22] = [
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1],
    &[0xef, 0xbb, 0xbf],
    b"\xff\xfe",
    b"\"",
    b"\"\"\"",
    b",,,,,,,,,,,,,,,,",
    b"\r\n\r\n",
    b"\0",
    b"=cmd|' /C calc'!A1",
    b"<c r=\"XFD1048576\"><v>1</v></c>",
    b"<row r=\"4294967295\">",
    b"<mergeCell ref=\"A1:XFD1048576\"/>",
    b"<!DOCTYPE a [<!ENTITY b \"b\">]>&b;",
    b"1e309",
    b"-99999999999999999999",
    "合计".as_bytes(),
    "１２３，４５６。７８".as_bytes(),
    "\u{202e}\u{200b}\u{feff}".as_bytes(),
    "同上".as_bytes(),
];

/// One spoilt file with its name.
pub(super) fn spoilt(good: &[(&'static str, Vec<u8>)], rng: &mut Rng) -> (&'static str, Vec<u8>) {
    match rng.below(12) {
        0 => return ("a.csv", noise(rng)),
        // The inner text of a workbook is spoilt before it is packed.
        1..=3 => return ("a.xlsx", inner(rng)),
        _ => {}
    }
    let Some((name, mut bytes)) = good.get(index(rng, good.len())).cloned() else {
        return ("a.csv", noise(rng));
    };
    for _ in 0..rng.between(1, 6) {
        wound(&mut bytes, good, rng);
    }
    (name, bytes)
}

fn index(rng: &mut Rng, limit: usize) -> usize {
    usize::try_from(rng.below(limit as u64)).unwrap_or(0)
}

fn byte(rng: &mut Rng) -> u8 {
    rng.draw().to_le_bytes()[0]
}

fn noise(rng: &mut Rng) -> Vec<u8> {
    let length = rng.below(2_000);
    let alphabet: &[u8] = match rng.below(3) {
        0 => b",;\t\"'\r\n 0123456789.-abc",
        _ => &[],
    };
    let mut bytes: Vec<u8> = (0..length)
        .map(|_| {
            let any = byte(rng);
            alphabet.get(usize::from(any) % alphabet.len().max(1)).copied().unwrap_or(any)
        })
        .collect();
    if let (0, Some(word)) = (rng.below(3), WORDS.get(index(rng, WORDS.len()))) {
        bytes.splice(0..0, word.iter().copied());
    }
    bytes
}

/// A workbook whose parts were spoilt, some of them left out, sound as an archive.
fn inner(rng: &mut Rng) -> Vec<u8> {
    let mut parts: Vec<Part> = parts();
    for _ in 0..rng.between(1, 3) {
        let at = index(rng, parts.len());
        if rng.below(20) == 0 && parts.len() > 1 {
            parts.remove(at);
        } else if let Some((_, bytes)) = parts.get_mut(at) {
            let whole = [("", bytes.clone())];
            for _ in 0..rng.between(1, 4) {
                wound(bytes, &whole, rng);
            }
        }
    }
    archive(&parts)
}

fn wound(bytes: &mut Vec<u8>, others: &[(&'static str, Vec<u8>)], rng: &mut Rng) {
    let size = bytes.len();
    let at = index(rng, size.max(1));
    let to = (at + index(rng, 64)).min(size);
    match rng.below(11) {
        0..=2 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << rng.below(8);
            }
        }
        3 => {
            if let Some(place) = bytes.get_mut(at) {
                *place = byte(rng);
            }
        }
        // A figure of the format at its extremes.
        4 => {
            let value = [0u64, 1, 0x7fff_ffff, 0xffff_ffff, u64::MAX, 0x8000].get(index(rng, 6)).copied();
            let width = [1usize, 2, 4, 8].get(index(rng, 4)).copied().unwrap_or(1);
            let figure = value.unwrap_or(0).to_le_bytes();
            for (place, byte) in bytes.iter_mut().skip(at).take(width).zip(figure) {
                *place = byte;
            }
        }
        5 => bytes.truncate(at),
        6 => drop(bytes.drain(at..to)),
        7 => {
            let piece = bytes.get(at..to).unwrap_or_default().to_vec();
            let times = index(rng, 40);
            bytes.splice(at..at, piece.repeat(times));
        }
        8 => {
            if let Some(word) = WORDS.get(index(rng, WORDS.len())) {
                bytes.splice(at..at, word.iter().copied());
            }
        }
        9 => {
            if let Some(word) = WORDS.get(index(rng, WORDS.len())) {
                for (place, byte) in bytes.iter_mut().skip(at).zip(word.iter()) {
                    *place = *byte;
                }
            }
        }
        _ => {
            if let Some((_, other)) = others.get(index(rng, others.len())) {
                let from = index(rng, other.len().max(1));
                let piece: Vec<u8> = other.iter().skip(from).take(400).copied().collect();
                bytes.splice(at..to, piece);
            }
        }
    }
}
