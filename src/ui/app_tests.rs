//! The application on a terminal of memory: keys, screens, answers and the loop.

use std::io;
use std::sync::mpsc;
use std::time::{Duration, Instant};

use crossterm::event::{Event as Raw, KeyCode, KeyEvent, KeyModifiers};

use super::*;
use crate::base::money::Money;
use crate::ui::approval::{self, Approval, TOWNSHIP};
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::line::Line;
use crate::ui::role::Role;
use crate::ui::run::{Event, Window, run};
use crate::ui::screen::{HelpText, Offer, Size};
use crate::ui::testing;

/// A screen with one line of text; F6 opens another, F9 cannot be done, F5 asks.
#[derive(Default)]
struct Probe {
    line: Line,
    shown: usize,
    link: String,
    size: Size,
    waits: bool,
}

impl Screen for Probe {
    fn name(&self) -> &'static str {
        "急难登记"
    }
    fn context(&self) -> Context {
        Context::Form
    }
    fn offers(&self) -> Vec<Offer> {
        vec![
            Offer::key(Key::Enter, "下项"),
            Offer::new(Action::Lookup).unless(Some("先打身份证号".to_owned())),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::new(Action::New),
            Offer::named(Action::Submit, "报批").unless(Some("还有 2 项没填".to_owned())),
            Offer::new(Action::SignOut),
        ]
    }
    fn hint(&self) -> String {
        format!("姓名：打汉字 第 {} 次显示", self.shown)
    }
    fn help(&self) -> HelpText {
        HelpText {
            field: "姓名照身份证打。".to_owned(), screen: vec!["本屏登记急难。".to_owned()]
        }
    }
    fn holds(&self) -> bool {
        self.waits
    }
    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => self.size = size,
            Msg::Shown => self.shown += 1,
            Msg::Key(Key::Delete) => self.waits = true,
            Msg::Key(Key::Enter) => return vec![Intent::Say("下一项".to_owned())],
            Msg::Key(key) => {
                self.line.key(key);
            }
            Msg::Burst(text) => self.line.paste(&text),
            Msg::Action(Action::New) => return vec![Intent::Open(Place::Home)],
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(Action::Refresh) => return vec![Intent::Ask(Ask::Link)],
            Msg::Reply(Reply::NotSignedIn(_)) => {
                self.waits = false;
                return vec![Intent::Forget];
            }
            Msg::Reply(Reply::SignedIn(_)) => {
                self.waits = false;
                return vec![Intent::Restart(Place::Home)];
            }
            Msg::Action(Action::SignOut) => return vec![Intent::Quit],
            Msg::Action(_) => {}
            Msg::Reply(Reply::Link(text)) => self.link = text,
            Msg::Reply(_) => {}
        }
        Vec::new()
    }
    fn draw(&self, canvas: &mut Canvas) {
        canvas.put(0, 1, "姓名 [", Role::Label);
        canvas.put_box(0, 7, 20, &self.line.window(20).0, Role::FieldFocus);
        canvas.put(0, 27, "]", Role::Label);
        canvas.put(2, 1, &self.link, Role::Muted);
    }
    fn caret(&self) -> (u16, u16) {
        (0, 7 + self.line.window(20).1)
    }
}

/// A case to be approved.
struct Approving(Approval, bool);

impl Screen for Approving {
    fn name(&self) -> &'static str {
        "审批"
    }
    fn context(&self) -> Context {
        Context::Approval
    }
    fn offers(&self) -> Vec<Offer> {
        vec![Offer::new(Action::Sign)]
    }
    fn help(&self) -> HelpText {
        HelpText::default()
    }
    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        let happened = match msg {
            Msg::Key(key) => self.0.key(key),
            Msg::Burst(text) => self.0.burst(&text),
            Msg::Action(_) => self.0.sign(),
            _ => return Vec::new(),
        };
        match happened {
            approval::Happened::Prompted => vec![Intent::Forget],
            approval::Happened::Signed(_) => {
                self.1 = true;
                vec![Intent::Say("已签".to_owned())]
            }
            _ => Vec::new(),
        }
    }
    fn draw(&self, canvas: &mut Canvas) {
        self.0.draw(canvas);
        canvas.put(4, 1, if self.1 { "SIGNED" } else { "OPEN" }, Role::Text);
    }
    fn caret(&self) -> (u16, u16) {
        self.0.caret()
    }
}

#[derive(Default)]
struct Bench {
    /// Somebody is signed in: the screen can be blanked.
    signed_in: bool,
    asked: Vec<ScreenId>,
    approving: bool,
}

