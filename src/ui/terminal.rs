//! The terminal itself: raw mode, the other screen, and a frame as one `write()`.
//!
//! Must never write when nothing changed, never leave the cursor hidden, never touch code pages or fonts, and never ask
//! for the mouse. Mouse reporting is switched on under Windows only, where that is what turns QuickEdit off: a click
//! would otherwise freeze the program until Esc; the events are thrown away.

use std::fmt::Write as _;
use std::io::{self, IsTerminal, Stdout, Write};
use std::panic;
use std::sync::Once;

use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use ratatui::style::{Color, Modifier, Style};
use unicode_width::UnicodeWidthStr;

/// The smallest window that the screens are drawn for.
pub const COLS_MIN: u16 = 60;
/// The smallest window that the screens are drawn for.
pub const ROWS_MIN: u16 = 20;
/// Larger windows are filled up to here; no console of an office is larger, and every cell costs memory.
const SIDE_MAX: u16 = 500;

const OPEN: &str = "\x1b[?1049h\x1b[?7l";
const CLOSE: &str = "\x1b[0m\x1b[?7h\x1b[?25h\x1b[?1049l";

/// Writes frames. The terminal is put back when this is dropped or the program panics.
#[derive(Debug)]
pub struct Terminal<W: Write = Stdout> {
    out: W,
    shown: Buffer,
    next: Buffer,
    caret: Option<(u16, u16)>,
    fresh: bool,
    raw: bool,
}

impl Terminal<Stdout> {
    /// Takes the terminal over. An error if the program is not run in one.
    pub fn open() -> io::Result<Terminal<Stdout>> {
        if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
            return Err(io::Error::other("这里不是命令行窗口，画不了屏幕；请直接在终端里运行，不要重定向"));
        }
        let (cols, rows) = crossterm::terminal::size()?;
        #[cfg(windows)]
        if !crossterm::ansi_support::supports_ansi() {
            return Err(io::Error::other("这个命令行窗口不支持屏幕控制，请改用 Windows 10 以上的命令提示符"));
        }
        restore_on_panic();
        enable_raw_mode()?;
        let mut terminal = Terminal::over(io::stdout(), cols, rows);
        terminal.raw = true;
        terminal.out.write_all(OPEN.as_bytes())?;
        #[cfg(windows)]
        crossterm::execute!(terminal.out, crossterm::event::EnableMouseCapture)?;
        #[cfg(not(windows))]
        crossterm::execute!(terminal.out, crossterm::event::EnableBracketedPaste)?;
        Ok(terminal)
    }

    /// Asks for the size of the window; the event of a change is not to be trusted on Windows.
    pub fn measure(&mut self) -> io::Result<()> {
        let (cols, rows) = crossterm::terminal::size()?;
        self.resize(cols, rows);
        Ok(())
    }
}

impl<W: Write> Terminal<W> {
    /// Frames for a window of that size into any writer; takes no terminal over.
    pub fn over(out: W, cols: u16, rows: u16) -> Terminal<W> {
        let area = Rect::new(0, 0, cols.clamp(1, SIDE_MAX), rows.clamp(1, SIDE_MAX));
        Terminal {
            out,
            shown: Buffer::empty(area),
            next: Buffer::empty(area),
            caret: None,
            fresh: true,
            raw: false,
        }
    }

    /// The writer.
    pub fn out_mut(&mut self) -> &mut W {
        &mut self.out
    }

    /// Columns and rows.
    pub fn size(&self) -> (u16, u16) {
        (self.next.area.width, self.next.area.height)
    }

    /// The window has a new size: the next frame is drawn whole.
    pub fn resize(&mut self, cols: u16, rows: u16) {
        let area = Rect::new(0, 0, cols.clamp(1, SIDE_MAX), rows.clamp(1, SIDE_MAX));
        if area != self.next.area {
            self.shown = Buffer::empty(area);
            self.next = Buffer::empty(area);
            self.fresh = true;
        }
    }

