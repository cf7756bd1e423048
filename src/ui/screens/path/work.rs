//! 办理步骤: every step of a case on the expenditure path in its order, what is done, what comes next and whose clock runs.
//! Enter on a step, or its number and Enter, opens its form.
//!
//! Must never do anything on a digit alone: what changes the log is F9 in the form or the prompt.

use crate::base::day::Day;
use crate::domain::ids::CaseId;
use crate::domain::nouns::Path;
use crate::office::front::deed::Deed;
use crate::office::front::path::PathDeed;
use crate::office::print::PaperKind;
use crate::store::replica::views::card::CaseCard;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::card::Card;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::product::path::PathPlace;
use crate::ui::product::{Ask, MeView, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::options::{Choice, Happened as Chose, Options};
use crate::ui::screens::path::lines::{self, Does, StepLine};
use crate::ui::screens::path::words_of;
use crate::ui::screens::prompt::{Happened, Kind, Prompt};
use crate::ui::screens::{case_card, case_deeds, words};
use crate::ui::table::{Align, Column, cell, plan};

const COLUMNS: &[Column] = &[
    Column::left("步骤", 12),
    Column::left("", 2),
    Column::left("办理日", 6),
    Column::left("登记", 11).rank(2),
    Column::left("经办", 8).rank(1),
    Column::left("结果或等什么", 22).grow(),
];
/// Where the columns begin, behind the number.
const FIRST: u16 = 6;
/// Rows above the steps: the case, its clock, heads.
const ABOVE: u16 = 3;

/// What the prompt is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Act {
    /// The application again.
    Reapply,
    /// 报批.
    Submit,
}

/// The screen.
#[derive(Debug)]
pub struct WorkScreen {
    id: CaseId,
    case: Option<Box<CaseCard>>,
    me: Option<Box<MeView>>,
    gone: bool,
    lines: Vec<StepLine>,
    at: usize,
    /// The cursor was moved by the officer: it stays there.
    moved: bool,
    options: Options<Does>,
    prompt: Option<Prompt<Act>>,
    /// 明细: the words of the steps stand there instead of the steps.
    reading: Option<Card>,
    size: Size,
}

impl WorkScreen {
    /// The steps of a case.
    pub fn new(id: CaseId) -> WorkScreen {
        WorkScreen {
            id,
            case: None,
            me: None,
            gone: false,
            lines: Vec::new(),
            at: 0,
            moved: false,
            options: Options::new(Vec::new()),
            prompt: None,
            reading: None,
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn ask(&self) -> Vec<Intent> {
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Case(self.id))]
    }

    fn today(&self) -> Day {
        match (&self.me, &self.case) {
            (Some(me), _) => me.now.day(),
            (None, Some(card)) => card.opening.since.day(),
            (None, None) => crate::base::day::Stamp(0).day(),
        }
    }

    fn derive(&mut self) {
        let Some(card) = self.case.as_deref() else { return };
        let today = self.today();
        self.lines = lines::lines(card, self.me.as_deref(), today);
        if !self.moved {
            self.at = self.lines.iter().position(|line| line.next).unwrap_or(0);
        }
        self.at = self.at.min(self.lines.len().saturating_sub(1));
        let mut choices: Vec<Choice<Does>> = self
            .lines
            .iter()
            .map(|line| Choice {
                number: line.number,
                label: line.label,
                why_not: line.why_not.clone(),
                what: line.does,
            })
            .collect();
        for (number, label, form, why_not) in lines::others(card, self.me.as_deref(), today) {
            choices.push(Choice { number, label, why_not, what: Does::Form(form) });
        }
        choices.sort_by_key(|choice| choice.number);
        self.options.replace(choices);
        if let Some(reading) = &mut self.reading {
            reading.replace(words_of::blocks(card));
        }
    }

