//! Scripted attacks (篡改手法), one a line of the table: what is done to a copy of the share, who looks, and what he has to
//! say. A patched program's entries are sound, so they apply, and carry the mark of the rule that they broke.

use super::ward::{ADMIN, ASKED, REVOKED, Scene, Ward};
use super::{court, insider, recovery};
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::approval::Approve;
use crate::domain::command::kernel::{KeySet, Roles};
use crate::domain::fact::Fact;
use crate::domain::fund::Till;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};
use crate::domain::period::Period;
use crate::domain::private::Private;
use crate::ledger::{Keyring as _, Row};
use crate::office::setup;
use crate::office::sweep::Report;
use crate::office::sweep::acts::{self, HANDLER, TOWNSHIP};
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::wound::{Column, Wounded};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::time::Instant;

pub(super) const APPROVER: &str = "1022";
/// A row in the middle of the log.
pub(super) const MIDDLE: u64 = 15;

/// Who looks.
#[derive(Clone, Copy)]
pub(super) enum Who {
    /// A desk that has seen nothing.
    New,
    /// A desk that has seen everything.
    Old,
}

/// What he has to say.
#[derive(Clone, Copy)]
pub(super) enum Says {
    /// Nothing behind it is read.
    Stops(FaultKind, &'static str),
    /// It applies, with this mark.
    Marks(Code),
    /// The log stands; what others say they have seen does not go with it, with who says so.
    Alarms(FaultKind, &'static [&'static str]),
    /// Nothing: it is nobody's word.
    Unmoved,
}

type Wound = fn(&Ward, &Scene) -> Result<(), Fault>;

