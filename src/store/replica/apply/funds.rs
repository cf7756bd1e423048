//! The books: vouchers, postings, balances.

use super::Page;
use crate::base::money::Money;
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, Posting, balances};
use crate::domain::powers;
use crate::domain::reserve::advanced;
use crate::store::replica::bind::word;
use crate::store::replica::fault::Result;

impl Page<'_> {
    pub(super) fn money(&self, fact: &Fact) -> Result<()> {
        let Fact::MoneyMoved { why, voucher, township, on, postings, purpose, case, line, text } = fact
        else {
            return Ok(());
        };
        // Asked only where the answer could be no: most entries of a log pay.
        let asked = powers::is_fed(postings, case.is_some()) || !balances(postings);
        if asked && !self.takes_effect(fact)? {
            return Ok(());
        }
        let seq = self.add(
            "INSERT INTO voucher(n, why, voucher, township, on_day, purpose, case_id, line, by, text)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
            (
                self.n,
                word(why)?,
                voucher,
                township,
                on,
                word(purpose)?,
                case,
                line,
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
        if let (Some(case), Some(line)) = (case, line) {
            match why.pays_line() {
                Some(false) => {
                    self.run("DELETE FROM line_voucher WHERE case_id = ?1 AND line = ?2", (case, line))?
                }
                None => 0,
                Some(true) => self.run(
                    "INSERT OR REPLACE INTO line_voucher(case_id, line, voucher) VALUES (?1, ?2, ?3)",
                    (case, line, seq),
                )?,
            };
        }
        if *why == MoveKind::Allotted {
            self.allotted(*township)?;
        }
        if let Some((of, fund, put_in)) = advanced(*why, postings) {
            self.put_in(of, fund, put_in)?;
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
        let township = posting.account.township();
        let case = match posting.account {
            Account::Outlay(_, case) => Some(case),
            _ => None,
        };
        self.run(
            "INSERT OR REPLACE INTO balance(account, township, case_id, fen) VALUES (?1, ?2, ?3, ?4)",
            (posting.account, township, case, before + posting.amount),
        )?;
        Ok(())
    }
}
