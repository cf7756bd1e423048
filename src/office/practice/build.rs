//! Building the practice office: founding, officers, people, ledgers, reserves, and then the stories, turn by turn in the
//! order of their moments.

use super::days::Days;
use super::officers::{self, PracticeOfficer};
use super::people::People;
use super::script::{Event, Script};
use super::stories;
use crate::base::day::Stamp;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::command::duties::{Delegate, DutyList, DutyRow};
use crate::domain::command::funds::Allot;
use crate::domain::command::kernel::{FileRelative, IssueCodes};
use crate::domain::command::payout::MoveSource;
use crate::domain::command::trust::{About, RaiseFinding};
use crate::domain::fund::{Purpose, Till};
use crate::domain::ids::{FindingId, OfficerNo};
use crate::domain::nouns::{Fund, SourceWay};
use crate::domain::office::{Office, Role};
use crate::domain::pack::CY_2021_15;
use crate::domain::private::Private;
use crate::domain::spoken_code;
use crate::ledger::wrap::Strength;
use crate::ledger::{CountyId, DeskId};
use crate::office::compose::Draft;
use crate::office::desk::{Desk, Parts};
use crate::office::import;
use crate::office::order::{self, Signed};
use crate::office::outcome::Outcome;
use crate::office::payout::export;
use crate::office::payout::template::Template;
use crate::office::place;
use crate::office::random;
use crate::office::scratch::{Hands, reach};
use crate::office::session::Session;
use crate::office::setup::{self, MadeKey, settled};
use crate::store::desk::Desk as Own;
use crate::store::fault::Fault;
use crate::store::share;
use crate::store::share::host::RealHost;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// The townships of the sample data, each with the handler who reads its ledgers.
const TOWNSHIPS: [(u16, &str); 3] = [(102, "9101"), (103, "9201"), (108, "9301")];

/// So many working days before today the office was founded: further than any rule of the notice looks back.
const FOUNDED: u32 = 60;

macro_rules! ledger {
    ($name:literal) => {
        ($name, include_bytes!(concat!("../../../sample-data/", $name)).as_slice())
    };
}

/// The ledgers of the sample data by township.
const LEDGERS: [(u16, (&str, &[u8])); 5] = [
    (102, ledger!("ledger-波罗赤镇-2023-2025.xlsx")),
    (103, ledger!("台账_木头城子_2023.csv")),
    (103, ledger!("台账_木头城子_2024.csv")),
    (103, ledger!("台账_木头城子_2025.xlsx")),
    (108, ledger!("大庙镇临时救助汇总.csv")),
];

/// The return file of the sample data, which fits the batch that the stories send.
pub(super) const RETURN: (&str, &[u8]) = ledger!("回盘_练习批次.csv");

/// Builds the office in an empty folder.
///
/// # Errors
/// The machine's; a story that the rules refuse, which is a mistake of the program and held by a test.
pub(super) fn build(folder: &Path, now: Stamp) -> Result<(), Fault> {
    let days = Days::around(now);
    let mut office = Building::found(folder, &days)?;
    let people = People::read()?;
    office.hands.set(days.at(FOUNDED, 1));
    for (township, handler) in TOWNSHIPS {
        let groups = people.drafts(township, days.back(FOUNDED)).into_iter().map(|draft| vec![draft]);
        office.turn(groups.map(|group| (handler, group)).collect())?;
    }
    office.hands.set(days.at(FOUNDED, 3));
    for (township, (name, bytes)) in LEDGERS {
        office.import(township, name, bytes)?;
    }
    office.hands.set(days.at(FOUNDED - 1, 1));
    office.sources()?;
    office.reserves()?;
    office.codes()?;
    office.relatives(&people, &days)?;
    office.findings(&days)?;
    office.stands_in(&days)?;
    office.duties(&days)?;
    let key = import::RowKey::of(&*office.session("9003")?, office.desk.county())?;
    let mut script = Script::new(&days, &people, &key);
    stories::tell(&mut script)?;
    office.play(script.events())?;
    // The bank's answer to the batch that was sent lies where the screen of returns looks.
    let answers = folder.join("desk").join("returns");
    let io = |error| Fault::of_io("写练习回盘", error);
    std::fs::create_dir_all(&answers).map_err(io)?;
    std::fs::write(answers.join(RETURN.0), RETURN.1).map_err(io)
}

