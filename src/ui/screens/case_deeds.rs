//! What can be done with a case now, by its stage and the officer's roles: numbered, each with the reason where it cannot,
//! the small prompt it needs, and the deed it becomes.
//!
//! Must never stand in for the rules: what is offered here is decided there; a reason here only saves the way.

use crate::domain::command::papers::Reversed;
use crate::domain::command::trust::About;
use crate::domain::fund::Till;
use crate::domain::grant::total;
use crate::domain::ids::CaseId;
use crate::domain::nouns::{Path, PayBy, Stage};
use crate::domain::office::{Office, Role, Tier};
use crate::forms::tables::path::PathForm;
use crate::office::front::deed::{Concluded, Conclusion, Deed, Payment};
use crate::office::front::duty::Arranged;
use crate::office::front::money::MoneyDeed;
use crate::office::front::trust::{TrustDeed, Whom};
use crate::store::replica::views::card::CaseCard;
use crate::ui::product::MeView;
use crate::ui::screens::options::Choice;
use crate::ui::screens::path::lines;
use crate::ui::screens::prompt::{Kind, Prompt};
use std::collections::BTreeSet;

/// A thing that can be done with a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Act {
    /// 报批.
    Submit,
    /// 转县局代批.
    PassUp,
    /// 先行授权.
    Authorise,
    /// 先付 on an authorisation.
    PayFirst,
    /// 发放.
    Pay,
    /// 登记账户.
    Account,
    /// 主动退回.
    GiveBack,
    /// 追缴.
    Recover,
    /// 补登记.
    Papers,
    /// 会商, 集体研究.
    Meeting,
    /// 归垫.
    Repay,
    /// 急需先办.
    LiftBrake,
    /// 转办.
    HandOn,
    /// 撤回.
    Withdraw,
    /// 终止.
    Terminate,
    /// 办结.
    Close,
    /// 冲正 of a payment.
    ReversePayment,
    /// 冲正 of the grant.
    ReverseGrant,
    /// 更正人员.
    Correct,
    /// 人员合并: another record of the applicant.
    Merge,
    /// 办理经过.
    Steps,
    /// 办理步骤 of the expenditure path; for an emergency changing the path.
    PathSteps,
    /// 结果送达.
    Deliver,
    /// 回访.
    FollowUp,
    /// 困难详情.
    Hardship,
    /// 更多: what stands beside the case.
    More,
    /// 督导问题.
    Raise,
    /// 审批, 追认.
    Approve,
    /// F13.
    PrintFirst,
    /// F1.
    PrintApplication,
    /// 缺什么.
    PrintMissing,
}

impl Act {
    /// Whether it is signed with F10 in a run of approvals, rather than done with F9.
    pub fn is_signed(self) -> bool {
        matches!(self, Act::Authorise | Act::PassUp | Act::Recover)
    }
}

/// Where an approver's case waits for him.
fn waits_for(card: &CaseCard, me: &MeView) -> bool {
    let tier = me.officer.office.tier();
    let ratify = card.case.stage == Stage::AwaitingRatification || card.case.ratification_due.is_some();
    (card.case.stage == Stage::Submitted && card.case.tier == Some(tier)) || (ratify && tier == Tier::County)
}

struct View<'a> {
    card: &'a CaseCard,
    me: &'a MeView,
}

