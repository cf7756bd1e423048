//! 审批 (S6): everything an approver looks at, and the prompt that he signs. A list is worked through case by case.
//!
//! Must never preset a conclusion, never approve on Enter, and never show a sum that was not derived from the case as it
//! stands now.

use crate::base::money::Money;
use crate::domain::code::{Code, Weight};
use crate::domain::hints;
use crate::domain::ids::CaseId;
use crate::domain::nouns::Stage;
use crate::domain::office::Office;
use crate::domain::refusal::Refusal;
use crate::forms::tables::sayings;
use crate::office::front::county::{CaseFile, CountyDeed};
use crate::office::front::deed::{Concluded, Conclusion, Deed};
use crate::store::replica::views::card::CaseCard;
use crate::ui::action::Action;
use crate::ui::approval::{Approval, COUNTY, COUNTY_SECOND, EXAMINE, Happened, RATIFY, Signed, TOWNSHIP};
use crate::ui::canvas::Canvas;
use crate::ui::card::{Block, Card};
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::product::county::{CountyAsk, CountyPlace, CountyReply};
use crate::ui::product::{Ask, MeView, Place, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};
use crate::ui::screens::case_card;
use crate::ui::screens::county::beside;
use crate::ui::screens::signing::{Signing, is_large};
use crate::ui::screens::words;
use std::collections::BTreeSet;

/// The opinion of the section where it agrees and says no more.
const AGREES: &str = "同意";

/// What may be concluded here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Desk {
    Township,
    County,
    CountySecond,
    Ratify,
    Examine,
}

/// The screen.
#[derive(Debug)]
pub struct ApprovalScreen {
    run: Vec<CaseId>,
    at: usize,
    case: Option<Box<CaseCard>>,
    me: Option<Box<MeView>>,
    /// What stands beside the case; only the county asks for it.
    file: Option<Box<CaseFile>>,
    /// The county's section examines (股室审核): nothing is decided here.
    examines: bool,
    weighed: Option<Vec<Refusal>>,
    card: Card,
    prompt: Option<(Desk, Approval)>,
    signing: Signing,
    /// What is being signed gives something: only what the rules say of that stands under 程序检查.
    gives: bool,
    phrase: usize,
    size: Size,
}

impl ApprovalScreen {
    /// The approval of the case at `at` of `run`.
    pub fn new(run: Vec<CaseId>, at: usize) -> ApprovalScreen {
        let at = at.min(run.len().saturating_sub(1));
        ApprovalScreen {
            run,
            at,
            case: None,
            me: None,
            file: None,
            examines: false,
            weighed: None,
            card: Card::new(Vec::new()),
            prompt: None,
            signing: Signing::new(),
            gives: false,
            phrase: 0,
            size: Size { rows: 19, cols: 80 },
        }
    }

    /// The examination by the county's section (股室审核) of the case at `at` of `run`.
    pub fn examining(run: Vec<CaseId>, at: usize) -> ApprovalScreen {
        ApprovalScreen { examines: true, ..ApprovalScreen::new(run, at) }
    }

    fn here(&self) -> Option<CaseId> {
        self.run.get(self.at).copied()
    }

    fn ask(&self) -> Vec<Intent> {
        let Some(case) = self.here() else { return vec![Intent::Back] };
        vec![Intent::Ask(Ask::Me), Intent::Ask(Ask::Case(case))]
    }

    fn card_size(&self) -> Size {
        Size { rows: self.size.rows.saturating_sub(Approval::ROWS + 1), ..self.size }
    }

    /// Whose table of conclusions holds for this officer and case.
    fn desk(&self) -> Option<Desk> {
        let (case, me) = (self.case.as_ref()?, self.me.as_ref()?);
        let ratify = case.case.stage == Stage::AwaitingRatification || case.case.ratification_due.is_some();
        Some(match me.officer.office {
            Office::Township(_) => Desk::Township,
            Office::County if self.examines => Desk::Examine,
            Office::County if ratify => Desk::Ratify,
            Office::County if !case.sums.matter.is_zero() => Desk::CountySecond,
            Office::County => Desk::County,
        })
    }

