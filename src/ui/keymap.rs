//! Which key means which action on which kind of screen: the embedded `keys.toml`, overlaid by the user's own.
//!
//! Must never stop the program: what is wrong in the user's file is left out and told as a warning.

use std::collections::BTreeMap;

use super::action::Action;
use super::key::Key;

const EMBEDDED: &str = include_str!("keys.toml");

/// The kinds of screen that can give a key a section of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Every screen.
    Any,
    /// Forms.
    Form,
    /// Lists and queues.
    Queue,
    /// Approval (审批).
    Approval,
    /// Home (工作台).
    Home,
}

impl Context {
    /// All of them, as help lists them.
    pub const ALL: [Context; 5] =
        [Context::Any, Context::Home, Context::Queue, Context::Form, Context::Approval];

    /// The section in `keys.toml`.
    pub fn name(self) -> &'static str {
        match self {
            Context::Any => "any",
            Context::Form => "form",
            Context::Queue => "queue",
            Context::Approval => "approval",
            Context::Home => "home",
        }
    }

    /// What help calls it.
    pub fn label(self) -> &'static str {
        match self {
            Context::Any => "各屏通用",
            Context::Form => "表单",
            Context::Queue => "列表",
            Context::Approval => "审批",
            Context::Home => "工作台",
        }
    }
}

/// Keys to actions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyMap {
    bound: BTreeMap<(Context, Key), Action>,
}

impl KeyMap {
    /// The embedded keys, overlaid by the text of the user's file if there is one; and what was wrong with that file,
    /// in Chinese sentences.
    pub fn load(user: Option<&str>) -> (KeyMap, Vec<String>) {
        let mut map = KeyMap { bound: BTreeMap::new() };
        let mut warnings = Vec::new();
        map.overlay(EMBEDDED, &mut warnings);
        if let Some(text) = user {
            map.overlay(text, &mut warnings);
        }
        (map, warnings)
    }

    /// What a key means on such a screen.
    pub fn action(&self, context: Context, key: Key) -> Option<Action> {
        self.bound.get(&(context, key)).or_else(|| self.bound.get(&(Context::Any, key))).copied()
    }

    /// The key that does an action on such a screen, function keys first.
    pub fn key(&self, context: Context, action: Action) -> Option<Key> {
        let mut keys: Vec<Key> = self
            .bound
            .iter()
            .filter(|((c, key), a)| {
                **a == action
                    && (*c == context || *c == Context::Any)
                    && self.action(context, *key) == Some(action)
            })
            .map(|((_, key), _)| *key)
            .collect();
        keys.sort_unstable();
        keys.first().copied()
    }

