//! What nobody may read (I18): the names, id numbers, telephones, accounts and texts of the simulated people. They are sealed
//! on the share; so none of them may stand in any byte of it, in the name of any file, in what the program logs, or in a
//! sentence about a fault.

use crate::domain::private::Private;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, PoisonError};

/// Shorter texts say nothing by themselves, and stand anywhere by chance.
const SHORTEST: usize = 6;

/// Texts by their first bytes, so that a place in a file is asked once.
type Texts = BTreeMap<[u8; SHORTEST], BTreeSet<String>>;

/// The texts, as every desk gave them, with what the desks logged.
#[derive(Clone, Default)]
pub(super) struct Secrets {
    texts: Arc<Mutex<Texts>>,
    log: Arc<Mutex<Vec<u8>>>,
}

impl Secrets {
    /// Remembers what is private in a command.
    pub(super) fn learn(&self, private: &Private) {
        let mut texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut add = |text: &String| {
            if let Some(first) = text.as_bytes().first_chunk() {
                texts.entry(*first).or_default().insert(text.clone());
            }
        };
        for details in private.people.values() {
            [&details.name, &details.id_no, &details.phone, &details.account].into_iter().for_each(&mut add);
        }
        private.texts.values().for_each(&mut add);
    }

    /// The first of them that stands in some bytes.
    pub(super) fn found_in(&self, bytes: &[u8]) -> Option<String> {
        let texts = self.texts.lock().unwrap_or_else(PoisonError::into_inner);
        let mut begins = [false; 256];
        for [first, ..] in texts.keys() {
            if let Some(slot) = begins.get_mut(usize::from(*first)) {
                *slot = true;
            }
        }
        bytes.iter().enumerate().find_map(|(at, byte)| {
            if !begins.get(usize::from(*byte)).copied().unwrap_or(false) {
                return None;
            }
            let rest = bytes.get(at..)?;
            let near = texts.get(rest.first_chunk()?)?;
            near.iter().find(|text| rest.starts_with(text.as_bytes())).cloned()
        })
    }

    /// What the desks have logged since this was last asked.
    pub(super) fn logged(&self) -> Vec<u8> {
        std::mem::take(&mut *self.log.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Everything that this thread logs is kept from now on, for as long as the answer lives.
    pub(super) fn listen(&self) -> tracing::subscriber::DefaultGuard {
        let log = self.log.clone();
        let subscriber = tracing_subscriber::fmt()
            .without_time()
            .with_ansi(false)
            .with_max_level(tracing::Level::TRACE)
            .with_writer(move || Ear(log.clone()))
            .finish();
        tracing::subscriber::set_default(subscriber)
    }
}

struct Ear(Arc<Mutex<Vec<u8>>>);

impl std::io::Write for Ear {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_found_wherever_it_stands_and_what_is_logged_is_heard() {
        let secrets = Secrets::default();
        let mut private = Private::default();
        private.put("reason", "昨夜失火，衣被全部烧毁");
        private.put("short", "无");
        secrets.learn(&private);
        assert_eq!(secrets.found_in("无一字，昨夜失火，衣被".as_bytes()), None);
        let bytes = [b"\0\xe6\x98", "昨夜失火，衣被全部烧毁。".as_bytes()].concat();
        assert_eq!(secrets.found_in(&bytes).unwrap(), "昨夜失火，衣被全部烧毁");
        let ear = secrets.listen();
        tracing::warn!(n = 7, "heard");
        drop(ear);
        tracing::warn!("not heard");
        let logged = String::from_utf8(secrets.logged()).unwrap();
        assert!(logged.contains("heard") && logged.contains('7') && !logged.contains("not"), "{logged}");
        assert!(secrets.logged().is_empty());
    }
}