struct Building {
    desk: Desk,
    hands: Hands,
    sessions: BTreeMap<OfficerNo, Arc<Session>>,
    /// The last session that carried, so that it is not taken again for nothing.
    carrier: Option<OfficerNo>,
}

impl Building {
    fn found(folder: &Path, days: &Days) -> Result<Building, Fault> {
        let (shared, own) = (folder.join("share"), folder.join("desk"));
        let county = CountyId(random::bytes()?);
        let id = Own::open(&own, DeskId(random::bytes()?))?.id();
        share::found(&shared, county, &place::workshop(&own), &mut RealHost::default())?;
        let hands = Hands::default();
        hands.set(days.at(FOUNDED, 0));
        let mut desk = Desk::open(Parts {
            log: Box::new(reach(&shared, &own, county, id, hands.clone())),
            county,
            desk: id,
            folder: own,
            clock: hands.clock(Hands::default()),
        })?;
        let mut made = keys(county, officers::officers()?)?;
        let founder = made.iter().position(|(officer, _)| officer.role == Role::Administrator).unwrap_or(0);
        let (admin, admin_key) = made.remove(founder);
        let year = hands.now().day().year();
        let session =
            setup::found(&mut desk, "211321", true, &admin.new_officer(), admin_key, CY_2021_15, year)?;
        let mut sessions = BTreeMap::from([(admin.no.clone(), session.clone())]);
        let enrolled: Vec<_> =
            made.iter().map(|(officer, key)| (officer.new_officer(), key.public.clone())).collect();
        setup::enrol(&mut desk, &session, &enrolled)?;
        for (officer, key) in made {
            let mut session = setup::session_of(&officer.no, key.keys);
            session.learn(county, desk.keys());
            sessions.insert(officer.no.clone(), Arc::new(session));
        }
        Ok(Building { desk, hands, sessions, carrier: None })
    }

    fn session(&self, officer: &str) -> Result<Arc<Session>, Fault> {
        let no = OfficerNo(officer.to_owned());
        self.sessions.get(&no).cloned().ok_or_else(|| Fault::bug(format!("练习中没有操作员 {officer}")))
    }

    fn carries(&mut self, officer: &str) -> Result<Arc<Session>, Fault> {
        let session = self.session(officer)?;
        if self.carrier.as_ref() != Some(&session.officer) {
            self.desk.sign_in(session.clone())?;
            self.carrier = Some(session.officer.clone());
        }
        Ok(session)
    }

    /// Carries groups of several authors in one turn, in the first one's session.
    fn turn(&mut self, groups: Vec<(&str, Vec<Draft>)>) -> Result<(), Fault> {
        let Some((first, _)) = groups.first() else { return Ok(()) };
        self.carries(first)?;
        // Each author has seen what was done before him, in this turn too.
        let mut seen = self.desk.head_n()?;
        let county = self.desk.county();
        let mut signed: Vec<Vec<Signed>> = Vec::with_capacity(groups.len());
        for (officer, drafts) in groups {
            let session = self.session(officer)?;
            let mut group = Vec::with_capacity(drafts.len());
            for (command, private) in drafts {
                group.push(order::sign(&session, county, seen, &command, private)?);
                seen += 1;
            }
            signed.push(group);
        }
        for (outcome, group) in self.desk.carry(&signed).into_iter().zip(&signed) {
            let verbs: Vec<&str> = group.iter().map(|signed| signed.order.verb.as_str()).collect();
            done(outcome, &verbs.join("+"))?;
        }
        Ok(())
    }

