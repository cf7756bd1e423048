//! The monkey (乱按): random keys, pastes and window sizes on the real screens over a real desk, in a practice office of its
//! own. No panic, no screen without a way out by Esc or F3, no glyph of uncertain width, no question without an answer.
//! A layer of the sweep that lives on this floor, because only here there are screens.
//!
//! The same seed presses the same keys; what the worker's thread says meanwhile comes when it comes.

use super::app::{App, Step};
use super::burst::Input;
use super::host::{Host, Inward, Line, PracticeList};
use super::key::Key;
use super::keymap::KeyMap;
use super::product::Place;
use super::run::Event;
use super::theme::Theme;
use crate::office::front::{Front, Parts};
use crate::office::place::{self, Place as Folders, machine_clock};
use crate::office::practice;
use crate::office::sweep::rng::Rng;
use crate::office::sweep::{Layer, Order, Report, Size};
use crate::office::worker::Worker;
use crate::store::fault::{Fault, FaultKind};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use std::collections::{BTreeMap, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};
use unicode_width::UnicodeWidthStr as _;

/// The layer.
pub const LAYER: Layer = Layer { name: "keys", run };

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(60);
/// After so many keys the way out is looked for.
const WAY_OUT: u64 = 250;
/// So many presses of Esc and F3 must lead out of anything.
const PRESSES: usize = 40;
/// Screens where every way out ends.
const OUTSIDE: [&str; 2] = ["登录", "工作台"];
/// The fewest kinds of screen that must have been seen.
const KINDS: usize = 12;

/// What is typed.
const LETTERS: &str = "0123456789123450.-+*。．xXａ王桂兰张三𠮷葛\u{E0100}\u{200D}\u{0301}_ ，zqwgls";
/// What is pasted.
const PASTED: [&str; 9] = [
    "211321196804120012\n",
    "王桂兰",
    "突发__火灾\n再",
    "500.00\n",
    "\u{202E}坏\u{1b}[2J\u{9b}",
    "..\n..\n",
    "99999999999999999999",
    "𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷𠮷",
    "\t\t\t1\t2\t\n",
];
const MOVES: [Key; 15] = [
    Key::Up,
    Key::Down,
    Key::Down,
    Key::Left,
    Key::Right,
    Key::PgUp,
    Key::PgDn,
    Key::Home,
    Key::End,
    Key::Tab,
    Key::BackTab,
    Key::Backspace,
    Key::Delete,
    Key::CtrlHome,
    Key::CtrlEnd,
];

/// What panicked, on whichever thread.
static PANICS: Mutex<Vec<String>> = Mutex::new(Vec::new());

/// Runs the layer.
///
/// # Errors
/// The machine's.
fn run(root: &Path, order: Order<'_>) -> Result<Report, Fault> {
    let events = match order.size {
        Size::Small => 10_000,
        Size::Full => 1_000_000,
        Size::Release => 100_000_000,
    };
    let mut report = Report::default();
    (order.told)("建立练习");
    let folders = Folders::at(root.join("data"), root.join("data").join("workstation.toml"))?;
    drop(practice::open(&folders, (machine_clock())(), true)?);
    let hook = std::panic::take_hook();
    std::panic::set_hook(Box::new(|info| {
        let mut all = PANICS.lock().unwrap_or_else(PoisonError::into_inner);
        all.push(info.to_string().replace('\n', " "));
    }));
    let began = Instant::now();
    let pressed = press(&folders, events, order.seed, order.told, &mut report);
    std::panic::set_hook(hook);
    let (count, seen) = pressed?;
    report.broken.extend(PANICS.lock().unwrap_or_else(PoisonError::into_inner).drain(..).take(5));
    report.lines.push(format!(
        "乱按 {count} 次，每秒 {:.0} 次；屏 {} 种：{}",
        count as f64 / began.elapsed().as_secs_f64().max(0.001),
        seen.len(),
        seen.keys().copied().collect::<Vec<_>>().join("、")
    ));
    report.hold(seen.len() >= KINDS, || format!("只到过 {} 种屏：这次总检说明不了什么", seen.len()));
    Ok(report)
}

type Seen = BTreeMap<&'static str, u64>;

fn press(
    folders: &Folders,
    events: u64,
    seed: u64,
    told: &mut dyn FnMut(&str),
    report: &mut Report,
) -> Result<(u64, Seen), Fault> {
    let mut rng = Rng::new(seed);
    let (mut count, mut left, mut seen) = (0, 0, Seen::new());
    while count < events && report.broken.is_empty() {
        let mut monkey = Monkey::open(folders, Rng::new(rng.draw()))?;
        // The program is left and opened again now and then, as it is every day.
        let end = (count + 20_000).min(events);
        while count < end && report.broken.is_empty() {
            count += 1;
            let went = catch_unwind(AssertUnwindSafe(|| monkey.once(count)));
            if let Err(why) = went.unwrap_or_else(|_| Err("程序崩溃".to_owned())) {
                report.broken.push(format!("第 {count} 次：{why}；最后的键 {}", monkey.last_keys()));
            }
            if count.is_multiple_of(1_000) {
                told(&format!("乱按 {count}/{events}"));
            }
        }
        for (name, times) in &monkey.seen {
            *seen.entry(name).or_default() += times;
        }
        left += monkey.left;
        monkey.close();
    }
    report.lines.push(format!("离开程序 {left} 次，都能再打开"));
    Ok((count, seen))
}

