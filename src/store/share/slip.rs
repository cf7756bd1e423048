//! The small text files of the protocol: turns, their ends, publications. Each is made once by exclusive creation,
//! filled by its maker, and never changed or renamed. What is asked of the folder is asked by listing it: on network
//! drives "does it exist" answers from a stale cache.

use std::io;
use std::path::Path;

use super::drive::{Drive, Filling};
use crate::ledger::Hash;
use crate::store::fault::Fault;

/// A slip is shorter than this, in bytes.
const MOST: usize = 1024;

/// How an exclusive creation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Created {
    /// The name is ours.
    Ours,
    /// Somebody has it already, or the server will not say (delete pending): busy, never evidence.
    Taken,
}

/// Creates a name that must be new, empty. Decided by the server, for all PCs.
pub(crate) fn create(drive: &dyn Drive, path: &Path, doing: &str) -> Result<Created, Fault> {
    match drive.create(path) {
        Ok(()) => Ok(Created::Ours),
        Err(e) if is_taken(&e) => Ok(Created::Taken),
        Err(e) => Err(Fault::of_io(doing, e)),
    }
}

/// Creates a name that must be new and gives the way to fill it; none where it is taken.
pub(crate) fn create_to_fill<'a>(
    drive: &'a dyn Drive,
    path: &'a Path,
    doing: &str,
) -> Result<Option<Filling<'a>>, Fault> {
    match drive.create_to_fill(path) {
        Ok(filling) => Ok(Some(filling)),
        Err(e) if is_taken(&e) => Ok(None),
        Err(e) => Err(Fault::of_io(doing, e)),
    }
}

/// Whether an error of creating says that somebody has the name.
fn is_taken(error: &io::Error) -> bool {
    // Windows says so of a name whose deletion is pending.
    error.kind() == io::ErrorKind::AlreadyExists
        || (cfg!(windows) && error.kind() == io::ErrorKind::PermissionDenied)
}

/// Fills a slip that this desk has just created.
pub(crate) fn fill(drive: &dyn Drive, path: &Path, text: &str, doing: &str) -> Result<(), Fault> {
    drive.fill(path, text.as_bytes()).map_err(|e| Fault::of_io(doing, e))
}

/// The bytes of a slip; empty also if a client's cache still calls it missing.
pub(crate) fn read(drive: &dyn Drive, path: &Path, doing: &str) -> Result<Vec<u8>, Fault> {
    match drive.read_slip(path, MOST) {
        Ok(bytes) => Ok(bytes),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(e) => Err(Fault::of_io(doing, e)),
    }
}

/// The names in a folder.
pub(crate) fn list(drive: &dyn Drive, folder: &Path, doing: &str) -> Result<Vec<String>, Fault> {
    drive.list(folder).map_err(|e| Fault::of_io(doing, e))
}

/// How a turn ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// By its holder: the next turn may begin.
    Released,
    /// By its holder, who wrote nothing in it: the next turn may begin, and a row of this one that somebody saw was rolled
    /// back.
    Empty,
    /// By its holder, who found the file full: dead, and whole.
    Closed,
    /// By another desk: dead.
    Taken,
}

impl Ending {
    /// What the end file says; `nonce` tells whose it is.
    pub(crate) fn text(self, nonce: &str) -> String {
        let word = match self {
            Ending::Released => "released",
            Ending::Empty => "empty",
            Ending::Closed => "closed",
            Ending::Taken => "taken",
        };
        format!("{word} {nonce}\n")
    }

    /// Reads an end with its maker's nonce; `None` while it is not complete.
    pub(crate) fn read(bytes: &[u8]) -> Option<(Ending, String)> {
        let text = std::str::from_utf8(bytes).ok()?.strip_suffix('\n')?;
        let (word, nonce) = text.split_once(' ')?;
        let ending = match word {
            "released" => Ending::Released,
            "empty" => Ending::Empty,
            "closed" => Ending::Closed,
            "taken" => Ending::Taken,
            _ => return None,
        };
        Some((ending, nonce.to_owned()))
    }
}

/// A turn as its holder describes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TurnSlip {
    pub(crate) nonce: String,
    pub(crate) desk: String,
    pub(crate) officer: String,
}

impl TurnSlip {
    pub(crate) fn text(&self) -> String {
        format!("jiuji-turn 1\nnonce {}\ndesk {}\nofficer {}\nend\n", self.nonce, self.desk, self.officer)
    }

    /// `None` while it is not complete.
    pub(crate) fn read(bytes: &[u8]) -> Option<TurnSlip> {
        let fields = fields(bytes, "jiuji-turn 1", ["nonce", "desk", "officer"])?;
        let [nonce, desk, officer] = fields;
        Some(TurnSlip { nonce, desk, officer })
    }
}

