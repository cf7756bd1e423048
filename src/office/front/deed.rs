//! Deeds (办理): what an officer does at a screen, as plain data. A deed becomes commands by composing; the rules decide
//! when the commands reach the log.

use super::money::MoneyDeed;
use super::trust::TrustDeed;
use crate::base::day::{Day, Stamp};
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::approval::{
    Approve, HoldMeeting, PassUp, Ratify, Refuse, Return, Submit, Terminate, Withdraw,
};
use crate::domain::command::emergency::{Authorise, Authority, LiftBrake, PayFirst};
use crate::domain::command::funds::{Allot, MoveReserve, Pay, Repay, ReserveMove};
use crate::domain::command::intake::{AnswerLead, EndLead};
use crate::domain::command::papers::{Close, Reverse, Reversed};
use crate::domain::fund::{Purpose, Till};
use crate::domain::grant::{Line, instalments, total};
use crate::domain::ids::{AuthorityId, CaseId, DiscovererId, LeadId, LineId, OfficerNo, PersonId};
use crate::domain::nouns::{Fund, LeadEnd, LineKind, PayBy};
use crate::domain::office::Tier;
use crate::domain::private::Private;
use crate::forms::Answers;
use crate::office::compose::{self, Draft, Gap, Halt};
use crate::office::front::codes::CodeDeed;
use crate::office::front::county::CountyDeed;
use crate::office::front::duty::Arranged;
use crate::office::front::goods::GoodsDeed;
use crate::office::front::merging::PeopleDeed;
use crate::office::front::officers::OfficerDeed;
use crate::office::front::paper_deeds::PaperDeed;
use crate::office::front::partners::PartnerSaid;
use crate::office::front::path::PathDeed;
use crate::office::front::registers::RegisterDeed;
use crate::office::random;
use crate::store::fault::Fault;
use std::collections::BTreeSet;

/// What the officer does.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    /// 急难登记 and what is to happen with it.
    Emergency {
        /// The form.
        answers: Answers,
        /// The lead it comes from.
        lead: Option<LeadId>,
        /// Warnings that the officer goes on in spite of.
        overrides: BTreeSet<Code>,
        /// When money was handed over with the drive away.
        handed_over: Option<Stamp>,
    },
    /// 线索登记.
    Lead(Answers, Option<DiscovererId>),
    /// 到场.
    AnswerLead(LeadId),
    /// 了结线索.
    EndLead(LeadId, LeadEnd, String),
    /// 支出型.
    Path(PathDeed),
    /// 归档, 抽查.
    Paper(PaperDeed),
    /// 人员合并、拆分.
    People(PeopleDeed),
    /// 补登记.
    Papers(CaseId, Answers),
    /// 人员信息更正.
    Correct(PersonId, Answers),
    /// 报批 of a case that was opened or returned.
    Submit(CaseId, Tier, String),
    /// 审批.
    Conclude(Conclusion),
    /// 先行救助授权 at the PC.
    Authorise(CaseId, Money),
    /// 先付 on an authorisation signed at a PC.
    PayOnAuthority(Payment, AuthorityId),
    /// 发放 an approved line.
    Pay(Payment),
    /// 归垫.
    Repay(CaseId, Money, Till, String),
    /// 急需先办.
    LiftBrake(OfficerNo, Option<OfficerNo>, String),
    /// 违规标记、督导问题.
    Trust(TrustDeed),
    /// 会议纪要.
    Meeting(CaseId, Day, Tier, u16, Money, String),
    /// 委托、值班、转办、交接、近亲属备案.
    Arrange(Arranged),
    /// 授权码单.
    Codes(CodeDeed),
    /// 县局待办、备案、转介、群体性事项.
    County(CountyDeed),
    /// 撤回.
    Withdraw(CaseId, String),
    /// 终止.
    Terminate(CaseId, String),
    /// 办结.
    Close(CaseId),
    /// 冲正.
    Reverse(CaseId, Reversed, String),
    /// 账户、批次、回盘、资金来源、监盘: composed with the session, in [`super::money`].
    Money(MoneyDeed),
    /// 物资, 空白单.
    Goods(GoodsDeed),
    /// 协作单位.
    Partner(Box<PartnerSaid>),
    /// 主动发现队伍.
    Registers(RegisterDeed),
    /// 拨入备用金.
    Allot(u16, Fund, Money, Till, String),
    /// 备用金提存.
    MoveReserve(u16, ReserveMove, Option<Fund>, Money, String),
    /// 操作员管理: composed with the keys of the session, in [`super::officers`].
    Officers(OfficerDeed),
}

