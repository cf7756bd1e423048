//! Setting up (建立): founding a county and enrolling its officers, through the same orders, turns and entries as
//! everything else. Practice, scenes and `found` all come through here.

use super::desk::Desk;
use super::order::{self, Signed};
use super::outcome::{Outcome, Receipt};
use super::random;
use super::session::Session;
use crate::base::day::Stamp;
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::command::kernel::{AdoptPack, DataKey as DataKeyArgs, Enrol, Found, NewKey};
use crate::domain::decide::{Ctx, decide};
use crate::domain::delegation;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Officer, Role};
use crate::domain::period::Period;
use crate::domain::private::Private;
use crate::domain::refusal::Refusal;
use crate::ledger::seal::{self, DataKey};
use crate::ledger::wrap::{self, Keys, Strength};
use crate::ledger::{Body, CountyId, PublicKey};
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// An officer to be enrolled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewOfficer {
    /// 操作员号.
    pub no: OfficerNo,
    /// 姓名.
    pub name: String,
    /// 单位.
    pub office: Office,
    /// 岗位.
    pub roles: BTreeSet<Role>,
}

/// Keys just made, with their public halves and wrap as they go into the log.
pub struct MadeKey {
    /// The secret halves.
    pub keys: Keys,
    /// What stands in the log.
    pub public: NewKey,
}

/// Makes an officer's keys. Without a password there is no wrap: nobody can sign in with them later, which is right for
/// a scratch office only.
///
/// # Errors
/// No random source; not enough memory for the derivation.
pub fn make_key(county: CountyId, password: Option<(&str, Strength)>) -> Result<MadeKey, Fault> {
    let keys = Keys::from_seeds(&random::bytes()?, &random::bytes()?);
    let wrap = match password {
        None => String::new(),
        Some((password, strength)) => {
            let wrapped = wrap::wrap(&keys, password, strength, county, &random::bytes()?, &random::bytes()?)
                .map_err(|error| Fault::new(FaultKind::Config, error.to_string(), "请关闭其他程序后再试"))?;
            serde_json::to_string(&wrapped).map_err(|error| Fault::bug(error.to_string()))?
        }
    };
    let public =
        NewKey { sign: keys.signing.public().to_string(), seal: hex::encode(keys.opening.public()), wrap };
    Ok(MadeKey { keys, public })
}

/// Founds the county in its empty log: county, founder, pack, and the data key of the year. Without a recovery seed.
///
/// # Errors
/// What the rules or the share refuse.
pub fn found(
    desk: &mut Desk,
    division: &str,
    practice: bool,
    founder: &NewOfficer,
    made: MadeKey,
    pack: &str,
    year: i32,
) -> Result<Arc<Session>, Fault> {
    found_with(desk, division, practice, founder, (made, None), pack, year)
}

/// The same, with the key of a recovery seed (恢复种子) where there is one: it is enrolled as the officer `0`.
///
/// # Errors
/// What the rules or the share refuse.
pub fn found_with(
    desk: &mut Desk,
    division: &str,
    practice: bool,
    founder: &NewOfficer,
    (made, recovery): (MadeKey, Option<&NewKey>),
    pack: &str,
    year: i32,
) -> Result<Arc<Session>, Fault> {
    let data = random::bytes::<32>()?;
    let session = Arc::new(Session {
        officer: founder.no.clone(),
        signing: made.keys.signing,
        opening: made.keys.opening,
        periods: vec![Period::of(year)],
        data: vec![DataKey::new(data)],
    });
    desk.sign_in(session.clone())?;
    let mut private = Private::default();
    private.officers.insert(founder.no.clone(), founder.name.clone());
    let found = Found {
        division: division.to_owned(),
        founder: founder.no.clone(),
        founder_key: made.public.sign.clone(),
        key: made.public.clone(),
        recovery: recovery.cloned(),
        practice,
    };
    let to: Vec<&NewKey> = [Some(&made.public), recovery].into_iter().flatten().collect();
    let sealed = sealed_to(desk.county(), Period::of(year), &session, &to)?;
    let drafts = vec![
        (Command::Found(found), private),
        (Command::AdoptPack(AdoptPack { toml: pack.to_owned() }), Private::default()),
        (Command::DataKey(DataKeyArgs { year, generation: 0, sealed }), Private::default()),
    ];
    carry_as(desk, &session, drafts)?;
    Ok(session)
}

/// Enrols officers, and seals the data keys of the administrator's session to them.
///
/// # Errors
/// What the rules or the share refuse.
pub fn enrol(desk: &mut Desk, admin: &Session, officers: &[(NewOfficer, NewKey)]) -> Result<(), Fault> {
    let mut drafts = Vec::new();
    for (officer, key) in officers {
        let mut private = Private::default();
        private.officers.insert(officer.no.clone(), officer.name.clone());
        let enrol = Enrol {
            officer: officer.no.clone(),
            office: officer.office,
            roles: officer.roles.clone(),
            limit: None,
            key: key.clone(),
            proposal: None,
        };
        drafts.push((Command::Enrol(enrol), private));
    }
    let keys: Vec<&NewKey> = officers.iter().map(|(_, key)| key).collect();
    for period in &admin.periods {
        let sealed = sealed_to(desk.county(), *period, admin, &keys)?;
        let Period { year, generation } = *period;
        drafts.push((Command::DataKey(DataKeyArgs { year, generation, sealed }), Private::default()));
    }
    carry_as(desk, admin, drafts).map(drop)
}

