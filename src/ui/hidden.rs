//! A line typed without being shown, for a password on the command line. The terminal is put back whatever happens.

use crossterm::event::{self, Event, KeyCode, KeyEventKind, KeyModifiers};
use crossterm::terminal;
use std::io;

/// Puts the terminal back when it goes.
struct Raw;

impl Drop for Raw {
    fn drop(&mut self) {
        // A terminal that cannot be put back is gone.
        let _ = terminal::disable_raw_mode();
    }
}

/// Reads until Enter; none for Esc or Ctrl-C.
///
/// # Errors
/// The terminal's.
pub fn read_line() -> io::Result<Option<String>> {
    terminal::enable_raw_mode()?;
    let _raw = Raw;
    let mut line = String::new();
    loop {
        match event::read()? {
            Event::Key(key) if key.kind != KeyEventKind::Release => match key.code {
                KeyCode::Enter => return Ok(Some(line)),
                KeyCode::Esc => return Ok(None),
                KeyCode::Char('c') if key.modifiers.contains(KeyModifiers::CONTROL) => return Ok(None),
                KeyCode::Backspace => {
                    line.pop();
                }
                KeyCode::Char(letter) => line.push(letter),
                _ => {}
            },
            Event::Paste(text) => line.push_str(text.lines().next().unwrap_or_default()),
            _ => {}
        }
    }
}
