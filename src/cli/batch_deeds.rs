//! What `batch` writes: accounts, sources, building, counting and giving up a batch.

use super::batch::done;
use super::chosen::{Chosen, today};
use super::out::Out;
use crate::base::money::Money;
use crate::domain::answers::Answers as _;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::payout::{CheckBatch, DropBatch, MoveSource, OpenBatch, ToPay};
use crate::domain::fund::Purpose;
use crate::domain::ids::{BatchId, LineId};
use crate::domain::nouns::{AccountKind, Fund, LineKind, PayBy, Payee, SourceWay};
use crate::domain::private::Private;
use crate::office::payout;
use crate::office::payout::account::{Typed, noted};
use crate::office::random;
use crate::store::fault::{Fault, FaultKind};
use crate::store::replica::Reader;

/// Arguments of `batch account`.
#[derive(clap::Args)]
pub(super) struct AccountArgs {
    /// 办件编号
    case: String,
    /// 卡号或存折账号
    #[arg(long, value_name = "账号")]
    number: String,
    /// 户名
    #[arg(long, value_name = "户名")]
    holder: String,
    /// 开户行
    #[arg(long, default_value = "", value_name = "开户行")]
    bank: String,
    /// 银行卡 存折 对公户
    #[arg(long, default_value = "银行卡", value_name = "类别")]
    kind: String,
    /// 本人 监护人 代领人 供养机构 救助站 子女账户
    #[arg(long, default_value = "本人", value_name = "领款人")]
    payee: String,
    /// 委托书或老人说明
    #[arg(long, default_value = "", value_name = "委托书")]
    letter: String,
    /// 与申请人的关系代码（GB/T 4761）
    #[arg(long, default_value = "", value_name = "代码")]
    relation: String,
    /// 同一账户已用于几户时，确需使用的理由
    #[arg(long, value_name = "理由")]
    reason: Option<String>,
}

/// Arguments of `batch source`.
#[derive(clap::Args)]
pub(super) struct SourceArgs {
    /// 中央补助 省级补助 市级补助 县级预算 社会捐赠
    fund: String,
    /// 到账 或 上缴
    way: String,
    /// 金额
    amount: String,
    /// 文号或凭证
    #[arg(long)]
    note: String,
}

/// Arguments of `batch open`.
#[derive(clap::Args)]
pub(super) struct OpenArgs {
    /// 办件编号；一个也不写则装入全部待付、账户可用的
    cases: Vec<String>,
    /// 付款银行
    #[arg(long, value_name = "银行")]
    bank: String,
    /// 资金来源
    #[arg(long, default_value = "县级预算", value_name = "来源")]
    fund: String,
}

/// The value of a word, or which words there are.
fn word<T: Copy>(text: &str, all: &[T], zh: fn(T) -> &'static str) -> Result<T, Fault> {
    all.iter().copied().find(|value| zh(*value) == text.trim()).ok_or_else(|| {
        let words: Vec<&str> = all.iter().map(|value| zh(*value)).collect();
        Fault::new(FaultKind::User, format!("「{text}」不能写在这里"), format!("可以写：{}", words.join(" ")))
    })
}

fn money(text: &str) -> Result<Money, Fault> {
    Money::parse(text).map_err(|problem| Fault::new(FaultKind::User, problem.to_string(), "如 1234.50"))
}

pub(super) fn account(
    args: &AccountArgs,
    reader: Reader,
    chosen: &mut Chosen,
    out: &mut Out,
) -> Result<(), Fault> {
    let typed = Typed {
        case: case_of(&reader, &args.case)?,
        payee: word(&args.payee, Payee::ALL, Payee::zh)?,
        kind: word(&args.kind, AccountKind::ALL, AccountKind::zh)?,
        number: &args.number,
        holder: &args.holder,
        bank: &args.bank,
        letter: &args.letter,
        relation: &args.relation,
    };
    drop(reader);
    let (mut command, mut private) = noted(&chosen.session, chosen.desk.county(), &typed)?;
    if let Some(reason) = &args.reason {
        command.overrides.insert(Code::AccountShared);
        command.override_reason = private.put("override", reason);
    }
    let warn = command.kind == AccountKind::Card && !command.check_digit;
    done(chosen, Command::NoteAccount(command), private)?;
    if warn {
        out.warn(&format!("{} 卡号末位校验不符，已登记，请对着卡再看一遍。", Code::Luhn));
    }
    out.say(&format!("办件{}的账户已登记", args.case))
}

