//! By whose word money is paid first (先行救助授权): signed at a PC, told by telephone, a spoken code, or the county's word
//! that nobody could check (未验码).

use super::{dates, duties};
use crate::base::day::Stamp;
use crate::base::money::Money;
use crate::domain::answers::{Authorisation, Case};
use crate::domain::code::Code;
use crate::domain::code_sheet::Heard;
use crate::domain::command::emergency::Authority;
use crate::domain::decide::{Collect, Ctx};
use crate::domain::delegation;
use crate::domain::grant::Line;
use crate::domain::ids::{AuthorityId, OfficerNo};
use crate::domain::office::{Office, Officer, Role, Tier};

/// A word as it was found to be.
#[derive(Clone, Debug, Default)]
pub(super) struct Word {
    /// Whose tier it is; none where nobody's word holds.
    pub tier: Option<Tier>,
    /// A word that was spoken and is not in the log yet: who, when, checked or not.
    pub spoken: Option<(OfficerNo, Stamp, bool)>,
    /// Told by telephone: the approver signs later.
    pub signs_later: bool,
    /// A signed one, used up by this payment.
    pub signed: Option<AuthorityId>,
    /// A code of whose sheet is spent, and which is next.
    pub spent: Option<(OfficerNo, u32)>,
}

/// The id under which a spoken word enters the log. Its author names none, and a rule draws none by chance: a line is
/// paid once, so the first line's id names it.
pub(super) fn spoken_id(lines: &[Line]) -> Option<AuthorityId> {
    lines.first().map(|line| AuthorityId(line.line.0))
}

/// The authorisation by telephone of a case, for the signature that is still due.
pub(super) fn told(cx: &Ctx<'_>, case: &Case) -> Option<Authorisation> {
    case.granted
        .iter()
        .filter_map(|line| cx.answers.authorisation(AuthorityId(line.line.0)))
        .find(|known| known.case == case.id)
}

/// Listens to a word for `amount`, with which household and matter have got `sum` in the year.
pub(super) fn listen(
    cx: &Ctx<'_>,
    out: &mut Collect,
    case: &Case,
    authority: &Authority,
    (amount, sum): (Money, Money),
) -> Word {
    match authority {
        Authority::Nobody {} => Word::default(),
        Authority::Signed { authority } => signed(cx, out, case, *authority, amount),
        Authority::Telephone { by, at, .. } => {
            let office = Office::Township(case.township);
            let Some(approver) = approver(cx, out, case, by, office) else { return Word::default() };
            within_his_limit(cx, out, &approver, sum);
            let at = dates::moment(cx, out, "authority_at", *at, "授权时间");
            Word {
                tier: Some(Tier::Township),
                spoken: Some((approver.no, at, true)),
                signs_later: true,
                ..Word::default()
            }
        }
        Authority::Code { by, code, at } => {
            let Some(approver) = approver(cx, out, case, by, Office::County) else { return Word::default() };
            within_his_limit(cx, out, &approver, sum);
            let at = dates::moment(cx, out, "authority_at", *at, "授权时间");
            let Some(next) = next_code(cx, out, by, code) else { return Word::default() };
            Word {
                tier: Some(Tier::County),
                spoken: Some((approver.no, at, true)),
                spent: Some((by.clone(), next)),
                ..Word::default()
            }
        }
        Authority::Unverified { by, at } => {
            let Some(approver) = approver(cx, out, case, by, Office::County) else { return Word::default() };
            within_his_limit(cx, out, &approver, sum);
            let at = dates::moment(cx, out, "authority_at", *at, "授权时间");
            Word { tier: Some(Tier::County), spoken: Some((approver.no, at, false)), ..Word::default() }
        }
    }
}

fn signed(cx: &Ctx<'_>, out: &mut Collect, case: &Case, id: AuthorityId, amount: Money) -> Word {
    let known = cx.answers.authorisation(id).filter(|known| known.case == case.id);
    let Some(known) = known else {
        out.say(Code::Unknown, "authority", "找不到这一件的先行授权，请按F4重新选择，或选电话授权。");
        return Word::default();
    };
    if known.used {
        out.say(Code::Duplicate, "authority", "这一授权已经用过，请重新取得授权。");
    }
    other_than_handler(cx, out, case, &known.by);
    if amount > known.amount {
        out.say(
            Code::EmergCap,
            "authority",
            format!("授权额{}元，本次{amount}元，请减少金额或重新取得授权。", known.amount),
        );
        return Word { signed: Some(id), ..Word::default() };
    }
    Word { tier: Some(known.tier), signed: Some(id), ..Word::default() }
}

fn approver(cx: &Ctx<'_>, out: &mut Collect, case: &Case, by: &OfficerNo, office: Office) -> Option<Officer> {
    other_than_handler(cx, out, case, by);
    let stands_in = |known: &Officer| {
        delegation::stands_in_for(cx.answers, known, cx.today()).is_some_and(|giver| giver.office == office)
    };
    let own = |known: &Officer| known.is(Role::Approver) && known.office == office;
    let officer = cx.answers.officer(by).filter(|known| own(known) || stands_in(known));
    if officer.is_none() {
        let whose = match office {
            Office::County => "县局".to_owned(),
            Office::Township(code) => duties::name_of(code),
        };
        out.say(Code::Role, "authority_by", format!("{by}不是{whose}的审批人，请按F4重新选择授权人。"));
    }
    officer
}

fn other_than_handler(cx: &Ctx<'_>, out: &mut Collect, case: &Case, by: &OfficerNo) {
    let before = cx.answers.handlers_before(case.id);
    if *by == cx.author.no || *by == case.handler || before.contains(by) {
        out.say(Code::SodSame, "authority_by", "授权人不能是经办人本人，请选其他审批人，或选县局授权。");
    }
}

/// An approver's own limit binds his word as it binds his signature.
fn within_his_limit(cx: &Ctx<'_>, out: &mut Collect, approver: &Officer, sum: Money) {
    let limit = delegation::limit_of(cx.answers, approver, cx.today());
    let Some(limit) = limit.filter(|limit| sum > *limit) else { return };
    let no = &approver.no;
    out.say(
        Code::TierAuth,
        "authority_by",
        format!("本户本事项累计{sum}元，超出{no}的审批限额{limit}元，请改请其他审批人或县局授权。"),
    );
}

/// The place after the code that was read, where it is the next of the sheet.
fn next_code(cx: &Ctx<'_>, out: &mut Collect, by: &OfficerNo, code: &str) -> Option<u32> {
    let sheet = cx.answers.codes(by);
    let dead = match &sheet {
        None => Some("没有印发过"),
        Some(sheet) => sheet.why_dead(cx.today()),
    };
    if let Some(why) = dead {
        out.say(
            Code::AuthCode,
            "authority_by",
            format!(
                "{by}的授权码单{why}，码不能用，请对方在工作台印发新的，急用的在「授权方式」按3县局未验码。"
            ),
        );
        return None;
    }
    let sheet = sheet?;
    let place = sheet.next.saturating_add(1);
    match sheet.hear(code) {
        Heard::Next => return Some(place),
        Heard::Used => out.say(
            Code::AuthCode,
            "code",
            format!("这个授权码已经用过，请对方划掉它，读{by}码单的第{place}个；手边没有码单的，在「授权方式」按3县局未验码。"),
        ),
        Heard::Wrong => out.say(
            Code::AuthCode,
            "code",
            format!(
                "授权码与{by}码单的下一个（第{place}个）不符，请在电话中重新核对；对方手边没有码单的，在「授权方式」按3县局未验码。"
            ),
        ),
    }
    None
}
