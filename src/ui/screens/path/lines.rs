//! The steps of a case on the expenditure path as lines: done or not, the day on which it happened, when and by whom it was
//! entered, what it came to in public words, and why it cannot be done now.
//!
//! Must never stand in for the rules: a reason here only saves the way. Words about people stand in [`super::words_of`].

use crate::base::day::{Day, Stamp};
use crate::domain::answers::Case;
use crate::domain::command::path::Signing;
use crate::domain::course::Course;
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::nouns::path::{MeansResult, PathStep, ResultPaper};
use crate::domain::nouns::{Circumstance, Path, Stage};
use crate::domain::office::{Office, Role as Duty};
use crate::forms::tables::path::PathForm;
use crate::store::replica::views::card::CaseCard;
use crate::store::replica::views::path::{EnteredStep, PathFile};
use crate::ui::product::MeView;
use crate::ui::role::Role;
use crate::ui::screens::path::lists;
use crate::ui::screens::words;

/// How a step stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// 有: done.
    Done,
    /// 免: this case does not ask for it.
    Free,
    /// 等: under way, somebody else or time has to act.
    Waits,
    /// 否: its result speaks against helping.
    Against,
    /// 缺: not done.
    Missing,
}

impl Mark {
    /// The word in the list.
    pub fn zh(self) -> &'static str {
        match self {
            Mark::Done => "有",
            Mark::Free => "免",
            Mark::Waits => "等",
            Mark::Against => "否",
            Mark::Missing => "缺",
        }
    }

    /// How it looks, besides its word.
    pub fn role(self) -> Role {
        match self {
            Mark::Done => Role::Ok,
            Mark::Free => Role::Muted,
            Mark::Waits | Mark::Missing => Role::Warning,
            Mark::Against => Role::Problem,
        }
    }
}

/// What Enter on a line or its number does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// Opens the form of a step.
    Form(PathForm),
    /// Asks for the application again.
    Reapply,
    /// Asks to which tier it goes up.
    Submit,
    /// Opens the approval.
    Approve,
}

/// A step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    /// Its number, the same for every case.
    pub number: u8,
    /// Its name.
    pub label: &'static str,
    /// How it stands.
    pub mark: Mark,
    /// Whether it is what comes next.
    pub next: bool,
    /// The day on which it happened.
    pub on: Option<Day>,
    /// When it was entered, and by whom.
    pub entered: Option<(Stamp, OfficerNo)>,
    /// What it came to, or what it waits for.
    pub said: String,
    /// What its number does.
    pub does: Does,
    /// Why that cannot be done now.
    pub why_not: Option<String>,
}

/// What several lines look at.
struct View<'a> {
    card: &'a CaseCard,
    file: &'a PathFile,
    me: Option<&'a MeView>,
    today: Day,
}

const BEFORE_SURVEY: &[PathStep] = &[PathStep::Application, PathStep::Acceptance, PathStep::Correction];
const BEFORE_MEANS: &[PathStep] = &[PathStep::Application, PathStep::Acceptance, PathStep::Authority];
const BEFORE_REVIEW: &[PathStep] = &[
    PathStep::Application,
    PathStep::Acceptance,
    PathStep::Correction,
    PathStep::Survey,
    PathStep::Authority,
    PathStep::Means,
    PathStep::School,
];