/// A publication: which file is number `f`, and the hash of its birth record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Publication {
    pub(crate) file: u32,
    pub(crate) name: String,
    pub(crate) hash: Hash,
}

impl Publication {
    pub(crate) fn text(&self) -> String {
        format!("jiuji-log 1\nname {}\nhash {}\nend\n", self.name, self.hash)
    }

    /// `None` while it is not complete, or if it names a file outside the folder.
    pub(crate) fn read(file: u32, bytes: &[u8]) -> Option<Publication> {
        let [name, hash] = fields(bytes, "jiuji-log 1", ["name", "hash"])?;
        let plain = name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'.');
        if !plain || !name.ends_with(".db") {
            return None;
        }
        Some(Publication { file, name, hash: Hash::from_hex(&hash)? })
    }
}

fn fields<const N: usize>(bytes: &[u8], first: &str, keys: [&str; N]) -> Option<[String; N]> {
    let text = std::str::from_utf8(bytes).ok()?.strip_suffix("\nend\n")?;
    let mut lines = text.split('\n');
    if lines.next() != Some(first) {
        return None;
    }
    let mut out: [String; N] = std::array::from_fn(|_| String::new());
    for (to, key) in out.iter_mut().zip(keys) {
        *to = lines.next()?.strip_prefix(key)?.strip_prefix(' ')?.to_owned();
    }
    lines.next().is_none().then_some(out)
}

/// `log.0002`
pub(crate) fn log_name(file: u32) -> String {
    format!("log.{file:04}")
}

/// `0002.000123`
pub(crate) fn turn_name(file: u32, k: u64) -> String {
    format!("{file:04}.{k:06}")
}

/// `0002.000123.end`
pub(crate) fn end_name(file: u32, k: u64) -> String {
    format!("{file:04}.{k:06}.end")
}

/// The file number of a publication's name.
pub(crate) fn parse_log(name: &str) -> Option<u32> {
    let file = name.strip_prefix("log.")?.parse().ok()?;
    (log_name(file) == name).then_some(file)
}

/// File, turn, and whether it is an end.
pub(crate) fn parse_turn(name: &str) -> Option<(u32, u64, bool)> {
    let (stem, is_end) = match name.strip_suffix(".end") {
        Some(stem) => (stem, true),
        None => (name, false),
    };
    let (file, k) = stem.split_once('.')?;
    let (file, k) = (file.parse().ok()?, k.parse().ok()?);
    (turn_name(file, k) == stem).then_some((file, k, is_end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_counts_only_when_it_is_whole() {
        let slip = TurnSlip { nonce: "ab".into(), desk: "cd".into(), officer: "1002".into() };
        let publication = Publication { file: 7, name: "log.0007.ab.db".into(), hash: Hash([1; 32]) };
        let ending = Ending::Released.text("ab");
        for cut in 0..slip.text().len() {
            assert_eq!(TurnSlip::read(&slip.text().as_bytes()[..cut]), None);
        }
        assert_eq!(TurnSlip::read(slip.text().as_bytes()), Some(slip));
        for cut in 0..publication.text().len() {
            assert_eq!(Publication::read(7, &publication.text().as_bytes()[..cut]), None);
        }
        assert_eq!(Publication::read(7, publication.text().as_bytes()), Some(publication));
        for cut in 0..ending.len() {
            assert_eq!(Ending::read(&ending.as_bytes()[..cut]), None);
        }
        assert_eq!(Ending::read(ending.as_bytes()), Some((Ending::Released, "ab".into())));
    }

    #[test]
    fn a_publication_names_a_file_of_its_own_folder() {
        for name in ["../x.db", "a/b.db", "x.exe", "a b.db", "C:\\x.db"] {
            let text = format!("jiuji-log 1\nname {name}\nhash {}\nend\n", Hash([1; 32]));
            assert_eq!(Publication::read(1, text.as_bytes()), None, "{name}");
        }
    }

    #[test]
    fn names_are_read_as_they_are_written() {
        assert_eq!(parse_turn("0002.000123"), Some((2, 123, false)));
        assert_eq!(parse_turn("0002.000123.end"), Some((2, 123, true)));
        assert_eq!(parse_turn(&turn_name(12_345, 1_234_567)), Some((12_345, 1_234_567, false)));
        assert_eq!(parse_turn("2.123"), None);
        assert_eq!(parse_turn("0002.000123.end.bak"), None);
        assert_eq!(parse_log("log.0001"), Some(1));
        assert_eq!(parse_log("log.0001.ab.db"), None);
        assert_eq!(parse_log("log.1"), None);
    }
}
