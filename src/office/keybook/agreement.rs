//! The key book, the replica and the map of the domain never disagree on who is somebody: random histories of the kernel's
//! facts, honest and forged.

use super::*;
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::code_sheet::CodeSheet;
use crate::domain::delegation::Delegation;
use crate::domain::fact::MoveKind;
use crate::domain::fund::{Account, Posting, Purpose, Till};
use crate::domain::memory::Memory;
use crate::domain::powers::OfficeGrant;
use crate::store::replica::{Applied, Replica};
use proptest::prelude::*;

/// The officers of a history: the recovery seed, two who begin as administrators, and others.
const WHO: [&str; 6] = ["0", "9000", "9001", "1021", "1022", "77"];

fn who(at: usize) -> OfficerNo {
    WHO[at % WHO.len()].into()
}

fn key(at: u8) -> NewKey {
    NewKey { sign: hex::encode([at; 32]), seal: hex::encode([at; 32]), wrap: String::new() }
}

fn id(at: u8) -> String {
    key(at).id().unwrap()
}

fn given(officer: OfficerNo, id: String, key: NewKey) -> Fact {
    Fact::KeyGiven { officer, id, key, data: BTreeMap::new() }
}

/// Data keys that an officer seals to his new key himself.
fn data(at: u8) -> BTreeMap<Period, String> {
    let periods = [Period::of(2026), Period::of(2026).next(), Period::of(2027)];
    let some = periods.into_iter().take(1 + usize::from(at % 3));
    some.map(|period| (period, hex::encode([at]))).collect()
}

/// Who signed an entry: the key that stood when he wrote it, or any other of these.
#[derive(Clone, Copy, Debug)]
enum Signer {
    Living,
    Key(u8),
}

type Entry = (OfficerNo, Signer, Vec<Fact>);

fn roles(at: u8) -> BTreeSet<Role> {
    match at % 6 {
        0 => BTreeSet::new(),
        1 => BTreeSet::from([Role::Handler]),
        2 => BTreeSet::from([Role::Approver, Role::Finance]),
        3 => BTreeSet::from([Role::Supervisor]),
        _ => BTreeSet::from([Role::Administrator]),
    }
}

fn office(at: u8) -> Office {
    if at.is_multiple_of(2) { Office::County } else { Office::Township(102) }
}

/// One fact of the kernel out of small numbers; a tenth of the keys goes by a name that is not its own.
fn fact(kind: u8, author: &OfficerNo, a: usize, b: u8, c: u8) -> Fact {
    let officer = who(a);
    let proposal = ProposalId([c % 4; 16]);
    let limit = b.is_multiple_of(3).then(|| Money::from_fen(i64::from(b)));
    match kind % 21 {
        0 => Fact::OfficerEnrolled { officer, office: office(c), roles: roles(b), limit },
        1 => Fact::RolesGiven { officer, office: office(c), roles: roles(b), limit },
        2 if c.is_multiple_of(10) => given(officer, id(b.wrapping_add(1)), key(b)),
        // Half of those who change their own key carry data keys, some of a year that is not there; so do some forgers.
        2 if c.is_multiple_of(2) => Fact::KeyGiven { officer, id: id(b), key: key(b), data: data(c) },
        2 => given(officer, id(b), key(b)),
        20 => Fact::KeyGiven { officer: author.clone(), id: id(b), key: key(b), data: data(c) },
        3 => Fact::KeyRevoked { officer, id: id(b), since: None },
        4 => Fact::OfficerSuspended { officer },
        5 => Fact::DataKeySealed {
            year: 2026,
            generation: u32::from(c % 2),
            sealed: BTreeMap::from([(id(b), hex::encode([c]))]),
        },
        6 | 7 => {
            let grant = match b % 3 {
                0 => OfficeGrant::Enrol { officer, office: office(c), roles: roles(c), limit, key: key(b) },
                1 => OfficeGrant::Rekey { officer, key: key(b) },
                _ => OfficeGrant::Roles { officer, office: office(c), roles: roles(c), limit },
            };
            let by = if c.is_multiple_of(8) { who(usize::from(c)) } else { author.clone() };
            Fact::GrantProposed { proposal, by, grant }
        }
        8 | 9 => Fact::GrantSeconded { proposal },
        10 => Fact::GrantWithdrawn { proposal },
        11 | 12 => lent(author, officer, b, c),
        13 => Fact::DelegationEnded { from: who(usize::from(b)), to: officer, since: first(c) },
        15 | 16 => Fact::CodesIssued {
            officer: if b.is_multiple_of(4) { officer } else { author.clone() },
            salt: hex::encode([c]),
            cost: 0,
            digests: vec![String::new(); 3],
            from: c.is_multiple_of(2).then(|| who(usize::from(c))),
            until: c.is_multiple_of(2).then(|| Stamp(0).day()),
        },
        17 => Fact::CodeSpent { officer, next: u32::from(b % 4) },
        18 if b.is_multiple_of(2) => Fact::CodesVoided { officer, lost: c.is_multiple_of(2) },
        18 => Fact::CodeMissed { officer },
        19 if b.is_multiple_of(2) => {
            Fact::DelegationEnded { from: who(usize::from(c)), to: officer, since: Stamp(0).day() }
        }
        19 => Fact::HandedOver {
            from: officer,
            to: who(1),
            witness: who(2),
            on: Stamp(0).day(),
            cases: 0,
            late: 0,
            cash: None,
            book: None,
            blanks: Vec::new(),
            note: None,
        },
        _ => moved(b, c),
    }
}

