//! Money that is handed over before the papers (先行救助): what direct aid, advances and late records share. What a rule
//! says here is asked leave of; for money already handed over the same verdicts become exceptions (例外), because
//! registering it is never refused.

use super::authority::{self, Word};
use super::{amount, brake, cap, dates, duties, fund, meeting, number, repeat, split, stock, tier};
use crate::base::day::Stamp;
use crate::base::money::Money;
use crate::domain::answers::Case;
use crate::domain::code::{Code, Weight};
use crate::domain::command::emergency::Authority;
use crate::domain::decide::{Collect, Ctx};
use crate::domain::fact::{Fact, MoveKind};
use crate::domain::fund::{Account, Posting, Purpose, Till};
use crate::domain::grant::{Line, Source, total};
use crate::domain::ids::{OfficerNo, Text};
use crate::domain::nouns::{ItemKind, LineKind, Path, PayBy, Stage, Way};
use crate::domain::office::Tier;
use crate::domain::pack::Pack;
use std::collections::BTreeSet;

/// One handing over.
pub(super) struct Handed<'a> {
    /// The case.
    pub case: &'a Case,
    /// The way.
    pub way: Way,
    /// The lines handed over now.
    pub lines: &'a [Line],
    /// When.
    pub at: Stamp,
    /// The officer who paid or recorded it.
    pub by: OfficerNo,
    /// All of it out of somebody's pocket.
    pub pocket: bool,
    /// Whether the money is gone already: then nothing here refuses.
    pub lenient: bool,
    /// Whether the payer's late papers are looked at.
    pub braked: bool,
    /// Who took it.
    pub receipt: &'a Option<Text>,
    /// Who stood by.
    pub witness: &'a Option<Text>,
    /// Why cash.
    pub cash_reason: &'a Option<Text>,
    /// Who paid, where it was nobody with an account.
    pub payer: &'a Option<Text>,
}

/// What was found.
pub(super) struct Judged {
    word: Word,
    brake_used: bool,
    county_needed: bool,
    split: bool,
    pack: Pack,
}

impl Handed<'_> {
    /// Everything the case grants with this: earlier advances and now.
    fn all(&self) -> Vec<Line> {
        self.case.granted.iter().chain(self.lines).cloned().collect()
    }

    /// Whether some of it is cash in the hand.
    pub(super) fn in_cash(&self) -> bool {
        self.lines.iter().any(|line| line.kind == LineKind::Money && line.pay_by == PayBy::Cash)
    }
}

/// What refuses even money already handed over: bad amounts and doubles.
pub(super) fn hard(cx: &Ctx<'_>, out: &mut Collect, handed: &Handed<'_>) {
    let case = handed.case;
    amount::lines(out, handed.lines);
    amount::at_once(out, handed.lines);
    if !handed.lines.iter().any(|line| matches!(line.kind, LineKind::Money | LineKind::Goods)) {
        out.say(Code::Amount, "lines", "没有救助金或实物明细，请填写金额。");
    }
    let open = matches!(case.stage, Stage::Open | Stage::Returned | Stage::Submitted);
    let again = handed.lines.iter().any(|line| case.paid.contains(&line.line));
    let advanced = handed.way == Way::Advance && case.way == Some(Way::Advance);
    if again || (case.way.is_some() && !advanced) {
        out.say(
            Code::Duplicate,
            "lines",
            format!("办件{}已登记付款，不能重复登记；另有一笔的请另立办件补记。", case.number),
        );
    } else if !open {
        duties::stage(out, case, false, "不能再先行付款，已批准的请在办件里按5发放，其余请另立办件补记。");
    }
    if handed.lenient {
        same_record(cx, out, handed);
    }
}

/// The same matter, person, moment and amount stand written in another case.
fn same_record(cx: &Ctx<'_>, out: &mut Collect, handed: &Handed<'_>) {
    let case = handed.case;
    let day = handed.at.day();
    for grant in cx.answers.grants_of(&cx.answers.same_as(&BTreeSet::from([case.person])), day, day) {
        let Source::Case(other) = grant.source else { continue };
        if other == case.id || grant.matter != Some(case.matter) || grant.amount != total(handed.lines) {
            continue;
        }
        if cx.answers.payments(other).iter().any(|payment| payment.at == handed.at) {
            out.say(
                Code::Duplicate,
                "at",
                format!("同一人、同一事项、同一时间、同一金额已登记在{}，请核对是否重复。", grant.number),
            );
        }
    }
}

