//! 办件: everything about one case, and what can be done with it now.
//!
//! Must never do anything on a digit or on Enter alone: what changes the log is F9, what signs is F10.

use crate::domain::command::privacy::Subject;
use crate::domain::ids::CaseId;
use crate::forms::tables::path::PathForm;
use crate::office::front::deed::Deed;
use crate::office::print::PaperKind;
use crate::store::replica::views::card::CaseCard;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::card::Card;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::product::county::CountyPlace;
use crate::ui::product::money::MoneyPlace;
use crate::ui::product::paper::PaperPlace;
use crate::ui::product::path::PathPlace;
use crate::ui::product::people::PeoplePlace;
use crate::ui::product::{Ask, MeView, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::case_deeds::{self, Act};
use crate::ui::screens::options::{Happened as Chose, Options};
use crate::ui::screens::prompt::{Happened, Prompt};
use crate::ui::screens::signing::{Signing, is_large};
use crate::ui::screens::unmasking::Unmasking;
use crate::ui::screens::{case_card, words};

/// The screen.
#[derive(Debug)]
pub struct CaseScreen {
    id: CaseId,
    case: Option<Box<CaseCard>>,
    me: Option<Box<MeView>>,
    gone: bool,
    card: Card,
    options: Options<Act>,
    prompt: Option<Prompt<Act>>,
    signing: Signing,
    unmasking: Unmasking,
    size: Size,
}

impl CaseScreen {
    /// The screen of a case.
    pub fn new(id: CaseId) -> CaseScreen {
        CaseScreen {
            id,
            case: None,
            me: None,
            gone: false,
            card: Card::new(Vec::new()),
            options: Options::new(Vec::new()),
            prompt: None,
            signing: Signing::new(),
            unmasking: Unmasking::default(),
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Case(self.id))]
    }

    fn derive(&mut self) {
        let Some(case) = &self.case else { return };
        let mut blocks = self.unmasking.blocks();
        blocks.extend(case_card::case(case, self.me.as_deref()));
        self.card.replace(blocks);
        if let Some(me) = &self.me {
            self.options.replace(case_deeds::options(case, me));
        }
        self.card.resize(self.card_size());
    }

    /// Rows that the options or the prompt take at the foot.
    fn foot(&self) -> u16 {
        let rows = match &self.prompt {
            _ if self.unmasking.is_asking() => self.unmasking.rows(),
            Some(prompt) => prompt.rows() + u16::from(self.signing.is_asking()),
            None => self.options.rows(self.size.cols),
        };
        rows.min(self.size.rows.saturating_sub(3))
    }

    fn card_size(&self) -> Size {
        Size { rows: self.size.rows.saturating_sub(self.foot() + 1), ..self.size }
    }

    fn begin(&mut self, act: Act) -> Vec<Intent> {
        let print = |paper| vec![Intent::Ask(Ask::Print(paper, Some(self.id)))];
        match act {
            Act::Pay => vec![Intent::Open(Place::Pay(self.id))],
            Act::Account => vec![Intent::Open(Place::Money(MoneyPlace::Account(self.id)))],
            Act::Papers => vec![Intent::Open(Place::Papers(self.id))],
            Act::Steps => vec![Intent::Open(Place::Steps(self.id))],
            Act::PathSteps => {
                let on_path = self.case.as_ref().is_none_or(|card| case_deeds::has_steps(card));
                if on_path {
                    vec![Intent::Open(Place::Path(PathPlace::Work(self.id)))]
                } else {
                    self.step(PathForm::ChangePath)
                }
            }
            Act::Deliver => self.step(PathForm::Deliver),
            Act::FollowUp => self.step(PathForm::FollowUp),
            Act::Hardship => self.step(PathForm::Hardship),
            Act::More => vec![Intent::Open(Place::County(CountyPlace::Deeds(self.id, None)))],
            Act::Meeting => vec![Intent::Open(Place::County(CountyPlace::Meeting(self.id)))],
            Act::Approve => vec![Intent::Open(Place::Approval { run: vec![self.id], at: 0 })],
            Act::Correct => {
                let person = self.case.as_ref().map(|card| card.case.person);
                person.map(|person| Intent::Open(Place::Correction(person))).into_iter().collect()
            }
            Act::Merge => {
                let person = self.case.as_ref().map(|card| card.case.person);
                let other = |person| Intent::Open(Place::People(PeoplePlace::Other(person)));
                person.map(other).into_iter().collect()
            }
            Act::PrintFirst => print(PaperKind::FirstAid),
            Act::PrintApplication => print(PaperKind::Application),
            Act::PrintMissing => print(PaperKind::Missing),
            _ => {
                if let (Some(case), Some(me)) = (&self.case, &self.me) {
                    self.prompt = case_deeds::prompt(act, case, me);
                    self.card.resize(self.card_size());
                }
                // What is filled in is signed or done next: nothing typed ahead may do it.
                vec![Intent::Forget]
            }
        }
    }

    /// The form of a step.
    fn step(&self, form: PathForm) -> Vec<Intent> {
        vec![Intent::Open(Place::Path(PathPlace::Step(self.id, form)))]
    }

    fn deed(&self) -> Result<Deed, String> {
        match (&self.prompt, &self.case, &self.me) {
            (Some(prompt), Some(case), Some(me)) => case_deeds::deed(prompt, case, me),
            _ => Err("先选要办的编号".to_owned()),
        }
    }

    fn submit(&mut self) -> Vec<Intent> {
        match self.deed() {
            Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })],
            Err(text) => vec![Intent::Warn(text)],
        }
    }

    fn sign(&mut self) -> Vec<Intent> {
        if self.signing.is_busy() {
            return self.signing.again();
        }
        match self.deed() {
            Ok(deed) => {
                let above = self.me.as_ref().map(|me| me.password_above);
                let large = match &deed {
                    Deed::Authorise(_, amount) => is_large(*amount, above),
                    Deed::Money(deed) => deed.asks_password(),
                    _ => false,
                };
                let intents = self.signing.begin(deed, large);
                self.card.resize(self.card_size());
                intents
            }
            Err(text) => vec![Intent::Warn(text)],
        }
    }

    fn leave(&mut self) -> Vec<Intent> {
        if self.signing.is_busy() {
            self.signing.cancel();
        } else {
            self.prompt = None;
        }
        self.card.resize(self.card_size());
        vec![Intent::Say("没有办，什么都没有改".to_owned())]
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        if let Some(intents) = self.unmasking.reply(&reply, Some(Subject::Case(self.id))) {
            self.derive();
            return intents;
        }
        if let Some(intents) = self.signing.reply(&reply) {
            self.card.resize(self.card_size());
            return intents;
        }
        match reply {
            Reply::Me(me) => {
                self.me = Some(me);
                self.derive();
                Vec::new()
            }
            Reply::Case(None) => {
                self.gone = true;
                vec![Intent::Warn("找不到这一件，请按 F3 返回后刷新".to_owned())]
            }
            Reply::Case(case) => {
                self.case = case;
                self.derive();
                Vec::new()
            }
            Reply::News if self.prompt.is_none() => self.ask(),
            reply @ (Reply::Done { .. } | Reply::Held(_)) => {
                self.prompt = None;
                let mut intents = self.ask();
                intents.extend(words::outcome(&reply));
                intents
            }
            reply => {
                self.gone |= self.case.is_none() && matches!(reply, Reply::Failed(_));
                words::outcome(&reply).into_iter().collect()
            }
        }
    }

    fn key(&mut self, key: Key) -> Vec<Intent> {
        if self.unmasking.is_asking() {
            return self.unmasking.key(key);
        }
        if self.signing.is_busy() {
            return self.signing.key(key);
        }
        if let Some(prompt) = &mut self.prompt {
            return match prompt.key(key) {
                Happened::Say(text) => vec![Intent::Say(text)],
                Happened::Nothing | Happened::Moved => Vec::new(),
            };
        }
        match key {
            Key::Tab => self.card.turn(),
            Key::PgDn | Key::PgUp | Key::Down | Key::Up => {
                self.card.go(matches!(key, Key::PgDn | Key::Down));
            }
            key => match self.options.key(key) {
                Chose::Chosen(act) => return self.begin(act),
                Chose::Say(text) => return vec![Intent::Say(text)],
                Chose::Nothing | Chose::Moved => {}
            },
        }
        Vec::new()
    }

    fn burst(&mut self, text: &str) -> Vec<Intent> {
        if self.unmasking.is_asking() {
            return self.unmasking.burst(text);
        }
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

    fn print(&self) -> Vec<Intent> {
        vec![Intent::Open(Place::Paper(PaperPlace::Choose(self.id)))]
    }
}

