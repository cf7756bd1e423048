//! Help and wrong arguments, in Chinese: the library's few English words are put into the user's language here.

use super::out::Out;
use clap::error::{ContextKind, ErrorKind};
use std::process::ExitCode;

/// The library's words and ours, the longer one first where one begins another.
const WORDS: [(&str, &str); 9] = [
    ("Usage:", "用法："),
    ("Options:", "选项："),
    ("Commands:", "命令："),
    ("Arguments:", "参数："),
    ("[OPTIONS]", "[选项]"),
    ("[COMMAND]", "[命令]"),
    ("Print help", "显示用法"),
    ("Print version", "显示版本"),
    ("[default: ", "[默认："),
];

fn chinese(text: &str) -> String {
    let text = text.replace("[possible values: ", "[可选：");
    WORDS.iter().fold(text, |text, (theirs, ours)| text.replace(theirs, ours))
}

/// Answers a request for help or the version, or says which argument is wrong; with the status.
pub(super) fn answer(out: &mut Out, error: &clap::Error) -> ExitCode {
    let text = chinese(&error.render().to_string());
    if matches!(error.kind(), ErrorKind::DisplayHelp | ErrorKind::DisplayVersion) {
        return match out.say(text.trim_end()).and_then(|()| out.flush()) {
            Ok(()) => ExitCode::SUCCESS,
            Err(fault) => {
                out.warn(&fault.to_string());
                ExitCode::from(3)
            }
        };
    }
    out.warn(&format!("{}。", sentence(error)));
    if let Some(usage) = text.lines().find(|line| line.starts_with("用法：")) {
        out.warn(usage);
    }
    out.warn("用 jiuji --help 或 jiuji 命令 --help 查看用法。");
    ExitCode::from(2)
}

fn sentence(error: &clap::Error) -> String {
    let said = |kind: ContextKind| error.get(kind).map(ToString::to_string).unwrap_or_default();
    match error.kind() {
        ErrorKind::UnknownArgument => format!("没有这个参数：{}", said(ContextKind::InvalidArg)),
        ErrorKind::InvalidSubcommand => format!("没有这个命令：{}", said(ContextKind::InvalidSubcommand)),
        ErrorKind::MissingRequiredArgument => format!("缺少参数：{}", said(ContextKind::InvalidArg)),
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let (arg, value) = (said(ContextKind::InvalidArg), said(ContextKind::InvalidValue));
            let valid = said(ContextKind::ValidValue);
            let valid = if valid.is_empty() { String::new() } else { format!("，可以是 {valid}") };
            format!("参数的值不对：{arg} {value}{valid}")
        }
        ErrorKind::ArgumentConflict => {
            let (one, other) = (said(ContextKind::InvalidArg), said(ContextKind::PriorArg));
            format!("这些参数不能同时使用：{one}、{other}")
        }
        _ => "参数不对".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Args;
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn no_english_of_the_library_is_left_in_any_help() {
        let mut all = vec![Args::command()];
        all.extend(Args::command().get_subcommands().cloned());
        for mut command in all {
            let help = chinese(&command.render_long_help().to_string());
            for word in [
                "Usage",
                "Options",
                "Commands",
                "Arguments",
                "OPTIONS",
                "COMMAND",
                "Print",
                "default:",
                "possible",
            ] {
                assert!(!help.contains(word), "{word} in: {help}");
            }
        }
    }
}
