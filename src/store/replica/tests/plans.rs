//! No question and no screen reads a big table from end to end.

use super::answers::told;
use super::*;
use crate::domain::answers::Answers;
use crate::domain::monthly::MonthlyAnswers as _;
use crate::domain::partners::PartnerAnswers as _;
use crate::domain::reserve::ReserveAnswers;
use crate::domain::stock::GoodsAnswers as _;
use crate::domain::tiers::TierAnswers;
use crate::store::replica::answers::ASKED;
use crate::store::replica::views::after::AfterList;
use crate::store::replica::views::history::HistoryOf;
use crate::store::replica::views::queue::{Filter, List};

/// Tables that grow with the years.
const BIG: &[&str] = &[
    "person",
    "person_private",
    "search_key",
    "household",
    "household_state",
    "membership",
    "matter",
    "matter_person",
    "lead",
    "cases",
    "line",
    "line_paid",
    "step",
    "path_step",
    "path_text",
    "case_clock",
    "item",
    "authority",
    "grant_",
    "grant_person",
    "meeting_held",
    "examination",
    "filed",
    "referral",
    "service",
    "other_help",
    "home_reply",
    "archived",
    "sample",
    "sample_case",
    "voucher",
    "posting",
    "account",
    "batch",
    "batch_line",
    "return_file",
    "given_back",
    "cash_count",
    "history",
    "history_person",
];

fn plan(replica: &Replica, sql: &str) -> Vec<String> {
    let mut text = "EXPLAIN QUERY PLAN ".to_owned();
    text.push_str(sql);
    let mut statement = replica.db.prepare(&text).unwrap();
    let mut rows = statement.raw_query();
    let mut out = Vec::new();
    while let Some(row) = rows.next().unwrap() {
        out.push(row.get::<_, String>(3).unwrap());
    }
    out
}

fn scans(line: &str) -> Option<&str> {
    // "SCAN lead USING INDEX lead_open" reads the few rows of a partial index
    let table = line.strip_prefix("SCAN ")?.split(' ').next()?;
    let partial = [
        "lead_open",
        "item_open_by_due",
        "item_open_by_handler",
        "exception_open",
        "ratification_open",
        "account_of_child",
        "referral_open",
        "cases_home_to_ask",
        "called_back_open",
    ];
    let few = partial.iter().any(|index| line.ends_with(index) || line.contains(&format!("{index} ")));
    (BIG.contains(&table) && !few).then_some(table)
}

#[test]
fn a_scan_of_a_big_table_would_be_seen() {
    let replica = Replica::in_memory().unwrap();
    let plan = plan(&replica, "SELECT 1 FROM grant_ WHERE amount > 0");
    assert!(plan.iter().any(|line| scans(line) == Some("grant_")), "{plan:?}");
}

