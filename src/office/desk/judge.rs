//! The judgement of authority (权限判断): every desk decides every entry again, without its private part, on the state before
//! it. What does not come out alike is marked; the facts apply all the same, so that all desks hold the same state.

use crate::base::day::Stamp;
use crate::domain::answers::Answers;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::decide::{Ctx, decide};
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Officer, Role};
use crate::domain::pack::{CY_2021_15, Pack};
use crate::domain::refusal::Refusal;
use crate::ledger::Body;
use crate::store::fault::Fault;
use std::collections::BTreeSet;

/// The author as the rules see him. Before the county is founded the founder is its administrator.
pub(super) fn author(answers: &dyn Answers, no: &OfficerNo, key: &str, command: &Command) -> Option<Officer> {
    if let Command::Found(_) = command {
        return Some(Officer {
            no: no.clone(),
            name: String::new(),
            office: Office::County,
            roles: BTreeSet::from([Role::Administrator]),
            key: Some(key.to_owned()),
            since: Stamp(0),
            ended: false,
        });
    }
    answers.officer(no)
}

/// The pack in force; before one is adopted, the shipped one.
pub(super) fn pack_in_force(answers: &dyn Answers) -> Result<Pack, Fault> {
    match answers.pack_now() {
        Some(pack) => Ok(pack),
        None => Pack::read(CY_2021_15).map_err(Fault::bug),
    }
}

/// The marks of an entry: what a desk that follows the rules would have refused. `before_ms` is the share's time of the
/// entry before.
pub(super) fn marks(
    answers: &dyn Answers,
    body: &Body,
    command: &Command,
    facts: &[Fact],
    before_ms: i64,
) -> Result<Vec<Refusal>, Fault> {
    let mut marks = decided_again(answers, body, command, facts)?;
    // The office's clock never goes back: a desk that follows the rules writes no time before the entry before.
    if body.share_ms < before_ms {
        marks.push(Refusal::new(Code::DateOrder, "", "记录的时间早于上一条记录"));
    }
    Ok(marks)
}

fn decided_again(
    answers: &dyn Answers,
    body: &Body,
    command: &Command,
    facts: &[Fact],
) -> Result<Vec<Refusal>, Fault> {
    let no = OfficerNo(body.command.author.clone());
    let key = body.command.key.to_string();
    let Some(author) = author(answers, &no, &key, command) else {
        return Ok(vec![Refusal::new(Code::Role, "", format!("操作员 {no} 没有登记"))]);
    };
    let pack = pack_in_force(answers)?;
    let cx = Ctx {
        answers,
        author: &author,
        key: &key,
        now: Stamp(body.share_ms),
        desk_now: Stamp(body.desk_ms),
        seen: body.command.seen,
        pack: &pack,
        private: None,
    };
    Ok(match decide(&cx, command) {
        Err(refusals) => refusals,
        Ok(decision) if decision.facts == facts => Vec::new(),
        Ok(_) => vec![Refusal::new(Code::Effect, "", "记录写下的结果与按规则应有的结果不一致")],
    })
}
