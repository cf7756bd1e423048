//! Where the fields of a form stand on a terminal of a given size.
//!
//! From 80 columns on the declared places are used; narrower terminals get one field a line. What does not fit below goes
//! to further pages, so that every field can be reached at every size. Nothing is drawn here.

use super::field::{Field, Kind};
use super::form::{Form, Spot};

/// Columns from which the declared places hold.
pub const DECLARED: u16 = 80;

/// Columns of a label where fields stand one a line.
const NARROW_LABEL: u16 = 12;

/// A rectangle of one line, in columns and lines of the form's own area.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rect {
    /// First column.
    pub x: u16,
    /// Line.
    pub y: u16,
    /// Columns.
    pub width: u16,
}

/// One field on a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldBox {
    /// Which field or cell.
    pub spot: Spot,
    /// Label; `None` for the cells below a column's heading.
    pub label: Option<Rect>,
    /// The text between the brackets; brackets stand in the columns left and right of it.
    pub field: Rect,
    /// Room for note or problem; `None` where there is none and the message line has to do.
    pub note: Option<Rect>,
}

/// Pages of boxes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// The pages, each in the order of the table.
    pub pages: Vec<Vec<FieldBox>>,
}

impl Layout {
    /// The page and box of `spot`.
    pub fn find(&self, spot: Spot) -> Option<(usize, &FieldBox)> {
        self.pages
            .iter()
            .enumerate()
            .find_map(|(page, boxes)| boxes.iter().find(|one| one.spot == spot).map(|one| (page, one)))
    }
}

/// Lays out the visible fields of `form` in an area of `width` columns and `height` lines.
pub fn layout(form: &Form, width: u16, height: u16) -> Layout {
    let height = height.max(1);
    if width >= DECLARED { declared(form, height) } else { narrow(form, width, height) }
}

fn declared(form: &Form, height: u16) -> Layout {
    let mut boxes: Vec<(u16, u16, FieldBox)> = Vec::new();
    for spot in form.spots() {
        let Some(outer) = form.table().fields.get(spot.field) else { continue };
        let Some(field) = form.field(spot) else { continue };
        let (line, one) = match outer.columns() {
            Some(_) => {
                // A column's heading stands on the line of the rows' own place, the cells below it.
                let line = outer.place.row + 1 + u16::try_from(spot.row).unwrap_or(u16::MAX / 2);
                (line, cell(field, spot))
            }
            None => (field.place.row, whole(field, spot)),
        };
        boxes.push((outer.place.page, line, one));
    }
    paged(boxes, height)
}

fn whole(field: &Field, spot: Spot) -> FieldBox {
    let place = field.place;
    let x = place.col + place.label_width + 2;
    let note_x = x + place.width + 2;
    FieldBox {
        spot,
        label: Some(Rect { x: place.col, y: 0, width: place.label_width }),
        field: Rect { x, y: 0, width: place.width },
        note: (place.note_width > 0).then_some(Rect { x: note_x, y: 0, width: place.note_width }),
    }
}

fn cell(field: &Field, spot: Spot) -> FieldBox {
    let place = field.place;
    let x = place.col + 1;
    let heading = Rect { x: place.col, y: 0, width: place.width + 2 };
    FieldBox {
        spot,
        label: (spot.row == 0).then_some(heading),
        field: Rect { x, y: 0, width: place.width },
        note: None,
    }
}

/// Cuts declared pages that are longer than the area into pages that fit. Headings of rows stand one line above the
/// first cells, which therefore never come first on a page.
fn paged(boxes: Vec<(u16, u16, FieldBox)>, height: u16) -> Layout {
    let mut layout = Layout::default();
    let last = boxes.iter().map(|(page, _, _)| *page).max().unwrap_or(0);
    for page in 0..=last {
        let mut parts: Vec<Vec<FieldBox>> = Vec::new();
        let on_page = boxes.iter().filter(|(of, _, _)| *of == page);
        for (_, line, one) in on_page {
            let mut one = one.clone();
            let (part, y) = (usize::from(line / height), line % height);
            one.field.y = y;
            if let Some(note) = &mut one.note {
                note.y = y;
            }
            let is_cell = one.field.x == one.label.map_or(0, |label| label.x + 1);
            match (&mut one.label, is_cell) {
                (Some(label), true) if y > 0 => label.y = y - 1,
                (label, true) => *label = None,
                (Some(label), false) => label.y = y,
                (None, false) => {}
            }
            while parts.len() <= part {
                parts.push(Vec::new());
            }
            if let Some(part) = parts.get_mut(part) {
                part.push(one);
            }
        }
        layout.pages.extend(parts.into_iter().filter(|part| !part.is_empty()));
    }
    layout
}

fn narrow(form: &Form, width: u16, height: u16) -> Layout {
    let mut layout = Layout::default();
    let mut page: Vec<FieldBox> = Vec::new();
    for spot in form.spots() {
        let Some(field) = form.field(spot) else { continue };
        if page.len() >= usize::from(height) {
            layout.pages.push(std::mem::take(&mut page));
        }
        let y = u16::try_from(page.len()).unwrap_or(0);
        let x = NARROW_LABEL + 2;
        let room = width.saturating_sub(x + 1).max(1);
        let columns = match field.kind {
            Kind::LongText { .. } => room,
            _ => field.place.width.clamp(1, room),
        };
        let note_x = x + columns + 2;
        let rest = width.saturating_sub(note_x);
        page.push(FieldBox {
            spot,
            label: Some(Rect { x: 0, y, width: NARROW_LABEL }),
            field: Rect { x, y, width: columns },
            note: (rest >= 6).then_some(Rect { x: note_x, y, width: rest }),
        });
    }
    if !page.is_empty() {
        layout.pages.push(page);
    }
    layout
}
