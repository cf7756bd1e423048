//! The hash chain and the judgement of integrity (完整性): is this row an entry, at this place of this county's log?
//! What fails here is no entry, and nothing after it may be read. Whether it was allowed is never asked here.

use serde::{Deserialize, Serialize};

use super::body::{Body, FORMAT, MAX_ENTRY};
use super::canon::{self, NotCanonical};
use super::rescue;
use super::row::{CountyId, Hash, KeyId, PublicKey, Row, Sig};
use super::seal;
use super::sign::{self, SigState, SigningKey};
use super::suite::Suite;

/// The name in the first entry's arguments under which the founder's public key stands, as hex.
pub const FOUNDER_KEY: &str = "founder_key";

/// The end of a log: the place and hash of its last entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Place of the last entry; 0 of an empty log.
    pub n: u64,
    /// Its hash; of an empty log the county's genesis value.
    pub hash: Hash,
}

impl Head {
    /// The head of a county's log before its first entry.
    pub fn genesis(county: CountyId) -> Head {
        Head { n: 0, hash: Hash::of(&[format!("jiuji/genesis/1/{county}\n").as_bytes()]) }
    }

    /// The head after this row.
    pub fn of(row: &Row) -> Head {
        Head { n: row.n, hash: row.hash }
    }
}

/// What is known of a key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyState {
    /// The public key.
    pub public: PublicKey,
    /// The number of the officer whose key it is.
    pub officer: String,
    /// The first n at which it counts.
    pub from: u64,
    /// The first n at which it no longer counts; `None` while it stands.
    pub revoked_from: Option<u64>,
}

/// Whoever knows the keys of the county.
pub trait Keyring {
    /// The key of this id; `None` if it was never enrolled.
    fn key_at(&self, key: &KeyId) -> Option<KeyState>;
}

/// A ring without keys: enough for the first entry, which brings its own.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoKeys;

impl Keyring for NoKeys {
    fn key_at(&self, _key: &KeyId) -> Option<KeyState> {
        None
    }
}

/// Which of the two signatures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signer {
    /// Of the command.
    Author,
    /// Of the entry.
    Carrier,
}

impl std::fmt::Display for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Signer::Author => "下令人",
            Signer::Carrier => "记录人",
        })
    }
}

/// Why a row is no entry.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Break {
    /// Its place does not follow.
    #[error("记录号不连续：应为第 {expected} 条，实为第 {found} 条")]
    Gap {
        /// The place after the entry before.
        expected: u64,
        /// The place it claims.
        found: u64,
    },
    /// It follows another entry than the one before it.
    #[error("与上一条记录接不上：所记的上一条哈希不符")]
    Prev,
    /// Its text is not canonical.
    #[error("正文不是规定的写法：{0}")]
    Canonical(NotCanonical),
    /// A column differs from what the text says.
    #[error("列“{0}”与正文不一致")]
    Columns(&'static str),
    /// The text was changed.
    #[error("正文被改动：哈希不符")]
    Hash,
    /// The sealed part was changed.
    #[error("加密的个人信息被改动：哈希不符")]
    Private,
    /// The sealed part is gone, and no entry of an administrator destroyed it.
    #[error("加密的个人信息不见了，没有销毁它的记录")]
    Emptied,
    /// The carrier's signature does not hold.
    #[error("记录人的签名不成立")]
    CarrierSig,
    /// The author's signature does not hold.
    #[error("下令人的签名不成立")]
    OrderSig,
    /// A key that was not enrolled at this place.
    #[error("{who}的密钥 {key} 在此处未登记")]
    KeyUnknown {
        /// Whose.
        who: Signer,
        /// Which.
        key: KeyId,
    },
    /// A key that was revoked at this place.
    #[error("{who}的密钥 {key} 自第 {from} 条起已注销")]
    KeyRevoked {
        /// Whose.
        who: Signer,
        /// Which.
        key: KeyId,
        /// Since which n.
        from: u64,
    },
    /// A key of another officer than the entry says.
    #[error("{who}的密钥 {key} 不属于所写的工号")]
    KeyNotTheirs {
        /// Whose.
        who: Signer,
        /// Which.
        key: KeyId,
    },
    /// The first entry does not carry the founder's key, or was not signed with it.
    #[error("第一条记录没有带上创建人的公钥，或不是用它签的")]
    Founder,
    /// Another county's entry.
    #[error("是另一个县的记录")]
    County,
    /// What it says to have found again is not that.
    #[error("找回的记录不成立：{0}")]
    Rescue(&'static str),
    /// More than 256 KiB.
    #[error("记录过大：{0} 字节，最多 262144 字节")]
    TooLarge(usize),
    /// Written by a newer program.
    #[error("由更新版本的程序写成（格式 {0}），本程序太旧，请更新")]
    Newer(u64),
}

impl Break {
    /// The reason as a word for programs; a verifier in another language says the same words.
    pub fn code(&self) -> &'static str {
        match self {
            Break::Gap { .. } => "gap",
            Break::Prev => "prev",
            Break::Canonical(_) => "canonical",
            Break::Columns(_) => "columns",
            Break::Hash => "hash",
            Break::Private => "private",
            Break::Emptied => "emptied",
            Break::CarrierSig => "carrier-sig",
            Break::OrderSig => "order-sig",
            Break::KeyUnknown { .. } => "key-unknown",
            Break::KeyRevoked { .. } => "key-revoked",
            Break::KeyNotTheirs { .. } => "key-not-theirs",
            Break::Founder => "founder",
            Break::County => "county",
            Break::Rescue(_) => "rescue",
            Break::TooLarge(_) => "too-large",
            Break::Newer(_) => "newer",
        }
    }
}

