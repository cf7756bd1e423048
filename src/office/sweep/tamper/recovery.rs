//! Attacks on what brings a lost log back: statements of a rebuilding, rescued entries, notices of heads that somebody has
//! seen, and a desk's count. Each of them moves other desks, so each may only be what an officer was allowed to say.

use super::attacks::{APPROVER, Attack, ELSEWHERE, MIDDLE, Says, Who, add, allotment, approval, patched};
use super::ward::{ADMIN, Scene, Ward, setting};
use crate::domain::code::Code;
use crate::domain::fund::Till;
use crate::domain::private::Private;
use crate::ledger::rescue::{self, Carried};
use crate::ledger::{Cid, DeskId, Hash, Head, Order, Row, Sig};
use crate::office::scratch::Hands;
use crate::office::sweep::acts::{self, HANDLER};
use crate::office::{random, setup};
use crate::store::fault::{Fault, FaultKind};
use crate::store::log::Rebuilding;
use crate::store::share::{Plan, Share};
use serde_json::Value;
use std::time::Duration;

/// What the lying desk calls itself.
const LIAR: &str = "谎报一号";

/// The table.
pub(super) const ATTACKS: &[Attack] = &[
    (
        "经办人声明重建，去掉两条换上两条",
        clerk_rebuilds,
        Who::Old,
        Says::Stops(FaultKind::Damaged, "与本机保存的不同"),
    ),
    (
        "以管理员名义声明重建",
        rebuilt_in_his_name,
        Who::Old,
        Says::Stops(FaultKind::Damaged, "与本机保存的不同"),
    ),
    ("找回的记录被改动", rescue_changed, Who::New, Says::Stops(FaultKind::Damaged, "哈希不符")),
    (
        "找回的记录改后由别人重签",
        rescue_resigned,
        Who::New,
        Says::Stops(FaultKind::Damaged, "记录人的签名不成立"),
    ),
    ("找回没人签过的记录", rescue_of_nobody, Who::New, Says::Stops(FaultKind::Damaged, "没有登记")),
    ("找回套着找回", rescue_nested, Who::New, Says::Stops(FaultKind::Damaged, "套在另一条里")),
    ("找回没有丢的记录", rescue_of_present, Who::New, Says::Stops(FaultKind::Damaged, "同一条指令")),
    ("同一条找回两次", rescued_twice, Who::New, Says::Stops(FaultKind::Damaged, "同一条指令")),
    ("找回时夹带结果", rescue_with_facts, Who::New, Says::Stops(FaultKind::Damaged, "带有自己的内容")),
    ("谎报见过更多", seen_more, Who::Old, Says::Alarms(FaultKind::Older, &[LIAR, HANDLER, "已见到第"])),
    ("谎报见过别的", seen_other, Who::Old, Says::Alarms(FaultKind::Damaged, &[LIAR, HANDLER, "第 15 条"])),
    ("冒名谎报", seen_in_his_name, Who::Old, Says::Unmoved),
    ("同一台电脑的序号用两次", count_twice, Who::New, Says::Marks(Code::Chain)),
];

/// Publishes a log whose last two entries are others, with a statement of an officer under somebody's signature.
fn rebuilt(ward: &Ward, scene: &Scene, officer: &str, signer: &str) -> Result<(), Fault> {
    let kept = ward.last().saturating_sub(2);
    let mut rows: Vec<Row> = ward.rows.iter().filter(|row| row.n <= kept).cloned().collect();
    let first = allotment(ward, kept)?;
    let second = ward.body(Head::of(&first), "9001", &acts::allot_to(ELSEWHERE, 2_000, Till::Bank).0, &[])?;
    rows.extend([first, ward.row(second, "9001")?]);
    let head = rows.last().map(Head::of).ok_or_else(|| Fault::bug("没有记录"))?;
    let hands = Hands::default();
    hands.set(ward.office.now());
    let own = scene.share.with_file_name("forger");
    let mut share = Share::reach(setting(&scene.share, &own, ward.county(), DeskId([9; 8]), hands))?;
    let (retired, _) = share.retire(Duration::from_secs(1))?.unwrap_or_default();
    let signing = &ward.office.session(&signer.into())?.signing;
    let plan = Plan {
        behind: None,
        head,
        retired,
        above: 1,
        officer: officer.to_owned(),
        key: ward.office.session(&officer.into())?.signing.id(),
        sign: &|words| signing.sign_text(Rebuilding::PURPOSE, ward.county(), words),
        rows: &mut |after, limit| Ok(rows.iter().filter(|row| row.n > after).take(limit).cloned().collect()),
    };
    share.publish(plan).map(drop)
}

fn clerk_rebuilds(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    rebuilt(ward, scene, HANDLER, HANDLER)
}

fn rebuilt_in_his_name(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    rebuilt(ward, scene, ADMIN, HANDLER)
}

fn json(value: &impl serde::Serialize) -> Result<Value, Fault> {
    serde_json::to_value(value).map_err(|error| Fault::bug(error.to_string()))
}

/// An entry of the handler's that rescues what stands in its arguments, on a head.
fn rescuing(ward: &Ward, head: Head, args: Value) -> Result<Row, Fault> {
    let signing = &ward.office.session(&HANDLER.into())?.signing;
    let order = Order {
        cid: Cid(random::bytes()?),
        verb: rescue::VERB.to_owned(),
        author: HANDLER.to_owned(),
        key: signing.id(),
        seen: head.n,
        args,
        private: None,
    };
    let sig = signing.sign_order(ward.county(), &order).map_err(|error| Fault::bug(error.to_string()))?;
    ward.row(ward.carried(head, HANDLER, order, sig, &[])?, HANDLER)
}

fn end(ward: &Ward) -> Head {
    ward.head(ward.last())
}

