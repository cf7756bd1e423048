//! # The format, byte by byte
//!
//! Enough to write a verifier in another language. All hex is lower case; `||` joins bytes; a quoted text stands for
//! its UTF-8 bytes, `\n` for one byte 0A.
//!
//! ## The files
//!
//! A share (共享文件夹) holds, for each log file `f` (four digits or more, from `0001`):
//!
//! - `log.f`: the publication. Text, one `key value` per line: `jiuji-log 1`, `name`, `hash`, and last `end`. A
//!   publication without its last line does not count. The current file is the highest `f` published.
//! - the file that `name` says, a SQLite database with `application_id` 0x4A69754A and `user_version` 1, journal mode
//!   not WAL (bytes 18 and 19 of the header are 1), page size 4096, and two tables:
//!   `born(id, record)` with one row, and
//!   `entry(n INTEGER PRIMARY KEY, cid BLOB UNIQUE, body TEXT, private BLOB, hash BLOB, sig BLOB) STRICT`.
//! - `born.record` is canonical JSON: `county`, `file`, `why` (`founded`, `full`, `taken`, `rebuilt`), `first` (its first n),
//!   `before` (hash before that entry), `follows` (the file that holds the entries before; 0 of the first),
//!   `supersedes` (the file that it replaces; 0 if none), `head_n` and `head_hash` (its last entry at birth; first - 1
//!   and `before` if it was born empty); of a rebuilt one, and of
//!   those after it, also `by`: `officer` and `key` of who had it rebuilt, the rebuilt `file`, `n` and `hash` of its last
//!   entry at birth, and his `sig` over "jiuji/text/1/" county-hex "/rebuilt\n" || file " " n " " hash. `hash` in the publication is SHA-256("jiuji/born/1\n" || record).
//!
//! To read the whole log: start at the current file, go back by `follows` to 0, then read all their entries by n.
//!
//! ## An entry
//!
//! `body` is JSON as RFC 8785 writes it, with three rules more: numbers are integers between -(2^53-1) and 2^53-1; no
//! null; strings and keys are in Unicode NFC. A verifier parses it, writes it again, and compares all bytes.
//!
//! | key | value |
//! |---|---|
//! | `suite` | 1 |
//! | `format` | 1 |
//! | `county` | 16 bytes, hex |
//! | `n` | place in the log, from 1 |
//! | `prev` | hash of the entry before, hex; of the first SHA-256("jiuji/genesis/1/" county-hex "\n") |
//! | `turn` | `{"file": f, "k": k}`, the turn in which it was written |
//! | `share_ms`, `desk_ms` | milliseconds since 1970 UTC: the share's clock, the desk's clock |
//! | `desk`, `desk_seq` | the desk, 8 bytes hex, and its own count of entries |
//! | `program`, `pack` | version of the program, policy pack in force |
//! | `command` | the order, below |
//! | `order_sig` | the author's signature, 64 bytes hex |
//! | `facts` | array: what the entry made true, in order |
//! | `carrier` | `{"officer": number, "key": key id}`: who brought it to the share |
//! | `sealed` | if the entry was written with a private part: SHA-256("jiuji/sealed/1\n" || column `private`), hex |
//!
//! `command` has `cid` (16 bytes hex, random), `verb`, `author` (officer's number), `key` (key id), `seen` (the last n
//! that the author saw), `args` (object), and `private` if there are private arguments (below). A *key id* is the
//! first 16 bytes of SHA-256(public key). No other key may stand in a body, and none of these may be missing.
//!
//! - `hash` = SHA-256("jiuji/entry/1/1/" county-hex "\n" || body), the two numbers being format and suite.
//! - `sig` = Ed25519 by the carrier over the 32 bytes of `hash`.
//! - `order_sig` = Ed25519 by the author over "jiuji/order/1/" county-hex "\n" || canonical JSON of `command`.
//!
//! Signatures are verified strictly: canonical S, no point of small order, no cofactor.
//!
//! ## What a verifier checks
//!
//! In the order of n, from 1: columns `n` and `cid` equal the body's; n is the one before plus 1; body canonical and
//! of our county; `hash`; `prev`; if the column `private` is not NULL its hash is `sealed`; at most 256 KiB of body and
//! private together; both keys enrolled before this n, not revoked at it, and of the officers named; both signatures.
//! The first entry brings its own key: `command.args.founder_key` is the founder's public key (32 bytes hex); author
//! and carrier are both that key. That it is the right founder is shown by the root fingerprint on paper:
//! SHA-256("jiuji/root/1\n" || county (16 bytes) || `args.founder`, the founder's number || "\n" || `args.key.sign`, the
//! same key as hex), printed as eight groups of eight.
//!
//! A column `private` that is NULL while the body has `sealed` is *owed*: whether it was destroyed after its time is told by a
//! later entry, see `erased` below. One that is still owed at the end of the log breaks it at its place with the word
//! `emptied`: then nothing behind that place counts.
//!
//! What fails first gives the verdict, in this order and by these words (`verify --json` says the same, with the place of
//! the first row that is no entry): `too-large`, `canonical` (also a key too many, missing or of the wrong kind), `newer`,
//! `county`, `columns`, `gap`, `hash`, `prev`, `private`, then for entry 1 `founder`, else of author and carrier in this order
//! `key-unknown`, `key-revoked`, `key-not-theirs`; then `order-sig`, `carrier-sig`, what is wrong with a rescued entry, and
//! `twice`. After it nothing is read. A small verifier in Python that was written from this page stands in
//! `tests/verifier/verify.py`; the tests hold it against this program.
//!
//! ## Keys
//!
//! Who has which key is told by the facts of entries that hold, taken over in the order of n. Each is an object with its
//! kind under `fact`; of all kinds only these matter to a verifier of integrity:
//!
//! | `fact` | fields | what it does, coming from an entry at n |
//! |---|---|---|
//! | `officer-enrolled` | `officer`, `roles` (array of words) | the officer exists with exactly these roles, not suspended |
//! | `roles-given` | the same | a known officer has exactly these roles from here on, and is not suspended |
//! | `officer-suspended` | `officer` | he is suspended: his roles stay noted and do not count |
//! | `key-given` | `officer`, `id` (key id), `key` (`sign` is the public key, 32 bytes hex) | the key counts from n + 1, in entry 1 from 1; all keys of the officer before it are dead from n + 1 |
//! | `key-revoked` | `officer`, `id` (key id) | the key, if it is his, is dead from n + 1 |
//! | `grant-proposed` | `proposal` (id), `by`, `grant` | nothing yet; an id that was proposed before changes nothing |
//! | `grant-seconded` | `proposal` | the grant takes effect, and is settled |
//! | `grant-withdrawn` | `proposal` | the grant is settled |
//! | `erased` | `rows` (array of spans: first n, last n) | the private columns of these entries may be NULL: they are owed no more |
//!
//! A `grant` has a `kind`: `enrol` (`officer`, `roles`, `key`) is `officer-enrolled` and `key-given`, `rekey` (`officer`, `key`) is
//! `key-given`, `roles` (`officer`, `roles`) is `roles-given`. A key that is dead stays dead from where it first died.
//!
//! An officer *administrates* if he has the role `administrator` and is not suspended. Of the author of an entry, on the
//! state before it: he *takes* if he administrates or is the recovery officer `0`; he stands *alone* if he is `0`, or
//! administrates and fewer than two do. In entry 1 all of it takes effect. After it:
//!
//! - `officer-enrolled`, `roles-given`, and `key-given` for another: if the author stands alone; `roles-given` without roles if he
//!   takes; `key-given` for himself always, unless he is suspended;
//! - none of these for officer `0`, save his own `key-given`, and no key that was ever given before, or whose `id` is
//!   not its own;
//! - `key-revoked`, `officer-suspended`: if he takes, and not of officer `0`;
//! - `grant-proposed`: if he administrates and is the one in `by`; `grant-withdrawn`: if he takes;
//! - `erased`: if he administrates, also in entry 1, and every span lies behind entry 1 and before n, its ends in order;
//! - `grant-seconded`: if he administrates, the proposal is not settled, another proposed it who still administrates, and all
//!   that is in it fits the second of these rules.
//!
//! What takes no effect is no damage: the entry holds, and is marked.
//!
//! Whoever follows the office and not only the keys has to know that some more facts have effect from certain authors only.
//! *Works* is who has a role and is not suspended; roles are his own, not what others lent him. In entry 1 they always have.
//!
//! - `delegation-given`: if the author is the one in `by` and works as approver; he is the one in `from`, or of the county; `from`
//!   works as approver; `to` is neither of `from` and the author, works in the office of `from` or at the county, and not as
//!   approver, supervisor or administrator; `since` is no later than `until`, and less than 366 days before it;
//! - `delegation-ended`: if the author works and is `from` or `to`, or works as approver at the county;
//! - `codes-issued`: if the author is the one in `officer` and works at the county; `code-spent` never takes `next` back;
//! - `finding-raised`, `finding-settled`, `finding-transferred`: if he works as supervisor;
//! - `money-moved`: if the postings add up to nothing, and, where they take from the account `county`, or name no case and leave
//!   more in the reserve than was there, he works as finance at the county.
//!
//! Of a rescued entry author and facts are the carried one's, and n is the outer one's.
//!
//! ## A rescued entry
//!
//! An entry with the verb `rescue` carries one that a server lost, word for word: `args` is `{"body": its body as JSON,
//! "hash": its hash, "sig": its sig}`, the column `private` is its column, the rescuing entry has no facts and no private
//! arguments of its own, and what it means is what the carried one meant, with that one's author, key and facts. A verifier
//! writes `args.body` canonically and checks county, `hash`, and both signatures with keys that were enrolled before, revoked
//! since or not; it is no rescue itself; `sealed` of both is the same, or erased in the outer one. No command's `cid` stands
//! in the log twice, neither as an entry nor as a carried one.
//!
//! ## The private part
//!
//! Plaintext: canonical JSON of the private arguments. `command.private` = SHA-256("jiuji/private/1\n" || salt of 32
//! bytes || plaintext). The column = 01 || nonce of 24 bytes || XChaCha20-Poly1305(data key of the year, nonce, salt ||
//! plaintext, associated data "jiuji/private/1\n" || county (16 bytes) || cid (16 bytes)).
//!
//! A data key sealed to an officer = 01 || ephemeral X25519 public key (32) || XChaCha20-Poly1305(key, nonce, data key
//! of 32 bytes, associated data purpose). Key (32) and nonce (24) are the 56 bytes of HKDF-SHA256(input: the shared
//! X25519 secret; salt: ephemeral public key || officer's public key; info: "jiuji/data-key/1/" county-hex "/"
//! purpose). The purpose is the year.
//!
//! An officer's secret keys under a password: XChaCha20-Poly1305(Argon2id(password in NFC, salt of 16 bytes, version
//! 0x13, one lane, 32 bytes), nonce of 24 bytes, signing seed || opening seed, associated data "jiuji/wrap/1/"
//! county-hex "/" key-id "/argon2id/" memory in KiB "/" passes). Settings: 65536 KiB and 3 passes; in practice 19456
//! and 2. A new password is a new key.
//!
//! ## Golden bytes
//!
//! With the signing seed of 32 bytes 01, county 16 bytes AA, and the values of the test below, the parts come out as
//! there asserted. Whoever changes one of these strings has made another format.

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::ledger::body::FORMAT;
    use crate::ledger::chain::{self, NoKeys};
    use crate::ledger::seal::{self, DataKey};
    use crate::ledger::*;

    #[test]
    fn golden_bytes() {
        let key = SigningKey::from_seed(&[1; 32]);
        let county = CountyId([0xaa; 16]);
        let cid = Cid([0xc1; 16]);
        let plaintext = "{\"name\":\"林知夏\"}".as_bytes();
        let column = seal::seal(&DataKey::new([2; 32]), county, cid, &[3; 32], &[4; 24], plaintext).unwrap();
        let order = Order {
            cid,
            verb: "found".into(),
            author: "1001".into(),
            key: key.id(),
            seen: 0,
            args: json!({"founder_key": key.public().to_string(), "limit_fen": 50000, "name": "朝阳县"}),
            private: Some(seal::commitment(&[3; 32], plaintext)),
        };
        let body = Body {
            suite: Suite::One,
            format: FORMAT,
            county,
            n: 1,
            prev: Head::genesis(county).hash,
            turn: TurnNo { file: 1, k: 0 },
            share_ms: 1_772_413_200_000,
            desk_ms: 1_772_413_199_000,
            desk: DeskId([0xde; 8]),
            desk_seq: 1,
            program: "0.1.0".into(),
            pack: "CY-2021-15".into(),
            order_sig: key.sign_order(county, &order).unwrap(),
            command: order,
            facts: vec![json!({"kind": "founded"})],
            carrier: Carrier { officer: "1001".into(), key: key.id() },
            sealed: None,
        };
        let row = chain::make(body, Some(column), &key).unwrap();
        assert_eq!(
            row.body,
            "{\"carrier\":{\"key\":\"34750f98bd59fcfc946da45aaabe933b\",\"officer\":\"1001\"},\"command\":{\"\
             args\":{\"founder_key\":\"8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c\",\"l\
             imit_fen\":50000,\"name\":\"朝阳县\"},\"author\":\"1001\",\"cid\":\"c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c\
             1\",\"key\":\"34750f98bd59fcfc946da45aaabe933b\",\"private\":\"375f9795394b4c689304d423f22e33650\
             08bf58647e1690fbce970654cb1a495\",\"seen\":0,\"verb\":\"found\"},\"county\":\"aaaaaaaaaaaaaaaaaa\
             aaaaaaaaaaaaaa\",\"desk\":\"dededededededede\",\"desk_ms\":1772413199000,\"desk_seq\":1,\"facts\"\
             :[{\"kind\":\"founded\"}],\"format\":1,\"n\":1,\"order_sig\":\"51d3d2f79537ec53ee79c5873cdbed858\
             ab6218128309c8408c19f6c653d3c6a04d978d5ac36e7ee85efe5a2d9279225f3c1ed69aa61d08396709efffaa9f70a\"\
             ,\"pack\":\"CY-2021-15\",\"prev\":\"e56bbd0fab9dc89b0b2471d9c86ce6fb9064f7e9b31950cb53752523c955\
             25b5\",\"program\":\"0.1.0\",\"sealed\":\"41155b9c8409cf7e151951e2d4c7eba8643bbe007a61ca754bb07b\
             814f07dec2\",\"share_ms\":1772413200000,\"suite\":1,\"turn\":{\"file\":1,\"k\":0}}"
        );
        assert_eq!(row.hash.to_string(), "5ad02eba54a4a02505e1745def610e028c0a61a65b6d5abbd5921f3d0119eea8");
        assert_eq!(
            hex::encode(row.sig),
            "fc48f80722ebfb9a1ebd1a5ce38df8dbb8bb37029b5b6e398ab8220d0da89d41aeff6e9965c59a6e15c430181be93b65\
             b9155abe82426dda9d612c42f4002908"
        );
        assert_eq!(
            hex::encode(row.private.as_deref().unwrap()),
            "010404040404040404040404040404040404040404040404049fc0ce1c5fd284879ff68e7806d90d954ba6e33a52490f\
             bd2f5bdad41bfff8d37bf1fad00ae533057acf959de2ad83a24ecb920b1f5e6b44ae0f860b2a6bc2bab31ce5c1"
        );
        chain::check(&row, &Head::genesis(county), county, &NoKeys).unwrap();
    }
}
