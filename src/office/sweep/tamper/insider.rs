//! More attacks, of people who have a key and know the program: history written anew, orders of another county, commands
//! beyond their role with everything else in order.

use super::attacks::{
    APPROVER, Attack, ELSEWHERE, MIDDLE, Says, Who, add, approval, knife, patched, rewritten,
};
use super::ward::{ADMIN, REVOKED, Scene, Ward};
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::kernel::{AdoptPack, DataKey, Enrol, KeyRevoke};
use crate::domain::fact::Fact;
use crate::domain::fund::Till;
use crate::domain::office::{Office, Role};
use crate::domain::pack::CY_2021_15;
use crate::domain::private::Private;
use crate::ledger::body::FORMAT;
use crate::ledger::{CountyId, Head, Row, Suite, chain};
use crate::office::setup;
use crate::office::sweep::acts::{self, HANDLER, TOWNSHIP};
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::wound::Column;
use std::collections::{BTreeMap, BTreeSet};

/// The table.
pub(super) const ATTACKS: &[Attack] = &[
    ("改正文并重算哈希", rehashed, Who::New, Says::Stops(FaultKind::Damaged, "记录人的签名不成立")),
    ("改正文并用自己的密钥重签", resigned, Who::New, Says::Stops(FaultKind::Damaged, "接不上")),
    (
        "改旧记录，看过全部的人再读",
        resigned_tail,
        Who::Old,
        Says::Stops(FaultKind::Damaged, "与本机保存的不同"),
    ),
    ("另一个县签的指令", other_county_order, Who::New, Says::Stops(FaultKind::Damaged, "下令人的签名不成立")),
    ("小数", fraction, Who::New, Says::Stops(FaultKind::Damaged, "不是规定的写法")),
    ("多一个字段", another_field, Who::New, Says::Stops(FaultKind::Damaged, "不是规定的写法")),
    ("空值", nothing, Who::New, Says::Stops(FaultKind::Damaged, "不是规定的写法")),
    ("塞进个人信息", private_put_in, Who::New, Says::Stops(FaultKind::Damaged, "加密的个人信息被改动")),
    ("用已注销的密钥代人记录", revoked_carrier, Who::New, Says::Stops(FaultKind::Damaged, "已注销")),
    ("改公布文件的哈希", republished, Who::New, Says::Stops(FaultKind::Damaged, "不是同一个")),
    ("经办人登记新操作员", enrols, Who::New, Says::Marks(Code::Role)),
    ("经办人换政策包", adopts, Who::New, Says::Marks(Code::Role)),
    ("经办人注销管理员的密钥", revokes, Who::New, Says::Marks(Code::Role)),
    ("数据密钥封给已停用的密钥", seals_to_stopped, Who::New, Says::Marks(Code::KeyRevoked)),
    ("经办人给自己拨款", allots, Who::New, Says::Marks(Code::Role)),
    ("同一件批两次", approves_twice, Who::New, Says::Marks(Code::State)),
];

/// A row with another figure in its text, hashed anew, under a signature of choice.
fn changed(ward: &Ward, n: u64, sign: bool) -> Result<Row, Fault> {
    let at = usize::try_from(n - 1).unwrap_or(0);
    let (row, body) = ward.rows.get(at).zip(ward.bodies.get(at)).ok_or_else(|| Fault::bug("没有记录"))?;
    let text = row.body.replacen("\"desk_seq\":", "\"desk_seq\":9", 1);
    let hash = chain::entry_hash(ward.county(), FORMAT, Suite::One, &text);
    let mut row = Row { body: text, hash, ..row.clone() };
    if sign {
        row.sig = ward.office.session(&body.carrier.officer.as_str().into())?.signing.sign_hash(&hash).0;
    }
    Ok(row)
}

fn put(scene: &Scene, row: &Row) -> Result<(), Fault> {
    let knife = knife(scene)?;
    knife.write(row.n, Column::Body, row.body.as_bytes())?;
    knife.write(row.n, Column::Hash, &row.hash.0)?;
    knife.write(row.n, Column::Sig, &row.sig)
}

fn rehashed(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    put(scene, &changed(ward, MIDDLE, false)?)
}

fn resigned(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    put(scene, &changed(ward, MIDDLE, true)?)
}

fn resigned_tail(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    put(scene, &changed(ward, ward.last(), true)?)
}

fn end(ward: &Ward) -> Head {
    ward.head(ward.last())
}

