//! What the screens show.

use super::*;
use crate::domain::code::Code;
use crate::store::replica::Reader;
use crate::store::replica::views::home::Pile;
use crate::store::replica::views::queue::{Filter, List};

fn now() -> Stamp {
    Stamp::at(day("2026-03-17"), 9, 0)
}

fn reader() -> (tempfile::TempDir, Reader) {
    let (folder, replica) = county_replica();
    let reader = replica.reader().unwrap();
    (folder, reader)
}

fn pile(count: u32, earliest: &str) -> Pile {
    Pile { count, earliest: Some(day(earliest)) }
}

#[test]
fn the_handler_sees_what_waits_for_him() {
    let (_folder, reader) = reader();
    let home = reader.handler_home(&who("1203"), T, now()).unwrap();
    assert_eq!(home.open.count, 0);
    assert_eq!(home.submitted, pile(1, "2026-03-02"));
    assert_eq!(home.papers, pile(1, "2026-03-16"), "cases, not items");
    assert_eq!(home.late_papers, 1);
    assert_eq!((home.leads.open, home.leads.unanswered, home.leads.late), (1, 1, 1));
    assert_eq!(home.awaiting.count, 1);
    let before = reader.handler_home(&who("1203"), T, Stamp::at(day("2026-03-02"), 9, 20)).unwrap();
    assert_eq!((before.leads.open, before.leads.late, before.late_papers), (1, 0, 0));
    let other = reader.handler_home(&who("1204"), 104, now()).unwrap();
    assert_eq!(other, super::super::views::home::HandlerHome::default());
}

#[test]
fn approvers_of_the_township_and_the_county_see_their_own_piles() {
    let (_folder, reader) = reader();
    let township = reader.approver_home(&who("1201"), T, now()).unwrap();
    assert_eq!(township.to_approve.count, 1);
    assert_eq!(township.late_papers, pile(1, "2026-03-16"));
    assert_eq!(township.awaiting.count, 1);
    let county = reader.county_home(now()).unwrap();
    assert_eq!(county.to_approve.count, 0);
    assert_eq!(county.ratifications, pile(1, "2026-03-05"));
    assert_eq!((county.exceptions, county.marks, county.leads.late), (1, 0, 1));
    assert_eq!(county.late_papers.count, 1);
}

#[test]
fn the_year_counts_cases_of_this_office_and_no_imported_rows() {
    let (_folder, reader) = reader();
    for township in [Some(T), None] {
        let sums = reader.year_sums(township, 2026).unwrap();
        assert_eq!((sums.accepted, sums.households, sums.people), (2, 1, 2));
        assert_eq!((sums.household_times, sums.person_times), (1, 2));
        assert_eq!((sums.spent, sums.cash), (yuan(45_000), Money::ZERO));
    }
    let other = reader.year_sums(Some(104), 2026).unwrap();
    assert_eq!((other.accepted, other.spent), (0, Money::ZERO));
    assert_eq!(reader.year_sums(Some(T), 2025).unwrap().spent, Money::ZERO);
}

