//! A practice day with the most talkative log, through the real desk and the real program: no name and no number of a person
//! in a log line, a file name or a temporary file; and who looks at what is masked stands in the log.

#![allow(clippy::unwrap_used, reason = "a test reports by panicking")]

use jiuji::domain::answers::Answers as _;
use jiuji::domain::command::Command as OfficeCommand;
use jiuji::domain::command::duties::HandOver;
use jiuji::domain::command::privacy::Subject;
use jiuji::domain::office::{Officer, Role};
use jiuji::domain::privacy::{Audience, Field, LookPurpose, Medium, Show, show};
use jiuji::domain::private::Private;
use jiuji::office::front::drafts::Keep;
use jiuji::office::front::history::{self, HistoryAsk};
use jiuji::office::front::{Front, Parts};
use jiuji::office::place::{Place, machine_clock};
use jiuji::office::practice;
use jiuji::office::print::PaperKind;
use jiuji::office::print::gather::{self, Occasion};
use jiuji::office::print::html;
use jiuji::office::session::sign_in;
use jiuji::office::setup;
use jiuji::office::worker::{News, Worker};
use jiuji::store::entries::Entries;
use jiuji::store::replica::Reader;
use jiuji::store::replica::views::history::HistoryOf;
use jiuji::store::replica::views::queue::{Filter, QueueRow};
use jiuji::store::replica::views::standing::RelativeRow;
use memchr::memmem;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::mpsc::channel;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// What must not be found: every name, id number, phone and account of the sample data.
fn forbidden() -> Vec<String> {
    let text = std::fs::read_to_string("sample-data/households.csv").unwrap();
    let mut all = Vec::new();
    for line in text.lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        all.extend([3, 4, 6, 12].iter().filter_map(|at| cells.get(*at)).map(|cell| (*cell).to_owned()));
    }
    all.retain(|cell| cell.chars().count() >= 2);
    assert!(all.len() > 200 && all.contains(&"211321196804120012".to_owned()), "{}", all.len());
    all
}

fn clean(what: &str, text: &str, forbidden: &[String]) {
    for word in forbidden {
        assert!(!text.contains(word.as_str()), "{what}: {word} in {text}");
    }
}

/// Every file under a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            all.extend(files(&path));
        }
        all.push(path);
    }
    all
}

/// No byte of a name or number in the desk's own files, while they are open and while somebody works with them.
fn names_nobody_at_rest(desk: &Path, forbidden: &[String]) {
    // The officers' own names stand plainly for the list at sign-in.
    let officers: Vec<String> =
        practice::officers().unwrap().into_iter().map(|officer| officer.name).collect();
    let words = forbidden.iter().filter(|word| word.len() >= 6 && !officers.contains(word));
    let words: Vec<&[u8]> = words.map(String::as_bytes).collect();
    let mut begins = vec![false; 1 << 16];
    for word in &words {
        begins[usize::from(word[0]) << 8 | usize::from(word[1])] = true;
    }
    let mut seen = 0;
    for path in files(desk).into_iter().filter(|path| path.is_file() && path.parent() == Some(desk)) {
        let bytes = std::fs::read(&path).unwrap();
        seen += bytes.len();
        for (at, two) in bytes.windows(2).enumerate() {
            if begins[usize::from(two[0]) << 8 | usize::from(two[1])] {
                let there = words.iter().find(|word| bytes[at..].starts_with(word));
                assert!(there.is_none(), "{} at {at}: {there:?}", path.display());
            }
        }
    }
    assert!(seen > 1_000_000, "{seen}");
}

/// Catches what the program says to its log.
#[derive(Clone, Default)]
struct Caught(Arc<Mutex<Vec<u8>>>);

