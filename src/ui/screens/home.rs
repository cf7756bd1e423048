//! 工作台 (S2): what waits for the officer by role, what he can begin, reminders, the year so far.
//!
//! Must never show what does not work, and never ask the desk while it is not seen.

use crate::base::day::{Day, Stamp};
use crate::domain::nouns::BatchState;
use crate::domain::office::{Role as Duty, Tier};
use crate::office::front::merging::LinkPile;
use crate::office::seen;
use crate::store::replica::views::after::AfterList;
use crate::store::replica::views::home::{ApproverHome, CountyHome, HandlerHome, Pile, SupervisorHome};
use crate::store::replica::views::money::MoneyHome;
use crate::store::replica::views::queue::{Filter, List};
use crate::ui::action::Action;
use crate::ui::canvas::{Canvas, columns};
use crate::ui::card::{Block, Card, Pair};
use crate::ui::key::Key;
use crate::ui::keymap::Context;
use crate::ui::menu::{Entry, Happened, Menu, Section};
use crate::ui::product::county::CountyPlace;
use crate::ui::product::goods::GoodsPlace;
use crate::ui::product::money::MoneyPlace;
use crate::ui::product::paper::PaperPlace;
use crate::ui::product::path::{PathList, PathPlace, Waiting};
use crate::ui::product::people::PeoplePlace;
use crate::ui::product::registers::RegisterPlace;
use crate::ui::product::{AdministratorHome, Ask, Duties, HomeView, Place, Queue, Reply};
use crate::ui::role::Role;
use crate::ui::screen::{HelpText, Intent, Msg, Offer, Screen, Size};

/// Columns of the menu in a window of 80; the rest stands right of it.
const MENU: u16 = 44;
/// Columns of the menu's last row up to the end of its field, with one free on either side.
const FIELD: u16 = 15;
/// Below this width the menu has all of it.
const BOTH: u16 = 72;

/// The screen.
#[derive(Debug)]
pub struct Home {
    menu: Menu<Place>,
    side: Card,
    view: Option<Box<HomeView>>,
    /// The desk could not read it.
    failed: bool,
    size: Size,
}

impl Default for Home {
    fn default() -> Home {
        Home::new()
    }
}

impl Home {
    /// A home that asks for its view when it is shown.
    pub fn new() -> Home {
        Home {
            menu: Menu::new(Vec::new()),
            side: Card::new(Vec::new()),
            view: None,
            failed: false,
            size: Size { rows: 19, cols: 80 },
        }
    }

    fn learn(&mut self, view: Box<HomeView>) {
        self.menu.replace(sections(&view));
        self.side.replace(side(&view));
        self.view = Some(view);
    }

    fn is(&self, duty: Duty) -> bool {
        self.view.as_ref().is_some_and(|view| view.officer.is(duty))
    }

    /// What a window without room for the side says of the reminders, in its first rows: one where all of them fit, so that
    /// what was done last keeps its own.
    fn narrow(&self) -> Vec<String> {
        let view = self.view.as_ref().filter(|_| self.sideless());
        let mut reminders = view.map(|view| view.reminders.clone()).unwrap_or_default();
        let all = reminders.join("；");
        if reminders.len() > 1 && columns(&all) + 4 <= usize::from(self.size.cols) {
            return vec![all];
        }
        let rest = reminders.split_off(reminders.len().min(1));
        if !rest.is_empty() {
            reminders.push(rest.join("；"));
        }
        reminders
    }

    /// The columns of the menu, and those that it may take where it does not fit.
    fn columns(&self) -> (u16, u16) {
        let whole = self.size.cols.saturating_sub(1);
        (if self.size.cols >= BOTH { MENU } else { whole }, whole)
    }

    /// Whether the window has no room for the side: it is narrow, or the menu takes all of it.
    fn sideless(&self) -> bool {
        self.size.cols < BOTH || self.menu.beside(self.columns(), self.size.rows) == 0
    }

