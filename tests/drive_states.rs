//! A bad drive, condition by condition: the word on the screen, the sentence with what to do, lookups that still answer,
//! an order that waits and goes out by itself once the share is put right, and not one byte written meanwhile. Each
//! condition is met by a desk at work and by one that is started on it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test reports by panicking")]

use jiuji::base::day::Stamp;
use jiuji::domain::command::Command;
use jiuji::domain::command::intake::LeadArgs;
use jiuji::domain::ids::LeadId;
use jiuji::domain::nouns::{Channel, Circumstance, Severity};
use jiuji::domain::office::{Office, Role};
use jiuji::domain::private::Private;
use jiuji::ledger::{Body, Cid, CountyId, Head, Row, chain};
use jiuji::office::desk::{Clock, Desk, Parts};
use jiuji::office::front::{self, Front};
use jiuji::office::keeper::Keeper;
use jiuji::office::outcome::Outcome;
use jiuji::office::place::{machine_clock, open_desk};
use jiuji::office::reach::{Guard, Holdings, Reach};
use jiuji::office::scratch::Scratch;
use jiuji::office::session::{self, Session};
use jiuji::office::setup::NewOfficer;
use jiuji::office::worker::{Drive, News, Standing, Watch, Worker};
use jiuji::office::{random, setup};
use jiuji::store::desk::Desk as Own;
use jiuji::store::entries::Entries;
use jiuji::store::fault::Fault;
use jiuji::store::share::drive::RealDrive;
use jiuji::store::share::host::RealHost;
use jiuji::store::share::wound::{Column, Wounded, live_file};
use jiuji::store::share::{SEGMENT, Setting, Share, ShareTime};
use jiuji::store::{Log, Probe, Rebuilding, Turn, Written};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime};

/// Longer than anything here takes: what has not come by then does not come.
const LONG: Duration = Duration::from_secs(90);

const HANDLER: &str = "1021";

fn officers() -> Vec<NewOfficer> {
    let officer = |no: &str, office, role| NewOfficer {
        no: no.into(),
        name: format!("试{no}"),
        office,
        roles: [role].into(),
    };
    vec![
        officer("9000", Office::County, Role::Administrator),
        officer(HANDLER, Office::Township(102), Role::Handler),
        officer("1023", Office::Township(102), Role::Handler),
    ]
}