/// Somebody who presses anything.
struct Monkey {
    app: App<Host>,
    queue: Receiver<Event>,
    officers: PracticeList,
    rng: Rng,
    size: (u16, u16),
    last: VecDeque<Input>,
    seen: Seen,
    /// How often the program was left.
    left: u64,
}

impl Monkey {
    fn open(folders: &Folders, rng: Rng) -> Result<Monkey, Fault> {
        let (folder, share) = (practice::desk_folder(folders), practice::share_folder(folders));
        let county = crate::store::share::county_of(&share)?;
        let since = Instant::now();
        let opened = loop {
            let opened = place::open_desk(&folder, &share, county)?;
            if opened.read_only.is_none() {
                break opened;
            }
            // The program that was left a moment ago is still closing its files.
            drop(opened);
            if since.elapsed() > PATIENCE {
                return Err(Fault::new(FaultKind::Busy, "上一次打开的练习没有关上", "总检不通过"));
            }
            std::thread::sleep(Duration::from_millis(20));
        };
        let (events, queue) = channel();
        let line = Line::new(events);
        let voice = line.voice();
        let keys = Arc::new(opened.desk.keys().clone());
        let worker = Worker::start(
            opened.desk,
            opened.keeper.clone(),
            opened.watch,
            Box::new(move |news| voice.tell(Inward::News(news))),
        )?;
        let clock = machine_clock();
        let front = Front::new(Parts { county, folder, keeper: opened.keeper, worker, keys, clock });
        let officers: PracticeList =
            practice::officers()?.into_iter().map(|officer| (officer.no.0, officer.password)).collect();
        let host = Host::new(front, line, share.display().to_string(), officers.clone());
        let look = (Theme::load("plain", None, false).0, KeyMap::load(None).0);
        let size = (80, 25);
        let app = App::new(host, Place::SignIn, look, &[], size);
        Ok(Monkey { app, queue, officers, rng, size, last: VecDeque::new(), seen: Seen::new(), left: 0 })
    }

    fn close(mut self) {
        self.app.desk().front().leave();
    }

    fn last_keys(&self) -> String {
        format!("{:?}", self.last)
    }

    /// One thing pressed, everything that came of it drawn and looked at.
    fn once(&mut self, count: u64) -> Result<(), String> {
        self.hear()?;
        if count.is_multiple_of(WAY_OUT) {
            self.way_out()?;
        }
        let name = self.app.top().name();
        *self.seen.entry(name).or_default() += 1;
        if name == "登录" && self.rng.below(8) > 0 {
            return self.sign_in();
        }
        if self.rng.below(60) == 0 {
            let small = self.rng.below(30) == 0;
            let between = |rng: &mut Rng, low, high| u16::try_from(rng.between(low, high)).unwrap_or(80);
            let (cols, rows) = if small { (20, 5) } else { (60, 20) };
            self.size = (between(&mut self.rng, cols, 200), between(&mut self.rng, rows, 60));
            self.app.resize(self.size);
            return self.look();
        }
        let input = self.something();
        self.give(input)
    }

    fn something(&mut self) -> Input {
        let rng = &mut self.rng;
        let mut pick = |limit: usize| usize::try_from(rng.below(limit as u64)).unwrap_or(0);
        let letter = |at: usize| LETTERS.chars().nth(at).unwrap_or('1');
        Input::Key(match pick(100) {
            0..=29 => Key::Char(letter(pick(LETTERS.chars().count()))),
            30..=39 => Key::Char(char::from(b'1' + u8::try_from(pick(9)).unwrap_or(0))),
            40..=54 => MOVES.get(pick(MOVES.len())).copied().unwrap_or(Key::Down),
            55..=71 => Key::Enter,
            72..=88 => Key::F(u8::try_from(pick(12)).unwrap_or(0) + 1),
            89 => Key::Ctrl(char::from(b'a' + u8::try_from(pick(26)).unwrap_or(0))),
            90..=95 => Key::Esc,
            _ => return Input::Burst(PASTED.get(pick(PASTED.len())).copied().unwrap_or_default().to_owned()),
        })
    }

    /// Mostly the right number and password, else nobody would get far.
    fn sign_in(&mut self) -> Result<(), String> {
        let at = usize::try_from(self.rng.below(self.officers.len() as u64)).unwrap_or(0);
        let who = self.officers.get(at).cloned().unwrap_or_default();
        self.sign_in_as(who)
    }

