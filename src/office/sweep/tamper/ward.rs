//! The county whose log is wounded: some forty entries of every kind, copies of its share, and the desks that look at them.

use crate::base::day::{Day, Stamp};
use crate::domain::command::Command;
use crate::domain::command::kernel::KeyRevoke;
use crate::domain::fund::Till;
use crate::domain::private::Private;
use crate::ledger::{Body, CountyId, DeskId, Row};
use crate::office::compose::Draft;
use crate::office::desk::{Desk, Parts};
use crate::office::reach::Reach;
use crate::office::scratch::{self, Hands, Scratch};
use crate::office::sweep::acts::{self, HANDLER, Opened};
use crate::office::{random, setup};
use crate::store::entries::Entries;
use crate::store::fault::Fault;
use crate::store::share::host::Host;
use crate::store::share::wound::live_file;
use crate::store::share::{Setting, Share};
use std::cell::Cell;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The administrator's number.
pub(super) const ADMIN: &str = "9000";
/// The handler whose key was revoked.
pub(super) const REVOKED: &str = "1023";
/// What the case that waits for a decision asks for.
pub(super) const ASKED: i64 = 20_000;

/// A PC whose time passes only while it waits: what is damaged is read again without anybody waiting.
struct Hurried(Duration);

impl Host for Hurried {
    fn now(&mut self) -> Duration {
        self.0
    }

    fn sleep(&mut self, time: Duration) {
        self.0 = self.0.saturating_add(time);
    }

    fn random(&mut self, bytes: &mut [u8]) -> Result<(), Fault> {
        getrandom::fill(bytes).map_err(|_| Fault::bug("系统不提供随机数"))
    }
}

/// The log itself, which many threads may wound copies of at once.
pub(in crate::office::sweep) struct Yard {
    root: PathBuf,
    share: PathBuf,
    county: CountyId,
    now: Stamp,
    /// The log.
    pub(in crate::office::sweep) rows: Vec<Row>,
    /// The same, read.
    pub(super) bodies: Vec<Body>,
}

/// The county.
pub(in crate::office::sweep) struct Ward {
    /// Its log.
    pub(in crate::office::sweep) yard: Yard,
    /// The office that wrote the log.
    pub(super) office: Scratch,
    /// A case that waits for the township's decision.
    pub(super) waiting: Opened,
    /// The first entry of another county.
    pub(super) foreign: Row,
    /// The longest that a desk took to read a wounded log and to say what is wrong with it.
    slowest: Cell<Duration>,
}

impl Ward {
    /// Founds it.
    ///
    /// # Errors
    /// The machine's; what the rules refuse.
    pub(in crate::office::sweep) fn found(root: &Path) -> Result<Ward, Fault> {
        let day = Day::new(2026, 3, 2).ok_or_else(|| Fault::bug("没有这一天"))?;
        let start = Stamp::at(day, 9, 0);
        let mut office = Scratch::found(&acts::officers(), start, false)?;
        let mut minute = 0;
        let mut act = |office: &mut Scratch, by: &str, drafts: Vec<Draft>| -> Result<(), Fault> {
            minute += 1;
            office.at(start.plus_minutes(minute));
            let acts = drafts.into_iter().map(|(command, private)| (by.into(), command, private)).collect();
            setup::settled(Some(office.act(acts)?)).map(drop)
        };
        let now = |office: &Scratch| office.now();
        act(
            &mut office,
            "9001",
            vec![acts::arrival(900_000), acts::allot(500_000, Till::Bank), acts::withdraw_cash(300_000)],
        )?;
        let mut waiting = acts::case(day, ASKED)?;
        let mut drafts = std::mem::take(&mut waiting.drafts);
        drafts.push(acts::submit(waiting.case));
        act(&mut office, HANDLER, drafts)?;
        let paid = acts::case(day, ASKED)?;
        act(&mut office, HANDLER, paid.drafts)?;
        let telephoned = now(&office);
        act(&mut office, HANDLER, vec![acts::direct(paid.case, paid.lines, &"1022".into(), telephoned)])?;
        let key = office.session(&REVOKED.into())?.signing.id().to_string();
        let revoke = Command::KeyRevoke(KeyRevoke { officer: REVOKED.into(), key, since: None });
        act(&mut office, ADMIN, vec![(revoke, Private::default())])?;
        for _ in 0..8 {
            let called = now(&office);
            act(&mut office, HANDLER, vec![acts::person()?.1, acts::lead(called)?])?;
        }
        let other = Scratch::found(&acts::officers(), start, false)?;
        let foreign = held(&other)?.into_iter().next().ok_or_else(|| Fault::bug("没有记录"))?;
        Ward::of(root, office, waiting, foreign)
    }