    /// The year in a line beside the field, where the side does not tell it: as much of it as is read whole there.
    fn year(&self, view: &HomeView) -> String {
        let year = &view.year;
        let count = format!("本年受理{}件 救助{}户次", year.accepted, year.household_times);
        let spent = format!("支出{}", year.spent.grouped());
        let reserve = format!("备用金 现金{} 存款{}", year.cash.grouped(), year.bank.grouped());
        let room = usize::from(self.size.cols.saturating_sub(FIELD));
        let told = [format!("{count} {spent} {reserve}"), format!("本年{spent} {reserve}"), reserve];
        told.into_iter().find(|text| columns(text) <= room).unwrap_or_default()
    }

    /// What was dealt with last in a line, as many as are read whole.
    fn recent(&self, view: &HomeView) -> String {
        let mut line = "最近办过".to_owned();
        for row in &view.recent {
            let one =
                format!("  {} {} {}", row.name, row.circumstance.map_or("", |of| of.zh()), row.stage.zh());
            if columns(&line) + columns(&one) + 5 > usize::from(self.size.cols) {
                break;
            }
            line.push_str(&one);
        }
        line
    }

    /// How many rows they take.
    fn narrow_rows(&self) -> u16 {
        u16::try_from(self.narrow().len()).unwrap_or(0)
    }

    fn side_size(&self) -> Size {
        Size { rows: self.size.rows, cols: self.size.cols.saturating_sub(MENU + 2) }
    }
}

fn day_text(day: Option<Day>, today: Day) -> String {
    match day.map(|day| day.until(today)) {
        None => String::new(),
        Some(0) => "今天".to_owned(),
        Some(1) => "昨天".to_owned(),
        Some(days) if days > 0 => format!("{days}天"),
        Some(-1) => "明天".to_owned(),
        Some(days) => format!("{}天后", -days),
    }
}

fn entry(number: u8, label: &str, cells: [String; 2], late: bool, target: Place) -> Entry<Place> {
    let [count, when] = cells;
    let label = if late { format!("{label} !") } else { label.to_owned() };
    let role = if late { Role::Warning } else { Role::Text };
    Entry { number, label, cells: vec![count, when], role, target }
}

fn piled(number: u8, label: &str, pile: Pile, today: Day, late: bool, target: Place) -> Entry<Place> {
    entry(number, label, [pile.count.to_string(), day_text(pile.earliest, today)], late, target)
}

fn queue(name: &'static str, filter: Filter, approve: bool) -> Place {
    Place::Queue(Queue { name, filter, approve })
}

fn leads(number: u8, pile: crate::store::replica::views::home::LeadPile, now: Stamp) -> Entry<Place> {
    let when = pile.first_due.map(|due| super::words::clock(due, now)).unwrap_or_default();
    let short = when.trim_start_matches("还剩").trim_start_matches("超时").to_owned();
    let short = short.split('时').next().map_or(short.clone(), |hours| {
        if short.contains('时') { format!("{hours}时") } else { short.clone() }
    });
    entry(number, "线索(未到场)", [pile.unanswered.to_string(), short], pile.late > 0, Place::Leads)
}

fn handler(view: &HomeView, home: &HandlerHome) -> Section<Place> {
    let today = view.now.day();
    let own = |list| Filter { list, handler: Some(view.officer.no.clone()), ..Filter::default() };
    let drafts = [view.drafts.0.to_string(), day_text(view.drafts.1.map(Stamp::day), today)];
    let (waiting, refused) = view.outbox;
    let refused_text = if refused > 0 { format!("退{refused}") } else { String::new() };
    let late = home.late_papers > 0;
    let mut section = Section {
        head: "我的待办".to_owned(),
        cells: vec!["件数".to_owned(), "最早".to_owned()],
        entries: vec![
            entry(1, "未交暂存", drafts, false, Place::Drafts),
            piled(2, "待补登记(先行救助)", home.papers, today, late, Place::Deferred),
            piled(3, "在办", home.open, today, false, queue("在办", own(List::Open), false)),
            piled(
                4,
                "县局/镇退回",
                home.returned,
                today,
                home.returned.count > 0,
                queue("退回", own(List::Returned), false),
            ),
            piled(
                5,
                "已报待审批",
                home.submitted,
                today,
                false,
                queue("已报待审批", own(List::ToApprove), false),
            ),
            piled(6, "待发放", home.unpaid, today, false, queue("待发放", own(List::Unpaid), false)),
            piled(7, "待追认", home.awaiting, today, false, queue("待追认", own(List::Awaiting), false)),
            leads(8, home.leads, view.now),
            path(22, "支出型待办", view.path.all, today, PathList::All),
            path(23, "待调查核实(支出型)", view.path.survey, today, PathList::Survey),
            path(24, "待评议/公示(支出型)", view.path.meeting, today, PathList::Meeting),
        ],
    };
    // Mostly nothing waits: these rows are there when they are needed.
    section.entries.extend(after(view, ""));
    if view.outbox != (0, 0) {
        let told = [waiting.to_string(), refused_text];
        section.entries.push(entry(9, "待传", told, refused > 0, Place::Outbox));
    }
    section
}