    fn sign_in_as(&mut self, (number, password): (String, String)) -> Result<(), String> {
        // What was typed there before is gone, as after leaving the program and opening it again.
        self.app.restart(Place::SignIn);
        self.hear()?;
        for text in [number, password] {
            for letter in text.chars() {
                self.give(Input::Key(Key::Char(letter)))?;
            }
            self.give(Input::Key(Key::Enter))?;
        }
        self.hear()
    }

    fn give(&mut self, input: Input) -> Result<(), String> {
        if self.last.len() >= 40 {
            self.last.pop_front();
        }
        self.last.push_back(input.clone());
        let step = self.app.input(input);
        self.took(step);
        self.hear()?;
        self.look()
    }

    /// Whoever leaves the program opens it again.
    fn took(&mut self, step: Step) {
        if step.quit {
            self.left += 1;
            self.app.restart(Place::SignIn);
        }
    }

    /// Takes what the desk answered; where the screen waits for an answer, until it has it.
    fn hear(&mut self) -> Result<(), String> {
        let since = Instant::now();
        loop {
            let event = if self.app.top().holds() {
                self.queue.recv_timeout(PATIENCE).map_err(|_| self.no_answer())?
            } else {
                match self.queue.try_recv() {
                    Ok(event) => event,
                    Err(_) => return Ok(()),
                }
            };
            if let Event::Reply(to, reply) = event {
                let step = self.app.reply(to, *reply);
                self.took(step);
            }
            if self.app.top().holds() && since.elapsed() > PATIENCE {
                return Err(self.no_answer());
            }
        }
    }

    fn no_answer(&self) -> String {
        format!("「{}」等不到回音", self.app.top().name())
    }

    /// Draws, and looks at every cell.
    fn look(&self) -> Result<(), String> {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        let caret = self.app.paint(&mut buffer);
        if caret.0 >= self.size.1 || caret.1 >= self.size.0 {
            return Err(format!("「{}」的光标 {caret:?} 在窗口 {:?} 之外", self.app.top().name(), self.size));
        }
        let bad = buffer.content().iter().find(|cell| {
            let symbol = cell.symbol();
            symbol.width() != symbol.width_cjk() || symbol.chars().any(char::is_control)
        });
        match bad {
            Some(cell) => Err(format!("「{}」画了宽度不定的字 {:?}", self.app.top().name(), cell.symbol())),
            None => Ok(()),
        }
    }

    /// Esc and F3 lead out of everything, to home or to signing in.
    fn way_out(&mut self) -> Result<(), String> {
        let from = self.app.top().name();
        let mut at = 0;
        loop {
            let outside = self.app.depth() == 1 && OUTSIDE.contains(&self.app.top().name());
            if outside {
                return Ok(());
            }
            if at == PRESSES {
                return Err(format!("从「{from}」出不来，停在「{}」", self.app.top().name()));
            }
            at += 1;
            self.give(Input::Key(if at % 3 == 0 { Key::F(3) } else { Key::Esc }))?;
        }
    }
}

#[cfg(test)]
mod sights;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_thousand_keys_break_nothing_and_lead_somewhere() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::at(folder.path().join("data"), folder.path().join("w.toml")).unwrap();
        drop(practice::open(&folders, (machine_clock())(), true).unwrap());
        let mut report = Report::default();
        let (count, seen) = press(&folders, 1_500, 4, &mut |_| (), &mut report).unwrap();
        assert_eq!(report.broken, Vec::<String>::new());
        assert!(count == 1_500 && seen.len() > 5, "{seen:?}");
    }

    #[test]
    fn a_screen_that_cannot_be_left_is_found() {
        let folder = tempfile::tempdir().unwrap();
        let folders = Folders::at(folder.path().join("data"), folder.path().join("w.toml")).unwrap();
        drop(practice::open(&folders, (machine_clock())(), true).unwrap());
        let mut monkey = Monkey::open(&folders, Rng::new(1)).unwrap();
        monkey.app.open(Box::new(Trap));
        assert!(monkey.way_out().unwrap_err().contains("出不来"));
        monkey.close();
    }

    /// A screen that offers no way back.
    struct Trap;

    impl crate::ui::screen::Screen for Trap {
        fn name(&self) -> &'static str {
            "陷阱"
        }
        fn context(&self) -> crate::ui::keymap::Context {
            crate::ui::keymap::Context::Any
        }
        fn offers(&self) -> Vec<crate::ui::screen::Offer> {
            Vec::new()
        }
        fn help(&self) -> crate::ui::screen::HelpText {
            crate::ui::screen::HelpText::default()
        }
        fn update(&mut self, _msg: crate::ui::screen::Msg) -> Vec<crate::ui::screen::Intent> {
            Vec::new()
        }
        fn draw(&self, _canvas: &mut crate::ui::canvas::Canvas) {}
        fn caret(&self) -> (u16, u16) {
            (0, 0)
        }
    }
}
