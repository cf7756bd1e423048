//! What an officer without business meets on every screen that his home leads to, in the practice office: the administrator
//! reads nobody's name, the county's finance reads of no hardship, though the replica beside them holds both.

use super::*;
use crate::domain::nouns::Circumstance;
use crate::store::replica::views::queue::{Filter, List};
use std::collections::BTreeSet;

/// Every number that a home may show.
const NUMBERS: std::ops::RangeInclusive<u8> = 1..=69;

impl Monkey {
    /// Signs in as somebody, by number and password.
    fn arrive(&mut self, number: &str) {
        let who = self.officers.iter().find(|(no, _)| no == number).cloned().unwrap();
        self.sign_in_as(who).unwrap();
        assert_eq!(self.app.top().name(), "工作台");
    }

    /// What stands on the screen, a line a row.
    fn text(&self) -> String {
        let mut buffer = Buffer::empty(Rect::new(0, 0, self.size.0, self.size.1));
        self.app.paint(&mut buffer);
        crate::ui::testing::text(&buffer)
    }

    /// The screens behind every number of the home, each with what its first row leads to: name and text.
    fn walk(&mut self) -> Vec<(String, String)> {
        let mut met = vec![("工作台".to_owned(), self.text())];
        for number in NUMBERS {
            self.way_out().unwrap();
            for letter in number.to_string().chars() {
                self.give(Input::Key(Key::Char(letter))).unwrap();
            }
            for _ in 0..2 {
                self.give(Input::Key(Key::Enter)).unwrap();
                met.push((format!("{number} {}", self.app.top().name()), self.text()));
            }
        }
        self.way_out().unwrap();
        met
    }
}

fn monkey(folder: &Path) -> Monkey {
    let folders = Folders::at(folder.join("data"), folder.join("w.toml")).unwrap();
    drop(practice::open(&folders, (machine_clock())(), true).unwrap());
    let mut monkey = Monkey::open(&folders, Rng::new(1)).unwrap();
    monkey.size = (100, 40);
    monkey.app.resize(monkey.size);
    monkey
}

#[test]
fn the_administrator_reads_nobody_s_name_and_finance_of_no_hardship() {
    let folder = tempfile::tempdir().unwrap();
    let mut monkey = monkey(folder.path());
    monkey.arrive("9004");
    let every = Filter { list: List::All, ..Filter::default() };
    let today = (machine_clock())().day();
    let reader = monkey.app.desk().front().reader().unwrap();
    let officers: BTreeSet<String> = reader.officers().unwrap().into_iter().map(|one| one.name).collect();
    let rows = reader.queue_page(&every, 0, 1_000, today).unwrap();
    let names: BTreeSet<String> = rows
        .into_iter()
        .map(|row| row.name)
        .filter(|name| !name.is_empty() && !officers.contains(name))
        .collect();
    assert!(names.len() > 30, "only {names:?}");
    let seen = |met: &[(String, String)], words: &[String]| -> Vec<String> {
        let shows = |text: &str| {
            words.iter().filter(|word| text.contains(word.as_str())).cloned().collect::<Vec<_>>()
        };
        met.iter()
            .filter(|(_, text)| !shows(text).is_empty())
            .map(|(at, text)| format!("{at}: {:?}", shows(text)))
            .collect()
    };
    let names: Vec<String> = names.into_iter().collect();
    let hardships: Vec<String> = Circumstance::ALL.iter().map(|one| one.zh().to_owned()).collect();
    // The supervisor reads both: else this would find nothing anywhere.
    let met = monkey.walk();
    assert!(!seen(&met, &names).is_empty() && !seen(&met, &hardships).is_empty());
    monkey.arrive("9005");
    let met = monkey.walk();
    assert_eq!(seen(&met, &names), Vec::<String>::new());
    assert_eq!(seen(&met, &hardships), Vec::<String>::new());
    // 9003 stands in for an approver in practice.
    monkey.arrive("9006");
    let met = monkey.walk();
    assert!(!seen(&met, &names).is_empty(), "finance reads whom");
    assert_eq!(seen(&met, &hardships), Vec::<String>::new());
    monkey.close();
}
