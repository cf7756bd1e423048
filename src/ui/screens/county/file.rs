//! 更多办理: what stands beside a case, and what can be done there beyond the case's own card.
//!
//! Must never do anything on a digit or on Enter alone: what changes the log is F9, what signs is F10.

use super::beside;
use super::deeds::{self, View};
use crate::domain::ids::CaseId;
use crate::office::front::county::CaseFile;
use crate::office::front::deed::Deed;
use crate::office::print::county::CountyPaper;
use crate::store::replica::views::card::CaseCard;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::card::{Block, Card, Pair};
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::product::county::{CountyAsk, CountyPlace, CountyReply, More};
use crate::ui::product::{Ask, MeView, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::options::{Happened as Chose, Options};
use crate::ui::screens::prompt::{Happened, Prompt};
use crate::ui::screens::signing::{Signing, is_large};
use crate::ui::screens::{case_card, words};

/// The screen.
#[derive(Debug)]
pub struct FileScreen {
    id: CaseId,
    /// What is begun as soon as the case is read: then the screen is left when it is done.
    first: Option<More>,
    /// Whether it came from a list for one deed.
    single: bool,
    case: Option<Box<CaseCard>>,
    file: Option<Box<CaseFile>>,
    me: Option<Box<MeView>>,
    gone: bool,
    card: Card,
    options: Options<More>,
    prompt: Option<Prompt<More>>,
    signing: Signing,
    size: Size,
}

impl FileScreen {
    /// The screen of a case; `first` is begun at once.
    pub fn new(id: CaseId, first: Option<More>) -> FileScreen {
        FileScreen {
            id,
            first,
            single: first.is_some(),
            case: None,
            file: None,
            me: None,
            gone: false,
            card: Card::new(Vec::new()),
            options: Options::new(Vec::new()),
            prompt: None,
            signing: Signing::new(),
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![
            Intent::Ask(Ask::Me),
            Intent::Ask(Ask::Case(self.id)),
            Intent::Ask(Ask::County(CountyAsk::File(self.id))),
        ]
    }

    fn view(&self) -> Option<View<'_>> {
        Some(View { card: self.case.as_deref()?, file: self.file.as_deref()?, me: self.me.as_deref()? })
    }

    /// Everything there is to do with what keeps one from it, group by group.
    fn why_not(view: View<'_>) -> Vec<Block> {
        let mut blocks = vec![Block::Free, Block::Heading("现在不能办的".to_owned())];
        for (head, deeds) in deeds::GROUPS {
            for (number, label, more) in deeds {
                if let Some(why) = view.why_not(*more) {
                    blocks.push(Block::Text(format!("{number} {label}({head})：{why}"), Role::Muted));
                }
            }
        }
        blocks
    }

    fn derive(&mut self) -> Vec<Intent> {
        let Some(view) = self.view() else { return Vec::new() };
        let case = &view.card.case;
        let mut state = vec![Pair::new("状态", case.stage.zh())];
        if let Some(tier) = case.tier {
            state.push(Pair::new("在", tier.zh()));
        }
        state.push(Pair::new("申请", format!("{} 元", view.card.asked().grouped())));
        state.push(Pair::new("政策包", case.pack.clone()));
        let mut blocks = vec![Block::Pairs(state)];
        blocks.extend(beside::all(view.file, view.me.now.day()));
        blocks.extend(FileScreen::why_not(view));
        let options = view.options();
        self.options.replace(options);
        self.card.replace(blocks);
        self.card.resize(self.card_size());
        match self.first.take() {
            Some(first) => self.begin_first(first),
            None => Vec::new(),
        }
    }

    fn begin_first(&mut self, first: More) -> Vec<Intent> {
        match self.view().and_then(|view| view.why_not(first)) {
            Some(why) => vec![Intent::Warn(why)],
            None => self.begin(first),
        }
    }

    /// Rows that the options or the prompt take at the foot.
    fn foot(&self) -> u16 {
        let rows = match &self.prompt {
            Some(prompt) => prompt.rows() + u16::from(self.signing.is_asking()),
            None => self.options.rows(self.size.cols),
        };
        rows.min(self.size.rows.saturating_sub(3))
    }

    fn card_size(&self) -> Size {
        Size { rows: self.size.rows.saturating_sub(self.foot() + 1), ..self.size }
    }

    fn begin(&mut self, more: More) -> Vec<Intent> {
        let open = |place| vec![Intent::Open(Place::County(place))];
        let print = |paper| vec![Intent::Ask(Ask::County(CountyAsk::Print(paper)))];
        match more {
            More::Examine => open(CountyPlace::Examine { run: vec![self.id], at: 0 }),
            More::Meeting => open(CountyPlace::Meeting(self.id)),
            More::Refer => open(CountyPlace::Refer(self.id)),
            More::PrintMeeting => print(CountyPaper::Meeting(self.id)),
            More::PrintCity => print(CountyPaper::City(self.id)),
            More::PrintReferral => print(CountyPaper::Referral(self.id, None)),
            more => {
                self.prompt = self.view().and_then(|view| view.prompt(more));
                self.card.resize(self.card_size());
                // What is filled in is signed or done next: nothing typed ahead may do it.
                vec![Intent::Forget]
            }
        }
    }

    fn deed(&self) -> Result<Deed, String> {
        match (&self.prompt, self.view()) {
            (Some(prompt), Some(view)) => view.deed(prompt),
            _ => Err("先选要办的编号".to_owned()),
        }
    }

    fn submit(&mut self) -> Vec<Intent> {
        if self.prompt.as_ref().is_some_and(|prompt| deeds::is_signed(prompt.what)) {
            return vec![Intent::Warn("这一项要签：按 F10".to_owned())];
        }
        if self.prompt.as_ref().is_some_and(Prompt::shows_phrases) {
            return self.phrases();
        }
        match self.deed() {
            Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })],
            Err(text) => vec![Intent::Warn(text)],
        }
    }

    fn sign(&mut self) -> Vec<Intent> {
        if self.signing.is_busy() {
            return self.signing.again();
        }
        if self.prompt.as_ref().is_some_and(|prompt| !deeds::is_signed(prompt.what)) {
            return vec![Intent::Warn("这一项不用签：按 F9 办理".to_owned())];
        }
        // What is signed is what stands there to be read.
        if self.prompt.as_ref().is_some_and(Prompt::shows_phrases) {
            return self.phrases();
        }
        match self.deed() {
            Ok(deed) => {
                let above = self.me.as_ref().map(|me| me.password_above);
                let sum = match &deed {
                    Deed::County(deed) => deed.signed_for().flatten(),
                    _ => None,
                };
                let intents = self.signing.begin(deed, sum.is_some_and(|sum| is_large(sum, above)));
                self.card.resize(self.card_size());
                intents
            }
            Err(text) => vec![Intent::Warn(text)],
        }
    }

    /// F4: the phrases of the line with the cursor.
    fn phrases(&mut self) -> Vec<Intent> {
        let Some(prompt) = self.prompt.as_mut().filter(|_| !self.signing.is_busy()) else {
            return Vec::new();
        };
        let happened = prompt.phrases();
        self.card.resize(self.card_size());
        match happened {
            Happened::Say(text) => vec![Intent::Say(text)],
            Happened::Nothing | Happened::Moved => Vec::new(),
        }
    }

    fn leave(&mut self) -> Vec<Intent> {
        if self.signing.is_busy() {
            self.signing.cancel();
        } else {
            self.prompt = None;
        }
        self.card.resize(self.card_size());
        let said = Intent::Say("没有办，什么都没有改".to_owned());
        if self.single && self.prompt.is_none() { vec![Intent::Back, said] } else { vec![said] }
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        if let Some(intents) = self.signing.reply(&reply) {
            self.card.resize(self.card_size());
            return intents;
        }
        match reply {
            Reply::Me(me) => {
                self.me = Some(me);
                self.derive()
            }
            Reply::Case(None) | Reply::County(CountyReply::File(None)) => {
                self.gone = true;
                vec![Intent::Warn("找不到这一件，请按 F3 返回后刷新".to_owned())]
            }
            Reply::Case(case) => {
                self.case = case;
                self.derive()
            }
            Reply::County(CountyReply::File(file)) => {
                self.file = file;
                self.derive()
            }
            Reply::News if self.prompt.is_none() => self.ask(),
            reply @ (Reply::Done { .. } | Reply::Held(_)) => {
                self.prompt = None;
                let mut intents = if self.single { vec![Intent::Back] } else { self.ask() };
                intents.extend(words::outcome(&reply));
                self.card.resize(self.card_size());
                intents
            }
            reply => {
                self.gone |= self.case.is_none() && matches!(reply, Reply::Failed(_));
                self.card.resize(self.card_size());
                words::outcome(&reply).into_iter().collect()
            }
        }
    }

    fn key(&mut self, key: Key) -> Vec<Intent> {
        if self.signing.is_busy() {
            return self.signing.key(key);
        }
        if let Some(prompt) = &mut self.prompt {
            let said = match prompt.key(key) {
                Happened::Say(text) if deeds::is_signed(prompt.what) => {
                    vec![Intent::Say(text.replace("F9 办理", "F10 签"))]
                }
                Happened::Say(text) => vec![Intent::Say(text)],
                Happened::Nothing | Happened::Moved => Vec::new(),
            };
            self.card.resize(self.card_size());
            return said;
        }
        match key {
            Key::Tab => self.card.turn(),
            Key::PgDn | Key::PgUp | Key::Down | Key::Up => {
                self.card.go(matches!(key, Key::PgDn | Key::Down));
            }
            key => match self.options.key(key) {
                Chose::Chosen(more) => return self.begin(more),
                Chose::Say(text) => return vec![Intent::Say(text)],
                Chose::Nothing | Chose::Moved => {}
            },
        }
        Vec::new()
    }

    fn burst(&mut self, text: &str) -> Vec<Intent> {
        if self.signing.is_busy() {
            return self.signing.burst(text);
        }
        match &mut self.prompt {
            Some(prompt) => match prompt.burst(text) {
                Happened::Say(text) => vec![Intent::Say(text)],
                Happened::Nothing | Happened::Moved => Vec::new(),
            },
            None => vec![Intent::Say("请打编号；粘贴的内容没有收".to_owned())],
        }
    }
}

