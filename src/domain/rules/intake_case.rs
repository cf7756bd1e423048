//! Intake of what a case is about (受理): the matter as a record of its own, and the case.

use super::{amount, dates, duties, incident, intake, number, repeat, tier};
use crate::domain::answers::{Matter, Person};
use crate::domain::code::Code;
use crate::domain::command::intake::{OpenCase, OpenMatter};
use crate::domain::decide::{Collect, Ctx, Decision};
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::nouns::{Applicant, Circumstance, LeadEnd, Path, Status};
use crate::domain::office::{Office, Role};
use crate::domain::refusal::Refusal;
use crate::domain::same;
use std::collections::BTreeSet;

/// 登记急难事项.
pub(super) fn open_matter(cx: &Ctx<'_>, args: &OpenMatter) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler]);
    duties::scope(cx, &mut out, args.township);
    intake::place(&mut out, args.township, None);
    if args.place.is_some_and(|village| crate::base::division::village(village).is_none()) {
        out.say(Code::Unknown, "place", "没有这个发生地村（社区），请按F4重新选择，外地的留空。");
    }
    dates::not_later(&mut out, "on", args.on, cx.today(), "发生日期");
    if cx.answers.matter(args.matter).is_some() {
        out.say(Code::Duplicate, "matter", "这一事项已经登记，不必重复。");
    }
    if args.shared != args.people.is_empty() {
        let what = if args.shared {
            "群体性事项不填当事人，各户分别受理。"
        } else {
            "当事人未填，请填写姓名和身份证号。"
        };
        out.say(Code::Unknown, "people", what);
    }
    for person in &args.people {
        intake::known(cx, &mut out, *person, "people");
    }
    duties::recusal(cx, &mut out, &args.people.iter().copied().collect());
    if !args.shared {
        twice(cx, &mut out, args);
    }
    out.fact(Fact::MatterOpened {
        matter: args.matter,
        number: number::matter(cx, args.township, cx.today()),
        township: args.township,
        circumstance: args.circumstance,
        on: args.on,
        place: args.place,
        shared: args.shared,
        people: args.people.clone(),
    });
    out.end(&args.overrides, &args.override_reason, cx.has(&args.override_reason), None)
}

/// Another matter of the same circumstance so soon is probably the same one.
fn twice(cx: &Ctx<'_>, out: &mut Collect, args: &OpenMatter) {
    let today = cx.today();
    let people: BTreeSet<_> =
        args.people.iter().flat_map(|person| tier::family(cx, *person, None, today)).collect();
    let from = today.plus(-i64::from(cx.pack.repeat.matter_dup_days));
    let alike =
        cx.answers.matters_of(&people).into_iter().find(|known| {
            known.circumstance == args.circumstance && !known.shared && known.opened.day() >= from
        });
    if let Some(known) = alike {
        out.say(
            Code::MatterDup,
            "matter",
            format!(
                "本户{}已登记情形相同的事项{}：是同一事项的，请把发生日期改为{}；不是的，在「确办理由」写明。",
                known.opened.day().short_zh(),
                known.number,
                known.on
            ),
        );
    }
}

