//! A list with a prompt under it, as several screens need it: rows, who looks at them, and a small form for one of them.
//!
//! Must never know what the prompt is for.

use crate::base::day::Stamp;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::list::{Happened, List, ListTable};
use crate::ui::product::{MeView, Reply};
use crate::ui::screen::{Intent, Msg, Offer, Size};
use crate::ui::screens::held::{Held, Shown};
use crate::ui::screens::prompt::{self, Prompt};
use crate::ui::screens::words;

/// The parts.
#[derive(Debug)]
pub struct Prompted<T: Shown, P> {
    /// The rows.
    pub list: List<Held<T>>,
    /// Who looks at them.
    pub me: Option<Box<MeView>>,
    /// What is being filled in.
    pub prompt: Option<Prompt<P>>,
    /// Whether the desk has answered once.
    pub read: bool,
    /// Rows kept free below an open prompt.
    below: u16,
    size: Size,
}

impl<T: Shown, P> Prompted<T, P> {
    /// No rows yet.
    pub fn new(table: ListTable) -> Prompted<T, P> {
        let list = List::new(table, Held::empty());
        Prompted { list, me: None, prompt: None, read: false, below: 0, size: Size { rows: 19, cols: 80 } }
    }

    /// The same with rows kept free below an open prompt.
    pub fn keeping(self, below: u16) -> Prompted<T, P> {
        Prompted { below, ..self }
    }

    /// Rows of the list while a prompt is open, or of the whole.
    fn above(&self) -> u16 {
        let foot = self.prompt.as_ref().map_or(0, |prompt| prompt.rows() + self.below);
        self.size.rows.saturating_sub(foot)
    }

    /// The window's size.
    pub fn size(&self) -> Size {
        self.size
    }

    /// What is offered: `list` as long as no prompt is open. An open one does `does` and can always be left.
    pub fn offers(&self, does: &str, list: Vec<Offer>) -> Vec<Offer> {
        if self.prompt.is_none() {
            return list;
        }
        let mut offers = vec![Offer::key(Key::Enter, "下一项")];
        if self.prompt.as_ref().is_some_and(Prompt::has_phrases) {
            offers.push(Offer::named(Action::Choose, "常用语"));
        }
        offers.extend([
            Offer::named(self.does_it(), does),
            Offer::new(Action::Cancel),
            Offer::new(Action::Back),
        ]);
        offers
    }

    /// The command that does what the open prompt is for.
    fn does_it(&self) -> Action {
        if self.prompt.as_ref().is_some_and(Prompt::is_signed) { Action::Sign } else { Action::Submit }
    }

    /// The row under the cursor.
    pub fn selected(&self) -> Option<&T> {
        self.list.selected().and_then(|at| self.list.rows().items.get(at))
    }

    /// Now, as far as the desk told.
    pub fn now(&self) -> Stamp {
        self.me.as_ref().map_or(Stamp(0), |me| me.now)
    }

    /// The rows as the desk answered them.
    pub fn replace(&mut self, items: Vec<T>) {
        self.replace_as_of(items, self.now());
    }

    /// The rows as they were at a moment that the desk told with them.
    pub fn replace_as_of(&mut self, items: Vec<T>, now: Stamp) {
        self.read = true;
        self.list.replace(Held { items, now });
    }

    /// A window of this size.
    pub fn resize(&mut self, size: Size) {
        self.size = size;
        self.list.resize(Size { rows: self.above(), ..size });
    }

    /// Opens a prompt, or closes it.
    pub fn ask(&mut self, prompt: Option<Prompt<P>>) {
        self.prompt = prompt;
        self.resize(self.size);
    }

    /// F4: the phrases of the prompt's line with the cursor, or closes them.
    pub fn phrases(&mut self) -> Vec<Intent> {
        let happened = self.prompt.as_mut().map(Prompt::phrases);
        self.resize(self.size);
        happened.map(said).unwrap_or_default()
    }

    /// Leaves the phrases, then the prompt, and says that nothing came of it.
    pub fn leave(&mut self) -> Vec<Intent> {
        if self.prompt.as_ref().is_some_and(Prompt::shows_phrases) {
            return self.phrases();
        }
        self.ask(None);
        vec![Intent::Say("没有办，什么都没有改".to_owned())]
    }

    /// A key: into the prompt where one is open. Answers the rows that were chosen, and what is to be said.
    pub fn key(&mut self, key: Key) -> (Vec<(String, char)>, Vec<Intent>) {
        match &mut self.prompt {
            Some(prompt) => {
                let happened = prompt.key(key);
                // A phrase that was taken closes the list of them.
                self.resize(self.size);
                (Vec::new(), said(happened))
            }
            None => sorted(self.list.key(key)),
        }
    }

