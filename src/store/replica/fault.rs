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

/// Whether another connection holds the file for longer than was waited.
fn is_held(error: &rusqlite::Error) -> bool {
    use rusqlite::ErrorCode::{DatabaseBusy, DatabaseLocked};
    matches!(error.sqlite_error_code(), Some(DatabaseBusy | DatabaseLocked))
}

/// A result of the replica.
pub type Result<T> = std::result::Result<T, ReplicaFault>;

impl From<ReplicaFault> for crate::store::fault::Fault {
    fn from(fault: ReplicaFault) -> Self {
        use crate::store::fault::{Fault, FaultKind};
        match fault {
            // The file is this PC's own: nobody on the share holds it, and nothing comes back by itself.
            ReplicaFault::Sqlite(error) if is_held(&error) => Fault::new(
                FaultKind::Busy,
                "本机副本正被本机另一个救急窗口使用",
                "请关掉多开的窗口，等几秒按F5；只开了一个的，请退出后重新打开",
            ),
            ReplicaFault::Sqlite(error) => Fault::of_sql("本机副本", error),
            ReplicaFault::File(error) => Fault::of_io("本机副本", error),
            ReplicaFault::Closed => Fault::new(FaultKind::User, "本机副本还没有打开", "请先登录"),
            other => Fault::new(FaultKind::Damaged, other.to_string(), "请退出后重新打开，副本会自动重建"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::fault::{Fault, FaultKind};

    #[test]
    fn a_file_that_another_window_holds_says_which_window_to_close() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("replica.db");
        let first = rusqlite::Connection::open(&path).unwrap();
        first.execute_batch("CREATE TABLE one(a); BEGIN EXCLUSIVE").unwrap();
        let second = rusqlite::Connection::open(&path).unwrap();
        second.busy_timeout(std::time::Duration::ZERO).unwrap();
        let held = second.query_row("SELECT count(*) FROM one", [], |row| row.get::<_, i64>(0)).unwrap_err();
        let fault = Fault::from(ReplicaFault::from(held));
        assert_eq!(fault.kind, FaultKind::Busy);
        assert!(
            fault.to_string().contains("另一个救急窗口") && fault.to_string().contains("关掉"),
            "{fault}"
        );
    }
}