    /// Whose phrases F4 goes through.
    fn slot(&self) -> &'static str {
        match self.desk() {
            Some(Desk::County | Desk::CountySecond) => "approve-county",
            Some(Desk::Ratify) => "ratify",
            Some(Desk::Examine) => "examine",
            Some(Desk::Township) | None => "approve-township",
        }
    }

    /// The phrases of the remark; where the city may be asked, a reason for that comes first.
    fn phrases(&self) -> Vec<String> {
        let decides = matches!(self.desk(), Some(Desk::County | Desk::CountySecond));
        let asks = self.case.as_ref().is_some_and(|card| {
            let shared = card.matter.as_ref().is_some_and(|matter| matter.shared);
            hints::city(card.case.circumstance, shared)
        });
        let city = if decides && asks { sayings::of("to-city") } else { Vec::new() };
        city.into_iter().take(1).chain(sayings::of(self.slot())).collect()
    }

    /// The prompt is made anew for another case or another table, and kept while the same case is only read again.
    fn derive(&mut self) {
        let (Some(case), Some(desk)) = (&self.case, self.desk()) else { return };
        // an examination is judged by other rules than a decision, as ratifying is
        let other = matches!(desk, Desk::Ratify | Desk::Examine);
        let mut blocks = case_card::approval(
            case,
            self.me.as_deref(),
            self.weighed.as_deref(),
            desk == Desk::Ratify,
            other,
        );
        if let Some(file) = &self.file {
            let before = blocks.iter().position(|block| matches!(block, Block::Beside(..))).unwrap_or(0);
            blocks.splice(before..before, beside::brief(file));
        }
        self.card.replace(blocks);
        self.card.resize(self.card_size());
        if self.prompt.as_ref().is_none_or(|(held, _)| *held != desk) {
            let table = match desk {
                Desk::Township => TOWNSHIP,
                Desk::County => COUNTY,
                Desk::CountySecond => COUNTY_SECOND,
                Desk::Ratify => RATIFY,
                Desk::Examine => EXAMINE,
            };
            let amount = if desk == Desk::Ratify { case.granted() } else { case.asked() };
            let mut prompt = Approval::new(table, &case_card::payee(case), amount);
            prompt.resize(self.size.cols);
            self.prompt = Some((desk, prompt));
        }
    }

    fn learn(&mut self, case: Option<Box<CaseCard>>) -> Vec<Intent> {
        let Some(case) = case.filter(|case| Some(case.case.id) == self.here()) else {
            return Vec::new();
        };
        let id = case.case.id;
        if self.case.as_ref().is_some_and(|held| held.case.touched_n != case.case.touched_n) {
            // Decided or changed meanwhile: what was typed was about another state of it.
            self.prompt = None;
        }
        self.case = Some(case);
        self.derive();
        let mut intents = self.weigh(id);
        intents.extend(self.beside(id));
        intents
    }

    /// The county looks at what its section, its meetings and the city said.
    fn beside(&self, case: CaseId) -> Option<Intent> {
        let county = self.me.as_ref().is_some_and(|me| me.officer.office == Office::County);
        county.then_some(Intent::Ask(Ask::County(CountyAsk::File(case))))
    }

    fn weigh(&self, case: CaseId) -> Vec<Intent> {
        let (Some(card), Some(desk)) = (&self.case, self.desk()) else { return Vec::new() };
        let what = match desk {
            Desk::Ratify => Concluded::Ratify(card.granted()),
            Desk::Examine => {
                let deed = Deed::County(CountyDeed::Examine(case, true, card.asked(), AGREES.to_owned()));
                return vec![Intent::Ask(Ask::Weigh(Box::new(deed)))];
            }
            Desk::Township | Desk::County | Desk::CountySecond => Concluded::Approve(card.asked()),
        };
        let conclusion = Conclusion { case, what, note: String::new(), overrides: BTreeSet::new() };
        vec![Intent::Ask(Ask::Weigh(Box::new(Deed::Conclude(conclusion))))]
    }

    /// Warnings that go through with a reason: the remark is it.
    fn asked_reasons(&self) -> BTreeSet<Code> {
        let asks = |refusal: &&Refusal| refusal.code.weight() == Weight::AsksReason;
        self.weighed.iter().flatten().filter(asks).map(|refusal| refusal.code).collect()
    }

    /// What the county does besides deciding: its section's opinion, or the proposal to the city.
    fn county_deed(&self, signed: &Signed) -> Option<CountyDeed> {
        let (case, desk) = (self.here()?, self.desk()?);
        match (desk, signed.digit) {
            (Desk::Examine, '1') => {
                let opinion = if signed.remark.is_empty() { AGREES } else { &signed.remark };
                Some(CountyDeed::Examine(case, true, signed.amount, opinion.to_owned()))
            }
            (Desk::Examine, _) => Some(CountyDeed::Examine(case, false, Money::ZERO, signed.remark.clone())),
            (Desk::County | Desk::CountySecond, '5') => {
                Some(CountyDeed::ToCity(case, signed.amount, String::new(), signed.remark.clone()))
            }
            _ => None,
        }
    }

    /// 转一事一议: the county meets first. Its minutes are a form of their own; the case waits here until they stand.
    fn meets(&self, signed: &Signed) -> Option<Intent> {
        let (case, desk) = (self.here()?, self.desk()?);
        let meets = matches!(desk, Desk::County | Desk::CountySecond) && signed.digit == '4';
        meets.then_some(Intent::Open(Place::County(CountyPlace::Meeting(case))))
    }

    fn conclusion(&self, signed: &Signed) -> Option<Conclusion> {
        let (case, desk) = (self.here()?, self.desk()?);
        let what = match (desk, signed.digit) {
            (Desk::Ratify, '1') => Concluded::Ratify(signed.amount),
            (Desk::CountySecond, '1') => Concluded::ApproveSecond(signed.amount),
            (_, '1') => Concluded::Approve(signed.amount),
            (_, '2') => Concluded::Refuse,
            (_, '3') => Concluded::Return,
            (Desk::Township, '4') => Concluded::PassUp,
            _ => return None,
        };
        let approves = matches!(what, Concluded::Approve(_) | Concluded::ApproveSecond(_));
        let overrides =
            if approves && !signed.remark.is_empty() { self.asked_reasons() } else { BTreeSet::new() };
        Some(Conclusion { case, what, note: signed.remark.clone(), overrides })
    }

    fn sign(&mut self) -> Vec<Intent> {
        if self.signing.is_busy() {
            return vec![Intent::Say("正在签批，请稍候".to_owned())];
        }
        let Some((_, prompt)) = &mut self.prompt else {
            return vec![Intent::Say("这一件还没有读出来，请稍候".to_owned())];
        };
        match prompt.sign() {
            Happened::Signed(signed) => {
                if let Some(open) = self.meets(&signed) {
                    if let Some((_, prompt)) = &mut self.prompt {
                        prompt.cancel();
                    }
                    return vec![open];
                }
                if let Some(deed) = self.county_deed(&signed) {
                    self.gives = signed.digit == '1';
                    let above = self.me.as_ref().map(|me| me.password_above);
                    let large = deed.signed_for().flatten().is_some_and(|sum| is_large(sum, above));
                    return self.signing.begin(Deed::County(deed), large);
                }
                let Some(conclusion) = self.conclusion(&signed) else { return Vec::new() };
                let asks = self.asked_reasons();
                let grants = matches!(conclusion.what, Concluded::Approve(_) | Concluded::ApproveSecond(_));
                if grants && !asks.is_empty() && conclusion.note.is_empty() {
                    let reasons: Vec<Refusal> = self
                        .weighed
                        .iter()
                        .flatten()
                        .filter(|refusal| asks.contains(&refusal.code))
                        .cloned()
                        .collect();
                    let text = format!("须在批注写明理由才能同意：{}", words::verdicts(&reasons));
                    return vec![Intent::Warn(text)];
                }
                let granted = match conclusion.what {
                    Concluded::Approve(amount)
                    | Concluded::ApproveSecond(amount)
                    | Concluded::Ratify(amount) => Some(amount),
                    Concluded::Refuse | Concluded::Return | Concluded::PassUp => None,
                };
                self.gives = granted.is_some();
                let above = self.me.as_ref().map(|me| me.password_above);
                let large = granted.is_some_and(|amount| is_large(amount, above));
                self.signing.begin(Deed::Conclude(conclusion), large)
            }
            Happened::Say(text) => vec![Intent::Warn(text)],
            Happened::Nothing | Happened::Moved | Happened::Prompted => Vec::new(),
        }
    }

    fn turn(&mut self, forward: bool) -> Vec<Intent> {
        let to = if forward { Some(self.at + 1) } else { self.at.checked_sub(1) };
        let Some(to) = to.filter(|to| *to < self.run.len()) else {
            let end = if forward { "已是最后一件" } else { "已是第一件" };
            return vec![Intent::Say(end.to_owned())];
        };
        if self.prompt.as_ref().is_some_and(|(_, prompt)| !prompt.is_untouched()) {
            return vec![Intent::Say(
                "这一件的结论还没有签：F10 签，或 F12 取消结论并清空批注再翻".to_owned(),
            )];
        }
        self.open(to)
    }

    fn open(&mut self, at: usize) -> Vec<Intent> {
        self.at = at;
        self.case = None;
        self.file = None;
        self.weighed = None;
        self.prompt = None;
        self.signing = Signing::new();
        self.card = Card::new(Vec::new());
        self.ask()
    }

    /// Done with this one: the next of the run stands by itself, after the last one the list.
    fn next(&mut self, said: Intent) -> Vec<Intent> {
        if self.at < self.run.len() {
            self.run.remove(self.at);
        }
        if self.run.is_empty() {
            return vec![Intent::Back, said];
        }
        let at = if self.at < self.run.len() { self.at } else { 0 };
        let mut intents = self.open(at);
        intents.push(said);
        intents
    }

    fn happened(&mut self, happened: Happened) -> Vec<Intent> {
        match happened {
            Happened::Prompted => vec![Intent::Forget],
            Happened::Say(text) => vec![Intent::Say(text)],
            Happened::Nothing | Happened::Moved | Happened::Signed(_) => Vec::new(),
        }
    }

    fn reply(&mut self, reply: Reply) -> Vec<Intent> {
        if let Some(intents) = self.signing.reply(&reply) {
            return intents;
        }
        match reply {
            Reply::Me(me) => {
                self.me = Some(me);
                let before = self.case.is_some() && self.prompt.is_none();
                self.derive();
                match (before, self.here()) {
                    (true, Some(case)) => {
                        let mut intents = self.weigh(case);
                        intents.extend(self.beside(case));
                        intents
                    }
                    _ => Vec::new(),
                }
            }
            Reply::Case(None) => vec![Intent::Warn("找不到这一件，请按 F3 返回后刷新".to_owned())],
            Reply::Case(case) => self.learn(case),
            Reply::County(CountyReply::File(file)) => {
                self.file = file;
                self.derive();
                Vec::new()
            }
            Reply::Weighed(weighed) => {
                self.weighed = Some(in_the_remark(weighed.verdicts));
                self.derive();
                Vec::new()
            }
            Reply::Refused(refusals) => {
                let refusals = in_the_remark(refusals);
                let said = Intent::Warn(words::verdicts(&refusals));
                if self.gives {
                    self.weighed = Some(refusals);
                    self.derive();
                }
                vec![said]
            }
            Reply::News if !self.signing.is_busy() => self.ask(),
            reply @ (Reply::Done { .. } | Reply::Held(_)) => match words::outcome(&reply) {
                Some(said) => self.next(said),
                None => Vec::new(),
            },
            reply => words::outcome(&reply).into_iter().collect(),
        }
    }

    fn action(&mut self, action: Action) -> Vec<Intent> {
        match action {
            Action::Sign => self.sign(),
            Action::Cancel if self.signing.is_busy() => {
                self.signing.cancel();
                vec![Intent::Say("没有签".to_owned())]
            }
            Action::Cancel => {
                if let Some((_, prompt)) = &mut self.prompt {
                    prompt.cancel();
                }
                Vec::new()
            }
            Action::Back if self.signing.is_asking() => {
                self.signing.cancel();
                vec![Intent::Say("没有签".to_owned())]
            }
            Action::Back => vec![Intent::Back],
            Action::Refresh => self.ask(),
            Action::Lookup => {
                let number = self.case.as_ref().map(|case| case.case.number.clone());
                number.map(|number| Intent::Open(Place::Lookup(number))).into_iter().collect()
            }
            Action::Phrases => {
                let phrases = self.phrases();
                let text = phrases.get(self.phrase % phrases.len().max(1)).cloned().unwrap_or_default();
                self.phrase += 1;
                if let Some((_, prompt)) = &mut self.prompt {
                    prompt.phrase(&text);
                }
                vec![Intent::Say("再按 F4 是下一句；Ctrl-Backspace 清空批注".to_owned())]
            }
            _ => Vec::new(),
        }
    }
}