impl View<'_> {
    fn course(&self) -> &Course {
        &self.file.course
    }

    fn done(&self, step: PathStep) -> bool {
        self.course().done(step, self.card.case.circumstance, self.file.to_county)
    }

    /// Who may do it, and while it is undecided.
    fn may(&self, duty: Duty, stages: &[Stage]) -> Option<String> {
        let officer = &self.me?.officer;
        let case = &self.card.case;
        if !officer.office.covers(case.township) {
            return Some("不是本单位的办件".to_owned());
        }
        if !officer.is(duty) {
            return Some(format!("由{}办理，请换人登录", duty.zh()));
        }
        if duty == Duty::Approver && officer.no == case.handler {
            return Some("由您经办，不能由您审核，请换审批人或转县局。五（三）".to_owned());
        }
        if case.marked {
            return Some("有违规标记，县局处理之前不能再办。五（三）".to_owned());
        }
        if case.path != Path::Expenditure {
            return Some("这一件是急难型，没有这一步；确应走支出型的，请改变救助类型".to_owned());
        }
        (!stages.contains(&case.stage)).then(|| format!("现在是「{}」，不能再登记这一步", case.stage.zh()))
    }

    /// Steps that have to be done first.
    fn first(&self, steps: &[PathStep]) -> Option<String> {
        let open: Vec<&str> = steps.iter().filter(|step| !self.done(**step)).map(|step| step.zh()).collect();
        (!open.is_empty()).then(|| format!("先办：{}", open.join("、")))
    }

    fn handlers(&self, stages: &[Stage], before: &[PathStep]) -> Option<String> {
        self.may(Duty::Handler, stages).or_else(|| self.first(before))
    }

    /// The entry of a step that counts: the last one.
    fn entry(&self, is: impl Fn(&Fact) -> bool) -> Option<&EnteredStep> {
        self.file.entered.iter().rev().find(|step| is(&step.fact))
    }

    fn line(&self, number: u8, label: &'static str, does: Does) -> StepLine {
        StepLine {
            number,
            label,
            mark: Mark::Missing,
            next: false,
            on: None,
            entered: None,
            said: String::new(),
            does,
            why_not: None,
        }
    }
}

const AT_WORK: &[Stage] = &[Stage::Open, Stage::Returned];
/// While somebody has still to sign: until the case is closed.
const COLLECTING: &[Stage] =
    &[Stage::Open, Stage::Returned, Stage::Submitted, Stage::AtCity, Stage::Approved, Stage::Paid];
const UNDECIDED: &[Stage] = &[Stage::Open, Stage::Returned, Stage::Submitted];

impl StepLine {
    fn entered(mut self, step: Option<&EnteredStep>) -> StepLine {
        if let Some(step) = step {
            self.on = Some(step.on);
            self.entered = Some((step.at, step.by.clone()));
        }
        self
    }

    fn mark(mut self, mark: Mark, said: impl Into<String>) -> StepLine {
        self.mark = mark;
        self.said = said.into();
        self
    }

    fn unless(mut self, why: Option<String>) -> StepLine {
        self.why_not = why;
        self
    }

    /// Its text for the message line: why it cannot be done, or that Enter does it.
    pub fn hint(&self) -> String {
        let again = matches!(self.mark, Mark::Done | Mark::Against);
        match (&self.why_not, self.does) {
            (Some(why), _) => format!("{}：{why}", self.label),
            (None, Does::Form(_) | Does::Reapply) if again => {
                format!("{} 已办；回车重新登记，更正或再办一次", self.label)
            }
            (None, _) => format!("{}：回车办理", self.label),
        }
    }
}

/// The lines of a case, in the order of the path; none where nothing of the path is known.
pub fn lines(card: &CaseCard, me: Option<&MeView>, today: Day) -> Vec<StepLine> {
    let Some(file) = card.path.as_deref() else { return Vec::new() };
    let view = View { card, file, me, today };
    let mut lines = vec![view.application(), view.acceptance()];
    lines.extend(view.correction());
    lines.extend([view.survey(), view.authority(), view.means()]);
    lines.extend(view.school());
    lines.extend([view.review(), view.examination(), view.notice(), view.notice_end()]);
    lines.extend(view.objections());
    lines.extend([view.submission(), view.approval()]);
    lines.extend(view.delivery());
    lines.extend(view.follow_up());
    if let Some(next) = lines.iter_mut().find(|line| matches!(line.mark, Mark::Missing | Mark::Waits)) {
        next.next = true;
    }
    lines
}

