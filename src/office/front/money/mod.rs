//! Money at the front (资金): accounts, batches for the bank, what comes back, the county's sources, the count of cash. What is
//! done is a deed like others; files go out and come in at [`files`], what screens look at is put together in [`desk`].

pub mod desk;
pub mod files;

use super::Front;
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::monthly::{ConfirmReconciled, Reconcile};
use crate::domain::command::payout::{
    CheckBatch, CloseYear, CountCash, DropBatch, GiveBack, MoveSource, OpenBatch, ReadReturn, SendBatch,
    ToPay,
};
use crate::domain::command::reserve::{AskReplenish, RecoverAid, SetCeiling, TakeBack};
use crate::domain::fund::Purpose;
use crate::domain::ids::{BatchId, CaseId, LineId, OfficerNo};
use crate::domain::nouns::{AccountKind, Fund, Payee, SourceWay};
use crate::domain::payout::FundSum;
use crate::domain::private::Private;
use crate::office::compose::{Draft, Gap, Halt};
use crate::office::payout::account::{Typed, noted};
use crate::office::random;
use std::collections::BTreeSet;

/// What is done with money.
#[derive(Clone, Debug, PartialEq)]
pub enum MoneyDeed {
    /// 登记账户, 更正账户.
    Account(Box<AccountDeed>),
    /// 建立批次.
    Open {
        /// The paying bank.
        bank: String,
        /// The source.
        fund: Fund,
        /// The lines.
        lines: Vec<ToPay>,
    },
    /// 复核批次, blind.
    Check {
        /// The batch.
        batch: BatchId,
        /// What the checker added up.
        total: Money,
        /// What he counted.
        count: u32,
    },
    /// 提交银行: the file is written by the template, and its hash signed.
    Send {
        /// The batch.
        batch: BatchId,
        /// A shipped template, or the path of one.
        template: String,
    },
    /// 撤销批次.
    Drop {
        /// The batch.
        batch: BatchId,
        /// Why.
        reason: String,
    },
    /// 读入回盘, as it was previewed.
    Read(Box<ReadReturn>),
    /// 主动退回.
    GiveBack {
        /// The case.
        case: CaseId,
        /// The line.
        line: LineId,
        /// How much.
        amount: Money,
        /// The day the money was there.
        on: Day,
        /// The receipt and who brought it.
        receipt: String,
    },
    /// 资金到账, 上缴.
    Source {
        /// The source.
        fund: Fund,
        /// Which way.
        way: SourceWay,
        /// How much.
        amount: Money,
        /// 文号.
        note: String,
    },
    /// 年终结转.
    CloseYear {
        /// The year.
        year: i32,
        /// What goes back up.
        send_up: Vec<FundSum>,
    },
    /// 与财政对账.
    Reconcile {
        /// Year and month.
        month: (i32, u32),
        /// The source.
        fund: Fund,
        /// 财政账面.
        theirs: Money,
        /// Why they differ; empty where they do not.
        explained: String,
    },
    /// 确认对账.
    Confirm {
        /// Year and month.
        month: (i32, u32),
        /// The source.
        fund: Fund,
        /// Whether it is right.
        agrees: bool,
        /// 财政账面, read again.
        theirs: Money,
        /// Why not.
        note: String,
    },
    /// 核定备用金.
    Ceiling {
        /// The township.
        township: u16,
        /// The ceiling.
        amount: Money,
        /// 文号.
        note: String,
    },
    /// 申请补足.
    AskMore {
        /// The township.
        township: u16,
        /// How much.
        amount: Money,
        /// In words.
        note: String,
    },
    /// 追缴.
    Recover {
        /// The case.
        case: CaseId,
        /// The line.
        line: LineId,
        /// How much.
        amount: Money,
        /// Until which day.
        until: Day,
        /// What was stated falsely.
        reason: String,
    },
    /// 追缴到款.
    TakeBack {
        /// The case.
        case: CaseId,
        /// The line.
        line: LineId,
        /// How much.
        amount: Money,
        /// The day the money was there.
        on: Day,
        /// The receipt and who brought it.
        receipt: String,
    },
    /// 监盘.
    Count {
        /// The township.
        township: u16,
        /// Who keeps the cash.
        keeper: OfficerNo,
        /// What was counted.
        counted: Money,
        /// Where a difference comes from.
        reason: String,
    },
}

