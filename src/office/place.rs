//! Where things lie on this PC (本机位置): the data folder, the settings of the workstation, and opening a desk in them.
//! The data folder belongs to one PC: on a network path it is refused, because SQLite's locks cannot be relied on there
//! and what it keeps in plain text would be everybody's.

mod network;
mod open;

pub(crate) use open::setting;
pub use open::{Open, later_clock, machine_clock, open_desk, open_desk_later};

use crate::ledger::CountyId;
use crate::store::fault::{Fault, FaultKind};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The data folder's own name under the system's folder for data of programs.
const NAME: &str = "jiuji";
/// Minutes without a key after which the screen is blanked, where the settings say nothing.
const LOCK_MINUTES: u64 = 5;

/// Where the files of this PC lie.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The data folder.
    pub data: PathBuf,
    /// The file with the workstation's settings.
    pub config: PathBuf,
}

impl Place {
    /// As the environment and the system say: `JIUJI_DATA` and `JIUJI_CONFIG`, else the user's own folder.
    ///
    /// # Errors
    /// A PC without a folder for the user's data; a data folder on a network path.
    pub fn of_machine() -> Result<Place, Fault> {
        let data = match env_path("JIUJI_DATA") {
            Some(folder) => folder,
            None => system_folder().ok_or_else(|| {
                Fault::new(
                    FaultKind::Config,
                    "找不到本用户的数据文件夹",
                    "请设置环境变量 JIUJI_DATA，指向本机硬盘上的一个文件夹",
                )
            })?,
        };
        let config = env_path("JIUJI_CONFIG").unwrap_or_else(|| data.join("workstation.toml"));
        Place::at(data, config)
    }

    /// At a given place.
    ///
    /// # Errors
    /// A data folder on a network path.
    pub fn at(data: PathBuf, config: PathBuf) -> Result<Place, Fault> {
        if network::is_remote(&data) {
            return Err(Fault::new(
                FaultKind::Config,
                format!("数据文件夹 {} 在网络盘上，不能使用", data.display()),
                "请把 JIUJI_DATA 改到本机硬盘；网络盘只放共享日志",
            ));
        }
        Ok(Place { data, config })
    }

    /// The theme that the workstation's settings name, without asking for anything else in them: practice needs no county.
    /// Empty where none is named or the file cannot be read.
    pub fn theme(&self) -> String {
        std::fs::read_to_string(&self.config)
            .ok()
            .and_then(|text| text.parse::<toml::Table>().ok())
            .and_then(|table| table.get("theme")?.as_str().map(str::to_owned))
            .unwrap_or_default()
    }

    /// How long nobody types before the screen is blanked: `lock_minutes` of the workstation's settings, 1 to 60.
    pub fn idle(&self) -> Duration {
        let told = std::fs::read_to_string(&self.config)
            .ok()
            .and_then(|text| text.parse::<toml::Table>().ok())
            .and_then(|table| table.get("lock_minutes")?.as_integer());
        let minutes = told.and_then(|minutes| u64::try_from(minutes).ok()).unwrap_or(LOCK_MINUTES);
        Duration::from_secs(60 * minutes.clamp(1, 60))
    }

    /// The folder of the desk's own files.
    pub fn desk(&self) -> PathBuf {
        self.data.join("desk")
    }

    /// The folder of the practice office (练习), apart from everything else.
    pub fn practice(&self) -> PathBuf {
        self.data.join("practice")
    }

    /// The workstation's settings; none before the first county is founded or joined here, also where only a theme is set.
    ///
    /// # Errors
    /// A file that cannot be read or understood.
    pub fn settings(&self) -> Result<Option<Settings>, Fault> {
        let text = match std::fs::read_to_string(&self.config) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(Fault::of_io("读取本机设置", error)),
        };
        // Whoever only chose a theme, for practising, belongs to no county yet.
        let only_a_theme = |table: &toml::Table| {
            table.get("theme").is_some_and(toml::Value::is_str) && table.keys().all(|key| key == "theme")
        };
        if text.parse::<toml::Table>().as_ref().is_ok_and(only_a_theme) {
            return Ok(None);
        }
        toml::from_str(&text).map(Some).map_err(|error| Fault {
            source: Some(Box::new(error)),
            ..Fault::new(
                FaultKind::Config,
                format!("本机设置 {} 读不懂", self.config.display()),
                "请改正这个文件，或把它移走后重新加入本县",
            )
        })
    }

    /// The settings, where a command needs them.
    ///
    /// # Errors
    /// As [`Place::settings`], and where there are none yet.
    pub fn needed_settings(&self) -> Result<Settings, Fault> {
        self.settings()?.ok_or_else(|| {
            Fault::new(
                FaultKind::Config,
                "本机还没有加入任何县",
                "请先用 jiuji found 建库，或用 jiuji join 加入；只想试用请用 jiuji practice",
            )
        })
    }

    /// Writes the settings: beside the old file first, so that a power cut leaves one of the two.
    ///
    /// # Errors
    /// The file cannot be written.
    pub fn keep(&self, settings: &Settings) -> Result<(), Fault> {
        let io = |error| Fault::of_io("保存本机设置", error);
        let text = toml::to_string(settings).map_err(|error| Fault::bug(error.to_string()))?;
        if let Some(folder) = self.config.parent() {
            std::fs::create_dir_all(folder).map_err(io)?;
        }
        let beside = self.config.with_extension("toml.new");
        std::fs::write(&beside, text).map_err(io)?;
        std::fs::rename(&beside, &self.config).map_err(io)
    }
}

