//! F1: once about the field, again about the screen, again all keys, searched by pinyin initials.
//!
//! Made from what the screen says of itself, its offers and the key map; must never hold the keys in a text of its own.

use super::action::Action;
use super::canvas::Canvas;
use super::card::{Block, Card, Pair, TableRow};
use super::frame::{Status, key_of};
use super::key::Key;
use super::keymap::{Context, KeyMap};
use super::line::Line;
use super::role::Role;
use super::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use super::table::Column;
use crate::base::pinyin;

const OFFERS: &[Column] =
    &[Column::left("键", 10), Column::left("做什么", 14), Column::left("现在不能做的原因", 24).grow()];
const KEYS: &[Column] =
    &[Column::left("在哪里", 10), Column::left("键", 18), Column::left("做什么", 14).grow()];

/// Keys that every screen reads itself.
const MOVING: &[(&str, &str, &str)] = &[
    ("表单", "Enter", "下一个要填的项"),
    ("表单", "Tab 下箭头", "下一项"),
    ("表单", "Shift-Tab 上箭头", "上一项"),
    ("表单", "数字", "在选择项里选中并往下走"),
    ("表单", ".. Enter", "同我的上一笔"),
    ("表单", "Ctrl-Backspace", "清空本项"),
    ("表单", "Ctrl-Home Ctrl-End", "首项、末项"),
    ("列表", "上下箭头", "移动"),
    ("列表", "PgUp PgDn", "翻页"),
    ("列表", "Home End", "首行、末行"),
    ("列表", "数字", "填选项，可填多行，回车一起办"),
    ("列表", "Tab", "到定位栏"),
    ("列表", "空格 +", "选或不选，全选(制单时)"),
    ("审批", "数字", "选结论"),
    ("审批", "Tab", "第二页"),
    ("审批", "PgDn PgUp", "下一件、上一件"),
    ("各屏通用", "Ctrl-K 加 1 至 9 0 - =", "代替 F1 至 F12"),
    ("各屏通用", "Ctrl-G", "代替 F10"),
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Field,
    Screen,
    Keys,
}

/// A binding as help lists it: where, key, what.
type Binding = [String; 3];

/// The screen of help over another screen.
#[derive(Debug)]
pub struct Help {
    subject: String,
    text: HelpText,
    /// How the desk stands with the share, and whether something is wrong with it.
    drive: (bool, String),
    offers: Vec<TableRow>,
    bindings: Vec<Binding>,
    search: Line,
    level: Level,
    card: Card,
    size: Size,
}

impl Help {
    /// Help about a screen as it is now.
    ///
    /// `status` tells how the desk stands with the share; what is wrong with it comes first.
    pub fn new(about: &dyn Screen, keys: &KeyMap, status: &Status) -> Help {
        let text = about.help();
        let level = if text.field.is_empty() { Level::Screen } else { Level::Field };
        let mut help = Help {
            subject: about.name().to_owned(),
            text,
            drive: (status.wrong, status.drive.clone()),
            offers: about.offers().iter().filter_map(|offer| offered(offer, about, keys)).collect(),
            bindings: bindings(keys),
            search: Line::new(20),
            level,
            card: Card::new(Vec::new()),
            size: Size::default(),
        };
        help.derive();
        help
    }

    fn derive(&mut self) {
        let blocks = match self.level {
            Level::Field => {
                let mut blocks = self.about_drive(true);
                blocks.extend([Block::Free, Block::Text(self.text.field.clone(), Role::Text)]);
                blocks
            }
            Level::Screen => self.about_screen(),
            Level::Keys => self.about_keys(),
        };
        self.card = Card::new(blocks);
        self.card.resize(self.card_size());
    }

    fn about_screen(&self) -> Vec<Block> {
        let mut blocks = self.about_drive(true);
        blocks.push(Block::Free);
        for paragraph in &self.text.screen {
            blocks.push(Block::Text(paragraph.clone(), Role::Text));
        }
        blocks.extend(self.about_drive(false));
        blocks.push(Block::Free);
        blocks.push(Block::Table(OFFERS, self.offers.clone()));
        blocks
    }

    /// The word of the title bar in sentences, where it is that wrong.
    fn about_drive(&self, wrong: bool) -> Vec<Block> {
        if self.drive.1.is_empty() || self.drive.0 != wrong {
            return Vec::new();
        }
        let role = if wrong { Role::Warning } else { Role::Text };
        vec![Block::Free, Block::Text(self.drive.1.clone(), role)]
    }