/// Here the remark (批注) is the field that a form calls 确办理由.
fn in_the_remark(mut verdicts: Vec<Refusal>) -> Vec<Refusal> {
    for verdict in &mut verdicts {
        verdict.sentence = verdict.sentence.replace("「确办理由」", "批注");
    }
    verdicts
}

impl Screen for ApprovalScreen {
    fn name(&self) -> &'static str {
        match self.desk() {
            Some(Desk::Ratify) => "追认",
            _ if self.examines => "股室审核",
            _ => "审批",
        }
    }

    fn subject(&self) -> String {
        let of = format!("第{}件 共{}件", self.at + 1, self.run.len());
        match &self.case {
            Some(card) => format!("{} {} {of}", card.case.number, case_card::name(card)),
            None => of,
        }
    }

    fn context(&self) -> Context {
        Context::Approval
    }

    fn offers(&self) -> Vec<Offer> {
        let alone = (self.run.len() < 2).then(|| "只有这一件".to_owned());
        let unread = self.prompt.is_none().then(|| "还没有读出来".to_owned());
        vec![
            Offer::new(Action::Lookup),
            Offer::new(Action::Back),
            Offer::new(Action::Phrases).unless(unread.clone()),
            Offer::new(Action::Sign).unless(unread),
            Offer::key(Key::Tab, "第二页"),
            Offer::key(Key::PgDn, "下一件").unless(alone),
            Offer::new(Action::Cancel),
            Offer::new(Action::Refresh),
        ]
    }

    fn hint(&self) -> String {
        match (&self.prompt, self.desk()) {
            (None, _) => "正在读本机的记录".to_owned(),
            (_, Some(Desk::CountySecond)) => "本年同一事项已救助：再救须在批注写明正当理由。二".to_owned(),
            (_, Some(Desk::Ratify)) => {
                "追认额可以低于已付，须在批注写明原因；差额由单位说明，不向群众追".to_owned()
            }
            (_, Some(Desk::Examine)) => {
                "审核额可以低于申请额；不同意须填批注。审核的人不能审批同一件。五（三）".to_owned()
            }
            (_, Some(Desk::County)) => {
                "不同意、退回、报市须填批注；转一事一议先登记县局会商的会议记录，再回来审批".to_owned()
            }
            _ => "不同意、退回须填批注；改动批准额会写入经过。上箭头到批注和批准额".to_owned(),
        }
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: "结论：没有预设，按数字选，再按 F10 签；回车不会批。".to_owned(),
            screen: vec![
                "程序检查：[有] 已办 [缺] 待补 [过] 规则已核对 [否] 不能同意 [因] 写明理由可以同意 [注] 提示 \
                 [免] 不需要。"
                    .to_owned(),
                "乡镇审批本户本事项累计500.00元及以下；超出的按4报县局。四（三）二".to_owned(),
                "同一急难事项一年只救助一次；确需再救的由县局写明正当理由。二".to_owned(),
                "本人经办的不能由本人审批，本人审批的不能由本人发放；救助对象是近亲属的须回避。五（三）".to_owned(),
                "F10 第一次输密码，15分钟内下一件只按数字和 F10；大额的每次都输。PgDn 翻到下一件，Tab 看第二页。"
                    .to_owned(),
            ],
        }
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.card.resize(self.card_size());
                if let Some((_, prompt)) = &mut self.prompt {
                    prompt.resize(size.cols);
                }
                Vec::new()
            }
            Msg::Shown => self.ask(),
            Msg::Reply(reply) => self.reply(reply),
            Msg::Action(action) => self.action(action),
            Msg::Key(key) if self.signing.is_busy() => self.signing.key(key),
            Msg::Burst(text) if self.signing.is_busy() => self.signing.burst(&text),
            Msg::Key(Key::Tab) => {
                self.card.turn();
                Vec::new()
            }
            Msg::Key(key @ (Key::PgDn | Key::PgUp)) => self.turn(key == Key::PgDn),
            Msg::Key(key) => {
                let Some((_, prompt)) = &mut self.prompt else { return Vec::new() };
                let happened = prompt.key(key);
                self.happened(happened)
            }
            Msg::Burst(text) => {
                let Some((_, prompt)) = &mut self.prompt else { return Vec::new() };
                let happened = prompt.burst(&text);
                self.happened(happened)
            }
        }
    }

    fn draw(&self, canvas: &mut Canvas) {
        let size = self.card_size();
        self.card.draw(&mut canvas.rows(0, size.rows));
        canvas.rule(size.rows);
        match &self.prompt {
            Some((_, prompt)) => prompt.draw(&mut canvas.rows(size.rows + 1, Approval::ROWS)),
            None => {
                canvas.put(0, 1, "正在读本机的记录，请稍候", Role::Muted);
            }
        }
        self.signing.draw(canvas, size.rows + Approval::ROWS, self.size.cols);
    }

    fn caret(&self) -> (u16, u16) {
        let first = self.card_size().rows + 1;
        if self.signing.is_asking() {
            return (first + Approval::ROWS - 1, self.signing.caret().1);
        }
        let (row, col) = self.prompt.as_ref().map_or((0, 0), |(_, prompt)| prompt.caret());
        (first + row, col)
    }
}

#[cfg(test)]
#[path = "approval_tests.rs"]
mod tests;
