//! Where a log lies (何处) that somebody wants proved: a share, a desk's own folder, a backup, loose log files. Opened for
//! reading alone, without a desk and without an account; what has to be put in order first is put in order on a copy in
//! the system's temporary folder, which is gone afterwards.

use crate::ledger::{CountyId, DeskId, Row};
use crate::office::{backup, random};
use crate::store::backup::{Rows, SegmentName, holds_backup};
use crate::store::entries::Entries;
use crate::store::fault::{Fault, FaultKind};
use crate::store::log::Log as _;
use crate::store::share::drive::RealDrive;
use crate::store::share::host::RealHost;
use crate::store::share::loose::{self, Chain, Loose};
use crate::store::share::{self, NoWitness, SEGMENT, Setting, Share, ShareTime};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A folder of the system's for copies; it goes with whoever holds it.
pub struct Workshop(PathBuf);

impl Workshop {
    /// A name that nobody has. The folder is made by whoever needs it.
    ///
    /// # Errors
    /// No random source.
    pub fn new() -> Result<Workshop, Fault> {
        let name = format!("jiuji-verify-{}", hex::encode(random::bytes::<8>()?));
        Ok(Workshop(std::env::temp_dir().join(name)))
    }

    /// Its path.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Workshop {
    fn drop(&mut self) {
        // What is left of it lies in the system's temporary folder.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A log that was found.
pub struct Place {
    /// Whose.
    pub county: CountyId,
    /// What it is, in Chinese, for the first line of a report.
    pub what: String,
    /// What has to be known besides, in Chinese: files that were passed over.
    pub notes: Vec<String>,
    pub(super) log: Source,
    /// Where newer files of a single log file may lie.
    folder: Option<PathBuf>,
    /// Kept as long as the log is read.
    _workshop: Workshop,
}

/// How it is read.
pub(super) enum Source {
    Share(Box<Share>),
    Entries(Entries),
    Backup { rows: Box<Rows>, folder: PathBuf },
    Files { chain: Chain, others: Vec<Loose>, before: Option<Box<Place>> },
}

impl Place {
    /// Finds the log at a path. `beside` is where entries may lie that come before loose files.
    ///
    /// # Errors
    /// Nothing there that is a log of ours; a file of it cannot be read.
    pub fn find(path: &Path, beside: Option<&Path>) -> Result<Place, Fault> {
        if !path.exists() {
            let what = format!("找不到 {}", path.display());
            return Err(Fault::new(FaultKind::Config, what, "请检查路径；网络盘请先连接"));
        }
        if path.is_file() {
            return Place::of_file(path, beside);
        }
        for file in [path.join("entries.db"), path.join("desk").join("entries.db")] {
            if file.exists() {
                return Place::of_entries(&file);
            }
        }
        if holds_backup(path) {
            return Place::of_backup(path, None);
        }
        let found = share::county_of(path);
        match found {
            Ok(county) => Place::of_share(path, county),
            Err(fault) => {
                let workshop = Workshop::new()?;
                let (files, unread) = loose::survey(path, workshop.path())?;
                if files.is_empty() {
                    Err(fault)
                } else {
                    Place::of_files(files, None, unread, workshop, beside)
                }
            }
        }
    }

    fn of_file(path: &Path, beside: Option<&Path>) -> Result<Place, Fault> {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        if let Some(segment) = SegmentName::parse(name) {
            // Its entries are proved by those before it, which lie beside it.
            return Place::of_backup(folder, Some(segment.last));
        }
        let workshop = Workshop::new()?;
        if let Ok(file) = Loose::open(path, workshop.path()) {
            let (mut files, _) = loose::survey(folder, workshop.path())?;
            files.retain(|other| {
                other.name != file.name && other.county == file.county && other.file < file.file
            });
            files.push(file);
            let end = files.len() - 1;
            let mut place = Place::of_files(files, Some(end), Vec::new(), workshop, beside)?;
            place.folder = Some(folder.to_owned());
            return Ok(place);
        }
        Place::of_entries(path)
    }

    fn of_entries(file: &Path) -> Result<Place, Fault> {
        let workshop = Workshop::new()?;
        let (county, entries) = Entries::read(file, workshop.path())?;
        let what = format!("本机保存的记录 {}", file.display());
        Ok(Place {
            county,
            what,
            notes: Vec::new(),
            log: Source::Entries(entries),
            folder: None,
            _workshop: workshop,
        })
    }

    fn of_backup(folder: &Path, up_to: Option<u64>) -> Result<Place, Fault> {
        let workshop = Workshop::new()?;
        let mut rows = backup::rows(folder, workshop.path())?;
        if let Some(up_to) = up_to {
            rows.up_to(up_to);
        }
        let log = Source::Backup { rows: Box::new(rows), folder: folder.to_owned() };
        let county = log.county();
        let what = format!("备份 {}", folder.display());
        Ok(Place { county, what, notes: Vec::new(), log, folder: None, _workshop: workshop })
    }

    /// Reads a share with a workshop of its own, so that verifying needs no desk here.
    fn of_share(folder: &Path, county: CountyId) -> Result<Place, Fault> {
        let workshop = Workshop::new()?;
        let share = Share::open(Setting {
            folder: folder.to_owned(),
            county,
            desk: DeskId(random::bytes()?),
            officer: String::new(),
            workshop: workshop.path().to_owned(),
            may_write: false,
            time: ShareTime::TurnFile,
            drive: Arc::new(RealDrive),
            host: Box::new(RealHost::default()),
            witness: Box::new(NoWitness),
            segment: SEGMENT,
        })?;
        let what = format!("共享日志 {}", folder.display());
        let log = Source::Share(Box::new(share));
        Ok(Place { county, what, notes: Vec::new(), log, folder: None, _workshop: workshop })
    }

    fn of_files(
        files: Vec<Loose>,
        end: Option<usize>,
        unread: Vec<String>,
        workshop: Workshop,
        beside: Option<&Path>,
    ) -> Result<Place, Fault> {
        // Where none is meant, the one that reaches furthest.
        let end = end.or_else(|| (0..files.len()).max_by_key(|at| (files[*at].last, files[*at].file)));
        let chain = Chain::to(end.unwrap_or(0), &files);
        let county = chain.files.first().map_or(CountyId([0; 16]), |file| file.county);
        let names: Vec<&str> = chain.files.iter().map(|file| file.name.as_str()).collect();
        let what = format!("日志文件 {}", names.join("、"));
        let mut notes: Vec<String> =
            unread.iter().map(|name| format!("文件 {name} 读不出来，没有核验")).collect();
        let before = match beside {
            Some(path) if chain.first() > 1 => {
                let place = Place::find(path, None)?;
                if place.county != county {
                    return Err(Fault::new(
                        FaultKind::User,
                        format!("{} 是另一个县的，不能用来核验这些文件", path.display()),
                        "请用同一个县的电脑文件夹或备份",
                    ));
                }
                notes.push(format!("第 {} 条以前取自{}", chain.first(), place.what));
                Some(Box::new(place))
            }
            None if chain.first() > 1 => {
                return Err(Fault::new(
                    FaultKind::User,
                    format!(
                        "文件 {} 从第 {} 条开始，前面的记录不在这里",
                        names.first().unwrap_or(&""),
                        chain.first()
                    ),
                    "请把较早的 log 文件放在同一个文件夹里，或加 --beside 写明有前面记录的文件夹",
                ));
            }
            _ => None,
        };
        let mut others = files;
        others.retain(|file| !chain.files.contains(file));
        let log = Source::Files { chain, others, before };
        Ok(Place { county, what, notes, log, folder: None, _workshop: workshop })
    }

    /// Of a single log file: everything that lies in its folder. It goes on where the file ends.
    pub fn around(&self) -> Option<Place> {
        Place::find(self.folder.as_deref()?, None).ok()
    }

    /// Whether entries that came later may lie elsewhere.
    pub fn may_go_on(&self) -> bool {
        matches!(self.log, Source::Files { .. })
    }

    /// The rows after `n`, in order, at most `limit`. Not verified.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn after(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        self.log.after(n, limit)
    }
}

impl Source {
    fn county(&self) -> CountyId {
        match self {
            Source::Backup { rows, .. } => rows.county(),
            _ => CountyId([0; 16]),
        }
    }

    fn after(&mut self, n: u64, limit: usize) -> Result<Vec<Row>, Fault> {
        match self {
            Source::Share(share) => share.after(n, limit),
            Source::Entries(entries) => entries.after(n, limit),
            Source::Backup { rows, .. } => rows.after(n, limit),
            Source::Files { chain, before, .. } => match before {
                Some(place) if n.saturating_add(1) < chain.first() => {
                    let left = usize::try_from(chain.first() - n - 1).unwrap_or(usize::MAX);
                    place.after(n, limit.min(left))
                }
                _ => chain.after(n, limit),
            },
        }
    }
}
