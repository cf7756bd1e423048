//! `codes`: sheets of spoken codes: how they stand, a new one of one's own, one that is void.

use super::End;
use super::chosen::{self, Choice, Chosen, today};
use super::found::number_of;
use super::out::Out;
use crate::domain::answers::Answers as _;
use crate::domain::command::Command;
use crate::domain::command::codes::VoidCodes;
use crate::domain::delegation;
use crate::domain::office::{Office, Officer, Role};
use crate::domain::pack::CodeFigures;
use crate::domain::private::Private;
use crate::office::code_sheet::{Fresh, reminder};
use crate::office::print;
use crate::office::setup;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;
use clap::Subcommand;
use std::path::PathBuf;

/// Arguments of `codes`.
#[derive(clap::Args)]
#[command(subcommand_value_name = "事项", disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    choice: Choice,
}

/// What can be done.
#[derive(Subcommand)]
enum What {
    /// 名单：谁有码单，何时印发，还剩几个
    List {
        /// 写成 JSON
        #[arg(long)]
        json: bool,
    },
    /// 印发本人的新码单：写成一页 HTML，打印后锁好并删除文件；旧的作废
    Issue {
        /// 写到哪个文件夹；不写则写到打印文件夹
        #[arg(long, value_name = "文件夹")]
        out: Option<PathBuf>,
    },
    /// 作废码单：本人的；别人的由管理员
    Void {
        /// 操作员号；不写则是本人
        #[arg(value_name = "操作员号")]
        no: Option<String>,
        /// 遗失
        #[arg(long)]
        lost: bool,
    },
}

/// Runs the verb.
///
/// # Errors
/// A number that is none; a wrong password; what the rules refuse; the disk.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    let officer = args.choice.officer.clone().or_else(|| args.choice.practice.then(|| "9001".to_owned()));
    let mut chosen = chosen::open(&Choice { practice: args.choice.practice, officer }, out)?;
    match &args.what {
        What::List { json } => list(&chosen, *json, out)?,
        What::Issue { out: folder } => issue(&mut chosen, folder.clone(), out)?,
        What::Void { no, lost } => {
            let no = no.as_deref().map_or(Ok(chosen.session.officer.clone()), number_of)?;
            let void = Command::VoidCodes(VoidCodes { officer: no.clone(), lost: *lost });
            setup::carry_as(&mut chosen.desk, &chosen.session, vec![(void, Private::default())])?;
            out.say(&format!(
                "操作员 {no} 的授权码单已作废，纸请撕掉；还要用的印发新的：jiuji codes issue。"
            ))?;
        }
    }
    Ok(End::Done)
}

fn figures(reader: &Reader) -> CodeFigures {
    reader.pack_now().map(|pack| pack.codes).unwrap_or_default()
}

fn me(chosen: &Chosen, reader: &Reader) -> Result<Officer, Fault> {
    reader
        .officer(&chosen.session.officer)
        .ok_or_else(|| Fault::new(FaultKind::User, "本人的登记还没有取到本机", "请稍候再试"))
}

fn list(chosen: &Chosen, json: bool, out: &mut Out) -> Result<(), Fault> {
    let reader = chosen.desk.replica().reader()?;
    let me = me(chosen, &reader)?;
    let mut rows = reader.code_sheets(&me.no)?;
    if !me.is(Role::Administrator) {
        rows.retain(|row| row.officer.0 == me.no);
    }
    rows.retain(|row| row.officer.0 != me.no || row.sheet.is_some() || me.is(Role::Approver));
    let (today, figures) = (today(), figures(&reader));
    if json {
        let each = rows.iter().map(|row| {
            let sheet = row.sheet.as_ref();
            serde_json::json!({
                "officer": row.officer.0,
                "issued": sheet.map(|sheet| sheet.issued.day().to_string()),
                "size": sheet.map_or(0, |sheet| sheet.size()),
                "left": sheet.map_or(0, |sheet| sheet.left(today)),
                "missed": sheet.map_or(0, |sheet| sheet.missed),
                "reminder": reminder(sheet, today, &figures),
            })
        });
        return out.json(&serde_json::Value::Array(each.collect()));
    }
    for row in &rows {
        let (no, name) = &row.officer;
        let stands = match &row.sheet {
            None => "还没有印发".to_owned(),
            Some(sheet) => {
                let (issued, left, size) = (sheet.issued.day(), sheet.left(today), sheet.size());
                let state = sheet.why_dead(today).unwrap_or("在用");
                format!("{issued} 印发，还剩 {left}/{size} 个，报错 {} 次，{state}", sheet.missed)
            }
        };
        let said = reminder(row.sheet.as_ref(), today, &figures).map(|said| format!("  ! {said}"));
        out.say(&format!("{no:<8} {name}  {stands}{}", said.unwrap_or_default()))?;
    }
    if rows.is_empty() {
        out.say("没有授权码单：码单由县局审批人持有。")?;
    }
    Ok(())
}

fn issue(chosen: &mut Chosen, folder: Option<PathBuf>, out: &mut Out) -> Result<(), Fault> {
    let (officer, many) = {
        let reader = chosen.desk.replica().reader()?;
        let me = me(chosen, &reader)?;
        let lent = delegation::stands_in_for(&reader, &me, today());
        let own = me.is(Role::Approver) && me.office == Office::County;
        if !own && lent.is_none_or(|giver| giver.office != Office::County) {
            let next = "请县局审批人登录后印发，或请管理员授予岗位";
            return Err(Fault::new(FaultKind::User, "授权码单由县局审批人印发", next));
        }
        (me, figures(&reader).many())
    };
    out.progress("正在生成授权码");
    let fresh = Fresh::make(officer.no, officer.name, many, chosen.practice)?;
    let issue = (Command::IssueCodes(fresh.command()), Private::default());
    setup::carry_as(&mut chosen.desk, &chosen.session, vec![issue])?;
    let folder = folder.map_or_else(super::place_of_papers, Ok)?;
    let written = print::codes::write(&fresh, today(), chosen.practice, &folder).map_err(|fault| Fault {
        what: format!("新码单已生效而没有写成文件：{}", fault.what),
        next: "码已不可得，请再印发一张".to_owned(),
        ..fault
    })?;
    out.say(&format!("新码单已印发，旧的作废。写成 {}。", written.display()))?;
    out.say("请现在打印一份，锁好；然后删除这个文件，清空回收站。码只在这一页上，以后印不出第二份。")
}
