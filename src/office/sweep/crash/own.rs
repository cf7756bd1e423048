//! The desk's own files under the power cuts of their PC: what was said to be kept is there, and what was being kept is
//! there or not, but never in part.

use super::Report;
use super::bench::{Bench, COUNTY, Cmd};
use crate::ledger::{DeskId, Head, Order, Row, Sig, SigningKey};
use crate::store::desk::{Desk, Draft, DraftOf, OutRow, OutState, Secret};
use crate::store::entries::Entries;
use crate::store::fault::Fault;
use crate::store::simulated::{Chance, Disk, Plan, Side, What};
use serde_json::json;
use std::collections::BTreeSet;

const OFFICER: &str = "1021";

/// What a power cut hits.
struct Work {
    disk: Disk,
    rows: Vec<Row>,
    order: Order,
}

/// Cuts the power at every operation of a desk's work on its own files, so many times each with sectors of both sizes.
///
/// # Errors
/// The work does not succeed on a sound disk.
pub(super) fn run(seed: u64, cuts: u64, every: usize, report: &mut Report) -> Result<(), Fault> {
    let (mut runs, mut outcomes) = (0, 0);
    for sector in [512, 4_096] {
        let work = Work::new(sector)?;
        let ready = work.disk.snapshot();
        let mut views = Vec::new();
        work.disk.acting(1, || work.all(&mut |view| views.push(view)))?;
        let operations = {
            work.disk.restore(&ready);
            let before = work.disk.operations();
            work.disk.acting(1, || work.all(&mut |_| ()))?;
            work.disk.operations() - before
        };
        for at in (0..=operations).step_by(every) {
            work.disk.restore(&ready);
            work.disk.lay(Plan { pc: 1, side: Side::Both, at, what: What::Kill });
            let mut told = Vec::new();
            // It ends with the PC; what it was told until then counts.
            let _ = work.disk.acting(1, || work.all(&mut |view| told.push(view)));
            work.disk.clear();
            let dead = work.disk.snapshot();
            let mut seen = BTreeSet::new();
            for cut in 0..cuts {
                work.disk.restore(&dead);
                let mut chance = Chance::new(seed ^ (at << 24) ^ cut.wrapping_mul(0x9E37_79B9));
                // The first of them is a program that is killed, on a PC that goes on.
                let outcome = if cut == 0 { 0 } else { work.disk.power_off(1, &mut || chance.keeps()) };
                runs += 1;
                if !seen.insert(outcome) {
                    continue;
                }
                work.disk.start(1);
                let found = work.disk.acting(1, || work.view());
                // What was being kept may be there already.
                let may: Vec<&String> = views.iter().skip(told.len().saturating_sub(1)).take(2).collect();
                report.hold(found.as_ref().is_ok_and(|view| may.contains(&view)), || {
                    let said = told.last().cloned().unwrap_or_default();
                    let is = found.unwrap_or_else(|fault| fault.what);
                    format!("本机文件（扇区 {sector}）第{at}步断电 {cut}：说过 {said}，实为 {is}")
                });
            }
            outcomes += seen.len();
        }
    }
    report.lines.push(format!("本机文件：停机与断电 {runs} 次，其中结果各不相同的 {outcomes} 次"));
    Ok(())
}

impl Work {
    fn new(sector: u64) -> Result<Work, Fault> {
        let bench = Bench::found(sector, u64::MAX)?;
        let mut two = bench.desk(2);
        for no in 1..=5 {
            two.insist(&[Cmd::new(no, 3_000)]).map_err(Fault::bug)?;
        }
        let key = SigningKey::from_seed(&[1; 32]);
        let order = Order {
            cid: Cmd::new(1, 0).cid,
            verb: "direct".into(),
            author: OFFICER.into(),
            key: key.id(),
            seen: 7,
            args: json!({"sum_fen": 50_000, "note": "字".repeat(2_000)}),
            private: None,
        };
        let rows = two.rows();
        let disk = bench.disk.clone();
        drop(two);
        let work = Work { disk, rows, order };
        // A folder of a PC is there before its program starts.
        work.disk.acting(1, || work.open())?;
        work.disk.flush();
        Ok(work)
    }

