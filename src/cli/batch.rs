//! `batch`: paying out by bank at the command line: what waits, batches, the bank's file and its return file.

use super::End;
use super::batch_deeds::{self, AccountArgs, OpenArgs, SourceArgs};
use super::chosen::{self, Choice, Chosen, now, officer_of, today};
use super::out::Out;
use crate::base::division;
use crate::base::money::Money;
use crate::domain::code::Weight;
use crate::domain::command::Command;
use crate::domain::command::payout::SendBatch;
use crate::domain::nouns::BatchState;
use crate::domain::office::{Office, Officer};
use crate::domain::privacy::{Audience, Field, Medium, Show, show, shown};
use crate::domain::private::Private;
use crate::office::payout::template::{SHIPPED, Template};
use crate::office::payout::{self, back, export};
use crate::office::seen::may_look;
use crate::office::setup::{carry_as, weighed};
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;
use crate::store::replica::views::payout::BatchRow;
use std::path::{Path, PathBuf};

/// Arguments of `batch`.
#[derive(clap::Args)]
#[command(subcommand_value_name = "事项", disable_help_subcommand = true)]
pub(super) struct Args {
    #[command(subcommand)]
    what: What,
    #[command(flatten)]
    choice: Choice,
}

/// What is done.
#[derive(clap::Subcommand)]
enum What {
    /// 待付：已批准、还没进批次的打卡救助金
    Waiting,
    /// 批次清单
    List,
    /// 登记办件的领款账户
    Account(AccountArgs),
    /// 资金来源到账或上缴
    Source(SourceArgs),
    /// 建立批次
    Open(OpenArgs),
    /// 复核批次：另一名财务自己加总后输入，不显示合计
    Check {
        /// 批次号，如 P26-001
        number: String,
        /// 自己加总的金额
        #[arg(long, value_name = "元")]
        total: String,
        /// 自己清点的笔数
        #[arg(long, value_name = "笔数")]
        count: u32,
    },
    /// 导出已复核批次的银行文件
    Export {
        /// 批次号
        number: String,
        /// 模板：bank、yikatong 或模板文件
        #[arg(long, default_value = "bank", value_name = "模板")]
        template: String,
        /// 写到哪个文件夹
        #[arg(long, value_name = "文件夹")]
        out: PathBuf,
    },
    /// 提交银行：记下文件的校验值，资金转为在途
    Send {
        /// 批次号
        number: String,
        /// 导出的文件
        #[arg(long, value_name = "文件")]
        file: PathBuf,
        /// 导出时用的模板：bank、yikatong 或模板文件
        #[arg(long, default_value = "bank", value_name = "模板")]
        template: String,
    },
    /// 撤销没有提交的批次
    Drop {
        /// 批次号
        number: String,
        /// 原因
        #[arg(long)]
        reason: String,
    },
    /// 读入银行回盘（csv、xlsx、xls）
    ReadReturn {
        /// 批次号
        number: String,
        /// 回盘文件
        file: PathBuf,
        /// 模板：bank、yikatong 或模板文件
        #[arg(long, default_value = "bank", value_name = "模板")]
        template: String,
        /// 只核对，不写入
        #[arg(long)]
        dry_run: bool,
    },
    /// 月末对账：各资金来源的期初、到账、支出、退回、期末和在途
    Month {
        /// 如 2026-03
        month: String,
    },
    /// 显示随程序的模板，可另存后修改
    Template {
        /// bank 或 yikatong
        name: String,
    },
}