/// 受理.
pub(super) fn open_case(cx: &Ctx<'_>, args: &OpenCase) -> Result<Decision, Vec<Refusal>> {
    let mut out = Collect::default();
    duties::author(cx, &mut out, &[Role::Handler]);
    duties::scope(cx, &mut out, args.township);
    intake::place(&mut out, args.township, Some(args.village));
    if cx.answers.case(args.case).is_some() {
        out.say(Code::Duplicate, "case", "这一件已经受理，不必重复。");
    }
    let handler = handler(cx, &mut out, args);
    amount::lines(&mut out, &args.lines);
    if args.path == Path::Emergency {
        amount::at_once(&mut out, &args.lines);
    }
    duties::reason(cx, &mut out, &args.reason, "reason", "事由未填，请写明急难情况");
    if args.helped == 0 {
        out.say(Code::State, "helped", "受助人数须至少1人，请改正。");
    }
    lead(cx, &mut out, args);
    blank(cx, &mut out, args);
    let Some(person) = cx.answers.person(args.person) else {
        intake::known(cx, &mut out, args.person, "person");
        return out.finish(None);
    };
    applicant(cx, &mut out, args, &person);
    let Some(matter) = cx.answers.matter(args.matter) else {
        out.say(Code::Unknown, "matter", "事项尚未登记，请按F5重新核对后再交。");
        return out.finish(None);
    };
    of_the_matter(cx, &mut out, args, &matter);
    incident::takes(cx, &mut out, args);
    facts(cx, &mut out, args, &person, handler);
    out.end(&args.overrides, &args.override_reason, cx.has(&args.override_reason), Some(args.case))
}

/// Who sees to it. Whoever holds approval rights does not accept for others: he could approve it afterwards.
fn handler(cx: &Ctx<'_>, out: &mut Collect, args: &OpenCase) -> OfficerNo {
    let Some(other) = args.handler.as_ref().filter(|other| **other != cx.author.no) else {
        return cx.author.no.clone();
    };
    let fits = cx
        .answers
        .officer(other)
        .is_some_and(|officer| officer.is(Role::Handler) && officer.office.covers(args.township));
    if !fits {
        out.say(Code::Role, "handler", format!("{other}不是能办这一乡镇的经办人，请按F4重新选择。"));
    }
    if cx.author.is(Role::Approver) {
        out.say(Code::SodSame, "handler", "您兼任审批人，不能替他人受理，请由经办人本人受理。");
    }
    other.clone()
}

fn lead(cx: &Ctx<'_>, out: &mut Collect, args: &OpenCase) {
    let Some(id) = args.lead else { return };
    match cx.answers.lead(id) {
        None => out.say(Code::Unknown, "lead", "找不到这条线索，请按F5刷新。"),
        Some(lead) => {
            if let Some(end) = lead.ended {
                out.say(
                    Code::State,
                    "lead",
                    format!("线索{}{}，不能再立件；要办的请另登记一条线索。", lead.number, end.zh()),
                );
            }
            if lead.township != args.township {
                out.say(Code::Scope, "lead", format!("线索{}是其他乡镇的，请改选线索。", lead.number));
            }
        }
    }
}

fn blank(cx: &Ctx<'_>, out: &mut Collect, args: &OpenCase) {
    if let Some(blank) = &args.blank {
        super::pads::check(cx, out, blank, args.township, None);
    }
}

fn applicant(cx: &Ctx<'_>, out: &mut Collect, args: &OpenCase, person: &Person) {
    let today = cx.today();
    if let Some(died) = same::died(cx.answers, person.id) {
        out.say(
            Code::DateOrder,
            "person",
            format!("申请人已于{}死亡，家庭仍有困难的请由其他成员申请。", died.short_zh()),
        );
    }
    let household = args.household.map(|id| cx.answers.household(id));
    match &household {
        Some(Some(found)) if found.on(today).contains(&person.id) => {}
        Some(_) => out.say(Code::Unknown, "household", "申请人不在所选家庭中，请核对家庭成员。"),
        None if args.applicant == Applicant::Household => {
            out.say(
                Code::Unknown,
                "household",
                "以家庭申请须先登记家庭，请填家庭成员，或在「申请」按1改为个人。",
            );
        }
        None => {}
    }
    let mut people = tier::family(cx, person.id, None, today);
    if args.applicant == Applicant::Individual {
        people = BTreeSet::from([person.id]);
    }
    duties::recusal(cx, out, &people);
    duties::kin_by_name(cx, out, &people, args.township, &args.overrides);
    let status = household.flatten().map_or(Status::Unlisted, |found| found.status);
    let poor = !matches!(status, Status::Unlisted | Status::Honoured);
    if args.circumstance == Circumstance::Schooling && !poor && !args.paid_before {
        out.say(
            Code::EligHardship,
            "circumstance",
            "子女就学救助须是低保、低收入等困难家庭，请核对家庭身份，或按8选其他困难。",
        );
    }
}