    /// Every binding, for help.
    pub fn all(&self) -> impl Iterator<Item = (Context, Key, Action)> + '_ {
        Context::ALL.into_iter().flat_map(move |context| {
            let own = move |((c, key), action): (&(Context, Key), &Action)| {
                (*c == context).then_some((context, *key, *action))
            };
            self.bound.iter().filter_map(own)
        })
    }

    fn overlay(&mut self, text: &str, warnings: &mut Vec<String>) {
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                warnings.push(format!("按键文件读不懂，已用内置按键：{}", error.message()));
                return;
            }
        };
        for (section, content) in &table {
            let Some(context) = Context::ALL.into_iter().find(|c| c.name() == section) else {
                warnings.push(format!("按键文件里没有 [{section}] 这一节，已略过"));
                continue;
            };
            let Some(bindings) = content.as_table() else {
                warnings.push(format!("按键文件的 {section} 应写成一节 [{section}]，已略过"));
                continue;
            };
            self.section(context, bindings, warnings);
        }
    }

    fn section(&mut self, context: Context, bindings: &toml::Table, warnings: &mut Vec<String>) {
        let mut seen: Vec<Key> = Vec::new();
        for (name, value) in bindings {
            let place = format!("按键文件 [{}] {name}", context.name());
            let Some(key) = Key::parse(name) else {
                warnings.push(format!("{place}：没有这个键，已略过"));
                continue;
            };
            if key.is_printable() {
                warnings.push(format!("{place}：字母、数字、符号要留给输入法打字，不能当命令键，已略过"));
                continue;
            }
            if key.is_reserved() {
                warnings.push(format!("{place}：这个键在各屏移动光标或另有用处，不能改，已略过"));
                continue;
            }
            if seen.contains(&key) {
                warnings.push(format!("{place}：同一节里这个键写了两次，后一个已略过"));
                continue;
            }
            seen.push(key);
            match value.as_str().map(|text| (text, Action::parse(text))) {
                Some((_, Some(action))) => {
                    self.bound.insert((context, key), action);
                }
                Some((text, None)) => warnings.push(format!("{place}：没有「{text}」这个动作，已略过")),
                None => warnings.push(format!("{place}：动作要写成引号里的名字，已略过")),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::action::Meaning;

    #[test]
    fn the_embedded_keys_are_sound() {
        let (map, warnings) = KeyMap::load(None);
        assert!(warnings.is_empty(), "{warnings:?}");
        let bound: Vec<Action> = map.all().map(|(_, _, a)| a).collect();
        for action in Action::ALL {
            assert!(bound.contains(action), "{} has no key", action.name());
        }
    }

    #[test]
    fn a_key_has_one_meaning_on_every_screen_and_a_meaning_one_function_key() {
        let (map, _) = KeyMap::load(None);
        let mut meaning_of: BTreeMap<Key, Meaning> = BTreeMap::new();
        let mut key_of: BTreeMap<Meaning, Key> = BTreeMap::new();
        for (context, key, action) in map.all() {
            let meaning = *meaning_of.entry(key).or_insert(action.meaning());
            assert_eq!(meaning, action.meaning(), "{key} in {}", context.name());
            if key != Key::Esc {
                assert_eq!(*key_of.entry(meaning).or_insert(key), key, "{meaning:?}");
            }
        }
        let fixed = [
            (1, Meaning::Help),
            (2, Meaning::Lookup),
            (3, Meaning::Back),
            (4, Meaning::Prompt),
            (5, Meaning::Refresh),
            (6, Meaning::New),
            (7, Meaning::Keep),
            (8, Meaning::Same),
            (9, Meaning::Submit),
            (10, Meaning::Sign),
            (11, Meaning::Scope),
            (12, Meaning::Cancel),
        ];
        for (number, meaning) in fixed {
            assert_eq!(meaning_of.get(&Key::F(number)), Some(&meaning), "F{number}");
        }
        assert!(
            map.all().all(|(_, _, a)| (a == Action::Sign) == (a.meaning() == Meaning::Sign)),
            "F10 only signs"
        );
    }

    #[test]
    fn a_users_file_overlays_and_its_faults_are_told() {
        let user = "[form]\nF7 = \"submit\"\nF8 = \"fly\"\na = \"back\"\nEnter = \"submit\"\nf4 = \"choose\"\n\
                    F4 = \"undo\"\nF99 = \"back\"\nCtrl-P = 3\n[kitchen]\nF1 = \"help\"\n";
        let (map, warnings) = KeyMap::load(Some(user));
        assert_eq!(map.action(Context::Form, Key::F(7)), Some(Action::Submit));
        assert_eq!(
            map.action(Context::Form, Key::F(8)),
            Some(Action::SameAsBefore),
            "the embedded one stays"
        );
        assert_eq!(map.action(Context::Queue, Key::F(1)), Some(Action::Help));
        assert_eq!(warnings.len(), 7, "{warnings:#?}");
        let (map, warnings) = KeyMap::load(Some("[form\nF7"));
        assert_eq!((map, warnings.len()), (KeyMap::load(None).0, 1));
    }

    #[test]
    fn the_bar_shows_the_function_key_rather_than_its_alias() {
        let (map, _) = KeyMap::load(None);
        assert_eq!(map.key(Context::Form, Action::Back), Some(Key::F(3)));
        assert_eq!(map.key(Context::Home, Action::SignOut), Some(Key::Ctrl('q')));
        assert_eq!(map.key(Context::Approval, Action::Submit), None);
    }
}