    /// The county of an office that has written its log.
    ///
    /// # Errors
    /// The disk's.
    pub(super) fn of(root: &Path, office: Scratch, waiting: Opened, foreign: Row) -> Result<Ward, Fault> {
        let rows = held(&office)?;
        let bodies = rows.iter().map(|row| Body::from_text(&row.body)).collect::<Result<_, _>>();
        let bodies = bodies.map_err(|error| Fault::damaged(error.to_string()))?;
        let (share, county, now) = (office.share_folder(), office.desk().county(), office.now());
        let yard = Yard { root: root.to_owned(), share, county, now, rows, bodies };
        Ok(Ward { yard, office, waiting, foreign, slowest: Cell::default() })
    }

    /// Notes how long a desk took to read and judge a wounded log.
    pub(super) fn took(&self, time: Duration) {
        self.slowest.set(self.slowest.get().max(time));
    }

    /// The longest of them, in words.
    pub(super) fn slowest(&self) -> String {
        format!("从拉取到指出最慢 {} 毫秒", self.slowest.get().as_millis())
    }
}

impl std::ops::Deref for Ward {
    type Target = Yard;

    fn deref(&self) -> &Yard {
        &self.yard
    }
}

impl Yard {
    /// The county.
    pub(in crate::office::sweep) fn county(&self) -> CountyId {
        self.county
    }

    /// How many entries there are.
    pub(in crate::office::sweep) fn last(&self) -> u64 {
        self.rows.len() as u64
    }

    /// A copy of the share under a name.
    ///
    /// # Errors
    /// The disk's.
    pub(in crate::office::sweep) fn scene(&self, name: &str) -> Result<Scene, Fault> {
        let folder = self.root.join(name);
        let share = folder.join("share");
        copy(&self.share, &share).map_err(|error| Fault::of_io("复制共享文件夹", error))?;
        let file = live_file(&share)?;
        Ok(Scene { folder, share, file })
    }

    /// A desk on a copy, which has seen the first `seen` entries before.
    ///
    /// # Errors
    /// The disk's.
    pub(in crate::office::sweep) fn desk(&self, scene: &Scene, seen: u64) -> Result<Desk, Fault> {
        let own = scene.folder.join(format!("desk-{seen}"));
        std::fs::create_dir_all(&own).map_err(|error| Fault::of_io("建立本机文件夹", error))?;
        let county = self.county();
        let seen: Vec<Row> = self.rows.iter().filter(|row| row.n <= seen).cloned().collect();
        Entries::open(&own.join("entries.db"), county)?.append(&seen)?;
        let hands = Hands::default();
        hands.set(self.now);
        let (clock, desk) = (hands.clock(Hands::default()), DeskId(random::bytes()?));
        let log = hurried(&scene.share, &own, county, desk, hands);
        Desk::open(Parts { log: Box::new(log), county, desk, folder: own, clock })
    }
}

/// The log of a copy, for a PC that has seen nothing and never waits.
///
/// # Errors
/// No random source.
pub(in crate::office::sweep) fn reach(share: &Path, own: &Path, county: CountyId) -> Result<Reach, Fault> {
    Ok(hurried(share, own, county, DeskId(random::bytes()?), Hands::default()))
}

/// The log of a copy, for a PC that never waits.
pub(in crate::office::sweep) fn hurried(
    share: &Path,
    own: &Path,
    county: CountyId,
    desk: DeskId,
    hands: Hands,
) -> Reach {
    let (share, own) = (share.to_owned(), own.to_owned());
    Reach::new(Box::new(move || Share::open(setting(&share, &own, county, desk, hands.clone()))))
}

/// How a PC that never waits reaches a share.
pub(in crate::office::sweep) fn setting(
    share: &Path,
    own: &Path,
    county: CountyId,
    desk: DeskId,
    hands: Hands,
) -> Setting {
    scratch::setting(share, own, county, desk, hands, Box::new(Hurried(Duration::from_secs(1))))
}

/// Every entry that an office holds.
fn held(office: &Scratch) -> Result<Vec<Row>, Fault> {
    Entries::open(&office.desk_folder().join("entries.db"), office.desk().county())?.after(0, usize::MAX)
}

/// A copy of the share, to be wounded.
pub(in crate::office::sweep) struct Scene {
    folder: PathBuf,
    /// The share.
    pub(in crate::office::sweep) share: PathBuf,
    /// Its log file.
    pub(in crate::office::sweep) file: PathBuf,
}

impl Drop for Scene {
    fn drop(&mut self) {
        // It lies in the sweep's folder and goes with it at the latest.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// Copies a folder with everything in it.
///
/// # Errors
/// The disk's.
pub(in crate::office::sweep) fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?
        } else {
            std::fs::copy(entry.path(), target).map(drop)?
        }
    }
    Ok(())
}