impl View<'_> {
    fn application(&self) -> StepLine {
        let line = self
            .line(1, "登记申请", Does::Reapply)
            .entered(self.entry(|fact| matches!(fact, Fact::ApplicationNoted(_))))
            .unless(self.handlers(AT_WORK, &[]));
        match &self.course().application {
            None => line.mark(Mark::Missing, "请登记申请书上的日期、承诺和授权"),
            Some(paper) if !paper.promise => {
                line.mark(Mark::Missing, "承诺和授权没有签全，签字后按1重新登记")
            }
            Some(paper) if paper.late.is_some() => line.mark(Mark::Done, "承诺授权已签，纸质补录"),
            Some(_) => line.mark(Mark::Done, "承诺授权已签"),
        }
    }

    fn acceptance(&self) -> StepLine {
        let line = self
            .line(2, "准予受理", Does::Form(PathForm::Accept))
            .entered(self.entry(|fact| matches!(fact, Fact::CaseAccepted(_))));
        match self.course().accepted {
            Some(day) => {
                let why = format!("已于{}受理，不必重复", day.short_zh());
                line.mark(Mark::Done, "").unless(Some(why))
            }
            None => {
                let before = &[PathStep::Application, PathStep::Correction];
                line.mark(Mark::Missing, "").unless(self.handlers(AT_WORK, before))
            }
        }
    }

    /// Only where the applicant was told what is missing.
    fn correction(&self) -> Option<StepLine> {
        let told = self.course().told.last()?;
        let line = self.line(3, "补正收齐", Does::Form(PathForm::Corrected));
        Some(if self.course().correcting() {
            let late = if told.until < self.today { "，已过" } else { "" };
            let said = format!("{}告知，{}前补{late}", told.on.month_day(), told.until.month_day());
            line.entered(self.entry(|fact| matches!(fact, Fact::OnceNoticed(_))))
                .mark(Mark::Waits, said)
                .unless(self.handlers(AT_WORK, &[]))
        } else {
            line.entered(self.entry(|fact| matches!(fact, Fact::Corrected(_))))
                .mark(Mark::Done, format!("{}告知，已收齐", told.on.month_day()))
                .unless(Some("材料已收齐，没有待补正的".to_owned()))
        })
    }

    fn survey(&self) -> StepLine {
        let line = self
            .line(4, "入户调查", Does::Form(PathForm::Survey))
            .unless(self.handlers(AT_WORK, BEFORE_SURVEY));
        let Some(survey) = &self.course().survey else { return line };
        let people = survey.surveyors.len() + usize::from(survey.others);
        let said = format!("{people}人 {} 建议{}", survey.verdict.zh(), survey.amount.grouped());
        let against = self.course().against().is_some_and(|(step, _)| step == PathStep::Survey);
        line.entered(self.entry(|fact| matches!(fact, Fact::Surveyed(_))))
            .mark(if against { Mark::Against } else { Mark::Done }, said)
    }

    fn authority(&self) -> StepLine {
        let stages = if self.course().unsigned().is_empty() { AT_WORK } else { COLLECTING };
        let line = self
            .line(5, "核对授权", Does::Form(PathForm::Authorise))
            .unless(self.handlers(stages, &[PathStep::Application]));
        let Some(authority) = &self.course().authority else { return line };
        let later =
            authority.members.iter().filter(|member| matches!(member.signing, Signing::Later { .. })).count();
        let mut said = format!("{}人签 有效至{}", authority.members.len() - later, authority.until);
        if later > 0 {
            said.push_str(&format!(" {later}人待签"));
        }
        let expired = self.course().means.is_none() && authority.until < self.today;
        if expired {
            said.push_str(" 已过期，请重签");
        }
        line.entered(self.entry(|fact| matches!(fact, Fact::MeansAuthorised(_))))
            .mark(if expired { Mark::Missing } else { Mark::Done }, said)
    }

    fn means(&self) -> StepLine {
        let (asked, reported) = (self.course().asked.is_some(), self.course().means.is_some());
        let form = if asked { PathForm::MeansCheck } else { PathForm::MeansAsk };
        let label = if asked || reported { "核对报告" } else { "委托核对" };
        let line = self.line(6, label, Does::Form(form)).unless(self.handlers(AT_WORK, BEFORE_MEANS));
        if let Some(day) = self.course().asked {
            return line
                .entered(self.entry(|fact| matches!(fact, Fact::MeansAsked(_))))
                .mark(Mark::Waits, format!("{}委托，报告未回", day.month_day()));
        }
        let Some(means) = &self.course().means else { return line };
        let mark = if means.result == MeansResult::Exceeds { Mark::Against } else { Mark::Done };
        line.entered(self.entry(|fact| matches!(fact, Fact::MeansChecked(_)))).mark(mark, means.result.zh())
    }

    fn school(&self) -> Option<StepLine> {
        if self.card.case.circumstance != Circumstance::Schooling {
            return None;
        }
        let before = &[PathStep::Application, PathStep::Acceptance];
        let line =
            self.line(7, "就学情况", Does::Form(PathForm::School)).unless(self.handlers(AT_WORK, before));
        Some(match &self.course().school {
            None => line,
            Some(school) => line
                .entered(self.entry(|fact| matches!(fact, Fact::SchoolNoted(_))))
                .mark(Mark::Done, format!("{} 学费{}/年", school.stage.zh(), school.tuition.grouped())),
        })
    }

    fn review(&self) -> StepLine {
        let line = self
            .line(8, "民主评议", Does::Form(PathForm::Review))
            .unless(self.handlers(AT_WORK, BEFORE_REVIEW));
        let Some(review) = &self.course().review else { return line };
        let carried = review.carried();
        let mut said = format!("到{}人 同意{}", review.present(), review.yes);
        for (word, count) in [("不同意", review.no), ("弃权", review.abstained)] {
            if count > 0 {
                said.push_str(&format!(" {word}{count}"));
            }
        }
        said.push_str(if carried { " 过半" } else { " 不过半" });
        line.entered(self.entry(|fact| matches!(fact, Fact::Reviewed(_))))
            .mark(if carried { Mark::Done } else { Mark::Against }, said)
    }

    fn examination(&self) -> StepLine {
        let mut before = BEFORE_REVIEW.to_vec();
        before.push(PathStep::Review);
        let why = self.may(Duty::Approver, UNDECIDED).or_else(|| self.first(&before));
        let line = self.line(9, "乡镇审核", Does::Form(PathForm::Examine)).unless(why);
        match &self.course().examined {
            Some(made) => {
                let agrees = if made.agrees { "同意" } else { "不同意" };
                line.entered(self.entry(|fact| matches!(fact, Fact::Examined(_)))).mark(
                    if made.agrees { Mark::Done } else { Mark::Against },
                    format!("{agrees} 建议{}", made.amount.grouped()),
                )
            }
            None if !self.file.to_county => line.mark(Mark::Free, "乡镇审批的不另审核"),
            None => line.mark(Mark::Missing, "县局审批的，由乡镇审批人审核"),
        }
    }

    fn notice(&self) -> StepLine {
        let mut before = BEFORE_REVIEW.to_vec();
        before.extend([PathStep::Review, PathStep::Examination]);
        let line = self.line(10, "张贴公示", Does::Form(PathForm::PostNotice));
        if let Some(day) = self.course().exempt {
            return line
                .entered(self.entry(|fact| matches!(fact, Fact::NoticeExempted(_))))
                .mark(Mark::Free, format!("{}县局定不宜公示", day.month_day()))
                .unless(Some("县局已定不宜公示，请直接报批".to_owned()));
        }
        match &self.course().notice {
            Some(notice) => line
                .entered(self.entry(|fact| matches!(fact, Fact::NoticePosted(_))))
                .mark(
                    Mark::Done,
                    format!(
                        "{} 至 {} 公示{}",
                        notice.from.month_day(),
                        notice.until.month_day(),
                        notice.amount.grouped()
                    ),
                )
                .unless(Some("已在公示；贴错的在「公示结果」写明原因作废，再重新张贴".to_owned())),
            None => {
                let against = self.course().against().map(|(step, what)| {
                    format!("{}{what}，不能公示；重新办这一步，或按12报批由审批人不予救助", step.zh())
                });
                line.unless(self.handlers(AT_WORK, &before).or(against))
            }
        }
    }

    fn notice_end(&self) -> StepLine {
        let line = self.line(11, "公示结果", Does::Form(PathForm::EndNotice));
        if self.course().exempt.is_some() {
            let why = "县局已定不宜公示，没有公示结果".to_owned();
            return line.mark(Mark::Free, "").unless(Some(why));
        }
        if self.course().notice_ended.is_some() {
            return line
                .entered(self.entry(|fact| matches!(fact, Fact::NoticeEnded(made) if made.void.is_none())))
                .mark(Mark::Done, if self.course().objections.is_empty() { "无异议" } else { "异议已处理" })
                .unless(Some("公示结果已登记".to_owned()));
        }
        let line = line.unless(self.handlers(UNDECIDED, &[PathStep::Notice]));
        match &self.course().notice {
            Some(notice) if notice.until >= self.today => line.mark(
                Mark::Waits,
                format!("公示至{}，{}起登记", notice.until.month_day(), notice.until.plus(1).month_day()),
            ),
            Some(_) => line.mark(Mark::Missing, "已期满，请登记结果"),
            None => line,
        }
    }

    /// Only where somebody objected.
    fn objections(&self) -> Option<StepLine> {
        let all = &self.course().objections;
        if all.is_empty() {
            return None;
        }
        let open = self.course().open_objections();
        let line = self.line(17, "处理异议", Does::Form(PathForm::Settle));
        let line = line.entered(self.entry(|fact| matches!(fact, Fact::ObjectionMade(_))));
        Some(if open > 0 {
            line.mark(Mark::Missing, format!("{} 条异议，{open} 条没有处理", all.len()))
                .unless(self.undecided_here())
        } else {
            line.mark(Mark::Done, format!("{} 条异议都已处理", all.len()))
                .unless(Some("没有待处理的异议".to_owned()))
        })
    }

    fn submission(&self) -> StepLine {
        let stage = self.card.case.stage;
        let line = self.line(12, "报批", Does::Submit);
        match stage {
            Stage::Open | Stage::Returned => {
                let last = self.course().against().map_or(PathStep::Notice, |(step, _)| step);
                let all: Vec<PathStep> = PathStep::ALL.iter().copied().filter(|step| *step <= last).collect();
                let said = if stage == Stage::Returned { "已退回，改好再报" } else { "" };
                line.mark(Mark::Missing, said).unless(self.handlers(AT_WORK, &all))
            }
            stage => {
                let tier = self.card.case.tier.map_or("", |tier| tier.zh());
                let why = format!("现在是「{}」，在办或退回的才能报批", stage.zh());
                line.mark(Mark::Done, format!("已报{tier}")).unless(Some(why))
            }
        }
    }

    fn approval(&self) -> StepLine {
        let case = &self.card.case;
        let line = self.line(13, "审批", Does::Approve);
        match case.stage {
            Stage::Open | Stage::Returned => line.unless(Some("报批以后才能审批".to_owned())),
            Stage::Submitted => {
                let tier = case.tier.map_or("", |tier| tier.zh());
                let here = self.me.map(|me| me.officer.office.tier()) == case.tier;
                let why = self.may(Duty::Approver, &[Stage::Submitted]);
                line.mark(Mark::Waits, format!("在{tier}待批"))
                    .unless(why.or_else(|| (!here).then(|| format!("由{tier}审批人审批"))))
            }
            stage => {
                let mut line = line.mark(Mark::Done, stage.zh());
                line.on = self.card.opening.decided_on;
                line.unless(Some(format!("现在是「{}」", stage.zh())))
            }
        }
    }

    /// Once it is decided.
    fn delivery(&self) -> Option<StepLine> {
        ResultPaper::of(self.card.case.stage)?;
        let line = self.line(20, "结果送达", Does::Form(PathForm::Deliver)).unless(after(
            self.card,
            self.me,
            PathForm::Deliver,
        ));
        Some(match &self.course().delivered {
            Some(made) => line
                .entered(self.entry(|fact| matches!(fact, Fact::ResultDelivered(_))))
                .mark(Mark::Done, made.delivery.zh()),
            None => line.mark(Mark::Missing, "通知书送达申请人"),
        })
    }

    /// Once something was handed over.
    fn follow_up(&self) -> Option<StepLine> {
        if self.card.case.paid.is_empty() {
            return None;
        }
        let line = self.line(21, "回访", Does::Form(PathForm::FollowUp)).unless(after(
            self.card,
            self.me,
            PathForm::FollowUp,
        ));
        Some(match self.course().followed.last() {
            Some(made) => line
                .entered(self.entry(|fact| matches!(fact, Fact::FollowedUp(_))))
                .mark(Mark::Done, made.state.zh()),
            None => line,
        })
    }

    /// Handler or approver of the office, until it is decided.
    fn undecided_here(&self) -> Option<String> {
        let handler = self.may(Duty::Handler, UNDECIDED);
        handler.and_then(|why| self.may(Duty::Approver, UNDECIDED).map(|_| why))
    }
}

