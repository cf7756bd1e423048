//! Accounts, batches, the bank's returns, sources, what is given back, the year's end, the count of cash.

use super::super::expect::{Found, balance};
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{count, day, money, must, need, noun, township};
use super::papers::nth_line;
use super::{Word, acting};
use crate::base::account;
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::payout::{
    CheckBatch, CloseYear, CountCash, DropBatch, GiveBack, MoveSource, NoteAccount, OpenBatch, ReadReturn,
    ReturnRow, SendBatch, ToPay,
};
use crate::domain::fund::{Account, Back, Purpose};
use crate::domain::ids::BatchId;
use crate::domain::nouns::{AccountKind, LineKind, Payee};
use crate::domain::payout::FundSum;
use crate::domain::private::Private;
use sha2::{Digest, Sha256};

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "C1",
        args: &[
            ("number", "账号，缺省一张可用的卡号"),
            ("kind", "银行卡（缺省）存折 对公户"),
            ("payee", "本人（缺省）监护人 代领人 供养机构 救助站 子女账户"),
            ("holder", "户名，缺省申请人姓名"),
            ("owner", "账户所有人，故事里的人"),
            ("bank", "开户行"),
            ("letter", "委托书"),
            ("relation", "与申请人的关系代码"),
        ],
        says: "登记办件的领款账户",
        ..acting("note-account", "登记账户", &["note-account"], note_account)
    },
    Word {
        form: "P1 C1 C2",
        args: &[
            ("bank", "付款银行，缺省 县农信联社"),
            ("fund", "资金来源，缺省 县级预算"),
            ("line", "只装第几笔"),
        ],
        says: "建立批次，装入这些办件没付的救助金",
        ..acting("open-batch", "建立批次", &["open-batch"], open_batch)
    },
    Word {
        form: "P1",
        args: &[("total", "自己加总的金额，缺省相符"), ("count", "自己清点的笔数，缺省相符")],
        says: "复核批次",
        ..acting("check-batch", "复核批次", &["check-batch"], check_batch)
    },
    Word {
        form: "P1", says: "提交银行", ..acting("send-batch", "提交银行", &["send-batch"], send_batch)
    },
    Word {
        form: "P1",
        says: "撤销批次；引号里写原因",
        ..acting("drop-batch", "撤销批次", &["drop-batch"], drop_batch)
    },
    Word {
        form: "P1 1:已付 2:户名不符",
        args: &[("file", "文件的名字，同名为同一文件，缺省各不相同")],
        says: "读入回盘：序号:已付 或 序号:退汇原因，后面可再写 :金额",
        ..acting("read-return", "读入回盘", &["read-return"], read_return)
    },
    Word {
        form: "C1 100.00",
        args: &[("line", "第几笔，缺省第一笔"), ("on", "收到退款的日期"), ("receipt", "收据，缺省有")],
        says: "本人主动退回",
        ..acting("give-back", "主动退回", &["give-back"], give_back)
    },
    Word {
        form: "县级预算 到账|上缴 1000.00",
        args: &[("purpose", "临时救助（缺省）工作经费 其他项目")],
        says: "资金来源到账或上缴；引号里写文号",
        ..acting("source", "资金来源", &["source"], source)
    },
    Word {
        form: "2026",
        args: &[("send-up", "上缴财政的，如 县级预算:100.00,省级补助:50.00")],
        says: "年终结转，其余结转下年",
        ..acting("close-year", "年终结转", &["close-year"], close_year)
    },
    Word {
        form: "波罗赤镇 1500.00",
        args: &[("keeper", "现金保管人")],
        says: "监盘；实点与账面不同的，引号里写原因",
        ..acting("count-cash", "监盘", &["count-cash"], count_cash)
    },
];

fn hash(text: &str) -> String {
    hex::encode(Sha256::digest(text))
}

