//! What screens about money ask, what comes back, and which of them there are.
//!
//! Must never hold behaviour, as the page above.

use crate::domain::ids::{BatchId, CaseId};
use crate::domain::nouns::BatchState;
use crate::office::front::money::desk::{
    BatchView, BatchesView, RecoveriesView, SourcesView, WaitingView, YearEndView,
};
use crate::office::front::money::files::{Exported, FilesView, Preview};

/// The screens about money.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MoneyPlace {
    /// 发放批次: those in a state, or all.
    Batches(Option<BatchState>),
    /// 建立批次 out of what waits.
    Build,
    /// A batch with its rows.
    Batch(BatchId),
    /// 银行回盘 of a batch.
    Return(BatchId),
    /// 退汇 and lines without an account, to be put right.
    Returned,
    /// 登记账户 of a case.
    Account(CaseId),
    /// 资金来源 in a month.
    Sources,
    /// 年终.
    YearEnd,
    /// 追缴.
    Recoveries,
}

/// Every screen about money, for tests.
#[cfg(test)]
pub fn every(case: CaseId) -> Vec<MoneyPlace> {
    let batch = BatchId([1; 16]);
    vec![
        MoneyPlace::Batches(Some(BatchState::Open)),
        MoneyPlace::Build,
        MoneyPlace::Batch(batch),
        MoneyPlace::Return(batch),
        MoneyPlace::Returned,
        MoneyPlace::Account(case),
        MoneyPlace::Sources,
        MoneyPlace::YearEnd,
        MoneyPlace::Recoveries,
    ]
}

/// What is asked. Each is answered with the [`MoneyReply`] of its name, or with a fault.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MoneyAsk {
    /// Batches in a state, or all.
    Batches(Option<BatchState>),
    /// A batch.
    Batch(BatchId),
    /// What waits for a batch or an account.
    Waiting,
    /// Writes a batch's file.
    Export {
        /// The batch.
        batch: BatchId,
        /// A shipped template, or the path of one.
        template: String,
    },
    /// The files that may be the bank's answer to a batch.
    Files(BatchId),
    /// A return file, looked at.
    Preview {
        /// The batch.
        batch: BatchId,
        /// The file's path.
        file: String,
        /// A shipped template, or the path of one.
        template: String,
    },
    /// The sources in a month; (0, 0) is the month of today.
    Sources((i32, u32)),
    /// What is looked at before a year is closed; 0 is the usual one.
    YearEnd(i32),
    /// 追缴.
    Recoveries,
}

/// What comes back.
#[derive(Debug, Clone, PartialEq)]
pub enum MoneyReply {
    /// Batches.
    Batches(BatchesView),
    /// A batch; none where there is no such batch.
    Batch(Option<BatchView>),
    /// What waits.
    Waiting(WaitingView),
    /// A file was written.
    Exported(Exported),
    /// Files.
    Files(FilesView),
    /// A return file.
    Preview(Preview),
    /// The sources.
    Sources(SourcesView),
    /// The year's end.
    YearEnd(YearEndView),
    /// 追缴.
    Recoveries(RecoveriesView),
}