/// The hash of an entry's text.
pub fn entry_hash(county: CountyId, format: u32, suite: Suite, body: &str) -> Hash {
    let domain = format!("jiuji/entry/{format}/{}/{county}\n", suite.number());
    Hash::of(&[domain.as_bytes(), body.as_bytes()])
}

/// Makes the row of a body: sets `body.sealed` from the private column, writes the text, hashes and signs it.
///
/// # Errors
/// If the text would not be canonical, or is too large.
pub fn make(mut body: Body, private: Option<Vec<u8>>, carrier: &SigningKey) -> Result<Row, Break> {
    body.sealed = private.as_deref().map(seal::sealed_hash);
    let text = body.to_text().map_err(Break::Canonical)?;
    let room = if body.command.verb == rescue::VERB { 0 } else { rescue::ROOM };
    check_size(&text, private.as_deref(), room)?;
    let hash = entry_hash(body.county, body.format, body.suite, &text);
    let sig = carrier.sign_hash(&hash).0;
    Ok(Row { n: body.n, cid: body.command.cid, body: text, private, hash, sig })
}

/// Judges a row at its place, with everything but the keys: place, hash before, canonical text, columns, hash.
///
/// # Errors
/// [`Break`], with the first reason found.
pub fn check_shape(row: &Row, previous: &Head, county: CountyId) -> Result<Body, Break> {
    check_size(&row.body, row.private.as_deref(), 0)?;
    let value = canon::from_text(&row.body).map_err(Break::Canonical)?;
    let format = value.get("format").and_then(serde_json::Value::as_u64).unwrap_or(0);
    let suite = value.get("suite").and_then(serde_json::Value::as_u64).unwrap_or(0);
    if format > u64::from(FORMAT) {
        return Err(Break::Newer(format));
    }
    if suite > u64::from(Suite::One.number()) {
        return Err(Break::Newer(suite));
    }
    let body = Body::from_value(value).map_err(Break::Canonical)?;
    if body.format != FORMAT {
        return Err(Break::Canonical(NotCanonical::Shape("format".into())));
    }
    if body.county != county {
        return Err(Break::County);
    }
    if body.n != row.n {
        return Err(Break::Columns("n"));
    }
    if body.command.cid != row.cid {
        return Err(Break::Columns("cid"));
    }
    let expected = previous.n.saturating_add(1);
    if row.n != expected {
        return Err(Break::Gap { expected, found: row.n });
    }
    if entry_hash(body.county, body.format, body.suite, &row.body) != row.hash {
        return Err(Break::Hash);
    }
    if body.prev != previous.hash {
        return Err(Break::Prev);
    }
    match (&row.private, &body.sealed) {
        (Some(bytes), Some(hash)) if seal::sealed_hash(bytes) == *hash => {}
        (Some(_), _) => return Err(Break::Private),
        // Nothing, or destroyed for good: the chain holds without it, as the law wants. That an entry behind this one
        // destroyed it is for whoever reads on, see [`is_emptied`].
        (None, _) => {}
    }
    Ok(body)
}

