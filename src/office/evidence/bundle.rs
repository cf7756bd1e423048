//! The bundle as a file: lines of JSON, the first one the cover (封面), then an entry a line, word for word. The cover holds
//! a hash of all other lines; an officer in session signs it, so that the hashes of papers have somebody who says so.

use crate::ledger::{CountyId, Hash, Head, KeyId, Sig, SigningKey, canon};
use crate::store::fault::{Fault, FaultKind};
use serde::{Deserialize, Serialize};

/// The first word of every bundle.
const KIND: &str = "jiuji-evidence";
/// The purpose under which a cover is signed.
pub(super) const PURPOSE: &str = "evidence";

/// Why an entry is in a bundle.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// It concerns the case.
    Case,
    /// It makes keys, roles, a pack count, or count no more.
    Keys,
    /// It is the last of the log.
    Head,
    /// It lies between, in a whole bundle.
    Path,
}

/// A private part that was opened on purpose.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opened {
    /// The salt, 32 bytes.
    pub salt: Hash,
    /// The plaintext.
    pub text: String,
}

impl std::fmt::Debug for Opened {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Opened(..)")
    }
}

/// An entry in a bundle. Its `cid` stands in its text; its private column stays behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its place in the log.
    pub n: u64,
    /// Its text.
    pub body: String,
    /// Its hash.
    pub hash: Hash,
    /// The carrier's signature.
    pub sig: [u8; 64],
    /// Why it is here.
    pub why: Why,
    /// Its private part, where it was opened.
    pub opened: Option<Opened>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    n: u64,
    why: Why,
    body: String,
    hash: Hash,
    sig: Sig,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    opened: Option<Opened>,
}

/// A file of a paper, by its hash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Paper {
    /// The file's name.
    pub name: String,
    /// Bytes.
    pub size: u64,
    /// SHA-256 of the bytes.
    pub sha256: Hash,
}

/// Who signed the cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// His number.
    pub officer: String,
    /// His key.
    pub key: KeyId,
    /// His signature over the cover without this field.
    pub sig: Sig,
}

/// The cover.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Cover {
    kind: String,
    format: u32,
    county: CountyId,
    number: String,
    whole: bool,
    head_n: u64,
    head: Hash,
    root: String,
    entries: u64,
    lines: Hash,
    papers: Vec<Paper>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    signed: Option<Signed>,
}

/// A bundle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bundle {
    /// Whose log.
    pub county: CountyId,
    /// The case's number.
    pub number: String,
    /// Whether every entry up to the head is in it.
    pub whole: bool,
    /// The log's end when it was made.
    pub head: Head,
    /// The root fingerprint.
    pub root: String,
    /// Papers by their hashes.
    pub papers: Vec<Paper>,
    /// The entries, by their place.
    pub items: Vec<Item>,
    /// Who signed the cover.
    pub signed: Option<Signed>,
}

impl Bundle {
    /// Signs the cover.
    ///
    /// # Errors
    /// It cannot be written canonically.
    pub fn sign(&mut self, officer: &str, key: &SigningKey) -> Result<(), Fault> {
        let text = self.cover()?;
        let sig = key.sign_text(PURPOSE, self.county, &text);
        self.signed = Some(Signed { officer: officer.to_owned(), key: key.id(), sig });
        Ok(())
    }

    /// The cover's text without its signature: what is signed.
    ///
    /// # Errors
    /// It cannot be written canonically.
    pub(super) fn cover(&self) -> Result<String, Fault> {
        self.cover_with(&self.lines()?, None)
    }

    fn cover_with(&self, lines: &str, signed: Option<Signed>) -> Result<String, Fault> {
        let cover = Cover {
            kind: KIND.to_owned(),
            format: 1,
            county: self.county,
            number: self.number.clone(),
            whole: self.whole,
            head_n: self.head.n,
            head: self.head.hash,
            root: self.root.clone(),
            entries: self.items.len() as u64,
            lines: Hash::of(&[lines.as_bytes()]),
            papers: self.papers.clone(),
            signed,
        };
        canon::to_text(&cover).map_err(|error| Fault::bug(error.to_string()))
    }

    fn lines(&self) -> Result<String, Fault> {
        let mut out = String::new();
        for item in &self.items {
            let line = Line {
                n: item.n,
                why: item.why,
                body: item.body.clone(),
                hash: item.hash,
                sig: Sig(item.sig),
                opened: item.opened.clone(),
            };
            out.push_str(&serde_json::to_string(&line).map_err(|error| Fault::bug(error.to_string()))?);
            out.push('\n');
        }
        Ok(out)
    }

    /// The file.
    ///
    /// # Errors
    /// It cannot be written canonically.
    pub fn text(&self) -> Result<String, Fault> {
        let lines = self.lines()?;
        Ok(format!("{}\n{lines}", self.cover_with(&lines, self.signed.clone())?))
    }

    /// Reads a file back. What it says is not believed yet.
    ///
    /// # Errors
    /// It is no bundle, of a newer format, or its lines are not those that its cover counted.
    pub fn read(text: &str) -> Result<Bundle, Fault> {
        let damaged = |what: String| Fault::new(FaultKind::Damaged, what, "请向出具的单位重新索取");
        let (first, lines) = text.split_once('\n').unwrap_or((text, ""));
        let cover: Cover =
            serde_json::from_str(first).map_err(|error| damaged(format!("证据包的第一行读不懂：{error}")))?;
        if cover.kind != KIND || cover.format != 1 {
            return Err(Fault::new(FaultKind::Newer, "不是本程序认识的证据包", "请更新程序后再核验"));
        }
        if Hash::of(&[lines.as_bytes()]) != cover.lines {
            return Err(damaged("证据包被改动：各行与封面所记的哈希不符".to_owned()));
        }
        let mut items = Vec::new();
        for (at, line) in lines.lines().enumerate() {
            let line: Line = serde_json::from_str(line)
                .map_err(|error| damaged(format!("证据包第 {} 行读不懂：{error}", at + 2)))?;
            let Line { n, why, body, hash, sig, opened } = line;
            items.push(Item { n, body, hash, sig: sig.0, why, opened });
        }
        Ok(Bundle {
            county: cover.county,
            number: cover.number,
            whole: cover.whole,
            head: Head { n: cover.head_n, hash: cover.head },
            root: cover.root,
            papers: cover.papers,
            items,
            signed: cover.signed,
        })
    }

    /// Whether a file's first bytes are those of a bundle: its cover is canonical, so that they are always the same kind.
    pub fn is_one(first: &[u8]) -> bool {
        String::from_utf8_lossy(first)
            .lines()
            .next()
            .is_some_and(|line| line.starts_with("{\"county\":") && line.contains("\"entries\":"))
    }
}
