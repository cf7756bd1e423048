//! The recovery seed at the terminal: shown once, typed back once, printed where somebody wants it on paper.

use super::chosen::{line, today};
use super::out::Out;
use crate::base::division;
use crate::office::print::founding::Founding;
use crate::office::seed::Seed;
use crate::store::fault::{Fault, FaultKind};
use std::io::IsTerminal as _;
use std::path::Path;

/// So often it may be typed back.
const TRIES: usize = 5;

/// Shows a new seed and has it typed back, so that it is proved to be written down. Where nobody sits at a terminal it is
/// only shown.
///
/// # Errors
/// It was not typed back; nobody at the terminal; the page cannot be written.
pub(super) fn hand_over(
    seed: &Seed,
    fingerprint: &str,
    page: Option<&Path>,
    out: &mut Out,
) -> Result<(), Fault> {
    out.say(&format!(
        "恢复种子（秘密：抄在纸上，锁进保险柜；所有管理员的密码都丢失时，用它重新立管理员）：\n  {}",
        seed.text()
    ))?;
    if let Some(file) = page {
        let county = division::county_name();
        Founding { county, fingerprint, seed, on: today() }.write(file)?;
        out.say(&format!("入柜单已写到 {}，请打印后删除。", file.display()))?;
    }
    out.flush()?;
    if !std::io::stdin().is_terminal() {
        return Ok(());
    }
    for _ in 0..TRIES {
        let typed = line(out, "请照抄下的纸把恢复种子打一遍（空格和大小写不论）：\n")?;
        match Seed::read(&typed) {
            Ok(read) if read.public() == seed.public() => {
                out.say("恢复种子抄对了。")?;
                return Ok(());
            }
            Ok(_) => out.warn("这不是刚才那一份，请照纸再打一遍。"),
            Err(fault) => out.warn(&fault.to_string()),
        }
    }
    Err(Fault::new(FaultKind::User, "恢复种子没有打对", "没有写入任何内容；请重新运行，抄下新的一份"))
}

/// Asks for the seed on paper.
///
/// # Errors
/// It is no seed; nobody at the terminal.
pub(super) fn asked(out: &mut Out) -> Result<Seed, Fault> {
    if let Ok(given) = std::env::var("JIUJI_SEED") {
        return Seed::read(&given);
    }
    for _ in 1..TRIES {
        match Seed::read(&line(out, QUESTION)?) {
            Err(fault) if std::io::stdin().is_terminal() => out.warn(&fault.to_string()),
            other => return other,
        }
    }
    Seed::read(&line(out, QUESTION)?)
}

const QUESTION: &str = "请照保险柜里的纸输入恢复种子（9 组，每组 4 个，空格和大小写不论）：\n";
