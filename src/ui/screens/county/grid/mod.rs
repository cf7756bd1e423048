//! 花名册 of an incident: two hundred households in one night. Typed, pasted from a spreadsheet or read from one; submitted row
//! by row, each becoming a case of its own.
//!
//! Must never submit on Enter or on a paste, never make one row two cases, and never drop a row that the rules refused.

mod edits;
mod grounds;
pub mod rows;

use self::edits::Steps;
use self::rows::{CELLS, COLUMNS, Row, Rows, Sound};
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::ids::{CaseId, IncidentId};
use crate::domain::nouns::{PayBy, Severity};
use crate::office::compose::county::household::Struck;
use crate::office::front::county::CountyDeed;
use crate::office::front::county::grid::{GridView, KnownCase};
use crate::office::front::deed::Deed;
use crate::office::front::drafts::Keep;
use crate::office::print::county::CountyPaper;
use crate::store::desk::Draft;
use crate::ui::action::Action;
use crate::ui::canvas::Canvas;
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::line::Line;
use crate::ui::product::county::{Cells, CountyAsk, CountyReply};
use crate::ui::product::{Ask, MeView, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::prompt::{Happened, Kind, Prompt};
use crate::ui::screens::words;
use crate::ui::table::{Align, cell};
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The name under which drafts are kept.
pub const FORM: &str = "incident-roster";
/// Rows above the grid: the incident, heads, dashes.
const ABOVE: u16 = 3;
/// The column of the first cell: mark and number stand before it.
const FIRST: u16 = 6;

/// What a prompt is for.
#[derive(Debug)]
enum For {
    /// What is said of all households, before they are submitted.
    Submit,
    /// Why to go on in spite of warnings.
    Grounds,
    /// The path of a spreadsheet.
    Read,
}

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Fate {
    /// It is a case.
    Done(String),
    /// It waits for the drive.
    Held,
    /// The rules refused it, with their sentence.
    Refused(String),
    /// The rules ask for a reason, with their sentence.
    Warned(BTreeSet<Code>, String),
}

/// Rows on their way: one at a time, so that each sentence stands beside its row.
#[derive(Debug)]
struct Sending {
    /// What is still to be sent, by serial.
    left: VecDeque<u16>,
    /// What is being sent.
    now: u16,
    severity: Severity,
    pay_by: PayBy,
    reason: String,
    done: usize,
    all: usize,
}

/// The screen.
#[derive(Debug)]
pub struct GridScreen {
    id: IncidentId,
    view: Option<Box<GridView>>,
    me: Option<Box<MeView>>,
    drafts: Option<Vec<Draft>>,
    draft: u64,
    gone: bool,
    rows: Rows,
    fates: BTreeMap<u16, Fate>,
    /// Warnings that the officer goes on in spite of, and why, by row.
    grounds: BTreeMap<u16, (BTreeSet<Code>, String)>,
    /// What was said of all rows when they were last sent.
    last: Option<(Severity, PayBy, String)>,
    at: (usize, usize),
    top: usize,
    line: Line,
    /// The character that was typed last, and what stood in the cell before it: it may turn out to be the first one of a paste,
    /// which takes the place of what stood there.
    begun: Option<(char, String)>,
    /// What can be taken back.
    steps: Steps,
    prompt: Option<Prompt<For>>,
    sending: Option<Sending>,
    size: Size,
}

impl GridScreen {
    /// The roster of an incident; its draft is gone on with where there is one.
    pub fn new(id: IncidentId) -> GridScreen {
        GridScreen {
            id,
            view: None,
            me: None,
            drafts: None,
            draft: 0,
            gone: false,
            rows: Rows::default(),
            fates: BTreeMap::new(),
            grounds: BTreeMap::new(),
            last: None,
            at: (0, 0),
            top: 0,
            line: Line::new(40),
            begun: None,
            steps: Steps::default(),
            prompt: None,
            sending: None,
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn is_open(&self) -> bool {
        !self.rows.rows.is_empty()
    }

    fn ask(&self) -> Vec<Intent> {
        vec![
            Intent::Ask(Ask::Me),
            Intent::Ask(Ask::Drafts),
            Intent::Ask(Ask::County(CountyAsk::Grid(self.id))),
        ]
    }

    /// Begins once incident and drafts are there; what are cases by now is known from the replica each time.
    fn open(&mut self) -> Vec<Intent> {
        let (Some(view), Some(drafts)) = (&self.view, &self.drafts) else { return Vec::new() };
        let about = self.id.to_string();
        if !self.is_open() {
            let mine = drafts.iter().filter(|draft| draft.form == FORM);
            let mut found =
                mine.filter_map(|draft| Some((draft.id, Rows::from_draft(&draft.answers, &about)?)));
            let (id, rows) = found.next().unwrap_or_else(|| (0, Rows::new(about.clone(), view.seed)));
            (self.draft, self.rows) = (id, rows);
        }
        let known: BTreeMap<CaseId, &String> =
            view.known.iter().map(|known| (known.case, &known.number)).collect();
        for row in &self.rows.rows {
            if let Some(number) = known.get(&self.rows.case(row)) {
                self.fates.insert(row.serial, Fate::Done((*number).clone()));
            }
        }
        self.load();
        Vec::new()
    }

    fn load(&mut self) {
        let (row, col) = self.at;
        let text = self.rows.rows.get(row).and_then(|row| row.cells.get(col)).cloned().unwrap_or_default();
        self.line = Line::new(40);
        self.line.set(&text);
        self.steps.begin_cell();
        let seen = usize::from(self.grid_rows()).max(1);
        self.top = self.top.min(row).max((row + 1).saturating_sub(seen));
    }

    fn store(&mut self) {
        let (row, col) = self.at;
        let text = self.line.text().trim().to_owned();
        if let Some(cell) = self.rows.rows.get_mut(row).and_then(|row| row.cells.get_mut(col)) {
            *cell = text;
        }
    }

    fn go(&mut self, row: usize, col: usize) {
        self.store();
        self.at = (row.min(self.rows.rows.len().saturating_sub(1)), col.min(CELLS - 1));
        self.load();
    }

    /// To the next cell; behind the last one of the last row a new row begins.
    fn next(&mut self) -> Vec<Intent> {
        let (row, col) = self.at;
        if col + 1 < CELLS {
            self.go(row, col + 1);
            return Vec::new();
        }
        self.store();
        if row + 1 == self.rows.rows.len() {
            self.rows.add();
        }
        self.go(row + 1, 0);
        self.keep()
    }

    fn row(&self) -> Option<&Row> {
        self.rows.rows.get(self.at.0)
    }

    /// A row that is a case, or on its way to be one, is not edited any more.
    fn is_fixed(&self) -> bool {
        let fate = self.row().and_then(|row| self.fates.get(&row.serial));
        matches!(fate, Some(Fate::Done(_) | Fate::Held))
    }

    fn township(&self) -> u16 {
        self.view.as_ref().map_or(0, |view| view.incident.township)
    }

    fn judged(&self) -> Vec<Option<Result<Sound, String>>> {
        let today = self.me.as_ref().map_or(crate::base::day::Day::EPOCH, |me| me.now.day());
        let mut judged = self.rows.judge(self.township(), today);
        let known = self.view.as_ref().map_or(&[][..], |view| view.known.as_slice());
        let known: BTreeMap<&str, &KnownCase> = known.iter().map(|one| (one.id_no.as_str(), one)).collect();
        for (row, one) in self.rows.rows.iter().zip(&mut judged) {
            let Some(Ok(sound)) = one else { continue };
            let other = known.get(sound.id_no.as_str()).filter(|known| known.case != self.rows.case(row));
            if let Some(other) = other {
                let why = format!("这一户已在本事项中，编号 {}，请按 Ctrl-D 删去这一行", other.number);
                *one = Some(Err(why));
            }
        }
        judged
    }

    /// Keeps the draft; nothing while nothing was typed.
    fn keep(&self) -> Vec<Intent> {
        if self.draft == 0 && self.rows.is_blank() {
            return Vec::new();
        }
        let Ok(text) = serde_json::to_string(&self.rows) else { return Vec::new() };
        let number = self.view.as_ref().map(|view| view.incident.number.clone()).unwrap_or_default();
        let rows = self.rows.rows.iter().filter(|row| !row.is_blank()).count();
        vec![Intent::Ask(Ask::Keep(Keep {
            id: self.draft,
            form: FORM,
            title: format!("{number} {rows} 户"),
            text,
            field: String::new(),
        }))]
    }

    /// What F9 begins with: every row is as it should be, and then what is said of all of them.
    fn begin(&mut self) -> Vec<Intent> {
        self.store();
        if self.view.as_ref().is_some_and(|view| view.incident.closed) {
            return vec![Intent::Warn("这一事项已经结束，不再受理新户".to_owned())];
        }
        let judged = self.judged();
        let wrong: Vec<usize> = judged
            .iter()
            .enumerate()
            .filter(|(_, one)| matches!(one, Some(Err(_))))
            .map(|(at, _)| at)
            .collect();
        if let Some(first) = wrong.first() {
            let col = self.at.1;
            self.at = (*first, col);
            self.load();
            let rows: Vec<String> = wrong.iter().take(8).map(|at| (at + 1).to_string()).collect();
            let text = format!("还有 {} 行要改：第 {} 行；改好再按 F9", wrong.len(), rows.join("、"));
            return vec![Intent::Warn(text)];
        }
        let open = self.open_rows(&judged);
        if open.is_empty() {
            return vec![Intent::Warn("没有要报批的户；都已经报批，或还没有填".to_owned())];
        }
        if self.last.is_some() && open.len() == self.warned().len() {
            return self.ask_grounds();
        }
        let total: Money = open.iter().map(|(_, sound)| sound.amount).sum();
        let title =
            format!("报批 {} 户 共 {} 元，各户各成一件，按各户金额定审批级", open.len(), total.grouped());
        let prompt = Prompt::new(For::Submit, title)
            .with("事由", Kind::Text, "")
            .phrased("incident-reason")
            .with("急难程度", Kind::Choice(Severity::ALL.iter().map(|one| one.zh()).collect()), "")
            .with("发放渠道", Kind::Choice(vec!["打卡", "现金"]), "");
        self.prompt = Some(prompt);
        vec![Intent::Forget]
    }

    /// The rows that are to become cases.
    fn open_rows(&self, judged: &[Option<Result<Sound, String>>]) -> Vec<(u16, Sound)> {
        let each = self.rows.rows.iter().zip(judged).filter_map(|(row, judged)| {
            let done = matches!(self.fates.get(&row.serial), Some(Fate::Done(_) | Fate::Held));
            match judged {
                Some(Ok(sound)) if !done => Some((row.serial, sound.clone())),
                _ => None,
            }
        });
        each.collect()
    }

    fn submit(&mut self) -> Vec<Intent> {
        let Some(prompt) = self.prompt.take() else { return self.begin() };
        let filled = match prompt.what {
            For::Read => {
                prompt.text(0).map(|path| vec![Intent::Ask(Ask::County(CountyAsk::ReadTable(path)))])
            }
            For::Submit => self.filled(&prompt).map(|sending| {
                self.last = Some((sending.severity, sending.pay_by, sending.reason.clone()));
                self.sending = Some(sending);
                Vec::new()
            }),
            For::Grounds => self.grounded(&prompt).map(|sending| {
                self.sending = Some(sending);
                Vec::new()
            }),
        };
        match filled {
            Ok(mut intents) => {
                // What was sent stands: no step goes back behind it.
                if self.sending.is_some() {
                    self.steps.clear();
                }
                self.load();
                intents.extend(self.keep());
                intents.extend(self.send());
                intents
            }
            Err(text) => {
                self.prompt = Some(prompt);
                vec![Intent::Warn(text)]
            }
        }
    }

    fn filled(&self, prompt: &Prompt<For>) -> Result<Sending, String> {
        let severity = Severity::ALL.get(prompt.choice(1)?).copied().ok_or("急难程度没有选，请按数字")?;
        let left: VecDeque<u16> = self.open_rows(&self.judged()).iter().map(|(serial, _)| *serial).collect();
        Ok(Sending {
            all: left.len(),
            left,
            now: 0,
            severity,
            pay_by: if prompt.choice(2)? == 0 { PayBy::Bank } else { PayBy::Cash },
            reason: prompt.text(0)?,
            done: 0,
        })
    }

    /// Sends the next row, or says that all were.
    fn send(&mut self) -> Vec<Intent> {
        let judged = self.judged();
        let Some(sending) = &mut self.sending else { return Vec::new() };
        while let Some(serial) = sending.left.pop_front() {
            let found = self.rows.rows.iter().zip(&judged).find(|(row, _)| row.serial == serial);
            let Some((row, Some(Ok(sound)))) = found else { continue };
            sending.now = serial;
            let (overrides, override_reason) = self.grounds.get(&serial).cloned().unwrap_or_default();
            let struck = Struck {
                incident: self.id,
                case: self.rows.case(row),
                name: sound.name.clone(),
                id_no: sound.id_no.clone(),
                village: sound.village,
                people: sound.people,
                amount: sound.amount,
                account: sound.account.clone(),
                severity: sending.severity,
                pay_by: sending.pay_by,
                reason: sending.reason.clone(),
                overrides,
                override_reason,
            };
            let said = format!("正在报批：第 {} 户，共 {} 户；F12 停下", sending.done + 1, sending.all);
            let deed = Box::new(Deed::County(CountyDeed::Household(Box::new(struck))));
            return vec![Intent::Say(said), Intent::Ask(Ask::Do { deed, draft: 0 })];
        }
        self.sending = None;
        self.finish()
    }

    fn finish(&mut self) -> Vec<Intent> {
        let of = |wanted: fn(&Fate) -> bool| self.fates.values().filter(|fate| wanted(fate)).count();
        let done = of(|fate| matches!(fate, Fate::Done(_)));
        let held = of(|fate| matches!(fate, Fate::Held));
        let refused = of(|fate| matches!(fate, Fate::Refused(_)));
        let warned = of(|fate| matches!(fate, Fate::Warned(..)));
        if warned > 0 {
            let mut intents = self.keep();
            intents.extend(self.ask_grounds());
            return intents;
        }
        if refused == 0 && held == 0 && self.draft != 0 {
            let draft = std::mem::take(&mut self.draft);
            let said = format!("报批完：{done} 户都已成件；Ctrl-P 打签字花名册");
            return vec![Intent::Ask(Ask::DropDraft(draft)), Intent::Say(said)];
        }
        let mut parts = vec![format!("报批完：{done} 户已成件")];
        if held > 0 {
            parts.push(format!("{held} 户待传，联机后自动报"));
        }
        if refused > 0 {
            parts.push(format!("{refused} 户没有办成（行首有 x），改好再按 F9"));
        }
        let mut intents = self.keep();
        intents.push(Intent::Say(parts.join("；")));
        intents
    }

    /// What became of the row that was sent.
    fn settled(&mut self, reply: &Reply) -> Option<Vec<Intent>> {
        let sending = self.sending.as_mut()?;
        let fate = match reply {
            Reply::Done { sentence, .. } => {
                let number = sentence.split(' ').next().unwrap_or_default();
                Fate::Done(number.to_owned())
            }
            Reply::Held(_) => Fate::Held,
            Reply::Refused(refusals) => grounds::fate(refusals),
            Reply::Failed(sentence) => {
                let said = Intent::Warn(format!("停在第 {} 户：{sentence}", sending.done + 1));
                self.sending = None;
                let mut intents = self.keep();
                intents.push(said);
                return Some(intents);
            }
            _ => return None,
        };
        sending.done += 1;
        self.fates.insert(sending.now, fate);
        Some(self.send())
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        if let Some(intents) = self.settled(&reply) {
            return intents;
        }
        match reply {
            Reply::Me(me) => self.me = Some(me),
            Reply::Drafts(drafts) => {
                self.drafts = Some(drafts);
                return self.open();
            }
            Reply::County(CountyReply::Grid(None)) => {
                self.gone = true;
                return vec![Intent::Warn("找不到这一事项，请按 F3 返回后刷新".to_owned())];
            }
            Reply::County(CountyReply::Grid(view)) => {
                self.view = view;
                return self.open();
            }
            Reply::County(CountyReply::Table(Cells(table))) => {
                // what is read begins in a row of its own, in the first column
                if self.rows.rows.last().is_some_and(|row| !row.is_blank()) {
                    self.rows.add();
                }
                self.go(self.rows.rows.len().saturating_sub(1), 0);
                return self.take(&table, false);
            }
            Reply::Kept(id, _) => self.draft = id,
            Reply::News if self.is_open() => return vec![Intent::Ask(Ask::County(CountyAsk::Grid(self.id)))],
            reply => {
                self.gone |= !self.is_open() && matches!(reply, Reply::Failed(_));
                return words::outcome(&reply).into_iter().collect();
            }
        }
        Vec::new()
    }

    fn key(&mut self, key: Key) -> Vec<Intent> {
        if let Some(prompt) = &mut self.prompt {
            return match prompt.key(key) {
                Happened::Say(text) => vec![Intent::Say(text)],
                Happened::Nothing | Happened::Moved => Vec::new(),
            };
        }
        let (row, col) = self.at;
        self.begun = None;
        match key {
            Key::Enter | Key::Tab => return self.next(),
            Key::BackTab => self.go(
                if col == 0 { row.saturating_sub(1) } else { row },
                if col == 0 { CELLS - 1 } else { col - 1 },
            ),
            Key::Down => self.go(row + 1, col),
            Key::Up => self.go(row.saturating_sub(1), col),
            Key::PgDn => self.go(row + usize::from(self.grid_rows()), col),
            Key::PgUp => self.go(row.saturating_sub(usize::from(self.grid_rows())), col),
            Key::Char('+' | '＋') => return self.same(),
            key if self.is_fixed() => {
                if matches!(key, Key::Char(_) | Key::Backspace | Key::Delete) {
                    return vec![Intent::Say("这一户已经报批，不能改；在办件里更正".to_owned())];
                }
            }
            key => {
                let before = self.line.text().to_owned();
                if self.line.key(key) {
                    self.steps.edit(&self.rows, self.at);
                    self.begun = if let Key::Char(typed) = key { Some((typed, before)) } else { None };
                    self.store();
                    // an edited row is judged anew by the rules
                    if let Some(serial) = self.row().map(|row| row.serial) {
                        self.fates.remove(&serial);
                        self.grounds.remove(&serial);
                    }
                }
            }
        }
        Vec::new()
    }

    fn action(&mut self, action: Action) -> Vec<Intent> {
        if self.sending.is_some() {
            return match action {
                Action::Cancel | Action::Back => {
                    if let Some(sending) = &mut self.sending {
                        sending.left.clear();
                    }
                    vec![Intent::Say("这一户办完就停".to_owned())]
                }
                _ => vec![Intent::Say("正在报批，请稍候；F12 停下".to_owned())],
            };
        }
        match action {
            Action::Submit => self.submit(),
            Action::Choose if self.prompt.is_some() => self.phrases(),
            Action::Cancel | Action::Back if self.prompt.as_ref().is_some_and(Prompt::shows_phrases) => {
                self.phrases()
            }
            Action::Cancel | Action::Back if self.prompt.is_some() => {
                self.prompt = None;
                self.load();
                vec![Intent::Say("没有办，什么都没有改".to_owned())]
            }
            Action::Back => {
                self.store();
                let mut intents = self.keep();
                intents.push(Intent::Back);
                intents
            }
            Action::Lookup if self.prompt.is_none() => {
                self.store();
                let cells = self.rows.rows.get(self.at.0).map(|row| row.cells.clone()).unwrap_or_default();
                let [name, id_no, ..] = cells;
                let mut intents = self.keep();
                let typed = if id_no.trim().is_empty() { name } else { id_no };
                intents.push(Intent::Open(Place::Lookup(typed.trim().to_owned())));
                intents
            }
            Action::KeepDraft => {
                self.store();
                let mut intents = self.keep();
                intents.push(Intent::Say("已暂存，可以随时从暂存箱接着填".to_owned()));
                intents
            }
            Action::SameAsBefore => self.same(),
            Action::DeleteRow => self.delete(),
            Action::Undo if self.prompt.is_none() => self.undo(),
            Action::New => {
                self.store();
                self.steps.note(&self.rows, self.at);
                self.rows.add();
                self.go(self.rows.rows.len().saturating_sub(1), 0);
                Vec::new()
            }
            Action::Choose => {
                let title = "从表格读入（xlsx、xls、csv），第一行可以是表头";
                self.prompt = Some(Prompt::new(For::Read, title).with("文件", Kind::Text, ""));
                vec![Intent::Forget]
            }
            Action::Print => vec![Intent::Ask(Ask::County(CountyAsk::Print(CountyPaper::Incident(self.id))))],
            Action::Refresh => self.ask(),
            Action::Cancel => vec![Intent::Say("没有要取消的一步；F3 暂存并返回".to_owned())],
            _ => Vec::new(),
        }
    }

    fn foot(&self) -> u16 {
        self.prompt.as_ref().map_or(1, |prompt| prompt.rows() + 1)
    }

    /// Rows of the grid that are seen.
    fn grid_rows(&self) -> u16 {
        self.size.rows.saturating_sub(ABOVE + self.foot())
    }

    /// The first column that is drawn, so that the one with the cursor is seen in a narrow window.
    fn first_col(&self) -> usize {
        let fits = |first: usize| {
            let wide: u16 =
                COLUMNS.get(first..=self.at.1).unwrap_or_default().iter().map(|(_, w, _)| w + 1).sum();
            FIRST + wide < self.size.cols
        };
        (0..=self.at.1).find(|first| fits(*first)).unwrap_or(self.at.1)
    }

    /// The columns that are drawn: which, from where, how wide.
    fn columns(&self) -> Vec<(usize, u16, u16)> {
        let mut at = FIRST;
        let mut all = Vec::new();
        for (col, (_, wide, _)) in COLUMNS.iter().enumerate().skip(self.first_col()) {
            if at + wide + 1 > self.size.cols {
                break;
            }
            all.push((col, at, *wide));
            at += wide + 1;
        }
        all
    }

    fn summary(&self, judged: &[Option<Result<Sound, String>>]) -> String {
        let filled = judged.iter().flatten().count();
        let wrong = judged.iter().filter(|one| matches!(one, Some(Err(_)))).count();
        let total: Money =
            judged.iter().flatten().filter_map(|one| one.as_ref().ok()).map(|sound| sound.amount).sum();
        let done = self.fates.values().filter(|fate| matches!(fate, Fate::Done(_))).count();
        format!("共 {filled} 户 {} 元  已成件 {done}  要改 {wrong}", total.grouped())
    }
}

impl Screen for GridScreen {
    fn name(&self) -> &'static str {
        "群体花名册"
    }

    fn subject(&self) -> String {
        self.view.as_ref().map(|view| view.incident.number.clone()).unwrap_or_default()
    }

    fn context(&self) -> Context {
        Context::Form
    }

    fn offers(&self) -> Vec<Offer> {
        if self.sending.is_some() {
            return vec![Offer::named(Action::Cancel, "停下"), Offer::new(Action::Back)];
        }
        if let Some(prompt) = &self.prompt {
            let does = match prompt.what {
                For::Read => "读入",
                For::Submit => "报批",
                For::Grounds => "接着报",
            };
            let phrases = prompt.has_phrases().then(|| Offer::named(Action::Choose, "常用语"));
            let mut offers = vec![Offer::key(Key::Enter, "下一项")];
            offers.extend(phrases);
            offers.extend([
                Offer::named(Action::Submit, does),
                Offer::new(Action::Cancel),
                Offer::new(Action::Back),
            ]);
            return offers;
        }
        let unread = (!self.is_open()).then(|| "还没有读出来".to_owned());
        vec![
            Offer::key(Key::Enter, "下格"),
            Offer::new(Action::Back),
            Offer::new(Action::Lookup).unless(unread.clone()),
            Offer::named(Action::Choose, "读表格").unless(unread.clone()),
            Offer::named(Action::New, "加行").unless(unread.clone()),
            Offer::new(Action::KeepDraft).unless(unread.clone()),
            Offer::named(Action::SameAsBefore, "同上").unless(unread.clone()),
            Offer::named(Action::Submit, "报批").unless(unread.clone()),
            Offer::new(Action::DeleteRow).unless(unread.clone()),
            Offer::new(Action::Undo).unless(unread.clone()),
            Offer::named(Action::Print, "打花名册").unless(unread),
            Offer::new(Action::Refresh),
            Offer::new(Action::Cancel),
        ]
    }

    fn hint(&self) -> String {
        if let Some(prompt) = &self.prompt {
            return prompt.hint();
        }
        if !self.is_open() {
            return if self.gone { "没有这一事项" } else { "正在读本机的记录" }.to_owned();
        }
        let fate = self.row().and_then(|row| self.fates.get(&row.serial));
        match (fate, self.judged().into_iter().nth(self.at.0).flatten()) {
            (Some(Fate::Done(number)), _) => format!("{number} 已报批"),
            (Some(Fate::Held), _) => "待传：联机后自动报，不必再填".to_owned(),
            (Some(Fate::Refused(why)), _) => format!("没有办成：{why}"),
            (Some(Fate::Warned(_, why)), _) => format!("要写理由(F9)：{why}"),
            (None, Some(Err(why))) => format!("第 {} 行：{why}", self.at.0 + 1),
            _ => "可以从表格里复制粘贴；+ 同上行；F9 报批".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "一户一行：户主或申请人姓名、身份证号、村、受助人数（空着是1人）、金额、收款账号（可空）。三（六）".to_owned(),
                "粘贴：在表格软件里选中几行几列，复制，到要填的格里粘贴；第一行是表头的按表头认列。F4 读入文件。盖掉、删错、打错的按 Ctrl-Z 一步步退回。".to_owned(),
                "F9 先逐行核对，再填事由，一户一户报批：500元及以下到乡镇，超过的到县局，各户不合并累计。四（三）二".to_owned(),
                "行首是 ! 的规则只是提示：报完会问确办理由，写一次用到各行或写行号；督导能看到。".to_owned(),
                "停电、断网都不重复：每行对应的办件早已定号，已成件的行首是 v，再按 F9 接着报其余的。".to_owned(),
                "会议开一次：在任一户的更多办理 12 登记会议记录，选全部各户。签字用一份花名册，Ctrl-P 打印。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        !self.is_open() && !self.gone
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                let seen = usize::from(self.grid_rows()).max(1);
                self.top = self.top.min(self.at.0).max((self.at.0 + 1).saturating_sub(seen));
                Vec::new()
            }
            Msg::Shown => self.ask(),
            Msg::Reply(reply) => self.reply(reply),
            Msg::Key(_) | Msg::Burst(_) if !self.is_open() => Vec::new(),
            Msg::Key(_) | Msg::Burst(_) if self.sending.is_some() => {
                vec![Intent::Say("正在报批，请稍候；F12 停下".to_owned())]
            }
            Msg::Key(key) => self.key(key),
            Msg::Burst(text) => self.burst(&text),
            Msg::Action(Action::Back) if !self.is_open() => vec![Intent::Back],
            Msg::Action(_) if !self.is_open() => Vec::new(),
            Msg::Action(action) => self.action(action),
        }
    }

    fn draw(&self, canvas: &mut Canvas) {
        if !self.is_open() {
            let text =
                if self.gone { "找不到这一事项" } else { "正在读本机的记录，请稍候" };
            canvas.put(0, 1, text, Role::Muted);
            return;
        }
        let judged = self.judged();
        let name = self.view.as_ref().map(|view| view.incident.name.clone()).unwrap_or_default();
        canvas.put_within(0, 1, self.size.cols.saturating_sub(2), &name, Role::Heading);
        let columns = self.columns();
        canvas.put(1, 1, "行", Role::Heading);
        for (col, at, wide) in &columns {
            let head = COLUMNS.get(*col).map_or("", |(head, ..)| head);
            canvas.put_within(1, *at, *wide, head, Role::Heading);
            canvas.put(2, *at, &"-".repeat(usize::from(*wide)), Role::Rule);
        }
        for down in 0..self.grid_rows() {
            let at = self.top + usize::from(down);
            let Some(row) = self.rows.rows.get(at) else { break };
            let fate = self.fates.get(&row.serial);
            let wrong = matches!(judged.get(at), Some(Some(Err(_))));
            let (mark, role) = match fate {
                Some(Fate::Done(_)) => ("v", Role::Ok),
                Some(Fate::Held) => ("~", Role::Muted),
                Some(Fate::Refused(_)) => ("x", Role::Problem),
                Some(Fate::Warned(..)) => ("!", Role::Warning),
                None if wrong => ("x", Role::Problem),
                None => (" ", Role::Text),
            };
            let y = ABOVE + down;
            canvas.put(y, 0, mark, role);
            canvas.put(y, 1, &format!("{:>3}", at + 1), Role::Muted);
            for (col, x, wide) in &columns {
                let focused = self.prompt.is_none() && self.at == (at, *col);
                let text = row.cells.get(*col).map_or("", String::as_str);
                let role = if focused { Role::FieldFocus } else { Role::Text };
                let text = if focused { self.line.window(*wide).0 } else { text.to_owned() };
                // people and sums stand right, as numbers do
                let align = if matches!(col, 3 | 4) { Align::Right } else { Align::Left };
                if focused {
                    canvas.put_box(y, *x, *wide, &text, role);
                } else {
                    cell(canvas, y, *x, *wide, &text, align, role);
                }
            }
        }
        let foot = self.size.rows.saturating_sub(self.foot());
        let said = self.summary(&judged);
        canvas.put_within(foot, 1, self.size.cols.saturating_sub(2), &said, Role::Label);
        if let Some(prompt) = &self.prompt {
            prompt.draw(canvas, foot + 1, self.size.cols);
        }
    }

    fn caret(&self) -> (u16, u16) {
        if let Some(prompt) = &self.prompt {
            let (row, col) = prompt.caret(self.size.cols);
            return (self.size.rows.saturating_sub(self.foot()) + 1 + row, col);
        }
        let down = u16::try_from(self.at.0.saturating_sub(self.top)).unwrap_or(0);
        let columns = self.columns();
        let here = columns.iter().find(|(col, ..)| *col == self.at.1);
        let (x, wide) = here.map_or((FIRST, 8), |(_, x, wide)| (*x, *wide));
        let row = (ABOVE + down).min(self.size.rows.saturating_sub(1));
        (row, (x + self.line.window(wide).1).min(self.size.cols.saturating_sub(1)))
    }
}

#[cfg(test)]
#[path = "tests.rs"]
mod tests;