fn path(number: u8, label: &str, of: Waiting, today: Day, list: PathList) -> Entry<Place> {
    piled(number, label, of.pile, today, of.late > 0, Place::Path(PathPlace::Todo(list)))
}

/// What follows decisions, where something waits.
fn after(view: &HomeView, of: &str) -> Vec<Entry<Place>> {
    let lists = [
        (26, "决定待送达", view.path.deliver, AfterList::Deliver),
        (27, "待回访", view.path.follow_up, AfterList::FollowUp),
    ];
    let waits = lists.into_iter().filter(|(.., waiting, _)| waiting.pile.count > 0);
    waits
        .map(|(number, label, waiting, list)| {
            let place = Place::Path(PathPlace::After(list));
            piled(number, &format!("{label}{of}"), waiting.pile, view.now.day(), waiting.late > 0, place)
        })
        .collect()
}

fn approver(view: &HomeView, home: &ApproverHome, first: u8) -> Section<Place> {
    let today = view.now.day();
    let township = view.officer.office.township();
    let own = |list, tier| Filter { list, township, tier, ..Filter::default() };
    let to_approve = queue("待镇审批", own(List::ToApprove, Some(Tier::Township)), true);
    let mut section = Section {
        head: "审批".to_owned(),
        cells: vec!["件数".to_owned(), "最早".to_owned()],
        entries: vec![
            piled(first, "待镇审批(500元及以下)", home.to_approve, today, false, to_approve),
            piled(
                first + 1,
                "逾期待补手续(本镇)",
                home.late_papers,
                today,
                home.late_papers.count > 0,
                Place::Deferred,
            ),
            leads(first + 2, home.leads, view.now),
            piled(
                first + 3,
                "待县局追认",
                home.awaiting,
                today,
                false,
                queue("待追认", own(List::Awaiting, None), false),
            ),
            entry(
                first + 4,
                "本镇在办件",
                [String::new(), String::new()],
                false,
                queue("本镇在办件", own(List::Live, None), false),
            ),
        ],
    };
    let examine = path(25, "待乡镇审核(支出型)", view.path.examination, today, PathList::Examination);
    section.entries.insert(1, examine);
    // A handler has the whole list among his own.
    if !view.officer.is(Duty::Handler) {
        let all = path(22, "支出型待办(本镇)", view.path.all, today, PathList::All);
        section.entries.insert(2, all);
        // And looks there whether the handlers follow up what he decided.
        section.entries.extend(after(view, "(本镇)"));
    }
    section
}

