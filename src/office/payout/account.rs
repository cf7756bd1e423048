//! The mark of an account (账户标记): its keyed hash, so that rules see one account serve many households and nobody reads
//! a number off the log.

use crate::base::account::Account;
use crate::domain::command::payout::NoteAccount;
use crate::domain::ids::{AccountId, CaseId};
use crate::domain::nouns::{AccountKind, Payee};
use crate::domain::private::Private;
use crate::ledger::CountyId;
use crate::office::import::RowKey;
use crate::office::random;
use crate::office::session::Session;
use crate::store::fault::{Fault, FaultKind};
use std::collections::BTreeSet;

/// What is typed of an account.
pub struct Typed<'a> {
    /// The case.
    pub case: CaseId,
    /// Who takes the money.
    pub payee: Payee,
    /// What kind.
    pub kind: AccountKind,
    /// 账号.
    pub number: &'a str,
    /// 户名.
    pub holder: &'a str,
    /// 开户行.
    pub bank: &'a str,
    /// 委托书.
    pub letter: &'a str,
    /// GB/T 4761; empty for none.
    pub relation: &'a str,
}

/// The command that notes an account.
///
/// # Errors
/// A number that is none; a session without a data key.
pub fn noted(
    session: &Session,
    county: CountyId,
    typed: &Typed<'_>,
) -> Result<(NoteAccount, Private), Fault> {
    marked(&RowKey::of(session, county)?, typed)
}

/// The same under a key that was drawn before.
///
/// # Errors
/// A number that is none; no random source.
pub fn marked(key: &RowKey, typed: &Typed<'_>) -> Result<(NoteAccount, Private), Fault> {
    let number = Account::parse(typed.number)
        .map_err(|problem| Fault::new(FaultKind::User, problem.to_string(), "请对着卡或存折重新输入"))?;
    let mut private = Private::default();
    let args = NoteAccount {
        account: AccountId(random::bytes()?),
        case: typed.case,
        payee: typed.payee,
        owner: None,
        kind: typed.kind,
        mark: hex::encode(key.mark(format!("account-1\n{}", number.as_str()).as_bytes())),
        check_digit: number.luhn_ok(),
        number: private.put("account", number.as_str()),
        holder: private.put("holder", typed.holder),
        bank: private.put("bank", typed.bank),
        letter: private.put("letter", typed.letter),
        relation: Some(typed.relation.trim().to_owned()).filter(|code| !code.is_empty()),
        overrides: BTreeSet::new(),
        override_reason: None,
    };
    Ok((args, private))
}
