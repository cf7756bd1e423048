//! One simulated file: its content as running programs see it, and what of it would survive a power cut.

use super::Pc;
use super::blocks::Blocks;

/// A change that is not yet durable.
#[derive(Clone)]
enum Change {
    /// A sector as it was after a write.
    Sector { no: u64, bytes: Box<[u8]> },
    /// A new length.
    Len(u64),
}

/// A change with who made it.
#[derive(Clone)]
struct Pending {
    pc: Pc,
    change: Change,
}

/// A file without its name.
#[derive(Clone, Default)]
pub(super) struct Node {
    /// As it is seen.
    pub(super) seen: Blocks,
    durable: Blocks,
    pending: Vec<Pending>,
    /// When it was last written, ms since 1970 by its disk's clock.
    pub(super) modified: u64,
}

impl Node {
    /// An empty file.
    pub(super) fn new(modified: u64) -> Node {
        Node { modified, ..Node::default() }
    }

    /// Writes bytes; they stay in the air until [`Node::sync`].
    pub(super) fn write(&mut self, pc: Pc, at: u64, bytes: &[u8], sector: u64) {
        if bytes.is_empty() {
            return;
        }
        let before = self.seen.len();
        self.seen.write(at, bytes);
        let end = at + bytes.len() as u64;
        for no in at / sector..end.div_ceil(sector) {
            let bytes = self.seen.sector(no, sector);
            self.pending.push(Pending { pc, change: Change::Sector { no, bytes } });
        }
        if self.seen.len() > before {
            self.pending.push(Pending { pc, change: Change::Len(self.seen.len()) });
        }
    }

    /// Cuts or grows it.
    pub(super) fn set_len(&mut self, pc: Pc, len: u64) {
        if len != self.seen.len() {
            self.seen.set_len(len);
            self.pending.push(Pending { pc, change: Change::Len(len) });
        }
    }

    /// Makes durable what is seen.
    pub(super) fn sync(&mut self) {
        if !self.pending.is_empty() {
            self.durable = self.seen.clone();
            self.pending.clear();
        }
    }

    /// Whether nothing is in the air.
    pub(super) fn is_durable(&self) -> bool {
        self.pending.is_empty()
    }

    /// The power goes: of the changes of those it hits, each that `keep` keeps survives, in any combination. What
    /// survives is still in the air, unless the disk itself lost its power.
    pub(super) fn cut(&mut self, hits: &dyn Fn(Pc) -> bool, sector: u64, keep: &mut dyn FnMut() -> bool) {
        let hit = self.pending.iter().any(|pending| hits(pending.pc));
        if !hit {
            return;
        }
        self.pending.retain(|pending| !hits(pending.pc) || keep());
        let mut raw = self.durable.clone();
        let mut len = raw.len();
        for pending in &self.pending {
            match &pending.change {
                Change::Sector { no, bytes } => raw.write(no * sector, bytes),
                Change::Len(new) => {
                    // What was beyond a cut is gone, also where the file grows over it again.
                    if *new < raw.len() {
                        raw.set_len(*new);
                    }
                    len = *new;
                }
            }
        }
        raw.set_len(len);
        self.seen = raw;
    }

    /// What tells two contents apart.
    pub(super) fn digest(&self, hash: &mut impl std::hash::Hasher) {
        hash.write(&self.seen.to_vec());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &dyn Fn(Pc) -> bool = &|_| true;

    fn node() -> Node {
        let mut node = Node::default();
        node.write(1, 0, &[b'a'; 1_024], 512);
        node.sync();
        node
    }

    #[test]
    fn any_subset_of_what_was_not_synced_survives_and_nothing_else() {
        let mut seen = std::collections::BTreeSet::new();
        for choice in 0..32_u32 {
            let mut node = node();
            node.write(1, 0, b"x", 512);
            node.write(1, 512, b"y", 512);
            node.write(1, 0, b"z", 512);
            node.write(1, 1_024, b"new", 512);
            let mut at = 0;
            node.cut(ALL, 512, &mut || {
                at += 1;
                choice >> (at - 1) & 1 == 1
            });
            let bytes = node.seen.to_vec();
            assert!(bytes.len() == 1_024 || bytes.len() == 1_027);
            assert!(matches!(bytes[0], b'a' | b'x' | b'z') && matches!(bytes[512], b'a' | b'y'));
            assert!(bytes.len() == 1_024 || matches!(&bytes[1_024..], b"new" | b"\0\0\0"));
            seen.insert(bytes);
        }
        assert_eq!(seen.len(), 3 * 2 * 3, "every combination came");
    }

    #[test]
    fn what_was_synced_stays_and_what_others_wrote_too() {
        let mut node = node();
        node.write(1, 0, b"1", 512);
        node.sync();
        node.write(2, 512, b"2", 512);
        node.write(1, 514, b"1", 512);
        node.cut(&|pc| pc == 1, 512, &mut || false);
        let bytes = node.seen.to_vec();
        assert_eq!((bytes[0], bytes[512], bytes[514]), (b'1', b'2', b'a'));
        node.cut(ALL, 512, &mut || false);
        assert_eq!(node.seen.to_vec()[512], b'a');
    }

    #[test]
    fn a_cut_file_may_come_back_whole_but_not_in_part() {
        let mut node = node();
        node.set_len(1, 0);
        node.write(1, 0, b"b", 512);
        node.cut(ALL, 512, &mut || false);
        assert_eq!(node.seen.to_vec(), [b'a'; 1_024]);
        let mut node = self::node();
        node.set_len(1, 0);
        node.set_len(1, 600);
        node.cut(ALL, 512, &mut || true);
        assert_eq!(node.seen.to_vec(), [0; 600]);
    }
}
