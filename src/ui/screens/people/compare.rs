//! Two records side by side (人员对比): who each is, what each was helped with, and what the rules will say once they are one.
//! F9 proposes the merger with a reason; where one waits, F9 confirms it, or confirms the parting.
//!
//! Must never show an id number in full.

use crate::base::division;
use crate::domain::ids::{MergeId, PersonId};
use crate::domain::office::Role as Duty;
use crate::domain::same::LinkState;
use crate::office::front::deed::Deed;
use crate::office::front::merging::{Compared, PeopleDeed};
use crate::store::replica::lookup::FamilyCard;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::card::{Block, Card, TableRow};
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::product::people::{PeopleAsk, PeopleReply};
use crate::ui::product::{Ask, MeView, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::prompt::{Happened, Kind, Prompt};
use crate::ui::screens::{case_card, words};
use crate::ui::table::Column;

const SIDES: &[Column] = &[Column::left("", 8), Column::left("保留", 23), Column::left("并入", 23).grow()];

/// Which two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Two {
    Pair(PersonId, PersonId),
    Link(MergeId),
}

/// The screen.
#[derive(Debug)]
pub struct CompareScreen {
    two: Two,
    view: Option<Box<Compared>>,
    missing: bool,
    /// The desk could not read it.
    failed: bool,
    me: Option<Box<MeView>>,
    card: Card,
    prompt: Option<Prompt<()>>,
    busy: bool,
    size: Size,
}

impl CompareScreen {
    fn of(two: Two) -> CompareScreen {
        CompareScreen {
            two,
            view: None,
            missing: false,
            failed: false,
            me: None,
            card: Card::new(Vec::new()),
            prompt: None,
            busy: false,
            size: Size { rows: 19, cols: 80 },
        }
    }

    /// Two records that somebody takes for one person.
    pub fn pair(stays: PersonId, joined: PersonId) -> CompareScreen {
        CompareScreen::of(Two::Pair(stays, joined))
    }

    /// The two of a link.
    pub fn link(link: MergeId) -> CompareScreen {
        CompareScreen::of(Two::Link(link))
    }

    fn ask(&self) -> Vec<Intent> {
        let ask = match self.two {
            Two::Pair(stays, joined) => PeopleAsk::Compare(stays, joined),
            Two::Link(link) => PeopleAsk::CompareLink(link),
        };
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::People(ask))]
    }

    fn state(&self) -> Option<LinkState> {
        self.view.as_ref().and_then(|view| view.link.as_ref()).map(|row| row.link.state)
    }

    /// What F9 does.
    fn does(&self) -> &'static str {
        match self.state() {
            None => "提出合并",
            Some(LinkState::Asked) => "同意合并",
            Some(LinkState::Parting) => "同意拆分",
            Some(_) => "办理",
        }
    }

    fn why_not(&self) -> Option<String> {
        let officer = self.me.as_ref().map(|me| &me.officer);
        if !officer.is_some_and(|officer| officer.is(Duty::Handler) || officer.is(Duty::Approver)) {
            return Some("人员合并由经办人或审批人办理".to_owned());
        }
        let Some(view) = &self.view else { return Some("还没有读到两份记录".to_owned()) };
        let row = view.link.as_ref()?;
        match row.link.state {
            LinkState::Asked | LinkState::Parting if row.link.by == view.me => {
                Some("是您提出的，须由另一人复核".to_owned())
            }
            LinkState::Asked | LinkState::Parting => None,
            LinkState::Joined => Some("已合并；要拆分的在人员合并名单里打4".to_owned()),
            state => Some(format!("这一项{}", state.zh())),
        }
    }

    fn card_size(&self) -> Size {
        let foot = self.prompt.as_ref().map_or(0, Prompt::rows);
        Size { rows: self.size.rows.saturating_sub(foot), ..self.size }
    }

    fn derive(&mut self) {
        let blocks = match &self.view {
            Some(view) => blocks(view),
            None if self.missing => {
                vec![Block::Text("找不到其中一份记录，按F3返回".to_owned(), Role::Problem)]
            }
            None => Vec::new(),
        };
        self.card.replace(blocks);
        self.card.resize(self.card_size());
    }

    fn begin(&mut self) -> Vec<Intent> {
        if let Some(why) = self.why_not() {
            return vec![Intent::Warn(why)];
        }
        let Some(view) = &self.view else { return Vec::new() };
        let two = format!("保留 {}，并入 {}", view.stays.who.name, view.joined.who.name);
        let prompt = match self.state() {
            None => Prompt::new((), format!("提出合并：{two}")).with("凭什么确认是同一人", Kind::Text, ""),
            Some(_) => Prompt::new((), format!("{}：{two}", self.does())).with("说明", Kind::Note, ""),
        };
        self.prompt = Some(prompt);
        self.card.resize(self.card_size());
        vec![Intent::Forget]
    }

    fn submit(&mut self) -> Vec<Intent> {
        let Some(prompt) = self.prompt.as_ref().filter(|_| !self.busy) else { return self.begin() };
        let Some(view) = &self.view else { return Vec::new() };
        let reason = match prompt.text(0) {
            Ok(reason) => reason,
            Err(text) => return vec![Intent::Warn(text)],
        };
        let pair = (view.stays.who.person, view.joined.who.person);
        let deed = match view.link.as_ref().map(|row| &row.link) {
            Some(link) if link.state == LinkState::Parting => PeopleDeed::Part(link.id, reason),
            Some(link) => PeopleDeed::Merge(Some(link.id), link.stays, link.joined, reason),
            None => PeopleDeed::Merge(None, pair.0, pair.1, reason),
        };
        self.busy = true;
        vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::People(deed)), draft: 0 })]
    }

    fn close(&mut self) {
        self.busy = false;
        self.prompt = None;
        self.card.resize(self.card_size());
    }

    /// The other way round: which of the two stays.
    fn swap(&mut self) -> Vec<Intent> {
        let Two::Pair(stays, joined) = self.two else {
            return vec![Intent::Warn("已经提出的不能再换；可不予合并后另提".to_owned())];
        };
        self.two = Two::Pair(joined, stays);
        self.ask()
    }

    fn happened(&mut self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Say(text) => vec![Intent::Say(text)],
            Happened::Nothing | Happened::Moved => Vec::new(),
        }
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        match reply {
            Reply::Me(me) => self.me = Some(me),
            Reply::People(PeopleReply::Compared(view)) => {
                self.missing = view.is_none();
                self.view = view;
                self.derive();
            }
            Reply::News if self.prompt.is_none() => return self.ask(),
            Reply::Done { .. } | Reply::Held(_) => {
                self.close();
                let mut intents = vec![Intent::Back];
                intents.extend(words::outcome(&reply));
                return intents;
            }
            reply => {
                self.busy &= !matches!(reply, Reply::Refused(_) | Reply::Failed(_));
                // What cannot be read is not waited for.
                self.failed |= matches!(reply, Reply::Failed(_));
                return words::outcome(&reply).into_iter().collect();
            }
        }
        Vec::new()
    }
}