    /// Where half of a wide character is drawn over, terminals differ in what becomes of its other half: that cell is
    /// written too, always.
    fn unsettle(&mut self) {
        let cols = usize::from(self.next.area.width);
        for at in 0..self.shown.content.len() {
            let wide = |buffer: &Buffer| {
                buffer
                    .content
                    .get(at)
                    .is_some_and(|cell| cell.symbol().len() > 1 && cell.symbol().width() > 1)
            };
            if (at + 1) % cols != 0
                && wide(&self.shown)
                && !wide(&self.next)
                && let Some(half) = self.shown.content.get_mut(at + 1)
            {
                half.set_char(char::REPLACEMENT_CHARACTER);
            }
        }
    }

    /// Draws a frame; `paint` fills the buffer and says row and column of the caret. What differs from the frame before
    /// is written at once: hide the cursor, the changes, move it to the caret, show it.
    pub fn draw(&mut self, paint: impl FnOnce(&mut Buffer) -> (u16, u16)) -> io::Result<()> {
        self.next.reset();
        let (row, col) = paint(&mut self.next);
        let caret = (row.min(self.next.area.height - 1), col.min(self.next.area.width - 1));
        let mut changes = String::new();
        let mut pen = Pen { at: None, style: None };
        if self.fresh {
            changes.push_str("\x1b[0m\x1b[2J");
            self.shown.reset();
        }
        self.unsettle();
        for (x, y, cell) in self.shown.diff(&self.next) {
            pen.reach(&mut changes, x, y, &self.next);
            pen.put(&mut changes, x, y, cell);
        }
        if changes.is_empty() && self.caret == Some(caret) {
            return Ok(());
        }
        let mut frame = String::with_capacity(changes.len() + 32);
        if !changes.is_empty() {
            frame.push_str("\x1b[?25l");
            frame.push_str(&changes);
            if pen.style.is_some_and(|style| style != Style::reset()) {
                frame.push_str("\x1b[0m");
            }
        }
        move_to(&mut frame, caret.1, caret.0);
        if !changes.is_empty() {
            frame.push_str("\x1b[?25h");
        }
        self.out.write_all(frame.as_bytes())?;
        self.out.flush()?;
        std::mem::swap(&mut self.shown, &mut self.next);
        self.caret = Some(caret);
        self.fresh = false;
        Ok(())
    }
}

impl<W: Write> Drop for Terminal<W> {
    fn drop(&mut self) {
        if self.raw {
            restore();
        }
    }
}

/// Writes cells with as few bytes as it can.
struct Pen {
    at: Option<(u16, u16)>,
    style: Option<Style>,
}

/// Cells that lie between two changes are written again rather than jumped over, up to so many: a jump costs as much.
const GAP_MAX: u16 = 5;

impl Pen {
    /// Goes on to a cell in the same row over a few unchanged ones of the same look.
    fn reach(&mut self, out: &mut String, x: u16, y: u16, buffer: &Buffer) {
        let Some((from, row)) = self.at else { return };
        if row != y || x <= from || x - from > GAP_MAX {
            return;
        }
        let between: Option<String> = (from..x)
            .map(|at| buffer.cell((at, y)).filter(|c| Some(c.style()) == self.style && c.symbol().is_ascii()))
            .map(|cell| cell.map(Cell::symbol))
            .collect();
        if let Some(between) = between {
            out.push_str(&between);
            self.at = Some((x, y));
        }
    }

    fn put(&mut self, out: &mut String, x: u16, y: u16, cell: &Cell) {
        if self.at != Some((x, y)) {
            move_to(out, x, y);
        }
        let style = cell.style();
        if self.style != Some(style) {
            // The frame before ended with plain attributes.
            if self.style.is_some() || !is_plain(style) {
                paint(out, style);
            }
            self.style = Some(style);
        }
        out.push_str(cell.symbol());
        let wide = u16::try_from(cell.symbol().width()).unwrap_or(1);
        self.at = is_common(cell.symbol()).then_some((x + wide, y));
    }
}