impl Screen for FileScreen {
    fn name(&self) -> &'static str {
        "更多办理"
    }

    fn subject(&self) -> String {
        self.case
            .as_ref()
            .map(|card| format!("{} {}", card.case.number, case_card::name(card)))
            .unwrap_or_default()
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        if let Some(prompt) = &self.prompt {
            let act = if deeds::is_signed(prompt.what) {
                Offer::new(Action::Sign)
            } else {
                Offer::named(Action::Submit, "办理")
            };
            let phrases = Offer::named(Action::Choose, "常用语");
            return vec![act, phrases, Offer::new(Action::Cancel), Offer::new(Action::Back)];
        }
        vec![
            Offer::key(Key::Enter, "办理"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "翻页"),
        ]
    }

    fn hint(&self) -> String {
        match (&self.prompt, &self.case) {
            (Some(prompt), _) if deeds::is_signed(prompt.what) => prompt.hint().replace("F9 办理", "F10 签"),
            (Some(prompt), _) => prompt.hint(),
            (None, None) if self.gone => "没有这一件".to_owned(),
            (None, None) => "正在读本机的记录".to_owned(),
            (None, Some(_)) => "打编号回车办理；上面写着现在不能办的和为什么，PgDn 翻页".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "县局审批：股室先审核，分管局长审批，超过5,000元的先有局务会议纪要（可在政策包里改）。四（三）二".to_owned(),
                "报市：县局提出；批复由一人登记，另一人对照原件把文号、日期、金额再打一遍，一致才算数。".to_owned(),
                "转介：7天内要有回执，结果要写明。四（二）2".to_owned(),
                "申请人去世：受理中的换家庭成员为申请人；已批准的由县局注明改发何人。".to_owned(),
                "分户、合户按日期记，往年救助跟着人走。迁往外乡镇由县局改派，期限照算。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        !self.gone && (self.case.is_none() || self.file.is_none())
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.card.resize(self.card_size());
                Vec::new()
            }
            Msg::Shown => self.ask(),
            Msg::Reply(reply) => self.reply(reply),
            Msg::Key(key) => self.key(key),
            Msg::Burst(text) => self.burst(&text),
            Msg::Action(Action::Submit) => self.submit(),
            Msg::Action(Action::Sign) => self.sign(),
            Msg::Action(Action::Choose) => self.phrases(),
            Msg::Action(Action::Cancel | Action::Back)
                if self.prompt.as_ref().is_some_and(Prompt::shows_phrases) =>
            {
                self.phrases()
            }
            Msg::Action(Action::Cancel | Action::Back) if self.prompt.is_some() => self.leave(),
            Msg::Action(Action::Back) => vec![Intent::Back],
            Msg::Action(Action::Refresh) => self.ask(),
            Msg::Action(_) => Vec::new(),
        }
    }

    fn draw(&self, canvas: &mut Canvas) {
        let size = self.card_size();
        if self.case.is_none() || self.file.is_none() {
            let text = if self.gone { "找不到这一件" } else { "正在读本机的记录，请稍候" };
            canvas.put(0, 1, text, Role::Muted);
            return;
        }
        self.card.draw(&mut canvas.rows(0, size.rows));
        canvas.rule(size.rows);
        match &self.prompt {
            Some(prompt) => {
                prompt.draw(canvas, size.rows + 1, self.size.cols);
                self.signing.draw(canvas, size.rows + 1 + prompt.rows(), self.size.cols);
            }
            None => self.options.draw(canvas, size.rows + 1, self.size.cols),
        }
    }

    fn caret(&self) -> (u16, u16) {
        let first = self.card_size().rows + 1;
        let (row, col) = match &self.prompt {
            Some(prompt) if self.signing.is_asking() => (prompt.rows(), self.signing.caret().1),
            Some(prompt) => prompt.caret(self.size.cols),
            None => self.options.caret(self.size.cols),
        };
        (first + row, col)
    }
}

#[cfg(test)]
#[path = "file_tests.rs"]
mod tests;
