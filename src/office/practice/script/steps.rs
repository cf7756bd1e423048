//! The steps of a case after it was opened.

use super::{Script, Told, When};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::approval::{
    Approve, HoldMeeting, PassUp, Ratify, Refuse, Return, Submit, Terminate, Withdraw,
};
use crate::domain::command::emergency::{Authorise, Authority, LiftBrake, PaidFrom, PayFirst, RecordPaid};
use crate::domain::command::funds::{Pay, Repay};
use crate::domain::command::intake::NotePerson;
use crate::domain::command::papers::{Close, CompleteItem, Reverse, Reversed, StillUrgent};
use crate::domain::fund::Till;
use crate::domain::grant::{Line, total};
use crate::domain::ids::{AuthorityId, Text};
use crate::domain::nouns::{ItemKind, LineKind, MeetingKind, PayBy};
use crate::domain::office::Tier;
use crate::domain::private::Private;
use crate::office::compose::Draft;
use crate::office::random;
use crate::store::fault::Fault;
use std::collections::BTreeSet;

/// By whose word the script pays first.
#[derive(Clone, Copy, Debug)]
pub(in super::super) enum Word {
    /// An authorisation signed before.
    Signed(AuthorityId),
    /// An approver of the township by telephone.
    Telephone(&'static str),
    /// A county approver with a code.
    Code(&'static str, &'static str),
    /// A county approver without one.
    Unverified(&'static str),
    /// Nobody.
    Nobody,
}

/// What may turn up at the year's edge, whatever the day is: gone on in spite of, with a reason.
fn edges() -> BTreeSet<Code> {
    BTreeSet::from([Code::YearEdge, Code::RepeatLikely])
}

impl Script<'_> {
    /// 报批 to a tier.
    pub(in super::super) fn submit(&mut self, when: When, told: &Told, to: Tier) {
        let mut private = Private::default();
        let note = private.put("note", "情况属实，拟同意，请审批");
        let submit = Submit {
            case: told.case,
            lines: None,
            to,
            note,
            overrides: BTreeSet::new(),
            override_reason: None,
        };
        self.say(when, told.by, vec![(Command::Submit(submit), private)]);
    }

    /// 审批同意, all of it.
    pub(in super::super) fn approve(&mut self, when: When, by: &'static str, told: &Told) {
        self.approve_with(when, by, told, told.lines.clone(), "", "");
    }

    /// 审批同意 of some lines, with a remark, and with the county's reason for a second grant.
    pub(in super::super) fn approve_with(
        &mut self,
        when: When,
        by: &'static str,
        told: &Told,
        lines: Vec<Line>,
        remark: &str,
        second: &str,
    ) {
        let mut private = Private::default();
        let note = private.put("note", remark);
        let second_grant = private.put("second", second);
        let override_reason = private.put("override", "跨年仍有困难，情况属实");
        let approve =
            Approve { case: told.case, lines, note, second_grant, overrides: edges(), override_reason };
        self.say(when, by, vec![(Command::Approve(approve), private)]);
    }

    /// 退回补正.
    pub(in super::super) fn give_back(&mut self, when: When, by: &'static str, told: &Told, why: &str) {
        self.with_reason(when, by, why, |reason| Command::Return(Return { case: told.case, reason }));
    }

    /// 不予救助.
    pub(in super::super) fn refuse(&mut self, when: When, by: &'static str, told: &Told, why: &str) {
        self.with_reason(when, by, why, |reason| Command::Refuse(Refuse { case: told.case, reason }));
    }

    /// 报县局.
    pub(in super::super) fn pass_up(&mut self, when: When, by: &'static str, told: &Told, why: &str) {
        self.with_reason(when, by, why, |reason| Command::PassUp(PassUp { case: told.case, reason }));
    }

    /// 撤回.
    pub(in super::super) fn withdraw(&mut self, when: When, told: &Told, why: &str) {
        self.with_reason(when, told.by, why, |reason| {
            Command::Withdraw(Withdraw { case: told.case, reason })
        });
    }

    /// The applicant died: noted, and the case ended.
    pub(in super::super) fn die(&mut self, when: When, told: &Told, on: Day) {
        let mut noted = Private::default();
        noted.people.insert(told.home.head, told.home.details.clone());
        let reason = noted.put("person-reason", "村委会报告死亡");
        let note = NotePerson {
            person: told.home.head,
            resident: told.home.resident,
            without_papers: None,
            died: Some(on),
            reason,
        };
        let mut private = Private::default();
        let reason = private.put("reason", "申请人死亡，无其他家庭成员");
        let end = Terminate { case: told.case, reason };
        self.say(when, told.by, vec![(Command::NotePerson(note), noted), (Command::Terminate(end), private)]);
    }

    /// 会议纪要.
    pub(in super::super) fn meet(&mut self, when: When, by: &'static str, told: &Told, tier: Tier, fen: i64) {
        let mut private = Private::default();
        let minutes = private
            .put("minutes", "到会5人：分管领导、民政、财政、村书记、驻村干部。一致同意按急难救助办理。");
        let on = self.days.at(when.0, when.1).day();
        let amount = Money::from_fen(fen);
        let kind = (tier == Tier::County).then_some(if fen > 500_000 {
            MeetingKind::Bureau
        } else {
            MeetingKind::Consult
        });
        let meeting = HoldMeeting {
            case: told.case,
            on,
            tier,
            kind,
            present: 5,
            amount,
            minutes,
            paper: Default::default(),
            also: Vec::new(),
        };
        self.say(when, by, vec![(Command::HoldMeeting(meeting), private)]);
    }

    /// 追认.
    pub(in super::super) fn ratify(
        &mut self,
        when: When,
        by: &'static str,
        told: &Told,
        fen: i64,
        why: &str,
    ) {
        let amount = Money::from_fen(fen);
        self.with_reason(when, by, why, |reason| Command::Ratify(Ratify { case: told.case, amount, reason }));
    }

    /// 先行授权.
    pub(in super::super) fn authorise(
        &mut self,
        when: When,
        by: &'static str,
        told: &Told,
    ) -> Result<Word, Fault> {
        let authority = AuthorityId(random::bytes()?);
        let amount = total(&told.lines);
        let authorise = Authorise { authority, case: told.case, amount };
        self.say(when, by, vec![(Command::Authorise(authorise), Private::default())]);
        Ok(Word::Signed(authority))
    }

    fn authority(&self, when: When, word: Word, private: &mut Private) -> Authority {
        let at = self.days.at(when.0, when.1);
        match word {
            Word::Signed(authority) => Authority::Signed { authority },
            Word::Telephone(by) => {
                Authority::Telephone { by: by.into(), at, number: private.put("telephone", "13000000000") }
            }
            Word::Code(by, code) => Authority::Code { by: by.into(), code: code.to_owned(), at },
            Word::Unverified(by) => Authority::Unverified { by: by.into(), at },
            Word::Nobody => Authority::Nobody {},
        }
    }

    fn first(&self, when: When, told: &Told, word: Word, lines: Vec<Line>) -> (PayFirst, Private) {
        let mut private = Private::default();
        let authority = self.authority(when, word, &mut private);
        let cash = told.plan.pay_by == PayBy::Cash;
        let cash_reason = private.put("cash-reason", if cash { "急难先行" } else { "" });
        let receipt = private.put("recipient", &told.home.name);
        let witness = private.put("witness", "村会计王五");
        let mut overrides = edges();
        overrides.insert(Code::SplitTierFirst);
        let override_reason = private.put("override", "确属两件急事，人命关天");
        let pay = PayFirst {
            case: told.case,
            lines,
            authority,
            cash_reason,
            receipt,
            witness,
            blank: told.plan.blank.clone(),
            handed_over: None,
            overrides,
            override_reason,
        };
        (pay, private)
    }

    /// 直接救助; what goes by bank goes to the account that was noted at the window.
    pub(in super::super) fn direct(&mut self, when: When, told: &Told, word: Word) -> Result<(), Fault> {
        self.card(when, told)?;
        let (pay, private) = self.first(when, told, word, told.lines.clone());
        self.say(when, told.by, vec![(Command::Direct(pay), private)]);
        Ok(())
    }

    fn card(&mut self, when: When, told: &Told) -> Result<(), Fault> {
        match told.plan.pay_by {
            PayBy::Bank => self.account(when, told.by, told),
            PayBy::Cash => Ok(()),
        }
    }

    /// 预支 of some lines.
    pub(in super::super) fn advance(
        &mut self,
        when: When,
        told: &Told,
        word: Word,
        lines: Vec<Line>,
    ) -> Result<(), Fault> {
        self.card(when, told)?;
        let (pay, private) = self.first(when, told, word, lines);
        self.say(when, told.by, vec![(Command::Advance(pay), private)]);
        Ok(())
    }

    /// 已付补记 of what a village cadre paid.
    pub(in super::super) fn record(&mut self, when: When, told: &Told, word: Word, from: PaidFrom) {
        let mut private = Private::default();
        let authority = self.authority(when, word, &mut private);
        let record = RecordPaid {
            case: told.case,
            lines: told.lines.clone(),
            at: self.days.at(when.0, when.1).plus_minutes(-90),
            officer: None,
            payer: private.put("payer", "村书记李四"),
            receipt: private.put("recipient", &told.home.name),
            witness: private.put("witness", "村会计王五"),
            from,
            authority,
            blank: None,
        };
        self.say(when, told.by, vec![(Command::RecordPaid(record), private)]);
    }

    /// 急需先办.
    pub(in super::super) fn lift(&mut self, when: When, by: &'static str, handler: &'static str, why: &str) {
        let handler = handler.into();
        self.with_reason(when, by, why, |reason| {
            Command::LiftBrake(LiftBrake { handler, by_telephone: None, reason })
        });
    }

    /// 发放 every line; what goes by bank goes to the account that is noted for it first.
    pub(in super::super) fn pay(&mut self, when: When, by: &'static str, told: &Told) -> Result<(), Fault> {
        if told.lines.iter().any(|line| line.kind == LineKind::Money && line.pay_by == PayBy::Bank) {
            self.account(when, by, told)?;
        }
        let on = self.days.at(when.0, when.1).day();
        let drafts = told.lines.iter().map(|line| {
            let mut private = Private::default();
            let cash = line.pay_by == PayBy::Cash;
            let pay = Pay {
                case: told.case,
                line: line.line,
                pay_by: line.pay_by,
                on,
                cash_reason: private.put("cash-reason", if cash { "本人无银行卡" } else { "" }),
                receipt: private.put("recipient", &told.home.name),
                witness: private.put("witness", "村会计王五"),
            };
            (Command::Pay(pay), private)
        });
        let drafts: Vec<Draft> = drafts.collect();
        self.say(when, by, drafts);
        Ok(())
    }

    /// 归垫.
    pub(in super::super) fn repay(&mut self, when: When, by: &'static str, told: &Told) {
        let amount = total(&told.lines);
        let case = told.case;
        self.with_text(when, by, "receipt", "收据0031号，村书记李四收", |receipt| {
            Command::Repay(Repay { case, amount, till: Till::Cash, receipt })
        });
    }

    /// 补手续 of some papers.
    pub(in super::super) fn complete(
        &mut self,
        when: When,
        by: &'static str,
        told: &Told,
        items: &[ItemKind],
    ) {
        let on = self.days.at(when.0, when.1).day();
        let complete = |item: &ItemKind| {
            (Command::CompleteItem(CompleteItem { case: told.case, item: *item, on }), Private::default())
        };
        self.say(when, by, items.iter().map(complete).collect());
    }

    /// 急难未缓解 until so many days later.
    pub(in super::super) fn still(&mut self, when: When, told: &Told, days: i64, why: &str) {
        let until = self.days.at(when.0, when.1).day().plus(days);
        self.with_reason(when, told.by, why, |reason| {
            Command::StillUrgent(StillUrgent { case: told.case, until, reason })
        });
    }

    /// 办结.
    pub(in super::super) fn close(&mut self, when: When, told: &Told) {
        self.say(when, told.by, vec![(Command::Close(Close { case: told.case }), Private::default())]);
    }

    /// 冲正 of one payment.
    pub(in super::super) fn unpay(&mut self, when: When, by: &'static str, told: &Told, why: &str) {
        let Some(line) = told.lines.first().map(|line| line.line) else { return };
        let reversed = Reversed::Payment { line };
        self.with_reason(when, by, why, |reason| {
            Command::Reverse(Reverse { case: told.case, reversed, reason })
        });
    }

    pub(super) fn with_reason(
        &mut self,
        when: When,
        by: &'static str,
        why: &str,
        make: impl FnOnce(Option<Text>) -> Command,
    ) {
        self.with_text(when, by, "reason", why, make);
    }

    pub(super) fn with_text(
        &mut self,
        when: When,
        by: &'static str,
        slot: &str,
        text: &str,
        make: impl FnOnce(Option<Text>) -> Command,
    ) {
        let mut private = Private::default();
        let text = private.put(slot, text);
        self.say(when, by, vec![(make(text), private)]);
    }
}