/// Whether a row's column is empty although its text commits to one. Such a row is an entry only where a later one
/// destroyed its private part and that took effect: who reads a log to its end and still misses one has found
/// [`Break::Emptied`] at its place.
pub fn is_emptied(row: &Row, body: &Body) -> bool {
    row.private.is_none() && body.sealed.is_some()
}

/// Whether a row's text commits to these bytes as its private column.
pub fn commits_to(row: &Row, private: &[u8]) -> bool {
    Body::from_text(&row.body).is_ok_and(|body| body.sealed == Some(seal::sealed_hash(private)))
}

/// Whether a row is whole by itself: canonical, of this county, its columns and its hash as its text says. Where it belongs
/// and who signed it is not asked.
pub fn stands(row: &Row, county: CountyId) -> bool {
    let Ok(body) = Body::from_text(&row.body) else { return false };
    let before = Head { n: row.n.saturating_sub(1), hash: body.prev };
    check_shape(row, &before, county).is_ok()
}

/// Judges a row at its place: is it an entry? Gives its content.
///
/// The first entry certifies itself: its arguments carry the founder's public key ([`FOUNDER_KEY`]), and author and
/// carrier are that key; whether it is the right founder is for the fingerprint on paper.
///
/// # Errors
/// [`Break`], with the first reason found.
pub fn check(row: &Row, previous: &Head, county: CountyId, keys: &dyn Keyring) -> Result<Body, Break> {
    let (body, sigs) = check_unsigned(row, previous, county, keys)?;
    sigs.check()?;
    check_carried(row, &body, county, keys)?;
    Ok(body)
}

/// What [`check`] judges before the signatures: shape, and whose keys they are. The entry stands only if [`Sigs::check`]
/// and then [`check_carried`] find nothing.
///
/// # Errors
/// As [`check`].
pub fn check_unsigned(
    row: &Row,
    previous: &Head,
    county: CountyId,
    keys: &dyn Keyring,
) -> Result<(Body, Sigs), Break> {
    let body = check_shape(row, previous, county)?;
    let (author, carrier) = if row.n == 1 {
        let public = founder_key(&body).ok_or(Break::Founder)?;
        let id = public.id();
        if body.command.key != id || body.carrier.key != id || body.command.author != body.carrier.officer {
            return Err(Break::Founder);
        }
        (public, public)
    } else {
        (
            enrolled(keys, Signer::Author, &body.command.key, &body.command.author, row.n)?,
            enrolled(keys, Signer::Carrier, &body.carrier.key, &body.carrier.officer, row.n)?,
        )
    };
    let order = sign::order_message(body.county, &body.command).map_err(|_| Break::OrderSig)?;
    let sigs = Sigs { author, order, order_sig: body.order_sig, carrier, hash: row.hash, sig: Sig(row.sig) };
    Ok((body, sigs))
}

/// What [`check`] judges after the signatures: the row that an entry carries back.
///
/// # Errors
/// As [`check`].
pub fn check_carried(row: &Row, body: &Body, county: CountyId, keys: &dyn Keyring) -> Result<(), Break> {
    if row.n == 1 { Ok(()) } else { rescue::check(body, county, keys) }
}

/// The two signatures of an entry, with all that is needed to check them, on whichever thread.
pub struct Sigs {
    author: PublicKey,
    order: Vec<u8>,
    order_sig: Sig,
    carrier: PublicKey,
    hash: Hash,
    sig: Sig,
}

