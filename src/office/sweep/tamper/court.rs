//! What an honest desk lets nobody do with a case that a check marked: no approval, no payment, no closing.

use super::ward::Ward;
use crate::domain::answers::{Answers as _, Case};
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::command::approval::PassUp;
use crate::domain::command::funds::Pay;
use crate::domain::command::papers::Close;
use crate::domain::command::payout::{OpenBatch, ToPay};
use crate::domain::decide::{Ctx, decide};
use crate::domain::ids::{BatchId, Text};
use crate::domain::nouns::{Fund, PayBy};
use crate::domain::private::Private;
use crate::office::desk::Desk;
use crate::office::sweep::acts::{self, HANDLER};
use crate::store::fault::Fault;
use std::collections::BTreeSet;

/// Tries to go on with every case that was marked at `n`, as each officer whose turn it could be. Answers what went
/// through.
///
/// # Errors
/// The machine's.
pub(super) fn moves(ward: &Ward, desk: &Desk, n: u64) -> Result<Option<String>, Fault> {
    let reader = desk.replica().reader()?;
    let cases: BTreeSet<_> =
        reader.open_marks()?.into_iter().filter(|mark| mark.n == n).filter_map(|mark| mark.case).collect();
    let mut tried = 0;
    for case in cases {
        let Some(case) = reader.case(case) else { continue };
        for (by, command) in tries(ward, &case) {
            let Some(author) = reader.officer(&by.into()) else { continue };
            let pack = reader.pack_now().ok_or_else(|| Fault::bug("没有政策包"))?;
            let key = author.key.clone().unwrap_or_default();
            let now = ward.office.now().plus_minutes(5);
            let mut private = Private::default();
            for slot in ["reason", "recipient", "witness", "cash-reason", "telephone"] {
                private.put(slot, "照办");
            }
            let cx = Ctx {
                answers: &reader,
                author: &author,
                key: &key,
                now,
                desk_now: now,
                seen: n,
                pack: &pack,
                private: Some(&private),
            };
            let stopped = match decide(&cx, &command) {
                Ok(_) => false,
                Err(refusals) => refusals.iter().any(|refusal| refusal.code == Code::Marked),
            };
            tried += 1;
            if !stopped {
                return Ok(Some(format!("有标记的{}还能由{by}{}", case.number, command.zh())));
            }
        }
        if tried == 0 {
            return Ok(Some(format!("有标记的{}没有试着再办", case.number)));
        }
    }
    Ok(None)
}

fn tries(ward: &Ward, case: &Case) -> Vec<(&'static str, Command)> {
    let reason = Some(Text::from("reason"));
    let lines = if case.granted.is_empty() { &case.asked } else { &case.granted };
    let mut all = vec![
        ("1022", acts::approve(case.id, case.asked.clone()).0),
        ("9011", acts::approve(case.id, case.asked.clone()).0),
        ("1022", Command::PassUp(PassUp { case: case.id, reason })),
        (HANDLER, Command::Close(Close { case: case.id })),
        (HANDLER, acts::direct(case.id, lines.clone(), &"1022".into(), ward.office.now()).0),
    ];
    for by in [HANDLER, "9001", "9002"] {
        for line in lines {
            let pay = Pay {
                case: case.id,
                line: line.line,
                pay_by: PayBy::Bank,
                on: ward.office.now().day(),
                cash_reason: None,
                receipt: None,
                witness: None,
            };
            all.push((by, Command::Pay(pay)));
        }
        let chosen = lines.iter().map(|line| ToPay { case: case.id, line: line.line }).collect();
        let bank = "县农信联社".to_owned();
        let open = OpenBatch { batch: BatchId([0xbf; 16]), bank, fund: Fund::County, lines: chosen };
        all.push((by, Command::OpenBatch(open)));
    }
    all
}