fn of_the_matter(cx: &Ctx<'_>, out: &mut Collect, args: &OpenCase, matter: &Matter) {
    let today = cx.today();
    let people = tier::family(cx, args.person, args.household, today);
    if matter.circumstance != args.circumstance {
        out.say(
            Code::State,
            "circumstance",
            format!("事项{}登记的情形是{}，请改为一致。", matter.number, matter.circumstance.zh()),
        );
    }
    if !matter.shared && matter.people.iter().all(|person| !people.contains(person)) {
        out.say(Code::State, "matter", format!("事项{}登记在另一户，请改选或另登记事项。", matter.number));
    }
    if args.path != args.circumstance.usual_path() {
        out.say(
            Code::PathCategory,
            "path",
            format!(
                "{}一般走{}，确需走{}的请在「确办理由」写明。",
                args.circumstance.zh(),
                args.circumstance.usual_path().zh(),
                args.path.zh()
            ),
        );
    }
    let Some(grant) = repeat::earlier(cx, &people, matter, None, today) else { return };
    // December looks over the year's end, the county may grant twice, and what was paid already is registered
    if args.paid_before || today.month() == 12 || cx.author.office == Office::County {
        repeat::likely(out, &grant);
    } else {
        repeat::refuse_to_open(out, &grant);
    }
}

fn facts(cx: &Ctx<'_>, out: &mut Collect, args: &OpenCase, person: &Person, handler: OfficerNo) {
    let case = args.case;
    out.fact(Fact::CaseOpened {
        case,
        number: number::case(cx, args.township, cx.today()),
        matter: args.matter,
        person: args.person,
        household: args.household,
        applicant: args.applicant,
        helped: args.helped,
        township: args.township,
        village: args.village,
        circumstance: args.circumstance,
        severity: args.severity,
        path: args.path,
        need: args.need,
        schemes: args.schemes,
        by_meeting: args.by_meeting,
        handler,
        accepted: cx.today(),
        pack: cx.pack.id.clone(),
        lead: args.lead,
        blank: args.blank.clone(),
        reason: args.reason.clone(),
    });
    if !args.lines.is_empty() {
        out.fact(Fact::LinesAsked { case, lines: args.lines.clone() });
    }
    if let Some(lead) = args.lead {
        out.fact(Fact::LeadEnded { lead, how: LeadEnd::Case, case: Some(case), reason: None });
    }
    if !person.resident {
        out.say(Code::Residence, "person", "非本地户籍，可以受理；已列入待办：向户籍地核实是否已救助。");
        out.fact(Fact::HomeToAsk { case });
    }
}

#[cfg(test)]
mod tests {
    use super::super::desk::{Desk, P};
    use super::*;
    use crate::base::day::{Day, Stamp};

    #[test]
    fn schooling_wants_a_hardship_status() {
        for (status, refused) in
            [(Status::Unlisted, true), (Status::Honoured, true), (Status::RuralAllowance, false)]
        {
            let mut desk = Desk::new();
            desk.status(status);
            let mut args = desk.schooling();
            args.path = Path::Expenditure;
            let codes = desk.ask("1001").codes(crate::domain::command::Command::OpenCase(args));
            assert_eq!(codes.contains(&Code::EligHardship), refused, "{status:?}");
        }
    }

    #[test]
    fn a_path_beside_the_circumstance_asks_why() {
        let mut desk = Desk::new();
        desk.status(Status::RuralAllowance);
        for (path, asks) in [(Path::Expenditure, false), (Path::Emergency, true)] {
            let mut args = desk.schooling();
            args.path = path;
            let codes = desk.ask("1001").codes(crate::domain::command::Command::OpenCase(args));
            assert_eq!(codes.contains(&Code::PathCategory), asks);
        }
    }

