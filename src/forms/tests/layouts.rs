//! Layout of every form at every size: no box over another, none beyond the edge.

use super::*;
use crate::forms::layout::{FieldBox, Rect, layout};

/// Columns from the first to the one after the last of a box, brackets and all.
fn spans(one: &FieldBox) -> Vec<Rect> {
    let brackets = Rect { x: one.field.x - 1, y: one.field.y, width: one.field.width + 2 };
    let mut all = vec![brackets];
    all.extend(one.label);
    all.extend(one.note);
    all
}

fn holds(form: &Form, width: u16, height: u16, what: &str) {
    let laid = layout(form, width, height);
    for (number, page) in laid.pages.iter().enumerate() {
        let all: Vec<(usize, Rect)> = page
            .iter()
            .enumerate()
            .flat_map(|(i, one)| spans(one).into_iter().map(move |rect| (i, rect)))
            .collect();
        for (_, rect) in &all {
            assert!(
                rect.x + rect.width <= width && rect.y < height,
                "{what} page {number}: {rect:?} in {width}x{height}"
            );
        }
        for (i, (_, a)) in all.iter().enumerate() {
            for (_, b) in all.iter().skip(i + 1) {
                let apart = a.y != b.y || a.x + a.width <= b.x || b.x + b.width <= a.x;
                assert!(apart, "{what} {width}x{height} page {number}: {a:?} over {b:?}");
            }
        }
    }
    for spot in form.spots() {
        assert!(laid.find(spot).is_some(), "{what}: {} is nowhere at {width}x{height}", form.path(spot));
    }
    let count: usize = laid.pages.iter().map(Vec::len).sum();
    assert_eq!(count, form.spots().len(), "each once");
}

#[test]
fn no_form_overlaps_at_any_size_in_any_state() {
    // The area of a form is smaller than the screen: title, foot and prior aid take their lines.
    for (width, height) in [(60, 14), (60, 20), (80, 12), (80, 13), (80, 25), (132, 43), (30, 3)] {
        for table in crate::forms::tables::all() {
            holds(&open(table), width, height, table.name);
        }
        for handling in ["approve", "direct", "record_paid", "advance"] {
            for manner in ["money", "goods", "both"] {
                for payee in ["self", "proxy", "institution"] {
                    let mut form = emergency();
                    form.set("id_no", "0", Source::Typed);
                    for (key, value) in [
                        ("handling", handling),
                        ("manner", manner),
                        ("payee", payee),
                        ("apply_as", "household"),
                        ("auth_how", "code"),
                        ("other_aid", "insufficient"),
                    ] {
                        form.set(key, value, Source::Typed);
                    }
                    for row in 0..9 {
                        form.set(&format!("members.{row}.name"), "张三", Source::Typed);
                    }
                    form.verdicts(vec![
                        crate::forms::Problem::warning("amount", "请核对").coded("W-SEVERITY"),
                    ]);
                    holds(&form, width, height, handling);
                }
            }
        }
    }
}

#[test]
fn labels_fit_their_columns() {
    for table in crate::forms::tables::all() {
        for field in table.fields.iter().filter(|field| field.columns().is_none()) {
            let width = crate::base::width::width(field.label);
            assert!(width <= usize::from(field.place.label_width), "{} {}", table.name, field.key);
        }
    }
}

#[test]
fn the_emergency_form_has_its_first_page_on_twelve_lines() {
    let laid = layout(&emergency(), 80, 12);
    assert_eq!(laid.pages.len(), 1);
    let mut form = emergency();
    form.set("apply_as", "household", Source::Typed);
    assert_eq!(layout(&form, 80, 12).pages.len(), 2);
}
