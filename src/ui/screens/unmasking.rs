//! 查看完整信息 inside a screen: the purpose is asked first, then what was masked stands there until the screen turns to
//! somebody else or is left.
//!
//! Must never keep what it shows beyond that.

use crate::domain::command::privacy::Subject;
use crate::domain::privacy::LookPurpose;
use crate::office::front::privacy::Unmasked;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::card::{Block, Pair};
use crate::ui::key::Key;
use crate::ui::product::{Ask, Reply};
use crate::ui::screen::{Intent, Offer};
use crate::ui::screens::prompt::{Happened, Kind, Prompt};

/// The part of a screen that asks for the purpose and shows what was masked.
#[derive(Debug, Default)]
pub struct Unmasking {
    prompt: Option<Prompt<Subject>>,
    shown: Option<Box<Unmasked>>,
}

impl Unmasking {
    /// Whether the purpose is being asked.
    pub fn is_asking(&self) -> bool {
        self.prompt.is_some()
    }

    /// Begins to ask.
    pub fn begin(&mut self, subject: Subject) {
        let purposes = LookPurpose::ALL.iter().map(|purpose| purpose.zh()).collect();
        let prompt = Prompt::new(subject, "查看完整信息：谁、何时、为什么看，都记入日志")
            .with("目的", Kind::Choice(purposes), "")
            .with("说明", Kind::Note, "");
        self.prompt = Some(prompt);
    }

    /// Forgets what stands there and stops asking.
    pub fn clear(&mut self) {
        (self.prompt, self.shown) = (None, None);
    }

    /// Leaves the question, nothing written.
    pub fn leave(&mut self) -> Vec<Intent> {
        self.prompt = None;
        vec![Intent::Say("没有查看，什么都没有记".to_owned())]
    }

    /// What can be done while it asks.
    pub fn offers() -> Vec<Offer> {
        vec![Offer::named(Action::Submit, "查看"), Offer::new(Action::Cancel), Offer::new(Action::Back)]
    }

    /// What the message line says while it asks.
    pub fn hint(&self) -> String {
        self.prompt.as_ref().map(|prompt| prompt.hint().replace("办理", "查看")).unwrap_or_default()
    }

    /// Takes a key while it asks.
    pub fn key(&mut self, key: Key) -> Vec<Intent> {
        match self.prompt.as_mut().map(|prompt| prompt.key(key)) {
            Some(Happened::Say(text)) => vec![Intent::Say(text.replace("办理", "查看"))],
            _ => Vec::new(),
        }
    }

    /// Takes text that came at once.
    pub fn burst(&mut self, text: &str) -> Vec<Intent> {
        match self.prompt.as_mut().map(|prompt| prompt.burst(text)) {
            Some(Happened::Say(text)) => vec![Intent::Say(text)],
            _ => Vec::new(),
        }
    }

    /// Asks the desk, once a purpose is chosen.
    pub fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.prompt else { return Vec::new() };
        let read = || -> Result<(LookPurpose, String), String> {
            let purpose = LookPurpose::ALL.get(prompt.choice(0)?).copied();
            let purpose = purpose.ok_or_else(|| "目的没有选，请按数字".to_owned())?;
            let text = prompt.text(1)?;
            if purpose.needs_words() && text.is_empty() {
                return Err("目的选了「其他」，请在说明里写明为什么查看".to_owned());
            }
            Ok((purpose, text))
        };
        match read() {
            Ok((purpose, text)) => vec![Intent::Ask(Ask::Unmask { subject: prompt.what, purpose, text })],
            Err(text) => vec![Intent::Warn(text)],
        }
    }

    /// Takes the desk's answer where it is one to this question, for `subject` only.
    pub fn reply(&mut self, reply: &Reply, subject: Option<Subject>) -> Option<Vec<Intent>> {
        let Reply::Unmasked(found) = reply else { return None };
        if Some(found.subject) != subject {
            return Some(Vec::new());
        }
        self.prompt = None;
        let said = if found.again { "今天已记过查看" } else { "已记入查看日志" };
        self.shown = Some(found.clone());
        Some(vec![Intent::Say(format!("{said}；离开本页后恢复遮蔽"))])
    }

    /// What was masked, as a block at the top of the card.
    pub fn blocks(&self) -> Vec<Block> {
        let Some(found) = &self.shown else { return Vec::new() };
        let pairs = found.rows.iter().map(|(label, value)| Pair::new(*label, value.clone())).collect();
        vec![Block::Heading("完整信息".to_owned()), Block::Pairs(pairs)]
    }

    /// Rows that the question takes.
    pub fn rows(&self) -> u16 {
        self.prompt.as_ref().map_or(0, Prompt::rows)
    }

    /// Draws the question.
    pub fn draw(&self, canvas: &mut Canvas, row: u16, cols: u16) {
        if let Some(prompt) = &self.prompt {
            prompt.draw(canvas, row, cols);
        }
    }

    /// Row and column of the caret, from the question's first row.
    pub fn caret(&self, cols: u16) -> (u16, u16) {
        self.prompt.as_ref().map_or((0, 0), |prompt| prompt.caret(cols))
    }
}
