//! 查往年 (S5): who was helped before. Live from the first letters; below, the person's own grants and everybody in the
//! household.
//!
//! Must never show an id number in full.

use crate::base::division;
use crate::domain::command::privacy::Subject;
use crate::domain::ids::PersonId;
use crate::domain::office::Role as Duty;
use crate::store::replica::lookup::{FamilyCard, Hit};
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::card::{Block, Card, Pair};
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::line::Line;
use crate::ui::product::people::PeoplePlace;
use crate::ui::product::{Ask, MeView, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::unmasking::Unmasking;
use crate::ui::screens::{case_card, words};
use crate::ui::table::{Column, cell, plan};

const HITS: &[Column] = &[
    Column::left("姓名", 8),
    Column::left("性别", 4),
    Column::right("年龄", 4),
    Column::left("身份证号", 18),
    Column::left("村(居)", 14).rank(2).grow(),
    Column::right("同户", 4).rank(3),
    Column::right("近三年", 16),
];

/// Rows above the hits: the search, a free one, heads, dashes.
const ABOVE: u16 = 4;
/// Where the search begins.
const FIELD: u16 = 8;
/// Its columns.
const COLS: u16 = 24;

/// The screen.
#[derive(Debug)]
pub struct LookupScreen {
    search: Line,
    hits: Vec<Hit>,
    at: usize,
    family: Option<Box<FamilyCard>>,
    card: Card,
    me: Option<Box<MeView>>,
    year_only: bool,
    unmasking: Unmasking,
    /// One of two records that are perhaps one person: its id and name.
    noted: Option<(PersonId, String)>,
    /// The record that is to be remembered once the desk has told whose it is.
    first: Option<PersonId>,
    size: Size,
}

impl LookupScreen {
    /// A lookup that begins with that text.
    pub fn new(begin: &str) -> LookupScreen {
        let mut search = Line::new(30);
        search.set(begin);
        LookupScreen {
            search,
            hits: Vec::new(),
            at: 0,
            family: None,
            card: Card::new(Vec::new()),
            me: None,
            year_only: false,
            unmasking: Unmasking::default(),
            noted: None,
            first: None,
            size: Size { rows: 19, cols: 80 },
        }
    }

    /// A lookup with one of two records remembered, which begins with everybody of that name.
    pub fn beside(first: PersonId) -> LookupScreen {
        LookupScreen { first: Some(first), ..LookupScreen::new("") }
    }

    /// The record that it began with: remembered, and its name searched for.
    fn begin_with(&mut self, family: &FamilyCard) -> Vec<Intent> {
        self.first = None;
        self.noted = Some((family.who.person, family.who.name.clone()));
        self.search.set(&family.who.name);
        self.asked()
    }

    /// Rows of hits that are seen at once: at most a third of the window, the rest is the family's.
    fn page(&self) -> usize {
        let most = usize::from((self.size.rows.saturating_sub(ABOVE) / 3).max(2));
        self.hits.len().clamp(1, most)
    }

    fn card_first(&self) -> u16 {
        ABOVE + u16::try_from(self.page()).unwrap_or(2) + 1
    }

    fn card_size(&self) -> Size {
        let foot = match self.unmasking.rows() {
            0 => 0,
            rows => rows + 1,
        };
        Size { rows: self.size.rows.saturating_sub(self.card_first() + foot), ..self.size }
    }

    fn asked(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::Search(self.search.text().trim().to_owned()))]
    }

    fn ask_family(&self) -> Vec<Intent> {
        self.hits.get(self.at).map(|hit| Intent::Ask(Ask::Family(hit.person))).into_iter().collect()
    }

    fn here(&self) -> Option<PersonId> {
        self.hits.get(self.at).map(|hit| hit.person)
    }

    fn learn_hits(&mut self, hits: Vec<Hit>) -> Vec<Intent> {
        let before = self.here();
        self.hits = hits;
        let noted = self.noted.as_ref().map(|(person, _)| *person);
        let there = self.hits.iter().position(|hit| Some(hit.person) == before);
        let other = || self.hits.iter().position(|hit| Some(hit.person) != noted);
        self.at = there.or_else(other).unwrap_or(0);
        if self.here() != before {
            self.family = None;
            self.unmasking.clear();
        }
        self.derive();
        self.ask_family()
    }

    fn derive(&mut self) {
        let blocks = match &self.family {
            None => Vec::new(),
            Some(family) => self.blocks(family),
        };
        self.card = Card::new(blocks);
        self.card.resize(self.card_size());
    }

    fn blocks(&self, family: &FamilyCard) -> Vec<Block> {
        let who = &family.who;
        let year = self.me.as_ref().map(|me| me.now.day().year());
        let mut head = vec![Pair::new("本人", who.name.clone())];
        head.extend(who.status.map(|status| Pair::new("身份", status.zh())));
        if !family.resident {
            head.push(Pair::new("户籍", "外地，须向户籍地核实").role(Role::Warning));
        }
        if let Some(died) = who.died {
            head.push(Pair::new("去世", died.to_string()).role(Role::Warning));
        }
        head.extend(who.also.iter().map(|(_, name, id_no)| {
            let id_no = if id_no.is_empty() { "无证件" } else { id_no };
            Pair::new("另登记为", format!("{name} {id_no}"))
        }));
        let sum = format!("{} 笔 {}", family.household_year.len(), family.year_sum().grouped());
        head.push(Pair::new("本户本年", sum));
        let mut blocks = self.unmasking.blocks();
        blocks.push(Block::Pairs(head));
        let own: Vec<_> = family
            .own
            .iter()
            .filter(|prior| !self.year_only || Some(prior.grant.on.year()) == year)
            .cloned()
            .collect();
        if own.is_empty() {
            let scope = if self.year_only { "本年没有救助记录" } else { "没有救助记录" };
            blocks.push(Block::Text(format!("本人{scope}"), Role::Muted));
        } else {
            blocks.push(case_card::priors(&own));
        }
        blocks.extend(case_card::members(family));
        let others: Vec<_> = family
            .household_year
            .iter()
            .filter(|prior| !family.own.iter().any(|own| own.grant.source == prior.grant.source))
            .cloned()
            .collect();
        if !others.is_empty() {
            blocks.push(Block::Heading("同户本年".to_owned()));
            blocks.push(case_card::priors(&others));
        }
        blocks
    }

    fn move_to(&mut self, at: usize) -> Vec<Intent> {
        let at = at.min(self.hits.len().saturating_sub(1));
        if at == self.at {
            return Vec::new();
        }
        self.at = at;
        self.family = None;
        self.unmasking.clear();
        self.derive();
        self.ask_family()
    }

    fn subject(&self) -> Option<Subject> {
        self.here().map(Subject::Person)
    }

    /// Asks the purpose of looking at the person in full.
    fn unmask(&mut self) -> Vec<Intent> {
        let Some(subject) = self.subject() else { return Vec::new() };
        self.unmasking.begin(subject);
        self.card.resize(self.card_size());
        vec![Intent::Forget]
    }

    fn leave(&mut self) -> Vec<Intent> {
        let intents = self.unmasking.leave();
        self.card.resize(self.card_size());
        intents
    }

    fn key(&mut self, key: Key) -> Vec<Intent> {
        if self.unmasking.is_asking() {
            return self.unmasking.key(key);
        }
        match key {
            Key::Down | Key::Enter => self.move_to(self.at + 1),
            Key::Up => self.move_to(self.at.saturating_sub(1)),
            Key::Tab => {
                self.card.turn();
                Vec::new()
            }
            Key::PgDn | Key::PgUp => {
                self.card.go(key == Key::PgDn);
                Vec::new()
            }
            key => {
                let before = self.search.text().to_owned();
                self.search.key(key);
                if self.search.text() == before { Vec::new() } else { self.asked() }
            }
        }
    }

    /// Why two records cannot be linked here; none where they can.
    fn no_link(&self) -> Option<String> {
        let may = |me: &MeView| me.officer.is(Duty::Handler) || me.officer.is(Duty::Approver);
        match self.me.as_ref() {
            Some(me) if !may(me) => Some("人员合并由经办人或审批人办".to_owned()),
            _ => self.family.is_none().then(|| "先找到两份中的一份".to_owned()),
        }
    }

    /// Remembers this record, and with another remembered before opens the two side by side.
    fn link(&mut self) -> Vec<Intent> {
        if let Some(why) = self.no_link() {
            return vec![Intent::Warn(why)];
        }
        let Some(family) = &self.family else { return Vec::new() };
        let here = (family.who.person, family.who.name.clone());
        match self.noted.take() {
            Some((person, name)) if person == here.0 => {
                vec![Intent::Say(format!("不再记着 {name}"))]
            }
            Some((person, _)) => vec![Intent::Open(Place::People(PeoplePlace::Pair(person, here.0)))],
            None => {
                let said = format!("已记下 {}；再找到另一份，按F9看对比", here.1);
                self.noted = Some(here);
                vec![Intent::Say(said)]
            }
        }
    }

    /// Why no case can be begun for this person.
    fn no_case(&self) -> Option<String> {
        let handler = self.me.as_ref().is_none_or(|me| me.officer.is(Duty::Handler));
        match &self.family {
            _ if !handler => Some("急难登记由经办人办，您没有经办人岗位".to_owned()),
            None => Some("先找到要登记的人".to_owned()),
            Some(family) if family.who.died.is_some() => {
                Some("这个人已登记去世，请登记同户其他人".to_owned())
            }
            Some(family) if family.id_no.is_empty() => {
                Some("这个人没有身份证号，请在工作台按 F6 登记".to_owned())
            }
            Some(_) => None,
        }
    }

    fn begin(&self) -> Vec<Intent> {
        let Some(family) = &self.family else { return Vec::new() };
        let place = Place::Emergency { id_no: family.id_no.clone(), lead: None, draft: 0 };
        vec![Intent::Open(place)]
    }

    fn draw_hits(&self, canvas: &mut Canvas) {
        let columns = plan(HITS, 2, self.size.cols);
        for (column, _, col, cols) in &columns {
            cell(canvas, 2, *col, *cols, column.head, column.align, Role::Heading);
            canvas.dashes(3, *col, *cols);
        }
        let page = self.page();
        let top = self.at - self.at % page;
        for (place, hit) in self.hits.iter().enumerate().skip(top).take(page) {
            let row = ABOVE + u16::try_from(place - top).unwrap_or(0);
            let here = place == self.at;
            let role = if here { Role::Selected } else { Role::Text };
            if here {
                canvas.fill(row, 0, self.size.cols, role);
                canvas.put(row, 0, ">", role);
            }
            let cells = cells(hit);
            for (column, place, col, cols) in &columns {
                let text = cells.get(*place).map_or("", String::as_str);
                cell(canvas, row, *col, *cols, text, column.align, role);
            }
        }
        if self.hits.is_empty() {
            let text = if self.search.text().trim().is_empty() {
                "打姓名、拼音首字母、身份证号后几位、电话、卡号或编号"
            } else {
                "没有找到；换一种写法，或往年台账还没有导入"
            };
            canvas.put(ABOVE, 2, text, Role::Muted);
        }
    }
}

