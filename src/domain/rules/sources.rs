//! The county's sources (资金来源), what people give back (主动退回), the year's end (年终结转), the count of cash (监盘).

use super::{amount, batches, dates, duties, number};
use crate::base::day::Day;
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::code::Code;
use crate::domain::command::payout::{CloseYear, CountCash, GiveBack, MoveSource};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, Back, Posting, Purpose, Till};
use crate::domain::ids::{LineId, Text};
use crate::domain::nouns::{Fund, SourceWay};
use crate::domain::office::Role;
use crate::domain::payout::FundSum;
use crate::domain::refusal::Refusal;
use std::collections::BTreeSet;

struct Step {
    why: MoveKind,
    voucher: String,
    from: Account,
    to: Account,
    amount: Money,
    text: Option<Text>,
}

fn moved(cx: &Ctx<'_>, out: &mut Collect, step: Step) {
    out.fact(Fact::MoneyMoved {
        why: step.why,
        voucher: step.voucher,
        township: batches::COUNTY_BOOKS,
        on: cx.today(),
        postings: vec![
            Posting { account: step.from, amount: -step.amount },
            Posting { account: step.to, amount: step.amount },
        ],
        purpose: Purpose::Assistance,
        case: None,
        line: None,
        text: step.text,
    });
}

/// Where a source comes from and goes back to.
fn beyond(fund: Fund) -> Account {
    match fund {
        Fund::Donated => Account::Donors,
        _ => Account::Treasury,
    }
}

/// Whether a source holds a sum; where not, the sentence says what it holds, and `next` what to do.
pub(super) fn holds(cx: &Ctx<'_>, out: &mut Collect, fund: Fund, wanted: Money, next: &str) {
    let held = cx.answers.balance(Account::Source(fund));
    if wanted > held {
        let short = wanted - held;
        out.say(
            Code::FundShort,
            "amount",
            format!("{}结余{held}元，不够{wanted}元，还差{short}元，{next}。", fund.zh()),
        );
    }
}

/// 资金来源.
pub(super) fn move_source(cx: &Ctx<'_>, args: &MoveSource) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    batches::author(cx, &mut out);
    amount::amount(&mut out, "amount", args.amount);
    if args.purpose != Purpose::Assistance {
        out.say(
            Code::FundPurpose,
            "purpose",
            "临时救助资金只用于临时救助，不得列支工作经费或其他项目，请改正用途。",
        );
    }
    duties::reason(cx, &mut out, &args.note, "note", "请写明文号或凭证");
    let voucher = number::Vouchers::new(cx, batches::COUNTY_BOOKS, cx.today()).next();
    let (source, other, amount, text) =
        (Account::Source(args.fund), beyond(args.fund), args.amount, args.note.clone());
    let step = match args.way {
        SourceWay::Arrive => Step { why: MoveKind::Arrived, voucher, from: other, to: source, amount, text },
        SourceWay::SendUp => {
            holds(cx, &mut out, args.fund, args.amount, "请减少金额");
            Step { why: MoveKind::SentUp, voucher, from: source, to: other, amount, text }
        }
    };
    moved(cx, &mut out, step);
    out.finish(None)
}

/// 年终结转.
pub(super) fn close_year(cx: &Ctx<'_>, args: &CloseYear) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    batches::author(cx, &mut out);
    let today = cx.today();
    let ends = Day::new(args.year, 12, 31).filter(|last| *last <= today && args.year >= 2000);
    if ends.is_none() {
        out.say(
            Code::DateOrder,
            "year",
            format!("{}年还没有过完，请在12月31日或以后办理年终结转。", args.year),
        );
    }
    // the year that is closed ends on its own last day, whatever came and went since
    let ends = ends.unwrap_or(today);
    let held = |fund| cx.answers.source_before(fund, ends.plus(1));
    if cx.answers.year_closed(args.year) {
        out.say(Code::Duplicate, "year", format!("{}年已经结转，不能重复。", args.year));
    }
    for number in cx.answers.batches_under_way(ends) {
        out.say(Code::State, "year", format!("批次{number}还没有回盘，请先读入银行回盘再结转。"));
    }
    let mut vouchers = number::Vouchers::new(cx, batches::COUNTY_BOOKS, today);
    let mut seen = BTreeSet::new();
    for up in &args.send_up {
        if !seen.insert(up.fund) {
            out.say(Code::Duplicate, "send_up", format!("{}写了两次，请合并。", up.fund.zh()));
        }
        amount::amount(&mut out, "send_up", up.amount);
        let left = held(up.fund);
        if up.amount > left {
            out.say(
                Code::FundShort,
                "send_up",
                format!(
                    "{}{}年末结余{left}元，不够上缴{}元，请减少金额。",
                    up.fund.zh(),
                    args.year,
                    up.amount
                ),
            );
        } else {
            holds(cx, &mut out, up.fund, up.amount, "请减少金额");
        }
        let voucher = vouchers.next();
        let (from, to) = (Account::Source(up.fund), beyond(up.fund));
        moved(cx, &mut out, Step { why: MoveKind::SentUp, voucher, from, to, amount: up.amount, text: None });
    }
    let carried = Fund::ALL.iter().map(|fund| {
        let up: Money = args.send_up.iter().filter(|up| up.fund == *fund).map(|up| up.amount).sum();
        FundSum { fund: *fund, amount: held(*fund) - up }
    });
    let carried = carried.filter(|sum| !sum.amount.is_zero()).collect();
    out.fact(Fact::YearClosed { year: args.year, on: today, carried });
    out.finish(None)
}

