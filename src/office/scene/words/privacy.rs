//! Looking at what is masked, and destroying what is private after its time.

use super::super::parse::Line;
use super::super::run::{Played, Runner, Stop};
use super::super::values::need;
use super::{Word, acting};
use crate::domain::command::Command;
use crate::domain::command::privacy::{Erase, Subject, Unmask};
use crate::domain::privacy::LookPurpose;
use crate::domain::private::Private;

/// The words of this group.
pub const WORDS: &[Word] = &[
    Word {
        form: "A",
        args: &[("purpose", "目的：核对身份、发放核对、督导检查、信访答复、其他"), ("text", "说明")],
        says: "查看 A 的完整信息，缺省目的核对身份；case=C1 时查看办件",
        open_args: true,
        ..acting("unmask", "查看完整信息", &["unmask"], unmask)
    },
    Word {
        form: "C1 C2",
        says: "销毁这些办件的不公开部分",
        ..acting("erase", "到期销毁", &["erase"], erase)
    },
];

fn erase(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let mut cases = vec![r.case(need(line, 0, "办件")?)?.id];
    let mut at = 1;
    while let Some(case) = line.name(at) {
        cases.push(r.case(case)?.id);
        at += 1;
    }
    r.act(vec![(Command::Erase(Erase { cases }), Private::default())])
}

fn unmask(r: &mut Runner<'_>, line: &Line, _: &mut Played) -> Result<(), Stop> {
    let subject = match line.arg("case") {
        Some(case) => Subject::Case(r.case(case)?.id),
        None => Subject::Person(r.person(need(line, 0, "人")?)?.id),
    };
    let word = line.arg("purpose").unwrap_or("核对身份");
    let purpose = LookPurpose::ALL.into_iter().find(|purpose| purpose.zh() == word).ok_or_else(|| {
        let all: Vec<&str> = LookPurpose::ALL.iter().map(|purpose| purpose.zh()).collect();
        Stop::wrong(format!("没有目的「{word}」，可以写：{}", all.join(" ")))
    })?;
    let mut private = Private::default();
    let text = private.put("purpose", line.arg("text").unwrap_or_default());
    r.act(vec![(Command::Unmask(Unmask { subject, purpose, text }), private)])
}