    /// Text that came at once.
    pub fn burst(&mut self, text: &str) -> (Vec<(String, char)>, Vec<Intent>) {
        match &mut self.prompt {
            Some(prompt) => (Vec::new(), said(prompt.burst(text))),
            None => sorted(self.list.burst(text)),
        }
    }

    /// A key or text that came at once, wherever it goes; nothing of any other message.
    pub fn typed(&mut self, msg: &Msg) -> (Vec<(String, char)>, Vec<Intent>) {
        match msg {
            Msg::Key(key) => self.key(*key),
            Msg::Burst(text) => self.burst(text),
            _ => (Vec::new(), Vec::new()),
        }
    }

    /// A reply that is not the list's own. What was done closes the prompt, and the list is asked `again`; a fault ends the
    /// waiting for the first answer.
    pub fn answered(&mut self, reply: &Reply, again: Vec<Intent>) -> Vec<Intent> {
        let mut intents = Vec::new();
        match reply {
            Reply::Done { .. } | Reply::Held(_) => {
                self.ask(None);
                intents = again;
            }
            Reply::Failed(_) => self.read = true,
            reply => self.lead_by(reply),
        }
        intents.extend(words::outcome(reply));
        intents
    }

    /// The cursor goes to the line of the prompt that a sentence complains of.
    pub fn lead(&self, sentence: &str) {
        if let Some(prompt) = &self.prompt {
            prompt.lead(sentence);
        }
    }

    /// The same for what a refusal says first.
    pub fn lead_by(&self, reply: &Reply) {
        if let Reply::Refused(refusals) = reply
            && let Some(first) = refusals.first()
        {
            self.lead(&first.sentence);
        }
    }

    /// Draws both.
    pub fn draw(&self, canvas: &mut Canvas) {
        let rows = self.above();
        self.list.draw(&mut canvas.rows(0, rows));
        if let Some(prompt) = &self.prompt {
            prompt.draw(canvas, rows, self.size.cols);
        }
    }

    /// Where the caret stands.
    pub fn caret(&self) -> (u16, u16) {
        match &self.prompt {
            Some(prompt) => {
                let (row, col) = prompt.caret(self.size.cols);
                (self.above() + row, col)
            }
            None => self.list.caret(),
        }
    }
}

fn said(happened: prompt::Happened) -> Vec<Intent> {
    match happened {
        prompt::Happened::Say(text) => vec![Intent::Say(text)],
        prompt::Happened::Nothing | prompt::Happened::Moved => Vec::new(),
    }
}

fn sorted(happened: Happened) -> (Vec<(String, char)>, Vec<Intent>) {
    match happened {
        Happened::Chosen(chosen) => (chosen, Vec::new()),
        Happened::Say(text) => (Vec::new(), vec![Intent::Say(text)]),
        Happened::Nothing | Happened::Moved => (Vec::new(), Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::office::front::officers::OfficerLine;
    use crate::ui::list::RowOption;
    use crate::ui::screens::fixtures;
    use crate::ui::screens::prompt::Kind;
    use crate::ui::table::Column;

    const TABLE: ListTable = ListTable {
        locate: "操作员号",
        columns: &[Column::left("操作员", 6).grow()],
        options: &[RowOption { digit: '1', label: "查看" }],
        ticks: false,
        empty: "没有",
    };

    #[test]
    fn an_open_prompt_can_be_left_and_the_row_it_is_about_stays_in_sight() {
        let mut with = Prompted::<OfficerLine, ()>::new(TABLE).keeping(1);
        with.resize(Size { rows: 19, cols: 80 });
        let officers = (0..30).map(|no| fixtures::officer(&format!("90{no:02}"), &[], None));
        with.replace(fixtures::lines(officers.collect()));
        for _ in 0..13 {
            with.key(Key::Down);
        }
        let about = with.selected().unwrap().officer.no.to_string();
        with.ask(Some(Prompt::new((), "岗位").with("单位", Kind::Digits, "").with("岗位", Kind::Digits, "")));
        let offered = with.offers("办理", Vec::new());
        for action in [Action::Submit, Action::Cancel, Action::Back] {
            assert!(offered.iter().any(|offer| offer.action == Some(action)), "{action:?}");
        }
        let mut buffer = crate::ui::testing::buffer(80, 19);
        let theme = crate::ui::theme::Theme::load("plain", None, false).0;
        with.draw(&mut Canvas::new(&mut buffer, &theme));
        let drawn = crate::ui::testing::text(&buffer);
        assert!(drawn.contains(&format!(">[ ] {about}")), "{drawn}");
        with.ask(None);
        assert_eq!(with.offers("办理", Vec::new()), vec![]);
    }
}