    fn open(&self) -> Result<(Desk, Entries), Fault> {
        let folder = self.disk.own(1);
        let desk = Desk::open(&folder, DeskId([1; 8]))?;
        Ok((desk, Entries::open(&folder.join("entries.db"), COUNTY)?))
    }

    fn out_row(&self, no: u8) -> OutRow {
        OutRow {
            id: 0,
            group: u64::from(no),
            order: Order { cid: Cmd::new(no, 0).cid, ..self.order.clone() },
            order_sig: Sig([2; 64]),
            private: Some(Secret(vec![b'x'; 5_000])),
            salt: Some([3; 32]),
            state: OutState::Waiting,
            made_ms: 5,
        }
    }

    /// Everything that is kept, as it reads.
    fn view(&self) -> Result<String, Fault> {
        let (desk, entries) = self.open()?;
        Work::kept(&desk, &entries)
    }

    fn kept(desk: &Desk, entries: &Entries) -> Result<String, Fault> {
        let drafts: Vec<_> = desk
            .drafts(OFFICER)?
            .into_iter()
            .map(|draft| (draft.id, print(&draft.answers.to_string())))
            .collect();
        let outbox: Vec<_> =
            desk.outbox()?.into_iter().map(|row| (row.id, row.order.cid.to_string(), row.state)).collect();
        let head = entries.head()?;
        let remembered = entries.remembered("share")?.map(|head| head.n);
        let place = desk.place("queue")?;
        Ok(format!(
            "草稿{drafts:?} 待发{outbox:?} 记录{} {} 见过{remembered:?} 位置{place:?}",
            head.n, head.hash
        ))
    }

    /// The work, step by step; after each it says what is now kept.
    fn all(&self, say: &mut dyn FnMut(String)) -> Result<(), Fault> {
        let (mut desk, mut entries) = self.open()?;
        let mut said = |desk: &Desk, entries: &Entries| -> Result<(), Fault> {
            say(Work::kept(desk, entries)?);
            Ok(())
        };
        said(&desk, &entries)?;
        let mut draft = Draft {
            id: 0,
            officer: OFFICER.into(),
            form: "emergency".into(),
            title: "急难登记".into(),
            answers: json!({"a": "甲".repeat(1_500)}),
            field: "a".into(),
            saved_ms: 1,
        };
        draft.id = desk.save_draft(&draft)?;
        said(&desk, &entries)?;
        draft.answers = json!({"a": "乙".repeat(3_000)});
        desk.save_draft(&draft)?;
        said(&desk, &entries)?;
        let from = DraftOf { officer: OFFICER, id: draft.id };
        desk.put_out(&[self.out_row(1), self.out_row(2)], Some(from))?;
        said(&desk, &entries)?;
        desk.put_out(&[self.out_row(3)], None)?;
        said(&desk, &entries)?;
        desk.set_out_state(Cmd::new(2, 0).cid, &OutState::Unknown)?;
        said(&desk, &entries)?;
        entries.append(self.rows.get(..3).unwrap_or_default())?;
        said(&desk, &entries)?;
        if let Some(third) = self.rows.get(2) {
            entries.remember_head("share", Head::of(third))?;
        }
        said(&desk, &entries)?;
        desk.let_go(&[Cmd::new(1, 0).cid, Cmd::new(2, 0).cid])?;
        said(&desk, &entries)?;
        entries.append(&self.rows)?;
        said(&desk, &entries)?;
        desk.give_back(&[Cmd::new(3, 0).cid], &Draft { id: 0, ..draft })?;
        said(&desk, &entries)?;
        desk.set_place("queue", "12")?;
        said(&desk, &entries)
    }
}

/// What tells two texts apart.
fn print(text: &str) -> String {
    crate::ledger::Hash::of(&[text.as_bytes()]).to_string().chars().take(8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_said_to_be_kept_is_kept() {
        let mut report = Report::default();
        run(3, 2, 41, &mut report).unwrap();
        assert_eq!(report.broken, Vec::<String>::new());
    }
}
