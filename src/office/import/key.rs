//! The key of marks (台账行标记): drawn from the oldest data key that an officer holds, which is the county's first, so it is
//! the same on every PC and in every year. Marks stand in the log in plain sight; without the key nobody can guess at
//! whom they mark.

use crate::domain::ids::PersonId;
use crate::ledger::CountyId;
use crate::office::session::Session;
use crate::store::fault::{Fault, FaultKind};
use crate::store::import::plan::Mark;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The key.
pub struct RowKey(Zeroizing<[u8; 32]>);

impl RowKey {
    /// The key of the county, as a session can draw it.
    ///
    /// # Errors
    /// A session without any data key.
    pub fn of(session: &Session, county: CountyId) -> Result<RowKey, Fault> {
        let oldest = session.data.first().ok_or_else(|| {
            Fault::new(
                FaultKind::Config,
                "本操作员还没有领到数据密钥，不能导入台账",
                "请管理员在「操作员」里补发数据密钥",
            )
        })?;
        Ok(RowKey(oldest.derive(county, "import-row")))
    }

    /// The mark of some bytes: HMAC-SHA256, its first sixteen bytes.
    pub fn mark(&self, bytes: &[u8]) -> Mark {
        let mut out = Mark::default();
        // A key of 32 bytes is one that HMAC takes.
        if let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(self.0.as_slice()) {
            mac.update(bytes);
            for (to, from) in out.iter_mut().zip(mac.finalize().into_bytes()) {
                *to = from;
            }
        }
        out
    }

    /// The id of somebody whom only ledgers know. Two PCs that read the same person get the same id, so he is one
    /// person on both; without the key the id says nothing.
    pub fn person(&self, who: &str) -> PersonId {
        PersonId(self.mark(format!("import-person-1\n{who}").as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::period::Period;
    use crate::ledger::seal::DataKey;
    use crate::ledger::wrap::Keys;
    use crate::office::setup::session_of;

    fn session(keys: &[u8]) -> Session {
        let mut session = session_of(&"9101".into(), Keys::from_seeds(&[1; 32], &[2; 32]));
        session.periods = (2024..).map(Period::of).take(keys.len()).collect();
        session.data = keys.iter().map(|key| DataKey::new([*key; 32])).collect();
        session
    }

    #[test]
    fn the_key_stays_the_same_in_later_years_and_differs_between_counties() {
        let mark = |keys: &[u8], county: u8| {
            RowKey::of(&session(keys), CountyId([county; 16])).unwrap().mark(b"row")
        };
        assert_eq!(mark(&[1], 1), mark(&[1, 2, 3], 1));
        assert_ne!(mark(&[1], 1), mark(&[2], 1));
        assert_ne!(mark(&[1], 1), mark(&[1], 2));
        assert_ne!(mark(&[1], 1), [0; 16]);
        assert!(RowKey::of(&session(&[]), CountyId([1; 16])).is_err());
    }
}