impl Desk for Bench {
    fn open(&mut self, place: Place) -> Box<dyn Screen> {
        if place == Place::Lock {
            Box::new(crate::ui::screens::lock::Lock::new())
        } else if self.approving {
            let payee = "王桂兰(本人) 尾号 00000020";
            Box::new(Approving(Approval::new(TOWNSHIP, payee, Money::from_fen(50_000)), false))
        } else {
            Box::new(Probe { line: Line::new(20), ..Probe::default() })
        }
    }
    fn ask(&mut self, from: ScreenId, _ask: Ask) {
        self.asked.push(from);
    }
    fn status(&self) -> Status {
        Status {
            office: "木头城子镇民政办".to_owned(),
            officer: "李桂芳(经办)".to_owned(),
            link: "联机".to_owned(),
            clock: "11-23 09:15".to_owned(),
            practice: true,
            ..Status::default()
        }
    }
    fn lock(&mut self) -> Option<Place> {
        self.signed_in.then_some(Place::Lock)
    }
    fn unclaimed(&mut self, _reply: Reply) -> Option<Intent> {
        Some(Intent::Warn("刚才那一屏的回话到了".to_owned()))
    }
    fn note(&mut self, _reply: &Reply) {}
}

fn app(cols: u16, rows: u16) -> App<Bench> {
    app_over(Bench::default(), cols, rows)
}

fn app_over(bench: Bench, cols: u16, rows: u16) -> App<Bench> {
    let look = (Theme::load("plain", None, false).0, KeyMap::load(None).0);
    App::new(bench, Place::Home, look, &[], (cols, rows))
}

fn shot(app: &App<Bench>) -> (String, (u16, u16)) {
    let mut buffer = testing::buffer(app.size.0, app.size.1);
    let caret = app.paint(&mut buffer);
    testing::assert_widths_certain(&buffer);
    (testing::text(&buffer), caret)
}

fn press(app: &mut App<Bench>, keys: &[Key]) -> Step {
    keys.iter().map(|k| app.input(Input::Key(*k))).fold(Step::default(), Step::and)
}

#[test]
fn keys_typed_while_a_screen_waits_reach_the_screen_that_comes() {
    let officer = crate::ui::screens::fixtures::officer("1203", &[], Some(103));
    for answer in [Reply::SignedIn(officer), Reply::NotSignedIn("密码不对".to_owned())] {
        let mut app = app(80, 25);
        let forgets = matches!(answer, Reply::NotSignedIn(_));
        press(&mut app, &[Key::Delete, Key::Char('王')]);
        app.input(Input::Burst("桂兰".to_owned()));
        assert!(!shot(&app).0.contains('王'), "not on the screen that waits");
        let step = app.reply(None, answer);
        assert_eq!(step.forget, forgets);
        let text = shot(&app).0;
        assert_eq!(
            text.contains("王桂兰"),
            !forgets,
            "a refused password takes what was typed ahead with it: {text}"
        );
        press(&mut app, &[Key::Char('李')]);
        assert!(shot(&app).0.contains('李'));
    }
    let mut app = app(80, 25);
    press(&mut app, &[Key::Delete, Key::F(3)]);
    assert!(press(&mut app, &[Key::Ctrl('q')]).quit, "leaving never waits");
}

#[test]
fn the_frame_at_60x20() {
    let mut app = app(60, 20);
    press(&mut app, &[Key::Char('王'), Key::Char('桂')]);
    let (text, caret) = shot(&app);
    assert_eq!(caret, (2, 11));
    insta::assert_snapshot!(text, @r#"
  练习  急难登记          李桂芳(经办)    联机  11-23 09:15
============================================================
 姓名 [王桂                ]













------------------------------------------------------------
 姓名：打汉字 第 1 次显示
                                练习：这里的人和钱都是编的
 Enter下项 F1帮助 F3返回 F5刷新 F6新增 Ctrl-Q签退
"#);
}

#[test]
fn the_frame_at_80x25_and_132x43_and_too_small() {
    for (cols, rows) in [(80, 25), (132, 43)] {
        let (text, _) = shot(&app(cols, rows));
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines.len(), usize::from(rows));
        assert!(lines[0].contains("练习") && lines[0].ends_with("联机  11-23 09:15"), "{}", lines[0]);
        assert!(lines[1].starts_with("====") && lines[usize::from(rows) - 4].starts_with("----"));
        assert!(lines[usize::from(rows) - 2].contains("练习"));
        let bar = lines[usize::from(rows) - 1];
        assert!(bar.contains("F1帮助") && bar.contains("Enter下项") && !bar.contains("F9"), "{bar}");
    }
    let (text, _) = shot(&app(59, 25));
    assert!(text.contains("窗口太小") && text.contains("至少要 60 列 20 行"), "{text}");
}

