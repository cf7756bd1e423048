//! Columns of a table as they are declared, fitted to a window and drawn: one way for lists and cards.
//!
//! Must never cut a number without showing it: half an amount is another amount.

use super::canvas::{Canvas, columns};
use super::role::Role;

/// On which side the text of a column stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers and amounts.
    Right,
}

/// A column of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Its Chinese head.
    pub head: &'static str,
    /// Columns of the screen.
    pub cols: u16,
    /// Where the text stands.
    pub align: Align,
    /// In a narrow window the columns with the highest number go first; 0 stays.
    pub rank: u8,
    /// True for the one column that takes what a wide window has left over.
    pub grows: bool,
}

impl Column {
    /// A column of words that stays.
    pub const fn left(head: &'static str, cols: u16) -> Column {
        Column { head, cols, align: Align::Left, rank: 0, grows: false }
    }

    /// A column of numbers that stays.
    pub const fn right(head: &'static str, cols: u16) -> Column {
        Column { head, cols, align: Align::Right, rank: 0, grows: false }
    }

    /// The same, left out in a narrow window; higher ranks go first.
    pub const fn rank(mut self, rank: u8) -> Column {
        self.rank = rank;
        self
    }

    /// The same, taking what a wide window has left over; one in a table.
    pub const fn grow(mut self) -> Column {
        self.grows = true;
        self
    }
}

/// A cell of a table; a number too wide shows that it was cut.
pub fn cell(canvas: &mut Canvas, row: u16, col: u16, cols: u16, text: &str, align: Align, role: Role) {
    let wide = columns(text);
    if align == Align::Left {
        canvas.put_within(row, col, cols, text, role);
    } else if wide <= usize::from(cols) {
        canvas.put_right(row, col + cols, text, role);
    } else {
        canvas.put_within(row, col, cols, &"#".repeat(usize::from(cols)), role);
    }
}

/// Which columns there is room for in a table that begins at the column `first` and ends before `cols`: each with its
/// place in the row, first screen column and width. The column that grows takes what is left over.
pub fn plan(columns: &[Column], first: u16, cols: u16) -> Vec<(Column, usize, u16, u16)> {
    let mut kept: Vec<(usize, Column)> = columns.iter().copied().enumerate().collect();
    let room = cols.saturating_sub(first);
    let need = |kept: &[(usize, Column)]| kept.iter().map(|(_, c)| c.cols + 1).sum::<u16>().saturating_sub(1);
    while need(&kept) > room {
        let Some(rank) = kept.iter().map(|(_, c)| c.rank).max().filter(|r| *r > 0) else { break };
        let Some(place) = kept.iter().rposition(|(_, c)| c.rank == rank) else { break };
        kept.remove(place);
    }
    let spare = room.saturating_sub(need(&kept));
    let mut col = first;
    kept.into_iter()
        .map(|(place, column)| {
            let wide = column.cols + if column.grows { spare } else { 0 };
            let at = col;
            col += wide + 1;
            (column, place, at, wide.min(cols.saturating_sub(at)))
        })
        .collect()
}