/// An approver's conclusion on a case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conclusion {
    /// The case.
    pub case: CaseId,
    /// What.
    pub what: Concluded,
    /// The remark (批注).
    pub note: String,
    /// Warnings that the approver goes on in spite of, with the remark as the reason.
    pub overrides: BTreeSet<Code>,
}

/// What an approver can conclude.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Concluded {
    /// 同意, with the sum approved.
    Approve(Money),
    /// 同意 as a second grant of the year, the remark being the 正当理由.
    ApproveSecond(Money),
    /// 不同意.
    Refuse,
    /// 退回补正.
    Return,
    /// 报县局.
    PassUp,
    /// 追认, with the sum ratified.
    Ratify(Money),
}

/// A payment out of the reserve.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Payment {
    /// The case.
    pub case: CaseId,
    /// Which line; paying first pays all.
    pub line: Option<LineId>,
    /// How.
    pub pay_by: PayBy,
    /// On which day.
    pub on: Day,
    /// Why cash.
    pub cash_reason: String,
    /// Who took it.
    pub receipt: String,
    /// Who stood by.
    pub witness: String,
    /// The number of the blank sheet (空白单) on which a payment before the approval was written down; empty where none was.
    pub blank: String,
}

impl Deed {
    /// The commands of a deed.
    ///
    /// # Errors
    /// Fields to be mended; the machine.
    pub fn compose(&self, desk: &compose::Desk<'_>) -> Result<Vec<Draft>, Halt> {
        match self {
            Deed::Emergency { answers, lead, overrides, handed_over } => {
                Ok(compose::emergency::compose(desk, answers, *lead, overrides, *handed_over)?.drafts)
            }
            Deed::Lead(answers, discoverer) => Ok(compose::lead::compose(desk, answers, *discoverer)?.1),
            Deed::Path(deed) => deed.compose(desk),
            Deed::Paper(deed) => deed.compose().map(one),
            Deed::People(deed) => deed.compose().map(one),
            Deed::Goods(deed) => deed.compose().map(one),
            Deed::Partner(deed) => deed.compose().map(one),
            Deed::Registers(deed) => deed.compose().map(one),
            Deed::Papers(case, answers) => Ok(compose::deferred::compose(desk, *case, answers)),
            Deed::Correct(person, answers) => compose::correction::compose(desk, *person, answers),
            Deed::Conclude(conclusion) => conclusion.compose(desk).map(one),
            Deed::Authorise(case, amount) => {
                let authority = AuthorityId(random::bytes()?);
                let authorise = Authorise { authority, case: *case, amount: *amount };
                Ok(one((Command::Authorise(authorise), Private::default())))
            }
            Deed::PayOnAuthority(payment, authority) => pay_on_authority(desk, payment, *authority).map(one),
            Deed::Pay(payment) => pay(desk, payment).map(one),
            Deed::Arrange(arranged) => arranged.compose(),
            Deed::Trust(deed) => deed.compose().map(one),
            Deed::Codes(deed) => Ok(deed.compose().into_iter().collect()),
            Deed::County(deed) => deed.compose(desk),
            other => other.plain(desk).map(one),
        }
    }