pub(super) fn source(
    args: &SourceArgs,
    reader: Reader,
    chosen: &mut Chosen,
    out: &mut Out,
) -> Result<(), Fault> {
    drop(reader);
    let mut private = Private::default();
    let command = MoveSource {
        fund: word(&args.fund, Fund::ALL, Fund::zh)?,
        way: word(&args.way, SourceWay::ALL, SourceWay::zh)?,
        amount: money(&args.amount)?,
        purpose: Purpose::Assistance,
        note: private.put("note", &args.note),
    };
    let (fund, way, amount) = (command.fund, command.way, command.amount);
    done(chosen, Command::MoveSource(command), private)?;
    out.say(&format!("{}{}{amount}元", fund.zh(), way.zh()))
}

pub(super) fn open(args: &OpenArgs, reader: Reader, chosen: &mut Chosen, out: &mut Out) -> Result<(), Fault> {
    let mut lines = Vec::new();
    let rows = reader.to_pay_by_bank()?;
    if args.cases.is_empty() {
        let usable = rows.iter().filter(|row| row.is_ready(today()));
        lines.extend(usable.map(|row| ToPay { case: row.case, line: row.line }));
    }
    for number in &args.cases {
        let id = case_of(&reader, number)?;
        let case = reader.case(id);
        let granted = case.iter().flat_map(|case| case.granted.iter().map(move |line| (line, &case.paid)));
        let unpaid = granted.filter(|(line, paid)| {
            line.kind == LineKind::Money && line.pay_by == PayBy::Bank && !paid.contains(&line.line)
        });
        // Of one that is paid in instalments those whose day has come; where none has, the rules say when.
        let due = |line: &LineId| rows.iter().all(|row| row.line != *line || row.is_due(today()));
        let unpaid: Vec<_> = unpaid.map(|(line, _)| line.line).collect();
        let now: Vec<_> = unpaid.iter().copied().filter(due).collect();
        let before = lines.len();
        let chosen = if now.is_empty() { unpaid } else { now };
        lines.extend(chosen.into_iter().map(|line| ToPay { case: id, line }));
        if lines.len() == before {
            let what = format!("办件{number}没有待付的打卡救助金");
            return Err(Fault::new(FaultKind::User, what, "用 batch waiting 看待付的办件"));
        }
    }
    drop(reader);
    let batch = BatchId(random::bytes()?);
    let fund = word(&args.fund, Fund::ALL, Fund::zh)?;
    let command = OpenBatch { batch, bank: args.bank.clone(), fund, lines };
    let count = command.lines.len();
    done(chosen, Command::OpenBatch(command), Private::default())?;
    let number = chosen.desk.replica().reader()?.batch(batch).map(|batch| batch.number).unwrap_or_default();
    out.say(&format!("批次{number}已建立，{count}笔，等另一名财务复核"))
}

pub(super) fn check(
    number: &str,
    total: &str,
    count: u32,
    reader: Reader,
    chosen: &mut Chosen,
    out: &mut Out,
) -> Result<(), Fault> {
    let batch = payout::batch(&reader, number)?.id;
    drop(reader);
    let command = CheckBatch { batch, total: money(total)?, count };
    done(chosen, Command::CheckBatch(command), Private::default())?;
    out.say(&format!("批次{number}复核相符，可以导出和提交"))
}

pub(super) fn drop_batch(
    number: &str,
    reason: &str,
    reader: Reader,
    chosen: &mut Chosen,
    out: &mut Out,
) -> Result<(), Fault> {
    let batch = payout::batch(&reader, number)?.id;
    drop(reader);
    let mut private = Private::default();
    let command = DropBatch { batch, reason: private.put("reason", reason) };
    done(chosen, Command::DropBatch(command), private)?;
    out.say(&format!("批次{number}已撤销，其中的办件可以另建批次"))
}

fn case_of(reader: &Reader, number: &str) -> Result<crate::domain::ids::CaseId, Fault> {
    let found = reader.case_of_number(number.trim())?;
    found.ok_or_else(|| {
        Fault::new(FaultKind::User, format!("没有办件 {number}"), "请写全编号，如 26-102-0031")
    })
}
