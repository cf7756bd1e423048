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

/// How narrow a column of words becomes before it goes.
const NARROW: u16 = 6;

/// Which columns there is room for in a table that begins at the column `first` and ends before `cols`: each with its
/// place in the row, first screen column and width. The column that grows takes what is left over. Where those that may go
/// are gone and it is still too much, words give way before numbers do: all but the first column become narrower, and then
/// go from the last on.
pub fn plan(columns: &[Column], first: u16, cols: u16) -> Vec<(Column, usize, u16, u16)> {
    let mut kept: Vec<(usize, Column)> = columns.iter().copied().enumerate().collect();
    let room = cols.saturating_sub(first);
    let need = |kept: &[(usize, Column)]| kept.iter().map(|(_, c)| c.cols + 1).sum::<u16>().saturating_sub(1);
    while need(&kept) > room {
        let Some(rank) = kept.iter().map(|(_, c)| c.rank).max().filter(|r| *r > 0) else { break };
        let Some(place) = kept.iter().rposition(|(_, c)| c.rank == rank) else { break };
        kept.remove(place);
    }
    let words = |column: &Column| column.align == Align::Left;
    while need(&kept) > room {
        let widest = kept.iter_mut().skip(1).map(|(_, column)| column).filter(|column| words(column));
        let widest = widest.filter(|column| column.cols > NARROW).max_by_key(|column| column.cols);
        if let Some(column) = widest {
            column.cols -= 1;
            continue;
        }
        let Some(last) = kept.iter().skip(1).rposition(|(_, column)| words(column)) else { break };
        kept.remove(last + 1);
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

#[cfg(test)]
mod tests {
    use super::*;

    const MONEY: &[Column] = &[
        Column::left("编号", 11),
        Column::left("姓名", 8),
        Column::left("村(居)", 14).grow(),
        Column::left("情形", 8).rank(1),
        Column::left("期限", 10),
        Column::right("金额", 12),
        Column::left("办法", 12),
    ];

    #[test]
    fn words_give_way_before_an_amount_is_cut() {
        for cols in [80, 60, 50, 40] {
            let fitted = plan(MONEY, 5, cols);
            let of = |head: &str| fitted.iter().find(|(column, ..)| column.head == head);
            let (_, _, at, wide) = of("金额").unwrap();
            assert!(*wide >= 12 && at + wide <= cols, "{cols}: {at}+{wide}");
            let (_, _, _, wide) = of("编号").unwrap();
            assert_eq!(*wide, 11, "{cols}: what names the row stays whole");
            let mut end = 0;
            for (_, _, at, wide) in &fitted {
                assert!(*at >= end && at + wide <= cols, "{cols}: {at}+{wide}");
                end = at + wide + 1;
            }
        }
        assert_eq!(plan(MONEY, 5, 90).len(), MONEY.len(), "where there is room nothing goes");
    }
}
