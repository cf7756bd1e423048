//! The floor `cli`: what the program can be told on its command line. One file per verb. It reads arguments, opens what a
//! verb needs, says what came of it in a sentence, and ends with a status:
//! 0 done, 1 refused or not so, 2 wrong arguments, 3 a fault of drive, disk or file.

mod backup;
mod batch;
mod batch_deeds;
mod chosen;
mod codes;
mod desk;
mod doctor;
mod drill;
mod enrol;
mod erase;
mod evidence;
mod export;
mod found;
mod history;
mod import;
mod join;
mod lookup;
mod officers;
mod out;
mod password;
mod practice;
mod print;
mod rebuild;
mod recover;
mod request;
mod scene;
mod seed;
mod sweep;
mod usage;
mod verify;

use crate::store::fault::{Fault, FaultKind};
use clap::{Parser, Subcommand};
use out::Out;
use std::process::ExitCode;

/// The program's arguments.
#[derive(Parser)]
#[command(
    name = "jiuji",
    version,
    about = "救急：临时救助办公程序",
    disable_help_subcommand = true,
    after_help = "不带命令：打开本机的办公桌。初次使用请先 practice 试用，或 found 建库、join 加入。\n状态：0 办成  1 不予办理或核验不通过  2 参数不对  3 盘、文件或程序出错"
)]
struct Args {
    #[command(subcommand)]
    verb: Option<Verb>,
}

/// What can be done.
#[derive(Subcommand)]
enum Verb {
    /// 打开练习：虚构的县，真实的程序
    Practice(practice::Args),
    /// 建库：在共享文件夹里建立本县的日志
    Found(found::Args),
    /// 加入：让本机成为本县的一台办公电脑
    Join(join::Args),
    /// 检查共享盘和本机，一台或两台电脑，结果可以在电话里念
    Doctor(doctor::Args),
    /// 登记操作员：管理员在本机登记，操作员本人设密码
    Enrol(enrol::Args),
    /// 申请：操作员在自己的电脑上设密码，请管理员登记
    Request(request::Args),
    /// 操作员管理：名单、申请、岗位、停用、密钥失窃、重设密码、两名管理员
    Officers(officers::Args),
    /// 授权码单：还剩几个、印发新的、作废
    Codes(codes::Args),
    /// 改密码：本人更换，不用管理员；忘了密码的用 request
    Password(password::Args),
    /// 恢复管理员：管理员都登录不了时，用保险柜里的恢复种子
    Recover(recover::Args),
    /// 查往年：按姓名、证件号、电话查历年救助
    Lookup(lookup::Args),
    /// 操作经历：谁、什么时候、在哪台电脑上办了什么、改了什么
    History(history::Args),
    /// 导入往年台账（xlsx、xls、csv）
    Import(import::Args),
    /// 打卡发放：账户、批次、银行文件、回盘、月末对账
    Batch(batch::Args),
    /// 到期销毁：保管期满的办件，销毁不公开部分，先看清单
    Erase(erase::Args),
    /// 核验日志：逐条核对哈希、签名和权限
    Verify(verify::Args),
    /// 证据包：把一件的记录、密钥取出，任何电脑都能核验
    Evidence(evidence::Args),
    /// 重建共享日志：损坏、被截、较旧或丢失时，用本机核对过的记录恢复
    Rebuild(rebuild::Args),
    /// 备份：把本机保存的记录复制到第二个文件夹或U盘
    Backup(backup::Args),
    /// 备份演练：恢复、核验、重放、比较，签名
    Drill(drill::Args),
    /// 演示情景：在临时办公室里逐行核对
    Scene(scene::Args),
    /// 打印：登记单、审批表、备用金台账、缺什么通知单、月度核对单
    Print(print::Args),
    /// 导出为普通表格（csv、xlsx、sqlite）
    Export(export::Args),
    /// 总检：强杀进程、篡改日志、乱按、弄坏文件，看程序是否守得住
    Sweep(sweep::Args),
    /// 总检的一台办公桌，由 sweep 自己启动
    #[command(hide = true)]
    SweepDesk(sweep::DeskArgs),
    /// 总检的一次写入，由 sweep 自己启动
    #[command(hide = true)]
    SweepCommit(sweep::CommitArgs),
    /// 总检的读表，由 sweep 自己启动
    #[command(hide = true)]
    SweepSheets(sweep::SheetsArgs),
}

/// How a verb ended without a fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    /// Done, or it is so.
    Done,
    /// Refused, or it is not so.
    No,
}

impl From<End> for ExitCode {
    fn from(end: End) -> ExitCode {
        match end {
            End::Done => ExitCode::SUCCESS,
            End::No => ExitCode::from(1),
        }
    }
}

/// Runs the program with the arguments of this process.
pub fn run() -> ExitCode {
    let mut out = Out::system();
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) => return usage::answer(&mut out, &error),
    };
    let ended = match args.verb {
        None => desk::open(),
        Some(Verb::Practice(args)) => practice::run(&args, &mut out),
        Some(Verb::Found(args)) => found::run(&args, &mut out),
        Some(Verb::Join(args)) => join::run(&args, &mut out),
        Some(Verb::Doctor(args)) => doctor::run(&args, &mut out),
        Some(Verb::Enrol(args)) => enrol::run(&args, &mut out),
        Some(Verb::Request(args)) => request::run(&args, &mut out),
        Some(Verb::Officers(args)) => officers::run(&args, &mut out),
        Some(Verb::Codes(args)) => codes::run(&args, &mut out),
        Some(Verb::Password(args)) => password::run(&args, &mut out),
        Some(Verb::Recover(args)) => recover::run(&args, &mut out),
        Some(Verb::Lookup(args)) => lookup::run(&args, &mut out),
        Some(Verb::History(args)) => history::run(&args, &mut out),
        Some(Verb::Erase(args)) => erase::run(&args, &mut out),
        Some(Verb::Import(args)) => import::run(&args, &mut out),
        Some(Verb::Batch(args)) => batch::run(&args, &mut out),
        Some(Verb::Verify(args)) => verify::run(&args, &mut out),
        Some(Verb::Evidence(args)) => evidence::run(&args, &mut out),
        Some(Verb::Rebuild(args)) => rebuild::run(&args, &mut out),
        Some(Verb::Backup(args)) => backup::run(&args, &mut out),
        Some(Verb::Drill(args)) => drill::run(&args, &mut out),
        Some(Verb::Scene(args)) => scene::run(&args, &mut out),
        Some(Verb::Print(args)) => print::run(&args, &mut out),
        Some(Verb::Export(args)) => export::run(&args, &mut out),
        Some(Verb::Sweep(args)) => sweep::run(&args, &mut out),
        Some(Verb::SweepDesk(args)) => sweep::desk(args),
        Some(Verb::SweepCommit(args)) => sweep::commit(args),
        Some(Verb::SweepSheets(args)) => sweep::read_sheets(args, &mut out),
    };
    match ended.and_then(|end| out.flush().map(|()| end)) {
        Ok(end) => end.into(),
        Err(fault) => {
            out.warn(&fault.to_string());
            status(&fault)
        }
    }
}

/// Where papers go that name no folder: beside the files of this PC.
fn place_of_papers() -> Result<std::path::PathBuf, Fault> {
    Ok(crate::office::place::Place::of_machine()?.data.join("papers"))
}

/// The status of a fault: what the user can put right in what he typed is a no, the rest a fault.
fn status(fault: &Fault) -> ExitCode {
    ExitCode::from(if fault.kind == FaultKind::User { 1 } else { 3 })
}