impl Write for Caught {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_day_with_the_most_talkative_log_names_nobody_and_looking_is_written_down() {
    let caught = Caught::default();
    let to = caught.clone();
    tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(move || to.clone()).init();
    tracing::trace!("the log is heard");
    let dir = tempfile::tempdir().unwrap();
    let place = Place::at(dir.path().join("data"), dir.path().join("data/workstation.toml")).unwrap();
    let clock = machine_clock();
    let mut opened = practice::open(&place, clock(), true).unwrap();
    let session = opened.sign_in("9101").unwrap();
    let (county, folder) = (opened.county, practice::desk_folder(&place));
    let keys = Arc::new(opened.desk.keys().clone());
    let again = sign_in(county, &keys, &session.officer, &password()).unwrap();
    let (tell, news) = channel();
    let voice = Box::new(move |said| drop(tell.send(said)));
    let worker = Worker::start(opened.desk, opened.keeper.clone(), opened.watch, voice).unwrap();
    let mut front = Front::new(Parts { county, folder, keeper: opened.keeper, worker, keys, clock });
    front.signed_in(again);
    front.open_reader().unwrap();
    let today = front.now().day();

    // A clerk's morning: a search, a family, a draft with a name in it, a paper, a look at what is masked.
    let hits = front.search("王福生").unwrap();
    let person = hits.first().unwrap().person;
    assert!(front.family(person).unwrap().is_some());
    let keep = Keep {
        id: 0,
        form: "emergency",
        title: "急难登记".to_owned(),
        text: r#"{"name":"王福生","id_no":"211321196804120012"}"#.to_owned(),
        field: "phone".to_owned(),
    };
    front.keep(&keep).unwrap();
    let row = some_case(&front, 102);
    front.print(PaperKind::Application, Some(row.case), None).unwrap();
    let subject = Subject::Person(person);
    assert!(front.unmask(subject, LookPurpose::Other, " ").is_err(), "其他 needs words");
    let found = front.unmask(subject, LookPurpose::Identity, "").unwrap();
    assert!(found.rows.iter().any(|(_, value)| value == "211321196804120012") && !found.again);
    assert!(!format!("{found:?}").contains("2113"));
    let settled = loop {
        match news.recv_timeout(Duration::from_secs(60)).unwrap() {
            News::Settled { outcome, .. } => break outcome,
            _ => continue,
        }
    };
    assert!(matches!(settled, jiuji::office::outcome::Outcome::Done(_)));
    let reader = front.reader().unwrap();
    assert!(reader.unmasked_on(&session.officer, subject, today).unwrap());
    let n = reader.head().unwrap().n;
    assert!(front.unmask(subject, LookPurpose::Payout, "").unwrap().again, "once a day");
    std::thread::sleep(Duration::from_millis(300));
    assert_eq!(front.reader().unwrap().head().unwrap().n, n, "and not written twice");
    names_nobody_at_rest(&practice::desk_folder(&place), &forbidden());

    // Another township's case is closed, its household a summary, and who it is only with a purpose.
    let row = some_case(&front, 103);
    assert!(front.case_card(row.case, today, 30).unwrap_err().to_string().contains("外乡镇"));
    assert!(front.print(PaperKind::Application, Some(row.case), None).is_err());
    assert!(front.print(PaperKind::Reserve, None, Some((103, (today.year(), today.month())))).is_err());
    assert!(front.print(PaperKind::Reserve, None, Some((102, (today.year(), today.month())))).is_ok());
    let theirs = front.reader().unwrap().case(row.case).unwrap().person;
    let card = front.family(theirs).unwrap().unwrap();
    assert!(card.phone.is_empty() && card.account.is_empty());
    let found = front.unmask(Subject::Person(theirs), LookPurpose::Identity, "").unwrap();
    assert!(
        found.rows.iter().all(|(label, _)| ["姓名", "证件号", "出生"].contains(label)),
        "{:?}",
        found.rows.len()
    );
    assert!(front.drafts().unwrap().iter().any(|draft| draft.answers.to_string().contains("王福生")));
    front.leave();

    // The draft with the name in it was kept, and a stolen disk does not tell it.
    let own = practice::desk_folder(&place);
    for file in files(&own).iter().filter(|file| file.display().to_string().contains("desk.db")) {
        let bytes = std::fs::read(file).unwrap();
        for word in ["王福生", "211321196804120012"] {
            let found = memmem::find(&bytes, word.as_bytes()).is_some();
            assert!(!found, "{} holds {word}", file.display());
        }
    }