/// What paying first asks leave of.
pub(super) fn judge(
    cx: &Ctx<'_>,
    out: &mut Collect,
    soft: &mut Collect,
    handed: &Handed<'_>,
    authority: &Authority,
) -> Judged {
    let case = handed.case;
    let pack = tier::pack_of(cx, case);
    let day = handed.at.day();
    duties::recusal(cx, soft, &tier::helped(cx, case, cx.today()));
    duties::unmarked(soft, case);
    if case.stage == Stage::Submitted {
        duties::stage(soft, case, false, "正在审批，先行救助请先撤回报批或由审批人退回。");
    }
    if case.path == Path::Expenditure && handed.way == Way::Direct && !handed.lenient {
        soft.say(Code::State, "path", "直接救助只用于急难型，支出型请按F4选预支，手续照办。");
    } else if case.path == Path::Expenditure && handed.way != Way::Advance {
        soft.say(Code::StepOrder, "path", "支出型没有办完调查、评议就付款。");
    }
    let granted = total(&handed.all());
    let sum = tier::sum(cx, case, day, granted);
    let word = authority::listen(cx, soft, case, authority, (total(handed.lines), sum));
    cap::check(soft, case, &pack, sum, &word);
    let brake_used = handed.braked && brake::check(cx, soft);
    if !handed.pocket {
        fund::lines(cx, soft, case.township, &fund::paid_by_tills(cx, case.township, handed.lines));
        stock::check(cx, soft, case.township, handed.lines);
    }
    once_a_year(cx, soft, handed, &pack);
    let split = split::check(cx, soft, case, &pack, day, sum, Code::SplitTierFirst);
    let county_needed = cap::county_needed(case, &pack, sum);
    if handed.way == Way::Advance && !case.asked.is_empty() && granted > total(&case.asked) {
        let asked = total(&case.asked);
        soft.say(Code::Amount, "amount", format!("预支累计{granted}元超过申请{asked}元，请减少金额。"));
    }
    // a clock's or a calendar's note belongs to the entry, whatever else is found
    let (notes, rest) =
        std::mem::take(&mut soft.verdicts).into_iter().partition(|v| v.code.weight() == Weight::Notes);
    soft.verdicts = rest;
    out.verdicts.extend::<Vec<_>>(notes);
    Judged { word, brake_used, county_needed, split, pack }
}

fn once_a_year(cx: &Ctx<'_>, soft: &mut Collect, handed: &Handed<'_>, pack: &Pack) {
    let case = handed.case;
    let day = handed.at.day();
    let Some(matter) = cx.answers.matter(case.matter) else { return };
    let people = tier::family_of(cx, case, day);
    if let Some(grant) = repeat::earlier(cx, &people, &matter, Some(case.id), day) {
        repeat::refuse(cx, soft, &grant);
    }
    repeat::year_edge(cx, soft, pack, &people, &matter, Some(case.id), day);
}

/// The facts. `broken` are the codes that stand as exceptions.
pub(super) fn enact(
    cx: &Ctx<'_>,
    out: &mut Collect,
    handed: &Handed<'_>,
    judged: &Judged,
    mut broken: BTreeSet<Code>,
) {
    let case = handed.case;
    words(out, handed, &judged.word);
    let unverified = judged.word.spoken.as_ref().is_some_and(|(_, _, verified)| !verified);
    if unverified {
        broken.insert(Code::AuthCode);
    }
    if judged.split {
        broken.insert(Code::SplitTierFirst);
    }
    let ratify = !broken.is_empty() || judged.county_needed;
    let all = handed.all();
    if handed.way != Way::Advance && case.asked != all || total(&all) > total(&case.asked) {
        out.fact(Fact::LinesAsked { case: case.id, lines: all.clone() });
    }
    out.fact(Fact::GrantSet {
        case: case.id,
        lines: all,
        people: tier::helped(cx, case, handed.at.day()).into_iter().collect(),
        on: handed.at.day(),
        tier: judged.word.tier.unwrap_or(Tier::Township),
        way: handed.way,
        provisional: handed.way == Way::Advance || ratify,
        by: cx.author.no.clone(),
    });
    pay(cx, out, handed);
    papers(cx, out, handed, judged);
    for code in broken {
        out.fact(Fact::ExceptionNoted { case: case.id, code });
    }
    if ratify {
        let due = dates::plus_working(cx, out, cx.today(), 1);
        out.fact(Fact::RatificationDue { case: case.id, due });
    }
    if handed.way != Way::Advance {
        let stage = if ratify { Stage::AwaitingRatification } else { Stage::Paid };
        out.fact(Fact::StageSet { case: case.id, stage, tier: None, due: None, text: None });
    }
    if judged.brake_used {
        out.fact(Fact::BrakeUsed { handler: cx.author.no.clone() });
    }
}