impl Sigs {
    /// Checks both, each strictly and alone.
    ///
    /// # Errors
    /// The first that does not hold.
    pub fn check(&self) -> Result<(), Break> {
        if sign::verify(Some(&self.author), &self.order, &self.order_sig) != SigState::Good {
            return Err(Break::OrderSig);
        }
        if sign::verify_hash(Some(&self.carrier), &self.hash, &self.sig) != SigState::Good {
            return Err(Break::CarrierSig);
        }
        Ok(())
    }
}

/// The founder's public key, out of a first entry's arguments.
pub fn founder_key(body: &Body) -> Option<PublicKey> {
    body.command.args.get(FOUNDER_KEY)?.as_str().and_then(PublicKey::from_hex)
}

fn enrolled(keys: &dyn Keyring, who: Signer, key: &KeyId, officer: &str, n: u64) -> Result<PublicKey, Break> {
    let unknown = Break::KeyUnknown { who, key: *key };
    let state = keys.key_at(key).ok_or_else(|| unknown.clone())?;
    if n < state.from || state.public.id() != *key {
        return Err(unknown);
    }
    if let Some(from) = state.revoked_from
        && n >= from
    {
        return Err(Break::KeyRevoked { who, key: *key, from });
    }
    if state.officer != officer {
        return Err(Break::KeyNotTheirs { who, key: *key });
    }
    Ok(state.public)
}

/// `room` is what has to be left, so that the entry can be rescued one day.
fn check_size(body: &str, private: Option<&[u8]>, room: usize) -> Result<(), Break> {
    let size = body.len().saturating_add(private.map_or(0, <[u8]>::len));
    if size.saturating_add(room) > MAX_ENTRY { Err(Break::TooLarge(size)) } else { Ok(()) }
}

/// What a damaged row still says of itself: for the report only, nothing of it is proved.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Glimpse {
    /// The carrier's number, if it can be read.
    pub officer: Option<String>,
    /// The share's time, if it can be read.
    pub share_ms: Option<i64>,
}