#[test]
fn a_list_is_counted_windowed_and_searched() {
    let (_folder, reader) = reader();
    let today = day("2026-03-05");
    let all = Filter::default();
    assert_eq!(reader.queue_count(&all).unwrap(), 2);
    let rows = reader.queue_page(&all, 0, 10, today).unwrap();
    let numbers: Vec<&str> = rows.iter().map(|row| row.number.as_str()).collect();
    assert_eq!(numbers, ["26-103-0001", "26-103-0002"]);
    assert_eq!((rows[0].papers, rows[0].papers_due), (2, Some(day("2026-03-16"))));
    assert!(rows[0].last_year && !rows[1].last_year);
    assert_eq!((rows[0].waiting, rows[0].status), (3, Some(Status::RuralAllowance)));
    assert_eq!(rows[1].asked, yuan(20_000));
    assert_eq!(reader.queue_page(&all, 1, 10, today).unwrap(), rows[1..]);
    assert_eq!(reader.queue_page(&all, 0, 1, today).unwrap(), rows[..1]);
    let count = |filter: Filter| reader.queue_count(&filter).unwrap();
    assert_eq!(count(Filter { list: List::ToApprove, tier: Some(Tier::Township), ..Filter::default() }), 1);
    assert_eq!(count(Filter { list: List::ToApprove, tier: Some(Tier::County), ..Filter::default() }), 0);
    assert_eq!(count(Filter { list: List::Papers, handler: Some(who("1203")), ..Filter::default() }), 1);
    assert_eq!(count(Filter { list: List::Live, year: Some(2026), ..Filter::default() }), 2);
    assert_eq!(count(Filter { path: Some(Path::Expenditure), ..Filter::default() }), 0);
    assert_eq!(count(Filter { township: Some(104), ..Filter::default() }), 0);
    for (typed, found) in
        [("wgl", 1), ("王国", 1), ("0012", 1), ("0002", 1), ("26-103", 2), ("张", 0), ("'", 0)]
    {
        assert_eq!(count(Filter { locate: typed.to_owned(), ..Filter::default() }), found, "{typed}");
    }
}

#[test]
fn the_card_shows_what_the_approver_looks_at() {
    let (_folder, reader) = reader();
    let today = day("2026-03-05");
    let card = reader.case_card(case(1), today, 30).unwrap().unwrap();
    assert_eq!(card.opening.reason, "突发心梗，家中无现金");
    assert_eq!(card.opening.handler_name, "李桂芳");
    assert_eq!(card.granted(), yuan(45_000));
    assert_eq!(card.matter.as_ref().unwrap().number, "S26-103-001");
    assert_eq!(card.items.len(), 2);
    assert_eq!((card.payments[0].receipt.as_str(), card.payments[0].witness.as_str()), ("单文彩", "王五"));
    assert_eq!(card.exceptions[0].code, Code::FundShort);
    assert_eq!(card.noted[0].reason, "家中无人");
    let steps: Vec<&str> = card.steps.iter().map(|step| step.zh.as_str()).collect();
    assert_eq!(steps, ["受理", "直接救助"]);
    assert_eq!(card.steps[1].stage, Stage::AwaitingRatification);
    assert!(card.steps[1].detail.contains("450.00元"));
    // the case's own grant is not among the others
    assert_eq!((card.sums.matter, card.sums.days), (Money::ZERO, Money::ZERO));
    assert_eq!(card.household_prior.len(), 2);
    assert!(reader.case_card(case(9), today, 30).unwrap().is_none());
    let card = reader.case_card(case(2), today, 30).unwrap().unwrap();
    assert_eq!((card.fund.bank, card.fund.bank_after), (Money::ZERO, yuan(-20_000)));
    assert_eq!(card.fund.cash_after, card.fund.cash);
    assert_eq!(card.steps[1].text, "情况属实");
    assert_eq!(reader.case_of_number("26-103-0002").unwrap(), Some(case(2)));
}

#[test]
fn sums_count_the_same_matter_and_the_days_before() {
    let (_folder, mut replica) = county_replica();
    let mut third = opened(3, 2, "2026-03-20");
    if let Fact::CaseOpened { matter: of, .. } = &mut third {
        *of = matter(1);
    }
    apply_all(&mut replica, &[sheet(Stamp::at(day("2026-03-20"), 9, 0), "1203", "受理", vec![third])]);
    let reader = replica.reader().unwrap();
    let sums = |on: &str| reader.case_card(case(3), day(on), 30).unwrap().unwrap().sums;
    assert_eq!((sums("2026-03-20").matter, sums("2026-03-20").days), (yuan(45_000), yuan(45_000)));
    assert_eq!(sums("2026-04-01").days, yuan(45_000));
    assert_eq!(sums("2026-04-02").days, Money::ZERO);
    assert_eq!(sums("2026-04-02").year, yuan(45_000));
    assert_eq!(sums("2027-01-02").matter, Money::ZERO);
}

