//! Drawing into a buffer with glyphs whose width is certain, by row and column.
//!
//! Must never let a character of data reach the screen unsanitised: ambiguous glyphs are folded, control characters
//! shown as `?`, a wide character never stands on the last column and never loses half of itself.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

use super::role::Role;
use super::theme::Theme;
use crate::base::width;

/// A rectangle of the screen to draw on. Rows and columns count from 0 at its upper left corner; what falls outside
/// is cut.
#[derive(Debug)]
pub struct Canvas<'a> {
    buffer: &'a mut Buffer,
    area: Rect,
    theme: &'a Theme,
}

impl<'a> Canvas<'a> {
    /// The whole buffer, blanked in the colour of text.
    pub fn new(buffer: &'a mut Buffer, theme: &'a Theme) -> Canvas<'a> {
        let area = buffer.area;
        let mut canvas = Canvas { buffer, area, theme };
        for row in 0..area.height {
            canvas.fill(row, 0, area.width, Role::Text);
        }
        canvas
    }

    /// The part from `row` on, `rows` high and as wide as this one.
    pub fn rows(&mut self, row: u16, rows: u16) -> Canvas<'_> {
        let height = rows.min(self.area.height.saturating_sub(row));
        let area = Rect { y: self.area.y + row.min(self.area.height), height, ..self.area };
        Canvas { buffer: self.buffer, area, theme: self.theme }
    }

    /// The part from the column `col` on, as high as this one.
    pub fn part(&mut self, col: u16) -> Canvas<'_> {
        let col = col.min(self.area.width);
        let area = Rect { x: self.area.x + col, width: self.area.width - col, ..self.area };
        Canvas { buffer: self.buffer, area, theme: self.theme }
    }

    /// Columns.
    pub fn width(&self) -> u16 {
        self.area.width
    }

    /// Rows.
    pub fn height(&self) -> u16 {
        self.area.height
    }

    /// Writes text and says the column after it.
    pub fn put(&mut self, row: u16, col: u16, text: &str, role: Role) -> u16 {
        self.put_within(row, col, self.area.width.saturating_sub(col), text, role)
    }

    /// Writes text, at most so many columns of it, and says the column after it.
    pub fn put_within(&mut self, row: u16, col: u16, cols: u16, text: &str, role: Role) -> u16 {
        let end = col.saturating_add(cols).min(self.area.width);
        let mut at = col;
        for grapheme in safe(text).graphemes(true) {
            let Ok(wide) = u16::try_from(grapheme.width()) else { break };
            if wide == 0 {
                continue;
            }
            if at + wide > end {
                break;
            }
            self.cell(row, at, grapheme, wide, role);
            at += wide;
        }
        at
    }

    /// Writes text that ends before the column `end`, and says where it begins.
    pub fn put_right(&mut self, row: u16, end: u16, text: &str, role: Role) -> u16 {
        let wide = u16::try_from(columns(text)).unwrap_or(u16::MAX);
        let col = end.saturating_sub(wide);
        self.put_within(row, col, end.saturating_sub(col), text, role);
        col
    }

    /// Writes text in a box of so many columns whose rest is blank in the same role: a bar, a field.
    pub fn put_box(&mut self, row: u16, col: u16, cols: u16, text: &str, role: Role) {
        self.fill(row, col, cols, role);
        self.put_within(row, col, cols, text, role);
    }

    /// Blanks a stretch in the colour of a role.
    pub fn fill(&mut self, row: u16, col: u16, cols: u16, role: Role) {
        for at in col..col.saturating_add(cols).min(self.area.width) {
            self.cell(row, at, " ", 1, role);
        }
    }

    /// The thin rule over the whole width.
    pub fn rule(&mut self, row: u16) {
        self.line(row, 0, self.area.width, self.theme.glyphs().rule());
    }

    /// The thick rule over the whole width.
    pub fn thick_rule(&mut self, row: u16) {
        self.line(row, 0, self.area.width, self.theme.glyphs().thick());
    }

    /// A thin rule of some columns, as under the head of a list.
    pub fn dashes(&mut self, row: u16, col: u16, cols: u16) {
        self.line(row, col, cols.min(self.area.width.saturating_sub(col)), self.theme.glyphs().rule());
    }

    /// The upright between two halves.
    pub fn upright(&mut self, row: u16, col: u16) {
        self.cell(row, col, self.theme.glyphs().upright(), 1, Role::Rule);
    }

    fn line(&mut self, row: u16, col: u16, cols: u16, glyph: &str) {
        for at in col..col + cols {
            self.cell(row, at, glyph, 1, Role::Rule);
        }
    }

    /// The only place that sets a symbol. `glyph` takes `wide` columns and fits.
    fn cell(&mut self, row: u16, col: u16, glyph: &str, wide: u16, role: Role) {
        if row >= self.area.height || col + wide > self.area.width {
            return;
        }
        let style = self.theme.style(Role::Text).patch(self.theme.style(role));
        let (x, y) = (self.area.x + col, self.area.y + row);
        // The left half of a wide character that is about to lose its right half.
        if x > self.buffer.area.x
            && let Some(left) = self.buffer.cell_mut((x - 1, y))
            && left.symbol().width() == 2
        {
            left.set_symbol(" ");
        }
        // The right half of a wide character whose left half is about to go is a blank already.
        for part in 0..wide {
            if let Some(cell) = self.buffer.cell_mut((x + part, y)) {
                cell.reset();
                cell.set_symbol(if part == 0 { glyph } else { " " }).set_style(style);
            }
        }
    }
}