    fn about_keys(&self) -> Vec<Block> {
        let needle = self.search.text().trim().to_lowercase();
        let rows: Vec<TableRow> = self
            .bindings
            .iter()
            .filter(|binding| matches(binding, &needle))
            .map(|binding| TableRow { cells: binding.to_vec(), role: Role::Text })
            .collect();
        if rows.is_empty() {
            let pair = Pair::new("没有找到", self.search.text());
            return vec![Block::Pairs(vec![pair])];
        }
        vec![Block::Table(KEYS, rows)]
    }

    /// In the third level the first two lines are the search.
    fn card_size(&self) -> Size {
        let above = if self.level == Level::Keys { 2 } else { 0 };
        Size { rows: self.size.rows.saturating_sub(above), ..self.size }
    }

    fn next(&mut self) -> Vec<Intent> {
        self.level = match self.level {
            Level::Field => Level::Screen,
            Level::Screen => Level::Keys,
            Level::Keys => return vec![Intent::Back],
        };
        self.derive();
        Vec::new()
    }

    fn key(&mut self, key: Key) -> Vec<Intent> {
        match key {
            Key::Tab => self.card.turn(),
            Key::PgDn | Key::PgUp => {
                self.card.go(key == Key::PgDn);
            }
            Key::Enter => return vec![Intent::Back],
            key if self.level == Level::Keys && self.search.key(key) => self.derive(),
            _ => {}
        }
        Vec::new()
    }
}

fn offered(offer: &Offer, about: &dyn Screen, keys: &KeyMap) -> Option<TableRow> {
    let key = key_of(offer, about, keys)?;
    let why = offer.disabled.clone().unwrap_or_default();
    let role = if why.is_empty() { Role::Text } else { Role::Muted };
    Some(TableRow { cells: vec![key.to_string(), offer.label.clone(), why], role })
}

fn bindings(keys: &KeyMap) -> Vec<Binding> {
    let bound = keys.all().map(|(context, key, action): (Context, Key, Action)| {
        [context.label().to_owned(), key.to_string(), action.label().to_owned()]
    });
    let moving = MOVING.iter().map(|(at, key, what)| [*at, *key, *what].map(str::to_owned));
    bound.chain(moving).collect()
}

fn matches(binding: &Binding, needle: &str) -> bool {
    needle.is_empty()
        || binding.iter().any(|text| {
            text.to_lowercase().contains(needle) || pinyin::initials(text).iter().any(|i| i.contains(needle))
        })
}

impl Screen for Help {
    fn name(&self) -> &'static str {
        match self.level {
            Level::Field => "帮助：本项",
            Level::Screen => "帮助：本屏",
            Level::Keys => "帮助：所有的键",
        }
    }

    fn subject(&self) -> String {
        self.subject.clone()
    }

    fn context(&self) -> Context {
        Context::Any
    }

    fn offers(&self) -> Vec<Offer> {
        let next = match self.level {
            Level::Field => "本屏",
            Level::Screen => "所有的键",
            Level::Keys => "回原屏",
        };
        let mut offers = vec![Offer::named(Action::Help, next), Offer::new(Action::Back)];
        if self.card.pages().1 > 1 {
            offers.push(Offer::key(Key::Tab, "翻页"));
        }
        offers
    }

    fn hint(&self) -> String {
        if self.level == Level::Keys {
            "打拼音首字母、汉字或键名来找".to_owned()
        } else {
            String::new()
        }
    }

    fn help(&self) -> HelpText {
        HelpText::default()
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.card.resize(self.card_size());
                Vec::new()
            }
            Msg::Action(Action::Help) => self.next(),
            Msg::Action(Action::Back) => vec![Intent::Back],
            Msg::Key(key) => self.key(key),
            Msg::Burst(text) => {
                if self.level == Level::Keys {
                    self.search.paste(&text);
                    self.derive();
                }
                Vec::new()
            }
            Msg::Shown | Msg::Action(_) | Msg::Reply(_) => Vec::new(),
        }
    }

    fn draw(&self, canvas: &mut Canvas) {
        if self.level != Level::Keys {
            return self.card.draw(canvas);
        }
        canvas.put(0, 1, "找 [", Role::Label);
        canvas.put_box(0, 5, 20, &self.search.window(20).0, Role::FieldFocus);
        canvas.put(0, 25, "]", Role::Label);
        let size = self.card_size();
        self.card.draw(&mut canvas.rows(2, size.rows));
    }

    fn caret(&self) -> (u16, u16) {
        match self.level {
            Level::Keys => (0, 5 + self.search.window(20).1),
            _ => self.card.caret(),
        }
    }
}
