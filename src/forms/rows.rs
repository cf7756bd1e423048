//! Repeating rows, for example the members of a household: add, delete, move, same as above.

use super::answers::{Answer, Answers};
use super::form::{Form, MOST_ROWS, Outcome, Spot};
use super::keys::told;

impl Form {
    /// The answer in the same column one row up.
    pub(super) fn above(&self, spot: Spot) -> Option<Answer> {
        self.table.fields.get(spot.field)?.columns()?;
        let row = spot.row.checked_sub(1)?;
        Some(self.answer(Spot { row, ..spot })).filter(|answer| !answer.text.is_empty())
    }

    /// The repeating field that the row keys mean: the focused one, else the first that shows.
    fn rows_field(&self) -> Option<usize> {
        let is_rows = |index: &usize| {
            self.table.fields.get(*index).is_some_and(|f| f.columns().is_some() && f.shows(&self.answers))
        };
        Some(self.focus.field).filter(is_rows).or_else(|| (0..self.table.fields.len()).find(is_rows))
    }

    /// Puts the focus on a new row.
    pub(super) fn add_row(&mut self) -> Vec<Outcome> {
        let Some(field) = self.rows_field() else { return vec![told("这张表没有可以加的行")] };
        let blank = self.spots().into_iter().filter(|spot| spot.field == field);
        let Some(spot) = blank.max_by_key(|spot| (spot.row, std::cmp::Reverse(spot.sub))) else {
            return Vec::new();
        };
        if !self.scope(spot).is_blank() {
            return vec![told(format!("最多 {MOST_ROWS} 行，请另开一张"))];
        }
        let left = Outcome::Left(self.focus_path());
        self.land(spot);
        vec![left]
    }

    /// Deletes the row of the focus; Ctrl-Z brings it back.
    pub(super) fn delete_row(&mut self) -> Vec<Outcome> {
        let here = self.focus;
        let Some(field) = self.table.fields.get(here.field).filter(|field| field.columns().is_some()) else {
            return vec![told("先移到要删的那一行")];
        };
        let rows = self.answers.rows_mut(field.key);
        if here.row >= rows.len() {
            return vec![told("这一行是空的")];
        }
        let row = rows.remove(here.row);
        self.forget_rows(field.key);
        self.deleted = Some((here.field, here.row, row));
        self.refill();
        self.land(Spot { sub: 0, ..here });
        self.stay_visible();
        vec![Outcome::Edited(field.key.to_owned()), told("已删这一行，Ctrl-Z 恢复")]
    }

    /// Brings back the row deleted last, while the focus is still in these rows.
    pub(super) fn undelete_row(&mut self) -> Option<Vec<Outcome>> {
        let (index, at, row) = self.deleted.take_if(|(field, _, _)| *field == self.focus.field)?;
        let field = self.table.fields.get(index)?;
        let rows = self.answers.rows_mut(field.key);
        let at = at.min(rows.len());
        rows.insert(at, row);
        rows.truncate(MOST_ROWS);
        self.forget_rows(field.key);
        self.refill();
        self.land(Spot { field: index, row: at, sub: 0 });
        Some(vec![Outcome::Edited(field.key.to_owned())])
    }

    /// Moves the row of the focus by one.
    pub(super) fn move_row(&mut self, down: bool) -> Vec<Outcome> {
        let here = self.focus;
        let Some(field) = self.table.fields.get(here.field).filter(|field| field.columns().is_some()) else {
            return vec![told("先移到要移的那一行")];
        };
        let rows: &mut Vec<Answers> = self.answers.rows_mut(field.key);
        let there = if down { here.row + 1 } else { here.row.wrapping_sub(1) };
        if here.row >= rows.len() || there >= rows.len() {
            return vec![told("到头了，不能再移")];
        }
        rows.swap(here.row, there);
        self.forget_rows(field.key);
        self.refill();
        self.land(Spot { row: there, ..here });
        vec![Outcome::Edited(field.key.to_owned())]
    }

    /// Undo steps and visits are kept by row number, which no longer fits once rows moved.
    fn forget_rows(&mut self, key: &str) {
        let prefix = format!("{key}.");
        self.undo.retain(|path, _| !path.starts_with(&prefix));
        self.passed.retain(|path| !path.starts_with(&prefix));
    }
}
