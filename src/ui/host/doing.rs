//! Doing a deed: composed, signed, kept, and handed to the worker; the draft it came from goes with it.

use super::{Host, Pending, path};
use crate::domain::answers::Answers as _;
use crate::domain::code::Code;
use crate::domain::ids::CaseId;
use crate::domain::refusal::Refusal;
use crate::office::compose::Halt;
use crate::office::front::codes::{CodeDeed, code_of};
use crate::office::front::deed::{Concluded, Deed};
use crate::office::worker::Standing;
use crate::store::fault::{Fault, FaultKind};
use crate::ui::product::Reply;
use crate::ui::stack::ScreenId;

/// Above the pack's sum the password must have been given within so many minutes.
const JUST_NOW: i64 = 1;

impl Host {
    /// Does a deed for a screen.
    pub(super) fn doing(&mut self, from: ScreenId, deed: &Deed, draft: u64) {
        match self.try_doing(from, deed, draft) {
            Ok(()) => {}
            Err(Halt::Gaps(gaps)) => {
                let refusals = gaps
                    .into_iter()
                    .map(|gap| Refusal::new(Code::Unknown, gap.field, gap.sentence))
                    .collect();
                self.send(Some(from), Reply::Refused(refusals));
            }
            Err(Halt::Fault(fault)) => self.send(Some(from), Reply::Failed(fault.to_string())),
        }
    }

    fn try_doing(&mut self, from: ScreenId, deed: &Deed, draft: u64) -> Result<(), Halt> {
        self.check_run(deed)?;
        if let Deed::Codes(CodeDeed::Issue) = deed {
            return Ok(self.make_sheet(from)?);
        }
        let drafts = self.front.compose(deed)?;
        if drafts.is_empty() {
            return Err(Halt::Fault(Fault::new(FaultKind::User, "没有要办的内容", "请先填写，或按F3返回")));
        }
        let code_of = code_of(&drafts).cloned();
        if code_of.is_some() {
            self.front.may_give_codes()?;
        }
        let kept = if draft == 0 { None } else { self.front.draft(draft).ok() };
        let said = self.said_of(deed);
        let group = self.front.give(drafts, draft)?;
        self.count_waiting();
        self.pending.insert(
            group,
            Pending {
                deed: true,
                draft: kept,
                code_of,
                next_of: path::next_of(deed),
                ..Pending::of(from, said)
            },
        );
        if self.drive == Standing::hangs() {
            self.say_held();
        }
        Ok(())
    }

    /// What is said when it is done, with the number of the case that was there before.
    fn said_of(&self, deed: &Deed) -> String {
        let case = case_of(deed).and_then(|case| self.front.reader().ok()?.case(case));
        match case {
            Some(case) => format!("{} {}", case.number, said(deed)),
            None => said(deed).to_owned(),
        }
    }

    /// Approvals are signed within a run that the password opened; above the pack's sum the password is given each time.
    fn check_run(&self, deed: &Deed) -> Result<(), Fault> {
        let amount = match deed {
            Deed::Conclude(conclusion) => match conclusion.what {
                Concluded::Approve(amount) | Concluded::ApproveSecond(amount) | Concluded::Ratify(amount) => {
                    Some(amount)
                }
                Concluded::Refuse | Concluded::Return | Concluded::PassUp => None,
            },
            Deed::Authorise(_, amount) => Some(*amount),
            Deed::County(deed) => match deed.signed_for() {
                Some(amount) => amount,
                None => return Ok(()),
            },
            // Keys, roles and codes: the password each time.
            Deed::Officers(_) | Deed::Codes(_) => return self.just_given(),
            Deed::Money(deed) if deed.asks_password() => return self.just_given(),
            _ => return Ok(()),
        };
        let now = self.front.now();
        if self.run_until.is_none_or(|until| until <= now) {
            return Err(Fault::new(FaultKind::User, "签批时段已结束", "请再按F10，输入密码后签批"));
        }
        let asked_each_time = amount.is_some_and(|amount| amount > self.front.password_above());
        let just_given = self.run_opened.is_some_and(|given| given.minutes_until(now) <= JUST_NOW);
        if asked_each_time && !just_given {
            return Err(Fault::new(
                FaultKind::User,
                "这一笔金额较大，须再输一次密码",
                "请再按F10，输入密码后签批",
            ));
        }
        Ok(())
    }
}