    let forbidden = forbidden();
    let said = String::from_utf8(caught.0.lock().unwrap().clone()).unwrap();
    assert!(said.contains("the log is heard"));
    clean("log", &said, &forbidden);
    for file in files(dir.path()) {
        clean("file name", &file.strip_prefix(dir.path()).unwrap().display().to_string(), &forbidden);
    }
}

/// A case of a township, in whichever list one stands.
fn some_case(front: &Front, township: u16) -> QueueRow {
    let filter = Filter { township: Some(township), ..Filter::default() };
    front.reader().unwrap().queue_page(&filter, 0, 1, front.now().day()).unwrap().pop().unwrap()
}

fn password() -> String {
    practice::officers().unwrap().into_iter().find(|known| known.no.0 == "9101").unwrap().password
}

#[test]
fn the_program_leaves_no_name_in_file_names_temporary_files_or_on_the_share() {
    let dir = tempfile::tempdir().unwrap();
    let (data, temp) = (dir.path().join("data"), dir.path().join("temp"));
    std::fs::create_dir(&temp).unwrap();
    let run = |args: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_jiuji"))
            .args(args)
            .env("JIUJI_DATA", &data)
            .env("TMPDIR", &temp)
            .env("RUST_LOG", "trace")
            .env_remove("JIUJI_CONFIG")
            .stdin(Stdio::null())
            .output()
            .unwrap();
        (
            out.status.code().unwrap(),
            String::from_utf8(out.stdout).unwrap() + &String::from_utf8(out.stderr).unwrap(),
        )
    };
    let forbidden = forbidden();
    let text = |path: &Path| path.to_str().unwrap().to_owned();
    let ledger = "sample-data/台账_木头城子_2023.csv";
    assert_eq!(run(&["lookup", "王福生", "--practice"]).0, 0);
    let (_, said) = run(&["import", ledger, "--township", "103", "--practice", "--dry-run"]);
    let numbers: Vec<String> = forbidden.iter().filter(|word| word.len() == 18).cloned().collect();
    clean("report of an import", &said, &numbers);
    let exported = dir.path().join("exported");
    std::fs::create_dir_all(&exported).unwrap();
    let to = text(&exported.join("csv"));
    assert_eq!(run(&["export", "all", "--practice", "--out", &to]).0, 0);
    let stick = dir.path().join("stick");
    let said = [
        run(&["backup", &text(&stick), "--practice"]),
        run(&["doctor", &text(&data.join("practice/share"))]),
        run(&["verify", &text(&data.join("practice/share"))]),
    ];
    for (_, said) in &said {
        clean("what doctor, backup and verify say", said, &forbidden);
    }
    assert!(stick.exists(), "{:?}", said[0]);
    let (status, card) = run(&["lookup", "王福生", "--practice", "--officer", "9201"]);
    assert!(status == 0 && !card.contains("211321196804120012"), "{card}");
    assert!(files(&temp).is_empty(), "temporary files stay: {:?}", files(&temp));
    let all = files(dir.path());
    assert!(all.len() > 20, "{}", all.len());
    for file in &all {
        clean("file name", &file.strip_prefix(dir.path()).unwrap().display().to_string(), &forbidden);
    }
    // What leaves this PC carries nobody: the share, the backup, the masked tables.
    for folder in [data.join("practice/share"), stick, exported.join("csv")] {
        for file in files(&folder).into_iter().filter(|file| file.is_file()) {
            let bytes = std::fs::read(&file).unwrap();
            for number in &numbers {
                let found = memmem::find(&bytes, number.as_bytes()).is_some();
                assert!(!found, "{} holds {number}", file.display());
            }
        }
    }
}