/// What it is called, how it is done, who looks, what he has to say.
pub(super) type Attack = (&'static str, Wound, Who, Says);

/// The table.
pub(super) const ATTACKS: &[Attack] = &[
    ("抽掉一条", drop_row, Who::New, Says::Stops(FaultKind::Damaged, "应为第 15 条")),
    ("两条对调", swap_rows, Who::New, Says::Stops(FaultKind::Damaged, "第 15 条")),
    ("截掉末尾", cut_tail, Who::Old, Says::Stops(FaultKind::Older, "只到第")),
    ("换掉末尾", fork, Who::Old, Says::Stops(FaultKind::Damaged, "与本机保存的不同")),
    ("换掉末尾再接长", long_fork, Who::Old, Says::Stops(FaultKind::Damaged, "接不上")),
    ("另一个县的记录", other_county, Who::New, Says::Stops(FaultKind::Damaged, "第 1 条记录不成立")),
    ("假冒下令人", forged_author, Who::New, Says::Stops(FaultKind::Damaged, "下令人的签名不成立")),
    ("假冒记录人", forged_carrier, Who::New, Says::Stops(FaultKind::Damaged, "记录人的签名不成立")),
    (
        "用自己的密钥写别人的名字",
        borrowed_name,
        Who::New,
        Says::Stops(FaultKind::Damaged, "不属于所写的工号"),
    ),
    ("没有登记的密钥", unknown_key, Who::New, Says::Stops(FaultKind::Damaged, "未登记")),
    ("已注销的密钥", revoked_key, Who::New, Says::Stops(FaultKind::Damaged, "已注销")),
    ("签过的指令再放一遍", replay, Who::New, Says::Stops(FaultKind::Damaged, "同一条指令")),
    ("算法套件降级", older_suite, Who::New, Says::Stops(FaultKind::Damaged, "不成立")),
    ("算法套件未知", newer_suite, Who::New, Says::Stops(FaultKind::Newer, "程序太旧")),
    ("正文另一种写法", other_spelling, Who::New, Says::Stops(FaultKind::Damaged, "不是规定的写法")),
    ("跳号", gap, Who::New, Says::Stops(FaultKind::Damaged, "不连续")),
    ("个人信息对调", swap_private, Who::New, Says::Stops(FaultKind::Damaged, "加密的个人信息被改动")),
    ("记录过大", too_large, Who::New, Says::Stops(FaultKind::Damaged, "记录过大")),
    ("不认识的结果", unknown_fact, Who::New, Says::Stops(FaultKind::Newer, "不认识")),
    ("改成 WAL 方式", wal, Who::New, Says::Stops(FaultKind::Damaged, "WAL")),
    ("改掉文件标识", not_ours, Who::New, Says::Stops(FaultKind::NotOurs, "不是救急的日志文件")),
    ("抬高文件格式", newer_file, Who::New, Says::Stops(FaultKind::Newer, "更新版本的程序")),
    ("清空文件", emptied, Who::Old, Says::Stops(FaultKind::Damaged, "是空的")),
    ("换成文本文件", a_text, Who::Old, Says::Stops(FaultKind::NotOurs, "不是救急的日志文件")),
    ("改出生记录", born_again, Who::New, Says::Stops(FaultKind::Damaged, "不是同一个")),
    ("删掉日志文件", deleted, Who::Old, Says::Stops(FaultKind::DriveAway, "找不到文件")),
    ("给自己授岗", own_role, Who::New, Says::Marks(Code::Role)),
    ("给自己授岗后审批", own_role_then_approve, Who::New, Says::Marks(Code::Role)),
    ("给管理员换上自己的密钥", key_for_another, Who::New, Says::Marks(Code::Effect)),
    ("改密码时给别人封数据密钥", data_for_another, Who::New, Says::Marks(Code::Effect)),
    ("改密码时自造一把数据密钥", data_of_no_year, Who::New, Says::Marks(Code::Unknown)),
    ("审批本人经办的办件", own_approval, Who::New, Says::Marks(Code::SodSame)),
    ("乡镇审批 900 元", nine_hundred, Who::New, Says::Marks(Code::TierAuth)),
    ("乡镇先付 900 元", nine_hundred_first, Who::New, Says::Marks(Code::EmergCap)),
    ("结果与指令不一致", other_facts, Who::New, Says::Marks(Code::Effect)),
    ("时间倒退", back_in_time, Who::New, Says::Marks(Code::DateOrder)),
];

/// How many attacks there are at least: the threats of an office's own people, each in some variants.
const LEAST: usize = 60;

/// Runs the table.
///
/// # Errors
/// The machine's. An attack that is not found is in the report.
pub(super) fn run(ward: &Ward, report: &mut Report) -> Result<(), Fault> {
    let mut found = 0;
    let all: Vec<&Attack> = ATTACKS.iter().chain(insider::ATTACKS).chain(recovery::ATTACKS).collect();
    for (at, (name, wound, who, says)) in all.iter().enumerate() {
        let scene = ward.scene(&format!("attack-{at}"))?;
        wound(ward, &scene)?;
        match judge(ward, &scene, *who, *says)? {
            None => {
                found += 1;
                report.lines.push(line(name, *who, *says, ward.last() + 1));
            }
            Some(wrong) => report.broken.push(format!("{name}：{wrong}")),
        }
    }
    report.hold(all.len() >= LEAST, || format!("篡改手法只有 {} 种", all.len()));
    report.lines.push(format!("篡改手法 {} 种，发现 {found} 种；{}", all.len(), ward.slowest()));
    Ok(())
}

/// A line of the table: the attack, the rule that names it, who found it, where.
fn line(name: &str, who: Who, says: Says, n: u64) -> String {
    let by = match who {
        Who::New => "没看过的电脑",
        Who::Old => "看过全部的电脑",
    };
    let rule = match says {
        Says::Marks(code) => format!("标记 {code} {} 第{n}条起", code.clause()),
        Says::Stops(_, what) => format!("不再读下去：{what}"),
        Says::Alarms(_, whose) => format!("报警：{}", whose.join("、")),
        Says::Unmoved => "不受影响".to_owned(),
    };
    format!("{name}｜{rule}｜{by}")
}

/// What is wrong with what is said; none if it is right.
pub(super) fn judge(ward: &Ward, scene: &Scene, who: Who, says: Says) -> Result<Option<String>, Fault> {
    let seen = match who {
        Who::New => 0,
        Who::Old => ward.last(),
    };
    let before = listing(&scene.share)?;
    let mut desk = ward.desk(scene, seen)?;
    let began = Instant::now();
    let pulled = desk.pull();
    ward.took(began.elapsed());
    if desk.head_n()? < seen {
        return Ok(Some("看过全部的人丢了记录".to_owned()));
    }
    let code = match (says, pulled) {
        (Says::Stops(kind, needle), Err(fault)) => {
            let right = fault.kind == kind && fault.what.contains(needle);
            return Ok((!right).then(|| said(&fault)));
        }
        (Says::Stops(..), Ok(_)) => return Ok(Some("没有发现".to_owned())),
        (_, Err(fault)) => return Ok(Some(format!("读不下去：{}", fault.what))),
        (Says::Marks(code), Ok(_)) => Some(code),
        (Says::Alarms(..) | Says::Unmoved, Ok(_)) => None,
    };
    desk.sign_in(ward.office.session(&"9011".into())?)?;
    let Some(code) = code else {
        let wrong = match (says, desk.compare_with_others()) {
            (Says::Alarms(kind, needles), Err(fault)) => {
                let right = fault.kind == kind && needles.iter().all(|needle| fault.what.contains(needle));
                (!right).then(|| said(&fault))
            }
            (Says::Alarms(..), Ok(())) => Some("没有发现".to_owned()),
            (_, compared) => compared.err().map(|fault| said(&fault)),
        };
        let untouched = listing(&scene.share)? == before;
        return Ok(wrong.or_else(|| (!untouched).then(|| "写了共享盘".to_owned())));
    };
    let reader = desk.replica().reader()?;
    let marks = reader.open_marks().map_err(Fault::from)?;
    let n = desk.head_n()?;
    if !marks.iter().any(|mark| mark.n == n && mark.code == code && !mark.sentence.is_empty()) {
        let codes: Vec<String> = marks.iter().map(|mark| format!("{} {}", mark.n, mark.code)).collect();
        return Ok(Some(format!("没有标记 {code}，只有 {codes:?}")));
    }
    // What concerns the record itself holds no case up.
    if code == Code::Chain && marks.iter().any(|mark| mark.n == n && mark.case.is_some()) {
        return Ok(Some("办件被压住了".to_owned()));
    }
    if let Some(moved) = court::moves(ward, &desk, n)? {
        return Ok(Some(moved));
    }
    // Nobody but the administrator decides whose word counts.
    let roles = reader.officer(&HANDLER.into()).map(|officer| officer.roles);
    if roles != Some(BTreeSet::from([Role::Handler])) {
        return Ok(Some("经办人有了别的岗位".to_owned()));
    }
    if desk.keys().newest_data() != Some(Period::of(2026)) {
        return Ok(Some("有了别的数据密钥".to_owned()));
    }
    let other: OfficerNo = "9011".into();
    let own = ward.office.session(&other)?.signing.id();
    if desk.keys().officer(&other).and_then(|known| known.key.as_ref()).is_none_or(|(id, _)| *id != own) {
        return Ok(Some("县局审批人的密钥被换掉了".to_owned()));
    }
    let key = ward.office.session(&ADMIN.into())?.signing.id();
    let stands = desk.keys().key_at(&key).is_some_and(|key| key.revoked_from.is_none());
    Ok((!stands).then(|| "管理员的密钥被换掉了".to_owned()))
}

fn said(fault: &Fault) -> String {
    format!("说的是 {:?} {}", fault.kind, fault.what)
}

/// Every file under a folder with its bytes.
fn listing(folder: &Path) -> Result<BTreeMap<PathBuf, Vec<u8>>, Fault> {
    let io = |error| Fault::of_io("列出共享文件夹", error);
    let mut files = BTreeMap::new();
    for entry in std::fs::read_dir(folder).map_err(io)? {
        let path = entry.map_err(io)?.path();
        if path.is_dir() {
            files.extend(listing(&path)?);
        } else {
            let bytes = std::fs::read(&path).map_err(io)?;
            files.insert(path, bytes);
        }
    }
    Ok(files)
}

pub(super) fn knife(scene: &Scene) -> Result<Wounded, Fault> {
    Wounded::open(&scene.file)
}

fn place(n: u64) -> i64 {
    i64::try_from(n).unwrap_or(0)
}

fn drop_row(_: &Ward, scene: &Scene) -> Result<(), Fault> {
    knife(scene)?.remove(MIDDLE)
}

fn swap_rows(_: &Ward, scene: &Scene) -> Result<(), Fault> {
    let knife = knife(scene)?;
    knife.renumber(place(MIDDLE), -1)?;
    knife.renumber(place(MIDDLE + 1), place(MIDDLE))?;
    knife.renumber(-1, place(MIDDLE + 1)).map(drop)
}

fn cut_tail(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    knife(scene)?.cut(ward.last() - 3)
}

/// A township whose papers are not late: what is allotted there is sound.
pub(super) const ELSEWHERE: u16 = 108;

/// An allotment of the finance officer's, whole and sound.
pub(super) fn allotment(ward: &Ward, n: u64) -> Result<Row, Fault> {
    let (command, _) = acts::allot_to(ELSEWHERE, 1_000, Till::Bank);
    let body =
        ward.body(ward.head(n), "9001", &command, &ward.decided("9001", &command, &Private::default())?)?;
    ward.row(body, "9001")
}

fn fork(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let knife = knife(scene)?;
    knife.cut(ward.last() - 1)?;
    knife.add(&allotment(ward, ward.last() - 1)?)
}

fn long_fork(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let knife = knife(scene)?;
    knife.cut(ward.last() - 1)?;
    let first = allotment(ward, ward.last() - 1)?;
    let (command, _) = acts::allot_to(ELSEWHERE, 2_000, Till::Bank);
    let body = ward.body(crate::ledger::Head::of(&first), "9001", &command, &[])?;
    knife.add(&first)?;
    knife.add(&ward.row(body, "9001")?)
}

fn other_county(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let knife = knife(scene)?;
    knife.remove(1)?;
    knife.add(&ward.foreign)
}

pub(super) fn add(scene: &Scene, row: &Row) -> Result<(), Fault> {
    knife(scene)?.add(row)
}

fn forged_author(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let mut body =
        ward.body(ward.head(ward.last()), HANDLER, &acts::allot_to(ELSEWHERE, 1_000, Till::Bank).0, &[])?;
    body.command.author = "9001".into();
    body.command.key = ward.office.session(&"9001".into())?.signing.id();
    add(scene, &ward.row(body, HANDLER)?)
}

fn forged_carrier(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let body =
        ward.body(ward.head(ward.last()), "9001", &acts::allot_to(ELSEWHERE, 1_000, Till::Bank).0, &[])?;
    add(scene, &ward.row(body, HANDLER)?)
}

fn borrowed_name(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let session = ward.office.session(&HANDLER.into())?;
    let mut body =
        ward.body(ward.head(ward.last()), HANDLER, &acts::allot_to(ELSEWHERE, 1_000, Till::Bank).0, &[])?;
    body.command.author = "9001".into();
    body.order_sig = session
        .signing
        .sign_order(ward.county(), &body.command)
        .map_err(|error| Fault::bug(error.to_string()))?;
    add(scene, &ward.row(body, HANDLER)?)
}

fn unknown_key(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let own = setup::make_key(ward.county(), None)?.keys.signing;
    let mut body =
        ward.body(ward.head(ward.last()), HANDLER, &acts::allot_to(ELSEWHERE, 1_000, Till::Bank).0, &[])?;
    body.command.key = own.id();
    body.order_sig =
        own.sign_order(ward.county(), &body.command).map_err(|error| Fault::bug(error.to_string()))?;
    add(scene, &ward.row(body, HANDLER)?)
}

fn revoked_key(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let body =
        ward.body(ward.head(ward.last()), REVOKED, &acts::allot_to(ELSEWHERE, 1_000, Till::Bank).0, &[])?;
    add(scene, &ward.row(body, REVOKED)?)
}

fn replay(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let before = ward.bodies.iter().find(|body| body.command.verb == "allot");
    let before = before.ok_or_else(|| Fault::bug("没有拨款"))?;
    let mut body =
        ward.carried(ward.head(ward.last()), "9001", before.command.clone(), before.order_sig, &[])?;
    body.facts = before.facts.clone();
    let knife = knife(scene)?;
    knife.allow_doubles()?;
    knife.add(&ward.row(body, "9001")?)
}

pub(super) fn rewritten(ward: &Ward, scene: &Scene, from: &str, to: &str) -> Result<(), Fault> {
    let body =
        ward.body(ward.head(ward.last()), "9001", &acts::allot_to(ELSEWHERE, 1_000, Till::Bank).0, &[])?;
    add(scene, &ward.rewritten(&body, "9001", from, to)?)
}

fn older_suite(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    rewritten(ward, scene, "\"suite\":1", "\"suite\":0")
}

fn newer_suite(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    rewritten(ward, scene, "\"suite\":1", "\"suite\":9")
}

fn other_spelling(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    rewritten(ward, scene, "\"suite\":1", "\"suite\": 1")
}

fn gap(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let mut head = ward.head(ward.last());
    head.n += 4;
    let body = ward.body(head, "9001", &acts::allot_to(ELSEWHERE, 1_000, Till::Bank).0, &[])?;
    add(scene, &ward.row(body, "9001")?)
}

fn swap_private(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let mut sealed = ward.rows.iter().filter_map(|row| Some((row.n, row.private.as_deref()?)));
    let (Some(one), Some(other)) = (sealed.next(), sealed.next()) else {
        return Err(Fault::bug("没有个人信息"));
    };
    let knife = knife(scene)?;
    knife.write(one.0, Column::Private, other.1)?;
    knife.write(other.0, Column::Private, one.1)
}

fn too_large(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    knife(scene)?.write(ward.last(), Column::Private, &vec![7; 300_000])
}

fn unknown_fact(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let mut body =
        ward.body(ward.head(ward.last()), "9001", &acts::allot_to(ELSEWHERE, 1_000, Till::Bank).0, &[])?;
    body.facts = vec![serde_json::json!({ "fact": "gift-made" })];
    add(scene, &ward.row(body, "9001")?)
}

/// Writes into the first bytes of the log file.
fn header(scene: &Scene, at: usize, bytes: &[u8]) -> Result<(), Fault> {
    let io = |error| Fault::of_io("损伤日志副本", error);
    let mut whole = std::fs::read(&scene.file).map_err(io)?;
    for (to, from) in whole.iter_mut().skip(at).zip(bytes) {
        *to = *from;
    }
    std::fs::write(&scene.file, whole).map_err(io)
}

fn wal(_: &Ward, scene: &Scene) -> Result<(), Fault> {
    header(scene, 18, &[2, 2])
}

fn not_ours(_: &Ward, scene: &Scene) -> Result<(), Fault> {
    header(scene, 68, &[0, 0, 0, 1])
}

fn newer_file(_: &Ward, scene: &Scene) -> Result<(), Fault> {
    header(scene, 60, &[0, 0, 0, 99])
}

fn whole(scene: &Scene, bytes: &[u8]) -> Result<(), Fault> {
    std::fs::write(&scene.file, bytes).map_err(|error| Fault::of_io("损伤日志副本", error))
}

fn emptied(_: &Ward, scene: &Scene) -> Result<(), Fault> {
    whole(scene, b"")
}

fn a_text(_: &Ward, scene: &Scene) -> Result<(), Fault> {
    whole(scene, "这是一张表格，不是日志。".repeat(200).as_bytes())
}

fn born_again(_: &Ward, scene: &Scene) -> Result<(), Fault> {
    knife(scene)?.be_born_again()
}

fn deleted(_: &Ward, scene: &Scene) -> Result<(), Fault> {
    std::fs::remove_file(&scene.file).map_err(|error| Fault::of_io("损伤日志副本", error))
}

/// Adds an entry of a patched program at the end.
pub(super) fn patched(
    ward: &Ward,
    scene: &Scene,
    by: &str,
    command: &Command,
    facts: &[Fact],
) -> Result<Row, Fault> {
    let row = ward.row(ward.body(ward.head(ward.last()), by, command, facts)?, by)?;
    add(scene, &row)?;
    Ok(row)
}

fn grant_role() -> (Command, Vec<Fact>) {
    let (officer, office): (OfficerNo, Office) = (HANDLER.into(), Office::Township(TOWNSHIP));
    let roles = BTreeSet::from([Role::Approver, Role::Handler]);
    let facts =
        vec![Fact::RolesGiven { officer: officer.clone(), office, roles: roles.clone(), limit: None }];
    (Command::Roles(Roles { officer, office, roles, limit: None, proposal: None }), facts)
}

fn own_role(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let (command, facts) = grant_role();
    patched(ward, scene, HANDLER, &command, &facts).map(drop)
}

fn own_role_then_approve(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let (command, facts) = grant_role();
    let row = patched(ward, scene, HANDLER, &command, &facts)?;
    let approve = approval(ward);
    let facts = ward.decided(APPROVER, &approve, &Private::default())?;
    let body = ward.body(crate::ledger::Head::of(&row), HANDLER, &approve, &facts)?;
    add(scene, &ward.row(body, HANDLER)?)
}

fn key_for_another(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let key = setup::make_key(ward.county(), None)?.public;
    let id = key.id().unwrap_or_default();
    let data = BTreeMap::new();
    let facts = [Fact::KeyGiven { officer: ADMIN.into(), id, key: key.clone(), data: data.clone() }];
    patched(ward, scene, HANDLER, &Command::KeySet(KeySet { key, data }), &facts).map(drop)
}

/// Data keys sealed to a new key, in the words of a change of password.
fn with_data(ward: &Ward, officer: &str, period: Period) -> Result<(KeySet, Fact), Fault> {
    let (key, data) = (setup::make_key(ward.county(), None)?.public, BTreeMap::from([(period, "00".into())]));
    let id = key.id().unwrap_or_default();
    let fact = Fact::KeyGiven { officer: officer.into(), id, key: key.clone(), data: data.clone() };
    Ok((KeySet { key, data }, fact))
}

fn data_for_another(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let (command, fact) = with_data(ward, "9011", Period::of(2026))?;
    // Also an administrator who stands alone gives another officer no data key in this way.
    patched(ward, scene, ADMIN, &Command::KeySet(command), &[fact]).map(drop)
}

fn data_of_no_year(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let (command, fact) = with_data(ward, HANDLER, Period::of(2099))?;
    patched(ward, scene, HANDLER, &Command::KeySet(command), &[fact]).map(drop)
}

pub(super) fn approval(ward: &Ward) -> Command {
    Command::Approve(Approve {
        case: ward.waiting.case,
        lines: ward.waiting.lines.clone(),
        note: None,
        second_grant: None,
        overrides: BTreeSet::new(),
        override_reason: None,
    })
}

fn own_approval(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let approve = approval(ward);
    let facts = ward.decided(APPROVER, &approve, &Private::default())?;
    patched(ward, scene, HANDLER, &approve, &facts).map(drop)
}

/// The same words with 900 yuan in them.
fn dearer<T: serde::Serialize + serde::de::DeserializeOwned>(thing: &T) -> Result<T, Fault> {
    let bug = |error: serde_json::Error| Fault::bug(error.to_string());
    let text = serde_json::to_string(thing).map_err(bug)?;
    serde_json::from_str(&text.replace(&ASKED.to_string(), &Money::from_fen(90_000).fen().to_string()))
        .map_err(bug)
}

fn nine_hundred(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let approve = approval(ward);
    let facts = ward.decided(APPROVER, &approve, &Private::default())?;
    patched(ward, scene, APPROVER, &dearer(&approve)?, &dearer(&facts)?).map(drop)
}

fn nine_hundred_first(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let at = ward.office.now();
    let (direct, _) = acts::direct(ward.waiting.case, ward.waiting.lines.clone(), &APPROVER.into(), at);
    patched(ward, scene, HANDLER, &dearer(&direct)?, &[]).map(drop)
}

fn other_facts(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let (command, _) = acts::allot_to(ELSEWHERE, 1_000, Till::Bank);
    let more = ward.decided("9001", &acts::allot_to(ELSEWHERE, 9_000, Till::Bank).0, &Private::default())?;
    patched(ward, scene, "9001", &command, &more).map(drop)
}

fn back_in_time(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let (command, _) = acts::allot_to(ELSEWHERE, 1_000, Till::Bank);
    let facts = ward.decided("9001", &command, &Private::default())?;
    let mut body = ward.body(ward.head(ward.last()), "9001", &command, &facts)?;
    body.share_ms -= 600_000;
    add(scene, &ward.row(body, "9001")?)
}