fn lead(at: Stamp, said: &str) -> (Command, Private) {
    let mut private = Private::default();
    let said = private.put("said", said);
    let lead = LeadArgs {
        lead: LeadId(random::bytes().unwrap()),
        channel: Channel::Village,
        township: 102,
        village: None,
        circumstance: Circumstance::Accident,
        severity: Severity::Serious,
        at,
        person: None,
        said,
        discoverer: None,
    };
    (Command::Lead(lead), private)
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

/// Every file below a folder with its size, time of change and bytes.
fn listing(folder: &Path) -> BTreeMap<PathBuf, (u64, Option<SystemTime>, Vec<u8>)> {
    let mut out = BTreeMap::new();
    let Ok(entries) = fs::read_dir(folder) else { return out };
    for entry in entries {
        let path = entry.unwrap().path();
        let meta = fs::metadata(&path).unwrap();
        if meta.is_dir() {
            out.extend(listing(&path));
        } else {
            out.insert(path.clone(), (meta.len(), meta.modified().ok(), fs::read(&path).unwrap()));
        }
    }
    out
}

/// A county, its share at three moments, and a desk that has seen the second of them.
struct County {
    county: CountyId,
    root: tempfile::TempDir,
    /// The entry that another desk wrote after the desk had read everything.
    newer: Row,
    /// Who wrote it.
    session: Arc<Session>,
}

impl County {
    fn found() -> County {
        let root = tempfile::tempdir().unwrap();
        let now = machine_clock()();
        let mut office = Scratch::found(&officers(), now.plus_minutes(-120), true).unwrap();
        let county = office.desk().county();
        let write = |office: &mut Scratch, minutes: i64| {
            office.at(now.plus_minutes(minutes));
            let (command, private) = lead(office.now(), "夜里着火");
            setup::settled(Some(office.act(vec![(HANDLER.into(), command, private)]).unwrap())).unwrap();
        };
        write(&mut office, -90);
        write(&mut office, -80);
        copy(&office.share_folder(), &root.path().join("older"));
        write(&mut office, -70);
        copy(&office.share_folder(), &root.path().join("share"));
        // The desk reads everything once, with its officer signed in.
        {
            let opened = open_desk(&root.path().join("desk"), &root.path().join("share"), county).unwrap();
            let mut desk = opened.desk;
            desk.pull().unwrap();
            let session = session::sign_in(county, desk.keys(), &HANDLER.into(), "jiuji-1021").unwrap();
            desk.sign_in(Arc::new(session)).unwrap();
            desk.look().unwrap();
        }
        // Another desk goes on, and one writes something else in the place of the last entry.
        write(&mut office, -60);
        copy(&office.share_folder(), &root.path().join("newer"));
        copy(&root.path().join("older"), &root.path().join("fork"));
        let entries = Entries::open(&office.desk_folder().join("entries.db"), county).unwrap();
        let newer = entries.after(0, usize::MAX).unwrap().pop().unwrap();
        let county = County { county, root, newer, session: office.session(&HANDLER.into()).unwrap() };
        assert_eq!(county.newer.n, county.head() + 1);
        county.fork();
        county
    }

    fn at(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    fn fork(&self) {
        let own = self.root.path().join("fork-desk");
        let mut desk = open_desk(&own, &self.at("fork"), self.county).unwrap().desk;
        desk.pull().unwrap();
        let session = session::sign_in(self.county, desk.keys(), &"1023".into(), "jiuji-1023").unwrap();
        let seen = desk.head_n().unwrap();
        let (command, private) = lead(machine_clock()(), "另一条");
        let signed = jiuji::office::order::sign(&session, self.county, seen, &command, private).unwrap();
        desk.sign_in(Arc::new(session)).unwrap();
        let outcomes = desk.carry(&[vec![signed]]);
        assert!(matches!(outcomes.as_slice(), [Outcome::Done(_)]), "{outcomes:?}");
    }

    fn head(&self) -> u64 {
        let entries = Entries::open(&self.at("desk").join("entries.db"), self.county).unwrap();
        entries.head().unwrap().n
    }
}

/// What a fault at a lower level does to writing: 0 nothing, 1 read-only, 2 full.
type Lever = Arc<AtomicU8>;

/// A drive that lets nobody write, or is full, for whoever runs the test may write everywhere: reading passes through.
struct Faulty {
    inner: Reach,
    lever: Lever,
    /// How long each probe takes, ms.
    slow: Arc<AtomicU64>,
}

impl Log for Faulty {
    fn after(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        self.inner.after(n, limit)
    }
    fn empty(&mut self, spans: &[(u64, u64)], deadline: Duration) -> Result<bool, Fault> {
        self.inner.empty(spans, deadline)
    }
    fn find(&mut self, cid: Cid) -> Result<Option<Row>, Fault> {
        self.inner.find(cid)
    }
    fn head(&mut self) -> Result<Head, Fault> {
        self.inner.head()
    }
    fn probe(&mut self) -> Result<Probe, Fault> {
        std::thread::sleep(Duration::from_millis(self.slow.load(Ordering::SeqCst)));
        self.inner.probe()
    }
    fn doubt(&mut self, doubts: bool) {
        self.inner.doubt(doubts);
    }
    fn unchanged(&mut self, head: &Head) -> bool {
        self.inner.unchanged(head)
    }
    fn wrote(&mut self) -> Option<Probe> {
        self.inner.wrote()
    }
    fn rebuilding(&mut self) -> Result<Option<Rebuilding>, Fault> {
        self.inner.rebuilding()
    }
    fn tell(&mut self, notice: &str) -> Result<(), Fault> {
        self.refused().map_or_else(|| self.inner.tell(notice), Err)
    }
    fn told(&mut self) -> Result<Vec<String>, Fault> {
        self.inner.told()
    }
    fn leave_request(&mut self, name: &str, text: &str) -> Result<(), Fault> {
        self.refused().map_or_else(|| self.inner.leave_request(name, text), Err)
    }
    fn requests(&mut self) -> Result<Vec<(String, String)>, Fault> {
        self.inner.requests()
    }
    fn drop_request(&mut self, name: &str) -> Result<(), Fault> {
        self.refused().map_or_else(|| self.inner.drop_request(name), Err)
    }
    fn tidy(&mut self, past: u32) -> Result<usize, Fault> {
        self.inner.tidy(past)
    }
    fn write(
        &mut self,
        from: &Head,
        deadline: Duration,
        build: &mut dyn FnMut(&Turn, &[Row]) -> Vec<Row>,
    ) -> Written {
        match self.refused() {
            Some(fault) => Written::NotDone(fault),
            None => self.inner.write(from, deadline, build),
        }
    }
}

impl Faulty {
    fn refused(&self) -> Option<Fault> {
        let error = match self.lever.load(Ordering::SeqCst) {
            1 => std::io::ErrorKind::ReadOnlyFilesystem,
            2 => std::io::ErrorKind::StorageFull,
            _ => return None,
        };
        Some(Fault::of_io("轮到本机写入", error.into()))
    }
}

/// A desk at work on a share of its own.
struct AtWork {
    front: Front,
    news: Receiver<News>,
    /// The last word heard.
    said: Option<Standing>,
    share: PathBuf,
    lever: Lever,
    slow: Arc<AtomicU64>,
    keeper: Keeper,
    settled: Vec<(u64, bool)>,
    waits: Vec<Option<String>>,
}

impl AtWork {
    fn open(folder: &Path, county: CountyId, lever: u8) -> AtWork {
        AtWork::ahead(folder, county, lever, 0)
    }

    /// The same, on a server whose clock is ahead of this PC's by so many minutes.
    fn ahead(folder: &Path, county: CountyId, lever: u8, minutes: i64) -> AtWork {
        let (own_folder, share) = (folder.join("desk"), folder.join("share"));
        let own = Own::open(&own_folder, jiuji::ledger::DeskId([7; 8])).unwrap();
        let lever = Lever::new(AtomicU8::new(lever));
        let (slow, watch) = (Arc::<AtomicU64>::default(), Watch::default());
        let clock: Clock = machine_clock();
        let guard = Guard {
            watch: watch.clone(),
            folder: share.clone(),
            county,
            own: own_folder.clone(),
            clock: clock.clone(),
        };
        let (id, at, workshop) = (own.id(), share.clone(), own_folder.clone());
        let open = move || {
            Share::open(Setting {
                folder: at.clone(),
                county,
                desk: id,
                officer: String::new(),
                workshop: workshop.join("workshop"),
                may_write: true,
                drive: Arc::new(RealDrive),
                time: match minutes {
                    0 => ShareTime::TurnFile,
                    _ => ShareTime::Given(Box::new(move || machine_clock()().plus_minutes(minutes))),
                },
                host: Box::new(RealHost::default()),
                witness: Box::new(Holdings::new(workshop.clone(), county)),
                segment: SEGMENT,
            })
        };
        let inner = Reach::guarded(Box::new(open), guard);
        let log = Box::new(Faulty { inner, lever: lever.clone(), slow: slow.clone() });
        let parts = Parts { log, county, desk: id, folder: own_folder.clone(), clock: clock.clone() };
        let desk = Desk::open(parts).unwrap();
        let keys = Arc::new(desk.keys().clone());
        let keeper = Keeper::new(own);
        let (to, news) = channel();
        let to = Mutex::new(to);
        let say = move |item| drop(to.lock().unwrap().send(item));
        let worker = Worker::start(desk, keeper.clone(), watch, Box::new(say)).unwrap();
        let parts = front::Parts {
            county,
            folder: own_folder,
            keeper: keeper.clone(),
            worker,
            keys: keys.clone(),
            clock,
        };
        let mut front = Front::new(parts);
        front.signed_in(session::sign_in(county, &keys, &HANDLER.into(), "jiuji-1021").unwrap());
        front.open_reader().unwrap();
        AtWork { front, news, said: None, share, lever, slow, keeper, settled: Vec::new(), waits: Vec::new() }
    }

    fn hear(&mut self, item: News) {
        match item {
            News::Drive(standing, _) => self.said = Some(standing),
            News::Settled { group, outcome, .. } => {
                let done = matches!(outcome, Outcome::Done(_));
                assert!(!matches!(outcome, Outcome::Refused(_)), "{outcome:?}");
                self.settled.push((group, done));
            }
            News::Waits(who) => self.waits.push(who),
            News::Trouble(fault) => panic!("{fault}"),
            News::Pulled(_)
            | News::Keys(_)
            | News::Ready
            | News::Requested(_)
            | News::Requests(_)
            | News::Backup(_) => {}
        }
    }

    /// Asks for looks until this holds.
    fn until(&mut self, name: &str, what: &str, holds: impl Fn(&AtWork) -> bool) {
        let end = Instant::now() + LONG;
        while !holds(self) {
            assert!(Instant::now() < end, "{name}: {what} did not come; the last word was {:?}", self.said);
            self.front.look();
            if let Ok(item) = self.news.recv_timeout(Duration::from_millis(200)) {
                self.hear(item);
            }
        }
    }

    /// What was said meanwhile is taken in.
    fn settle(&mut self) {
        while let Ok(item) = self.news.recv_timeout(Duration::from_millis(300)) {
            self.hear(item);
        }
    }

    fn word(&self) -> Option<Drive> {
        self.said.as_ref().map(|standing| standing.drive)
    }

    fn give(&mut self) -> u64 {
        let draft = lead(self.front.now(), "断网时来电");
        self.front.give(vec![draft], 0).unwrap()
    }
}

/// One condition.
struct Condition {
    name: &'static str,
    wound: fn(&County, &AtPlace),
    word: Drive,
    /// What the sentences must hold: what is wrong, what to do.
    says: [&'static str; 2],
    /// Reading goes well: the first try to write meets it.
    on_writing: bool,
    /// The fault at a lower level, see [`Lever`].
    lever: u8,
    repair: fn(&County, &AtPlace),
}

/// Where a condition is made.
struct AtPlace {
    share: PathBuf,
}

impl AtPlace {
    fn log(&self) -> PathBuf {
        live_file(&self.share).unwrap()
    }

    fn away(&self) -> PathBuf {
        self.share.with_file_name("away")
    }

    fn patch(&self, at: usize, bytes: &[u8]) {
        let file = self.log();
        let mut whole = fs::read(&file).unwrap();
        whole[at..at + bytes.len()].copy_from_slice(bytes);
        fs::write(file, whole).unwrap();
    }

    fn become_copy_of(&self, share: &Path) {
        fs::remove_dir_all(&self.share).unwrap();
        copy(share, &self.share);
    }
}

fn put_back(county: &County, place: &AtPlace) {
    let _ = fs::remove_dir_all(&place.share);
    copy(&county.at("share"), &place.share);
}

fn go_on(county: &County, place: &AtPlace) {
    place.become_copy_of(&county.at("newer"));
}

fn move_back(_: &County, place: &AtPlace) {
    let _ = fs::remove_dir_all(&place.share);
    fs::rename(place.away(), &place.share).unwrap();
}

const MANAGER: &str = "报告县局管理员";

fn rows() -> Vec<Condition> {
    let row = |name, word, says, wound| Condition {
        name,
        wound,
        word,
        says,
        on_writing: false,
        lever: 0,
        repair: put_back,
    };
    vec![
        Condition {
            repair: move_back,
            ..row(
                "文件夹不在",
                Drive::Away,
                ["找不到共享文件夹", "请检查网络盘是否已连接"],
                |_, place| {
                    fs::rename(&place.share, place.away()).unwrap();
                },
            )
        },
        Condition {
            repair: move_back,
            ..row(
                "文件夹是空的",
                Drive::Away,
                ["是空的，多半是网络盘没有连上", "请重新连接网络盘"],
                |_, place| {
                    fs::rename(&place.share, place.away()).unwrap();
                    fs::create_dir(&place.share).unwrap();
                },
            )
        },
        Condition {
            repair: move_back,
            ..row("别的文件夹", Drive::Away, ["没有救急的日志", "请检查路径"], |_, place| {
                fs::rename(&place.share, place.away()).unwrap();
                fs::create_dir(&place.share).unwrap();
                fs::write(place.share.join("通知.doc"), "别的").unwrap();
            })
        },
        row("日志都被删了", Drive::Damaged, ["日志文件都不见了", MANAGER], |_, place| {
            fs::remove_file(place.log()).unwrap();
            fs::remove_file(place.share.join("log.0001")).unwrap();
        }),
        row(
            "公布还在，日志不在",
            Drive::Damaged,
            ["不见了，公布它的 log.0001 还在", MANAGER],
            |_, place| {
                fs::remove_file(place.log()).unwrap();
            },
        ),
        row(
            "日志在，公布不在",
            Drive::Damaged,
            ["公布文件 log.0001 不见了", MANAGER],
            |_, place| {
                fs::remove_file(place.share.join("log.0001")).unwrap();
            },
        ),
        row("公布被截断", Drive::Damaged, ["公布文件 log.0001 被截断", MANAGER], |_, place| {
            let file = place.share.join("log.0001");
            let text = fs::read(&file).unwrap();
            fs::write(file, &text[..text.len() / 2]).unwrap();
        }),
        row("日志是空的", Drive::Damaged, ["是空的", MANAGER], |_, place| {
            fs::write(place.log(), b"").unwrap();
        }),
        row("日志从中间截断", Drive::Damaged, ["损坏", MANAGER], |_, place| {
            let file = fs::OpenOptions::new().write(true).open(place.log()).unwrap();
            let half = file.metadata().unwrap().len() / 2;
            file.set_len(half / 4096 * 4096 + 100).unwrap();
        }),
        row("日志被写成文本", Drive::Damaged, ["被别的程序覆盖", MANAGER], |_, place| {
            fs::write(place.log(), "这是一个文本文件。\r\n".repeat(500)).unwrap();
        }),
        row("别的程序的数据库", Drive::Damaged, ["被别的程序覆盖", MANAGER], |_, place| {
            place.patch(68, &[0, 0, 0, 9]);
        }),
        row(
            "另一个县的日志",
            Drive::Foreign,
            ["另一个县", "请检查本机设置里的路径"],
            |_, place| {
                let other = Scratch::found(&officers(), machine_clock()().plus_minutes(-30), false).unwrap();
                place.become_copy_of(&other.share_folder());
            },
        ),
        row("换回旧备份", Drive::Older, ["本机已有第", MANAGER], |county, place| {
            place.become_copy_of(&county.at("older"));
        }),
        row("中间一条被改写", Drive::Damaged, ["第 5 条记录被改写", MANAGER], |_, place| {
            let file = place.log();
            let wounded = Wounded::open(&file).unwrap();
            wounded.write(5, Column::Body, "{\"amount\":1}".as_bytes()).unwrap();
        }),
        row(
            "末尾换成另一条",
            Drive::Damaged,
            ["与本机保存的不同", MANAGER],
            |county, place| {
                place.become_copy_of(&county.at("fork"));
            },
        ),
        Condition {
            repair: go_on,
            ..row(
                "新来的一条被改",
                Drive::Damaged,
                ["条记录不成立", MANAGER],
                |county, place| {
                    // Wounded before it is put there: between the two the desk may look.
                    let spoilt = AtPlace { share: place.share.with_file_name("spoilt") };
                    copy(&county.at("newer"), &spoilt.share);
                    let wounded = Wounded::open(&spoilt.log()).unwrap();
                    wounded.write(county.head() + 1, Column::Hash, &[7; 32]).unwrap();
                    drop(wounded);
                    place.become_copy_of(&spoilt.share);
                },
            )
        },
        row("改成 WAL 方式", Drive::Damaged, ["WAL", MANAGER], |_, place| place.patch(18, &[2, 2])),
        row("更新的文件格式", Drive::TooOld, ["更新版本的程序", "请更新"], |_, place| {
            place.patch(60, &[0, 0, 0, 99]);
        }),
        Condition {
            repair: go_on,
            ..row("更新程序的结果", Drive::TooOld, ["不认识", "请更新"], |county, place| {
                let row = &county.newer;
                let mut body = Body::from_text(&row.body).unwrap();
                body.facts = vec![serde_json::json!({ "moon-landing": {} })];
                let novel = chain::make(body, row.private.clone(), &county.session.signing).unwrap();
                let wounded = Wounded::open(&place.log()).unwrap();
                wounded.add(&novel).unwrap();
            })
        },
        Condition {
            on_writing: true,
            ..row(
                "轮次文件夹不在",
                Drive::Damaged,
                ["turns 文件夹不见了", MANAGER],
                |_, place| {
                    fs::remove_dir_all(place.share.join("turns")).unwrap();
                },
            )
        },
        Condition {
            on_writing: true,
            lever: 1,
            ..row("只读", Drive::ReadOnly, ["共享盘现在只能读", "请管理员检查共享文件夹的权限"], |_, _| {})
        },
        Condition {
            on_writing: true,
            lever: 2,
            ..row("盘满", Drive::Full, ["磁盘已满", "请清理"], |_, _| {})
        },
    ]
}

/// Runs one condition; `cold`: the desk is started on it.
fn run(county: &County, row: &Condition, cold: bool) -> String {
    let name = format!("{}{}", row.name, if cold { "（启动时）" } else { "" });
    let folder = county.at(&format!("row-{}", hex::encode(random::bytes::<8>().unwrap())));
    copy(&county.at("share"), &folder.join("share"));
    copy(&county.at("desk"), &folder.join("desk"));
    let share = folder.join("share");
    let place = AtPlace { share: share.clone() };
    if cold {
        (row.wound)(county, &place);
    }
    let mut desk = AtWork::open(&folder, county.county, if cold { row.lever } else { 0 });
    if !cold {
        desk.until(&name, "联机", |desk| desk.word() == Some(Drive::Well));
        (row.wound)(county, &place);
        desk.lever.store(row.lever, Ordering::SeqCst);
    }
    let before = listing(&share);
    if !row.on_writing {
        desk.until(&name, "the word", |desk| desk.word() == Some(row.word));
    }
    // A lookup answers from what this PC holds.
    assert!(!desk.front.reader().unwrap().open_leads(Some(102)).unwrap().is_empty(), "{name}");
    let group = desk.give();
    desk.until(&name, "the order that waits", |desk| desk.settled.contains(&(group, false)));
    desk.until(&name, "the word", |desk| desk.word() == Some(row.word));
    for _ in 0..3 {
        desk.front.look();
        desk.settle();
    }
    let said = desk.said.clone().unwrap();
    assert_eq!(said.drive, row.word, "{name}: it stays said: {said:?}");
    for needle in row.says {
        assert!(said.sentence().contains(needle), "{name}: {:?} lacks {needle:?}", said.sentence());
    }
    assert!(said.whole().contains(said.drive.zh()) && said.whole().contains(said.drive.meanwhile()));
    assert_eq!(desk.keeper.waiting().unwrap().len(), 1, "{name}: the order stays in the outbox");
    let after = listing(&share);
    assert!(before == after, "{name}: written to a share that is not right: {:?}", changed(&before, &after));
    if row.lever == 0 {
        (row.repair)(county, &place);
    }
    desk.lever.store(0, Ordering::SeqCst);
    desk.until(&name, "the order that goes out", |desk| desk.settled.contains(&(group, true)));
    desk.until(&name, "联机 again", |desk| desk.word() == Some(Drive::Well));
    assert!(desk.keeper.waiting().unwrap().is_empty(), "{name}");
    format!("{:<14} {} {}", row.word.zh(), name, said.sentence())
}

type Listed = BTreeMap<PathBuf, (u64, Option<SystemTime>, Vec<u8>)>;

fn changed(before: &Listed, after: &Listed) -> Vec<PathBuf> {
    let all = before.keys().chain(after.keys());
    all.filter(|path| before.get(*path) != after.get(*path)).cloned().collect()
}

#[test]
fn every_condition_has_its_word_and_nothing_is_written() {
    let county = County::found();
    let failed = Mutex::new(Vec::new());
    let rows = rows();
    let jobs: Mutex<Vec<(&Condition, bool)>> =
        Mutex::new(rows.iter().flat_map(|row| [(row, false), (row, true)]).collect());
    // The lock is not held while a condition runs.
    let next = || jobs.lock().unwrap().pop();
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                while let Some((row, cold)) = next() {
                    let ran =
                        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| run(&county, row, cold)));
                    match ran {
                        Ok(line) => println!("{line}"),
                        Err(why) => {
                            let text = why.downcast_ref::<String>().cloned().unwrap_or_default();
                            failed.lock().unwrap().push(format!("{}: {text}", row.name));
                        }
                    }
                }
            });
        }
    });
    let failed = failed.into_inner().unwrap();
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}

