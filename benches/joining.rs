//! How fast a desk that has seen nothing takes in a county's whole log, next to what can be no faster: one strict check of
//! a signature, of which every entry has two.
//!
//! `cargo bench --bench joining`; `JIUJI_BENCH_ENTRIES` says how many entries, 20,000 without it. No test asserts a time.

#![allow(clippy::expect_used, reason = "a measurement that cannot be taken stops and says so")]

use divan::counter::ItemsCount;
use divan::{Bencher, black_box};
use jiuji::base::day::Stamp;
use jiuji::ledger::{CountyId, DeskId, Hash, Row, SigningKey, canon, chain, sign};
use jiuji::office::desk::{Desk, Parts, verify};
use jiuji::office::reach::Reach;
use jiuji::office::session::Session;
use jiuji::office::sweep::big;
use jiuji::store::entries::Entries;
use jiuji::store::fault::{Fault, FaultKind};
use std::path::Path;
use std::sync::{Arc, OnceLock};

struct County {
    id: CountyId,
    session: Arc<Session>,
    rows: Vec<Row>,
}

fn county() -> &'static County {
    static COUNTY: OnceLock<County> = OnceLock::new();
    COUNTY.get_or_init(|| {
        let entries = std::env::var("JIUJI_BENCH_ENTRIES").ok().and_then(|text| text.parse().ok());
        let (big, rows) = big::log(entries.unwrap_or(20_000)).expect("a log");
        County { id: big.county(), session: big.session(), rows }
    })
}

fn per_entry() -> ItemsCount {
    ItemsCount::new(county().rows.len())
}

fn page(after: u64, limit: usize) -> Vec<Row> {
    let from = usize::try_from(after).unwrap_or(usize::MAX).min(county().rows.len());
    county().rows.iter().skip(from).take(limit).cloned().collect()
}

/// A desk without a share: what it takes in is handed to it.
fn desk(folder: &Path) -> Desk {
    let clock = Arc::new(|| Stamp(1_800_000_000_000));
    let away = || Err(Fault::new(FaultKind::DriveAway, "测量中没有共享盘", "不必处理"));
    let (log, county) = (Box::new(Reach::new(Box::new(away))), county().id);
    Desk::open(Parts { log, county, desk: DeskId([3; 8]), folder: folder.to_owned(), clock }).expect("a desk")
}

fn take_all(desk: &mut Desk) {
    desk.take_from(&mut |after, limit| Ok::<_, Fault>(page(after, limit))).expect("sound entries");
}

/// A folder with a desk that holds all entries; the replica is empty.
fn held() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let mut entries = Entries::open(&folder.path().join("entries.db"), county().id).expect("entries");
    county().rows.chunks(1_000).for_each(|page| entries.append(page).expect("room on the disk"));
    folder
}

/// The floor: one signature, checked strictly.
#[divan::bench]
fn one_signature(bencher: Bencher<'_, '_>) {
    let key = SigningKey::from_seed(&[7; 32]);
    let hash = Hash([9; 32]);
    let (public, sig) = (key.public(), key.sign_hash(&hash));
    bencher.bench_local(|| sign::verify_hash(Some(black_box(&public)), black_box(&hash), &sig));
}

/// An entry's text read and held against the one canonical spelling.
#[divan::bench]
fn one_canonical_text(bencher: Bencher<'_, '_>) {
    let text = &county().rows.last().expect("entries").body;
    bencher.bench_local(|| canon::from_text(black_box(text)).expect("canonical"));
}

/// An entry's whole shape: text, place, columns, hash. No signature.
#[divan::bench]
fn one_shape(bencher: Bencher<'_, '_>) {
    let [.., before, last] = county().rows.as_slice() else { return };
    let head = chain::Head::of(before);
    bencher.bench_local(|| chain::check_shape(black_box(last), &head, county().id).expect("sound"));
}

/// Judged as entries and kept, by a desk at which nobody is signed in.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn take_in(bencher: Bencher<'_, '_>) {
    bencher.counter(per_entry()).with_inputs(|| tempfile::tempdir().expect("a folder")).bench_local_values(
        |folder| {
            take_all(&mut desk(folder.path()));
            folder
        },
    );
}

/// Decided again and applied, with their private parts opened, from entries that were kept before.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn build_the_replica(bencher: Bencher<'_, '_>) {
    bencher.counter(per_entry()).with_inputs(held).bench_local_values(|folder| {
        desk(folder.path()).sign_in(county().session.clone()).expect("a replica");
        folder
    });
}

/// Everything: from nothing to a replica that answers.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn join(bencher: Bencher<'_, '_>) {
    bencher.counter(per_entry()).with_inputs(|| tempfile::tempdir().expect("a folder")).bench_local_values(
        |folder| {
            let mut desk = desk(folder.path());
            take_all(&mut desk);
            desk.sign_in(county().session.clone()).expect("a replica");
            folder
        },
    );
}

/// `jiuji verify` of the whole log.
#[divan::bench(sample_count = 3, sample_size = 1)]
fn verify_without_an_account(bencher: Bencher<'_, '_>) {
    bencher.counter(per_entry()).bench_local(|| {
        verify::verify(county().id, &mut |after, limit| Ok(page(after, limit)), &mut |_| ())
            .expect("a log that can be read")
    });
}

/// A desk of before, opened: what stands between the program's start and the question for the password.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn open_the_desk(bencher: Bencher<'_, '_>) {
    let folder = held();
    drop(desk(folder.path()));
    bencher.bench_local(|| desk(folder.path()));
}

/// A desk of before, opened and signed in where nothing is new: what stands between the password and the first queue.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn sign_in_again(bencher: Bencher<'_, '_>) {
    let folder = held();
    desk(folder.path()).sign_in(county().session.clone()).expect("a replica");
    bencher.bench_local(|| {
        let mut desk = desk(folder.path());
        desk.sign_in(county().session.clone()).expect("a replica");
        desk.replica().reader().expect("a reader").head().expect("a head")
    });
}

fn main() {
    divan::main();
}