    fn begin(&mut self, does: Does) -> Vec<Intent> {
        let (Some(card), Some(me)) = (self.case.as_deref(), self.me.as_deref()) else { return Vec::new() };
        match does {
            Does::Form(form) => vec![Intent::Open(Place::Path(PathPlace::Step(self.id, form)))],
            Does::Approve => vec![Intent::Open(Place::Approval { run: vec![self.id], at: 0 })],
            Does::Reapply => {
                self.prompt = Some(reapply(card, me));
                vec![Intent::Forget]
            }
            Does::Submit => {
                let prompt = Prompt::new(Act::Submit, format!("报批 {}", card.case.number))
                    .with("报到", Kind::Choice(vec!["乡镇", "县局"]), case_deeds::tier_digit(card, me))
                    .with("说明", Kind::Note, "");
                self.prompt = Some(prompt);
                vec![Intent::Forget]
            }
        }
    }

    /// Enter with nothing typed is about the line under the cursor.
    fn enter(&mut self) -> Vec<Intent> {
        match self.lines.get(self.at) {
            Some(line) if line.why_not.is_none() => self.begin(line.does),
            Some(line) => vec![Intent::Say(line.hint())],
            None => Vec::new(),
        }
    }

    fn submit(&self) -> Vec<Intent> {
        let Some(prompt) = &self.prompt else { return Vec::new() };
        match deed(prompt, self.id) {
            Ok(deed) => vec![Intent::Ask(Ask::Do { deed: Box::new(deed), draft: 0 })],
            Err(text) => vec![Intent::Warn(text)],
        }
    }

    fn key(&mut self, key: Key) -> Vec<Intent> {
        if let Some(prompt) = &mut self.prompt {
            return match prompt.key(key) {
                Happened::Say(text) => vec![Intent::Say(text)],
                Happened::Nothing | Happened::Moved => Vec::new(),
            };
        }
        if let Some(card) = &mut self.reading {
            match key {
                Key::Tab => self.reading = None,
                Key::PgDn | Key::PgUp | Key::Down | Key::Up => {
                    card.go(matches!(key, Key::PgDn | Key::Down));
                }
                _ => return vec![Intent::Say("Tab 回到步骤".to_owned())],
            }
            return Vec::new();
        }
        let last = self.lines.len().saturating_sub(1);
        let to = match key {
            Key::Up => self.at.saturating_sub(1),
            Key::Down => (self.at + 1).min(last),
            Key::Home | Key::PgUp => 0,
            Key::End | Key::PgDn => last,
            Key::Tab => {
                self.read();
                return Vec::new();
            }
            Key::Enter if self.options.is_empty() => return self.enter(),
            key => {
                return match self.options.key(key) {
                    Chose::Chosen(does) => self.begin(does),
                    Chose::Say(text) => vec![Intent::Say(text)],
                    Chose::Nothing | Chose::Moved => Vec::new(),
                };
            }
        };
        (self.at, self.moved) = (to, true);
        Vec::new()
    }