impl View<'_> {
    fn stage(&self) -> Stage {
        self.card.case.stage
    }

    fn role(&self, roles: &[Role]) -> Option<String> {
        let officer = &self.me.officer;
        if !officer.office.covers(self.card.case.township) {
            return Some("不是本单位的办件".to_owned());
        }
        if roles.iter().any(|role| officer.is(*role)) {
            return None;
        }
        let words: Vec<&str> = roles.iter().map(|role| role.zh()).collect();
        Some(format!("由{}办理，请换人登录", words.join("或")))
    }

    fn open(&self) -> bool {
        matches!(self.stage(), Stage::Open | Stage::Returned)
    }

    fn at_stage(&self, may: bool, how: &str) -> Option<String> {
        (!may).then(|| format!("现在是「{}」，{how}", self.stage().zh()))
    }

    fn own(&self) -> Option<String> {
        (self.card.case.handler == self.me.officer.no)
            .then(|| "本人经办的办件不能由本人审批，请转县局代批或换审批人。五（三）".to_owned())
    }

    /// Whoever may open a case on the path reads its steps; on an emergency only the path can be changed there.
    fn path_steps(&self) -> Option<String> {
        if has_steps(self.card) { None } else { lines::change_path(self.card, Some(self.me)) }
    }

    fn marked(&self) -> Option<String> {
        self.card.case.marked.then(|| "有违规标记，县局处理之前不能再办。五（三）".to_owned())
    }

    fn unpaid(&self) -> bool {
        self.card.case.granted.iter().any(|line| !self.card.case.paid.contains(&line.line))
    }

    fn missing(&self) -> Vec<&'static str> {
        self.card.items.iter().filter(|item| item.done.is_none()).map(|item| item.kind.zh()).collect()
    }

    /// What keeps a case of the expenditure path from being closed: a result that nobody was told, a signature to come.
    fn untold(&self) -> Option<String> {
        let course = &self.card.path.as_ref().filter(|_| self.card.case.path == Path::Expenditure)?.course;
        if course.delivered.is_none() {
            return Some("审批结果还没有送达，请先按24登记结果送达。四（三）一".to_owned());
        }
        let waiting = self.unsigned();
        (waiting > 0).then(|| format!("核对授权还有{waiting}人没有补签，请补签后按19重新登记。四（三）一"))
    }

    /// How many of the household have still to sign.
    fn unsigned(&self) -> usize {
        self.card.path.as_ref().map_or(0, |path| path.course.unsigned().len())
    }

    /// Why a decided case is not his to end.
    fn ends(&self) -> Option<String> {
        let case = &self.card.case;
        let approver = self.me.officer.is(Role::Approver);
        let county = self.me.officer.office == Office::County && approver;
        if !case.paid.is_empty() {
            return (!county).then(|| "已付款的由县局审批人终止".to_owned());
        }
        case.way?;
        (!approver).then(|| "已批准的由审批人终止，经办人不能终止".to_owned()).or_else(|| {
            let own = case.handler == self.me.officer.no;
            own.then(|| "由您经办、已批准的，请由其他审批人终止。五（三）".to_owned())
        })
    }

    /// Why it cannot be done now; none where it can.
    fn why_not(&self, act: Act) -> Option<String> {
        let case = &self.card.case;
        match act {
            Act::Submit => self
                .role(&[Role::Handler])
                .or_else(|| self.at_stage(self.open(), "在办或退回的才能报批"))
                .or_else(|| self.marked()),
            Act::PassUp => self.role(&[Role::Handler, Role::Approver]).or_else(|| {
                let waits = self.stage() == Stage::Submitted && case.tier == Some(Tier::Township);
                self.at_stage(waits, "在乡镇待批的才能转县局；没有报批的先按1报批")
            }),
            Act::Authorise => self
                .role(&[Role::Approver])
                .or_else(|| self.at_stage(self.open(), "报批前才能授权先行救助；已批准的按5发放"))
                .or_else(|| self.own())
                .or_else(|| self.marked()),
            Act::PayFirst => self
                .role(&[Role::Handler])
                .or_else(|| {
                    let unused = self.card.authorisations.iter().any(|authority| !authority.used);
                    (!unused).then(|| {
                        "没有未用的先行授权；请审批人授权，或按急难登记的先行救助办。四（三）一".to_owned()
                    })
                })
                .or_else(|| self.at_stage(self.open(), "不能再先付；已批准的按5发放"))
                .or_else(|| self.marked()),
            Act::Pay => self
                .role(&[Role::Handler, Role::Finance])
                .or_else(|| {
                    self.at_stage(self.stage() == Stage::Approved, "批准后才能发放；没有报批的先按1报批")
                })
                .or_else(|| (!self.unpaid()).then(|| "款物都已发放；手续齐了按13办结".to_owned()))
                .or_else(|| {
                    (case.decided_by.as_ref() == Some(&self.me.officer.no))
                        .then(|| "由您审批的不能由您发放。五（三）".to_owned())
                }),
            Act::Account => self
                .role(&[Role::Handler, Role::Finance, Role::Approver])
                .or_else(|| {
                    let pays =
                        !self.stage().is_final() && !matches!(self.stage(), Stage::Paid | Stage::AtCity);
                    self.at_stage(pays, "不再付款，不用登记账户")
                })
                .or_else(|| self.marked()),
            Act::GiveBack => self
                .role(&[Role::Handler, Role::Finance])
                .or_else(|| self.card.payments.is_empty().then(|| "没有付款，没有可退回的".to_owned()))
                .or_else(|| self.marked()),
            Act::Recover => {
                let county = self.me.officer.office == Office::County;
                (!county)
                    .then(|| "追缴由县局审批人决定".to_owned())
                    .or_else(|| self.role(&[Role::Approver]))
                    .or_else(|| self.card.payments.is_empty().then(|| "没有付款，没有可追缴的".to_owned()))
                    .or_else(|| self.marked())
            }
            Act::Papers => self
                .role(&[Role::Handler, Role::Approver])
                .or_else(|| self.missing().is_empty().then(|| "没有待补的手续".to_owned())),
            Act::Meeting => self.role(&[Role::Handler, Role::Approver]).or_else(|| {
                self.at_stage(!self.stage().is_final(), "不能再登记会议纪要；仍有困难的重新登记急难")
            }),
            Act::Repay => self
                .role(&[Role::Handler, Role::Finance])
                .or_else(|| case.outlay.is_zero().then(|| "没有应付垫付款".to_owned())),
            Act::LiftBrake => {
                let today = self.me.now.day();
                let late = self.card.items.iter().any(|item| item.done.is_none() && item.due < today);
                self.role(&[Role::Approver])
                    .or_else(|| (!late).then(|| "这一件没有逾期的手续，经办人不受限".to_owned()))
                    .or_else(|| self.own())
            }
            Act::HandOn => self
                .role(&[Role::Handler, Role::Approver])
                .or_else(|| self.at_stage(!self.stage().is_final(), "不能再转办；仍有困难的重新登记急难")),
            Act::Withdraw => self.role(&[Role::Handler]).or_else(|| {
                let open = (self.open() || self.stage() == Stage::Submitted) && case.way.is_none();
                self.at_stage(open, "已有决定或付款的请按终止办理")
            }),
            Act::Terminate => self
                .role(&[Role::Handler, Role::Approver])
                .or_else(|| self.at_stage(!self.stage().is_final(), "不能再终止；仍有困难的重新登记急难"))
                .or_else(|| self.ends()),
            Act::Close => self
                .role(&[Role::Handler])
                .or_else(|| self.at_stage(self.stage() == Stage::Paid, "发放完才能办结；已批准的先按5发放"))
                .or_else(|| {
                    let missing = self.missing();
                    (!missing.is_empty())
                        .then(|| format!("还缺{}，补齐后再办结。四（三）一", missing.join("、")))
                })
                .or_else(|| self.untold()),
            Act::ReversePayment => self
                .role(&[Role::Finance, Role::Approver])
                .or_else(|| case.paid.is_empty().then(|| "没有可冲正的付款".to_owned())),
            Act::ReverseGrant => self
                .role(&[Role::Approver])
                .or_else(|| {
                    case.way.is_none().then(|| "没有救助决定，不用冲正；要结束的按11撤回或12终止".to_owned())
                })
                .or_else(|| (!case.paid.is_empty()).then(|| "请先逐笔冲正付款".to_owned()))
                .or_else(|| self.own()),
            Act::Correct => self.role(&[Role::Handler]),
            Act::Merge => self.role(&[Role::Handler, Role::Approver]),
            Act::Approve => self
                .role(&[Role::Approver])
                .or_else(|| {
                    self.at_stage(
                        waits_for(self.card, self.me),
                        "不在您这一级待批；没有报批的由经办人按1报批",
                    )
                })
                .or_else(|| self.own()),
            Act::Raise => raises(self.me),
            Act::PrintFirst => case.way.is_none().then(|| "没有先行救助，请按22打印审批表F1".to_owned()),
            Act::PrintMissing => {
                (self.missing().is_empty() && self.unsigned() == 0).then(|| "不缺手续".to_owned())
            }
            Act::PathSteps => self.path_steps(),
            Act::Deliver => lines::after(self.card, Some(self.me), PathForm::Deliver),
            Act::FollowUp => lines::after(self.card, Some(self.me), PathForm::FollowUp),
            Act::Hardship => lines::hardship(self.card, Some(self.me)),
            Act::Steps | Act::More | Act::PrintApplication => None,
        }
    }
}