    /// The deeds that are one command with at most one text.
    fn plain(&self, desk: &compose::Desk<'_>) -> Result<Draft, Halt> {
        let mut private = Private::default();
        let command = match self {
            Deed::AnswerLead(lead) => Command::AnswerLead(AnswerLead { lead: *lead, at: desk.now }),
            Deed::EndLead(lead, how, reason) => {
                Command::EndLead(EndLead { lead: *lead, how: *how, reason: private.put("reason", reason) })
            }
            Deed::Submit(case, to, note) => Command::Submit(Submit {
                case: *case,
                lines: None,
                to: *to,
                note: private.put("note", note),
                overrides: BTreeSet::new(),
                override_reason: None,
            }),
            Deed::Repay(case, amount, till, receipt) => Command::Repay(Repay {
                case: *case,
                amount: *amount,
                till: *till,
                receipt: private.put("receipt", receipt),
            }),
            Deed::LiftBrake(handler, by_telephone, reason) => Command::LiftBrake(LiftBrake {
                handler: handler.clone(),
                by_telephone: by_telephone.clone(),
                reason: private.put("reason", reason),
            }),
            Deed::Meeting(case, on, tier, present, amount, minutes) => Command::HoldMeeting(HoldMeeting {
                case: *case,
                on: *on,
                tier: *tier,
                kind: None,
                present: *present,
                amount: *amount,
                minutes: private.put("minutes", minutes),
                paper: Default::default(),
                also: Vec::new(),
            }),
            Deed::Withdraw(case, reason) => {
                Command::Withdraw(Withdraw { case: *case, reason: private.put("reason", reason) })
            }
            Deed::Terminate(case, reason) => {
                Command::Terminate(Terminate { case: *case, reason: private.put("reason", reason) })
            }
            Deed::Reverse(case, reversed, reason) => Command::Reverse(Reverse {
                case: *case,
                reversed: *reversed,
                reason: private.put("reason", reason),
            }),
            Deed::Allot(township, fund, amount, till, note) => Command::Allot(Allot {
                township: *township,
                amount: *amount,
                till: *till,
                fund: Some(*fund),
                purpose: Purpose::Assistance,
                note: private.put("note", note),
            }),
            Deed::MoveReserve(township, way, fund, amount, note) => Command::MoveReserve(MoveReserve {
                township: *township,
                way: *way,
                fund: *fund,
                amount: *amount,
                note: private.put("note", note),
            }),
            Deed::Close(case) => Command::Close(Close { case: *case }),
            Deed::Emergency { .. }
            | Deed::Lead(..)
            | Deed::Paper(_)
            | Deed::People(_)
            | Deed::Goods(_)
            | Deed::Partner(_)
            | Deed::Registers(_)
            | Deed::Papers(..)
            | Deed::Path(_)
            | Deed::Correct(..)
            | Deed::Conclude(_)
            | Deed::Arrange(_)
            | Deed::Authorise(..)
            | Deed::PayOnAuthority(..)
            | Deed::Money(_)
            | Deed::Officers(_)
            | Deed::Trust(_)
            | Deed::Codes(_)
            | Deed::County(_)
            | Deed::Pay(_) => return Err(Halt::Fault(Fault::bug("这一项不是单独一条指令"))),
        };
        Ok((command, private))
    }
}

fn one(draft: Draft) -> Vec<Draft> {
    vec![draft]
}

impl Conclusion {
    fn compose(&self, desk: &compose::Desk<'_>) -> Result<Draft, Halt> {
        let mut private = Private::default();
        let case = self.case;
        let note = private.put("note", &self.note);
        let command = match self.what {
            Concluded::Approve(amount) | Concluded::ApproveSecond(amount) => {
                let known = desk.state.case(case).ok_or_else(|| gone("amount"))?;
                let second_grant = match self.what {
                    Concluded::ApproveSecond(_) => private.put("second", &self.note),
                    _ => None,
                };
                let override_reason =
                    if self.overrides.is_empty() { None } else { private.put("override", &self.note) };
                Command::Approve(Approve {
                    case,
                    lines: with_total(&known, amount)?,
                    note,
                    second_grant,
                    overrides: self.overrides.clone(),
                    override_reason,
                })
            }
            Concluded::Refuse => Command::Refuse(Refuse { case, reason: note }),
            Concluded::Return => Command::Return(Return { case, reason: note }),
            Concluded::PassUp => Command::PassUp(PassUp { case, reason: note }),
            Concluded::Ratify(amount) => Command::Ratify(Ratify { case, amount, reason: note }),
        };
        Ok((command, private))
    }
}

