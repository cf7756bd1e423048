//! 操作经历, findings, marks settled.

use super::*;
use crate::domain::code::Code;
use crate::domain::command::trust::{About, MarkOf};
use crate::domain::ids::FindingId;
use crate::domain::nouns::FindingState;
use crate::store::replica::views::history::HistoryOf;

fn at(text: &str, minute: i64) -> Stamp {
    Stamp::at(day(text), 9, 0).plus_minutes(minute)
}

fn corrected() -> Sheet {
    let mut private = Private::default();
    private.people.insert(person(1), details("单文彩", "211321196804120012", "13911112222", ""));
    let fact =
        Fact::PersonNoted { person: person(1), resident: true, papers: true, corrected: true, reason: None };
    sheet(at("2026-04-01", 0), "1203", "登记人员", vec![fact]).with(private)
}

fn roles() -> Sheet {
    let roles = BTreeSet::from([Role::Handler, Role::Approver]);
    let fact = Fact::RolesGiven { officer: who("1203"), office: Office::Township(T), roles, limit: None };
    sheet(at("2026-04-02", 0), "9900", "授予岗位", vec![fact])
}

#[test]
fn lines_say_what_was_changed_and_name_no_private_word() {
    let (_folder, mut replica) = county_replica();
    apply_all(&mut replica, &[corrected(), roles()]);
    let lines = replica.reader().unwrap().history(&HistoryOf::default(), 2).unwrap();
    assert_eq!(lines[0].changed, "经办人→经办人、审批人");
    assert_eq!((lines[0].subject.as_str(), lines[0].name.as_str()), ("操作员1203", "冯立"));
    assert_eq!(lines[1].changed, "改电话、账号", "which fields, and no word of them");
}

#[test]
fn it_is_asked_by_officer_person_case_and_days_and_a_township_sees_its_own_cases() {
    let (_folder, mut replica) = county_replica();
    apply_all(&mut replica, &[corrected(), roles()]);
    let reader = replica.reader().unwrap();
    let ask = |of: HistoryOf| reader.history(&of, 500).unwrap();
    let all = ask(HistoryOf::default());
    assert!(all.windows(2).all(|pair| (pair[0].at, pair[0].n) > (pair[1].at, pair[1].n)), "latest first");
    let of_who = ask(HistoryOf { who: Some(who("9900")), ..HistoryOf::default() });
    assert_eq!(of_who.len(), 1);
    let of_person = ask(HistoryOf { people: vec![person(1)], ..HistoryOf::default() });
    assert!(of_person.iter().any(|line| line.changed == "改电话、账号"));
    assert!(of_person.iter().any(|line| line.case == Some(case(1))), "what was done in his case");
    assert!(of_person.len() < all.len());
    let of_case = ask(HistoryOf { case: Some(case(1)), ..HistoryOf::default() });
    assert!(!of_case.is_empty() && of_case.iter().all(|line| line.subject == "26-103-0001"));
    let (from, to) = (Some(day("2026-04-01")), Some(day("2026-04-01")));
    assert_eq!(ask(HistoryOf { from, to, ..HistoryOf::default() }).len(), 1);
    assert!(ask(HistoryOf { township: Some(999), ..HistoryOf::default() }).is_empty());
    let own = ask(HistoryOf { township: Some(T), ..HistoryOf::default() });
    assert!(!own.is_empty() && own.iter().all(|line| line.case.is_some()));
    let nobody = ask(HistoryOf { people: vec![person(1)], township: Some(999), ..HistoryOf::default() });
    assert!(nobody.is_empty());
}

#[test]
fn pages_follow_each_other_without_a_gap_or_a_double() {
    let (_folder, replica) = county_replica();
    let reader = replica.reader().unwrap();
    let all = reader.history(&HistoryOf::default(), 500).unwrap();
    let (mut paged, mut after) = (Vec::new(), None);
    loop {
        let page = reader.history(&HistoryOf { after, ..HistoryOf::default() }, 3).unwrap();
        let Some(last) = page.last() else { break };
        after = Some((last.at, last.n));
        paged.extend(page);
    }
    assert_eq!(paged, all);
    assert_eq!(all.len() as u64, reader.head().unwrap().n, "a line for each entry");
}

