//! What can go wrong with the replica. None of it loses anything: the replica is derived and can be built again.

/// A failure of the replica.
#[derive(Debug, thiserror::Error)]
pub enum ReplicaFault {
    /// SQLite said no: disk full, file damaged, file gone.
    #[error("本机副本读写失败（{0}），删除后会自动重建")]
    Sqlite(#[from] rusqlite::Error),
    /// The file could not be made or replaced.
    #[error("本机副本文件无法建立或替换：{0}")]
    File(#[from] std::io::Error),
    /// Entries are applied one after the other.
    #[error("本机副本已到第{have}条，不能接第{got}条")]
    Gap {
        /// The last entry applied.
        have: u64,
        /// The one handed in.
        got: u64,
    },
    /// Nobody is signed in: only his keys open it.
    #[error("本机副本还没有打开，请先登录")]
    Closed,
    /// Something stored does not read back.
    #[error("本机副本中的内容读不懂，请删除后重建")]
    Unreadable,
}

impl ReplicaFault {
    /// Whether the file itself is no good: then it is built again from the entries.
    pub fn is_damage(&self) -> bool {
        use rusqlite::ErrorCode::{DatabaseCorrupt, NotADatabase};
        match self {
            ReplicaFault::Sqlite(error) => {
                matches!(error.sqlite_error_code(), Some(NotADatabase | DatabaseCorrupt))
                    || matches!(error, rusqlite::Error::QueryReturnedNoRows)
            }
            ReplicaFault::Unreadable => true,
            ReplicaFault::File(_) | ReplicaFault::Gap { .. } | ReplicaFault::Closed => false,
        }
    }
}

/// A result of the replica.
pub type Result<T> = std::result::Result<T, ReplicaFault>;

impl From<ReplicaFault> for crate::store::fault::Fault {
    fn from(fault: ReplicaFault) -> Self {
        use crate::store::fault::{Fault, FaultKind};
        match fault {
            ReplicaFault::Sqlite(error) => Fault::of_sql("本机副本", error),
            ReplicaFault::File(error) => Fault::of_io("本机副本", error),
            ReplicaFault::Closed => Fault::new(FaultKind::User, "本机副本还没有打开", "请先登录"),
            other => Fault::new(FaultKind::Damaged, other.to_string(), "请退出后重新打开，副本会自动重建"),
        }
    }
}
