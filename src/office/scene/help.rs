//! The page that describes the language (写法), made from the tables that the runner reads and from the catalogue of codes.

use super::cast::CAST;
use super::words::{GROUPS, Word};
use crate::base::division;
use crate::domain::catalogue::facts::FACTS;
use crate::domain::catalogue::verbs::{self, Verb};
use crate::domain::code::{Code, Weight};
use crate::domain::office::Office;
use std::fmt::Write as _;

const HEAD: &str = "\
jiuji scene 文件...  在临时的办公室里演一遍故事，打印第一行对不上的地方。

一行一句，# 后面是说明。人、家庭、线索、事项、办件用自己起的短名字（A、H1、L1、M1、C1）。带空格的话放在引号里。
scene \"题目\" 另起一个故事，从新的办公室开始。没有写 refuse 的行都应办成。警告写 override W-代码=\"原因\" 越过，例如
  approve C1 override W-SEVERITY=\"住院已满三天\"
行首写 forged，是由改过的程序写入，看别的电脑怎样标记。

# 小额急难型：当场救助，事后补手续
today 2026-03-02
person A 张三 211321196804120012 波罗赤镇 低保
reserve 波罗赤镇 cash 2000.00 from=县级预算
as w1
  lead L1 by=热线 person=A category=2 at=\"09:10\" \"突发心梗，家中无现金\"
  direct L1 amount=450.00 channel=cash receipt=A witness=王五 authorised-by=a1
expect queue 待补手续 has A 450.00 due 2026-03-16
";

/// The page, in Chinese.
pub fn help() -> String {
    let mut page = String::from(HEAD);
    page.push_str("\n人物\n");
    for cast in CAST {
        let office = match cast.office {
            Office::County => "县局",
            Office::Township(code) => division::township(code).map_or("", |township| township.name),
        };
        let _ = writeln!(page, "  {:<4}{office}{}（操作员号{}）", cast.alias, cast.role.zh(), cast.no);
    }
    for (heading, words) in GROUPS {
        let _ = writeln!(page, "\n{heading}");
        for word in *words {
            describe(&mut page, word);
        }
    }
    page.push_str("\n事实（expect fact 后面写英文名或中文名）\n");
    let facts: Vec<String> = FACTS.iter().map(|(name, zh)| format!("{name} {zh}")).collect();
    for row in facts.chunks(3) {
        let _ = writeln!(page, "  {}", row.join("；"));
    }
    page.push_str("\n代码（E- 不能办理；W- 填原因后可继续，或只是提示）\n");
    for code in Code::ALL {
        let kind = match code.weight() {
            Weight::Refuses => "",
            Weight::AsksReason => "（可填原因继续）",
            Weight::Notes => "（提示）",
        };
        let _ = writeln!(page, "  {:<20}{}{kind}", code.text(), code.when());
    }
    page
}

fn describe(page: &mut String, word: &Word) {
    let _ = writeln!(page, "  {} {}", word.name, word.form.split_whitespace().collect::<Vec<_>>().join(" "));
    let _ = writeln!(page, "      {}。{}", word.zh, word.says);
    let who: Vec<String> = word.verbs.iter().filter_map(|name| verbs::find(name)).map(may).collect();
    if let [only] = who.as_slice() {
        let _ = writeln!(page, "      {only}");
    }
    if !word.args.is_empty() {
        let keys: Vec<String> = word.args.iter().map(|(key, says)| format!("{key}={says}")).collect();
        let _ = writeln!(page, "      {}", keys.join("；"));
    }
}

/// Who may, and in which stages of a case.
fn may(verb: &Verb) -> String {
    let roles: Vec<&str> = verb.who.iter().map(|role| role.zh()).collect();
    let before: Vec<&str> = verb.steps.before.iter().map(|stage| stage.zh()).collect();
    let roles = if roles.is_empty() { "任何人".to_owned() } else { roles.join("、") };
    if before.is_empty() {
        format!("由{roles}办")
    } else {
        format!("由{roles}办，办件在：{}", before.join("、"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_names_every_verb_and_code() {
        let page = help();
        for word in super::super::words::all() {
            assert!(page.contains(word.name) && !word.says.is_empty(), "{}", word.name);
        }
        assert!(FACTS.iter().all(|(name, zh)| page.contains(name) && page.contains(zh)));
        assert!(Code::ALL.iter().all(|code| page.contains(code.text())));
    }
}