#[test]
fn the_reserve_s_month_runs_from_its_opening_to_its_closing() {
    let (_folder, mut replica) = county_replica();
    let at = Stamp::at(day("2026-04-01"), 9, 0);
    apply_all(&mut replica, &[sheet(at, "9002", "拨入", vec![allotted("2026-04-01", "B04-01", 100_000)])]);
    let reader = replica.reader().unwrap();
    let march = reader.reserve_month(T, 2026, 3).unwrap();
    assert_eq!((march.opening(), march.closing()), (Money::ZERO, Money::ZERO));
    assert_eq!((march.income, march.spending), (yuan(30_000), yuan(30_000)));
    let running: Vec<Money> = march.rows.iter().map(|row| row.balance).collect();
    assert_eq!(running, [yuan(30_000), Money::ZERO]);
    assert_eq!((march.rows[1].case_number.as_str(), march.rows[1].name.as_str()), ("26-103-0001", "单文彩"));
    assert_eq!(march.outlays[0].owed, yuan(15_000));
    assert_eq!(march.papers_open, yuan(45_000));
    let april = reader.reserve_month(T, 2026, 4).unwrap();
    assert_eq!((april.opening(), april.closing(), april.rows.len()), (Money::ZERO, yuan(100_000), 1));
    assert_eq!(april.opening() + april.income - april.spending, april.closing());
    assert_eq!(reader.reserve_month(T, 2026, 12).unwrap().opening(), yuan(100_000));
    assert!(reader.reserve_month(104, 2026, 4).unwrap().rows.is_empty());
}

#[test]
fn leads_papers_officers_and_the_supervisor_s_lists() {
    let (_folder, mut replica) = county_replica();
    let mark = vec![Refusal::new(Code::Scope, "", "不是本单位的办件。")];
    let touched = sheet(now(), "1203", "报批", vec![staged(2, Stage::Submitted, None, None)]).marked(mark);
    apply_all(&mut replica, &[touched]);
    let reader = replica.reader().unwrap();
    let leads = reader.open_leads(Some(T)).unwrap();
    assert_eq!((leads[0].name.as_str(), leads[0].said.as_str()), ("单文彩", "心梗"));
    assert!(leads[0].late(now()) && reader.open_leads(Some(104)).unwrap().is_empty());
    assert_eq!(reader.lead_row(lead(1)).unwrap(), Some(leads[0].clone()));
    let deferred = reader.deferred(None, Some(&who("1203"))).unwrap();
    assert_eq!((deferred.len(), deferred[0].open.len()), (1, 2));
    assert!(deferred[0].late(day("2026-03-17")) && !deferred[0].late(day("2026-03-16")));
    let officers = reader.officers().unwrap();
    let names: Vec<&str> = officers.iter().map(|officer| officer.name.as_str()).collect();
    assert_eq!(names, ["周立新", "李桂芳", "孙丽", "何静", "郑权", "冯立"]);
    assert_eq!(reader.officer_name(&who("9001")).unwrap(), "孙丽");
    assert_eq!(reader.open_exceptions(Some(T)).unwrap().len(), 1);
    assert_eq!(reader.noted(None, 0, 10).unwrap()[0].code, Code::Severity);
    let marks = reader.open_marks().unwrap();
    assert_eq!((marks[0].number.as_str(), marks[0].code), ("26-103-0002", Code::Scope));
    assert!(reader.case_card(case(2), day("2026-03-17"), 30).unwrap().unwrap().case.marked);
    let ratifications = reader.ratifications(None).unwrap();
    assert_eq!(
        (ratifications[0].due, ratifications[0].codes.clone()),
        (day("2026-03-05"), vec![Code::FundShort])
    );
}
