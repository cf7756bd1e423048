//! A session (登录): one officer at this desk, with the keys that his password opened. Dropped at sign-out, and its keys
//! are wiped with it.

use super::keybook::KeyBook;
use crate::domain::command::kernel::NewKey;
use crate::domain::ids::OfficerNo;
use crate::domain::period::Period;
use crate::ledger::seal::{DataKey, OpeningKey, open_key};
use crate::ledger::wrap::{self, Keys, Wrapped};
use crate::ledger::{CountyId, SigningKey};
use crate::store::fault::{Fault, FaultKind};
use zeroize::Zeroizing;

/// What the key of the desk's replica is drawn for, from a data key.
const REPLICA_KEY: &str = "replica/1";
/// The same, for a session that holds no data key yet.
const OWN_REPLICA_KEY: &str = "replica-own/1";

/// What signing in opened.
pub struct Session {
    /// 操作员号.
    pub officer: OfficerNo,
    /// Signs.
    pub signing: SigningKey,
    /// Opens data keys sealed to the officer.
    pub opening: OpeningKey,
    /// Which data keys, oldest first.
    pub periods: Vec<Period>,
    /// The data keys, each at the place of its period.
    pub data: Vec<DataKey>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Session({})", self.officer)
    }
}

impl Session {
    /// The key under which an entry of `year` is sealed: the newest of that year, else the newest that the officer holds.
    pub fn data_key(&self, year: i32) -> Option<&DataKey> {
        let own = self.periods.iter().rposition(|known| known.year == year);
        own.and_then(|at| self.data.get(at)).or_else(|| self.data.last())
    }

    /// One data key.
    pub fn data_of(&self, period: Period) -> Option<&DataKey> {
        self.data.get(self.periods.iter().position(|known| *known == period)?)
    }

    /// Under what this desk's replica is sealed while he works, oldest first: keys drawn from his data keys, which every officer
    /// holds who works, so that several share a desk; before them one of his own, for whoever holds none yet.
    pub fn replica_keys(&self, county: CountyId) -> Vec<Zeroizing<[u8; 32]>> {
        let own = DataKey::new(self.opening.seed()).derive(county, OWN_REPLICA_KEY);
        let of_data = self.data.iter().map(|key| key.derive(county, REPLICA_KEY));
        std::iter::once(own).chain(of_data).collect()
    }

    /// The same session with the data keys that were sealed to the officer since; none where there are no more. A session
    /// that lasts must follow: what others seal under a new key would else stay closed to this desk.
    pub fn followed(&self, county: CountyId, book: &KeyBook) -> Option<Session> {
        if book.data_for(&self.signing.id()).len() <= self.periods.len() {
            return None;
        }
        let (signing, opening) = (Zeroizing::new(self.signing.seed()), Zeroizing::new(self.opening.seed()));
        let Keys { signing, opening } = Keys::from_seeds(&signing, &opening);
        let mut session = Session {
            officer: self.officer.clone(),
            signing,
            opening,
            periods: Vec::new(),
            data: Vec::new(),
        };
        session.learn(county, book);
        (session.periods.len() > self.periods.len()).then_some(session)
    }

    /// Opens the data keys that were sealed to the officer since; what does not open is passed over.
    pub fn learn(&mut self, county: CountyId, book: &KeyBook) {
        for (period, sealed) in book.data_for(&self.signing.id()) {
            if self.periods.contains(&period) {
                continue;
            }
            let opened = hex::decode(&sealed)
                .ok()
                .and_then(|bytes| open_key(&self.opening, &bytes, county, &period.to_string()).ok());
            if let Some(key) = opened {
                let at = self.periods.partition_point(|known| *known < period);
                self.periods.insert(at, period);
                self.data.insert(at, key);
            }
        }
    }
}

/// Signs an officer in: opens his key with the password. Takes a large part of a second by intention, so never on the
/// thread that draws.
///
/// # Errors
/// An unknown number, an officer whose work has ended, a wrong password; each with what to do.
pub fn sign_in(
    county: CountyId,
    book: &KeyBook,
    officer: &OfficerNo,
    password: &str,
) -> Result<Session, Fault> {
    if book.officer(officer).is_some_and(|known| known.suspended && !known.roles.is_empty()) {
        let what = format!("操作员 {officer} 已被停用，不能登录");
        return Err(Fault::new(FaultKind::User, what, "有疑问请联系县局管理员"));
    }
    let known = book.officer(officer).filter(|known| known.is_active()).ok_or_else(|| {
        Fault::new(
            FaultKind::User,
            format!("没有操作员号 {officer}，或者他已不在岗"),
            "请核对操作员号；新操作员请先到管理员处登记",
        )
    })?;
    let (id, key) = known.key.as_ref().ok_or_else(|| {
        Fault::new(FaultKind::User, format!("操作员 {officer} 的密钥已停用"), "请到管理员处重新登记密码")
    })?;
    let wrapped: Wrapped = read_wrap(key)?;
    let keys = wrap::unwrap(&wrapped, password, county, *id, book.is_practice()).map_err(|error| Fault {
        source: Some(Box::new(error)),
        ..Fault::new(FaultKind::User, error.to_string(), "请重新输入密码；全角字母、数字会自动转为半角")
    })?;
    let Keys { signing, opening } = keys;
    let mut session =
        Session { officer: officer.clone(), signing, opening, periods: Vec::new(), data: Vec::new() };
    session.learn(county, book);
    Ok(session)
}

fn read_wrap(key: &NewKey) -> Result<Wrapped, Fault> {
    serde_json::from_str(&key.wrap).map_err(|error| Fault {
        source: Some(Box::new(error)),
        ..Fault::new(FaultKind::Newer, "密钥的存放格式读不懂", "程序可能太旧，请更新后再用")
    })
}