/// Why nobody else raises a finding.
const RAISES: &str = "问题由督导提出，请督导登录。五（三）";

/// How long an office has by default to put right what was found, in days.
pub const FINDING_DAYS: i64 = 10;

/// How long somebody has by default to pay in what he got by false statements, in days.
const RECOVERY_DAYS: i64 = 30;

/// Why a finding cannot be raised here by this officer; none for the supervisor.
pub fn raises(me: &MeView) -> Option<String> {
    (!me.officer.is(Role::Supervisor)).then(|| RAISES.to_owned())
}

/// Everything there is to do, with the numbers that stay the same from day to day.
const ALL: [(u8, &str, Act); 31] = [
    (1, "报批", Act::Submit),
    (2, "审批", Act::Approve),
    (3, "先行授权", Act::Authorise),
    (4, "先付(已授权)", Act::PayFirst),
    (5, "发放", Act::Pay),
    (6, "补登记", Act::Papers),
    (7, "会议纪要", Act::Meeting),
    (8, "急需先办", Act::LiftBrake),
    (9, "归垫", Act::Repay),
    (10, "转县局", Act::PassUp),
    (11, "撤回", Act::Withdraw),
    (12, "终止", Act::Terminate),
    (13, "办结", Act::Close),
    (14, "冲正付款", Act::ReversePayment),
    (15, "冲正决定", Act::ReverseGrant),
    (16, "更正人员", Act::Correct),
    (17, "办理经过", Act::Steps),
    (18, "转办", Act::HandOn),
    (19, "办理步骤(支出型)", Act::PathSteps),
    (20, "更多", Act::More),
    (21, "打印登记单F13", Act::PrintFirst),
    (22, "打印审批表F1", Act::PrintApplication),
    (23, "打印缺什么", Act::PrintMissing),
    (24, "结果送达", Act::Deliver),
    (25, "回访", Act::FollowUp),
    (26, "提出问题", Act::Raise),
    (27, "登记账户", Act::Account),
    (28, "主动退回", Act::GiveBack),
    (29, "追缴(骗取)", Act::Recover),
    (30, "困难详情", Act::Hardship),
    (31, "人员合并", Act::Merge),
];