/// Every paper by every officer of the practice office, against the privacy table: whoever may not have it on paper gets none,
/// and what he gets holds no value that the table keeps from him. Nothing is printed for a notice board or a bank.
#[test]
fn every_paper_for_every_audience_holds_what_the_table_shows_and_no_more() {
    let dir = tempfile::tempdir().unwrap();
    let place = Place::at(dir.path().join("data"), dir.path().join("data/workstation.toml")).unwrap();
    let mut opened = practice::open(&place, machine_clock()(), true).unwrap();
    hand_over(&mut opened);
    let reader = opened.desk.replica().reader().unwrap();
    let today = machine_clock()().day();
    let filter = |township| Filter { township: Some(township), ..Filter::default() };
    let relatives = reader.standing(None, today).unwrap().relatives;
    let handed = reader.handed(None).unwrap()[0].n;
    // An officer who signs may bear the name of somebody who was helped.
    let mut people = forbidden();
    people.retain(|word| practice::officers().unwrap().iter().all(|officer| officer.name != *word));
    let file = practice::desk_folder(&place).join("entries.db");
    let entries = Entries::open(&file, opened.county).unwrap();
    let (mut given, mut refused) = (0, 0);
    for known in practice::officers().unwrap() {
        let officer = reader.officer(&known.no).unwrap();
        let occasion = Occasion { by: &known.no, on: today, practice: true };
        for township in [102, 103] {
            let audience = Audience::of(&officer, Some(township));
            for row in reader.queue_page(&filter(township), 0, 3, today).unwrap() {
                let person = reader.case(row.case).unwrap().person;
                let details = reader.details(person).unwrap().unwrap();
                let values = [
                    (Field::Name, details.name),
                    (Field::IdNo, details.id_no),
                    (Field::Phone, details.phone),
                    (Field::Account, details.account),
                ];
                // What a case has no paper of, nobody prints.
                let all = Occasion { by: &"9004".into(), on: today, practice: true };
                let able = gather::papers_of(&reader, row.case, &all).unwrap();
                let there = |kind| able.iter().any(|(known, why)| *known == kind && why.is_none());
                for kind in [PaperKind::FirstAid, PaperKind::Application, PaperKind::Missing] {
                    let printed = gather::of_case(&reader, kind, row.case, &occasion);
                    let may = |field| show(field, audience, Medium::Paper);
                    assert_eq!(
                        printed.is_ok(),
                        there(kind) && may(Field::Name) == Show::Full,
                        "{} {kind:?}",
                        known.no
                    );
                    let Ok(printed) = printed else {
                        refused += 1;
                        continue;
                    };
                    given += 1;
                    let page = html::page(&printed.paper);
                    assert!(page.contains(&row.number));
                    for (field, value) in values.iter().filter(|(_, value)| value.chars().count() > 1) {
                        let shown = page.contains(value.as_str());
                        assert!(!shown || may(*field) == Show::Full, "{} {kind:?} {field:?}", known.no);
                    }
                }
            }
            let month = (today.year(), today.month());
            let reserve = gather::of_reserve(&reader, township, month, &occasion);
            assert_eq!(
                reserve.is_ok(),
                show(Field::Name, audience, Medium::Paper) == Show::Full,
                "{}",
                known.no
            );
        }
        about_the_office(&reader, &officer, &occasion, handed, &relatives);
        let mut source = |after, limit| entries.after(after, limit);
        let month = gather::of_month(&reader, &mut source, (today.year(), today.month()), &occasion).unwrap();
        clean("month sheet", &html::page(&month.paper), &people);
    }
    assert!(given > 20 && refused > 20, "{given} {refused}");
}

/// A clerk leaves: his work goes to a colleague, and his approver stands by.
fn hand_over(opened: &mut practice::Opened) {
    let session = opened.sign_in("9103").unwrap();
    let mut private = Private::default();
    let note = private.put("note", "公章一枚，户主王福生的材料在柜中");
    let args = HandOver { from: "9101".into(), to: "9102".into(), cash: None, blanks: Vec::new(), note };
    setup::carry_as(&mut opened.desk, &session, vec![(OfficeCommand::HandOver(args), private)]).unwrap();
}

