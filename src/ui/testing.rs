//! Helps for tests of screens: a buffer as lines of text, and the law of certain widths.

use ratatui::buffer::Buffer;
use unicode_width::UnicodeWidthStr;

/// The buffer as text, a line per row, blanks at the end cut; the right half of a wide character is left out.
pub fn text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in buffer.area.top()..buffer.area.bottom() {
        let mut line = String::new();
        let mut x = buffer.area.left();
        while x < buffer.area.right() {
            let symbol = buffer[(x, y)].symbol();
            line.push_str(symbol);
            x += symbol.width().max(1) as u16;
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Fails when a glyph takes one column on some consoles and two on others.
pub fn assert_widths_certain(buffer: &Buffer) {
    for cell in buffer.content() {
        let symbol = cell.symbol();
        assert_eq!(symbol.width(), symbol.width_cjk(), "{symbol:?} has no certain width");
        assert!(!symbol.chars().any(char::is_control), "{symbol:?}");
    }
}

/// A buffer of a size.
pub fn buffer(cols: u16, rows: u16) -> Buffer {
    Buffer::empty(ratatui::layout::Rect::new(0, 0, cols, rows))
}