/// Whether there are steps of the expenditure path to look at.
pub fn has_steps(card: &CaseCard) -> bool {
    card.path.is_some() || card.case.path == Path::Expenditure
}

/// What can be done with a case, or could.
pub fn options(card: &CaseCard, me: &MeView) -> Vec<Choice<Act>> {
    let view = View { card, me };
    ALL.iter()
        .map(|(number, label, act)| Choice {
            number: *number,
            label: if *act == Act::PathSteps && !has_steps(card) { "改变救助类型" } else { label },
            why_not: view.why_not(*act),
            what: *act,
        })
        .collect()
}

/// The prompt of an act; none for what needs nothing typed.
pub fn prompt(act: Act, card: &CaseCard, me: &MeView) -> Option<Prompt<Act>> {
    let case = &card.case;
    let asked = total(&case.asked);
    let titled = |what: &str| Prompt::new(act, format!("{what} {}", case.number));
    Some(match act {
        Act::Submit => titled("报批")
            .with("报到", Kind::Choice(vec!["乡镇", "县局"]), tier_digit(card, me))
            .with("说明", Kind::Note, ""),
        Act::PassUp => titled("转县局代批").with("原因", Kind::Text, ""),
        Act::Authorise => titled("先行授权").with("授权金额", Kind::Money, &asked.plain()),
        Act::PayFirst => titled("先付，按未用的授权")
            .with("渠道", Kind::Choice(vec!["打卡", "现金"]), "")
            .with("现金原因", Kind::Note, "")
            .with("领款人", Kind::Note, "")
            .with("见证人", Kind::Note, "")
            .with("空白单号", Kind::Note, ""),
        Act::Repay => titled("归垫")
            .with("金额", Kind::Money, &case.outlay.plain())
            .with("从", Kind::Choice(vec!["现金", "存款"]), "")
            .with("收据", Kind::Text, ""),
        Act::GiveBack => {
            let only = if card.payments.len() == 1 { "1" } else { "" };
            let all = card.payments.first().filter(|_| card.payments.len() == 1);
            titled(&format!("主动退回，共 {} 笔付款，", card.payments.len()))
                .with("第几笔", Kind::Count, only)
                .with("退回金额", Kind::Money, &all.map(|paid| paid.amount.plain()).unwrap_or_default())
                .with("到账日期", Kind::Day(me.now.day()), "")
                .with("收据", Kind::Text, "")
        }
        Act::Recover => {
            let only = if card.payments.len() == 1 { "1" } else { "" };
            let all = card.payments.first().filter(|_| card.payments.len() == 1);
            let today = me.now.day();
            titled(&format!("追缴(只对虚报、隐瞒骗取)，共 {} 笔付款，", card.payments.len()))
                .with("第几笔", Kind::Count, only)
                .with("应追缴", Kind::Money, &all.map(|paid| paid.amount.plain()).unwrap_or_default())
                .with("追缴期限", Kind::Day(today), &today.plus(RECOVERY_DAYS).to_string())
                .with("不实之处", Kind::Text, "")
                .signed()
        }
        Act::LiftBrake => {
            Prompt::new(act, format!("准许经办人 {} 急需先办一次", case.handler)).with("原因", Kind::Text, "")
        }
        Act::HandOn => titled("转办").with("给经办人", Kind::Officer, "").with("原因", Kind::Text, ""),
        Act::Withdraw => titled("撤回(本人声明)").with("原因", Kind::Text, ""),
        Act::Terminate => titled("终止").with("原因", Kind::Text, ""),
        Act::ReversePayment => titled(&format!("冲正付款，共 {} 笔，", card.payments.len()))
            .with("第几笔", Kind::Count, if card.payments.len() == 1 { "1" } else { "" })
            .with("原因", Kind::Text, ""),
        Act::ReverseGrant => titled("冲正决定").with("原因", Kind::Text, ""),
        Act::Raise => {
            let today = me.now.day();
            titled("提出问题").with("问题", Kind::Text, "").with(
                "整改期限",
                Kind::Day(today),
                &today.plus(FINDING_DAYS).to_string(),
            )
        }
        _ => return None,
    })
}

