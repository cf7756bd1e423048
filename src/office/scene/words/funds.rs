//! Paying approved lines, the reserve, repayment, earlier ledgers.

use super::super::cast;
use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{count, day, money, must, need, noun, tier, till, township};
use super::papers::nth_line;
use super::{Word, acting};
use crate::base::money::Money;
use crate::domain::command::Command;
use crate::domain::command::funds::{Allot, ImportPart, ImportRow, MoveReserve, Pay, Repay, ReserveMove};
use crate::domain::command::payout::MoveSource;
use crate::domain::fund::{Purpose, Till};
use crate::domain::nouns::{LineKind, PayBy, SourceWay};
use crate::domain::office::Tier;
use crate::domain::private::Private;

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "C1",
        args: &[
            ("line", "第几笔，缺省全部没付的"),
            ("channel", "现金 打卡，缺省同批准"),
            ("on", "付款日期，缺省今天"),
            ("reason", "发现金的原因"),
            ("receipt", "领款签字的人"),
            ("witness", "见证人"),
        ],
        says: "发放批准的款物",
        ..acting("pay", "发放", &["pay"], pay)
    },
    Word {
        also: "allot",
        form: "波罗赤镇 cash|bank 2000.00",
        args: &[
            ("fund", "资金来源，从它的结余中拨"),
            ("from", "资金来源，同额的钱先到账再拨，用来布置"),
            ("purpose", "临时救助（缺省）工作经费 其他项目"),
            ("by", "由谁拨，缺省财务 f1"),
            ("fen", "以分计，不经录入检查"),
        ],
        says: "拨入备用金",
        ..acting("reserve", "拨入备用金", &["allot"], reserve)
    },
    Word {
        form: "波罗赤镇 提现|存入|退回 100.00",
        args: &[("fund", "退给哪个资金来源"), ("fen", "以分计，不经录入检查")],
        says: "备用金提现、存入、退回县财政",
        ..acting("move-reserve", "备用金提存", &["move-reserve"], move_reserve)
    },
    Word {
        form: "C1",
        args: &[
            ("amount", "金额"),
            ("fen", "以分计，不经录入检查"),
            ("till", "cash（缺省）bank"),
            ("receipt", "收据，缺省有；写 \"\" 为没有"),
        ],
        says: "归垫",
        ..acting("repay", "归垫", &["repay"], repay)
    },
    Word {
        also: "import-part",
        form: "A 400.00",
        args: &[
            ("on", "批准日期"),
            ("category", "情形 1-8"),
            ("circumstance", "同 category"),
            ("tier", "乡镇 县局，缺省看金额"),
            ("row", "台账中的行，缺省各不相同"),
            ("by", "由谁导入，缺省该乡镇经办人"),
        ],
        says: "往年台账中的一次救助",
        ..acting("granted", "导入往年台账", &["import-part"], granted)
    },
];

fn pay(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case(need(line, 0, "办件")?)?;
    let on = line.arg("on").map_or(Ok(r.today()), day)?;
    let channel = match line.arg("channel") {
        None => None,
        Some("cash") => Some(PayBy::Cash),
        Some("bank") => Some(PayBy::Bank),
        Some(text) => Some(noun!(PayBy, text)?),
    };
    let lines = match line.arg("line") {
        Some(text) => vec![nth_line(&case, Some(text))?],
        None if case.granted.is_empty() => vec![nth_line(&case, None)?],
        None => {
            let open = case.granted.iter().filter(|l| !case.paid.contains(&l.line));
            let open = open.filter(|l| matches!(l.kind, LineKind::Money | LineKind::Goods));
            open.map(|l| l.line).collect()
        }
    };
    let lines = if lines.is_empty() { vec![nth_line(&case, None)?] } else { lines };
    let mut commands = Vec::new();
    for id in lines {
        let usual = case.granted.iter().find(|l| l.line == id).map_or(PayBy::Bank, |l| l.pay_by);
        let mut private = Private::default();
        let mut slot = |key: &str, name: &str| line.arg(key).and_then(|text| private.put(name, text));
        let args = Pay {
            case: case.id,
            line: id,
            pay_by: channel.unwrap_or(usual),
            on,
            cash_reason: slot("reason", "cash"),
            receipt: slot("receipt", "recipient"),
            witness: slot("witness", "witness"),
        };
        commands.push((Command::Pay(args), private));
    }
    r.act(commands)
}