/// True for what every console draws in the columns that we count. After a rare character the place is told anew.
fn is_common(symbol: &str) -> bool {
    symbol.is_ascii()
        || symbol.chars().all(|c| matches!(c, '\u{3000}'..='\u{9fff}' | '\u{ff01}'..='\u{ff60}'))
}

fn is_plain(style: Style) -> bool {
    let bare = |colour: Option<Color>| matches!(colour, None | Some(Color::Reset));
    bare(style.fg) && bare(style.bg) && style.add_modifier.is_empty()
}

fn move_to(out: &mut String, x: u16, y: u16) {
    // Writing to a String cannot fail.
    let _ = write!(out, "\x1b[{};{}H", y + 1, x + 1);
}

fn paint(out: &mut String, style: Style) {
    out.push_str("\x1b[0");
    let marks = [(Modifier::BOLD, ";1"), (Modifier::UNDERLINED, ";4"), (Modifier::REVERSED, ";7")];
    for (modifier, code) in marks {
        if style.add_modifier.contains(modifier) {
            out.push_str(code);
        }
    }
    for (colour, base) in [(style.fg, 30), (style.bg, 40)] {
        if let Some(number) = colour.and_then(number) {
            let code = if number < 8 { base + number } else { base + 52 + number };
            let _ = write!(out, ";{code}");
        }
    }
    out.push('m');
}

/// The number of one of the sixteen colours, 0 to 15.
fn number(colour: Color) -> Option<u8> {
    Some(match colour {
        Color::Black => 0,
        Color::Red => 1,
        Color::Green => 2,
        Color::Yellow => 3,
        Color::Blue => 4,
        Color::Magenta => 5,
        Color::Cyan => 6,
        Color::Gray => 7,
        Color::DarkGray => 8,
        Color::LightRed => 9,
        Color::LightGreen => 10,
        Color::LightYellow => 11,
        Color::LightBlue => 12,
        Color::LightMagenta => 13,
        Color::LightCyan => 14,
        Color::White => 15,
        Color::Reset | Color::Rgb(..) | Color::Indexed(_) => return None,
    })
}

fn restore() {
    let mut out = io::stdout();
    // On the way out there is nobody to tell an error.
    #[cfg(windows)]
    let _ = crossterm::execute!(out, crossterm::event::DisableMouseCapture);
    #[cfg(not(windows))]
    let _ = crossterm::execute!(out, crossterm::event::DisableBracketedPaste);
    let _ = out.write_all(CLOSE.as_bytes());
    let _ = out.flush();
    let _ = disable_raw_mode();
}

