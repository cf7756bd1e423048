//! Paying out by bank in the script: accounts, batches, what the bank answered.

use super::{Script, Told, When};
use crate::base::codes;
use crate::domain::command::Command;
use crate::domain::command::payout::{CheckBatch, OpenBatch, ReadReturn, ReturnRow, SendBatch, ToPay};
use crate::domain::grant::{Line, total};
use crate::domain::ids::BatchId;
use crate::domain::nouns::{AccountKind, Fund, Payee, ReturnReason};
use crate::domain::private::Private;
use crate::office::payout::account::{Typed, marked};
use crate::office::payout::hash;
use crate::office::random;
use crate::store::fault::Fault;

/// The bank that pays in practice.
const BANK: &str = "县农信联社";

/// A batch of the script.
pub(in super::super) struct Batched {
    batch: BatchId,
    lines: Vec<(ToPay, Line)>,
}

impl Batched {
    fn sum(&self) -> crate::base::money::Money {
        total(&self.lines.iter().map(|(_, line)| line.clone()).collect::<Vec<_>>())
    }
}

impl Script<'_> {
    /// 登记账户 of the person himself.
    pub(in super::super) fn account(
        &mut self,
        when: When,
        by: &'static str,
        told: &Told,
    ) -> Result<(), Fault> {
        let (number, holder) = (told.home.details.account.clone(), told.home.name.clone());
        self.account_of(
            when,
            by,
            &Typed {
                case: told.case,
                payee: Payee::Self_,
                kind: AccountKind::Card,
                number: &number,
                holder: &holder,
                bank: BANK,
                letter: "",
                relation: "",
            },
        )
    }

    /// 登记账户 of a child for one of the old, which an approver allows.
    pub(in super::super) fn account_of_child(
        &mut self,
        when: When,
        by: &'static str,
        told: &Told,
        holder: &str,
    ) -> Result<(), Fault> {
        let son = codes::relation().iter().find(|known| known.code.starts_with('2'));
        self.account_of(
            when,
            by,
            &Typed {
                case: told.case,
                payee: Payee::Child,
                kind: AccountKind::Passbook,
                number: &told.home.details.account,
                holder,
                bank: BANK,
                letter: "老人说明1页，按手印",
                relation: son.map_or("20", |known| known.code),
            },
        )
    }

    fn account_of(&mut self, when: When, by: &'static str, typed: &Typed<'_>) -> Result<(), Fault> {
        let (command, private) = marked(self.key, typed)?;
        self.say(when, by, vec![(Command::NoteAccount(command), private)]);
        Ok(())
    }

    /// 建立批次 of every line of some cases.
    pub(in super::super) fn batch(
        &mut self,
        when: When,
        by: &'static str,
        fund: Fund,
        cases: &[&Told],
    ) -> Result<Batched, Fault> {
        let batch = BatchId(random::bytes()?);
        let of = |told: &&Told| {
            let case = told.case;
            let each = told.lines.iter().map(move |line| (ToPay { case, line: line.line }, line.clone()));
            each.collect::<Vec<_>>()
        };
        let batched = Batched { batch, lines: cases.iter().flat_map(of).collect() };
        let lines = batched.lines.iter().map(|(chosen, _)| *chosen).collect();
        let open = OpenBatch { batch, bank: BANK.to_owned(), fund, lines };
        self.say(when, by, vec![(Command::OpenBatch(open), Private::default())]);
        Ok(batched)
    }

    /// 复核批次.
    pub(in super::super) fn check(&mut self, when: When, by: &'static str, batch: &Batched) {
        let count = u32::try_from(batch.lines.len()).unwrap_or(u32::MAX);
        let check = CheckBatch { batch: batch.batch, total: batch.sum(), count };
        self.say(when, by, vec![(Command::CheckBatch(check), Private::default())]);
    }

    /// 提交银行; the file's hash is filled in when it is played.
    pub(in super::super) fn send(&mut self, when: When, by: &'static str, batch: &Batched) {
        let send = SendBatch { batch: batch.batch, file: String::new() };
        self.say(when, by, vec![(Command::SendBatch(send), Private::default())]);
    }

    /// 读入回盘: one row sent back, the others paid.
    pub(in super::super) fn answered(
        &mut self,
        when: When,
        by: &'static str,
        batch: &Batched,
        back: (usize, ReturnReason),
    ) {
        let row = |(at, (_, line)): (usize, &(ToPay, Line))| {
            let seq = u32::try_from(at + 1).unwrap_or(u32::MAX);
            let returned = (at == back.0).then_some(back.1);
            ReturnRow { row: seq + 1, seq, amount: line.amount, returned }
        };
        let rows = batch.lines.iter().enumerate().map(row).collect();
        let read = ReadReturn { batch: batch.batch, file: hash(&batch.batch.0), rows };
        self.say(when, by, vec![(Command::ReadReturn(read), Private::default())]);
    }
}
