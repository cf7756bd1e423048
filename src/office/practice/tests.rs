//! The practice office is whole on whatever day it is built.

use super::*;
use crate::base::day::Day;
use crate::domain::nouns::Stage;
use crate::office::desk::verify::verify;
use crate::store::entries::Entries;
use crate::store::replica::plain::Plain;
use std::collections::BTreeSet;

fn at(folder: &Path) -> Place {
    Place::at(folder.to_owned(), folder.join("workstation.toml")).unwrap()
}

/// Builds at a moment, and checks everything that must hold on any day.
fn whole_at(now: Stamp) {
    let dir = tempfile::tempdir().unwrap();
    let folder = dir.path().join("office");
    build::build(&folder, now).unwrap();
    let desk = folder.join("desk");
    let county = share::county_of(&folder.join("share")).unwrap();
    let entries = Entries::open(&desk.join("entries.db"), county).unwrap();
    let mut last = Stamp(0);
    let mut source = |after, limit| {
        let rows = entries.after(after, limit)?;
        for row in &rows {
            last = last.max(Stamp(crate::ledger::Body::from_text(&row.body).unwrap().share_ms));
        }
        Ok(rows)
    };
    let found = verify(county, &mut source, &mut |_| {}).unwrap();
    assert_eq!((found.broken, found.marks), (None, vec![]));
    assert!(last <= now, "nothing happens in the future: {} {}", last.text(), now.text());
    let mut open = place::open_desk(&desk, &folder.join("share"), county).unwrap();
    assert!(open.desk.replica().is_closed(), "nobody signed in");
    let first = officers().unwrap().swap_remove(0);
    let session = session::sign_in(county, open.desk.keys(), &first.no, &first.password).unwrap();
    open.desk.sign_in(std::sync::Arc::new(session)).unwrap();
    let reader = open.desk.replica().reader().unwrap();
    let cases = reader.plain(Plain::Cases, true).unwrap();
    assert!((80..=120).contains(&cases.rows.len()), "{}", cases.rows.len());
    let stage = cases.columns.iter().position(|column| column.name == "状态").unwrap();
    let stages: BTreeSet<String> = cases.rows.iter().map(|row| row[stage].plain()).collect();
    for wanted in Stage::ALL {
        assert!(stages.contains(wanted.zh()), "{} is missing", wanted.zh());
    }
    bank(&reader, now.day());
    records(&reader, now.day());
    papers(&reader, now.day());
    barred(&reader, now.day());
    let grants = reader.plain(Plain::Grants, true).unwrap().rows.len();
    assert!(grants > 550, "{grants}");
    for officer in officers().unwrap() {
        session::sign_in(county, open.desk.keys(), &officer.no, &officer.password).unwrap();
    }
    let today = now.day();
    let late: Vec<_> =
        reader.deferred(None, None).unwrap().into_iter().filter(|row| row.late(today)).collect();
    assert!(
        !late.is_empty() && late.iter().all(|row| row.handler.0 == "9301"),
        "the brake holds one handler only"
    );
}

/// Two records that are one person, two that wait for a second officer, and instalments: one paid, one due, one to come.
fn records(reader: &crate::store::replica::Reader, today: crate::base::day::Day) {
    use crate::domain::same::LinkState;
    let links = reader.links(today).unwrap();
    let of = |state| links.iter().filter(|row| row.link.state == state).count();
    assert_eq!((of(LinkState::Joined), of(LinkState::Asked)), (1, 1));
    let lines = reader.pay_lines(None, today).unwrap();
    let later: Vec<_> = lines.iter().filter(|line| line.ahead.is_some()).collect();
    assert_eq!(later.len(), 1, "one instalment is to come");
    let due = lines.iter().filter(|line| line.case == later[0].case && line.ahead.is_none()).count();
    assert_eq!(due, 1, "one is due");
}

/// What papers and lists show needs somebody to have entered it: each letter delivered once and some still to be, an agent, a
/// referral that waits for its answer, and who is on duty, with the telephone.
fn papers(reader: &crate::store::replica::Reader, today: crate::base::day::Day) {
    use crate::domain::fact::Fact;
    use crate::domain::nouns::path::ResultPaper;
    use crate::domain::office::Office;
    use crate::store::replica::views::after::AfterList;
    use crate::store::replica::views::tiers::Waits;
    let cases = reader.plain(Plain::Cases, true).unwrap();
    let at = cases.columns.iter().position(|column| column.name == "编号").unwrap();
    let (mut delivered, mut agents, mut accepted) = (BTreeSet::new(), 0, 0);
    for row in &cases.rows {
        let case = reader.case_of_number(&row[at].plain()).unwrap().unwrap();
        for step in reader.path_steps(case).unwrap() {
            match step.fact {
                Fact::ResultDelivered(made) => drop(delivered.insert(made.paper)),
                Fact::ApplicationNoted(made) => agents += usize::from(made.agent.is_some()),
                Fact::CaseAccepted(made) => accepted += usize::from(made.delivery.is_some()),
                _ => {}
            }
        }
    }
    assert_eq!(delivered, ResultPaper::ALL.iter().copied().collect());
    assert!(agents == 1 && accepted > 20, "{agents} {accepted}");
    assert!(
        !reader.after_decision(AfterList::Deliver, None, None).unwrap().is_empty(),
        "some are still to be"
    );
    let work = reader.tier_work(None, None).unwrap();
    // one to a partner of the register, one to a body that is named only
    assert_eq!(work.iter().filter(|row| row.waits == Waits::Referral).count(), 2);
    for office in [Office::Township(102), Office::Township(103), Office::Township(108), Office::County] {
        let duty = reader.duties(Some(office), today, Some(today)).unwrap();
        assert!(duty.len() == 1 && !duty[0].phone.is_empty() && !duty[0].officers.is_empty(), "{office:?}");
    }
}