    /// 明细.
    fn read(&mut self) {
        let Some(card) = self.case.as_deref() else { return };
        let mut reading = Card::new(words_of::blocks(card));
        reading.resize(self.size);
        self.reading = Some(reading);
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
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
                // What comes next has moved on: the cursor goes there.
                self.moved = false;
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

    /// Rows that the options or the prompt take at the foot, without the rule above them.
    fn foot(&self) -> u16 {
        let rows = match &self.prompt {
            Some(prompt) => prompt.rows(),
            None => self.options.rows(self.size.cols),
        };
        rows.min(self.size.rows.saturating_sub(ABOVE + 3))
    }

    /// The row of the rule.
    fn rule(&self) -> u16 {
        self.size.rows.saturating_sub(self.foot() + 1)
    }

    fn leave(&mut self) -> Vec<Intent> {
        if self.prompt.take().is_some() {
            return vec![Intent::Say("没有办，什么都没有改".to_owned())];
        }
        if self.reading.take().is_some() {
            return Vec::new();
        }
        vec![Intent::Back]
    }
}

/// The application again: what is on it already stands there.
fn reapply(card: &CaseCard, me: &MeView) -> Prompt<Act> {
    let today = me.now.day();
    let paper = card.path.as_ref().and_then(|file| file.course.application.as_ref());
    let on = paper.map_or(today, |paper| paper.on);
    Prompt::new(Act::Reapply, format!("登记申请 {}", card.case.number))
        .with("申请日期", Kind::Day(today), &on.to_string())
        .with("承诺", Kind::Choice(vec!["已签", "未签"]), "")
        .with("授权", Kind::Choice(vec!["已签", "未签"]), "")
        .with("补录来由", Kind::Note, "")
        .with("代理人", Kind::Note, "")
}

fn deed(prompt: &Prompt<Act>, case: CaseId) -> Result<Deed, String> {
    Ok(match prompt.what {
        Act::Submit => case_deeds::submission(prompt, case)?,
        Act::Reapply => Deed::Path(PathDeed::Reapply {
            case,
            on: prompt.day(0)?,
            promise: prompt.choice(1)? == 0 && prompt.choice(2)? == 0,
            late: prompt.text(3)?,
            agent: prompt.text(4)?,
        }),
    })
}

/// The case in a line.
fn about(card: &CaseCard) -> String {
    let case = &card.case;
    let hardship = if card.hides_hardship { "" } else { case.circumstance.zh() };
    let mut said = format!("{} {hardship} 申请 {} 元", case.path.zh(), card.asked().grouped());
    if case.path == Path::Expenditure {
        let county = card.path.as_ref().is_some_and(|file| file.to_county);
        said.push_str(if county { " 县局审批" } else { " 乡镇审批" });
    }
    format!("{said}  状态 {}", case.stage.zh())
}

impl Screen for WorkScreen {
    fn name(&self) -> &'static str {
        if self.reading.is_some() { "办理步骤明细" } else { "办理步骤" }
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
        if self.prompt.is_some() {
            return vec![
                Offer::named(Action::Submit, "办理"),
                Offer::new(Action::Cancel),
                Offer::new(Action::Back),
            ];
        }
        let unread = self.case.is_none().then(|| "还没有读出来".to_owned());
        if self.reading.is_some() {
            return vec![
                Offer::key(Key::Tab, "步骤"),
                Offer::key(Key::PgDn, "翻页"),
                Offer::new(Action::Back),
            ];
        }
        vec![
            Offer::key(Key::Enter, "办理"),
            Offer::key(Key::Tab, "明细").unless(unread.clone()),
            Offer::new(Action::Lookup).unless(unread.clone()),
            Offer::new(Action::Back),
            Offer::new(Action::Refresh),
            Offer::new(Action::Print).unless(unread),
        ]
    }

