//! `doctor`: one page on the shared folder and this PC, alone or together with a second PC, to be read out on the telephone.

use super::End;
use super::chosen::now;
use super::out::Out;
use crate::office::doctor::{self, Page, Subject};
use crate::office::place::Place;
use crate::store::fault::{Fault, FaultKind};
use crate::store::share::trial::meeting::Patience;
use crate::store::share::trial::{Finding, Verdict};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Arguments of `doctor`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// 共享文件夹；不写则检查本机设置里的
    #[arg(value_name = "共享文件夹")]
    folder: Option<PathBuf>,
    /// 两台电脑一起检查：一台只写 --two，另一台写上它给出的会合号
    #[arg(long, value_name = "会合号", num_args = 0..=1)]
    two: Option<Option<String>>,
    /// 查看别人在电话里念的电话码，不检查任何东西
    #[arg(long, value_name = "电话码", num_args = 1.., conflicts_with_all = ["folder", "two"])]
    code: Option<Vec<String>>,
    /// 输出 JSON
    #[arg(long)]
    json: bool,
}

/// Runs the verb. A check that fails is a no.
///
/// # Errors
/// No folder is known; a code or number that is none; the second PC did not come.
pub(super) fn run(args: &Args, out: &mut Out) -> Result<End, Fault> {
    if let Some(code) = &args.code {
        return explain(&code.concat(), args.json, out);
    }
    // `--two FOLDER`: what follows the option and is no number is the folder.
    let (number, folder) = match &args.two {
        Some(Some(text)) if args.folder.is_none() && !is_number(text) => (None, Some(PathBuf::from(text))),
        Some(Some(text)) => (Some(number_of(text)?), args.folder.clone()),
        Some(None) | None => (None, args.folder.clone()),
    };
    let place = Place::of_machine();
    let share = match folder {
        Some(folder) => std::path::absolute(folder).map_err(|error| Fault::of_io("共享文件夹", error))?,
        None => match &place {
            Ok(place) => place.needed_settings()?.share,
            Err(fault) => return Err(Fault::new(fault.kind, fault.what.clone(), fault.next.clone())),
        },
    };
    let two = args.two.is_some();
    let findings = if two { together(&share, number, out)? } else { alone(&share, false, place, out)? };
    let page = Page::new(&share, now(), two, findings);
    if args.json {
        out.json(&page.json())?;
    } else {
        out.say(&page.text())?;
    }
    Ok(if page.passed() { End::Done } else { End::No })
}

fn alone(
    share: &Path,
    may_be_new: bool,
    place: Result<Place, Fault>,
    out: &mut Out,
) -> Result<Vec<Finding>, Fault> {
    let settings = place.as_ref().ok().and_then(|place| place.settings().ok().flatten());
    let county = settings.and_then(|settings| settings.county_id().ok());
    let subject =
        Subject { share: share.to_owned(), may_be_new, county, data: place.map(|place| place.data) };
    doctor::alone(subject, &mut |text| out.progress(text))
}

fn together(share: &Path, number: Option<u32>, out: &mut Out) -> Result<Vec<Finding>, Fault> {
    let out = std::cell::RefCell::new(out);
    doctor::with_second(
        share,
        number,
        Patience::default(),
        &mut |text| out.borrow_mut().warn(text),
        &mut |text| out.borrow_mut().progress(text),
    )
}

/// The tries that come before a county is founded or joined; says in a line that they passed.
///
/// # Errors
/// A check that failed, with all of them on the page.
pub(super) fn must_pass(share: &Path, may_be_new: bool, place: &Place, out: &mut Out) -> Result<(), Fault> {
    let findings = alone(share, may_be_new, Ok(place.clone()), out)?;
    let page = Page::new(share, now(), false, findings.clone());
    if page.passed() {
        let notes: Vec<String> = findings
            .iter()
            .filter(|finding| finding.verdict == Verdict::Note)
            .map(|finding| format!("；注意：{}", finding.said))
            .collect();
        return out.say(&format!("共享盘和本机检查通过（电话码 {}）{}。", page.code(), notes.concat()));
    }
    out.warn(&page.text());
    Err(Fault::new(
        FaultKind::User,
        "这个共享文件夹没有通过检查",
        "没有写入任何内容；请按上面的办法改好，用 jiuji doctor 再查",
    ))
}

fn is_number(text: &str) -> bool {
    crate::base::fold::digits(text).chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-')
}

/// A meeting number as heard.
fn number_of(text: &str) -> Result<u32, Fault> {
    let digits: String = crate::base::fold::digits(text).chars().filter(char::is_ascii_digit).collect();
    let number = digits.parse().ok().filter(|_| digits.len() == 6 && is_number(text));
    number.ok_or_else(|| {
        Fault::new(FaultKind::User, format!("会合号 {text} 不对"), "会合号是 6 位数字，请向对方再问一遍")
    })
}

/// Says what a code means that somebody read out.
fn explain(code: &str, json: bool, out: &mut Out) -> Result<End, Fault> {
    let read = doctor::read_code(code).ok_or_else(|| {
        Fault::new(FaultKind::User, "电话码不对，可能听错了一位", "电话码是 9 位数字，请对方再念一遍")
    })?;
    let failed = read.lines.iter().any(|(_, verdict)| *verdict == Verdict::Fail);
    if json {
        let lines: Vec<_> = read
            .lines
            .iter()
            .map(|(check, verdict)| json!({ "number": check.number(), "name": check.zh(), "verdict": verdict.zh() }))
            .collect();
        out.json(&json!({ "pcs": if read.two { 2 } else { 1 }, "passed": !failed, "checks": lines }))?;
    } else {
        out.say(if read.two { "两台电脑一起的检查：" } else { "一台电脑的检查：" })?;
        for (check, verdict) in &read.lines {
            let name = crate::base::width::fit(check.zh(), 14);
            let advice = if matches!(verdict, Verdict::Fail | Verdict::Note) { check.advice() } else { "" };
            let line =
                format!("{:>2} {name} {} {advice}", check.number(), crate::base::width::fit(verdict.zh(), 6));
            out.say(line.trim_end())?;
        }
    }
    Ok(if failed { End::No } else { End::Done })
}