/// Reads what can still be read of a row, whether it is sound or not.
pub fn glimpse(row: &Row) -> Glimpse {
    let after = |name: &str| row.body.split_once(name).map(|(_, rest)| rest);
    let officer = after("\"officer\":\"").and_then(|rest| rest.split('"').next()).map(str::to_owned);
    let share_ms = after("\"share_ms\":")
        .and_then(|rest| rest.split([',', '}']).next())
        .and_then(|digits| digits.parse().ok());
    Glimpse { officer, share_ms }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use proptest::prelude::*;
    use serde_json::json;

    use super::*;
    use crate::ledger::{Carrier, Cid, DeskId, Order, TurnNo};

    const COUNTY: CountyId = CountyId([0xaa; 16]);

    struct Ring(HashMap<KeyId, KeyState>);

    impl Keyring for Ring {
        fn key_at(&self, key: &KeyId) -> Option<KeyState> {
            self.0.get(key).cloned()
        }
    }

    fn founder() -> SigningKey {
        SigningKey::from_seed(&[1; 32])
    }

    fn clerk() -> SigningKey {
        SigningKey::from_seed(&[2; 32])
    }

    fn ring(clerk_from: u64, revoked_from: Option<u64>) -> Ring {
        let mut keys = HashMap::new();
        let admin = founder().public();
        let state = KeyState { public: admin, officer: "1001".into(), from: 1, revoked_from: None };
        keys.insert(admin.id(), state);
        let public = clerk().public();
        let state = KeyState { public, officer: "2001".into(), from: clerk_from, revoked_from };
        keys.insert(public.id(), state);
        Ring(keys)
    }

    fn body(n: u64, prev: Hash, author: &SigningKey, officer: &str, carrier: &SigningKey) -> Body {
        let order = Order {
            cid: Cid([n as u8; 16]),
            verb: "take-lead".into(),
            author: officer.into(),
            key: author.id(),
            seen: n - 1,
            args: json!({FOUNDER_KEY: author.public().to_string(), "sum_fen": 80_000}),
            private: None,
        };
        Body {
            suite: Suite::One,
            format: FORMAT,
            county: COUNTY,
            n,
            prev,
            turn: TurnNo { file: 1, k: n },
            share_ms: 1_772_413_200_000,
            desk_ms: 1_772_413_200_000,
            desk: DeskId([1; 8]),
            desk_seq: n,
            program: "0.1.0".into(),
            pack: "CY-2021-15".into(),
            order_sig: author.sign_order(COUNTY, &order).unwrap(),
            command: order,
            facts: vec![json!({"kind": "lead"})],
            carrier: Carrier {
                officer: if carrier.id() == founder().id() { "1001" } else { "2001" }.into(),
                key: carrier.id(),
            },
            sealed: None,
        }
    }

    /// Founder's entry, then one ordered by the clerk and carried by the founder.
    fn two() -> (Row, Row) {
        let admin = founder();
        let first = body(1, Head::genesis(COUNTY).hash, &admin, "1001", &admin);
        let first = make(first, None, &admin).unwrap();
        let second = body(2, first.hash, &clerk(), "2001", &admin);
        let second = make(second, Some(vec![1, 2, 3, 4]), &admin).unwrap();
        (first, second)
    }

    #[test]
    fn a_sound_chain_holds() {
        let (first, second) = two();
        check(&first, &Head::genesis(COUNTY), COUNTY, &NoKeys).unwrap();
        let body = check(&second, &Head::of(&first), COUNTY, &ring(2, None)).unwrap();
        assert_eq!(body.command.author, "2001");
        assert_eq!(
            glimpse(&second),
            Glimpse { officer: Some("1001".into()), share_ms: Some(1_772_413_200_000) }
        );
    }

    #[test]
    fn an_erased_private_part_leaves_the_chain_whole() {
        let (first, mut second) = two();
        second.private = None;
        check(&second, &Head::of(&first), COUNTY, &ring(2, None)).unwrap();
        second.private = Some(vec![]);
        assert_eq!(check(&second, &Head::of(&first), COUNTY, &ring(2, None)), Err(Break::Private));
    }

    #[test]
    fn keys_count_from_enrolment_to_revocation() {
        let (first, second) = two();
        let key = clerk().id();
        let judge = |ring: Ring| check(&second, &Head::of(&first), COUNTY, &ring);
        assert_eq!(judge(ring(3, None)), Err(Break::KeyUnknown { who: Signer::Author, key }));
        assert_eq!(judge(ring(1, Some(2))), Err(Break::KeyRevoked { who: Signer::Author, key, from: 2 }));
        assert!(judge(ring(1, Some(3))).is_ok());
        let mut wrong = ring(1, None);
        wrong.0.get_mut(&key).unwrap().officer = "2002".into();
        assert_eq!(judge(wrong), Err(Break::KeyNotTheirs { who: Signer::Author, key }));
        let mut swapped = ring(1, None);
        swapped.0.get_mut(&key).unwrap().public = founder().public();
        assert_eq!(judge(swapped), Err(Break::KeyUnknown { who: Signer::Author, key }));
        assert_eq!(
            check(&second, &Head::of(&first), COUNTY, &NoKeys),
            Err(Break::KeyUnknown { who: Signer::Author, key })
        );
    }

    #[test]
    fn what_stands_elsewhere_is_no_entry_here() {
        let (first, second) = two();
        let keys = ring(1, None);
        let genesis = Head::genesis(COUNTY);
        assert_eq!(
            check(&second, &genesis, COUNTY, &keys),
            Err(Break::Gap { expected: 1, found: 2 }),
            "a dropped entry"
        );
        let forked = Head { n: 1, hash: Hash([9; 32]) };
        assert_eq!(check(&second, &forked, COUNTY, &keys), Err(Break::Prev), "another history");
        let other = CountyId([0xbb; 16]);
        assert_eq!(check(&first, &Head::genesis(other), other, &keys), Err(Break::County));
        let renumbered = Row { n: 3, ..second };
        assert_eq!(check(&renumbered, &Head::of(&first), COUNTY, &keys), Err(Break::Columns("n")));
    }

    #[test]
    fn a_command_signed_by_another_is_no_entry() {
        let (first, _) = two();
        let admin = founder();
        let mut forged = body(2, first.hash, &clerk(), "2001", &admin);
        forged.order_sig = admin.sign_order(COUNTY, &forged.command).unwrap();
        let forged = make(forged, None, &admin).unwrap();
        assert_eq!(check(&forged, &Head::of(&first), COUNTY, &ring(1, None)), Err(Break::OrderSig));
        let carried = body(2, first.hash, &clerk(), "2001", &admin);
        let carried = make(carried, None, &clerk()).unwrap();
        assert_eq!(check(&carried, &Head::of(&first), COUNTY, &ring(1, None)), Err(Break::CarrierSig));
    }

    #[test]
    fn the_first_entry_must_bring_its_own_key() {
        let genesis = Head::genesis(COUNTY);
        let admin = founder();
        let other = body(1, genesis.hash, &clerk(), "2001", &admin);
        let other = make(other, None, &admin).unwrap();
        assert_eq!(check(&other, &genesis, COUNTY, &ring(1, None)), Err(Break::Founder));
    }

    #[test]
    fn newer_and_larger_entries_are_named() {
        let (first, _) = two();
        let admin = founder();
        let mut newer = body(2, first.hash, &admin, "1001", &admin);
        newer.format = FORMAT + 1;
        let newer = make(newer, None, &admin).unwrap();
        assert_eq!(check(&newer, &Head::of(&first), COUNTY, &ring(1, None)), Err(Break::Newer(2)));
        let large = body(2, first.hash, &admin, "1001", &admin);
        assert!(matches!(make(large.clone(), Some(vec![0; MAX_ENTRY]), &admin), Err(Break::TooLarge(_))));
        let fits = make(large, Some(vec![0; MAX_ENTRY - rescue::ROOM - 4096]), &admin).unwrap();
        check(&fits, &Head::of(&first), COUNTY, &ring(1, None)).unwrap();
    }

    #[test]
    fn a_row_that_came_back_short_does_not_stand() {
        let (_, second) = two();
        assert!(stands(&second, COUNTY));
        let mut short = second.clone();
        short.hash.0[20..].fill(0);
        assert!(!stands(&short, COUNTY));
        assert!(!stands(&Row { body: second.body[..20].to_owned(), ..second.clone() }, COUNTY));
        assert!(!stands(&second, CountyId([0xbb; 16])));
    }

    #[test]
    fn every_flipped_byte_breaks_the_entry() {
        let (first, second) = two();
        let keys = ring(1, None);
        let before = Head::of(&first);
        for at in 0..second.body.len() {
            let mut bytes = second.body.clone().into_bytes();
            bytes[at] ^= 1;
            // What is no UTF-8 cannot come out of a TEXT column as a text.
            let Ok(body) = String::from_utf8(bytes) else { continue };
            assert!(check(&Row { body, ..second.clone() }, &before, COUNTY, &keys).is_err(), "body {at}");
        }
        for at in 0..64 {
            let mut bad = second.clone();
            bad.sig[at] ^= 1;
            assert_eq!(check(&bad, &before, COUNTY, &keys), Err(Break::CarrierSig), "sig {at}");
            let mut bad = second.clone();
            bad.hash.0[at % 32] ^= 1 << (at / 32);
            assert_eq!(check(&bad, &before, COUNTY, &keys), Err(Break::Hash), "hash {at}");
        }
    }

    proptest! {
        #[test]
        fn any_changed_byte_of_any_column_breaks_the_entry(
            column in 0usize..5, at in any::<prop::sample::Index>(), flip in 1u8..=255
        ) {
            let (first, second) = two();
            let mut bad = second.clone();
            match column {
                0 => {
                    let mut bytes = bad.body.into_bytes();
                    let at = at.index(bytes.len());
                    bytes[at] ^= flip;
                    prop_assume!(std::str::from_utf8(&bytes).is_ok());
                    bad.body = String::from_utf8(bytes).unwrap();
                }
                1 => bad.hash.0[at.index(32)] ^= flip,
                2 => bad.sig[at.index(64)] ^= flip,
                3 => {
                    let private = bad.private.as_mut().unwrap();
                    let at = at.index(private.len());
                    private[at] ^= flip;
                }
                _ => bad.cid.0[at.index(16)] ^= flip,
            }
            prop_assert!(check(&bad, &Head::of(&first), COUNTY, &ring(1, None)).is_err());
        }
    }
}
