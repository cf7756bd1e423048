//! How the focus moves: Enter to what needs the officer, Up to everything, never blocked.

use super::form::{Form, MOST_ROWS, Outcome, Spot};

impl Form {
    /// All spots that show, in the order of the table. Repeating rows end with one blank row to type into.
    pub fn spots(&self) -> Vec<Spot> {
        let mut spots = Vec::new();
        for (field, declared) in self.table.fields.iter().enumerate().filter(|(_, f)| f.shows(&self.answers))
        {
            let Some(columns) = declared.columns() else {
                spots.push(Spot { field, row: 0, sub: 0 });
                continue;
            };
            let rows = self.answers.rows(declared.key);
            let blank_last = rows.last().is_some_and(super::answers::Answers::is_blank);
            let count = if blank_last { rows.len() } else { rows.len() + 1 }.min(MOST_ROWS);
            let none = super::answers::Answers::new();
            for row in 0..count {
                let scope = rows.get(row).unwrap_or(&none);
                let shown = columns.iter().enumerate().filter(|(_, column)| column.shows(scope));
                spots.extend(shown.map(|(sub, _)| Spot { field, row, sub }));
            }
        }
        spots
    }

    /// Page of a spot, from 0.
    pub fn page_of(&self, spot: Spot) -> u16 {
        self.table.fields.get(spot.field).map_or(0, |field| field.place.page)
    }

    /// Puts the focus on the field under `path`, as after a click or a refusal; `false` when it does not show.
    pub fn go(&mut self, path: &str) -> bool {
        // The key of repeating rows means their first cell.
        let first = || self.spots().into_iter().find(|spot| self.key_of(*spot) == Some(path));
        match self.spot(path).or_else(first).filter(|spot| self.spots().contains(spot)) {
            Some(spot) => {
                self.land(spot);
                true
            }
            None => false,
        }
    }

    fn key_of(&self, spot: Spot) -> Option<&'static str> {
        self.table.fields.get(spot.field).map(|field| field.key)
    }

    /// Puts the focus on `spot`, the caret at the end of its text.
    pub(super) fn land(&mut self, spot: Spot) {
        self.focus = spot;
        self.input = tui_input::Input::new(self.raw(spot));
        // Numbers and the table's own defaults are typed over; other text is edited where it stands.
        let held = self.answer(spot);
        let default = held.source == super::answers::Source::Default && !held.text.is_empty();
        self.fresh = default || self.field(spot).is_some_and(|field| field.is_number());
        self.dots = 0;
        self.stroke = None;
        self.list = None;
    }

    /// Where the focused field no longer shows, goes to the nearest that does.
    pub(super) fn stay_visible(&mut self) {
        let spots = self.spots();
        if spots.contains(&self.focus) {
            return;
        }
        let focus = self.focus;
        if let Some(spot) = spots.iter().copied().find(|spot| *spot >= focus).or(spots.last().copied()) {
            self.land(spot);
        }
    }

    /// The next spot after the focus that needs the officer; from the end it begins again at the first.
    pub(super) fn next_needing(&self) -> Option<Spot> {
        let spots = self.spots();
        let (after, upto): (Vec<Spot>, Vec<Spot>) = spots.into_iter().partition(|spot| *spot > self.focus);
        after.into_iter().chain(upto).find(|spot| *spot != self.focus && !self.is_settled(*spot))
    }

    /// Enter: the next cell of rows being filled, else what needs the officer, else [`Outcome::Ready`].
    pub(super) fn go_next(&mut self, walk: bool) -> Vec<Outcome> {
        if let Some(spot) = self.next_in_rows().or_else(|| self.next_needing()) {
            self.land(spot);
            return Vec::new();
        }
        // Nothing else is asked. A wrong field must not hold the officer, and Tab and Down still walk on.
        let stuck = !self.is_settled(self.focus);
        if walk || stuck {
            self.step(1);
        }
        if stuck { Vec::new() } else { vec![Outcome::Ready] }
    }

    /// After the last asked cell of a filled row comes the first cell of the next one; Enter in a blank row leaves.
    fn next_in_rows(&self) -> Option<Spot> {
        let here = self.focus;
        self.table.fields.get(here.field)?.columns()?;
        if self.scope(here).is_blank() {
            return None;
        }
        let spots = self.spots();
        let mut later = spots.into_iter().filter(|spot| spot.field == here.field && *spot > here);
        later
            .find(|spot| spot.row > here.row || !self.is_settled(*spot) || self.answer(*spot).text.is_empty())
    }

    /// One visible spot forward or back, around the ends.
    pub(super) fn step(&mut self, by: isize) {
        let spots = self.spots();
        let count = spots.len();
        let Some(here) = spots.iter().position(|spot| *spot == self.focus) else {
            return self.stay_visible();
        };
        let there = if by >= 0 { (here + 1) % count } else { (here + count - 1) % count };
        if let Some(spot) = spots.get(there) {
            self.land(*spot);
        }
    }

    /// The first field on the page after or before that has any.
    pub(super) fn turn_page(&mut self, forward: bool) {
        let page = self.page();
        let pages: Vec<u16> = self.spots().into_iter().map(|spot| self.page_of(spot)).collect();
        let target = match forward {
            true => pages.iter().copied().filter(|p| *p > page).min(),
            false => pages.iter().copied().filter(|p| *p < page).max(),
        };
        let Some(target) = target else { return };
        let mut on: Vec<Spot> = self.spots();
        on.retain(|spot| self.page_of(*spot) == target);
        let needing = on.iter().copied().find(|spot| !self.is_settled(*spot));
        if let Some(spot) = needing.or(on.first().copied()) {
            self.land(spot);
        }
    }
}