fn county(view: &HomeView, home: &CountyHome, first: u8) -> Section<Place> {
    let today = view.now.day();
    let of = |list, tier| Filter { list, tier, ..Filter::default() };
    let to_approve =
        queue("待县局审批", of(List::ToApprove, Some(Tier::County)), view.officer.is(Duty::Approver));
    let other = home.exceptions + home.marks;
    let settle = Pile { count: home.ratifications.count + other, earliest: home.ratifications.earliest };
    let late = home.ratifications.earliest.is_some_and(|due| due < today) || home.marks > 0;
    let mut section = Section {
        head: "县局".to_owned(),
        cells: vec!["件数".to_owned(), "最早".to_owned()],
        entries: vec![
            piled(first, "待县局审批", home.to_approve, today, false, to_approve),
            piled(first + 1, "待追认/例外/标记", settle, today, late, Place::Ratifications),
            piled(
                first + 2,
                "全县逾期待补手续",
                home.late_papers,
                today,
                home.late_papers.count > 0,
                Place::Deferred,
            ),
            entry(
                first + 4,
                "全县在办件",
                [String::new(), String::new()],
                false,
                queue("全县在办件", of(List::Live, None), false),
            ),
        ],
    };
    if works(view) {
        let all = path(22, "支出型在办(全县)", view.path.all, today, PathList::All);
        let at = section.entries.len() - 1;
        section.entries.splice(at..at, [leads(first + 3, home.leads, view.now), all]);
    }
    section
}

/// Whether somebody has to do with hardships themselves, and not only with the county's money or with officers.
fn works(view: &HomeView) -> bool {
    seen::may_work(&view.officer).is_ok()
}

/// Whether somebody has to do with people at all.
fn looks(view: &HomeView) -> bool {
    seen::may_look(&view.officer).is_ok()
}

fn money(view: &HomeView, home: &MoneyHome) -> Section<Place> {
    let today = view.now.day();
    let at = |state| Place::Money(MoneyPlace::Batches(Some(state)));
    let wrong = home.to_correct.count > 0;
    let returned = Place::Money(MoneyPlace::Returned);
    let late = home.to_recover.earliest.is_some_and(|until| until < today);
    let recover = || piled(45, "追缴", home.to_recover, today, late, Place::Money(MoneyPlace::Recoveries));
    if view.officer.office.township().is_some() {
        let mut entries = vec![piled(44, "发放失败待更正", home.to_correct, today, wrong, returned)];
        entries.extend((home.to_recover.count > 0).then(recover));
        return Section {
            head: "打卡发放".to_owned(),
            cells: vec!["件数".to_owned(), "最早".to_owned()],
            entries,
        };
    }
    // What went to the bank more than a week ago and is not answered has to be asked about.
    let slow = home.with_bank.earliest.is_some_and(|sent| sent.until(today) > 7);
    Section {
        head: "打卡发放".to_owned(),
        cells: vec!["件数".to_owned(), "最早".to_owned()],
        entries: vec![
            entry(38, "发放批次", Default::default(), false, Place::Money(MoneyPlace::Batches(None))),
            piled(39, "待进批次", home.to_batch, today, false, Place::Money(MoneyPlace::Build)),
            piled(41, "待复核", home.to_check, today, false, at(BatchState::Open)),
            piled(42, "待提交银行", home.to_send, today, false, at(BatchState::Checked)),
            piled(43, "待回盘", home.with_bank, today, slow, at(BatchState::Sent)),
            piled(44, "退汇/缺账户", home.to_correct, today, wrong, returned),
            recover(),
        ],
    }
}

/// Entries of the county's money that everybody who may look at it has.
fn sources(view: &HomeView) -> Option<Entry<Place>> {
    let looks = [Duty::Finance, Duty::Supervisor, Duty::Approver].iter().any(|duty| view.officer.is(*duty));
    let county = view.officer.office.township().is_none();
    (county && looks).then(|| {
        let (open, today) = (view.unreconciled, view.now.day());
        let count = if open.count == 0 { String::new() } else { open.count.to_string() };
        // A month has the next one to be reconciled in.
        let late = open.earliest.is_some_and(|last| last.until(today) > 31);
        let cells = [count, day_text(open.earliest, today)];
        entry(40, "资金来源(对账、年终)", cells, late, Place::Money(MoneyPlace::Sources))
    })
}

