//! The books: vouchers, postings, balances.

use super::Page;
use crate::base::money::Money;
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, Posting};
use crate::domain::ids::{CaseId, LineId};
use crate::store::replica::bind::word;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn money(&mut self, fact: &Fact) -> Result<()> {
        let Fact::MoneyMoved { why, voucher, township, on, postings, purpose, case, text } = fact else {
            return Ok(());
        };
        let seq = self.add(
            "INSERT INTO voucher(n, why, voucher, township, on_day, purpose, case_id, line, by, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, NULL, ?8, ?9)",
            (
                self.n,
                word(why)?,
                voucher,
                township,
                on,
                word(purpose)?,
                case,
                self.entry.author,
                self.words(text),
            ),
        )?;
        for (pos, posting) in postings.iter().enumerate() {
            self.run(
                "INSERT INTO posting(account, on_day, seq, pos, amount) VALUES (?1, ?2, ?3, ?4, ?5)",
                (posting.account, on, seq, pos as i64, posting.amount),
            )?;
            self.post(posting)?;
        }
        if let (MoveKind::Paid, Some(case)) = (why, case) {
            self.voucher_meets_line(*case, seq)?;
        }
        self.numbered_voucher(voucher, *township, *on)
    }

    fn post(&self, posting: &Posting) -> Result<()> {
        let mut before = self.db.prepare_cached("SELECT fen FROM balance WHERE account = ?1")?;
        let mut rows = before.query([posting.account])?;
        let before: Money = match rows.next()? {
            Some(row) => row.get(0)?,
            None => Money::ZERO,
        };
        let (township, case) = match posting.account {
            Account::Reserve(township, _) | Account::Spent(township) => (Some(township), None),
            Account::Outlay(township, case) => (Some(township), Some(case)),
            Account::County => (None, None),
        };
        self.run(
            "INSERT OR REPLACE INTO balance(account, township, case_id, fen) VALUES (?1, ?2, ?3, ?4)",
            (posting.account, township, case, before + posting.amount),
        )?;
        Ok(())
    }

    /// A line paid by this entry finds its voucher, whichever of the two facts stands first.
    pub(super) fn line_meets_voucher(&mut self, case: CaseId, line: LineId) -> Result<()> {
        match self.unlinked.iter().position(|(of, _)| *of == case) {
            Some(at) => {
                let (_, seq) = self.unlinked.remove(at);
                self.link(case, line, seq)
            }
            None => {
                self.unpaid.push((case, line));
                Ok(())
            }
        }
    }

    fn voucher_meets_line(&mut self, case: CaseId, seq: i64) -> Result<()> {
        match self.unpaid.iter().position(|(of, _)| *of == case) {
            Some(at) => {
                let (_, line) = self.unpaid.remove(at);
                self.link(case, line, seq)
            }
            None => {
                self.unlinked.push((case, seq));
                Ok(())
            }
        }
    }

    fn link(&self, case: CaseId, line: LineId, seq: i64) -> Result<()> {
        self.run("UPDATE line_paid SET voucher = ?3 WHERE case_id = ?1 AND line = ?2", (case, line, seq))?;
        self.run("UPDATE voucher SET line = ?2 WHERE seq = ?1", (seq, line))?;
        Ok(())
    }
}