#[test]
fn a_look_of_more_than_two_seconds_is_slow_and_passes() {
    let county = County::found();
    let folder = county.at("slow");
    copy(&county.at("share"), &folder.join("share"));
    copy(&county.at("desk"), &folder.join("desk"));
    let mut desk = AtWork::open(&folder, county.county, 0);
    desk.until("慢", "联机", |desk| desk.word() == Some(Drive::Well));
    desk.slow.store(2_100, Ordering::SeqCst);
    desk.until("慢", "慢", |desk| desk.word() == Some(Drive::Slow));
    let group = desk.give();
    desk.until("慢", "the order", |desk| desk.settled.contains(&(group, true)));
    desk.slow.store(0, Ordering::SeqCst);
    desk.until("慢", "联机", |desk| desk.word() == Some(Drive::Well));
}

#[test]
fn who_writes_is_said_while_a_turn_is_held_and_the_drive_is_not_blamed() {
    let county = County::found();
    let folder = county.at("busy");
    copy(&county.at("share"), &folder.join("share"));
    copy(&county.at("desk"), &folder.join("desk"));
    let mut desk = AtWork::open(&folder, county.county, 0);
    desk.until("轮候", "联机", |desk| desk.word() == Some(Drive::Well));
    // A third desk's turn, next in order, as the officer 1023 holds it.
    let turns = desk.share.join("turns");
    let next = fs::read_dir(&turns)
        .unwrap()
        .filter_map(|entry| entry.unwrap().file_name().into_string().ok()?.get(5..11)?.parse::<u64>().ok())
        .max()
        .unwrap()
        + 1;
    let slip = turns.join(format!("0001.{next:06}"));
    fs::write(&slip, "jiuji-turn 1\nnonce 00ff\ndesk 0202020202020202\nofficer 1023\nend\n").unwrap();
    let group = desk.give();
    desk.until("轮候", "who writes", |desk| {
        desk.waits.iter().flatten().any(|who| who == "正在由 1023 写入")
    });
    assert_eq!(desk.word(), Some(Drive::Well), "somebody else's writing is no fault of the drive");
    assert!(desk.settled.is_empty(), "it still waits for its turn");
    fs::write(turns.join(format!("0001.{next:06}.end")), "released 00ff\n").unwrap();
    let freed = Instant::now();
    desk.until("轮候", "the order", |desk| desk.settled.contains(&(group, true)));
    println!("through {} ms after the turn was free", freed.elapsed().as_millis());
    assert_eq!(desk.waits.last(), Some(&None), "nobody is waited for any more");
    assert_eq!(desk.word(), Some(Drive::Well));
    // Our own slip names our officer for others.
    let own = fs::read_to_string(turns.join(format!("0001.{:06}", next + 1))).unwrap();
    assert!(own.contains("officer 1021\n"), "{own}");
}

