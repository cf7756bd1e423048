//! Rows of a list that a screen holds as the desk answered them.
//!
//! Must never keep what a row says: cells are made when the row is seen.

use crate::base::day::Stamp;
use crate::base::pinyin;
use crate::ui::list::Rows;
use crate::ui::role::Role;

/// What a row of a list says of itself.
pub trait Shown {
    /// What names it for good.
    fn id(&self) -> String;

    /// Its cells; `now` is when the list was read.
    fn cells(&self, now: Stamp) -> Vec<String>;

    /// Why it cannot be ticked, where it cannot.
    fn untickable(&self) -> Option<String> {
        None
    }

    /// How it is marked.
    fn role(&self, _now: Stamp) -> Option<Role> {
        None
    }

    /// What 定位 compares: the name first, then numbers.
    fn found_by(&self) -> (&str, Vec<&str>);
}

/// Rows as the desk answered them, and when.
#[derive(Debug, Clone)]
pub struct Held<T> {
    /// The rows.
    pub items: Vec<T>,
    /// When they were read.
    pub now: Stamp,
}

impl<T> Held<T> {
    /// No rows yet.
    pub fn empty() -> Held<T> {
        Held { items: Vec::new(), now: Stamp(0) }
    }
}

impl<T: Shown> Held<T> {
    /// The row of that name.
    pub fn of(&self, id: &str) -> Option<&T> {
        self.items.iter().find(|item| item.id() == id)
    }
}

impl<T: Shown> Rows for Held<T> {
    fn len(&self) -> usize {
        self.items.len()
    }

    fn row(&self, index: usize) -> Vec<String> {
        self.items.get(index).map(|item| item.cells(self.now)).unwrap_or_default()
    }

    fn id(&self, index: usize) -> String {
        self.items.get(index).map(Shown::id).unwrap_or_default()
    }

    fn untickable(&self, index: usize) -> Option<String> {
        self.items.get(index).and_then(Shown::untickable)
    }

    fn role(&self, index: usize) -> Option<Role> {
        self.items.get(index).and_then(|item| item.role(self.now))
    }

    fn locate(&self, needle: &str) -> Vec<usize> {
        let needle = crate::base::fold::digits(needle).to_lowercase();
        let hit = |item: &T| {
            let (name, numbers) = item.found_by();
            name.contains(&needle)
                || numbers.iter().any(|number| number.to_lowercase().contains(&needle))
                || (needle.bytes().all(|b| b.is_ascii_alphabetic())
                    && pinyin::initials(name).iter().any(|initials| initials.starts_with(&needle)))
        };
        (0..self.items.len()).filter(|i| self.items.get(*i).is_some_and(hit)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Named(&'static str, &'static str);

    impl Shown for Named {
        fn id(&self) -> String {
            self.1.to_owned()
        }
        fn cells(&self, _now: Stamp) -> Vec<String> {
            vec![self.0.to_owned()]
        }
        fn found_by(&self) -> (&str, Vec<&str>) {
            (self.0, vec![self.1])
        }
    }

    #[test]
    fn rows_are_found_by_hanzi_initials_and_number() {
        let rows = Held {
            items: vec![Named("王桂兰", "26-103-0117"), Named("单文彩", "26-103-0118")],
            now: Stamp(0),
        };
        assert_eq!(rows.locate("桂"), [0]);
        assert_eq!(rows.locate("WGL"), [0]);
        assert_eq!(rows.locate("swc"), [1]);
        assert_eq!(rows.locate("０１１８"), [1]);
        assert!(rows.locate("z").is_empty());
        assert!(rows.of("26-103-0118").is_some());
    }
}
