//! What the form of a step says of itself: what it is about, what it adds up to, what was taken before, the clock, and the line
//! before the second F9.

use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::nouns::Path;
use crate::domain::nouns::path::{
    Delivery, FollowState, MeansResult, MeansScope, Pause, ResultPaper, SchoolStage, SurveyVerdict,
};
use crate::domain::privacy::{Audience, Field, Medium, shown};
use crate::forms::Form;
use crate::forms::tables::path::{PathForm, review};
use crate::office::front::path::StepView;
use crate::ui::role::Role;

/// Steps that a line of 80 columns holds.
const MOST: usize = 7;

/// `26-102-0117 单文彩`.
pub fn whose(view: &StepView) -> String {
    let name = view.card.family.as_ref().map_or("", |family| family.who.name.as_str());
    format!("{} {name}", view.card.case.number)
}

/// `26-102-0117 单文彩 长期病残`.
pub fn about(view: &StepView) -> String {
    format!("{} {}", whose(view), view.card.case.circumstance.zh())
}

/// The day on which it happened, where it is entered late.
pub fn late(form: &Form) -> Option<String> {
    let day = ["on", "at", "from"].iter().find_map(|key| form.answers().day(key))?;
    (day < form.context().today).then(|| day.short_zh())
}

fn word<T: Copy>(
    form: &Form,
    key: &str,
    from: fn(u8) -> Option<T>,
    zh: fn(T) -> &'static str,
) -> &'static str {
    form.value(key).parse().ok().and_then(from).map_or("", zh)
}

fn yes(form: &Form, key: &str) -> bool {
    form.value(key) == "yes"
}

/// What is read before the second F9, behind the name of the step.
pub fn summary(kind: PathForm, form: &Form) -> String {
    let said = match kind {
        PathForm::OnceNotice => format!("限{}前补正，期限中止", form.value("until")),
        PathForm::Corrected => "期限接着算".to_owned(),
        PathForm::Accept => "办理期限从这一天起算".to_owned(),
        PathForm::Decline => "办件到此为止，打印 F10 通知书送达".to_owned(),
        PathForm::Survey => survey(form),
        PathForm::Authorise => {
            format!("{} 人", form.answers().rows("members").iter().filter(|row| !row.is_blank()).count())
        }
        PathForm::MeansAsk => {
            format!("{}，期限中止", word(form, "scope", MeansScope::from_digit, MeansScope::zh))
        }
        PathForm::MeansCheck => word(form, "result", MeansResult::from_digit, MeansResult::zh).to_owned(),
        PathForm::School => word(form, "stage", SchoolStage::from_digit, SchoolStage::zh).to_owned(),
        PathForm::Review => votes(form),
        PathForm::Examine if yes(form, "agrees") => format!("同意上报，建议 {} 元", grouped(form, "amount")),
        PathForm::Examine => "不同意".to_owned(),
        PathForm::PostNotice => "公示期内不能审批，期限中止".to_owned(),
        PathForm::EndNotice if form.value("result") == "void" => "提前作废，须重新公示".to_owned(),
        PathForm::EndNotice => "期满无异议".to_owned(),
        PathForm::Exempt => "不再公示".to_owned(),
        PathForm::Object => "处理以前不能审批".to_owned(),
        PathForm::Settle if yes(form, "upheld") => "成立：调查、评议、公示重新办".to_owned(),
        PathForm::Settle => "不成立".to_owned(),
        PathForm::ChangePath => format!("改为{}", word(form, "path", Path::from_digit, Path::zh)),
        PathForm::Deliver => {
            let how = word(form, "delivery", Delivery::from_digit, Delivery::zh);
            format!("{how}，{}", form.value("receipt"))
        }
        PathForm::FollowUp => {
            let state = word(form, "state", FollowState::from_digit, FollowState::zh);
            format!("{}，{state}", if yes(form, "received") { "已收到" } else { "没有收到" })
        }
        PathForm::Hardship => {
            format!("共{}项，不公开", crate::forms::tables::path::hardship::count(form.answers()))
        }
    };
    format!("：{said}")
}

fn grouped(form: &Form, key: &str) -> String {
    form.answers().money(key).unwrap_or_default().grouped()
}

fn survey(form: &Form) -> String {
    let verdict = word(form, "verdict", SurveyVerdict::from_digit, SurveyVerdict::zh);
    if verdict != SurveyVerdict::True.zh() {
        return verdict.to_owned();
    }
    format!("{verdict}，建议 {} 元", grouped(form, "amount"))
}