/// 主动退回: the grant stays, the money goes back to where it came from.
pub(super) fn give_back(cx: &Ctx<'_>, args: &GiveBack) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler, Role::Finance]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    amount::amount(&mut out, "amount", args.amount);
    duties::reason(cx, &mut out, &args.receipt, "receipt", "退回须有收据，请填写收据号和交款人");
    dates::not_later(&mut out, "on", args.on, cx.today(), "退回日期");
    let payments = cx.answers.payments(case.id);
    let Some(payment) = payments.iter().find(|payment| payment.line == args.line) else {
        out.say(Code::Unknown, "line", "这一笔没有付款，不能退回，请按F5刷新。");
        return out.finish(Some(case.id));
    };
    dates::not_before(&mut out, "on", args.on, payment.at.day(), "退回日期", "付款日期");
    let left = payment.amount - cx.answers.given_back(case.id, args.line);
    if args.amount > left {
        out.say(
            Code::Amount,
            "amount",
            format!("这一笔还可退回{left}元，现退{}元过多，请改正。", args.amount),
        );
    }
    let handed = HandedIn {
        line: args.line,
        amount: args.amount,
        on: args.on,
        text: args.receipt.clone(),
        why: MoveKind::HandedBack,
    };
    handed_in(cx, &mut out, &case, handed);
    out.finish(Some(case.id))
}

/// Money of a line that came back from who had it.
pub(super) struct HandedIn {
    /// The line.
    pub(super) line: LineId,
    /// How much.
    pub(super) amount: Money,
    /// The day the money was there.
    pub(super) on: Day,
    /// The receipt.
    pub(super) text: Option<Text>,
    /// 主动退回 or 追缴到款.
    pub(super) why: MoveKind,
}

/// What came back goes to where it came from; false where that is not known, which is said.
pub(super) fn handed_in(cx: &Ctx<'_>, out: &mut Collect, case: &Case, handed: HandedIn) -> bool {
    let payments = cx.answers.payments(case.id);
    let paid = payments.iter().find(|payment| payment.line == handed.line).map(|payment| payment.at.day());
    let Some((to, back)) = paid.and_then(|paid| source_of(cx, case, handed.line, paid)) else {
        out.say(Code::State, "line", "这一笔的资金来源找不到，请财务核对账目。");
        return false;
    };
    out.fact(Fact::LineGivenBack {
        case: case.id,
        line: handed.line,
        amount: handed.amount,
        on: handed.on,
        receipt: handed.text.clone(),
    });
    // a case that moved was paid from where it was then
    let spent = Account::books_of(&cx.answers.postings_of(case.id, handed.line)).unwrap_or(case.township);
    let books = if matches!(to, Account::Source(_)) { batches::COUNTY_BOOKS } else { spent };
    out.fact(Fact::MoneyMoved {
        why: handed.why,
        voucher: number::Vouchers::new(cx, books, cx.today()).next(),
        township: books,
        on: cx.today(),
        postings: vec![
            Posting { account: Account::GivenBack(spent, back), amount: -handed.amount },
            Posting { account: to, amount: handed.amount },
        ],
        purpose: Purpose::Assistance,
        case: Some(case.id),
        line: Some(handed.line),
        text: handed.text,
    });
    true
}

/// Where what was given back belongs, and whose expenditure it lowers.
fn source_of(cx: &Ctx<'_>, case: &Case, line: LineId, paid: Day) -> Option<(Account, Back)> {
    let postings = cx.answers.postings_of(case.id, line);
    let from = postings.iter().find(|posting| posting.amount.is_negative())?.account;
    let donated = postings.iter().any(|posting| matches!(posting.account, Account::SpentDonated(_)));
    let back = match (donated, paid.year() < cx.today().year()) {
        (true, _) => Back::Donated,
        (false, true) => Back::EarlierYear,
        (false, false) => Back::ThisYear,
    };
    let to = match from {
        Account::Transit(batch) => Account::Source(cx.answers.batch(batch)?.fund),
        // what is paid back for donated goods is donated money, and the reserve is the government's
        Account::Goods(_) if donated => Account::Source(Fund::Donated),
        // what is paid back for goods of the store is money
        Account::Outlay(township, _) | Account::Goods(township) => Account::Reserve(township, Till::Cash),
        known @ Account::Reserve(..) => known,
        _ => return None,
    };
    Some((to, back))
}

/// 监盘.
pub(super) fn count_cash(cx: &Ctx<'_>, args: &CountCash) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver, Role::Finance]);
    duties::scope(cx, &mut out, args.township);
    if crate::base::division::township(args.township).is_none() {
        out.say(Code::Unknown, "township", format!("没有乡镇代码{:03}，请按F4选择。", args.township));
    }
    match cx.answers.officer(&args.keeper) {
        None => out.say(Code::Unknown, "keeper", format!("没有操作员{}，请按F4选择。", args.keeper)),
        Some(keeper) if !keeper.office.covers(args.township) => {
            out.say(Code::Scope, "keeper", "现金保管人不是这个乡镇的，请按F4选择。");
        }
        Some(_) => {}
    }
    if args.keeper == cx.author.no {
        out.say(Code::SodSame, "keeper", "现金由您保管，不能由您监盘，请由审批人或县局财务监盘。");
    }
    if args.counted.is_negative() {
        out.say(Code::Amount, "counted", "实点金额不能小于0，请改正。");
    }
    let book = cx.answers.balance(Account::Reserve(args.township, Till::Cash));
    if args.counted != book {
        duties::reason(cx, &mut out, &args.reason, "reason", "实点与账面不同，须写明差额原因");
    }
    out.fact(Fact::CashCounted {
        township: args.township,
        on: cx.today(),
        keeper: args.keeper.clone(),
        by: cx.author.no.clone(),
        counted: args.counted,
        book,
        reason: args.reason.clone(),
    });
    out.finish(None)
}