/// The session of keys just made, without a password: for scratch offices and while practice is built.
pub fn session_of(no: &OfficerNo, keys: Keys) -> Session {
    Session {
        officer: no.clone(),
        signing: keys.signing,
        opening: keys.opening,
        periods: Vec::new(),
        data: Vec::new(),
    }
}

/// A data key out of a session, sealed to keys: hex by the id of the key.
///
/// # Errors
/// The session does not hold that key; a key that is none.
pub fn sealed_to(
    county: CountyId,
    period: Period,
    from: &Session,
    keys: &[&NewKey],
) -> Result<BTreeMap<String, String>, Fault> {
    let data = from.data_of(period).ok_or_else(|| Fault::bug(format!("没有 {period} 年的数据密钥")))?;
    seal_to(county, period, data, keys)
}

/// A data key sealed to keys: hex by the id of the key.
///
/// # Errors
/// A key that is none.
pub fn seal_to(
    county: CountyId,
    period: Period,
    data: &DataKey,
    keys: &[&NewKey],
) -> Result<BTreeMap<String, String>, Fault> {
    let mut sealed = BTreeMap::new();
    for key in keys {
        let mut to = [0u8; 32];
        let sign = PublicKey::from_hex(&key.sign).ok_or_else(|| Fault::bug("公钥不成形"))?;
        hex::decode_to_slice(&key.seal, &mut to).map_err(|_| Fault::bug("公钥不成形"))?;
        let bytes = seal::seal_key(data, &to, &random::bytes()?, county, &period.to_string())
            .map_err(|error| Fault::bug(error.to_string()))?;
        sealed.insert(sign.id().to_string(), hex::encode(bytes));
    }
    Ok(sealed)
}

/// Signs drafts and carries them as one group; a refusal becomes a fault with its sentences.
///
/// # Errors
/// What the rules or the share refuse.
pub fn carry_as(
    desk: &mut Desk,
    author: &Session,
    drafts: Vec<(Command, Private)>,
) -> Result<Vec<Receipt>, Fault> {
    let seen = desk.head_n()?;
    let county = desk.county();
    let group: Vec<Signed> = drafts
        .into_iter()
        .map(|(command, private)| order::sign(author, county, seen, &command, private))
        .collect::<Result<_, _>>()?;
    settled(desk.carry(&[group]).pop())
}

/// What the rules would say of a command if it were written now, on the replica as it is; nothing is written.
///
/// # Errors
/// The replica cannot be read; a replica without a pack yet.
pub fn weighed(
    reader: &Reader,
    author: &Session,
    officer: &Officer,
    now: Stamp,
    (command, private): (&Command, &Private),
) -> Result<Vec<Refusal>, Fault> {
    let head = reader.head().map_err(Fault::from)?;
    let now = now.max(Stamp(head.share_ms));
    let pack = reader
        .pack_now()
        .ok_or_else(|| Fault::new(FaultKind::User, "本机还没有读到办法参数", "请接通共享盘后再试"))?;
    let cx = Ctx {
        answers: reader,
        author: &delegation::acting(reader, officer.clone(), now.day(), command),
        key: &author.signing.id().to_string(),
        now,
        desk_now: now,
        seen: head.n,
        pack: &pack,
        private: Some(private),
    };
    let verdicts = match decide(&cx, command) {
        Ok(decision) => decision.notes,
        Err(refusals) => refusals,
    };
    match reader.take_fault() {
        Some(fault) => Err(Fault::from(fault)),
        None => Ok(verdicts),
    }
}

/// The receipts of an outcome that has to be done.
///
/// # Errors
/// Anything else.
pub fn settled(outcome: Option<Outcome>) -> Result<Vec<Receipt>, Fault> {
    match outcome {
        Some(Outcome::Done(receipts)) => Ok(receipts),
        Some(Outcome::Refused(refusals)) => {
            let sentences: Vec<String> =
                refusals.iter().map(|r| format!("{} {}", r.code, r.full())).collect();
            Err(Fault::new(FaultKind::User, sentences.join("；"), "请按提示改正后再办"))
        }
        Some(Outcome::Waiting(fault) | Outcome::Unknown(fault)) => Err(fault),
        None => Err(Fault::bug("没有结果")),
    }
}

/// The root fingerprint of the county of a desk, out of the first entry that it verified.
///
/// # Errors
/// This desk holds no entry yet.
pub fn fingerprint_of(desk: &mut Desk) -> Result<String, Fault> {
    let county = desk.county();
    let first = desk.entries().after(0, 1)?.into_iter().next();
    let first = first.ok_or_else(|| Fault::damaged("本机还没有第 1 条记录"))?;
    let body = Body::from_text(&first.body).map_err(|error| Fault::damaged(error.to_string()))?;
    let Command::Found(found) = order::command_of(&body.command)? else {
        return Err(Fault::damaged("第 1 条记录不是建库的记录"));
    };
    Ok(root_fingerprint(county, &found.founder, &found.key))
}

/// The root fingerprint (根指纹) of a county: its id and the key by which its first entry certifies itself, in eight groups
/// to be written on paper. Whoever joins compares it with what he was given.
pub fn root_fingerprint(county: CountyId, founder: &OfficerNo, key: &NewKey) -> String {
    let parts = [b"jiuji/root/1\n".as_slice(), &county.0, founder.0.as_bytes(), b"\n", key.sign.as_bytes()];
    crate::ledger::Hash::of(&parts).groups()
}