fn at_work(county: &County, name: &str, minutes: i64) -> AtWork {
    let folder = county.at(name);
    copy(&county.at("share"), &folder.join("share"));
    copy(&county.at("desk"), &folder.join("desk"));
    AtWork::ahead(&folder, county.county, 0, minutes)
}

#[test]
fn a_clock_off_by_more_than_ten_minutes_is_said_with_both_times() {
    let county = County::found();
    for (minutes, said) in [(5, false), (47, true)] {
        let mut desk = at_work(&county, &format!("off-{minutes}"), minutes);
        let group = desk.give();
        desk.until("时间", "the order", |desk| desk.settled.contains(&(group, true)));
        let n = desk.front.reader().unwrap().head().unwrap().n;
        desk.front.learn_share_time(Some(n));
        let apart = desk.front.clocks_apart();
        assert_eq!(apart.is_some(), said, "{minutes}: {apart:?}");
        if let Some(apart) = apart {
            assert!(apart.sentence().contains("相差4"), "{}", apart.sentence());
        }
        assert_eq!(desk.front.jump(), None, "it is no jump");
    }
}

#[test]
fn a_jump_of_the_share_s_clock_waits_until_somebody_confirms_it() {
    let county = County::found();
    let mut desk = at_work(&county, "jump", 40 * 24 * 60);
    desk.until("时间", "联机", |desk| desk.word() == Some(Drive::Well));
    let group = desk.give();
    desk.until("时间", "时间待核", |desk| desk.word() == Some(Drive::Clock));
    desk.settle();
    assert!(desk.settled.contains(&(group, false)), "it waits");
    let turns = fs::read_dir(desk.share.join("turns")).unwrap().count();
    for _ in 0..3 {
        desk.front.look();
        desk.settle();
    }
    assert_eq!(
        fs::read_dir(desk.share.join("turns")).unwrap().count(),
        turns,
        "no turn is taken for nothing"
    );
    assert_eq!(desk.word(), Some(Drive::Clock), "it stays said");
    let head = desk.front.reader().unwrap().head().unwrap().n;
    assert_eq!(head, county.head(), "nothing was written");
    let jump = desk.front.jump().unwrap();
    assert!(jump.desk.minutes_until(jump.share) >= 40 * 24 * 60 - 1, "{jump:?}");
    desk.front.trust_time();
    desk.until("时间", "the order", |desk| desk.settled.contains(&(group, true)));
    desk.until("时间", "联机", |desk| desk.word() == Some(Drive::Well));
    assert_eq!(desk.front.jump(), None);
    let next = desk.give();
    desk.until("时间", "the next order", |desk| desk.settled.contains(&(next, true)));
}