fn votes(form: &Form) -> String {
    let count = |key: &str| form.answers().count(key).unwrap_or(0);
    let (yes, voters) = (count("yes"), review::voters(form.answers()));
    let carried = if yes * 2 > voters { "过半数" } else { "没有过半数" };
    format!("同意 {yes} 不同意 {} 弃权 {}，{carried}", count("no"), count("abstained"))
}

fn sum(form: &Form, keys: &[&str]) -> Money {
    keys.iter().filter_map(|key| form.answers().money(key)).sum()
}

/// What the answers add up to, or what has to be known while filling.
pub fn below(kind: PathForm, form: &Form, view: &StepView) -> Vec<(String, Role)> {
    let line = match kind {
        PathForm::Survey => {
            let income = sum(form, &["wages", "business", "property", "transfer"]);
            let spending = sum(form, &["medical", "schooling", "care", "housing"]);
            let debt = sum(form, &["debt"]);
            format!(
                "全年收入 {}，刚性支出 {}，相差 {}；债务 {}",
                income.grouped(),
                spending.grouped(),
                (income - spending).grouped(),
                debt.grouped()
            )
        }
        PathForm::Review => {
            let (present, voters) = (review::present(form.answers()), review::voters(form.answers()));
            let needed = view.figures.appraisers;
            let said = format!(
                "实到 {present} 人，参加表决 {voters} 人，须 {needed} 人以上；同意 {} 票以上过半数",
                voters / 2 + 1
            );
            let few = voters < u32::from(needed);
            return vec![(said, if few { Role::Warning } else { Role::Text })];
        }
        PathForm::PostNotice => wall(view),
        PathForm::Authorise => format!("授权有效 {} 天；未成年人由监护人代签", view.figures.means_days),
        PathForm::Settle | PathForm::EndNotice => match &view.course.notice {
            Some(notice) => format!(
                "公示 {}至{}，{} 元；没有处理的异议 {} 条",
                notice.from.short_zh(),
                notice.until.short_zh(),
                notice.amount.grouped(),
                view.course.open_objections()
            ),
            None => "现在没有公示".to_owned(),
        },
        PathForm::Corrected => match view.course.told.last() {
            Some(told) => format!("{}告知，限{}前补正", told.on.short_zh(), told.until.short_zh()),
            None => "没有告知过补正".to_owned(),
        },
        PathForm::Examine => opinions(view),
        PathForm::Deliver => {
            let paper = ResultPaper::of(view.card.case.stage);
            paper.map_or("还没有审批结果".to_owned(), |paper| format!("送达的是{}", paper.zh()))
        }
        PathForm::FollowUp => {
            let paid = view.card.payments.iter().map(|payment| payment.at.day()).max();
            let paid = paid.map_or("还没有发放".to_owned(), |on| format!("{}发放", on.short_zh()));
            format!("批准 {} 元，{paid}", view.card.granted().grouped())
        }
        PathForm::Hardship => "PgDn 翻页：家庭、每个成员；都可以空着，以后再补".to_owned(),
        _ => return Vec::new(),
    };
    vec![(line, Role::Text)]
}

/// What hangs on the wall: the name masked, no disease, no number.
fn wall(view: &StepView) -> String {
    let card = &view.card;
    let name = card.family.as_ref().map_or("", |family| family.who.name.as_str());
    let masked = shown(Field::Name, name, Audience::Public, Medium::Paper);
    let village = crate::ui::screens::words::village(card.opening.village);
    let days = view.figures.notice_days;
    let asked = card.path.as_ref().map_or(card.asked(), |path| path.course.proposed(card.asked())).grouped();
    format!("公示上是：{masked} {village} 受助{}人 {asked} 元；张贴日起 {days} 天", card.opening.helped)
}

/// What survey and appraisal came to.
fn opinions(view: &StepView) -> String {
    let survey = view.course.survey.as_ref().map_or("没有调查".to_owned(), |made| {
        format!("调查{} {} 元", made.verdict.zh(), made.amount.grouped())
    });
    let review = view.course.review.as_ref().map_or("没有评议".to_owned(), |made| {
        format!("评议同意 {} 不同意 {} 弃权 {}", made.yes, made.no, made.abstained)
    });
    format!("{survey}；{review}")
}