/// The workstation's settings, `workstation.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The shared folder.
    pub share: PathBuf,
    /// The county whose log must be in it, hex.
    pub county: String,
    /// What this desk is called in lists of desks.
    #[serde(default)]
    pub desk: String,
    /// The theme; empty for the default.
    #[serde(default)]
    pub theme: String,
    /// Minutes without a key after which the screen is blanked (锁屏); none for the usual five.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lock_minutes: Option<u32>,
    /// A second folder, or a stick, to which the log is copied every day; none where none is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub backup: Option<PathBuf>,
}

impl Settings {
    /// The county.
    ///
    /// # Errors
    /// Digits that name none.
    pub fn county_id(&self) -> Result<CountyId, Fault> {
        CountyId::from_hex(&self.county).ok_or_else(|| {
            Fault::new(
                FaultKind::Config,
                "本机设置里的县标识不成形",
                "请把 workstation.toml 移走后重新加入本县",
            )
        })
    }
}

/// A path out of the environment, made absolute; an empty variable is none.
fn env_path(name: &str) -> Option<PathBuf> {
    let value = std::env::var_os(name).filter(|value| !value.is_empty())?;
    Some(std::path::absolute(&value).unwrap_or_else(|_| PathBuf::from(value)))
}

#[cfg(windows)]
fn system_folder() -> Option<PathBuf> {
    env_path("LOCALAPPDATA").map(|folder| folder.join(NAME))
}

#[cfg(not(windows))]
fn system_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", NAME).map(|dirs| dirs.data_local_dir().to_owned())
}

/// Where the files of a county that is founded from this PC lie before the desk knows it.
pub fn workshop(desk: &Path) -> PathBuf {
    desk.join("workshop")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(folder: &Path) -> Place {
        Place::at(folder.join("data"), folder.join("config/workstation.toml")).unwrap()
    }

    #[test]
    fn practice_reads_the_theme_of_settings_that_name_no_county() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::at(folder.path().to_owned(), folder.path().join("workstation.toml")).unwrap();
        assert_eq!(place.theme(), "");
        std::fs::write(&place.config, "theme = \"mono\"\n").unwrap();
        assert_eq!(place.theme(), "mono");
        assert_eq!(place.settings().unwrap(), None, "a county can still be founded or joined here");
        std::fs::write(&place.config, "theme = \"mono\"\ncounty = \"ab\"\n").unwrap();
        assert_eq!(place.settings().unwrap_err().kind, FaultKind::Config);
        std::fs::write(&place.config, "theme = ").unwrap();
        assert_eq!(place.theme(), "", "settings that cannot be read are no reason not to practise");
    }

    #[test]
    fn settings_are_kept_and_read_back() {
        let dir = tempfile::tempdir().unwrap();
        let place = place(dir.path());
        assert_eq!(place.settings().unwrap(), None);
        assert_eq!(place.needed_settings().unwrap_err().kind, FaultKind::Config);
        let settings = Settings {
            share: "/srv/救助".into(),
            county: "07".repeat(16),
            desk: "窗口一".into(),
            theme: String::new(),
            lock_minutes: None,
            backup: Some("/media/usb/备份".into()),
        };
        place.keep(&settings).unwrap();
        assert_eq!(place.settings().unwrap(), Some(settings.clone()));
        assert_eq!(settings.county_id().unwrap(), CountyId([7; 16]));
    }

    #[test]
    fn settings_that_are_not_understood_are_said_and_left_alone() {
        let dir = tempfile::tempdir().unwrap();
        let place = place(dir.path());
        std::fs::create_dir_all(place.config.parent().unwrap()).unwrap();
        std::fs::write(&place.config, "share = 7").unwrap();
        assert_eq!(place.settings().unwrap_err().kind, FaultKind::Config);
        assert_eq!(std::fs::read_to_string(&place.config).unwrap(), "share = 7");
    }
}