fn amount_at(line: &Line, at: usize) -> Result<Money, Stop> {
    match line.arg("fen") {
        Some(text) => Ok(Money::from_fen(count(text)?)),
        None => money(need(line, at, "金额")?),
    }
}

fn reserve(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    r.stage()?;
    let township = township(need(line, 0, "乡镇、cash 或 bank、金额")?)?;
    let till = till(need(line, 1, "cash 或 bank")?)?;
    let amount = amount_at(line, 2)?;
    let purpose = match line.arg("purpose") {
        None | Some("临时救助") => Purpose::Assistance,
        Some("工作经费") => Purpose::OfficeCosts,
        Some("其他项目") => Purpose::OtherScheme,
        Some(text) => {
            return Err(Stop::wrong(format!("purpose={text} 可以写：临时救助 工作经费 其他项目")));
        }
    };
    let by = r.officer(line.arg("by").unwrap_or("f1"))?;
    let fund = line.arg("fund").or(line.arg("from")).map(|text| noun!(Fund, text)).transpose()?;
    if let (Some(fund), Some(_)) = (fund, line.arg("from")) {
        let mut private = Private::default();
        let note = private.put("note", "拨款文件");
        let arrive = MoveSource { fund, way: SourceWay::Arrive, amount, purpose: Purpose::Assistance, note };
        let finance = r.officer("f1")?;
        r.act_as(&finance, vec![(Command::MoveSource(arrive), private)])?;
    }
    let mut private = Private::default();
    let args = Allot { township, amount, till, fund, purpose, note: private.put("note", "拨款单") };
    r.act_as(&by, vec![(Command::Allot(args), private)])
}

fn move_reserve(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let township = township(need(line, 0, "乡镇、提现、金额")?)?;
    let way = match need(line, 1, "提现、存入 或 退回")? {
        "提现" => ReserveMove::Withdraw,
        "存入" => ReserveMove::Deposit,
        "退回" => ReserveMove::GiveBack,
        other => return Err(Stop::wrong(format!("「{other}」可以写：提现 存入 退回"))),
    };
    let amount = amount_at(line, 2)?;
    let mut private = Private::default();
    let note = line.quote().and_then(|text| private.put("note", text));
    let fund = line.arg("fund").map(|text| noun!(Fund, text)).transpose()?;
    r.act(vec![(Command::MoveReserve(MoveReserve { township, way, fund, amount, note }), private)])
}

fn repay(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let case = r.case(need(line, 0, "办件")?)?;
    let amount = match (line.arg("fen"), line.arg("amount")) {
        (Some(text), _) => Money::from_fen(count(text)?),
        (None, Some(text)) => money(text)?,
        (None, None) => case.outlay,
    };
    let mut private = Private::default();
    let args = Repay {
        case: case.id,
        amount,
        till: line.arg("till").map_or(Ok(Till::Cash), till)?,
        receipt: private.put("receipt", line.arg("receipt").unwrap_or("收据1张")),
    };
    r.act(vec![(Command::Repay(args), private)])
}

fn granted(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    r.stage()?;
    let name = need(line, 0, "何人")?;
    let person = r.person(name)?.clone();
    let amount = amount_at(line, 1)?;
    let limit = r.answers()?.pack_now().map_or(Money::ZERO, |pack| pack.tier.township_limit);
    let fitting = if amount > limit { Tier::County } else { Tier::Township };
    let circumstance = line.arg("category").or(line.arg("circumstance"));
    let row = line.arg("row").map_or(line.no, |text| count(text).unwrap_or(line.no));
    let mut private = Private::default();
    let reason = line.quote().and_then(|why| private.put("reason-1", why));
    let args = ImportPart {
        import: r.names.import_id(),
        file: format!("{:064x}", line.no),
        part: 1,
        rows: vec![ImportRow {
            hash: format!("{row:032x}"),
            person: person.id,
            township: person.township,
            village: Some(person.village),
            on: day(must(line, "on")?)?,
            amount,
            circumstance: circumstance.map(|text| noun!(Circumstance, text)).transpose()?,
            tier: line.arg("tier").map_or(Ok(fitting), tier)?,
            reason,
        }],
    };
    let by = match line.arg("by") {
        Some(no) => r.officer(no)?,
        None => cast::handler_of(person.township).map_or_else(|| r.me(), Ok)?,
    };
    r.act_as(&by, vec![(Command::ImportPart(args), private)])
}