    #[test]
    fn the_same_matter_again_is_refused_but_in_december_and_at_the_county() {
        let table = [
            ("1001", (2026, 9, 1), false, Some(Code::RepeatMatter)),
            ("1001", (2026, 12, 1), false, Some(Code::RepeatLikely)),
            ("1001", (2026, 9, 1), true, Some(Code::RepeatLikely)),
            ("9001", (2026, 9, 1), false, Some(Code::RepeatLikely)),
            ("1001", (2027, 1, 4), false, None),
        ];
        for (who, (y, m, d), paid_before, code) in table {
            let mut desk = Desk::with_case(40_000);
            desk.imported(0, 40_000, Some(Circumstance::Accident));
            desk.now = Stamp::at(Day::new(y, m, d).unwrap(), 9, 0);
            let mut args = desk.case_args(0x55, P[1]);
            args.paid_before = paid_before;
            let codes = desk.ask(who).codes(crate::domain::command::Command::OpenCase(args));
            assert_eq!(codes.first().copied(), code, "{who} {y}-{m} {paid_before}");
        }
    }

    #[test]
    fn the_spouse_is_refused_the_same_fire_and_the_earlier_case_is_named() {
        let lines = vec![crate::domain::rules::desk::money_line(1, 40_000)];
        let mut desk = Desk::submitted(lines.clone());
        desk.run("1002", desk.approve(lines));
        desk.later(183);
        for applicant in [Applicant::Household, Applicant::Individual] {
            let mut args = desk.case_args(0x55, P[1]);
            args.applicant = applicant;
            let refusals =
                desk.ask("1001").decide(crate::domain::command::Command::OpenCase(args)).unwrap_err();
            let sentence = &refusals.first().unwrap().sentence;
            let earlier = "该户本年已因同一事项救助（26-102-0001，3月2日，400.00元）。";
            assert!(sentence.starts_with(earlier), "{sentence}");
        }
    }

    #[test]
    fn a_shared_matter_counts_for_each_household_alone() {
        let lines = vec![crate::domain::rules::desk::money_line(1, 40_000)];
        let mut desk = Desk::submitted(lines.clone());
        desk.share_the_matter();
        desk.run("1002", desk.approve(lines));
        let alone = |person| {
            let mut args = desk.case_args(0x55, person);
            args.household = None;
            args.applicant = Applicant::Individual;
            desk.ask("1001").codes(crate::domain::command::Command::OpenCase(args))
        };
        assert_eq!(alone(P[2]), vec![], "another household of the same accident");
        assert_eq!(alone(P[1]), vec![Code::RepeatMatter], "the same household again");
    }

    #[test]
    fn a_matter_alike_within_seven_days() {
        for (days, asks) in [(7, true), (8, false)] {
            let mut desk = Desk::new();
            desk.later(days);
            let codes = desk.ask("1001").codes(desk.matter_again());
            assert_eq!(codes.contains(&Code::MatterDup), asks, "{days}");
        }
    }

    #[test]
    fn who_lives_elsewhere_is_taken_in_with_a_task() {
        let mut desk = Desk::new();
        desk.lives_elsewhere(0);
        let command = crate::domain::command::Command::OpenCase(desk.case_args(0x55, P[0]));
        let decision = desk.ask("1001").decide(command).unwrap();
        assert!(decision.notes.iter().any(|note| note.code == Code::Residence));
        assert!(decision.facts.iter().any(|fact| matches!(fact, Fact::HomeToAsk { .. })));
    }

    #[test]
    fn the_dead_do_not_apply() {
        let mut desk = Desk::new();
        desk.dies(0);
        let command = crate::domain::command::Command::OpenCase(desk.case_args(0x55, P[0]));
        assert_eq!(desk.ask("1001").codes(command), vec![Code::DateOrder]);
    }
}