    fn import(&mut self, township: u16, name: &str, bytes: &[u8]) -> Result<(), Fault> {
        let handler =
            TOWNSHIPS.iter().find(|(code, _)| *code == township).map_or("9101", |(_, handler)| handler);
        let session = self.carries(handler)?;
        let today = self.hands.now().day();
        let ask = import::Ask { name, bytes, township: Some(township), overrides: &[], today };
        let reading = import::read(&self.desk, &session, ask)?;
        import::carry(&mut self.desk, &session, &reading, &mut |_, _| {}).map(drop)
    }

    fn reserves(&mut self) -> Result<(), Fault> {
        let mut groups = Vec::new();
        for (township, _) in TOWNSHIPS {
            for (till, fen) in [(Till::Cash, 600_000), (Till::Bank, 2_000_000)] {
                let mut private = Private::default();
                let note = private.put("note", "年初核定备用金");
                let (amount, purpose) = (Money::from_fen(fen), Purpose::Assistance);
                let allot = Allot { township, amount, till, fund: Some(Fund::Central), purpose, note };
                groups.push(("9003", vec![(Command::Allot(allot), private)]));
            }
        }
        self.turn(groups)
    }

    /// Money of the county's sources has arrived.
    fn sources(&mut self) -> Result<(), Fault> {
        let mut groups = Vec::new();
        for (fund, fen, words) in [
            (Fund::Central, 20_000_000, "困难群众救助补助资金第一批"),
            (Fund::County, 5_000_000, "县级预算一季度拨款"),
            (Fund::Donated, 1_000_000, "县慈善总会定向捐赠"),
        ] {
            let mut private = Private::default();
            let note = private.put("note", words);
            let (amount, purpose) = (Money::from_fen(fen), Purpose::Assistance);
            let arrived = MoveSource { fund, way: SourceWay::Arrive, amount, purpose, note };
            groups.push(("9003", vec![(Command::MoveSource(arrived), private)]));
        }
        self.turn(groups)
    }

    fn codes(&mut self) -> Result<(), Fault> {
        let salt: [u8; 16] = random::bytes()?;
        let (officer, codes) = officers::spoken_codes();
        let mut digests = Vec::new();
        for (index, code) in (0u32..).zip(codes) {
            let digest = spoken_code::digest(&salt, spoken_code::PRACTICE, index, code)
                .ok_or_else(|| Fault::bug("练习授权码不合规格"))?;
            digests.push(hex::encode(digest));
        }
        let issue = IssueCodes { salt: hex::encode(salt), cost: spoken_code::PRACTICE, digests };
        self.turn(vec![(officer, vec![(Command::IssueCodes(issue), Private::default())])])
    }

    /// A handler and an approver have a near relative among the people.
    fn relatives(&mut self, people: &People, days: &Days) -> Result<(), Fault> {
        let mut groups = Vec::new();
        for (township, officer) in [(102, "9102"), (103, "9202")] {
            if let Some(home) = people.homes(township, days.today()).pop() {
                let file = FileRelative {
                    officer: officer.into(),
                    person: home.head,
                    relation: None,
                    born: None,
                    township: None,
                };
                groups.push((officer, vec![(Command::FileRelative(file), Private::default())]));
            }
        }
        self.turn(groups)
    }

    /// Finance at the county stands in for a township's approver who is away these days.
    fn stands_in(&mut self, days: &Days) -> Result<(), Fault> {
        let mut private = Private::default();
        let reason = private.put("reason", "参加县里培训");
        let (since, until) = (days.today().plus(-1), days.today().plus(12));
        let delegate = Delegate { from: "9302".into(), to: "9003".into(), since, until, reason };
        self.turn(vec![("9302", vec![(Command::Delegate(delegate), private)])])
    }