/// The lines asked for with another sum. What was handed over already (an advance) stands in them as it was paid, and counts
/// against the sum; the first other line of money takes the difference, or one is made for it. Goods stay as they are.
pub(super) fn with_total(known: &Case, amount: Money) -> Result<Vec<Line>, Halt> {
    let paid = |line: &Line| known.paid.contains(&line.line);
    let mut lines: Vec<Line> = known.granted.iter().filter(|line| paid(line)).cloned().collect();
    let fixed = lines.len();
    lines.extend(known.asked.iter().filter(|line| !paid(line)).cloned());
    let difference = amount - total(&lines);
    if difference.is_zero() {
        return Ok(lines);
    }
    // Instalments are parted anew.
    if lines.iter().skip(fixed).any(|line| line.after > 0) {
        return Ok(parted_again(lines, fixed, amount));
    }
    let left = |line: &Line| line.amount + difference;
    let takes =
        |line: &&mut Line| line.kind == LineKind::Money && !left(line).is_negative() && !left(line).is_zero();
    if let Some(line) = lines.iter_mut().skip(fixed).find(takes) {
        line.amount += difference;
        return Ok(lines);
    }
    let like = known.asked.iter().find(|line| line.kind == LineKind::Money);
    match like.filter(|_| fixed > 0 && !difference.is_negative()) {
        Some(like) => {
            lines.push(Line { line: LineId(random::bytes()?), amount: difference, ..like.clone() });
            Ok(lines)
        }
        None => Err(Gap {
            field: "amount",
            sentence: "实物和已先付的不能在这里改，请按3退回经办人改明细，或改金额".to_owned(),
        }
        .into()),
    }
}

/// Instalments that come to another sum: as many as there were, parted anew; what was handed over and goods stay.
fn parted_again(lines: Vec<Line>, fixed: usize, amount: Money) -> Vec<Line> {
    let (mut all, rest): (Vec<Line>, Vec<Line>) = {
        let mut lines = lines;
        let rest = lines.split_off(fixed);
        (lines, rest)
    };
    let (parts, others): (Vec<Line>, Vec<Line>) =
        rest.into_iter().partition(|line| line.kind == LineKind::Money);
    all.extend(others);
    let left = amount - total(&all);
    let count = u8::try_from(parts.len()).unwrap_or(1);
    let sums = instalments(left, count);
    all.extend(parts.into_iter().zip(sums).map(|(line, (after, amount))| Line { after, amount, ..line }));
    all
}

fn pay(desk: &compose::Desk<'_>, payment: &Payment) -> Result<Draft, Halt> {
    let mut private = Private::default();
    let known = desk.state.case(payment.case).ok_or_else(|| gone("line"))?;
    let unpaid = known.granted.iter().find(|line| !known.paid.contains(&line.line));
    let line = payment
        .line
        .or_else(|| unpaid.map(|line| line.line))
        .ok_or_else(|| Gap {
            field: "line", sentence: "这一件没有未发放的款物，按F3返回".to_owned()
        })?;
    let pay = Pay {
        case: payment.case,
        line,
        pay_by: payment.pay_by,
        on: payment.on,
        cash_reason: private.put("cash-reason", &payment.cash_reason),
        receipt: private.put("recipient", &payment.receipt),
        witness: private.put("witness", &payment.witness),
    };
    Ok((Command::Pay(pay), private))
}

fn pay_on_authority(
    desk: &compose::Desk<'_>,
    payment: &Payment,
    authority: AuthorityId,
) -> Result<Draft, Halt> {
    let mut private = Private::default();
    let known = desk.state.case(payment.case).ok_or_else(|| gone("line"))?;
    let mut lines = known.asked;
    for line in &mut lines {
        line.pay_by = payment.pay_by;
    }
    let pay = PayFirst {
        case: payment.case,
        lines,
        authority: Authority::Signed { authority },
        cash_reason: private.put("cash-reason", &payment.cash_reason),
        receipt: private.put("recipient", &payment.receipt),
        witness: private.put("witness", &payment.witness),
        blank: compose::emergency::blank(&payment.blank),
        handed_over: None,
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    Ok((Command::Direct(pay), private))
}

fn gone(field: &'static str) -> Gap {
    Gap { field, sentence: "找不到这一件，请按F5刷新".to_owned() }
}
