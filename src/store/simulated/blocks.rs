//! The bytes of a simulated file, in shared blocks: a copy of a whole world costs a few pointers, so that a run can start
//! from a snapshot ten thousand times.

use std::sync::Arc;

const BLOCK: usize = 4096;

type Block = Arc<[u8; BLOCK]>;

/// Bytes with a length; what was never written reads as zeroes. Beyond the length every stored byte is zero.
#[derive(Clone, Default)]
pub(super) struct Blocks {
    blocks: Vec<Block>,
    len: u64,
}

/// A place in memory terms. A simulated file is never larger than memory.
fn index(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

impl Blocks {
    /// How long it is.
    pub(super) fn len(&self) -> u64 {
        self.len
    }

    /// Reads from `at` as much as there is; how much it was.
    pub(super) fn read(&self, at: u64, to: &mut [u8]) -> usize {
        let there = index(self.len.saturating_sub(at)).min(to.len());
        let mut done = 0;
        while done < there {
            let place = index(at) + done;
            let (block, inside) = (place / BLOCK, place % BLOCK);
            let some = (BLOCK - inside).min(there - done);
            let Some(target) = to.get_mut(done..done + some) else { return done };
            match self.blocks.get(block).and_then(|bytes| bytes.get(inside..inside + some)) {
                Some(bytes) => target.copy_from_slice(bytes),
                None => target.fill(0),
            }
            done += some;
        }
        there
    }

    /// Writes at `at`, growing where needed.
    pub(super) fn write(&mut self, at: u64, bytes: &[u8]) {
        let end = index(at) + bytes.len();
        self.reserve(end);
        let mut done = 0;
        while done < bytes.len() {
            let place = index(at) + done;
            let (block, inside) = (place / BLOCK, place % BLOCK);
            let some = (BLOCK - inside).min(bytes.len() - done);
            let from = bytes.get(done..done + some).unwrap_or_default();
            if let Some(to) = self.blocks.get_mut(block)
                && let Some(to) = Arc::make_mut(to).get_mut(inside..inside + some)
            {
                to.copy_from_slice(from);
            }
            done += some;
        }
        self.len = self.len.max(end as u64);
    }

    /// Cuts or grows it.
    pub(super) fn set_len(&mut self, len: u64) {
        if len < self.len {
            let end = index(len);
            self.blocks.truncate(end.div_ceil(BLOCK));
            if let Some(last) = self.blocks.get_mut(end / BLOCK)
                && let Some(rest) = Arc::make_mut(last).get_mut(end % BLOCK..)
            {
                rest.fill(0);
            }
        }
        self.reserve(index(len));
        self.len = len;
    }

    /// Everything.
    pub(super) fn to_vec(&self) -> Vec<u8> {
        let mut out = vec![0; index(self.len)];
        self.read(0, &mut out);
        out
    }

    /// The bytes of a sector, cut at the end of the file.
    pub(super) fn sector(&self, no: u64, size: u64) -> Box<[u8]> {
        let at = no * size;
        let mut out = vec![0; index(size.min(self.len.saturating_sub(at)))];
        self.read(at, &mut out);
        out.into_boxed_slice()
    }

    fn reserve(&mut self, bytes: usize) {
        let blocks = bytes.div_ceil(BLOCK);
        if blocks > self.blocks.len() {
            self.blocks.resize(blocks, Arc::new([0; BLOCK]));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_a_file() {
        let mut blocks = Blocks::default();
        blocks.write(4_090, b"0123456789");
        assert_eq!(blocks.len(), 4_100);
        let copy = blocks.clone();
        let mut three = [1; 3];
        assert_eq!(blocks.read(0, &mut three), 3);
        assert_eq!(three, [0; 3], "a hole is zeroes");
        blocks.set_len(4_094);
        blocks.set_len(4_200);
        let mut ten = [1; 10];
        assert_eq!(blocks.read(4_090, &mut ten), 10);
        assert_eq!(&ten, b"0123\0\0\0\0\0\0", "what was cut off does not come back");
        assert_eq!(copy.read(4_090, &mut ten), 10);
        assert_eq!(&ten, b"0123456789", "a copy stays as it was");
        assert_eq!(copy.read(4_098, &mut ten), 2);
        assert_eq!(copy.read(9_000, &mut ten), 0);
        assert_eq!(&*copy.sector(1, 4_096), b"6789");
    }
}
