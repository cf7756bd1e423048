//! What is done to a file: a byte changed, a bit, a page emptied, swapped or copied over another, the end cut off.

use super::map::PAGE;
use crate::office::sweep::rng::Rng;
use crate::store::fault::Fault;
use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

/// A wound of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Wound {
    /// A byte at a place, changed by this.
    Byte(usize, u8),
    /// Only so many bytes are left.
    Cut(usize),
    /// A page, from 0, empty.
    Zero(usize),
    /// Two pages swapped.
    Swap(usize, usize),
    /// A page over another.
    Over(usize, usize),
    /// An older copy of the last pages: random bytes from here on.
    Noise(usize, u64),
}

impl Wound {
    /// The file with the wound.
    pub(super) fn on(self, file: &[u8]) -> Vec<u8> {
        let mut out = file.to_vec();
        let page = |at: usize| file.get(at * PAGE..(at + 1) * PAGE).unwrap_or_default();
        let put = |out: &mut Vec<u8>, at: usize, bytes: &[u8]| {
            for (to, from) in out.iter_mut().skip(at * PAGE).zip(bytes) {
                *to = *from;
            }
        };
        match self {
            Wound::Byte(at, by) => {
                if let Some(byte) = out.get_mut(at) {
                    *byte ^= by;
                }
            }
            Wound::Cut(at) => out.truncate(at),
            Wound::Zero(at) => put(&mut out, at, &[0; PAGE]),
            Wound::Swap(one, other) => {
                put(&mut out, one, page(other));
                put(&mut out, other, page(one));
            }
            Wound::Over(from, to) => put(&mut out, to, page(from)),
            Wound::Noise(at, seed) => {
                let mut rng = Rng::new(seed);
                for byte in out.iter_mut().skip(at).take(512) {
                    *byte = rng.draw().to_le_bytes()[0];
                }
            }
        }
        out
    }
}

/// Every byte, or one of so many, each changed by something else than nothing.
pub(super) fn flips(size: usize, step: usize, seed: u64) -> Vec<Wound> {
    let mut rng = Rng::new(seed);
    let first = index(rng.below(step as u64));
    (first..size)
        .step_by(step)
        .map(|at| Wound::Byte(at, u8::try_from(rng.between(1, 255)).unwrap_or(1)))
        .collect()
}

/// The file cut at every sector and beside it, every page emptied, and so many more things drawn.
pub(super) fn pages(size: usize, more: u64, seed: u64) -> Vec<Wound> {
    let mut rng = Rng::new(seed ^ 0x70);
    let count = (size / PAGE) as u64;
    let mut out: Vec<Wound> = (0..count).map(|page| Wound::Zero(index(page))).collect();
    for sector in 0..size / 512 {
        out.push(Wound::Cut(sector * 512));
        out.push(Wound::Cut(sector * 512 + index(rng.between(1, 511))));
    }
    for _ in 0..more {
        let (one, other) = (index(rng.below(count)), index(rng.below(count)));
        out.push(match rng.below(4) {
            0 => Wound::Over(one, other),
            1 => Wound::Noise(index(rng.below(size as u64)), rng.draw()),
            2 => Wound::Cut(index(rng.below(size as u64))),
            _ => Wound::Swap(one, other),
        });
    }
    out
}

/// Places and bits.
pub(super) fn bits(size: usize, count: u64, seed: u64) -> Vec<(usize, u8)> {
    let mut rng = Rng::new(seed ^ 0xb1);
    (0..count).map(|_| (index(rng.below(size as u64)), u8::try_from(rng.below(8)).unwrap_or(0))).collect()
}

fn index(value: u64) -> usize {
    usize::try_from(value).unwrap_or(0)
}

/// A large file in which single bits are turned and turned back.
pub(super) struct Knife(File);

impl Knife {
    /// Opens a file.
    ///
    /// # Errors
    /// The disk's.
    pub(super) fn open(path: &Path) -> Result<Knife, Fault> {
        let file = File::options().read(true).write(true).open(path);
        file.map(Knife).map_err(|error| Fault::of_io("损伤日志副本", error))
    }

    /// Turns a bit.
    ///
    /// # Errors
    /// The disk's.
    pub(super) fn flip(&mut self, at: usize, bit: u8) -> Result<(), Fault> {
        let mut turn = || -> std::io::Result<()> {
            let mut byte = [0u8];
            self.0.seek(SeekFrom::Start(at as u64))?;
            self.0.read_exact(&mut byte)?;
            self.0.seek(SeekFrom::Start(at as u64))?;
            self.0.write_all(&[byte[0] ^ (1 << bit)])
        };
        turn().map_err(|error| Fault::of_io("损伤日志副本", error))
    }
}