#[test]
fn every_question_and_every_screen_goes_through_an_index() {
    let (_folder, replica) = county_replica();
    let reader = replica.reader().unwrap();
    ASKED.with_borrow_mut(std::collections::BTreeSet::clear);
    told(&reader);
    reader.holder_of("211321196804120012");
    let today = day("2026-03-03");
    for text in [
        "211321196804120012",
        "0012",
        "13900000000",
        "dwc",
        "shan",
        "文彩",
        "单wc",
        "26-103-0001",
        "S26-103-001",
    ] {
        reader.search(text, today, 20).unwrap();
    }
    reader.case_card(case(1), today, 30).unwrap();
    reader.household_sum(person(1), today).unwrap();
    reader.steps_of(case(1)).unwrap();
    reader.case_of_number("26-103-0001").unwrap();
    let now = Stamp::at(today, 9, 0);
    reader.handler_home(&who("1203"), T, now).unwrap();
    reader.approver_home(&who("1201"), T, now).unwrap();
    reader.county_home(now).unwrap();
    reader.year_sums(Some(T), 2026).unwrap();
    reader.year_sums(None, 2026).unwrap();
    reader.open_leads(Some(T)).unwrap();
    for township in [Some(T), None] {
        reader.discoverers(township).unwrap();
        reader.heard(township, Stamp(0), now).unwrap();
    }
    reader.deferred(Some(T), None).unwrap();
    reader.open_exceptions(None).unwrap();
    reader.open_marks().unwrap();
    reader.marks(200).unwrap();
    reader.findings(Some(T)).unwrap();
    reader.supervisor_home(now).unwrap();
    for of in [
        HistoryOf::default(),
        HistoryOf { who: Some(who("1203")), from: Some(today), ..HistoryOf::default() },
        HistoryOf { people: vec![person(1)], case: Some(case(1)), ..HistoryOf::default() },
    ] {
        reader.history(&of, 50).unwrap();
    }
    reader.name_of(person(1));
    reader.batches(None).unwrap();
    reader.batch_of_number("P26-001").unwrap();
    reader.roster(super::histories::batch(1)).unwrap();
    reader.returns(super::histories::batch(1)).unwrap();
    reader.to_pay_by_bank().unwrap();
    reader.child_accounts(today, today).unwrap();
    reader.cash_counts(T, today, today).unwrap();
    reader.month_end(2026, 3).unwrap();
    reader.open_months(today).unwrap();
    reader.source_before(crate::domain::nouns::Fund::County, today);
    reader.pay_lines(Some(T), today).unwrap();
    reader.money_home(None, today).unwrap();
    reader.source_spans(today, today.plus(1)).unwrap();
    reader.last_paying_bank().unwrap();
    reader.open_advances().unwrap();
    reader.tills().unwrap();
    reader.recoveries(Some(T)).unwrap();
    reader.goods_given(T, today, today.plus(1)).unwrap();
    reader.replenish_asked().unwrap();
    for store in [Office::County, Office::Township(T)] {
        reader.shelves(store).unwrap();
        reader.stock_moves(&super::histories::shelf(1)).unwrap();
        reader.stock_under_way(store).unwrap();
    }
    reader.blanks(T).unwrap();
    reader.shelf(&super::histories::shelf(1));
    reader.taken(case(1), line(1));
    reader.sending(crate::domain::ids::TransferId([1; 16]));
    reader.blank("K26-102-0001");
    reader.partners().unwrap();
    reader.partner(crate::domain::ids::PartnerId([1; 16]));
    reader.reserve_plan(T);
    reader.open_papers(T, today);
    reader.advanced(T, Some(crate::domain::nouns::Fund::County));
    reader.names_sources();
    reader.reserve_month(T, 2026, 3).unwrap();
    reader.recovery(case(1), line(1));
    reader.given_back_of(super::histories::batch(1)).unwrap();
    reader.ratifications(None).unwrap();
    reader.path_work(Some(T), None, day("2026-03-04")).unwrap();
    reader.path_work(None, Some(&who("1203")), day("2026-03-04")).unwrap();
    for list in [AfterList::Deliver, AfterList::FollowUp] {
        reader.after_decision(list, Some(T), None).unwrap();
        reader.after_decision(list, None, Some(&who("1203"))).unwrap();
    }
    reader.path_steps(case(1)).unwrap();
    reader.path_pile(Some(T), today).unwrap();
    reader.path_pile(None, today).unwrap();
    reader.tier_work(None, None).unwrap();
    reader.tier_work(Some(T), Some(case(1))).unwrap();
    reader.unfiled_months(None, today).unwrap();
    reader.filing_roster("R26-103-03").unwrap();
    reader.beside(case(1)).unwrap();
    reader.rosters_filed(Some(T), 50).unwrap();
    reader.roster_filed("R26-103-03").unwrap();
    reader.filed_decisions("R26-103-03").unwrap();
    reader.struck(matter(1)).unwrap();
    reader.met_together(case(1), 7).unwrap();
    reader.packs_adopted().unwrap();
    reader.incidents(Some(T)).unwrap();
    reader.tier_file(case(1));
    reader.referral(crate::domain::ids::ReferralId([1; 16]));
    reader.incident_of(matter(1));
    reader.unfiled(T, today, today);
    reader.rosters(T, 2026, 3);
    let lists = [List::Open, List::ToApprove, List::Papers, List::Awaiting, List::Marked, List::Live];
    for list in lists {
        let filter = Filter { list, township: Some(T), locate: "wgl".to_owned(), ..Filter::default() };
        reader.queue_count(&filter).unwrap();
        reader.queue_page(&filter, 0, 12, today).unwrap();
    }
    let asked = ASKED.with_borrow(Clone::clone);
    assert!(asked.len() > 60, "{}", asked.len());
    for sql in asked {
        let plan = plan(&replica, &sql);
        let scanned: Vec<&str> = plan.iter().filter_map(|line| scans(line)).collect();
        assert!(scanned.is_empty(), "{sql}\n{plan:#?}");
    }
}
