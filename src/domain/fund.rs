//! Money's accounts (账户): double entry, in fen. A cash account never goes below zero; what was paid beyond it stands
//! under 应付垫付款 until it is repaid (归垫).

use super::ids::{BatchId, CaseId};
use super::nouns::Fund;
use crate::base::money::Money;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::fmt;

/// A till of the reserve fund (备用金).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Till {
    /// 库存现金.
    Cash,
    /// 银行存款.
    Bank,
}

impl Till {
    /// The word on screens.
    pub fn zh(self) -> &'static str {
        match self {
            Till::Cash => "现金",
            Till::Bank => "存款",
        }
    }
}

/// What money of the reserve is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Purpose {
    /// 临时救助.
    Assistance,
    /// 工作经费: never out of this fund (E-FUND-PURPOSE).
    OfficeCosts,
    /// 其他项目: never out of this fund (E-FUND-PURPOSE).
    OtherScheme,
}

/// An account of the books.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// The reserve of a township, in hand or at the bank.
    Reserve(u16, Till),
    /// 应付垫付款 of a case: what the office owes to whoever paid out of pocket. Its balance is negative while owed.
    Outlay(u16, CaseId),
    /// 县级专户: where the reserve comes from and goes back to. Its balance is minus what was allotted.
    County,
    /// 救助支出 of a township, government money.
    Spent(u16),
    /// 捐赠支出 of a township: no government expenditure.
    SpentDonated(u16),
    /// What came back of what was spent, minus; the expenditure itself stays as it was.
    GivenBack(u16, Back),
    /// A source of the county's money.
    Source(Fund),
    /// 在途: with the bank, of a batch that was sent and for which the bank has not answered yet.
    Transit(BatchId),
    /// 财政: where sources come from and go back to. Its balance is minus what arrived.
    Treasury,
    /// Whoever donated. Its balance is minus what was given.
    Donors,
    /// 实物 of a township's store. Its balance is minus the value that was handed out of it.
    Goods(u16),
}

/// What money came back of (退回的归属).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Back {
    /// Of this year's payments: it lowers this year's expenditure.
    ThisYear,
    /// Of an earlier year's: it lowers no year's expenditure.
    EarlierYear,
    /// Of donated money.
    Donated,
}

impl Back {
    fn word(self) -> &'static str {
        match self {
            Back::ThisYear => "this-year",
            Back::EarlierYear => "earlier-year",
            Back::Donated => "donated",
        }
    }
}

impl Account {
    /// Whether the account may never be below zero.
    pub fn is_cash(self) -> bool {
        matches!(self, Account::Reserve(..) | Account::Source(_) | Account::Transit(_))
    }

    /// The township in whose books these postings stand.
    pub fn books_of(postings: &[Posting]) -> Option<u16> {
        postings.iter().find_map(|posting| posting.account.township())
    }

    /// The township it belongs to; the county's own accounts have none.
    pub fn township(self) -> Option<u16> {
        match self {
            Account::Reserve(township, _)
            | Account::Outlay(township, _)
            | Account::Spent(township)
            | Account::SpentDonated(township)
            | Account::GivenBack(township, _)
            | Account::Goods(township) => Some(township),
            Account::County
            | Account::Source(_)
            | Account::Transit(_)
            | Account::Treasury
            | Account::Donors => None,
        }
    }

    /// The expenditure of a township out of a source.
    pub fn spent_of(township: u16, fund: Fund) -> Account {
        match fund {
            Fund::Donated => Account::SpentDonated(township),
            _ => Account::Spent(township),
        }
    }
}

impl fmt::Display for Account {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Account::Reserve(township, Till::Cash) => write!(f, "reserve:{township:03}:cash"),
            Account::Reserve(township, Till::Bank) => write!(f, "reserve:{township:03}:bank"),
            Account::Outlay(township, case) => write!(f, "outlay:{township:03}:{case}"),
            Account::County => f.write_str("county"),
            Account::Spent(township) => write!(f, "spent:{township:03}"),
            Account::SpentDonated(township) => write!(f, "spent-donated:{township:03}"),
            Account::GivenBack(township, back) => write!(f, "given-back:{township:03}:{}", back.word()),
            Account::Source(fund) => write!(f, "source:{}", fund.digit()),
            Account::Transit(batch) => write!(f, "transit:{batch}"),
            Account::Treasury => f.write_str("treasury"),
            Account::Donors => f.write_str("donors"),
            Account::Goods(township) => write!(f, "goods:{township:03}"),
        }
    }
}

impl std::str::FromStr for Account {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let bad = || format!("没有账户 {text}");
        let parts: Vec<&str> = text.split(':').collect();
        let township = |code: &str| code.parse::<u16>().map_err(|_| bad());
        match parts.as_slice() {
            ["county"] => Ok(Account::County),
            ["treasury"] => Ok(Account::Treasury),
            ["donors"] => Ok(Account::Donors),
            ["source", digit] => {
                digit.parse().ok().and_then(Fund::from_digit).map(Account::Source).ok_or_else(bad)
            }
            ["transit", batch] => Ok(Account::Transit(batch.parse().map_err(|_| bad())?)),
            ["spent-donated", code] => Ok(Account::SpentDonated(township(code)?)),
            ["given-back", code, back] => {
                let known = [Back::ThisYear, Back::EarlierYear, Back::Donated];
                let back = known.into_iter().find(|known| known.word() == *back).ok_or_else(bad)?;
                Ok(Account::GivenBack(township(code)?, back))
            }
            ["goods", code] => Ok(Account::Goods(township(code)?)),
            ["reserve", code, "cash"] => Ok(Account::Reserve(township(code)?, Till::Cash)),
            ["reserve", code, "bank"] => Ok(Account::Reserve(township(code)?, Till::Bank)),
            ["spent", code] => Ok(Account::Spent(township(code)?)),
            ["outlay", code, case] => Ok(Account::Outlay(township(code)?, case.parse().map_err(|_| bad())?)),
            _ => Err(bad()),
        }
    }
}

impl Serialize for Account {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Account {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

/// One half of a double entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// The account.
    pub account: Account,
    /// What is added to it, fen; less than zero takes away.
    #[serde(rename = "amount_fen")]
    pub amount: Money,
}

/// Whether postings add up to nothing, as every double entry must (I1).
pub fn balances(postings: &[Posting]) -> bool {
    postings.iter().map(|posting| posting.amount).sum::<Money>().is_zero()
}