fn carried(row: &Row) -> Result<Value, Fault> {
    json(&rescue::carry(row).map_err(|broken| Fault::bug(broken.to_string()))?.0)
}

/// Rescues a row at the end of the log.
fn rescued(ward: &Ward, scene: &Scene, row: &Row) -> Result<(), Fault> {
    add(scene, &rescuing(ward, end(ward), carried(row)?)?)
}

/// A row that the log does not hold, sound and signed by the finance officer.
fn lost(ward: &Ward) -> Result<Row, Fault> {
    allotment(ward, ward.last())
}

fn rescue_changed(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let mut args = carried(&lost(ward)?)?;
    let count = args.pointer_mut("/body/desk_seq").ok_or_else(|| Fault::bug("没有序号"))?;
    *count = 77.into();
    add(scene, &rescuing(ward, end(ward), args)?)
}

fn rescue_resigned(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let body = ward.body(end(ward), "9001", &acts::allot_to(ELSEWHERE, 1_000, Till::Bank).0, &[])?;
    rescued(ward, scene, &ward.rewritten(&body, HANDLER, "\"desk_seq\":1", "\"desk_seq\":77")?)
}

fn rescue_of_nobody(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let own = setup::make_key(ward.county(), None)?.keys.signing;
    let mut body = ward.body(end(ward), "9001", &acts::allot_to(ELSEWHERE, 1_000, Till::Bank).0, &[])?;
    body.command.key = own.id();
    body.order_sig =
        own.sign_order(ward.county(), &body.command).map_err(|error| Fault::bug(error.to_string()))?;
    rescued(ward, scene, &ward.row(body, "9001")?)
}

fn rescue_nested(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let inner = rescuing(ward, end(ward), carried(&lost(ward)?)?)?;
    let body = serde_json::from_str(&inner.body).map_err(|error| Fault::bug(error.to_string()))?;
    let nested = Carried { body, hash: inner.hash, sig: Sig(inner.sig) };
    add(scene, &rescuing(ward, end(ward), json(&nested)?)?)
}

fn rescue_of_present(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let row = ward.rows.iter().find(|row| row.n == MIDDLE).ok_or_else(|| Fault::bug("没有记录"))?;
    rescued(ward, scene, row)
}

fn rescued_twice(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let lost = carried(&lost(ward)?)?;
    let first = rescuing(ward, end(ward), lost.clone())?;
    add(scene, &first)?;
    add(scene, &rescuing(ward, Head::of(&first), lost)?)
}

fn rescue_with_facts(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let row = rescuing(ward, end(ward), carried(&lost(ward)?)?)?;
    let mut body =
        crate::ledger::Body::from_text(&row.body).map_err(|error| Fault::damaged(error.to_string()))?;
    let (allot, _) = acts::allot_to(ELSEWHERE, 90_000, Till::Bank);
    body.facts = vec![json(&ward.decided("9001", &allot, &Private::default())?)?];
    add(scene, &ward.row(body, HANDLER)?)
}

/// Hangs out that a desk has seen this, in an officer's name under somebody's signature.
fn seen(ward: &Ward, scene: &Scene, officer: &str, signer: &str, head: Head) -> Result<(), Fault> {
    let io = |error| Fault::of_io("写谎报", error);
    let (desk, at) = (DeskId([9; 8]), ward.office.now().0);
    let key = ward.office.session(&officer.into())?.signing.id();
    let text = format!(
        "jiuji-desk 1\ndesk {desk}\nname {LIAR}\nprogram 0.1.0\nfile 1\nn {}\nhash {}\nat {at}\nofficer {officer}\nkey {key}\n",
        head.n, head.hash
    );
    let sig = ward.office.session(&signer.into())?.signing.sign_text("head", ward.county(), &text);
    let board = scene.share.join("desks");
    std::fs::create_dir_all(&board).map_err(io)?;
    std::fs::write(board.join(desk.to_string()), format!("{text}sig {sig}\nend\n")).map_err(io)
}

fn further(ward: &Ward) -> Head {
    Head { n: ward.last() + 50, hash: Hash([7; 32]) }
}

fn seen_more(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    seen(ward, scene, HANDLER, HANDLER, further(ward))
}

fn seen_other(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    seen(ward, scene, HANDLER, HANDLER, Head { n: MIDDLE, hash: Hash([7; 32]) })
}

fn seen_in_his_name(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    seen(ward, scene, ADMIN, HANDLER, further(ward))
}

/// Two entries under one count: the second approves a case, rightly.
fn count_twice(ward: &Ward, scene: &Scene) -> Result<(), Fault> {
    let (allot, _) = acts::allot_to(ELSEWHERE, 1_000, Till::Bank);
    let facts = ward.decided("9001", &allot, &Private::default())?;
    let first = patched(ward, scene, "9001", &allot, &facts)?;
    let approve = approval(ward);
    let facts = ward.decided(APPROVER, &approve, &Private::default())?;
    let body = ward.body(Head::of(&first), APPROVER, &approve, &facts)?;
    add(scene, &ward.row(body, APPROVER)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Else a statement that is never followed would prove nothing.
    #[test]
    fn the_administrators_own_statement_is_followed_and_what_it_leaves_out_is_set_aside() {
        let folder = tempfile::tempdir().unwrap();
        let ward = Ward::found(folder.path()).unwrap();
        let scene = ward.scene("followed").unwrap();
        rebuilt(&ward, &scene, ADMIN, ADMIN).unwrap();
        let mut desk = ward.desk(&scene, ward.last()).unwrap();
        desk.pull().unwrap();
        let head = desk.entries().head().unwrap();
        assert!(head.n == ward.last() && head != end(&ward), "{head:?}");
        assert_eq!(desk.entries().lost(9).unwrap().len(), 2);
    }
}