/// Text as it may be shown: folded, control characters and what is still of doubtful width as `?`.
fn safe(text: &str) -> String {
    let folded = width::fold_glyphs(text);
    let mut out = String::with_capacity(folded.len());
    for grapheme in folded.graphemes(true) {
        if grapheme.chars().any(char::is_control)
            || grapheme.width() != grapheme.width_cjk()
            || grapheme.width() > 2
        {
            out.push('?');
        } else {
            out.push_str(grapheme);
        }
    }
    out
}

/// The columns that text takes when it is drawn.
pub fn columns(text: &str) -> usize {
    safe(text).width()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::testing;
    use proptest::prelude::*;

    fn drawn(cols: u16, draw: impl FnOnce(&mut Canvas)) -> (Buffer, String) {
        let mut buffer = Buffer::empty(Rect::new(0, 0, cols, 2));
        let (theme, _) = Theme::load("plain", None, false);
        draw(&mut Canvas::new(&mut buffer, &theme));
        let text = testing::text(&buffer);
        (buffer, text)
    }

    #[test]
    fn a_wide_character_never_stands_on_the_last_column() {
        let (_, text) = drawn(5, |c| {
            assert_eq!(c.put(0, 0, "王桂兰", Role::Text), 4);
            assert_eq!(c.put(1, 4, "王", Role::Text), 4);
        });
        assert_eq!(text, "王桂\n\n");
    }

    #[test]
    fn half_a_character_is_blanked_when_it_is_overdrawn() {
        let (_, text) = drawn(6, |c| {
            c.put(0, 0, "王桂兰", Role::Text);
            c.put(0, 1, "|", Role::Popup);
            c.put(0, 4, "x", Role::Popup);
        });
        assert_eq!(text, " |桂x\n\n");
    }

    #[test]
    fn control_and_doubtful_glyphs_are_made_safe() {
        let (buffer, text) = drawn(20, |c| {
            c.put(0, 0, "a\u{1b}[31m\tb\u{202e}", Role::Text);
            c.put_right(1, 20, "“…”", Role::Text);
        });
        assert!(!text.contains('\u{1b}') && !text.contains('…'), "{text}");
        testing::assert_widths_certain(&buffer);
    }

    proptest! {
        #[test]
        fn whatever_is_drawn_has_a_certain_width_and_stays_inside(text in "\\PC{0,30}|.{0,30}", col in 0u16..12) {
            let (buffer, _) = drawn(10, |c| { c.put(0, col, &text, Role::Text); });
            testing::assert_widths_certain(&buffer);
            let row: usize = { let mut x = 0; let mut sum = 0; while x < 10 {
                let w = buffer[(x, 0)].symbol().width().max(1); sum += w; x += w as u16; } sum };
            prop_assert_eq!(row, 10);
        }
    }
}
