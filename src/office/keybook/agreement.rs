//! The key book, the replica and the map of the domain never disagree on who is somebody: random histories of the kernel's
//! facts, honest and forged.

use super::*;
use crate::base::day::Stamp;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::code_sheet::CodeSheet;
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

fn roles(at: u8) -> BTreeSet<Role> {
    match at % 5 {
        0 => BTreeSet::new(),
        1 => BTreeSet::from([Role::Handler]),
        2 => BTreeSet::from([Role::Approver, Role::Finance]),
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
    match kind % 16 {
        0 => Fact::OfficerEnrolled { officer, office: office(c), roles: roles(b), limit },
        1 => Fact::RolesGiven { officer, office: office(c), roles: roles(b), limit },
        2 if c.is_multiple_of(10) => Fact::KeyGiven { officer, id: id(b.wrapping_add(1)), key: key(b) },
        2 => Fact::KeyGiven { officer, id: id(b), key: key(b) },
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
        11 | 12 => Fact::CodesIssued {
            officer: if b.is_multiple_of(4) { officer } else { author.clone() },
            salt: hex::encode([c]),
            cost: 0,
            digests: vec![String::new(); 3],
            from: c.is_multiple_of(2).then(|| who(usize::from(c))),
            until: c.is_multiple_of(2).then(|| Stamp(0).day()),
        },
        13 => Fact::CodeSpent { officer, next: u32::from(b % 4) },
        14 if b.is_multiple_of(2) => Fact::CodesVoided { officer, lost: c.is_multiple_of(2) },
        14 => Fact::CodeMissed { officer },
        15 if b.is_multiple_of(2) => {
            Fact::DelegationEnded { from: who(usize::from(c)), to: officer, since: Stamp(0).day() }
        }
        15 => Fact::HandedOver {
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
        _ => Fact::GrantWithdrawn { proposal },
    }
}

fn history() -> impl Strategy<Value = Vec<(OfficerNo, Vec<Fact>)>> {
    let one = (any::<u8>(), 0usize..WHO.len(), 0u8..12, any::<u8>());
    // Mostly administrators write, so that enough takes effect.
    let author = prop_oneof![4 => Just(1usize), 3 => Just(2usize), 2 => 0usize..WHO.len()];
    proptest::collection::vec((author, proptest::collection::vec(one, 1..4)), 1..40).prop_map(|entries| {
        let written = entries.into_iter().map(|(author, facts)| {
            let author = who(author);
            let facts = facts.into_iter().map(|(kind, a, b, c)| fact(kind, &author, a, b, c)).collect();
            (author, facts)
        });
        std::iter::once((who(1), founded())).chain(written).collect()
    })
}

fn founded() -> Vec<Fact> {
    let mut facts = vec![Fact::CountyFounded { division: "211321".into(), practice: false }];
    for (at, key_at) in [(1usize, 200u8), (2, 201), (0, 202)] {
        let roles = if at == 0 { BTreeSet::new() } else { roles(3) };
        facts.push(Fact::OfficerEnrolled { officer: who(at), office: Office::County, roles, limit: None });
        facts.push(Fact::KeyGiven { officer: who(at), id: id(key_at), key: key(key_at) });
    }
    facts
}

fn apply_to(replica: &mut Replica, n: u64, author: &OfficerNo, facts: &[Fact]) {
    let mut apply = replica.begin().unwrap();
    let applied = Applied {
        n,
        hash: [0; 32],
        share_ms: 1_000 * i64::try_from(n).unwrap(),
        desk_ms: 0,
        desk: ([1; 8], n),
        author,
        key: "",
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

/// How many facts took effect, by their place in `fact`: the property means nothing if none does.
fn compare(entries: &[(OfficerNo, Vec<Fact>)]) -> usize {
    let (mut book, mut memory) = (KeyBook::default(), Memory::new());
    let folder = tempfile::tempdir().unwrap();
    let mut replica = Replica::open(&folder.path().join("replica.db")).unwrap();
    let mut effective = 0;
    for (at, (author, facts)) in entries.iter().enumerate() {
        let n = at as u64 + 1;
        let standing = Standing::of(author, &book);
        let takes = |fact: &&Fact| n > 1 && fact.takes_effect(n, author, standing, &book);
        effective += facts.iter().filter(takes).count();
        book.apply(n, author, facts);
        memory.apply(n, author, Stamp(0), facts, None);
        apply_to(&mut replica, n, author, facts);
        let reader = replica.reader().unwrap();
        assert_eq!(book.administrators(), reader.administrators(), "administrators after {n}");
        assert_eq!(book.newest_data(), reader.data_period());
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
        (one.clone(), founded()),
        // Forged: one of two enrols alone; seconds his own; proposes in the other's name.
        (one.clone(), enrolled("1021", 1)),
        (
            one.clone(),
            vec![Fact::GrantProposed { proposal: first, by: one.clone(), grant: enrol("1021", 1) }],
        ),
        (one.clone(), vec![Fact::GrantSeconded { proposal: first }]),
        (
            one.clone(),
            vec![Fact::GrantProposed { proposal: other, by: two.clone(), grant: enrol("1022", 2) }],
        ),
        (one.clone(), vec![Fact::GrantSeconded { proposal: other }]),
        // Honest.
        (two.clone(), vec![Fact::GrantSeconded { proposal: first }]),
        (two.clone(), vec![Fact::OfficerSuspended { officer: one.clone() }]),
        // Nothing of a suspended one, not even his own key; the other stands alone now.
        (one.clone(), vec![Fact::KeyGiven { officer: one.clone(), id: id(3), key: key(3) }]),
        (two.clone(), enrolled("1022", 4)),
        // The seed is nobody's but its own.
        (two.clone(), vec![Fact::KeyRevoked { officer: seed.clone(), id: id(202), since: None }]),
        (
            two,
            vec![Fact::OfficerEnrolled {
                officer: seed.clone(),
                office: Office::County,
                roles: roles(3),
                limit: None,
            }],
        ),
        (seed.clone(), vec![Fact::KeyGiven { officer: seed, id: id(5), key: key(5) }]),
    ];
    let effective = compare(&entries);
    assert_eq!(effective, 5, "proposed, seconded, suspended, enrolled, the seed renewed");
}
