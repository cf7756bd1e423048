//! The archive (归档): of a case that is over, by whoever handles it. Entered again, it corrects what stood there.

use super::{dates, duties, path};
use crate::domain::code::Code;
use crate::domain::command::archive::Archive;
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::office::Role;
use crate::domain::refusal::Refusal;

/// How long a number and a place may be, in characters.
const LONG: usize = 40;

/// 归档.
pub(super) fn archive(cx: &Ctx<'_>, args: &Archive) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler]);
    let Some(case) = duties::case(cx, &mut out, args.case) else { return out.finish(None) };
    duties::handles(cx, &mut out, &case);
    duties::stage(&mut out, &case, case.stage.is_final(), "办结以后才能归档，请先在办件里按13办结。");
    path::gate::archive(cx, &mut out, &case);
    line(&mut out, "number", &args.number, "归档号");
    line(&mut out, "shelf", &args.shelf, "存放位置");
    if let Some(other) = cx.answers.archived_as(&args.number).filter(|other| *other != case.id) {
        let number = cx.answers.case(other).map(|case| case.number).unwrap_or_default();
        out.say(
            Code::Duplicate,
            "number",
            format!("归档号{}已用于办件{number}，请核对归档号。", args.number),
        );
    }
    dates::not_later(&mut out, "on", args.on, cx.today(), "归档日期");
    dates::not_before(&mut out, "on", args.on, case.accepted, "归档日期", "受理日期");
    if args.items == 0 || args.pages < u32::from(args.items) {
        out.say(
            Code::State,
            "pages",
            format!(
                "件数{}、页数{}不对：至少1件，页数不少于件数，请按卷内目录清点。",
                args.items, args.pages
            ),
        );
    }
    let least = super::tier::pack_of(cx, &case).keeping_years();
    if args.keep.years().is_some_and(|years| years < least) {
        out.say(
            Code::State,
            "keep",
            format!("保管期限{}短于规定的{least}年，请选更长的期限。", args.keep.zh()),
        );
    }
    out.fact(Fact::Archived(args.clone()));
    out.finish(Some(case.id))
}

/// One short line, as the archive writes it.
fn line(out: &mut Collect, field: &'static str, text: &str, what: &str) {
    let length = text.trim().chars().count();
    if length == 0 || length > LONG || text.chars().any(char::is_control) {
        out.say(Code::ReasonRequired, field, format!("{what}须填1至{LONG}个字，请按档案填写。"));
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{CASE, Desk};
    use super::*;
    use crate::base::day::Day;
    use crate::domain::answers::Answers as _;
    use crate::domain::archive::Retention;
    use crate::domain::command::Command;
    use crate::domain::command::approval::Withdraw;
    use crate::domain::nouns::Stage;

    type Change = fn(&mut Archive);

    fn archive(change: impl FnOnce(&mut Archive)) -> Command {
        let mut args = Archive {
            case: CASE,
            number: "2026-LSJZ-0001".to_owned(),
            on: Day::new(2026, 3, 2).unwrap(),
            items: 3,
            pages: 12,
            keep: Retention::Long,
            shelf: "2号柜3层".to_owned(),
        };
        change(&mut args);
        Command::Archive(args)
    }

    fn over() -> Desk {
        let mut desk = Desk::with_case(40_000);
        let withdraw = Withdraw { case: CASE, reason: Some("reason".into()) };
        desk.run("1001", Command::Withdraw(withdraw));
        assert_eq!(desk.memory.case(CASE).unwrap().stage, Stage::Withdrawn);
        desk
    }

    #[test]
    fn a_case_goes_to_the_archive_once_it_is_over() {
        let desk = Desk::with_case(40_000);
        assert_eq!(desk.ask("1001").codes(archive(|_| {})), vec![Code::State]);
        let desk = over();
        assert_eq!(desk.ask("1001").codes(archive(|_| {})), vec![]);
        assert_eq!(desk.ask("1002").codes(archive(|_| {})), vec![Code::Role]);
    }

    #[test]
    fn number_place_counts_and_term_are_whole() {
        let desk = over();
        let cases: [(Change, Vec<Code>); 6] = [
            (|args| args.number.clear(), vec![Code::ReasonRequired]),
            (|args| args.shelf = "长".repeat(41), vec![Code::ReasonRequired]),
            (|args| args.items = 0, vec![Code::State]),
            (|args| args.pages = 2, vec![Code::State]),
            (|args| args.pages = 3, vec![]),
            (|args| args.on = Day::new(2026, 3, 3).unwrap(), vec![Code::DateOrder]),
        ];
        for (change, codes) in cases {
            assert_eq!(desk.ask("1001").codes(archive(change)), codes);
        }
    }

    #[test]
    fn what_is_entered_again_corrects() {
        let mut desk = over();
        desk.run("1001", archive(|_| {}));
        desk.run("1001", archive(|args| args.pages = 13));
        assert_eq!(desk.ask("1001").codes(archive(|args| args.number = "2026-LSJZ-0002".to_owned())), vec![]);
    }
}