/// The lowest tier by the sum: preset because the sum decides it, never the conclusion.
pub(super) fn tier_digit(card: &CaseCard, me: &MeView) -> &'static str {
    if card.sums.matter + card.asked() > me.township_limit { "2" } else { "1" }
}

/// 报批 out of a prompt whose first two lines are tier and note.
///
/// # Errors
/// What is missing, as a sentence.
pub(super) fn submission<T>(prompt: &Prompt<T>, case: CaseId) -> Result<Deed, String> {
    let tier = if prompt.choice(0)? == 0 { Tier::Township } else { Tier::County };
    Ok(Deed::Submit(case, tier, prompt.text(1)?))
}

/// The deed of a prompt that is filled in.
///
/// # Errors
/// What is missing, as a sentence.
pub fn deed(prompt: &Prompt<Act>, card: &CaseCard, me: &MeView) -> Result<Deed, String> {
    let case = card.case.id;
    Ok(match prompt.what {
        Act::Submit => submission(prompt, case)?,
        Act::PassUp => Deed::Conclude(Conclusion {
            case,
            what: Concluded::PassUp,
            note: prompt.text(0)?,
            overrides: BTreeSet::new(),
        }),
        Act::Authorise => Deed::Authorise(case, prompt.money(0)?),
        Act::PayFirst => {
            let authority = card
                .authorisations
                .iter()
                .find(|authority| !authority.used)
                .ok_or_else(|| "授权已经用掉，请按 F5 刷新".to_owned())?;
            let cash = prompt.choice(0)? == 1;
            let payment = Payment {
                case,
                line: None,
                pay_by: if cash { PayBy::Cash } else { PayBy::Bank },
                on: me.now.day(),
                cash_reason: prompt.text(1)?,
                receipt: prompt.text(2)?,
                witness: prompt.text(3)?,
                blank: prompt.text(4)?,
            };
            if cash && [&payment.cash_reason, &payment.receipt, &payment.witness].iter().any(|t| t.is_empty())
            {
                return Err("发现金须有原因、领款人和见证人，请填齐。四（三）三".to_owned());
            }
            Deed::PayOnAuthority(payment, authority.id)
        }
        Act::Repay => {
            let till = if prompt.choice(1)? == 0 { Till::Cash } else { Till::Bank };
            Deed::Repay(case, prompt.money(0)?, till, prompt.text(2)?)
        }
        Act::Recover => {
            let at = usize::from(prompt.count(0)?);
            let payment = at.checked_sub(1).and_then(|at| card.payments.get(at));
            let payment = payment.ok_or_else(|| format!("没有第 {at} 笔，共 {} 笔", card.payments.len()))?;
            Deed::Money(MoneyDeed::Recover {
                case,
                line: payment.line,
                amount: prompt.money(1)?,
                until: prompt.day(2)?,
                reason: prompt.text(3)?,
            })
        }
        Act::GiveBack => {
            let at = usize::from(prompt.count(0)?);
            let payment = at.checked_sub(1).and_then(|at| card.payments.get(at));
            let payment = payment.ok_or_else(|| format!("没有第 {at} 笔，共 {} 笔", card.payments.len()))?;
            Deed::Money(MoneyDeed::GiveBack {
                case,
                line: payment.line,
                amount: prompt.money(1)?,
                on: prompt.day(2)?,
                receipt: prompt.text(3)?,
            })
        }
        Act::LiftBrake => Deed::LiftBrake(card.case.handler.clone(), None, prompt.text(0)?),
        Act::HandOn => {
            let to = crate::domain::ids::OfficerNo(prompt.text(0)?);
            Deed::Arrange(Arranged::HandOn(case, to, None, prompt.text(1)?))
        }
        Act::Withdraw => Deed::Withdraw(case, prompt.text(0)?),
        Act::Terminate => Deed::Terminate(case, prompt.text(0)?),
        Act::Close => Deed::Close(case),
        Act::ReversePayment => {
            let at = usize::from(prompt.count(0)?);
            let payment = at.checked_sub(1).and_then(|at| card.payments.get(at));
            let payment = payment.ok_or_else(|| format!("没有第 {at} 笔，共 {} 笔", card.payments.len()))?;
            Deed::Reverse(case, Reversed::Payment { line: payment.line }, prompt.text(1)?)
        }
        Act::ReverseGrant => Deed::Reverse(case, Reversed::Grant {}, prompt.text(0)?),
        Act::Raise => Deed::Trust(TrustDeed::Raise {
            about: Whom::About(About::Case { case }),
            entry: None,
            due: prompt.day(1)?,
            text: prompt.text(0)?,
        }),
        Act::Pay
        | Act::Account
        | Act::Papers
        | Act::Correct
        | Act::Steps
        | Act::PathSteps
        | Act::Deliver
        | Act::FollowUp
        | Act::Hardship
        | Act::Meeting
        | Act::More
        | Act::Approve
        | Act::PrintFirst
        | Act::PrintApplication
        | Act::Merge
        | Act::PrintMissing => return Err("这一项另有一屏，请按 F12 后重选".to_owned()),
    })
}