fn other_county_order(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let mut body = ward.body(end(ward), "9001", &acts::allot_to(ELSEWHERE, 1_000, Till::Bank).0, &[])?;
    let signing = &ward.office.session(&"9001".into())?.signing;
    body.order_sig = signing
        .sign_order(CountyId([0x33; 16]), &body.command)
        .map_err(|error| Fault::bug(error.to_string()))?;
    add(scene, &ward.row(body, "9001")?)
}

fn fraction(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    rewritten(ward, scene, "\"desk_seq\":1", "\"desk_seq\":1.5")
}

fn another_field(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    rewritten(ward, scene, "{\"carrier\"", "{\"aside\":1,\"carrier\"")
}

fn nothing(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    rewritten(ward, scene, "\"desk_seq\":1", "\"desk_seq\":null")
}

fn private_put_in(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let bare =
        ward.rows.iter().find(|row| row.private.is_none()).ok_or_else(|| Fault::bug("没有这样的记录"))?;
    knife(scene)?.write(bare.n, Column::Private, &[7; 90])
}

fn revoked_carrier(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let ordered = ward.body(end(ward), "9001", &acts::allot_to(ELSEWHERE, 1_000, Till::Bank).0, &[])?;
    let body = ward.carried(end(ward), REVOKED, ordered.command, ordered.order_sig, &[])?;
    add(scene, &ward.row(body, REVOKED)?)
}

/// The slip that names the log file, with another hash of its birth record in it.
fn republished(_: &Ward, scene: &Scene) -> Result<(), Fault> {
    let io = |error| Fault::of_io("损伤日志副本", error);
    let slip = scene.share.join("log.0001");
    let text = std::fs::read_to_string(&slip).map_err(io)?;
    let name = scene.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
    // Any digit after the file's name belongs to the hash.
    let (before, hash) = text.split_once(&name).ok_or_else(|| Fault::bug("公布文件没有日志的名字"))?;
    let other: String = hash
        .chars()
        .map(|c| match c {
            '0' => '1',
            '1' => '0',
            c => c,
        })
        .collect();
    std::fs::write(&slip, format!("{before}{name}{other}")).map_err(io)
}

fn enrols(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let key = setup::make_key(ward.county(), None)?.public;
    let (officer, office, roles) =
        ("1029".into(), Office::Township(TOWNSHIP), BTreeSet::from([Role::Approver]));
    let enrol = Command::Enrol(Enrol { officer, office, roles, limit: None, key, proposal: None });
    let facts = ward.decided(ADMIN, &enrol, &Private::default())?;
    patched(ward, scene, HANDLER, &enrol, &facts).map(drop)
}

fn adopts(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let adopt = Command::AdoptPack(AdoptPack { toml: CY_2021_15.to_owned() });
    let facts = [Fact::PackAdopted { id: "CY-2021-15".to_owned(), toml: CY_2021_15.to_owned() }];
    patched(ward, scene, HANDLER, &adopt, &facts).map(drop)
}

fn revokes(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let key = ward.office.session(&ADMIN.into())?.signing.id().to_string();
    let facts = [Fact::KeyRevoked { officer: ADMIN.into(), id: key.clone(), since: None }];
    let revoke = Command::KeyRevoke(KeyRevoke { officer: ADMIN.into(), key, since: None });
    patched(ward, scene, HANDLER, &revoke, &facts).map(drop)
}

/// What an administrator's program must not do: whoever holds the stopped key reads on.
fn seals_to_stopped(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let key = ward.office.session(&REVOKED.into())?.signing.id().to_string();
    let sealed = BTreeMap::from([(key, "00".repeat(80))]);
    let facts = [Fact::DataKeySealed { year: 2026, generation: 0, sealed: sealed.clone() }];
    let give = Command::DataKey(DataKey { year: 2026, generation: 0, sealed });
    patched(ward, scene, ADMIN, &give, &facts).map(drop)
}

fn allots(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let (allot, _) = acts::allot_to(ELSEWHERE, 90_000, Till::Bank);
    let facts = ward.decided("9001", &allot, &Private::default())?;
    patched(ward, scene, HANDLER, &allot, &facts).map(drop)
}

fn approves_twice(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let approve = approval(ward);
    let facts = ward.decided(APPROVER, &approve, &Private::default())?;
    let first = patched(ward, scene, APPROVER, &approve, &facts)?;
    let body = ward.body(Head::of(&first), APPROVER, &approve, &facts)?;
    add(scene, &ward.row(body, APPROVER)?)
}