/// Runs the verb.
///
/// # Errors
/// No such batch, file or template; what the rules or the share refuse.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    if let What::Template { name } = &args.what {
        let Some((_, text)) = SHIPPED.iter().find(|(known, _)| known == name) else {
            return Err(Fault::new(FaultKind::User, format!("没有模板 {name}"), "可以写 bank 或 yikatong"));
        };
        out.say(text.trim_end())?;
        return Ok(End::Done);
    }
    let officer = args.choice.officer.clone().or_else(|| args.choice.practice.then(|| "9003".to_owned()));
    let mut chosen = chosen::open(&Choice { practice: args.choice.practice, officer }, out)?;
    let reader = chosen.desk.replica().reader()?;
    let officer = officer_of(&reader, &chosen.session.officer)?;
    let audience = Audience::of(&officer, None);
    match &args.what {
        What::Template { .. } => {}
        What::Waiting => waiting(&reader, &officer, out)?,
        What::List => {
            county_money(audience)?;
            list(&reader, &officer, out)?;
        }
        What::Month { month } => {
            county_money(audience)?;
            month_end(&reader, &officer, month, out)?;
        }
        What::Export { number, template, out: folder } => {
            full(&officer, audience)?;
            write(&reader, number, template, folder, chosen.practice, out)?;
        }
        What::ReadReturn { number, file, template, dry_run } => {
            full(&officer, audience)?;
            let read = given_back(&reader, number, file, template, chosen.practice)?;
            let sums = sums(&read);
            if *dry_run {
                let command = Command::ReadReturn(read);
                would(&reader, &chosen, &officer, &command)?;
                out.say(&format!("{sums}。与提交的逐行相符，以上是核对，没有写入。"))?;
                return Ok(End::Done);
            }
            drop(reader);
            done(&mut chosen, Command::ReadReturn(read), Private::default())?;
            out.say(&format!("批次{number}回盘已读入：{sums}"))?;
        }
        What::Account(args) => batch_deeds::account(args, reader, &mut chosen, out)?,
        What::Source(args) => batch_deeds::source(args, reader, &mut chosen, out)?,
        What::Open(args) => batch_deeds::open(args, reader, &mut chosen, out)?,
        What::Check { number, total, count } => {
            batch_deeds::check(number, total, *count, reader, &mut chosen, out)?;
        }
        What::Drop { number, reason } => batch_deeds::drop_batch(number, reason, reader, &mut chosen, out)?,
        What::Send { number, file, template } => {
            full(&officer, audience)?;
            let batch = payout::batch(&reader, number)?;
            let bytes = std::fs::read(file)
                .map_err(|error| Fault::of_io(&format!("读取批次文件 {}", file.display()), error))?;
            let template = Template::find(template)?;
            let made = export::file(&batch, &reader.roster(batch.id)?, &template, chosen.practice)?;
            drop(reader);
            // The hash that is signed is to prove what the bank was given: a file of something else proves nothing.
            if made.bytes != bytes {
                let what =
                    format!("{} 不是批次{number}按模板「{}」导出的文件", file.display(), template.name);
                let next = "请用 batch export 重新导出后原样提交；用别的模板导出的请写 --template";
                return Err(Fault::new(FaultKind::User, what, next));
            }
            let hash = payout::hash(&bytes);
            let send = SendBatch { batch: batch.id, file: hash.clone() };
            done(&mut chosen, Command::SendBatch(send), Private::default())?;
            out.say(&format!(
                "批次{number}已提交：{}笔，{}元，文件校验值 {hash}",
                batch.count(),
                batch.total()
            ))?;
        }
    }
    Ok(End::Done)
}

/// Signs and writes one command.
///
/// # Errors
/// What the rules or the share refuse; a drive that is away.
pub(super) fn done(chosen: &mut Chosen, command: Command, private: Private) -> Result<(), Fault> {
    if let Some(away) = chosen.away.take() {
        return Err(away);
    }
    let session = chosen.session.clone();
    carry_as(&mut chosen.desk, &session, vec![(command, private)]).map(|_| ())
}

/// Files of the bank hold whole accounts: only whoever may take them in full makes or reads one.
fn full(officer: &Officer, audience: Audience) -> Result<(), Fault> {
    let may = [Field::Name, Field::IdNo, Field::Account];
    let county = officer.office == Office::County;
    if county && may.into_iter().all(|field| show(field, audience, Medium::FullExport) == Show::Full) {
        return Ok(());
    }
    let what = "银行文件含完整账号，您的岗位不能导出或读入";
    Err(Fault::new(FaultKind::User, what, "请县局财务登录办理，如 --officer 9003"))
}

/// The rules' word on a command that is not written: their first refusal, as the share would answer.
fn would(reader: &Reader, chosen: &Chosen, officer: &Officer, command: &Command) -> Result<(), Fault> {
    let verdicts = weighed(reader, &chosen.session, officer, now(), (command, &Private::default()))?;
    let refused: Vec<String> = verdicts
        .iter()
        .filter(|one| one.code.weight() == Weight::Refuses)
        .map(|one| format!("{} {}", one.code, one.full()))
        .collect();
    if refused.is_empty() {
        return Ok(());
    }
    Err(Fault::new(FaultKind::User, refused.join("；"), "以上是核对，没有写入，请按提示改正后再读"))
}

/// Batches and sources are for whom the screens show them to: the county's business, its finance, the supervisor.
fn county_money(audience: Audience) -> Result<(), Fault> {
    match audience {
        Audience::Finance | Audience::County | Audience::Supervisor => Ok(()),
        _ => Err(Fault::new(
            FaultKind::User,
            "批次和资金来源由县局财务办理",
            "请用县局财务的操作员号，如 --officer 9003",
        )),
    }
}

/// Whether somebody else's batch waits to be counted: a sum that holds it would tell whoever counts it blind.
fn is_uncounted(row: &BatchRow, officer: &Officer) -> bool {
    row.state == BatchState::Open && row.by != officer.no
}

/// Lines that wait: the county's all, a township's its own, as on the screen.
fn waiting(reader: &Reader, officer: &Officer, out: &mut Out) -> Result<(), Fault> {
    may_look(officer)?;
    let own = officer.office.township();
    let mut rows = reader.to_pay_by_bank()?;
    rows.retain(|row| own.is_none_or(|own| own == row.township));
    for row in &rows {
        let place = division::township(row.township).map_or("", |known| known.name);
        let from = match row.due.filter(|_| !row.is_due(today())) {
            Some(due) => format!("，{}起发放", due.short_zh()),
            None => String::new(),
        };
        let account = match (row.account, row.refused) {
            (None, _) => "没有账户".to_owned(),
            (Some(_), Some(why)) => format!("退汇（{}），请更正账户", why.zh()),
            (Some(_), None) => "账户已登记".to_owned(),
        };
        let audience = Audience::of(officer, Some(row.township));
        let name = shown(Field::Name, &row.name, audience, Medium::Screen);
        out.say(&format!("{}  {place}  {name}  {}元  {account}{from}", row.number, row.amount))?;
    }
    let sum: Money = rows.iter().map(|row| row.amount).sum();
    out.say(&format!("待付 {} 笔，{sum}元", rows.len()))
}