fn administrator(home: AdministratorHome, first: u8) -> Section<Place> {
    let counted = |number, label: &str, count: usize, place| {
        entry(number, label, [count.to_string(), String::new()], count > 0, place)
    };
    let key = if home.wants_data_key { "未换" } else { "" };
    Section {
        head: "管理员".to_owned(),
        cells: vec!["件数".to_owned(), String::new()],
        entries: vec![
            counted(first, "操作员申请(登记、重设)", home.requests, Place::Requests),
            counted(first + 1, "待我同意的授予", home.proposals, Place::Proposals),
            counted(first + 2, "没有密钥的操作员", home.without_key, Place::Officers),
            entry(
                first + 3,
                "数据密钥(每年/有人离岗)",
                [key.to_owned(), String::new()],
                home.wants_data_key,
                Place::DataKey,
            ),
        ],
    }
}

fn supervisor(view: &HomeView, home: &SupervisorHome, first: u8) -> Section<Place> {
    let today = view.now.day();
    let counted = |count: u32| [count.to_string(), String::new()];
    let findings = home.findings;
    Section {
        head: "督导".to_owned(),
        cells: vec!["件数".to_owned(), "最早".to_owned()],
        entries: vec![
            entry(first, "违规标记", counted(home.marks), home.marks > 0, Place::Marks),
            entry(first + 1, "待追认/例外", counted(home.exceptions), false, Place::Ratifications),
            entry(first + 2, "提示后继续的(一年)", counted(home.overridden), false, Place::Overridden),
            piled(
                first + 3,
                "全县逾期待补手续",
                home.late_papers,
                today,
                home.late_papers.count > 0,
                Place::Deferred,
            ),
            piled(first + 4, "问题待整改", findings.waiting, today, findings.late > 0, Place::Findings),
            entry(
                first + 5,
                "问题待核实",
                counted(findings.answered),
                findings.answered > 0,
                Place::Findings,
            ),
        ],
    }
}

/// 物资 and 空白单: for whoever has business; missing sheets are the approver's to look for.
fn goods(view: &HomeView) -> Vec<Entry<Place>> {
    let business = [Duty::Handler, Duty::Approver, Duty::Finance, Duty::Supervisor];
    if !business.iter().any(|duty| view.officer.is(*duty)) {
        return Vec::new();
    }
    let missing = view.blanks > 0;
    let name = match missing {
        true => format!("空白单缺号{}张", view.blanks),
        false => "空白单(断电备用)".to_owned(),
    };
    let blanks = Place::Goods(GoodsPlace::Blanks);
    vec![
        entry(47, "物资(出入库)", Default::default(), false, Place::Goods(GoodsPlace::Store(None))),
        entry(48, &name, Default::default(), missing, blanks),
    ]
}

/// What waits beyond one approver and beside the cases, and the county's own business: a number of its own each.
fn beyond(view: &HomeView) -> Vec<Entry<Place>> {
    if !works(view) {
        return Vec::new();
    }
    let (today, pile) = (view.now.day(), view.county);
    let counted = |number, label: &str, count: u32, due: Option<Day>, place| {
        let late = due.is_some_and(|due| due < today);
        let text = if count == 0 { String::new() } else { count.to_string() };
        entry(number, label, [text, day_text(due, today)], late, Place::County(place))
    };
    let own = view.officer.office.township().is_some();
    let name = if own { "转介、退回(县局办理中)" } else { "县局待办(审核/报市/转介)" };
    let mut entries = vec![
        counted(33, name, pile.work, pile.due, CountyPlace::Desk),
        counted(34, "备案花名册", pile.months, pile.month_due, CountyPlace::Filings),
        counted(35, "群体性事项", 0, None, CountyPlace::Incidents),
    ];
    // The county keeps the register; a township meets it under F4 of a referral.
    if !own {
        entries.push(entry(50, "协作单位", Default::default(), false, Place::Partners));
    }
    entries
}

/// 人员合并 for whoever links records, and the county's list of children's accounts.
fn people(view: &HomeView) -> Vec<Entry<Place>> {
    let mut entries = Vec::new();
    if [Duty::Handler, Duty::Approver, Duty::Supervisor].iter().any(|duty| view.officer.is(*duty)) {
        let LinkPile { count, since } = view.links;
        let text = if count == 0 { String::new() } else { count.to_string() };
        let cells = [text, day_text(since, view.now.day())];
        entries.push(entry(37, "人员合并", cells, false, Place::People(PeoplePlace::Links)));
    }
    if view.officer.office.township().is_none() && looks(view) {
        entries.push(entry(
            36,
            "子女账户名单",
            Default::default(),
            false,
            Place::People(PeoplePlace::Children),
        ));
    }
    entries
}

