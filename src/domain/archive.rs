//! The archive (档案): where the paper of a case lies once it is over, one household one file. It moves no money and no stage.

use super::nouns::words;
use serde::{Deserialize, Serialize};

words! {
    /// How long the paper is kept (保管期限).
    Retention {
        /// 永久.
        Forever = 1 "永久",
        /// 30年.
        Long = 2 "30年",
        /// 10年.
        Short = 3 "10年",
    }
}

impl Retention {
    /// How many years; none where it is kept for ever.
    pub fn years(self) -> Option<u32> {
        match self {
            Retention::Forever => None,
            Retention::Long => Some(30),
            Retention::Short => Some(10),
        }
    }
}