fn restore_on_panic() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let before = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            restore();
            before(info);
        }));
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::canvas::Canvas;
    use crate::ui::role::Role;
    use crate::ui::testing;
    use crate::ui::theme::Theme;

    /// Counts what is written and how often.
    #[derive(Debug, Default)]
    struct Count {
        bytes: Vec<u8>,
        writes: usize,
    }

    impl Write for Count {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.writes += 1;
            self.bytes.extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn frame(terminal: &mut Terminal<Count>, text: &str, role: Role, caret: (u16, u16)) -> (usize, Vec<u8>) {
        terminal.out = Count::default();
        let (theme, _) = Theme::load("plain", None, false);
        terminal
            .draw(|buffer| {
                let mut canvas = Canvas::new(buffer, &theme);
                canvas.put(3, 4, text, role);
                canvas.put(5, 4, "不变的一行", Role::Title);
                caret
            })
            .unwrap();
        (terminal.out.writes, terminal.out.bytes.clone())
    }

    #[test]
    fn the_other_half_of_a_wide_character_is_written_too() {
        for (before, after, want) in [("a王", "王 ", "王 "), ("王", "a ", "a ")] {
            let mut terminal = Terminal::over(Vec::new(), 6, 1);
            for text in [before, after] {
                terminal.out_mut().clear();
                terminal
                    .draw(|buffer| {
                        buffer.set_string(0, 0, text, Style::reset());
                        (0, 5)
                    })
                    .unwrap();
            }
            let out = String::from_utf8(terminal.out_mut().clone()).unwrap();
            assert!(out.contains(want), "{before} to {after}: {out:?}");
        }
    }

    #[test]
    fn a_frame_is_one_write_and_an_unchanged_one_none() {
        let mut terminal = Terminal::over(Count::default(), 80, 25);
        let (writes, bytes) = frame(&mut terminal, "王桂兰", Role::Problem, (3, 4));
        assert_eq!(writes, 1);
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.starts_with("\x1b[?25l") && text.ends_with("\x1b[4;5H\x1b[?25h"), "{text:?}");
        assert_eq!(frame(&mut terminal, "王桂兰", Role::Problem, (3, 4)).0, 0, "nothing changed");
        let (writes, bytes) = frame(&mut terminal, "王桂兰", Role::Problem, (3, 6));
        assert_eq!((writes, bytes), (1, b"\x1b[4;7H".to_vec()), "only the cursor moved");
        terminal.resize(70, 20);
        assert!(frame(&mut terminal, "王桂兰", Role::Problem, (3, 6)).1.len() > 40, "drawn whole again");
    }

    #[test]
    fn a_typed_character_costs_at_most_64_bytes() {
        let mut terminal = Terminal::over(Count::default(), 80, 25);
        frame(&mut terminal, "王桂", Role::FieldFocus, (3, 8));
        let (writes, bytes) = frame(&mut terminal, "王桂兰", Role::FieldFocus, (3, 10));
        assert_eq!(writes, 1);
        assert!(bytes.len() <= 64, "{}", bytes.len());
    }

    #[test]
    fn a_terminal_that_reads_the_frames_shows_the_buffer() {
        let mut terminal = Terminal::over(Count::default(), 40, 10);
        let mut screen = vt100::Parser::new(10.try_into().unwrap(), 40.try_into().unwrap(), 0);
        for (text, role, caret) in [
            ("王桂兰 500.00", Role::Problem, (3, 4)),
            ("张强 1", Role::Text, (0, 0)),
            (" 𠮷x兰", Role::Selected, (9, 39)),
        ] {
            let (_, bytes) = frame(&mut terminal, text, role, caret);
            screen.process(&bytes);
            let lines =
                |text: &str| text.trim_end().lines().map(str::trim_end).collect::<Vec<_>>().join("\n");
            assert_eq!(lines(&screen.screen().contents()), lines(&testing::text(&terminal.shown)));
            assert_eq!(screen.screen().cursor_position(), caret);
            assert!(!screen.screen().hide_cursor());
        }
    }

    proptest::proptest! {
        #[test]
        fn any_run_of_frames_shows_on_a_terminal_as_it_was_drawn(
            frames in proptest::collection::vec(
                proptest::collection::vec((0u16..4, 0u16..20, "[a王 桂x𠮷]{0,8}", 0usize..18), 0..6), 1..6)
        ) {
            let (theme, _) = Theme::load("plain", None, false);
            let mut terminal = Terminal::over(Vec::new(), 20, 4);
            let mut screen = vt100::Parser::new(4.try_into().unwrap(), 20.try_into().unwrap(), 0);
            for frame in frames {
                terminal.out_mut().clear();
                terminal.draw(|buffer| {
                    let mut canvas = Canvas::new(buffer, &theme);
                    for (row, col, text, role) in &frame {
                        canvas.put(*row, *col, text, Role::ALL[*role]);
                    }
                    (0, 0)
                }).unwrap();
                screen.process(terminal.out_mut());
                let now = &terminal.shown;
                for (y, row) in screen.screen().rows(0, 20).enumerate() {
                    let whole = testing::text(now);
                    let want = whole.lines().nth(y).unwrap_or_default();
                    proptest::prop_assert_eq!(row.trim_end(), want);
                }
            }
        }
    }
}