fn first(at: u8) -> Day {
    Day::new(2026, 3, 2).unwrap().plus(i64::from(at % 3))
}

/// Somebody stands in for somebody; now and then by another's word, or until long after.
fn lent(author: &OfficerNo, to: OfficerNo, b: u8, c: u8) -> Fact {
    let from = if b.is_multiple_of(3) { author.clone() } else { who(usize::from(b)) };
    let by = if c.is_multiple_of(9) { who(usize::from(b)) } else { author.clone() };
    let days = if c.is_multiple_of(7) { 400 } else { i64::from(b % 4) - 1 };
    Fact::DelegationGiven { from, to, since: first(c), until: first(c).plus(days), by, reason: None }
}

/// Money out of the county's account, out of nowhere, or from till to till.
fn moved(b: u8, c: u8) -> Fact {
    let from = match b % 4 {
        0 => Account::County,
        3 => Account::Source(crate::domain::nouns::Fund::County),
        1 => Account::Reserve(102, Till::Cash),
        _ => Account::Spent(102),
    };
    let amount = Money::from_fen(i64::from(c) + 1);
    let lost = Money::from_fen(i64::from(c.is_multiple_of(5)));
    Fact::MoneyMoved {
        why: MoveKind::Allotted,
        voucher: format!("B03-{c:02}"),
        township: 102,
        on: first(c),
        postings: vec![
            Posting { account: from, amount: lost - amount },
            Posting { account: Account::Reserve(102, Till::Bank), amount },
        ],
        purpose: Purpose::Assistance,
        case: None,
        line: None,
        text: None,
    }
}

fn history() -> impl Strategy<Value = Vec<Entry>> {
    let one = (any::<u8>(), 0usize..WHO.len(), 0u8..12, any::<u8>());
    // Mostly administrators write, so that enough takes effect.
    let author = prop_oneof![4 => Just(1usize), 3 => Just(2usize), 3 => Just(4usize), 2 => 0usize..WHO.len()];
    let signer = prop_oneof![6 => Just(Signer::Living), 1 => (0u8..12).prop_map(Signer::Key)];
    let entry = (author, signer, proptest::collection::vec(one, 1..4));
    proptest::collection::vec(entry, 1..40).prop_map(|entries| {
        let written = entries.into_iter().map(|(author, signer, facts)| {
            let author = who(author);
            let facts = facts.into_iter().map(|(kind, a, b, c)| fact(kind, &author, a, b, c)).collect();
            (author, signer, facts)
        });
        std::iter::once((who(1), Signer::Living, founded())).chain(written).collect()
    })
}