/// What can be done besides the lines: its number, its name, the form it opens, and why not now.
pub type Other = (u8, &'static str, PathForm, Option<String>);

/// What can be done besides the lines, each with its number and why not now.
pub fn others(card: &CaseCard, me: Option<&MeView>, today: Day) -> Vec<Other> {
    let change = (19, PathForm::ChangePath.zh(), PathForm::ChangePath, change_path(card, me));
    let Some(file) = card.path.as_deref() else { return vec![change] };
    let view = View { card, file, me, today };
    let course = view.course();
    let accepted = course
        .accepted
        .map(|day| format!("已于{}受理，不符合条件的请报批，由审批人不予救助", day.short_zh()));
    let told = course.correcting().then(|| "已告知补正，材料还没有收齐，请先办补正收齐".to_owned());
    let county = me.and_then(|me| {
        (me.officer.office != Office::County).then(|| "不宜公示由县局审批人签，请县局登录".to_owned())
    });
    let hangs = course.notice.is_none().then(|| "没有公示，不登记异议".to_owned());
    let open = (course.open_objections() == 0).then(|| "没有待处理的异议".to_owned());
    let exempt = county
        .or_else(|| view.may(Duty::Approver, UNDECIDED))
        .or_else(|| view.first(&[PathStep::Application]));
    let mut all = vec![
        (14, PathForm::OnceNotice, view.handlers(AT_WORK, &[]).or(told)),
        (15, PathForm::Decline, view.handlers(&[Stage::Open], &[]).or(accepted)),
        (16, PathForm::Object, view.handlers(UNDECIDED, &[]).or(hangs)),
        (18, PathForm::Exempt, exempt),
    ];
    // Where somebody objected, settling has a line of its own.
    if course.objections.is_empty() {
        all.push((17, PathForm::Settle, view.undecided_here().or(open)));
    }
    all.push((22, PathForm::Hardship, hardship(card, me)));
    let mut all: Vec<_> = all.into_iter().map(|(number, form, why)| (number, form.zh(), form, why)).collect();
    all.push(change);
    all
}

/// Why somebody handles no case here.
fn not_its_handler(case: &Case, me: &MeView) -> Option<String> {
    if !me.officer.office.covers(case.township) {
        return Some("不是本单位的办件".to_owned());
    }
    (!me.officer.is(Duty::Handler)).then(|| "由经办人办理，请换人登录".to_owned())
}

/// Why a case of either path cannot be followed up here: its result delivered, its people asked.
pub fn after(card: &CaseCard, me: Option<&MeView>, form: PathForm) -> Option<String> {
    let case = &card.case;
    if let Some(why) = not_its_handler(case, me?) {
        return Some(why);
    }
    if ResultPaper::of(case.stage).is_none() {
        return Some("还没有审批结果，请在审批以后再办".to_owned());
    }
    (form == PathForm::FollowUp && case.paid.is_empty()).then(|| "还没有发放，发放以后再登记回访".to_owned())
}

/// Why 困难详情 cannot be entered here, on either path.
pub fn hardship(card: &CaseCard, me: Option<&MeView>) -> Option<String> {
    let case = &card.case;
    if let Some(why) = not_its_handler(case, me?) {
        return Some(why);
    }
    if case.marked {
        return Some("有违规标记，县局处理之前不能再办。五（三）".to_owned());
    }
    let without_help = case.stage.is_final() && case.stage != Stage::Closed;
    without_help.then(|| format!("现在是「{}」，没有救助，不用再补", case.stage.zh()))
}

/// Why the path cannot be changed here; also for a case of the emergency path.
pub fn change_path(card: &CaseCard, me: Option<&MeView>) -> Option<String> {
    let officer = &me?.officer;
    let case = &card.case;
    if !officer.office.covers(case.township) {
        return Some("不是本单位的办件".to_owned());
    }
    if !officer.is(Duty::Handler) && !officer.is(Duty::Approver) {
        return Some("由经办人或审批人办理，请换人登录".to_owned());
    }
    if !AT_WORK.contains(&case.stage) {
        return Some(format!("现在是「{}」，在办或退回的才能改变救助类型", case.stage.zh()));
    }
    let begun = card.path.as_ref().and_then(|file| file.course.begun());
    let done = match begun {
        Some(step) => Some(step.zh()),
        None if case.way.is_some() => Some("先行付款"),
        None if case.stage == Stage::Returned => Some("报批"),
        None => None,
    };
    done.filter(|_| officer.office != Office::County)
        .map(|done| format!("已办{done}，改变救助类型由县局办理，请转县局。四（三）一"))
}

/// Its clock in a line.
pub fn clock(card: &CaseCard, today: Day) -> (String, Role) {
    let Some(file) = card.path.as_deref() else { return (String::new(), Role::Text) };
    let Some(clock) = &file.course.clock else {
        return ("还没有受理，期限还没有开始".to_owned(), Role::Muted);
    };
    let whose = lists::of(Some(clock.tier));
    if card.case.stage.is_final() {
        return ("已有结果，期限不再计".to_owned(), Role::Muted);
    }
    match clock.due {
        Some(due) => {
            let late = due < today;
            let said = format!("期限 {whose} {}，{}", due, words::left(due, today));
            (said, if late { Role::Problem } else { Role::Text })
        }
        None => {
            let why = lists::stands_still(&clock.still);
            let said =
                format!("期限 {whose} 停在「{why}」，余 {} 个工作日，{}起", clock.left, clock.on.month_day());
            (said, Role::Warning)
        }
    }
}

/// The steps as the approval card checks them: a mark and a line each, what was done told as shortly as it can be, so that
/// the first page holds them all.
pub fn checks(card: &CaseCard, today: Day) -> Vec<(&'static str, String)> {
    let Some(file) = card.path.as_deref() else { return Vec::new() };
    let (course, mut all) = (&file.course, Vec::new());
    let short = |day: Day| day.month_day();
    let lines = lines(card, None, today);
    if let (Some(paper), Some(accepted)) = (&course.application, course.accepted)
        && paper.promise
    {
        all.push(("有", format!("申请 {} 受理 {}", short(paper.on), short(accepted))));
    }
    for line in lines.iter().filter(|line| !matches!(line.does, Does::Submit | Does::Approve)) {
        let done = line.mark == Mark::Done;
        let told = match line.number {
            1 | 2 if course.accepted.is_some() => continue,
            // What was signed or brought stands behind its result.
            3 | 5 if done && course.asked.is_none() && course.means.is_some() => continue,
            9 if line.mark == Mark::Free => continue,
            10 if done && course.notice_ended.is_none() => continue,
            11 if done || line.mark == Mark::Free => continue,
            20 | 21 => continue,
            6 if done => "核对",
            8 => "评议",
            10 => "公示",
            _ => line.label,
        };
        let mark = match line.mark {
            // While a notice hangs the approver waits as for what is missing.
            Mark::Waits => "缺",
            other => other.zh(),
        };
        // A notice says its own days.
        let on = line.on.filter(|_| line.number != 10).map(|day| format!(" {}", short(day)));
        let said = if line.said.is_empty() { String::new() } else { format!(" {}", line.said) };
        all.push((mark, format!("{told}{}{said}", on.unwrap_or_default())));
    }
    all
}
