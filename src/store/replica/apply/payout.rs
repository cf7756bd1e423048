//! Accounts, batches, returns, what was given back, the year's end, the count of cash.

use super::Page;
use crate::domain::fact::Fact;
use crate::domain::nouns::BatchState;
use crate::store::replica::answers::payout::{PAID, SENT_BACK};
use crate::store::replica::fault::{ReplicaFault, Result};

impl Page<'_> {
    pub(super) fn payout(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::AccountNoted {
                account,
                case,
                payee,
                owner,
                kind,
                mark,
                number,
                holder,
                bank,
                letter,
                relation,
            } => {
                if self.has_case(*case)? {
                    let word = |slot| self.words(slot);
                    let (number, holder) = (Some(number.clone()), Some(holder.clone()));
                    let sql = "INSERT INTO account(id, case_id, payee, owner, kind, mark, number, holder, bank, letter,
                         relation, by, on_day, n)
                       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";
                    let row = (
                        account,
                        case,
                        payee,
                        owner,
                        kind,
                        mark,
                        word(&number),
                        word(&holder),
                        word(bank),
                        word(letter),
                        relation,
                        self.entry.author,
                        self.now().day(),
                        self.n,
                    );
                    self.add(sql, row)?;
                }
            }
            Fact::LineGivenBack { case, line, amount, on, receipt } => {
                self.add(
                    "INSERT INTO given_back(case_id, line, amount, on_day, receipt, by, n)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    (case, line, amount, on, self.words(receipt), self.entry.author, self.n),
                )?;
            }
            Fact::YearClosed { year, on, carried } => {
                let carried = serde_json::to_string(carried).map_err(|_| ReplicaFault::Unreadable)?;
                self.run(
                    "INSERT OR REPLACE INTO year_closed(year, on_day, by, carried) VALUES (?1, ?2, ?3, ?4)",
                    (year, on, self.entry.author, carried),
                )?;
            }
            Fact::CashCounted { township, on, keeper, by, counted, book, reason } => {
                self.add(
                    "INSERT INTO cash_count(township, on_day, keeper, by, counted, book, reason, n)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
                    (township, on, keeper, by, counted, book, self.words(reason), self.n),
                )?;
            }
            _ => self.batch(fact)?,
        }
        Ok(())
    }

    fn batch(&self, fact: &Fact) -> Result<()> {
        match fact {
            Fact::BatchOpened { batch, number, bank, fund, on, by } => {
                // an id that comes twice names the first
                self.run(
                    "INSERT OR IGNORE INTO batch(id, number, bank, fund, state, opened, by)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    (batch, number, bank, fund, BatchState::Open, on, by),
                )?;
                self.numbered_batch(number)?;
            }
            Fact::LineBatched { batch, case, line, account, amount } => {
                self.run(
                    "INSERT INTO batch_line(batch, pos, case_id, line, account, amount)
                     SELECT id, 1 + (SELECT count(*) FROM batch_line WHERE batch = ?1), ?2, ?3, ?4, ?5
                     FROM batch WHERE id = ?1",
                    (batch, case, line, account, amount),
                )?;
            }
            Fact::BatchChecked { batch, by, .. } => {
                self.run(
                    "UPDATE batch SET state = ?2, checked_by = ?3 WHERE id = ?1",
                    (batch, BatchState::Checked, by),
                )?;
            }
            Fact::BatchSent { batch, by, on, file, .. } => {
                self.run(
                    "UPDATE batch SET state = ?2, sent_by = ?3, sent = ?4, file = ?5 WHERE id = ?1",
                    (batch, BatchState::Sent, by, on, file),
                )?;
            }
            Fact::BatchDropped { batch, reason } => {
                self.run(
                    "UPDATE batch SET state = ?2, reason = ?3 WHERE id = ?1",
                    (batch, BatchState::Dropped, self.words(reason)),
                )?;
            }
            Fact::ReturnRead { batch, file, on, paid, returned } => {
                self.run(
                    "INSERT OR IGNORE INTO return_file(file, batch, on_day, paid, returned, by, n)
                     VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                    (file, batch, on, paid, returned, self.entry.author, self.n),
                )?;
                let changed =
                    self.run("UPDATE batch SET state = ?2 WHERE id = ?1", (batch, BatchState::Returned))?;
                if changed > 0 {
                    // what the bank does not send back is paid: the facts behind this one say what it sent back
                    let sql = "UPDATE batch_line SET ended = ?2 WHERE batch = ?1 AND ended IS NULL";
                    self.run(sql, (batch, PAID))?;
                }
            }
            Fact::LineReturned { batch, case, line, account, reason } => {
                self.run(
                    "UPDATE batch_line SET ended = ?4, reason = ?5 WHERE batch = ?1 AND case_id = ?2 AND line = ?3",
                    (batch, case, line, SENT_BACK, reason),
                )?;
                if reason.wants_account() {
                    self.run(
                        "INSERT OR REPLACE INTO account_refused(account, reason, on_day) VALUES (?1, ?2, ?3)",
                        (account, reason, self.now().day()),
                    )?;
                }
            }
            _ => {}
        }
        Ok(())
    }
}
