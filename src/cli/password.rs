//! `password`: an officer changes his own password; nobody has to help him.

use super::End;
use super::chosen::{line, now, password};
use super::found::{number_of, typed_password};
use super::out::Out;
use crate::domain::answers::Answers as _;
use crate::office::place::{self, Place};
use crate::office::{attempts, change, session, setup};
use crate::store::fault::{Fault, FaultKind};
use std::sync::Arc;

/// Arguments of `password`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 操作员号；不写则询问
    #[arg(value_name = "操作员号")]
    no: Option<String>,
}

/// Runs the verb.
///
/// # Errors
/// A wrong old password, a new one by the rule; orders that wait; a share that is away.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let place = Place::of_machine()?;
    let settings = place.needed_settings()?;
    let county = settings.county_id()?;
    let opened = place::open_desk(&place.desk(), &settings.share, county)?;
    let (mut desk, keeper) = (opened.desk, opened.keeper);
    keeper.own().writable()?;
    let waiting = keeper.given()?.len();
    if waiting > 0 {
        let what = format!("本机还有 {waiting} 笔待传，是用现在的密钥签的");
        return Err(Fault::new(FaultKind::User, what, "请打开程序等它们送出，再改密码"));
    }
    out.progress("正在读取共享日志");
    desk.pull()?;
    let no = match &args.no {
        Some(no) => number_of(no)?,
        None => number_of(&line(out, "操作员号：")?)?,
    };
    let old = password("JIUJI_PASSWORD", out, "原密码：")?;
    out.progress("正在核对密码");
    let open = || session::sign_in(county, desk.keys(), &no, &old);
    let session = Arc::new(attempts::guarded(&keeper, &no, now(), open)?);
    desk.sign_in(session.clone())?;
    let name = desk.replica().reader()?.officer(&no).map(|officer| officer.name).unwrap_or_default();
    let new = typed_password("JIUJI_NEW_PASSWORD", (&no, &name), out)?;
    if new == old {
        return Err(Fault::new(FaultKind::User, "新密码和原来的一样", "请重新运行，另换一个"));
    }
    out.progress("正在生成密钥");
    let made = change::make(county, &session, (&new, &name), desk.keys().is_practice())?;
    let change = change::prepare(county, &session, made)?;
    desk.expect_session(Arc::new(change.next));
    setup::carry_as(&mut desk, &session, change.drafts)?;
    out.say(&format!(
        "操作员 {no} 的密码已更改，旧密码作废；在别的电脑上还登录着的，请签退后用新密码登录。"
    ))?;
    Ok(End::Done)
}