fn list(reader: &Reader, officer: &Officer, out: &mut Out) -> Result<(), Fault> {
    let all = reader.batches(None)?;
    for row in &all {
        // who has still to count a batch blind is not told its sum here
        let sum = match is_uncounted(row, officer) {
            true => "合计待复核".to_owned(),
            false => format!("{}笔 {}元", row.count, row.total),
        };
        let returned = match row.returned.is_zero() {
            true => String::new(),
            false => format!(" 退汇{}元", row.returned),
        };
        out.say(&format!(
            "{}  {}  {}  {}  {sum}{returned}",
            row.number,
            row.state.zh(),
            row.bank,
            row.fund.zh()
        ))?;
    }
    out.say(&format!("共 {} 个批次", all.len()))
}

fn month_end(reader: &Reader, officer: &Officer, month: &str, out: &mut Out) -> Result<(), Fault> {
    let bad = || Fault::new(FaultKind::User, format!("「{month}」不是月份"), "请写成 2026-03");
    let (year, which) = month.split_once('-').ok_or_else(bad)?;
    let (year, which) = (year.parse().map_err(|_| bad())?, which.parse().map_err(|_| bad())?);
    let found = reader.month_end(year, which)?.ok_or_else(bad)?;
    for source in &found.sources {
        out.say(&format!(
            "{}：期初{} 到账{} 上缴{} 提交银行{} 拨备用金{} 退汇{} 主动退回{} 期末{}",
            source.fund.zh(),
            source.opening,
            source.arrived,
            source.sent_up,
            source.sent,
            source.advanced,
            source.returned,
            source.given_back,
            source.closing
        ))?;
    }
    // What is approved and not paid holds the batch that waits to be counted.
    let committed = match reader.batches(Some(BatchState::Open))?.iter().any(|row| is_uncounted(row, officer))
    {
        true => "待批次复核后显示".to_owned(),
        false => format!("{}元", found.committed),
    };
    out.say(&format!("在途 {}元；已批未付（现在）{committed}", found.under_way))
}

fn write(
    reader: &Reader,
    number: &str,
    template: &str,
    folder: &Path,
    practice: bool,
    out: &mut Out,
) -> Result<(), Fault> {
    let batch = payout::batch(reader, number)?;
    let template = Template::find(template)?;
    let made = export::file(&batch, &reader.roster(batch.id)?, &template, practice)?;
    std::fs::create_dir_all(folder).map_err(|error| Fault::of_io("建立导出文件夹", error))?;
    let path = folder.join(&made.name);
    let doing = format!("写批次文件 {}", path.display());
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).open(&path).map_err(|error| {
        if error.kind() == std::io::ErrorKind::AlreadyExists {
            return Fault::new(FaultKind::User, format!("{doing}：已有同名文件，没有覆盖"), "请换一个文件夹");
        }
        Fault::of_io(&doing, error)
    })?;
    let written = std::io::Write::write_all(&mut file, &made.bytes).and_then(|()| file.sync_all());
    written.map_err(|error| {
        // Half a file would be taken for a whole one; it is ours alone, made a moment ago.
        let _ = std::fs::remove_file(&path);
        Fault::of_io(&doing, error)
    })?;
    out.say(&format!("{}笔，{}元，已写入 {}", made.count, made.total, path.display()))?;
    out.say(&format!("文件校验值 {}", made.hash))?;
    match &batch.file {
        Some(sent) if *sent == made.hash => out.say("与提交时的文件一致"),
        Some(_) => out.say("与提交时的文件不同：提交时用的是另一个模板或格式"),
        None => Ok(()),
    }
}

fn given_back(
    reader: &Reader,
    number: &str,
    path: &Path,
    template: &str,
    practice: bool,
) -> Result<crate::domain::command::payout::ReadReturn, Fault> {
    let batch = payout::batch(reader, number)?;
    let template = Template::find(template)?;
    let bytes = std::fs::read(path)
        .map_err(|error| Fault::of_io(&format!("读取回盘文件 {}", path.display()), error))?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let given = back::Given { name: &name, bytes: &bytes };
    back::read(given, &batch, &reader.roster(batch.id)?, &template, practice)
}

fn sums(read: &crate::domain::command::payout::ReadReturn) -> String {
    let of = |back: bool| {
        let rows = read.rows.iter().filter(|row| row.returned.is_some() == back);
        let (mut count, mut sum) = (0, Money::ZERO);
        for row in rows {
            count += 1;
            sum += row.amount;
        }
        format!("{count}笔{sum}元")
    };
    format!("入账{}，退汇{}（{}）", of(false), of(true), today())
}