fn place(card: &FamilyCard) -> String {
    match card.who.village.and_then(division::village) {
        Some(village) => village.short.to_owned(),
        None => card.who.township.map(words::township).unwrap_or_default(),
    }
}

fn blocks(view: &Compared) -> Vec<Block> {
    let mut rows = Vec::new();
    let mut row = |label: &str, of: &dyn Fn(&FamilyCard) -> String| {
        let (one, other) = (of(&view.stays), of(&view.joined));
        let differs = one != other && !one.is_empty() && !other.is_empty();
        let role = if differs { Role::Warning } else { Role::Text };
        rows.push(TableRow { cells: vec![label.to_owned(), one, other], role });
    };
    row("姓名", &|card| card.who.name.clone());
    row("性别年龄", &|card| {
        let sex = card.who.sex.map_or("", |sex| sex.zh());
        card.who.age.map_or(sex.to_owned(), |age| format!("{sex} {age}岁"))
    });
    row("证件号", &|card| {
        if card.who.id_masked.is_empty() { "无证件".to_owned() } else { card.who.id_masked.clone() }
    });
    row("住处", &place);
    row("家庭", &|card| {
        let status = card.who.status.map_or("", |status| status.zh());
        format!("{}人 {status}", card.who.household_size).trim_end().to_owned()
    });
    row("去世", &|card| card.who.died.map(|day| day.to_string()).unwrap_or_default());
    row("近三年", &|card| {
        format!("{}笔 {}", card.who.three_years.count, card.who.three_years.amount.grouped())
    });
    let mut blocks = vec![Block::Table(SIDES, rows), Block::Heading("合并以后".to_owned())];
    blocks.extend(view.says.iter().map(|text| Block::Text(text.clone(), Role::Text)));
    if let Some(row) = &view.link {
        let who = words::officer(&row.by_name, &row.link.by);
        let why = if row.reason.is_empty() { String::new() } else { format!("：{}", row.reason) };
        blocks.push(Block::Text(format!("{} {who} {}{why}", row.link.state.zh(), row.on), Role::Muted));
    }
    for (head, card) in [("保留的往年救助", &view.stays), ("并入的往年救助", &view.joined)] {
        if !card.own.is_empty() {
            blocks.push(Block::Heading(head.to_owned()));
            blocks.push(case_card::priors(&card.own));
        }
    }
    blocks
}