#[test]
fn what_cannot_be_done_says_why_and_what_is_not_offered_says_so() {
    let mut app = app(80, 25);
    press(&mut app, &[Key::F(9)]);
    assert!(shot(&app).0.contains("x 报批：还有 2 项没填"));
    press(&mut app, &[Key::F(8)]);
    assert!(shot(&app).0.contains("这一屏没有「同上笔」"));
    press(&mut app, &[Key::F(12)]);
    assert!(shot(&app).0.contains("没有要取消的一步；F3 返回"));
    press(&mut app, &[Key::Char('a')]);
    assert!(shot(&app).0.contains("姓名：打汉字"), "the message goes with the next key");
}

#[test]
fn a_long_message_goes_on_in_the_free_line() {
    let mut app = app(60, 20);
    let long = "大于 500.00 元须报县局审批，乡镇不能直接发放；请按 F9 报县局，或把金额改到 500.00 元以内。四（三）二";
    app.perform(vec![Intent::Warn(long.to_owned())]);
    let (text, _) = shot(&app);
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[17].starts_with(" x 大于") && lines[18].contains("四（三）二") && lines[18].ends_with("练习"),
        "{text}"
    );
    assert!(lines[19].contains("F1帮助"));
}

#[test]
fn screens_open_close_and_are_told_that_they_are_seen() {
    let mut app = app(80, 25);
    press(&mut app, &[Key::Esc]);
    assert_eq!(app.stack.depth(), 1, "the last screen stays");
    press(&mut app, &[Key::F(6), Key::F(6)]);
    assert_eq!(app.stack.depth(), 3);
    press(&mut app, &[Key::F(3), Key::Esc]);
    assert!(shot(&app).0.contains("第 2 次显示"));
    assert!(press(&mut app, &[Key::Ctrl('q')]).quit);
}

#[test]
fn an_answer_finds_the_screen_that_asked_or_is_told() {
    let mut app = app(80, 25);
    press(&mut app, &[Key::F(6), Key::F(5)]);
    let from = app.desk.asked[0];
    press(&mut app, &[Key::F(6)]);
    app.reply(Some(from), Reply::Link("下面那一屏".to_owned()));
    assert!(!shot(&app).0.contains("下面那一屏"));
    press(&mut app, &[Key::F(3)]);
    assert!(shot(&app).0.contains("下面那一屏"));
    press(&mut app, &[Key::F(3)]);
    app.reply(Some(from), Reply::Link(String::new()));
    assert!(shot(&app).0.contains("x 刚才那一屏的回话到了"));
}

#[test]
fn f1_goes_from_the_field_to_the_screen_to_all_keys_and_back() {
    let mut app = app(80, 25);
    press(&mut app, &[Key::F(1)]);
    assert!(shot(&app).0.contains("姓名照身份证打。"));
    press(&mut app, &[Key::F(1)]);
    let (text, _) = shot(&app);
    assert!(text.contains("本屏登记急难。") && text.contains("还有 2 项没填"), "{text}");
    press(&mut app, &[Key::F(1), Key::Char('z'), Key::Char('c')]);
    let (text, caret) = shot(&app);
    assert!(text.contains("暂存") && text.contains("F7") && !text.contains("签退"), "{text}");
    assert_eq!(caret, (2, 7));
    press(&mut app, &[Key::F(1)]);
    assert!(shot(&app).0.contains("姓名 ["));
}

/// Runs the loop over events that wait already and gives the last frame as text and how many frames there were.
fn ran(bench: Bench, events: Vec<Event>) -> (String, usize) {
    ran_with(bench, events, Vec::new())
}

/// The same with events that come a little later.
fn ran_with(bench: Bench, events: Vec<Event>, later: Vec<Event>) -> (String, usize) {
    ran_idly(bench, events, later, Duration::from_secs(300))
}