fn note_account(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case(need(line, 0, "办件")?)?;
    let name = r.names.person_name(case.person).map(str::to_owned).unwrap_or_default();
    let name = r.person(&name).map(|person| person.details.name.clone()).unwrap_or_default();
    let number = line.arg("number").unwrap_or("6228480000000000018");
    let mut private = Private::default();
    let owner = line.arg("owner").map(|name| r.person(name).map(|person| person.id)).transpose()?;
    let args = NoteAccount {
        account: r.names.account_id(),
        case: case.id,
        payee: line.arg("payee").map_or(Ok(Payee::Self_), |text| noun!(Payee, text))?,
        owner,
        kind: line.arg("kind").map_or(Ok(AccountKind::Card), |text| noun!(AccountKind, text))?,
        mark: hash(number).chars().take(32).collect(),
        check_digit: account::Account::parse(number).is_ok_and(|number| number.luhn_ok()),
        number: private.put("account", number),
        holder: private.put("holder", line.arg("holder").unwrap_or(&name)),
        bank: private.put("bank", line.arg("bank").unwrap_or("县农信联社")),
        letter: line.arg("letter").and_then(|text| private.put("letter", text)),
        relation: line.arg("relation").map(str::to_owned),
        overrides: Default::default(),
        override_reason: None,
    };
    r.act(vec![(Command::NoteAccount(args), private)])
}

fn batch_id(r: &Runner<'_>, line: &Line, at: usize) -> Result<BatchId, Stop> {
    let name = need(line, at, "批次的名字")?;
    let known = r.names.batches.get(name).copied();
    known.ok_or_else(|| Stop::wrong(format!("故事里没有批次「{name}」，先写 open-batch 一行")))
}

fn open_batch(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let name = need(line, 0, "批次的名字和办件")?.to_owned();
    let names: Vec<String> = line.names().iter().skip(1).map(|name| (*name).to_owned()).collect();
    let mut lines = Vec::new();
    for name in &names {
        let case = r.case(name)?;
        let from = if case.granted.is_empty() { &case.asked } else { &case.granted };
        let open = from.iter().filter(|l| l.kind == LineKind::Money && !case.paid.contains(&l.line));
        let mut open: Vec<ToPay> = open.map(|l| ToPay { case: case.id, line: l.line }).collect();
        if let Some(no) = line.arg("line") {
            open = vec![ToPay { case: case.id, line: nth_line(&case, Some(no))? }];
        }
        if open.is_empty() {
            open.push(ToPay { case: case.id, line: nth_line(&case, None)? });
        }
        lines.extend(open);
    }
    let batch = r.names.batch_id();
    let args = OpenBatch {
        batch,
        bank: line.arg("bank").unwrap_or("县农信联社").to_owned(),
        fund: noun!(Fund, line.arg("fund").unwrap_or("县级预算"))?,
        lines,
    };
    r.names.batches.insert(name, batch);
    r.act(vec![(Command::OpenBatch(args), Private::default())])
}

fn check_batch(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let batch = batch_id(r, line, 0)?;
    let known = r.answers()?.batch(batch);
    let (total, lines) = known.map_or((Money::ZERO, 0), |batch| (batch.total(), batch.count()));
    let args = CheckBatch {
        batch,
        total: line.arg("total").map_or(Ok(total), money)?,
        count: line.arg("count").map_or(Ok(lines), count)?,
    };
    r.act(vec![(Command::CheckBatch(args), Private::default())])
}

fn send_batch(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let batch = batch_id(r, line, 0)?;
    let file = hash(&format!("batch {batch}"));
    r.act(vec![(Command::SendBatch(SendBatch { batch, file }), Private::default())])
}

fn drop_batch(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let batch = batch_id(r, line, 0)?;
    let mut private = Private::default();
    let reason = line.quote().and_then(|why| private.put("reason", why));
    r.act(vec![(Command::DropBatch(DropBatch { batch, reason }), private)])
}

fn read_return(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let batch = batch_id(r, line, 0)?;
    let known = r.answers()?.batch(batch);
    let mut rows = Vec::new();
    for (row, text) in (2..).zip(line.names().iter().skip(1)) {
        let parts: Vec<&str> = text.split(':').collect();
        let (seq, end, typed) = match parts.as_slice() {
            [seq, end] => (seq, end, None),
            [seq, end, typed] => (seq, end, Some(typed)),
            _ => return Err(Stop::wrong(format!("「{text}」请写成 1:已付 或 2:户名不符"))),
        };
        let seq: u32 = count(seq)?;
        let at = usize::try_from(seq).unwrap_or_default().wrapping_sub(1);
        let stands = known.as_ref().and_then(|batch| batch.lines.get(at)).map(|line| line.amount);
        let amount = typed.map_or(Ok(stands.unwrap_or(Money::from_fen(1))), |text| money(text))?;
        let returned = if *end == "已付" { None } else { Some(noun!(ReturnReason, end)?) };
        rows.push(ReturnRow { row, seq, amount, returned });
    }
    let file = hash(line.arg("file").unwrap_or(&line.no.to_string()));
    r.act(vec![(Command::ReadReturn(ReadReturn { batch, file, rows }), Private::default())])
}