impl Host {
    /// The password was given just now, for this one deed.
    fn just_given(&self) -> Result<(), Fault> {
        let now = self.front.now();
        if self.run_opened.is_some_and(|given| given.minutes_until(now) <= JUST_NOW) {
            return Ok(());
        }
        Err(Fault::new(
            FaultKind::User,
            "操作员、密钥、授权码单和资金的事每次都要输密码",
            "请再按F10，输入密码后办理",
        ))
    }
}

/// The case that a deed is about; none where it opens one.
fn case_of(deed: &Deed) -> Option<CaseId> {
    match deed {
        Deed::Papers(case, _)
        | Deed::Submit(case, ..)
        | Deed::Authorise(case, _)
        | Deed::Repay(case, ..)
        | Deed::Meeting(case, ..)
        | Deed::Withdraw(case, _)
        | Deed::Terminate(case, _)
        | Deed::Close(case)
        | Deed::Reverse(case, ..) => Some(*case),
        Deed::Path(deed) => deed.case(),
        Deed::Conclude(conclusion) => Some(conclusion.case),
        Deed::Arrange(arranged) => arranged.case(),
        Deed::Paper(deed) => deed.case(),
        Deed::County(deed) => deed.case(),
        Deed::Pay(payment) | Deed::PayOnAuthority(payment, _) => Some(payment.case),
        Deed::Emergency { .. }
        | Deed::Lead(..)
        | Deed::AnswerLead(_)
        | Deed::EndLead(..)
        | Deed::Correct(..)
        | Deed::LiftBrake(..)
        | Deed::Trust(_)
        | Deed::People(_)
        | Deed::Codes(_)
        | Deed::Goods(_)
        | Deed::Partner(_)
        | Deed::Registers(_)
        | Deed::Allot(..)
        | Deed::Officers(_)
        | Deed::MoveReserve(..) => None,
        Deed::Money(deed) => deed.case(),
    }
}

/// What is said when a deed is done.
fn said(deed: &Deed) -> &'static str {
    match deed {
        Deed::Emergency { answers, .. } => match answers.text("handling") {
            "direct" => "已先行救助，手续待补",
            "advance" => "已预支，手续待补",
            "record_paid" => "已补记",
            _ => "已报批",
        },
        Deed::Lead(..) => "线索已登记",
        Deed::AnswerLead(_) => "已记到场",
        Deed::EndLead(..) => "线索已了结",
        Deed::Path(deed) => deed.said(),
        Deed::Paper(deed) => deed.said(),
        Deed::People(deed) => deed.said(),
        Deed::Goods(deed) => deed.said(),
        Deed::Partner(deed) => deed.said(),
        Deed::Registers(deed) => deed.said(),
        Deed::Papers(..) => "补登记已保存",
        Deed::Correct(..) => "人员信息已更正",
        Deed::Arrange(arranged) => arranged.said(),
        Deed::Submit(..) => "已报批",
        Deed::Conclude(conclusion) => match conclusion.what {
            Concluded::Approve(_) | Concluded::ApproveSecond(_) => "已同意",
            Concluded::Refuse => "已不同意",
            Concluded::Return => "已退回",
            Concluded::PassUp => "已报县局",
            Concluded::Ratify(_) => "已追认",
        },
        Deed::Authorise(..) => "已授权先行救助",
        Deed::PayOnAuthority(..) => "已先行救助，手续待补",
        Deed::Pay(_) => "已发放",
        Deed::Repay(..) => "已归垫",
        Deed::Trust(deed) => deed.said(),
        Deed::LiftBrake(..) => "已准许急需先办一次",
        Deed::Meeting(..) => "会议纪要已登记",
        Deed::Withdraw(..) => "已撤回",
        Deed::Terminate(..) => "已终止",
        Deed::Close(_) => "已办结",
        Deed::Reverse(..) => "已冲正",
        Deed::Allot(..) => "已拨入",
        Deed::MoveReserve(..) => "已登账",
        Deed::Officers(deed) => deed.said(),
        Deed::Codes(deed) => deed.said(),
        Deed::County(deed) => deed.said(),
        Deed::Money(deed) => deed.said(),
    }
}