/// What can be begun or looked up, by role.
fn doing(view: &HomeView) -> Section<Place> {
    let fresh = Place::Emergency { id_no: String::new(), lead: None, draft: 0 };
    let keyed = |number, label: &str, key: &str, place| {
        entry(number, label, [String::new(), key.to_owned()], false, place)
    };
    let mut entries = Vec::new();
    if view.officer.is(Duty::Handler) {
        entries.push(keyed(11, "急难登记(先救后补)", "F6", fresh));
        entries.push(keyed(21, "支出型申请登记", "", Place::Path(PathPlace::Apply(0))));
        entries.push(keyed(12, "登记线索", "", Place::LeadForm(0)));
    }
    if works(view) {
        let team = Place::Registers(RegisterPlace::Team);
        entries.push(keyed(49, "主动发现(队伍、统计)", "", team));
    }
    if looks(view) {
        entries.push(keyed(13, "查往年救助", "F2", Place::Lookup(String::new())));
    }
    let finance = view.officer.office.township().is_none() && view.officer.is(Duty::Finance);
    let reserve = if finance { "备用金台账、拨入" } else { "备用金台账" };
    if looks(view) {
        entries.push(keyed(14, reserve, "", Place::Reserve(view.officer.office.township())));
    }
    entries.extend(sources(view));
    entries.extend(goods(view));
    if view.officer.is(Duty::Supervisor) {
        let all = Filter { township: view.officer.office.township(), ..Filter::default() };
        entries.push(keyed(15, "全部办件(只读)", "", queue("全部办件", all, false)));
        entries.push(keyed(46, "抽查", "", Place::Paper(PaperPlace::Samples)));
    }
    let handles = view.duties.iter().any(|duty| matches!(duty, Duties::Handler(_)));
    if !handles && view.outbox != (0, 0) {
        let (waiting, refused) = view.outbox;
        let text = if refused > 0 { format!("退{refused}") } else { String::new() };
        entries.push(entry(16, "待传", [waiting.to_string(), text], refused > 0, Place::Outbox));
    }
    entries.push(keyed(17, "操作员", "", Place::Officers));
    if view.officer.is(Duty::Administrator) {
        entries.push(keyed(31, "到期销毁", "", Place::Due));
    }
    entries.push(keyed(19, "委托、值班、交接", "", Place::Standing));
    entries.extend(beyond(view));
    entries.extend(people(view));
    if let Some(left) = view.codes {
        let administers = view.officer.is(Duty::Administrator);
        let count = if administers { String::new() } else { left.to_string() };
        entries.push(entry(28, "授权码单", [count, String::new()], !administers && left == 0, Place::Codes));
    }
    if !view.officer.is(Duty::Supervisor) {
        let pile = view.findings;
        if pile.waiting.count + pile.answered > 0 {
            let cells = [pile.waiting.count.to_string(), day_text(pile.waiting.earliest, view.now.day())];
            // What the supervisor asks for stands above what one begins oneself: a long list would hide it.
            entries.insert(0, entry(29, "督导问题", cells, pile.late > 0, Place::Findings));
        }
        if view.officer.office.township().is_none() {
            entries.push(keyed(20, "违规标记", "", Place::Marks));
        }
    }
    if view.officer.is(Duty::Supervisor) || view.officer.is(Duty::Administrator) {
        if view.officer.is(Duty::Administrator) {
            entries.push(keyed(26, "失窃密钥核对", "", Place::Stolen));
        }
        entries.push(keyed(27, "月度核对单", "", Place::MonthSheet));
    }
    entries.push(keyed(30, "操作经历", "", Place::History));
    entries.push(keyed(32, "改密码", "", Place::ChangePassword));
    if view.jump {
        entries.push(entry(18, "核对共享盘时间", Default::default(), true, Place::Time));
    }
    Section { head: "办事".to_owned(), cells: Vec::new(), entries }
}