fn founded() -> Vec<Fact> {
    let mut facts = vec![Fact::CountyFounded { division: "211321".into(), practice: false }];
    for (at, key_at) in [(1usize, 200u8), (2, 201), (0, 202)] {
        let roles = if at == 0 { BTreeSet::new() } else { roles(4) };
        facts.push(Fact::OfficerEnrolled { officer: who(at), office: Office::County, roles, limit: None });
        facts.push(given(who(at), id(key_at), key(key_at)));
    }
    for (at, office, role) in [(3usize, 1, Role::Handler), (4, 1, Role::Approver)] {
        let roles = BTreeSet::from([role]);
        facts.push(Fact::OfficerEnrolled {
            officer: who(at),
            office: self::office(office),
            roles,
            limit: None,
        });
    }
    facts
}

fn apply_to(replica: &mut Replica, n: u64, (author, key): (&OfficerNo, &str), facts: &[Fact]) {
    let mut apply = replica.begin().unwrap();
    let applied = Applied {
        n,
        hash: [0; 32],
        share_ms: 1_000 * i64::try_from(n).unwrap(),
        desk_ms: 0,
        desk: ([1; 8], n),
        author,
        key,
        carrier: author,
        verb: "roles",
        zh: "授予岗位",
        seen: 0,
        facts,
        private: None,
        marks: &[],
    };
    apply.apply(&applied).unwrap();
    apply.commit().unwrap();
}

/// What the book decided on, and keeps nothing of: powers lent, sheets of codes, balances.
#[derive(Default)]
struct Told {
    lent: BTreeSet<Delegation>,
    sheets: BTreeMap<OfficerNo, String>,
    balances: BTreeMap<Account, Money>,
}

impl Told {
    /// Takes over the facts of an entry that take effect by the book.
    fn take(&mut self, book: &KeyBook, n: u64, by: (&OfficerNo, &str), facts: &[Fact]) {
        let mut book = book.clone();
        let (author, key) = by;
        let standing = Standing::of(author, key, &book);
        for fact in facts.iter() {
            if !fact.takes_effect(n, author, standing, &book) {
                continue;
            }
            book.take(n, author, fact);
            match fact {
                Fact::DelegationGiven { from, to, since, until, .. } => {
                    let (since, from, to, until) = (*since, from.clone(), to.clone(), *until);
                    self.lent.insert(Delegation { since, from, to, until });
                }
                Fact::DelegationEnded { from, to, since } => {
                    self.lent.retain(|known| (&known.from, &known.to, &known.since) != (from, to, since));
                }
                Fact::CodesIssued { officer, salt, .. } => {
                    self.sheets.insert(officer.clone(), salt.clone());
                }
                Fact::MoneyMoved { postings, .. } => {
                    for half in postings {
                        *self.balances.entry(half.account).or_default() += half.amount;
                    }
                }
                _ => {}
            }
        }
    }

    /// Holds what was told against what somebody answers.
    fn hold(&self, answers: &dyn crate::domain::answers::Answers, n: u64) {
        for no in WHO.iter().map(|no| OfficerNo::from(*no)) {
            let lent: Vec<_> = self.lent.iter().filter(|known| known.to == no).cloned().collect();
            assert_eq!(answers.delegations(&no), lent, "lent to {no} after {n}");
            let salt = answers.codes(&no).map(|sheet| sheet.salt);
            assert_eq!(salt.as_ref(), self.sheets.get(&no), "codes of {no} after {n}");
        }
        let tills = [Till::Cash, Till::Bank].map(|till| Account::Reserve(102, till));
        for account in tills.into_iter().chain([Account::County, Account::Spent(102)]) {
            let known = self.balances.get(&account).copied().unwrap_or_default();
            assert_eq!(answers.balance(account), known, "{account} after {n}");
        }
        assert!(self.balances.values().copied().sum::<Money>().is_zero());
    }
}