impl Screen for CompareScreen {
    fn name(&self) -> &'static str {
        "人员对比"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        if self.prompt.is_some() {
            return vec![
                Offer::named(Action::Submit, self.does()),
                Offer::new(Action::Cancel),
                Offer::new(Action::Back),
            ];
        }
        let one = (self.card.pages().1 < 2).then(|| "只有一页".to_owned());
        let fixed = matches!(self.two, Two::Link(_)).then(|| "已经提出，不能再换".to_owned());
        vec![
            Offer::named(Action::Submit, self.does()).unless(self.why_not()),
            Offer::named(Action::Scope, "换保留的").unless(fixed),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::key(Key::PgDn, "翻页").unless(one),
        ]
    }

    fn hint(&self) -> String {
        match &self.prompt {
            Some(prompt) => prompt.hint(),
            None => self.why_not().unwrap_or_else(|| "两份记录都不删，以后可以拆分".to_owned()),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "左边是保留的一份，以后登记用它；右边并入，查到右边也会显示左边。F11 换过来。".to_owned(),
                "F9 提出合并，写明凭什么确认是同一人；由另一位经办人或审批人看过对比后再按F9同意。"
                    .to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        self.view.is_none() && !self.missing && !self.failed
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.card.resize(self.card_size());
            }
            Msg::Shown | Msg::Action(Action::Refresh) => return self.ask(),
            Msg::Reply(reply) => return self.reply(reply),
            Msg::Key(key) => match &mut self.prompt {
                Some(prompt) => {
                    let happened = prompt.key(key);
                    return self.happened(happened);
                }
                None if matches!(key, Key::PgDn | Key::PgUp) => drop(self.card.go(key == Key::PgDn)),
                None if key == Key::Tab => self.card.turn(),
                None => {}
            },
            Msg::Burst(text) => {
                if let Some(prompt) = &mut self.prompt {
                    let happened = prompt.burst(&text);
                    return self.happened(happened);
                }
            }
            Msg::Action(Action::Submit) => return self.submit(),
            Msg::Action(Action::Scope) if self.prompt.is_none() => return self.swap(),
            Msg::Action(Action::Cancel | Action::Back) if self.prompt.is_some() => {
                self.close();
                return vec![Intent::Say("没有办，什么都没有改".to_owned())];
            }
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        let rows = self.card_size().rows;
        self.card.draw(&mut canvas.rows(0, rows));
        if let Some(prompt) = &self.prompt {
            prompt.draw(canvas, rows, self.size.cols);
        }
    }

    fn caret(&self) -> (u16, u16) {
        match &self.prompt {
            Some(prompt) => {
                let (row, col) = prompt.caret(self.size.cols);
                (self.card_size().rows + row, col)
            }
            None => (0, 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixtures::{compared, link, pair};
    use super::*;
    use crate::ui::screens::fixtures::{self, drawn};

    fn screen(state: Option<LinkState>, by: &str) -> CompareScreen {
        let (stays, joined) = pair();
        let mut screen = match state {
            None => CompareScreen::pair(stays, joined),
            Some(_) => CompareScreen::link(MergeId([1; 16])),
        };
        screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Handler], Some(103)))));
        let mut view = compared();
        view.link = state.map(|state| link(1, state));
        if let Some(row) = &mut view.link {
            row.link.by = by.into();
        }
        screen.update(Msg::Reply(Reply::People(PeopleReply::Compared(Some(Box::new(view))))));
        screen
    }

    #[test]
    fn both_stand_side_by_side_with_what_the_rules_will_say() {
        let mut screen = screen(None, "");
        let text = drawn(&mut screen);
        insta::assert_snapshot!(text);
        assert!(!text.contains("196804120012"), "no id number in full");
        let (stays, joined) = pair();
        let asked = screen.update(Msg::Action(Action::Scope));
        assert_eq!(asked.last(), Some(&Intent::Ask(Ask::People(PeopleAsk::Compare(joined, stays)))));
    }

    #[test]
    fn it_is_proposed_with_a_reason_and_f12_leaves_it() {
        let mut screen = screen(None, "");
        assert_eq!(screen.update(Msg::Action(Action::Submit)), vec![Intent::Forget]);
        assert!(matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Warn(_)]));
        assert!(matches!(&screen.update(Msg::Action(Action::Cancel))[..], [Intent::Say(_)]));
        screen.update(Msg::Action(Action::Submit));
        screen.update(Msg::Burst("户口本曾用名".to_owned()));
        let (stays, joined) = pair();
        let deed = Deed::People(PeopleDeed::Merge(None, stays, joined, "户口本曾用名".to_owned()));
        let asked = screen.update(Msg::Action(Action::Submit));
        assert_eq!(asked, vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })]);
    }

    #[test]
    fn another_officer_confirms_and_the_one_who_proposed_does_not() {
        let (stays, joined) = pair();
        let mut own = screen(Some(LinkState::Asked), "1203");
        assert!(
            matches!(&own.update(Msg::Action(Action::Submit))[..], [Intent::Warn(text)] if text.contains("另一人"))
        );
        let id = MergeId([1; 16]);
        for (state, deed) in [
            (LinkState::Asked, PeopleDeed::Merge(Some(id), stays, joined, String::new())),
            (LinkState::Parting, PeopleDeed::Part(id, String::new())),
        ] {
            let mut other = screen(Some(state), "1204");
            other.update(Msg::Action(Action::Submit));
            let asked = other.update(Msg::Action(Action::Submit));
            assert_eq!(asked, vec![Intent::Ask(Ask::Do { deed: Box::new(Deed::People(deed)), draft: 0 })]);
        }
    }
}