/// An account as it was typed.
#[derive(Clone, PartialEq, Eq)]
pub struct AccountDeed {
    /// The case.
    pub case: CaseId,
    /// Who takes the money.
    pub payee: Payee,
    /// What kind.
    pub kind: AccountKind,
    /// 账号.
    pub number: String,
    /// 户名.
    pub holder: String,
    /// 开户行.
    pub bank: String,
    /// 委托书.
    pub letter: String,
    /// GB/T 4761; empty for none.
    pub relation: String,
    /// Warnings that are gone on in spite of.
    pub overrides: BTreeSet<Code>,
    /// Why.
    pub reason: String,
}

/// Names and numbers stay out of logs.
impl std::fmt::Debug for AccountDeed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "AccountDeed({})", self.case)
    }
}

impl MoneyDeed {
    /// Whether the password is given for this one deed: whatever moves money, and each step of a batch.
    pub fn asks_password(&self) -> bool {
        match self {
            MoneyDeed::Account(_) | MoneyDeed::Open { .. } | MoneyDeed::GiveBack { .. } => false,
            MoneyDeed::Count { .. } | MoneyDeed::AskMore { .. } | MoneyDeed::TakeBack { .. } => false,
            // No money moves: it is said what stands in the books.
            MoneyDeed::Reconcile { .. } | MoneyDeed::Confirm { .. } => false,
            MoneyDeed::Check { .. }
            | MoneyDeed::Send { .. }
            | MoneyDeed::Drop { .. }
            | MoneyDeed::Read(_)
            | MoneyDeed::Source { .. }
            | MoneyDeed::Ceiling { .. }
            | MoneyDeed::Recover { .. }
            | MoneyDeed::CloseYear { .. } => true,
        }
    }

    /// The case it is about; none where it is about a batch or a source.
    pub fn case(&self) -> Option<CaseId> {
        match self {
            MoneyDeed::Account(typed) => Some(typed.case),
            MoneyDeed::GiveBack { case, .. }
            | MoneyDeed::Recover { case, .. }
            | MoneyDeed::TakeBack { case, .. } => Some(*case),
            _ => None,
        }
    }

    /// What is said when it is done.
    pub fn said(&self) -> &'static str {
        match self {
            MoneyDeed::Account(_) => "账户已登记",
            MoneyDeed::Open { .. } => "批次已建立，等另一名财务复核",
            MoneyDeed::Check { .. } => "复核相符，可以导出和提交",
            MoneyDeed::Send { .. } => "已提交银行，资金转为在途，等回盘",
            MoneyDeed::Drop { .. } => "批次已撤销，其中的办件可以另建批次",
            MoneyDeed::Read(_) => "回盘已读入，退汇的请更正账户后进下一批",
            MoneyDeed::GiveBack { .. } => "主动退回已登账",
            MoneyDeed::Source { way: SourceWay::Arrive, .. } => "资金到账已登记",
            MoneyDeed::Source { way: SourceWay::SendUp, .. } => "上缴财政已登记",
            MoneyDeed::CloseYear { .. } => "年终已结转",
            MoneyDeed::Reconcile { .. } => "对账已登记，等另一人确认",
            MoneyDeed::Confirm { agrees: true, .. } => "对账已确认",
            MoneyDeed::Confirm { .. } => "已退回重对，请财务重新对账",
            MoneyDeed::Ceiling { .. } => "备用金已核定",
            MoneyDeed::AskMore { .. } => "已申请补足，县局拨入后到账",
            MoneyDeed::Recover { .. } => "追缴已立，通知书请打印 F24",
            MoneyDeed::TakeBack { .. } => "追缴到款已登账",
            MoneyDeed::Count { .. } => "监盘已登记",
        }
    }
}