/// The hand-over and the relatives of a township's officers: for the township itself, the county and the supervisor.
fn about_the_office(
    reader: &Reader,
    officer: &Officer,
    occasion: &Occasion<'_>,
    handed: u64,
    relatives: &[RelativeRow],
) {
    let audience = Audience::of(officer, Some(102));
    let may = show(Field::Name, audience, Medium::Paper) == Show::Full;
    let sheet = gather::of_hand_over(reader, handed, occasion);
    assert_eq!(sheet.is_ok(), may, "{}", officer.no);
    assert_eq!(sheet.is_ok_and(|sheet| html::page(&sheet.paper).contains("王福生")), may);
    for of in ["9102", "9202"] {
        let whose = reader.officer(&of.into()).unwrap();
        let approves = officer.is(Role::Approver) && officer.office == whose.office;
        let oversees = matches!(audience, Audience::County | Audience::Supervisor);
        let sheet = gather::of_relatives(reader, &of.into(), occasion);
        assert_eq!(sheet.is_ok(), approves || oversees || officer.no == whose.no, "{} {of}", officer.no);
        let Ok(sheet) = sheet else { continue };
        let page = html::page(&sheet.paper);
        let own = relatives.iter().filter(|row| row.officer.0 == whose.no);
        assert!(own.clone().count() > 0 && own.clone().all(|row| page.contains(&row.name)));
        for row in own {
            let details = reader.details(row.person).unwrap().unwrap();
            assert!(!page.contains(&details.id_no), "F22 holds names and no numbers");
        }
    }
}

/// 操作经历 by every officer: a township's its own cases, however it asks; county and supervisor everything; the administrator
/// who did what, and to nobody.
#[test]
fn the_history_shows_each_officer_what_is_his_to_see() {
    let dir = tempfile::tempdir().unwrap();
    let place = Place::at(dir.path().join("data"), dir.path().join("data/workstation.toml")).unwrap();
    let mut opened = practice::open(&place, machine_clock()(), true).unwrap();
    opened.sign_in("9004").unwrap();
    let reader = opened.desk.replica().reader().unwrap();
    let today = machine_clock()().day();
    let all = HistoryAsk::default();
    let township_of = |case| reader.case(case).map(|case| case.township);
    let of_103 = Filter { township: Some(103), ..Filter::default() };
    let theirs = reader.queue_page(&of_103, 0, 1, today).unwrap().pop().unwrap();
    let person = reader.details(reader.case(theirs.case).unwrap().person).unwrap().unwrap();
    let whole = reader.history(&HistoryOf::default(), 100_000).unwrap().len();
    for known in practice::officers().unwrap() {
        let officer = reader.officer(&known.no).unwrap();
        let lines = |ask: &HistoryAsk| history::lines(&reader, &officer, ask, today, 100_000);
        let rows = lines(&all).unwrap();
        let by_case = lines(&HistoryAsk { case: theirs.number.clone(), ..all.clone() }).unwrap();
        let by_person = lines(&HistoryAsk { person: person.id_no.clone(), ..all.clone() });
        let by_officer = lines(&HistoryAsk { who: "9201".to_owned(), ..all.clone() }).unwrap();
        match (known.role, known.office.township()) {
            (_, Some(own)) => {
                for row in rows.iter().chain(&by_case).chain(by_person.iter().flatten()).chain(&by_officer) {
                    assert_eq!(row.case.and_then(township_of), Some(own), "{} {row:?}", known.no);
                }
                assert!(!rows.is_empty() && rows.len() < whole);
                assert_eq!(by_case.is_empty(), own != 103, "{}", known.no);
            }
            (Role::Administrator, None) => {
                assert_eq!(rows.len(), whole);
                assert!(rows.iter().all(|row| row.person.is_empty()));
                assert!(rows.iter().all(|row| row.case.is_none() || row.changed.is_empty()));
                assert!(by_person.unwrap_err().to_string().contains("管理员"));
            }
            (_, None) => {
                assert_eq!(rows.len(), whole);
                assert!(by_case.iter().any(|row| row.person == person.name), "{}", known.no);
                assert!(!by_person.unwrap().is_empty());
            }
        }
    }
}