fn sections(view: &HomeView) -> Vec<Section<Place>> {
    let mut sections = Vec::new();
    for duty in &view.duties {
        // The first role has the small numbers; numbers stay the same from day to day.
        let first = match sections.len() {
            0 => 1,
            1 => 51,
            _ => 61,
        };
        sections.push(match duty {
            Duties::Handler(home) => handler(view, home),
            Duties::Approver(home) => approver(view, home, first),
            Duties::County(home) => county(view, home, first),
            Duties::Money(home) => money(view, home),
            Duties::Administrator(home) => administrator(*home, first),
            Duties::Supervisor(home) => supervisor(view, home, first),
        });
    }
    sections.push(doing(view));
    sections
}

fn side(view: &HomeView) -> Vec<Block> {
    let mut blocks = vec![Block::Heading("提醒".to_owned())];
    let authorised = view.duties.iter().find_map(|duty| match duty {
        Duties::Approver(home) if home.authorisations > 0 => Some(home.authorisations),
        _ => None,
    });
    if view.reminders.is_empty() && authorised.is_none() {
        blocks.push(Block::Text("没有".to_owned(), Role::Muted));
    }
    for reminder in &view.reminders {
        blocks.push(Block::Text(format!("! {reminder}"), Role::Warning));
    }
    if let Some(count) = authorised {
        blocks.push(Block::Text(format!("先行授权 {count} 件尚未付款"), Role::Text));
    }
    let year = &view.year;
    let place = view.officer.office.township().map_or("全县".to_owned(), super::words::township);
    blocks.push(Block::Free);
    blocks.push(Block::Heading(format!("{}年累计({place})", view.now.day().year())));
    for (label, value) in [
        ("受理", format!("{} 件", year.accepted)),
        ("救助", format!("{} 户次 {} 人次", year.household_times, year.person_times)),
        ("支出", format!("{} 元", year.spent.grouped())),
        ("备用金现金", format!("{} 元", year.cash.grouped())),
        ("备用金存款", format!("{} 元", year.bank.grouped())),
    ] {
        blocks.push(Block::Pairs(vec![Pair::new(label, value)]));
    }
    if !view.recent.is_empty() {
        blocks.push(Block::Free);
        blocks.push(Block::Heading("最近办过".to_owned()));
    }
    for row in view.recent.iter().take(4) {
        let text = format!("{} {} {}", row.name, row.circumstance.map_or("", |of| of.zh()), row.stage.zh());
        blocks.push(Block::Text(text, Role::Text));
    }
    blocks
}

