//! Sheets of spoken codes (授权码单): issued by whoever reads from them, void by his word or an administrator's. Desks note
//! the wrong codes that they were told.

use super::duties;
use crate::domain::code::Code;
use crate::domain::code_sheet::MOST;
use crate::domain::command::codes::{NoteCode, VoidCodes};
use crate::domain::command::kernel::IssueCodes;
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::delegation;
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Role};
use crate::domain::refusal::Refusal;
use crate::domain::spoken_code;

/// 印发授权码单, by the county approver who will read it. Whoever stands in for one has a sheet of his own, as long as he
/// does.
pub(super) fn issue(cx: &Ctx<'_>, args: &IssueCodes) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Approver]);
    if cx.author.office != Office::County {
        out.say(Code::Scope, "", "授权码单由县局审批人印发，请转县局。");
    }
    let practice = cx.answers.county() == Some(true);
    let dear = match args.cost {
        spoken_code::COUNTY => true,
        spoken_code::PRACTICE => practice,
        _ => false,
    };
    let whole = |text: &String| text.len() == 32 && hex::decode(text).is_ok();
    let sound = (1..=MOST).contains(&args.digests.len()) && args.digests.iter().all(whole);
    if !dear || !sound || !whole(&args.salt) {
        out.say(Code::AuthCode, "codes", "授权码单不合规格，请按F5重新生成后印发。");
    }
    let own = cx.answers.officer(&cx.author.no);
    let lent = own.and_then(|own| delegation::lent_to(cx.answers, &own, cx.today()));
    out.fact(Fact::CodesIssued {
        officer: cx.author.no.clone(),
        salt: args.salt.clone(),
        cost: args.cost,
        digests: args.digests.clone(),
        from: lent.as_ref().map(|(_, lent)| lent.from.clone()),
        until: lent.map(|(_, lent)| lent.until),
    });
    out.finish(None)
}

/// 作废授权码单: one's own, or by an administrator for somebody who telephones that it is lost.
pub(super) fn void(cx: &Ctx<'_>, args: &VoidCodes) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    if args.officer == cx.author.no {
        duties::author(cx, &mut out, &Role::ALL);
    } else {
        super::kernel::administrator(cx, &mut out);
    }
    known(cx, &mut out, &args.officer);
    let dead = match cx.answers.codes(&args.officer) {
        None => Some("没有印发过".to_owned()),
        Some(sheet) => sheet.why_dead(cx.today()).map(str::to_owned),
    };
    if let Some(why) = dead {
        out.say(Code::State, "officer", format!("{}的授权码单{why}，不必再作废，请按F5刷新。", args.officer));
    }
    out.fact(Fact::CodesVoided { officer: args.officer.clone(), lost: args.lost });
    out.finish(None)
}

/// 授权码报错登记, by whoever was told the code.
pub(super) fn note(cx: &Ctx<'_>, args: &NoteCode) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author_offline(cx, &mut out, &Role::ALL);
    known(cx, &mut out, &args.officer);
    out.fact(Fact::CodeMissed { officer: args.officer.clone() });
    out.finish(None)
}

fn known(cx: &Ctx<'_>, out: &mut Collect, no: &OfficerNo) {
    if cx.answers.officer(no).is_none() {
        out.say(Code::Unknown, "officer", format!("没有操作员{no}，请按F4选择。"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::Desk;
    use super::*;
    use crate::base::day::Day;
    use crate::domain::answers::Answers as _;
    use crate::domain::command::Command;

    fn sheet(cost: u8) -> Command {
        Command::IssueCodes(IssueCodes { salt: "00".repeat(16), cost, digests: vec!["11".repeat(16)] })
    }

    fn void(officer: &str, lost: bool) -> Command {
        Command::VoidCodes(VoidCodes { officer: officer.into(), lost })
    }

    #[test]
    fn a_cheap_sheet_is_for_practice_only() {
        let mut desk = Desk::new();
        assert_eq!(desk.ask("9002").codes(sheet(spoken_code::PRACTICE)), vec![]);
        desk.practice(false);
        assert_eq!(desk.ask("9002").codes(sheet(spoken_code::PRACTICE)), vec![Code::AuthCode]);
        assert_eq!(desk.ask("9002").codes(sheet(spoken_code::COUNTY)), vec![]);
        assert_eq!(desk.ask("1002").codes(sheet(spoken_code::COUNTY)), vec![Code::Scope]);
    }

    #[test]
    fn a_sheet_has_some_codes_and_not_too_many() {
        let desk = Desk::new();
        let of = |many| {
            Command::IssueCodes(IssueCodes {
                salt: "00".repeat(16),
                cost: spoken_code::COUNTY,
                digests: vec!["11".repeat(16); many],
            })
        };
        for (many, codes) in
            [(0, vec![Code::AuthCode]), (1, vec![]), (MOST, vec![]), (MOST + 1, vec![Code::AuthCode])]
        {
            assert_eq!(desk.ask("9002").codes(of(many)), codes, "{many}");
        }
    }

    #[test]
    fn who_stands_in_has_a_sheet_as_long_as_he_does() {
        let mut desk = Desk::new();
        assert_eq!(desk.ask("9003").codes(sheet(spoken_code::COUNTY)), vec![Code::Role]);
        let since = desk.now.day();
        let lent = Fact::DelegationGiven {
            from: "9002".into(),
            to: "9003".into(),
            since,
            until: since.plus(3),
            by: "9002".into(),
            reason: None,
        };
        desk.apply_by("9002", vec![lent]);
        desk.issue_codes("9003", &["111111", "222222"]);
        let known = |desk: &Desk, day: Day| desk.memory.codes(&"9003".into()).unwrap().left(day);
        assert_eq!((known(&desk, since.plus(3)), known(&desk, since.plus(4))), (2, 0));
        let ended = Fact::DelegationEnded { from: "9002".into(), to: "9003".into(), since };
        desk.apply_by("9002", vec![ended]);
        assert_eq!(known(&desk, since), 0);
    }

    #[test]
    fn a_sheet_is_void_by_its_holder_or_an_administrator_and_once() {
        let mut desk = Desk::new();
        assert_eq!(desk.ask("9002").codes(void("9002", false)), vec![Code::State]);
        assert_eq!(desk.ask("9009").codes(void("9999", true)), vec![Code::State, Code::Unknown]);
        desk.issue_codes("9002", &["111111"]);
        assert_eq!(desk.ask("9002").codes(void("9002", false)), vec![]);
        assert_eq!(desk.ask("1002").codes(void("9002", false)), vec![Code::Role]);
        desk.run("9009", void("9002", true));
        assert_eq!(desk.ask("9002").codes(void("9002", false)), vec![Code::State]);
        let kept = desk.memory.codes(&"9002".into()).unwrap();
        assert_eq!(kept.why_dead(desk.now.day()), Some("已报遗失作废"));
        desk.issue_codes("9002", &["333333"]);
        assert_eq!(desk.memory.codes(&"9002".into()).unwrap().why_dead(desk.now.day()), None);
    }

    #[test]
    fn wrong_ones_are_counted_on_the_sheet_that_stands() {
        let mut desk = Desk::new();
        let note = |no: &str| Command::NoteCode(NoteCode { officer: no.into() });
        assert_eq!(desk.ask("1001").codes(note("7777")), vec![Code::Unknown]);
        desk.issue_codes("9002", &["111111"]);
        desk.run("1001", note("9002"));
        desk.run("1001", note("9002"));
        assert_eq!(desk.memory.codes(&"9002".into()).unwrap().missed, 2);
    }
}