#[test]
fn a_mark_without_a_case_is_settled_by_the_county_alone() {
    let (_folder, mut replica) = county_replica();
    apply_all(&mut replica, &[roles().marked(vec![Refusal::new(Code::Role, "", "须由管理员办理。")])]);
    let n = replica.reader().unwrap().head().unwrap().n;
    let settle = |by: &str, minute| {
        let fact = Fact::MarkSettled { of: MarkOf::Entry { n }, reason: None };
        sheet(at("2026-04-03", minute), by, "处理违规标记", vec![fact])
    };
    let open = |replica: &Replica| replica.reader().unwrap().open_marks().unwrap().len();
    apply_all(&mut replica, &[settle("1201", 0)]);
    assert_eq!(open(&replica), 1, "a township's word settles nothing");
    apply_all(&mut replica, &[settle("9001", 1).marked(vec![Refusal::new(Code::SodSame, "", "。")])]);
    assert_eq!(open(&replica), 2, "nor a word that is marked itself");
    apply_all(&mut replica, &[settle("9001", 2)]);
    let marks = replica.reader().unwrap().marks(10).unwrap();
    let settled = marks.iter().find(|row| row.mark.n == n).unwrap();
    assert_eq!(settled.settled_by, Some((who("9001"), at("2026-04-03", 2))));
    assert_eq!((settled.zh(), settled.facts.as_str()), ("verb", "经办人→经办人、审批人"));
    assert!(!marks[0].mark.settled, "open ones stand first");
}

#[test]
fn a_finding_is_the_township_s_until_it_is_settled() {
    let (_folder, mut replica) = county_replica();
    let id = FindingId([7; 16]);
    let raised = Fact::FindingRaised {
        finding: id,
        number: "D26-001".to_owned(),
        about: About::Case { case: case(1) },
        office: Office::Township(T),
        entry: Some(3),
        due: day("2026-04-10"),
        text: Some("finding".into()),
    };
    let words = texts(&[("finding", "没有身份证复印件")]);
    apply_all(&mut replica, &[sheet(at("2026-04-01", 0), "9004", "提出问题", vec![raised]).with(words)]);
    let pile = |replica: &Replica, township| {
        replica.reader().unwrap().finding_pile(Some(township), true, day("2026-04-11")).unwrap()
    };
    assert_eq!((pile(&replica, T).waiting.count, pile(&replica, T).late), (1, 1));
    assert_eq!(pile(&replica, 999).waiting.count, 0, "not another's");
    let blind = replica.reader().unwrap().finding_pile(Some(T), false, day("2026-04-11")).unwrap();
    assert_eq!(blind, Default::default(), "it is about a case");
    let row = &replica.reader().unwrap().findings(Some(T)).unwrap()[0];
    assert_eq!((row.text.as_str(), row.case_number.as_str()), ("没有身份证复印件", "26-103-0001"));
    let answered = Fact::FindingAnswered { finding: id, text: None };
    let settled = Fact::FindingSettled { finding: id, again: None, text: None };
    apply_all(&mut replica, &[sheet(at("2026-04-12", 0), "1203", "整改", vec![answered])]);
    assert_eq!((pile(&replica, T).waiting.count, pile(&replica, T).answered), (0, 1));
    apply_all(&mut replica, &[sheet(at("2026-04-13", 0), "9004", "销号", vec![settled])]);
    let row = &replica.reader().unwrap().findings(None).unwrap()[0];
    assert_eq!((row.state, row.answered_by.clone()), (FindingState::Settled, Some(who("1203"))));
    assert_eq!(pile(&replica, T), Default::default());
}