/// How many facts took effect, by their place in `fact`: the property means nothing if none does.
fn compare(entries: &[Entry]) -> usize {
    let (mut book, mut memory) = (KeyBook::default(), Memory::new());
    let folder = tempfile::tempdir().unwrap();
    let mut replica = Replica::open(&folder.path().join("replica.db")).unwrap();
    let (mut effective, mut told_by_book) = (0, Told::default());
    for (at, (author, signer, facts)) in entries.iter().enumerate() {
        let n = at as u64 + 1;
        let signed = match signer {
            Signer::Living => book.living_key(author).unwrap_or_default(),
            Signer::Key(at) => id(*at),
        };
        let standing = Standing::of(author, &signed, &book);
        let takes = |fact: &&Fact| n > 1 && fact.takes_effect(n, author, standing, &book);
        effective += facts.iter().filter(takes).count();
        told_by_book.take(&book, n, (author, &signed), facts);
        book.apply(n, (author, &signed), facts);
        memory.apply_signed(n, (author, &signed), Stamp(0), facts, None);
        apply_to(&mut replica, n, (author, &signed), facts);
        let reader = replica.reader().unwrap();
        told_by_book.hold(&reader, n);
        told_by_book.hold(&memory, n);
        assert_eq!(book.administrators(), reader.administrators(), "administrators after {n}");
        assert_eq!(book.newest_data(), reader.data_period());
        assert_eq!(book.newest_data(), memory.data_period());
        for key in (0..13).chain(200..203).map(id) {
            let held = book.data_for(&KeyId::from_hex(&key).unwrap());
            let held: BTreeSet<Period> = held.into_iter().map(|(period, _)| period).collect();
            assert_eq!((&held, &held), (&reader.sealed_to(&key), &memory.sealed_to(&key)), "{key} after {n}");
        }
        for no in WHO.iter().map(|no| OfficerNo::from(*no)) {
            let known = reader.officer(&no);
            assert_eq!(known, memory.officer(&no).map(|officer| at_time(officer, &known)), "{no} after {n}");
            let sheet = reader.codes(&no).map(|sheet| CodeSheet { issued: Stamp(0), ..sheet });
            assert_eq!(sheet, memory.codes(&no), "{no}'s codes after {n}");
            let own = book.officer(&no).map(|known| {
                let key = known.key.as_ref().map(|(id, _)| id.to_string());
                (known.office, known.roles.clone(), known.is_active(), key)
            });
            let told = known.map(|known| (known.office, known.roles, !known.ended, known.key));
            assert_eq!(own, told, "{no} after {n}");
            for key_at in (0..13).chain(200..203) {
                let lives = reader.key_lives(&no, &id(key_at));
                assert_eq!(lives, signs(&book, &no, key_at, n + 1), "{no} key {key_at} after {n}");
            }
        }
        for proposal in (0..4).map(|at| ProposalId([at; 16])) {
            assert_eq!(book.proposed(proposal), reader.proposal(proposal));
            assert_eq!(book.proposed(proposal), memory.proposal(proposal));
        }
        assert!(reader.take_fault().is_none());
    }
    effective
}

/// The map counts no time.
fn at_time(
    officer: crate::domain::office::Officer,
    of: &Option<crate::domain::office::Officer>,
) -> crate::domain::office::Officer {
    let since = of.as_ref().map_or(officer.since, |known| known.since);
    crate::domain::office::Officer { since, ..officer }
}