/// The same, blanked after `idle` without a key.
fn ran_idly(bench: Bench, events: Vec<Event>, later: Vec<Event>, idle: Duration) -> (String, usize) {
    struct Film(Vec<String>);
    impl Window for Film {
        fn measure(&mut self) -> io::Result<(u16, u16)> {
            Ok((80, 25))
        }
        fn draw(&mut self, paint: &mut dyn FnMut(&mut Buffer) -> (u16, u16)) -> io::Result<()> {
            let mut buffer = testing::buffer(80, 25);
            paint(&mut buffer);
            self.0.push(testing::text(&buffer));
            Ok(())
        }
    }
    let mut app = app_over(bench, 80, 25);
    let (sender, receiver) = mpsc::channel();
    for event in events {
        sender.send(event).unwrap();
    }
    // The channel stays open for a moment, as a keyboard does that nobody touches.
    let closer = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(60));
        for event in later {
            sender.send(event).unwrap();
        }
        std::thread::sleep(Duration::from_millis(60));
        drop(sender);
    });
    let mut film = Film(Vec::new());
    run(&mut app, &mut film, &receiver, idle).unwrap();
    closer.join().unwrap();
    (shot(&app).0, film.0.len())
}

fn raw(code: KeyCode, at: Instant) -> Event {
    Event::Terminal(Raw::Key(KeyEvent::new(code, KeyModifiers::NONE)), at)
}

#[test]
fn keys_typed_ahead_are_all_taken_and_drawn_once() {
    let soon = Instant::now() + Duration::from_millis(200);
    let events: Vec<Event> = ('a'..='f')
        .enumerate()
        .map(|(i, c)| raw(KeyCode::Char(c), soon + Duration::from_millis(100 * i as u64)))
        .collect();
    let (text, frames) = ran(Bench::default(), events);
    assert!(text.contains("[abcdef"), "{text}");
    assert_eq!(frames, 2, "one before the keys, one after them");
}

#[test]
fn a_pasted_run_is_text_and_its_enter_is_no_key() {
    let soon = Instant::now();
    let mut events: Vec<Event> = "王桂兰,2026,500.00".chars().map(|c| raw(KeyCode::Char(c), soon)).collect();
    events.push(raw(KeyCode::Enter, soon));
    let (text, _) = ran(Bench::default(), events);
    assert!(text.contains("[王桂兰,2026,500.00") && !text.contains("下一项"), "{text}");
}

#[test]
fn what_was_typed_ahead_of_a_signature_prompt_signs_nothing() {
    let bench = || Bench { approving: true, ..Bench::default() };
    let now = Instant::now();
    let ahead = vec![raw(KeyCode::Char('1'), now), raw(KeyCode::F(10), now)];
    let (text, _) = ran(bench(), ahead);
    assert!(text.contains("伍佰元整") && text.contains("OPEN"), "{text}");
    assert!(
        text.contains("按得太快") && text.contains("再按一次"),
        "an early F10 is not lost in silence: {text}"
    );
    let later = vec![raw(KeyCode::Char('1'), now), raw(KeyCode::F(10), now + Duration::from_secs(5))];
    let (text, _) = ran(bench(), later);
    assert!(text.contains("SIGNED"), "{text}");
}

#[test]
fn news_that_nobody_waits_for_do_not_repaint_while_somebody_types() {
    let now = Instant::now();
    let news = || Event::Reply(None, Box::new(Reply::Link("刚同步".to_owned())));
    let (_, frames) = ran(Bench::default(), vec![news()]);
    assert_eq!(frames, 2, "the keyboard is still: drawn at once");
    let later = now + Duration::from_millis(20);
    let (text, frames) = ran_with(Bench::default(), vec![raw(KeyCode::Char('a'), later)], vec![news()]);
    assert!(text.contains("刚同步"), "{text}");
    assert_eq!(frames, 2, "the key is drawn, the news not yet");
}

#[test]
fn a_screen_that_nobody_touches_is_blanked_and_only_where_somebody_is_signed_in() {
    let typed = || vec![raw(KeyCode::Char('x'), Instant::now())];
    let soon = Duration::from_millis(20);
    let (text, _) = ran_idly(Bench { signed_in: true, ..Bench::default() }, typed(), Vec::new(), soon);
    assert!(text.contains("已 锁 屏") && !text.contains('x'), "{text}");
    let (text, frames) = ran_idly(Bench::default(), typed(), Vec::new(), soon);
    assert!(text.contains('x') && !text.contains("锁"), "{text}");
    assert!(frames < 6, "it does not go on waking up: {frames}");
}

#[test]
fn ctrl_b_blanks_the_screen_and_keeps_the_draft() {
    let mut app = app_over(Bench { signed_in: true, ..Bench::default() }, 80, 25);
    app.input(Input::Key(Key::Ctrl('b')));
    let (text, caret) = shot(&app);
    assert!(text.contains("已 锁 屏"), "{text}");
    assert!(caret.0 > 2, "the cursor stands in the password");
    assert_eq!(app.depth(), 2, "what was there is still there");
    app.reply(None, Reply::Unlocked);
    assert_eq!(app.depth(), 1);
}