fn cells(hit: &Hit) -> [String; 7] {
    let place = match hit.village.and_then(division::village) {
        Some(village) => village.short.to_owned(),
        None => hit.township.map(words::township).unwrap_or_default(),
    };
    [
        hit.name.clone(),
        hit.sex.map(|sex| sex.zh().to_owned()).unwrap_or_default(),
        hit.age.map(|age| age.to_string()).unwrap_or_default(),
        if hit.id_masked.is_empty() { "无证件".to_owned() } else { hit.id_masked.clone() },
        place,
        format!("{}人", hit.household_size),
        format!("{}笔 {}", hit.three_years.count, hit.three_years.amount.grouped()),
    ]
}

impl Screen for LookupScreen {
    fn name(&self) -> &'static str {
        "查往年救助"
    }

    fn context(&self) -> Context {
        Context::Queue
    }

    fn offers(&self) -> Vec<Offer> {
        if self.unmasking.is_asking() {
            return Unmasking::offers();
        }
        let none = self.family.is_none().then(|| "还没有找到人".to_owned());
        let one = (self.card.pages().1 < 2).then(|| "只有一页".to_owned());
        vec![
            Offer::key(Key::Enter, "下一人"),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::named(Action::New, "据此新增").unless(self.no_case()),
            Offer::named(Action::Submit, if self.noted.is_some() { "对比两份" } else { "同一人" })
                .unless(self.no_link()),
            Offer::named(Action::Scope, if self.year_only { "看全部" } else { "只看本年" })
                .unless(none.clone()),
            Offer::new(Action::Unmask).unless(none),
            Offer::key(Key::PgDn, "翻页").unless(one),
        ]
    }

    fn hint(&self) -> String {
        let count = self.hits.len();
        if self.unmasking.is_asking() {
            return self.unmasking.hint();
        }
        if let Some((_, name)) = &self.noted {
            return format!(
                "共找到 {count} 人；已记下 {name}，找到另一份按 F9 看对比，在它自己上按 F9 不再记"
            );
        }
        match &self.family {
            Some(family) => match &family.last {
                Some(last) => format!(
                    "共找到 {count} 人；本户最近一次 {} {} 元；本年同一事项已救助的乡镇不能再批。二",
                    last.grant.on,
                    last.grant.amount.grouped()
                ),
                None => format!("共找到 {count} 人；本户没有救助记录"),
            },
            None => "随打随查，查的是本机的记录，断开共享盘也能查".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: "查找：姓名、姓加拼音首字母（单wc）、拼音首字母、身份证号后4位起、电话、卡号、编号；18位整号也可。"
                .to_owned(),
            screen: vec![
                "同一急难事项，一个家庭一年只能救助一次；同户其他人的救助也要看。二".to_owned(),
                "往年台账里的也在内，状态写「往年台账」。近三年：本年和前两年，只算本人。".to_owned(),
                "身份证号只显示头尾。F6 据此新增急难登记，F11 只看本年或看全部。".to_owned(),
                "两份记录其实是一个人：找到一份按F9，再找到另一份按F9，看过对比后提出合并，由另一人复核。".to_owned(),
                "Ctrl-L 看全：先说目的，记入日志，再显示证件号、电话、地址、账号；外乡镇的人只显示身份。".to_owned(),
            ],
        }
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.card.resize(self.card_size());
            }
            Msg::Shown | Msg::Action(Action::Refresh) => {
                // Whoever comes back from another screen, or looks away and asks again, sees it masked again.
                self.unmasking.clear();
                self.derive();
                let mut intents = vec![Intent::Ask(Ask::Me)];
                intents.extend(self.first.map(|first| Intent::Ask(Ask::Family(first))));
                if !self.search.text().trim().is_empty() {
                    intents.extend(self.asked());
                }
                return intents;
            }
            Msg::Reply(Reply::Me(me)) => {
                self.me = Some(me);
                self.derive();
            }
            Msg::Reply(Reply::Hits(hits)) => return self.learn_hits(hits),
            Msg::Reply(Reply::Family(Some(family))) if self.first == Some(family.who.person) => {
                return self.begin_with(&family);
            }
            Msg::Reply(Reply::Family(family)) => {
                if family.as_ref().map(|family| family.who.person) == self.here() {
                    self.family = family;
                    self.derive();
                }
            }
            Msg::Reply(reply @ Reply::Unmasked(_)) => {
                let intents = self.unmasking.reply(&reply, self.subject()).unwrap_or_default();
                self.derive();
                return intents;
            }
            Msg::Reply(Reply::News) => {}
            Msg::Reply(reply) => return words::outcome(&reply).into_iter().collect(),
            Msg::Key(key) => return self.key(key),
            Msg::Burst(text) if self.unmasking.is_asking() => return self.unmasking.burst(&text),
            Msg::Burst(text) => {
                self.search.set("");
                self.search.paste(&text);
                return self.asked();
            }
            Msg::Action(Action::Cancel | Action::Back) if self.unmasking.is_asking() => return self.leave(),
            Msg::Action(Action::Submit) if self.unmasking.is_asking() => return self.unmasking.submit(),
            Msg::Action(Action::Submit) => return self.link(),
            Msg::Action(Action::Unmask) => return self.unmask(),
            Msg::Action(Action::Back) => return vec![Intent::Back],
            Msg::Action(Action::New | Action::SameAsBefore) => return self.begin(),
            Msg::Action(Action::Scope) => {
                self.year_only = !self.year_only;
                self.derive();
            }
            Msg::Action(_) => {}
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        canvas.put(0, 1, "查找 [", Role::Label);
        canvas.put_box(0, FIELD - 1, COLS, &self.search.window(COLS).0, Role::FieldFocus);
        canvas.put(0, FIELD - 1 + COLS, "]", Role::Label);
        let scope = if self.year_only { "本年" } else { "全部年度" };
        let text = format!("{scope}  共 {} 人", self.hits.len());
        canvas.put_right(0, self.size.cols.saturating_sub(1), &text, Role::Muted);
        self.draw_hits(canvas);
        let first = self.card_first();
        canvas.rule(first - 1);
        let rows = self.card_size().rows;
        self.card.draw(&mut canvas.rows(first, rows));
        if self.unmasking.is_asking() {
            canvas.rule(first + rows);
            self.unmasking.draw(canvas, first + rows + 1, self.size.cols);
        }
    }

    fn caret(&self) -> (u16, u16) {
        if self.unmasking.is_asking() {
            let (row, col) = self.unmasking.caret(self.size.cols);
            return (self.card_first() + self.card_size().rows + 1 + row, col);
        }
        (0, FIELD - 1 + self.search.window(COLS).1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::screens::fixtures::{self, drawn};

    fn screen() -> LookupScreen {
        let mut screen = LookupScreen::new("");
        assert_eq!(screen.update(Msg::Shown), vec![Intent::Ask(Ask::Me)]);
        screen.update(Msg::Reply(Reply::Me(fixtures::me(&[Duty::Handler], Some(103)))));
        screen
    }

    #[test]
    fn it_searches_from_the_first_letter_and_shows_the_family() {
        let mut screen = screen();
        assert_eq!(screen.update(Msg::Key(Key::Char('单'))), vec![Intent::Ask(Ask::Search("单".to_owned()))]);
        let family = fixtures::family();
        let hits = vec![family.who.clone(), fixtures::other_hit()];
        assert_eq!(
            screen.update(Msg::Reply(Reply::Hits(hits.clone()))),
            vec![Intent::Ask(Ask::Family(hits[0].person))]
        );
        screen.update(Msg::Reply(Reply::Family(Some(Box::new(family)))));
        let text = drawn(&mut screen);
        insta::assert_snapshot!(text);
        assert!(!text.contains("196804120012"), "no id number in full");
        assert_eq!(screen.update(Msg::Key(Key::Down)), vec![Intent::Ask(Ask::Family(hits[1].person))]);
        assert!(
            screen.offers().iter().any(|offer| offer.action == Some(Action::New) && offer.disabled.is_some())
        );
    }

    #[test]
    fn f6_begins_a_case_for_the_person_and_f11_narrows_the_years() {
        let mut screen = screen();
        let family = fixtures::family();
        screen.update(Msg::Reply(Reply::Hits(vec![family.who.clone()])));
        screen.update(Msg::Reply(Reply::Family(Some(Box::new(family.clone())))));
        let place = Place::Emergency { id_no: family.id_no.clone(), lead: None, draft: 0 };
        assert_eq!(screen.update(Msg::Action(Action::New)), vec![Intent::Open(place)]);
        assert!(drawn(&mut screen).contains("2025-07-09"));
        screen.update(Msg::Action(Action::Scope));
        assert!(!drawn(&mut screen).contains("2025-07-09"));
        assert!(!format!("{:?}", screen.family).contains("2113"));
    }

    #[test]
    fn f9_on_one_record_and_on_another_opens_the_two_side_by_side() {
        let mut screen = screen();
        let family = fixtures::family();
        let mut other = fixtures::family();
        other.who = fixtures::other_hit();
        other.who.also = vec![(PersonId([9; 16]), "王小兰".to_owned(), String::new())];
        screen.update(Msg::Reply(Reply::Hits(vec![family.who.clone(), other.who.clone()])));
        assert!(matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Warn(_)]));
        let (one, two) = (family.who.person, other.who.person);
        screen.update(Msg::Reply(Reply::Family(Some(Box::new(family.clone())))));
        assert!(
            matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Say(text)] if text.contains("已记下"))
        );
        assert!(
            matches!(&screen.update(Msg::Action(Action::Submit))[..], [Intent::Say(text)] if text.contains("不再"))
        );
        screen.update(Msg::Action(Action::Submit));
        screen.update(Msg::Key(Key::Down));
        screen.update(Msg::Reply(Reply::Family(Some(Box::new(other)))));
        assert!(drawn(&mut screen).contains("另登记为"));
        let opened = screen.update(Msg::Action(Action::Submit));
        assert_eq!(opened, vec![Intent::Open(Place::People(PeoplePlace::Pair(one, two)))]);
    }

    #[test]
    fn from_a_case_the_applicant_is_remembered_and_his_namesakes_are_found() {
        let family = fixtures::family();
        let (one, two) = (family.who.person, fixtures::other_hit().person);
        let mut screen = LookupScreen::beside(one);
        let asked = screen.update(Msg::Shown);
        assert!(asked.contains(&Intent::Ask(Ask::Family(one))), "{asked:?}");
        let asked = screen.update(Msg::Reply(Reply::Family(Some(Box::new(family.clone())))));
        assert_eq!(asked, vec![Intent::Ask(Ask::Search(family.who.name.clone()))]);
        let hits = vec![family.who.clone(), fixtures::other_hit()];
        assert_eq!(screen.update(Msg::Reply(Reply::Hits(hits))), vec![Intent::Ask(Ask::Family(two))]);
        assert!(screen.hint().contains("已记下") && screen.hint().contains("F9"), "{}", screen.hint());
        let mut other = fixtures::family();
        other.who = fixtures::other_hit();
        screen.update(Msg::Reply(Reply::Family(Some(Box::new(other)))));
        let opened = screen.update(Msg::Action(Action::Submit));
        assert_eq!(opened, vec![Intent::Open(Place::People(PeoplePlace::Pair(one, two)))]);
    }

    #[test]
    fn an_answer_about_another_person_is_not_shown() {
        let mut screen = screen();
        screen.update(Msg::Reply(Reply::Hits(vec![fixtures::other_hit()])));
        screen.update(Msg::Reply(Reply::Family(Some(Box::new(fixtures::family())))));
        assert!(screen.family.is_none());
    }
}