/// What an approver of the county examined himself stands behind what he may decide, on both of his lists, and says why; his
/// colleague decides it. A township's approver may not decide what waits at the county.
fn barred(reader: &crate::store::replica::Reader, today: crate::base::day::Day) {
    use crate::domain::answers::Answers as _;
    use crate::domain::office::Tier;
    use crate::store::replica::views::queue::{Bar, Filter, List};
    use crate::store::replica::views::tiers::Waits;
    let filter = Filter { list: List::ToApprove, tier: Some(Tier::County), ..Filter::default() };
    let bars_of = |no: &str| -> Vec<Option<Bar>> {
        let by = reader.officer(&no.into()).unwrap();
        let mut rows = reader.queue_page(&filter, 0, 500, today).unwrap();
        reader.bar(&mut rows, &by, today).unwrap();
        rows.iter().map(|row| row.bar).collect()
    };
    let first = bars_of("9001");
    let free = first.iter().take_while(|bar| bar.is_none()).count();
    assert!(free >= 2 && first.len() - free >= 8, "{first:?}");
    assert!(first[free..].iter().all(|bar| *bar == Some(Bar::Examined)), "{first:?}");
    assert!(bars_of("9202").iter().all(|bar| *bar == Some(Bar::Tier)));
    let handler = bars_of("9201");
    assert!(handler.contains(&Some(Bar::Handled)), "{handler:?}");
    let by = reader.officer(&"9001".into()).unwrap();
    let mut work = reader.tier_work(None, None).unwrap();
    reader.bar_work(&mut work, &by, today).unwrap();
    let at = work.iter().position(|row| row.bar.is_some()).unwrap();
    assert!(work[at..].iter().all(|row| row.bar.is_some() && row.waits == Waits::CountyDecision));
    assert!(work[..at].iter().any(|row| row.waits == Waits::CountyDecision));
}

/// A batch at every step, lines that wait, one account to be put right, and a return file that fits to the fen.
fn bank(reader: &crate::store::replica::Reader, today: crate::base::day::Day) {
    use crate::domain::answers::Answers as _;
    use crate::domain::nouns::BatchState;
    use crate::office::payout::back::{Given, read};
    use crate::office::payout::template::Template;
    let home = reader.money_home(None, today).unwrap();
    assert_eq!((home.to_check.count, home.with_bank.count), (1, 1));
    assert!(home.to_batch.count >= 3 && home.to_correct.count >= 1, "{home:?}");
    let refused = reader.pay_lines(None, today).unwrap().iter().filter(|line| line.refused.is_some()).count();
    assert_eq!(refused, 1);
    let sent = reader.batches(Some(BatchState::Sent)).unwrap().swap_remove(0);
    let batch = reader.batch(sent.id).unwrap();
    let (name, bytes) = build::RETURN;
    let roster = reader.roster(sent.id).unwrap();
    let template = Template::find("bank").unwrap();
    let given = read(Given { name, bytes }, &batch, &roster, &template, true).unwrap();
    assert_eq!(given.rows.len(), batch.lines.len());
    assert!(given.rows.iter().zip(&batch.lines).all(|(row, line)| row.amount == line.amount));
    assert_eq!(given.rows.iter().filter(|row| row.returned.is_some()).count(), 1);
    assert!(batch.file.is_some_and(|file| file.len() == 64));
}

fn stamp(year: i32, month: u32, day: u32, hour: u32, minute: u32) -> Stamp {
    Stamp::at(Day::new(year, month, day).unwrap(), hour, minute)
}

#[test]
fn it_is_whole_on_an_ordinary_monday() {
    whole_at(stamp(2026, 3, 2, 9, 0));
}

#[test]
fn it_is_whole_five_minutes_into_a_new_year() {
    whole_at(stamp(2027, 1, 1, 0, 5));
}

#[test]
fn it_is_whole_on_a_sunday_in_december() {
    whole_at(stamp(2026, 12, 27, 23, 59));
}

#[test]
fn it_is_kept_until_a_fresh_one_is_asked_for() {
    let dir = tempfile::tempdir().unwrap();
    let place = at(dir.path());
    let now = stamp(2026, 3, 2, 9, 0);
    let first = open(&place, now, false).unwrap();
    assert!(first.built && first.read_only.is_none());
    let refused = open(&place, now, true).err().unwrap();
    assert_eq!(refused.kind, FaultKind::SecondWindow);
    let county = first.county;
    drop(first);
    let mut again = open(&place, now, false).unwrap();
    assert_eq!((again.built, again.county), (false, county));
    assert_eq!(again.sign_in("9101").unwrap().officer.0, "9101");
    assert!(again.sign_in("1111").is_err());
    drop(again);
    std::fs::remove_file(place.practice().join("built")).unwrap();
    let rebuilt = open(&place, now, false).unwrap();
    assert!(rebuilt.built && rebuilt.county != county, "what was not built whole is built again");
}