fn words(out: &mut Collect, handed: &Handed<'_>, word: &Word) {
    if let (Some((by, at, verified)), Some(tier), Some(authority)) =
        (&word.spoken, word.tier, authority::spoken_id(handed.lines))
    {
        out.fact(Fact::AuthorityGiven {
            authority,
            case: handed.case.id,
            by: by.clone(),
            tier,
            at: *at,
            verified: *verified,
            amount: total(handed.lines),
        });
        out.fact(Fact::AuthorityUsed { authority });
    }
    if let Some(authority) = word.signed {
        out.fact(Fact::AuthorityUsed { authority });
    }
    if let Some((officer, next)) = &word.spent {
        out.fact(Fact::CodeSpent { officer: officer.clone(), next: *next });
    }
}

/// Pays each line: out of its till as far as that goes, the rest under 应付垫付款.
fn pay(cx: &Ctx<'_>, out: &mut Collect, handed: &Handed<'_>) {
    let case = handed.case;
    let today = cx.today();
    let mut vouchers = number::Vouchers::new(cx, case.township, today);
    let held = |till| cx.answers.balance(Account::Reserve(case.township, till));
    let mut left = [(Till::Cash, held(Till::Cash)), (Till::Bank, held(Till::Bank))];
    let mut draws = stock::Draws::default();
    for line in handed.lines.iter().filter(|line| !line.counts().is_zero()) {
        out.fact(Fact::LinePaid {
            case: case.id,
            line: line.line,
            amount: line.amount,
            pay_by: line.pay_by,
            at: handed.at,
            by: handed.by.clone(),
            receipt: handed.receipt.clone(),
            witness: handed.witness.clone(),
            cash_reason: handed.cash_reason.clone(),
            payer: handed.payer.clone(),
        });
        let mut postings = Vec::new();
        let mut owed = line.amount;
        let mut spent = Account::Spent(case.township);
        let of = (case.id, case.township);
        let drawn = if handed.pocket { None } else { draws.draw(cx, out, of, line) };
        if let Some(drawn) = drawn {
            postings.push(Posting { account: Account::Goods(case.township), amount: -drawn.worth });
            owed -= drawn.worth;
            spent = stock::spent(case.township, drawn.origin);
        }
        for (till, held) in left.iter_mut().filter(|(till, _)| *till == fund::till(line) && !handed.pocket) {
            let taken = owed.min((*held).max(Money::ZERO));
            if !taken.is_zero() {
                postings.push(Posting { account: Account::Reserve(case.township, *till), amount: -taken });
            }
            *held -= taken;
            owed -= taken;
        }
        if !owed.is_zero() {
            postings.push(Posting { account: Account::Outlay(case.township, case.id), amount: -owed });
        }
        postings.push(Posting { account: spent, amount: line.amount });
        out.fact(Fact::MoneyMoved {
            why: MoveKind::Paid,
            voucher: vouchers.next(),
            township: case.township,
            on: today,
            postings,
            purpose: Purpose::Assistance,
            case: Some(case.id),
            line: Some(line.line),
            text: None,
        });
    }
}

/// The papers that fall due (四（三）一): the day of payment is not counted.
fn papers(cx: &Ctx<'_>, out: &mut Collect, handed: &Handed<'_>, judged: &Judged) {
    let case = handed.case;
    let due = dates::plus_working(cx, out, handed.at.day(), judged.pack.first.paper_days);
    let open: BTreeSet<ItemKind> = cx
        .answers
        .items(case.id)
        .into_iter()
        .filter(|item| item.done.is_none())
        .map(|item| item.kind)
        .collect();
    let kinds = [
        (ItemKind::Subject, true, true),
        (ItemKind::Cause, true, true),
        (ItemKind::Amount, true, true),
        (ItemKind::HandlerSignature, false, true),
        (ItemKind::Seal, false, true),
        (ItemKind::ApproverSignature, false, judged.word.signs_later),
        (ItemKind::Minutes, false, meeting::asked(case)),
    ];
    for (item, noted, _) in kinds.into_iter().filter(|(item, _, asked)| *asked && !open.contains(item)) {
        out.fact(Fact::ItemDue { case: case.id, item, due, handler: cx.author.no.clone(), noted });
    }
}
