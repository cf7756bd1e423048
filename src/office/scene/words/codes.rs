//! Sheets of spoken codes: void, and told wrong. Issued in [`super::emergency`], where they are read from.

use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::{flag, need};
use super::{Word, acting};
use crate::domain::command::Command;
use crate::domain::command::codes::{NoteCode, VoidCodes};
use crate::domain::private::Private;

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "c2",
        args: &[("by", "由谁作废，缺省本人"), ("lost", "yes 为遗失")],
        says: "作废他的授权码单",
        ..acting("void-codes", "作废授权码单", &["void-codes"], void)
    },
    Word {
        form: "c2",
        says: "办理人登记：报来的 c2 的授权码不对",
        ..acting("note-code", "授权码报错登记", &["note-code"], note)
    },
];

fn void(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号")?)?;
    let by = line.arg("by").map(|text| r.officer(text)).transpose()?.unwrap_or_else(|| officer.clone());
    let lost = line.arg("lost").map_or(Ok(false), flag)?;
    r.act_as(&by, vec![(Command::VoidCodes(VoidCodes { officer, lost }), Private::default())])
}

fn note(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let officer = r.officer(need(line, 0, "操作员号")?)?;
    r.act(vec![(Command::NoteCode(NoteCode { officer }), Private::default())])
}