fn give_back(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case(need(line, 0, "办件和金额")?)?;
    let mut private = Private::default();
    let args = GiveBack {
        case: case.id,
        line: nth_line(&case, line.arg("line"))?,
        amount: money(need(line, 1, "金额")?)?,
        on: line.arg("on").map_or(Ok(r.today()), day)?,
        receipt: private.put("receipt", line.arg("receipt").unwrap_or("收据1张")),
    };
    r.act(vec![(Command::GiveBack(args), private)])
}

fn source(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let purpose = match line.arg("purpose") {
        None | Some("临时救助") => Purpose::Assistance,
        Some("工作经费") => Purpose::OfficeCosts,
        Some("其他项目") => Purpose::OtherScheme,
        Some(text) => return Err(Stop::wrong(format!("purpose={text} 可以写：临时救助 工作经费 其他项目"))),
    };
    let mut private = Private::default();
    let args = MoveSource {
        fund: noun!(Fund, need(line, 0, "资金来源、到账 或 上缴、金额")?)?,
        way: noun!(SourceWay, need(line, 1, "到账 或 上缴")?)?,
        amount: money(need(line, 2, "金额")?)?,
        purpose,
        note: line.quote().and_then(|text| private.put("note", text)),
    };
    r.act(vec![(Command::MoveSource(args), private)])
}

fn close_year(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut send_up = Vec::new();
    for text in line.arg("send-up").unwrap_or_default().split(',').filter(|text| !text.is_empty()) {
        let (fund, sum) = text.split_once(':').ok_or_else(|| Stop::wrong("send-up 写成 县级预算:100.00"))?;
        send_up.push(FundSum { fund: noun!(Fund, fund)?, amount: money(sum)? });
    }
    let year = count(need(line, 0, "年份")?)?;
    r.act(vec![(Command::CloseYear(CloseYear { year, send_up }), Private::default())])
}

fn count_cash(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut private = Private::default();
    let typed = need(line, 1, "实点金额")?;
    let args = CountCash {
        township: township(need(line, 0, "乡镇和实点金额")?)?,
        keeper: r.officer(must(line, "keeper")?)?,
        counted: if typed == "0.00" { Money::ZERO } else { money(typed)? },
        reason: line.quote().and_then(|why| private.put("reason", why)),
    };
    r.act(vec![(Command::CountCash(args), private)])
}

/// `source 县级预算 600.00`.
pub fn source_holds(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let fund = noun!(Fund, need(line, at, "资金来源")?)?;
    balance(r, Account::Source(fund), need(line, at + 1, "金额")?)
}

/// `batch P1 待回盘 total=700.00 count=2 transit=700.00`.
pub fn batch_stands(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let id = batch_id(r, line, at)?;
    let Some(batch) = r.answers()?.batch(id) else {
        return Ok(Found { holds: false, was: "没有建成".to_owned() });
    };
    let transit = r.answers()?.balance(Account::Transit(id));
    let mut holds = batch.state == noun!(BatchState, need(line, at + 1, "状态")?)?;
    for (key, value) in &line.args {
        let sum = |text: &str| if text == "0.00" { Ok(Money::ZERO) } else { money(text) };
        holds &= match key.as_str() {
            "total" => batch.total() == sum(value)?,
            "count" => batch.count() == count::<u32>(value)?,
            "transit" => transit == sum(value)?,
            "number" => batch.number == *value,
            _ => return Err(Stop::wrong("batch 可以看：total= count= transit= number=")),
        };
    }
    let was = format!(
        "{} {} {}笔{} 在途{}",
        batch.number,
        batch.state.zh(),
        batch.count(),
        batch.total().plain(),
        transit.plain()
    );
    Ok(Found { holds, was })
}

/// `given-back 波罗赤镇 100.00 of=本年`: of this year's, an earlier year's or donated money.
pub fn given_back(r: &mut Runner<'_>, line: &Line, at: usize) -> Result<Found, Stop> {
    let township = township(need(line, at, "乡镇和金额")?)?;
    let back = match line.arg("of") {
        None | Some("本年") => Back::ThisYear,
        Some("往年") => Back::EarlierYear,
        Some("捐赠") => Back::Donated,
        Some(text) => return Err(Stop::wrong(format!("of={text} 可以写：本年 往年 捐赠"))),
    };
    balance(r, Account::GivenBack(township, back), &format!("-{}", need(line, at + 1, "金额")?))
}