    fn hint(&self) -> String {
        match (&self.prompt, &self.reading, &self.case) {
            (Some(prompt), ..) => prompt.hint(),
            (None, Some(_), _) => "登记的文字，长号码只显示后4位；Tab 回到步骤".to_owned(),
            (None, None, None) if self.gone => "没有这一件".to_owned(),
            (None, None, None) => "正在读本机的记录".to_owned(),
            (None, None, Some(_)) => self.lines.get(self.at).map(StepLine::hint).unwrap_or_default(),
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
            "支出型的每一步按顺序办，不能跳；有=已办 缺=没办 等=等别人或等日子 免=这一件不用 否=结果不符合。四（三）一"
                .to_owned(),
            "办理日是纸上的日期，登记是录进来的时间和人。光标停在下一步；回车办这一行，或打编号回车。".to_owned(),
            "乡镇、县局各10个工作日；补正、核对、公示时期限停着。".to_owned(),
            "已办的一步再登记一次，同一天的是更正；以后日期的，后面的评议、公示要重新办。".to_owned(),
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
                if let Some(reading) = &mut self.reading {
                    reading.resize(size);
                }
                Vec::new()
            }
            Msg::Shown => {
                self.moved = false;
                self.ask()
            }
            Msg::Reply(reply) => self.reply(reply),
            Msg::Key(key) => self.key(key),
            Msg::Burst(text) => match &mut self.prompt {
                Some(prompt) => match prompt.burst(&text) {
                    Happened::Say(text) => vec![Intent::Say(text)],
                    Happened::Nothing | Happened::Moved => Vec::new(),
                },
                None => vec![Intent::Say("请打编号；粘贴的内容没有收".to_owned())],
            },
            Msg::Action(Action::Submit) if self.prompt.is_some() => self.submit(),
            Msg::Action(Action::Cancel | Action::Back) => self.leave(),
            Msg::Action(Action::Refresh) => self.ask(),
            Msg::Action(Action::Print) => {
                vec![Intent::Ask(Ask::Print(PaperKind::Application, Some(self.id)))]
            }
            Msg::Action(Action::Lookup) => {
                let number = self.case.as_ref().map(|card| card.case.number.clone());
                number.map(|number| Intent::Open(Place::Lookup(number))).into_iter().collect()
            }
            Msg::Action(_) => Vec::new(),
        }
    }

    fn draw(&self, canvas: &mut Canvas) {
        if let Some(reading) = &self.reading {
            reading.draw(canvas);
            return;
        }
        let Some(card) = self.case.as_deref() else {
            let text = if self.gone { "找不到这一件" } else { "正在读本机的记录，请稍候" };
            canvas.put(0, 1, text, Role::Muted);
            return;
        };
        let cols = self.size.cols;
        canvas.put_within(0, 1, cols.saturating_sub(2), &about(card), Role::Heading);
        let (said, role) = lines::clock(card, self.today());
        canvas.put_within(1, 1, cols.saturating_sub(2), &said, role);
        if self.lines.is_empty() {
            canvas.put(3, 1, "这一件是急难型，没有登记过支出型的步骤；按 19 可以改变救助类型", Role::Muted);
        } else {
            self.draw_steps(canvas);
        }
        let rule = self.rule();
        canvas.rule(rule);
        match &self.prompt {
            Some(prompt) => prompt.draw(canvas, rule + 1, cols),
            None => self.options.draw(canvas, rule + 1, cols),
        }
    }

    fn caret(&self) -> (u16, u16) {
        if let Some(reading) = &self.reading {
            return reading.caret();
        }
        if self.case.is_none() {
            return (0, 0);
        }
        let (row, col) = match &self.prompt {
            Some(prompt) => prompt.caret(self.size.cols),
            None => self.options.caret(self.size.cols),
        };
        (self.rule() + 1 + row, col)
    }
}

impl WorkScreen {
    fn draw_steps(&self, canvas: &mut Canvas) {
        let cols = self.size.cols;
        let planned = plan(COLUMNS, FIRST, cols);
        canvas.put(2, 2, "号", Role::Muted);
        for (column, _, col, width) in &planned {
            cell(canvas, 2, *col, *width, column.head, Align::Left, Role::Muted);
        }
        let room = usize::from(self.rule().saturating_sub(ABOVE));
        let top = (self.at + 1).saturating_sub(room);
        for (row, (index, line)) in (ABOVE..).zip(self.lines.iter().enumerate().skip(top).take(room)) {
            let here = index == self.at;
            let role = if here { Role::Selected } else { Role::Text };
            if here {
                canvas.fill(row, 0, cols, role);
            }
            canvas.put(row, 0, if line.next { ">" } else { " " }, role);
            canvas.put_right(row, 4, &line.number.to_string(), role);
            let cells = self.cells(line);
            for (column, at, col, width) in &planned {
                let text = cells.get(*at).map_or("", String::as_str);
                let role = if here || *at != 1 { role } else { line.mark.role() };
                cell(canvas, row, *col, *width, text, column.align, role);
            }
        }
    }

    fn cells(&self, line: &StepLine) -> Vec<String> {
        let names = self.case.as_ref().and_then(|card| card.path.as_ref()).map(|file| &file.names);
        let by = |no: &crate::domain::ids::OfficerNo| {
            let name = names.and_then(|names| names.get(no)).filter(|name| !name.is_empty());
            name.cloned().unwrap_or_else(|| no.0.clone())
        };
        vec![
            line.label.to_owned(),
            line.mark.zh().to_owned(),
            line.on.map(Day::month_day).unwrap_or_default(),
            line.entered
                .as_ref()
                .map(|(at, _)| format!("{} {}", at.day().month_day(), at.clock()))
                .unwrap_or_default(),
            line.entered.as_ref().map(|(_, no)| by(no)).unwrap_or_default(),
            line.said.clone(),
        ]
    }
}

#[cfg(test)]
#[path = "work_tests.rs"]
mod tests;
