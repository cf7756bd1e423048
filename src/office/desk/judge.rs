//! The judgement of authority (权限判断): every desk decides every entry again, without its private part, on the state before
//! it. What does not come out alike is marked; the facts apply all the same, so that all desks hold the same state.

use super::meaning::Meaning;
use crate::base::day::{Day, Stamp};
use crate::domain::answers::Answers;
use crate::domain::catalogue::authority;
use crate::domain::code::Code;
use crate::domain::command::Command;
use crate::domain::decide::{Ctx, decide};
use crate::domain::delegation;
use crate::domain::fact::Fact;
use crate::domain::ids::OfficerNo;
use crate::domain::office::{Office, Officer, Role};
use crate::domain::pack::{CY_2021_15, Pack};
use crate::domain::refusal::Refusal;
use crate::ledger::Body;
use crate::store::fault::Fault;
use crate::store::replica::Apply;
use std::collections::BTreeSet;

/// The author as the rules see him on the share's day: with the powers of whom he stands in for. Before the county is founded the founder is its administrator.
pub(super) fn author(
    answers: &dyn Answers,
    no: &OfficerNo,
    key: &str,
    command: &Command,
    day: Day,
) -> Option<Officer> {
    if let Command::Found(_) = command {
        return Some(Officer {
            no: no.clone(),
            name: String::new(),
            office: Office::County,
            roles: BTreeSet::from([Role::Administrator]),
            key: Some(key.to_owned()),
            since: Stamp(0),
            limit: None,
            ended: false,
        });
    }
    answers.officer(no).map(|officer| delegation::acting(answers, officer, day, command))
}

/// The pack in force; before one is adopted, the shipped one.
pub(super) fn pack_in_force(answers: &dyn Answers) -> Result<Pack, Fault> {
    match answers.pack_now() {
        Some(pack) => Ok(pack),
        None => Pack::read(CY_2021_15).map_err(Fault::bug),
    }
}

/// The marks of an entry: what a desk that follows the rules would have refused. What a rescued row says is decided as of
/// its own time.
pub(super) fn marks(
    before: &Apply<'_>,
    entry: &Body,
    meaning: &Meaning<'_>,
    command: &Command,
) -> Result<Vec<Refusal>, Fault> {
    let mut marks = decided_again(before, meaning, command)?;
    // The office's clock never goes back: a desk that follows the rules writes no time before the entry before.
    if entry.share_ms < before.head()?.share_ms {
        marks.push(Refusal::new(Code::DateOrder, "", "记录的时间早于上一条记录"));
    }
    // Every desk counts its entries: a count that comes twice is a copied PC, or somebody who writes under its id (T13).
    if before.desk_count(&entry.desk.0)?.is_some_and(|last| entry.desk_seq <= last) {
        let sentence =
            format!("电脑 {} 的第 {} 号记录出现了两次，可能是复制的电脑", entry.desk, entry.desk_seq);
        marks.push(Refusal::new(Code::Chain, "", sentence));
    }
    Ok(marks)
}

fn decided_again(
    answers: &dyn Answers,
    meaning: &Meaning<'_>,
    command: &Command,
) -> Result<Vec<Refusal>, Fault> {
    let Meaning { body, facts, .. } = meaning;
    // What only its author could see, in the private part, he noted alone.
    let seen_here = |fact: &&Fact| match fact {
        Fact::Noted { code, .. } => authority::everywhere(command.verb(), *code),
        _ => true,
    };
    let facts: &Vec<Fact> = &facts.iter().filter(seen_here).cloned().collect();
    let no = OfficerNo(body.command.author.clone());
    let key = body.command.key.to_string();
    let Some(author) = author(answers, &no, &key, command, Stamp(body.share_ms).day()) else {
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
        // Its writer changed his password since, or somebody found his old key: when it was signed nobody can prove.
        Err(mut refusals) if meaning.rescued => {
            for refusal in refusals.iter_mut().filter(|refusal| refusal.code == Code::KeyRevoked) {
                refusal.sentence = OLD_KEY.to_owned();
            }
            refusals
        }
        Err(refusals) => refusals,
        Ok(decision) if decision.facts == *facts => Vec::new(),
        // The numbers that it was given were given again while it was lost: for the county to look at, but no reason to
        // hold up whoever is helped by it.
        Ok(decision) if meaning.rescued && unnumbered(&decision.facts) == unnumbered(facts) => {
            let sentence = "找回的记录所用编号在它丢失期间又给了别的记录，请核对";
            vec![Refusal::new(Code::Chain, "", sentence)]
        }
        Ok(_) => vec![Refusal::new(Code::Effect, "", "记录写下的结果与按规则应有的结果不一致")],
    })
}

/// What is said of a row that comes back under a key that stands no more.
const OLD_KEY: &str =
    "找回的记录是用后来停用或更换了的密钥签的，无法证明签在停用之前，请县局向本人核实后追认或撤销。";

/// Facts without the numbers of papers in them.
fn unnumbered(facts: &[Fact]) -> Vec<Option<serde_json::Value>> {
    let without = |fact: &Fact| {
        let mut value = serde_json::to_value(fact).ok()?;
        let fields = value.as_object_mut()?;
        fields.remove("number");
        fields.remove("voucher");
        Some(value)
    };
    facts.iter().map(without).collect()
}
