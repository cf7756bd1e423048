//! A command as a help page (帮助): lines of text made from the catalogue, in the reader's words.

use super::facts;
use super::verbs::{self, Undone, Verb};
use crate::domain::code::{Code, Weight};
use std::fmt::Write as _;

/// The page of one command.
pub fn page(verb: &Verb) -> String {
    let mut page = format!("{}（{}）\n", verb.zh, verb.name);
    let who: Vec<&str> = verb.who.iter().map(|role| role.zh()).collect();
    line(&mut page, "谁可以办", &format!("{}；{}", who.join("、"), verb.place));
    if !verb.steps.before.is_empty() {
        let before: Vec<&str> = verb.steps.before.iter().map(|stage| stage.zh()).collect();
        line(&mut page, "办件状态", &before.join("、"));
    }
    if !verb.steps.after.is_empty() {
        let after: Vec<&str> = verb.steps.after.iter().map(|stage| stage.zh()).collect();
        line(&mut page, "办后状态", &after.join("、"));
    }
    let made: Vec<&str> =
        verb.facts.iter().filter_map(|name| facts::find(name)).map(|(_, word)| word).collect();
    if !made.is_empty() {
        line(&mut page, "记下", &made.join("、"));
    }
    line(&mut page, "共享盘断开时", if verb.offline { "可以先办，接通后送出" } else { "不能办" });
    match verb.undone {
        Undone::By(name) => {
            let by = verbs::find(name).map_or(name, |verb| verb.zh);
            line(&mut page, "怎样更正", by);
        }
        Undone::Never(why) => line(&mut page, "怎样更正", why),
    }
    if !verb.real {
        line(&mut page, "说明", "本版本尚不能办理");
    }
    for code in verb.codes.iter().copied().flatten() {
        line(&mut page, code.text(), &format!("{}（{}）", code.when(), weight(*code)));
    }
    page
}

fn weight(code: Code) -> &'static str {
    match code.weight() {
        Weight::Refuses => "不能办理",
        Weight::AsksReason => "填原因后可继续",
        Weight::Notes => "提示",
    }
}

fn line(page: &mut String, name: &str, text: &str) {
    // writing to a String cannot fail
    let _ = writeln!(page, "  {name}：{text}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_a_page_without_holes() {
        for verb in verbs::all() {
            let page = page(verb);
            assert!(page.contains("谁可以办：") && page.contains("怎样更正："), "{page}");
            assert!(!page.lines().any(|line| line.ends_with('：')), "{page}");
        }
        assert!(
            page(verbs::find("approve").unwrap()).contains("E-TIER-AUTH：累计金额超出审批人所在层级的权限")
        );
    }
}