impl Screen for Home {
    fn name(&self) -> &'static str {
        "工作台"
    }

    fn context(&self) -> Context {
        Context::Home
    }

    fn offers(&self) -> Vec<Offer> {
        let handler = self.view.is_none() || self.is(Duty::Handler);
        let why = (!handler).then(|| "急难登记由经办人办，您没有经办人岗位".to_owned());
        let looks = self.view.as_deref().map(|view| seen::may_look(&view.officer));
        let nobody = looks.and_then(Result::err).map(|fault| fault.what);
        vec![
            Offer::key(Key::Enter, "进入"),
            Offer::new(Action::Lookup).unless(nobody),
            Offer::new(Action::Refresh),
            Offer::named(Action::New, "急难登记").unless(why),
            Offer::new(Action::SignOut),
        ]
    }

    fn hint(&self) -> String {
        let said =
            |view: &HomeView| [&view.drive, &view.clock].into_iter().find(|text| !text.is_empty()).cloned();
        let usual = "打编号或上下键选，回车进入；右边有 ! 的是迟了或要先看的";
        self.view.as_deref().and_then(said).unwrap_or_else(|| usual.to_owned())
    }

    fn help(&self) -> HelpText {
        HelpText {
            field: String::new(),
            screen: vec![
                "工作台按岗位列出等着您办的件数和最早一件；编号天天一样，打编号再回车进入。".to_owned(),
                "待补登记：先行救助的在付款后10个工作日内补齐手续，逾期的不能再先行救助，除非审批人准许急需先办。\
                 四（三）一"
                    .to_owned(),
                "待镇审批：本户本事项累计500.00元及以下由乡镇审批，以上报县局。四（三）二".to_owned(),
                "线索：严重2小时到人、24小时到款，较重24小时、48小时，偏轻3个工作日；没有人到场的逐级上报。".to_owned(),
                "签退不丢暂存：没有交的表留在这台电脑上，下次登录在第1项里。".to_owned(),
            ],
        }
    }

    fn holds(&self) -> bool {
        self.view.is_none() && !self.failed
    }

    fn update(&mut self, msg: Msg) -> Vec<Intent> {
        match msg {
            Msg::Sized(size) => {
                self.size = size;
                self.side.resize(self.side_size());
            }
            Msg::Shown | Msg::Action(Action::Refresh) | Msg::Reply(Reply::News) => {
                return vec![Intent::Ask(Ask::Home)];
            }
            Msg::Reply(Reply::Link(text)) if !text.is_empty() => return vec![Intent::Ask(Ask::Home)],
            Msg::Reply(Reply::Home(view)) => self.learn(view),
            Msg::Reply(reply) => {
                self.failed |= matches!(reply, Reply::Failed(_));
                return super::words::outcome(&reply).into_iter().collect();
            }
            Msg::Key(key) => match self.menu.key(key) {
                Happened::Chosen(place) => return vec![Intent::Open(place)],
                Happened::Say(text) => return vec![Intent::Say(text)],
                Happened::Nothing | Happened::Moved => {}
            },
            Msg::Action(Action::Lookup) => return vec![Intent::Open(Place::Lookup(String::new()))],
            Msg::Action(Action::New) => {
                return vec![Intent::Open(Place::Emergency { id_no: String::new(), lead: None, draft: 0 })];
            }
            Msg::Action(Action::SignOut) => {
                return vec![Intent::Ask(Ask::SignOut), Intent::Restart(Place::SignIn)];
            }
            Msg::Action(_) => {}
            Msg::Burst(_) => return vec![Intent::Say("请打编号；粘贴的内容没有收".to_owned())],
        }
        Vec::new()
    }

    fn draw(&self, canvas: &mut Canvas) {
        let Some(view) = &self.view else {
            canvas.put(1, 3, "正在读本机的记录，请稍候", Role::Muted);
            return;
        };
        let both = self.size.cols >= BOTH;
        let (cols, whole) = self.columns();
        if both && self.sideless() {
            let row = self.size.rows.saturating_sub(1);
            canvas.put_right(row, whole, &self.year(view), Role::Muted);
            let rows = self.size.rows.saturating_sub(self.narrow_rows());
            if !view.recent.is_empty() && self.menu.has_free_row(self.columns(), rows) {
                canvas.put(row.saturating_sub(1), 3, &self.recent(view), Role::Muted);
            }
        } else if both {
            // Where the menu needs the whole window for its last part, the side stands above that.
            let rows = self.menu.beside((cols, whole), self.size.rows);
            for row in 0..rows {
                canvas.upright(row, MENU + 1);
            }
            self.side.draw(&mut canvas.part(MENU + 2).rows(0, rows));
        }
        for (row, reminder) in (0..).zip(self.narrow()) {
            canvas.put_within(row, 1, whole.saturating_sub(1), &format!("! {reminder}"), Role::Warning);
        }
        let top = self.narrow_rows();
        self.menu.draw(canvas, top, self.columns(), self.size.rows.saturating_sub(top));
    }

    fn caret(&self) -> (u16, u16) {
        if self.view.is_none() {
            return (0, 0);
        }
        let top = self.narrow_rows();
        let (row, col) = self.menu.caret(self.size.rows.saturating_sub(top));
        (row + top, col)
    }
}

#[cfg(test)]
#[path = "home_tests.rs"]
mod tests;