    /// Who is on duty for a week, in each township and at the county, with the telephone that papers name.
    fn duties(&mut self, days: &Days) -> Result<(), Fault> {
        let lists: [(Office, &[&str], &str); 4] = [
            (Office::Township(102), &["9101", "9102"], "0421-2600102"),
            (Office::Township(103), &["9201", "9202"], "0421-2600103"),
            (Office::Township(108), &["9301", "9302"], "0421-2600108"),
            (Office::County, &["9001", "9002"], "0421-2600000"),
        ];
        let mut groups = Vec::new();
        for (office, officers, phone) in lists {
            let mut private = Private::default();
            let phone = private.put("phone", phone);
            let week = officers.iter().cycle().zip(0..7).map(|(no, later)| DutyRow {
                day: days.today().plus(later),
                officers: vec![OfficerNo::from(*no)],
                phone: phone.clone(),
            });
            let list = DutyList { office, rows: week.collect() };
            groups.push(("9001", vec![(Command::DutyList(list), private)]));
        }
        self.turn(groups)
    }

    /// The supervisor has found something at a township and at the county, with time left to put it right.
    fn findings(&mut self, days: &Days) -> Result<(), Fault> {
        let due = days.today().plus(15);
        let mut groups = Vec::new();
        for (about, words) in [
            (About::Township { township: 103 }, "备用金台账缺第一季度监盘记录，请补齐"),
            (About::Officer { officer: "9003".into() }, "拨入备用金的凭证没有附批复，请补附"),
        ] {
            let mut private = Private::default();
            let text = private.put("finding", words);
            let finding = FindingId(random::bytes()?);
            let raise = RaiseFinding { finding, about, entry: None, due, text };
            groups.push(("9004", vec![(Command::RaiseFinding(raise), private)]));
        }
        self.turn(groups)
    }

    /// A batch goes to the bank with the hash of the file that the program writes for it.
    fn with_file(&self, drafts: &mut [Draft]) -> Result<(), Fault> {
        for (command, _) in drafts {
            let Command::SendBatch(send) = command else { continue };
            let reader = self.desk.replica().reader()?;
            let batch = reader.batch(send.batch).ok_or_else(|| Fault::bug("练习中没有这一批次"))?;
            let template = Template::find("bank")?;
            send.file = export::file(&batch, &reader.roster(batch.id)?, &template, true)?.hash;
        }
        Ok(())
    }

    /// Plays the stories: everything of one moment in one turn.
    fn play(&mut self, mut events: Vec<Event>) -> Result<(), Fault> {
        events.sort_by_key(|event| event.at);
        let mut events = events.into_iter().peekable();
        while let Some(first) = events.next() {
            self.hands.set(first.at);
            let at = first.at;
            let mut together = vec![(first.by, first.drafts)];
            while let Some(event) = events.next_if(|event| event.at == at) {
                together.push((event.by, event.drafts));
            }
            for (_, drafts) in &mut together {
                self.with_file(drafts)?;
            }
            self.turn(together)?;
        }
        Ok(())
    }
}

fn done(outcome: Outcome, what: &str) -> Result<(), Fault> {
    settled(Some(outcome))
        .map(drop)
        .map_err(|fault| Fault { what: format!("练习「{what}」：{}", fault.what), ..fault })
}

/// The officers' keys, wrapped under their passwords: dear by intention, so on several threads.
fn keys(county: CountyId, officers: Vec<PracticeOfficer>) -> Result<Vec<(PracticeOfficer, MadeKey)>, Fault> {
    let threads = std::thread::available_parallelism().map_or(2, usize::from).min(4);
    let share = officers.len().div_ceil(threads).max(1);
    let make = |officer: &PracticeOfficer| {
        let made = setup::make_key(county, Some((officer.password.as_str(), Strength::Practice)))?;
        Ok((officer.clone(), made))
    };
    let made: Vec<Result<(PracticeOfficer, MadeKey), Fault>> = std::thread::scope(|scope| {
        let workers: Vec<_> = officers
            .chunks(share)
            .map(|chunk| scope.spawn(move || chunk.iter().map(make).collect::<Vec<_>>()))
            .collect();
        let gone = || vec![Err(Fault::bug("生成密钥的线程中断"))];
        workers.into_iter().flat_map(|worker| worker.join().unwrap_or_else(|_| gone())).collect()
    });
    made.into_iter().collect()
}