impl Front {
    /// The commands of a deed about money.
    ///
    /// # Errors
    /// Fields to be mended; a batch that is not there; the file of a batch that cannot be written.
    pub(super) fn money_drafts(&self, deed: &MoneyDeed) -> Result<Vec<Draft>, Halt> {
        let mut private = Private::default();
        let command = match deed {
            MoneyDeed::Account(typed) => return self.account_draft(typed).map(|draft| vec![draft]),
            MoneyDeed::Open { bank, fund, lines } => Command::OpenBatch(OpenBatch {
                batch: BatchId(random::bytes()?),
                bank: bank.clone(),
                fund: *fund,
                lines: lines.clone(),
            }),
            MoneyDeed::Check { batch, total, count } => {
                Command::CheckBatch(CheckBatch { batch: *batch, total: *total, count: *count })
            }
            MoneyDeed::Send { batch, template } => {
                let file = self.export_batch(*batch, template)?.hash;
                Command::SendBatch(SendBatch { batch: *batch, file })
            }
            MoneyDeed::Drop { batch, reason } => {
                Command::DropBatch(DropBatch { batch: *batch, reason: private.put("reason", reason) })
            }
            MoneyDeed::Read(read) => Command::ReadReturn((**read).clone()),
            MoneyDeed::GiveBack { case, line, amount, on, receipt } => Command::GiveBack(GiveBack {
                case: *case,
                line: *line,
                amount: *amount,
                on: *on,
                receipt: private.put("receipt", receipt),
            }),
            MoneyDeed::Source { fund, way, amount, note } => Command::MoveSource(MoveSource {
                fund: *fund,
                way: *way,
                amount: *amount,
                purpose: Purpose::Assistance,
                note: private.put("note", note),
            }),
            MoneyDeed::CloseYear { year, send_up } => {
                Command::CloseYear(CloseYear { year: *year, send_up: send_up.clone() })
            }
            MoneyDeed::Reconcile { month: (year, month), fund, theirs, explained } => {
                Command::Reconcile(Reconcile {
                    year: *year,
                    month: *month,
                    fund: *fund,
                    theirs: *theirs,
                    explained: private.put("explained", explained),
                })
            }
            MoneyDeed::Confirm { month: (year, month), fund, agrees, theirs, note } => {
                Command::ConfirmReconciled(ConfirmReconciled {
                    year: *year,
                    month: *month,
                    fund: *fund,
                    agrees: *agrees,
                    theirs: *theirs,
                    note: private.put("note", note),
                })
            }
            MoneyDeed::Ceiling { township, amount, note } => Command::SetCeiling(SetCeiling {
                township: *township,
                amount: *amount,
                note: private.put("note", note),
            }),
            MoneyDeed::AskMore { township, amount, note } => Command::AskReplenish(AskReplenish {
                township: *township,
                amount: *amount,
                note: private.put("note", note),
            }),
            MoneyDeed::Recover { case, line, amount, until, reason } => Command::RecoverAid(RecoverAid {
                case: *case,
                line: *line,
                amount: *amount,
                until: *until,
                reason: private.put("reason", reason),
            }),
            MoneyDeed::TakeBack { case, line, amount, on, receipt } => Command::TakeBack(TakeBack {
                case: *case,
                line: *line,
                amount: *amount,
                on: *on,
                receipt: private.put("receipt", receipt),
            }),
            MoneyDeed::Count { township, keeper, counted, reason } => Command::CountCash(CountCash {
                township: *township,
                keeper: keeper.clone(),
                counted: *counted,
                reason: private.put("reason", reason),
            }),
        };
        Ok(vec![(command, private)])
    }

    fn account_draft(&self, typed: &AccountDeed) -> Result<Draft, Halt> {
        let session = self.session()?;
        let given = Typed {
            case: typed.case,
            payee: typed.payee,
            kind: typed.kind,
            number: &typed.number,
            holder: &typed.holder,
            bank: &typed.bank,
            letter: &typed.letter,
            relation: &typed.relation,
        };
        if let Err(problem) = crate::base::account::Account::parse(&typed.number) {
            return Err(Gap { field: "number", sentence: problem.to_string() }.into());
        }
        let (mut command, mut private) = noted(&session, self.county, &given)?;
        command.overrides = typed.overrides.clone();
        command.override_reason = private.put("override", &typed.reason);
        Ok((Command::NoteAccount(command), private))
    }
}
