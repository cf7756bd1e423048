//! How many bytes a deflate stream (RFC 1951) unpacks to, without unpacking it.
//!
//! Only lengths are followed, so no window and no output are kept. It must never run past the limit it is given: a
//! stream that claims one kilobyte and holds a gigabyte is given up at the first byte too many.

/// Length codes 257..=285: base and extra bits.
#[rustfmt::skip]
const LENGTHS: [(u64, u32); 29] = [
    (3, 0), (4, 0), (5, 0), (6, 0), (7, 0), (8, 0), (9, 0), (10, 0), (11, 1), (13, 1),
    (15, 1), (17, 1), (19, 2), (23, 2), (27, 2), (31, 2), (35, 3), (43, 3), (51, 3), (59, 3),
    (67, 4), (83, 4), (99, 4), (115, 4), (131, 5), (163, 5), (195, 5), (227, 5), (258, 0),
];
/// The order in which the lengths of the code-length code are written.
const ORDER: [usize; 19] = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/// The size after unpacking; none when the stream is broken or goes beyond `limit` bytes.
pub(super) fn unpacked_size(data: &[u8], limit: u64) -> Option<u64> {
    let mut bits = Bits { data, at: 0, hold: 0, count: 0 };
    let mut size = 0u64;
    loop {
        let last = bits.take(1)?;
        match bits.take(2)? {
            0 => size += bits.stored()?,
            1 => {
                let mut lengths = [8u8; 288];
                for (symbol, length) in lengths.iter_mut().enumerate() {
                    *length = if (144..256).contains(&symbol) {
                        9
                    } else if (256..280).contains(&symbol) {
                        7
                    } else {
                        8
                    };
                }
                size = block(&mut bits, &Code::new(&lengths), &Code::new(&[5u8; 30]), size, limit)?;
            }
            2 => {
                let (letters, distances) = codes(&mut bits)?;
                size = block(&mut bits, &letters, &distances, size, limit)?;
            }
            _ => return None,
        }
        if size > limit {
            return None;
        }
        if last == 1 {
            return Some(size);
        }
    }
}

fn block(bits: &mut Bits<'_>, letters: &Code, distances: &Code, from: u64, limit: u64) -> Option<u64> {
    let mut size = from;
    loop {
        match letters.read(bits)? {
            0..=255 => size += 1,
            256 => return Some(size),
            symbol => {
                let (base, extra) = *LENGTHS.get(symbol - 257)?;
                size += base + u64::from(bits.take(extra)?);
                let distance = u32::try_from(distances.read(bits)?).ok()?;
                bits.take(if distance < 4 { 0 } else { distance / 2 - 1 })?;
            }
        }
        if size > limit {
            return None;
        }
    }
}

/// The two codes that stand at the head of a dynamic block.
fn codes(bits: &mut Bits<'_>) -> Option<(Code, Code)> {
    let letters = bits.take(5)? as usize + 257;
    let distances = bits.take(5)? as usize + 1;
    let written = bits.take(4)? as usize + 4;
    let mut small = [0u8; 19];
    for place in ORDER.iter().take(written) {
        *small.get_mut(*place)? = u8::try_from(bits.take(3)?).ok()?;
    }
    let code = Code::new(&small);
    let mut lengths: Vec<u8> = Vec::with_capacity(320);
    while lengths.len() < letters + distances {
        let (value, times) = match code.read(bits)? {
            symbol @ 0..=15 => (u8::try_from(symbol).ok()?, 1),
            16 => (*lengths.last()?, 3 + bits.take(2)?),
            17 => (0, 3 + bits.take(3)?),
            _ => (0, 11 + bits.take(7)?),
        };
        lengths.extend((0..times).map(|_| value));
    }
    let rest = lengths.get(letters..letters + distances)?;
    Some((Code::new(lengths.get(..letters)?), Code::new(rest)))
}

struct Bits<'a> {
    data: &'a [u8],
    at: usize,
    hold: u32,
    count: u32,
}

impl Bits<'_> {
    fn take(&mut self, wanted: u32) -> Option<u32> {
        while self.count < wanted {
            self.hold |= u32::from(*self.data.get(self.at)?) << self.count;
            self.at += 1;
            self.count += 8;
        }
        let value = self.hold & ((1u32 << wanted) - 1);
        self.hold >>= wanted;
        self.count -= wanted;
        Some(value)
    }

    /// A stored block: its length twice, the second time inverted, then its bytes.
    fn stored(&mut self) -> Option<u64> {
        self.hold = 0;
        self.count = 0;
        let length = self.take(16)?;
        if self.take(16)? != !length & 0xffff {
            return None;
        }
        self.at += length as usize;
        self.data.get(..self.at)?;
        Some(u64::from(length))
    }
}

/// A canonical Huffman code: how many symbols have each length, and the symbols in order.
struct Code {
    counts: [u16; 16],
    symbols: Vec<u16>,
}

impl Code {
    fn new(lengths: &[u8]) -> Code {
        let mut counts = [0u16; 16];
        let mut symbols: Vec<(u8, u16)> = Vec::with_capacity(lengths.len());
        for (symbol, length) in (0u16..).zip(lengths) {
            if *length > 0
                && let Some(count) = counts.get_mut(usize::from(*length))
            {
                *count += 1;
                symbols.push((*length, symbol));
            }
        }
        symbols.sort_unstable();
        Code { counts, symbols: symbols.into_iter().map(|(_, symbol)| symbol).collect() }
    }

    fn read(&self, bits: &mut Bits<'_>) -> Option<usize> {
        let (mut code, mut first, mut index) = (0i32, 0i32, 0i32);
        for count in self.counts.iter().skip(1) {
            code |= i32::try_from(bits.take(1)?).ok()?;
            let count = i32::from(*count);
            if code - first < count {
                let place = usize::try_from(index + code - first).ok()?;
                return self.symbols.get(place).copied().map(usize::from);
            }
            index += count;
            first = (first + count) << 1;
            code <<= 1;
        }
        None
    }
}