/// Whether a key signs for an officer at a place.
fn signs(book: &KeyBook, no: &OfficerNo, key_at: u8, n: u64) -> bool {
    let public = PublicKey::from_hex(&key(key_at).sign).unwrap();
    book.key_at(&public.id()).is_some_and(|state| {
        state.officer == no.0 && state.from <= n && state.revoked_from.is_none_or(|dead| n < dead)
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn key_book_replica_and_map_agree_on_who_is_effective(entries in history()) {
        compare(&entries);
    }
}

#[test]
fn what_two_administrators_do_takes_effect_and_what_one_forges_does_not() {
    let clerk = BTreeSet::from([Role::Handler]);
    let enrol = |officer: &str, at: u8| OfficeGrant::Enrol {
        officer: officer.into(),
        office: Office::Township(102),
        roles: clerk.clone(),
        limit: None,
        key: key(at),
    };
    let (one, two, seed) = (who(1), who(2), who(0));
    let (first, other) = (ProposalId([0; 16]), ProposalId([1; 16]));
    let enrolled = |officer: &str, at| {
        let facts = enrol(officer, at).facts().unwrap();
        facts.into_iter().take(1).collect::<Vec<_>>()
    };
    let entries = vec![
        (one.clone(), Signer::Living, founded()),
        // Forged: one of two enrols alone; seconds his own; proposes in the other's name.
        (one.clone(), Signer::Living, enrolled("1021", 1)),
        (
            one.clone(),
            Signer::Living,
            vec![Fact::GrantProposed { proposal: first, by: one.clone(), grant: enrol("1021", 1) }],
        ),
        (one.clone(), Signer::Living, vec![Fact::GrantSeconded { proposal: first }]),
        (
            one.clone(),
            Signer::Living,
            vec![Fact::GrantProposed { proposal: other, by: two.clone(), grant: enrol("1022", 2) }],
        ),
        (one.clone(), Signer::Living, vec![Fact::GrantSeconded { proposal: other }]),
        // Honest.
        (two.clone(), Signer::Living, vec![Fact::GrantSeconded { proposal: first }]),
        (two.clone(), Signer::Living, vec![Fact::OfficerSuspended { officer: one.clone() }]),
        // Nothing of a suspended one, not even his own key; the other stands alone now.
        (one.clone(), Signer::Living, vec![given(one.clone(), id(3), key(3))]),
        (two.clone(), Signer::Living, enrolled("1022", 4)),
        // The seed is nobody's but its own.
        (
            two.clone(),
            Signer::Living,
            vec![Fact::KeyRevoked { officer: seed.clone(), id: id(202), since: None }],
        ),
        (
            two,
            Signer::Living,
            vec![Fact::OfficerEnrolled {
                officer: seed.clone(),
                office: Office::County,
                roles: roles(4),
                limit: None,
            }],
        ),
        (seed.clone(), Signer::Living, vec![given(seed, id(5), key(5))]),
    ];
    let effective = compare(&entries);
    assert_eq!(effective, 5, "proposed, seconded, suspended, enrolled, the seed renewed");
}

#[test]
fn powers_that_were_forged_are_nobody_s_and_money_out_of_nowhere_is_none() {
    let (handler, approver) = (who(3), who(4));
    let lend = |from: &OfficerNo, to: &OfficerNo, by: &OfficerNo, days: i64| Fact::DelegationGiven {
        from: from.clone(),
        to: to.clone(),
        since: first(0),
        until: first(0).plus(days),
        by: by.clone(),
        reason: None,
    };
    let codes = |of: &OfficerNo| Fact::CodesIssued {
        officer: of.clone(),
        salt: "aa".into(),
        cost: 1,
        digests: vec!["bb".into()],
        from: None,
        until: None,
    };
    let raised = Fact::FindingRaised {
        finding: crate::domain::ids::FindingId([1; 16]),
        number: "D26-001".into(),
        about: crate::domain::command::trust::About::Township { township: 102 },
        office: Office::Township(102),
        entry: None,
        due: first(2),
        text: None,
    };
    let end = |by: &OfficerNo| {
        (
            by.clone(),
            Signer::Living,
            vec![Fact::DelegationEnded { from: who(4), to: who(3), since: first(0) }],
        )
    };
    let entries = vec![
        (who(1), Signer::Living, founded()),
        // A deputy made by himself; in the approver's name; by an administrator; to himself; to one far away; too long.
        (handler.clone(), Signer::Living, vec![lend(&approver, &handler, &handler, 3)]),
        (handler.clone(), Signer::Living, vec![lend(&approver, &handler, &approver, 3)]),
        (who(1), Signer::Living, vec![lend(&approver, &handler, &who(1), 3)]),
        (approver.clone(), Signer::Living, vec![lend(&approver, &approver, &approver, 3)]),
        (approver.clone(), Signer::Living, vec![lend(&approver, &who(1), &approver, 3)]),
        (approver.clone(), Signer::Living, vec![lend(&approver, &handler, &approver, 366)]),
        (approver.clone(), Signer::Living, vec![lend(&approver, &handler, &approver, -1)]),
        // Codes that another will read, or that a township reads; a finding by whom it may concern; money.
        (handler.clone(), Signer::Living, vec![codes(&approver), codes(&handler)]),
        (approver.clone(), Signer::Living, vec![codes(&approver)]),
        (approver.clone(), Signer::Living, vec![raised.clone()]),
        (approver.clone(), Signer::Living, vec![moved(0, 1), moved(2, 1), moved(1, 0)]),
        // Honest: lent, from till to till, ended by who stands in.
        (approver.clone(), Signer::Living, vec![lend(&approver, &handler, &approver, 3)]),
        (approver.clone(), Signer::Living, vec![moved(1, 1)]),
        end(&who(1)),
        end(&handler),
    ];
    assert_eq!(compare(&entries), 3, "lent, moved, ended");
}

#[test]
fn who_changes_his_own_key_carries_his_data_keys_and_nobody_elses() {
    let (clerk, admin): (OfficerNo, OfficerNo) = (who(3), who(1));
    let sealed = |year: i32, to: Vec<u8>| Fact::DataKeySealed {
        year,
        generation: 0,
        sealed: to.into_iter().map(|at| (id(at), "0a".to_owned())).collect(),
    };
    let carrying = |officer: &OfficerNo, at: u8, years: &[i32]| Fact::KeyGiven {
        officer: officer.clone(),
        id: id(at),
        key: key(at),
        data: years.iter().map(|year| (Period::of(*year), "0b".to_owned())).collect(),
    };
    let enrolled = vec![
        Fact::OfficerEnrolled { officer: clerk.clone(), office: office(0), roles: roles(1), limit: None },
        given(clerk.clone(), id(1), key(1)),
    ];
    let mut entries = vec![
        (admin.clone(), Signer::Living, founded()),
        (admin.clone(), Signer::Living, vec![Fact::OfficerSuspended { officer: who(2) }]),
        (admin.clone(), Signer::Living, enrolled),
        (admin.clone(), Signer::Living, vec![sealed(2026, vec![1, 200])]),
        // Honest: his own, signed by the key that stands. No year comes into being by his word.
        (clerk.clone(), Signer::Living, vec![carrying(&clerk, 2, &[2026, 2099])]),
        // Forged: the old key speaks again; the administrator, alone, seals for another.
        (clerk.clone(), Signer::Key(1), vec![carrying(&clerk, 3, &[2026])]),
        (admin.clone(), Signer::Living, vec![carrying(&clerk, 4, &[2026])]),
        (clerk.clone(), Signer::Living, vec![carrying(&admin, 5, &[2026])]),
    ];
    assert_eq!(compare(&entries), 5, "suspended, enrolled, keyed, sealed, changed");
    let mut book = KeyBook::default();
    let mut play = |entries: &[Entry]| {
        for (author, signer, facts) in entries {
            let signed = match signer {
                Signer::Living => book.living_key(author).unwrap_or_default(),
                Signer::Key(at) => id(*at),
            };
            book.apply(book.n() + 1, (author, &signed), facts);
        }
        let of = |at: u8| book.data_for(&KeyId::from_hex(&id(at)).unwrap());
        (book.living_key(&clerk), book.newest_data(), of(2), of(4).len() + of(5).len())
    };
    let own = vec![(Period::of(2026), "0b".to_owned())];
    assert_eq!(play(&entries), (Some(id(2)), Some(Period::of(2026)), own, 0));
    // Without data keys an administrator gives him a key as ever.
    entries.push((admin, Signer::Living, vec![given(clerk.clone(), id(6), key(6))]));
    assert_eq!(compare(&entries), 6);
}