/// The steps that were taken, each with the day on which it happened; nothing on the emergency path, which has none.
pub fn taken(view: &StepView) -> Option<String> {
    let course = &view.course;
    let days = [
        ("申请", course.application.as_ref().map(|made| made.on)),
        ("受理", course.accepted),
        ("调查", course.survey.as_ref().map(|made| made.at.day())),
        ("授权", course.authority.as_ref().map(|made| made.on)),
        ("核对", course.means.as_ref().map(|made| made.on)),
        ("就学", course.school.as_ref().map(|made| made.on)),
        ("评议", course.review.as_ref().map(|made| made.on)),
        ("审核", course.examined.as_ref().map(|made| made.on)),
        ("公示", course.notice.as_ref().map(|made| made.from)),
    ];
    let said: Vec<String> = days
        .into_iter()
        .filter_map(|(what, on)| on.map(|on: Day| format!("{what}{}-{}", on.month(), on.day_of_month())))
        .collect();
    // A line holds so many; the latest count.
    let latest = said.get(said.len().saturating_sub(MOST)..).unwrap_or_default();
    (!said.is_empty()).then(|| format!("已办：{}", latest.join(" ")))
}

/// Where the clock stands; nothing before acceptance.
pub fn clock(view: &StepView, today: Option<Day>) -> Option<(String, Role)> {
    let (clock, today) = (view.course.clock.as_ref()?, today?);
    let tier = clock.tier.zh();
    Some(match (clock.due, clock.still.iter().next()) {
        (Some(due), _) => {
            let left = crate::ui::screens::words::left(due, today);
            (
                format!("{tier}期限 {}，{left}", due.short_zh()),
                if due < today { Role::Warning } else { Role::Muted },
            )
        }
        (None, why) => {
            let why = why.map_or("", |why: &Pause| why.zh());
            (format!("{tier}期限中止（{why}），还余 {} 个工作日", clock.left), Role::Muted)
        }
    })
}

/// What F1 says of a form.
pub fn help(kind: PathForm) -> Vec<String> {
    let text = match kind {
        PathForm::OnceNotice => "缺什么一次告知全（F9）；收齐以前期限中止。再次告知要写理由，督导能看到。",
        PathForm::Corrected => "材料收齐那一天登记，期限接着算。",
        PathForm::Accept => "申请书上有承诺和授权签字才能受理；乡镇的期限从受理日起算，四（三）一。",
        PathForm::Decline => "不予受理要写理由，打 F10 通知书送达申请人；受理以后由审批人不予救助。",
        PathForm::Survey => {
            "入户调查（F4）至少两人，其中一人有账号；另一人没有账号的写姓名和电话。近亲属要回避，五（三）。"
        }
        PathForm::Authorise => {
            "核对授权（F6）须全体家庭成员签字；未成年的由监护人签，外出、服刑、失踪、无行为能力的选后补并写原因。"
        }
        PathForm::MeansAsk => "委托核对（F7）后期限中止，到报告登记为止。授权过期或成员不全的先补授权。",
        PathForm::MeansCheck => "按核对报告登记；信息不一致的写明核实情况；超标的报批由审批人不予救助。",
        PathForm::School => "子女就学要在国内、有学籍、全日制，三（四）。",
        PathForm::Review => {
            "民主评议（F5）：到会五人以上（不算回避的），乡镇至少一人，同意过半数。没有过半数的也登记，报批由审批人不予救助。"
        }
        PathForm::Examine => "报县局审批的，公示前由乡镇审批人审核；经办人不能审核自己的件，五（三）。",
        PathForm::PostNotice => {
            "公示（F8）只写姓（名用*）、村、人口、金额和困难摘要，不写病名、编码和费用；张贴日算第一天。"
        }
        PathForm::EndNotice => "期满第二天起登记；有异议的先处理。提前作废的写原因，改好再贴。",
        PathForm::Exempt => "不宜公示由县局审批人签，写明原因，督导能看到。",
        PathForm::Object => "公示期内有人提出的都登记，可以匿名；处理以前不能审批。",
        PathForm::Settle => "异议成立的，调查、评议、公示都重新办；不成立的写明怎样查的。",
        PathForm::ChangePath => "办过步骤以后由县局改；改变要写原因，督导能看到。",
        PathForm::Deliver => "审批结果（F11、F12、F10）送达申请人，写凭据；电话告知的写号码。",
        PathForm::Hardship => {
            "F1、F2、F3 上的病情、损失、证明和每个成员的情况，先发钱的可以事后补。已登记过的先填好，改哪项打哪项；要去掉的打「无」。"
        }
        PathForm::FollowUp => "发放后回访：钱收到没有，困难缓解没有；没有收到的当天报告县局。",
    };
    vec![text.to_owned()]
}