impl Screen for CaseScreen {
    fn name(&self) -> &'static str {
        "办件"
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
        if self.unmasking.is_asking() {
            return Unmasking::offers();
        }
        if let Some(prompt) = &self.prompt {
            let act = if prompt.what.is_signed() {
                Offer::new(Action::Sign)
            } else {
                Offer::named(Action::Submit, "办理")
            };
            return vec![act, Offer::new(Action::Cancel), Offer::new(Action::Back)];
        }
        let unread = self.case.is_none().then(|| "还没有读出来".to_owned());
        let supervises = self.me.as_deref().is_some_and(|me| case_deeds::raises(me).is_none());
        let raise = supervises.then(|| Offer::named(Action::New, "提出问题").unless(unread.clone()));
        let mut offers = vec![
            Offer::key(Key::Enter, "办理"),
            Offer::new(Action::Lookup).unless(unread.clone()),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::Tab, "翻页"),
            Offer::new(Action::Print).unless(unread.clone()),
            Offer::new(Action::Unmask).unless(unread),
        ];
        // The supervisor's one deed, beside its number, so that he sees it wherever he came from.
        offers.extend(raise);
        offers
    }

    fn hint(&self) -> String {
        match (&self.prompt, &self.case) {
            _ if self.unmasking.is_asking() => self.unmasking.hint(),
            (Some(prompt), _) if prompt.what.is_signed() => prompt.hint().replace("F9 办理", "F10 签"),
            (Some(prompt), _) => prompt.hint(),
            (None, None) if self.gone => "没有这一件".to_owned(),
            (None, None) => "正在读本机的记录".to_owned(),
            (None, Some(_)) => "打编号回车办理；没有列出的编号现在不能办，打了会说为什么".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        let why: Vec<String> = self
            .options
            .all()
            .iter()
            .filter_map(|choice| {
                let why = choice.why_not.as_ref()?;
                Some(format!("{} {}：{why}", choice.number, choice.label))
            })
            .collect();
        let mut screen = vec![
            "列出的编号现在能办；编号天天一样。下面是现在不能办的和为什么。".to_owned(),
            "先行救助由乡镇审批人授权，本户本事项500.00元及以下；以上和农场须县局授权。四（三）一".to_owned(),
            "只冲正，不删除：冲正须写明原因，由原付款人以外的人办。五（三）".to_owned(),
        ];
        screen.extend(why);
        HelpText { field: String::new(), screen }
    }

    fn holds(&self) -> bool {
        self.case.is_none() && !self.gone
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.card.resize(self.card_size());
                Vec::new()
            }
            Msg::Shown => {
                // Whoever comes back from another screen sees it masked again.
                self.unmasking.clear();
                self.derive();
                self.ask()
            }
            Msg::Reply(reply) => self.reply(reply),
            Msg::Key(key) => self.key(key),
            Msg::Burst(text) => self.burst(&text),
            Msg::Action(Action::Submit) if self.unmasking.is_asking() => self.unmasking.submit(),
            Msg::Action(Action::Cancel | Action::Back) if self.unmasking.is_asking() => {
                let intents = self.unmasking.leave();
                self.card.resize(self.card_size());
                intents
            }
            Msg::Action(Action::Unmask) if self.prompt.is_none() => {
                self.unmasking.begin(Subject::Case(self.id));
                self.card.resize(self.card_size());
                vec![Intent::Forget]
            }
            Msg::Action(Action::Submit) => self.submit(),
            Msg::Action(Action::Sign) => self.sign(),
            Msg::Action(Action::Cancel | Action::Back) if self.prompt.is_some() => self.leave(),
            Msg::Action(Action::Back) => vec![Intent::Back],
            Msg::Action(Action::Refresh) => self.ask(),
            Msg::Action(Action::Print) => self.print(),
            Msg::Action(Action::New) if self.prompt.is_none() && self.case.is_some() => {
                match self.me.as_deref().map(case_deeds::raises) {
                    Some(None) => self.begin(Act::Raise),
                    Some(Some(why)) => vec![Intent::Warn(why)],
                    None => Vec::new(),
                }
            }
            Msg::Action(Action::Lookup) => {
                let number = self.case.as_ref().map(|card| card.case.number.clone());
                number.map(|number| Intent::Open(Place::Lookup(number))).into_iter().collect()
            }
            Msg::Action(_) => Vec::new(),
        }
    }

    fn draw(&self, canvas: &mut Canvas) {
        let size = self.card_size();
        if self.case.is_none() {
            let text = if self.gone { "找不到这一件" } else { "正在读本机的记录，请稍候" };
            canvas.put(0, 1, text, Role::Muted);
            return;
        }
        self.card.draw(&mut canvas.rows(0, size.rows));
        canvas.rule(size.rows);
        match &self.prompt {
            _ if self.unmasking.is_asking() => {
                self.unmasking.draw(canvas, size.rows + 1, self.size.cols);
            }
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
            _ if self.unmasking.is_asking() => self.unmasking.caret(self.size.cols),
            Some(prompt) if self.signing.is_asking() => (prompt.rows(), self.signing.caret().1),
            Some(prompt) => prompt.caret(self.size.cols),
            None => self.options.caret(self.size.cols),
        };
        (first + row, col)
    }
}

#[cfg(test)]
#[path = "case_tests.rs"]
mod tests;
