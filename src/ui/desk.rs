//! The desk on the screen: opens the terminal, the worker and the host, and runs the loop until the officer leaves.

use super::app::App;
use super::frame;
use super::host::{Host, Inward, Line, PracticeList};
use super::keymap::KeyMap;
use super::product::Place;
use super::run::{self, Event};
use super::terminal::{COLS_MIN, ROWS_MIN, Terminal};
use super::theme::Theme;
use crate::office::backup::Plan;
use crate::office::backup::daily::Daily;
use crate::office::desk::{Clock, Desk};
use crate::office::front::{Front, Parts};
use crate::office::keeper::Keeper;
use crate::office::worker::{Job, News, Standing, Watch, Worker};
use crate::store::fault::{Fault, FaultKind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

/// How the screen looks: what the user's files say, as read by whoever starts the desk.
#[derive(Clone, Debug, Default)]
pub struct Look {
    /// The theme's name; empty for the usual one.
    pub theme: String,
    /// The text of the user's theme file.
    pub theme_file: Option<String>,
    /// The text of the user's key file.
    pub keys_file: Option<String>,
    /// The text of the office's own phrases (常用语).
    pub phrases_file: Option<String>,
    /// No colours are wanted (`NO_COLOR`).
    pub no_colour: bool,
    /// How long nobody types before the screen is blanked (锁屏).
    pub idle: Duration,
}

/// What the screen is opened on.
pub struct Opening {
    /// The engine; it goes to the worker's thread.
    pub desk: Desk,
    /// The desk's own file.
    pub keeper: Keeper,
    /// The watch over the way to the share.
    pub watch: Watch,
    /// The folder of the desk's own files.
    pub folder: PathBuf,
    /// The shared folder, as the sign-in screen names it.
    pub share: String,
    /// The sentence of a second window: it only looks.
    pub read_only: Option<String>,
    /// The desk's clock.
    pub clock: Clock,
    /// Practice officers with their passwords; empty in a real office.
    pub practice: PracticeList,
    /// How it looks.
    pub look: Look,
    /// What backups are made of; none in practice.
    pub backup: Option<Plan>,
}

/// Runs the desk until the officer leaves.
///
/// # Errors
/// No terminal, or one that cannot be used; the sentence says what to do.
pub fn open(opening: Opening) -> Result<(), Fault> {
    let mut terminal = Terminal::open().map_err(no_terminal)?;
    let (cols, rows) = terminal.size();
    if !frame::fits(cols, rows) {
        // Dropped first, so that the sentence stands on the screen that the person sees.
        drop(terminal);
        return Err(too_small(cols, rows));
    }
    let (events, queue) = channel::<Event>();
    let name = if opening.look.theme.is_empty() { "plain" } else { &opening.look.theme };
    let (theme, mut warnings) = Theme::load(name, opening.look.theme_file.as_deref(), opening.look.no_colour);
    let (keys, more) = KeyMap::load(opening.look.keys_file.as_deref());
    warnings.extend(more);
    let phrases = opening.look.phrases_file.as_deref();
    warnings.extend(phrases.and_then(|text| crate::forms::tables::sayings::tell(text).err()));
    warnings.extend(opening.read_only.clone());
    let line = Line::new(events.clone());
    let voice = line.voice();
    let (county, book) = (opening.desk.county(), Arc::new(opening.desk.keys().clone()));
    let worker = match opening.read_only {
        None => {
            let voice = voice.clone();
            let say = move |news| voice.tell(Inward::News(news));
            let worker = Worker::start(opening.desk, opening.keeper.clone(), opening.watch, Box::new(say))?;
            let daily = opening.backup.clone().and_then(|plan| Daily::of(plan, opening.clock.clone()));
            if let Some(daily) = daily {
                worker.give(Job::Daily(daily));
            }
            worker
        }
        Some(_) => {
            voice.tell(Inward::News(News::Drive(Standing::second_window(), 0)));
            Worker::none()
        }
    };
    let mut front = Front::new(Parts {
        county,
        folder: opening.folder,
        keeper: opening.keeper,
        worker,
        keys: book,
        clock: opening.clock,
    });
    if let Some(plan) = opening.backup {
        front.remind_of_backups(plan.target.is_some());
    }
    let host = Host::new(front, line, opening.share, opening.practice);
    run::listen(events).map_err(no_terminal)?;
    let mut app = App::new(host, Place::SignIn, (theme, keys), &warnings, terminal.size());
    let ran = run::run(&mut app, &mut terminal, &queue, opening.look.idle);
    app.desk().front().leave();
    ran.map_err(no_terminal)
}

/// A window that is too small from the start; one that shrinks later shows the sentence until it is enlarged.
fn too_small(cols: u16, rows: u16) -> Fault {
    Fault::new(
        FaultKind::Config,
        format!("终端窗口太小：现在 {cols} 列 {rows} 行，至少要 {COLS_MIN} 列 {ROWS_MIN} 行"),
        "请把窗口拉大后再打开",
    )
}

fn no_terminal(error: std::io::Error) -> Fault {
    Fault {
        source: Some(Box::new(error)),
        ..Fault::new(
            FaultKind::Config,
            "这里没有可用的终端窗口",
            "请在终端窗口里直接运行，不要接管道或重定向",
        )
    }
}
